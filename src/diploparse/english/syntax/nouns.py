"""What a noun phrase or a prepositional phrase does to the open clauses."""

from __future__ import annotations

from .frames import Frame
from .phrases import Item
from .stack import Stack
from .verb_kinds import CALLING


def read_noun_phrase(stack: Stack, at: int, item: Item) -> None:
    """A subject that waits for its verb, or an object of the verb before; a time is an attachment."""
    span = (item.first, item.last)
    top = stack.top
    stack.time_np = span if item.time else None
    if item.time:
        if top.chunk is not None:
            top.attachments.append((item.first, item.first, item.last))
        if stack.run is None:
            stack.run_before = "P"
        open_nominals(stack, item)
        return
    if top.chunk is None:
        if is_candidate(stack, at):
            if stack.previous == ",":
                stack.older = top.candidate
            top.candidate = span
    elif span != top.subject and is_object(stack, top):
        top.objects.append(span)
    elif stack.previous == "," and awaits_subject(stack):
        stack.open[-2].candidate = span
    if stack.previous != ",":
        stack.comma_np = None
    elif stack.comma_np is None:
        stack.comma_np = span
    stack.run_before = stack.previous
    stack.run = span
    stack.last_np = span
    open_nominals(stack, item)


def is_candidate(stack: Stack, at: int) -> bool:
    """Whether a noun phrase may be the subject of the clause that waits for its verb."""
    previous = stack.previous
    if stack.top.candidate is None:
        return True
    if previous == ",":
        return at + 1 == len(stack.items) or stack.items[at + 1].kind != ","
    return previous not in 'NP^-"'


def awaits_subject(stack: Stack) -> bool:
    """Whether a participle has opened the sentence, and its subject is still to come: "Receiving the envoy, the king"."""
    if len(stack.open) < 2:
        return False
    main, top = stack.open[-2:]
    return (
        top.form in ("participle", "gerund")
        and top.first == main.first
        and main.chunk is None
        and main.candidate is None
    )


def is_object(stack: Stack, clause: Frame) -> bool:
    """Whether a noun phrase is an object of a clause that has its verb."""
    previous = stack.previous
    return (
        previous in "VIGE"
        or (previous == '"' and clause.lemma in CALLING)
        or (previous == "N" and len(clause.objects) == 1)
        or (previous in "PJ" and not clause.objects and clause.lemma != "be")
    )


def read_prepositional(stack: Stack, at: int, item: Item) -> None:
    """An attachment of the event noun before it, else of the verb; in front of the subject, of the verb to come."""
    attachment = (item.first, item.start, item.last)
    if stack.nominal is not None and stack.previous in "NP":
        stack.nominal.attachments.append(attachment)
        stack.nominal.last = item.last
    else:
        stack.top.attachments.append(attachment)
    if stack.run is None:
        stack.run_before = "P"
    stack.last_np = (item.start, item.last)
    open_nominals(stack, item)


def open_nominals(stack: Stack, item: Item) -> None:
    """Make a nominal clause for each event or speech noun that heads a noun group of the phrase."""
    if item.kind == "N":
        stack.nominal = None
    text, classes, cores = stack.text, stack.classes, item.cores
    for number, (first, last) in enumerate(cores):
        head = last - 1
        if classes[head] not in "nsygvP" or not text.is_noun_of(head):
            continue
        frame = Frame("nominal", first, stack.governing() or stack.top)
        frame.noun, frame.head, frame.form = True, head, "nominal"
        mark = classes.rfind("'", first, head)
        if mark > first:
            frame.subject = (first, mark)
        elif classes[first] == "S":
            frame.subject = (first, first + 1)
        frame.last = last
        if number + 1 < len(cores) and stack.lower[last] == "of":
            frame.attachments.append((last, cores[number + 1][0], item.last))
            frame.last = item.last
        stack.done.append(frame)
        # What follows belongs to it unless another noun has been joined with "and" since.
        joined = any(stack.lower[after - 1] != "of" for after, _ in cores[number + 1 :])
        stack.nominal = None if joined else frame
