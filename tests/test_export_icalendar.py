"""iCalendar: the meetings of a day, as the icalendar package reads them."""

import importlib.util
import io
from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import extractions, texts

import diploparse
from diploparse import Actor, Cue, Meeting, Metadata, Participation, Place, RawDocument, Span, Topic, When
from diploparse.export import icalendar as module
from diploparse.export.fields import choices, hints

needs = pytest.mark.skipif(
    importlib.util.find_spec("icalendar") is None,
    reason="icalendar is not installed (dependency group: exports)",
)
relaxed = settings(deadline=None, max_examples=50)


def written(*found):
    out = io.StringIO(newline="")
    module.write(found, out)
    return out.getvalue()


def events(*found):
    """The entries that the icalendar package reads."""
    import icalendar

    return list(icalendar.Calendar.from_ical(written(*found).encode()).walk("VEVENT"))


def meeting(value, earliest, latest, status="held", name="A; B, C\\D\nE", text="Met."):
    """A document with a meeting at a time."""
    metadata = Metadata(id="d", published="2019-11-28", url="https://example.org/1", title="News")
    x = diploparse.Parser().parse(RawDocument(text="x", metadata=metadata))
    span = Span(0, 3)
    return attrs.evolve(
        x,
        document=attrs.evolve(x.document, text=text, paragraphs=(), sentences=()),
        actors=(Actor(id="a", kind="person", name=name, mentions=(span,)),),
        meetings=(
            Meeting(
                id="m", cue=Cue(span=span, lemma="meet"), status=status, evidence=(Span(0, len(text)),), channel="phone",
                place=Place(name="Rome, Italy", span=span), topics=(Topic(text="trade", span=span),),
                when=When(value=value, earliest=earliest, latest=latest, span=span),
                participants=(Participation(actor="a", span=span),),
            ),
        ),
    )  # fmt: skip


@needs
def test_meeting_of_a_day_is_an_all_day_entry():
    """With who, where, how, the words that tell it, and the address of the news."""
    [event] = events(meeting("2019-11-27", "2019-11-27", "2019-11-27"))

    assert event["DTSTART"].dt == date(2019, 11, 27)
    assert event["DTEND"].dt == date(2019, 11, 28)
    assert event["SUMMARY"] == "A; B, C\\D\nE"
    assert event["LOCATION"] == "Rome, Italy"
    assert event["DESCRIPTION"] == "Met.\n\nAbout: trade\n\nRead from: News"
    assert event["URL"] == "https://example.org/1"
    assert [str(c) for c in event["CATEGORIES"].cats] == ["by phone", "bilateral"]
    assert event["DTSTAMP"].dt.date() == date(2019, 11, 28)


@needs
def test_only_days_have_a_place_in_a_calendar():
    """Two days do as well; a month does not, nor what is not a date."""
    [event] = events(meeting("2024-05-05/2024-05-06", "2024-05-05", "2024-05-06"))

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2024, 5, 5), date(2024, 5, 7))
    assert events(meeting("2024-05", "2024-05-01", "2024-05-31")) == []
    assert events(meeting("9999-12-31", "9999-12-31", "9999-12-31")) == []
    assert events(meeting("2024-13-45", "2024-13-45", "2024-13-45")) == []


@needs
@pytest.mark.parametrize("status", choices(hints(Meeting)["status"]))
def test_every_status_is_mapped(status):
    """And stands beside it as it was."""
    [event] = events(meeting("2019-11-27", "2019-11-27", "2019-11-27", status=status))

    assert event["STATUS"] == module.STATUSES[status]
    assert event["X-DIPLOPARSE-STATUS"] == status


@needs
@relaxed
@given(st.lists(extractions(), max_size=2))
def test_anything_is_read_back(found):
    """As many entries as meetings of a day, under ids of their own."""
    read = events(*found)

    days = [m for x in found for m in x.meetings if m.when and module._days(m.when)]
    assert len(read) == len(days)
    assert {e["DTSTART"].dt for e in read} == {date.fromisoformat(m.when.earliest) for m in days}
    assert all(e["DTEND"].dt - e["DTSTART"].dt >= timedelta(1) for e in read)


@needs
@relaxed
@given(texts(), texts(min_size=4))
def test_hostile_texts_stay_in_their_property(name, text):
    """No line of theirs becomes one of the calendar's; the characters that a calendar has come back."""
    [event] = events(meeting("2019-11-27", "2019-11-27", "2019-11-27", name=name, text=text))

    def held(words):
        for end in ("\r\n", "\r"):
            words = words.replace(end, "\n")
        words = "".join(" " if c in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029" else c for c in words)
        return "".join(
            "\ufffd" if (c < " " and c not in "\n\t") or c == "\x7f" or "\ud800" <= c <= "\udfff" else c
            for c in words
        )

    assert event["SUMMARY"] == (held(name) or "meet")
    assert event["DESCRIPTION"].startswith(held(text))


@relaxed
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_lines_are_folded_at_75_bytes(line):
    """As RFC 5545 has it: a character is never cut, and unfolding gives the line back."""
    folded = module.folded(line)

    if "\r\n " not in line:
        assert folded.replace("\r\n ", "") == line
    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))


def test_same_records_make_the_same_bytes():
    """No clock is asked; lines end as the standard has it."""
    x = meeting("2019-11-27", "2019-11-27", "2019-11-27")

    assert written(x) == written(x)
    assert written(x).count("\n") == written(x).count("\r\n")
    assert "\n" in written()
