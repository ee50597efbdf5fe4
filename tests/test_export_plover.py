"""PLOVER: the manual's table, one case a row; what has no code is counted."""

import io
import json
from collections import Counter

import attrs
import pytest
from hypothesis import given, settings
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
from diploparse.export import plover as module
from diploparse.export.fields import choices, hints

relaxed = settings(deadline=None, max_examples=50)
SPAN = Span(0, 3)

# From the manual: categories, their modes, their quad category, whether a recipient is required.
MANUAL = {
    "AGREE": ((), "VERBAL COOPERATION"),
    "CONSULT": (("visit", "third-party", "multilateral", "phone"), "VERBAL COOPERATION"),
    "SUPPORT": ((), "VERBAL COOPERATION"),
    "REQUEST": (("assist", "change", "yield", "meet"), "VERBAL CONFLICT"),
    "ACCUSE": (("disapprove", "investigate", "allege"), "VERBAL CONFLICT"),
    "REJECT": (("assist", "change", "yield", "meet"), "VERBAL CONFLICT"),
}
QUAD = {"VERBAL COOPERATION": 1, "MATERIAL COOPERATION": 2, "VERBAL CONFLICT": 3, "MATERIAL CONFLICT": 4}
FIELDS = {
    "id", "has_event", "date", "time", "enddate", "endtime", "source", "recipient", "event", "event_loc", "event_text",
    "quad_code", "event_scale", "mode", "context", "link", "text", "text_info", "cite_info", "coder", "coded_date", "comment",
}  # fmt: skip
ACTOR_FIELDS = {
    "code", "sector", "actor_text", "identifier_id", "identifier_text", "actor_loc", "religion", "ethnicity", "office",
    "gender", "age",
}  # fmt: skip


def lines(*found, **options):
    """The events, and the count behind them."""
    out = io.StringIO()
    module.write(found, out, **options)
    *events, last = [json.loads(line) for line in out.getvalue().splitlines()]
    return events, last


def person(name, country=None, kind="person", rank=None):
    roles = (Role(title="General" if rank else "Minister", rank=rank, span=SPAN),)
    return Actor(id=name, kind=kind, name=name, country=country, mentions=(SPAN,), roles=roles)


def telling(actors, meetings=(), statements=(), published="2019-11-28"):
    x = diploparse.Parser().parse(
        RawDocument(text="Met.", metadata=Metadata(id="d", published=published, url="https://example.org/1"))
    )
    return attrs.evolve(x, actors=tuple(actors), meetings=tuple(meetings), statements=tuple(statements))  # fmt: skip


def meeting(*parts, date="2019-11-27", place=None, **more):
    """A meeting of actors, each ``(id, part)``."""
    return Meeting(
        id="m", cue=Cue(span=SPAN, lemma="meet"), evidence=(SPAN,),
        when=date and When(value=date, earliest=date, latest=date, span=SPAN),
        place=place and Place(name="There", country=place, span=SPAN),
        participants=tuple(Participation(actor=a, part=part, span=SPAN) for a, part in parts), **more,
    )  # fmt: skip


AZ, GE, UN = person("Az", "AZ"), person("Ge", "GE", rank="OF-9"), person("Un", None, "organization")


@pytest.mark.parametrize(
    ("given_", "event", "mode", "source", "recipient"),
    [
        (meeting(("Az", "attendee"), ("Ge", "attendee")), "CONSULT", None, ["Az", "Ge"], None),
        (meeting(("Az", "host"), ("Ge", "guest"), place="AZ"), "CONSULT", ["visit"], ["Ge"], ["Az"]),
        (meeting(("Az", "attendee"), ("Ge", "attendee"), place="IT"), "CONSULT", ["third-party"], ["Az", "Ge"], None),
        (meeting(("Az", "attendee"), ("Un", "attendee"), place="IT"), "CONSULT", None, ["Az", "Un"], None),
        (meeting(("Az", "attendee"), ("Ge", "attendee"), ("Un", "mediator")), "CONSULT", ["third-party"], ["Az", "Ge", "Un"], None),
        (meeting(("Az", "caller"), ("Ge", "callee"), channel="phone"), "CONSULT", ["phone"], ["Az", "Ge"], None),
        (meeting(("Az", "attendee"), ("Ge", "attendee"), channel="video"), "CONSULT", ["phone"], ["Az", "Ge"], None),
        (meeting(("Az", "attendee"), ("Ge", "attendee"), format="multilateral"), "CONSULT", ["multilateral"], ["Az", "Ge"], None),
        (meeting(("Az", "host"), ("Ge", "guest"), status="planned"), "AGREE", None, ["Az", "Ge"], None),
        (meeting(("Az", "attendee"), ("Ge", "attendee"), status="cancelled"), "REJECT", ["meet"], ["Az", "Ge"], None),
    ],
)  # fmt: skip
def test_meetings_by_the_manual(given_, event, mode, source, recipient):
    """Visitors are the source and hosts the recipient; without sides all are the source; the future is AGREE."""
    [found], _ = lines(telling([AZ, GE, UN], [given_]))

    assert found["event"] == [event]
    assert found.get("mode") == mode
    assert [a["actor_text"] for a in found["source"]] == source
    assert [a["actor_text"] for a in found.get("recipient", [])] == (recipient or [])


@pytest.mark.parametrize(
    ("act", "event", "mode"),
    [
        ("praise", "SUPPORT", None), ("urge", "REQUEST", None), ("condemn", "ACCUSE", ["disapprove"]), ("promise", "AGREE", None),
        ("accept", "AGREE", None), ("reject", "REJECT", None),
    ],
)  # fmt: skip
def test_statements_by_the_manual(act, event, mode):
    """Whoever speaks is the source, whoever is spoken to the recipient."""
    said = Statement(
        id="s",
        speaker="Az",
        addressees=("Ge",),
        act=act,
        cue=Cue(span=SPAN, lemma="x"),
        content=(SPAN,),
        evidence=(SPAN,),
    )

    [found], last = lines(telling([AZ, GE], statements=[said]))

    assert (found["event"], found.get("mode"), found["date"]) == ([event], mode, "2019-11-28")
    assert found["source"] == [{"code": "AZE", "sector": "GOV", "actor_text": "Az", "office": "Minister"}]
    assert found["recipient"] == [{"code": "GEO", "sector": "MIL", "actor_text": "Ge", "office": "General"}]
    assert last["left_out"] == {}


def test_what_has_no_code_is_counted():
    """By field and value; nothing is forced into a category."""
    told = [meeting(("Az", "attendee"), status=s) for s in ("denied", "proposed", "declined", "postponed")]
    told += [meeting(("Az", "attendee"), date=None), meeting(("Az", "attendee"), date="2019-11")]
    said = [
        Statement(id=f"s{n}", speaker=speaker, act=act, cue=Cue(span=SPAN, lemma="x"), content=(SPAN,), evidence=(SPAN,))
        for n, (speaker, act) in enumerate((("Az", "assert"), ("Az", "thank"), ("Az", "assert"), (None, "praise")))
    ]  # fmt: skip

    events, last = lines(telling([AZ], told, said))

    assert events == []
    assert last["left_out"] == {
        "Meeting.status=declined": 1, "Meeting.status=denied": 1, "Meeting.status=postponed": 1, "Meeting.status=proposed": 1,
        "Meeting.when: no day": 2, "Statement.act=assert": 2, "Statement.act=thank": 1, "Statement.speaker: not told": 1,
    }  # fmt: skip
    assert last["has_event"] is False


def test_day_of_publication_on_request():
    """For a meeting without a time of its own; what is told as a month stays out."""
    told = [meeting(("Az", "attendee"), date=None), meeting(("Az", "attendee"), date="2019-11")]

    [found], last = lines(telling([AZ], told), published=True)

    assert found["date"] == "2019-11-28"
    assert last["left_out"] == {"Meeting.when: no day": 1}


def test_table_is_the_manuals():
    """Only its categories and modes; every status and act of ours is mapped or named as left out."""
    used = [*module.STATUSES.values(), *module.ACTS.values()]

    assert {e.name for e in used} == set(MANUAL)
    assert all(mode in MANUAL[e.name][0] for e in used for mode in e.mode)
    assert {name: QUAD[quad] for name, (_, quad) in MANUAL.items()} == module.QUADS
    assert set(module.STATUSES) <= set(choices(hints(Meeting)["status"]))
    assert set(module.ACTS) <= set(choices(hints(Statement)["act"]))


def test_country_codes():
    """All of ISO 3166-1, one to one, and Kosovo's."""
    assert len(module.ALPHA_3) == 250
    assert len(set(module.ALPHA_3.values())) == 250
    assert {c: module.ALPHA_3[c] for c in ("AT", "CH", "GB", "XK")} == {
        "AT": "AUT",
        "CH": "CHE",
        "GB": "GBR",
        "XK": "XKX",
    }


@relaxed
@given(st.lists(extractions(), max_size=2), st.booleans())
def test_every_line_is_an_event_of_the_manual(found, published):
    """Required fields, no others, a list where the manual has one; and every record is written or counted."""
    events, last = lines(*found, published=published)

    for event in events:
        assert set(event) <= FIELDS
        assert {"id", "date", "source", "event"} <= set(event) or not event.get("source")
        [name] = event["event"]
        assert set(event.get("mode", ())) <= set(MANUAL[name][0])
        assert len(event["date"]) == 10
        for actor in (*event.get("source", ()), *event.get("recipient", ())):
            assert set(actor) <= ACTOR_FIELDS
    records = sum(len(x.meetings) + len(x.statements) for x in found)
    assert len(events) + sum(last["left_out"].values()) == records


def test_count_may_be_left_away():
    """For a reader that takes every line for an event."""
    out = io.StringIO()
    module.write([telling([AZ], [meeting(("Az", "host"))])], out, counts=False)

    assert [json.loads(line)["has_event"] for line in out.getvalue().splitlines()] == [True]
    assert list(module.events(telling([]), Counter())) == []
