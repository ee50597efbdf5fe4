"""
FollowTheMoney entities as JSON Lines, for Aleph, OpenAleph, yente and the like.

Written by us, so that followthemoney need not be installed.  Entities are those of one document
each, with the document as their proof; offsets have no place in the model.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any

from ..hookspecs import Exporter, hookimpl
from ..records import Actor, Extraction, Meeting, Role, Statement

SCHEMATA = {
    "person": "Person",
    "organization": "Organization",
    "government": "PublicBody",
    # The model has no schema for states; a state acts through its bodies.
    "country": "PublicBody",
    "group": "LegalEntity",
}
"""Schema by an actor's kind."""

LANGUAGES = {
    "en": "eng", "fr": "fra", "de": "deu", "es": "spa", "ru": "rus", "tr": "tur", "az": "aze", "ar": "ara",
    "zh": "zho", "pt": "por", "it": "ita", "uk": "ukr", "fa": "fas", "pl": "pol", "nl": "nld", "el": "ell",
    "ka": "kat", "hy": "hye", "ja": "jpn", "ko": "kor", "id": "ind", "vi": "vie", "sv": "swe", "ro": "ron",
}  # fmt: skip
"""ISO 639-3, as the model has it, by the first part of our tag."""

Entity = dict[str, Any]


def write(extractions: Iterable[Extraction], out: IO[str], *, text: bool = False) -> None:
    """
    Write entities, one a line.

    Args:
        extractions: Any number of them, consumed one by one.

        out: A text stream; on disk UTF-8 is meant.

        text: Whether the article has its text (``bodyText``); only on request.
    """
    for extraction in extractions:
        for entity in entities(extraction, text=text):
            out.write(json.dumps(entity, ensure_ascii=False, separators=(",", ":")) + "\n")
        del extraction


def entities(extraction: Extraction, *, text: bool = False) -> Iterator[Entity]:
    """The entities of a document: the article, its actors with their positions, meetings, statements, mentions."""
    maker = _Maker(extraction)
    document = extraction.document
    yield maker.entity(
        maker.article, "Article",
        title=document.title, fileName=document.id, author=document.author, publisher=document.publisher,
        publishedAt=_date(document.published), sourceUrl=_url(document.url), language=_language(document.language),
        bodyText=document.text if text else None, processingAgent="diploparse",
    )  # fmt: skip
    for actor in extraction.actors:
        yield from _actor(maker, actor)
    for meeting in extraction.meetings:
        yield _meeting(maker, meeting)
    for statement in extraction.statements:
        yield from _statement(maker, statement)


class _Maker:
    """Entities of one document and their ids."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.actors = {a.id: a for a in extraction.actors}
        self.article = self.id("article")

    def id(self, *parts: str) -> str:
        """An id that is the same in every run and document-wide unique; no text gets into it."""
        document = self.extraction.document
        key = "\x1f".join((document.sha256, document.id, *parts)).encode("utf-8", "surrogatepass")
        return f"diploparse-{hashlib.sha256(key).hexdigest()[:32]}"

    def of(self, actor_id: str | None) -> str | None:
        """The id of an actor's entity, if there is one."""
        return self.id("actor", actor_id) if actor_id in self.actors and self.named(actor_id) else None

    def named(self, actor_id: str | None) -> bool:
        """Whether an actor has a name that the model takes."""
        return bool(_name(self.actors[actor_id or ""].name))

    def entity(self, entity_id: str, schema: str, **properties: Any) -> Entity:
        """An entity; a property's value is a string, several, or nothing."""
        kept: dict[str, list[str]] = {}
        for name, value in properties.items():
            values = [value] if isinstance(value, str) else value or ()
            cleaned = dict.fromkeys(_clean(v) for v in values if v)
            if found := [v for v in cleaned if v]:
                kept[name] = found
        return {"id": entity_id, "schema": schema, "properties": kept}


def _actor(maker: _Maker, actor: Actor) -> Iterator[Entity]:
    entity_id = maker.of(actor.id)
    if entity_id is None:
        return
    schema = SCHEMATA.get(actor.kind, "LegalEntity")
    held = [r for r in actor.roles if _name(r.title)] if schema == "Person" else []
    extra: dict[str, Any] = {"position": [r.title for r in held]} if held else {}
    yield maker.entity(
        entity_id, schema, name=actor.name, alias=[_name(a) for a in actor.aliases], country=_country(actor.country),
        proof=maker.article, **extra,
    )  # fmt: skip
    for number, role in enumerate(held):
        yield from _position(maker, actor, entity_id, role, number)
    for number, name in enumerate(dict.fromkeys((actor.name, *actor.aliases))):
        if _name(name):
            yield maker.entity(
                maker.id("mention", actor.id, str(number)), "Mention",
                document=maker.article, name=name, resolved=entity_id,
            )  # fmt: skip


def _position(maker: _Maker, actor: Actor, holder: str, role: Role, number: int) -> Iterator[Entity]:
    post = maker.id("position", role.title, role.organization or "", role.country or "")
    yield maker.entity(
        post, "Position", name=role.title, country=_country(role.country),
        description=role.organization, proof=maker.article,
    )  # fmt: skip
    yield maker.entity(
        maker.id("occupancy", actor.id, str(number)), "Occupancy",
        holder=holder, post=post, status=role.tenure, description=role.rank,
        date=_date(maker.extraction.document.published), proof=maker.article,
    )  # fmt: skip


def _meeting(maker: _Maker, meeting: Meeting) -> Entity:
    x, document = maker.extraction, maker.extraction.document
    people = list(dict.fromkeys(p.actor for p in meeting.participants))
    parts = {p.part: p.actor for p in meeting.participants}
    when = meeting.when
    exact = _date(when.value) if when else None
    told: dict[str, Any] = {
        "date": exact,
        "startDate": _date(when.earliest) if when and not exact else None,
        "endDate": _date(when.latest) if when and not exact else None,
        "summary": [x.text(s) for s in meeting.evidence],
        "description": [t.text for t in meeting.topics],
        "recordId": meeting.id,
        "proof": maker.article,
        "publisher": document.publisher,
        "sourceUrl": _url(document.url),
    }
    caller, callee = maker.of(parts.get("caller")), maker.of(parts.get("callee"))
    # A call of two, of whom the text says who rang; there is no other place for who did.
    if caller and callee and len(people) == 2 and meeting.status == "held":
        return maker.entity(maker.id("meeting", meeting.id), "Call", caller=caller, receiver=callee, **told)
    names = (
        " – ".join(_clean(maker.actors[a].name) for a in people if maker.of(a))
        or _name(meeting.cue.lemma)
        or "meeting"
    )
    name = names if meeting.status in ("held", "ongoing") else f"{names} ({meeting.status})"
    return maker.entity(
        maker.id("meeting", meeting.id), "Event",
        name=name, involved=[e for a in people if (e := maker.of(a))], organizer=maker.of(parts.get("host")),
        location=_name(meeting.place.name) if meeting.place else None,
        country=_country(meeting.place.country if meeting.place else None),
        keywords=[meeting.status, meeting.channel, meeting.format], **told,
    )  # fmt: skip


def _statement(maker: _Maker, statement: Statement) -> Iterator[Entity]:
    x = maker.extraction
    speakers = statement.speakers or ((statement.speaker,) if statement.speaker else ())
    when = statement.when
    told: dict[str, Any] = {
        "role": statement.act,
        "status": statement.mode,
        "date": (_date(when.value) if when else None) or _date(x.document.published),
        "summary": " […] ".join(x.text(c) for c in statement.content),
        "description": [x.text(s) for s in statement.evidence],
        "recordId": statement.id,
        "publisher": x.document.publisher,
    }
    for speaker in speakers:
        subject = maker.of(speaker)
        if subject is None:
            continue
        objects = [e for a in statement.addressees if a != speaker and (e := maker.of(a))]
        for number, addressee in enumerate(objects):
            yield maker.entity(
                maker.id("statement", statement.id, speaker, str(number)), "UnknownLink",
                subject=subject, object=addressee, proof=maker.article, **told,
            )  # fmt: skip
        if not objects:
            yield maker.entity(
                maker.id("statement", statement.id, speaker), "Documentation",
                document=maker.article, entity=subject, **told,
            )  # fmt: skip


_SPACES = re.compile(r"\s+")
_REFUSED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\ue000-\uf8ff]"
)


def _clean(text: str | None) -> str:
    """A value as the model keeps it: white space is one space, and control and format characters are gone."""
    return _SPACES.sub(" ", _REFUSED.sub(" ", text or "")).strip()


def _name(text: str | None) -> str:
    """A name or address as the model takes it: with a letter or digit in it, or empty."""
    cleaned = _clean(text)
    return cleaned if any(c.isalnum() for c in cleaned) else ""


def _date(iso: str | None) -> str | None:
    """A year, month or day as the model takes it: from 1000 to 2999; of an interval nothing."""
    return iso if iso and re.fullmatch(r"[12]\d{3}(-\d\d(-\d\d)?)?", iso, re.ASCII) else None


def _url(url: str | None) -> str | None:
    return (
        url
        if url and re.fullmatch(r"https?://[a-z0-9.-]+\.[a-z]{2,}(/[!-~]*)?", url, re.IGNORECASE)
        else None
    )


def _country(code: str | None) -> str | None:
    return code.lower() if code else None


def _language(tag: str) -> str | None:
    return LANGUAGES.get(tag.partition("-")[0].lower())


@hookimpl
def diploparse_exporters() -> list[Exporter]:
    return [
        Exporter(
            name="ftm",
            write=write,
            suffix=".ftm.json",
            description="FollowTheMoney entities, one a line",
            loses=(
                "Document.text",
                "Document.paragraphs",
                "Document.sentences",
                "Document.quotations",
                "Document.dateline",
                "Document.sha256",
                "Extraction.records",
                "Extraction.diagnostics",
                "Actor.references",
                "Actor.mentions",
                "Actor.found_by",
                "Role.span",
                "Participation.part",
                "Participation.role",
                "Participation.span",
                "When.text",
                "When.span",
                "When.anchor",
                "Place.span",
                "Topic.span",
                "Meeting.cue",
                "Meeting.parent",
                "Meeting.told_by",
                "Meeting.found_by",
                "Statement.speaker_span",
                "Statement.cue",
                "Statement.nested_in",
                "Statement.occasion",
                "Statement.joint",
                "Statement.via",
                "Statement.found_by",
            ),
        )
    ]
