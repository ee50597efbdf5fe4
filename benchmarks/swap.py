"""
Swap the names and cities of an evaluation set for others of the same kind, and score both.

usage: swap.py [--part open|kept] [--out FOLDER]

Every word of a person's name becomes a word of another article's person (given name for given
name, family name for family name); a city that is no capital becomes another city of its country.
The gold follows, offsets included.  A figure that moves by more than 0.01 says that something
learned a name.  ``--out`` keeps the swapped set, in the layout of the evaluation sets.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import quality

import diploparse

HEADLINE = (
    "persons",
    "persons full",
    "meetings",
    "meetings strict",
    "statements",
    "statements e2e",
    "speaker",
)
PARTICLES = frozenset(
    ["bin", "bint", "del", "della", "der", "dos", "las", "los", "ould", "van", "von", "ter"]
)


def words_of(golds: list[dict[str, Any]]) -> tuple[set[str], set[str]]:
    """First words and other words of all persons' names that can be swapped."""
    first, last = set(), set()
    for gold in golds:
        for actor in gold["actors"]:
            if actor["kind"] != "person" or not actor["mentions"]:
                continue
            words = [w for w in re.findall(r"[^\W\d_]{3,}", actor["name"]) if w[0].isupper()]
            words = [w for w in words if w.lower() not in PARTICLES]
            if len(words) > 1:
                first.add(words[0])
            last.update(words[1:] or words)
    return first, last - first


def mapping(words: set[str], rng: random.Random) -> dict[str, str]:
    """Each word to another; a rotation of a shuffled list, so that none stays."""
    order = sorted(words)
    rng.shuffle(order)
    return dict(zip(order, order[1:] + order[:1], strict=True))


def cities(lexicon: diploparse.LexiconUnion, rng: random.Random) -> dict[str, str]:
    """Cities of one word that are no capitals, each to another of its country."""
    capitals = {e.surface for e in lexicon.table("capital")}
    by_country: dict[str, list[str]] = {}
    for entry in lexicon.table("place"):
        name = entry.surface
        plain = entry.feature("type") == "city" and name.isalpha() and not entry.feature("ambiguous")
        if plain and name not in capitals and not lexicon.has(name, "country", "given_name", "title"):
            by_country.setdefault(entry.value, []).append(name)
    out: dict[str, str] = {}
    for names in by_country.values():
        names = sorted(set(names))
        rng.shuffle(names)
        out |= dict(zip(names, names[1:] + names[:1], strict=True))
    return out


def swapped(text: str, table: dict[str, str]) -> tuple[str, Callable[[int], int]]:
    """The text with every whole word of the table replaced, and where an old offset went."""
    pieces, moves, at, shift = [], [(0, 0)], 0, 0
    for match in re.finditer(r"[^\W\d_]+", text):
        word = match[0]
        new = table.get(word)
        if new is None and word.isupper() and len(word) > 2:
            new = table.get(word.title())
            new = new.upper() if new else None
        if new is None:
            continue
        pieces += [text[at : match.start()], new]
        at = match.end()
        shift += len(new) - len(word)
        moves.append((match.end(), shift))

    def moved(offset: int) -> int:
        return offset + next(s for start, s in reversed(moves) if start <= offset)

    return "".join([*pieces, text[at:]]), moved


def swapped_gold(value: Any, moved: Callable[[int], int], table: dict[str, str]) -> Any:
    """The gold with its offsets moved and its names replaced."""
    if isinstance(value, list) and len(value) == 2 and all(type(v) is int for v in value):
        return [moved(value[0]), moved(value[1])]
    if isinstance(value, list):
        return [swapped_gold(v, moved, table) for v in value]
    if isinstance(value, dict):
        return {
            k: v if k in ("id", "participants", "speaker", "speakers", "addressee", "meeting", "within")
            else swapped_gold(v, moved, table)
            for k, v in value.items()
        }  # fmt: skip
    return swapped(value, table)[0] if isinstance(value, str) else value


def write_swapped(out: Path, lexicon: diploparse.LexiconUnion, seed: int = 7) -> None:
    """The dev set, swapped, under ``out``."""
    rng = random.Random(seed)
    sources = sorted(quality.SETS["dev"].rglob("gold.json"))
    golds = [json.loads(p.read_text(encoding="utf-8")) for p in sources]
    first, last = words_of(golds)
    table = cities(lexicon, rng) | mapping(last, rng)
    # Given names stay in their gender: the pronouns of the text do.
    genders: dict[str, set[str]] = {}
    for name in first:
        entries = lexicon.lookup(name, "given_name")
        genders.setdefault(entries[0].feature("gender") if entries else "", set()).add(name)
    for _, names in sorted(genders.items()):
        table |= mapping(names, rng)
    for path, gold in zip(sources, golds, strict=True):
        text, moved = swapped(quality.read(path.parent / "article.txt"), table)
        folder = out / path.parent.name
        folder.mkdir(parents=True)
        with open(folder / "article.txt", "w", encoding="utf-8", newline="") as file:
            file.write(text)
        gold = swapped_gold(gold, moved, table)
        gold |= {"sha256": hashlib.sha256(text.encode()).hexdigest(), "chars": len(text)}
        (folder / "gold.json").write_text(json.dumps(gold), encoding="utf-8")


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--part", choices=("open", "kept"), default="open")
    options.add_argument("--out", type=Path)
    given = options.parse_args()
    parser = diploparse.Parser(entry_points=False, strict=True)
    with tempfile.TemporaryDirectory() as scratch:
        out = given.out or Path(scratch)
        write_swapped(out, parser.lexicon)
        quality.SETS["swapped"] = out
        before = quality.Scored("dev", given.part, parser).figures()
        after = quality.Scored("swapped", given.part, parser).figures()
    moved_far = 0
    print(f"{'':20}{'dev':>10}{'swapped':>10}{'change':>10}")
    for key in HEADLINE:
        a, b = before[key] or 0.0, after[key] or 0.0
        moved_far += abs(b - a) > 0.01
        print(
            f"{key:20}{a:10.3f}{b:10.3f}{b - a:+10.3f}" + ("  <- more than 0.01" if abs(b - a) > 0.01 else "")
        )
    return 1 if moved_far else 0


if __name__ == "__main__":
    sys.exit(main())
