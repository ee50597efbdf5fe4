"""
Check every lexicon file of the built-in English plugin and print the number of its lines and surface forms.

Exit status 1 if something is wrong. Standard library only.

    python3 tools/lexicons/check.py
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from tsv import DATA, read

#: File name to kind and way of matching.
FILES = {
    "capitals.tsv": ("capital", "name"),
    "countries.tsv": ("country", "name"),
    "demonyms.tsv": ("demonym", "name"),
    "given_names.tsv": ("given_name", "token"),
    "honorifics.tsv": ("honorific", "name"),
    "name_particles.tsv": ("particle", "token"),
    "org_heads.tsv": ("org_head", "phrase"),
    "organizations.tsv": ("organization", "name"),
    "places.tsv": ("place", "name"),
    "ranks.tsv": ("rank", "name"),
    "seats.tsv": ("seat", "name"),
    "title_modifiers.tsv": ("title_modifier", "phrase"),
    "titles.tsv": ("title", "phrase"),
}
#: Columns whose cells come from a closed list, by file; every member of a cell is checked.
CLOSED = {
    ("*", "gender"): {"m", "f", "u"},
    ("countries.tsv", "status"): {"state", "territory", "disputed", "former"},
    ("capitals.tsv", "status"): {"state", "territory", "disputed", "former"},
    ("demonyms.tsv", "form"): {"adjective", "people", "prefix"},
    ("demonyms.tsv", "scope"): {"state", "territory", "disputed", "former", "people", "region"},
    ("places.tsv", "type"): {"capital", "city", "region", "venue", "sea", "river", "line"},
    ("organizations.tsv", "type"): {
        "international",
        "regional",
        "court",
        "agency",
        "mission",
        "armed_group",
        "party",
        "bank",
        "company",
        "media",
        "ngo",
        "research",
        "religious",
        "sport",
        "parliament",
        "military",
        "format",
    },
    ("seats.tsv", "type"): {"metonym", "ministry", "parliament", "palace", "court", "agency", "military"},
    ("seats.tsv", "place"): {"yes"},
    ("ranks.tsv", "service"): {"army", "navy", "air", "marines", "police", "space"},
    ("titles.tsv", "class"): {
        "head_of_state",
        "head_of_government",
        "minister",
        "foreign",
        "defence",
        "legislator",
        "diplomat",
        "military",
        "judge",
        "police",
        "royal",
        "clergy",
        "academic",
        "media",
        "business",
        "sport",
        "civil",
        "party",
        "generic",
    },
    ("titles.tsv", "proper"): {"yes", "no"},
    ("title_modifiers.tsv", "tenure"): {"current", "former", "acting", "incoming"},
    ("title_modifiers.tsv", "position"): {"before", "after", "both"},
    ("title_modifiers.tsv", "rank"): {"below", "above"},
    ("honorifics.tsv", "class"): {
        "address",
        "noble",
        "royal",
        "clergy",
        "learned",
        "law",
        "medical",
        "diplomatic",
        "honour",
    },
    ("name_particles.tsv", "position"): {"inside", "prefix", "suffix", "patronymic"},
    ("org_heads.tsv", "position"): {"head_first", "head_last", "both"},
    ("org_heads.tsv", "bare"): {"yes"},
    ("*", "match"): {"name", "phrase", "token"},
    ("*", "ambiguous"): {
        "word",
        "name",
        "place",
        "acronym",
        "state",
        "region",
        "river",
        "city",
        "people",
        "company",
        "country",
        "organization",
        "title",
    },
}
#: Columns that hold state codes.
CODES = {
    ("countries.tsv", "value"),
    ("demonyms.tsv", "value"),
    ("capitals.tsv", "value"),
    ("places.tsv", "value"),
    ("seats.tsv", "value"),
    ("organizations.tsv", "country"),
    ("titles.tsv", "country"),
    ("countries.tsv", "other"),
    ("demonyms.tsv", "other"),
    ("places.tsv", "other"),
}
#: Files in which a line may have no value.
EMPTY_VALUE = {"countries.tsv", "demonyms.tsv", "places.tsv", "seats.tsv"}
#: ISO 3166-1 alpha-2, XK, and the withdrawn codes in use.
ISO = {
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ",
    "BA", "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS",
    "BT", "BV", "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN",
    "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE",
    "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF",
    "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM",
    "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM",
    "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC",
    "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK",
    "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA",
    "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG",
    "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW",
    "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS",
    "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TF", "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO",
    "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI",
    "VN", "VU", "WF", "WS", "YE", "YT", "ZA", "ZM", "ZW", "XK",
}  # fmt: skip
WITHDRAWN = {"SU", "YU", "CS", "DD", "ZR", "AN"}


def find_problems(path: Path) -> Iterator[str]:
    """Yield what is wrong with a lexicon file."""
    text = path.read_text(encoding="utf-8")
    comments, columns, rows = read(path)
    name = path.name
    if name not in FILES:
        yield "unknown file"
        return
    kind, match = FILES[name]
    if f"# kind: {kind}" not in comments or f"# match: {match}" not in comments:
        yield f"directives are not kind: {kind}, match: {match}"
    if "\r" in text or not text.endswith("\n") or text.endswith("\n\n") or text.startswith("\ufeff"):
        yield "line ends: LF, one at the end, no byte order mark"
    if columns[:2] != ["surface", "value"]:
        yield "the first columns are not surface and value"
    for column in columns:
        if not any(line.startswith((f"# {column}: ", f"# column {column}: ")) for line in comments):
            yield f"column {column} is not told in the header"
    if not any("Written for diploparse" in line or "written for diploparse" in line for line in comments):
        yield "no origin in the header"
    owners: dict[str, int] = {}
    for number, row in enumerate(rows, len(comments) + 2):
        if len(row) != len(columns):
            yield f"line {number}: {len(row)} cells for {len(columns)} columns"
            continue
        cells = dict(zip(columns, row, strict=True))
        for cell in row:
            if (
                cell != cell.strip()
                or unicodedata.normalize("NFC", cell) != cell
                or re.search(r"[\x00-\x1f\x7f\u00a0\u200b]|  |^\"", cell)
            ):
                yield f"line {number}: blanks, control characters or no NFC: {cell!r}"
            if cell and not all(cell.split("|")):
                yield f"line {number}: empty member: {cell!r}"
        if not cells["surface"] or (not cells["value"] and name not in EMPTY_VALUE):
            yield f"line {number}: no surface or no value"
        for form in cells["surface"].split("|"):
            if form in owners and not (name == "demonyms.tsv" and form):
                yield f"line {number}: {form!r} stands in line {owners[form]} too"
            owners[form] = number
            if (cells.get("match") or match) != "name" and form != form.lower():
                yield f"line {number}: {form!r} is not in lower case"
        for column, cell in cells.items():
            allowed = CLOSED.get((name, column)) or CLOSED.get(("*", column))
            if cell and allowed and (bad := set(cell.split("|")) - allowed):
                yield f"line {number}: {column} has {', '.join(sorted(bad))}"
            if cell and (name, column) in CODES and (bad := set(cell.split("|")) - ISO - WITHDRAWN):
                yield f"line {number}: {column} has no code {', '.join(sorted(bad))}"
            if column == "wikidata" and cell and not re.fullmatch(r"Q\d+", cell):
                yield f"line {number}: wikidata {cell}"
            if column == "population" and cell and not cell.isdigit():
                yield f"line {number}: population {cell}"


def main() -> int:
    wrong = 0
    lines = forms = 0
    for path in sorted(DATA.glob("*.tsv")):
        for problem in find_problems(path):
            if path.name in FILES or problem != "unknown file":
                wrong += 1
                print(f"{path.name}: {problem}")
        rows = read(path)[2]
        surfaces = sum(len(row[0].split("|")) for row in rows)
        lines, forms = lines + len(rows), forms + surfaces
        print(f"{path.name:24}{len(rows):7} lines{surfaces:8} surface forms")
    for name in FILES.keys() - {path.name for path in DATA.glob("*.tsv")}:
        wrong += 1
        print(f"{name}: missing")
    print(f"{'all':24}{lines:7} lines{forms:8} surface forms, {wrong} problems")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
