"""Pronouns and descriptions to actors, sentence by sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

import attrs

from ..lexicon import LexiconUnion
from ..records import Actor, ActorKind, Clause, Document, Mention, Role, Span
from .clusters import Person, name_words
from .tokens import tokens_of

# Lemmas of descriptions that point to the other party of a meeting.
_OTHER = frozenset(["counterpart", "colleague", "homologue", "interlocutor", "opposite number"])
_GUEST = frozenset(["guest", "visitor"])
_SIDES = frozenset(
    ["side", "party", "interlocutor", "participant", "leader", "counterpart", "colleague", "delegation"]
)

# What a description may call somebody who holds an office told in other words.
_SYNONYMS = {
    "diplomat": "minister ambassador envoy chargé consul diplomat counsellor attaché representative secretary",
    "envoy": "envoy ambassador representative emissary",
    "leader": "president minister leader premier chancellor king emir secretary speaker chairman head",
    "head": "president head minister chief director chairman king",
    "chief": "chief commander head director minister",
    "premier": "premier minister",
    "prime minister": "minister premier pm",
    "foreign minister": "minister fm",
    "minister": "minister secretary fm mantri",
    "president": "president",
    "ambassador": "ambassador envoy",
    "general": "general",
    "commander": "commander chief general admiral",
    "officer": "general colonel major captain admiral commander lieutenant officer commodore brigadier",
    "politician": "minister mp deputy senator leader president lawmaker politician speaker",
    "lawmaker": "mp deputy senator lawmaker member",
    "spokesperson": "spokesperson spokesman spokeswoman",
    "spokesman": "spokesperson spokesman",
    "spokeswoman": "spokesperson spokeswoman",
    "secretary": "secretary",
    "monarch": "king queen emir sultan",
}
_ANYBODY = frozenset(
    [
        "official",
        "diplomat",
        "guest",
        "visitor",
        "host",
        "leader",
        "politician",
        "dignitary",
        "man",
        "woman",
        "lady",
        "statesman",
        "representative",
        "delegate",
        "negotiator",
        "side",
    ]
)
_MEETING_WORDS = frozenset(
    [
        "met",
        "meet",
        "meets",
        "meeting",
        "meetings",
        "received",
        "receives",
        "receive",
        "receiving",
        "hosted",
        "hosts",
        "hosting",
        "hosted",
        "welcomed",
        "welcomes",
        "welcoming",
        "talks",
        "negotiations",
        "consultations",
        "conversation",
        "conversed",
        "call",
        "called",
        "telephoned",
        "phoned",
        "spoke",
        "speaks",
        "speaking",
        "spoken",
        "conferred",
        "visited",
        "visiting",
        "held",
        "holds",
        "holding",
        "dinner",
        "lunch",
        "breakfast",
        "audience",
        "summit",
        "discussed",
        "discussion",
        "session",
        "dialogue",
        "paid",
    ]
)
_HOSTING = frozenset(
    [
        "received",
        "receives",
        "receive",
        "receiving",
        "hosted",
        "hosts",
        "hosting",
        "welcomed",
        "welcomes",
        "welcoming",
    ]
)
_VISITING = frozenset(["visited", "visits", "visiting", "paid"])
_SPEECH = frozenset(
    [
        "said",
        "says",
        "told",
        "tells",
        "added",
        "adds",
        "stressed",
        "noted",
        "stated",
        "announced",
        "wrote",
        "asked",
        "replied",
        "warned",
        "explained",
        "recalled",
        "argued",
        "insisted",
        "claimed",
        "confirmed",
        "declared",
        "emphasized",
        "emphasised",
        "underlined",
        "underscored",
        "tweeted",
        "posted",
        "thanked",
        "urged",
        "called",
        "expressed",
        "welcomed",
        "praised",
        "accused",
        "denied",
        "rejected",
        "promised",
        "pledged",
        "vowed",
        "voiced",
        "invited",
        "pointed",
        "informed",
        "reported",
        "commented",
        "condemned",
        "criticised",
        "criticized",
        "complained",
        "conceded",
        "admitted",
        "acknowledged",
        "highlighted",
        "reiterated",
        "proposed",
        "suggested",
        "reaffirmed",
        "demanded",
        "condemns",
        "calls",
        "regretted",
        "appealed",
        "dismissed",
        "dismisses",
        "conveyed",
        "released",
        "published",
        "adopted",
        "agreed",
        "discussed",
    ]
)


@attrs.define
class _Meeting:
    """Those of the meeting told last."""

    people: list[Person]
    host: Person | None = None
    guests: list[Person] = attrs.field(factory=list)


@attrs.define
class _Other:
    """A state, body or group that may act."""

    kind: ActorKind
    name: str
    country: str | None
    mentions: list[Span] = attrs.field(factory=list)
    references: list[Span] = attrs.field(factory=list)
    aliases: list[str] = attrs.field(factory=list)
    acts: bool = False
    roles: list[Role] = attrs.field(factory=list)


class Resolver:
    """One walk over a document."""

    def __init__(
        self, document: Document, mentions: Sequence[Mention], clauses: Sequence[Clause],
        lexicon: LexiconUnion, persons: list[Person],
    ) -> None:  # fmt: skip
        self.document = document
        self.mentions = mentions
        self.clauses = clauses
        self.lexicon = lexicon
        self.persons = persons
        self.tokens = tokens_of(document.text)
        self.unnamed: list[Person] = []
        self.others: dict[str, _Other] = {}
        self.person_of: dict[Span, Person] = {m.span: p for p in persons for m in p.mentions}
        for number, person in enumerate(persons):
            person.number = number
        self.home = self._home()
        self.sentence_starts = [s.start for s in document.sentences]
        self.paragraph_starts = [p.span.start for p in document.paragraphs]
        self.subjects = {c.subject for c in clauses if c.subject is not None}
        self.last_seen: dict[int, tuple[int, float]] = {}
        self.meeting = _Meeting([])
        self.plural: list[Person] = []
        self.quoted = self._quoted_spans()

    # -- context --------------------------------------------------------------------------

    def _home(self) -> str | None:
        """The state whose news this is: of the dateline, else of the first official named with one."""
        dateline = self.document.dateline
        if dateline and dateline.place and dateline.place.country:
            return dateline.place.country
        for person in self.persons:
            if person.country:
                return person.country
        return next((m.country for m in self.mentions if m.country), None)

    def _quoted_spans(self) -> list[Span]:
        return sorted(span for q in self.document.quotations for span in q.content)

    def _quotation_at(self, offset: int) -> int | None:
        at = bisect_right(self.quoted, Span(offset, 1 << 60)) - 1
        return at if at >= 0 and self.quoted[at].start <= offset < self.quoted[at].end else None

    def _sentence(self, offset: int) -> int:
        return bisect_right(self.sentence_starts, offset) - 1

    def _paragraph(self, offset: int) -> int:
        return bisect_right(self.paragraph_starts, offset) - 1

    # -- the walk -------------------------------------------------------------------------

    def actors(self) -> Iterator[Actor]:
        self._countries_of_persons()
        inside: list[Mention] = []
        sentence = -1
        batch: list[tuple[Mention, list[Person]]] = []
        for mention in self.mentions:
            if mention.kind in ("time", "place"):
                continue
            quotation = self._quotation_at(mention.span.start)
            if quotation is not None:
                inside.append(mention)
                if mention.kind != "person":
                    continue
            now = self._sentence(mention.span.start)
            if now != sentence:
                self._told(sentence, batch)
                batch, sentence = [], now
            found = self._resolve(mention, quotation is not None)
            if found and quotation is None:
                batch.append((mention, found))
        self._told(sentence, batch)
        self._inside(inside)
        self._act()
        yield from self._yield()

    def _resolve(self, mention: Mention, quoted: bool) -> list[Person]:
        """Those a mention points to; they are noted as spoken of."""
        found: list[Person] = []
        if mention.kind == "person":
            person = self.person_of.get(mention.span)
            found = [person] if person else []
        elif mention.kind in ("country", "organization"):
            self._other_mention(mention)
        elif mention.kind == "pronoun":
            found = self._pronoun(mention)
        elif mention.kind == "description":
            found = self._description(mention)
        if mention.kind in ("pronoun", "description"):
            for person in found:
                person.references.append(mention.span)
        for person in found:
            self._see(person, mention, quoted)
        return found

    def _see(self, person: Person, mention: Mention, quoted: bool) -> None:
        weight = 0.0 if quoted else 1.0 if self._is_subject(mention) else 0.4
        if mention.kind == "pronoun" and self._is_possessive(mention):
            weight = 0.3
        known = self.last_seen.get(id(person))
        sentence = self._sentence(mention.span.start)
        if known and self._sentence(known[0]) == sentence:
            weight = max(weight, known[1])
        self.last_seen[id(person)] = (mention.span.start, weight)

    def _is_possessive(self, mention: Mention) -> bool:
        return self.document.words(mention.span).lower() in ("his", "her", "its", "their", "my", "our")

    def _is_subject(self, mention: Mention) -> bool:
        """Whether a mention is what its clause is about."""
        if self.clauses:
            return any(mention.span in s or s in mention.span for s in self._subjects_near(mention.span))
        after = self._following(mention.span.end)
        at = self._sentence(mention.span.start)
        first = at >= 0 and mention.span.start - self.document.sentences[at].start < 5
        return first or after in _SPEECH or after in _MEETING_WORDS

    def _subjects_near(self, span: Span) -> list[Span]:
        if not hasattr(self, "_ordered_subjects"):
            self._ordered_subjects = sorted(self.subjects)
        ordered = self._ordered_subjects
        at = bisect_left(ordered, Span(span.start - 200, 0))
        found = []
        while at < len(ordered) and ordered[at].start < span.end:
            if ordered[at].end > span.start:
                found.append(ordered[at])
            at += 1
        return found

    def _following(self, offset: int) -> str:
        at = bisect_left(self.tokens.starts, offset)
        while at < len(self.tokens.lower) and self.tokens.lower[at] in (
            ",",
            "also",
            "has",
            "had",
            "have",
            "later",
            "then",
            "'s",
            "further",
        ):
            at += 1
        return self.tokens.lower[at] if at < len(self.tokens.lower) else ""

    def _everybody(self) -> list[Person]:
        return self.persons + self.unnamed

    # -- pronouns -------------------------------------------------------------------------

    def _pronoun(self, mention: Mention) -> list[Person]:
        value = mention.value
        if value in ("he", "she"):
            person = self._nearest(mention, mention.gender)
            if person is not None:
                person.gender = person.gender or mention.gender
                return [person]
        elif value == "they":
            if self.plural:
                return list(self.plural)
        return []

    def _nearest(self, mention: Mention, gender: str | None, exclude: Sequence[Person] = ()) -> Person | None:
        """The person most spoken of before a mention that fits in gender."""
        here = mention.span.start
        sentence, paragraph = self._sentence(here), self._paragraph(here)
        best: tuple[float, int] | None = None
        found: Person | None = None
        for person in self._everybody():
            seen = self.last_seen.get(id(person))
            if seen is None or person in exclude:
                continue
            if gender and person.gender and person.gender != gender:
                continue
            distance = sentence - self._sentence(seen[0])
            if distance > 6:
                continue
            score = seen[1] - 0.7 * distance - 0.5 * (paragraph - self._paragraph(seen[0]))
            if gender and person.gender == gender:
                score += 0.6
            key = (score, seen[0])
            if best is None or key > best:
                best, found = key, person
        return found

    # -- descriptions ---------------------------------------------------------------------

    def _description(self, mention: Mention) -> list[Person]:
        lemma = (mention.value or "").lower()
        words = self.document.words(mention.span).lower()
        owner = self._owner(mention)
        if mention.number == "plural":
            return self._plural(mention, lemma, words)
        apposed = self._apposed(mention)
        if apposed is not None:
            apposed.roles += mention.roles
            apposed.country = apposed.country or mention.country
            apposed.organization = apposed.organization or mention.organization
            apposed.gender = apposed.gender or mention.gender
            return [apposed]
        if mention.found_by.endswith("/indefinite"):
            return []
        if lemma in _OTHER and (owner is not None or words.startswith(("his", "her")) or mention.country):
            return self._counterpart(mention, owner)
        if lemma in _GUEST or lemma == "host":
            return self._host_or_guest(mention, lemma)
        person = self._by_title(mention, lemma, owner)
        return [person] if person else []

    def _owner(self, mention: Mention) -> Person | None:
        """Whose: "his counterpart", "Rutte's counterpart"."""
        words = self.document.words(mention.span).lower()
        first = words.split(" ", 1)[0]
        if first in ("his", "her"):
            return self._nearest(mention, "male" if first == "his" else "female")
        before = self.document.text[max(0, mention.span.start - 60) : mention.span.start].rstrip()
        if before.endswith(("'s", "’s")):
            end = (
                mention.span.start
                - (
                    len(self.document.text[max(0, mention.span.start - 60) : mention.span.start])
                    - len(before)
                )
                - 2
            )
            return next(
                (
                    self.person_of[m.span]
                    for m in self.mentions
                    if m.span in self.person_of and m.span.end == end
                ),
                None,
            )
        return None

    def _apposed(self, mention: Mention) -> Person | None:
        """The person a description follows after a comma: "X, the foreign minister of Y"."""
        gap_end = mention.span.start
        text = self.document.text
        for size in (2, 4, 5, 6, 7):
            start = gap_end - size
            if (
                start > 0
                and text[start] == ","
                and text[start + 1 : gap_end].strip() in ("", "the", "an", "a")
            ):
                at = next((m for m in self.mentions if m.kind == "person" and m.span.end == start), None)
                return self.person_of.get(at.span) if at else None
        return None

    def _counterpart(self, mention: Mention, owner: Person | None) -> list[Person]:
        """The other one of a meeting."""
        me = owner or self._nearest(mention, None)
        candidates = [p for p in self._everybody() if p is not me and id(p) in self.last_seen]
        if mention.country:
            candidates = [p for p in candidates if p.country == mention.country]
            if candidates:
                return [max(candidates, key=lambda p: self.last_seen[id(p)][0])]
            return self._unnamed(mention, me)
        if me is not None and self.meeting.people and me in self.meeting.people:
            rest = [p for p in self.meeting.people if p is not me]
            if rest:
                return rest[:1]
        near = [
            p for p in candidates
            if self._sentence(mention.span.start) - self._sentence(self.last_seen[id(p)][0]) <= 4
            and (me is None or not p.country or p.country != me.country)
        ]  # fmt: skip
        return [max(near, key=lambda p: self.last_seen[id(p)][0])] if near else []

    def _host_or_guest(self, mention: Mention, lemma: str) -> list[Person]:
        meeting = self.meeting
        people = [p for p in meeting.people if not mention.country or p.country == mention.country]
        if mention.country and len(people) == 1:
            return people
        if lemma == "host" and meeting.host is not None:
            return [meeting.host]
        if lemma in _GUEST and meeting.guests:
            return meeting.guests[:1]
        if lemma in _GUEST and people:
            foreign = [p for p in people if p.country != self.home] or people
            return foreign[-1:]
        if lemma == "host" and people:
            own = [p for p in people if p.country == self.home]
            return own[:1]
        return []

    def _by_title(self, mention: Mention, lemma: str, owner: Person | None) -> Person | None:
        here = mention.span.start
        wanted = {w for w in _SYNONYMS.get(lemma, lemma).split()}
        text = self.document.words(mention.span).lower()
        best: tuple[float, int] | None = None
        found: Person | None = None
        for person in self._everybody():
            seen = self.last_seen.get(id(person))
            titles = " ".join(r.title.lower() for r in person.roles)
            held = set(titles.replace("-", " ").split())
            if mention.country and person.country and person.country != mention.country:
                continue
            if mention.gender and person.gender and mention.gender != person.gender:
                continue
            fits = bool(wanted & held) or (lemma in held)
            if not fits and not (lemma in _ANYBODY and mention.country and person.country == mention.country):
                continue
            score = 1.0 if fits else 0.4
            if mention.country:
                if person.country != mention.country:
                    continue
                score += 1
            if "prime" in text and "prime" not in held and "premier" not in held:
                continue
            if (
                "foreign" in text.split()
                and lemma in ("minister", "foreign minister")
                and "foreign" not in held
                and "external" not in held
            ):
                continue
            if "prime" in held and "prime" not in text and lemma == "minister" and "foreign" not in held:
                score -= 0.5
            if "deputy" in text and "deputy" not in held:
                score -= 0.5
            if "deputy" in held and "deputy" not in text:
                score -= 0.2
            if seen is None:
                score -= 3
            else:
                score -= 0.15 * min(self._sentence(here) - self._sentence(seen[0]), 10)
                score += 0.3 * seen[1]
                if person in self.meeting.people:
                    score += 0.3
            key = (score, seen[0] if seen else -1)
            if best is None or key > best:
                best, found = key, person
        if found is not None and best is not None and best[0] > -1.5:
            return found
        found_unnamed = self._unnamed(mention, owner)
        return found_unnamed[0] if found_unnamed else None

    def _unnamed(self, mention: Mention, owner: Person | None) -> list[Person]:
        """A person of their own for a description that nobody named fits, if it says of where they are."""
        if not mention.roles or not (mention.country or mention.organization):
            return []
        if (mention.value or "") in (
            "side",
            "delegation",
            "party",
            "government",
            "country",
            "state",
            "nation",
            "leadership",
        ):
            return []
        for person in self.unnamed:
            if person.country == mention.country and person.words == name_words(mention.value or ""):
                return [person]
        person = Person(name_words(mention.value or ""), self.document.words(mention.span))
        person.roles = list(mention.roles)
        person.country = mention.country
        person.organization = mention.organization
        person.gender = mention.gender
        self.unnamed.append(person)
        return [person]

    def _plural(self, mention: Mention, lemma: str, words: str) -> list[Person]:
        if mention.countries and len(mention.countries) > 1:
            for code in mention.countries:
                other = self.others.get(f"country:{code}")
                if other is None:
                    other = self.others[f"country:{code}"] = _Other("country", code, code)
                other.references.append(mention.span)
            return []
        numbered = words.startswith(("both", "two", "three", "four"))
        definite = (
            numbered
            or lemma in _SIDES
            or self._preceded_by_the(mention)
            or mention.found_by.endswith("/bare_plural")
        )
        if not definite or not self.meeting.people or mention.country:
            return []
        people = self.meeting.people
        if lemma not in _SIDES and lemma not in _ANYBODY:
            wanted = set(_SYNONYMS.get(lemma, lemma).split())
            fitting = [
                p
                for p in people
                if wanted & set(" ".join(r.title.lower() for r in p.roles).split()) or not p.roles
            ]
            if len(fitting) < 2:
                return []
            people = fitting
        if mention.found_by.endswith("/bare_plural") and lemma not in (
            "side",
            "party",
            "minister",
            "president",
            "leader",
            "interlocutor",
        ):
            return []
        self.plural = list(people)
        return list(people)

    def _preceded_by_the(self, mention: Mention) -> bool:
        return self.document.text[max(0, mention.span.start - 4) : mention.span.start].lower() == "the "

    # -- meetings told --------------------------------------------------------------------

    def _told(self, sentence: int, batch: list[tuple[Mention, list[Person]]]) -> None:
        """Note those of a meeting that a sentence tells."""
        if sentence < 0 or not batch:
            return
        span = self.document.sentences[sentence]
        inside = self.tokens.within(span)
        words = [self.tokens.lower[i] for i in inside]
        if not _MEETING_WORDS & set(words):
            return
        people: list[Person] = []
        for mention, found in batch:
            if mention.kind == "pronoun" and self._is_possessive(mention):
                continue
            for person in found:
                if person not in people:
                    people.append(person)
        if len(people) < 2:
            return
        host: Person | None = None
        guests: list[Person] = []
        for i, word in zip(inside, words, strict=True):
            if word in _HOSTING or word in _VISITING:
                at = self.tokens.starts[i]
                before = [f for m, f in batch if m.span.end <= at and f]
                after = [f for m, f in batch if m.span.start >= at and f]
                left = before[-1][0] if before else None
                right = after[0][0] if after else None
                passive = (
                    i > 0
                    and self.tokens.lower[i - 1] in ("was", "were", "been", "being", "be")
                    and word in _HOSTING
                )
                if passive or word in _VISITING:
                    left, right = right, left
                host, guests = left, [right] if right else []
                break
        self.meeting = _Meeting(people, host, guests)
        self.plural = list(people)

    # -- quotations -----------------------------------------------------------------------

    def _inside(self, mentions: list[Mention]) -> None:
        """Resolve what stands inside quotations: "I" is the one who speaks, "he" somebody else."""
        for mention in mentions:
            if mention.kind == "pronoun" and mention.value in ("i", "we"):
                quotation = self._quotation_at(mention.span.start)
                if quotation is None:
                    continue
                speaker = self._quoted_speaker(self.quoted[quotation])
                if speaker is not None and mention.value == "i":
                    speaker.references.append(mention.span)
            elif mention.kind in ("country", "organization"):
                self._other_mention(mention)

    def _quoted_speaker(self, span: Span) -> Person | None:
        pointers = self._pointers()
        starts = [s.start for s, _ in pointers]
        at = bisect_left(starts, span.end)
        end_paragraph = self._paragraph(span.end)
        for k in (at, at + 1):
            if (
                k < len(pointers)
                and pointers[k][0].start - span.end < 60
                and self._paragraph(pointers[k][0].start) == end_paragraph
            ):
                between = self.document.text[span.end : pointers[k][0].start]
                if "." not in between.strip('”"’».,') or len(between) < 4:
                    return pointers[k][1]
        before = at - 1
        while before >= 0 and pointers[before][0].start >= span.start:
            before -= 1
        if before >= 0 and span.start - pointers[before][0].end < 120:
            return pointers[before][1]
        return None

    def _pointers(self) -> list[tuple[Span, Person]]:
        if not hasattr(self, "_pointer_list"):
            found = [
                (m.span, p)
                for p in self.persons
                for m in p.mentions
                if self._quotation_at(m.span.start) is None
            ]
            found += [
                (s, p) for p in self._everybody() for s in p.references if self._quotation_at(s.start) is None
            ]
            self._pointer_list = sorted(found, key=lambda f: f[0])
        return self._pointer_list

    # -- states, bodies, groups -----------------------------------------------------------

    def _other_mention(self, mention: Mention) -> None:
        if mention.kind == "country":
            key = f"country:{mention.value or self.document.words(mention.span)}"
            kind: ActorKind = "country"
        else:
            key = f"organization:{mention.value or self.document.words(mention.span).lower()}"
            kind = "organization"
        name = self.document.words(mention.name or mention.span)
        other = self.others.get(key)
        if other is None:
            other = self.others[key] = _Other(kind, name, mention.country)
        if other.kind == "country" and not other.mentions:
            other.name = name
        if mention.metonym and name != other.name and name not in other.aliases:
            other.aliases.append(name)
        elif name != other.name and name not in other.aliases:
            if not mention.metonym and kind == "country" and other.aliases and other.name in other.aliases:
                other.name = name
            else:
                other.aliases.append(name)
        other.country = other.country or mention.country
        other.mentions.append(mention.name or mention.span)

    def _act(self) -> None:
        """Mark the states and bodies that speak or take part."""
        for other in self.others.values():
            for span in other.mentions:
                if self._quotation_at(span.start) is not None:
                    continue
                before = self.document.text[max(0, span.start - 22) : span.start].lower()
                if self._following(span.end) in _SPEECH and not before.rstrip().endswith(
                    (" in", " from", " at", " of")
                ):
                    other.acts = True
                if "according to" in before:
                    other.acts = True
            if other.references:
                other.acts = True

    def _countries_of_persons(self) -> None:
        for person in self.persons:
            if person.country is None and person.organization is None and person.roles:
                person.country = self.home

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
                    kind=other.kind, name=other.name, aliases=tuple(other.aliases), mentions=tuple(sorted(set(other.mentions))),
                    references=tuple(sorted(set(other.references))), country=other.country, found_by="english.actors/acting",
                )  # fmt: skip

    def _aliases(self, person: Person) -> tuple[str, ...]:
        forms = (" ".join(self.document.words(m.name or m.span).split()) for m in person.mentions)
        return tuple(dict.fromkeys(f for f in forms if f != person.name))


def _each_once(roles: Sequence[Role]) -> tuple[Role, ...]:
    seen: dict[str, Role] = {}
    for role in sorted(roles, key=lambda r: r.span):
        seen.setdefault(role.title.lower(), role)
    return tuple(seen.values())


@lru_cache(maxsize=1)
def _unused() -> None:
    return None
