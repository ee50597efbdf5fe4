"""Organisations: those of the tables, and words of office or unknown ones around a type word ("Overberg Fishing Association")."""

from __future__ import annotations

from functools import lru_cache

from ..lexicon import Entry, LexiconUnion
from ..records import Mention
from .complements import complement_end
from .findings import Findings
from .heads import Head, is_office_word
from .names import Scan
from .titles import country_of


def find_bodies(findings: Findings) -> None:
    """Add the organisations named in the tokens that nobody has taken."""
    scan, i = findings.scan, 0
    types = _type_words(scan.lexicon)
    while i < scan.size:
        end = 0
        if findings.taken[i]:
            pass
        elif scan.classes[i] == "R":
            end = _listed(findings, i)
        elif scan.lower[i] in types and scan.classes[i] in "OPNw":
            end = _typed(findings, i)
        i = max(end, i + 1)
    _acronyms(findings)


def _acronyms(findings: Findings) -> None:
    """Add the short names that the text gives bodies in brackets: "the People's Movement (PMO)", then "PMO said"."""
    scan = findings.scan
    brackets = [
        i
        for i in range(2, scan.size - 1)
        if scan.classes[i] == "A" and scan.forms[i - 1] == "(" and scan.forms[i + 1] == ")"
    ]
    if not brackets:
        return
    bodies = {m.span.end: m for m in findings.others if m.kind == "organization"}
    known = {
        scan.forms[i]: bodies[scan.ends[i - 2]]
        for i in brackets
        if scan.ends[i - 2] in bodies and _abbreviates(scan.forms[i], findings, bodies[scan.ends[i - 2]])
    }
    for i in range(scan.size):
        if scan.classes[i] == "A" and not findings.taken[i] and (body := known.get(scan.forms[i])):
            value = body.value or scan.text[body.span.start : body.span.end]
            findings.add(
                "organization", i, i + 1, "acronym",
                country=body.country, value=value, organization=body.organization,
            )  # fmt: skip


def _abbreviates(form: str, findings: Findings, body: Mention) -> bool:
    """Whether letters are the initials of a body's words, in their order."""
    words = findings.scan.text[body.span.start : body.span.end].replace("-", " ").split()
    initials = iter("".join(word[0] for word in words if word[0].isupper()))
    return len(form) > 1 and all(letter in initials for letter in form if letter.isupper())


@lru_cache(maxsize=8)
def _type_words(lexicon: LexiconUnion) -> frozenset[str]:
    return frozenset(entry.surface.lower() for entry in lexicon.table("org_head") if " " not in entry.surface)


def _listed(findings: Findings, i: int) -> int:
    """The token after an organisation of the tables, with the state before it ("Turkish Foreign Ministry")."""
    scan = findings.scan
    after = scan.after.get(i, i + 1)
    entry = scan.entry(i, "organization", "seat")
    start = _with_state(findings, i)
    country = country_of(scan, start, i) if start < i else None
    value = None
    if entry is not None:
        country = country or country_of(scan, i, after)
        value = _canonical(entry)
    findings.add(
        "organization", start, after, "organization", country=country, value=value, organization=value
    )
    return after


def _canonical(entry: Entry) -> str:
    if entry.kind == "organization":
        return entry.value
    return entry.feature("organization") or entry.surface


def _with_state(findings: Findings, i: int) -> int:
    """The token of a demonym or possessive state straight before a body; ``i`` if there is none."""
    scan = findings.scan
    if i == 0 or findings.taken[i - 1] or scan.breaks[i]:
        return i
    if scan.classes[i - 1] == "D":
        return i - 1
    if scan.classes[i - 1] == "q" and i > 1 and scan.classes[i - 2] in "CL" and not findings.taken[i - 2]:
        return _begin(scan, i - 2)
    return i


def _begin(scan: Scan, p: int) -> int:
    while p > 0 and p not in scan.after:
        p -= 1
    return p


def _typed(findings: Findings, i: int) -> int:
    """The token after a body whose type word is token ``i``; 0 if nothing beside it makes it a name."""
    scan = findings.scan
    start = _left(findings, i)
    after = i + 1
    if scan.forms[i].islower() and i - start > 1 and scan.classes[start] == "G":
        return 0  # "The Donald Trump administration"
    if (
        scan.forms[i][0].isupper()
        and after < scan.size
        and scan.lower[after] in ("of", "for")
        and not scan.breaks[after]
    ):
        end = complement_end(scan, after + 1, Head(i, i + 1, "office", False, ""), findings.known)
        after = end if end > after + 1 else after
    if after == i + 1 and not any(scan.classes[k] in "PONADGCL" for k in range(start, i)):
        return 0
    findings.add("organization", start, after, "org_head", country=country_of(scan, start, after))
    return after


def _left(findings: Findings, i: int) -> int:
    """The first token of a body whose type word is token ``i``."""
    scan, start = findings.scan, i
    while start > 0 and not scan.breaks[start] and not findings.taken[start - 1]:
        p = start - 1
        letter, word = scan.classes[p], scan.lower[p]
        opening = letter in "OPN" and scan.breaks[p] and word.endswith("ing")
        if (letter in "PONADGC" and not opening) or (letter == "w" and is_office_word(scan.lexicon, word)):
            start = p
        elif word in ("and", "&") and p > 0 and scan.classes[p - 1] in "PO" and scan.classes[start] in "PO":
            start = p - 1
        elif letter == "q" and p > 0 and scan.classes[p - 1] in "CLN":
            return _begin(scan, p - 1) if scan.classes[p - 1] in "CL" else p - 1
        else:
            break
    return start
