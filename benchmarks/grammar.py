"""
Recall on generated articles, by feature (diploparse.testing.grammar).

usage: grammar.py [--samples N] [--paragraphs N] [--seed N] [--templates FILE ...] [--errors] [--json]

Supported templates are written with the plain lexicon and must be recovered exactly: what is not
is listed and the exit code is 1.  Then all templates, stretch ones included, are written with the
whole lexicon, and the share of their records that was recovered exactly is reported by feature and
by pair of features.  Text from the grammar never stands in for real text in the quality figures.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import diploparse
from diploparse.testing import grammar
from diploparse.testing.grammar import Comparison, Template, Verdict, Words


def compared(
    parser: diploparse.Parser, chosen: Sequence[Template], words: Words, rng: random.Random
) -> tuple[str, Comparison]:
    """An article of some templates, parsed and held against its gold."""
    article = grammar.write_article(chosen, rng, vocabulary=words, clutter=len(chosen) > 1)
    extraction = parser.parse(article.text, published=article.published)
    return article.text, grammar.compare(article, extraction)


def inexact(
    parser: diploparse.Parser, templates: Sequence[Template], samples: int, paragraphs: int, seed: int
) -> list[str]:
    """What went wrong with templates that must be recovered exactly, a line each."""
    rng = random.Random(seed)
    faults = []
    for template in templates:
        for _ in range(samples):
            others = [rng.choice(templates) for _ in range(paragraphs - 1)]
            text, found = compared(parser, [template, *others], grammar.words(), rng)
            if not found.exact:
                wrong = [f"{v.template.label}: {v.near}" for v in found.verdicts if not v.found]
                wrong += [f"surplus {s}" for s in found.surplus]
                faults.append(f"{template.label}\n    {text!r}\n    " + "\n    ".join(wrong))
    return faults


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--samples", type=int, default=10, help="articles a template")
    options.add_argument("--paragraphs", type=int, default=1, help="templates an article")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument(
        "--templates", type=Path, action="append", default=[], help="files of further templates"
    )
    options.add_argument("--errors", action="store_true", help="show what was not recovered")
    options.add_argument("--json", action="store_true", help="write JSON for a program")
    given = options.parse_args()
    parser = diploparse.Parser(entry_points=False)
    templates = [*grammar.templates(), *(t for path in given.templates for t in grammar.read_templates(path))]
    held = grammar.supported(templates)
    faults = inexact(parser, held, given.samples, given.paragraphs, given.seed)
    rng = random.Random(given.seed)
    verdicts: list[Verdict] = []
    surplus = 0
    for template in templates:
        for _ in range(given.samples):
            text, found = compared(parser, [template], grammar.words(stretch=True), rng)
            verdicts += found.verdicts
            surplus += len(found.surplus)
            if given.errors and not found.exact:
                wrong = [v.near for v in found.verdicts if not v.found] + [
                    f"surplus {s}" for s in found.surplus
                ]
                print(f"{template.label}: {text!r}\n    " + "\n    ".join(wrong))
    table = grammar.recall_by_feature(verdicts)
    tried = len(held) * given.samples
    if given.json:
        print(json.dumps({
            "templates": len(templates), "families": len({t.family for t in templates}), "supported": len(held),
            "articles": tried, "inexact": faults, "recall": table, "surplus": surplus,
        }, ensure_ascii=False, indent=2))  # fmt: skip
        return 1 if faults else 0
    families = len({t.family for t in templates})
    print(f"{len(templates)} templates in {families} families, {len(held)} of them supported")
    print(f"supported: {tried - len(faults)} of {tried} articles recovered exactly")
    for fault in faults:
        print("  " + fault)
    found_in_all = sum(v.found for v in verdicts)
    print(
        f"all, with the whole lexicon: {found_in_all} of {len(verdicts)} records exactly, {surplus} too many"
    )
    for feature, (hit, of) in table.items():
        print(f"  {feature:42}{hit:6} of {of:5}  {100 * hit / of:5.1f} %")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
