"""
Laws of extractors: what they yield is valid, and the same whenever and beside whomever they run.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import attrs

from ..hookspecs import Extractor, Lexicon, hookimpl
from ..parser import spans_of
from ..records import Actor, Document, Meeting, Span, Statement
from . import grammar
from .readable import difference, everything
from .subjects import (
    Draw,
    NotApplicable,
    Subject,
    any_text,
    break_law,
    demand_same,
    everything_of,
    good_text,
)


def total(subject: Subject, draw: Draw) -> None:
    text, published = any_text(subject, draw)
    reading = subject.read(text, published)
    subject.count("total", reading)
    failed = subject.complaints(reading.extraction, "plugin-failed")
    if failed:
        break_law(subject, "total", text=repr(text), error=failed[0])


def spans_inside(subject: Subject, draw: Draw) -> None:
    text, published = any_text(subject, draw)
    reading = subject.read(text, published)
    subject.count("spans_inside", reading)
    wrong = subject.complaints(reading.extraction, "span-outside-text", "text-changed")
    if wrong:
        break_law(subject, "spans_inside", text=repr(text), complaint=wrong[0])


def references_closed(subject: Subject, draw: Draw) -> None:
    text, published = any_text(subject, draw)
    reading = subject.read(text, published)
    subject.count("references_closed", reading)
    wrong = subject.complaints(reading.extraction, "unknown-id")
    x = reading.extraction
    known = {r.id for r in (*x.actors, *x.meetings, *x.statements, *x.records) if hasattr(r, "id")}
    for record in (*x.actors, *x.meetings, *x.statements, *x.records):
        for value in _strings_of(record):
            if _ID.fullmatch(value) and value not in known:
                wrong.append(f"a {type(record).__name__} names {value!r}, which no record has")
        for name, value in _references_of(record):
            if value not in known:
                wrong.append(f"{type(record).__name__}.{name} is {value!r}, which no record has")
    if wrong:
        break_law(subject, "references_closed", text=repr(text), complaint=wrong[0])


_ID = re.compile(r"(?:actor|meeting|statement)-[0-9a-f]{16}")


def _strings_of(record: Any) -> Iterator[str]:
    for field in attrs.fields(type(record)):
        for value in _flat(getattr(record, field.name)):
            if isinstance(value, str):
                yield value


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        for item in value:
            yield from _flat(item)
    elif attrs.has(type(value)) and not isinstance(value, Span):
        for field in attrs.fields(type(value)):
            yield from _flat(getattr(value, field.name))
    else:
        yield value


def _references_of(record: Any) -> Iterator[tuple[str, str]]:
    """Values of the fields that a plugin's record declares to be ids (``metadata={"refers": ...}``)."""
    for field in attrs.fields(type(record)):
        if "refers" in field.metadata:
            for value in _flat(getattr(record, field.name)):
                if isinstance(value, str):
                    yield field.name, value


def evidence_given(subject: Subject, draw: Draw) -> None:
    text, published = any_text(subject, draw)
    reading = subject.read(text, published)
    subject.count("evidence_given", reading)
    wrong = subject.complaints(reading.extraction, "no-evidence", "wrong-type")
    if wrong:
        break_law(subject, "evidence_given", text=repr(text), complaint=wrong[0])


_WRITTEN = ("text", "title", "name")
"""Fields that hold what stands at the record's ``span``."""


def spans_exact(subject: Subject, draw: Draw) -> None:
    text, published = any_text(subject, draw)
    reading = subject.read(text, published)
    subject.count("spans_exact", reading)
    x = reading.extraction
    kept = everything_of(subject, reading)
    for record in kept:
        for span in spans_of(record):
            words = x.text(span)
            if words != words.strip():
                break_law(
                    subject,
                    "spans_exact",
                    text=repr(text),
                    record=repr(record),
                    span=f"{words!r} begins or ends in white space",
                )
        for part in _parts(record):
            where: Any = getattr(part, "span", None)
            for name in _WRITTEN:
                written = getattr(part, name, None)
                if isinstance(where, Span) and isinstance(written, str) and written != x.text(where):
                    break_law(
                        subject, "spans_exact", text=repr(text),
                        field=f"{type(part).__name__}.{name} is {written!r}, its span covers {x.text(where)!r}",
                    )  # fmt: skip
        if isinstance(record, Actor) and record.mentions and record.name not in map(x.text, record.mentions):
            break_law(
                subject,
                "spans_exact",
                text=repr(text),
                field=f"Actor.name is {record.name!r}, its mentions cover {[x.text(m) for m in record.mentions]}",
            )
        if isinstance(record, (Meeting, Statement)) and not any(
            record.cue.span in e for e in record.evidence
        ):
            break_law(
                subject,
                "spans_exact",
                text=repr(text),
                field=f"the cue {x.text(record.cue.span)!r} is outside the evidence",
            )


def _parts(record: Any) -> Iterator[Any]:
    """A record and all records in it."""
    if isinstance(record, tuple):
        for item in record:
            yield from _parts(item)
    elif attrs.has(type(record)) and not isinstance(record, Span):
        # A mention's or actor's name is another matter: its span has titles in it.
        yield record
        for field in attrs.fields(type(record)):
            yield from _parts(getattr(record, field.name))


def deterministic(subject: Subject, draw: Draw) -> None:
    text, published = any_text(subject, draw)
    first = subject.read(text, published)
    second = subject.read(text, published, subject.make_parser())
    subject.count("deterministic", first)
    if first.extraction != second.extraction:
        break_law(
            subject, "deterministic", text=repr(text),
            difference=difference(everything(first.extraction), everything(second.extraction), ("once", "again"))
            or "only ids or offsets differ",
        )  # fmt: skip


def stateless(subject: Subject, draw: Draw) -> None:
    text, published = good_text(subject, draw)
    other, _ = good_text(subject, draw)
    fresh = subject.read(text, published, subject.make_parser())
    parser = subject.make_parser()
    parser.parse(other)
    parser.parse(text[: len(text) // 2])
    after = subject.read(text, published, parser)
    subject.count("stateless", fresh)
    demand_same(subject, "stateless", fresh.own, after.own, text=repr(text), read_before_it=repr(other))


def arguments_unchanged(subject: Subject, draw: Draw) -> None:
    text, published = good_text(subject, draw)
    subject.watch_arguments, subject.changed_arguments = True, []
    try:
        reading = subject.read(text, published)
    finally:
        subject.watch_arguments = False
    subject.count("arguments_unchanged", reading)
    if subject.changed_arguments:
        break_law(
            subject, "arguments_unchanged", text=repr(text), changed=", ".join(subject.changed_arguments)
        )


_SEED_PROGRAM = """
import hashlib, json, sys
from diploparse.testing.laws import Subject
from diploparse.testing.readable import everything
spec, texts = json.load(sys.stdin)
subject = Subject(spec)
print(json.dumps([everything(subject.read(text, published).extraction) for text, published in texts]))
"""


def hash_seed(subject: Subject, draw: Draw) -> None:
    if subject.spec is None:
        raise NotApplicable("give the plugin by its dotted name, so that another process can import it")
    texts = [(e.text, e.published) for e in subject.examples]
    rng = random.Random(5)
    for _ in range(12):
        article = grammar.write_article([rng.choice(grammar.supported()) for _ in range(3)], rng)
        texts.append((article.text, article.published))
    answers = []
    for seed in ("0", "1", "2"):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        }
        done = subprocess.run(
            [sys.executable, "-c", _SEED_PROGRAM], input=json.dumps([subject.spec, texts]), env=environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            break_law(subject, "hash_seed", error=done.stderr[-800:])
        answers.append(json.loads(done.stdout))
    for number, (text, _) in enumerate(texts):
        reading = subject.read(text)
        subject.count("hash_seed", reading)
        for other in answers[1:]:
            demand_same(subject, "hash_seed", answers[0][number], other[number], text=repr(text))


def order_of_plugins(subject: Subject, draw: Draw) -> None:
    text, published = good_text(subject, draw)
    other = Neighbour()
    first = subject.read(text, published, subject.make_parser(other))
    other = Neighbour()
    second = subject.read(text, published, subject.make_parser(other, first=False))
    subject.count("order_of_plugins", first)
    demand_same(subject, "order_of_plugins", first.own, second.own, text=repr(text))


def unrelated_plugin(subject: Subject, draw: Draw) -> None:
    text, published = good_text(subject, draw)
    alone = subject.read(text, published)
    beside = subject.read(text, published, subject.make_parser(Neighbour()))
    subject.count("unrelated_plugin", alone)
    demand_same(subject, "unrelated_plugin", alone.own, beside.own, text=repr(text))


def failing_plugin(subject: Subject, draw: Draw) -> None:
    import decimal

    text, published = good_text(subject, draw)
    alone = subject.read(text, published)
    with decimal.localcontext():
        beside = subject.read(text, published, subject.make_parser(Failing()))
    subject.count("failing_plugin", alone)
    demand_same(subject, "failing_plugin", alone.own, beside.own, text=repr(text))


@attrs.frozen(kw_only=True, slots=False)
class _Word:
    """The record of the unrelated plugin."""

    evidence: tuple[Span, ...]


class Neighbour:
    """A plugin that has nothing to do with any other: a record of its own, an extractor that finds nothing, a word nobody uses."""

    name = "neighbour"
    asked: bool = False

    @hookimpl
    def diploparse_extractors(self) -> list[Extractor]:
        Neighbour.asked = True
        return [
            Extractor(name="word", stage="records", find=_first_word),
            *(Extractor(name=f"no-{s}", stage=s, find=lambda document: (), priority=3)
              for s in ("mentions", "meetings", "statements")),
        ]  # fmt: skip

    @hookimpl
    def diploparse_lexicons(self) -> list[Lexicon]:
        from ..lexicon import Entry

        return [Lexicon(name="nowhere", entries=(Entry(surface="Zubrowkistan", kind="country", value="ZZ"),))]


def _first_word(document: Document) -> list[_Word]:
    match = re.search(r"\w+", document.text)
    return [_Word(evidence=(Span(*match.span()),))] if match else []


class Failing:
    """A plugin that fails in every stage, some in the middle, and leaves a setting of the process changed."""

    name = "failing"

    @hookimpl
    def diploparse_extractors(self) -> list[Extractor]:
        return [
            Extractor(name=f"fails-{s}", stage=s, find=_fail, priority=9)
            for s in ("mentions", "clauses", "actors", "meetings", "occasions", "statements", "records")
        ]


def _fail(document: Document) -> Iterator[Any]:
    import decimal

    decimal.getcontext().prec = 2
    yield from ()
    raise RuntimeError("it fails on purpose")
