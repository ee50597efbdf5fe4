"""statements: to be written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..records import Statement


def find_statements(
    document: Any, mentions: Any, clauses: Any, actors: Any, meetings: Any, lexicon: Any
) -> Iterator[Statement]:
    yield from ()
