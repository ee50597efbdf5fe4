"""
Write data/words.txt, the word classes of English forms, from published tables.

    python tools/lexicons/words.py src/diploparse/english/data/words.txt

Needs `lemminflect` (MIT; inflections of the NIH SPECIALIST Lexicon) and `spacy-lookups-data`
(MIT; word frequencies), at build time only.  A form is written out if it can be a verb, or if
its ending would mislead `wordclasses.guess`; every other form is guessed from its ending.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

from diploparse.english.wordclasses import word_set

# Below these natural-log frequencies a word is a curiosity of the dictionary ("to ornament").
RAREST_VERB = -17.4
RAREST_OTHER = -16.6

# Diplomatic verbs that web text has too seldom.
WANTED = word_set("felicitate condole demarche decry laud reaffirm accredit expel convene co-chair")

# The dictionary has these as verbs; news has them as nouns, adjectives or function words only.
NEVER_VERBS = word_set(
    """
    minister people man woman officer captain police doctor author mother father party general index
    total south north east west state-of-the-art evening morning dozen second side summit capital
    chancellor parallel province region city town country nation world week year month day army navy
    war peace weather man land-based iron copper gold silver gas oil story history lord king queen
    prince lady boss mayor chief brother sister cousin daughter even well down up out off over
    under in on around about further near behind while but however yes no not will would may can
    must might shall ought need-be us am are is was were be been being has have had having do does
    did done doing other such own same front inside outside better best least most more less much
    chair-person committee council union media news data street road water sea ocean interim premier
    junior senior elder vice joint mid key due rather past through across along among between during
    since until upon within without against despite the a an this that these those which who what
    whose there here euro dollar pound cent percent ounce mile inch foot yard page chapter section
    article embassy ambassador commissioner secretary president governor senator marshal ensign one
    two three four five six seven eight nine ten hundred thousand million billion first third fourth
    fifth sixth seventh eighth ninth tenth monday tuesday wednesday thursday friday saturday sunday
    january february april june july august september october november december
    """
)

# The dictionary has these as nouns; news has them as verbs only.
NEVER_NOUNS = word_set(
    """
    say says know knows make makes tell tells think thinks keep keeps go goes join joins hear see sees get gets
    give gives take takes meet meets become believe come comes put puts let lets allow ask asks add adds bring agree
    include includes seek seeks
    """
)

# Past forms that are nouns as well; "accused", "won", "sent" are verbs in news.
PAST_NOUNS = word_set("thought left shot wound ground bound")

SUFFIX_ADJECTIVE = ("al", "ive", "ous", "ic", "able", "ible", "ful", "less", "ary", "ish", "ese", "ian")


def main() -> None:
    verbs, others = read_inflections()
    frequency = read_frequencies()
    classes: dict[str, dict[str, str]] = defaultdict(dict)
    for lemma, (past, participle, gerund, third) in verbs.items():
        forms = {lemma, *past, *participle, *gerund, *third}
        base = lemma in NEVER_VERBS  # "man" is no verb in news, "manned" is
        if not lemma.replace("-", "").isalpha() or not lemma.islower():
            continue
        if lemma not in WANTED and max(frequency.get(f, -99.0) for f in forms) < RAREST_VERB:
            continue
        for kind, kind_forms in (("v", {lemma}), ("d", past), ("e", participle), ("g", gerund), ("z", third)):
            if base and kind not in "de":
                continue
            for form in kind_forms:
                # Of two lemmas with one form ("found", "lay") the more frequent lemma is kept.
                known = classes[form].get(kind)
                if known is None or frequency.get(lemma, -99.0) > frequency.get(known, -99.0):
                    classes[form][kind] = lemma
    for lemma in read_nouns():
        if lemma in classes:
            others[lemma].add("n")
            plural = (
                lemma[:-1] + "ies" if lemma.endswith("y") and lemma[-2:-1] not in "aeiou" else lemma + "s"
            )
            if plural in classes:
                others[plural].add("s")
    for form, found in list(others.items()):
        if form in classes or (frequency.get(form, -99.0) > RAREST_OTHER and misleading(form, found)):
            classes[form].update(dict.fromkeys(found, form))
    out = ["# Word classes of English forms: form, classes, lemma of the verb where it is not the form.",
           "# n noun, s plural noun, v verb base, z third person, d past, e past participle, g -ing, j adjective, r adverb.",
           "# Origin: inflections of the NIH SPECIALIST Lexicon through lemminflect (MIT), selected by the word",
           "# frequencies and WordNet nouns of spacy-lookups-data (MIT); written out by tools/lexicons/words.py."]  # fmt: skip
    for form in sorted(classes):
        found = classes[form]
        lemma = next((found[k] for k in "dezgv" if k in found), "")
        letters = "".join(
            k for k in "nsvzdegjr" if k in found and not (k in "ns" and never_noun(form, found))
        )
        out.append(f"{form}\t{letters}\t{lemma}" if lemma and lemma != form else f"{form}\t{letters}")
    Path(sys.argv[1]).write_text("\n".join(out) + "\n", encoding="utf-8")


def never_noun(form: str, found: dict[str, str]) -> bool:
    """Whether the dictionary's noun is none in news."""
    past = ("d" in found or "e" in found) and "v" not in found
    return form in NEVER_NOUNS or (past and form not in PAST_NOUNS)


def misleading(form: str, found: set[str]) -> bool:
    """Whether the ending of a form that is no verb would be guessed wrong."""
    if found & {"j", "r"}:
        return True
    return form.endswith(("ed", "ing", "ly", *SUFFIX_ADJECTIVE)) or (form.endswith("s") != ("s" in found))


def read_inflections() -> tuple[dict[str, tuple[set[str], ...]], dict[str, set[str]]]:
    """Verbs with their past, participle, -ing and third-person forms; other forms with their classes."""
    verbs: dict[str, tuple[set[str], ...]] = {}
    others: dict[str, set[str]] = defaultdict(set)
    path = Path(find_spec("lemminflect").origin).parent / "resources" / "infl_lu.csv.gz"  # type: ignore
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = file.read().splitlines()
    for line in lines:
        lemma, kind, *cells = line.split(",")
        forms = [set(c.split("/")) - {""} for c in cells]
        if kind == "verb":
            forms += [set()] * (4 - len(forms))
            past, participle, gerund, third = forms[:4]
            verbs[lemma] = (past, participle or past, gerund, third)
        elif kind == "noun" and lemma.islower():
            others[lemma].add("n")
            for form in forms[0]:
                others[form].add("s")
        elif kind in ("adj", "adv") and lemma.islower():
            letter = "j" if kind == "adj" else "r"
            others[lemma].add(letter)
            for form in set().union(*forms):
                others[form].add(letter)
    return verbs, others


def read_nouns() -> list[str]:
    """Lower-case noun lemmas of WordNet."""
    path = Path(find_spec("spacy_lookups_data").origin).parent / "data" / "en_lemma_index.json.gz"  # type: ignore
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [w for w in json.load(file)["noun"] if w.isalpha() and w.islower() and len(w) > 2]


def read_frequencies() -> dict[str, float]:
    """Natural-log frequency of a form."""
    path = Path(find_spec("spacy_lookups_data").origin).parent / "data" / "en_lexeme_prob.json.gz"  # type: ignore
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return json.load(file)


if __name__ == "__main__":
    main()
