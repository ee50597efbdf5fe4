"""occasions: to be written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..records import Meeting


def find_occasions(document: Any, actors: Any, meetings: Any) -> Iterator[Meeting]:
    yield from meetings
