"""Chunks to phrases: a noun group takes its "of"-phrases and coordination, a preposition its noun phrase."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...lexicon import LexiconUnion
from ..wordclasses import Words, guess, lemma_of, word_table
from .chunks import Chunk
from .verb_kinds import (
    ADDRESSEE_VERBS,
    BARE_TIMES,
    CLAUSE_VERBS,
    NOMINATIVE,
    OF_VERBS,
    OPENERS,
    SPEECH_VERBS,
    TIME_NOUNS,
    TIME_WORDS,
)

# After an auxiliary and its subject in a question: chunk kinds and classes of the main verb.
_INVERTED = {"m": "VG", "O": "V", "H": "VE", "B": "GE"}
_INVERTED_CLASSES = {"m": "vbHO", "O": "vbHO", "H": "edHb", "B": "geb"}
_AUXILIARIES = frozenset("mBHO!r")


class Text:
    """A document's words, and what the lexicon says of them."""

    __slots__ = ("classes", "closes", "heads", "lexicon", "lower", "opens")

    def __init__(self, words: Words, lexicon: LexiconUnion | None, quotes: Sequence[tuple[int, int]]) -> None:
        self.lower = words.lower
        self.classes = words.classes
        self.lexicon = lexicon
        self.heads: dict[str, bool] = {}
        """Of the words asked for so far: whether they are event, speech or stance nouns."""
        self.opens = {first: last - 1 for first, last in quotes}
        """Opening mark of a quotation to its closing one, by word number."""
        self.closes = {last - 1: first for first, last in quotes}

    def is_noun_of(self, word: int) -> bool:
        """Whether a word is an event noun or speech noun."""
        form = self.lower[word]
        found = self.heads.get(form)
        if found is None:
            has = self.lexicon is not None and self.lexicon.has
            found = self.heads[form] = bool(has and has(form, "event_noun", "speech_noun", "stance_noun"))
        return found

    def is_time(self, first: int, last: int) -> bool:
        """Whether a noun group tells a time: a time mention, "last week", "Tuesday"."""
        classes, lower = self.classes, self.lower
        if classes[first] == "Z" or (
            last - first > 1 and classes[first] == "D" and classes[first + 1] == "Z"
        ):
            return classes[last - 1] in "Z+"
        head = lower[last - 1]
        if head not in TIME_NOUNS:
            return False
        return head in BARE_TIMES or lower[first] in TIME_WORDS or classes[first] == "c"


def possible(form: str) -> str:
    """The possible classes of a lower-case form."""
    return word_table().classes.get(form) or guess(form)


class Item:
    """A phrase or a chunk that stands alone."""

    __slots__ = ("cores", "first", "kind", "last", "start", "time")

    def __init__(
        self,
        kind: str,
        first: int,
        last: int,
        start: int,
        cores: tuple[tuple[int, int], ...] = (),
        time: bool = False,
    ) -> None:
        self.kind = kind
        """N noun phrase, P prepositional phrase, else as the chunk."""
        self.first = first
        """First word."""
        self.last = last
        """One past the last word."""
        self.start = start
        """First word of the noun phrase in it."""
        self.cores = cores
        """Its noun groups, first and past-last word."""
        self.time = time
        """Whether it tells a time."""


def items_of(text: Text, chunks: list[Chunk]) -> list[Item]:
    """A sentence's phrases and remaining chunks, in order; ``chunks`` are corrected in place."""
    return _Phrases(text, chunks).read()


class _Phrases:
    """The pass over a sentence's chunks; each step moves ``at`` past what it has taken."""

    def __init__(self, text: Text, chunks: list[Chunk]) -> None:
        self.text = text
        self.lower = text.lower
        self.classes = text.classes
        self.chunks = chunks
        self.at = 0
        self.out: list[Item] = []
        self.verb_seen = False
        self.that_seen = False

    def read(self) -> list[Item]:
        steps: dict[str, Callable[[str, int, int], None]] = {
            "N": self.noun_phrase,
            "p": self.preposition,
            "V": self.verb,
        }
        chunks, n, other = self.chunks, len(self.chunks), self.other
        while self.at < n:
            kind, first, last = chunks[self.at]
            if kind in "VGw":
                kind = self.reread(kind, first, last)
            if kind in "tw":
                self.that_seen = True
            if kind:
                steps.get(kind, other)(kind, first, last)
        return self.out

    def reread(self, kind: str, first: int, last: int) -> str:
        """What a verb or "that" is, seen with the phrases before it; "" if it joined the one before."""
        out, alone = self.out, last - first == 1
        if kind == "V" and alone and self.classes[first] == "z" and out:
            if self.is_plural(first):
                out[-1].last = last
                out[-1].cores = (*out[-1].cores[:-1], (out[-1].cores[-1][0], last))
                self.at += 1
                return ""
            if out[-1].kind == "t":
                kind = "N"  # "that attempts to isolate it were doomed": no verb without a subject
        elif kind == "w":
            if (
                self.lower[first] == "that"
                and len(out) > 1
                and out[-1].kind == "N"
                and out[-2].kind in "VIG"
                and lemma_of(self.lower[out[-2].last - 1]) in ADDRESSEE_VERBS
            ):
                return "t"  # "told his guest that"
        elif kind == "G" and alone and self.kind_after(1) == "V" and (not out or out[-1].kind in "ftw,k"):
            kind = "N"  # "since fighting reached the town"
        if kind == "N":
            self.chunks[self.at] = Chunk("N", first, last)
        return kind

    def kind_after(self, distance: int) -> str:
        """The kind of a chunk ahead, "" past the end."""
        at = self.at + distance
        return self.chunks[at].kind if at < len(self.chunks) else ""

    def is_plural(self, first: int) -> bool:
        """Whether a verb form after a phrase is its plural head: "at NATO headquarters", "between NATO and Russian commands"."""
        before, i = self.out[-1], self.at
        return (
            self.verb_seen
            and before.kind in "NP"
            and before.last == first
            and (before.kind == "P" or i < 2 or self.chunks[i - 2].kind in "pk")
            and (i + 1 == len(self.chunks) or self.chunks[i + 1].kind in ".,:;pk")
            and "s" in possible(self.lower[first])
        )

    def noun_phrase(self, kind: str, first: int, last: int) -> None:
        if self.lower[first] == "that" and self.is_conjunction(first, last):
            self.out.append(Item("t", first, first + 1, first))
            if last - first == 1:
                self.at += 1
                return
            first += 1
            self.chunks[self.at] = Chunk("N", first, last)
        out = self.out
        # "assured Moldova of support": whose "of" it is
        alone = bool(out) and out[-1].kind in "VIG" and lemma_of(self.lower[out[-1].last - 1]) in OF_VERBS
        self.at, end, cores = grown(self.text, self.chunks, self.at, subject=not self.verb_seen, alone=alone)
        out.append(Item("N", first, end, first, cores, self.text.is_time(first, last)))

    def is_conjunction(self, first: int, last: int) -> bool:
        """Whether a "that" which was taken for a determiner opens a clause: "that ties grew; that trade doubled"."""
        if not self.out:
            return False
        before = self.out[-1]
        return (
            (self.that_seen and before.kind in "k;")
            or (before.kind in "VGI" and lemma_of(self.lower[before.last - 1]) in CLAUSE_VERBS)
        ) and opens_clause(self.text, self.chunks, self.at if last - first > 1 else self.at + 1, after=0)

    def preposition(self, kind: str, first: int, last: int) -> None:
        chunks, i, n, out = self.chunks, self.at, len(self.chunks), self.out
        if self.lower[first] in OPENERS and opens_clause(self.text, chunks, i):
            out.append(Item("f", first, last, first))
            self.at += 1
            self.verb_seen = False
            return
        j = i + 1
        while j < n and chunks[j].kind in "pr" and j - i < 3:
            j += 1
        if j + 1 < n and chunks[j].kind == '"' and chunks[j + 1].kind == "N":
            j += 1
        if j >= n or chunks[j].kind != "N":
            out.append(Item("p", first, last, first))
            self.at += 1
            return
        start = chunks[j].first
        fronted = not out or (len(out) == 1 and out[0].kind in "rk")
        self.at, end, cores = grown(
            self.text, chunks, j, subject=not fronted and self.inside_subject(j), fronted=fronted
        )
        out.append(Item("P", first, end, start, cores, self.text.is_time(start, chunks[j].last)))

    def inside_subject(self, j: int) -> bool:
        """
        Whether a noun phrase at chunk ``j`` after a preposition stands inside a subject whose verb is to come, so that "and" goes on with
        it: "Talks with Russia and Ukraine were held", "Matters related to trade and energy were discussed".
        """
        if self.verb_seen or not self.out:
            return False
        before = self.out[-1]
        if before.kind == "E":
            return True
        names = [self.is_name(k) for k in (j, j + 2) if k < len(self.chunks)]
        return before.kind == "N" and names == [True, True] and self.text.is_noun_of(before.last - 1)

    def is_name(self, k: int) -> bool:
        """Whether a noun group is a name or mention, with or without article."""
        _, first, last = self.chunks[k]
        return self.classes[first + (self.classes[first] == "D" and last - first > 1)] in "MP"

    def verb(self, kind: str, first: int, last: int) -> None:
        chunks, i = self.chunks, self.at
        self.verb_seen = True
        helps = _AUXILIARIES.issuperset(self.classes[first:last])
        if (
            helps
            and self.kind_after(1) == '"'
            and self.kind_after(2) in ("V", "E", "G")
            and self.classes[chunks[i + 2].first] in "vbHeg"
        ):
            # would “wake up”
            last = chunks[i + 2].last
            self.at = i = i + 2
            helps = False
        if helps and self.is_inverted(first):
            # "Did he say", "What has the minister done": the auxiliary stands before its subject.
            subject, main = chunks[i + 1], chunks[i + 2]
            span = (subject.first, subject.last)
            self.out += (
                Item("a", first, last, first),
                Item("N", *span, subject.first, (span,)),
                Item("V", main.first, main.last, main.first),
            )
            self.at += 3
            return
        self.out.append(Item("V", first, last, first))
        self.at += 1

    def is_inverted(self, first: int) -> bool:
        chunks, i = self.chunks, self.at
        letter = self.classes[first]
        return (
            i + 2 < len(chunks)
            and chunks[i + 1].kind == "N"
            and (i == 0 or chunks[i - 1].kind in 'wr,k"-:')
            and letter in _INVERTED
            and chunks[i + 2].kind in _INVERTED[letter]
            and self.classes[chunks[i + 2].first] in _INVERTED_CLASSES[letter]
        )

    def other(self, kind: str, first: int, last: int) -> None:
        if kind in 'twf;:-"':
            self.verb_seen = False
        self.out.append(Item(kind, first, last, first))
        self.at += 1


def opens_clause(text: Text, chunks: Sequence[Chunk], i: int, after: int = 1) -> bool:
    """Whether a noun phrase and a finite verb stand ``after`` chunks behind chunk ``i``: "as the minister noted"."""
    j, n = i + after, len(chunks)
    if j >= n or chunks[j].kind != "N" or text.is_time(chunks[j].first, chunks[j].last):
        return False
    j += 1
    while j + 1 < n and chunks[j].kind == "p" and chunks[j + 1].kind == "N":
        j += 2
    while j < n and chunks[j].kind == "r":
        j += 1
    if j >= n:
        return False
    if chunks[j].kind == "V":
        return True
    return (
        chunks[j].kind == "E"
        and j + 1 < n
        and (
            (chunks[j + 1].kind in ",." and lemma_of(text.lower[chunks[j].first]) in SPEECH_VERBS)
            or (after == 0 and not any(c.kind == "V" for c in chunks[j:]))
        )
    )


def grown(
    text: Text, chunks: Sequence[Chunk], i: int, subject: bool, fronted: bool = False, alone: bool = False
) -> tuple[int, int, tuple[tuple[int, int], ...]]:
    """Index after, word end and noun groups of the noun phrase that starts at chunk ``i``: "of" and coordination taken in."""
    lower, n = text.lower, len(chunks)
    _, first, end = chunks[i]
    cores = [(first, end)]
    alone = alone or text.classes[first] == "Z"
    between = i > 0 and lower[chunks[i - 1].first] == "between"
    j = i + 1
    for _ in range(12):
        if j + 1 >= n or chunks[j].kind not in "p,k":
            break
        if (
            chunks[j].kind == "p"
            and lower[chunks[j].first] == "of"
            and chunks[j + 1].kind == "N"
            and not (alone and len(cores) == 1)
        ):
            k = j + 1
        else:
            k = conjunct(text, chunks, j, subject, fronted, between and len(cores) == 1)
            if not k:
                break
        cores.append((chunks[k].first, chunks[k].last))
        end, j = chunks[k].last, k + 1
    return j, end, tuple(cores)


def conjunct(text: Text, chunks: Sequence[Chunk], j: int, subject: bool, fronted: bool, between: bool) -> int:
    """
    Index of the noun group that goes on with a coordination at ``j`` ("and B", ", B and C"), or 0.

    Args:
        subject: The phrase stands where a subject may; a verb after the next noun group is then theirs together.

        fronted: The phrase opens the sentence with a preposition; a comma ends it ("During the talks, A and B").
    """
    kind, classes = chunks[j].kind, text.classes
    if fronted and kind == "," and not classes[chunks[j + 1].first] == "M" == classes[chunks[j - 1].first]:
        return 0
    if kind == "k" and chunks[j + 1].kind == "N":
        at = j + 1
    elif kind == ",":
        at = _listed(text, chunks, j, subject)
    else:
        return 0
    if not at or text.lower[chunks[j].first] == "but" or text.is_time(chunks[at].first, chunks[at].last):
        return 0
    if not subject and not between and _has_verb(text, chunks, at):
        return 0
    return at


def _listed(text: Text, chunks: Sequence[Chunk], j: int, subject: bool) -> int:
    """Index of the noun group after a comma at ``j`` that stands between the members of a list, or 0."""
    n, at = len(chunks), j + 1
    if chunks[at].kind == "k":
        # ", and B": only at the end of a list, which is being read already.
        # "the speaker, Anna Berg, and the chairman": the comma may stand inside a mention.
        before = chunks[j - 1]
        ends = before.kind == "N" and (
            (j >= 2 and chunks[j - 2].kind == ",") or "," in text.lower[before.first : before.last]
        )
        return at + 1 if ends and at + 1 < n and chunks[at + 1].kind == "N" else 0
    if chunks[at].kind != "N":
        return 0
    # A headline's comma: "Danish, Malaysian officials call"
    headline = (
        subject
        and j == 1
        and at + 1 < n
        and chunks[at + 1].kind == "V"
        and text.classes[chunks[at + 1].first] == "v"
    )
    return at if list_goes_on(text, chunks, at) or headline else 0


def _has_verb(text: Text, chunks: Sequence[Chunk], at: int) -> bool:
    """Whether a noun group is the subject of a verb of its own."""
    n = len(chunks)
    if chunks[at].last - chunks[at].first == 1 and text.lower[chunks[at].first] in NOMINATIVE:
        return True
    m = at + 1
    while m + 1 < n and (chunks[m].kind == "p" and chunks[m + 1].kind == "N"):
        m += 2
    if m < n and chunks[m].kind == "r" and m + 1 < n:
        m += 1
    return m < n and chunks[m].kind == "V"


def list_goes_on(text: Text, chunks: Sequence[Chunk], at: int) -> bool:
    """Whether noun groups and commas from ``at`` lead to an "and" and a noun group within a dozen chunks."""
    n = len(chunks)
    for k in range(at, min(at + 14, n - 1)):
        kind = chunks[k].kind
        if kind == "k":
            return chunks[k + 1].kind == "N" and k > at and chunks[k - 1].kind in "N,"
        if kind != "N" and kind != "," and not (kind == "p" and text.lower[chunks[k].first] == "of"):
            return False
    return False
