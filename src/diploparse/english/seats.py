"""Who sits at the table: the noun phrases of a clause to actors, with their part and side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from ..records import Actor, Clause, Format, Mention, Part, Span
from .scene import Scene, attachments, is_passive


@attrs.frozen
class Seat:
    """Somebody at the table: an actor, the words that put it there, its part and its side."""

    actor: Actor
    span: Span
    part: Part
    side: int
    role: str | None = None


_BESIDE = (
    "accompanied by", "in the presence of", "together with", "along with", "alongside", "flanked by",
    "with the participation of", "with participation of", "joined by", "as well as", "in company of",
)  # fmt: skip
_DELEGATION = frozenset(["delegation", "delegations", "team", "mission", "group"])


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
    if clause.link == "infinitive" and clause.subject is not None:
        above = scene.parent(clause)
        if above is not None and clause.subject in above.objects and above.subject is not None:
            seats = seats_in(scene, above.subject, part, side)  # "had the opportunity to meet"
            if seats:
                return seats
    if clause.subject is not None:
        subject = _to_the_name(scene, clause, coordinated(scene, _from_the_left(scene, clause.subject)))
        seats = seats_in(scene, subject, part, side)
        if seats:
            return seats
        past = _past_the_byline(scene, clause)
        if past is not None:
            return seats_in(scene, past, part, side)
    if clause.link == "relative":
        sentence = scene.sentence(clause.verb.head.start)
        before = scene.mentions_in(sentence.start, clause.span.start, "person", "description")
        return seats_in(scene, before[-1].span, part, side) if before else []
    if clause.link == "participle" and clause.subject is not None and is_passive(clause):
        return []  # "a videoconference hosted by": what was hosted is no person
    if clause.link in ("participle", "infinitive"):
        for above in scene.ancestors(clause):
            if above.subject is not None and above.link != "nominal":
                seats = seats_in(scene, above.subject, part, side)
                if seats:
                    return seats
        return _first_in_the_sentence(scene, clause, part, side)
    if clause.subject is not None and clause.span.start < clause.subject.start < clause.verb.span.start:
        seats = seats_in(scene, Span(clause.subject.start, clause.verb.span.start), part, side)
        if seats:
            return seats
    if clause.subject is None or scene.document.words(clause.subject).lower() in ("i", "we"):
        return speaker_seats(scene, clause) or _right_before(scene, clause, part, side)
    return _right_before(scene, clause, part, side)


_DASHES = (" - ", " -- ", " – ", " — ")


def _past_the_byline(scene: Scene, clause: Clause) -> Span | None:
    """What stands between an agency's dash and the verb, where the agency was taken for the subject: "THE HERALD - X met"."""
    subject = clause.subject
    if subject is None or subject.start != scene.sentence(clause.verb.head.start).start:
        return None
    start = subject.end
    if not scene.document.text.startswith(_DASHES, start) or start + 4 >= clause.verb.span.start:
        return None
    return Span(start + 3, clause.verb.span.start)


_ADVERBS = frozenset(
    ["also", "then", "later", "earlier", "on", "today", "yesterday", "reportedly", "have", "has", "had"]
)


def _right_before(scene: Scene, clause: Clause, part: Part, side: int) -> list[Seat]:
    """Who stands right before a verb whose subject was taken for something else: "THE AGENCY -- X met"."""
    start = max(scene.sentence(clause.verb.head.start).start, clause.verb.span.start - 120)
    mentions = scene.mentions_in(start, clause.verb.span.start)
    while mentions and mentions[-1].kind == "time":
        mentions.pop()
    if not mentions or mentions[-1].kind not in ("person", "description") or clause.link == "nominal":
        return []
    last = mentions[-1]
    between = [
        w for n in scene.tokens.within(Span(last.span.end, max(clause.verb.span.start, last.span.end + 1)))
        if (w := scene.tokens.lower[n]) not in _ADVERBS
        and not any(m.kind == "time" and m.span.start <= scene.tokens.starts[n] < m.span.end
                    for m in scene.mentions_in(last.span.end, clause.verb.span.start, "time"))
    ]  # fmt: skip
    before = scene.before(last.span.start, 1)
    if between or scene.is_possessor(last) or (before and before[0] in _GOVERNING):
        return []
    return seats_in(scene, last.span, part, side)


_GOVERNING = frozenset(
    ["of", "with", "by", "to", "for", "from", "in", "at", "between", "against", "about", "after", "and"]
)


def _first_in_the_sentence(scene: Scene, clause: Clause, part: Part, side: int) -> list[Seat]:
    """
    Who a clause without any subject above it is about: the noun phrase that opens its sentence.

    "The ministers also plan to hold", "plan" taken for a noun; or, where the participle itself opens
    the sentence, the one after its comma: "Receiving X in P, Y said".
    """
    sentence = scene.sentence(clause.verb.head.start)
    kinds = ("person", "description", "pronoun")
    if clause.verb.span.start - sentence.start <= 2 and clause.link == "participle":
        after = [
            m for m in scene.mentions_in(_end_of_objects(clause), sentence.end, *kinds)
            if [w for w in scene.before(m.span.start, 2) if w != "the"][-1:] == [","]
        ]  # fmt: skip
        finite = {c.verb.span.start for c in scene.clauses_of(sentence.start) if c.verb.form == "finite"}
        speaking = [m for m in after if m.span.end + 1 in finite]
        return seats_in(scene, (speaking or after)[0].span, part, side) if after else []
    first = next(iter(scene.mentions_in(sentence.start, clause.verb.span.start, *kinds)), None)
    if first is None or len(scene.words(sentence.start, first.span.start)) > 1:
        return []
    between = scene.words(first.span.end, clause.verb.span.start)
    return seats_in(scene, first.span, part, side) if len(between) <= 3 and "," not in between else []


def _end_of_objects(clause: Clause) -> int:
    return max((o.end for o in clause.objects), default=clause.verb.span.end)


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


def _is_title_between(scene: Scene, start: int, end: int, words: Sequence[str]) -> bool:
    """Whether "and" and an office stand between two names: "X and director of the office of | Y"."""
    return (
        words[:1] in (("and",), ("as",))
        and len(words) <= 9
        and not any(start <= c.verb.head.start < end for c in scene.clauses_of(start) if c.link != "nominal")
    )


_JOINS = (("and",), (",",), (",", "and"), ("as", "well", "as"), (",", "as", "well", "as"))


def coordinated(scene: Scene, subject: Span) -> Span:
    """A subject with the names that "and" joins to it from the left: "In talks in P, X | and Y stressed"."""
    start = subject.start
    if scene.before(start, 1) not in (("and",), ("as",)):
        return subject
    while True:
        left = scene.mentions_in(max(start - 160, 0), start, "person")
        if not left:
            break
        between = scene.words(left[-1].span.end, start)
        if between not in _JOINS and not _is_title_between(scene, left[-1].span.end, start, between):
            break
        start = left[-1].span.start
    return Span(start, subject.end)


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
    # Those of one span ("the sides") by their own first mention: an id says nothing.
    return sorted(best.values(), key=lambda s: (s.span, s.actor.evidence[:1]))


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
