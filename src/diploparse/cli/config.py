"""
Settings from a file, and ``diploparse config``, which shows what holds.

A flag wins over the environment, that over the file, that over the default.  Every option of every command can
be set: ``DIPLOPARSE_RUN_WORKERS=8`` in the environment, or in ``diploparse.toml``

    published = "2024-05-14"    # for every command with this option

    [run]
    workers = 8
    map = {text = "body", published = "date"}

and the same in ``pyproject.toml`` under ``[tool.diploparse]``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import click

from ..errors import InputError
from .program import OK, program

NAME = "diploparse.toml"
_TABLE = b"[tool.diploparse"
_PATHS = ("lexicon",)
"""Options that name files: in a settings file they are relative to it."""


@attrs.frozen
class Settings:
    """What a settings file says."""

    path: Path
    values: Mapping[str, Any]


def find(folder: Path) -> Settings | None:
    """
    The settings of the nearest folder that has some, from this one upwards.

    Raises:
        InputError: The file is no TOML.
    """
    for parent in (folder, *folder.parents):
        own, project = parent / NAME, parent / "pyproject.toml"
        if own.is_file():
            return read(own)
        # Most projects say nothing of us, and TOML takes its time.
        if project.is_file() and _TABLE in project.read_bytes():
            return read(project)
    return None


def read(path: Path) -> Settings:
    """
    The settings in a file.

    Raises:
        InputError: It is missing, or no TOML.
    """
    import tomllib

    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(path=path.as_posix(), problem=f"it is no TOML: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            path=path.as_posix(), problem=getattr(error, "strerror", None) or str(error)
        ) from error
    if path.name == "pyproject.toml":
        values = values.get("tool", {}).get("diploparse", {})
    return Settings(path, values)


def default_map(settings: Settings, commands: Mapping[str, click.Command]) -> dict[str, dict[str, Any]]:
    """
    The settings as defaults of each command's options.

    Raises:
        InputError: A name that no command or option has, which would go unseen otherwise.
    """
    known = {name: dict(options_of(command)) for name, command in commands.items()}
    found: dict[str, dict[str, Any]] = {name: {} for name in known}

    def refuse(place: str, names: list[str]) -> InputError:
        from difflib import get_close_matches

        near = get_close_matches(place.rpartition(".")[2], names, n=1)
        advice = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(sorted(names))}"
        return InputError(
            path=settings.path.as_posix(), problem=f"nothing is called {place!r}", advice=advice
        )

    for key, value in settings.values.items():
        option = key.replace("_", "-")
        if isinstance(value, dict) and key in known:
            continue
        owners = [name for name, options in known.items() if option in options]
        if not owners:
            raise refuse(key, [*known, *{o for options in known.values() for o in options}])
        for name in owners:
            parameter = known[name][option]
            found[name][str(parameter.name)] = _value(settings, option, value)
    for name, options in known.items():
        table = settings.values.get(name)
        for key, value in table.items() if isinstance(table, dict) else ():
            option = key.replace("_", "-")
            if option not in options:
                raise refuse(f"{name}.{key}", list(options))
            found[name][str(options[option].name)] = _value(settings, option, value)
    return found


def options_of(command: click.Command) -> Iterator[tuple[str, click.Option]]:
    """A command's options by their names."""
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            name = next((o for o in parameter.opts if o.startswith("--")), parameter.opts[0])
            yield name.lstrip("-"), parameter


def _value(settings: Settings, option: str, value: Any) -> Any:
    """A TOML value as the command line would have it."""
    if isinstance(value, dict):
        return [f"{name}={told}" for name, told in value.items()]
    if isinstance(value, date):
        return value.isoformat()
    if option in _PATHS:
        names = value if isinstance(value, list) else [value]
        return [str(settings.path.parent / name) for name in names]
    return value


def use(ctx: click.Context, named: Path | None) -> None:
    """
    Make the settings the defaults of the command that is about to run.

    Args:
        ctx: Of the program.

        named: The settings file, if the command line names one.

    Raises:
        InputError: It is missing or wrong.
    """
    settings = read(named) if named is not None else find(Path.cwd())
    ctx.obj = settings
    if settings is not None:
        assert isinstance(ctx.command, click.Group)
        ctx.default_map = default_map(settings, ctx.command.commands)


# -- the command ------------------------------------------------------------------------------


@program.command(name="config", short_help="Show the settings that hold, and where each comes from.")
@click.argument("command", required=False)
@click.option("--changed", is_flag=True, help="Only what is not the default.")
@click.pass_context
def config_command(ctx: click.Context, command: str | None, changed: bool) -> int:
    """
    Print the settings of all commands, or of COMMAND, as a diploparse.toml that would make them.

    \b
    Examples:
      diploparse config
      diploparse config run
      DIPLOPARSE_RUN_WORKERS=8 diploparse config --changed
    """
    parent = ctx.parent
    assert parent is not None
    assert isinstance(parent.command, click.Group)
    commands = parent.command.commands
    if command is not None and command not in commands:
        raise click.UsageError(f"no command {command!r}: there are {', '.join(commands)}")
    settings: Settings | None = parent.obj
    click.echo("# A flag wins over the environment, that over the file, that over the default.")
    click.echo(f"# File: {settings.path.as_posix() if settings else 'none'}")
    for name in [command] if command else commands:
        lines = list(_lines(parent, name, commands[name], changed))
        if lines:
            click.echo(f"\n[{name}]")
            click.echo("\n".join(lines))
    return OK


def _lines(parent: click.Context, name: str, command: click.Command, changed: bool) -> Iterator[str]:
    ctx = click.Context(command, parent=parent, info_name=name)
    for option, parameter in options_of(command):
        value, source = parameter.consume_value(ctx, {})
        origin = _ORIGINS.get(source.name, "default") if source is not None else "default"
        if origin == "default" and changed:
            continue
        if origin == "environment":
            origin = f"{ctx.auto_envvar_prefix}_{str(parameter.name).upper()}"
        told = _toml(value)  # what click has for a value that is not there has no TOML
        if told is not None:
            told = _toml(parameter.type_cast_value(ctx, value))
        yield f"{option} = {told}  # {origin}" if told else f"# {option} is not set"


_ORIGINS = {"ENVIRONMENT": "environment", "DEFAULT_MAP": "file"}


def _toml(value: Any) -> str | None:
    """A value as TOML has it; ``None`` for one that is not set."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case tuple() | list():
            return f"[{', '.join(told for item in value if (told := _toml(item)))}]"
        case str() | Path():
            return json.dumps(str(value), ensure_ascii=False)
    return None
