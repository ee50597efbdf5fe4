"""Text to Document: paragraphs and their kinds, header and dateline, sentences, quotations."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import attrs

from ..lexicon import LexiconUnion
from ..records import Dateline, Document, Metadata, Paragraph, ParagraphKind, Place, Span, When
from .dates import nearest_day, resolve_when, times_in
from .quotations import quotations_in
from .sentences import abbreviations_of, sentences_in

READ_KINDS: frozenset[ParagraphKind] = frozenset(["headline", "body", "caption", "turn"])
"""The kinds of paragraph that are cut into sentences and searched for quotations."""


def find_document(text: str, metadata: Metadata, lexicon: LexiconUnion) -> Document:
    """
    Cut a text up.

    Args:
        text: Kept as it is; all offsets count its code points.

        metadata: What is known already; it wins over what the text says.

        lexicon: Its titles and ranks tell abbreviations from the ends of sentences, its places
            tell a dateline from other words before a dash.

    Returns:
        The document.  ``published`` is a full date or ``None``; ``language`` is "und" if the
        metadata names none and the text has hardly an English function word.
    """
    # 1. Lines to paragraphs.  2. Their kinds.  3. Header and dateline to metadata.
    # 4. Sentences and quotations of what is to be read.
    parts = _kinds(text, _paragraphs(text), lexicon)
    paragraphs = tuple(Paragraph(span=p.span, kind=p.kind, label=p.label) for p in parts)
    read = [p for p in parts if p.kind in READ_KINDS]
    abbreviations = abbreviations_of(lexicon)
    sentences = tuple(s for p in read for s in sentences_in(text, p.spoken(text), abbreviations))
    quotations = quotations_in(text, [p.spoken(text) for p in read if p.kind != "caption"])
    for caption in (p for p in read if p.kind == "caption"):
        quotations += quotations_in(text, [caption.span])
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    document = Document(
        id=metadata.id or f"document-{digest[:16]}", text=text, sha256=digest, url=metadata.url,
        title=metadata.title or _title(text, parts),
        author=metadata.author or next((p.author for p in parts if p.author), None),
        publisher=metadata.publisher, published=metadata.published or _published(parts),
        language=metadata.language or _language(text),
        paragraphs=paragraphs, sentences=sentences,
        quotations=tuple(sorted(quotations, key=lambda q: (q.span.start, -q.span.end))),
    )  # fmt: skip
    return _with_dateline(document, parts, lexicon)


@attrs.define(slots=True)
class _Part:
    """A paragraph on its way to be classed."""

    span: Span
    kind: ParagraphKind = "body"
    label: Span | None = None
    author: str | None = None
    day: str | None = None
    """An ISO date that it gives as that of publication."""
    dateline: _DatelineWords | None = None

    def spoken(self, text: str) -> Span:
        """The span without a turn's label."""
        if self.label is None:
            return self.span
        at = self.label.end
        while at < self.span.end and (text[at].isspace() or text[at] in ":)."):
            at += 1
        return Span(at, self.span.end) if at < self.span.end else self.span


class _DatelineWords(NamedTuple):
    span: Span
    place: Span | None
    day: Span | None
    agency: str | None


# -- 1. paragraphs ------------------------------------------------------------------------------

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_PADDING = (
    " \t\xa0\ufeff\u200b\u200c\u200d\u2060\u200e\u200f\x00\u3000\u2000\u2001\u2002\u2003\u2007\u2009\u202f"
)
_BULLET = re.compile(r"(?:[•●▪■◦‣⁃∙·*]|[-–—](?=\s)|\(?\d{1,2}[.)](?=\s)|\(?[a-z]\)(?=\s))")
_SENTENCE_END = re.compile(r"[.!?…:;][\"”’»'\])]*\Z")


def _paragraphs(text: str) -> list[Span]:
    """The paragraphs: blank lines part them, and so do line breaks that no line was too long for."""
    blocks: list[list[Span]] = []
    last_end = 0
    for match in _LINE.finditer(text):
        start, end = match.span()
        between = _BREAK.findall(text, last_end, start)
        last_end = end
        while start < end and (text[start] in _PADDING or text[start].isspace()):
            start += 1
        while end > start and (text[end - 1] in _PADDING or text[end - 1].isspace()):
            end -= 1
        if start == end:
            blocks.append([])
        elif not blocks or len(between) > 1:
            blocks.append([Span(start, end)])
        else:
            blocks[-1].append(Span(start, end))
    width = _wrapped_at(text, blocks)
    return [span for block in blocks for span in _joined(text, block, width)]


def _wrapped_at(text: str, blocks: list[list[Span]]) -> int:
    """The width at which the lines were broken by hand; 0 if line breaks end paragraphs."""
    broken = [
        len(line)
        for block in blocks
        for line, following in pairwise(block)
        if len(line) >= 40 and text[following.start].islower() and not _SENTENCE_END.search(text, line.end - 4, line.end)
    ]  # fmt: skip
    # Past that nobody breaks lines; a single break of a long line is an accident.
    lengths = [n for n in broken if n <= 130]
    return max(lengths) if len(lengths) * 2 > len(broken) else 0


def _joined(text: str, block: list[Span], width: int) -> Iterator[Span]:
    if not block:
        return
    start, previous = block[0].start, block[0]
    for line in block[1:]:
        if _goes_on(text, previous, line, width):
            previous = line
            continue
        yield Span(start, previous.end)
        start, previous = line.start, line
    yield Span(start, previous.end)


def _goes_on(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether a line break stands in the middle of a paragraph."""
    if _BULLET.match(text, following.start) or _is_clutter(text, following):
        return False
    ends = _SENTENCE_END.search(text, max(line.start, line.end - 4), line.end)
    if text[following.start].islower() and not ends and len(line) >= 25:
        return True
    if _LABEL_ALONE.fullmatch(text, line.start, line.end):
        return True
    if not width or _LABEL.match(text, following.start, following.end):
        return False
    space = text.find(" ", following.start, following.end)
    word = (space if space > 0 else following.end) - following.start
    # Would its first word have found room in the line before?
    return len(line) + 1 + word > width - 1


# -- 2. kinds -----------------------------------------------------------------------------------

_I = re.IGNORECASE

CLUTTER = (
    ("rule", re.compile(r"[\W_]{1,80}\Z|-30-\Z|\(?(?:ends?|/end/?)\)?[./]*\Z", _I)),
    ("advertisement", re.compile(r"(?:AD|Ad|ADS|ADVERTISEMENT|Advertisements?|Sponsored(?: content)?|PROMOTED)\b\W*\Z")),
    ("share_bar", re.compile(r"(?:share(?: (?:this|on|via|it|with|article|story|link).{0,60})?\s*[:|]?.{0,60}|tweet|print(?: this)?(?: page)?|e-?mail(?: this)?|copy link|whatsapp|facebook|twitter)\Z|share (?:on|this|via)\b.{0,120}\Z", _I)),
    ("navigation", re.compile(r"(?:go to|skip to|back to|return to|jump to) (?:the )?(?:main|top|content|home|site|navigation|all|list).{0,60}\Z|home\s*[>»/|].{0,120}\Z|welcome to\b.{0,60}\Z|(?:log|sign) in\b.{0,60}\Z|(?:main )?menu\Z|search\Z|(?:previous|next) (?:article|post|story|page)\b.{0,120}\Z|load more.{0,30}\Z|(?:leave a comment|\d* ?comments?(?: \(\d+\))?)\W*\Z", _I)),
    ("read_more", re.compile(r"(?:(?:also |must )?read (?:more|also|next|full|on|all)|see (?:also|more)|also (?:read|see)|(?:most|more) (?:read|popular|viewed|news|stories|from|on)\b|related(?: (?:articles?|news|stories|content|topics|links|posts?|coverage|items))?\s*(?:[:|]|\Z)|recommended|trending|continue reading|click here|watch(?: (?:the )?(?:video|live|here|more))?\s*:|listen(?: to)?[^:]{0,30}:|you may also like|don[’']t miss|learn more|find out more|view (?:all|more|full))", _I)),
    ("follow_us", re.compile(r"(?:follow|join|like|subscribe|sign up|find|connect with|download|stay (?:tuned|connected|informed|up)|get (?:the|our|all))\b(?=.{0,120}(?:twitter|facebook|telegram|instagram|youtube|linkedin|whatsapp|newsletter|\bapps?\b|channel|\bus\b|@\w|google news|subscri|inbox|updates)).{0,240}\Z|subscribe\b.{0,60}\Z|newsletters?\Z|to (?:read|access|continue)\b.{0,80}subscri", _I)),
    ("tags", re.compile(r"(?:tags?|keywords?|topics?|categor(?:y|ies)|filed under|labels?|sections?|rubrics?)\s*[:：].{0,400}\Z|(?:#[\w-]+[\s,;|]*)+\Z", _I)),
    ("copyright", re.compile(r"(?:©|&copy;|\(c\)\s|copyright\b|all rights reserved|any use of materials|when (?:using|quoting|citing) materials|reproduction\b.{0,80}(?:prohibited|permitted|allowed|without)|republication\b)", _I)),
    ("credits", re.compile(r"\(?(?:(?:additional |writing and )?reporting (?:and writing )?by\b|editing by\b|(?:written|edited|translated|compiled|prepared|posted|photographed|produced) by\b|with (?:inputs?|reporting|agency inputs|additional reporting|a report|files) (?:from|by)\b|[^.:]{0,40}\b(?:translators?|editors?|proofreader)\s*(?:/\s*editor)?\s*:|source\s*:\s*\S.{0,60}\Z|via [A-Z]\w+\Z)", _I)),
    ("contact", re.compile(r"(?:disclaimer|enquir(?:y|ies)|inquir(?:y|ies)|contacts?|(?:press|media) (?:contacts?|inquiries|enquiries)|for (?:more|further|additional) (?:information|details)|for (?:use of )?(?:the )?information media|tel(?:ephone)?|phone|fax|e-?mail|notes? to editors?|about (?:us|the author)|terms (?:of|and)|privacy policy|cookies?(?: policy)?|this (?:story|article|website|site) (?:has not been|was|is|uses)\b.{0,120}(?:feed|automatically|auto-generated|syndicat|cookies|originally|published)|we use cookies|views expressed|the (?:views|opinions) expressed)\b(?:\s*[:.]|\s.{0,200}\Z|\Z)", _I)),
)  # fmt: skip
"""What pages put around an article. Each pattern is matched at a paragraph's start; all are bounded."""

_MENU = re.compile(r"[^|.!?]{1,40}(?:\s[|•·]\s[^|.!?]{1,40}){2,}\Z")

_CREDIT_WORDS = r"(?:photos?|file photo|photo(?:graph)?s? (?:by|credit|courtesy)|images?|pictured?|pictures?|illustration|graphic|video|caption|credits?|foto)"
_CAPTION_HEAD = re.compile(rf"[(\[]?{_CREDIT_WORDS}\s*(?:by|courtesy(?: of)?)?\s*[:/©]", _I)
_CAPTION_TAIL = re.compile(
    r"(?:\(|\[|[./|–—-]\s*|\s)(?:photo(?:graph)?s?|images?|pictures?|credits?|foto|video)\s*"
    r"(?:(?:by|credit|courtesy(?: of)?)\b\s*:?|[:/©])\s*[^.!?]{2,60}(?:[A-Z]\.[^.!?]{2,40})?[.)\]]*\Z", _I
)  # fmt: skip
_CAPTION_SIDES = re.compile(
    r"\((?:(?:fr?om |second |third |2nd |3rd |far |top |bottom |upper |lower |back |front |in the )*"
    r"(?:left|right|cent(?:er|re)|l|r|c|row)(?: from (?:the )?(?:left|right))?|file photo|file|pictured)\)", _I
)  # fmt: skip

# A speaker's label.  Words that open a line of clutter are no speakers.
_SPEAKERS = (
    r"(?:Q|A|QUESTION|ANSWER|Question|Answer|MODERATOR|Moderator|INTERVIEWER|Interviewer|JOURNALIST|Journalist|"
    r"REPORTER|Reporter|HOST|Host|CORRESPONDENT|Correspondent|OPERATOR|Operator|PRESENTER|Presenter|ANCHOR|Anchor)"
)
_SURE_LABEL = re.compile(
    rf"{_SPEAKERS}(?:\s?\d{{1,2}})?(?:\s?\([^()\n]{{1,80}}\))?\s?(?=:)|\(\([^()\n]{{1,40}}\)\)|Q(?=\s{{2,}}\S)|Q(?=\.\s)"
)
_LABEL = re.compile(
    r"(?:[^\W\d_][\w.’'-]*)(?:[ \xa0][\w.’'&-]+){0,6}(?:\s?\([^()\n:]{1,60}\))?(?=\s?:(?:\s|\Z))"
)  # fmt: skip
_LABEL_ALONE = re.compile(rf"(?:{_SPEAKERS}|(?:[A-Z][A-Z.’'-]+ ?){{1,4}})(?:\s?\([^()\n]{{1,60}}\))?\s?:")
_NO_SPEAKER = frozenset(
    ["photo", "photos", "image", "images", "video", "read more", "read also", "see also", "note", "notes", "share",
     "source", "sources", "tags", "tag", "author", "authors", "date", "time", "place", "venue", "location", "update",
     "updated", "published", "posted", "breaking", "watch", "contact", "contacts", "tel", "email", "e-mail", "phone",
     "topics", "topic", "related", "editor", "translator", "interview", "text", "subject", "ref", "reference", "by",
     "from", "to", "re", "opinion", "analysis", "exclusive", "live", "fact box", "factbox", "background", "disclaimer",
     "credit", "caption", "pictured", "facebook", "twitter", "web", "website", "url", "in brief", "p.s", "ps", "nb"]
)  # fmt: skip


def _is_clutter(text: str, span: Span) -> bool:
    """Whether a paragraph belongs to the page around the article."""
    if any(pattern.match(text, span.start, span.end) for _, pattern in CLUTTER):
        return True
    return len(span) <= 240 and bool(_MENU.match(text, span.start, span.end))


def _kinds(text: str, spans: list[Span], lexicon: LexiconUnion) -> list[_Part]:
    """The paragraphs with their kinds, headers and datelines cut off as paragraphs of their own."""
    labels = _labels(text, spans)
    parts: list[_Part] = []
    begun = False
    for span in spans:
        rest: Span | None = span
        if not begun or len(parts) < 12:
            header, rest = _header(text, span, lexicon, begun)
            parts += header
            if any(p.dateline for p in header):
                begun = True
        if rest is None:
            continue
        part = _Part(span=rest)
        parts.append(part)
        if span.start in labels:
            part.kind, part.label = "turn", labels[span.start]
            begun = True
        elif _is_clutter(text, rest):
            part.kind = "boilerplate"
        elif _is_caption(text, rest):
            part.kind = "caption"
            if _is_bare_credit(text, rest):
                part.kind = "boilerplate"
        elif not _ends_like_prose(text, rest) and not _continues_a_list(text, parts):
            part.kind = "headline"
        else:
            begun = True
    _settle(text, parts, bool(labels))
    return parts


def _settle(text: str, parts: list[_Part], transcript: bool) -> None:
    """What only the whole shows: the tail of a page, a text of one line, answers of several paragraphs."""
    body = [n for n, p in enumerate(parts) if p.kind in ("body", "turn")]
    if not body:
        headlines = [p for p in parts if p.kind == "headline"]
        if headlines:
            headlines[-1].kind = "body"
        return
    for part in parts[body[-1] + 1 :]:
        # Agencies' signatures, exchange rates, the signer's town.
        if part.kind == "headline" and not _BULLET.match(text, part.span.start):
            part.kind = "boilerplate"
    if transcript and sum(p.kind == "turn" for p in parts) >= 3:
        speaking = False
        for part in parts:
            if part.kind == "turn":
                speaking = True
            elif part.kind == "headline":
                speaking = False
            elif part.kind == "body" and speaking:
                part.kind = "turn"


def _labels(text: str, spans: list[Span]) -> dict[int, Span]:
    """The speakers' labels, by the start of their paragraph: sure ones, and names that come again."""
    sure: dict[int, Span] = {}
    names: dict[int, tuple[Span, str]] = {}
    for span in spans:
        match = _SURE_LABEL.match(text, span.start, span.end)
        if match:
            sure[span.start] = Span(span.start, match.end())
            continue
        match = _LABEL.match(text, span.start, min(span.end, span.start + 120))
        if match and _may_speak(match[0]):
            names[span.start] = (
                Span(span.start, match.start() + len(match[0].rstrip())),
                _label_key(match[0]),
            )
    counted = Counter(key for _, key in names.values())
    again = {key for key, count in counted.items() if count > 1}
    words = {word for key in again for word in key.split() if len(word) > 2}
    for start, (label, key) in names.items():
        capitals = (
            label.end - label.start > 2
            and text[label.start : label.end].isupper()
            and len(counted) + len(sure) > 1
        )
        if key in again or not words.isdisjoint(key.split()) or (capitals and (sure or len(again) > 0)):
            sure[start] = label
    return sure


def _may_speak(label: str) -> bool:
    bare = re.sub(r"\s?\([^()]*\)", "", label).strip()
    words = bare.split()
    if bare.lower() in _NO_SPEAKER or words[0].lower() in _NO_SPEAKER or not words[0][0].isupper():
        return False
    # "The minister said: ..." is a sentence, "Sofie van den Berg: ..." a label.
    small = [w for w in words if w[0].islower()]
    return len(small) <= max(1, len(words) // 2) and not any(w in _SENTENCE_WORDS for w in small)


_SENTENCE_WORDS = frozenset(
    ["said", "says", "added", "told", "is", "was", "are", "were", "has", "have", "had", "asked", "that", "wrote",
     "stated", "noted", "stressed", "replied", "as", "following", "explained", "continued", "concluded", "on", "in"]
)  # fmt: skip


def _label_key(label: str) -> str:
    return re.sub(r"\s?\([^()]*\)", "", label).strip().lower()


def _is_caption(text: str, span: Span) -> bool:
    if _CAPTION_HEAD.match(text, span.start, span.end):
        return True
    if len(span) <= 400 and _CAPTION_TAIL.search(text, max(span.start, span.end - 110), span.end):
        return True
    return len(span) <= 260 and bool(_CAPTION_SIDES.search(text, span.start, span.end))


def _is_bare_credit(text: str, span: Span) -> bool:
    """Whether a caption only names its photographer ("Photo: MSZ")."""
    head = _CAPTION_HEAD.match(text, span.start, span.end)
    return bool(head) and len(text[span.start : span.end].split()) <= 9 and text[span.end - 1] not in ".!?"


def _ends_like_prose(text: str, span: Span) -> bool:
    """Whether a paragraph is running text, not a headline: long, or closed by a full stop."""
    if len(span) > 260:
        return True
    tail = text[max(span.start, span.end - 8) : span.end].rstrip("\"”’»')]“")
    tail = re.sub(r"(?:&\w{1,6};|\[\d{1,3}\]?)\Z", "", tail)
    if tail.endswith((".", ":", ";", ",", "…")):
        return len(span) > 25 or tail.endswith(".")
    return tail.endswith(("?", "!")) and len(span) > 130


def _continues_a_list(text: str, parts: list[_Part]) -> bool:
    """Whether a short paragraph is an item of a list that the one before began."""
    if len(parts) < 2:
        return False
    before = parts[-2]
    if before.kind != "body" or not parts[-1].span.start:
        return False
    if text[before.span.end - 1] in ":;,":
        return True
    return bool(_BULLET.match(text, parts[-1].span.start) and _BULLET.match(text, before.span.start))


# -- 3. header and dateline ---------------------------------------------------------------------

_HEADER_WORD = re.compile(
    r"(?:date|dated|posted|published|publication|updated?|last|modified|created|release[ds]?|issued|press release|"
    r"on|at|facts|news|print|time|min(?:ute)?s? read|views?|px|gmt|utc|est|edt|ist|cet|cest|local|hrs?|h|"
    r"readouts?|statements?|interview|briefing|staff|reporter|writer|correspondent|agenda|and|by|editor)\b", _I
)  # fmt: skip
_HEADER_CLOCK = re.compile(
    r"\d{1,2}[:.h]\d{2}(?::\d\d)?\s*(?:[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b\.?|\d{1,4}\s*px", _I
)  # fmt: skip
_HEADER_SIGN = re.compile(r"(?:&nbsp;|[\s\xa0+↺−\-–—|•·/>»«,;:()\[\].@]|\d{1,3}\Z|[+-]\d{2}:?\d{2}\b)+")
_BYLINE = re.compile(
    r"(?:By|BY|Author|AUTHOR|Authors|Written by|Reported by|Interview|Story by|Text)\s*:?\s+"
    r"(?P<name>(?:[^\W\d_][\w.’'-]*)(?:[ ,&]+(?:and\s+)?(?:[^\W\d_a-zß-öø-ÿ][\w.’'-]*|de|van|von|bin|al|der|den|da|di|la)){0,9})"
)  # fmt: skip
_NAME_WORD = re.compile(r"[^\W\d_][\w.’'&-]*")
_FINE_DATE = re.compile(r"\b(\d{1,2})[-/ .]([A-Za-z]{3,9})[-/ .]((?:19|20)\d\d)\b")


def _header(text: str, span: Span, lexicon: LexiconUnion, begun: bool) -> tuple[list[_Part], Span | None]:
    """
    The header parts at the head of a paragraph, and what is left of it.

    ``" date 2019-11-28 By A. B. + ↺ − 16 px"`` is all header; of ``" date 2019-05-30 WASHINGTON
    (Wire) — China has"`` the date is, then comes a dateline, then the body.
    """
    head = Span(span.start, min(span.end, span.start + 220))
    byline = None if begun else _byline(text, span)
    if byline:
        return [byline], None
    line = _date_line(text, span, head, lexicon, begun)
    if line:
        return [line], None
    found: list[_Part] = []
    prefix = None if begun else _date_prefix(text, head)
    if prefix:
        found.append(prefix)
        start = prefix.span.end
        while start < span.end and (text[start].isspace() or text[start] in _PADDING):
            start += 1
        if start >= span.end:
            return found, None
        span = Span(start, span.end)
    words = _dateline(text, span, lexicon)
    if words is None:
        return found, span
    found.append(_Part(span=words.span, kind="dateline", dateline=words))
    start = words.span.end
    while start < span.end and (text[start].isspace() or text[start] in _PADDING):
        start += 1
    return found, Span(start, span.end) if start < span.end else None


def _byline(text: str, span: Span) -> _Part | None:
    """A paragraph that only says who wrote it, and perhaps when."""
    match = _BYLINE.match(text, span.start, span.end)
    if not match or len(span) > 160 or (text[span.end - 1] in ".?!" and len(span) > 60):
        return None
    rest = Span(match.end(), span.end)
    day, left = _leftover(text, rest)
    if len(left) > 6 or any(w[0].islower() and w not in ("and", "for", "in") for w in left):
        return None
    return _Part(span=span, kind="byline", author=match["name"].strip(" ,&"), day=day)


def _leftover(text: str, span: Span) -> tuple[str | None, list[str]]:
    """The full date in a stretch of header, and the words that are neither date, clock nor label."""
    day: str | None = None
    fine = _FINE_DATE.search(text, span.start, span.end)
    taken: list[Span] = []
    for mention in times_in(text, span):
        value = mention.value or ""
        if value.startswith(("day:", "monthday:", "weekday:", "clock:", "numeric:")):
            taken.append(mention.span)
            day = day or (value[4:] if value.startswith("day:") else None)
    if day is None and fine:
        inner = next(
            iter(times_in(f"{fine[1]} {fine[2].capitalize()} {fine[3]}", Span(0, len(fine[0])))), None
        )
        if inner and inner.value and inner.value.startswith("day:"):
            day, taken = inner.value[4:], [Span(*fine.span()), *taken]
    left: list[str] = []
    at = span.start
    while at < span.end:
        inside = next((t for t in taken if t.start <= at < t.end), None)
        if inside:
            at = inside.end
            continue
        match = (
            _HEADER_SIGN.match(text, at, span.end)
            or _HEADER_CLOCK.match(text, at, span.end)
            or _HEADER_WORD.match(text, at, span.end)
        )
        if match and match.end() > at:
            at = match.end()
            continue
        word = _NAME_WORD.match(text, at, span.end)
        left.append(word[0] if word else text[at])
        at = word.end() if word else at + 1
        if len(left) > 12:
            break
    return day, left


def _date_line(text: str, span: Span, head: Span, lexicon: LexiconUnion, begun: bool) -> _Part | None:
    """A line whose point is the date: alone, with the hour, with a town, with section names."""
    if len(span) > 160 or not any(c.isdecimal() for c in text[span.start : span.end]):
        return None
    day, left = _leftover(text, span)
    author = None
    byline = _BYLINE.search(text, span.start, span.end)
    if byline and byline.start() > span.start:
        author = byline["name"].strip(" ,&")
        left = left[: max(0, len(left) - len(byline["name"].split()))]
    times = [m for m in times_in(text, span) if (m.value or "").startswith(("day:", "monthday:", "numeric:"))]
    if (day is None and not times and left) or len(left) > (3 if begun else 6):
        return None
    if not times and not day and not _HEADER_CLOCK.search(text, span.start, span.end):
        return None
    if any(not w[0].isupper() for w in left) or (len(left) > 3 and text[span.end - 1] == "."):
        return None
    place = _town(text, span, times[0].span if times else None, lexicon)
    if place and times:
        words = _DatelineWords(span, place, times[0].span, None)
        return _Part(span=span, kind="dateline", author=author, day=day, dateline=words)
    return _Part(span=span, kind="header", author=author, day=day)


def _town(text: str, span: Span, day: Span | None, lexicon: LexiconUnion) -> Span | None:
    """The place before the date of a header line ("Astana, 30 March 2023")."""
    if day is None:
        return None
    match = _TOWN.match(text, span.start, day.start)
    if match and _is_place(match[1], lexicon):
        return Span(match.start(1), match.end(1))
    return None


_TOWN = re.compile(
    r"([^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,3})(?:, ?[^\W\d_][\w.’' -]{1,30})?,? (?:on )?\Z"
)


def _date_prefix(text: str, head: Span) -> _Part | None:
    """A date (and byline, and font-size buttons) before the first words of the article itself."""
    at = head.start
    day: str | None = None
    author: str | None = None
    dated = labelled = False
    times = {m.span.start: m for m in times_in(text, head)}
    for _ in range(24):
        mention = times.get(at)
        value = (mention.value or "") if mention else ""
        if mention and value.startswith(("day:", "numeric:")):
            if dated:
                break
            day, dated, at = (value[4:] if value.startswith("day:") else None), True, mention.span.end
            continue
        match = _HEADER_SIGN.match(text, at, head.end) or _HEADER_CLOCK.match(text, at, head.end)
        if match and match.end() > at and "\n" not in match[0]:
            at = match.end()
            continue
        match = _BYLINE.match(text, at, head.end) if dated else None
        if match:
            author, at = match["name"], match.end()
            continue
        match = _PREFIX_LABEL.match(text, at, head.end)
        if not match or (dated and not match[0][:1].islower()):
            break
        labelled, at = True, match.end()
    if not dated or at >= head.end:
        return None
    if not labelled and not text[at].isupper() and text[at] not in '“"‘«(':
        return None
    end = at
    while end > head.start and text[end - 1].isspace():
        end -= 1
    return _Part(span=Span(head.start, end), kind="header", author=author, day=day)


_PREFIX_LABEL = re.compile(r"(?:date|dated|posted|published|updated|on|at|px|gmt|utc)\b", _I)

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_PLACE_WORDS = rf"{_CAPITAL}[\w.’'-]*(?:[ \xa0](?:{_CAPITAL}[\w.’'-]*|de|la|el|al|du|del|am|and|of)){{0,3}}"
_MONTHS_WRITTEN = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAYS_WRITTEN = (
    rf"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
    rf"(?:{_MONTHS_WRITTEN}[ \xa0]\d{{1,2}}(?:st|nd|rd|th)?(?:,?[ \xa0]\d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ \xa0](?:of )?{_MONTHS_WRITTEN}(?:,?[ \xa0]\d{{4}})?"
    rf"|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}|\d{{4}}-\d\d-\d\d)"
)
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE_WORDS})?"
    rf"(?:[ \xa0]?\[(?P<bracket>[^\[\]\n]{{2,30}})\]|[,/][ \xa0]?(?P<region>(?!(?i:{_MONTHS_WRITTEN})[ \xa0]\d){_PLACE_WORDS}))?"
    rf"(?:[,.]?[ \xa0]*\(?(?P<day>(?i:{_DAYS_WRITTEN}))\)?)?"
    r"(?:[,.]?[ \xa0]*(?:\((?P<agency>[^()\n]{2,60})\)|/(?P<slashed>[^/\n]{2,40})/|(?P<plain>[A-Z][A-Z.-]{2,}[A-Z](?:\.\w{2,4})?|[A-Z][\w.]+(?=\.?\s*[–—-]{1,2}\s))))?"
    r"[ \xa0]*(?:[.,][ \xa0]*)?(?P<mark>--|[–—-](?=[\s“\"])|[:.](?=\s|\Z)|(?<=[.,/)])|\Z)"
)  # fmt: skip


def _dateline(text: str, span: Span, lexicon: LexiconUnion) -> _DatelineWords | None:
    """The dateline at the head of a paragraph, if it has one."""
    head = min(span.end, span.start + 160)
    match = _DATELINE.match(text, span.start, head)
    if not match or match.end() == span.start:
        return None
    place, day = match["place"], match["day"]
    agency = match["agency"] or match["slashed"] or match["plain"]
    mark = match["mark"]
    if not (place or agency):
        return None
    if not mark and match.end() < span.end and not (match["slashed"] or text[match.end() - 1] in ".,)"):
        return None
    known = bool(place) and _is_place(place, lexicon)
    shouted = bool(place) and place.isupper() and len(place) > 3
    if match["agency"] and not _is_agency(match["agency"]):
        return None
    evidence = (2 if known else 1 if shouted else 0) + (2 if day else 0) + (2 if agency else 0)
    evidence += bool(match["region"] or match["bracket"]) and bool(place)
    strong = mark.startswith(("-", "–", "—"))
    # A place alone needs the dash; a colon or full stop needs a place we know, or a day, or a credit.
    enough = (
        2
        if strong and (known or day or agency)
        else 1
        if strong and shouted and not _is_body(place, lexicon)
        else 3
    )
    if (
        mark == ":"
        and known
        and (place.isupper() or len(place.split()) == 1)
        and not begun_as_name(text, match.end())
    ):
        enough = 2
    if evidence < enough or (not strong and mark != ":" and not (day or agency)):
        return None
    place_span = Span(match.start("place"), match.end("place")) if place else None
    day_span = Span(match.start("day"), match.end("day")) if day else None
    end = match.end()
    while end > span.start and text[end - 1].isspace():
        end -= 1
    return _DatelineWords(Span(span.start, end), place_span, day_span, agency.strip(" .") if agency else None)


def begun_as_name(text: str, at: int) -> bool:
    """Whether what follows a colon is a short headline's words, "Moscow: no talks", rather than a sentence."""
    end = text.find("\n", at)
    return (end if end >= 0 else len(text)) - at < 60


def _is_agency(words: str) -> bool:
    """Whether what stands in brackets is a credit: "Reuters", "AP", "UzDaily.com"; not "the capital"."""
    return words[0].isupper() and len(words.split()) <= 5 and not any(c in words for c in ";:")


def _is_place(name: str, lexicon: LexiconUnion) -> bool:
    name = name.strip(" .,")
    kinds = ("capital", "place", "city", "country", "seat")
    return lexicon.has(name, *kinds) or lexicon.has(name.title(), *kinds)


def _is_body(name: str | None, lexicon: LexiconUnion) -> bool:
    return bool(name) and lexicon.has(name or "", "organization")


def _with_dateline(document: Document, parts: list[_Part], lexicon: LexiconUnion) -> Document:
    """The document with its first dateline read, and what that tells of publisher and day."""
    words = next((p.dateline for p in parts if p.dateline), None)
    if words is None:
        return document
    place = None
    if words.place:
        name = document.words(words.place)
        place = Place(name=name, country=_country_of(name, lexicon), span=words.place)
    when = _dateline_day(document, words.day) if words.day else None
    published = document.published
    if published is None and when and when.anchor == "explicit":
        published = when.value
    return attrs.evolve(
        document,
        dateline=Dateline(span=words.span, place=place, when=when, agency=words.agency),
        publisher=document.publisher or words.agency,
        published=published,
    )


def _country_of(name: str, lexicon: LexiconUnion) -> str | None:
    for form in (name, name.title()):
        for entry in lexicon.lookup(form, "capital", "place", "country"):
            if len(entry.value) == 2:
                return entry.value
    return None


def _dateline_day(document: Document, span: Span) -> When:
    """The day of a dateline; without a year the one nearest to the day of publication."""
    mention = next(iter(times_in(document.text, span)), None)
    if mention is None:
        return When(text=document.words(span), span=span)
    value = mention.value or ""
    if value.startswith("monthday:") and document.published:
        published = date.fromisoformat(document.published)
        month, day = (int(part) for part in value[9:].split("-"))
        # A page may be dated by a day or two before its dateline, across time zones.
        found = nearest_day(month, day, published, future=False)
        if found:
            iso = found.isoformat()
            return When(
                value=iso, earliest=iso, latest=iso, text=document.words(span), span=span, anchor="published"
            )
    return attrs.evolve(resolve_when(document, mention, future=False), span=span, text=document.words(span))


def _published(parts: list[_Part]) -> str | None:
    return next((p.day for p in parts if p.day), None)


def _title(text: str, parts: list[_Part]) -> str | None:
    title = next((p.span for p in parts if p.kind == "headline"), None)
    return " ".join(text[title.start : title.end].split()) if title else None


# -- 4. language --------------------------------------------------------------------------------

_WORDS = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = frozenset(
    ["the", "and", "of", "to", "that", "with", "by", "from", "for", "said", "has", "had", "his", "her", "their", "was",
     "were", "will", "would", "he", "she", "they", "it", "its", "at", "on", "is", "are", "be", "been", "this", "who",
     "which", "not", "but", "have", "you", "we", "an", "as", "in"]
)  # fmt: skip
_OTHERS_TOO = frozenset(
    ["in", "is", "was", "as", "on", "be", "are", "we", "at", "it", "not", "her", "an", "to"]
)
"""Words of Dutch, German, Romanian, Portuguese or Swedish as well; they count half."""
_SAMPLE = 20_000


def _language(text: str) -> str:
    """``"en"``, or ``"und"`` for a text that cannot be English."""
    words = _WORDS.findall(text[:_SAMPLE].lower())
    if len(words) <= 40:
        return "en" if not words or any(w.isascii() for w in words) else "und"
    counted = Counter(words)
    share = sum(counted[w] * (0.5 if w in _OTHERS_TOO else 1) for w in _FUNCTION_WORDS) / len(words)
    return "en" if share >= 0.1 else "und"
