"""A document's sentences, mentions and clauses by place: the look-ups that meeting rules share."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache

from ..lexicon import Entry, LexiconUnion
from ..records import Actor, Actors, Attachment, Clause, Document, Mention, Paragraph, Span, VerbGroup
from .tokens import Tokens, tokens_of


def words_set(words: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(words.split())


_POSSESSIVE = frozenset(["his", "her", "its", "their", "our", "my", "your"])
# "ambassadors of the Quint", "a letter from the Secretary of State": behind these words stands
# somebody the noun phrase is about, not the one it names; used only if it names nobody else.
_BEHIND = frozenset(
    ["of", "from", "in", "at", "for", "to", "on", "about", "against", "behind", "under", "over", "into",
     "through", "within", "between", "by"]
)  # fmt: skip
_BARE_CUES = {
    "met": "meet", "received": "receive", "hosted": "host", "meets": "meet", "receives": "receive",
    "hosts": "host", "telephoned": "telephone", "summoned": "summon",
}  # fmt: skip
_BEFORE_OBJECT = frozenset(["with", "the", "his", "her", "their", "a", "an", "visiting", "outgoing", "newly"])
_JOINING = frozenset([",", ";", "and", "the", "as", "well", "his", "her", "their", "also", "with", "along"])
_LISTING = frozenset(["from", "of", "in", "the", ",", "and", "as", "well"])
COLLEAGUES = words_set(
    "counterparts colleagues ministers presidents premiers chancellors secretaries ambassadors envoys chiefs "
    "commanders heads leaders speakers advisers advisors kings directors officials"
)
_WHO = frozenset(["who", "which", "where", "whose", "whom", "that", "when"])


@lru_cache(maxsize=8)
def _entries_of(lexicon: LexiconUnion) -> dict[tuple[str, str], Entry | None]:
    """The look-ups made so far in a lexicon; lemmas repeat from text to text."""
    return {}


@lru_cache(maxsize=8)
def _cue_words(lexicon: LexiconUnion) -> frozenset[str]:
    return frozenset(
        word
        for e in lexicon.table("meeting_cue")
        for word in (e.surface.partition(" ")[0], e.surface.rpartition(" ")[2])
    )


# More forms than any text has verbs and event nouns; beyond it the look-ups start anew.
_MOST_ENTRIES = 20_000


class Scene:
    """
    What the rules read, indexed once a document.

    Args:
        document: Offsets everywhere are its.

        mentions: By start, not overlapping.

        clauses: Any order.

        actors: As resolved.

        lexicon: Asked for cue words.
    """

    def __init__(
        self,
        document: Document,
        mentions: Sequence[Mention],
        clauses: Sequence[Clause],
        actors: Actors,
        lexicon: LexiconUnion,
    ) -> None:
        self.document = document
        self.mentions = tuple(mentions)
        self.actors = actors
        self.lexicon = lexicon
        self._entries = _entries_of(lexicon)
        self.cues = _cue_words(lexicon)
        """The words with which, or as the last of which, a cue may be written: a cheap first look."""
        self.recall: Callable[[Mention], tuple[Actor, ...]] | None = None
        """Asked for plural descriptions that the actors stage left open: "the two ministers"."""
        self._people: dict[tuple[int, int], list[tuple[Mention, tuple[Actor, ...]]]] = {}
        self._mention_starts = [m.span.start for m in self.mentions]
        self._sentence_starts = [s.start for s in document.sentences]
        self._paragraph_starts = [p.span.start for p in document.paragraphs]
        found = (*clauses, *self._bare_cues(clauses))
        self.clauses = tuple(sorted(found, key=lambda c: (c.verb.head.start, c.verb.head.end, c.id)))
        self.by_id = {c.id: c for c in self.clauses}

    def _bare_cues(self, clauses: Sequence[Clause]) -> Iterator[Clause]:
        """
        Clauses for "X met Y", "X received Y" that the clauses stage has none for.

        Only where a person stands right before the verb and another mention right after it; the
        classes of such forms ("met" as a participle) are the tagger's commonest error.
        """
        tokens = self.tokens
        numbers = [n for n, word in enumerate(tokens.lower) if word in _BARE_CUES] if self.mentions else []
        heads = {c.verb.head.start for c in clauses} if numbers else set()
        for number in numbers:
            if tokens.starts[number] in heads:
                continue
            lemma = _BARE_CUES[tokens.lower[number]]
            start, end = tokens.starts[number], tokens.ends[number]
            after = bisect_left(self._mention_starts, end)
            if after == 0 or after >= len(self.mentions):
                continue
            left, right = self.mentions[after - 1], self.mentions[after]
            sentence = self.sentence(start)
            close = left.kind == "person" and not self.document.text[left.span.end : start].strip()
            near = right.span.end <= sentence.end and set(self.words(end, right.span.start)) <= _BEFORE_OBJECT
            if not (
                close
                and near
                and left.span.start >= sentence.start
                and right.kind in ("person", "description")
            ):
                continue
            stop = self.document.text.find(", who", right.span.end, sentence.end)
            span = Span(sentence.start, stop if stop > 0 else sentence.end)
            head = Span(start, end)
            yield Clause(
                id=f"cue{number}", span=span, subject=left.span, objects=(right.span,),
                verb=VerbGroup(span=head, head=head, lemma=lemma, tense="past"),
            )  # fmt: skip

    @cached_property
    def tokens(self) -> Tokens:
        """The document's tokens."""
        return tokens_of(self.document.text)

    @cached_property
    def children(self) -> dict[str, list[Clause]]:
        """Clauses by the id of their parent, in text order."""
        found: dict[str, list[Clause]] = {}
        for clause in self.clauses:
            if clause.parent is not None:
                found.setdefault(clause.parent, []).append(clause)
        return found

    @cached_property
    def _by_sentence(self) -> dict[int, list[Clause]]:
        found: dict[int, list[Clause]] = {}
        for clause in self.clauses:
            found.setdefault(self.sentence_number(clause.verb.head.start), []).append(clause)
        return found

    # -- places in the text ---------------------------------------------------------------

    def sentence_number(self, position: int) -> int:
        """The number of the sentence at or before a position; 0 at least."""
        return max(bisect_right(self._sentence_starts, position) - 1, 0)

    def sentence(self, position: int) -> Span:
        """The sentence at a position, the words around it if there are no sentences."""
        sentences = self.document.sentences
        if not sentences:
            return Span(position, min(position + 1, len(self.document.text)))
        return sentences[self.sentence_number(position)]

    def paragraph(self, position: int) -> Paragraph | None:
        """The paragraph at or before a position."""
        number = bisect_right(self._paragraph_starts, position) - 1
        return self.document.paragraphs[number] if number >= 0 else None

    def clauses_of(self, position: int) -> Sequence[Clause]:
        """The clauses of the sentence at a position, by verb."""
        return self._by_sentence.get(self.sentence_number(position), ())

    def parent(self, clause: Clause) -> Clause | None:
        """The clause a clause depends on."""
        return self.by_id.get(clause.parent) if clause.parent is not None else None

    def ancestors(self, clause: Clause) -> Iterator[Clause]:
        """A clause's parent, its parent's parent and so on, eight at most."""
        for _ in range(8):
            above = self.parent(clause)
            if above is None:
                return
            yield above
            clause = above

    # -- words ----------------------------------------------------------------------------

    def words(self, start: int, end: int) -> tuple[str, ...]:
        """The tokens between two offsets, lower case."""
        if end <= start:
            return ()
        tokens = self.tokens
        first = bisect_left(tokens.starts, start)
        last = bisect_right(tokens.ends, end)
        return tokens.lower[first:last]

    def before(self, position: int, count: int) -> tuple[str, ...]:
        """The last tokens before an offset, in text order, lower case."""
        last = bisect_right(self.tokens.ends, position)
        return self.tokens.lower[max(last - count, 0) : last]

    def after(self, position: int, count: int) -> tuple[str, ...]:
        """The first tokens after an offset, lower case."""
        first = bisect_left(self.tokens.starts, position)
        return self.tokens.lower[first : first + count]

    def entry(self, form: str, kind: str) -> Entry | None:
        """A form's first entry of a kind."""
        key = form, kind
        if key not in self._entries:
            if len(self._entries) > _MOST_ENTRIES:
                self._entries.clear()
            found = self.lexicon.lookup(form, kind)
            self._entries[key] = found[0] if found else None
        return self._entries[key]

    # -- mentions -------------------------------------------------------------------------

    def mentions_in(self, start: int, end: int, *kinds: str) -> list[Mention]:
        """The mentions that begin between two offsets, of these kinds (of any, if none is given)."""
        first = bisect_left(self._mention_starts, start)
        last = bisect_left(self._mention_starts, end)
        found = self.mentions[first:last]
        return [m for m in found if not kinds or m.kind in kinds]

    def owner(self, position: int) -> Clause | None:
        """
        The smallest clause that covers a position.

        What follows a comma after an inserted clause is the clause's above it: "talks with X, who
        is on a visit to China, in Beijing on Friday".
        """
        found = [c for c in self.clauses_of(position) if c.span.start <= position < c.span.end]
        if not found:
            return None
        found.sort(key=lambda c: len(c.span))
        attached = [
            (len(a.span), c) for c in found for a in c.attachments if a.span.start <= position < a.span.end
        ]
        # A coordinate clause reaches back to the subject it shares: what is attached tells better.
        best = min(attached, key=lambda pair: pair[0])[1] if attached else found[0]
        before = self.before(position, 3)
        if len(found) > 1 and best.link in ("relative", "participle", "nominal"):
            after_comma = before[-2:-1] == (",",) or (
                before[-3:-2] == (",",) and before[-1:] in (("the",), ("mr",))
            )
            inserted = next((c for c in found if c.link in ("relative", "participle")), None)
            if after_comma and inserted is not None and before[-1] not in (",", "and"):
                outer = [c for c in found if len(c.span) > len(inserted.span)]
                return outer[0] if outer else best
        return best

    def clipped(self, span: Span) -> Span:
        """A noun phrase without the relative clause after its head ("the guest, who arrived ...")."""
        tokens = self.tokens
        inside = tokens.within(span)
        for number in inside[1:]:
            if tokens.lower[number] in _WHO and (number > inside[1] or tokens.lower[number] != "that"):
                before = number - 1
                while before > inside[0] and tokens.lower[before] in (",", "with", "from", "to", "of", "in"):
                    before -= 1
                if tokens.ends[before] > span.start:
                    return Span(span.start, tokens.ends[before])
        return span

    def whole(self, span: Span, *, pair: bool = False) -> Span:
        """
        A noun phrase with the rest of its coordination or apposition, where it was cut at a comma or "and".

        "the Prime Minister of Greece, L. A., | and the President of Cyprus, A. H.": goes on while the
        next mention follows at once and is no other clause's subject.  With ``pair`` ("between A | and B")
        a second name follows whatever a clause makes of it.
        """
        end = self._past_the_states(span)
        for mention in self.mentions_in(end, end + 400):
            words = self.words(end, mention.span.start)
            if (
                (mention.kind not in ("person", "description", "organization") and not pair)
                or not words
                or len(words) > 4
            ):
                break
            if not set(words) <= _JOINING or not {",", ";", "and"} & set(words):
                break
            if mention.kind != "person" and words == (",",):
                break
            paired = pair and words[-1:] != (",",) and "and" in words
            if not paired and any(
                c.subject is not None and mention.span.overlaps(c.subject) and c.subject.start >= end
                for c in self.clauses_of(mention.span.start)
                if c.link != "nominal"
            ):
                break
            end = mention.span.end
        return Span(span.start, end)

    def _past_the_states(self, span: Span) -> int:
        """The end of a noun phrase, or of the states behind it if names follow: "his counterparts | from A and B, N. and M."."""
        plural = next(
            (
                m
                for m in reversed(self.mentions_in(span.start, span.end, "description"))
                if m.number == "plural"
            ),
            None,
        )
        states = self.listed(plural) if plural is not None else []
        if not states or states[-1].span.end <= span.end:
            return span.end
        end = states[-1].span.end
        following = next(iter(self.mentions_in(end, end + 120)), None)
        named = following is not None and following.kind == "person" and self.after(end, 1) == (",",)
        return end if named and len(self.words(end, following.span.start)) <= 2 else span.end  # type: ignore[union-attr]

    def people(self, span: Span) -> list[tuple[Mention, tuple[Actor, ...]]]:
        """
        The mentions in a noun phrase that name or point to its head or heads, with their actors.

        Not those that stand behind an "of" or in a possessive ("Aldridge's predecessor"), unless
        there is no other; not possessive pronouns; not places and times; not a description whose
        name follows ("the commander, Admiral N.").
        """
        key = span.start, span.end
        known = self._people.get(key)
        if known is None:
            known = self._people[key] = self._find_people(span)
        return known

    def forget(self) -> None:
        """Look again for people: what plural descriptions point to has changed."""
        self._people.clear()

    def _find_people(self, span: Span) -> list[tuple[Mention, tuple[Actor, ...]]]:
        heads: list[tuple[Mention, tuple[Actor, ...]]] = []
        behind: list[tuple[Mention, tuple[Actor, ...]]] = []
        clip = self.clipped(span)
        found = self.mentions_in(clip.start, clip.end)
        last: Mention | None = None
        for number, mention in enumerate(found):
            if mention.kind == "time" or (mention.kind == "place" and not mention.metonym):
                continue
            if mention.kind == "pronoun" and self._is_possessive(mention, clip):
                continue
            if mention.kind == "description" and self._is_named(mention, found[number + 1 :]):
                continue
            actors = self.actors.at(mention.span) or self._delegates(mention)
            if (
                self.recall is not None
                and mention.kind == "description"
                and not any(a.mentions for a in actors)
            ):
                actors = self.recall(mention) or actors
            if not actors:
                continue
            if mention.span.end < clip.end and self.is_possessor(mention) and self._is_event(mention):
                continue
            if mention.kind == "country" and self._is_adjective(mention, found[number + 1 :]):
                continue
            hidden = self._is_behind(mention, clip) or (
                last is not None and last.kind == mention.kind and last.kind != "person"
                and bool(behind) and behind[-1][0] is last
                and set(self.words(last.span.end, mention.span.start)) <= _JOINING
            )  # fmt: skip
            (behind if hidden else heads).append((mention, actors))
            last = mention
        return heads or behind

    def listed(self, mention: Mention) -> list[Mention]:
        """The states after a plural description: "his counterparts from Vietnam, New Zealand and India"."""
        if mention.number != "plural" or self.after(mention.span.end, 1) not in (("from",), ("of",), ("in",)):
            return []
        if self.after(mention.span.end, 1) == ("in",) and not {"counterparts", "colleagues"} & set(
            self.words(*_ends(mention.span))[-1:]
        ):
            return []
        states: list[Mention] = []
        last = mention.span.end
        for country in self.mentions_in(last, last + 200, "country", "place"):
            between = set(self.words(last, country.span.start))
            if country.country is None or between - _LISTING:
                break
            states.append(country)
            last = country.span.end
        return states

    def _is_named(self, mention: Mention, rest: Sequence[Mention]) -> bool:
        """
        Whether a description is in apposition to the person or people after it.

        "the commander, Admiral N."; "the minister for Europe, N."; "Special Representative for the
        dialogue N."; "the ministers of A and of B, N. and M.".
        """
        first = next((m for m in rest if m.kind == "person"), None)
        if first is None:
            return False
        last = self.before(first.span.start, 1)[-1:]
        if mention.number == "plural":
            # "his counterparts from A and B, N. and M."; "his counterparts N. and M."
            return last in ((",",), (":",)) or first.span.start - mention.span.end <= 1
        between = self.words(mention.span.end, first.span.start)
        if between == ("and",) and first.name is not None:
            # "the Assistant to the President and National Security Advisor, Ambassador N.": one person
            return "," in self.words(first.span.start, first.name.start)
        if len(between) > 7 or {"and", "or", "with"} & set(between) or between.count(",") > 1:
            return False
        return not last or last[0] not in _BEHIND or not between

    def _is_adjective(self, mention: Mention, rest: Sequence[Mention]) -> bool:
        """Whether a state only says whose colleagues follow: "his U.S. and Japanese counterparts N. and M."."""
        following = next((m for m in rest if m.kind != "country"), None)
        if following is None or following.kind not in ("person", "description"):
            return False
        title_end = following.name.start if following.name is not None else following.span.end
        words = self.words(following.span.start, title_end)
        if not any(w in COLLEAGUES for w in words):
            return False
        between = set(self.words(mention.span.end, following.span.start))
        states = {w for m in rest if m.span.end <= following.span.start for w in self.words(*_ends(m.span))}
        return between - states <= {",", "and"} and "and" in between

    def _is_event(self, mention: Mention) -> bool:
        """Whether what a mention possesses is a meeting: "the Foreign Ministers' meeting", "NATO's summit"."""
        words = self.after(mention.span.end, 4)
        return any(self.lexicon.has(w, "meeting_cue") for w in words[1:4])

    def is_possessor(self, mention: Mention) -> bool:
        """Whether a possessive 's follows a mention."""
        return self.document.text[mention.span.end : mention.span.end + 2] in ("'s", "’s", "' ", "’ ")

    def _delegates(self, mention: Mention) -> tuple[Actor, ...]:
        """For "the Georgian delegation": the last person of that state named before."""
        if mention.kind != "description" or mention.country is None or mention.number == "plural":
            return ()
        if not any(w in ("delegation", "side", "delegates") for w in self.words(*_ends(mention.span))):
            return ()
        last: tuple[int, Actor] | None = None
        for actor in self.actors:
            if actor.kind == "person" and actor.country == mention.country:
                for span in actor.mentions:
                    if span.start < mention.span.start and (last is None or span.start > last[0]):
                        last = (span.start, actor)
        return (last[1],) if last else ()

    def _is_possessive(self, mention: Mention, span: Span) -> bool:
        word = self.document.words(mention.span).lower()
        if word not in _POSSESSIVE:
            return False
        # "met her" against "met her counterpart".
        return word != "her" or mention.span.end < span.end

    def _is_behind(self, mention: Mention, span: Span) -> bool:
        if self.is_possessor(mention):
            return True
        before = [w for w in self.before(mention.span.start, 3) if w not in ("the", "a", "an")]
        if mention.span.start <= span.start + 4 or not before:
            return False
        if mention.kind == "organization" and {"a", "an"} & set(self.before(mention.span.start, 2)):
            return True  # "N., a lesser Treasury official"
        if mention.kind == "organization":
            # "leader of the opposition N. party"
            while len(before) > 1 and before[-1].isalpha() and before[-1] not in (*_BEHIND, "and", "with"):
                before.pop()
        return before[-1] in _BEHIND and not (before[-1] == "by" and self._is_led(mention))

    def _is_led(self, mention: Mention) -> bool:
        return any(
            w in ("led", "headed", "chaired", "accompanied") for w in self.before(mention.span.start, 4)
        )


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def is_passive(clause: Clause) -> bool:
    """
    Whether a verb is passive.

    A bare "met" or "received" after its subject is a past tense unless it hangs on another clause
    or says by whom: the class of "-ed" forms is the tagger's commonest error.
    """
    verb = clause.verb
    if verb.voice != "passive":
        return False
    bare = verb.form == "participle" and verb.span.start == verb.head.start and clause.parent is None
    return not bare or any(a.preposition == "by" for a in clause.attachments)


def attachments(clause: Clause, prepositions: Sequence[str]) -> Iterator[Attachment]:
    """A clause's prepositional phrases with one of these prepositions, in text order."""
    for attachment in clause.attachments:
        if attachment.preposition in prepositions:
            yield attachment
