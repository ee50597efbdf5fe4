"""
Names that stand alone, without a title.

1. A run of capitalised words is judged by what stands in and around it (`evidence`), wherever it occurs.
2. What stands in a list with names is judged again, with that in its favour.
3. What is settled holds for the whole text: surnames alone, surnames that are words, handles.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from .clusters import name_words
from .evidence import Run, is_person, is_personal, is_reporting
from .findings import Findings
from .titles import country_of

_TRADES = ("ist", "ian", "crat", "ese")
_OPENING = frozenset(["“", '"', ".", ":"])
_LETTERS = re.compile(r"[^a-z]")


def find_standing(findings: Findings) -> None:
    """Add the persons named without a title in the tokens that nobody has taken."""
    _Standing(findings).find()


class _Standing:
    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.scan = findings.scan
        self.taken = findings.taken
        self.runs = list(self._runs())
        self.alone = Counter(self.scan.lower[first] for first, end in self.runs if end - first == 1)
        self.good: set[str] = set()
        """Runs that are names, as written."""
        self.folded: frozenset[str] = frozenset()
        """Parts of names in lower case."""
        self.pairs: set[tuple[str, str]] = set()
        """Two words in a row of a name, the first one of the name left out: "Wad Hamid", "Van Hoorebeke"."""

    def find(self) -> None:
        for first, end in self.runs:
            words = self.scan.words(first, end)
            if words not in self.good and is_person(Run(self.scan, first, end, self.alone)):
                self.good.add(words)
        self._listed()
        self._learn()
        for first, end in self.runs:
            self._settle(first, end)
        self._word_surnames()
        self._handles()

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Runs of words that could be names, in text order."""
        scan, i = self.scan, 0
        while i < scan.size:
            letter = scan.classes[i]
            if letter not in "NGIAO" or self.taken[i] or scan.byline[i]:
                i += 1
                continue
            if letter in "NO" and scan.forms[i].endswith(_TRADES) and scan.classes[i + 1 : i + 2] == ["G"]:
                i += 1  # "Scientologist Tom Cruise": what he is, not what he is called.
                continue
            end = scan.name_end(i)
            while end > i and any(self.taken[i:end]):
                end -= 1
            if end > i:
                yield i, end
            i = max(end, i + 1)

    # -- 2. lists -------------------------------------------------------------------------

    def _listed(self) -> None:
        """Add the names that stand in a list with settled ones, from left to right and back."""
        scan = self.scan
        known = self.findings.known
        settled = {
            first: end
            for first, end in self.runs
            if scan.words(first, end) in self.good or (end - first == 1 and scan.forms[first] in known)
        }
        settled |= {p.first: p.after for p in self.findings.persons}
        ends = set(settled.values())
        for runs in (self.runs, list(reversed(self.runs))):
            for first, end in runs:
                if first in settled or (end - first < 2 and not self._speaks_alone(first)):
                    continue
                beside = self._beyond(first, -1) in ends or self._beyond(end - 1, 1) in settled
                if beside and is_person(Run(scan, first, end, self.alone, listed=True)):
                    self.good.add(scan.words(first, end))
                    settled[first] = end
                    ends.add(end)

    def _speaks_alone(self, i: int) -> bool:
        """ "Lund and Carvalho underscored": one unknown word before a verb of speech."""
        scan = self.scan
        if scan.classes[i] != "N" or scan.heading[i] or i + 1 >= scan.size or scan.breaks[i + 1]:
            return False
        return is_reporting(scan.lexicon, scan.lower[i + 1])

    def _beyond(self, i: int, step: int) -> int:
        """The token beyond the comma or "and" beside a token; of the left one, one past it; -1 if there is no such mark."""
        scan, k, marks = self.scan, i + step, 0
        while 0 <= k < scan.size and scan.lower[k] in (",", "and", "&", ";", "the") and marks < 2:
            if scan.breaks[max(k, k - step)]:
                return -1
            k, marks = k + step, marks + 1
        return -1 if not marks else k + 1 if step < 0 else k

    # -- 3. what is settled ---------------------------------------------------------------

    def _learn(self) -> None:
        """Note the words of the persons' names."""
        scan, findings = self.scan, self.findings
        words = set(findings.name_words())
        spans = [p.name for p in findings.persons] + [r for r in self.runs if scan.words(*r) in self.good]
        for first, end in spans:
            lower = scan.lower[first:end]
            findings.names.add(tuple(lower))
            self.pairs |= set(pairwise(lower[1:] if len(lower) > 2 else lower))
            for k in range(first, end):
                form = scan.forms[k]
                if scan.classes[k] in "NGOALT" and len(form) > 1:
                    words |= {
                        form,
                        *(part for part in form.split("-") if len(part) > 4 and part[0].isupper()),
                    }
        findings.known = frozenset(words)
        self.folded = frozenset(w.lower().replace("’", "'") for w in words)

    def _settle(self, first: int, end: int) -> None:
        """Take a run for a person's name if that is settled."""
        scan = self.scan
        own = [k for k in range(first, end) if scan.classes[k] in "NGAOLC"]
        known = bool(own) and all(scan.lower[k] in self.folded for k in own)
        if known or scan.words(first, end) in self.good:
            while first > 0 and self._goes_before(first):
                first -= 1
            self._add(first, end)
        elif end - first > 1 and scan.classes[end - 1] in "NG" and scan.forms[end - 1] in self.findings.known:
            # A second bearer of a surname; or, after a word in capitals that is no name, the first one again.
            self._add(end - 1 if scan.classes[first] in "AO" else first, end)

    def _goes_before(self, first: int) -> bool:
        """Whether the word before a run belongs to its surname: "Wad Hamid", "Van Hoorebeke", "da Silva"."""
        scan = self.scan
        if self.taken[first - 1] or scan.breaks[first]:
            return False
        if not scan.forms[first - 1][0].isupper() and not scan.is_particle(first - 1):
            return False
        return (scan.lower[first - 1], scan.lower[first]) in self.pairs

    def _add(self, first: int, end: int) -> None:
        scan, country = self.scan, None
        if (
            first > 1
            and scan.classes[first - 1] == "q"
            and scan.classes[first - 2] == "C"
            and not scan.breaks[first]
        ):
            # "Finland's Esko Virtala"
            start = next((p for p in range(first - 2, max(first - 8, -1), -1) if p in scan.after), first - 2)
            country = country_of(scan, start, first)
        self.findings.add_person(first, (first, self.findings.completed(first, end)), "name", country=country)

    def _word_surnames(self) -> None:
        """Surnames that are words ("Peach said"), where no word would have a capital."""
        scan = self.scan
        for i in range(scan.size):
            if self.taken[i] or scan.forms[i] not in self.findings.known or scan.heading[i]:
                continue
            letter = scan.classes[i]
            if letter not in "OPFL" or (letter == "L" and scan.after.get(i) != i + 1):
                continue
            following = scan.lower[i + 1] if i + 1 < scan.size else ""
            opens = scan.breaks[i] or scan.forms[i - 1] in _OPENING
            if opens and following not in (",", "'s") and not is_personal(scan.lexicon, following):
                continue
            if following and scan.classes[i + 1] in "OPN" and not scan.breaks[i + 1]:
                continue
            self._add(i, i + 1)

    def _handles(self) -> None:
        """Handles that hold a known surname: "@ARochebrune"."""
        scan = self.scan
        surnames = {"".join(name_words(word)) for word in self.folded}
        surnames = {word for word in surnames if len(word) > 4 and not _LETTERS.search(word)}
        for i in range(scan.size - 1):
            if scan.forms[i] == "@" and not self.taken[i + 1] and scan.ends[i] == scan.starts[i + 1]:
                handle = "".join(name_words(scan.forms[i + 1]))
                if any(word in handle for word in surnames):
                    self.findings.add_person(i, (i, i + 2), "handle")
