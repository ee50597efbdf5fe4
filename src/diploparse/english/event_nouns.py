"""Event nouns with the verb that governs them: "held talks", "the meeting took place", "in his meeting with"."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from ..lexicon import Entry
from ..records import Clause, Cue, Span, Status
from .assembly import (
    APART,
    DEFINITE,
    REQUESTS,
    Found,
    is_somebody,
    listed_states,
    noun_entry,
    objects_of,
    part_of,
    points_back,
    slot_of,
    tell,
)
from .outcomes import settled_by, status_of, was_refused
from .scene import Scene, attachments, is_passive, words_set
from .seats import Seat, beside, coordinated, distinct, seats_in, speaker_seats, subject_seats
from .settings import AFTER, place_of, when_of
from .tellings import Story
from .topics import topics_of


def _phrase_words(scene: Scene, clause: Clause, above: Clause | None) -> tuple[str, ...]:
    """The words of an event noun's phrase before it: determiner and adjectives."""
    head = clause.verb.head
    start = clause.span.start
    if above is not None:
        spans = [*above.objects, *(a.object for a in above.attachments)]
        if above.subject is not None:
            spans.append(above.subject)
        start = max((s.start for s in spans if head in s), default=start)
    if head.start - start > 80 or start >= head.start:
        return scene.before(head.start, 4)
    return scene.words(start, head.start)


_UPCOMING = words_set("upcoming forthcoming planned scheduled coming expected")
_UNREAL = words_set("no any neither not possible potential proposed hypothetical prospective eventual")
_GOES_FOR = ("for", "to", "after", "following", "during", "before", "ahead of", "in", "at")
_PROSPECTIVE = words_set("possible potential proposed prospective")
_SETTLED_OFF = ("cancelled", "postponed", "declined")
_OTHER_ONE = words_set(
    "first second third fourth fifth sixth seventh eighth ninth tenth previous next last another other new annual "
    "earlier future upcoming forthcoming subsequent latest following regular"
)
_IDEAS = words_set(
    "issue question possibility idea prospect prospects option chance likelihood hope hopes topic feasibility"
)
_BELOW_PREPOSITIONS = ("with", "between", "among", "of")


def event_noun(story: Story, clause: Clause) -> bool:
    """
    An event noun and the verb that governs it: held talks, the meeting took place, during his meeting with Y.

    1. who: behind the noun's prepositions, its possessor, the verb's subject and "with".
    2. a noun of a verb that is a cue itself ("received X for talks") only adds to its telling.
    3. one side told: the other is the verb's subject or who has met before.
    4. none told: the meeting just told goes on.
    5. status, of the verb that holds, plans, cancels it.
    """
    scene = story.scene
    if clause.link != "nominal" or (
        clause.verb.lemma not in scene.cues and clause.verb.lemma not in REQUESTS
        and scene.document.words(clause.verb.head).lower() not in scene.cues
    ):  # fmt: skip
        return False
    entry = noun_entry(scene, clause)
    if entry is None:
        return False
    above = _governor(scene, clause)
    slot = slot_of(scene, above, clause) if above is not None else None
    if above is not None and _is_had(clause.verb.head, above):
        slot = "object"
    words = _phrase_words(scene, clause, above)
    if _is_an_idea(scene, clause) or (
        entry.value == "consultations" and words[-1:] in (("in",), ("after",), ("close",))
    ):
        return True  # "made the decision in consultation with"
    unreal = _UNREAL & set(words)
    if unreal <= _PROSPECTIVE and above is not None and settled_by(scene, above) in _SETTLED_OFF:
        unreal = frozenset()  # "put off a proposed summit"
    if unreal or any(scene.entry(w, "meeting_bar") for w in words[-2:]):
        return True
    light = scene.entry(above.verb.lemma, "meeting_light") if above is not None else None
    settled = settled_by(scene, above) if above is not None else None
    governed = light is not None or settled is not None
    # 1. who
    left, right = _sides_of_noun(story, clause, entry, above, slot, light, settled)
    if not left and not (governed and slot == "object"):
        left = _holder(scene, clause)
        if left:
            above, slot, settled = None, "object", None
    if not left and not right and above is not None and slot in ("object", "subject"):
        right = beside(scene, above, 1)
    if scene.document.words(clause.verb.head).lower().startswith("visit") and not any(
        is_somebody(scene, s) for s in right
    ):
        return False  # "will pay a visit to China"
    ids = {s.actor.id for s in (*left, *right)}
    if above is not None and _is_attended(story, clause, above, slot, words, (*left, *right)):
        return True
    if "light" in entry.values("needs") and not (governed and slot in ("object", "subject")):
        return False
    # 2. told by the verb
    told = story.by_clause.get(above.id) if above is not None else None
    if told is not None and slot not in ("object", "subject") and (len(ids) < 2 or ids <= told.ids()):
        told.add_topics(topics_of(scene, clause))
        return True
    # 3. the other side
    listed = listed_states(scene, [clause]) if left else frozenset()
    if len(ids) > 1 and not left and above is not None and _is_with_only(clause, above):
        # "returned via Baku, where a meeting with A and B took place": whoever returned was there
        upper = (
            scene.parent(above) if above.link == "relative" and above.marker in ("where", "when") else None
        )
        if upper is not None:
            left = [s for s in subject_seats(scene, upper, "attendee", 0) if s.actor.kind == "person"]
    if len(ids) > 1 and not left and above is not None and slot in _GOES_FOR and _is_with_only(clause, above):
        # "Visiting P for meetings with A and B, X said"
        left = [s for s in subject_seats(scene, above, "attendee", 0) if s.actor.kind == "person"]
        left = [] if {s.actor.id for s in left} & ids else left
    if len(ids) == 1 and not listed and (left or any(is_somebody(scene, s) for s in right)):
        left = [*_other_side(story, clause, above, slot, ids, right), *left]
    # 4. goes on
    if not ids:
        left, speaking = _speakers(story, clause, above, slot, words)
        if not left:
            return _is_told(story, clause, above, slot, words)
        above, settled = speaking, None
    current = story.current
    if (
        current is not None
        and not right
        and slot == "object"
        and above is not None
        and above.subject is not None
    ):
        own = set(scene.words(above.verb.span.start, above.span.end))
        dated = scene.mentions_in(above.verb.span.start, above.span.end, "time", "place")
        plain = not dated and not own & APART and not any(scene.entry(w, "meeting_channel") for w in own)
        plain = plain and status_of(scene, above) == "held" and len(ids) > 1 and bool(ids & current.ids())
        if plain and points_back(scene, above.subject):
            story.go_on(current, clause)  # "The sides held a detailed exchange of views on"
            return True
    # 5. status
    status = _noun_status(scene, clause, above, slot, settled)
    if status == "held" and _UPCOMING & set(words):
        status = "planned"
    if status is None or (slot in _ABOUT and not (DEFINITE & set(words[:1]) or left)):
        return True
    rule = "held_talks" if slot == "object" else "talks_took_place" if slot == "subject" else "event_noun"
    cue = Cue(span=clause.verb.head, lemma=entry.value)
    carriers = _carriers(scene, clause, above, slot, governed)
    tell(story, Found(rule, entry, cue, carriers, left, right, status, words))
    return True


def _is_an_idea(scene: Scene, clause: Clause) -> bool:
    """Whether only the thought of a meeting is told: "the issue of his meeting with", "the idea of such a meeting"."""
    before = scene.before(clause.verb.head.start, 6)
    at = next((n for n in range(len(before) - 1, -1, -1) if before[n] == "of"), -1)
    return at > 0 and before[at - 1] in _IDEAS and not {",", "and", "with"} & set(before[at:])


_ATTEND = words_set("attend join participate take")


def _is_attended(
    story: Story, clause: Clause, above: Clause, slot: str | None, words: Sequence[str], seats: Sequence[Seat]
) -> bool:
    """ "Present at the meeting were X and Y", "The talks were attended by X": more people at the meeting just told."""
    scene, telling = story.scene, story.current
    if telling is None or words[:1] not in (("the",), ("this",)) or set(words) & _OTHER_ONE:
        return False
    if above.verb.lemma == "take" and "part" not in scene.after(above.verb.head.end, 1):
        return False
    if scene.sentence_number(above.verb.head.start) - telling.last_sentence(scene) > 6:
        return False
    if above.verb.lemma == "be" and slot in ("at", "during", "in"):
        spans = [*above.objects[:1], *((above.subject,) if above.subject is not None else ())]
        near = scene.words(
            min(s.start for s in (*spans, above.verb.span)), max(s.end for s in (*spans, above.verb.span))
        )
        if "present" not in {*near, *scene.before(clause.verb.head.start, 4)}:
            return False
        seats = [s for span in spans for s in seats_in(scene, span, "attendee", 1)]
    elif (
        above.verb.lemma not in _ATTEND
        or slot not in ("object", "subject", "in")
        or status_of(scene, above) != "held"
    ):
        return False
    also = "also" in scene.before(above.verb.head.end, 4)
    seats = [s for s in seats if s.actor.kind == "person" or (also and s.actor.kind == "country")]
    if not seats or (not also and len(seats) > 1 and {s.actor.id for s in seats} >= telling.ids()):
        return False
    telling.seats = distinct(
        [*telling.seats, *(attrs.evolve(s, side=_side_of(telling.seats, s)) for s in seats)]
    )
    story.go_on(telling, above)
    return True


def _side_of(seats: Sequence[Seat], other: Seat) -> int:
    """The side of somebody who joins: that of the compatriots, or the other one."""
    return next(
        (s.side for s in seats if s.actor.country and s.actor.country == other.actor.country), other.side
    )


_HELD = frozenset(["held", "holds", "had", "has", "conducted"])


def _holder(scene: Scene, clause: Clause) -> list[Seat]:
    """The person right before "held" and its noun, where no clause was found for "held"."""
    head = clause.verb.head.start
    before = scene.before(head, 5)
    at = next((n for n in range(len(before) - 1, -1, -1) if before[n] in _HELD), None)
    if at is None or {",", "and", "that", "who"} & set(before[at:]):
        return []
    tokens = scene.tokens
    verb = next(
        n for n in range(tokens.within(Span(0, head)).stop - 1, -1, -1) if tokens.lower[n] == before[at]
    )
    if any(c.verb.head.start == tokens.starts[verb] for c in scene.clauses_of(head)):
        return []
    people = scene.mentions_in(max(tokens.starts[verb] - 160, 0), tokens.starts[verb], "person")
    if not people or scene.document.text[people[-1].span.end : tokens.starts[verb]].strip():
        return []
    return seats_in(scene, people[-1].span, "attendee", 0)


def _governor(scene: Scene, clause: Clause) -> Clause | None:
    """
    The verb that governs a noun: the one whose subject or object it stands in, whatever the noun hangs on.

    In "returned via B, where a meeting with A took place" it is not the first.
    """
    above = scene.parent(clause)
    head = clause.verb.head
    if above is None:
        return None
    for other in scene.clauses_of(head.start):
        if other.link == "nominal" or other.id == above.id or other.subject is None:
            continue
        if _is_had(head, other):
            return other
        if head in other.subject and (above.subject is None or head not in above.subject):
            return other
        if (
            other.link == "relative"
            and head in other.span
            and head.end <= other.verb.span.start
            and above.verb.head.end <= other.span.start
            and scene.entry(other.verb.lemma, "meeting_light") is not None
        ):
            return other
    return above


def _is_had(head: Span, clause: Clause) -> bool:
    """Whether a relative clause right after a noun says who held it: "the meeting (that) he had with Y"."""
    return (
        clause.link == "relative"
        and clause.verb.lemma in ("have", "hold")
        and clause.subject is not None
        and 0 < clause.subject.start - head.end <= 6
    )


_ATTENDS = words_set("take attend join participate address chair open host")


def _sides_of_noun(
    story: Story, clause: Clause, entry: Entry, above: Clause | None, slot: str | None,
    light: Entry | None, settled: str | None,
) -> tuple[list[Seat], list[Seat]]:  # fmt: skip
    """Who is told to take part: behind the noun's prepositions, its possessor, the subject of "held"."""
    scene = story.scene
    guest = part_of(entry, "part_object")
    right = objects_of(scene, clause, [p for p in entry.values("right") if p != "object"], guest, 1)
    right = _heads_of_delegations(scene, clause) or right
    if any(s.actor.kind == "person" for s in right):
        # "a meeting of the Weimar Triangle with A and B": the format, no further side
        bodies = [s for a in attachments(clause, ("of",)) for s in seats_in(scene, a.object, guest, 1)]
        formats = {s.actor.id for s in bodies if s.actor.kind != "person"}
        right = [s for s in right if s.actor.id not in formats]
    elif right and above is not None and slot == "object" and above.verb.lemma in _ATTENDS:
        # "took part in a meeting of the Northern Group": the body is what met
        right = [s for s in right if s.actor.kind not in ("organization", "group")]
    left: list[Seat] = []
    if clause.subject is not None:
        left = seats_in(scene, clause.subject, part_of(entry, "part_subject"), 0)
        if not right and _is_title(scene, clause):
            left = []  # "attend the Economic Leaders' Meeting": a body's own
        elif not right:
            left = [s for s in left if s.actor.kind in ("person", "country")]
    if above is None:
        return left, right
    if slot == "object":
        below = {*_BELOW_PREPOSITIONS, *(entry.values("right") if "from" in entry.values("right") else ())}
        right += objects_of(scene, above, sorted(below), guest, 1)
        for child in scene.children.get(above.id, ()):
            if child.link == "nominal" and child.verb.lemma in REQUESTS:
                right += objects_of(scene, child, ("with", "from", "by"), guest, 1)
        if light is not None or settled is not None:
            part = (light.feature("part_subject") if light else "") or part_of(entry, "part_subject")
            if is_passive(above):
                left += [s for a in attachments(above, ("by",)) for s in seats_in(scene, a.object, part, 0)]  # type: ignore[arg-type]
            else:
                left += subject_seats(scene, above, part, 0)  # type: ignore[arg-type]
                if not left and clause.subject is None:
                    left += speaker_seats(scene, clause)
        pair = [
            s
            for a in attachments(clause, ("between", "among"))
            for s in seats_in(scene, a.object, guest, 1, pair=True)
        ]
        if len({s.actor.id for s in pair}) > 1 and (
            light is None or light.value not in ("host", "chair", "mediate")
        ):
            left = []  # "for help in holding a meeting between A and B": whoever holds it for others
    elif slot == "subject":
        right += objects_of(scene, above, _BELOW_PREPOSITIONS, "attendee", 1)
        for child in (above, *scene.children.get(above.id, ())):
            if child.verb.lemma in ("hold", "host", "chair", "attend", "convene", "mediate") and is_passive(
                child
            ):
                part = (
                    "host"
                    if child.verb.lemma == "host"
                    else "chair"
                    if child.verb.lemma == "chair"
                    else "attendee"
                )
                right += [s for a in attachments(child, ("by",)) for s in seats_in(scene, a.object, part, 1)]  # type: ignore[arg-type]
    return left, right


def _heads_of_delegations(scene: Scene, clause: Clause) -> list[Seat]:
    """ "Talks between delegations led by X and Y": the two who lead them, whatever clause "led" was taken for."""
    for attachment in attachments(clause, ("between", "of")):
        end = attachment.object.end
        if scene.before(end, 1) != ("delegations",) or scene.after(end, 2) not in (
            ("led", "by"),
            ("headed", "by"),
        ):
            continue
        people = scene.mentions_in(end, min(end + 240, scene.sentence(end).end), "person")[:2]
        if len(people) == 2 and "and" in scene.words(people[0].span.end, people[1].span.start)[-8:]:
            seats = [s for m in people for s in seats_in(scene, m.span, "delegation_head", 1)]
            return distinct(seats) if len({s.actor.id for s in seats}) > 1 else []
    return []


def _is_title(scene: Scene, clause: Clause) -> bool:
    """Whether an event noun is part of a name: "the Foreign Ministers' Meeting" in the middle of a sentence."""
    head = scene.document.words(clause.verb.head)
    paragraph = scene.paragraph(clause.verb.head.start)
    return head[:1].isupper() and (paragraph is None or paragraph.kind != "headline")


def _carriers(
    scene: Scene, clause: Clause, above: Clause | None, slot: str | None, governed: bool
) -> tuple[Clause, ...]:
    """The noun's clause and those above it whose day and place are the meeting's."""
    carriers = [clause]
    if above is None:
        return (clause,)
    if slot in ("object", "subject"):
        if governed or above.verb.lemma in ("be", "meet", "speak", "talk", "recall", "remember"):
            carriers.append(above)
            last = above
            for upper in scene.ancestors(above):
                if last.link not in ("infinitive", "participle"):
                    break
                carriers.append(upper)
                last = upper
    elif slot in ("for", "to") or slot in AFTER:
        # "said on Thursday after talks", "flew on Monday for talks"
        carriers.append(above)
        if above.link == "infinitive":
            carriers += [c for c in scene.ancestors(above) if c.verb.lemma == "be"][:1]
    return tuple(carriers)


def _noun_status(
    scene: Scene, clause: Clause, above: Clause | None, slot: str | None, settled: str | None
) -> Status | None:
    """The status that the governing verb gives the meeting of an event noun."""
    if above is None:
        return "held"
    status = status_of(scene, above)
    if slot in _ABOUT:
        # "declined to comment on the call between A and B": it took place whatever was said of it
        return "held"
    if slot not in ("object", "subject"):
        if status is None:
            return "held" if slot in AFTER and above.verb.tense == "past" else None
        if slot == "ahead of" and above.verb.tense != "past":
            return "planned"
        return status
    if settled is None:
        if status in ("held", "ongoing") and above.verb.lemma in ("be", "remain", "have"):
            for child in scene.children.get(above.id, ()):
                if child.link == "infinitive" and child.verb.lemma in _TAKES_PLACE:
                    return "planned"  # "was to open", "is due to take place"
        return status
    if settled == "none" and was_refused(scene, above):
        return "declined"
    if above.verb.polarity == "negative" or settled == "none":
        return None
    if settled == "planned":
        return None if status is None else "planned"
    return settled if status in ("held", "ongoing", "planned") else None  # type: ignore[return-value]


_ABOUT = (
    "about",
    "on",
    "of",
    "over",
    "regarding",
    "concerning",
    "since",
    "from",
    "as",
    "despite",
    "because of",
)
_TAKES_PLACE = words_set(
    "open take hold convene begin start happen occur host go follow continue resume materialize materialise"
)


def _other_side(
    story: Story, clause: Clause, above: Clause | None, slot: str | None, ids: set[str], right: Sequence[Seat]
) -> list[Seat]:
    """Whom a noun with one side leaves out: "In his meeting with X, Y said", "At the reception for X"."""
    scene = story.scene
    others: list[Seat] = []
    if any(a.preposition in ("between", "among") for a in clause.attachments):
        return []  # both sides are told; one of them was not understood
    if above is not None and slot not in ("subject", None):
        others = [s for s in subject_seats(scene, above, "attendee", 0) if s.actor.id not in ids]
        others = [s for s in others if s.actor.kind == "person"]
        if len({s.actor.id for s in others}) > 1:
            others = []
    if not others and slot is None:
        others = [s for s in speaker_seats(scene, clause) if s.actor.id not in ids]
    if not others:
        host = story.protagonist(ids)
        if host is not None and right:
            others = [attrs.evolve(host, span=right[0].span, side=0)]
    return others


def _is_with_only(clause: Clause, above: Clause) -> bool:
    """Whether a noun names one side alone: "a meeting with A and B", not "between"."""
    return not any(
        a.preposition in ("between", "among", "of") for a in (*clause.attachments, *above.attachments)
    )


def _speakers(
    story: Story, clause: Clause, above: Clause | None, slot: str | None, words: Sequence[str]
) -> tuple[list[Seat], Clause | None]:
    """
    Those who say something together after talks: "The ministers of A and B said after three hours of talks".

    Or who said something together in the sentences before, where "the talks" go back to nothing told.
    """
    scene = story.scene
    if slot not in ("after", "following", "during", "at", "in", "on") or above is None:
        return [], above
    if above.verb.lemma in _COMES and above.subject is not None and _is_this(scene, above.subject):
        return _of_the_sentence_before(story, above), above
    if slot == "on" or (slot == "in" and words[:1] not in (("a",), ("an",), ("their",), ("separate",))):
        return [], above
    for speaking in (above, *scene.ancestors(above)):
        if scene.entry(speaking.verb.lemma, "reporting_cue") is None or speaking.subject is None:
            continue
        both = _speaker_and_hearer(story, clause, speaking, words)
        if both:
            return both, speaking
        speakers = seats_in(scene, coordinated(scene, speaking.subject), "attendee", 0)
        if len({s.actor.country for s in speakers}) > 1 and story.of(s.actor.id for s in speakers) is None:
            return speakers, speaking
    if story.current is not None or words[:1] not in (("the",), ("their",)):
        return [], above
    spoken = story.spoken
    if spoken is None:
        return [], above
    near = scene.sentence_number(clause.verb.head.start) - spoken.sentence <= 3
    several = len({s.actor.country for s in spoken.speakers}) > 1
    return (list(spoken.speakers) if near and several else []), above


_COMES = words_set("come occur follow be take make happen issue deliver voice announce reach say state")
_THIS = words_set(
    "this that it remarks statement statements announcement comments agreement decision news exchange"
)


def _is_this(scene: Scene, span: Span) -> bool:
    """Whether a subject stands for the sentence before: "This came during", "The remarks were made at"."""
    words = scene.words(span.start, span.end)
    return len(words) <= 2 and words[-1:] != () and words[-1] in _THIS


def _of_the_sentence_before(story: Story, above: Clause) -> list[Seat]:
    """Those of both sides who did together what the sentence before tells: "X and Y agreed to ..."."""
    scene = story.scene
    number = scene.sentence_number(above.verb.head.start)
    if not number:
        return []
    for clause in scene.clauses_of(scene.document.sentences[number - 1].start):
        if clause.link == "nominal" or clause.subject is None:
            continue
        seats = seats_in(scene, clause.subject, "attendee", 0)
        people = [s for s in seats if s.actor.kind == "person"]
        return people if len({s.actor.country for s in people}) > 1 else []
    return []


def _speaker_and_hearer(story: Story, clause: Clause, speaking: Clause, words: Sequence[str]) -> list[Seat]:
    """ "During talks on Friday, X urged Y to": the two of them, unless a meeting of theirs was just told."""
    scene = story.scene
    if words[:1] in (("the",), ("this",), ("that",), ("these",)) or not speaking.objects:
        return []
    left = [s for s in seats_in(scene, speaking.subject, "attendee", 0) if s.actor.kind == "person"]  # type: ignore[arg-type]
    right = [s for s in seats_in(scene, speaking.objects[0], "attendee", 1) if s.actor.kind == "person"]
    ids = {s.actor.id for s in (*left, *right)}
    return [*left, *right] if len(left) == 1 and len(right) == 1 and len(ids) == 2 else []


def _is_told(
    story: Story, clause: Clause, above: Clause | None, slot: str | None, words: Sequence[str]
) -> bool:
    """ "During the meeting", "The talks were held in P on D": evidence, topics, day and place of the one just told."""
    scene, telling = story.scene, story.current
    if telling is None or not words or words[0] not in DEFINITE or set(words) & _OTHER_ONE:
        return False
    if any(a.preposition in ("of", "for", "in", "at") for a in clause.attachments) and slot != "subject":
        return False
    if scene.sentence_number(clause.verb.head.start) - telling.last_sentence(scene) > 12:
        return False
    story.go_on(telling, clause)
    if above is None or slot != "subject":
        return True
    if above.verb.polarity == "negative" and above.verb.lemma in _TAKES_PLACE and above.verb.tense == "past":
        telling.status = "cancelled" if telling.status == "planned" else telling.status
        return True  # "However, the meeting never took place"
    light = scene.entry(above.verb.lemma, "meeting_light")
    sentence = scene.sentence(clause.verb.head.start)
    if light is not None and status_of(scene, above) in ("held", "ongoing"):
        if telling.when is None:
            telling.when = when_of(story, [clause, above], telling.status, sentence)
        if telling.place is None:
            telling.place = place_of(story, [clause, above], sentence)
    if scene.entry(above.verb.lemma, "meeting_topic"):
        story.go_on(telling, above)
    return True
