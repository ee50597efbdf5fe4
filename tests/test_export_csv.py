"""CSV: cell by cell, keys and metadata, nothing half written, nothing outside the folder."""

import csv
import io
import json

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import extractions, texts

import diploparse
from diploparse import Actor, Extraction, Span, UsageError
from diploparse.export import csv as module
from diploparse.export import fields

relaxed = settings(deadline=None, max_examples=50)
ALL = (*module.TABLES, *module.FLAT_TABLES)


def read(text):
    """Rows, the header first, as Python's own reader sees them."""
    return list(csv.reader(io.StringIO(text, newline="")))


def table_of(name, *found, **options):
    out = io.StringIO(newline="")
    module.write_table(found, out, name, **options)
    return out.getvalue()


def cell(value):
    """How a value looks in a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in str(value))


@pytest.fixture
def extraction():
    """A small one."""
    x = diploparse.parse("Aa met, bb.", published="2021-03-09")
    return attrs.evolve(x, actors=(Actor(id="actor-1", kind="person", name="=Aa", mentions=(Span(0, 2),)),))


@relaxed
@given(st.lists(extractions(), max_size=2))
def test_cells_come_back_as_they_were(found):
    """Every table, read by Python's csv module: as many columns in each row, each value itself."""
    for table in ALL:
        header, *rows = read(table_of(table.name, *found))

        assert header == [c.name for c in table.columns]
        assert rows == [[cell(c) for c in row] for x in found for row in table.rows(x)]


@relaxed
@given(extractions(surrogates=False, records=False))
def test_extraction_can_be_built_from_the_tables(x):
    """The meetings' and statements' records, from their cells alone; found by key."""
    tables = {
        t.name: [dict(zip(h, r, strict=True)) for h, *rs in [read(table_of(t.name, x))] for r in rs]
        for t in module.TABLES
    }

    def rows(name, **where):
        return [r for r in tables[name] if all(r[k] == v for k, v in where.items())]

    def span(row, prefix=""):
        return Span(int(row[prefix + "start"]), int(row[prefix + "end"])) if row[prefix + "start"] else None

    for m, row in zip(x.meetings, tables["meetings"], strict=True):
        people = rows("meeting_participants", meeting=m.id)
        assert [(p["actor"], p["part"], p["role"] or None, span(p)) for p in people] == [
            (p.actor, p.part, p.role or None, p.span) for p in m.participants
        ]
        assert [(t["topic"], span(t)) for t in rows("meeting_topics", meeting=m.id)] == [
            (t.text, t.span) for t in m.topics
        ]
        assert (row["cue"], span(row, "cue_"), span(row, "place_")) == (
            m.cue.lemma,
            m.cue.span,
            m.place and m.place.span,
        )
        assert [span(e) for e in rows("evidence", record=m.id)] == list(m.evidence)
    for s, row in zip(x.statements, tables["statements"], strict=True):
        assert [span(c) for c in rows("statement_content", statement=s.id)] == list(s.content)
        assert [c["words"] for c in rows("statement_content", statement=s.id)] == [
            x.text(c) for c in s.content
        ]
        assert [a["actor"] for a in rows("statement_addressees", statement=s.id)] == list(s.addressees)
        assert [a["actor"] for a in rows("statement_speakers", statement=s.id)] == list(s.speakers)
        assert (row["speaker"] or None, span(row, "speaker_"), row["joint"]) == (
            s.speaker,
            s.speaker_span,
            cell(s.joint),
        )
    for a in x.actors:
        assert [(r["title"], span(r)) for r in rows("roles", actor=a.id)] == [
            (r.title, r.span) for r in a.roles
        ]
        assert [r["alias"] for r in rows("actor_aliases", actor=a.id)] == list(a.aliases)
        assert [span(r) for r in rows("actor_mentions", actor=a.id, kind="mention")] == list(a.mentions)


@relaxed
@given(st.lists(extractions(), max_size=3, unique_by=lambda x: x.document.id))
def test_keys_tell_rows_apart_and_references_resolve(found):
    """As the metadata promises."""
    tables = {
        t.name: [dict(zip(h, r, strict=True)) for h, *rs in [read(table_of(t.name, *found))] for r in rs]
        for t in (*module.TABLES, *module.own_tables())
    }
    metadata = module.metadata()

    for described in metadata["tables"]:
        rows = tables[described["url"].removesuffix(".csv")]
        key = described["tableSchema"]["primaryKey"]
        keys = [tuple(r[k] for k in key) for r in rows]
        assert len(keys) == len(set(keys))
        for foreign in described["tableSchema"].get("foreignKeys", ()):
            target = foreign["reference"]
            known = {
                tuple(r[c] for c in target["columnReference"])
                for r in tables[target["resource"].removesuffix(".csv")]
            }
            assert {tuple(r[c] for c in foreign["columnReference"]) for r in rows} <= known
    for table in module.TABLES:
        for column, target in table.may_refer.items():
            known = {(r["document"], r["id"]) for r in tables[target]}
            assert {(r["document"], r[column]) for r in tables[table.name] if r[column]} <= known


def test_every_field_is_in_a_column_or_declared_lost():
    """Fields of every record that an extraction holds."""
    held = {c.about for t in module.TABLES for c in t.columns}
    spans = {"span", "speaker_span", "content", "evidence", "mentions", "references"}  # start, end and words
    lost = set(module.diploparse_exporters()[0].loses)

    for cls in fields.classes_in(Extraction):
        if cls.__name__ in ("Span", "Paragraph", "Quotation"):
            continue
        for name, hint in fields.hints(cls).items():
            inner = fields.inner_class(hint)
            full = f"{cls.__name__}.{name}"
            if full == "Extraction.records":  # plugins' own: a table for each registered class
                continue
            assert full in held or full in lost or name in spans or inner not in (None, Span), full


def test_every_column_is_described():
    """From the fields' docstrings, with a datatype."""
    for described in module.metadata(ALL)["tables"]:
        for column in described["tableSchema"]["columns"]:
            assert column["dc:description"].endswith((".", '"')), column
            assert column["datatype"] in ("string", "integer", "boolean", "date")


def test_folder_holds_the_tables_and_their_metadata(tmp_path, extraction):
    """Nothing else, and the bytes are UTF-8 without a mark, with plain line ends."""
    out = tmp_path / "a" / "b"

    diploparse.write(extraction, "csv", out)

    assert sorted(p.name for p in out.iterdir()) == sorted(
        [*(f"{t.name}.csv" for t in (*module.TABLES, *module.own_tables())), module.METADATA]
    )
    assert json.loads((out / module.METADATA).read_text("utf-8")) == module.metadata()
    documents = (out / "documents.csv").read_bytes()
    assert documents.startswith(b"id,url,")
    assert b"\r" not in documents
    assert documents.count(b"\n") == 2


def test_one_table_on_request(tmp_path, extraction):
    """To a folder or a stream; an unknown one is told with those there are."""
    diploparse.write(extraction, "csv", tmp_path, table="actors")

    assert sorted(p.name for p in tmp_path.iterdir()) == ["actors.csv", module.METADATA]
    assert (tmp_path / "actors.csv").read_text("utf-8") == table_of("actors", extraction)
    assert read(table_of("actors_flat", extraction))[1][:4] == [
        extraction.document.id,
        "actor-1",
        "person",
        "=Aa",
    ]
    with pytest.raises(
        UsageError, match=r"unknown table 'x': choose one of documents, actors, .* meetings_flat"
    ):
        table_of("x", extraction)


def test_flat_tables_are_the_rows():
    """The columns are those of Extraction.rows, whatever that gives."""
    span = Span(0, 1)
    cue = diploparse.Cue(span=span, lemma="x")
    x = attrs.evolve(
        diploparse.parse("Aa"), actors=(Actor(id="a", kind="person", name="A", mentions=(span,)),),
        meetings=(diploparse.Meeting(id="m", participants=(), cue=cue, evidence=(span,)),),
        statements=(diploparse.Statement(id="s", cue=cue, content=(span,), evidence=(span,)),),
    )  # fmt: skip

    for table in module.FLAT_TABLES:
        [row] = x.rows(table.name.removesuffix("_flat"))
        assert [c.name for c in table.columns] == ["document", *row]


@relaxed
@given(texts())
def test_excel_safe_keeps_formulas_from_running(text):
    """An apostrophe before what a spreadsheet would take for a formula; without it the text is what it is."""
    x = attrs.evolve(
        diploparse.parse("A"), actors=(Actor(id="a", kind="person", name=text, mentions=(Span(0, 1),)),)
    )

    [_, row] = read(table_of("actors", x, excel_safe=True))

    assert row[3] in (cell(text), "'" + cell(text))
    assert not row[3].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert read(table_of("actors", x))[1][3] == cell(text)


def test_export_that_stops_leaves_what_was_there(tmp_path, extraction):
    """Earlier files as they were, no half file, no hidden folder; a folder it made is gone."""
    diploparse.write(extraction, "csv", tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}

    def failing():
        yield extraction
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        diploparse.write(failing(), "csv", tmp_path)
    with pytest.raises(KeyboardInterrupt):
        diploparse.write(failing(), "csv", tmp_path / "new")

    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_no_name_comes_from_a_record(tmp_path):
    """Whatever a document calls itself."""
    out = tmp_path / "out"
    metadata = diploparse.Metadata(id="../../escaped", title="/etc/x", url="file:///y")

    diploparse.write(diploparse.Parser().parse("A.", metadata=metadata), "csv", out)

    assert [p.name for p in tmp_path.iterdir()] == ["out"]
    assert read((out / "documents.csv").read_text("utf-8"))[1][0] == "../../escaped"


def test_a_file_where_the_folder_should_be_is_told(tmp_path, extraction):
    """And stays."""
    path = tmp_path / "x.csv"
    path.write_text("mine")

    with pytest.raises(UsageError, match="is a file: csv writes a folder"):
        diploparse.write(extraction, "csv", path)

    assert path.read_text() == "mine"
