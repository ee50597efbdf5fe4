"""Options of the export formats, which ``parse`` and ``export`` share."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

import click

from ..errors import UsageError
from ..hookspecs import Exporter

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = {
    "base": click.option(
        "--base", metavar="IRI", help="With ttl, nt, trig, json: where IRIs begin; it ends in '/'."
    ),
    "words": click.option(
        "--words/--no-words", default=None, help="With ttl, nt, trig: write the words of each span; they are, by default."
    ),
    "text": click.option("--text", is_flag=True, default=None, help="With ttl, nt, trig: write the documents' texts."),
    "indent": click.option("--indent", type=click.IntRange(0, 16), metavar="N", help="With json: spaces a level."),
    "excel_safe": click.option(
        "--excel-safe", is_flag=True, default=None,
        help="With csv: an apostrophe before what a spreadsheet would run as a formula.",
    ),
    "title": click.option("--title", metavar="TEXT", help="With html: heading of the page."),
}  # fmt: skip
"""The built-ins' options by name. None is the exporter's own default; another's option is refused."""


def format_options(command: Command) -> Command:
    """
    Give a command the options of the formats.

    It gets those that were given as ``format_options``, a dictionary, and ``table`` with ``--flat``
    worked in.
    """

    @wraps(command)
    def wrapped(*args: Any, **given: Any) -> Any:
        named = {name: given.pop(name) for name in _OPTIONS}
        named |= given.pop("option")
        given["format_options"] = {name: value for name, value in named.items() if value is not None}
        if given.pop("flat"):
            given["table"] = f"{given['table'] or 'meetings'}_flat"
        return command(*args, **given)

    for option in reversed(
        (
            click.option("--table", metavar="NAME",
                         help="With csv: one table (meetings, statements, actors, ...), as a stream."),
            click.option("--flat", is_flag=True,
                         help="With csv: the table (meetings, or --table) with names in place of ids and lists in one cell; lossy."),
            *_OPTIONS.values(),
            click.option("--option", multiple=True, metavar="NAME=VALUE", callback=_named,
                         help="An option of the format that is not listed here, such as a plugin's."),
        )
    ):  # fmt: skip
        wrapped = option(wrapped)
    return wrapped  # type: ignore[return-value]


def _named(ctx: click.Context, option: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for item in value:
        name, equals, told = item.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"{item!r}: write NAME=VALUE", ctx=ctx, param=option)
        found[name.replace("-", "_")] = told
    return found


def converted(exporter: Exporter, options: Mapping[str, Any]) -> dict[str, Any]:
    """
    Options as the exporter takes them: a string becomes what the default's type is.

    Raises:
        UsageError: It has no such option, or the value is not of that type.
    """
    from ..export import check_options

    check_options(exporter, options)
    parameters = inspect.signature(exporter.write).parameters
    return {name: _as(type(parameters[name].default), name, value) for name, value in options.items()}


_TRUTH = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def _as(kind: type, name: str, value: Any) -> Any:
    if not isinstance(value, str) or kind not in (bool, int, float):
        return value
    try:
        return _TRUTH[value.lower()] if kind is bool else kind(value)
    except (KeyError, ValueError):
        wanted = {bool: "yes or no", int: "a whole number", float: "a number"}[kind]
        raise UsageError(message=f"option {name!r} takes {wanted}, not {value!r}") from None
