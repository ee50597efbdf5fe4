"""
CSV: a folder of tables, one a record type and one a list, with CSVW metadata beside them.

UTF-8 without a byte-order mark, "\\n" after each row, quoted as RFC 4180 says, an empty cell for
what is not known.  Where there are offsets, the words stand beside them.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Literal, TypeAlias

import attrs

from ..errors import UsageError
from ..hookspecs import Exporter, hookimpl
from ..records import Cue, Extraction, Span, When
from . import fields, registry

Cell: TypeAlias = str | int | float | bool | None
Row: TypeAlias = Sequence[Cell]

METADATA = "csv-metadata.json"


@attrs.frozen
class Column:
    """A column of a table."""

    name: str
    """In the header row."""

    about: str
    """The field it holds ("Meeting.status"), whose docstring describes it, or a sentence."""

    datatype: Literal["string", "integer", "boolean", "date", "number"] = "string"
    """As CSVW names it."""


@attrs.frozen
class Table:
    """A table and how its rows come out of an extraction."""

    name: str
    """Of the table and, with ".csv", of its file."""

    about: str
    """What a row is."""

    columns: tuple[Column, ...]
    """In order."""

    key: tuple[str, ...]
    """The columns that tell rows apart."""

    rows: Callable[[Extraction], Iterator[Row]]
    """The rows of one extraction, cells in the order of the columns."""

    refers: tuple[tuple[tuple[str, ...], str], ...] = ()
    """Columns and the table whose key they hold, in every row."""

    may_refer: Mapping[str, str] = attrs.field(factory=dict)
    """A column that may be empty and the table of the same document whose id it holds: a foreign
    key with an empty part is an error to CSVW validators, so these are only described."""


# -- cells that several tables share ----------------------------------------------------------


def _place_of(prefix: str, about: str) -> tuple[Column, ...]:
    """Offsets and words of a span."""
    return (
        Column(f"{prefix}start", f"{about}: first character, in code points of the text", "integer"),
        Column(f"{prefix}end", f"{about}: one past the last character", "integer"),
        Column(f"{prefix}words", f"{about}: the words between the two"),
    )


def _cells(extraction: Extraction, span: Span | None) -> tuple[Cell, Cell, Cell]:
    if span is None:
        return None, None, None
    return span.start, span.end, extraction.document.text[span.start : span.end]


_WHEN = (
    Column("date", "When.value"),
    Column("date_earliest", "When.earliest", "date"),
    Column("date_latest", "When.latest", "date"),
    Column("date_anchor", "When.anchor"),
    Column("date_text", "When.text"),
    *_place_of("date_", "Where the time is written"),
)
_NO_WHEN: tuple[Cell, ...] = (None,) * len(_WHEN)


def _when(extraction: Extraction, when: When | None) -> tuple[Cell, ...]:
    if when is None:
        return _NO_WHEN
    return (
        when.value, when.earliest, when.latest, when.anchor, when.text, *_cells(extraction, when.span),
    )  # fmt: skip


_CUE = (Column("cue", "Cue.lemma"), *_place_of("cue_", "Where the cue stands"))


def _cue(extraction: Extraction, cue: Cue) -> tuple[Cell, ...]:
    return cue.lemma, *_cells(extraction, cue.span)


_DOCUMENT = Column("document", "Document.id")
_ORDINAL = Column("ordinal", "Place in the list, from 0", "integer")
_ACTOR = (("document", "actor"), "actors")
_OF_DOCUMENT = (("document",), "documents")


# -- rows -------------------------------------------------------------------------------------


def _documents(x: Extraction) -> Iterator[Row]:
    d = x.document
    line = d.dateline
    place, when = (line.place, line.when) if line else (None, None)
    yield (
        d.id, d.url, d.title, d.author, d.publisher, d.published, d.language, d.sha256, len(d.text),
        *_cells(x, line.span if line else None), line.agency if line else None,
        place.name if place else None, place.country if place else None,
        *_cells(x, place.span if place else None), *_when(x, when),
    )  # fmt: skip


def _actors(x: Extraction) -> Iterator[Row]:
    for a in x.actors:
        yield x.document.id, a.id, a.kind, a.name, a.country, a.found_by


def _actor_aliases(x: Extraction) -> Iterator[Row]:
    for a in x.actors:
        for ordinal, alias in enumerate(a.aliases):
            yield x.document.id, a.id, ordinal, alias


def _actor_mentions(x: Extraction) -> Iterator[Row]:
    for a in x.actors:
        for kind, spans in (("mention", a.mentions), ("reference", a.references)):
            for ordinal, span in enumerate(spans):
                yield x.document.id, a.id, kind, ordinal, *_cells(x, span)


def _roles(x: Extraction) -> Iterator[Row]:
    for a in x.actors:
        for ordinal, r in enumerate(a.roles):
            yield (
                x.document.id, a.id, ordinal, r.title, r.rank, r.organization, r.country, r.tenure,
                *_cells(x, r.span),
            )  # fmt: skip


def _meetings(x: Extraction) -> Iterator[Row]:
    for m in x.meetings:
        place, parent = m.place, m.parent
        yield (
            x.document.id, m.id, m.status, m.format, m.channel, *_cue(x, m.cue), *_when(x, m.when),
            place.name if place else None, place.country if place else None,
            *_cells(x, place.span if place else None),
            parent.id if parent else None, parent.relation if parent else None, m.told_by, m.found_by,
        )  # fmt: skip


def _meeting_participants(x: Extraction) -> Iterator[Row]:
    for m in x.meetings:
        for ordinal, p in enumerate(m.participants):
            yield x.document.id, m.id, ordinal, p.actor, p.part, p.role, *_cells(x, p.span)


def _meeting_topics(x: Extraction) -> Iterator[Row]:
    for m in x.meetings:
        for ordinal, t in enumerate(m.topics):
            yield x.document.id, m.id, ordinal, t.text, *_cells(x, t.span)


def _statements(x: Extraction) -> Iterator[Row]:
    for s in x.statements:
        yield (
            x.document.id, s.id, s.speaker, *_cells(x, s.speaker_span), s.act, s.mode, s.joint,
            *_cue(x, s.cue), " […] ".join(x.text(c) for c in s.content), *_when(x, s.when),
            s.occasion, s.nested_in, s.via, s.found_by,
        )  # fmt: skip


def _statement_content(x: Extraction) -> Iterator[Row]:
    for s in x.statements:
        for ordinal, span in enumerate(s.content):
            yield x.document.id, s.id, ordinal, *_cells(x, span)


def _statement_addressees(x: Extraction) -> Iterator[Row]:
    for s in x.statements:
        for ordinal, actor in enumerate(s.addressees):
            yield x.document.id, s.id, ordinal, actor


def _statement_speakers(x: Extraction) -> Iterator[Row]:
    for s in x.statements:
        for ordinal, actor in enumerate(s.speakers):
            yield x.document.id, s.id, ordinal, actor


def _evidence(x: Extraction) -> Iterator[Row]:
    for kind, records in (("meeting", x.meetings), ("statement", x.statements)):
        for r in records:
            for ordinal, span in enumerate(r.evidence):
                yield x.document.id, kind, r.id, ordinal, *_cells(x, span)


def _diagnostics(x: Extraction) -> Iterator[Row]:
    for ordinal, d in enumerate(x.diagnostics):
        yield (
            x.document.id, ordinal, d.severity, d.code, d.message, d.stage, d.plugin, *_cells(x, d.span),
        )  # fmt: skip


# -- tables -----------------------------------------------------------------------------------

_MEETING = (("document", "meeting"), "meetings")
_STATEMENT = (("document", "statement"), "statements")

TABLES: tuple[Table, ...] = (
    Table(
        "documents",
        "A text that was read.",
        (
            Column("id", "Document.id"),
            Column("url", "Document.url"),
            Column("title", "Document.title"),
            Column("author", "Document.author"),
            Column("publisher", "Document.publisher"),
            Column("published", "Document.published", "date"),
            Column("language", "Document.language"),
            Column("sha256", "Document.sha256"),
            Column("characters", "Length of the text in code points", "integer"),
            *_place_of("dateline_", "The dateline"),
            Column("agency", "Dateline.agency"),
            Column("dateline_place", "Place.name"),
            Column("dateline_country", "Place.country"),
            *_place_of("dateline_place_", "Where the dateline names its place"),
            *(attrs.evolve(c, name=f"dateline_{c.name}") for c in _WHEN),
        ),
        ("id",),
        _documents,
    ),
    Table(
        "actors",
        "Someone who acts, after coreference, in one document.",
        (
            _DOCUMENT,
            Column("id", "Actor.id"),
            Column("kind", "Actor.kind"),
            Column("name", "Actor.name"),
            Column("country", "Actor.country"),
            Column("found_by", "Actor.found_by"),
        ),
        ("document", "id"),
        _actors,
        (_OF_DOCUMENT,),
    ),
    Table(
        "actor_aliases",
        "Another name of an actor.",
        (_DOCUMENT, Column("actor", "Actor.id"), _ORDINAL, Column("alias", "Actor.aliases")),
        ("document", "actor", "ordinal"),
        _actor_aliases,
        (_ACTOR,),
    ),
    Table(
        "actor_mentions",
        "A place in the text that names an actor (mention) or points to it (reference).",
        (
            _DOCUMENT,
            Column("actor", "Actor.id"),
            Column("kind", "mention or reference"),
            _ORDINAL,
            *_place_of("", "Where it stands"),
        ),
        ("document", "actor", "kind", "ordinal"),
        _actor_mentions,
        (_ACTOR,),
    ),
    Table(
        "roles",
        "An office or rank a document gives an actor.",
        (
            _DOCUMENT,
            Column("actor", "Actor.id"),
            _ORDINAL,
            Column("title", "Role.title"),
            Column("rank", "Role.rank"),
            Column("organization", "Role.organization"),
            Column("country", "Role.country"),
            Column("tenure", "Role.tenure"),
            *_place_of("", "Where the title is written"),
        ),
        ("document", "actor", "ordinal"),
        _roles,
        (_ACTOR,),
    ),
    Table(
        "meetings",
        "An occasion on which actors talk to one another.",
        (
            _DOCUMENT,
            Column("id", "Meeting.id"),
            Column("status", "Meeting.status"),
            Column("format", "Meeting.format"),
            Column("channel", "Meeting.channel"),
            *_CUE,
            *_WHEN,
            Column("place", "Place.name"),
            Column("place_country", "Place.country"),
            *_place_of("place_", "Where the place is written"),
            Column("parent", "Parent.id"),
            Column("parent_relation", "Parent.relation"),
            Column("told_by", "Meeting.told_by"),
            Column("found_by", "Meeting.found_by"),
        ),
        ("document", "id"),
        _meetings,
        (_OF_DOCUMENT,),
        {"told_by": "actors", "parent": "meetings"},
    ),
    Table(
        "meeting_participants",
        "Somebody's part in a meeting.",
        (
            _DOCUMENT,
            Column("meeting", "Meeting.id"),
            _ORDINAL,
            Column("actor", "Participation.actor"),
            Column("part", "Participation.part"),
            Column("role", "Participation.role"),
            *_place_of("", "The words that put them there"),
        ),
        ("document", "meeting", "ordinal"),
        _meeting_participants,
        (_MEETING, _ACTOR),
    ),
    Table(
        "meeting_topics",
        "What was talked about at a meeting.",
        (
            _DOCUMENT,
            Column("meeting", "Meeting.id"),
            _ORDINAL,
            Column("topic", "Topic.text"),
            *_place_of("", "Where it stands"),
        ),
        ("document", "meeting", "ordinal"),
        _meeting_topics,
        (_MEETING,),
    ),
    Table(
        "statements",
        "Something an actor communicates.",
        (
            _DOCUMENT,
            Column("id", "Statement.id"),
            Column("speaker", "Statement.speaker"),
            *_place_of("speaker_", "The local words that name the speaker"),
            Column("act", "Statement.act"),
            Column("mode", "Statement.mode"),
            Column("joint", "Statement.joint", "boolean"),
            *_CUE,
            Column("content", 'What is said, its pieces joined by " […] "; exact in statement_content'),
            *_WHEN,
            Column("occasion", "Statement.occasion"),
            Column("nested_in", "Statement.nested_in"),
            Column("via", "Statement.via"),
            Column("found_by", "Statement.found_by"),
        ),
        ("document", "id"),
        _statements,
        (_OF_DOCUMENT,),
        {"speaker": "actors", "occasion": "meetings", "nested_in": "statements"},
    ),
    Table(
        "statement_content",
        "A piece of what is said.",
        (_DOCUMENT, Column("statement", "Statement.id"), _ORDINAL, *_place_of("", "Where it stands")),
        ("document", "statement", "ordinal"),
        _statement_content,
        (_STATEMENT,),
    ),
    Table(
        "statement_addressees",
        "Somebody spoken to.",
        (
            _DOCUMENT,
            Column("statement", "Statement.id"),
            _ORDINAL,
            Column("actor", "Statement.addressees"),
        ),
        ("document", "statement", "ordinal"),
        _statement_addressees,
        (_STATEMENT, _ACTOR),
    ),
    Table(
        "statement_speakers",
        "One of several who speak as one.",
        (_DOCUMENT, Column("statement", "Statement.id"), _ORDINAL, Column("actor", "Statement.speakers")),
        ("document", "statement", "ordinal"),
        _statement_speakers,
        (_STATEMENT, _ACTOR),
    ),
    Table(
        "evidence",
        "A sentence that a meeting or statement was read from.",
        (
            _DOCUMENT,
            Column("record_type", "meeting or statement"),
            Column("record", "Id of the meeting or statement"),
            _ORDINAL,
            *_place_of("", "Where it stands"),
        ),
        ("document", "record", "ordinal"),
        _evidence,
        (_OF_DOCUMENT,),
    ),
    Table(
        "diagnostics",
        "Something that went wrong or was refused in reading a document.",
        (
            _DOCUMENT,
            _ORDINAL,
            Column("severity", "Diagnostic.severity"),
            Column("code", "Diagnostic.code"),
            Column("message", "Diagnostic.message"),
            Column("stage", "Diagnostic.stage"),
            Column("plugin", "Diagnostic.plugin"),
            *_place_of("", "The place in the text, if one"),
        ),
        ("document", "ordinal"),
        _diagnostics,
        (_OF_DOCUMENT,),
    ),
)
"""In the order they are written; a table refers to earlier ones or to itself."""


def _flat(name: Literal["actors", "meetings", "statements"]) -> Table:
    """One of `Extraction.rows`, lists joined by "; " and ids replaced by names."""
    columns = {
        "actors": ("id", "kind", "name", "titles", "country", "mentions", "references"),
        "meetings": (
            "id", "participants", "date", "place", "channel", "format", "status", "topics", "told_by", "text",
        ),
        "statements": (
            "id", "speaker", "cue", "act", "mode", "addressees", "content", "occasion", "date",
        ),
    }[name]  # fmt: skip

    def rows(x: Extraction) -> Iterator[Row]:
        for row in x.rows(name):
            cells = [row[column] for column in columns]
            yield x.document.id, *("; ".join(c) if isinstance(c, tuple) else c for c in cells)

    return Table(
        f"{name}_flat",
        f"The {name}, one row each, names in place of ids and lists joined by '; '; lossy.",
        (_DOCUMENT, *(Column(c, f"As Extraction.rows({name!r}) gives it") for c in columns)),
        ("document", "id"),
        rows,
    )


FLAT_TABLES: tuple[Table, ...] = (_flat("actors"), _flat("meetings"), _flat("statements"))
"""Lossy tables for a first look, written only when asked for by name."""


# -- plugins' own records ------------------------------------------------------------------------


def table_of(cls: type) -> str | None:
    """The name of the table that records of a plugin's class are in; ``None`` if it is not registered."""
    return registry.table_name(cls) if registry.is_registered(cls) else None


def own_tables() -> tuple[Table, ...]:
    """A table a registered record class, by name; made anew, since plugins register as they are imported."""
    return tuple(_own_table(cls) for _, cls in sorted(registry.RECORDS.items()))


def _own_table(cls: type) -> Table:
    described = list(registry.columns(cls))
    refers = {name: to for name, _, _, to in described if to in ("actors", "meetings", "statements")}

    def rows(x: Extraction) -> Iterator[Row]:
        for ordinal, record in enumerate(r for r in x.records if type(r) is cls):
            yield x.document.id, ordinal, *registry.cells(x, record, cls)

    return Table(
        registry.table_name(cls),
        fields.summary(cls) or f"{cls.__name__}, a plugin's own record.",
        (_DOCUMENT, _ORDINAL, *(Column(n, about, kind) for n, about, kind, _ in described)),  # type: ignore[arg-type]
        ("document", "ordinal"),
        rows,
        (_OF_DOCUMENT,),
        refers,
    )


# -- writing ----------------------------------------------------------------------------------


def write(
    extractions: Iterable[Extraction], out: Path, *, table: str | None = None, excel_safe: bool = False
) -> None:
    """
    Write the tables and their metadata into a folder.

    The files take their names together, at the end: an export that stops half-way leaves the
    folder's earlier files as they were.  No name comes from a record.

    Args:
        extractions: Any number of them, consumed one by one.

        out: The folder; made if it is not there.

        table: Only this one; "meetings_flat" and the like only this way.

        excel_safe: Put an apostrophe before texts that a spreadsheet would take for a formula.
            The cells are then no longer what the text says.

    Raises:
        UsageError: There is no such table, or ``out`` is a file.
    """
    import tempfile

    out = Path(out)
    tables = (*TABLES, *own_tables()) if table is None else (find_table(table),)
    made = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise UsageError(message=f"{out} is a file: csv writes a folder of tables, name one") from None
    try:
        with tempfile.TemporaryDirectory(prefix=".diploparse-", dir=out) as hidden:
            names = _write_tables(extractions, Path(hidden), tables, excel_safe)
            for name in names:
                os.replace(Path(hidden, name), out / name)
    except BaseException:
        if made:
            with contextlib.suppress(OSError):
                out.rmdir()
        raise


def _write_tables(
    extractions: Iterable[Extraction], folder: Path, tables: Sequence[Table], excel_safe: bool
) -> list[str]:
    names = [f"{t.name}.csv" for t in tables]
    with contextlib.ExitStack() as stack:
        streams = [
            stack.enter_context(open(folder / name, "w", encoding="utf-8", newline="")) for name in names
        ]
        for table, stream in zip(tables, streams, strict=True):
            stream.write(_header(table))
        for extraction in extractions:
            for table, stream in zip(tables, streams, strict=True):
                stream.write("".join([_line(row, excel_safe) for row in table.rows(extraction)]))
    described = json.dumps(metadata(tables), ensure_ascii=False, indent=2) + "\n"
    (folder / METADATA).write_text(described, encoding="utf-8", newline="")
    return [*names, METADATA]


def write_table(
    extractions: Iterable[Extraction], stream: IO[str], table: str, *, excel_safe: bool = False
) -> None:
    """
    Write one table, with its header row, to a text stream.

    Args:
        extractions: Any number of them, consumed one by one.

        stream: Opened with ``newline=""`` if it is a file.

        table: Its name; `table_names` has them.

        excel_safe: As `write` takes it.

    Raises:
        UsageError: There is no such table.
    """
    found = find_table(table)
    stream.write(_header(found))
    for extraction in extractions:
        stream.write("".join([_line(row, excel_safe) for row in found.rows(extraction)]))


def table_names() -> tuple[str, ...]:
    """The names that `write_table` takes: the tables of the folder, then the flat ones."""
    return tuple(t.name for t in (*TABLES, *own_tables(), *FLAT_TABLES))


def find_table(name: str) -> Table:
    """
    The table of a name.

    Raises:
        UsageError: There is none; the error lists those there are.
    """
    for table in (*TABLES, *own_tables(), *FLAT_TABLES):
        if table.name == name:
            return table
    raise UsageError(message=f"unknown table {name!r}: choose one of {', '.join(table_names())}")


_TO_QUOTE = re.compile(r'[,"\r\n]')
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _header(table: Table) -> str:
    return ",".join([c.name for c in table.columns]) + "\n"


def _line(row: Row, excel_safe: bool) -> str:
    if not excel_safe:
        # Most rows need no quotation mark at all: look once at the whole line.
        line = ",".join(["" if c is None else c if type(c) is str else _of_number(c) for c in row])
        if (
            line.count(",") == len(row) - 1
            and '"' not in line
            and "\n" not in line
            and "\r" not in line
            and (line.isascii() or _SURROGATE.search(line) is None)
        ):
            return line + "\n"
    return ",".join([_written(cell, excel_safe) for cell in row]) + "\n"


def _of_number(cell: Cell) -> str:
    return str(cell).lower()  # "true" and "false", as CSVW has them


def _written(cell: Cell, excel_safe: bool) -> str:
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return _of_number(cell)
    if excel_safe and cell.startswith(_FORMULA):
        cell = "'" + cell
    # UTF-8 has no bytes for half a surrogate pair; one for one, so that offsets stay true.
    cell = _SURROGATE.sub("\ufffd", cell)
    if _TO_QUOTE.search(cell) is not None:
        return '"' + cell.replace('"', '""') + '"'
    return cell


# -- metadata ---------------------------------------------------------------------------------


def metadata(tables: Sequence[Table] | None = None) -> Mapping[str, Any]:
    """The CSVW metadata of some tables (all of the folder); a foreign key stands only if its table is among them."""
    tables = (*TABLES, *own_tables()) if tables is None else tables
    written = {t.name: t for t in tables}
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": "diploparse extractions",
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True},
        "tables": [_described(t, written) for t in tables],
    }


def _described(table: Table, written: Mapping[str, Table]) -> dict[str, Any]:
    keys = [
        {
            "columnReference": list(columns),
            "reference": {"resource": f"{name}.csv", "columnReference": list(written[name].key)},
        }
        for columns, name in table.refers
        if name in written
    ]
    return {
        "url": f"{table.name}.csv",
        "dc:description": table.about,
        "tableSchema": {
            "columns": [_described_column(c, table) for c in table.columns],
            "primaryKey": list(table.key),
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _described_column(column: Column, table: Table) -> dict[str, Any]:
    target = table.may_refer.get(column.name)
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": _about(column) + (f" Refers to {target} of the same document." if target else ""),
        "datatype": column.datatype,
        **({"required": True} if column.name in table.key else {}),
    }


def _about(column: Column) -> str:
    cls, _, name = column.about.partition(".")
    described = {c.__name__: c for c in fields.classes_in(Extraction)}.get(cls)
    if described is None:
        return column.about if column.about.endswith(".") else f"{column.about}."
    return fields.descriptions(described)[name]


@hookimpl
def diploparse_exporters() -> list[Exporter]:
    return [
        Exporter(
            name="csv",
            write=write,
            target="folder",
            suffix=".csv",
            description="a folder of CSV tables, with CSVW metadata; --table for one of them",
            loses=(
                "Document.text",
                "Document.paragraphs",
                "Document.sentences",
                "Document.quotations",
            ),
        )
    ]
