"""What speaks for and against a run of capitalised words being somebody's name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

import attrs

from ..lexicon import LexiconUnion
from .heads import find_head
from .names import Scan
from .wordclasses import word_set, word_table

# Endings of surnames, by custom of many countries; evidence for a name, never alone.
_SURNAME_ENDING = re.compile(
    r"..(?:ov|ova|ev|eva|enko|chuk|ić|ič|ovic|evic|sky|ski|ska|skyi|skiy|shvili|dze|yan|sson|sen|oğlu|oglu|zade|zadeh"
    r"|opoulos|akis|idis|escu|ovich|evich|ovna|evna|czyk|wicz|nen|quist|qvist|strom|ström|mann|ez|uddin|ullah|poor|pour"
    r"|bek|bay|bayev|uly|kyzy)$"
)
_SYLLABLES = re.compile(r"[A-Z][a-z]{1,5}-[A-Za-z][a-z]{1,5}$")
_PERSON_VERBS = word_set(
    "met meets received receives hosted visited arrived arrives spoke speaks talked joined attended led leads became "
    "has had was is will who resigned died won lost returned travelled traveled flew left took"
)
_MEETS = word_set("met meets received receives hosted welcomed greeted")
_LOCATIVE = word_set("in at near off into towards toward around outside inside")
_DIRECTION = word_set("from to of")
_TRADE = re.compile(r"(?:ist|crat|er|or|ian|man|ent|ant|eer)$")
_ARTICLES = word_set("the a an")
_COMPANY = word_set("with by and between met told asked thanked urged received hosted")
_OPENING_MARKS = frozenset("”\"’'»,")
_KINDS = frozenset(["office", "occupation", "rank", "relation", "generic"])
ENOUGH = 1.75
"""Points a run needs; set so that a given name with a second word is enough, and no single mark is."""


@attrs.frozen
class Run:
    """Capitalised words in a row, and what stands around them."""

    scan: Scan
    first: int
    after: int
    alone: Mapping[str, int]
    """How often each lower-case word stands alone in capitals in the text."""
    listed: bool = False
    """Whether a comma or "and" parts it from a name that is settled."""

    @property
    def words(self) -> range:
        return range(self.first, self.after)

    @property
    def length(self) -> int:
        """Words that are parts of names, particles and marks aside."""
        return sum(self.scan.classes[k] in "NGLOACH" for k in self.words)

    @property
    def before(self) -> str:
        """The word before, "" at the beginning of a sentence."""
        scan = self.scan
        return scan.lower[self.first - 1] if self.first and not scan.breaks[self.first] else ""

    @property
    def following(self) -> str:
        """The word after, "" at the end of a sentence."""
        scan = self.scan
        return scan.lower[self.after] if self.after < scan.size and not scan.breaks[self.after] else ""


def _given_first(run: Run) -> bool:
    return run.length > 1 and run.scan.classes[run.first] == "G"


def _given_inside(run: Run) -> bool:
    return run.length > 1 and not _given_first(run) and any(run.scan.classes[k] == "G" for k in run.words)


def _initial_or_particle(run: Run) -> bool:
    return run.length > 1 and any(run.scan.classes[k] == "I" or run.scan.is_particle(k) for k in run.words)


def _alone_elsewhere(run: Run) -> bool:
    lower = run.scan.lower
    return run.length > 1 and bool(run.alone.get(lower[run.after - 1]) or run.alone.get(lower[run.first]))


def _alone_often(run: Run) -> bool:
    return run.length > 1 and run.alone.get(run.scan.lower[run.after - 1], 0) > 1


def _surname_ending(run: Run) -> bool:
    return any(_SURNAME_ENDING.search(run.scan.lower[k]) for k in run.words)


def _hyphen(run: Run) -> bool:
    return run.length > 1 and any("-" in run.scan.forms[k] for k in run.words)


def _syllables(run: Run) -> bool:
    """ "Kwok Ka-ki", "Park Joo-Ho": a short surname before a given name of two syllables."""
    if run.length != 2 or run.after - run.first != 2:
        return False
    one, two = run.scan.forms[run.first], run.scan.forms[run.first + 1]
    return len(one) < 7 and bool(_SYLLABLES.match(two))


def _listed(run: Run) -> bool:
    return run.listed


def _speaks(run: Run) -> bool:
    return is_reporting(run.scan.lexicon, run.following)


def _acts(run: Run) -> bool:
    return run.following in _PERSON_VERBS


def _meets(run: Run) -> bool:
    """ "Chen Jianguo met with": unknown words that meet somebody."""
    return run.length > 1 and run.following in _MEETS and all(run.scan.classes[k] in "NG" for k in run.words)


def _quoted(run: Run) -> bool:
    """ "...," said X: the verb stands before, the quotation before that."""
    scan, at = run.scan, run.first
    if at < 2 or scan.breaks[at] or not is_reporting(scan.lexicon, run.before):
        return False
    return scan.forms[at - 2] in _OPENING_MARKS


def _in_company(run: Run) -> bool:
    return run.before in _COMPANY or run.before.endswith("ed")


def _apposition(run: Run) -> bool:
    return run.following == "," and _described_at(run.scan, run.after + 1)


def _of_country(run: Run) -> bool:
    """ "X of Serbia", "X (China)"."""
    scan, at = run.scan, run.after
    if at + 1 >= scan.size or scan.breaks[at]:
        return False
    if scan.forms[at] == "(":
        return scan.classes[at + 1] == "C"
    if scan.lower[at] == "of":
        n = at + 2 if scan.lower[at + 1] == "the" else at + 1
        return n < scan.size and scan.classes[n] == "C"
    return False


def _of_body(run: Run) -> bool:
    """ "X of the Democratic Party", "X of DAB"."""
    scan, at = run.scan, run.after
    if run.length < 2 or at + 1 >= scan.size or scan.breaks[at] or scan.lower[at] != "of":
        return False
    n = at + 2 if scan.lower[at + 1] == "the" else at + 1
    return n < scan.size and scan.classes[n] in "RAPN"


def _bracketed(run: Run) -> bool:
    """ "Foreign minister [Chingiz Aidarbekov]": put in by the editor."""
    return run.length > 1 and run.before == "[" and run.following == "]"


def _agent(run: Run) -> bool:
    """ "Was saved by X"."""
    scan, at = run.scan, run.first
    return run.length > 1 and run.before == "by" and at > 1 and scan.lower[at - 2].endswith(("ed", "en"))


def _country_owns(run: Run) -> bool:
    scan, at = run.scan, run.first
    return run.length > 1 and run.before == "'s" and at > 1 and scan.classes[at - 2] == "C"


def _other_owns(run: Run) -> bool:
    return run.before == "'s" and not _country_owns(run)


def _in_place(run: Run) -> bool:
    return run.before in _LOCATIVE


def _capital_before(run: Run) -> bool:
    """ "The Sea Org": the end of a longer name of a thing."""
    return (
        bool(run.before)
        and run.scan.classes[run.first - 1] in "OPRALN"
        and run.scan.forms[run.first - 1][0].isupper()
    )


def _from(run: Run) -> bool:
    return run.before in _DIRECTION


def _trade_before(run: Run) -> bool:
    """ "Pan-democrat X", "climber X": a noun for people straight before."""
    before = run.before
    return run.length > 1 and before.islower() and len(before) > 4 and bool(_TRADE.search(before))


def _article(run: Run) -> bool:
    return run.before in _ARTICLES


EVIDENCE: tuple[tuple[str, float, Callable[[Run], bool]], ...] = (
    ("two words", 0.75, lambda run: run.length > 1),
    ("a given name first", 1.5, _given_first),
    ("a given name inside", 1.0, _given_inside),
    ("an initial or particle", 0.75, _initial_or_particle),
    ("its surname alone elsewhere", 1.0, _alone_elsewhere),
    ("its surname alone more than once", 0.5, _alone_often),
    ("the ending of a surname", 0.75, _surname_ending),
    ("a hyphen", 0.25, _hyphen),
    ("a name of syllables", 1.25, _syllables),
    ("a list with a person", 1.25, _listed),
    ("a verb of speech after it", 1.0, _speaks),
    ("a verb of persons after it", 0.75, _acts),
    ("a verb of meeting after it", 0.25, _meets),
    ("a quotation and a verb before it", 1.25, _quoted),
    ("a verb or preposition of company before it", 0.5, _in_company),
    ("an apposition", 1.5, _apposition),
    ("a country after it", 1.5, _of_country),
    ("a body after it", 0.75, _of_body),
    ("square brackets", 1.25, _bracketed),
    ("the agent of a passive", 0.75, _agent),
    ("a country's possessive", 1.0, _country_owns),
    ("another possessive", -0.25, _other_owns),
    ("a preposition of place", -1.0, _in_place),
    ("a noun for people before it", 0.5, _trade_before),
    ("a preposition of direction", -0.5, _from),
    ("an article", -1.5, _article),
    ("a word of a thing's name before it", -1.0, _capital_before),
)  # fmt: skip
"""Mark, points, test."""


def is_person(run: Run) -> bool:
    """Whether the marks in and around a run make it a personal name."""
    scan = run.scan
    if run.length < 2 and any(scan.classes[k] in "AO" for k in run.words):
        return False
    if any(scan.lexicon.has(scan.lower[k], "org_head") for k in run.words):
        return False
    after = run.after
    goes_on = after < scan.size and not scan.breaks[after] and scan.classes[after] in "OPRA"
    if goes_on and scan.classes[run.first] != "G":
        return False
    return sum(points for _, points, test in EVIDENCE if test(run)) >= ENOUGH


def _described_at(scan: Scan, j: int) -> bool:
    """Whether a description of a person begins at a token: "the foreign minister", "head of", "45,", "who"."""
    if j >= scan.size:
        return False
    if scan.lower[j] == "who" or (scan.classes[j] == "0" and len(scan.forms[j]) == 2):
        return True
    for k in range(j, min(j + 7, scan.size)):
        if scan.forms[k] in (",", ".", ";") or (k > j and scan.breaks[k]):
            return False
        head = find_head(scan, k)
        if head is not None and head.kind in _KINDS:
            return True
        if k > j and scan.classes[k] in "NG":
            return False
    return False


def is_reporting(lexicon: LexiconUnion, word: str) -> bool:
    """Whether a form can be a verb that reports speech ("said", "warns")."""
    return word in _reporting_forms(lexicon)


def is_personal(lexicon: LexiconUnion, word: str) -> bool:
    """Whether a form can be a verb that mostly persons are the subject of."""
    return word in _PERSON_VERBS or is_reporting(lexicon, word)


@lru_cache(maxsize=8)
def _reporting_forms(lexicon: LexiconUnion) -> frozenset[str]:
    lemmas = {e.surface.lower() for e in lexicon.table("reporting_cue") if " " not in e.surface}
    table = word_table()
    forms = {
        form
        for form, lemma in table.lemmas.items()
        if lemma in lemmas and set(table.classes[form]) & set("dz")
    }
    return frozenset(forms - _NOT_SPEECH)


# Forms of reporting verbs that are as often nouns or have things for subjects.
_NOT_SPEECH = word_set(
    "plans calls notes reports states hopes puts put set sets reads read held holds shares posts charges"
)
