"""Parquet and Arrow files: one document a row. Needs pyarrow (``diploparse[arrow]``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from importlib import import_module
from typing import Any

from ..errors import InputError
from ..records import RawDocument
from .fields import FIELDS, field_names, raw_document
from .opening import OnError, Source, name_of, objection, raise_it

_ROWS = 1000
"""Rows in memory at a time, some MB of text."""

MAGIC = (b"PAR1", b"ARROW1")
"""What Parquet files and Arrow files (Feather is one) begin with."""


def read_arrow(
    source: Source, *, fields: Mapping[str, str] | None = None, on_error: OnError = raise_it
) -> Iterator[RawDocument]:
    """
    Yield the documents of a Parquet, Arrow or Feather file, one a row.

    Args:
        source: A path, or a binary stream that can be wound back.

        fields: Our names (`FIELDS`) to the columns' where they differ, "" for one not to be read.

        on_error: Gets the error of a row that is no document; such a row is passed over.

    Yields:
        Documents in the file's order; only the columns that are read are loaded, some rows at a time.

    Raises:
        InputError: The file is missing, damaged or of another format, pyarrow is not installed, or a
            row is no document (by default).
    """
    name, names = name_of(source), field_names(fields)
    try:
        pa = import_module("pyarrow")
    except ImportError:
        raise InputError(
            path=name, problem="it is an Arrow or Parquet file, and pyarrow is not installed",
            advice="pip install 'diploparse[arrow]'",
        ) from None  # fmt: skip
    row = 0

    def fault(problem: str, advice: str) -> InputError:
        return InputError(path=name, line=row, problem=f"row {row}: {problem}", advice=advice)

    with ExitStack() as stack:
        try:
            for batch in _batches(pa, source, names, name, stack):
                for record in batch.to_pylist():
                    row += 1
                    try:
                        yield raw_document(record, names, fault, "column")
                    except InputError as error:
                        on_error(error)
        except (OSError, pa.ArrowException) as error:
            problem, advice = objection(error)
            raise InputError(path=name, problem=problem, advice=advice) from error


def _batches(pa: Any, source: Source, names: Mapping[str, str], name: str, stack: ExitStack) -> Iterator[Any]:
    """Record batches of the columns that are read."""
    stream = stack.enter_context(
        pa.OSFile(str(source)) if hasattr(source, "suffix") else pa.PythonFile(source, mode="r")
    )
    head = stream.read(8)
    stream.seek(0)
    if head.startswith(MAGIC[0]):
        file = import_module("pyarrow.parquet").ParquetFile(stream)
        wanted = _columns(file.schema_arrow.names, names, name)
        yield from file.iter_batches(batch_size=_ROWS, columns=wanted)
    elif head.startswith(MAGIC[1]):
        file = pa.ipc.open_file(stream)
        wanted = _columns(file.schema.names, names, name)
        for number in range(file.num_record_batches):
            batch = file.get_batch(number).select(wanted)
            for start in range(0, batch.num_rows, _ROWS):
                yield batch.slice(start, _ROWS)
    else:
        raise InputError(
            path=name, problem="it is neither Parquet nor an Arrow file", advice="check what wrote it"
        )


def _columns(known: list[str], names: Mapping[str, str], name: str) -> list[str]:
    if names["text"] not in known:
        raise InputError(
            path=name, problem=f"no column {names['text']!r} (its columns: {', '.join(known[:12])})",
            advice="name the text's column with --map text=COLUMN",
        )  # fmt: skip
    return [column for column in dict.fromkeys(names[field] for field in FIELDS) if column in known]


def looks_like_arrow(head: bytes) -> bool:
    """Both formats begin with their names."""
    return head.startswith(MAGIC)
