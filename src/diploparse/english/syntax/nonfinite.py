"""What an infinitive, a participle or a gerund does to the open clauses."""

from __future__ import annotations

from .chunks import Chunk
from .frames import Frame
from .phrases import Item
from .stack import Stack
from .verb_kinds import (
    FUTURE_WORDS,
    GERUND_MARKERS,
    NO_OBJECT_VERBS,
    OBJECT_INFINITIVE_VERBS,
    PHRASE_INFINITIVE_VERBS,
    SPEECH_VERBS,
    TWO_OBJECTS,
)

FINITE = "V"


def read_infinitive(stack: Stack, at: int, item: Item) -> None:
    """A clause that shares a subject, or with the verb before it one verb group ("is scheduled to take place")."""
    chunk = Chunk("I", item.first, item.last)
    modal = raised(stack, at)
    if modal:
        frame = stack.top
        assert frame.chunk is not None
        frame.chunk = Chunk("V", frame.chunk.first, item.last)
        frame.infinitive, frame.modal = item.first, modal
        frame.head = stack.head(chunk)
        frame.lemma = stack.lemma(chunk)
        stack.after_verb()
        return
    governor = stack.nominal if stack.nominal is not None and stack.previous == "N" else stack.governing()
    if governor is not None and not governor.noun and stack.top.chunk is None:
        governor = None  # "that attempts to isolate it were doomed": of the noun that waits for its verb
    frame = stack.open_verb("infinitive", chunk, governor or stack.top, "to")
    if governor is None:
        frame.subject = stack.top.candidate
    else:
        share_subject(stack, frame, governor)
        if governor.noun or takes_infinitive(stack.previous, governor.lemma):
            frame.governor = governor
    stack.after_verb()


def share_subject(stack: Stack, frame: Frame, governor: Frame) -> None:
    """Give an infinitive the subject, or else the object, of its governor."""
    if stack.previous == "P" and governor.lemma in PHRASE_INFINITIVE_VERBS:
        frame.subject = stack.last_np  # "called on X to withdraw"
    elif stack.previous == "N" and governor.objects and not governor.noun:
        frame.subject = governor.objects[-1]
    else:
        frame.subject = governor.subject


def takes_infinitive(previous: str, lemma: str) -> bool:
    """Whether an infinitive after an item of a kind is the complement of a verb."""
    if previous == "N":
        return lemma in OBJECT_INFINITIVE_VERBS
    if previous == "P":
        return lemma in PHRASE_INFINITIVE_VERBS
    return previous in 'VJE",!k'


def raised(stack: Stack, at: int) -> str:
    """The modality that the verb before an infinitive makes of itself: "be expected to", "have to"; or ""."""
    frame = stack.top
    if frame.chunk is None or frame.chunk.kind != "V" or frame.form != "finite" or frame.modal:
        return ""
    letter = stack.classes[frame.head]
    if stack.previous == "V":
        word = stack.lower[frame.head]
        if letter == "B":
            return "be to"
        if letter == "H":
            return "have to"
        if word in FUTURE_WORDS and "B" in stack.classes[frame.chunk.first : frame.head]:
            return f"be {word} to"
    elif stack.previous == "J" and letter in "Bb":
        word = stack.lower[stack.items[at - 1].last - 1]
        if word in FUTURE_WORDS:
            return f"be {word} to"
    return ""


def read_participle(stack: Stack, at: int, item: Item, turned: bool = False) -> str:
    """
    Place a participle or gerund; `FINITE` if it is to be read as a finite verb instead.

    Args:
        turned: It was a finite verb before it was looked at twice.
    """
    chunk = Chunk(item.kind, item.first, item.last)
    lemma = stack.lemma(chunk)
    if item.kind == "E" and is_past(stack, at, item, lemma, turned):
        return FINITE
    if is_subjunctive(stack, item) or stack.interrupted(item.first):
        return FINITE
    if item.kind == "G" and lemma in SPEECH_VERBS:
        go_on_with_attribution(stack, item)
    governor = stack.governing()
    opener = None
    if stack.previous == "f" and len(stack.open) > 1 and stack.top.chunk is None:
        opener = stack.open.pop()
    frame = stack.push(Frame("participle", item.first, stack.top))
    if opener is not None:
        frame.first, frame.marker = opener.first, opener.marker  # "while meeting the minister"
    opened = stack.previous == "p" or frame.marker in GERUND_MARKERS
    stack.take_verb(frame, chunk, None)
    frame.form = "gerund" if opened and item.kind == "G" else "participle"
    if item.kind == "E" or stack.previous == "N":
        frame.subject = stack.last_np
    else:
        frame.subject = governor.subject if governor else stack.top.candidate
    stack.after_verb()
    return ""


def is_past(stack: Stack, at: int, item: Item, lemma: str, turned: bool) -> bool:
    """Whether a participle is a past tense after all, by what stands around it."""
    if not stack.could_be_past(item.first):
        return False
    previous = stack.previous
    if previous == "k" and stack.past_before():
        return True  # "came and went"
    if turned:
        return False
    after = stack.items[at + 1] if at + 1 < len(stack.items) else None
    if (
        lemma in SPEECH_VERBS
        and stack.run is not None
        and stack.run_before in ',"'
        and stack.top.chunk is not None
        and not (after is not None and stack.lower[after.first] == "by")
    ):
        return True  # "..., officials announced on Monday"
    if stack.top.lemma in NO_OBJECT_VERBS and stack.run is not None and stack.run_before == "V":
        return True  # "said no such plans existed"
    # "The Senate welcomed three members": a participle after its noun has no object
    return previous == "N" and after is not None and after.kind == "N" and lemma not in TWO_OBJECTS


def is_subjunctive(stack: Stack, item: Item) -> bool:
    """Whether a "be" is the verb of a clause that waits for one: "demanded that he be released"."""
    top = stack.top
    return stack.lower[item.first] == "be" and top.chunk is None and top.candidate is not None


def go_on_with_attribution(stack: Stack, item: Item) -> None:
    """Reopen the attribution that a participle of a speech verb goes on with: "..., said the minister, adding that"."""
    ended = stack.ended_insert
    if stack.previous in ',"' and ended is not None and ended in stack.done:
        stack.done.remove(ended)
        stack.push(ended)
    elif stack.previous == ",":
        for depth, frame in enumerate(stack.open, 1):
            if frame.chunk is not None and frame.form == "finite" and frame.lemma in SPEECH_VERBS:
                stack.pop_to(depth, item.first - 1)
                break
