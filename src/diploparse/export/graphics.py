"""
Who met whom and when, as SVG: a network, a matrix and a timeline, drawn without a script.

Sizes are in the units of the ``viewBox``; colours and fonts are the page's (``report.css``).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import attrs

from .highlights import escaped

MOST_NODES = 30
"""More names on one circle cannot be read."""

MOST_CELLS = 24
"""Rows of the matrix."""

MOST_DOTS = 60
"""Meetings with a line of their own in the timeline; more are counted by year."""


@attrs.frozen
class Node:
    """Somebody in the network."""

    name: str
    kind: str = "person"
    country: str | None = None
    href: str = ""
    """Where a click leads; empty for nowhere."""


@attrs.frozen
class Edge:
    """Two who met."""

    one: str
    """The node's key."""

    other: str
    channel: str = "unspecified"


@attrs.frozen
class Moment:
    """A dated meeting."""

    earliest: str
    """First possible day, ISO 8601."""

    latest: str
    """Last possible day."""

    words: str
    """Who met."""

    href: str
    status: str = "held"


def _clipped(text: str, length: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _linked(href: str, inner: str, label: str) -> str:
    if not href:
        return f'<g role="img" aria-label="{escaped(label)}">{inner}</g>'
    return f'<a href="{escaped(href)}" aria-label="{escaped(label)}">{inner}</a>'


def _svg(kind: str, width: float, height: float, label: str, body: str) -> str:
    return (
        f'<svg class="{kind}" viewBox="0 0 {width:g} {height:g}" style="max-width:{width:g}px" role="group" '
        f'aria-label="{escaped(label)}" xmlns="http://www.w3.org/2000/svg">{body}</svg>'
    )


def _pairs(edges: Iterable[Edge]) -> Counter[tuple[str, str]]:
    return Counter((min(e.one, e.other), max(e.one, e.other)) for e in edges if e.one != e.other)


def busiest(nodes: Mapping[str, Node], edges: Sequence[Edge], most: int) -> list[str]:
    """
    Keys of those who met most often, pair by pair until there are ``most`` of them.

    By pairs, not by each one's meetings: a graphic of people none of whom met another shows nothing.
    """
    chosen: dict[str, None] = {}
    pairs = {pair: times for pair, times in _pairs(edges).items() if pair[0] in nodes and pair[1] in nodes}
    for pair in sorted(pairs, key=lambda pair: (-pairs[pair], pair)):
        if len(chosen.keys() | set(pair)) <= most:
            chosen.update(dict.fromkeys(pair))
    return list(chosen)


# -- network ----------------------------------------------------------------------------------


def network(nodes: Mapping[str, Node], edges: Sequence[Edge], most: int = MOST_NODES) -> str:
    """
    The network, names on a circle, country by country; empty if nobody met.

    A line is as thick as the two met often, dashed if never in person; a person is a disc, a
    country a diamond, a body a square.
    """
    keys = busiest(nodes, edges, most)
    if not keys:
        return ""
    keys.sort(key=lambda key: (nodes[key].country or "~", nodes[key].name, key))
    radius = 90.0 + 7.0 * len(keys)
    middle = radius + 210.0, radius + (210.0 if len(keys) > _FEW else 60.0)
    places = {key: _on_circle(middle, radius, 2 * math.pi * n / len(keys)) for n, key in enumerate(keys)}
    in_person = {
        (min(e.one, e.other), max(e.one, e.other)) for e in edges if e.channel in ("in_person", "hybrid")
    }
    lines, dots = [], []
    for (one, other), times in sorted(_pairs(edges).items()):
        if one in places and other in places:
            (x, y), (u, v) = places[one], places[other]
            # Bent towards the middle, so that lines between neighbours part from the circle.
            bend_x, bend_y = ((x + u) / 2 + middle[0]) / 2, ((y + v) / 2 + middle[1]) / 2
            name = f"{nodes[one].name} and {nodes[other].name}: {times} meeting{'s' * (times > 1)}"
            dashed = "" if (one, other) in in_person else " dashed"
            lines.append(
                f'<path class="edge{dashed}" d="M{x:.1f} {y:.1f}Q{bend_x:.1f} {bend_y:.1f} {u:.1f} {v:.1f}" '
                f'stroke-width="{min(1 + times, 9)}"><title>{escaped(name)}</title></path>'
            )
    for number, key in enumerate(keys):
        node, (x, y) = nodes[key], places[key]
        country = f" ({node.country})" if node.country and node.kind != "country" else ""
        name = escaped(_clipped(node.name, 26) + country)
        placed = _label(middle, (x, y), number / len(keys), turned=len(keys) > _FEW)
        label = f"{node.name}{country}, {node.kind}"
        dots.append(_linked(node.href, f"{_shape(node.kind, x, y)}<text {placed}>{name}</text>", label))
    return _svg("network", 2 * middle[0], 2 * middle[1], "Who met whom", "".join(lines + dots))


_FEW = 12
"""So many names stand upright round the circle; more are turned outwards, or they would overlap."""


def _on_circle(middle: tuple[float, float], radius: float, angle: float) -> tuple[float, float]:
    """A point of the circle, clockwise from the top."""
    return middle[0] + radius * math.sin(angle), middle[1] - radius * math.cos(angle)


def _label(middle: tuple[float, float], place: tuple[float, float], share: float, *, turned: bool) -> str:
    """The attributes that put a name beside its node; ``share`` of the way round."""
    x, y = place
    if turned:
        degrees = 360 * share - 90
        if share > 0.5:
            return f'transform="translate({x:.1f} {y:.1f}) rotate({degrees + 180:.1f})" x="-14" y="5" text-anchor="end"'
        return f'transform="translate({x:.1f} {y:.1f}) rotate({degrees:.1f})" x="14" y="5"'
    if abs(x - middle[0]) <= 1:
        return f'x="{x:.1f}" y="{y - 16 if y < middle[1] else y + 26:.1f}" text-anchor="middle"'
    right = x > middle[0]
    return (
        f'x="{x + 14 if right else x - 14:.1f}" y="{y + 5:.1f}" text-anchor="{"start" if right else "end"}"'
    )


def _shape(kind: str, x: float, y: float) -> str:
    if kind == "person":
        return f'<circle class="node" cx="{x:.1f}" cy="{y:.1f}" r="8"/>'
    if kind == "country":
        return f'<path class="node" d="M{x:.1f} {y - 10:.1f}l10 10l-10 10l-10 -10z"/>'
    return f'<rect class="node" x="{x - 7:.1f}" y="{y - 7:.1f}" width="14" height="14"/>'


# -- matrix -----------------------------------------------------------------------------------


def matrix(nodes: Mapping[str, Node], edges: Sequence[Edge], most: int = MOST_CELLS) -> str:
    """How often each met each, as a triangle of squares with their number; empty if nobody met."""
    keys = busiest(nodes, edges, most)
    if not keys:
        return ""
    pairs = _pairs(edges)
    top = max(pairs.values())
    side, left, head = 26, 200, 170
    body = []
    for row, key in enumerate(keys):
        y = head + row * side
        body.append(
            f'<text x="{left - 8}" y="{y + 18}" text-anchor="end">{escaped(_clipped(nodes[key].name, 24))}</text>'
            f'<text transform="translate({left + row * side + 18} {head - 8}) rotate(-60)">'
            f"{escaped(_clipped(nodes[key].name, 24))}</text>"
        )
        for column, other in enumerate(keys):
            x = left + column * side
            times = pairs.get((min(key, other), max(key, other)), 0)
            kind = "self" if key == other else "cell"
            share = f' fill-opacity="{0.25 + 0.75 * times / top:.2f}"' if times else ""
            name = f"{nodes[key].name} and {nodes[other].name}: {times}"
            body.append(
                f'<rect class="{kind if not times else "cell met"}" x="{x}" y="{y}" width="{side}" height="{side}"{share}/>'
            )
            if times:
                body.append(
                    f'<text class="count" x="{x + side / 2:g}" y="{y + 18}" text-anchor="middle">{times}'
                    f"<title>{escaped(name)}</title></text>"
                )
    width = left + len(keys) * side + 90
    return _svg("matrix", width, head + len(keys) * side + 10, "How often each met each", "".join(body))


# -- timeline ---------------------------------------------------------------------------------


def timeline(moments: Sequence[Moment], most: int = MOST_DOTS) -> str:
    """
    Dated meetings in order, a line each; of more than ``most``, how many a year. Empty for none.

    A day is a disc, a longer time a bar; what did not take place is hollow.
    """
    dated = sorted(
        (m for m in moments if _day(m.earliest) is not None and _day(m.latest) is not None),
        key=lambda m: (m.earliest, m.latest, m.words, m.href),
    )
    if not dated:
        return ""
    return _years(dated) if len(dated) > most else _lines(dated)


def _day(iso: str) -> int | None:
    try:
        return date.fromisoformat(iso).toordinal()
    except ValueError:
        return None


def _lines(dated: Sequence[Moment]) -> str:
    first = min(_day(m.earliest) or 0 for m in dated)
    last = max(_day(m.latest) or 0 for m in dated)
    left, room, step, head = 110, 240, 26, 34
    scale = room / max(last - first, 1)
    width, height = 760, head + step * len(dated) + 8
    body = [f'<line class="axis" x1="{left}" x2="{left + room}" y1="{head - 12}" y2="{head - 12}"/>']
    for year in _ticks(first, last):
        x = left + (date(year, 1, 1).toordinal() - first) * scale
        body.append(
            f'<line class="tick" x1="{x:.1f}" x2="{x:.1f}" y1="{head - 16}" y2="{height - 8}"/>'
            f'<text x="{x:.1f}" y="{head - 20}" text-anchor="middle">{year}</text>'
        )
    for row, moment in enumerate(dated):
        y = head + row * step + 10
        start = left + ((_day(moment.earliest) or 0) - first) * scale
        end = left + ((_day(moment.latest) or 0) - first) * scale
        hollow = "" if moment.status in ("held", "ongoing") else " hollow"
        when = (
            moment.earliest if moment.earliest == moment.latest else f"{moment.earliest} to {moment.latest}"
        )
        drawn = (
            f'<circle class="dot{hollow}" cx="{start:.1f}" cy="{y}" r="6"/>'
            if end - start < 8
            else f'<rect class="dot{hollow}" x="{start:.1f}" y="{y - 5}" width="{end - start:.1f}" height="10" rx="5"/>'
        )
        told = "" if not hollow else f" ({moment.status})"
        body.append(
            _linked(
                moment.href,
                f'<text x="0" y="{y + 5}">{escaped(_short(moment))}</text>'
                f'<line class="lead" x1="{end:.1f}" x2="{left + room + 12}" y1="{y}" y2="{y}"/>{drawn}'
                f'<text x="{left + room + 18}" y="{y + 5}">{escaped(_clipped(moment.words, 52))}{escaped(told)}</text>',
                f"{when}: {moment.words}{told}",
            )
        )
    return _svg("timeline", width, height, "Meetings by date", "".join(body))


def _short(moment: Moment) -> str:
    """As much of the date as is certain."""
    if moment.earliest == moment.latest:
        return moment.earliest
    common = 7 if moment.earliest[:7] == moment.latest[:7] else 4
    return (
        moment.earliest[:common]
        if moment.earliest[:common] == moment.latest[:common]
        else moment.earliest + "…"
    )


def _ticks(first: int, last: int) -> Sequence[int]:
    years = range(date.fromordinal(first).year + 1, date.fromordinal(last).year + 1)
    return years[:: 1 + len(years) // 6]


def _years(dated: Sequence[Moment]) -> str:
    counts = Counter(m.earliest[:4] for m in dated)
    top = max(counts.values())
    body = []
    for row, year in enumerate(sorted(counts)):
        y = 8 + row * 26
        body.append(
            f'<text x="0" y="{y + 15}">{year}</text>'
            f'<rect class="dot" x="60" y="{y}" width="{500 * counts[year] / top:.1f}" height="20"/>'
            f'<text x="{66 + 500 * counts[year] / top:.1f}" y="{y + 15}">{counts[year]}</text>'
        )
    return _svg("timeline", 640, 16 + 26 * len(counts), "Meetings by year", "".join(body))
