"""
SHACL shapes for the RDF: what each node must and may have, made from the mapping and the types.

``shapes.ttl`` beside this module is `shapes` written out; a test holds the two together.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from typing import Any

from ..records import Actor, Document, Extraction, Meeting, Span, Statement
from . import fields, mapping
from .mapping import Property

_TARGETS: dict[type, tuple[str, ...]] = {
    Document: ("Document",),
    Actor: tuple(mapping.ACTOR_TYPES.values()),
    Meeting: ("Meeting",),
    Statement: ("Statement",),
}
"""Records that are found by their class; the others only where they are nested."""

_NOT_EMPTY = {"Meeting.evidence", "Statement.evidence", "Statement.content"}
"""Lists whose docstring says so."""


def shapes() -> str:
    """The shapes, in Turtle."""
    bodies = [_shape(cls) for cls in mapping.MAPPED if cls is not Extraction]
    prefixes = {**mapping.PREFIXES, "sh": "http://www.w3.org/ns/shacl#"}
    used = [f"@prefix {n}: <{iri}> .\n" for n, iri in sorted(prefixes.items()) if f" {n}:" in "".join(bodies)]
    return "\n".join(["".join(used), *bodies])


def _shape(cls: type) -> str:
    lines = [f"dip:{cls.__name__}Shape\n    a sh:NodeShape"]
    lines += [f"    sh:targetClass {mapping.CLASSES[name]}" for name in _TARGETS.get(cls, ())]
    hints = fields.hints(cls)
    lines += [
        f"    sh:property [ {' ; '.join(_constraints(cls, name, mapped, hints[name]))} ]"
        for name, mapped in mapping.MAPPED[cls].items()
    ]
    if cls is Span:
        lines.append("    sh:property [ sh:path oa:start ; sh:lessThan oa:end ]")
        # The words are there unless they were refused (`words=False`).
        lines.append("    sh:property [ sh:path oa:exact ; sh:datatype xsd:string ; sh:maxCount 1 ]")
    return " ;\n".join(lines) + " .\n"


def _constraints(cls: type, name: str, mapped: Property, hint: Any) -> Iterator[str]:
    yield f"sh:path {mapped.iri}"
    many = typing.get_origin(hint) is tuple
    optional = fields.is_union(hint) and types.NoneType in typing.get_args(hint)
    if not many:
        yield "sh:maxCount 1"
    if f"{cls.__name__}.{name}" in _NOT_EMPTY or not (many or optional):
        yield "sh:minCount 1"
    yield from _value(name, mapped, hint)


def _value(name: str, mapped: Property, hint: Any) -> Iterator[str]:
    if mapped.kind == "node":
        inner = fields.inner_class(hint)
        assert inner is not None
        yield f"sh:node dip:{inner.__name__}Shape"
    elif mapped.kind == "concept":
        values = " ".join(f"dip:{mapped.extra}-{value}" for value in mapping.CODE_LISTS[mapped.extra])
        yield f"sh:in ( {values} )"
    elif mapped.kind == "reference":
        yield "sh:nodeKind sh:IRI"
    elif mapped.kind == "typed":
        yield f"sh:datatype {mapped.extra}"
    elif mapped.kind == "number":
        yield "sh:datatype xsd:integer ; sh:minInclusive 0"
    elif mapped.kind == "flag":
        yield "sh:datatype xsd:boolean"
    else:
        yield "sh:datatype xsd:string"
        if name == "country":
            yield 'sh:pattern "^[A-Z]{2}$"'
