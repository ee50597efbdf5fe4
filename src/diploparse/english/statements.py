"""
Documents to statements: who said what to whom, in which words.

1. Every cue is read by the first rule of `RULES` that fits; content, speaker and hearer come from it.
2. `PLAIN_RULES` read what has no verb: "according to", labels of turns, signed quotations.
3. Quotations that nobody claimed go on with the statement before them.
4. Drafts become statements: act, mode, occasion, time, and what stands inside what.

References:
    O'Keefe et al., "A sequence labelling approach to quote attribution", 2012; Pareti, "PARC 3.0:
    a corpus of attribution relations", 2016: cue, source and content as separate spans, content
    possibly in several pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import attrs

from ..lexicon import LexiconUnion
from ..records import (
    Actor,
    Actors,
    Clause,
    Cue,
    Document,
    Meeting,
    Mention,
    Quotation,
    Span,
    Statement,
    When,
    record_id,
)
from .acts import act_of
from .attribution import Speech
from .cues import DOCUMENTS, word_set
from .dates import resolve_when
from .drafts import Draft, content_of, mode_of
from .refusals import is_refused
from .reported import RULES
from .sources import PLAIN_RULES


def drafts_of(speech: Speech) -> list[Draft]:
    """All drafts, by cue."""
    found: list[Draft] = []
    for use in speech.uses:
        if not speech.is_claim(use):
            continue
        for _, rule in RULES:
            draft = rule(speech, use)
            if draft is not None:
                if not is_refused(speech, use, draft):
                    found += split_at_that(speech, draft)
                break
    for _, plain in PLAIN_RULES:
        found += plain(speech)
    # "X said this" repeats nothing that is told with its own cue.
    told = [span for d in found if d.rule != "said_this" for span in d.content]
    found = [
        d for d in found if d.rule != "said_this" or not any(d.content[0].overlaps(span) for span in told)
    ]
    return sorted(found, key=lambda d: (d.cue.start, d.content[0].start))


# The second clause finishes the first: "that she had met X and that radar had been discussed".
_FINISHES = word_set("discuss agree talk exchange review touch raise speak meet address consider focus")


def split_at_that(speech: Speech, draft: Draft) -> Iterator[Draft]:
    """Two statements of one cue for two that-clauses: "said that A and that B"."""
    if draft.rule != "said_that" or len(draft.content) != 1:
        yield draft
        return
    region = draft.content[0]
    lower, starts, ends = speech.tokens.lower, speech.tokens.starts, speech.tokens.ends
    first, last = speech.token_at(region.start), speech.token_at(region.end)
    begin = region.start
    for number in range(first + 2, last - 2):
        if (
            lower[number] not in ("and", "but")
            or not speech.is_that(number + 1)
            or speech.quote_over(starts[number])
        ):
            continue
        verb = next((c for c in speech.clauses_of(draft.cue.start) if c.verb.head.start > starts[number] and c.verb.form == "finite"), None)  # fmt: skip
        if verb is None or verb.verb.lemma in _FINISHES:
            continue
        yield attrs.evolve(draft, content=content_of(speech, begin, ends[number - 1]))
        begin = starts[number + 2]
    yield attrs.evolve(draft, content=content_of(speech, begin, region.end))


def with_quotations_that_go_on(speech: Speech, drafts: list[Draft]) -> list[Draft]:
    """
    The drafts, with the quotations that no cue claims added to the one before them.

    '"A," he said. "B."' in one paragraph; a paragraph that is nothing but a quotation, after
    one that ends in a statement.
    """
    claimed = [span for draft in drafts for span in draft.content]
    kept = list(drafts)
    for quote in speech.quotes:
        if any(c.overlaps(span) for c in quote.content for span in claimed):
            continue
        if len(speech.words(quote.span.start, quote.span.end)) < 4:
            continue
        paragraph = speech.paragraph(quote.span.start)
        if paragraph is None or paragraph.kind not in ("body", "turn"):
            continue
        sentence = speech.sentence(quote.span.start)
        if any(c.isalnum() for c in speech.text[sentence.start : quote.span.start]):
            continue
        alone = not any(c.isalnum() for c in speech.text[paragraph.span.start : quote.span.start])
        if alone and any(c.isalnum() for c in speech.text[quote.span.end : paragraph.span.end]):
            continue
        number = _owner(speech, kept, quote, alone=alone)
        if number is not None:
            kept[number] = attrs.evolve(kept[number], content=(*kept[number].content, *quote.content))
            claimed += quote.content
    return kept


def _owner(speech: Speech, drafts: Sequence[Draft], quote: Quotation, *, alone: bool) -> int | None:
    """The number of the draft that a quotation goes on with: the last before it that no other text parts from it."""
    best: int | None = None
    for number, draft in enumerate(drafts):
        if draft.cue.start >= quote.span.start or draft.rule == "turn_label":
            continue
        best_end = _extent(speech, drafts[best]).end if best is not None else -1
        end = _extent(speech, draft).end
        if (
            best is None
            or end > best_end
            or (end == best_end and drafts[best].rule != "quotation_then_speaker")
        ):
            best = number
    if best is None:
        return None
    extent = _extent(speech, drafts[best])
    between = speech.text[extent.end : quote.span.start]
    if any(c.isalnum() for c in between):
        return None
    if alone != ("\n" in between) and not alone:
        return None
    if alone:
        before = speech.paragraph(max(extent.end - 1, 0))
        if before is None or between.count("\n") > 4:
            return None
    return best


def _extent(speech: Speech, draft: Draft) -> Span:
    """From the first to the last character of the sentences of a draft's cue and content."""
    sentence = speech.sentence(draft.cue.start)
    start, end = sentence.start, sentence.end
    for span in draft.content:
        start, end = min(start, span.start), max(end, speech.sentence(span.end - 1).end)
    return Span(start, end)


class _Told(NamedTuple):
    """A telling of a meeting, for finding out where something was said."""

    start: int
    meeting: Meeting
    there: frozenset[str]


def find_statements(
    document: Document,
    mentions: Sequence[Mention],
    clauses: Sequence[Clause],
    actors: Actors,
    meetings: Sequence[Meeting],
    lexicon: LexiconUnion,
) -> Iterator[Statement]:
    """
    Yield the statements of a document, by cue.

    Args:
        document: Offsets in the result refer to its ``text``.

        mentions: By start, not overlapping.

        clauses: Verbs with their arguments; complement and coordination settle where content ends.

        actors: As resolved; asked for the actors of a subject.

        meetings: As merged; a statement's occasion is one of them.

        lexicon: Its kinds ``reporting_cue`` and ``stance_noun`` are used.

    Yields:
        Statements whose content is never empty and never overlaps their cue.
    """
    speech = Speech(document, mentions, clauses, actors, lexicon)
    drafts = with_quotations_that_go_on(speech, drafts_of(speech))
    told = sorted(
        (
            _Told(span.start, m, there)
            for m in meetings
            for there in (frozenset(p.actor for p in m.participants),)
            for span in m.evidence
        ),
        key=lambda t: (t.start, t.meeting.id),
    )
    seen: set[tuple[Span, Span]] = set()
    statements: list[Statement] = []
    for draft in drafts:
        key = (draft.cue, draft.content[0])
        if key in seen or any(c.overlaps(draft.cue) for c in draft.content):
            continue
        seen.add(key)
        statements.append(_statement(speech, draft, told))
    yield from _nested(statements)


def _statement(speech: Speech, draft: Draft, told: Sequence[_Told]) -> Statement:
    speakers: tuple[Actor, ...] = ()
    local: Span | None = None
    if draft.speaker is not None:
        beside = draft.rule in ("quotation_then_speaker", "content_then_speaker")
        speakers, local = speech.speaker_of(draft.clause, draft.speaker, beside=beside)
        speakers = speakers or _standing_for(speech, draft.speaker, told)
    hearers: tuple[Actor, ...] = ()
    if draft.hearer is not None:
        hearers, _ = speech.actors_of(draft.hearer)
        # "told reporters", "thanked the rescuers": a crowd without a name is nobody's counterpart.
        hearers = tuple(a for a in hearers if a.kind != "group" or a.mentions)
    if draft.joint and speakers and hearers:
        # "agreed with her colleague to open the border": both did.
        speakers, hearers = tuple(dict.fromkeys((*speakers, *hearers))), ()
    occasion = occasion_of(speech, draft, speakers, told)
    content = _disjoint(draft.content)
    mode = draft.mode or mode_of(speech, content)
    hearers = tuple(a for a in hearers if a not in speakers)
    hearers = _hearers_at(speech, occasion, draft, speakers, hearers)
    joint = len(speakers) > 1
    return Statement(
        id=record_id(speech.document, "statement", draft.cue, content[0]),
        speaker=speakers[0].id if speakers else None,
        speaker_span=local,
        speakers=tuple(a.id for a in speakers) if joint else (),
        addressees=tuple(dict.fromkeys(a.id for a in hearers)),
        cue=Cue(span=draft.cue, lemma=draft.lemma or speech.document.words(draft.cue).lower()),
        act=act_of(speech, draft, content, mode, speakers),
        mode=mode,
        content=content,
        joint=joint,
        when=_when(speech, draft, content),
        occasion=occasion.id if occasion is not None else None,
        via=_channel(speech, draft),
        evidence=_evidence(speech, draft, content),
        found_by=f"english.statements/{draft.rule}",
    )


_SEVERAL = word_set(
    "both two three four all leaders ministers presidents participants parties sides interlocutors officials delegations"
)
_JOINT = word_set("joint final declaration communiqué communique")


def _standing_for(speech: Speech, span: Span, told: Sequence[_Told]) -> tuple[Actor, ...]:
    """
    The actors behind a subject that the actors stage does not know.

    "Both", "the leaders": those of the meeting told last.  A document: its issuer ("a readout issued by
    the department", told before), or those of the meeting that it closes.
    """
    words = speech.words(span.start, min(span.end, span.start + 80))
    bare = [w for w in words if w not in ("the", "all", "these", "a", "an")] or list(words)
    if not bare or speech.mentions_in(span.start, span.end, "person", "organization", "country"):
        # A source between two paragraphs may hold no word at all.
        return ()
    if bare[0] in _SEVERAL and len(bare) <= 2:
        return _of_last_meeting(speech, span.start, told, two=bare[0] in ("both", "two"))
    noun = next((w for w in bare if w in DOCUMENTS), None)
    if noun is None:
        return ()
    if any(w in _JOINT for w in bare):
        return _of_last_meeting(speech, span.start, told, two=False)
    issuer = _issuer(speech, noun, span.start)
    return (issuer,) if issuer is not None else ()


def _of_last_meeting(speech: Speech, position: int, told: Sequence[_Told], *, two: bool) -> tuple[Actor, ...]:
    """Those who took part in the meeting told last before a place."""
    for start, meeting, _ in reversed(told):
        there = dict.fromkeys(p.actor for p in meeting.participants)
        if start <= position and len(there) > 1 and (not two or len(there) == 2):
            return tuple(a for a in (speech.actors.get(i) for i in there) if a is not None)
    return ()


def _issuer(speech: Speech, noun: str, position: int) -> Actor | None:
    """Who issued a document, from the last time it was named with "by", "from" or "of"."""
    lower, starts = speech.tokens.lower, speech.tokens.starts
    number = speech.token_at(position)
    generic = noun in ("document", "text", "paper")
    for at in range(number - 1, max(number - 150, 0), -1):
        if lower[at] != noun and not (generic and lower[at] in DOCUMENTS):
            continue
        for use in speech.uses:
            if use.clause.subject is not None and any(
                a.span.start < starts[at] < a.span.end and a.preposition == "in" for a in use.clause.attachments
            ):  # fmt: skip
                said, _ = speech.actors_of(use.clause.subject)
                if said:
                    return said[0]
        for after in range(at + 1, min(at + 4, number)):
            if lower[after] in ("by", "from", "of"):
                span = Span(starts[after], starts[min(after + 6, len(starts) - 1)] + 1)
                actors, _ = speech.actors_of(span)
                return actors[0] if actors else None
    return None


def _disjoint(content: Iterable[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(content):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def _evidence(speech: Speech, draft: Draft, content: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(sorted(
        speech.sentence(position) for position in (draft.cue.start, *(c.start for c in content))
    ))) or (draft.cue,)  # fmt: skip


def occasion_of(
    speech: Speech, draft: Draft, speakers: Sequence[Actor], told: Sequence[_Told]
) -> Meeting | None:
    """
    The meeting at which something was said: the one told last that the speaker took part in.

    A statement at the head of a document may come before its meeting is told ("X said on Tuesday.
    He made the remarks while receiving Y"): then the first one told.
    """
    ids = {a.id for a in speakers}
    countries = {a.country for a in speakers if a.country}
    # A ministry or a spokesman tells of what its minister said there.
    speaks_for = all(
        a.kind != "person" or any("spokes" in r.title.lower() for r in a.roles) for a in speakers
    )
    sentence = speech.sentence(draft.cue.start)
    last: Meeting | None = None
    later: Meeting | None = None
    near: Meeting | None = None
    about: Meeting | None = None
    for start, meeting, there in told:
        if start > sentence.end + 700:
            break
        if meeting.status not in ("held", "ongoing"):
            # "The summit has been put off, the ministry said": what is said is about it.
            if sentence.start <= start < sentence.end and not ids & there:
                return meeting
            if sentence.start - 500 < start < sentence.end:
                about = meeting
            continue
        if not ids or ids & there:
            if start < sentence.end:
                last = meeting
            elif later is None:
                later = meeting
        elif (
            speaks_for
            and start < sentence.end
            and start > sentence.start - 900
            and countries & _countries(speech, there)
        ):
            near = meeting
    return last or near or about or later


def _countries(speech: Speech, ids: Iterable[str]) -> set[str]:
    """The countries that actors act for."""
    return {a.country for a in (speech.actors.get(i) for i in ids) if a is not None and a.country}


_TO_THE_OTHER = frozenset(["thank", "invite", "promise", "congratulate", "condole", "accept", "urge"])
_TOLD_TO = word_set("convey assure inform brief present hand pass relay offer confirm")


_DIRECTED = frozenset(["thank", "praise", "congratulate", "condole", "promise", "urge", "invite", "accept"])


def _spoken_of(speech: Speech, draft: Draft, others: Sequence[Actor]) -> list[Actor]:
    """Those at a meeting whom, or whose country, the first words of a statement name: "praised Oslo's readiness"."""
    start = draft.content[0].start
    found: list[Actor] = []
    for mention in speech.mentions_in(start, min(start + 70, draft.content[0].end)):
        there = speech.actors.at(mention.span)
        states = mention.kind in ("country", "place")
        found += [
            a for a in others if a in there or (states and mention.country and a.country == mention.country)
        ]
    return found


def _hearers_at(
    speech: Speech,
    occasion: Meeting | None,
    draft: Draft,
    speakers: Sequence[Actor],
    named: tuple[Actor, ...],
) -> tuple[Actor, ...]:
    """
    Those spoken to, with the help of the meeting at which it was said.

    "called on Hanoi to", said to the president of Vietnam, is said to him; thanks and invitations
    that name nobody, at a meeting of two, to the other.
    """
    if occasion is None or len(speakers) != 1:
        return named
    there = dict.fromkeys(p.actor for p in occasion.participants if p.actor != speakers[0].id)
    others = [a for a in (speech.actors.get(i) for i in there) if a is not None]
    if not named or all(a.kind in ("country", "government", "organization") for a in named):
        place = named[0].country if named else None
        if place is None and draft.hearer is not None:
            place = next((m.country for m in speech.mentions_in(draft.hearer.start, draft.hearer.end, "country", "place") if m.country), None)  # fmt: skip
        same = [a for a in others if place is not None and a.country == place]
        if len(same) == 1:
            return (same[0],)
    if not named and draft.act in _DIRECTED:
        about = [a for a in others if a in _spoken_of(speech, draft, others)]
        if len(about) == 1:
            return (about[0],)
    if named or len(others) != 1:
        return named
    addressed = draft.act in _TO_THE_OTHER or draft.lemma.split(" ")[0] in _TOLD_TO
    return (others[0],) if addressed else named


_CHANNELS = word_set(
    "x twitter facebook telegram instagram linkedin youtube weibo tiktok vkontakte whatsapp truth mastodon bluesky threads"
)


def _channel(speech: Speech, draft: Draft) -> str | None:
    """The network a post stands on ("wrote on Telegram")."""
    if draft.clause is None:
        return None
    for attachment in draft.clause.attachments:
        if attachment.preposition in ("on", "via", "through") and any(
            w in _CHANNELS for w in speech.words(attachment.object.start, attachment.object.end)
        ):  # fmt: skip
            return speech.document.words(attachment.object)
    return None


def _when(speech: Speech, draft: Draft, content: Sequence[Span]) -> When | None:
    """The time that stands with the cue, outside the content: "said on Tuesday that"."""
    if draft.clause is None:
        return None
    sentence = speech.sentence(draft.cue.start)
    for mention in speech.mentions_in(draft.cue.start, sentence.end, "time"):
        if any(c.start <= mention.span.start < c.end for c in content):
            continue
        between = speech.text[draft.cue.end : mention.span.start]
        if len(between) > 60 or any(
            c.start < mention.span.start and c.start >= draft.cue.end for c in content
        ):
            return None
        when = resolve_when(speech.document, mention, future=False, previous=None)
        return when if when.value is not None else None
    return None


def _nested(statements: Sequence[Statement]) -> Iterator[Statement]:
    """The statements, each with the smallest other one in whose content its cue stands."""
    # One pass by start: only the content spans that are still open at a cue are looked at.
    spans = sorted(
        ((span, number) for number, s in enumerate(statements) for span in s.content),
        key=lambda p: p[0].start,
    )
    found: dict[int, int] = {}
    waiting: list[tuple[Span, int]] = []
    at = 0
    for place in sorted(range(len(statements)), key=lambda n: statements[n].cue.span.start):
        cue = statements[place].cue.span
        while at < len(spans) and spans[at][0].start <= cue.start:
            waiting.append(spans[at])
            at += 1
        waiting = [p for p in waiting if p[0].end > cue.start]
        around = [(len(span), n) for span, n in waiting if n != place and cue.end <= span.end]
        if around:
            found[place] = min(around)[1]
    for number, statement in enumerate(statements):
        outer = found.get(number)
        yield statement if outer is None else attrs.evolve(statement, nested_in=statements[outer].id)
