"""
Pronouns and descriptions to actors, sentence by sentence.

The walk keeps who was spoken of when and how (a subject counts more than an object), and those of
the meeting told last.  A pronoun goes to the person that fits in gender and was spoken of most; a
description to the one whose titles and state it tells; "the sides" to those of the meeting.
What stands inside quotations is resolved last, since it depends on who is quoted.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

import attrs

from ..lexicon import LexiconUnion
from ..records import Actor, ActorKind, Clause, Document, Mention, Role, Span
from .allegiance import STATE_OFFICES, Allegiance
from .clusters import Person, name_words
from .tokens import tokens_of
from .wordclasses import word_set

_COUNTERPART = frozenset(
    [
        "counterpart",
        "colleague",
        "opposite number",
        "homologue",
        "partner",
        "interlocutor",
        "rival",
        "neighbour",
    ]
)
_GUEST = frozenset(["guest", "visitor"])
_HOST = frozenset(["host", "hostess"])
_SIDES = frozenset(["side", "party", "interlocutor", "participant", "counterpart", "colleague", "delegation"])
_BODIES = frozenset(
    "government ministry embassy council committee commission parliament assembly presidency secretariat mission bloc alliance union "
    "organization agency company department office administration court police army military navy association group leadership".split()
)

# What a description may call somebody who holds an office told in other words.
_SYNONYMS: dict[str, frozenset[str]] = {
    key: frozenset(words.split())
    for key, words in {
        "diplomat": "minister ambassador envoy chargé consul diplomat counsellor attaché representative secretary fm",
        "envoy": "envoy ambassador representative emissary",
        "emissary": "envoy representative emissary",
        "leader": "president minister leader premier chancellor king emir secretary chairman head chief",
        "head": "president head minister chief director chairman king",
        "chief": "chief commander head director minister commissioner secretary",
        "premier": "premier",
        "minister": "minister secretary fm mantri eam",
        "general": "general gen",
        "commander": "commander chief general admiral gen",
        "officer": "general colonel major captain admiral commander lieutenant officer commodore brigadier marshal",
        "politician": "minister mp deputy senator leader president lawmaker politician speaker candidate",
        "lawmaker": "mp deputy senator lawmaker member parliamentarian congressman congresswoman",
        "legislator": "mp deputy senator lawmaker member",
        "parliamentarian": "mp deputy senator lawmaker member speaker",
        "deputy": "deputy mp",
        "spokesperson": "spokesperson spokesman spokeswoman",
        "spokesman": "spokesperson spokesman",
        "spokeswoman": "spokesperson spokeswoman",
        "monarch": "king queen emir sultan",
        "negotiator": "negotiator",
        "chair": "chair chairman chairwoman chairperson",
        "chairman": "chair chairman chairperson",
        "chairperson": "chair chairman chairwoman chairperson",
        "ambassador": "ambassador",
    }.items()
}
# Phrases that name an office without its title.
_PHRASES: tuple[tuple[str, frozenset[str]], ...] = (
    ("head of state", frozenset(["president", "king", "queen", "emir", "sultan", "monarch"])),
    ("head of government", frozenset(["premier", "prime", "chancellor"])),
    ("state leader", frozenset(["president", "king", "emir"])),
    ("chief diplomat", frozenset(["foreign", "diplomat", "external", "fm"])),
    ("top diplomat", frozenset(["foreign", "diplomat", "external", "fm", "secretary"])),
    ("diplomacy", frozenset(["foreign", "diplomacy", "external", "representative"])),
    ("head of the defense ministry", frozenset(["defense", "defence"])),
    ("head of the defence ministry", frozenset(["defense", "defence"])),
    ("head of the foreign ministry", frozenset(["foreign"])),
    ("top general", frozenset(["general", "chief"])),
)  # fmt: skip
_VAGUE = frozenset(
    "official diplomat guest visitor host leader politician dignitary man woman lady gentleman statesman representative delegate side".split()
)
_STATE_NOUNS = frozenset(["country", "nation", "state"])
_TITLE_NOISE = frozenset(
    "the a an of and for to in his her their its our both two three four all new visiting senior top high former then his "
    "this that same other first".split()
)
_FOLLOWS_OWN_CLAUSE = frozenset(["turn", "part", "side", "own", "behalf"])


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


@attrs.define
class _Slot:
    """Where a mention stands in its clause."""

    role: str
    """subject, object, by, with, of, or none."""
    clause: Clause


@attrs.define
class _Told:
    """Those of the meeting told last."""

    people: list[Party]
    host: Party | None = None
    guests: list[Party] = attrs.field(factory=list)


class Resolver:
    """One walk over a document."""

    def __init__(
        self, document: Document, mentions: Sequence[Mention], clauses: Sequence[Clause],
        lexicon: LexiconUnion, persons: list[Person],
    ) -> None:  # fmt: skip
        self.document = document
        self.mentions = [m for m in mentions if m.kind not in ("time",)]
        self.mention_starts = [m.span.start for m in self.mentions]
        self.clauses = clauses
        self.lexicon = lexicon
        self.cues = _cues(lexicon)
        self.persons = persons
        self.tokens = tokens_of(document.text)
        self.unnamed: list[Person] = []
        self.others: dict[str, Other] = {}
        self.person_of: dict[Span, Person] = {m.span: p for p in persons for m in p.mentions}
        self.sentence_starts = [s.start for s in document.sentences]
        self.paragraph_starts = [p.span.start for p in document.paragraphs]
        self.quoted = sorted(span for q in document.quotations for span in q.content)
        self.slots = self._read_slots()
        self.clauses_of: dict[int, list[Clause]] = {}
        for clause in clauses:
            self.clauses_of.setdefault(self._sentence(clause.verb.head.start), []).append(clause)
        self.pointing: dict[Span, list[Party]] = {}
        """What each mention resolved so far points to."""
        self.seen: dict[int, tuple[int, float]] = {}
        self.told = _Told([])
        self.last_host: Party | None = None
        self.plural: list[Party] = []
        self.plurals: list[list[Party]] = []
        self.apposed: dict[Span, Person] = {}
        self.batch: list[Mention] = []
        self.deferred: list[Mention] = []

    # -- places ---------------------------------------------------------------------------

    def _sentence(self, offset: int) -> int:
        return bisect_right(self.sentence_starts, offset) - 1

    def _paragraph(self, offset: int) -> int:
        return bisect_right(self.paragraph_starts, offset) - 1

    def _quotation_at(self, offset: int) -> int | None:
        at = bisect_right(self.quoted, Span(offset, 1 << 60)) - 1
        return at if at >= 0 and self.quoted[at].start <= offset < self.quoted[at].end else None

    def _inside(self, span: Span) -> list[Mention]:
        """The mentions that begin in a span."""
        first = bisect_left(self.mention_starts, span.start)
        last = bisect_left(self.mention_starts, span.end)
        return self.mentions[first:last]

    def _read_slots(self) -> dict[Span, _Slot]:
        """Where each mention stands: the heads of subjects, objects and prepositional objects."""
        slots: dict[Span, _Slot] = {}

        def put(span: Span, role: str, clause: Clause) -> None:
            for number, mention in enumerate(self._inside(span)):
                if number and self._is_behind(mention, span):
                    mine = "of"
                else:
                    mine = role
                known = slots.get(mention.span)
                if (
                    known is None
                    or _RANK[mine] > _RANK[known.role]
                    or (
                        _RANK[mine] == _RANK[known.role]
                        and known.clause.link not in _MAIN
                        and clause.link in _MAIN
                    )
                ):
                    slots[mention.span] = _Slot(mine, clause)

        for clause in self.clauses:
            if clause.subject is not None and not (
                clause.link == "participle" and clause.verb.form != "finite"
            ):
                put(clause.subject, "subject", clause)
            for span in clause.objects:
                put(span, "object", clause)
            for attachment in clause.attachments:
                put(attachment.object, _SLOT_OF.get(attachment.preposition, "at"), clause)
        return slots

    def _is_behind(self, mention: Mention, span: Span) -> bool:
        """Whether a mention inside a noun phrase is not what the phrase names: after "of", before 's."""
        text = self.document.text
        if text[mention.span.end : mention.span.end + 2] in ("'s", "’s"):
            return True
        before = text[max(span.start, mention.span.start - 12) : mention.span.start].lower().split()
        while before and before[-1] in ("the", "a", "an"):
            before.pop()
        return bool(before) and before[-1] in ("of", "from", "for", "to", "in", "on", "at")

    # -- the walk -------------------------------------------------------------------------

    def actors(self) -> Iterator[Actor]:
        self._appositions()
        self.allegiance = Allegiance(self.document, self.mentions, self.persons, self.lexicon, self.person_of)
        self.allegiance.assign()
        self.home = self.allegiance.home
        self._genders()
        inside: list[Mention] = []
        sentence = -1
        for mention in self.mentions:
            if mention.kind == "place":
                continue
            now = self._sentence(mention.span.start)
            if now != sentence:
                self._finish(sentence)
                sentence = now
            if self._quotation_at(mention.span.start) is not None:
                inside.append(mention)
                if mention.kind == "person":
                    self._point(mention, [self.person_of[mention.span]], 0.1)
                continue
            found = self._resolve(mention)
            if found:
                self._point(mention, found)
            self.batch.append(mention)
        self._finish(sentence)
        self._quotations(inside)
        self._merge_unnamed()
        self.allegiance.assign()
        self._acting()
        yield from self._yield()

    def _point(self, mention: Mention, found: Sequence[Party], weight: float | None = None) -> None:
        """Note what a mention points to, and that they were spoken of."""
        self.pointing[mention.span] = list(found)
        if mention.kind in ("pronoun", "description"):
            for party in found:
                party.references.append(mention.span)
        if weight is None:
            slot = self.slots.get(mention.span)
            weight = _WEIGHT[slot.role if slot else "none"]
            if (
                slot
                and slot.role == "subject"
                and slot.clause.link not in _MAIN
                and slot.clause.link not in ("quotation",)
            ):
                weight -= 0.25
            if (
                slot is None
                and mention.kind == "person"
                and not self.clauses_of.get(self._sentence(mention.span.start))
            ):
                weight = 0.8
        if self._according(mention):
            weight = 0.95
        if len(found) > 1 and mention.number == "plural":
            weight *= 0.4
        for party in found:
            if (
                len(found) > 1
                and isinstance(party, Person)
                and party.mentions
                and party.first > mention.span.start
            ):
                continue  # Not yet named: a pronoun would not point to them.
            known = self.seen.get(id(party))
            if known and self._sentence(known[0]) == self._sentence(mention.span.start):
                self.seen[id(party)] = (mention.span.start, max(weight, known[1]))
            else:
                self.seen[id(party)] = (mention.span.start, weight)

    def _finish(self, sentence: int) -> None:
        """What can be told only at the end of a sentence: "for his part", the meeting it tells."""
        for mention in self.deferred:
            subject = next(
                (
                    p
                    for m in self.batch
                    if m.span.start > mention.span.start - 200
                    and m.kind in ("person", "description", "pronoun")
                    and (slot := self.slots.get(m.span))
                    and slot.role == "subject"
                    for p in self.pointing.get(m.span, ())
                    if isinstance(p, Person)
                ),
                None,
            )
            if subject is not None and not (
                mention.gender and subject.gender and subject.gender != mention.gender
            ):
                subject.gender = subject.gender or mention.gender
                self._point(mention, [subject], 0.2)
        self.deferred.clear()
        self._tell(sentence)
        self.batch.clear()

    def _resolve(self, mention: Mention) -> list[Party]:
        if mention.kind == "person":
            person = self.person_of.get(mention.span)
            if person is None:
                return []
            if mention is person.mentions[0] and not _held(person, now=True) - _WEAK_TITLES:
                self._introduced(person, mention)
            return [person]
        if mention.kind in ("country", "organization"):
            return [self._other_mention(mention)]
        if mention.kind == "pronoun":
            return self._pronoun(mention)
        if mention.kind == "description":
            return self._description(mention)
        return []

    def _genders(self) -> None:
        for person in self.persons:
            if person.gender is None:
                person.gender = _given_gender(self.lexicon, person.name)

    # -- pronouns -------------------------------------------------------------------------

    def _pronoun(self, mention: Mention) -> list[Party]:
        value = mention.value
        word = self.document.words(mention.span).lower()
        if value in ("he", "she"):
            if word in ("his", "her") and self._word_after(mention.span.end) in _FOLLOWS_OWN_CLAUSE:
                self.deferred.append(mention)
                return []
            person = self._recipient(mention) or self._nearest(mention)
            if person is not None:
                slot = self.slots.get(mention.span)
                if slot is not None and slot.role == "subject":
                    person.gender = person.gender or mention.gender
                return [person]
        elif value == "they":
            self._tell(self._sentence(mention.span.start), before=mention.span.start)
            if word in ("they", "them", "their") and self.plural:
                return list(self.plural)
        elif value == "it" and word == "it":
            slot = self.slots.get(mention.span)
            # Not the "it" of "it is planned" or "it rained": only one that speaks.
            if slot is None or slot.role != "subject" or slot.clause.verb.voice == "passive" or not self._acts(mention):
                return []
            body = self._last_body(mention)
            return [body] if body else []
        elif value in ("i", "we"):
            label = self._turn_speaker(mention.span.start)
            if label is not None and value == "i":
                return [label]
        return []

    def _recipient(self, mention: Mention) -> Person | None:
        """ "Congratulated the minister on his birthday", "thanked her for her work": the one thanked."""
        if self.document.words(mention.span).lower() not in ("his", "her"):
            return None
        for clause in self.clauses_of.get(self._sentence(mention.span.start), ()):
            if (
                clause.verb.lemma in _RECIPIENTS
                and clause.objects
                and clause.verb.head.end <= mention.span.start
            ):
                for attachment in clause.attachments:
                    if mention.span in attachment.object and attachment.preposition in ("for", "on", "over"):
                        for party in self._parties(clause.objects[0]):
                            if isinstance(party, Person) and party.gender in (None, mention.gender):
                                return party
        return None

    def _word_after(self, offset: int) -> str:
        at = bisect_left(self.tokens.starts, offset)
        return self.tokens.lower[at] if at < len(self.tokens.lower) else ""

    def _word_before(self, offset: int) -> str:
        at = bisect_right(self.tokens.ends, offset) - 1
        return self.tokens.lower[at] if at >= 0 else ""

    def _turn_speaker(self, offset: int) -> Person | None:
        at = self._paragraph(offset)
        if at < 0:
            return None
        paragraph = self.document.paragraphs[at]
        if paragraph.label is None:
            return None
        return next(
            (self.person_of[m.span] for m in self._inside(paragraph.label) if m.span in self.person_of), None
        )

    def _nearest(
        self, mention: Mention, exclude: Sequence[Party] = (), *, gender: str | None = None
    ) -> Person | None:
        """The person most spoken of before a mention that fits in gender."""
        gender = gender or mention.gender
        here = mention.span.start
        sentence, paragraph = self._sentence(here), self._paragraph(here)
        slot = self.slots.get(mention.span)
        barred = self._barred(mention, slot)
        best: tuple[float, int] | None = None
        found: Person | None = None
        for person in self._everybody():
            seen = self.seen.get(id(person))
            if seen is None or person in exclude or person in barred:
                continue
            if gender and person.gender and person.gender != gender:
                continue
            distance = sentence - self._sentence(seen[0])
            if distance > 8:
                continue
            score = seen[1] - 0.6 * min(distance, 4) - 0.35 * min(paragraph - self._paragraph(seen[0]), 3)
            if gender and person.gender == gender:
                score += 0.5
            if person in self.told.people:
                score += 0.1
            if not distance and seen[1] >= 0.9 and seen[0] < here:
                score += 0.3  # "The minister said he ...": the subject of the sentence so far.
            key = (score, seen[0])
            if best is None or key > best:
                best, found = key, person
        return found

    def _barred(self, mention: Mention, slot: _Slot | None) -> list[Party]:
        """Those a pronoun cannot be: the subject of the clause whose object it is."""
        if slot is None or slot.role not in ("object", "with", "by") or slot.clause.subject is None:
            return []
        if self.document.words(mention.span).lower() not in ("him", "her", "he", "she"):
            return []
        if self.document.words(mention.span).lower() == "her" and self._is_possessive_her(mention):
            return []
        return self._parties(slot.clause.subject)

    def _is_possessive_her(self, mention: Mention) -> bool:
        """Whether "her" stands before what is hers, rather than for her."""
        text = self.document.text
        following = text[mention.span.end : mention.span.end + 3].strip()
        if not following or following[0] in ".,;:)!?":
            return False
        return self._word_after(mention.span.end) not in _AFTER_OBJECT

    def _parties(self, span: Span) -> list[Party]:
        """What the mentions in a noun phrase point to, those behind "of" or 's left out unless alone."""
        heads: list[Party] = []
        behind: list[Party] = []
        for mention in self._coordinated(span):
            if (
                mention.kind == "pronoun"
                and self.document.words(mention.span).lower() in _POSSESSIVES
                and mention.span.end < span.end
            ):
                continue
            target = behind if self._is_behind(mention, span) else heads
            target += [p for p in self.pointing.get(mention.span, ()) if p not in target]
        return heads or behind

    def _coordinated(self, span: Span) -> Sequence[Mention]:
        """The mentions in a noun phrase, and the persons that a list goes on with after it."""
        inside = self._inside(span)
        if not inside or inside[-1].kind != "person":
            return inside
        at = bisect_left(self.mention_starts, inside[-1].span.start) + 1
        text = self.document.text
        while at < len(self.mentions) and self.mentions[at].kind == "person":
            between = text[inside[-1].span.end : self.mentions[at].span.start]
            if between.replace("the", "").strip() not in (", and", "and", "as well as", ", as well as", "&"):
                break
            inside = [*inside, self.mentions[at]]
            at += 1
        return inside

    def _everybody(self) -> list[Person]:
        return self.persons + self.unnamed

    def _last_body(self, mention: Mention) -> Other | None:
        here = self._sentence(mention.span.start)
        best: tuple[float, int] | None = None
        found: Other | None = None
        for other in self.others.values():
            seen = self.seen.get(id(other))
            if seen is None or here - self._sentence(seen[0]) > 2:
                continue
            score = (
                seen[1]
                - 0.4 * (here - self._sentence(seen[0]))
                + (0.2 if other.kind == "organization" else 0)
            )
            if best is None or (score, seen[0]) > best:
                best, found = (score, seen[0]), other
        return found

    # -- descriptions ---------------------------------------------------------------------

    def _description(self, mention: Mention) -> list[Party]:
        lemma = (mention.value or "").lower().replace("-", " ")
        if mention.number == "plural":
            return self._plural(mention, lemma)
        if lemma == "latter":
            return self._latter(mention)
        apposed = self.apposed.get(mention.span)
        if apposed is not None:
            return [apposed]
        if lemma in _STATE_NOUNS:
            return []
        if lemma in _BODIES:
            return self._body(mention, lemma)
        if lemma == "side" or lemma == "delegation":
            return self._side(mention, lemma)
        if mention.found_by.endswith("/indefinite"):
            return self._unnamed(mention) if self._acts(mention) else []
        owner = self._owner(mention)
        if lemma in _COUNTERPART:
            return self._counterpart(mention, owner)
        if lemma in _GUEST or lemma in _HOST:
            found = self._host_or_guest(mention, lemma in _HOST, owner)
            if found:
                return found
        person = self._by_title(mention, lemma, owner)
        if person is None and lemma not in STATE_OFFICES:
            person = self._salient(mention, owner)
        if person is not None:
            return [person]
        if self._acts(mention) or mention.country:
            return self._unnamed(mention)
        return []

    def _appositions(self) -> None:
        """Give persons the roles that stand after them: "X, the foreign minister of Y,"."""
        for mention in self.mentions:
            if mention.kind != "description" or mention.number == "plural":
                continue
            person = self._apposed(mention) or self._bracketed(mention)
            if person is None:
                continue
            self.apposed[mention.span] = person
            person.roles += mention.roles
            person.country = person.country or mention.country
            person.organization = person.organization or mention.organization
            person.gender = person.gender or mention.gender

    def _bracketed(self, mention: Mention) -> Person | None:
        """The person whose title an acronym in brackets abbreviates: "the Chief of Army Staff (COAS)"."""
        start = mention.span.start
        if self.document.text[start - 1 : start] != "(" or not self.document.words(mention.span).isupper():
            return None
        at = bisect_left(self.mention_starts, start) - 1
        if at < 0 or start - self.mentions[at].span.end > 3:
            return None
        span = self.mentions[at].span
        return self.apposed.get(span) or self.person_of.get(span)

    def _apposed(self, mention: Mention) -> Person | None:
        """The person a description stands beside: "X, the foreign minister of Y,", "Fiona Strathcairn MP"."""
        text = self.document.text
        end = mention.span.start
        at = bisect_left(self.mention_starts, end) - 1
        if at < 0 or end - self.mentions[at].span.end > 24:
            return None
        between = text[self.mentions[at].span.end : end]
        if self.mentions[at].kind == "description" and between.strip() in (",", "and", ", and"):
            # "X, the Crown Prince, Vice President of the Council and Minister of Defence"
            return self.apposed.get(self.mentions[at].span)
        if self.mentions[at].kind != "person":
            return None
        if between == " " and self.document.words(mention.span) in _AFTER_NAME:
            return self.person_of.get(self.mentions[at].span)
        if not between.startswith(",") or between[1:].strip().lower() not in _BEFORE_APPOSITION:
            return None
        # "Receiving X, the host praised ...": no apposition, the sentence goes on with its verb.
        if between.strip() == ", the":
            slot = self.slots.get(mention.span)
            following = text[mention.span.end : mention.span.end + 1]
            if (
                following == " "
                and self._word_after(mention.span.end) not in _AFTER_APPOSITION
                and slot
                and slot.role == "subject"
            ):
                return None
        return self.person_of.get(self.mentions[at].span)

    def _owner(self, mention: Mention) -> Person | None:
        """Whose: "his counterpart", "Rutte's counterpart"."""
        first = self.document.words(mention.span).lower().split(" ", 1)[0]
        if first in ("his", "her"):
            if self._word_before(mention.span.start) in ("and", "with", "by") or self.slots.get(mention.span):
                slot = self.slots.get(mention.span)
                if slot and slot.role in ("object", "with", "by") and slot.clause.subject is not None:
                    own = [p for p in self._parties(slot.clause.subject) if isinstance(p, Person)]
                    gender = "male" if first == "his" else "female"
                    if len(own) == 1 and own[0].gender in (None, gender):
                        return own[0]
            return self._nearest(mention, gender="male" if first == "his" else "female")
        text = self.document.text
        before = text[max(0, mention.span.start - 3) : mention.span.start]
        if before in ("'s ", "’s "):
            at = bisect_left(self.mention_starts, mention.span.start) - 1
            if at >= 0 and self.mentions[at].span.end == mention.span.start - 3:
                found = self.pointing.get(self.mentions[at].span)
                return next((p for p in found or () if isinstance(p, Person)), None)
        return None

    def _counterpart(self, mention: Mention, owner: Person | None) -> list[Party]:
        """The other one of a meeting; whoever it is, another than the owner."""
        me: Person | None = owner
        if me is None:
            slot = self.slots.get(mention.span)
            if slot and slot.role != "subject" and slot.clause.subject is not None:
                me = next((p for p in self._parties(slot.clause.subject) if isinstance(p, Person)), None)
        here = self._sentence(mention.span.start)
        everyone = [p for p in self._everybody() if p is not me and id(p) in self.seen]
        if mention.country:
            fitting = [p for p in everyone if p.country == mention.country]
            near = [p for p in fitting if here - self._sentence(self.seen[id(p)][0]) <= 12]
            if near:
                return [max(near, key=lambda p: (p in self.told.people, self.seen[id(p)][0]))]
            return self._unnamed(mention, like=me)
        if me is None and (mention.value or "") in ("interlocutor", "counterpart", "colleague"):
            me = self._nearest(mention)
        if me is None:
            return []
        people = [p for p in self.told.people if isinstance(p, Person)]
        if me is not None and me in people and len(people) >= 2:
            rest = [p for p in people if p is not me and not (p.country and p.country == me.country)] or [
                p for p in people if p is not me
            ]
            return [max(rest, key=lambda p: self.seen[id(p)][0])]
        near = [
            p for p in everyone
            if here - self._sentence(self.seen[id(p)][0]) <= 6 and (me is None or not p.country or p.country != me.country)
        ]  # fmt: skip
        if near and (me is not None or people):
            return [max(near, key=lambda p: (p in people, self.seen[id(p)][0]))]
        return []

    def _host_or_guest(self, mention: Mention, host: bool, owner: Person | None) -> list[Party]:
        told = self.told
        here = self._excluded(mention)
        people: list[Party] = [
            p for p in told.people if isinstance(p, Person) and p is not owner and p not in here
        ]
        if mention.country:
            fitting = [p for p in people if p.country == mention.country]
            if fitting:
                return fitting[:1]
            elsewhere = [
                p
                for p in self._everybody()
                if p.country == mention.country and id(p) in self.seen and p not in here
            ]
            return [max(elsewhere, key=lambda p: self.seen[id(p)][0])] if elsewhere else []
        if owner is not None and len(people) >= 1:
            foreign = [p for p in people if p.country != owner.country] or people
            return [max(foreign, key=lambda p: self.seen[id(p)][0])]
        if host and told.host is not None and told.host not in here:
            return [told.host]
        if not host and told.guests and told.guests[-1] not in here:
            return told.guests[-1:]
        if host:
            own = [p for p in people if p.country == self.home and p not in told.guests]
            if own:
                return own[:1]
            return [self.last_host] if self.last_host is not None and self.last_host not in here else []
        if len(people) == 1:
            return people
        foreign = [p for p in people if p.country != self.home and p is not told.host]
        return foreign[-1:]

    def _latter(self, mention: Mention) -> list[Party]:
        """ "The latter": who was named last before."""
        at = bisect_left(self.mention_starts, mention.span.start) - 1
        while at >= 0 and mention.span.start - self.mentions[at].span.end < 300:
            found = self.pointing.get(self.mentions[at].span)
            if self.mentions[at].kind in ("person", "description", "country", "organization") and found:
                return found[:1]
            at -= 1
        return []

    def _excluded(self, mention: Mention) -> list[Party]:
        """
        Those a description cannot be: the subject of the clause whose object it is, and, where it is
        the subject, whom its participles have for object ("Receiving X, the host ...").
        """
        slot = self.slots.get(mention.span)
        if slot is None:
            return []
        if slot.role != "subject":
            return self._parties(slot.clause.subject) if slot.clause.subject is not None else []
        found: list[Party] = []
        for clause in self.clauses_of.get(self._sentence(mention.span.start), ()):
            if (
                clause.parent == slot.clause.id
                and clause.link == "participle"
                and clause.verb.voice == "active"
            ):
                for span in [
                    *clause.objects,
                    *(a.object for a in clause.attachments if a.preposition in ("with", "to")),
                ]:
                    found += self._parties(span)
        return found

    def _by_title(
        self,
        mention: Mention,
        lemma: str,
        owner: Person | None,
        exclude: Sequence[Party] = (),
        *,
        quoted: bool = False,
    ) -> Person | None:
        """The person whose titles and state a description tells."""
        told = _Description(self.document.words(mention.span).lower(), lemma)
        exclude = [*exclude, *self._excluded(mention)]
        best: tuple[float, int] | None = None
        found: Person | None = None
        for person in self._everybody():
            if person in exclude or (owner is not None and person is owner):
                continue
            if mention.gender and person.gender and mention.gender != person.gender:
                continue
            seen = self._seen_before(person, mention.span.start) if quoted else self.seen.get(id(person))
            score = self._title_score(person, mention, told, seen)
            if score is None:
                continue
            key = (score, seen[0] if seen else -person.first)
            if best is None or key > best:
                best, found = key, person
        if found is None or best is None or best[0] < 0.75:
            return None
        if mention.country and found.assumed and found.country != mention.country:
            found.country, found.assumed = mention.country, False
        if not (_held(found) - _WEAK_TITLES) and mention.roles and lemma not in _VAGUE:
            found.roles += mention.roles
            found.country = found.country or mention.country
            found.organization = found.organization or mention.organization
        return found

    def _seen_before(self, person: Person, offset: int) -> tuple[int, float] | None:
        """When a person was last spoken of before a place, for what is resolved after the walk."""
        spans = [*(m.span.start for m in person.mentions), *(r.start for r in person.references)]
        last = max((start for start in spans if start < offset), default=None)
        return None if last is None else (last, 0.5)

    def _title_score(
        self, person: Person, mention: Mention, told: _Description, seen: tuple[int, float] | None
    ) -> float | None:
        """How well a description fits a person; ``None`` if it cannot be them."""
        sentence, paragraph = self._sentence(mention.span.start), self._paragraph(mention.span.start)
        distance = sentence - self._sentence(seen[0]) if seen else None
        other_state = bool(mention.country and person.country and person.country != mention.country)
        if other_state and not (person.assumed and distance is not None and distance <= 2):
            return None
        held, heads = _held(person), _heads_of(person)
        lemma, words = told.lemma, told.words
        if told.phrase is not None and told.phrase & held:
            score = 2.0
        elif lemma in heads or set(lemma.split()) <= heads:
            score = 2.0
        elif told.wanted & heads:
            score = 1.5
        elif lemma in _VAGUE and held and mention.country and person.country == mention.country:
            score = 1.3
        elif lemma in _VAGUE and held and not mention.country and lemma in _OFFICIALS:
            score = 0.7
        elif (
            not held - _WEAK_TITLES
            and seen is not None
            and distance is not None
            and distance <= 3
            and seen[1] >= 0.5
            and paragraph - self._paragraph(seen[0]) <= 1
            and (person.country in (None, mention.country) or not mention.country)
        ):
            # Nothing was told of this person yet: "Germany's X reminded ... The ambassador said".
            score = 1.75 if distance <= 1 else 1.25
        else:
            return None
        if "prime" in words and "prime" not in held:
            return None
        if mention.country:
            score += 1.0 if person.country == mention.country else -0.7 if other_state else -0.3
        else:
            if self.home is not None and person.country == self.home:
                score += 0.35 if lemma in STATE_OFFICES else 0.1
            extra = words - told.wanted - {lemma, lemma + "s"}
            if extra and held and told.phrase is None:
                score += 0.3 * len(extra & held) - 0.7 * len((extra & _FIELDS) - held)
        if "prime" in held and "prime" not in words and lemma == "minister":
            score -= 0.6
        if {"deputy", "vice"} & words - held:
            score -= 0.8
        elif {"deputy", "vice"} & held and not {"deputy", "vice"} & words and lemma != "deputy":
            score -= 0.25
        if "elect" in held and "elect" not in words:
            score -= 0.3
        if seen is None or distance is None:
            # Named only later: the whole description must be what is held.
            return score - (0.9 if len(words) > 1 and words <= held else 1.4)
        score += 0.25 * seen[1] - 0.1 * min(distance, 10)
        return score + (0.3 if person in self.told.people else 0.0)

    def _salient(self, mention: Mention, owner: Person | None) -> Person | None:
        """Who is spoken of, for a description of a trade that nobody was said to have ("the lawyer")."""
        best: tuple[float, int] | None = None
        found: Person | None = None
        here, excluded = mention.span.start, self._excluded(mention)
        for person in self._everybody():
            seen = self.seen.get(id(person))
            if seen is None or person is owner or person in excluded or not person.mentions:
                continue
            if mention.gender and person.gender and mention.gender != person.gender:
                continue
            if mention.country and person.country != mention.country:
                continue
            distance = self._sentence(here) - self._sentence(seen[0])
            if distance > 3 or self._paragraph(here) - self._paragraph(seen[0]) > 1:
                continue
            key = (seen[1] - 0.5 * distance, seen[0])
            if best is None or key > best:
                best, found = key, person
        return found if best is not None and best[0] > -0.8 else None

    def _unnamed(self, mention: Mention, like: Person | None = None) -> list[Party]:
        """A person of their own, for a description that nobody named fits."""
        lemma = mention.value or ""
        if lemma in _BODIES or lemma in _SIDES - _COUNTERPART:
            return []
        words = name_words(lemma)
        for person in reversed(self.unnamed):
            if (
                person.words == words
                and (not mention.country or person.country == mention.country)
                and (not mention.found_by.endswith("/indefinite"))
            ):
                return [person]
        person = Person(words, self.document.words(mention.span))
        person.roles = list(mention.roles)
        if like is not None and lemma in _COUNTERPART:
            person.roles += [r for r in like.roles if r.rank is None][:1]
        person.country = mention.country
        person.organization = mention.organization
        person.gender = mention.gender
        person.indefinite = mention.found_by.endswith("/indefinite")
        self.unnamed.append(person)
        return [person]

    def _merge_unnamed(self) -> None:
        """A description that stood before anybody was named is the one person who holds just that office."""
        for unnamed in list(self.unnamed):
            words = _held(unnamed) - _TITLE_NOISE - _COUNTERPART
            if not words or unnamed.words and unnamed.words[0] in _VAGUE:
                continue
            fitting = [
                p
                for p in self.persons
                if words <= _held(p)
                and (not p.country or not unnamed.country or p.country == unnamed.country)
                and not (p.gender and unnamed.gender and p.gender != unnamed.gender)
            ]
            if (
                len(fitting) == 1
                and not unnamed.indefinite
                and (unnamed.country or len(words) > 1 or unnamed.organization)
            ):
                self._join(unnamed, fitting[0])

    def _introduced(self, person: Person, mention: Mention) -> None:
        """
        Join a name that comes without a title to the office that opened the text.

        "The UN envoy appealed for a truce.  Joaquín Luna told the council ...": in wire copy the name
        follows the office by a sentence or two.
        """
        slot = self.slots.get(mention.span)
        if (
            slot is None
            or slot.role != "subject"
            or slot.clause.verb.lemma.split(" ")[0] not in self.cues.speech
        ):
            return
        for unnamed in reversed(self.unnamed):
            seen = self.seen.get(id(unnamed))
            if seen is None or unnamed.indefinite or seen[1] < 0.8 or not _held(unnamed) - _WEAK_TITLES:
                continue
            if self._sentence(mention.span.start) - self._sentence(seen[0]) > 2:
                continue
            if unnamed.gender and person.gender and unnamed.gender != person.gender:
                continue
            if unnamed.country and person.country and unnamed.country != person.country:
                continue
            self._join(unnamed, person)
            return

    def _join(self, unnamed: Person, person: Person) -> None:
        """Make one person of a description and a name."""
        person.roles += unnamed.roles
        person.country = person.country or unnamed.country
        person.organization = person.organization or unnamed.organization
        person.gender = person.gender or unnamed.gender
        person.references += unnamed.references
        self.unnamed.remove(unnamed)
        for parties in [
            *self.pointing.values(),
            *self.plurals,
            self.told.people,
            self.told.guests,
            self.plural,
        ]:
            for number, party in enumerate(parties):
                if party is unnamed:
                    parties[number] = person
        if self.told.host is unnamed:
            self.told.host = person
        if self.last_host is unnamed:
            self.last_host = person

    def _side(self, mention: Mention, lemma: str) -> list[Party]:
        """ "The Turkish side": the state; "the delegation": nobody of their own."""
        if lemma != "side" or not mention.country:
            return []
        told = [p for p in self.told.people if isinstance(p, Person) and p.country == mention.country]
        near = [
            p for p in told if self._sentence(mention.span.start) - self._sentence(self.seen[id(p)][0]) <= 4
        ]
        return [*near[:1]] or [self._country(mention.country)]

    def _body(self, mention: Mention, lemma: str) -> list[Party]:
        """ "The ministry", "its government": the body named last with that word, else one of its own."""
        best: tuple[int, int] | None = None
        found: Other | None = None
        for other in self.others.values():
            seen = self.seen.get(id(other))
            if other.kind != "organization" or seen is None:
                continue
            if mention.country and other.country and mention.country != other.country:
                continue
            names = " ".join([other.name, *other.aliases, other.organization or ""]).lower()
            if (
                (lemma in names and lemma not in ("union", "bloc"))
                or (lemma == "alliance" and "nato" in names)
                or (
                    lemma in ("bloc", "union") and any(w in names for w in ("union", "asean", "ecowas", "eu"))
                )
            ):
                key = (seen[0], 0)
                if best is None or key > best:
                    best, found = key, other
        if found is not None:
            return [found]
        if not self._acts(mention):
            return []
        words = self.document.words(mention.span)
        key_name = f"organization:{mention.country or ''}:{words.lower()}"
        other = self.others.get(key_name)
        if other is None:
            country = mention.country or (
                self.home
                if lemma in ("government", "ministry", "parliament", "presidency", "army", "police")
                else None
            )
            other = self.others[key_name] = Other("organization", words, country)
        return [other]

    def _plural(self, mention: Mention, lemma: str) -> list[Party]:
        text = self.document.words(mention.span).lower()
        if len(mention.countries) > 1:
            wanted = _SYNONYMS.get(lemma, frozenset([lemma]))
            holders = [
                next(
                    (
                        p
                        for p in self.persons
                        if p.country == code and (wanted & _held(p) or not _held(p) - _WEAK_TITLES)
                    ),
                    None,
                )
                for code in mention.countries
            ]
            # Either all of them are named somewhere, or the states take part.
            parties: list[Party] = [h for h in holders if h is not None]
            if len(parties) < len(holders):
                parties = [self._country(code) for code in mention.countries]
            self._give_office(mention, lemma)
            self.plural = list(parties)
            self.plurals.append(self.plural)
            return parties
        if lemma in _GUEST:
            guests = [p for p in self.told.guests if not mention.country or p.country == mention.country]
            if guests:
                return guests
        numbered = text.startswith(("both ", "two ", "three ", "four ")) or text in ("both", "all")
        bare = mention.found_by.endswith("/bare_plural")
        if (
            numbered
            and lemma not in _SIDES
            and not text.startswith("both")
            and self._word_before(mention.span.start) not in _DEFINITE
        ):
            # "Two sources", "three diplomats" are new; "the two ministers" are known.
            return self._group(mention) if self._acts(mention) else []
        definite = numbered or self._word_before(mention.span.start) in (
            "the",
            "both",
            "these",
            "those",
            "two",
            "three",
        )
        if lemma in _STATE_NOUNS or lemma in _BODIES:
            return []
        if mention.country or bare and lemma not in _SIDES | {"minister", "president", "leader"}:
            return self._group(mention) if self._acts(mention) else []
        if not definite and not bare:
            return self._group(mention) if self._acts(mention) else []
        if " of " in text and not any(
            w in text for w in ("two", "both", "three", "parties", "states", "countries")
        ):
            return self._group(mention) if self._acts(mention) else []
        if bare and len(text.split()) > 1:
            return self._group(mention) if self._acts(mention) else []
        self._tell(self._sentence(mention.span.start), before=mention.span.start)
        people = self.told.people
        if len(people) < 2 or lemma == "leader" and not all(isinstance(p, Person) for p in people):
            return (
                self._group(mention)
                if self._acts(mention) and (not numbered or not definite or lemma not in _SIDES)
                else []
            )
        if lemma not in _SIDES and lemma not in _VAGUE:
            wanted = _SYNONYMS.get(lemma, frozenset([lemma]))
            fitting = [p for p in people if isinstance(p, Person) and wanted & _held(p)]
            if len(fitting) < 2 and numbered:
                # "His Russian counterpart" holds the same office.
                fitting = [p for p in people if isinstance(p, Person) and (wanted | _COUNTERPART) & _held(p)]
            if len(fitting) < 2:
                known = [p for p in people if isinstance(p, Person)]
                fitting = known if len(known) >= 2 and not any(_held(p) - _WEAK_TITLES for p in known) else []
            if len(fitting) < 2:
                recent = [
                    p for p in self._everybody()
                    if wanted & _held(p) and (s := self.seen.get(id(p)))
                    and self._sentence(mention.span.start) - self._sentence(s[0]) <= 4
                ]  # fmt: skip
                fitting = recent if len(recent) >= 2 else []
            if len(fitting) < 2:
                return self._group(mention) if self._acts(mention) and not numbered else []
            people = list(fitting)
        count = {"both": 2, "two": 2, "neither": 2, "three": 3, "four": 4}.get(text.split(" ", 1)[0])
        if text.startswith("all three"):
            count = 3
        if count and len(people) > count:
            people = self._heads(people, count)
        elif count and len(people) < count:
            people = next((list(p) for p in reversed(self.plurals) if len(p) == count), list(people))
        self.plural = list(people)
        self.plurals.append(self.plural)
        return list(people)

    def _heads(self, people: Sequence[Party], count: int) -> list[Party]:
        """One of each state, the first told."""
        kept: list[Party] = []
        for party in people:
            if len(kept) < count and all(k.country != party.country or party.country is None for k in kept):
                kept.append(party)
        return kept if len(kept) == count else list(people)[:count]

    def _give_office(self, mention: Mention, lemma: str) -> None:
        """ "The foreign ministers of A and B": whoever is named for A without an office holds it."""
        if not mention.roles:
            return
        title = mention.roles[0].title.split(" of ", 1)[0]
        plural = title.rsplit(" ", 1)
        title = f"{plural[0]} {lemma}" if len(plural) == 2 else lemma
        for person in self.persons:
            if person.country in mention.countries and not (_held(person) - _WEAK_TITLES):
                person.roles.append(attrs.evolve(mention.roles[0], title=title, country=person.country))

    def _group(self, mention: Mention) -> list[Party]:
        words = self.document.words(mention.span)
        key = f"group:{words.lower()}"
        if key not in self.others:
            self.others[key] = Other("group", words, mention.country, acts=True)
        return [self.others[key]]

    # -- meetings told --------------------------------------------------------------------

    def _tell(self, sentence: int, before: int | None = None) -> None:
        """Note those of the meeting that a sentence tells, as far as ``before``."""
        if sentence < 0:
            return
        for clause in self.clauses_of.get(sentence, ()):
            if before is not None and clause.verb.head.start > before:
                continue
            if self._quotation_at(clause.verb.head.start) is not None:
                continue
            entry = self.cues.meeting.get(clause.verb.lemma)
            if entry is None and clause.verb.lemma in _TALKING and any(a.preposition == "with" for a in clause.attachments):
                entry = ("", "")
            if entry is None:
                continue
            self._tell_clause(clause, *entry, before=before)

    def _tell_clause(self, clause: Clause, host: str, guest: str, *, before: int | None) -> None:
        subject = clause.subject
        parent = (
            next((c for c in self.clauses if c.id == clause.parent), None)
            if clause.link == "nominal"
            else None
        )
        if subject is None and parent is not None:
            subject = parent.subject
        if subject is None and clause.link == "participle":
            above = next((c for c in self.clauses if c.id == clause.parent), None)
            subject = above.subject if above is not None else None
        left = (self._parties(subject) or self._delegates(clause, subject)) if subject is not None else []
        right: list[Party] = []
        by: list[Party] = []
        for span in clause.objects if clause.link != "nominal" else ():
            right += self._parties(span) or self._delegates(clause, span)
        attachments = [*clause.attachments, *(parent.attachments if parent is not None else ())]
        for attachment in attachments:
            if attachment.preposition in (
                "with",
                "between",
                "and",
                "of",
                "for",
                "on",
                "together with",
                "alongside",
                "among",
            ):
                right += [
                    p
                    for p in self._parties(attachment.object)
                    if isinstance(p, Person) or attachment.preposition in ("with", "between")
                ]
            elif attachment.preposition == "by":
                by += self._parties(attachment.object)
        if clause.verb.lemma == "visit":
            # "Aquino's visit to China" is a meeting with nobody yet.
            left, right, by = ([p for p in side if isinstance(p, Person)] for side in (left, right, by))
        people: list[Party] = []
        for party in [*left, *right, *by]:
            if party not in people and not (isinstance(party, Other) and party.kind == "group"):
                people.append(party)
        if any(isinstance(p, Person) for p in people):
            persons = [p for p in people if isinstance(p, Person)]
            people = list(persons) if len(persons) > 1 or clause.link == "nominal" else people
        if len(people) == 1 and isinstance(people[0], Person) and clause.link == "nominal":
            # "At the reception for X, the sides ...": with the host of the one before.
            other = self.last_host or self._most_spoken_of(people[0])
            if other is not None and other is not people[0] and people[0] not in self.told.people:
                people = [other, people[0]]
        if len(people) < 2:
            return
        first: Party | None = None
        others: list[Party] = []
        if host == "host" or guest == "guest":
            passive = clause.verb.voice == "passive"
            first, others = (by[0] if by else None, left) if passive else (left[0] if left else None, right)
        elif host == "guest" or guest == "host":
            first, others = (right[0] if right else None), left
        self.told = _Told(people, first, others)
        self.plurals.append(list(people))
        if first is not None:
            self.last_host = first
        self.plural = list(people)

    def _most_spoken_of(self, other: Person) -> Person | None:
        """The person most mentioned so far whose state is another."""
        best: Person | None = None
        for person in self.persons:
            if (
                person is other
                or id(person) not in self.seen
                or (person.country and person.country == other.country)
            ):
                continue
            if best is None or len(person.mentions) > len(best.mentions):
                best = person
        return best

    def _delegates(self, clause: Clause, span: Span) -> list[Party]:
        """Who leads a delegation: "received the delegation headed by X", "the Georgian delegation"."""
        found: list[Party] = []
        for other in self.clauses_of.get(self._sentence(span.start), ()):
            if (
                other.subject is not None
                and other.subject.overlaps(span)
                and other.verb.lemma in ("head", "lead", "chair")
            ):
                for attachment in other.attachments:
                    if attachment.preposition == "by":
                        found += self._parties(attachment.object)
        if found:
            return found
        for mention in self._inside(span):
            if (
                mention.kind == "description"
                and mention.country
                and (mention.value or "") in ("delegation", "side", "guest")
            ):
                known = [p for p in self.persons if p.country == mention.country and id(p) in self.seen]
                if known:
                    found.append(max(known, key=lambda p: self.seen[id(p)][0]))
        return found

    # -- quotations -----------------------------------------------------------------------

    def _quotations(self, mentions: Sequence[Mention]) -> None:
        """Resolve what stands inside quotations: "I" is the one quoted, "he" somebody else."""
        speakers: dict[int, Person | None] = {}
        for mention in mentions:
            if mention.kind in ("country", "organization"):
                self._point(mention, [self._other_mention(mention)], 0)
                continue
            number = self._quotation_at(mention.span.start)
            if mention.kind == "person" or number is None:
                continue
            if number not in speakers:
                speakers[number] = self._quoted_speaker(self.quoted[number])
            speaker = speakers[number]
            if mention.kind == "pronoun":
                if mention.value == "i" and speaker is not None:
                    speaker.references.append(mention.span)
                elif mention.value in ("he", "she"):
                    person = self._quoted_he(mention, speaker)
                    if person is not None:
                        person.references.append(mention.span)
            elif mention.kind == "description" and mention.number == "singular":
                lemma = (mention.value or "").lower()
                if lemma in _BODIES | _SIDES | _STATE_NOUNS or mention.found_by.endswith("/indefinite"):
                    continue
                exclude = [speaker] if speaker else []
                if lemma in _COUNTERPART:
                    continue
                person = self._by_title(mention, lemma, None, exclude, quoted=True)
                if person is not None:
                    person.references.append(mention.span)

    def _quoted_he(self, mention: Mention, speaker: Person | None) -> Person | None:
        """The last person named or pointed to before a pronoun in a quotation, the speaker aside."""
        best: tuple[int, Person] | None = None
        for person in self._everybody():
            if person is speaker or (person.gender and mention.gender and person.gender != mention.gender):
                continue
            spans = [m.span for m in person.mentions] + person.references
            last = max((s.start for s in spans if s.start < mention.span.start), default=-1)
            if last >= 0 and (best is None or last > best[0]):
                best = (last, person)
        if best is None or self._sentence(mention.span.start) - self._sentence(best[0]) > 5:
            return None
        return best[1]

    def _quoted_speaker(self, span: Span) -> Person | None:
        """Who says a quotation: the subject of the nearest reporting verb around it."""
        paragraph = self._paragraph(span.start)
        best: tuple[int, Clause] | None = None
        for sentence in {
            self._sentence(span.start),
            self._sentence(span.end - 1),
            self._sentence(span.end - 1) + 1,
            self._sentence(span.start) - 1,
        }:
            for clause in self.clauses_of.get(sentence, ()):
                verb = clause.verb.span
                if clause.subject is None or clause.verb.lemma.split(" ")[0] not in self.cues.speech:
                    continue
                if self._paragraph(verb.start) != paragraph or self._quotation_at(verb.start) is not None:
                    continue
                gap = verb.start - span.end if verb.start >= span.end else span.start - verb.end
                if 0 <= gap < 160 and (best is None or gap < best[0]):
                    best = (gap, clause)
        if best is not None and best[1].subject is not None:
            return next((p for p in self._parties(best[1].subject) if isinstance(p, Person)), None)
        return self._turn_speaker(span.start)

    # -- states and bodies ----------------------------------------------------------------

    def _country(self, code: str) -> Other:
        key = f"country:{code}"
        if key not in self.others:
            self.others[key] = Other("country", _country_name(self.lexicon, code), code)
        return self.others[key]

    def _other_mention(self, mention: Mention) -> Other:
        name = self.document.words(mention.name or mention.span)
        if mention.kind == "country":
            key, kind = f"country:{mention.value or name}", "country"
        else:
            key, kind = f"organization:{self._body_key(mention, name)}", "organization"
        other = self.others.get(key)
        if other is None:
            other = self.others[key] = Other(kind, name, mention.country)  # type: ignore[arg-type]
        elif not other.mentions or (kind == "country" and self._is_state(name) and not self._is_state(other.name)):
            if other.mentions and other.name not in other.aliases:
                other.aliases.append(other.name)
            other.name = name
        if name != other.name or mention.metonym:
            if name not in other.aliases:
                other.aliases.append(name)
        other.country = other.country or mention.country
        other.organization = other.organization or mention.organization
        other.mentions.append(mention.name or mention.span)
        return other

    def _is_state(self, name: str) -> bool:
        """Whether a name is that of a whole state, not of a part ("Tigray") or a capital."""
        return any(e.feature("status") == "state" for e in self.lexicon.lookup(name, "country"))

    def _body_key(self, mention: Mention, name: str) -> str:
        """One body under several names: by its value, or by country and type word."""
        folded = " ".join(name_words(mention.value or name))
        for spelling, plain in (("defense", "defence"), ("ministry of foreign affairs", "foreign ministry")):
            folded = folded.replace(spelling, plain)
        return f"{folded}"

    def _acts(self, mention: Mention) -> bool:
        """Whether a mention speaks or takes part in a meeting."""
        slot = self.slots.get(mention.span)
        if slot is None:
            return False
        lemma = slot.clause.verb.lemma
        if slot.role == "subject":
            return (
                lemma in self.cues.meeting
                or lemma.split(" ")[0] in self.cues.speech
                or lemma in self.cues.speech
            )
        if slot.role in ("object", "with", "by"):
            if mention.kind == "country" and lemma == "visit":
                return False
            return (
                lemma in self.cues.meeting
                or (slot.role == "with" and self._according(mention))
                or (slot.role == "by" and lemma.split(" ")[0] in self.cues.speech)
            )
        return False

    def _according(self, mention: Mention) -> bool:
        text = self.document.text[max(0, mention.span.start - 18) : mention.span.start].lower()
        return "according to" in text

    def _acting(self) -> None:
        """Mark the states and bodies that speak or take part."""
        for mention in self.mentions:
            if mention.kind not in ("country", "organization"):
                continue
            found = self.pointing.get(mention.span)
            if not found or self._quotation_at(mention.span.start) is not None:
                continue
            if self._acts(mention) or self._according(mention) or mention.metonym:
                for party in found:
                    if isinstance(party, Other):
                        party.acts = True
        for other in self.others.values():
            if other.references and any(
                self._acts(m) for s in other.references for m in self._inside(s) if m.span == s
            ):
                other.acts = True
            if other.kind == "country" and other.references:
                other.acts = True

    # -- out ------------------------------------------------------------------------------

    def _yield(self) -> Iterator[Actor]:
        for person in self.persons:
            yield Actor(
                kind="person",
                name=person.name,
                aliases=self._aliases(person),
                mentions=tuple(m.name or m.span for m in person.mentions),
                references=tuple(sorted(set(person.references))),
                roles=_each_once(person.roles),
                country=person.country,
                found_by="english.actors/named",
            )
        for person in self.unnamed:
            if person.references:
                yield Actor(
                    kind="person", name=person.name, references=tuple(sorted(set(person.references))),
                    roles=_each_once(person.roles), country=person.country, found_by="english.actors/unnamed",
                )  # fmt: skip
        for other in self.others.values():
            if other.acts and (other.mentions or other.references):
                yield Actor(
                    kind=other.kind, name=other.name, aliases=tuple(a for a in other.aliases if a != other.name),
                    mentions=tuple(sorted(set(other.mentions))), references=tuple(sorted(set(other.references))),
                    country=other.country, found_by="english.actors/acting",
                )  # fmt: skip

    def _aliases(self, person: Person) -> tuple[str, ...]:
        forms = (" ".join(self.document.words(m.name or m.span).split()) for m in person.mentions)
        return tuple(dict.fromkeys(f for f in forms if f != person.name))


_AFTER_OBJECT = frozenset(
    "in on at for to with by from about of into and or but that when where while after before during as if whether because on the a an".split()
)
_MAIN = frozenset(["main", "coordinate"])
_PREPOSITIONS = word_set("of for to in at on")
_TALKING = word_set("discuss review examine consider explore address exchange")
_RECIPIENTS = word_set("congratulate thank commend praise condole wish applaud laud compliment")
_DEFINITE = word_set("the these those both all his her their our")
_OFFICIALS = word_set("official diplomat politician leader statesman")
_AFTER_NAME = word_set("MP MEP MLA KC QC TD MSP MdB")
_BEFORE_APPOSITION = frozenset(
    [
        "",
        "the",
        "a",
        "an",
        "then",
        "now",
        "currently",
        "who is",
        "who was",
        "himself a",
        "herself a",
        "now a",
        "the then",
    ]
)
_AFTER_APPOSITION = word_set("who which in of at for from with and based on to since whose as under until")


class _Description:
    """The words of a description, and the words of titles that would fit it."""

    def __init__(self, text: str, lemma: str) -> None:
        self.lemma = lemma
        self.words = frozenset(text.replace("-", " ").split()) - _TITLE_NOISE
        self.wanted = _SYNONYMS.get(lemma, frozenset(lemma.split()))
        self.phrase = next((held for phrase, held in _PHRASES if phrase in text), None)


_RANK = {"subject": 4, "object": 3, "by": 3, "with": 2, "at": 1, "of": 1, "none": 0}
_WEIGHT = {"subject": 1.0, "object": 0.5, "by": 0.7, "with": 0.45, "at": 0.4, "of": 0.3, "none": 0.4}
_SLOT_OF = {
    "by": "by", "with": "with", "between": "with", "among": "with", "together with": "with", "alongside": "with",
    "according to": "with", "to": "with", "of": "with",
}  # fmt: skip
_POSSESSIVES = frozenset(["his", "her", "its", "their", "my", "our", "your"])
_WEAK_TITLES = frozenset(
    "mr mrs ms miss dr sir dame lord lady h.e he prof professor atty colleague counterpart host guest partner interlocutor mr. ms. mrs. "
    "dr. his her excellency number opposite rival the of and".split()
)
_FIELDS = frozenset(
    "foreign defence defense interior finance trade economy energy health education justice prime deputy vice external state army navy "
    "press security national".split()
)


class _Cues:
    """Lemmas of speech and of meetings."""

    def __init__(self, lexicon: LexiconUnion) -> None:
        self.speech = frozenset(
            w
            for e in lexicon.table("reporting_cue")
            for w in (e.surface.lower(), e.surface.lower().split(" ")[0])
            if w not in _LIGHT
        )
        self.meeting: dict[str, tuple[str, str]] = {}
        for entry in lexicon.table("meeting_cue"):
            pair = (entry.feature("part_subject"), entry.feature("part_object"))
            for lemma in (entry.surface.lower(), entry.value.lower()):
                if lemma not in _TALKING:
                    self.meeting.setdefault(lemma, pair)


_LIGHT = frozenset("make have take give hold bring go come put let get be do".split())


@lru_cache(maxsize=8)
def _cues(lexicon: LexiconUnion) -> _Cues:
    return _Cues(lexicon)


@lru_cache(maxsize=2048)
def _country_name(lexicon: LexiconUnion, code: str) -> str:
    entry = next((e for e in lexicon.table("country") if e.value == code), None)
    return (entry.feature("name") or entry.surface) if entry else code


def _given_gender(lexicon: LexiconUnion, name: str) -> str | None:
    for word in name.split()[:1]:
        for entry in lexicon.lookup(word, "given_name"):
            gender = {"m": "male", "f": "female", "male": "male", "female": "female"}.get(
                entry.feature("gender")
            )
            if gender:
                return gender
    return None


_TITLE_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def _title_words(title: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a title, lower case, and those before "of", "for" and "to"; with its initials and acronym."""
    words = _TITLE_WORD.findall(title.lower().replace(".", ""))
    cut = next((n for n, w in enumerate(words) if w in _PREPOSITIONS), len(words))
    initials = "".join(w[0] for w in title.split() if w[0].isupper()).lower()
    extra = {initials} if len(initials) > 1 else set()
    extra |= {acronym.lower() for acronym in re.findall(r"\(([A-Z]+)\)", title)}
    return frozenset(words) | extra, frozenset(words[:cut]) | extra


def _held(person: Person, *, now: bool = False) -> frozenset[str]:
    """The words of a person's titles, lower case; ``now``: without those of the past."""
    roles = [r for r in person.roles if not (now and r.tenure == "former")]
    return frozenset().union(*(_title_words(r.title)[0] for r in roles), *(["rank"] for r in roles if r.rank))


def _heads_of(person: Person) -> frozenset[str]:
    """The words of a person's titles that say what they are: of "spokesman for the minister" no "minister"."""
    return frozenset().union(*(_title_words(r.title)[1] for r in person.roles))


def _each_once(roles: Sequence[Role]) -> tuple[Role, ...]:
    seen: dict[str, Role] = {}
    for role in sorted(roles, key=lambda r: r.span):
        seen.setdefault(role.title.lower(), role)
    return tuple(seen.values())
