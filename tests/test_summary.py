"""The summary: what a person sees of an extraction."""

import io

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import diploparse
from diploparse import Actor, Cue, Meeting, Participation, Place, Span, Statement, Topic, When
from diploparse.export.summary import clipped, excerpt, page_of, shown, write_summary

TEXT = (
    "Headline [bold]\n\nJane Roe received John Doe in Oslo on Friday. “We agreed,” both said. It was noted."
)


def span(words):
    """Where words stand in the text."""
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def extraction():
    """One of each, made by hand."""
    actors = (
        Actor(
            id="a1",
            kind="person",
            name="Jane Roe",
            country="NO",
            mentions=(span("Jane Roe"),),
            references=(span("both"),),
        ),
        Actor(id="a2", kind="person", name="John Doe", mentions=(span("John Doe"),)),
    )
    told = (span("Jane Roe received John Doe in Oslo on Friday."),)
    meeting = Meeting(
        id="m1", status="planned", channel="video", format="multilateral", told_by="a2", evidence=told,
        participants=(
            Participation(actor="a1", part="host", span=span("Jane Roe")),
            Participation(actor="a2", part="delegation_head", span=span("John Doe")),
        ),
        cue=Cue(span=span("received"), lemma="receive"), when=When(text="on Friday", span=span("on Friday")),
        place=Place(name="Oslo", span=span("Oslo")), topics=(Topic(text="trade [x]", span=span("Oslo")),),
    )  # fmt: skip
    statements = (
        Statement(
            id="s1", speaker="a1", speakers=("a1", "a2"), joint=True, mode="direct", content=(span("We agreed"),),
            cue=Cue(span=span("said"), lemma="say"), evidence=told, addressees=("a2",),
        ),
        Statement(id="s2", content=(span("It was"),), cue=Cue(span=span("noted"), lemma="note"), evidence=told),
    )  # fmt: skip
    document = diploparse.Parser(entry_points=False, disable=["english"]).parse(TEXT).document
    return diploparse.Extraction(document=document, actors=actors, meetings=(meeting,), statements=statements)


def written(*extractions):
    """The summary, as it is written where there is no terminal."""
    out = io.StringIO()
    write_summary(extractions, out)
    return out.getvalue()


@pytest.mark.parametrize("words", [
    "1 meeting · 2 statements · 2 actors", "Jane Roe (NO, host)", "John Doe", "delegation head", "on Friday", "planned",
    "by video", "multilateral", "told by John Doe", "About: trade [x]", "line 3, 17-62", "“We agreed”", "to John Doe",
    "(not told)", "assert, indirect", "Headline [bold]",
])  # fmt: skip
def test_record_is_shown_with_its_place(words, monkeypatch):
    """Names for ids, words for codes, brackets as they are."""
    monkeypatch.setenv("COLUMNS", "140")

    assert words in written(extraction())


def test_nothing_found_is_said():
    """In the place of each table."""
    assert written(diploparse.parse("")).count("none found") == 3


def test_several_are_told_apart():
    """By a rule between them."""
    assert written(extraction(), extraction()).count("Headline [bold]") == 2


def test_plugin_record_is_shown():
    """By its class and the words it was read from."""

    @attrs.frozen
    class Visit:
        evidence: tuple[Span, ...]

    assert "Visit: in Oslo" in written(
        attrs.evolve(extraction(), records=(Visit(evidence=(span("in Oslo"),)),))
    )


def test_excerpt_keeps_the_cue():
    """However little room there is."""
    page = page_of(extraction(), 80)
    cue = span("received")

    for length in range(5, 80):
        words = excerpt(page, page.extraction.meetings[0].evidence[0], cue, length)
        assert "received" in words.plain
        assert any(words.plain[s.start : s.end] == "received" for s in words.spans)


@given(st.text(), st.integers(2, 50))
def test_shown_text_is_one_safe_line(text, length):
    """No control characters, no line ends, no lone surrogates, no longer than asked by more than the ellipsis."""
    line = clipped(shown(text), length)

    assert line.isprintable() or not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in line)
    assert "\n" not in line
    assert len(line) <= length + 2
    line.encode("utf-8")


@given(st.text(alphabet=st.characters(codec=None), max_size=60), st.data())
def test_any_span_has_an_excerpt(text, data):
    """Any text, any stretch of it, any focus in or outside it."""
    ends = st.integers(0, len(text))
    first, focus = (Span(*sorted((data.draw(ends), data.draw(ends)))) for _ in range(2))
    page = page_of(
        diploparse.Extraction(document=diploparse.parser.plain_document(text, diploparse.Metadata())), 80
    )

    excerpt(page, first, focus, 30)
    assert page.line(len(text)) == text.count("\n") + 1
