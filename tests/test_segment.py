"""Texts cut up: the families of ``fixtures/segment.md``."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from diploparse import Document, Metadata, Parser
from diploparse.english.segment import find_document
from diploparse.parser import plain_document

FIXTURE = Path(__file__).parent / "fixtures" / "segment.md"
LEXICON = Parser(entry_points=False).lexicon
FIELDS = ("published", "author", "title", "publisher", "language")
KINDS = ("header", "headline", "byline", "dateline", "body", "caption", "turn", "boilerplate")


class Case(NamedTuple):
    title: str
    passage: str
    expected: dict[str, list[str]]


def cases(path: Path) -> list[Case]:
    """The cases of a fixture: heading, text, and the lists of what is expected, by name."""
    found = []
    for block in path.read_text(encoding="utf-8").split("\n## ")[1:]:
        title, _, rest = block.partition("\n")
        passage = "\n".join(re.findall(r"^> ?(.*)$", rest, re.MULTILINE))
        expected: dict[str, list[str]] = {}
        for name, value in re.findall(r"^- ([a-z ]+): (.*)$", rest, re.MULTILINE):
            expected.setdefault(name, []).extend([] if value == "-" else [value])
        found.append(Case(title, passage, expected))
    return found


def told(document: Document, name: str) -> list[str]:
    """What a document has under a name of the fixture."""
    if name in FIELDS:
        value = getattr(document, name)
        return [value] if value else []
    if name in KINDS:
        return [document.words(p.span).replace("\n", "⏎") for p in document.paragraphs if p.kind == name]
    if name == "label":
        return [document.words(p.label) for p in document.paragraphs if p.label]
    if name == "sentence":
        return [document.words(s).replace("\n", "⏎") for s in document.sentences]
    if name in ("quotation", "open quotation"):
        return [
            " + ".join(document.words(s) for s in q.content)
            for q in document.quotations
            if q.closed == (name == "quotation")
        ]
    dateline = document.dateline
    if dateline is None:
        return []
    values = {
        "place": dateline.place and dateline.place.name.title(),
        "day": dateline.when and dateline.when.value,
        "agency": dateline.agency,
    }
    return [value] if (value := values[name]) else []


def matches(expected: str, actual: str) -> bool:
    """Whether a line of the fixture, which may leave words out, fits."""
    head, gap, tail = expected.partition(" … ")
    return actual.startswith(head) and actual.endswith(tail) if gap else expected == actual


@pytest.mark.parametrize("case", cases(FIXTURE), ids=lambda case: case.title)
def test_text_is_cut_up_as_listed(case: Case) -> None:
    """Each text has, of the fields and kinds that are named, exactly what is listed."""
    document = find_document(case.passage, Metadata(), LEXICON)

    actual = {name: told(document, name) for name in case.expected}

    fitted = {
        name: [e if matches(e, a) else a for e, a in zip(values, actual[name], strict=False)]
        + actual[name][len(values) :]
        for name, values in case.expected.items()
    }
    assert case.expected == fitted


def test_metadata_wins_over_the_text() -> None:
    """What the caller knows is not overwritten; the rest is read."""
    known = Metadata(
        id="x-1", url="https://example.org/1", title="Known", author="A. Known", publisher="Known News",
        published="2001-02-03", language="en-GB",
    )  # fmt: skip

    document = find_document("By Ben Other\n\nBAKU, March 9, 2020 (Other) -- They met.", known, LEXICON)

    assert [getattr(document, name) for name in (*FIELDS, "id", "url")] == [
        "2001-02-03", "A. Known", "Known", "Known News", "en-GB", "x-1", "https://example.org/1",
    ]  # fmt: skip
    assert document.dateline is not None
    assert document.dateline.agency == "Other"


def test_document_is_the_plain_one_in_id_and_digest() -> None:
    """The same text has the same id whoever cuts it up."""
    text = "They met.\ud800"

    document = find_document(text, Metadata(), LEXICON)

    plain = plain_document(text, Metadata())
    assert (plain.id, plain.sha256, plain.text) == (document.id, document.sha256, document.text)


@pytest.mark.parametrize(
    "text", ["", " \r\n\t", "\ufeff", "\x00", "“", "\x00\ud800\udfff\ufeff", "\u2028", "(((", '"']
)
def test_odd_texts_are_cut_up(text: str) -> None:
    """Nothing but marks, white space, NUL, lone surrogates, a byte-order mark."""
    check(text)


def check(text: str) -> Document:
    """The laws of a cut-up text: spans in order, inside one another, exact."""
    document = find_document(text, Metadata(), LEXICON)
    end = 0
    for paragraph in document.paragraphs:
        assert end <= paragraph.span.start < paragraph.span.end <= len(text)
        words = document.words(paragraph.span)
        assert words == words.strip()
        assert paragraph.label is None or paragraph.label in paragraph.span
        assert (paragraph.label is None) or paragraph.kind == "turn"
        end = paragraph.span.end
    read = [p.span for p in document.paragraphs if p.kind in ("headline", "body", "caption", "turn")]
    end, number = 0, 0
    for sentence in document.sentences:
        assert end <= sentence.start < sentence.end
        while sentence not in read[number]:
            number += 1
        assert document.words(sentence) == document.words(sentence).strip()
        end = sentence.end
    starts = [q.span.start for q in document.quotations]
    assert starts == sorted(starts)
    for quotation in document.quotations:
        assert quotation.content
        end = quotation.span.start
        for span in quotation.content:
            assert end <= span.start < span.end <= quotation.span.end
            end = span.end
    return document


PIECES = st.sampled_from(
    ["“", "”", '"', "'", "‘", "’", "«", "»", "„", "\n", "\n\n", "\r\n", " ", ".", "?", "...", ",", ":", " - ", "—",
     "the minister", "He said", "Gen. Roe", "U.S.", "No. 5", "B.Roe", "Q:", "ANSWER:", "Lund:", "BAKU", ", March 9", "/TASS/",
     "(Reuters)", "By Ann Roe", "date 2019-11-28", "5.12.2023", "3/4/2020", "Photo:", "(left)", "Read more", "©", "|", "•", "1.",
     "\xa0", "\xad", "&quot;", "\x00", "\ufeff", "July 5, 2010", "Image: A.", "((X))", "(00:04)", "No comments:"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
@example("“a\n\n“b\n\nc”")
@example("Q:\n\nQ: ")
def test_any_text_is_cut_up_by_the_laws(text: str) -> None:
    """Any string: paragraphs, sentences and quotations lie in order inside the text."""
    check(text)


@pytest.mark.parametrize(
    "unit",
    ['"', "'", "“", "“x ", " 'x", "\n", "a\n", "a\n\n", "word ", "x", ".", ". ", ".”", "Gen. ", "A: x\n\n", "5 May 2024\n",
     "- ", "&quot;", "« »", "‘a ministers’ ", "BAKU ", "(", "| ", "Photo by ", "word word word word word word word word word\n"],
    ids=repr,
)  # fmt: skip
def test_time_grows_with_length(unit: str) -> None:
    """Four times the text takes about four times as long: nothing looks over the rest of it at every step."""

    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        began = time.perf_counter()
        find_document(text, Metadata(), LEXICON)
        return time.perf_counter() - began

    seconds(1_000)
    short = min(seconds(15_000), seconds(15_000))
    # 16 would be quadratic; the rest is for a busy machine.
    assert seconds(60_000) < 10 * short + 0.2


def test_a_megabyte_without_an_end_is_cut_up() -> None:
    """A text of one sentence and a quotation that never ends."""
    text = "“The minister said that " + "the talks go on and " * 50_000

    document = find_document(text, Metadata(), LEXICON)

    assert len(document.sentences) == 1
    assert [q.closed for q in document.quotations] == [False]
