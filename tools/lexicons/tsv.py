"""Write and read the lexicon files, and complete the surface forms of a line.

The format is told in docs/reference/lexicons.md.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "src" / "diploparse" / "english" / "data"

#: Letters that have no canonical decomposition.
PLAIN = str.maketrans(
    {
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "þ": "th",
        "Þ": "Th",
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "ı": "i",
        "ə": "a",
        "Ə": "A",
        "ħ": "h",
        "Ħ": "H",
        "ŋ": "n",
        "ʻ": "'",
        "ʼ": "'",
    }
)


def plain(text: str) -> str:
    """Return the text without accents, as agencies without special letters write it."""
    decomposed = unicodedata.normalize("NFD", text.translate(PLAIN))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def complete(forms: Iterable[str]) -> list[str]:
    """
    Return the forms, each followed by its mechanical variants, without repetitions.

    The variants are the form without accents and the form with the curly apostrophe.
    """
    result: dict[str, None] = {}
    for form in forms:
        form = unicodedata.normalize("NFC", " ".join(form.split()))
        for variant in (form, plain(form)):
            if variant:
                result[variant] = None
                if "'" in variant:
                    result[variant.replace("'", "\u2019")] = None
    return list(result)


def write(name: str, header: Sequence[str], columns: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write one lexicon file; return the number of its lines."""
    lines = [f"# {line}".rstrip() if line else "#" for line in header]
    lines.append("\t".join(columns))
    count = 0
    for row in rows:
        assert len(row) == len(columns), row
        assert not any("\t" in cell or "\n" in cell for cell in row), row
        lines.append("\t".join(row))
        count += 1
    (DATA / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return count


def read(path: Path) -> tuple[list[str], list[str], list[list[str]]]:
    """Return the comment lines, the column names and the rows of a lexicon file."""
    comments: list[str] = []
    columns: list[str] = []
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("#"):
            comments.append(line)
        elif line and not columns:
            columns = line.split("\t")
        elif line:
            rows.append(line.split("\t"))
    return comments, columns, rows
