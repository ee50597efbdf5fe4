"""After a sentence's last word: what is said joins the verb that says it."""

from __future__ import annotations

from .frames import Frame
from .stack import NEAR, Stack, Words
from .verb_kinds import SPEECH_VERBS


def attribute(stack: Stack) -> None:
    """Give governors their complements, and attributions the sentence or the quotation beside them."""
    inserted = [f for f in stack.done if f.inserted][:NEAR]
    end = stack.sentence.stop
    for frame in inserted:
        left = trimmed(stack, frame.last, end)
        if left[0] >= left[1]:
            for other in stack.done:
                if other.first < frame.first < other.last:
                    other.last = frame.first
    for frame in stack.done:
        governor = frame.governor
        if governor is not None and frame is not governor:
            governor.complement.append(trimmed(stack, frame.first, frame.last))
    for frame in inserted:
        surround(stack, frame)
    if stack.leads and not inserted:
        follow(stack)


def surround(stack: Stack, attribution: Frame) -> None:
    """Make the sentence around an attribution its complement."""
    left = trimmed(stack, stack.sentence.start, attribution.first)
    right = trimmed(stack, attribution.last, stack.sentence.stop)
    attribution.complement = [p for p in (left, right) if p[0] < p[1]]
    for other in stack.done:
        if other.parent is None and other is not attribution and not other.inserted:
            other.parent = attribution
            other.link = "quotation" if other.quoted else "complement"


def follow(stack: Stack) -> None:
    """Make each quotation without a governor the complement of the next speech verb."""
    verbs = sorted(
        (f for f in stack.done if f.chunk is not None and f.lemma in SPEECH_VERBS and f.form == "finite"),
        key=lambda f: f.head,
    )
    for lead in stack.leads[:NEAR]:
        if lead.governor is not None:
            continue
        verb = next((f for f in verbs if f.head >= lead.last), None)
        if verb is not None and not any(a < verb.head and b > lead.first for a, b in verb.complement):
            verb.complement.append(trimmed(stack, lead.first, lead.last))
            lead.parent, lead.link = verb, "quotation"


def trimmed(stack: Stack, first: int, last: int) -> Words:
    """A word range without punctuation at its ends."""
    classes = stack.classes
    while first < last and classes[first] in ',.;:-"':
        if (
            classes[first] == '"'
            and classes.count('"', first, last) % 2 == 0
            and classes[last - 1] not in '".,'
        ):
            break
        first += 1
    while first < last and classes[last - 1] in ',.;:-"k':
        if classes[last - 1] == '"' and classes.count('"', first, last) % 2 == 0:
            break  # it closes a quotation that begins inside
        last -= 1
    return first, last
