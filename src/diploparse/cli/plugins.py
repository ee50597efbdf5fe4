"""``diploparse plugins`` and ``diploparse formats``: what is installed, and what became of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from .. import __version__
from ..hookspecs import API_VERSION, Exporter, Extractor, Lexicon, Reader
from .options import ParserOptions, make_parser, parser_options
from .program import program

if TYPE_CHECKING:
    from rich.table import Table

    from ..plugins import PluginInfo, Plugins, Registered


@program.command(name="plugins", short_help="List the plugins, and what became of each.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for a program.")
@parser_options
def plugins_command(as_json: bool, **options: Any) -> None:
    """
    List the plugins, what each brings, in which order it runs, and why one does not.

    \b
    Examples:
      diploparse plugins
      diploparse plugins --json | jq '.extractors[].name'
      diploparse plugins --disable english.statements
    """
    plugins = make_parser(ParserOptions(**options)).plugins
    if as_json:
        click.echo(json.dumps(listing(plugins), indent=2, ensure_ascii=False))
    else:
        _show(plugins)


@program.command(name="formats", short_help="List what can be written and read.")
def formats_command() -> None:
    """
    List the formats that can be written and read.

    \b
    Example:
      diploparse formats
    """
    plugins = make_parser(ParserOptions()).plugins
    written = [
        (r.item.name, r.item.suffix or "–", r.item.target, r.item.description)
        for r in plugins.registered(Exporter)
        if r.active
    ]
    read = [(r.item.name, " ".join(r.item.suffixes)) for r in plugins.registered(Reader) if r.active]
    print_table("Written (--to)", table_of(("Format", "Ends in", "Writes", "What it is"), written))
    print_table("Read (--reader)", table_of(("Format", "Known by"), read))


@program.command(name="schema", short_help="Print the JSON Schema of json and jsonl.")
@click.option("--vocabulary", is_flag=True, help="Print the RDF vocabulary of ttl and nt instead, in Turtle.")
@click.option("--shapes", is_flag=True, help="Print the SHACL shapes of the RDF instead, in Turtle.")
def schema_command(vocabulary: bool, shapes: bool) -> None:
    """
    Print what the records look like: the JSON Schema (2020-12) of the formats json and jsonl.

    \b
    Examples:
      diploparse schema > diploparse.schema.json
      diploparse schema --vocabulary > diploparse.ttl
      diploparse schema --shapes > shapes.ttl
    """
    if shapes:
        from ..export.shapes import shapes as shapes_text

        click.echo(shapes_text(), nl=False)
    elif vocabulary:
        from ..export import rdf

        click.echo(rdf.vocabulary(), nl=False)
    else:
        from ..export.json import json_schema

        click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def listing(plugins: Plugins) -> dict[str, Any]:
    """
    Plugins and descriptors as JSON has them.

    Returns:
        ``version``, ``api``, and lists under ``plugins``, ``extractors`` (in the order they run),
        ``readers``, ``exporters`` and ``lexicons``; each entry has a name, a status and a reason.
    """
    return {
        "version": __version__,
        "api": API_VERSION,
        "plugins": [_plugin(info) for info in plugins.infos],
        "extractors": list(_extractors(plugins)),
        "readers": [
            _descriptor(r) | {"suffixes": list(r.item.suffixes), "priority": r.item.priority}
            for r in plugins.registered(Reader)
        ],
        "exporters": [
            _descriptor(r)
            | {"writes": r.item.target, "suffix": r.item.suffix, "description": r.item.description}
            for r in plugins.registered(Exporter)
        ],
        "lexicons": [_descriptor(r) for r in plugins.registered(Lexicon)],
    }


def _plugin(info: PluginInfo) -> dict[str, Any]:
    return {
        "name": info.name, "origin": info.origin, "distribution": info.distribution,
        "version": info.version or (__version__ if info.origin == "built-in" else None),
        "status": info.status, "reason": info.reason,
    }  # fmt: skip


def _descriptor(registered: Registered) -> dict[str, Any]:
    return {
        "name": registered.item.name,
        "plugin": registered.plugin,
        "status": "active" if registered.active else "off",
        "reason": registered.reason,
    }


def _extractors(plugins: Plugins) -> list[dict[str, Any]]:
    from ..parser import STAGES

    found: list[dict[str, Any]] = []
    for stage in STAGES:
        taken: dict[str, str] = {}
        for registered in (r for r in plugins.registered(Extractor) if r.item.stage == stage.name):
            entry = _descriptor(registered) | {
                "stage": stage.name,
                "order": len(found) + 1,
                "priority": registered.item.priority,
                "languages": list(registered.item.languages),
            }
            if registered.active and stage.filled_by == "one":
                first = next((taken[t] for t in registered.item.languages if t in taken), None)
                if first is not None:
                    entry |= {"status": "stand-in", "reason": f"runs if {first} fails"}
                for tag in registered.item.languages:
                    taken.setdefault(tag, registered.label)
            found.append(entry)
    return found


# -- for a person -----------------------------------------------------------------------------


def _show(plugins: Plugins) -> None:
    shown = listing(plugins)
    print_table(
        "Plugins",
        table_of(
            ("Name", "From", "Status", "Why"),
            [(p["name"], _origin(p), p["status"], p["reason"]) for p in shown["plugins"]],
        ),
    )
    print_table(
        "Extractors, in the order they run",
        table_of(
            ("Stage", "Extractor", "Priority", "Languages", "Status", "Why"),
            [
                (
                    e["stage"],
                    f"{e['plugin']}.{e['name']}",
                    str(e["priority"]),
                    _languages(e),
                    e["status"],
                    e["reason"],
                )
                for e in shown["extractors"]
            ],
        ),
    )
    for kind in ("readers", "exporters", "lexicons"):
        rows = [(f"{e['plugin']}.{e['name']}", _detail(e), e["status"], e["reason"]) for e in shown[kind]]
        print_table(kind.capitalize(), table_of(("Name", "For", "Status", "Why"), rows))


def _origin(plugin: dict[str, Any]) -> str:
    if plugin["distribution"]:
        return f"{plugin['distribution']} {plugin['version']}"
    return str(plugin["origin"])


def _languages(extractor: dict[str, Any]) -> str:
    return ", ".join("any" if tag == "*" else tag for tag in extractor["languages"])


def _detail(descriptor: dict[str, Any]) -> str:
    return str(descriptor.get("description") or " ".join(descriptor.get("suffixes", ())))


def table_of(headers: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    """A table of the columns in which some row has something."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    used = [n for n in range(len(headers)) if any(row[n] for row in rows)] or [0]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for n in used:
        table.add_column(headers[n], overflow="fold")
    for row in rows:
        table.add_row(*(Text(row[n], style=_STYLES.get(row[n], "")) for n in used))
    return table


_STYLES = {"active": "green", "failed": "bold red", "off": "yellow", "disabled": "yellow"}


def print_table(title: str, table: Table) -> None:
    """Print a table under a title, on standard output."""
    from rich.text import Text

    from ..export.summary import console_for

    console = console_for(sys.stdout)
    console.print(Text(title, style="bold cyan"))
    console.print(table)
    console.print()
