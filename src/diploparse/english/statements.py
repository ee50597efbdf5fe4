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

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, cast

import attrs

from ..lexicon import LexiconUnion
from ..records import (
    Act,
    Actor,
    Actors,
    Clause,
    Cue,
    Document,
    Meeting,
    Mention,
    Mode,
    Quotation,
    Span,
    Statement,
    When,
    record_id,
)
from .attribution import (
    CONJUNCTIONS,
    DETERMINERS,
    DOCUMENTS,
    WH,
    CueUse,
    Frame,
    Speech,
    stance_noun,
    word_set,
)
from .dates import resolve_when


@attrs.frozen(kw_only=True)
class Draft:
    """A statement as a rule reads it, before it is a record."""

    rule: str
    """Name of the rule."""

    cue: Span
    """The words that tell it."""

    lemma: str
    """Their base form."""

    content: tuple[Span, ...]
    """What is said."""

    speaker: Span | None
    """The noun phrase that stands for the speaker."""

    act: str = "assert"
    """What the table says it does."""

    hearer: Span | None = None
    """The noun phrase that stands for the one spoken to."""

    clause: Clause | None = None
    """The cue's clause, if it has one."""

    joint: bool = False
    """Whether the verb is one that several do together."""

    mode: Mode | None = None
    """Set where the content's quotation marks do not tell it: turns have none."""


Rule = Callable[[Speech, CueUse], Draft | None]


# -- content ------------------------------------------------------------------------------


_LEFT = " \t\n\r\u00a0,;:–—-"
_RIGHT = " \t\n\r\u00a0,;:–—-"


def trimmed(speech: Speech, start: int, end: int) -> Span | None:
    """A region without outer blanks, commas, dashes and the final full stop; ``None`` if no word is left."""
    text = speech.text
    while start < end and (text[start] in _LEFT or text[start] == "."):
        start += 1
    while end > start and text[end - 1] in _RIGHT:
        end -= 1
    if end > start and text[end - 1] == "." and not _is_abbreviation(speech, end):
        end -= 1
    while end > start and text[end - 1] in _RIGHT:
        end -= 1
    if not any(c.isalnum() for c in text[start:end]):
        return None
    return Span(start, end)


def _is_abbreviation(speech: Speech, end: int) -> bool:
    """Whether the full stop before an offset belongs to the word: "U.S." keeps it."""
    number = speech.token_at(end - 1)
    return number >= len(speech.tokens.starts) or speech.tokens.starts[number] > end - 1


def content_of(speech: Speech, start: int, end: int) -> tuple[Span, ...]:
    """
    The content spans of a region.

    Quoted whole, the words inside the marks (one span a paragraph); otherwise one span with
    the marks that it holds.
    """
    region = trimmed(speech, start, end)
    if region is None:
        return ()
    quotes = quotations_inside(speech, region)
    if quotes and _covers(speech, quotes, region):
        return tuple(c for q in quotes for c in q.content)
    return (region,)


def quotations_inside(speech: Speech, region: Span) -> list[Quotation]:
    """The outermost quotations within a region (of those inside a larger quotation, if the region is)."""
    found: list[Quotation] = []
    for quote in speech.document.quotations:
        if quote.span.start >= region.end:
            break
        # The trimmed region may have lost the closing mark's full stop.
        if quote.span.start >= region.start and quote.span.end <= region.end + 1 and (
            not found or quote.span.start >= found[-1].span.end
        ):  # fmt: skip
            found.append(quote)
    return found


def _covers(speech: Speech, quotes: Sequence[Quotation], region: Span) -> bool:
    at = region.start
    for quote in quotes:
        if any(c.isalnum() for c in speech.text[at : quote.span.start]):
            return False
        at = quote.span.end
    return not any(c.isalnum() for c in speech.text[at : region.end])


def mode_of(speech: Speech, content: Sequence[Span]) -> Mode:
    """Direct if all of it stands inside quotation marks left out, mixed if part of it is quoted."""
    outside = inside = False
    for span in content:
        quoted = next((q for q in speech.document.quotations if any(c == span or (c.start <= span.start and span.end <= c.end and _same_words(speech, c, span)) for c in q.content)), None)  # fmt: skip
        if quoted is not None:
            inside = True
        elif quotations_inside(speech, span):
            inside = outside = True
        else:
            outside = True
    return "mixed" if inside and outside else "direct" if inside else "indirect"


def _same_words(speech: Speech, one: Span, other: Span) -> bool:
    return (
        speech.text[one.start : other.start].strip(" .")
        == ""
        == speech.text[other.end : one.end].strip(" .,")
    )


# -- rules for cues that stand beside their content ---------------------------------------


def quotation_then_speaker(speech: Speech, use: CueUse) -> Draft | None:
    """'"...," the envoy said.' and '"...," said the envoy, "..."'."""
    if use.clause.id not in speech.beside or use.of("quote") is None:
        return None
    start = speech.start_of(use)
    quote = speech.quote_before(start)
    if quote is None or speech.previous_mark(start) != "quote" or not _is_utterance(speech, quote):
        return None
    sentence = speech.sentence(quote.span.start)
    # A quotation inside a sentence of the narrator's is only part of what was said.
    if any(c.isalnum() for c in speech.text[sentence.start : quote.span.start]):
        return None
    content = quote.content
    if use.lemma in ("quote", "cite"):
        return _quoted_as_saying(speech, use, content)
    after = _after_attribution(speech, use)
    rest = _rest_of_sentence(speech, use, after, finished=True)
    return _draft(speech, use, "quotation_then_speaker", (*content, *rest), use.of("quote"))


def _quoted_as_saying(speech: Speech, use: CueUse, content: tuple[Span, ...]) -> Draft | None:
    """'"...," the agency quoted X as saying' and '"...," X was quoted as saying': X speaks."""
    clause = use.clause
    if clause.verb.voice == "passive":
        who = clause.subject
    else:
        who = clause.objects[0] if clause.objects else None
        if who is None:
            near = speech.mentions_in(use.span.end, speech.sentence(use.span.end - 1).end, "person", "organization", "pronoun", "description")  # fmt: skip
            who = near[0].span if near else None
    if who is None:
        return None
    return Draft(
        rule="quotation_then_speaker", cue=use.span, lemma="quote as saying", content=content, speaker=who
    )


# "..., he thought, ..." is the narrator's own way of telling.
_THOUGHTS = word_set("think feel suppose guess imagine figure find understand sense")


def _is_utterance(speech: Speech, quote: Quotation) -> bool:
    """Whether a quotation closes like speech, with a mark of its own or a comma, or is long ("the “no” camp said" is not)."""
    last = speech.text[quote.content[-1].end - 1]
    return (
        last in ",.?!…–—-"
        or speech.text[quote.span.end : quote.span.end + 1] in (",", "–", "—")
        or len(speech.words(quote.span.start, quote.span.end)) > 7
    )


def content_then_speaker(speech: Speech, use: CueUse) -> Draft | None:
    """'..., the envoy said' and 'Diaries, he reasoned, are like lakes': the sentence around its cue."""
    if use.clause.id not in speech.beside:
        return None
    frame = use.of("that", "quote")
    if frame is None or use.lemma in _THOUGHTS:
        return None
    start = speech.start_of(use)
    before = speech.quote_before(start) if speech.previous_mark(start) == "quote" else None
    sentence = speech.sentence(before.span.start if before else start)
    begin = sentence.start
    inside = speech.quote_over(use.clause.verb.head.start)
    if inside is not None:
        begin = max(begin, next((c.start for c in inside.content if c.start <= start < c.end), begin))
    semicolon = speech.text.rfind(";", begin, start)
    if semicolon >= 0 and speech.quote_over(semicolon) is inside:
        begin = semicolon + 1
    left = content_of(speech, begin, start)
    if use.of("that") is None and not any(quotations_inside(speech, span) for span in left):
        # "..., X laughed, ...": a verb of the voice needs quoted words.
        return None
    after = _after_attribution(speech, use)
    finished = bool(left) and _has_finite(speech, begin, start)
    right = _rest_of_sentence(speech, use, after, finished=finished)
    if not left and not right:
        return None
    return _draft(speech, use, "content_then_speaker", (*left, *right), frame)


def _after_attribution(speech: Speech, use: CueUse) -> int:
    """Where an attribution ends: past its inverted subject with what belongs to it, its hearers and times."""
    clause = use.clause
    end = use.span.end
    if clause.subject is not None and speech.is_inverted(clause):
        end = clause.subject.end
        # "said X, who advises the mediation on ceasefires"
        for child in speech.children.get(clause.id, ()):
            if child.link == "relative" and child.span.start <= end + 2:
                end = max(end, child.span.end)
    for span in (*clause.objects, *(a.span for a in clause.attachments)):
        if span.start <= end + 2:
            end = max(end, span.end)
    return end


def _rest_of_sentence(speech: Speech, use: CueUse, after: int, *, finished: bool) -> tuple[Span, ...]:
    """
    The content past an attribution inside a sentence, or nothing.

    Args:
        finished: Whether what stands before the attribution is a sentence by itself; then only a
            quotation or a clause with a conjunction goes on with it ("..., he said, and ...").
    """
    head = use.clause.verb.head.start
    end = speech.sentence(head).end
    inside = speech.quote_over(head)
    if inside is not None:
        end = min(end, next((c.end for c in inside.content if c.start <= head < c.end), end))
    number, stop = speech.token_at(after), speech.token_at(end)
    lower, starts = speech.tokens.lower, speech.tokens.starts
    # The comma that closes the attribution.
    comma = next((i for i in range(number, stop) if lower[i] in (",", ":", "-", "–", "—", ";")), None)
    if comma is None or comma + 1 >= stop:
        return ()
    begin = starts[comma + 1]
    quotes = speech.quotes_in(begin, begin + 1)
    if quotes:
        return content_of(speech, begin, max(end, quotes[0].span.end))
    if finished and lower[comma + 1] not in (
        "and",
        "but",
        "or",
        "though",
        "although",
        "because",
        "nor",
        "so",
        "yet",
    ):
        return ()
    if finished and _is_the_speakers_next_verb(speech, use, begin, end):
        return ()
    # ", he said, adding that": another statement, not this one's content.
    for clause in speech.clauses_of(head):
        if begin <= clause.verb.span.start < end:
            cue = speech.use_of.get(clause.id)
            own = clause.subject is not None and begin <= clause.subject.start < clause.verb.head.start
            if cue is not None and (
                clause.link == "participle" or (finished and clause.link == "coordinate" and not own)
            ):
                end = _before(speech, clause.verb.span.start, begin)
            break
    if lower[comma + 1] == "who" or lower[comma + 1] == "whose":
        return ()
    return content_of(speech, begin, end)


def _is_the_speakers_next_verb(speech: Speech, use: CueUse, begin: int, end: int) -> bool:
    """Whether ", but refused ..." goes on telling what the speaker did."""
    for clause in speech.clauses_of(use.clause.verb.head.start):
        if begin <= clause.verb.head.start < end:
            own = clause.subject is not None and begin <= clause.subject.start < clause.verb.head.start
            return (
                not own
                and clause.verb.modality is None
                and clause.verb.tense == "past"
                and clause.link == "coordinate"
            )
    return False


def _before(speech: Speech, position: int, low: int) -> int:
    number = speech.token_at(position) - 1
    while number >= 0 and speech.tokens.starts[number] >= low and (
        speech.tokens.lower[number] in CONJUNCTIONS or speech.tokens.lower[number] == ","
    ):  # fmt: skip
        number -= 1
    return max(speech.tokens.ends[number], low) if number >= 0 else low


def _has_finite(speech: Speech, start: int, end: int) -> bool:
    """Whether a region holds a finite main verb, or nothing but a quotation."""
    quote = speech.quote_before(end)
    if (
        quote is not None
        and quote.span.start >= start
        and not any(c.isalnum() for c in speech.text[start : quote.span.start])
    ):
        return True
    return any(
        start <= c.verb.head.start < end and c.verb.form == "finite" and c.link not in ("relative", "adverbial")
        for c in speech.clauses_of(end - 1)
    )  # fmt: skip


# -- rules for cues that govern their content ---------------------------------------------


def asked_whether(speech: Speech, use: CueUse) -> Draft | None:
    """'asked whether ...', 'Asked if ..., he', 'explained to the delegation how ...'."""
    frame = use.of("wh")
    if frame is None or use.clause.verb.voice == "passive":
        # "Asked whether ..., he replied": nobody is told to have asked.
        return None
    at, end = speech.after_cue(use), speech.reach(use)
    hearer, at = _past_hearer(speech, use, frame, at, end, WH)
    lower, starts = speech.tokens.lower, speech.tokens.starts
    if at >= len(starts) or starts[at] >= end or lower[at] not in WH:
        return None
    begin = starts[at + 1] if lower[at] in ("whether", "if") and at + 1 < len(starts) else starts[at]
    return _draft(speech, use, "asked_whether", content_of(speech, begin, end), frame, hearer)


_PARTS = word_set("to of for on against as about over with that by in into from at if whether and")


def quoted(speech: Speech, use: CueUse) -> Draft | None:
    """'X said: "..."', 'replied that "..."', 'told reporters, "..."'."""
    frame = use.of("quote")
    if frame is None or use.clause.verb.voice == "passive":
        return None
    at, end = speech.after_cue(use), speech.reach(use)
    lower, starts = speech.tokens.lower, speech.tokens.starts
    first = at
    hearer, at = _past_hearer(speech, use, frame, at, end, frozenset([":"]))
    if at > first and lower[at] != ":" and any(w in _PARTS for w in lower[first:at]):
        # "urged both to agree “within weeks”": what is quoted is only part of it.
        return None
    while at < len(starts) and starts[at] < end and lower[at] in (":", ",", "that", "-", "–", "—"):
        if lower[at] == ":":
            # What follows a colon runs on past full stops inside its quotation.
            colon = content_of(speech, speech.tokens.ends[at], end)
            if colon:
                return _draft(speech, use, "quoted", colon, frame, hearer)
        at += 1
    if at >= len(starts) or starts[at] >= end:
        return None
    if not speech.quotes_in(starts[at], starts[at] + 1):
        return None
    return _draft(speech, use, "quoted", content_of(speech, starts[at], end), frame, hearer)


def quoted_below(speech: Speech, use: CueUse) -> Draft | None:
    """'The general wrote on his page:', and the quotation is a paragraph of its own."""
    frame = use.of("quote")
    sentence = speech.sentence(use.clause.verb.head.start)
    if frame is None or use.clause.verb.voice == "passive" or speech.text[sentence.end - 1] not in ",:":
        return None
    quotes = speech.quotes_in(sentence.end, min(sentence.end + 6, len(speech.text)))
    if not quotes or speech.text[sentence.end : quotes[0].span.start].strip():
        return None
    if any(
        c.verb.form == "finite" and c.verb.head.start > use.span.end
        for c in speech.clauses_of(sentence.start)
    ):
        return None
    return _draft(speech, use, "quoted_below", quotes[0].content, frame)


def said_that(speech: Speech, use: CueUse) -> Draft | None:
    """'said that ...', 'told the committee that ...', 'said on Monday the talks were over'."""
    frame = use.of("that")
    if frame is None or use.clause.verb.voice == "passive":
        return None
    at, end = speech.after_cue(use), speech.reach(use)
    lower, starts = speech.tokens.lower, speech.tokens.starts
    hearer, at = _past_hearer(speech, use, frame, at, end, frozenset(["that"]))
    if at >= len(starts) or starts[at] >= end:
        return None
    if lower[at] == "," and at + 1 < len(starts) and lower[at + 1] == "that":
        at += 1
    that = _that(speech, use, at, end)
    if that is not None and that + 1 < len(starts) and _clause_follows(speech, use, that, end):
        return _draft(
            speech, use, "said_that", content_of(speech, speech.tokens.ends[that], end), frame, hearer
        )
    if lower[at] in _NOT_BARE or not _clause_follows(speech, use, at, end, bare=True):
        return None
    return _draft(speech, use, "said_that", content_of(speech, starts[at], end), frame, hearer)


_NOT_BARE = word_set(
    ", . and but : so nothing goodbye hello sorry farewell yes little much more less something"
)


def _that(speech: Speech, use: CueUse, at: int, end: int) -> int | None:
    """The conjunction that opens a cue's clause: right here, or behind a phrase if the verb takes no noun."""
    if speech.is_that(at):
        return at
    if speech.tokens.lower[at] == "to" and speech.infinitive_at(at + 1):
        return None
    if speech.tokens.lower[at] not in (
        "in",
        "on",
        "at",
        "during",
        "by",
        "to",
    ):
        return None
    verb = next((c.verb.head.start for c in speech.clauses_of(use.clause.verb.head.start)
                 if c.verb.form == "finite" and c.verb.head.start > use.span.end), end)  # fmt: skip
    for number in range(at, min(at + 20, speech.token_at(min(verb, end)))):
        if speech.is_that(number):
            return number
        if speech.tokens.lower[number] in (",", ";", ":"):
            return None
    return None


def _clause_follows(speech: Speech, use: CueUse, at: int, end: int, *, bare: bool = False) -> bool:
    """
    Whether a finite clause begins at a token.

    Args:
        bare: There is no "that": its subject must begin there, unless the cue takes no noun phrase.
    """
    start = speech.tokens.starts[at]
    hears = any(f.addressee == "object" for f in use.frames)
    plain = use.lemma == "say"
    if bare and plain:
        return True
    for clause in speech.clauses_of(use.clause.verb.head.start):
        if clause.verb.head.start < start or clause.id == use.clause.id:
            continue
        if clause.verb.head.start >= end:
            break
        if clause.verb.form != "finite" or clause.link == "nominal":
            continue
        if not bare:
            return True
        if clause.link in ("relative", "adverbial") or clause.marker in WH:
            continue
        if clause.subject is None or clause.subject.end <= use.span.start:
            return False
        if clause.subject.start < start - 1 and clause.subject.end <= start:
            return False
        # "underlined the need ... and X said": the subject begins right here, or after an opener.
        if clause.subject.start <= start + 1 or speech.words(start, clause.subject.start)[-1:] == (",",):
            return True
        words = speech.words(start, clause.subject.start)
        if all(w in ("the", "a", "an", "his", "her", "their", "its", "some", "all", "both", "no", "any", "if", "when", "as") for w in words):  # fmt: skip
            return True
        told = not hears or not any(o.start <= start < o.end for o in use.clause.objects)
        return clause.parent == use.clause.id and clause.link == "complement" and told
    # A that-clause whose verb no clause has; "rejected that description" is none.
    if bare:
        return False
    after = speech.tokens.lower[at + 1]
    return (
        use.of("np") is None
        or after in DETERMINERS
        or after in ("this", "it", "he", "she", "they", "we", "there")
    )


def _past_hearer(
    speech: Speech, use: CueUse, frame: Frame, at: int, end: int, goals: frozenset[str]
) -> tuple[Span | None, int]:
    """The hearer of a "tell" verb and the first token past it, or ``None`` and the same token."""
    lower, starts, ends = speech.tokens.lower, speech.tokens.starts, speech.tokens.ends
    hearer: Span | None = None
    if frame.addressee == "object" and at < len(starts) and starts[at] < end and lower[at] not in goals:
        if (
            lower[at] in ("that", ":", ",", "to", "for")
            or lower[at] in WH
            or speech.quotes_in(starts[at], starts[at] + 1)
        ):
            return None, at
        begin = starts[at]
        stop = next((o.end for o in use.clause.objects if o.start <= begin < o.end), None)
        goal = _goal(speech, frame, at, min(at + 30, speech.token_at(end)), goals)
        bare = _bare_subject(speech, use, begin, end)
        if goal is not None and stop is not None and lower[goal] != "that" and stop < starts[goal] and any(
            w.isalpha() for w in speech.words(stop, starts[goal])
        ):  # fmt: skip
            # 'told the paper any process “must be thought out”': the content begins before the quotation.
            past = speech.token_at(stop)
            for mention in speech.mentions_in(stop, starts[goal], "time"):
                past = (
                    max(past, speech.token_at(mention.span.end))
                    if mention.span.start <= starts[past]
                    else past
                )
            if lower[past] not in _PARTS and lower[past] not in (":", ","):
                return Span(begin, stop), past
        if goal is not None and (bare is None or starts[goal] <= bare):
            stop = min(stop, ends[goal - 1]) if stop is not None else ends[goal - 1]
            return Span(begin, max(stop, begin + 1)), goal
        if bare is not None and bare > begin:
            number = speech.token_at(bare)
            stop = min(stop, ends[number - 1]) if stop is not None else ends[number - 1]
            past = speech.token_at(stop)
            # "told the Dáil yesterday there was": times are no part of the content.
            for mention in speech.mentions_in(stop, bare, "time"):
                past = max(past, speech.token_at(mention.span.end))
            return Span(begin, max(stop, begin + 1)), min(past, number) if past <= number else number
        return Span(begin, stop) if stop is not None and stop > begin else None, at
    if frame.addressee in ("to", "with"):
        for attachment in use.clause.attachments:
            if attachment.preposition == frame.addressee and attachment.span.start < (
                starts[at] if at < len(starts) else end
            ):
                hearer = attachment.object
    return hearer, at


_RELATIVE = word_set("who whom whose which where when")


def _goal(speech: Speech, frame: Frame, at: int, stop: int, goals: frozenset[str]) -> int | None:
    """The token past a hearer at which content begins: a "that", a quotation, one of the goals before any comma."""
    lower, starts = speech.tokens.lower, speech.tokens.starts
    comma = False
    for number in range(at, stop):
        word = lower[number]
        if (
            word in goals
            and word != "that"
            and not (word in WH and (comma or (number > at and word in _RELATIVE)))
        ):
            return number
        if (("that" in frame.frames or "that" in goals) and speech.is_that(number)) or speech.quotes_in(
            starts[number], starts[number] + 1
        ):
            return number
        if word == "," or (word == "to" and goals is WH):
            comma = True
        if word == "to" and "that" in goals and speech.infinitive_at(number + 1):
            # "appealed to the parties to respect the house that ...": an order, not a report.
            return None
    return None


def _bare_subject(speech: Speech, use: CueUse, begin: int, end: int) -> int | None:
    """Where the subject of a bare clause after a hearer begins."""
    for clause in speech.clauses_of(use.clause.verb.head.start):
        if (
            clause.verb.head.start < begin
            or clause.id == use.clause.id
            or clause.link in ("relative", "nominal")
        ):
            continue
        if clause.verb.head.start >= end:
            return None
        if (
            clause.verb.form == "finite"
            and clause.link in ("complement", "main", "coordinate")
            and clause.subject is not None
        ):
            if clause.subject.start > begin:
                return clause.subject.start
            return None
    return None


def expressed_noun(speech: Speech, use: CueUse) -> Draft | None:
    """'expressed gratitude to X for ...', 'voiced the hope that ...', 'reiterated support for ...'."""
    frame = use.of("noun")
    if frame is None:
        return None
    at, end = speech.after_cue(use), speech.reach(use)
    lower, starts = speech.tokens.lower, speech.tokens.starts
    stop = speech.token_at(end)
    passive = use.clause.verb.voice == "passive"
    if passive:
        if use.clause.subject is None:
            return None
        at, end = speech.token_at(use.clause.subject.start), use.clause.verb.span.start
        stop = speech.token_at(end)
    for number in range(at, min(at + 9, stop)):
        word = lower[number]
        if (
            word in _ENDS_NOUN
            or (word == "," and number > at + 4)
            or (word.endswith("ing") and len(word) > 6)
        ):
            return None
        entry = stance_noun(speech.lexicon, word)
        if entry is None:
            continue
        following = lower[number + 1] if number + 1 < stop else ""
        if following in ("and", ",") and number + 2 < stop:
            continue_at = next((lower[i + 1] for i in range(number + 1, min(number + 6, stop - 1)) if stance_noun(speech.lexicon, lower[i])), "")  # fmt: skip
            following = continue_at or following
        needs = entry.values("needs")
        if needs and following not in needs and not any(
            lower[i] in needs for i in range(number + 1, min(number + 8, stop))
        ):  # fmt: skip
            return None
        if stance_noun(speech.lexicon, following) is not None and "-" not in following:
            continue
        content = content_of(
            speech, starts[at], _before_aside(speech, starts[at], _before_medium(speech, use, end))
        )
        act = entry.feature("act")
        if frame.act != "assert" and act == "assert":
            act = "assert"
        hearer = _to_phrase(speech, use, number, stop)
        draft = _draft(speech, use, "expressed_noun", content, frame, hearer)
        if draft is None:
            return None
        return attrs.evolve(
            draft,
            act=act,
            lemma=f"{use.lemma} {word}",
            speaker=_agent(use.clause) if passive else draft.speaker,
        )
    return None


_ENDS_NOUN = word_set(
    "for of to on over that at in about with regarding towards toward by from as , . ; :"
) - {","}


def _to_phrase(speech: Speech, use: CueUse, number: int, stop: int) -> Span | None:
    """The noun phrase of "to X" after a noun: "gratitude to the OSCE for aid"."""
    lower, starts, ends = speech.tokens.lower, speech.tokens.starts, speech.tokens.ends
    for at in range(number + 1, min(number + 3, stop)):
        if lower[at] in ("to", "with") and at + 1 < stop:
            last = at + 1
            while (
                last < stop
                and last < at + 16
                and lower[last] not in ("for", "on", "over", ",", "that", "and", "in", "at")
            ):
                last += 1
            return Span(starts[at + 1], ends[last - 1]) if last > at + 1 else None
    return None


def called_on(speech: Speech, use: CueUse) -> Draft | None:
    """'urged X to ...', 'thanked X for ...', 'accused X of ...': the hearer is part of the content."""
    frame = use.of("np-to", "np-as")
    objects = [
        f
        for f in use.frames
        if f.addressee == "object"
        and f.frames & {"np", "for", "of", "on", "about", "over", "with", "against"}
    ]
    if use.clause.verb.voice == "passive" or (frame is None and not objects):
        return None
    at, end = speech.after_cue(use), speech.reach(use)
    lower, starts = speech.tokens.lower, speech.tokens.starts
    stop = speech.token_at(end)
    if at >= stop or lower[at] in (",", ".", "and", "that", ":", "to", "by"):
        return None
    begin = starts[at]
    head = next((o for o in use.clause.objects if o.start <= begin < o.end), None)
    rest = frozenset(lower[i] for i in range(at + 1, min(at + 40, stop)))
    if frame is not None and "np-to" in frame.frames and ("to" in rest):
        pass
    elif objects and "np" in objects[0].frames:
        frame = objects[0]
    else:
        past = speech.token_at(head.end) if head is not None else _phrase_end(speech, at, stop)
        after = lower[past] if past < stop else ""
        first = next((lower[i] for i in range(at + 1, min(at + 14, stop)) if lower[i] in _PREPOSITIONS), "")
        chosen = next((f for f in objects if after in f.frames or first in f.frames), None)
        if chosen is not None:
            frame = chosen
        elif (
            frame is None
            or "np-as" not in frame.frames
            or not ("as" in rest or frame.frames & {"np"} or speech.quotes_in(begin, end))
        ):
            return None
    if head is None:
        head = Span(begin, speech.tokens.ends[min(_phrase_end(speech, at, stop), stop) - 1])
    hearer = head if frame.addressee == "object" else None
    return _draft(
        speech, use, "called_on", content_of(speech, begin, _before_aside(speech, begin, end)), frame, hearer
    )


_PREPOSITIONS = word_set("of for on about over with against to as in at by from")


def _phrase_end(speech: Speech, at: int, stop: int) -> int:
    """One past the last token of a noun phrase that begins at a token, by its next small word."""
    number = at + 1
    while number < stop and number < at + 14 and speech.tokens.lower[number] not in _ENDS_PHRASE:
        number += 1
    return number


_ENDS_PHRASE = word_set("to for of on over about as against , . ; : that in at with from who which and")


def promised_to(speech: Speech, use: CueUse) -> Draft | None:
    """'promised to consider the proposal', 'asked for help', 'warned against ...': phrase and preposition."""
    if use.clause.verb.voice == "passive":
        return None
    at, end = speech.after_cue(use), speech.reach(use)
    lower, starts = speech.tokens.lower, speech.tokens.starts
    if at >= len(starts) or starts[at] >= end:
        return None
    word = lower[at]
    frame = use.of(word)
    if frame is None or word in ("that", "np", "noun", "quote", "wh", "ing"):
        return None
    if (
        word == "to"
        and at + 1 < len(starts)
        and frame.act in ("promise", "urge", "reject", "assert", "expect")
        and not _verb_follows(speech, at)
    ):
        return None
    return _draft(speech, use, "promised_to", content_of(speech, starts[at], _before_aside(speech, starts[at], end)), frame)  # fmt: skip


def _verb_follows(speech: Speech, at: int) -> bool:
    start = speech.tokens.starts[at]
    end = speech.tokens.ends[min(at + 4, len(speech.tokens.ends) - 1)]
    return any(start <= c.verb.head.start < end and c.link == "infinitive" for c in speech.clauses_of(start))


def gerund_object(speech: Speech, use: CueUse) -> Draft | None:
    """'denied having asked', 'suggested holding a meeting'."""
    frame = use.of("ing")
    if frame is None or use.clause.verb.voice == "passive":
        return None
    at, end = speech.after_cue(use), speech.reach(use)
    lower, starts = speech.tokens.lower, speech.tokens.starts
    if at >= len(starts) or starts[at] >= end or not lower[at].endswith("ing"):
        return None
    return _draft(speech, use, "gerund_object", content_of(speech, starts[at], end), frame)


_NO_OBJECT = word_set(
    ", . ; : ) and but or by with at in on from for to of as when while because after before who"
)


def noun_object(speech: Speech, use: CueUse) -> Draft | None:
    """'noted the fine growth of friendship', 'condemned the attack', 'spoke about the situation'."""
    frame = use.of("np")
    if frame is None or use.clause.verb.voice == "passive":
        return None
    at, end = speech.after_cue(use), speech.reach(use)
    lower, starts = speech.tokens.lower, speech.tokens.starts
    if at >= len(starts) or starts[at] >= end or lower[at] in _NO_OBJECT or lower[at] in ("it", "himself", "herself", "itself", "themselves"):  # fmt: skip
        return None
    content = content_of(
        speech, starts[at], _before_aside(speech, starts[at], _before_medium(speech, use, end))
    )
    if not content:
        return None
    if frame.act == "praise" and "welcome" in use.lemma and _is_somebody(speech, use, at):
        # "welcomed the guest" is a greeting.
        return None
    return _draft(speech, use, "noun_object", content, frame)


_ASIDES = word_set(
    "but who whom whose which when where as after while before though although because despite amid following during"
)


def _before_aside(speech: Speech, begin: int, end: int) -> int:
    """The end of an object without the narrator's aside after a comma (", who arrived on Monday", ", as the talks went on")."""
    lower, starts, ends = speech.tokens.lower, speech.tokens.starts, speech.tokens.ends
    for number in range(speech.token_at(begin) + 1, speech.token_at(end) - 1):
        if lower[number] == "," and lower[number + 1] in _ASIDES and speech.quote_over(starts[number]) is speech.quote_over(begin):  # fmt: skip
            if lower[number + 1] == "as" and lower[number + 2 : number + 3] in (("well",), ("far",)):
                continue
            return ends[number - 1]
    return end


_MEDIA = word_set(
    "tweet post statement interview speech letter message article remarks address briefing communiqué communique x"
)


def _before_medium(speech: Speech, use: CueUse, end: int) -> int:
    """The end of a region without "in a tweet" at its end: how it was said is no content."""
    for attachment in use.clause.attachments:
        if attachment.preposition in ("in", "on", "during") and end - 3 <= attachment.span.end <= end:
            words = speech.words(attachment.object.start, attachment.object.end)
            if words and words[-1] in _MEDIA and attachment.span.start > use.span.end + 1:
                return attachment.span.start
    return end


def _is_somebody(speech: Speech, use: CueUse, at: int) -> bool:
    begin = speech.tokens.starts[at]
    span = next((o for o in use.clause.objects if o.start <= begin < o.end), None)
    if span is None:
        return False
    mentions = speech.mentions_in(span.start, span.end, "person", "description", "pronoun")
    return bool(mentions) and mentions[0].span.start <= span.start + 30


def passive_it_was_noted(speech: Speech, use: CueUse) -> Draft | None:
    """'It was noted that ...', 'The importance of X was emphasized', 'X was invited to ...'."""
    clause = use.clause
    if clause.verb.voice != "passive" or clause.verb.form != "finite" or clause.subject is None:
        return None
    if clause.link == "complement":
        # "said that women had been invited to two rounds": content.
        return None
    if clause.link == "relative":
        return None
    at, end = speech.after_cue(use), speech.reach(use)
    lower, starts, ends = speech.tokens.lower, speech.tokens.starts, speech.tokens.ends
    here = lower[at] if at < len(starts) and starts[at] < end else ""
    agent = _agent(clause)
    subject = speech.document.words(clause.subject).lower()
    if subject == "it":
        frame = use.of("that")
        if frame is None or here != "that":
            return None
        draft = _draft(speech, use, "passive_it_was_noted", content_of(speech, ends[at], end), frame)
    elif (frame := use.of("np-to", "of")) is not None and frame.addressee == "object":
        if here not in ("to", "of", "for", "that"):
            return None
        if clause.verb.lemma.split(" ")[0] in (
            "say",
            "report",
            "believe",
            "expect",
            "require",
            "charge",
            "suspect",
        ):
            return None
        rest = content_of(speech, starts[at], end)
        draft = _draft(speech, use, "passive_told", (clause.subject, *rest), frame, clause.subject)
    elif (frame := use.of("np")) is not None and frame.needs != "document":
        if clause.verb.lemma.split(" ")[0] not in _PASSIVE:
            return None
        draft = _draft(
            speech,
            use,
            "passive_noun",
            content_of(speech, clause.subject.start, max(clause.subject.end, clause.verb.span.start)),
            frame,
        )
    else:
        return None
    return None if draft is None else attrs.evolve(draft, speaker=agent)


# Their passives tell words; "was raised", "was slated", "is called" tell an event or a state.
_PASSIVE = word_set(
    "note stress emphasise emphasize underline underscore highlight reaffirm reiterate point mention praise "
    "commend laud hail applaud welcome appreciate condemn denounce criticise criticize deplore slam decry reject "
    "dismiss acknowledge suggest request regret reassert restate rebuke blame"
)


def _agent(clause: Clause) -> Span | None:
    """The by-phrase of a passive."""
    return next((a.object for a in clause.attachments if a.preposition == "by"), None)


RULES: tuple[tuple[str, Rule], ...] = (
    ("quotation_then_speaker", quotation_then_speaker),
    ("content_then_speaker", content_then_speaker),
    ("passive_it_was_noted", passive_it_was_noted),
    ("expressed_noun", expressed_noun),
    ("asked_whether", asked_whether),
    ("quoted", quoted),
    ("quoted_below", quoted_below),
    ("said_that", said_that),
    ("called_on", called_on),
    ("promised_to", promised_to),
    ("gerund_object", gerund_object),
    ("noun_object", noun_object),
)
"""In order: the first that answers reads the cue."""


def _draft(
    speech: Speech,
    use: CueUse,
    rule: str,
    content: tuple[Span, ...],
    frame: Frame | None,
    hearer: Span | None = None,
) -> Draft | None:
    if not content or frame is None:
        return None
    clause = use.clause
    if frame.addressee == "to" and hearer is None:
        hearer = next((a.object for a in clause.attachments if a.preposition == "to" and not any(c.start <= a.span.start < c.end for c in content)), None)  # fmt: skip
    if frame.addressee == "with":
        hearer = next((a.object for a in clause.attachments if a.preposition == "with"), hearer)
    if use.gap is not None and hearer is None:
        hearer = use.gap
    return Draft(
        rule=rule, cue=use.span, lemma=use.lemma, content=content, speaker=speech.subject_of(clause),
        act=frame.act, hearer=hearer, clause=clause, joint=frame.joint,
    )  # fmt: skip


# -- rules without a verb -----------------------------------------------------------------


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
        if source is None:
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
            act = "question" if speech.text[spans[-1].end - 1] == "?" else "assert"
            yield Draft(rule="turn_label", cue=paragraph.label, lemma=speech.document.words(paragraph.label).lower(),
                        content=spans, speaker=paragraph.label, act=act, mode="direct")  # fmt: skip


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


# -- what is no statement -----------------------------------------------------------------


_OBJECT_RULES = word_set("noun_object called_on expressed_noun promised_to gerund_object")


def has_no_speaker(speech: Speech, use: CueUse, draft: Draft) -> bool:
    """Nobody is there to speak: an order to the reader ("Thank you for ..."), "It bears reminding that"."""
    if draft.rule.startswith(("passive", "quot")) or use.clause.verb.voice == "passive":
        return False
    if draft.speaker is None:
        return True
    return (
        draft.rule == "said_that"
        and use.clause.verb.form != "finite"
        and use.clause.parent not in speech.use_of
        and speech.document.words(draft.speaker).lower() == "it"
    )


def is_somebody_elses_name(speech: Speech, use: CueUse, draft: Draft) -> bool:
    """'what she termed an act of betrayal' stands in another statement and names its content."""
    return draft.rule in _OBJECT_RULES and speech.previous(speech.start_of(use)) in ("what", "which", "whom")


def is_meanwhile(speech: Speech, use: CueUse, draft: Draft) -> bool:
    """'said as he read out the text': what went on at the time."""
    clause = use.clause
    return (
        draft.rule in _OBJECT_RULES
        and clause.link == "adverbial"
        and clause.verb.form == "finite"
        and clause.marker in ("as", "when", "after", "before", "since", "if")
    )


def is_said_by_a_thing(speech: Speech, use: CueUse, draft: Draft) -> bool:
    """'The bridge supports the road': the subject is nobody, and the verb is often no speech."""
    if draft.rule.startswith(("passive", "quot")) or draft.speaker is None:
        return False
    frame = next((f for f in use.frames if f.act == draft.act), use.frames[0])
    if frame.needs == "document":
        words = speech.words(draft.speaker.start, draft.speaker.end)
        return not any(w in DOCUMENTS for w in words)
    if frame.needs != "person" and draft.rule not in _OBJECT_RULES:
        return False
    return not speech.is_somebody(draft.speaker)


def is_topic(speech: Speech, use: CueUse, draft: Draft) -> bool:
    """'Speaking about the pact, he noted ...', 'The sides talked about trade': what was talked about."""
    if draft.rule != "noun_object" or use.lemma.split(" ")[0] not in (
        "speak",
        "talk",
        "touch",
        "dwell",
        "report",
        "refer",
    ):
        return False
    if use.clause.verb.form in ("participle", "gerund"):
        return True
    return draft.speaker is not None and len(speech.actors_of(draft.speaker)[0]) > 1


def is_no_comment(speech: Speech, use: CueUse, draft: Draft) -> bool:
    """'declined to comment', 'refused to say whether'."""
    content = speech.document.words(draft.content[0]).lower()
    return use.lemma in ("decline", "refuse", "answer", "take") and content.startswith(
        ("comment", "to comment", "to speculate", "questions", "to say", "to give")
    )


_POSITIONS = word_set(
    "support back favour favor endorse oppose seek believe think expect remember count rely appreciate value admire "
    "want fear hope see consider regard view trust resist agree accept"
)


def is_position_inside(speech: Speech, use: CueUse, draft: Draft) -> bool:
    """'said that Romania supports the talks': the position is content, not a second statement."""
    if use.clause.link not in ("complement", "quotation") or use.clause.parent in speech.beside:
        return False
    return use.lemma.split(" ")[0] in _POSITIONS


def is_inside_quotation(speech: Speech, use: CueUse, draft: Draft) -> bool:
    """
    A cue inside quoted words, unless it quotes somebody else ("He told me that ...").

    "I thank", "we are told" are the quotation's own words.
    """
    head = use.clause.verb.head.start
    paragraph = speech.paragraph(head)
    if speech.quote_over(head) is None and (paragraph is None or paragraph.kind != "turn"):
        return False
    if draft.rule not in ("said_that", "quoted", "quotation_then_speaker") or draft.speaker is None:
        return True
    if speech.document.words(draft.speaker).lower() in ("i", "we", "you", "me", "us", "they"):
        return True
    return not speech.actors_of(draft.speaker)[0]


def is_no_name(speech: Speech, use: CueUse, draft: Draft) -> bool:
    """'called the ministry', 'called off': no word tells what it was called."""
    if use.lemma != "call" or draft.rule != "called_on":
        return False
    first = speech.token_at(draft.content[0].start)
    last = speech.token_at(draft.content[-1].end)
    lower = speech.tokens.lower
    if lower[first] in ("off", "out", "up", "in", "back", "home", "together", "ahead"):
        return True
    if quotations_inside(speech, draft.content[0]):
        return False
    for number in range(first + 1, last):
        if lower[number] in ("by", "on", "to", "in", "at", "for", "over", "about", "from"):
            return True
        if lower[number] in ("a", "an", "the", "as"):
            return False
    return True


def is_headline_echo(speech: Speech, use: CueUse, draft: Draft) -> bool:
    """'Envoy pleads for truce' as a headline condenses what the text tells."""
    paragraph = speech.paragraph(draft.cue.start)
    return paragraph is not None and paragraph.kind == "headline" and draft.rule in _OBJECT_RULES


def is_wreath(speech: Speech, use: CueUse, draft: Draft) -> bool:
    """'paid tribute to the memory of the fallen' is a ceremony."""
    return use.lemma.startswith("pay ") and any(
        w in ("memory", "fallen", "victims", "soldiers", "heroes", "martyrs", "monument")
        for w in speech.words(draft.content[0].start, draft.content[0].end)
    )


def is_thought(speech: Speech, use: CueUse, draft: Draft) -> bool:
    """'a teacher thought it was a bomb': the narrator's telling, where "the analyst thinks" quotes."""
    return use.lemma in _THOUGHTS and use.clause.verb.tense != "present" and draft.rule == "said_that"


REFUSALS: tuple[Callable[[Speech, CueUse, Draft], bool], ...] = (
    has_no_speaker,
    is_somebody_elses_name,
    is_meanwhile,
    is_said_by_a_thing,
    is_topic,
    is_no_comment,
    is_position_inside,
    is_inside_quotation,
    is_no_name,
    is_headline_echo,
    is_wreath,
    is_thought,
)
"""What makes a draft no statement."""


def is_refused(speech: Speech, use: CueUse, draft: Draft) -> bool:
    """Whether a cue tells no statement after all."""
    return any(refusal(speech, use, draft) for refusal in REFUSALS)


# -- from drafts to statements ------------------------------------------------------------


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
        (_Told(span.start, m) for m in meetings for span in m.evidence), key=lambda t: (t.start, t.meeting.id)
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
    if speech.mentions_in(span.start, span.end, "person", "organization", "country"):
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
    for start, meeting in reversed(told):
        there = dict.fromkeys(p.actor for p in meeting.participants)
        if start <= position and len(there) > 1 and (not two or len(there) == 2):
            return tuple(a for a in (speech.actors.get(i) for i in there) if a is not None)
    return ()


def _issuer(speech: Speech, noun: str, position: int) -> Actor | None:
    """Who issued a document, from the last time it was named with "by", "from" or "of"."""
    lower, starts = speech.tokens.lower, speech.tokens.starts
    number = speech.token_at(position)
    for at in range(number - 1, max(number - 150, 0), -1):
        if lower[at] != noun:
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
    for start, meeting in told:
        if start > sentence.end + 700:
            break
        there = {p.actor for p in meeting.participants}
        if meeting.status not in ("held", "ongoing"):
            # "The summit has been put off, the ministry said": what is said is about it.
            if any(c.start <= meeting.cue.span.start < c.end for c in draft.content) and not ids & there:
                return meeting
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
    return last or near or later


def _countries(speech: Speech, ids: Iterable[str]) -> set[str]:
    """The countries that actors act for."""
    return {a.country for a in (speech.actors.get(i) for i in ids) if a is not None and a.country}


_TO_THE_OTHER = frozenset(["thank", "invite", "promise", "congratulate", "condole", "accept", "urge"])
_TOLD_TO = word_set("convey assure inform brief present hand pass relay offer confirm")


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
    if named or len(others) != 1:
        return named
    addressed = draft.act in _TO_THE_OTHER or draft.lemma.split(" ")[0] in _TOLD_TO
    return (others[0],) if addressed else named


_EXPECTS = word_set("hope hoped hoping confident likely unlikely optimistic eager")
_REPORTS = word_set(
    "claim claims report reports allegation allegations accusation accusations suggestion suggestions rumour rumours rumor rumors description account charge charges speculation"
)
_OWN = word_set("my our his her its their")


def act_of(
    speech: Speech, draft: Draft, content: Sequence[Span], mode: Mode, speakers: Sequence[Actor]
) -> Act:
    """
    What the speaker does: as the cue says; where it only says "said", as the words tell.

    The first rule that fits: `ACT_RULES`, on the first words and the first finite verb of the content.
    """
    first = content[0]
    words = speech.words(first.start, first.end)[:16]
    verb = next((c for c in speech.clauses_of(first.start) if c.verb.form == "finite" and c.link != "relative"
                 and first.start <= c.verb.head.start < content[-1].end), None)  # fmt: skip
    view = _View(speech, draft, words, verb, mode, speakers, content)
    for act, rule in ACT_RULES:
        if rule(view):
            return act
    return cast(Act, draft.act)


class _View(NamedTuple):
    """What the act rules look at."""

    speech: Speech
    draft: Draft
    words: tuple[str, ...]
    verb: Clause | None
    mode: Mode
    speakers: Sequence[Actor]
    content: Sequence[Span]

    @property
    def plain(self) -> bool:
        """Whether the cue itself tells no more than that something was said."""
        return self.draft.act == "assert"


def _denies_a_report(view: _View) -> bool:
    """'rejected claims that ...', 'dismissed reports'."""
    return view.draft.act == "reject" and any(w in _REPORTS for w in view.words[:4])


def _stresses_a_need(view: _View) -> bool:
    """'stressed the need for talks' asks for nothing yet; 'affirmed the need' does."""
    return view.draft.rule == "expressed_noun" and view.draft.act == "urge" and view.draft.lemma.split(" ")[0] in (
        "stress", "emphasise", "emphasize", "underline", "underscore", "highlight", "note"
    )  # fmt: skip


def _thanks(view: _View) -> bool:
    """'“I thank X for coming”', '“We are grateful”'."""
    return (
        view.plain
        and view.mode == "direct"
        and any(w in ("thank", "thanked", "thanks", "grateful") for w in view.words[:14])
    )


def _says_no(view: _View) -> bool:
    """'“No.”', 'Nothing had been signed', 'there was no plan', 'had never been against'."""
    words = view.words
    if not view.plain or not words:
        return False
    if words[0] == "nothing" or (words[0] == "no" and words[1:2] in ((".",), (",",), ())):
        return True
    if words[0] == "there" and "no" in words[2:4]:
        return words[3:4] != ("question",) and words[4:5] != ("doubt",)
    return "never" in words[:6] and view.mode != "indirect"


def _blames(view: _View) -> bool:
    """Words that only accuse: 'the public had been misled', or a name of that kind."""
    return view.plain and _has_stance(view, "condemn", 12 if view.draft.rule != "called_on" else 40)


def _lauds(view: _View) -> bool:
    """'described the contingent as exemplary': a name that praises."""
    return view.plain and view.draft.rule == "called_on" and _has_stance(view, "praise", 40)


def _disclaims(view: _View) -> bool:
    """'called the account “pure invention”'."""
    if not view.plain:
        return False
    if view.draft.rule == "called_on":
        return _has_stance(view, "deny", 40)
    return any(
        w in ("is", "are", "was", "were", "as") and any(
            e.value == "deny" for near in view.words[i + 1 : i + 4] for e in view.speech.lexicon.lookup(near, "stance_word")
        )
        for i, w in enumerate(view.words)
    )  # fmt: skip


def _has_stance(view: _View, act: str, count: int) -> bool:
    words = view.speech.words(view.content[0].start, view.content[0].end)[:count]
    return any(e.value == act for w in words for e in view.speech.lexicon.lookup(w, "stance_word"))


def _stands_ready(view: _View) -> bool:
    """'Hungary stands ready to offer', 'was prepared to'."""
    words = view.words
    return view.plain and any(
        w in ("ready", "prepared", "willing", "committed", "determined") and words[i + 1 : i + 2] == ("to",)
        for i, w in enumerate(words)
    )


def _would_gladly(view: _View) -> bool:
    """'it would be happy to host the talks', 'remains available for dialogue'."""
    words = view.words
    return view.plain and (
        any(
            w in ("happy", "glad", "pleased") and words[i + 1 : i + 2] == ("to",) and "would" in words[:i]
            for i, w in enumerate(words)
        )
        or (
            "available" in words
            and any(w in ("remains", "remain", "remained", "is", "stands") for w in words)
        )
    )


def _asks_for_what_should_be(view: _View) -> bool:
    """'issues should be tackled by experts'."""
    words = view.words
    if not view.plain or "should" not in words[:12]:
        return False
    place = words.index("should")
    return words[place + 1 : place + 2] not in (("have",), ("not",)) and not any(
        w in ("who", "which", "that", "where", "what", "no", "question") for w in words[:place]
    )


def _asks(view: _View) -> bool:
    """A quotation that is one question."""
    end = view.content[-1].end
    return (
        view.plain and view.mode == "direct" and len(view.content) == 1 and view.speech.text[end - 1] == "?"
    )


def _will_do(view: _View) -> bool:
    """'Berlin would train 300 deminers': what the speaker's own side will do; 'announced that X would'."""
    clause = view.verb
    if not view.plain or clause is None or clause.subject is None:
        return False
    ahead = clause.verb.modality in ("would", "will", "shall") or clause.verb.tense == "future"
    if not ahead or clause.verb.polarity == "negative" or clause.marker in ("if", "when", "unless"):
        return False
    if view.draft.lemma == "announce":
        return True
    if clause.verb.voice == "passive" or "if" in view.words:
        return False
    return _is_own(view, clause.subject)


def _is_own(view: _View, subject: Span) -> bool:
    """Whether a subject is the speaker, or the state or body the speaker acts for."""
    speech = view.speech
    words = speech.words(subject.start, subject.end)
    if words[:1] in (("i",), ("we",)) or (words and words[0] in _OWN and view.mode != "direct"):
        return True
    if words[:1] == ("our",):
        return True
    there = speech.actors.at(subject)
    if any(a in view.speakers for a in there):
        return True
    if words in (("he",), ("she",), ("they",), ("it",)) and view.mode != "direct" and not there:
        return True
    countries = {a.country for a in view.speakers if a.country}
    return any(
        m.country in countries for m in speech.mentions_in(subject.start, subject.end, "country", "place")
    )


def _looks_ahead(view: _View) -> bool:
    """'hopes that', 'is likely to', 'looks forward to', a forecast."""
    words = view.words
    if not view.plain:
        return False
    if any(w in _EXPECTS for w in words[:9]) or (
        "forward" in words and any(w in ("look", "looks", "looking") for w in words)
    ):
        return True
    return "count" in words[:4] and "on" in words


ACT_RULES: tuple[tuple[Act, Callable[[_View], bool]], ...] = (
    ("deny", _denies_a_report),
    ("assert", _stresses_a_need),
    ("thank", _thanks),
    ("deny", _says_no),
    ("deny", _disclaims),
    ("condemn", _blames),
    ("praise", _lauds),
    ("promise", _stands_ready),
    ("accept", _would_gladly),
    ("promise", _will_do),
    ("urge", _asks_for_what_should_be),
    ("expect", _looks_ahead),
    ("question", _asks),
)
"""In order: the first that fits decides; else the cue's own act stands."""


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
    for statement in statements:
        outer: Statement | None = None
        size = 1 << 60
        for other in statements:
            if other is statement:
                continue
            for span in other.content:
                if (
                    span.start <= statement.cue.span.start
                    and statement.cue.span.end <= span.end
                    and len(span) < size
                ):
                    outer, size = other, len(span)
        yield attrs.evolve(statement, nested_in=outer.id) if outer is not None else statement
