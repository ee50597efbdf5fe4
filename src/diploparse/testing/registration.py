"""What Hypothesis calls at its start: our records' strategies, made when one is first asked for."""

from __future__ import annotations

from typing import Any

NAMES = (
    "Actor", "Attachment", "Clause", "Cue", "Dateline", "Diagnostic", "Document", "Extraction", "Meeting",
    "Mention", "Metadata", "Paragraph", "Parent", "Participation", "Place", "Quotation", "RawDocument", "Role",
    "Span", "Statement", "Topic", "VerbGroup", "When",
)  # fmt: skip
"""The records that ``st.from_type`` knows; ``strategies.STRATEGIES`` has one for each."""


def register() -> None:
    """Make ``st.from_type`` know our records (the entry point ``hypothesis``)."""
    from hypothesis import strategies as st

    from .. import records

    for name in NAMES:
        st.register_type_strategy(getattr(records, name), _strategy)


def _strategy(cls: type) -> Any:
    from .strategies import STRATEGIES

    return STRATEGIES[cls.__name__]()
