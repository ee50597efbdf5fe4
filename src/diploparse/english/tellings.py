"""
How one clause tells a meeting: its status, who sits at the table, day, place, channel, topics.

The rules of ``meetings.py`` find the cue; the functions here read what stands around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

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


@attrs.define
class Telling:
    """A meeting as one clause tells it, while it is being read."""

    rule: str
    cue: Cue
    clause: Clause
    seats: list[Seat]
    status: Status
    channel: Channel
    format: Format | None = None
    each: bool = False
    when: When | None = None
    place: Place | None = None
    topics: list[Topic] = attrs.field(factory=list)
    evidence: list[Span] = attrs.field(factory=list)
    told_by: str | None = None
    parent: tuple[Telling, Relation] | None = None

    def ids(self) -> set[str]:
        """The ids of those who take part."""
        return {seat.actor.id for seat in self.seats}


class Story:
    """What has been told so far."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.tellings: list[Telling] = []
        self.by_clause: dict[str, Telling] = {}
        self.told: When | None = None
        """The day last told of a meeting or a statement: what "the same day" repeats."""
        self.spoken: tuple[When, frozenset[str], int] | None = None
        """The last dated statement: its time, its speakers, its sentence."""

    @property
    def current(self) -> Telling | None:
        """The telling that "the meeting", "the sides" go back to."""
        return self.tellings[-1] if self.tellings else None

    def add(self, telling: Telling) -> None:
        self.tellings.append(telling)
        self.by_clause[telling.clause.id] = telling
        if telling.when is not None and telling.when.value is not None:
            self.told = telling.when

    def of(self, actor_ids: Iterable[str]) -> Telling | None:
        """The last telling in which all of these take part."""
        wanted = set(actor_ids)
        for telling in reversed(self.tellings):
            if wanted <= telling.ids():
                return telling
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
    "willingness attempt attempts effort efforts call calls time"
)


def _own_status(scene: Scene, clause: Clause) -> Status | None:
    """What a verb group alone says of the event it tells; ``None`` if it tells none."""
    verb = clause.verb
    if verb.polarity == "negative":
        return None
    if clause.marker in _HYPOTHETICAL_MARKERS:
        return None
    modality = verb.modality
    if modality in _PLANNED_MODALS or (verb.tense == "future" and not modality):
        if modality == "be to" and verb.perfect:
            return "cancelled"  # "was to have met"
        return "planned"
    if modality is not None and modality.startswith("be ") and modality.endswith(" to"):
        return "planned"
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
        if below.link in ("main", "coordinate", "relative", "quotation", "nominal"):
            break
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


def settled_by(scene: Scene, clause: Clause) -> str | None:
    """What a status verb makes of its object or infinitive: "planned", "declined", "none" ..."""
    entry = scene.entry(clause.verb.lemma, "meeting_status")
    return entry.feature("status") if entry else None


def _raised(scene: Scene, below: Clause, above: Clause, status: Status) -> Status | None:
    """The status of an infinitive, gerund or participle under the verb that governs it."""
    if below.verb.form == "participle" or below.link == "participle":
        # "Receiving X, the host said": the participle tells what the main verb's time tells.
        own = _own_status(scene, above)
        return own if own in ("planned", "held") else status
    own = _own_status(scene, above)
    if above.verb.lemma == "be" and below.link == "infinitive" and own is not None:
        # "was to have met", "is to meet", where the verb group was cut in two
        inner = below.verb
        words = scene.before(inner.span.start, 1)
        if not any(word in _IDLE_WORDS for word in words):
            had = inner.perfect or "have" in scene.words(inner.span.start, inner.head.start)
            return "cancelled" if had else "planned"
    words = scene.before(below.verb.span.start, 2)
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


def seats_in(scene: Scene, span: Span, part: Part, side: int) -> list[Seat]:
    """The seats that a noun phrase fills."""
    seats: list[Seat] = []
    for mention, actors in scene.people(span):
        own = part
        if any(w in _DELEGATION for w in scene.before(mention.span.start, 6)) and part == "attendee":
            led = scene.before(mention.span.start, 3)
            if any(w in ("led", "headed") for w in led):
                own = "delegation_head"
        role = mention.roles[0].title if mention.roles else None
        for actor in actors:
            if _can_talk(actor):
                seats.append(Seat(actor, mention.span, own, side, role if len(actors) == 1 else None))
    return seats


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

    Where the subject names nobody ("(R-S.D.), who met"), the last person before a relative clause
    or the names between the clause's start and its verb stand in for it.
    """
    if clause.subject is not None:
        seats = seats_in(scene, clause.subject, part, side)
        if seats:
            return seats
    if clause.link == "relative":
        sentence = scene.sentence(clause.verb.head.start)
        before = scene.mentions_in(sentence.start, clause.span.start, "person", "description")
        return seats_in(scene, before[-1].span, part, side) if before else []
    if clause.link in ("main", "coordinate") and clause.span.start < clause.verb.span.start:
        return seats_in(scene, Span(clause.span.start, clause.verb.span.start), part, side)
    return []


def distinct(seats: Iterable[Seat]) -> list[Seat]:
    """Each actor's first seat, a seat with a part before one without, by place in the text."""
    best: dict[str, Seat] = {}
    for seat in seats:
        have = best.get(seat.actor.id)
        if have is None or (have.part == "attendee" and seat.part != "attendee"):
            best[seat.actor.id] = seat
    return sorted(best.values(), key=lambda s: (s.span, s.actor.id))


def beside(scene: Scene, clause: Clause, side: int) -> list[Seat]:
    """Those told to be there as well: "accompanied by", "in the presence of"."""
    seats: list[Seat] = []
    for attachment in attachments(clause, _BESIDE):
        seats += seats_in(scene, attachment.object, "attendee", side)
    for child in scene.children.get(clause.id, ()):
        if child.verb.lemma in ("accompany", "join", "flank") and child.verb.form == "participle":
            for attachment in attachments(child, ("by",)):
                seats += seats_in(scene, attachment.object, "attendee", side)
    return seats


# -- channel, format ------------------------------------------------------------------------------

_BY_PHONE = frozenset(["by", "over", "via", "through", "on", "in", "during"])


def channel_of(scene: Scene, start: int, end: int, entry: Entry, status: Status) -> Channel:
    """How they met: the cue's own channel unless the words around it tell another."""
    told: Channel | None = None
    for word in scene.words(start, end):
        found = scene.entry(word, "meeting_channel")
        if found is not None:
            told = found.value  # type: ignore[assignment]
            break
    if told is not None:
        return told
    own: Channel = entry.feature("channel") or "unspecified"  # type: ignore[assignment]
    return "in_person" if own == "unspecified" and status == "planned" else own


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
    """How many states and bodies sit at the table; people of unknown allegiance count by their side."""
    sides: set[str] = set()
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
            sides.add(f"side {seat.side}")
    return len(sides)


def format_of(seats: Sequence[Seat], told: Format | None) -> Format:
    """Counted in sides, unless an adjective tells it."""
    count = sides_of(seats)
    if told == "trilateral" or told == "multilateral":
        return told
    return "bilateral" if count <= 2 else "trilateral" if count == 3 else "multilateral"


# -- day and place --------------------------------------------------------------------------------

_SCHEDULING = words_set(
    "hold schedule plan set take open host convene arrange expect slate fix begin start occur"
) | {"take place"}
AFTER = ("after", "following", "during", "at", "in", "upon", "while", "on completion of", "right after")
_VISITS = frozenset(["visit", "trip", "tour"])


def _own_clauses(scene: Scene, clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses whose day and place are those of a telling: its own, and "scheduled for", "which took place in"."""
    own = list(clauses)
    for clause in clauses:
        for child in scene.children.get(clause.id, ()):
            lemma = child.verb.lemma
            scheduled = lemma in _SCHEDULING or lemma.startswith("take place")
            if scheduled and child.link in ("relative", "participle", "coordinate", "infinitive"):
                own.append(child)
                own += [c for c in scene.children.get(child.id, ()) if c.verb.lemma in _SCHEDULING]
            elif lemma in ("lead", "head", "chair") and child.link == "participle":
                own.append(child)
    return own


def when_of(story: Story, clauses: Sequence[Clause], status: Status, extent: Span) -> When | None:
    """
    The day told for a meeting.

    Args:
        clauses: Those that tell it, its cue's first.

        extent: Where a time mention may stand.

    Returns:
        ``None`` if the text tells none for this meeting; the day of another event of the sentence
        (when it was announced, when somebody arrives) is not one.
    """
    scene = story.scene
    own = {c.id for c in _own_clauses(scene, clauses)}
    own |= {c.parent for c in clauses if c.link == "relative" and c.marker == "when" and c.parent is not None}
    best: When | None = None
    for mention in scene.mentions_in(extent.start, extent.end, "time"):
        owner = scene.owner(mention.span.start)
        if owner is not None and owner.id not in own:
            continue
        found = resolved(story, mention, status)
        if (found.value is not None and (best is None or best.value is None)) or best is None:
            best = found
    if best is not None and best.value is not None:
        return best
    return _around(story, clauses) or best


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
    scene = story.scene
    for clause in clauses:
        for attachment in clause.attachments:
            if attachment.preposition not in (
                "before",
                "prior to",
                "after",
                "right after",
                "ahead of",
                "following",
            ):
                continue
            words = scene.words(attachment.object.start, attachment.object.end)
            if words[:1] in (("the",), ("this",), ("that",), ("their",)) and any(
                scene.entry(w, "meeting_cue") for w in words
            ):
                told = story.told
                if told is not None and told.value is not None and len(told.value) == 10:
                    span = attachment.span
                    return attrs.evolve(told, text=scene.document.words(span), span=span, anchor="mention")
    return None


def place_of(story: Story, clauses: Sequence[Clause], extent: Span) -> Place | None:
    """The place told for a meeting: "in P", "at P", "there"; the place of a title or a visit's goal is not one."""
    scene = story.scene
    own = {c.id for c in _own_clauses(scene, clauses)}
    for mention in scene.mentions_in(extent.start, extent.end, "place", "country", "organization"):
        owner = scene.owner(mention.span.start)
        if owner is not None and owner.id not in own:
            continue
        if mention.kind == "organization":
            continue
        place = _as_place(scene, mention)
        if place is not None:
            return place
    return _there(story, clauses)


_AT = ("in", "at", "near", "outside")


def _as_place(scene: Scene, mention: Mention) -> Place | None:
    """A mention after "in" or "at" as a place, with the place it lies in ("the Presidential Palace in Hanoi")."""
    if mention.metonym or (scene.actors.at(mention.span) and mention.kind == "place"):
        return None
    before = scene.before(mention.span.start, 3)
    while before and before[-1] in ("the", "a", "an", "its", "his", "her", "their"):
        before = before[:-1]
    if not before or before[-1] not in _AT:
        return None
    return Place(name=scene.document.words(mention.span), country=mention.country, span=mention.span)


def _there(story: Story, clauses: Sequence[Clause]) -> Place | None:
    """The place named just before, for "There he met", "where he met", "will also meet there with"."""
    scene = story.scene
    clause = clauses[0]
    sentence = scene.sentence(clause.verb.head.start)
    words = scene.words(sentence.start, clause.verb.head.start)
    there = words[:1] == ("there",) or "there" in scene.after(clause.verb.head.end, 2)
    where = clause.marker == "where"
    if not (there or where):
        return None
    number = scene.sentence_number(clause.verb.head.start)
    start = sentence.start
    if there and number:
        start = scene.document.sentences[number - 1].start
    end = clause.verb.head.start
    for mention in reversed(scene.mentions_in(start, end, "place", "country")):
        if scene.before(mention.span.start, 1)[-1:] and scene.before(mention.span.start, 1)[-1] in (
            *_AT, "to", "for", "from", "of", "the",
        ):  # fmt: skip
            if scene.before(mention.span.start, 1)[-1] == "from" and not where:
                continue
            return Place(name=scene.document.words(mention.span), country=mention.country, span=mention.span)
    return None


# -- topics ---------------------------------------------------------------------------------------

_ISSUES = (
    "issues of",
    "issue of",
    "questions of",
    "question of",
    "a number of",
    "issues related to",
    "matters of",
)
_LEADING = ("the ", "a ", "an ", "also ", "their ", "its ")


def topics_in(scene: Scene, span: Span) -> list[Topic]:
    """The noun phrases of a coordination, each without its article and "issues of"."""
    clip = scene.clipped(span)
    topics: list[Topic] = []
    for part in _conjuncts(scene, clip):
        start, end = part.start, part.end
        text = scene.document.text
        for _ in range(3):
            for opening in (*_LEADING, "issues of ", "issue of ", "questions of ", "question of ", "and "):
                if text[start:end].lower().startswith(opening) and end - start > len(opening):
                    start += len(opening)
        while end > start and text[end - 1] in " ,.;:\n":
            end -= 1
        while start < end and text[start] in " ,\n":
            start += 1
        if end > start:
            topics.append(Topic(text=" ".join(text[start:end].split()), span=Span(start, end)))
    return topics


def _conjuncts(scene: Scene, span: Span) -> Iterator[Span]:
    """A coordination cut at its commas and last "and"; "trade and investment" with no comma stays whole at "and" too."""
    tokens = scene.tokens
    inside = tokens.within(span)
    start = span.start
    for number in inside:
        if tokens.lower[number] in (",", "and", "as") and tokens.starts[number] > start:
            if tokens.lower[number] == "as" and tokens.lower[number + 1 : number + 3] != ("well", "as"):
                continue
            end = tokens.ends[number - 1]
            if end > start:
                yield Span(start, end)
            start = tokens.ends[number]
            while start < span.end and scene.document.text[start] in " \n":
                start += 1
    if start < span.end:
        yield Span(start, span.end)


def topics_of(scene: Scene, clause: Clause) -> list[Topic]:
    """The topics that a clause names: objects of "discuss", "on" and "about" after talks."""
    entry = scene.entry(clause.verb.lemma, "meeting_topic")
    right = entry.values("right") if entry is not None else ()
    topics: list[Topic] = []
    if entry is not None and clause.verb.voice == "passive" and clause.subject is not None:
        return topics_in(scene, clause.subject)
    if "object" in right:
        for span in clause.objects[:1]:
            topics += topics_in(scene, span)
    for attachment in clause.attachments:
        nominal_on = clause.link == "nominal" and attachment.preposition in (
            "on",
            "about",
            "over",
            "regarding",
        )
        if (attachment.preposition in right or nominal_on) and not scene.mentions_in(
            attachment.object.start, attachment.object.start + 1, "time", "person"
        ):
            topics += topics_in(scene, attachment.object)
    return topics


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
