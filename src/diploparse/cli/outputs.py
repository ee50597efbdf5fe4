"""Where records go: the format, and a file or folder that is whole or not there."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import attrs

from ..errors import UsageError
from ..hookspecs import Exporter
from ..plugins import Plugins
from ..records import Extraction


def exporter_for(plugins: Plugins, to: str | None, output: Path | None, table: str | None) -> Exporter:
    """
    The exporter asked for: by name, by the file's suffix, or what suits standard output.

    Raises:
        UnknownFormat: There is none of that name.
    """
    if to is not None:
        return plugins.exporter(to)
    if table is not None:
        return plugins.exporter("csv")
    if output is not None:
        # The longest suffix: ".plover.jsonl" ends in ".jsonl" as well.
        name, found = (
            output.name.lower(),
            {r.item.suffix: r.item for r in plugins.registered(Exporter) if r.active},
        )
        fitting = [suffix for suffix in found if suffix and name.endswith(suffix)]
        if fitting:
            return plugins.exporter(found[max(fitting, key=len)].name)
        return plugins.exporter("jsonl")
    return plugins.exporter("summary" if sys.stdout.isatty() else "jsonl")


@attrs.frozen(kw_only=True)
class Output:
    """Where one run writes, and with what."""

    exporter: Exporter
    path: Path | None = None
    table: str | None = None
    options: Mapping[str, Any] = attrs.field(factory=dict)

    def check(self) -> None:
        """
        Refuse, before anything is read, what could not be written.

        Raises:
            UsageError: The path does not suit the format.
        """
        path, target = self.path, self.exporter.target
        if self.table is not None:
            if self.exporter.name != "csv":
                raise UsageError(
                    message=f"--table is for csv, and {self.exporter.name} has no tables: leave it out"
                )
            from ..export import csv

            csv.find_table(self.table)
        if path is None:
            if target == "folder" and self.table is None:
                raise UsageError(
                    message=f"{self.exporter.name} writes a folder of tables: add -o FOLDER"
                    + (", or --table meetings to print one of them" if self.exporter.name == "csv" else "")
                )
            if target == "binary" and sys.stdout.isatty():
                raise UsageError(message=f"{self.exporter.name} is no text: add -o FILE")
            return
        name = path.as_posix()
        if not path.absolute().parent.is_dir():
            parent = path.absolute().parent.as_posix()
            raise UsageError(
                message=f"{name}: there is no folder {parent}: create it first, or write elsewhere"
            )
        if target == "folder" and self.table is None:
            if path.suffix == self.exporter.suffix != "":
                raise UsageError(
                    message=f"{self.exporter.name} writes a folder of tables: name one instead of {name}"
                    + (", or add --table meetings for one file" if self.exporter.name == "csv" else "")
                )
            if path.exists() and not path.is_dir():
                raise UsageError(
                    message=f"{name} is a file, and {self.exporter.name} writes a folder: name another"
                )
            if path.is_dir() and any(path.iterdir()):
                raise UsageError(
                    message=f"the folder {name} is not empty: name a new one, or remove it first"
                )
        elif path.is_dir():
            raise UsageError(
                message=f"{name} is a folder: name a file in it, such as {name}/records{self.exporter.suffix}"
            )

    def write(self, extractions: Iterable[Extraction]) -> None:
        """Write them all; a file or folder appears when it is whole, and an old file stays until then."""
        if self.exporter.target == "folder" and self.table is None:
            assert self.path is not None  # check() has seen to it
            with whole_folder(self.path) as folder:
                self.exporter.write(extractions, folder, **self.options)
        elif self.path is None:
            with standard_output(binary=self.exporter.target == "binary") as out:
                self._write_stream(extractions, out)
        else:
            with _whole_file(self.path, binary=self.exporter.target == "binary") as out:
                self._write_stream(extractions, out)

    def _write_stream(self, extractions: Iterable[Extraction], out: IO[Any]) -> None:
        if self.table is None:
            self.exporter.write(extractions, out, **self.options)
        else:
            from ..export import csv

            csv.write_table(extractions, out, self.table, **self.options)


def _text_settings() -> dict[str, str]:
    # UTF-8 can write all of Unicode but lone surrogates, which some JSON holds.
    return {"encoding": "utf-8", "errors": "backslashreplace", "newline": ""}


@contextmanager
def standard_output(*, binary: bool = False) -> Iterator[IO[Any]]:
    """Standard output: bytes, or text that is UTF-8 unless a person looks at it."""
    if binary:
        stream: IO[Any] = sys.stdout.buffer
    else:
        stream = sys.stdout
        if not stream.isatty() and hasattr(stream, "reconfigure"):
            stream.reconfigure(**_text_settings())
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    yield stream
    stream.flush()


@contextmanager
def _whole_file(path: Path, *, binary: bool) -> Iterator[IO[Any]]:
    part = path
    if path.is_file() or not path.exists():  # neither a pipe nor /dev/stdout
        path = Path(os.path.realpath(path))
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") if binary else part.open("w", **_text_settings()) as stream:  # type: ignore[call-overload]
            yield stream
        if part != path:
            part.replace(path)
    except BaseException:
        if part != path:
            part.unlink(missing_ok=True)
        raise


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.mkdir()
    try:
        yield part
        if path.is_dir():
            path.rmdir()  # check() saw that it is empty
        part.rename(path)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
