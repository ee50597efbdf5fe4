"""
Time expressions: found as mentions with a value in a small language, and resolved to a `When`.

The value of a time mention is one of these expressions.  ``told`` ones count from the last date
that the text told, the others from the document's own day (see `anchor_day`).

    day:2019-11-26            a full date
    monthday:11-26            a day without its year; monthday:11-26/year-1 "of last year"; /told "of the same year"
    monthdate:26              "on the 26th"
    numeric:03/04/2024        a date in figures whose order (day or month first) is open
    weekday:tuesday           the last one past or the next one to come, as the tense says
    weekday:tuesday/last      strictly before the document's day; also /next, /this
    weekday:tuesday/week-1    the one in the week before; also /week+0, /week+1
    told-weekday:tuesday/+1   the first one after the date last told; /-1 before it
    relative-day:-1           yesterday; also relative-week, relative-month, relative-year
    relative-week:+2/ahead    "in two weeks": only of something to come
    told-day:+0               the same day; told-day:-1 the day before; also told-week, -month, -year
    told-day:+0/own           "later in the day": if no day was told, the document's own
    month:2018-11  month:11   also month:11/last, /next, /this, and month:11/year-1 "November last year"
    year:2018
    season:spring/2018        season:autumn, season:summer/last: no finer than the year
    weekend:last              also weekend:next, weekend:this
    clock:15:00               a time of day alone: never resolved
    range:A..B                A and B are expressions of a day, a weekday, a month or a year
    vague                     "a few days ago": never resolved
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple, TypeAlias

from ..lexicon import LexiconUnion
from ..records import Document, Mention, Span, When
from .tokens import Tokens, tokens_of

Anchor: TypeAlias = Literal["dateline", "published", "explicit", "mention"]

WEEKDAYS = {
    name: number
    for number, name in enumerate(
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    )
}
MONTHS = {
    name: number
    for number, name in enumerate(
        ["january", "february", "march", "april", "may", "june", "july",
         "august", "september", "october", "november", "december"], 1
    )
}  # fmt: skip
SHORT_WEEKDAYS = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
SHORT_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7,
    "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_WEEKDAY_NAMES = tuple(WEEKDAYS)
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

# One letter a token; the rules below are patterns over these letters.
_CLASSES: dict[str, str] = {
    **dict.fromkeys(SHORT_WEEKDAYS, "w"),
    **dict.fromkeys(WEEKDAYS, "W"),
    **dict.fromkeys(SHORT_MONTHS, "m"),
    **dict.fromkeys(MONTHS, "M"),
    # Names and verbs as well: "President May", "may meet", "marched"; they need more around them.
    "march": "A", "may": "A",
    **dict.fromkeys(["a", "an"], "a"),
    **dict.fromkeys(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], "c"),
    "one": "c", "few": "C", "several": "C", "couple": "C", "some": "C",
    **dict.fromkeys(["hour", "hours", "minutes"], "i"),
    **dict.fromkeys(["day", "days"], "D"),
    **dict.fromkeys(["week", "weeks", "fortnight"], "K"),
    **dict.fromkeys(["month", "months"], "Z"),
    **dict.fromkeys(["year", "years"], "V"),
    **dict.fromkeys(["weekend"], "P"),
    **dict.fromkeys(["morning", "afternoon", "evening", "night", "noon", "midday", "lunchtime"], "p"),
    **dict.fromkeys(_SEASONS, "q"),
    **dict.fromkeys(["today", "yesterday", "tomorrow", "tonight"], "z"),
    "the": "t", "of": "f", "on": "O", "in": "I", "at": "e", "and": "&", "from": "R", "between": "B",
    **dict.fromkeys(["to", "until", "till", "through", "thru"], "T"),
    **dict.fromkeys(["since", "during", "throughout"], "S"), "by": "y",
    "last": "L", **dict.fromkeys(["next", "coming", "upcoming"], "N"), "this": "H", "that": "h",
    "same": "s", **dict.fromkeys(["previous", "preceding"], "x"), "following": "v",
    "earlier": "E", "later": "k", "ago": "Q", "before": "b", "after": "r",
    **dict.fromkeys(["early", "late", "mid"], "j"),
    **dict.fromkeys(["end", "beginning", "start", "middle", "close", "half", "quarter"], "u"),
    **dict.fromkeys(["am", "pm", "a.m.", "p.m."], "G"),
    ",": ",", ".": ".", "(": "(", ")": ")", "/": "/", "-": "-", "–": "-", "—": "-", "'s": "'",
}  # fmt: skip
_CAPITALISED = frozenset("WwMmA")
_OTHER = "_"


def _number_class(form: str) -> str:
    """The letter of a token that begins with a figure."""
    if form.isdecimal():
        if len(form) <= 2 and 1 <= int(form) <= 31:
            return "d"
        return "Y" if len(form) == 4 and form[:2] in ("19", "20") else _OTHER
    if _ORDINAL.fullmatch(form):
        return "o"
    if _DAY_COMMA_YEAR.fullmatch(form):
        return "n"
    if _DOTTED.fullmatch(form):
        return "F"
    if _CLOCK.fullmatch(form):
        return "X"
    return _OTHER


_ORDINAL = re.compile(r"(?:[12]?\d|3[01])(?:st|nd|rd|th)", re.IGNORECASE)
_DAY_COMMA_YEAR = re.compile(r"(?:0?[1-9]|[12]\d|3[01]),(?:19|20)\d\d")
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.(?:19|20)\d\d")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?(?:[ap]m)|(?:[01]?\d|2[0-3]):[0-5]\d", re.IGNORECASE)
_HYPHENED = re.compile(r"(early|mid|late|end)[-‐‑](\w+)")


class _Words(NamedTuple):
    """The tokens that a rule matched."""

    letters: str
    lower: tuple[str, ...]
    text: str
    """As written, from the first to the last."""

    def all(self, letters: str) -> list[str]:
        return [w for c, w in zip(self.letters, self.lower, strict=True) if c in letters]

    def days(self) -> list[int]:
        return [int(w.rstrip("sthndr")) for w in self.all("do")]

    def months(self) -> list[int]:
        return [_month(w) for w in self.all("MmA")]

    def year(self) -> int | None:
        years = self.all("Y")
        return int(years[-1]) if years else None

    def weekdays(self) -> list[str]:
        return self.all("W")


def _month(word: str) -> int:
    return MONTHS.get(word) or SHORT_MONTHS[word]


def is_day(year: int | None, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or 2000, month)[1]


def _day_value(year: int | None, month: int, day: int) -> str | None:
    if not is_day(year, month, day):
        return None
    return f"day:{year:04}-{month:02}-{day:02}" if year else f"monthday:{month:02}-{day:02}"


def _month_value(year: int | None, month: int) -> str:
    return f"month:{year:04}-{month:02}" if year else f"month:{month:02}"


def _range_value(first: str | None, last: str | None) -> str | None:
    return f"range:{first}..{last}" if first and last else None


def _iso(words: _Words) -> str | None:
    match = re.fullmatch(r"(\d{4})([-/])(\d\d?)\2(\d\d?)", words.text)
    return _day_value(int(match[1]), int(match[3]), int(match[4])) if match else None


def _figures(words: _Words) -> str | None:
    match = re.fullmatch(r"(\d\d?)(?:([-/])|\. ?)(\d\d?)(?:\2|\. ?)(\d{4})", words.text)
    if not match:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    return figures_value(first, second, year, match[2] or ".")


def figures_value(first: int, second: int, year: int, mark: str) -> str | None:
    """A date in figures: day first with dots; elsewhere day first only if the second can be no month."""
    if mark == "." or first == second:
        return _day_value(year, second, first)
    by_day, by_month = _day_value(year, second, first), _day_value(year, first, second)
    if by_day and by_month:
        return f"numeric:{first:02}/{second:02}/{year:04}"
    return by_day or by_month


def _dotted(words: _Words) -> str | None:
    day, month, year = (int(part) for part in words.all("F")[0].split("."))
    last = _day_value(year, month, day)
    days = words.days()
    return _range_value(_day_value(year, month, days[0]), last) if days else last


def _one_day(words: _Words) -> str | None:
    value = _day_value(words.year(), words.months()[0], words.days()[0])
    if not value or "V" not in words.letters:
        return value
    if re.search("[sh]+V", words.letters):
        return f"{value}/told"
    return f"{value}/year{_STEPS[_way(words.letters)]:+}"


def _day_comma_year(words: _Words) -> str | None:
    day, year = (int(part) for part in words.all("n")[0].split(","))
    return _day_value(year, words.months()[0], day)


def _day_of_some_month(words: _Words) -> str | None:
    return f"monthdate:{words.days()[0]:02}"


def _days_of_month(words: _Words) -> str | None:
    year, month, days = words.year(), words.months()[0], words.days()
    if days[0] >= days[-1]:
        return None
    return _range_value(_day_value(year, month, days[0]), _day_value(year, month, days[-1]))


def _days_of_months(words: _Words) -> str | None:
    years = [int(y) for y in words.all("Y")]
    (first, last), (begins, ends) = words.months(), words.days()
    first_year = last_year = None
    if years:
        last_year = years[-1]
        first_year = years[0] if len(years) > 1 else last_year - (first > last)
    return _range_value(_day_value(first_year, first, begins), _day_value(last_year, last, ends))


def _one_month(words: _Words) -> str | None:
    year = words.year()
    way = _way(words.letters)
    month = _month_value(year, words.months()[0])
    if "V" in words.letters:
        return f"{month}/year{_STEPS[way]:+}"
    return f"{month}/{way}" if way and not year else month


def _months(words: _Words) -> str | None:
    years, (first, last) = [int(y) for y in words.all("Y")], words.months()
    last_year = years[-1] if years else None
    first_year = years[0] if len(years) > 1 else last_year and last_year - (first > last)
    return _range_value(_month_value(first_year, first), _month_value(last_year, last))


def _hyphened_month(words: _Words) -> str | None:
    match = _HYPHENED.fullmatch(words.lower[0])
    return _month_value(words.year(), MONTHS[match[2]]) if match and match[2] in MONTHS else None


def _way(letters: str) -> str:
    return "last" if "L" in letters else "next" if "N" in letters else "this" if "H" in letters else ""


def _weekday(words: _Words) -> str | None:
    way = _way(words.letters)
    return f"weekday:{words.weekdays()[0]}" + (f"/{way}" if way else "")


def _weekday_of_week(words: _Words) -> str | None:
    return f"weekday:{words.weekdays()[0]}/week{_STEPS[_way(words.letters)]:+}"


def _told_weekday(words: _Words) -> str | None:
    return f"told-weekday:{words.weekdays()[0]}/{-1 if 'x' in words.letters else 1:+}"


def _weekdays(words: _Words) -> str | None:
    first, last = words.weekdays()
    return _range_value(f"weekday:{first}", f"weekday:{last}") if first != last else None


def _years(words: _Words) -> str | None:
    first, last = (int(y) for y in words.all("Y"))
    return f"range:year:{first}..year:{last}" if first < last else None


_STEPS = {"last": -1, "this": 0, "next": 1, "": 0}
_UNITS = {"D": "day", "K": "week", "Z": "month", "V": "year"}


def _unit(letters: str) -> str:
    return next(_UNITS[c] for c in letters if c in _UNITS)


def _is_plural(words: _Words) -> bool:
    return any(w.endswith("s") for w in words.all("DKZV"))


def _relative_period(words: _Words) -> str | None:
    if _is_plural(words):
        return None
    return f"relative-{_unit(words.letters)}:{_STEPS[_way(words.letters)]:+}"


def _told_period(words: _Words) -> str | None:
    if _is_plural(words):
        return None
    step = -1 if "x" in words.letters else 1 if "v" in words.letters else 0
    return f"told-{_unit(words.letters)}:{step:+}"


def _count(words: _Words) -> int:
    counted = words.all("acd")
    count = _COUNTS.get(counted[0]) or int(counted[0])
    return count * 2 if "fortnight" in words.lower else count


def _ago(words: _Words) -> str | None:
    return f"relative-{_unit(words.letters)}:{-_count(words):+}"


def _ahead(words: _Words) -> str | None:
    return f"relative-{_unit(words.letters)}:{_count(words):+}/ahead"


def _told_steps(words: _Words) -> str | None:
    sign = -1 if words.letters[-1] in "Eb" else 1
    return f"told-{_unit(words.letters)}:{sign * _count(words):+}"


def _relative_day(words: _Words) -> str | None:
    step = {"yesterday": -1, "tomorrow": 1}.get(words.all("z")[0], 0)
    if "b" in words.letters or "r" in words.letters:
        step *= 2
    return f"relative-day:{step:+}" if step or "b" not in words.letters else None


def _season(words: _Words) -> str | None:
    season = words.all("q")[0].replace("fall", "autumn")
    year, way = words.year(), _way(words.letters)
    return f"season:{season}/{year}" if year else f"season:{season}" + (f"/{way}" if way else "")


def _weekend(words: _Words) -> str | None:
    return f"weekend:{_way(words.letters)}".rstrip(":") if _way(words.letters) else "weekend:this"


def _clock(words: _Words) -> str | None:
    match = re.match(r"(\d{1,2})(?:[:.](\d\d))?", words.lower[0])
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    afternoon = any(w in ("pm", "p.m.") or w.endswith("pm") for w in words.lower)
    if (hour > 12 and len(words.lower) > 1) or hour > 23 or minute > 59:
        return None
    return f"clock:{hour % 12 + 12 if afternoon else hour:02}:{minute:02}"


def _following_day(words: _Words) -> str | None:
    return None if _is_plural(words) else "told-day:+1"


def _constant(value: str) -> Callable[[_Words], str | None]:
    return lambda words: value


class _Rule(NamedTuple):
    name: str
    pattern: str
    """Over the letters of `_CLASSES`."""
    value: Callable[[_Words], str | None]


_MONTH = r"(?:[MA]|m\.?)"
_DAY = r"[do]"
_YEAR = r"(?:[,f]?Y)"
_THAT_YEAR = r"(?:,?f?[LNH]V)"
_SAME_YEAR = r"(?:,?ft?[sh]{1,2}V)"
# "September 7 of the same year", "of that year": the year of the time last told.
_NAME_OF_DAY = r"(?:(?:W|w\.?)[,(]?t?)?"
# "5 July (Mon)", "Tuesday (5 July)".
_NAME_AFTER = r"(?:\((?:W|w\.?)\)|\))?"
# After "the day before": a noun phrase would make it a preposition ("the day before the summit").
_NO_NOUN = r"(?![ta'WMAh])(?=[^_]|$|_!)"

RULES = (
    # -- full and partial dates
    _Rule("iso_date", r"Y[-/]d[-/]d", _iso),
    _Rule("date_in_figures", r"d([-/.])d[-/.]Y", _figures),
    _Rule("dotted_date", r"(?:d\.?-)?F", _dotted),
    _Rule("days_of_months", rf"{_DAY}f?{_MONTH}{_YEAR}?[-T]{_DAY}f?{_MONTH}{_YEAR}?", _days_of_months),
    _Rule("days_of_months_month_first", rf"{_MONTH}{_DAY}{_YEAR}?[-T]{_MONTH}{_DAY}{_YEAR}?", _days_of_months),
    _Rule("days_of_month", rf"{_DAY}(?:,{_DAY})?[-T&]t?{_DAY}t?f?{_MONTH}{_YEAR}?", _days_of_month),
    _Rule("days_of_month_month_first", rf"{_MONTH}{_DAY}(?:,{_DAY})?[-T&]{_DAY}(?![MAmDKZV/]){_YEAR}?", _days_of_month),
    _Rule("day_comma_year", rf"{_NAME_OF_DAY}{_MONTH}n", _day_comma_year),
    _Rule("day_month", rf"{_NAME_OF_DAY}{_DAY}f?{_MONTH}(?:{_YEAR}|{_THAT_YEAR}|{_SAME_YEAR})?{_NAME_AFTER}", _one_day),
    _Rule("month_day", rf"{_NAME_OF_DAY}{_MONTH}t?{_DAY}(?![DKZV])(?:{_YEAR}|{_THAT_YEAR}|{_SAME_YEAR})?{_NAME_AFTER}", _one_day),
    _Rule("day_of_some_month", r"(?<=t)o(?=[,.)]|$)", _day_of_some_month),
    # -- months
    _Rule("months_of_year", rf"{_MONTH}{_YEAR}?[-T]{_MONTH}{_YEAR}|(?<=B){_MONTH}{_YEAR}?&{_MONTH}{_YEAR}", _months),
    _Rule("months", r"(?:M[-T][MA]|A[-T]M|(?<=B)[MA]&[MA]|(?<=R)AT[MA])", _months),
    _Rule("month_of_year", rf"(?:j|uf)?{_MONTH}{_YEAR}", _one_month),
    _Rule("month_of_that_year", rf"(?:j|uf)?[MA]{_THAT_YEAR}", _one_month),
    _Rule("part_of_month", r"(?:j|uf)(?:[HLN]?)[MA]", _one_month),
    _Rule("last_month_of_name", r"[LNH][MA](?!')", _one_month),
    _Rule("in_month", r"(?<=[IS])[MA](?!')|(?<=[yRTf&])M", _one_month),
    _Rule("month_alone", r"M", _one_month),
    _Rule("hyphened_month", r"J(?:[,f]?Y)?", _hyphened_month),
    # -- weekdays
    _Rule("weekdays", r"W[-T]W|(?<=B)W&W", _weekdays),
    _Rule("weekday_of_week", r"Wp?f?[LNH]K", _weekday_of_week),
    _Rule("told_weekday", r"t[xv]Wp?", _told_weekday),
    _Rule("weekday", r"j?(?:HN|[LNH])?j?Wp?", _weekday),
    # -- days counted from the document's own
    _Rule("day_before_yesterday", r"tD[br]z", _relative_day),
    _Rule("today", r"[Ekj]?zp?", _relative_day),
    _Rule("this_morning", r"[Ekj]?Hp", _constant("relative-day:+0")),
    _Rule("last_night", r"j?Lp", _constant("relative-day:-1")),
    _Rule("ago", r"[acd][DKZV]Q", _ago),
    _Rule("few_ago", r"(?:a?Cf?)?[DKZV][QEk]|(?:[acd]|a?Cf?)?i[QEk]", _constant("vague")),
    _Rule("ahead", r"(?<=I)[acd][DKZV](?!f)", _ahead),
    # -- days counted from the one last told
    _Rule("same_day", r"[Ek]?(?:t?s|h)[Dp](?!f)", _constant("told-day:+0")),
    _Rule("later_in_the_day", r"[Ek]It[Dp](?!f)|(?<=I)tp(?!f)|(?<=O)tD(?![fbr_])", _constant("told-day:+0/own")),
    _Rule("previous_day", r"t?x[Dp]", _constant("told-day:-1")),
    _Rule("following_day", r"tv[Dp]|t?N[Dp]", _following_day),
    _Rule("steps_from_told", r"[acd][DKZV][Ek](?!T)", _told_steps),
    _Rule("day_before", rf"t[Dp]b{_NO_NOUN}", _constant("told-day:-1")),
    _Rule("day_after", rf"t[Dp]r{_NO_NOUN}", _constant("told-day:+1")),
    # -- longer periods
    _Rule("told_period", r"(?:t?x|tv)[KZV]|[Ek]?(?:t?s|h)[KZV]", _told_period),
    _Rule("relative_period", r"(?:[Ekj]|uf)?[LNH][KZV]|[Ek]It[KZV]|uft[DKZV]", _relative_period),
    _Rule("weekend", r"[LNH]P|(?<=[eS_])tP", _weekend),
    _Rule("season", r"[LNH]q(?:[,f]?Y)?|(?:(?<=[ISy])|j|uft?)t?q(?:[,f]?Y)?|qf?Y", _season),
    _Rule("years", r"(?<=[RB])Y[T&]Y|(?<=I)Y-Y", _years),
    _Rule("year", r"(?:j|(?<=[ISRTyV])|uf)Y(?!')", lambda words: f"year:{words.year()}"),
    # -- time of day
    _Rule("clock", r"[dX]G|(?<=e)X", _clock),
)  # fmt: skip
"""In order of preference at one place of the text."""

# Letters that no rule begins with are passed over at once; so are the commonest of the others where
# the next letter cannot follow them ("the", "a", "that").
_FIRST = r"(?=[YdFoXWwMAmJjuLNHEkxczDKZVqCi]|t[sxvDpNqPKZV]|a[CDKZVi]|h[DpKZV]|s[DpKZV])"
_PATTERN = re.compile(_FIRST + "(?:" + "|".join(f"(?P<{rule.name}>{rule.pattern})" for rule in RULES) + ")")
_BY_NAME = {rule.name: rule for rule in RULES}


def _letters_of(tokens: Tokens, first: int, last: int) -> str:
    """The letters of some tokens."""
    letters: list[str] = []
    forms, lower = tokens.forms, tokens.lower
    for number in range(first, last):
        word = lower[number]
        letter = _CLASSES.get(word, _OTHER)
        if letter == _OTHER:
            if word[0].isdecimal():
                letter = _number_class(word)
            elif "-" in word and _HYPHENED.fullmatch(word):
                letter = "J"
        elif letter in _CAPITALISED and not forms[number][0].isupper():
            letter = _OTHER
        letters.append(letter)
    return "".join(letters)


# Days that are names of something else: no time of the text.
_NAMED_DAYS = frozenset(
    ["black", "good", "ash", "holy", "bloody", "super", "easter", "palm", "maundy", "cyber", "whit",
     "sheffield", "shrove", "green", "blue"]
)  # fmt: skip
_PAPERS = frozenset(
    ["times", "mail", "telegraph", "express", "mirror", "post", "herald", "independent", "world", "star",
     "tribune", "people", "observer", "magazine", "night", "school", "league", "islands", "island"]
)  # fmt: skip
# "More than a year ago" names no year.
_ABOUT = frozenset(["than", "over", "nearly", "almost", "about", "around", "roughly", "some", "half"])
_GIVEN_NAMES = frozenset(["april", "june", "august", "sunday", "friday"])


def _is_a_name(tokens: Tokens, rule: str, first: int, last: int) -> bool:
    """Whether "Sunday", "June" and the like are part of a name here rather than a time."""
    if rule not in ("weekday", "month_alone", "in_month", "today"):
        return False
    forms, lower = tokens.forms, tokens.lower
    before = lower[first - 1] if first else "."
    after = forms[last] if last < len(forms) else "."
    named_after = after[:1].isupper() and after[1:].islower()
    if rule == "today":
        return forms[first] == "Today" and first > 0 and forms[first - 1][:1].isupper()
    if rule == "in_month":
        return named_after and lower[first] in _GIVEN_NAMES and before in ("by", "from", "to", "and", "of")
    if rule == "weekday":
        if before in _NAMED_DAYS or (last - first == 1 and after.lower() in _PAPERS and after[0].isupper()):
            return True
        begins = before in (".", "?", "!", "”", '"', ",", "with", "and", "by")
        return named_after and lower[last - 1] in _GIVEN_NAMES and begins
    # A month alone: "the September talks", "Vilnius's July summit", "September's vote".
    if after[:1].isupper() and after.lower() not in WEEKDAYS:
        return True
    if lower[first] in _GIVEN_NAMES:
        return before not in ("the", "a", "an", "its", "their", "early", "late", "mid", "'s")
    return first > 0 and forms[first - 1][:1].isupper() and before not in ("the", "a", "this", "in")


def find_times(document: Document, lexicon: LexiconUnion) -> Iterator[Mention]:
    """
    Yield the time expressions of a document, in text order.

    Args:
        document: Its headlines, body, captions and turns are read.

        lexicon: Not used yet: the words of time are the language's own, not a table's.

    Yields:
        Mentions of kind ``time``, not overlapping, without a leading preposition, with a ``value`` as
        the module tells.
    """
    for paragraph in document.paragraphs:
        if paragraph.kind in ("body", "headline", "caption", "turn"):
            yield from times_in(document.text, paragraph.span)


def times_in(text: str, span: Span) -> Iterator[Mention]:
    """Yield the time expressions in a stretch of text, in order."""
    tokens = tokens_of(text)
    within = tokens.within(span)
    letters = _letters_of(tokens, within.start, within.stop)
    at = 0
    while match := _PATTERN.search(letters, at):
        at = match.end()
        rule = _BY_NAME[match.lastgroup or ""]
        first, last = within.start + match.start(), within.start + match.end()
        found = letters[match.start() : match.end()]
        if found[-1] == ")" and "(" not in found:
            found, last = found[:-1], last - 1
        if _is_a_name(tokens, rule.name, first, last):
            continue
        start, end = tokens.starts[first], tokens.ends[last - 1]
        words = _Words(found, tokens.lower[first:last], text[start:end])
        value = rule.value(words)
        if rule.name == "ago" and first and tokens.lower[first - 1] in _ABOUT:
            value = "vague"
        if value is None:
            at = match.start() + 1
            continue
        yield Mention(kind="time", span=Span(start, end), value=value, found_by=f"english.dates/{rule.name}")


# -- resolving ----------------------------------------------------------------------------------


class _Told(NamedTuple):
    """A first and last day, and the value that says so."""

    value: str
    earliest: date
    latest: date


def _of_day(day: date) -> _Told:
    return _Told(day.isoformat(), day, day)


def _of_month(year: int, month: int) -> _Told:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return _Told(f"{year:04}-{month:02}", date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _of_year(year: int) -> _Told:
    return _Told(f"{year:04}", date(year, 1, 1), date(year, 12, 31))


def _of_days(first: date, last: date) -> _Told:
    return _Told(f"{first.isoformat()}/{last.isoformat()}", first, last)


def anchor_day(document: Document) -> tuple[date, Literal["dateline", "published"]] | None:
    """
    The day that "today" means in a document, and where it is from; ``None`` if no full date is given.

    A dateline's day wins over the day of publication: a text put out a day late still speaks from
    its dateline.  One that is more than a week off is a misreading or an archive's date.
    """
    published = _as_day(document.published)
    dateline = document.dateline.when.value if document.dateline and document.dateline.when else None
    written = _as_day(dateline)
    if written and (published is None or abs((published - written).days) <= 7):
        return written, "dateline"
    return (published, "published") if published else None


def _as_day(value: str | None) -> date | None:
    if value is None or len(value) != 10:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


# How far a day without year may lie on the wrong side of the document's own before another year is
# meant: a report is out of date by a day or two, an announcement by a week.
_LATE_REPORT, _LATE_ANNOUNCEMENT = timedelta(days=2), timedelta(days=7)


def nearest_day(month: int, day: int, anchor: date, *, future: bool) -> date | None:
    """The day of this month and number that lies nearest to the anchor, in the tense's direction."""
    days = [
        date(year, month, day) for year in range(anchor.year - 8, anchor.year + 9) if _is_year(year) and is_day(year, month, day)
    ]  # fmt: skip
    if future:
        return next((d for d in days if d >= anchor - _LATE_ANNOUNCEMENT), None)
    return next((d for d in reversed(days) if d <= anchor + _LATE_REPORT), None)


def _is_year(year: int) -> bool:
    return 1 <= year <= 9998


class _Question(NamedTuple):
    """An expression's argument and what it is to be resolved against."""

    argument: str
    way: str
    """What follows the slash, if anything."""
    anchor: date | None
    future: bool
    told: When | None


def _resolve_day(asked: _Question) -> _Told | None:
    return _of_day(date.fromisoformat(asked.argument))


def _resolve_monthday(asked: _Question) -> _Told | None:
    if asked.anchor is None:
        return None
    month, day = (int(part) for part in asked.argument.split("-"))
    year = None
    if asked.way == "told" and asked.told is not None and asked.told.earliest:
        year = int(asked.told.earliest[:4])
    elif asked.way.startswith("year"):
        year = asked.anchor.year + int(asked.way[4:])
    if year is not None:
        return _of_day(date(year, month, day)) if is_day(year, month, day) else None
    found = nearest_day(month, day, asked.anchor, future=asked.future)
    return _of_day(found) if found else None


def _resolve_monthdate(asked: _Question) -> _Told | None:
    """ "On the 26th": of the document's month or the one next to it, in the tense's direction."""
    if asked.anchor is None:
        return None
    number = int(asked.argument)
    months = [_of_month(asked.anchor.year, asked.anchor.month + step) for step in (-2, -1, 0, 1, 2)]
    days = [m.earliest.replace(day=number) for m in months if number <= m.latest.day]
    if asked.future:
        return next((_of_day(d) for d in days if d >= asked.anchor), None)
    return next((_of_day(d) for d in reversed(days) if d <= asked.anchor), None)


def _resolve_numeric(asked: _Question) -> _Told | None:
    """Of the two readings the one that lies near the document's day, if only one does."""
    if asked.anchor is None:
        return None
    first, second, year = int(asked.argument), *(int(part) for part in asked.way.split("/"))
    near = [
        day for day in (date(year, second, first), date(year, first, second)) if abs((day - asked.anchor).days) <= 20
    ]  # fmt: skip
    return _of_day(near[0]) if len(near) == 1 else None


def _resolve_weekday(asked: _Question) -> _Told | None:
    anchor, number = asked.anchor, WEEKDAYS[asked.argument]
    if anchor is None:
        return None
    if asked.way.startswith("week"):
        monday = anchor - timedelta(days=anchor.weekday())
        return _of_day(monday + timedelta(days=number, weeks=int(asked.way[4:])))
    back = (anchor.weekday() - number) % 7
    if asked.way == "last":
        return _of_day(anchor - timedelta(days=back or 7))
    if asked.way == "next":
        return _of_day(anchor + timedelta(days=7 - back))
    if asked.future:
        return _of_day(anchor + timedelta(days=(7 - back) % 7))
    return _of_day(anchor - timedelta(days=back))


def _resolve_told_weekday(asked: _Question) -> _Told | None:
    day = _as_day(asked.told.value) if asked.told else None
    if day is None:
        return None
    back = (day.weekday() - WEEKDAYS[asked.argument]) % 7
    return _of_day(day + timedelta(days=7 - back if asked.way == "+1" else -(back or 7)))


def _resolve_month(asked: _Question) -> _Told | None:
    year, _, month = asked.argument.rpartition("-")
    if year:
        return _of_month(int(year), int(month))
    anchor, number = asked.anchor, int(month)
    if anchor is None:
        return None
    if asked.way.startswith("year"):
        return _of_month(anchor.year + int(asked.way[4:]), number)
    if asked.way == "this":
        return _of_month(anchor.year, number)
    if asked.way == "last":
        return _of_month(anchor.year - (number >= anchor.month), number)
    if asked.way == "next":
        return _of_month(anchor.year + (number <= anchor.month), number)
    if asked.future:
        return _of_month(anchor.year + (number < anchor.month), number)
    return _of_month(anchor.year - (number > anchor.month), number)


def _resolve_year(asked: _Question) -> _Told | None:
    return _of_year(int(asked.argument))


def _resolve_season(asked: _Question) -> _Told | None:
    return _of_year(int(asked.way)) if asked.way.isdecimal() else None


def _resolve_weekend(asked: _Question) -> _Told | None:
    anchor = asked.anchor
    if anchor is None:
        return None
    saturday = anchor - timedelta(days=(anchor.weekday() - 5) % 7)
    way = asked.argument
    if way == "next" or (way == "this" and asked.future and anchor.weekday() < 5):
        saturday += timedelta(weeks=1)
    elif way == "last" and anchor.weekday() >= 5:
        saturday -= timedelta(weeks=1)
    return _of_days(saturday, saturday + timedelta(days=1))


def _steps(unit: str, day: date, step: int, *, exact: bool) -> _Told | None:
    """A day, week, month or year so many steps away."""
    if unit == "day":
        return _of_day(day + timedelta(days=step))
    if unit == "week":
        if exact and step:
            return _of_day(day + timedelta(weeks=step))
        monday = day + timedelta(days=-day.weekday(), weeks=step)
        sunday = monday + timedelta(days=6)
        # A week is no ISO 8601 prefix of a date; the month is, if it holds the whole week.
        return _of_month(monday.year, monday.month) if monday.month == sunday.month else None
    if unit == "month":
        return _of_month(day.year, day.month + step)
    return _of_year(day.year + step)


def _resolve_relative(unit: str) -> Callable[[_Question], _Told | None]:
    def resolve(asked: _Question) -> _Told | None:
        if asked.anchor is None or (asked.way == "ahead" and not asked.future):
            return None
        return _steps(unit, asked.anchor, int(asked.argument), exact=False)

    return resolve


def _resolve_told(unit: str) -> Callable[[_Question], _Told | None]:
    def resolve(asked: _Question) -> _Told | None:
        step, told = int(asked.argument), asked.told.value if asked.told else None
        day = _as_day(told)
        if day and asked.anchor and not asked.future and day > asked.anchor:
            # What is past does not follow the day of something still to come.
            day = told = None
        if unit == "day":
            if day is None and asked.anchor and (asked.way == "own" or (told is None and step == 0)):
                return _of_day(asked.anchor)
        elif day is None and told and (len(told) == 7 or (len(told) == 4 and unit == "year")):
            day = date(int(told[:4]), int(told[5:7] or 1), 1)
        return _steps(unit, day, step, exact=len(told or "") == 10) if day else None

    return resolve


_RESOLVERS: dict[str, Callable[[_Question], _Told | None]] = {
    "day": _resolve_day,
    "monthday": _resolve_monthday,
    "monthdate": _resolve_monthdate,
    "numeric": _resolve_numeric,
    "weekday": _resolve_weekday,
    "told-weekday": _resolve_told_weekday,
    "month": _resolve_month,
    "year": _resolve_year,
    "season": _resolve_season,
    "weekend": _resolve_weekend,
    **{f"relative-{unit}": _resolve_relative(unit) for unit in _UNITS.values()},
    **{f"told-{unit}": _resolve_told(unit) for unit in _UNITS.values()},
}
_EXPLICIT = re.compile(r"day:|month:\d{4}-|year:|season:\w+/\d{4}|range:(?:day:|month:\d{4}-|year:)")


def _resolve(value: str, anchor: date | None, *, future: bool, told: When | None) -> _Told | None:
    if value.startswith("range:"):
        return _resolve_range(value[6:], anchor, future=future, told=told)
    head, _, argument = value.partition(":")
    argument, _, way = argument.partition("/")
    resolver = _RESOLVERS.get(head)
    return resolver(_Question(argument, way, anchor, future, told)) if resolver else None


def _resolve_range(value: str, anchor: date | None, *, future: bool, told: When | None) -> _Told | None:
    begins, _, ends = value.partition("..")
    if future:
        first = _resolve(begins, anchor, future=True, told=told)
        last = _resolve(ends, first.earliest if first else anchor, future=True, told=told)
    else:
        # The days of a stay that still goes on lie on both sides of the document's own.
        last = _resolve(ends, anchor, future=False, told=told)
        first = _resolve(begins, last.latest if last else anchor, future=False, told=told)
    if first is None or last is None or first.earliest > last.latest:
        return None
    return _Told(f"{first.value}/{last.value}", first.earliest, last.latest)


_PREPOSITION = re.compile(
    r"\b(?:on|in|at|by|from|since|until|till|during|between|over)\s(?:the\s)?\Z", re.IGNORECASE
)


def resolve_when(document: Document, mention: Mention, *, future: bool, previous: When | None = None) -> When:
    """
    The time a mention stands for, as far as the text and its own day give it.

    Args:
        document: Its dateline or day of publication is what "today" counts from.

        mention: A mention of kind ``time``.

        future: Whether what is dated is still to come: "on Friday" is then the next one.

        previous: The time last told before this mention, for "the same day" and "the day before";
            best the last one that is a day.

    Returns:
        A `When` whose span takes in the preposition before it; ``value`` is ``None`` if it cannot
        be resolved.
    """
    text, span = document.text, mention.span
    before = _PREPOSITION.search(text, max(0, span.start - 12), span.start)
    if before:
        span = Span(before.start(), span.end)
    written = text[span.start : span.end]
    value = mention.value or ""
    anchored = anchor_day(document)
    try:
        told = _resolve(value, anchored[0] if anchored else None, future=future, told=previous)
    except (ValueError, OverflowError, KeyError, IndexError):
        # A value that no rule of ours wrote, or a year that has no calendar.
        told = None
    if told is None:
        return When(text=written, span=span)
    anchor: Anchor | None = anchored[1] if anchored else None
    if _EXPLICIT.match(value):
        anchor = "explicit"
    elif value.startswith("told-") and previous is not None and previous.value is not None:
        anchor = "mention"
    return When(
        value=told.value, earliest=told.earliest.isoformat(), latest=told.latest.isoformat(),
        text=written, span=span, anchor=anchor,
    )  # fmt: skip


def is_same_day_phrase(mention: Mention) -> bool:
    """Whether a time mention only repeats the day last told ("the same day", "later in the day")."""
    return (mention.value or "").startswith("told-day:+0")


def follows_told_time(mention: Mention) -> bool:
    """Whether a time mention counts from the time last told and so needs ``previous``."""
    return bool(mention.value and mention.value.startswith("told-"))


def times_within(mentions: tuple[Mention, ...] | list[Mention], span: Span) -> list[Mention]:
    """The time mentions that lie inside a span; ``mentions`` are sorted by start."""
    first = bisect_left(mentions, span.start, key=lambda m: m.span.start)
    found: list[Mention] = []
    for mention in mentions[first:]:
        if mention.span.start >= span.end:
            break
        if mention.kind == "time" and mention.span in span:
            found.append(mention)
    return found
