"""The choice of a reader for a file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import InputError
from ..hookspecs import Reader
from ..plugins import Plugins


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
