"""The directive ``quality``: tables of docs/quality.json, which benchmarks/quality.py writes."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils.parsers.rst import directives

from diploparse.docs.blocks import Block, Table, code
from diploparse.sphinx import Shown

FIGURES = Path(__file__).parent.parent / "quality.json"

RECORDS = {
    "persons": "a person is found",
    "persons full": "and name, all mentions, country and title are right",
    "meetings": "a meeting is found, with at least half of its participants",
    "meetings strict": "and participants, day and place are right",
    "meetings full": "and status, channel and format, and nothing is made up",
    "statements": "a statement is found, with at least half of its words",
    "statements e2e": "and the speaker is right",
    "statements full": "and cue, mode and four fifths of the words",
}
FIELDS = {
    "name": "`Actor.name`",
    "title": "`Actor.roles`: one title shares a word",
    "country": "`Actor.country`",
    "date": "`Meeting.when`, where the text tells one",
    "place": "`Meeting.place`, where the text tells one",
    "status": "`Meeting.status`",
    "channel": "`Meeting.channel`",
    "format": "`Meeting.format`",
    "topics": "`Meeting.topics`: words shared",
    "not held recall": "planned, cancelled and declined meetings found",
    "speaker": "`Statement.speaker`",
    "content": "`Statement.content`: words shared",
    "kind": "`Statement.mode`",
    "act": "`Statement.act`",
    "addressee": "`Statement.addressees`, where the text tells one",
    "occasion": "`Statement.occasion`, where the text tells one",
}
SETS = {"dev": "written for it", "real": "found news"}


class QualityDirective(Shown):
    """``records``, ``fields`` or ``rules``."""

    required_arguments = 1

    def blocks(self) -> Iterable[Block]:
        """A table."""
        self.env.note_dependency(str(FIGURES))
        shown = json.loads(FIGURES.read_text(encoding="utf-8"))
        name = directives.choice(self.arguments[0], ("records", "fields", "rules"))
        if name == "rules":
            return (_rules(shown["rules"]),)
        return (_figures(shown["sets"], RECORDS if name == "records" else FIELDS, fields=name == "fields"),)


def _figures(sets: dict[str, Any], rows: dict[str, str], *, fields: bool) -> Table:
    names = [n for n in SETS if n in sets]
    head = ["What is right", *(f"{SETS[n]} ({sets[n]['documents']} articles)" for n in names)]
    if fields:
        head.append("most common value")
    table = []
    for key, about in rows.items():
        cells = [about]
        for name in names:
            cells.append(_figure(sets[name]["figures"].get(key)))
        if fields:
            # Most statements tell no addressee: "none" is no answer to where the text tells one.
            known = {} if key == "addressee" else sets["dev"]["figures"].get(key, {})
            majority = known.get("majority")
            cells.append("" if majority is None else f"{majority:.2f}")
        table.append(tuple(cells))
    return Table(tuple(head), tuple(table), tuple(range(1, len(head))))


def _figure(figure: dict[str, float] | None) -> str:
    if figure is None:
        return "–"
    return f"{figure['value']:.2f} ({figure['low']:.2f} to {figure['high']:.2f})"


def _rules(rules: list[dict[str, Any]]) -> Table:
    rows = []
    for r in rules:
        scored = r["right"] + r["wrong"]
        rows.append(
            (
                code(r["rule"].removeprefix("english.")),
                str(r["records"]),
                f"{r['right'] / scored:.2f}" if scored else "–",
                f"{r['people'] / r['right']:.2f}" if r["right"] else "–",
                "–" if r["without"] is None else f"{r['without'] + 0.0:+.3f}",
            )
        )
    head = ("Rule", "Records", "Precision", "People right", "F1 without it")
    return Table(head, tuple(rows), (1, 2, 3, 4))


def setup(app: Any) -> dict[str, Any]:
    app.add_directive("quality", QualityDirective)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
