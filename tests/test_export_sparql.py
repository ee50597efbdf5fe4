"""The five questions of docs/how-to/exports.md, asked of RDF whose answers are known."""

import io
import re
from pathlib import Path

import attrs
import pytest
import rdflib

import diploparse
from diploparse import Actor, Cue, Meeting, Participation, Place, Role, Span, Statement, When

PAGE = (Path(__file__).parent.parent / "docs" / "how-to" / "exports.md").read_text(encoding="utf-8")
PREFIXES, *QUERIES = re.findall(r"^```sparql\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
TEXT = "Ann, Bob, Cy. Rang: met! Good."


def span(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


def meeting(number, people, **more):
    return Meeting(
        id=f"meeting-{number}", cue=Cue(span=span("met"), lemma="meet"), evidence=(span("Rang: met!"),),
        participants=tuple(Participation(actor=f"actor-{name}", span=span(name)) for name in people), **more,
    )  # fmt: skip


@pytest.fixture(scope="module")
def graph():
    """Three people, three meetings, three statements."""
    actors = {
        name: Actor(id=f"actor-{name}", kind="person", name=name, mentions=(span(name),), roles=roles)
        for name, roles in (
            ("Ann", (Role(title="Minister", country="AZ", span=span("Ann")),)), ("Bob", ()), ("Cy", (Role(title="King", span=span("Cy")),)),
        )
    }  # fmt: skip
    x = attrs.evolve(
        diploparse.parse(TEXT),
        actors=tuple(actors.values()),
        meetings=(
            meeting(1, ["Ann", "Bob"], place=Place(name="Rome", span=span("met")), when=When(value="2019-11", span=span("met"))),
            meeting(2, ["Bob", "Cy"], channel="phone"),
            meeting(3, ["Ann", "Cy"], status="denied"),
        ),
        statements=tuple(
            Statement(id=f"statement-{act}", speaker="actor-Cy", act=act, cue=Cue(span=span("met"), lemma="say"), content=(span("Good"),), evidence=(span("Good."),))
            for act in ("assert", "praise", "thank")
        ),
    )  # fmt: skip
    out = io.StringIO()
    diploparse.write(x, "ttl", out)
    return rdflib.Graph().parse(data=out.getvalue(), format="turtle")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, [("Bob", "Cy", None, None), ("Ann", "Bob", "2019-11", "Rome")]),
        (1, [("Ann", "2"), ("Bob", "2"), ("Cy", "2")]),
        (2, [("Cy", "act-praise", "Good"), ("Cy", "act-thank", "Good")]),
        (3, [("Ann", "Minister", "AZ"), ("Cy", "King", None)]),
        (4, [("Rang: met!", "14", "24")]),
    ],
)
def test_question_is_answered(graph, number, expected):
    """In rdflib, as the page has it."""
    rows = graph.query(PREFIXES + QUERIES[number])

    found = [tuple(None if v is None else str(v).rpartition("#")[2] or str(v) for v in row) for row in rows]
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_there_are_five():
    """As promised."""
    assert len(QUERIES) == 5
