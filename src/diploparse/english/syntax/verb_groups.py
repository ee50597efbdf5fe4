"""The verb of a finished clause as a record: tense, voice, polarity, modality."""

from __future__ import annotations

from functools import lru_cache

from ...records import Span, Tense, VerbGroup
from ..wordclasses import Words
from .frames import Frame
from .verb_kinds import NEGATIVE_SUBJECTS, NEGATIVES

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
_WILL = frozenset(["will", "'ll", "shall", "wo"])
_NEVER = frozenset(["never", "neither", "nor"])
_MODALS = {"'d": "would", "ca": "can", "cannot": "can"}
_AUXILIARIES = frozenset("mBbHOq")

Letters = list[tuple[str, str]]
"""Class and lower-case form of words."""


def verb_group(words: Words, frame: Frame) -> VerbGroup:
    """The verb group of a clause."""
    starts, ends = words.starts, words.ends
    if frame.noun:
        span = Span(starts[frame.head], ends[frame.head])
        return VerbGroup(span=span, head=span, lemma=noun_lemma(words.lower[frame.head]), form="nominal")
    chunk = frame.chunk
    assert chunk is not None
    if chunk.last - chunk.first == 1 and not frame.auxiliary and words.classes[chunk.first] in "vzdge":
        return single_verb(words, frame)
    return long_verb(words, frame)


def single_verb(words: Words, frame: Frame) -> VerbGroup:
    """A verb group of one word: most are."""
    assert frame.chunk is not None
    first = frame.chunk.first
    tense: Tense = "none"
    if frame.form == "finite":
        tense = "past" if words.classes[first] in "de" else "present"
    span = Span(words.starts[first], words.ends[first])
    return VerbGroup(
        span=span,
        head=span,
        lemma=frame.lemma,
        form=frame.form,
        tense=tense,
        voice="passive" if frame.chunk.kind == "E" else "active",
        polarity="negative" if is_denied(words, frame) else "positive",
    )


def is_denied(words: Words, frame: Frame) -> bool:
    """Whether the words before a verb deny it: "never met", "Neither side commented"."""
    assert frame.chunk is not None
    first, subject = frame.chunk.first, frame.subject
    return (first > 0 and words.lower[first - 1] in _NEVER) or (
        subject is not None and words.lower[subject[0]] in NEGATIVE_SUBJECTS
    )


def letters_of(words: Words, first: int, last: int) -> Letters:
    return [(words.classes[i], words.lower[i]) for i in range(first, last)]


def long_verb(words: Words, frame: Frame) -> VerbGroup:
    """A verb group with auxiliaries, adverbs or a particle."""
    chunk, head, lemma = frame.chunk, frame.head, frame.lemma
    assert chunk is not None
    first, last = chunk.first, chunk.last
    letters = letters_of(words, first, last)
    aux = [pair for pair in letters[: head - first] if pair[0] in _AUXILIARIES]
    if frame.auxiliary:
        fronted = letters_of(words, *frame.auxiliary)
        letters = fronted + letters
        aux = [pair for pair in fronted if pair[0] in _AUXILIARIES] + aux
    tense, modality = tense_and_modality(words, frame, aux)
    if frame.modal:
        inner = letters_of(words, frame.infinitive, head)
        aux = [pair for pair in inner if pair[0] in _AUXILIARIES]
    if words.classes[last - 1] == "l" and last - 1 > head:
        lemma += " " + words.lower[last - 1]
    else:
        last = max(head + 1, first + 1)
    letter = words.classes[head]
    be = bool(aux) and aux[-1][0] in "Bb"
    negative = any(c == "!" or w in NEGATIVES for c, w in letters) or is_denied(words, frame)
    return VerbGroup(
        span=Span(words.starts[first], words.ends[last - 1]),
        head=Span(words.starts[head], words.ends[head]),
        lemma=lemma,
        form=frame.form,
        tense=tense,
        perfect=letter in "edb" and any(c in "Hq" for c, _ in aux),
        progressive=letter == "g" and be,
        voice="passive" if (letter in "ed" and be) or chunk.kind == "E" else "active",
        polarity="negative" if negative else "positive",
        modality=modality,
    )


def tense_and_modality(words: Words, frame: Frame, aux: Letters) -> tuple[Tense, str | None]:
    """Tense of a verb group and the modal verb or phrase in it; "will" is a tense."""
    letter, word = words.classes[frame.head], words.lower[frame.head]
    modal = word if letter == "m" else next((w for c, w in aux if c == "m"), None)
    tense: Tense = "none"
    if frame.form == "finite":
        lead, lead_word = aux[0] if aux else (letter, word)
        if modal in _WILL:
            tense, modal = "future", None
        elif lead in "de" or lead_word in ("was", "were", "had", "did"):
            tense = "past"
        else:
            tense = "future" if frame.modal in _FUTURE else "present"
    if frame.modal:
        modal = None if frame.modal in ("be to", "be going to") and tense == "future" else frame.modal
    return tense, _MODALS.get(modal, modal) if modal else None


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
