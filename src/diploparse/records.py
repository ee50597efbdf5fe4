"""
The records, in the order the data meets them.

Every class is a frozen, keyword-only attrs class without converters; collections are
tuples, and a list is refused.  Offsets are code points into `Document.text` (what Python's
``str`` counts), half-open.  Absent is ``None`` or an empty tuple, as the field says.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias, overload

import attrs

ActorKind: TypeAlias = Literal["person", "organization", "government", "country", "group"]
Tenure: TypeAlias = Literal["current", "former", "acting", "incoming", "unknown"]
Channel: TypeAlias = Literal["in_person", "phone", "video", "hybrid", "unspecified"]
Format: TypeAlias = Literal["bilateral", "trilateral", "multilateral"]
Status: TypeAlias = Literal[
    "held", "ongoing", "planned", "proposed", "postponed", "cancelled", "declined", "denied"
]
Part: TypeAlias = Literal[
    "host",
    "guest",
    "chair",
    "mediator",
    "caller",
    "callee",
    "delegation_head",
    "attendee",
]
Relation: TypeAlias = Literal["sidelines", "part_of", "during_visit", "follow_up"]
Act: TypeAlias = Literal[
    "assert",
    "praise",
    "thank",
    "urge",
    "condemn",
    "promise",
    "expect",
    "deny",
    "congratulate",
    "condole",
    "warn",
    "invite",
    "question",
    "accept",
    "reject",
]
Mode: TypeAlias = Literal["direct", "indirect", "mixed"]
ParagraphKind: TypeAlias = Literal[
    "header", "headline", "byline", "dateline", "body", "caption", "turn", "boilerplate"
]
MentionKind: TypeAlias = Literal[
    "person", "organization", "country", "place", "time", "pronoun", "description"
]
VerbForm: TypeAlias = Literal["finite", "infinitive", "participle", "gerund", "nominal"]
Tense: TypeAlias = Literal["past", "present", "future", "none"]
Link: TypeAlias = Literal[
    "main", "coordinate", "relative", "participle", "infinitive", "complement", "adverbial",
    "quotation", "nominal",
]  # fmt: skip


def _tuple_of(*types: type) -> Any:
    """A validator: a tuple of these classes. A list would pass by and then be unequal and unhashable."""

    def validate(instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        if type(value) is not tuple:
            raise TypeError(
                f"{type(instance).__name__}.{attribute.name} takes a tuple, "
                f"not {type(value).__name__}: write tuple(...)"
            )
        for item in value:
            if not isinstance(item, types):
                names = " or ".join(t.__name__ for t in types)
                raise TypeError(
                    f"{type(instance).__name__}.{attribute.name} holds {names}, not {type(item).__name__}"
                )

    return validate


# slots=False: msgspec would write slotted classes in alphabetical order; these keep the order below.


@attrs.frozen(order=True, slots=False)
class Span:
    """A stretch of `Document.text`: ``text[span.start:span.end]``."""

    start: int
    """First character, counted in code points from 0. Example: 12."""

    end: int
    """One past the last character; greater than ``start`` in every record. Example: 18."""

    def __contains__(self, other: object) -> bool:
        return isinstance(other, Span) and self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@attrs.frozen(kw_only=True, slots=False)
class Metadata:
    """What a reader or a caller knows of a text before anyone has read it. All of it may be absent."""

    id: str | None = None
    """The caller's own name for the document, unique in a collection. Example: "tass-20191128-17"."""

    url: str | None = None
    """Where the text was published. Example: "https://example.org/news/1"."""

    title: str | None = None
    """Headline, if it is not part of the text."""

    author: str | None = None
    """Byline, if it is not part of the text."""

    publisher: str | None = None
    """Agency, ministry or site. Example: "TASS"."""

    published: str | None = None
    """Day of publication, an ISO 8601 date. Example: "2019-11-28"."""

    language: str | None = None
    """BCP 47 tag, ``None`` if not known. Example: "en"."""


@attrs.frozen(kw_only=True, slots=False)
class RawDocument:
    """What a reader yields: a text and what is known of it."""

    text: str
    """The exact text; offsets of all records count its code points."""

    metadata: Metadata = Metadata()
    """What the reader knows of it."""

    notes: tuple[Diagnostic, ...] = ()
    """What the reader has to say of it, such as how the day of publication was found; the extraction's first diagnostics."""


@attrs.frozen(kw_only=True, slots=False)
class When:
    """A time, as precisely as the text and the document's own date give it; never today's date."""

    value: str | None = None
    """ISO 8601 prefix, whose length is the precision, or an interval of two; ``None`` if not resolved. Example: "2019-11", "2024-05-05/2024-05-06"."""

    earliest: str | None = None
    """First possible day, an ISO 8601 date. Example: "2019-11-01"."""

    latest: str | None = None
    """Last possible day, an ISO 8601 date. Example: "2019-11-30"."""

    text: str = ""
    """The time expression as written. Example: "on Tuesday"."""

    span: Span
    """Where it is written."""

    anchor: Literal["dateline", "published", "explicit", "mention"] | None = None
    """What the value was worked out from: ``explicit`` needs nothing else, ``mention`` an earlier time of the text; ``None`` if not resolved."""


@attrs.frozen(kw_only=True, slots=False)
class Place:
    """Where something took place, as told for it."""

    name: str
    """As written. Example: "Maximos Mansion"."""

    country: str | None = None
    """ISO 3166-1 alpha-2 code of the country it lies in. Example: "GR"."""

    span: Span
    """Where it is written."""


@attrs.frozen(kw_only=True, slots=False)
class Dateline:
    """The opening place and day of a news text ("BAKU, March 9. /TASS/")."""

    span: Span
    """The whole dateline, credit and closing dash included."""

    place: Place | None = None
    """The place it names."""

    when: When | None = None
    """The day it names."""

    agency: str | None = None
    """The agency it credits. Example: "TASS"."""


@attrs.frozen(kw_only=True, slots=False)
class Paragraph:
    """A paragraph and what it is for."""

    span: Span
    """Without the white space around it."""

    kind: ParagraphKind = "body"
    """``headline`` and ``body``, ``caption`` and ``turn`` are read for records; the rest only for metadata."""

    label: Span | None = None
    """The speaker's label of a ``turn`` ("Q:", "SECRETARY BLINKEN:"), without its colon."""


@attrs.frozen(kw_only=True, slots=False)
class Quotation:
    """Words between quotation marks; one that goes on over paragraphs is one quotation."""

    span: Span
    """With its marks, from the first paragraph to the last."""

    content: tuple[Span, ...] = attrs.field(validator=_tuple_of(Span))
    """Without its marks, one span a paragraph."""

    closed: bool = True
    """False where the closing mark is missing and the end of the paragraph was taken."""


@attrs.frozen(kw_only=True, slots=False)
class Document:
    """A text, cut up. Offsets of all records count the code points of ``text``, which is never changed."""

    id: str
    """Metadata's id, or "document-" and the first 16 hex digits of ``sha256``."""

    text: str
    """The exact text."""

    sha256: str
    """Of the text's UTF-8 bytes (lone surrogates passed through), in hexadecimal."""

    url: str | None = None
    """Where it was published."""

    title: str | None = None
    """Headline, from the metadata or the text."""

    author: str | None = None
    """From the metadata or the byline."""

    publisher: str | None = None
    """From the metadata or the dateline's credit."""

    published: str | None = None
    """Day of publication as an ISO 8601 date, from the metadata, the header or the dateline; ``None`` if no full date is given."""

    dateline: Dateline | None = None
    """The opening place and day."""

    language: str = "en"
    """BCP 47 tag of the language the text is taken to be in."""

    paragraphs: tuple[Paragraph, ...] = attrs.field(default=(), validator=_tuple_of(Paragraph))
    """In text order, not overlapping."""

    sentences: tuple[Span, ...] = attrs.field(default=(), validator=_tuple_of(Span))
    """In text order, each inside one paragraph; a full stop inside a closing quotation mark ends one as well."""

    quotations: tuple[Quotation, ...] = attrs.field(default=(), validator=_tuple_of(Quotation))
    """By start; a nested one follows the one it stands in."""

    def words(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]


@attrs.frozen(kw_only=True, slots=False)
class Role:
    """An office or rank this document gives somebody: its claim, at its date."""

    title: str
    """As written, without a separate demonym. Example: "First Deputy Minister of Defense", "Colonel General"."""

    rank: str | None = None
    """NATO grade if the title is a military rank with one. Example: "OF-8"."""

    organization: str | None = None
    """The body it is held in, as written; ``None`` if not told. Example: "NATO"."""

    country: str | None = None
    """ISO 3166-1 alpha-2 code of the state it is held for (and XK). Example: "AZ"."""

    tenure: Tenure = "current"
    """Whether it is held at the document's date."""

    span: Span
    """Where the title is written."""


@attrs.frozen(kw_only=True, slots=False)
class Mention:
    """A stretch of text that names or points at someone, a place or a time."""

    kind: MentionKind
    """What it is taken for. A description points without naming: "his counterpart", "the defence ministers of A and B"."""

    span: Span
    """With titles, country and organisation words, without an article."""

    name: Span | None = None
    """The name alone, without titles; ``None`` for pronouns and descriptions."""

    roles: tuple[Role, ...] = attrs.field(default=(), validator=_tuple_of(Role))
    """The titles in or beside it, in text order."""

    country: str | None = None
    """ISO code: of the country itself, of the state somebody acts for, or where a place lies."""

    organization: str | None = None
    """The body a person or description is said to belong to, as written; of an organisation its canonical name."""

    countries: tuple[str, ...] = attrs.field(default=(), validator=_tuple_of(str))
    """For a plural description, the states named in it, in text order. Example: ("AZ", "GE", "TR")."""

    value: str | None = None
    """Canonical form: a country's ISO code, an organisation's short name, a time's expression as `resolve_when` reads it."""

    number: Literal["singular", "plural"] = "singular"
    """Grammatical number."""

    gender: Literal["male", "female"] | None = None
    """As told by titles, pronouns or given names; ``None`` if not known."""

    metonym: bool = False
    """True for a name that stands for a state ("Moscow", "the Kremlin") in a slot where only an actor fits."""

    found_by: str = ""
    """The rule that found it. Example: "english.mentions/title_name"."""


@attrs.frozen(kw_only=True, slots=False)
class VerbGroup:
    """A verb with its auxiliaries and adverbs, or the noun of a nominal clause."""

    span: Span
    """From the first auxiliary to the last word that belongs to it, a particle ("pointed out") included."""

    head: Span
    """The main verb (or noun) alone. Example: "discussed" in "have not discussed"."""

    lemma: str
    """Lower-case base form of the head, with its particle. Example: "discuss", "point out", "meeting"."""

    form: VerbForm = "finite"
    """``participle`` and ``gerund`` are told apart by use: "stressing that", "the meeting held in"; "before leaving"."""

    tense: Tense = "none"
    """Of a finite verb; "will", "is to", "is going to" make a future."""

    perfect: bool = False
    """Has, have, had with a past participle."""

    progressive: bool = False
    """Is, was, be with a present participle."""

    voice: Literal["active", "passive"] = "active"
    """Passive: a form of be (or get) with a past participle, or a past participle alone after its noun."""

    polarity: Literal["positive", "negative"] = "positive"
    """Negative under not, n't, never, no longer, neither."""

    modality: str | None = None
    """The modal verb or phrase, lower case: "can", "could", "may", "might", "must", "should", "would", "be expected to"; ``None`` for a plain or future verb."""


@attrs.frozen(kw_only=True, slots=False)
class Attachment:
    """A preposition with its object, attached to a verb or an event noun."""

    preposition: str
    """Lower case, complex ones whole. Example: "with", "on the sidelines of", "according to"."""

    span: Span
    """Preposition and object."""

    object: Span
    """The noun phrase after the preposition, its own "of"-phrases and coordination included."""


@attrs.frozen(kw_only=True, slots=False)
class Clause:
    """A verb with its arguments; or an event noun with its own ("the meeting between A and B on Friday")."""

    id: str
    """Unique in the document, by order of text. Example: "c12"."""

    span: Span
    """From its first word to its last, embedded clauses included."""

    verb: VerbGroup
    """Its verb group; for link ``nominal`` the event noun."""

    subject: Span | None = None
    """The noun phrase before (or, inverted, after) the verb; of a participle or infinitive the one it shares with its parent; of a noun its possessor."""

    objects: tuple[Span, ...] = attrs.field(default=(), validator=_tuple_of(Span))
    """Noun phrases after the verb, in text order, with their "of"-phrases and coordination."""

    attachments: tuple[Attachment, ...] = attrs.field(default=(), validator=_tuple_of(Attachment))
    """Prepositional phrases of the verb or noun, in text order."""

    complement: tuple[Span, ...] = attrs.field(default=(), validator=_tuple_of(Span))
    """What is said, thought or wanted: the that-clause without "that", the bare clause, the to-infinitive, the wh-clause, or the sentence around an inserted "he said"."""

    parent: str | None = None
    """Id of the clause it depends on; of a coordinate clause, the first conjunct."""

    link: Link = "main"
    """How it depends on its parent."""

    marker: str | None = None
    """The word that opens it, lower case: "that", "while", "who", "to", "and"; ``None`` if there is none."""


@attrs.frozen(kw_only=True, slots=False)
class Actor:
    """Someone who acts, after coreference: a person, organisation, government, country or group."""

    id: str = ""
    """Filled by the host from the document and the first mention."""

    kind: ActorKind
    """A ``group`` is several unnamed people ("sources", "the ministers of the bloc")."""

    name: str
    """Longest form in the text, in its order and spelling, no titles; a description if nothing names it."""

    aliases: tuple[str, ...] = attrs.field(default=(), validator=_tuple_of(str))
    """Other names in the text, by first use."""

    mentions: tuple[Span, ...] = attrs.field(default=(), validator=_tuple_of(Span))
    """Where the name stands, in text order, without titles or possessive; empty if nothing names it."""

    references: tuple[Span, ...] = attrs.field(default=(), validator=_tuple_of(Span))
    """Pronouns and descriptions that point to it, in text order; a plural one is a reference of each it points to."""

    roles: tuple[Role, ...] = attrs.field(default=(), validator=_tuple_of(Role))
    """The offices and ranks the document gives it, by first use, each once."""

    country: str | None = None
    """ISO 3166-1 alpha-2 code (and XK) of the state it is or acts for; ``None`` for the UN, NATO and the like."""

    found_by: str = ""
    """Extractor and rule."""

    @property
    def evidence(self) -> tuple[Span, ...]:
        """Its mentions, or its first reference if nothing names it."""
        return self.mentions or self.references[:1]


class Actors(Sequence[Actor]):
    """The actors of a document, by first mention, with a look-up by place in the text."""

    def __init__(self, actors: Iterable[Actor] = ()) -> None:
        self._actors = tuple(actors)
        self._by_id = {a.id: a for a in self._actors}
        pointers = sorted(
            (span.start, span.end, number)
            for number, actor in enumerate(self._actors)
            for span in (*actor.mentions, *actor.references)
        )
        self._pointers = pointers
        self._starts = [start for start, _, _ in pointers]
        # A reference may be long ("the defence ministers of A, B and C"): how far left to look.
        self._longest = max((end - start for start, end, _ in pointers), default=0)

    @overload
    def __getitem__(self, index: int) -> Actor: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Actor]: ...
    def __getitem__(self, index: int | slice) -> Actor | Sequence[Actor]:
        return self._actors[index]

    def __len__(self) -> int:
        return len(self._actors)

    def get(self, actor_id: str) -> Actor | None:
        """The actor of an id, or ``None``."""
        return self._by_id.get(actor_id)

    def at(self, span: Span) -> tuple[Actor, ...]:
        """The actors that a mention or reference inside or across ``span`` points to, in text order, each once."""
        first = bisect_left(self._starts, span.start - self._longest)
        found: dict[int, None] = {}
        for start, end, number in self._pointers[first:]:
            if start >= span.end:
                break
            if end > span.start:
                found[number] = None
        return tuple(self._actors[number] for number in found)


@attrs.frozen(kw_only=True, slots=False)
class Cue:
    """The words that license a record: "met", "held talks", "expressed gratitude"."""

    span: Span
    """Where they stand, without auxiliaries."""

    lemma: str
    """Base form. Example: "hold talks"."""


@attrs.frozen(kw_only=True, slots=False)
class Participation:
    """Somebody's part in a meeting."""

    actor: str
    """Actor id."""

    part: Part = "attendee"
    """What the text makes of them; ``attendee`` if nothing more is told."""

    role: str | None = None
    """The title in which they took part, as written; ``None`` if not told."""

    span: Span
    """The words that put them there: a mention, a pronoun, a description."""


@attrs.frozen(kw_only=True, slots=False)
class Topic:
    """What was talked about, copied from the text."""

    text: str
    """The noun phrase, without "issues of". Example: "military medicine"."""

    span: Span
    """Where it stands."""


@attrs.frozen(kw_only=True, slots=False)
class Parent:
    """The larger meeting or visit a meeting belongs to."""

    id: str
    """Meeting id."""

    relation: Relation
    """How it belongs to it."""


@attrs.frozen(kw_only=True, slots=False)
class Meeting:
    """An occasion on which two or more actors talk to one another, or were to."""

    id: str = ""
    """Filled by the host from the document, the cue and the participants."""

    participants: tuple[Participation, ...] = attrs.field(validator=_tuple_of(Participation))
    """In text order; one record for all of them, not mirrored pairs."""

    cue: Cue
    """The words that tell the meeting, at its first telling."""

    when: When | None = None
    """The time told for this meeting; ``None`` if none is."""

    place: Place | None = None
    """The place told for this meeting; a dateline alone is not one."""

    channel: Channel = "unspecified"
    """How they met. ``in_person`` for met, received, held talks; ``unspecified`` for "spoke"."""

    format: Format = "bilateral"
    """Counted in sides (states, organisations), not persons."""

    status: Status = "held"
    """Whether it took place. ``denied``: somebody says it did not."""

    topics: tuple[Topic, ...] = attrs.field(default=(), validator=_tuple_of(Topic))
    """What was discussed, in text order."""

    parent: Parent | None = None
    """The meeting it was part of or on the margins of, if that is a record too."""

    told_by: str | None = None
    """Actor id, if the meeting is told only inside somebody's words; ``None`` for the narrator's own."""

    evidence: tuple[Span, ...] = attrs.field(validator=_tuple_of(Span))
    """Whole sentences that tell it, the first telling first; never empty."""

    found_by: str = ""
    """Extractor and rule. Example: "english.meetings/met_with"."""


@attrs.frozen(kw_only=True, slots=False)
class Statement:
    """Something an actor communicates."""

    id: str = ""
    """Filled by the host from the document, the cue and the first content span."""

    speaker: str | None = None
    """Actor id; ``None`` for "it was noted" and unnamed documents. The first of several if ``joint``."""

    speaker_span: Span | None = None
    """The local words that name the speaker: a name, a pronoun, a description."""

    speakers: tuple[str, ...] = attrs.field(default=(), validator=_tuple_of(str))
    """Actor ids of all who speak, if ``joint``; else empty."""

    addressees: tuple[str, ...] = attrs.field(default=(), validator=_tuple_of(str))
    """Actor ids of those spoken to or thanked, if the text says so."""

    cue: Cue
    """The verb, noun, label or colon that tells the statement."""

    act: Act = "assert"
    """What the speaker does with it."""

    mode: Mode = "indirect"
    """Direct if the content is quoted whole, mixed if in part."""

    content: tuple[Span, ...] = attrs.field(validator=_tuple_of(Span))
    """What is said, in text order; several spans where the cue stands in the middle. Never empty."""

    joint: bool = False
    """True if several speak as one ("both ministers agreed")."""

    nested_in: str | None = None
    """Statement id, if it is told inside another statement's content."""

    when: When | None = None
    """When it was said, if the text says so."""

    occasion: str | None = None
    """Meeting id, where it was said, if the text says so."""

    via: str | None = None
    """Who passed it on: a spokesperson, an agency, a channel ("X"), as written; ``None`` if nobody."""

    evidence: tuple[Span, ...] = attrs.field(validator=_tuple_of(Span))
    """The sentences it was read from; never empty."""

    found_by: str = ""
    """Extractor and rule. Example: "english.statements/inverted_quotation"."""


@attrs.frozen(kw_only=True, slots=False)
class Diagnostic:
    """Something that went wrong or was refused, without stopping the parse."""

    severity: Literal["info", "warning", "error"] = "warning"
    """``error``: a plugin failed; ``warning``: a record was dropped; ``info``: worth knowing."""

    code: str
    """Short and stable. Example: "plugin-failed", "span-outside-text", "not-english"."""

    message: str
    """What happened and what to do, in a sentence."""

    stage: str | None = None
    """Stage of the parse, if one."""

    plugin: str | None = None
    """Plugin and extractor concerned, if one. Example: "visits/find_visits"."""

    span: Span | None = None
    """The place in the text, if one."""


FAILURES = ("document-failed", "out-of-time")
"""Codes of diagnostics that stand for a whole document."""


@attrs.frozen(kw_only=True, slots=False)
class Extraction:
    """Everything read from one document: sorted, the same in every run."""

    document: Document
    """The text that the spans refer to."""

    actors: tuple[Actor, ...] = attrs.field(default=(), validator=_tuple_of(Actor))
    """By first mention."""

    meetings: tuple[Meeting, ...] = attrs.field(default=(), validator=_tuple_of(Meeting))
    """By first telling."""

    statements: tuple[Statement, ...] = attrs.field(default=(), validator=_tuple_of(Statement))
    """By cue."""

    records: tuple[Any, ...] = ()
    """Plugins' own record types, by class name and first evidence."""

    diagnostics: tuple[Diagnostic, ...] = attrs.field(default=(), validator=_tuple_of(Diagnostic))
    """What went wrong or was refused."""

    def text(self, span: Span) -> str:
        """The words of a span."""
        return self.document.text[span.start : span.end]

    @property
    def failure(self) -> Diagnostic | None:
        """Why the document could not be read and has no records; ``None`` if it was read."""
        return next((d for d in self.diagnostics if d.code in FAILURES), None)

    def actor(self, actor_id: str) -> Actor:
        """
        The actor of an id.

        Raises:
            KeyError: No actor of this document has it.
        """
        for actor in self.actors:
            if actor.id == actor_id:
                return actor
        raise KeyError(actor_id)

    def rows(self, table: Literal["actors", "meetings", "statements"]) -> list[dict[str, Any]]:
        """
        Flat rows for a table or a data frame, ids replaced by names; lossy.

        Args:
            table: "actors", "meetings" or "statements".

        Returns:
            One dictionary a record, every row with the same keys; lists are tuples of strings.

        Raises:
            KeyError: Another name.
        """
        return list({"actors": self._actor_rows, "meetings": self._meeting_rows,
                     "statements": self._statement_rows}[table]())  # fmt: skip

    def _names(self) -> Mapping[str, str]:
        return {a.id: a.name for a in self.actors}

    def _repr_html_(self) -> str:
        """What a notebook shows: the text with its marks, and the records."""
        from .export.html import fragment

        return fragment(self)

    def _actor_rows(self) -> Iterator[dict[str, Any]]:
        for a in self.actors:
            yield {
                "id": a.id,
                "kind": a.kind,
                "name": a.name,
                "titles": tuple(r.title for r in a.roles),
                "country": a.country,
                "mentions": len(a.mentions),
                "references": len(a.references),
            }

    def _meeting_rows(self) -> Iterator[dict[str, Any]]:
        names = self._names()
        for m in self.meetings:
            yield {
                "id": m.id,
                "participants": tuple(names.get(p.actor, p.actor) for p in m.participants),
                "date": m.when.value if m.when else None,
                "place": m.place.name if m.place else None,
                "channel": m.channel,
                "format": m.format,
                "status": m.status,
                "topics": tuple(t.text for t in m.topics),
                "told_by": names.get(m.told_by, m.told_by) if m.told_by else None,
                "text": self.text(m.evidence[0]),
            }

    def _statement_rows(self) -> Iterator[dict[str, Any]]:
        names = self._names()
        for s in self.statements:
            yield {
                "id": s.id,
                "speaker": names.get(s.speaker, s.speaker) if s.speaker else None,
                "cue": self.text(s.cue.span),
                "act": s.act,
                "mode": s.mode,
                "addressees": tuple(names.get(a, a) for a in s.addressees),
                "content": " […] ".join(self.text(c) for c in s.content),
                "occasion": s.occasion,
                "date": s.when.value if s.when else None,
            }


def record_id(document: Document, kind: str, *anchors: Span | str) -> str:
    """
    A record's id: the same in every run, process and plugin order.

    Args:
        document: Its ``sha256`` is part of the id.

        kind: "actor", "meeting", "statement", or a plugin's own word.

        anchors: What the record hangs on: an actor's first mention; a meeting's cue and
            participants; a statement's cue and first content span.  Values that may be
            corrected later do not belong here.

    Returns:
        The kind, a hyphen and 16 hexadecimal digits. Example: "meeting-9f86d081884c7d65".
    """
    parts = [document.sha256, kind]
    parts += [f"{a.start}:{a.end}" if isinstance(a, Span) else a for a in anchors]
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind}-{digest[:16]}"
