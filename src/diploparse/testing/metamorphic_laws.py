"""
Laws of extractors: how the records change, or do not, when the text does.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from ..parser import spans_of
from ..records import Actor, Extraction, Metadata
from . import grammar
from .readable import in_words
from .subjects import (
    Draw,
    Reading,
    Subject,
    break_law,
    demand_same,
    everything_of,
    good_text,
    hypothesis_strategies,
    template_of,
)


def irrelevant_paragraph(subject: Subject, draw: Draw) -> None:
    st = hypothesis_strategies()
    text, published = good_text(subject, draw)
    paragraph = draw(st.sampled_from(grammar.words().lists["weather"]))
    gaps = [m.end() for m in re.finditer(r"\n\s*\n", text)] + [len(text)]
    at = draw(st.sampled_from(gaps))
    changed = text + "\n\n" + paragraph if at == len(text) else text[:at] + paragraph + "\n\n" + text[at:]
    before, after = subject.read(text, published), subject.read(changed, published)
    subject.count("irrelevant_paragraph", before)
    # Mentions and clauses of the paragraph itself are none of the law's business.
    demand_same(
        subject, "irrelevant_paragraph", before.own,
        [r for r in after.own if r["record"] not in ("Mention", "Clause") or r in before.own],
        text=repr(text), with_the_paragraph=repr(changed),
    )  # fmt: skip


def swap_words(text: str, table: Mapping[str, str]) -> str:
    """A text with every whole word (or name of several) of a table replaced."""
    if not table:
        return text
    pattern = "|".join(re.escape(k) for k in sorted(table, key=lambda k: -len(k)))
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda m: table[m[0]], text)


def _swapped(record: Any, table: Mapping[str, str]) -> Any:
    if isinstance(record, dict):
        return {k: _swapped(v, table) for k, v in record.items()}
    if isinstance(record, list):
        return [_swapped(v, table) for v in record]
    return swap_words(record, table) if isinstance(record, str) else record


_NEW_NAMES = (
    "Lindholm",
    "Kozlov",
    "Yamada",
    "Herrera",
    "Schuster",
    "Takács",
    "Mensah",
    "Dimitrov",
    "Karimov",
)
"""Family names that are in no example of ours and no words of English."""


def names_of(extraction: Extraction) -> list[str]:
    """Family names that a text uses for people only, each at the end of a name of two words or more."""
    found: dict[str, None] = {}
    for actor in extraction.actors:
        words = actor.name.split()
        if actor.kind == "person" and len(words) == 2 and words[-1].isalpha() and words[-1][0].isupper():
            found[words[-1]] = None
    text = extraction.document.text
    inside = [m for a in extraction.actors if a.kind == "person" for m in a.mentions]
    return [
        name
        for name in found
        if all(
            any(s.start <= m.start() and m.end() <= s.end for s in inside)
            for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        )
    ]


def names_swapped(subject: Subject, draw: Draw) -> None:
    st = hypothesis_strategies()
    text, published = good_text(subject, draw)
    before = subject.read(text, published)
    names = names_of(before.extraction)
    fresh = draw(st.permutations([n for n in _NEW_NAMES if n not in text]))
    table = dict(zip(names, fresh, strict=False))
    subject.count("names_swapped", before if table else None)
    changed = swap_words(text, table)
    after = subject.read(changed, published)
    demand_same(
        subject,
        "names_swapped",
        [_swapped(r, table) for r in before.own],
        after.own,
        text=repr(text),
        swapped=repr(changed),
    )


def _country_table(text: str, draw: Draw) -> tuple[dict[str, str], dict[str, str]]:
    """Words of one country of the text to those of another; and its code."""
    st = hypothesis_strategies()
    countries = list(grammar.words().countries.values())
    # A name that is also the other's, or an adjective that is also a language, would be swapped too far.
    plain = [c for c in countries if " " not in c.name and c.name != c.capital]

    def forms(c: grammar.Country) -> list[str]:
        return [c.name, c.demonym, c.capital, c.city]

    def is_there(c: grammar.Country) -> bool:
        return any(re.search(rf"(?<!\w){re.escape(f)}(?!\w)", text) for f in forms(c))

    there = [c for c in plain if is_there(c)]
    absent = [c for c in plain if not is_there(c)]
    if not there or not absent:
        return {}, {}
    old, new = draw(st.sampled_from(there)), draw(st.sampled_from(absent))
    return dict(zip(forms(old), forms(new), strict=True)), {old.code: new.code}


def countries_swapped(subject: Subject, draw: Draw) -> None:
    text, published = good_text(subject, draw)
    table, codes = _country_table(text, draw)
    before = subject.read(text, published)
    subject.count("countries_swapped", before if table else None)
    changed = swap_words(text, table)
    after = subject.read(changed, published)
    # Two-letter words of the text are safe: codes are capitals and stand in fields of their own.
    expected = [_recoded(_swapped(r, table), codes) for r in before.own]
    demand_same(subject, "countries_swapped", expected, after.own, text=repr(text), swapped=repr(changed))


def _recoded(record: Any, codes: Mapping[str, str]) -> Any:
    if isinstance(record, dict):
        return {k: _recoded(v, codes) for k, v in record.items()}
    if isinstance(record, list):
        return [_recoded(v, codes) for v in record]
    return codes.get(record, record) if isinstance(record, str) else record


_WEEKDAY = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:yesterday|today|tomorrow)\b", re.IGNORECASE
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTHS = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|\d{4})\b"
)


def dates_shift(subject: Subject, draw: Draw) -> None:
    """Weekdays follow the document's day; complete dates stay."""
    st = hypothesis_strategies()
    text, published = good_text(subject, draw)
    if published is None or _MONTHS.search(text) or not _WEEKDAY.search(text):
        article = grammar.write_article(
            [draw(st.sampled_from(_weekday_templates()))], lambda of: draw(st.sampled_from(_weekdays(of)))
        )
        text, published = article.text, article.published
    weeks = draw(st.integers(1, 20))
    day = date.fromisoformat(published)
    moved = (day + timedelta(weeks=weeks)).isoformat()
    before, after = subject.read(text, published), subject.read(text, moved)
    subject.count("dates_shift", before)

    def shifted(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: shifted(v) for k, v in value.items()}
        if isinstance(value, list):
            return [shifted(v) for v in value]
        if isinstance(value, str) and value not in text:
            return _DAY.sub(lambda m: (date.fromisoformat(m[0]) + timedelta(weeks=weeks)).isoformat(), value)
        return value

    demand_same(
        subject, "dates_shift", [shifted(r) for r in before.own], after.own,
        text=repr(text), published=published, moved_to=moved,
    )  # fmt: skip


@functools.lru_cache(maxsize=1)
def _weekday_templates() -> list[grammar.Template]:
    return [t for t in grammar.supported() if re.search(r"\{[DF]\}", t.text) and "{E}" not in t.text]


def _weekdays(options: Sequence[Any]) -> Sequence[Any]:
    """Of the ways to write a day, the weekday."""
    days = [o for o in options if isinstance(o, str) and _WEEKDAY.search(o)]
    return days or options


_SAID_AFTER, _SAID_BEFORE, _SAID_INVERTED = (
    "after/said_colon",
    "before/quote_first",
    "before/quote_first_inverted",
)


def attribution_inverts(subject: Subject, draw: Draw) -> None:
    chosen: dict[str, int] = {}

    def alike(options: Sequence[Any]) -> Any:
        """Of the same options the same one, in whatever order a template asks."""
        key = repr(options)
        if key not in chosen:
            chosen[key] = draw(hypothesis_strategies().integers(0, len(options) - 1))
        return options[chosen[key]]

    one, *others = (
        grammar.write_article([template_of(label)], alike)
        for label in (_SAID_AFTER, _SAID_BEFORE, _SAID_INVERTED)
    )
    expected = _attributions(subject.read(one.text, one.published))
    subject.count("attribution_inverts")
    for other in others:
        found = _attributions(subject.read(other.text, other.published))
        if found != expected:
            break_law(
                subject, "attribution_inverts", text=repr(one.text), inverted=repr(other.text),
                difference=f"- {expected}\n+ {found}",
            )  # fmt: skip


def _attributions(reading: Reading) -> list[tuple[Any, ...]]:
    """Who says what, without the punctuation that the order asks for."""
    return sorted(
        (
            str(r["speaker"]),
            r["act"],
            r["mode"],
            tuple(c.rstrip(".,") for c in r["content"]),
            tuple(r["addressees"]),
        )
        for r in reading.own
        if r["record"] == "Statement"
    )


_NEGATIONS: Mapping[str, tuple[str, ...]] = {
    "{A} refused to meet {B}.": ("declined",),
    "{A} declined to meet with {B}.": ("declined",),
    "{A} cancelled a meeting with {B}.": ("cancelled",),
    "{A} will meet {B} {F}.": ("planned",),
    "{A} is expected to meet {B} {F}.": ("planned",),
    "{A} postponed a meeting with {B}.": ("postponed", "cancelled"),
    "{A} did not meet {B}.": ("denied", "cancelled", "declined"),
    "{A} has no plans to meet {B}.": (),
    "{A} would like to meet {B}.": ("proposed", "planned"),
}
"""What happens to "A met B" under negation and hedges; no record at all is always allowed."""


def negation(subject: Subject, draw: Draw) -> None:
    st = hypothesis_strategies()
    sentence, statuses = draw(st.sampled_from(sorted(_NEGATIONS.items())))
    article = grammar.write_article(
        [grammar.Template(name="negated", family="law", text=sentence)], lambda of: draw(st.sampled_from(of))
    )
    reading = subject.read(article.text, article.published)
    subject.count("negation")
    wrong = [r["status"] for r in reading.own if r["record"] == "Meeting" and r["status"] not in statuses]
    if wrong:
        break_law(
            subject, "negation", text=repr(article.text),
            status=f"{wrong[0]}, where {' or '.join(statuses) or 'no meeting'} is told",
        )  # fmt: skip


_TELLERS = ("{G} said: “{A} met {B} in {P} {D}.”", "{G} said that {A} had met {B} in {P} {D}.")


def told_by(subject: Subject, draw: Draw) -> None:
    st = hypothesis_strategies()
    choices: list[Any] = []

    def keep(options: Sequence[Any]) -> Any:
        choices.append(draw(st.integers(0, 10**6)))
        return options[choices[-1] % len(options)]

    sentence = draw(st.sampled_from(_TELLERS))
    article = grammar.write_article([grammar.Template(name="told", family="law", text=sentence)], keep)
    reading = subject.read(article.text, article.published)
    subject.count("told_by")
    for record in reading.own:
        if record["record"] == "Meeting" and record["told_by"] is None:
            break_law(subject, "told_by", text=repr(article.text), record="\n".join(_lines(record)))


def _lines(record: Mapping[str, Any]) -> list[str]:
    from .readable import lines_of

    return lines_of(record)


_SHARED = frozenset(w for t in grammar.words().lists["title"] for w in t.split()) | frozenset(
    ["The", "A", "He", "She", "In", "During", "Talks", "Earlier", "It"]
)
"""Words with a capital that say nothing of whom a text is about."""


def truncation(subject: Subject, draw: Draw) -> None:
    text, published = good_text(subject, draw)
    tail, _ = good_text(subject, draw, examples=False)
    # Another story: a second telling of the first would rightly be merged into it.
    capitals = set(re.findall(r"\b[A-Z]\w+", text)) - _SHARED
    if capitals & set(re.findall(r"\b[A-Z]\w+", tail)):
        return
    # The text, and the text with another article after it: the first must not know of the second.
    whole = text + "\n\n" + tail
    before, after = subject.read(text, published), subject.read(whole, published)
    subject.count("truncation", before)
    wanted = [r for r in before.own if r["record"] not in ("Actor",)]
    here = _reread(subject, after, len(text))
    demand_same(subject, "truncation", wanted, here, text=repr(text), with_what_follows=repr(whole))


def _reread(subject: Subject, reading: Reading, limit: int) -> list[dict[str, Any]]:
    """The records that begin before a place, as they are known there."""
    kept = []
    x = reading.extraction
    if subject.builtin:
        records: Iterable[Any] = (*x.meetings, *x.statements)
    else:
        records = [r for r in everything_of(subject, reading) if not isinstance(r, Actor)]
        records = [*records, *(r for r in reading.raw if type(r).__name__ in ("Mention", "Clause"))]
    for record in records:
        spans = list(spans_of(record))
        if spans and min(s.start for s in spans) < limit:
            kept.append(in_words(x, record))
    return kept


_TYPOGRAPHY: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("straight quotation marks", lambda t: t.translate({0x201C: '"', 0x201D: '"', 0x2019: "'"})),
    ("curly apostrophes", lambda t: re.sub(r"(?<=\w)'(?=\w)", "’", t)),
    ("no-break spaces before numbers", lambda t: re.sub(r" (?=\d)", "\u00a0", t)),
    ("no-break spaces after titles", lambda t: t.replace("Minister ", "Minister\u00a0")),
    ("lines wrapped at 60 characters", lambda t: _wrapped(t, 60)),
    # Not narrower: lines of some 35 characters are lists and captions in news, and are read as such.
    ("line ends of another system", lambda t: t.replace("\n", "\r\n")),
)
"""Variants of one text that a reader would not see, by name."""


def _wrapped(text: str, width: int) -> str:
    """
    A text with hard line breaks.

    A paragraph of two lines stays as it is: from two lines nobody can tell a wrapped paragraph
    from two paragraphs of a line each.
    """
    import textwrap

    made = []
    for part in re.split(r"(\n\s*\n)", text):
        lines = textwrap.wrap(part, width, break_long_words=False, break_on_hyphens=False)
        made.append("\n".join(lines) if len(lines) > 2 else part)
    return "".join(made)


def typography(subject: Subject, draw: Draw) -> None:
    st = hypothesis_strategies()
    text, published = good_text(subject, draw)
    name, change = draw(st.sampled_from(_TYPOGRAPHY))
    changed = change(text)
    before, after = subject.read(text, published), subject.read(changed, published)
    subject.count("typography", before)
    demand_same(
        subject, "typography", [_plain(r) for r in before.own], [_plain(r) for r in after.own],
        text=repr(text), variant=name, with_the_variant=repr(changed),
    )  # fmt: skip


_PLAIN = {0x201C: '"', 0x201D: '"', 0x2019: "'", 0x2018: "'"}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return " ".join(value.translate(_PLAIN).split()) if isinstance(value, str) else value


STUFFING: Mapping[str, str] = {
    "names": "Jane Roe ",
    "titles": "Minister of Defence of ",
    "quotation marks": "“a” ",
    "open quotation marks": "“a ",
    "straight marks": '" ',
    "digits": "12 ",
    "brackets": "( ",
    "newlines": "\n\n",
    "said that": "he said that ",
    "adding": "Roe said, adding that ",
    "met": "A met B and ",
    "commas": "a, ",
    "coordinated names": "Jane Roe, John Doe and ",
    "dates": "on Tuesday, March 5, ",
    "of the": "of the ",
    "apostrophes": "'s ",
    "full stops": "U.S. ",
    "letters": "a",
    "capitals": "AB ",
    "hyphens": "a-",
    "speakers": "Q: a\n",
    "meetings": "Minister Jane Roe met President John Doe in Paris on Monday. ",
}
"""Pieces whose repetition has made patterns explode, by name."""


_SHORT, _LONG = 2_000, 12_000
"""Characters: six times the text may take three times the time a character at most, against noise."""


def linear_time(subject: Subject, draw: Draw) -> None:
    for name, piece in STUFFING.items():
        short, long = (
            min(_seconds(subject, piece * (size // len(piece))) for _ in range(2)) for size in (_SHORT, _LONG)
        )
        subject.count("linear_time")
        # Below some milliseconds the clock says nothing.
        if long / _LONG > 3 * short / _SHORT and long > 0.05:
            break_law(
                subject, "linear_time", text=f"{piece!r} repeated ({name})",
                time=f"{short / _SHORT * 1e9:.0f} ns a character for {_SHORT}, {long / _LONG * 1e9:.0f} ns for {_LONG}",
            )  # fmt: skip


def _seconds(subject: Subject, text: str) -> float:
    """The plugin's own share of a parse."""
    parser = subject.parser
    before = dict(parser.timings)
    began = perf_counter()
    # As English, whatever it looks like: else nobody reads it.
    parser.parse(text, metadata=Metadata(language="en"))
    if subject.builtin:
        return perf_counter() - began
    spent = 0.0
    for (stage, label), total_time in parser.timings.items():
        if label.startswith(f"{subject.label}."):
            spent += total_time - before.get((stage, label), 0.0)
    return spent
