"""Finds sanctions: who imposes, extends or lifts what on whom, and since when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

import attrs

import diploparse
from diploparse import Actors, Clause, Document, Extractor, LexiconUnion, Mention, Span, When
from diploparse.english.dates import resolve_when

Status: TypeAlias = Literal["imposed", "extended", "lifted", "planned"]


@attrs.frozen(kw_only=True, slots=False)
class Party:
    """Somebody who sanctions or is sanctioned."""

    name: str
    """As written."""

    country: str | None = None
    """ISO 3166-1 alpha-2 code of the state it is or belongs to. Example: "BY"."""

    actor: str | None = attrs.field(default=None, metadata={"refers": "actors"})
    """Actor id, if the party speaks or meets somebody in the text as well."""

    span: Span
    """Where it is written."""


@attrs.frozen(kw_only=True, slots=False)
class Measure:
    """What is imposed."""

    text: str
    """As written. Example: "asset freeze"."""

    span: Span
    """Where it is written."""


@diploparse.register_record
@attrs.frozen(kw_only=True, slots=False)
class Sanction:
    """A measure that a state or body takes, keeps or takes back against somebody."""

    id: str = ""
    """Filled by diploparse."""

    sender: Party
    """Who sanctions."""

    target: Party
    """Who is sanctioned."""

    measure: Measure | None = None
    """What is imposed; ``None`` for the verb alone ("sanctioned two banks")."""

    status: Status = "imposed"
    """``planned`` for what is announced for later, whatever it is."""

    since: When | None = None
    """The day that is told for it; ``None`` if none is."""

    evidence: tuple[Span, ...]
    """The sentence."""


MEASURES = re.compile(
    r"(?:(?:economic|financial|new|fresh|further|additional|personal|targeted|sweeping)\s+){0,3}"
    r"(?:sanctions?|embargo(?:es)?|asset\s+freezes?|travel\s+bans?|price\s+caps?|restrictive\s+measures)",
    re.IGNORECASE,
)
"""What the object must be, in full or at its start."""

VERBS: Mapping[str, Status] = {
    "impose": "imposed", "introduce": "imposed", "announce": "imposed", "slap": "imposed", "adopt": "imposed",
    "place": "imposed", "levy": "imposed", "expand": "extended", "extend": "extended", "renew": "extended",
    "prolong": "extended", "tighten": "extended", "lift": "lifted", "ease": "lifted", "suspend": "lifted",
    "remove": "lifted",
}  # fmt: skip
"""Verbs that take a measure as their object, by lemma."""

AGAINST = ("on", "against", "upon")
PARTIES = ("country", "organization", "person", "description", "place")


def find_sanctions(
    document: Document,
    mentions: Sequence[Mention],
    clauses: Sequence[Clause],
    actors: Actors,
    lexicon: LexiconUnion,
) -> Iterator[Sanction]:
    """
    Yield the sanctions that a document tells, those that are planned included.

    Args:
        document: Offsets refer to its text.

        mentions: By start.

        clauses: A verb with its arguments each.

        actors: For those parties who are actors too.

        lexicon: For the nationality of those whom nothing names.

    Yields:
        One record a verb, with the first target that is named.
    """
    for clause in clauses:
        verb = clause.verb
        if verb.polarity == "negative" or verb.modality not in (None, "would"):
            continue
        parts = (
            _verb_alone(document, clause) if verb.lemma == "sanction" else _verb_and_measure(document, clause)
        )
        if parts is None:
            continue
        sender_at, target_at, measure, status = parts
        sender = _party(document, mentions, actors, lexicon, sender_at, whole=False)
        target = _party(document, mentions, actors, lexicon, target_at, whole=True)
        sentence = next((s for s in document.sentences if verb.span in s), None)
        if sender is None or target is None or sentence is None or sender.span.overlaps(target.span):
            continue
        future = verb.tense == "future" or verb.modality == "would"
        yield Sanction(
            sender=sender, target=target, measure=measure, status="planned" if future else status,
            since=_since(document, mentions, clause, future), evidence=(sentence,),
        )  # fmt: skip


_Parts: TypeAlias = tuple[Span, Span, Measure | None, Status]


def _verb_alone(document: Document, clause: Clause) -> _Parts | None:
    """ "X sanctioned Y", "Y was sanctioned by X"."""
    if clause.subject is None:
        return None
    if clause.verb.voice == "passive":
        by = _attached(clause, ("by",))
        return (by, clause.subject, None, "imposed") if by else None
    return (clause.subject, clause.objects[0], None, "imposed") if clause.objects else None


def _verb_and_measure(document: Document, clause: Clause) -> _Parts | None:
    """ "X imposed sanctions on Y", "sanctions were imposed on Y by X"."""
    status = VERBS.get(clause.verb.lemma)
    target = _attached(clause, AGAINST)
    if status is None or target is None or clause.subject is None:
        return None
    if clause.verb.voice == "passive":
        measure, sender = _measure(document, clause.subject), _attached(clause, ("by",))
    else:
        measure = _measure(document, clause.objects[0]) if clause.objects else None
        sender = clause.subject
    return (sender, target, measure, status) if measure and sender else None


def _attached(clause: Clause, prepositions: tuple[str, ...]) -> Span | None:
    """The first object of one of these prepositions ("on Syria"; the day comes after it)."""
    return next((a.object for a in clause.attachments if a.preposition in prepositions), None)


def _measure(document: Document, span: Span) -> Measure | None:
    match = re.compile(r"(?:an?\s+|the\s+|its\s+)?").match(document.text, span.start, span.end)
    start = match.end() if match else span.start
    found = MEASURES.match(document.text, start, span.end)
    return Measure(text=found[0], span=Span(*found.span())) if found else None


def _party(
    document: Document,
    mentions: Sequence[Mention],
    actors: Actors,
    lexicon: LexiconUnion,
    span: Span,
    *,
    whole: bool,
) -> Party | None:
    """Who is meant by a phrase: named by a mention in it, written as the mention, or as the whole phrase."""
    mention = next((m for m in mentions if m.kind in PARTIES and m.span in span), None)
    if mention is None:
        # "two Russian banks" are nobody's mention: who has a nationality is a party all the same.
        hits = lexicon.find(document.text, span.start, span.end) if whole else []
        nation = next((e for hit in hits if (e := hit.of("demonym", "country"))), None)
        return Party(name=document.words(span), country=nation.value, span=span) if nation else None
    # "five Belarusian officials" is more than the nationality in it.
    widens = whole and mention.kind in ("description", "country")
    where = span if widens else mention.name or mention.span
    known = actors.at(mention.span)
    return Party(
        name=document.words(where), country=mention.country, actor=known[0].id if known else None, span=where
    )  # fmt: skip


def _since(document: Document, mentions: Sequence[Mention], clause: Clause, future: bool) -> When | None:
    time = next((m for m in mentions if m.kind == "time" and m.span in clause.span), None)
    return resolve_when(document, time, future=future) if time else None


@diploparse.hookimpl
def diploparse_extractors() -> list[Extractor]:
    return [Extractor(name="sanctions", stage="records", find=find_sanctions)]
