"""What axe finds in the theme's own markup, mended in the written pages."""

from pathlib import Path
from typing import Any

MENDED = (
    ('<p class="caption" role="heading">', '<p class="caption" role="heading" aria-level="2">'),
    ('<aside class="sidebar-drawer">', '<aside class="sidebar-drawer" aria-label="Site">'),
    ('<aside class="toc-drawer', '<aside aria-label="Page" class="toc-drawer'),
    # A block that scrolls must be reachable by keyboard.
    ("<pre>", '<pre tabindex="0">'),
    ('<div class="table-wrapper docutils container">', '<div class="table-wrapper docutils container" tabindex="0" role="group" aria-label="Table">'),
)  # fmt: skip
"""Before and after; "after" never holds "before", so that a second run changes nothing."""


def mend(app: Any, exception: Exception | None) -> None:
    """Rewrite the pages of an HTML build."""
    if exception is not None or app.builder.format != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        mended = text
        for before, after in MENDED:
            mended = mended.replace(before, after)
        if mended != text:
            path.write_text(mended, encoding="utf-8")


def setup(app: Any) -> dict[str, Any]:
    app.connect("build-finished", mend)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
