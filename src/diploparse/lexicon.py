"""
The lexicon: surface form to entries, the union of all registered tables behind one automaton.

A lexicon file is a TSV with two directives among its comments (docs/reference/lexicons.md):

    # kind: country        of every line, unless a column "kind" says otherwise
    # match: name          name | phrase | token
    surface	value	capital
    Türkiye|Turkey	TR	Ankara
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

import ahocorasick_rs
import attrs

from .errors import LexiconError
from .hookspecs import Lexicon

Match: TypeAlias = Literal["name", "phrase", "token"]


@attrs.frozen(kw_only=True, slots=True)
class Entry:
    """One surface form of one thing."""

    surface: str
    """As written in text. Example: "Gen."."""

    kind: str
    """The table it belongs to. Example: "country", "rank", "title", "reporting_cue"."""

    value: str = ""
    """Canonical value: an ISO code, a short name, a lemma."""

    match: Match = "name"
    """``name``: this case or all capitals; ``phrase``: any case; ``token``: never scanned for, looked up in lower case."""

    features: Mapping[str, str] = attrs.field(factory=dict, hash=False)
    """The other columns that are not empty. Example: {"capital": "Baku"}."""

    origin: str = ""
    """Name of the lexicon it came from."""

    def feature(self, name: str) -> str:
        """A feature, or "" if the entry has none of that name."""
        return self.features.get(name, "")

    def values(self, name: str) -> tuple[str, ...]:
        """A feature of several values, split at "|"; empty if there is none."""
        return tuple(self.features[name].split("|")) if self.features.get(name) else ()


class Hit(NamedTuple):
    """Where a surface form stands in a text, and what it may be."""

    start: int
    end: int
    entries: tuple[Entry, ...]

    def of(self, *kinds: str) -> Entry | None:
        """The first entry of one of these kinds."""
        return next((e for kind in kinds for e in self.entries if e.kind == kind), None)


def read_lexicon(path: Path, origin: str = "") -> list[Entry]:
    """
    The entries of a lexicon file.

    Raises:
        LexiconError: With every fault of the file and its line.
    """
    return list(_read_lexicon(path, origin or path.stem))


@lru_cache(maxsize=64)
def _read_lexicon(path: Path, origin: str) -> tuple[Entry, ...]:
    directives: dict[str, str] = {}
    columns: list[str] = []
    entries: list[Entry] = []
    faults: list[tuple[int, str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        line = line.rstrip("\r")
        if line.startswith("#"):
            key, colon, value = line[1:].partition(":")
            if colon and key.strip() in ("kind", "match"):
                directives[key.strip()] = value.strip()
            continue
        if not line.strip():
            continue
        if not columns:
            columns = line.split("\t")
            if columns[0] != "surface":
                faults.append((number, f"the first column is {columns[0]!r}: it must be 'surface'"))
                break
            if "kind" not in directives and "kind" not in columns:
                faults.append((number, "no '# kind: ...' line and no column 'kind'"))
            if directives.get("match", "name") not in ("name", "phrase", "token"):
                faults.append((number, f"match is {directives['match']!r}: name, phrase or token"))
            continue
        cells = line.split("\t")
        if len(cells) > len(columns):
            faults.append((number, f"{len(cells)} cells for {len(columns)} columns"))
            continue
        row = {c: v for c, v in zip(columns, cells, strict=False) if v}
        surfaces, value = row.pop("surface", ""), row.pop("value", "")
        kind = row.pop("kind", directives.get("kind", ""))
        match = row.pop("match", directives.get("match", "name"))
        if not surfaces or not kind:
            faults.append((number, "an empty surface or kind"))
            continue
        for surface in surfaces.split("|"):
            if surface:
                entries.append(
                    Entry(surface=surface, kind=kind, value=value or surface,
                          match=match, features=row, origin=origin)  # type: ignore[arg-type]
                )  # fmt: skip
    if not columns:
        faults.append((1, "no line of column names"))
    if faults:
        raise LexiconError(path=str(path), faults=tuple(faults))
    return tuple(entries)


def entries_of(lexicon: Lexicon) -> Iterator[Entry]:
    """All entries of a registered lexicon, files first."""
    if lexicon.path is not None:
        paths = sorted(lexicon.path.glob("*.tsv")) if lexicon.path.is_dir() else [lexicon.path]
        for path in paths:
            yield from _read_lexicon(path, lexicon.name)
    for entry in lexicon.entries:
        yield entry if entry.origin else attrs.evolve(entry, origin=lexicon.name)


def _spellings(entry: Entry) -> Iterator[str]:
    """The forms under which an entry is scanned for."""
    surface = entry.surface
    forms = {surface, surface.upper()}
    if entry.match == "phrase":
        forms |= {surface.lower(), surface[:1].upper() + surface[1:]}
        forms.add(" ".join(w if w in _SMALL else w[:1].upper() + w[1:] for w in surface.split(" ")))
        forms.add("-".join(w[:1].upper() + w[1:] for w in surface.split("-")))
    elif len(surface) <= 3 and surface != surface.upper():
        # "Us", "An" and the like in capitals are other words.
        forms.discard(surface.upper())
    for form in forms:
        yield form
        if "'" in form:
            yield form.replace("'", "’")
        elif "’" in form:
            yield form.replace("’", "'")


_SURROGATE = re.compile("[\ud800-\udfff]")
_SMALL = frozenset(["a", "an", "and", "at", "de", "for", "in", "la", "of", "on", "the", "to"])


class LexiconUnion:
    """
    The parser's read-only lexicon: all entries of all registered lexicons.

    `find` scans a text for the kinds that are scanned for (match ``name`` and ``phrase``);
    `lookup` asks for one form.  Longest match wins, from the left; a match must be whole words.
    """

    def __init__(self, entries: Iterable[Entry], *, automaton: bool = True) -> None:
        scanned: dict[str, list[Entry]] = {}
        self._by_kind: dict[str, dict[str, tuple[Entry, ...]]] = {}
        self._tables: dict[str, list[Entry]] = {}
        for entry in entries:
            self._tables.setdefault(entry.kind, []).append(entry)
            by_form = self._by_kind.setdefault(entry.kind, {})
            key = entry.surface if entry.match == "name" else entry.surface.lower()
            by_form[key] = (*by_form.get(key, ()), entry)
            if entry.match != "token":
                for form in _spellings(entry):
                    scanned.setdefault(form, []).append(entry)
        self._scanned = {form: tuple(dict.fromkeys(found)) for form, found in scanned.items()}
        self._forms = list(self._scanned)
        self._values = list(self._scanned.values())
        self._find: Callable[[str], Iterable[tuple[int, int, int]]] = (
            self._automaton() if automaton and self._forms else self._scan_words
        )

    def _automaton(self) -> Callable[[str], Iterable[tuple[int, int, int]]]:
        # ContiguousNFA: half the memory of a DFA and as fast beyond 20,000 forms.
        find = ahocorasick_rs.AhoCorasick(
            self._forms,
            matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        ).find_matches_as_indexes

        def find_any(text: str) -> Iterable[tuple[int, int, int]]:
            try:
                return find(text)
            except UnicodeEncodeError:
                # A lone surrogate has no UTF-8: one character for another keeps the offsets.
                return find(_SURROGATE.sub("\ufffd", text))

        return find_any

    def _scan_words(self, text: str) -> Iterator[tuple[int, int, int]]:
        """The automaton in plain Python: same answer, slower. The reference in tests."""
        numbers = {form: n for n, form in enumerate(self._forms)}
        lengths: dict[str, set[int]] = {}
        for form in self._forms:
            lengths.setdefault(form[:2], set()).add(len(form))
        longest_first = {key: sorted(found, reverse=True) for key, found in lengths.items()}
        at, end = 0, len(text)
        while at < end:
            # A form of one character has a key of one.
            keys = (text[at : at + 2], text[at]) if at + 1 < end else (text[at],)
            for length in (n for key in keys for n in longest_first.get(key, ())):
                number = numbers.get(text[at : at + length]) if at + length <= end else None
                if number is not None:
                    yield number, at, at + length
                    at += length - 1
                    break
            at += 1

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """
        Where scanned forms stand in ``text[start:end]``, by start, not overlapping.

        Returns:
            Hits with offsets into ``text``, whole words only.
        """
        limit = len(text) if end is None else end
        part = text if start == 0 and limit == len(text) else text[start:limit]
        values = self._values
        hits: list[Hit] = []
        for number, first, last in self._find(part):
            first, last = first + start, last + start
            # Whole words: \b would fail after "Gen.".
            if first and text[first - 1].isalnum() and text[first].isalnum():
                continue
            if last < len(text) and text[last].isalnum() and text[last - 1].isalnum():
                # "General Staff" in "General Staffing" must not hide "General".
                space = text.rfind(" ", first, last)
                if space > first:
                    hits += self.find(text, first, space)
                continue
            hits.append(Hit(first, last, values[number]))
        return hits

    def lookup(self, form: str, *kinds: str) -> tuple[Entry, ...]:
        """The entries of a form, in these kinds; exact for names, in any case for phrases and tokens."""
        found: list[Entry] = []
        for kind in kinds:
            table = self._by_kind.get(kind)
            if table:
                found += table.get(form) or table.get(form.lower()) or ()
        return tuple(found)

    def has(self, form: str, *kinds: str) -> bool:
        """Whether a form has an entry in one of these kinds."""
        return any(
            form in table or form.lower() in table
            for table in (self._by_kind.get(kind) for kind in kinds)
            if table
        )

    def table(self, kind: str) -> Sequence[Entry]:
        """All entries of a kind, in the order they were registered; empty if there are none."""
        return tuple(self._tables.get(kind, ()))

    def kinds(self) -> tuple[str, ...]:
        """All kinds there are, sorted."""
        return tuple(sorted(self._tables))


@lru_cache(maxsize=8)
def union_of(lexicons: tuple[Lexicon, ...]) -> LexiconUnion:
    """The union of registered lexicons, made once for the same ones."""
    return LexiconUnion(entry for lexicon in lexicons for entry in entries_of(lexicon))
