"""What stands above and before an article: dates, bylines, font-size buttons, datelines."""

from __future__ import annotations

import re
from typing import Literal

import attrs

from ..lexicon import LexiconUnion
from ..records import Span
from .dates import SHORT_MONTHS, is_day, times_in

_I = re.IGNORECASE
PADDING = (
    " \t\xa0\ufeff\u200b\u200c\u200d\u2060\u200e\u200f\x00\u3000\u2000\u2001\u2002\u2003\u2007\u2009\u202f"
)
"""What `str.strip` leaves at the ends of lines, and some that it takes."""


@attrs.frozen(kw_only=True, slots=True)
class DatelineWords:
    """A dateline's pieces, as spans."""

    span: Span
    place: Span | None = None
    day: Span | None = None
    agency: str | None = None


@attrs.frozen(kw_only=True, slots=True)
class HeaderPart:
    """A stretch of header and what it tells."""

    span: Span
    kind: Literal["header", "byline", "dateline"]
    author: str | None = None
    day: str | None = None
    """An ISO date of publication."""
    figures: str | None = None
    """A date whose order is open, as ``numeric:`` has it: "03/04/2024"."""
    dateline: DatelineWords | None = None


def header_of(
    text: str, span: Span, lexicon: LexiconUnion, *, begun: bool
) -> tuple[list[HeaderPart], Span | None]:
    """
    The header at the head of a paragraph, and what is left of the paragraph.

    ``" date 2019-11-28 By A. B. + ↺ − 16 px"`` is all header; in ``" date 2019-05-30 WASHINGTON
    (Wire) — China has"`` a date comes first, then a dateline, then the body.

    Args:
        text: The document's text.

        span: The paragraph.

        lexicon: Its places and countries tell datelines.

        begun: Whether running text came before: bylines and loose dates are then taken for text.
    """
    found: list[HeaderPart] = []
    rest: Span | None = span
    for read in (_byline, _date_prefix, _dateline_part, _byline, _date_line):
        if rest is None:
            break
        if begun and read in (_byline, _date_prefix):
            continue
        part = read(text, rest, lexicon)
        if part and read is _date_prefix and _date_line(text, rest, lexicon):
            # All of it is header; unless the date stands before a dateline.
            after = _after(text, part.span.end, span.end)
            if after is None or not dateline_of(text, after, lexicon):
                continue
        if part is not None:
            found.append(part)
            rest = _after(text, part.span.end, span.end)
    return found, rest


def _after(text: str, start: int, end: int) -> Span | None:
    while start < end and (text[start].isspace() or text[start] in PADDING):
        start += 1
    return Span(start, end) if start < end else None


# -- lines of header ----------------------------------------------------------------------------

_WORD = re.compile(
    r"(?:date|dated|posted|published|publication|updated?|last|modified|created|release[ds]?|issued|press release|"
    r"on|at|facts|news|print|time|min(?:ute)?s? read|views?|px|gmt|utc|est|edt|ist|cet|cest|local|hrs?|h|"
    r"readouts?|statements?|interview|briefing|staff|reporter|writer|correspondent|agenda|and|by|editor|source|in|"
    r"calendar|adjust font size|(?:a |an |\d+ )(?:second|minute|hour|day|week|month|year)s?(?: ago)?)\b", _I
)  # fmt: skip
_CLOCK = re.compile(
    r"\d{1,2}[:.h]\d{2}(?::\d\d)?(?!\d)\s*(?:[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b\.?|\d{1,4}\s*px", _I
)
_SIGN = re.compile(
    r"(?:&nbsp;|(?<=[TC])[+-]\d{1,2}(?::?\d{2})?\b|[\s\xa0+↺−\-–—|•·/>»«,;:()\[\].@]|[+-]\d{1,2}(?::?\d{2})?\b)+"
)
_NAME_WORD = re.compile(r"[^\W\d_][\w.’'&-]*")
_NUMBER = re.compile(r"\d{1,4}\b")
_HYPHENED_DATE = re.compile(r"\b(?P<day>\d{1,2})[-/.](?P<month>[A-Za-z]{3,9})[-/.](?P<year>(?:19|20)\d\d)\b")
_DOTTED_DATE = re.compile(r"\b(?P<month>[A-Z][a-z]{2,8})\.? (?P<day>\d{1,2})[.,] ?(?P<year>(?:19|20)\d\d)\b")
_DAY_AND_MONTH = re.compile(r"\b\d{1,2}\.\d{1,2}\.(?!\d)")
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]*"
_BYLINE = re.compile(
    r"(?:By|BY|by|Author|AUTHOR|Authors|Written by|Reported by|Interview|Story by|Text)\s*:?\s+"
    rf"(?P<name>{_NAME}(?:(?:,? (?:and|&) |, | )(?:{_NAME}|de|van|von|bin|al|der|den|da|di|la)){{0,9}})"
)
_BYLINE_WITHOUT_NAME = re.compile(
    r"By (?:our|a|an|the) (?:\w+[ -]){0,4}(?:correspondents?|reporters?|staff|desk|writers?|team)\b\.?"
    r"|(?:[A-Z]\w+ ){0,3}(?:Staff|Staff Writers?|Staff Reporters?|Correspondents?|Web Desk|News Desk)"
)
_LABELS_ALONE = re.compile(
    r"(?:(?:last |first )?(?:published|updated|posted|modified|released|issued)|date)\s*:?", _I
)


class _Leftover:
    """A line of header taken apart: its full date, and the words that are neither date, clock nor label."""

    def __init__(self, text: str, span: Span) -> None:
        self.day: str | None = None
        self.figures: str | None = None
        self.dates: list[Span] = []
        self.words: list[str] = []
        taken: dict[int, int] = {}
        for mention in times_in(text, span):
            head, _, argument = (mention.value or "").partition(":")
            if head in ("day", "monthday", "weekday", "clock", "numeric"):
                taken[mention.span.start] = mention.span.end
            if head in ("day", "monthday", "numeric"):
                self.dates.append(mention.span)
            if head == "day":
                self.day = self.day or argument
            elif head == "numeric":
                self.figures = self.figures or argument
        self._hyphened(text, span, taken)
        at = span.start
        while at < span.end and len(self.words) < 13:
            if at in taken:
                at = taken[at]
                continue
            match = (
                _CLOCK.match(text, at, span.end)
                or _SIGN.match(text, at, span.end)
                or _WORD.match(text, at, span.end)
            )
            if match and match.end() > at:
                at = match.end()
                continue
            word = _NAME_WORD.match(text, at, span.end) or _NUMBER.match(text, at, span.end)
            self.words.append(word[0] if word else text[at])
            at = word.end() if word else at + 1

    def _hyphened(self, text: str, span: Span, taken: dict[int, int]) -> None:
        """ "26-Nov-2019", "March 23. 2009" and "8.4.", which only a header writes."""
        for pattern in (_HYPHENED_DATE, _DOTTED_DATE):
            match = pattern.search(text, span.start, span.end)
            if not match:
                continue
            name = match["month"].lower()
            month = 5 if name == "may" else SHORT_MONTHS.get(name[:3], 0)
            if month and is_day(int(match["year"]), month, int(match["day"])):
                self.day = self.day or f"{match['year']}-{month:02}-{int(match['day']):02}"
                taken[match.start()] = match.end()
                self.dates.append(Span(*match.span()))
        partial = _DAY_AND_MONTH.search(text, span.start, span.end)
        if partial and partial.start() not in taken:
            taken[partial.start()] = partial.end()
            self.dates.append(Span(*partial.span()))


def _byline(text: str, span: Span, lexicon: LexiconUnion) -> HeaderPart | None:
    """A paragraph that only says who wrote it, and perhaps when."""
    if len(span) > 160:
        return None
    if _BYLINE_WITHOUT_NAME.fullmatch(text, span.start, span.end):
        return HeaderPart(span=span, kind="byline")
    match = _BYLINE.match(text, span.start, span.end)
    if not match or (text[span.end - 1] in ".?!" and len(span) > 60):
        return None
    rest = _Leftover(text, Span(match.end(), span.end))
    if len(rest.words) > 6 or any(w[0].islower() and w not in ("and", "for", "in") for w in rest.words):
        return None
    return HeaderPart(
        span=span, kind="byline", author=match["name"].strip(" ,&"), day=rest.day, figures=rest.figures
    )


def _date_line(text: str, span: Span, lexicon: LexiconUnion) -> HeaderPart | None:
    """A line whose point is the date: alone, with the hour, with a town, with names of sections."""
    if _LABELS_ALONE.fullmatch(text, span.start, span.end):
        return HeaderPart(span=span, kind="header")
    if len(span) > 160 or not any(c.isdecimal() for c in text[span.start : span.end]):
        return None
    line = _Leftover(text, span)
    left, author = line.words, None
    byline = _BYLINE.search(text, span.start, span.end)
    if byline:
        author = byline["name"].strip(" ,&")
        left = left[: max(0, len(left) - len(byline["name"].split()))]
    if not line.dates and (left or not _CLOCK.search(text, span.start, span.end)):
        return None
    if len(left) > 6 or any(
        not (w[0].isupper() or w[0].isdecimal() or w in ("of", "for", "the", "to")) for w in left
    ):
        return None
    if text[span.end - 1] == "." and len(left) > 2:
        return None
    return HeaderPart(span=span, kind="header", author=author, day=line.day, figures=line.figures)


_PREFIX_LABEL = re.compile(r"(?:date|dated|posted|published|updated|on|at|px|gmt|utc)\b", _I)


def _date_prefix(text: str, span: Span, lexicon: LexiconUnion) -> HeaderPart | None:
    """A date (and byline, and font-size buttons) before the first words of the article itself."""
    head = Span(span.start, min(span.end, span.start + 220))
    if not any(c.isdecimal() for c in text[head.start : head.start + 60]):
        return None
    at, day, figures, author = head.start, None, None, None
    dated = labelled = False
    times = {m.span.start: m for m in times_in(text, head)}
    for _ in range(24):
        mention = times.get(at)
        kind, _, argument = (mention.value or "" if mention else "").partition(":")
        if mention and kind in ("day", "numeric"):
            if dated:
                break
            dated, at = True, mention.span.end
            day, figures = (argument, None) if kind == "day" else (None, argument)
            continue
        match = _CLOCK.match(text, at, head.end) or _SIGN.match(text, at, head.end)
        if match and match.end() > at:
            at = match.end()
            continue
        match = _BYLINE.match(text, at, head.end) if dated else None
        if match:
            author, at = match["name"], match.end()
            continue
        match = _PREFIX_LABEL.match(text, at, head.end)
        if not match or (dated and not match[0].islower()):
            break
        labelled, at = True, match.end()
    if not dated:
        return None
    if at < head.end and not labelled and not text[at].isupper() and text[at] not in '“"‘«(':
        return None
    end = min(at, head.end)
    while end > head.start and text[end - 1].isspace():
        end -= 1
    return HeaderPart(span=Span(head.start, end), kind="header", author=author, day=day, figures=figures)


# -- datelines ----------------------------------------------------------------------------------

_PLACE_WORD = r"(?:D\.C\.|U\.[SKN]\.|N\.Y\.|(?:St|Ft|Mt|Pt)\. |[^\W\d_a-zß-öø-ÿ][\w’'-]*)"
_PLACE = rf"{_PLACE_WORD}(?:[ \xa0]?(?:(?<=[ \xa0]){_PLACE_WORD}|(?<=[ \xa0])(?:de|la|el|al|du|del|am|and|of)\b)){{0,4}}"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_DAY = (
    rf"(?:(?:{_WEEKDAY},?[ \xa0])?"
    rf"(?:{_MONTH}[ \xa0]\d{{1,2}}(?:st|nd|rd|th)?(?:,?[ \xa0]\d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ \xa0](?:of )?{_MONTH}(?:,?[ \xa0]\d{{4}})?"
    rf"|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}|\d{{4}}-\d\d-\d\d)|{_WEEKDAY})"
)
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE})?"
    rf"(?:[ \xa0]?\[(?P<bracket>[^\[\]\n]{{2,30}})\]"
    rf"|[,/][ \xa0]?(?P<region>(?!(?i:{_MONTH}[ \xa0]\d|{_WEEKDAY})){_PLACE}))?"
    rf"(?:[,.]?[ \xa0]*\(?(?P<day>(?i:{_DAY}))\)?)?"
    r"(?:[,.]?[ \xa0]*(?:\((?P<agency>[^()\n]{2,60})\)|/(?P<slashed>[^/\n]{2,40})/"
    r"|(?P<plain>[A-Z][A-Z-]{2,}[A-Z](?:\.\w{2,4})?|[A-Z]\w+(?:\.\w{2,4})?(?=\.?\s*[–—-]{1,2}\s))))?"
    r"[ \xa0]*(?:[.,][ \xa0]*)?(?P<mark>--|[–—-](?=[\s“\"])|[:.](?=\s|\Z)|(?<=/)|\Z)"
)  # fmt: skip


# "NEW DELHI (Agency - 10th September, 2020) Foreign ministers ..." has no mark of its own.
_DATED_CREDIT = re.compile(
    rf"(?P<place>{_PLACE})[ \xa0]\((?P<agency>[^()\n]{{2,60}}?)(?:,| [–-])[ \xa0](?P<day>(?i:{_DAY}))\)(?: ?(?:--|[–—:-]))?"
)


_BARE_CREDIT = re.compile(r"\((?P<agency>[A-Z]{3,12})\)(?=[ \xa0][A-Z“\"])")


def _dateline_part(text: str, span: Span, lexicon: LexiconUnion) -> HeaderPart | None:
    words = dateline_of(text, span, lexicon)
    if words is None:
        return None
    day = next((m.value for m in times_in(text, words.day)), None) if words.day else None
    full = day[4:] if day and day.startswith("day:") else None
    return HeaderPart(span=words.span, kind="dateline", day=full, dateline=words)


def dateline_of(text: str, span: Span, lexicon: LexiconUnion) -> DatelineWords | None:
    """
    The dateline at the head of a paragraph: place, region, day, credit, and the mark that ends it.

    A place alone needs a dash; a colon or full stop needs a place we know, a day or a credit as
    well; a line of its own needs a day.
    """
    head = min(span.end, span.start + 160)
    match = _DATED_CREDIT.match(text, span.start, head)
    if match and (_is_place(match["place"], lexicon) or match["place"].isupper()):
        return DatelineWords(
            span=Span(*match.span()), place=Span(*match.span("place")), day=Span(*match.span("day")),
            agency=match["agency"].strip(" ,"),
        )  # fmt: skip
    match = _BARE_CREDIT.match(text, span.start, head)
    if match:
        return DatelineWords(span=Span(*match.span()), agency=match["agency"])
    match = _DATELINE.match(text, span.start, head)
    if not match or match.end() == span.start:
        return None
    place, mark = match["place"], match["mark"]
    region, agency = match["region"], match["agency"] or match["slashed"] or match["plain"]
    beside = region and text[match.start("region") - 1] == " "
    if (
        beside
        and not agency
        and region.isupper()
        and len(region) <= 6
        and not _is_country_or_place(region, lexicon)
    ):
        # "AUCKLAND, AAP -": the credit stands where the country would.
        agency = region
    if match["agency"] and not _is_agency(match["agency"], lexicon):
        return None
    following = _after(text, match.end(), span.end)
    if following is not None and text[following.start].islower():
        return None
    known = bool(place) and _is_place(place, lexicon)
    shouted = bool(place) and len(place) > 3 and place.isupper() and not lexicon.has(place, "organization")
    placed = known or (shouted and bool(agency or match["day"] or match["region"] or match["bracket"]))
    if not _is_enough(match, mark, placed, shouted, known, following is None or len(following) < 60):
        return None
    end = match.end()
    while end > span.start and text[end - 1].isspace():
        end -= 1
    return DatelineWords(
        span=Span(span.start, end),
        place=Span(match.start("place"), match.end("place")) if place else None,
        day=Span(match.start("day"), match.end("day")) if match["day"] else None,
        agency=agency.strip(" .") if agency else None,
    )


def _is_enough(
    match: re.Match[str], mark: str, placed: bool, shouted: bool, known: bool, short: bool
) -> bool:
    """Whether the pieces make a dateline."""
    day, credit = bool(match["day"]), bool(match["agency"] or match["slashed"])
    if mark[:1] in ("-", "–", "—") and mark:
        return placed or shouted or credit or (bool(match["place"]) and day)
    if mark == ":":
        # "Moscow: No talks planned" is a headline, of two words the speaker and what he says.
        return placed and (day or credit or (not match["region"] and not short))
    if match["slashed"]:
        return match["slashed"][0].isupper()
    if mark == ".":
        return placed and (day or (credit and bool(match["place"])))
    at_end = short and match.end() == match.endpos
    return at_end and (
        (placed and day)
        or (known and len(match[0]) < 40 and (shouted or match["place"] == match[0].rstrip()))
    )


def _is_agency(words: str, lexicon: LexiconUnion) -> bool:
    """Whether what stands in brackets is a credit: "Reuters", "UzDaily.com"; not "the capital", "China"."""
    return (
        words[0].isupper()
        and len(words.split()) <= 6
        and not any(c in words for c in ";:")
        and not lexicon.has(words, "country")
    )


def _is_place(name: str, lexicon: LexiconUnion) -> bool:
    return any(
        lexicon.has(form, "capital", "place") for form in (name, name.title(), name.replace("’", "'").title())
    )


def _is_country_or_place(name: str, lexicon: LexiconUnion) -> bool:
    return lexicon.has(name, "country") or _is_place(name, lexicon)


def country_of_place(name: str, lexicon: LexiconUnion) -> str | None:
    """ISO code of the country that a dateline's place lies in, or ``None``."""
    for form in (name, name.title()):
        for entry in lexicon.lookup(form, "capital", "place", "country"):
            if len(entry.value) == 2:
                return entry.value
    return None
