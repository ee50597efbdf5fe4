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
from itertools import pairwise
from typing import NamedTuple

import attrs

from ..lexicon import Entry, LexiconUnion
from ..records import (
    Actors,
    Clause,
    Cue,
    Document,
    Meeting,
    Mention,
    Parent,
    Part,
    Participation,
    Place,
    Relation,
    Span,
    Status,
    When,
    record_id,
)
from .dates import resolve_when
from .outcomes import settled_by, status_of
from .scene import Scene, attachments, is_passive, words_set
from .seats import Seat, beside, distinct, format_of, led_by, seats_in, speaker_seats, subject_seats
from .settings import AFTER, place_of, resolved, when_of
from .tellings import Lead, Story, Telling, channel_of, format_word, teller_of
from .topics import topics_in, topics_of

NAME = "english.meetings"

# -- a telling --------------------------------------------------------------------------------------

_MARGINS: tuple[tuple[str, Relation], ...] = (
    ("sidelines", "sidelines"), ("margins", "sidelines"), ("margin", "sidelines"), ("sideline", "sidelines"),
    ("framework", "part_of"), ("part", "part_of"), ("connection", "sidelines"), ("fringes", "sidelines"),
)  # fmt: skip


@attrs.frozen
class Found:
    """A cue with its sides, before it becomes a telling."""

    rule: str
    entry: Entry
    cue: Cue
    clauses: tuple[Clause, ...]
    """Those that tell it, the cue's own first: their day and place are the meeting's."""
    left: list[Seat]
    right: list[Seat]
    status: Status
    words: tuple[str, ...]
    """The adjectives and adverbs of the cue."""


def _extended(scene: Scene, clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses of a telling with what hangs on them and shares their day and place: "to discuss", "at the summit in"."""
    own = list(clauses)
    for clause in clauses:
        for child in scene.children.get(clause.id, ()):
            if child in own:
                continue
            if child.link == "infinitive":
                if scene.entry(child.verb.lemma, "meeting_topic"):
                    own.append(child)
            elif child.link == "nominal":
                slot = slot_of(scene, clause, child)
                if slot not in _ELSEWHERE or (slot == "on" and _is_on_the_margins(scene, clause, child)):
                    own.append(child)
    return own


def _is_on_the_margins(scene: Scene, above: Clause, nominal: Clause) -> bool:
    """Whether a noun stands in "on the sidelines of": the place of the large meeting is that of the small one."""
    for attachment in attachments(above, ("on",)):
        if nominal.verb.head in attachment.span:
            words = scene.words(attachment.object.start, attachment.object.end)[:2]
            return any(w in words for w, _ in _MARGINS)
    return False


# A noun there has a day and place of its own: "met ahead of the summit in Madrid".
_ELSEWHERE = (
    "subject",
    "ahead of",
    "before",
    "prior to",
    "after",
    "following",
    "on",
    "about",
    "since",
    "until",
)


def slot_of(scene: Scene, above: Clause, nominal: Clause) -> str | None:
    """Where an event noun stands in the clause above it: "subject", "object", or its preposition."""
    head = nominal.verb.head
    for attachment in above.attachments:
        if head in attachment.span:
            if above.verb.lemma == "take" and attachment.preposition == "in":
                return "object"  # "took part in a meeting"
            return attachment.preposition
    if above.subject is not None and head in above.subject:
        return "subject"
    if any(head in o for o in above.objects):
        return "object"
    if above.subject is not None and head.end <= above.subject.start <= above.verb.span.start:
        # "The meeting between A | and B was held": a part of its phrase was taken for the subject
        return "subject"
    return "object" if head.start > above.verb.head.start else None


def _tell(story: Story, found: Found) -> list[Telling]:
    """
    Add the tellings of one cue to the story: one, or one for each of the other side.

    1. who: two different actors at least, those beside them included.
    2. channel and format from the words around the cue.
    3. day and place, from the clauses that tell it.
    4. topics, evidence, who tells it.
    5. one for each: "separately", "calls with A and B".
    """
    scene, left, right, status = story.scene, found.left, found.right, found.status
    # 1. who
    others = [s for c in found.clauses for s in beside(scene, c, 1)]
    seats = distinct([*left, *right, *others])
    if _is_vague_headline(scene, found, seats):
        return []
    own = _extended(scene, found.clauses)
    first = found.clauses[0]
    sentence = scene.sentence(first.verb.head.start)
    if status == "planned" and _called_off_after(scene, first):
        status = "cancelled"
    # 2. channel, format
    channel = channel_of(scene, found.clauses, found.words, found.entry, status)
    told, each = format_word(scene, found.words)
    # 3. day, place
    off = [
        c
        for c in own
        if c.link != "nominal" and settled_by(scene, c) in ("cancelled", "postponed", "declined")
    ]
    when = when_of(story, own, status, sentence, without=off)
    if when is None or when.value is None:
        when = _as_spoken(story, first, seats) or when
    place = place_of(story, own, sentence) if channel not in ("phone", "video") else None
    if status == "planned" and when is None and place is None and any(c.verb.lemma in _GOING_ON for c in own):
        return []  # "agreed to resume talks": a process, no occasion
    if found.entry.feature("part_subject") == "host" and (when is None or place is None):
        arriving = _arrivals(scene, first)
        when = when or when_of(story, arriving, status, sentence)
        place = place or (place_of(story, arriving, sentence) if arriving else None)
    if channel == "unspecified" and place is not None:
        channel = "in_person"
    # 4. the rest
    topics = [t for c in own for t in topics_of(scene, c)]
    teller = teller_of(scene, first)
    # 5. one for each
    groups: list[list[Seat]] = [seats] if len(seats) > 1 else []
    known = {s.actor.id for s in left}
    rights = [s for s in distinct(right) if s.actor.id not in known]
    if left and len(rights) > 1 and (each or _is_one_each(scene, found, rights)):
        groups = [distinct([*left, seat]) for seat in rights]
    chain = _chained(story, found, own, status) if len(groups) == 1 and left and len(rights) > 1 else {}
    if chain:
        groups = [distinct([*left, *part]) for part in chain.values()]
    tellings = []
    for number, group in enumerate(groups):
        if chain:
            when, place = list(chain)[number]
        telling = Telling(
            rule=found.rule, cue=found.cue, clause=first, seats=group, status=status, channel=channel, format=told,
            when=when, place=place, topics=list(topics), evidence=[sentence], told_by=teller,
        )  # fmt: skip
        telling.parent = _margin(story, own, telling)
        _share_lead(story, telling)
        story.add(telling)
        tellings.append(telling)
    _note_lead(story, found, tellings, when, place, status)
    for clause in found.clauses if tellings else ():
        story.by_clause[clause.id] = tellings[-1]
    return tellings


_GOING_ON = words_set("resume continue start launch begin open restart maintain pursue intensify")


def _arrivals(scene: Scene, clause: Clause) -> list[Clause]:
    """ "received the ambassadors, who came to present their credentials at P on D": the day and place are the audience's."""
    return [
        lower
        for child in scene.children.get(clause.id, ())
        if child.link == "relative" and child.verb.lemma in ("come", "arrive", "call", "present")
        for lower in (child, *(c for c in scene.children.get(child.id, ()) if c.link == "infinitive"))
    ]


def _is_vague_headline(scene: Scene, found: Found, seats: Sequence[Seat]) -> bool:
    """Whether a headline names nobody: "Defence officials call on army chief" is told better below."""
    paragraph = scene.paragraph(found.cue.span.start)
    if paragraph is None or paragraph.kind != "headline":
        return False
    return any(not s.actor.mentions and s.actor.kind != "country" for s in seats)


def _chained(
    story: Story, found: Found, own: Sequence[Clause], status: Status
) -> dict[tuple[When | None, Place | None], list[Seat]]:
    """The other side cut where each part has a day of its own: "with A in P on Monday and with B and C on Tuesday"."""
    scene = story.scene
    right = distinct(found.right)
    ids = {c.id for c in own}
    times = [
        m for m in scene.mentions_in(right[0].span.end, scene.sentence(right[0].span.start).end, "time")
        if (owner := scene.owner(m.span.start)) is None or owner.id in ids
    ]  # fmt: skip
    if len(times) < 2:
        return {}
    parts: list[list[Seat]] = [[right[0]]]
    for before, seat in pairwise(right):
        if any(before.span.end <= m.span.start < seat.span.start for m in times):
            parts.append([])
        parts[-1].append(seat)
    chain: dict[tuple[When | None, Place | None], list[Seat]] = {}
    for number, part in enumerate(parts):
        start = part[-1].span.end
        end = parts[number + 1][0].span.start if number + 1 < len(parts) else scene.sentence(start).end
        day = next((m for m in times if start <= m.span.start < end), None)
        if day is None:
            return {}
        key = resolved(story, day, status), place_of(story, own, Span(start, max(end, start + 1)))
        chain.setdefault(key, []).extend(part)
    return chain if len(chain) > 1 else {}


_EACH_NOUNS = words_set(
    "calls conversations meetings bilaterals videoconferences conferences audiences dinners lunches"
)


def _is_one_each(scene: Scene, found: Found, rights: Sequence[Seat]) -> bool:
    """ "Telephone conversations with A and B": a plural of what one holds with one side at a time."""
    noun = scene.document.words(found.cue.span).lower()
    if noun not in _EACH_NOUNS or len({s.actor.country or s.actor.id for s in rights}) < 2:
        return False
    return all(s.actor.kind == "person" for s in rights)


_OFF_SUBJECTS = words_set(
    "it that which this meeting talks visit trip summit session call gathering conference they"
)


def _called_off_after(scene: Scene, clause: Clause) -> bool:
    """Whether the sentence goes on to call the planned meeting off: "was planned, but it was put off"."""
    for later in scene.clauses_of(clause.verb.head.start):
        if later.verb.head.start <= clause.verb.head.end or settled_by(scene, later) not in (
            "cancelled",
            "postponed",
        ):
            continue
        if later.verb.polarity == "negative" or later.verb.tense == "future":
            continue
        if later.subject is None or _OFF_SUBJECTS & set(scene.words(later.subject.start, later.subject.end)):
            return True
    return False


def _as_spoken(story: Story, clause: Clause, seats: Sequence[Seat]) -> When | None:
    """The day of the remarks that were made while, or right after, meeting: "made the remarks while receiving"."""
    if story.spoken is None or clause.link not in ("adverbial", "participle", "nominal"):
        return None
    when, speakers, number = story.spoken
    here = story.scene.sentence_number(clause.verb.head.start)
    ids = {s.actor.id for s in seats}
    if here - number > 2 or story.tellings or not any(s.actor.id in ids for s in speakers):
        return None
    return when


def _margin(story: Story, clauses: Sequence[Clause], telling: Telling) -> tuple[Telling, Relation] | None:
    """The meeting on whose margins this one took place, if it was told before."""
    scene = story.scene
    for clause in clauses:
        for attachment in clause.attachments:
            words = scene.words(attachment.span.start, attachment.object.end)
            relation = next((r for w, r in _MARGINS if w in words[:4]), None)
            if relation is None or len(words) > 9:
                continue  # a long name is a forum's, not "the summit" told before
            for earlier in reversed(story.tellings):
                if earlier.cue.lemma in words or (earlier.rule != "met" and "meeting" in words):
                    return earlier, relation
    return None


# -- leads ------------------------------------------------------------------------------------------


def _note_lead(
    story: Story, found: Found, tellings: list[Telling], when: When | None, place: Place | None, status: Status
) -> None:  # fmt: skip
    """Remember a sentence that tells several meetings by their states: "met her counterparts from A, B and C"."""
    scene = story.scene
    hosts = [s for s in found.left if s.actor.kind == "person"]
    if len({s.actor.id for s in hosts}) != 1:
        return
    states = _listed_states(scene, found.clauses)
    if len(states) < 2:
        return
    story.leads.append(
        Lead(
            host=hosts[0], states=states, open=set(states), tellings=tellings, when=when, place=place,
            status=status, sentence=scene.sentence(found.cue.span.start), found=found,
        )
    )  # fmt: skip


def _listed_states(scene: Scene, clauses: Sequence[Clause]) -> frozenset[str]:
    """The states of a plural description of the other side: "the ambassadors of Chile, Hungary and Ghana"."""
    start, end = clauses[0].verb.span.end, max(c.span.end for c in clauses)
    for mention in scene.mentions_in(start, end, "description"):
        if mention.countries:
            return frozenset(mention.countries)
        states = [m.country for m in scene.listed(mention) if m.country is not None]
        if states:
            return frozenset(states)
    return frozenset()


def _share_lead(story: Story, telling: Telling) -> None:
    """Give a telling the sentence, day and place of the lead that told it among others."""
    for lead in reversed(story.leads):
        guest = lead.guest_in(telling)
        if guest is None or (lead.status != telling.status):
            continue
        days = {w.value for w in (telling.when, lead.when) if w is not None and w.value}
        if len(days) > 1:
            continue
        lead.open.discard(guest)
        lead.filled.add(guest)
        if lead.sentence not in telling.evidence:
            telling.evidence.insert(0, lead.sentence)
        telling.when = telling.when if telling.when is not None and telling.when.value else lead.when
        telling.place = telling.place or lead.place
        if telling.channel == "unspecified":
            telling.channel = "in_person"
        return


def one_of_several(story: Story, clause: Clause) -> bool:
    """Somebody from a state that a lead has listed speaks: the meeting with them is told by that."""
    scene = story.scene
    if not story.leads or clause.link not in ("main", "coordinate", "complement") or clause.subject is None:
        return False
    lead = story.leads[-1]
    if (
        not lead.open
        or scene.sentence_number(clause.verb.head.start) > scene.sentence_number(lead.sentence.start) + 15
    ):
        return False
    if clause.verb.head.start < lead.sentence.end or scene.entry(clause.verb.lemma, "reporting_cue") is None:
        return False
    found = lead.found
    if found.entry.feature("part_subject") != "host" and not format_word(scene, found.words)[1]:
        return False
    for seat in seats_in(scene, clause.subject, "attendee", 1):
        actor = seat.actor
        if actor.kind != "person" or actor.country not in lead.open or actor.id == lead.host.actor.id:
            continue
        if story.of((actor.id, lead.host.actor.id)) is not None:
            continue
        telling = Telling(
            rule="one_of_several", cue=Cue(span=clause.verb.head, lemma=found.cue.lemma), clause=clause,
            seats=distinct([lead.host, seat]), status=lead.status,
            channel=channel_of(scene, (), (), found.entry, lead.status),
            evidence=[scene.sentence(clause.verb.head.start)], told_by=None,
        )  # fmt: skip
        _share_lead(story, telling)
        story.add(telling)
        return True
    return False


# -- verbs ------------------------------------------------------------------------------------------


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


def _objects(scene: Scene, clause: Clause, right: Sequence[str], part: Part, side: int) -> list[Seat]:
    """The seats of the other side: in the object, or behind one of the cue's prepositions."""
    seats: list[Seat] = []
    if "object" in right:
        for span in clause.objects[:2]:
            seats += seats_in(scene, span, part, side)
    for attachment in attachments(clause, right):
        pair = attachment.preposition in ("between", "among") or clause.link == "nominal"
        seats += seats_in(scene, attachment.object, part, side, pair=pair)
    if not seats and "object" in right and not clause.objects:
        # The words after the verb, where the clause gives it no object.
        after = Span(
            clause.verb.span.end,
            min(clause.verb.span.end + 120, max(clause.span.end, clause.verb.span.end + 1)),
        )
        first = next(iter(scene.mentions_in(after.start, after.end)), None)
        if first is not None and len(scene.words(after.start, first.span.start)) <= 1:
            seats = seats_in(scene, Span(first.span.start, first.span.end), part, side)
    return seats


_VIEWS = frozenset(["views", "view", "opinions", "notes", "ideas", "assessments", "thoughts", "remarks"])


def _meets_needs(
    story: Story, clause: Clause, entry: Entry, left: Sequence[Seat], right: Sequence[Seat], status: Status
) -> bool:
    """Whether a weak cue has what makes it a meeting."""
    scene = story.scene
    needs = entry.values("needs")
    children = scene.children.get(clause.id, ())
    people = {s.actor.id for s in right or left}
    if "person" in needs and not any(_is_somebody(scene, s) for s in right or left):
        return False
    if "names" in needs and not (left and right) and len(people) < 2:
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
    if "phone" in needs:
        words = scene.words(clause.span.start, clause.span.end)
        return dated or any(scene.entry(w, "meeting_channel") for w in words)
    return True


def _is_somebody(scene: Scene, seat: Seat) -> bool:
    """A person, or people told by their office; not a country or body by its name."""
    if seat.actor.kind == "person":
        return True
    kinds = scene.mentions_in(seat.span.start, seat.span.end)
    return any(m.kind in ("person", "pronoun", "description") for m in kinds)


def _is_barred(scene: Scene, clause: Clause) -> bool:
    """ "met in the final", "met the criteria", "met her husband": no talks."""
    spans = [*clause.objects[:2], *(a.object for a in attachments(clause, ("in", "at")))]
    return any(
        scene.entry(word, "meeting_bar") is not None
        for span in spans
        for word in scene.words(span.start, span.end)[:5]
    )


_A_NOUN = words_set("the a an their his her its our this that no")


def met(story: Story, clause: Clause) -> bool:
    """A verb that tells a meeting: X met (with) Y; X, Y and Z met; X was received by Y; X telephoned Y."""
    if clause.link == "nominal":
        return False
    scene = story.scene
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
    subject_part, object_part = _part(entry, "part_subject"), _part(entry, "part_object")
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
        right = [*_objects(scene, clause, right_of, object_part, 1), *led_by(scene, clause, object_part, 1)]
        for child in scene.children.get(clause.id, ()):
            if child.link == "nominal" and not right and noun_entry(scene, child) is None:
                right += [
                    s for a in attachments(child, right_of) for s in seats_in(scene, a.object, object_part, 1)
                ]
        same = {s.actor.id for s in right}
        hostless = not left and clause.link == "participle"
        if right and (left or hostless) and {s.actor.id for s in left} <= same:
            # "Receiving X, the host said", the host taken for X: it is who has met before.
            host = story.protagonist(same)
            left = [attrs.evolve(host, part=subject_part, side=0)] if host is not None else []
    if (
        not right
        and ("joint" not in right_of or not _is_definite(scene, clause))
        and not _listed_states(scene, [clause])
    ):
        return False
    if not _meets_needs(story, clause, entry, left, right, status):
        return False
    if _goes_on(story, entry, clause, left, right):
        return True
    words = scene.words(clause.verb.span.start, min(clause.verb.span.end + 40, clause.span.end))
    cue = Cue(span=clause.verb.head, lemma=entry.value)
    _tell(story, Found("met", entry, cue, (clause,), left, right, status, words))
    return True


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
_APART = words_set(
    "earlier previously before last previous alone one-on-one bilaterally separately privately again"
)


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
    if words & _APART or perfect or any(scene.entry(w, "meeting_channel") for w in words):
        return False
    for mention in scene.mentions_in(clause.span.start, clause.span.end, "time"):
        owner = scene.owner(mention.span.start)
        if owner is None or owner.id == clause.id:
            return False
    current = story.current
    plural = not right and clause.subject is not None and _points_back(scene, clause.subject)
    if plural and current is not None:
        telling: Telling | None = story.of(ids) or (current if ids & current.ids() else None)
    else:
        telling = next((t for t in reversed(story.tellings) if t.ids() == ids), None)
    if telling is None:
        return False
    story.go_on(telling, clause)
    return True


def _points_back(scene: Scene, span: Span) -> bool:
    """Whether a noun phrase only points back: "they", "the sides", "both ministers"."""
    mentions = scene.mentions_in(span.start, span.end)
    return bool(mentions) and all(m.kind in ("pronoun", "description") for m in mentions)


# -- nouns ------------------------------------------------------------------------------------------


def noun_entry(scene: Scene, clause: Clause) -> Entry | None:
    """An event noun as a cue, with the word before it ("phone call", "courtesy call") if that is one."""
    head = clause.verb.head
    before = scene.before(head.start, 1)
    noun = scene.document.words(head).lower()
    above = scene.parent(clause)
    if noun in ("call", "calls", "visit") and above is not None and above.verb.lemma in ("pay", "make"):
        before = ("courtesy",)  # "paid a call on": nobody telephoned
    lemma = clause.verb.lemma
    if lemma in _REQUESTS:
        # "a request for a bilateral with"
        asked = [
            w for a in attachments(clause, ("for",)) for w in scene.words(a.object.start, a.object.end)[:4]
        ]
        return next(
            (
                e
                for w in asked
                for e in scene.lexicon.lookup(w, "meeting_cue")
                if e.feature("frame") == "noun"
            ),
            None,
        )
    for form in (*(f"{w} {n}" for w in before for n in (noun, lemma)), lemma, noun):
        for entry in scene.lexicon.lookup(form, "meeting_cue"):
            if entry.feature("frame") == "noun":
                return entry
    return None


_REQUESTS = frozenset(["request", "invitation", "offer", "proposal"])


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


_DEFINITE = frozenset(["the", "this", "that", "these", "those", "their", "its", "both"])
_UPCOMING = words_set("upcoming forthcoming planned scheduled coming expected")
_UNREAL = words_set("no any neither possible potential proposed hypothetical prospective eventual")
_OTHER_ONE = words_set(
    "first second third fourth fifth sixth seventh eighth ninth tenth previous next last another other new annual "
    "earlier future upcoming forthcoming subsequent latest following regular"
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
    entry = noun_entry(scene, clause) if clause.link == "nominal" else None
    if entry is None:
        return False
    above = _governor(scene, clause)
    slot = slot_of(scene, above, clause) if above is not None else None
    words = _phrase_words(scene, clause, above)
    if _UNREAL & set(words) or any(scene.entry(w, "meeting_bar") for w in words[-2:]):
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
    ids = {s.actor.id for s in (*left, *right)}
    if "light" in entry.values("needs") and not (governed and slot in ("object", "subject")):
        return False
    # 2. told by the verb
    told = story.by_clause.get(above.id) if above is not None else None
    if told is not None and slot not in ("object", "subject") and (len(ids) < 2 or ids <= told.ids()):
        told.add_topics(topics_of(scene, clause))
        return True
    # 3. the other side
    listed = _listed_states(scene, [clause]) if left else frozenset()
    if len(ids) > 1 and not left and above is not None and _is_with_only(clause, above):
        # "returned via Baku, where a meeting with A and B took place": whoever returned was there
        upper = (
            scene.parent(above) if above.link == "relative" and above.marker in ("where", "when") else None
        )
        if upper is not None:
            left = [s for s in subject_seats(scene, upper, "attendee", 0) if s.actor.kind == "person"]
    if len(ids) == 1 and not listed and (left or any(_is_somebody(scene, s) for s in right)):
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
        plain = not dated and not own & _APART and not any(scene.entry(w, "meeting_channel") for w in own)
        plain = plain and status_of(scene, above) == "held" and len(ids) > 1 and bool(ids & current.ids())
        if plain and _points_back(scene, above.subject):
            story.go_on(current, clause)  # "The sides held a detailed exchange of views on"
            return True
    # 5. status
    status = _noun_status(scene, clause, above, slot, settled)
    if status == "held" and _UPCOMING & set(words):
        status = "planned"
    if status is None or (slot in _ABOUT and not (_DEFINITE & set(words[:1]) or left)):
        return True
    rule = "held_talks" if slot == "object" else "talks_took_place" if slot == "subject" else "event_noun"
    cue = Cue(span=clause.verb.head, lemma=entry.value)
    carriers = _carriers(scene, clause, above, slot, governed)
    _tell(story, Found(rule, entry, cue, carriers, left, right, status, words))
    return True


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
    """The verb that governs a noun; in "returned via B, where a meeting with A took place" not the first."""
    above = scene.parent(clause)
    head = clause.verb.head
    for other in scene.clauses_of(head.start):
        if (
            above is not None
            and other.link == "relative"
            and other.id != above.id
            and head in other.span
            and head.end <= other.verb.span.start
            and above.verb.head.end <= other.span.start
            and scene.entry(other.verb.lemma, "meeting_light") is not None
        ):
            return other
    return above


def _sides_of_noun(
    story: Story, clause: Clause, entry: Entry, above: Clause | None, slot: str | None,
    light: Entry | None, settled: str | None,
) -> tuple[list[Seat], list[Seat]]:  # fmt: skip
    """Who is told to take part: behind the noun's prepositions, its possessor, the subject of "held"."""
    scene = story.scene
    guest = _part(entry, "part_object")
    right = _objects(scene, clause, [p for p in entry.values("right") if p != "object"], guest, 1)
    if any(s.actor.kind == "person" for s in right):
        # "a meeting of the Weimar Triangle with A and B": the format, no further side
        bodies = [s for a in attachments(clause, ("of",)) for s in seats_in(scene, a.object, guest, 1)]
        formats = {s.actor.id for s in bodies if s.actor.kind != "person"}
        right = [s for s in right if s.actor.id not in formats]
    left: list[Seat] = []
    if clause.subject is not None:
        left = seats_in(scene, clause.subject, _part(entry, "part_subject"), 0)
        if not right and _is_title(scene, clause):
            left = []  # "attend the Economic Leaders' Meeting": a body's own
        elif not right:
            left = [s for s in left if s.actor.kind in ("person", "country")]
    if above is None:
        return left, right
    if slot == "object":
        below = {*_BELOW_PREPOSITIONS, *(entry.values("right") if "from" in entry.values("right") else ())}
        right += _objects(scene, above, sorted(below), guest, 1)
        for child in scene.children.get(above.id, ()):
            if child.link == "nominal" and child.verb.lemma in _REQUESTS:
                right += _objects(scene, child, ("with", "from", "by"), guest, 1)
        if light is not None or settled is not None:
            part = (light.feature("part_subject") if light else "") or _part(entry, "part_subject")
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
        right += _objects(scene, above, _BELOW_PREPOSITIONS, "attendee", 1)
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


def _part(entry: Entry, name: str) -> Part:
    return entry.feature(name) or "attendee"  # type: ignore[return-value]


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
    if above.verb.polarity == "negative" or settled == "none":
        return None
    if settled == "planned":
        return None if status is None else "planned"
    return settled if status in ("held", "ongoing") else None  # type: ignore[return-value]


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
_TAKES_PLACE = words_set("open take hold convene begin start happen occur host go follow continue resume")


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
    if slot not in ("after", "following", "during", "at") or above is None:
        return [], above
    for speaking in (above, *scene.ancestors(above)):
        if scene.entry(speaking.verb.lemma, "reporting_cue") is None or speaking.subject is None:
            continue
        speakers = seats_in(scene, speaking.subject, "attendee", 0)
        if len({s.actor.country for s in speakers}) > 1 and story.of(s.actor.id for s in speakers) is None:
            return speakers, speaking
    if story.spoken is None or story.current is not None or words[:1] not in (("the",), ("their",)):
        return [], above
    _, speakers, number = story.spoken
    near = scene.sentence_number(clause.verb.head.start) - number <= 3
    return (speakers if near and len({s.actor.country for s in speakers}) > 1 else []), above


def _is_told(
    story: Story, clause: Clause, above: Clause | None, slot: str | None, words: Sequence[str]
) -> bool:
    """ "During the meeting", "The talks were held in P on D": evidence, topics, day and place of the one just told."""
    scene, telling = story.scene, story.current
    if telling is None or not words or words[0] not in _DEFINITE or set(words) & _OTHER_ONE:
        return False
    if any(a.preposition in ("of", "for", "in", "at") for a in clause.attachments) and slot != "subject":
        return False
    if scene.sentence_number(clause.verb.head.start) - telling.last_sentence(scene) > 12:
        return False
    story.go_on(telling, clause)
    if above is None or slot != "subject":
        return True
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
    if scene.entry(clause.verb.lemma, "meeting_topic") is None:
        return _on_the_agenda(story, clause)
    above = scene.parent(clause)
    if (
        above is not None
        and above.id in story.by_clause
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
    if telling is None and words & _SIDES and (len(people) != 1 or not words & {"side"}):
        telling = current
    if telling is None:
        return False
    story.go_on(telling, clause)
    return True


def _on_the_agenda(story: Story, clause: Clause) -> bool:
    """ "The reopening of borders was on the agenda": topics of the meeting just told."""
    scene, telling = story.scene, story.current
    if clause.verb.lemma not in ("be", "stand", "figure") or clause.subject is None or telling is None:
        return False
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


RULES = (
    Rule("met", met),
    Rule("event_noun", event_noun),
    Rule("sides_discussed", sides_discussed),
    Rule("one_of_several", one_of_several),
)
"""In order; the first that takes a clause has it."""


# -- the stage --------------------------------------------------------------------------------------


def _note_speech(story: Story, clause: Clause) -> None:
    """Keep who made the last statement and when, for the meeting at which or after which it was made."""
    scene = story.scene
    if clause.link == "nominal" or scene.entry(clause.verb.lemma, "reporting_cue") is None:
        return
    speakers = seats_in(scene, clause.subject, "attendee", 0) if clause.subject is not None else []
    when: When | None = None
    for mention in scene.mentions_in(clause.span.start, clause.span.end, "time"):
        owner = scene.owner(mention.span.start)
        if owner is None or owner.id == clause.id:
            found = resolve_when(scene.document, mention, future=False, previous=story.told)
            if found.value is not None:
                when = found
                break
    if when is None and len({s.actor.id for s in speakers}) < 2:
        return
    story.spoken = (when, speakers, scene.sentence_number(clause.verb.head.start))
    if story.told is None and when is not None:
        story.told = when


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
        _note_speech(story, clause)
        for rule in RULES:
            if rule.read(story, clause):
                break
    told = [
        t
        for t in story.tellings
        if not any(len(lead.filled) > 1 and t in lead.tellings for lead in story.leads)
    ]
    for telling in told:
        telling.seats = distinct(_named_later(scene, telling.seats))
    for telling in told:
        if len(telling.seats) > 1:
            yield _meeting(document, telling)
