"""
Score the parser on the evaluation sets and hold it against pinned floors.

usage: quality.py [--part open|kept|both] [--set NAME ...] [--errors] [--documents]
                  [--floors] [--pin] [--lower] [--json PATH]

Sets: ``dev`` stands in corpus/; ``seed`` and ``real`` are other people's text and are read from
``../shared/eval`` beside the checkout where that exists.  An article whose id has a sha256
divisible by three is *kept back*: it is scored at milestones only, and its errors are never shown.

--floors  compare with floors.json (open part) and exit 1 where a figure fell below its floor.
--pin     raise the floors to where the figures stand; with --lower, also lower them.
--json    write the figures of the open part and the counts of the rules (rules.py) for the
          documentation: docs/quality.json.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import importlib.util
import json
import random
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from predict import prediction, read

import diploparse

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared" / "eval"
FLOORS = HERE / "floors.json"
SETS = {"seed": SHARED / "seed", "dev": HERE / "corpus" / "dev", "real": SHARED / "real"}
SLACK = 0.005
"""A floor is pinned this much below the figure: one record of the small sets is about as much."""


def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score", HERE / "corpus" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


score = _scorer()


def is_kept(ident: str) -> bool:
    """Whether an article is kept back."""
    return int(hashlib.sha256(ident.encode()).hexdigest(), 16) % 3 == 0


def figures(c: Mapping[str, float]) -> dict[str, float | None]:
    """The figures of summed counts, by the formulas of corpus/score.py."""

    def f1(tp: float, fp: float, fn: float) -> float:
        return float(score.prf(tp, fp, fn)[2])

    def share(n: str, of: str) -> float | None:
        return c[n] / c[of] if c[of] else None

    def inner(tp: str, of: str) -> float:
        name = of.removesuffix("_tp")
        return f1(c[tp], c[f"{name}_fp"] + c[of] - c[tp], c[f"{name}_fn"] + c[of] - c[tp])

    few = ("planned", "cancelled", "declined")
    soft_p = c["s_soft"] / ((c["s_tp"] + c["s_fp"]) or 1)
    soft_r = c["s_soft"] / ((c["s_tp"] + c["s_fn"]) or 1)
    of_few = sum(c[f"m_of_{k}"] for k in few)
    return {
        "persons": f1(c["p_tp"], c["p_fp"], c["p_fn"]),
        "persons full": inner("p_full", "p_tp"),
        "name": share("a_name", "a_n"),
        "title": share("a_title", "a_title_n"),
        "country": share("a_country", "a_country_n"),
        "mention precision": share("mn_tp_p", "mn_p"),
        "mention recall": share("mn_tp_r", "mn_g"),
        "meetings": f1(c["m_tp"], c["m_fp"], c["m_fn"]),
        "meetings strict": inner("m_strict", "m_tp"),
        "meetings full": inner("m_full", "m_tp"),
        "date": share("m_date", "m_date_n"),
        "place": share("m_place", "m_place_n"),
        "status": share("m_status", "m_tp"),
        "channel": share("m_channel", "m_tp"),
        "format": share("m_format", "m_tp"),
        "topics": share("m_topic", "m_topic_n"),
        "not held recall": sum(c[f"m_hit_{k}"] for k in few) / of_few if of_few else None,
        "spurious dates": share("m_date_sp", "m_tp"),
        "spurious places": share("m_place_sp", "m_tp"),
        "meetings not there": c["m_fp"],
        "statements": f1(c["s_tp"], c["s_fp"], c["s_fn"]),
        "statements e2e": inner("s_both", "s_tp"),
        "statements full": inner("s_full", "s_tp"),
        "statements soft": 2 * soft_p * soft_r / (soft_p + soft_r) if soft_p + soft_r else 0.0,
        "speaker": share("s_spk", "s_spk_n"),
        "content": share("s_soft", "s_tp"),
        "kind": share("s_kind", "s_tp"),
        "cue": share("s_cue", "s_tp"),
        "act": share("s_act", "s_act_n"),
        "addressee": share("s_addr", "s_addr_n"),
        "occasion": share("s_occ", "s_occ_n"),
        "fragment loss": f1(c["s_tp"], c["s_fp"], c["s_fn"])
        - f1(c["s_tp"], c["s_fp"] + c["s_frag"], c["s_fn"]),
        "fragments": c["s_frag"] / (c["s_tp"] + c["s_fp"] + c["s_frag"])
        if c["s_tp"] + c["s_fp"] + c["s_frag"]
        else None,
    }


LOWER_IS_BETTER = ("spurious dates", "spurious places", "meetings not there", "fragment loss", "fragments")


class Scored:
    """A set, parsed and scored document by document."""

    def __init__(self, name: str, part: str, parser: diploparse.Parser) -> None:
        self.name, self.part = name, part
        self.counts: list[collections.Counter[str]] = []
        self.rows: list[tuple[str, Mapping[str, Any]]] = []
        self.log: list[str] = []
        self.golds: list[Mapping[str, Any]] = []
        for path in sorted(SETS[name].rglob("gold.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            if name != "seed" and is_kept(path.parent.name) != (part == "kept"):
                continue
            if name == "seed" and part == "kept":
                continue
            text = read(path.parent / "article.txt")
            predicted = prediction(gold["id"], parser.parse(text))
            count: collections.Counter[str] = collections.Counter()
            doc = score.Doc(gold, predicted, text, count, self.log)
            self.counts.append(count)
            self.rows.append((gold["id"], doc.row))
            self.golds.append(gold)

    def figures(self) -> dict[str, float | None]:
        return figures(_sum(self.counts))

    def intervals(self, rounds: int = 400) -> dict[str, tuple[float, float]]:
        """95 % bootstrap intervals over documents; the same in every run."""
        rng = random.Random(20191128)
        drawn: dict[str, list[float]] = {}
        for _ in range(rounds):
            sample = figures(_sum(rng.choices(self.counts, k=len(self.counts))))
            for key, value in sample.items():
                if value is not None:
                    drawn.setdefault(key, []).append(value)
        low, high = 0.025, 0.975
        return {
            key: (values[int(low * len(values))], values[min(int(high * len(values)), len(values) - 1)])
            for key, values in ((k, sorted(v)) for k, v in drawn.items())
        }

    def baselines(self) -> dict[str, float]:
        """What always answering the most common value would give."""
        out = {}
        for label, table, key in (
            ("status", "meetings", "status"), ("channel", "meetings", "channel"), ("format", "meetings", "format"),
            ("kind", "statements", "kind"), ("act", "statements", "act"), ("addressee", "statements", "addressee"),
        ):  # fmt: skip
            values = collections.Counter(
                str(r.get(key)) for g in self.golds for r in g[table] if not r.get("optional")
            )
            if values:
                out[label] = values.most_common(1)[0][1] / values.total()
        return out


def _sum(counts: Iterable[collections.Counter[str]]) -> collections.Counter[str]:
    total: collections.Counter[str] = collections.Counter()
    for count in counts:
        total.update(count)
    return total


def table(scored: list[Scored]) -> str:
    """The figures side by side, each with its interval, and the majority baseline of the first set."""
    heads = [f"{s.name} {s.part} ({len(s.counts)})" for s in scored]
    lines = [f"{'':20}" + "".join(f"{h:>26}" for h in heads) + f"{'majority':>12}"]
    values, ranges, base = (
        [s.figures() for s in scored],
        [s.intervals() for s in scored],
        scored[0].baselines(),
    )
    for key in values[0]:
        cells = ""
        for value, interval in zip(values, ranges, strict=True):
            number, span = value[key], interval.get(key)
            whole = key == "meetings not there"
            cell = "-" if number is None else f"{number:.0f}" if whole else f"{number:.3f}"
            if number is not None and span and not whole:
                cell += f" [{span[0]:.2f}, {span[1]:.2f}]"
            cells += f"{cell:>26}"
        lines.append(f"{key:20}{cells}" + (f"{base[key]:12.3f}" if key in base else ""))
    return "\n".join(lines)


def digest(scored: Scored) -> str:
    """Of the gold the floors were pinned on."""
    return hashlib.sha256(json.dumps(scored.golds, sort_keys=True).encode()).hexdigest()[:16]


def check_floors(scored: list[Scored]) -> list[str]:
    """What fell below its floor, in words."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    faults = []
    for s in scored:
        pinned = floors.get(s.name)
        if pinned is None:
            continue
        if pinned["corpus"] != digest(s):
            faults.append(f"{s.name}: the gold is not the one the floors were pinned on: pin them anew")
        now = s.figures()
        for key, floor in pinned["floors"].items():
            value = now.get(key)
            below = value is None or (value > floor if key in LOWER_IS_BETTER else value < floor)
            if below:
                shown = "none" if value is None else f"{value:.4f}"
                faults.append(f"{s.name}: {key} is {shown}, its floor {floor}")
    return faults


def pin(scored: list[Scored], lower: bool) -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    for s in scored:
        old = floors.get(s.name, {}).get("floors", {})
        new = {}
        for key, value in s.figures().items():
            if value is None:
                continue
            if key == "meetings not there":
                mark, better = value, min
            elif key in LOWER_IS_BETTER:
                mark, better = round(value + SLACK, 4), min
            else:
                mark, better = round(value - SLACK, 4), max
            new[key] = mark if lower or key not in old else better(mark, old[key])
        floors[s.name] = {"corpus": digest(s), "documents": len(s.counts), "floors": new}
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")


def report(scored: list[Scored], parser: diploparse.Parser) -> dict[str, Any]:
    """
    The figures and rule counts as docs/quality.json has them.

    Returns:
        Under "sets", by name: "documents" and "figures", each with "value", "low" and "high" (95 %
        interval) and "majority" where always answering the most common value is an answer at all.
        Under "rules": what rules.py counts on dev.
    """
    import attrs
    import rules

    sets = {}
    for s in scored:
        ranges, base = s.intervals(), s.baselines()
        shown: dict[str, dict[str, float]] = {}
        for key, value in s.figures().items():
            if value is None:
                continue
            low, high = ranges[key]
            shown[key] = {"value": round(value, 3), "low": round(low, 3), "high": round(high, 3)}
            if key in base:
                shown[key]["majority"] = round(base[key], 3)
        sets[s.name] = {"documents": len(s.counts), "figures": shown}
    counts = [attrs.asdict(c) for c in rules.rule_counts(["dev"], parser)]
    for count in counts:
        if count["without"] is not None:
            count["without"] = round(count["without"], 3)
    return {"made_by": "python benchmarks/quality.py --json docs/quality.json", "sets": sets, "rules": counts}


def main(arguments: list[str] | None = None) -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--part", choices=("open", "kept", "both"), default="open")
    options.add_argument("--set", dest="sets", action="append", choices=tuple(SETS))
    options.add_argument("--errors", action="store_true", help="list the errors (open part only)")
    options.add_argument("--documents", action="store_true", help="a line a document (open part only)")
    options.add_argument("--floors", action="store_true")
    options.add_argument("--pin", action="store_true")
    options.add_argument("--lower", action="store_true")
    options.add_argument(
        "--json", type=Path, metavar="PATH", help="write figures and rule counts (open part)"
    )
    given = options.parse_args(arguments)
    parser = diploparse.Parser(entry_points=False, strict=True)
    names = [n for n in given.sets or SETS if SETS[n].exists()]
    for name in given.sets or SETS:
        if name not in names:
            print(f"{name}: left out, {SETS[name]} is not there", file=sys.stderr)
    parts = ("open", "kept") if given.part == "both" else (given.part,)
    scored = [Scored(n, p, parser) for n in names for p in parts]
    scored = [s for s in scored if s.counts]
    for s in scored:
        if s.part == "open" and given.documents:
            for ident, row in s.rows:
                print(f"{ident:36} persons {row['actors']}  meetings {row['meetings']}  "
                      f"statements {row['statements']} speaker {row['speaker']}")  # fmt: skip
        if s.part == "open" and given.errors:
            print("\n".join(s.log))
    print(table(scored))
    if given.json:
        shown = report([s for s in scored if s.part == "open"], parser)
        given.json.write_text(json.dumps(shown, indent=1) + "\n", encoding="utf-8")
    if given.pin:
        pin([s for s in scored if s.part == "open"], given.lower)
        print(f"floors pinned in {FLOORS.name}")
    if given.floors:
        faults = check_floors([s for s in scored if s.part == "open"])
        print("\n".join(faults) or "every figure is at or above its floor")
        return 1 if faults else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
