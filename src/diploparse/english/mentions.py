"""mentions: to be written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..records import Mention


def find_mentions(document: Any, lexicon: Any) -> Iterator[Mention]:
    yield from ()
