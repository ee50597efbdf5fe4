"""
Titles: stacks of offices, ranks and forms of address, and what they say of state and body.

A title is read from its head outwards: to the left the fields, demonyms and modifiers, to the right
the complement; then the next title of the stack, if one follows that the same name bears.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..records import Role, Tenure
from .complements import complement_end, takes_complement
from .heads import MODIFIERS, Head, find_head, is_field, is_office_word, next_head, nouns_of
from .names import Scan, is_ordinary
from .wordclasses import word_set

_LONGEST_TITLE = 16
_MOST_TITLES = 6
_DETERMINERS = word_set(
    "the a an this that these those both all some several many few two three four five six seven eight his her its their "
    "our my your 's ' ’"
)
_AFTER_HEAD = word_set("extraordinary plenipotentiary emeritus designate elect ad interim")
_RETIRED = word_set("retd ret rtd res")
_JOINTS = frozenset(["and", "&", ",", "–", "-", "/", "—"])
_STACKED = frozenset(["office", "rank", "address"])
_TENURE: dict[str, Tenure] = {
    "former": "former", "ex": "former", "late": "former", "then": "former", "past": "former", "onetime": "former",
    "one-time": "former", "retired": "former", "ousted": "former", "deposed": "former",
    "acting": "acting", "interim": "acting", "caretaker": "acting", "provisional": "acting",
    "incoming": "incoming", "designate": "incoming", "elect": "incoming", "nominate": "incoming",
}  # fmt: skip
# Heads whose complement with "to" and "for" is where they are sent, not who sends them.
# Houses that many states call so.
_SHARED_BODIES = frozenset(["senate", "congress", "house of representatives", "parliament", "supreme court"])
_POSTED = word_set(
    "ambassador ambassadors envoy envoys representative representatives consul consul-general attaché attache delegate "
    "coordinator adviser advisor commissioner mediator"
)


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
    """The token at which a name would begin."""
    segments: tuple[Segment, ...]
    determiner: str
    """The article, numeral or possessive before it, lower case; "" if there is none."""


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
    while len(segments) < _MOST_TITLES:
        after = segments[-1].after
        chained = _chained(scan, after, segments, known)
        if chained is None or (apposed and scan.forms[after] == ","):
            break
        segments.append(chained)
    before = scan.lower[first - 1] if first > 0 and not scan.breaks[first] else ""
    return Title(first, segments[-1].after, tuple(segments), before if before in _DETERMINERS else "")


# -- to the left ----------------------------------------------------------------------------


def title_start(scan: Scan, head: Head, low: int, known: frozenset[str]) -> int:
    """The first token of the title of a head."""
    k = head.first
    if head.kind == "address":
        return k
    unknown = 0
    stated = False
    while k > low and not scan.breaks[k] and head.first - k < _LONGEST_TITLE:
        p = k - 1
        letter, word = scan.classes[p], scan.lower[p]
        listed = head.plural and p > low and _joins(scan, p, head.first, plural=True)
        if stated and not (letter in "CDq" or word in MODIFIERS or listed):
            break
        if letter in "DPT":
            k = p
        elif letter in "CRL":
            start = _hit_start(scan, p)
            if start < low:
                break
            # Before a state or body only "a senior" and the like belong to the title ("a senior US official").
            k, stated = start, True
        elif letter in "NA" and scan.forms[p] not in known and unknown < 4:
            k, unknown = p, unknown + 1
        elif letter == "O" and not scan.breaks[p] and not _is_headline_verb(scan, p):
            k = p
        elif letter == "q":
            owner = _owner_start(scan, p, low, known)
            return k if owner is None else owner
        elif _belongs(scan, p) or (p > low and _joins(scan, p, head.first, plural=head.plural)):
            k = p
        else:
            break
    return k


def _is_headline_verb(scan: Scan, p: int) -> bool:
    return bool(scan.heading[p]) and scan.lower[p].endswith(("s", "ed", "ing"))


def _belongs(scan: Scan, p: int) -> bool:
    """Whether a word in lower case is a modifier or a field of office."""
    word = scan.lower[p]
    if word == "noted" and (scan.breaks[p] or scan.lower[p - 1] not in ("a", "the")):
        return False  # "...", noted the minister.
    if word == "state" and scan.lower[p + 1].startswith(("council", "counsel", "secretar", "minister")):
        return True
    if word in MODIFIERS or word.rstrip("-") in ("then", "ex") or word.startswith(("ex-", "then-")):
        return True
    return scan.classes[p] == "w" and is_office_word(scan.lexicon, word)


def _joins(scan: Scan, p: int, end: int, *, plural: bool = False) -> bool:
    """Whether a token joins two fields: "Foreign and European Affairs", "Trade, Industry and Energy"."""
    word, k = scan.lower[p], p + 1
    if plural and p and word in ("and", "&", ",") and scan.classes[k] in "CD" and scan.classes[p - 1] in "CD":
        return True  # "his U.S. and Japanese counterparts"
    if word in ("and", "&"):
        return is_field(scan, k) and is_field(scan, p - 1)
    if word == ",":
        joined = any(scan.lower[n] in ("and", "&") for n in range(k, end))
        return joined and is_field(scan, k) and is_field(scan, p - 1)
    return word in ("-", "–") and scan.classes[k] in "PTO" and scan.ends[p] == scan.starts[k]


def _hit_start(scan: Scan, p: int) -> int:
    """The first token of the hit that a token belongs to."""
    for start in range(p, max(p - 10, -1), -1):
        if scan.after.get(start, 0) > p:
            return start
    return p


def _owner_start(scan: Scan, q: int, low: int, known: frozenset[str]) -> int | None:
    """The first token of a state or body before a possessive 's; ``None`` if a person owns."""
    p = q - 1
    if p < low or scan.breaks[q]:
        return None
    letter = scan.classes[p]
    if letter in "CRL":
        start = _hit_start(scan, p)
        return start if start >= low else None
    noun = nouns_of(scan.lexicon).get(scan.lower[p]) if letter == "w" else None
    if letter in "AOP" and scan.forms[p] not in known:
        more = "AOPDCN"
    elif noun and noun[0].feature("type") in ("body", "state"):
        more = "PDAC"
    else:
        return None
    start = p
    while start > low and not scan.breaks[start]:
        office = letter == "w" and is_office_word(scan.lexicon, scan.lower[start - 1])
        if scan.classes[start - 1] not in more and not office:
            break
        start -= 1
    return start


def _segment(scan: Scan, first: int, head: Head, known: frozenset[str]) -> Segment:
    """The title of a head whose first token is known: where it proper begins, and where it ends."""
    after = head.after if head.kind == "address" else _right(scan, head, known)
    start = first
    while start < head.first and _is_apart(scan, start, first, head.first):
        start += 1
    # "UN Special Envoy", "NATO Secretary General": the body stays in the title, a country does not.
    if start > first and scan.classes[first] == "R" and scan.classes[start - 1] != "q":
        start = first
    return Segment(first, head, after, start)


def _is_apart(scan: Scan, k: int, first: int, head: int) -> bool:
    """Whether a token before a title only says whose it is: "Uzbek and Kazakh", "Azerbaijan's"."""
    letter = scan.classes[k]
    if letter in "CDRq":
        return True
    if letter in "LNOAw" and "q" in scan.classes[k:head]:
        return True
    return k > first and scan.lower[k] in ("and", ",", "&") and scan.classes[k + 1] in "CDR"


# -- to the right ---------------------------------------------------------------------------


def _right(scan: Scan, head: Head, known: frozenset[str]) -> int:
    """The token after a head's complement."""
    j, taken = head.after, False
    capital = scan.forms[head.first][0].isupper()
    while j < scan.size and not scan.breaks[j] and j - head.first < _LONGEST_TITLE:
        word, letter = scan.lower[j], scan.classes[j]
        if word in _AFTER_HEAD or (letter == "P" and capital and not taken):
            j += 1
        elif word == "and" and scan.lower[j + 1 : j + 2] == ("plenipotentiary",):
            j += 2
        elif letter in "CLO" and capital and not taken and _is_field_behind(scan, head, j):
            j, taken = scan.after.get(j, j + 1), True
        elif takes_complement(scan, head, j):
            end = complement_end(scan, j + 1, head, known)
            if end == j + 1:
                break
            j, taken = end, True
        elif word == "in" and scan.lower[j + 1 : j + 3] in (("charge", "of"), ("chief", "of")):
            j, taken = max(complement_end(scan, j + 3, head, known), j + 3), True
        elif word == "(" and _is_bracket(scan, j):
            j += 3
        else:
            break
    return j


def _is_field_behind(scan: Scan, head: Head, j: int) -> bool:
    """ "Chief of Defence Denmark,", "Commander Transformation, General X": the field stands behind, and the title ends."""
    if head.kind != "office" or (scan.classes[j] == "O" and scan.heading[j]):
        return False
    after = scan.after.get(j, j + 1)
    if after >= scan.size or scan.breaks[after]:
        return scan.classes[j] != "O"
    return scan.forms[after] in (",", ".", "(", ")") or scan.classes[after] in "TH"


def _is_bracket(scan: Scan, j: int) -> bool:
    """ "(Retd)", or "(COAS)" before more of the title or a name."""
    if j + 2 >= scan.size or scan.forms[j + 2] != ")":
        return False
    if scan.lower[j + 1].rstrip(".") in _RETIRED:
        return True
    acronym = scan.classes[j + 1] == "A" or (scan.classes[j + 1] in "TR" and scan.forms[j + 1].isupper())
    following = j + 3
    if not acronym or following >= scan.size:
        return False
    return scan.classes[following] in "NGITHO." or scan.lower[following] in ("of", "and")


# -- the next of the stack ------------------------------------------------------------------


def _chained(scan: Scan, j: int, segments: list[Segment], known: frozenset[str]) -> Segment | None:
    """The next title of the stack, if one follows the token ``j``."""
    if j >= scan.size or scan.breaks[j]:
        return None
    head = find_head(scan, j)
    if head is not None:
        straight = scan.classes[j] in "TH" or (scan.forms[j][0].isupper() and head.kind != "address")
        return _segment(scan, j, head, known) if straight and head.kind in _STACKED else None
    mark, n = scan.lower[j], j + 1
    if mark not in _JOINTS or n >= scan.size or scan.breaks[n] or segments[-1].head.plural:
        return None
    found = next_head(scan, n)
    if found is None or found.plural or found.kind not in _STACKED:
        return None
    capital = scan.forms[n][0].isupper()
    if not capital and (
        (mark == "," and found.kind == "office")
        or (mark in ("and", "&") and segments[-1].head.kind != "office")
    ):
        return None
    segment = _segment(scan, n, found, known)
    if mark not in ("and", "&", ","):
        return segment
    # The stack must end at a name, or two persons would become one.
    if not _leads_to_name(scan, segment.after):
        return None
    return None if mark != "," and _is_another(scan, segments[0], segment) else segment


def _is_another(scan: Scan, first: Segment, second: Segment) -> bool:
    """ "The Secretary General and President Trump": a bare title before a name, after one with an article."""
    if scan.breaks[first.first]:
        return first.head.kind == "rank"
    article = scan.lower[first.first - 1] in ("the", "their", "his", "her")
    return article and second.after == second.head.after and second.first == second.head.first


def _leads_to_name(scan: Scan, j: int) -> bool:
    """Whether a name stands at a token, perhaps after more titles or a comma."""
    for _ in range(5):
        if j >= scan.size or scan.breaks[j]:
            return False
        if scan.name_end(j, titled=True) > j:
            return True
        head = find_head(scan, j)
        if head is not None and head.kind in _STACKED and scan.forms[j][0].isupper():
            j = head.after if head.kind == "address" else _right(scan, head, frozenset())
        elif scan.forms[j] == ",":
            j += 1
        else:
            return False
    return False


# -- what a title tells ---------------------------------------------------------------------


def roles_of(scan: Scan, title: Title) -> Iterator[Role]:
    """The roles that a stack of titles tells, in text order; a country told once holds for all of them."""
    countries = [sender_of(scan, s) or _country_of_office(scan, s) for s in title.segments]
    shared = next((c for c in countries if c), None)
    for segment, country in zip(title.segments, countries, strict=True):
        head, body = segment.head, body_of(scan, segment.first, segment.after)
        entry = scan.entry(head.first, "rank") if head.kind == "rank" else None
        yield Role(
            title=" ".join(scan.words(segment.start, segment.after).split()),
            rank=(entry.feature("grade") or None) if entry is not None else None,
            organization=body,
            country=country or (shared if body is None or head.kind != "office" else None),
            tenure=_tenure(scan, segment),
            span=scan.span(segment.start, segment.after),
        )


def _tenure(scan: Scan, segment: Segment) -> Tenure:
    for i in range(segment.first, segment.after):
        word = scan.lower[i].strip("-")
        if i < segment.head.after and word in _TENURE:
            return _TENURE[word]
        if word.endswith(("-designate", "-elect", "-nominate")):
            return "incoming"
        if word.startswith(("ex-", "then-")):
            return "former"
    return "current"


def sender_of(scan: Scan, segment: Segment) -> str | None:
    """The state a title is held for; of "ambassador to Hungary", "envoy for Sudan" not the state posted to."""
    head, after = segment.head, segment.after
    if any(scan.lower[k].rstrip(".") in _POSTED for k in range(head.first, head.after)):
        posting = (k for k in range(head.after, after) if scan.lower[k] in ("to", "for", "in", "on"))
        after = next(posting, after)
    return country_of(scan, segment.first, after)


def _country_of_office(scan: Scan, segment: Segment) -> str | None:
    """The state of an office that only one has ("Taoiseach"), or whose entry holds a seat ("Kremlin spokesman")."""
    for i in range(segment.first, segment.head.after):
        entry = scan.entry(i, "title")
        if entry is None:
            continue
        # "State Counsellor" is an office of Myanmar, and of others in plain words.
        plain = all(is_ordinary(w) or w in ("of", "the") for w in entry.surface.lower().split())
        if entry.feature("country") and not plain:
            return entry.feature("country")
        for after in (i + 1, i + 2):
            seat = scan.lexicon.lookup(scan.words(i, after), "seat") if after < scan.after[i] else ()
            if seat and len(seat[0].value) == 2:
                return seat[0].value
    return None


def country_of(scan: Scan, first: int, after: int) -> str | None:
    """The state that words name first: by a country or demonym, else by a capital, place or body."""
    weak: str | None = None
    i = first
    while i < after:
        letter = scan.classes[i]
        entry = scan.entry(i, "country", "demonym") if letter in "CD" else None
        if entry is not None and len(entry.value) == 2:
            born = scan.lower[scan.after[i] - 1].endswith("-born")
            return None if born else entry.value
        if weak is None and letter in "LR":
            weak = _code(scan, i)
        i = scan.after.get(i, i + 1) if letter in "CDLR" else i + 1
    return weak


def _code(scan: Scan, i: int) -> str | None:
    """The state of a place, body or seat at a token."""
    entry = scan.entry(i, "capital", "place", "organization", "seat")
    if entry is None or scan.words(i, scan.after[i]).lower() in _SHARED_BODIES:
        return None
    code = entry.feature("country") or (entry.value if entry.kind != "organization" else "")
    return code if len(code) == 2 else None


def body_of(scan: Scan, first: int, after: int) -> str | None:
    """The organisation that words name, as written."""
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
