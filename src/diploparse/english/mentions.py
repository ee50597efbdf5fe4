"""
Document to mentions: names with the titles around them, bodies, states, places, pronouns, descriptions, times.

There is no list of persons.  A run of capitalised words is a person's name if something says so:

1. A title, rank or form of address stands before it (`titled`), or a description in apposition after it.
2. It opens with a given name, holds a particle or initial, or speaks (`standing`); it is no body (`bodies`).
3. What one place of the text settles holds for the whole text: surnames alone, capitals in a headline.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ..lexicon import Entry, LexiconUnion
from ..records import Document, Mention
from .apportion import apportion
from .bodies import find_bodies
from .dates import find_times
from .evidence import is_reporting
from .findings import Findings, gender_of
from .names import Scan
from .standing import find_standing
from .titled import find_titled, learn_titled
from .wordclasses import guess, word_set, word_table

_LOCATIVE = word_set(
    "in at from near to into outside inside around across through via between toward towards off for of on"
)
_AUXILIARIES = word_set("has have had is was will would should could may might does did")
_OPENS_CLAUSE = word_set(", that and but if as while when because since where said says whether ; :")
_ADDRESSED = word_set(
    "thanked urged accused told informed assured warned asked reminded condemned notified invited"
)
_NUMBERED = word_set("both two three four neither")
_BEFORE_NUMBER = word_set("the all these those")


def find_mentions(document: Document, lexicon: LexiconUnion) -> Iterator[Mention]:
    """
    Yield what names or points at someone, a place or a time.

    Yields:
        Mentions; of two that overlap the host keeps the longer.
    """
    findings = Findings(Scan(document, lexicon))
    # Once to learn the names, and once more knowing them: "Trump adviser X" is no title of Trump's.
    learn_titled(findings)
    for find in _FINDERS:
        find(findings)
    yield from apportion(document, [*findings.mentions(), *find_times(document, lexicon)])


def find_demonyms(findings: Findings) -> None:
    """Add people of a state told without a noun: "the Estonian said", "the Dutchman"."""
    scan = findings.scan
    for i in range(1, scan.size):
        if (
            scan.classes[i] != "D"
            or findings.taken[i]
            or scan.lower[i - 1] != "the"
            or scan.after.get(i) != i + 1
        ):
            continue
        entry = scan.entry(i, "demonym")
        if entry is None or len(entry.value) != 2:
            continue
        one = scan.lower[i].endswith(("man", "woman"))
        following = scan.lower[i + 1] if i + 1 < scan.size and not scan.breaks[i + 1] else ""
        if one or (entry.feature("form") != "people" and is_reporting(scan.lexicon, following)):
            gender = "f" if scan.lower[i].endswith("woman") else "m" if one else None
            findings.add(
                "description", i, i + 1, "demonym",
                named=False, country=entry.value, value="official", gender=gender_of(gender),
            )  # fmt: skip


def find_states(findings: Findings) -> None:
    """Add states and places; a capital is a state where only an actor fits."""
    scan, i = findings.scan, 0
    while i < scan.size:
        letter = scan.classes[i]
        if findings.taken[i] or letter not in "CL":
            i += 1
            continue
        after = scan.after.get(i, i + 1)
        entry = scan.entry(i, "country") if letter == "C" else scan.entry(i, "capital", "place")
        code = entry.value if entry is not None and len(entry.value) == 2 else None
        if letter == "C":
            code = entry.value or None if entry is not None else None
            findings.add("country", i, after, "country", country=code, value=code)
        elif entry is not None and entry.kind == "capital" and _acts(scan, i, after):
            findings.add("country", i, after, "metonym", country=code, value=code, metonym=True)
        else:
            findings.add("place", i, after, "place", country=code)
        i = after


def _acts(scan: Scan, first: int, after: int) -> bool:
    """Whether a capital stands where only an actor fits ("Kyiv said", "thanked Ankara for")."""
    before = scan.lower[first - 1] if first and not scan.breaks[first] else ""
    if before in _LOCATIVE:
        return False
    following = scan.lower[after] if after < scan.size and not scan.breaks[after] else ""
    if following in _AUXILIARIES and (not before or before in _OPENS_CLAUSE):
        return True
    return is_reporting(scan.lexicon, following) or before in _ADDRESSED


def find_pronouns(findings: Findings) -> None:
    """Add personal pronouns, and numbers that stand for people ("the two", "both")."""
    scan = findings.scan
    pronouns = _pronouns(scan.lexicon)
    for i, low in enumerate(scan.lower):
        if low not in pronouns and low not in _NUMBERED:
            continue
        if findings.taken[i] or scan.classes[i] == "H":
            continue  # "His Highness"
        if low in _NUMBERED and _stands_alone(scan, i):
            first = i - 1 if i and scan.lower[i - 1] == "all" else i
            findings.add("description", first, i + 1, "numbered", named=False, value="party", number="plural")
            continue
        entry = pronouns.get(low)
        if entry is None or (low in ("i", "us") and scan.forms[i] not in ("I", "us")):
            continue
        findings.add(
            "pronoun", i, i + 1, "pronoun",
            named=False, value=entry.value, gender=gender_of(entry.feature("gender")),
            number="plural" if entry.feature("number") == "plural" else "singular",
        )  # fmt: skip


@lru_cache(maxsize=8)
def _pronouns(lexicon: LexiconUnion) -> dict[str, Entry]:
    return {entry.surface: entry for entry in lexicon.table("pronoun")}


def _stands_alone(scan: Scan, i: int) -> bool:
    """Whether "both", "the two", "all three" stand for people, without a noun after them."""
    before = scan.lower[i - 1] if i else ""
    if scan.lower[i] not in ("both", "neither") and before not in _BEFORE_NUMBER:
        return False
    if i + 1 >= scan.size or scan.breaks[i + 1]:
        return False
    following = scan.lower[i + 1]
    if scan.classes[i + 1] != "w":
        return following in (",", ".")
    classes = word_table().classes.get(following) or guess(following)
    return (
        bool(set(classes) & set("dzmBHO"))
        and classes not in ("s", "ns")
        and following not in ("sides", "sets")
    )


# A token goes to the first that takes it.
_FINDERS = (find_titled, find_bodies, find_standing, find_demonyms, find_states, find_pronouns)
