"""
RDF: N-Triples, Turtle and TriG, written by us from the table in ``mapping``.

The same extraction gives the same bytes; triples come in the order of the records, document by
document, in constant memory.  Without ``words`` the graph is the JSON document's own (JSON-LD),
except that nested nodes have names here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, TypeAlias
from urllib.parse import quote

import attrs

from ..errors import UsageError
from ..hookspecs import Exporter, hookimpl
from ..records import Document, Extraction, Span
from . import fields, mapping, registry

Node: TypeAlias = tuple[str, list[tuple[str, str]]]
"""A subject, relative to the base, with its predicates and objects as they are written."""


def write_nt(
    extractions: Iterable[Extraction],
    out: IO[str],
    *,
    base: str = mapping.BASE,
    words: bool = True,
    text: bool = False,
) -> None:
    """
    Write N-Triples.

    Args:
        extractions: Any number of them, consumed one by one.

        out: A text stream; on disk UTF-8 is meant.

        base: Where the records' IRIs begin; an absolute IRI that ends in "/".

        words: Whether each span is written with the words it covers (oa:exact).

        text: Whether documents are written with their text (schema:articleBody).

    Raises:
        UsageError: ``base`` is no such IRI.
    """
    nodes = _Nodes(_checked_base(base), words=words, text=text, short=False)
    for extraction in extractions:
        for subject, pairs in nodes.of(extraction):
            start = f"<{base}{subject}> "
            out.write("".join([f"{start}{predicate} {value} .\n" for predicate, value in pairs]))


def write_ttl(
    extractions: Iterable[Extraction],
    out: IO[str],
    *,
    base: str = mapping.BASE,
    words: bool = True,
    text: bool = False,
) -> None:
    """
    Write Turtle, one block a node, a document's own first.

    Args:
        extractions: Any number of them, consumed one by one.

        out: A text stream; on disk UTF-8 is meant.

        base: Where the records' IRIs begin; an absolute IRI that ends in "/".

        words: Whether each span is written with the words it covers (oa:exact).

        text: Whether documents are written with their text (schema:articleBody).

    Raises:
        UsageError: ``base`` is no such IRI.
    """
    nodes = _Nodes(_checked_base(base), words=words, text=text, short=True)
    out.write(_prologue(base))
    for extraction in extractions:
        out.write("".join(map(_block, nodes.of(extraction))))


def write_trig(
    extractions: Iterable[Extraction],
    out: IO[str],
    *,
    base: str = mapping.BASE,
    words: bool = True,
    text: bool = False,
) -> None:
    """
    Write TriG: as Turtle, each document in a graph named after it ("#graph").

    Args:
        extractions: Any number of them, consumed one by one.

        out: A text stream; on disk UTF-8 is meant.

        base: Where the records' IRIs begin; an absolute IRI that ends in "/".

        words: Whether each span is written with the words it covers (oa:exact).

        text: Whether documents are written with their text (schema:articleBody).

    Raises:
        UsageError: ``base`` is no such IRI.
    """
    nodes = _Nodes(_checked_base(base), words=words, text=text, short=True)
    out.write(_prologue(base))
    for extraction in extractions:
        blocks = "".join(map(_block, nodes.of(extraction)))
        out.write(f"\n<{mapping.document_iri(extraction.document)}#graph> {{\n{blocks}}}\n")


def _prologue(base: str) -> str:
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in mapping.PREFIXES.items())
    return f"@base <{base}> .\n{prefixes}"


def _block(node: Node) -> str:
    subject, pairs = node
    lines = " ;\n    ".join([f"{predicate} {value}" for predicate, value in pairs])
    return f"\n<{subject}>\n    {lines} .\n" if pairs else ""


_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20<>\"{}|\\^`?#\ud800-\udfff]*/")


def _checked_base(base: str) -> str:
    if not _BASE.fullmatch(base):
        raise UsageError(
            message=f'base {base!a} is not an absolute IRI that ends in "/": write one such as {mapping.BASE}'
        )
    return base


# -- terms ----------------------------------------------------------------------------------

_SAFE_ID = re.compile(r"[A-Za-z0-9_-]+")
_TO_ESCAPE = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]')
_SHORT_ESCAPES: Mapping[str, str] = {
    '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f",
}  # fmt: skip


def _escaped(match: re.Match[str]) -> str:
    character = match.group()
    short = _SHORT_ESCAPES.get(character)
    if short is not None:
        return short
    # RDF has no code point for half a surrogate pair; one replacement character keeps the offsets true.
    return "\ufffd" if "\ud800" <= character <= "\udfff" else f"\\u{ord(character):04X}"


def literal(value: str) -> str:
    """A string as a literal that N-Triples, Turtle and TriG read alike; a lone surrogate becomes U+FFFD."""
    if _TO_ESCAPE.search(value) is None:
        return f'"{value}"'
    return f'"{_TO_ESCAPE.sub(_escaped, value)}"'


def local_name(name: str) -> str:
    """A record's id as the last part of an IRI: as it is if the host made it, else percent-encoded."""
    if _SAFE_ID.fullmatch(name):
        return name
    encoded = quote(name, safe="", errors="surrogatepass")
    # "." and ".." would be read as folders.
    return encoded if encoded.strip(".") else encoded.replace(".", "%2E")


# -- nodes ----------------------------------------------------------------------------------


@attrs.frozen
class _Step:
    """What to do with one field of a record."""

    name: str
    kind: str
    predicate: str
    extra: str
    many: bool


class _Nodes:
    """Turns extractions into nodes, in one spelling of the terms."""

    def __init__(self, base: str, *, words: bool, text: bool, short: bool) -> None:
        self.base = "" if short else base
        self.words = words
        self.text = text
        self.short = short
        self.number = "{}" if short else '"{}"^^' + self.term("xsd:integer")
        self.flags = {v: (v if short else f'"{v}"^^' + self.term("xsd:boolean")) for v in ("true", "false")}
        self.type = "a" if short else "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        self.exact, self.start, self.end = (self.term(f"oa:{n}") for n in ("exact", "start", "end"))
        self.body = self.term("schema:articleBody")
        self.mentions = self.term("schema:mentions")
        self.classes = {name: self.term(iri) for name, iri in mapping.CLASSES.items()}
        self.plans = {cls: self.plan(cls) for cls in mapping.MAPPED if cls is not Extraction}

    def term(self, compact: str) -> str:
        return compact if self.short else f"<{mapping.expand(compact)}>"

    def plan(self, cls: type) -> list[_Step]:
        steps = []
        hints = fields.hints(cls)
        for name, mapped in (mapping.MAPPED.get(cls) or mapping.record_properties(cls)).items():
            extra = mapped.extra
            if mapped.kind == "typed":
                extra = "^^" + self.term(extra)
            many = "tuple[" in str(hints[name]) and mapped.kind != "value"
            steps.append(_Step(name, mapped.kind, self.term(mapped.iri), extra, many))
        return steps

    def plan_of(self, cls: type) -> list[_Step]:
        found = self.plans.get(cls)
        if found is None:
            # A plugin's class: its plan is made when the first of its records is met.
            found = self.plans[cls] = self.plan(cls)
        return found

    def of(self, extraction: Extraction) -> Iterator[Node]:
        """The nodes of an extraction: the document, its dateline, then each record with what is nested in it."""
        self.document = extraction.document
        subject = mapping.document_iri(extraction.document)
        found: list[Node] = []
        pairs = self.add(found, subject, subject + "#", extraction.document)
        pairs.insert(0, (self.type, self.classes["Document"]))
        if self.text:
            pairs.append((self.body, literal(extraction.document.text)))
        records: list[Any] = [*extraction.actors, *extraction.meetings, *extraction.statements]
        pairs += [(self.mentions, f"<{self.base}{local_name(r.id)}>") for r in records]
        own = [r for r in extraction.records if registry.is_registered(type(r))]
        names = [f"{subject}#records/{number}" for number, _ in enumerate(own)]
        pairs += [(self.mentions, f"<{self.base}{name}>") for name in names]
        yield from found
        yield from self.of_records(records, own, names)

    def of_records(self, records: list[Any], own: list[Any], names: list[str]) -> Iterator[Node]:
        """The nodes of ours and then of plugins' records, each with what is nested in it."""
        for record in records:
            found: list[Node] = []
            name = local_name(record.id)
            pairs = self.add(found, name, name + "#", record)
            pairs.insert(0, (self.type, self.classes[mapping.class_of(record)]))
            yield from found
        for record, name in zip(own, names, strict=True):
            found = []
            pairs = self.add(found, name, name + "/", record)
            pairs.insert(0, (self.type, self.term(f"rec:{type(record).__name__}")))
            yield from found

    def add(self, found: list[Node], subject: str, path: str, record: Any) -> list[tuple[str, str]]:
        """Add a record's node and, after it, those nested in it; return the node's pairs."""
        pairs: list[tuple[str, str]] = []
        found.append((subject, pairs))
        for step in self.plan_of(type(record)):
            value = getattr(record, step.name)
            if value is None:
                continue
            if not step.many:
                self.state(found, pairs, path + step.name, step, value)
                continue
            for index, item in enumerate(value):
                self.state(found, pairs, f"{path}{step.name}/{index}", step, item)
        return pairs

    def state(
        self, found: list[Node], pairs: list[tuple[str, str]], path: str, step: _Step, value: Any
    ) -> None:
        kind = step.kind
        if kind == "node":
            pairs.append((step.predicate, f"<{self.base}{path}>"))
            if type(value) is Span:
                found.append((path, self.span(value)))
            else:
                self.add(found, path, path + "/", value)
        elif kind == "text":
            pairs.append((step.predicate, literal(value)))
        elif kind == "concept":
            pairs.append((step.predicate, self.concept(step.extra, value)))
        elif kind == "reference":
            pairs.append((step.predicate, f"<{self.base}{local_name(value)}>"))
        elif kind == "typed":
            pairs.append((step.predicate, literal(value) + step.extra))
        elif kind in ("value", "double"):
            for item in _flat(value):
                pairs.append((step.predicate, self.value(item, double=kind == "double")))
        else:
            pairs.append((step.predicate, self.flags["true" if value else "false"]))

    def value(self, value: Any, *, double: bool) -> str:
        """A string, number or truth value as a literal, as JSON-LD would have it."""
        if isinstance(value, bool):
            return self.flags["true" if value else "false"]
        if isinstance(value, int) and not double:
            return self.number.format(value)
        if isinstance(value, (int, float)):
            written = re.sub(r"(\d)0*E\+?0*(\d)", r"\1E\2", f"{value:1.15E}").replace("E-0", "E-")
            return f'"{written}"^^' + self.term("xsd:double")
        return literal(str(value))

    def span(self, span: Span) -> list[tuple[str, str]]:
        pairs = [
            (self.start, self.number.format(span.start)),
            (self.end, self.number.format(span.end)),
        ]
        if self.words:
            pairs.append((self.exact, literal(self.document.text[span.start : span.end])))
        return pairs

    def concept(self, code_list: str, value: str) -> str:
        # A value of a plugin's own may be any string: then the whole IRI, percent-encoded.
        name = f"{code_list}-{value}"
        if self.short and value.isidentifier() and value.isascii():
            return f"dip:{name}"
        return f"<{mapping.VOCABULARY}{quote(name, safe='', errors='surrogatepass')}>"

    document: Document


def _flat(value: Any) -> Iterator[Any]:
    """What a tuple holds, at any depth: RDF has no order for it."""
    if isinstance(value, tuple):
        for item in value:
            yield from _flat(item)
    elif value is not None:
        yield value


# -- the vocabulary -------------------------------------------------------------------------


def vocabulary() -> str:
    """
    Our own terms and code lists, in Turtle.

    ``vocabulary.ttl`` beside this module is this, written out; a test holds the two together.
    """
    blocks = [
        "@prefix dip: <" + mapping.VOCABULARY + "> .\n"
        "@prefix oa: <http://www.w3.org/ns/oa#> .\n"
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
        "@prefix schema: <https://schema.org/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        f"\n<{mapping.VOCABULARY.rstrip('#')}>\n"
        "    a owl:Ontology ;\n"
        '    rdfs:label "diploparse vocabulary"@en ;\n'
        '    rdfs:comment "What the reused vocabularies have no term for: who met whom, who said what, and where it is written."@en .\n'
    ]
    for iri, told in sorted(_own_terms().items()):
        label = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", iri.removeprefix("dip:")).lower()
        comments = "".join(f" ;\n    rdfs:comment {literal(t)}@en" for t in told)
        blocks.append(f"\n{iri}\n    a rdf:Property ;\n    rdfs:label {literal(label)}@en{comments} .\n")
    for name, codes in mapping.CODE_LISTS.items():
        scheme = f"dip:{name}-scheme"
        blocks.append(f'\n{scheme}\n    a skos:ConceptScheme ;\n    skos:prefLabel "{name}"@en .\n')
        for value, code in codes.items():
            match = f" ;\n    skos:closeMatch {code.match}" if code.match else ""
            blocks.append(
                f"\ndip:{name}-{value}\n    a skos:Concept ;\n    skos:inScheme {scheme} ;\n"
                f"    skos:notation {literal(value)} ;\n    skos:prefLabel {literal(value.replace('_', ' '))}@en ;\n"
                f"    skos:definition {literal(code.definition)}@en{match} .\n"
            )
    return "".join(blocks)


def _own_terms() -> dict[str, list[str]]:
    """Our properties, each with what the fields' docstrings say of it, "Record.field: ..."."""
    terms: dict[str, list[str]] = {}
    for cls, table in mapping.MAPPED.items():
        told = fields.descriptions(cls)
        for name, mapped in table.items():
            if mapped.iri.startswith("dip:"):
                terms.setdefault(mapped.iri, []).append(f"{cls.__name__}.{name}: {told.get(name, '')}")
    return terms


@hookimpl
def diploparse_exporters() -> list[Exporter]:
    loses = tuple(name for name in mapping.NOT_EXPORTED)
    return [
        Exporter(
            name="ttl",
            write=write_ttl,
            suffix=".ttl",
            description="RDF in Turtle",
            loses=loses,
        ),
        Exporter(
            name="nt",
            write=write_nt,
            suffix=".nt",
            description="RDF in N-Triples, a line a triple",
            loses=loses,
        ),
        Exporter(
            name="trig",
            write=write_trig,
            suffix=".trig",
            description="RDF in TriG, a graph a document",
            loses=loses,
        ),
    ]
