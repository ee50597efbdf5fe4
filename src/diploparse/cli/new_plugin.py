"""``diploparse new-plugin``: a package that installs, registers and passes its tests at once."""

from __future__ import annotations

import keyword
import re
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

import click

from .. import __version__
from ..errors import UsageError
from .program import program

KINDS = ("extractor", "exporter", "reader", "lexicon")
"""One folder each in ``skeletons``, beside ``common``, which all have."""


@program.command(name="new-plugin", short_help="Write a package for a plugin of your own.")
@click.argument("name")
@click.option(
    "--kind", type=click.Choice(KINDS), default="extractor", show_default=True, help="What it brings."
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("."),
    show_default=".",
    help="Folder to make the package's folder in.",
)
def new_plugin_command(name: str, kind: str, out: Path) -> None:
    """
    Write a package NAME (such as diploparse-visits) with a first rule, a README, and tests: its
    own fixtures and the laws that all plugins keep.

    \b
    Examples:
      diploparse new-plugin diploparse-visits
      diploparse new-plugin diploparse-minutes --kind reader --out plugins
    """  # fmt: skip
    folder = render(name, kind, out)
    click.echo(f"Wrote {folder.as_posix()}. Next:")
    click.echo(f'  pip install -e "{folder.as_posix()}[test]"')
    click.echo(f"  pytest {folder.as_posix()}")
    click.echo("  diploparse plugins")


def render(name: str, kind: str, out: Path) -> Path:
    """
    Write a package.

    Args:
        name: Of the distribution. Example: "diploparse-visits".

        kind: One of `KINDS`.

        out: The folder that its folder is made in.

    Returns:
        Its folder.

    Raises:
        UsageError: The name is none for a distribution and a module, or its folder is there already.
    """
    if not re.fullmatch(r"[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*", name):
        raise UsageError(
            message=f"{name!r} is no name for a package: use small letters, digits and hyphens, such as diploparse-visits"
        )
    module = re.sub(r"[-.]", "_", name)
    if keyword.iskeyword(module) or module == "diploparse":
        raise UsageError(
            message=f"{name!r} cannot be the name of a module: choose another, such as diploparse-visits"
        )
    folder = out / name
    if folder.exists():
        raise UsageError(message=f"{folder.as_posix()} is there already: choose another name or --out")
    short = name.removeprefix("diploparse-")
    words = {
        "name": name, "module": module, "plugin": short, "version": __version__.rpartition(".")[0],
        "kind": kind, "item": re.sub(r"[^a-z0-9]+", "-", short), "article": "an" if kind[0] in "ae" else "a",
    }  # fmt: skip
    root = files("diploparse.cli").joinpath("skeletons")
    for part in ("common", kind):
        for path, text in _texts(root.joinpath(part), ""):
            target = folder / path.replace("MODULE", module).removesuffix(".tmpl")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(Template(text).substitute(words), encoding="utf-8", newline="")
    return folder


def _texts(folder: Any, prefix: str) -> list[tuple[str, str]]:
    """The files of a package folder, by path."""
    found = []
    for item in folder.iterdir():
        if item.is_dir():
            found += _texts(item, f"{prefix}{item.name}/")
        elif item.name.endswith(".tmpl"):
            found.append((prefix + item.name, item.read_text(encoding="utf-8")))
    return found
