"""Pages into a folder, as HTML or Markdown, with the schema, context and vocabulary beside them."""

from __future__ import annotations

import json as stdjson
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from ..export import mapping, rdf
from ..export.json import json_schema
from . import html, markdown
from .blocks import Page


def write_site(pages: Sequence[Page], folder: Path, form: Literal["html", "md"], title: str) -> None:
    """
    Write pages and what belongs to them: the same bytes in every run.

    Args:
        pages: The first of them, "index", lists the others.

        folder: Exists and is empty.

        form: The suffix of the pages.

        title: The site's name.

    Raises:
        OSError: The folder cannot be written.
    """
    for page in pages:
        text = html.page_text(page, pages, title) if form == "html" else markdown.page_text(page)
        _write(folder / f"{page.name}.{form}", text)
    _write(folder / "schema.json", stdjson.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")
    context = {"@context": mapping.context()}
    _write(folder / "context.jsonld", stdjson.dumps(context, indent=2, ensure_ascii=False) + "\n")
    _write(folder / "vocabulary.ttl", rdf.vocabulary())


def _write(path: Path, text: str) -> None:
    # Lone surrogates, which some JSON holds, have no UTF-8.
    with open(path, "w", encoding="utf-8", errors="replace", newline="\n") as stream:
        stream.write(text)
