"""The kit's hostile extractions, with a plugin's own record in them."""

import attrs
from hypothesis import strategies as st

from diploparse import Role, Span, register_record
from diploparse.testing.strategies import countries, hostile_extractions, hostile_texts

texts = hostile_texts


@register_record
@attrs.frozen(kw_only=True)
class Errand:
    """A plugin's own record, as odd as they may be: slotted, nested, with a self-reference and numbers."""

    id: str = ""
    guest: str = attrs.field(metadata={"refers": "actors"})
    count: int = 0
    share: float = 0.5
    firm: bool = True
    pair: tuple[int, str] = (1, "x")
    role: Role | None = None
    earlier: "Errand | None" = None
    evidence: tuple[Span, ...]


def visits(spans, actor_ids, surrogates=True):
    """Visits of an extraction whose spans and actors these are."""
    words = texts(surrogates=surrogates)
    evidence = st.lists(spans, min_size=1, max_size=2).map(tuple)
    roles = st.none() | st.builds(
        Role, title=words, rank=st.none() | words, country=st.none() | countries, span=spans
    )
    made = st.builds(
        Errand, id=words, guest=actor_ids, count=st.integers(-5, 2**60),
        # JSON-LD writes a double with 16 digits: eighths need no more.
        share=st.integers(-8000, 8000).map(lambda n: n / 8),
        firm=st.booleans(), pair=st.tuples(st.integers(0, 9), words), role=roles, evidence=evidence,
    )  # fmt: skip
    return st.builds(lambda v, e: attrs.evolve(v, earlier=e), made, st.none() | made)


def extractions(surrogates=True, records=True):
    """One extraction, connected: every id it names is one of its records'."""
    own = (lambda spans, ids: visits(spans, ids, surrogates)) if records else None
    return hostile_extractions(surrogates=surrogates, records=own)
