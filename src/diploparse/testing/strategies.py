"""
Hypothesis strategies for every record.

Two families.  `scenes` and all that `STRATEGIES` derives from it are *natural*: records of one
small article, with every invariant that the records' docstrings promise (a name is what its span
covers, evidence is whole sentences, ids resolve); they shrink to a sentence such as "A met B.".
`hostile_extractions` is all that the host and the exporters must take: any text, any span in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import attrs
from hypothesis import strategies as st

from ..export.fields import choices, hints
from ..parser import unique, with_id
from ..records import (
    Actor,
    Attachment,
    Clause,
    Cue,
    Dateline,
    Diagnostic,
    Document,
    Extraction,
    Meeting,
    Mention,
    Metadata,
    Paragraph,
    Parent,
    Participation,
    Place,
    Quotation,
    RawDocument,
    Role,
    Span,
    Statement,
    Topic,
    VerbGroup,
    When,
)

# -- values ---------------------------------------------------------------------------------

_LETTERS = st.sampled_from("aboéñşш𝔞")
"""Few, so that texts stay readable: Latin, accents, another script, and one beyond the BMP."""

words = st.text(_LETTERS, min_size=1, max_size=6)
"""A lower-case word."""

names = st.builds(lambda first, rest: first + rest, st.sampled_from("ABCÉŞШ"), st.text(_LETTERS, max_size=5))
"""A word with a capital."""

countries = st.sampled_from(["AZ", "GE", "XK", "TR"])
"""ISO codes, and the one that ISO does not have."""

dates = st.dates().map(str)
"""ISO 8601 dates."""

when_values = st.one_of(
    dates, dates.map(lambda d: d[:7]), dates.map(lambda d: d[:4]), st.just("2024-05-05/2024-05-06")
)
"""What `When.value` may be: day, month, year, interval."""


def choice(cls: type, name: str) -> st.SearchStrategy[Any]:
    """The values of a field that is a ``Literal``, the first being the simplest."""
    return st.sampled_from(choices(hints(cls)[name]))


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _tuples(strategy: st.SearchStrategy[Any], min_size: int = 0, max_size: int = 2) -> st.SearchStrategy[Any]:
    return st.lists(strategy, min_size=min_size, max_size=max_size).map(tuple)


def _once(items: tuple[Any, ...]) -> tuple[Any, ...]:
    """Each once: a list of names in RDF is a set."""
    return tuple(dict.fromkeys(items))


# -- natural records --------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Scene:
    """The records of one article, as the stages would hand them on."""

    extraction: Extraction
    """Document, actors, meetings and statements, connected by their ids."""

    mentions: tuple[Mention, ...]
    """Names, places, times and pronouns of the text, by start."""

    clauses: tuple[Clause, ...]
    """One a sentence that tells something."""


class _Writer:
    """Writes a text and remembers where what stands."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0

    def add(self, text: str) -> Span:
        self.pieces.append(text)
        self.length += len(text)
        return Span(self.length - len(text), self.length)


@attrs.frozen(kw_only=True)
class _Plan:
    """All that is drawn for one sentence: drawn together, so that Hypothesis can leave it out together."""

    kind: str
    new_paragraph: bool
    swapped: bool
    pronouns: tuple[bool, bool]
    titled: tuple[bool, bool]
    parts: tuple[Any, Any]
    words: list[str]
    quoted: bool
    place: tuple[str, str | None] | None
    when: str | None
    topic: str | None
    channel: Any
    status: Any
    act: Any


_FLAGS = st.tuples(st.booleans(), st.booleans())
_PARTS: st.SearchStrategy[Any] = st.sampled_from(["attendee", *choices(hints(Participation)["part"])])


def _plans(*kinds: str) -> st.SearchStrategy[_Plan]:
    return st.builds(
        _Plan, kind=st.sampled_from(kinds), new_paragraph=st.booleans(), swapped=st.booleans(), pronouns=_FLAGS,
        titled=_FLAGS, parts=st.tuples(_PARTS, _PARTS), words=st.lists(words, min_size=1, max_size=3),
        quoted=st.booleans(), place=_maybe(st.tuples(names, _maybe(countries))),
        when=_maybe(st.just("Tuesday") | when_values), topic=_maybe(words), channel=choice(Meeting, "channel"),
        status=choice(Meeting, "status"), act=choice(Statement, "act"),
    )  # fmt: skip


# Made once: a strategy that is made anew for every draw is validated anew, ten times the time.
_MEETING, _STATEMENT = _plans("meeting"), _plans("statement")
_PLANS = st.lists(_plans("plain", "statement", "meeting"), max_size=3)
_PEOPLE = st.lists(
    st.tuples(names, st.sampled_from(["", "Minister", "Gen."]), _maybe(countries)),
    min_size=2, max_size=2, unique_by=lambda person: person[0],
)  # fmt: skip
_DATELINE = _maybe(st.tuples(names, _maybe(countries), dates))
_REST = st.tuples(st.booleans(), st.booleans(), choice(Parent, "relation"), _maybe(dates))


@attrs.define
class _Person:
    name: str
    title: str
    country: str | None
    mentions: list[Span] = attrs.Factory(list)
    references: list[Span] = attrs.Factory(list)
    roles: list[Role] = attrs.Factory(list)
    id: str = ""


@attrs.define
class _Told:
    """A sentence's content, before the document and the ids are known."""

    plan: _Plan
    sentence: Span
    cue: Span
    people: list[tuple[_Person, Span, str | None]]
    where: Place | None = None
    when: When | None = None
    topic: Topic | None = None
    content: Span | None = None
    quotation: Quotation | None = None


@st.composite
def scenes(draw: st.DrawFn, *, meetings: int = 0, statements: int = 0, parent: bool = False) -> Scene:
    """
    The records of one small article.

    Args:
        draw: Hypothesis'.

        meetings: At least so many.

        statements: At least so many.

        parent: Whether some meeting certainly has a parent; it takes two.

    Returns:
        A scene that keeps every promise of the records' docstrings.
    """
    plans = [draw(_MEETING) for _ in range(max(meetings, 2 * parent))]
    plans += [draw(_STATEMENT) for _ in range(statements)]
    plans += draw(_PLANS)
    people = [_Person(name, title, country) for name, title, country in draw(_PEOPLE)]
    linked, on_occasion, relation, published = draw(_REST)
    page = _Page(draw(_DATELINE), plans, people)
    document = page.document(published)
    actors = page.actors(document)
    told = page.told
    found = unique(with_id(document, _meeting(t)) for t in told if t.plan.kind == "meeting")
    if len(found) > 1 and (parent or linked):
        found[1] = attrs.evolve(found[1], parent=Parent(id=found[0].id, relation=relation))
    occasion = found[0].id if found and on_occasion else None
    extraction = Extraction(
        document=document, actors=tuple(actors), meetings=tuple(found),
        statements=tuple(with_id(document, _statement(t, occasion)) for t in told if t.plan.kind == "statement"),
    )  # fmt: skip
    return Scene(
        extraction=extraction,
        mentions=tuple(sorted(page.mentions, key=lambda m: m.span)),
        clauses=tuple(_clause(n, t) for n, t in enumerate(told, start=1)),
    )


class _Page:
    """A text written by plan, and what stands where in it."""

    def __init__(
        self, dateline: tuple[str, str | None, str] | None, plans: list[_Plan], people: list[_Person]
    ) -> None:
        self.writer = _Writer()
        self.people = people
        self.told: list[_Told] = []
        self.sentences: list[Span] = []
        self.paragraphs: list[Paragraph] = []
        self.mentions: list[Mention] = []
        self.dateline = self.write_dateline(*dateline) if dateline else None
        start = self.writer.length
        for number, plan in enumerate(plans):
            if number and plan.new_paragraph:
                self.paragraphs.append(Paragraph(span=Span(start, self.writer.length)))
                start = self.writer.add("\n\n").end
            elif number:
                self.writer.add(" ")
            self.sentences.append(self.write_sentence(plan))
        if self.writer.length > start:
            self.paragraphs.append(Paragraph(span=Span(start, self.writer.length)))

    def document(self, published: str | None) -> Document:
        text = "".join(self.writer.pieces)
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        return Document(
            id=f"document-{sha256[:16]}", text=text, sha256=sha256, published=published,
            dateline=self.dateline, paragraphs=tuple(self.paragraphs), sentences=tuple(self.sentences),
            quotations=tuple(t.quotation for t in self.told if t.quotation),
        )  # fmt: skip

    def actors(self, document: Document) -> list[Actor]:
        found = []
        for person in sorted((p for p in self.people if p.mentions), key=lambda p: p.mentions[0]):
            actor = with_id(document, Actor(
                kind="person", name=person.name, mentions=tuple(person.mentions),
                references=tuple(person.references), roles=tuple(person.roles[:1]), country=person.country,
                found_by="scene.actors/name",
            ))  # fmt: skip
            person.id = actor.id
            found.append(actor)
        return found

    def write_dateline(self, name: str, country: str | None, day: str) -> Dateline:
        # "ß" and the like grow in capitals: the name is what is written.
        place = Place(name=name.upper(), country=country, span=self.writer.add(name.upper()))
        self.writer.add(", ")
        when = When(
            value=day, earliest=day, latest=day, text=day, span=self.writer.add(day), anchor="explicit"
        )
        whole = Span(0, self.writer.length)
        self.paragraphs.append(Paragraph(span=whole, kind="dateline"))
        self.mentions.append(Mention(kind="place", span=place.span, name=place.span, country=country))
        self.mentions.append(Mention(kind="time", span=when.span, value=day))
        self.writer.add("\n\n")
        return Dateline(span=whole, place=place, when=when)

    def write_person(self, person: _Person, pronoun: bool, titled: bool) -> tuple[Span, str | None]:
        """Write somebody; the span that stands for them, and the title used."""
        writer = self.writer
        if pronoun and person.mentions:
            span = writer.add("he")
            person.references.append(span)
            self.mentions.append(Mention(kind="pronoun", span=span, gender="male"))
            return span, None
        start = writer.length
        roles: tuple[Role, ...] = ()
        if person.title and titled:
            roles = (Role(title=person.title, country=person.country, span=writer.add(person.title)),)
            person.roles.extend(roles)
            writer.add(" ")
        name = writer.add(person.name)
        person.mentions.append(name)
        whole = Span(start, name.end)
        self.mentions.append(
            Mention(kind="person", span=whole, name=name, roles=roles, country=person.country)
        )
        return whole, person.title if roles else None

    def write_sentence(self, plan: _Plan) -> Span:
        writer = self.writer
        start = writer.length
        if plan.kind == "plain":
            writer.add(" ".join(plan.words) + ".")
            return Span(start, writer.length)
        first, second = self.people[::-1] if plan.swapped else self.people
        subject, title = self.write_person(first, plan.pronouns[0], plan.titled[0])
        writer.add(" ")
        cue = writer.add("said" if plan.kind == "statement" else "met")
        story = _Told(plan, Span(start, cue.end), cue, [(first, subject, title)])
        self.told.append(story)
        if plan.kind == "statement":
            writer.add(" “" if plan.quoted else " ")
            story.content = content = writer.add(" ".join(plan.words))
            if plan.quoted:
                mark = Span(content.start - 1, writer.add("”").end)
                story.quotation = Quotation(span=mark, content=(content,))
        else:
            writer.add(" ")
            story.people.append((second, *self.write_person(second, plan.pronouns[1], plan.titled[1])))
            self.write_details(plan, story)
        writer.add(".")
        story.sentence = Span(start, writer.length)
        return story.sentence

    def write_details(self, plan: _Plan, story: _Told) -> None:
        writer = self.writer
        if plan.place:
            writer.add(" in ")
            name, country = plan.place
            span = writer.add(name)
            story.where = Place(name=name, country=country, span=span)
            self.mentions.append(Mention(kind="place", span=span, name=span, country=country))
        if plan.when:
            writer.add(" ")
            value = None if plan.when == "Tuesday" else plan.when
            day = value if value and len(value) == 10 else None
            text = f"on {plan.when}"
            span = writer.add(text)
            story.when = When(
                value=value,
                earliest=day,
                latest=day,
                text=text,
                span=span,
                anchor="explicit" if value else None,
            )
            self.mentions.append(Mention(kind="time", span=span, value=plan.when))
        if plan.topic:
            writer.add(" about ")
            story.topic = Topic(text=plan.topic, span=writer.add(plan.topic))


def _meeting(told: _Told) -> Meeting:
    plan = told.plan
    return Meeting(
        participants=tuple(
            Participation(actor=person.id, part=part, role=title, span=span)
            for (person, span, title), part in zip(told.people, plan.parts, strict=True)
        ),
        cue=Cue(span=told.cue, lemma="meet"), when=told.when, place=told.where, channel=plan.channel,
        format="bilateral", status=plan.status, topics=(told.topic,) if told.topic else (),
        evidence=(told.sentence,), found_by="scene.meetings/met",
    )  # fmt: skip


def _statement(told: _Told, occasion: str | None) -> Statement:
    ((person, span, _),) = told.people
    assert told.content is not None
    return Statement(
        speaker=person.id, speaker_span=span, cue=Cue(span=told.cue, lemma="say"), act=told.plan.act,
        mode="direct" if told.quotation else "indirect", content=(told.content,), occasion=occasion,
        evidence=(told.sentence,), found_by="scene.statements/said",
    )  # fmt: skip


def _clause(number: int, told: _Told) -> Clause:
    lemma = "say" if told.plan.kind == "statement" else "meet"
    return Clause(
        id=f"c{number}",
        span=Span(told.sentence.start, told.sentence.end - 1),
        verb=VerbGroup(span=told.cue, head=told.cue, lemma=lemma, tense="past"),
        subject=told.people[0][1],
        objects=tuple(span for _, span, _ in told.people[1:]),
        attachments=tuple(
            Attachment(preposition="in", span=Span(p.span.start - 3, p.span.end), object=p.span)
            for p in ([told.where] if told.where else [])
        ),
        complement=(told.content,) if told.content else (),
    )


def extractions(**at_least: Any) -> st.SearchStrategy[Extraction]:
    """Natural extractions, connected; keywords as `scenes` takes them."""
    return scenes(**at_least).map(lambda scene: scene.extraction)


def documents() -> st.SearchStrategy[Document]:
    """Documents of a few sentences, cut up."""
    return extractions().map(lambda x: x.document)


def actors() -> st.SearchStrategy[Actor]:
    """Actors of an article."""
    return extractions(meetings=1).flatmap(lambda x: st.sampled_from(x.actors))


def meetings(**at_least: Any) -> st.SearchStrategy[Meeting]:
    """Meetings of an article; their ids and their participants' are those the host gives."""
    at_least.setdefault("meetings", 1)
    return extractions(**at_least).flatmap(lambda x: st.sampled_from(x.meetings))


def statements() -> st.SearchStrategy[Statement]:
    """Statements of an article."""
    return extractions(statements=1).flatmap(lambda x: st.sampled_from(x.statements))


def mentions() -> st.SearchStrategy[Mention]:
    """Mentions in an article."""
    return scenes(meetings=1).flatmap(lambda s: st.sampled_from(s.mentions))


def clauses() -> st.SearchStrategy[Clause]:
    """Clauses of an article."""
    return scenes(meetings=1).flatmap(lambda s: st.sampled_from(s.clauses))


def spans() -> st.SearchStrategy[Span]:
    """Spans of one character or more; of no text in particular."""
    return st.builds(
        lambda start, length: Span(start, start + length), st.integers(0, 60), st.integers(1, 30)
    )


def metadata() -> st.SearchStrategy[Metadata]:
    """What a reader may know."""
    return st.builds(
        Metadata, id=_maybe(words), url=st.sampled_from([None, "https://example.org/1"]), title=_maybe(names),
        author=_maybe(names), publisher=_maybe(names), published=_maybe(dates), language=st.sampled_from([None, "en"]),
    )  # fmt: skip


def diagnostics() -> st.SearchStrategy[Diagnostic]:
    """Diagnostics of the host's kinds."""
    return st.builds(
        Diagnostic, severity=choice(Diagnostic, "severity"), code=st.sampled_from(["wrong-type", "no-evidence"]),
        message=words, stage=st.sampled_from([None, "meetings"]), plugin=_maybe(words),
    )  # fmt: skip


def _of_meeting(read: Callable[[Meeting], Any], **at_least: Any) -> st.SearchStrategy[Any]:
    """Something that a meeting may hold, from a meeting that holds it."""
    return meetings(**at_least).map(read).filter(lambda found: found is not None)


STRATEGIES: Mapping[str, Callable[[], st.SearchStrategy[Any]]] = {
    "Actor": actors,
    "Attachment": lambda: spans().map(
        lambda s: Attachment(preposition="in", span=Span(s.start, s.end + 3), object=Span(s.start + 3, s.end + 3))
    ),
    "Clause": clauses,
    "Cue": lambda: _of_meeting(lambda m: m.cue),
    "Dateline": lambda: documents().map(lambda d: d.dateline).filter(lambda d: d is not None),
    "Diagnostic": diagnostics,
    "Document": documents,
    "Extraction": extractions,
    "Meeting": meetings,
    "Mention": mentions,
    "Metadata": metadata,
    "Paragraph": lambda: extractions(meetings=1).flatmap(lambda x: st.sampled_from(x.document.paragraphs)),
    "Parent": lambda: extractions(parent=True).map(lambda x: next(m.parent for m in x.meetings if m.parent)),
    "Participation": lambda: meetings().flatmap(lambda m: st.sampled_from(m.participants)),
    "Place": lambda: _of_meeting(lambda m: m.place),
    "Quotation": lambda: extractions(statements=1).map(lambda x: x.document.quotations).filter(bool).map(lambda q: q[0]),
    "RawDocument": lambda: st.builds(
        lambda d, m: RawDocument(text=d.text, metadata=m), documents(), metadata()
    ),
    "Role": lambda: st.builds(
        lambda span, rest, tenure, country: Role(title=rest, tenure=tenure, country=country, span=span),
        spans(), names, choice(Role, "tenure"), _maybe(countries),
    ),
    "Span": spans,
    "Statement": statements,
    "Topic": lambda: _of_meeting(lambda m: m.topics[0] if m.topics else None),
    "VerbGroup": lambda: clauses().map(lambda c: c.verb),
    "When": lambda: _of_meeting(lambda m: m.when),
}  # fmt: skip
"""By class name, what ``st.from_type`` gives."""


# -- hostile records ----------------------------------------------------------------------------

_HOSTILE = [
    '"', "'", "\\", "\n", "\r", "\r\n", "\t", ",", ";", "|", "\x00", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe",
    "\ud800", "\udfff", "😀", "é", "e\u0301", "\u202e", "=1+1", "@x", "-2", "../", "<b>", "<>", "{}", "%", "#", " ", "",
]  # fmt: skip


def hostile_texts(min_size: int = 0, surrogates: bool = True) -> st.SearchStrategy[str]:
    """Strings: plain ones, any code points, and pieces that break naive writers."""
    any_text = st.text(st.characters(exclude_categories=[] if surrogates else ["Cs"]), max_size=12)
    pieces = st.sampled_from([p for p in _HOSTILE if surrogates or p not in ("\ud800", "\udfff")])
    made = st.one_of(
        st.text("abc XYZ.", max_size=12), any_text, st.lists(pieces, max_size=6).map("".join)
    ).map(_joined)
    return made.filter(lambda t: len(t) >= min_size) if min_size else made


def _joined(text: str) -> str:
    """Two halves of a surrogate pair become the character: JSON could not tell them from it."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


@st.composite
def hostile_extractions(
    draw: st.DrawFn,
    *,
    surrogates: bool = True,
    records: Callable[[st.SearchStrategy[Span], st.SearchStrategy[str]], st.SearchStrategy[Any]]
    | None = None,
) -> Extraction:
    """
    Extractions as odd as the host lets them by: any text, any spans in it, any strings; ids resolve.

    Args:
        draw: Hypothesis'.

        surrogates: Whether texts may hold half surrogate pairs.

        records: Given strategies for spans of the text and for actor ids, one for plugins' own records.

    Returns:
        One extraction, connected: every id it names is one of its records'.
    """
    words = hostile_texts(surrogates=surrogates)
    text = draw(hostile_texts(min_size=1, surrogates=surrogates))
    bounds = st.integers(0, len(text) - 1)
    spans = st.builds(lambda a, b: Span(min(a, b), max(a, b) + 1), bounds, bounds)
    whens = st.builds(
        When, value=_maybe(when_values), earliest=_maybe(dates), latest=_maybe(dates), text=words, span=spans,
        anchor=_maybe(choice(When, "anchor")),
    )  # fmt: skip
    places = st.builds(Place, name=words, country=_maybe(countries), span=spans)
    roles = st.builds(
        Role, title=words, rank=_maybe(words), organization=_maybe(words), country=_maybe(countries),
        tenure=choice(Role, "tenure"), span=spans,
    )  # fmt: skip
    cues = st.builds(Cue, span=spans, lemma=words)
    datelines = st.builds(
        Dateline, span=spans, place=_maybe(places), when=_maybe(whens), agency=_maybe(words)
    )
    document = Document(
        id=draw(words), text=text, sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        url=draw(_maybe(words)), title=draw(_maybe(words)), author=draw(_maybe(words)),
        publisher=draw(_maybe(words)), published=draw(_maybe(dates)), dateline=draw(_maybe(datelines)),
        language=draw(st.sampled_from(["en", "tr"])),
        paragraphs=draw(_tuples(st.builds(Paragraph, span=spans, kind=choice(Paragraph, "kind"), label=_maybe(spans)))),
        sentences=draw(_tuples(spans)),
        quotations=draw(_tuples(st.builds(Quotation, span=spans, content=_tuples(spans), closed=st.booleans()))),
    )  # fmt: skip

    def named(strategy: st.SearchStrategy[Any], min_size: int = 0, max_size: int = 2) -> list[Any]:
        records = draw(st.lists(strategy, min_size=min_size, max_size=max_size))
        return unique([with_id(document, record) for record in records])

    actors = named(
        st.builds(
            Actor, id=st.just(""), kind=choice(Actor, "kind"), name=words, aliases=_tuples(words).map(_once),
            mentions=_tuples(spans, min_size=1), references=_tuples(spans), roles=_tuples(roles),
            country=_maybe(countries), found_by=words,
        ),
        min_size=1, max_size=3,
    )  # fmt: skip
    actor_ids = st.sampled_from([a.id for a in actors])
    meetings = named(
        st.builds(
            Meeting, id=st.just(""), cue=cues, when=_maybe(whens), place=_maybe(places),
            participants=_tuples(st.builds(
                Participation, actor=actor_ids, part=choice(Participation, "part"), role=_maybe(words), span=spans)),
            channel=choice(Meeting, "channel"), format=choice(Meeting, "format"), status=choice(Meeting, "status"),
            topics=_tuples(st.builds(Topic, text=words, span=spans)), parent=st.none(), told_by=_maybe(actor_ids),
            evidence=_tuples(spans, min_size=1), found_by=words,
        ),
    )  # fmt: skip
    meeting_ids = st.sampled_from([m.id for m in meetings]) if meetings else st.nothing()
    parents = (
        st.builds(Parent, id=meeting_ids, relation=choice(Parent, "relation")) if meetings else st.nothing()
    )
    meetings = [attrs.evolve(m, parent=draw(_maybe(parents))) for m in meetings]
    statements = named(
        st.builds(
            Statement, id=st.just(""), speaker=_maybe(actor_ids), speaker_span=_maybe(spans),
            speakers=_tuples(actor_ids).map(_once), addressees=_tuples(actor_ids).map(_once), cue=cues,
            act=choice(Statement, "act"), mode=choice(Statement, "mode"), content=_tuples(spans, min_size=1),
            joint=st.booleans(), nested_in=st.none(), when=_maybe(whens), occasion=_maybe(meeting_ids),
            via=_maybe(words), evidence=_tuples(spans, min_size=1), found_by=words,
        ),
    )  # fmt: skip
    if statements:
        ids = st.sampled_from([s.id for s in statements])
        statements = [attrs.evolve(s, nested_in=draw(_maybe(ids))) for s in statements]
    diagnostics = st.builds(
        Diagnostic, severity=choice(Diagnostic, "severity"), code=words, message=words, stage=_maybe(words),
        plugin=_maybe(words), span=_maybe(spans),
    )  # fmt: skip
    return Extraction(
        document=document, actors=tuple(actors), meetings=tuple(meetings), statements=tuple(statements),
        records=draw(_tuples(records(spans, actor_ids))) if records else (), diagnostics=draw(_tuples(diagnostics)),
    )  # fmt: skip
