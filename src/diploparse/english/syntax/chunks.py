"""
Word classes to chunks: noun groups, verb groups and the words between, by one bounded pattern a sentence.

The pattern runs over the class string (`wordclasses`), so that group offsets are word numbers.
Every run is bounded: an unbounded noun run was quadratic on long lists.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_ADVERB = r"[r!]{0,3}"
# One premodifier or noun: a name, a noun, an adjective, a participle after an adjective or determiner, a
# possessive 's before more, "and" between two adjectives, scare quotes around a few words.
_ATOM = (
    r"(?:M\+{0,40}|P\.(?=P)|[njcP]|s(?!M)|y(?![PM])|r{1,2}(?=[jc])|(?<=[DSjcI'\",])e(?=[njscPyM\"])|(?<=[DSjc'])g(?=[njscPyM])"
    r"|'(?=[njscPyMegrZ])|(?<=j)k(?=j[njsy])|(?<=j),(?=j(?:[njs]|(?:,j)?,?k?j[njs]))|(?<=[DSjn'])Z\+{0,9}(?=[njsPM'])"
    r"|Z\+{0,9}(?='[njscPM])|(?<=[DSjsncP'I])\"(?:[njscPger]|M\+{0,9}){1,5}\"(?![,.])|(?<=c)-(?=c))"
)
_NOUN_GROUP = rf"(?:D{{0,2}}S?(?:{_ATOM}){{0,14}}(?:[nscPy]|M\+{{0,40}}|(?<=[DSj])\"(?:[njscPger]|M\+{{0,9}}){{1,5}}\")|[DS](?:r?[jeg]){{1,3}}|[hoxS]|D|Z\+{{0,9}})"
_FINITE = rf"(?:[mBHO]{_ADVERB}(?:[HbBO]{_ADVERB}){{0,3}}(?:[vedgq]|z(?!n))?|[vzd])l?"
_INFINITIVE = rf"!?T{_ADVERB}(?:(?:H{_ADVERB})?(?:b{_ADVERB})?[eg]|H{_ADVERB}b|[vbHO])l?"
_GERUND = rf"(?:[qb]{_ADVERB}(?:b{_ADVERB})?[eg]?|g)l?"

CHUNK = re.compile(
    rf"(?P<I>{_INFINITIVE})|(?P<V>{_FINITE})|(?P<N>{_NOUN_GROUP})|(?P<G>{_GERUND})|(?P<E>el?)"
    r"|(?P<B>\([^()]{0,60}\))|(?P<J>r?j)|(?P<other>.\+*)",
    re.DOTALL,
)


# Kinds of single words that are not called as their class.
_KINDS = {"I": "p", "E": "#"}


class Chunk(NamedTuple):
    """A run of words."""

    kind: str
    """N noun group, V finite verb group, I infinitive, G gerund, E participle, B bracket, J adjective; else the word's class."""

    first: int
    """Number of its first word."""

    last: int
    """One past its last word."""


def chunks_of(classes: str, first: int, last: int) -> list[Chunk]:
    """The chunks of a sentence, in order and without gaps."""
    out: list[Chunk] = []
    for found in CHUNK.finditer(classes, first, last):
        kind, start = found.lastgroup, found.start()
        if kind == "other":
            letter = classes[start]
            kind = _KINDS.get(letter, letter)
        out.append(Chunk(kind or "", start, found.end()))
    return out
