"""
Shallow syntax: verb groups with subject, objects, attachments and complements.

A finite-state cascade: words are classed (`wordclasses`), one bounded pattern cuts them into chunks
(`phrases`), chunks grow into phrases, and one pass from left to right hangs clauses on a stack.

1. phrase: a noun group takes its "of"-phrases and coordination; a preposition takes its noun phrase
2. clause: each verb group opens a clause or completes one that waits for its verb
3. record: word numbers become spans

References:
    Hobbs et al., "FASTUS: a cascaded finite-state transducer for extracting information from
    natural-language text", 1997.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from ..lexicon import LexiconUnion
from ..records import Attachment, Clause, Document, Link, Mention, Span, Tense, VerbForm, VerbGroup
from .phrases import Chunk, chunks_of
from .tokens import tokens_of
from .wordclasses import Words, classed, guess, lemma_of, word_set, word_table

# Verbs that take a clause with or without "that"; a noun phrase before another verb after them opens one.
CLAUSE_VERBS = word_set(
    """
    say tell think believe know hope add note claim announce argue assert assume assure suggest
    state report stress emphasise emphasize underline underscore highlight point explain declare
    insist warn predict expect fear feel find hear imagine indicate mean mention observe prove
    realise realize notice recall remember remind reveal see show suppose suspect swear understand wish
    write confirm conclude concede admit acknowledge agree allege answer reply respond ask wonder
    deny decide determine demand discover doubt ensure estimate figure forget guess inform hold
    imply infer learn maintain persuade pledge pray proclaim promise propose recommend reiterate
    reaffirm repeat request require rule speculate stipulate teach testify threaten trust urge vow
    worry convince notify advise brief caution clarify comment complain consider contend counter bet
    dream hint judge lament love opine posit quip reason reckon regret remark retort shout specify
    submit surmise sense tweet post voice vote joke theorize theorise accept calculate contemplate
    contest hypothesize intend like mind presume prefer anticipate appreciate ascertain attest
    certify conjecture dictate divulge elaborate grumble mandate moan murmur mutter outline plead
    protest provide query recognise recognize recount reassure rejoin signal uphold verify warrant
    whisper
    """
)
# Of these, the ones that do without "that".  After the others a noun phrase is their object: "reiterated their
# commitment to the charter signed in Addis Ababa".
BARE_VERBS = word_set(
    """
    say tell think believe know hope add note claim announce argue assume suggest state report insist warn predict
    expect fear feel find hear imagine mean notice realise realize recall remember remind see show suppose suspect
    swear understand wish write confirm concede admit acknowledge agree allege reply conclude deny decide doubt ensure
    estimate figure forget guess learn pray promise propose request vow worry contend bet joke quip reckon explain
    inform assure convince indicate stress maintain
    """
)
# Verbs that stand before or after their subject beside a quotation or an inserted attribution.
SPEECH_VERBS = word_set(
    """
    say tell add note claim announce argue assert state report stress emphasise emphasize underline
    underscore highlight explain declare insist warn predict mention observe recall remind reveal
    write confirm conclude concede admit acknowledge agree allege answer reply respond ask wonder
    believe think recount comment continue estimate reiterate repeat remark retort joke quip tweet
    post inform clarify complain cry exclaim shout suggest testify urge vow promise propose pledge
    point lament maintain opine read declare suppose hope fear caution counter reason muse quote
    begin specify assure
    """
)
# Prepositions that open a clause as well.
_OPENERS = frozenset(["as", "than", "before", "after", "since", "until", "till", "like", "because"])
# With an object that is spoken to: a clause after it is theirs, also after "the question".
ADDRESSEE_VERBS = word_set(
    "tell inform assure remind warn convince notify persuade advise brief caution reassure"
)
# What follows these is no object but a clause's subject.
_NO_OBJECT_VERBS = word_set("say think believe hope insist add suppose assume claim argue")
# With an object and an infinitive that is told or wanted: "urged both to agree".
OBJECT_INFINITIVE_VERBS = word_set(
    """
    urge ask invite tell order allow want expect encourage help enable advise instruct request require beg persuade
    convince authorise authorize challenge command compel direct forbid force implore lead oblige permit press prompt
    push remind summon task warn wish call need like prefer intend mean inspire motivate induce entreat exhort beseech
    plead commit appoint choose select train teach use cause assist get send leave pledge promise
    """
)
# As above, with the one spoken to in a prepositional phrase: "called on X to stop", "appealed to X to stop".
PHRASE_INFINITIVE_VERBS = word_set(
    "call appeal agree plead arrange wait vote signal shout undertake pledge vow commit"
)
# Their "of" tells what, and does not belong to their object.
OF_VERBS = word_set(
    "accuse assure inform remind notify convince rid deprive suspect warn persuade advise apprise relieve strip acquit"
)
# Before a quoted name for their object: "called the deal “a turning point”".
_CALLING = word_set("call describe dub label name brand term hail deem")
# After these "if" opens what is asked or known, not a condition.
IF_VERBS = word_set(
    "ask wonder know see check question doubt inquire enquire tell decide determine understand consider say query"
)
# A participle of these after its noun may have an object: "the group called X", "the man given shelter".
_TWO_OBJECTS = word_set(
    "call name give award offer tell ask grant pay show teach appoint elect declare deny send leave"
)
# With an object and a bare infinitive: "let him go".
BARE_INFINITIVE_VERBS = frozenset(["make", "let", "help", "see", "hear", "watch", "have", "feel", "bid"])
# A noun phrase with these heads tells a time, not a subject or an object.
TIME_NOUNS = word_set(
    """
    day days week weeks month months year years decade decades morning afternoon evening night today
    tomorrow yesterday tonight monday tuesday wednesday thursday friday saturday sunday weekend
    moment january february march april may june july august september october november december
    century hour hours minute minutes time times
    """
)
_TIME_WORDS = word_set(
    """
    last next this that same every each previous following earlier later early late one the
    """
)
_BARE_TIMES = frozenset(
    [
        "today",
        "tomorrow",
        "yesterday",
        "tonight",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)
# "is to meet", "is expected to meet": the verbs and adjectives between.
FUTURE_WORDS = word_set(
    """
    expected scheduled due set likely supposed slated planned going about able ready poised bound
    unlikely unable
    """
)
NOMINATIVE = frozenset(["i", "he", "she", "we", "they"])
NEGATIVES = frozenset(["not", "n't", "never", "no", "neither", "nor", "hardly", "cannot"])
_RELATIVES = frozenset(["who", "whom", "which", "that", "whose", "where", "when"])


# After an auxiliary and its subject in a question: chunk kinds and classes of the main verb.
_INVERTED = {"m": "VG", "O": "V", "H": "VE", "B": "GE"}
_INVERTED_CLASSES = {"m": "vbHO", "O": "vbHO", "H": "edHb", "B": "geb"}


_GERUND_MARKERS = frozenset(["before", "after", "since", "until", "than", "like"])
# As subjects these make their verb negative: "Neither side commented".
_NEGATIVE_SUBJECTS = frozenset(["neither", "nobody", "none"])


class Frame:
    """A clause that is being built; positions are word numbers."""

    __slots__ = (
        "antecedent",
        "attachments",
        "auxiliary",
        "candidate",
        "chunk",
        "close",
        "comma",
        "complement",
        "first",
        "form",
        "governor",
        "head",
        "infinitive",
        "inserted",
        "last",
        "lemma",
        "link",
        "marker",
        "modal",
        "noun",
        "objects",
        "order",
        "parent",
        "quoted",
        "subject",
        "wh",
    )  # fmt: skip

    def __init__(
        self, link: Link, first: int, parent: Frame | None = None, marker: str | None = None
    ) -> None:
        self.link: Link = link
        self.first = first
        self.last = first
        self.parent = parent
        self.marker = marker
        self.subject: tuple[int, int] | None = None
        self.candidate: tuple[int, int] | None = None
        self.antecedent: tuple[int, int] | None = None
        self.wh = False
        self.inserted = False
        self.quoted = False
        self.chunk: Chunk | None = None
        self.head = -1
        self.lemma = ""
        self.form: VerbForm = "finite"
        self.noun = False
        self.auxiliary: tuple[int, int] | None = None
        self.comma = False
        self.modal = ""
        self.close = -1
        self.infinitive = -1
        self.objects: list[tuple[int, int]] = []
        self.attachments: list[tuple[int, int, int]] = []
        self.complement: list[tuple[int, int]] = []
        self.governor: Frame | None = None
        self.order = -1


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


class Reader:
    """Reads one document: holds its words and what the lexicon says of them."""

    def __init__(self, words: Words, lexicon: LexiconUnion | None, quotes: Sequence[tuple[int, int]]) -> None:
        self.words = words
        self.lower = words.lower
        self.classes = words.classes
        self.lexicon = lexicon
        self.opens = {first: last - 1 for first, last in quotes}
        self.closes = {last - 1: first for first, last in quotes}
        self.frames: list[Frame] = []

    # 1. phrase

    def items(self, chunks: list[Chunk]) -> list[Item]:
        """The sentence's phrases and remaining chunks, in order."""
        out: list[Item] = []
        verb_seen = False
        i, n = 0, len(chunks)
        lower, classes = self.lower, self.classes
        that_seen = False
        while i < n:
            kind, first, last = chunks[i]
            if (
                kind == "V"
                and verb_seen
                and last - first == 1
                and classes[first] == "z"
                and out
                and out[-1].kind in "NP"
                and out[-1].last == first
                and (out[-1].kind == "P" or i < 2 or chunks[i - 2].kind in "pk")
                and (i + 1 == n or chunks[i + 1].kind in ".,:;pk")
                and "s" in self.possible(lower[first])
            ):
                # "at NATO headquarters", "between NATO and Russian commands": a plural that was taken for a verb
                item = out[-1]
                item.last = last
                item.cores = (*item.cores[:-1], (item.cores[-1][0], last))
                i += 1
                continue
            if (
                kind == "w"
                and lower[first] == "that"
                and len(out) > 1
                and out[-1].kind == "N"
                and out[-2].kind in "VIG"
                and lemma_of(lower[out[-2].last - 1]) in ADDRESSEE_VERBS
            ):
                kind = "t"  # "told his guest that"
            if kind == "V" and last - first == 1 and classes[first] == "z" and out and out[-1].kind == "t":
                kind = "N"  # "that attempts to isolate it were doomed": no verb without a subject
                chunks[i] = Chunk("N", first, last)
            if kind == "t" or kind == "w":
                that_seen = True
            if (
                kind == "G"
                and last - first == 1
                and i + 1 < n
                and chunks[i + 1].kind == "V"
                and (not out or out[-1].kind in "ftw,k")
            ):
                kind = "N"  # "since fighting reached the town"
                chunks[i] = Chunk("N", first, last)
            if (
                kind == "N"
                and lower[first] == "that"
                and out
                and (
                    (that_seen and out[-1].kind in "k;")
                    or (out[-1].kind in "VGI" and lemma_of(lower[out[-1].last - 1]) in CLAUSE_VERBS)
                )
                and self.opens_clause(chunks, i if last - first > 1 else i + 1, after=0)
            ):
                # "that ties grew; that trade doubled": no determiner
                out.append(Item("t", first, first + 1, first))
                if last - first == 1:
                    i += 1
                    continue
                first += 1
                chunks[i] = Chunk("N", first, last)
            if kind == "N":
                # "assured Moldova of support": whose "of" it is
                alone = bool(out) and out[-1].kind in "VIG" and lemma_of(lower[out[-1].last - 1]) in OF_VERBS
                j, end, cores = self.grown(chunks, i, subject=not verb_seen, alone=alone)
                out.append(Item("N", first, end, first, cores, self.is_time(first, last)))
                i = j
                continue
            if kind == "p" and lower[first] in _OPENERS and self.opens_clause(chunks, i):
                out.append(Item("f", first, last, first))
                i += 1
                verb_seen = False
                continue
            if kind == "p":
                j = i + 1
                while j < n and chunks[j].kind in "pr" and j - i < 3:
                    j += 1
                if j + 1 < n and chunks[j].kind == '"' and chunks[j + 1].kind == "N":
                    j += 1
                if j < n and chunks[j].kind == "N":
                    start = chunks[j].first
                    j2, end, cores = self.grown(
                        chunks, j, subject=False, fronted=not out or (len(out) == 1 and out[0].kind in "rk")
                    )
                    out.append(Item("P", first, end, start, cores, self.is_time(start, chunks[j].last)))
                    i = j2
                    continue
                out.append(Item("p", first, last, first))
                i += 1
                continue
            if (
                kind == "V"
                and i + 2 < n
                and chunks[i + 1].kind == '"'
                and chunks[i + 2].kind in "VEG"
                and all(c in "mBHO!r" for c in classes[first:last])
                and classes[chunks[i + 2].first] in "vbHeg"
            ):
                # would “wake up”
                last = chunks[i + 2].last
                i += 2
            if kind == "V":
                verb_seen = True
                # "Did he say", "What has the minister done": the auxiliary stands before its subject.
                if (
                    i + 2 < n
                    and all(c in "mBHO!r" for c in classes[first:last])
                    and chunks[i + 1].kind == "N"
                    and (i == 0 or chunks[i - 1].kind in 'wr,k"-:')
                    and chunks[i + 2].kind in _INVERTED[classes[first]]
                    and classes[chunks[i + 2].first] in _INVERTED_CLASSES[classes[first]]
                ):
                    out.append(Item("a", first, last, first))
                    subject, verb = chunks[i + 1], chunks[i + 2]
                    span = (subject.first, subject.last)
                    out.append(Item("N", *span, subject.first, (span,)))
                    out.append(Item("V", verb.first, verb.last, verb.first))
                    i += 3
                    continue
            elif kind in "twf;:-" or kind == '"':
                verb_seen = False
            out.append(Item(kind, first, last, first))
            i += 1
        return out

    def opens_clause(self, chunks: Sequence[Chunk], i: int, after: int = 1) -> bool:
        """Whether a noun phrase and a finite verb stand ``after`` chunks behind chunk ``i``: "as the minister noted"."""
        j, n = i + after, len(chunks)
        if j >= n or chunks[j].kind != "N" or self.is_time(chunks[j].first, chunks[j].last):
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
                (chunks[j + 1].kind in ",." and lemma_of(self.lower[chunks[j].first]) in SPEECH_VERBS)
                or (after == 0 and not any(c.kind == "V" for c in chunks[j:]))
            )
        )

    def grown(
        self, chunks: Sequence[Chunk], i: int, subject: bool, fronted: bool = False, alone: bool = False
    ) -> tuple[int, int, tuple[tuple[int, int], ...]]:
        """Index after, word end and noun groups of the noun phrase that starts at chunk ``i``: "of" and coordination taken in."""
        lower, n = self.lower, len(chunks)
        cores = [(chunks[i].first, chunks[i].last)]
        end, j = chunks[i].last, i + 1
        for _ in range(12):
            if (
                j + 1 < n
                and chunks[j].kind == "p"
                and lower[chunks[j].first] == "of"
                and chunks[j + 1].kind == "N"
                and not (len(cores) == 1 and (alone or self.classes[chunks[i].first] == "Z"))
            ):
                cores.append((chunks[j + 1].first, chunks[j + 1].last))
                end, j = chunks[j + 1].last, j + 2
                continue
            between = i > 0 and lower[chunks[i - 1].first] == "between" and len(cores) == 1
            k = self.conjunct(chunks, j, subject, fronted, between)
            if not k:
                break
            cores.append((chunks[k].first, chunks[k].last))
            end, j = chunks[k].last, k + 1
        return j, end, tuple(cores)

    def conjunct(self, chunks: Sequence[Chunk], j: int, subject: bool, fronted: bool, between: bool) -> int:
        """
        Index of the noun group that goes on with a coordination at ``j`` ("and B", ", B and C"), or 0.

        Args:
            subject: The phrase stands where a subject may; a verb after the next noun group is then theirs together.

            fronted: The phrase opens the sentence with a preposition; a comma ends it ("During the talks, A and B").
        """
        n = len(chunks)
        if j + 1 >= n:
            return 0
        kind = chunks[j].kind
        if (
            fronted
            and kind == ","
            and not self.classes[chunks[j + 1].first] == "M" == self.classes[chunks[j - 1].first]
        ):
            return 0
        if kind == "k" and chunks[j + 1].kind == "N":
            at = j + 1
        elif kind == "," and chunks[j + 1].kind in "Nk":
            at = j + 1
            if chunks[at].kind == "k":
                at += 1
                if at >= n or chunks[at].kind != "N":
                    return 0
                # ", and B": only at the end of a list, which is being read already.
                if not (j >= 2 and chunks[j - 1].kind == "N" and chunks[j - 2].kind == ","):
                    return 0
            elif not self.list_goes_on(chunks, at) and not (
                # A headline's comma: "Danish, Malaysian officials call"
                subject
                and j == 1
                and at + 1 < n
                and chunks[at + 1].kind == "V"
                and self.classes[chunks[at + 1].first] == "v"
            ):
                return 0
        else:
            return 0
        if self.lower[chunks[j].first] == "but" or self.is_time(chunks[at].first, chunks[at].last):
            return 0
        if not subject and not between:
            if chunks[at].last - chunks[at].first == 1 and self.lower[chunks[at].first] in NOMINATIVE:
                return 0
            m = at + 1
            while m + 1 < n and (chunks[m].kind == "p" and chunks[m + 1].kind == "N"):
                m += 2
            if m < n and chunks[m].kind == "r" and m + 1 < n:
                m += 1
            if m < n and chunks[m].kind == "V":
                return 0
        return at

    def list_goes_on(self, chunks: Sequence[Chunk], at: int) -> bool:
        """Whether noun groups and commas from ``at`` lead to an "and" and a noun group within a dozen chunks."""
        n = len(chunks)
        for k in range(at, min(at + 14, n - 1)):
            kind = chunks[k].kind
            if kind == "k":
                return chunks[k + 1].kind == "N" and k > at and chunks[k - 1].kind in "N,"
            if kind != "N" and kind != "," and not (kind == "p" and self.lower[chunks[k].first] == "of"):
                return False
        return False

    def is_time(self, first: int, last: int) -> bool:
        """Whether a noun group tells a time: a time mention, "last week", "Tuesday"."""
        if self.classes[first] == "Z" or (
            last - first > 1 and self.classes[first] == "D" and self.classes[first + 1] == "Z"
        ):
            return self.classes[last - 1] in "Z+"
        head = self.lower[last - 1]
        if head not in TIME_NOUNS:
            return False
        return head in _BARE_TIMES or self.lower[first] in _TIME_WORDS or self.classes[first] == "c"

    # 2. clause

    def read(self, sentence: range) -> None:
        """Read a sentence and keep its clauses."""
        chunks = chunks_of(self.classes, sentence.start, sentence.stop)
        items = self.items(chunks)
        _Sentence(self, items, sentence).run()

    def possible(self, form: str) -> str:
        """The possible classes of a lower-case form."""
        return word_table().classes.get(form) or guess(form)

    def is_noun_of(self, word: int) -> bool:
        """Whether a word is an event noun or speech noun."""
        return self.lexicon is not None and self.lexicon.has(
            self.lower[word], "event_noun", "speech_noun", "stance_noun"
        )


# Clauses that stand inside one another, and how far back a clause is looked for: a text without full stops must not
# take quadratic time.  Real sentences seldom nest more than 8.
_DEEPEST, _NEAR = 40, 24


class _Sentence:
    """The pass over one sentence: a stack of clauses, the innermost last."""

    def __init__(self, reader: Reader, items: list[Item], sentence: range) -> None:
        self.reader = reader
        self.items = items
        self.sentence = sentence
        self.lower = reader.lower
        self.classes = reader.classes
        self.stack: list[Frame] = []
        self.done: list[Frame] = []
        self.run_start: tuple[int, int] | None = None
        self.run_before = "^"
        self.last_np: tuple[int, int] | None = None
        self.nominal: Frame | None = None
        self.leads: list[Frame] = []
        self.ended_insert: Frame | None = None
        self.older: tuple[int, int] | None = None
        self.comma_np: tuple[int, int] | None = None
        self.listed: Frame | None = None
        self.previous = "^"
        self.time_np: tuple[int, int] | None = None
        self.auxiliary: tuple[int, int] | None = None

    def run(self) -> None:
        base = Frame("main", self.sentence.start)
        self.stack = [base]
        steps = {"N": self.noun_phrase, "P": self.prepositional, "V": self.finite, "I": self.infinitive,
                 "G": self.participle, "E": self.participle, "t": self.that, "w": self.wh, "f": self.subordinator,
                 ",": self.comma, '"': self.quote, ";": self.boundary, ":": self.boundary, "-": self.boundary}  # fmt: skip
        previous = "^"
        for at, item in enumerate(self.items):
            step = steps.get(item.kind)
            self.previous = previous
            if step:
                step(at, item)
            elif item.kind not in "r!JPB":
                self.run_start = None
                if item.kind == "k":
                    self.nominal = None
            if item.kind == "J":
                self.run_start = None
            if item.kind == "a":
                self.auxiliary = (item.first, item.last)
            elif item.kind not in "r!B" and not (item.time and previous in "VIGE"):
                previous = item.kind
        while self.stack:
            self.pop(self.sentence.stop)
        self.attribute()
        frames = [f for f in self.done if f.chunk is not None or f.noun]
        self.reader.frames += frames

    # the stack

    @property
    def top(self) -> Frame:
        return self.stack[-1]

    def push(self, frame: Frame) -> Frame:
        if len(self.stack) > _DEEPEST:
            self.pop(frame.first)
        self.stack.append(frame)
        return frame

    def pop(self, end: int) -> Frame:
        frame = self.stack.pop()
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

    def could_be_past(self, word: int) -> bool:
        return self.classes[word] == "d" or "d" in self.reader.possible(self.lower[word])

    def past_before(self) -> bool:
        """Whether the innermost finite verb so far is in the past tense."""
        for frame in reversed(self.stack):
            if frame.chunk is not None and frame.form == "finite":
                return self.classes[frame.chunk.first] == "d" or self.lower[frame.chunk.first] in (
                    "was",
                    "were",
                    "had",
                    "did",
                )
        return False

    def settle_as_past(self, frame: Frame) -> None:
        """Make a participle on the stack the finite verb of the clause below it that waits for one."""
        below = frame.parent
        assert below is not None
        assert frame.chunk is not None
        if below.candidate is None or below not in self.stack or not self.could_be_past(frame.head):
            return
        frame.form, frame.link, frame.parent, frame.marker = "finite", below.link, below.parent, below.marker
        frame.chunk = frame.chunk._replace(kind="V")
        frame.subject, frame.governor = below.candidate, below.governor
        frame.first = min(frame.first, below.first)
        frame.attachments[:0] = below.attachments
        self.stack.remove(below)

    def promote(self, frame: Frame) -> None:
        """Give a clause without its verb the participle after its subject: "The Senate welcomed" read as "welcomed by"."""
        for other in self.done[-_NEAR:]:
            if (
                other.chunk is not None
                and other.chunk.kind == "E"
                and other.parent is frame
                and other.subject is not None
                and other.subject[1] <= other.first
                and "d" in self.reader.possible(self.lower[other.head])
            ):
                other.form, other.link, other.parent, other.marker = (
                    "finite",
                    frame.link,
                    frame.parent,
                    frame.marker,
                )
                other.chunk = other.chunk._replace(kind="V")
                other.subject = frame.candidate
                other.governor = frame.governor
                other.first, other.last = min(frame.first, other.first), max(frame.last, other.last)
                other.attachments[:0] = frame.attachments
                for child in self.done[-_NEAR:]:
                    if child.parent is frame and child is not other:
                        child.parent = other
                frame.governor = None
                return

    def pop_to(self, depth: int, end: int) -> None:
        while len(self.stack) > depth:
            self.pop(end)

    def governing(self) -> Frame | None:
        """The innermost clause that has its verb."""
        return next((f for f in reversed(self.stack) if f.chunk is not None), None)

    def waiting(self) -> int:
        """Depth of the innermost clause that waits for its verb, or 0; a quotation is not looked out of."""
        for depth in range(len(self.stack), 0, -1):
            if self.stack[depth - 1].chunk is None:
                return depth
            if self.stack[depth - 1].quoted and depth < len(self.stack):
                return 0
        return 0

    # noun phrases and prepositions

    def noun_phrase(self, at: int, item: Item) -> None:
        span = (item.first, item.last)
        top = self.top
        self.time_np = span if item.time else None
        if item.time:
            if top.chunk is not None:
                top.attachments.append((item.first, item.first, item.last))
            if self.run_start is None:
                self.run_before = "P"
            self.nominals(item)
            return
        if top.chunk is None:
            after = self.items[at + 1].kind if at + 1 < len(self.items) else "."
            if (
                top.candidate is None
                or (self.previous == "," and after not in ",")
                or (self.previous not in ",NP^-" and self.previous != '"')
            ):
                if self.previous == ",":
                    self.older = top.candidate
                top.candidate = span
        elif span != top.subject and (
            self.previous in "VIGE"
            or (self.previous == '"' and top.lemma in _CALLING)
            or (self.previous == "N" and len(top.objects) == 1)
            or (self.previous in "PJ" and not top.objects and top.lemma != "be")
        ):
            top.objects.append(span)
        if self.previous != ",":
            self.comma_np = None
        elif self.comma_np is None:
            self.comma_np = span
        self.run_before = self.previous
        self.run_start = span
        self.last_np = span
        self.nominals(item)

    def prepositional(self, at: int, item: Item) -> None:
        attachment = (item.first, item.start, item.last)
        if self.nominal is not None and self.previous in "NP":
            self.nominal.attachments.append(attachment)
            self.nominal.last = item.last
        elif self.top.chunk is not None:
            self.top.attachments.append(attachment)
        else:
            # In front of the subject: kept for the verb to come.
            self.top.attachments.append(attachment)
        if self.run_start is None:
            self.run_before = "P"
        self.last_np = (item.start, item.last)
        self.nominals(item)

    def nominals(self, item: Item) -> None:
        """Open a nominal clause for each event or speech noun that heads a noun group of the phrase."""
        if item.kind == "N":
            self.nominal = None
        reader, classes = self.reader, self.classes
        for number, (first, last) in enumerate(item.cores):
            head = last - 1
            if classes[head] not in "nsygvP" or not reader.is_noun_of(head):
                continue
            frame = Frame("nominal", first, self.governing() or self.top)
            frame.noun, frame.head, frame.form = True, head, "nominal"
            mark = classes.rfind("'", first, head)
            if mark > first:
                frame.subject = (first, mark)
            elif classes[first] == "S":
                frame.subject = (first, first + 1)
            frame.last = last
            if number + 1 < len(item.cores):
                after = item.cores[number + 1]
                if self.lower[last] == "of":
                    frame.attachments.append((last, after[0], item.last))
                    frame.last = item.last
            self.done.append(frame)
            # What follows belongs to it unless another noun has been joined with "and" since.
            joined = any(self.lower[after - 1] != "of" for after, _ in item.cores[number + 1 :])
            self.nominal = None if joined else frame

    # verbs

    def finite(self, at: int, item: Item, turned: bool = False) -> None:
        """A finite verb group; ``turned`` if it was a participle before it was looked at twice."""
        chunk = Chunk("V", item.first, item.last)
        frame, run = self.top, self.run_start
        lemma = self.lemma(chunk)
        if (
            run is None
            and frame.lemma in BARE_VERBS
            and at
            and self.items[at - 1].kind == "N"
            and self.items[at - 1].time
        ):
            # "said the past six months had brought"
            run, self.run_before = (self.items[at - 1].first, self.items[at - 1].last), "V"
        nxt = self.items[at + 1] if at + 1 < len(self.items) else None
        # "let him go", "to meet and discuss": a base form that is no finite verb
        if self.classes[item.first] == "v" and frame.chunk is not None:
            if run and self.run_before == "V" and frame.lemma in BARE_INFINITIVE_VERBS:
                new = self.open_verb("infinitive", chunk, frame, None)
                new.subject = run
                return self.after_verb()
            if self.previous == "k" and frame.form == "infinitive" and run is None:
                new = self.open_verb("coordinate", chunk, frame, "and")
                new.form, new.subject = "infinitive", frame.subject
                return self.after_verb()
        if self.inserted(at, lemma, chunk):
            return self.after_verb()
        # clauses without finite verb end where another finite verb has its own subject or none
        if frame.chunk is not None and run is not None:
            before = self.run_before
            plain = self.classes[chunk.first : chunk.last] == "d"
            clausal = frame.lemma in BARE_VERBS or (frame.lemma in CLAUSE_VERBS and not plain)
            if (
                not turned
                and not clausal
                and before in "VIGEP"
                and self.classes[chunk.first : chunk.last] == "d"
                and not self.waiting()
                and "e" in self.reader.possible(self.lower[chunk.first])
                and (nxt is None or nxt.kind != "N")
            ):
                item.kind = "E"
                return self.participle(at, item, turned=True)
            if clausal and frame.link == "adverbial" and self.waiting() and not self.comma_ahead(at):
                clausal = False  # "when you write you can"
            if (before in "VIGEP" and clausal) or (before == "N" and clausal):
                new = self.push(Frame("complement", run[0], frame))
                new.governor = frame
                self.verb(new, chunk, run)
                return self.after_verb()
            depth = self.waiting()
            if depth > 1 and before == "," and self.stack[depth - 1].candidate is not None:
                # "When the agency launched the probe, we saw it": the first clause took its participle for no verb
                self.pop_to(depth - 1, run[0])
                depth = self.waiting()
                frame = self.top
            if depth and before != "N":
                gerund = self.stack[depth] if len(self.stack) > depth else None
                self.pop_to(depth, run[0])
                if before in "VIGEP":
                    if (
                        self.top.candidate is None
                        and gerund is not None
                        and gerund.form in ("participle", "gerund")
                    ):
                        # "Having samples will let us see"
                        self.top.candidate = (gerund.first, item.first)
                    self.top.candidate = self.top.candidate or run
                else:
                    self.top.candidate = run
                self.verb(self.top, chunk, self.top.candidate)
                return self.after_verb()
            if before == "N" or before in "P":
                new = self.push(Frame("relative", run[0], frame))
                self.verb(new, chunk, run)
                return self.after_verb()
            while len(self.stack) > 1 and self.top.form != "finite" and before in ",k;":
                self.pop(run[0])
            if before == "k":
                self.leave_complement(run)
            target = self.top
            new = self.push(Frame("coordinate", run[0], target, "and" if before == "k" else None))
            self.verb(new, chunk, run)
            return self.after_verb()
        if frame.chunk is None and (frame.candidate is not None or frame.wh or run is not None):
            if (
                run is not None
                and frame.candidate is not None
                and run != frame.candidate
                and (self.run_before == "N" or (self.run_before == "P" and self.lower[run[0]] in NOMINATIVE))
            ):
                # "the facilities we chose have": a relative clause without a relative word
                new = self.push(Frame("relative", run[0], frame))
                self.verb(new, chunk, run)
                return self.after_verb()
            self.verb(frame, chunk, frame.candidate or run or frame.antecedent)
            return self.after_verb()
        if (
            not turned
            and frame.chunk is not None
            and run is None
            and self.previous in "NP"
            and self.classes[chunk.first : chunk.last] == "d"
            and not self.waiting()
            and "e" in self.reader.possible(self.lower[chunk.first])
        ):
            item.kind = "E"  # "the meeting with the chief held in Baku"
            return self.participle(at, item, turned=True)
        if frame.chunk is not None and self.previous == "k":
            if frame.chunk.kind == "E" and frame.parent is not None and frame.parent.chunk is None:
                # "The guest thanked for the welcome and conveyed": both are past tense
                self.settle_as_past(frame)
            self.coordinate(chunk, lemma)
            return self.after_verb()
        if frame.chunk is None and self.time_np is not None and self.previous == "N":
            # "This year has confirmed": a time that does something
            self.verb(frame, chunk, self.time_np)
            return self.after_verb()
        if frame.link == "complement" and frame.wh and frame.governor is None and self.stack[0].chunk is None:
            # "What we see is a crime"
            first = frame.first
            self.pop_to(1, item.first)
            self.verb(self.top, chunk, (first, item.first))
            return self.after_verb()
        depth = self.waiting()
        if depth and (self.stack[depth - 1].candidate is not None):
            self.pop_to(depth, item.first)
            self.verb(self.top, chunk, self.top.candidate)
            return self.after_verb()
        # "..." said X; a verb without any subject
        if nxt is not None and nxt.kind == "N" and lemma in SPEECH_VERBS and self.classes[nxt.first] != "o":
            if frame.chunk is not None:
                frame = self.push(Frame("coordinate", item.first, frame))
            self.verb(frame, chunk, (nxt.first, nxt.last))
            return self.after_verb()
        if (
            frame.chunk is not None
            and self.plain_past(frame)
            and (self.previous != "," or frame.comma)
            and self.classes[chunk.first] in "BHmOzvd"
        ):
            # "the talks held in Geneva were": what was taken for the verb is a participle
            new = Frame(frame.link, frame.first, frame.parent, frame.marker)
            new.wh, new.governor, new.antecedent = frame.wh, frame.governor, frame.antecedent
            self.stack[-1] = new
            frame.link, frame.form, frame.parent = "participle", "participle", new
            frame.governor = None
            frame.last = item.first
            self.done.append(frame)
            self.verb(new, chunk, frame.subject)
            return self.after_verb()
        if frame.chunk is None:
            self.verb(frame, chunk, None)
        elif self.previous == ",":
            self.coordinate(chunk, lemma)
        else:
            new = self.push(Frame("coordinate", item.first, frame))
            self.verb(new, chunk, None)
        self.after_verb()
        return None

    def comma_ahead(self, at: int) -> bool:
        """Whether a comma and another finite verb follow in the sentence."""
        comma = False
        for item in self.items[at + 1 :]:
            if item.kind == ",":
                comma = True
            elif comma and item.kind == "V":
                return True
        return False

    def leave_complement(self, run: tuple[int, int]) -> None:
        """Before ", and he": a clause with the subject of the outer clause goes on with that one."""
        if run[0] < 2 or self.classes[run[0] - 2] not in ',"' or run[1] - run[0] > 1:
            return
        for d in range(len(self.stack) - 1, 0, -1):
            f = self.stack[d - 1]
            if (
                f.subject
                and f.chunk is not None
                and f.form == "finite"
                and self.lower[f.subject[0]] == self.lower[run[0]]
            ):
                self.pop_to(d, run[0] - 1)
                return

    def plain_past(self, frame: Frame) -> bool:
        chunk = frame.chunk
        return (
            chunk is not None
            and chunk.kind == "V"
            and self.classes[chunk.first] == "d"
            and frame.form == "finite"
        )

    def after_verb(self) -> None:
        self.comma_np = None
        self.run_start = None
        self.nominal = None

    def verb(self, frame: Frame, chunk: Chunk, subject: tuple[int, int] | None) -> None:
        if subject is not None and chunk.kind == "V":
            # What was taken for an object of the verb before is the subject of this one.
            for other in self.stack:
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
        frame.auxiliary, self.auxiliary = self.auxiliary, None
        frame.head = self.head(chunk)
        frame.lemma = self.lemma(chunk)

    def open_verb(self, link: Link, chunk: Chunk, parent: Frame | None, marker: str | None) -> Frame:
        frame = self.push(Frame(link, chunk.first, parent, marker))
        self.verb(frame, chunk, None)
        if link == "infinitive":
            frame.form = "infinitive"
        return frame

    def coordinate(self, chunk: Chunk, lemma: str) -> None:
        """A verb after "and" or a comma without a subject of its own: which clause it goes on with."""
        depth = len(self.stack)
        finite = self.classes[chunk.first] != "v" or self.top.form == "finite"
        reporting = 0
        passive = "B" in self.classes[chunk.first : chunk.last] and self.classes[self.head(chunk)] in "ed"
        if lemma in SPEECH_VERBS and not passive:
            # "said that A and added that B": back to the clause whose verb reports, if we are in its complement
            for d in range(len(self.stack) - 1, 0, -1):
                f = self.stack[d - 1]
                if (
                    f.chunk is not None
                    and f.form == "finite"
                    and (f.lemma in SPEECH_VERBS or f.lemma in CLAUSE_VERBS)
                ):
                    reporting = depth = d
                    break
        tense = self.tense(chunk)
        if (
            not reporting
            and tense
            and self.top.form == "finite"
            and self.tense(self.top.chunk) not in ("", tense)
        ):
            # "noted that it is a partner and appreciated": the tense tells whose second verb it is
            for d in range(len(self.stack) - 1, 0, -1):
                f = self.stack[d - 1]
                if f.chunk is not None and f.form == "finite" and self.tense(f.chunk) == tense:
                    reporting = depth = d
                    break
        if finite and not reporting:
            while depth > 1 and (
                self.stack[depth - 1].chunk is None or self.stack[depth - 1].form != "finite"
            ):
                depth -= 1
        self.pop_to(max(depth, 1), chunk.first - 1)
        target = self.top
        if target.chunk is None:
            self.verb(target, chunk, target.candidate)
            return
        new = self.push(Frame("coordinate", chunk.first, target, "and" if self.previous == "k" else None))
        self.verb(new, chunk, target.subject)

    def inserted(self, at: int, lemma: str, chunk: Chunk) -> bool:
        """ "..., he said, ...", "..., said X.": an attribution beside or inside its content."""
        if lemma not in SPEECH_VERBS:
            return False
        items, n = self.items, len(self.items)
        run, frame, fronted = self.run_start, self.top, False
        if run is not None and self.run_before in ',"-' and at >= 2:
            j = at + 1
            while j < n and items[j].kind in "NPr" and j - at < 4:
                j += 1
            if j < n and items[j].kind not in ',.;"-':
                return False
            if not (frame.chunk is not None or items[at - 1].kind == "N"):
                return False
            opening = j + 1 < n and items[j].kind == "," and items[j + 1].first in self.reader.opens
            if opening and not self.leads:
                return False  # "Asked about it, she told the paper, “We shall see”": all content is to come
            if (
                frame.chunk is None
                and frame.candidate == run
                and self.older
                and j < n
                and items[j].kind == ","
            ):
                frame.candidate = self.older  # "Her mandate, she said, allowed"
            if frame.chunk is None and (frame.candidate is None or frame.candidate == run):
                return False
            # "X, the minister, said": an apposition, no subject of its own
            if (
                self.lower[run[0]] not in NOMINATIVE
                and frame.chunk is None
                and j < n
                and items[j].kind != ","
            ):
                return False
            subject = run
            if frame.candidate == run and frame.chunk is None:
                frame.candidate = None
        elif (
            run is None
            and self.previous == ","
            and self.comma_np is not None
            and frame.chunk is not None
            and not (at + 1 < n and items[at + 1].kind == "N")
        ):
            subject = self.comma_np  # "..., the chairman, General X, said on Monday"
        elif self.previous in ',"' and at + 1 < n and items[at + 1].kind == "N" and run is None and at >= 2:
            j = at + 2
            while j < n and items[j].kind in "PrN" and j - at < 6:
                j += 1
            if j < n and items[j].kind == "V":
                return False
            fronted = frame.chunk is None and frame.candidate is None and j + 1 < n and items[j].kind == ","
            if self.previous == "," and frame.chunk is None and not fronted:
                return False
            subject = (items[at + 1].first, items[at + 1].last)
        else:
            return False
        if not self.leads and frame.chunk is None and frame.candidate is None and not fronted:
            return False
        new = self.push(Frame("main", subject[0] if subject[0] < chunk.first else chunk.first))
        new.inserted = True
        self.verb(new, chunk, subject)
        return True

    def infinitive(self, at: int, item: Item) -> None:
        modal = self.raising(at)
        if modal:
            # "is scheduled to take place": one verb with a modality
            frame = self.top
            assert frame.chunk is not None
            frame.chunk = Chunk("V", frame.chunk.first, item.last)
            frame.infinitive, frame.modal = item.first, modal
            frame.head = self.head(Chunk("I", item.first, item.last))
            frame.lemma = self.lemma(Chunk("I", item.first, item.last))
            return self.after_verb()
        governor = self.nominal if self.nominal is not None and self.previous == "N" else self.governing()
        if governor is not None and not governor.noun and self.top.chunk is None:
            governor = None  # "that attempts to isolate it were doomed": of the noun that waits for its verb
        frame = self.open_verb("infinitive", Chunk("I", item.first, item.last), governor or self.top, "to")
        if governor is not None:
            if self.previous == "P" and governor.lemma in PHRASE_INFINITIVE_VERBS:
                frame.subject = self.last_np  # "called on X to withdraw"
            elif self.previous == "N" and governor.objects and not governor.noun:
                frame.subject = governor.objects[-1]
            else:
                frame.subject = governor.subject
            lemma = governor.lemma
            if (
                governor.noun
                or self.previous in "VJE"
                or (self.previous == "N" and lemma in OBJECT_INFINITIVE_VERBS)
                or (self.previous == "P" and lemma in PHRASE_INFINITIVE_VERBS)
                or self.previous in '",!k'
            ):
                frame.governor = governor
        else:
            frame.subject = self.top.candidate
        self.after_verb()

    def raising(self, at: int) -> str:
        """The modality that the verb before an infinitive makes of itself: "be expected to", "have to"; or ""."""
        frame = self.top
        if frame.chunk is None or frame.chunk.kind != "V" or frame.form != "finite" or frame.modal:
            return ""
        letter = self.classes[frame.head]
        if self.previous == "V":
            word = self.lower[frame.head]
            if letter == "B":
                return "be to"
            if letter == "H":
                return "have to"
            if word in FUTURE_WORDS and "B" in self.classes[frame.chunk.first : frame.head]:
                return f"be {word} to"
        elif self.previous == "J" and letter in "Bb":
            word = self.lower[self.items[at - 1].last - 1]
            if word in FUTURE_WORDS:
                return f"be {word} to"
        return ""

    def participle(self, at: int, item: Item, turned: bool = False) -> None:
        """A participle or gerund; ``turned`` if it was a finite verb before it was looked at twice."""
        chunk = Chunk(item.kind, item.first, item.last)
        lemma = self.lemma(chunk)
        if (
            item.kind == "E"
            and self.previous == "k"
            and self.could_be_past(item.first)
            and self.past_before()
        ):
            return self.finite(at, item, turned=True)
        after = self.items[at + 1].kind if at + 1 < len(self.items) else "."
        if (
            not turned
            and item.kind == "E"
            and lemma in SPEECH_VERBS
            and self.run_start is not None
            and self.run_before in ',"'
            and self.top.chunk is not None
            and self.could_be_past(item.first)
            and not (at + 1 < len(self.items) and self.lower[self.items[at + 1].first] == "by")
        ):
            return self.finite(at, item, turned=True)  # "..., officials announced on Monday"
        if (
            not turned
            and item.kind == "E"
            and self.top.lemma in _NO_OBJECT_VERBS
            and self.run_start is not None
            and self.run_before == "V"
            and self.could_be_past(item.first)
        ):
            return self.finite(at, item, turned=True)  # "said no such plans existed"
        direct = not turned and item.kind == "E" and self.previous == "N" and after == "N"
        if direct and lemma not in _TWO_OBJECTS and self.could_be_past(item.first):
            # "The Senate welcomed three members": a participle after its noun has no object
            return self.finite(at, item, turned=True)
        ended = self.ended_insert
        speaks = lemma in SPEECH_VERBS and item.kind == "G"
        if speaks and self.previous in ',"' and ended is not None and ended in self.done:
            # "..., said the minister, adding that": goes on with the attribution
            self.done.remove(ended)
            self.push(ended)
        elif speaks and self.previous == ",":
            for d in range(1, len(self.stack) + 1):
                f = self.stack[d - 1]
                if f.chunk is not None and f.form == "finite" and f.lemma in SPEECH_VERBS:
                    self.pop_to(d, item.first - 1)
                    break
        governor = self.governing()
        opener = (
            self.stack.pop()
            if self.previous == "f" and len(self.stack) > 1 and self.top.chunk is None
            else None
        )
        frame = self.push(Frame("participle", item.first, self.top))
        if opener is not None:
            frame.first, frame.marker = opener.first, opener.marker  # "while meeting the minister"
        opened = self.previous == "p" or frame.marker in _GERUND_MARKERS
        self.verb(frame, chunk, None)
        frame.form = "gerund" if opened and item.kind == "G" else "participle"
        if item.kind == "E" or self.previous == "N":
            frame.subject = self.last_np
        else:
            frame.subject = governor.subject if governor else self.top.candidate
        self.after_verb()

    # what opens a clause

    def that(self, at: int, item: Item) -> None:
        before = self.items[at - 1].kind if at else "^"
        if before == "f" and self.lower[self.items[at - 1].first] == "so":
            return  # "so that" has opened its clause
        if self.listed is not None and self.previous in ";k":
            frame = self.push(Frame("complement", item.last, self.listed, "that"))
            frame.governor = self.listed
            self.run_start = None
            return
        if self.previous == "k":
            for d in range(len(self.stack), 1, -1):
                if self.stack[d - 1].marker == "that":
                    governor = self.stack[d - 1].governor
                    parent = self.stack[d - 1].parent
                    self.pop_to(d - 1, item.first - 1)
                    frame = self.push(Frame("complement", item.last, parent, "that"))
                    frame.governor = governor
                    self.run_start = None
                    return
        governor = self.nominal if self.nominal is not None and self.previous in "N" else None
        verb = self.governing()
        if governor is None:
            governor = verb
            if self.previous in "NP" and verb is not None and verb.lemma not in CLAUSE_VERBS:
                governor = None  # "made a case that", "to the point that"
        elif verb is not None and verb.lemma in ADDRESSEE_VERBS:
            governor = verb
        frame = self.push(Frame("complement", item.last, governor or self.top, "that"))
        frame.governor = governor
        self.run_start = None

    def wh(self, at: int, item: Item) -> None:
        word = self.lower[item.first]
        if word == "that" and self.previous == "N" and self.nominal is not None and self.content_follows(at):
            return self.that(at, item)  # "confidence that ties would deepen"
        if self.previous == "p" and word in ("which", "whom") and self.last_np is not None:
            frame = self.push(Frame("relative", item.first, self.governing() or self.top, word))
            frame.antecedent = self.last_np  # "a crime of which the authors are known"
            self.run_start = None
            return
        relative = (word in _RELATIVES and self.previous in "NP") or (
            self.previous == "," and word in _RELATIVES
        )
        if at == 0 and word in ("when", "where", "whenever", "wherever"):
            self.push(Frame("adverbial", item.first, self.top, word))
        elif relative:
            frame = self.push(Frame("relative", item.first, self.governing() or self.top, word))
            frame.antecedent = self.last_np
            frame.wh = word not in ("where", "when")
        else:
            verb = self.governing()
            if word in ("when", "where", "while") and (verb is None or verb.lemma not in IF_VERBS):
                self.push(Frame("adverbial", item.first, verb or self.top, word))
                self.run_start = None
                return
            frame = self.push(Frame("complement", item.first, self.governing() or self.top, word))
            frame.governor = self.governing() if self.previous in "VIGENP" else None
            frame.wh = True
        self.run_start = None

    def content_follows(self, at: int) -> bool:
        """Whether a clause with subject and verb stands after "that", and does not lack its object."""
        kinds = [item.kind for item in self.items[at + 1 : at + 5]]
        if kinds[:1] != ["N"] or "V" not in kinds[1:3]:
            return False
        verb = kinds.index("V")
        chunk = self.items[at + 1 + verb]
        after = kinds[verb + 1] if verb + 1 < len(kinds) else "."
        return after not in ".," or chunk.last - chunk.first > 1

    def subordinator(self, at: int, item: Item) -> None:
        word = self.lower[item.first]
        if word in ("while", "whereas") and self.previous == "," and not any(f.quoted for f in self.stack):
            # Over against the whole: "X called on Y to stop, while Z warned".
            depth = next((d for d, f in enumerate(self.stack, 1) if f.chunk is not None), 0)
            if depth:
                self.pop_to(depth, item.first)
        verb = self.governing()
        if (word == "whether" and self.previous in "VIGENP") or (
            word == "if" and self.previous in "VIGEN" and verb is not None and verb.lemma in IF_VERBS
        ):
            frame = self.push(Frame("complement", item.last, self.governing() or self.top, word))
            frame.governor = self.governing()
        else:
            self.push(Frame("adverbial", item.first, self.governing() or self.top, word))
        self.run_start = None

    # what closes one

    def comma(self, at: int, item: Item) -> None:
        self.run_start = None
        self.nominal = None
        top, after = self.top, self.items[at + 1 : at + 3]
        kind = after[0].kind if after else "."
        if top.inserted:
            assert top.subject is not None
            if top.subject[0] < top.head or kind in 'k"' or (kind == "V" and self.waiting()):
                self.ended_insert = self.pop(item.first)
            return
        if kind == "r" and len(after) > 1:
            kind = after[1].kind
        if kind in "VE":
            # "X, who had joined by phone, warned": the clause before the comma is over
            depth = self.waiting()
            if depth and self.stack[depth - 1].candidate is not None:
                self.pop_to(depth, item.first)

    def boundary(self, at: int, item: Item) -> None:
        self.run_start = None
        self.nominal = None
        if self.top.inserted:
            self.pop(item.first)
        if item.kind == ";":
            depth = next((d for d, f in enumerate(self.stack, 1) if f.quoted), 1)
            self.listed = next((f.governor for f in self.stack if f.marker == "that" and f.governor), None)
            if self.stack[depth - 1].chunk is not None:
                self.pop_to(depth, item.first)
                self.push(Frame("coordinate", item.last, self.top))

    def quote(self, at: int, item: Item) -> None:
        opens = self.reader.opens.get(item.first)
        if opens is not None:
            self.open_quotation(item, opens)
        elif item.first in self.reader.closes:
            self.close_quotation(at, item, self.reader.closes[item.first])

    def open_quotation(self, item: Item, close: int) -> None:
        depth = next((d for d, f in enumerate(self.stack) if f.inserted), None)
        if depth is not None:
            self.ended_insert = self.stack[depth]
            self.pop_to(depth, item.first)
        frame = self.top
        speaks = self.previous in "VN" and frame.lemma in SPEECH_VERBS and frame.chunk is not None
        if self.previous not in "^,:-" and not speaks:
            return
        governor = self.governing()
        new = self.push(Frame("quotation", item.last, governor))
        new.quoted, new.close = True, close
        new.governor = governor if governor is not None and governor.lemma in SPEECH_VERBS else None
        if self.leads and self.leads[-1].chunk is None and self.leads[-1].last < item.first:
            # "The deal," he added, "is a turning point"
            new.candidate = self.leads[-1].candidate
        self.leads.append(new)
        self.run_start = None

    def close_quotation(self, at: int, item: Item, opened: int) -> None:
        depth = next((d for d, f in enumerate(self.stack) if f.close == item.first), None)
        after = self.items[at + 1].kind if at + 1 < len(self.items) else "."
        if depth is not None:
            quotation = self.stack[depth]
            self.pop_to(depth, item.first)
            self.run_start = None
            if (
                quotation.chunk is None
                and quotation.candidate is not None
                and after in "VErp"
                and self.previous != ","
            ):
                # "“Paper hotlines” have failed": a name in quotation marks
                self.leads.remove(quotation)
                if quotation.governor is None and self.stack and self.top.chunk is None:
                    self.top.candidate = (opened, item.last)
                quotation.governor = None
                self.run_start, self.run_before = (opened, item.last), "^"
        elif opened < self.sentence.start and at and not self.leads:
            # The sentence began inside the quotation: what was read so far is its content.
            lead = self.stack[0]
            lead.quoted, lead.link = True, "quotation"
            self.leads.append(lead)
            self.pop_to(0, item.first)
            self.push(Frame("main", item.last))
            self.run_start = None

    # afterwards

    def attribute(self) -> None:
        """Give inserted and following attributions the sentence around them, and governors their complements."""
        inserted = [f for f in self.done if f.inserted][:_NEAR]
        end = self.sentence.stop
        for frame in inserted:
            if self.trimmed(frame.last, end)[0] >= self.trimmed(frame.last, end)[1]:
                for other in self.done:
                    if other.first < frame.first < other.last:
                        other.last = frame.first
        for frame in self.done:
            governor = frame.governor
            if governor is not None and frame is not governor:
                governor.complement.append(self.trimmed(frame.first, frame.last))
        for frame in inserted:
            left = self.trimmed(self.sentence.start, frame.first)
            right = self.trimmed(frame.last, self.sentence.stop)
            frame.complement = [p for p in (left, right) if p[0] < p[1]]
            for other in self.done:
                if other.parent is None and other is not frame and not other.inserted:
                    other.parent = frame
                    other.link = "quotation" if other.quoted else "complement"
        ordered = sorted(self.done, key=lambda f: f.head) if self.leads else []
        for lead in self.leads[:_NEAR]:
            if lead.governor is not None or inserted:
                continue
            verb = next(
                (
                    f
                    for f in ordered
                    if f.chunk is not None
                    and f.head >= lead.last
                    and f.lemma in SPEECH_VERBS
                    and f.form == "finite"
                ),
                None,
            )
            if verb is not None and not any(a < verb.head and b > lead.first for a, b in verb.complement):
                verb.complement.append(self.trimmed(lead.first, lead.last))
                lead.parent, lead.link = verb, "quotation"

    def trimmed(self, first: int, last: int) -> tuple[int, int]:
        """A word range without punctuation at its ends."""
        classes = self.classes
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

    # verb groups

    def tense(self, chunk: Chunk | None) -> str:
        """ "past", "present", or "" if that cannot be said."""
        if chunk is None:
            return ""
        letter, word = self.classes[chunk.first], self.lower[chunk.first]
        if letter == "d" or word in ("was", "were", "had", "did"):
            return "past"
        return "present" if letter in "zBHOm" and word not in ("would", "could", "might", "'d", "'s") else ""

    def head(self, chunk: Chunk) -> int:
        return head_of(self.classes, chunk)

    def lemma(self, chunk: Chunk) -> str:
        head = head_of(self.classes, chunk)
        return lemma_of(self.lower[head])


def head_of(classes: str, chunk: Chunk) -> int:
    """Word number of the main verb: the last verb form of the group."""
    for i in range(chunk.last - 1, chunk.first - 1, -1):
        if classes[i] in "vzdegBbHOqm":
            return i
    return chunk.first


# 3. record


Record = TypeVar("Record", VerbGroup, Attachment, Clause)


def made(kind: type[Record], **fields: Any) -> Record:
    """A record made without its validators: there are some 200 of these an article, and they took half the stage."""
    record = kind.__new__(kind)
    record.__dict__.update(fields)
    return record


# Their span takes in their subject; the subject of the others stands outside of them.
_WITH_SUBJECT = frozenset(["main", "coordinate", "complement", "quotation"])


def verb_group(words: Words, frame: Frame) -> VerbGroup:
    """The verb group of a clause."""
    starts, ends, classes, lower = words.starts, words.ends, words.classes, words.lower
    head = frame.head
    if frame.noun:
        span = Span(starts[head], ends[head])
        return made(VerbGroup, span=span, head=span, lemma=noun_lemma(lower[head]), form="nominal", **_PLAIN)
    chunk = frame.chunk
    assert chunk is not None
    first, last = chunk.first, chunk.last
    if last - first == 1 and not frame.auxiliary and classes[first] in "vzdge":
        # One word: most are.
        span = Span(starts[first], ends[first])
        before = lower[first - 1] if first else ""
        fields = dict(_PLAIN)
        if frame.form == "finite":
            fields["tense"] = "past" if classes[first] in "de" else "present"
        if chunk.kind == "E":
            fields["voice"] = "passive"
        if before in _NEVER or (frame.subject and lower[frame.subject[0]] in _NEGATIVE_SUBJECTS):
            fields["polarity"] = "negative"
        return made(VerbGroup, span=span, head=span, lemma=frame.lemma, form=frame.form, **fields)
    letters = [(classes[i], lower[i]) for i in range(first, last)]
    aux = [(c, w) for c, w in letters[: head - first] if c in "mBbHOq"]
    if frame.auxiliary:
        fronted = [(classes[i], lower[i]) for i in range(*frame.auxiliary)]
        letters = fronted + letters
        aux = [(c, w) for c, w in fronted if c in "mBbHOq"] + aux
    lead = aux
    if frame.modal:
        aux = [(classes[i], lower[i]) for i in range(frame.infinitive, head) if classes[i] in "mBbHOq"]
    lemma = frame.lemma
    if classes[last - 1] == "l" and last - 1 > head:
        lemma += " " + lower[last - 1]
    else:
        last = max(head + 1, first + 1)
    letter = classes[head]
    be = bool(aux) and aux[-1][0] in "Bb"
    passive = (letter in "ed" and be) or (chunk.kind == "E")
    negative = any(c == "!" or w in NEGATIVES for c, w in letters) or (
        (first > 0 and lower[first - 1] in _NEVER)
        or (frame.subject is not None and lower[frame.subject[0]] in _NEGATIVE_SUBJECTS)
    )
    form: VerbForm = frame.form
    modal = next((w for c, w in lead if c == "m"), None)
    if letter == "m":
        modal = lower[head]
    tense: Tense = "none"
    if form == "finite":
        first_letter, first_word = lead[0] if lead else (letter, lower[head])
        if modal in ("will", "'ll", "shall", "wo"):
            tense, modal = "future", None
        elif first_letter in "de" or first_word in ("was", "were", "had", "did"):
            tense = "past"
        else:
            tense = "future" if frame.modal in _FUTURE else "present"
    if frame.modal:
        modal = None if frame.modal in ("be to", "be going to") and tense == "future" else frame.modal
    return made(
        VerbGroup,
        span=Span(starts[first], ends[last - 1]),
        head=Span(starts[head], ends[head]),
        lemma=lemma,
        form=form,
        tense=tense,
        perfect=any(c in "Hq" for c, _ in aux) and letter in "edb",
        progressive=letter == "g" and be,
        voice="passive" if passive else "active",
        polarity="negative" if negative else "positive",
        modality=_MODALS.get(modal, modal) if modal else None,
    )


# Present tense of these tells what is to come.
_FUTURE = frozenset(
    [
        "be to",
        *(
            f"be {w} to"
            for w in ["going", "expected", "scheduled", "due", "set", "slated", "planned", "bound", "poised"]
        ),
    ]
)
_NEVER = frozenset(["never", "neither", "nor"])
_PLAIN: dict[str, Any] = {
    "tense": "none", "perfect": False, "progressive": False, "voice": "active", "polarity": "positive", "modality": None,
}  # fmt: skip
_MODALS = {"'d": "would", "ca": "can", "cannot": "can"}


@lru_cache(maxsize=4096)
def noun_lemma(form: str) -> str:
    """The singular of an event or speech noun; a plural that means something else stays."""
    if form in ("talks", "condolences", "thanks", "congratulations", "greetings", "words", "news"):
        return form
    if form.endswith("ies"):
        return form[:-3] + "y"
    if form.endswith(("shes", "ches", "sses")):
        return form[:-2]
    if form.endswith("s") and not form.endswith("ss"):
        return form[:-1]
    return form


def apart(words: Words, lexicon: LexiconUnion, quotes: Sequence[tuple[int, int]]) -> str:
    """The classes with event nouns kept from a mention after them ("Before the talks | General Kjeldgaard"), and
    the marks of quotations told from possessives."""
    letters = list(words.classes)
    for first, last in quotes:
        for at in (first, last - 1):
            if at < len(letters) and letters[at] == "'":
                letters[at] = '"'
    for first in words.mentions:
        before = first - 1
        named = first > 0 and letters[first] == "M" and letters[before] == "n"
        if named and lexicon.has(words.lower[before], "event_noun"):
            letters[before] = "y"
    return "".join(letters)


def find_clauses(document: Document, mentions: Sequence[Mention], lexicon: LexiconUnion) -> Iterator[Clause]:
    """
    Yield the clauses of a document, by the place of their verb.

    Args:
        document: Sentences and quotations are taken from it.

        mentions: A mention is never cut; time mentions are neither subject nor object.

        lexicon: Its event and speech nouns make nominal clauses.

    Yields:
        Clauses with ids "c1", "c2" ..., in text order of the verb.
    """
    tokens = tokens_of(document.text)
    words, sentences = classed(tokens, document.sentences, mentions)
    starts, ends = words.starts, words.ends
    quotes = sorted(
        (bisect_left(starts, q.span.start), bisect_left(starts, q.span.end)) for q in document.quotations
    )
    words = words._replace(classes=apart(words, lexicon, quotes))
    reader = Reader(words, lexicon, quotes)
    for sentence in sentences:
        if len(sentence) > 1:
            reader.read(sentence)
    frames = sorted(reader.frames, key=lambda f: (f.head, f.noun))
    for number, frame in enumerate(frames):
        frame.order = number

    def known(frame: Frame | None) -> str | None:
        for _ in range(50):
            if frame is None or frame.order >= 0:
                break
            frame = frame.parent
        return f"c{frame.order + 1}" if frame is not None and frame.order >= 0 else None

    classes, lower = words.classes, words.lower
    for frame in frames:
        last = frame.last
        head = frame.head
        last = min(last if last > head else head + 1, len(starts))
        first = min(frame.first, head)
        subject = frame.subject
        if subject and subject[0] < first and frame.link in _WITH_SUBJECT:
            first = subject[0]
        while last - 1 > head and classes[last - 1] in ',.;:-"k':
            last -= 1
        complement = frame.complement
        if len(complement) > 1:
            complement.sort()
        yield made(
            Clause,
            id=f"c{frame.order + 1}",
            span=Span(starts[first], ends[last - 1]),
            verb=verb_group(words, frame),
            subject=Span(starts[subject[0]], ends[subject[1] - 1]) if subject else None,
            objects=tuple([Span(starts[a], ends[b - 1]) for a, b in frame.objects]),
            attachments=tuple(
                [
                    made(
                        Attachment,
                        preposition=lower[p]
                        if a == p + 1
                        else " ".join([w for w in lower[p:a] if w[0].isalpha()]),
                        span=Span(starts[p], ends[b - 1]),
                        object=Span(starts[a], ends[b - 1]),
                    )
                    for p, a, b in frame.attachments
                ]
            ),
            complement=tuple([Span(starts[a], ends[b - 1]) for a, b in complement if a < b]),
            parent=known(frame.parent) if frame.parent is not frame else None,
            link=frame.link,
            marker=frame.marker,
        )
