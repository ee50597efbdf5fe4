"""Hostile names and texts through every export that can be read back, each by a reader that we did not write.

HTML and iCalendar have theirs in test_export_html.py and test_export_icalendar.py.
"""

import csv as reader
import importlib.util
import io
import json
import sqlite3
import xml.etree.ElementTree as ET

import attrs
import pyoxigraph
import pytest
import rdflib

import diploparse
from diploparse import Actor, Cue, Meeting, Metadata, Participation, RawDocument, Span, Statement, When

NAMES = {
    "quotes": "\"A\" 'B' “C” «D»",
    "newlines": "A\nB\r\nC\rD",
    "formula": '=cmd("/c calc")',
    "script": "<script>alert(1)</script>",
    "rtl": "\u202egnp.exe\u2067\u200f",
    "astral": "😀𝔘 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "nul": "A\0B",
    "markup": "]]>&amp;<!--{{7*7}}${x}%s\\u0041\\",
    "path": "../../../etc/passwd",
    "tabs": "A\tB\vC",
}


NAME = "https://schema.org/name"


def lost(text, characters):
    """A text in which some characters are U+FFFD."""
    return "".join("\ufffd" if c in characters else c for c in text)


def extraction(name):
    """A meeting of somebody of that name, who says it too; the name is everywhere."""
    text = f"{name} met {name}"
    one, cue, other = Span(0, len(name)), Span(len(name) + 1, len(name) + 4), Span(len(name) + 5, len(text))
    whole = Span(0, len(text))
    x = diploparse.Parser().parse(
        RawDocument(text="x", metadata=Metadata(id=name, title=name, url=name, published="2019-11-28"))
    )
    return attrs.evolve(
        x,
        document=attrs.evolve(x.document, text=text, sha256=diploparse.parse(text).document.sha256, paragraphs=(), sentences=(whole,)),
        actors=tuple(
            Actor(id=f"a{n}", kind="person", name=name + "!" * n, mentions=(s,)) for n, s in enumerate((one, other))
        ),
        meetings=(
            Meeting(
                id="m", cue=Cue(span=cue, lemma="meet"), evidence=(whole,), when=When(value="2019-11-28", earliest="2019-11-28", latest="2019-11-28", span=cue),
                participants=tuple(Participation(actor=f"a{n}", span=s) for n, s in enumerate((one, other))),
            ),
        ),
        statements=(Statement(id="s", speaker="a0", act="praise", cue=Cue(span=cue, lemma="say"), content=(other,), evidence=(whole,)),),
    )  # fmt: skip


def written(x, name):
    out = io.BytesIO()
    diploparse.write(x, name, out)
    return out.getvalue()


@pytest.fixture(params=NAMES.values(), ids=NAMES)
def name(request):
    return request.param


def test_json_and_json_lines(name):
    """By Python's own reader, and ours."""
    x = extraction(name)

    assert json.loads(written(x, "json"))["extractions"][0]["actors"][0]["name"] == name
    assert json.loads(written(x, "jsonl"))["actors"][0]["name"] == name
    assert diploparse.loads(written(x, "jsonl")) == [x]


@pytest.mark.parametrize(("format_", "syntax"), [("ttl", "TURTLE"), ("nt", "N_TRIPLES"), ("trig", "TRIG")])
def test_rdf(name, format_, syntax):
    """By pyoxigraph and, where it reads the syntax without a warning, rdflib."""
    data = written(extraction(name), format_)
    quads = pyoxigraph.parse(data, format=getattr(pyoxigraph.RdfFormat, syntax))

    assert name in {q.object.value for q in quads if q.predicate.value == NAME}
    if format_ != "trig":
        graph = rdflib.Graph().parse(data=data.decode(), format="turtle")
        assert name in {str(o) for o in graph.objects(predicate=rdflib.URIRef(NAME))}


def test_csv(name, tmp_path):
    """By Python's csv module; no file but the tables."""
    diploparse.write(extraction(name), "csv", tmp_path / "out")

    with open(tmp_path / "out" / "actors.csv", encoding="utf-8", newline="") as stream:
        assert next(reader.DictReader(stream))["name"] == name
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_sqlite(name, tmp_path):
    """By SQLite; also found by its own words."""
    diploparse.write(extraction(name), "sqlite", tmp_path / "x.sqlite")

    db = sqlite3.connect(tmp_path / "x.sqlite")
    assert db.execute("SELECT name FROM actors").fetchone() == (name,)
    assert db.execute("SELECT content FROM who_said_what").fetchone() == (name,)
    db.close()


def test_parquet(name, tmp_path):
    """By DuckDB."""
    if importlib.util.find_spec("duckdb") is None or importlib.util.find_spec("pyarrow") is None:
        pytest.skip("duckdb or pyarrow is not installed (dependency group: exports)")
    import duckdb

    diploparse.write(extraction(name), "parquet", tmp_path / "x")

    assert duckdb.sql(f"SELECT name FROM '{tmp_path}/x/actors.parquet'").fetchall()[0] == (name,)


def test_graphml(name):
    """By an XML parser; what XML has no place for is U+FFFD."""
    root = ET.fromstring(written(extraction(name), "graphml"))

    found = [
        e.text
        for e in root.iter("{http://graphml.graphdrawing.org/xmlns}data")
        if e.get("key") == "node-name"
    ]
    assert found[0] == lost(name, "\0\v")


@pytest.mark.parametrize("format_", ["ftm", "plover"])
def test_json_lines_of_others(name, format_):
    """A line an object, whatever is in it."""
    lines = [json.loads(line) for line in written(extraction(name), format_).decode().split("\n") if line]

    assert all(isinstance(line, dict) for line in lines)
    if format_ == "plover":
        assert lines[0]["source"][0]["actor_text"] == name
