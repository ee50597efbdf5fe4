"""What stands after a head: "of the Armed Forces of Latvia", "to the United Nations", "for European Affairs"."""

from __future__ import annotations

from collections.abc import Callable

from .heads import MODIFIERS, Head, find_head, is_office_word, next_head
from .names import FUNCTION_WORDS, Scan
from .wordclasses import word_set, word_table

_LONGEST = 14
_LONGEST_LIST = 60
_ARTICLES = word_set("the a an its his her their our all")
_CONNECTORS = word_set("of for and & the on to in")
# Which heads take a complement with these: "in Paris" after a minister says where he was.
_TAKE = {
    "to": word_set(
        "ambassador ambassadors envoy envoys representative representatives delegate observer consul nuncio adviser "
        "advisor assistant aide secretary special attaché attache"
    ),
    "in": word_set("ambassador ambassadors consul consul-general attaché attache chargé charge"),
    "at": word_set("ambassador representative attaché attache professor lecturer"),
    "on": word_set("rapporteur adviser advisor representative coordinator expert"),
}
_ABROAD = _TAKE["to"] | _TAKE["in"] | word_set("commissioner coordinator rapporteur")


def takes_complement(scan: Scan, head: Head, j: int) -> bool:
    """Whether the preposition at a token opens the complement of a head, rather than what the verb needs."""
    word, n = scan.lower[j], j + 1
    if n >= scan.size:
        return False
    article = scan.lower[n] in _ARTICLES
    m = n + 1 if article else n
    if m >= scan.size or scan.breaks[m]:
        return False
    letter, following = scan.classes[m], scan.lower[m]
    named = letter in "PCRLDANGOT" or is_office_word(scan.lexicon, following)
    capital = scan.forms[head.first][0].isupper()
    if word == "of":
        if letter == "w" and following.endswith("ing") and not article:
            return False  # "accused the side of running away"
        if head.kind in ("side", "state", "body", "group", "generic", "relation"):
            return letter in "CRDPA" or scan.lower[n] == "both" or following in ("two", "three", "both")
        return True
    if word == "for":
        if head.kind != "office":
            return False
        # "Thanked the Danish envoy for Copenhagen's support": a capital is seldom anybody's field.
        if letter == "L" and not capital and scan.entry(m, "capital"):
            return False
        return named or (capital and article and letter == "w" and not following.endswith("ing"))
    heads = _TAKE.get(word)
    if heads is None or not _names_any(scan, head, heads):
        return False
    return named or (word == "to" and article and find_head(scan, m) is not None)


def complement_end(scan: Scan, j: int, head: Head, known: frozenset[str]) -> int:
    """
    The token after the noun phrase that says of what somebody is minister, head or envoy; ``j`` if there is none.

    Args:
        known: Forms that are parts of names of persons of this document: there the complement ends.
    """
    return _Complement(scan, j, head, known).end()


class _Complement:
    """
    One walk over a complement, a step by the class of each token.

    ``good`` is where it may end; ``proper`` tells that it holds a name of something, after which an
    unknown word in capitals begins a person's name ("Speaker of the Diet | Arvis Kalnozols").
    """

    def __init__(self, scan: Scan, j: int, head: Head, known: frozenset[str]) -> None:
        self.scan = scan
        self.head = head
        self.known = known
        self.opened = j
        k = j
        while k < scan.size and scan.lower[k] in _ARTICLES:
            k += 1
        self.begun = self.good = self.at = k
        self.proper = False
        self.states = 0

    def end(self) -> int:
        scan = self.scan
        if self.at < scan.size and self._opens_title_of_name(self.at):
            return self.opened
        while self.at < scan.size and self.at - self.opened < (
            _LONGEST_LIST if self.states > 2 else _LONGEST
        ):
            if self.at > self.opened and scan.breaks[self.at]:
                break
            step = _STEPS.get(scan.classes[self.at])
            if step is None or not step(self):
                break
        return self.good if self.good > self.begun else self.opened

    def _take(self, after: int, *, proper: bool | None = None) -> bool:
        self.at = self.good = after
        self.proper = self.proper if proper is None else proper
        return True

    def _hit(self) -> bool:
        self.states += self.scan.classes[self.at] == "C"
        return self._take(self.scan.after.get(self.at, self.at + 1), proper=True)

    def _demonym(self) -> bool:
        return self._take(self.at + 1)

    def _word(self) -> bool:
        return self._take(self.at + 1, proper=True)

    def _ordinary(self) -> bool:
        """An ordinary word with a capital: of a field, unless it is rather the first word of a name."""
        scan, k = self.scan, self.at
        if k > self.begun and (scan.heading[k] or self._opens_name(k)):
            return False
        return self._word()

    def _opens_name(self, k: int) -> bool:
        """ "Minister of Defence Ban Seung-min": a short word before an unknown one."""
        scan = self.scan
        if len(scan.forms[k]) > 5 or scan.lower[k].endswith("s") or k + 1 >= scan.size or scan.breaks[k + 1]:
            return False
        end = scan.name_end(k + 1)
        more = end < scan.size and scan.classes[end] in "PO"
        return scan.classes[k + 1] in "NI" and end > k + 1 and not more

    def _title(self) -> bool:
        """ "Office of the President", "Chief of General Staff": only as the first word."""
        scan, k = self.scan, self.at
        if k != self.begun:
            return False
        if k + 1 < scan.size and (scan.classes[k + 1] in "PO" or scan.lower[k + 1] in ("of", "for", "'s")):
            return self._take(k + 1, proper=True)
        after = scan.after.get(k, k + 1)
        if find_head(scan, k) is None or scan.name_end(after, titled=True) > after:
            return False
        return self._take(after, proper=True)

    def _name(self) -> bool:
        """Unknown words with capitals: what the head is of, as far as no person begins."""
        scan, k = self.scan, self.at
        after_noun = self.good > self.begun and scan.classes[self.good - 1] == "w"
        if scan.forms[k] in self.known or after_noun:
            return False
        end = scan.name_end(k)
        if self.proper:
            # "of the Georgian Dream Party": a name of a body that ends in a word of office.
            if end < scan.size and end - k <= 2 and scan.classes[end] == "P" and scan.classes[k] != "G":
                return not scan.breaks[end] and self._take(end + 1)
            return False
        split = _split(scan, k, max(end, k + 1))
        return split > k and self._take(split, proper=True)

    def _possessive(self) -> bool:
        scan, k = self.scan, self.at + 1
        if k >= scan.size or not (scan.classes[k] in "PODTAN" or is_office_word(scan.lexicon, scan.lower[k])):
            return False
        self.at = k
        self.proper = self.proper and scan.classes[k] != "N"
        return True

    def _small(self) -> bool:
        """A word in lower case: a connector, or a noun while nothing is named yet."""
        scan, word = self.scan, self.scan.lower[self.at]
        if word in _CONNECTORS:
            return self._connector(word)
        if self.at - self.begun > 4 or not _is_noun(word):
            return False
        return (not self.proper or is_office_word(scan.lexicon, word)) and self._take(self.at + 1)

    def _connector(self, word: str) -> bool:
        scan, k = self.scan, self.at
        if self.good != k:
            return False
        if word in ("and", "&") and title_ahead(scan, k + 1):
            return False
        if word in ("to", "in", "on"):
            named = k + 1 < scan.size and scan.classes[k + 1] in "RCLA" and self.good > self.begun
            if not named or (word != "to" and not _names_any(scan, self.head, _ABROAD)):
                return False
        n = k + 1
        while n < scan.size and scan.lower[n] in ("the", "its", "of"):
            n += 1
        if n >= scan.size or scan.breaks[n]:
            return False
        letter = scan.classes[n]
        if letter == "N" and word in ("of", "for"):
            self.at, self.proper = n, False
            return True
        goes_on = letter in "PORCDA" or (letter == "L" and word != "and") or (letter == "T" and word == "of")
        if not goes_on and not (letter == "w" and is_office_word(scan.lexicon, scan.lower[n])):
            return False
        self.at = n
        return True

    def _mark(self) -> bool:
        """ "&", or a comma in "Trade, Industry and Energy", "Latvia, Estonia and Lithuania"."""
        scan, k = self.scan, self.at
        if scan.forms[k] == "&":
            return self._connector("&")
        if scan.forms[k] != "," or self.good != k or k + 2 >= scan.size:
            return False
        before, following = scan.classes[k - 1], scan.classes[k + 1]
        listed = before in "POC" and following in "POC" and (before == following or following != "C")
        if not listed or not _list_ends(scan, k + 1):
            return False
        self.at = k + 1
        return True

    def _opens_title_of_name(self, i: int) -> bool:
        """ "An invitation from his President for Prime Minister X": the title of somebody named begins."""
        scan = self.scan
        head = next_head(scan, i) if scan.classes[i] in "TPH" else None
        if head is None or head.kind not in ("office", "rank", "address"):
            return False
        if head.after >= scan.size or scan.breaks[head.after]:
            return False
        return scan.name_end(head.after, titled=True) > head.after


_STEPS: dict[str, Callable[[_Complement], bool]] = {
    "C": _Complement._hit,
    "R": _Complement._hit,
    "L": _Complement._hit,
    "D": _Complement._demonym,
    "A": _Complement._word,
    "P": _Complement._word,
    "O": _Complement._ordinary,
    "T": _Complement._title,
    "N": _Complement._name,
    "G": _Complement._name,
    "I": _Complement._name,
    "q": _Complement._possessive,
    "w": _Complement._small,
    ".": _Complement._mark,
}


def title_ahead(scan: Scan, i: int) -> bool:
    """Whether a title begins at a token."""
    for k in range(i, min(i + 5, scan.size)):
        if k > i and scan.breaks[k]:
            return False
        head = find_head(scan, k)
        if head is not None and head.kind in ("office", "rank", "address", "relation"):
            return True
        word = scan.lower[k]
        if (
            scan.classes[k] not in "PODCANL"
            and word not in MODIFIERS
            and word not in ("the", "his", "her", "its", "'s")
        ):
            return False
    return False


def _names_any(scan: Scan, head: Head, words: frozenset[str]) -> bool:
    return any(scan.lower[k].rstrip(".") in words for k in range(head.first, head.after))


def _list_ends(scan: Scan, i: int) -> bool:
    """Whether a list goes on to an "and" before it ends."""
    states = scan.classes[i] == "C"
    for k in range(i, min(i + (40 if states else 8), scan.size)):
        if scan.lower[k] in ("and", "&"):
            n = k + 2 if states and scan.lower[k + 1 : k + 2] == ("the",) else k + 1
            return n < scan.size and scan.classes[n] in "POCFD" and not title_ahead(scan, n)
        if scan.classes[k] not in "POCD" and scan.forms[k] != "," and scan.lower[k] not in ("of", "the"):
            return False
    return False


def _is_noun(word: str) -> bool:
    if word in FUNCTION_WORDS or not word.replace("-", "").isalpha() or word.endswith(("ly", "ed", "ing")):
        return False
    classes = word_table().classes.get(word)
    return classes is None or bool(set(classes) & set("nsj"))


def _split(scan: Scan, first: int, after: int) -> int:
    """Where, in unknown capitalised words after "Speaker of", the body ends and the name begins."""
    for k in range(first + 1, after):
        if scan.classes[k] in "GI":
            return k
    length = after - first
    if scan.classes[first] in "GI" and length >= 2:
        return first
    return after - 2 if length >= 3 else after
