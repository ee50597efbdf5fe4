"""The kit's strategies: registered, valid, connected, small when they fail."""

import subprocess
import sys
from random import Random

import attrs
import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

import diploparse
from diploparse import records as module
from diploparse.parser import spans_of
from diploparse.testing.registration import NAMES
from diploparse.testing.strategies import Scene, scenes

CLASSES = [v for v in vars(module).values() if isinstance(v, type) and attrs.has(v)]


def test_every_record_has_a_strategy():
    """A record class that is new needs one."""
    assert sorted(c.__name__ for c in CLASSES) == sorted(NAMES)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda c: c.__name__)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_from_type_gives_valid_instances(cls, data):
    """`st.from_type` works for each, spans are not empty."""
    record = data.draw(st.from_type(cls))

    assert type(record) is cls
    assert all(span.start < span.end for span in spans_of(record))


def test_registration_needs_no_import():
    """A program that imports diploparse and Hypothesis only can ask for a meeting."""
    code = (
        "import sys, diploparse; from hypothesis import find, strategies as st;"
        "assert 'diploparse.testing.strategies' not in sys.modules;"
        "assert find(st.from_type(diploparse.Meeting), lambda m: True).participants"
    )

    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


@given(scenes(meetings=1))
@settings(max_examples=150, deadline=None)
def test_scene_keeps_the_promises_of_the_records(scene: Scene):
    """Names are what their spans cover, evidence is whole sentences, ids resolve, order is text order."""
    extraction = scene.extraction
    text, document = extraction.text, extraction.document
    actors, meetings = {a.id for a in extraction.actors}, {m.id for m in extraction.meetings}
    for actor in extraction.actors:
        assert {text(m) for m in actor.mentions} == {actor.name}
        assert list(actor.mentions) == sorted(actor.mentions)
        assert all(text(role.span) == role.title for role in actor.roles)
    for meeting in extraction.meetings:
        assert {p.actor for p in meeting.participants} <= actors
        assert meeting.cue.span in meeting.evidence[0]
        assert set(meeting.evidence) <= set(document.sentences)
        assert meeting.place is None or text(meeting.place.span) == meeting.place.name
        assert meeting.when is None or text(meeting.when.span) == meeting.when.text
        assert meeting.parent is None or meeting.parent.id in meetings
    for statement in extraction.statements:
        assert statement.speaker in actors
        assert statement.content[0] in statement.evidence[0]
        assert statement.occasion is None or statement.occasion in meetings
    spans = [m.span for m in scene.mentions]
    assert spans == sorted(spans)
    assert list(diploparse.loads(dumped(extraction))) == [extraction]


def dumped(extraction):
    from diploparse.export.json import dumps

    return dumps(extraction)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("type_", "condition", "longest"),
    [
        (diploparse.Extraction, lambda x: x.meetings, "A met Aa."),
        (diploparse.Extraction, lambda x: any(s.mode == "direct" for s in x.statements), "a. A said “a”."),
        (diploparse.Extraction, lambda x: any(m.place for m in x.meetings), "A met Aa in A."),
        (diploparse.Extraction, lambda x: any(m.parent for m in x.meetings), "A met Aa. a. A met Aa."),
    ],
)
def test_counter_examples_shrink_to_a_sentence(type_, condition, longest):
    """What Hypothesis shows in the end can be read at a glance."""
    found = find(
        st.from_type(type_), lambda x: bool(condition(x)), settings=settings(database=None), random=Random(7)
    )

    # A word more than the smallest: shrinking is a search.
    assert len(found.document.text) <= len(longest) + 4
