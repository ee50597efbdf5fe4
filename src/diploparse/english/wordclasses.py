"""
Tokens to word classes: one character a token, so that patterns over the class string keep token numbers.

    n noun            s plural noun    P name             c number      y time noun
    j adjective       r adverb         l particle         ! not, n't
    v base or present z third person   d past             e past participle   g -ing form
    m modal           B is, was        b be, been, being  H have, has, had    O do, does, did
    D determiner      S his, whose     ' possessive 's    h pronoun           o object pronoun
    I preposition     T to + verb      f subordinator     t that + clause     w who, which, what
    q having          k and, or, but    x there is       M start of a mention, + its other tokens  Z time expression

1. Every form is looked up once (function words, then words.txt, then its ending).
2. A form of one class is settled; of several, an averaged perceptron over the neighbours decides.

References:
    Collins, "Discriminative training methods for hidden Markov models", 2002 (the perceptron);
    trained by tools/models/wordclasses.py on trees of the GUM corpus and on machine-tagged articles; the header of
    data/wordclasses.model.txt names them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ..records import Mention, Span
from .tokens import Tokens


def word_set(words: str) -> frozenset[str]:
    """The words of a table row."""
    return frozenset(words.split())


DATA = Path(__file__).parent / "data"

# Function words and their classes; a word in several rows is settled by its neighbours.
_FUNCTION: tuple[tuple[str, str], ...] = (
    ("D", "the a an this that these those some any no every each both all either neither another such half "
 "much many few several more most less enough own fewer"),
    ("S", "my your his her its our their whose"),
    ("h", "i you he she it we they one this that these those everyone everybody someone somebody anyone anybody "
          "nobody none nothing something anything everything both all some many few most others several each any "
          "either neither another more less much mine yours hers ours theirs half such enough"),
    ("o", "me him her us them myself yourself himself herself itself ourselves yourselves themselves oneself"),
    ("I", "of in on at by for with from to into onto upon about against between among amongst amid amidst through "
          "throughout during before after since until till under over above below beneath behind beside besides "
          "beyond near across along around toward towards within without inside outside off out up down via per "
          "as like unlike than despite except versus vs concerning regarding including following according "
          "due because instead alongside aboard atop ahead pending round past opposite minus plus worth next "
          "notwithstanding vis-a-vis vis-à-vis"),
    ("f", "that if whether because although though while whilst whereas unless once since until till before after "
 "as so lest like provided albeit when whenever where wherever given except"),
    ("t", "that"),
    ("w", "that who whom which what when where why how whoever whatever whichever whenever wherever whose"),
    ("k", "and or but nor yet & plus either neither both"),
    ("T", "to"),
    ("m", "will would can could may might must shall should ought 'll 'd ca wo sha cannot"),
    ("B", "is are was were am 's 're 'm ai"),
    ("b", "be been being"),
    ("H", "have has had 've 'd 's"),
    ("O", "do does did"),
    ("e", "done had given provided gone"),
    ("g", "doing following including regarding pending concerning"),
    ("z", "means thanks"),
    ("q", "having"),
    ("x", "there"),
    ("!", "not n't"),
    ("'", "'s '"),
    ("l", "up out off on down over away back about along around through "),
    ("r", "up out off on down over away back about around here there now then never also just still already "
 "yet too very so more most less least much even only again ever once perhaps maybe together as "
 "however therefore meanwhile moreover furthermore otherwise instead rather quite almost ahead "
 "before after since behind along all both that this any enough thus hence nearly soon often "
 "always sometimes later earlier ago abroad forward forth apart aside inside outside well yes please "
 "right quite enough half some only east west north south yeah hey oh ok okay "
 "either neither further alike likewise nonetheless nevertheless better best how when where why "
 "one-on-one face-to-face below above through near next first indeed besides though home half including regardless long"),
    ("c", "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
          "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand "
          "million billion trillion $ € £ ¥ % dozen zero"),
    ("j", "such same other own due next worth like first second third last former latter more most less least "
          "much many few several better best worse worst further long past near following opposite inside outside "
          "back off round over well very more ready able following right only given gone east west north south"),
    ("n", "will can may might must home past second front back like right one east west north south half"),
    ("s", "others ones means news thanks"),
    ("v", "like back last better own further round second ready near let"),
)  # fmt: skip

_PUNCTUATION = {
    ",": ",", ";": ";", ":": ":", ".": ".", "!": ".", "?": ".", "…": ".",
    "–": "-", "—": "-", "-": "-", "―": "-", "‒": "-",
    "(": "(", ")": ")", "[": "(", "]": ")", "{": "(", "}": ")",
    '"': '"', "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": '"', "’": '"', "'": "'", "`": '"', "‹": '"', "›": '"', "‟": '"', "‚": '"',
}  # fmt: skip

_ENDINGS: tuple[tuple[str, str], ...] = (
    ("ly", "r"), ("ed", "dej"), ("ing", "gnj"), ("ized", "de"), ("ised", "de"),
    ("able", "j"), ("ible", "j"), ("ful", "j"), ("less", "j"), ("ous", "j"), ("ive", "jn"), ("ical", "j"),
    ("al", "jn"), ("ic", "jn"), ("ary", "jn"), ("ish", "j"), ("ese", "jn"), ("ian", "jn"), ("ory", "jn"),
    ("ness", "n"), ("ss", "n"), ("ism", "n"), ("us", "n"), ("is", "n"), ("s", "s"),
)  # fmt: skip

# Before a hyphen: "co-chaired" is what "chaired" is.
_VERB_PREFIXES = frozenset(
    ["co", "re", "pre", "de", "dis", "over", "under", "out", "mis", "counter", "cross", "fast"]
)

_CONTRACTION = re.compile(r"(n['’]t|['’](?:ll|re|ve|d|m))$", re.IGNORECASE)


# Two words that stand where an adverb does: "would at least have", "of course".
_FIXED_ADVERBS = {
    "at": frozenset(["least", "most", "last", "once", "all"]),
    "of": frozenset(["course"]),
    "in": frozenset(["fact", "general", "particular"]),
    "for": frozenset(["example", "instance"]),
}
# Two words that are one preposition.
_PREPOSITIONS = {
    "ahead": frozenset(["of"]),
    "because": frozenset(["of"]),
    "instead": frozenset(["of"]),
    "out": frozenset(["of"]),
    "regardless": frozenset(["of"]),
    "irrespective": frozenset(["of"]),
    "together": frozenset(["with"]),
    "along": frozenset(["with"]),
    "apart": frozenset(["from"]),
    "aside": frozenset(["from"]),
    "away": frozenset(["from"]),
    "prior": frozenset(["to"]),
    "due": frozenset(["to"]),
    "thanks": frozenset(["to"]),
    "according": frozenset(["to"]),
    "contrary": frozenset(["to"]),
    "owing": frozenset(["to"]),
    "subsequent": frozenset(["to"]),
    "relative": frozenset(["to"]),
    "next": frozenset(["to"]),
    "such": frozenset(["as"]),
    "except": frozenset(["for"]),
}
# Before a number these are adverbs: "over 4 million visitors".
_ABOUT = frozenset(["over", "under", "about", "around", "above", "below"])
# Participles before these, where a past tense would have an object: "Matters related to trade were discussed".
_PARTICIPLES = {
    "related": frozenset(["to", "with"]),
    "linked": frozenset(["to", "with"]),
    "connected": frozenset(["to", "with"]),
    "tied": frozenset(["to"]),
    "dedicated": frozenset(["to"]),
    "devoted": frozenset(["to"]),
    "aimed": frozenset(["at"]),
    "based": frozenset(["on", "in"]),
}
_COMPARED = frozenset(["more", "less", "fewer"])
# Words after which the next one is looked at.
_PAIRED = frozenset(
    [*_FIXED_ADVERBS, *_PREPOSITIONS, *_PARTICIPLES, *_ABOUT, *_COMPARED, "as", "let", "newly"]
)
# Nouns that tell a time and do not join a name after them: "In the first minute | Kim scored".
_TIME_NOUNS = frozenset(
    [
        "minute",
        "hour",
        "day",
        "morning",
        "afternoon",
        "evening",
        "night",
        "week",
        "month",
        "year",
        "decade",
        "century",
        "moment",
        "minutes",
        "hours",
        "days",
        "weeks",
        "months",
        "years",
        "decades",
        "centuries",
        "moments",
    ]
)


# Plurals without an "s".
_PLURALS = frozenset(
    ["people", "police", "media", "men", "women", "children", "staff", "personnel", "troops"]
)


class Words(NamedTuple):
    """The tokens with contractions cut ("don't": "do", "n't") and their classes."""

    starts: Sequence[int]
    """Offset of each word's first character."""

    ends: Sequence[int]
    """Offset past each word's last character."""

    lower: Sequence[str]
    """Each word in lower case, with straight apostrophes."""

    classes: str
    """One class character a word."""

    mentions: dict[int, int]
    """Number of a mention's first word to its place in the mentions."""


class Table(NamedTuple):
    """The word table, made once."""

    classes: dict[str, str]
    """Form to possible classes."""

    lemmas: dict[str, str]
    """Verb form to its base, where they differ."""


@lru_cache(maxsize=1)
def word_table() -> Table:
    """Function words and words.txt in one dictionary."""
    classes: dict[str, str] = {}
    lemmas: dict[str, str] = {}
    for line in (DATA / "words.txt").read_text(encoding="utf-8").split("\n"):
        if line and line[0] != "#":
            form, letters, *lemma = line.split("\t")
            classes[form] = letters
            if lemma:
                lemmas[form] = lemma[0]
    function: dict[str, str] = {}
    for letter, forms in _FUNCTION:
        for form in forms.split():
            function[form] = function.get(form, "") + letter
    for form, letters in classes.items():
        if "n" in letters and "s" in letters:
            # "talks", "news": one number is enough, and the ending tells which
            plural = form in _PLURALS or (form.endswith("s") and not form.endswith(("ss", "us", "is")))
            classes[form] = letters.replace("n" if plural else "s", "")
    classes.update(function)
    classes.update(_PUNCTUATION)
    lemmas.update({"'s": "be", "'re": "be", "'m": "be", "'ve": "have", "is": "be", "are": "be", "was": "be",
                   "were": "be", "am": "be", "been": "be", "being": "be", "has": "have", "had": "have", "did": "do",
                   "does": "do", "done": "do", "doing": "do", "having": "have"})  # fmt: skip
    return Table(classes, lemmas)


def guess(form: str) -> str:
    """The possible classes of a lower-case form that no table has, from its ending or its hyphenated last part."""
    if form[0].isdigit():
        return "c" if form[-1] != "s" else "cs"
    if not form[0].isalpha():
        return "#"
    if "-" in form:
        lead, _, last = form.rpartition("-")
        known = word_table().classes.get(last)
        if known and lead in _VERB_PREFIXES:
            return known
        if known and ("e" in known or "g" in known or "j" in known):
            return "jn"
        return "nj"
    for ending, letters in _ENDINGS:
        if form.endswith(ending) and len(form) > len(ending) + 2:
            return letters
    return "n"


def lemma_of(form: str) -> str:
    """The base of a lower-case verb form; guessed for one that no table has."""
    known = word_table().lemmas.get(form)
    if known:
        return known
    if form in word_table().classes:
        return form
    lead, hyphen, last = form.rpartition("-")
    if hyphen and lead in _VERB_PREFIXES:
        return f"{lead}-{lemma_of(last)}"
    if form.endswith(("ied", "ies")):
        return form[:-3] + "y"
    if form.endswith("ed"):
        return form[:-1] if form[-3:-2] in "vcgsu" else form[:-2]
    if form.endswith("ing") and len(form) > 5:
        return form[:-3]
    if form.endswith("s") and not form.endswith("ss"):
        return form[:-1]
    return form


def cut_contractions(tokens: Tokens) -> tuple[Sequence[int], Sequence[int], Sequence[str], Sequence[str]]:
    """Starts, ends, forms and lower forms with "n't", "'ll", "'re", "'ve", "'d", "'m" as words of their own."""
    if not any("'" in w and len(w) > 2 for w in set(tokens.lower)):
        return tokens.starts, tokens.ends, tokens.forms, tokens.lower
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    lower: list[str] = []
    for start, end, form, low in zip(*tokens, strict=True):
        match = _CONTRACTION.search(low) if "'" in low and len(low) > 2 else None
        if match and match.start():
            middle = start + match.start()
            starts += (start, middle)
            ends += (middle, end)
            forms += (form[: match.start()], form[match.start() :])
            lower += (low[: match.start()], low[match.start() :])
        else:
            starts.append(start)
            ends.append(end)
            forms.append(form)
            lower.append(low)
    return starts, ends, forms, lower


class Model(NamedTuple):
    """The perceptron."""

    margin: dict[str, int]
    """Of a feature of a word with two classes: the weight of the first less that of the second."""

    weights: dict[str, dict[str, int]]
    """For words with more: class to feature to weight."""


def model_of(rows: Iterable[tuple[str, dict[str, int]]]) -> Model:
    """The model of features and their weights by class."""
    margin: dict[str, int] = {}
    weights: dict[str, dict[str, int]] = {}
    for feature, row in rows:
        own = feature[1 : feature.index("|")]
        if len(own) == 2:
            margin[feature] = row.get(own[0], 0) - row.get(own[1], 0)
        else:
            for letter, weight in row.items():
                weights.setdefault(letter, {})[feature] = weight
    return Model(margin, weights)


@lru_cache(maxsize=1)
def model() -> Model:
    """The trained weights; without the file every word takes its first class."""
    rows: list[tuple[str, dict[str, int]]] = []
    path = DATA / "wordclasses.model.txt"
    if path.exists():
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line and not line.startswith("# "):
                feature, _, row = line.partition("\t")
                rows.append((feature, {pair[0]: int(pair[1:]) for pair in row.split(" ")}))
    return model_of(rows)


def possible_classes(forms: Sequence[str], lower: Sequence[str], sentences: Iterable[range]) -> list[str]:
    """
    Each word's possible classes, capitals taken into account; a one-letter string is settled.

    Returns:
        One string a word, as many as there are; "" for a word outside the sentences.
    """
    table = word_table().classes
    get = table.get
    out = [get(low, "") for low in lower]
    for i, found in enumerate(out):
        if not found:
            low = lower[i]
            out[i] = found = guess(low)
            if len(table) < _LARGEST:
                table[low] = found
    inside = [False] * len(out)
    for sentence in sentences:
        titled = is_title_case(forms, sentence)
        first = True
        for i in sentence:
            inside[i] = True
            form, found = forms[i], out[i]
            lead = form[0]
            if lead.isupper() and form != "I":
                if first or titled:
                    if found == "n" or found == "s":
                        out[i] = "P"
                    elif found[0] not in "DShoIftwkTmBbHOexg!'lrcq" and "P" not in found:
                        out[i] = found + "P"
                elif form != "A":
                    # "May", "Will", "Summit": a name, unless it is a function word in a title ("Of").
                    out[i] = "P" if found[0] not in "DShoIftwkTB!" or form.isupper() else found
                first = False
            elif first or found in _OPENING:
                # "He said: Let us ...": a capital after these tells as little as at the start.
                first = not lead.isalnum()
    if not all(inside):
        return [found if here else "" for found, here in zip(out, inside, strict=True)]
    return out


_OPENING = frozenset('":.(-')
# Unknown forms are kept with the known ones; in a large collection they would fill the memory.
_LARGEST = 200_000


def is_title_case(forms: Sequence[str], sentence: range) -> bool:
    """Whether most longer words of a sentence are capitalised: a headline, where capitals tell nothing."""
    long_words = [forms[i] for i in sentence if len(forms[i]) > 3 and forms[i][0].isalpha()]
    return len(long_words) > 2 and 4 * sum(w[0].isupper() for w in long_words) > 3 * len(long_words)


def features(
    word: str,
    own: str,
    word1: str,
    tag1: str,
    tag2: str,
    verb: str,
    next1: str,
    amb1: str,
    amb2: str,
    ahead: str,
) -> tuple[str, ...]:
    """
    What the perceptron looks at.

    Args:
        word: The word in lower case; ``own`` its possible classes.

        word1: The word before it; ``tag1``, ``tag2`` the settled classes before it, adverbs skipped for ``tag1``.

        verb: "V" if the clause has a finite verb so far, else "-".

        next1: The word after it; ``amb1``, ``amb2`` the possible classes of the next two.

        ahead: "V" if a word that can only be a finite verb follows before the next boundary, else "-".

    Returns:
        Feature names; the first character tells their kind.
    """
    here = own + "|"
    left = here + tag1
    around = left + amb1
    clause = here + verb + ahead
    return (
        "0" + here,
        "1" + here + word,
        "2" + here + word[-3:],
        "3" + left,
        "4" + left + tag2,
        "5" + here + amb1,
        "6" + here + amb1 + " " + amb2,
        "7" + around,
        "8" + here + word1,
        "9" + here + next1,
        "a" + left + word,
        "b" + here + word + " " + amb1,
        "c" + around + tag2,
        "d" + clause + tag1,
        "e" + clause + amb1,
    )


# After these "that" is no determiner: "that his", "that the", "that they".
_AFTER_CONJUNCTION = "DShoxMP"


def plain_choice(own: str, word: str, tag1: str, next1: str) -> str:
    """The class of a word whose neighbours settle it by themselves, or ""."""
    if own == "IT":
        verb = any(c in next1 for c in "vbHO")
        return "I" if not verb else "T" if len(next1) == 1 or tag1 == "B" else ""
    if word in _PREPOSITIONAL and next1[0] in _NOMINAL:
        return "I"
    if "D" in own and "h" in own and word != "that" and not next1.strip("nsPjyc"):
        return "D"  # "neither side", "both ministers"
    if own == "mn":
        return "n" if tag1 and tag1 in "DSj'" else "m"
    if own == "xr":
        return "x" if next1[0] in "BmH" else "r"
    if not own.strip("njsPc"):
        if "j" not in own:
            return "P" if "P" in own else own[0]
        if not next1.strip("nsPcj"):
            return "j"
        return "" if any(c in next1 for c in "nsPcj") or tag1 in "Bb^" else own.replace("j", "")[0]
    return ""


_QUANTIFIERS = frozenset(["more", "less", "most", "fewer", "enough"])
# What is an adjective or adverb as well may be compared: "more open", "more like".
_NO_NOUN = frozenset("jrI")
# Before a noun phrase these are prepositions; "up" and "out" may belong to the verb.
_PREPOSITIONAL = frozenset(["on", "in", "by", "about", "through", "along", "around"])
_NOMINAL = frozenset("DSPMZchonsjgy")
# Where a clause may end, for `features`: commas, marks, conjunctions and relative words.
_BOUNDARIES = frozenset(',;:."-()')
_FINITE = frozenset("vzdBmHO")


# What cannot follow a settled class (adverbs skipped): no finite verb after "is", "has", "the", a possessive.
_BARRED = {"B": "vzd", "b": "vzdm", "H": "vzd", "m": "nsPjzderIc", "S": "vzdmBHO", "'": "vzdmBHO", "O": "zd"}
_BARRED_WORDS = dict.fromkeys(("the", "a", "an", "every", "no"), "vzdmBHO") | dict.fromkeys(
    ("of", "in", "at", "for", "with", "from", "by"), "vzm"
)


_SURE_FINITE = frozenset("BmH")


def allowed(own: str, tag1: str, word1: str, next1: str) -> str:
    """The possible classes without those that the word before bars; all of them if it bars all."""
    if next1 in _SURE_FINITE:
        # "talks would": no verb before one
        left = "".join(c for c in own if c not in "vzd")
        if left and left != "e":
            own = left
    if (
        "j" in own
        and tag1 in "nsPM+h"
        and tag1
        and ("d" in own or "e" in own)
        and not set(next1) & set("nsjP")
    ):
        # "which the guest accepted": no adjective after its noun
        own = own.replace("j", "")
    if own[0] == "H" and len(own) > 1 and (tag1 not in "HmOb" or not tag1):
        own = own.replace("e", "")  # "had" is no participle without "has"
    if "w" in own and "t" in own and tag1 in "vzdegBbH" and tag1:
        own = own.replace("w", "")
    barred = _BARRED.get(tag1) or _BARRED_WORDS.get(word1)
    if barred:
        left = "".join(c for c in own if c not in barred)
        if left and not (tag1 == "m" and left.strip("vbHO!") == left):
            return left
    return own


def settled(
    lower: Sequence[str],
    possible: list[str],
    sentence: range,
    decide: Callable[[int, str, tuple[str, ...]], str],
) -> None:
    """Replace the possible classes of a sentence by one each, from left to right; ``decide`` picks among several."""
    low, high = sentence.start, sentence.stop
    flags = [""] * (high - low)
    flag = "-"
    for i in range(high - 1, low - 1, -1):
        flags[i - low] = flag
        own = possible[i]
        if own in "BmHOz" and own:
            flag = "V"
        elif own in _BOUNDARIES or own == "w" or own == "k":
            flag = "-"
    tag1 = tag2 = "^"
    verb = "-"
    asked = False
    for i in range(low, high):
        own = possible[i]
        if len(own) > 1:
            word1 = lower[i - 1] if i > low else "^"
            own = allowed(own, tag1, word1, possible[i + 1] if i + 1 < high else "$")
            if tag1 == "n" and verb == "-" and "v" in own and "n" in own:
                # "an official visit": a singular subject has no base form after it
                own = own.replace("v", "")
            elif (
                own == "nv"
                and verb == "-"
                and (tag1 == "s" or (tag1 == "P" and tag2 == "k"))
                and i + 1 < high
                and "T" in possible[i + 1]
            ):
                own = "v"  # "The two leaders plan to meet"
            elif lower[i] in _QUANTIFIERS and is_before_noun(possible, i, high):
                own = "D"  # "said more time was needed"
            elif (
                lower[i] == "that"
                and i + 1 < high
                and possible[i + 1]
                and not possible[i + 1].strip(_AFTER_CONJUNCTION)
            ):
                own = "".join(c for c in own if c in "tw") or own
            if len(own) > 1:
                own = plain_choice(own, lower[i], tag1, (i + 1 < high and possible[i + 1]) or "$") or own
            if "e" in own and "j" in own and i + 1 < high and lower[i + 1] == "by":
                own = "e"  # "the delegation, headed by"
            if asked and "v" in own and tag1 in "nPhsoM" and tag1:
                own = "v"  # "Did the president reject"
        if len(own) == 1:
            possible[i] = own
        elif own:
            fs = features(
                lower[i], own, word1, tag1, tag2, verb,
                lower[i + 1] if i + 1 < high else "$",
                possible[i + 1] if i + 1 < high else "$",
                possible[i + 2] if i + 2 < high else "$",
                flags[i - low],
            )  # fmt: skip
            own = decide(i, own, fs)
            if own == "d" and tag1 == "q" and "e" in possible[i]:
                own = "e"  # "Having met the king"
            possible[i] = own
        if own in _FINITE:
            verb = "V"
            asked = own in "Om" and tag1 in '^w"'
        elif own in ',;:."-()ftwk' and own:
            verb = "-"
        if own != "r" and own != "!" and own != "+":
            tag2, tag1 = tag1, own


def is_before_noun(possible: Sequence[str], i: int, high: int) -> bool:
    """Whether the word after ``i`` may be a noun and no adjective, and the one before is no adverb ("so much more")."""
    after = possible[i + 1] if i + 1 < high else ""
    return (
        ("n" in after or "s" in after)
        and not _NO_NOUN.intersection(after)
        and (i == 0 or possible[i - 1] != "r")
    )


def settle(lower: Sequence[str], possible: list[str], sentence: range, model: Model) -> None:
    """Settle the words of a sentence by the model."""
    margin, weights, none = model.margin.get, model.weights, _NONE

    def decide(i: int, own: str, fs: tuple[str, ...]) -> str:
        if len(own) == 2:
            return own[sum(map(margin, fs, none)) < 0]
        scores = [sum(map(weights[letter].get, fs, none)) if letter in weights else 0 for letter in own]
        return own[scores.index(max(scores))]

    settled(lower, possible, sentence, decide)


_NONE = (0,) * 15


def classed(
    tokens: Tokens, sentences: Sequence[Span], mentions: Sequence[Mention]
) -> tuple[Words, list[range]]:
    """The words of a text with their classes, and the word numbers of each sentence."""
    from bisect import bisect_left

    starts, ends, forms, lower = cut_contractions(tokens)
    ranges = [range(bisect_left(starts, s.start), bisect_left(starts, s.end)) for s in sentences]
    covered: list[range] = []
    at = 0
    for r in ranges:
        if r.start >= at and len(r):
            covered.append(r)
            at = r.stop
    possible = possible_classes(forms, lower, covered)
    placed: dict[int, int] = {}
    taken: list[tuple[int, int, str]] = []
    for number, mention in enumerate(mentions):
        if mention.kind == "pronoun":
            continue
        first, last = bisect_left(starts, mention.span.start), bisect_left(starts, mention.span.end)
        if first < last:
            placed[first] = number
            taken.append((first, last, "Z" if mention.kind == "time" else "M"))
            for i in range(first, last):
                # For the neighbours: what the model knows a mention as.
                possible[i] = "P" if forms[i][0].isupper() else "s" if lower[i][-1] == "s" else "n"
    end = len(lower) - 1
    for i in [i for i, word in enumerate(lower) if word in _PAIRED]:
        word = lower[i]
        if i == end:
            break
        if word in _FIXED_ADVERBS and lower[i + 1] in _FIXED_ADVERBS[word]:
            possible[i] = possible[i + 1] = "r"
        elif (
            word in _PREPOSITIONS
            and lower[i + 1] in _PREPOSITIONS[word]
            and possible[i - 1] not in ("B", "b")
        ):
            possible[i] = possible[i + 1] = "I"
        elif word == "as" and lower[i + 1 : i + 3] == ("well", "as"):
            possible[i], possible[i + 1], possible[i + 2] = "k", "+", "+"
        elif word in _ABOUT and possible[i + 1] == "c":
            possible[i] = "r"
        elif word in _PARTICIPLES and lower[i + 1] in _PARTICIPLES[word]:
            possible[i] = "e"
        elif word in _COMPARED and lower[i + 1] == "than" and i + 2 <= end and possible[i + 2] == "c":
            possible[i] = possible[i + 1] = "r"  # "more than 200 people"
        elif word == "newly":
            possible[i], possible[i + 1] = "r", "j"
        elif word == "let" and lower[i + 1] == "'s":
            possible[i + 1] = "o"
    trained = model()
    for r in covered:
        settle(lower, possible, r, trained)
    for first, last, kind in taken:
        possible[first] = kind
        possible[first + 1 : last] = "+" * (last - first - 1)
    for i in [i for i, word in enumerate(lower) if word in _TIME_NOUNS]:
        if possible[i] in ("n", "s"):
            possible[i] = "y"
    return Words(starts, ends, lower, "".join(p or "#" for p in possible), placed), covered
