"""
Try the metamorphic laws on the open articles of corpus/dev.

usage: laws.py [--law NAME ...] [--examples N]

Each article is read as it stands and changed as each law says; what differs is counted record by
record.  For every law: the articles it was tried on, those it held on, the share of records that
stayed, and with ``--examples`` some of the differences.  Kept-back articles are not read.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import quality

import diploparse
from diploparse.testing import grammar
from diploparse.testing import metamorphic_laws as laws
from diploparse.testing.readable import difference, everything, key_of

Variant = tuple[str, str, str | None, Callable[[dict[str, Any]], Any]]
"""Name, changed text, day of publication, and what is expected of a record of the original."""


def same(record: dict[str, Any]) -> Any:
    """Nothing is expected to change."""
    return record


def paragraphs(text: str, day: str | None, found: diploparse.Extraction) -> Iterator[Variant]:
    """An irrelevant paragraph at the end, and one in the middle."""
    weather = grammar.words().lists["weather"]
    yield "irrelevant paragraph at the end", f"{text.rstrip()}\n\n{weather[0]}\n", day, same
    gaps = [m.end() for m in re.finditer(r"\n\s*\n", text)]
    if len(gaps) > 2:
        at = gaps[len(gaps) // 2]
        yield "irrelevant paragraph inside", f"{text[:at]}{weather[1]}\n\n{text[at:]}", day, same


def swaps(text: str, day: str | None, found: diploparse.Extraction) -> Iterator[Variant]:
    """Other family names; another country."""
    fresh = [n for n in laws._NEW_NAMES if n not in text]
    table = dict(zip(laws.names_of(found), fresh, strict=False))
    if table:
        yield "names swapped", laws.swap_words(text, table), day, lambda r: laws._swapped(r, table)
    words, codes = laws._country_table(text, lambda strategy: strategy.elements[-1])
    if words:
        swapped = laws.swap_words(text, words)
        yield "countries swapped", swapped, day, lambda r: laws._recoded(laws._swapped(r, words), codes)


def dates(text: str, day: str | None, found: diploparse.Extraction) -> Iterator[Variant]:
    """The whole text eight weeks later, where it names no month."""
    if day is None or laws._MONTHS.search(text):
        return
    weeks = timedelta(weeks=8)

    def later(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: later(v) for k, v in value.items()}
        if isinstance(value, list):
            return [later(v) for v in value]
        if isinstance(value, str) and value not in text:
            return laws._DAY.sub(lambda m: (date.fromisoformat(m[0]) + weeks).isoformat(), value)
        return value

    yield "dates shifted", text, (date.fromisoformat(day) + weeks).isoformat(), later


def typography(text: str, day: str | None, found: diploparse.Extraction) -> Iterator[Variant]:
    """Other marks, spaces and line ends."""
    for name, change in laws._TYPOGRAPHY:
        changed = change(text)
        if changed != text:
            yield name, changed, day, same


def truncation(text: str, day: str | None, found: diploparse.Extraction) -> Iterator[Variant]:
    """An unrelated article after it: nothing of the first may change."""
    tail = "Tonga's Prime Minister Sione Vakata met Palau's President Remengesau Ueki on a boat."
    yield "another story after it", f"{text.rstrip()}\n\n{tail}\n", day, same


VARIANTS = (paragraphs, swaps, dates, typography, truncation)


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--law", action="append", default=[])
    options.add_argument("--examples", type=int, default=0)
    given = options.parse_args()
    parser = diploparse.Parser(entry_points=False)
    tried: Counter[str] = Counter()
    held: Counter[str] = Counter()
    records: Counter[str] = Counter()
    stayed: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    for path in sorted(quality.SETS["dev"].rglob("article.txt")):
        if quality.is_kept(path.parent.name):
            continue
        text = quality.read(path)
        before = parser.parse(text)
        day = before.document.published
        for made in VARIANTS:
            for name, changed, published, expected in made(text, day, before):
                if given.law and name not in given.law:
                    continue
                # The header's own day wins over nothing; only a shift passes one.
                after = parser.parse(changed, published=published if made is dates else None)
                wanted = [laws._plain(expected(r)) for r in everything(before)]
                found = [laws._plain(r) for r in everything(after)]
                if made is truncation:
                    found = [r for r in found if "Vakata" not in key_of(r) and "Ueki" not in key_of(r)]
                keys = Counter(map(key_of, found))
                same_ones = sum((Counter(map(key_of, wanted)) & keys).values())
                tried[name] += 1
                records[name] += len(wanted)
                stayed[name] += same_ones
                differs = difference(wanted, found, ("before", "after"))
                held[name] += not differs
                if differs and shown[name] < given.examples:
                    shown[name] += 1
                    print(f"-- {name}: {path.parent.name}\n{differs}\n")
    print(f"{'':36}{'articles':>9}{'held':>6}{'records':>9}{'stayed':>8}")
    for name in tried:
        share = 100 * stayed[name] / max(1, records[name])
        print(f"{name:36}{tried[name]:9}{held[name]:6}{records[name]:9}{share:7.1f}%")
    return 0


if __name__ == "__main__":
    sys.exit(main())
