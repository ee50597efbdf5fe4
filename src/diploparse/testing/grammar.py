"""
A grammar that writes articles together with their exact records.

A template is a text with slots and marks, and what it tells (``templates/*.txt``):

    ## passive
    # received_by
    {A} was <m received> by {B} in {P} {D}.
    = meet m: A/guest B/host @P ^D

Slots are filled from a lexicon (``templates/lexicon.txt``): ``{A}`` to ``{H}`` are people
(``{A}`` titled, ``{A.name}``, ``{A.last}``, ``{A.app}``, ``{A.he}``, ``{A.title}`` ...), ``{K}``
to ``{N}`` states that act, ``{P}`` a place, ``{D}``, ``{F}``, ``{E}`` a day just past, to come,
long past, ``{T}`` a topic, ``{S}`` a clause, ``{Q}`` a sentence.  A *supported* template must be
recovered exactly, spans included; one marked ``stretch`` is only measured.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from ..errors import InputError
from ..parser import plain_document, with_id
from ..records import (
    Actor,
    Cue,
    Extraction,
    Meeting,
    Metadata,
    Parent,
    Participation,
    Place,
    Role,
    Span,
    Statement,
    Topic,
    When,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

FOLDER = Path(__file__).parent / "templates"
"""The built-in templates, a file a subject, and the lexicon."""

_T = TypeVar("_T")
Choose = Callable[[Sequence[Any]], Any]
"""Takes one of several: ``random.choice``, or Hypothesis' draw."""


# -- templates --------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Template:
    """A text with slots and marks, and what it tells."""

    name: str
    """Unique in its family. Example: "received_by"."""

    family: str
    """What the templates around it have in common. Example: "passive"."""

    text: str
    """One paragraph, or several parted by "¶"."""

    gold: tuple[str, ...] = ()
    """The lines after "=": one a record; none for a text that tells nothing."""

    supported: bool = True
    """Whether it must be recovered exactly."""

    tags: frozenset[str] = frozenset()
    """Further features that its recall is reported under. Example: {"phone"}."""

    @property
    def features(self) -> frozenset[str]:
        """Its family and its tags."""
        return self.tags | {self.family}

    @property
    def label(self) -> str:
        """Family and name. Example: "passive/received_by"."""
        return f"{self.family}/{self.name}"


def read_templates(path: Path) -> list[Template]:
    """
    The templates of a file.

    Raises:
        InputError: A line that is none of those the format has, a name twice, or gold that names a
            slot or mark that the text has not.
    """
    return list(_templates(path.read_text(encoding="utf-8"), path.as_posix()))


def _templates(text: str, path: str) -> Iterator[Template]:
    family, header, body, began = "", "", "", 0
    gold: list[str] = []
    seen: set[str] = set()

    def made() -> Template:
        name, *flags = header.split()
        template = Template(
            name=name, family=family, text=body, gold=tuple(gold), supported="stretch" not in flags,
            tags=frozenset(f.removeprefix("+") for f in flags if f.startswith("+")),
        )  # fmt: skip
        problem = _fault(template)
        if not family:
            problem = "a template before the first '## family' line"
        if template.label in seen:
            problem = f"a second template {template.label}"
        if problem:
            raise InputError(
                path=path,
                line=began,
                problem=problem,
                advice="docs/how-to/property-test-a-parser.md has the format",
            )
        seen.add(template.label)
        return template

    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith(("## ", "# ")):
            if header:
                yield made()
            header, body, gold, began = "", "", [], number
            if line.startswith("## "):
                family = line[3:].strip()
            else:
                header = line[2:].strip()
        elif line.startswith("= "):
            gold.append(line[2:].strip())
        elif line.strip() and not line.startswith("//"):
            body += ("¶" if body else "") + line.strip()
    if header:
        yield made()


_PIECE = re.compile(r"<(\w+) |>|\{([A-Z]\d?)(?:\.(\w+))?\}|\[([^\]]*)\]|¶|[^<>{\[¶]+|.")


def _fault(template: Template) -> str:
    """What is wrong with a template; empty if nothing is."""
    if not template.text:
        return f"the template {template.label} has no text"
    slots = {m[2] for m in _PIECE.finditer(template.text) if m[2]}
    marks = {m[1] for m in _PIECE.finditer(template.text) if m[1]}
    for line in template.gold:
        match = _GOLD.fullmatch(line)
        if match is None:
            return f"{template.label}: the gold line {line!r} is none of 'meet MARK: ...', 'say MARK: ...', 'refer MARK: ...'"
        for word in re.findall(r"\b[A-Z]\d?\b", match[3]):
            if word not in slots:
                return f"{template.label}: the gold names {word!r}, the text has no such slot"
        if match[2] not in marks:
            return f"{template.label}: the gold names the mark {match[2]!r}, the text has no <{match[2]} ...>"
    return ""


_GOLD = re.compile(r"(meet|say|refer) (\w+): *(.*)")


@lru_cache(maxsize=1)
def templates() -> tuple[Template, ...]:
    """All built-in templates, by file and place."""
    paths = (p for p in sorted(FOLDER.glob("*.txt")) if p.name != "lexicon.txt")
    return tuple(t for path in paths for t in read_templates(path))


# -- the lexicon --------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Country:
    """A state and its words."""

    code: str
    name: str
    demonym: str
    capital: str
    city: str

    @property
    def genitive(self) -> str:
        """Example: "Georgia's"."""
        return self.name + ("'" if self.name.endswith("s") else "'s")


@attrs.frozen(kw_only=True)
class Culture:
    """How people of a country are called."""

    code: str
    male: tuple[str, ...]
    female: tuple[str, ...]
    family: tuple[str, ...]
    """As written for men, or "men's|women's"."""

    order: str
    """"western", given name first, or "eastern"."""


@attrs.frozen(kw_only=True)
class Words:
    """What the slots are filled from."""

    countries: Mapping[str, Country]
    cultures: tuple[Culture, ...]
    lists: Mapping[str, tuple[str, ...]]
    """"title", "topic", "clause", "sentence", "more", "aim", "clutter", "weather"."""


def read_words(path: Path, *, stretch: bool = False) -> Words:
    """
    A lexicon file's words; ``templates/lexicon.txt`` shows the format.

    Args:
        path: The file.

        stretch: Whether also the lines that begin with "stretch", which only recall is measured with.

    Returns:
        Its words.
    """
    countries: dict[str, Country] = {}
    cultures: list[Culture] = []
    lists: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line.strip() or line.startswith("#"):
            continue
        kind, *cells = (cell.strip() for cell in line.split(";"))
        if kind.startswith("stretch "):
            if not stretch:
                continue
            kind = kind.removeprefix("stretch ")
        if kind == "country":
            code, name, demonym, capital, city = cells
            countries[code] = Country(code=code, name=name, demonym=demonym, capital=capital, city=city)
        elif kind == "culture":
            code, male, female, family, order = cells
            several = (tuple(part.split(", ")) for part in (male, female, family))
            cultures.append(
                Culture(
                    **dict(zip(("male", "female", "family"), several, strict=True)), code=code, order=order
                )
            )
        else:
            lists.setdefault(kind, []).append(cells[0])
    return Words(countries=countries, cultures=tuple(cultures), lists={k: tuple(v) for k, v in lists.items()})


@lru_cache(maxsize=2)
def words(*, stretch: bool = False) -> Words:
    """The built-in lexicon; with ``stretch`` also the names that are only measured."""
    return read_words(FOLDER / "lexicon.txt", stretch=stretch)


@attrs.frozen(kw_only=True)
class Person:
    """Somebody of an article."""

    given: str
    family: str
    female: bool
    order: str
    title: str
    country: Country

    @property
    def name(self) -> str:
        """In full, in its order."""
        first, last = (self.family, self.given) if self.order == "eastern" else (self.given, self.family)
        return f"{first} {last}"


# -- writing ------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Article:
    """A text and its exact records."""

    text: str
    """As a reader would get it."""

    published: str
    """Its day of publication."""

    gold: Extraction
    """The records that it tells; its document is not cut up, and evidence is the paragraph."""

    templates: tuple[Template, ...]
    """What it was written by."""

    home: Mapping[str, Template]
    """Which template each record of the gold came from, by id."""


@attrs.define
class _Filled:
    """What stands where in the paragraph of one template."""

    template: Template
    slots: dict[str, list[Span]] = attrs.Factory(dict)
    values: dict[str, Any] = attrs.Factory(dict)
    marks: dict[str, Span] = attrs.Factory(dict)
    mentions: dict[str, list[Span]] = attrs.Factory(dict)
    references: dict[str, list[Span]] = attrs.Factory(dict)
    roles: dict[str, list[Role]] = attrs.Factory(dict)
    told: set[str] = attrs.Factory(set)
    used: dict[str, list[tuple[Span, str | None]]] = attrs.Factory(dict)
    paragraph: Span = attrs.field(factory=lambda: Span(0, 1))


class _Writer:
    def __init__(self, choose: Choose, words: Words, day: date) -> None:
        self.choose, self.words, self.day = choose, words, day
        self.text = ""
        self.taken: set[str] = set()

    def add(self, piece: str) -> Span:
        start = len(self.text)
        self.text += piece
        return Span(start, len(self.text))

    # -- values of slots

    def person(self) -> Person:
        free = [c for c in self.words.cultures if c.code not in self.taken]
        culture = self.choose(free)
        self.taken.add(culture.code)
        female = self.choose([False, True])
        men, _, women = self.choose(culture.family).partition("|")
        return Person(
            given=self.choose(culture.female if female else culture.male), family=(women or men) if female else men,
            female=female, order=culture.order, title=self.choose(self.words.lists["title"]),
            country=self.words.countries[culture.code],
        )  # fmt: skip

    def country(self) -> Country:
        found: Country = self.choose([c for c in self.words.countries.values() if c.code not in self.taken])
        self.taken.add(found.code)
        return found

    def when(self, slot: str) -> tuple[str, str]:
        """A time as written and its value."""
        if slot == "E":
            day = self.day - timedelta(days=self.choose([61, 100, 150]))
            return f"on {day:%B} {day.day}, {day.year}", day.isoformat()
        away = self.choose([1, 2, 3, 4, 5])
        day = self.day + timedelta(days=away if slot == "F" else -away)
        forms = [
            f"on {day:%A}",
            f"on {day:%B} {day.day}",
            f"on {day.day} {day:%B}",
            f"on {day:%B} {day.day}, {day.year}",
        ]
        return self.choose(forms), day.isoformat()

    # -- filling

    def fill(self, template: Template) -> _Filled:
        filled = _Filled(template)
        start = len(self.text)
        stack: list[tuple[str, int]] = []
        for match in _PIECE.finditer(template.text):
            if match[1]:
                stack.append((match[1], len(self.text)))
            elif match[0] == ">":
                name, began = stack.pop()
                filled.marks[name] = Span(began, len(self.text))
            elif match[2]:
                self.slot(filled, match[2], match[3] or "")
            elif match[4] is not None:
                self.add(self.choose(match[4].split("|")))
            else:
                self.add("\n\n" if match[0] == "¶" else match[0])
        filled.paragraph = Span(start, len(self.text))
        return filled

    def slot(self, filled: _Filled, name: str, form: str) -> None:
        letter = name[0]
        if letter in "ABCDEFGH" and letter not in "DEF":
            self.write_person(filled, name, form)
        elif letter in "KLMN":
            self.write_country(filled, name, form)
        else:
            kind = {
                "T": "topic",
                "S": "clause",
                "Q": "sentence",
                "R": "more",
                "U": "aim",
                "W": "weather",
            }.get(letter)
            if letter in "DEF":
                text, value = self.when(letter)
                span = self.add(text)
                filled.values[name] = When(value=value, text=text, span=span)
            elif letter == "P":
                country = self.country()
                text = self.choose([country.capital, country.city])
                filled.values[name] = Place(name=text, country=country.code, span=self.add(text))
            else:
                assert kind is not None, name
                options = [w for w in self.words.lists[kind] if w not in filled.values.values()]
                text = self.choose(options)
                filled.values[name] = text
                if form == "lower":
                    text = text[0].lower() + text[1:]
                elif form == "upper":
                    text = text[0].upper() + text[1:]
                filled.slots.setdefault(name, []).append(self.add(text))

    def write_country(self, filled: _Filled, name: str, form: str) -> None:
        country = filled.values.setdefault(name, None) or self.country()
        filled.values[name] = country
        if form == "demonym":
            self.add(country.demonym)
        elif form == "capital":
            self.add(country.capital)
        elif form == "quiet":
            self.add(country.name)
        elif form == "in":
            # Inside a description that stands for several ("the ministers of K and L").
            filled.mentions.setdefault(name, [])
            self.add(country.name)
        else:
            span = self.add(country.name)
            filled.mentions.setdefault(name, []).append(span)
            filled.used.setdefault(name, []).append((span, None))
            if form == "s":
                self.add(country.genitive.removeprefix(country.name))

    def write_person(self, filled: _Filled, name: str, form: str) -> None:
        if name not in filled.values:
            filled.values[name] = self.person()
        person: Person = filled.values[name]
        country = person.country
        simple = {
            "demonym": country.demonym, "country": country.name, "genitive": country.genitive,
            "capital": country.capital, "kind": person.title, "lower": person.title.lower(),
        }  # fmt: skip
        if form not in (
            "name",
            "last",
            "LAST",
            "mr",
            "plain",
            "he",
            "He",
            "him",
            "his",
            "His",
            "minister",
            "kind",
            "lower",
        ):
            filled.told.add(name)
        if form in simple:
            self.add(simple[form])
            return
        pronouns = {
            "he": ("he", "she"), "He": ("He", "She"), "him": ("him", "her"), "his": ("his", "her"), "His": ("His", "Her"),
        }  # fmt: skip
        if form in pronouns:
            span = self.add(pronouns[form][person.female])
            filled.references.setdefault(name, []).append(span)
            filled.used.setdefault(name, []).append((span, None))
            return
        if form in ("title", "minister"):
            # "the Georgian foreign minister", "the minister"
            text = person.title.lower() if form == "title" else _head(person.title)
            start = len(self.text)
            if form == "title":
                self.add(country.demonym + " ")
            self.add(text)
            span = Span(start, len(self.text))
            filled.references.setdefault(name, []).append(span)
            filled.used.setdefault(name, []).append((span, None))
            return
        start, title = len(self.text), None
        if form in ("", "the", "of", "genitive_title"):
            if form == "of":
                title = self.add(f"{person.title} of {country.name}")
                self.add(" ")
            else:
                before = country.genitive if form == "genitive_title" else country.demonym
                self.add(before + " ")
                title = self.add(person.title)
                self.add(" ")
        elif form == "plain":
            title = self.add(person.title)
            self.add(" ")
        elif form == "mr":
            title = self.add("Ms." if person.female else "Mr.")
            self.add(" ")
        short = form in ("last", "mr", "LAST")
        text = person.family if short else person.name
        span = self.add(text.upper() if form == "LAST" else text)
        filled.mentions.setdefault(name, []).append(span)
        filled.used.setdefault(name, []).append(
            (Span(start, span.end), self.text[title.start : title.end] if title else None)
        )
        if title is not None:
            filled.roles.setdefault(name, []).append(
                Role(
                    title=self.text[title.start : title.end],
                    country=None if form in ("mr", "plain") else country.code,
                    span=title,
                )
            )
        if form == "app":
            # "Jane Roe, Canada's foreign minister,": the sentence goes on after it.
            self.add(f", {country.genitive} ")
            written = self.add(person.title.lower())
            filled.roles.setdefault(name, []).append(
                Role(title=person.title.lower(), country=country.code, span=written)
            )
            self.add(",")


def _head(title: str) -> str:
    return title.lower().rpartition(" ")[2]


# -- gold -----------------------------------------------------------------------------------------

_CHANNELS = ("phone", "video", "hybrid", "unspecified")
_STATUSES = ("held", "ongoing", "planned", "proposed", "postponed", "cancelled", "declined", "denied")
_FORMATS = ("bilateral", "trilateral", "multilateral")


class _Gold:
    """The records of filled templates."""

    def __init__(self, text: str, published: str) -> None:
        self.document = plain_document(text, Metadata(published=published))
        self.actors: list[Actor] = []
        self.meetings: list[Meeting] = []
        self.statements: list[Statement] = []
        self.home: dict[str, Template] = {}

    def add(self, filled: _Filled) -> None:
        for line in filled.template.gold:
            kind, mark, rest = _GOLD.fullmatch(line).groups()  # type: ignore[union-attr]
            for name in rest.split() if kind == "refer" else ():
                filled.references.setdefault(name, []).append(filled.marks[mark])
                filled.used.setdefault(name, []).append((filled.marks[mark], None))
        named = dict.fromkeys((*filled.mentions, *filled.references))
        ids = {name: self.actor(filled, name) for name in named}
        meetings: dict[str, str] = {}
        for line in filled.template.gold:
            kind, cue, rest = _GOLD.fullmatch(line).groups()  # type: ignore[union-attr]
            record: Any
            if kind == "meet":
                record = self.meeting(filled, ids, cue, rest.split(), meetings)
                meetings[cue] = record.id
                self.meetings.append(record)
            elif kind == "refer":
                continue
            else:
                record = self.statement(filled, ids, cue, rest.split(), meetings)
                self.statements.append(record)
            self.home[record.id] = filled.template

    def words(self, span: Span) -> str:
        return self.document.text[span.start : span.end]

    def actor(self, filled: _Filled, name: str) -> str:
        mentions = tuple(sorted(filled.mentions.get(name, ())))
        value = filled.values[name]
        named = sorted((self.words(m) for m in mentions), key=lambda w: -len(w))
        if isinstance(value, Person):
            country = value.country.code if name in filled.told else None
        else:
            country = value.code
            named = named or [value.name]
        known = [a.id for a in self.actors if a.mentions == mentions and mentions]
        if known:
            return known[0]
        actor = Actor(
            kind="person" if isinstance(value, Person) else "country",
            name=named[0] if named else "", mentions=mentions,
            references=tuple(sorted(filled.references.get(name, ()))), roles=tuple(filled.roles.get(name, ())),
            country=country, found_by="grammar",
        )  # fmt: skip
        actor = attrs.evolve(actor, id=with_id(self.document, actor).id)
        self.actors.append(actor)
        self.home[actor.id] = filled.template
        return actor.id

    def cue(self, filled: _Filled, name: str) -> Cue:
        span = filled.marks[name]
        return Cue(span=span, lemma=self.words(span).lower())

    def meeting(
        self, filled: _Filled, ids: Mapping[str, str], cue: str, rest: list[str], earlier: Mapping[str, str]
    ) -> Meeting:
        given: dict[str, Any] = {"channel": "in_person", "topics": ()}
        people: list[Participation] = []
        for word in rest:
            if word.startswith("@"):
                given["place"] = filled.values[word[1:]]
            elif word.startswith("^"):
                given["when"] = filled.values[word[1:]]
            elif word.startswith("~"):
                span = filled.slots[word[1:]][0]
                given["topics"] += (Topic(text=self.words(span), span=span),)
            elif word.startswith("by="):
                given["told_by"] = ids[word[3:]]
            elif word.startswith("in="):
                parent, _, relation = word[3:].partition("/")
                given["parent"] = Parent(id=earlier[parent], relation=relation)  # type: ignore[arg-type]
            elif word in _CHANNELS:
                given["channel"] = word
            elif word in _STATUSES:
                given["status"] = word
            elif word in _FORMATS:
                given["format"] = word
            else:
                name, _, part = word.partition("/")
                span, title = filled.used[name][0]
                people.append(Participation(
                    actor=ids[name], part=part or "attendee", role=title, span=span,  # type: ignore[arg-type]
                ))  # fmt: skip
        record = Meeting(
            participants=tuple(people),
            cue=self.cue(filled, cue),
            evidence=(filled.paragraph,),
            found_by="grammar",
            **given,
        )
        found: Meeting = with_id(self.document, record)
        return found

    def statement(
        self, filled: _Filled, ids: Mapping[str, str], cue: str, rest: list[str], meetings: Mapping[str, str]
    ) -> Statement:
        given: dict[str, Any] = {"mode": "indirect", "act": "assert"}
        speakers: list[str] = []
        content: list[Span] = []
        for word in rest:
            if word.startswith("to="):
                given["addressees"] = tuple(ids[name] for name in word[3:].split(","))
            elif word.startswith("during="):
                given["occasion"] = meetings[word[7:]]
            elif word.startswith("act="):
                given["act"] = word[4:]
            elif word in ("direct", "indirect", "mixed"):
                given["mode"] = word
            elif word == "none":
                pass
            elif word in filled.marks:
                content.append(filled.marks[word])
            else:
                speakers.append(ids[word])
        record = Statement(
            speaker=speakers[0] if speakers else None, speakers=tuple(speakers) if len(speakers) > 1 else (),
            joint=len(speakers) > 1, cue=self.cue(filled, cue), content=tuple(sorted(content)),
            evidence=(filled.paragraph,), found_by="grammar", **given,
        )  # fmt: skip
        found: Statement = with_id(self.document, record)
        return found

    def extraction(self) -> Extraction:
        return Extraction(
            document=self.document,
            actors=tuple(sorted(self.actors, key=lambda a: a.evidence[:1])),
            meetings=tuple(sorted(self.meetings, key=lambda m: m.cue.span)),
            statements=tuple(sorted(self.statements, key=lambda s: (s.cue.span, s.content[:1]))),
        )


DATES = (date(2024, 3, 14), date(2019, 11, 28), date(2023, 6, 21))
"""Days of publication: no day that a slot gives crosses the turn of a year."""


def write_article(
    chosen: Sequence[Template],
    choose: Choose | random.Random,
    *,
    vocabulary: Words | None = None,
    clutter: bool = False,
) -> Article:
    """
    An article, a paragraph a template, and what it tells.

    Args:
        chosen: The templates, in order.

        choose: Takes one of several; a `random.Random` is one.

        vocabulary: What the slots are filled from; by default the built-in lexicon.

        clutter: Whether lines that web pages have stand between the paragraphs.

    Returns:
        The article; people and countries differ from paragraph to paragraph.
    """
    take: Choose = choose.choice if isinstance(choose, random.Random) else choose
    day: date = take(DATES)
    writer = _Writer(take, vocabulary or words(), day)
    filled = []
    for number, template in enumerate(chosen):
        if number:
            writer.add("\n\n")
            if clutter and take([False, True]):
                writer.add(take(writer.words.lists["clutter"]) + "\n\n")
        filled.append(writer.fill(template))
    gold = _Gold(writer.text, day.isoformat())
    for one in filled:
        gold.add(one)
    return Article(
        text=writer.text, published=day.isoformat(), gold=gold.extraction(), templates=tuple(chosen), home=gold.home
    )  # fmt: skip


def supported(chosen: Iterable[Template] | None = None) -> list[Template]:
    """The templates that must be recovered exactly."""
    return [t for t in (templates() if chosen is None else chosen) if t.supported]


def articles(
    chosen: Iterable[Template] | None = None,
    *,
    max_size: int = 3,
    vocabulary: Words | None = None,
    clutter: bool = False,
) -> SearchStrategy[Article]:
    """
    A Hypothesis strategy for articles.

    Args:
        chosen: The templates to choose from; by default the built-in supported ones.

        max_size: Paragraphs at most.

        vocabulary: What the slots are filled from.

        clutter: Whether lines that web pages have may stand between the paragraphs.

    Returns:
        Articles of one paragraph or more; they shrink to one.
    """
    from hypothesis import strategies as st

    options = supported() if chosen is None else list(chosen)

    @st.composite
    def made(draw: st.DrawFn) -> Article:
        picked: list[Template] = draw(st.lists(st.sampled_from(options), min_size=1, max_size=max_size))
        return write_article(
            picked, lambda of: draw(st.sampled_from(of)), vocabulary=vocabulary, clutter=clutter
        )

    return made()


# -- comparing ------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Verdict:
    """What became of one gold record."""

    kind: str
    """"actor", "meeting" or "statement"."""

    template: Template
    """Where it came from."""

    found: bool
    """Whether it was recovered exactly."""

    near: str = ""
    """How the nearest record that was found differs; empty if it was found."""


@attrs.frozen(kw_only=True)
class Comparison:
    """An article's gold against what was found in it."""

    verdicts: tuple[Verdict, ...]
    """One a gold record."""

    surplus: tuple[str, ...]
    """Records that the article does not tell, in words."""

    @property
    def exact(self) -> bool:
        """Whether all was recovered and nothing else."""
        return not self.surplus and all(v.found for v in self.verdicts)


def compare(article: Article, extraction: Extraction) -> Comparison:
    """Hold an extraction of an article's text against its gold."""
    gold, text = article.gold, article.text
    names = {a.id: _who(a) for x in (gold, extraction) for a in x.actors}
    verdicts: list[Verdict] = []
    surplus: list[str] = []
    for kind, reading in (
        ("actor", _actor_facts),
        ("meeting", _meeting_facts),
        ("statement", _statement_facts),
    ):
        wanted = [(r, reading(r, names)) for r in getattr(gold, kind + "s")]
        found = [(r, reading(r, names)) for r in getattr(extraction, kind + "s")]
        left = list(found)
        for record, facts in wanted:
            match = next((f for f in left if _same(facts, f[1])), None)
            near = ""
            if match is not None:
                left.remove(match)
            else:
                near = _nearest(facts, [f for _, f in found], text)
            verdicts.append(
                Verdict(kind=kind, template=article.home[record.id], found=match is not None, near=near)
            )
        surplus += [f"{kind}: {_shown(facts, text)}" for _, facts in left]
    return Comparison(verdicts=tuple(verdicts), surplus=tuple(surplus))


def _who(actor: Actor) -> Any:
    # Several that one description stands for are told apart by name.
    return actor.mentions or (*actor.references[:1], actor.name)


def _actor_facts(a: Actor, names: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": a.kind, "name": a.name, "mentions": a.mentions, "country": a.country,
        "titles": frozenset((r.title.lower(), r.country) for r in a.roles), "references": frozenset(a.references),
    }  # fmt: skip


def _meeting_facts(m: Meeting, names: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "cue": m.cue.span, "participants": frozenset((names[p.actor], p.part) for p in m.participants),
        "when": (m.when.value, m.when.span) if m.when else None,
        "place": (m.place.name, m.place.country, m.place.span) if m.place else None, "channel": m.channel, "format": m.format,
        "status": m.status, "topics": tuple(t.span for t in m.topics), "told_by": names[m.told_by] if m.told_by else None,
        "relation": m.parent.relation if m.parent else None,
    }  # fmt: skip


def _statement_facts(s: Statement, names: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "cue": s.cue.span, "content": s.content, "speaker": names[s.speaker] if s.speaker else None,
        "speakers": frozenset(names[i] for i in s.speakers), "addressees": frozenset(names[i] for i in s.addressees),
        "act": s.act, "mode": s.mode, "joint": s.joint,
    }  # fmt: skip


def _same(gold: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    return not _differing(gold, found)


def _differing(gold: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
    """The fields that differ. References: those the article is sure of must be among the found."""
    return [
        key
        for key, value in gold.items()
        if (not value <= found[key] if key in ("references", "titles") else value != found[key])
    ]


def _nearest(gold: Mapping[str, Any], found: Sequence[Mapping[str, Any]], text: str) -> str:
    if not found:
        return f"nothing was found for {_shown(gold, text)}"
    best = min(found, key=lambda f: len(_differing(gold, f)))
    keys = _differing(gold, best)
    wanted, got = (
        ", ".join(f"{k} {_value(f[k], text) if f[k] else 'none'}" for k in keys) for f in (gold, best)
    )
    return f"expected {wanted}, found {got}"


def _shown(facts: Mapping[str, Any], text: str) -> str:
    return ", ".join(f"{k} {_value(v, text)}" for k, v in facts.items() if v not in (None, (), frozenset()))


def _value(value: Any, text: str) -> str:
    if isinstance(value, Span):
        return repr(text[value.start : value.end])
    if isinstance(value, (tuple, frozenset)):
        return "(" + " ".join(_value(v, text) for v in value) + ")"
    return str(value)


def recall_by_feature(verdicts: Iterable[Verdict]) -> dict[str, tuple[int, int]]:
    """
    Found and all, by feature and by pair of features.

    Returns:
        For "passive" and "passive + coordination" alike, the gold records recovered exactly and
        all of them, sorted by name.
    """
    counted: dict[str, list[int]] = {}
    for verdict in verdicts:
        features = sorted(verdict.template.features)
        pairs = [f"{a} + {b}" for n, a in enumerate(features) for b in features[n + 1 :]]
        for key in (*features, *pairs):
            tally = counted.setdefault(key, [0, 0])
            tally[0] += verdict.found
            tally[1] += 1
    return {key: (found, of) for key, (found, of) in sorted(counted.items())}
