"""The built-in extractor plugin for English: its extractors in stage order, and its lexicons."""

from pathlib import Path

from ..hookspecs import Extractor, Lexicon, hookimpl
from .actors import find_actors
from .clauses import find_clauses
from .meetings import find_meetings
from .mentions import find_mentions
from .occasions import find_occasions
from .segment import find_document
from .statements import find_statements


@hookimpl
def diploparse_extractors() -> list[Extractor]:
    return [
        Extractor(name="segment", stage="segment", find=find_document, languages=("*",)),
        Extractor(name="mentions", stage="mentions", find=find_mentions),
        Extractor(name="clauses", stage="clauses", find=find_clauses),
        Extractor(name="actors", stage="actors", find=find_actors),
        Extractor(name="meetings", stage="meetings", find=find_meetings),
        Extractor(name="occasions", stage="occasions", find=find_occasions),
        Extractor(name="statements", stage="statements", find=find_statements),
    ]


@hookimpl
def diploparse_lexicons() -> list[Lexicon]:
    return [Lexicon(name="english", path=Path(__file__).parent / "data")]
