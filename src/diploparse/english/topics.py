"""What was talked about: the noun phrases after "discussed", "talks on", before "were discussed"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..records import Clause, Span, Topic
from .scene import Scene, attachments, words_set
from .tokens import Tokens

_OPENINGS = tuple(sorted((
    "the ", "a ", "an ", "also ", "their ", "its ", "and ", "issues of ", "issue of ", "questions of ", "question of ",
    "such issues as ", "issues such as ", "topics such as ", "other ", "both ", "how to ", "number of ", "range of ",
    "wide range of ", "series of ", "host of ", "variety of ", "set of ", "including ", "particularly ", "in particular ",
    "especially ", "notably ", "mainly ", "such as ", "matters related to ", "matters relating to ", "matters of the ",
    "matters pertaining to ", "issues related to ", "issues relating to ", "issues pertaining to ", "issues regarding ",
    "issues concerning ", "matters concerning ", "matters regarding ", "questions related to ", "various ", "several ",
    "possible ways of ", "question about ", "as well as ", "among other things ", "other things ", "discussion of ",
    "discussion on ", "discussions on ", "current state of ",
), key=len, reverse=True))  # fmt: skip
# What no topic begins with: a source, a verb, another phrase.
_NO_OPENINGS = words_set(
    "according as who which where when while that with to from for during after before said says on in at by if but "
    "because since until under through it he she they we i there this also not"
)
# "spoke over the phone", "on three occasions", "on the sidelines"
_NO_TOPICS = words_set(
    "phone telephone occasion occasions sidelines margins link conditions condition anonymity behalf facebook twitter x one-on-one agenda menu"
)
# "over the coming days", "over dinner"
_SPELLS = words_set("days weeks months hours minutes years dinner lunch breakfast coffee tea phone")
_TRAILING = words_set("late early in on at here there also earlier with by of for to during later and")
_OF_INTEREST = re.compile(
    r"(?:issues|questions|matters|topics) of (?:mutual|common|shared|interest|concern|importan)"
)
# What follows a topic without being of it.
_TAILS = (
    " to be ", " with the aim ", " with a view ", " with the goal ", " with an aim ", " aimed at ", " in order to ",
    " in accordance ", " among others", " among other ", " via video", " by phone", " by telephone", " in a phone",
    " in a telephone", " over the phone", " came under ", " and so on",
)  # fmt: skip
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
                return topics_before(scene, clause)
        right = entry.values("right")
        after = clause.verb.span.end
        gerund = next(
            (c for c in scene.children.get(clause.id, ())
             if c.verb.form in ("gerund", "participle") and 0 <= c.verb.span.start - after <= 1), None,
        )  # fmt: skip
        if "object" in right and gerund is not None:
            starts.append(gerund.verb.span.start)  # "discussed strengthening ties"
        elif "object" in right and clause.objects:
            starts.append(clause.objects[0].start)
        elif "object" in right and scene.after(after, 4) == (",", "for", "example", ","):
            starts.append(scene.document.text.index(",", scene.document.text.index(",", after) + 1) + 2)
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
        if _NO_TOPICS & set(scene.after(start, 3)):
            continue  # "on the sidelines of the summit and related meetings"
        if any(t.span.end > start for t in topics):
            continue
        topics += topics_in(scene, Span(start, _topic_end(scene, clause, start)))
    return topics


def _topic_end(scene: Scene, clause: Clause, start: int) -> int:
    """Where a topic that begins at ``start`` ends: before the next verb, day, place of meeting or person met."""
    end = max(min(clause.span.end, scene.sentence(start).end), start + 1)
    for other in scene.clauses_of(start):
        opens = other.span.start
        if other.link == "coordinate" and other.subject is not None and other.subject.end < start:
            opens = other.verb.span.start  # it reaches back to the subject it shares
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
            ) or attachment.preposition in _BESIDE_THE_TOPIC:
                end = attachment.span.start
    for mention in scene.mentions_in(start, end, "time"):
        end = min(end, mention.span.start)
    return max(end, start + 1)


_BESIDE_THE_TOPIC = ("during", "after", "ahead of", "on the sidelines of", "according to", "as part of")


_MATTERS = words_set("matters issues questions topics problems subjects")
_RELATED = words_set("related relating pertaining regarding concerning of")


def topics_before(scene: Scene, clause: Clause) -> list[Topic]:
    """What stands before a passive: "During the meeting, A, B and C were discussed", "A came under discussion"."""
    start = clause.span.start
    sentence = scene.sentence(clause.verb.head.start)
    opening = scene.after(sentence.start, 2)
    if clause.verb.lemma == "come":
        start = sentence.start
    if opening[0] in _MATTERS and opening[1:] and opening[1] in _RELATED:
        start = sentence.start  # "Matters related to A and B were discussed", "related" taken for a verb
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
        if end <= start + 2:
            continue
        inside = scene.mentions_in(start, end)
        if any(
            m.kind in _EXTRA
            and m.span.start <= start
            and (m.span.end >= end - 2 or not scene.is_possessor(m))
            for m in inside
        ):
            continue
        words = scene.words(start, end)
        if words[:1] and words[0] in _NO_OPENINGS:
            continue
        if _NO_TOPICS & {*words[:1], *words[-1:]} or _SPELLS & set(words[:4]):
            continue
        topics.append(Topic(text=" ".join(scene.document.text[start:end].split()), span=Span(start, end)))
    return topics


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A topic's bounds without the words that open it and the marks around it."""
    for tail in _TAILS:
        cut = text.find(tail, start, end)
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


_ADJECTIVE = re.compile(r"[a-z-]{2,}(?:al|ic|ive|ous|ary|ual|ory)\b|joint|key|common|foreign|future|current")
_NOUNS = words_set(
    "withdrawal proposal arrival renewal approval removal disposal capital canal trial terminal signal arsenal festival "
    "material traffic topic fabric republic public music clinic pandemic initiative directive objective perspective archive "
    "boundary salary anniversary territory factory victory history memory theory inventory referral denial rival appeal "
    "deal goal potential journal tribunal logistics"
)
_RESTARTS = words_set("the a an its their his her this that these those")


def _goes_on(tokens: Tokens, start: int, number: int, end: int) -> bool:
    """
    Whether the "and" or comma at a token parts no two topics.

    "regional and international issues", "political, security and economic aspects": adjectives;
    "security and defence cooperation", "direction and prospects of": nouns that share the rest;
    "between A and B"; "in A and B".
    """
    left = [w for w in tokens.lower[start:number] if w not in _RESTARTS]
    if not left:
        return False
    right = tokens.lower[number + 1 : end]
    until = next((n for n, w in enumerate(right) if w in (",", "and")), len(right))
    last = left[-1]
    adjective = _ADJECTIVE.fullmatch(last) is not None and last not in _NOUNS
    if tokens.lower[number] == ",":
        return adjective and (len(left) <= 3 or right[1:2] in ((",",), ("and",)))
    if "between" in left and "and" not in left[left.index("between") :]:
        return True
    if adjective or not right:
        return True
    if tokens.lower[number - 1] == ",":
        return False
    if len(left) == 1 and right[0] not in _RESTARTS and until > 1:
        return start == 0 or tokens.lower[start - 1] != ","
    names = tokens.forms[number - 1][:1].isupper() and tokens.forms[number + 1][:1].isupper()
    return names and len(left) > 1 and until == 1


def _conjuncts(scene: Scene, span: Span) -> Iterator[Span]:
    """A coordination cut at its commas and at "and", "as well as", where whole noun phrases meet."""
    tokens = scene.tokens
    start, skip, adjectives = span.start, -1, False
    inside = tokens.within(span)
    first = inside.start
    for number in inside:
        word = tokens.lower[number]
        if number <= skip or word not in (",", "and", "as"):
            continue
        if word != "as" and (adjectives or _goes_on(tokens, first, number, inside.stop)):
            adjectives = word == ","  # "political, | security and economic aspects"
            continue
        skip = number
        if word == "as":
            if tokens.lower[number + 1 : number + 3] != ("well", "as"):
                continue
            skip = number + 2
        if number and tokens.starts[number] > start and tokens.ends[number - 1] > start:
            yield Span(start, tokens.ends[number - 1])
        start = tokens.ends[min(skip, len(tokens.ends) - 1)]
        first = skip + 1
    if start < span.end:
        yield Span(start, span.end)
