"""actors: to be written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..records import Actor


def find_actors(document: Any, mentions: Any, clauses: Any, lexicon: Any) -> Iterator[Actor]:
    yield from ()
