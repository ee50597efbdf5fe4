"""When and where: the day and place told for a meeting, not those of what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from ..records import Clause, Mention, Place, Span, Status, When
from .dates import resolve_when
from .scene import Scene, attachments, words_set
from .tellings import Story

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
        if above is not None and _is_there(clause, above):
            own.add(above.id)  # "visited P on Monday and met X"
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
    return _around(story, clauses) or best or _when_recalled(story, clauses, status)


def _when_recalled(story: Story, clauses: Sequence[Clause], status: Status) -> When | None:
    """The day of a visit that the sentence recalls: "Recalling his visit to P last month, he said X had received him"."""
    if not clauses or not clauses[0].verb.perfect or clauses[0].link != "complement":
        return None
    scene = story.scene
    for clause in scene.clauses_of(clauses[0].verb.head.start):
        if clause.link != "participle" or clause.verb.lemma != "recall":
            continue
        for mention in scene.mentions_in(clause.verb.span.end, clause.span.end, "time"):
            return resolved(story, mention, status)
    return None


def _is_there(clause: Clause, above: Clause) -> bool:
    """Whether a clause goes on with what somebody did on a visit: "visited P on Monday | and met X"."""
    return (
        clause.link == "coordinate"
        and above.verb.lemma in _COMING
        and above.verb.polarity == "positive"
        and above.verb.head.end < clause.verb.head.start
    )


_COMING = words_set("fly travel go arrive come head journey visit land")


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
        written = tokens.forms[number][:1].isupper() or (
            # "at the Prime Minister's office in P", "at the president's residence in P"
            any("'" in w or "’" in w for w in tokens.forms[inside[0] : number])
            and tokens.lower[number + 1 : number + 2] == ("in",)
        )
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
    if mention.kind == "country" and before[-2:-1] and before[-2] in ("counterparts", "colleagues"):
        return None  # "his counterparts in Canada and Mexico"
    owner = scene.owner(mention.span.start)
    if (
        mention.kind == "country"
        and owner is not None
        and owner.link == "infinitive"
        and scene.entry(owner.verb.lemma, "meeting_cue") is None
    ):
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
        above = scene.parent(clause)
        if above is not None and clause.link != "infinitive" and not _is_there(clause, above):
            above = None
        for verb in (clause, above):
            if verb is None or verb.verb.lemma not in TRAVEL:
                continue
            spans = [a.object for a in attachments(verb, ("to", "in", "for"))]
            if verb.verb.lemma == "visit":
                spans = [*verb.objects[:1], *spans]
            for span in spans:
                for mention in scene.mentions_in(span.start, span.end, "place", "country"):
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
        for attachment in (
            *attachments(clause, ("in", "to")),
            *attachments(above, _ARRIVING.get(above.verb.lemma, ())),
        ):
            for mention in scene.mentions_in(attachment.object.start, attachment.object.end, "place"):
                return _place(scene, mention)
    return None


# "who arrived in P on a visit"
_ARRIVING = {"arrive": ("in", "at"), "come": ("to",)}
