"""
Drawings: the way of the data through the stages, and the record model.

SVG without a script; colours come from ``pictures.css``, so that they follow light and dark.
"""

from __future__ import annotations

import attrs

from ..export import fields
from ..export.highlights import escaped
from ..hookspecs import Exporter, Extractor, Reader
from ..parser import STAGES
from ..plugins import Plugins, Registered
from ..records import (
    Actor,
    Cue,
    Document,
    Meeting,
    Parent,
    Participation,
    Place,
    Role,
    Statement,
    Topic,
    When,
)
from .blocks import Picture

_WIDE = 760
_CHARACTER = 6.9
"""Width of a character of the small font (12 px); measured on the widest sans-serif of a Linux desktop."""


def _svg(width: float, height: float, label: str, body: list[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" style="max-width:{width:g}px" role="img" '
        f'aria-label="{escaped(label)}" xmlns="http://www.w3.org/2000/svg">{"".join(body)}</svg>'
    )


def _words(x: float, y: float, text: str, kind: str = "", anchor: str = "start") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:g}" y="{y:g}"{named} text-anchor="{anchor}">{escaped(text)}</text>'


def _box(x: float, y: float, width: float, height: float, kind: str = "box") -> str:
    return f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="4"/>'


def _down(x: float, y: float, length: float) -> str:
    end = y + length
    return (
        f'<path class="way" d="M{x:g} {y:g}V{end - 6:g}"/>'
        f'<path class="tip" d="M{x - 5:g} {end - 7:g}h10l-5 7z"/>'
    )


# -- the way of the data ----------------------------------------------------------------------


def way_of_the_data(plugins: Plugins) -> Picture:
    """Readers, stages with their extractors in the order they run, exporters; what is off is dashed."""
    body: list[str] = []
    y = _row(body, 8, "reader", "a file in, its text out", plugins.registered(Reader))
    for stage in STAGES:
        found = [r for r in plugins.registered(Extractor) if r.item.stage == stage.name]
        body.append(_down(80, y, 18))
        about = f"{stage.record.__name__ if stage.record is not object else 'any record'}, filled by {stage.filled_by}"
        y = _row(body, y + 18, stage.name, about, found, one=stage.filled_by == "one")
    body.append(_down(80, y, 18))
    y = _row(body, y + 18, "exporter", "records in, a format out", plugins.registered(Exporter))
    svg = _svg(_WIDE, y + 8, "The way of the data, stage by stage", body)
    return Picture(
        svg, "The way of the data: each row is a step, with the plugins that take it; dashed is not in use."
    )


def _row(
    body: list[str], y: float, name: str, about: str, found: list[Registered], *, one: bool = False
) -> float:
    """Draw a step; returns where it ends."""
    left, right, step = 340.0, _WIDE - 8.0, 30.0
    x, line = left, 0
    chips: list[str] = []
    taken = False
    for registered in found:
        text = registered.item.name if registered.plugin == registered.item.name else registered.label
        width = len(text) * _CHARACTER + 18
        if x + width > right and x > left:
            x, line = left, line + 1
        off = not registered.active or (one and taken)
        taken = taken or registered.active
        chips.append(_box(x, y + line * step + 3, width, 24, "box off" if off else "box"))
        chips.append(_words(x + 9, y + line * step + 20, text, "small"))
        x += width + 8
    height = max(line + 1, 1) * step
    body.append(_box(8, y, 145, height))
    body.append(_words(80, y + height / 2 + 5, name, "name", "middle"))
    body.append(_words(165, y + 20, about, "small"))
    body += chips
    return y + height


# -- the record model -------------------------------------------------------------------------

_MAIN: tuple[type, ...] = (Document, Actor, Meeting, Statement)
_NESTED: tuple[tuple[type, ...], ...] = ((When, Place), (Role,), (Participation, Parent), (Cue, Topic))
_REFERS = {
    "Meeting.participants": Actor, "Meeting.told_by": Actor, "Statement.speaker": Actor,
    "Statement.addressees": Actor, "Statement.occasion": Meeting,
}  # fmt: skip
"""Fields that hold another record's id (of participants, inside them)."""

_LINE = 19.0
_COLUMN = 226.0
_BOX = 196.0
_TOP = 64.0


@attrs.frozen
class _Placed:
    cls: type
    x: float
    y: float
    height: float


def record_model() -> Picture:
    """The records and their fields; lines lead from a field to the record whose id it holds."""
    body: list[str] = []
    placed = {cls: _class(body, cls, 8 + n * _COLUMN, _TOP) for n, cls in enumerate(_MAIN)}
    under = max(p.y + p.height for p in placed.values()) + 24
    bottom = under
    for n, column in enumerate(_NESTED):
        y = under
        for cls in column:
            box = _class(body, cls, 8 + n * _COLUMN, y)
            y = box.y + box.height + 14
        bottom = max(bottom, y)
    for lanes, (name, target) in enumerate(_REFERS.items()):
        cls_name, _, field = name.partition(".")
        source = next(p for p in placed.values() if p.cls.__name__ == cls_name)
        row = list(fields.hints(source.cls)).index(field)
        y = source.y + _LINE * (row + 1.7)
        goal = placed[target]
        if goal.x + _COLUMN == source.x:  # the neighbour: through the gap
            x = source.x - 6 - 4 * lanes % 16
            body.append(
                f'<path class="way" d="M{source.x:g} {y:g}H{x:g}V{goal.y + 12:g}H{goal.x + _BOX + 7:g}"/>'
                f'<path class="tip" d="M{goal.x + _BOX + 8:g} {goal.y + 7:g}v10l-7 -5z"/>'
            )
        else:  # over the top
            x, top = source.x - 8 - 5 * lanes % 15, _TOP - 14 - 9 * (lanes % 4)
            end = goal.x + _BOX / 2 + 10 * lanes
            body.append(
                f'<path class="way" d="M{source.x:g} {y:g}H{x:g}V{top:g}H{end:g}V{goal.y - 6:g}"/>'
                f'<path class="tip" d="M{end - 5:g} {goal.y - 7:g}h10l-5 7z"/>'
            )
    svg = _svg(8 + len(_MAIN) * _COLUMN, bottom, "The records, their fields, and which refer to which", body)
    return Picture(
        svg,
        "The record model: an `Extraction` holds one document, its actors, meetings and statements; "
        "arrows lead from a field to the record whose id it holds, and the boxes below are held by value.",
    )


def _class(body: list[str], cls: type, x: float, y: float) -> _Placed:
    hints = fields.hints(cls)
    height = _LINE * (len(hints) + 1.5)
    body.append(_box(x, y, _BOX, height))
    body.append(_box(x, y, _BOX, 24, "head"))
    body.append(_words(x + 8, y + 17, cls.__name__, "on-head"))
    for n, (name, hint) in enumerate(hints.items()):
        line = y + _LINE * (n + 2)
        body.append(_words(x + 8, line, name, "small"))
        inner = fields.inner_class(hint)
        if inner is not None:
            many = " …" if "tuple" in str(hint) else ""
            body.append(_words(x + _BOX - 8, line, inner.__name__ + many, "small", "end"))
    return _Placed(cls, x, y, height)
