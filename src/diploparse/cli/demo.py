"""``diploparse demo``: what it does, on an article that comes with it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from .options import ParserOptions, make_parser, parser_options
from .program import program

if TYPE_CHECKING:
    from rich.table import Table


def demo_text() -> str:
    """The bundled article: written for this demo after press reports of November 2019, quotations included."""
    from importlib.resources import files

    return files("diploparse").joinpath("demo.txt").read_text(encoding="utf-8")


@program.command(name="demo", short_help="Show what it finds in an article that comes with it.")
@click.option("--text", "show_text", is_flag=True, help="Print the article itself, to try commands on.")
@parser_options
def demo_command(show_text: bool, **options: Any) -> None:
    """
    Parse the article that comes with diploparse, and show what was found.

    \b
    Examples:
      diploparse demo
      diploparse demo --text > article.txt
    """
    if show_text:
        click.echo(demo_text(), nl=False)
        return
    from rich.text import Text

    from ..export.summary import console_for, page_of, parts_of
    from ..records import Metadata, RawDocument

    parser = make_parser(ParserOptions(**options))
    extraction = parser.parse(RawDocument(text=demo_text(), metadata=Metadata(id="demo")))
    console = console_for(sys.stdout)
    for part in parts_of(page_of(extraction, console.width)):
        console.print(part)
    console.print(Text("Try next", style="bold cyan"))
    console.print(_grid(_NEXT))


def _grid(rows: tuple[tuple[str, str], ...]) -> Table:
    from rich.table import Table

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(style="dim")
    for row in rows:
        grid.add_row(*row)
    return grid


_NEXT = (
    ("diploparse demo --text > article.txt", "the article itself"),
    ("diploparse explain article.txt", "why each record was made"),
    ("diploparse parse article.txt --to json", "all of it, every span"),
    ("diploparse parse FOLDER --to csv -o tables", "your own texts"),
    ("diploparse --help", "everything else"),
)
