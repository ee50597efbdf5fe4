"""The stage table, the loop and its laws."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import diploparse
from diploparse import Metadata, RawDocument, Span, UsageError
from diploparse.parser import STAGES, longest, spans_of

TEXT = (
    "BAKU, March 9. Foreign Minister Jane Roe met with President John Doe in Paris on Monday. "
    "“We agreed on everything,” Roe said. Doe stressed that talks would go on."
)


def test_stages_are_pinned():
    """Order, and who fills what."""
    assert [(s.name, s.filled_by) for s in STAGES] == [
        ("segment", "one"), ("mentions", "all"), ("clauses", "one"), ("actors", "one"),
        ("meetings", "all"), ("occasions", "one"), ("statements", "all"), ("records", "all"),
    ]  # fmt: skip


def test_public_names_are_sorted_and_there():
    """`__all__` is sorted and each of its names exists."""
    assert diploparse.__all__ == sorted(diploparse.__all__)
    assert all(hasattr(diploparse, name) for name in diploparse.__all__)


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_string_parses(text):
    """Total: never an exception, every span in bounds, references closed."""
    extraction = diploparse.parse(text)

    check_laws(extraction, text)


PIECES = [
    "Minister", "Jane Roe", "President of France", "met", "said", "that", "“", "”", '"', "‘", "’", "\n\n", ".",
    ",", "on Monday", "in Paris", "talks", "between", "and", "Gen.", "U.S.", "he", "the sides", "discussed", "(",
    ")", "—", ":", "will", "not", "5 May 2024", "according to", "adding", "who", "\x00", "\ud800", "Q:", "the",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))
@settings(max_examples=200, deadline=None)
def test_any_heap_of_diplomatic_words_parses(text):
    """Total on what comes near our own subject, too."""
    check_laws(diploparse.parse(text), text)


def check_laws(extraction, text):
    assert extraction.document.text == text
    for record in (*extraction.actors, *extraction.meetings, *extraction.statements):
        assert record.evidence
        for span in spans_of(record):
            assert 0 <= span.start < span.end <= len(text)
    actors = {a.id for a in extraction.actors}
    meetings = {m.id for m in extraction.meetings}
    for m in extraction.meetings:
        assert {p.actor for p in m.participants} <= actors
        assert m.told_by is None or m.told_by in actors
        assert m.parent is None or m.parent.id in meetings
    for s in extraction.statements:
        assert s.content
        assert {*s.speakers, *s.addressees, *([s.speaker] if s.speaker else [])} <= actors
        assert s.occasion is None or s.occasion in meetings
    assert [d for d in extraction.diagnostics if d.severity != "info"] == []


def test_parsing_is_deterministic_across_hash_seeds():
    """The same records whatever PYTHONHASHSEED is."""
    code = f"import diploparse; print(diploparse.parse({TEXT!r}))"

    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("0", "7")
    }  # fmt: skip

    assert len(outputs) == 1


def test_what_is_not_a_string_is_a_usage_error():
    """Bytes are for readers."""
    with pytest.raises(UsageError, match="decode bytes first"):
        diploparse.parse(b"bytes")


@pytest.mark.parametrize("published", ["28.11.2019", "2019-13-01", "", "yesterday"])
def test_published_is_an_iso_date(published):
    """Anything else is a usage error that shows how."""
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        diploparse.parse(TEXT, published=published)


def test_metadata_reaches_the_document():
    """What a reader knows is kept; arguments win over it."""
    raw = RawDocument(text=TEXT, metadata=Metadata(id="x1", url="u", published="2024-01-02"))

    document = diploparse.Parser(entry_points=False).parse(raw, published="2024-01-03").document

    assert (document.id, document.url, document.published) == ("x1", "u", "2024-01-03")


def test_pipe_keeps_the_order():
    """One extraction a document, in order."""
    parser = diploparse.Parser(entry_points=False)

    texts = [e.document.text for e in parser.pipe(["One met two.", "", "Three spoke."])]

    assert texts == ["One met two.", "", "Three spoke."]


def test_longest_mention_stays():
    """Of two that overlap the longer, then the earlier given."""
    mentions = [
        diploparse.Mention(kind="country", span=Span(0, 5)),
        diploparse.Mention(kind="person", span=Span(0, 9)),
        diploparse.Mention(kind="place", span=Span(10, 12), value="first"),
        diploparse.Mention(kind="place", span=Span(10, 12), value="second"),
    ]

    assert [(m.kind, m.value) for m in longest(mentions)] == [("person", None), ("place", "first")]


def test_rows_have_the_same_keys():
    """A data frame can be made of them."""
    extraction = diploparse.parse(TEXT, published="2024-03-09")

    for table in ("actors", "meetings", "statements"):
        assert len({tuple(row) for row in extraction.rows(table)}) <= 1


def test_actor_of_unknown_id_is_a_key_error():
    """`Extraction.actor` says which id."""
    with pytest.raises(KeyError, match="actor-none"):
        diploparse.parse("").actor("actor-none")
