"""
Workers that may die, and the guard that finds out of what.

A document during which a worker died is tried again by another one: it may have been killed from outside.
If that goes wrong each time, the document is named, and the rest of its shard is done without it.
"""

from __future__ import annotations

import json
import queue
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import IO, Any

from ..errors import DiploparseError
from .options import RunOptions
from .shards import Shard
from .spool import OutputLost
from .work import key_of

DEATHS = 3
"""Of a worker at one document: then it is the document. Two may be a coincidence where workers are killed in rows."""

BARREN = 10
"""Deaths in a row without a document done in between: then it is the shard."""

GRACE = 10.0
"""Seconds beyond twice the time limit: the limit cannot interrupt what is not Python."""

READING = 900.0
"""Seconds without a document: a slow store, a large file of which the last run did most."""

_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from diploparse.archive.worker import main; main()"

_FRAME = re.compile(r'  File "(.+)", line (\d+) in (.+)')
"""As Python's fault handler writes it."""

Event = Callable[[str, int, int], None]
"""Hears of documents as they are done: the shard's name, its records, and whether it failed (1 or 0)."""


class Stopped(DiploparseError):
    """The run is to end before this shard does."""


class ShardFailed(DiploparseError):
    """A shard that has no file of records."""


class Worker:
    """A process that does shards."""

    def __init__(self, options: RunOptions, folder: str | None = None) -> None:
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  closed with the worker
        self.process = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "-c", _BOOT, json.dumps(sys.path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, cwd=folder,
            # A session of its own: Ctrl-C must not reach it.
            start_new_session=True,
        )  # fmt: skip
        self._messages: queue.SimpleQueue[list[Any] | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()
        self._send(options.to_json())

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with suppress(ValueError, OSError):
            for line in self.process.stdout:
                self._messages.put(json.loads(line))
        self._messages.put(None)

    def _send(self, text: str) -> None:
        assert self.process.stdin is not None
        with suppress(OSError):  # it is dead, which is heard of soon enough
            self.process.stdin.write(text.encode() + b"\n")
            self.process.stdin.flush()

    def give(self, task: dict[str, Any]) -> None:
        """Hand over a shard."""
        self._log.seek(0)
        self._log.truncate()
        self._send(json.dumps(task))

    def hear(self, seconds: float) -> list[Any] | None:
        """
        What it says next; ``None`` if it is dead.

        Raises:
            queue.Empty: It says nothing for so long.
        """
        return self._messages.get(timeout=seconds)

    def last_words(self) -> str:
        """How it died, with its innermost Python frames if it crashed."""
        code = self.process.wait()
        try:
            how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        except ValueError:
            how = f"signal {-code}"
        self._log.seek(0)
        log = self._log.read()[-20_000:].decode("utf-8", "replace").splitlines()
        crashed = next((n for n, line in enumerate(log) if line.startswith("Current thread")), 0)
        frames = [match for line in log[crashed:] if (match := _FRAME.match(line))][:4]
        where = " < ".join(
            f"{name} ({Path(file).name}:{line})" for file, line, name in (f.groups() for f in frames)
        )
        return how + (f" in {where}" if where else "")

    def end(self) -> None:
        """End it at once; what it has done is in the spool."""
        with suppress(OSError):
            self.process.kill()
        self.process.wait()
        self._reader.join(timeout=5)
        for stream in (self.process.stdin, self.process.stdout, self._log):
            with suppress(OSError, AttributeError):
                stream.close()  # type: ignore[union-attr]


class Guard:
    """Does shards with one worker at a time, and gets another when it dies."""

    def __init__(
        self,
        options: RunOptions,
        out: Path,
        fingerprint: str,
        stop: threading.Event | None = None,
        folder: str | None = None,
    ) -> None:
        self._options = options
        self._out = out
        self._fingerprint = fingerprint
        self._folder = folder  # to which paths are relative, if not to this process's
        self._stop = stop or threading.Event()
        self._worker: Worker | None = None
        self.deaths = 0
        """Workers that died."""

    @property
    def pid(self) -> int | None:
        """Of the worker, if there is one."""
        return self._worker.process.pid if self._worker is not None else None

    def close(self) -> None:
        """End the worker."""
        if self._worker is not None:
            self._worker.end()
            self._worker = None

    def do(self, shard: Shard, event: Event | None = None) -> dict[str, Any]:
        """
        Do a shard, whatever its documents do to workers.

        Returns:
            Its report.

        Raises:
            OutputLost: The output folder cannot be written.

            ShardFailed: A worker fails before or after its documents, each time.

            Stopped: The run is to end.
        """
        deaths: Counter[int] = Counter()
        poisoned: dict[int, str] = {}
        end: tuple[int, str] | None = None
        barren = 0
        while True:
            progress = _Progress()
            how = self._attempt(shard, poisoned, end, progress, event)
            if isinstance(how, dict):
                return how
            self.close()
            self.deaths += 1
            barren = 0 if progress.made else barren + 1
            number = progress.number
            deaths[number] += 1
            if barren >= BARREN:
                raise ShardFailed(f"{shard.name}: the worker died {barren} times in a row: {how}")
            if deaths[number] < DEATHS or number < 0 or progress.phase == "closing":
                continue
            if progress.phase == "document":
                poisoned[number] = f"the worker died of it, {DEATHS} times: {how}"
            else:
                end = (number, f"the worker died {DEATHS} times when it read on from here: {how}")

    def _attempt(
        self, shard: Shard, poisoned: dict[int, str], end: tuple[int, str] | None, progress: _Progress,
        event: Event | None,
    ) -> dict[str, Any] | str:  # fmt: skip
        """The report, or how the worker died."""
        if self._worker is None:
            self._worker = Worker(self._options, self._folder)
        worker = self._worker
        worker.give(
            {"shard": shard.to_builtins(), "out": str(self._out), "key": key_of(shard, self._fingerprint),
             "poisoned": poisoned, "end": end}
        )  # fmt: skip
        limit = self._options.time_limit
        while True:
            patience = 2 * limit + GRACE if progress.phase == "document" and limit else READING
            message = self._hear(worker, patience if progress.phase != "closing" else None)
            match message:
                case None:
                    return worker.last_words()
                case "silent":
                    worker.end()
                    return f"it was ended after {patience:g} seconds without an answer"
                case ["resumed", number]:
                    progress.number = number
                case ["start", number, _]:
                    progress.number, progress.phase = number, "document"
                case ["made", number, records, failed]:
                    progress.number, progress.phase, progress.made = number + 1, "reading", True
                    if event is not None:
                        event(shard.name, records, int(failed))
                case ["closing"]:
                    progress.phase = "closing"
                case ["done", report]:
                    return dict(report)
                case ["lost", told]:
                    raise OutputLost(told)
                case ["failed", told]:
                    self.close()
                    raise ShardFailed(f"{shard.name}: {told}")

    def _hear(self, worker: Worker, patience: float | None) -> Any:
        until = monotonic() + patience if patience is not None else float("inf")
        while True:
            if self._stop.is_set():
                self.close()
                raise Stopped("stopped")
            try:
                return worker.hear(0.25)
            except queue.Empty:
                if monotonic() > until:
                    return "silent"


class _Progress:
    """Where a worker is."""

    def __init__(self) -> None:
        self.number = -1
        self.phase = "reading"
        self.made = False
