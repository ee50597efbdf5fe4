"""
The built-in readers, one format a module, and the choice of a reader for a file.

Plain text, JSON Lines and CSV need nothing; Parquet and Arrow, web pages and WARC files need what the extras
``arrow``, ``html`` and ``warc`` install.
"""

from __future__ import annotations

from importlib.util import find_spec

from ..hookspecs import Reader, hookimpl
from . import html, warc
from .arrow import looks_like_arrow, read_arrow
from .choosing import reader_for, suffixes
from .csv import looks_like_csv, read_csv
from .fields import FIELDS
from .html import html_parts, looks_like_html, read_html
from .jsonl import looks_like_jsonl, read_jsonl
from .opening import SNIFFED, too_long
from .text import read_text
from .warc import looks_like_warc, read_warc, warc_parts

__all__ = [
    "FIELDS",
    "SNIFFED",
    "read_arrow",
    "read_csv",
    "read_html",
    "read_jsonl",
    "read_text",
    "read_warc",
    "reader_for",
    "suffixes",
    "too_long",
]


@hookimpl
def diploparse_readers() -> list[Reader]:
    # A folder is searched for what can be read here; a file that is named is told what it lacks.
    arrow_suffixes = (".parquet", ".arrow", ".feather") if find_spec("pyarrow") else ()
    return [
        Reader(name="text", read=read_text, single=True, suffixes=(".txt", ".text", ".txt.gz")),
        Reader(
            name="jsonl",
            read=read_jsonl,
            suffixes=(".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"),
            sniff=looks_like_jsonl,
        ),
        Reader(
            name="csv", read=read_csv, suffixes=(".csv", ".tsv", ".csv.gz", ".tsv.gz"), sniff=looks_like_csv
        ),
        # After a plugin's reader of the same files.
        Reader(
            name="arrow", read=read_arrow, suffixes=arrow_suffixes, sniff=looks_like_arrow, priority=-1
        ),
        Reader(
            name="html", read=read_html, parts=html_parts, single=True, priority=-1, sniff=looks_like_html,
            suffixes=(".html", ".htm", ".xhtml", ".html.gz") if html.is_installed() else (),
        ),
        Reader(
            name="warc", read=read_warc, parts=warc_parts, priority=-1, sniff=looks_like_warc,
            suffixes=(".warc", ".warc.gz") if warc.is_installed() else (),
        ),
    ]  # fmt: skip
