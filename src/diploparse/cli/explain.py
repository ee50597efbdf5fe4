"""``diploparse explain``: what the stages made of each sentence, and by which rule."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs
import click

from ..errors import InputError, UsageError
from ..records import Clause, Meeting, Span, Statement
from .inputs import Inputs
from .options import ParserOptions, day, make_parser, parser_options
from .program import FAILED, OK, complain, program

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from ..export.summary import Page
    from ..parser import Trace


@program.command(name="explain", short_help="Show why each record was made, sentence by sentence.")
@click.argument("file")
@click.option(
    "--at",
    type=click.IntRange(min=0),
    metavar="OFFSET",
    help="Only the sentence at this character of the text, counted from 0 (as spans are).",
)
@click.option("--published", metavar="DATE", callback=day, help="The text's day of publication, YYYY-MM-DD.")
@click.option("--encoding", default="utf-8", metavar="ENC", help="How the file is encoded; UTF-8 by default.")
@parser_options
def explain_command(
    file: str, at: int | None, published: str | None, encoding: str, **options: Any
) -> int:  # fmt: skip
    """
    Show, sentence by sentence, the mentions, actors and clauses that were found, and which rule made
    which record from them.

    FILE is a text, or "-" for standard input; of several documents the first is explained.

    \b
    Examples:
      diploparse explain article.txt
      diploparse explain article.txt --at 412
      diploparse demo --text | diploparse explain -
    """
    from ..export.summary import console_for, page_of

    parser = make_parser(ParserOptions(**options))
    faults: list[InputError] = []
    inputs = Inputs((file,), parser.plugins, faults.append, options={"encoding": encoding})
    raw = next(inputs.documents(), None)
    for fault in faults:
        complain(str(fault))
    if raw is None:
        return FAILED
    if at is not None and at >= len(raw.text):
        raise UsageError(message=f"--at {at}: the text has {len(raw.text)} characters, numbered from 0")
    trace = parser.trace(raw, published=None if raw.metadata.published else published)
    console = console_for(sys.stdout)
    explanation = Explanation(trace, page_of(trace.extraction, console.width))
    for part in explanation.parts(at):
        console.print(part)
    return OK


@attrs.frozen
class Explanation:
    """What the stages made of a document."""

    trace: Trace
    page: Page

    def parts(self, at: int | None) -> Iterator[RenderableType]:
        """The explained sentences: all, or the one at (or before) an offset."""
        from rich.rule import Rule
        from rich.text import Text

        document = self.trace.extraction.document
        sentences = list(enumerate(document.sentences, start=1))
        if at is not None:
            sentences = [s for s in sentences if s[1].start <= at][-1:] or sentences[:1]
        if not sentences:
            yield Text("There are no sentences in it: nothing to explain.")
        for number, sentence in sentences:
            yield Rule(f"sentence {number}, {self.page.place(sentence)}", align="left", style="dim")
            yield Text(self._words(sentence), style="bold")
            yield self._lines(sentence)
        shown = Span(sentences[0][1].start, sentences[-1][1].end) if at is not None and sentences else None
        yield from self._refused(shown)

    def _lines(self, sentence: Span) -> RenderableType:
        from rich.table import Table

        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(style="cyan", min_width=8)
        grid.add_column(ratio=1, overflow="fold")
        for title, lines in (
            ("mentions", self._mentions(sentence)),
            ("clauses", self._clauses(sentence)),
            ("records", self._records(sentence)),
        ):
            for count, line in enumerate(lines):
                grid.add_row("" if count else title, line)
        return grid

    # -- the lines ----------------------------------------------------------------------------

    def _mentions(self, sentence: Span) -> Iterator[Text]:
        from rich.text import Text

        for mention in self.trace.mentions:
            if mention.span not in sentence:
                continue
            facts = [
                mention.kind,
                mention.country,
                mention.value if mention.kind in ("time", "organization") else None,
            ]
            actors = self._actors(mention.span)
            yield Text.assemble(
                self._words(mention.span),
                (f"  {' '.join(fact for fact in facts if fact)}", "dim"),
                f"  → {actors}" if actors else "",
                (f"  {mention.found_by}", "dim italic"),
            )

    def _actors(self, span: Span) -> str:
        return ", ".join(
            self.page.name(actor.id)
            for actor in self.trace.extraction.actors
            if any(span.overlaps(s) for s in (*actor.mentions, *actor.references))
        )

    def _clauses(self, sentence: Span) -> Iterator[Text]:
        depth: dict[str, int] = {}
        for clause in self.trace.clauses:
            if clause.verb.span in sentence:
                depth[clause.id] = depth.get(clause.parent or "", -1) + 1
                yield self._clause(clause, "  " * depth[clause.id])

    def _clause(self, clause: Clause, indent: str) -> Text:
        from rich.text import Text

        verb = clause.verb
        form = [
            clause.link,
            verb.form if verb.tense == "none" else verb.tense,
            "passive" if verb.voice == "passive" else "",
            "negative" if verb.polarity == "negative" else "",
            "perfect" if verb.perfect else "",
            verb.modality or "",
        ]
        facts = ", ".join(word for word in form if word)
        line = Text.assemble(
            indent, (self._words(verb.span), "bold"), f" [{verb.lemma}]", (f" {facts}", "dim")
        )
        for label, spans in (
            ("subject", [clause.subject] if clause.subject else []),
            ("object", clause.objects),
            ("complement", clause.complement),
        ):
            for span in spans:
                line.append(f"\n{indent}  {label} ", style="dim").append(self._words(span, 90))
        for attachment in clause.attachments:
            line.append(f"\n{indent}  {attachment.preposition} ", style="dim").append(
                self._words(attachment.object, 90)
            )
        return line

    def _records(self, sentence: Span) -> Iterator[Text]:
        extraction = self.trace.extraction
        kept = {m.id for m in extraction.meetings}
        for meeting in self.trace.tellings:
            if meeting.cue.span in sentence:
                yield self._meeting(meeting, merged=meeting.id not in kept)
        for statement in extraction.statements:
            if statement.cue.span in sentence:
                yield self._statement(statement)
        for record in extraction.records:
            if record.evidence[0] in sentence:
                yield self._own(record)

    def _meeting(self, meeting: Meeting, *, merged: bool) -> Text:
        from rich.text import Text

        who = ", ".join(self.page.name(p.actor) for p in meeting.participants)
        when = meeting.when.value or meeting.when.text if meeting.when else "no date"
        note = "  merged into an earlier telling" if merged else ""
        return Text.assemble(
            ("meeting  ", "green"), f"{who}, {meeting.status}, {when}", (note, "yellow"),
            (f"  {meeting.found_by}", "dim italic"),
        )  # fmt: skip

    def _statement(self, statement: Statement) -> Text:
        from rich.text import Text

        who = ", ".join(map(self.page.name, statement.speakers)) or (
            self.page.name(statement.speaker) if statement.speaker else "nobody named"
        )
        cue = self._words(statement.cue.span)
        content = " […] ".join(self._words(span) for span in statement.content)
        return Text.assemble(
            ("statement  ", "green"), f"{who} {cue}: {content}", (f"  ({statement.act}, {statement.mode})", "dim"),
            (f"  {statement.found_by}", "dim italic"),
        )  # fmt: skip

    def _own(self, record: Any) -> Text:
        from rich.text import Text

        words = self._words(record.evidence[0], 120)
        rule = getattr(record, "found_by", "")
        return Text.assemble((f"{type(record).__name__}  ", "green"), words, (f"  {rule}", "dim italic"))

    def _refused(self, only: Span | None) -> Iterator[Text]:
        """The diagnostics: those of a place only if it is shown."""
        from rich.text import Text

        for diagnostic in self.trace.extraction.diagnostics:
            if only is not None and diagnostic.span is not None and not diagnostic.span.overlaps(only):
                continue
            where = f"{self.page.place(diagnostic.span)}: " if diagnostic.span else ""
            source = f" ({diagnostic.plugin})" if diagnostic.plugin else ""
            yield Text(f"{diagnostic.severity}: {where}{diagnostic.message}{source}", style="yellow")

    def _words(self, span: Span, length: int = 0) -> str:
        from ..export.summary import clipped, shown

        words = shown(self.trace.extraction.text(span))
        return clipped(words, length) if length else words
