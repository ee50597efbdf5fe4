"""SHACL: our RDF keeps to the shapes that are shipped, and what does not is found."""

import importlib.util
import io
from importlib.resources import files

import pytest
import rdflib
from click.testing import CliRunner
from hypothesis import given, settings
from strategies import extractions

import diploparse
from diploparse.__main__ import program
from diploparse.export import mapping
from diploparse.export import shapes as module

needs = pytest.mark.skipif(
    importlib.util.find_spec("pyshacl") is None, reason="pyshacl is not installed (dependency group: exports)"
)
DIP = rdflib.Namespace(mapping.VOCABULARY)
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
SCHEMA = rdflib.Namespace("https://schema.org/")


def graph_of(extraction, **options):
    out = io.StringIO()
    diploparse.write(extraction, "ttl", out, **options)
    return rdflib.Graph().parse(data=out.getvalue(), format="turtle")


def faults(graph):
    """What pyshacl finds, in words; nothing if the graph keeps to the shapes."""
    import pyshacl

    shapes = rdflib.Graph().parse(data=module.shapes(), format="turtle")
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes)
    return "" if conforms else text


def demo():
    text = files("diploparse").joinpath("demo.txt").read_text(encoding="utf-8")
    return diploparse.parse(text)


def test_shipped_file_is_what_is_made():
    """``tools/exports.py`` writes it; the command prints it."""
    shipped = files("diploparse.export").joinpath("shapes.ttl").read_text(encoding="utf-8")

    assert shipped == module.shapes()
    assert CliRunner().invoke(program, ["schema", "--shapes"]).stdout == shipped


def test_every_mapped_field_has_a_property_shape():
    """Under its own path, in its class's shape."""
    shapes = rdflib.Graph().parse(data=module.shapes(), format="turtle")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")

    for cls, table in mapping.MAPPED.items():
        if cls is diploparse.Extraction:
            continue
        shape = DIP[f"{cls.__name__}Shape"]
        paths = {str(p) for node in shapes.objects(shape, sh.property) for p in shapes.objects(node, sh.path)}
        assert {mapping.expand(mapped.iri) for mapped in table.values()} <= paths


@needs
@settings(deadline=None, max_examples=10)
@given(extractions())
def test_any_extraction_keeps_to_the_shapes(x):
    """Hostile strings included."""
    assert faults(graph_of(x)) == ""


@needs
def test_demo_keeps_to_the_shapes_and_a_damaged_graph_does_not():
    """A missing value, one too many, one of another list, offsets the wrong way round."""
    graph = graph_of(demo())
    meeting = next(graph.subjects(rdflib.RDF.type, SCHEMA.Event))
    status = graph.value(meeting, DIP.status)
    span = graph.value(graph.value(meeting, DIP.cue), DIP.span)
    end = graph.value(span, OA.end)

    assert faults(graph) == ""
    for node, path, old, new, broken in (
        (meeting, DIP.status, status, (), "MinCount"),
        (meeting, DIP.status, status, (DIP["status-held"], DIP["status-planned"]), "MaxCount"),
        (meeting, DIP.status, status, (DIP["act-thank"],), "InConstraint"),
        (span, OA.end, end, (rdflib.Literal(0),), "LessThan"),
        (span, OA.end, end, (rdflib.Literal("x"),), "Datatype"),
    ):
        graph.remove((node, path, old))
        for value in new:
            graph.add((node, path, value))
        assert broken in faults(graph)
        for value in new:
            graph.remove((node, path, value))
        graph.add((node, path, old))
    assert faults(graph) == ""


@needs
def test_words_may_be_left_out():
    """And the text put in."""
    assert faults(graph_of(demo(), words=False, text=True)) == ""
