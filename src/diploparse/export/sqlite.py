"""
SQLite: the tables of ``csv`` in one file, with keys, indexes, full-text search and views.

``datasette`` writes a folder with the same database and the metadata that Datasette shows beside
it, questions included: ``datasette FOLDER`` serves it.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ..errors import UsageError
from ..hookspecs import Exporter, hookimpl
from ..records import Extraction
from . import csv, questions

if TYPE_CHECKING:
    import sqlite3

DATABASE = "diploparse.db"
"""Name of the database in Datasette's folder."""

METADATA = "metadata.json"

SCHEMA_VERSION = "1.0"
"""Of the tables and views; in the table ``about`` of each file."""

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}
_SURROGATE = re.compile(r"[\ud800-\udfff]")

INDEXES: tuple[tuple[str, str], ...] = (
    ("actors", "name"),
    ("actors", "country"),
    ("actor_aliases", "alias"),
    ("documents", "published"),
    ("meetings", "date"),
    ("meetings", "status"),
    ("meeting_participants", "document, actor"),
    ("statements", "document, speaker"),
    ("statements", "act"),
    ("statements", "document, occasion"),
    ("statement_addressees", "document, actor"),
    ("statement_speakers", "document, actor"),
)
"""Table and columns, beside the primary keys."""

SEARCHED: tuple[tuple[str, str], ...] = (("statements", "content"), ("meeting_topics", "topic"))
"""Table and column of the full-text indexes ``statements_fts`` and ``meeting_topics_fts``."""

VIEWS: Mapping[str, tuple[str, str]] = {
    "who_met_whom": (
        "Two actors at one meeting, in the order they are told; also of meetings that did not take place: see status.",
        """
SELECT m.document, m.id AS meeting, a.name AS who, a.country AS who_country, p.part AS who_part,
       b.name AS whom, b.country AS whom_country, q.part AS whom_part,
       m.date, m.date_earliest, m.date_latest, d.published, m.status, m.channel, m.format,
       m.place, m.place_country, e.words AS sentence, p.actor AS who_id, q.actor AS whom_id
FROM meetings AS m
JOIN documents AS d ON d.id = m.document
JOIN meeting_participants AS p ON p.document = m.document AND p.meeting = m.id
JOIN meeting_participants AS q ON q.document = p.document AND q.meeting = p.meeting
     AND q.ordinal > p.ordinal AND q.actor <> p.actor
JOIN actors AS a ON a.document = p.document AND a.id = p.actor
JOIN actors AS b ON b.document = q.document AND b.id = q.actor
LEFT JOIN evidence AS e ON e.document = m.document AND e.record = m.id AND e.ordinal = 0
""",
    ),
    "who_said_what": (
        "A statement of one speaker, once for each who speaks if several speak as one.",
        """
SELECT s.document, s.id AS statement, a.name AS speaker, a.country AS speaker_country, s.act, s.mode,
       s.cue_words AS cue, s.content,
       (SELECT group_concat(b.name, '; ') FROM statement_addressees AS t
        JOIN actors AS b ON b.document = t.document AND b.id = t.actor
        WHERE t.document = s.document AND t.statement = s.id) AS addressees,
       s.date, d.published, s.occasion, s.via, e.words AS sentence, a.id AS speaker_id,
       s.cue_start AS statement_start
FROM statements AS s
JOIN documents AS d ON d.id = s.document
LEFT JOIN actors AS a ON a.document = s.document AND (a.id = s.speaker OR a.id IN (
     SELECT t.actor FROM statement_speakers AS t WHERE t.document = s.document AND t.statement = s.id))
LEFT JOIN evidence AS e ON e.document = s.document AND e.record = s.id AND e.ordinal = 0
""",
    ),
    "meetings_of": (
        "Somebody's meeting, with the others' names in one cell.",
        """
SELECT m.document, m.id AS meeting, a.name AS person, a.country,
       (SELECT group_concat(b.name, '; ') FROM meeting_participants AS q
        JOIN actors AS b ON b.document = q.document AND b.id = q.actor
        WHERE q.document = m.document AND q.meeting = m.id AND q.actor <> p.actor) AS others,
       m.date, d.published, m.status, m.channel, m.format, m.place,
       (SELECT group_concat(t.topic, '; ') FROM meeting_topics AS t
        WHERE t.document = m.document AND t.meeting = m.id) AS topics,
       e.words AS sentence, m.cue_start AS meeting_start
FROM meetings AS m
JOIN documents AS d ON d.id = m.document
JOIN meeting_participants AS p ON p.document = m.document AND p.meeting = m.id
     AND p.ordinal = (SELECT min(o.ordinal) FROM meeting_participants AS o
                      WHERE o.document = p.document AND o.meeting = p.meeting AND o.actor = p.actor)
JOIN actors AS a ON a.document = p.document AND a.id = p.actor
LEFT JOIN evidence AS e ON e.document = m.document AND e.record = m.id AND e.ordinal = 0
""",
    ),
}
"""Name, what a row is, and the SELECT."""


def write(extractions: Iterable[Extraction], out: IO[bytes]) -> None:
    """
    Write one SQLite database.

    It is built in a temporary file and then copied to the stream: SQLite cannot write to one.

    Args:
        extractions: Any number of them, consumed one by one.  A document that comes twice, with
            the same id and text, is written once.

        out: A binary stream.

    Raises:
        UsageError: Two documents of different text have one id.
    """
    import shutil
    import tempfile

    with tempfile.TemporaryDirectory(prefix=".diploparse-", dir=_folder_of(out)) as folder:
        path = Path(folder, DATABASE)
        fill(path, extractions)
        with path.open("rb") as stream:
            shutil.copyfileobj(stream, out, 1 << 20)


def _folder_of(out: IO[bytes]) -> str | None:
    """Where the stream's file is, if that is known: a database may be too large for the temporary folder."""
    name = getattr(out, "name", None)
    folder = os.path.dirname(os.path.abspath(name)) if isinstance(name, str) and os.path.isfile(name) else ""
    return folder if folder and os.access(folder, os.W_OK) else None


def write_datasette(extractions: Iterable[Extraction], out: Path) -> None:
    """
    Write a folder that Datasette serves: the database, and its metadata with the questions.

    The files take their names at the end: an export that stops half-way leaves the folder's
    earlier ones as they were.

    Args:
        extractions: Any number of them, consumed one by one.

        out: The folder; made if it is not there.

    Raises:
        UsageError: Two documents of different text have one id, or ``out`` is a file.
    """
    import json
    import tempfile

    out = Path(out)
    made = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise UsageError(message=f"{out} is a file: datasette writes a folder, name one") from None
    try:
        with tempfile.TemporaryDirectory(prefix=".diploparse-", dir=out) as hidden:
            fill(Path(hidden, DATABASE), extractions)
            described = json.dumps(metadata(), ensure_ascii=False, indent=2) + "\n"
            Path(hidden, METADATA).write_text(described, encoding="utf-8", newline="")
            for name in (DATABASE, METADATA):
                os.replace(Path(hidden, name), out / name)
    except BaseException:
        if made:
            with contextlib.suppress(OSError):
                out.rmdir()
        raise


def fill(path: Path | str, extractions: Iterable[Extraction]) -> None:
    """
    Make a database in a new file.

    Raises:
        UsageError: Two documents of different text have one id.
    """
    with connected(path) as connection:
        tables = (*csv.TABLES, *csv.own_tables())
        create(connection, tables)
        add(connection, extractions, tables)
        finish(connection)


@contextlib.contextmanager
def connected(path: Path | str) -> Iterator[sqlite3.Connection]:
    """A connection to a database that is being made; nothing is kept of one that fails, so it has no journal."""
    import sqlite3

    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -65536")  # 64 MiB, however large the file
        connection.execute("PRAGMA temp_store = FILE")
        connection.execute("BEGIN")
        yield connection
        connection.execute("COMMIT")
    finally:
        connection.close()


_BATCH = 200
"""Documents written at a time: some 20,000 rows in memory."""


def add(
    connection: sqlite3.Connection,
    extractions: Iterable[Extraction],
    tables: Sequence[csv.Table] = csv.TABLES,
) -> None:
    """
    Write extractions into tables that were made by `create`.

    Raises:
        UsageError: Two documents of different text have one id.
    """
    waiting: list[list[csv.Row]] = [[] for _ in tables]
    ids: dict[str, str] = {}
    for extraction in extractions:
        if _is_new(connection, extraction, ids):
            for table, rows in zip(tables, waiting, strict=True):
                rows.extend(map(_storable if table in csv.TABLES else _fitted, table.rows(extraction)))
        del extraction
        if len(ids) == _BATCH:
            _flush(connection, tables, waiting)
            ids.clear()
    _flush(connection, tables, waiting)


def _is_new(connection: sqlite3.Connection, extraction: Extraction, ids: dict[str, str]) -> bool:
    document = extraction.document
    name = _whole(document.id)
    known = ids.get(name)
    if known is None:
        found = connection.execute("SELECT sha256 FROM documents WHERE id = ?", (name,)).fetchone()
        if found is None:
            ids[name] = document.sha256
            return True
        known = found[0]
    if known != document.sha256:
        raise UsageError(
            message=f"two documents of different text have the id {document.id!a}: give each its own, "
            "such as its address"
        )
    return False


def _flush(
    connection: sqlite3.Connection, tables: Sequence[csv.Table], waiting: Sequence[list[csv.Row]]
) -> None:
    for table, rows in zip(tables, waiting, strict=True):
        insert(connection, table, rows)
        rows.clear()


def _storable(row: csv.Row) -> csv.Row:
    return row if "".join([c for c in row if type(c) is str]).isascii() else [_whole(c) for c in row]


def _fitted(row: csv.Row) -> csv.Row:
    """A row of a plugin's table: its integers may be of any size, SQLite's are of 64 bits."""
    return [str(c) if type(c) is int and not -(2**63) <= c < 2**63 else _whole(c) for c in row]


def _whole(cell: Any) -> Any:
    # UTF-8 has no bytes for half a surrogate pair; one for one, so that offsets stay true.
    return _SURROGATE.sub("\ufffd", cell) if isinstance(cell, str) else cell


def create(connection: sqlite3.Connection, tables: Sequence[csv.Table] = csv.TABLES) -> None:
    """Make the empty tables."""
    from .. import __version__

    connection.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
    connection.executemany(
        "INSERT INTO about VALUES (?, ?)",
        [("diploparse_version", __version__), ("schema_version", SCHEMA_VERSION)],
    )
    for table in tables:
        connection.execute(_create(table))


def _create(table: csv.Table) -> str:
    lines = [
        f'  "{c.name}" {_TYPES[c.datatype]}{" NOT NULL" if c.name in table.key else ""}'
        for c in table.columns
    ]
    lines.append(f"  PRIMARY KEY ({_quoted(table.key)})")
    keys = {t.name: t.key for t in csv.TABLES}  # a plugin's table refers to ours only
    references = [
        *table.refers,
        *((("document", column), target) for column, target in table.may_refer.items()),
    ]
    lines += [
        f'  FOREIGN KEY ({_quoted(columns)}) REFERENCES "{name}" ({_quoted(keys[name])})'
        for columns, name in references
    ]
    return f'CREATE TABLE "{table.name}" (\n' + ",\n".join(lines) + "\n)"


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def insert(connection: sqlite3.Connection, table: csv.Table, rows: Iterable[csv.Row]) -> None:
    """Add rows to a table, cells in the order of its columns."""
    marks = ", ".join("?" * len(table.columns))
    connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)


def finish(connection: sqlite3.Connection) -> None:
    """Make the indexes, the full-text search and the views of filled tables."""
    for table, columns in INDEXES:
        name = f"{table}_{columns.replace(', ', '_')}"
        connection.execute(f'CREATE INDEX "{name}" ON "{table}" ({columns})')
    for table, column in SEARCHED:
        # The text stays in the table; the index points to its rows.
        connection.execute(
            f'CREATE VIRTUAL TABLE "{table}_fts" USING fts5("{column}", content="{table}", '
            'tokenize="unicode61 remove_diacritics 2")'
        )
        connection.execute(f'INSERT INTO "{table}_fts" ("{table}_fts") VALUES (\'rebuild\')')
    for name, (_, select) in VIEWS.items():
        connection.execute(f'CREATE VIEW "{name}" AS {select.strip()}')
    connection.execute("ANALYZE")


# -- Datasette --------------------------------------------------------------------------------

_FACETS: Mapping[str, Sequence[str]] = {
    "actors": ("kind", "country"),
    "meetings": ("status", "channel", "format"),
    "statements": ("act", "mode"),
    "roles": ("tenure",),
}


def metadata() -> dict[str, Any]:
    """What Datasette shows beside the tables: what they are, their columns, and the questions."""
    all_tables = (*csv.TABLES, *csv.own_tables())
    described = csv.metadata(all_tables)["tables"]
    tables: dict[str, Any] = {
        table.name: {
            "description": table.about,
            "columns": {
                column["name"]: column["dc:description"] for column in told["tableSchema"]["columns"]
            },
            **({"facets": list(_FACETS[table.name])} if table.name in _FACETS else {}),
        }
        for table, told in zip(all_tables, described, strict=True)
    }
    tables |= {name: {"description": about} for name, (about, _) in VIEWS.items()}
    return {
        "title": "diploparse records",
        "description": "Who met whom, who said what, and who they are, each with the words it was read from.",
        "databases": {
            DATABASE.removesuffix(".db"): {
                "tables": tables,
                "queries": {q.name.replace("-", "_"): _query(q) for q in questions.QUESTIONS},
            }
        },
    }


def _query(question: questions.Question) -> dict[str, Any]:
    told = [f"{name}: {questions.PARAMETERS[name]}" for name in question.parameters]
    return {
        "sql": question.sql,
        "title": question.title,
        "description": " ".join(told),
        "params": list(question.parameters),
    }


@hookimpl
def diploparse_exporters() -> list[Exporter]:
    [tables] = csv.diploparse_exporters()
    return [
        Exporter(
            name="sqlite",
            write=write,
            target="binary",
            suffix=".sqlite",
            description="an SQLite database, with full-text search and views",
            loses=tables.loses,
        ),
        Exporter(
            name="datasette",
            write=write_datasette,
            target="folder",
            description="a folder for Datasette: the database, and questions to ask it",
            loses=tables.loses,
        ),
    ]
