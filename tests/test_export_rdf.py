"""RDF: every field mapped, the same graph from each format, hostile strings, the vocabulary."""

import io
import os
import subprocess
import sys
from importlib.resources import files

import attrs
import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import extractions, texts

import diploparse
from diploparse import Actor, Extraction, Span, UsageError
from diploparse.export import fields, mapping
from diploparse.export import rdf as module

relaxed = settings(deadline=None, max_examples=50)
HEADLINE = pyoxigraph.NamedNode("https://schema.org/headline")


def written(write, *found, **options):
    out = io.StringIO()
    write(found, out, **options)
    return out.getvalue()


def triples(text, kind):
    parsed = pyoxigraph.parse(text.encode(), format=getattr(pyoxigraph.RdfFormat, kind))
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in parsed}


def with_id(extraction, actor_id):
    """The extraction with one actor, of that id."""
    actor = Actor(id=actor_id, kind="person", name="A", mentions=(Span(0, 1),))
    return attrs.evolve(extraction, actors=(actor,), meetings=(), statements=())


FIELDS = [
    f"{cls.__name__}.{name}"
    for cls in fields.classes_in(Extraction)
    if cls.__name__
    not in ("Paragraph", "Quotation", "Diagnostic")  # held only by fields that are not exported
    for name in fields.hints(cls)
]


def test_every_field_is_mapped_or_listed_as_not():
    """And nothing is listed that is no field, or twice."""
    mapped = [f"{cls.__name__}.{name}" for cls, table in mapping.MAPPED.items() for name in table]

    assert sorted([*mapped, *mapping.IDENTITY, *mapping.NOT_EXPORTED]) == sorted(FIELDS)


def test_code_lists_are_the_types_values():
    """In their order, each defined; and no list without a field."""
    used = {}
    for cls, table in mapping.MAPPED.items():
        for name, mapped in table.items():
            if mapped.kind == "concept":
                used[mapped.extra] = fields.choices(fields.hints(cls)[name])
            else:
                assert not fields.choices(fields.hints(cls)[name]), (cls, name)

    assert {name: tuple(codes) for name, codes in mapping.CODE_LISTS.items()} == used
    assert tuple(mapping.ACTOR_TYPES) == fields.choices(fields.hints(Actor)["kind"])


def test_no_prefix_is_a_field():
    """JSON-LD processors differ on a prefix that is a term as well."""
    names = {name for cls in fields.classes_in(Extraction) for name in fields.hints(cls)}

    assert not names & set(mapping.PREFIXES)


@relaxed
@given(st.lists(extractions(), max_size=2), st.booleans(), st.booleans())
def test_formats_hold_the_same_graph(found, words, text):
    """N-Triples, Turtle and TriG, read by rdflib and pyoxigraph."""
    options = {"words": words, "text": text}
    nt, ttl, trig = (
        written(w, *found, **options) for w in (module.write_nt, module.write_ttl, module.write_trig)
    )

    expected = triples(nt, "N_TRIPLES")
    assert triples(ttl, "TURTLE") == expected
    assert triples(trig, "TRIG") == expected
    by_nt, by_ttl = (
        rdflib.Graph().parse(data=nt, format="nt"),
        rdflib.Graph().parse(data=ttl, format="turtle"),
    )
    assert set(by_nt) == set(by_ttl)
    assert len(by_nt) == len(expected)
    assert not any(isinstance(term, rdflib.BNode) for triple in by_nt for term in triple)


@relaxed
@given(texts())
def test_literals_come_back_as_they_were(text):
    """Quotes, line ends, NUL, astral characters; a lone surrogate is one U+FFFD, so that offsets stay true."""
    expected = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    turtle = f"<a:a> <a:b> {module.literal(text)} ."

    [quad] = pyoxigraph.parse(turtle.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    [triple] = rdflib.Graph().parse(data=turtle, format="turtle")
    assert quad.object.value == str(triple[2]) == expected
    assert len(turtle.splitlines()) == 1


@relaxed
@given(extractions(), texts())
def test_ids_of_any_kind_make_iris(x, actor_id):
    """Percent-encoded where they must be; both notations name the same node."""
    odd = with_id(x, actor_id)

    assert triples(written(module.write_ttl, odd), "TURTLE") == triples(
        written(module.write_nt, odd), "N_TRIPLES"
    )


@pytest.mark.parametrize(
    ("actor_id", "iri"),
    [
        ("actor-9f86d081884c7d65", "actor-9f86d081884c7d65"),
        ("http://x/y?z#a", "http%3A%2F%2Fx%2Fy%3Fz%23a"),
        ("..", "%2E%2E"),
        ("a b\n<é\ud800", "a%20b%0A%3C%C3%A9%ED%A0%80"),
    ],
)
def test_local_name(actor_id, iri):
    """The host's ids stay as they are; nothing leaves the base."""
    assert module.local_name(actor_id) == iri


@pytest.mark.parametrize(
    "base", ["", "x/", "http://x", "http://x/#", "http://x/?a=/", "http://x y/", "http://x/>/", "h:\ud800/"]
)
def test_base_must_be_an_iri_that_ends_in_a_slash(base):
    """Else nested names would not be IRIs."""
    with pytest.raises(UsageError, match="is not an absolute IRI"):
        written(module.write_nt, base=base)


def test_base_is_where_iris_begin():
    """In each notation."""
    x = diploparse.parse("A.")

    for write in (module.write_nt, module.write_ttl, module.write_trig):
        text = written(write, x, base="https://example.org/a/")
        assert "<https://example.org/a/" in text
        assert mapping.BASE not in text


def test_words_and_text_are_options():
    """The words of a span are there unless refused, the text only on request."""
    x = with_id(diploparse.parse("Aa bb"), "actor-1")

    assert 'exact> "A"' in written(module.write_nt, x)
    assert "exact" not in written(module.write_nt, x, words=False)
    assert '"Aa bb"' not in written(module.write_nt, x)
    assert 'articleBody> "Aa bb"' in written(module.write_nt, x, text=True)


def test_trig_has_a_graph_a_document():
    """Named after the document."""
    one, two = diploparse.parse("A."), diploparse.parse("B.")

    quads = list(
        pyoxigraph.parse(written(module.write_trig, one, two).encode(), format=pyoxigraph.RdfFormat.TRIG)
    )

    graphs = {q.graph_name.value for q in quads}
    assert graphs == {mapping.BASE + mapping.document_iri(x.document) + "#graph" for x in (one, two)}


@pytest.mark.parametrize("write", [module.write_nt, module.write_ttl, module.write_trig])
def test_each_document_is_written_before_the_next_is_asked_for(write):
    """Constant memory."""
    out = io.StringIO()
    sizes = []

    def documents():
        for text in ("A.", "B.", "C."):
            sizes.append(len(out.getvalue()))
            yield diploparse.parse(text)

    write(documents(), out)

    assert sizes == sorted(set(sizes))


def test_bytes_do_not_hang_on_the_hash_seed():
    """The same in every process."""
    program = (
        "import sys, diploparse; x = diploparse.parse('BAKU, March 9. /TASS/. The minister met his guest in Rome.')\n"
        "[diploparse.write(x, to, sys.stdout.buffer) for to in ('nt', 'ttl', 'json')]"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip

    assert len(runs) == 1


def test_a_value_of_a_plugins_own_is_a_concept_too():
    """Records hold no more than their type says by promise; an odd value is still an IRI."""
    x = with_id(diploparse.parse("Aa bb"), "actor-1")
    role = diploparse.Role(title="t", tenure="for life!", span=Span(0, 1))
    odd = attrs.evolve(x, actors=(attrs.evolve(x.actors[0], kind="robot", roles=(role,)),))

    found = triples(written(module.write_ttl, odd), "TURTLE")

    assert found == triples(written(module.write_nt, odd), "N_TRIPLES")
    objects = {o for _, _, o in found}
    assert f"<{mapping.VOCABULARY}tenure-for%20life%21>" in objects
    assert "<https://schema.org/Thing>" in objects


VOCABULARY = files("diploparse.export").joinpath("vocabulary.ttl").read_text(encoding="utf-8")


def test_shipped_vocabulary_is_the_generated_one():
    """Run tools/exports.py after a change of the records or of the mapping."""
    assert module.vocabulary() == VOCABULARY


def test_every_term_of_ours_is_defined():
    """Each has a label and a definition, and each code its list."""
    graph = rdflib.Graph().parse(data=VOCABULARY, format="turtle")
    skos, rdfs = rdflib.namespace.SKOS, rdflib.namespace.RDFS
    properties = {
        p.iri for table in mapping.MAPPED.values() for p in table.values() if p.iri.startswith("dip:")
    }

    for compact in properties:
        term = rdflib.URIRef(mapping.expand(compact))
        assert graph.value(term, rdfs.label)
        assert all(str(c).partition(": ")[2] for c in graph.objects(term, rdfs.comment))
    for name, codes in mapping.CODE_LISTS.items():
        for value in codes:
            concept = rdflib.URIRef(f"{mapping.VOCABULARY}{name}-{value}")
            assert graph.value(concept, skos.definition)
            assert str(graph.value(concept, skos.inScheme)).endswith(f"{name}-scheme")


def test_what_is_lost_is_declared():
    """What ``loses`` lists is what has no triple."""
    for exporter in module.diploparse_exporters():
        assert set(exporter.loses) == set(mapping.NOT_EXPORTED)
