"""From the FILE arguments to raw documents, one by one; what cannot be read is told and passed over."""

from __future__ import annotations

import gzip
import inspect
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import attrs
import click

from ..errors import InputError
from ..hookspecs import Reader
from ..plugins import Plugins
from ..readers import FIELDS, SNIFFED, reader_for, suffixes, too_long
from ..records import RawDocument

STDIN = "-"
MAX_CHARACTERS = 1_000_000
"""Some 300 pages, more than any article or transcript of a day: a longer text is many of them in one file."""

_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


@attrs.define
class Inputs:
    """The documents that the arguments name."""

    arguments: tuple[str, ...]
    """Files, folders and "-"."""

    plugins: Plugins
    """Whose readers read them."""

    complain: Callable[[InputError], None]
    """Gets what could not be read."""

    reader: str | None = None
    """The reader's name, if not to be chosen by suffix and content."""

    options: Mapping[str, Any] = attrs.field(factory=dict)
    """For the readers that know them: ``encoding``, ``fields``."""

    max_characters: int = MAX_CHARACTERS
    """Longer texts are passed over; 0 for no limit."""

    _seen: set[str] = attrs.field(factory=set)

    def documents(self) -> Iterator[RawDocument]:
        """The documents of all files, in the order of the arguments; a file named twice is read once."""
        for argument in self.arguments:
            try:
                for source in self._sources(argument):
                    yield from self._read(source)
            except InputError as error:
                self.complain(error)

    def _sources(self, argument: str) -> Iterator[Path | IO[bytes]]:
        if argument == STDIN:
            if self._is_new(STDIN):
                if sys.stdin.isatty():
                    click.echo("Reading from the terminal: end with Ctrl-D on a line of its own.", err=True)
                yield sys.stdin.buffer
            return
        if _URL.match(argument):
            raise InputError(
                path=argument,
                problem="diploparse does not fetch",
                advice="save the page as text first, and name that file",
            )
        path = Path(argument)
        if path.is_dir():
            yield from self._files_in(path)
        elif self._is_new(os.path.abspath(path)):
            yield path

    def _files_in(self, folder: Path) -> Iterator[Path]:
        known, found = suffixes(self.plugins), False

        def unreadable(error: OSError) -> None:
            name = Path(error.filename or folder).as_posix()
            self.complain(InputError(path=name, problem=error.strerror or str(error), advice="passed over"))

        for parent, folders, names in os.walk(folder, onerror=unreadable):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if self._is_wanted(name, known):
                    found = True
                    path = Path(parent, name)
                    if self._is_new(os.path.abspath(path)):
                        yield path
        if not found:
            raise InputError(
                path=folder.as_posix(),
                problem="no texts in this folder",
                advice=f"it is searched for {', '.join(known)}; name other files one by one",
            )

    def _is_wanted(self, name: str, known: tuple[str, ...]) -> bool:
        return not name.startswith(".") and name.lower().endswith(known)

    def _is_new(self, key: str) -> bool:
        new = key not in self._seen
        self._seen.add(key)
        return new

    def _read(self, source: Path | IO[bytes]) -> Iterator[RawDocument]:
        name = source.as_posix() if isinstance(source, Path) else STDIN
        try:
            if isinstance(source, Path):
                head = _head(source)
            else:
                source, head = _peeked(source)
            reader = self._reader(name, head)
            for raw in reader.read(source, **self._accepted(reader)):
                if self.max_characters and len(raw.text) > self.max_characters:
                    self.complain(too_long(raw.metadata.id or name, self.max_characters))
                else:
                    yield raw
        except InputError as error:
            self.complain(error)
        except OSError as error:
            self.complain(InputError(path=name, problem=error.strerror or str(error)))

    def _reader(self, name: str, head: bytes) -> Reader:
        if self.reader is not None:
            return self.plugins.reader(self.reader)
        return reader_for(self.plugins, name, head)

    def _accepted(self, reader: Reader) -> dict[str, Any]:
        named = inspect.signature(reader.read).parameters
        given = {**self.options, "max_characters": self.max_characters, "on_error": self.complain}
        return {name: value for name, value in given.items() if name in named}


def _head(path: Path) -> bytes:
    """The first bytes of a file, unpacked; none of one that cannot be read: its reader will say why."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            return stream.read(SNIFFED)
    except (OSError, EOFError, zlib.error):
        return b""


def _peeked(stream: IO[bytes]) -> tuple[IO[bytes], bytes]:
    """A stream and its first bytes, which are still to be read from it."""
    peek = getattr(stream, "peek", None)
    if peek is not None:
        return stream, peek(SNIFFED)[:SNIFFED]
    data = stream.read()
    return BytesIO(data), data[:SNIFFED]


def field_map(ctx: click.Context, option: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    """The ``--map`` options as a mapping of our names to the file's."""
    fields = {}
    for item in value:
        ours, equals, theirs = item.partition("=")
        if not equals or ours not in FIELDS:
            raise click.BadParameter(
                f"{item!r}: write OURS=THEIRS, where OURS is one of {', '.join(FIELDS)}",
                ctx=ctx,
                param=option,
            )
        fields[ours] = theirs
    return fields
