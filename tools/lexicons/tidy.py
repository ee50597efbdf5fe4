"""
Complete the hand-written lexicon files in place: add the curly apostrophe and the plain spelling of each form, and sort nothing.

Running it twice changes nothing. Generated files (countries, demonyms, capitals, places, titles) are made complete by their own scripts.

    python3 tools/lexicons/tidy.py
"""

from __future__ import annotations

from tsv import DATA, complete, read

HAND_WRITTEN = (
    "given_names",
    "honorifics",
    "name_particles",
    "org_heads",
    "organizations",
    "ranks",
    "seats",
    "title_modifiers",
)


def main() -> None:
    for name in HAND_WRITTEN:
        path = DATA / f"{name}.tsv"
        comments, columns, rows = read(path)
        taken = {form for row in rows for form in row[0].split("|")}
        for row in rows:
            own = row[0].split("|")
            row[0] = "|".join(form for form in complete(own) if form in own or form not in taken)
            taken.update(row[0].split("|"))
        lines = [*comments, "\t".join(columns), *("\t".join(row) for row in rows)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
