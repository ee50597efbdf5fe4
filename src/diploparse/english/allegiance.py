"""For which state a person acts, where the title does not say."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence

from ..lexicon import LexiconUnion
from ..records import Document, Mention, Span
from .clusters import Person
from .offices import holds_state_office
from .wordclasses import word_set

# Cities whose dateline says nothing: the bodies that sit there speak there.
_SEATS = {
    "new york": ("UN",), "united nations": ("UN",), "geneva": ("UN", "WHO", "WTO", "ICRC", "ILO"),
    "vienna": ("OSCE", "IAEA", "UN", "OPEC", "CTBTO"), "brussels": ("EU", "NATO", "European"),
    "strasbourg": ("EU", "Council of Europe", "European"), "addis ababa": ("AU", "African Union"),
    "the hague": ("ICC", "ICJ", "OPCW"), "nairobi": ("UN",), "abuja": ("ECOWAS",), "jakarta": ("ASEAN",),
    "cairo": ("Arab League",), "jeddah": ("OIC",), "riyadh": ("GCC",),
}  # fmt: skip
# "Conveyed greetings of the President": the president of the one who conveys.
_ON_BEHALF = word_set("greetings behalf letter message invitation regards greeting condolences")
# Addresses that are used by anybody.
_NO_STATES = frozenset(["TV", "IO", "ME", "CO", "AI", "FM", "CC", "WS", "TO", "EU", "SU"])
_LABELLED = frozenset(
    ["counterpart", "colleague", "minister", "president", "premier", "ambassador", "secretary"]
)
_UNIQUE = frozenset(["president", "premier", "minister", "king", "chancellor"])
# They make no other office of it.
_RANKS = word_set(
    "deputy assistant under acting former principal first second vice then ex incoming outgoing new"
)
_OWN = frozenset(["his", "her", "their", "its"])
# Houses that many states call so: they tell of none.
SHARED_BODIES = frozenset(
    ["senate", "congress", "parliament", "house of representatives", "supreme court", "national assembly"]
)
# Straight before the place somebody has travelled to.
_VISITED = re.compile(
    r"\b(?:visit(?:s|ed|ing)?|stay(?:s|ed|ing)? in|arriv(?:e|es|ed|al|ing) in|travel(?:s|l?ed|l?ing)? to|trip to|tour of"
    r"|land(?:s|ed) in|fl(?:ew|ies|ying) to)(?: to| of)?(?: the| neighbou?ring|(?: \w+){0,3} nations of)?\s*$"
)
_ON_VISIT = re.compile(
    r"[ ,(]+(?:who (?:is|was|has|had) |currently |now )?(?:on |been on |paying |arrived |visiting |in )"
)
_DATE = re.compile(
    r"[ ,:(]+(?:\d{1,2}(?:st|nd|rd|th)? )?(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_APPOINTED = re.compile(r"\b(?:appointed|named|nominated|picked|chosen|designated) by\s*$")
_JOINTS = frozenset([",", "and", ", and", "&"])
# They are held in the politics of one state.
_DOMESTIC = word_set(
    "party opposition coalition senator mp lawmaker legislator candidate councillor councilor councillors leader faction "
    "parliament senate congress"
)
_PARTIES = word_set("party movement socialists liberals democrats coalition")
_AUTHORITIES = word_set("ministry army government police parliament presidency cabinet navy")


class Allegiance:
    """Gives persons their states: by title, by owner, by place, last by the state whose news this is."""

    def __init__(
        self,
        document: Document,
        mentions: Sequence[Mention],
        persons: Sequence[Person],
        lexicon: LexiconUnion,
        person_of: dict[Span, Person],
        role_of: Callable[[Mention], str],
    ) -> None:
        self.document = document
        self.mentions = mentions
        self.starts = [m.span.start for m in mentions]
        self.persons = persons
        self.lexicon = lexicon
        self.person_of = person_of
        self.role_of = role_of
        self.sentence_starts = [s.start for s in document.sentences]
        self.paragraph_starts = [p.span.start for p in document.paragraphs]
        for person in persons:
            if person.country is None:
                labelled = next((r.country for r in person.roles if r.country), None)
                person.country = labelled or self._national(person)
        self.visits = self._visits()
        self.home = self._home()
        self.domestic = self._domestic()

    def assign(self) -> None:
        """Fill the countries that titles leave open."""
        for person in self.persons:
            if person.country is not None:
                continue
            if not holds_state_office(person.roles):
                words = {word for role in person.roles for word in role.title.lower().split()}
                if words & _DOMESTIC and not self._international(person):
                    person.country, person.assumed = self.domestic, True
                continue
            if self._international(person):
                continue
            mention = next((m for m in person.mentions if m.roles), person.mentions[0])
            if any(r.title.lower() in ("counterpart", "colleague", "opposite number") for r in person.roles):
                person.country = self._place_abroad(mention)
                continue
            person.country = (
                self._owner(mention) or self._behalf(mention) or self._listed(mention) or self._local(mention)
            )
            if person.country is None:
                person.country, person.assumed = self._visited(mention) or self.home, True
                if person.country is not None and self._is_guest(mention, person.country):
                    person.country, person.assumed = None, False
        self._unique()

    def of_body(self, name: str) -> str | None:
        """The state of a body that is named without one: "the Foreign Ministry"."""
        words = set(name.lower().split())
        return self.home if _AUTHORITIES & words else self.domestic if _PARTIES & words else None

    def _unique(self) -> None:
        """Of two that would hold one office of one state, the one whose state is only assumed is somebody else's."""
        holders: dict[tuple[str, str], Person] = {}
        for person in sorted(self.persons, key=lambda p: (p.assumed, not self._is_told_of(p))):
            for role in person.roles:
                title = role.title.lower()
                if person.country is None or role.tenure != "current" or not _UNIQUE & set(title.split()):
                    continue
                holder = holders.setdefault((person.country, title), person)
                if holder is not person and person.assumed and len(title.split()) < 4:
                    person.country, person.assumed = None, False
                    break

    def _is_told_of(self, person: Person) -> bool:
        """ "The Prime Minister, H.E. Mr. X": the one told of before, with a state."""
        return any(m.found_by.endswith("/title_comma_name") for m in person.mentions)

    # -- whose news this is ---------------------------------------------------------------

    def _home(self) -> str | None:
        """The state whose news this is: of the dateline, else the one whose officials need no label."""
        dateline = self.document.dateline
        place = dateline.place if dateline else None
        if place is not None and place.country:
            seats = _SEATS.get(place.name.lower())
            early = {m.organization or m.value or "" for m in self.mentions if m.span.start < 700}
            if seats is None or not any(body.startswith(seats) for body in early):
                return place.country
            return None
        return self._header_place() or self._published_in() or self._unlabelled()

    def _published_in(self) -> str | None:
        """The state of the publisher's address (".pk") or name."""
        host = re.match(r"\w+://(?:[^/@]*@)?([^/:]+)", self.document.url or "")
        if host is not None:
            code = host[1].rsplit(".", 1)[-1].upper()
            code = "GB" if code == "UK" else code
            if code not in _NO_STATES and any(e.value == code for e in self.lexicon.table("country")):
                return code
        entry = next(iter(self.lexicon.lookup(self.document.publisher or "", "organization")), None)
        return (entry.feature("country") or None) if entry is not None else None

    def _header_place(self) -> str | None:
        """The state of the only place in a header line ("Tallinn, 25 June 2020")."""
        for paragraph in self.document.paragraphs[:6]:
            if paragraph.kind in ("header", "dateline"):
                inside = [m for m in self._within(paragraph.span) if m.kind == "place" and m.country]
                found = {m.country for m in inside}
                if len(found) == 1 and self.document.words(inside[0].span).lower() not in _SEATS:
                    return found.pop()
        return self._opening_place()

    def _opening_place(self) -> str | None:
        """The state of a place that opens a paragraph, before a date: "Addis Ababa September 24/2019 President X ..."."""
        for paragraph in self.document.paragraphs[:4]:
            place = next(iter(self._within(Span(paragraph.span.start, paragraph.span.start + 3))), None)
            if place is None or place.kind != "place" or not place.country:
                continue
            rest = self.document.text[place.span.end : place.span.end + 30]
            if _DATE.match(rest):
                return place.country
        return None

    def _domestic(self) -> str | None:
        """The only state of a text about the politics of one: the home, or that of all who have one."""
        told = {p.country for p in self.persons if p.country and not p.assumed}
        told |= {m.country for m in self.mentions if m.kind == "description" and m.country}
        if self.home is not None:
            return self.home if told <= {self.home} else None
        return told.pop() if len(told) == 1 else None

    def _visits(self) -> list[tuple[int, str]]:
        """Where the text says somebody travelled, as offset and state."""
        found: list[tuple[int, str]] = []
        for mention in self.mentions:
            if mention.kind in ("place", "country") and mention.country:
                start = mention.span.start
                if _VISITED.search(self.document.text[max(0, start - 60) : start].lower()):
                    found.append((start, mention.country))
        return found

    def _unlabelled(self) -> str | None:
        """
        The state that labels no official, if the first official has no label; else that of the first label.

        A text says of foreigners where they are from, and takes its own officials for known.
        """
        officials = [p for p in self.persons if holds_state_office(p.roles) and not self._international(p)]
        if officials and officials[0].country is None:
            labels = {p.country for p in officials}
            labels |= {
                m.country for m in self.mentions if m.kind == "description" and (m.value or "") in _LABELLED
            }
            votes: Counter[str] = Counter()
            for mention in self.mentions:
                shared = self.document.words(mention.span).lower() in SHARED_BODIES
                if mention.country and mention.kind != "person" and not shared:
                    own = mention.kind == "description" and (mention.value or "") in (
                        "delegation",
                        "side",
                        "government",
                    )
                    votes[mention.country] += 2 if own or mention.span.start < 400 else 1
            # Foreign guests come to the state whose news this is.
            votes.update({country: 1 for start, country in self.visits if start < 600})
            unlabelled = [(c, n) for c, n in votes.most_common(8) if c not in labels]
            if unlabelled and (len(unlabelled) == 1 or unlabelled[0][1] > unlabelled[1][1]):
                return unlabelled[0][0]
            # "Secretary X spoke with French Foreign Minister Y": the label is the other side's.
            return None
        return next((p.country for p in officials if p.country), None)

    # -- one person -----------------------------------------------------------------------

    def _national(self, person: Person) -> str | None:
        """By an office that one state alone calls so: "Secretary of State", "Taoiseach", "State Councilor"."""
        for role in person.roles:
            words = role.title.lower().replace("’", "'").split()
            while words and words[0] in _RANKS:
                words = words[1:]
            entry = next(iter(self.lexicon.lookup(" ".join(words), "national_office")), None)
            if entry is not None:
                return entry.value
        return None

    def _international(self, person: Person) -> bool:
        """Whether somebody acts for a body of several states."""
        for role in person.roles:
            if role.organization is not None and role.tenure != "former":
                entry = next(iter(self.lexicon.lookup(role.organization, "organization")), None)
                if entry is not None and not entry.feature("country"):
                    return True
        return False

    def _within(self, span: Span) -> Sequence[Mention]:
        return self.mentions[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]

    def _paragraph(self, offset: int) -> int:
        return bisect_right(self.paragraph_starts, offset) - 1

    def _sentence(self, offset: int) -> Span:
        at = bisect_right(self.sentence_starts, offset) - 1
        return self.document.sentences[at] if at >= 0 else Span(offset, offset + 1)

    def _before(self, mention: Mention) -> list[Mention]:
        """The mentions before one in its sentence, nearest first."""
        start = self._sentence(mention.span.start).start
        return (
            list(reversed(self._within(Span(start, mention.span.start))))
            if start < mention.span.start
            else []
        )

    def _country(self, mention: Mention) -> str | None:
        if mention.kind == "person":
            person = self.person_of.get(mention.span)
            return person.country if person else None
        return mention.country

    def _owner(self, mention: Mention) -> str | None:
        """By a possessive: "Zaremba's spokeswoman, Major X", "her President Y", "spokesman for its ministry Z"."""
        text = self.document.text
        start = mention.span.start
        before = text[max(0, start - 8) : start].lower()
        near = self._before(mention)
        if _APPOINTED.search(text[max(0, start - 24) : start].lower()):
            # "X, the minister appointed by President Y": both are of one state.
            return next(
                (c for m in near if m.kind in ("person", "description") and (c := self._country(m))), None
            )
        if before.endswith(("'s ", "’s ")):
            return self._country(near[0]) if near and start - near[0].span.end <= 4 else None
        last = before.split()[-1:]
        if (last and last[0] in _OWN) or _OWN & set(text[start : mention.span.end].lower().split()):
            return next((c for m in near if m.kind != "place" and (c := self._country(m))), None)
        return None

    def _place_abroad(self, mention: Mention) -> str | None:
        """For a counterpart: the state of the place abroad where they met."""
        sentence = self._sentence(mention.span.start)
        places = {
            m.country
            for m in self._within(sentence)
            if m.kind == "place" and m.country and m.country != self.home
        }
        return places.pop() if len(places) == 1 else None

    def _listed(self, mention: Mention) -> str | None:
        """By a list of three or more that begins with a state: "US Secretary X, Deputy Secretary Y and General Z"."""
        at = bisect_left(self.starts, mention.span.start)
        first, last = at, at
        while first > 0 and at - first < 20 and self._joined(first - 1):
            first -= 1
        while last + 1 < len(self.mentions) and last - at < 20 and self._joined(last):
            last += 1
        if last - first < 2 or first == at:
            return None
        before = self.mentions[first:at]
        labels = {self._country(m) for m in before if m.kind == "person" and (m.country or m is before[0])}
        return labels.pop() if len(labels) == 1 else None

    def _joined(self, number: int) -> bool:
        """Whether a comma or "and" joins a mention and the next, of people both."""
        one, other = self.mentions[number], self.mentions[number + 1]
        between = self.document.text[one.span.end : other.span.start].strip().lower()
        people = one.kind in ("person", "description") and other.kind in ("person", "description")
        if people and one.kind == "description" and other.kind == "person" and between == "":
            return True
        return people and between in _JOINTS

    def _visited(self, mention: Mention) -> str | None:
        """For somebody met: the state that the text says was travelled to just before."""
        if self.role_of(mention) not in ("object", "with"):
            return None
        at = bisect_left(self.visits, (mention.span.start, "")) - 1
        if at < 0 or self._paragraph(mention.span.start) - self._paragraph(self.visits[at][0]) > 2:
            return None
        return self.visits[at][1]

    def _is_guest(self, mention: Mention, country: str) -> bool:
        """Whether somebody is told to be on a visit to a state: "General X, who is on a visit to Y, met ..."."""
        text, end = self.document.text, self.document.text.find("\n", mention.span.end)
        end = len(text) if end < 0 else end
        for start, visited in self.visits[bisect_left(self.visits, (mention.span.end, "")) :]:
            if start > min(end, mention.span.end + 200):
                return False
            if visited == country and _ON_VISIT.search(text[mention.span.end : start]):
                between = self._within(Span(mention.span.end, start))
                return all(m.kind != "person" for m in between)
        return False

    def _speaks_for_another(self, mention: Mention) -> bool:
        return any("spokes" in role.title.lower() for role in mention.roles)

    def _behalf(self, mention: Mention) -> str | None:
        """By the one who conveys: "conveyed greetings of Prime Minister X"."""
        start = self._sentence(mention.span.start).start
        if not _ON_BEHALF & set(self.document.text[start : mention.span.start].lower().split()):
            return None
        conveyed = [
            m for m in self._before(mention) if m.kind in ("person", "description") and self._country(m)
        ]
        return self._country(conveyed[-1]) if conveyed else None

    def _local(self, mention: Mention) -> str | None:
        """
        By the sentence: it opens with a place ("In Malabo, ...") or with a state that acts ("China has put
        off the visit of Vice Premier X"), or names a body of another state just before; or by the paragraph.
        """
        sentence = self._sentence(mention.span.start)
        before = self._before(mention)
        if before:
            opening = before[-1]
            between = self.document.text[sentence.start : opening.span.start].strip().lower()
            if (
                opening.country
                and opening.kind in ("place", "country")
                and between in ("in", "from", "in the")
            ):
                return opening.country
            acts = opening.kind == "country" or opening.metonym
            if (
                acts
                and opening.country
                and not between
                and all(m.kind not in ("person", "description") for m in before)
            ):
                return opening.country
        for near in before:
            if near.kind == "person" and self._speaks_for_another(near):
                return self._country(near)  # "Kremlin spokesman X said President Y ..."
            if near.kind in ("person", "description"):
                break
            if near.kind == "organization" and near.country and near.country != self.home:
                return near.country
        at = bisect_right(self.paragraph_starts, mention.span.start) - 1
        if at < 0:
            return None
        start = self.document.paragraphs[at].span.start
        first = next(iter(self._within(Span(start, start + 40))), None)
        if first is None or first.kind != "place":
            return None
        opens = self.document.text[start : first.span.start].strip().lower() == "in"
        return first.country if opens else None
