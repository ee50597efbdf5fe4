"""Tellings of one occasion merged, and kept apart: the cases of ``fixtures/occasions.md``."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest

from diploparse import Actor, Actors, Cue, Document, Extraction, Meeting, Parent, Parser, Participation, Span
from diploparse.english.occasions import TESTS, find_occasions

FIXTURE = Path(__file__).parent / "fixtures" / "occasions.md"


class Case(NamedTuple):
    title: str
    published: str | None
    passage: str
    expected: list[str]


def cases() -> list[Case]:
    """The cases of the fixture: heading, day, passage, one line a meeting."""
    found = []
    for block in FIXTURE.read_text(encoding="utf-8").split("\n## ")[1:]:
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


@lru_cache(maxsize=1)
def parser() -> Parser:
    """The built-in parser."""
    return Parser(entry_points=False)


def line(extraction: Extraction, meeting: Meeting, like: str) -> str:
    """A meeting as the fixture writes it; parts only if the line it is ``like`` has them."""
    who = [
        extraction.actor(p.actor).name + (f" ({p.part})" if f"({p.part})" in like else "")
        for p in meeting.participants
    ]
    asked = like.partition(";")[0].split(", ")
    who.sort(key=lambda name: asked.index(name) if name in asked else len(asked))
    day = (meeting.when.value if meeting.when else None) or "-"
    place = meeting.place.name if meeting.place else "-"
    return "; ".join([", ".join(who), meeting.status, meeting.channel, day, place])


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.title)
def test_passage_tells_these_occasions(case: Case) -> None:
    """Each passage yields exactly the occasions listed under it."""
    extraction = parser().parse(case.passage, published=case.published)

    likes = [*case.expected, *[""] * len(extraction.meetings)]
    assert [line(extraction, m, likes[n]) for n, m in enumerate(extraction.meetings)] == case.expected


def test_every_test_but_place_has_a_case() -> None:
    """A test and its fixture headings share one name."""
    titles = {case.title.partition(":")[0] for case in cases()}

    assert {test.name for test in TESTS} - titles == {"place"}


TEXT = "A met B. The two met. C met A at the summit."
DOCUMENT = Document(id="d", text=TEXT, sha256="0", sentences=(Span(0, 8), Span(9, 21), Span(22, 44)))
PEOPLE = Actors(
    Actor(id=name, kind="person", name=name, mentions=(Span(at, at + 1),))
    for name, at in (("A", 0), ("B", 6), ("C", 22))
)


def telling(ident: str, who: str, sentence: int, parent: str | None = None) -> Meeting:
    span = DOCUMENT.sentences[sentence]
    return Meeting(
        id=ident,
        participants=tuple(Participation(actor=w, span=Span(span.start, span.start + 1)) for w in who),
        cue=Cue(span=Span(span.start + 2, span.start + 5), lemma="meet"),
        evidence=(span,),
        parent=Parent(id=parent, relation="sidelines") if parent else None,
    )


def test_merged_meeting_keeps_the_first_id_and_all_evidence() -> None:
    """The first telling gives the id, all of them the evidence."""
    (meeting,) = find_occasions(DOCUMENT, PEOPLE, [telling("one", "AB", 0), telling("two", "AB", 1)])

    assert meeting.id == "one"
    assert meeting.evidence == DOCUMENT.sentences[:2]


def test_parent_is_the_occasion_of_the_telling_it_named() -> None:
    """A parent that was merged away is replaced by what it was merged into."""
    tellings = [telling("one", "AB", 0), telling("two", "AB", 1), telling("three", "AC", 2, parent="two")]

    meetings = list(find_occasions(DOCUMENT, PEOPLE, tellings))

    assert [m.parent and m.parent.id for m in meetings] == [None, "one"]


def test_occasions_of_occasions_are_the_same() -> None:
    """Merging what is merged changes nothing."""
    once = list(find_occasions(DOCUMENT, PEOPLE, [telling("one", "AB", 0), telling("two", "AB", 1)]))

    assert list(find_occasions(DOCUMENT, PEOPLE, once)) == once
