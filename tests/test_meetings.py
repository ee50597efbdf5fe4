"""Clauses and actors to meetings, one a telling: the families of ``fixtures/meetings.md``."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diploparse import Extraction, Meeting, Parser
from diploparse.english.meetings import RULES

FIXTURE = Path(__file__).parent / "fixtures" / "meetings.md"


class Case(NamedTuple):
    title: str
    published: str | None
    passage: str
    expected: list[str]


def cases(path: Path) -> list[Case]:
    """The cases of a fixture: heading, day, passage, one line a meeting."""
    found = []
    for block in path.read_text(encoding="utf-8").split("\n## ")[1:]:
        title, _, rest = block.partition("\n")
        published = re.search(r"^published: (\S+)$", rest, re.MULTILINE)
        passage = "\n".join(re.findall(r"^> ?(.*)$", rest, re.MULTILINE))
        found.append(
            Case(
                title,
                published[1] if published else None,
                passage,
                re.findall(r"^- (.*)$", rest, re.MULTILINE),
            )
        )
    return found


@lru_cache(maxsize=2)
def parser(*, occasions: bool) -> Parser:
    """The built-in parser, with or without the merging of tellings."""
    return Parser(entry_points=False, disable=() if occasions else ("english.occasions",))


def line(extraction: Extraction, meeting: Meeting, *, like: str = "") -> str:
    """A meeting as a fixture writes it; parts and topics only if the line it is ``like`` has them."""
    who = [
        extraction.actor(p.actor).name + (f" ({p.part})" if f"({p.part})" in like else "")
        for p in meeting.participants
    ]
    asked = like.partition(";")[0].split(", ")
    who.sort(key=lambda name: asked.index(name) if name in asked else len(asked))
    cells = [
        ", ".join(who),
        meeting.status,
        meeting.channel,
        (meeting.when.value if meeting.when else None) or "-",
        meeting.place.name if meeting.place else "-",
    ]
    if "topics:" in like:
        cells.append("topics: " + ", ".join(t.text for t in meeting.topics))
    return "; ".join(cells)


def read(case: Case, *, occasions: bool) -> list[str]:
    """The meetings of a case's passage, a line each."""
    extraction = parser(occasions=occasions).parse(case.passage, published=case.published)
    likes = [*case.expected, *[""] * len(extraction.meetings)]
    return [line(extraction, m, like=likes[n]) for n, m in enumerate(extraction.meetings)]


@pytest.mark.parametrize("case", cases(FIXTURE), ids=lambda case: case.title)
def test_passage_tells_these_meetings(case: Case) -> None:
    """Each passage yields exactly the meetings listed under it."""
    assert read(case, occasions=False) == case.expected


def test_every_rule_has_a_case() -> None:
    """A rule and its fixture headings share one name."""
    titles = {case.title.partition(":")[0] for case in cases(FIXTURE)}

    assert titles == {rule.name for rule in RULES}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Ali Demir", "met", "talks", "held", "with", "Nika Lomaia", "on Monday", "the", "meeting", "between",
             "and", ",", "who", "was", "received", "by", "Georgia", "will", "not", "refused to", ".", "\n", "’s", "his"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_any_words_give_meetings_inside_the_text(words: list[str]) -> None:
    """Whatever the order of words, nothing raises and each meeting has two participants and evidence in the text."""
    text = " ".join(words)

    extraction = parser(occasions=True).parse(text)

    assert not [d for d in extraction.diagnostics if d.severity != "info"]
    for meeting in extraction.meetings:
        assert len({p.actor for p in meeting.participants}) >= 2
        assert all(0 <= e.start < e.end <= len(text) for e in meeting.evidence)
