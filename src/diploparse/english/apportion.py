"""One plural office for several people: each gets the title, and the state that stands beside the name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import attrs

from ..parser import longest
from ..records import Document, Mention, Role
from .wordclasses import word_set

_JOINTS = frozenset([",", "and", ", and", "&", ", as well as", "as well as", ";", "; and"])
_OPENINGS = frozenset(["of", "from", "for", "of the", "from the"])
# Between the states and the names: "his counterparts from A and B, X and Y".
_TURNS = frozenset([",", "", ":", "–", "—", "-", "namely", ", namely"])
_EXAMPLES = word_set("including like namely")
_EXAMPLES_LONG = frozenset(["such as", ", such as"])


def apportion(document: Document, mentions: Iterable[Mention]) -> list[Mention]:
    """
    The mentions, with plural offices handed out to the persons they introduce.

    Args:
        mentions: In any order; those that overlap a longer one are dropped, as the host would.

    Returns:
        By start, each with its roles: "Ministers of A N1, B N2 and C N3", "his counterparts from
        A and B, N1 and N2", "his A and B counterparts N1 and N2", "A officials, including N1 and N2".
    """
    ordered = list(longest(mentions))
    for i, mention in enumerate(ordered):
        if mention.number == "plural" and mention.kind == "description" and mention.roles:
            _hand_out(document, ordered, i)
        elif mention.kind == "person" and mention.roles and _is_plural(mention.roles[-1]):
            _go_on(document, ordered, i)
    return ordered


def _is_plural(role: Role) -> bool:
    """Whether the head of a title is plural: "Ministers of Foreign Affairs of Estonia"."""
    head = role.title.split(" of ")[0].split(" for ")[0].rsplit(" ", 1)[-1].lower()
    return head.endswith("s") and not head.endswith(("ss", "affairs", "forces", "charges"))


def _between(document: Document, left: Mention, right: Mention) -> str:
    between = document.text[left.span.end : right.span.start]
    return "\n" if "\n" in between.strip(" ") and not between.strip() else " ".join(between.lower().split())


def _go_on(document: Document, ordered: list[Mention], i: int) -> None:
    """ "Ministers of Estonia N1, Iceland N2 and Latvia N3": the state before each name is its own."""
    role = ordered[i].roles[-1]
    last = ordered[i]
    at = i + 1
    while at + 1 < len(ordered) and at - i < 60:
        state, person = ordered[at], ordered[at + 1]
        joined = _between(document, last, state) in _JOINTS and not _between(document, state, person)
        if not (joined and state.kind == "country" and person.kind == "person" and not person.roles):
            return
        ordered[at + 1] = last = _given(person, role, state.country)
        at += 2


def _hand_out(document: Document, ordered: list[Mention], i: int) -> None:
    """ "His counterparts from A and B, N1 and N2", "his A and B counterparts N1 and N2", "A officials including N1"."""
    mention = ordered[i]
    role = mention.roles[-1]
    states: list[str | None] = list(mention.countries)
    last, at = mention, i + 1
    if at < len(ordered) and _between(document, last, ordered[at]) in (_JOINTS if states else _OPENINGS):
        while at < len(ordered) and ordered[at].kind == "country" and at - i < 30:
            joined = _between(document, last, ordered[at])
            if joined not in _JOINTS and not (last is mention and joined in _OPENINGS):
                break
            states.append(ordered[at].country)
            last, at = ordered[at], at + 1
    persons = _persons(document, ordered, at)
    if not persons:
        return
    turn = _between(document, last, ordered[persons[0]])
    words = turn.strip(" ,").split()
    examples = turn in _EXAMPLES_LONG or (len(words) == 1 and words[0] in _EXAMPLES)
    if turn not in _TURNS and not examples:
        return
    if len(states) == len(persons) and not examples:
        shares: Sequence[str | None] = states
    elif len(set(states)) == 1:
        shares = states[:1] * len(persons)
    elif not states and not examples:
        shares = [None] * len(persons)
    else:
        return
    for number, country in zip(persons, shares, strict=True):
        ordered[number] = _given(ordered[number], role, country)


def _persons(document: Document, ordered: Sequence[Mention], at: int) -> list[int]:
    """The numbers of the persons of a list that begins at a mention."""
    found: list[int] = []
    while at < len(ordered) and ordered[at].kind == "person" and len(found) < 30:
        if found and _between(document, ordered[at - 1], ordered[at]) not in _JOINTS:
            break
        found.append(at)
        at += 1
    return found


def _singular(title: str) -> str:
    """The title of one holder: "Ministers of Defence", "counterparts", "deputy secretaries"."""
    head, *rest = re.split(r"(?= (?:of|for|to) )", title, maxsplit=1)
    if head.lower().endswith("ies"):
        head = head[:-3] + "y"
    elif head.lower().endswith("s") and not head.lower().endswith("ss"):
        head = head[:-1]
    return head + "".join(rest)


def _given(person: Mention, role: Role, country: str | None) -> Mention:
    """A person with the plural office; one with a title of its own gets the state alone."""
    country = person.country or country
    if person.roles:
        return attrs.evolve(person, country=country)
    role = attrs.evolve(role, title=_singular(role.title), country=country)
    return attrs.evolve(person, country=country, roles=(role,))
