"""From the inputs that were named to the portions of work."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import attrs

from ..errors import InputError, UsageError
from ..plugins import Plugins
from ..readers import reader_for, suffixes

STATE = ".diploparse"
"""The folder in the output folder that holds spools and reports."""

BUNDLE = 500
"""Files that hold one document each, taken together: some seconds of work, and a file of records worth opening."""

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


@attrs.frozen(kw_only=True)
class Input:
    """A file, and by what a change of it is noticed."""

    path: str
    """As it was named, or an address that fsspec knows."""

    size: int
    """In bytes; 0 if not known."""

    stamp: str = ""
    """Time of the last change, or what a remote store has in its place."""


@attrs.frozen(kw_only=True)
class Shard:
    """A portion of work, whose records go to one file."""

    name: str
    """Of that file, without the format's suffix; unique in a run. Example: "2024/news-05.jsonl.gz"."""

    inputs: tuple[Input, ...]
    """One file, or some of a folder that hold one document each."""

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(i.size for i in self.inputs)

    def to_builtins(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"name": self.name, "inputs": [[i.path, i.size, i.stamp] for i in self.inputs]}

    @classmethod
    def of(cls, told: dict[str, Any]) -> Shard:
        """What `to_builtins` gave."""
        inputs = tuple(Input(path=p, size=s, stamp=t) for p, s, t in told["inputs"])
        return cls(name=told["name"], inputs=inputs)


def shards_of(arguments: Sequence[str], plugins: Plugins, reader: str | None = None) -> list[Shard]:
    """
    The shards of some inputs, the same whenever and wherever the inputs are.

    Args:
        arguments: Files, folders, and addresses that fsspec knows, which may hold ``*``.

        plugins: Whose readers decide which files of a folder are read, and which hold one document.

        reader: The reader of all files, if not to be chosen.

    Raises:
        InputError: One of them is not there, or a folder holds nothing to read.

        UsageError: Two of them would write the same file of records.
    """
    names: dict[str, Shard] = {}
    for argument in arguments:
        prefix = _prefix(argument) if len(arguments) > 1 else ""
        for shard in _shards(argument, prefix, plugins, reader):
            earlier = names.setdefault(shard.name, shard)
            if earlier is not shard and earlier.inputs != shard.inputs:
                raise UsageError(
                    message=f"{earlier.inputs[0].path} and {shard.inputs[0].path} would both be written as "
                    f"{shard.name}: run them into two folders"
                )
    return [names[name] for name in sorted(names)]


def _prefix(argument: str) -> str:
    if ADDRESS.match(argument):
        return PurePosixPath(re.sub(r"[*?\[].*", "", argument)).name
    path = Path(argument)
    return path.resolve().name if path.is_dir() else ""


def _shards(argument: str, prefix: str, plugins: Plugins, reader: str | None) -> Iterator[Shard]:
    if argument == "-":
        raise UsageError(
            message="a run reads files, which it can read again: save standard input, or use 'diploparse parse'"
        )
    if ADDRESS.match(argument):
        from .remote import remote_files

        found: Iterable[tuple[str, Input]] = remote_files(argument, suffixes(plugins))
    else:
        found = _files(Path(argument), suffixes(plugins))
    single: dict[str, list[Input]] = {}
    for relative, file in found:
        kind = _single_reader(file.path, plugins, reader) if relative else None
        name = relative or PurePosixPath(file.path).name
        if kind is None:
            yield Shard(name=_joined(prefix, name), inputs=(file,))
        else:
            single.setdefault(_joined(prefix, str(PurePosixPath(relative).parent), kind), []).append(file)
    for name, files in single.items():
        for start in range(0, len(files), BUNDLE):
            number = start // BUNDLE + 1
            yield Shard(name=f"{name}-{number:05}", inputs=tuple(files[start : start + BUNDLE]))


def _joined(*parts: str) -> str:
    return PurePosixPath(*(part for part in parts if part)).as_posix()


def _single_reader(path: str, plugins: Plugins, reader: str | None) -> str | None:
    """The name of a file's reader, if it is one of files that hold one document each."""
    found = plugins.reader(reader) if reader else reader_for(plugins, path, b"")
    return found.name if found.single else None


def _files(path: Path, known: tuple[str, ...]) -> Iterator[tuple[str, Input]]:
    """Files with their paths in the folder that was named; "" for one that was named itself."""
    try:
        if not path.is_dir():
            yield "", _input(path)
            return
        empty = True
        for parent, folders, names in os.walk(path):
            # Records of a run are no texts: OUT may be a folder in INPUT.
            folders[:] = sorted(
                n for n in folders if not n.startswith(".") and not Path(parent, n, STATE).is_dir()
            )
            for name in sorted(names):
                if not name.startswith(".") and name.lower().endswith(known):
                    empty = False
                    file = Path(parent, name)
                    yield file.relative_to(path).as_posix(), _input(file)
    except OSError as error:
        raise InputError(
            path=str(error.filename or path), problem=error.strerror or str(error), advice="check the path"
        ) from error
    if empty:
        raise InputError(
            path=path.as_posix(), problem="nothing to read in this folder",
            advice=f"it is searched for {', '.join(known)}; name other files one by one",
        )  # fmt: skip


def _input(path: Path) -> Input:
    status = path.stat()
    return Input(path=path.as_posix(), size=status.st_size, stamp=str(status.st_mtime_ns))


def part_of(shards: Sequence[Shard], number: int, of: int) -> list[Shard]:
    """Every ``of``-th shard, from the ``number``-th on: what one of several machines does."""
    return [shard for index, shard in enumerate(shards) if index % of == number - 1]
