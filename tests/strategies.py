"""Hypothesis strategies: valid extractions, ids that resolve, spans inside, strings as hostile as they come."""

import hashlib

import attrs
from hypothesis import strategies as st

from diploparse import (
    Actor,
    Cue,
    Dateline,
    Diagnostic,
    Document,
    Extraction,
    Meeting,
    Paragraph,
    Parent,
    Participation,
    Place,
    Quotation,
    Role,
    Span,
    Statement,
    Topic,
    When,
    register_record,
)
from diploparse.export.fields import choices, hints
from diploparse.parser import unique, with_id

_HOSTILE = [
    '"', "'", "\\", "\n", "\r", "\r\n", "\t", ",", ";", "|", "\x00", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe",
    "\ud800", "\udfff", "😀", "é", "e\u0301", "\u202e", "=1+1", "@x", "-2", "../", "<b>", "<>", "{}", "%", "#", " ", "",
]  # fmt: skip


def texts(min_size=0, surrogates=True):
    """Strings: plain ones, any code points, and pieces that break naive writers."""
    any_text = st.text(st.characters(exclude_categories=[] if surrogates else ["Cs"]), max_size=12)
    pieces = st.sampled_from([p for p in _HOSTILE if surrogates or p not in ("\ud800", "\udfff")])
    made = st.one_of(
        st.text("abc XYZ.", max_size=12), any_text, st.lists(pieces, max_size=6).map("".join)
    ).map(_joined)
    return made.filter(lambda t: len(t) >= min_size) if min_size else made


def _joined(text):
    """Two halves of a surrogate pair become the character: JSON could not tell them from it."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _choice(cls, name):
    return st.sampled_from(choices(hints(cls)[name]))


def _maybe(strategy):
    return st.none() | strategy


def _tuples(strategy, min_size=0, max_size=2):
    return st.lists(strategy, min_size=min_size, max_size=max_size).map(tuple)


dates = st.dates().map(str)
when_values = st.one_of(
    dates, dates.map(lambda d: d[:7]), dates.map(lambda d: d[:4]), st.just("2024-05-05/2024-05-06")
)
countries = st.sampled_from(["AZ", "GE", "XK", "TR"])


@register_record
@attrs.frozen(kw_only=True)
class Visit:
    """A plugin's own record, as odd as they may be: slotted, nested, with a self-reference and numbers."""

    id: str = ""
    guest: str
    count: int = 0
    share: float = 0.5
    firm: bool = True
    pair: tuple[int, str] = (1, "x")
    role: Role | None = None
    earlier: "Visit | None" = None
    evidence: tuple[Span, ...]


@st.composite
def extractions(draw, surrogates=True, records=True):
    """One extraction, connected: every id it names is one of its records'."""
    words = texts(surrogates=surrogates)
    text = draw(texts(min_size=1, surrogates=surrogates))
    bounds = st.integers(0, len(text) - 1)
    spans = st.builds(lambda a, b: Span(min(a, b), max(a, b) + 1), bounds, bounds)
    whens = st.builds(
        When, value=_maybe(when_values), earliest=_maybe(dates), latest=_maybe(dates), text=words, span=spans,
        anchor=_maybe(_choice(When, "anchor")),
    )  # fmt: skip
    places = st.builds(Place, name=words, country=_maybe(countries), span=spans)
    roles = st.builds(
        Role, title=words, rank=_maybe(words), organization=_maybe(words), country=_maybe(countries),
        tenure=_choice(Role, "tenure"), span=spans,
    )  # fmt: skip
    cues = st.builds(Cue, span=spans, lemma=words)
    document = Document(
        id=draw(words), text=text, sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        url=draw(_maybe(words)), title=draw(_maybe(words)), author=draw(_maybe(words)),
        publisher=draw(_maybe(words)), published=draw(_maybe(dates)),
        dateline=draw(_maybe(st.builds(Dateline, span=spans, place=_maybe(places), when=_maybe(whens), agency=_maybe(words)))),
        language=draw(st.sampled_from(["en", "tr"])),
        paragraphs=draw(_tuples(st.builds(Paragraph, span=spans, kind=_choice(Paragraph, "kind"), label=_maybe(spans)))),
        sentences=draw(_tuples(spans)),
        quotations=draw(_tuples(st.builds(Quotation, span=spans, content=_tuples(spans), closed=st.booleans()))),
    )  # fmt: skip

    def named(strategy, **size):
        return unique([with_id(document, record) for record in draw(st.lists(strategy, **size))])

    actors = named(
        st.builds(
            Actor, id=st.just(""), kind=_choice(Actor, "kind"), name=words, aliases=_tuples(words).map(_once),
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
                Participation, actor=actor_ids, part=_choice(Participation, "part"), role=_maybe(words), span=spans)),
            channel=_choice(Meeting, "channel"), format=_choice(Meeting, "format"), status=_choice(Meeting, "status"),
            topics=_tuples(st.builds(Topic, text=words, span=spans)), parent=st.none(), told_by=_maybe(actor_ids),
            evidence=_tuples(spans, min_size=1), found_by=words,
        ),
        max_size=2,
    )  # fmt: skip
    meeting_ids = st.sampled_from([m.id for m in meetings]) if meetings else st.nothing()
    parents = (
        st.builds(Parent, id=meeting_ids, relation=_choice(Parent, "relation")) if meetings else st.nothing()
    )
    meetings = [attrs.evolve(m, parent=draw(_maybe(parents))) for m in meetings]
    statements = named(
        st.builds(
            Statement, id=st.just(""), speaker=_maybe(actor_ids), speaker_span=_maybe(spans),
            speakers=_tuples(actor_ids).map(_once), addressees=_tuples(actor_ids).map(_once), cue=cues,
            act=_choice(Statement, "act"), mode=_choice(Statement, "mode"), content=_tuples(spans, min_size=1),
            joint=st.booleans(), nested_in=st.none(), when=_maybe(whens), occasion=_maybe(meeting_ids),
            via=_maybe(words), evidence=_tuples(spans, min_size=1), found_by=words,
        ),
        max_size=2,
    )  # fmt: skip
    if statements:
        ids = st.sampled_from([s.id for s in statements])
        statements = [attrs.evolve(s, nested_in=draw(_maybe(ids))) for s in statements]
    visits = st.builds(
        Visit, id=words, guest=actor_ids, count=st.integers(-5, 2**60), share=st.floats(allow_nan=False, allow_infinity=False),
        firm=st.booleans(), pair=st.tuples(st.integers(0, 9), words), role=_maybe(roles), evidence=_tuples(spans, min_size=1),
    )  # fmt: skip
    visits = st.builds(lambda v, e: attrs.evolve(v, earlier=e), visits, _maybe(visits))
    diagnostics = st.builds(
        Diagnostic, severity=_choice(Diagnostic, "severity"), code=words, message=words, stage=_maybe(words),
        plugin=_maybe(words), span=_maybe(spans),
    )  # fmt: skip
    return Extraction(
        document=document, actors=tuple(actors), meetings=tuple(meetings), statements=tuple(statements),
        records=draw(_tuples(visits)) if records else (), diagnostics=draw(_tuples(diagnostics)),
    )  # fmt: skip


def _once(items):
    """Each once: a list of names in RDF is a set."""
    return tuple(dict.fromkeys(items))
