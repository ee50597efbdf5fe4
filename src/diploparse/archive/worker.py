"""
The process that does shards, one after the other, as it is told on standard input.

It answers on what was its standard output, a JSON list a line; what plugins print goes to standard error.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import describe
from .options import RunOptions
from .shards import Shard
from .spool import OutputLost
from .work import Teller, work


class PipeTeller(Teller):
    """Writes what happens into a pipe; nobody reads it any more when the run is gone, and so is this process."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def tell(self, *message: Any) -> None:
        """Write a line."""
        data = json.dumps(message).encode() + b"\n"
        try:
            while data:
                data = data[os.write(self._descriptor, data) :]
        except BrokenPipeError:
            os._exit(1)

    def resumed(self, number: int) -> None:
        self.tell("resumed", number)

    def start(self, number: int, label: str) -> None:
        self.tell("start", number, label)

    def made(self, number: int, records: int, failed: bool) -> None:
        self.tell("made", number, records, failed)

    def closing(self) -> None:
        self.tell("closing")


def _orders() -> Iterator[str]:
    """
    What comes on standard input, read by a thread of its own.

    When its end comes in the middle of a document, the run is gone, and its next one waits for this process.
    """
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()

    def listen() -> None:
        for line in sys.stdin.buffer:
            lines.put(line.decode())
        os._exit(1)

    threading.Thread(target=listen, daemon=True).start()
    while True:
        yield lines.get()


def main() -> None:
    """Serve until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which ends its workers
    teller = PipeTeller(os.dup(1))
    os.dup2(2, 1)
    orders = _orders()
    options = RunOptions.from_json(next(orders))
    try:
        parser = options.parser()
        exporter = options.exporter(parser)
    except Exception as error:
        teller.tell("failed", describe(error))
        return
    teller.tell("ready")
    for line in orders:
        task = json.loads(line)
        end = task["end"]
        try:
            report = work(
                Shard.of(task["shard"]), Path(task["out"]), task["key"], parser, exporter, options,
                poisoned={int(number): why for number, why in task["poisoned"].items()},
                end=(end[0], end[1]) if end else None, teller=teller,
            )  # fmt: skip
        except OutputLost as error:
            teller.tell("lost", str(error))
        except Exception as error:
            teller.tell("failed", describe(error))
        else:
            teller.tell("done", report)
