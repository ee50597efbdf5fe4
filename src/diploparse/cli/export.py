"""``diploparse export``: stored records into another format."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

import click

from ..errors import InputError
from .formats import converted, format_options
from .inputs import STDIN
from .options import ParserOptions, make_parser, parser_options
from .outputs import Output, exporter_for
from .program import program

if TYPE_CHECKING:
    from ..records import Extraction


@program.command(name="export", short_help="Turn stored records into another format.")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--to", metavar="FORMAT", help="'diploparse formats' lists them. By default what -o ends in.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, allow_dash=True),
    help="Write to this file (csv, datasette, parquet: this folder) instead of standard output.",
)  # fmt: skip
@click.option(
    "--unknown", type=click.Choice(["error", "note"]), default="error",
    help="What to do about keys of a newer version: stop, or leave them out and note it.",
)  # fmt: skip
@format_options
@parser_options
def export_command(
    files: tuple[str, ...], to: str | None, output: Path | None, unknown: Literal["error", "note"],
    table: str | None, format_options: dict[str, Any], **options: Any,
) -> None:  # fmt: skip
    """
    Read records that were stored as json or jsonl, and write them in another format.

    A FILE may be packed with gzip (.gz); "-" is standard input.  Nothing is parsed again.

    \b
    Examples:
      diploparse parse news/ --to jsonl -o news.jsonl
      diploparse export news.jsonl --to sqlite -o news.sqlite
      diploparse export news.jsonl -o news.html
      diploparse export news.jsonl --to csv --flat > meetings.csv
      diploparse export news.jsonl --to ttl --base https://example.org/id/ -o news.ttl
    """
    if not files and not sys.stdin.isatty():
        files = (STDIN,)
    if not files:
        raise click.UsageError("name a FILE of json or jsonl, or '-' for standard input")
    if output is not None and output.as_posix() == STDIN:
        output = None
    plugins = make_parser(ParserOptions(**options)).plugins
    exporter = exporter_for(plugins, to, output, table)
    target = Output(exporter=exporter, path=output, table=table, options=converted(exporter, format_options))
    target.check()
    target.write(stored(files, unknown))


def stored(files: Iterable[str], unknown: Literal["error", "note"] = "error") -> Iterator[Extraction]:
    """
    The extractions of files, one by one.

    Raises:
        InputError: A file cannot be read, or is not ours.
    """
    from ..export.json import load

    for name in files:
        try:
            with _opened(name) as stream:
                yield from load(stream, unknown=unknown)
        except (OSError, EOFError) as error:
            problem = getattr(error, "strerror", None) or str(error)
            raise InputError(path=name, problem=problem) from error


def _opened(name: str) -> IO[bytes]:
    if name == STDIN:
        return sys.stdin.buffer
    if name.lower().endswith(".gz"):
        return gzip.open(name)  # type: ignore[return-value]
    return open(name, "rb")
