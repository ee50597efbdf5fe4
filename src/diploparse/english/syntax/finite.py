"""
What a finite verb group does to the open clauses: `RULES`, most certain first.

A rule answers "" if its construction is not there, `DONE` if it has placed the verb, and `PARTICIPLE` if the
form is a participle after all ("the talks held in Geneva").
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .chunks import Chunk
from .frames import Frame
from .phrases import Item, possible
from .quoted import inserted
from .stack import Stack, Words
from .verb_kinds import BARE_INFINITIVE_VERBS, BARE_VERBS, CLAUSE_VERBS, NOMINATIVE, SPEECH_VERBS

DONE, PARTICIPLE = "V", "E"


class Found(NamedTuple):
    """A finite verb group and what surrounds it."""

    at: int
    """Its place among the items."""

    item: Item

    chunk: Chunk

    lemma: str

    frame: Frame
    """The innermost clause when it was met."""

    run: Words | None
    """The noun phrase that no verb has followed yet."""

    after: Item | None

    turned: bool
    """Whether it was a participle before it was looked at twice."""

    past: bool
    """Whether it is one word in the past tense."""


def read_finite(stack: Stack, at: int, item: Item, turned: bool = False) -> str:
    """Place a finite verb group; `PARTICIPLE` if it is to be read as one instead."""
    chunk = Chunk("V", item.first, item.last)
    frame, run = stack.top, stack.run
    before = stack.items[at - 1] if at else None
    if (
        run is None
        and before is not None
        and before.time
        and before.kind == "N"
        and frame.lemma in BARE_VERBS
    ):
        # "said the past six months had brought"
        run, stack.run_before = (before.first, before.last), "V"
    found = Found(
        at, item, chunk, stack.lemma(chunk), frame, run,
        stack.items[at + 1] if at + 1 < len(stack.items) else None,
        turned, stack.classes[item.first : item.last] == "d",
    )  # fmt: skip
    for rule in RULES:
        placed = rule(stack, found)
        if placed == PARTICIPLE:
            item.kind = "E"
            return PARTICIPLE
        if placed:
            break
    stack.after_verb()
    return ""


def interrupted_group(stack: Stack, found: Found) -> str:
    """ "will, if parliament agrees, receive": the main verb of an auxiliary before the comma."""
    depth = stack.interrupted(found.item.first)
    if not depth:
        return ""
    stack.complete(depth, found.item.first, found.item.last)
    return DONE


def bare_infinitive(stack: Stack, found: Found) -> str:
    """ "let him go", "to meet and discuss": a base form that is no finite verb."""
    frame, run = found.frame, found.run
    if stack.classes[found.item.first] != "v" or frame.chunk is None:
        return ""
    if run and stack.run_before == "V" and frame.lemma in BARE_INFINITIVE_VERBS:
        stack.open_verb("infinitive", found.chunk, frame, None).subject = run
        return DONE
    if stack.previous == "k" and frame.form == "infinitive" and run is None:
        new = stack.open_verb("coordinate", found.chunk, frame, "and")
        new.form, new.subject = "infinitive", frame.subject
        return DONE
    return ""


def attribution(stack: Stack, found: Found) -> str:
    """ "..., he said, ..."."""
    return DONE if inserted(stack, found.at, found.lemma, found.chunk) else ""


def with_subject(stack: Stack, found: Found) -> str:
    """A verb with a noun phrase of its own, after a clause that has its verb."""
    if found.frame.chunk is None or found.run is None:
        return ""
    return next(filter(None, (rule(stack, found, found.run) for rule in WITH_SUBJECT)))


def participle_of_object(stack: Stack, found: Found, run: Words) -> str:
    """ "welcomed the talks held in Geneva"."""
    return (
        PARTICIPLE
        if not found.turned
        and found.past
        and not is_clausal(found)
        and stack.run_before in "VIGEP"
        and not stack.waiting()
        and "e" in possible(stack.lower[found.chunk.first])
        and (found.after is None or found.after.kind != "N")
        else ""
    )


def is_clausal(found: Found) -> bool:
    """Whether the verb before takes a clause without "that"."""
    lemma = found.frame.lemma
    return lemma in BARE_VERBS or (lemma in CLAUSE_VERBS and not found.past)


def bare_complement(stack: Stack, found: Found, run: Words) -> str:
    """ "said the talks were over"."""
    frame = found.frame
    if stack.run_before not in "VIGEPN" or not is_clausal(found):
        return ""
    if frame.link == "adverbial" and stack.waiting() and not comma_ahead(stack, found.at):
        return ""  # "when you write you can"
    new = stack.push(Frame("complement", run[0], frame))
    new.governor = frame
    stack.take_verb(new, found.chunk, run)
    return DONE


def resumed_subject(stack: Stack, found: Found, run: Words) -> str:
    """The verb of a clause that has waited for it while another one was told."""
    depth, before = stack.waiting(), stack.run_before
    if depth > 1 and before == "," and stack.open[depth - 1].candidate is not None:
        # "When the agency launched the probe, we saw it": the first clause took its participle for no verb
        stack.pop_to(depth - 1, run[0])
        depth = stack.waiting()
    if not depth or before == "N":
        return ""
    gerund = stack.open[depth] if len(stack.open) > depth else None
    stack.pop_to(depth, run[0])
    top = stack.top
    if before not in "VIGEP":
        if not is_apposition(stack, top.candidate, run):
            top.candidate = run
    elif top.candidate is None:
        # "Having samples will let us see"
        clausal = gerund is not None and gerund.form in ("participle", "gerund")
        top.candidate = (gerund.first, found.item.first) if gerund is not None and clausal else run
    stack.take_verb(top, found.chunk, top.candidate)
    return DONE


def is_apposition(stack: Stack, candidate: Words | None, run: Words) -> bool:
    """Whether a noun phrase between commas explains the one before it: "the king, Omar II, said"."""
    if candidate is None or candidate[1] + 1 != run[0]:
        return False
    return stack.classes[candidate[1]] == "," == stack.classes[run[1]]


def contact_relative(stack: Stack, found: Found, run: Words) -> str:
    """ "the facilities we chose": a relative clause without a relative word."""
    if stack.run_before not in "NP":
        return ""
    stack.take_verb(stack.push(Frame("relative", run[0], stack.top)), found.chunk, run)
    return DONE


def next_clause(stack: Stack, found: Found, run: Words) -> str:
    """ "A called, and B answered"."""
    before = stack.run_before
    while len(stack.open) > 1 and stack.top.form != "finite" and before in ",k;":
        stack.pop(run[0])
    if before == "k":
        leave_complement(stack, run)
    new = stack.push(Frame("coordinate", run[0], stack.top, "and" if before == "k" else None))
    stack.take_verb(new, found.chunk, run)
    return DONE


WITH_SUBJECT: tuple[Callable[[Stack, Found, Words], str], ...] = (
    participle_of_object,
    bare_complement,
    resumed_subject,
    contact_relative,
    next_clause,
)


def first_verb(stack: Stack, found: Found) -> str:
    """The verb that the innermost clause waits for."""
    frame, run = found.frame, found.run
    if frame.chunk is not None or not (frame.candidate is not None or frame.wh or run is not None):
        return ""
    before = stack.run_before
    if (
        run is not None
        and frame.candidate not in (None, run)
        and (before == "N" or (before == "P" and stack.lower[run[0]] in NOMINATIVE))
    ):
        # "the facilities we chose have"
        stack.take_verb(stack.push(Frame("relative", run[0], frame)), found.chunk, run)
        return DONE
    stack.take_verb(frame, found.chunk, frame.candidate or run or frame.antecedent)
    return DONE


def participle_of_phrase(stack: Stack, found: Found) -> str:
    """ "the meeting with the chief held in Baku"."""
    return (
        PARTICIPLE
        if not found.turned
        and found.past
        and found.frame.chunk is not None
        and found.run is None
        and stack.previous in "NP"
        and not stack.waiting()
        and "e" in possible(stack.lower[found.chunk.first])
        else ""
    )


def joined_verb(stack: Stack, found: Found) -> str:
    """ "called and thanked"."""
    frame = found.frame
    if frame.chunk is None or stack.previous != "k":
        return ""
    if frame.chunk.kind == "E" and frame.parent is not None and frame.parent.chunk is None:
        # "The guest thanked for the welcome and conveyed": both are past tense
        stack.settle_as_past(frame)
    coordinate(stack, found.chunk, found.lemma)
    return DONE


def time_subject(stack: Stack, found: Found) -> str:
    """ "This year has confirmed": a time that does something."""
    if found.frame.chunk is not None or stack.time_np is None or stack.previous != "N":
        return ""
    stack.take_verb(found.frame, found.chunk, stack.time_np)
    return DONE


def clause_subject(stack: Stack, found: Found) -> str:
    """ "What we see is a crime"."""
    frame = found.frame
    if (
        frame.link != "complement"
        or not frame.wh
        or frame.governor is not None
        or stack.open[0].chunk is not None
    ):
        return ""
    first = frame.first
    stack.pop_to(1, found.item.first)
    stack.take_verb(stack.top, found.chunk, (first, found.item.first))
    return DONE


def resumed_verb(stack: Stack, found: Found) -> str:
    """ "The envoy, who had arrived on Sunday, met"."""
    depth = stack.waiting()
    if not depth or stack.open[depth - 1].candidate is None:
        return ""
    stack.pop_to(depth, found.item.first)
    stack.take_verb(stack.top, found.chunk, stack.top.candidate)
    return DONE


def inverted_speech(stack: Stack, found: Found) -> str:
    """ "said the minister" where nothing else can be the subject."""
    frame, after = found.frame, found.after
    if (
        after is None
        or after.kind != "N"
        or found.lemma not in SPEECH_VERBS
        or stack.classes[after.first] == "o"
    ):
        return ""
    if frame.chunk is not None:
        frame = stack.push(Frame("coordinate", found.item.first, frame))
    stack.take_verb(frame, found.chunk, (after.first, after.last))
    return DONE


def participle_before(stack: Stack, found: Found) -> str:
    """ "the talks held in Geneva were": what was taken for the verb is a participle."""
    frame, chunk = found.frame, found.chunk
    if not (
        is_plain_past(stack, frame)
        and (stack.previous != "," or frame.comma)
        and stack.classes[chunk.first] in "BHmOzvd"
    ):
        return ""
    new = Frame(frame.link, frame.first, frame.parent, frame.marker)
    new.wh, new.governor, new.antecedent = frame.wh, frame.governor, frame.antecedent
    stack.open[-1] = new
    frame.link, frame.form, frame.parent = "participle", "participle", new
    frame.governor = None
    frame.last = found.item.first
    stack.done.append(frame)
    stack.take_verb(new, chunk, frame.subject)
    return DONE


def is_plain_past(stack: Stack, frame: Frame) -> bool:
    chunk = frame.chunk
    return (
        chunk is not None
        and chunk.kind == "V"
        and stack.classes[chunk.first] == "d"
        and frame.form == "finite"
    )


def without_subject(stack: Stack, found: Found) -> str:
    """Whatever else it is: "Met the envoy on Monday"."""
    frame, chunk = found.frame, found.chunk
    if frame.chunk is None:
        stack.take_verb(frame, chunk, None)
    elif stack.previous == ",":
        coordinate(stack, chunk, found.lemma)
    else:
        stack.take_verb(stack.push(Frame("coordinate", found.item.first, frame)), chunk, None)
    return DONE


RULES: tuple[Callable[[Stack, Found], str], ...] = (
    interrupted_group,
    bare_infinitive,
    attribution,
    with_subject,
    first_verb,
    participle_of_phrase,
    joined_verb,
    time_subject,
    clause_subject,
    resumed_verb,
    inverted_speech,
    participle_before,
    without_subject,
)


def comma_ahead(stack: Stack, at: int) -> bool:
    """Whether a comma and another finite verb follow in the sentence."""
    comma = False
    for item in stack.items[at + 1 :]:
        if item.kind == ",":
            comma = True
        elif comma and item.kind == "V":
            return True
    return False


def leave_complement(stack: Stack, run: Words) -> None:
    """Before ", and he": a clause with the subject of the outer clause goes on with that one."""
    if run[0] < 2 or stack.classes[run[0] - 2] not in ',"' or run[1] - run[0] > 1:
        return
    for depth in range(len(stack.open) - 1, 0, -1):
        outer = stack.open[depth - 1]
        if (
            outer.subject
            and outer.chunk is not None
            and outer.form == "finite"
            and stack.lower[outer.subject[0]] == stack.lower[run[0]]
        ):
            stack.pop_to(depth, run[0] - 1)
            return


def coordinate(stack: Stack, chunk: Chunk, lemma: str) -> None:
    """Place a verb after "and" or a comma without a subject of its own: which clause it goes on with."""
    depth = reported_depth(stack, chunk, lemma) or tense_depth(stack, chunk)
    if not depth:
        depth = len(stack.open)
        if stack.classes[chunk.first] != "v" or stack.top.form == "finite":
            while depth > 1 and (
                stack.open[depth - 1].chunk is None or stack.open[depth - 1].form != "finite"
            ):
                depth -= 1
    stack.pop_to(depth, chunk.first - 1)
    target = stack.top
    if target.chunk is None:
        stack.take_verb(target, chunk, target.candidate)
        return
    new = stack.push(Frame("coordinate", chunk.first, target, "and" if stack.previous == "k" else None))
    stack.take_verb(new, chunk, target.subject)


def reported_depth(stack: Stack, chunk: Chunk, lemma: str) -> int:
    """ "said that A and added that B": depth of the clause whose verb reports, if we are in its complement; or 0."""
    passive = "B" in stack.classes[chunk.first : chunk.last] and stack.classes[stack.head(chunk)] in "ed"
    if lemma not in SPEECH_VERBS or passive:
        return 0
    for depth in range(len(stack.open) - 1, 0, -1):
        outer = stack.open[depth - 1]
        if (
            outer.chunk is not None
            and outer.form == "finite"
            and (outer.lemma in SPEECH_VERBS or outer.lemma in CLAUSE_VERBS)
            and stack.lower[outer.chunk.first] != "be"  # "suggested that it be held ... and wondered"
        ):
            return depth
    return 0


def tense_depth(stack: Stack, chunk: Chunk) -> int:
    """ "noted that it is a partner and appreciated": depth of the clause in the tense of its second verb; or 0."""
    tense = stack.tense(chunk)
    if not tense or stack.top.form != "finite" or stack.tense(stack.top.chunk) in ("", tense):
        return 0
    for depth in range(len(stack.open) - 1, 0, -1):
        outer = stack.open[depth - 1]
        if outer.chunk is not None and outer.form == "finite" and stack.tense(outer.chunk) == tense:
            return depth
    return 0
