"""What opens a clause ("that", "which", "if") and what closes one (commas, semicolons)."""

from __future__ import annotations

from .frames import Frame
from .phrases import Item
from .stack import Stack
from .verb_kinds import ADDRESSEE_VERBS, CLAUSE_VERBS, IF_VERBS, RELATIVES

_TIME_OPENERS = frozenset(["when", "where", "whenever", "wherever"])


def read_that(stack: Stack, at: int, item: Item) -> None:
    """A complement of the noun or verb before, or one more of those before."""
    before = stack.items[at - 1] if at else None
    if before is not None and before.kind == "f" and stack.lower[before.first] == "so":
        return  # "so that" has opened its clause
    if stack.listed is not None and stack.previous in ";k":
        open_that(stack, item, stack.listed, stack.listed)
        return
    if stack.previous == "k":
        for depth in range(len(stack.open), 1, -1):
            sibling = stack.open[depth - 1]
            if sibling.marker == "that":
                stack.pop_to(depth - 1, item.first - 1)
                open_that(stack, item, sibling.parent, sibling.governor)
                return
    governor = stack.nominal if stack.nominal is not None and stack.previous in "N" else None
    verb = stack.governing()
    if governor is None:
        governor = verb
        if stack.previous in "NP" and verb is not None and verb.lemma not in CLAUSE_VERBS:
            governor = None  # "made a case that", "to the point that"
    elif verb is not None and verb.lemma in ADDRESSEE_VERBS:
        governor = verb
    open_that(stack, item, governor or stack.top, governor)


def open_that(stack: Stack, item: Item, parent: Frame | None, governor: Frame | None) -> None:
    stack.push(Frame("complement", item.last, parent, "that")).governor = governor
    stack.run = None


def read_wh(stack: Stack, at: int, item: Item) -> str:
    """A relative clause, a question, or a time; "t" if it is a "that" which opens a complement."""
    word, previous = stack.lower[item.first], stack.previous
    if word == "that" and previous == "N" and stack.nominal is not None and content_follows(stack, at):
        return "t"  # "confidence that ties would deepen"
    verb = stack.governing()
    if previous == "p" and word in ("which", "whom") and stack.last_np is not None:
        # "a crime of which the authors are known"
        stack.push(Frame("relative", item.first, verb or stack.top, word)).antecedent = stack.last_np
    elif at == 0 and word in _TIME_OPENERS:
        stack.push(Frame("adverbial", item.first, stack.top, word))
    elif word in RELATIVES and previous in "NP,":
        frame = stack.push(Frame("relative", item.first, verb or stack.top, word))
        frame.antecedent = stack.last_np
        frame.wh = word not in _TIME_OPENERS
    elif word in ("when", "where", "while") and (verb is None or verb.lemma not in IF_VERBS):
        stack.push(Frame("adverbial", item.first, verb or stack.top, word))
    else:
        frame = stack.push(Frame("complement", item.first, verb or stack.top, word))
        frame.governor = verb if previous in "VIGENP" else None
        frame.wh = True
    stack.run = None
    return ""


def content_follows(stack: Stack, at: int) -> bool:
    """Whether a clause with subject and verb stands after "that", and does not lack its object."""
    kinds = [item.kind for item in stack.items[at + 1 : at + 5]]
    if kinds[:1] != ["N"] or "V" not in kinds[1:3]:
        return False
    verb = kinds.index("V")
    chunk = stack.items[at + 1 + verb]
    after = kinds[verb + 1] if verb + 1 < len(kinds) else "."
    return after not in ".," or chunk.last - chunk.first > 1


def read_subordinator(stack: Stack, at: int, item: Item) -> None:
    """An adverbial clause; after a verb of asking what is asked."""
    word, previous = stack.lower[item.first], stack.previous
    if word in ("while", "whereas") and previous == "," and not any(f.quoted for f in stack.open):
        # Over against the whole: "X called on Y to stop, while Z warned".
        depth = next((d for d, f in enumerate(stack.open, 1) if f.chunk is not None), 0)
        if depth:
            stack.pop_to(depth, item.first)
    verb = stack.governing()
    if (word == "whether" and previous in "VIGENP") or (
        word == "if" and previous in "VIGEN" and verb is not None and verb.lemma in IF_VERBS
    ):
        stack.push(Frame("complement", item.last, verb or stack.top, word)).governor = verb
    else:
        stack.push(Frame("adverbial", item.first, verb or stack.top, word))
    stack.run = None


def read_comma(stack: Stack, at: int, item: Item) -> None:
    """The end of an attribution, or of a clause between a subject and its verb."""
    stack.run = None
    stack.nominal = None
    top, after = stack.top, stack.items[at + 1 : at + 3]
    kind = after[0].kind if after else "."
    if top.inserted:
        assert top.subject is not None
        if top.subject[0] < top.head or kind in 'k"' or (kind == "V" and stack.waiting()):
            stack.ended_insert = stack.pop(item.first)
        return
    if kind == "r" and len(after) > 1:
        kind = after[1].kind
    if kind in "VE":
        # "X, who had joined by phone, warned": the clause before the comma is over
        depth = stack.waiting()
        if depth and stack.open[depth - 1].candidate is not None:
            stack.pop_to(depth, item.first)


def read_boundary(stack: Stack, at: int, item: Item) -> None:
    """A colon, dash or semicolon; a semicolon ends the clauses of its sentence or quotation."""
    stack.run = None
    stack.nominal = None
    if stack.top.inserted:
        stack.pop(item.first)
    if item.kind == ";":
        depth = next((d for d, f in enumerate(stack.open, 1) if f.quoted), 1)
        stack.listed = next((f.governor for f in stack.open if f.marker == "that" and f.governor), None)
        if stack.open[depth - 1].chunk is not None:
            stack.pop_to(depth, item.first)
            stack.push(Frame("coordinate", item.last, stack.top))
