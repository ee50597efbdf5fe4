"""
Pages about an environment: its records, vocabulary, stages, plugins, lexicons and formats.

Everything is read from where the code has it: docstrings of fields, the mapping table, the code
lists, the registered descriptors, the headers of lexicon files.
"""

from __future__ import annotations

import inspect
import re
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from .. import __version__, errors, records
from ..export import csv, fields, json, mapping, options_of
from ..hookspecs import Exporter, Extractor, HookSpecs, Lexicon, Reader
from ..lexicon import entries_of
from ..parser import STAGES
from ..plugins import PluginInfo, Plugins, Registered
from .blocks import Block, Heading, Items, Page, Table, Term, Terms, Text, anchor, code, literal
from .examples import EXAMPLES
from .pictures import record_model, way_of_the_data

RECORDS: tuple[type, ...] = tuple(
    c
    for c in vars(records).values()
    if isinstance(c, type) and attrs.has(c) and c.__module__ == records.__name__
)
"""The record classes, in the order the data meets them."""


def pages(plugins: Plugins) -> list[Page]:
    """The pages of an environment, in their order."""
    return [
        overview(plugins),
        Page("records", "Records", "Every record and field: what it means and what it is called in each format.",
             (record_model(), *records_blocks())),
        Page("vocabulary", "Vocabulary", "The values of closed lists, with an example of each.", vocabulary_blocks()),
        Page("plugins", "Plugins", "What is installed, in which order it runs, and what became of it.",
             (way_of_the_data(plugins), *plugins_blocks(plugins))),
        Page("lexicons", "Lexicons", "The word lists, what is in them, and where they come from.", lexicon_blocks(plugins)),
        Page("formats", "Formats", "What can be read and written.", formats_blocks(plugins)),
    ]  # fmt: skip


def overview(plugins: Plugins) -> Page:
    """The first page."""
    rows = tuple(
        (code(i.distribution), i.version or "", code(i.name))
        for i in plugins.infos
        if i.distribution is not None
    )
    return Page(
        "index",
        "This environment",
        f"diploparse {__version__} with its {sum(i.status == 'active' for i in plugins.infos)} active plugins.",
        (
            Text(
                "diploparse reads diplomatic and military news and gives back [records](records): "
                "who met whom, who said what, and who they are."
            ),
            Items(
                (
                    "[Records](records): fields, types, meanings, and their names in JSON, CSV and RDF.",
                    "[Vocabulary](vocabulary): the values of closed lists.",
                    "[Plugins](plugins): what takes part, and in which order.",
                    "[Lexicons](lexicons): the word lists and their origins.",
                    "[Formats](formats): what can be read and written.",
                    "`schema.json`, `context.jsonld` and `vocabulary.ttl` lie beside these pages.",
                )
            ),
            *((Heading("Installed plugins", 2, "installed"),
               Table(("Distribution", "Version", "Plugin"), rows)) if rows else ()),
        ),
    )  # fmt: skip


# -- records ----------------------------------------------------------------------------------


def records_blocks() -> tuple[Block, ...]:
    """All record classes: ours in the order the data meets them, then the registered ones of plugins."""
    return tuple(block for cls in (*RECORDS, *plugin_records()) for block in record_blocks(cls))


def plugin_records() -> list[type]:
    """The record classes that plugins have registered, by name."""
    return [cls for _, cls in sorted(json._RECORDS.items())]


def record_named(name: str) -> type:
    """
    A record class of ours or of a plugin.

    Raises:
        UsageError: None has that name.
    """
    known = {cls.__name__: cls for cls in (*RECORDS, *plugin_records())}
    if name not in known:
        raise errors.UsageError(message=f"no record is called {name!r}: choose one of {', '.join(known)}")
    return known[name]


def record_blocks(cls: type, *, level: int = 2, page: str = "") -> tuple[Block, ...]:
    """
    A record class: what it is, where it stands in the JSON, its fields.

    Args:
        cls: An attrs class.

        level: Of its heading; 0 for none.

        page: Where the other records are described, if not on the same page.
    """
    blocks: list[Block] = []
    if level:
        blocks.append(Heading(cls.__name__, level, anchor("record", cls.__name__)))
    blocks.append(Text(literal(fields.summary(cls))))
    found = _paths().get(cls, ())
    if found:
        shown = ", ".join(code(path) for path in found[:3]) + (
            f" and {len(found) - 3} more" if len(found) > 3 else ""
        )
        rdf = mapping.CLASSES.get(cls.__name__)
        blocks.append(Text(f"In the JSON at {shown}." + (f" In RDF a {code(rdf)}." if rdf else "")))
    elif cls in RECORDS:
        blocks.append(Text("Handed from stage to stage; not exported."))
    told = fields.descriptions(cls)
    blocks.append(
        Terms(
            tuple(
                _field(cls, name, hint, told.get(name, ""), page) for name, hint in fields.hints(cls).items()
            )
        )
    )
    return tuple(blocks)


def _field(cls: type, name: str, hint: Any, told: str, page: str) -> Term:
    about, example = split_example(told)
    facts: list[tuple[str, str]] = []
    if example:
        facts.append(("Example", code(example)))
    default = next(f.default for f in attrs.fields(cls) if f.name == name)
    if default is attrs.NOTHING:
        facts.append(("Required", "yes"))
    columns = _columns().get(f"{cls.__name__}.{name}", ())
    if columns:
        facts.append(("CSV", ", ".join(map(code, columns))))
    mapped = mapping.MAPPED.get(cls, {}).get(name)
    if mapped is not None:
        facts.append(("RDF", code(mapped.iri)))
    return Term(
        name, type_text(hint, page), literal(about), tuple(facts), anchor("field", cls.__name__, name)
    )


def split_example(docstring: str) -> tuple[str, str]:
    """A field's docstring, and the example at its end without quotation marks; "" if there is none."""
    about, _, example = docstring.partition(" Example: ")
    example = example.strip().removesuffix(".")
    if example.count('"') == 2 and example[0] == example[-1] == '"':
        example = example[1:-1]
    return about, example


def type_text(hint: Any, page: str = "") -> str:
    """A field's type in words. Example: "one of held, planned"; "several Span"; "str, or None"."""
    if fields.is_union(hint):
        inner = [h for h in fields.alternatives(hint) if h is not types.NoneType]
        return f"{' or '.join(type_text(h, page) for h in inner)}, or `None`"
    if fields.choices(hint):
        return "one of " + ", ".join(map(code, fields.choices(hint)))
    if typing.get_origin(hint) is tuple:
        return f"several {type_text(typing.get_args(hint)[0], page)}"
    if hint is Any:
        return "any record"
    if isinstance(hint, type) and hint in RECORDS:
        return f"[{hint.__name__}]({page}#{anchor('record', hint.__name__)})"
    return code(getattr(hint, "__name__", str(hint)))


@cache
def _paths() -> Mapping[type, tuple[str, ...]]:
    """Where the JSON has a class, as JSON paths, the shortest first."""
    found: dict[type, list[str]] = {}

    def visit(hint: Any, path: str) -> None:
        many = typing.get_origin(hint) is tuple
        inner = fields.inner_class(hint)
        if inner is None:
            return
        path += "[*]" if many else ""
        found.setdefault(inner, []).append(path)
        for name, field in fields.hints(inner).items():
            visit(field, f"{path}.{name}")

    visit(records.Extraction, "$.extractions[*]")
    return {cls: tuple(sorted(paths, key=lambda p: (p.count("."), p))) for cls, paths in found.items()}


@cache
def _columns() -> Mapping[str, tuple[str, ...]]:
    """The CSV columns of a field ("Meeting.status"), as "table.column"; of a list the table."""
    found: dict[str, list[str]] = {}
    tables = {t.name for t in csv.TABLES}
    for table in csv.TABLES:
        for column in table.columns:
            if column.about in _all_fields():
                found.setdefault(column.about, []).append(f"{table.name}.{column.name}")
    for field in _all_fields():
        cls, _, name = field.partition(".")
        of = (
            {f"{cls.lower()}_{name}", name}
            if cls in ("Actor", "Meeting", "Statement", "Extraction")
            else set()
        )
        if field == "Actor.references":
            of = {"actor_mentions"}
        for table_name in sorted(of & tables):
            if not any(c.startswith(f"{table_name}.") for c in found.get(field, ())):
                found.setdefault(field, []).append(table_name)
    return {field: tuple(names) for field, names in found.items()}


@cache
def _all_fields() -> frozenset[str]:
    return frozenset(f"{cls.__name__}.{name}" for cls in RECORDS for name in fields.hints(cls))


# -- vocabulary -------------------------------------------------------------------------------


def vocabulary_blocks(only: str = "") -> tuple[Block, ...]:
    """
    The code lists, each value with its meaning and an example.

    Args:
        only: One list; all if empty.

    Raises:
        UsageError: There is no list of that name.
    """
    if only and only not in mapping.CODE_LISTS:
        raise errors.UsageError(
            message=f"no code list is called {only!r}: choose one of {', '.join(mapping.CODE_LISTS)}"
        )
    users = _users_of_lists()
    blocks: list[Block] = []
    for name, codes in mapping.CODE_LISTS.items():
        if only and name != only:
            continue
        blocks.append(Heading(name.replace("_", " ").capitalize(), 2, anchor("list", name)))
        if users.get(name):
            blocks.append(Text(f"Values of {', '.join(map(code, users[name]))}."))
        terms = []
        for value, entry in codes.items():
            facts = [("Example", literal(EXAMPLES[name, value]))] if (name, value) in EXAMPLES else []
            facts.append(
                (
                    "RDF",
                    code(f"dip:{name}-{value}") + (f", close to {code(entry.match)}" if entry.match else ""),
                )
            )
            terms.append(
                Term(value, "", literal(entry.definition), tuple(facts), anchor("value", name, value))
            )
        blocks.append(Terms(tuple(terms)))
    return tuple(blocks)


def _users_of_lists() -> dict[str, list[str]]:
    """The fields that take their values from each list."""
    found: dict[str, list[str]] = {}
    for cls, table in mapping.MAPPED.items():
        for name, mapped in table.items():
            if mapped.kind == "concept":
                found.setdefault(mapped.extra, []).append(f"{cls.__name__}.{name}")
    return found


# -- stages, plugins --------------------------------------------------------------------------


def stages_blocks() -> tuple[Block, ...]:
    """The table of stages."""
    rows = tuple(
        (
            code(s.name),
            "one extractor" if s.filled_by == "one" else "all extractors",
            ", ".join(map(code, s.asks)),
            code(s.record.__name__) if s.record is not object else "a plugin's own record",
        )
        for s in STAGES
    )
    return (Table(("Stage", "Filled by", "`find` may ask for", "Yields"), rows),)


def hooks_blocks() -> tuple[Block, ...]:
    """The hooks and what they hand over."""
    terms = [
        Term(name, "", literal(fields.plain((hook.__doc__ or "").strip())), (), anchor("hook", name))
        for name, hook in vars(HookSpecs).items()
        if name.startswith("diploparse_")
    ]
    return (Terms(tuple(terms)),)


def plugins_blocks(plugins: Plugins) -> tuple[Block, ...]:
    """The catalogue: every plugin, then every extractor in the order they run."""
    blocks: list[Block] = [
        Heading("All plugins", 2, "all-plugins"),
        Table(("Plugin", "From", "Status", "Why"), tuple(_plugin_row(i) for i in plugins.infos)),
        Heading("Extractors, in the order they run", 2, "extractors"),
        Table(
            ("Stage", "Extractor", "Priority", "Languages", "Status", "What it does"),
            _extractor_rows(plugins),
            (2,),
        ),
    ]
    for info in plugins.infos:
        if info.status == "active":
            blocks += plugin_blocks(plugins, info.name)
    return tuple(blocks)


def _plugin_row(info: PluginInfo) -> tuple[str, ...]:
    origin = f"{info.distribution} {info.version}" if info.distribution else info.origin
    return code(info.name), literal(origin), info.status, literal(info.reason)


def _extractor_rows(plugins: Plugins, name: str = "") -> tuple[tuple[str, ...], ...]:
    rows = []
    for stage in STAGES:
        taken = False
        for r in plugins.registered(Extractor):
            if r.item.stage != stage.name:
                continue
            status = "active" if r.active else "off"
            if r.active and stage.filled_by == "one":
                status, taken = ("stand-in", True) if taken else ("active", True)
            if name in ("", r.plugin):
                rows.append(
                    (code(stage.name), code(r.label), str(r.item.priority), _languages(r), status, _first_line(r.item.find))
                )  # fmt: skip
    return tuple(rows)


def _languages(registered: Registered) -> str:
    return ", ".join("any" if tag == "*" else tag for tag in registered.item.languages)


def _first_line(function: Any) -> str:
    return literal(fields.plain((inspect.getdoc(function) or "").split("\n\n")[0]))


def plugin_blocks(plugins: Plugins, name: str, *, level: int = 2) -> tuple[Block, ...]:
    """
    One plugin: what it hands over, and its own record classes.

    Args:
        level: Of its heading; 0 for none.

    Raises:
        UsageError: No plugin has that name.
    """
    info = next((i for i in plugins.infos if i.name == name), None)
    if info is None:
        known = ", ".join(i.name for i in plugins.infos)
        raise errors.UsageError(message=f"no plugin is called {name!r}: choose one of {known}")
    blocks: list[Block] = []
    if level:
        blocks.append(Heading(name, level, anchor("plugin", name)))
    origin = f"From `{info.distribution}` {info.version}" if info.distribution else f"From: {info.origin}"
    blocks.append(
        Text(f"{origin}. Status: {info.status}." + (f" {literal(info.reason)}" if info.reason else ""))
    )
    extractors = _extractor_rows(plugins, name)
    if extractors:
        blocks.append(
            Table(("Stage", "Extractor", "Priority", "Languages", "Status", "What it does"), extractors, (2,))
        )
    for kind, label in ((Reader, "Readers"), (Exporter, "Exporters"), (Lexicon, "Lexicons")):
        own = [r for r in plugins.registered(kind) if r.plugin == name]
        if own:
            blocks.append(Text(f"{label}: {', '.join(code(r.item.name) for r in own)}."))
    for cls in _records_of(plugins, name):
        blocks += record_blocks(cls, level=3 if level else 2)
    return tuple(blocks)


def _records_of(plugins: Plugins, name: str) -> Iterator[type]:
    """The registered record classes of the modules that a plugin's extractors come from."""
    modules = {r.item.find.__module__ for r in plugins.registered(Extractor) if r.plugin == name}
    packages = {m.rpartition(".")[0] or m for m in modules} - {"diploparse"}
    for cls in plugin_records():
        if cls.__module__ in modules or any(
            cls.__module__.startswith(f"{p}.") or cls.__module__ == p for p in packages
        ):
            yield cls


# -- lexicons ---------------------------------------------------------------------------------


def lexicon_blocks(plugins: Plugins) -> tuple[Block, ...]:
    """The registered lexicons: files with their headers, kinds with their counts."""
    blocks: list[Block] = []
    for r in plugins.registered(Lexicon):
        lexicon: Lexicon = r.item
        blocks.append(Heading(lexicon.name, 2, anchor("lexicon", lexicon.name)))
        counts: dict[str, int] = {}
        for entry in entries_of(lexicon):
            counts[entry.kind] = counts.get(entry.kind, 0) + 1
        state = "" if r.active else f" It is off: {literal(r.reason)}."
        blocks.append(Text(f"From the plugin {code(r.plugin)}; {sum(counts.values()):,} forms.{state}"))
        blocks.append(
            Table(("Kind", "Forms"), tuple((code(k), f"{n:,}") for k, n in sorted(counts.items())), (1,))
        )
        if lexicon.path is not None:
            files = sorted(lexicon.path.glob("*.tsv")) if lexicon.path.is_dir() else [lexicon.path]
            blocks.append(Heading(f"Files of {lexicon.name}", 3))
            blocks.append(Terms(tuple(_file(path) for path in files)))
    return tuple(blocks)


def _file(path: Path) -> Term:
    """A lexicon file: the first paragraphs of its header, its columns as facts."""
    about: list[str] = []
    facts: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        line = line[1:].strip()
        column = re.match(r"([a-z_]+): (.+)", line)
        if column and column[1] in ("kind", "match"):
            facts.append((column[1].capitalize(), code(column[2])))
        elif column:
            facts.append((f"Column {column[1]}", literal(column[2])))
        elif line:
            about.append(line)
    return Term(path.name, "", literal(" ".join(about)), tuple(facts), anchor("file", path.stem))


# -- formats ----------------------------------------------------------------------------------


def formats_blocks(plugins: Plugins) -> tuple[Block, ...]:
    """The exporters and readers."""
    written: list[Term] = []
    for r in plugins.registered(Exporter):
        exporter: Exporter = r.item
        facts = [("Writes", {"text": "text", "binary": "bytes", "folder": "a folder"}[exporter.target])]
        if exporter.suffix:
            facts.append(("Suffix", code(exporter.suffix)))
        if options_of(exporter):
            facts.append(("Options", ", ".join(map(code, options_of(exporter)))))
        facts.append(("Leaves out", ", ".join(map(code, exporter.loses)) or "nothing"))
        state = "" if r.active else f"off: {literal(r.reason)}"
        written.append(
            Term(
                exporter.name,
                state,
                literal(exporter.description),
                tuple(facts),
                anchor("format", exporter.name),
            )
        )
    read = tuple(
        (code(r.item.name), ", ".join(map(code, r.item.suffixes)), code(r.plugin))
        for r in plugins.registered(Reader)
    )
    return (
        Heading("Written", 2, "written"),
        Terms(tuple(written)),
        Heading("Read", 2, "read"),
        Table(("Reader", "Suffixes", "Plugin"), read),
    )


# -- errors -----------------------------------------------------------------------------------


def error_classes() -> Sequence[type]:
    """The error classes, base first."""
    return [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, errors.DiploparseError)]


def errors_blocks() -> tuple[Block, ...]:
    """Each error class with its fields."""
    blocks: list[Block] = []
    for cls in error_classes():
        blocks.append(Heading(cls.__name__, 3, anchor("error", cls.__name__)))
        blocks.append(Text(literal(fields.summary(cls))))
        if attrs.has(cls):
            told = fields.descriptions(cls)
            blocks.append(
                Terms(
                    tuple(
                        Term(n, type_text(h), literal(told.get(n, ""))) for n, h in fields.hints(cls).items()
                    )
                )
            )
    return tuple(blocks)
