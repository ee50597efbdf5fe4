"""
Count, for every rule, how many records it gave, how many were right, and what the figure is without it.

usage: rules.py [--set NAME ...]

Only the open part of the sets of quality.py is counted.  A record is *right* if the scorer matches
it to a record of the gold, *wrong* if it matches none; a finer split of a gold record, a fragment
inside one and a match with an optional one count as neither.  *people* are the right ones that name
all participants, or the speaker, rightly.  *without* is the change of the F1 of
meetings or statements when the rule is taken out of its table and the texts are parsed again.
"""

from __future__ import annotations

import argparse
import collections
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import attrs
import quality
from predict import prediction, read

import diploparse
from diploparse.english import meetings, statements

TABLES = ((meetings, "RULES"), (statements, "RULES"), (statements, "PLAIN_RULES"))
"""Where the rules stand; the part of ``found_by`` after the slash is a rule's name."""

NEITHER = "neither"


@attrs.frozen(kw_only=True)
class RuleCount:
    """What a rule did on the texts of a set."""

    rule: str
    """As ``found_by`` has it. Example: "english.meetings/met"."""

    records: int
    """How many it gave, those that are not scored included."""

    right: int
    """Matched to a record of the gold."""

    wrong: int
    """Matched to none."""

    people: int
    """Right ones that name the right people as well: all participants, or the speaker."""

    without: float | None
    """Change of the F1 of all meetings or statements without the rule; ``None`` if it stands in no table."""

    @property
    def precision(self) -> float | None:
        """Right of right and wrong; ``None`` if none was scored."""
        scored = self.right + self.wrong
        return self.right / scored if scored else None


@attrs.frozen
class Text:
    """A text and its gold."""

    gold: Mapping[str, Any]
    text: str


def texts(names: Sequence[str]) -> list[Text]:
    """The open part of some sets."""
    found = []
    for name in names:
        for path in sorted(quality.SETS[name].rglob("gold.json")):
            if name == "seed" or not quality.is_kept(path.parent.name):
                gold = json.loads(path.read_text(encoding="utf-8"))
                found.append(Text(gold, read(path.parent / "article.txt")))
    return found


class Judged(quality.score.Doc):  # type: ignore[misc, name-defined]
    """A scored document that remembers which statement was matched to which."""

    def statements(self) -> None:
        """Score them, and keep the last alignment that the scorer made."""
        kept, score = [], quality.score
        greedy = score.greedy

        def noted(pairs: Any) -> Any:
            kept.append(greedy(pairs))
            return kept[-1]

        score.greedy = noted
        try:
            super().statements()
        finally:
            score.greedy = greedy
        # Comparing speakers asks for no alignment: the first one is that of the statements.
        self.statement_pairs = {j: i for i, j in kept[0]}

    def verdicts(self) -> Iterator[tuple[str, str]]:
        """Rule and verdict ("right", "wrong", "neither") of each meeting and statement; "people" comes beside "right"."""
        gold = {m["id"]: m for m in self.g["meetings"]}
        for meeting in self.p["meetings"]:
            matched = self.occasion.get(meeting["id"])
            if matched is not None:
                yield meeting["found_by"], NEITHER if gold[matched].get("optional") else "right"
                if not gold[matched].get("optional") and self.parts(meeting, gold[matched])[1]:
                    yield meeting["found_by"], "people"
            else:
                yield meeting["found_by"], NEITHER if self._is_split(meeting) else "wrong"
        told = self.g["statements"]
        inner = [self.u(quality.score.spans(s["content"])) for s in told]
        for number, statement in enumerate(self.p["statements"]):
            rule = statement["found_by"]
            if number in self.statement_pairs:
                matched = told[self.statement_pairs[number]]
                yield rule, NEITHER if matched.get("optional") else "right"
                if not matched.get("optional") and self.speaker_ok(statement, matched):
                    yield rule, "people"
                continue
            words = self.u(quality.score.spans(statement["content"]))
            inside = words and any(len(words & other) >= 0.8 * len(words) for other in inner)
            yield rule, NEITHER if inside else "wrong"

    def _is_split(self, meeting: Mapping[str, Any]) -> bool:
        refs = [self.who(x) for x in meeting["participants"]]
        spans = quality.score.spans
        return len(refs) > 1 and any(
            all(any(self.same_party(r, q) for q in g["participants"]) for r in refs)
            and meeting["status"] == g["status"]
            and sum(quality.score.ov(x, y) for x in spans(g["evidence"]) for y in spans(meeting["evidence"])) >= 15
            for g in self.g["meetings"]
        )  # fmt: skip


def judge(
    documents: Sequence[Text], parser: diploparse.Parser
) -> tuple[collections.Counter[Any], dict[str, Any]]:
    """
    Parse and score.

    Returns:
        How often each (rule, verdict) came, and the figures of quality.py.
    """
    verdicts: collections.Counter[Any] = collections.Counter()
    counts: collections.Counter[str] = collections.Counter()
    for document in documents:
        predicted = prediction(document.gold["id"], parser.parse(document.text))
        doc = Judged(document.gold, predicted, document.text, counts, [])
        verdicts.update(doc.verdicts())
    return verdicts, quality.figures(counts)


@contextmanager
def without(rule: str) -> Iterator[bool]:
    """The tables without a rule; whether it was there."""
    name = rule.rpartition("/")[2]
    extractor = rule.partition("/")[0].rpartition(".")[2]
    for module, table in TABLES:
        rules = getattr(module, table)
        rest = tuple(r for r in rules if r[0] != name)
        if module.__name__.endswith(f".{extractor}") and len(rest) < len(rules):
            setattr(module, table, rest)
            try:
                yield True
            finally:
                setattr(module, table, rules)
            return
    yield False


def rule_counts(names: Sequence[str], parser: diploparse.Parser) -> list[RuleCount]:
    """The counts of all rules that gave a record, meetings first, the busiest first."""
    documents = texts(names)
    verdicts, figures = judge(documents, parser)
    found = []
    for rule in {rule for rule, _ in verdicts}:
        kind = "meetings" if ".meetings/" in rule else "statements"
        with without(rule) as there:
            change = judge(documents, parser)[1][kind] - figures[kind] if there else None
        right, wrong = verdicts[rule, "right"], verdicts[rule, "wrong"]
        found.append(
            RuleCount(
                rule=rule,
                records=right + wrong + verdicts[rule, NEITHER],
                right=right,
                wrong=wrong,
                people=verdicts[rule, "people"],
                without=change,
            )
        )
    return sorted(found, key=lambda c: (".meetings/" not in c.rule, -c.records, c.rule))


def table(counts: Sequence[RuleCount]) -> str:
    """The counts as lines."""
    lines = [f"{'rule':44}{'records':>8}{'right':>7}{'wrong':>7}{'people':>8}{'precision':>11}{'without':>9}"]
    for c in counts:
        precision = "-" if c.precision is None else f"{c.precision:.3f}"
        change = "-" if c.without is None else f"{c.without:+.3f}"
        lines.append(f"{c.rule:44}{c.records:8}{c.right:7}{c.wrong:7}{c.people:8}{precision:>11}{change:>9}")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--set", dest="sets", action="append", choices=tuple(quality.SETS))
    given = options.parse_args(arguments)
    print(table(rule_counts(given.sets or ["dev"], diploparse.Parser(entry_points=False, strict=True))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
