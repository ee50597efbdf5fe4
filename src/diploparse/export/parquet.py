"""
Parquet: a folder with the tables of ``csv``, typed.  Needs pyarrow (``diploparse[arrow]``).

Days are dates; what is known of a date less exactly stands beside it as text, with its precision.
Columns of offsets are called ``start`` and ``stop``: ``end`` is a word of SQL.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

import attrs

from ..errors import InputError, UsageError
from ..hookspecs import Exporter, hookimpl
from ..records import Extraction
from . import csv

Schema: TypeAlias = Any
"""A ``pyarrow.Schema``; pyarrow has no types."""

Batch: TypeAlias = Any
"""A ``pyarrow.RecordBatch``."""

SCHEMA_VERSION = "1.0"
"""Of the tables; in the metadata of each file under ``diploparse_schema_version``."""

_ROWS = 50_000
"""Rows of a group: some 10 MB in memory."""

_SURROGATE = re.compile(r"[\ud800-\udfff]")


@attrs.frozen
class Typed:
    """A column as Parquet has it."""

    name: str
    kind: str
    """string, int32, int64, double, bool, date, or category: few values, kept once."""

    about: str
    of: int
    """Which cell of the row of ``csv`` it is."""

    precision: bool = False
    """Not the cell itself but how precise the date in it is."""


_CATEGORIES = frozenset(
    [
        "kind",
        "status",
        "format",
        "channel",
        "part",
        "act",
        "mode",
        "tenure",
        "date_anchor",
        "dateline_date_anchor",
        "parent_relation",
        "record_type",
        "severity",
        "code",
        "language",
        "country",
        "place_country",
        "dateline_country",
    ]
)


def columns(table: csv.Table) -> tuple[Typed, ...]:
    """The columns of a table: those of ``csv`` in their order, with a ``..._precision`` after each date as written."""
    found = []
    for number, column in enumerate(table.columns):
        name = re.sub(r"(^|_)end$", r"\1stop", column.name)
        # Ours are offsets and ordinals; a plugin's may be any number.
        integer = "int32" if table in csv.TABLES else "int64"
        kind = {"integer": integer, "number": "double", "boolean": "bool", "date": "date"}.get(
            column.datatype, "string"
        )
        if kind == "string" and column.name in _CATEGORIES:
            kind = "category"
        found.append(Typed(name, kind, column.about, number))
        if column.about == "When.value":
            told = "How precise the date is: day, month, year or interval"
            found.append(Typed(f"{name}_precision", "category", told, number, precision=True))
    return tuple(found)


def precision(value: Any) -> str | None:
    """
    How precise an ISO 8601 prefix or interval is.

    >>> precision("2019-11"), precision("2024-05-05/2024-05-06")
    ('month', 'interval')
    """
    if not value:
        return None
    return "interval" if "/" in value else {4: "year", 7: "month", 10: "day"}.get(len(value))


def _pyarrow() -> Any:
    try:
        pyarrow = import_module("pyarrow")
        import_module("pyarrow.parquet")
    except ImportError:
        raise UsageError(
            message="Parquet needs pyarrow, which is not installed: pip install 'diploparse[arrow]'"
        ) from None
    return pyarrow


def schema(table: csv.Table) -> Schema:
    """The Arrow schema of a table; each field's metadata says what it holds."""
    pa = _pyarrow()
    kinds = {
        "string": pa.string(), "int32": pa.int32(), "int64": pa.int64(), "double": pa.float64(), "bool": pa.bool_(), "date": pa.date32(),
        "category": pa.dictionary(pa.int32(), pa.string()),
    }  # fmt: skip
    from .. import __version__

    return pa.schema(
        [
            pa.field(
                c.name, kinds[c.kind], nullable=c.name not in table.key, metadata={"description": c.about}
            )
            for c in columns(table)
        ],
        metadata={
            "diploparse_schema_version": SCHEMA_VERSION,
            "diploparse_version": __version__,
            "diploparse_table": table.name,
            "description": table.about,
        },
    )


def batches(extractions: Iterable[Extraction], table: str) -> Iterator[Batch]:
    """
    Arrow record batches of one table, for a reader in the same process.

    Args:
        extractions: Any number of them, consumed one by one.

        table: A name of ``csv``'s, not one of the flat tables.

    Raises:
        UsageError: There is no such table, or pyarrow is not installed.
    """
    found = csv.find_table(table)
    if found in csv.FLAT_TABLES:
        raise UsageError(message=f"{table} is for csv alone: its lists are joined to text")
    shape = schema(found)
    waiting: list[csv.Row] = []
    for extraction in extractions:
        waiting.extend(found.rows(extraction))
        if len(waiting) >= _ROWS:
            yield _batch(found, shape, waiting)
            waiting = []
    yield _batch(found, shape, waiting)


def _batch(table: csv.Table, shape: Schema, rows: Sequence[csv.Row]) -> Batch:
    pa = _pyarrow()
    cells = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    arrays = []
    for column, field in zip(columns(table), shape, strict=True):
        values: Iterable[Any] = cells[column.of]
        if column.precision:
            values = map(precision, values)
        elif column.kind == "date":
            values = map(_day, values)
        elif column.kind in ("string", "category"):
            values = map(_whole, values)
        arrays.append(pa.array(list(values), type=field.type))
    return pa.RecordBatch.from_arrays(arrays, schema=shape)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None  # a plugin's own idea of a date


def _whole(value: Any) -> Any:
    if value is None or value.isascii():
        return value
    # UTF-8 has no bytes for half a surrogate pair; one for one, so that offsets stay true.
    return _SURROGATE.sub("\ufffd", value)


def write(extractions: Iterable[Extraction], out: Path) -> None:
    """
    Write a folder of Parquet files, one a table.

    The files take their names together, at the end.

    Args:
        extractions: Any number of them, consumed one by one.

        out: The folder; made if it is not there.

    Raises:
        UsageError: pyarrow is not installed, or ``out`` is a file.
    """
    import tempfile

    _pyarrow()
    out = Path(out)
    made = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise UsageError(message=f"{out} is a file: parquet writes a folder of tables, name one") from None
    try:
        with tempfile.TemporaryDirectory(prefix=".diploparse-", dir=out) as hidden:
            tables = (*csv.TABLES, *csv.own_tables())
            _write_tables(extractions, Path(hidden), tables)
            for table in tables:
                os.replace(Path(hidden, f"{table.name}.parquet"), out / f"{table.name}.parquet")
    except BaseException:
        if made:
            with contextlib.suppress(OSError):
                out.rmdir()
        raise


def _write_tables(extractions: Iterable[Extraction], folder: Path, tables: Sequence[csv.Table]) -> None:
    parquet = _pyarrow().parquet
    shapes = {table.name: schema(table) for table in tables}
    waiting: dict[str, list[csv.Row]] = {table.name: [] for table in tables}
    with contextlib.ExitStack() as stack:
        writers = {
            name: stack.enter_context(
                parquet.ParquetWriter(folder / f"{name}.parquet", shape, compression="zstd")
            )
            for name, shape in shapes.items()
        }

        def flush(table: csv.Table) -> None:
            writers[table.name].write_batch(_batch(table, shapes[table.name], waiting[table.name]))
            waiting[table.name] = []

        for extraction in extractions:
            for table in tables:
                waiting[table.name].extend(table.rows(extraction))
                if len(waiting[table.name]) >= _ROWS:
                    flush(table)
            del extraction
        for table in tables:
            if waiting[table.name]:
                flush(table)


def rows(folder: Path, table: csv.Table) -> Iterator[csv.Row]:
    """
    The rows of a table that `write` wrote, cells as ``csv`` has them.

    Raises:
        InputError: The file is missing, not Parquet, not ours, or of another version.

        UsageError: pyarrow is not installed.
    """
    pa = _pyarrow()
    path = folder / f"{table.name}.parquet"
    try:
        file = pa.parquet.ParquetFile(path)
    except (OSError, pa.ArrowException) as error:
        problem = "there is no such file" if isinstance(error, FileNotFoundError) else "it is no Parquet file"
        raise InputError(
            path=path.as_posix(), problem=problem, advice="make the folder with --to parquet"
        ) from error
    told: Mapping[bytes, bytes] = file.schema_arrow.metadata or {}
    version = told.get(b"diploparse_schema_version", b"").decode()
    if version.partition(".")[0] != SCHEMA_VERSION.partition(".")[0]:
        raise InputError(
            path=path.as_posix(),
            problem=f"its tables are of version {version}" if version else "it is not from diploparse",
            advice=f"version {SCHEMA_VERSION} is read here: export it again",
        )
    names = [c.name for c in columns(table) if not c.precision]
    dates = [c.kind == "date" for c in columns(table) if not c.precision]
    for batch in file.iter_batches(batch_size=10_000, columns=names):
        cells = [batch.column(name).to_pylist() for name in names]
        for column, dated in zip(cells, dates, strict=True):
            if dated:
                column[:] = [day and day.isoformat() for day in column]
        yield from zip(*cells, strict=True)


@hookimpl
def diploparse_exporters() -> list[Exporter]:
    [tables] = csv.diploparse_exporters()
    return [
        Exporter(
            name="parquet",
            write=write,
            target="folder",
            description="a folder of Parquet tables, dates as dates; needs diploparse[arrow]",
            loses=tables.loses,
        )
    ]
