"""
The whole plugin contract: four hooks, and the descriptors they hand over.

A plugin is a module (or object) with functions marked `hookimpl` under the names below; each
returns a list of descriptors, and the host runs those.  Built-ins are plugins by the same means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, TypeAlias

import attrs
import pluggy

from .records import Extraction, RawDocument

PROJECT = "diploparse"
API_VERSION = 1
"""The contract's version; a descriptor of another one is refused with a clear word."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)

StageName: TypeAlias = Literal[
    "segment", "mentions", "clauses", "actors", "meetings", "occasions", "statements", "records"
]


@attrs.frozen(kw_only=True)
class Extractor:
    """Fills one stage of the parse."""

    name: str
    """Unique in its plugin; letters, digits, "." "-" "_". Example: "visits"."""

    stage: StageName
    """The stage it fills."""

    find: Callable[..., Iterable[Any] | Any]
    """
    Names the arguments it wants among those its stage has, and gives back an iterable of the
    stage's records (a single `Document` for ``segment``).  It leaves its arguments alone.
    """

    languages: tuple[str, ...] = ("en",)
    """BCP 47 tags of the texts it reads; ``("*",)`` for any."""

    priority: int = 0
    """In a stage that one extractor fills, the highest wins; elsewhere the order, highest first. The built-ins have 0."""

    default: bool = True
    """False: it runs only when asked for by name."""

    api: int = API_VERSION
    """The contract it was written for."""


@attrs.frozen(kw_only=True)
class Reader:
    """Turns a file into raw documents."""

    name: str
    """Unique. Example: "jsonl"."""

    read: Callable[..., Iterator[RawDocument]]
    """
    ``read(source, **options)``: takes a path or a binary stream, yields documents one by one, and
    raises `InputError` for what it cannot read.  Options are the keyword-only parameters it names,
    all with defaults; the command line knows these: ``encoding`` (a name), ``fields`` (a mapping of
    our field names to the file's), ``max_characters`` (of a text, 0 for any number), ``gate``
    (whether to leave out pages that hold no word of our trade), and ``on_error`` (called with the
    `InputError` of one document among several, which the reader then passes over; by default it is raised).
    """

    parts: Callable[..., Iterator[Callable[[], RawDocument | None]]] | None = None
    """
    As ``read`` with the same options, but yields, for each record of the file in its order, a function
    that makes its document, or gives ``None`` where there is none in it.  For a reader whose work on one
    document may fail or take long (a page's text out of its markup): a host of many documents does it under
    that document's time limit, and passes over what it has done before.
    """

    single: bool = False
    """Whether a file holds one document, so that a run takes many of them together."""

    suffixes: tuple[str, ...] = ()
    """Lower case with the dot. Example: (".jsonl", ".jsonl.gz")."""

    sniff: Callable[[bytes], bool] | None = None
    """Whether the first 4096 bytes look like its format; asked where the suffix decides nothing."""

    priority: int = 0
    """Of two that fit, the highest wins."""

    default: bool = True
    """False: only when asked for by name."""

    api: int = API_VERSION
    """The contract it was written for."""


@attrs.frozen(kw_only=True)
class Exporter:
    """Writes extractions in one format."""

    name: str
    """Unique; what ``--to`` takes. Example: "ttl"."""

    write: Callable[..., None]
    """
    ``write(extractions, out, **options)``: consumes the iterable one by one, in constant memory.
    ``out`` is a text stream, a binary stream or a folder, as ``target`` says; options are the
    keyword-only parameters it names, all with defaults.
    """

    target: Literal["text", "binary", "folder"] = "text"
    """What it writes to."""

    suffix: str = ""
    """Of a file in its format, with the dot. Example: ".ttl"."""

    description: str = ""
    """One line for ``diploparse plugins`` and the help."""

    loses: tuple[str, ...] = ()
    """Fields that the format does not carry, as "Record.field"; empty if lossless."""

    default: bool = True
    """False: only when asked for by name."""

    api: int = API_VERSION
    """The contract it was written for."""


@attrs.frozen(kw_only=True)
class Lexicon:
    """Adds entries to the tables of the built-ins."""

    name: str
    """Unique. Example: "pacific-islands"."""

    path: Path | None = None
    """A file, or a folder of files, in the lexicon format (docs/reference/lexicons.md)."""

    entries: tuple[Any, ...] = ()
    """`Entry` records, instead of or beside the file."""

    default: bool = True
    """False: only when asked for by name."""

    api: int = API_VERSION
    """The contract it was written for."""


class HookSpecs:
    """The hooks, in the order a parse meets them."""

    @hookspec
    def diploparse_readers(self) -> list[Reader]:
        """Readers: a file in, `RawDocument` records out."""
        raise NotImplementedError

    @hookspec
    def diploparse_lexicons(self) -> list[Lexicon]:
        """Entries for the parser's lexicon."""
        raise NotImplementedError

    @hookspec
    def diploparse_extractors(self) -> list[Extractor]:
        """Extractors, each for one stage."""
        raise NotImplementedError

    @hookspec
    def diploparse_exporters(self) -> list[Exporter]:
        """Exporters, each for one format."""
        raise NotImplementedError


Write: TypeAlias = Callable[[Iterable[Extraction], Any], None]
