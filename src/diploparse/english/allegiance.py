"""For which state a person acts, where the title does not say."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from ..lexicon import LexiconUnion
from ..records import Document, Mention, Role, Span
from .clusters import Person

# Words of offices and ranks that are held for a state. A coach, a chaplain or a historian is nobody's.
_STATE_OFFICES = frozenset(
    """
    president vice-president premier minister chancellor secretary undersecretary under-secretary ambassador envoy senator
    representative congressman congresswoman rep mp deputy lawmaker legislator parliamentarian speaker governor mayor
    spokesperson spokesman spokeswoman king queen prince princess emir sultan monarch commissioner adviser advisor
    general gen colonel col major lieutenant lt admiral adm commodore brigadier marshal captain commander chief chairman
    consul attaché attache counselor counsellor fm pm eam taoiseach tánaiste chair director head ombudsman judge justice prosecutor
    """.split()
)  # fmt: skip
_WEAK_OFFICES = frozenset(
    [
        "director",
        "head",
        "chairman",
        "chair",
        "chief",
        "captain",
        "representative",
        "adviser",
        "advisor",
        "commissioner",
    ]
)
_UNITS = frozenset(
    [
        "league",
        "club",
        "team",
        "company",
        "bank",
        "university",
        "association",
        "federation",
        "fc",
        "inc",
        "group",
        "party",
    ]
)
# Cities whose dateline says nothing: the bodies that sit there speak there.
_SEATS = {
    "new york": ("UN",), "united nations": ("UN",), "geneva": ("UN", "WHO", "WTO", "ICRC", "ILO"), "vienna": ("OSCE", "IAEA", "UN", "OPEC", "CTBTO"),
    "brussels": ("EU", "NATO"), "strasbourg": ("EU", "Council of Europe"), "addis ababa": ("AU", "African Union"), "the hague": ("ICC", "ICJ", "OPCW"),
    "nairobi": ("UN",), "abuja": ("ECOWAS",), "jakarta": ("ASEAN",), "cairo": ("Arab League",), "jeddah": ("OIC",), "riyadh": ("GCC",),
}  # fmt: skip
# "Conveyed greetings of the President": the president of the one who conveys.
_ON_BEHALF = frozenset(
    ["greetings", "behalf", "letter", "message", "invitation", "regards", "greeting", "condolences"]
)


class Allegiance:
    """Gives persons their states: by title, by owner, by place, last by the state whose news this is."""

    def __init__(
        self, document: Document, mentions: Sequence[Mention], persons: Sequence[Person],
        lexicon: LexiconUnion, person_of: dict[Span, Person],
    ) -> None:  # fmt: skip
        self.document = document
        self.mentions = mentions
        self.starts = [m.span.start for m in mentions]
        self.persons = persons
        self.lexicon = lexicon
        self.person_of = person_of
        self.sentence_starts = [s.start for s in document.sentences]
        self.home = self._home()

    def _home(self) -> str | None:
        """The state whose news this is: of the dateline, else the one spoken of most, early words counting double."""
        dateline = self.document.dateline
        place = dateline.place if dateline else None
        if place is not None and place.country:
            seats = _SEATS.get(place.name.lower())
            early = [m for m in self.mentions if m.span.start < 700 and m.organization]
            bodies = {m.organization for m in early} | {m.value for m in early}
            if seats is None or not any(b and any(b == s or b.startswith(s) for s in seats) for b in bodies):
                return place.country
            return None
        if any(
            m.kind == "organization" and m.span.start < 150 and self._is_international(m.value or "")
            for m in self.mentions
        ):
            return None
        header = self._header_place()
        if header is not None:
            return header
        votes: Counter[str] = Counter()
        for mention in self.mentions:
            if mention.country and mention.kind in (
                "country",
                "place",
                "person",
                "organization",
                "description",
            ):
                votes[mention.country] += (
                    4 if mention.span.start < 200 else 2 if mention.span.start < 500 else 1
                )
        if not votes:
            return None
        (best, count), *rest = votes.most_common(2)
        return best if count >= 0.4 * votes.total() and not (rest and rest[0][1] == count) else None

    def _header_place(self) -> str | None:
        """The state of the only place in a header line ("Tallinn, 25 June 2020")."""
        for paragraph in self.document.paragraphs[:6]:
            if paragraph.kind in ("header", "dateline", "byline"):
                found = {
                    m.country
                    for m in self.mentions
                    if m.kind == "place" and m.span in paragraph.span and m.country
                }
                if len(found) == 1:
                    return found.pop()
        return None

    def _is_international(self, name: str) -> bool:
        entry = next((e for e in self.lexicon.table("organization") if e.value == name), None)
        return (
            entry is not None
            and entry.feature("type") in ("international", "regional")
            and not entry.feature("country")
        )

    def assign(self) -> None:
        """Fill the countries that titles leave open."""
        for person in self.persons:
            if person.country is None:
                person.country = next((r.country for r in person.roles if r.country), None)
        for person in self.persons:
            if person.country is not None or not self._holds_state_office(person.roles):
                continue
            if self._international(person):
                continue
            mention = next((m for m in person.mentions if m.roles), person.mentions[0])
            person.country = (
                self._owner(mention) or self._behalf(mention) or self._local(mention) or self.home
            )

    def _holds_state_office(self, roles: Sequence[Role]) -> bool:
        for role in roles:
            words = set(role.title.lower().replace(".", "").split())
            if role.rank and role.rank.startswith("OF"):
                return True
            if words & (_STATE_OFFICES - _WEAK_OFFICES):
                return True
            if words & _WEAK_OFFICES and not words & _UNITS:
                return True
        return False

    def _international(self, person: Person) -> bool:
        for role in person.roles:
            if role.organization is None:
                continue
            entry = next(iter(self.lexicon.lookup(role.organization, "organization")), None)
            if entry is not None and not entry.feature("country"):
                return True
        return False

    def _sentence(self, offset: int) -> Span:
        at = bisect_right(self.sentence_starts, offset) - 1
        return self.document.sentences[at] if at >= 0 else Span(offset, offset + 1)

    def _before(self, mention: Mention) -> list[Mention]:
        """The mentions before one in its sentence, nearest first."""
        sentence = self._sentence(mention.span.start)
        first = bisect_left(self.starts, sentence.start)
        last = bisect_left(self.starts, mention.span.start)
        return list(reversed(self.mentions[first:last]))

    def _country(self, mention: Mention) -> str | None:
        if mention.kind == "person":
            person = self.person_of.get(mention.span)
            return person.country if person else None
        return mention.country

    def _owner(self, mention: Mention) -> str | None:
        """ "Zaremba's spokeswoman, Major X", "her President Y", "its spokesman Z"."""
        text = self.document.text
        start = mention.span.start
        before = text[max(0, start - 8) : start].lower()
        if before.endswith(("'s ", "’s ")):
            near = self._before(mention)
            if near and start - near[0].span.end <= 4:
                return self._country(near[0])
        if before.split()[-1:] and before.split()[-1] in ("his", "her", "their", "its"):
            return next(
                (c for m in self._before(mention) if (c := self._country(m)) and m.kind != "place"), None
            )
        words = text[start : mention.span.end].lower().split()
        if "its" in words or "his" in words or "her" in words or "their" in words:
            return next(
                (c for m in self._before(mention) if (c := self._country(m)) and m.kind != "place"), None
            )
        return None

    def _behalf(self, mention: Mention) -> str | None:
        words = (
            self.document.text[self._sentence(mention.span.start).start : mention.span.start].lower().split()
        )
        if not _ON_BEHALF & set(words):
            return None
        persons = [
            m for m in self._before(mention) if m.kind in ("person", "description") and self._country(m)
        ]
        return self._country(persons[-1]) if persons else None

    def _local(self, mention: Mention) -> str | None:
        """The state of the place that a sentence opens with ("In Malabo, ..."), or of a body or place just before."""
        sentence = self._sentence(mention.span.start)
        before = self._before(mention)
        opening = before[-1] if before else None
        if (
            opening is not None
            and opening.kind in ("place", "country")
            and opening.country
            and self.document.text[sentence.start : opening.span.start].strip().lower()
            in ("in", "from", "in the")
        ):
            return opening.country
        for near in before:
            if near.kind in ("person", "description"):
                return None
            if (
                near.country
                and near.country != self.home
                and near.kind in ("organization", "place")
                and not near.metonym
            ):
                return near.country
        return None
