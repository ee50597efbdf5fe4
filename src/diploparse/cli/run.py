"""``diploparse run``: an archive, on all cores, and on with it after whatever stopped it."""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import attrs
import click

from .inputs import field_map
from .options import ParserOptions, check_name, day, parser_options
from .program import FAILED, INTERRUPTED, OK, PARTIAL, complain, program

if TYPE_CHECKING:
    from ..archive import Progress, Summary

_LOG_EVERY = 30.0
"""Seconds between two lines in a log."""


def _part(ctx: click.Context, option: click.Parameter, value: str) -> tuple[int, int]:
    number, _, of = value.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise click.BadParameter(
            f"{value!r}: write I/N with I from 1 to N, such as 2/8", ctx=ctx, param=option
        )
    return int(number), int(of)


@program.command(
    name="run", short_help="Read an archive on all cores; the same command goes on where it stopped."
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.argument("out", type=click.Path(path_type=Path, file_okay=False), metavar="OUT")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes on this machine (with --dask local: Dask's).",
)
@click.option(
    "--shard",
    default="1/1",
    callback=_part,
    metavar="I/N",
    help="Only every N-th input file from the I-th on: for N machines without an engine.",
)
@click.option(
    "--dask",
    metavar="ADDRESS",
    help="Work on a Dask cluster: the scheduler's address, or 'local'.  Its workers see INPUT and OUT under the same paths.",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Go on in OUT although it was begun with other options, plugins or versions.",
)
@click.option("--max-errors", metavar="N|P%", help="Stop when more documents fail, such as 100 or 5%.")
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="That a document may take; 0 for any number.",
)
@click.option(
    "--to",
    default="jsonl",
    show_default=True,
    metavar="FORMAT",
    help="Of the records; 'diploparse formats' lists them.",
)
@click.option("--option", multiple=True, metavar="NAME=VALUE", help="An option of the format.")
@click.option(
    "--published",
    metavar="DATE",
    callback=day,
    help="Day of publication, YYYY-MM-DD, of documents that do not tell theirs.",
)
@click.option(
    "--language",
    metavar="TAG",
    help="Language of documents that do not tell theirs; otherwise it is guessed.",
)
@click.option(
    "--encoding", default="utf-8", show_default=True, metavar="ENC", help="How the files are encoded."
)
@click.option("--reader", metavar="NAME", help="Read every file with this reader.")
@click.option(
    "--map",
    "fields",
    multiple=True,
    metavar="OURS=THEIRS",
    callback=field_map,
    help="In JSON Lines, CSV and Parquet, the key or column that holds our text, id, url, title, author, publisher, published or language.",
)
@click.option(
    "--gate/--no-gate",
    default=True,
    show_default=True,
    help="Of a crawl, look only at pages with words of diplomacy, defence or state in them.",
)
@click.option(
    "--max-characters",
    type=click.IntRange(min=0),
    default=1_000_000,
    show_default=True,
    metavar="N",
    help="Longer texts fail; 0 for no limit.",
)
@click.option(
    "--progress/--no-progress", default=True, help="Whether to tell how far it is, on standard error."
)
@parser_options
def run_command(
    inputs: tuple[str, ...], out: Path, workers: int, shard: tuple[int, int], dask: str | None, resume: bool,
    max_errors: str | None, to: str, option: tuple[str, ...], progress: bool, **given: Any,
) -> int:  # fmt: skip
    """
    Read an archive and write a file of records into the folder OUT for each input file.

    An INPUT is a file, a folder, or an address that fsspec knows (s3://bucket/2024/*.warc.gz): texts, JSON Lines,
    CSV, Parquet, web pages, WARC.  Whatever ends the run, Ctrl-C or a power cut: the same command goes on, and
    what is done is not done again.  A document that fails, hangs or kills its worker is named in
    NAME.errors.jsonl and costs nothing else; OUT/manifest.json tells versions, options and plugins.

    \b
    Examples:
      diploparse run news/ records --workers 8
      diploparse run crawl/*.warc.gz records --workers 8 --max-errors 5%
      diploparse run archive.csv records --map text=body --map published=date
      diploparse run news/ records --shard 2/4        (on the second of four machines)
      diploparse run s3://bucket/news/ /mnt/records --dask tcp://10.0.0.1:8786

    \b
    Exit codes: 0 all read; 1 stopped (too many errors, a full disk); 2 wrong use;
    3 some documents failed, the others were read; 130 interrupted.
    """
    from ..archive import RunOptions, run

    parser_told = ParserOptions(
        **{name: given.pop(name) for name in [f.name for f in attrs.fields(ParserOptions)]}
    )
    if parser_told.strict:
        raise click.UsageError(
            "--strict stops at the first plugin that fails: use --max-errors, or 'diploparse parse'"
        )
    options = RunOptions(
        entry_points=not parser_told.no_entry_points, enable=parser_told.enable, disable=parser_told.disable,
        lexicons=tuple(path.as_posix() for path in parser_told.lexicon), to=to,
        fields=tuple(sorted(given.pop("fields").items())), **given,
    )  # fmt: skip
    options = attrs.evolve(options, format_options=_format_options(options, option))
    with _showing(progress) as show:
        summary = run(
            inputs, out, options=options, workers=workers, shard=shard, dask=dask, resume=resume,
            max_errors=max_errors, show=show,
        )  # fmt: skip
    click.echo(told(summary, out), err=True)
    return _exit_code(summary)


def _format_options(options: Any, given: tuple[str, ...]) -> tuple[tuple[str, Any], ...]:
    """The format's options as its exporter takes them; names of plugins are checked on the way."""
    from .formats import converted

    parser = options.parser()
    for name in (*options.enable, *options.disable):
        check_name(parser.plugins, name)
    if options.reader is not None:
        parser.plugins.reader(options.reader)
    for diagnostic in parser.plugins.diagnostics:
        complain(f"{diagnostic.plugin}: {diagnostic.message}")
    exporter = parser.plugins.exporter(options.to)
    named = dict(item.partition("=")[::2] for item in given)
    return tuple(sorted(converted(exporter, {k.replace("-", "_"): v for k, v in named.items()}).items()))


def _exit_code(summary: Summary) -> int:
    if summary.ended == "interrupted":
        return INTERRUPTED
    if summary.ended != "done":
        return FAILED
    if summary.failed or summary.failed_shards:
        return PARTIAL if summary.documents else FAILED
    return OK


# -- meanwhile --------------------------------------------------------------------------------


def _showing(wanted: bool) -> Any:
    if not wanted:
        return _Silent()
    return _Bar() if sys.stderr.isatty() else _Log()


class _Silent:
    """Shows nothing."""

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *args: object) -> None:
        return None

    def __call__(self, progress: Progress) -> None:
        return None


class _Log(_Silent):
    """A line now and then, for a log."""

    def __init__(self, every: float = _LOG_EVERY) -> None:
        self._every = every
        self._last = monotonic()

    def __call__(self, progress: Progress) -> None:
        if monotonic() - self._last < self._every:
            return
        self._last = monotonic()
        click.echo(line(progress), err=True)


class _Bar(_Silent):
    """A bar, on a terminal."""

    def __enter__(self) -> Any:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        self._bar = Progress(
            BarColumn(bar_width=24), TextColumn("{task.description}"), TimeElapsedColumn(),
            console=Console(stderr=True), transient=True,
        )  # fmt: skip
        self._bar.start()
        self._task = self._bar.add_task("", total=None)
        return self

    def __exit__(self, *args: object) -> None:
        self._bar.stop()

    def __call__(self, progress: Progress) -> None:
        share = progress.share
        self._bar.update(
            self._task,
            description=line(progress),
            total=None if share is None else 1.0,
            completed=share or 0.0,
        )


def line(progress: Progress) -> str:
    """
    How far a run is, in a line.

    Example: "12/48 files, 31 %, 84,210 documents (211/s), 90,112 records, 12 errors, 9 min left".
    """
    share = progress.share
    parts = [
        f"{progress.shards_done:,}/{progress.shards:,} files",
        f"{100 * share:.0f} %" if share is not None else "",
        f"{progress.documents:,} documents ({progress.rate:,.0f}/s)",
        f"{progress.records:,} records",
        f"{progress.failed:,} errors",
        f"{_duration(progress.eta)} left" if progress.eta is not None else "",
    ]
    return ", ".join(part for part in parts if part)


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes >= 2880:
        return f"{minutes // 1440} days"
    if minutes >= 120:
        return f"{minutes // 60} h"
    return f"{minutes} min" if minutes >= 2 else f"{seconds:.0f} s"


# -- at the end -------------------------------------------------------------------------------


def told(summary: Summary, out: Path) -> str:
    """The summary, some lines."""
    lines = [
        f"{summary.done:,} of {summary.shards:,} files done" + (f" ({summary.skipped:,} before)" if summary.skipped else "")
        + f": {summary.documents:,} documents"
        + (f", {summary.passed_over:,} pages passed over" if summary.passed_over else "")
        + (f", {summary.failed:,} failed" if summary.failed else "")
        + f"; {summary.rate:,.1f} documents/s in {_duration(summary.seconds)}",
        "records: " + (", ".join(f"{count:,} {name}" for name, count in summary.records) or "none"),
    ]  # fmt: skip
    if summary.stages:
        lines.append("errors: " + ", ".join(f"{count:,} {place}" for place, count in summary.stages[:10]))
    if summary.deaths:
        lines.append(f"workers that died: {summary.deaths:,}")
    slow = [f"{name} {seconds:.1f} s" for seconds, name in summary.slowest[:5] if seconds >= 1]
    if slow:
        lines.append("slowest: " + ", ".join(slow))
    for name, why in summary.failed_shards[:10]:
        complain(f"no records of {name}: {why}")
    if summary.failed:
        lines.append(f"what failed is in {out.as_posix()}/*.errors.jsonl")
    if summary.ended == "interrupted":
        lines.append("interrupted: the same command goes on")
    elif summary.ended != "done":
        complain(summary.message)
    return "\n".join(lines)
