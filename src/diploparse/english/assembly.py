"""
Found cues to tellings: who sits where, then day, place, channel and topics; one telling or one for each side.

A lead tells several meetings at once ("received the ambassadors of A, B and C"); the sentences
after it that tell each take its day and place.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import attrs

from ..lexicon import Entry
from ..records import Clause, Cue, Part, Place, Relation, Span, Status, When
from .outcomes import settled_by
from .scene import Scene, attachments, words_set
from .seats import Seat, beside, distinct, seats_in
from .settings import place_of, resolved, when_of
from .tellings import Lead, Story, Telling, channel_of, format_word, teller_of
from .topics import topics_of

DEFINITE = frozenset(["the", "this", "that", "these", "those", "their", "its", "both"])
APART = words_set(
    "earlier previously before last previous alone one-on-one bilaterally separately privately again"
)

REQUESTS = frozenset(["request", "invitation", "offer", "proposal"])


def objects_of(scene: Scene, clause: Clause, right: Sequence[str], part: Part, side: int) -> list[Seat]:
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
        start = after.start
        for first in scene.mentions_in(after.start, after.end):
            if len(scene.words(start, first.span.start)) > 1:
                break
            if first.kind == "time":
                start = first.span.end  # "received yesterday the Speaker"
                continue
            seats = seats_in(scene, Span(first.span.start, first.span.end), part, side)
            break
    if not seats and "object" in right and len(clause.objects) == 1:
        seats = _tellers(scene, clause, clause.objects[0], part, side)
    return seats


def _tellers(scene: Scene, clause: Clause, them: Span, part: Part, side: int) -> list[Seat]:
    """For a "them" that points to nobody: those who tell it ("The diplomats said that X had refused to meet them")."""
    mentions = scene.mentions_in(them.start, them.end)
    if len(mentions) != 1 or mentions[0].kind != "pronoun" or scene.actors.at(mentions[0].span):
        return []
    for above in scene.ancestors(clause):
        if above.subject is not None and above.subject != clause.subject and above.link == "main":
            return [attrs.evolve(s, span=them) for s in seats_in(scene, above.subject, part, side)]
    return []


def is_somebody(scene: Scene, seat: Seat) -> bool:
    """A person, or people told by their office; not a country or body by its name."""
    if seat.actor.kind == "person":
        return True
    kinds = scene.mentions_in(seat.span.start, seat.span.end)
    return any(m.kind in ("person", "pronoun", "description") for m in kinds)


def points_back(scene: Scene, span: Span) -> bool:
    """Whether a noun phrase only points back: "they", "the sides", "both ministers"."""
    mentions = scene.mentions_in(span.start, span.end)
    return bool(mentions) and all(m.kind in ("pronoun", "description") for m in mentions)


def noun_entry(scene: Scene, clause: Clause) -> Entry | None:
    """An event noun as a cue, with the word before it ("phone call", "courtesy call") if that is one."""
    head = clause.verb.head
    before = scene.before(head.start, 1)
    noun = scene.document.words(head).lower()
    above = scene.parent(clause)
    if noun in ("call", "calls", "visit") and above is not None and above.verb.lemma in ("pay", "make"):
        before = ("courtesy",)  # "paid a call on": nobody telephoned
    lemma = clause.verb.lemma
    if lemma in REQUESTS:
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


def part_of(entry: Entry, name: str) -> Part:
    return entry.feature(name) or "attendee"  # type: ignore[return-value]


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
    each: bool = False
    """Whether the other side is a list of people met one after another."""


def _extended(scene: Scene, clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses of a telling with what hangs on them and shares their day and place: "to discuss", "at the summit in"."""
    own = list(clauses)
    for clause in clauses:
        for child in scene.children.get(clause.id, ()):
            if child in own:
                continue
            if child.link == "infinitive":
                # "met X to discuss", not "urged X to consider"
                if scene.entry(child.verb.lemma, "meeting_topic") and not is_urging(scene, clause):
                    own.append(child)
            elif child.link == "nominal":
                slot = slot_of(scene, clause, child)
                if slot not in _ELSEWHERE or (slot == "on" and _is_on_the_margins(scene, clause, child)):
                    own.append(child)
    return own


def is_urging(scene: Scene, clause: Clause) -> bool:
    """Whether what hangs on a clause is something said: "urged X to consider"."""
    return (
        clause.link != "nominal"
        and bool(clause.objects)
        and clause.verb.lemma != "meet"
        and scene.entry(clause.verb.lemma, "reporting_cue") is not None
    )


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
            if attachment.preposition == "next" and head.end <= above.verb.span.start:
                return "subject"  # "The next meeting of": no preposition
            if above.verb.lemma in ("take", "participate") and attachment.preposition == "in":
                return "object"  # "took part in a meeting"
            return attachment.preposition
    if above.subject is not None and head in above.subject:
        return "subject"
    if any(head in o for o in above.objects):
        return "object"
    for sibling in scene.children.get(above.id, ()):
        # "held a meeting | on the margins of the session": behind another noun; not "a round of talks"
        if (
            sibling.link == "nominal"
            and sibling.verb.head.end < head.start
            and sibling.verb.lemma not in REQUESTS
        ):
            for attachment in sibling.attachments:
                if attachment.preposition != "of" and head in attachment.object:
                    return attachment.preposition
    if above.subject is not None and head.end <= above.subject.start <= above.verb.span.start:
        # "The meeting between A | and B was held": a part of its phrase was taken for the subject
        return "subject"
    return "object" if head.start > above.verb.head.start else None


def tell(story: Story, found: Found) -> list[Telling]:
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
    if status == "held" and (when is None or when.value is None):
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
    topics = [t for c in own for t in topics_of(scene, c) if not any(s.span.overlaps(t.span) for s in seats)]
    teller = teller_of(scene, first)
    # 5. one for each
    groups: list[list[Seat]] = [seats] if len(seats) > 1 else []
    known = {s.actor.id for s in left}
    rights = [s for s in distinct(right) if s.actor.id not in known]
    if left and len(rights) > 1 and (each or found.each or _is_one_each(scene, found, rights)):
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
            when=when, place=place, evidence=[sentence], told_by=teller,
        )  # fmt: skip
        telling.add_topics(topics)
        telling.parent = _margin(story, own, telling)
        share_lead(story, telling)
        _share_summary(story, telling)
        story.add(telling)
        tellings.append(telling)
    for telling in tellings:
        telling.batch = tuple(tellings)
    if len(tellings) == 1 and status == "held" and rights and all(_is_nameless(scene, s) for s in rights):
        story.summaries.append(tellings[0])
    _note_lead(story, found, tellings, when, place, status)
    for clause in found.clauses if tellings else ():
        story.by_clause[clause.id] = tellings[-1]
    return tellings


def _is_nameless(scene: Scene, seat: Seat) -> bool:
    """Whether a seat is a plural that names nobody and no state: "foreign diplomats", "several leaders"."""
    if seat.actor.mentions or seat.actor.kind == "country":
        return False
    mentions = scene.mentions_in(seat.span.start, seat.span.end, "description")
    return bool(mentions) and mentions[0].number == "plural" and not mentions[0].countries


def _share_summary(story: Story, telling: Telling) -> None:
    """Give one of the meetings that a sentence before sums up its day and place: "On Thursday he met several leaders. He met X"."""
    people = [s.actor for s in telling.seats if s.actor.mentions]
    if telling.status != "held" or len(people) < 2 or telling.channel in ("phone", "video"):
        return
    scene = story.scene
    cue = telling.cue.span
    words = {*scene.before(cue.start, 4), *scene.after(cue.end, 2)}
    for summary in reversed(story.summaries):
        hosts = {s.actor.id for s in summary.seats if s.actor.mentions}
        if not hosts or not hosts <= {a.id for a in people}:
            continue
        if words & APART or (
            telling.when is not None and summary.when is not None and telling.when.value != summary.when.value
        ):
            return
        summary.told_after = True
        if summary.evidence[0] not in telling.evidence:
            telling.evidence.insert(0, summary.evidence[0])
        telling.when = telling.when or summary.when
        telling.place = telling.place or summary.place


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


_ONE_BY_ONE = words_set("meetings bilaterals audiences")
_EACH_NOUNS = words_set(
    "calls conversations meetings bilaterals videoconferences conferences audiences dinners lunches"
)


def _is_one_each(scene: Scene, found: Found, rights: Sequence[Seat]) -> bool:
    """ "Telephone conversations with A and B": a plural of what one holds with one side at a time."""
    noun = scene.document.words(found.cue.span).lower()
    if noun not in _EACH_NOUNS or (
        noun not in _ONE_BY_ONE and len({s.actor.country or s.actor.id for s in rights}) < 2
    ):
        return False
    return all(s.actor.kind == "person" for s in rights)


_EXAMPLES = words_set("including include namely notably")


def examples_of(scene: Scene, clause: Clause, right: Sequence[Seat], part: Part) -> list[Seat]:
    """The people named after a plural of the other side: "met senior officials, including X, Y and Z"; none if it is no such list."""
    if any(s.actor.kind == "person" and s.actor.mentions for s in right):
        first = min(s.span.start for s in right)
    else:
        first = max(s.span.end for s in right)
    sentence = scene.sentence(clause.verb.head.start)
    plural = next(
        (m for m in scene.mentions_in(clause.verb.span.end, sentence.end) if m.kind != "time"), None
    )
    if (
        plural is None
        or plural.kind != "description"
        or plural.number != "plural"
        or plural.span.start > first
    ):
        return []
    after = [w for w in scene.after(plural.span.end, 2) if w != ","]
    if not after or (after[0] not in _EXAMPLES and scene.after(plural.span.end, 3)[-2:] != ("such", "as")):
        return []
    seats: list[Seat] = []
    last = plural.span.end
    for mention in scene.mentions_in(last, sentence.end):
        between = [
            w for w in scene.words(last, mention.span.start) if w not in ("(", ")", "the", "retired", "retd")
        ]
        if len(between) > 3 or any(w.isalpha() and w not in _LISTING for w in between):
            break
        last = mention.span.end
        if mention.kind == "person":
            seats += seats_in(scene, mention.span, part, 1)
        elif mention.kind not in ("description", "organization", "country"):
            break
    return distinct(seats) if len(seats) > 1 else []


_LISTING = frozenset(["including", "include", "namely", "notably", "and", "as", "well", "such", "also"])
_TOGETHER = words_set(
    "trilateral tripartite three-way four-way quadrilateral quad multilateral together jointly format trilaterally"
)


def are_counterparts(scene: Scene, clause: Clause, right: Sequence[Seat]) -> bool:
    """ "Met his counterparts from A and B, X and Y": one meeting each, unless the text tells of a meeting of three."""
    people = [s for s in right if s.actor.kind == "person" and s.actor.mentions]
    if (
        len(people) < 2
        or len(people) != len({s.actor.id for s in right})
        or clause.verb.lemma.partition(" ")[0] != "meet"
    ):
        return False
    words = scene.words(clause.verb.span.end, min(s.span.end for s in people))
    if "counterparts" not in words:
        return False
    at = words.index("counterparts")
    if "and" not in words[:at] and not {"from", "of"} & set(words[at:]):
        return False
    return not _TOGETHER & set(scene.tokens.lower)


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
    if story.tellings or clause.link not in ("adverbial", "participle", "nominal"):
        return None
    spoken = story.spoken
    if spoken is None:
        return None
    when, speakers, number = spoken
    here = story.scene.sentence_number(clause.verb.head.start)
    ids = {s.actor.id for s in seats}
    if here - number > 2 or not any(s.actor.id in ids for s in speakers):
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
    states = listed_states(scene, found.clauses)
    if len(states) < 2:
        return
    story.leads.append(
        Lead(
            host=hosts[0], states=states, open=set(states), tellings=tellings, when=when, place=place,
            status=status, sentence=scene.sentence(found.cue.span.start), found=found,
        )
    )  # fmt: skip


def listed_states(scene: Scene, clauses: Sequence[Clause]) -> frozenset[str]:
    """The states of a plural description of the other side: "the ambassadors of Chile, Hungary and Ghana"."""
    start, end = clauses[0].verb.span.end, max(c.span.end for c in clauses)
    for mention in scene.mentions_in(start, end, "description"):
        if mention.countries:
            return frozenset(mention.countries)
        states = [m.country for m in scene.listed(mention) if m.country is not None]
        if states:
            return frozenset(states)
    return frozenset()


def share_lead(story: Story, telling: Telling) -> None:
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
        share_lead(story, telling)
        story.add(telling)
        return True
    return False
