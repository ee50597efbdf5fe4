"""``diploparse ask``: the questions that come with it, over stored records."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import InputError, UsageError
from .inputs import STDIN
from .program import program

if TYPE_CHECKING:
    import sqlite3

    from ..export.questions import Question


@program.command(name="ask", short_help="Answer a question from stored records: who met whom most?")
@click.argument("name", required=False, metavar="[QUESTION]")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--year", default="", metavar="YYYY", help="Only of this year.")
@click.option(
    "--country", default="", metavar="XX", help="Only of people of this country (ISO 3166-1, two letters)."
)
@click.option("--person", default="", metavar="NAME", help="Part of a name.")
@click.option(
    "--topic", default="", metavar="WORDS", help="A word or phrase of the statements or the topics."
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=50,
    show_default=True,
    metavar="N",
    help="Rows at most; 0 for all.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON, an object a row.")
@click.option("--sql", is_flag=True, help="Print the question's SQL instead of asking.")
def ask_command(
    name: str | None, files: tuple[str, ...], year: str, country: str, person: str, topic: str, limit: int,
    as_json: bool, sql: bool,
) -> None:  # fmt: skip
    """
    Answer one of the questions that come with diploparse.

    A FILE is json or jsonl, a database of --to sqlite, or a folder of --to datasette or parquet.
    Without a QUESTION, they are listed.  On a terminal the answer is a table, elsewhere CSV.

    \b
    Examples:
      diploparse ask
      diploparse ask who-met-whom news.jsonl --year 2019
      diploparse ask on-topic news.sqlite --topic "military medicine"
      diploparse ask meetings-of news.sqlite --person Gerasimov --json
    """
    from ..export import questions

    if name is None:
        _list()
        return
    question = questions.question(name)
    if question is None:
        known = ", ".join(q.name for q in questions.QUESTIONS)
        raise UsageError(message=f"there is no question {name!r}: ask one of {known}")
    if sql:
        click.echo(question.sql)
        return
    told = {"year": year, "country": country, "person": person, "topic": topic}
    _check(question, told)
    if not files and not sys.stdin.isatty():
        files = (STDIN,)
    if not files:
        raise click.UsageError("name a FILE of records, or '-' for standard input")
    with database(files) as connection:
        cursor = connection.execute(
            question.sql, {p: told[p].replace("\0", " ") for p in question.parameters}
        )
        columns = [column for column, *_ in cursor.description]
        rows = cursor.fetchmany(limit) if limit else cursor.fetchall()
        more = bool(limit) and cursor.fetchone() is not None
    _show(question, columns, rows, as_json)
    if more:
        click.echo(f"The first {limit:,} rows; --limit 0 for all.", err=True)


def _check(question: Question, told: Mapping[str, str]) -> None:
    for name, value in told.items():
        if value and name not in question.parameters:
            takes = ", ".join(f"--{p}" for p in question.parameters)
            raise UsageError(message=f"{question.name} does not ask for a {name}: it takes {takes}")
    for name in question.required:
        if not told[name].strip():
            raise UsageError(message=f"{question.name} needs --{name}: see 'diploparse ask --help'")
    if told["year"] and not (len(told["year"]) == 4 and told["year"].isdecimal()):
        raise UsageError(message=f"--year {told['year']!r}: write four digits, such as 2019")


@contextmanager
def database(files: Sequence[str]) -> Iterator[sqlite3.Connection]:
    """
    A database of the records: the file itself, or one that is made of the files for the time being.

    Raises:
        InputError: A file cannot be read, is not ours, or of another version.
    """
    import sqlite3
    import tempfile

    from ..export import sqlite
    from .export import stored

    if len(files) == 1 and (path := _database_in(Path(files[0]))) is not None:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            _check_version(connection, files[0])
            yield connection
        finally:
            connection.close()
        return
    with tempfile.TemporaryDirectory(prefix="diploparse-") as folder:
        made = Path(folder, sqlite.DATABASE)
        with sqlite.connected(made) as connection:
            sqlite.create(connection)
            for name in files:
                if _database_in(Path(name)) is not None:
                    raise UsageError(message=f"{name}: ask one database at a time")
                if Path(name).is_dir():
                    _add_parquet(connection, Path(name))
                else:
                    sqlite.add(connection, stored([name]))
            sqlite.finish(connection)
        connection = sqlite3.connect(made)
        try:
            yield connection
        finally:
            connection.close()


def _database_in(path: Path) -> Path | None:
    """The database that a path is, or that lies in the folder that it is."""
    from ..export import sqlite

    if path.is_dir():
        inside = path / sqlite.DATABASE
        return inside if inside.is_file() else None
    try:
        with path.open("rb") as stream:
            return path if stream.read(16) == b"SQLite format 3\0" else None
    except OSError:
        return None


def _check_version(connection: sqlite3.Connection, name: str) -> None:
    import sqlite3

    from ..export import sqlite

    try:
        about = dict(connection.execute("SELECT key, value FROM about"))
    except (sqlite3.Error, ValueError):
        about = {}
    version = str(about.get("schema_version", ""))
    if not version:
        raise InputError(
            path=name, problem="this database is not from diploparse", advice="make one with --to sqlite"
        )
    if version.partition(".")[0] != sqlite.SCHEMA_VERSION.partition(".")[0]:
        raise InputError(
            path=name, problem=f"its tables are of version {version}, and {sqlite.SCHEMA_VERSION} is read here",
            advice="export it again",
        )  # fmt: skip


def _add_parquet(connection: sqlite3.Connection, folder: Path) -> None:
    from ..export import csv, parquet, sqlite

    for table in csv.TABLES:
        sqlite.insert(connection, table, parquet.rows(folder, table))


# -- showing ----------------------------------------------------------------------------------


def _list() -> None:
    from ..export.questions import QUESTIONS
    from .plugins import print_table, table_of

    rows = [(q.name, q.title, " ".join(f"--{p}" for p in q.parameters)) for q in QUESTIONS]
    print_table("Questions", table_of(("Name", "Question", "Takes"), rows))


def _show(question: Question, columns: Sequence[str], rows: Sequence[Sequence[Any]], as_json: bool) -> None:
    if as_json:
        found = [dict(zip(columns, row, strict=True)) for row in rows]
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    if not sys.stdout.isatty():
        import csv

        from .outputs import standard_output

        with standard_output() as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)
        return
    from ..export.summary import shown
    from .plugins import print_table, table_of

    cells = [tuple("" if cell is None else shown(str(cell)) for cell in row) for row in rows]
    heads = tuple(column.replace("_", " ").capitalize() for column in columns)
    if cells:
        print_table(question.title, table_of(heads, cells))
    else:
        click.echo("No record answers that.")
