"""GraphML: who met whom, as networkx reads it."""

import importlib.util
import io
import xml.etree.ElementTree as ET
from itertools import combinations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import extractions, texts

import diploparse
from diploparse import Actor, Cue, Meeting, Metadata, Participation, Place, RawDocument, Role, Span, When
from diploparse.export import graphml as module

needs = pytest.mark.skipif(
    importlib.util.find_spec("networkx") is None,
    reason="networkx is not installed (dependency group: exports)",
)
relaxed = settings(deadline=None, max_examples=40)


def graph_of(*found, **options):
    """What networkx makes of it."""
    import networkx

    out = io.BytesIO()
    diploparse.write(found, "graphml", out, **options)
    out.seek(0)
    return networkx.read_graphml(out, force_multigraph=True)


def held(text):
    """A text as XML 1.0 can hold it."""
    return "".join(
        c
        if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
        else "\ufffd"
        for c in text
    )


def telling(number, *people, channel="in_person", date="2019-11-28"):
    """A document in which people meet."""
    x = diploparse.Parser().parse(
        RawDocument(text="Met.", metadata=Metadata(id=f"d{number}", published=date))
    )
    span = Span(0, 3)
    return attrs.evolve(
        x,
        actors=tuple(
            Actor(id=name, kind="person", name=name, country="AZ", mentions=(span,), roles=(Role(title=f"Minister {name}", span=span),))
            for name in people
        ),
        meetings=(
            Meeting(
                id=f"m{number}", cue=Cue(span=span, lemma="meet"), evidence=(Span(0, 4),), channel=channel,
                when=When(value=date, earliest=date, latest=date, span=span), place=Place(name="Rome", country="IT", span=span),
                participants=tuple(Participation(actor=name, span=span) for name in people),
            ),
        ),
    )  # fmt: skip


@needs
def test_networkx_reads_a_multigraph_with_dates_and_channels():
    """Two meetings of the same two are two edges; three who meet are three."""
    graph = graph_of(telling(1, "A", "B"), telling(2, "B", "A", "C", channel="phone", date="2020-01-02"))
    by_name = {data["name"]: node for node, data in graph.nodes(data=True)}

    assert graph.is_multigraph()
    assert not graph.is_directed()
    assert sorted(by_name) == ["A", "B", "C"]
    assert graph.nodes[by_name["A"]] == {
        "name": "A",
        "kind": "person",
        "country": "AZ",
        "title": "Minister A",
    }
    assert graph.number_of_edges() == 4
    between = graph.get_edge_data(by_name["A"], by_name["B"]).values()
    assert sorted((e["date"], e["channel"], e["meeting"], e["participants"]) for e in between) == [
        ("2019-11-28", "in_person", "m1", 2), ("2020-01-02", "phone", "m2", 3),
    ]  # fmt: skip
    first = next(e for e in between if e["meeting"] == "m1")
    assert (first["place"], first["document"], first["sentence"], first["status"]) == (
        "Rome",
        "d1",
        "Met.",
        "held",
    )


@needs
def test_documents_may_stand_apart():
    """Without merging, somebody is a node in each."""
    found = telling(1, "A", "B"), telling(2, "A", "B")

    assert graph_of(*found).number_of_nodes() == 2
    assert graph_of(*found, merge=False).number_of_nodes() == 4


@needs
@relaxed
@given(st.lists(extractions(), max_size=2))
def test_anything_is_read_back(found):
    """Names and words, whatever they hold; an edge for each pair at each meeting."""
    graph = graph_of(*found)

    people, edges = set(), 0
    for x in found:
        for m in x.meetings:
            met = dict.fromkeys(x.actor(p.actor) for p in m.participants)
            people |= {(held(a.name), a.kind) for a in met}
            edges += len(list(combinations({(a.name, a.kind) for a in met}, 2)))
    assert {(data["name"] or "", data["kind"]) for _, data in graph.nodes(data=True)} == {
        (name, kind) for name, kind in people
    }
    assert graph.number_of_edges() == edges


@relaxed
@given(texts())
def test_texts_come_back_as_they_were(text):
    """Line ends, quotes, astral characters; what XML has no place for is one U+FFFD."""
    parsed = ET.fromstring(f"<a>{module.xml_text(text)}</a>".encode())

    assert (parsed.text or "") == held(text)
