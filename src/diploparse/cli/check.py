"""``diploparse check``: the laws, for people without a test suite."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from ..errors import UsageError
from .program import FAILED, program


@program.command(name="check", short_help="Try a plugin on the laws that plugins keep.")
@click.argument("plugin")
@click.option(
    "--example",
    "examples",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file on which the plugin finds something; for a reader, a file in its format.",
)
@click.option("--law", "names", multiple=True, metavar="LAW", help="Try only this law; may be repeated.")
@click.option(
    "--inputs", default=25, show_default=True, type=click.IntRange(min=1), help="Inputs a law is tried on."
)
@click.option(
    "--published",
    metavar="DATE",
    default="2024-03-14",
    show_default=True,
    help="Day of publication of the examples.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON for a program.")
def check_command(
    plugin: str, examples: tuple[Path, ...], names: tuple[str, ...], inputs: int, published: str, as_json: bool
) -> None:  # fmt: skip
    """
    Try PLUGIN (an installed plugin's name, or a module's) on every law that applies to it, and
    show a counter-example for each that it breaks.

    Exit code 1 if one is broken. It needs: pip install "diploparse[testing]"

    \b
    Examples:
      diploparse check my-plugin --example tests/article.txt
      diploparse check my_package.my_module --law truncation --inputs 200
    """
    try:
        import hypothesis  # noqa: F401
    except ImportError as error:
        raise UsageError(
            message='diploparse check needs Hypothesis: pip install "diploparse[testing]"'
        ) from error
    from ..testing import laws

    unknown = [name for name in names if name not in laws.BY_NAME]
    if unknown:
        raise UsageError(message=f"there is no law {unknown[0]!r}: choose among {', '.join(laws.BY_NAME)}")
    subject = laws.Subject(plugin, examples=[*_examples(plugin, examples, published)])
    chosen = [law for law in laws.laws_for(subject) if not names or law.name in names]
    if not chosen:
        raise UsageError(
            message=f"none of these laws applies to {plugin}: it brings {', '.join(subject.kinds)}"
        )
    results = []
    for law in chosen:
        result = laws.result_of(law, subject, max_examples=inputs)
        results.append(result)
        if not as_json:
            click.echo(_line(result))
    broken = [r for r in results if r.status == "broken"]
    if as_json:
        click.echo(json.dumps([_entry(r) for r in results], indent=2, ensure_ascii=False))
    else:
        for result in broken:
            click.echo("\n" + _printable(result.message))
        idle = [r.law.name for r in results if r.status == "kept" and not r.exercised]
        if idle:
            click.echo(
                f"\nFound nothing in any input of: {', '.join(idle)}. Give texts on which it does: --example FILE"
            )
        click.echo(f"\n{plugin}: {len(results) - len(broken)} of {len(results)} laws kept")
    if broken:
        raise SystemExit(FAILED)


def _examples(plugin: str, paths: tuple[Path, ...], published: str) -> list[Any]:
    """Each file both ways: a text for extractors, bytes for readers."""
    from ..testing.laws import Example

    found: list[Any] = []
    for path in paths:
        data = path.read_bytes()
        found.append(data)
        found.append(Example(text=data.decode("utf-8", "replace"), published=published))
    return found


def _line(result: Any) -> str:
    tried = (
        f"{result.tried} inputs, something found in {result.exercised}" if result.tried else result.message
    )
    return (
        f"{result.status:10} {result.law.name:22} {tried if result.status != 'not tried' else result.message}"
    )


def _printable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _entry(result: Any) -> dict[str, Any]:
    return {
        "law": result.law.name, "about": result.law.about, "status": result.status, "tried": result.tried,
        "exercised": result.exercised, "message": _printable(result.message),
    }  # fmt: skip
