"""Titles with the names they belong to, and titles that only describe ("the Turkish foreign minister")."""

from __future__ import annotations

import attrs

from ..records import Role
from .findings import Findings, gender_of
from .heads import Head, find_head, nouns_of
from .names import FUNCTION_WORDS, Scan
from .titles import Title, read_title, roles_of, title_start
from .wordclasses import guess, word_set, word_table

_NAMED = frozenset(["office", "rank", "occupation", "relation", "generic", "address"])
_COMPOUNDED = frozenset(["office", "relation", "occupation", "body", "side", "generic"])
_DEFINITE_ONLY = frozenset(["body", "state", "group", "side", "generic"])
_OWNERS = word_set("his her its their our my your")
_NUMBER = word_set("number numbers")  # "his opposite number"
_NUMBERS = word_set("both two three four all")
_BEFORE_APPOSITION = word_set("the a an then now")
_AFTER_NAME = frozenset([",", ".", "(", ")", ";", ":", "—", "–", "-", "’", "“", '"'])


def learn_titled(findings: Findings) -> None:
    """Note the names that a title stands before, so that the next round knows them."""
    find_titled(findings, describe=False)
    findings.restart()


def find_titled(findings: Findings, *, describe: bool = True) -> None:
    """Add the persons that a title names, and the descriptions that name nobody."""
    scan = findings.scan
    if scan.likely is None:
        nouns = nouns_of(scan.lexicon)
        # Most words in lower case head nothing.
        scan.likely = [
            i
            for i, (letter, low) in enumerate(zip(scan.classes, scan.lower, strict=True))
            if letter not in ".0CDLqR"
            and (letter != "w" or low in nouns or low in _NUMBER or not low.isalpha())
        ]
    at = low = 0
    for i in scan.likely:
        head = find_head(scan, i) if i >= at else None
        if head is None:
            continue
        if _is_part_of_next(scan, head):
            at = head.after
        else:
            apposed = _is_apposed(findings, title_start(scan, head, low, findings.known))
            title = read_title(scan, head, low, findings.known, apposed=apposed)
            end = _named(findings, title, apposed=apposed)
            if not end and describe:
                end = _described(findings, title)
            at = low = max(end, head.after)


def _is_part_of_next(scan: Scan, head: Head) -> bool:
    """ "Committee chair", "deputy minister": the last noun is the head; not so "Minister Prince Faisal"."""
    j = head.after
    if j >= scan.size or scan.breaks[j] or head.kind in ("rank", "address"):
        return False
    following = find_head(scan, j)
    if following is None or following.kind not in _COMPOUNDED:
        return False
    same_case = scan.forms[j][0].isupper() == scan.forms[head.first][0].isupper()
    if not same_case and head.kind != "body":
        return False  # "Foreign Ministry spokeswoman", but "the Minister, chair of ..."
    return not (following.gender and scan.classes[j] in "TH" and scan.classes[head.first] == "T")


def _is_apposed(findings: Findings, first: int) -> bool:
    """Whether a title stands in apposition: after a name and a comma, perhaps with an article."""
    scan = findings.scan
    k = first - 1
    while k > 0 and scan.lower[k] in _BEFORE_APPOSITION:
        k -= 1
    if k < 1 or scan.forms[k] != "," or scan.breaks[k]:
        return False
    if findings.persons and findings.persons[-1].after == k:
        return True
    return scan.forms[k - 1] in findings.known and scan.classes[k - 1] in "NGO"


# -- names ----------------------------------------------------------------------------------


def _named(findings: Findings, title: Title, *, apposed: bool) -> int:
    """The token after the persons that a title is followed by; 0 if no name follows."""
    scan, last = findings.scan, title.segments[-1].head
    if last.kind not in _NAMED:
        return 0
    plural = title.segments[0].head.plural
    j = _after_bracket(scan, title.after)
    comma = j < scan.size and scan.forms[j] == "," and last.kind != "address" and not scan.breaks[j]
    if comma:
        if apposed or not _full_name_between_commas(scan, j + 1):
            return 0
        j += 1
        if plural:
            j = _after_address(scan, j)  # "The ministers of A and B, H.E. Mr. X and H.E. Mr. Y"
    if j >= scan.size or (scan.breaks[j] and not scan.forms[j - 1].endswith(".")):
        return 0
    end = scan.name_end(j, titled=last.kind not in ("generic", "relation"))
    word_alone = end - j == 1 and scan.classes[j] == "O" and scan.breaks[j]
    if end <= j or word_alone:
        return 0
    end = findings.completed(j, end)
    roles = tuple(roles_of(scan, title))
    if plural:
        return _several(findings, title, j, end, roles)
    findings.add_person(
        title.first,
        (j, end),
        "title_comma_name" if comma else "title_name",
        roles=roles,
        country=next((r.country for r in roles if r.country), None),
        gender=next((s.head.gender for s in title.segments if s.head.gender), None),
    )
    return end


def _after_bracket(scan: Scan, j: int) -> int:
    """The comma after a bracket: "Secretary general of the CEI (Italian Episcopal Conference), Nunzio Galantino"."""
    if j < scan.size and scan.forms[j] == "(" and not scan.breaks[j]:
        close = next((k for k in range(j, min(j + 9, scan.size - 1)) if scan.forms[k] == ")"), None)
        if close is not None and scan.forms[close + 1] == ",":
            return close + 1
    return j


def _after_address(scan: Scan, j: int) -> int:
    """The token after a form of address at a token."""
    head = find_head(scan, j) if j < scan.size else None
    return head.after if head is not None and head.kind == "address" else j


def _full_name_between_commas(scan: Scan, j: int) -> bool:
    """Whether a full name between commas begins at a token ("the minister, Ana Silva, said")."""
    if j >= scan.size or scan.breaks[j]:
        return False
    start = _after_address(scan, j)
    end = scan.name_end(start)
    if end - start < 2:
        return False
    return (
        end >= scan.size
        or bool(scan.breaks[end])
        or scan.forms[end] in _AFTER_NAME
        or scan.classes[end] == "w"
    )


def _several(findings: Findings, title: Title, j: int, end: int, roles: tuple[Role, ...]) -> int:
    """Names after a plural title: "Presidents X and Y", "Ministers X of A and Y of B"."""
    scan = findings.scan
    names: list[tuple[tuple[int, int], str | None]] = []
    k = j
    while end > k:
        country, after = findings.state_after(end)
        names.append(((k, end), country))
        k = after + (scan.forms[after : after + 1] == (",",))
        k += k < scan.size and scan.lower[k] in ("and", "&")
        if k == after or k >= scan.size or scan.breaks[k]:
            break
        k = _after_address(scan, k)
        end = scan.name_end(k, titled=True)
    told = findings.states_in(title.first, title.after)
    for number, (name, country) in enumerate(names):
        if country is None and len(told) in (1, len(names)):
            country = told[number if len(told) > 1 else 0]
        own = tuple(attrs.evolve(r, country=country or r.country) for r in roles)
        findings.add_person(
            name[0] if number else title.first, name, "titles_names", roles=own, country=country
        )
    return names[-1][0][1]


# -- descriptions ---------------------------------------------------------------------------


def _described(findings: Findings, title: Title) -> int:
    """The token after a description ("the Turkish minister"); 0 if the words are none."""
    scan, head = findings.scan, title.segments[0].head
    states = findings.states_in(title.first, title.after)
    if head.kind == "body" and states:
        return _body_of_state(findings, title, states[0])
    if not _is_description(scan, title, bool(states)):
        return 0
    first, determiner, plural = title.first, title.determiner, head.plural
    rule = "description"
    if determiner in ("a", "an"):
        rule = "indefinite"
    elif plural and not determiner:
        rule = "bare_plural"
    elif determiner in _NUMBERS:
        rule, first = "numbered", first - 1
    elif determiner in _OWNERS:
        first -= 1
    roles = tuple(roles_of(scan, title))
    country = next((r.country for r in roles if r.country), None)
    findings.add(
        "description",
        first,
        title.after,
        rule,
        named=False,
        roles=roles,
        country=None if plural and len(states) != 1 else country,
        countries=tuple(states) if plural else (),
        number="plural" if plural else "singular",
        gender=gender_of(head.gender),
        value=_lemma(scan, head),
        organization=next((r.organization for r in roles if r.organization), None),
    )
    return title.after


def _is_description(scan: Scan, title: Title, states: bool) -> bool:
    """Whether a title without a name points at somebody, rather than being a noun among others."""
    head, determiner = title.segments[0].head, title.determiner
    capital = scan.forms[head.first][0].isupper()
    if head.kind == "address":
        return False
    if head.kind in _DEFINITE_ONLY and not (determiner or states or head.plural):
        return False
    longer = title.after > head.after
    # "Li Wen, state councilor and foreign minister of China,": a modifier is enough after a name.
    named = title.first > 1 and scan.classes[title.first - 2] in "NG" and not scan.breaks[title.first - 1]
    apposed = (
        title.first > 0
        and scan.forms[title.first - 1] == ","
        and (longer or (named and title.first < head.first))
    )
    apposed = apposed and head.kind in ("office", "occupation")
    if not (determiner or states or capital or head.plural or apposed):
        return False
    if capital and scan.heading[head.first] and not (determiner or states or (named and apposed)):
        return False
    if head.kind == "body" and capital and (title.first < head.first or longer or not determiner):
        return False  # A name of a body: "the Foreign Ministry", "the Ministry of Health".
    return head.plural or capital or not _modifies(scan, title.after)


def _body_of_state(findings: Findings, title: Title, state: str) -> int:
    """A body named by its state: "Gabonese government", "presidency of Equatorial Guinea"."""
    if title.segments[0].head.plural or _modifies(findings.scan, title.after):
        return 0
    findings.add("organization", title.first, title.after, "body_of_state", country=state)
    return title.after


def _modifies(scan: Scan, after: int) -> bool:
    """Whether a noun stands before another that it only describes: "military orchestra", "an official visit"."""
    if after >= scan.size or scan.breaks[after] or scan.classes[after] != "w":
        return False
    word = scan.lower[after]
    classes = word_table().classes.get(word)
    if classes is None:
        classes = "" if word in FUNCTION_WORDS else guess(word)
    if word.endswith("ing"):
        head = find_head(scan, after - 1)
        if head is None or head.kind not in ("body", "state", "side"):
            return False  # "An official travelling", but "army training".
    return ("n" in classes and not set(classes) & set("dzrIfhomBbHOk")) or classes == "s"


def _lemma(scan: Scan, head: Head) -> str:
    """The lemma of a head: of "head of state" that of "head", of "state leader" that of "leader"."""
    inner = range(head.first + 1, head.after)
    last = next((k for k in inner if scan.lower[k] in ("of", "for", "to", "in")), head.after)
    known = nouns_of(scan.lexicon).get(scan.lower[last - 1])
    return known[0].value if known else scan.words(head.first, last).lower()
