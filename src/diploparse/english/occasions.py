"""
Tellings to occasions: the meetings that are one are merged, and parents linked.

Two tellings are one occasion if who, day, place, channel and status can be the same, and no word
("earlier", "again", "next") sets the later one apart.  `TESTS` is the literal table of what must
agree; the first telling gives the id, all of them the evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import attrs

from ..records import (
    Actor,
    Actors,
    Channel,
    Document,
    Meeting,
    Parent,
    Participation,
    Place,
    Status,
    Topic,
    When,
)
from .tokens import tokens_of

# Tellings further back than this are not looked at: 64 is twice what the longest chronicle seen holds.
_REACH = 64

_PHASES: Mapping[Status, str] = {
    "held": "held", "ongoing": "held", "planned": "planned", "proposed": "planned",
    "postponed": "off", "cancelled": "off", "declined": "declined", "denied": "denied",
}  # fmt: skip

# Before or right after a cue, these make it another meeting than the one just told.
_APART_BEFORE = frozenset(
    ["earlier", "previously", "previous", "last", "again", "another", "next", "second", "third", "since",
     "recalled", "recalling", "recall", "later", "thereafter", "afterwards", "separately", "separate", "follow-up", "new"]
)  # fmt: skip
# "my previously scheduled meeting" is the one just told.
_SETTLED = frozenset(["scheduled", "planned", "announced", "arranged", "agreed"])
_APART_AFTER = frozenset(["again", "earlier", "previously", "before"])
# How many tokens before and after the cue are looked at: "In the afternoon he was also received by".
_BEFORE, _AFTER = 4, 2


class _Telling(NamedTuple):
    """A meeting and what the tests ask of it."""

    meeting: Meeting
    actors: tuple[Actor, ...]
    number: int


def _sides(telling: _Telling) -> dict[str, set[str]]:
    """Actor ids by state or body."""
    sides: dict[str, set[str]] = {}
    for actor in telling.actors:
        sides.setdefault(actor.country or actor.id, set()).add(actor.id)
    return sides


def _stands_for(one: Actor, other: Actor) -> bool:
    """Whether a country or unnamed official can be the person named elsewhere."""
    if one.id == other.id:
        return True
    loose = one.kind != "person" or other.kind != "person" or not (one.mentions and other.mentions)
    return loose and one.country is not None and one.country == other.country


def _covers(those: Sequence[Actor], these: Sequence[Actor]) -> bool:
    """Whether each of ``these`` is, or may be, one of ``those``."""
    return all(any(_stands_for(this, that) for that in those) for this in these)


def _same_people(document: Document, first: _Telling, later: _Telling) -> bool:
    """Equal, one a subset that leaves no side out, or a country where the other has its minister."""
    if _covers(first.actors, later.actors) and _covers(later.actors, first.actors):
        return True
    if not (_covers(first.actors, later.actors) or _covers(later.actors, first.actors)):
        return False
    sides = set(_sides(first)), set(_sides(later))
    if len(sides[0]) > 1 and sides[0] < sides[1] and all(a.kind == "country" for a in first.actors):
        # "The ministers of A, B and C" cut short by the list: those named after it are the same.
        return later.number - first.number <= 1
    return sides[0] == sides[1]


def _same_day(document: Document, first: _Telling, later: _Telling) -> bool:
    """No two days that exclude one another."""
    one, other = first.meeting.when, later.meeting.when
    if one is None or other is None:
        return True
    if one.earliest is None or other.earliest is None or one.latest is None or other.latest is None:
        return one.value is None or other.value is None
    return one.earliest <= other.latest and other.earliest <= one.latest


def _same_place(document: Document, first: _Telling, later: _Telling) -> bool:
    """No two places that exclude one another; a building may lie in the other's city."""
    one, other = first.meeting.place, later.meeting.place
    if one is None or other is None or _words(one) & _words(other):
        return True
    if one.country is None or other.country is None:
        return True
    return one.country == other.country and bool(_BUILDINGS & (_words(one) | _words(other)))


_BUILDINGS = frozenset(
    ["palace", "house", "mansion", "headquarters", "residence", "ministry", "hall", "hotel", "castle", "villa",
     "office", "kremlin", "tower", "embassy", "airport", "department", "centre", "center", "base"]
)  # fmt: skip


def _words(place: Place) -> set[str]:
    return {w for w in place.name.lower().replace(",", " ").split() if w not in ("the", "of", "in")}


def _same_channel(document: Document, first: _Telling, later: _Telling) -> bool:
    """Not a call and a visit."""
    channels = {first.meeting.channel, later.meeting.channel} - {"unspecified"}
    return len(channels) < 2 or channels == {"video", "hybrid"}


def _same_phase(document: Document, first: _Telling, later: _Telling) -> bool:
    """Not a meeting held and one planned; one planned may be called off or refused further down."""
    phases = _PHASES[first.meeting.status], _PHASES[later.meeting.status]
    return phases[0] == phases[1] or phases in _ENDINGS


_ENDINGS = (
    ("planned", "off"),
    ("off", "planned"),
    ("off", "declined"),
    ("declined", "off"),
    ("planned", "declined"),
)


def _not_set_apart(document: Document, first: _Telling, later: _Telling) -> bool:
    """No "earlier", "again", "next" beside the later cue, unless the day says that it is the same."""
    one, other = first.meeting.when, later.meeting.when
    if one is not None and other is not None and one.value is not None and one.value == other.value:
        return True
    return not _apart(document, later.meeting) or _apart(document, first.meeting)


def _apart(document: Document, meeting: Meeting) -> bool:
    tokens = tokens_of(document.text)
    inside = tokens.within(meeting.cue.span)
    sentence = meeting.evidence[0]
    if not inside:
        return False
    before = range(max(inside[0] - _BEFORE, 0), inside[0])
    after = range(inside[-1] + 1, min(inside[-1] + 1 + _AFTER, len(tokens.lower)))
    opening = tokens.within(sentence)[:2]
    if [tokens.lower[n] for n in opening] == ["before", "that"]:
        return True
    return (
        any(
            tokens.lower[n] in _APART_BEFORE and not _SETTLED & set(tokens.lower[n + 1 : n + 2])
            for n in (*before, *opening)
            if tokens.starts[n] >= sentence.start
        )
        or any(tokens.lower[n] in _APART_AFTER for n in after)
    )  # fmt: skip


class Test(NamedTuple):
    """Something that must agree: its name, and the function that decides."""

    name: str
    agree: Callable[[Document, _Telling, _Telling], bool]


TESTS = (
    Test("phase", _same_phase),
    Test("people", _same_people),
    Test("channel", _same_channel),
    Test("day", _same_day),
    Test("place", _same_place),
    Test("set_apart", _not_set_apart),
)
"""All must agree; the cheap ones first."""


def _merged(first: Meeting, later: Meeting, actors: Actors) -> Meeting:
    """One meeting of two tellings: the first's id and cue, the best of both for the rest."""
    ended = _PHASES[later.status] == "off" and _PHASES[first.status] != "declined"
    phase = later if ended or _PHASES[later.status] == "declined" else first
    return attrs.evolve(
        first,
        participants=_united(first.participants, later.participants, actors),
        when=_better_day(first.when, later.when),
        place=first.place or later.place,
        channel=_better_channel(first.channel, later.channel),
        status=phase.status,
        parent=first.parent or later.parent,
        told_by=first.told_by if later.told_by is not None else None,
    )


def _with_all(first: Meeting, tellings: Sequence[Meeting]) -> Meeting:
    """An occasion with the evidence and topics of all its tellings."""
    if not tellings:
        return first
    topics: dict[str, Topic] = {}
    for topic in (*first.topics, *(t for m in tellings for t in m.topics)):
        topics.setdefault(topic.text.lower(), topic)
    evidence = {*first.evidence, *(e for m in tellings for e in m.evidence)}
    return attrs.evolve(first, topics=tuple(topics.values()), evidence=tuple(sorted(evidence)))


def _better_day(one: When | None, other: When | None) -> When | None:
    """The resolved one, the more precise of two."""
    if one is None or one.value is None:
        return other or one
    if other is None or other.value is None:
        return one
    return other if len(other.value) > len(one.value) and "/" not in other.value else one


def _better_channel(one: Channel, other: Channel) -> Channel:
    return other if one == "unspecified" else one


def _united(
    one: tuple[Participation, ...], other: tuple[Participation, ...], actors: Actors
) -> tuple[Participation, ...]:
    """Each participant once, with the part that says most; a country gives way to its named people."""
    best: dict[str, Participation] = {}
    for participation in (*one, *other):
        have = best.get(participation.actor)
        if have is None or (have.part == "attendee" and participation.part != "attendee"):
            best[participation.actor] = participation
    known = {i: a for i in best if (a := actors.get(i)) is not None}
    people = {a.country for a in known.values() if a.kind == "person" and a.mentions}
    kept = [
        p
        for i, p in best.items()
        if i not in known
        or (known[i].kind == "person" and known[i].mentions)
        or known[i].country is None
        or known[i].country not in people
    ]
    # Those of one span ("the sides") stay in the order in which they were met: an id says nothing.
    return tuple(sorted(kept, key=lambda p: p.span))


def _distributed(tellings: list[_Telling]) -> dict[int, list[int]]:
    """
    Leads that tell several meetings at once, with those they tell.

    "received the ambassadors of Chile, Hungary and Ghana", followed by a paragraph on each, is
    evidence of each and no meeting of its own.
    """
    found: dict[int, list[int]] = {}
    for lead in tellings:
        people = [a for a in lead.actors if a.kind == "person" and a.mentions]
        guests = [a for a in lead.actors if a not in people and a.country is not None]
        if len(people) != 1 or len(guests) < 2:
            continue
        parts = [
            t.number
            for t in tellings
            if t.number != lead.number and len(t.actors) == 2 and people[0] in t.actors
            and _covers(guests, [a for a in t.actors if a != people[0]])
            and _PHASES[t.meeting.status] == _PHASES[lead.meeting.status]
        ]  # fmt: skip
        if len(parts) >= 2:
            found[lead.number] = parts
    return found


def find_occasions(document: Document, actors: Actors, meetings: Sequence[Meeting]) -> Iterator[Meeting]:
    """
    Yield the occasions that the tellings are of, by first telling.

    Args:
        document: Its words beside a cue may set a telling apart.

        actors: As resolved; their countries tell a minister from a colleague.

        meetings: One a telling, in text order.

    Yields:
        Meetings with the id and cue of the first telling and the evidence of all; ``parent``
        is the id of an occasion.
    """
    # 1. tellings of one occasion
    occasions: list[_Telling] = []
    others: dict[int, list[Meeting]] = {}
    of: dict[str, int] = {}
    for meeting in meetings:
        known = tuple(a for p in meeting.participants if (a := actors.get(p.actor)) is not None)
        telling = _Telling(meeting, known, len(occasions))
        for first in reversed(occasions[-_REACH:]):
            if all(test.agree(document, first, telling) for test in TESTS):
                merged = _merged(first.meeting, meeting, actors)
                known = tuple(a for p in merged.participants if (a := actors.get(p.actor)) is not None)
                occasions[first.number] = _Telling(merged, known, first.number)
                of[meeting.id] = first.number
                others.setdefault(first.number, []).append(meeting)
                break
        else:
            occasions.append(telling)
            of[meeting.id] = telling.number
    occasions = [o._replace(meeting=_with_all(o.meeting, others.get(o.number, ()))) for o in occasions]
    # 2. leads that tell several
    leads = _distributed(occasions)
    for lead, parts in leads.items():
        for part in parts:
            told, whole = occasions[part], occasions[lead].meeting
            shared = attrs.evolve(
                told.meeting,
                when=_better_day(told.meeting.when, whole.when),
                place=told.meeting.place or whole.place,
                evidence=tuple(sorted({*told.meeting.evidence, *whole.evidence})),
            )
            occasions[part] = told._replace(meeting=shared)
    # 3. parents
    for occasion in occasions:
        if occasion.number not in leads:
            yield _with_parent(occasion, occasions, of)


def _with_parent(occasion: _Telling, occasions: list[_Telling], of: Mapping[str, int]) -> Meeting:
    """The meeting, with the id of its parent's occasion."""
    meeting = occasion.meeting
    if meeting.parent is None:
        return meeting
    number = of.get(meeting.parent.id)
    if number is None or number == occasion.number:
        return attrs.evolve(meeting, parent=None)
    parent = Parent(id=occasions[number].meeting.id, relation=meeting.parent.relation)
    return attrs.evolve(meeting, parent=parent)
