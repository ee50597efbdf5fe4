"""
Where reported words stand, how far they go, and who is said to speak.

A cue governs what follows it ("said that ...", "thanked X for ...") or stands beside it as an
attribution ("..., the envoy said, ...").  `Speech` settles which of the two each cue is; the rules in
`reported.py` read content and speaker off it.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from ..records import Actor, Clause, Mention, Span
from .cues import (
    BEHIND,
    BREAKS,
    CONJUNCTIONS,
    DETERMINERS,
    SAID_WHERE,
    STOPS,
    Cues,
    CueUse,
    people_words,
    word_set,
)

_ENDS_ATTRIBUTION = word_set(". , ; ? ! ) - – — and but as when while before after")
_NON_FINITE = word_set("infinitive gerund participle")
_LEADS = word_set("then later here there meanwhile today yesterday however")


class Speech(Cues):
    """A scene in which each cue has its place: beside its content, or before it."""

    @cached_property
    def beside(self) -> frozenset[str]:
        """Ids of the cue clauses that stand beside their content: "..., he said", "said X"."""
        return frozenset(use.clause.id for use in self.uses if self._is_beside(use))

    @cached_property
    def every_quote_start(self) -> tuple[int, ...]:
        """Where the document's quotations begin, nested ones too, ascending."""
        return tuple(q.span.start for q in self.document.quotations)

    @cached_property
    def quoted_words(self) -> tuple[Span, ...]:
        """The words inside all quotation marks, one span a paragraph, by start."""
        return tuple(sorted(c for q in self.document.quotations for c in q.content))

    def _is_beside(self, use: CueUse) -> bool:
        clause = use.clause
        if use.of("quote", "that", "wh") is None or clause.verb.form in _NON_FINITE:
            return False
        if clause.verb.voice == "passive" and not self._is_it(clause):
            return False
        start = self.start_of(use)
        sentence = self.sentence(clause.verb.head.start)
        before = self.previous_mark(start)
        if (
            before == "quote"
            and (quote := self.quote_before(start)) is not None
            and not self.is_utterance(quote)
        ):
            # 'had no "facts" to show the army has begun ...': a quoted word, not words of a speaker.
            before = ""
        if start <= sentence.start and not self.quote_ends_at(start):
            # "As he noted, ..." stands first.
            return clause.marker == "as" and self._word_after(use, sentence.end) == ","
        if before not in (",", "quote", "-", "(") and clause.marker != "as":
            return False
        if self.is_inverted(clause):
            return True
        word = self._word_after(use, sentence.end)
        if before != "quote" and word in (",", ":") and self._whole_quotation_follows(use, sentence.end):
            # 'After the talks, she said, "We are done."'
            return False
        if word in _ENDS_ATTRIBUTION and (
            word != "," or before == "quote" or not self._is_lead(sentence.start, start)
        ):
            return True
        at = self.after_cue(use)
        if use.of("np", "np-to", "noun", "np-as") is not None and before != "quote":
            # "the bloc, which has offered to mediate, urged both countries to ...": it governs;
            # "..., the general assured her." does not.
            return self._is_hearer_alone(use, at, sentence.start, start, sentence.end)
        # '"...," the general told a panel on coastal states.'
        frame = use.of("that", "quote")
        if frame is not None and frame.addressee == "object":
            return not self._has_content(at, sentence.end) and ":" not in self._rest(at, sentence.end)
        if before != "quote":
            return False
        # '"...," the firm says on "The Countdown"': the second quotation is no content.
        first = self.token_at(use.span.end)
        return not self._has_content(at, sentence.end, quotes=at == first)

    def _whole_quotation_follows(self, use: CueUse, end: int) -> bool:
        """Whether a quotation that begins with a capital comes right after a cue's comma or colon."""
        at = self.after_cue(use, asides=False) + 1
        if at >= len(self.tokens.starts) or self.tokens.starts[at] >= end:
            return False
        start = self.tokens.starts[at]
        quotes = self.quotes_in(start, start + 1)
        return bool(quotes) and self.text[quotes[0].content[0].start].isupper()

    def _word_after(self, use: CueUse, end: int) -> str:
        """The word after a cue with its times and places, "" at the end of the sentence."""
        at = self.after_cue(use, asides=False)
        return self.tokens.lower[at] if at < len(self.tokens.starts) and self.tokens.starts[at] < end else "."

    def _is_lead(self, begin: int, start: int) -> bool:
        """Whether what stands before a clause only leads up to it: "Asked about the talks, he said, ..."."""
        number = self.token_at(begin)
        word = self.tokens.lower[number]
        finite = any(
            begin <= c.verb.head.start < start and c.verb.form == "finite" for c in self.clauses_of(begin)
        )
        return not finite and (word in SAID_WHERE or word.endswith(("ing", "ed", "ly")) or word in _LEADS)

    def _is_hearer_alone(self, use: CueUse, at: int, begin: int, start: int, end: int) -> bool:
        """Whether a "tell" verb has but its hearer after it, and a sentence before: "..., three envoys told the agency"."""
        frame = use.of("that")
        if frame is None or frame.addressee != "object" or any(
            f.addressee == "object" and "np" in f.frames for f in use.frames
        ):  # fmt: skip
            return False
        last = self.token_at(end)
        if at >= last or self.tokens.lower[at] in ("that", "to", ":", "of", "about"):
            return False
        finite = any(
            begin <= c.verb.head.start < start
            and c.verb.form == "finite"
            and c.link not in ("relative", "adverbial")
            for c in self.clauses_of(begin)
        )
        rest = self._rest(at, end)
        return finite and "to" not in rest[:6] and ":" not in rest and not self._has_content(at, end)

    def _rest(self, at: int, end: int) -> tuple[str, ...]:
        return self.tokens.lower[at : self.token_at(end)]

    def _has_content(self, at: int, end: int, *, quotes: bool = True) -> bool:
        """Whether a that, a finite clause or a quotation stands among the tokens after a cue."""
        tokens = self.tokens
        start = tokens.starts[at]
        comma = next(
            (tokens.starts[i] for i in range(at, self.token_at(end)) if tokens.lower[i] in (",", ";")), end
        )
        if any(self.is_that(i) for i in range(at, self.token_at(comma))):
            return True
        if quotes and self.quotes_in(start, comma):
            return True
        return any(
            c.verb.form == "finite" and start <= c.verb.head.start < comma and c.link not in ("relative", "adverbial", "nominal")
            for c in self.clauses_of(start)
        )  # fmt: skip

    def _is_it(self, clause: Clause) -> bool:
        return clause.subject is not None and self.document.words(clause.subject).lower() == "it"

    def is_inverted(self, clause: Clause) -> bool:
        """Whether the subject follows the verb: "said the minister"."""
        return clause.subject is not None and clause.subject.start >= clause.verb.head.end

    def start_of(self, use: CueUse) -> int:
        """Where a cue clause begins: its subject with all that stands before it, or its verb if the subject is inverted or shared."""
        clause = use.clause
        start = clause.verb.span.start
        stretch = self.stretch(start)
        if clause.subject is not None and clause.subject.start < start and self._is_own_subject(clause):
            start = clause.subject.start
            if stretch is not None and stretch.start < start < stretch.end:
                start = stretch.start
            # An article or determiner that the noun phrase left out.
            number = bisect_right(self.tokens.ends, start) - 1
            if number >= 0 and self.tokens.lower[number] in DETERMINERS:
                start = self.tokens.starts[number]
        elif clause.subject is None and stretch is not None and clause.link != "participle":
            start = stretch.start
        if clause.marker == "as":
            word = bisect_right(self.tokens.ends, start) - 1
            if word >= 0 and self.tokens.lower[word] == "as":
                start = self.tokens.starts[word]
        return start

    def stretch(self, position: int) -> Span | None:
        """
        The words between the last comma or closing quotation mark and a verb, if no other verb is among them.

        "..., a senior official travelling with the secretary said": a subject with all that belongs to it.
        """
        lower, starts, ends = self.tokens.lower, self.tokens.starts, self.tokens.ends
        low = self.token_at(self.sentence(position).start)
        last = bisect_right(ends, position) - 1
        number = last
        while number >= low and number > last - 16:
            if (
                lower[number] in BREAKS
                or lower[number] in CONJUNCTIONS
                or self.closes_quotation(ends[number])
            ):
                break
            number -= 1
        if number == last or number <= last - 16 or number < low:
            return None
        begin = starts[number + 1]
        if any(
            begin <= c.verb.head.start < position and c.verb.form == "finite"
            for c in super().clauses_of(position)
        ):
            return None
        return Span(begin, ends[last])

    def _is_own_subject(self, clause: Clause) -> bool:
        """Whether no other verb stands between subject and verb (a shared subject is not the clause's own)."""
        assert clause.subject is not None
        if clause.link in ("participle", "infinitive"):
            return False
        end = clause.subject.end
        return not any(
            c.id != clause.id and c.link not in ("relative", "nominal", "participle", "infinitive")
            and end <= c.verb.head.start < clause.verb.head.start
            for c in self.clauses_of(clause.verb.head.start)
        )  # fmt: skip

    def after_cue(self, use: CueUse, *, asides: bool = True) -> int:
        """
        The first token of what follows a cue: adverbs, times, places and hearers left out.

        "said on Wednesday that", "announced in Geneva: ", "said, however, that".
        """
        tokens = self.tokens
        at = self.token_at(use.span.end)
        end = self.token_at(self.sentence(use.clause.verb.head.start).end)
        own = {w for f in use.frames for w in f.frames}
        jumps = {a.span.start: a for a in use.clause.attachments if a.preposition.split(" ")[0] not in own}
        for _ in range(8):
            if at >= end:
                break
            word, start = tokens.lower[at], tokens.starts[at]
            if start in self._times:
                at = self.token_at(self._times[start].span.end)
            elif word in ("on", "in", "at", "since", "by", "late", "early", "last", "this", "earlier", "later") and at + 1 < end and tokens.starts[at + 1] in self._times:  # fmt: skip
                at = self.token_at(self._times[tokens.starts[at + 1]].span.end)
            elif self.is_adverb(at) and not (word == "as" and "as" in own):
                if word == "as":
                    break
                at += 1
            elif start in jumps:
                at = self._past(jumps[start].span, at, end)
                at = self._past_modifier(at, end)
            elif word in SAID_WHERE and word not in own and not (word == "to" and own & {"to", "np-to"}):
                skipped = self._past_phrase(at, end)
                if skipped is None:
                    break
                at = skipped
            elif asides and word == "," and (inner := self._past_aside(at, end)) is not None:
                at = inner
            else:
                break
        return at

    def _past_modifier(self, at: int, end: int) -> int:
        """The token past a participle that belongs to the phrase before it: "in a statement issued on Thursday"."""
        if at >= end:
            return at
        start = self.tokens.starts[at]
        for clause in self.clauses_of(start):
            if (
                clause.verb.head.start == start
                and clause.verb.form == "participle"
                and clause.verb.voice == "passive"
            ):
                last = max(
                    [
                        clause.verb.head.end,
                        *(a.span.end for a in clause.attachments if a.span.start < start + 40),
                    ]
                )
                return min(self.token_at(last), end)
        return at

    def _past(self, span: Span, at: int, end: int) -> int:
        """The token past a phrase, or at a "that" or a quotation inside it."""
        last = min(self.token_at(span.end), end)
        for number in range(at + 1, last):
            if self.is_that(number) or self.quotes_in(self.tokens.starts[number], self.tokens.starts[number] + 1):  # fmt: skip
                return number
        return last

    def _past_phrase(self, at: int, end: int) -> int | None:
        """The token of the that, colon or quotation that a prepositional phrase leads to, if one is near."""
        for number in range(at + 1, min(at + 14, end)):
            word = self.tokens.lower[number]
            if (
                word == ":"
                or self.is_that(number)
                or self.quotes_in(self.tokens.starts[number], self.tokens.starts[number] + 1)
            ):
                return number
            if word in STOPS or word == "," or word in CONJUNCTIONS:
                return None
        return None

    def _past_aside(self, at: int, end: int) -> int | None:
        """The token past ", however," or past a comma before "that" or a quotation."""
        if at + 1 >= end:
            return None
        following = self.tokens.starts[at + 1]
        if self.tokens.lower[at + 1] == "that" or self.quotes_in(following, following + 1):
            return at + 1
        for number in range(at + 2, min(at + 14, end)):
            if self.tokens.lower[number] == ",":
                if number + 1 < end and (
                    self.tokens.lower[number + 1] == "that"
                    or self.quotes_in(self.tokens.starts[number + 1], self.tokens.starts[number + 1] + 1)
                ):
                    return number + 1
                return None
            if self.tokens.lower[number] in STOPS:
                return None
        return None

    def reach(self, use: CueUse) -> int:
        """Where the words that a cue governs end: at the next cue of its speaker, or with the sentence."""
        head = use.clause.verb.head.start
        end = self.sentence(head).end
        inside = self.quote_over(head)
        if inside is not None:
            end = min(end, next((c.end for c in inside.content if c.start <= head < c.end), inside.span.end))
        else:
            for quote in self.quotes_in(use.span.end, end):
                end = max(end, quote.span.end)
        source = self._according(use.span.end, end)
        end = source if source is not None else end
        for other in self.clauses_of(head):
            if other.verb.head.start <= use.span.end or other.id == use.clause.id:
                continue
            if other.verb.head.start >= end:
                break
            over = self.quote_over(other.verb.head.start)
            if over is not None and over is not inside:
                continue
            cut = self._cut(use, other)
            if cut is not None and cut > use.span.end:
                end = cut
                break
        return end

    def _according(self, start: int, end: int) -> int | None:
        """Where ", according to" begins between two offsets: its source is the narrator's."""
        lower = self.tokens.lower
        for number in range(self.token_at(start) + 1, self.token_at(end) - 1):
            if lower[number] == "according" and lower[number + 1] == "to" and lower[number - 1] == ",":
                return self.tokens.ends[number - 2]
        return None

    def _cut(self, use: CueUse, other: Clause) -> int | None:
        """Where a later clause of the sentence ends a cue's words, or ``None`` if it belongs to them."""
        clause = use.clause
        cue = self.use_of.get(other.id)
        if cue is not None and other.id in self.beside:
            return self._back(self.start_of(cue), use)
        if other.link == "nominal":
            return None
        if other.link == "participle":
            if cue is None or other.verb.voice == "passive":
                return None
            start = self._back(other.verb.span.start, use)
            if (
                self.previous_mark(other.verb.span.start) in (",", "quote")
                or self.previous(other.verb.span.start) in CONJUNCTIONS
            ):
                return start
            return None
        if other.link in ("main", "complement", "coordinate") and self._is_fronted(clause) and self.previous_mark(self._local_start(other, use)) == ",":  # fmt: skip
            # "Noting that ..., X invited ...": the main clause follows.
            return self._back(self._local_start(other, use), use)
        if other.link in ("relative", "infinitive", "complement"):
            return None
        shared = other.subject is None or other.subject.start < use.span.start
        if other.link in ("coordinate", "main"):
            same = other.parent in (clause.id, clause.parent) and other.parent is not None
            conjunct = other.link == "coordinate" and (
                other.parent == clause.id or (same and clause.link == "coordinate")
            )
            if cue is not None and not self.takes_content(self.token_at(other.verb.head.start)):
                # "between the staffs and the military commands."
                cue = None
            if conjunct and (cue is not None or (shared and other.verb.tense == clause.verb.tense)):
                return self._back(self._local_start(other, use), use)
            if (
                cue is not None
                and other.verb.form == "finite"
                and other.verb.voice == "active"
                and not self._is_within(other, use)
                and other.subject is not None
                and self.is_somebody(other.subject)
            ):
                start = self._local_start(other, use)
                if self.previous(start) in CONJUNCTIONS or self.previous_mark(start) in (";", ","):
                    return self._back(start, use)
        if other.link in ("adverbial", "coordinate", "main") and cue is not None and other.marker in ("while", "whereas", "but", "although", "though"):  # fmt: skip
            return self._back(self._local_start(other, use), use)
        return None

    def _is_fronted(self, clause: Clause) -> bool:
        """Whether a participle opens its sentence."""
        if clause.verb.form != "participle":
            return False
        start = clause.verb.span.start
        return self.token_at(start) - self.token_at(self.sentence(start).start) <= 2

    def _is_within(self, other: Clause, use: CueUse) -> bool:
        """Whether a coordinate cue is told in the content: "said X had thanked Y and praised Z"."""
        parent = self.parent(other)
        if parent is None or parent.id == use.clause.id:
            return False
        if parent.verb.head.start < use.span.end:
            return False
        return parent.id in self.use_of

    def _local_start(self, other: Clause, use: CueUse) -> int:
        if other.subject is not None and use.span.end <= other.subject.start < other.verb.head.start:
            start = other.subject.start
            number = bisect_right(self.tokens.ends, start) - 1
            if number >= 0 and self.tokens.lower[number] in DETERMINERS:
                start = self.tokens.starts[number]
            return start
        return other.verb.span.start

    def _back(self, start: int, use: CueUse) -> int:
        """An offset moved left over the conjunctions, adverbs and commas before it."""
        number = bisect_right(self.tokens.ends, start) - 1
        low = self.token_at(use.span.end)
        joined = False
        while number >= low:
            word = self.tokens.lower[number]
            if word in CONJUNCTIONS:
                number, joined = number - 1, True
            elif word in (",", ";", "-", "–", "—", "even"):
                number -= 1
            elif self.is_adverb(number) and word not in ("well", "as") and not joined:
                # An adverb before the "and" belongs to what was said: "to work closely and noted".
                number -= 1
            elif word == "as" or (word == "well" and number > low and self.tokens.lower[number - 1] == "as"):
                number -= 2 if word == "well" else 1
            elif word in ("both", "in", "addition", "turn"):
                number -= 1
            else:
                break
        return self.tokens.ends[number] if number >= low else use.span.end

    def actors_of(self, span: Span) -> tuple[tuple[Actor, ...], Span | None]:
        """
        The actors a noun phrase stands for and the words that name them.

        Several only for "the sides", "A and B"; of an apposition ("the envoy, X") the person.
        """
        people = self.people(span)
        if not people or self._is_only_behind(span, people[0][0]):
            return (), None
        groups = [(m, a) for m, a in people if m.number == "plural" and len(a) > 1]
        if groups:
            mention, actors = groups[0]
            return actors, mention.span
        joined = self._joined(people)
        if len(joined) > 1:
            actors = tuple(dict.fromkeys(a for _, some in joined for a in some[:1]))
            return actors, Span(joined[0][0].span.start, joined[-1][0].span.end)
        person = next(((m, a) for m, a in people if a[0].kind == "person" and m.kind == "person"), None)
        mention, actors = person or people[0]
        return actors[:1], mention.span

    def _is_only_behind(self, span: Span, mention: Mention) -> bool:
        """Whether a mention stands behind a head noun that nobody resolved: "officials from both countries"."""
        before = self.words(span.start, mention.span.start)
        near = [w for w in before if w not in DETERMINERS][-1:]
        if not near or near[0] not in BEHIND or "press" in before:
            # "the press service of the ministry" speaks for the ministry.
            return False
        return any(w in people_words(self.lexicon) for w in before)

    def name_beside(self, use: CueUse) -> Span | None:
        """The name right before a verb that the clause layer gave no subject, or right after an attribution's."""
        number = bisect_right(self.tokens.ends, use.clause.verb.span.start) - 1
        if number >= 0 and (before := self.mention_ending(self.tokens.ends[number])) is not None:
            return before.span
        if use.clause.id in self.beside:
            after = self.mentions_in(
                use.span.end, use.span.end + 6, "person", "organization", "pronoun", "description"
            )
            return after[0].span if after else None
        return None

    def speaker_of(
        self, clause: Clause | None, span: Span, *, beside: bool
    ) -> tuple[tuple[Actor, ...], Span]:
        """
        The actors who speak and the words that name them.

        1. Of an attribution, all that stands before its verb is its subject.
        2. A "who" or an apposition goes back to a name: "X, who heads the office, said",
           "X, secretary of the council, said".
        3. Otherwise the subject.
        """
        if (
            clause is not None
            and clause.link == "coordinate"
            and (first := self.use_of.get(clause.parent or ""))
        ):
            # "a representative who said ... and called for ...": as of the first verb.
            clause = first.clause
        if clause is not None and beside and span.start < clause.verb.head.start:
            stretch = self.stretch(clause.verb.span.start)
            if stretch is not None and stretch.start < span.start < stretch.end:
                span = stretch
            near = self._right_before(clause.verb.span.start)
            if near is not None and not (span.start <= near.span.start < span.end):
                return self.actors.at(near.span)[:1], near.span
        named = self._named_before(clause, span)
        if named is not None:
            return self.actors.at(named.span)[:1], named.span
        actors, local = self.actors_of(span)
        if not actors and clause is not None and not self.is_somebody(span) and self.previous_mark(clause.verb.span.start) == ",":  # fmt: skip
            # "A negotiator, X, who shared a corridor with him that winter, would later write": the sentence's first name.
            begin = self.sentence(span.start).start
            named_first = self.mentions_in(begin, clause.verb.span.start, "person")
            if named_first:
                return self.actors.at(named_first[0].span)[:1], named_first[0].span
        return actors, local or span

    def _right_before(self, position: int) -> Mention | None:
        """The person or body named right before a place, a comma allowed: "the chairman, X, said"."""
        for mention in reversed(self.mentions_in(max(position - 90, 0), position, "person", "organization")):
            if self.text[mention.span.end : position].strip(" ,\u00a0\n"):
                return None
            return mention if self.actors.at(mention.span) else None
        return None

    def _named_before(self, clause: Clause | None, span: Span) -> Mention | None:
        """The person named before a "who", or before an apposition that nobody resolved."""
        sentence = self.sentence(span.start)
        before = self.mentions_in(sentence.start, span.start, "person")
        if not before:
            return None
        last = before[-1]
        if self.previous(span.start) in ("who", "which"):
            return last
        people = self.people(span)
        if (
            clause is not None
            and clause.link == "relative"
            and clause.marker == "who"
            and not any(a[0].kind == "person" for _, a in people)
        ):
            return last
        if people or self.mentions_in(span.start, span.end, "person", "pronoun"):
            return None
        between = self.text[last.span.end : span.start].strip()
        return last if between in (",", ", the", ", a", ", an", ", a former", ", the former") else None

    def _joined(
        self, people: list[tuple[Mention, tuple[Actor, ...]]]
    ) -> list[tuple[Mention, tuple[Actor, ...]]]:
        """The first of the mentions and those joined to it by "and"."""
        kept = people[:1]
        for mention, actors in people[1:]:
            between = self.words(kept[-1][0].span.end, mention.span.start)
            listed = "," in between and len(between) <= 2 and any(
                "and" in self.words(mention.span.end, later.span.start) for later, _ in people
            )  # fmt: skip
            if "and" not in between and not listed:
                break
            kept.append((mention, actors))
        return kept
