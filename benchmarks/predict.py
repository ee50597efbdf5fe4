"""
Write predictions in the layout of the evaluation sets (corpus/GUIDELINES.md), from the text alone.

usage: predict.py OUT_DIR PATH...

A path is a text file (its id is the stem), or a folder that is searched for ``<id>.txt`` and
``<id>/article.txt``.  Each gives ``OUT_DIR/<id>.json``.  A text that cannot be read or parsed
gives an empty prediction and a line on standard error; it never stops the rest.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import diploparse
from diploparse import Actor, Extraction, Meeting, Span, Statement

KINDS = {"government": "organization"}
CHANNELS = {"hybrid": "video"}
STATUSES = {"ongoing": "held", "proposed": "planned", "postponed": "cancelled"}
EMPTY: dict[str, list[Any]] = {"actors": [], "meetings": [], "statements": []}


def articles(path: Path) -> Iterator[tuple[str, Path]]:
    """The (id, text file) pairs of a path, by id."""
    if path.is_file():
        yield (path.parent.name if path.name == "article.txt" else path.stem), path
        return
    found = {p.parent.name: p for p in path.rglob("article.txt")}
    found |= {p.stem: p for p in path.rglob("*.txt") if p.name != "article.txt"}
    yield from sorted(found.items())


def read(path: Path) -> str:
    """The exact text: newlines kept, bytes that are not UTF-8 replaced."""
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        return file.read()


def prediction(ident: str, extraction: Extraction) -> dict[str, Any]:
    """An extraction in the evaluation layout."""
    return {
        "id": ident,
        "published": extraction.document.published,
        "actors": [_actor(a) for a in extraction.actors],
        "meetings": [_meeting(m) for m in extraction.meetings if m.status != "denied"],
        "statements": [_statement(s) for s in extraction.statements],
    }


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _actor(actor: Actor) -> dict[str, Any]:
    current = [r for r in actor.roles if r.tenure != "former"] or list(actor.roles)
    return {
        "id": actor.id,
        "kind": KINDS.get(actor.kind, actor.kind),
        "name": actor.name,
        "titles": [r.title for r in actor.roles],
        "org": next((r.organization for r in current if r.organization), None),
        "country": actor.country,
        "mentions": [_pair(s) for s in actor.mentions],
        "desc_mentions": [] if actor.mentions else [_pair(s) for s in actor.references],
        "aliases": list(actor.aliases),
    }


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "id": meeting.id,
        "participants": list(dict.fromkeys(p.actor for p in meeting.participants)),
        "date": meeting.when.value if meeting.when else None,
        "place": meeting.place.name if meeting.place else None,
        "channel": CHANNELS.get(meeting.channel, meeting.channel),
        "status": STATUSES.get(meeting.status, meeting.status),
        "format": meeting.format,
        "topics": [t.text for t in meeting.topics],
        "within": meeting.parent.id if meeting.parent else None,
        "evidence": [_pair(s) for s in meeting.evidence],
        "found_by": meeting.found_by,
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "speaker": statement.speaker,
        "speakers": list(statement.speakers),
        "speaker_span": _pair(statement.speaker_span) if statement.speaker_span else None,
        "cue": _pair(statement.cue.span),
        "content": [_pair(s) for s in statement.content],
        "kind": statement.mode,
        "joint": statement.joint,
        "act": statement.act,
        "addressee": statement.addressees[0] if statement.addressees else None,
        "meeting": statement.occasion,
        "found_by": statement.found_by,
    }


def predict(parser: diploparse.Parser, ident: str, path: Path) -> dict[str, Any]:
    """The prediction for one file; an empty one, told on standard error, if anything fails."""
    try:
        return prediction(ident, parser.parse(read(path)))
    except Exception as error:
        print(f"{path}: {type(error).__name__}: {error}", file=sys.stderr)
        return {"id": ident, **EMPTY}


def main(arguments: list[str] | None = None) -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("out_dir", type=Path)
    options.add_argument("path", type=Path, nargs="+")
    given = options.parse_args(arguments)
    given.out_dir.mkdir(parents=True, exist_ok=True)
    parser = diploparse.Parser(entry_points=False)
    for path in given.path:
        for ident, file in articles(path):
            with open(given.out_dir / f"{ident}.json", "w", encoding="utf-8") as out:
                json.dump(predict(parser, ident, file), out, ensure_ascii=True, indent=1)


if __name__ == "__main__":
    main()
