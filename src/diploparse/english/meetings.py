"""meetings: to be written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..records import Meeting


def find_meetings(document: Any, mentions: Any, clauses: Any, actors: Any, lexicon: Any) -> Iterator[Meeting]:
    yield from ()
