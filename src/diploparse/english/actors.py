"""
Mentions to actors: coreference, roles, countries.

1. Names of one person are joined (`clusters`); bodies by value, states by code.
2. The text is walked sentence by sentence: pronouns and descriptions go to the person that fits best,
   "the sides" to those of the meeting told last (`references`).
3. States and bodies become actors only where they act: a list of every country named would be noise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..lexicon import LexiconUnion
from ..records import Actor, Clause, Document, Mention
from .clusters import find_persons
from .references import Resolver


def find_actors(
    document: Document, mentions: Sequence[Mention], clauses: Sequence[Clause], lexicon: LexiconUnion
) -> Iterator[Actor]:
    """
    Yield who acts in a document, by first mention.

    Yields:
        Actors with named mentions, and with the references that point to them.
    """
    persons = find_persons(document, mentions)
    yield from Resolver(document, mentions, clauses, lexicon, persons).actors()
