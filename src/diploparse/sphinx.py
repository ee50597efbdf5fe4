"""
A Sphinx extension: the pages of ``diploparse docs`` as directives in your own documentation.

Add "diploparse.sphinx" to ``extensions`` in conf.py; plugins that are not installed are named in
``diploparse_plugins`` (dotted modules).  In reStructuredText, and in MyST with the same names:

    .. diploparse-record:: Meeting          a record class of ours or of a plugin, field by field
    .. diploparse-plugin:: sanctions        what a plugin hands over, and its records
    .. diploparse-vocabulary:: status       a code list; all of them without an argument
    .. diploparse-picture:: way-of-the-data or record-model, network, timeline (of the demo or of the
                                            text below the directive)
    .. diploparse-article::                 the text below, parsed, with its records marked
    .. diploparse-table:: stages            or hooks, plugins, lexicons, formats, errors, records

Records, fields, values, hooks and errors become targets: ``:ref:`record-meeting```,
``field-meeting-when``, ``value-status-held``, ``hook-...``, ``error-...``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import singledispatch
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from . import __version__
from .cli.demo import demo_text
from .docs import pictures, reference
from .docs.blocks import Block, Code, Heading, Items, Markup, Picture, Piece, Table, Term, Terms, Text, pieces
from .docs.codebook import article, codebook, drawings
from .errors import DiploparseError
from .export import html as report
from .parser import Parser
from .records import Extraction

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STYLE = "diploparse.css"


class Shown(SphinxDirective):
    """Puts blocks into a document."""

    def show(self, blocks: Iterable[Block]) -> list[nodes.Node]:
        """The blocks as nodes; headings open sections, and what they name becomes a target."""
        writer = _Writer(self)
        for block in blocks:
            writer.add(block)
        return writer.top

    def parser(self) -> Parser:
        """One that has the plugins of conf.py."""
        named = tuple(self.config.diploparse_plugins)
        if named not in _PARSERS:
            _PARSERS[named] = Parser(plugins=named)
        return _PARSERS[named]

    def extraction(self) -> Extraction:
        """Of the text below the directive, or of the demo."""
        text = "\n".join(self.content) or demo_text()
        return self.parser().parse(text, published=self.options.get("published"))

    def run(self) -> list[nodes.Node]:
        """Show what `blocks` gives."""
        try:
            return self.show(self.blocks())
        except DiploparseError as error:
            raise self.error(str(error)) from error

    def blocks(self) -> Iterable[Block]:
        """What is shown."""
        raise NotImplementedError


_PARSERS: dict[tuple[str, ...], Parser] = {}


class RecordDirective(Shown):
    """A record class."""

    required_arguments = 1

    def blocks(self) -> Iterable[Block]:
        """Its blocks, without a heading."""
        self.parser()  # importing plugins registers their records
        return reference.record_blocks(reference.record_named(self.arguments[0]), level=0)


class PluginDirective(Shown):
    """A plugin."""

    required_arguments = 1

    def blocks(self) -> Iterable[Block]:
        """Its blocks, without a heading."""
        return reference.plugin_blocks(self.parser().plugins, self.arguments[0], level=0)


class VocabularyDirective(Shown):
    """The code lists, or one of them."""

    optional_arguments = 1

    def blocks(self) -> Iterable[Block]:
        """A part a list."""
        return reference.vocabulary_blocks(self.arguments[0] if self.arguments else "")


class TableDirective(Shown):
    """One of the parts of the reference."""

    required_arguments = 1

    def blocks(self) -> Iterable[Block]:
        """By name."""
        plugins = self.parser().plugins
        made: dict[str, Callable[[], Iterable[Block]]] = {
            "records": reference.records_blocks,
            "stages": reference.stages_blocks,
            "hooks": reference.hooks_blocks,
            "errors": reference.errors_blocks,
            "plugins": lambda: reference.plugins_blocks(plugins),
            "lexicons": lambda: reference.lexicon_blocks(plugins),
            "formats": lambda: reference.formats_blocks(plugins),
        }
        return made[directives.choice(self.arguments[0], tuple(made))]()


class PictureDirective(Shown):
    """A drawing."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {"published": directives.unchanged}

    def blocks(self) -> Iterable[Block]:
        """By name."""
        name = directives.choice(
            self.arguments[0], ("way-of-the-data", "record-model", "network", "timeline")
        )
        if name == "way-of-the-data":
            return (pictures.way_of_the_data(self.parser().plugins),)
        if name == "record-model":
            return (pictures.record_model(),)
        drawn = drawings(codebook((self.extraction(),), samples=0))
        return (drawn[name],) if name in drawn else (Text("No meeting was found."),)


class ArticleDirective(Shown):
    """A text with its records marked."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {"published": directives.unchanged}

    def blocks(self) -> Iterable[Block]:
        """The text below the directive; the demo without one."""
        return (article(self.extraction()),)


# -- blocks as nodes --------------------------------------------------------------------------


class _Writer:
    """Blocks on their way into a document: where the next one goes, and what is a target."""

    def __init__(self, directive: Shown) -> None:
        self.directive = directive
        self.top: list[nodes.Node] = []
        self.sections: list[tuple[int, nodes.section]] = []

    def add(self, block: Block) -> None:
        if isinstance(block, Heading):
            section = nodes.section()
            section += nodes.title("", block.text)
            self.target(section, block.anchor or f"{len(self.sections)}-{block.text}", block.text)
            while self.sections and self.sections[-1][0] >= block.level:
                self.sections.pop()
            self._put(section)
            self.sections.append((block.level, section))
        else:
            for node in _nodes(block, self):
                self._put(node)

    def _put(self, node: nodes.Node) -> None:
        if self.sections:
            self.sections[-1][1].append(node)
        else:
            self.top.append(node)

    def target(self, node: nodes.Element, name: str, title: str) -> None:
        """Make a node a target of ``ref``, once in a project: the first page that shows it has it."""
        node_id = nodes.make_id(name)
        node["ids"].append(node_id)
        self.directive.state.document.note_explicit_target(node)
        domain = self.directive.env.domains.standard_domain
        labelled = domain.labels.get(name)
        if labelled is None or labelled[0] == self.directive.env.docname:
            domain.anonlabels[name] = (self.directive.env.docname, node_id)
            domain.labels[name] = (self.directive.env.docname, node_id, title)

    def words(self, text: str) -> list[nodes.Node]:
        """A text with its marks; a target is another of ours, wherever it is shown."""
        return [self._piece(piece) for piece in pieces(text)]

    def _piece(self, piece: Piece) -> nodes.Node:
        if piece.kind == "code":
            return nodes.literal("", piece.words)
        if piece.kind == "link" and piece.target.startswith("http"):
            return nodes.reference("", piece.words, refuri=piece.target)
        if piece.kind == "link" and "#" in piece.target:
            from sphinx.addnodes import pending_xref

            label = piece.target.rpartition("#")[2]
            # A record that this project does not show stays words: no warning.
            reference = pending_xref(
                "", refdomain="std", reftype="ref", reftarget=label, refexplicit=True,
                refwarn=False, refdoc=self.directive.env.docname,
            )  # fmt: skip
            reference += nodes.inline("", piece.words)
            return reference
        return nodes.Text(piece.words)


@singledispatch
def _nodes(block: Block, writer: _Writer) -> list[nodes.Node]:
    raise NotImplementedError(type(block).__name__)


@_nodes.register
def _text(block: Text, writer: _Writer) -> list[nodes.Node]:
    return [nodes.paragraph("", "", *writer.words(block.text))]


@_nodes.register
def _items(block: Items, writer: _Writer) -> list[nodes.Node]:
    found = nodes.bullet_list()
    for item in block.items:
        found += nodes.list_item("", nodes.paragraph("", "", *writer.words(item)))
    return [found]


@_nodes.register
def _terms(block: Terms, writer: _Writer) -> list[nodes.Node]:
    found = nodes.definition_list(classes=["diploparse-terms"])
    for term in block.terms:
        found += _term(term, writer)
    return [found]


def _term(term: Term, writer: _Writer) -> nodes.definition_list_item:
    name = nodes.term("", "", nodes.literal("", term.name))
    if term.anchor:
        writer.target(name, term.anchor, term.name)
    if term.detail:
        name += nodes.Text(" ")
        name += nodes.inline("", "", *writer.words(term.detail), classes=["diploparse-detail"])
    about = nodes.definition("", nodes.paragraph("", "", *writer.words(term.about)))
    if term.facts:
        facts = nodes.bullet_list(classes=["diploparse-facts"])
        for label, fact in term.facts:
            told = nodes.paragraph("", "", nodes.strong("", label), nodes.Text(" "), *writer.words(fact))
            facts += nodes.list_item("", told)
        about += facts
    return nodes.definition_list_item("", name, about)


@_nodes.register
def _table(block: Table, writer: _Writer) -> list[nodes.Node]:
    table = nodes.table()
    group = nodes.tgroup(cols=len(block.head))
    group += [nodes.colspec(colwidth=1) for _ in block.head]
    head, body = nodes.thead(), nodes.tbody()
    head += _row(block.head, block.numbers, writer)
    body += [_row(row, block.numbers, writer) for row in block.rows]
    group += [head, body]
    table += group
    return [table]


def _row(row: Iterable[str], numbers: tuple[int, ...], writer: _Writer) -> nodes.row:
    found = nodes.row()
    for number, cell in enumerate(row):
        classes = ["diploparse-number"] if number in numbers else []
        found += nodes.entry("", nodes.paragraph("", "", *writer.words(cell)), classes=classes)
    return found


@_nodes.register
def _code(block: Code, writer: _Writer) -> list[nodes.Node]:
    return [nodes.literal_block(block.text, block.text, language=block.language)]


@_nodes.register
def _picture(block: Picture, writer: _Writer) -> list[nodes.Node]:
    drawn = f'<figure class="diploparse picture">{block.svg}<figcaption>'
    return [
        nodes.raw("", drawn, format="html"),
        nodes.inline("", "", *writer.words(block.caption)),
        nodes.raw("", "</figcaption></figure>", format="html"),
    ]


@_nodes.register
def _markup(block: Markup, writer: _Writer) -> list[nodes.Node]:
    # The page has the style sheet already.
    html = re.sub(r"<style>.*?</style>", "", block.html, flags=re.DOTALL)
    return [nodes.raw("", html, format="html")]


# -- style ------------------------------------------------------------------------------------


def style() -> str:
    """
    The style sheet of drawings and articles, which follows a theme's own switch as well.

    Themes such as furo tell their choice in ``data-theme`` of the body; the system's wish counts
    where it is "auto" or not told.
    """
    own = report.style()
    blocks = re.findall(r"\.diploparse \{[^}]*\}", own)
    light, dark = blocks[0], blocks[1]
    switched = "\n".join(
        f'body[data-theme="{name}"] {block}' for name, block in (("light", light), ("dark", dark))
    )
    folder = files("diploparse.docs")
    return "\n".join(
        (
            own,
            switched,
            *(folder.joinpath(n).read_text(encoding="utf-8") for n in ("pictures.css", "sphinx.css")),
        )
    )


def _write_style(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and app.builder.format == "html":
        (Path(app.outdir) / "_static" / STYLE).write_text(style(), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives."""
    app.add_config_value("diploparse_plugins", (), "env", [list, tuple])
    for name, directive in (
        ("record", RecordDirective), ("plugin", PluginDirective), ("vocabulary", VocabularyDirective),
        ("table", TableDirective), ("picture", PictureDirective), ("article", ArticleDirective),
    ):  # fmt: skip
        app.add_directive(f"diploparse-{name}", directive)
    app.add_css_file(STYLE)
    app.connect("build-finished", _write_style)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
