"""
What a text has told so far: who was spoken of, when and how, and who met last.

The walk of `references` reads this and adds to it sentence by sentence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeAlias

import attrs

from ..lexicon import LexiconUnion
from ..records import ActorKind, Clause, Document, Mention, Span
from .clusters import Person
from .tokens import tokens_of
from .wordclasses import word_set

_POSSESSIVES = word_set("his her its their my our your")
_BEHIND = word_set("of from for to in on at")
_LISTED = frozenset([", and", "and", "as well as", ", as well as", "&"])
_LIGHT = word_set("make have take give hold bring go come put let get be do")
_TALKING = word_set("discuss review examine consider explore address exchange")
_TOGETHER = frozenset(["with", "between", "and", "of", "for", "on", "together with", "alongside", "among"])

# How much a mention makes somebody spoken of, by where it stands; set by hand on the open set.
_SALIENCE = {"subject": 1.0, "by": 0.7, "object": 0.5, "with": 0.45, "at": 0.4, "none": 0.4, "of": 0.3}
_STRENGTH = {"subject": 4, "object": 3, "by": 3, "with": 2, "at": 1, "of": 1, "none": 0}
_ROLE_OF = {
    "by": "by", "with": "with", "between": "with", "among": "with", "together with": "with", "alongside": "with",
    "according to": "with", "to": "with", "of": "with",
}  # fmt: skip
MAIN = frozenset(["main", "coordinate"])


@attrs.define(eq=False)
class Other:
    """A state, body or group that may act."""

    kind: ActorKind
    name: str
    country: str | None
    mentions: list[Span] = attrs.field(factory=list)
    references: list[Span] = attrs.field(factory=list)
    aliases: list[str] = attrs.field(factory=list)
    acts: bool = False
    organization: str | None = None


Party: TypeAlias = Person | Other


@attrs.frozen
class Slot:
    """Where a mention stands in its clause."""

    role: str
    """subject, object, by, with, at (another preposition), or of (inside a noun phrase)."""

    clause: Clause


@attrs.frozen
class Seen:
    """When somebody was last spoken of, and how much."""

    offset: int
    weight: float
    pronoun: bool = False


@attrs.define
class Told:
    """Those of the meeting told last."""

    people: list[Party]
    host: Party | None = None
    guests: list[Party] = attrs.field(factory=list)


class Cues:
    """Lemmas of speech, and of meetings with the parts of their two sides."""

    def __init__(self, lexicon: LexiconUnion) -> None:
        self.speech: set[str] = set()
        for entry in lexicon.table("reporting_cue"):
            surface = entry.surface.lower()
            self.speech |= {surface, surface.split(" ")[0]} - _LIGHT
        self.meeting: dict[str, tuple[str, str]] = {}
        for entry in lexicon.table("meeting_cue"):
            parts = (entry.feature("part_subject"), entry.feature("part_object"))
            for lemma in (entry.surface.lower(), entry.value.lower()):
                if lemma not in _TALKING:
                    self.meeting.setdefault(lemma, parts)

    def is_speech(self, lemma: str) -> bool:
        """Whether a verb reports what is said."""
        return lemma in self.speech or lemma.split(" ")[0] in self.speech


@lru_cache(maxsize=8)
def cues_of(lexicon: LexiconUnion) -> Cues:
    """The lemmas of a lexicon, made once."""
    return Cues(lexicon)


class Discourse:
    """
    A document with its mentions and clauses by place, and the state of the walk.

    Args:
        persons: As clustered; descriptions of nobody named are added to ``unnamed``.
    """

    def __init__(
        self,
        document: Document,
        mentions: Sequence[Mention],
        clauses: Sequence[Clause],
        lexicon: LexiconUnion,
        persons: list[Person],
    ) -> None:
        self.document = document
        self.lexicon = lexicon
        self.cues = cues_of(lexicon)
        self.mentions = [m for m in mentions if m.kind != "time"]
        self._starts = [m.span.start for m in self.mentions]
        self.tokens = tokens_of(document.text)
        self.persons = persons
        self.person_of = {m.span: p for p in persons for m in p.mentions}
        self.unnamed: list[Person] = []
        self.others: dict[str, Other] = {}
        self._sentences = [s.start for s in document.sentences]
        self._paragraphs = [p.span.start for p in document.paragraphs]
        self.quoted = sorted(span for q in document.quotations for span in q.content)
        self._quoted_starts = [span.start for span in self.quoted]
        self._narrated = self._narrative()
        self._clauses = {c.id: c for c in clauses}
        self.clauses_of: dict[int, list[Clause]] = {}
        for clause in clauses:
            self.clauses_of.setdefault(self.sentence(clause.verb.head.start), []).append(clause)
        self.slots = self._slots(clauses)
        self.pointing: dict[Span, list[Party]] = {}
        """What each mention resolved so far points to."""
        self.seen: dict[int, Seen] = {}
        """By the identity of a party."""
        self.told = Told([])
        self.last_host: Party | None = None
        self.plurals: list[list[Party]] = [[]]
        """The several persons that were told together, the last ones last."""

    # -- places ---------------------------------------------------------------------------

    def sentence(self, offset: int) -> int:
        """The number of the sentence at or before an offset; -1 before the first."""
        return bisect_right(self._sentences, offset) - 1

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph at or before an offset; -1 before the first."""
        return bisect_right(self._paragraphs, offset) - 1

    def quotation(self, offset: int) -> int | None:
        """The number of the quoted stretch that holds an offset."""
        at = bisect_right(self._quoted_starts, offset) - 1
        return at if at >= 0 and offset < self.quoted[at].end else None

    def _narrative(self) -> list[int]:
        """For each sentence, how many before it are the narrator's."""
        counts: list[int] = []
        count = 0
        for start in self._sentences:
            counts.append(count)
            count += self.quotation(start + 1) is None
        return counts

    def distance(self, later: int, earlier: int) -> int:
        """How many of the narrator's sentences lie between two offsets: what is quoted parts nobody."""
        one, two = self.sentence(later), self.sentence(earlier)
        if one < 0 or two < 0 or one == two:
            return 0
        return max(self._narrated[one] - self._narrated[two], 1)

    def inside(self, span: Span) -> list[Mention]:
        """The mentions that begin in a span."""
        return self.mentions[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def before(self, offset: int) -> int:
        """The number of the last mention that begins before an offset; -1 if none does."""
        return bisect_left(self._starts, offset) - 1

    def words(self, mention: Mention) -> str:
        """A mention's text, lower case."""
        return self.document.words(mention.span).lower()

    def word_after(self, offset: int) -> str:
        """The token at or after an offset, lower case."""
        at = bisect_left(self.tokens.starts, offset)
        return self.tokens.lower[at] if at < len(self.tokens.lower) else ""

    def word_before(self, offset: int) -> str:
        """The token before an offset, lower case."""
        at = bisect_right(self.tokens.ends, offset) - 1
        return self.tokens.lower[at] if at >= 0 else ""

    # -- clauses --------------------------------------------------------------------------

    def _slots(self, clauses: Iterable[Clause]) -> dict[Span, Slot]:
        slots: dict[Span, Slot] = {}

        def put(span: Span, role: str, clause: Clause) -> None:
            for number, mention in enumerate(self.inside(span)):
                mine = "of" if number and self._is_behind(mention, span) else role
                known = slots.get(mention.span)
                stronger = known is None or _STRENGTH[mine] > _STRENGTH[known.role]
                if stronger or (
                    known is not None
                    and _STRENGTH[mine] == _STRENGTH[known.role]
                    and known.clause.link not in MAIN
                    and clause.link in MAIN
                ):
                    slots[mention.span] = Slot(mine, clause)

        for clause in clauses:
            if clause.subject is not None and (clause.link != "participle" or clause.verb.form == "finite"):
                put(clause.subject, "subject", clause)
            for span in clause.objects:
                put(span, "object", clause)
            for attachment in clause.attachments:
                put(attachment.object, _ROLE_OF.get(attachment.preposition, "at"), clause)
        return slots

    def _is_behind(self, mention: Mention, span: Span) -> bool:
        """Whether a mention inside a noun phrase is not what the phrase names: after "of", before 's."""
        text = self.document.text
        if text[mention.span.end : mention.span.end + 2] in ("'s", "’s"):
            return True
        words = text[max(span.start, mention.span.start - 12) : mention.span.start].lower().split()
        while words and words[-1] in ("the", "a", "an"):
            words.pop()
        return bool(words) and words[-1] in _BEHIND

    def clause(self, clause_id: str | None) -> Clause | None:
        """The clause of an id."""
        return self._clauses.get(clause_id or "")

    def role_of(self, mention: Mention) -> str:
        """Where a mention stands in its clause; "" in none."""
        slot = self.slots.get(mention.span)
        return slot.role if slot is not None else ""

    def subject_of(self, mention: Mention) -> list[Party]:
        """Those in the subject of the clause a mention stands in, unless it is the subject itself."""
        slot = self.slots.get(mention.span)
        if slot is None or slot.role == "subject" or slot.clause.subject is None:
            return []
        return self.parties(slot.clause.subject)

    def acts(self, mention: Mention) -> bool:
        """Whether a mention speaks or takes part in a meeting."""
        slot = self.slots.get(mention.span)
        if slot is None:
            return False
        lemma = slot.clause.verb.lemma
        if slot.role == "subject":
            return lemma in self.cues.meeting or self.cues.is_speech(lemma)
        if slot.role not in ("object", "with", "by") or (mention.kind == "country" and lemma == "visit"):
            return False
        spoken = slot.role == "by" and self.cues.is_speech(lemma)
        return lemma in self.cues.meeting or spoken or self.is_source(mention)

    def is_source(self, mention: Mention) -> bool:
        """Whether "according to" stands before a mention."""
        start = mention.span.start
        return "according to" in self.document.text[max(0, start - 18) : start].lower()

    # -- who ------------------------------------------------------------------------------

    @property
    def everybody(self) -> list[Person]:
        """All persons, named or not."""
        return self.persons + self.unnamed

    def last_seen(self, party: Party) -> Seen | None:
        """When a party was last spoken of."""
        return self.seen.get(id(party))

    def latest(self, parties: Iterable[Person]) -> list[Party]:
        """The one spoken of last, those of the meeting told last first; empty if there is none."""
        known = [p for p in parties if id(p) in self.seen]
        if not known:
            return []
        return [max(known, key=lambda p: (p in self.told.people, self.seen[id(p)].offset))]

    def parties(self, span: Span) -> list[Party]:
        """What the mentions in a noun phrase point to; those behind "of" or 's only if there is nothing else."""
        heads: list[Party] = []
        behind: list[Party] = []
        for mention in self._coordinated(span):
            possessive = mention.kind == "pronoun" and self.words(mention) in _POSSESSIVES
            if possessive and mention.span.end < span.end:
                continue
            target = behind if self._is_behind(mention, span) else heads
            target += [p for p in self.pointing.get(mention.span, ()) if p not in target]
        return heads or behind

    def persons_in(self, span: Span) -> list[Person]:
        """The persons among them."""
        return [p for p in self.parties(span) if isinstance(p, Person)]

    def _coordinated(self, span: Span) -> list[Mention]:
        """The mentions in a noun phrase, and the persons that a list goes on with after it."""
        found = self.inside(span)
        if not found or found[-1].kind != "person":
            return found
        at = self.before(found[-1].span.start) + 2
        while at < len(self.mentions) and self.mentions[at].kind == "person":
            between = self.document.text[found[-1].span.end : self.mentions[at].span.start]
            if between.replace("the", "").strip() not in _LISTED:
                break
            found.append(self.mentions[at])
            at += 1
        return found

    def point(self, mention: Mention, parties: Sequence[Party], weight: float | None = None) -> None:
        """Note what a mention points to, and that they were spoken of."""
        self.pointing[mention.span] = list(parties)
        several = len(parties) > 1
        weight = self._weight(mention) if weight is None else weight
        if several and mention.number == "plural":
            weight *= 0.4
        for party in parties:
            if mention.kind in ("pronoun", "description"):
                party.references.append(mention.span)
            if several and isinstance(party, Person) and party.mentions and party.first > mention.span.start:
                continue  # Not yet named: no pronoun would point to them.
            self._see(party, mention.span.start, weight, pronoun=mention.kind == "pronoun")

    def quote(self, mention: Mention, person: Person) -> None:
        """Note whom a quotation names; that makes somebody spoken of only who was not before."""
        self.pointing[mention.span] = [person]
        if id(person) not in self.seen:
            self._see(person, mention.span.start, -0.4)

    def _see(self, party: Party, offset: int, weight: float, *, pronoun: bool = False) -> None:
        known = self.seen.get(id(party))
        if known is not None and self.sentence(known.offset) == self.sentence(offset):
            weight = max(weight, known.weight)
        self.seen[id(party)] = Seen(offset, weight, pronoun)

    def _weight(self, mention: Mention) -> float:
        if self.is_source(mention):
            return 0.95
        slot = self.slots.get(mention.span)
        if slot is None:
            # A headline or caption without a verb: whom it names is its subject.
            verbless = not self.clauses_of.get(self.sentence(mention.span.start))
            return 0.8 if verbless and mention.kind == "person" else _SALIENCE["none"]
        minor = slot.role == "subject" and slot.clause.link not in MAIN and slot.clause.link != "quotation"
        return _SALIENCE[slot.role] - (0.25 if minor else 0.0)

    # -- meetings told --------------------------------------------------------------------

    @property
    def plural(self) -> list[Party]:
        """Those that "they" would be."""
        return self.plurals[-1]

    def tell(self, sentence: int, before: int | None = None) -> None:
        """Note those of the meeting that a sentence tells, as far as ``before``."""
        for clause in self.clauses_of.get(sentence, ()):
            start = clause.verb.head.start
            if (before is not None and start > before) or self.quotation(start) is not None:
                continue
            lemma = clause.verb.lemma
            parts = self.cues.meeting.get(lemma)
            if (
                parts is None
                and lemma in _TALKING
                and any(a.preposition == "with" for a in clause.attachments)
            ):
                parts = ("", "")
            if parts is not None:
                self._tell_clause(clause, *parts)

    def _tell_clause(self, clause: Clause, part_subject: str, part_object: str) -> None:
        left, right, by = self._taking_part(clause)
        people: list[Party] = []
        for party in (*left, *right, *by):
            if party not in people and not (isinstance(party, Other) and party.kind == "group"):
                people.append(party)
        persons: list[Party] = [p for p in people if isinstance(p, Person)]
        if persons and (len(persons) > 1 or clause.link == "nominal"):
            people = persons
        if (
            len(people) == 1 == len(persons)
            and clause.link == "nominal"
            and persons[0] not in self.told.people
        ):
            # "At the reception for X, the sides ...": with the host of the one before.
            other = self.last_host or self._most_named(people[0])
            people = [other, *people] if other is not None and other is not people[0] else people
        if len(people) < 2:
            return
        host: Party | None = None
        guests: list[Party] = []
        if part_subject == "host" or part_object == "guest":
            if clause.verb.voice == "passive":
                host, guests = next(iter(by), None), left
            else:
                host, guests = next(iter(left), None), right
        elif part_subject == "guest" or part_object == "host":
            host, guests = next(iter(right), None), left
        self.told = Told(people, host, guests)
        self.last_host = host or self.last_host
        self.plurals.append(list(people))

    def _taking_part(self, clause: Clause) -> tuple[list[Party], list[Party], list[Party]]:
        """The parties in the subject, after the verb or noun, and after "by"."""
        above = self.clause(clause.parent)
        nominal = clause.link == "nominal"
        subject = clause.subject
        if subject is None and above is not None and (nominal or clause.link == "participle"):
            subject = above.subject
        left = (self.parties(subject) or self._delegates(subject)) if subject is not None else []
        right: list[Party] = []
        by: list[Party] = []
        for span in () if nominal else clause.objects:
            right += self.parties(span) or self._delegates(span)
        attachments = [*clause.attachments, *(above.attachments if nominal and above is not None else ())]
        for attachment in attachments:
            preposition = attachment.preposition
            if preposition == "by":
                by += self.parties(attachment.object)
            elif preposition in _TOGETHER:
                found = self.parties(attachment.object)
                right += [p for p in found if isinstance(p, Person) or preposition in ("with", "between")]
        if clause.verb.lemma == "visit":
            # "Aquino's visit to China" is a meeting with nobody yet.
            left, right, by = _persons(left), _persons(right), _persons(by)
        return left, right, by

    def _most_named(self, other: Party) -> Party | None:
        """The person named most so far whose state is another."""
        known = [
            p
            for p in self.persons
            if p is not other and id(p) in self.seen and not (p.country and p.country == other.country)
        ]
        return max(known, key=lambda p: len(p.mentions), default=None)

    def _delegates(self, span: Span) -> list[Party]:
        """Who leads a delegation: "received the delegation headed by X", "the Georgian delegation"."""
        found: list[Party] = []
        for other in self.clauses_of.get(self.sentence(span.start), ()):
            leads = other.verb.lemma in ("head", "lead", "chair")
            if leads and other.subject is not None and other.subject.overlaps(span):
                for attachment in other.attachments:
                    if attachment.preposition == "by":
                        found += self.parties(attachment.object)
        if found:
            return found
        for mention in self.inside(span):
            if (
                mention.kind == "description"
                and mention.country
                and mention.value in ("delegation", "side", "guest")
            ):
                found += self.latest(p for p in self.persons if p.country == mention.country)
        return found


def _persons(parties: Iterable[Party]) -> list[Party]:
    return [p for p in parties if isinstance(p, Person)]
