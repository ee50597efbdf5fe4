"""The clauses of a sentence that are open, the innermost last, and what the pass has seen since."""

from __future__ import annotations

from collections.abc import Sequence

from ...records import Link
from ..wordclasses import lemma_of
from .chunks import Chunk
from .frames import Frame
from .phrases import Item, Text, possible
from .verb_kinds import DANGLING

# Clauses that stand inside one another, and how far back a clause is looked for: a text without full stops must not
# take quadratic time.  Real sentences seldom nest more than 8.
DEEPEST, NEAR = 40, 24

Words = tuple[int, int]
"""A run of words: number of the first, and one past the last."""


class Stack:
    """The state of the pass over one sentence."""

    def __init__(self, text: Text, items: Sequence[Item], sentence: range) -> None:
        self.text = text
        self.lower = text.lower
        self.classes = text.classes
        self.items = items
        self.sentence = sentence
        self.open: list[Frame] = [Frame("main", sentence.start)]
        self.done: list[Frame] = []
        self.previous = "^"
        """Kind of the item before; adverbs, brackets and times after a verb are looked through."""
        self.run: Words | None = None
        """A noun phrase that no verb has followed yet."""
        self.run_before = "^"
        """What stood before it."""
        self.last_np: Words | None = None
        self.comma_np: Words | None = None
        """The first noun phrase after a comma: what an apposition explains."""
        self.time_np: Words | None = None
        self.older: Words | None = None
        """The subject that an inserted "she said" has taken the place of."""
        self.nominal: Frame | None = None
        """The event noun whose attachments may follow."""
        self.auxiliary: Words | None = None
        self.leads: list[Frame] = []
        """Quotations, in order."""
        self.ended_insert: Frame | None = None
        self.listed: Frame | None = None
        """The verb of a list of that-clauses with semicolons."""

    # frames

    @property
    def top(self) -> Frame:
        return self.open[-1]

    def push(self, frame: Frame) -> Frame:
        if len(self.open) > DEEPEST:
            self.pop(frame.first)
        self.open.append(frame)
        return frame

    def pop(self, end: int) -> Frame:
        frame = self.open.pop()
        frame.last = max(frame.last, end)
        if (
            frame.antecedent is not None
            and frame.wh
            and frame.chunk is not None
            and frame.subject not in (None, frame.antecedent)
            and not frame.objects
        ):
            # "a policy which both have criticised"
            frame.objects.append(frame.antecedent)
        if frame.chunk is None and frame.candidate is not None:
            self.promote(frame)
        self.done.append(frame)
        return frame

    def pop_to(self, depth: int, end: int) -> None:
        while len(self.open) > depth:
            self.pop(end)

    def governing(self) -> Frame | None:
        """The innermost clause that has its verb."""
        for frame in reversed(self.open):
            if frame.chunk is not None:
                return frame
        return None

    def waiting(self) -> int:
        """Depth of the innermost clause that waits for its verb, or 0; a quotation is not looked out of."""
        for depth in range(len(self.open), 0, -1):
            if self.open[depth - 1].chunk is None:
                return depth
            if self.open[depth - 1].quoted and depth < len(self.open):
                return 0
        return 0

    # verbs

    def take_verb(self, frame: Frame, chunk: Chunk, subject: Words | None) -> None:
        """Give a clause its verb and subject."""
        if subject is not None and chunk.kind == "V":
            # What was taken for an object of the verb before is the subject of this one.
            for other in self.open:
                if other.objects and other.objects[-1] == subject and other is not frame:
                    other.objects.pop()
        frame.chunk = chunk
        frame.comma = self.previous == ","
        if (
            subject is None
            and frame.link != "infinitive"
            and self.time_np is not None
            and self.previous == "N"
        ):
            subject = self.time_np
        frame.subject = subject
        if subject is not None and chunk.kind == "V" and self.classes[frame.first] not in _NOUN_PHRASE:
            self.share(frame, subject)
        frame.auxiliary, self.auxiliary = self.auxiliary, None
        frame.head = self.head(chunk)
        frame.lemma = lemma_of(self.lower[frame.head])

    def share(self, frame: Frame, subject: Words) -> None:
        """Give the participles in front of a clause its subject: "Receiving the envoy, the king said"."""
        for other in self.done[-NEAR:]:
            if (
                other.parent is frame
                and other.chunk is not None
                and other.subject is None
                and other.first == frame.first
                and other.lemma not in DANGLING
            ):
                other.subject = subject

    def open_verb(self, link: Link, chunk: Chunk, parent: Frame | None, marker: str | None) -> Frame:
        """Push a clause that opens with its verb."""
        frame = self.push(Frame(link, chunk.first, parent, marker))
        self.take_verb(frame, chunk, None)
        if link == "infinitive":
            frame.form = "infinitive"
        return frame

    def after_verb(self) -> None:
        self.comma_np = None
        self.run = None
        self.nominal = None

    def head(self, chunk: Chunk) -> int:
        """Word number of the main verb: the last verb form of the group."""
        classes = self.classes
        for i in range(chunk.last - 1, chunk.first - 1, -1):
            if classes[i] in "vzdegBbHOqm":
                return i
        return chunk.first

    def lemma(self, chunk: Chunk) -> str:
        return lemma_of(self.lower[self.head(chunk)])

    def tense(self, chunk: Chunk | None) -> str:
        """ "past", "present", or "" if that cannot be said."""
        if chunk is None:
            return ""
        letter, word = self.classes[chunk.first], self.lower[chunk.first]
        if letter == "d" or word in _PAST:
            return "past"
        return "present" if letter in "zBHOm" and word not in _REMOTE else ""

    def could_be_past(self, word: int) -> bool:
        return self.classes[word] == "d" or "d" in possible(self.lower[word])

    def past_before(self) -> bool:
        """Whether the innermost finite verb so far is in the past tense."""
        for frame in reversed(self.open):
            if frame.chunk is not None and frame.form == "finite":
                return self.tense(frame.chunk) == "past"
        return False

    def interrupted(self, word: int) -> int:
        """Depth of the clause whose auxiliary a comma parted from the verb form at a word, or 0: "will, he said, meet"."""
        if self.previous != ",":
            return 0
        for depth in range(len(self.open), 0, -1):
            chunk = self.open[depth - 1].chunk
            if chunk is None or self.open[depth - 1].objects or self.classes[chunk.last] != ",":
                continue
            letters = self.classes[chunk.first : chunk.last]
            form = _AFTER_AUXILIARY.get(letters[0], "")
            if not _AUXILIARIES.issuperset(letters) or self.classes[word] not in form:
                continue
            # "was, he said, clear, adding": only a bare form after a modal can come that late
            if letters[0] == "m" or self.classes.count(",", chunk.last, word) == 2:
                return depth
        return 0

    def complete(self, depth: int, first: int, last: int) -> None:
        """Give the auxiliary of an interrupted clause its main verb."""
        self.pop_to(depth, first)
        frame = self.top
        assert frame.chunk is not None
        frame.auxiliary = (frame.chunk.first, frame.chunk.last)
        frame.chunk = Chunk("V", first, last)
        frame.head = self.head(frame.chunk)
        frame.lemma = lemma_of(self.lower[frame.head])

    # a participle that turns out to be the finite verb

    def promote(self, frame: Frame) -> None:
        """Give a clause without its verb the participle after its subject: "The Senate welcomed" read as "welcomed by"."""
        for other in self.done[-NEAR:]:
            if (
                other.chunk is not None
                and other.chunk.kind == "E"
                and other.parent is frame
                and other.subject is not None
                and other.subject[1] <= other.first
                and "d" in possible(self.lower[other.head])
            ):
                self.stand_for(other, frame)
                other.last = max(frame.last, other.last)
                for child in self.done[-NEAR:]:
                    if child.parent is frame and child is not other:
                        child.parent = other
                frame.governor = None
                return

    def settle_as_past(self, frame: Frame) -> None:
        """Make a participle on the stack the finite verb of the clause below it that waits for one."""
        below = frame.parent
        assert below is not None
        if below.candidate is None or below not in self.open or not self.could_be_past(frame.head):
            return
        self.stand_for(frame, below)
        self.open.remove(below)

    def stand_for(self, participle: Frame, clause: Frame) -> None:
        """Make a participle the finite verb of a clause that waits for one."""
        assert participle.chunk is not None
        participle.form, participle.link, participle.parent, participle.marker = (
            "finite",
            clause.link,
            clause.parent,
            clause.marker,
        )
        participle.chunk = participle.chunk._replace(kind="V")
        participle.subject, participle.governor = clause.candidate, clause.governor
        participle.first = min(clause.first, participle.first)
        participle.attachments[:0] = clause.attachments


# A clause that opens with one of these has no participle in front.
_NOUN_PHRASE = frozenset("DSMPnschZ")
# Classes of the main verb after an auxiliary that a parenthesis has parted from it.
_AFTER_AUXILIARY = {"m": "vb", "H": "edb", "B": "e"}
_AUXILIARIES = frozenset("mBHO!r")
_PAST = frozenset(["was", "were", "had", "did"])
_REMOTE = frozenset(["would", "could", "might", "'d", "'s"])
