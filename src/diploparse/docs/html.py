"""Pages as HTML: one style sheet inside each, no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, singledispatch
from importlib.resources import files

from ..export.highlights import escaped
from ..export.html import style as report_style
from .blocks import (
    Block,
    Code,
    Heading,
    Items,
    Markup,
    Page,
    Picture,
    Table,
    Term,
    Terms,
    Text,
    pieces,
)


def page_text(page: Page, pages: Sequence[Page], site: str) -> str:
    """
    A whole HTML page.

    Args:
        page: The one to write.

        pages: All of the site, for the navigation, this one among them.

        site: The site's name.
    """
    links = "".join(_navigation(other, other is page) for other in pages)
    inside = [b for b in page.blocks if isinstance(b, Heading) and b.level == 2 and b.anchor]
    contents = "".join(f'<li><a href="#{b.anchor}">{escaped(b.text)}</a></li>' for b in inside)
    toc = (
        f'<nav class="contents" aria-label="On this page"><ul>{contents}</ul></nav>'
        if len(inside) > 2
        else ""
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(page.title)} – {escaped(site)}</title>\n<style>\n{style()}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#content">Skip to the content</a>\n'
        f'<nav class="pages" aria-label="Pages"><strong>{escaped(site)}</strong><ul>{links}</ul></nav>\n'
        f'<main id="content">\n<h1>{escaped(page.title)}</h1>\n<p class="about">{inline(page.about)}</p>\n{toc}\n'
        + "\n".join(block_html(b) for b in page.blocks)
        + "\n</main>\n</body>\n</html>\n"
    )


@cache
def style() -> str:
    """The style sheet, with those of highlighted articles and of drawings."""
    folder = files("diploparse.docs")
    own = (folder.joinpath(name).read_text(encoding="utf-8") for name in ("page.css", "pictures.css"))
    return report_style().join(own)


def _navigation(page: Page, here: bool) -> str:
    current = ' aria-current="page"' if here else ""
    return f'<li><a href="{page.name}.html"{current}>{escaped(page.title)}</a></li>'


def inline(text: str) -> str:
    """A text with its marks."""
    return "".join(_piece(*piece) for piece in pieces(text))


def _piece(words: str, kind: str, target: str) -> str:
    if kind == "code":
        return f"<code>{escaped(words)}</code>"
    if kind == "link":
        page, sharp, place = target.partition("#")
        inner = page and not page.startswith("http")
        return (
            f'<a href="{escaped(page)}{".html" if inner else ""}{sharp}{escaped(place)}">{escaped(words)}</a>'
        )
    return escaped(words)


@singledispatch
def block_html(block: Block) -> str:
    """A block as HTML."""
    raise NotImplementedError(type(block).__name__)


def _id(name: str) -> str:
    return f' id="{escaped(name)}"' if name else ""


@block_html.register
def _heading(block: Heading) -> str:
    return f"<h{block.level}{_id(block.anchor)}>{escaped(block.text)}</h{block.level}>"


@block_html.register
def _text(block: Text) -> str:
    return f"<p>{inline(block.text)}</p>"


@block_html.register
def _items(block: Items) -> str:
    return f"<ul>{''.join(f'<li>{inline(i)}</li>' for i in block.items)}</ul>"


@block_html.register
def _terms(block: Terms) -> str:
    return f'<dl class="terms">{"".join(_term(t) for t in block.terms)}</dl>'


def _term(term: Term) -> str:
    detail = f' <span class="detail">{inline(term.detail)}</span>' if term.detail else ""
    facts = "".join(f"<li><b>{escaped(label)}</b> {inline(fact)}</li>" for label, fact in term.facts)
    return (
        f"<dt{_id(term.anchor)}><code>{escaped(term.name)}</code>{detail}</dt>"
        f"<dd><p>{inline(term.about)}</p>{f'<ul class=facts>{facts}</ul>' if facts else ''}</dd>"
    )


@block_html.register
def _table(block: Table) -> str:
    def cells(row: Sequence[str], tag: str) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        return "".join(
            f"<{tag}{scope}{' class=n' if n in block.numbers else ''}>{inline(cell)}</{tag}>"
            for n, cell in enumerate(row)
        )

    rows = "".join(f"<tr>{cells(row, 'td')}</tr>\n" for row in block.rows)
    name = escaped(", ".join(block.head))
    # Wide tables scroll by themselves; a region that scrolls must be reachable by keyboard.
    return (
        f'<div class="wide" tabindex="0" role="group" aria-label="Table: {name}"><table>'
        f"<thead><tr>{cells(block.head, 'th')}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>"
    )


@block_html.register
def _code(block: Code) -> str:
    return f'<pre tabindex="0"><code class="language-{escaped(block.language)}">{escaped(block.text)}</code></pre>'


@block_html.register
def _picture(block: Picture) -> str:
    caption = f"<figcaption>{inline(block.caption)}</figcaption>"
    return f'<figure class="diploparse picture">{block.svg}{caption}</figure>'


@block_html.register
def _markup(block: Markup) -> str:
    return block.html
