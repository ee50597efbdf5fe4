"""The tokens of a document as a reader of names sees them, and where a personal name ends."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ..lexicon import Entry, Hit, LexiconUnion
from ..records import Document, Span
from .tokens import tokens_of
from .wordclasses import word_set

# One letter a token (`Scan.classes`):
#   N  capitalised and unknown: what names are made of     G  a given name of the table
#   I  an initial ("J.", "B.")                              A  an acronym, or a word in capitals
#   O  an ordinary English word with a capital              F  a function word, month or weekday with a capital
#   P  a word of office with a capital ("Foreign")          T  a title or rank    H  a form of address
#   C  a country    D  a demonym    L  a place or capital   R  an organisation or its seat
#   w  a word in lower case    q  a possessive 's           0  a number           .  anything else
NAME_CLASSES = frozenset("NGI")

FUNCTION_WORDS = word_set(
    """
    a an the this that these those and or but nor so yet if as at by for from in into of off on onto out
    over per since than to under until up upon via with within without about above across after against
    along amid among around before behind below beneath beside besides between beyond despite down during
    except following like near next notwithstanding regarding through throughout toward towards unlike
    versus while whereas when where whether who whom whose which what why how he she it they we i you his
    her its their our my your him them us me himself herself itself themselves ourselves is are was were be
    been being am has have had having do does did will would shall should can could might must not no none
    never neither either both all each every any some many much more most few several other others another
    such same also again already always ever even just only quite rather still then there here thus hence
    however moreover meanwhile furthermore additionally nevertheless nonetheless therefore instead later
    earlier previously recently finally lastly firstly secondly thirdly first second third last today
    yesterday tomorrow tonight now once twice afterwards thereafter separately jointly accordingly
    consequently likewise similarly indeed yes no ok okay please thanks one two three four five six seven
    eight nine ten eleven twelve monday tuesday wednesday thursday friday saturday sunday january february
    march april june july august september october november december feb apr jul aug sep sept oct nov tue
    tues thur thurs am pm gmt utc est cet msk
    """
)  # fmt: skip

# Hits of these kinds class their tokens, the first that an entry has. "place" follows "country": Georgia, Luxembourg.
_KINDS = (
    ("title", "T"), ("rank", "T"), ("honorific", "H"), ("country", "C"), ("organization", "R"), ("seat", "R"),
    ("demonym", "D"), ("capital", "L"), ("place", "L"),
)  # fmt: skip

_QUOTES = {"“": "”", '"': '"', "‘": "’", "«": "»", "„": "”", "'": "'"}
_SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"])
_VOWEL = re.compile(r"[aeiouyäöüàáâãåæèéêëìíîïòóôõøùúûýąęėįųūāēīōűőıəơư]", re.IGNORECASE)
_INITIAL = re.compile(r"(?:[^\W\d_]\.)+(?:[-–][^\W\d_]\.)?$|[^\W\d_]$")
_GLUED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]{2,}")  # "B.Tsolmonbat": initial and surname in one token
_LONGEST_NAME = 8


@cache
def _ordinary_words() -> frozenset[str]:
    path = Path(__file__).parent / "data" / "ordinary.txt"
    lines = path.read_text(encoding="utf-8").split("\n")
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=20_000)
def is_ordinary(word: str) -> bool:
    """Whether a lower-case word is an ordinary English one, inflected or not; "works", "planning"."""
    if len(word) < 3:
        return False  # "Ho", "Or", "Ma" are surnames; true function words are told apart before.
    known = _ordinary_words()
    if word in known:
        return True
    if not word.isascii() or len(word) < 4:
        return False
    if "-" in word:
        return all(is_ordinary(part) for part in word.split("-") if part)
    return any(base in known for base in _bases(word))


def _bases(word: str) -> list[str]:
    found: list[str] = []
    for ending, replacements in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: -len(ending)]
            found += [stem + r for r in replacements]
            if len(stem) > 3 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return found


_ENDINGS = (
    ("ies", ("y",)), ("es", ("e", "")), ("s", ("",)), ("ied", ("y",)), ("ed", ("e", "")), ("ing", ("e", "")),
    ("ly", ("",)), ("er", ("", "e")), ("ers", ("", "e")), ("ness", ("",)), ("ization", ("ize",)), ("isation", ("ise",)),
)  # fmt: skip


class Scan:
    """
    A document's tokens, each with a class, what the lexicon says of it, and where sentences and paragraphs begin.

    All positions are token numbers; `span` turns them into offsets.
    """

    def __init__(self, document: Document, lexicon: LexiconUnion) -> None:
        self.document = document
        self.lexicon = lexicon
        self.text = document.text
        tokens = tokens_of(document.text)
        self.starts, self.ends, self.forms, self.lower = tokens
        self.size = len(self.forms)
        self.classes: list[str] = []
        self.hits: dict[int, Hit] = {}
        """By its first token."""
        self.after: dict[int, int] = {}
        """The token after a hit, by its first token."""
        self.breaks = bytearray(self.size + 1)
        """2 at the first token of a paragraph, 1 at the first of a sentence."""
        self.byline = bytearray(self.size + 1)
        """1 at tokens of a line that says who wrote the text: they are nobody in it."""
        self.heading = bytearray(self.size + 1)
        """1 at tokens of a paragraph whose words nearly all have capitals."""
        self.heads: dict[int, Any] = {}
        """What `heads.find_head` found, by token."""
        self.likely: list[int] | None = None
        """Tokens at which a head may begin, once `titled` has looked."""
        self.known: frozenset[str] = frozenset()
        """Parts of names of persons found so far; a headline may have them though they are words."""
        self._mark_breaks()
        self._class_tokens()

    # -- making ---------------------------------------------------------------------------

    def _mark_breaks(self) -> None:
        by_start = {start: number for number, start in enumerate(self.starts)}
        for sentence in self.document.sentences:
            number = by_start.get(sentence.start)
            if number is not None:
                self.breaks[number] = 1
        text, ends, starts = self.text, self.ends, self.starts
        for number in range(self.size):
            gap = text[ends[number - 1] : starts[number]] if number else "\n\n"
            if "\n" in gap and gap.count("\n") > 1:
                self.breaks[number] = 2
        for paragraph in self.document.paragraphs:
            number = by_start.get(paragraph.span.start)
            if number is not None:
                self.breaks[number] = 2
            if paragraph.kind == "byline" or (
                paragraph.kind == "header" and " By " in self.document.words(paragraph.span)
            ):
                for i in tokens_of(text).within(paragraph.span):
                    self.byline[i] = 1
        for credit in _CREDIT.finditer(text):
            for i in tokens_of(text).within(Span(*credit.span())):
                self.byline[i] = 1
        for sentence in self.document.sentences:
            self._mark_heading(sentence)
        self.breaks[self.size] = 2

    def _mark_heading(self, span: Span) -> None:
        inside = tokens_of(self.text).within(span)
        # A headline has no full stop; "met with U.S. President Donald Trump." has.
        if len(inside) > 30 or self.text[span.end - 1] in '.”"':
            return
        words = [self.forms[i] for i in inside if self.forms[i][0].isalpha() and len(self.forms[i]) > 3]
        if len(words) > 2 and sum(w[0].isupper() for w in words) >= 0.8 * len(words):
            for i in inside:
                self.heading[i] = 1

    def _class_tokens(self) -> None:
        # Most tokens are plain words in lower case.
        classes = [
            "w" if form.islower() and form.isalpha() else self._class_alone(i)
            for i, form in enumerate(self.forms)
        ]
        by_start = {start: number for number, start in enumerate(self.starts)}
        by_end = {end: number for number, end in enumerate(self.ends)}
        # A line break inside a paragraph is a space: "Minister of\nDefense".
        for hit in self.lexicon.find(self.text.replace("\n", " ").replace("\xa0", " ")):
            first, last = by_start.get(hit.start), by_end.get(hit.end)
            if first is None:
                continue
            if last is None:
                # "Minister" in "Minister-designate": the token goes with its hit.
                last = first
                while last + 1 < self.size and self.ends[last] < hit.end:
                    last += 1
                if not self._is_suffixed(last, hit.end):
                    continue
            letter = next((c for kind, c in _KINDS if any(e.kind == kind for e in hit.entries)), None)
            if letter is None or not self._plausible(hit, letter, first, last):
                self.hits[first], self.after[first] = hit, last + 1
                continue
            self.hits[first], self.after[first] = hit, last + 1
            for i in range(first, last + 1):
                classes[i] = letter
        self.classes = classes
        for i in range(self.size - 1):
            letter = classes[i]
            if letter in "HTP" and i and classes[i - 1] in "NG" and self._is_inner_address(i):
                classes[i] = "N"
            elif self.breaks[i + 1]:
                continue
            elif letter in "LCR" and self.after.get(i) == i + 1:
                if self._is_name_of_place(i):
                    classes[i] = "G"
            elif letter == "O" and self._is_name_of_word(i):
                classes[i] = "G"

    def _is_inner_address(self, i: int) -> bool:
        """ "Hasan Sheikh Warsame", "Pham Minh Tuan", "Qin Gang": a form of address or body that is part of a name."""
        form = self.forms[i]
        if self.classes[i] == "P":
            return self.lower[i] in _SYLLABLES_OF_NAMES and not self.breaks[i]
        if self.breaks[i] or self.after.get(i) != i + 1 or not (form[0].isupper() and form[1:].islower()):
            return False
        # "In Lusail Sheikh Y said": an unknown place rather than a name.
        return self.lower[i] in INNER_ADDRESSES and not (i > 1 and self.lower[i - 2] in _NO_NAME_AFTER)

    def _is_name_of_place(self, i: int) -> bool:
        """
        A place or body that is a given name, before a surname: "Vladimir Putin", "Victoria Nuland".

        After a title any will do: "Minister Sofia Braga", "Minister Hina Rabbani" (HINA being an agency).
        """
        following, form = self.classes[i + 1], self.forms[i]
        titled = i > 0 and self.classes[i - 1] == "T" and not self.breaks[i] and not self.heading[i]
        surname = following in "NO" or (following == "L" and self.after.get(i + 1) == i + 2)
        if self.classes[i] == "R":
            entry = self.entry(i, "organization")
            acronym = entry is not None and entry.value.isupper() and not form.isupper()
            return titled and acronym and following in "NG"
        if self.lexicon.has(self.lower[i], "given_name") and not self.heading[i]:
            return surname or (titled and following == "G")
        return titled and self.classes[i] == "L" and following == "N"

    def _is_name_of_word(self, i: int) -> bool:
        """ "Grace", "Mark" before a name; "Park Chung-ho" whatever the first is."""
        following = self.classes[i + 1]
        if following in "NG" and _TWO_SYLLABLES.match(self.forms[i + 1]) and len(self.forms[i]) < 6:
            return True
        sure = "NIG" if self.breaks[i] or self.heading[i] else "NIGO"
        return following in sure and self.lexicon.has(self.lower[i], "given_name")

    def _is_suffixed(self, number: int, end: int) -> bool:
        rest = self.text[end : self.ends[number]].lower()
        return rest in ("-designate", "-elect", "-in-office", "-general", "-nominate")

    def _plausible(self, hit: Hit, letter: str, first: int, last: int) -> bool:
        """Whether a hit is what its table says, and no word or name of the same form."""
        form = self.forms[first]
        if letter in "CDLR" and first == last:
            entry = hit.entries[0]
            if form.islower():
                return False
            if (
                "word" in entry.feature("ambiguous")
                and (self.breaks[first] or self.heading[first] or not form[0].isupper())
                and not (form.isupper() and not self._all_caps_around(first))
            ):
                return False
        if letter == "H" and form == "M." and last == first:
            return not self.breaks[first]
        return True

    def _class_alone(self, i: int) -> str:
        form = self.forms[i]
        head = form[0]
        if head.isdigit():
            return "0"
        if not head.isalpha():
            return "q" if len(form) > 1 and self.lower[i] == "'s" else "."
        if not head.isupper() and not head.istitle():
            # "al-Sisi", "d'Estaing": a name that begins with its particle.
            if ("-" in form or "'" in form or "’" in form) and _INNER.match(form):
                return "N"
            return "w"
        if form.rstrip(".") in _SHOUTED and self.forms[i + 1 : i + 2] and self.forms[i + 1].isupper():
            return "H"
        letter = _class_of(self.lexicon, form, self.lower[i])
        return "A" if letter in "GON" and form.isupper() and not self._all_caps_around(i) else letter

    def _all_caps_around(self, i: int) -> bool:
        """Whether a word in capitals stands among others, as in a headline or "JOAQUIN ETXEBERRIA (Spain)"."""
        if len(self.forms[i]) < 3 or not _VOWEL.search(self.forms[i]):
            return False
        for j in (i - 1, i + 1):
            if 0 <= j < self.size and not self.breaks[max(i, j)]:
                form = self.forms[j]
                if form.isupper() and len(form) > 2 and form.isalpha():
                    return True
        return False

    # -- asking ---------------------------------------------------------------------------

    def span(self, first: int, after: int) -> Span:
        """The offsets of the tokens ``first`` to ``after``, half-open."""
        return Span(self.starts[first], self.ends[after - 1])

    def words(self, first: int, after: int) -> str:
        """Their text."""
        return self.text[self.starts[first] : self.ends[after - 1]]

    def entry(self, i: int, *kinds: str) -> Entry | None:
        """The entry of these kinds that begins at a token."""
        hit = self.hits.get(i)
        return hit.of(*kinds) if hit else None

    def is_particle(self, i: int) -> bool:
        """Whether a token is a lower-case part of names ("bin", "van", "al")."""
        low = self.lower[i]
        return low == self.forms[i] and low in _particles(self.lexicon)

    def name_end(self, i: int, *, titled: bool = False) -> int:
        """
        The token after the personal name that begins at token ``i``; ``i`` if there is none.

        Args:
            titled: A title stands before it, so that one word, or an ordinary one ("President White"), is enough.
        """
        j, parts, size = i, 0, self.size
        last_word = i
        while j < size and j - i < _LONGEST_NAME:
            if j > i and self.breaks[j] and not self._is_abbreviated(j - 1):
                break
            form, letter = self.forms[j], self.classes[j]
            if letter in NAME_CLASSES:
                parts += 1
            elif letter == "A":
                if self.lower[j] in _SUFFIXES and parts:
                    pass
                elif not (parts or titled) or not self._is_capital_surname(j):
                    break
                parts += 1
            elif letter in "LC":
                # "Joaquín Luna", "Michael Jordan": a place straight after a name is a surname.
                single = self.after.get(j, j + 1) - j == 1
                if not parts or not single or self.classes[j - 1] not in "NGI":
                    break
                if letter == "C" and self.classes[j - 1] == "N" and not titled:
                    break
                parts += 1
            elif letter == "D" and parts and self._people_for_surname(j):
                parts += 1
            elif letter == "O" and (not self.heading[j] or self.forms[j] in self.known):
                # "Stuart Peach", "President White", "Grace Otieno" inside a sentence.
                if self._opens_more(j) and not self.heading[j]:
                    break
                if not parts and not (titled and not self.breaks[j]) and not self._opens_name(j):
                    break
                parts += 1
            elif letter == "T" and parts and self._title_for_surname(j):
                parts += 1
            elif letter == "H" and parts and self._inner_honorific(j):
                # "Razali bin Haji Osman", "Tariq Syed Anwar".
                parts += 1
            elif self.lower[j] in _SUFFIXES and parts:
                pass
            elif form == "," and parts and j + 1 < size and self.lower[j + 1] in ("jr", "jr.", "sr", "sr."):
                j += 1
            elif self.is_particle(j) and (parts or titled) and self._name_follows(j):
                j += 1
                continue
            elif form in _QUOTES and parts:
                close = self._nickname_end(j)
                if not close:
                    break
                j = close
                continue
            else:
                break
            j += 1
            last_word = j
        if last_word == i or all(self.classes[k] == "I" for k in range(i, last_word)):
            return i
        return last_word

    def _is_abbreviated(self, i: int) -> bool:
        return self.classes[i] == "I" or self.forms[i].endswith(".")

    def _is_capital_surname(self, i: int) -> bool:
        form = self.forms[i]
        return (
            len(form) >= 4
            and bool(_VOWEL.search(form))
            and not self.lexicon.has(form, "organization", "acronym")
        )

    def _given_before(self, j: int) -> bool:
        return self.classes[j - 1] == "G" or (self.classes[j - 1] == "I" and j >= 1)

    def _opens_more(self, j: int) -> bool:
        """Whether an ordinary word with a capital goes on into a longer title or name of a thing."""
        following = self.classes[j + 1] if j + 1 < self.size and not self.breaks[j + 1] else "."
        return following in "OPRT"

    def _name_follows(self, j: int) -> bool:
        k = j + 1
        while k < self.size and k - j < 3 and self.is_particle(k):
            k += 1
        return k < self.size and not self.breaks[k] and self.classes[k] in "NGLOACH"

    def _people_for_surname(self, j: int) -> bool:
        """ "Mumtaz Baloch": a people straight after names, and no noun after it."""
        if self.after.get(j) == j + 1 and self.classes[j - 1] == "I":
            return True  # "Peter M Christian"
        if self.after.get(j) != j + 1 or self.classes[j - 1] not in "NG":
            return False
        following = self.lower[j + 1] if j + 1 < self.size and not self.breaks[j + 1] else "."
        return following in (",", ".", "'s", ")", "and") or following in (
            "said",
            "told",
            "says",
            "tweeted",
            "was",
            "is",
            "has",
        )

    def _title_for_surname(self, j: int) -> bool:
        """ "James Baker", "Joan Bishop": an office straight after a given name is a surname."""
        if self.classes[j - 1] != "G" or not self.forms[j][0].isupper() or self.after.get(j) != j + 1:
            return False
        following = self.classes[j + 1] if j + 1 < self.size and not self.breaks[j + 1] else "."
        return following not in "NGIOPT" and self.lower[j + 1 : j + 2] != ("of",)

    def _inner_honorific(self, j: int) -> bool:
        entry = self.entry(j, "honorific")
        following = self.classes[j + 1] if j + 1 < self.size and not self.breaks[j + 1] else "."
        return (
            entry is not None
            and entry.feature("class") != "address"
            and following in "NGO"
            and not self.forms[j].endswith(".")
        )

    def _opens_name(self, j: int) -> bool:
        """Whether an ordinary word with a capital is the first part of a name: inside a sentence, before an unknown word."""
        following = self.classes[j + 1] if j + 1 < self.size and not self.breaks[j + 1] else "."
        if self.forms[j].isupper() or following not in "NIG":
            return False
        if self.classes[j - 1] in "OPRANG" and not self.breaks[j]:
            return False  # "Space Shuttle Atlantis"
        return not self.breaks[j] and self.forms[j - 1] not in (
            "“",
            '"',
            "‘",
            ":",
            ".",
            "•",
            "-",
            "–",
            "—",
            "«",
        )

    def _nickname_end(self, j: int) -> int:
        """The token after a nickname in quotation marks inside a name; 0 if it is none."""
        close = _QUOTES[self.forms[j]]
        for k in range(j + 1, min(j + 5, self.size - 1)):
            if self.forms[k] == close:
                return k + 1 if k > j + 1 and self.classes[k + 1] in NAME_CLASSES else 0
            if not self.forms[k][0].isupper():
                return 0
        return 0


@lru_cache(maxsize=50_000)
def _class_of(lexicon: LexiconUnion, form: str, low: str) -> str:
    """The class of a word with a capital, its neighbours unseen."""
    if low in FUNCTION_WORDS:
        return "F"
    if len(form) <= 4 and _INITIAL.match(form):
        return "I"
    if _GLUED.match(form) or low == "van":
        return "N"  # "Nguyen Van Hung", "Van Rompuy"
    if lexicon.has(low, "portfolio", "org_head"):
        return "P"
    given = lexicon.lookup(low, "given_name")
    if not given and "-" in low:
        given = lexicon.lookup(low.split("-")[0], "given_name")
    if given and not (given[0].feature("ambiguous") and is_ordinary(low)):
        return "G"
    # "Grace", "Mark": a name only before another name, which `Scan` looks for at the end.
    return "O" if is_ordinary(low) else "N"


_SHOUTED = word_set("MR MRS MS DR")
# Forms of address that are parts of names as well.
INNER_ADDRESSES = word_set(
    "sheikh shaikh cheikh haji hajji tuan syed sayyid mirza emir amir imam malik mullah"
)
_NO_NAME_AFTER = word_set("in at from near to")
# Words of bodies that are given names, after a surname.
_SYLLABLES_OF_NAMES = word_set("gang")
_TWO_SYLLABLES = re.compile(r"[A-Z][a-z]{1,5}-[A-Za-z][a-z]{1,5}$")
# "(Reporting by X and Y in Warsaw; Editing by Z)"
_CREDIT = re.compile(
    r"\((?:additional )?(?:reporting|writing|editing|compiled|translated) by [^()]{0,300}\)", re.IGNORECASE
)
_NO_PARTICLES = word_set("in op te tot 't ’t b. mint")
_INNER = re.compile(r"(?:[a-z]{1,4}[-‐‑'’])+[^\W\d_a-z]")


@lru_cache(maxsize=8)
def _particles(lexicon: LexiconUnion) -> frozenset[str]:
    words = {word for entry in lexicon.table("particle") for word in entry.surface.split(" ")}
    return frozenset(words - _NO_PARTICLES)
