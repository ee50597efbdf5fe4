"""
How the records become RDF: one table, from which the triples and the JSON-LD context are both made.

Reused vocabularies come first; ``dip:`` names only what none of them has.  Nothing is a blank
node: what is nested in a record is named after it (``meeting-...#participants/0``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import attrs

from ..records import (
    Actor,
    Cue,
    Dateline,
    Document,
    Extraction,
    Meeting,
    Parent,
    Participation,
    Place,
    Role,
    Span,
    Statement,
    Topic,
    When,
)
from . import fields, registry

BASE = "https://w3id.org/diploparse/id/"
"""Where the records' IRIs begin unless another base is asked for."""

VOCABULARY = "https://w3id.org/diploparse/vocabulary#"
"""Our own terms and code lists; described in ``vocabulary.ttl``."""

PREFIXES: Mapping[str, str] = {
    "dcterms": "http://purl.org/dc/terms/",
    "dip": VOCABULARY,
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "rec": "https://w3id.org/diploparse/record/",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""No prefix is also a field's name: JSON-LD processors differ on what that would mean."""


@attrs.frozen
class Property:
    """What a field becomes."""

    kind: Literal["text", "number", "flag", "typed", "concept", "reference", "node", "value", "double"]
    """A plain literal, an integer, a truth value, a typed literal, an entry of a code list, a record's IRI, or a nested record; ``value`` and ``double`` in plugins' records only: whatever it is in Python."""

    iri: str
    """Compact IRI. Example: "schema:name"."""

    extra: str = ""
    """The datatype (compact) of a typed literal, the code list of a concept."""


def _text(iri: str) -> Property:
    return Property("text", iri)


def _typed(iri: str, datatype: str) -> Property:
    return Property("typed", iri, datatype)


def _concept(code_list: str) -> Property:
    return Property("concept", f"dip:{code_list}", code_list)


def _reference(iri: str) -> Property:
    return Property("reference", iri)


def _node(iri: str) -> Property:
    return Property("node", iri)


MAPPED: Mapping[type, Mapping[str, Property]] = {
    Extraction: {
        "actors": _node("schema:mentions"),
        "meetings": _node("schema:mentions"),
        "statements": _node("schema:mentions"),
    },
    Document: {
        "id": _text("dcterms:identifier"),
        "sha256": _text("schema:sha256"),
        "url": _text("schema:url"),
        "title": _text("schema:headline"),
        "author": _text("schema:author"),
        "publisher": _text("schema:publisher"),
        "published": _typed("schema:datePublished", "xsd:date"),
        "dateline": _node("dip:dateline"),
        "language": _text("schema:inLanguage"),
    },
    Dateline: {
        "span": _node("dip:span"),
        "place": _node("schema:location"),
        "when": _node("sem:hasTime"),
        "agency": _text("dip:agency"),
    },
    Span: {
        "start": Property("number", "oa:start"),
        "end": Property("number", "oa:end"),
    },
    When: {
        # "some time in May" is not "all through May": a value as precise as the text, and bounds.
        "value": _typed("dcterms:date", "edtf:EDTF"),
        "earliest": _typed("sem:hasEarliestBeginTimeStamp", "xsd:date"),
        "latest": _typed("sem:hasLatestEndTimeStamp", "xsd:date"),
        "text": _text("dip:asWritten"),
        "span": _node("dip:span"),
        "anchor": _concept("anchor"),
    },
    Place: {
        "name": _text("schema:name"),
        "country": _text("dip:country"),
        "span": _node("dip:span"),
    },
    Role: {
        "title": _text("schema:roleName"),
        "rank": _text("dip:rank"),
        "organization": _text("dip:organizationName"),
        "country": _text("dip:country"),
        "tenure": _concept("tenure"),
        "span": _node("dip:span"),
    },
    Actor: {
        "name": _text("schema:name"),
        "aliases": _text("schema:alternateName"),
        "mentions": _node("dip:mention"),
        "references": _node("dip:reference"),
        "roles": _node("org:hasMembership"),
        # The state somebody acts for; schema:nationality would be another claim.
        "country": _text("dip:country"),
        "found_by": _text("dip:foundBy"),
    },
    Cue: {
        "span": _node("dip:span"),
        "lemma": _text("dip:lemma"),
    },
    Participation: {
        "actor": _reference("schema:attendee"),
        "part": _concept("part"),
        "role": _text("dip:capacity"),
        "span": _node("dip:span"),
    },
    Topic: {
        "text": _text("schema:name"),
        "span": _node("dip:span"),
    },
    Parent: {
        "id": _reference("schema:superEvent"),
        "relation": _concept("relation"),
    },
    Meeting: {
        "participants": _node("dip:participation"),
        "cue": _node("dip:cue"),
        "when": _node("sem:hasTime"),
        "place": _node("schema:location"),
        # schema.org's own status has no "held", its attendance mode no telephone: our lists, matched to them.
        "channel": _concept("channel"),
        "format": _concept("format"),
        "status": _concept("status"),
        "topics": _node("schema:about"),
        "parent": _node("dip:parent"),
        "told_by": _reference("dip:toldBy"),
        "evidence": _node("dip:evidence"),
        "found_by": _text("dip:foundBy"),
    },
    Statement: {
        "speaker": _reference("schema:agent"),
        "speaker_span": _node("dip:speakerSpan"),
        "speakers": _reference("dip:jointSpeaker"),
        "addressees": _reference("schema:recipient"),
        "cue": _node("dip:cue"),
        "act": _concept("act"),
        "mode": _concept("mode"),
        "content": _node("dip:content"),
        "joint": Property("flag", "dip:joint"),
        "nested_in": _reference("dip:nestedIn"),
        "when": _node("sem:hasTime"),
        "occasion": _reference("sem:subEventOf"),
        "via": _text("dip:via"),
        "evidence": _node("dip:evidence"),
        "found_by": _text("dip:foundBy"),
    },
}
"""Record class, field, property. Fields in ``IDENTITY`` and ``NOT_EXPORTED`` are the rest."""

IDENTITY: Mapping[str, str] = {
    "Extraction.document": "the node that actors, meetings and statements are mentioned by",
    "Extraction.records": "plugins' own: a node each, with a class and properties after its own class and fields",
    "Actor.id": "the node's IRI",
    "Actor.kind": "the node's class",
    "Meeting.id": "the node's IRI",
    "Statement.id": "the node's IRI",
}
"""Fields that become a node's name or class, not a property."""

NOT_EXPORTED: Mapping[str, str] = {
    "Document.text": "long, and often somebody's copyright; written on request (`text=True`) as schema:articleBody",
    "Document.paragraphs": "how the text is laid out, not what it reports",
    "Document.sentences": "how the text is laid out, not what it reports",
    "Document.quotations": "how the text is laid out; what is said is Statement.content",
    "Extraction.diagnostics": "about the run, not about the text",
}
"""Fields with no triple, and why."""

CLASSES: Mapping[str, str] = {
    "Document": "schema:Article",
    "Meeting": "schema:Event",
    "Statement": "schema:CommunicateAction",
    "Person": "schema:Person",
    "Organization": "schema:Organization",
    "GovernmentOrganization": "schema:GovernmentOrganization",
    "Country": "schema:Country",
    "Group": "foaf:Group",
    "Actor": "schema:Thing",
}
"""What ``@type`` says in the JSON, and the class it stands for."""

ACTOR_TYPES: Mapping[str, str] = {
    "person": "Person",
    "organization": "Organization",
    "government": "GovernmentOrganization",
    "country": "Country",
    "group": "Group",
}
"""``@type`` of an actor, by its kind; "Actor" for a kind of a plugin's own."""


@attrs.frozen
class Code:
    """An entry of a code list."""

    definition: str
    """What it means, in a sentence."""

    match: str = ""
    """The nearest concept elsewhere, compact; a close match, not an equal one."""


CODE_LISTS: Mapping[str, Mapping[str, Code]] = {
    "anchor": {
        "dateline": Code("Worked out from the day in the dateline."),
        "published": Code("Worked out from the day of publication."),
        "explicit": Code("Complete as written."),
        "mention": Code("Worked out from an earlier time of the text."),
    },
    "tenure": {
        "current": Code("Held at the document's date."),
        "former": Code("No longer held at the document's date."),
        "acting": Code("Held for the time being, in place of somebody."),
        "incoming": Code("To be taken up after the document's date."),
        "unknown": Code("The text does not tell."),
    },
    "part": {
        "host": Code("Receives the others."),
        "guest": Code("Is received."),
        "chair": Code("Leads the meeting."),
        "mediator": Code("Goes between the sides."),
        "caller": Code("Makes the call."),
        "callee": Code("Is called."),
        "delegation_head": Code("Leads a delegation."),
        "attendee": Code("Takes part; nothing more is told."),
    },
    "channel": {
        "in_person": Code("In one room.", "schema:OfflineEventAttendanceMode"),
        "phone": Code("By telephone.", "schema:OnlineEventAttendanceMode"),
        "video": Code("By video link.", "schema:OnlineEventAttendanceMode"),
        "hybrid": Code("Some in the room, some by link.", "schema:MixedEventAttendanceMode"),
        "unspecified": Code("The text does not tell."),
    },
    "format": {
        "bilateral": Code("Two sides."),
        "trilateral": Code("Three sides."),
        "multilateral": Code("Four sides or more."),
    },
    "status": {
        "held": Code("It took place.", "schema:EventScheduled"),
        "ongoing": Code("It is taking place at the document's date.", "schema:EventScheduled"),
        "planned": Code("It is agreed or announced.", "schema:EventScheduled"),
        "proposed": Code("Somebody asks or offers to meet."),
        "postponed": Code("It was put off.", "schema:EventPostponed"),
        "cancelled": Code("It was called off.", "schema:EventCancelled"),
        "declined": Code("A side refused to meet."),
        "denied": Code("Somebody says that it did not take place."),
    },
    "relation": {
        "sidelines": Code("On the margins of the larger meeting."),
        "part_of": Code("Belongs to the larger meeting."),
        "during_visit": Code("Took place during the visit."),
        "follow_up": Code("Comes after the earlier meeting and takes it further."),
    },
    "act": {
        "assert": Code("Says that something is so.", "schema:InformAction"),
        "praise": Code("Speaks well of somebody or something.", "schema:EndorseAction"),
        "thank": Code("Expresses gratitude."),
        "urge": Code("Wants somebody to do something.", "schema:AskAction"),
        "condemn": Code("Speaks against somebody's deed."),
        "promise": Code("Commits the speaker to something."),
        "expect": Code("Expresses hope, confidence or expectation."),
        "deny": Code("Says that something is not so.", "schema:DisagreeAction"),
        "congratulate": Code("Shares somebody's joy."),
        "condole": Code("Shares somebody's grief."),
        "warn": Code("Points to harm that may come."),
        "invite": Code("Asks somebody to come or take part.", "schema:InviteAction"),
        "question": Code("Asks for an answer.", "schema:AskAction"),
        "accept": Code("Says yes to an offer or request.", "schema:AcceptAction"),
        "reject": Code("Says no to an offer or request.", "schema:RejectAction"),
    },
    "mode": {
        "direct": Code("In the speaker's words, quoted whole."),
        "indirect": Code("In the writer's words."),
        "mixed": Code("In the writer's words, with some of the speaker's quoted."),
    },
}
"""The code lists, as SKOS concept schemes; a value's IRI is ``dip:``, its list, a hyphen and the value."""


def expand(compact: str) -> str:
    """The whole IRI of a compact one."""
    prefix, _, name = compact.partition(":")
    return PREFIXES[prefix] + name


def record_properties(cls: type) -> dict[str, Property]:
    """
    What the fields of a plugin's record class become: terms named after the class and the field.

    Its own ``id`` may be any string, and is an identifier like any other field.
    """
    made: dict[str, Property] = {}
    for name, hint, refers in registry.own_fields(cls):
        iri = f"rec:{cls.__name__}.{name}"
        if refers is not None:
            made[name] = Property("reference", iri)
        elif fields.inner_class(hint) is not None:
            made[name] = Property("node", iri)
        else:
            made[name] = Property("double" if hint is float else "value", iri)
    return made


def document_iri(document: Document) -> str:
    """
    A document's IRI, relative to the base: after its text, as the ids of its records are.

    The caller's own id may be any string, and goes into dcterms:identifier.
    """
    return f"document-{document.sha256[:16]}"


def class_of(record: Any) -> str:
    """What ``@type`` says of a record: a key of ``CLASSES``, or a plugin's class name."""
    if isinstance(record, Actor):
        return ACTOR_TYPES.get(record.kind, "Actor")
    return type(record).__name__


def context(base: str = BASE) -> dict[str, Any]:
    """
    The JSON-LD 1.1 context that makes the JSON document the same graph as the N-Triples.

    ``document`` is folded into the extraction (``@nest``), so that the extraction's node is the
    document and mentions the rest; each nested class has its terms in a context of its own.
    """
    used = {p.iri.partition(":")[0] for table in MAPPED.values() for p in table.values()}
    used |= {p.extra.partition(":")[0] for t in MAPPED.values() for p in t.values() if p.kind == "typed"}
    used |= {iri.partition(":")[0] for iri in CLASSES.values()}
    used |= {"rec"} if registry.RECORDS else set()
    return {
        "@version": 1.1,
        "@base": base,
        **{prefix: iri for prefix, iri in PREFIXES.items() if prefix in used},
        **CLASSES,
        **{name: _record_term(cls) for name, cls in sorted(registry.RECORDS.items())},
        "$schema": None,
        "schema_version": None,
        "extractions": "@graph",
        **_terms(Extraction),
        "records": "schema:mentions",
        **_terms(Document),
        # No other class has fields of these names, so that spans need no context of their own.
        **_terms(Span),
        "document": "@nest",
    }


def _record_term(cls: type) -> dict[str, Any]:
    """
    A plugin's record class: its terms hold inside nodes of that class only.

    A class that holds itself passes its terms on to the nodes inside, which name no class in the
    JSON; the spans there keep theirs by a context of their own.
    """
    terms = _own_terms(cls, ())
    if _holds_itself(cls, cls, ()):
        terms["@propagate"] = True
        for name, hint in fields.hints(cls).items():
            if fields.inner_class(hint) is Span:
                terms[name] = {"@id": terms[name], "@context": _terms(Span)}
    return {"@id": f"rec:{cls.__name__}", "@context": terms}


def _holds_itself(cls: type, within: type, seen: tuple[type, ...]) -> bool:
    """Whether a class is found among the fields of another, at any depth."""
    inner = {i for h in fields.hints(within).values() if (i := fields.inner_class(h)) is not None}
    return cls in inner or any(
        _holds_itself(cls, i, (*seen, within))
        for i in inner
        if i not in MAPPED and i not in (*seen, within, Span)
    )


def _own_terms(cls: type, outer: tuple[type, ...]) -> dict[str, Any]:
    terms: dict[str, Any] = {}
    for name, mapped in record_properties(cls).items():
        inner = fields.inner_class(fields.hints(cls)[name])
        if mapped.kind == "reference":
            terms[name] = {"@id": mapped.iri, "@type": "@id"}
        elif mapped.kind == "double":
            terms[name] = {"@id": mapped.iri, "@type": "xsd:double"}
        elif inner is None or inner is Span:
            terms[name] = mapped.iri
        elif inner in (*outer, cls):
            # A class inside itself: the terms around it hold there too.
            terms[name] = mapped.iri
        else:
            own = _terms(inner) if inner in MAPPED else _own_terms(inner, (*outer, cls))
            terms[name] = {"@id": mapped.iri, "@context": own}
    return terms


def _terms(cls: type) -> dict[str, Any]:
    """The terms of a record's fields; a field without a property is ``None``, so that an outer term is not taken."""
    table = MAPPED.get(cls, {})
    terms: dict[str, Any] = {}
    for name, hint in fields.hints(cls).items():
        mapped = table.get(name)
        if mapped is None:
            terms[name] = "@id" if name == "id" else None
        elif mapped.kind == "node":
            inner = fields.inner_class(hint)
            assert inner is not None
            terms[name] = mapped.iri if inner is Span else {"@id": mapped.iri, "@context": _terms(inner)}
        elif mapped.kind == "concept":
            values = {v: f"dip:{mapped.extra}-{v}" for v in CODE_LISTS[mapped.extra]}
            terms[name] = {"@id": mapped.iri, "@type": "@vocab", "@context": values}
        elif mapped.kind == "reference":
            terms[name] = {"@id": mapped.iri, "@type": "@id"}
        elif mapped.kind == "typed":
            terms[name] = {"@id": mapped.iri, "@type": mapped.extra}
        else:
            terms[name] = mapped.iri
    return terms
