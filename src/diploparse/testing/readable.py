"""
Records in words: spans as the words they cover, ids as names.

What the laws compare ("modulo ids and offsets") and what failure messages and `assert_records` show.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from ..export.fields import hints
from ..records import Actor, Extraction, Meeting, Span, Statement

_MAIN: Mapping[str, str] = {
    "Cue": "span", "Parent": "id", "Participation": "actor", "Place": "name", "Role": "title", "Topic": "text",
    "When": "value",
}  # fmt: skip
"""The one field that stands for a nested record where its short form is asked for."""

_LEFT_OUT = frozenset(["id", "found_by"])
"""Which rule found a record is not what the record claims."""


def in_words(extraction: Extraction, record: Any) -> dict[str, Any]:
    """
    A record without offsets and ids.

    Args:
        extraction: Whose text and ids the record refers to.

        record: Any attrs record.

    Returns:
        Its class under "record", and its fields: a span is the words it covers, an actor's id
        its name, another record's id its class and the words of its cue; tuples are lists.
    """
    return _Reader(extraction).record(record)


class _Reader:
    def __init__(self, extraction: Extraction) -> None:
        self.text = extraction.document.text
        self.names: dict[str, str] = {a.id: a.name for a in extraction.actors}
        self.names |= {m.id: f"the meeting told by {self.words(m.cue.span)}" for m in extraction.meetings}
        self.names |= {s.id: f"the statement that {self.words(s.content[0])}" for s in extraction.statements}

    def words(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def record(self, record: Any) -> dict[str, Any]:
        found: dict[str, Any] = {"record": type(record).__name__}
        cls: Any = type(record)
        for name in hints(cls):
            if name not in _LEFT_OUT:
                found[name] = self.value(getattr(record, name))
            elif type(record).__name__ == "Parent":
                found[name] = self.names.get(record.id, record.id)
        return found

    def value(self, value: Any) -> Any:
        if isinstance(value, Span):
            return self.words(value)
        if isinstance(value, str):
            return self.names.get(value, value)
        if isinstance(value, tuple):
            return [self.value(v) for v in value]
        return self.record(value) if attrs.has(type(value)) else value


def short(value: Any) -> Any:
    """A value of `in_words` in its short form: of a nested record its main field."""
    if isinstance(value, dict):
        main = _MAIN.get(value.get("record", ""))
        return value[main] if main else value
    return [short(v) for v in value] if isinstance(value, list) else value


def lines_of(found: Mapping[str, Any]) -> list[str]:
    """A record of `in_words`, a line a field that holds something."""
    shown = [f"{found.get('record', 'record')}"]
    for name, value in found.items():
        if name == "record" or value is None or value == []:
            continue
        value = short(value)
        items = value if isinstance(value, list) else [value]
        text = " + ".join(v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in items)
        shown.append(f"  {name}: {' '.join(text.split())}")
    return shown


def key_of(found: Any) -> str:
    """A value of `in_words` as a string that sorts and compares."""
    return json.dumps(found, ensure_ascii=False, sort_keys=True)


def difference(
    expected: Iterable[Mapping[str, Any]],
    found: Iterable[Mapping[str, Any]],
    names: tuple[str, str] = ("expected", "found"),
) -> str:
    """
    How two lists of records differ, "-" what is missing, "+" what is too much; empty if they do not.

    Records are compared in full and in any order; those in both lists are not shown.
    """
    left, right = ({key_of(r): r for r in records} for records in (expected, found))
    gone = [r for key, r in left.items() if key not in right]
    new = [r for key, r in right.items() if key not in left]
    if not gone and not new:
        return ""
    a = [line for r in gone for line in lines_of(r)]
    b = [line for r in new for line in lines_of(r)]
    if a == b:
        # They differ in what the lines leave out.
        a, b = [key_of(r) for r in gone], [key_of(r) for r in new]
    return "\n".join(difflib.unified_diff(a, b, *names, lineterm="", n=100))


def everything(extraction: Extraction) -> list[dict[str, Any]]:
    """All records of an extraction in words, but for its document and diagnostics."""
    reader = _Reader(extraction)
    kept = (*extraction.actors, *extraction.meetings, *extraction.statements, *extraction.records)
    return [reader.record(r) for r in kept]


def marked(text: str, spans: Sequence[Span], limit: int = 1200) -> str:
    """
    A text with spans in ⟦ ⟧, for a failure message; the stretch around them if it is long.

    Args:
        text: The text.

        spans: Any number, in any order; they may nest.

        limit: Characters to show at most.

    Returns:
        The text, shortened with "…" at the ends where it was cut.
    """
    marks = sorted(
        [(s.end, 0, "⟧") for s in spans] + [(s.start, 1, "⟦") for s in spans], key=lambda m: (m[0], m[1])
    )
    first = min((s.start for s in spans), default=0)
    start = max(0, first - limit // 3) if len(text) > limit else 0
    end = min(len(text), start + limit)
    shown, at = ["…" if start else ""], start
    for place, _, mark in marks:
        if start <= place <= end:
            shown += [text[at:place], mark]
            at = place
    return "".join([*shown, text[at:end], "…" if end < len(text) else ""])


def evidence_of(record: Any) -> tuple[Span, ...]:
    """Where a record was read, or ``()`` for one that does not say."""
    if isinstance(record, (Meeting, Statement)):
        return (record.cue.span, *record.evidence)
    if isinstance(record, Actor):
        return record.evidence
    return tuple(getattr(record, "evidence", ()))
