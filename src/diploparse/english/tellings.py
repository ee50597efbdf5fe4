"""
A meeting as one clause tells it, and the story so far, while a document is read.

The rules of ``meetings.py`` find the cue; ``outcomes``, ``seats``, ``settings`` and ``topics`` read what
stands around it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import attrs

from ..lexicon import Entry
from ..records import Actor, Channel, Clause, Cue, Format, Mention, Place, Relation, Span, Status, Topic, When
from .dates import resolve_when
from .scene import Scene, attachments, words_set
from .seats import Seat, seats_in
from .topics import topics_of


@attrs.define(eq=False)
class Telling:
    """A meeting as one clause tells it, while it is being read."""

    rule: str
    cue: Cue
    clause: Clause
    seats: list[Seat]
    status: Status
    channel: Channel
    format: Format | None = None
    when: When | None = None
    place: Place | None = None
    topics: list[Topic] = attrs.field(factory=list)
    evidence: list[Span] = attrs.field(factory=list)
    told_by: str | None = None
    parent: tuple[Telling, Relation] | None = None
    batch: tuple[Telling, ...] = ()
    """Those told by the same cue, one each, this one among them."""
    told_after: bool = False
    """Whether it only sums up ("met several ministers") what later sentences tell one by one."""

    def ids(self) -> set[str]:
        """The ids of those who take part."""
        return {seat.actor.id for seat in self.seats}

    def add_topics(self, topics: Iterable[Topic]) -> None:
        """Take topics that are not there yet."""
        told = {t.text.lower() for t in self.topics}
        self.topics += [t for t in topics if t.text.lower() not in told]

    def last_sentence(self, scene: Scene) -> int:
        """The number of the last sentence that tells it."""
        return scene.sentence_number(max(e.start for e in self.evidence))


@attrs.define(eq=False)
class Lead:
    """A sentence that tells several meetings at once, by the states of the other sides."""

    host: Seat
    states: frozenset[str]
    open: set[str]
    """The states whose meeting no later sentence has told yet."""
    tellings: list[Telling]
    when: When | None
    place: Place | None
    status: Status
    sentence: Span
    found: Any
    """The cue with its sides, as the rule found it."""
    filled: set[str] = attrs.field(factory=set)

    def guest_in(self, telling: Telling) -> str | None:
        """The listed state whose person meets the host in a telling, if it is one of the listed meetings."""
        if telling in self.tellings:
            return None
        others = [s.actor for s in telling.seats if s.actor.id != self.host.actor.id]
        if len(others) != len(telling.seats) - 1 or len({a.country for a in others}) != 1:
            return None
        country = others[0].country
        return country if country in self.states else None


_PARTIES = words_set(
    "sides parties interlocutors ministers presidents leaders delegations officials generals colleagues counterparts"
)


# Plurals of offices that nobody else is called by; a secretary of state may be one of "the ministers".
_OFFICES = {"presidents": "president", "ambassadors": "ambassador", "generals": "general", "kings": "king"}


def _is_other(actor: Actor, office: str) -> bool:
    """Whether an actor is known by titles, and none of them is this office: an envoy is none of "the two presidents"."""
    return bool(actor.roles) and not any(office in role.title.lower() for role in actor.roles)


# "During the meetings": of each of those just told
_SEVERAL = words_set("meetings calls conversations bilaterals discussions audiences engagements interactions")


class Speech(NamedTuple):
    """Who said something, when, in which sentence."""

    when: When | None
    speakers: tuple[Seat, ...]
    sentence: int


class Story:
    """What has been told so far."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        scene.recall = self.recall
        self.tellings: list[Telling] = []
        self.by_clause: dict[str, Telling] = {}
        self.leads: list[Lead] = []
        self.summaries: list[Telling] = []
        """Tellings whose other side is a plural without names: "met diplomats from several countries"."""
        self.speeches: list[Clause] = []
        """The clauses of statements so far: who spoke, and when, is worked out only where it is asked for."""
        self._told: When | None = None
        self._heard = 0

    @property
    def told(self) -> When | None:
        """The day last told of a meeting, or first of a statement: what "the same day" repeats."""
        while self._told is None and self._heard < len(self.speeches):
            self._told = self._day_of(self.speeches[self._heard])
            self._heard += 1
        return self._told

    @property
    def spoken(self) -> Speech | None:
        """The last statement with a day, or by several speakers."""
        for clause in reversed(self.speeches):
            speakers = (
                tuple(seats_in(self.scene, clause.subject, "attendee", 0))
                if clause.subject is not None
                else ()
            )
            when = self._day_of(clause)
            if when is not None or len({s.actor.id for s in speakers}) > 1:
                return Speech(when, speakers, self.scene.sentence_number(clause.verb.head.start))
        return None

    def _day_of(self, clause: Clause) -> When | None:
        """The day told in a clause for what it tells."""
        for mention in self.scene.mentions_in(clause.span.start, clause.span.end, "time"):
            owner = self.scene.owner(mention.span.start)
            if owner is None or owner.id == clause.id:
                found = resolve_when(self.scene.document, mention, future=False, previous=self._told)
                if found.value is not None:
                    return found
        return None

    @property
    def current(self) -> Telling | None:
        """The telling that "the meeting", "the sides" go back to."""
        return self.tellings[-1] if self.tellings else None

    def add(self, telling: Telling) -> None:
        """A new telling; the current one from here on."""
        self.tellings.append(telling)
        self.scene.forget()
        self.by_clause[telling.clause.id] = telling
        if telling.when is not None and telling.when.value is not None:
            self._told = telling.when

    def go_on(self, telling: Telling, clause: Clause) -> None:
        """Evidence and topics for a meeting already told."""
        sentence = self.scene.sentence(clause.verb.head.start)
        topics = topics_of(self.scene, clause)
        several = len(telling.batch) > 1 and _SEVERAL & set(self.scene.words(sentence.start, sentence.end))
        for one in telling.batch if several else (telling,):
            if sentence not in one.evidence:
                one.evidence.append(sentence)
            one.add_topics(topics)
        self.by_clause.setdefault(clause.id, telling)

    def of(self, actor_ids: Iterable[str]) -> Telling | None:
        """The last telling in which all of these take part."""
        wanted = set(actor_ids)
        if not wanted:
            return None
        return next((t for t in reversed(self.tellings) if wanted <= t.ids()), None)

    def recall(self, mention: Mention) -> tuple[Actor, ...]:
        """Those of the last telling whose number a plural description fits: "the two ministers", "all three"."""
        if mention.countries or not self.tellings:
            return ()
        if mention.number == "singular":
            part = {"guest": "guest", "visitor": "guest", "host": "host"}.get(mention.value or "")
            seats = [s for s in self.tellings[-1].seats if part is not None and s.part == part]
            return (seats[0].actor,) if len(seats) == 1 else ()
        inside = self.scene.words(mention.span.start, mention.span.end)
        words = {*self.scene.before(mention.span.start, 2), *inside[:2]}
        if len(inside) > 4 or not words & {"the", "both", "all", "two", "three", "four", "these"}:
            return ()
        office = _OFFICES.get(inside[-1])
        wanted = 2 if words & {"two", "both"} else 3 if "three" in words else 4 if "four" in words else None
        for telling in reversed(self.tellings):
            if wanted is None and not _PARTIES & set(inside):
                return ()
            if office is not None and any(_is_other(seat.actor, office) for seat in telling.seats):
                continue
            if wanted is None or len(telling.seats) == wanted:
                return tuple(seat.actor for seat in telling.seats)
        return ()

    def protagonist(self, without: set[str]) -> Seat | None:
        """Who has met most of those told so far: the one that "At the reception for X" leaves out."""
        counted = Counter(s.actor.id for t in self.tellings for s in t.seats if s.actor.id not in without)
        if not counted:
            return None
        most = max(counted.values())
        for telling in self.tellings:
            for seat in telling.seats:
                if counted.get(seat.actor.id) == most:
                    return seat
        return None


# -- channel, format, teller ------------------------------------------------------------------------


def channel_of(
    scene: Scene, clauses: Sequence[Clause], words: Iterable[str], entry: Entry, status: Status
) -> Channel:
    """
    How they met: the cue's own channel unless the words around it tell another.

    Args:
        clauses: Those that tell it: "by phone", "over video link" hang on them.

        words: The cue's adjectives and adverbs: "virtual", "telephone".
    """
    beside = list(words)
    for clause in clauses:
        beside += scene.words(clause.verb.span.start, clause.verb.span.end)
        beside += scene.after(clause.verb.span.end, 3)
        beside += [w for w in scene.words(clause.span.start, clause.span.end) if w in _REMOTELY]
        for attachment in attachments(clause, _BY):
            beside += scene.words(attachment.object.start, attachment.object.end)[:4]
    if entry.value in _SPOKEN and any(
        scene.words(a.object.start, a.object.end)[-1:] == ("call",)
        for c in clauses
        for a in attachments(c, _BY)
    ):
        return "phone"  # "spoke in a joint call"; a courtesy call is paid, not spoken in
    for word in beside:
        found = scene.entry(word, "meeting_channel")
        if found is not None:
            return found.value  # type: ignore[return-value]
    own: Channel = entry.feature("channel") or "unspecified"  # type: ignore[assignment]
    return "in_person" if own == "unspecified" and status == "planned" else own


_SPOKEN = ("speak", "talk", "discuss", "converse", "exchange views")
_REMOTELY = frozenset(["virtually", "online", "remotely"])
_BY = ("by", "over", "via", "through", "on", "in", "using")


def format_word(scene: Scene, words: Iterable[str]) -> tuple[Format | None, bool]:
    """The format that an adjective tells, and whether it was one meeting each ("separate meetings")."""
    told: Format | None = None
    each = False
    for word in words:
        entry = scene.entry(word, "meeting_format")
        if entry is None:
            continue
        if entry.feature("frame") == "each":
            each = True
        else:
            told = told or entry.value  # type: ignore[assignment]
    return told, each


def teller_of(scene: Scene, clause: Clause) -> str | None:
    """The actor in whose words a clause stands, if one."""
    for c in (clause, *scene.ancestors(clause)):
        if c.link in ("complement", "quotation"):
            above = scene.parent(c)
            if above is not None and above.subject is not None:
                tellers = scene.people(above.subject)
                if tellers and len(tellers[0][1]) == 1:
                    return tellers[0][1][0].id
    return None
