"""What a speaker does with words: thanks, warns, promises ..., where the cue only says that they were said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, cast

from ..records import (
    Act,
    Actor,
    Clause,
    Mode,
    Span,
)
from .attribution import Speech
from .cues import word_set
from .drafts import Draft

_EXPECTS = word_set("hope hoped hoping confident likely unlikely optimistic eager")
_REPORTS = word_set(
    "claim claims report reports allegation allegations accusation accusations suggestion suggestions rumour rumours rumor rumors description account charge charges speculation"
)
_APPRECIATES = word_set("appreciate appreciates appreciated appreciating")
_PLEASED = word_set("pleased delighted glad proud honoured honored thrilled grateful")
_LET_DOWN = word_set("disappointed dismayed appalled outraged disgusted frustrated worrisome regrettable")
_AWAITS = word_set("expect expects expected expecting")
_OWN = word_set("my our his her its their")


def act_of(
    speech: Speech, draft: Draft, content: Sequence[Span], mode: Mode, speakers: Sequence[Actor]
) -> Act:
    """
    What the speaker does: as the cue says; where it only says "said", as the words tell.

    The first rule that fits: `ACT_RULES`, on the first words and the first finite verb of the content.
    """
    first = content[0]
    words = speech.words(first.start, first.end)[:16]
    verb = next((c for c in speech.clauses_of(first.start) if c.verb.form == "finite" and c.link != "relative"
                 and first.start <= c.verb.head.start < content[-1].end), None)  # fmt: skip
    view = _View(speech, draft, words, verb, mode, speakers, content)
    for act, rule in ACT_RULES:
        if rule(view):
            return act
    return cast(Act, draft.act)


class _View(NamedTuple):
    """What the act rules look at."""

    speech: Speech
    draft: Draft
    words: tuple[str, ...]
    verb: Clause | None
    mode: Mode
    speakers: Sequence[Actor]
    content: Sequence[Span]

    @property
    def plain(self) -> bool:
        """Whether the cue itself tells no more than that something was said."""
        return self.draft.act == "assert"


def _denies_a_report(view: _View) -> bool:
    """'rejected claims that ...', 'dismissed reports'."""
    return view.draft.act == "reject" and any(w in _REPORTS for w in view.words[:4])


def _stresses_a_need(view: _View) -> bool:
    """'stressed the need for talks' asks for nothing yet; 'affirmed the need' does."""
    return view.draft.rule == "expressed_noun" and view.draft.act == "urge" and view.draft.lemma.split(" ")[0] in (
        "stress", "emphasise", "emphasize", "underline", "underscore", "highlight", "note"
    )  # fmt: skip


def _thanks(view: _View) -> bool:
    """'“I thank X for coming”', '“We are grateful”'."""
    return (
        view.plain
        and view.mode == "direct"
        and any(w in ("thank", "thanked", "thanks", "grateful") for w in view.words[:14])
    )


def _is_pleased(view: _View) -> bool:
    """'“We appreciate the support”', 'he was pleased to learn', '“Good to meet X”': the speaker's own pleasure."""
    words = view.words
    if not view.plain or not words or "not" in words[:6] or "would" in words[:6]:
        return False
    if words[:2] in (
        ("good", "to"),
        ("great", "to"),
        ("pleasure", "to"),
        ("honoured", "to"),
        ("honored", "to"),
    ):
        return True
    place = next((i for i, w in enumerate(words[:8]) if w in _APPRECIATES), None)
    if place is not None and _owns(view):
        return True
    return any(
        w in _PLEASED and words[i + 1 : i + 2] in (("to",), ("that",), ("with",), ("at",), ("about",))
        for i, w in enumerate(words[:7])
    )


def _is_let_down(view: _View) -> bool:
    """'they were “disappointed” that ...', '“I’m dismayed”': the speaker's own complaint."""
    words = view.words
    return (
        view.plain
        and "not" not in words[:5]
        and any(
            # "disappointed, not discouraged" names no ground.
            w in _LET_DOWN and words[i + 1 : i + 2] != (",",)
            for i, w in enumerate(words[:6])
        )
    )


def _agrees(view: _View) -> bool:
    """'“I agree with the plan”', 'he shared this opinion'."""
    words = view.words
    if not view.plain or words[:1] not in (("i",), ("we",), ("he",), ("she",), ("they",)):
        return False
    return words[1:2] in (("agree",), ("agreed",)) or (
        words[1:2] in (("share",), ("shared",))
        and any(w in ("opinion", "view", "position") for w in words[2:5])
    )


def _will_not(view: _View) -> bool:
    """'“I’m not going to govern”', 'he did not intend to', '“we will not sign”': what the speaker refuses to do."""
    clause = view.verb
    if not view.plain or clause is None or clause.subject is None or clause.verb.polarity != "negative":
        return False
    if not _is_own(view, clause.subject):
        return False
    after = view.speech.words(clause.verb.head.start, clause.verb.head.start + 20)
    lemma = clause.verb.lemma.split(" ")[0]
    return (
        lemma in ("intend", "plan")
        or after[:2] == ("going", "to")
        or clause.verb.modality in ("will", "shall")
        # Quoted, "I would not name a year" only hedges; reported, it is "I will not".
        or (clause.verb.modality == "would" and view.mode != "direct")
        or clause.verb.tense == "future"
    ) and lemma not in ("be", "have", "know")


def _owns(view: _View) -> bool:
    """Whether the first clause is about the speaker, or has no subject ("Highly appreciate this")."""
    clause = view.verb
    return clause is None or clause.subject is None or _is_own(view, clause.subject)


def _says_no(view: _View) -> bool:
    """'“No.”', 'Nothing had been signed', 'there was no plan', 'had never been against'."""
    words = view.words
    if not view.plain or not words:
        return False
    if words[0] == "nothing" or (words[0] == "no" and words[1:2] in ((".",), (",",), ())):
        return True
    if words[0] == "there" and "no" in words[2:4]:
        return words[3:4] != ("question",) and words[4:5] != ("doubt",)
    return "never" in words[:6] and view.mode != "indirect"


def _blames(view: _View) -> bool:
    """Words that only accuse: 'the public had been misled', or a name of that kind."""
    return view.plain and _has_stance(view, "condemn", 12 if view.draft.rule != "called_on" else 40)


def _lauds(view: _View) -> bool:
    """'described the contingent as exemplary': a name that praises."""
    return view.plain and view.draft.rule == "called_on" and _has_stance(view, "praise", 40)


def _disclaims(view: _View) -> bool:
    """'called the account “pure invention”'."""
    if not view.plain:
        return False
    if view.draft.rule == "called_on":
        return _has_stance(view, "deny", 40)
    return any(
        w in ("is", "are", "was", "were", "as") and any(
            e.value == "deny" for near in view.words[i + 1 : i + 4] for e in view.speech.lexicon.lookup(near, "stance_word")
        )
        for i, w in enumerate(view.words)
    )  # fmt: skip


def _has_stance(view: _View, act: str, count: int) -> bool:
    words = view.speech.words(view.content[0].start, view.content[0].end)[:count]
    return any(e.value == act for w in words for e in view.speech.lexicon.lookup(w, "stance_word"))


def _stands_ready(view: _View) -> bool:
    """'Hungary stands ready to offer', 'was prepared to'."""
    words = view.words
    return view.plain and any(
        w in ("ready", "prepared", "willing", "committed", "determined") and words[i + 1 : i + 2] == ("to",)
        for i, w in enumerate(words)
    )


def _would_gladly(view: _View) -> bool:
    """'it would be happy to host the talks', 'remains available for dialogue'."""
    words = view.words
    return view.plain and (
        any(
            w in ("happy", "glad", "pleased") and words[i + 1 : i + 2] == ("to",) and "would" in words[:i]
            for i, w in enumerate(words)
        )
        or (
            "available" in words
            and any(w in ("remains", "remain", "remained", "is", "stands") for w in words)
        )
    )


def _asks_for_what_should_be(view: _View) -> bool:
    """'issues should be tackled by experts'."""
    words = view.words
    if not view.plain or "should" not in words[:12]:
        return False
    place = words.index("should")
    return words[place + 1 : place + 2] not in (("have",), ("not",)) and not any(
        w in ("who", "which", "that", "where", "what", "no", "question") for w in words[:place]
    )


def _asks(view: _View) -> bool:
    """A quotation that is one question."""
    end = view.content[-1].end
    return (
        view.plain and view.mode == "direct" and len(view.content) == 1 and view.speech.text[end - 1] == "?"
    )


def _will_do(view: _View) -> bool:
    """'Berlin would train 300 deminers': what the speaker's own side will do; 'announced that X would'."""
    clause = view.verb
    if not view.plain or clause is None or clause.subject is None:
        return False
    ahead = clause.verb.modality in ("would", "will", "shall") or clause.verb.tense == "future"
    if not ahead or clause.verb.polarity == "negative" or clause.marker in ("if", "when", "unless"):
        return False
    if view.draft.lemma == "announce":
        return True
    if clause.verb.voice == "passive" or "if" in view.words:
        return False
    return _is_own(view, clause.subject)


def _is_own(view: _View, subject: Span) -> bool:
    """Whether a subject is the speaker, or the state or body the speaker acts for."""
    speech = view.speech
    words = speech.words(subject.start, subject.end)
    if words[:1] in (("i",), ("we",)) or (words and words[0] in _OWN and view.mode != "direct"):
        return True
    if words[:1] == ("our",):
        return True
    there = speech.actors.at(subject)
    if any(a in view.speakers for a in there):
        return True
    if words in (("he",), ("she",), ("they",), ("it",)) and view.mode != "direct" and not there:
        return True
    countries = {a.country for a in view.speakers if a.country}
    return any(
        m.country in countries for m in speech.mentions_in(subject.start, subject.end, "country", "place")
    )


def _looks_ahead(view: _View) -> bool:
    """'hopes that', 'is likely to', 'looks forward to', a forecast."""
    words = view.words
    if not view.plain:
        return False
    if any(w in _EXPECTS for w in words[:9]) or (
        "forward" in words and any(w in ("look", "looks", "looking") for w in words)
    ):
        return True
    place = next((i for i, w in enumerate(words[:4]) if w in _AWAITS), None)
    if place is not None and (place == 0 or words[place - 1] in ("i", "we", "he", "she", "they")):
        # "he expects", not "is expected to".
        return True
    return "count" in words[:4] and "on" in words


ACT_RULES: tuple[tuple[Act, Callable[[_View], bool]], ...] = (
    ("deny", _denies_a_report),
    ("assert", _stresses_a_need),
    ("thank", _thanks),
    ("praise", _is_pleased),
    ("condemn", _is_let_down),
    ("accept", _agrees),
    ("reject", _will_not),
    ("deny", _says_no),
    ("deny", _disclaims),
    ("condemn", _blames),
    ("praise", _lauds),
    ("promise", _stands_ready),
    ("accept", _would_gladly),
    ("promise", _will_do),
    ("urge", _asks_for_what_should_be),
    ("expect", _looks_ahead),
    ("question", _asks),
)
"""In order: the first that fits decides; else the cue's own act stands."""
