"""
Write the clauses of texts in the shape of gold trees (shared/eval/syntax/clauses.py).

    python benchmarks/clauses.py OUT_DIR PATH ...      PATH: a text file, or a folder of <id>.txt

The gold is Universal Dependencies: a copula is no verb there, an infinitive is no clausal complement, the
subject or object of a relative clause is its pronoun, whom somebody tells is an indirect object, a second verb after "and" has no subject of its own, and the two words of "it's"
share one span.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from diploparse import Parser
from diploparse.records import Clause, Span

# An infinitive is an open complement (xcomp) there, which is not scored.
_OTHER = re.compile(r"(?:not )?to ")


_ADJECTIVES = ("due", "about", "ready", "poised", "bound")
_HAVE = ("have", "has", "had")
_RELATIVE = ("who", "whom", "which", "that")


def texts(paths: list[str]) -> Iterator[tuple[str, str]]:
    for name in paths:
        path = Path(name)
        for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
            yield file.stem, file.read_text(encoding="utf-8")


def widened(text: str, span: list[int]) -> list[int]:
    """The span with a clitic that hangs on its last word ("it" in "it's")."""
    end = span[1]
    if text[end : end + 1] in ("'", "’"):
        while end < len(text) and not text[end].isspace() and text[end] not in ',.;:"':
            end += 1
    elif text[end : end + 3].lower() in ("n't", "n’t"):
        end += 3
    return [span[0], end]


def shaped(text: str, clauses: tuple[Clause, ...]) -> list[dict[str, Any]]:
    by_id = {c.id: c for c in clauses}
    out: list[dict[str, Any]] = []
    for c in clauses:
        verb = c.verb
        if c.link == "nominal" or (verb.lemma == "be" and not exists(text, c)):
            continue
        subject = widened(text, [c.subject.start, c.subject.end]) if c.subject else None
        if c.link == "relative" and c.marker in _RELATIVE and c.subject and c.subject.end <= c.span.start:
            subject = [c.span.start, c.span.start + len(c.marker)]
        parent = by_id.get(c.parent or "")
        if c.link == "coordinate" and parent is not None and c.subject == parent.subject:
            subject = None
        finite = verb.form == "finite"
        complement = [[s.start, s.end] for s in c.complement if not _OTHER.match(text[s.start : s.end])]
        obj = c.objects[0] if c.objects and verb.lemma != "be" else None
        if len(c.objects) > 1:
            obj = c.objects[1]
        if (
            (verb.lemma == "tell" and len(c.objects) == 1)
            or verb.lemma == "become"
            or (verb.lemma == "call" and verb.voice == "passive")
        ):
            obj = None
        if c.link == "relative" and obj and c.marker in _RELATIVE and obj.end <= c.span.start:
            obj = Span(c.span.start, c.span.start + len(c.marker))
        head = verb.span if verb.lemma.count(" ") == 0 else verb.head
        out.append({"verb": widened(text, [head.start, head.end]), "lemma": verb.lemma, "finite": finite,
                    "passive": verb.voice == "passive", "negated": verb.polarity == "negative",
                    "subject": subject if finite else None, "object": [obj.start, obj.end] if obj else None,
                    "complement": complement})  # fmt: skip
        before = text[verb.span.start : verb.head.start].split()
        if before and before[-1] == "to" and len(before) > 1:
            # "is expected to meet" is two verbs there
            outer: list[int] | None = [verb.span.start, verb.head.start]
            passive = before[-2].endswith("ed") or before[-2] == "set"
            if (
                before[-2].endswith(("able", "ly"))
                or before[-2] in _ADJECTIVES
                or len(before) < 3 - (before[0] in _HAVE)
            ):
                outer = None
            out.append({**out[-1], "verb": outer, "passive": passive, "object": None, "complement": []})
            if outer is None:
                out.pop()
            out[-1 - (outer is not None)].update(
                verb=[verb.head.start, verb.head.end], subject=None, finite=False
            )
    return out


def exists(text: str, clause: Clause) -> bool:
    subject = clause.subject
    return subject is not None and text[subject.start : subject.end].lower() == "there"


def main() -> None:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    parser = Parser(entry_points=False)
    for ident, text in texts(sys.argv[2:]):
        trace = parser.trace(text)
        (out / f"{ident}.json").write_text(json.dumps(shaped(text, trace.clauses)), encoding="utf-8")


if __name__ == "__main__":
    main()
