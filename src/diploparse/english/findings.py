"""What has been found in a text so far: names on their way to mentions, other mentions, tokens taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import attrs

from ..records import Mention, MentionKind, Role
from .names import Scan
from .titles import country_of


@attrs.frozen
class Named:
    """A person's name with the titles before it, in tokens."""

    first: int
    """Token at which the whole mention begins."""

    after: int
    name: tuple[int, int]
    roles: tuple[Role, ...] = ()
    country: str | None = None
    gender: str | None = None
    rule: str = ""


class Findings:
    """
    Shared by the finders of one text, which run one after the other.

    A token that one of them took is not given to the next.
    """

    def __init__(self, scan: Scan) -> None:
        self.scan = scan
        self.taken = bytearray(scan.size + 1)
        self.persons: list[Named] = []
        self.others: list[Mention] = []
        self.known: frozenset[str] = frozenset()
        """Forms that are parts of names of persons."""
        self.names: set[tuple[str, ...]] = set()
        """Whole names, as lower-case words."""

    def restart(self) -> None:
        """Forget what was found, but not the names."""
        self.known = self.scan.known = self.name_words()
        self.names = {tuple(self.scan.lower[p.name[0] : p.name[1]]) for p in self.persons}
        self.taken = bytearray(self.scan.size + 1)
        self.persons.clear()
        self.others.clear()

    def name_words(self) -> frozenset[str]:
        """The forms in the names found, particles and initials left out."""
        scan = self.scan
        return frozenset(
            scan.forms[i]
            for person in self.persons
            for i in range(*person.name)
            if scan.classes[i] in "NGOA" and len(scan.forms[i]) > 2
        )

    def add_person(
        self, first: int, name: tuple[int, int], rule: str, *, roles: tuple[Role, ...] = (),
        country: str | None = None, gender: str | None = None,
    ) -> None:  # fmt: skip
        """Add a name; its state may stand after it ("X of Serbia")."""
        country = country or self.state_after(name[1])[0]
        self.persons.append(Named(first, name[1], name, roles, country, gender or None, rule))
        self._take(first, name[1])

    def add(
        self, kind: MentionKind, first: int, after: int, rule: str, *, named: bool = True, **fields: Any
    ) -> None:
        """Add a mention of another kind, with fields of `Mention`."""
        span = self.scan.span(first, after)
        found_by = f"english.mentions/{rule}"
        self.others.append(
            Mention(kind=kind, span=span, name=span if named else None, found_by=found_by, **fields)
        )
        self._take(first, after)

    def _take(self, first: int, after: int) -> None:
        for i in range(first, after):
            self.taken[i] = 1

    def completed(self, first: int, end: int) -> int:
        """The end of a name that a headline cut short: there "Law" is a word, unless the text tells of a "Nathan Law"."""
        scan = self.scan
        while end < scan.size and not self.taken[end] and not scan.breaks[end]:
            if tuple(scan.lower[first : end + 1]) not in self.names:
                break
            end += 1
        return end

    def state_after(self, j: int) -> tuple[str | None, int]:
        """The state of "X of Serbia" or "X (Serbia)" after a name, and the token after it."""
        scan = self.scan
        if j + 1 >= scan.size or scan.breaks[j]:
            return None, j
        bracket = scan.forms[j] == "("
        k = j + 2 if scan.lower[j + 1] == "the" and not bracket else j + 1
        if not (bracket or scan.lower[j] == "of") or k >= scan.size or scan.classes[k] != "C":
            return None, j
        after = scan.after.get(k, k + 1)
        if bracket and scan.forms[after : after + 1] != (")",):
            return None, j
        return country_of(scan, k, after), after + bracket

    def states_in(self, first: int, after: int) -> list[str]:
        """The states that words name or tell by demonyms, each once."""
        found: dict[str, None] = {}
        for i in range(first, after):
            if self.scan.classes[i] in "CD":
                entry = self.scan.entry(i, "country", "demonym")
                if entry is not None and len(entry.value) == 2:
                    found[entry.value] = None
        return list(found)

    def mentions(self) -> Iterator[Mention]:
        """All that was found."""
        scan = self.scan
        for person in self.persons:
            yield Mention(
                kind="person",
                span=scan.span(person.first, person.after),
                name=scan.span(*person.name),
                roles=person.roles,
                country=person.country,
                organization=next((r.organization for r in person.roles if r.organization), None),
                gender=gender_of(person.gender),
                found_by=f"english.mentions/{person.rule}",
            )
        yield from self.others


def gender_of(text: str | None) -> Literal["male", "female"] | None:
    """Gender as the tables write it."""
    if text in ("male", "m"):
        return "male"
    return "female" if text in ("female", "f") else None
