"""Quotation marks paired: curly, straight, French and low ones, nested, over paragraphs, or one missing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple, TypeAlias

from ..records import Quotation, Span

Family: TypeAlias = Literal["double", "single", "guillemet", "small guillemet"]

_MARK = re.compile(
    r"&(?:quot|ldquo|rdquo|bdquo|laquo|raquo|lsquo|rsquo|#39|#x27|#34|#8216|#8217|#8220|#8221);"
    r"|``|''|[“”„‟\"＂«»‹›‘’‚‛']"
)  # fmt: skip
_ENTITIES = {
    "&quot;": '"', "&#34;": '"', "&ldquo;": "“", "&#8220;": "“", "&rdquo;": "”", "&#8221;": "”", "&bdquo;": "„",
    "&laquo;": "«", "&raquo;": "»", "&lsquo;": "‘", "&#8216;": "‘", "&rsquo;": "’", "&#8217;": "’",
    "&#39;": "'", "&#x27;": "'", "``": "“", "''": "”", "‟": "“", "＂": '"', "‛": "‘",
}  # fmt: skip
_FAMILIES: dict[str, Family] = {
    **dict.fromkeys("“”„\"", "double"), **dict.fromkeys("‘’‚'", "single"),
    **dict.fromkeys("«»", "guillemet"), **dict.fromkeys("‹›", "small guillemet"),
}  # fmt: skip
# Apostrophes at the head of a word: "'em", "'til", "the '90s".
_ELISION = re.compile(r"(?:em|til|till|tis|twas|n|cause|round|bout|\d\ds?)\b", re.IGNORECASE)
_DEEPEST = 6


class _Mark(NamedTuple):
    start: int
    end: int
    sign: str
    before: str
    """The character before it, a space at the paragraph's start."""
    after: str

    @property
    def hugs_right(self) -> bool:
        """Whether it stands at the head of a word, as an opening mark does."""
        return (not self.before or not self.before.isalnum()) and not self.after.isspace()

    @property
    def hugs_left(self) -> bool:
        """Whether it stands at the tail of a word or after its punctuation, as a closing mark does."""
        return not self.before.isspace() and not self.after.isalnum()


class _Open(NamedTuple):
    mark: _Mark
    family: Family
    content: tuple[Span, ...]
    """Of the paragraphs before this one."""
    since: int
    """Where the content begins in this paragraph."""


def quotations_in(text: str, paragraphs: Iterable[Span]) -> list[Quotation]:
    """
    The quotations of a text, sorted by start, the outer before the inner.

    Args:
        text: The document's text.

        paragraphs: Those to read, in order; captions and clutter left out, so that a quotation
            may go on below them.

    Returns:
        Quotations.  One that is opened again in each paragraph and closed in the last has a content
        span a paragraph; one that nothing closes ends with its paragraph and has ``closed`` False.
    """
    found: list[Quotation] = []
    carried: _Open | None = None
    for paragraph in paragraphs:
        marks = _marks(text, paragraph)
        if carried is not None:
            first = next((m for m in marks if _FAMILIES[m.sign] == carried.family), None)
            if first is not None and first.start == paragraph.start:
                carried = carried._replace(since=first.end)
                marks.remove(first)
            elif first is not None and (first.sign in "”»" or (first.hugs_left and not first.hugs_right)):
                # Not opened again, but closed here.
                carried = carried._replace(since=paragraph.start)
            else:
                found.append(_unclosed(text, carried))
                carried = None
        carried = _pair(text, paragraph, marks, carried, found)
    if carried is not None:
        found.append(_unclosed(text, carried))
    found.sort(key=lambda q: (q.span.start, -q.span.end))
    return found


def _marks(text: str, paragraph: Span) -> list[_Mark]:
    marks: list[_Mark] = []
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        start, end = match.span()
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        marks.append(_Mark(start, end, _ENTITIES.get(match[0], match[0]), before, after))
    return marks


def _pair(
    text: str, paragraph: Span, marks: list[_Mark], carried: _Open | None, found: list[Quotation]
) -> _Open | None:
    """Pair the marks of a paragraph; gives back the quotation that may go on in the next one."""
    open_: list[_Open] = [carried] if carried else []
    ends = _SingleEnds(text, paragraph, marks)
    balanced = _balance(marks)
    for mark in marks:
        family = _FAMILIES[mark.sign]
        depth = next((n for n in range(len(open_) - 1, -1, -1) if open_[n].family == family), None)
        innermost = open_[depth] if depth is not None else None
        role = _role(mark, innermost, ends, text)
        if role == "close" and depth is not None:
            # What is open inside it was no quotation mark (a stray apostrophe) or lacks its end.
            found += [
                q for q in (_closed(text, o, mark) for o in open_[depth + 1 :] if o.family != "single") if q
            ]
            quotation = _closed(text, open_[depth], mark, closing=True)
            if quotation is not None:
                found.append(quotation)
            del open_[depth:]
        elif role == "open" and len(open_) < _DEEPEST:
            if innermost is not None and depth is not None and family != "single" and not balanced(mark):
                # Two opening marks of one kind: the first one's end is missing.
                quotation = _closed(text, innermost, mark)
                if quotation is not None:
                    found.append(quotation)
                del open_[depth:]
            open_.append(_Open(mark, family, (), mark.end))
    return _left_open(text, paragraph, open_, found)


def _balance(marks: list[_Mark]) -> Callable[[_Mark], bool]:
    """Whether an opening curly mark or guillemet inside an open one has ends enough after it for both."""
    surplus: dict[int, int] = {}
    ends = 0
    for mark in reversed(marks):
        if mark.sign in "”»":
            ends += 1
        elif mark.sign in "“«":
            ends -= 1
        surplus[mark.start] = ends
    return lambda mark: mark.sign in "“«" and surplus[mark.start] > 0


def _left_open(text: str, paragraph: Span, open_: list[_Open], found: list[Quotation]) -> _Open | None:
    outer: _Open | None = None
    for entry in open_:
        rest = _trimmed(text, entry.since, paragraph.end)
        if rest is None and not entry.content:
            continue
        entry = entry._replace(content=(*entry.content, *([rest] if rest else [])))
        if outer is None and (
            entry.family != "single" or entry.mark.start == paragraph.start or len(entry.content) > 1
        ):
            outer = entry
        elif entry.family != "single":
            found.append(_unclosed(text, entry))
    return outer


def _role(mark: _Mark, innermost: _Open | None, ends: _SingleEnds, text: str) -> Literal["open", "close", ""]:
    sign = mark.sign
    if _FAMILIES[sign] == "single":
        return _role_of_single(mark, innermost, ends, text)
    if sign in "„":
        return "open"
    if sign == "“":
        if innermost and (innermost.mark.sign == "„" or (mark.hugs_left and not mark.hugs_right)):
            return "close"
        return "open"
    if sign == "”":
        if innermost:
            return "close"
        return "open" if mark.hugs_right and not mark.hugs_left else ""
    if sign == '"':
        if mark.before.isdecimal() and innermost is None:
            return ""  # inches
        if mark.hugs_right and not mark.hugs_left:
            return "open"
        if mark.hugs_left and not mark.hugs_right:
            return "close" if innermost else ""
        return "close" if innermost else "open"
    # Guillemets: «French» (with spaces inside), or »German« the other way round.
    left = sign in "«‹"
    if innermost:
        opened_left = innermost.mark.sign in "«‹"
        return "open" if left == opened_left else "close"
    return "open" if left or (mark.hugs_right and not mark.before.isalnum()) else ""


class _SingleEnds:
    """Where single quotation marks may close in a paragraph, apostrophes aside."""

    def __init__(self, text: str, paragraph: Span, marks: list[_Mark]) -> None:
        self.sure: list[int] = []
        self.weak: list[int] = []
        self.begins: list[int] = []
        for mark in marks:
            if _FAMILIES[mark.sign] != "single":
                continue
            if mark.hugs_left and not mark.before.isspace():
                # "the ministers' talks" is no end, if a better one follows.
                plural = (
                    mark.before in "sS" and mark.after == " " and text[mark.end + 1 : mark.end + 2].islower()
                )
                (self.weak if plural else self.sure).append(mark.start)
            elif mark.hugs_right:
                self.begins.append(mark.start)

    def after(self, at: int) -> bool:
        """Whether a mark after this place could be the end."""
        return bool(self.sure and self.sure[-1] > at) or bool(self.weak and self.weak[-1] > at)

    def better_than(self, at: int) -> bool:
        """Whether a sure end follows this doubtful one, before the next mark that opens."""
        sure = bisect_right(self.sure, at)
        begin = bisect_left(self.begins, at)
        if sure == len(self.sure):
            return False
        return begin == len(self.begins) or self.sure[sure] < self.begins[begin]

    def is_weak(self, at: int) -> bool:
        number = bisect_left(self.weak, at)
        return number < len(self.weak) and self.weak[number] == at


def _role_of_single(
    mark: _Mark, innermost: _Open | None, ends: _SingleEnds, text: str
) -> Literal["open", "close", ""]:
    if mark.before.isalnum() and mark.after.isalnum():
        return ""  # an apostrophe
    if innermost and mark.hugs_left and not mark.before.isspace():
        if ends.is_weak(mark.start) and ends.better_than(mark.start):
            return ""
        return "close"
    if mark.sign == "‘" and innermost and innermost.mark.sign == "‚":
        return "close"
    if mark.hugs_right and mark.sign != "’" and innermost is None:
        if _ELISION.match(text, mark.end):
            return ""
        at_start = mark.before == " " and mark.sign == "‘"
        return "open" if ends.after(mark.end) or at_start else ""
    return ""


def _closed(text: str, entry: _Open, mark: _Mark, *, closing: bool = False) -> Quotation | None:
    """The quotation that ends at (or, if not ``closing``, before) a mark; ``None`` if it is empty."""
    rest = _trimmed(text, entry.since, mark.start)
    content = (*entry.content, *([rest] if rest else []))
    if not content:
        return None
    end = mark.end if closing else content[-1].end
    return Quotation(span=Span(entry.mark.start, end), content=content, closed=closing)


def _unclosed(text: str, entry: _Open) -> Quotation:
    return Quotation(span=Span(entry.mark.start, entry.content[-1].end), content=entry.content, closed=False)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
