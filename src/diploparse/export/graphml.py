"""
GraphML: who met whom, as a multigraph with an edge for each pair at each meeting.

Somebody is one node in all documents in which they have the same name and kind; namesakes fall
together, and spellings stay apart.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from itertools import combinations
from typing import IO

from ..hookspecs import Exporter, hookimpl
from ..records import Actor, Extraction, Meeting

NODE_DATA = ("name", "kind", "country", "title")
EDGE_DATA = (
    "meeting", "document", "published", "date", "earliest", "latest", "status", "channel", "format", "place",
    "place_country", "topics", "participants", "url", "sentence",
)  # fmt: skip
_NUMBERS = frozenset(["participants"])


def write(extractions: Iterable[Extraction], out: IO[str], *, merge: bool = True) -> None:
    """
    Write one graph.

    A meeting of more than two is an edge for each pair; ``participants`` tells how many there
    were, and ``meeting`` is the same.  Of each node written a hash of 8 bytes is kept.

    Args:
        extractions: Any number of them, consumed one by one.

        out: A text stream; on disk UTF-8 is meant.

        merge: Whether somebody is one node in all documents; otherwise one in each.
    """
    out.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    )
    for kind, names in (("node", NODE_DATA), ("edge", EDGE_DATA)):
        for name in names:
            told = "int" if name in _NUMBERS else "string"
            out.write(f'<key id="{kind}-{name}" for="{kind}" attr.name="{name}" attr.type="{told}"/>\n')
    out.write('<graph id="who-met-whom" edgedefault="undirected">\n')
    seen: set[bytes] = set()
    number = 0
    for extraction in extractions:
        actors = {a.id: a for a in extraction.actors}
        for meeting in extraction.meetings:
            people = [actors[a] for a in dict.fromkeys(p.actor for p in meeting.participants) if a in actors]
            ids = [_id(actor, "" if merge else extraction.document.id) for actor in people]
            for actor, digest in zip(people, ids, strict=True):
                if digest not in seen:
                    seen.add(digest)
                    out.write(_node(digest, actor))
            data = _data("edge", EDGE_DATA, _told(extraction, meeting, len(people)))
            for one, other in combinations(dict.fromkeys(ids), 2):
                out.write(
                    f'<edge id="e{number}" source="n{one.hex()}" target="n{other.hex()}">{data}</edge>\n'
                )
                number += 1
        del extraction
    out.write("</graph>\n</graphml>\n")


def _id(actor: Actor, document: str) -> bytes:
    key = "\x1f".join((actor.kind, actor.name, document)).encode("utf-8", "surrogatepass")
    return hashlib.sha256(key).digest()[:8]


def _node(digest: bytes, actor: Actor) -> str:
    title = next((r.title for r in actor.roles if r.tenure == "current"), None)
    data = _data("node", NODE_DATA, (actor.name, actor.kind, actor.country, title))
    return f'<node id="n{digest.hex()}">{data}</node>\n'


def _told(extraction: Extraction, meeting: Meeting, people: int) -> tuple[str | None, ...]:
    document, when, place = extraction.document, meeting.when, meeting.place
    return (
        meeting.id, document.id, document.published,
        when.value if when else None, when.earliest if when else None, when.latest if when else None,
        meeting.status, meeting.channel, meeting.format, place.name if place else None,
        place.country if place else None, "; ".join(t.text for t in meeting.topics) or None, str(people),
        document.url, extraction.text(meeting.evidence[0]) if meeting.evidence else None,
    )  # fmt: skip


def _data(kind: str, names: Iterable[str], values: Iterable[str | None]) -> str:
    return "".join(
        f'<data key="{kind}-{name}">{xml_text(value)}</data>'
        for name, value in zip(names, values, strict=True)
        if value is not None
    )


_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_TO_ESCAPE = re.compile("[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """A text as XML has it; what XML 1.0 cannot hold (NUL, other control characters, lone surrogates) becomes U+FFFD."""
    return _TO_ESCAPE.sub(lambda m: _ESCAPES.get(m.group(), "\ufffd"), text)


@hookimpl
def diploparse_exporters() -> list[Exporter]:
    return [
        Exporter(
            name="graphml",
            write=write,
            suffix=".graphml",
            description="who met whom as a graph, for networkx, Gephi and others",
            loses=(
                "Document.text",
                "Document.paragraphs",
                "Document.sentences",
                "Document.quotations",
                "Document.title",
                "Document.author",
                "Document.publisher",
                "Document.dateline",
                "Document.language",
                "Document.sha256",
                "Extraction.statements",
                "Extraction.records",
                "Extraction.diagnostics",
                "Actor.id",
                "Actor.aliases",
                "Actor.mentions",
                "Actor.references",
                "Actor.roles",
                "Actor.found_by",
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
                "Meeting.evidence",
                "Meeting.found_by",
            ),
        )
    ]
