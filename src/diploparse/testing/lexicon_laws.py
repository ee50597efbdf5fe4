"""Laws of lexicons."""

from __future__ import annotations

import functools
import re

from ..hookspecs import Lexicon
from ..parser import Parser
from .readable import everything
from .subjects import (
    Draw,
    NotApplicable,
    Subject,
    break_law,
    demand_same,
    good_text,
)

_COMMON = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "had", "has", "have", "he", "her", "him",
    "his", "i", "in", "is", "it", "its", "met", "not", "of", "on", "or", "said", "she", "that", "the", "their", "they",
    "this", "to", "was", "we", "were", "which", "who", "will", "with",
))  # fmt: skip


def entries_are_found(subject: Subject, draw: Draw) -> None:
    from ..lexicon import LexiconUnion, entries_of

    for lexicon in subject.items[Lexicon]:
        entries = list(entries_of(lexicon))
        union = LexiconUnion(entries)
        for entry in entries:
            subject.count("entries_are_found")
            text = f"x {entry.surface} y"
            found = any(h.start == 2 and h.end == 2 + len(entry.surface) for h in union.find(text))
            if entry.match == "token":
                found = union.has(entry.surface, entry.kind)
            if not found or entry.surface != entry.surface.strip():
                break_law(
                    subject, "entries_are_found", lexicon=lexicon.name,
                    entry=f"{entry.surface!r} ({entry.kind}, match {entry.match}) is not found where it stands",
                )  # fmt: skip


def no_common_words(subject: Subject, draw: Draw) -> None:
    from ..lexicon import entries_of

    for lexicon in subject.items[Lexicon]:
        for entry in entries_of(lexicon):
            subject.count("no_common_words")
            if entry.surface.lower() in _COMMON and entry.match == "phrase":
                break_law(
                    subject,
                    "no_common_words",
                    lexicon=lexicon.name,
                    entry=f"{entry.surface!r} is a word of every text",
                )


def lexicon_is_additive(subject: Subject, draw: Draw) -> None:
    from ..lexicon import LexiconUnion, entries_of

    if subject.builtin:
        raise NotApplicable("every text has words of the built-in lexicon")
    text, published = good_text(subject, draw, examples=False)
    union = LexiconUnion([e for lexicon in subject.items[Lexicon] for e in entries_of(lexicon)])
    words = set(re.findall(r"\w+", text.lower()))
    if union.find(text) or any(
        e.match == "token" and e.surface.lower() in words for k in union.kinds() for e in union.table(k)
    ):
        return
    plain = _plain_parser().parse(text, published=published)
    beside = subject.read(text, published).extraction
    subject.count("lexicon_is_additive")
    demand_same(subject, "lexicon_is_additive", everything(plain), everything(beside), text=repr(text))


@functools.lru_cache(maxsize=1)
def _plain_parser() -> Parser:
    return Parser(entry_points=False)
