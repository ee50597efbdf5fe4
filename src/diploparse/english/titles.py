"""Titles: stacks of offices, ranks and forms of address, and what they say of country and body."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ..lexicon import Entry, LexiconUnion
from ..records import Role, Tenure
from .names import FUNCTION_WORDS, Scan, is_ordinary
from .wordclasses import word_set, word_table

_LONGEST_TITLE = 16
_SUFFIXES = ("-designate", "-elect", "-in-office", "-nominate")

# Words before a head that belong to its title whatever their case; the table title_modifier adds to them.
_MODIFIERS = frozenset(
    ["deputy", "vice", "first", "second", "third", "acting", "interim", "caretaker", "former", "ex", "late", "then", "current", "new", "newly", "newly-appointed", "newly-elected", "outgoing", "incoming", "retired", "honorary", "permanent", "special", "senior", "chief", "principal", "top", "assistant", "associate", "adjunct", "lead", "leading", "main", "executive", "managing", "under", "joint", "visiting", "de", "facto", "ousted", "deposed", "exiled", "transitional", "provisional", "self-proclaimed", "newly-accredited", "extraordinary", "plenipotentiary", "resident", "non-resident", "veteran", "longtime", "long-serving", "far-right", "far-left", "centre-right", "centre-left", "conservative", "liberal", "socialist", "social", "democratic", "republican", "democrat", "labour", "green", "junior", "young", "elder", "famed", "renowned", "prominent", "influential", "respected", "noted", "leading"]
)  # fmt: skip
_DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "both",
        "all",
        "some",
        "several",
        "many",
        "few",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
    ]
)
_OWNERS = frozenset(["his", "her", "its", "their", "our", "my", "your"])
_TENURE: dict[str, Tenure] = {
    "former": "former", "ex": "former", "late": "former", "then": "former", "then-": "former", "past": "former",
    "onetime": "former", "one-time": "former", "retired": "former", "ousted": "former", "deposed": "former",
    "acting": "acting", "interim": "acting", "caretaker": "acting", "provisional": "acting",
    "incoming": "incoming", "designate": "incoming", "elect": "incoming", "nominate": "incoming",
    "ad interim": "acting",
}  # fmt: skip

# What may follow a head before its complement, by head: "ambassador to", "envoy for", "rapporteur on".
_ABROAD = frozenset(
    [
        "ambassador",
        "envoy",
        "representative",
        "consul",
        "consul-general",
        "observer",
        "attaché",
        "attache",
        "delegate",
        "nuncio",
        "commissioner",
        "coordinator",
        "adviser",
        "advisor",
        "assistant",
        "secretary",
        "rapporteur",
        "special",
        "chargé",
        "charge",
        "ambassadors",
        "envoys",
        "representatives",
    ]
)
_POSTED = word_set(
    "ambassador ambassadors envoy envoys representative representatives consul consul-general attaché attache delegate "
    "coordinator adviser advisor commissioner mediator"
)
_WITH_COMPLEMENT = {
    "to": frozenset(
        "ambassador ambassadors envoy envoys representative representatives delegate observer consul nuncio adviser "
        "advisor assistant aide secretary special attaché attache".split()
    ),
    "in": frozenset("ambassador ambassadors consul consul-general attaché attache chargé charge".split()),
    "at": frozenset("ambassador representative attaché attache professor lecturer".split()),
    "on": frozenset("rapporteur adviser advisor representative coordinator expert".split()),
}


class Head(NamedTuple):
    """A noun that may head a title."""

    first: int
    after: int
    kind: str
    """office, rank, occupation, relation, generic, side, group, body, state, or address (a form of address)."""
    plural: bool
    gender: str


class Segment(NamedTuple):
    """One title of a stack, with the words that belong to it."""

    first: int
    head: Head
    after: int
    start: int
    """The token at which the title proper begins: after a demonym or a possessive country."""


class Title(NamedTuple):
    """A stack of titles."""

    first: int
    after: int
    segments: tuple[Segment, ...]
    determiner: str
    """The article, numeral or possessive pronoun before it, lower case; "'s" after somebody's name; "" if there is none."""
    name: int
    """The token at which a name would begin; may lie after a comma."""


def find_head(scan: Scan, i: int) -> Head | None:
    """The head at a token."""
    if scan.lower[i] in ("pm", "am") and i and scan.classes[i - 1] == "0":
        return None  # "08:14 PM"
    hit = scan.hits.get(i)
    letter = scan.classes[i]
    if hit is not None and letter in "TH":
        after = scan.after[i]
        entry = hit.of("title", "rank", "honorific")
        if entry is not None:
            kind = {"title": "office", "rank": "rank", "honorific": "address"}[entry.kind]
            if entry.kind in ("title", "honorific") and after - i == 1:
                # "Chief" is a form of address in Lagos and an office everywhere.
                noun = _noun(scan, i)
                if noun is not None:
                    return noun
            if entry.kind == "rank" and scan.forms[i].islower() and after - i == 1:
                return _noun(scan, i)
            gender = {"m": "male", "f": "female"}.get(entry.feature("gender"), entry.feature("gender"))
            return Head(i, after, kind, bool(entry.feature("number") == "plural"), gender)
    return _noun(scan, i)


def _noun(scan: Scan, i: int) -> Head | None:
    if scan.classes[i] in "CDLqR.0":
        return None
    low = scan.lower[i]
    if (
        low == "member"
        and scan.lower[i + 1 : i + 2]
        and scan.lower[i + 1] in ("state", "states", "country", "countries", "nations")
    ):
        return None
    if low in ("number", "numbers") and i and scan.lower[i - 1] == "opposite":
        return Head(i - 1, i + 1, "relation", low == "numbers", "")
    for suffix in _SUFFIXES:
        if low.endswith(suffix):
            low = low[: -len(suffix)]
            break
    found = nouns_of(scan.lexicon)
    known = found.get(low)
    if known is None and "-" in low:
        # "ex-minister", "Colonel-Major", "Vice-Premier": a compound is what its last part is.
        *modifiers, last = low.split("-")
        known = found.get(last)
        if known and not all(
            m in found or m in _MODIFIERS or scan.lexicon.has(m, "portfolio", "title_modifier")
            for m in modifiers
        ):
            known = None
    if known is None:
        return None
    entry, plural = known
    return Head(i, i + 1, entry.feature("type"), plural, entry.feature("gender"))


@lru_cache(maxsize=8)
def nouns_of(lexicon: LexiconUnion) -> dict[str, tuple[Entry, bool]]:
    """The nouns that denote people, by lower-case form; with whether the form is a plural."""
    table: dict[str, tuple[Entry, bool]] = {}
    for entry in lexicon.table("person_noun"):
        table.setdefault(entry.surface.lower(), (entry, False))
        for plural in entry.values("plural"):
            table.setdefault(plural, (entry, True))
    return table


def read_title(scan: Scan, head: Head, low: int, known: frozenset[str], *, apposed: bool = False) -> Title:
    """
    The stack of titles that begins with a head.

    Args:
        low: The first token that it may take.

        known: Forms that are parts of names of persons of this document.

        apposed: It stands after a name and a comma, so that no other name belongs to it.
    """
    first = title_start(scan, head, low, known)
    segments = [_segment(scan, first, head, known)]
    after = segments[0].after
    while len(segments) < 6:
        chained = _chained(scan, after, segments, known)
        if chained is None or (apposed and scan.forms[after] == ","):
            break
        segments.append(chained)
        after = chained.after
    determiner = ""
    if first > 0 and not scan.breaks[first]:
        before = scan.lower[first - 1]
        if before in _DETERMINERS or before in _OWNERS or before == "'s" or before in ("'", "’"):
            determiner = before
    return Title(first, after, tuple(segments), determiner, after)


def title_start(scan: Scan, head: Head, low: int, known: frozenset[str]) -> int:
    """The first token of the title of a head."""
    k = head.first
    if head.kind == "address":
        return k
    unknown = 0
    closed = False
    stated = False
    while k > low and not scan.breaks[k] and head.first - k < _LONGEST_TITLE and not closed:
        p = k - 1
        letter, word = scan.classes[p], scan.lower[p]
        if stated and not (letter in "CDq" or word in _MODIFIERS):
            break
        if letter == "D" or letter == "P" or letter == "T":
            k = p
        elif letter in "CRL":
            start = _hit_start(scan, p)
            if start < low:
                break
            k = start
            # Before a state or body only "a senior" and the like belong to the title ("a senior US official").
            stated = True
        elif letter in "NA":
            if scan.forms[p] in known or unknown == 3 or (letter == "N" and scan.breaks[p] and p > low):
                if scan.forms[p] in known:
                    break
            unknown += 1
            k = p
        elif letter == "O":
            if scan.breaks[p] or (scan.heading[p] and word.endswith(("s", "ed", "ing"))):
                break
            k = p
        elif letter == "q":
            owner = _owner_start(scan, p, low, known)
            if owner is None:
                break
            k, closed = owner, True
        elif (
            word in _MODIFIERS
            or (letter == "w" and _is_office_word(scan, word))
            or word.rstrip("-") in ("then", "ex")
            or word.startswith(("ex-", "then-"))
            or (word in ("and", "&") and p > low and _is_field(scan, k) and _is_field(scan, p - 1))
            or (
                word == ","
                and p > low
                and _is_field(scan, k)
                and _is_field(scan, p - 1)
                and _and_ahead(scan, k, head.first)
            )
            or (
                word in ("-", "–") and p > low and scan.classes[k] in "PTO" and scan.ends[p] == scan.starts[k]
            )
        ):
            k = p
        else:
            break
    return k


def _hit_start(scan: Scan, p: int) -> int:
    start = p
    while start > 0 and not (start in scan.after and scan.after[start] > p):
        start -= 1
        if p - start > 10:
            return p
    return start


def _owner_start(scan: Scan, q: int, low: int, known: frozenset[str]) -> int | None:
    """The first token of a country, body or state noun before a possessive 's; ``None`` if a person owns."""
    p = q - 1
    if p < low or scan.breaks[q]:
        return None
    letter = scan.classes[p]
    if letter in "CRL":
        start = _hit_start(scan, p)
        return start if start >= low else None
    if letter == "D":
        return None
    if scan.forms[p] in known or letter in "GI":
        return None
    if letter in "AOP":
        start = p
        while start > low and not scan.breaks[start] and scan.classes[start - 1] in "AOPDCN":
            start -= 1
        return start
    noun = nouns_of(scan.lexicon).get(scan.lower[p])
    if letter == "w" and noun and noun[0].feature("type") in ("body", "state"):
        start = p
        while (
            start > low
            and not scan.breaks[start]
            and (scan.classes[start - 1] in "PDAC" or _is_office_word(scan, scan.lower[start - 1]))
        ):
            start -= 1
        return start
    return None


def _is_office_word(scan: Scan, word: str) -> bool:
    return scan.lexicon.has(word, "portfolio", "title_modifier")


def _is_field(scan: Scan, i: int) -> bool:
    return (
        scan.classes[i] in "POD"
        or (scan.classes[i] == "w" and _is_office_word(scan, scan.lower[i]))
        or (scan.classes[i] == "T" and not scan.breaks[i])
    )


def _and_ahead(scan: Scan, i: int, end: int) -> bool:
    return any(scan.lower[k] in ("and", "&") for k in range(i, end))


def _segment(scan: Scan, first: int, head: Head, known: frozenset[str]) -> Segment:
    after = head.after if head.kind == "address" else _right(scan, head, known)
    start = first
    while start < head.first:
        letter = scan.classes[start]
        if (
            letter in "CDR"
            or letter == "q"
            or (start > first and scan.lower[start] in ("and", ",", "&") and scan.classes[start + 1] in "CDR")
            or (letter in "LNOAw" and _possessive_ahead(scan, start, head.first))
        ):
            start += 1
        else:
            break
    # "UN Special Envoy", "NATO Secretary General": the body stays in the title, a country does not.
    if start > first and scan.classes[first] == "R" and scan.classes[start - 1] != "q":
        start = first
    return Segment(first, head, after, start)


def _possessive_ahead(scan: Scan, i: int, end: int) -> bool:
    return any(scan.classes[k] == "q" for k in range(i, end))


def _right(scan: Scan, head: Head, known: frozenset[str]) -> int:
    """The token after a head's complement."""
    j = head.after
    taken = False
    while j < scan.size and not scan.breaks[j] and j - head.first < _LONGEST_TITLE:
        word, letter = scan.lower[j], scan.classes[j]
        if (letter == "P" and not taken and scan.forms[head.first][0].isupper()) or word in (
            "extraordinary",
            "plenipotentiary",
            "emeritus",
            "designate",
            "elect",
            "ad",
            "interim",
        ):
            j += 1
        elif word == "and" and j + 1 < scan.size and scan.lower[j + 1] in ("plenipotentiary",):
            j += 2
        elif (
            letter in "CL"
            and not taken
            and scan.forms[head.first][0].isupper()
            and head.kind == "office"
            and _title_ends(scan, scan.after.get(j, j + 1))
        ):
            # "Chief of Defence Denmark"
            j, taken = scan.after.get(j, j + 1), True
        elif _takes(scan, head, j):
            end = complement_end(scan, j + 1, head, known)
            if end == j + 1:
                break
            j, taken = end, True
        elif word == "in" and scan.lower[j + 1 : j + 3] in (("charge", "of"), ("chief", "of")):
            end = complement_end(scan, j + 3, head, known)
            j, taken = (end, True) if end > j + 3 else (j + 2, True)
        elif (
            word == "("
            and j + 2 < scan.size
            and scan.forms[j + 2] == ")"
            and (scan.lower[j + 1].rstrip(".") in ("retd", "ret", "rtd", "res") or _is_acronym(scan, j + 1))
        ):
            if _is_acronym(scan, j + 1) and not (
                j + 3 < scan.size and (scan.classes[j + 3] in "NGITHO." or scan.lower[j + 3] == "of")
            ):
                break
            j += 3
        else:
            break
    return j


def _is_acronym(scan: Scan, j: int) -> bool:
    return scan.classes[j] == "A" or (scan.classes[j] in "TR" and scan.forms[j].isupper())


def _title_ends(scan: Scan, j: int) -> bool:
    """Whether a token can stand after a title: a comma, a rank, the end."""
    return (
        j >= scan.size
        or bool(scan.breaks[j])
        or scan.forms[j] in (",", ".", "(", ")")
        or scan.classes[j] in "TH"
    )


def _takes(scan: Scan, head: Head, j: int) -> bool:
    """Whether the preposition at a token opens the complement of a head, rather than what the verb needs."""
    word = scan.lower[j]
    n = j + 1
    if n >= scan.size:
        return False
    article = scan.lower[n] in ("the", "a", "an", "its", "his", "her", "their", "our")
    m = n + 1 if article else n
    if m >= scan.size or scan.breaks[m]:
        return False
    letter, following = scan.classes[m], scan.lower[m]
    named = letter in "PCRLDANGOT" or _is_office_word(scan, following)
    if word == "of":
        if following.endswith("ing") and letter == "w" and not article:
            return False
        if head.kind in ("side", "state", "body", "group", "generic", "relation"):
            return letter in "CRDPA" or scan.lower[n] == "both" or following in ("two", "three", "both")
        return True
    if word == "for":
        if head.kind not in ("office", "rank") or head.kind == "rank":
            return False
        # "Thanked the Danish general for Copenhagen's support": a capital is seldom anybody's field.
        if letter == "L" and scan.entry(m, "capital") and not scan.forms[head.first][0].isupper():
            return False
        if scan.forms[head.first][0].isupper() and article and letter == "w":
            return not following.endswith("ing")
        return named
    heads = _WITH_COMPLEMENT.get(word)
    if heads is None or not any(scan.lower[k].rstrip(".") in heads for k in range(head.first, head.after)):
        return False
    return named or (word == "to" and article and find_head(scan, m) is not None)


def _goes_abroad(scan: Scan, head: Head) -> bool:
    return any(scan.lower[k].rstrip(".") in _ABROAD for k in range(head.first, head.after))


def complement_end(scan: Scan, j: int, head: Head, known: frozenset[str]) -> int:
    """The token after the noun phrase that says of what somebody is minister, head or envoy; ``j`` if there is none."""
    k = j
    while k < scan.size and scan.lower[k] in ("the", "a", "an", "its", "his", "her", "their", "our", "all"):
        k += 1
    begun = k
    if k < scan.size and _opens_title_of_name(scan, k):
        return j
    proper = False
    good = k
    while k < scan.size and k - j < 14 and not (k > j and scan.breaks[k]):
        letter, word = scan.classes[k], scan.lower[k]
        if letter in "CRL":
            k = scan.after.get(k, k + 1)
            proper, good = True, k
        elif letter in "D":
            k, good = k + 1, k + 1
        elif letter == "A":
            k, good, proper = k + 1, k + 1, True
        elif letter in "PO":
            if letter == "O" and k > begun and (scan.heading[k] or _opens_name(scan, k)):
                break
            k, good, proper = k + 1, k + 1, True
        elif letter == "T":
            nxt = k + 1
            if (
                nxt < scan.size
                and (scan.classes[nxt] in "PO" or scan.lower[nxt] in ("of", "for", "'s"))
                and k == begun
            ):
                k, good, proper = nxt, nxt, True
            elif (
                k == begun
                and find_head(scan, k) is not None
                and not scan.name_end(scan.after.get(k, k + 1), titled=True) > scan.after.get(k, k + 1)
            ):
                k = scan.after.get(k, k + 1)
                good, proper = k, True
            else:
                break
        elif letter in "NGI":
            if scan.forms[k] in known or (good > begun and scan.classes[good - 1] == "w"):
                break
            end = scan.name_end(k)
            if proper:
                # "of the Georgian Dream Party": a name of a body that ends in a word of office.
                if (
                    end < scan.size
                    and end - k <= 2
                    and scan.classes[end] in "P"
                    and letter != "G"
                    and not scan.breaks[end]
                ):
                    k, good = end + 1, end + 1
                    continue
                break
            end = max(end, k + 1)
            split = _split(scan, k, end)
            if split == k:
                break
            k, good, proper = split, split, True
        elif letter == "q":
            if k + 1 < scan.size and (
                scan.classes[k + 1] in "PODTAN" or _is_office_word(scan, scan.lower[k + 1])
            ):
                k += 1
                proper = False if scan.classes[k] in "N" else proper
            else:
                break
        elif word in ("of", "for", "and", "&", "the", "on", "to", "in"):
            if word in ("and", "&") and _title_ahead(scan, k + 1):
                break
            if word in ("to", "in", "on") and not (
                good > begun and k + 1 < scan.size and scan.classes[k + 1] in "RCLA"
            ):
                break
            if word in ("on", "in") and not _goes_abroad(scan, head):
                break
            if good != k:
                break
            n = k + 1
            while n < scan.size and scan.lower[n] in ("the", "its", "of"):
                n += 1
            if n >= scan.size or scan.breaks[n]:
                break
            nl = scan.classes[n]
            if (
                nl in "PORCDA"
                or (nl == "L" and word != "and")
                or (nl == "T" and word == "of")
                or (nl == "w" and _is_office_word(scan, scan.lower[n]))
            ):
                k = n
            elif nl in "N" and word in ("of", "for"):
                k, proper = n, False
            else:
                break
        elif (
            letter == "w"
            and (not proper or _is_office_word(scan, word))
            and k - begun < 5
            and _is_noun_like(word)
        ):
            k, good = k + 1, k + 1
        elif (
            word == ","
            and good == k
            and k + 2 < scan.size
            and scan.classes[k - 1] in "POC"
            and scan.classes[k + 1] in "POC"
            and (scan.classes[k - 1] == scan.classes[k + 1] or scan.classes[k + 1] != "C")
            and _list_and(scan, k + 1)
        ):
            k += 1
        else:
            break
    return good if good > begun else j


def _opens_title_of_name(scan: Scan, i: int) -> bool:
    """Whether the title of somebody named begins at a token: "an invitation from his President for Prime Minister X"."""
    if scan.classes[i] not in "TPH":
        return False
    head = _next_head(scan, i)
    if head is None or head.kind not in ("office", "rank", "address"):
        return False
    return (
        head.after < scan.size
        and not scan.breaks[head.after]
        and scan.name_end(head.after, titled=True) > head.after
    )


def _opens_name(scan: Scan, k: int) -> bool:
    """Whether a short ordinary word in a title is rather the first of a name: "Minister of Defense Ban Seung-heon"."""
    if len(scan.forms[k]) > 5 or scan.lower[k].endswith("s") or k + 1 >= scan.size or scan.breaks[k + 1]:
        return False
    end = scan.name_end(k + 1)
    return scan.classes[k + 1] in "NI" and end > k + 1 and not (end < scan.size and scan.classes[end] in "PO")


def _list_and(scan: Scan, i: int) -> bool:
    """Whether a list goes on to an "and" before it ends."""
    for k in range(i, min(i + 8, scan.size)):
        if scan.lower[k] in ("and", "&"):
            return k + 1 < scan.size and scan.classes[k + 1] in "POCFD" and not _title_ahead(scan, k + 1)
        if scan.classes[k] not in "POCD" and scan.forms[k] != "," and scan.lower[k] not in ("of", "the"):
            return False
    return False


def _is_noun_like(word: str) -> bool:
    if word in FUNCTION_WORDS or not word.replace("-", "").isalpha() or word.endswith(("ly", "ed", "ing")):
        return False
    classes = word_table().classes.get(word)
    return classes is None or bool(set(classes) & set("nsj"))


def _title_ahead(scan: Scan, i: int) -> bool:
    """Whether a title begins at a token."""
    for k in range(i, min(i + 5, scan.size)):
        if k > i and scan.breaks[k]:
            return False
        head = find_head(scan, k)
        if head is not None and head.kind in ("office", "rank", "address", "relation"):
            return True
        if (
            scan.classes[k] not in "PODCANL"
            and scan.lower[k] not in _MODIFIERS
            and scan.lower[k] not in ("the", "his", "her", "its", "'s")
        ):
            return False
    return False


def _split(scan: Scan, first: int, after: int) -> int:
    """Where, in unknown capitalised words after "Speaker of", the body ends and the name begins."""
    for k in range(first + 1, after):
        if scan.classes[k] in "GI":
            return k
    length = after - first
    if scan.classes[first] in "GI" and length >= 2:
        return first
    return after - 2 if length >= 3 else after


def _chained(scan: Scan, j: int, segments: list[Segment], known: frozenset[str]) -> Segment | None:
    """The next title of the stack, if one follows the token ``j``."""
    if j >= scan.size or scan.breaks[j] == 2:
        return None
    head = find_head(scan, j)
    last = segments[-1].head
    if (
        head is not None
        and scan.classes[j] in "TH"
        and not scan.breaks[j]
        and head.kind in ("rank", "address", "office")
    ):
        return _segment(scan, j, head, known)
    if (
        head is not None
        and scan.forms[j][0].isupper()
        and not scan.breaks[j]
        and head.kind in ("rank", "office")
    ):
        return _segment(scan, j, head, known)
    if scan.breaks[j]:
        return None
    mark = scan.lower[j]
    if mark in ("and", "&", ",", "–", "-", "/", "—"):
        n = j + 1
        if n >= scan.size or scan.breaks[n] or last.plural:
            return None
        found = _next_head(scan, n)
        if found is None or found.plural or found.kind not in ("office", "rank", "address"):
            return None
        if mark == "," and found.kind == "office" and not scan.forms[n][0].isupper():
            return None
        if mark in ("and", "&") and (not scan.forms[n][0].isupper() and last.kind != "office"):
            return None
        segment = _segment(scan, n, found, known)
        after = segment.after
        if mark in ("–", "-", "/", "—"):
            return segment
        # The stack must end at a name, or two persons would become one.
        if _leads_to_name(scan, after):
            if mark in ("and", "&") and _another_person(scan, segments[0], segment):
                return None
            return segment
        return None
    return None


def _another_person(scan: Scan, first: Segment, second: Segment) -> bool:
    """ "The Secretary General and President Trump": a bare title before a name, after one with an article."""
    if scan.breaks[first.first]:
        return first.head.kind == "rank"
    article = scan.lower[first.first - 1] in ("the", "their", "his", "her")
    return article and second.after == second.head.after and second.first == second.head.first


def _next_head(scan: Scan, n: int) -> Head | None:
    """The head of the title whose first word is token ``n``."""
    for k in range(n, min(n + 7, scan.size)):
        if k > n and scan.breaks[k]:
            return None
        head = find_head(scan, k)
        if head is not None:
            return head
        if (
            scan.classes[k] not in "PODA"
            and scan.lower[k] not in _MODIFIERS
            and not _is_office_word(scan, scan.lower[k])
            and (scan.lower[k] not in ("and", "&"))
        ):
            return None
    return None


def _leads_to_name(scan: Scan, j: int) -> bool:
    """Whether a name stands at a token, perhaps after more titles or a comma."""
    for _ in range(5):
        if j >= scan.size or scan.breaks[j]:
            return False
        if scan.name_end(j, titled=True) > j:
            return True
        head = find_head(scan, j)
        if head is not None and head.kind in ("rank", "address", "office") and scan.forms[j][0].isupper():
            j = _right(scan, head, frozenset()) if head.kind != "address" else head.after
        elif scan.forms[j] == ",":
            j += 1
        else:
            return False
    return False


def roles_of(scan: Scan, title: Title) -> Iterator[Role]:
    """The roles that a stack of titles tells, in text order; a country told once holds for all of them."""
    countries = [sender_of(scan, s) or _country_of_office(scan, s) for s in title.segments]
    shared = next((c for c in countries if c), None)
    bodies = [body_of(scan, s.first, s.after) for s in title.segments]
    for segment, country, body in zip(title.segments, countries, bodies, strict=True):
        head = segment.head
        span = scan.span(segment.start, segment.after)
        words = _trimmed(scan, segment)
        rank = None
        entry = scan.entry(head.first, "rank")
        if entry is not None and head.kind == "rank":
            rank = entry.feature("grade") or None
        yield Role(
            title=words,
            rank=rank,
            organization=body,
            country=country or (shared if body is None or head.kind in ("rank", "address") else None),
            tenure=_tenure(scan, segment),
            span=span,
        )


def _country_of_office(scan: Scan, segment: Segment) -> str | None:
    """The state of an office that only one has: "Taoiseach", "Raksha Mantri"."""
    for i in range(segment.first, segment.head.after):
        entry = scan.entry(i, "title")
        if entry is not None and entry.feature("country"):
            # "State Counsellor" is an office of Myanmar, and of others in plain words.
            if not all(is_ordinary(w) or w in ("of", "the") for w in entry.surface.lower().split()):
                return entry.feature("country")
    return None


def _trimmed(scan: Scan, segment: Segment) -> str:
    return " ".join(scan.words(segment.start, segment.after).split())


def _tenure(scan: Scan, segment: Segment) -> Tenure:
    for i in range(segment.first, segment.after):
        word = scan.lower[i].strip("-")
        if word in _TENURE and i < segment.head.after:
            return _TENURE[word]
        for suffix in ("-designate", "-elect", "-nominate"):
            if word.endswith(suffix):
                return "incoming"
        if word.startswith(("ex-", "then-")):
            return "former"
    return "current"


def country_of(scan: Scan, first: int, after: int) -> str | None:
    """The state that the words of a title name first: a country or demonym, else a capital, place or body."""
    weak: str | None = None
    i = first
    while i < after:
        letter = scan.classes[i]
        if letter in "CD" and (entry := scan.entry(i, "country", "demonym")) and len(entry.value) == 2:
            if scan.lower[scan.after.get(i, i + 1) - 1].endswith("-born"):
                return None
            return entry.value
        if weak is None and letter == "L" and (entry := scan.entry(i, "capital", "place")):
            weak = entry.value if len(entry.value) == 2 else None
        elif weak is None and letter == "R" and (entry := scan.entry(i, "organization", "seat")):
            weak = entry.feature("country") or (
                entry.value if entry.kind == "seat" and len(entry.value) == 2 else None
            )
        i = scan.after.get(i, i + 1) if letter in "CDLR" else i + 1
    return weak


def sender_of(scan: Scan, segment: Segment) -> str | None:
    """The state a title is held for; of "ambassador to Hungary", "envoy for Sudan" not the state posted to."""
    after = segment.after
    if any(scan.lower[k].rstrip(".") in _POSTED for k in range(segment.head.first, segment.head.after)):
        posting = (k for k in range(segment.head.after, after) if scan.lower[k] in ("to", "for", "in", "on"))
        after = next(posting, after)
    return country_of(scan, segment.first, after)


def body_of(scan: Scan, first: int, after: int) -> str | None:
    """The organisation that the words of a title name, as written."""
    for i in range(first, after):
        if scan.classes[i] == "R":
            return scan.words(i, scan.after.get(i, i + 1))
    for i in range(first, after - 1):
        # "Ambassador to the United Nations" is one entry of the table of titles.
        if scan.lower[i] in ("of", "to"):
            k = i + 2 if scan.lower[i + 1] == "the" else i + 1
            if k < after and scan.lexicon.has(scan.words(k, after), "organization"):
                return scan.words(k, after)
    return None
