"""Time expressions found and resolved: the families of ``fixtures/dates.md``."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from diploparse import Document, Mention, Metadata, Parser, When
from diploparse.english.dates import (
    RULES,
    anchor_day,
    find_times,
    follows_told_time,
    is_same_day_phrase,
    nearest_day,
    resolve_when,
    times_within,
)
from diploparse.parser import plain_document
from diploparse.records import Dateline, Span

FIXTURE = Path(__file__).parent / "fixtures" / "dates.md"
LEXICON = Parser(entry_points=False).lexicon


class Case(NamedTuple):
    title: str
    published: str | None
    passage: str
    expected: list[str]


def cases(path: Path) -> list[Case]:
    """The cases of a fixture: heading, day, passage, one line a time expression."""
    found = []
    for block in path.read_text(encoding="utf-8").split("\n## ")[1:]:
        title, _, rest = block.partition("\n")
        published = re.search(r"^published: (\S+)$", rest, re.MULTILINE)
        day = published[1] if published and published[1] != "-" else None
        passage = "\n".join(re.findall(r"^> ?(.*)$", rest, re.MULTILINE))
        found.append(Case(title, day, passage, re.findall(r"^- (.*)$", rest, re.MULTILINE)))
    return found


def document(passage: str, published: str | None = None) -> Document:
    return plain_document(passage, Metadata(published=published))


def lines(case: Case) -> list[str]:
    """The time expressions of a passage as a fixture writes them."""
    read = document(case.passage, case.published)
    found, told = [], None
    for mention in find_times(read, LEXICON):
        past = resolve_when(read, mention, future=False, previous=told)
        ahead = resolve_when(read, mention, future=True, previous=told)
        words = read.words(mention.span)
        found.append(f"{words}; {mention.value}; {past.value or '-'}; {ahead.value or '-'}")
        told = past if past.value else told
    return found


@pytest.mark.parametrize("case", cases(FIXTURE), ids=lambda case: case.title)
def test_passage_has_these_times(case: Case) -> None:
    """Each passage yields exactly the expressions listed under it, resolved as listed."""
    assert case.expected == lines(case)


def first(passage: str) -> Mention:
    return next(iter(find_times(document(passage), LEXICON)))


def test_when_takes_in_the_preposition() -> None:
    """A `When` shows the words it was read from, "on Tuesday", and spans them."""
    passage = "They met on Tuesday."

    when = resolve_when(document(passage, "2019-11-28"), first(passage), future=False)

    assert when == When(
        value="2019-11-26", earliest="2019-11-26", latest="2019-11-26",
        text="on Tuesday", span=Span(9, 19), anchor="published",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("passage", "anchor"),
    [("on 5 May 2019", "explicit"), ("in June 2018", "explicit"), ("on 5 May", "published"), ("the same day", "mention")],
)  # fmt: skip
def test_anchor_tells_where_the_value_is_from(passage: str, anchor: str) -> None:
    """``explicit`` needs nothing else, ``mention`` the time last told."""
    told = When(value="2019-11-02", span=Span(0, 1))

    when = resolve_when(document(passage, "2019-11-28"), first(passage), future=False, previous=told)

    assert anchor == when.anchor


def test_month_has_its_first_and_last_day() -> None:
    """The precision is the value's length; the days it may be are told beside it."""
    passage = "in February 2020"

    when = resolve_when(document(passage), first(passage), future=False)

    assert (when.value, when.earliest, when.latest) == ("2020-02", "2020-02-01", "2020-02-29")


def test_dateline_day_is_the_day_of_the_text() -> None:
    """A text published a day after its dateline means the dateline's day by "today"; a far one is not believed."""
    passage = "They met today."
    plain = document(passage, "2020-03-10")

    def dated(day: str) -> Document:
        when = When(value=day, span=Span(0, 4))
        return attrs.evolve(plain, dateline=Dateline(span=Span(0, 4), when=when))

    assert resolve_when(dated("2020-03-09"), first(passage), future=False).value == "2020-03-09"
    assert resolve_when(dated("2019-03-09"), first(passage), future=False).value == "2020-03-10"
    assert (date(2020, 3, 9), "dateline") == anchor_day(dated("2020-03-09"))


def test_what_is_past_does_not_follow_a_day_to_come() -> None:
    """ "Earlier in the day", after a planned meeting was dated, is the document's own day."""
    passage = "Earlier in the day he left."
    told = When(value="2020-06-06", span=Span(0, 1))

    when = resolve_when(document(passage, "2020-03-10"), first(passage), future=False, previous=told)

    assert when.value == "2020-03-10"


def test_same_day_phrases_are_told_apart() -> None:
    """Phrases that repeat the day last told, and those that count from it."""
    assert is_same_day_phrase(first("the same day"))
    assert is_same_day_phrase(first("later in the day"))
    assert follows_told_time(first("the day before"))
    assert not is_same_day_phrase(first("on Tuesday"))
    assert not follows_told_time(first("yesterday"))


def test_times_within_a_span() -> None:
    """Only those that lie wholly inside."""
    passage = "On Monday, on Tuesday, on Wednesday."
    mentions = list(find_times(document(passage), LEXICON))

    assert [passage[m.span.start : m.span.end] for m in times_within(mentions, Span(10, 22))] == ["Tuesday"]


def test_29_february_waits_for_a_leap_year() -> None:
    """A day that the next year does not have is looked for further on."""
    assert date(2024, 2, 29) == nearest_day(2, 29, date(2021, 1, 1), future=True)
    assert date(2020, 2, 29) == nearest_day(2, 29, date(2021, 1, 1), future=False)


def test_every_rule_has_a_case() -> None:
    """No rule without a passage in the fixture."""
    used = {
        mention.found_by.removeprefix("english.dates/")
        for case in cases(FIXTURE)
        for mention in find_times(document(case.passage), LEXICON)
    }

    assert set() == {rule.name for rule in RULES} - used


WORDS = st.sampled_from(
    ["on", "in", "the", "of", "a", "last", "next", "this", "that", "same", "previous", "following", "day", "days", "week", "month", "year", "weekend", "morning", "evening", "Monday", "Tuesday", "Sunday", "May", "March", "June", "November", "Nov.", "5", "26th", "31", "2019", "2020", "26.11.2019", "3/4/2020", ",", ".", "-", "to", "and", "from", "between", "before", "after", "ago", "later", "earlier", "early", "late", "end", "today", "yesterday", "tomorrow", "spring", "two", "few", "by", "since", "at", "3", "pm", "10:30", "mid-June", "29", "February", "00", "99", "9999", "1900"]
)  # fmt: skip


@given(
    st.one_of(st.text(), st.lists(WORDS, max_size=14).map(" ".join)),
    st.dates().map(date.isoformat),
    st.booleans(),
)
@example("5 May 9999 on Sunday ٣ May 19٣٤", "9999-12-31", True)
@example("yesterday last week last month last year last Tuesday", "0001-01-01", False)
def test_any_text_yields_times_inside_it(text: str, published: str, future: bool) -> None:
    """Spans lie inside the text, do not overlap, and each value is resolved or not, without an error."""
    read = document(text, published)
    mentions = list(find_times(read, LEXICON))
    told = None
    end = 0
    for mention in mentions:
        assert end <= mention.span.start < mention.span.end <= len(text)
        end = mention.span.end
        told = resolve_when(read, mention, future=future, previous=told)
        assert told.text == read.words(told.span)
        assert (told.value is None) == (told.earliest is None) == (told.anchor is None)
        if told.value:
            assert told.earliest is not None
            assert told.latest is not None
            assert told.earliest <= told.latest
            assert told.earliest.startswith(told.value[:4])


@given(st.text(alphabet="day:month-week/+0123456789.range tolduesaver", max_size=40))
def test_any_value_resolves_without_an_error(value: str) -> None:
    """A plugin's time mention may have a value of its own: it stays unresolved."""
    mention = Mention(kind="time", span=Span(0, 1), value=value)

    resolve_when(document("x", "2020-01-01"), mention, future=False, previous=None)
