"""Drafts: statements as a rule reads them, and the content spans and quotation marks they are made of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import attrs

from ..records import (
    Clause,
    Mode,
    Quotation,
    Span,
)
from .attribution import Speech


@attrs.frozen(kw_only=True)
class Draft:
    """A statement as a rule reads it, before it is a record."""

    rule: str
    """Name of the rule."""

    cue: Span
    """The words that tell it."""

    lemma: str
    """Their base form."""

    content: tuple[Span, ...]
    """What is said."""

    speaker: Span | None
    """The noun phrase that stands for the speaker."""

    act: str = "assert"
    """What the table says it does."""

    hearer: Span | None = None
    """The noun phrase that stands for the one spoken to."""

    clause: Clause | None = None
    """The cue's clause, if it has one."""

    joint: bool = False
    """Whether the verb is one that several do together."""

    mode: Mode | None = None
    """Set where the content's quotation marks do not tell it: turns have none."""


# -- content ------------------------------------------------------------------------------


_LEFT = " \t\n\r\u00a0,;:–—-"
_RIGHT = " \t\n\r\u00a0,;:–—-"


def trimmed(speech: Speech, start: int, end: int) -> Span | None:
    """A region without outer blanks, commas, dashes and the final full stop; ``None`` if no word is left."""
    text = speech.text
    while start < end and (text[start] in _LEFT or text[start] == "."):
        start += 1
    while end > start and text[end - 1] in _RIGHT:
        end -= 1
    if end > start and text[end - 1] == "." and not _is_abbreviation(speech, end):
        end -= 1
    while end > start and text[end - 1] in _RIGHT:
        end -= 1
    if not any(c.isalnum() for c in text[start:end]):
        return None
    return Span(start, end)


def _is_abbreviation(speech: Speech, end: int) -> bool:
    """Whether the full stop before an offset belongs to the word: "U.S." keeps it."""
    number = speech.token_at(end - 1)
    return number >= len(speech.tokens.starts) or speech.tokens.starts[number] > end - 1


def content_of(speech: Speech, start: int, end: int) -> tuple[Span, ...]:
    """
    The content spans of a region.

    Quoted whole, the words inside the marks (one span a paragraph); otherwise one span with
    the marks that it holds.
    """
    region = trimmed(speech, start, end)
    if region is None:
        return ()
    quotes = quotations_inside(speech, region)
    if quotes and _covers(speech, quotes, region):
        return tuple(c for q in quotes for c in q.content)
    return (region,)


def quotations_inside(speech: Speech, region: Span) -> list[Quotation]:
    """The outermost quotations within a region (of those inside a larger quotation, if the region is)."""
    found: list[Quotation] = []
    quotations = speech.document.quotations
    for number in range(bisect_left(speech.every_quote_start, region.start), len(quotations)):
        quote = quotations[number]
        if quote.span.start >= region.end:
            break
        # The trimmed region may have lost the closing mark's full stop.
        if quote.span.start >= region.start and quote.span.end <= region.end + 1 and (
            not found or quote.span.start >= found[-1].span.end
        ):  # fmt: skip
            found.append(quote)
    return found


def _covers(speech: Speech, quotes: Sequence[Quotation], region: Span) -> bool:
    at = region.start
    for quote in quotes:
        if any(c.isalnum() for c in speech.text[at : quote.span.start]):
            return False
        at = quote.span.end
    return not any(c.isalnum() for c in speech.text[at : region.end])


def mode_of(speech: Speech, content: Sequence[Span]) -> Mode:
    """Direct if all of it stands inside quotation marks left out, mixed if part of it is quoted."""
    outside = inside = False
    for span in content:
        if _is_quoted_whole(speech, span):
            inside = True
        elif quotations_inside(speech, span):
            inside = outside = True
        else:
            outside = True
    return "mixed" if inside and outside else "direct" if inside else "indirect"


def _is_quoted_whole(speech: Speech, span: Span) -> bool:
    """Whether a span is all that a quotation holds in its paragraph: the nearest that begins at or before it."""
    number = bisect_right(speech.quoted_words, span.start, key=lambda c: c.start) - 1
    while number >= 0:
        words = speech.quoted_words[number]
        if speech.text[words.start : span.start].strip(" ."):
            return False
        if words == span or (span.end <= words.end and _same_words(speech, words, span)):
            return True
        number -= 1
    return False


def _same_words(speech: Speech, one: Span, other: Span) -> bool:
    return (
        speech.text[one.start : other.start].strip(" .")
        == ""
        == speech.text[other.end : one.end].strip(" .,")
    )
