"""``diploparse parse``: files in, records out."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from time import perf_counter
from types import FrameType
from typing import TYPE_CHECKING, Any

import attrs
import click

from ..errors import DiploparseError, InputError, PluginError, describe
from .formats import converted, format_options
from .inputs import MAX_CHARACTERS, STDIN, Inputs, field_map
from .messages import Messages
from .options import ParserOptions, day, make_parser, parser_options
from .outputs import Output, exporter_for
from .program import FAILED, INTERRUPTED, OK, PARTIAL, complain, program

if TYPE_CHECKING:
    from ..parser import Parser
    from ..records import Extraction, RawDocument


@program.command(name="parse", short_help="Read texts and write their records.")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "--to",
    metavar="FORMAT",
    help="json, jsonl, csv, sqlite, html, ttl, summary ...; 'diploparse formats' lists them.  "
    "By default what -o ends in, a summary on a terminal, jsonl elsewhere.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Write to this file (csv: this folder) instead of standard output.",
)
@click.option(
    "--published",
    metavar="DATE",
    callback=day,
    help="Day of publication, YYYY-MM-DD, of documents that do not tell theirs.",
)
@click.option(
    "--language",
    metavar="TAG",
    help="Language, such as en, of documents that do not tell theirs; otherwise it is guessed.",
)
@click.option(
    "--encoding", default="utf-8", metavar="ENC", help="How the files are encoded; UTF-8 by default."
)
@click.option(
    "--reader", metavar="NAME", help="Read every FILE with this reader (text, jsonl or a plugin's)."
)
@click.option(
    "--map",
    "fields",
    multiple=True,
    metavar="OURS=THEIRS",
    callback=field_map,
    help="In JSON Lines, the key that holds our text, id, url, title, author, publisher, published or language.",
)
@click.option(
    "--max-characters", type=click.IntRange(min=0), default=MAX_CHARACTERS, show_default=True, metavar="N",
    help="Pass over texts that are longer; 0 for no limit.",
)  # fmt: skip
@format_options
@parser_options
@click.option("--profile", is_flag=True, help="Tell on standard error where the time went.")
def parse_command(
    files: tuple[str, ...], to: str | None, output: Path | None, table: str | None, published: str | None,
    language: str | None, encoding: str, reader: str | None, fields: dict[str, str], max_characters: int,
    profile: bool, format_options: dict[str, Any], **options: Any,
) -> int:  # fmt: skip
    """
    Read news texts and write who met whom, who said what, and who they are.

    A FILE is a text, a JSON Lines file (one object with "text" a line), a folder of such, or "-" for
    standard input.  Records go to standard output, messages to standard error.

    \b
    Examples:
      diploparse parse article.txt
      diploparse parse article.txt --to json -o article.json
      diploparse parse news/ --to csv -o tables
      diploparse parse news/ --to csv --table meetings > meetings.csv
      diploparse parse archive.jsonl --map text=body --map published=date --to ttl -o archive.ttl
      cat article.txt | diploparse parse - --published 2019-11-28

    \b
    Exit codes: 0 all read; 1 nothing could be; 2 wrong use;
    3 some documents could not be read, the others were; 130 interrupted.
    """
    if not files and not sys.stdin.isatty():
        files = (STDIN,)
    if not files:
        raise click.UsageError("name a FILE or folder, or '-' for standard input")
    if output is not None and output.as_posix() == STDIN:
        output = None
    _check_encoding(encoding)
    parser = make_parser(ParserOptions(**options))
    if reader is not None:
        parser.plugins.reader(reader)
    exporter = exporter_for(parser.plugins, to, output, table)
    target = Output(exporter=exporter, path=output, table=table, options=converted(exporter, format_options))
    target.check()
    on_screen = output is None and sys.stdout.isatty()
    messages = Messages(progress=not on_screen)
    inputs = Inputs(
        files,
        parser.plugins,
        messages.complain,
        reader,
        {"encoding": encoding, "fields": fields},
        max_characters,
    )
    run = Run(parser, inputs, messages, published, language)
    began = perf_counter()
    extractions = run.extractions()
    with run.listening():
        first = next(extractions, None)
        if first is not None:
            target.write(chain([first], extractions))
    messages.close(output.as_posix() if output else None)
    if profile:
        _show_profile(parser, messages.read, perf_counter() - began)
    return run.exit_code()


def _check_encoding(encoding: str) -> None:
    import codecs

    try:
        codecs.lookup(encoding)
    except LookupError:
        raise click.UsageError(
            f"there is no encoding {encoding!r}: use a name that Python knows, such as utf-8, windows-1252 or koi8-r"
        ) from None


@attrs.define
class Run:
    """Documents on their way through the parser, until the last one or Ctrl-C."""

    parser: Parser
    inputs: Inputs
    messages: Messages
    published: str | None = None
    language: str | None = None
    interrupted: bool = False
    _busy: bool = False

    def extractions(self) -> Iterator[Extraction]:
        """
        The extraction of each document that can be read.

        Ctrl-C ends them as if there were no more, so that an exporter can close what it has begun
        and nothing that was read is lost.
        """
        try:
            self._busy = True
            for raw in self.inputs.documents():
                extraction = self._parsed(raw)
                if extraction is None:
                    continue
                self.messages.note(extraction)
                self._busy = False
                yield extraction
                if self.interrupted:
                    return
                self._busy = True
        except KeyboardInterrupt:
            self.interrupted = True
        finally:
            self._busy = False

    def _parsed(self, raw: RawDocument) -> Extraction | None:
        told = raw.metadata
        metadata = attrs.evolve(
            told, published=told.published or self.published, language=told.language or self.language
        )
        try:
            return self.parser.parse(raw, metadata=metadata)
        except PluginError:
            raise
        except DiploparseError as error:
            problem = str(error)
        except Exception as error:  # a fault of ours must not cost the other documents
            problem = f"diploparse failed with {describe(error)}; please report it"
        self.messages.complain(InputError(path=raw.metadata.id or STDIN, problem=problem))
        return None

    def listening(self) -> _Listening:
        """While this lasts Ctrl-C interrupts reading and parsing at once, and writing after the record."""
        return _Listening(self)

    def on_interrupt(self, signum: int, frame: FrameType | None) -> None:
        """The first Ctrl-C; a second one while an exporter is writing ends that as well."""
        if self._busy or self.interrupted:
            raise KeyboardInterrupt
        self.interrupted = True

    def exit_code(self) -> int:
        """By what was read and what was not."""
        if self.interrupted:
            read = self.messages.read
            kept = f" after {read:,} document{'s' * (read != 1)}; what was read is written" if read else ""
            complain(f"interrupted{kept}")
            return INTERRUPTED
        if not self.messages.failed:
            return OK
        return PARTIAL if self.messages.read else FAILED


@attrs.define
class _Listening:
    run: Run
    _before: Any = None

    def __enter__(self) -> None:
        try:
            self._before = signal.signal(signal.SIGINT, self.run.on_interrupt)
        except ValueError:
            self._before = None  # not in the main thread: signals are somebody else's

    def __exit__(self, *args: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)


def _show_profile(parser: Parser, documents: int, seconds: float) -> None:
    per = max(documents, 1)
    total = sum(parser.timings.values())
    lines = [f"{'stage':<12}{'extractor':<28}{'seconds':>9}{'ms/document':>13}{'share':>7}"]
    for (stage, extractor), spent in parser.timings.items():
        share = 100 * spent / total if total else 0
        lines.append(f"{stage:<12}{extractor:<28}{spent:>9.3f}{1000 * spent / per:>13.2f}{share:>6.0f}%")
    lines.append(f"{'all':<40}{total:>9.3f}{1000 * total / per:>13.2f}")
    lines.append(f"with reading and writing {seconds:.3f} s, {per / seconds:,.0f} documents a second")
    click.echo("\n".join(lines), err=True)
