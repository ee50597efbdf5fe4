"""What a description may call somebody: titles as words, and the offices that go by several names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ..records import Role
from .clusters import Person
from .wordclasses import word_set

# Words of offices and ranks that are held for a state. A coach, a chaplain or a historian is nobody's.
STATE_OFFICES = word_set(
    """
    president vice-president premier minister chancellor secretary undersecretary ambassador envoy senator
    congressman congresswoman congressperson rep mp deputy lawmaker legislator parliamentarian speaker governor mayor
    spokesperson spokesman spokeswoman king queen prince princess emir sultan monarch general gen colonel col
    lieutenant lt admiral adm commodore brigadier marshal commander consul attaché attache counselor counsellor
    fm pm eam taoiseach tánaiste ombudsman prosecutor councillor councilor
    """
)
# These are held in clubs and firms as well.
_SHARED_OFFICES = word_set(
    "director head chairman chair chief captain representative adviser advisor commissioner judge justice"
)
_UNITS = word_set(
    "league club team company bank university association federation fc inc group party network centre center "
    "institute foundation college school hospital service"
)
_INTERNATIONAL = word_set("secretary-general under-secretary-general under-secretary")

# Titles that say too little to tell one person from another.
WEAK_TITLES = word_set(
    "mr mrs ms miss dr sir dame lord lady he prof professor atty eng colleague counterpart host guest partner "
    "interlocutor his her excellency honorable number opposite rival the of and h e"
)
COUNTERPARTS = frozenset(
    [
        "counterpart",
        "colleague",
        "opposite number",
        "homologue",
        "partner",
        "interlocutor",
        "rival",
        "neighbour",
    ]
)
GUESTS = word_set("guest visitor")
HOSTS = word_set("host hostess")
SIDES = word_set("side party interlocutor participant counterpart colleague delegation")
BODIES = word_set(
    "government ministry embassy council committee commission parliament assembly presidency secretariat mission bloc "
    "alliance union organization agency company department office administration court police army military navy "
    "association group leadership"
)
STATE_NOUNS = word_set("country nation state")
VAGUE = word_set(
    "official diplomat guest visitor host leader politician dignitary man woman lady gentleman statesman representative "
    "delegate side"
)
OFFICIALS = word_set("official diplomat politician leader statesman")
FIELDS = word_set(
    "foreign defence defense interior finance trade economy energy health education justice prime deputy vice external "
    "state army navy press security national"
)
NOISE = word_set(
    "the a an of and for to in his her their its our both two three four all new visiting senior top high former then "
    "this that same other first"
)

# The words of titles by which somebody may be meant, by the lemma of the description.
_SYNONYMS: dict[str, frozenset[str]] = {
    lemma: word_set(words)
    for lemma, words in (
        (
            "diplomat",
            "minister ambassador envoy chargé consul diplomat counsellor attaché representative secretary fm",
        ),
        ("envoy", "envoy ambassador representative emissary"),
        ("emissary", "envoy representative emissary"),
        ("leader", "president minister leader premier chancellor king emir secretary chairman head chief"),
        ("head", "president head minister chief director chairman king"),
        ("chief", "chief commander head director minister commissioner secretary"),
        ("minister", "minister secretary fm mantri eam"),
        ("general", "general gen"),
        ("commander", "commander chief general admiral gen"),
        (
            "officer",
            "general colonel major captain admiral commander lieutenant officer commodore brigadier marshal",
        ),
        ("politician", "minister mp deputy senator leader president lawmaker politician speaker candidate"),
        ("lawmaker", "mp deputy senator lawmaker member parliamentarian congressman congresswoman"),
        ("legislator", "mp deputy senator lawmaker member"),
        ("parliamentarian", "mp deputy senator lawmaker member speaker"),
        ("deputy", "deputy mp"),
        ("spokesperson", "spokesperson spokesman spokeswoman"),
        ("spokesman", "spokesperson spokesman"),
        ("spokeswoman", "spokesperson spokeswoman"),
        ("monarch", "king queen emir amir sultan"),
        ("emir", "emir amir"),
        ("amir", "emir amir"),
        ("chair", "chair chairman chairwoman chairperson"),
        ("chairman", "chair chairman chairperson"),
        ("chairperson", "chair chairman chairwoman chairperson"),
    )
}
# Phrases that name an office without its title, and words of the titles meant.
_PHRASES: tuple[tuple[str, frozenset[str]], ...] = (
    ("head of state", word_set("president king queen emir sultan monarch")),
    ("head of government", word_set("premier prime chancellor")),
    ("state leader", word_set("president king emir")),
    ("chief diplomat", word_set("foreign diplomat external fm")),
    ("top diplomat", word_set("foreign diplomat external fm secretary")),
    ("diplomacy", word_set("foreign diplomacy external representative")),
    ("head of the defense ministry", word_set("defense defence")),
    ("head of the defence ministry", word_set("defense defence")),
    ("head of the foreign ministry", word_set("foreign")),
    ("top general", word_set("general chief")),
)
_PREPOSITIONS = word_set("of for to in at on")
_TITLE_WORD = re.compile(r"[^\W_]+")
_ACRONYM = re.compile(r"\(([A-Z]+)\)")


class Described:
    """The words of a description, and the words of titles that would fit it."""

    def __init__(self, text: str, lemma: str) -> None:
        self.lemma = lemma
        self.words = frozenset(text.lower().replace("-", " ").split()) - NOISE
        self.wanted = synonyms(lemma)
        self.phrase = next((held for phrase, held in _PHRASES if phrase in text.lower()), None)

    @property
    def extra(self) -> frozenset[str]:
        """The words beside the noun: "foreign" of "foreign minister"."""
        return self.words - self.wanted - {self.lemma, self.lemma + "s"}


def synonyms(lemma: str) -> frozenset[str]:
    """The words of titles that a noun may stand for, itself included."""
    return _SYNONYMS.get(lemma) or frozenset(lemma.split())


@lru_cache(maxsize=4096)
def _title_words(title: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a title, lower case, and those before "of", "for" and "to"; both with initials and acronym."""
    words = _TITLE_WORD.findall(title.lower().replace(".", ""))
    cut = next((n for n, w in enumerate(words) if w in _PREPOSITIONS), len(words))
    initials = "".join(w[0] for w in title.split() if w[0].isupper()).lower()
    extra = {initials} if len(initials) > 1 else set()
    extra |= {"premier"} if {"prime", "minister"} <= set(words) else set()
    extra |= {"prime", "minister"} if "premier" in words else set()
    extra |= {acronym.lower() for acronym in _ACRONYM.findall(title)}
    return frozenset(words) | extra, frozenset(words[:cut]) | extra


def held_by(person: Person, *, now: bool = False) -> frozenset[str]:
    """The words of a person's titles, lower case; ``now``: without those of the past."""
    words: set[str] = set()
    for role in person.roles:
        if not (now and role.tenure == "former"):
            words |= _title_words(role.title)[0]
    return frozenset(words)


def heads_of(person: Person) -> frozenset[str]:
    """The words of a person's titles that say what they are: of "spokesman for the minister" no "minister"."""
    return frozenset(word for role in person.roles for word in _title_words(role.title)[1])


def is_known(person: Person, *, now: bool = False) -> bool:
    """Whether a title tells what somebody is."""
    return bool(held_by(person, now=now) - WEAK_TITLES)


def holds_state_office(roles: Iterable[Role]) -> bool:
    """Whether one of the roles is held for a state."""
    for role in roles:
        words = set(
            role.title.lower().replace(".", "").replace("-designate", "").replace("-elect", "").split()
        )
        words |= {word.removesuffix("s") for word in words}
        if words & _INTERNATIONAL or (
            {"secretary", "general"} <= words and not words & {"ministry", "party"}
        ):
            return False
        if (role.rank or "").startswith("OF") or words & STATE_OFFICES:
            return True
        if words & _SHARED_OFFICES and not words & _UNITS:
            return True
    return False
