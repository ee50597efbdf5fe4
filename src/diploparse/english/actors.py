"""
Mentions to actors: coreference, roles, countries.

1. Names of one person are joined (`clusters`), and given a state where the title names none (`allegiance`).
2. The text is walked sentence by sentence: pronouns and descriptions go to the party that fits best
   (`references`), by what the text has told so far (`discourse`).
3. What stands inside quotations comes last, since "I" depends on who is quoted.
4. States and bodies become actors only where they act: a list of every country named would be noise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..lexicon import LexiconUnion
from ..records import Actor, Clause, Document, Mention, Role, Span
from .allegiance import Allegiance
from .clusters import Person, find_persons, name_words
from .discourse import Discourse, Other, Party
from .offices import BODIES, COUNTERPARTS, SIDES, STATE_NOUNS, is_known
from .references import References


def find_actors(
    document: Document, mentions: Sequence[Mention], clauses: Sequence[Clause], lexicon: LexiconUnion
) -> Iterator[Actor]:
    """
    Yield who acts in a document.

    Args:
        mentions: By start, not overlapping.

        clauses: May be empty: then pronouns go by order alone, and no state or body acts.

    Yields:
        Actors with named mentions, and with the references that point to them.
    """
    walk = _Walk(document, mentions, clauses, lexicon)
    walk.narration()
    walk.quotations()
    yield from walk.actors()


class _Walk:
    """One document on its way from mentions to actors."""

    def __init__(
        self,
        document: Document,
        mentions: Sequence[Mention],
        clauses: Sequence[Clause],
        lexicon: LexiconUnion,
    ) -> None:
        self.document = document
        persons = find_persons(document, mentions)
        for person in persons:
            person.gender = person.gender or _given_gender(lexicon, person.name)
        self.discourse = Discourse(document, mentions, clauses, lexicon, persons)
        self.references = References(self.discourse, None)
        self.references.find_appositions()
        self.allegiance = Allegiance(
            document,
            self.discourse.mentions,
            persons,
            lexicon,
            self.discourse.person_of,
            self.discourse.role_of,
        )
        self.allegiance.assign()
        self.references.home = self.allegiance.home
        self.quoted: list[Mention] = []

    def narration(self) -> None:
        """Resolve the narrator's mentions, in text order."""
        d, sentence = self.discourse, -1
        batch: list[Mention] = []
        for mention in d.mentions:
            if mention.kind == "place":
                continue
            now = d.sentence(mention.span.start)
            if now != sentence:
                self._finish(sentence, batch)
                sentence, batch = now, []
            if d.quotation(mention.span.start) is not None:
                self.quoted.append(mention)
                if mention.kind == "person":
                    # Whom a quotation names is no nearer to "he said" after it.
                    d.quote(mention, d.person_of[mention.span])
                continue
            parties = self._resolve(mention)
            if parties:
                d.point(mention, parties)
            batch.append(mention)
        self._finish(sentence, batch)

    def _finish(self, sentence: int, batch: Sequence[Mention]) -> None:
        self.references.finish(batch)
        self.discourse.tell(sentence)

    def _resolve(self, mention: Mention) -> list[Party]:
        match mention.kind:
            case "person":
                person = self.discourse.person_of.get(mention.span)
                if person is None:
                    return []
                if mention is person.mentions[0] and not is_known(person, now=True):
                    self.references.introduced(person, mention)
                return [person]
            case "country" | "organization":
                return [self._named(mention)]
            case "pronoun":
                return self.references.pronoun(mention)
            case "description":
                return self.references.description(mention)
        return []

    # -- quotations -----------------------------------------------------------------------

    def quotations(self) -> None:
        """Resolve what stands inside quotations: "I" is the one quoted, "he" somebody else."""
        d = self.discourse
        speakers: dict[int, Person | None] = {}
        for mention in self.quoted:
            if mention.kind in ("country", "organization"):
                d.point(mention, [self._named(mention)], 0.0)
                continue
            number = d.quotation(mention.span.start)
            if mention.kind == "person" or number is None:
                continue
            if number not in speakers:
                speakers[number] = self._speaker(d.quoted[number])
            person = self._quoted(mention, speakers[number])
            if person is not None:
                person.references.append(mention.span)
        self.references.merge_unnamed()
        self.allegiance.assign()

    def _quoted(self, mention: Mention, speaker: Person | None) -> Person | None:
        """The person that a pronoun or description inside a quotation points to."""
        if mention.kind == "pronoun":
            if mention.value == "i":
                return speaker
            return self._somebody_else(mention, speaker) if mention.value in ("he", "she") else None
        lemma = (mention.value or "").lower()
        if mention.number == "plural" or lemma in BODIES | SIDES | STATE_NOUNS | COUNTERPARTS:
            return None
        if mention.found_by.endswith("/indefinite"):
            return None
        return self.references.by_title(mention, lemma, [speaker] if speaker else [], quoted=True)

    def _somebody_else(self, mention: Mention, speaker: Person | None) -> Person | None:
        """The last person named or pointed to before a pronoun in a quotation, the speaker aside."""
        d = self.discourse
        best, found = -1, None
        for person in d.everybody:
            apart = person.gender and mention.gender and person.gender != mention.gender
            if person is speaker or apart:
                continue
            starts = [*(m.span.start for m in person.mentions), *(r.start for r in person.references)]
            last = max((start for start in starts if start < mention.span.start), default=-1)
            if last > best and d.sentence(mention.span.start) - d.sentence(last) <= 5:
                best, found = last, person
        return found

    def _speaker(self, span: Span) -> Person | None:
        """Who says a quotation: the subject of the nearest reporting verb around it."""
        d = self.discourse
        paragraph = d.paragraph(span.start)
        first, last = d.sentence(span.start), d.sentence(span.end - 1)
        best: tuple[int, Clause] | None = None
        for sentence in sorted({first - 1, first, last, last + 1}):
            for clause in d.clauses_of.get(sentence, ()):
                verb = clause.verb.span
                if clause.subject is None or not d.cues.is_speech(clause.verb.lemma):
                    continue
                if d.paragraph(verb.start) != paragraph or d.quotation(verb.start) is not None:
                    continue
                gap = verb.start - span.end if verb.start >= span.end else span.start - verb.end
                if 0 <= gap < 160 and (best is None or gap < best[0]):
                    best = (gap, clause)
        if best is not None and best[1].subject is not None:
            return next(iter(d.persons_in(best[1].subject)), None)
        return self.references.turn_speaker(span.start)

    # -- states and bodies ----------------------------------------------------------------

    def _named(self, mention: Mention) -> Other:
        """The state or body that a mention names."""
        others = self.discourse.others
        name = self.document.words(mention.name or mention.span)
        country = mention.kind == "country"
        key = (
            f"country:{mention.value or name}"
            if country
            else f"organization:{_body_key(mention.value or name)}"
        )
        other = others.get(key)
        if other is None:
            kind = "country" if country else "organization"
            other = others[key] = Other(kind, name, mention.country)  # type: ignore[arg-type]
        elif not other.mentions or (country and self._is_state(name) and not self._is_state(other.name)):
            other.aliases += [other.name] if other.mentions else []
            other.name = name
        if (name != other.name or mention.metonym) and name not in other.aliases:
            other.aliases.append(name)
        other.country = other.country or mention.country
        other.organization = other.organization or mention.organization
        other.mentions.append(mention.name or mention.span)
        return other

    def _is_state(self, name: str) -> bool:
        """Whether a name is that of a whole state, not of a part ("Tigray") or a capital."""
        return any(e.feature("status") == "state" for e in self.discourse.lexicon.lookup(name, "country"))

    def _mark_acting(self) -> None:
        """Mark the states and bodies that speak or take part."""
        d = self.discourse
        for mention in d.mentions:
            if mention.kind == "person" or d.quotation(mention.span.start) is not None:
                continue
            named = mention.kind in ("country", "organization")
            if d.acts(mention) or (named and (mention.metonym or d.is_source(mention))):
                for party in d.pointing.get(mention.span, ()):
                    if isinstance(party, Other):
                        party.acts = True
        for other in d.others.values():
            # "The ministers of A and B met": the states take part.
            other.acts = other.acts or (other.kind == "country" and bool(other.references))
            if other.kind == "organization" and other.country is None:
                other.country = self.allegiance.of_body(other.name)

    # -- out ------------------------------------------------------------------------------

    def actors(self) -> Iterator[Actor]:
        """All persons, and the states, bodies and groups that act."""
        self._mark_acting()
        for person in self.discourse.everybody:
            if person.mentions or person.references:
                yield self._person(person)
        for other in self.discourse.others.values():
            if other.acts and (other.mentions or other.references):
                yield Actor(
                    kind=other.kind,
                    name=other.name,
                    aliases=tuple(dict.fromkeys(a for a in other.aliases if a != other.name)),
                    mentions=_in_order(other.mentions),
                    references=_in_order(other.references),
                    country=other.country,
                    found_by="english.actors/acting",
                )

    def _person(self, person: Person) -> Actor:
        spans = tuple(m.name or m.span for m in person.mentions)
        forms = (" ".join(self.document.words(span).split()) for span in spans)
        return Actor(
            kind="person",
            name=person.name,
            aliases=tuple(dict.fromkeys(form for form in forms if form != person.name)),
            mentions=spans,
            references=_in_order(person.references),
            roles=_each_once(person.roles),
            country=person.country,
            found_by="english.actors/named" if spans else "english.actors/unnamed",
        )


def _in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(set(spans), key=lambda span: (span.start, span.end)))


def _body_key(name: str) -> str:
    """One body under two spellings."""
    folded = " ".join(name_words(name)).replace("defense", "defence")
    return folded.replace("ministry of foreign affairs", "foreign ministry")


def _given_gender(lexicon: LexiconUnion, name: str) -> str | None:
    """What the first word of a name says of gender."""
    for entry in lexicon.lookup(name.split(" ", 1)[0].lower(), "given_name"):
        gender = {"m": "male", "f": "female"}.get(entry.feature("gender"))
        if gender is not None:
            return gender
    return None


def _each_once(roles: Sequence[Role]) -> tuple[Role, ...]:
    seen: dict[str, Role] = {}
    for role in sorted(roles, key=lambda r: (r.span.start, r.span.end)):
        seen.setdefault(role.title.lower(), role)
    return tuple(seen.values())
