"""
Try faults on a run of 20,000 documents, and compare its records with those of an undisturbed run.

usage: faults.py [--documents N] [--workers N] [--seed N] [--only NAME ...] [--out FILE]

The parser is a fake one (poison.py, the built-in extractors disabled): faults are the run's affair,
not the parser's, and with the real one an evening would pass.  One document in a hundred is
poisoned: its plugin raises, hangs, kills its worker, or it is not UTF-8, or a line of 20 MB.  In every
case each good document's records must be there exactly once and, file by file, the same bytes
as in the run without faults.  A table of what happened goes to standard output, JSON to ``--out``.

    poisoned          the poisoned documents, nothing else
    killed            the worker killed at random moments, ten times, poison included
    disk-full         into a tmpfs too small for it, then enlarged (needs the right to mount)
    folder-removed    the output folder removed in the middle, then run again
    truncated         gzip members cut in the middle
    stopped           the run stopped by Ctrl-C (SIGINT) and resumed, five times
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from diploparse.archive import Progress, RunOptions, Summary, run

HERE = Path(__file__).parent
FILES = 20
KINDS = ("raise", "hang", "kill", "utf-8", "long")
OPTIONS = RunOptions(plugins=("poison",), disable=("english",), entry_points=False, time_limit=0.3)
GOOD = (
    "In Paris the delegations exchanged considerations, number {n}, regarding multilateral arrangements. " * 4
)


def document(number: int, poison: str = "") -> bytes:
    """A line of JSON Lines."""
    text = GOOD.format(n=number) + (f" POISON:{poison}" if poison in ("raise", "hang", "kill") else "")
    if poison == "long":
        text += "word " * 4_000_000
    line = json.dumps({"id": f"d{number}", "text": text}).encode()
    return line.replace(b"Paris", b"Par\xffs") if poison == "utf-8" else line


def write_archive(folder: Path, count: int, poisoned: dict[int, str], without: bool = False) -> None:
    """The documents in some files, every other one packed; the poisoned ones as such, or left out."""
    folder.mkdir(parents=True)
    each = -(-count // FILES)
    for file in range(FILES):
        numbers = range(file * each, min((file + 1) * each, count))
        lines = [document(n, poisoned.get(n, "")) for n in numbers if not (without and n in poisoned)]
        name = folder / f"{file:02}.jsonl{'.gz' if file % 2 else ''}"
        with gzip.open(name, "wb", compresslevel=1) if file % 2 else name.open("wb") as stream:
            stream.writelines(line + b"\n" for line in lines)


def records(out: Path) -> dict[str, list[bytes]]:
    """The lines of all files of records, without those of documents whose plugin raised: they are bad ones."""
    return {
        path.name: [line for line in path.read_bytes().splitlines() if b"POISON" not in line]
        for path in sorted(out.glob("*.jsonl"))
        if ".errors." not in path.name
    }


def digest(found: dict[str, list[bytes]]) -> str:
    """Of all of it."""
    told = hashlib.sha256()
    for name, lines in sorted(found.items()):
        told.update(name.encode() + b"\n" + b"\n".join(lines) + b"\n")
    return told.hexdigest()[:16]


def failures(out: Path) -> Counter[str]:
    """How many, by code."""
    return Counter(
        json.loads(line)["code"]
        for path in out.glob("*.errors.jsonl")
        for line in path.read_text().splitlines()
    )


class Trial:
    """The archive and what an undisturbed run makes of it."""

    def __init__(self, folder: Path, count: int, workers: int, seed: int) -> None:
        self.folder = folder
        self.workers = workers
        self.random = random.Random(seed)
        numbers = self.random.sample(range(count), count // 100)
        self.poisoned = {n: KINDS[i % len(KINDS)] for i, n in enumerate(numbers)}
        self.good = count - len(self.poisoned)
        write_archive(folder / "in", count, self.poisoned)
        write_archive(folder / "clean", count, self.poisoned, without=True)
        began = time.monotonic()
        summary = run([folder / "clean"], folder / "expected", options=OPTIONS, workers=workers)
        self.undisturbed = time.monotonic() - began
        assert summary.documents == self.good, summary
        self.expected = records(folder / "expected")

    def run(self, out: Path, source: str = "in", **more: Any) -> Summary:
        """A run over the poisoned archive."""
        return run([self.folder / source], out, options=OPTIONS, workers=self.workers, **more)

    def judged(self, out: Path, *, expected: dict[str, list[bytes]] | None = None) -> dict[str, Any]:
        """Whether each good document's records are there once and the same."""
        expected = expected if expected is not None else self.expected
        found = records(out)
        wanted = Counter(line for lines in expected.values() for line in lines)
        got = Counter(line for lines in found.values() for line in lines)
        return {
            "good documents": sum(wanted.values()), "missing": (wanted - got).total(), "twice or wrong": (got - wanted).total(),
            "identical files": digest(found) == digest(expected), "failures": dict(sorted(failures(out).items())),
        }  # fmt: skip


def poisoned(trial: Trial) -> dict[str, Any]:
    out = trial.folder / "poisoned"
    summary = trial.run(out)
    return {"workers that died": summary.deaths, **trial.judged(out)}


def killed(trial: Trial) -> dict[str, Any]:
    out, guards, victims = trial.folder / "killed", [], []
    moments = sorted(trial.random.sample(range(trial.good // 20, trial.good), 10))

    def show(progress: Progress) -> None:
        if not moments or progress.documents < moments[0]:
            return
        if (pid := trial.random.choice(guards).pid) is not None:
            os.kill(pid, signal.SIGKILL)
            victims.append(pid)
            moments.pop(0)

    summary = trial.run(out, show=show, started=guards.extend)
    return {"killed": len(victims), "workers that died": summary.deaths, **trial.judged(out)}


def disk_full(trial: Trial) -> dict[str, Any]:
    out = trial.folder / "small"
    out.mkdir()
    needed = sum(len(line) + 1 for lines in trial.expected.values() for line in lines)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={needed // 3}", "tmpfs", str(out)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        return {"left out": mounted.stderr.decode().strip() or "no right to mount"}
    try:
        first = trial.run(out / "out")
        again = trial.run(out / "out")  # still full
        subprocess.run(["mount", "-o", f"remount,size={needed * 4}", str(out)], check=True)
        last = trial.run(out / "out")
        return {
            "ended": [first.ended, again.ended, last.ended], "files done before the disk was full": first.done,
            "message": first.message.replace(str(trial.folder), ""), **trial.judged(out / "out"),
        }  # fmt: skip
    finally:
        subprocess.run(["umount", str(out)], check=False)


def folder_removed(trial: Trial) -> dict[str, Any]:
    out, removed = trial.folder / "removed", []

    def show(progress: Progress) -> None:
        if progress.documents > trial.good // 3 and not removed:
            shutil.rmtree(out, ignore_errors=True)
            removed.append(progress.documents)

    first = trial.run(out, show=show)
    last = trial.run(out)
    return {
        "ended": [first.ended, last.ended],
        "message": first.message.replace(str(trial.folder), ""),
        **trial.judged(out),
    }


def truncated(trial: Trial) -> dict[str, Any]:
    shutil.copytree(trial.folder / "clean", trial.folder / "cut")
    cut = trial.folder / "cut"
    expected = dict(trial.expected)
    for path in sorted(cut.glob("*.gz"))[:5]:
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2])
        name = f"{path.name}.jsonl"
        # What a reader can have of it: the lines that are whole.
        with gzip.open(path) as stream:
            whole = 0
            try:
                for line in stream:
                    whole += line.endswith(b"\n")
            except EOFError:
                pass
        expected[name] = trial.expected[name][:whole]
    first = trial.run(trial.folder / "truncated", source="cut")
    told = trial.judged(trial.folder / "truncated", expected=expected)
    for path in sorted((trial.folder / "clean").glob("*.gz")):
        shutil.copy(path, cut / path.name)
    last = trial.run(trial.folder / "truncated", source="cut")
    mended = trial.judged(trial.folder / "truncated")
    return {"lost with the ends of files": trial.good - told["good documents"], "failed": [first.failed, last.failed],
            "mended": mended["identical files"], **told}  # fmt: skip


_SCRIPT = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from faults import OPTIONS
from diploparse.archive import run
print(run([sys.argv[2]], sys.argv[3], options=OPTIONS, workers=int(sys.argv[4])).ended)
"""


def stopped(trial: Trial) -> dict[str, Any]:
    out = trial.folder / "stopped"
    arguments = [
        sys.executable,
        "-c",
        _SCRIPT,
        str(HERE),
        str(trial.folder / "in"),
        str(out),
        str(trial.workers),
    ]
    ended: list[str] = []
    stops = [1.5, 4.0, 3.0, 5.0, 2.0]
    for seconds in stops:
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
        time.sleep(seconds + trial.random.random())
        process.send_signal(signal.SIGINT)
        ended += process.communicate(timeout=60)[0].split()
    last = subprocess.run(arguments, capture_output=True, text=True, check=False)
    return {"ended": [*ended, *last.stdout.split()], **trial.judged(out)}


TRIALS: dict[str, Callable[[Trial], dict[str, Any]]] = {
    "poisoned": poisoned, "killed": killed, "disk-full": disk_full, "folder-removed": folder_removed,
    "truncated": truncated, "stopped": stopped,
}  # fmt: skip


def main() -> int:
    """Try them, and fail if a record is missing."""
    sys.path.insert(0, str(HERE))
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=TRIALS, default=list(TRIALS))
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        trial = Trial(Path(folder), arguments.documents, arguments.workers, arguments.seed)
        print(f"{arguments.documents} documents in {FILES} files, {dict(Counter(trial.poisoned.values()))} poisoned; "
              f"undisturbed {trial.undisturbed:.1f} s", flush=True)  # fmt: skip
        told = {}
        for name in arguments.only:
            began = time.monotonic()
            told[name] = found = {**TRIALS[name](trial), "seconds": round(time.monotonic() - began, 1)}
            bad += "left out" not in found and not found["identical files"]
            print(f"\n{name}", *(f"  {key}: {value}" for key, value in found.items()), sep="\n", flush=True)
    if arguments.out is not None:
        arguments.out.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
