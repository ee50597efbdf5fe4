"""
Write countries.tsv, demonyms.tsv and capitals.tsv from states.txt.

Names, capitals and demonyms: written for diploparse.
Official names and Wikidata ids: rigour (MIT, https://github.com/opensanctions/rigour).
Checked against CLDR English territory names through babel (BSD-3-Clause; CLDR: Unicode-3.0), whose forms are added.

    python3 -m venv scratch && scratch/bin/pip install rigour babel
    scratch/bin/python tools/lexicons/countries.py
"""

from __future__ import annotations

import re

from babel import Locale
from countries_source import Form, read_states
from rigour.territories import get_territories
from tsv import complete, write

#: Territories whose Wikidata id in rigour names the realm or an occupied part, not the country of the news.
WIKIDATA = {"DK": "Q35", "NL": "Q55", "GE Abkhazia": "Q31354462"}
#: Official names of rigour that would be wrong in prose.
NOT_A_NAME = re.compile(r"[(\[]|SAR$|^(Mainland|Global|Cyberspace)|Sark|U\.S\. Outlying|, | - ")
#: Forms that need no second look in CLDR's list: "Hong Kong SAR China" and the like.
FORMER_CODES = {
    "Soviet Union": "suhh",
    "Yugoslavia": "yucs",
    "Czechoslovakia": "cshh",
    "East Germany": "dd",
    "Netherlands Antilles": "an",
    "Zaire": "zr",
}

PREFIXES = [
    # surface, value, further codes
    ("Afro", "", ""),
    ("Anglo", "GB", ""),
    ("Austro", "AT", ""),
    ("Belgo", "BE", ""),
    ("Euro", "", ""),
    ("Finno", "FI", ""),
    ("Franco", "FR", ""),
    ("Graeco|Greco|Helleno", "GR", ""),
    ("Hispano", "ES", ""),
    ("Hiberno", "IE", ""),
    ("Ibero", "", "ES|PT"),
    ("Indo", "IN", ""),
    ("Israelo", "IL", ""),
    ("Italo", "IT", ""),
    ("Luso", "PT", ""),
    ("Nippo", "JP", ""),
    ("Russo", "RU", ""),
    ("Serbo", "RS", ""),
    ("Sino", "CN", ""),
    ("Syro", "SY", ""),
    ("Turko|Turco", "TR", ""),
    ("Perso|Irano", "IR", ""),
    ("Hungaro", "HU", ""),
]

#: Adjectives of regions and peoples without a state of their own: surface, scope.
REGIONS = [
    ("African", "region"),
    ("Pan-African", "region"),
    ("West African", "region"),
    ("East African", "region"),
    ("North African", "region"),
    ("Southern African", "region"),
    ("Sahelian|Sahel", "region"),
    ("Maghrebi", "region"),
    ("Sub-Saharan", "region"),
    ("Arab|Pan-Arab", "people"),
    ("Gulf|Khaleeji", "region"),
    ("Middle Eastern", "region"),
    ("Levantine", "region"),
    ("Asian", "region"),
    ("Central Asian", "region"),
    ("South Asian", "region"),
    ("Southeast Asian|South-East Asian|South East Asian", "region"),
    ("East Asian|Northeast Asian", "region"),
    ("Eurasian", "region"),
    ("Asia-Pacific|Indo-Pacific", "region"),
    ("European|Pan-European", "region"),
    ("Eastern European|East European", "region"),
    ("Western European|West European", "region"),
    ("Central European", "region"),
    ("Southern European|Northern European", "region"),
    ("Nordic", "region"),
    ("Scandinavian", "region"),
    ("Baltic", "region"),
    ("Balkan|Western Balkan", "region"),
    ("Caucasian|South Caucasian", "region"),
    ("Mediterranean|Euro-Mediterranean", "region"),
    ("Transatlantic|Trans-Atlantic|Euro-Atlantic|North Atlantic", "region"),
    ("Western", "region"),
    ("Latin American", "region"),
    ("South American", "region"),
    ("Central American", "region"),
    ("North American", "region"),
    ("Caribbean", "region"),
    ("Andean", "region"),
    ("Ibero-American", "region"),
    ("Lusophone", "region"),
    ("Francophone", "region"),
    ("Anglophone", "region"),
    ("Pacific", "region"),
    ("Polynesian", "region"),
    ("Melanesian", "region"),
    ("Arctic", "region"),
    ("Benelux", "region"),
    ("Slavic", "people"),
    ("Turkic", "people"),
    ("Islamic", "people"),
    ("Muslim", "people"),
    ("Jewish", "people"),
    ("Christian", "people"),
    ("Kurdish", "people"),
    ("Kurd|Kurds", "people"),
    ("Arabs", "people"),
    ("Europeans", "region"),
    ("Africans", "region"),
    ("Asians", "region"),
    ("Rohingya|Rohingyas", "people"),
    ("Pashtun|Pashtuns", "people"),
    ("Hazara|Hazaras", "people"),
    ("Baloch|Baluch", "people"),
    ("Druze", "people"),
    ("Alawite|Alawites", "people"),
    ("Yazidi|Yazidis|Ezidi", "people"),
    ("Roma", "people"),
    ("Berber|Amazigh", "people"),
    ("Tuareg", "people"),
    ("Hutu|Tutsi", "people"),
    ("Crimean Tatar|Crimean Tatars", "people"),
    ("Sunni|Sunnis", "people"),
    ("Shia|Shiite|Shi'ite|Shiites", "people"),
    ("Sikh", "people"),
    ("Maori|Māori", "people"),
]


def territories() -> dict[str, tuple[str, list[str]]]:
    """Return Wikidata id and official names by upper-case code, from rigour and CLDR."""
    result = {}
    cldr = Locale("en").territories
    for territory in get_territories():
        code = territory.code.upper()
        names = [
            n for n in (territory.full_name, territory.name, cldr.get(code)) if n and not NOT_A_NAME.search(n)
        ]
        result[code] = territory.qid, [n.removeprefix("The ") for n in names]
    return result


def grouped(forms: list[Form]) -> dict[tuple[str, str], list[str]]:
    """Return the completed forms by (ambiguous, further code), in their order."""
    groups: dict[tuple[str, str], list[str]] = {}
    for form, ambiguous, more in forms:
        groups.setdefault((ambiguous, more), []).append(form)
    return {key: complete(group) for key, group in groups.items()}


def main() -> None:
    official = territories()
    taken: set[str] = set()
    states = read_states()
    for state in states:
        taken.update(form for form, _, _ in state.names)
    seen: set[str] = set()
    countries, demonyms, capitals = [], [], []
    capital_seen: set[tuple[str, str]] = set()
    demonym_seen: set[tuple[str, str]] = set()
    for code, status, names, cities, adjectives, people in states:
        first_of_code = code not in seen
        seen.add(code)
        forms = list(names)
        qid = ""
        main_name = forms[0][0]
        if main_name in FORMER_CODES:
            qid = official[FORMER_CODES[main_name].upper()][0]
        elif first_of_code and code in official and status != "former":
            qid, more = official[code]
            qid = WIKIDATA.get(code, qid)
            forms += [Form(n, "", "") for n in more if n not in taken]
        shown_capitals = complete(form for form, _, _ in cities)
        for number, ((ambiguous, other), group) in enumerate(grouped(forms).items()):
            countries.append(
                [
                    "|".join(group),
                    code,
                    status,
                    "|".join(shown_capitals) if number == 0 else "",
                    qid if number == 0 else "",
                    ambiguous,
                    other,
                    main_name,
                ]
            )
        for (ambiguous, _), group in grouped(cities).items():
            group = [c for c in group if (c, code) not in capital_seen]
            capital_seen.update((c, code) for c in group)
            if group:
                capitals.append(["|".join(group), code, status, ambiguous])
        scope = "state" if status == "state" else status
        for form, field in (("adjective", adjectives), ("people", people)):
            for (ambiguous, other), group in grouped(field).items():
                group = [
                    d
                    for d in group
                    if (d, code) not in demonym_seen and not (other and (d, other) in demonym_seen)
                ]
                demonym_seen.update((d, code) for d in group)
                if group:
                    demonyms.append(["|".join(group), code, form, scope, other, ambiguous])
    for surface, code, other in PREFIXES:
        demonyms.append(
            [
                surface,
                code,
                "prefix",
                "state" if code or other else "region",
                other,
                "name" if surface in ("Franco", "Italo") else "",
            ]
        )
    for surface, scope in REGIONS:
        demonyms.append(["|".join(complete(surface.split("|"))), "", "adjective", scope, "", ""])

    own = "Written for diploparse; official names and Wikidata ids from rigour (MIT) and English names from CLDR through babel (Unicode-3.0), merged by tools/lexicons/countries.py."
    common = [
        "surface: forms as written, separated by |.",
        "value: ISO 3166-1 alpha-2 code, XK for Kosovo; SU, YU, CS, DD, ZR, AN are withdrawn codes; empty if no state is meant.",
    ]
    print(
        "countries",
        write(
            "countries.tsv",
            [
                "kind: country",
                "match: name",
                "",
                "Names of states, territories, disputed and former states.",
                own,
                "A place that is part of a state carries the code of the state that the United Nations count it to; that is a convention of the table and no opinion.",
                "",
                *common,
                "status: state, territory (dependent or part of a state), disputed (has or claims a government of its own), former.",
                "capital: the forms of its capital and seat of government.",
                "wikidata: the item of the state.",
                "ambiguous: what else the forms of this line may be: name (of a person), word, state (of the USA), region, river, city, people, acronym, company, country.",
                "other: another code the forms may stand for.",
                "name: the usual English name, the same on all lines of one state.",
            ],
            ["surface", "value", "status", "capital", "wikidata", "ambiguous", "other", "name"],
            countries,
        ),
    )
    print(
        "demonyms",
        write(
            "demonyms.tsv",
            [
                "kind: demonym",
                "match: name",
                "",
                "Adjectives and nouns that say which state, territory, people or region somebody belongs to.",
                "Written for diploparse; written out by tools/lexicons/countries.py.",
                "",
                *common,
                "form: adjective (stands before a noun, most also name the people), people (noun only), prefix (before a hyphen: Franco-German).",
                "scope: state, territory, disputed, former, people, region.",
                "other: another code the forms may stand for.",
                "ambiguous: what else the forms of this line may be.",
            ],
            ["surface", "value", "form", "scope", "other", "ambiguous"],
            demonyms,
        ),
    )
    print(
        "capitals",
        write(
            "capitals.tsv",
            [
                "kind: capital",
                "match: name",
                "",
                'Capitals and seats of government that may stand for their state ("Moscow said").',
                "They are places too: places.tsv lists them again with their type.",
                "Written for diploparse; written out by tools/lexicons/countries.py.",
                "",
                *common,
                "status: of the state or territory, as in countries.tsv.",
                "ambiguous: name (of a person), word, city (others have the same name), organization (Brussels for the European Union).",
            ],
            ["surface", "value", "status", "ambiguous"],
            capitals,
        ),
    )


if __name__ == "__main__":
    main()
