"""
Typed, cited records from diplomatic and military news.

    import diploparse

    extraction = diploparse.parse(text, published="2019-11-28")
    for meeting in extraction.meetings:
        print([extraction.actor(p.actor).name for p in meeting.participants], meeting.when)
"""

from .errors import DiploparseError, InputError, LexiconError, PluginError, UnknownFormat, UsageError
from .export import write
from .export.json import load, loads, register_record
from .hookspecs import Exporter, Extractor, Lexicon, Reader, hookimpl
from .lexicon import Entry, LexiconUnion, read_lexicon
from .parser import Parser, parse, pipe
from .records import (
    Actor,
    Actors,
    Attachment,
    Clause,
    Cue,
    Dateline,
    Diagnostic,
    Document,
    Extraction,
    Meeting,
    Mention,
    Metadata,
    Paragraph,
    Parent,
    Participation,
    Place,
    Quotation,
    RawDocument,
    Role,
    Span,
    Statement,
    Topic,
    VerbGroup,
    When,
    record_id,
)

__version__ = "0.1.0"

__all__ = [
    "Actor",
    "Actors",
    "Attachment",
    "Clause",
    "Cue",
    "Dateline",
    "Diagnostic",
    "DiploparseError",
    "Document",
    "Entry",
    "Exporter",
    "Extraction",
    "Extractor",
    "InputError",
    "Lexicon",
    "LexiconError",
    "LexiconUnion",
    "Meeting",
    "Mention",
    "Metadata",
    "Paragraph",
    "Parent",
    "Parser",
    "Participation",
    "Place",
    "PluginError",
    "Quotation",
    "RawDocument",
    "Reader",
    "Role",
    "Span",
    "Statement",
    "Topic",
    "UnknownFormat",
    "UsageError",
    "VerbGroup",
    "When",
    "hookimpl",
    "load",
    "loads",
    "parse",
    "pipe",
    "read_lexicon",
    "record_id",
    "register_record",
    "write",
]
