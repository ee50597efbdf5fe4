"""``diploparse docs``: the documentation of this environment, and of a record set."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..errors import UsageError
from .options import ParserOptions, make_parser, parser_options
from .outputs import whole_folder
from .program import program


@program.command(name="docs", short_help="Write the documentation of this environment, or a codebook.")
@click.argument("folder", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["html", "md"]), default="html", show_default=True,
    help="What the pages are written as.",
)  # fmt: skip
@click.option(
    "--records", multiple=True, type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help="Add a codebook of these records (json or jsonl): coverage, counts, distributions, sample articles.",
)  # fmt: skip
@click.option(
    "--samples", type=click.IntRange(min=0), default=3, show_default=True, metavar="N",
    help="How many articles the codebook shows whole; 0 where the texts are not yours to publish.",
)  # fmt: skip
@click.option("--title", default="diploparse", show_default=True, help="Name of the pages.")
@parser_options
def docs_command(
    folder: Path, form: Any, records: tuple[Path, ...], samples: int, title: str, **options: Any
) -> None:
    """
    Write what the records of this environment are, its plugins included, to the new folder OUT.

    \b
    Examples:
      diploparse docs reference
      diploparse docs reference-md --format md
      diploparse docs codebook --records archive.jsonl --title "Our readouts 2024"
    """
    from itertools import chain

    from ..docs import codebook, reference, site
    from ..export.json import load

    _check(folder)
    pages = reference.pages(make_parser(ParserOptions(**options)).plugins)
    if records:
        extractions = chain.from_iterable(load(path, unknown="note") for path in records)
        pages[1:1] = codebook.pages(codebook.codebook(extractions, samples))
    with whole_folder(folder) as part:
        site.write_site(pages, part, form, title)
    click.echo(f"{folder.as_posix()}/index.{form}", err=True)


def _check(folder: Path) -> None:
    name = folder.as_posix()
    if folder.is_file():
        raise UsageError(message=f"{name} is a file: name a folder")
    if folder.is_dir() and any(folder.iterdir()):
        raise UsageError(message=f"the folder {name} is not empty: name a new one, or remove it first")
    if not folder.absolute().parent.is_dir():
        parent = folder.absolute().parent.as_posix()
        raise UsageError(message=f"{name}: there is no folder {parent}: create it first, or write elsewhere")
