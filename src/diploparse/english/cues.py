"""
Verbs that report words, and the scene they stand in.

The clause layer says where a verb and its arguments are; `Cues` says which verbs report speech, by the
table ``reporting_cue``, and puts right what a shallow parse gets wrong around them: a past tense taken
for a participle, a second verb hung on the wrong clause, a verb that no clause has.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

import attrs

from ..lexicon import Entry, LexiconUnion
from ..records import Actors, Clause, Document, Mention, Quotation, Span, Tense, VerbGroup
from .scene import Scene
from .wordclasses import lemma_of


def word_set(words: str) -> frozenset[str]:
    """The words of a string as a set."""
    return frozenset(words.split())


WH = word_set("whether if what why how who whom whose when where which")
CONJUNCTIONS = word_set("& and but or nor yet so while whereas although though plus then")
# Adverbs that stand between a verb and its content without an -ly.
_ADVERBS = word_set(
    "also again further once yesterday today tomorrow earlier later then too here there however separately "
    "afterwards afterward meanwhile still even only just ever never already now recently instead thereby "
    "therefore thus indeed once more anew upfront aloud outright online likewise moreover well as"
)
SAID_WHERE = word_set(
    "on in at to during after before following by via through over with from ahead of within among upon under "
    "amid alongside into for about against as since until without"
)
DETERMINERS = word_set("the a an this these those his her its their our my your no any some all both each")
_ONLY_PAST = word_set("said wrote spoke gave took drew")
_IRREGULAR = word_set(
    "said told wrote spoke drew made gave sent put took held read swore swept withdrew shot hit laid paid sought bade forbade foresaw meant thought felt"
)
# Words after a "that" that is no conjunction: "later that day", "that of the peninsula".
_TIME_NOUNS = word_set(
    "of day morning afternoon evening night week month year time same weekend moment point"
)
STOPS = frozenset(".;!?…")
DOCUMENTS = word_set(
    "message statement letter post tweet communiqué communique resolution declaration note report article text "
    "memo readout release document interview speech remarks messages statements letters posts tweets reports "
    "articles documents study survey poll analysis media press newspaper paper website site"
)
_SOMEBODY = word_set(
    "both all some many others those few several latter former it they we he she nobody everyone everybody"
)
BEHIND = word_set("of from for in with close familiar")
_EXISTS = word_set("is are was were had has have will would can could should may might must remains remain")
# Participles that have become prepositions.
_PREPOSITIONS = word_set("regarding concerning considering following including")
# Their participle names what stands before it: "the device called the meter".
_NAMES_BY = word_set("call name dub term label know")
_NO_ADVERBS = word_set("family reply ally assembly italy july supply monopoly")
BREAKS = word_set(", ; : ( ) - – — .")
# Modal and hypothetical cues claim nothing: "could say", "should thank", "would not say".
_PAST_FUTURE = word_set("later eventually subsequently afterwards soon finally")
# "went on to say", "took the floor to thank": the infinitive of these is itself said.
_LEADS_ON = word_set(
    "go come proceed continue rise write call use take begin pause hasten stop intervene post speak"
)


class Frame(NamedTuple):
    """One line of the table of cues that fits a verb."""

    tail: tuple[str, ...]
    """The words looked for after the verb; "*" stands for up to four."""

    frames: frozenset[str]
    """What the content may be."""

    act: str
    """What the speaker does with it."""

    addressee: str
    """Where the one spoken to stands: object, to, with, none."""

    needs: str
    """"person" if only somebody can be the subject."""

    joint: bool
    """Done with the others."""


@attrs.frozen(kw_only=True)
class CueUse:
    """A verb that may report words, in its place."""

    clause: Clause
    """Its clause."""

    frames: tuple[Frame, ...]
    """The lines of the table that fit, those with the longest tail only."""

    span: Span
    """Verb and tail, without auxiliaries and without the adverbs around them."""

    lemma: str
    """Base form with the tail."""

    gap: Span | None = None
    """The words under a "*" ("draw X's attention to")."""

    def of(self, *names: str) -> Frame | None:
        """The first line that allows one of these frames."""
        return next((f for f in self.frames if any(n in f.frames for n in names)), None)


@lru_cache(maxsize=8)
def cue_table(lexicon: LexiconUnion) -> Mapping[str, tuple[Frame, ...]]:
    """Verb to its lines of the table, those with a longer tail first."""
    table: dict[str, list[Frame]] = {}
    for entry in lexicon.table("reporting_cue"):
        verb, *tail = entry.surface.lower().split(" ")
        table.setdefault(verb, []).append(
            Frame(tuple(tail), frozenset(entry.values("frames")), entry.feature("act") or "assert",
                  entry.feature("addressee"), entry.feature("needs"), entry.feature("joint") == "yes")
        )  # fmt: skip
    return {verb: tuple(sorted(f, key=lambda f: -len(f.tail))) for verb, f in table.items()}


class Cues(Scene):
    """A scene with its quotations and the verbs that report words."""

    def __init__(
        self,
        document: Document,
        mentions: Sequence[Mention],
        clauses: Sequence[Clause],
        actors: Actors,
        lexicon: LexiconUnion,
    ) -> None:
        super().__init__(document, mentions, clauses, actors, lexicon)
        self.text = document.text
        self.quotes = tuple(_outermost(document.quotations))
        self._quote_starts = [q.span.start for q in self.quotes]
        self._quote_ends = [q.span.end for q in self.quotes]
        self._right: dict[int, Sequence[Clause]] = {}
        self._by_end = {
            m.span.end: m
            for m in self.mentions
            if m.kind in ("person", "organization", "country", "pronoun", "description")
        }
        self._times = {m.span.start: m for m in self.mentions if m.kind == "time"}

    def quote_over(self, position: int) -> Quotation | None:
        """The outermost quotation that a position lies inside."""
        number = bisect_right(self._quote_starts, position) - 1
        if number >= 0 and position < self.quotes[number].span.end:
            return self.quotes[number]
        return None

    def quotes_in(self, start: int, end: int) -> Sequence[Quotation]:
        """The outermost quotations that begin between two offsets."""
        return self.quotes[bisect_left(self._quote_starts, start) : bisect_left(self._quote_starts, end)]

    def quote_before(self, position: int) -> Quotation | None:
        """The last outermost quotation that ends at or before a position."""
        number = bisect_left(self._quote_starts, position) - 1
        while number >= 0:
            if self.quotes[number].span.end <= position:
                return self.quotes[number]
            number -= 1
        return None

    def mention_ending(self, end: int) -> Mention | None:
        """The name, pronoun or description that ends at an offset."""
        return self._by_end.get(end)

    def is_utterance(self, quote: Quotation) -> bool:
        """Whether a quotation closes like speech, with a mark of its own or a comma, or is long ("the “no” camp said" is not)."""
        return (
            self.text[quote.content[-1].end - 1] in ",.?!…–—-"
            or self.text[quote.span.end : quote.span.end + 1] in (",", "–", "—")
            or len(self.words(quote.span.start, quote.span.end)) > 7
        )

    def token_at(self, position: int) -> int:
        """The number of the first token that begins at or after a position."""
        return bisect_left(self.tokens.starts, position)

    def is_that(self, number: int) -> bool:
        """Whether a token is the conjunction "that", not the "that" of "later that day"."""
        lower = self.tokens.lower
        if lower[number] != "that":
            return False
        return number + 1 >= len(lower) or lower[number + 1] not in _TIME_NOUNS

    def previous(self, position: int) -> str:
        """The last token that ends at or before a position, lower case."""
        number = bisect_right(self.tokens.ends, position) - 1
        return self.tokens.lower[number] if number >= 0 else ""

    @cached_property
    def uses(self) -> tuple[CueUse, ...]:
        """The cues of the document, by verb."""
        table = cue_table(self.lexicon)
        found: list[CueUse] = []
        right: dict[int, Sequence[Clause]] = {}
        words = self._cue_words(table)
        place = 0
        for sentence in self.document.sentences:
            while place < len(words) and self.tokens.starts[words[place]] < sentence.start:
                place += 1
            if place >= len(words) or self.tokens.starts[words[place]] >= sentence.end:
                # No form of a verb of the table: nothing is reported here.
                continue
            uses: list[CueUse] = []
            for clause in self.clauses_of(sentence.start):
                if clause.link == "nominal" or clause.verb.lemma.split(" ")[0] not in table:
                    continue
                use = self._use(self._uninverted(self._absolute(self._finite(clause))), table)
                if use is not None:
                    uses.append(use)
            last = place
            while last < len(words) and self.tokens.starts[words[last]] < sentence.end:
                last += 1
            uses = self._with_missed(uses, words[place:last], sentence, table)
            if not uses:
                continue
            uses = self._with_conjuncts(uses, words[place:last], sentence, table)
            found += uses
            read = {use.clause.id: use.clause for use in uses}
            clauses = {c.id: c for c in self.clauses_of(sentence.start)} | read
            right[self.sentence_number(sentence.start)] = sorted(
                clauses.values(), key=lambda c: (c.verb.head.start, c.id)
            )
        self._right = right
        return tuple(found)

    def _cue_words(self, table: Mapping[str, tuple[Frame, ...]]) -> list[int]:
        """The numbers of the tokens that may be forms of a verb of the table."""
        known = _cue_forms(self.lexicon)
        found: list[int] = []
        for number, word in enumerate(self.tokens.lower):
            is_form = known.get(word)
            if is_form is None:
                is_form = word[0].isalpha() and lemma_of(word) in table
                # Names never end; a few hundred thousand forms are kept.
                if len(known) < 300_000:
                    known[word] = is_form
            if is_form:
                found.append(number)
        return found

    def _finite(self, clause: Clause) -> Clause:
        """
        The clause, a past tense that was taken for a participle put right.

        "The minister thanked for the welcome and left": a reduced relative has no second verb after "and".
        """
        verb = clause.verb
        if clause.subject is not None and clause.subject.start < verb.head.start:
            clause = self._with_unquoted_subject(clause)
        bare = verb.form == "participle" and verb.span.start == verb.head.start
        if not bare:
            return clause
        right = attrs.evolve(
            clause, link="main" if clause.link == "participle" else clause.link, verb=_past(verb)
        )
        if self.document.words(verb.head).lower() in _ONLY_PAST:
            return right
        if (
            not _is_bare_participle(clause, self.text)
            or clause.subject is None
            or clause.subject.end > verb.head.start
        ):
            return clause
        at = self.token_at(verb.head.end)
        word = self.tokens.lower[at] if at < len(self.tokens.lower) else ""
        others = [c for c in self.clauses_of(verb.head.start) if c.verb.form == "finite" and c.link in ("main", "coordinate")]  # fmt: skip
        earlier = any(c.verb.head.start < verb.head.start for c in others)
        if self.previous_mark(verb.head.start) == "," and not earlier and self._fits(verb.lemma, at):
            # "Lind, who will brief the assembly on Monday, informed that ...": the sentence's first name speaks.
            begin = self.sentence(verb.head.start).start
            named = self.mentions_in(begin, verb.head.start, "person", "organization", "country", "pronoun", "description")  # fmt: skip
            return attrs.evolve(right, link="main", subject=named[0].span) if named else clause
        between = Span(clause.subject.end, verb.head.start)
        if self.text[between.start : between.end].strip() and not all(
            self.is_adverb(i) for i in self.tokens.within(between)
        ):  # fmt: skip
            return clause
        if not self.is_somebody(clause.subject) or verb.lemma in _NAMES_BY:
            # "the device called the meter"
            return clause
        if word in DETERMINERS or word == "that" or self.quotes_in(verb.head.end, verb.head.end + 2):
            return right
        later = next((c for c in others if c.verb.head.start > verb.head.end), None)
        if (
            earlier
            or word == "by"
            or (later is not None and self.previous(later.verb.span.start) not in ("and", "but"))
        ):
            return clause
        return right

    def _absolute(self, clause: Clause) -> Clause:
        """The clause, a participle after "with X" given X for its subject: "with one poster writing"."""
        if clause.link != "participle" or not self.text.startswith("ing", clause.verb.head.end - 3):
            return clause
        last = bisect_right(self.tokens.ends, clause.verb.head.start) - 1
        for number in range(last, max(last - 5, 0), -1):
            word = self.tokens.lower[number]
            if word == "with" and number < last:
                return attrs.evolve(
                    clause, subject=Span(self.tokens.starts[number + 1], self.tokens.ends[last])
                )
            if word in BREAKS or word in CONJUNCTIONS:
                return clause
        return clause

    def _fits(self, lemma: str, at: int) -> bool:
        """Whether the words at a token can be the content of a verb of the table."""
        if at >= len(self.tokens.lower):
            return False
        frames = {w for f in cue_table(self.lexicon).get(lemma.split(" ")[0], ()) for w in f.frames}
        word = self.tokens.lower[at]
        if word in frames or word in DETERMINERS or ("that" in frames and self.is_that_near(at)):
            return True
        start = self.tokens.starts[at]
        return "np" in frames and bool(
            self.mentions_in(start, start + 1, "person", "organization", "country", "place")
        )

    def is_that_near(self, number: int) -> bool:
        """Whether a conjunction "that" stands at a token or behind one phrase."""
        return any(self.is_that(i) for i in range(number, min(number + 5, len(self.tokens.lower))))

    def _with_unquoted_subject(self, clause: Clause) -> Clause:
        """The clause, a subject that stands in the quotation before it replaced by the words between."""
        assert clause.subject is not None
        quote = self.quote_over(clause.subject.start)
        if quote is None or quote.span.end > clause.verb.span.start:
            return clause
        first = self.token_at(quote.span.end)
        last = bisect_right(self.tokens.ends, clause.verb.span.start) - 1
        while first <= last and self.tokens.lower[first] in (",", "-", "–", "—"):
            first += 1
        if first > last:
            return clause
        return attrs.evolve(clause, subject=Span(self.tokens.starts[first], self.tokens.ends[last]))

    def _with_missed(
        self, uses: list[CueUse], words: Sequence[int], sentence: Span, table: Mapping[str, tuple[Frame, ...]]
    ) -> list[CueUse]:
        """
        The cues of a sentence, with verbs that no clause has but whose neighbours tell the subject.

        "The guest expressed hope that": in "expressed hope" a past tense looks like an adjective.

        Args:
            words: Numbers of the sentence's tokens that are forms of a verb of the table.
        """
        heads = {c.verb.head.start for c in self.clauses_of(sentence.start) if c.link != "nominal"}
        last = self.token_at(sentence.end) - 1
        added: list[CueUse] = []
        for at in words:
            start, form = self.tokens.starts[at], self.tokens.lower[at]
            if start in heads or at >= last or not self.tokens.forms[at].islower() or form.endswith("ing"):
                continue
            for find in (self._name_before, self._noun_before_that, self._name_after):
                subject = find(at, sentence)
                if subject is None:
                    continue
                head = Span(start, self.tokens.ends[at])
                tense: Tense = "present" if form.endswith("s") or form == "say" else "past"
                clause = Clause(
                    id=f"s{sentence.start}+{start}", span=Span(min(start, subject.start), sentence.end),
                    verb=VerbGroup(span=head, head=head, lemma=lemma_of(form), tense=tense), subject=subject,
                )  # fmt: skip
                use = self._use(clause, table)
                if use is not None and (find != self._name_after or use.of("quote", "that") is not None):
                    added.append(use)
                break
        return sorted([*uses, *added], key=lambda u: u.span.start) if added else uses

    def _name_before(self, at: int, sentence: Span) -> Span | None:
        """A name or pronoun right before a past tense with something to say: "X expressed hope", "X called Y"."""
        tokens = self.tokens
        form, following = tokens.lower[at], tokens.lower[at + 1]
        says = form in ("say", "says") and following in (".", ",", "that", ":")
        if not (says or form.endswith("ed") or form in _IRREGULAR):
            return None
        before = at - 1
        while before > 0 and self.is_adverb(before):
            before -= 1
        mention = self._by_end.get(tokens.ends[before]) if before >= 0 else None
        if mention is None or mention.span.start < sentence.start:
            return None
        if mention.kind == "pronoun" and tokens.lower[before] not in ("he", "she", "they", "it"):
            return None
        after = tokens.starts[at + 1]
        if (
            says
            or following in DETERMINERS
            or following == "that"
            or stance_noun(self.lexicon, following) is not None
        ):
            return mention.span
        named = self.mentions_in(after, after + 1, "person", "organization", "country", "pronoun")
        return mention.span if named else None

    def _noun_before_that(self, at: int, sentence: Span) -> Span | None:
        """A noun for people or a document before a verb with "that": "The report states that"."""
        tokens = self.tokens
        noun, form = tokens.lower[at - 1] if at else "", tokens.lower[at]
        if not form.endswith(("s", "ed")) or not self.is_that(at + 1) or lemma_of(form) == form:
            return None
        if noun not in people_words(self.lexicon) and noun not in DOCUMENTS:
            return None
        return Span(tokens.starts[at - 1], tokens.ends[at - 1])

    def _name_after(self, at: int, sentence: Span) -> Span | None:
        """A name after a verb that follows a comma or a quotation: ", recalls the retired commodore X,"."""
        tokens = self.tokens
        if at == 0 or (tokens.lower[at - 1] != "," and not self.closes_quotation(tokens.ends[at - 1])):
            return None
        if lemma_of(tokens.lower[at]) == tokens.lower[at] or self.quote_over(tokens.starts[at]):
            return None
        end = tokens.ends[at]
        near = self.mentions_in(
            end, min(end + 30, sentence.end), "person", "organization", "pronoun", "description"
        )
        if not near or "," in self.words(end, near[0].span.start):
            return None
        return Span(tokens.starts[at + 1], near[0].span.end)

    def _with_conjuncts(
        self, uses: list[CueUse], words: Sequence[int], sentence: Span, table: Mapping[str, tuple[Frame, ...]]
    ) -> list[CueUse]:
        """
        The cues of a sentence, with those that "and" joins to a cue and the clauses missed or hung elsewhere.

        "stressed the importance of the exercises held in May and voiced hope": the second verb shares
        the first one's subject, not the participle's.
        """
        tokens = self.tokens
        by_head = {use.clause.verb.head.start: n for n, use in enumerate(uses)}
        heads = {c.verb.head.start: c for c in self.clauses_of(sentence.start)}
        added: list[CueUse] = []
        for at in words:
            number = at - 1
            while number > at - 4 and number > 0 and self.is_adverb(number) and tokens.lower[number] != "as":
                number -= 1
            if number < 1 or tokens.lower[number] not in ("and", "but", "while", "as"):
                continue
            if tokens.lower[number] == "as" and tokens.lower[number - 2 : number] != ("as", "well"):
                continue
            form, start = tokens.lower[at], tokens.starts[at]
            past = form.endswith("ed") or form in _IRREGULAR
            if not (past or form.endswith("s")) or tokens.forms[at][0].isupper():
                continue
            lemma = lemma_of(form)
            if lemma not in table or self.quote_over(start) is not None:
                continue
            anchor = self._anchor(uses, start)
            if anchor is None or not self.takes_content(at, table[lemma]):
                continue
            if not past and (anchor.clause.verb.tense != "present" or start not in heads):
                continue
            known = heads.get(start)
            if known is None:
                clause = Clause(
                    id=f"{anchor.clause.id}+{start}", span=Span(start, sentence.end),
                    verb=VerbGroup(span=Span(start, tokens.ends[at]), head=Span(start, tokens.ends[at]), lemma=lemma, tense="past"),
                    subject=self.subject_of(anchor.clause), parent=anchor.clause.id, link="coordinate", marker="and",
                )  # fmt: skip
            elif _is_bare_participle(known, self.text):
                clause = attrs.evolve(
                    known, verb=_past(known.verb), subject=self.subject_of(anchor.clause),
                    parent=anchor.clause.id, link="coordinate",
                )  # fmt: skip
            elif known.link in ("coordinate", "main") and (
                self._is_the_anchors(known, anchor) or known.parent == anchor.clause.id
            ):
                # Nothing but adverbs stands between "and" and the verb: the subject is the speaker's.
                clause = attrs.evolve(
                    known, subject=self.subject_of(anchor.clause), parent=anchor.clause.id, link="coordinate"
                )
            else:
                continue
            use = self._use(clause, table)
            if use is None:
                continue
            if start in by_head:
                uses[by_head[start]] = use
            else:
                added.append(use)
        everything = sorted([*uses, *added], key=lambda u: u.span.start)
        return [self._of_the_speaker(use, everything) for use in everything]

    def _of_the_speaker(self, use: CueUse, uses: Sequence[CueUse]) -> CueUse:
        """The cue, a participle after a comma hung on the finite cue before it: ", adding that"."""
        clause = use.clause
        if (
            clause.link != "participle"
            or clause.verb.voice == "passive"
            or self.previous_mark(clause.verb.span.start) != ","
        ):
            return use
        anchor = self._anchor(uses, clause.verb.head.start)
        if (
            anchor is None
            or anchor.clause.id == clause.parent
            or self.quote_over(clause.verb.head.start) is not None
        ):
            return use
        return attrs.evolve(
            use, clause=attrs.evolve(clause, subject=self.subject_of(anchor.clause), parent=anchor.clause.id)
        )

    def _anchor(self, uses: Sequence[CueUse], start: int) -> CueUse | None:
        """The last finite cue before a place, told by the narrator."""
        found: CueUse | None = None
        for use in uses:
            if use.span.end > start:
                break
            verb = use.clause.verb
            if (
                verb.form == "finite"
                and verb.voice == "active"
                and use.clause.link in ("main", "coordinate", "relative", "complement")
                and (found is None or use.clause.link in ("main", "coordinate"))
            ):
                found = use
        return found

    def takes_content(self, at: int, frames: Sequence[Frame] = ()) -> bool:
        """Whether what follows a verb can be its object or clause: not "and condemned by all"."""
        if at + 1 >= len(self.tokens.lower):
            return False
        word = self.tokens.lower[at + 1]
        if word == "as":
            return any("np-as" in f.frames for f in frames)
        return word not in ("by", ",", ".", ";", "and", "in", "at", "from", "with", "between", "during")

    def _is_the_anchors(self, clause: Clause, anchor: CueUse) -> bool:
        """Whether a verb after "and" is said of the speaker, not of the one spoken of."""
        parent = self.parent(clause)
        verb = clause.verb
        if verb.modality is not None or verb.tense not in (anchor.clause.verb.tense, "none"):
            return False
        if verb.perfect and verb.span.start < verb.head.start:
            return False
        if parent is not None and parent.link == "relative" and parent.verb.head.start > anchor.span.end:
            # "thanked those who had written and asked them to wait"
            return True
        if clause.subject is not None and clause.subject.start > anchor.span.end:
            between = self.words(clause.subject.end, clause.verb.head.start)
            if not any(w in ("and", "but") for w in between):
                return False
        if parent is None or parent.verb.head.start < anchor.span.end:
            return parent is None or parent.id != anchor.clause.id
        if (
            parent.verb.tense != "past"
            or parent.verb.perfect
            or parent.verb.voice == "passive"
            or parent.verb.lemma == "be"
        ):
            return not (
                parent.verb.perfect
                and parent.subject is not None
                and self.mentions_in(parent.subject.start, parent.subject.end, "person")
            )
        # "the detention of the head of state amounted to ...": its head is no speaker.
        return parent.subject is None or not self.mentions_in(
            parent.subject.start, parent.subject.start + 5, "person", "organization", "description"
        )

    def clauses_of(self, position: int) -> Sequence[Clause]:
        """The clauses of the sentence at a position, by verb, as far as `uses` has put them right."""
        found = super().clauses_of(position)
        return self._right.get(self.sentence_number(position), found) if self._right else found

    @cached_property
    def use_of(self) -> dict[str, CueUse]:
        """Cues by the id of their clause."""
        return {use.clause.id: use for use in self.uses}

    def _use(self, clause: Clause, table: Mapping[str, tuple[Frame, ...]]) -> CueUse | None:
        if clause.link == "nominal" or clause.verb.form == "nominal":
            return None
        verb = clause.verb
        frames = table.get(verb.lemma.split(" ")[0])
        if frames is None or self.document.words(verb.head).lower() in _PREPOSITIONS:
            return None
        tokens = self.tokens
        first = self.token_at(verb.head.end)
        limit = min(first + 14, len(tokens.starts))
        for number, frame in enumerate(frames):
            end = self._tail(frame.tail, first, limit)
            if end is None:
                continue
            if frame.tail and frame.tail[-1] == "to" and self.infinitive_at(end):
                # "agreed to work", not "agreed to the plan".
                continue
            fitting = tuple(f for f in frames[number:] if f.tail == frame.tail)
            gap = self._gap(frame.tail, first, end)
            last = tokens.ends[end - 1] if end > first else verb.head.end
            return CueUse(
                clause=clause, frames=fitting, span=Span(verb.head.start, last),
                lemma=" ".join((verb.lemma.split(" ")[0], *(w for w in frame.tail if w != "*"))), gap=gap,
            )  # fmt: skip
        return None

    def _tail(self, tail: tuple[str, ...], first: int, limit: int) -> int | None:
        """One past the last token of a tail that begins at a token, or ``None``."""
        at, star = first, False
        for word in tail:
            if word == "*":
                star = True
                continue
            reach = min(at + (5 if star else 1), limit)
            # An adverb may stand between: "spoke very highly of", "called again on".
            found = next((i for i in range(at, reach) if self.tokens.lower[i] == word), None)
            if found is None and not star:
                adverbs = at
                while adverbs < limit and adverbs < at + 3 and self.is_adverb(adverbs):
                    adverbs += 1
                if adverbs > at and adverbs < limit and self.tokens.lower[adverbs] == word:
                    found = adverbs
            if found is None or (star and any(self.tokens.lower[i] in STOPS for i in range(at, found))):
                return None
            at, star = found + 1, False
        return at

    def infinitive_at(self, number: int) -> bool:
        """Whether a token is the verb of an infinitive."""
        if number >= len(self.tokens.starts):
            return False
        start = self.tokens.starts[number]
        return any(
            c.verb.head.start == start and c.verb.form == "infinitive" for c in super().clauses_of(start)
        )

    def _gap(self, tail: tuple[str, ...], first: int, end: int) -> Span | None:
        if "*" not in tail:
            return None
        fixed = sum(1 for w in tail[: tail.index("*")])
        start, stop = first + fixed, end - (len(tail) - tail.index("*") - 1)
        if stop <= start:
            return None
        return Span(self.tokens.starts[start], self.tokens.ends[stop - 1])

    def is_adverb(self, number: int) -> bool:
        """Whether a token is an adverb: "also", "later", "strongly"; not the "there" of "there is"."""
        word = self.tokens.lower[number]
        if word == "there":
            return number + 1 >= len(self.tokens.lower) or self.tokens.lower[number + 1] not in _EXISTS
        if word == "more":
            # "said once more that", not "said more time was needed".
            return number > 0 and self.tokens.lower[number - 1] == "once"
        return word in _ADVERBS or (word.endswith("ly") and len(word) > 4 and word not in _NO_ADVERBS)

    def is_claim(self, use: CueUse) -> bool:
        """Whether somebody is told to have said something: no "did not say", "could say", "if he said"."""
        clause, verb = use.clause, use.clause.verb
        if verb.polarity == "negative":
            return False
        if verb.modality is not None:
            words = self.words(verb.span.start, verb.head.start)
            return bool(verb.modality == "would" and any(w in _PAST_FUTURE for w in words))
        if verb.tense == "future":
            return False
        if clause.marker in ("if", "unless", "whether", "until", "before", "lest"):
            return False
        if verb.form == "infinitive":
            parent = self.parent(clause)
            if parent is None or parent.verb.polarity == "negative":
                return False
            return parent.verb.lemma.split(" ")[0] in _LEADS_ON and self._was(parent)
        if verb.form == "participle" and verb.voice == "active" and not self._is_free(clause):
            return False
        if verb.form == "gerund":
            return clause.marker in ("by", "in", "while", "when", "after", "before", "without", None) and clause.marker != "without"  # fmt: skip
        return True

    def _is_free(self, clause: Clause) -> bool:
        """Whether a participle tells what its subject does: not "the forecasting centre"."""
        start = clause.verb.span.start
        if start <= self.sentence(start).start + 1 or self.previous_mark(start) in (
            ",",
            "quote",
            "-",
            "(",
            ";",
            "“",
            '"',
        ):
            return True
        word = self.previous(start)
        if self.is_adverb(self.token_at(start) - 1):
            return True
        if word in CONJUNCTIONS or word in ("by", "in", "after", "when", "as", "of") or word in DOCUMENTS:
            return True
        # "with one poster writing “...”", "the request asking schools to pay".
        at = self.token_at(clause.verb.head.end)
        following = self.tokens.lower[at] if at < len(self.tokens.lower) else ""
        if word in DETERMINERS or word in ("'s", "to", "on", "for", "with", "about"):
            return False
        return (
            following in ("that", ":")
            or following in DETERMINERS
            or bool(
                self.quotes_in(clause.verb.head.end, clause.verb.head.end + 2)
                or self.mentions_in(clause.verb.head.end, clause.verb.head.end + 2)
            )
        )

    def _was(self, parent: Clause) -> bool:
        return parent.verb.modality is None and parent.verb.tense != "future"

    def quote_ends_at(self, start: int) -> bool:
        quote = self.quote_before(start)
        if quote is None or self.text[quote.span.end : start].strip(" ,\u00a0\n-–—"):
            return False
        return "\n" not in self.text[quote.span.end : start] or self.paragraph(start) is self.paragraph(quote.span.end - 1)  # fmt: skip

    def previous_mark(self, start: int) -> str:
        """What stands before an offset: "quote" for a closing mark, else the character, dashes as "-"."""
        number = start - 1
        while number >= 0 and self.text[number].isspace():
            number -= 1
        if number < 0:
            return ""
        if self.quote_ends_at(start):
            return "quote"
        return "-" if self.text[number] in "-–—" else self.text[number]

    def closes_quotation(self, end: int) -> bool:
        number = bisect_left(self._quote_ends, end)
        return number < len(self._quote_ends) and self._quote_ends[number] == end

    def _uninverted(self, clause: Clause) -> Clause:
        """
        The clause, an object that was taken for an inverted subject put right.

        "The bloc, which has offered to mediate, urged both countries to talk": between commas only
        a relative clause stands.
        """
        verb = clause.verb
        if verb.form != "finite" or clause.subject is None or clause.subject.start < verb.head.end:
            return clause
        if self.previous_mark(verb.span.start) != ",":
            return clause
        frames = {w for f in cue_table(self.lexicon).get(verb.lemma.split(" ")[0], ()) for w in f.frames}
        if not frames & {"np", "np-to"} and not any(
            f.addressee == "object" for f in cue_table(self.lexicon).get(verb.lemma.split(" ")[0], ())
        ):  # fmt: skip
            return clause
        begin = self.sentence(verb.head.start).start
        if any(
            begin <= c.verb.head.start < verb.head.start and c.verb.form == "finite" and c.link not in ("relative", "adverbial")
            for c in self.clauses_of(begin)
        ):  # fmt: skip
            return clause
        named = self.mentions_in(
            begin, verb.head.start, "person", "organization", "country", "pronoun", "description"
        )
        if not named:
            return clause
        return attrs.evolve(clause, subject=named[0].span, objects=(clause.subject, *clause.objects))

    def is_somebody(self, span: Span) -> bool:
        """Whether a noun phrase may speak: a mention, a noun for people, bodies or documents, a name."""
        if self.mentions_in(
            span.start, span.end, "person", "organization", "country", "pronoun", "description"
        ):
            return True
        people = people_words(self.lexicon)
        first = self.token_at(span.start)
        for number in self.tokens.within(span):
            word = self.tokens.lower[number]
            if word in people or word in DOCUMENTS or word in _SOMEBODY:
                return True
            if number > first and self.tokens.forms[number][:1].isupper():
                return True
        return self.tokens.lower[first : first + 1] == ("one",)

    def subject_of(self, clause: Clause) -> Span | None:
        """A clause's subject, or the one of the clause it depends on."""
        if clause.subject is not None:
            return clause.subject
        if clause.link == "participle" and clause.parent is None:
            for later in self.clauses_of(clause.verb.head.start):
                if later.link == "main" and later.verb.head.start > clause.verb.head.start:
                    return later.subject
        if clause.link in ("participle", "infinitive", "coordinate", "adverbial"):
            for above in self.ancestors(clause):
                if above.subject is not None:
                    return above.subject
                if above.link not in ("participle", "infinitive", "coordinate", "adverbial"):
                    return None
        return None


@lru_cache(maxsize=8)
def _cue_forms(lexicon: LexiconUnion) -> dict[str, bool]:
    """Whether a form belongs to a verb of the table: filled as forms are met."""
    return {}


@lru_cache(maxsize=8)
def people_words(lexicon: LexiconUnion) -> frozenset[str]:
    """Nouns, singular and plural, for people and for bodies that can speak, lower case."""
    found: set[str] = set()
    for kind in ("person_noun", "org_head"):
        for entry in lexicon.table(kind):
            found.add(entry.surface.lower())
            found.update(entry.values("plural"))
    return frozenset(found)


def _is_bare_participle(clause: Clause, text: str) -> bool:
    """Whether a clause is a past participle without an auxiliary, or was taken for one."""
    verb = clause.verb
    bare = verb.form == "participle" and verb.span.start == verb.head.start
    return bare and not text.startswith("ing", verb.head.end - 3)


def _past(verb: VerbGroup) -> VerbGroup:
    return attrs.evolve(verb, form="finite", tense="past", voice="active")


def _outermost(quotations: Sequence[Quotation]) -> Iterator[Quotation]:
    """The quotations that stand in no other."""
    end = -1
    for quotation in sorted(quotations, key=lambda q: (q.span.start, -q.span.end)):
        if quotation.span.start >= end:
            end = quotation.span.end
            yield quotation


def stance_noun(lexicon: LexiconUnion, form: str) -> Entry | None:
    """The entry of a noun that says what was communicated, by its form."""
    found = lexicon.lookup(form, "stance_noun")
    return found[0] if found else None
