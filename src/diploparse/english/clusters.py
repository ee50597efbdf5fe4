"""Mentions of persons to persons: which names are one, what they are called and what they hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

import attrs

from ..records import Document, Mention, Role, Span

_NICKNAME = re.compile(r" [“\"«„‘'][^”\"»’']{1,30}[”\"»’'] ")
_WORD = re.compile(r"[^\W\d_]+")
# Letters that have no canonical decomposition.
_PLAIN = str.maketrans("øłđðıəħŋßæœ", "olddiəhnsao")


@lru_cache(maxsize=10_000)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name for comparison: no case, accents, dots or quotation marks; hyphens part words."""
    decomposed = unicodedata.normalize("NFD", name.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_PLAIN)
    plain = plain.replace("’", "").replace("'", "").replace("`", "")
    return tuple(_WORD.findall(plain))


@attrs.define(eq=False)
class Person:
    """Mentions that name one person, with what they tell of them."""

    words: tuple[str, ...]
    """Of the fullest name."""
    name: str
    mentions: list[Mention] = attrs.field(factory=list)
    roles: list[Role] = attrs.field(factory=list)
    country: str | None = None
    organization: str | None = None
    gender: str | None = None
    assumed: bool = False
    """Whether the country is only that of the text's own officials."""
    indefinite: bool = False
    """Whether it stands for a description that introduces somebody ("an AU official")."""
    references: list[Span] = attrs.field(factory=list)
    number: int = 0

    @property
    def first(self) -> int:
        return self.mentions[0].span.start if self.mentions else self.references[0].start

    def take(self, mention: Mention) -> None:
        """Add a mention and what stands in it."""
        self.mentions.append(mention)
        self.roles += mention.roles
        self.country = self.country or mention.country
        self.organization = self.organization or mention.organization
        self.gender = self.gender or mention.gender


def find_persons(document: Document, mentions: Sequence[Mention]) -> list[Person]:
    """
    The persons that mentions name, by first mention.

    1. Full names first: names with the same words, or whose words are among those of a longer one, are one.
    2. A surname (or another part) alone goes to the person it fits; of several, to the one spoken of last.
    3. What is left over and differs by a letter or two is taken for a variant, else for a person of its own.
    """
    named = [(m, name_words(document.words(m.name))) for m in mentions if m.kind == "person" and m.name]
    named = [(m, w) for m, w in named if w]
    index = _Index()
    persons = index.persons
    ordered = sorted(named, key=lambda p: (-_fullness(p[1]), p[0].span.start))
    loose: list[tuple[Mention, tuple[str, ...]]] = []
    for mention, words in ordered:
        if _fullness(words) < 2:
            loose.append((mention, words))
            continue
        person = index.best(mention, words)
        if person is None:
            person = Person(words, document.words(_name(mention)))
            index.add(person)
        person.take(mention)
    for person in persons:
        person.mentions.sort(key=lambda m: (m.span.start, m.span.end))
    for mention, words in sorted(loose, key=lambda p: p[0].span.start):
        person = index.best(mention, words)
        if person is None:
            person = Person(words, document.words(_name(mention)))
            index.add(person)
        person.take(mention)
    for person in persons:
        person.mentions.sort(key=lambda m: (m.span.start, m.span.end))
        person.name = _without_nickname(_fullest(document, person))
        person.words = name_words(person.name)
        person.roles = _roles_in_order(person)
    persons.sort(key=lambda p: p.first)
    return persons


def _name(mention: Mention) -> Span:
    return mention.name or mention.span


def _fullness(words: tuple[str, ...]) -> int:
    """How many words count: an initial is no word."""
    return sum(len(w) > 1 for w in words) + (0.5 if any(len(w) == 1 for w in words) else 0)  # type: ignore[return-value]


class _Index:
    """
    The persons found so far, by the words of their names.

    Most mentions share a word with whom they name, so that few persons need be compared; spelling
    variants and initials are looked for among all.
    """

    def __init__(self) -> None:
        self.persons: list[Person] = []
        self.by_word: dict[str, list[Person]] = {}

    def add(self, person: Person) -> None:
        """Add a person under each word of the name."""
        person.number = len(self.persons)
        self.persons.append(person)
        for word in set(person.words):
            self.by_word.setdefault(word, []).append(person)

    def best(self, mention: Mention, words: tuple[str, ...]) -> Person | None:
        """The person that a name fits best, if any."""
        if not mention.found_by.endswith("/handle"):
            sharing = {p.number: p for word in words for p in self.by_word.get(word, ())}
            found = _best([sharing[n] for n in sorted(sharing)], mention, words)
            if found is not None:
                return found
        return _best(self.persons, mention, words)


def _best(persons: Iterable[Person], mention: Mention, words: tuple[str, ...]) -> Person | None:
    """Whom a name fits best; of several, the one named last before it."""
    best = 0.0
    found: list[Person] = []
    for person in persons:
        fit = _fit(person, mention, words)
        if fit > best:
            best, found = fit, [person]
        elif fit and fit == best:
            found.append(person)
    if len(found) < 2:
        return found[0] if found else None
    here = mention.span.start
    return max(
        found, key=lambda p: max((m.span.start for m in p.mentions if m.span.start < here), default=-1)
    )


def _fit(person: Person, mention: Mention, words: tuple[str, ...]) -> float:
    """How well a name fits a person: 0 not at all."""
    if mention.gender and person.gender and mention.gender != person.gender:
        return 0
    full = person.words
    if mention.found_by.endswith("/handle"):
        return 5 if any(len(w) > 4 and w in "".join(words) for w in full) else 0
    score = 0.0
    if words == full:
        score = 10
    elif set(words) == set(full):
        score = 9
    else:
        score = _part_fit(words, full)
        if not score:
            score = _variant_fit(words, full)
        if not score:
            return 0
    # One name, two states: two persons, unless the whole name is the same.
    if score < 9 and mention.country and person.country and mention.country != person.country:
        return 0
    if any(r.country or r.rank for r in person.roles):
        score += 0.2  # "Lula" is the president rather than the wife who bears the name too.
    if mention.roles and person.roles:
        score += 0.5 if _shared_title(mention.roles, person.roles) else 0
    return score


def _part_fit(words: tuple[str, ...], full: tuple[str, ...]) -> float:
    """One name's words are among the other's."""
    short, long = (words, full) if len(words) <= len(full) else (full, words)
    rest = list(long)
    for word in short:
        if word in rest:
            rest.remove(word)
        elif len(word) == 1:
            match = next((r for r in rest if r.startswith(word)), None)
            if match is None:
                return 0
            rest.remove(match)
        else:
            initial = next((r for r in rest if len(r) == 1 and word.startswith(r)), None)
            if initial is None or len(short) < 2:
                return 0
            rest.remove(initial)
    if short is full and len(short) == 1 and len(words) > 1:
        return 6
    if all(len(w) == 1 for w in short):
        return 0
    if short[-1] == long[-1]:
        return 8
    if short[0] == long[0]:
        return 6
    return 5


def _variant_fit(words: tuple[str, ...], full: tuple[str, ...]) -> float:
    """Spelling variants: each word like one of the other's ("Zyelenskyi", "Zelensky")."""
    if len(words) > len(full):
        words, full = full, words
    if len(words) == 1:
        return 3 if any(_alike(words[0], w) and len(w) >= 6 for w in (full[-1], full[0])) else 0
    matched = 0
    rest = list(full)
    for word in words:
        like = next((r for r in rest if r == word or _alike(word, r)), None)
        if like is None:
            return 0
        rest.remove(like)
        matched += 1
    return 4 if matched == len(words) else 0


def _alike(a: str, b: str) -> bool:
    """Whether two words differ by one letter (two in long ones)."""
    if a == b:
        return True
    longest = max(len(a), len(b))
    if longest < 5 or abs(len(a) - len(b)) > 2 or a[0] != b[0]:
        return False
    return _distance(a, b) <= (2 if longest >= 9 else 1)


@lru_cache(maxsize=4096)
def _distance(a: str, b: str) -> int:
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        current = [i]
        for j, y in enumerate(b, 1):
            current.append(min(previous[j] + 1, current[-1] + 1, previous[j - 1] + (x != y)))
        previous = current
    return previous[-1]


def _shared_title(a: Iterable[Role], b: Iterable[Role]) -> bool:
    words = {w for role in a for w in role.title.lower().split()}
    return bool(words & {w for role in b for w in role.title.lower().split()} - {"of", "the", "and", "for"})


def _fullest(document: Document, person: Person) -> str:
    """The longest form, one not in capitals if there is a choice."""
    forms = [" ".join(document.words(_name(m)).split()) for m in person.mentions]
    return max(forms, key=lambda f: (len([w for w in name_words(f) if len(w) > 1]), not f.isupper(), len(f)))


def _without_nickname(name: str) -> str:
    return " ".join(_NICKNAME.sub(" ", name).split())


def _roles_in_order(person: Person) -> list[Role]:
    seen: dict[str, Role] = {}
    for role in sorted((r for m in person.mentions for r in m.roles), key=lambda r: r.span.start):
        key = role.title.lower()
        known = seen.get(key)
        if known is None:
            seen[key] = role
        elif known.country is None and role.country:
            seen[key] = attrs.evolve(known, country=role.country)
    return list(seen.values())
