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
    Relation,
    Status,
    Topic,
    When,
    record_id,
)
from .dates import resolve_when
from .scene import Scene, attachments, is_passive
from .tellings import (
    AFTER,
    Seat,
    Story,
    Telling,
    beside,
    channel_of,
    distinct,
    format_of,
    format_word,
    led_by,
    place_of,
    seats_in,
    settled_by,
    status_of,
    subject_seats,
    teller_of,
    topics_of,
    when_of,
    words_set,
)

NAME = "english.meetings"

# -- a telling --------------------------------------------------------------------------------------

_MARGINS: tuple[tuple[str, Relation], ...] = (
    ("sidelines", "sidelines"), ("margins", "sidelines"), ("margin", "sidelines"), ("sideline", "sidelines"),
    ("framework", "part_of"), ("part", "part_of"), ("connection", "sidelines"), ("fringes", "sidelines"),
)  # fmt: skip
_EARLIER = frozenset(["earlier", "previously", "before", "last", "previous"])


def _extended(scene: Scene, clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses of a telling with what hangs on them and shares their day and place: "to discuss", "at the summit in"."""
    own = list(clauses)
    for clause in clauses:
        for child in scene.children.get(clause.id, ()):
            if child in own:
                continue
            if (child.link == "infinitive" and scene.entry(child.verb.lemma, "meeting_topic")) or (
                child.link == "nominal"
                and _slot(scene, clause, child)
                not in (
                    "subject",
                    "ahead of",
                    "on",
                    "about",
                )
            ):
                own.append(child)
    return own


def _slot(scene: Scene, above: Clause, nominal: Clause) -> str | None:
    """Where an event noun stands in the clause above it: "subject", "object", or its preposition."""
    head = nominal.verb.head
    for attachment in above.attachments:
        if head in attachment.span:
            return attachment.preposition
    if above.subject is not None and head in above.subject:
        return "subject"
    if any(head in o for o in above.objects):
        return "object"
    return "object" if head.start > above.verb.head.start else None


def _tell(
    story: Story, rule: str, clauses: Sequence[Clause], entry: Entry, cue: Cue, left: Sequence[Seat],
    right: Sequence[Seat], status: Status, modifiers: Sequence[str],
) -> list[Telling]:  # fmt: skip
    """
    Add the tellings of one cue to the story: one, or one for each of the other side.

    1. who: two different actors at least, those beside them included.
    2. channel and format from the words around the cue.
    3. day and place, from the clauses that tell it.
    4. topics, evidence, who tells it.
    """
    scene = story.scene
    # 1. who
    seats = distinct([*left, *right, *(s for c in clauses for s in beside(scene, c, 1))])
    if len(seats) < 2:
        return []
    own = _extended(scene, clauses)
    first = clauses[0]
    sentence = scene.sentence(first.verb.head.start)
    # 2. channel, format
    start = min(c.verb.span.start for c in clauses)
    end = min(max(c.span.end for c in own), sentence.end)
    channel = channel_of(scene, start, end, entry, status)
    told, each = format_word(scene, modifiers)
    # 3. day, place
    when = when_of(story, own, status, sentence)
    if when is None or when.value is None:
        when = _as_spoken(story, first, seats) or when
    place = place_of(story, own, sentence) if channel not in ("phone", "video") else None
    # 4. the rest
    topics = [t for c in own for t in topics_of(scene, c) if _is_topic(scene, t)]
    teller = teller_of(scene, first)
    groups: list[list[Seat]] = [seats]
    rights = [s for s in distinct(right) if s.actor.id not in {x.actor.id for x in left}]
    if each and left and len(rights) > 1:
        groups = [distinct([*left, seat]) for seat in rights]
    tellings = []
    for group in groups:
        telling = Telling(
            rule=rule, cue=cue, clause=first, seats=group, status=status, channel=channel, format=told,
            each=each, when=when, place=place, topics=list(topics), evidence=[sentence], told_by=teller,
        )  # fmt: skip
        telling.parent = _margin(story, own, telling)
        story.add(telling)
        tellings.append(telling)
    for clause in clauses:
        story.by_clause[clause.id] = tellings[-1]
    return tellings


def _is_topic(scene: Scene, topic: Topic) -> bool:
    """Not "met X on Friday", "the talks in Geneva": a topic is no day, no person and no pronoun."""
    mentions = scene.mentions_in(topic.span.start, topic.span.end)
    return not any(m.span.start <= topic.span.start and m.kind in ("time", "pronoun") for m in mentions)


def _as_spoken(story: Story, clause: Clause, seats: Sequence[Seat]) -> When | None:
    """The day of the remarks that were made while, or right after, meeting: "made the remarks while receiving"."""
    if story.spoken is None or clause.link not in ("adverbial", "participle", "nominal"):
        return None
    when, speakers, number = story.spoken
    here = story.scene.sentence_number(clause.verb.head.start)
    if here - number > 2 or not speakers & {s.actor.id for s in seats}:
        return None
    return when


def _margin(story: Story, clauses: Sequence[Clause], telling: Telling) -> tuple[Telling, Relation] | None:
    """The meeting on whose margins this one took place, if it was told before."""
    scene = story.scene
    for clause in clauses:
        for attachment in clause.attachments:
            words = scene.words(attachment.span.start, attachment.object.start)
            relation = next((r for w, r in _MARGINS if w in words), None)
            if relation is None:
                continue
            for earlier in reversed(story.tellings):
                nouns = scene.words(attachment.object.start, attachment.object.end)
                if earlier.cue.lemma in nouns or (earlier.rule == "held_talks" and "meeting" in nouns):
                    return earlier, relation
    return None


# -- rules ------------------------------------------------------------------------------------------


def _verb_entry(scene: Scene, clause: Clause) -> tuple[Entry, tuple[str, ...]] | None:
    """A clause's verb as a cue, and where its other side stands."""
    lemma = clause.verb.lemma
    if lemma.startswith(("speak ", "talk ")):
        # "spoke over the phone", "talked on the sidelines": the particle is a preposition.
        lemma = lemma.partition(" ")[0]
    forms = [lemma, *(f"{lemma} {a.preposition}" for a in clause.attachments[:2] if " " not in lemma)]
    for form in reversed(forms):
        for entry in scene.lexicon.lookup(form, "meeting_cue"):
            if entry.feature("frame") == "verb":
                return entry, entry.values("right")
    return None


def _objects(scene: Scene, clause: Clause, right: Sequence[str], part: Part, side: int) -> list[Seat]:
    """The seats of the other side: in the object, or behind one of the cue's prepositions."""
    seats: list[Seat] = []
    if "object" in right:
        for span in clause.objects[:2]:
            seats += seats_in(scene, span, part, side)
    for attachment in attachments(clause, right):
        seats += seats_in(scene, attachment.object, part, side)
    return seats


def _meets_needs(
    story: Story, clause: Clause, entry: Entry, left: Sequence[Seat], right: Sequence[Seat], status: Status
) -> bool:
    """Whether a weak cue has what makes it a meeting."""
    scene = story.scene
    needs = entry.values("needs")
    own = [
        c for c in scene.children.get(clause.id, ()) if c.link in ("infinitive", "complement", "quotation")
    ]
    if "person" in needs and not any(_is_somebody(scene, s) for s in right):
        return False
    if "names" in needs and not (left and right) and len({s.actor.id for s in left}) < 2:
        return False
    if "bare" in needs and (own or clause.complement or len(clause.objects) > 1):
        return False
    if "views" in needs and not any(
        w in ("views", "opinions", "notes", "ideas", "assessments")
        for o in clause.objects
        for w in scene.words(o.start, o.end)
    ):
        return False
    for_talks = any(c.link == "nominal" and _noun_entry(scene, c) for c in scene.children.get(clause.id, ()))
    dated = bool(scene.mentions_in(clause.span.start, clause.span.end, "time", "place"))
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
    spans = [*clause.objects[:1], *(a.object for a in attachments(clause, ("in", "at")))]
    return any(
        scene.entry(word, "meeting_bar") is not None
        for span in spans
        for word in scene.words(span.start, span.end)[:5]
    )


def met(story: Story, clause: Clause) -> bool:
    """A verb that tells a meeting: X met (with) Y; X, Y and Z met; X was received by Y; X telephoned Y."""
    if clause.link == "nominal":
        return False
    scene = story.scene
    found = _verb_entry(scene, clause)
    if found is None:
        return False
    entry, right_of = found
    if entry.value == "meet" and _is_barred(scene, clause):
        return True
    status = status_of(scene, clause)
    if status is None:
        return False
    subject_part: Part = entry.feature("part_subject") or "attendee"  # type: ignore[assignment]
    object_part: Part = entry.feature("part_object") or "attendee"  # type: ignore[assignment]
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
    if not right and "joint" not in right_of:
        return False
    if not _meets_needs(story, clause, entry, left, right, status):
        return False
    if _goes_on(story, entry, clause, left, right):
        return True
    modifiers = scene.words(clause.verb.span.start, min(clause.verb.span.end + 40, clause.span.end))
    cue = Cue(span=clause.verb.head, lemma=entry.value)
    for group in _chained(scene, clause, right):
        _tell(story, "met", [clause], entry, cue, left, group, status, modifiers)
    return True


def _chained(scene: Scene, clause: Clause, right: list[Seat]) -> list[list[Seat]]:
    """The other side cut where each has a day of its own: "met A on Monday and B on Tuesday"."""
    return [right]


def _goes_on(story: Story, entry: Entry, clause: Clause, left: Sequence[Seat], right: Sequence[Seat]) -> bool:
    """
    Whether "discussed", "exchanged views" of people whose meeting was just told only goes on with it.

    With a day, a channel or a place of its own it is another meeting.
    """
    if entry.value not in ("discuss", "exchange views", "talk", "speak"):
        return False
    scene = story.scene
    ids = {s.actor.id for s in (*left, *right)}
    telling = story.of(ids)
    if telling is None or len(ids) < 2:
        return False
    owned = [
        m for m in scene.mentions_in(clause.span.start, clause.span.end, "time")
        if (owner := scene.owner(m.span.start)) is None or owner.id == clause.id
    ]  # fmt: skip
    words = scene.words(clause.verb.span.start, clause.span.end)
    if owned or any(scene.entry(w, "meeting_channel") for w in words):
        return False
    if clause.verb.perfect or set(scene.words(clause.verb.span.start, clause.verb.span.end)) & _EARLIER:
        return False
    _go_on(story, telling, clause)
    return True


def _go_on(story: Story, telling: Telling, clause: Clause) -> None:
    """Evidence and topics for a meeting already told."""
    scene = story.scene
    sentence = scene.sentence(clause.verb.head.start)
    if sentence not in telling.evidence:
        telling.evidence.append(sentence)
    for topic in topics_of(scene, clause):
        if topic not in telling.topics and _is_topic(scene, topic):
            telling.topics.append(topic)
    story.by_clause.setdefault(clause.id, telling)


def _noun_entry(scene: Scene, clause: Clause) -> Entry | None:
    """An event noun as a cue, with the word before it ("phone call", "courtesy call") if that is one."""
    head = clause.verb.head
    before = scene.before(head.start, 1)
    noun = scene.document.words(head).lower()
    above = scene.parent(clause)
    if noun in ("call", "calls", "visit") and above is not None and above.verb.lemma in ("pay", "make"):
        before = ("courtesy",)  # "paid a call on": nobody telephoned
    for form in (*(f"{w} {noun}" for w in before), clause.verb.lemma, noun):
        for entry in scene.lexicon.lookup(form, "meeting_cue"):
            if entry.feature("frame") == "noun":
                return entry
    return None


def _phrase_words(scene: Scene, clause: Clause, above: Clause | None) -> tuple[str, ...]:
    """The words of an event noun's phrase before it: determiner and adjectives."""
    head = clause.verb.head
    start = clause.span.start
    if above is not None:
        for span in (
            *above.objects,
            *(a.object for a in above.attachments),
            *([above.subject] if above.subject else []),
        ):
            if head in span:
                start = max(min(start, span.start), span.start)
    if head.start - start > 80 or start >= head.start:
        words = scene.before(head.start, 4)
    else:
        words = scene.words(start, head.start)
    return words


_DEFINITE = frozenset(["the", "this", "that", "these", "those", "their", "its", "said", "both"])
_TRAVEL = words_set(
    "arrive travel fly come visit go head leave return depart be meet sit gather join land journey invite host receive"
)


def event_noun(story: Story, clause: Clause) -> bool:
    """An event noun and the verb that governs it: held talks, the meeting took place, during his meeting with Y."""
    if clause.link != "nominal":
        return False
    scene = story.scene
    entry = _noun_entry(scene, clause)
    if entry is None:
        return False
    above = scene.parent(clause)
    slot = _slot(scene, above, clause) if above is not None else None
    phrase = _phrase_words(scene, clause, above)
    if "no" in phrase or "any" in phrase or "neither" in phrase:
        return True
    if any(scene.entry(w, "meeting_bar") for w in phrase[-2:]):
        return True
    # 1. who: behind the noun's prepositions, its possessor, the verb's subject and "with"
    right = _objects(scene, clause, entry.values("right"), _part(entry, "part_object"), 1)
    left = (
        seats_in(scene, clause.subject, _part(entry, "part_subject"), 0) if clause.subject is not None else []
    )
    light = scene.entry(above.verb.lemma, "meeting_light") if above is not None else None
    settled = settled_by(scene, above) if above is not None else None
    if above is not None and slot == "object":
        right += _objects(scene, above, ("with", "between", "among"), _part(entry, "part_object"), 1)
        if above.subject is not None and above.verb.voice == "active" and (light or settled):
            part = (
                (light.feature("part_subject") if light else "")
                or entry.feature("part_subject")
                or "attendee"
            )
            left += seats_in(scene, above.subject, part, 0)  # type: ignore[arg-type]
    if above is not None and slot == "subject":
        right += _objects(scene, above, ("with", "between", "among"), "attendee", 1)
        right += [
            s for a in attachments(above, ("by",)) for s in seats_in(scene, a.object, "attendee", 1) if light
        ]
    told = story.by_clause.get(above.id) if above is not None else None
    ids = {s.actor.id for s in (*left, *right)}
    # 2. "received X for talks": the noun only adds to the telling of its verb
    if told is not None and slot not in ("object", "subject") and (len(ids) < 2 or ids <= told.ids()):
        for topic in topics_of(scene, clause):
            if topic not in told.topics:
                told.topics.append(topic)
        return True
    # 3. "During the meeting", "the talks focused on": one just told
    if not ids or (len(ids) == 1 and slot not in ("object",)):
        return bool(_one_sided(story, clause, above, slot, entry, left, right, phrase))
    # 4. status: of the verb that holds, plans, cancels it
    status = _noun_status(scene, clause, above, slot, settled)
    if status is None:
        return True
    carriers = [clause]
    if above is not None and slot in ("object", "subject") and (light or settled or above.verb.lemma == "be"):
        carriers.append(above)
        for upper in scene.ancestors(above):
            if upper.link not in ("infinitive",) and scene.by_id[carriers[-1].id].link != "infinitive":
                break
            carriers.append(upper)
    elif (above is not None and slot in AFTER and scene.entry(above.verb.lemma, "reporting_cue")) or (
        above is not None and slot == "for"
    ):
        carriers.append(above)
    if len(ids) < 2 and above is not None and above.subject is not None:
        left += seats_in(scene, above.subject, "attendee", 0)
    cue = Cue(span=clause.verb.head, lemma=entry.value)
    rule = "held_talks" if slot == "object" else "talks_took_place" if slot == "subject" else "event_noun"
    _tell(story, rule, carriers, entry, cue, left, right, status, phrase)
    return True


def _part(entry: Entry, name: str) -> Part:
    return entry.feature(name) or "attendee"  # type: ignore[return-value]


def _noun_status(
    scene: Scene, clause: Clause, above: Clause | None, slot: str | None, settled: str | None
) -> Status | None:
    """The status that the governing verb gives the meeting of an event noun."""
    if above is None:
        return "held"
    status = status_of(scene, above)
    if slot not in ("object", "subject"):
        if status is None:
            return "held" if slot in AFTER and above.verb.tense == "past" else None
        if slot == "ahead of" and above.verb.tense != "past":
            return "planned"
        return status
    if settled is None:
        return status
    if above.verb.polarity == "negative" or settled == "none":
        return None
    if settled == "planned":
        return None if status is None else "planned"
    return settled if status in ("held", "ongoing") else None  # type: ignore[return-value]


def _one_sided(
    story: Story, clause: Clause, above: Clause | None, slot: str | None, entry: Entry,
    left: list[Seat], right: list[Seat], phrase: Sequence[str],
) -> bool:  # fmt: skip
    """A noun that names one side or none: of the verb's subject, of the meeting just told, of its host."""
    scene = story.scene
    seats = [*left, *right]
    if seats:
        # "In his meeting with X, Y said", "after meeting X", "at the reception for X"
        others: list[Seat] = []
        if above is not None and above.subject is not None and slot != "subject":
            others = seats_in(scene, above.subject, "attendee", 0)
            if len({s.actor.id for s in others}) > 1:
                others = []
        mine = {s.actor.id for s in seats}
        others = [s for s in others if s.actor.id not in mine]
        if not others:
            host = _protagonist(story, mine)
            others = [Seat(host.actor, seats[0].span, host.part, 0, host.role)] if host else []
        status = _noun_status(scene, clause, above, slot, None)
        if not others or status is None:
            return False
        cue = Cue(span=clause.verb.head, lemma=entry.value)
        carriers = [clause]
        if (
            above is not None
            and (slot in AFTER or slot in ("for", "to"))
            and scene.entry(above.verb.lemma, "reporting_cue") is None
        ):
            carriers.append(above)
        _tell(story, "event_noun", carriers, entry, cue, [*others, *left], right, status, phrase)
        return True
    if phrase[:1] and phrase[0] in _DEFINITE and story.current is not None:
        _add_to(story, story.current, clause, above, slot)
        return True
    return False


def _protagonist(story: Story, without: set[str]) -> Seat | None:
    """Who has met somebody last and most, for "At the reception for X": the host of the story."""
    for telling in reversed(story.tellings):
        for seat in telling.seats:
            if seat.side == 0 and seat.actor.id not in without:
                return seat
    return None


def _add_to(story: Story, telling: Telling, clause: Clause, above: Clause | None, slot: str | None) -> None:
    """ "The talks were held in P on D": evidence, topics, a day and a place for the meeting just told."""
    scene = story.scene
    _go_on(story, telling, clause)
    if above is not None:
        light = scene.entry(above.verb.lemma, "meeting_light")
        if slot == "subject" and light is not None:
            if telling.when is None:
                telling.when = when_of(
                    story, [clause, above], telling.status, scene.sentence(clause.verb.head.start)
                )
            if telling.place is None:
                telling.place = place_of(story, [clause, above], scene.sentence(clause.verb.head.start))
        if scene.entry(above.verb.lemma, "meeting_topic") and slot == "subject":
            _go_on(story, telling, above)


_SIDES = words_set(
    "sides side parties interlocutors two three both they ministers leaders presidents officials generals officers "
    "delegations colleagues counterparts participants diplomats meeting talks conversation discussion agenda views "
    "opinions issues matters questions"
)


def sides_discussed(story: Story, clause: Clause) -> bool:
    """ "The sides discussed NP", "NP were discussed", "met X to discuss NP": topics of a meeting told."""
    scene = story.scene
    if clause.link == "nominal" or scene.entry(clause.verb.lemma, "meeting_topic") is None:
        return False
    above = scene.parent(clause)
    if (
        above is not None
        and above.id in story.by_clause
        and clause.link not in ("quotation", "complement", "main")
    ):
        _go_on(story, story.by_clause[above.id], clause)
        return True
    if clause.verb.polarity == "negative" or clause.subject is None or story.current is None:
        return False
    people = {a.id for _, actors in scene.people(clause.subject) for a in actors}
    telling = story.of(people) if len(people) > 1 else None
    if telling is None:
        words = scene.words(clause.subject.start, clause.subject.end)
        if not _SIDES & set(words[:6]) and clause.verb.voice == "active":
            return False
        if people and len(people) < 2 and clause.verb.voice == "active" and not _SIDES & set(words[:3]):
            return False
        telling = story.current
    if clause.verb.voice == "passive" and clause.verb.lemma not in (
        "discuss",
        "exchange",
        "consider",
        "review",
        "touch on",
        "touch upon",
        "raise",
        "address",
    ):
        return False
    _go_on(story, telling, clause)
    return True


class Rule(NamedTuple):
    """A family of tellings: its name, and the function that reads it."""

    name: str
    read: Callable[[Story, Clause], bool]


RULES = (
    Rule("met", met),
    Rule("event_noun", event_noun),
    Rule("sides_discussed", sides_discussed),
)
"""In order; the first that takes a clause has it."""


# -- the stage --------------------------------------------------------------------------------------


def _note_day(story: Story, clause: Clause) -> None:
    """Keep the day of a dated statement, for the meeting at which it was made."""
    scene = story.scene
    if clause.link == "nominal" or scene.entry(clause.verb.lemma, "reporting_cue") is None:
        return
    for mention in scene.mentions_in(clause.span.start, clause.span.end, "time"):
        owner = scene.owner(mention.span.start)
        if owner is not None and owner.id != clause.id:
            continue
        when = resolve_when(scene.document, mention, future=False, previous=story.told)
        if when.value is None:
            continue
        speakers: frozenset[str] = frozenset()
        if clause.subject is not None:
            speakers = frozenset(a.id for _, actors in scene.people(clause.subject) for a in actors)
        story.spoken = (when, speakers, scene.sentence_number(clause.verb.head.start))
        if story.told is None:
            story.told = when
        return


def _meeting(document: Document, telling: Telling, number: int, parent: str | None) -> Meeting:
    participants = tuple(
        Participation(actor=s.actor.id, part=s.part, role=s.role, span=s.span) for s in telling.seats
    )
    relation = telling.parent[1] if telling.parent else None
    return Meeting(
        id=_id(document, telling),
        participants=participants,
        cue=telling.cue,
        when=telling.when,
        place=telling.place,
        channel=telling.channel,
        format=format_of(telling.seats, telling.format),
        status=telling.status,
        topics=tuple(telling.topics),
        parent=Parent(id=parent, relation=relation) if parent and relation else None,
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
        Meetings with the sentence of the cue first in ``evidence``; ``when`` is ``None`` where
        the text tells no day for the meeting.
    """
    scene = Scene(document, mentions, clauses, actors, lexicon)
    story = Story(scene)
    for clause in scene.clauses:
        paragraph = scene.paragraph(clause.verb.head.start)
        if paragraph is not None and paragraph.kind not in ("headline", "body", "caption", "turn"):
            continue
        _note_day(story, clause)
        for rule in RULES:
            if rule.read(story, clause):
                break
    for number, telling in enumerate(story.tellings):
        above = telling.parent[0] if telling.parent else None
        yield _meeting(document, telling, number, _id(document, above) if above else None)
