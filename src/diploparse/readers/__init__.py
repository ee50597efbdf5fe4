"""
The built-in readers, one format a module, and the choice of a reader for a file.

Plain text, JSON Lines and CSV need nothing; Parquet and Arrow, web pages and WARC files need what the extras
``arrow``, ``html`` and ``warc`` install.
"""

from __future__ import annotations

from ..hookspecs import Reader, hookimpl
from .choosing import reader_for, suffixes
from .fields import FIELDS
from .jsonl import looks_like_jsonl, read_jsonl
from .opening import SNIFFED, too_long
from .text import read_text

__all__ = ["FIELDS", "SNIFFED", "read_jsonl", "read_text", "reader_for", "suffixes", "too_long"]


@hookimpl
def diploparse_readers() -> list[Reader]:
    return [
        Reader(name="text", read=read_text, suffixes=(".txt", ".text", ".txt.gz")),
        Reader(
            name="jsonl",
            read=read_jsonl,
            suffixes=(".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"),
            sniff=looks_like_jsonl,
        ),
    ]
