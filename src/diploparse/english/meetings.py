"""
Clauses and actors to Meetings, one a telling.

A telling hangs on a cue of ``data/meeting_cues.tsv``: a verb ("met", "received") or an event noun
("talks", "a meeting") together with the verb that governs it.  `RULES` is the literal table of the
families; each rule looks at one clause and either leaves it alone or adds to the `Story`: a new
telling, or evidence and topics for the one just told ("The sides discussed ...").

    clause ─► rule ─► status (None: nothing happened) ─► seats (who, in what part) ─► day, place, channel, topics
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import attrs

from ..lexicon import LexiconUnion
from ..records import (
    Actors,
    Clause,
    Document,
    Meeting,
    Mention,
    Parent,
    Participation,
    Span,
    record_id,
)
from .assembly import is_urging, one_of_several
from .event_nouns import event_noun
from .event_verbs import met
from .scene import Scene, attachments, is_passive, words_set
from .seats import Seat, distinct, format_of, seats_in
from .tellings import Story, Telling
from .topics import topics_before, topics_in

NAME = "english.meetings"

# -- going on ---------------------------------------------------------------------------------------

_SIDES = words_set(
    "sides side parties interlocutors two three both they ministers leaders presidents officials generals officers "
    "delegations colleagues counterparts participants diplomats meeting talks conversation discussion discussions "
    "agenda interlocutor commanders chiefs heads"
)
_PASSIVE_TOPICS = words_set("discuss exchange consider review touch raise address examine cover")


def sides_discussed(story: Story, clause: Clause) -> bool:
    """ "The sides discussed NP", "NP were discussed", "met X to discuss NP": topics of a meeting told."""
    scene = story.scene
    if clause.link == "nominal":
        return False
    entry = scene.entry(clause.verb.lemma, "meeting_topic")
    if entry is None:
        return _on_the_agenda(story, clause)
    above = scene.parent(clause)
    if above is not None and clause.link == "participle":
        # "discussed strengthening ties" is told by the one, "discussed ties, including" by both
        under = scene.entry(above.verb.lemma, "meeting_topic") is not None
        if under != (clause.verb.lemma == "include"):
            if above.id in story.by_clause:
                story.by_clause.setdefault(clause.id, story.by_clause[above.id])
            return False
    if entry.value == "purpose" and (
        above is None
        or clause.link != "infinitive"
        or (above.id not in story.by_clause and above.verb.lemma not in ("agree", "decide"))
    ):
        return False  # "met X to revive the dialogue", "agreed to revive it", not "vowed to promote ties"
    if (
        above is not None
        and above.id in story.by_clause
        and not is_urging(scene, above)
        and clause.link not in ("quotation", "complement", "main")
    ):
        story.go_on(story.by_clause[above.id], clause)
        return True
    current = story.current
    if clause.verb.polarity == "negative" or clause.subject is None or current is None:
        return False
    if is_passive(clause):
        if clause.verb.lemma.split(" ")[0] not in _PASSIVE_TOPICS:
            return False
        story.go_on(current, clause)
        return True
    people = {a.id for _, actors in scene.people(clause.subject) for a in actors}
    words = set(scene.words(clause.subject.start, clause.subject.end)[:6])
    telling = story.of(people) if len(people) > 1 else None
    if telling is None and words == {"we"} and clause.link == "quotation":
        telling = current  # a participant's own words: "We discussed the possibility of"
    if telling is None and words & _SIDES and (len(people) != 1 or not words & {"side"}):
        telling = current
    if telling is None:
        return False
    story.go_on(telling, clause)
    return True


_PRESENT = words_set("present there")
_UNDER = words_set("discussion consideration review")


def _on_the_agenda(story: Story, clause: Clause) -> bool:
    """ "The reopening of borders was on the agenda": topics of the meeting just told."""
    scene, telling = story.scene, story.current
    if clause.verb.lemma == "come" and clause.subject is not None and telling is not None:
        for attachment in attachments(clause, ("under", "up for")):
            if _UNDER & set(scene.words(attachment.object.start, attachment.object.end)):
                story.go_on(telling, clause)
                telling.add_topics(topics_before(scene, clause))
                return True
    if clause.verb.lemma not in ("be", "stand", "figure") or clause.subject is None or telling is None:
        return False
    if clause.verb.lemma == "be" and {
        *scene.before(clause.subject.start, 2), *scene.words(clause.subject.start, clause.verb.span.end)
    } >= _PRESENT:  # fmt: skip
        # "Present there were X and Y"
        seats = [s for o in clause.objects[:1] for s in seats_in(scene, o, "attendee", 1)]
        telling.seats = distinct([*telling.seats, *(s for s in seats if s.actor.kind == "person")])
        story.go_on(telling, clause)
        return True
    for attachment in attachments(clause, ("on", "at the top of")):
        if {"agenda", "menu", "table"} & set(scene.words(attachment.object.start, attachment.object.end)):
            story.go_on(telling, clause)
            telling.add_topics(topics_in(scene, Span(clause.subject.start, clause.verb.span.start)))
            return True
    return False


class Rule(NamedTuple):
    """A family of tellings: its name, and the function that reads it."""

    name: str
    read: Callable[[Story, Clause], bool]
    nominal: bool = False
    """Whether it reads clauses of nouns; the others read those of verbs."""


RULES = (
    Rule("met", met),
    Rule("event_noun", event_noun, nominal=True),
    Rule("sides_discussed", sides_discussed),
    Rule("one_of_several", one_of_several),
)
"""In order; the first that takes a clause has it."""

_OF_VERBS = tuple(rule.read for rule in RULES if not rule.nominal)
_OF_NOUNS = tuple(rule.read for rule in RULES if rule.nominal)


# -- the stage --------------------------------------------------------------------------------------


def _named_later(scene: Scene, seats: Sequence[Seat]) -> list[Seat]:
    """
    The seats, with the minister in place of the state where the text names him further down.

    "The presidents of A and B": the states take part, unless a president of A is introduced after.
    """
    named: list[Seat] = []
    for seat in seats:
        office = next(
            (m.value for m in scene.mentions_in(seat.span.start, seat.span.end, "description")), None
        )
        people = [
            a for a in scene.actors
            if office and a.kind == "person" and a.country == seat.actor.country and a.mentions
            and a.mentions[0].start > seat.span.end and any(office in r.title.lower() for r in a.roles)
        ] if seat.actor.kind == "country" else []  # fmt: skip
        named.append(attrs.evolve(seat, actor=people[0]) if len(people) == 1 else seat)
    return named


# A summons is told of a state in one sentence, of the minister who spoke in one of the next.
_SPOKE_WITHIN = 3


def _who_summoned(scene: Scene, telling: Telling) -> list[Seat]:
    """The seats of a summons, with the minister who speaks next in place of the state: "Beijing summoned X. Vice Minister Y told him"."""
    states = [s for s in telling.seats if s.actor.kind == "country"]
    if telling.cue.lemma != "summon" or len(states) != 1 or len(telling.seats) != 2:
        return telling.seats
    end = scene.sentence(telling.cue.span.start).end
    number = scene.sentence_number(telling.cue.span.start)
    for actor in sorted(
        (a for a in scene.actors if a.kind == "person" and a.mentions), key=lambda a: a.mentions[0]
    ):
        first = actor.mentions[0].start
        if first < end or scene.sentence_number(first) - number > _SPOKE_WITHIN:
            continue
        office = " ".join(r.title.lower() for r in actor.roles)
        told = {r.country for r in actor.roles if r.country}  # a state only guessed at is no bar
        if told <= {states[0].actor.country} and "minister" in office and "prime" not in office:
            return [attrs.evolve(s, actor=actor) if s is states[0] else s for s in telling.seats]
        break
    return telling.seats


def _meeting(document: Document, telling: Telling) -> Meeting:
    parent, relation = telling.parent if telling.parent is not None else (None, None)
    return Meeting(
        id=_id(document, telling),
        participants=tuple(
            Participation(actor=s.actor.id, part=s.part, role=s.role, span=s.span) for s in telling.seats
        ),
        cue=telling.cue,
        when=telling.when,
        place=telling.place,
        channel=telling.channel,
        format=format_of(telling.seats, telling.format),
        status=telling.status,
        topics=tuple(telling.topics),
        parent=Parent(id=_id(document, parent), relation=relation) if parent and relation else None,
        told_by=telling.told_by,
        evidence=tuple(telling.evidence),
        found_by=f"{NAME}/{telling.rule}",
    )


def _id(document: Document, telling: Telling) -> str:
    return record_id(document, "meeting", telling.cue.span, *sorted(telling.ids()))


def find_meetings(
    document: Document,
    mentions: Sequence[Mention],
    clauses: Sequence[Clause],
    actors: Actors,
    lexicon: LexiconUnion,
) -> Iterator[Meeting]:
    """
    Yield the meetings a document tells, one a telling, in text order.

    Args:
        document: Offsets in the result refer to its ``text``.

        mentions: By start, not overlapping; those of kind ``time`` and ``place`` give day and place.

        clauses: Verb and nominal clauses.

        actors: As resolved; a meeting has two of them or more.

        lexicon: The cue tables ``meeting_cue``, ``meeting_light``, ``meeting_status``,
            ``meeting_topic``, ``meeting_channel``, ``meeting_format`` and ``meeting_bar``.

    Yields:
        Meetings with the sentence of the cue in ``evidence``; ``when`` is ``None`` where the text
        tells no day for the meeting.
    """
    scene = Scene(document, mentions, clauses, actors, lexicon)
    story = Story(scene)
    for clause in scene.clauses:
        paragraph = scene.paragraph(clause.verb.head.start)
        if paragraph is not None and paragraph.kind not in ("headline", "body", "caption", "turn"):
            continue
        nominal = clause.link == "nominal"
        if not nominal and scene.entry(clause.verb.lemma, "reporting_cue") is not None:
            story.speeches.append(clause)
        for read in _OF_NOUNS if nominal else _OF_VERBS:
            if read(story, clause):
                break
    told = [
        t
        for t in story.tellings
        if not t.told_after and not any(len(lead.filled) > 1 and t in lead.tellings for lead in story.leads)
    ]
    for telling in told:
        telling.seats = distinct(_named_later(scene, _who_summoned(scene, telling)))
    for telling in told:
        if len(telling.seats) > 1:
            yield _meeting(document, telling)
