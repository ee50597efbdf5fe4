"""
Train the perceptron of english/wordclasses.py on gold trees and machine-tagged texts.

    python tools/models/wordclasses.py TREES_FOLDER [TAGS.json [OUT]]     without OUT: cross-validated accuracy

TAGS.json is written by tools/models/machine_tags.py.  Documents of the kept-back part (GUM ids below) are never read.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

from diploparse.english.tokens import tokens_of
from diploparse.english.wordclasses import (
    cut_contractions,
    model_of,
    possible_classes,
    settle,
    settled,
    word_set,
    word_table,
)

KEPT = [
    "interview_peres",
    "asylum",
    "crane",
    "expo",
    "homeopathic",
    "imprisoned",
    "korea",
    "stampede",
    "warhol",
    "warming",
]
XPOS = {"NN": "n", "NNS": "s", "NNP": "P", "NNPS": "P", "CD": "c", "MD": "m", "CC": "k", "TO": "T", "RP": "l",
        "EX": "x", "POS": "'", "VB": "v", "VBP": "v", "VBZ": "z", "VBD": "d", "VBN": "e", "VBG": "g",
        "WDT": "w", "WP": "w", "WRB": "w", "WP$": "S", "PRP$": "S", "PDT": "D", "DT": "D", "UH": "r", "FW": "P"}  # fmt: skip
OBJECTS = word_set(
    """
    me him us them her myself yourself himself herself itself ourselves themselves
    """
)


def letter(token: dict) -> str:
    xpos, form, lemma = token["xpos"], token["form"].lower().replace("’", "'"), token["lemma"]
    if form in ("not", "n't"):
        return "!"
    if xpos.startswith("V"):
        if lemma == "be":
            return "b" if form in ("be", "been", "being") else "B"
        if form == "having":
            return "q"
        if lemma == "have":
            return "e" if xpos == "VBN" else "H"
        if lemma == "do" and form in ("do", "does", "did"):
            return "O"
    if xpos.startswith("JJ"):
        return "j"
    if xpos.startswith("RB"):
        return "r"
    if xpos == "IN":
        if token["deprel"] == "mark":
            return "t" if form == "that" else "f"
        return "I"
    if xpos == "PRP":
        return "o" if form in OBJECTS else "h"
    if xpos == "DT" and token["deprel"] in (
        "nsubj",
        "obj",
        "obl",
        "nsubj:pass",
        "conj",
        "nmod",
        "iobj",
        "root",
        "ccomp",
    ):
        return "h"
    return XPOS.get(xpos, "#")


def documents(folder: Path):
    spec = importlib.util.spec_from_file_location("gold", folder.parent / "clauses.py")
    gold = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(gold)
    for path in sorted(folder.glob("*.conllu")):
        if any(path.stem.endswith(k) for k in KEPT):
            continue
        text, sentences = gold.read(path)
        xpos = [c for line in path.read_text(encoding="utf-8").split("\n")
                if line and line[0] != "#" and "." not in (c := line.split("\t"))[0] and "-" not in c[0]]  # fmt: skip
        rows = iter(xpos)
        for s in sentences:
            for t in s:
                columns = next(rows)
                t["form"], t["xpos"] = columns[1], columns[4]
        yield path.stem, text, sentences


def examples(text, sentences):
    """Word lists with possible and gold classes, a sentence each."""
    tokens = tokens_of(text)
    starts, ends, forms, lower = cut_contractions(tokens)

    out, at = [], 0
    for s in sentences:
        last = s[-1]["end"]
        numbers = []
        while at < len(starts) and starts[at] < last:
            numbers.append(at)
            at += 1
        if not numbers:
            continue
        # contraction parts share the surface span in the gold: walk both lists in order
        gold, j = {}, 0
        for i in numbers:
            while j < len(s) and s[j]["end"] <= starts[i]:
                j += 1
            inside = [t for t in s[j:] if t["start"] < ends[i] and t["end"] > starts[i]][:6]
            if not inside:
                continue
            form = lower[i]
            exact = next((t for t in inside if t["form"].lower().replace("’", "'") == form), None)
            token = exact or next(
                (t for t in reversed(inside) if t["xpos"] not in ("HYPH", ",", ".")), inside[-1]
            )
            gold[i] = letter(token)
            if exact is None and len(inside) > 1 and "-" in form and token["xpos"] in ("VBN", "VBG"):
                gold[i] = "j"
        out.append((range(numbers[0], numbers[-1] + 1), gold))
    possible = possible_classes(forms, lower, [r for r, _ in out])
    return lower, possible, out


def train(docs, rounds=6):
    weights = defaultdict(lambda: defaultdict(float))
    totals = defaultdict(lambda: defaultdict(float))
    stamps = defaultdict(lambda: defaultdict(int))
    step = 0
    rng = random.Random(7)
    data = [(lower, possible, r, gold) for lower, possible, out in docs for r, gold in out]
    for _ in range(rounds):
        rng.shuffle(data)
        for lower, possible, r, gold in data:

            def decide(i, own, fs, gold=gold):
                nonlocal step
                scores = dict.fromkeys(own, 0.0)
                for f in fs:
                    row = weights.get(f)
                    if row:
                        for k, v in row.items():
                            if k in scores:
                                scores[k] += v
                said = max(scores, key=scores.__getitem__)
                right = gold.get(i)
                if right in scores:
                    step += 1
                    if said != right:
                        for f in fs:
                            for k, v in ((right, 1.0), (said, -1.0)):
                                totals[f][k] += (step - stamps[f][k]) * weights[f][k]
                                stamps[f][k] = step
                                weights[f][k] += v
                return said

            settled(lower, list(possible[: r.stop]), r, decide)
    out = {}
    for f, row in weights.items():
        final = {}
        for k, v in row.items():
            mean = (totals[f][k] + (step - stamps[f][k]) * v) / max(step, 1)
            scaled = round(mean * 20)
            if scaled:
                final[k] = scaled
        if final:
            out[f] = final
    return out


def measure(docs, weights, confusion=None):
    right = said = ambiguous = ambiguous_right = 0
    trained = model_of(weights.items())
    for lower, possible, out in docs:
        mine = list(possible)
        for r, gold in out:
            settle(lower, mine, r, trained)
            for i in r:
                if gold.get(i, "#") == "#":
                    continue
                same = mine[i] == gold[i] or {mine[i], gold[i]} <= set("nsP")
                said += 1
                right += same
                if len(possible[i]) > 1:
                    ambiguous += 1
                    ambiguous_right += same
                if confusion is not None and not same:
                    confusion[gold[i] + ">" + mine[i] + (" *" if gold[i] not in possible[i] else "")] += 1
                    confusion_words[gold[i] + ">" + mine[i]][lower[i]] += 1
    return right, said, ambiguous_right, ambiguous


confusion_words: dict[str, Counter] = defaultdict(Counter)


def pruned(weights):
    """Without features that name a word no table has (mostly names), and without the lightest weights."""
    known = word_table().classes
    out = {}
    for feature, row in weights.items():
        if feature[0] in "189ab":
            rest = feature[feature.index("|") + 1 :]
            word = rest[1:] if feature[0] == "a" else rest.split(" ")[0]
            if word not in known and word not in "^$":
                continue
        kept = {k: v for k, v in row.items() if abs(v) >= LIGHTEST}
        if kept:
            out[feature] = kept
    return out


# Of weights that are scaled by 20; set so that the cross-validated accuracy does not fall.
LIGHTEST = 12


# The header of the model: what it was learnt from, by whom and under which licence.
ORIGIN = """
Weights of english/wordclasses.py: feature, class and weight; trained by tools/models/wordclasses.py on
1. 48 documents of the GUM corpus, UD release of May 2025: 15 news articles and 18 interviews of Wikinews (CC BY 2.5)
   and 15 public speeches (public domain); trees by the GUM annotators (CC BY). Amir Zeldes, "The GUM Corpus: Creating
   Multilayer Resources in the Classroom", Language Resources and Evaluation 51, 2017;
2. the 42 open articles of benchmarks/corpus/dev, written for this library, tagged by machine: spaCy's en_core_web_sm
   (MIT). No person has corrected these tags.
Accuracy on these texts says nothing of others: measure on texts that are in neither.
"""


def main() -> None:
    docs = [(name, examples(text, sentences)) for name, text, sentences in documents(Path(sys.argv[1]))]
    more = []
    if len(sys.argv) > 2:
        for name, text, sentences in json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")):
            more.append((name, examples(text, sentences)))
    if len(sys.argv) > 3:
        weights = pruned(train([d for _, d in docs + more]))
        lines = [f"# {line}" for line in ORIGIN.strip().split("\n")]
        lines += [
            f + "\t" + " ".join(f"{k}{v}" for k, v in sorted(row.items()))
            for f, row in sorted(weights.items())
        ]
        Path(sys.argv[3]).write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(len(weights), "features")
        return
    total = Counter()
    confusion: Counter = Counter()
    folds = 4
    for fold in range(folds):
        test = [d for n, d in docs if int(hashlib.sha256(n.encode()).hexdigest(), 16) % folds == fold]
        weights = pruned(
            train(
                [d for n, d in docs + more if int(hashlib.sha256(n.encode()).hexdigest(), 16) % folds != fold]
            )
        )
        for k, v in zip("rsab", measure(test, weights, confusion), strict=True):
            total[k] += v
    print(
        "all",
        total["r"] / total["s"],
        "ambiguous",
        total["a"] / total["b"],
        "share ambiguous",
        total["b"] / total["s"],
    )
    for k, v in confusion.most_common(40):
        print(v, k, confusion_words[k.split(" ")[0]].most_common(8))


if __name__ == "__main__":
    main()
