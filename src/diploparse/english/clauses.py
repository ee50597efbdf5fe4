"""clauses: to be written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..records import Clause


def find_clauses(document: Any, mentions: Any, lexicon: Any) -> Iterator[Clause]:
    yield from ()
