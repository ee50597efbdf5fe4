"""What records of JSON Lines, CSV and Arrow tell of a document: the same fields, under the file's names for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import attrs

from ..errors import InputError
from ..records import Metadata, RawDocument

FIELDS = ("text", *(field.name for field in attrs.fields(Metadata)))
"""What a record may tell of a document, under these names or those it is mapped to."""

Fault = Callable[[str, str], InputError]
"""An error at a record's place, from a problem and an advice."""


def field_names(fields: Mapping[str, str] | None) -> dict[str, str]:
    """Our names to the file's; "" for a field that is not to be read."""
    return {field: field for field in FIELDS} | dict(fields or {})


def raw_document(
    record: Mapping[str, Any], names: Mapping[str, str], fault: Fault, what: str = "key"
) -> RawDocument:
    """
    The document that a record tells.

    Args:
        record: Values by the file's names.

        names: As `field_names` gives them.

        fault: Makes the error for this record's place.

        what: What the file calls a name.

    Raises:
        InputError: There is no text, or ``published`` is no date.
    """
    text = record.get(names["text"])
    if text is None:
        known = ", ".join(list(map(str, record))[:8]) or "none"
        raise fault(
            f"no {what} {names['text']!r} (its {what}s: {known})",
            f"name the text's {what} with --map text={what.upper()}",
        )
    if not isinstance(text, str):
        raise fault(
            f"the text is a {type(text).__name__}", f"name another {what} with --map text={what.upper()}"
        )
    if not text.strip():
        raise fault("the text is empty", "there is nothing to read")
    told = {field: _told(record.get(names[field])) for field in FIELDS[1:] if names[field]}
    if told.get("published"):
        day = day_of(str(told["published"]))
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
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value)


_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?!\d)")


def day_of(text: str) -> str | None:
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
