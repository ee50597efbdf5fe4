"""
iCalendar (RFC 5545): the meetings that are told to the day, as all-day entries of a calendar.

A meeting of "last month" has no place in a calendar, and stays out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import IO

from ..hookspecs import Exporter, hookimpl
from ..records import Extraction, Meeting, When

STATUSES = {
    "held": "CONFIRMED",
    "ongoing": "CONFIRMED",
    "planned": "CONFIRMED",
    "proposed": "TENTATIVE",
    "postponed": "TENTATIVE",
    "cancelled": "CANCELLED",
    "declined": "CANCELLED",
    "denied": "CANCELLED",
}
"""STATUS by ours, which stands in X-DIPLOPARSE-STATUS: iCalendar knows no meeting that was denied."""

_CHANNELS = {"in_person": "in person", "phone": "by phone", "video": "by video", "hybrid": "partly by video"}


def write(extractions: Iterable[Extraction], out: IO[str]) -> None:
    """
    Write one calendar.

    Lines end in CR LF and are folded at 75 bytes, as the standard has it.

    Args:
        extractions: Any number of them, consumed one by one.

        out: A text stream, opened with ``newline=""``; on disk UTF-8 is meant.
    """
    _put(out, "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//diploparse//diploparse//EN", "CALSCALE:GREGORIAN")
    for extraction in extractions:
        for meeting in extraction.meetings:
            days = _days(meeting.when)
            if days is not None:
                _put(out, *_event(extraction, meeting, *days))
        del extraction
    _put(out, "END:VCALENDAR")


def _days(when: When | None) -> tuple[date, date] | None:
    """The first and last day of a time that is exact to the day."""
    if when is None or not when.value or not all(len(part) == 10 for part in when.value.split("/")):
        return None
    try:
        first, last = date.fromisoformat(when.earliest or ""), date.fromisoformat(when.latest or "")
    except ValueError:
        return None
    return (first, last) if first <= last < date.max else None


def _event(extraction: Extraction, meeting: Meeting, first: date, last: date) -> Iterator[str]:
    document = extraction.document
    names = {a.id: a.name for a in extraction.actors}
    people = list(dict.fromkeys(names.get(p.actor, p.actor) for p in meeting.participants))
    digest = hashlib.sha256(f"{document.sha256}\x1f{meeting.id}".encode("utf-8", "surrogatepass")).hexdigest()
    yield "BEGIN:VEVENT"
    yield f"UID:{digest[:32]}@diploparse"
    # When it was told, not now: the same records make the same bytes.
    yield f"DTSTAMP:{_stamp(document.published, first)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_basic(first)}"
    yield f"DTEND;VALUE=DATE:{_basic(last + timedelta(days=1))}"
    yield f"SUMMARY:{_text(' – '.join(people) or meeting.cue.lemma)}"
    yield f"STATUS:{STATUSES.get(meeting.status, 'TENTATIVE')}"
    yield f"X-DIPLOPARSE-STATUS:{_text(meeting.status)}"
    yield "TRANSP:TRANSPARENT"
    if meeting.place:
        yield f"LOCATION:{_text(meeting.place.name)}"
    how = [_CHANNELS.get(meeting.channel, ""), meeting.format]
    yield f"CATEGORIES:{','.join(_text(h) for h in how if h)}"
    told = [extraction.text(span) for span in meeting.evidence]
    if meeting.topics:
        told.append(f"About: {'; '.join(t.text for t in meeting.topics)}")
    told.append(f"Read from: {document.title or document.id}")
    description = "\n\n".join(told)
    yield f"DESCRIPTION:{_text(description)}"
    if document.url and _URL.fullmatch(document.url):
        yield f"URL:{document.url}"
    yield "END:VEVENT"


_URL = re.compile(r"https?://[!-~]+")


def _basic(day: date) -> str:
    return day.isoformat().replace("-", "")


def _stamp(published: str | None, otherwise: date) -> str:
    try:
        return _basic(date.fromisoformat(published or ""))
    except ValueError:
        return _basic(otherwise)


_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": "\\n", "\r\n": "\\n"}
# Line ends that only some readers take for such would cut a line in two.
_ESCAPES |= dict.fromkeys("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " ")
_TO_ESCAPE = re.compile(
    "\r\n|[\\\\;,\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]|[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]"
)


def _text(text: str) -> str:
    """A TEXT value; control characters and lone surrogates, which it cannot hold, become U+FFFD."""
    return _TO_ESCAPE.sub(lambda m: _ESCAPES.get(m.group(), "\ufffd"), text)


def _put(out: IO[str], *lines: str) -> None:
    out.write("".join(f"{folded(line)}\r\n" for line in lines))


def folded(line: str) -> str:
    """
    A content line, folded so that no line has more than 75 bytes of UTF-8 and no character is cut.

    >>> folded("A" * 80).count("\\r\\n ")
    1
    """
    if len(line) <= 75 and line.isascii():
        return line
    pieces: list[str] = []
    piece: list[str] = []
    size = 0
    for character in line:
        width = len(character.encode())
        if size + width > 75:
            pieces.append("".join(piece))
            piece, size = [], 1  # the space that opens the next line counts
        piece.append(character)
        size += width
    return "\r\n ".join([*pieces, "".join(piece)])


@hookimpl
def diploparse_exporters() -> list[Exporter]:
    return [
        Exporter(
            name="ics",
            write=write,
            suffix=".ics",
            description="a calendar of the meetings that are told to the day",
            loses=(
                "Document.text",
                "Document.paragraphs",
                "Document.sentences",
                "Document.quotations",
                "Document.author",
                "Document.publisher",
                "Document.dateline",
                "Document.language",
                "Document.sha256",
                "Extraction.statements",
                "Extraction.records",
                "Extraction.diagnostics",
                "Actor.id",
                "Actor.kind",
                "Actor.aliases",
                "Actor.mentions",
                "Actor.references",
                "Actor.roles",
                "Actor.country",
                "Actor.found_by",
                "Participation.part",
                "Participation.role",
                "Participation.span",
                "When.text",
                "When.span",
                "When.anchor",
                "Place.country",
                "Place.span",
                "Topic.span",
                "Meeting.id",
                "Meeting.parent",
                "Meeting.told_by",
                "Meeting.found_by",
            ),
        )
    ]
