"""Actors: cases in fixtures/actors.md, and laws on any text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diploparse import Parser
from diploparse.english.actors import find_actors
from diploparse.english.clauses import find_clauses
from diploparse.english.mentions import find_mentions
from diploparse.english.segment import find_document
from diploparse.parser import longest
from diploparse.records import Actor, Document, Metadata

PARSER = Parser(entry_points=False)
CASES = (Path(__file__).parent / "fixtures" / "actors.md").read_text(encoding="utf-8")


class Case(NamedTuple):
    title: str
    url: str | None
    passage: str
    lines: list[str]


def cases() -> Iterator[Case]:
    for part in re.split(r"^## ", CASES, flags=re.M)[1:]:
        title, *rest = part.split("\n")
        url = next((line[5:] for line in rest if line.startswith("url: ")), None)
        passage = "\n".join(line[2:] for line in rest if line.startswith(">"))
        yield Case(title, url, passage, [line[2:] for line in rest if line.startswith("- ")])


def read(text: str, url: str | None = None, *, clauses: bool = True) -> tuple[Document, list[Actor]]:
    lexicon = PARSER.lexicon
    document = find_document(text, Metadata(url=url), lexicon)
    mentions = longest(find_mentions(document, lexicon))
    found = list(find_clauses(document, mentions, lexicon)) if clauses else []
    return document, list(find_actors(document, mentions, found, lexicon))


def told(document: Document, actor: Actor, key: str) -> str:
    """An actor's value for a key of the fixture, as the fixture writes it."""
    if key in ("mentions", "references"):
        return " / ".join(document.words(span) for span in getattr(actor, key)) or "-"
    if key == "titles":
        return " / ".join(role.title for role in actor.roles) or "-"
    if key == "aliases":
        return " / ".join(actor.aliases) or "-"
    return getattr(actor, key) or "-"


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.title)
def test_actor_has_its_mentions_and_references(case: Case) -> None:
    """Each line of a case names an actor and what it has, or somebody who is none."""
    document, actors = read(case.passage, case.url)
    by_name = {actor.name: actor for actor in actors}

    for line in case.lines:
        if line.startswith("no actor "):
            assert line.removeprefix("no actor ") not in by_name
            continue
        name, *pairs = line.split("; ")
        assert name in by_name
        for key, value in (pair.split(": ", 1) for pair in pairs):
            assert f"{key}: {value}" == f"{key}: {told(document, by_name[name], key)}"


TEXTS = st.lists(
    st.sampled_from(
        [
            "The",
            "President",
            "Minister",
            "Aslan",
            "Temirov",
            "Marta",
            "Lindqvist",
            "Latvia",
            "Turkish",
            ".",
            ".",
            ",",
            "said",
            "met",
            "told",
            "“",
            "”",
            "he",
            "she",
            "his",
            "they",
            "it",
            "I",
            "counterpart",
            "guest",
            "host",
            "sides",
            "both",
            "ministers",
            "two",
            "officials",
            "received",
            "with",
            "by",
            "in",
            "Riga",
            "Kyiv",
            "envoy",
            "who",
        ]
    ),
    max_size=60,
).map(" ".join)


@given(TEXTS, st.booleans())
@settings(max_examples=200, deadline=None)
def test_any_text_gives_actors_with_evidence_inside_it(text: str, clauses: bool) -> None:
    """Whatever is said of whom, with clauses or without, each actor has evidence, and all its spans lie in the text."""
    _, actors = read(text, clauses=clauses)

    assert all(actor.evidence for actor in actors)
    spans = [span for actor in actors for span in (*actor.mentions, *actor.references)]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_name_belongs_to_one_actor(text: str) -> None:
    """No span is a mention of two actors; a reference may be of several."""
    _, actors = read(text)

    mentions = [span for actor in actors for span in actor.mentions]
    assert len(mentions) == len(set(mentions))
