"""FollowTheMoney: entities that its own model takes, without dropping a value."""

import importlib.util
import io
import json

import attrs
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from strategies import extractions

import diploparse
from diploparse import (
    Actor,
    Cue,
    Meeting,
    Metadata,
    Participation,
    Place,
    RawDocument,
    Role,
    Span,
    Statement,
    When,
)
from diploparse.export import ftm as module

needs = pytest.mark.skipif(
    importlib.util.find_spec("followthemoney") is None,
    reason="followthemoney is not installed: its dependency PyICU must be compiled, so it is in no dependency group",
)
relaxed = settings(deadline=None, max_examples=30, phases=[Phase.explicit, Phase.reuse, Phase.generate])
SPAN = Span(0, 3)


def lines(*found, **options):
    out = io.StringIO()
    module.write(found, out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def refused(entity, *, cleaning=True):
    """What followthemoney says against an entity: its validation, and values that its cleaning would change or drop."""
    from followthemoney import model
    from followthemoney.exc import InvalidData

    schema = model.get(entity["schema"])
    try:
        schema.validate({"properties": entity["properties"]})
        cleaned = model.get_proxy(entity, cleaned=False)
    except InvalidData as error:
        return [str(error)]
    return cleaning and [
        (name, values, cleaned.get(name))
        for name, values in entity["properties"].items()
        if sorted(values) != sorted(cleaned.get(name))
    ]


def telling(**meeting):
    """A visit and what is said at it."""
    x = diploparse.Parser().parse(
        RawDocument(
            text="Met.",
            metadata=Metadata(id="d1", published="2019-11-28", url="https://example.org/1", title="News"),
        )
    )
    minister = Role(title="Defence Minister", country="AZ", organization="Ministry of Defence", span=SPAN)
    return attrs.evolve(
        x,
        actors=(
            Actor(id="a", kind="person", name="Zakir Hasanov", aliases=("Hasanov",), country="AZ", mentions=(SPAN,), roles=(minister,)),
            Actor(id="b", kind="country", name="Georgia", country="GE", mentions=(SPAN,)),
            Actor(id="c", kind="organization", name="NATO", mentions=(SPAN,)),
            Actor(id="d", kind="group", name="ministers", references=(SPAN,)),
        ),
        meetings=(
            Meeting(
                id="m", cue=Cue(span=SPAN, lemma="meet"), evidence=(Span(0, 4),), place=Place(name="Tbilisi", country="GE", span=SPAN),
                **{
                    "when": When(value="2019-11", earliest="2019-11-01", latest="2019-11-30", span=SPAN),
                    "participants": (Participation(actor="a", part="guest", span=SPAN), Participation(actor="b", part="host", span=SPAN)),
                    **meeting,
                },
            ),
        ),
        statements=(
            Statement(id="s", speaker="a", addressees=("b",), act="thank", cue=Cue(span=SPAN, lemma="thank"), content=(SPAN,), evidence=(SPAN,)),
            Statement(id="t", speaker="c", cue=Cue(span=SPAN, lemma="say"), content=(SPAN,), evidence=(SPAN,)),
        ),
    )  # fmt: skip


def by_schema(entities):
    found = {}
    for entity in entities:
        found.setdefault(entity["schema"], []).append(entity["properties"])
    return found


def test_records_become_entities():
    """Article, people and bodies with their positions, the meeting, what was said, and where names stand."""
    found = by_schema(lines(telling()))

    assert list(found) == [
        "Article", "Person", "Position", "Occupancy", "Mention", "PublicBody", "Organization", "LegalEntity", "Event",
        "UnknownLink", "Documentation",
    ]  # fmt: skip
    [person], [position], [event], [link] = (found[s] for s in ("Person", "Position", "Event", "UnknownLink"))
    assert (person["name"], person["alias"], person["country"]) == (["Zakir Hasanov"], ["Hasanov"], ["az"])
    assert (position["name"], position["country"]) == (["Defence Minister"], ["az"])
    assert (event["name"], event["date"], event["location"]) == (
        ["Zakir Hasanov – Georgia"],
        ["2019-11"],
        ["Tbilisi"],
    )
    assert (link["role"], link["summary"]) == (["thank"], ["Met"])
    assert len(found["Mention"]) == 5


def test_status_of_a_meeting_is_in_its_name():
    """The model has no other place that a reader would see."""
    [event] = by_schema(lines(telling(status="cancelled")))["Event"]

    assert event["name"] == ["Zakir Hasanov – Georgia (cancelled)"]
    assert "cancelled" in event["keywords"]


def test_call_of_two_is_a_call():
    """If the text says who rang; otherwise an event."""
    rang = (
        Participation(actor="a", part="caller", span=SPAN),
        Participation(actor="b", part="callee", span=SPAN),
    )
    entities = lines(telling(participants=rang, channel="phone"))

    [call] = by_schema(entities)["Call"]
    ids = {e["properties"]["name"][0]: e["id"] for e in entities if e["schema"] in ("Person", "PublicBody")}
    assert (call["caller"], call["receiver"]) == ([ids["Zakir Hasanov"]], [ids["Georgia"]])
    assert "Call" not in by_schema(lines(telling(channel="phone")))


def test_text_only_on_request():
    """It is long, and often somebody's copyright."""
    assert "bodyText" not in by_schema(lines(telling()))["Article"][0]
    assert by_schema(lines(telling(), text=True))["Article"][0]["bodyText"] == ["Met."]


@relaxed
@given(st.lists(extractions(), max_size=2, unique_by=lambda x: (x.document.id, x.document.text)))
def test_ids_are_unique_or_the_same_entity_and_references_resolve(found):
    """Positions are shared; whatever is referred to is there."""
    entities = lines(*found)
    known = {}

    for entity in entities:
        assert known.setdefault(entity["id"], entity) == entity
    references = (
        "proof",
        "document",
        "resolved",
        "holder",
        "post",
        "involved",
        "organizer",
        "caller",
        "receiver",
        "subject",
        "object",
        "entity",
    )
    for entity in entities:
        for name in references:
            assert all(value in known for value in entity["properties"].get(name, ()))


@needs
@pytest.mark.parametrize("text", [False, True])
def test_followthemoney_takes_every_entity(text):
    """By its own validation, and keeps every value."""
    rang = (
        Participation(actor="a", part="caller", span=SPAN),
        Participation(actor="b", part="callee", span=SPAN),
    )

    for x in (telling(), telling(participants=rang), telling(status="denied", when=None)):
        for entity in lines(x, text=text):
            assert refused(entity) == [], entity


@needs
@relaxed
@given(st.lists(extractions(), max_size=1))
def test_followthemoney_takes_hostile_entities(found):
    """Whatever the names and texts hold: it validates them, though it may tidy up the punctuation of a name or place."""
    for entity in lines(*found):
        assert not refused(entity, cleaning=False), entity
