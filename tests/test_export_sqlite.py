"""SQLite: the tables of CSV cell by cell, keys, search and questions; Datasette answers them over HTTP."""

import html
import importlib.util
import io
import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import extractions, texts

import diploparse
from diploparse import (
    Actor,
    Cue,
    Meeting,
    Metadata,
    Participation,
    RawDocument,
    Span,
    Statement,
    Topic,
    UsageError,
    When,
)
from diploparse.export import csv, questions
from diploparse.export import sqlite as module

relaxed = settings(deadline=None, max_examples=30)
ANY = dict.fromkeys(questions.PARAMETERS, "")


def database(*found):
    """What is written, opened."""
    out = io.BytesIO()
    module.write(found, out)
    connection = sqlite3.connect(":memory:")
    connection.deserialize(out.getvalue())
    return connection


def cell(value):
    """A cell as the database gives it back."""
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)
    return value


def telling(number, people, status="held", date=None, topic="", says=()):
    """A document in which people meet, and the first of them says something."""
    text = f"{number} {' '.join(people)} met; {topic} {' '.join(w for _, w in says)}"

    def span(words):
        start = text.index(words)
        return Span(start, start + len(words))

    x = diploparse.Parser().parse(
        RawDocument(text="x", metadata=Metadata(id=f"d{number}", published="2019-11-28"))
    )
    ids = {name: f"a{n}" for n, name in enumerate(people)}
    cue = Cue(span=span("met"), lemma="meet")
    return attrs.evolve(
        x,
        document=attrs.evolve(x.document, text=text, sha256=f"{number:064}", paragraphs=(), sentences=()),
        actors=tuple(
            Actor(id=ids[name], kind="person", name=name, country="AZ" if name[0] < "C" else "GE", mentions=(span(name),))
            for name in people
        ),
        meetings=(
            Meeting(
                id="m", cue=cue, status=status, evidence=(Span(0, len(text)),),
                when=When(value=date, span=span("met")) if date else None,
                participants=tuple(Participation(actor=ids[name], span=span(name)) for name in people),
                topics=(Topic(text=topic, span=span(topic)),) if topic else (),
            ),
        ),
        statements=tuple(
            Statement(
                id=f"s{n}", speaker=ids[people[0]], act=act, cue=cue, content=(span(words),), evidence=(Span(0, len(text)),),
                addressees=(ids[people[-1]],), occasion="m" if n else None,
            )
            for n, (act, words) in enumerate(says)
        ),
    )  # fmt: skip


NEWS = (
    telling(1, ["Aa", "Bb"], date="2019-11-27", topic="border trade", says=[("praise", "good roads"), ("urge", "more")]),
    telling(2, ["Bb", "Aa", "Cc"], date="2019", says=[("warn", "floods at the border")]),
    telling(3, ["Aa", "Cc"], status="planned", date="2020-01-02"),
    telling(4, ["Cc", "Aa"]),
)  # fmt: skip


def ask(connection, name, **parameters):
    """Rows of a question."""
    return connection.execute(questions.question(name).sql, ANY | parameters).fetchall()


@relaxed
@given(st.lists(extractions(), max_size=2, unique_by=lambda x: cell(x.document.id)))
def test_cells_come_back_as_they_were(found):
    """Every table, NULs and line ends included; no key dangles."""
    connection = database(*found)

    for table in (*csv.TABLES, *csv.own_tables()):
        rows = connection.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid').fetchall()
        assert rows == [tuple(map(cell, row)) for x in found for row in table.rows(x)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@relaxed
@given(st.lists(extractions(), max_size=2, unique_by=lambda x: cell(x.document.id)), texts())
def test_questions_can_be_asked_of_anything(found, words):
    """Whatever the records and the parameters hold, but for a NUL in these; also in the views."""
    connection = database(*found)

    for question in questions.QUESTIONS:
        connection.execute(
            question.sql, ANY | dict.fromkeys(question.parameters, cell(words).replace("\0", " "))
        ).fetchall()
    for view in module.VIEWS:
        connection.execute(f"SELECT * FROM {view}").fetchall()


def test_questions_are_answered():
    """Held meetings are counted, by pair whatever the order; years and countries narrow."""
    db = database(*NEWS)

    assert ask(db, "who-met-whom")[0] == ("Aa", "Bb", 2, 2, "2019", "2019-11-27")
    assert {row[:3] for row in ask(db, "who-met-whom")} == {("Aa", "Bb", 2), ("Aa", "Cc", 2), ("Bb", "Cc", 1)}
    assert ask(db, "who-met-whom", year="2020") == []
    assert len(ask(db, "who-met-whom", country="ge")) == 2
    assert ask(db, "by-country") == [("AZ", "GE", 2, "2019", "2019")]
    assert [(r[0], r[2], r[4]) for r in ask(db, "on-topic", topic="BORDER")] == [
        ("Aa", "urge", "more"), ("Bb", "warn", "floods at the border"),
    ]  # fmt: skip
    assert [r[4] for r in ask(db, "on-topic", topic="good roads")] == ["good roads"]
    assert [(r[0], r[2], r[3]) for r in ask(db, "meetings-of", person="cc")] == [
        ("2019", "Bb; Aa", "held"), (None, "Aa", "held"), ("2020-01-02", "Aa", "planned"),
    ]  # fmt: skip
    assert ask(db, "how-they-speak", person="Aa") == [
        ("Aa", "praise", 1, "2019-11-28", "2019-11-28"), ("Aa", "urge", 1, "2019-11-28", "2019-11-28"),
    ]  # fmt: skip


def test_indexes_serve_the_questions():
    """A person's meetings are found without reading all participants for each."""
    plan = database(*NEWS).execute("EXPLAIN QUERY PLAN SELECT * FROM who_met_whom").fetchall()

    assert sum("SCAN" in row[3] for row in plan) == 1, plan


def test_same_document_is_written_once_and_another_of_its_id_refused():
    """Ids tell documents apart; a text that came twice is no second source."""
    assert database(NEWS[0], NEWS[1], NEWS[0]).execute("SELECT count(*) FROM meetings").fetchone() == (2,)
    with pytest.raises(UsageError, match="two documents of different text have the id 'd1'"):
        database(NEWS[0], attrs.evolve(NEWS[0], document=attrs.evolve(NEWS[0].document, sha256="0")))


def test_batches_are_whole(monkeypatch):
    """Documents are written some at a time; none is lost between, and doubles are known across."""
    monkeypatch.setattr(module, "_BATCH", 2)

    db = database(*NEWS, *NEWS)

    assert db.execute("SELECT count(*) FROM documents").fetchone() == (4,)
    assert len(ask(db, "who-met-whom")) == 3


def test_temporary_database_is_made_beside_the_file(tmp_path):
    """Where there is room for it, if the place is known; nothing stays."""
    diploparse.write(NEWS, "sqlite", tmp_path / "x.sqlite")

    assert os.listdir(tmp_path) == ["x.sqlite"]
    assert sqlite3.connect(tmp_path / "x.sqlite").execute("SELECT count(*) FROM documents").fetchone() == (4,)


def test_version_is_in_the_file():
    """Of the tables, and of the program that made them."""
    about = dict(database().execute("SELECT * FROM about"))

    assert about == {"schema_version": module.SCHEMA_VERSION, "diploparse_version": diploparse.__version__}


def test_folder_that_stops_leaves_what_was_there(tmp_path):
    """Earlier files as they were; a folder it made is gone."""

    def failing():
        yield NEWS[0]
        raise KeyboardInterrupt

    diploparse.write(NEWS, "datasette", tmp_path / "old")
    before = {p.name: p.read_bytes() for p in (tmp_path / "old").iterdir()}

    for name in ("old", "new"):
        with pytest.raises(KeyboardInterrupt):
            diploparse.write(failing(), "datasette", tmp_path / name)

    assert os.listdir(tmp_path) == ["old"]
    assert {p.name: p.read_bytes() for p in (tmp_path / "old").iterdir()} == before
    with pytest.raises(UsageError, match="is a file: datasette writes a folder"):
        diploparse.write(NEWS, "datasette", tmp_path / "old" / "metadata.json")


def test_metadata_describes_every_table_column_and_view(tmp_path):
    """With their fields' docstrings."""
    diploparse.write(NEWS, "datasette", tmp_path)
    [told] = json.loads((tmp_path / "metadata.json").read_text("utf-8"))["databases"].values()
    db = sqlite3.connect(tmp_path / "diploparse.db")

    for table in (*csv.TABLES, *csv.own_tables()):
        columns = [row[1] for row in db.execute(f'PRAGMA table_info("{table.name}")')]
        assert list(told["tables"][table.name]["columns"]) == columns
    assert set(told["tables"]) == {t.name for t in (*csv.TABLES, *csv.own_tables())} | set(module.VIEWS)
    for query in told["queries"].values():
        db.execute(query["sql"], ANY)


# -- Datasette --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The address at which Datasette serves the news on this machine."""
    if importlib.util.find_spec("datasette") is None:
        pytest.skip("datasette is not installed (dependency group: exports)")
    folder = tmp_path_factory.mktemp("datasette") / "x"
    diploparse.write(NEWS, "datasette", folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "datasette", str(folder), "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/-/versions.json", timeout=5).close()
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/diploparse"
    finally:
        server.terminate()
        server.wait(20)


def get(address, **parameters):
    with urllib.request.urlopen(f"{address}?{urllib.parse.urlencode(parameters)}", timeout=20) as answer:
        return answer.read().decode()


def test_datasette_answers_the_questions(served):
    """Every canned query, over HTTP, as the database does."""
    told = {"topic": "border", "person": "aa"}

    for question in questions.QUESTIONS:
        parameters = ANY | {p: told.get(p, "") for p in question.parameters}
        answer = json.loads(get(f"{served}/{question.name.replace('-', '_')}.json", **parameters))
        rows = [tuple(row) for row in answer["rows"]]
        assert rows == database(*NEWS).execute(question.sql, parameters).fetchall()
        assert rows


def test_datasette_shows_tables_views_and_search(served):
    """Pages for a reader: questions listed, columns told, full-text search offered."""
    start = html.unescape(get(served))
    assert all(question.title in start for question in questions.QUESTIONS)
    assert "who_met_whom" in start
    found = json.loads(get(f"{served}/statements.json", _search="floods", _shape="array"))
    assert [row["content"] for row in found] == ["floods at the border"]
    assert "Whether it took place." in get(f"{served}/meetings")
