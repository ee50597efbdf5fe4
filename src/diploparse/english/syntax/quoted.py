"""Quotation marks, and attributions beside or inside what they attribute."""

from __future__ import annotations

from .chunks import Chunk
from .frames import Frame
from .phrases import Item
from .stack import Stack, Words
from .verb_kinds import NOMINATIVE, SPEECH_VERBS


def inserted(stack: Stack, at: int, lemma: str, chunk: Chunk) -> bool:
    """Place the verb of "..., he said, ..." or "..., said X."; False if it is none."""
    if lemma not in SPEECH_VERBS or is_in_front(stack):
        return False
    items, frame, run = stack.items, stack.top, stack.run
    noun_follows = at + 1 < len(items) and items[at + 1].kind == "N"
    fronted = False
    if run is not None and stack.run_before in ',"-' and at >= 2:
        if not inserts_subject(stack, at, run):
            return False
        subject = run
        if frame.candidate == run and frame.chunk is None:
            frame.candidate = None
    elif run is None and stack.previous == "," and stack.comma_np and frame.chunk and not noun_follows:
        subject = stack.comma_np  # "..., the chairman, General X, said on Monday"
    elif run is None and stack.previous in ',"' and noun_follows and at >= 2:
        after = past_phrases(stack, at + 2, "PrN", at + 6)
        kind = items[after].kind if after < len(items) else ""
        if kind == "V":
            return False
        waits = frame.chunk is None
        fronted = waits and frame.candidate is None and kind == "," and after + 1 < len(items)
        if stack.previous == "," and waits and not fronted:
            return False
        subject = (items[at + 1].first, items[at + 1].last)
    else:
        return False
    if not stack.leads and frame.chunk is None and frame.candidate is None and not fronted:
        return False
    new = stack.push(Frame("main", min(subject[0], chunk.first)))
    new.inserted = True
    stack.take_verb(new, chunk, subject)
    return True


def is_in_front(stack: Stack) -> bool:
    """Whether all that has been told is a participle in front of the clause: "Speaking in Geneva, the chancellor stressed"."""
    if len(stack.open) < 2:
        return False
    main, top = stack.open[-2:]
    return top.form in ("participle", "gerund") and top.first == main.first and main.chunk is None


def past_phrases(stack: Stack, at: int, kinds: str, limit: int) -> int:
    """Index past the items of some kinds from ``at``, at most ``limit``."""
    while at < len(stack.items) and stack.items[at].kind in kinds and at < limit:
        at += 1
    return at


def inserts_subject(stack: Stack, at: int, run: Words) -> bool:
    """Whether subject and speech verb between marks stand apart from the clause around them."""
    items, frame = stack.items, stack.top
    j = past_phrases(stack, at + 1, "NPr", at + 4)
    kind = items[j].kind if j < len(items) else ""
    if kind and kind not in ',.;"-':
        return False
    if frame.chunk is None and items[at - 1].kind != "N":
        return False
    if kind == "," and j + 1 < len(items) and items[j + 1].first in stack.text.opens and not stack.leads:
        return False  # "Asked about it, she told the paper, “We shall see”": all content is to come
    if frame.chunk is not None:
        return True
    if frame.candidate == run and stack.older and kind == ",":
        frame.candidate = stack.older  # "Her mandate, she said, allowed"
    if frame.candidate is None or frame.candidate == run:
        return False
    # "X, the minister, said": an apposition, no subject of its own
    return stack.lower[run[0]] in NOMINATIVE or kind in ("", ",")


def read_quote(stack: Stack, at: int, item: Item) -> None:
    """A quotation mark; one that opens or closes none of the document's quotations is let be."""
    text = stack.text
    if item.first in text.opens:
        open_quotation(stack, item, text.opens[item.first])
    elif item.first in text.closes:
        close_quotation(stack, at, item, text.closes[item.first])


def open_quotation(stack: Stack, item: Item, close: int) -> None:
    depth = next((d for d, f in enumerate(stack.open) if f.inserted), None)
    if depth is not None:
        stack.ended_insert = stack.open[depth]
        stack.pop_to(depth, item.first)
    frame = stack.top
    speaks = stack.previous in "VN" and frame.lemma in SPEECH_VERBS and frame.chunk is not None
    if stack.previous not in "^,:-" and not speaks:
        return
    governor = stack.governing()
    new = stack.push(Frame("quotation", item.last, governor))
    new.quoted, new.close = True, close
    new.governor = governor if governor is not None and governor.lemma in SPEECH_VERBS else None
    if stack.leads and stack.leads[-1].chunk is None and stack.leads[-1].last < item.first:
        # "The deal," he added, "is a turning point"
        new.candidate = stack.leads[-1].candidate
    stack.leads.append(new)
    stack.run = None


def close_quotation(stack: Stack, at: int, item: Item, opened: int) -> None:
    depth = next((d for d, f in enumerate(stack.open) if f.close == item.first), None)
    if depth is not None:
        quotation = stack.open[depth]
        stack.pop_to(depth, item.first)
        stack.run = None
        after = stack.items[at + 1].kind if at + 1 < len(stack.items) else "."
        named = quotation.chunk is None and quotation.candidate is not None and stack.previous != ","
        if named and after in "VErp":
            read_quoted_name(stack, item, quotation, opened)
    elif opened < stack.sentence.start and at and not stack.leads:
        # The sentence began inside the quotation: what was read so far is its content.
        lead = stack.open[0]
        lead.quoted, lead.link = True, "quotation"
        stack.leads.append(lead)
        stack.pop_to(0, item.first)
        stack.push(Frame("main", item.last))
        stack.run = None


def read_quoted_name(stack: Stack, item: Item, quotation: Frame, opened: int) -> None:
    """ "“Paper hotlines” have failed": a name in quotation marks."""
    stack.leads.remove(quotation)
    if quotation.governor is None and stack.open and stack.top.chunk is None:
        stack.top.candidate = (opened, item.last)
    quotation.governor = None
    stack.run, stack.run_before = (opened, item.last), "^"
