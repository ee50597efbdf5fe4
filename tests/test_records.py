"""Records: frozen, tuples only, ids that hang on anchors."""

import itertools

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import diploparse
from diploparse import Actor, Actors, Document, Span, record_id
from diploparse import records as module

CLASSES = [v for v in vars(module).values() if isinstance(v, type) and attrs.has(v)]


@pytest.mark.parametrize("cls", CLASSES, ids=lambda c: c.__name__)
def test_record_is_frozen_and_documented(cls):
    """Frozen, no converters, a docstring, and one below each field."""
    import ast
    import inspect
    import textwrap

    body = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0].body
    fields = [n for n in body if isinstance(n, ast.AnnAssign)]
    documented = [
        a.target.id
        for a, b in itertools.pairwise(body)
        if isinstance(a, ast.AnnAssign) and isinstance(b, ast.Expr) and isinstance(b.value, ast.Constant)
    ]

    assert cls.__doc__
    assert documented == [f.target.id for f in fields]
    assert all(a.converter is None for a in attrs.fields(cls))
    assert cls.__setattr__ is not object.__setattr__


def test_list_is_refused_with_what_to_write():
    """A list would be unequal and unhashable later."""
    with pytest.raises(TypeError, match=r"Actor\.mentions takes a tuple, not list"):
        Actor(kind="person", name="x", mentions=[Span(0, 1)])


def test_wrong_item_is_refused():
    """A tuple of the wrong thing is no better."""
    with pytest.raises(TypeError, match=r"Actor\.mentions holds Span, not tuple"):
        Actor(kind="person", name="x", mentions=((0, 1),))


spans = st.builds(lambda a, b: Span(a, a + b), st.integers(0, 50), st.integers(1, 20))


@given(spans, spans)
def test_overlap_is_symmetric_and_containment_implies_it(a, b):
    """Half-open spans."""
    assert a.overlaps(b) == b.overlaps(a)
    assert a.overlaps(b) == bool(set(range(a.start, a.end)) & set(range(b.start, b.end)))
    if a in b:
        assert a.overlaps(b)


@given(st.lists(st.lists(spans, min_size=1, max_size=3), max_size=6), spans)
def test_actors_at_finds_whoever_a_mention_touches(mentions, span):
    """The look-up is what a scan of all mentions gives."""
    actors = Actors(
        Actor(id=f"a{n}", kind="person", name="x", mentions=tuple(m)) for n, m in enumerate(mentions)
    )

    expected = {f"a{n}" for n, ms in enumerate(mentions) if any(m.overlaps(span) for m in ms)}

    assert {a.id for a in actors.at(span)} == expected


def document(text):
    return Document(id="d", text=text, sha256=text)


def test_record_id_hangs_on_document_kind_and_anchors():
    """Another of any of the three is another id; the same are the same."""
    ids = {
        record_id(document("a"), "meeting", Span(0, 3)),
        record_id(document("b"), "meeting", Span(0, 3)),
        record_id(document("a"), "actor", Span(0, 3)),
        record_id(document("a"), "meeting", Span(0, 4)),
        record_id(document("a"), "meeting", Span(0, 3), "x"),
    }

    assert len(ids) == 5
    assert record_id(document("a"), "meeting", Span(0, 3)) in ids


def test_corrected_value_does_not_change_the_id():
    """An id is given once."""
    extraction = diploparse.parse("Minister Jane Roe met President John Doe in Paris.")
    for actor in extraction.actors:
        assert attrs.evolve(actor, name="other").id == actor.id
