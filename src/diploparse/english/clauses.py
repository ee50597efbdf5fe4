"""
Shallow syntax: verb groups with subject, objects, attachments and complements.

A finite-state cascade: words are classed (`wordclasses`), one bounded pattern cuts them into chunks
(`syntax.chunks`), chunks grow into phrases (`syntax.phrases`), and one pass from left to right hangs clauses on a
stack (`STEPS`).

References:
    Hobbs et al., "FASTUS: a cascaded finite-state transducer for extracting information from
    natural-language text", 1997.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..lexicon import LexiconUnion
from ..records import Attachment, Clause, Document, Mention, Span
from .syntax.attributed import attribute
from .syntax.bounds import read_boundary, read_comma, read_subordinator, read_that, read_wh
from .syntax.chunks import chunks_of
from .syntax.finite import read_finite
from .syntax.frames import Frame
from .syntax.nonfinite import read_infinitive, read_participle
from .syntax.nouns import read_noun_phrase, read_prepositional
from .syntax.phrases import Text, items_of
from .syntax.quoted import read_quote
from .syntax.stack import Stack
from .syntax.verb_groups import verb_group
from .tokens import tokens_of
from .wordclasses import Words, classed

# What an item does to the open clauses, by its kind.  A step may answer with the kind that the item is after all.
STEPS: dict[str, Callable[[Stack, int, Any], str | None]] = {
    "N": read_noun_phrase,
    "P": read_prepositional,
    "V": read_finite,
    "I": read_infinitive,
    "G": read_participle,
    "E": read_participle,
    "t": read_that,
    "w": read_wh,
    "f": read_subordinator,
    ",": read_comma,
    '"': read_quote,
    ";": read_boundary,
    ":": read_boundary,
    "-": read_boundary,
}
# The second reading, which is final.
TURNED: dict[str, Callable[[Stack, int, Any], str | None]] = {
    "V": lambda stack, at, item: read_finite(stack, at, item, turned=True),
    "E": lambda stack, at, item: read_participle(stack, at, item, turned=True),
    "t": read_that,
}
# Items that leave a noun phrase before them waiting for its verb.
_PASSED_BY = frozenset("r!PB")
# Items that the next one does not look back to.
_LOOKED_THROUGH = frozenset("r!B")


def frames_of(text: Text, sentence: range) -> list[Frame]:
    """The clauses of a sentence."""
    items = items_of(text, chunks_of(text.classes, sentence.start, sentence.stop))
    stack = Stack(text, items, sentence)
    previous = "^"
    for at, item in enumerate(items):
        kind = item.kind
        step = STEPS.get(kind)
        stack.previous = previous
        if step:
            again = step(stack, at, item)
            if again:
                TURNED[again](stack, at, item)
        elif kind not in _PASSED_BY:
            stack.run = None
            if kind == "k":
                stack.nominal = None
        if kind == "a":
            stack.auxiliary = (item.first, item.last)
        elif kind not in _LOOKED_THROUGH and not (item.time and previous in "VIGE"):
            previous = item.kind
    stack.pop_to(0, sentence.stop)
    attribute(stack)
    return [f for f in stack.done if f.chunk is not None or f.noun]


def apart(words: Words, lexicon: LexiconUnion, quotes: Sequence[tuple[int, int]]) -> str:
    """The classes with event nouns kept from a mention after them ("Before the talks | General Kjeldgaard"), and
    the marks of quotations told from possessives."""
    letters = list(words.classes)
    for first, last in quotes:
        for at in (first, last - 1):
            if at < len(letters) and letters[at] == "'":
                letters[at] = '"'
    for first in words.mentions:
        before = first - 1
        named = first > 0 and letters[first] == "M" and letters[before] == "n"
        if named and lexicon.has(words.lower[before], "event_noun"):
            letters[before] = "y"
    return "".join(letters)


def find_clauses(document: Document, mentions: Sequence[Mention], lexicon: LexiconUnion) -> Iterator[Clause]:
    """
    Yield the clauses of a document, by the place of their verb.

    Args:
        document: Sentences and quotations are taken from it.

        mentions: A mention is never cut; time mentions are neither subject nor object.

        lexicon: Its event and speech nouns make nominal clauses.

    Yields:
        Clauses with ids "c1", "c2" ..., in text order of the verb.
    """
    words, sentences = classed(tokens_of(document.text), document.sentences, mentions)
    starts = words.starts
    quotes = sorted(
        (bisect_left(starts, q.span.start), bisect_left(starts, q.span.end)) for q in document.quotations
    )
    words = words._replace(classes=apart(words, lexicon, quotes))
    text = Text(words, lexicon, quotes)
    frames: list[Frame] = []
    for sentence in sentences:
        if len(sentence) > 1:
            frames += frames_of(text, sentence)
    frames.sort(key=lambda f: (f.head, f.noun))
    for number, frame in enumerate(frames, 1):
        frame.order = number
    for frame in frames:
        yield clause_of(words, frame)


# Their span takes in their subject; the subject of the others stands outside of them.
_WITH_SUBJECT = frozenset(["main", "coordinate", "complement", "quotation"])


def clause_of(words: Words, frame: Frame) -> Clause:
    """A finished clause as a record: word numbers become spans."""
    starts, ends = words.starts, words.ends
    subject, complement = frame.subject, frame.complement
    if len(complement) > 1:
        complement.sort()
    return Clause(
        id=f"c{frame.order}",
        span=extent(words, frame),
        verb=verb_group(words, frame),
        subject=Span(starts[subject[0]], ends[subject[1] - 1]) if subject else None,
        objects=tuple([Span(starts[a], ends[b - 1]) for a, b in frame.objects]),
        attachments=tuple([attachment_of(words, *place) for place in frame.attachments]),
        complement=tuple([Span(starts[a], ends[b - 1]) for a, b in complement if a < b]),
        parent=known(frame.parent) if frame.parent is not frame else None,
        link=frame.link,
        marker=frame.marker,
    )


def extent(words: Words, frame: Frame) -> Span:
    """From a clause's first word to its last, marks at the end left out."""
    head, subject, classes = frame.head, frame.subject, words.classes
    last = min(max(frame.last, head + 1), len(words.starts))
    first = min(frame.first, head)
    if subject and subject[0] < first and frame.link in _WITH_SUBJECT:
        first = subject[0]
    while last - 1 > head and classes[last - 1] in ',.;:-"k':
        last -= 1
    return Span(words.starts[first], words.ends[last - 1])


def attachment_of(words: Words, preposition: int, first: int, last: int) -> Attachment:
    """A preposition, from its word, and its object, a run of words; a time has none before it."""
    starts, lower = words.starts, words.lower
    end = words.ends[last - 1]
    if first == preposition + 1:
        name = lower[preposition]
    else:
        name = " ".join([w for w in lower[preposition:first] if w[0].isalpha()])
    return Attachment(preposition=name, span=Span(starts[preposition], end), object=Span(starts[first], end))


def known(frame: Frame | None) -> str | None:
    """The id of the nearest clause outwards, from the frame on, that has its verb."""
    for _ in range(50):
        if frame is None or frame.order >= 0:
            break
        frame = frame.parent
    return f"c{frame.order}" if frame is not None and frame.order >= 0 else None
