"""JSON and JSON Lines: out and in again, the schema, the graph, and what is refused."""

import io
import json
from importlib.resources import files

import attrs
import jsonschema
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld
from rdflib.compare import isomorphic
from strategies import Errand, extractions

import diploparse
from diploparse import InputError, Span, UsageError
from diploparse.export import json as module
from diploparse.export import mapping, rdf

SCHEMA = json.loads(files("diploparse.export").joinpath("schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
relaxed = settings(deadline=None, max_examples=50)


def lines(*found):
    out = io.StringIO()
    module.write_jsonl(found, out)
    return out.getvalue()


@pytest.fixture
def extraction():
    """A small one with everything in it."""
    text = "BAKU, March 9. /TASS/. A met B in Rome. “Good,” A said."
    x = diploparse.parse(text, published="2021-03-09")
    span = Span(23, 28)
    actor = diploparse.Actor(id="actor-1", kind="person", name="A", mentions=(Span(23, 24),))
    meeting = diploparse.Meeting(
        id="meeting-1", participants=(diploparse.Participation(actor="actor-1", span=Span(23, 24)),),
        cue=diploparse.Cue(span=Span(25, 28), lemma="meet"), evidence=(span,),
    )  # fmt: skip
    statement = diploparse.Statement(
        id="statement-1", speaker="actor-1", cue=diploparse.Cue(span=Span(50, 54), lemma="say"),
        content=(Span(41, 45),), evidence=(span,),
    )  # fmt: skip
    return attrs.evolve(
        x, actors=(actor,), meetings=(meeting,), statements=(statement,), records=(Errand(guest="actor-1", evidence=(span,)),)
    )  # fmt: skip


@relaxed
@given(st.lists(extractions(), max_size=2))
def test_json_out_and_in_is_the_same(found):
    """Both formats, hostile strings, plugin records, a document with no records."""
    document = module.dumps(*found)

    assert diploparse.loads(document) == found
    assert diploparse.loads(document.encode()) == found
    assert diploparse.loads(lines(*found)) == found


@relaxed
@given(extractions(), st.sampled_from([0, 2]))
def test_json_fits_the_schema_and_is_written_alike(x, indent):
    """What is written fits the shipped schema, whichever way it was encoded."""
    out = io.StringIO()
    module.write_json([x], out, indent=indent)
    value = json.loads(out.getvalue())

    VALIDATOR.validate(value)
    VALIDATOR.validate(json.loads(lines(x)))
    assert value["extractions"] == [module.to_builtins(x)]


@relaxed
@given(extractions())
def test_json_is_utf8_and_one_line_an_extraction(x):
    """Non-ASCII is kept; only lone surrogates and control characters are escaped."""
    written = lines(x)

    assert written.count("\n") == 1
    assert "\r" not in written
    assert written.encode("utf-8")
    assert not x.document.text.isprintable() or json.dumps(x.document.text, ensure_ascii=False) in written


# rdflib's own JSON-LD parser uses what rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@settings(max_examples=25, deadline=None)
@given(extractions(surrogates=False))
def test_json_ld_is_the_graph_of_the_triples(x):
    """rdflib and PyLD read the same graph from the JSON as from N-Triples without words, nested nodes' names aside."""
    document = module.dumps(x)
    triples = io.StringIO()
    rdf.write_nt([x], triples, words=False)
    expected = rdflib.Graph()
    blank = {}
    for triple in rdflib.Graph().parse(data=triples.getvalue(), format="nt"):
        expected.add(tuple(_nameless(term, blank) for term in triple))

    by_rdflib = rdflib.Graph().parse(data=document, format="json-ld")
    by_pyld = rdflib.Graph().parse(
        data=jsonld.to_rdf(json.loads(document), {"format": "application/n-quads"}), format="nt"
    )

    assert isomorphic(by_rdflib, expected)
    assert isomorphic(by_pyld, expected)


def _nameless(term, blank):
    """A blank node for each IRI that names a nested node."""
    if isinstance(term, rdflib.URIRef) and term.startswith(mapping.BASE) and "#" in term:
        return blank.setdefault(term, rdflib.BNode())
    return term


def test_context_is_never_fetched(extraction):
    """Nothing in the document is a context's address."""
    value = json.loads(module.dumps(extraction))

    assert isinstance(value["@context"], dict)
    assert "@import" not in json.dumps(value["@context"])


def test_shipped_schema_is_the_generated_one():
    """Run tools/exports.py after a change of the records."""
    VALIDATOR.check_schema(SCHEMA)
    assert module.json_schema() == SCHEMA


def test_every_field_is_described_in_the_schema():
    """The docstrings of the records are the schema's descriptions."""
    for name, definition in SCHEMA["$defs"].items():
        for field, schema in definition.get("properties", {}).items():
            assert name in ("Collection", "Line", "Record") or "description" in schema, (name, field)


def test_order_of_keys_is_the_order_of_fields(extraction):
    """For ours and for a plugin's slotted class."""
    value = module.to_builtins(extraction)
    written = json.loads(lines(extraction))

    assert list(value["meetings"][0])[1:] == [f.name for f in attrs.fields(diploparse.Meeting)]
    assert list(written["meetings"][0]) == list(value["meetings"][0])
    assert list(written["records"][0])[1:] == [f.name for f in attrs.fields(Errand)]
    assert list(written)[2:] == [f.name for f in attrs.fields(diploparse.Extraction)]


def test_load_reads_paths_and_streams(tmp_path, extraction):
    """Path, string, text and binary stream; a byte-order mark is no harm."""
    path = tmp_path / "a.json"
    diploparse.write([extraction, extraction], "json", path)
    marked = tmp_path / "b.jsonl"
    marked.write_bytes(b"\xef\xbb\xbf\n" + lines(extraction).encode())

    assert list(diploparse.load(path)) == [extraction, extraction]
    assert list(diploparse.load(str(path))) == [extraction, extraction]
    assert list(diploparse.load(io.BytesIO(path.read_bytes()))) == [extraction, extraction]
    assert list(diploparse.load(io.StringIO(path.read_text("utf-8")))) == [extraction, extraction]
    assert list(diploparse.load(marked)) == [extraction]


def test_load_reads_lines_one_by_one(tmp_path, extraction):
    """A damaged line is told after the lines before it were given."""
    path = tmp_path / "a.jsonl"
    path.write_text(lines(extraction) + "\n" + "{]\n", encoding="utf-8")
    found = diploparse.load(path)

    assert next(found) == extraction
    with pytest.raises(InputError, match=r"a\.jsonl:3: not JSON: .* in column 2"):
        next(found)


def test_load_reads_what_another_tool_laid_out_anew(extraction):
    """Indented, with escapes, with keys sorted: it is the same data."""
    value = json.loads(module.dumps(extraction))

    assert diploparse.loads(json.dumps(value, indent=1, sort_keys=True)) == [extraction]
    assert diploparse.loads(json.dumps(value["extractions"][0] | {"schema_version": "1.0"}, indent=1)) == [
        extraction
    ]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda t: "Baku, 9 March", "<string>:1: not JSON: Expecting value in column 1"),
        (lambda t: t[:-1500], "the file ends in the middle"),
        (lambda t: "[]", "expected an object, not a list"),
        (lambda t: '{"a": 1}', "it has no schema_version: write it with diploparse"),
        (lambda t: '{"schema_version": "1.0"}', 'it has no list "extractions"'),
        (lambda t: t.replace('"1.0"', '"2.0"'), "schema_version '2.0'; this diploparse reads 1.0: upgrade"),
        (lambda t: t.replace('"1.0"', "1.0"), "schema_version 1.0; this diploparse reads"),
        (lambda t: t.replace('"lemma":"meet"', '"lemma":5'), r"$.extractions[0].meetings[0].cue.lemma: expected a string, not a number"),
        (lambda t: t.replace('"lemma":"meet"', '"lemma":"meet","x":5'), "$.extractions[0].meetings[0].cue.x: unknown key"),
        (lambda t: t.replace(',"lemma":"meet"', ""), "$.extractions[0].meetings[0].cue: Cue without lemma"),
        (lambda t: t.replace('"status":"held"', '"status":"dreamt"'), '$.extractions[0].meetings[0].status: "dreamt" is none of held, ongoing'),
        (lambda t: t.replace('"start":25', '"start":true'), "cue.span.start: expected a whole number, not true or false"),
        (lambda t: t.replace('"start":25', '"start":2.5'), "cue.span.start: expected a whole number, not a number"),
        (lambda t: t.replace('"start":25,"end":28', '"start":25,"end":999'), "$.extractions[0].meetings[0]: the span 25:999 is outside the text"),
        (lambda t: t.replace("in Rome", "in  Rome"), "$.extractions[0].document.text: the text is not the one"),
        (lambda t: t.replace('"@type":"Errand"', '"@type":"Tour"'), '$.extractions[0].records[0]: a record of the class "Tour", which nobody registered: import the plugin'),
        (lambda t: t.replace('"actors":[{', '"actors":[7,{'), "$.extractions[0].actors[0]: expected an object (Actor), not a number"),
        (lambda t: t.replace('"extractions":[\n{', '"extractions":[\n7,{'), "$.extractions[0]: expected an object, not a number"),
        (lambda t: t.replace('"extractions":', '"more":1,"extractions":'), "$.more: unknown key"),
        (lambda t: "[" * 100_000, "nested too deep"),
    ],
)  # fmt: skip
def test_load_tells_what_is_wrong_and_where(extraction, edit, message):
    """Path, line or place in the JSON, and what to do."""
    edited = edit(module.dumps(extraction))

    with pytest.raises(InputError) as error:
        diploparse.loads(edited)

    assert message in str(error.value)


def test_empty_json_file_is_damaged(tmp_path):
    """JSON Lines of no document are empty too, JSON never is."""
    path = tmp_path / "a.json"
    path.write_text("\n")

    with pytest.raises(InputError, match=r"a\.json: the file is empty: write it with diploparse"):
        list(diploparse.load(path))


def test_load_tells_bytes_that_are_no_utf8(extraction):
    """With the line."""
    with pytest.raises(InputError, match=r"<string>:2: not UTF-8"):
        diploparse.loads(module.dumps(extraction).encode("utf-16-le")[:2] + b'\n"\xff"')


def test_load_can_note_what_it_does_not_know(extraction):
    """From a newer minor version, or without the plugin: the rest is read, each loss a diagnostic."""
    text = module.dumps(extraction).replace('"lemma":"meet"', '"lemma":"meet","mood":"cordial"')
    text = (
        text.replace('"@type":"Errand"', '"@type":"Tour"')
        .replace('"1.0"', '"1.7"')
        .replace('"extractions":', '"more":1,"extractions":')
    )

    [found] = diploparse.loads(text, unknown="note")

    assert attrs.evolve(found, diagnostics=(), records=extraction.records) == attrs.evolve(
        extraction, diagnostics=()
    )
    assert [d.message.partition(":")[0] for d in found.diagnostics[len(extraction.diagnostics):]] == [
        "$.more", "$.extractions[0].records[0]", "$.extractions[0].meetings[0].cue.mood",
    ]  # fmt: skip


def test_load_refuses_another_word_for_unknown(extraction):
    """A slip must not read as strict."""
    with pytest.raises(UsageError, match='choose "error" or "note"'):
        diploparse.loads(module.dumps(extraction), unknown="ignore")


def test_missing_optional_fields_take_their_defaults(extraction):
    """A smaller file, written by hand or by an older minor version."""
    document = {
        "id": "x",
        "text": "A",
        "sha256": "559aead08264d5795d3909718cdd05abd49572e84fe55590eef31a88a08fdffd",
    }

    assert diploparse.loads(json.dumps({"schema_version": "1.0", "document": document})) == [
        diploparse.Extraction(document=diploparse.Document(**document))
    ]


def test_halves_of_a_pair_are_told_on_writing(extraction):
    """JSON would make one character of them and shift every offset after it."""
    bad = attrs.evolve(extraction, document=attrs.evolve(extraction.document, title="\ud83d\ude00"))

    with pytest.raises(UsageError, match="one character in two halves"):
        module.dumps(bad)


def test_register_record_refuses_what_cannot_come_back():
    """No attrs class, a dict inside, two records in one field, a name that is taken."""

    class Plain:
        pass

    @attrs.frozen(kw_only=True)
    class Holder:
        found: dict[str, int]

    @attrs.frozen(kw_only=True)
    class Either:
        one: Span | diploparse.Place

    taken = attrs.make_class("Errand", ["a"])

    for cls, message in (
        (Plain, "no attrs class"), (Holder, "no JSON value stands for"), (Either, "two classes"),
        (taken, "is taken by strategies.Errand"),
    ):  # fmt: skip
        with pytest.raises(UsageError, match=message):
            diploparse.register_record(cls)
    assert diploparse.register_record(Errand) is Errand
