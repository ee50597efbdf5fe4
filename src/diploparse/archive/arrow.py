"""
A record batch of texts in, a record batch of records out: the contract for engines that speak Arrow.

    from diploparse.archive.arrow import ParseBatch

    parse = ParseBatch()
    out = parse(batch)

One row out for each row in, in the same order.  The schema is `ParseBatch.schema`; its version is in
its metadata under ``diploparse_schema_version``, and a minor version only adds columns.  Needs
pyarrow (``diploparse[arrow]``).
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import attrs

from ..errors import InputError, UsageError
from ..export import csv
from ..export import parquet as tables
from ..readers.fields import FIELDS, field_names, raw_document
from .options import RunOptions
from .work import Item, do

if TYPE_CHECKING:
    from ..parser import Parser

SCHEMA_VERSION = "1.0"
"""Of the batches that come out."""

NESTED = ("actors", "meetings", "statements")
"""Tables of ``parquet`` whose rows are a column of lists here."""


def _pyarrow() -> Any:
    try:
        return import_module("pyarrow")
    except ImportError:
        raise UsageError(
            message="record batches need pyarrow, which is not installed: pip install 'diploparse[arrow]'"
        ) from None


@lru_cache(maxsize=1)
def schema() -> Any:
    """
    The Arrow schema of what comes out.

    ``extraction`` is the whole extraction, a line of JSON Lines that `diploparse.loads` reads; ``actors``,
    ``meetings`` and ``statements`` are the tables of ``parquet`` as lists; ``error`` is there where
    the other columns are empty.
    """
    pa = _pyarrow()
    from .. import __version__

    told = [pa.field(name, pa.string()) for name in ("id", "url", "published", "language", "sha256")]
    lists = [pa.field(name, pa.list_(_row_type(name))) for name in NESTED]
    error = pa.struct([pa.field(name, pa.string()) for name in ("stage", "plugin", "code", "message")])
    return pa.schema(
        [*told, *lists, pa.field("extraction", pa.string()), pa.field("error", error)],
        metadata={"diploparse_schema_version": SCHEMA_VERSION, "diploparse_version": __version__},
    )


def _row_type(name: str) -> Any:
    pa = _pyarrow()
    # Engines differ in what they make of dictionaries inside lists; plain text all of them read.
    plain = [
        pa.field(f.name, pa.string() if pa.types.is_dictionary(f.type) else f.type)
        for f in tables.schema(csv.find_table(name))
        if f.name != "document"
    ]
    return pa.struct(plain)


@attrs.frozen(kw_only=True, slots=False)
class ParseBatch:
    """Parses the texts of record batches; can be pickled, and builds its parser where it is called."""

    options: RunOptions = attrs.field(factory=lambda: RunOptions(time_limit=0))
    """
    ``plugins``, ``fields`` and the like.  A time limit works in the main thread only, where Spark and
    Ray call it, and Daft does not.
    """

    @property
    def schema(self) -> Any:
        """As `schema` gives it."""
        return schema()

    def __call__(self, batch: Any) -> Any:
        """
        Parse a batch.

        Args:
            batch: A ``pyarrow.RecordBatch`` (or ``Table``) with a column of texts, and any of ``id``,
                ``url``, ``title``, ``author``, ``publisher``, ``published`` and ``language``, under these
                names or those that the options' ``fields`` map them to.

        Returns:
            A ``pyarrow.RecordBatch`` of `schema`, as many rows, in the same order.

        Raises:
            UsageError: There is no column of texts, or pyarrow is not installed.
        """
        pa = _pyarrow()
        names = field_names(dict(self.options.fields))
        if names["text"] not in batch.schema.names:
            raise UsageError(
                message=f"the batch has no column {names['text']!r} (its columns: {', '.join(batch.schema.names)}): "
                "map it, such as RunOptions(fields=(('text', 'body'),))"
            )
        wanted = [
            name for name in dict.fromkeys(names[field] for field in FIELDS) if name in batch.schema.names
        ]
        parser = _parser(self.options)
        rows = [
            _row(record, names, number, parser, self.options)
            for number, record in enumerate(batch.select(wanted).to_pylist(), start=1)
        ]
        return pa.RecordBatch.from_pylist(rows, schema=schema())


@lru_cache(maxsize=4)
def _parser(options: RunOptions) -> Parser:
    return options.parser()


def _row(
    record: dict[str, Any], names: dict[str, str], number: int, parser: Parser, options: RunOptions
) -> dict[str, Any]:
    def fault(problem: str, advice: str) -> InputError:
        return InputError(path="batch", line=number, problem=problem, advice=advice)

    item = Item("batch", make=lambda: raw_document(record, names, fault, "column"))
    done = do(item, number, parser, options)
    if done.extraction is None:
        failure = done.told["failure"]
        told = {name: failure[name] for name in ("stage", "plugin", "code", "message")}
        return {"id": _text(record.get(names["id"])), "error": told}
    document = done.extraction.document
    row: dict[str, Any] = {
        "id": document.id, "url": document.url, "published": document.published, "language": document.language,
        "sha256": document.sha256, "extraction": done.line.decode(),
    }  # fmt: skip
    for name in NESTED:
        row[name] = [r for batch in tables.batches([done.extraction], name) for r in batch.to_pylist()]
    return row


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
