"""The documentation: every example runs, everything public has a page, nothing named is gone."""

import contextlib
import io
import re
import shlex
from pathlib import Path

import attrs
import click
import pytest
from click.testing import CliRunner

import diploparse
from diploparse import errors, hookspecs
from diploparse.__main__ import program
from diploparse.docs import codebook, html, markdown, reference
from diploparse.docs.blocks import Heading, Page, Table, Term, Terms, Text, literal, pieces
from diploparse.docs.examples import EXAMPLES, PUBLISHED
from diploparse.export import mapping

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(p for p in DOCS.rglob("*.md") if "_build" not in p.parts)
TEXTS = {p.relative_to(DOCS).as_posix(): p.read_text(encoding="utf-8") for p in PAGES}
ALL = "\n".join((*TEXTS.values(), (ROOT / "README.md").read_text(encoding="utf-8")))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
OPTIONAL = ("spacy", "duckdb", "pyoxigraph", "pyarrow", "dask")
"""Modules that an example may need and a developer may not have."""


NO_NAMES = ("sphinx", "testing", "toml", "db", "ttl", "json")
"""After "diploparse." in code: modules, and what files end in."""


def blocks(text):
    """Language, code, and what the text block after it says is printed (``None`` without one)."""
    found = BLOCK.findall(text)
    for (language, code), (after, printed) in zip(found, [*found[1:], ("", "")], strict=True):
        yield language, code, printed if after == "text" else None


# -- examples ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", [n for n, text in TEXTS.items() if re.search("^```(python|sh)$", text, re.M)]
)
def test_examples_of_a_page_run_in_their_order(name, tmp_path, monkeypatch):
    """In one folder and one namespace; what a text block says is printed is printed."""
    monkeypatch.chdir(tmp_path)
    namespace = {"__name__": "example"}
    for language, code, printed in blocks(TEXTS[name]):
        if language == "python":
            for module in OPTIONAL:
                if re.search(rf"^\s*(import|from) {module}\b", code, re.M):
                    pytest.importorskip(module)
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(code, name, "exec"), namespace)
            if printed is not None:
                assert out.getvalue() == printed
        elif language == "sh":
            shown = run_shell(code)
            if printed is not None:
                assert shown == printed


def run_shell(code):
    """Run the `diploparse` lines of a block; what the last of them printed."""
    shown = ""
    for line in code.splitlines():
        if line.startswith("mkdir "):
            Path(line.split()[-1]).mkdir(parents=True)
        if not line.startswith("diploparse "):
            continue
        command, _, target = line.partition(" > ")
        command, _, _ = command.partition(" | ")
        words = [w for w in shlex.split(command)[1:] if w != "<"]
        result = CliRunner().invoke(program, words)
        assert result.exit_code == 0, f"{line}\n{result.output}"
        shown = result.stdout
        if target:
            Path(target).write_text(result.stdout, encoding="utf-8")
    return shown


@pytest.mark.parametrize(
    ("key", "sentence"), EXAMPLES.items(), ids=lambda v: "-".join(v) if isinstance(v, tuple) else ""
)
def test_example_of_a_value_gives_that_value(key, sentence):
    """The sentences of the vocabulary are parsed, not believed."""
    name, value = key
    # With a day of publication, a dateline is not what a date is worked out from.
    published = None if name == "anchor" and value != "published" else PUBLISHED
    extraction = diploparse.Parser(entry_points=False).parse(sentence, published=published)

    assert (name, value) in set(strings((extraction.actors, extraction.meetings, extraction.statements)))


def strings(value, name=""):
    """Field name and value of every string in records."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, tuple):
        for item in value:
            yield from strings(item, name)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from strings(getattr(value, field.name), field.name)


# -- everything has a page, and no page names what is gone -------------------------------------


def commands():
    """All commands by name."""
    return dict(program.commands)


def test_every_command_and_option_has_a_place():
    """On the page of the command line, or in the help that it points to with an example."""
    page = TEXTS["reference/command-line.md"]
    missing = [name for name in commands() if f"`diploparse {name}" not in page]

    assert missing == []
    for name, command in commands().items():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, (name, parameter.name)
        assert "Example" in command.help, name


def test_no_page_names_a_command_or_option_that_is_gone():
    """In shell blocks and in code; options of other programs stand in lines of theirs."""
    shell = "".join(code for _, code in BLOCK.findall(ALL) if _ == "sh")
    code = [*re.findall(r"`(diploparse [^`\n]+)`", ALL), *re.findall(r"^(diploparse .*)$", shell, re.M)]
    named = [re.match(r"diploparse ([a-z-]+)([^|]*)", line) for line in code]
    known = commands()
    for name, rest in (
        m.groups() for m in named if m and m[1] != "failed" and m[1][0] != "-"
    ):  # a message, and "--help"
        assert name in known, name
        options = {o for p in known[name].params for o in (*p.opts, *p.secondary_opts)} | {"--help", "-h"}
        for option in re.findall(r"(?<![\w-])(--?[a-z][a-z-]*)", rest):
            assert option in options, f"diploparse {name} {option}"


def test_every_error_class_is_described():
    """By the directive, from its docstring; and the tree has it."""
    page = TEXTS["reference/errors.md"]

    assert "{diploparse-table} errors" in page
    for cls in reference.error_classes():
        assert cls.__name__ in page
    titles = {b.text for b in reference.errors_blocks() if isinstance(b, Heading)}
    assert titles == {c.__name__ for c in reference.error_classes()}


def test_every_hook_and_stage_has_a_place():
    """Hooks in the reference, stages in the table."""
    hooks = [n for n in vars(hookspecs.HookSpecs) if n.startswith("diploparse_")]
    [terms] = reference.hooks_blocks()

    assert [t.name for t in terms.terms] == hooks
    assert all(t.about for t in terms.terms)
    assert "{diploparse-table} stages" in TEXTS["reference/stages.md"]


def test_every_public_name_has_a_page():
    """Records and errors by directive; the rest on the page of the Python interface."""
    page = TEXTS["reference/python.md"]
    shown = {c.__name__ for c in (*reference.RECORDS, *reference.error_classes())}

    assert "{diploparse-table} records" in TEXTS["reference/records.md"]
    assert [n for n in diploparse.__all__ if n not in shown and f"diploparse.{n}" not in page] == []


def test_every_field_has_a_meaning():
    """Its docstring, which is what every page and schema shows."""
    for cls in reference.RECORDS:
        for block in reference.record_blocks(cls):
            if isinstance(block, Terms):
                assert all(t.about for t in block.terms), cls.__name__


def test_every_value_has_a_meaning_and_most_an_example():
    """The lists are those of the mapping; what no built-in rule gives has no example."""
    blank = {
        (name, value)
        for name, codes in mapping.CODE_LISTS.items()
        for value in codes
        if (name, value) not in EXAMPLES
    }

    assert set(EXAMPLES) <= {(n, v) for n, codes in mapping.CODE_LISTS.items() for v in codes}
    assert len(blank) < 10


def test_no_page_names_what_is_gone():
    """`diploparse.name` and `Record.field` in code."""
    spans = re.findall(r"`([^`\n]+)`", ALL)
    records = {c.__name__: c for c in (*reference.RECORDS, *reference.error_classes())}
    for span in spans:
        public = re.fullmatch(r"diploparse\.(\w+)(\(.*)?", span)
        if public and public[1] not in NO_NAMES:
            assert hasattr(diploparse, public[1]), span
        field = re.fullmatch(r"([A-Z]\w+)\.([a-z_]+)(\(.*)?", span)
        if field and field[1] in records:
            names = (
                {f.name for f in attrs.fields(records[field[1]])} if attrs.has(records[field[1]]) else set()
            )
            assert field[2] in names or hasattr(records[field[1]], field[2]), span


def test_glossary_has_the_words_of_the_records():
    """What is named after a word of the field is defined once."""
    page = TEXTS["reference/glossary.md"].lower()
    words = ("document", "span", "mention", "actor", "role", "clause", "cue", "meeting", "telling", "occasion",
             "statement", "speaker", "content", "evidence", "reference", "coreference", "antecedent", "dateline",
             "publisher", "gazetteer", "readout", "communiqué", "joint statement", "briefing", "channel", "format",
             "status", "extractor", "exporter", "reader", "lexicon", "hook", "stage", "plugin", "rule", "diagnostic",
             "extraction", "act", "mode")  # fmt: skip

    defined = {
        w.strip()
        for line in page.splitlines()
        if line and not line.startswith((" ", "#", "`"))
        for w in line.split(",")
    }
    assert [w for w in words if w not in defined] == []
    assert {b.text for b in reference.errors_blocks() if isinstance(b, Text)} != set()


def test_pages_that_link_to_files_link_to_those_there_are():
    """Sphinx checks it too; this is for those who build nothing."""
    for name, text in TEXTS.items():
        for target in re.findall(r"\]\(([^)#\s]+\.md)", text):
            if not target.startswith("http"):
                assert (DOCS / name).parent.joinpath(target).exists(), f"{name}: {target}"


# -- diploparse docs --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    """The demo's records as a file."""
    folder = tmp_path_factory.mktemp("records")
    text = CliRunner().invoke(program, ["demo", "--text"]).stdout
    diploparse.write(diploparse.parse(text), "jsonl", folder / "demo.jsonl")
    return folder / "demo.jsonl"


@pytest.mark.parametrize("form", ["html", "md"])
def test_docs_are_the_same_in_every_run(form, tmp_path, records):
    """Two runs, the same bytes; every page of the navigation is there."""
    found = []
    for name in ("one", "two"):
        words = ["docs", str(tmp_path / name), "--format", form, "--records", str(records)]
        result = CliRunner().invoke(program, words)
        assert result.exit_code == 0, result.output
        found.append({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()})

    assert found[0] == found[1]
    pages = {"index", "codebook", "samples", "records", "vocabulary", "plugins", "lexicons", "formats"}
    assert set(found[0]) == {f"{p}.{form}" for p in pages} | {
        "schema.json",
        "context.jsonld",
        "vocabulary.ttl",
    }


def test_html_pages_ask_nobody_and_their_links_lead_somewhere(tmp_path, records):
    """No script, no address that a browser would load, every anchor there."""
    CliRunner().invoke(program, ["docs", str(tmp_path / "out"), "--records", str(records)])
    pages = {p.name: p.read_text(encoding="utf-8") for p in (tmp_path / "out").glob("*.html")}
    ids = {name: set(re.findall(r'\bid="([^"]+)"', text)) for name, text in pages.items()}

    for name, text in pages.items():
        assert "<script" not in text
        assert not re.search(r"\b(src|srcset)=|@import|url\(|<link\b", text), name
        for target in re.findall(r'href="([^"]+)"', text):
            if target.startswith("http"):
                continue
            page, _, place = target.partition("#")
            assert (page or name) in pages, f"{name}: {target}"
            assert not place or place in ids[page or name], f"{name}: {target}"


def test_plugin_of_this_environment_is_shown():
    """With what it hands over, and its records field by field."""

    @diploparse.register_record
    @attrs.frozen(kw_only=True)
    class Toast:
        """A toast that somebody gave."""

        giver: str
        """Who gave it. Example: "Jane Roe"."""

        evidence: tuple[diploparse.Span, ...]
        """Where it is told."""

    def find_toasts(document):
        """Yield toasts."""
        return ()

    class Toasts:
        name = "toasts"

        @diploparse.hookimpl
        def diploparse_extractors(self):
            return [diploparse.Extractor(name="toasts", stage="records", find=find_toasts)]

    plugins = diploparse.Parser(plugins=[Toasts()], entry_points=False).plugins
    page = Page("p", "P", "", reference.plugin_blocks(plugins, "toasts"))

    text = markdown.page_text(page)
    assert "`toasts.toasts`" in text
    assert "Yield toasts." in text
    with pytest.raises(diploparse.UsageError, match="no plugin is called 'toast'"):
        reference.plugin_blocks(plugins, "toast")


def test_codebook_counts(records):
    """Documents, records, coverage and distributions of a record set."""
    [extraction] = diploparse.load(records)

    book = codebook.codebook([extraction, extraction], samples=1)
    [page, samples] = codebook.pages(book)

    assert book.totals == {
        "Document": 2, "Actor": 2 * len(extraction.actors),
        "Meeting": 2 * len(extraction.meetings), "Statement": 2 * len(extraction.statements),
    }  # fmt: skip
    first = next(b for b in page.blocks if isinstance(b, Table))
    assert first.rows[0] == ("`Document`", "2")
    assert len(samples.blocks) == 1
    assert [p.name for p in codebook.pages(codebook.codebook([extraction], samples=0))] == ["codebook"]


def test_codebook_of_nothing_is_a_page():
    """No document, no division by none."""
    [page] = codebook.pages(codebook.codebook([]))

    assert "0 documents" in markdown.page_text(page)
    assert "0 documents" in html.page_text(page, [page], "x")


def test_docs_refuse_a_folder_with_files(tmp_path):
    """Nothing is overwritten."""
    (tmp_path / "here").write_text("x")

    result = CliRunner().invoke(program, ["docs", str(tmp_path)])

    assert result.exit_code == 2
    assert "is not empty" in result.output


def test_foreign_words_stay_words():
    """Markup of any of the languages in a name does nothing."""
    evil = "<script>`x` [a](b) | *b* _c_ \\"
    page = Page(
        "p",
        evil,
        literal(evil),
        (Text(literal(evil)), Table(("a",), ((literal(evil),),)), Terms((Term("n", "", literal(evil)),))),
    )

    assert "".join(p.words for p in pieces(literal(evil))) == evil
    assert "<script>" not in html.page_text(page, [page], evil)
    assert "<script>" not in markdown.page_text(page)


def test_error_names_match_the_tree():
    """The drawing at the top of errors.py has every class."""
    assert all(c.__name__ in errors.__doc__ for c in reference.error_classes())


def test_package_docstring_runs():
    """The five-line use that `help(diploparse)` shows."""
    lines = [line[4:] for line in diploparse.__doc__.splitlines() if line.startswith("    ")]
    text = "Foreign Minister Jane Roe met President John Doe on Monday."
    out = io.StringIO()

    with contextlib.redirect_stdout(out):
        exec("\n".join(lines), {"text": text})

    assert "['Jane Roe', 'John Doe'] When(value='2019-11-25'" in out.getvalue()


# -- what stands beside the code --------------------------------------------------------------


def test_notice_names_every_file_that_is_not_ours_alone():
    """A data file whose header says where it comes from is in NOTICE, unless it was written for us."""
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    foreign = []
    for path in sorted((ROOT / "src/diploparse/english/data").iterdir()):
        header = "\n".join(re.findall("^#.*", path.read_text(encoding="utf-8"), re.M))
        if re.search(r"\bMIT\b|CC BY|Unicode|GeoNames|Copyright|NIH|corpus", header):
            foreign.append(path.name)

    assert foreign
    assert [name for name in foreign if name not in notice] == []


def test_citation_has_the_version_and_licence():
    """As `pyproject.toml` has them."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")

    version = re.search('^version = "(.+)"', project, re.M)[1]
    assert f"version: {version}\n" in citation
    assert version == diploparse.__version__
    assert "license: Apache-2.0" in citation


def test_fragments_of_the_changelog_have_kinds():
    """`<issue>.<kind>.md`, as towncrier is told."""
    names = [p.name for p in (ROOT / "changelog.d").iterdir() if p.name != "README.md"]

    assert [
        n for n in names if not re.fullmatch(r"(\d+|\+[\w-]+)\.(added|changed|fixed|removed)\.md", n)
    ] == []
