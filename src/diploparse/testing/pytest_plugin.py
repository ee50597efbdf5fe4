"""
The pytest plugin: fixtures for those who write plugins. It is loaded where diploparse is installed.

    @pytest.mark.diploparse(plugins=["my_plugin"])
    def test_visits(diploparse_parser, assert_records):
        extraction = diploparse_parser.parse("...")
        assert_records(extraction, meetings=[{"cue": "visited", "participants": ["Jane Roe", "John Doe"]}])
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from ..parser import Parser
    from ..records import Document, Extraction

_PARSERS: dict[str, Parser] = {}
"""By what the marker says: a parser's lexicon is worth keeping."""


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line(
        "markers",
        "diploparse(plugins=(), **options): what the fixture diploparse_parser is made of, as diploparse.Parser takes it",
    )


@pytest.fixture
def diploparse_parser(request: pytest.FixtureRequest) -> Parser:
    """
    A `Parser` with the built-in and installed plugins, ``strict`` so that a failing plugin fails the test.

    ``@pytest.mark.diploparse(plugins=[...], disable=[...])`` gives it other arguments.
    """
    from ..parser import Parser

    options: dict[str, Any] = {"strict": True}
    for mark in reversed(list(request.node.iter_markers("diploparse"))):
        options |= mark.kwargs | ({"plugins": mark.args} if mark.args else {})
    key = repr(sorted(options.items()))
    if key not in _PARSERS:
        _PARSERS[key] = Parser(**options)
    return _PARSERS[key]


@pytest.fixture
def make_document(diploparse_parser: Parser) -> Callable[..., Document]:
    """``make_document(text, **metadata)``: a document cut up as the parser does it, for a direct call of ``find``."""
    from ..records import Metadata

    def make(text: str, **metadata: Any) -> Document:
        return diploparse_parser.parse(text, metadata=Metadata(**metadata)).document

    return make


@pytest.fixture
def assert_records() -> Callable[..., None]:
    """
    ``assert_records(extraction, meetings=[...], statements=[...], actors=[...], records=[...])``.

    Each keyword is the whole list of its records, in order.  An expected record is a dictionary
    of the fields to compare, in words: a span is the words it covers, an actor's id its name, a
    nested record its main value (a participation's actor, a place's name, a time's value).
    """
    return _assert_records


def _assert_records(extraction: Extraction, **expected: Iterable[Mapping[str, Any]]) -> None:
    __tracebackhide__ = True
    for name, wanted in expected.items():
        if name not in ("actors", "meetings", "statements", "records"):
            raise TypeError(f"assert_records takes actors, meetings, statements and records, not {name!r}")
        problem = compare(extraction, name, list(wanted))
        if problem:
            pytest.fail(problem, pytrace=False)


def compare(extraction: Extraction, name: str, wanted: Sequence[Mapping[str, Any]]) -> str:
    """How an extraction's list differs from the records wanted, with the text; empty if it does not."""
    import difflib

    from .readable import evidence_of, in_words, lines_of, marked, short

    records = getattr(extraction, name)
    found = [in_words(extraction, record) for record in records]
    same = len(found) == len(wanted) and all(_fits(w, f) for w, f in zip(wanted, found, strict=True))
    if same:
        return ""
    shown: list[str] = []
    for number, record_in_words in enumerate(found):
        # Only the fields that the test speaks of; all of them for a record that it does not expect.
        keys = wanted[number] if number < len(wanted) else record_in_words
        kept = {k: short(record_in_words.get(k, "(no such field)")) for k in keys}
        shown += lines_of({"record": record_in_words["record"], **kept})
    asked: list[str] = []
    for number, given in enumerate(wanted):
        kind = found[number]["record"] if number < len(found) else name.removesuffix("s").capitalize()
        asked += lines_of({"record": kind, **given})
    diff = "\n".join(difflib.unified_diff(asked, shown, "expected", "found", lineterm="", n=100))
    spans = [span for record in records for span in evidence_of(record)]
    return f"the {name} differ\n{diff}\n\nread from\n{marked(extraction.document.text, list(dict.fromkeys(spans)))}"


def _fits(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    from .readable import short

    return all(
        name in found and _plain(value) in (found[name], short(found[name])) for name, value in wanted.items()
    )


def _plain(value: Any) -> Any:
    return [_plain(v) for v in value] if isinstance(value, (tuple, list)) else value
