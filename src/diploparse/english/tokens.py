"""Tokens of a text as parallel tuples: no object a token, offsets kept."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import NamedTuple

from ..records import Span

# A word keeps inner hyphens, apostrophes and dots ("Euro-Atlantic", "O'Neill", "B.Tsolmonbat",
# "U.S."); numbers keep their marks ("20,000", "11:42"); anything else is a token of one character.
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.)+(?![^\W_])"  # U.S., p.m., initials; not the start of "B.Tsolmonbat"
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?(?![^\W_])"
    r"|[^\W_]+(?:[-‐‑.'’][^\W_]+)*"
    r"|\S"
)


class Tokens(NamedTuple):
    """The tokens of a text, in order; token ``i`` is ``text[starts[i]:ends[i]]``."""

    starts: tuple[int, ...]
    """Offset of each token's first character."""

    ends: tuple[int, ...]
    """Offset past each token's last character."""

    forms: tuple[str, ...]
    """Each token as written; a possessive 's is a token of its own, "don't" is one."""

    lower: tuple[str, ...]
    """Each token in lower case, with straight apostrophes."""

    def within(self, span: Span) -> range:
        """The numbers of the tokens that lie inside a span."""
        return range(bisect_left(self.starts, span.start), bisect_right(self.ends, span.end))


@lru_cache(maxsize=4)
def tokens_of(text: str) -> Tokens:
    """The tokens of a text. The last few texts are kept: several stages ask for the same one."""
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        form = match[0]
        if end - start > 2 and form[-1] in "sS" and form[-2] in "'’":
            middle = end - 2
            starts += (start, middle)
            ends += (middle, end)
            forms += (form[:-2], form[-2:])
        else:
            starts.append(start)
            ends.append(end)
            forms.append(form)
    lower = [form.lower() for form in forms]
    if "’" in text:
        lower = [form.replace("’", "'") for form in lower]
    return Tokens(tuple(starts), tuple(ends), tuple(forms), tuple(lower))
