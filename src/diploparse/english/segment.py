"""Text to Document: paragraphs and their kinds, header and dateline, sentences, quotations."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import attrs

from ..lexicon import LexiconUnion
from ..records import Dateline, Document, Metadata, Paragraph, ParagraphKind, Place, Span, When
from .dates import WEEKDAYS, nearest_day, resolve_when, times_in
from .header import PADDING, HeaderPart, country_of_place, header_of
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
        author=metadata.author or next((p.header.author for p in parts if p.header and p.header.author), None),
        publisher=metadata.publisher, published=metadata.published or _published(text, parts),
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
    header: HeaderPart | None = None

    def spoken(self, text: str) -> Span:
        """The span without a turn's label."""
        if self.label is None:
            return self.span
        at = self.label.end
        if stamp := _TIME_STAMP.match(text, at, self.span.end):
            at = stamp.end()
        while at < self.span.end and (text[at].isspace() or text[at] in ":)."):
            at += 1
        return Span(at, self.span.end) if at < self.span.end else self.span


# -- 1. paragraphs ------------------------------------------------------------------------------

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
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
        while start < end and (text[start] in PADDING or text[start].isspace()):
            start += 1
        while end > start and (text[end - 1] in PADDING or text[end - 1].isspace()):
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
        if 40 <= len(line) <= 130
        and text[following.start].islower()
        and not _SENTENCE_END.search(text, line.end - 4, line.end)
    ]
    if not broken:
        return 0
    width = max(broken)
    # Where many lines are longer, nobody broke them, and the few breaks are accidents.
    lines = [len(line) for block in blocks for line in block]
    return width if sum(n > width + 15 for n in lines) * 5 < len(lines) else 0


def _joined(text: str, block: list[Span], width: int) -> Iterator[Span]:
    if not block:
        return
    width = min(width, max(len(line) for line in block))
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
    # Would its first word have found room in the line before?  Editors break unevenly, so a line
    # that ends in the middle of a sentence may be shorter.
    return len(line) + 1 + word > width - 1 or (not ends and len(line) * 10 > width * 7)


# -- 2. kinds -----------------------------------------------------------------------------------

_I = re.IGNORECASE

_SITES = r"(?:twitter|facebook|myspace|linkedin|whatsapp|telegram|pinterest|reddit|instagram|youtube|yahoo!?|mixx|google\+|e-?mail|print|copy|link)"
CLUTTER = (
    ("rule", r"[\W_]{1,80}\Z|-30-\Z|\(?(?:ends?|/end/?)\)?[./]*\Z"),
    ("advertisement", r"(?-i:AD|Ad|ADS|ADVERTISEMENT|Advertisements?|Sponsored(?: content)?|PROMOTED)\W*\Z"),
    ("number", r"\d[\d,. ]{0,12}\Z|(?-i:[A-Z0-9]{14,})\Z|(?:views?|visits|hits|today|total)\s*:\s*[\d,.]+\Z"),
    ("address", r"(?:https?://|www\.)\S+\Z"),
    ("banner", r"(?:an )?official websites? (?:of|use)\b|secure \.\w+ websites\b|a lock \("),
    ("age", r"(?:\d+ (?:second|minute|hour|day|week|month|year)s? )+ago\Z|\d+ min(?:ute)?s? read\Z|adjust font size\b.{0,20}\Z"),
    ("filing", r"(?:posted|published|filed) in\b.{0,60}\Z|(?:\w+ ){0,3}powered by \w+\Z"),
    ("translation", r"\*?\s?\(?\*?(?:the foregoing|this) is (?:a |an )?(?:provisional|unofficial) translation\b.{0,200}\Z|unofficial translation\W*\Z|check against delivery\W*\Z"),
    ("share_bar", rf"share(?: (?:this|on|via|it|with|article|story|link)\b[^.]{{0,100}})?\s*(?:[:|].{{0,60}})?\Z|(?:{_SITES}[\s,|/]*)+\Z|(?:tweet|print this|print page|email this|copy link)\W*\Z"),
    ("navigation", r"(?:go to|skip to|back to|return to|jump to) (?:the )?(?:main|top|content|home|site|navigation|index|press releases|list|all)\b[^.]{0,60}\Z|home\s*[>»/|].{0,120}\Z|welcome to\b[^.!?]{0,60}\Z|(?:log|sign) in\b[^.]{0,60}\Z|(?:main )?menu\Z|search\Z|(?:previous|next) (?:article|post|story|page)\b.{0,120}\Z|load more.{0,30}\Z"),
    ("read_more", r"(?:also |must )?read (?:more|also|next|the full|full)\b|read the (?:transcript|text|speech|remarks)\b.{0,60}\Z|(?:see|also) (?:also|more|read|see)\b\s*:|related (?:articles?|news|stories|content|topics|links|posts?|coverage)\b.{0,160}\Z|related\s*[:|]|(?:most|more) (?:read|popular|viewed|news|stories|from|on)\b[^.]{0,120}\Z|(?:recommended|trending)\b[^.]{0,60}\Z|continue reading\b|click here\b|watch(?: (?:the )?(?:video|live|here|more))?\s*:|listen(?: to)?\b[^:.]{0,30}:|you may also like\b|learn more\b|find out more\b|view (?:all|more|full)\b"),
    ("follow_us", r"(?:follow|join|like|subscribe|sign up|find|connect with|download|stay (?:tuned|connected|informed)|get)\b(?=.{0,120}(?:twitter|facebook|telegram|instagram|youtube|linkedin|whatsapp|newsletter|\bour (?:app|channel|page)|\bus (?:on|at|in|via|:)|@\w|google news|inbox)).{0,240}\Z|(?:follow us|subscribe)\b[^.]{0,60}\Z|sign up for\b[^.]{0,80}\Z|newsletters?\Z|to (?:read|access|continue)\b.{0,80}subscri"),
    ("tags", r"(?:tags?|keywords?|topics?|categor(?:y|ies)|filed under|labels?|sections?|rubrics?)\s*[:：].{0,400}\Z|(?:#[\w-]+[\s,;|]*)+\Z"),
    ("copyright", r"©|&copy;|\(c\)\s|copyright\b|all rights reserved|any use of materials|when (?:using|quoting|citing) materials|(?:reproduction|republication)\b.{0,80}(?:prohibited|permitted|allowed|without|permission)"),
    ("credits", r"\(?(?:(?:additional |writing and )?reporting (?:and writing )?by\b|editing by\b|(?:written|edited|translated|compiled|prepared|posted|photographed|produced) by\b|with (?:inputs?|reporting|agency inputs|additional reporting|a report|files) (?:from|by)\b|[^.:]{0,40}\b(?:translators?|editors?|proofreader)\s*(?:/\s*editor)?\s*:|author\s*:|sources?\s*:\s*\S.{0,60}\Z|via (?-i:[A-Z])\w+\Z)"),
    ("contact", r"(?:contacts?|(?:press|media) (?:contacts?|inquiries|enquiries)|enquir(?:y|ies)|inquir(?:y|ies)|tel(?:ephone)?|phone|fax|e-?mail)\s*(?:[:.+]|\Z)|contact us\b|for (?:more|further|additional) (?:information|details)\b|for (?:use of )?(?:the )?information media|notes? to editors?\b|(?:legal )?disclaimer\b"),
    ("terms", r"terms (?:of (?:use|service)|and conditions)\b|privacy policy\b|cookies? policy\b|we use cookies|about (?:us|the author)\s*[:.]?\Z|this (?:story|article|website|site|report) (?:has not been|was|is|uses)\b.{0,120}(?:feed|automatically|auto-generated|syndicat|cookies|originally published)|(?:the )?(?:views|opinions) expressed\b"),
)  # fmt: skip
"""What pages put around an article. Each pattern is matched at a paragraph's start, in any case; all are bounded."""

_CLUTTER = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in CLUTTER), _I)

_MENU = re.compile(r"[^|.!?]{1,40}(?:\s[|•·]\s[^|.!?]{1,40}){2,}\Z")

_CREDIT_WORDS = r"(?:photos?|file photo|photo(?:graph)?s? (?:by|credit|courtesy)|images?|pictured?|pictures?|illustration|graphic|video|caption|credits?|foto)"
_CAPTION_HEAD = re.compile(rf"[(\[]?{_CREDIT_WORDS}\s*(?:by|courtesy(?: of)?)?\s*[:/©]", _I)
_CAPTION_TAIL = re.compile(
    r"(?:\(|\[|[./|–—-]\s*|\s)(?:photo(?:graph)?s?|images?|pictures?|credits?|foto|video)\s*"
    r"(?:(?:by|credit|courtesy(?: of)?)\b\s*:?|[:/©])\s*[^.!?]{2,60}(?:[A-Z]\.[^.!?]{2,40})?[.)\]]*\Z", _I
)  # fmt: skip
_CAPTION_SIDES = re.compile(
    r"\((?:(?i:(?:fr?om |second |third |2nd |3rd |far |top |bottom |upper |lower |back |front |in the )*"
    r"(?:left|right|cent(?:er|re)|row)(?: (?:from|to) (?:the )?(?:left|right))?|file photo|file|pictured)|[LRC])\)"
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
    r"(?:[^\W\d_][\w.’'-]*)(?:[ \xa0][\w.’'&-]+){0,6}(?:\s?\((?:[^()\n:]{1,60}|\d\d?:\d\d(?::\d\d)?)\))?(?=\s?:(?:\s|\Z))"
)  # fmt: skip
_TIME_STAMP = re.compile(r"\s?:?\s*\(\d\d?:\d\d(?::\d\d)?\)\s*:?")
_STAMP_AT_END = re.compile(r"\s?\(\d\d?:\d\d(?::\d\d)?\)\Z")
_LABEL_ALONE = re.compile(rf"(?:{_SPEAKERS}|(?:[A-Z][A-Z.’'-]+ ?){{1,4}})(?:\s?\([^()\n]{{1,60}}\))?\s?:")
_NO_SPEAKER = frozenset(
    ["photo", "photos", "image", "images", "video", "read more", "read also", "see also", "note", "notes", "share",
     "source", "sources", "tags", "tag", "author", "authors", "date", "time", "place", "venue", "location", "update",
     "updated", "published", "posted", "breaking", "watch", "contact", "contacts", "tel", "email", "e-mail", "phone",
     "topics", "topic", "related", "editor", "translator", "interview", "text", "subject", "ref", "reference", "by",
     "from", "to", "re", "opinion", "analysis", "exclusive", "live", "fact box", "factbox", "background", "disclaimer",
     "credit", "caption", "file photo", "file", "no comments", "summary", "key points", "pictured", "facebook", "twitter", "web", "website", "url", "in brief", "p.s", "ps", "nb"]
)  # fmt: skip


def _is_clutter(text: str, span: Span) -> bool:
    """Whether a paragraph belongs to the page around the article."""
    if _CLUTTER.match(text, span.start, span.end):
        return True
    return len(span) <= 240 and bool(_MENU.match(text, span.start, span.end))


_COMMENTS = re.compile(
    r"(?:(?:no|all|\d+|show new|view all)? ?(?:comments?|replies|responses)(?: \(\d+\))?\s*:?|(?:post|leave|add|write) a (?:comment|reply)\b.{0,40}|your email address will not\b.{0,100})\Z", _I
)  # fmt: skip
"""What stands above readers' comments: nothing after it is the article's."""
_MORE = re.compile(
    r"(?:sources?|references|external links|notes|related\b.{0,30}|(?:read|see) (?:more|also).{0,20}|most (?:read|popular).{0,20}|"
    r"more (?:news|stories|from|on)\b.{0,40}|latest news|other news|recommended.{0,20}|you may also like)\W*\Z", _I
)  # fmt: skip
"""Headings under which a page lists other things; up to the next running text all is clutter."""


def _kinds(text: str, spans: list[Span], lexicon: LexiconUnion) -> list[_Part]:
    """The paragraphs with their kinds, headers and datelines cut off as paragraphs of their own."""
    labels = _labels(text, spans)
    spans = _with_their_words(text, spans, labels)
    parts: list[_Part] = []
    begun = listing = over = False
    for number, span in enumerate(spans):
        label, rest = labels.get(span.start), span
        if label is None and (number < 12 or number >= len(spans) - 3):
            header, left = header_of(text, span, lexicon, begun=begun)
            parts += [_Part(span=h.span, kind=h.kind, header=h) for h in header]
            begun = begun or any(h.dateline and left for h in header)
            if left is None:
                continue
            rest = left
        part = _Part(span=rest, label=label)
        parts.append(part)
        over = over or (begun and bool(_COMMENTS.match(text, rest.start, rest.end)))
        if over:
            part.kind, part.label = "boilerplate", None
            continue
        part.kind = "turn" if label else _kind(text, rest, parts, begun=begun, listing=listing)
        if part.kind in ("turn", "body"):
            begun, listing = True, False
        elif _MORE.match(text, rest.start, rest.end):
            listing = True
    _settle(text, parts)
    return parts


_CREDIT_ALONE = re.compile(r"[A-Z][\w.-]{1,20}:")
"""An agency between the dateline and its text, on a line of its own."""


def _kind(text: str, span: Span, parts: list[_Part], *, begun: bool, listing: bool) -> ParagraphKind:
    """The kind of a paragraph that is neither header nor turn."""
    if _is_clutter(text, span) or (begun and _MORE.match(text, span.start, span.end)):
        return "boilerplate"
    before = parts[-2].header if len(parts) > 1 else None
    if before and before.dateline and _CREDIT_ALONE.fullmatch(text, span.start, span.end):
        return "boilerplate"
    if _is_caption(text, span):
        return "boilerplate" if _is_bare_credit(text, span) else "caption"
    if listing and len(span) < 400 and not (len(span) > 80 and text[span.end - 1] == "."):
        return "boilerplate"
    if _ends_like_prose(text, span, begun=begun) or _continues_a_list(text, parts):
        return "body"
    return "headline"


def _settle(text: str, parts: list[_Part]) -> None:
    """What only the whole shows: the tail of a page, a text of one line, answers of several paragraphs."""
    body = [n for n, p in enumerate(parts) if p.kind in ("body", "turn")]
    if not body:
        headlines = [p for p in parts if p.kind == "headline"]
        if headlines:
            headlines[-1].kind = "body"
        return
    for part in parts[body[-1] + 1 :]:
        # Agencies' signatures, exchange rates, the signer's town.
        words = text[part.span.start : part.span.end].split()
        if part.kind == "headline" and (len(words) <= 6 or words[0].startswith("(")):
            part.kind = "boilerplate"
    if sum(p.kind == "turn" for p in parts) < 3:
        return
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
            name = _STAMP_AT_END.sub("", match[0]).rstrip()
            names[span.start] = (Span(span.start, span.start + len(name)), _label_key(name))
    stamped = [n for n, (label, _) in names.items() if _TIME_STAMP.match(text, label.end)]
    if len(stamped) > 1:
        sure.update((n, names[n][0]) for n in stamped)
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


def _with_their_words(text: str, spans: list[Span], labels: dict[int, Span]) -> list[Span]:
    """The paragraphs, those that are only a label ("Ned Price (00:04):") joined with the one after."""
    joined: list[Span] = []
    alone = False
    for span in spans:
        if alone and span.start not in labels:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
        label = labels.get(span.start)
        alone = label is not None and not text[label.end : span.end].strip(" :\xa0()0123456789.")
    return joined


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


# Four letters at least before the stop: "Mr. Lind", "Gen. Roa" stand in headlines as well.
_INNER_STOP = re.compile(
    r"(?:[a-z]{4}|\d{4}|[”\"’)])[.!?][”\"’)]? (?:[—–-]{1,2} ?)?(?:[“\"‘(]?[^\W\d_a-zß-öø-ÿ]|with\b)"
)


def _ends_like_prose(text: str, span: Span, *, begun: bool) -> bool:
    """Whether a paragraph is running text, not a headline: long, of sentences, or closed by a full stop."""
    if len(span) > 260 or (len(span) > 60 and _INNER_STOP.search(text, span.start, span.end)):
        return True
    tail = text[max(span.start, span.end - 8) : span.end].rstrip("\"”’»')]“ \xa0")
    tail = re.sub(r"(?:&\w{1,6};|\[\d{1,3}\]?)\Z", "", tail)
    if tail.endswith("."):
        return True
    if tail.endswith((":", ";", ",", "…")):
        return len(span) > 25 or text.count(" ", span.start, span.end) > 1
    if tail.endswith(("?", "!")):
        return begun or len(span) > 130
    # A quotation set apart, with or without its speaker behind it.
    return begun and len(span) > 40 and text[span.start] in '“"«„‘'


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


# -- 3. header and dateline to metadata ----------------------------------------------------------


def _with_dateline(document: Document, parts: list[_Part], lexicon: LexiconUnion) -> Document:
    """The document with its first dateline read, and what that tells of publisher and day."""
    words = next((p.header.dateline for p in parts if p.header and p.header.dateline), None)
    if words is None:
        return document
    place = None
    if words.place:
        name = document.words(words.place)
        place = Place(name=name, country=country_of_place(name, lexicon), span=words.place)
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


def _published(text: str, parts: list[_Part]) -> str | None:
    """
    The day of publication: the earliest full date of the header.

    A page gives the day it was updated, or today's, beside it; both are later.  A date labelled
    as such ("date 2019-11-28", as archives write it before everything) wins; one in figures
    counts only if the lead tells the order of day and month.
    """
    body = next((n for n, p in enumerate(parts) if p.kind in ("body", "turn")), 0)
    for headers in ([p.header for p in parts[:body] if p.header], [p.header for p in parts if p.header]):
        first = next((h for h in headers if h.day or h.figures), None)
        if first is None:
            continue
        if first.day and text.startswith("date", first.span.start):
            return first.day
        days = [h.day for h in headers if h.day]
        return min(days) if days else _settled(text, parts, first.figures or "")
    return None


def _settled(text: str, parts: list[_Part], figures: str) -> str | None:
    """
    The reading of "3/9/2019" whose weekday the lead tells ("announced on Tuesday"), if only one fits.

    News tells its own weekday, or the one before, in its first paragraphs.
    """
    first, second, year = (int(part) for part in figures.split("/"))
    lead = [p.span for p in parts if p.kind == "body"][:3]
    told = {
        WEEKDAYS[(m.value or "")[8:]] for span in lead for m in times_in(text, span)
        if (m.value or "").startswith("weekday:") and "/" not in (m.value or "")
    }  # fmt: skip
    fitting = [day for day in (date(year, second, first), date(year, first, second)) if day.weekday() in told]
    return fitting[0].isoformat() if len(fitting) == 1 else None


def _title(text: str, parts: list[_Part]) -> str | None:
    """The first headline above the text; one of a word or two ("OBITUARY", "News") only if there is no other."""
    above: list[str] = []
    for part in parts:
        if part.kind in ("body", "turn"):
            break
        if part.kind == "headline":
            above.append(" ".join(text[part.span.start : part.span.end].split()).lstrip("•●▪■* "))
    return next((line for line in above if line.count(" ") > 2), above[0] if above else None)


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
    return "en" if share >= 0.07 else "und"
