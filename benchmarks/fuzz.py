"""
Look for faults with bytes: exceptions, hangs, time that outgrows the text.

usage: fuzz.py [--target parse|jsonl|text|loads|lexicon] [--seconds N] [--corpus FOLDER] [--seed N]

Coverage-guided where atheris is installed; else by mutation of the open articles and samples, with
a fixed seed.  What is found is written to ``--out`` (by default ``fuzz-found/``), to become a fixture.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, perf_counter

import quality

import diploparse
from diploparse import InputError, LexiconError, Metadata
from diploparse.export.json import dumps
from diploparse.testing.metamorphic_laws import STUFFING

PARSER = diploparse.Parser(entry_points=False, strict=True)
SLOW_SECONDS, SLOW_EACH = 2.0, 100e-6
"""A hang: longer than this, and longer than this a byte."""


def parse(data: bytes) -> None:
    """Any text parses, and its records are valid."""
    text = data.decode("utf-8", "surrogateescape")
    extraction = PARSER.parse(text, metadata=Metadata(language="en"))
    assert extraction.document.text == text


def jsonl(data: bytes) -> None:
    """Any bytes are JSON Lines or an `InputError`."""
    for document in PARSER.plugins.reader("jsonl").read(io.BytesIO(data), on_error=lambda error: None):
        assert isinstance(document.text, str)


def text(data: bytes) -> None:
    """Any bytes are a text or an `InputError`."""
    list(PARSER.plugins.reader("text").read(io.BytesIO(data)))


def loads(data: bytes) -> None:
    """Any bytes are extractions or an `InputError`."""
    diploparse.loads(data, unknown="note")


def lexicon(data: bytes) -> None:
    """Any file is a lexicon or a `LexiconError`; bytes that are no UTF-8 are an error of the file system's kind."""
    with tempfile.NamedTemporaryFile(suffix=".tsv") as file:
        file.write(data.decode("utf-8", "replace").encode())
        file.flush()
        diploparse.read_lexicon(Path(file.name), origin=hashlib.sha256(data).hexdigest())


TARGETS: dict[str, Callable[[bytes], None]] = {
    "parse": parse, "jsonl": jsonl, "text": text, "loads": loads, "lexicon": lexicon,
}  # fmt: skip
ALLOWED = (InputError, LexiconError)


def samples(target: str) -> list[bytes]:
    """What the mutations start from."""
    articles = [
        quality.read(p).encode()
        for p in sorted(quality.SETS["dev"].rglob("article.txt"))
        if not quality.is_kept(p.parent.name)
    ]
    if target == "jsonl":
        return [b'{"text": "A met B.", "published": "2024-03-14"}\n{"text": ""}\n', b'[{"a": 1}]\n']
    if target == "loads":
        return [
            dumps(PARSER.parse("Minister Jane Roe met President John Doe in Paris.")).encode(),
            b"{}",
            b"[]",
        ]
    if target == "lexicon":
        return [b"# kind: place\n# match: name\nsurface\tvalue\nA|B\tAZ\n", b"surface\n"]
    return articles


_PIECES = [p.encode() for p in (*STUFFING.values(), "“", "”", "\r\n", "\u00a0", "\x00", "{", "}", "\t", "|")]


def mutated(data: bytes, others: list[bytes], rng: random.Random) -> bytes:
    """A few edits: cut, insert, repeat, splice, flip."""
    for _ in range(rng.randint(1, 6)):
        at, to = sorted((rng.randint(0, len(data)), rng.randint(0, len(data))))
        match rng.randrange(6):
            case 0:
                data = data[:at] + data[min(to, at + 80) :]
            case 1:
                data = data[:at] + rng.choice(_PIECES) + data[at:]
            case 2:
                data = data[:at] + data[at : min(to, at + 200)] * rng.randint(2, 8) + data[at:]
            case 3:
                other = rng.choice(others)
                cut = rng.randint(0, len(other))
                data = data[:at] + other[cut : cut + 300] + data[at:]
            case 4:
                data = data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
            case _:
                data = data[:at] + rng.choice(_PIECES) * rng.randint(2, 30) + data[at:]
    return data[:20_000]


def attempt(target: str, data: bytes) -> str:
    """What is wrong with a target on some bytes; empty if nothing is."""
    began = perf_counter()
    try:
        TARGETS[target](data)
    except ALLOWED:
        pass
    except Exception:
        return traceback.format_exc()
    spent = perf_counter() - began
    if spent > SLOW_SECONDS and spent > SLOW_EACH * len(data):
        return f"slow: {spent:.1f} s for {len(data)} bytes"
    return ""


def faults(target: str, seconds: float, seed: int) -> Iterator[tuple[bytes, str]]:
    """Mutate and try until the time is over; yield what is found, and print the number of tries."""
    rng, pool = random.Random(seed), samples(target)
    end, tried = monotonic() + seconds, 0
    while monotonic() < end:
        data = mutated(rng.choice(pool), pool, rng)
        tried += 1
        problem = attempt(target, data)
        if problem:
            yield data, problem
    print(f"{target}: {tried} inputs in {seconds:.0f} s")


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--target", choices=TARGETS, default="parse")
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--out", type=Path, default=Path("fuzz-found"))
    options.add_argument("--no-atheris", action="store_true")
    given = options.parse_args()
    try:
        if given.no_atheris:
            raise ImportError
        import atheris
    except ImportError:
        found: dict[str, int] = {}
        for data, problem in faults(given.target, given.seconds, given.seed):
            last = problem.strip().split("\n")[-3:]
            key = problem if problem.startswith("slow") else "\n".join(last)
            kind = "slow" if problem.startswith("slow") else key
            found[kind] = found.get(kind, 0) + 1
            if found[kind] == 1:
                given.out.mkdir(exist_ok=True)
                name = f"{given.target}-{hashlib.sha256(data).hexdigest()[:12]}"
                (given.out / name).write_bytes(data)
                print(f"{name}: {key}")
        for kind, times in found.items():
            print(f"{times} times: {kind.splitlines()[-1]}")
        return 1 if found else 0

    def one(data: bytes) -> None:
        problem = attempt(given.target, data)
        if problem:
            raise RuntimeError(problem)

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], f"-max_total_time={int(given.seconds)}", "-max_len=20000"], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
