"""The Sphinx extension: directives in somebody else's documentation."""

import pytest

pytest.importorskip("sphinx")

from sphinx.testing.util import SphinxTestApp

INDEX = """
A project
=========

.. diploparse-record:: {record}

:ref:`field-meeting-when`

.. diploparse-vocabulary:: status

.. diploparse-plugin:: english

.. diploparse-table:: stages

.. diploparse-picture:: record-model

.. diploparse-article::
   :published: 2024-05-14

   Foreign Minister Jane Roe met President John Doe on Monday.
"""


def build(folder, record):
    """A project of one page; what was written and what was warned of."""
    (folder / "conf.py").write_text("extensions = ['diploparse.sphinx']\n")
    (folder / "index.rst").write_text(INDEX.format(record=record))
    app = SphinxTestApp("html", srcdir=folder)
    try:
        app.build()
        return (app.outdir / "index.html").read_text(encoding="utf-8"), app.warning.getvalue()
    finally:
        app.cleanup()


@pytest.mark.filterwarnings("default")  # Sphinx's own
def test_directives_show_what_the_reference_shows(tmp_path):
    """Fields, values, a plugin, stages, a drawing, a marked article, the style sheet; no warning."""
    page, warnings = build(tmp_path, "Meeting")

    assert warnings == ""
    for expected in (
        'id="field-meeting-when"', 'href="#field-meeting-when"', 'id="value-status-declined"',
        "english.meetings", "<svg viewBox", '<mark class="meeting"', "_static/diploparse.css",
    ):  # fmt: skip
        assert expected in page
    style = tmp_path / "_build" / "html" / "_static" / "diploparse.css"
    assert 'body[data-theme="dark"] .diploparse' in style.read_text(encoding="utf-8")


@pytest.mark.filterwarnings("default")
def test_unknown_record_is_told_with_the_known_ones(tmp_path):
    """A record that was renamed breaks the build of those who show it."""
    _, warnings = build(tmp_path, "Meetings")

    assert "no record is called 'Meetings': choose one of" in warnings
