"""
How one clause tells a meeting: its status, who sits at the table, day, place, channel, topics.

The rules of ``meetings.py`` find the cue; the functions here read what stands around it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import attrs

from ..lexicon import Entry
from ..records import (
    Actor,
    Channel,
    Clause,
    Cue,
    Format,
    Mention,
    Part,
    Place,
    Relation,
    Span,
    Status,
    Topic,
    When,
)
from .dates import resolve_when
from .scene import Scene, attachments


def words_set(words: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(words.split())


@attrs.frozen
class Seat:
    """Somebody at the table: an actor, the words that put it there, its part and its side."""

    actor: Actor
    span: Span
    part: Part
    side: int
    role: str | None = None


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

    def ids(self) -> set[str]:
        """The ids of those who take part."""
        return {seat.actor.id for seat in self.seats}

    def add_topics(self, topics: Iterable[Topic]) -> None:
        """Take topics that are not there yet."""
        self.topics += [t for t in topics if t not in self.topics]

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


class Story:
    """What has been told so far."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        scene.recall = self.recall
        self.tellings: list[Telling] = []
        self.by_clause: dict[str, Telling] = {}
        self.leads: list[Lead] = []
        self.told: When | None = None
        """The day last told of a meeting or a statement: what "the same day" repeats."""
        self.spoken: tuple[When | None, list[Seat], int] | None = None
        """The last statement by named speakers: its time, who spoke, its sentence."""

    @property
    def current(self) -> Telling | None:
        """The telling that "the meeting", "the sides" go back to."""
        return self.tellings[-1] if self.tellings else None

    def add(self, telling: Telling) -> None:
        """A new telling; the current one from here on."""
        self.tellings.append(telling)
        self.by_clause[telling.clause.id] = telling
        if telling.when is not None and telling.when.value is not None:
            self.told = telling.when

    def go_on(self, telling: Telling, clause: Clause) -> None:
        """Evidence and topics for a meeting already told."""
        sentence = self.scene.sentence(clause.verb.head.start)
        if sentence not in telling.evidence:
            telling.evidence.append(sentence)
        telling.add_topics(topics_of(self.scene, clause))
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
        wanted = 2 if words & {"two", "both"} else 3 if "three" in words else 4 if "four" in words else None
        for telling in reversed(self.tellings):
            if wanted is None and not _PARTIES & set(inside):
                return ()
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


# -- status ---------------------------------------------------------------------------------------

# How the modal phrases of a verb group move a meeting: "is expected to meet", "was to have met".
_PLANNED_MODALS = frozenset(
    ["will", "shall", "be to", "be going to", "be due to", "be expected to", "be scheduled to", "be set to",
     "be slated to", "be planned to", "be about to", "be supposed to", "be poised to", "plan to", "expect to"]
)  # fmt: skip
_HYPOTHETICAL_MARKERS = frozenset(
    ["if", "unless", "whether", "provided", "should", "were", "until", "lest", "once", "in case", "as if",
     "without", "instead of", "rather than", "short of"]
)  # fmt: skip
# What stands right before the "to" of an infinitive: "is due to meet", "is ready to meet".
_PLANNED_WORDS = words_set(
    "due set slated scheduled expected planned poised going plans agreement decision decided agreed"
)
_IDLE_WORDS = words_set(
    "ready willing able unable open prepared keen eager reluctant unwilling unlikely likely free happy hopes hope "
    "chance opportunity invitation offer proposal request intention need possibility desire wish readiness "
    "willingness attempt attempts effort efforts call calls time glad pleased proud delighted honored honoured "
    "important necessary possible impossible difficult hard easy good better"
)


def _own_status(scene: Scene, clause: Clause) -> Status | None:
    """What a verb group alone says of the event it tells; ``None`` if it tells none."""
    verb = clause.verb
    if verb.polarity == "negative" or scene.before(verb.span.start, 1) == ("no",):
        return None
    if clause.marker in _HYPOTHETICAL_MARKERS:
        return None
    modality = verb.modality
    if modality in _PLANNED_MODALS or (verb.tense == "future" and not modality):
        if modality == "be to" and verb.perfect:
            return "cancelled"  # "was to have met"
        return "planned"
    if modality is not None and modality.startswith("be "):
        # "is slated to meet" against "is ready to meet"; "would be expected to meet" is neither
        if "would" in scene.words(verb.span.start, verb.head.start) and not _is_reported(scene, clause):
            return None
        if modality == "be able to":
            return "held" if verb.tense == "past" else None
        return "planned" if set(modality.split()) & _PLANNED_WORDS else None
    if modality == "would":
        return "planned" if _is_reported(scene, clause) else None
    if modality in ("could", "might", "may", "should", "must", "can", "ought to", "need to", "have to"):
        return None
    if verb.progressive and verb.tense == "present" and not verb.perfect:
        return "ongoing"
    return "held"


def _is_reported(scene: Scene, clause: Clause) -> bool:
    """Whether a clause stands in what somebody said, agreed or announced."""
    return any(
        c.link in ("complement", "quotation") and (above := scene.parent(c)) is not None
        and above.verb.polarity == "positive"
        for c in (clause, *scene.ancestors(clause))
    )  # fmt: skip


def status_of(scene: Scene, clause: Clause) -> Status | None:
    """
    The status that a clause and those it depends on give the meeting it tells.

    Returns:
        ``None`` for what did not take place and was not planned: negated, conditional, wished for.
    """
    status = _own_status(scene, clause)
    if status is None:
        return None
    below = clause
    for above in scene.ancestors(clause):
        if below.link in ("main", "coordinate", "relative", "quotation"):
            break
        if below.link == "nominal":
            # "turned down a request to meet", "has no plans to meet"
            own, settled = _own_status(scene, above), settled_by(scene, above)
            if own is None or _has_no(scene, above) or settled == "none":
                return None
            if settled in ("declined", "cancelled", "postponed") and own == "held":
                return settled  # type: ignore[return-value]
            below = above
            continue
        if below.link in ("complement", "adverbial"):
            if above.marker in _HYPOTHETICAL_MARKERS:
                return None
            settled = settled_by(scene, above) if below.link == "complement" else None
            if settled in ("denied", "none"):
                return None if settled == "none" else "denied"
            if above.verb.polarity == "negative" and below.link == "complement":
                return None
            break
        status = _raised(scene, below, above, status)
        if status is None:
            return None
        below = above
    return status


_PARTICLES = frozenset(["off", "down", "back", "through", "out"])


def settled_by(scene: Scene, clause: Clause) -> str | None:
    """What a status verb makes of its object or infinitive: "planned", "declined", "none" ..."""
    lemma = clause.verb.lemma
    particle = scene.after(clause.verb.head.end, 1)
    # "was called off": the particle may have been left out of the lemma at the end of a sentence
    forms = (f"{lemma} {particle[0]}", lemma) if particle and particle[0] in _PARTICLES else (lemma,)
    entry = next((e for f in forms if (e := scene.entry(f, "meeting_status")) is not None), None)
    return entry.feature("status") if entry else None


def _raised(scene: Scene, below: Clause, above: Clause, status: Status) -> Status | None:
    """The status of an infinitive, gerund or participle under the verb that governs it."""
    own = _own_status(scene, above)
    if below.verb.form in ("participle", "gerund") or below.link == "participle":
        words = scene.before(below.verb.span.start, 3)
        if _IDLE_WORDS & set(words) or below.marker in _HYPOTHETICAL_MARKERS:
            return None  # "no intention of meeting", "the possibility of meeting"
        settled = settled_by(scene, above)
        if settled is not None and below.verb.span.start > above.verb.span.end and not below.marker:
            # "denied meeting", "proposed holding"
            return None if settled == "none" else settled  # type: ignore[return-value]
        # "Receiving X, the host said": the participle tells what the main verb's time tells.
        return own if own in ("planned", "held") else status
    if above.verb.lemma == "be" and below.link == "infinitive" and own is not None:
        # "was to have met", "is to meet", where the verb group was cut in two
        inner = below.verb
        words = scene.before(inner.span.start, 1)
        if not any(word in _IDLE_WORDS for word in words):
            had = inner.perfect or "have" in scene.words(inner.span.start, inner.head.start)
            return "cancelled" if had else "planned"
    if below.link == "infinitive" and "have" in scene.words(below.verb.span.start, below.verb.head.start):
        return status if own is not None else None  # "are said to have met"
    words = scene.before(below.verb.span.start, 2)
    if "no" in scene.before(below.verb.span.start, 3):
        return None
    if any(word in _IDLE_WORDS for word in words):
        declined = settled_by(scene, above) == "declined" or "unwilling" in words
        return "declined" if declined and own == "held" else None
    if _has_no(scene, above):
        return None
    settled = settled_by(scene, above)
    if settled == "none":
        return None
    if settled is not None:
        if own is None:
            return None
        if settled in ("planned", "declined") and own == "planned" and settled == "declined":
            return None
        return settled  # type: ignore[return-value]
    if own is None:
        return None
    if any(word in _PLANNED_WORDS for word in words):
        return "planned"
    if own == "planned" or (
        own in ("held", "ongoing") and above.verb.tense == "present" and status == "held"
    ):
        # "flies to Tokyo to meet", "will travel to meet"
        return "planned"
    return status


def _has_no(scene: Scene, clause: Clause) -> bool:
    """Whether the object of a verb is denied: "has no plans to meet"."""
    return any(scene.words(o.start, o.end)[:1] in (("no",), ("any",), ("neither",)) for o in clause.objects)


# -- seats ----------------------------------------------------------------------------------------

_BESIDE = (
    "accompanied by", "in the presence of", "together with", "along with", "alongside", "flanked by",
    "with the participation of", "with participation of", "joined by", "as well as", "in company of",
)  # fmt: skip
_DELEGATION = frozenset(["delegation", "delegations", "team", "mission", "group"])


def _can_talk(actor: Actor) -> bool:
    return actor.kind in ("person", "organization", "government", "country", "group")


def seats_in(scene: Scene, span: Span, part: Part, side: int, *, pair: bool = False) -> list[Seat]:
    """
    The seats that a noun phrase fills, its coordination read to the end; none for the press and the public.

    With ``pair`` the phrase needs an "and", as after "between", even if a clause takes the second name for its subject.
    """
    seats: list[Seat] = []
    for mention, actors in scene.people(scene.whole(span, pair=pair)):
        own = part
        before = scene.before(mention.span.start, 6)
        if part == "attendee" and _DELEGATION & set(before) and {"led", "headed"} & set(before[-3:]):
            own = "delegation_head"
        if (
            mention.kind == "description"
            and _is_delegation(scene, mention)
            and not any(a.mentions for a in actors)
        ):
            continue  # "delegations of the two countries": nobody to name
        if mention.kind == "description" and any(
            scene.entry(w, "meeting_public") for w in scene.words(mention.span.start, mention.span.end)
        ):
            continue
        states = scene.listed(mention) if mention.kind == "description" else []
        listed = [(m, a) for m in states for a in scene.actors.at(m.span)[:1]]
        if len(listed) > 1 and len(listed) == len(states) and not any(a.mentions for a in actors):
            seats += [Seat(a, m.span, own, side) for m, a in listed]
            continue
        role = mention.roles[0].title if mention.roles else None
        seats += [Seat(a, mention.span, own, side, role if len(actors) == 1 else None) for a in actors]
    return seats


def _is_delegation(scene: Scene, mention: Mention) -> bool:
    return any(w in _DELEGATION for w in scene.words(mention.span.start, mention.span.end))


def led_by(scene: Scene, clause: Clause, part: Part, side: int) -> list[Seat]:
    """Those who lead or head a delegation that a clause speaks of, where the words are a clause of their own."""
    seats: list[Seat] = []
    for child in scene.children.get(clause.id, ()):
        if child.verb.lemma in ("lead", "head", "chair") and child.link in ("participle", "relative"):
            for attachment in attachments(child, ("by",)):
                found = seats_in(scene, attachment.object, part, side)
                seats += [
                    attrs.evolve(s, part="delegation_head" if part == "attendee" else part) for s in found
                ]
    return seats


def subject_seats(scene: Scene, clause: Clause, part: Part, side: int) -> list[Seat]:
    """
    The seats of a clause's subject.

    Where it names nobody, what stands in for it: the last person before a relative clause
    ("(R-S.D.), who met"), the subject of the clause above a participle or infinitive, the names
    between a clause's start and its verb, whoever speaks ("Had a fruitful call with", "I").
    """
    if clause.subject is not None:
        subject = _to_the_name(scene, clause, _from_the_left(scene, clause.subject))
        seats = seats_in(scene, subject, part, side)
        if seats:
            return seats
    if clause.link == "relative":
        sentence = scene.sentence(clause.verb.head.start)
        before = scene.mentions_in(sentence.start, clause.span.start, "person", "description")
        return seats_in(scene, before[-1].span, part, side) if before else []
    if clause.link in ("participle", "infinitive"):
        for above in scene.ancestors(clause):
            if above.subject is not None and above.link != "nominal":
                seats = seats_in(scene, above.subject, part, side)
                if seats:
                    return seats
        return []
    if clause.subject is not None and clause.span.start < clause.subject.start < clause.verb.span.start:
        seats = seats_in(scene, Span(clause.subject.start, clause.verb.span.start), part, side)
        if seats:
            return seats
    if clause.subject is None or scene.document.words(clause.subject).lower() in ("i", "we"):
        return speaker_seats(scene, clause)
    return []


def _to_the_name(scene: Scene, clause: Clause, subject: Span) -> Span:
    """A subject with the name that ends it: "the head of the directorate for trade, Colonel N., discussed"."""
    if not subject.end < clause.verb.span.start <= subject.end + 160:
        return subject
    if scene.mentions_in(subject.start, subject.end, "person", "pronoun"):
        return subject
    between = scene.mentions_in(subject.end, clause.verb.span.start, "person")
    if len(between) != 1 or scene.before(between[0].span.start, 1) != (",",):
        return subject
    return Span(between[0].span.start, between[0].span.end)


def _from_the_left(scene: Scene, subject: Span) -> Span:
    """A subject with what a comma cut off it: "Gabon, Equatorial Guinea put off", a list of names in a headline."""
    sentence = scene.sentence(subject.start)
    before = scene.mentions_in(
        sentence.start, subject.start, "person", "country", "organization", "description"
    )
    if not before or subject.start - sentence.start > 120:
        return subject
    words = scene.words(sentence.start, subject.start)
    named = sum(len(scene.words(m.span.start, m.span.end)) for m in before)
    if before[0].span.start == sentence.start and len(words) - named == words.count(","):
        return Span(sentence.start, subject.end)
    return subject


def speaker_seats(scene: Scene, clause: Clause) -> list[Seat]:
    """Whoever says the words a clause stands in, for "I met" and "Had a fruitful call with"."""
    position = clause.verb.head.start
    paragraph = scene.paragraph(position)
    if paragraph is None:
        return []
    if paragraph.label is not None:
        return seats_in(scene, paragraph.label, "attendee", 0)
    quotation = next((q for q in scene.document.quotations if q.span.start <= position < q.span.end), None)
    if quotation is None:
        return []
    # A quotation over several paragraphs is told by whom at its beginning or end.
    first = scene.paragraph(quotation.span.start) or paragraph
    last = scene.paragraph(quotation.span.end - 1) or paragraph
    outside = [
        (abs(c.verb.head.start - position), c.subject) for c in scene.clauses
        if first.span.start <= c.verb.head.start < last.span.end and c.subject is not None
        and not quotation.span.start <= c.verb.head.start < quotation.span.end
        and scene.entry(c.verb.lemma, "reporting_cue") is not None
    ]  # fmt: skip
    if not outside:
        return []
    subject = min(outside, key=lambda pair: pair[0])[1]
    return [s for s in seats_in(scene, subject, "attendee", 0) if s.actor.kind == "person"]


def distinct(seats: Iterable[Seat]) -> list[Seat]:
    """Each actor's first seat, a seat with a part before one without, by place in the text."""
    best: dict[str, Seat] = {}
    for seat in seats:
        have = best.get(seat.actor.id)
        if have is None or (have.part == "attendee" and seat.part != "attendee"):
            best[seat.actor.id] = seat
    return sorted(best.values(), key=lambda s: (s.span, s.actor.id))


_WITH_THEM = ("with", "in", "at")


def beside(scene: Scene, clause: Clause, side: int) -> list[Seat]:
    """Those told to be there as well: "accompanied by", "in the presence of", "with the participation of"."""
    seats: list[Seat] = []
    for attachment in clause.attachments:
        if attachment.preposition in _BESIDE:
            seats += seats_in(scene, attachment.object, "attendee", side)
        elif attachment.preposition in _WITH_THEM:
            words = scene.words(attachment.object.start, attachment.object.end)[:3]
            if {"participation", "presence", "company", "attendance"} & set(words):
                within = scene.mentions_in(
                    attachment.object.start, scene.whole(attachment.object).end, "person"
                )
                for mention in within:
                    if not scene.is_possessor(mention):
                        seats += seats_in(scene, mention.span, "attendee", side)
    for child in scene.children.get(clause.id, ()):
        if child.verb.lemma in ("accompany", "join", "flank") and child.verb.form == "participle":
            for attachment in attachments(child, ("by",)):
                seats += seats_in(scene, attachment.object, "attendee", side)
    return seats


# -- channel, format ------------------------------------------------------------------------------


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
    for word in beside:
        found = scene.entry(word, "meeting_channel")
        if found is not None:
            return found.value  # type: ignore[return-value]
    own: Channel = entry.feature("channel") or "unspecified"  # type: ignore[assignment]
    return "in_person" if own == "unspecified" and status == "planned" else own


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


def sides_of(seats: Sequence[Seat]) -> int:
    """How many states and bodies sit at the table; people of unknown allegiance go with those on their side."""
    sides: set[str] = set()
    unknown: set[int] = set()
    known: set[int] = set()
    for seat in seats:
        actor = seat.actor
        body = next((r.organization for r in actor.roles if r.organization and not r.country), None)
        if actor.country is not None:
            sides.add(actor.country)
        elif actor.kind != "person":
            sides.add(actor.id)
        elif body is not None:
            sides.add(body.lower())
        else:
            unknown.add(seat.side)
            continue
        known.add(seat.side)
    return len(sides) + len(unknown - known)


def format_of(seats: Sequence[Seat], told: Format | None) -> Format:
    """Counted in sides, unless an adjective tells it."""
    count = sides_of(seats)
    if told == "trilateral" or told == "multilateral":
        return told
    return "bilateral" if count <= 2 else "trilateral" if count == 3 else "multilateral"


# -- day and place --------------------------------------------------------------------------------

_SCHEDULING = words_set(
    "hold schedule plan set take open host convene arrange expect slate fix begin start occur organize organise"
)
AFTER = ("after", "following", "during", "at", "in", "upon", "while", "on completion of", "right after")
TRAVEL = words_set("fly travel go arrive come head return depart journey land jet visit leave")
_SAME_DAY = (
    "before",
    "prior to",
    "after",
    "right after",
    "ahead of",
    "following",
    "right before",
    "immediately after",
)


def _own_clauses(scene: Scene, clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses whose day and place are those of a telling: its own, and "scheduled for", "which took place in"."""
    own = list(clauses)
    for clause in clauses:
        for child in scene.children.get(clause.id, ()):
            lemma = child.verb.lemma.partition(" ")[0]
            if lemma in _SCHEDULING and child.link in ("relative", "participle", "coordinate", "infinitive"):
                own.append(child)
                own += [c for c in scene.children.get(child.id, ()) if c.verb.lemma in _SCHEDULING]
            elif lemma in ("lead", "head", "chair") and child.link == "participle":
                own.append(child)
    return own


def when_of(
    story: Story, clauses: Sequence[Clause], status: Status, extent: Span, *, without: Sequence[Clause] = ()
) -> When | None:
    """
    The day told for a meeting.

    Args:
        clauses: Those that tell it, its cue's first.

        extent: Where a time mention may stand.

        without: Those whose own day is another: "was called off on Saturday".

    Returns:
        ``None`` if the text tells none for this meeting; the day of another event of the sentence
        (when it was announced, when somebody arrives) is not one.
    """
    scene = story.scene
    own = {c.id for c in _own_clauses(scene, clauses)}
    for clause in clauses:
        above = scene.parent(clause)
        if above is not None and clause.link == "relative" and (
            clause.marker == "when" or (above.verb.lemma == "be" and _is_it(scene, above.subject))
        ):  # fmt: skip
            own.add(above.id)
        if above is not None and clause.marker == "where" and above.verb.lemma in (*TRAVEL, "be"):
            own.add(above.id)
    own -= {c.id for c in without}
    best: When | None = None
    for mention in scene.mentions_in(extent.start, extent.end, "time"):
        owner = scene.owner(mention.span.start)
        if (owner is not None and owner.id not in own) or scene.before(mention.span.start, 1) in _NOT_THEN:
            continue
        found = resolved(story, mention, status)
        if best is None or (found.value is not None and best.value is None):
            best = found
    if best is not None and best.value is not None:
        return best
    return _around(story, clauses) or best


# "the first call since May": when something else was
_NOT_THEN = (("since",), ("until",), ("till",))


def _is_it(scene: Scene, span: Span | None) -> bool:
    return span is not None and scene.document.words(span).lower() == "it"


def resolved(story: Story, mention: Mention, status: Status) -> When:
    """A time mention as the day of a meeting of this status: the last one past if held, the next if planned."""
    document = story.scene.document
    future = resolve_when(document, mention, future=True, previous=story.told)
    if status in ("planned", "proposed", "declined"):
        return future
    past = resolve_when(document, mention, future=False, previous=story.told)
    if status not in ("cancelled", "postponed") or future.value == past.value:
        return past
    # Called off before or after its day: the nearer one.
    published = document.published
    if published is None or future.earliest is None or past.latest is None:
        return future
    today = date.fromisoformat(published)
    ahead = date.fromisoformat(future.earliest) - today
    behind = today - date.fromisoformat(past.latest)
    return future if ahead < behind else past


def _around(story: Story, clauses: Sequence[Clause]) -> When | None:
    """The day of the meeting before or after which this one was: "prior to the summit", "right after the talks"."""
    scene, told = story.scene, story.told
    if told is None or told.value is None or len(told.value) != 10:
        return None
    for clause in clauses:
        for attachment in clause.attachments:
            preposition = attachment.preposition
            if preposition == "to" and scene.before(attachment.span.start, 1) == ("prior",):
                preposition = "prior to"
            words = scene.words(attachment.object.start, attachment.object.end)
            if preposition not in _SAME_DAY or words[:1] not in (("the",), ("this",), ("that",), ("their",)):
                continue
            if any(scene.entry(w, "meeting_cue") for w in words):
                span = attachment.span
                return attrs.evolve(told, text=scene.document.words(span), span=span, anchor="mention")
    return None


_AT = ("in", "at", "near", "outside", "inside")
_BUILDINGS = words_set(
    "palace house mansion headquarters residence ministry embassy hall tower castle villa hotel office chancellery "
    "complex centre center kremlin airport base quarters palais club lodge estate fort barracks presidency parliament department pentagon"
)


def place_of(story: Story, clauses: Sequence[Clause], extent: Span) -> Place | None:
    """
    The place told for a meeting: "in P", "at the Palace in P", "there".

    A place that belongs to a title, a topic or a visit still to come is not one: the clause
    that owns it must be one of those that tell the meeting.
    """
    scene = story.scene
    own = {c.id for c in _own_clauses(scene, clauses)}
    found = _place_in(scene, own, clauses, extent)
    if found is not None:
        return found
    return _there(scene, clauses) or _travelled_to(scene, clauses) or _on_a_visit(scene, clauses, extent)


def _place_in(scene: Scene, own: set[str], clauses: Sequence[Clause], extent: Span) -> Place | None:
    """The first building or place after "in" or "at" in the clauses of a telling; a building before its city."""
    building: Place | None = None
    for clause in _own_clauses(scene, clauses):
        for attachment in clause.attachments:
            if attachment.preposition in ("in", "at") and extent.start <= attachment.span.start < extent.end:
                building = building or _as_building(scene, attachment.object)
    if building is not None:
        return building
    for mention in scene.mentions_in(extent.start, extent.end, "place", "country"):
        owner = scene.owner(mention.span.start)
        if owner is None or owner.id in own:
            place = _as_capital(scene, mention) or _as_place(scene, mention)
            if place is not None:
                return place
    return None


def _as_building(scene: Scene, span: Span) -> Place | None:
    """ "the Presidential Palace", "General Headquarters", with the city after it ("in Hanoi")."""
    text = scene.document.text
    tokens = scene.tokens
    inside = list(tokens.within(span))[:8]
    for number in inside:
        if tokens.lower[number] not in _BUILDINGS:
            continue
        written = tokens.forms[number][:1].isupper()
        if not written and not scene.mentions_in(span.start, tokens.starts[number], "organization", "place"):
            return None  # "at the office": nothing anybody could look up
        start, end = span.start, tokens.ends[number]
        if tokens.lower[number + 1 : number + 2] == ("of",):
            end = span.end
        if tokens.lower[inside[0]] in ("the", "a", "his", "her", "their", "its"):
            start = tokens.starts[inside[0] + 1] if len(inside) > 1 else start
        after = scene.after(end, 1)
        city = next(iter(scene.mentions_in(end, end + 8, "place")), None)
        if city is not None and after == ("in",):
            end = city.span.end
        country = city.country if city is not None else None
        return Place(name=" ".join(text[start:end].split()), country=country, span=Span(start, end))
    return None


def _as_capital(scene: Scene, mention: Mention) -> Place | None:
    """ "in Azerbaijan's capital", "in the Turkish capital": a place by its state, as written."""
    after = scene.after(mention.span.end, 2)
    if (
        mention.country is None
        or "capital" not in after[:2]
        or scene.before(mention.span.start, 2)[-1:] == ("of",)
    ):
        return None
    before = [w for w in scene.before(mention.span.start, 2) if w != "the"]
    end = scene.document.text.find("capital", mention.span.end) + len("capital")
    if before[-1:] != ["in"] or scene.words(end, end + 12)[:1] == ("of",):
        return None
    span = Span(mention.span.start, end)
    return Place(name=scene.document.words(span), country=mention.country, span=span)


def _as_place(scene: Scene, mention: Mention) -> Place | None:
    """A mention after "in" or "at" as a place, with the state after a comma ("Vientiane, Laos")."""
    if (
        mention.metonym
        or scene.is_possessor(mention)
        or (scene.actors.at(mention.span) and mention.kind == "place")
    ):
        return None
    before = list(scene.before(mention.span.start, 5))
    while before and before[-1] in ("the", "a", "an", "its", "his", "her", "their"):
        before.pop()
    if before[-2:] in (["city", "of"], ["island", "of"], ["town", "of"], ["capital", "of"], ["port", "of"]):
        return _place(scene, mention)
    if not before or before[-1] not in _AT:
        return None
    if before[-2:-1] and scene.entry(before[-2], "meeting_elsewhere") is not None:
        return None  # "the war in", "the embassy in"
    owner = scene.owner(mention.span.start)
    if mention.kind == "country" and owner is not None and owner.link == "infinitive":
        return None  # "to discuss stability in"
    return _place(scene, mention)


def _place(scene: Scene, mention: Mention) -> Place:
    end = mention.span.end
    after = next(iter(scene.mentions_in(end, end + 3, "country", "place")), None)
    if after is not None and scene.document.text[end : after.span.start].strip() == ",":
        end = after.span.end
    span = Span(mention.span.start, end)
    return Place(name=scene.document.words(span), country=mention.country, span=span)


def _there(scene: Scene, clauses: Sequence[Clause]) -> Place | None:
    """The place named just before, for "There he met", "where he met", "will also meet there with"."""
    first = clauses[0]
    sentence = scene.sentence(first.verb.head.start)
    start, end = sentence.start, first.verb.head.start
    marked = next((c for c in clauses if c.marker == "where"), None)
    if marked is not None:
        end = marked.span.start
    elif scene.words(start, end)[:1] == ("there",) or "there" in scene.after(first.verb.head.end, 2):
        number = scene.sentence_number(first.verb.head.start)
        end = start
        start = scene.document.sentences[number - 1].start if number else start
        if "there" in scene.after(first.verb.head.end, 2):
            end = first.verb.head.start
    else:
        return None
    for mention in reversed(scene.mentions_in(start, end, "place", "country")):
        before = [w for w in scene.before(mention.span.start, 2) if w != "the"]
        if before and (before[-1] in _GOING or (before[-1] == "from" and marked is not None)):
            return _place(scene, mention)
    return None


# "returned via Baku, where", "will visit Yerevan, where"
_GOING = frozenset([*_AT, "to", "for", "via", "of", "visit", "visits", "visited", "visiting", "reach"])


def _travelled_to(scene: Scene, clauses: Sequence[Clause]) -> Place | None:
    """Where somebody goes for the meeting: "flew to Warsaw for talks with", "arrived in Oslo to meet"."""
    for clause in clauses:
        above = scene.parent(clause) if clause.link == "infinitive" else None
        for verb in (clause, above):
            if verb is None or verb.verb.lemma not in TRAVEL:
                continue
            for attachment in attachments(verb, ("to", "in", "for")):
                for mention in scene.mentions_in(
                    attachment.object.start, attachment.object.end, "place", "country"
                ):
                    return _place(scene, mention)
    return None


def _on_a_visit(scene: Scene, clauses: Sequence[Clause], extent: Span) -> Place | None:
    """Where somebody at the table is told to be on a visit: "received X, who is on an official visit in P"."""
    for clause in scene.clauses_of(clauses[0].verb.head.start):
        if clause.link != "nominal" or clause.verb.lemma not in ("visit", "trip", "tour"):
            continue
        above = scene.parent(clause)
        if above is None or above.verb.tense == "future" or above.verb.polarity == "negative":
            continue
        paying = above.link == "relative" and above.verb.lemma in ("be", "arrive", "come", "pay", "make")
        recalled = above.link == "participle" and above.verb.lemma in ("recall", "visit")
        if not (paying or recalled):
            continue
        for attachment in attachments(clause, ("in", "to")):
            for mention in scene.mentions_in(attachment.object.start, attachment.object.end, "place"):
                return _place(scene, mention)
    return None


# -- topics ---------------------------------------------------------------------------------------

_OPENINGS = (
    "the ", "a ", "an ", "also ", "their ", "its ", "and ", "issues of ", "issue of ", "questions of ", "question of ",
    "such issues as ", "issues such as ", "topics such as ", "other ", "both ", "how to ",
)  # fmt: skip
# "spoke over the phone", "on three occasions", "on the sidelines"
_NO_TOPICS = words_set(
    "phone telephone occasion occasions sidelines margins link conditions condition anonymity behalf facebook twitter x one-on-one agenda menu"
)
# "over the coming days", "over dinner"
_SPELLS = words_set("days weeks months hours minutes years dinner lunch breakfast coffee tea phone")
_TRAILING = words_set("late early in on at here there also earlier with by of for to during later and")
_OF_INTEREST = re.compile(r"(?:issues|questions|matters|topics) of (?:mutual|common)")
_ON = ("on", "about", "over", "regarding", "concerning")
_EXTRA = ("time", "pronoun", "person")


def topics_of(scene: Scene, clause: Clause) -> list[Topic]:
    """The topics that a clause names: objects of "discuss", what stands after "talks on" and "views on"."""
    entry = scene.entry(clause.verb.lemma, "meeting_topic") if clause.link != "nominal" else None
    starts: list[int] = []
    if entry is not None:
        if clause.verb.voice == "passive" and clause.subject is not None:
            if clause.verb.lemma.partition(" ")[0] == "exchange":
                starts += [a.object.start for a in attachments(clause, _ON)]
            else:
                return _topics_before(scene, clause)
        right = entry.values("right")
        if "object" in right and clause.objects:
            starts.append(clause.objects[0].start)
        starts += [a.object.start for a in attachments(clause, right)]
        for child in scene.children.get(clause.id, ()):
            if child.link == "nominal" and child.verb.lemma in (
                "view",
                "opinion",
                "idea",
                "discussion",
                "talk",
            ):
                starts += [a.object.start for a in attachments(child, _ON)]
    elif clause.link == "nominal":
        starts += [a.object.start for a in attachments(clause, _ON)]
    else:
        # not "on": "met on the island", "spoke on three occasions"
        starts += [a.object.start for a in attachments(clause, ("about", "over", "regarding", "concerning"))]
    topics: list[Topic] = []
    for start in sorted(set(starts))[:2]:
        if any(t.span.end > start for t in topics):
            continue
        topics += topics_in(scene, Span(start, _topic_end(scene, clause, start)))
    return topics


def _topic_end(scene: Scene, clause: Clause, start: int) -> int:
    """Where a topic that begins at ``start`` ends: before the next verb, day, place of meeting or person met."""
    end = max(min(clause.span.end, scene.sentence(start).end), start + 1)
    for other in scene.clauses_of(start):
        opens = other.span.start
        if other.link == "nominal" or other.id == clause.id or not start < opens < end:
            continue
        # "measures to enhance", "incidents involving" belong to the topic; what a comma or "who" opens does not
        if other.marker not in (None, "to") or scene.before(opens, 1)[-1:] in (
            (",",),
            (";",),
            ("and",),
            ("but",),
        ):
            end = min(end, opens)
    for other in scene.clauses_of(start):
        for attachment in other.attachments:
            if not start < attachment.span.start < end:
                continue
            inside = scene.mentions_in(attachment.object.start, attachment.object.end)
            kinds = {m.kind for m in inside if m.span.start <= attachment.object.start + 4}
            if (
                attachment.preposition in ("with", "during", "by", "on", "at", "after", "before")
                and kinds
                & {
                    "time",
                    "person",
                }
            ) or attachment.preposition in ("during", "after", "ahead of", "on the sidelines of"):
                end = attachment.span.start
    for mention in scene.mentions_in(start, end, "time"):
        end = min(end, mention.span.start)
    return max(end, start + 1)


def _topics_before(scene: Scene, clause: Clause) -> list[Topic]:
    """What stands before a passive: "During the meeting, A, B and C were discussed"."""
    start = clause.span.start
    for nominal in scene.clauses_of(clause.verb.head.start):
        if nominal.link == "nominal" and start <= nominal.verb.head.start < clause.verb.span.start:
            entry = next(iter(scene.lexicon.lookup(nominal.verb.lemma, "meeting_cue")), None)
            if entry is not None and scene.after(nominal.verb.head.end, 1) == (",",):
                start = nominal.verb.head.end + 1
    fronted = scene.document.text.find(",", start, clause.verb.span.start)
    if (
        fronted > 0
        and scene.after(start, 1)[:1]
        and scene.after(start, 1)[0] in ("at", "in", "during", "after", "on")
    ):
        start = fronted + 1  # "At the end, prospects for development were discussed"
    if start >= clause.verb.span.start:
        return []
    return topics_in(scene, Span(start, clause.verb.span.start))


def topics_in(scene: Scene, span: Span) -> list[Topic]:
    """The noun phrases of a coordination, each without its article and "issues of"; no days, no persons."""
    topics: list[Topic] = []
    for part in _conjuncts(scene, scene.clipped(span)):
        start, end = _trimmed(scene.document.text, part.start, part.end)
        if end <= start:
            continue
        inside = scene.mentions_in(start, end)
        if any(m.span.start <= start and m.span.end >= end - 2 and m.kind in _EXTRA for m in inside):
            continue
        words = scene.words(start, end)
        if _NO_TOPICS & {*words[:1], *words[-1:]} or _SPELLS & set(words[:4]):
            continue
        topics.append(Topic(text=" ".join(scene.document.text[start:end].split()), span=Span(start, end)))
    return topics


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A topic's bounds without the words that open it and the marks around it."""
    cut = text.find(" to be ", start, end)
    end = cut if cut > start else end
    while True:
        while end > start and text[end - 1] in " ,.;:\n\t":
            end -= 1
        word = text.rfind(" ", start, end) + 1
        if word <= start or text[word:end].lower() not in _TRAILING:
            break
        end = word
    for _ in range(4):
        while start < end and text[start] in " ,\n\t":
            start += 1
        lower = text[start : start + 20].lower()
        opening = next((o for o in _OPENINGS if lower.startswith(o)), None)
        if opening is None or end - start <= len(opening) or _OF_INTEREST.search(lower):
            break
        start += len(opening)
    return start, end


def _conjuncts(scene: Scene, span: Span) -> Iterator[Span]:
    """A coordination cut at its commas and at "and", "as well as"."""
    tokens = scene.tokens
    start, skip = span.start, -1
    for number in tokens.within(span):
        word = tokens.lower[number]
        if number <= skip or word not in (",", "and", "as"):
            continue
        skip = number
        if word == "as":
            if tokens.lower[number + 1 : number + 3] != ("well", "as"):
                continue
            skip = number + 2
        if number and tokens.starts[number] > start and tokens.ends[number - 1] > start:
            yield Span(start, tokens.ends[number - 1])
        start = tokens.ends[min(skip, len(tokens.ends) - 1)]
    if start < span.end:
        yield Span(start, span.end)


# -- who tells it ---------------------------------------------------------------------------------


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
