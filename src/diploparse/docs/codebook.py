"""
A data dictionary of a record set: what is in it, how often, and where it was read from.

The codebook that a team publishes beside its data.  One pass over the extractions; what is kept are
counts, names and dates, and the sample articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from ..export import fields
from ..export.html import Overview, fragment, sheet_of
from ..records import Actor, Document, Extraction, Meeting, Statement
from .blocks import Block, Heading, Markup, Page, Picture, Table, Text, anchor, code, literal
from .reference import split_example

_COUNTED: tuple[type, ...] = (Document, Actor, Meeting, Statement)
_CLOSED = frozenset({"country", "language", "publisher", "found_by"})
"""Fields of open values that are counted as well; of the others only whether they are there."""

_MOST = 20
"""Values of a distribution that are listed; the rest is summed up."""


@attrs.define
class Codebook:
    """The counts of a record set."""

    documents: int = 0
    characters: int = 0
    filled: Counter[tuple[str, str]] = attrs.field(factory=Counter)
    """How many records have a field, by class and field."""

    totals: Counter[str] = attrs.field(factory=Counter)
    """How many records there are, by class."""

    values: dict[tuple[str, str], Counter[str]] = attrs.field(factory=dict)
    """Values of closed fields and how often each came."""

    published: list[str] = attrs.field(factory=list)
    diagnostics: Counter[tuple[str, str, str]] = attrs.field(factory=Counter)
    """By severity, code and plugin."""

    overview: Overview = attrs.field(factory=Overview)
    samples: list[tuple[str, Extraction]] = attrs.field(factory=list)
    """With the text's hash, by which they are chosen: as good as drawn by lot, and the same in every run."""

    def add(self, extraction: Extraction, samples: int) -> None:
        """Count an extraction, and keep it if it is among the samples."""
        document = extraction.document
        self.documents += 1
        self.characters += len(document.text)
        if document.published:
            self.published.append(document.published)
        for record in _records(extraction):
            self._count(record)
        for d in extraction.diagnostics:
            self.diagnostics[d.severity, d.code, d.plugin or ""] += 1
        # Ids on a page are the sheet's; here only names and dates are taken.
        self.overview.add(sheet_of(attrs.evolve(extraction, document=attrs.evolve(document, title="-")), "d"))
        self.overview.entries.clear()
        if samples and (extraction.meetings or extraction.statements):
            self.samples.append((document.sha256, extraction))
            self.samples.sort(key=lambda s: s[0])
            del self.samples[samples:]

    def _count(self, record: Any) -> None:
        cls: Any = type(record)
        name = cls.__name__
        self.totals[name] += 1
        for field, hint in fields.hints(cls).items():
            value = getattr(record, field)
            if value is not None and value != () and value != "":
                self.filled[name, field] += 1
                if fields.choices(hint) or field in _CLOSED or isinstance(value, bool):
                    self.values.setdefault((name, field), Counter())[str(value)] += 1


def _records(extraction: Extraction) -> Iterator[Any]:
    yield extraction.document
    yield from extraction.actors
    yield from extraction.meetings
    yield from extraction.statements
    yield from extraction.records


def codebook(extractions: Iterable[Extraction], samples: int = 3) -> Codebook:
    """
    The counts of a record set.

    Args:
        extractions: Consumed one by one.

        samples: How many articles are kept to be shown whole.
    """
    book = Codebook()
    for extraction in extractions:
        book.add(extraction, samples)
    return book


def pages(book: Codebook) -> list[Page]:
    """The pages of a record set: the codebook, and the sample articles if there are any."""
    found = [Page("codebook", "Codebook", _about(book), tuple(_codebook(book)))]
    if book.samples:
        found.append(
            Page("samples", "Sample articles", "Articles as they were read, each mark a record's evidence.",
                 tuple(_samples(book)))
        )  # fmt: skip
    return found


def _about(book: Codebook) -> str:
    span = f", published {min(book.published)} to {max(book.published)}" if book.published else ""
    return f"{_several(book.documents, 'document')} of {book.characters:,} characters{span}."


def _several(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _codebook(book: Codebook) -> Iterator[Block]:
    ordered = [c.__name__ for c in _COUNTED] + sorted(set(book.totals) - {c.__name__ for c in _COUNTED})
    yield Table(("Record", "How many"), tuple((code(n), f"{book.totals[n]:,}") for n in ordered), (1,))
    yield from _drawings(book)
    for cls in _COUNTED:
        yield from _coverage(book, cls)
    for name in ordered[len(_COUNTED) :]:
        yield Heading(name, 2, anchor("data", name))
        yield Text(f"A plugin's own record; {_several(book.totals[name], 'record')}.")
        rows = tuple(
            (code(f), _share(n, book.totals[name])) for (c, f), n in sorted(book.filled.items()) if c == name
        )
        yield Table(("Field", "Filled"), rows, (1,))
    yield Heading("Diagnostics", 2, "data-diagnostics")
    if book.diagnostics:
        diagnosed = sorted(book.diagnostics.items(), key=lambda item: (-item[1], item[0]))
        yield Table(
            ("Severity", "Code", "Plugin", "How often"),
            tuple((s, code(c), code(p), f"{n:,}") for (s, c, p), n in diagnosed), (3,),
        )  # fmt: skip
    else:
        yield Text("None: no plugin failed and no record was dropped.")


def _drawings(book: Codebook) -> Iterator[Block]:
    drawn = drawings(book)
    for name, title in (("network", "Who met whom"), ("timeline", "When they met")):
        if name in drawn:
            yield Heading(title, 2, name)
            yield drawn[name]


def drawings(book: Codebook) -> dict[str, Picture]:
    """The network and the timeline of a record set, by these names; neither where nobody met."""
    from ..export.graphics import network, timeline

    # Links would lead to cards that these pages do not have.
    nodes = {key: attrs.evolve(node, href="") for key, node in book.overview.nodes.items()}
    moments = [attrs.evolve(m, href="") for m in book.overview.moments]
    drawn = {
        "network": Picture(
            network(nodes, book.overview.edges),
            "Who met whom: a line is as thick as the two met often, and dashed if never in person.",
        ),
        "timeline": Picture(
            timeline(moments), "Meetings with a known date: a disc is a day, a bar some time in between; "
            "hollow is not held, or not yet.",
        ),
    }  # fmt: skip
    return {name: picture for name, picture in drawn.items() if picture.svg}


def _coverage(book: Codebook, cls: type) -> Iterator[Block]:
    name, told = cls.__name__, fields.descriptions(cls)
    total = book.totals[name]
    yield Heading(name, 2, anchor("data", name))
    yield Text(
        f"{literal(fields.summary(cls))} {_several(total, 'record')}; all fields: [{name}](records#record-{name.lower()})."
    )
    rows = []
    for field in fields.hints(cls):
        rows.append(
            (
                code(field),
                literal(split_example(told.get(field, ""))[0]),
                _share(book.filled[name, field], total),
            )
        )
    yield Table(("Field", "Meaning", "Filled"), tuple(rows), (2,))
    for field in fields.hints(cls):
        counts = book.values.get((name, field))
        if counts:
            yield Heading(f"{name}.{field}", 3, anchor("values", name, field))
            yield Table(("Value", "How often", "Share"), tuple(_distribution(counts)), (1, 2))


def _share(number: int, total: int) -> str:
    return f"{100 * number / total:.0f} %" if total else "–"


def _distribution(counts: Counter[str]) -> Iterator[tuple[str, ...]]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    total = counts.total()
    for value, number in ordered[:_MOST]:
        yield code(value), f"{number:,}", _share(number, total)
    rest = sum(number for _, number in ordered[_MOST:])
    if rest:
        yield f"{len(ordered) - _MOST:,} others", f"{rest:,}", _share(rest, total)


def _samples(book: Codebook) -> Iterator[Block]:
    for _, extraction in book.samples:
        yield article(extraction)


def article(extraction: Extraction) -> Markup:
    """An article with its records marked; as text, its records in words."""
    lines = [f"## {literal(extraction.document.title or extraction.document.id)}", ""]
    for row in extraction.rows("meetings"):
        people = ", ".join(row["participants"])
        facts = ", ".join(v for v in (row["date"], row["place"], row["channel"]) if v)
        lines.append(f"- Meeting ({row['status']}): {people}; {facts}".rstrip("; "))
    for row in extraction.rows("statements"):
        lines.append(
            f"- Statement ({row['act']}): {row['speaker'] or 'nobody named'}: {' '.join(row['content'].split())}"
        )
    return Markup(fragment(extraction), "\n".join(lines))
