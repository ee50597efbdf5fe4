"""Drafts without a verb: "according to X", labels of turns, headlines with a colon, nouns of speech, signed quotations."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..records import (
    Span,
)
from .attribution import Speech
from .cues import CONJUNCTIONS, stance_noun, word_set
from .drafts import Draft, content_of


def according_to(speech: Speech) -> Iterator[Draft]:
    """'According to X, ...' and '..., according to X'."""
    lower, starts, ends = speech.tokens.lower, speech.tokens.starts, speech.tokens.ends
    for number in range(len(lower) - 2):
        if lower[number] != "according" or lower[number + 1] != "to":
            continue
        start = starts[number]
        sentence = speech.sentence(start)
        stop = speech.token_at(sentence.end)
        source, after = _source(speech, number, stop)
        if source is None or speech.quote_over(start) is not None or _is_measure(speech, source):
            continue
        past = after + 1 if after < stop and lower[after] == "," else after
        begin = starts[past] if past < stop else sentence.end
        words = speech.words(sentence.start, start)
        if _opens(words):
            content = content_of(speech, begin, sentence.end)
        else:
            content = content_of(speech, sentence.start, start)
            if past > after and past < stop and lower[past] in ("and", "but", "though", "although"):
                content = (*content, *content_of(speech, begin, sentence.end))
        if content:
            yield Draft(rule="according_to", cue=Span(start, ends[number + 1]), lemma="according to",
                        content=content, speaker=source)  # fmt: skip


_MEASURES = word_set(
    "procedure schedule plan rules law principles criteria norms needs tradition timetable standards"
)


def _is_measure(speech: Speech, source: Span) -> bool:
    """Whether "according to" goes on with a yardstick, not a source: "according to the procedure"."""
    return any(w in _MEASURES for w in speech.words(source.start, source.end)[:3])


def _opens(words: tuple[str, ...]) -> bool:
    """Whether words before "according to" belong to another clause: none, "learned that", "..., but,"."""
    if all(w in CONJUNCTIONS or not w.isalpha() for w in words) or words[-1] == "that":
        return True
    return len(words) > 2 and words[-1] == "," and words[-2] in ("but", "and", "while", "although", "though")


def _source(speech: Speech, number: int, stop: int) -> tuple[Span | None, int]:
    """The noun phrase after "according to" and the token past it."""
    lower, starts, ends = speech.tokens.lower, speech.tokens.starts, speech.tokens.ends
    begin = number + 2
    comma = next((i for i in range(begin, stop) if lower[i] in (",", ".", ";", ":")), stop)
    main = next((c for c in speech.clauses_of(starts[number])
                 if c.verb.head.start > starts[number] and c.verb.form == "finite" and c.link in ("main", "coordinate")), None)  # fmt: skip
    if comma == begin:
        return None, begin
    if main is not None and main.subject is not None and starts[begin] < main.subject.start and (
        comma >= stop or main.verb.head.start < starts[comma]
    ):  # fmt: skip
        # "According to the index X is the eighth": no comma, the subject begins the content.
        after = speech.token_at(main.subject.start)
        return Span(starts[begin], ends[after - 1]), after
    # "the Afghan team's coach, Alireza Mehraban, in their first matchup"
    if comma + 1 < stop and lower[comma] == ",":
        named = speech.mentions_in(starts[comma + 1], starts[comma + 1] + 1, "person")
        if named and not speech.mentions_in(starts[begin], ends[comma - 1], "person"):
            follow = speech.token_at(named[0].span.end)
            if follow < stop and lower[follow] in (",", "."):
                return Span(starts[begin], named[0].span.end), follow
    return Span(starts[begin], ends[comma - 1]), comma


def turn_label(speech: Speech) -> Iterator[Draft]:
    """'SECRETARY X: ...' in a transcript: the label is the cue; paragraphs up to the next turn go on with it."""
    paragraphs = speech.document.paragraphs
    turns = [i for i, p in enumerate(paragraphs) if p.kind == "turn" and p.label is not None]
    for place, number in enumerate(turns):
        paragraph = paragraphs[number]
        assert paragraph.label is not None
        begin = paragraph.label.end
        colon = speech.text.find(":", begin, min(paragraph.span.end, begin + 40))
        begin = colon + 1 if colon >= 0 else begin
        content = [Span(begin, paragraph.span.end)]
        if place + 1 < len(turns):
            for later in paragraphs[number + 1 : turns[place + 1]]:
                if later.kind not in ("body", "turn"):
                    break
                content.append(later.span)
        spans = tuple(s for span in content for s in _stripped(speech, span))
        if spans:
            # "REPORTER:" and "Q:" name nobody.
            named = speech.mentions_in(paragraph.label.start, paragraph.label.end, "person", "organization")
            act = "question" if speech.text[spans[-1].end - 1] == "?" else "assert"
            yield Draft(rule="turn_label", cue=paragraph.label, lemma=speech.document.words(paragraph.label).lower(),
                        content=spans, speaker=paragraph.label if named else None, act=act, mode="direct")  # fmt: skip


def _stripped(speech: Speech, span: Span) -> Iterator[Span]:
    start, end = span.start, span.end
    while start < end and speech.text[start].isspace():
        start += 1
    while end > start and speech.text[end - 1].isspace():
        end -= 1
    if any(c.isalnum() for c in speech.text[start:end]):
        yield Span(start, end)


def headline_colon(speech: Speech) -> Iterator[Draft]:
    """'Mayor: Talks to resume' as a headline: the colon is the cue."""
    for paragraph in speech.document.paragraphs:
        if paragraph.kind != "headline":
            continue
        colon = speech.text.find(": ", paragraph.span.start, paragraph.span.end)
        if colon < 0 or speech.quote_over(colon) is not None:
            continue
        speaker = Span(paragraph.span.start, colon)
        people = speech.people(speaker)
        if not people or people[-1][0].span.end < colon - 3 or people[0][1][0].kind in ("country",):
            continue
        content = content_of(speech, colon + 1, paragraph.span.end)
        if content:
            yield Draft(
                rule="headline_colon", cue=Span(colon, colon + 1), lemma=":", content=content, speaker=speaker
            )


def nominal_claim(speech: Speech) -> Iterator[Draft]:
    """'his claim that ...', 'in a statement that ...': a noun of speech with a that-clause."""
    lower, starts = speech.tokens.lower, speech.tokens.starts
    for clause in speech.clauses:
        if clause.link != "nominal":
            continue
        entry = stance_noun(speech.lexicon, clause.verb.lemma)
        if entry is None or "that" not in entry.values("needs") or clause.subject is None:
            continue
        at = speech.token_at(clause.verb.head.end)
        if at + 1 >= len(lower) or lower[at] != "that":
            continue
        end = speech.sentence(clause.verb.head.start).end
        for other in speech.clauses_of(clause.verb.head.start):
            # "X's statement that ... is false": the verb whose subject the noun is.
            subject = other.subject
            if subject is not None and other.verb.head.start > starts[at + 1] and subject.start <= clause.verb.head.start < subject.end:  # fmt: skip
                end = other.verb.span.start
                break
        content = content_of(speech, starts[at + 1], end)
        if content:
            yield Draft(rule="nominal_claim", cue=clause.verb.head, lemma=clause.verb.lemma, content=content,
                        speaker=clause.subject, act=entry.feature("act") or "assert", clause=clause)  # fmt: skip


def signed_quotation(speech: Speech) -> Iterator[Draft]:
    """'"..." - Name' and '"...," Name, Role': a quotation set apart with its author's name."""
    for paragraph in speech.document.paragraphs:
        quotes = speech.quotes_in(paragraph.span.start, paragraph.span.start + 1)
        if not quotes or quotes[0].span.end >= paragraph.span.end:
            continue
        quote = quotes[0]
        rest = Span(quote.span.end, paragraph.span.end)
        if len(rest) > 120 or any(c.verb.form == "finite" and rest.start <= c.verb.head.start for c in speech.clauses_of(rest.end - 1)):  # fmt: skip
            continue
        people = speech.people(rest)
        if people and speech.text[rest.start : people[0][0].span.start].strip(" ,–—-\n") == "":
            mention = people[0][0]
            yield Draft(
                rule="signed_quotation",
                cue=mention.span,
                lemma="",
                content=quote.content,
                speaker=mention.span,
            )


PLAIN_RULES: tuple[tuple[str, Callable[[Speech], Iterator[Draft]]], ...] = (
    ("according_to", according_to),
    ("turn_label", turn_label),
    ("headline_colon", headline_colon),
    ("nominal_claim", nominal_claim),
    ("signed_quotation", signed_quotation),
)
"""Each reads the whole document."""
