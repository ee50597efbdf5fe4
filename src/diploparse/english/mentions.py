"""
Document to mentions: names with the titles around them, bodies, states, places, pronouns, descriptions.

There is no list of persons.  A run of capitalised words is a person's name if something says so:

1. A title, rank or form of address stands before it, or a description in apposition after it.
2. It opens with a given name, holds a particle or initial, or speaks; it is no body, place or event.
3. What one place of the text settles holds for the whole text: surnames alone, capitals in a headline.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

import attrs

from ..lexicon import LexiconUnion
from ..records import Document, Mention, Role
from .complements import complement_end
from .evidence import Run, is_person, is_personal, is_reporting
from .heads import Head, find_head, nouns_of
from .names import FUNCTION_WORDS, Scan
from .titles import Title, country_of, read_title, roles_of, title_start
from .wordclasses import guess, word_set, word_table

_NAMED_KINDS = frozenset(["office", "rank", "occupation", "relation", "generic", "address"])
_LOCATIVE = frozenset(
    [
        "in",
        "at",
        "from",
        "near",
        "to",
        "into",
        "outside",
        "inside",
        "around",
        "across",
        "through",
        "via",
        "between",
        "toward",
        "towards",
        "off",
        "for",
        "of",
        "on",
    ]
)
_AUXILIARIES = word_set("has have had is was will would should could may might does did")
_OPENS_CLAUSE = word_set(", that and but if as while when because since where said says whether ; :")
_ADDRESSED = word_set(
    "thanked urged accused told informed assured warned asked reminded condemned notified invited"
)


def find_mentions(document: Document, lexicon: LexiconUnion) -> Iterator[Mention]:
    """
    Yield what names or points at someone, a place or a time.

    Yields:
        Mentions; of two that overlap the host keeps the longer.
    """
    finder = _Finder(Scan(document, lexicon))
    yield from finder.mentions()
    yield from _times(document, lexicon)


def _times(document: Document, lexicon: LexiconUnion) -> Iterator[Mention]:
    from . import dates

    yield from dates.find_times(document, lexicon)


@attrs.define
class _Person:
    """A name found, on its way to a mention."""

    first: int
    """Token at which the whole mention begins."""
    after: int
    name: tuple[int, int]
    roles: tuple[Role, ...] = ()
    country: str | None = None
    gender: str | None = None
    rule: str = ""


class _Finder:
    def __init__(self, scan: Scan) -> None:
        self.scan = scan
        self.taken = bytearray(scan.size + 1)
        self.persons: list[_Person] = []
        self.others: list[Mention] = []
        self.known: frozenset[str] = frozenset()
        self.folded: frozenset[str] = frozenset()
        self.tails: set[tuple[str, ...]] = set()
        self.names: set[tuple[str, ...]] = set()

    def mentions(self) -> Iterator[Mention]:
        # 1. Names with a title, once to learn them and once more knowing them.
        self._titled()
        self.known = self.scan.known = self._name_words()
        self.names = {tuple(self.scan.lower[p.name[0] : p.name[1]]) for p in self.persons}
        self.persons.clear()
        self.others.clear()
        self.taken = bytearray(self.scan.size + 1)
        self._titled()
        # 2. Bodies, then names that stand alone.
        self._organizations()
        self._alone()
        # 3. States, places, pronouns.
        self._demonyms()
        self._states()
        self._pronouns()
        for person in self.persons:
            yield self._mention(person)
        yield from self.others

    def _name_words(self) -> frozenset[str]:
        scan = self.scan
        return frozenset(
            scan.forms[i]
            for person in self.persons
            for i in range(*person.name)
            if scan.classes[i] in "NGOA" and len(scan.forms[i]) > 2
        )

    def _mention(self, person: _Person) -> Mention:
        scan = self.scan
        return Mention(
            kind="person",
            span=scan.span(person.first, person.after),
            name=scan.span(*person.name),
            roles=person.roles,
            country=person.country,
            organization=next((r.organization for r in person.roles if r.organization), None),
            gender=_gender(person.gender),
            found_by=f"english.mentions/{person.rule}",
        )

    # -- 1. titles ------------------------------------------------------------------------

    def _titled(self) -> None:
        scan, i, low = self.scan, 0, 0
        while i < scan.size:
            letter = scan.classes[i]
            if letter in ".0CDLqR":
                i += 1
                continue
            head = find_head(scan, i)
            if head is None:
                i += 1
                continue
            following = (
                find_head(scan, head.after)
                if head.after < scan.size and not scan.breaks[head.after]
                else None
            )
            if (
                following is not None
                and head.kind not in ("rank", "address")
                and following.kind != "address"
                and (following.kind in ("office", "relation", "occupation", "body", "side", "generic"))
                and scan.forms[head.after][0].isupper() == scan.forms[head.first][0].isupper()
                and not (following.gender and scan.classes[head.after] in "TH" and scan.classes[i] == "T")
            ):
                # "Committee chair", "deputy minister": the last noun is the head; not so "Minister Prince Faisal".
                i = head.after
                continue
            apposed = self._after_name(title_start(scan, head, low, self.known))
            title = read_title(scan, head, low, self.known, apposed=apposed)
            end = self._named(title, apposed=apposed) if title.segments[-1].head.kind in _NAMED_KINDS else 0
            if not end:
                end = self._described(title)
            i = low = max(end, head.after)

    def _after_name(self, first: int) -> bool:
        """Whether a title stands in apposition: after a name and a comma, perhaps with an article."""
        scan = self.scan
        k = first - 1
        while k > 0 and scan.lower[k] in ("the", "a", "an", "then", "now"):
            k -= 1
        if k < 1 or scan.forms[k] != "," or scan.breaks[k]:
            return False
        if self.persons and self.persons[-1].after == k:
            return True
        return scan.forms[k - 1] in self.known and scan.classes[k - 1] in "NGO"

    def _named(self, title: Title, *, apposed: bool = False) -> int:
        """The token after the persons a title is followed by; 0 if no name follows."""
        scan = self.scan
        j = title.after
        plural = title.segments[0].head.plural
        comma = False
        if j < scan.size and scan.forms[j] == "(" and not scan.breaks[j]:
            # "Secretary general of the CEI (Italian Episcopal Conference), Nunzio Galantino, ..."
            close = next((k for k in range(j, min(j + 9, scan.size)) if scan.forms[k] == ")"), None)
            if close is not None and close + 1 < scan.size and scan.forms[close + 1] == ",":
                j = close + 1
        if (
            j < scan.size
            and scan.forms[j] == ","
            and title.segments[-1].head.kind != "address"
            and not scan.breaks[j]
        ):
            if apposed or not self._apposed_name(j + 1):
                return 0
            j, comma = j + 1, True
            address = find_head(scan, j)
            if plural and address is not None and address.kind == "address":
                j = address.after  # "The ministers of A and B, H.E. Mr. X and H.E. Mr. Y"
        if j >= scan.size or (scan.breaks[j] and not scan.forms[j - 1].endswith(".")):
            return 0
        end = self._name_after_title(j, title.segments[-1].head)
        if end <= j:
            return 0
        roles = tuple(roles_of(scan, title))
        if plural:
            return self._several(title, j, end, roles)
        country = next((r.country for r in roles if r.country), None)
        gender = next((s.head.gender for s in title.segments if s.head.gender), None)
        self._add(
            title.first, end, (j, end), roles, country, gender, "title_comma_name" if comma else "title_name"
        )
        return end

    def _name_after_title(self, j: int, head: Head) -> int:
        scan = self.scan
        end = scan.name_end(j, titled=head.kind not in ("generic", "relation"))
        if end > j and end - j == 1 and scan.classes[j] == "O" and scan.breaks[j]:
            return j
        return self._completed(j, end) if end > j else end

    def _apposed_name(self, j: int) -> bool:
        """Whether a full name between commas begins at a token ("the minister, Ana Silva, said")."""
        scan = self.scan
        if j >= scan.size or scan.breaks[j]:
            return False
        start = j
        address = find_head(scan, j)
        if address is not None and address.kind == "address":
            start = j = address.after
        end = scan.name_end(j)
        if end <= start or end - start < 2:
            return False
        return (
            end >= scan.size
            or scan.forms[end] in (",", ".", "(", ";", ":", "—", "–", "-", "’", "“", '"')
            or scan.classes[end] == "w"
            or bool(scan.breaks[end])
        )

    def _several(self, title: Title, j: int, end: int, roles: tuple[Role, ...]) -> int:
        """Names after a plural title: "Presidents X and Y", "Ministers X of A and Y of B"."""
        scan = self.scan
        found: list[tuple[int, int, str | None]] = []
        k = j
        while True:
            country, after = self._of_country(end)
            found.append((k, end, country))
            k = after
            if k < scan.size and scan.forms[k] == "," and k + 1 < scan.size:
                k += 1
            if k < scan.size and scan.lower[k] in ("and", "&"):
                k += 1
            if k == after or k >= scan.size or scan.breaks[k]:
                break
            head = find_head(scan, k)
            if head is not None and head.kind == "address":
                k = head.after
            end = scan.name_end(k, titled=True)
            if end <= k:
                break
        told = [c for c in self._countries(title.first, title.after)]
        for number, (first, after, country) in enumerate(found):
            if country is None and len(told) == len(found):
                country = told[number]
            if country is None and len(told) == 1:
                country = told[0]
            own = tuple(attrs.evolve(r, country=country) if country else r for r in roles)
            self._add(
                title.first if number == 0 else first,
                after,
                (first, after),
                own,
                country,
                None,
                "titles_names",
            )
        return found[-1][1]

    def _of_country(self, j: int) -> tuple[str | None, int]:
        """The state of "X of Serbia" or "X (Serbia)" after a name, and the token after it."""
        scan = self.scan
        if j + 1 < scan.size and scan.lower[j] == "of" and not scan.breaks[j]:
            k = j + 2 if scan.lower[j + 1] == "the" else j + 1
            if k < scan.size and scan.classes[k] == "C":
                after = scan.after.get(k, k + 1)
                return country_of(scan, k, after), after
        if j + 2 < scan.size and scan.forms[j] == "(" and scan.classes[j + 1] == "C":
            after = scan.after.get(j + 1, j + 2)
            if after < scan.size and scan.forms[after] == ")":
                return country_of(scan, j + 1, after), after + 1
        return None, j

    def _countries(self, first: int, after: int) -> list[str]:
        scan = self.scan
        found: list[str] = []
        i = first
        while i < after:
            if (
                scan.classes[i] in "CD"
                and (entry := scan.entry(i, "country", "demonym"))
                and len(entry.value) == 2
            ):
                if entry.value not in found:
                    found.append(entry.value)
            i += 1
        return found

    def _add(
        self, first: int, after: int, name: tuple[int, int], roles: tuple[Role, ...],
        country: str | None, gender: str | None, rule: str,
    ) -> None:  # fmt: skip
        if country is None:
            country, _ = self._of_country(after)
        self.persons.append(_Person(first, after, name, roles, country, gender or None, rule))
        for i in range(first, after):
            self.taken[i] = 1

    # -- descriptions ---------------------------------------------------------------------

    def _described(self, title: Title) -> int:
        """The token after a description ("the Turkish minister"); 0 if the words are none."""
        scan = self.scan
        segment = title.segments[0]
        head = segment.head
        if head.kind == "address":
            return 0
        first, after = title.first, title.after
        determiner = title.determiner
        capital = scan.forms[head.first][0].isupper()
        countries = self._countries(first, after)
        if head.kind in ("body", "state", "group", "side", "generic") and not (
            determiner or countries or head.plural
        ):
            return 0
        apposed = (
            first > 0
            and scan.forms[first - 1] == ","
            and after > head.after
            and head.kind in ("office", "occupation")
        )
        if not determiner and not countries and not capital and not head.plural and not apposed:
            return 0
        if capital and scan.heading[head.first] and not determiner and not countries:
            return 0
        if head.kind == "body" and countries:
            return self._body_of_state(title, countries)
        if head.kind == "body" and capital and (first < head.first or after > head.after or not determiner):
            return 0
        if not head.plural and not capital and self._modifies(after):
            return 0
        plural = head.plural
        roles = tuple(roles_of(scan, title))
        owner = determiner in ("his", "her", "its", "their", "our", "my", "your")
        start = first - 1 if owner else first
        rule = "description"
        if determiner in ("a", "an"):
            rule = "indefinite"
        elif not determiner and plural:
            rule = "bare_plural"
        elif determiner in ("both", "two", "three", "four", "all"):
            rule = "numbered"
            start = first - 1
        mention = Mention(
            kind="description",
            span=scan.span(start, after),
            roles=roles,
            country=None
            if plural and len(countries) != 1
            else next((r.country for r in roles if r.country), None),
            countries=tuple(countries) if plural else (),
            number="plural" if plural else "singular",
            gender=_gender(head.gender),
            value=head_lemma(scan, head),
            organization=next((r.organization for r in roles if r.organization), None),
            found_by=f"english.mentions/{rule}",
        )
        self.others.append(mention)
        for i in range(start, after):
            self.taken[i] = 1
        return after

    def _body_of_state(self, title: Title, countries: list[str]) -> int:
        """A body named by its state: "Gabonese government", "presidency of Equatorial Guinea"."""
        head = title.segments[0].head
        if head.plural or self._modifies(title.after):
            return 0
        self._other("organization", title.first, title.after, (title.first, title.after),
                    country=countries[0], rule="body_of_state")  # fmt: skip
        return title.after

    def _modifies(self, after: int) -> bool:
        """Whether a noun stands before another that it only describes: "state anthems", "an official visit"."""
        scan = self.scan
        if after >= scan.size or scan.breaks[after] or scan.classes[after] != "w":
            return False
        word = scan.lower[after]
        classes = word_table().classes.get(word)
        if classes is None:
            classes = "" if word in FUNCTION_WORDS else guess(word)
        if word.endswith("ing") and not self._thing_before(after):
            return False
        return ("n" in classes and not set(classes) & set("dzrIfhomBbHOk")) or classes == "s"

    def _thing_before(self, after: int) -> bool:
        """Whether the noun before a token is a body rather than a person: "army training", but "an official travelling"."""
        head = find_head(self.scan, after - 1)
        return head is not None and head.kind in ("body", "state", "side")

    # -- 2. bodies ------------------------------------------------------------------------

    def _organizations(self) -> None:
        scan = self.scan
        i = 0
        while i < scan.size:
            if self.taken[i]:
                i += 1
                continue
            if scan.classes[i] == "R":
                after = scan.after.get(i, i + 1)
                self._organization(i, after, scan.entry(i, "organization", "seat"))
                i = after
                continue
            heads = scan.lexicon.lookup(scan.lower[i], "org_head")
            if heads and scan.classes[i] in "OPNw":
                end = self._headed(i)
                if end:
                    i = end
                    continue
            i += 1

    def _organization(self, first: int, after: int, entry: Any) -> None:
        scan = self.scan
        start = first
        if start > 0 and not self.taken[start - 1] and not scan.breaks[start]:
            if scan.classes[start - 1] == "D":
                start -= 1
            elif (
                scan.classes[start - 1] == "q"
                and start > 1
                and scan.classes[start - 2] in "CL"
                and not self.taken[start - 2]
            ):
                start -= 2
                while start > 0 and start not in scan.after:
                    start -= 1
        country = country_of(scan, start, first) if start < first else None
        if entry is not None and country is None:
            country = entry.feature("country") or (
                entry.value if entry.kind == "seat" and len(entry.value) == 2 else None
            )
        value = None
        if entry is not None:
            value = (
                entry.value
                if entry.kind == "organization"
                else entry.feature("organization") or entry.surface
            )
        self._other(
            "organization",
            start,
            after,
            (start, after),
            country=country or None,
            value=value,
            rule="organization",
        )

    def _headed(self, i: int) -> int:
        """The token after a body whose type word is token ``i``; 0 if it is none."""
        scan = self.scan
        capital = scan.forms[i][0].isupper()
        start = i
        while start > 0 and not scan.breaks[start] and not self.taken[start - 1]:
            letter = scan.classes[start - 1]
            if (
                letter in "PONADGC"
                and not (letter in "OPN" and scan.breaks[start - 1] and scan.lower[start - 1].endswith("ing"))
            ) or (letter == "w" and scan.lexicon.has(scan.lower[start - 1], "portfolio")):
                start -= 1
            elif (
                scan.lower[start - 1] in ("and", "&")
                and start > 1
                and scan.classes[start - 2] in "PO"
                and scan.classes[start] in "PO"
            ):
                start -= 2
            elif letter == "q" and start > 1 and scan.classes[start - 2] in "CLN":
                start -= 2
                while start > 0 and scan.classes[start] in "CL" and start not in scan.after:
                    start -= 1
                break
            else:
                break
        after = i + 1
        if (
            capital
            and after + 1 < scan.size
            and scan.lower[after] in ("of", "for")
            and not scan.breaks[after]
        ):
            after = max(
                after, complement_end(scan, after + 1, Head(i, i + 1, "office", False, ""), self.known)
            )
            if after == i + 2:
                after = i + 1
        named = any(scan.classes[k] in "PONADCGL" for k in range(start, i)) or after > i + 1
        if not named:
            return 0
        country = country_of(scan, start, after)
        self._other("organization", start, after, (start, after), country=country, rule="org_head")
        return after

    # -- names that stand alone ------------------------------------------------------------

    def _alone(self) -> None:
        """Names without a title: judged by their surroundings, then by what the rest of the text settled."""
        scan = self.scan
        runs = list(self._runs())
        surnames = Counter(scan.lower[first] for first, end in runs if end - first == 1)
        good: set[str] = set()
        for first, end in runs:
            if scan.words(first, end) not in good and is_person(Run(scan, first, end, surnames)):
                good.add(scan.words(first, end))
        self._listed(runs, surnames, good)
        self._learn(good)
        for first, end in runs:
            if scan.words(first, end) in good or self._is_known(first, end):
                self._person_alone(self._widened(first), end)
            elif end - first > 1 and scan.classes[end - 1] in "NG" and scan.forms[end - 1] in self.known:
                # A second bearer of a surname; or, after a word in capitals that is no name, the first one again.
                self._person_alone(end - 1 if scan.classes[first] in "AO" else first, end)
        self._ordinary_surnames()
        self._handles()

    def _listed(self, runs: list[tuple[int, int]], surnames: Counter[str], good: set[str]) -> None:
        """Add the names that stand in a list with settled ones, from left to right and back."""
        scan = self.scan
        settled = {first: end for first, end in runs if scan.words(first, end) in good}
        settled |= {p.first: p.after for p in self.persons}
        ends = set(settled.values())
        for ordered in (runs, list(reversed(runs))):
            for first, end in ordered:
                if first in settled or end - first < 2:
                    continue
                beside = (
                    self._list_neighbour(first, -1) in ends or self._list_neighbour(end - 1, 1) in settled
                )
                if beside and is_person(Run(scan, first, end, surnames, listed=True)):
                    good.add(scan.words(first, end))
                    settled[first] = end
                    ends.add(end)

    def _list_neighbour(self, i: int, step: int) -> int:
        """The token beyond the comma or "and" beside a token; of the left one, one past it."""
        scan, k = self.scan, i + step
        marks = 0
        while 0 <= k < scan.size and scan.lower[k] in (",", "and", "&", ";", "the") and marks < 2:
            if scan.breaks[max(k, k - step)]:
                return -1
            k, marks = k + step, marks + 1
        return -1 if not marks else k + 1 if step < 0 else k

    def _runs(self) -> Iterator[tuple[int, int]]:
        scan, i = self.scan, 0
        while i < scan.size:
            if self.taken[i] or scan.classes[i] not in "NGIAO" or scan.byline[i]:
                i += 1
                continue
            if (
                scan.classes[i] in "NO"
                and scan.forms[i].endswith(("ist", "ian", "crat", "ese"))
                and scan.classes[i + 1 : i + 2] == ["G"]
            ):
                i += 1  # "Scientologist Tom Cruise": what he is, not what he is called.
                continue
            end = scan.name_end(i)
            while end > i and any(self.taken[k] for k in range(i, end)):
                end -= 1
            if end > i:
                yield i, end
            i = max(end, i + 1)

    def _learn(self, names: set[str]) -> None:
        """Note the words of the persons' names, and the ends of names of several words."""
        scan = self.scan
        words = set(self._name_words())
        tails: set[tuple[str, ...]] = set()
        full: set[tuple[str, ...]] = set()
        spans = [p.name for p in self.persons] + [r for r in self._runs() if scan.words(*r) in names]
        for first, end in spans:
            for k in range(first, end):
                if scan.classes[k] in "NGOALT" and len(scan.forms[k]) > 1:
                    words.add(scan.forms[k])
                    words |= {
                        part for part in scan.forms[k].split("-") if len(part) > 4 and part[0].isupper()
                    }
            full.add(tuple(scan.lower[first:end]))
            tails |= {tuple(scan.lower[k:end]) for k in range(first, end - 1)}
        self.known = frozenset(words)
        self.folded = frozenset(w.lower().replace("’", "'") for w in words)
        self.tails = tails
        self.names = full

    def _is_known(self, first: int, end: int) -> bool:
        scan = self.scan
        own = [k for k in range(first, end) if scan.classes[k] in "NGAOLC"]
        return bool(own) and all(scan.lower[k] in self.folded for k in own)

    def _widened(self, first: int) -> int:
        """The start of a surname of several words, of which a run holds the last: "Wad Hamid", "Van Hoorebeke"."""
        scan = self.scan
        while (
            first > 0
            and not self.taken[first - 1]
            and not scan.breaks[first]
            and (scan.lower[first - 1], scan.lower[first]) in self.tails
        ) or (first > 0 and not self.taken[first - 1] and self._in_tail(first)):
            first -= 1
        return first

    def _in_tail(self, first: int) -> bool:
        scan = self.scan
        if scan.breaks[first] or not scan.forms[first - 1][0].isupper():
            return False
        pair = (scan.lower[first - 1], scan.lower[first])
        return any(pair == tail[:2] for tail in self.tails)

    def _ordinary_surnames(self) -> None:
        """Surnames that are words ("Peach said"): where the text has them in capitals and no word would have one."""
        scan = self.scan
        for i in range(scan.size):
            if (
                self.taken[i]
                or scan.classes[i] not in "OPFL"
                or (scan.classes[i] == "L" and scan.after.get(i) != i + 1)
                or scan.forms[i] not in self.known
                or scan.heading[i]
            ):
                continue
            if scan.breaks[i] or scan.forms[i - 1] in ("“", '"', ".", ":"):
                following = scan.lower[i + 1] if i + 1 < scan.size else ""
                if not is_personal(scan.lexicon, following) and following not in (",", "'s"):
                    continue
            if i + 1 < scan.size and scan.classes[i + 1] in "OPN" and not scan.breaks[i + 1]:
                continue
            self._person_alone(i, i + 1)

    def _handles(self) -> None:
        """Handles that hold a known surname: "@ARochebrune"."""
        scan = self.scan
        long = [w for w in (re.sub(r"[^a-z]", "", _plain(word)) for word in self.folded) if len(w) > 4]
        for i in range(scan.size - 1):
            if scan.forms[i] == "@" and not self.taken[i + 1] and scan.ends[i] == scan.starts[i + 1]:
                handle = _plain(scan.lower[i + 1])
                if any(word in handle for word in long):
                    self._add(i, i + 2, (i, i + 2), (), None, None, "handle")

    def _person_alone(self, first: int, end: int) -> None:
        scan = self.scan
        end = self._completed(first, end)
        country = None
        if (
            first > 1
            and scan.classes[first - 1] == "q"
            and scan.classes[first - 2] == "C"
            and not scan.breaks[first]
        ):
            country = country_of(scan, self._start_of_hit(first - 2), first)
        self._add(first, end, (first, end), (), country, None, "name")

    def _completed(self, first: int, end: int) -> int:
        """In a headline "Law" is a word, unless the text has told of a "Nathan Law"."""
        scan = self.scan
        while (
            end < scan.size
            and not self.taken[end]
            and not scan.breaks[end]
            and tuple(scan.lower[first : end + 1]) in self.names
        ):
            end += 1
        return end

    def _start_of_hit(self, p: int) -> int:
        while p > 0 and p not in self.scan.after:
            p -= 1
        return p

    def _demonyms(self) -> None:
        """ "The Estonian said", "the Dutchman": somebody of a state, without a noun."""
        scan = self.scan
        for i in range(1, scan.size):
            if (
                scan.classes[i] != "D"
                or self.taken[i]
                or scan.lower[i - 1] != "the"
                or scan.after.get(i) != i + 1
            ):
                continue
            entry = scan.entry(i, "demonym")
            if entry is None or len(entry.value) != 2:
                continue
            one = scan.lower[i].endswith(("man", "woman"))
            following = scan.lower[i + 1] if i + 1 < scan.size and not scan.breaks[i + 1] else ""
            if not one and (entry.feature("form") == "people" or not is_reporting(scan.lexicon, following)):
                continue
            gender = "female" if scan.lower[i].endswith("woman") else "male" if one else None
            self.others.append(
                Mention(kind="description", span=scan.span(i, i + 1), country=entry.value, value="official",
                        gender=_gender(gender), found_by="english.mentions/demonym")
            )  # fmt: skip
            self.taken[i] = 1

    # -- 3. states, places, pronouns ------------------------------------------------------

    def _states(self) -> None:
        scan = self.scan
        i = 0
        while i < scan.size:
            letter = scan.classes[i]
            if self.taken[i] or letter not in "CL":
                i += 1
                continue
            after = scan.after.get(i, i + 1)
            if letter == "C":
                entry = scan.entry(i, "country")
                value = entry.value if entry else None
                self._other(
                    "country",
                    i,
                    after,
                    (i, after),
                    country=value or None,
                    value=value or None,
                    rule="country",
                )
            else:
                entry = scan.entry(i, "capital", "place")
                value = entry.value if entry and len(entry.value) == 2 else None
                metonym = scan.entry(i, "capital") is not None and self._acts(i, after)
                self._other("country" if metonym else "place", i, after, (i, after), country=value,
                            value=value if metonym else None, metonym=metonym, rule="metonym" if metonym else "place")  # fmt: skip
            i = after

    def _acts(self, first: int, after: int) -> bool:
        """Whether a capital stands where only an actor fits ("Kyiv said", "thanked Ankara for")."""
        scan = self.scan
        before = scan.lower[first - 1] if first and not scan.breaks[first] else ""
        if before in _LOCATIVE:
            return False
        following = scan.lower[after] if after < scan.size and not scan.breaks[after] else ""
        if following in _AUXILIARIES and (not before or before in _OPENS_CLAUSE):
            return True
        return is_reporting(scan.lexicon, following) or before in _ADDRESSED

    def _pronouns(self) -> None:
        scan = self.scan
        for i in range(scan.size):
            if self.taken[i]:
                continue
            low = scan.lower[i]
            if low in _NUMBERED and self._stands_alone(i):
                self._numbered(i)
                continue
            if (
                len(low) > 10
                or scan.forms[i] == "US"
                or (low in ("i", "us") and scan.forms[i] not in ("I", "us"))
            ):
                continue
            entries = scan.lexicon.lookup(low, "pronoun")
            if not entries:
                continue
            entry = entries[0]
            self.others.append(
                Mention(
                    kind="pronoun",
                    span=scan.span(i, i + 1),
                    value=entry.value,
                    number="plural" if entry.feature("number") == "plural" else "singular",
                    gender=_gender(entry.feature("gender")),
                    found_by="english.mentions/pronoun",
                )
            )

    def _stands_alone(self, i: int) -> bool:
        """Whether "both", "the two", "all three" stand for people, without a noun after them."""
        scan = self.scan
        if scan.lower[i] not in ("both", "neither") and (
            not i or scan.lower[i - 1] not in ("the", "all", "these", "those")
        ):
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

    def _numbered(self, i: int) -> None:
        scan = self.scan
        first = i - 1 if scan.lower[i - 1] == "all" else i
        self.others.append(
            Mention(
                kind="description",
                span=scan.span(first, i + 1),
                value="party",
                number="plural",
                found_by="english.mentions/numbered",
            )
        )

    def _other(
        self, kind: Literal["organization", "country", "place"], first: int, after: int, name: tuple[int, int], *,
        country: str | None = None, value: str | None = None, metonym: bool = False, rule: str,
    ) -> None:  # fmt: skip
        scan = self.scan
        self.others.append(
            Mention(
                kind=kind, span=scan.span(first, after), name=scan.span(*name), country=country, value=value,
                organization=value if kind == "organization" else None, metonym=metonym,
                found_by=f"english.mentions/{rule}",
            )
        )  # fmt: skip
        for i in range(first, after):
            self.taken[i] = 1


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


_NUMBERED = word_set("both two three four neither")


def head_lemma(scan: Scan, head: Head) -> str:
    """The lemma of a head: of "head of state" that of "head", of "state leader" that of "leader"."""
    last = next(
        (k for k in range(head.first + 1, head.after) if scan.lower[k] in ("of", "for", "to", "in")),
        head.after,
    )
    known = nouns_of(scan.lexicon).get(scan.lower[last - 1])
    return known[0].value if known else scan.words(head.first, last).lower()


def _gender(text: str | None) -> Literal["male", "female"] | None:
    if text in ("male", "m"):
        return "male"
    if text in ("female", "f"):
        return "female"
    return None
