"""Verbs that tell a meeting: "met", "received", "was received by", "telephoned", "spoke with"."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from ..lexicon import Entry
from ..records import Clause, Cue, Status
from .assembly import (
    APART,
    Found,
    are_counterparts,
    examples_of,
    is_somebody,
    listed_states,
    noun_entry,
    objects_of,
    part_of,
    points_back,
    tell,
)
from .outcomes import status_of
from .scene import Scene, attachments, is_passive, words_set
from .seats import Seat, led_by, seats_in, subject_seats
from .tellings import Story, Telling


def _verb_entry(scene: Scene, clause: Clause) -> Entry | None:
    """A clause's verb as a cue."""
    lemma = clause.verb.lemma
    if lemma.startswith(("speak ", "talk ")):
        # "spoke over the phone", "talked on the sidelines": the particle is a preposition.
        lemma = lemma.partition(" ")[0]
    forms = [lemma, *(f"{lemma} {a.preposition}" for a in clause.attachments[:2] if " " not in lemma)]
    for form in reversed(forms):
        for entry in scene.lexicon.lookup(form, "meeting_cue"):
            if entry.feature("frame") == "verb":
                return entry
    return None


_VIEWS = frozenset(["views", "view", "opinions", "notes", "ideas", "assessments", "thoughts", "remarks"])


def _meets_needs(
    story: Story, clause: Clause, entry: Entry, left: Sequence[Seat], right: Sequence[Seat], status: Status
) -> bool:
    """Whether a weak cue has what makes it a meeting."""
    scene = story.scene
    needs = entry.values("needs")
    children = scene.children.get(clause.id, ())
    people = {s.actor.id for s in right or left}
    if "person" in needs and not any(is_somebody(scene, s) for s in right or left):
        return False
    if "names" in needs and not (left and right) and len(people) < 2:
        return False
    if entry.value == "discuss" and not any(
        is_somebody(scene, s) or s.actor.kind == "country" for s in (*left, *right)
    ):
        return False
    if "bare" in needs and (
        clause.complement
        or len(clause.objects) > 1
        or any(c.link in ("infinitive", "complement", "quotation") for c in children)
    ):
        return False
    if "views" in needs and not any(_VIEWS & set(scene.words(o.start, o.end)) for o in clause.objects):
        return False
    for_talks = any(c.link == "nominal" and noun_entry(scene, c) for c in children)
    dated = any(
        (owner := scene.owner(m.span.start)) is None or owner.id == clause.id
        for m in scene.mentions_in(clause.span.start, clause.span.end, "time", "place")
    )
    if "purpose" in needs and not (for_talks or dated):
        return False
    if "planned" in needs and status != "planned" and not for_talks:
        return False
    if "channel" in needs:
        remote = [a for a in attachments(clause, ("by", "over", "via", "through")) if len(a.object) < 40]
        words = tuple(w for a in remote for w in scene.words(a.object.start, a.object.end))
        return bool(left and right) and any(scene.entry(w, "meeting_channel") for w in words)
    if "phone" in needs:
        words = scene.words(clause.span.start, clause.span.end)
        return dated or any(scene.entry(w, "meeting_channel") for w in words)
    return True


def _is_barred(scene: Scene, clause: Clause) -> bool:
    """ "met in the final", "met the criteria", "met her husband": no talks."""
    spans = [*clause.objects[:2], *(a.object for a in attachments(clause, ("in", "at")))]
    return any(
        scene.entry(word, "meeting_bar") is not None
        for span in spans
        for word in scene.words(span.start, span.end)[:5]
    )


# "The ministers agreed to meet" this many sentences after a meeting was last told are those who met.
_NEAR = 12


def _of_the_current(story: Story, clause: Clause, left: list[Seat]) -> list[Seat]:
    """
    For a bare plural ("the ministers", "they") that shares somebody with the meeting just told: those who met.

    The two names before it need not be the pair; somebody may have been mentioned in passing.
    """
    scene, current = story.scene, story.current
    ids = {s.actor.id for s in left}
    if (
        current is None
        or clause.subject is None
        or len(ids) < 2
        or not ids & current.ids()
        or ids >= current.ids()
    ):
        return left
    if scene.sentence_number(clause.verb.head.start) - current.last_sentence(scene) > _NEAR:
        return left
    mentions = scene.mentions_in(clause.subject.start, clause.subject.end)
    if len(mentions) != 1 or mentions[0].kind not in ("pronoun", "description") or mentions[0].countries:
        return left
    if any(s.actor.kind != "person" for s in current.seats) or len(current.seats) != len(ids):
        return left
    return [attrs.evolve(s, span=mentions[0].span, side=0, part="attendee") for s in current.seats]


def _compatriot(scene: Scene, seat: Seat, left: Sequence[Seat]) -> Seat | None:
    """For "the Chinese minister" taken for the host himself: the last Chinese person named before."""
    mentions = scene.mentions_in(seat.span.start, seat.span.end, "description")
    if len(mentions) != 1 or mentions[0].country is None or mentions[0].number == "plural":
        return None
    ids = {s.actor.id for s in left}
    known = [
        (span.start, a) for a in scene.actors
        if a.kind == "person" and a.country == mentions[0].country and a.id not in ids
        for span in a.mentions if span.start < seat.span.start
    ]  # fmt: skip
    return attrs.evolve(seat, actor=max(known, key=lambda k: k[0])[1]) if known else None


_A_NOUN = words_set("the a an their his her its our this that no")


def guest_of(story: Story, clause: Clause) -> bool:
    """ "X was the guest of Y": Y received X; with a day or a place."""
    scene = story.scene
    if clause.verb.lemma != "be" or clause.subject is None or status_of(scene, clause) != "held":
        return False
    after = scene.after(clause.verb.span.end, 3)
    if after[1:] != ("guest", "of") or after[0] not in ("the", "a"):
        return False
    start = scene.document.text.find(" of ", clause.verb.span.end) + 4
    host = next(iter(scene.mentions_in(start, start + 8, "person", "description")), None)
    if host is None or not scene.mentions_in(clause.span.start, clause.span.end, "time", "place"):
        return False
    left = seats_in(scene, host.span, "host", 0)
    right = seats_in(scene, clause.subject, "guest", 1)
    if not left or not right or not all(s.actor.kind == "person" for s in (*left, *right)):
        return False
    entry = scene.entry("receive", "meeting_cue")
    if entry is None:
        return False
    cue = Cue(span=clause.verb.head, lemma=entry.value)
    return bool(tell(story, Found("met", entry, cue, (clause,), left, right, "held", ())))


def met(story: Story, clause: Clause) -> bool:
    """A verb that tells a meeting: X met (with) Y; X, Y and Z met; X was received by Y; X telephoned Y."""
    scene = story.scene
    if clause.verb.lemma == "be":
        return guest_of(story, clause)
    if clause.link == "nominal" or clause.verb.lemma.partition(" ")[0] not in scene.cues:
        return False
    entry = _verb_entry(scene, clause)
    if entry is None:
        return False
    if entry.value == "meet" and _is_barred(scene, clause):
        return True
    if _A_NOUN & set(scene.before(clause.verb.head.start, 1)) and clause.verb.span == clause.verb.head:
        return False  # "following their meet"
    status = status_of(scene, clause)
    if status is None:
        return False
    right_of = entry.values("right")
    subject_part, object_part = part_of(entry, "part_subject"), part_of(entry, "part_object")
    if is_passive(clause):
        if "object" not in right_of or entry.value == "meet":
            return False
        left = [s for a in attachments(clause, ("by",)) for s in seats_in(scene, a.object, subject_part, 0)]
        if not left and entry.value in ("summon", "receive"):
            left = [
                s for a in attachments(clause, ("to", "at")) for s in seats_in(scene, a.object, subject_part, 0)
                if s.actor.kind == "organization"
            ]  # fmt: skip
        right = subject_seats(scene, clause, object_part, 1)
    else:
        left = subject_seats(scene, clause, subject_part, 0)
        right = [*objects_of(scene, clause, right_of, object_part, 1), *led_by(scene, clause, object_part, 1)]
        for child in scene.children.get(clause.id, ()):
            if child.link == "nominal" and not right and noun_entry(scene, child) is None:
                right += [
                    s for a in attachments(child, right_of) for s in seats_in(scene, a.object, object_part, 1)
                ]
        if not right and "joint" in right_of:
            left = _of_the_current(story, clause, left)
        same = {s.actor.id for s in right}
        if right and left and same <= {s.actor.id for s in left}:
            right = [other for s in right if (other := _compatriot(scene, s, left)) is not None] or right
            same = {s.actor.id for s in right}
        hostless = not left and clause.link == "participle"
        if right and (left or hostless) and {s.actor.id for s in left} <= same:
            # "Receiving X, the host said", the host taken for X: it is who has met before.
            host = story.protagonist(same)
            left = [attrs.evolve(host, part=subject_part, side=0)] if host is not None else []
    if (
        not right
        and ("joint" not in right_of or not _is_definite(scene, clause))
        and not listed_states(scene, [clause])
    ):
        return False
    if not left and right and entry.feature("part_subject") and clause.link != "participle":
        host = story.protagonist({s.actor.id for s in right})
        if host is None:
            return False  # guests alone: whoever received them was not understood
        left = [attrs.evolve(host, part=subject_part, side=0, span=right[0].span)]
    examples = examples_of(scene, clause, right, object_part) if right and not is_passive(clause) else []
    right = examples or right
    if not _meets_needs(story, clause, entry, left, right, status):
        return False
    if _goes_on(story, entry, clause, left, right):
        return True
    words = scene.words(clause.verb.span.start, min(clause.verb.span.end + 40, clause.span.end))
    cue = Cue(span=clause.verb.head, lemma=entry.value)
    each = bool(examples) or are_counterparts(scene, clause, right)
    told = tell(story, Found("met", entry, cue, (clause,), left, right, status, words, each))
    if told:
        _so_did(story, clause, entry, cue, right, status)
    return True


def _so_did(story: Story, clause: Clause, entry: Entry, cue: Cue, right: list[Seat], status: Status) -> None:
    """ "X would meet Z, as would Y": the other one's meeting."""
    scene = story.scene
    for child in scene.children.get(clause.id, ()):
        if (
            child.marker != "as"
            or child.verb.head.start < clause.verb.head.end
            or len(scene.words(child.verb.span.start, child.verb.span.end)) > 1
        ):
            continue
        if child.verb.lemma not in ("do", "would", "will", "have", "be", "should", "could"):
            continue
        others = [s for o in child.objects[:1] for s in seats_in(scene, o, part_of(entry, "part_subject"), 0)]
        if others and child.subject is None:
            also = Cue(span=child.verb.head, lemma=cue.lemma)
            tell(story, Found("met", entry, also, (child,), others, right, status, ()))


def _is_definite(scene: Scene, clause: Clause) -> bool:
    """Not "Leaders meet in December": a bare plural points to nobody just told."""
    if clause.subject is None:
        return True
    mentions = scene.mentions_in(clause.subject.start, clause.subject.end)
    if len(mentions) != 1 or mentions[0].kind != "description" or mentions[0].countries:
        return True
    words = scene.words(clause.subject.start, clause.subject.end)
    return bool(_DETERMINERS & {*words[:2], *scene.before(mentions[0].span.start, 2)})


_DETERMINERS = words_set("the both all two three four these those his her their its our my")


def _goes_on(story: Story, entry: Entry, clause: Clause, left: Sequence[Seat], right: Sequence[Seat]) -> bool:
    """
    Whether "discussed", "exchanged views" of people whose meeting was just told only goes on with it.

    With a day, a channel, a place of its own, or "alone", it is another meeting.
    """
    if entry.value not in ("discuss", "exchange views", "talk", "speak", "consult", "converse", "negotiate"):
        return False
    scene, ids = story.scene, {s.actor.id for s in (*left, *right)}
    words = set(scene.words(clause.verb.span.start, min(clause.span.end, clause.verb.span.end + 60)))
    perfect = clause.verb.perfect and clause.link != "infinitive"
    if words & APART or perfect or any(scene.entry(w, "meeting_channel") for w in words):
        return False
    for mention in scene.mentions_in(clause.span.start, clause.span.end, "time"):
        owner = scene.owner(mention.span.start)
        if owner is None or owner.id == clause.id:
            return False
    current = story.current
    plural = not right and clause.subject is not None and points_back(scene, clause.subject)
    if plural and current is not None:
        telling: Telling | None = story.of(ids) or (current if ids & current.ids() else None)
    else:
        telling = next((t for t in reversed(story.tellings) if t.ids() == ids), None)
    if telling is None:
        return False
    story.go_on(telling, clause)
    return True
