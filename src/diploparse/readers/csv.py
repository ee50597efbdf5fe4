"""CSV and tab-separated tables: one document a row, the columns named in the first."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

from ..errors import InputError
from ..records import RawDocument
from .fields import Fault, field_names, raw_document
from .opening import OnError, Source, decoded, is_wide, name_of, opened, raise_it

_CELL = 1 << 27
"""Characters in a cell, where ``max_characters`` is no limit; the standard library's 131,072 is an interview's."""

_UNDECODED = re.compile(r"[\udc80-\udcff]")


def read_csv(
    source: Source,
    *,
    encoding: str = "utf-8",
    fields: Mapping[str, str] | None = None,
    on_error: OnError = raise_it,
    max_characters: int = 0,
) -> Iterator[RawDocument]:
    """
    Yield the documents of a table, one a row.

    Cells are parted by the character of ``, ; tab |`` that the first row has most of.

    Args:
        source: A path, its content gzipped if it ends in ".gz"; or a binary stream.

        encoding: A name that Python knows.

        fields: Our names (`FIELDS`) to the columns' where they differ, "" for one not to be
            read. Example: ``{"text": "body", "published": "date"}``.

        on_error: Gets the error of a row that is no document; such a row is passed over.

        max_characters: Of a text, 0 for no limit; a cell of ten times that ends the reading.

    Yields:
        Documents in the file's order, in constant memory.

    Raises:
        InputError: The file is missing, unreadable or no table; or a row is no document (by default).
    """
    import csv  # here: every Parser imports this module, few read tables

    name, names = name_of(source), field_names(fields)
    # The limit is the process's, not the reader's.
    csv.field_size_limit(max(csv.field_size_limit(), 10 * max_characters or _CELL))
    with opened(source) as stream:
        wrapped = _text(stream, encoding, name)
        head = wrapped.readline()
        if not head.strip():
            raise InputError(path=name, problem="it is empty", advice="there is nothing to read")
        delimiter = max(",;\t|", key=head.count)
        columns = next(csv.reader([head], delimiter=delimiter))
        if names["text"] not in columns:
            raise InputError(
                path=name, line=1, problem=f"no column {names['text']!r} (its columns: {', '.join(columns[:12])})",
                advice="name the text's column with --map text=COLUMN",
            )  # fmt: skip
        rows = csv.reader(wrapped, delimiter=delimiter)
        line = 1

        def fault(problem: str, advice: str) -> InputError:
            return InputError(path=name, line=line, problem=problem, advice=advice)

        try:
            for row in rows:
                line, after = line + 1, rows.line_num + 1
                if row:
                    try:
                        yield _document(row, columns, names, fault, encoding)
                    except InputError as error:
                        on_error(error)
                line = after
        except csv.Error as error:
            raise fault(
                f"no table from here on ({error})", "a quotation mark may be missing: mend it and read again"
            ) from None
        finally:
            wrapped.detach()


def _text(stream: IO[bytes], encoding: str, name: str) -> io.TextIOWrapper:
    decoded(b"", encoding, name)  # an encoding that there is not
    if encoding.lower().replace("_", "-") in ("utf-8", "utf8"):
        encoding = "utf-8-sig"
    # A byte that does not fit costs its row, not the file.
    errors = "strict" if is_wide(encoding) else "surrogateescape"
    readable: Any = stream
    return io.TextIOWrapper(readable, encoding=encoding, errors=errors, newline="")


def _document(
    row: list[str], columns: list[str], names: Mapping[str, str], fault: Fault, encoding: str
) -> RawDocument:
    if len(row) != len(columns):
        raise fault(f"{len(row)} cells under {len(columns)} columns", "a quotation mark may be missing")
    found = next((match for cell in row if (match := _UNDECODED.search(cell))), None)
    if found is not None:
        raise fault(
            f"byte {ord(found[0]) - 0xDC00:#04x} is not {encoding.upper()}",
            "say how the file is encoded, such as --encoding windows-1252",
        )
    return raw_document(dict(zip(columns, row, strict=True)), names, fault, "column")


def looks_like_csv(head: bytes) -> bool:
    """A first line of column names, one of them the text's; anything else goes by its suffix."""
    first = head.split(b"\n", 1)[0].decode("utf-8", "replace").strip("\ufeff\r ").lower()
    cells = re.split(r"[,;\t|]", first)
    return len(cells) > 1 and "text" in (cell.strip(' "') for cell in cells)
