"""Mentions: cases in fixtures/mentions.md, and laws on any text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diploparse import Parser
from diploparse.english.mentions import find_mentions
from diploparse.english.segment import find_document
from diploparse.parser import longest
from diploparse.records import Document, Mention, Metadata

PARSER = Parser(entry_points=False)
CASES = (Path(__file__).parent / "fixtures" / "mentions.md").read_text(encoding="utf-8")


class Case(NamedTuple):
    title: str
    passage: str
    lines: list[str]


def cases() -> Iterator[Case]:
    for part in re.split(r"^## ", CASES, flags=re.M)[1:]:
        title, *rest = part.split("\n")
        passage = "\n".join(line[2:] for line in rest if line.startswith(">"))
        yield Case(title, passage, [line[2:] for line in rest if line.startswith("- ")])


def read(text: str) -> tuple[Document, tuple[Mention, ...]]:
    document = find_document(text, Metadata(), PARSER.lexicon)
    return document, longest(find_mentions(document, PARSER.lexicon))


def told(document: Document, mention: Mention, key: str) -> str:
    """A mention's value for a key of the fixture, as the fixture writes it."""
    if key == "name":
        return document.words(mention.name) if mention.name else "-"
    if key == "titles":
        return " / ".join(role.title for role in mention.roles) or "-"
    if key == "countries":
        return " / ".join(mention.countries) or "-"
    if key == "rank":
        return next((role.rank for role in mention.roles if role.rank), "-")
    if key == "tenure":
        return mention.roles[0].tenure if mention.roles else "-"
    if key == "metonym":
        return "yes" if mention.metonym else "no"
    return getattr(mention, key) or "-"


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.title)
def test_mention_is_found_with_what_stands_in_it(case: Case) -> None:
    """Each line of a case names a mention and what it tells, or words that are none."""
    document, mentions = read(case.passage)
    by_words = {" ".join(document.words(m.span).split()): m for m in reversed(mentions)}

    for line in case.lines:
        if line.startswith("not "):
            _, kind, words = line.split(" ", 2)
            assert words not in {document.words(m.span) for m in mentions if m.kind == kind}
            continue
        words, *pairs = line.split("; ")
        assert words in by_words
        for key, value in (pair.split(": ", 1) for pair in pairs):
            assert f"{key}: {value}" == f"{key}: {told(document, by_words[words], key)}"


@given(
    st.text(alphabet=st.sampled_from(list("AaBbEeÉéĐđ .,;:-–'’\"“”()@#1\n\t")), max_size=200)
    | st.text(max_size=80)
)
@settings(max_examples=200, deadline=None)
def test_any_text_gives_spans_inside_it(text: str) -> None:
    """Whatever the text, every span of every mention lies inside it and holds at least one character."""
    _, mentions = read(text)

    spans = [
        span for m in mentions for span in (m.span, *([m.name] if m.name else []), *(r.span for r in m.roles))
    ]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@given(st.lists(st.sampled_from(["The", "Minister", "President", "of", "Defence", "General", "Arvis", "Kalnozols", "Latvia", "Latvian", "and", ",", ".", "said", "met", "“", "”", "(", ")", "his", "counterpart", "Dr", "Mr.", "the", "two", "sides", "Foreign", "Ministry", "Party", "In", "Riga", "van", "der"]), max_size=40))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_any_order_of_titles_and_names_is_read(words: list[str]) -> None:
    """Titles, names and marks in any order give mentions that do not overlap, each with its name inside it."""
    _, mentions = read(" ".join(words))

    for one, other in itertools.pairwise(mentions):
        assert one.span.end <= other.span.start
    assert all(m.name in m.span for m in mentions if m.name is not None)
