"""``diploparse export`` and ``ask``: stored records into other formats, and answers from them."""

import csv
import gzip
import importlib.util
import io
import json
import os
import sqlite3
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner

import diploparse
from diploparse import (
    Actor,
    Cue,
    Exporter,
    Meeting,
    Metadata,
    Participation,
    RawDocument,
    Span,
    Statement,
    UsageError,
)
from diploparse.__main__ import program
from diploparse.cli import formats

pytestmark = pytest.mark.usefixtures("folder")


def run(*args, stdin=None):
    """A command's result."""
    result = CliRunner().invoke(program, args, input=stdin, prog_name="diploparse")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def extraction(number, text="Ann and Bob met: good roads."):
    """A document in which two people meet, and one says something."""
    x = diploparse.Parser().parse(
        RawDocument(text="x", metadata=Metadata(id=f"d{number}", published="2019-11-28"))
    )
    ann, bob, met, said = Span(0, 3), Span(8, 11), Span(12, 15), Span(17, 27)
    people = tuple(
        Actor(id=f"a{n}", kind="person", name=text[s.start : s.end], country="AZ", mentions=(s,))
        for n, s in enumerate((ann, bob))
    )
    whole, cue = Span(0, len(text)), Cue(span=met, lemma="meet")
    return attrs.evolve(
        x,
        document=attrs.evolve(x.document, text=text, sha256=diploparse.parse(text).document.sha256, paragraphs=(), sentences=(whole,)),
        actors=people,
        meetings=(
            Meeting(
                id="m", cue=cue, evidence=(whole,),
                participants=tuple(Participation(actor=f"a{n}", span=s) for n, s in enumerate((ann, bob))),
            ),
        ),
        statements=(Statement(id="s", speaker="a0", act="praise", cue=cue, content=(said,), evidence=(whole,)),),
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder with two stored documents."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    diploparse.write([extraction(1), extraction(2)], "jsonl", "news.jsonl")
    return tmp_path


# -- export -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["html", "json", "jsonl", "nt", "sqlite", "summary", "trig", "ttl"])
def test_stored_records_become_what_they_would_have_been_at_once(name):
    """In every format of one file."""
    diploparse.write(diploparse.load("news.jsonl"), name, "expected")

    result = run("export", "news.jsonl", "--to", name, "-o", "out")

    assert (result.exit_code, result.output) == (0, "")
    assert Path("out").read_bytes() == Path("expected").read_bytes()


def test_folder_formats_are_written():
    """Where -o says."""
    assert run("export", "news.jsonl", "--to", "csv", "-o", "tables").exit_code == 0
    assert run("export", "news.jsonl", "--to", "datasette", "-o", "served").exit_code == 0
    assert Path("tables", "meetings.csv").read_text().count("\n") == 3
    assert sorted(os.listdir("served")) == ["diploparse.db", "metadata.json"]
    assert "datasette writes a folder" in run("export", "news.jsonl", "--to", "datasette").stderr


def test_input_may_be_packed_piped_or_several():
    """Json as well as jsonl; the suffix of -o names the format."""
    Path("news.jsonl.gz").write_bytes(gzip.compress(Path("news.jsonl").read_bytes()))
    diploparse.write(extraction(3), "json", "more.json")

    assert run("export", "news.jsonl.gz", "more.json", "-o", "all.sqlite").exit_code == 0
    assert sqlite3.connect("all.sqlite").execute("SELECT id FROM documents").fetchall() == [
        ("d1",),
        ("d2",),
        ("d3",),
    ]
    piped = run("export", "-", "--to", "jsonl", stdin=Path("news.jsonl").read_text())
    assert piped.stdout == Path("news.jsonl").read_text()


def test_options_of_formats():
    """Each goes to the exporter; one that it does not take is refused with those it does."""
    assert "<http://x/m> " in run("export", "news.jsonl", "--to", "nt", "--base", "http://x/").stdout
    assert "oa#exact" not in run("export", "news.jsonl", "--to", "nt", "--no-words").stdout
    assert "articleBody" in run("export", "news.jsonl", "--to", "nt", "--text").stdout
    assert '\n  "document"' in run("export", "news.jsonl", "--to", "json", "--indent", "2").stdout
    assert "<h1>Our news</h1>" in run("export", "news.jsonl", "--to", "html", "--title", "Our news").stdout
    assert "oa#exact" not in run("export", "news.jsonl", "--to", "nt", "--option", "words=no").stdout
    wrong = run("export", "news.jsonl", "--to", "json", "--text")
    assert wrong.exit_code == 2
    assert wrong.stderr == "Error: format 'json' has no option 'text': it takes indent, base\n"


def test_flat_is_a_row_a_meeting_or_statement():
    """Names in place of ids."""
    meetings = list(csv.DictReader(io.StringIO(run("export", "news.jsonl", "--to", "csv", "--flat").stdout)))
    said = list(
        csv.DictReader(io.StringIO(run("export", "news.jsonl", "--flat", "--table", "statements").stdout))
    )

    assert [row["participants"] for row in meetings] == ["Ann; Bob", "Ann; Bob"]
    assert [(row["speaker"], row["content"]) for row in said] == [("Ann", "good roads")] * 2


def test_excel_safe_reaches_the_table():
    """A name that a spreadsheet would run gets an apostrophe."""
    diploparse.write(extraction(1, "=nn and Bob met: good roads."), "jsonl", "odd.jsonl")

    plain, safe = (
        run("export", "odd.jsonl", "--table", "actors", *extra).stdout for extra in ((), ("--excel-safe",))
    )
    assert ",=nn," in plain
    assert ",'=nn," in safe


def test_parse_takes_the_same_options():
    """In one go."""
    Path("a.txt").write_text("The minister met his guest in Rome.")

    assert "articleBody" in run("parse", "a.txt", "--to", "ttl", "--text").stdout
    assert run("parse", "a.txt", "--flat").stdout.startswith("document,id,participants")


def test_foreign_and_missing_files_are_told():
    """In a line, with the place; nothing is written."""
    Path("odd.jsonl").write_text(Path("news.jsonl").read_text() + "{}\n")

    odd = run("export", "odd.jsonl", "-o", "out.sqlite")
    assert odd.exit_code == 1
    assert odd.stderr.startswith("Error: odd.jsonl:3: ")
    missing = run("export", "none.jsonl", "--to", "nt")
    assert (missing.exit_code, missing.stderr) == (1, "Error: none.jsonl: No such file or directory\n")
    assert not Path("out.sqlite").exists()


def test_values_of_a_strangers_options_become_what_its_defaults_are():
    """Truth, numbers and text."""

    def write(extractions, out, *, fast=True, size=1, share=0.5, name="x", other=None):
        raise NotImplementedError

    exporter = Exporter(name="theirs", write=write)
    given = {"fast": "no", "size": "7", "share": "0.25", "name": "yes", "other": "1"}

    assert formats.converted(exporter, given) == {
        "fast": False,
        "size": 7,
        "share": 0.25,
        "name": "yes",
        "other": "1",
    }
    with pytest.raises(UsageError, match="option 'size' takes a whole number, not 'big'"):
        formats.converted(exporter, {"size": "big"})
    assert "write NAME=VALUE" in run("export", "news.jsonl", "--option", "fast").stderr


# -- ask --------------------------------------------------------------------------------------

SOURCES = ["news.jsonl", "news.sqlite", "served", "tables"]


@pytest.fixture
def stored(folder):
    """The records in every form that can be asked."""
    diploparse.write(diploparse.load("news.jsonl"), "sqlite", "news.sqlite")
    diploparse.write(diploparse.load("news.jsonl"), "datasette", "served")
    if importlib.util.find_spec("pyarrow") is not None:
        diploparse.write(diploparse.load("news.jsonl"), "parquet", "tables")


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("source", SOURCES)
def test_questions_are_answered_from_every_form(source):
    """The same from JSON Lines, SQLite, Datasette's folder and Parquet."""
    if source == "tables" and not Path(source).exists():
        pytest.skip("pyarrow is not installed (extra: arrow)")

    assert json.loads(run("ask", "who-met-whom", source, "--year", "2019", "--json").stdout) == [
        {"one": "Ann", "other": "Bob", "meetings": 2, "documents": 2, "first": None, "last": None}
    ]
    said = run("ask", "on-topic", source, "--topic", "roads").stdout.splitlines()
    assert said[0] == "speaker,country,act,mode,content,date,document,statement"
    assert said[1:] == [f"Ann,AZ,praise,indirect,good roads,2019-11-28,d{n},s" for n in (1, 2)]
    assert len(json.loads(run("ask", "meetings-of", source, "--person", "BOB", "--json").stdout)) == 2
    assert json.loads(run("ask", "who-met-whom", source, "--year", "2020", "--json").stdout) == []


def test_questions_are_listed_and_shown():
    """With what they ask for in turn, and as SQL."""
    listed = run("ask").stdout

    assert "who-met-whom" in listed
    assert "--topic" in listed
    assert run("ask", "who-met-whom", "--sql").stdout.startswith("SELECT")


def test_answer_is_cut_and_says_so():
    """At 50 rows unless told otherwise."""
    cut = run("ask", "meetings-of", "news.jsonl", "--person", "ann", "--limit", "1")

    assert len(cut.stdout.splitlines()) == 2
    assert cut.stderr == "The first 1 rows; --limit 0 for all.\n"
    assert run("ask", "meetings-of", "news.jsonl", "--person", "ann", "--limit", "0").stderr == ""


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("who",), "there is no question 'who': ask one of who-met-whom, on-topic"),
        (("on-topic", "news.jsonl"), "on-topic needs --topic"),
        (
            ("who-met-whom", "news.jsonl", "--person", "x"),
            "does not ask for a person: it takes --year, --country",
        ),
        (("who-met-whom", "news.jsonl", "--year", "19"), "write four digits"),
        (("who-met-whom", "news.sqlite", "news.sqlite"), "ask one database at a time"),
    ],
)
@pytest.mark.usefixtures("stored")
def test_wrong_use_is_told(args, told):
    """In one line."""
    result = run("ask", *args)

    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


def test_foreign_database_is_told():
    """Somebody else's tables, and those of another version."""
    connection = sqlite3.connect("theirs.db")
    connection.execute("CREATE TABLE t (x)")
    connection.commit()

    assert "this database is not from diploparse" in run("ask", "who-met-whom", "theirs.db").stderr
    connection.execute("CREATE TABLE about (key, value)")
    connection.execute("INSERT INTO about VALUES ('schema_version', '9.0')")
    connection.commit()
    assert "its tables are of version 9.0" in run("ask", "who-met-whom", "theirs.db").stderr
    connection.close()


def test_asking_leaves_the_file_alone(folder):
    """It is opened to be read."""
    diploparse.write(diploparse.load("news.jsonl"), "sqlite", "news.sqlite")
    os.chmod("news.sqlite", 0o444)
    before = sorted(os.listdir(folder)), Path("news.sqlite").read_bytes()

    assert run("ask", "who-met-whom", "news.sqlite").exit_code == 0
    assert (sorted(os.listdir(folder)), Path("news.sqlite").read_bytes()) == before
