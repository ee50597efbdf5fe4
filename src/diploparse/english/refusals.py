"""What looks like a report and is none: nobody speaks, a topic, a ceremony, words of the quotation itself."""

from __future__ import annotations

from collections.abc import Callable

from .attribution import Speech
from .cues import DOCUMENTS, CueUse, word_set
from .drafts import Draft, quotations_inside
from .reported import THOUGHTS

OBJECT_RULES = word_set("noun_object called_on expressed_noun promised_to gerund_object")


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
    return draft.rule in OBJECT_RULES and speech.previous(speech.start_of(use)) in ("what", "which", "whom")


def is_meanwhile(speech: Speech, use: CueUse, draft: Draft) -> bool:
    """'said as he read out the text': what went on at the time."""
    clause = use.clause
    return (
        draft.rule in OBJECT_RULES
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
    if frame.needs != "person" and draft.rule not in OBJECT_RULES:
        return False
    if speech.is_somebody(draft.speaker):
        return False
    # "Senator X, Republican from Texas, issued ...": the name before the apposition.
    actors, _ = speech.speaker_of(use.clause, draft.speaker, beside=False)
    return not actors


_TOPIC_VERBS = word_set("speak talk touch dwell report refer")


def is_topic(speech: Speech, use: CueUse, draft: Draft) -> bool:
    """'Speaking about the pact, he noted ...', 'The sides talked about trade': what was talked about."""
    if draft.rule != "noun_object" or use.lemma.split(" ")[0] not in _TOPIC_VERBS:
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
    return paragraph is not None and paragraph.kind == "headline" and draft.rule in OBJECT_RULES


def is_wreath(speech: Speech, use: CueUse, draft: Draft) -> bool:
    """'paid tribute to the memory of the fallen' is a ceremony."""
    return use.lemma.startswith("pay ") and any(
        w in ("memory", "fallen", "victims", "soldiers", "heroes", "martyrs", "monument")
        for w in speech.words(draft.content[0].start, draft.content[0].end)
    )


def is_thought(speech: Speech, use: CueUse, draft: Draft) -> bool:
    """'a teacher thought it was a bomb': the narrator's telling, where "the analyst thinks" quotes."""
    return use.lemma in THOUGHTS and use.clause.verb.tense != "present" and draft.rule == "said_that"


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
