"""
What a page is made of, whatever it is written as.

Texts may hold two marks: `` `code` `` and ``[words](target)``, where a target is ``page#anchor``,
``#anchor`` or an address.  Everything else stands for itself; `literal` keeps foreign words so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

import attrs


@attrs.frozen
class Heading:
    """A heading below the page's own."""

    text: str
    level: int = 2
    """2 for a part of the page, 3 for a part of that."""

    anchor: str = ""
    """Where links to it lead; empty for none."""


@attrs.frozen
class Text:
    """A paragraph."""

    text: str


@attrs.frozen
class Items:
    """A list."""

    items: tuple[str, ...]


@attrs.frozen
class Term:
    """A named thing and what it is."""

    name: str
    """Shown as code."""

    detail: str
    """Beside the name, such as its type; may be empty."""

    about: str
    """What it means."""

    facts: tuple[tuple[str, str], ...] = ()
    """Label and text, one line each. Example: ("RDF", "`schema:name`")."""

    anchor: str = ""
    """Where links to it lead; empty for none."""


@attrs.frozen
class Terms:
    """A list of terms."""

    terms: tuple[Term, ...]


@attrs.frozen
class Table:
    """Rows under column heads."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    """Columns that hold numbers, counted from 0: they are set to the right."""


@attrs.frozen
class Code:
    """Text as it stands, in a language that Pygments knows."""

    text: str
    language: str = "text"


@attrs.frozen
class Picture:
    """A drawing."""

    svg: str
    """One ``svg`` element, with a label for those who do not see it."""

    caption: str


@attrs.frozen
class Markup:
    """HTML of our own making, and the text that stands for it elsewhere."""

    html: str
    text: str


Block: TypeAlias = Heading | Text | Items | Terms | Table | Code | Picture | Markup


@attrs.frozen
class Page:
    """A page."""

    name: str
    """Of its file, without the suffix. Example: "records"."""

    title: str
    about: str
    """One sentence, on the page and where it is listed."""

    blocks: tuple[Block, ...]


class Piece(NamedTuple):
    """A stretch of a text: plain words, code, or words with a target."""

    words: str
    kind: str = "words"
    """ "words", "code" or "link"."""

    target: str = ""


_MARKS = re.compile(r"\\(?P<escaped>[\\`\[])|`(?P<code>[^`]+)`|\[(?P<words>[^\]]+)\]\((?P<target>[^)\s]+)\)")


def pieces(text: str) -> Iterator[Piece]:
    """A text, part by part; two words that only a mark parted may be two pieces."""
    done = 0
    for mark in _MARKS.finditer(text):
        if mark.start() > done:
            yield Piece(text[done : mark.start()])
        done = mark.end()
        if mark["escaped"]:
            yield Piece(mark["escaped"])
        elif mark["code"]:
            yield Piece(mark["code"], "code")
        else:
            yield Piece(mark["words"].replace("`", ""), "link", mark["target"])
    if done < len(text):
        yield Piece(text[done:])


def literal(text: str) -> str:
    """A text that holds no marks, on one line."""
    return re.sub(r"([\\`\[])", r"\\\1", " ".join(text.split()))


def code(text: str) -> str:
    """A text as code; one with a backtick, which no mark can hold, stays words."""
    text = " ".join(text.split())
    return literal(text) if "`" in text or not text else f"`{text}`"


def anchor(*words: str) -> str:
    """A name for an anchor: lower case, hyphens. Example: "meeting-told-by"."""
    return re.sub(r"[^a-z0-9]+", "-", "-".join(words).lower()).strip("-")
