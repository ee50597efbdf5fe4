"""
Which pages of a crawl to look at: taking the text out of a page costs more than seeing that it is about something else.

A page passes if an English verb of speech or meeting stands in its text, and beside it words of diplomacy,
defence or state: one that hardly has another use, or two that have.  `docs/explanation/archives.md` tells what
that saves and what it loses.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

STRONG = (
    "ambassador", "armed forces", "bilateral", "ceasefire", "chargé d'affaires", "communiqué", "consul",
    "consulate", "counterpart", "counterparts", "defence minister", "defence ministry", "defense minister",
    "defense ministry", "defence secretary", "defense secretary", "diplomacy", "diplomat", "diplomatic", "diplomats", "embassy",
    "envoy", "envoys", "european commission", "european council", "foreign affairs", "foreign minister",
    "foreign ministers", "foreign ministry", "foreign office", "foreign secretary", "head of state",
    "heads of state", "high representative", "kremlin", "minister of defence", "minister of defense",
    "multilateral", "nato", "osce", "peacekeepers", "peacekeeping", "pentagon", "prime minister",
    "prime ministers", "secretary general", "secretary of defense", "secretary of state", "secretary-general",
    "security council", "state department", "trilateral", "united nations", "white house",
)  # fmt: skip
"""Words of our trade, in lower case."""

WEAK = (
    "admiral", "african union", "agreement", "army", "asean", "chancellor", "chief of staff", "colonel",
    "commander", "commander-in-chief", "congress", "cooperation", "crown prince", "defence", "defense", "delegation",
    "deputy", "emir", "european union", "forces", "general", "government", "governor", "king", "lawmakers",
    "leader", "leaders", "legislature", "major general", "military", "minister", "ministers", "ministry", "navy",
    "officials", "opposition", "parliament", "parliamentary", "premier", "president", "presidency",
    "presidents", "prince", "queen", "relations", "representative", "sanctions", "senate", "senator",
    "sovereignty", "speaker", "spokesman", "spokesperson", "spokeswoman", "statement", "sultan", "summit",
    "treaty", "troops", "war",
)  # fmt: skip
"""Words that companies, clubs and courts use as well."""

ACTS = (
    "accused", "added", "addressed", "agreed", "announced", "asked", "called", "condemned", "conferred",
    "declared", "denied", "discuss", "discussed", "expressed", "held", "hosted", "met", "meet", "meeting",
    "meetings", "meets", "negotiations", "phoned", "received", "rejected", "reiterated", "replied", "said", "says", "spoke",
    "stated", "stressed", "talk", "talked", "talks", "told", "urged", "visit", "visited", "visiting",
    "visits", "vowed", "warned", "welcomed", "wrote",
)  # fmt: skip
"""Forms of the commonest verbs and nouns of speech and meeting; that they are English keeps other languages out."""


def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})\b")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return _words(STRONG), _words(WEAK), _words(ACTS)


@lru_cache(maxsize=1)
def _scanner() -> Any:
    from ahocorasick_rs import BytesAhoCorasick, MatchKind

    # Markup may part "foreign minister", but not a word: the first one is looked for.
    words = {re.split("[ -]", word)[0].encode() for word in STRONG + WEAK}
    return BytesAhoCorasick(sorted(words), MatchKind.LeftmostLongest)


def may_pass(page: bytes) -> bool:
    """Whether a page's markup holds any of the words at all: quick, and loses nothing that `passes` would keep."""
    page = b" " + page.lower() + b" "
    return any(
        not page[start - 1 : start].isalnum() and not page[end : end + 1].isalnum()
        for _, start, end in _scanner().find_matches_as_indexes(page)
    )


def passes(text: str) -> bool:
    """Whether a page's text may be news of our trade."""
    strong, weak, acts = _patterns()
    text = text.lower()
    if acts.search(text) is None:
        return False
    if strong.search(text) is not None:
        return True
    seen = set()
    for match in weak.finditer(text):
        seen.add(match.group())
        if len(seen) == 2:
            return True
    return False
