"""
Plugins that each break a law, as plugins do: they prove that every law catches something.

    from diploparse.testing.broken import BROKEN

    BROKEN["truncation"]  # the plugins that this law must refuse

Read one when a law refuses a plugin of yours: it shows in a few lines what the law is about.
"""

from __future__ import annotations

import decimal
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import IO, Any

import attrs

from ..export.json import register_record
from ..hookspecs import Exporter, Extractor, Lexicon, Reader, hookimpl
from ..lexicon import Entry, LexiconUnion
from ..records import (
    Actors,
    Clause,
    Cue,
    Document,
    Extraction,
    Meeting,
    Mention,
    Metadata,
    Participation,
    Place,
    RawDocument,
    Span,
    Statement,
    When,
)


@register_record
@attrs.frozen(kw_only=True, slots=False)
class Encounter:
    """Two people in one sentence: the record of the broken extractors."""

    id: str = ""
    """Filled by the host."""

    people: tuple[str, ...] = attrs.field(default=(), metadata={"refers": "actors"})
    """Ids of the actors."""

    words: str = ""
    """The verb, as written."""

    count: int = 0
    """Some number."""

    place: Place | None = None
    """Where, if it is told."""

    when: When | None = None
    """When, if it is told."""

    evidence: tuple[Span, ...] = ()
    """The verb."""


class Broken:
    """A plugin of one extractor."""

    def __init__(self, find: Callable[..., Iterable[Any]], stage: Any = "records", name: str = "") -> None:
        self.find, self.stage = find, stage
        self.name = name or find.__name__

    @hookimpl
    def diploparse_extractors(self) -> list[Extractor]:
        return [Extractor(name="broken", stage=self.stage, find=self.find)]


_VERB = re.compile(r"\b(?:met|received|said|arrived|hosted|talks|noted|stressed)\b")


def _verbs(document: Document) -> Iterator[Span]:
    return (Span(*m.span()) for m in _VERB.finditer(document.text))


def _encounters(document: Document, **fields: Any) -> Iterator[Encounter]:
    for span in _verbs(document):
        yield Encounter(words=document.words(span), evidence=(span,), **fields)


def find_well(document: Document) -> Iterator[Encounter]:
    """Keeps every law: what the others are held against."""
    return _encounters(document)


# -- the contract ---------------------------------------------------------------------------------


def raises_on_odd_text(document: Document) -> Iterator[Encounter]:
    """Takes it that every document has a sentence."""
    first = document.sentences[0]
    yield Encounter(words=document.words(first), evidence=(first,))


def counts_one_too_many(document: Document) -> Iterator[Encounter]:
    """The end of the last word, and one more."""
    yield Encounter(evidence=(Span(0, len(document.text) + 1),))


def strips_the_text_but_not_the_span(document: Document) -> Iterator[Encounter]:
    """A place whose name is tidied up."""
    for match in re.finditer(r"\bin [A-Z]\w+", document.text):
        span = Span(*match.span())
        yield Encounter(place=Place(name=match[0].removeprefix("in "), span=span), evidence=(span,))


def makes_up_an_id(document: Document) -> Iterator[Encounter]:
    """The id of somebody who might be there."""
    return _encounters(document, people=("actor-0123456789abcdef",))


def gives_no_evidence(document: Document) -> Iterator[Encounter]:
    """Knows, and does not say from where."""
    for span in _verbs(document):
        yield Encounter(words=document.words(span))


def yields_a_string(document: Document) -> Iterator[Any]:
    """Not a record at all."""
    for span in _verbs(document):
        yield document.words(span)


# -- the same again -----------------------------------------------------------------------------------


def draws_lots(document: Document) -> Iterator[Encounter]:
    """A sample, to be quick."""
    return (e for e in _encounters(document) if random.random() < 0.5)


class Remembers(Broken):
    """Numbers what it finds over all documents."""

    def __init__(self) -> None:
        self.seen = 0
        super().__init__(self.number_on, name="remembers")

    @hookimpl
    def diploparse_extractors(self) -> list[Extractor]:
        self.seen = 0
        return [Extractor(name="broken", stage="records", find=self.number_on)]

    def number_on(self, document: Document) -> Iterator[Encounter]:
        for encounter in _encounters(document):
            self.seen += 1
            yield attrs.evolve(encounter, count=self.seen)


def corrects_the_document(document: Document) -> Iterator[Encounter]:
    """Leaves a note for others, past the frozen class."""
    document.__dict__["title"] = "corrected"
    return _encounters(document)


def iterates_over_a_set(document: Document) -> Iterator[Encounter]:
    """The first of a set of strings."""
    for span in _verbs(document):
        nearby = set(re.findall(r"\w+", document.text[span.end : span.end + 80]))
        yield Encounter(words=next(iter(nearby), ""), evidence=(span,))


class LooksAround(Broken):
    """Asks at its registration who is there already."""

    def __init__(self) -> None:
        super().__init__(find_well, name="looks_around")

    @hookimpl
    def diploparse_extractors(self) -> list[Extractor]:
        from .contract_laws import Neighbour

        first, Neighbour.asked = not Neighbour.asked, False

        def find(document: Document) -> Iterator[Encounter]:
            return _encounters(document, count=int(first))

        return [Extractor(name="broken", stage="records", find=find)]


def weighs_by_the_lexicon(document: Document, lexicon: LexiconUnion) -> Iterator[Encounter]:
    """A value that hangs on how many countries everybody together knows."""
    return _encounters(document, count=len(lexicon.table("country")))


def counts_in_decimals(document: Document) -> Iterator[Encounter]:
    """Trusts that nobody has touched a setting of the process."""
    return _encounters(document, count=int(decimal.Decimal(1234567) * 3))


# -- when the text changes -------------------------------------------------------------------------------


def counts_paragraphs(document: Document) -> Iterator[Encounter]:
    """The share of a record in its document."""
    return _encounters(document, count=len(document.paragraphs))


def knows_the_names(document: Document, actors: Actors) -> Iterator[Encounter]:
    """A rule that was written on ten articles."""
    known = {
        "Rzayev",
        "Guliyeva",
        "Beridze",
        "Aydın",
        "Vogel",
        "Dufort",
        "Ortega",
        "Nowak",
        "Olsen",
        "Petrović",
    }
    known |= {
        "Guliyev",
        "Safarov",
        "Kapanadze",
        "Kaplan",
        "Lomidze",
        "Lemaire",
        "Castillo",
        "Kowalczyk",
        "Berge",
    }
    for actor in actors:
        if actor.name.split()[-1] in known:
            yield Encounter(people=(actor.id,), evidence=actor.evidence)


def knows_the_countries(document: Document, mentions: tuple[Mention, ...]) -> Iterator[Encounter]:
    """As above, for states."""
    for mention in mentions:
        if mention.country in ("AZ", "GE", "TR", "DE", "FR", "ES"):
            yield Encounter(words=document.words(mention.span), evidence=(mention.span,))


def counts_from_the_turn_of_the_year(document: Document) -> Iterator[Encounter]:
    """Every Monday is the first of the year."""
    for match in re.finditer(r"on \w+day\b", document.text):
        span = Span(*match.span())
        when = When(value=date(2024, 1, 1).isoformat(), text=match[0], span=span, anchor="published")
        yield Encounter(when=when, evidence=(span,))


def looks_before_the_quotation(document: Document, actors: Actors) -> Iterator[Statement]:
    """The speaker is whoever stands before the opening mark."""
    for quotation in document.quotations:
        mark = Span(quotation.span.start, quotation.span.start + 1)
        before = actors.at(Span(max(0, mark.start - 120), mark.start))
        yield Statement(
            speaker=before[-1].id if before else None, cue=Cue(span=mark, lemma=":"), content=quotation.content,
            mode="direct", evidence=(Span(0, len(document.text.rstrip())),),
        )  # fmt: skip


def finds_every_meet(document: Document, clauses: tuple[Clause, ...], actors: Actors) -> Iterator[Meeting]:
    """A word is enough: refused or held, told by whom."""
    people = [a for a in actors if a.kind == "person"]
    for clause in clauses:
        if clause.verb.lemma in ("meet", "meeting") and len(people) > 1:
            yield Meeting(
                participants=tuple(Participation(actor=a.id, span=a.evidence[0]) for a in people[:2]),
                cue=Cue(span=clause.verb.head, lemma="meet"), evidence=(Span(0, len(document.text.rstrip())),),
            )  # fmt: skip


def reads_the_end_first(document: Document) -> Iterator[Encounter]:
    """The last word of the text says how it went."""
    last = re.findall(r"\w+", document.text)[-1:]
    for span in _verbs(document):
        yield Encounter(words=last[0] if last else "", evidence=(span,))


def wants_one_line(document: Document) -> Iterator[Encounter]:
    """A pattern with a space in it."""
    for match in re.finditer(r"Foreign Minister [A-Z]\w+ [A-Z]\w+ \w+", document.text):
        yield Encounter(words=match[0], evidence=(Span(*match.span()),))


def compares_all_with_all(document: Document) -> Iterator[Encounter]:
    """Every word with every other."""
    words = [m.start() for m in re.finditer(r"\S+", document.text)]
    close = sum(1 for a in words for b in words if 0 < b - a < 3)
    if close < 0:
        yield Encounter(count=close, evidence=(Span(0, 1),))


# -- when the records travel -------------------------------------------------------------------------------


@attrs.frozen(kw_only=True, slots=False)
class Unregistered:
    """A record that nobody was told of."""

    evidence: tuple[Span, ...]


def forgets_to_register(document: Document) -> Iterator[Unregistered]:
    """Its records cannot be read back, and are in no table."""
    return (Unregistered(evidence=(span,)) for span in _verbs(document))


@register_record
@attrs.frozen(kw_only=True, slots=False)
class Odd:
    """A record whose reference is no id."""

    who: str = attrs.field(metadata={"refers": "actors"})
    evidence: tuple[Span, ...]


def refers_by_name(document: Document, actors: Actors) -> Iterator[Odd]:
    """A link that holds a name, blanks and all."""
    return (Odd(who=f"{a.name} <{a.kind}>", evidence=a.evidence) for a in actors)


# -- exporters ---------------------------------------------------------------------------------------------


class BrokenExporter:
    """A plugin of one exporter."""

    def __init__(self, write: Callable[..., None], **fields: Any) -> None:
        self.write, self.fields = write, fields
        self.name = write.__name__

    @hookimpl
    def diploparse_exporters(self) -> list[Exporter]:
        return [Exporter(name="broken", write=self.write, suffix=".txt", **self.fields)]


def write_latin(extractions: Iterable[Extraction], out: IO[str]) -> None:
    """Forty years of Latin-1."""
    for extraction in extractions:
        out.write(extraction.document.text.encode("latin-1").decode("latin-1") + "\n")


def write_first(extractions: Iterable[Extraction], out: IO[str]) -> None:
    """A header from the first extraction, which there is not always."""
    first, *rest = extractions
    for extraction in (first, *rest):
        out.write(extraction.document.id + "\n")


def write_stamped(extractions: Iterable[Extraction], out: IO[str]) -> None:
    """When it was written, to the nanosecond."""
    from time import time_ns

    out.write(f"# {time_ns()}\n")
    for extraction in extractions:
        out.write(extraction.document.id + "\n")


def write_collected(extractions: Iterable[Extraction], out: IO[str]) -> None:
    """Sorted, and so all of them in memory."""
    for extraction in sorted(extractions, key=lambda x: x.document.sha256):
        out.write(extraction.document.sha256 + "\n")


# -- readers -------------------------------------------------------------------------------------------------


class BrokenReader:
    """A plugin of one reader."""

    def __init__(self, read: Callable[..., Iterator[RawDocument]], **fields: Any) -> None:
        self.read, self.fields = read, fields
        self.name = read.__name__

    @hookimpl
    def diploparse_readers(self) -> list[Reader]:
        return [Reader(name="broken", read=self.read, suffixes=(".broken",), **self.fields)]


def _bytes(source: Any) -> bytes:
    data: bytes = source.read_bytes() if hasattr(source, "read_bytes") else source.read()
    return data


def read_trustingly(source: Any) -> Iterator[RawDocument]:
    """Bytes are UTF-8, are they not."""
    yield RawDocument(text=_bytes(source).decode("utf-8"))


def read_dated(source: Any) -> Iterator[RawDocument]:
    """The day as the file has it."""
    yield RawDocument(text=_bytes(source).decode("latin-1"), metadata=Metadata(published="14 March 2024"))


def read_by_path(source: Any) -> Iterator[RawDocument]:
    """A path is opened as text, its line ends made one."""
    if hasattr(source, "read_text"):
        yield RawDocument(text=source.read_text(encoding="latin-1"))
    else:
        yield RawDocument(text=source.read().decode("latin-1"))


def read_nothing(source: Any) -> Iterator[RawDocument]:
    """Knows no file of its own format."""
    yield from ()


def _sniff_any(head: bytes) -> bool:
    """Says yes to all."""
    return True


def _sniff_first(head: bytes) -> bool:
    """Looks at a byte that may not be there."""
    return head[0] == 60


# -- lexicons ------------------------------------------------------------------------------------------------


class BrokenLexicon:
    """A plugin of one lexicon."""

    def __init__(self, *entries: Entry) -> None:
        self.entries = entries
        self.name = f"lexicon_of_{entries[0].surface.strip()}"

    @hookimpl
    def diploparse_lexicons(self) -> list[Lexicon]:
        return [Lexicon(name="broken", entries=self.entries)]


class HalfLexicon(BrokenLexicon):
    """A lexicon, and an extractor that makes a place of every sentence."""

    @hookimpl
    def diploparse_extractors(self) -> list[Extractor]:
        return [Extractor(name="broken", stage="mentions", find=_sentences)]


def _sentences(document: Document) -> Iterator[Mention]:
    for span in document.sentences:
        yield Mention(kind="place", span=span, name=span)


# -- the table -----------------------------------------------------------------------------------------------

SAMPLE = b"Minister Jane Roe met President John Doe.\r\n"
"""A file that every reader here should read."""

BROKEN: Mapping[str, tuple[Any, ...]] = {
    "total": (Broken(raises_on_odd_text),),
    "spans_inside": (Broken(counts_one_too_many),),
    "spans_exact": (Broken(strips_the_text_but_not_the_span),),
    "references_closed": (Broken(makes_up_an_id),),
    "evidence_given": (Broken(gives_no_evidence), Broken(yields_a_string)),
    "deterministic": (Broken(draws_lots),),
    "stateless": (Remembers(),),
    "arguments_unchanged": (Broken(corrects_the_document),),
    "hash_seed": ("diploparse.testing.broken:SET_ORDER",),
    "order_of_plugins": (LooksAround(),),
    "unrelated_plugin": (Broken(weighs_by_the_lexicon),),
    "failing_plugin": (Broken(counts_in_decimals),),
    "irrelevant_paragraph": (Broken(counts_paragraphs),),
    "names_swapped": (Broken(knows_the_names),),
    "countries_swapped": (Broken(knows_the_countries),),
    "dates_shift": (Broken(counts_from_the_turn_of_the_year),),
    "attribution_inverts": (Broken(looks_before_the_quotation, "statements"),),
    "negation": (Broken(finds_every_meet, "meetings"),),
    "told_by": (Broken(finds_every_meet, "meetings"),),
    "truncation": (Broken(reads_the_end_first),),
    "typography": (Broken(wants_one_line),),
    "linear_time": (Broken(compares_all_with_all),),
    "json_round_trip": (Broken(forgets_to_register),),
    "csv_round_trip": (Broken(forgets_to_register),),
    "jsonld_is_ntriples": (Broken(refers_by_name),),
    "export_total": (BrokenExporter(write_latin),),
    "export_nothing": (BrokenExporter(write_first),),
    "export_deterministic": (BrokenExporter(write_stamped),),
    "export_streams": (BrokenExporter(write_collected),),
    "losses_are_named": (BrokenExporter(write_collected, loses=("Meeting.colour",)),),
    "read_total": (BrokenReader(read_trustingly),),
    "read_valid": (BrokenReader(read_dated),),
    "path_is_stream": (BrokenReader(read_by_path),),
    "sniffing": (BrokenReader(read_dated, sniff=_sniff_any), BrokenReader(read_dated, sniff=_sniff_first)),
    "samples_are_read": (BrokenReader(read_nothing),),
    "entries_are_found": (BrokenLexicon(Entry(surface=" Zubrowka ", kind="country", value="ZZ")),),
    "no_common_words": (BrokenLexicon(Entry(surface="the", kind="title", value="the", match="phrase")),),
    "lexicon_is_additive": (HalfLexicon(Entry(surface="Zubrowka", kind="country", value="ZZ")),),
}
"""By law, the plugins that it must refuse; one that another process has to import is named."""

SET_ORDER = Broken(iterates_over_a_set)
GOOD = Broken(find_well)
