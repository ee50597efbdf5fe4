"""
Pronouns and descriptions to parties.

A pronoun goes to the person that fits in gender and was spoken of most; a description to the one
whose titles and state it tells, "the guest" and "his counterpart" by the meeting told last; "the
sides" to all of that meeting.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import attrs

from ..lexicon import LexiconUnion
from ..records import Mention, Span
from .clusters import Person, name_words
from .discourse import Discourse, Other, Party, Seen
from .offices import (
    BODIES,
    COUNTERPARTS,
    FIELDS,
    GUESTS,
    HOSTS,
    NOISE,
    OFFICIALS,
    SIDES,
    STATE_NOUNS,
    STATE_OFFICES,
    VAGUE,
    WEAK_TITLES,
    Described,
    heads_of,
    held_by,
    is_known,
    synonyms,
)
from .wordclasses import word_set

_FOLLOWS_OWN_CLAUSE = word_set("turn part side own behalf")
_AFTER_OBJECT = word_set(
    "in on at for to with by from about of into and or but that when where while after before during as if whether "
    "because the a an"
)
_RECIPIENTS = word_set("congratulate thank commend praise condole wish applaud laud compliment")
_DEFINITE = word_set("the these those both all his her their our")
_AFTER_NAME = word_set("MP MEP MLA KC QC TD MSP MdB")
_BEFORE_APPOSITION = frozenset(
    [
        "",
        "the",
        "a",
        "an",
        "then",
        "the then",
        "now",
        "now a",
        "currently",
        "who is",
        "who was",
        "himself a",
        "herself a",
    ]
)
_AFTER_APPOSITION = word_set("who which in of at for from with and based on to since whose as under until")
_BARE_AND_KNOWN = SIDES | {"minister", "president", "leader"}
_OF_KNOWN = word_set("two both three parties states countries")
_COUNTS = {"both": 2, "two": 2, "neither": 2, "three": 3, "four": 4, "all": 3}
_OF_HOME = word_set("government ministry parliament presidency army police")
_ADDRESSES = ("highness", "majesty", "holiness")
_FOREIGN = word_set("foreign external fm eam state affairs diplomacy")
_BLOCS = ("union", "asean", "ecowas", "eu")
_ENOUGH = 0.75
"""The least fit of a description with a person; set on the open set."""


class References:
    """
    Resolves one mention after the other, in text order.

    Args:
        discourse: What was told so far; `Discourse.point` is the caller's to call.

        home: The state whose news this is; its officials need no label.
    """

    def __init__(self, discourse: Discourse, home: str | None) -> None:
        self.told_so_far = discourse
        self.home = home
        self.apposed: dict[Span, Person] = {}
        self.deferred: list[Mention] = []
        """Pronouns that point forward: "for his part"."""

    # -- pronouns -------------------------------------------------------------------------

    def pronoun(self, mention: Mention) -> list[Party]:
        """Those a pronoun of the narrator's points to."""
        d = self.told_so_far
        word = d.words(mention)
        if mention.value in ("he", "she"):
            if word in ("his", "her") and self._points_forward(mention):
                self.deferred.append(mention)
                return []
            person = self._recipient(mention, word) or self.nearest(mention)
            if person is None:
                return []
            slot = d.slots.get(mention.span)
            if slot is not None and slot.role == "subject":
                person.gender = person.gender or mention.gender
            return [person]
        if mention.value == "they":
            d.tell(d.sentence(mention.span.start), before=mention.span.start)
            return list(d.plural) if word in ("they", "them", "their") else []
        if word == "it":
            return self._last_body(mention) if self._is_somebody(mention) else []
        if mention.value == "i":
            speaker = self.turn_speaker(mention.span.start)
            return [speaker] if speaker is not None else []
        return []

    def _is_somebody(self, mention: Mention) -> bool:
        """Whether "it" speaks, or does something in what a body says: not the "it" of "it is planned"."""
        d = self.told_so_far
        slot = d.slots.get(mention.span)
        if slot is None or slot.role != "subject" or slot.clause.verb.voice == "passive":
            return False
        above = d.clause(slot.clause.parent)
        reported = (
            slot.clause.link == "complement" and above is not None and d.cues.is_speech(above.verb.lemma)
        )
        return d.acts(mention) or (reported and slot.clause.verb.lemma != "be")

    def _points_forward(self, mention: Mention) -> bool:
        """ "For his part, X ...", "In her speech, X said": a possessive before the subject of its sentence."""
        d = self.told_so_far
        if d.word_after(mention.span.end) in _FOLLOWS_OWN_CLAUSE:
            return True
        clauses = d.clauses_of.get(d.sentence(mention.span.start), ())
        subjects = [c.subject.start for c in clauses if c.link == "main" and c.subject is not None]
        earlier = [c for c in clauses if c.subject is not None and c.subject.start <= mention.span.start]
        return bool(subjects) and min(subjects) > mention.span.start and not earlier

    def finish(self, mentions: Sequence[Mention]) -> None:
        """At the end of a sentence: "for his part" is its subject's."""
        d = self.told_so_far
        for pronoun in self.deferred:
            subject = next((p for m in mentions for p in self._as_subject(m)), None)
            if subject is None or (subject.gender and pronoun.gender and subject.gender != pronoun.gender):
                subject = self.nearest(pronoun)
            if subject is not None:
                subject.gender = subject.gender or pronoun.gender
                d.point(pronoun, [subject], 0.2)
        self.deferred.clear()

    def _as_subject(self, mention: Mention) -> list[Person]:
        slot = self.told_so_far.slots.get(mention.span)
        if slot is None or slot.role != "subject":
            return []
        return [p for p in self.told_so_far.pointing.get(mention.span, ()) if isinstance(p, Person)]

    def _recipient(self, mention: Mention, word: str) -> Person | None:
        """ "Congratulated the minister on his birthday", "thanked her for her work": the one thanked."""
        d = self.told_so_far
        if word not in ("his", "her"):
            return None
        for clause in d.clauses_of.get(d.sentence(mention.span.start), ()):
            if clause.verb.lemma not in _RECIPIENTS or not clause.objects:
                continue
            for attachment in clause.attachments:
                if mention.span in attachment.object and attachment.preposition in ("for", "on", "over"):
                    thanked = d.persons_in(clause.objects[0])
                    return next((p for p in thanked if p.gender in (None, mention.gender)), None)
        return None

    def nearest(self, mention: Mention, *, gender: str | None = None) -> Person | None:
        """The person most spoken of before a mention that fits in gender."""
        d = self.told_so_far
        gender = gender or mention.gender
        here = mention.span.start
        barred = self._barred(mention)
        best: tuple[float, int] | None = None
        found: Person | None = None
        for person in d.everybody:
            seen = d.last_seen(person)
            if seen is None or person in barred or (gender and person.gender and person.gender != gender):
                continue
            distance = d.distance(here, seen.offset)
            if distance > 8:
                continue
            paragraphs = d.paragraph(here) - d.paragraph(seen.offset)
            score = seen.weight - 0.6 * min(distance, 4) - 0.35 * min(paragraphs, 3)
            score += 0.2 if gender and person.gender == gender else 0.0
            score += 0.1 if person in d.told.people else 0.0
            # "He said ... He returned": who is called so already.
            score += 0.25 if seen.pronoun and seen.weight >= 0.7 and distance <= 1 else 0.0
            # "The minister said he ...": the subject of the sentence so far.
            score += 0.3 if not distance and seen.weight >= 0.9 else 0.0
            if best is None or (score, seen.offset) > best:
                best, found = (score, seen.offset), person
        return found

    def _barred(self, mention: Mention) -> list[Party]:
        """Those a pronoun cannot be: the subject of the clause whose object it is."""
        d = self.told_so_far
        slot = d.slots.get(mention.span)
        word = d.words(mention)
        if slot is None or slot.role not in ("object", "with", "by") or word not in ("him", "her"):
            return []
        if word == "her":
            following = d.document.text[mention.span.end : mention.span.end + 3].strip()
            owns = bool(following) and following[0] not in ".,;:)!?"
            if owns and d.word_after(mention.span.end) not in _AFTER_OBJECT:
                return []
        return d.subject_of(mention)

    def _last_body(self, mention: Mention) -> list[Party]:
        """The body or state spoken of last."""
        d = self.told_so_far
        best: tuple[float, int] | None = None
        found: list[Party] = []
        for other in d.others.values():
            seen = d.last_seen(other)
            if seen is None or d.distance(mention.span.start, seen.offset) > 2:
                continue
            score = seen.weight - 0.4 * d.distance(mention.span.start, seen.offset)
            score += 0.2 if other.kind == "organization" else 0.0
            if best is None or (score, seen.offset) > best:
                best, found = (score, seen.offset), [other]
        return found

    def turn_speaker(self, offset: int) -> Person | None:
        """Who speaks in a turn of a transcript."""
        d = self.told_so_far
        at = d.paragraph(offset)
        label = d.document.paragraphs[at].label if at >= 0 else None
        if label is None:
            return None
        return next((d.person_of[m.span] for m in d.inside(label) if m.span in d.person_of), None)

    # -- descriptions ---------------------------------------------------------------------

    def description(self, mention: Mention) -> list[Party]:
        """Those a description of the narrator's points to; a new party for somebody who acts unnamed."""
        d = self.told_so_far
        lemma = (mention.value or "").lower().replace("-", " ")
        if mention.number == "plural":
            return self._several(mention, lemma)
        if lemma == "latter":
            return self._latter(mention)
        if mention.span in self.apposed:
            return [self.apposed[mention.span]]
        if lemma in STATE_NOUNS or lemma == "party":
            return []
        if lemma in BODIES:
            return self._body(mention, lemma)
        if lemma in ("side", "delegation"):
            return self._side(mention, lemma)
        if mention.found_by.endswith("/indefinite"):
            return self._unnamed(mention) if d.acts(mention) else []
        owner = self._owner(mention)
        if lemma in COUNTERPARTS:
            return self._counterpart(mention, owner)
        if lemma in GUESTS or lemma in HOSTS:
            found = self._host_or_guest(mention, lemma in HOSTS, owner)
            if found:
                return found
        person = self.by_title(mention, lemma, [owner] if owner else [])
        if person is None and lemma not in STATE_OFFICES:
            person = self._salient(mention, owner)
        if person is not None:
            return [person]
        return self._unnamed(mention) if d.acts(mention) or mention.country else []

    def find_appositions(self) -> None:
        """Give persons the roles that stand after them: "X, the foreign minister of Y,"."""
        for mention in self.told_so_far.mentions:
            if mention.kind != "description" or mention.number == "plural" or mention.value in BODIES:
                continue
            person = self._apposed(mention)
            if person is None:
                continue
            self.apposed[mention.span] = person
            person.roles += mention.roles
            person.country = person.country or mention.country
            person.organization = person.organization or mention.organization
            person.gender = person.gender or mention.gender

    def _apposed(self, mention: Mention) -> Person | None:
        """The person a description stands beside: "X, the minister of Y,", "Fiona S. MP", "the Chief of Staff (COAS)"."""
        d = self.told_so_far
        at = d.before(mention.span.start)
        if at < 0:
            return None
        beside = d.mentions[at]
        between = d.document.text[beside.span.end : mention.span.start]
        if len(between) > 24:
            return None
        words = d.document.words(mention.span)
        known = self.apposed.get(beside.span) or d.person_of.get(beside.span)
        if between.strip() == "(" and words.isupper():
            return known
        if beside.kind == "description" and between.strip() in (",", "and", ", and"):
            # "X, the Crown Prince, Vice President of the Council and Minister of Defence"
            return known
        if beside.kind != "person":
            return None
        if between == " " and words in _AFTER_NAME:
            return known
        if not between.startswith(",") or between[1:].strip().lower() not in _BEFORE_APPOSITION:
            return None
        # "Receiving X, the host praised ...": no apposition, the sentence goes on with its verb.
        slot = d.slots.get(mention.span)
        goes_on = d.document.text[mention.span.end : mention.span.end + 1] == " "
        goes_on = goes_on and d.word_after(mention.span.end) not in _AFTER_APPOSITION
        if between.strip() == ", the" and goes_on and slot is not None and slot.role == "subject":
            return None
        return known

    def _owner(self, mention: Mention) -> Person | None:
        """Whose: "his counterpart", "Rutte's counterpart"."""
        d = self.told_so_far
        first = d.words(mention).split(" ", 1)[0]
        if first in ("his", "her"):
            gender = "male" if first == "his" else "female"
            own = [p for p in d.subject_of(mention) if isinstance(p, Person)]
            if len(own) == 1 and own[0].gender in (None, gender):
                return own[0]
            return self.nearest(mention, gender=gender)
        at = d.before(mention.span.start)
        if at >= 0 and d.document.text[d.mentions[at].span.end : mention.span.start] in ("'s ", "’s "):
            found = d.pointing.get(d.mentions[at].span, ())
            return next((p for p in found if isinstance(p, Person)), None)
        return None

    def _counterpart(self, mention: Mention, owner: Person | None) -> list[Party]:
        """The other one of a meeting; whoever it is, another than the owner."""
        d = self.told_so_far
        here = mention.span.start
        me = owner or next((p for p in d.subject_of(mention) if isinstance(p, Person)), None)
        others = [p for p in d.everybody if p is not me]
        if mention.country:
            fitting = [p for p in others if p.country == mention.country and self._is_near(here, p, 12)]
            return d.latest(fitting) or self._unnamed(mention, like=me)
        if me is None and mention.value in ("interlocutor", "counterpart", "colleague"):
            me = self.nearest(mention)
        if me is None:
            return []
        foreign = [p for p in others if p is not me and not (p.country and p.country == me.country)]
        if me in d.told.people:
            met = [p for p in d.told.people if isinstance(p, Person) and p is not me]
            found = d.latest([p for p in met if p in foreign] or met)
            if found:
                return found
        return d.latest(p for p in foreign if self._is_near(here, p, 6))

    def _is_near(self, here: int, person: Person, sentences: int) -> bool:
        seen = self.told_so_far.last_seen(person)
        return seen is not None and self.told_so_far.distance(here, seen.offset) <= sentences

    def _host_or_guest(self, mention: Mention, host: bool, owner: Person | None) -> list[Party]:
        d = self.told_so_far
        told, excluded = d.told, self._excluded(mention)
        people = [p for p in told.people if isinstance(p, Person) and p is not owner and p not in excluded]
        if mention.country:
            fitting = [p for p in people if p.country == mention.country]
            elsewhere = [p for p in d.everybody if p.country == mention.country and p not in excluded]
            return [*fitting[:1]] or d.latest(elsewhere)
        if owner is not None and people:
            return d.latest([p for p in people if p.country != owner.country] or people)
        if host:
            if told.host is not None and told.host not in excluded:
                return [told.host]
            own: list[Party] = [p for p in people if p.country == self.home and p not in told.guests]
            last = [d.last_host] if d.last_host is not None and d.last_host not in excluded else []
            return own[:1] or last
        if told.guests and told.guests[-1] not in excluded:
            return told.guests[-1:]
        if len(people) == 1:
            return [*people]
        return [*[p for p in people if p.country != self.home and p is not told.host][-1:]]

    def _latter(self, mention: Mention) -> list[Party]:
        """ "The latter": who was named last before."""
        d = self.told_so_far
        at = d.before(mention.span.start)
        while at >= 0 and mention.span.start - d.mentions[at].span.end < 300:
            found = d.pointing.get(d.mentions[at].span)
            if found and d.mentions[at].kind != "pronoun":
                return found[:1]
            at -= 1
        return []

    def _excluded(self, mention: Mention) -> list[Party]:
        """
        Those a description cannot be: the subject of the clause whose object it is, and, where it is
        the subject, whom its participles have for object ("Receiving X, the host ...").
        """
        d = self.told_so_far
        slot = d.slots.get(mention.span)
        if slot is None or slot.role != "subject":
            return d.subject_of(mention)
        found: list[Party] = []
        for clause in d.clauses_of.get(d.sentence(mention.span.start), ()):
            if (
                clause.parent != slot.clause.id
                or clause.link != "participle"
                or clause.verb.voice != "active"
            ):
                continue
            spans = [
                *clause.objects,
                *(a.object for a in clause.attachments if a.preposition in ("with", "to")),
            ]
            for span in spans:
                found += d.parties(span)
        return found

    def by_title(
        self, mention: Mention, lemma: str, exclude: Sequence[Party], *, quoted: bool = False
    ) -> Person | None:
        """The person whose titles and state a description tells."""
        d = self.told_so_far
        described = Described(d.document.words(mention.span), lemma)
        excluded = [*exclude, *self._excluded(mention)]
        best: tuple[float, int] | None = None
        found: Person | None = None
        for person in d.everybody:
            if person in excluded or (mention.gender and person.gender and mention.gender != person.gender):
                continue
            seen = self._seen_before(person, mention.span.start) if quoted else d.last_seen(person)
            fit = self._fit(person, mention, described, seen)
            key = (fit, seen.offset if seen else -person.first)
            if fit >= _ENOUGH and (best is None or key > best):
                best, found = key, person
        if found is None:
            return None
        if mention.country and found.assumed and found.country != mention.country:
            found.country, found.assumed = mention.country, False
        if not is_known(found) and lemma not in VAGUE:
            found.roles += mention.roles
            found.country = found.country or mention.country
            found.organization = found.organization or mention.organization
        return found

    def _seen_before(self, person: Person, offset: int) -> Seen | None:
        """When a person was last spoken of before a place, for what is resolved after the walk."""
        starts = [*(m.span.start for m in person.mentions), *(r.start for r in person.references)]
        last = max((start for start in starts if start < offset), default=None)
        return None if last is None else Seen(last, 0.5)

    def _fit(self, person: Person, mention: Mention, described: Described, seen: Seen | None) -> float:
        """How well a description fits a person; 0 if it cannot be them."""
        d = self.told_so_far
        distance = d.distance(mention.span.start, seen.offset) if seen else None
        foreign = bool(mention.country and person.country and person.country != mention.country)
        if foreign and not (person.assumed and distance is not None and distance <= 2):
            return 0.0
        held, words, lemma = held_by(person), described.words, described.lemma
        score = self._title_fit(person, mention, described, held, seen)
        if not score or ("prime" in words and "prime" not in held):
            return 0.0
        if held and (
            (lemma == "prime minister" and "prime" not in held)
            or (lemma == "foreign minister" and not _FOREIGN & held)
        ):
            return 0.0  # "The PM", "the FM"
        if mention.country:
            score += 1.0 if person.country == mention.country else -0.7 if foreign else -0.3
        else:
            if self.home is not None and person.country == self.home:
                score += 0.2 if lemma in STATE_OFFICES else 0.1
            if held and described.phrase is None:
                extra = described.extra
                score += 0.3 * len(extra & held) - 0.7 * len((extra & FIELDS) - held)
        if "prime" in held and "prime" not in words and lemma == "minister":
            score -= 0.6
        if {"deputy", "vice"} & words - held:
            score -= 0.8
        elif {"deputy", "vice"} & held and not {"deputy", "vice"} & words and lemma != "deputy":
            score -= 1.3 if words & FIELDS else 0.25
        if "elect" in held and "elect" not in words:
            score -= 0.3
        if seen is None or distance is None:
            # Named only later: the whole description must be what is held.
            return score - (0.9 if len(words) > 1 and words <= held else 1.4)
        score += 0.25 * seen.weight - 0.1 * min(distance, 10)
        address = self._address(mention.span)
        if address and any(self._address(m.span) == address for m in person.mentions[:20]):
            score += 0.5
        return score + (0.3 if person in d.told.people else 0.0)

    def _address(self, span: Span) -> str:
        """ "Highness" in or before a mention: "His Highness the Amir" is the one of two whom the text calls so."""
        text = self.told_so_far.document.text[max(0, span.start - 16) : span.end].lower()
        return next((word for word in _ADDRESSES if word in text), "")

    def _title_fit(
        self, person: Person, mention: Mention, described: Described, held: frozenset[str], seen: Seen | None
    ) -> float:
        heads, lemma = heads_of(person), described.lemma
        if described.phrase is not None and described.phrase & held:
            return 2.0
        if lemma in heads or set(lemma.split()) <= heads:
            return 2.0
        if described.wanted & heads:
            return 1.5
        if lemma in VAGUE and held:
            if mention.country and person.country == mention.country:
                return 1.3
            if not mention.country and lemma in OFFICIALS:
                return 0.7
        if held - WEAK_TITLES or seen is None or seen.weight < 0.5:
            return 0.0
        if mention.country and person.country not in (None, mention.country):
            return 0.0
        # Nothing was told of this person yet: "Germany's X reminded ... The ambassador said".
        d = self.told_so_far
        distance = d.distance(mention.span.start, seen.offset)
        if distance > 3 or d.paragraph(mention.span.start) - d.paragraph(seen.offset) > 1:
            return 0.0
        return 1.75 if distance <= 1 else 1.25

    def _salient(self, mention: Mention, owner: Person | None) -> Person | None:
        """Who is spoken of, for a description of a trade that nobody was said to have ("the lawyer")."""
        d = self.told_so_far
        excluded = self._excluded(mention)
        best: tuple[float, int] | None = None
        found: Person | None = None
        for person in d.persons:
            seen = d.last_seen(person)
            if seen is None or person is owner or person in excluded:
                continue
            if mention.gender and person.gender and mention.gender != person.gender:
                continue
            if mention.country and person.country != mention.country:
                continue
            distance = d.distance(mention.span.start, seen.offset)
            score = seen.weight - 0.5 * distance
            if distance <= 3 and score > -0.8 and (best is None or (score, seen.offset) > best):
                best, found = (score, seen.offset), person
        return found

    # -- somebody unnamed -----------------------------------------------------------------

    def _unnamed(self, mention: Mention, like: Person | None = None) -> list[Party]:
        """A person of their own, for a description that nobody named fits."""
        d = self.told_so_far
        lemma = mention.value or ""
        if lemma in BODIES or lemma in SIDES - COUNTERPARTS:
            return []
        words = name_words(lemma)
        indefinite = mention.found_by.endswith("/indefinite")
        for person in reversed(d.unnamed):
            same = person.words == words and (not mention.country or person.country == mention.country)
            if same and not indefinite:
                return [person]
        person = Person(words, d.document.words(mention.span))
        person.roles = list(mention.roles)
        if like is not None and lemma in COUNTERPARTS:
            person.roles += [r for r in like.roles if r.rank is None][:1]
        person.country, person.organization, person.gender = (
            mention.country,
            mention.organization,
            mention.gender,
        )
        person.indefinite = indefinite
        d.unnamed.append(person)
        return [person]

    def introduced(self, person: Person, mention: Mention) -> None:
        """
        Join a name that comes without a title to the office that opened the text.

        "The UN envoy appealed for a truce.  Joaquín Luna told the council ...": in wire copy the name
        follows the office by a sentence or two.
        """
        d = self.told_so_far
        slot = d.slots.get(mention.span)
        if slot is None or slot.role != "subject" or not d.cues.is_speech(slot.clause.verb.lemma):
            return
        for unnamed in reversed(d.unnamed):
            seen = d.last_seen(unnamed)
            if seen is None or unnamed.indefinite or seen.weight < 0.8 or not is_known(unnamed):
                continue
            if d.distance(mention.span.start, seen.offset) <= 2 and _agree(unnamed, person):
                self._join(unnamed, person)
                return

    def merge_unnamed(self) -> None:
        """A description that stood before anybody was named is the one person who holds just that office."""
        for unnamed in list(self.told_so_far.unnamed):
            if unnamed.country and COUNTERPARTS & set(unnamed.words[:1]):
                # "Egypt's FM meets US counterpart": the only official of that state.
                own = [p for p in self.told_so_far.persons if p.country == unnamed.country and is_known(p)]
                if len(own) == 1 and _agree(own[0], unnamed):
                    unnamed.roles = []
                    self._join(unnamed, own[0])
                continue
            words = held_by(unnamed) - NOISE - COUNTERPARTS
            if not words or unnamed.indefinite or VAGUE & set(unnamed.words[:1]):
                continue
            fitting = [p for p in self.told_so_far.persons if words <= held_by(p) and _agree(p, unnamed)]
            if len(fitting) == 1 and (unnamed.country or len(words) > 1 or unnamed.organization):
                self._join(unnamed, fitting[0])

    def _join(self, unnamed: Person, person: Person) -> None:
        """Make one person of a description and a name."""
        d = self.told_so_far
        person.roles += unnamed.roles
        person.country = person.country or unnamed.country
        person.organization = person.organization or unnamed.organization
        person.gender = person.gender or unnamed.gender
        person.references += unnamed.references
        d.unnamed.remove(unnamed)
        for parties in (*d.pointing.values(), *d.plurals, d.told.people, d.told.guests):
            for number, party in enumerate(parties):
                if party is unnamed:
                    parties[number] = person
        if d.told.host is unnamed:
            d.told.host = person
        if d.last_host is unnamed:
            d.last_host = person

    # -- states and bodies ----------------------------------------------------------------

    def country(self, code: str) -> Other:
        """The state of a code, named or not."""
        others = self.told_so_far.others
        key = f"country:{code}"
        if key not in others:
            others[key] = Other("country", _country_name(self.told_so_far.lexicon, code), code)
        return others[key]

    def _side(self, mention: Mention, lemma: str) -> list[Party]:
        """ "The Turkish side": its minister if one has just met, else the state; "the delegation": nobody of its own."""
        if lemma != "side" or not mention.country:
            return []
        met = [
            p for p in self.told_so_far.told.people if isinstance(p, Person) and p.country == mention.country
        ]
        near: list[Party] = [p for p in met if self._is_near(mention.span.start, p, 4)]
        return near[:1] or [self.country(mention.country)]

    def _body(self, mention: Mention, lemma: str) -> list[Party]:
        """ "The ministry", "its government": the body named last with that word, else one of its own."""
        d = self.told_so_far
        best = -1
        found: list[Party] = []
        for other in d.others.values():
            seen = d.last_seen(other)
            if other.kind != "organization" or seen is None or seen.offset <= best:
                continue
            if mention.country and other.country and mention.country != other.country:
                continue
            names = " ".join([other.name, *other.aliases, other.organization or ""]).lower()
            if lemma in ("union", "bloc"):
                fits = any(word in names for word in _BLOCS)
            else:
                fits = lemma in names or (lemma == "alliance" and "nato" in names)
            if fits:
                best, found = seen.offset, [other]
        if found or not d.acts(mention):
            return found
        words = d.document.words(mention.span)
        key = f"organization:{mention.country or ''}:{words.lower()}"
        if key not in d.others:
            country = mention.country or (self.home if lemma in _OF_HOME else None)
            d.others[key] = Other("organization", words, country)
        return [d.others[key]]

    # -- several --------------------------------------------------------------------------

    def _several(self, mention: Mention, lemma: str) -> list[Party]:
        """Those a plural description points to: holders of an office, those of the meeting, a new group."""
        d = self.told_so_far
        text = d.words(mention)
        if len(mention.countries) > 1:
            return self._of_states(mention, lemma)
        if lemma in STATE_NOUNS or lemma in BODIES:
            return []
        if lemma in GUESTS:
            guests = [p for p in d.told.guests if not mention.country or p.country == mention.country]
            if guests:
                return guests
        if self._is_new(mention, lemma, text):
            return self._group(mention)
        d.tell(d.sentence(mention.span.start), before=mention.span.start)
        people = d.told.people
        numbered = mention.found_by.endswith("/numbered") or text.split(" ", 1)[0] in _COUNTS
        if len(people) < 2 or (lemma == "leader" and not all(isinstance(p, Person) for p in people)):
            return [] if numbered and lemma in SIDES else self._group(mention)
        if lemma not in SIDES and lemma not in VAGUE:
            people = [*self._holding(mention, lemma, numbered)]
            if len(people) < 2:
                return [] if numbered else self._group(mention)
        count = _COUNTS.get(text.split(" ", 1)[0], 0)
        if count and len(people) > count:
            people = _one_a_state(people, count)
        elif len(people) < count:
            people = next((p for p in reversed(d.plurals) if len(p) == count), people)
        d.plurals.append(list(people))
        return list(people)

    def _is_new(self, mention: Mention, lemma: str, text: str) -> bool:
        """Whether a plural brings in people not told of: "two sources", "Turkish officials", "ministers of the bloc"."""
        before = self.told_so_far.word_before(mention.span.start)
        first = text.split(" ", 1)[0]
        bare = mention.found_by.endswith("/bare_plural")
        if first in ("two", "three", "four") and lemma not in SIDES and before not in _DEFINITE:
            return True
        if mention.country or (bare and (lemma not in _BARE_AND_KNOWN or " " in text)):
            return True
        definite = first in _COUNTS or before in _DEFINITE or before in _COUNTS
        if not definite and not bare:
            return True
        return " of " in text and not _OF_KNOWN & set(text.split())

    def _of_states(self, mention: Mention, lemma: str) -> list[Party]:
        """ "The ministers of A, B and C": those named somewhere, if all of them are; else the states."""
        d = self.told_so_far
        wanted = synonyms(lemma)
        found: list[Party] = []
        for code in mention.countries:
            holds = (p for p in d.persons if p.country == code and (wanted & held_by(p) or not is_known(p)))
            found += [next(holds, None) or self.country(code)]
        if any(isinstance(party, Other) for party in found):
            found = [self.country(code) for code in mention.countries]
        self._give_office(mention, lemma)
        d.plurals.append(list(found))
        return found

    def _give_office(self, mention: Mention, lemma: str) -> None:
        """Whoever is named for one of the states without an office holds the one told of all."""
        if not mention.roles:
            return
        *modifiers, _ = mention.roles[0].title.split(" of ", 1)[0].split(" ") or [""]
        title = " ".join([*modifiers, lemma])
        for person in self.told_so_far.persons:
            if person.country in mention.countries and not is_known(person):
                person.roles.append(attrs.evolve(mention.roles[0], title=title, country=person.country))

    def _holding(self, mention: Mention, lemma: str, numbered: bool) -> Sequence[Party]:
        """Those of the meeting told last who hold an office; else those of the last sentences."""
        d = self.told_so_far
        wanted = synonyms(lemma)
        met = [p for p in d.told.people if isinstance(p, Person)]
        found = [p for p in met if wanted & heads_of(p)]
        if len(found) < 2 and numbered:
            # "His Russian counterpart" holds the same office.
            found = [p for p in met if (wanted | COUNTERPARTS) & held_by(p)]
        if len(found) < 2 and not any(is_known(p) for p in met):
            found = met
        if len(found) < 2:
            found = [
                p for p in d.everybody if wanted & heads_of(p) and self._is_near(mention.span.start, p, 4)
            ]
        return found

    def _group(self, mention: Mention) -> list[Party]:
        """A group of unnamed people, if they act."""
        d = self.told_so_far
        if not d.acts(mention):
            return []
        words = d.document.words(mention.span)
        key = f"group:{words.lower()}"
        if key not in d.others:
            d.others[key] = Other("group", words, mention.country, acts=True)
        return [d.others[key]]


def _agree(one: Person, other: Person) -> bool:
    """Whether neither gender nor state keeps two apart."""
    genders = {one.gender, other.gender} - {None}
    countries = {one.country, other.country} - {None}
    return len(genders) < 2 and len(countries) < 2


def _one_a_state(people: Sequence[Party], count: int) -> list[Party]:
    """One of each state, the first told."""
    kept: list[Party] = []
    for party in people:
        if len(kept) < count and all(k.country != party.country or party.country is None for k in kept):
            kept.append(party)
    return kept if len(kept) == count else list(people)[:count]


@lru_cache(maxsize=2048)
def _country_name(lexicon: LexiconUnion, code: str) -> str:
    entry = next((e for e in lexicon.table("country") if e.value == code), None)
    return (entry.feature("name") or entry.surface) if entry else code
