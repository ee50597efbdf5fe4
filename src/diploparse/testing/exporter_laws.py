"""Laws of exporters."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs

from ..hookspecs import Exporter
from ..records import Extraction
from .subjects import (
    Draw,
    Subject,
    break_law,
    hypothesis_strategies,
)


def _exported(exporter: Exporter, extractions: Iterable[Extraction]) -> dict[str, bytes]:
    """What an exporter writes, by file name."""
    from ..export import write

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"out{exporter.suffix or '.out'}"
        write(extractions, exporter, out)
        if out.is_dir():
            return {
                p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()
            }
        return {out.name: out.read_bytes()}


def _hostile() -> Any:
    from .strategies import extractions, hostile_extractions

    return hypothesis_strategies().one_of(hostile_extractions(surrogates=False), extractions())


def _natural() -> Any:
    from .strategies import extractions

    return extractions()


def export_total(subject: Subject, draw: Draw) -> None:
    extraction = draw(_hostile())
    for exporter in subject.items[Exporter]:
        subject.count("export_total")
        try:
            _exported(exporter, [extraction])
        except Exception as error:
            break_law(
                subject, "export_total", exporter=exporter.name, extraction=repr(extraction)[:2000],
                error=f"{type(error).__name__}: {error}",
            )  # fmt: skip


def export_nothing(subject: Subject, draw: Draw) -> None:
    for exporter in subject.items[Exporter]:
        subject.count("export_nothing")
        try:
            _exported(exporter, [])
        except Exception as error:
            break_law(
                subject, "export_nothing", exporter=exporter.name, error=f"{type(error).__name__}: {error}"
            )


def export_deterministic(subject: Subject, draw: Draw) -> None:
    extraction = draw(_natural())
    for exporter in subject.items[Exporter]:
        subject.count("export_deterministic")
        once, again = (_exported(exporter, [extraction]) for _ in range(2))
        if once != again:
            name = next(n for n in once if once[n] != again.get(n))
            break_law(
                subject, "export_deterministic", exporter=exporter.name, text=repr(extraction.document.text),
                once=repr(once[name][:600]), again=repr(again.get(name, b"")[:600]),
            )  # fmt: skip


def export_streams(subject: Subject, draw: Draw) -> None:
    from .strategies import extractions

    extraction = draw(extractions(meetings=1, statements=1))
    for exporter in subject.items[Exporter]:
        if exporter.target != "text":
            continue
        subject.count("export_streams")
        out = io.StringIO()
        sizes: list[int] = []

        def many(out: io.StringIO = out, sizes: list[int] = sizes) -> Iterator[Extraction]:
            for _ in range(40):
                sizes.append(len(out.getvalue()))
                yield extraction

        exporter.write(many(), out)
        if len(sizes) == 40 and len(set(sizes)) == 1:
            break_law(
                subject, "export_streams", exporter=exporter.name,
                written=f"{sizes[0]} characters when the first of 40 extractions was asked for, and still when the last was",
            )  # fmt: skip


def losses_are_named(subject: Subject, draw: Draw) -> None:
    from ..export.fields import classes_in

    known = {f"{c.__name__}.{f.name}" for c in classes_in(Extraction) for f in attrs.fields(c)}
    for exporter in subject.items[Exporter]:
        subject.count("losses_are_named")
        wrong = [
            name
            for name in exporter.loses
            if name not in known and name.partition(".")[0] in {n.partition(".")[0] for n in known}
        ]
        wrong += [name for name in exporter.loses if "." not in name]
        if wrong:
            break_law(
                subject,
                "losses_are_named",
                exporter=exporter.name,
                loses=f"{wrong[0]!r} is no field of a record",
            )
