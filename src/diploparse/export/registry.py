"""
The record types of plugins that are registered, and what the formats make of their fields.

    @diploparse.register_record
    @attrs.frozen(kw_only=True)
    class Sanction:
        target: str = attrs.field(metadata={"refers": "actors"})
        evidence: tuple[Span, ...]

JSON writes such a record as it writes ours.  CSV has a table for it (``record_sanction``), RDF a
class and a property a field (``rec:Sanction``, ``rec:Sanction.target``).  A field whose metadata
says that it ``refers`` to actors, meetings or statements holds ids, and becomes a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import attrs

from ..records import Extraction, Span
from . import fields

RECORDS: dict[str, type] = {}
"""By class name; `diploparse.register_record` adds to it."""

TABLE_PREFIX = "record_"
"""Tables of plugins' records cannot clash with ours."""


def is_registered(cls: type) -> bool:
    """Whether a class is the one that is registered under its name."""
    return RECORDS.get(cls.__name__) is cls


def own_fields(cls: Any) -> Iterator[tuple[str, Any, str | None]]:
    """Name, type and what it refers to, of the fields of a plugin's record."""
    hints = fields.hints(cls)
    for field in attrs.fields(cls):
        if field.name in hints:
            yield field.name, hints[field.name], field.metadata.get("refers")


def table_name(cls: type) -> str:
    """The CSV table of a record class. Example: "record_price_cap" for PriceCap."""
    return TABLE_PREFIX + re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()


def columns(
    cls: Any, prefix: str = "", outer: tuple[type, ...] = ()
) -> Iterator[tuple[str, str, str, str | None]]:
    """
    The columns of a record class.

    Yields:
        Name, description, CSVW datatype, and the table that the cells' ids are of.  A span has
        three (start, end, words), a nested record those of its fields, a list one.
    """
    told = fields.descriptions(cls)
    for name, hint, refers in own_fields(cls):
        about = told.get(name) or f"{cls.__name__}.{name}"
        if hint is Span or _optional(hint) is Span:
            yield f"{prefix}{name}_start", f"{about} First character", "integer", None
            yield f"{prefix}{name}_end", f"{about} One past the last character", "integer", None
            yield f"{prefix}{name}_words", f"{about} The words", "string", None
        elif _is_nested(hint, (*outer, cls)):
            yield from columns(_optional(hint), f"{prefix}{name}_", (*outer, cls))
        else:
            yield f"{prefix}{name}", about, _DATATYPES.get(_optional(hint), "string"), refers


_DATATYPES = {int: "integer", bool: "boolean", float: "number"}


def cells(extraction: Extraction, record: Any, cls: Any, outer: tuple[type, ...] = ()) -> Iterator[Any]:
    """The cells of a record, in the order of its class's `columns`; ``None`` for a record that is not there."""
    for name, hint, _ in own_fields(cls):
        value = None if record is None else getattr(record, name)
        if hint is Span or _optional(hint) is Span:
            yield from (
                (None, None, None) if value is None else (value.start, value.end, extraction.text(value))
            )
        elif _is_nested(hint, (*outer, cls)):
            yield from cells(extraction, value, _optional(hint), (*outer, cls))
        else:
            yield _cell(extraction, value)


def _optional(hint: Any) -> Any:
    """``A`` of ``A | None``."""
    found = [h for h in fields.alternatives(hint) if h is not type(None)]
    return found[0] if len(found) == 1 else hint


def _is_nested(hint: Any, outer: tuple[type, ...]) -> bool:
    """Whether a field holds one record, of a class that is not one of those around it."""
    only = _optional(hint)
    return isinstance(only, type) and attrs.has(only) and only not in outer


def _cell(extraction: Extraction, value: Any) -> Any:
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, tuple):
        if value and all(isinstance(v, Span) for v in value):
            # Offsets to go back to the text by, and the words to read.
            return " […] ".join(f"{v.start}:{v.end} {extraction.text(v)}" for v in value)
        if all(isinstance(v, (str, int, float)) for v in value):
            return "; ".join(str(v) for v in value) if value else None
    return repr(value)
