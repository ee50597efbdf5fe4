"""The clause layer: cases in fixtures/clauses.md, and laws on any text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diploparse import Parser
from diploparse.english.clauses import find_clauses
from diploparse.english.segment import find_document
from diploparse.english.tokens import tokens_of
from diploparse.english.wordclasses import classed
from diploparse.records import Clause, Document, Mention, Metadata, Span

PARSER = Parser(entry_points=False)
CASES = (Path(__file__).parent / "fixtures" / "clauses.md").read_text(encoding="utf-8")


class Case(NamedTuple):
    title: str
    passage: str
    lines: list[str]


def cases() -> Iterator[Case]:
    for part in re.split(r"^## ", CASES, flags=re.M)[1:]:
        title, *rest = part.split("\n")
        passage = "\n".join(line[2:] for line in rest if line.startswith("> "))
        yield Case(title, passage, [line[2:] for line in rest if line.startswith("- ")])


def read(text: str, mentions: tuple[Mention, ...] = ()) -> tuple[Document, list[Clause]]:
    document = find_document(text, Metadata(), PARSER.lexicon)
    return document, list(find_clauses(document, mentions, PARSER.lexicon))


def told(document: Document, clause: Clause, clauses: list[Clause], key: str) -> str:
    """A clause's value for a key of the fixture, as the fixture writes it."""
    words, verb = document.words, clause.verb
    if key == "parent":
        return next((c.verb.lemma for c in clauses if c.id == clause.parent), "-")
    if key in ("link", "marker"):
        return getattr(clause, key) or "-"
    if key in ("form", "tense", "modality"):
        return getattr(verb, key) or "-"
    if key == "passive":
        return verb.voice
    if key == "negative":
        return verb.polarity
    if key == "subject":
        return words(clause.subject) if clause.subject else "-"
    if key in ("objects", "complement"):
        return " / ".join(map(words, getattr(clause, key))) or "-"
    return " / ".join(words(a.object) for a in clause.attachments if a.preposition == key) or "-"


@pytest.mark.parametrize("case", tuple(cases()), ids=lambda case: case.title)
def test_clauses_of_a_passage(case: Case) -> None:
    """Each line of the fixture describes one clause of the passage."""
    document, clauses = read(case.passage)

    for line in case.lines:
        lemma, *pairs = line.split("; ")
        expected = [(p.partition(": ")[0], p.partition(": ")[2] or p) for p in pairs]
        described = [
            [(key, told(document, clause, clauses, key)) for key, _ in expected]
            for clause in clauses
            if clause.verb.lemma == lemma
        ]

        assert expected in described, (line, described, [c.verb.lemma for c in clauses])


def test_mention_is_not_cut() -> None:
    """A mention is an indivisible core of a noun phrase, even across a comma."""
    text = "Defence Minister of Latvia, Colonel Arvis Kalnozols met the foreign ministers of Austria, Belgium and Cyprus."
    mentions = tuple(
        Mention(kind=kind, span=Span(text.index(s), text.index(s) + len(s)))
        for kind, s in (
            ("person", "Defence Minister of Latvia, Colonel Arvis Kalnozols"),
            ("description", "foreign ministers of Austria, Belgium and Cyprus"),
        )
    )

    document, clauses = read(text, mentions)

    assert [document.words(c.subject) for c in clauses if c.subject] == [document.words(mentions[0].span)]
    assert [document.words(o) for c in clauses for o in c.objects] == [
        "the foreign ministers of Austria, Belgium and Cyprus"
    ]


def test_time_mention_is_neither_subject_nor_object() -> None:
    """A time beside a verb becomes an attachment without a preposition."""
    text = "The president met Tuesday the chancellor."
    at = text.index("Tuesday")

    document, clauses = read(text, (Mention(kind="time", span=Span(at, at + 7), value="Tuesday"),))

    assert [document.words(o) for o in clauses[0].objects] == ["the chancellor"]
    assert [(a.preposition, document.words(a.object)) for a in clauses[0].attachments] == [("", "Tuesday")]


PIECES = st.sampled_from(
    re.findall(
        r"\S+",
        """the a minister of said that , . " “ ” ( ) and but who which to meet met held by with his talks is was been
        having being not n't don't he'll they said: ; — - 's ' ’ Tuesday Lavrov NATO in on as well as while if let
        expected reported adding noted visit states agreed what when as though did will would 2019 $ % @""",
    )
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map(" ".join)))
def test_any_text_has_clauses_that_hold(text: str) -> None:
    """Spans lie inside the text, ids are unique, parents resolve, complements have no outer white space."""
    document, clauses = read(text)
    ids = [c.id for c in clauses]

    assert len(set(ids)) == len(ids)
    for clause in clauses:
        assert clause.parent is None or (clause.parent in ids and clause.parent != clause.id)
        spans = [clause.span, clause.verb.span, clause.verb.head, *clause.objects, *clause.complement]
        spans += [s for a in clause.attachments for s in (a.span, a.object)]
        for span in [*spans, *([clause.subject] if clause.subject else [])]:
            assert 0 <= span.start < span.end <= len(text)
            assert document.words(span).strip() == document.words(span)
        assert clause.verb.head in clause.verb.span


@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_one_class_a_word(text: str) -> None:
    """The class string has one character a word, so that offsets of patterns are word numbers."""
    words, sentences = classed(tokens_of(text), [Span(0, len(text))] if text else [], ())

    assert len(words.classes) == len(words.starts) == len(words.ends) == len(words.lower)
    assert sum(map(len, sentences)) == len(words.starts)
