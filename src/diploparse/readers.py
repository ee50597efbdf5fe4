"""
The built-in readers, plain text and JSON Lines, and the choice of a reader for a file.

A reader turns bytes into text once, and no offset moves after that: line ends stay as they are
("\\r\\n" is two characters), NUL characters stay, and a byte order mark, which is a mark of the
encoding and not of the text, is left out, so that offset 0 is the first character one can see.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any, cast

import attrs

from .errors import InputError
from .hookspecs import Reader, hookimpl
from .plugins import Plugins
from .records import Metadata, RawDocument

SNIFFED = 4096
"""Bytes that are looked at where the suffix decides nothing."""

FIELDS = ("text", *(field.name for field in attrs.fields(Metadata)))
"""What a line of JSON Lines may tell of a document, under these names or those it is mapped to."""

OnError = Callable[[InputError], None]


def raise_it(error: InputError) -> None:
    """Raise the error: what a reader does with a document it cannot read, if nobody asks for anything else."""
    raise error


# -- plain text -------------------------------------------------------------------------------


def read_text(
    source: Path | IO[bytes], *, encoding: str = "utf-8", max_characters: int = 0
) -> Iterator[RawDocument]:
    """
    Yield the one document of a text file.

    Args:
        source: A path, whose text becomes the document's id; or a binary stream.

        encoding: A name that Python knows. Example: "windows-1252".

        max_characters: Refuse a longer text, before it is all in memory; 0 for no limit.

    Yields:
        The text, exactly, but for a byte order mark.

    Raises:
        InputError: The file is missing, unreadable, empty, too long, no text, or in another encoding.
    """
    name = _name(source)
    with _opened(source) as stream:
        data = stream.read(max_characters * _BYTES_A_CHARACTER + 1 if max_characters else -1)
    if not data:
        raise InputError(path=name, problem="it is empty", advice="there is nothing to read")
    if not _is_wide(encoding):
        _refuse_binary(data, name)
    if max_characters and len(data) > max_characters * _BYTES_A_CHARACTER:
        raise too_long(name, max_characters)
    text = _decoded(data, encoding, name)
    if not text.strip():
        raise InputError(path=name, problem="it holds white space only", advice="there is nothing to read")
    yield RawDocument(text=text, metadata=Metadata(id=None if name == "-" else name))


_CONTROL_BYTES = bytes({*range(32)} - {*b"\t\n\v\f\r"})
"""Bytes below the space that text does not use, in any encoding that holds ASCII."""


_BYTES_A_CHARACTER = 4
"""At most, in UTF-8 and UTF-16."""


def too_long(path: str, limit: int) -> InputError:
    """The error for a text of more characters than the limit."""
    return InputError(
        path=path,
        problem=f"it has more than {limit:,} characters, and diploparse reads articles",
        advice="split it, or save it as JSON Lines, one article a line (--max-characters 0 reads it all the same)",
    )


def _is_wide(encoding: str) -> bool:
    """Whether ASCII characters take more than one byte."""
    return encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32", "utf16", "utf32"))


def _refuse_binary(data: bytes, name: str) -> None:
    head = data[: 2 * SNIFFED]
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise InputError(path=name, problem="it is UTF-16 text", advice="add --encoding utf-16")
    # A stray NUL or escape happens in text from old databases; four of them, and one in forty bytes, do not.
    control = len(head) - len(head.translate(None, _CONTROL_BYTES))
    if control > max(3, len(head) / 40):
        raise InputError(
            path=name, problem="it is binary, not text", advice="save its text as a .txt file and read that"
        )


def _decoded(data: bytes, encoding: str, name: str, line: int | None = None) -> str:
    """The text of bytes; an `InputError` tells the first byte that does not fit."""
    if data.startswith(BOM_UTF8) and encoding.lower().replace("_", "-") in ("utf-8", "utf8"):
        data = data[len(BOM_UTF8) :]
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        raise InputError(
            path=name,
            line=line or before.count(b"\n") + 1,
            problem=f"byte {data[error.start]:#04x} at {error.start} is not {encoding.upper()}",
            advice="say how the file is encoded, such as --encoding windows-1252",
        ) from None
    except LookupError:
        raise InputError(
            path=name, problem=f"there is no encoding {encoding!r}",
            advice="use a name that Python knows, such as utf-8, windows-1252 or koi8-r",
        ) from None  # fmt: skip


# -- JSON Lines -------------------------------------------------------------------------------


def read_jsonl(
    source: Path | IO[bytes],
    *,
    encoding: str = "utf-8",
    fields: Mapping[str, str] | None = None,
    on_error: OnError = raise_it,
) -> Iterator[RawDocument]:
    """
    Yield the documents of a JSON Lines file, one object a line.

    Args:
        source: A path, its content gzipped if it ends in ".gz"; or a binary stream.

        encoding: A name that Python knows.

        fields: Our names (`FIELDS`) to the file's where they differ, "" for one not to be
            read. Example: ``{"text": "body", "published": ""}``.

        on_error: Gets the error of a line that is no document; such a line is passed over.

    Yields:
        Documents in the file's order, in constant memory; blank lines are none.

    Raises:
        InputError: The file is missing or unreadable; or a line is no document (by default).
    """
    names = {field: field for field in FIELDS} | dict(fields or {})
    name, blank = _name(source), True
    if _is_wide(encoding):
        raise InputError(path=name, problem=f"JSON Lines in {encoding.upper()}", advice="save it as UTF-8")
    with _opened(source) as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            blank = False
            try:
                document = _document(_decoded(line, encoding, name, number), names, name, number)
            except InputError as error:
                on_error(error)
            else:
                yield document
    if blank:
        raise InputError(path=name, problem="it is empty", advice="there is nothing to read")


def _document(line: str, names: Mapping[str, str], path: str, number: int) -> RawDocument:
    def fault(problem: str, advice: str) -> InputError:
        return InputError(path=path, line=number, problem=problem, advice=advice)

    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise fault(f"no JSON ({str(error).partition(':')[0]})", "JSON Lines has one object a line") from None
    if not isinstance(record, dict):
        raise fault("no JSON object", 'JSON Lines has one object a line, such as {"text": "..."}')
    text = record.get(names["text"])
    if text is None:
        known = ", ".join(list(map(str, record))[:8]) or "none"
        raise fault(
            f"no key {names['text']!r} (its keys: {known})", "name the text's key with --map text=KEY"
        )
    if not isinstance(text, str):
        raise fault(f"the text is a {type(text).__name__}", "name another key with --map text=KEY")
    if not text.strip():
        raise fault("the text is empty", "there is nothing to read")
    told = {field: _told(record.get(names[field])) for field in FIELDS[1:] if names[field]}
    if told.get("published"):
        day = _day(str(told["published"]))
        if day is None:
            raise fault(
                f"published is {told['published']!r}",
                "write YYYY-MM-DD, or leave the dates out with --map published=",
            )
        told["published"] = day
    return RawDocument(text=text, metadata=Metadata(**told))


def _told(value: Any) -> str | None:
    """A metadata value as text: identifiers are often numbers, authors often a list of names."""
    if value is None or value == "" or isinstance(value, (dict, bool)):
        return None
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or None
    return str(value)


_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?!\d)")


def _day(text: str) -> str | None:
    """
    The day of a date or time of publication, as files have it: ISO 8601, compact ISO 8601 or RFC 5322.

    A time's day is taken as it stands, in its own zone: that is the day on which it was read there.
    """
    text = _COMPACT.sub(r"\1-\2-\3", text.strip(), count=1)
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        pass
    from email.utils import parsedate_to_datetime  # here: every Parser imports this module, few need dates

    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (TypeError, ValueError):
        return None


def _looks_like_jsonl(head: bytes) -> bool:
    """Prose does not open with a brace; a JSON array does not either, and then the reader can say what it wants."""
    return re.match(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*[\x22}]", head) is not None


# -- opening ----------------------------------------------------------------------------------


def _name(source: Path | IO[bytes]) -> str:
    return source.as_posix() if isinstance(source, Path) else "-"


@contextmanager
def _opened(source: Path | IO[bytes]) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked if its name ends in ".gz"; what the system objects to as an `InputError`."""
    if not isinstance(source, Path):
        yield source
        return
    try:
        packed = source.suffix == ".gz"
        with cast("IO[bytes]", gzip.open(source) if packed else source.open("rb")) as stream:
            yield stream
    except (OSError, EOFError, zlib.error) as error:
        problem, advice = _objection(error)
        raise InputError(path=source.as_posix(), problem=problem, advice=advice) from error


def _objection(error: Exception) -> tuple[str, str]:
    match error:
        case FileNotFoundError():
            return "there is no such file", "check the path"
        case PermissionError():
            return "it may not be read", "check its permissions"
        case IsADirectoryError():
            return "it is a folder", "name a file in it"
        case gzip.BadGzipFile() | EOFError() | zlib.error():
            return "it is no whole gzip file", "fetch or pack it again"
    return getattr(error, "strerror", None) or str(error), ""


# -- choosing ---------------------------------------------------------------------------------


def suffixes(plugins: Plugins) -> tuple[str, ...]:
    """The suffixes that the active readers know, sorted."""
    return tuple(sorted({s for reader in _active(plugins) for s in reader.suffixes}))


def reader_for(plugins: Plugins, name: str, head: bytes) -> Reader:
    """
    The reader for a file: by its suffix, else by its first bytes, else plain text.

    Args:
        plugins: Only its active readers are asked, the highest priority first.

        name: The file's name, or "-".

        head: Its first `SNIFFED` bytes.

    Raises:
        InputError: It is a format that none of them reads.
    """
    readers = _active(plugins)
    # ".jsonl.gz" says more than ".gz" would.
    by_suffix = [(max(map(len, fit)), r) for r in readers if (fit := _fitting(r, name.lower()))]
    if by_suffix:
        return max(by_suffix, key=lambda pair: pair[0])[1]
    for reader in readers:
        if reader.sniff is not None and reader.sniff(head):
            return reader
    for pattern, what in _FOREIGN:
        if pattern.match(head):
            raise InputError(
                path=name, problem=f"it is {what}, which no reader here reads",
                advice="save its text as a .txt file and read that, or install a reader for it",
            )  # fmt: skip
    return plugins.reader("text")


_FOREIGN = (
    (re.compile(rb"\s*<(?:!doctype\s+html|html|\?xml)", re.IGNORECASE), "a web page or XML"),
    (re.compile(rb"%PDF-"), "a PDF file"),
    (re.compile(rb"PK\x03\x04"), "a ZIP archive or office document"),
    (re.compile(rb"\{\\rtf"), "an RTF file"),
)
"""By which bytes files are known that people hand to a text program, most often first."""


def _fitting(reader: Reader, name: str) -> list[str]:
    return [suffix for suffix in reader.suffixes if name.endswith(suffix)]


def _active(plugins: Plugins) -> list[Reader]:
    readers: Iterable[Reader] = (r.item for r in plugins.registered(Reader) if r.active)
    return sorted(readers, key=lambda reader: -reader.priority)


@hookimpl
def diploparse_readers() -> list[Reader]:
    return [
        Reader(name="text", read=read_text, suffixes=(".txt", ".text", ".txt.gz")),
        Reader(
            name="jsonl",
            read=read_jsonl,
            suffixes=(".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"),
            sniff=_looks_like_jsonl,
        ),
    ]
