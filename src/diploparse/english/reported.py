"""
Cues to drafts: one rule for each way in which English reports words.

The rules of a cue that stands beside its content come first ('"...," said X'), then those of a cue
that governs it ("X said that", "X thanked Y for"); the first that fits reads it.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from ..records import (
    Clause,
    Span,
)
from .attribution import Speech
from .cues import CONJUNCTIONS, DETERMINERS, WH, CueUse, Frame, people_words, stance_noun, word_set
from .drafts import Draft, content_of, quotations_inside

# A sentence that is finished goes on past its attribution only with one of these.
_GOES_ON = word_set("and but or though although because nor so yet")
# Phrases between a cue and its "that": "said in a statement that".
_LEADS_TO_THAT = word_set("in on at during by to")
# Their passives are hearsay: "is said to have", "was expected to".
_HEARSAY = word_set("say report believe expect require charge suspect")

Rule = Callable[[Speech, CueUse], Draft | None]
"""Reads a cue, or leaves it to the next rule."""

# -- rules for cues that stand beside their content ---------------------------------------


def quotation_then_speaker(speech: Speech, use: CueUse) -> Draft | None:
    """'"...," the envoy said.' and '"...," said the envoy, "..."'."""
    if use.clause.id not in speech.beside or use.of("quote") is None:
        return None
    start = speech.start_of(use)
    quote = speech.quote_before(start)
    if quote is None or speech.previous_mark(start) != "quote" or not speech.is_utterance(quote):
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
THOUGHTS = word_set("think feel suppose guess imagine figure find understand sense")


def content_then_speaker(speech: Speech, use: CueUse) -> Draft | None:
    """'..., the envoy said' and 'Diaries, he reasoned, are like lakes': the sentence around its cue."""
    if use.clause.id not in speech.beside:
        return None
    frame = use.of("that", "quote")
    if frame is None or use.lemma in THOUGHTS:
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
    if finished and lower[comma + 1] not in _GOES_ON:
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


def statement_issued(speech: Speech, use: CueUse) -> Draft | None:
    """'The senator issued a statement on the decision. "..."': the quotation that follows."""
    if not use.lemma.endswith((" statement", " communiqué")) or use.clause.verb.voice == "passive":
        return None
    sentence = speech.sentence(use.clause.verb.head.start)
    quotes = speech.quotes_in(sentence.end, min(sentence.end + 3, len(speech.text)))
    if not quotes:
        return None
    after = speech.text[quotes[0].span.end : quotes[0].span.end + 40].lstrip(" ,")
    if after[:1].islower():
        # '"...," she said': it has a cue of its own.
        return None
    return _draft(speech, use, "statement_issued", quotes[0].content, use.of("quote"))


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


_AFTER_THIS = word_set("in at during on while to , . when after")
_SAYS = word_set("say state declare announce tell")


def said_this(speech: Speech, use: CueUse) -> Draft | None:
    """'The platform is important. The minister said this in a conversation with journalists.': the sentence before."""
    frame = use.of("that")
    if frame is None or use.lemma not in _SAYS or use.clause.verb.voice == "passive":
        return None
    at = speech.token_at(use.span.end)
    lower = speech.tokens.lower
    if lower[at : at + 1] == ("about",):
        at += 1
    if at + 1 >= len(lower) or lower[at] != "this" or lower[at + 1] not in _AFTER_THIS:
        return None
    sentence = speech.sentence(use.clause.verb.head.start)
    before = speech.sentence(max(sentence.start - 2, 0))
    paragraph = speech.paragraph(sentence.start)
    if before == sentence or (paragraph is not None and before.start < paragraph.span.start - 4):
        return None
    return _draft(speech, use, "said_this", content_of(speech, before.start, before.end), frame)


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
    quantity = lower[at] in ("more", "less") and lower[at + 1 : at + 2] not in _NO_QUANTITY
    if (lower[at] in _NOT_BARE and not quantity) or not _clause_follows(speech, use, at, end, bare=True):
        return None
    return _draft(speech, use, "said_that", content_of(speech, starts[at], end), frame, hearer)


# "said more about it than he had planned"
_NO_QUANTITY = tuple((w,) for w in ("than", "about", "on", "of", "to", "in", "when", "as", ",", "."))
_NOT_BARE = word_set(
    ", . and but : so nothing goodbye hello sorry farewell yes little much more less something"
)


def _that(speech: Speech, use: CueUse, at: int, end: int) -> int | None:
    """The conjunction that opens a cue's clause: right here, or behind a phrase if the verb takes no noun."""
    if speech.is_that(at):
        return at
    if speech.tokens.lower[at] == "to" and speech.infinitive_at(at + 1):
        return None
    if speech.tokens.lower[at] not in _LEADS_TO_THAT:
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
        if number > at and "that" in goals and word in ("on", "about", "of") and word in frame.frames:
            # "briefed the king on measures that ...": the phrase is the content.
            return None
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
    if frame.act == "praise" and "welcome" in use.lemma and _is_somebody(speech, content[0]):
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


def _is_somebody(speech: Speech, region: Span) -> bool:
    """Whether a noun phrase names a person or people: its last word before any preposition."""
    named = speech.mentions_in(region.start, region.start + 40, "person", "pronoun")
    if named and named[0].span.start <= region.start + 5:
        return True
    head = ""
    for word in speech.words(region.start, region.end):
        if word in _PREPOSITIONS or word in (",", "who", "which", "that"):
            break
        head = word
    return head in people_words(speech.lexicon) and not speech.mentions_in(
        region.start, region.end, "organization"
    )


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
        if clause.verb.lemma.split(" ")[0] in _HEARSAY:
            return None
        rest = content_of(speech, starts[at], end)
        draft = _draft(speech, use, "passive_told", (clause.subject, *rest), frame, clause.subject)
    elif (frame := use.of("np")) is not None and frame.needs != "document":
        if clause.verb.lemma.split(" ")[0] not in _PASSIVE:
            return None
        if "welcome" in use.lemma and _is_somebody(speech, clause.subject):
            # "The minister was welcomed by the king" is a greeting.
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
    ("statement_issued", statement_issued),
    ("expressed_noun", expressed_noun),
    ("asked_whether", asked_whether),
    ("quoted", quoted),
    ("quoted_below", quoted_below),
    ("said_this", said_this),
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
    if frame.addressee == "object" and hearer is None and clause.id in speech.beside and clause.objects:
        # '"...," he told her'
        hearer = clause.objects[0]
    if use.gap is not None and hearer is None:
        hearer = use.gap
    return Draft(
        rule=rule, cue=use.span, lemma=use.lemma, content=content, speaker=speech.subject_of(clause) or speech.name_beside(use),
        act=frame.act, hearer=hearer, clause=clause, joint=frame.joint,
    )  # fmt: skip
