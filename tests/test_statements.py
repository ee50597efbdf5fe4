"""Reporting clauses and quotations to statements: the families of ``fixtures/statements.md``."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diploparse import Extraction, Parser, Statement
from diploparse.english.reported import RULES
from diploparse.english.sources import PLAIN_RULES

FIXTURE = Path(__file__).parent / "fixtures" / "statements.md"


class Case(NamedTuple):
    title: str
    passage: str
    expected: list[str]


def cases(path: Path) -> list[Case]:
    """The cases of a fixture: heading, passage, one line a statement."""
    found = []
    for block in path.read_text(encoding="utf-8").split("\n## ")[1:]:
        title, _, rest = block.partition("\n")
        passage = "\n".join(re.findall(r"^> ?(.*)$", rest, re.MULTILINE))
        found.append(Case(title, passage, re.findall(r"^- (.*)$", rest, re.MULTILINE)))
    return found


@lru_cache(maxsize=1)
def parser() -> Parser:
    """The built-in parser."""
    return Parser(entry_points=False)


def line(extraction: Extraction, statement: Statement) -> str:
    """A statement as the fixture writes it."""

    def names(ids: tuple[str, ...]) -> str:
        return " + ".join(extraction.actor(i).name for i in ids) or "-"

    speakers = statement.speakers or ((statement.speaker,) if statement.speaker else ())
    return "; ".join(
        (
            names(speakers),
            extraction.text(statement.cue.span),
            statement.act,
            statement.mode,
            names(statement.addressees),
            " || ".join(extraction.text(c) for c in statement.content),
        )
    )


@pytest.mark.parametrize("case", cases(FIXTURE), ids=lambda case: case.title)
def test_passage_makes_these_statements(case: Case) -> None:
    """Each passage yields exactly the statements listed under it."""
    extraction = parser().parse(case.passage)

    assert [line(extraction, s) for s in extraction.statements] == case.expected


def test_every_rule_has_a_case() -> None:
    """A rule and its fixture headings share one name."""
    titles = {case.title.partition(":")[0] for case in cases(FIXTURE)}

    assert {name for name, _ in (*RULES, *PLAIN_RULES)} <= titles


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Ali Demir", "said", "that", "“", "”", '"', "told", "according to", ",", ".", ":", "he", "urged", "to", "the minister",
             "expressed", "gratitude", "for", "\n\n", "adding", "asked", "whether", "and", "it was noted", "X:", "was", "good", "not"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_any_words_give_statements_inside_the_text(words: list[str]) -> None:
    """Whatever the order of words, nothing raises; content is ordered, not empty and clear of the cue."""
    text = " ".join(words)

    extraction = parser().parse(text)

    assert not [d for d in extraction.diagnostics if d.severity != "info"]
    for statement in extraction.statements:
        assert statement.content
        assert list(statement.content) == sorted(statement.content)
        assert not any(c.overlaps(statement.cue.span) for c in statement.content)
        assert all(0 <= c.start < c.end <= len(text) for c in statement.content)
