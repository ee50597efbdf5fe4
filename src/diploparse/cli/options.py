"""Options that several commands share, and the parser they ask for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import click

from ..errors import UsageError

if TYPE_CHECKING:
    from ..parser import Parser
    from ..plugins import Plugins

Command = TypeVar("Command", bound=Callable[..., Any])


@attrs.frozen(kw_only=True)
class ParserOptions:
    """What the command line says about plugins."""

    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    no_entry_points: bool = False
    strict: bool = False
    lexicon: tuple[Path, ...] = ()


def parser_options(command: Command) -> Command:
    """Give a command the options that make up `ParserOptions`."""
    for option in reversed(
        (
            click.option("--enable", multiple=True, metavar="NAME",
                         help="Use a plugin or extractor that is off by default."),
            click.option("--disable", multiple=True, metavar="NAME",
                         help="Do not use this plugin or extractor; it is not even imported."),
            click.option("--no-entry-points", is_flag=True, help="Use the built-in plugins only."),
            click.option("--strict", is_flag=True, help="Stop at the first plugin that fails."),
            click.option("--lexicon", multiple=True, metavar="FILE", callback=_lexicon_files,
                         help="Know the names in this lexicon file (or folder of them) as well."),
        )
    ):  # fmt: skip
        command = option(command)
    return command


def _lexicon_files(ctx: click.Context, option: click.Parameter, value: tuple[str, ...]) -> tuple[Path, ...]:
    paths = tuple(Path(item) for item in value)
    for path in paths:
        if not path.exists():
            raise click.BadParameter(
                f"there is no file {path.as_posix()!r}: check the path", ctx=ctx, param=option
            )
        if path.is_dir() and not any(path.glob("*.tsv")):
            raise click.BadParameter(
                f"the folder {path.as_posix()!r} has no .tsv files", ctx=ctx, param=option
            )
    return paths


def day(ctx: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """A date option's value."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise click.BadParameter(
            f"{value!r} is no date: write YYYY-MM-DD, such as 2019-11-28", ctx=ctx, param=option
        ) from None


def make_parser(options: ParserOptions) -> Parser:
    """
    The parser that the options describe.

    Raises:
        UsageError: A name to enable or disable that nothing has.

        PluginError: With ``strict``, a plugin that fails.

        LexiconError: A lexicon file with faults.
    """
    from ..hookspecs import Lexicon
    from ..parser import Parser

    lexicons = [Lexicon(name=f"file{n}", path=path) for n, path in enumerate(options.lexicon, start=1)]
    parser = Parser(
        entry_points=not options.no_entry_points,
        enable=options.enable,
        disable=options.disable,
        strict=options.strict,
        lexicons=lexicons,
    )
    for name in (*options.enable, *options.disable):
        check_name(parser.plugins, name)
    return parser


def check_name(plugins: Plugins, name: str) -> None:
    """
    Refuse the name of a plugin or extractor that there is not: a typing error would go unseen.

    Raises:
        UsageError: Nothing has that name.
    """
    from ..hookspecs import Exporter, Extractor, Lexicon, Reader

    known = {info.name for info in plugins.infos} | {"*"}
    for kind in (Reader, Lexicon, Extractor, Exporter):
        known |= {n for r in plugins.registered(kind) for n in (r.item.name, r.label)}
    # What is inside a plugin that is disabled whole cannot be known: it was not imported.
    if name not in known and name.partition(".")[0] not in {
        i.name for i in plugins.infos if i.status != "active"
    }:
        raise UsageError(
            message=f"no plugin or extractor is called {name!r}: run 'diploparse plugins' to see their names"
        )
