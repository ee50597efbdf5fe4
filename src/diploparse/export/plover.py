"""
PLOVER events as JSON Lines: one event a line, with actor lists, as its manual has them.

PLOVER dropped comments and appeals, so that most statements have no code in it; what has none is
left out and counted, in the last line.  Field names are the manual's.

References:
    Open Event Data Alliance, "PLOVER: Political Language Ontology for Verifiable Event Records",
    version 0.8 (draft), with REQUEST for what some copies of the draft call DEMAND.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

import attrs

from ..hookspecs import Exporter, hookimpl
from ..records import Actor, Extraction, Meeting, Statement, When


@attrs.frozen
class Event:
    """A category of the manual."""

    name: str
    """Example: "CONSULT"."""

    mode: tuple[str, ...] = ()
    """How, of the category's own list."""


STATUSES: Mapping[str, Event] = {
    "held": Event("CONSULT"),
    "ongoing": Event("CONSULT"),
    # "All cooperative actions reported in future tense are also taken to imply intentions."
    "planned": Event("AGREE"),
    # "Cancellation of meetings are REJECT and therefore verbal conflict."
    "cancelled": Event("REJECT", ("meet",)),
}
"""
What becomes of a meeting, by its status.  Left out: ``proposed`` and ``declined``, because the
record does not tell who asked and who refused; ``postponed``, which is neither; ``denied``.
"""

ACTS: Mapping[str, Event] = {
    "praise": Event("SUPPORT"),
    "urge": Event("REQUEST"),
    "condemn": Event("ACCUSE", ("disapprove",)),
    "promise": Event("AGREE"),
    "accept": Event("AGREE"),
    "reject": Event("REJECT"),
}
"""
What becomes of a statement, by its act.  Left out: CAMEO's "make public statement" and "appeal",
which PLOVER dropped, and ``warn``, which is a threat only if the speaker means to do the harm.
"""

QUADS: Mapping[str, int] = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "REQUEST": 3, "ACCUSE": 3, "REJECT": 3,
}  # fmt: skip
"""1 verbal cooperation, 3 verbal conflict."""

CODEBOOK = "plover-0.8"


def write(
    extractions: Iterable[Extraction], out: IO[str], *, published: bool = False, counts: bool = True
) -> None:
    """
    Write events, one a line.

    Args:
        extractions: Any number of them, consumed one by one.

        out: A text stream; on disk UTF-8 is meant.

        published: Give what has no day of its own the day of publication, as most event data do.

        counts: End with a line that says how many records were left out and why: an object with
            ``has_event`` false, as the manual has it for what is not an event.
    """
    left: Counter[str] = Counter()
    for extraction in extractions:
        for event in events(extraction, left, published=published):
            out.write(json.dumps(event, ensure_ascii=True, separators=(",", ":")) + "\n")
        del extraction
    if counts:
        told = {"id": "left-out", "has_event": False, "left_out": dict(sorted(left.items()))}
        out.write(json.dumps(told, separators=(",", ":")) + "\n")


def events(
    extraction: Extraction, left: Counter[str], *, published: bool = False
) -> Iterator[dict[str, Any]]:
    """
    The events of a document, in text order: meetings, then statements.

    Args:
        left: Counts what is left out, by reason. Example: "Statement.act=thank".

        published: As `write` takes it.
    """
    actors = {a.id: a for a in extraction.actors}
    day = extraction.document.published if published else None
    for meeting in extraction.meetings:
        if meeting.status not in STATUSES:
            left[f"Meeting.status={meeting.status}"] += 1
        elif (when := _days(meeting.when, day)) is None:
            left["Meeting.when: no day"] += 1
        else:
            yield _meeting(extraction, meeting, actors, when)
    for statement in extraction.statements:
        speakers = statement.speakers or ((statement.speaker,) if statement.speaker else ())
        # A statement without a time of its own is news of the day.
        if statement.act not in ACTS:
            left[f"Statement.act={statement.act}"] += 1
        elif not speakers:
            left["Statement.speaker: not told"] += 1
        elif (when := _days(statement.when, extraction.document.published)) is None:
            left["Statement.when: no day"] += 1
        else:
            yield _statement(extraction, statement, speakers, actors, when)


def _days(when: When | None, otherwise: str | None) -> dict[str, str] | None:
    """``date`` and ``enddate`` of a time that is exact to the day; of none the other day."""
    if when is None or not when.value:
        return {"date": otherwise} if otherwise else None
    if not when.earliest or not when.latest:
        return None
    if len(when.value) == 10:
        return {"date": when.earliest}
    if "/" in when.value and all(len(part) == 10 for part in when.value.split("/")):
        return {"date": when.earliest, "enddate": when.latest}
    return None


def _meeting(
    extraction: Extraction, meeting: Meeting, actors: Mapping[str, Actor], when: Mapping[str, str]
) -> dict[str, Any]:
    people = list(dict.fromkeys(p.actor for p in meeting.participants))
    hosts = {p.actor for p in meeting.participants if p.part == "host"}
    guests = [a for a in people if a not in hosts]
    event = STATUSES[meeting.status]
    modes = list(event.mode)
    # Only a meeting that took place has a mode of CONSULT; only there do guest and host have sides.
    visit = event.name == "CONSULT" and bool(hosts and guests)
    if event.name == "CONSULT":
        modes += _modes(meeting, visit, [actors[a].country for a in people if a in actors])
    source, recipient = (guests, [a for a in people if a in hosts]) if visit else (people, [])
    roles = {p.actor: p.role for p in meeting.participants if p.role}
    place = {}
    if meeting.place:
        place = {"name": meeting.place.name}
        if meeting.place.country:
            place["country code"] = meeting.place.country
            if meeting.place.country in ALPHA_3:
                place["cc3"] = ALPHA_3[meeting.place.country]
    topics = "; ".join(t.text for t in meeting.topics)
    return _event(
        extraction, meeting.id, event.name, modes, when,
        source=[_actor(a, actors, roles.get(a)) for a in source],
        recipient=[_actor(a, actors, roles.get(a)) for a in recipient],
        event_loc=place, spans=meeting.evidence, comment=topics,
    )  # fmt: skip


def _modes(meeting: Meeting, visit: bool, countries: Iterable[str | None]) -> list[str]:
    """The modes of CONSULT that the record tells."""
    modes = []
    if meeting.channel in ("phone", "video"):
        modes.append("phone")
    elif visit:
        modes.append("visit")
    else:
        sides = set(countries)
        where = meeting.place.country if meeting.place else None
        # All sides must be known: a delegation of unknown country may be at home.
        if any(p.part == "mediator" for p in meeting.participants) or (
            where and None not in sides and len(sides) > 1 and where not in sides
        ):
            modes.append("third-party")
    if meeting.format == "multilateral":
        modes.append("multilateral")
    return modes


def _statement(
    extraction: Extraction,
    statement: Statement,
    speakers: Iterable[str],
    actors: Mapping[str, Actor],
    when: Mapping[str, str],
) -> dict[str, Any]:
    event = ACTS[statement.act]
    return _event(
        extraction, statement.id, event.name, list(event.mode), when,
        source=[_actor(a, actors) for a in speakers],
        recipient=[_actor(a, actors) for a in statement.addressees],
        event_loc={}, spans=statement.evidence,
        comment=" […] ".join(extraction.text(c) for c in statement.content),
    )  # fmt: skip


def _event(
    extraction: Extraction, record_id: str, name: str, modes: list[str], when: Mapping[str, str],
    *, source: list[Any], recipient: list[Any], event_loc: Mapping[str, str], spans: Iterable[Any], comment: str,
) -> dict[str, Any]:  # fmt: skip
    from .. import __version__

    document = extraction.document
    built: dict[str, Any] = {
        "id": f"{document.id}#{record_id}",
        "has_event": True,
        **when,
        "source": source,
        "recipient": recipient,
        "event": [name],
        "mode": modes,
        "event_loc": dict(event_loc),
        "event_text": [extraction.text(s) for s in spans],
        "quad_code": QUADS[name],
        "text_info": [{"start": s.start, "end": s.end} for s in spans],
        "cite_info": {
            name: value
            for name, value in (
                ("citation", document.id), ("url", document.url), ("title", document.title),
                ("language", document.language), ("publication", document.publisher), ("codebook", CODEBOOK),
            )
            if value
        },
        "coder": f"diploparse {__version__}",
        "comment": comment,
    }  # fmt: skip
    # The manual's optional fields are absent where there is nothing to say.
    return {field: value for field, value in built.items() if value not in ("", [], {})}


def _actor(actor_id: str, actors: Mapping[str, Actor], office: str | None = None) -> dict[str, str]:
    actor = actors.get(actor_id)
    if actor is None:
        return {"actor_text": actor_id}
    built = {"code": ALPHA_3.get(actor.country or "", ""), "sector": _sector(actor), "actor_text": actor.name}
    built["office"] = office or next((r.title for r in actor.roles if r.tenure == "current"), "")
    return {field: value for field, value in built.items() if value}


def _sector(actor: Actor) -> str:
    """GOV and MIL where the record tells; the other sectors are not in it."""
    if any(r.rank for r in actor.roles if r.tenure != "former"):
        return "MIL"
    if actor.kind == "government" or (actor.kind == "person" and actor.country and actor.roles):
        return "GOV"
    return ""


_PAIRS = (
    "ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE "
    "BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS "
    "BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN "
    "COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST "
    "EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF "
    "GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD "
    "HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM "
    "JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA "
    "LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD "
    "MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM "
    "NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG "
    "PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA "
    "SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD "
    "STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON "
    "TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR "
    "VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE "
    "XKXKX"
)
ALPHA_3: Mapping[str, str] = {pair[:2]: pair[2:] for pair in _PAIRS.split()}
"""ISO 3166-1 alpha-3 by alpha-2; XKX is the code in use for Kosovo."""


@hookimpl
def diploparse_exporters() -> list[Exporter]:
    return [
        Exporter(
            name="plover",
            write=write,
            suffix=".plover.jsonl",
            description="PLOVER events, one a line; what has no code is counted",
            loses=(
                "Document.text",
                "Document.author",
                "Document.published",
                "Document.dateline",
                "Document.paragraphs",
                "Document.sentences",
                "Document.quotations",
                "Document.sha256",
                "Extraction.records",
                "Extraction.diagnostics",
                "Actor.kind",
                "Actor.aliases",
                "Actor.mentions",
                "Actor.references",
                "Actor.found_by",
                "Role.organization",
                "Participation.span",
                "Meeting.cue",
                "Meeting.parent",
                "Meeting.told_by",
                "Meeting.found_by",
                "Statement.cue",
                "Statement.mode",
                "Statement.joint",
                "Statement.nested_in",
                "Statement.occasion",
                "Statement.via",
                "Statement.found_by",
            ),
        )
    ]
