"""Writing by format name: paths, streams, options, files that are whole or not there."""

import importlib.util
import io
import os
import re
from pathlib import Path

import attrs
import pytest
import rdflib

import diploparse
from diploparse import Exporter, UnknownFormat, UsageError
from diploparse import export as module
from diploparse.export import csv, fields, mapping

TEXT = ("ftm", "graphml", "html", "json", "jsonl", "nt", "plover", "trig", "ttl")
BINARY = ("sqlite",)
FOLDERS = ("csv", "datasette", *(("parquet",) if importlib.util.find_spec("pyarrow") else ()))
NAMES = (*TEXT, *BINARY, *FOLDERS)


@pytest.fixture
def extraction():
    """Of a text with a line end that a careless writer would change."""
    return diploparse.parse("Aa\r\nbb é 😀", published="2021-03-09")


def failing(extraction):
    yield extraction
    raise KeyboardInterrupt


def test_built_in_formats_are_there():
    """By the names that ``--to`` takes, each with a word on what it is."""
    known = {name: diploparse.Parser().plugins.exporter(name) for name in NAMES}

    assert all(
        e.description and (e.suffix.startswith(".") or e.name in ("datasette", "parquet"))
        for e in known.values()
    )
    assert {n: e.target for n, e in known.items()} == {
        **dict.fromkeys(TEXT, "text"), **dict.fromkeys(BINARY, "binary"), **dict.fromkeys(FOLDERS, "folder"),
    }  # fmt: skip
    assert known["json"].loses == known["jsonl"].loses == ()


@pytest.mark.parametrize("name", TEXT)
def test_path_text_and_binary_stream_hold_the_same(tmp_path, extraction, name):
    """UTF-8, "\\n" line ends; a stream stays open."""
    text, binary = io.StringIO(newline=""), io.BytesIO()

    diploparse.write(extraction, name, tmp_path / "x")
    diploparse.write([extraction], name, text)
    diploparse.write(iter([extraction]), name, binary)

    assert (tmp_path / "x").read_bytes() == binary.getvalue() == text.getvalue().encode()
    assert b"\r" not in binary.getvalue()
    assert os.listdir(tmp_path) == ["x"]


@pytest.mark.parametrize("name", NAMES)
def test_no_extraction_is_an_empty_file(tmp_path, name):
    """Valid, with nothing in it; JSON Lines and N-Triples have no line."""
    diploparse.write([], name, tmp_path / "x")

    assert not name.startswith("json") or list(diploparse.load(tmp_path / "x")) == []
    assert name not in ("jsonl", "nt") or (tmp_path / "x").read_bytes() == b""


@pytest.mark.parametrize("name", [*TEXT, *BINARY])
def test_export_that_stops_leaves_what_was_there(tmp_path, extraction, name):
    """The old file, or none; and nothing hidden."""
    (tmp_path / "old").write_text("mine")

    for file in ("old", "new"):
        with pytest.raises(KeyboardInterrupt):
            diploparse.write(failing(extraction), name, tmp_path / file)

    assert os.listdir(tmp_path) == ["old"]
    assert (tmp_path / "old").read_text() == "mine"


def test_link_stays_a_link(tmp_path, extraction):
    """What it points to is replaced."""
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there" / "x.nt")

    diploparse.write(extraction, "nt", tmp_path / "link")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there" / "x.nt").read_bytes()


def test_device_is_written_to(extraction):
    """It cannot be replaced."""
    diploparse.write(extraction, "nt", "/dev/null")

    assert os.path.exists("/dev/null")
    assert not os.path.isfile("/dev/null")


def test_wrong_use_is_told(tmp_path, extraction):
    """An unknown format, option or place, each with what there is."""
    binary = Exporter(name="b", write=lambda extractions, out: out.write(b"x"), target="binary")

    with pytest.raises(UnknownFormat, match="unknown export format 'yaml': choose one of csv, datasette, "):
        diploparse.write(extraction, "yaml", tmp_path / "x")
    with pytest.raises(UsageError, match="format 'json' has no option 'words': it takes indent, base"):
        diploparse.write(extraction, "json", tmp_path / "x", words=True)
    with pytest.raises(UsageError, match="format 'jsonl' has no option 'words': it takes none"):
        diploparse.write(extraction, "jsonl", tmp_path / "x", words=True)
    with pytest.raises(UsageError, match="format 'csv' writes a folder: give its path"):
        diploparse.write(extraction, "csv", io.StringIO())
    with pytest.raises(UsageError, match="is a folder: name a file in it"):
        diploparse.write(extraction, "json", tmp_path)
    with pytest.raises(UsageError, match="format 'b' writes bytes"):
        diploparse.write(extraction, binary, io.StringIO())
    diploparse.write(extraction, binary, tmp_path / "b")

    assert os.listdir(tmp_path) == ["b"]


@pytest.mark.parametrize("name", NAMES)
def test_documents_are_asked_for_one_by_one(tmp_path, extraction, name):
    """Each is dropped before the next: an archive does not fit in memory."""
    import weakref

    alive = []

    def documents():
        for number in range(4):
            x = diploparse.parse(f"A {number}.")
            alive.append(weakref.ref(x))
            yield x
            del x

    held = []

    def counted():
        for x in documents():
            held.append(sum(r() is not None for r in alive))
            yield x

    diploparse.write(counted(), name, tmp_path / "x")

    assert max(held) <= 2


def test_options_of_an_exporter_are_its_keywords():
    """As the command line lists them."""
    exporter = diploparse.Parser().plugins.exporter

    assert module.options_of(exporter("csv")) == ("table", "excel_safe")
    assert module.options_of(exporter("ttl")) == ("base", "words", "text")


PAGE = (Path(__file__).parent.parent / "docs" / "reference" / "formats.md").read_text(encoding="utf-8")


def blocks(language):
    """The page's examples in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("code", blocks("python"))
def test_examples_of_the_page_run(tmp_path, monkeypatch, code):
    """Each by itself, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    exec(compile(code, "formats.md", "exec"), {"__name__": "example"})


def test_page_names_every_table_property_and_loss():
    """A new field or table is a new line of docs/reference/formats.md."""
    for table in csv.TABLES:
        assert f"| `{table.name}` | `{', '.join(table.key)}` |" in PAGE
    for cls, properties in mapping.MAPPED.items():
        for name, mapped in properties.items():
            assert f"| `{cls.__name__}.{name}` | `{mapped.iri}` |" in PAGE
    for name, reason in (mapping.NOT_EXPORTED | mapping.IDENTITY).items():
        assert f"- `{name}`: {reason}." in PAGE


def test_page_names_what_each_format_leaves_out():
    """As the exporters declare it; a new loss is a new word of docs/reference/formats.md."""
    fields_ = {f"{c.__name__}.{n}" for c in fields.classes_in(diploparse.Extraction) for n in fields.hints(c)}

    for registered in diploparse.Parser(entry_points=False).plugins.registered(Exporter):
        loses = ", ".join(f"`{name}`" for name in registered.item.loses) or "nothing"
        assert f"- `{registered.item.name}`: {loses}." in PAGE
        assert set(registered.item.loses) <= fields_


def test_query_of_the_page_finds_who_met_whom():
    """In the triples of a meeting made by hand."""
    span, words = diploparse.Span(0, 1), diploparse.Span(0, 10)
    x = attrs.evolve(
        diploparse.parse("A met B it"),
        actors=tuple(diploparse.Actor(id=f"actor-{n}", kind="person", name=n, mentions=(span,)) for n in "AB"),
        meetings=(
            diploparse.Meeting(
                id="meeting-1", cue=diploparse.Cue(span=span, lemma="meet"), evidence=(words,),
                participants=tuple(diploparse.Participation(actor=f"actor-{n}", span=span, role=r) for n, r in (("A", None), ("B", "King"))),
            ),
        ),
    )  # fmt: skip
    out = io.StringIO()
    diploparse.write(x, "ttl", out)
    [query] = blocks("sparql")

    found = rdflib.Graph().parse(data=out.getvalue(), format="turtle").query(query)

    assert sorted((str(r.name), r.role and str(r.role), str(r.sentence)) for r in found) == [
        ("A", None, "A met B it"), ("B", "King", "A met B it"),
    ]  # fmt: skip
