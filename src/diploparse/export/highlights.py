"""
The text of a document as HTML, with a mark wherever a record was read.

Marks nest as their spans do.  Where two cross, the later one is closed and opened again, so that
the HTML stays a tree: its first piece has the id, the others the class ``cont``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from ..records import Extraction, Meeting, Span, Statement, When

KINDS: dict[str, str] = {
    "evidence": "sentence a record was read from",
    "dateline": "dateline",
    "content": "what is said",
    "topic": "what was talked about",
    "role": "office or rank",
    "part": "words that put somebody there",
    "reference": "pronoun or description",
    "actor": "name",
    "place": "place",
    "time": "time",
    "meeting": "words that tell a meeting",
    "speech": "words that tell a statement",
    "other": "read by a plugin",
}
"""What is marked, and what it is called; of two of one span the earlier is the outer one."""

_RANK = {kind: rank for rank, kind in enumerate(KINDS)}
_BY_WORDS = frozenset(KINDS) - {"evidence", "dateline", "content"}
"""Kinds whose words are links; the others are too long, and have labels behind them."""


@attrs.frozen
class Mark:
    """A stretch of text and the records it belongs to."""

    start: int
    end: int
    kind: str
    labels: tuple[str, ...]
    """Of the records, as their cards show them. Example: ("M1", "S3")."""

    @property
    def name(self) -> str:
        """Its id, without the document's prefix."""
        return f"{self.kind}-{self.start}-{self.end}"


@attrs.frozen
class Labels:
    """Short names of an extraction's records, for cards and links."""

    actors: dict[str, str]
    meetings: dict[str, str]
    statements: dict[str, str]


def labels_of(extraction: Extraction) -> Labels:
    """A1, A2 … for actors, M1 … for meetings, S1 … for statements, by id."""
    return Labels(
        {a.id: f"A{n}" for n, a in enumerate(extraction.actors, 1)},
        {m.id: f"M{n}" for n, m in enumerate(extraction.meetings, 1)},
        {s.id: f"S{n}" for n, s in enumerate(extraction.statements, 1)},
    )


def marks_of(extraction: Extraction) -> tuple[Mark, ...]:
    """
    The marks of an extraction.

    Returns:
        By start, the longer and then the outer kind first; each span once a kind, with the
        labels of all records that have it.
    """
    found: dict[tuple[int, int, str], dict[str, None]] = {}
    for kind, span, label in _places(extraction):
        # A span of a foreign file may end outside the text; it is cut, as Python's slices are.
        key = (min(span.start, len(extraction.document.text)), min(span.end, len(extraction.document.text)))
        if key[0] < key[1]:
            found.setdefault((*key, kind), {})[label] = None
    marks = [
        Mark(start, end, kind, tuple(label for label in labels if label))
        for (start, end, kind), labels in found.items()
    ]
    return tuple(sorted(marks, key=lambda m: (m.start, -m.end, _RANK[m.kind])))


def _places(extraction: Extraction) -> Iterator[tuple[str, Span, str]]:
    labels = labels_of(extraction)
    line = extraction.document.dateline
    if line is not None:
        yield "dateline", line.span, ""
        if line.place:
            yield "place", line.place.span, ""
        yield from _time(line.when, "")
    named = set()
    for actor in extraction.actors:
        label = labels.actors[actor.id]
        for kind, spans in (("actor", actor.mentions), ("reference", actor.references)):
            for span in spans:
                named.add(span)
                yield kind, span, label
        for role in actor.roles:
            yield "role", role.span, label
    for meeting in extraction.meetings:
        yield from _of_meeting(meeting, labels, named)
    for statement in extraction.statements:
        yield from _of_statement(statement, labels, named)
    for number, record in enumerate(extraction.records, 1):
        for span in record.evidence:
            yield "other", span, f"R{number}"


def _of_meeting(meeting: Meeting, labels: Labels, named: set[Span]) -> Iterator[tuple[str, Span, str]]:
    label = labels.meetings[meeting.id]
    for span in meeting.evidence:
        yield "evidence", span, label
    yield "meeting", meeting.cue.span, label
    yield from _time(meeting.when, label)
    if meeting.place:
        yield "place", meeting.place.span, label
    for topic in meeting.topics:
        yield "topic", topic.span, label
    for participation in meeting.participants:
        if participation.span not in named:
            yield "part", participation.span, labels.actors.get(participation.actor, label)


def _of_statement(statement: Statement, labels: Labels, named: set[Span]) -> Iterator[tuple[str, Span, str]]:
    label = labels.statements[statement.id]
    for span in statement.evidence:
        yield "evidence", span, label
    yield "speech", statement.cue.span, label
    for span in statement.content:
        yield "content", span, label
    yield from _time(statement.when, label)
    if statement.speaker_span is not None and statement.speaker_span not in named:
        yield "part", statement.speaker_span, labels.actors.get(statement.speaker or "", label)


def _time(when: When | None, label: str) -> Iterator[tuple[str, Span, str]]:
    if when is not None:
        yield "time", when.span, label


# -- HTML -------------------------------------------------------------------------------------

_ESCAPES = {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;",
    # A parser makes a line feed of a raw one, and HTML has no NUL.
    "\r": "&#13;", "\0": "\ufffd",
}  # fmt: skip
_TO_ESCAPE = re.compile("[&<>\"'\r\0\ud800-\udfff]")


def escaped(text: str) -> str:
    """A text for element content or a quoted attribute; NUL and lone surrogates become U+FFFD."""
    return _TO_ESCAPE.sub(lambda m: _ESCAPES.get(m.group(), "\ufffd"), text)


def text_html(extraction: Extraction, marks: Sequence[Mark], prefix: str) -> str:
    """
    The text in paragraphs, marked.

    Args:
        marks: As `marks_of` gives them.

        prefix: Of the ids: unique among the documents of a page, safe in an attribute.

    Returns:
        ``p`` elements (``h3`` for a headline).  An open mark has its offsets in ``data-span``, its
        words are links to the first of its records' cards (``#prefix-M1``), and after the last
        sentence of a record stand the labels of the records read from it.
    """
    writer = _Writer(extraction.document.text, prefix)
    pieces: list[str] = []
    waiting = list(reversed(marks))
    current: list[Mark] = []
    for start, end, kind in _paragraphs(extraction):
        current = [m for m in current if m.end > start]
        while waiting and waiting[-1].start < end:
            current.append(waiting.pop())
        pieces.append(writer.paragraph(start, end, kind, [m for m in current if m.end > start]))
    return "".join(pieces)


def _paragraphs(extraction: Extraction) -> Iterator[tuple[int, int, str]]:
    """Paragraphs as they were read; what lies between them, if it is not blank, as well."""
    document = extraction.document
    position = 0
    for paragraph in sorted(document.paragraphs, key=lambda p: p.span):
        start, end = max(paragraph.span.start, position), min(paragraph.span.end, len(document.text))
        if start >= end:
            continue
        if document.text[position:start].strip():
            yield position, start, "body"
        yield start, end, paragraph.kind
        position = end
    if document.text[position:].strip() or not document.paragraphs:
        yield position, len(document.text), "body"


@attrs.define
class _Writer:
    text: str
    prefix: str
    opened: set[str] = attrs.field(factory=set)
    """Names of the marks that have their id already: one that runs over paragraphs has it once."""

    def paragraph(self, start: int, end: int, kind: str, inside: Sequence[Mark]) -> str:
        """A paragraph with the marks that reach into it, in their order."""
        bounds = sorted(
            {start, end}
            | {p for m in inside for p in (max(m.start, start), min(m.end, end)) if start <= p <= end}
        )
        stack: list[Mark] = []
        waiting = list(reversed(inside))
        tag = "h3" if kind == "headline" else "p"
        out = [f'<{tag} class="{escaped(kind)}">']
        for here, there in zip(bounds, [*bounds[1:], end], strict=True):
            self._close(here, stack, out)
            while waiting and max(waiting[-1].start, start) <= here:
                stack.append(waiting.pop())
                out.append(self._open(stack[-1]))
            if here < there:
                out.append(self._words(here, there, stack))
        while stack:
            out.append(self._end(stack.pop(), end))
        out.append(f"</{tag}>\n")
        return "".join(out)

    def _close(self, here: int, stack: list[Mark], out: list[str]) -> None:
        """Close what ends here; what was opened inside it and goes on is opened again."""
        first = next((n for n, m in enumerate(stack) if m.end <= here), None)
        if first is None:
            return
        again = [m for m in stack[first:] if m.end > here]
        while len(stack) > first:
            out.append(self._end(stack.pop(), here))
        for mark in again:
            stack.append(mark)
            out.append(self._open(mark))

    def _open(self, mark: Mark) -> str:
        tag = "span" if mark.kind in ("evidence", "dateline") else "mark"
        if mark.name in self.opened:
            return f'<{tag} class="{mark.kind} cont">'
        self.opened.add(mark.name)
        about = " ".join((*mark.labels, KINDS[mark.kind]))
        title = f' title="{about}"' if tag == "mark" else ""
        return f'<{tag} class="{mark.kind}" id="{self.prefix}-{mark.name}" data-span="{mark.start}-{mark.end}"{title}>'

    def _end(self, mark: Mark, here: int) -> str:
        if mark.kind not in ("evidence", "dateline"):
            return "</mark>"
        if mark.end != here or not mark.labels:
            return "</span>"
        links = " ".join(f'<a href="#{self.prefix}-{label}">{label}</a>' for label in mark.labels)
        return f'</span><span class="refs"> {links}</span>'

    def _words(self, start: int, end: int, stack: Sequence[Mark]) -> str:
        words = self.text[start:end]
        mark = next((m for m in reversed(stack) if m.kind in _BY_WORDS and m.labels), None)
        if mark is None or not words.strip():
            return escaped(words)
        label = mark.labels[0]
        # One stop for the tab key a mark, not one a piece.
        stop = "" if start == mark.start else ' tabindex="-1"'
        about = escaped(f"{words.strip()} ({KINDS[mark.kind]}, {label})")
        return f'<a href="#{self.prefix}-{label}" aria-label="{about}"{stop}>{escaped(words)}</a>'
