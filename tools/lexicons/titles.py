"""
Write titles.tsv from titles.txt and from the list of portfolios below.

Written for diploparse.

    python3 tools/lexicons/titles.py
"""

from __future__ import annotations

import re
from pathlib import Path

from tsv import complete, write

CLASSES = {
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
}
#: Blocks of titles.txt whose lines are spread over other classes.
BLOCKS = {"international": "civil", "local": "civil"}

#: Portfolios: the noun before "minister", and what follows "minister of".
PORTFOLIOS = """
justice: justice
economy|economic|economics: economy; economic affairs; economic development; economy and trade; economy and industry; economy and sustainable development; national economy; economics
trade: trade; foreign trade; trade and industry; international trade; commerce; industry and trade; commerce and industry; trade, industry and energy; trade and integration; trade and investment; economy, trade and industry
commerce|commercial: commerce and trade
industry: industry; industry and new technologies; industry, commerce and supplies; industry and mineral resources; industry and advanced technology
energy: energy; energy and natural resources; energy and mineral resources; energy and infrastructure; energy and water; fuel and energy; electricity; energy and mines
oil|petroleum: oil; petroleum; petroleum and mineral resources; oil and gas
mining|mines: mines; mines and energy; mineral resources; mines and minerals
agriculture|farm: agriculture; agriculture and rural development; agriculture and food; agriculture and irrigation; agriculture and fisheries; rural development
fisheries: fisheries; fisheries and marine resources; oceans and fisheries; ocean affairs
environment|environmental: environment; the environment; environment and climate change; ecology; ecology and natural resources; ecological transition; environmental protection
climate|climate change: climate change; climate; climate change and energy
water|irrigation: water; water resources; irrigation; water resources and irrigation; water and sanitation
health: health; public health; health and population; health and social protection; health, labour and welfare; healthcare; health and family welfare
education: education; national education; education and science; higher education; education and research; science and higher education; education and sports
science|research: science; science and technology; science, technology and innovation; research; innovation
technology|digital|digital affairs: digital affairs; digital development; digital development and transport; digital transformation; digital governance; digitalisation; communications and digital affairs; digital development, innovations and aerospace industry; technology; information and communication technology; information technology
information: information; information and broadcasting; information and culture; culture and information; public information; information policy
communications|communication: communications; communication; posts and telecommunications; telecommunications; internal affairs and communications
culture: culture; culture and tourism; culture and sports; culture, sports and tourism; culture and heritage; culture and media
tourism: tourism; tourism and antiquities; tourism and hospitality; tourism and aviation; tourism, arts and culture
sport|sports|youth: sport; sports; youth and sports; youth; youth affairs
labour|labor|employment: labour; labor; labour and social protection; employment; manpower; labour and social affairs; human resources; human resources and social development; labour and social policy
social affairs|welfare|social welfare: social affairs; social development; social protection; social welfare; family; women's affairs; women; gender; women and social affairs; family and social services; women, family and community development
transport|transportation: transport; transportation; transport and communications; transport and infrastructure; transport and digital development; land, infrastructure and transport; land, infrastructure, transport and tourism; transport and logistics; roads
infrastructure: infrastructure; infrastructure development; works; public works; public works and housing; regional development; construction; communities, territories and infrastructure development
housing: housing; housing and urban affairs; housing, utilities and urban communities; urban development
aviation|civil aviation: civil aviation; aviation; aerospace
railways|railway: railways
planning: planning; planning and investment; planning, economic development and international cooperation; planning and budget; national planning; development planning
development: development; international development; development cooperation; economic cooperation and development; international cooperation; international development cooperation; development and africa
international cooperation|cooperation: cooperation
investment|investments: investment; investments; investment and foreign trade; investments and foreign trade
european affairs|europe: european affairs; europe; european integration; eu affairs; european union affairs; the eu; european and foreign affairs
african affairs: african affairs; african integration
emergency|emergencies|emergency situations: emergency situations; emergencies; civil defence; disaster management; civil protection
immigration|migration: immigration; migration; migration and asylum; immigration, refugees and citizenship; citizenship
security: state for security; intelligence; strategic affairs; state security
unification: unification
diaspora: diaspora; diaspora affairs; overseas indians; expatriates; emigration; overseas filipinos
religious affairs|awqaf|religious: religious affairs; religious endowments; endowments; islamic affairs; hajj; hajj and umrah; religious affairs and interfaith harmony; awqaf
parliamentary affairs: parliamentary affairs; relations with parliament
veterans|veterans affairs: veterans; veterans affairs; veterans' affairs
state property|property: state property; public enterprises; privatisation
local government|local administration: local government; local administration; local development; territorial administration; decentralisation; cabinet affairs; territories; regions
constitutional affairs: constitutional affairs; public administration; public service; civil service; administrative reform
reintegration|reconstruction: reintegration; reintegration of temporarily occupied territories; reconciliation; reconstruction; national reconciliation; temporarily occupied territories
pacific: pacific affairs; the pacific; pacific island affairs; international development and the pacific; home affairs and immigration; foreign affairs and the pacific peoples; pacific peoples
indigenous affairs: indigenous affairs; indigenous peoples; māori development; itaukei affairs
supply|supplies|procurement: supply; public services and procurement; supply and internal trade; strategic industries; defence procurement; weapons and ammunition
presidential affairs|prime ministerial: presidential affairs; state for presidential affairs; the royal court; royal court affairs; cabinet affairs and the future; the diwan of royal court
human rights|minority: human rights; human and minority rights; minorities; equality; minority affairs; gender equality
blue economy|ocean: blue economy; maritime affairs; shipping; ports; maritime affairs and fisheries; shipping and island policy; ports, shipping and waterways
nuclear|space: atomic energy; space; nuclear energy
rural: land; lands; land and natural resources; natural resources; forestry; rural affairs; livestock; natural resources and environmental protection; lands and survey
""".strip()

#: Nouns whose plural is not made by the rule below.
PLURALS = {
    "chargé d'affaires": "chargés d'affaires",
    "charge d'affaires": "charges d'affaires",
    "chargé": "chargés",
    "counsel": "counsel",
    "attorney general": "attorneys general",
    "attorney-general": "attorneys-general",
    "head of state": "heads of state",
    "head of government": "heads of government",
    "consul general": "consuls general",
    "consul-general": "consuls-general",
    "governor general": "governors general",
    "governor-general": "governors-general",
    "secretary general": "secretaries general",
    "secretary-general": "secretaries-general",
    "director general": "directors general",
    "director-general": "directors-general",
    "prosecutor general": "prosecutors general",
    "child": "children",
    "wife": "wives",
    "CEO": "CEOs",
    "taoiseach": "taoisigh",
    "alumnus": "alumni",
    "co-prince": "co-princes",
    "aide-de-camp": "aides-de-camp",
    "sergeant-at-arms": "sergeants-at-arms",
    "princess royal": "princesses royal",
    "captain regent": "captains regent",
    "chairman joint chiefs of staff committee": "",
    "chief of the general staff": "chiefs of the general staff",
}
INVARIABLE = re.compile(
    r"^(.*\.|SACEUR|NSA|FM|HRVP|HR/VP|COAS|CDS|GOC.*|.* (to|for|of|on air))$|d'affaires (ad|a\.)|sea and war"
)
#: Forms that are a verb, an adjective or another noun as often.
WORDS = {
    "head", "chief", "chair", "host", "guide", "guard", "source", "champion", "captain", "witness",
    "judge", "pilot", "agent", "delegate", "partner", "whip", "canon", "justice", "nurse", "sister",
    "marine", "model", "reader", "don", "fellow", "author", "lead", "deputy", "driver", "defender",
    "player", "coach", "manager", "trader", "owner", "lady", "friend", "ally", "rival", "peer",
    "member", "speaker", "counsel", "advocate", "patron", "expert", "principal", "dean",
    "representative", "primate", "cook", "miner", "baker", "shepherd", "mechanic", "fighter",
    "militant", "rebel", "pupil", "graduate", "producer", "anchor", "hero", "icon", "winner",
    "accused", "convict", "suspect", "victim", "hostage", "veteran", "intermediary", "replacement",
    "incumbent", "relative", "local", "worker", "visitor", "guest", "child", "parent", "twin",
    "man", "woman", "girl", "boy", "father", "mother", "son", "brother", "king", "queen", "prince",
    "duke", "regent", "conductor", "metropolitan", "cardinal", "authority", "official", "officer",
    "observer", "premier", "signatory", "liaison", "alternate", "student", "leader", "minister",
    "secretary", "director", "troop",
}  # fmt: skip
#: What an abbreviation stands for, where its line has another first form.
VALUES = {
    "Sen.": "senator",
    "Rep.": "representative",
    "Gov.": "governor",
    "lt. gov.": "lieutenant governor",
    "Prof.": "professor",
    "FM": "foreign minister",
    "EAM": "foreign minister",
    "SG": "secretary-general",
    "VP": "vice president",
    "COAS": "chief of army staff",
    "CDS": "chief of the defence staff",
    "DCM": "deputy chief of mission",
    "CDA": "chargé d'affaires",
    "NSA": "national security adviser",
    "CFO": "chief financial officer",
    "COO": "chief operating officer",
    "CTO": "chief technology officer",
    "MEP": "member of the european parliament",
    "MK": "member of the knesset",
    "MLA": "member of the legislative assembly",
    "MNA": "member of the national assembly",
    "SRSG": "special representative of the secretary-general",
    "EUSR": "eu special representative",
    "HRVP": "high representative",
    "HR/VP": "high representative",
    "ADC": "aide-de-camp",
    "GOC": "general officer commanding",
    "DGMO": "director general of military operations",
    "SACEUR": "supreme allied commander europe",
    "TD": "teachta dála",
    "CS": "cabinet secretary",
    "chargé": "chargé d'affaires",
    "chargé d'affaires ad interim": "chargé d'affaires",
    "chargé d'affaires a.i.": "chargé d'affaires",
    "acting chargé d'affaires": "chargé d'affaires",
    "charge d'affaires": "chargé d'affaires",
    "CJCSC": "chairman of the joint chiefs of staff committee",
    "consul-general": "consul general",
    "un secretary general": "un secretary-general",
    "nato secretary-general": "nato secretary general",
    "attorney-general": "attorney general",
    "governor-general": "governor-general",
    "governor general": "governor-general",
    "editor in chief": "editor-in-chief",
}
#: Forms that are given names or surnames too.
NAMES = {
    "amir", "sharif", "emir", "duke", "king", "prince", "earl", "bishop", "pope", "marshal",
    "sheikh", "sultan", "baker", "butcher", "cook", "miner", "shepherd", "dean", "abbot", "priest",
    "monk", "canon", "deacon", "pastor", "sheikha", "rabbi", "imam", "mufti", "mullah", "judge",
    "mayor", "constable", "reeve", "provost", "lama", "guru", "swami", "ratu", "captain", "major",
    "noble", "knight", "porter", "spencer",
}  # fmt: skip
MALE_ENDS, FEMALE_ENDS = ("man",), ("woman",)
PREPOSITION = re.compile(r"(?<= )(of|for|to|in|at|on|with|without|pro)\b|(?<= )and (?=\w+ (of|for)\b)")
LAST_HEAD = re.compile(
    r"^(joint chiefs|chief of|general assembly|council of|committee of|secretary general's).* (chairman|chair|president|representative)$"
)


def plural(form: str) -> str:
    """Return the plural of a title: its first noun phrase, before a preposition, takes the ending."""
    if form in PLURALS:
        return PLURALS[form]
    if INVARIABLE.search(form):
        return ""
    found = None if LAST_HEAD.search(form) else PREPOSITION.search(form)
    head, rest = (
        (form[: found.start()].rstrip(), form[found.start() - 1 :]) if found and found.start() else (form, "")
    )
    if head.endswith("-in-office") or "-in-" in head:
        first, _, tail = head.partition("-in-")
        return plural(first) + "-in-" + tail + rest
    for suffix in ("-designate", "-elect", "-at-large"):
        if head.endswith(suffix):
            return plural(head.removesuffix(suffix)) + suffix + rest
    for whole, many in PLURALS.items():
        if head.endswith(" " + whole):
            return head.removesuffix(whole) + many + rest
    if head.endswith("man") and not head.endswith(("ombudsman-general", "german", "shaman")):
        head = head[:-2] + "en"
    elif head.endswith("y") and head[-2] not in "aeou":
        head = head[:-1] + "ies"
    elif head.endswith(("s", "x", "ch", "sh")) and not head.endswith(("arch",)):
        head += "es"
    else:
        head += "s"
    return head + rest


def hyphens(forms: list[str]) -> list[str]:
    """Add the spelling with and without the hyphen of vice-, under-, -general, -in-chief, and the article before a ministry."""
    more = list(forms)
    for form in forms:
        for a, b in (
            ("vice ", "vice-"),
            ("vice-", "vice "),
            ("secretary general", "secretary-general"),
            ("director general", "director-general"),
            ("commander-in-chief", "commander in chief"),
            ("chair ", "chair "),
            ("defence", "defense"),
            ("labour", "labor"),
            ("adviser", "advisor"),
            ("co-operation", "cooperation"),
            ("counsellor", "counselor"),
            ("attaché", "attache"),
            ("chargé", "charge"),
            ("theatre", "theater"),
        ):
            if a in form and a != b:
                more.append(form.replace(a, b))
    return list(dict.fromkeys(more))


def ministers(field: str) -> list[str]:
    """Return the ways to name the minister of a field."""
    before = [f"{field} minister"] if not field.startswith(("state ", "the ")) else []
    return [f"minister of {field}", f"minister for {field}", *before]


def portfolio_lines() -> list[tuple[list[str], str]]:
    """Return forms and class of the ministers of each portfolio."""
    lines = []
    for line in PORTFOLIOS.splitlines():
        nouns, _, fields = line.partition(": ")
        first, *others = fields.split("; ")
        lines.append(([f"{noun} minister" for noun in nouns.split("|")] + ministers(first), "minister"))
        lines += [(ministers(field), "minister") for field in others]
    return lines


def main() -> None:
    seen: set[str] = set()
    rows: list[list[str]] = []
    words: list[tuple[list[str], str, str, str, str]] = []
    block = ""
    for line in Path(__file__).with_name("titles.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("@"):
            block = BLOCKS.get(line[1:], line[1:])
            continue
        forms, second, direct, country = (field.strip() for field in (line + " ").split(" ;"))
        kind, gender = (second, "") if second in CLASSES else (block, second)
        words.append((forms.split("|"), kind, gender, direct, country))
    words += [(forms, kind, "", "", "") for forms, kind in portfolio_lines()]
    for forms, kind, gender, direct, country in words:
        assert kind in CLASSES, (forms, kind)
        canonical = forms[0]
        #: A line of plain synonyms has one value; a line that lists different offices of one class has one value each.
        for form in forms:
            same = [f for f in complete(hyphens([form])) if f not in seen]
            if not same:
                continue
            seen.update(same)
            value = VALUES.get(form) or (canonical if synonymous(canonical, form, kind, forms) else form)
            sex = gender or (
                "m"
                if form.split(" of ")[0].endswith(MALE_ENDS)
                and not form.split(" of ")[0].endswith(FEMALE_ENDS)
                else "f"
                if form.split(" of ")[0].endswith(FEMALE_ENDS)
                else ""
            )
            plurals = "|".join(dict.fromkeys(p for p in map(plural, same) if p))
            rows.append(
                [
                    "|".join(same),
                    value,
                    plurals,
                    kind,
                    sex,
                    direct or "yes",
                    country,
                    "word" if form in WORDS else "name" if form in NAMES else "",
                    "" if form.islower() else "name",
                ]
            )
    print(
        "titles",
        write(
            "titles.tsv",
            [
                "kind: title",
                "match: phrase",
                "",
                "Offices, functions and roles of persons, one word or several.",
                "Written for diploparse; written out by tools/lexicons/titles.py from titles.txt and a table of portfolios.",
                "Military ranks are in ranks.tsv, forms of address in honorifics.tsv, words such as deputy and former in title_modifiers.tsv.",
                "",
                "surface: singular forms, in lower case except abbreviations, separated by |.",
                "value: canonical form.",
                "plural: plural forms, in the same order; empty where it is not used.",
                "class: head_of_state, head_of_government, minister, foreign, defence, legislator, diplomat, military, judge, police, royal, clergy, academic, media, business, sport, civil, party, generic.",
                "gender: m or f if the word itself says so, else empty.",
                'proper: yes if it can stand straight before a name without an article ("President X", "analyst X"); no if it needs a possessive, an article or a comma ("his counterpart X", "the official, X").',
                "country: ISO 3166-1 alpha-2 code if the office belongs to one country only, or nearly so.",
                "ambiguous: word if the form is often a verb, an adjective or another noun; name if it is a personal name too.",
                "column match: name for abbreviations, which are matched in this case only; empty for phrase.",
            ],
            ["surface", "value", "plural", "class", "gender", "proper", "country", "ambiguous", "match"],
            rows,
        ),
    )


def synonymous(canonical: str, form: str, kind: str, forms: list[str]) -> bool:
    """Tell whether a form is only another way to write the first form of its line."""
    groups = (
        {"prime minister", "premier", "PM"},
        {"member of parliament", "MP", "parliamentarian", "parliament member", "member of the parliament"},
        {"adviser", "advisor"},
        {"chief executive officer", "CEO"},
        {"secretary-general", "secretary general", "SG"},
    )
    if form == canonical or any({canonical, form} <= group for group in groups):
        return True
    if (
        kind == "minister"
        and re.search(r"^minister (of|for) | minister$", form)
        and re.search(r"^minister of | minister$", canonical)
        and canonical != "vice minister"
    ):
        return True
    if (kind == "foreign" and canonical == "foreign minister") or (
        kind == "defence" and canonical in ("defence minister",)
    ):
        return True
    if kind == "foreign" and canonical.startswith(
        ("minister of foreign affairs and", "foreign secretary", "secretary of state", "deputy foreign")
    ):
        return True
    return (
        kind == "defence"
        and canonical.startswith(("deputy defence", "defence secretary"))
        and "navy" not in form
        and "army" not in form
        and "air force" not in form
    )


if __name__ == "__main__":
    main()
