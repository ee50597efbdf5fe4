"""
What has been done of a shard: a line for each document, written when it is done.

A line is a JSON object with what the report counts, a tab, and the extraction as JSON Lines has it, if
there is one.  Lines are whole or not there: a process that dies in the middle of one loses that document's
work and nothing else, so the number of lines is where to go on.
"""

from __future__ import annotations

import heapq
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import attrs

from ..errors import DiploparseError
from ..hookspecs import Exporter
from .shards import STATE

SLOWEST = 10
"""Documents that a report names."""


class OutputLost(DiploparseError):
    """The output folder cannot be written to: full, gone, or somebody else is at it."""


@attrs.frozen(kw_only=True)
class Failure:
    """A document, or the rest of a file, that has no records, and why."""

    input: str
    """The file."""

    position: int
    """Of the document in its shard, counted from 1."""

    id: str | None = None
    """Of the document, if it was known."""

    stage: str = "read"
    """``read``, ``write``, ``worker`` or the stage of the parse."""

    plugin: str | None = None
    """Plugin and extractor, if one was running."""

    code: str
    """Short and stable: not-read, broken-off, out-of-time, document-failed, worker-died."""

    message: str
    """What happened."""


class Spool:
    """The spool of a shard, held by one process at a time."""

    def __init__(self, out: Path, name: str, key: str) -> None:
        self.path = out / STATE / "parts" / f"{name}.part"
        self._key = key
        self._stream: IO[bytes] | None = None
        self.lines = 0
        """Documents done."""

    def open(self) -> None:
        """
        Take hold of the spool, and find out what was done.

        Raises:
            OutputLost: It cannot be written, or another process holds it.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self.path.open("a+b")
            _lock(self._stream, self.path)
            self.lines = self._recover(self._stream)
        except OSError as error:
            raise lost(error, self.path) from error

    def _recover(self, stream: IO[bytes]) -> int:
        """Cut off what is not whole; begin anew if it is of other inputs or options."""
        stream.seek(0)
        good, lines = 0, -1
        for line in stream:
            told = _head(line)
            if told is None or (lines < 0 and told.get("key") != self._key):
                break
            good, lines = good + len(line), lines + 1
        stream.truncate(good)
        if lines < 0:
            stream.truncate(0)
            stream.write(json.dumps({"key": self._key}).encode() + b"\t\n")
            stream.flush()
            lines = 0
        stream.seek(0, os.SEEK_END)
        return lines

    def add(self, told: dict[str, Any], extraction: bytes = b"") -> None:
        """
        Note that a document is done.

        Raises:
            OutputLost: It cannot be written.
        """
        assert self._stream is not None
        try:
            self._stream.write(json.dumps(told, separators=(",", ":")).encode() + b"\t" + extraction + b"\n")
            self._stream.flush()
        except OSError as error:
            raise lost(error, self.path) from error
        self.lines += 1

    def entries(self) -> Iterator[tuple[dict[str, Any], bytes]]:
        """What was noted, in its order."""
        with self.path.open("rb") as stream:
            next(stream)
            for line in stream:
                told, _, extraction = line.rstrip(b"\n").partition(b"\t")
                yield json.loads(told), extraction

    def close(self) -> None:
        """Let go of it; what it holds stays."""
        if self._stream is not None:
            with suppress(OSError):
                self._stream.close()
            self._stream = None


def _head(line: bytes) -> dict[str, Any] | None:
    """What a whole line tells."""
    told, tab, _ = line.partition(b"\t")
    if not tab or not line.endswith(b"\n") or b"\0" in told:
        return None
    try:
        found = json.loads(told)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _lock(stream: IO[bytes], path: Path) -> None:
    """One process at a time: one whose parent was killed may still be at its last document."""
    try:
        import fcntl
    except ImportError:
        return  # Windows refuses to replace a file that is open, which is as good
    from time import monotonic, sleep

    until = monotonic() + 30
    while True:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if monotonic() > until:
                raise OutputLost(
                    f"{path}: another run is writing it: wait for it, or end it, and run this again"
                ) from None
            sleep(0.1)


def lost(error: OSError, path: Path) -> OutputLost:
    """The error for an output folder that the system refuses."""
    if isinstance(error, FileNotFoundError):
        return OutputLost(f"{path}: the folder was removed: the same command does again what was in it")
    return OutputLost(
        f"{error.filename or path}: {error.strerror or error}: what is done is kept; see to it and run the same command"
    )


# -- the end of a shard -------------------------------------------------------------------------


def target_of(out: Path, name: str, exporter: Exporter) -> Path:
    """The file or folder of a shard's records."""
    suffix = exporter.suffix if exporter.target != "folder" and exporter.suffix else f".{exporter.name}"
    return out / f"{name}{suffix}"


def errors_of(out: Path, name: str) -> Path:
    """The file of a shard's failures; it is there if there are any."""
    return out / f"{name}.errors.jsonl"


def report_of(out: Path, name: str) -> Path:
    """The file that says that a shard is through."""
    return out / STATE / "reports" / f"{name}.json"


def finish(spool: Spool, out: Path, name: str, exporter: Exporter, options: dict[str, Any]) -> dict[str, Any]:
    """
    Give a shard's records their name, and report.

    Records first, then failures, then the report: a process that dies between them does the
    last step again.

    Returns:
        The report: counts by record type, failures by stage, notes of plugins that failed, the slowest documents.

    Raises:
        OutputLost: It cannot be written.
    """
    report: dict[str, Any] = {
        "documents": 0, "passed_over": 0, "failed": 0, "seconds": 0.0, "records": {}, "stages": {}, "slowest": [],
    }  # fmt: skip
    records: Counter[str] = Counter()
    stages: Counter[str] = Counter()
    target, errors = target_of(out, name, exporter), errors_of(out, name)
    hidden = out / STATE / "parts"
    lines, faults = hidden / f"{name}.records", hidden / f"{name}.errors"
    slowest: list[tuple[float, str]] = []
    try:
        with lines.open("wb") as good, faults.open("wb") as bad:
            for told, extraction in spool.entries():
                if extraction:
                    good.write(extraction + b"\n")
                    report["documents"] += 1
                    records.update(told["records"])
                elif "failure" in told:
                    bad.write(
                        json.dumps(told["failure"], ensure_ascii=False).encode("utf-8", "replace") + b"\n"
                    )
                    report["failed"] += 1
                    stages[_place(told["failure"])] += 1
                else:
                    report["passed_over"] += 1
                stages.update(told.get("notes", ()))
                seconds = told.get("seconds", 0.0)
                report["seconds"] += seconds
                heapq.heappush(slowest, (seconds, str(told.get("id"))))
                if len(slowest) > SLOWEST:
                    heapq.heappop(slowest)
            os.fsync(good.fileno())
        target.parent.mkdir(parents=True, exist_ok=True)
        _export(lines, target, exporter, options)
        if report["failed"]:
            os.replace(faults, errors)
        else:
            errors.unlink(missing_ok=True)
            faults.unlink()
        report |= {
            "records": dict(sorted(records.items())), "stages": dict(sorted(stages.items())),
            "seconds": round(report["seconds"], 3), "slowest": sorted(slowest, reverse=True),
        }  # fmt: skip
        return report
    except OSError as error:
        raise lost(error, target) from error


def _place(failure: dict[str, Any]) -> str:
    """Where something failed, as the summary counts it."""
    return f"{failure['stage']}: {failure['plugin'] or failure['code']}"


def _export(lines: Path, target: Path, exporter: Exporter, options: dict[str, Any]) -> None:
    if exporter.name == "jsonl" and not options:
        os.replace(lines, target)
        return
    import shutil

    from ..export import write
    from ..export.json import load

    part = lines.with_name(f"{lines.name}.{exporter.name}")
    if part.is_dir():
        shutil.rmtree(part)
    write(load(lines), exporter, part, **options)
    if target.is_dir():
        shutil.rmtree(target)
    os.replace(part, target)
    lines.unlink()


def write_json(path: Path, value: Any) -> None:
    """
    Write a JSON file that is whole or not there.

    Raises:
        OutputLost: It cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as stream:
            json.dump(value, stream, indent=1, ensure_ascii=False)
            stream.write("\n")
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise lost(error, path) from error
