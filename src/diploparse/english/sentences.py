"""Where sentences end: full stops told apart from those of abbreviations, initials and numbers."""

from __future__ import annotations

import re
from functools import lru_cache

from ..lexicon import LexiconUnion
from ..records import Span
from .dates import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS

# A run of stops with what closes after it, and a footnote's number ("text.[1]").
_STOP = re.compile(
    r"[.!?…]+(?P<closers>(?:&quot;|&rdquo;|[\"”’»›)\]']|[ \xa0\u202f][»›]|“(?=\s|\Z))*)(?:\[\d{1,3}\])?"
)
_NEXT = re.compile(r"(?P<gap>\s*)(?P<dash>(?:--|[–—-])\s+)?(?:&quot;|&ldquo;|[\"“„«‘‚'‹(\[”])*")
_WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_PARTICLE = re.compile(r"(?:a[ltnsrd]|el|ash|bin|ibn|de|van|von|d|l|da|di|du|ben|abu)[-'’ ][^\W\d_]")
_QUOTE_CLOSERS = frozenset("\"”’»›'“;")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")

# A title always stands before a name, so its full stop ends nothing. Those of the lexicon come on top.
_TITLES = frozenset(
    ["mr", "mrs", "ms", "mx", "dr", "prof", "gen", "lt", "col", "maj", "capt", "cmdr", "cdr", "adm", "sgt", "brig",
     "amb", "sen", "rep", "gov", "pres", "hon", "rev", "fr", "st", "ste", "mt", "ft", "messrs", "mme", "mlle", "m",
     "supt", "det", "insp", "sheikh", "amb", "sec", "min", "rt", "asst", "assoc", "dep", "vice-adm", "vs", "cf"]
)  # fmt: skip
_NUMBERED = frozenset(
    ["no", "nos", "art", "arts", "fig", "figs", "vol", "para", "paras", "pp", "p", "ch", "op", "res"]
)
# These may end a sentence; the next word decides.
_OPEN = frozenset(
    ["etc", "inc", "ltd", "co", "corp", "jr", "sr", "bros", "dept", "al", "approx", "est", "gmbh", "llc", "univ",
     "govt", "tel", "ave", "blvd", "bn", "mln", "ca", "ret", "retd", "esq", "ph.d", "e.g", "i.e", "intl"]
)  # fmt: skip
_STARTERS = frozenset(
    ["the", "a", "an", "he", "she", "it", "they", "we", "i", "you", "this", "that", "these", "those", "his", "her",
     "its", "their", "our", "my", "in", "on", "at", "after", "before", "during", "for", "from", "as", "by", "with",
     "while", "when", "where", "since", "if", "but", "and", "or", "so", "however", "meanwhile", "later", "earlier",
     "moreover", "also", "then", "there", "both", "according", "asked", "speaking", "no", "not", "all", "some",
     "many", "most", "once", "one", "what", "why", "how", "who", "last", "yesterday", "today", "following", "under",
     "among", "although", "though", "because", "despite", "to", "over", "until", "such", "other", "another", "each",
     "every", "instead", "further", "furthermore", "additionally", "previously", "separately", "thus", "therefore",
     "still", "yet", "now", "here", "about", "ahead", "amid", "against", "around", "between", "through", "without"]
)  # fmt: skip
_AFTER_CLOCK = frozenset(
    ["gmt", "utc", "est", "edt", "cet", "cest", "pst", "pdt", "bst", "ist", "local", *WEEKDAYS, *MONTHS]
)  # fmt: skip
_PRONOUNS = frozenset(["he", "she", "they", "it", "we", "i", "this", "that", "these", "those"])
_ATTRIBUTION = re.compile(
    r"(?:(?:[^\W\d_a-zß-öø-ÿ][\w.’'-]*|of|the|for|al|de|van|von|bin),?\s+){1,8}"
    r"(?:said|says|asked|asks|added|told|wrote|writes|wondered|exclaimed|shouted|cried|replied|tweeted|posted|quipped|demanded|continued)\b"
)  # fmt: skip


@lru_cache(maxsize=8)
def abbreviations_of(lexicon: LexiconUnion) -> frozenset[str]:
    """The abbreviated titles of a lexicon, in lower case without their full stop, and the common ones."""
    found = set(_TITLES)
    for kind in ("rank", "title", "title_modifier", "honorific"):
        for entry in lexicon.table(kind):
            # "U.S." in a title may end a sentence elsewhere; initials have a rule of their own.
            words = (word[:-1] for word in entry.surface.split() if word.endswith("."))
            found.update(word.lower() for word in words if len(word) > 1 and "." not in word)
    return frozenset(found)


def sentences_in(text: str, span: Span, abbreviations: frozenset[str]) -> list[Span]:
    """
    The sentences of a paragraph, in order.

    Args:
        text: The document's text.

        span: The paragraph, or what of it is to be read; without white space around it.

        abbreviations: As `abbreviations_of` gives them.

    Returns:
        Spans without outer white space that cover all of ``span`` but the white space between them.
    """
    found: list[Span] = []
    at, end = span.start, span.end
    for stop in _STOP.finditer(text, at, end):
        if stop.end() >= end:
            break
        if stop.start() >= at and _ends_sentence(text, at, stop, end, abbreviations):
            found.append(Span(at, stop.end()))
            at = stop.end()
            while at < end and text[at].isspace():
                at += 1
    if at < end:
        found.append(Span(at, end))
    return found


def _ends_sentence(
    text: str, begins: int, stop: re.Match[str], end: int, abbreviations: frozenset[str]
) -> bool:
    mark, closers = text[stop.start()], stop["closers"]
    following = _NEXT.match(text, stop.end(), end)
    at = following.end() if following else stop.end()
    if at >= end:
        return True
    first = text[at]
    word = _WORD.match(text, at, min(end, at + 40))
    next_word = word[0].lower() if word else ""
    quoted = bool(closers) and closers[-1] in _QUOTE_CLOSERS
    if not (following and following["gap"]):
        # No space: "said.”The sides", "in the region.The sides"; but not "B.Tsolmonbat", "3.5", "tass.com".
        if closers:
            return quoted and first.isupper()
        before = text[max(begins, stop.start() - 4) : stop.start()]
        return mark == "." and len(before) == 4 and before.isalpha() and before.islower() and (
            first.isupper() and next_word in _STARTERS
        )  # fmt: skip
    if first.islower() and not (mark == "." and not quoted and _PARTICLE.match(text, at, end)):
        return False
    if quoted:
        if following["dash"]:
            return False
        return not (
            mark in "?!" and next_word not in _PRONOUNS and _ATTRIBUTION.match(text, at, min(end, at + 120))
        )
    if mark != "." or closers or stop.end() - stop.start() > 1:
        return True
    return _ends_after(text, begins, stop.start(), first, next_word, at, abbreviations)


def _ends_after(
    text: str, begins: int, dot: int, first: str, next_word: str, at: int, abbreviations: frozenset[str]
) -> bool:
    """Whether a single full stop ends a sentence, going by the word before it."""
    before = text[max(begins, dot - 24) : dot].split()
    word = before[-1].lstrip("(\"“‘'«[") if before else ""
    lower = word.lower()
    if not word:
        return True
    if lower in _NUMBERED:
        return not first.isdecimal()
    if lower in ("a.m", "p.m"):
        return next_word not in _AFTER_CLOCK and not text.startswith(" time", at + len(next_word))
    if lower in abbreviations and word[0].isupper():
        return False
    if lower in ("vs", "cf", "e.g", "i.e", "approx", "ca"):
        return False
    if lower in _OPEN:
        return next_word in _STARTERS
    if (lower in SHORT_MONTHS or lower in SHORT_WEEKDAYS) and word[0].isupper():
        return not first.isdecimal() and next_word in _STARTERS
    if word.isdecimal() and len(word) <= 2:
        # "1. The sides", "19. 07. 2021", "5. May".
        return not (first.isdecimal() or next_word in MONTHS or dot - len(word) == begins)
    if word != "I" and word[-1].isupper() and _INITIALS.fullmatch(word):
        return next_word in _STARTERS
    return True
