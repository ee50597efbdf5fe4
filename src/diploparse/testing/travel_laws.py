"""
Laws of extractors: their records are written and read back.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import io
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..records import Span
from .readable import difference, everything
from .subjects import (
    Draw,
    NotApplicable,
    Subject,
    any_text,
    break_law,
    good_text,
)


def json_round_trip(subject: Subject, draw: Draw) -> None:
    from ..export import json as exporter

    text, published = any_text(subject, draw)
    reading = subject.read(text, published)
    subject.count("json_round_trip", reading)
    try:
        back = exporter.loads(exporter.dumps(reading.extraction))
    except Exception as error:
        break_law(subject, "json_round_trip", text=repr(text), error=f"{type(error).__name__}: {error}")
        return
    if back != [reading.extraction]:
        break_law(
            subject, "json_round_trip", text=repr(text),
            difference=difference(everything(reading.extraction), everything(back[0]), ("written", "read"))
            or "in the document or an id",
        )  # fmt: skip


def csv_round_trip(subject: Subject, draw: Draw) -> None:
    import csv as standard

    from ..export import csv as exporter

    text, published = good_text(subject, draw)
    reading = subject.read(text, published)
    subject.count("csv_round_trip", reading)
    x = reading.extraction
    with tempfile.TemporaryDirectory() as folder:
        try:
            exporter.write([x], Path(folder))
        except Exception as error:
            break_law(subject, "csv_round_trip", text=repr(text), error=f"{type(error).__name__}: {error}")
        rows: dict[str, list[dict[str, str]]] = {}
        for path in sorted(Path(folder).glob("*.csv")):
            with open(path, encoding="utf-8", newline="") as stream:
                rows[path.stem] = list(standard.DictReader(stream))
    for table, records in (("actors", x.actors), ("meetings", x.meetings), ("statements", x.statements)):
        if [r["id"] for r in rows[table]] != [r.id for r in records]:
            break_law(
                subject,
                "csv_round_trip",
                text=repr(text),
                table=f"{table}.csv has not the ids of the {table}",
            )
    for record in x.records:
        name = exporter.table_of(type(record))
        if name is None or name not in rows:
            break_law(
                subject, "csv_round_trip", text=repr(text),
                record=f"{type(record).__name__} is in no table: decorate the class with @diploparse.register_record",
            )  # fmt: skip
    for table, found in rows.items():
        for row in found:
            for column in row:
                if not column.endswith("start") or not row[column]:
                    continue
                stem = column.removesuffix("start")
                start, end, words = (row.get(stem + part) for part in ("start", "end", "words"))
                if end and words is not None and words != x.text(Span(int(row[column]), int(end))):
                    break_law(
                        subject, "csv_round_trip", text=repr(text),
                        table=f"{table}.csv says {words!r} stands at {start}:{end}",
                    )  # fmt: skip
    for cls in {type(r) for r in x.records}:
        name = exporter.table_of(cls)
        count = sum(type(r) is cls for r in x.records)
        if name and len(rows[name]) != count:
            break_law(
                subject,
                "csv_round_trip",
                text=repr(text),
                table=f"{name}.csv has {len(rows[name])} rows for {count} records",
            )


def jsonld_is_ntriples(subject: Subject, draw: Draw) -> None:
    try:
        pyld_jsonld, rdflib = (importlib.import_module(name) for name in ("pyld.jsonld", "rdflib"))
    except ImportError as error:
        raise NotApplicable(f"it needs rdflib and pyld ({error})") from error
    from ..export import json as json_exporter
    from ..export import rdf as rdf_exporter

    text, published = good_text(subject, draw)
    reading = subject.read(text, published)
    subject.count("jsonld_is_ntriples", reading)
    out = io.StringIO()
    try:
        rdf_exporter.write_nt([reading.extraction], out, words=False)
        written = rdflib.Graph().parse(data=out.getvalue(), format="nt")
        as_quads = pyld_jsonld.to_rdf(
            json.loads(json_exporter.dumps(reading.extraction)), {"format": "application/n-quads"}
        )
        linked = rdflib.Graph().parse(data=as_quads, format="nt")
    except Exception as error:
        break_law(subject, "jsonld_is_ntriples", text=repr(text), error=f"{type(error).__name__}: {error}")
        return
    a, b = (sorted(_named(graph)) for graph in (written, linked))
    if a != b:
        only = [f"- {t}" for t in a if t not in b] + [f"+ {t}" for t in b if t not in a]
        break_law(subject, "jsonld_is_ntriples", text=repr(text), difference="\n".join(only[:20]))


def _named(graph: Any) -> Iterator[str]:
    """The triples of a graph, nested nodes (named after their record in one graph, blank in the other) by what they say."""
    rdflib = importlib.import_module("rdflib")

    def is_nested(node: Any) -> bool:
        return isinstance(node, rdflib.BNode) or (
            isinstance(node, rdflib.URIRef) and _NESTED.search(str(node)) is not None
        )

    def told(node: Any, depth: int = 0) -> str:
        if not is_nested(node):
            return str(node.n3())
        if depth > 8:
            return "..."
        return (
            "["
            + "; ".join(sorted(f"{p.n3()} {told(o, depth + 1)}" for p, o in graph.predicate_objects(node)))
            + "]"
        )

    for s, p, o in graph:
        if not is_nested(s):
            yield f"{s.n3()} {p.n3()} {told(o)}"


_NESTED = re.compile(r"/id/[^#]*#")
