"""JSON Lines: one document a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from ..errors import InputError
from ..records import RawDocument
from .fields import field_names, raw_document
from .opening import OnError, Source, decoded, is_wide, lines_of, name_of, opened, raise_it, too_long


def read_jsonl(
    source: Source,
    *,
    encoding: str = "utf-8",
    fields: Mapping[str, str] | None = None,
    on_error: OnError = raise_it,
    max_characters: int = 0,
) -> Iterator[RawDocument]:
    """
    Yield the documents of a JSON Lines file, one object a line.

    Args:
        source: A path, its content gzipped if it ends in ".gz"; or a binary stream.

        encoding: A name that Python knows.

        fields: Our names (`FIELDS`) to the file's where they differ, "" for one not to be
            read. Example: ``{"text": "body", "published": ""}``.

        on_error: Gets the error of a line that is no document; such a line is passed over.

        max_characters: Pass over a line that is sure to hold a longer text; 0 for no limit.

    Yields:
        Documents in the file's order, in constant memory; blank lines are none.

    Raises:
        InputError: The file is missing or unreadable; or a line is no document (by default).
    """
    names = field_names(fields)
    name, blank = name_of(source), True
    if is_wide(encoding):
        raise InputError(path=name, problem=f"JSON Lines in {encoding.upper()}", advice="save it as UTF-8")
    with opened(source) as stream:
        for number, line in enumerate(lines_of(stream, max_characters), start=1):
            if line is not None and not line.strip():
                continue
            blank = False
            try:
                if line is None:
                    raise too_long(name, max_characters, number)
                document = _document(decoded(line, encoding, name, number), names, name, number)
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
    return raw_document(record, names, fault)


def looks_like_jsonl(head: bytes) -> bool:
    """Prose does not open with a brace; a JSON array does not either, and then the reader can say what it wants."""
    return re.match(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*[\x22}]", head) is not None
