"""Pages as Markdown: CommonMark with tables, an HTML anchor where a link leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import singledispatch

from .blocks import Block, Code, Heading, Items, Markup, Page, Picture, Table, Term, Terms, Text, pieces


def page_text(page: Page) -> str:
    """A page; pictures are left to the HTML, and their captions stand here."""
    parts = [f"# {_words(page.title)}", inline(page.about), *(_block(b) for b in page.blocks)]
    return "\n\n".join(part for part in parts if part) + "\n"


def inline(text: str) -> str:
    """A text with its marks."""
    return "".join(_piece(*piece) for piece in pieces(text))


def _piece(words: str, kind: str, target: str) -> str:
    if kind == "code":
        return f"`{words}`"
    if kind == "link":
        page, sharp, place = target.partition("#")
        inner = page and not page.startswith("http")
        return f"[{_words(words)}]({page}{'.md' if inner else ''}{sharp}{place})"
    return _words(words)


def _words(text: str) -> str:
    """Words that would be marks are escaped; "_" inside a word is none."""
    text = re.sub(r"([\\`*\[\]<>|])", r"\\\1", text)
    return re.sub(r"(?<!\w)_|_(?!\w)", r"\\_", text)


def _anchored(name: str) -> str:
    return f'<a id="{name}"></a>' if name else ""


@singledispatch
def _block(block: Block) -> str:
    raise NotImplementedError(type(block).__name__)


@_block.register
def _heading(block: Heading) -> str:
    return f"{'#' * block.level} {_anchored(block.anchor)}{_words(block.text)}"


@_block.register
def _text(block: Text) -> str:
    return inline(block.text)


@_block.register
def _items(block: Items) -> str:
    return "\n".join(f"- {inline(item)}" for item in block.items)


@_block.register
def _terms(block: Terms) -> str:
    return "\n".join(line for term in block.terms for line in _term(term))


def _term(term: Term) -> Iterator[str]:
    detail = f" ({inline(term.detail)})" if term.detail else ""
    yield f"- {_anchored(term.anchor)}`{term.name}`{detail}: {inline(term.about)}"
    for label, fact in term.facts:
        yield f"  - {label}: {inline(fact)}"


@_block.register
def _table(block: Table) -> str:
    if not block.rows:
        return ""
    rules = ["---:" if n in block.numbers else "---" for n in range(len(block.head))]
    rows = [tuple(inline(cell).replace("\n", " ") for cell in row) for row in (block.head, *block.rows)]
    # A bar inside code is no escape in CommonMark, but it is one in a table.
    rows = [tuple(re.sub(r"(?<!\\)\|", r"\\|", cell) for cell in row) for row in rows]
    lines = [rows[0], tuple(rules), *rows[1:]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


@_block.register
def _code(block: Code) -> str:
    fence = "`" * max(3, max((len(run) for run in re.findall("`+", block.text)), default=0) + 1)
    return f"{fence}{block.language}\n{block.text.rstrip()}\n{fence}"


@_block.register
def _picture(block: Picture) -> str:
    return f"*{inline(block.caption)}*"


@_block.register
def _markup(block: Markup) -> str:
    return block.text
