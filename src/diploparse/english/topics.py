"""What was talked about: the noun phrases after "discussed", "talks on", before "were discussed"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..records import Clause, Span, Topic
from .scene import Scene, attachments, words_set

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
