"""
Files and streams as bytes, and bytes as text.

A reader turns bytes into text once, and no offset moves after that: line ends stay as they are
("\\r\\n" is two characters), NUL characters stay, and a byte order mark, which is a mark of the
encoding and not of the text, is left out, so that offset 0 is the first character one can see.
"""

from __future__ import annotations

import gzip
import zlib
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeAlias, cast

from ..errors import InputError, OutOfTime
from ..records import RawDocument

Source: TypeAlias = Path | IO[bytes]
"""What a reader takes: a path, whose ".gz" is unpacked; or a binary stream."""

OnError: TypeAlias = Callable[[InputError], None]
"""Gets the error of one document among several, which is then passed over."""

Part: TypeAlias = Callable[[], RawDocument | None]
"""Makes the document of a raw record, or tells that it holds none."""

SNIFFED = 4096
"""Bytes that are looked at where the suffix decides nothing."""

_BYTES_A_CHARACTER = 12
"""At most, of a line of JSON: two escapes of six bytes."""


def raise_it(error: InputError) -> None:
    """Raise the error: what a reader does with a document it cannot read, if nobody asks for anything else."""
    raise error


def name_of(source: Source) -> str:
    """The path of a file; "-" for a stream without a name."""
    if isinstance(source, Path):
        return source.as_posix()
    told = getattr(source, "told_name", None)
    return told if isinstance(told, str) else "-"


def named(stream: Any, name: str) -> Any:
    """A stream that readers call by this name: that of a remote file is its address."""
    stream.told_name = name
    return stream


@contextmanager
def opened(source: Source, *, unpack: bool = True) -> Iterator[IO[bytes]]:
    """
    The bytes of a file, unpacked if its name ends in ".gz".

    Raises:
        InputError: The system objects to the file, or it is no whole gzip file.
    """
    try:
        if not isinstance(source, Path):
            yield source
            return
        packed = unpack and source.suffix == ".gz"
        with cast("IO[bytes]", gzip.open(source) if packed else source.open("rb")) as stream:
            yield stream
    except (OSError, EOFError, zlib.error) as error:
        problem, advice = objection(error)
        raise InputError(path=name_of(source), problem=problem, advice=advice) from error


def objection(error: BaseException) -> tuple[str, str]:
    """What the system has against a file, and what to do."""
    match error:
        case FileNotFoundError():
            return "there is no such file", "check the path"
        case PermissionError():
            return "it may not be read", "check its permissions"
        case IsADirectoryError():
            return "it is a folder", "name a file in it"
        case gzip.BadGzipFile() | EOFError() | zlib.error():
            return "it is no whole gzip file", "fetch or pack it again"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__, ""


def decoded(data: bytes, encoding: str, name: str, line: int | None = None) -> str:
    """
    The text of bytes, without a byte order mark.

    Raises:
        InputError: A byte does not fit, which the error names; or there is no such encoding.
    """
    if data.startswith(BOM_UTF8) and encoding.lower().replace("_", "-") in ("utf-8", "utf8"):
        data = data[len(BOM_UTF8) :]
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            path=name,
            line=line or data.count(b"\n", 0, error.start) + 1,
            problem=f"byte {data[error.start]:#04x} at {error.start} is not {encoding.upper()}",
            advice="say how the file is encoded, such as --encoding windows-1252",
        ) from None
    except LookupError:
        raise InputError(
            path=name, problem=f"there is no encoding {encoding!r}",
            advice="use a name that Python knows, such as utf-8, windows-1252 or koi8-r",
        ) from None  # fmt: skip


def is_wide(encoding: str) -> bool:
    """Whether ASCII characters take more than one byte."""
    return encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32", "utf16", "utf32"))


def lines_of(stream: IO[bytes], max_characters: int) -> Iterator[bytes | None]:
    """
    The lines of a stream; ``None`` for one that has more characters than a document may.

    A file that is one line of many gigabytes never is in memory as a whole.
    """
    if not max_characters:
        yield from stream
        return
    limit = max_characters * _BYTES_A_CHARACTER + (1 << 16)
    while line := stream.readline(limit):
        if len(line) < limit or line.endswith(b"\n"):
            yield line
            continue
        while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
            pass
        yield None


def too_long(path: str, limit: int, line: int | None = None) -> InputError:
    """The error for a text of more characters than the limit."""
    return InputError(
        path=path,
        line=line,
        problem=f"it has more than {limit:,} characters, and diploparse reads articles",
        advice="split it, or save it as JSON Lines, one article a line (--max-characters 0 reads it all the same)",
    )


def document_of(part: Part, name: str, on_error: OnError) -> RawDocument | None:
    """What a part makes; its fault, of whatever kind, goes to ``on_error``."""
    try:
        return part()
    except OutOfTime:
        raise
    except InputError as error:
        on_error(error)
    except Exception as error:
        from ..errors import describe

        on_error(InputError(path=name, problem=f"it could not be read: {describe(error)}"))
    return None
