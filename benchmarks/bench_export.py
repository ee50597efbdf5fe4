"""
Measure how fast the exporters write, on one core.

usage: bench_export.py [--documents N] [--rounds N] [--format NAME ...]

The texts of corpus/dev are parsed once (not timed) and their extractions written N times over
to a sink in memory.  The best round counts.  A record here is a main record (document, actor,
meeting, statement), an object any attrs instance; ``json.dumps`` of the same dictionaries,
which are made beforehand, is the yardstick.
"""

from __future__ import annotations

import argparse
import io
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from typing import Any

import attrs

import diploparse
from diploparse.export import csv, rdf
from diploparse.export.json import load, to_builtins, write_json, write_jsonl

CORPUS = Path(__file__).parent / "corpus" / "dev"


def extractions(count: int) -> list[diploparse.Extraction]:
    """That many extractions, the corpus over and over."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(CORPUS.glob("*/article.txt"))]
    parser = diploparse.Parser(entry_points=False)
    found = list(parser.pipe(texts[: min(count, len(texts))]))
    return (found * (count // len(found) + 1))[:count]


def objects(value: Any) -> int:
    """How many attrs instances a record holds, itself included."""
    if isinstance(value, tuple):
        return sum(map(objects, value))
    if attrs.has(type(value)):
        return 1 + sum(objects(v) for v in attrs.asdict(value, recurse=False).values())
    return 0


def best(run: Callable[[], None], rounds: int) -> float:
    """The shortest of some rounds, in seconds of processor time."""
    times = []
    for _ in range(rounds):
        began = process_time()
        run()
        times.append(process_time() - began)
    return min(times)


def measures(found: list[diploparse.Extraction]) -> Iterator[tuple[str, Callable[[], None], int, str]]:
    """Name, what to run, how many of what it writes."""
    held = sum(1 + len(x.actors) + len(x.meetings) + len(x.statements) for x in found)
    dictionaries = [to_builtins(x) for x in found]
    yield (
        "json.dumps",
        lambda: [None for d in dictionaries if not json.dumps(d, ensure_ascii=False)] and None,
        held,
        "records",
    )
    yield "json", lambda: write_json(found, io.StringIO()), held, "records"
    yield "jsonl", lambda: write_jsonl(found, io.StringIO()), held, "records"
    lines = io.StringIO()
    write_jsonl(found, lines)
    yield (
        "load jsonl",
        lambda: [None for x in load(io.StringIO(lines.getvalue())) if not x] and None,
        held,
        "records",
    )
    triples = io.StringIO()
    rdf.write_nt(found, triples)
    count = triples.getvalue().count(" .\n")
    yield "nt", lambda: rdf.write_nt(found, io.StringIO()), count, "triples"
    yield "ttl", lambda: rdf.write_ttl(found, io.StringIO()), count, "triples"
    rows = sum(1 for x in found for t in csv.TABLES for _ in t.rows(x))

    def folder() -> None:
        with tempfile.TemporaryDirectory() as path:
            csv.write(found, Path(path))

    yield "csv", folder, rows, "rows"


def main() -> None:
    """Print a line a format."""
    options = argparse.ArgumentParser(description="Measure how fast the exporters write.")
    options.add_argument("--documents", type=int, default=300)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--format", action="append", help="only this one; may be given again")
    chosen = options.parse_args()
    found = extractions(chosen.documents)
    print(f"{len(found)} documents, {sum(map(objects, found)):,} objects")
    yardstick = None
    for name, run, count, unit in measures(found):
        if chosen.format and name not in chosen.format:
            continue
        seconds = best(run, chosen.rounds)
        yardstick = yardstick or seconds
        print(
            f"{name:12} {count / seconds:12,.0f} {unit}/s {len(found) / seconds:9,.0f} documents/s "
            f"{seconds / yardstick:6.2f} x json.dumps"
        )


if __name__ == "__main__":
    main()
