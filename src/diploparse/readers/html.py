"""
Web pages: the article's text, without what stands around it. Needs trafilatura (``diploparse[html]``).

The text is what offsets count in, so it depends on trafilatura's version, which is noted with the
document; paragraphs are parted by blank lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal

import attrs

from ..errors import InputError, UsageError
from ..records import Diagnostic, Metadata, RawDocument
from .fields import day_of
from .opening import OnError, Part, Source, document_of, name_of, opened, raise_it

PAGE_BYTES = 5_000_000
"""A page of more is no article; the parser would take minutes."""


def is_installed() -> bool:
    """Whether pages can be read here."""
    return find_spec("trafilatura") is not None


def read_html(
    source: Source, *, encoding: str = "utf-8", on_error: OnError = raise_it
) -> Iterator[RawDocument]:
    """
    Yield the one document of a saved web page.

    Args:
        source: A path, which becomes the document's id; or a binary stream.

        encoding: What the page is in, if its bytes fit; else what it says it is in.

        on_error: Gets the error of a page without an article.

    Yields:
        The article's text with title, byline, site and day of publication, and a note that tells
        how they were found.

    Raises:
        InputError: The file is missing or unreadable, trafilatura is not installed, or the page
            has no article (by default).
    """
    for part in html_parts(source, encoding=encoding, on_error=on_error):
        document = document_of(part, name_of(source), on_error)
        if document is not None:
            yield document


def html_parts(source: Source, *, encoding: str = "utf-8", on_error: OnError = raise_it) -> Iterator[Part]:
    """As `read_html`, but yield a function that makes the document."""
    name = name_of(source)
    _need(name)
    with opened(source) as stream:
        data = stream.read(PAGE_BYTES + 1)
    yield lambda: article(data, name, Metadata(id=None if name == "-" else name), encoding)


def _need(name: str) -> None:
    if not is_installed():
        raise InputError(
            path=name, problem="it is a web page, and trafilatura is not installed",
            advice="pip install 'diploparse[html]'",
        )  # fmt: skip


def article(data: bytes, name: str, metadata: Metadata, encoding: str = "utf-8") -> RawDocument:
    """
    The article of a page.

    Args:
        data: The page, as it was sent.

        name: For errors.

        metadata: What is known without the page; its values win.

        encoding: As `read_html` takes it.

    Raises:
        InputError: There is none in it, or the page is too large.
    """
    if len(data) > PAGE_BYTES:
        raise InputError(
            path=name, problem=f"the page has more than {PAGE_BYTES:,} bytes", advice="passed over"
        )
    trafilatura = import_module("trafilatura")
    tree = trafilatura.load_html(_markup(data, encoding))
    if tree is None:
        raise InputError(path=name, problem="there is no markup in it", advice="read it with --reader text")
    day = published(tree, metadata.url)
    found = trafilatura.bare_extraction(
        tree, url=metadata.url, favor_precision=True, include_comments=False, include_tables=False,
        with_metadata=True, date_extraction_params={"extensive_search": False, "original_date": True},
    )  # fmt: skip
    text = "\n\n".join(line for line in (found.text or "").split("\n") if line.strip()) if found else ""
    if not text:
        raise InputError(
            path=name, problem="no article was found in this page", advice="it may be a list or a film"
        )
    if day is None and found.date:
        day = Found(found.date, "text")
    if metadata.published:
        day = Found(metadata.published, "given")
    told = attrs.evolve(
        metadata,
        url=metadata.url or _address(tree),
        title=metadata.title or found.title or None,
        author=metadata.author or found.author or None,
        publisher=metadata.publisher or found.sitename or found.hostname or None,
        published=day.day if day else None,
    )
    return RawDocument(text=text, metadata=told, notes=(_note(day),))


def _markup(data: bytes, encoding: str) -> bytes | str:
    """Text where the bytes fit the encoding; else bytes, and trafilatura looks for what the page says of itself."""
    try:
        # Markup in UTF-8 that calls itself something else is common, the reverse hardly passes for UTF-8.
        return data.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
    except UnicodeDecodeError:
        return data
    except LookupError:
        raise UsageError(message=f"there is no encoding {encoding!r}: use a name that Python knows") from None


def _note(day: Found | None) -> Diagnostic:
    if day is None:
        told = "no day of publication"
    else:
        told = f"day of publication {day.day} {WAYS[day.way]}" + (f" ({day.name})" if day.name else "")
    return Diagnostic(
        severity="info", code="read", stage="read", plugin="readers.html",
        message=f"text taken out of the page by trafilatura {_version()}, precision mode; {told}",
    )  # fmt: skip


@lru_cache(maxsize=1)
def _version() -> str:
    from importlib.metadata import version

    return version("trafilatura")


# -- the day of publication --------------------------------------------------------------------

Way = Literal["json-ld", "meta", "time", "url", "text", "given"]

WAYS: dict[Way, str] = {
    "json-ld": "from the page's JSON-LD",
    "meta": "from a meta element",
    "time": "from the page's only time element",
    "url": "from its address",
    "text": "from the text of the page",
    "given": "given with it",
}
"""How the day of publication of a page is found, the surest first, as the note tells it."""


@attrs.frozen
class Found:
    """A day and how it was found."""

    day: str
    way: Way
    name: str = ""
    """Of the property or element."""


_META = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publication_date",
    "pubdate",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
)
"""Names of meta elements that hold the day of publication, in lower case, the most explicit first."""

_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|\Z)")


def published(tree: Any, url: str | None) -> Found | None:
    """
    The day of publication that a page tells to machines.

    Args:
        tree: An lxml element, not yet extracted from: trafilatura takes away from it.

        url: The page's address, if known.
    """
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        for told in _articles(_json(script.text or "")):
            if day := day_of(str(told.get("datePublished") or "")):
                return Found(day, "json-ld", "datePublished")
    told_by: dict[str, str] = {}
    for element in tree.iterfind(".//meta[@content]"):
        for key in ("property", "name", "itemprop"):
            if name := element.get(key):
                told_by.setdefault(name.lower(), element.get("content"))
    for name in _META:
        if day := day_of(told_by.get(name, "")):
            return Found(day, "meta", name)
    times = {day for e in tree.iterfind(".//time[@datetime]") if (day := day_of(e.get("datetime")))}
    if len(times) == 1:
        return Found(times.pop(), "time", "time")
    match = _IN_ADDRESS.search(url or "")
    if match and (day := day_of("-".join(match.groups()))):
        return Found(day, "url")
    return None


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _articles(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The objects of schema.org's articles, not those an article refers to."""
    if depth > 3:
        return
    if isinstance(value, list):
        for item in value:
            yield from _articles(item, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if any(str(kind).endswith("Article") for kind in (kinds if isinstance(kinds, list) else [kinds])):
            yield value
        else:
            yield from _articles(value.get("@graph"), depth + 1)


def _address(tree: Any) -> str | None:
    link = tree.find(".//link[@rel='canonical'][@href]")
    address = link.get("href") if link is not None else None
    return address if address and address.startswith(("http://", "https://")) else None


def looks_like_html(head: bytes) -> bool:
    """A page's first tag."""
    return re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", head, re.IGNORECASE) is not None
