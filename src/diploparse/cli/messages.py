"""What a run tells on standard error: a line of progress on a terminal, faults, and a closing count."""

from __future__ import annotations

import sys
from collections import Counter
from time import monotonic

import attrs
import click

from ..errors import InputError
from ..records import Diagnostic, Extraction
from .program import complain

_EVERY = 0.2
"""Seconds between two lines of progress: to read, not to flicker."""


@attrs.define
class Messages:
    """Told so far in one run."""

    progress: bool = False
    """Whether to show a line of progress; never when standard error is no terminal."""

    read: int = 0
    """Documents read."""

    failed: int = 0
    """Documents, or files, that could not be read."""

    _notes: Counter[tuple[str | None, str]] = attrs.field(factory=Counter)
    _last: float = 0.0
    _line: bool = False

    def complain(self, error: InputError) -> None:
        """Tell of a file or document that could not be read."""
        self.failed += 1
        self._clear()
        complain(str(error))

    def note(self, extraction: Extraction) -> None:
        """Count a document, and tell of its diagnostics, each once a run."""
        self.read += 1
        for diagnostic in extraction.diagnostics:
            if diagnostic.code == "read":
                continue  # how a reader came by the text: kept with the records, of no use line by line
            key = (diagnostic.plugin, diagnostic.message)
            self._notes[key] += 1
            if self._notes[key] == 1:
                self._clear()
                complain(_sentence(diagnostic, extraction), level=diagnostic.severity.capitalize())
        if self.progress and sys.stderr.isatty() and monotonic() - self._last > _EVERY:
            self._last, self._line = monotonic(), True
            failed = f", {self.failed} could not be" if self.failed else ""
            click.echo(f"\r{self.read:,} documents read{failed} …\x1b[K", err=True, nl=False)

    def close(self, written_to: str | None = None) -> None:
        """Tell how often a note was met again, and what became of the documents."""
        self._clear()
        for (plugin, message), times in self._notes.items():
            if times > 1:
                complain(f"{plugin or 'diploparse'}: the same in {times - 1:,} more: {message}", level="Note")
        failed = f"; {self.failed:,} could not be, as told above" if self.failed else ""
        if self.read and (self.failed or (written_to and sys.stderr.isatty())):
            where = f" into {written_to}" if written_to else ""
            click.echo(f"{self.read:,} document{'s' * (self.read != 1)} read{where}{failed}.", err=True)

    def _clear(self) -> None:
        if self._line:
            click.echo("\r\x1b[K", err=True, nl=False)
            self._line = False


def _sentence(diagnostic: Diagnostic, extraction: Extraction) -> str:
    if diagnostic.code == "no-extractor-for-language":
        document = extraction.document
        return (
            f"{document.id}: its language seems to be {document.language!r}, which no plugin here reads: "
            "no records; add --language en if that is wrong"
        )
    # A plugin that did not load concerns the run; what happened in a stage, this document.
    where = extraction.document.id if diagnostic.stage else ""
    return ": ".join(part for part in (where, diagnostic.plugin, diagnostic.message) if part)
