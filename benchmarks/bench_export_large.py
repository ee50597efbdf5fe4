"""
Write a million records in each format, and measure time and memory.

usage: bench_export_large.py [--records N] [--format NAME ...] [--limit MB]

The texts of corpus/dev are parsed once, by a process of its own, and stored; each format is then
written by another process, which reads the stored extractions and streams them over and over
under new ids until there are N main records (documents, actors, meetings, statements).  Text goes
to a sink that counts bytes, folders and databases to the temporary folder.  Exits with 1 if a
process needed more than the limit.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import resource
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import attrs

import diploparse
from diploparse.export import csv, graphml, json, parquet, rdf, sqlite

CORPUS = Path(__file__).parent / "corpus" / "dev"
FORMATS = ("jsonl", "csv", "nt", "sqlite", "parquet", "graphml")


class Sink(io.StringIO):
    """Counts what is written, and forgets it."""

    count = 0
    lines = 0

    def write(self, text: str) -> int:
        """As a file's."""
        self.count += len(text)
        self.lines += text.count("\n")
        return len(text)


def store(path: str) -> None:
    """Parse the corpus, and store its extractions."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(CORPUS.glob("*/article.txt"))]
    diploparse.write(diploparse.Parser(entry_points=False).pipe(texts), "jsonl", path)


def stream(path: str, records: int, told: dict[str, Any]) -> Iterator[diploparse.Extraction]:
    """Extractions under new ids, until there are as many records."""
    known = list(diploparse.load(path))
    sizes = [1 + len(x.actors) + len(x.meetings) + len(x.statements) for x in known]
    held = [sum(1 for t in csv.TABLES for _ in t.rows(x)) for x in known]
    seen = number = rows = 0
    told["began"] = perf_counter()
    while seen < records:
        index = number % len(known)
        document = attrs.evolve(known[index].document, id=f"document-{number}")
        yield attrs.evolve(known[index], document=document)
        seen += sizes[index]
        rows += held[index]
        number += 1
    told |= {"records": seen, "documents": number, "rows": rows}


def write(name: str, path: str, records: int, results: Any) -> None:
    """Write one format, and put what it took into the queue."""
    told: dict[str, Any] = {}
    found = stream(path, records, told)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out")
        sink = Sink()
        unit, count = "rows", 0
        if name == "jsonl":
            json.write_jsonl(found, sink)
        elif name == "nt":
            rdf.write_nt(found, sink)
            unit, count = "triples", sink.lines
        elif name == "graphml":
            graphml.write(found, sink)
            unit, count = "lines", sink.lines
        elif name == "csv":
            csv.write(found, out)
        elif name == "parquet":
            parquet.write(found, out)
        else:
            sqlite.fill(out, found)
        seconds = perf_counter() - told["began"]
        files = out.iterdir() if out.is_dir() else [out] if out.exists() else []
        size = sink.count or sum(p.stat().st_size for p in files)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    results.put((told["records"], told["documents"], seconds, count or told["rows"], unit, size, memory))


def main() -> int:
    """Print a line a format."""
    options = argparse.ArgumentParser(description="Write a million records in each format.")
    options.add_argument("--records", type=int, default=1_000_000)
    options.add_argument(
        "--format", action="append", choices=FORMATS, help="only this one; may be given again"
    )
    options.add_argument("--limit", type=int, default=500, help="megabytes of memory")
    chosen = options.parse_args()
    context = multiprocessing.get_context("spawn")
    over = False
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "stored.jsonl"))
        process = context.Process(target=store, args=(path,))
        process.start()
        process.join()
        for name in chosen.format or FORMATS:
            results = context.SimpleQueue()
            process = context.Process(target=write, args=(name, path, chosen.records, results))
            process.start()
            process.join()
            if process.exitcode:
                return 1
            records, documents, seconds, count, unit, size, memory = results.get()
            over |= memory > chosen.limit
            print(
                f"{name:8} {records:11,} records {documents:8,} documents {seconds:7.1f} s "
                f"{records / seconds:9,.0f} records/s {count / seconds:11,.0f} {unit}/s "
                f"{size / 2**20:8,.0f} MB {memory:5.0f} MB memory",
                flush=True,
            )
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
