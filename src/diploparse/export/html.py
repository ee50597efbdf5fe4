"""
HTML: one self-contained page of an article or a corpus, to read records beside their text.

No script, no font, no image and no request: the page is text, one style sheet and SVG.  Everything
from a document is escaped.  `fragment` is what notebooks show.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import IO, Any

import attrs

from ..hookspecs import Exporter, hookimpl
from ..records import Actor, Extraction, Meeting, Participation, Span, Statement, When

# The modules beside this one are imported in the functions: every Parser imports this one.

_LINK = re.compile(r"https?://[^\s\"<>\\]+", re.IGNORECASE)
"""What may become a link: a page from a stranger's records must not run or open anything else."""


def _e(text: object) -> str:
    from .highlights import escaped

    return escaped(str(text))


# -- one document -----------------------------------------------------------------------------


@attrs.frozen
class Sheet:
    """A document on its way to HTML."""

    extraction: Extraction
    prefix: str
    labels: Any
    """Short names of its records (`highlights.Labels`)."""

    marks: tuple[Any, ...]
    """Its `highlights.Mark` records."""

    actors: dict[str, Actor]
    anchors: frozenset[str]
    """Names of the marks."""

    def to(self, span: Span, *kinds: str) -> str:
        """The address of a span's mark: of the first kind that has one."""
        for kind in kinds:
            name = f"{kind}-{span.start}-{span.end}"
            if name in self.anchors:
                return f"#{self.prefix}-{name}"
        return f"#{self.prefix}"

    def words(self, span: Span, *kinds: str) -> str:
        """The words of a span, linked to where they stand."""
        return f'<a class="to" href="{self.to(span, *kinds)}"><bdi>{_e(self.extraction.text(span))}</bdi></a>'

    def who(self, actor_id: str) -> str:
        """An actor's name, linked to the card, with the country."""
        actor = self.actors.get(actor_id)
        if actor is None:
            return f"<bdi>{_e(actor_id)}</bdi>"
        country = f" ({_e(actor.country)})" if actor.country and actor.kind != "country" else ""
        label = self.labels.actors[actor.id]
        return f'<a href="#{self.prefix}-{label}"><bdi>{_e(actor.name)}</bdi></a>{country}'

    def record(self, labels: dict[str, str], record_id: str) -> str:
        """The label of another record, linked to its card."""
        label = labels.get(record_id)
        return f'<a href="#{self.prefix}-{label}">{label}</a>' if label else _e(record_id)


def sheet_of(extraction: Extraction, prefix: str) -> Sheet:
    """The sheet of an extraction; ids on a page begin with ``prefix``."""
    from .highlights import labels_of, marks_of

    marks = marks_of(extraction)
    return Sheet(
        extraction=extraction,
        prefix=prefix,
        labels=labels_of(extraction),
        marks=marks,
        actors={a.id: a for a in extraction.actors},
        anchors=frozenset(m.name for m in marks),
    )


def _document(sheet: Sheet, filters: str = "") -> str:
    from .highlights import text_html

    document, prefix = sheet.extraction.document, sheet.prefix
    title = _title(sheet.extraction)
    facts = [document.publisher, document.author, document.published, document.language]
    shown = [f"<bdi>{_e(fact)}</bdi>" for fact in facts if fact]
    if document.url:
        whole = _LINK.fullmatch(document.url)
        shown.append(
            f'<a href="{_e(document.url)}" rel="noopener noreferrer">{_e(document.url)}</a>'
            if whole
            else f"<bdi>{_e(document.url)}</bdi>"
        )
    shown.append(f"<bdi>{_e(document.id)}</bdi>")
    return (
        f'<section class="doc" id="{prefix}"{filters} aria-labelledby="{prefix}-title">\n'
        f'<h2 id="{prefix}-title"><bdi>{_e(title)}</bdi></h2>\n<p class="facts">{" · ".join(shown)}</p>\n'
        f'<div class="columns">\n<div class="text" role="region" tabindex="0" aria-label="Text" lang="{_e(document.language)}">\n'
        f"{text_html(sheet.extraction, sheet.marks, prefix)}</div>\n"
        f'<div class="cards">\n{"".join(_cards(sheet))}</div>\n</div>\n</section>\n'
    )


def _title(extraction: Extraction) -> str:
    document = extraction.document
    if document.title and document.title.strip():
        return document.title
    read = next((p.span for p in document.paragraphs if p.kind in ("headline", "body")), Span(0, 200))
    opening = " ".join(extraction.text(read)[:200].split())
    return (opening if len(opening) <= 80 else opening[:79] + "…") or document.id


def _cards(sheet: Sheet) -> Iterator[str]:
    x = sheet.extraction
    groups: tuple[tuple[str, Iterable[str]], ...] = (
        ("Meetings", (_meeting(sheet, m) for m in x.meetings)),
        ("Statements", (_statement(sheet, s) for s in x.statements)),
        ("Actors", (_actor(sheet, a) for a in x.actors)),
        ("Other records", (_other(sheet, n, r) for n, r in enumerate(x.records, 1))),
    )
    for name, cards in groups:
        inside = "".join(cards)
        if inside:
            yield f"<h3>{name}</h3>\n{inside}"
        elif name != "Other records":
            yield f'<h3>{name}</h3>\n<p class="none">None found.</p>\n'
    if x.diagnostics:
        told = "".join(f"<li>{_e(d.severity)}: {_e(d.message)}</li>" for d in x.diagnostics)
        yield f"<h3>Notes on the reading</h3>\n<ul>{told}</ul>\n"


def _card(
    sheet: Sheet, kind: str, label: str, title: str, facts: Sequence[tuple[str, str]], before: str = ""
) -> str:
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts if value)
    name = f"{sheet.prefix}-{label}"
    return (
        f'<article class="card {kind}" id="{name}" aria-labelledby="{name}-t">'
        f'<h4 id="{name}-t"><span class="label">{label}</span> {title}</h4>{before}<dl>{rows}</dl></article>\n'
    )


def _plain(value: str) -> str:
    return _e(value.replace("_", " "))


def _meeting(sheet: Sheet, m: Meeting) -> str:
    names = dict.fromkeys(p.actor for p in m.participants)
    title = " – ".join(f"<bdi>{_e(sheet.actors[a].name if a in sheet.actors else a)}</bdi>" for a in names)
    people = "".join(f"<li>{_participant(sheet, p)}</li>" for p in m.participants)
    place = ""
    if m.place:
        country = f" ({_e(m.place.country)})" if m.place.country else ""
        place = sheet.words(m.place.span, "place") + country
    topics = "; ".join(sheet.words(t.span, "topic") for t in m.topics)
    parent = ""
    if m.parent:
        parent = f"{sheet.record(sheet.labels.meetings, m.parent.id)} ({_plain(m.parent.relation)})"
    facts = (
        ("Status", f"<strong>{_plain(m.status)}</strong>"),
        ("When", _when(sheet, m.when)),
        ("Where", place),
        ("How", ", ".join(_plain(v) for v in (m.channel, m.format) if v != "unspecified")),
        ("Who", f"<ul>{people}</ul>"),
        ("About", topics),
        ("Part of", parent),
        ("Told by", sheet.who(m.told_by) if m.told_by else ""),
        ("Cue", f"{sheet.words(m.cue.span, 'meeting')} ({_e(m.cue.lemma)})"),
        ("Read from", _evidence(sheet, m.evidence)),
        ("Rule", _e(m.found_by)),
    )
    return _card(sheet, "meeting", sheet.labels.meetings[m.id], title or "(nobody named)", facts)


def _participant(sheet: Sheet, p: Participation) -> str:
    notes = [sheet.words(p.span, "actor", "reference", "part")]
    notes += [_plain(p.part)] if p.part != "attendee" else []
    notes += [f"<bdi>{_e(p.role)}</bdi>"] if p.role else []
    return f"{sheet.who(p.actor)}: {', '.join(notes)}"


def _statement(sheet: Sheet, s: Statement) -> str:
    speakers = s.speakers or ((s.speaker,) if s.speaker else ())
    names = ", ".join(f"<bdi>{_e(sheet.actors[a].name if a in sheet.actors else a)}</bdi>" for a in speakers)
    # Where only a word or two is reported, they say more in their sentence: the link leads there.
    said = " […] ".join(_e(sheet.extraction.text(c)) for c in s.content)
    to = sheet.to(s.content[0], "content") if s.content else f"#{sheet.prefix}"
    quote = f'<blockquote><a class="to" href="{to}"><bdi>{said}</bdi></a></blockquote>'
    facts = (
        ("Who", ", ".join(map(sheet.who, speakers)) + (" (together)" if s.joint else "")),
        ("Named", sheet.words(s.speaker_span, "actor", "reference", "part") if s.speaker_span else ""),
        ("To", ", ".join(map(sheet.who, s.addressees))),
        ("Act", f"<strong>{_plain(s.act)}</strong>, {_plain(s.mode)}"),
        ("Cue", f"{sheet.words(s.cue.span, 'speech')} ({_e(s.cue.lemma)})"),
        ("When", _when(sheet, s.when)),
        ("At", sheet.record(sheet.labels.meetings, s.occasion) if s.occasion else ""),
        ("Told in", sheet.record(sheet.labels.statements, s.nested_in) if s.nested_in else ""),
        ("Through", _e(s.via) if s.via else ""),
        ("Read from", _evidence(sheet, s.evidence)),
        ("Rule", _e(s.found_by)),
    )
    return _card(
        sheet, "statement", sheet.labels.statements[s.id], names or "(speaker not told)", facts, quote
    )


def _actor(sheet: Sheet, a: Actor) -> str:
    country = f" ({_e(a.country)})" if a.country and a.kind != "country" else ""
    roles = "".join(
        "<li>"
        + sheet.words(r.span, "role")
        + "".join(f", <bdi>{_e(v)}</bdi>" for v in (r.rank, r.organization, r.country) if v)
        + (f" ({_plain(r.tenure)})" if r.tenure != "current" else "")
        + "</li>"
        for r in a.roles
    )
    mentions = [sheet.words(s, "actor") for s in a.mentions]
    references = [sheet.words(s, "reference") for s in a.references]
    facts = (
        ("Kind", _plain(a.kind)),
        ("Also", "; ".join(f"<bdi>{_e(alias)}</bdi>" for alias in a.aliases)),
        ("As", f"<ul>{roles}</ul>" if roles else ""),
        ("Named", _folded(mentions)),
        ("Meant", _folded(references)),
        ("Meetings", _labels(sheet, "M", a.id)),
        ("Statements", _labels(sheet, "S", a.id)),
        ("Rule", _e(a.found_by)),
    )
    return _card(sheet, "actor", sheet.labels.actors[a.id], f"<bdi>{_e(a.name)}</bdi>{country}", facts)


def _folded(words: Sequence[str]) -> str:
    """Places in the text; after the first six folded, because a person may be named a hundred times."""
    shown = ", ".join(words[:6])
    if len(words) > 6:
        shown += f", <details><summary>{len(words) - 6} more</summary>{', '.join(words[6:])}</details>"
    return shown


def _labels(sheet: Sheet, kind: str, actor_id: str) -> str:
    x, labels = sheet.extraction, sheet.labels
    if kind == "M":
        found = [
            labels.meetings[m.id] for m in x.meetings if any(p.actor == actor_id for p in m.participants)
        ]
    else:
        found = [
            labels.statements[s.id]
            for s in x.statements
            if actor_id == s.speaker or actor_id in s.speakers or actor_id in s.addressees
        ]
    return ", ".join(f'<a href="#{sheet.prefix}-{label}">{label}</a>' for label in found)


def _other(sheet: Sheet, number: int, record: Any) -> str:
    facts = [
        (_e(f.name), _e(getattr(record, f.name)))
        for f in attrs.fields(type(record))
        if f.name != "evidence" and getattr(record, f.name) is not None
    ]
    facts.append(("Read from", ", ".join(sheet.words(s, "other") for s in record.evidence)))
    return _card(sheet, "other", f"R{number}", _e(type(record).__name__), facts)


def _when(sheet: Sheet, when: When | None) -> str:
    if when is None:
        return ""
    known = f"<strong>{_e(when.value.replace('/', ' to '))}</strong>: " if when.value else ""
    return known + sheet.words(when.span, "time")


def _evidence(sheet: Sheet, spans: Sequence[Span]) -> str:
    items = []
    for span in spans:
        text = " ".join(sheet.extraction.text(span).split())
        clipped = text if len(text) <= 120 else text[:119].rstrip() + "…"
        items.append(
            f'<li><a class="to" href="{sheet.to(span, "evidence")}"><bdi>{_e(clipped)}</bdi></a></li>'
        )
    return f"<ul>{''.join(items)}</ul>"


# -- the page ---------------------------------------------------------------------------------


@attrs.frozen
class Entry:
    """What the index keeps of a document."""

    prefix: str
    title: str
    publisher: str
    published: str
    meetings: int
    statements: int
    actors: tuple[str, ...]
    """Names of those who met or spoke."""

    countries: tuple[str, ...]


@attrs.define
class Overview:
    """What the graphics and the index need of all documents."""

    entries: list[Entry] = attrs.field(factory=list)
    nodes: dict[str, Any] = attrs.field(factory=dict)
    edges: list[Any] = attrs.field(factory=list)
    moments: list[Any] = attrs.field(factory=list)

    def add(self, sheet: Sheet) -> None:
        """Take in a document; actors of several are told apart by name."""
        from .graphics import Edge, Moment, Node

        x, prefix = sheet.extraction, sheet.prefix
        active: dict[str, None] = {}
        for s in x.statements:
            active.update(dict.fromkeys(filter(None, (s.speaker, *s.speakers))))
        for m in x.meetings:
            people = list(dict.fromkeys(p.actor for p in m.participants if p.actor in sheet.actors))
            active.update(dict.fromkeys(people))
            names = [sheet.actors[a].name for a in people]
            if m.status in ("held", "ongoing"):
                for a in people:
                    actor = sheet.actors[a]
                    href = f"#{prefix}-{sheet.labels.actors[a]}"
                    self.nodes.setdefault(actor.name, Node(actor.name, actor.kind, actor.country, href))
                self.edges += [
                    Edge(one, other, m.channel) for n, one in enumerate(names) for other in names[n + 1 :]
                ]
            if m.when and m.when.earliest and m.when.latest:
                href = f"#{prefix}-{sheet.labels.meetings[m.id]}"
                self.moments.append(Moment(m.when.earliest, m.when.latest, " – ".join(names), href, m.status))
        known = [sheet.actors[a] for a in active if a in sheet.actors]
        self.entries.append(
            Entry(
                prefix=prefix,
                title=_title(x),
                publisher=x.document.publisher or "",
                published=x.document.published or "",
                meetings=len(x.meetings),
                statements=len(x.statements),
                actors=tuple(dict.fromkeys(a.name for a in known)),
                countries=tuple(dict.fromkeys(a.country for a in known if a.country)),
            )
        )


def write(extractions: Iterable[Extraction], out: IO[str], *, title: str = "") -> None:
    """
    Write one page.

    Documents are written one by one to a temporary file; of each only a line of the index and its
    meetings' names and dates are kept.

    Args:
        extractions: Any number of them, consumed one by one.

        out: A text stream; on disk UTF-8 is meant.

        title: Heading of the page; by default how many documents it shows.
    """
    import tempfile

    overview = Overview()
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as spool:
        for number, extraction in enumerate(extractions, 1):
            sheet = sheet_of(extraction, f"d{number}")
            overview.add(sheet)
            spool.write(_document(sheet, f' data-f="{_e(_tokens(overview.entries[-1]))}"'))
            del extraction, sheet
        heading = _e(title) or _counted(overview)
        out.write(_head(heading))
        out.write("".join(_opening(overview, heading)))
        spool.seek(0)
        shutil.copyfileobj(spool, out, 1 << 16)
        out.write("".join(_graphics(overview)) if len(overview.entries) == 1 else "")
    out.write("</main>\n</body>\n</html>\n")


def _counted(overview: Overview) -> str:
    count = len(overview.entries)
    return f"Records of {count:,} documents" if count != 1 else "Records of a document"


def _head(heading: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        # Nothing may be loaded or run, whatever a record holds.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{heading}</title>\n<style>\n{style()}</style>\n</head>\n"
        '<body class="diploparse page">\n'
    )


@lru_cache(maxsize=1)
def style() -> str:
    """The style sheet."""
    from importlib.resources import files

    return files(__package__).joinpath("report.css").read_text(encoding="utf-8")


def _opening(overview: Overview, heading: str) -> Iterator[str]:
    several = len(overview.entries) > 1
    yield '<a class="skip" href="#main">To the records</a>\n<header>\n'
    yield f"<h1>{heading}</h1>\n"
    meetings = sum(e.meetings for e in overview.entries)
    statements = sum(e.statements for e in overview.entries)
    yield f'<p class="facts">{meetings:,} meetings · {statements:,} statements</p>\n'
    yield legend()
    yield '</header>\n<main id="main">\n'
    if several:
        yield from _index(overview)
        yield from _graphics(overview)


def legend() -> str:
    """What the marks mean, each shown as it is in the text."""
    from .highlights import KINDS

    shown = ("actor", "reference", "role", "meeting", "speech", "content", "time", "place", "topic")
    items = "".join(f'<li><mark class="{kind}">{KINDS[kind]}</mark></li>' for kind in shown)
    return (
        f'<details class="legend" open><summary>Marks</summary><ul>{items}</ul><p>Words lead to their record, '
        "and records to their words. M: meeting, S: statement, A: actor.</p></details>\n"
    )


def _graphics(overview: Overview) -> Iterator[str]:
    from .graphics import MOST_CELLS, MOST_NODES, busiest, matrix, network, timeline

    drawn = network(overview.nodes, overview.edges)
    if drawn:
        met = len(busiest(overview.nodes, overview.edges, len(overview.nodes)))
        cut = f'<p class="none">The {MOST_NODES} of {met:,} who met most.</p>' if met > MOST_NODES else ""
        yield f'<section class="graphic" id="network"><h2>Who met whom</h2>{cut}{drawn}'
        yield "<p>Disc: person; diamond: country; square: body. Dashed: never in person, as far as told.</p>"
        cut = f'<p class="none">The {MOST_CELLS} who met most.</p>' if met > MOST_CELLS else ""
        yield f"<details><summary>As a matrix</summary>{cut}{matrix(overview.nodes, overview.edges)}</details>"
        yield f"<details><summary>As a table</summary>{_pair_table(overview)}</details></section>\n"
    drawn = timeline(overview.moments)
    if drawn:
        yield f'<section class="graphic" id="timeline"><h2>When they met</h2>{drawn}'
        yield "<p>Disc: a day; bar: some time in between; hollow: not held, or not yet.</p></section>\n"


_MOST_PAIRS = 500


def _pair_table(overview: Overview) -> str:
    pairs = Counter(tuple(sorted((e.one, e.other))) for e in overview.edges if e.one != e.other)
    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:_MOST_PAIRS]
    rows = "".join(
        f"<tr><td><bdi>{_e(one)}</bdi></td><td><bdi>{_e(other)}</bdi></td><td>{times}</td></tr>"
        for (one, other), times in ordered
    )
    head = '<tr><th scope="col">One</th><th scope="col">Other</th><th scope="col">Meetings</th></tr>'
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"


# -- index and filters ------------------------------------------------------------------------

_MOST_OPTIONS = 300
"""Values to filter by: each is a rule of the style sheet."""


def _token(kind: str, value: str) -> str:
    """A word for a value, safe in a selector."""
    return kind + value.encode("utf-8", "surrogatepass").hex()


def _tokens(entry: Entry) -> str:
    values = [("a", v) for v in entry.actors] + [("c", v) for v in entry.countries]
    if entry.published:
        values += [("y", entry.published[:4]), ("y", entry.published[:7])]
    return " ".join(_token(kind, value) for kind, value in values)


def _index(overview: Overview) -> Iterator[str]:
    choices = (
        ("actor", "Actor", "a", Counter(v for e in overview.entries for v in e.actors)),
        ("country", "Country", "c", Counter(v for e in overview.entries for v in e.countries)),
        ("time", "Published", "y", _times(overview)),
    )
    yield '<section id="index"><h2>Documents</h2>\n<form class="filters">'
    rules = []
    for name, label, kind, counts in choices:
        most = sorted(counts, key=lambda v: (-counts[v], v))[:_MOST_OPTIONS]
        options = ['<option value="">all</option>']
        for value in sorted(most):
            token = _token(kind, value)
            options.append(f'<option value="{token}">{_e(value)} ({counts[value]})</option>')
            rules.append(
                f'body:has(#f-{name} option[value="{token}"]:checked) [data-f]:not([data-f~="{token}"])'
                "{display:none}"
            )
        yield f'<label>{label} <select id="f-{name}">{"".join(options)}</select></label> '
    yield f'<button type="reset">Show all</button></form>\n<style>\n{chr(10).join(rules)}\n</style>\n'
    heads = ("Document", "Published", "Publisher", "Meetings", "Statements", "Who met or spoke")
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    yield f"<table><thead><tr>{head}</tr></thead><tbody>\n"
    for entry in overview.entries:
        more = f" and {len(entry.actors) - 5} more" if len(entry.actors) > 5 else ""
        who = ", ".join(f"<bdi>{_e(name)}</bdi>" for name in entry.actors[:5])
        yield (
            f'<tr data-f="{_e(_tokens(entry))}"><th scope="row"><a href="#{entry.prefix}"><bdi>{_e(entry.title)}</bdi></a></th>'
            f'<td class="day">{_e(entry.published)}</td><td><bdi>{_e(entry.publisher)}</bdi></td><td>{entry.meetings}</td>'
            f"<td>{entry.statements}</td><td>{who}{more}</td></tr>\n"
        )
    yield "</tbody></table></section>\n"


def _times(overview: Overview) -> Counter[str]:
    """Months, or years where there are more than three years of them."""
    months = Counter(e.published[:7] for e in overview.entries if e.published)
    if len(months) <= 36:
        return months
    return Counter(e.published[:4] for e in overview.entries if e.published)


# -- notebooks --------------------------------------------------------------------------------


def fragment(extraction: Extraction) -> str:
    """
    The text and its records as HTML for a notebook: no page around it.

    Ids begin with the text's hash, so that several fit on one page; the same one twice has the
    same ids, and links then lead to the first.
    """
    sheet = sheet_of(extraction, f"d{_e(extraction.document.sha256[:12])}")
    return f'<div class="diploparse">\n<style>\n{style()}</style>\n{legend()}{_document(sheet)}</div>\n'


@hookimpl
def diploparse_exporters() -> list[Exporter]:
    return [
        Exporter(
            name="html",
            write=write,
            suffix=".html",
            description="a page to read: the text with marks, the records, who met whom",
            loses=(
                "Document.sha256",
                "Document.sentences",
                "Document.quotations",
                "Paragraph.label",
                "Diagnostic.code",
                "Diagnostic.stage",
                "Diagnostic.plugin",
                "Diagnostic.span",
                "Dateline.agency",
                "When.anchor",
            ),
        )
    ]
