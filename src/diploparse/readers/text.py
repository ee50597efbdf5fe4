"""Plain text: one document a file."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator

from ..errors import InputError
from ..records import Metadata, RawDocument
from .opening import SNIFFED, Source, decoded, is_wide, name_of, opened, too_long

_BYTES_A_CHARACTER = 4
"""At most, in UTF-8 and UTF-16."""


def read_text(source: Source, *, encoding: str = "utf-8", max_characters: int = 0) -> Iterator[RawDocument]:
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
    name = name_of(source)
    with opened(source) as stream:
        data = stream.read(max_characters * _BYTES_A_CHARACTER + 1 if max_characters else -1)
    if not data:
        raise InputError(path=name, problem="it is empty", advice="there is nothing to read")
    if not is_wide(encoding):
        _refuse_binary(data, name)
    if max_characters and len(data) > max_characters * _BYTES_A_CHARACTER:
        raise too_long(name, max_characters)
    text = decoded(data, encoding, name)
    if not text.strip():
        raise InputError(path=name, problem="it holds white space only", advice="there is nothing to read")
    yield RawDocument(text=text, metadata=Metadata(id=None if name == "-" else name))


_CONTROL_BYTES = bytes({*range(32)} - {*b"\t\n\v\f\r"})
"""Bytes below the space that text does not use, in any encoding that holds ASCII."""


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
