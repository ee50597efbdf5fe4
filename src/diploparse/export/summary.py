"""
The summary: an extraction as tables for a person to read, each record with where it was read.

Not a format for programs: it is cut to the width of the terminal, and its layout may change.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING

import attrs

from ..hookspecs import Exporter, hookimpl
from ..records import Actor, Extraction, Meeting, Span, Statement, When

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

# rich is imported in the functions: it costs 60 ms, and every Parser imports this module.

CHANNELS = {
    "in_person": "in person", "phone": "by phone", "video": "by video", "hybrid": "partly by video",
    "unspecified": "",
}  # fmt: skip
"""How a person says it."""

_CONTROL = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), " ")
_CONTROL |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "")
_CONTROL |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
"""Escape sequences and marks that turn the line round would act on the terminal; lone surrogates cannot be written."""


@attrs.frozen
class Page:
    """An extraction and what is needed to show it."""

    extraction: Extraction
    width: int
    line_starts: tuple[int, ...]
    names: dict[str, str]

    def line(self, offset: int) -> int:
        """The 1-based line of an offset."""
        return bisect_right(self.line_starts, offset)

    def name(self, actor_id: str | None) -> str:
        """An actor's name, fit for the terminal."""
        return shown(self.names.get(actor_id or "", actor_id or "?"))

    def place(self, span: Span) -> str:
        """Where a span stands. Example: "line 7, 412-566"."""
        return f"line {self.line(span.start)}, {span.start}-{span.end}"


def page_of(extraction: Extraction, width: int) -> Page:
    """The page of an extraction for a terminal of that many columns."""
    text = extraction.document.text
    starts = [0]
    position = text.find("\n")
    while position >= 0:
        starts.append(position + 1)
        position = text.find("\n", position + 1)
    return Page(extraction, width, tuple(starts), {a.id: a.name for a in extraction.actors})


def shown(text: str) -> str:
    """A text on one line, without characters that act on a terminal."""
    return " ".join(text.translate(_CONTROL).split())


def clipped(text: str, length: int) -> str:
    """A text cut at a word, with an ellipsis, if it is longer."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(",;: ") + " …"


def excerpt(page: Page, span: Span, focus: Span, length: int) -> Text:
    """The words of a span around those that matter, which stand out; some ``length`` characters."""
    from rich.text import Text

    text = page.extraction.document.text
    if not (span.start <= focus.start and focus.end <= span.end):
        return Text(f"“{clipped(shown(text[span.start : span.end]), length)}”")
    middle = shown(text[focus.start : focus.end])
    before, after = shown(text[span.start : focus.start]), shown(text[focus.end : span.end])
    room = max(length - len(middle), 10)
    head = max(room // 2, room - len(after))
    if len(before) > head:
        before = "… " + before[-head:].split(" ", 1)[-1]
    after = clipped(after, max(room - len(before), 10))
    gap = "" if text[focus.end : focus.end + 1] in ",.;:!?”\"’'" else " "
    return Text.assemble(
        f"“{before} " if before else "“", (middle, "bold"), f"{gap}{after}”" if after else "”"
    )


# -- the tables -------------------------------------------------------------------------------


def _table(*columns: tuple[str, dict[str, int | str]]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.HORIZONTALS, show_lines=True, pad_edge=False, border_style="dim", expand=True)
    for header, options in columns:
        table.add_column(header, header_style="bold", overflow="fold", **options)  # type: ignore[arg-type]
    return table


def meeting_table(page: Page) -> Table:
    """The meetings: when, who, where and how, and the words that tell them."""
    room = max(page.width - 48, 28)
    table = _table(("When", {"min_width": 10}), ("Who met", {"ratio": 5}), ("Where, how", {"ratio": 3}),
                   ("Read from", {"ratio": 8}))  # fmt: skip
    for meeting in page.extraction.meetings:
        table.add_row(
            _when(meeting.when, "" if meeting.status == "held" else meeting.status),
            _who(page, meeting),
            _where(page, meeting),
            _read_from(page, meeting, room * 4),
        )
    return table


def _when(when: When | None, status: str = "") -> Text:
    from rich.text import Text

    shown_when = Text("–", style="dim")
    if when is not None:
        shown_when = Text((when.value or shown(when.text)).replace("/", " to "))
    return Text("\n").join([shown_when, Text(status, style="yellow")]) if status else shown_when


def _who(page: Page, meeting: Meeting) -> Text:
    from rich.text import Text

    lines = []
    for participation in meeting.participants:
        actor = next((a for a in page.extraction.actors if a.id == participation.actor), None)
        notes = [actor.country] if actor and actor.country and actor.kind != "country" else []
        notes += [participation.part.replace("_", " ")] if participation.part != "attendee" else []
        note = f" ({', '.join(notes)})" if notes else ""
        lines.append(Text.assemble(page.name(participation.actor), (note, "dim")))
    return Text("\n").join(lines)


def _where(page: Page, meeting: Meeting) -> str:
    lines = [shown(meeting.place.name) if meeting.place else "", CHANNELS[meeting.channel]]
    if meeting.format != "bilateral":
        lines.append(meeting.format)
    if meeting.told_by:
        lines.append(f"told by {page.name(meeting.told_by)}")
    return "\n".join(line for line in lines if line) or "–"


def _read_from(page: Page, meeting: Meeting, length: int) -> Text:
    from rich.text import Text

    parts = [excerpt(page, meeting.evidence[0], meeting.cue.span, length)]
    if meeting.topics:
        topics = "; ".join(shown(topic.text) for topic in meeting.topics)
        parts.append(Text(clipped(f"About: {topics}", length), style="italic"))
    places = page.place(meeting.evidence[0])
    lines = sorted(
        {page.line(span.start) for span in meeting.evidence[1:]} - {page.line(meeting.evidence[0].start)}
    )
    if lines:
        places += f"; also line{'s' * (len(lines) > 1)} {', '.join(map(str, lines))}"
    return Text("\n").join([*parts, Text(places, style="dim")])


def statement_table(page: Page) -> Table:
    """The statements: who, the words that tell it, and what is said."""
    room = max(page.width - 44, 30)
    table = _table(("Who", {"ratio": 4}), ("How", {"min_width": 16}), ("What", {"ratio": 10}))
    for statement in page.extraction.statements:
        table.add_row(_speaker(page, statement), _how(page, statement), _content(page, statement, room * 3))
    return table


def _speaker(page: Page, statement: Statement) -> Text:
    from rich.text import Text

    speakers = statement.speakers or ((statement.speaker,) if statement.speaker else ())
    names = "\n".join(page.name(speaker) for speaker in speakers)
    to = ", ".join(page.name(addressee) for addressee in statement.addressees)
    return Text.assemble(names or ("(not told)", "dim"), (f"\nto {to}" if to else "", "dim"))


def _how(page: Page, statement: Statement) -> Text:
    from rich.text import Text

    cue = shown(page.extraction.text(statement.cue.span))
    return Text.assemble(cue, (f"\n{statement.act}, {statement.mode}", "dim"))


def _content(page: Page, statement: Statement, length: int) -> Text:
    from rich.text import Text

    said = " […] ".join(shown(page.extraction.text(span)) for span in statement.content)
    if statement.mode == "direct":
        said = f"“{said}”"
    place = page.place(Span(statement.content[0].start, statement.content[-1].end))
    return Text.assemble(clipped(said, length), (f"\n{place}", "dim"))


def actor_table(page: Page) -> Table:
    """The actors: who they are by this document, and how often it speaks of them."""
    table = _table(("Name", {"ratio": 5}), ("Of", {"min_width": 3}), ("Known here as", {"ratio": 9}),
                   ("Times", {"justify": "right"}), ("First", {"min_width": 7}))  # fmt: skip
    for actor in page.extraction.actors:
        table.add_row(
            page.name(actor.id),
            actor.country or "",
            _known_as(actor, page.width),
            str(len(actor.mentions) + len(actor.references)),
            f"line {page.line(actor.evidence[0].start)}" if actor.evidence else "",
        )
    table.show_lines = False
    return table


def _known_as(actor: Actor, length: int) -> str:
    roles = [shown(r.title if r.tenure == "current" else f"{r.title} ({r.tenure})") for r in actor.roles]
    return clipped("; ".join(dict.fromkeys(roles)) or actor.kind, length)


# -- writing ----------------------------------------------------------------------------------


def parts_of(page: Page) -> Iterator[RenderableType]:
    """What a summary shows of one extraction, from top to bottom."""
    from rich.text import Text

    document, extraction = page.extraction.document, page.extraction
    title = shown(document.title or "") or f"{clipped(shown(document.text), 60)}"
    facts = [document.publisher, document.published, document.id]
    facts += [
        f"{len(records)} {name[:-1] if len(records) == 1 else name}"
        for name, records in (
            ("meetings", extraction.meetings),
            ("statements", extraction.statements),
            ("actors", extraction.actors),
        )
    ]
    yield Text.assemble(
        (title, "bold"), (f"\n{' · '.join(shown(fact) for fact in facts if fact)}", "dim"), "\n"
    )
    for name, records, table in (
        ("Meetings", extraction.meetings, meeting_table),
        ("Statements", extraction.statements, statement_table),
        ("Actors", extraction.actors, actor_table),
    ):
        yield Text.assemble((name, "bold cyan"), ("" if records else "  none found", "dim"))
        if records:
            yield table(page)
        yield Text()
    for record in extraction.records:
        yield Text(
            clipped(f"{type(record).__name__}: {shown(page.extraction.text(record.evidence[0]))}", 300)
        )


def console_for(out: IO[str]) -> Console:
    """A console on a stream: in colour on a terminal unless NO_COLOR is set, 80 columns elsewhere unless COLUMNS is."""
    from rich.console import Console

    return Console(file=out, highlight=False, emoji=False, markup=False)


def write_summary(extractions: Iterable[Extraction], out: IO[str]) -> None:
    """
    Write extractions as tables.

    Args:
        extractions: Taken one by one.

        out: A text stream; the tables are as wide as its terminal, or 80 columns.
    """
    console = console_for(out)
    for number, extraction in enumerate(extractions):
        if number:
            console.rule(style="dim")
        for part in parts_of(page_of(extraction, console.width)):
            console.print(part)


@hookimpl
def diploparse_exporters() -> list[Exporter]:
    return [
        Exporter(
            name="summary",
            write=write_summary,
            description="tables for a person to read, not for a program",
            loses=("Extraction.diagnostics", "Actor.references", "Meeting.found_by", "Statement.found_by"),
        )
    ]
