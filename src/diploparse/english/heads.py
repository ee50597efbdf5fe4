"""Heads: the nouns and phrases that say what somebody is ("minister", "head of state", "Col. Gen.")."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ..lexicon import Entry, LexiconUnion
from .names import INNER_ADDRESSES, Scan
from .wordclasses import word_set

_KINDS = {"title": "office", "rank": "rank", "honorific": "address"}
_GENDERS = {"m": "male", "f": "female"}
SUFFIXES = ("-designate", "-elect", "-in-office", "-nominate")
# Words before a head that belong to its title whatever their case; the table title_modifier adds to them.
MODIFIERS = word_set(
    """
    deputy vice first second third acting interim caretaker former ex late then current new newly newly-appointed
    newly-elected outgoing incoming retired honorary permanent special senior chief principal top assistant associate
    adjunct lead leading main executive managing under joint visiting de facto ousted deposed exiled transitional
    provisional self-proclaimed newly-accredited extraordinary plenipotentiary resident non-resident veteran longtime
    long-serving far-right far-left centre-right centre-left conservative liberal socialist social democratic republican
    democrat labour green junior young elder famed renowned prominent influential respected noted
    """
)
# Forms of address in capitals, as in the labels of a transcript ("MR PRICE:").
_SHOUTED = {"mr": "male", "mrs": "female", "ms": "female", "dr": ""}
_MEMBERS = word_set("state states country countries nations")


class Head(NamedTuple):
    """A noun that may head a title or a description."""

    first: int
    after: int
    kind: str
    """office, rank, occupation, relation, generic, side, group, body, state, or address (a form of address)."""
    plural: bool
    gender: str


def find_head(scan: Scan, i: int) -> Head | None:
    """The head that begins at a token."""
    heads: dict[int, Head | None] = scan.heads
    if i not in heads:
        heads[i] = _head(scan, i)
    return heads[i]


def _head(scan: Scan, i: int) -> Head | None:
    letter, low = scan.classes[i], scan.lower[i]
    if letter in ".0CDLqR" or (low in ("pm", "am") and i and scan.classes[i - 1] == "0"):
        return None  # "08:14 PM" is no prime minister.
    if letter == "N" and low in INNER_ADDRESSES:
        return None
    entry = scan.entry(i, "title", "rank", "honorific") if letter in "TH" else None
    if entry is None and letter == "H":
        return Head(i, i + 1, "address", False, _SHOUTED.get(low.rstrip("."), ""))
    if entry is None:
        return _noun(scan, i)
    after = scan.after[i]
    noun = _noun(scan, i) if after - i == 1 else None
    # "Chief" is a form of address in Lagos and an office everywhere; "the general" is no "General".
    if noun is not None and (entry.kind != "rank" or scan.forms[i].islower()):
        return noun
    gender = entry.feature("gender")
    return Head(i, after, _KINDS[entry.kind], False, _GENDERS.get(gender, gender))


def _noun(scan: Scan, i: int) -> Head | None:
    low = scan.lower[i]
    if low in ("number", "numbers") and i and scan.lower[i - 1] == "opposite":
        return Head(i - 1, i + 1, "relation", low == "numbers", "")
    if low == "member" and i + 1 < scan.size and scan.lower[i + 1] in _MEMBERS:
        return None
    known = nouns_of(scan.lexicon).get(low)
    if known is None and "-" in low:
        known = _compound(scan.lexicon, low)
    if known is None:
        return None
    entry, plural = known
    return Head(i, i + 1, entry.feature("type"), plural, entry.feature("gender"))


def _compound(lexicon: LexiconUnion, low: str) -> tuple[Entry, bool] | None:
    """ "Minister-designate", "ex-minister", "Colonel-Major", "Vice-Premier": what its last part is."""
    nouns = nouns_of(lexicon)
    for suffix in SUFFIXES:
        if low.endswith(suffix):
            return nouns.get(low[: -len(suffix)])
    *modifiers, last = low.split("-")
    known = nouns.get(last)
    if known and all(m in nouns or m in MODIFIERS or is_office_word(lexicon, m) for m in modifiers):
        return known
    return None


@lru_cache(maxsize=8)
def nouns_of(lexicon: LexiconUnion) -> dict[str, tuple[Entry, bool]]:
    """The nouns that denote people, by lower-case form; with whether the form is a plural."""
    table: dict[str, tuple[Entry, bool]] = {}
    for entry in lexicon.table("person_noun"):
        table.setdefault(entry.surface.lower(), (entry, False))
        for plural in entry.values("plural"):
            table.setdefault(plural, (entry, True))
    return table


@lru_cache(maxsize=20_000)
def is_office_word(lexicon: LexiconUnion, word: str) -> bool:
    """Whether a lower-case word may belong to a title: a field, a body, "deputy"."""
    return lexicon.has(word, "portfolio", "title_modifier")


def is_field(scan: Scan, i: int) -> bool:
    """Whether a token can stand beside "and" in a title: "Foreign and European Affairs Minister"."""
    letter = scan.classes[i]
    if letter == "w":
        return is_office_word(scan.lexicon, scan.lower[i])
    return letter in "POD" or (letter == "T" and not scan.breaks[i])


def next_head(scan: Scan, n: int) -> Head | None:
    """The head of the title whose first word is token ``n``."""
    for k in range(n, min(n + 7, scan.size)):
        if k > n and scan.breaks[k]:
            return None
        head = find_head(scan, k)
        if head is not None:
            return head
        word = scan.lower[k]
        belongs = word in MODIFIERS or word in ("and", "&") or is_office_word(scan.lexicon, word)
        if scan.classes[k] not in "PODA" and not belongs:
            return None
    return None
