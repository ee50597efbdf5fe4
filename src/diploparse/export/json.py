"""
JSON and JSON Lines, out and in again.

    {"$schema": ..., "schema_version": "1.0", "@context": {...},
    "extractions": [
    {"document": {...}, "actors": [...], "meetings": [...], "statements": [...], "records": [...], "diagnostics": [...]}
    ]}

A record is an object with its class under ``@type`` and its fields, all of them, in their order.
The text is included, so that offsets can be shown and ``loads(dumps(x)) == [x]``.  JSON Lines
has one extraction a line, with the version and without the context.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Literal, TypeVar

import attrs

from ..errors import InputError, UsageError
from ..hookspecs import Exporter, hookimpl
from ..records import Diagnostic, Document, Extraction
from . import fields, mapping, registry

SCHEMA_VERSION = "1.0"
"""Major and minor: a minor version adds optional fields only."""

SCHEMA_URL = f"https://w3id.org/diploparse/schema-{SCHEMA_VERSION}.json"
"""The name of ``schema.json``; it is shipped beside this module and never fetched."""

_LISTS = ("actors", "meetings", "statements")
_T = TypeVar("_T")

# -- plugins' own records -----------------------------------------------------------------

_RECORDS = registry.RECORDS


def register_record(cls: type[_T]) -> type[_T]:
    """
    Make a plugin's own record class known by its name, so that `load` can build it again.

    Args:
        cls: A frozen attrs class.  Its fields may hold str, int, float, bool, None, ``Literal``,
            tuples, and other such classes.

    Returns:
        The class: it may be used as a decorator.

    Raises:
        UsageError: It is no attrs class, a field has another type, or another class has its name.
    """
    name = cls.__name__
    record: Any = cls
    if not attrs.has(record):
        raise UsageError(message=f"{name} is no attrs class: decorate it with @attrs.frozen(kw_only=True)")
    earlier = _RECORDS.get(name)
    if earlier is not None and (earlier.__module__, earlier.__qualname__) != (
        cls.__module__,
        cls.__qualname__,
    ):
        raise UsageError(
            message=f"the record name {name} is taken by {earlier.__module__}.{earlier.__qualname__}: "
            f"rename {cls.__module__}.{cls.__qualname__}"
        )
    try:
        for inner in fields.classes_in(record):
            for hint in fields.hints(inner).values():
                _reader_of(hint)
    except NameError as error:
        raise UsageError(message=f"{name}: {error}: import the type where the class is defined") from error
    _RECORDS[name] = cls
    return cls


# -- writing ------------------------------------------------------------------------------


def write_json(
    extractions: Iterable[Extraction], out: IO[str], *, indent: int = 0, base: str = mapping.BASE
) -> None:
    """
    Write one JSON document, which is JSON-LD as well, one extraction at a time.

    Args:
        extractions: Any number of them, consumed one by one.

        out: A text stream; on disk UTF-8 is meant.

        indent: Spaces a level; 0 for one line an extraction.

        base: Where the records' IRIs begin.

    Raises:
        UsageError: A text that JSON cannot carry: half a surrogate pair next to the other half.
    """
    head = {"$schema": SCHEMA_URL, "schema_version": SCHEMA_VERSION, "@context": mapping.context(base)}
    opening = json.dumps(head, ensure_ascii=False, separators=(",", ":"))[:-1]
    out.write(f'{opening},\n"extractions":[')
    separator = "\n"
    for extraction in extractions:
        out.write(f"{separator}{_object(extraction, indent)}")
        separator = ",\n"
    out.write("\n]}\n")


def write_jsonl(extractions: Iterable[Extraction], out: IO[str]) -> None:
    """
    Write one JSON object a line, one extraction each.

    Args:
        extractions: Any number of them, consumed one by one.

        out: A text stream; on disk UTF-8 is meant.

    Raises:
        UsageError: A text that JSON cannot carry: half a surrogate pair next to the other half.
    """
    opening = f'{{"$schema":"{SCHEMA_URL}","schema_version":"{SCHEMA_VERSION}",'
    for extraction in extractions:
        out.write(f"{opening}{_object(extraction)[1:]}\n")


def dumps(*extractions: Extraction) -> str:
    """The JSON document of some extractions, as a string."""
    from io import StringIO

    out = StringIO()
    write_json(extractions, out)
    return out.getvalue()


def _object(extraction: Extraction, indent: int = 0) -> str:
    import msgspec

    try:
        encoded = _encoded(extraction)
    except UnicodeEncodeError:
        # Lone surrogates, which msgspec refuses and JSON can only carry as escapes.
        return _with_surrogates(extraction, indent)
    return (msgspec.json.format(encoded, indent=indent) if indent else encoded).decode()


def _encoded(extraction: Extraction) -> bytes:
    encode = _encoder().encode
    iri = mapping.document_iri(extraction.document)
    parts = [b'{"document":{"@id":', encode(iri), b',"@type":"Document",', encode(extraction.document)[1:]]
    for name in _LISTS:
        records = getattr(extraction, name)
        # Spliced in, because the class of a record is not one of its fields.
        written = [b'{"@type":"%b",%b' % (mapping.class_of(r).encode(), encode(r)[1:]) for r in records]
        parts += [b',"', name.encode(), b'":[', b",".join(written), b"]"]
    parts += [b',"records":', encode([_tagged(r) for r in extraction.records])]
    parts += [b',"diagnostics":', encode(extraction.diagnostics), b"}"]
    return b"".join(parts)


@lru_cache(maxsize=1)
def _encoder() -> Any:
    import msgspec

    return msgspec.json.Encoder()


def _with_surrogates(extraction: Extraction, indent: int) -> str:
    built = to_builtins(extraction)
    text = json.dumps(
        built, ensure_ascii=False, indent=indent or None, separators=(",", ": ") if indent else (",", ":")
    )
    pair = re.search(r"[\ud800-\udbff][\udc00-\udfff]", text)
    if pair is not None:
        raise UsageError(
            message=f"document {extraction.document.id!a}: {pair.group()!a} is one character in two halves, which "
            'JSON cannot tell from the whole: join them with text.encode("utf-16", "surrogatepass").decode("utf-16")'
        )
    return re.sub(r"[\ud800-\udfff]", lambda m: f"\\u{ord(m.group()):04x}", text)


def to_builtins(extraction: Extraction) -> dict[str, Any]:
    """An extraction as dictionaries, lists, strings and numbers: what the JSON holds."""
    document = {"@id": mapping.document_iri(extraction.document), "@type": "Document"}
    built: dict[str, Any] = {"document": {**document, **_plain(extraction.document)}}
    for name in _LISTS:
        built[name] = [{"@type": mapping.class_of(r), **_plain(r)} for r in getattr(extraction, name)]
    built["records"] = [_tagged(r) for r in extraction.records]
    built["diagnostics"] = _plain(extraction.diagnostics)
    return built


def _tagged(record: Any) -> dict[str, Any]:
    return {"@type": type(record).__name__, **_plain(record)}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if attrs.has(type(value)):
        return {f.name: _plain(getattr(value, f.name)) for f in attrs.fields(type(value)) if f.init}
    return value


# -- reading ------------------------------------------------------------------------------


def load(
    source: Path | str | IO[str] | IO[bytes], *, unknown: Literal["error", "note"] = "error"
) -> Iterator[Extraction]:
    """
    Read extractions back from a JSON or JSON Lines file that diploparse wrote.

    Args:
        source: A path, or a text or binary stream.

        unknown: What to do about a key or record class that this version does not know:
            ``error`` raises; ``note`` leaves it out and adds a diagnostic to the extraction.

    Yields:
        Extractions equal to the ones written; from JSON Lines one by one, in constant memory.

    Raises:
        InputError: The file is not ours, damaged, of an unknown version, or has an unknown key.
            It names the line and the place in the JSON.

        OSError: The path cannot be opened.
    """
    if isinstance(source, (str, Path)):
        with open(source, "rb") as stream:
            yield from _load(stream, str(source), unknown)
    else:
        yield from _load(source, str(getattr(source, "name", "-")), unknown)


def loads(text: str | bytes, *, unknown: Literal["error", "note"] = "error") -> list[Extraction]:
    """
    Read extractions back from a string.

    Args:
        text: JSON or JSON Lines that diploparse wrote.

        unknown: As `load` takes it.

    Returns:
        Extractions equal to the ones written.

    Raises:
        InputError: As `load` raises it.
    """
    from io import BytesIO, StringIO

    stream: Any = BytesIO(text) if isinstance(text, bytes) else StringIO(text)
    return list(_load(stream, "<string>", unknown))


_NOT_OURS = "write it with diploparse (--to json or --to jsonl)"


def _load(stream: IO[str] | IO[bytes], path: str, unknown: str) -> Iterator[Extraction]:
    if unknown not in ("error", "note"):
        raise UsageError(message=f'unknown is {unknown!r}: choose "error" or "note"')
    number, first = 0, b""
    while not first.strip():
        line = _bytes(stream.readline())
        number += 1
        if not line:
            if path.endswith(".json"):
                raise InputError(path=path, problem="the file is empty", advice=_NOT_OURS)
            return  # JSON Lines of no document
        first = line.removeprefix(b"\xef\xbb\xbf")
    value = _decoded(first)
    if isinstance(value, dict) and "document" in value:
        yield _extraction(value, path, number, "$", unknown)
        for following in stream:
            number += 1
            if following.strip():
                value = _parsed(_bytes(following), path, number)
                yield _extraction(_object_of(value, path, number), path, number, "$", unknown)
        return
    value = _object_of(_parsed(first + _bytes(stream.read()), path, number), path, None)
    if "document" in value:
        yield _extraction(value, path, None, "$", unknown)
        return
    _check_version(value, path, None)
    listed = value.get("extractions")
    if not isinstance(listed, list):
        raise InputError(
            path=path, problem='it has no list "extractions" and no "document"', advice=_NOT_OURS
        )
    extra = [f"$.{k}" for k in value if k not in ("$schema", "schema_version", "@context", "extractions")]
    if extra and unknown == "error":
        raise InputError(path=path, problem=f"{extra[0]}: unknown key", advice=_UNKNOWN)
    for index, item in enumerate(listed):
        place = f"$.extractions[{index}]"
        if not isinstance(item, dict):
            raise InputError(
                path=path, problem=f"{place}: expected an object, not {_kind(item)}", advice=_DAMAGED
            )
        item = {"schema_version": value["schema_version"], **item}
        yield _extraction(item, path, None, place, unknown, notes=extra if index == 0 else [])


_UNKNOWN = 'upgrade diploparse, install the plugin that wrote it, or read with unknown="note"'
_DAMAGED = "the file is damaged or was edited: export it again"


def _bytes(line: str | bytes) -> bytes:
    return line if isinstance(line, bytes) else line.encode("utf-8", "surrogatepass")


def _decoded(data: bytes) -> Any:
    """The JSON of some bytes, or ``None`` if they are not a whole JSON value."""
    import msgspec

    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    try:  # msgspec refuses lone surrogates, which the standard library reads
        return json.loads(data.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return None


def _parsed(data: bytes, path: str, line: int) -> Any:
    value = _decoded(data)
    if value is not None:
        return value
    try:
        return json.loads(data.decode("utf-8"))
    except json.JSONDecodeError as error:
        cut = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated")
        raise InputError(
            path=path, line=line + error.lineno - 1,
            problem=f"{'the file ends in the middle' if cut else f'not JSON: {error.msg} in column {error.colno}'}",
            advice=_DAMAGED,
        ) from error  # fmt: skip
    except UnicodeDecodeError as error:
        line += data[: error.start].count(b"\n")
        raise InputError(path=path, line=line, problem="not UTF-8", advice="save it as UTF-8") from error
    except RecursionError as error:
        raise InputError(path=path, line=line, problem="nested too deep", advice=_NOT_OURS) from error


def _object_of(value: Any, path: str, line: int | None) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError(
            path=path, line=line, problem=f"expected an object, not {_kind(value)}", advice=_NOT_OURS
        )
    return value


def _check_version(value: Mapping[str, Any], path: str, line: int | None) -> None:
    version = value.get("schema_version")
    if version is None:
        raise InputError(path=path, line=line, problem="it has no schema_version", advice=_NOT_OURS)
    if not isinstance(version, str) or version.partition(".")[0] != SCHEMA_VERSION.partition(".")[0]:
        raise InputError(
            path=path, line=line, problem=f"schema_version {version!r}; this diploparse reads {SCHEMA_VERSION}",
            advice="upgrade diploparse, or export the documents again",
        )  # fmt: skip


def _extraction(
    value: dict[str, Any],
    path: str,
    line: int | None,
    place: str,
    unknown: str,
    notes: Sequence[str] = (),
) -> Extraction:
    _check_version(value, path, line)
    value = {k: v for k, v in value.items() if k not in ("$schema", "schema_version", "@context")}
    if unknown == "note":
        notes = [*notes, *(place + found for found in _prune(value))]
    try:
        extraction = _reader_of(Extraction)(value)
        _check(extraction)
    except _Fault as fault:
        where = place + "".join(reversed(fault.path))
        raise InputError(
            path=path, line=line, problem=f"{where}: {fault.problem}", advice=fault.advice
        ) from fault.__cause__
    assert isinstance(extraction, Extraction)
    if not notes:
        return extraction
    noted = tuple(
        Diagnostic(severity="warning", code="unknown-key", message=f"{note}: left out on reading")
        for note in notes
    )
    return attrs.evolve(extraction, diagnostics=extraction.diagnostics + noted)


def _check(extraction: Extraction) -> None:
    """Refuse a text that is not the one the offsets count in."""
    import hashlib

    from ..parser import spans_of

    document: Document = extraction.document
    if hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest() != document.sha256:
        raise _Fault(
            "the text is not the one sha256 was made from, so offsets may be off", path=[".document.text"]
        )
    length = len(document.text)
    for name in (*_LISTS, "records"):
        for index, record in enumerate(getattr(extraction, name)):
            for span in spans_of(record):
                if not 0 <= span.start < span.end <= length:
                    raise _Fault(
                        f"the span {span.start}:{span.end} is outside the text of {length} characters",
                        path=[f"[{index}]", f".{name}"],
                    )


class _Fault(Exception):
    """A value that does not fit; the path grows from the inside out as it is raised."""

    def __init__(self, problem: str, advice: str = _DAMAGED, path: list[str] | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.advice = advice
        self.path = path or []


def _kind(value: Any) -> str:
    """A JSON value's type, with its article."""
    return {
        dict: "an object", list: "a list", str: "a string", bool: "true or false", int: "a number",
        float: "a number", type(None): "null",
    }[type(value)]  # fmt: skip


_Read = Callable[[Any], Any]


@lru_cache(maxsize=512)
def _reader_of(hint: Any) -> _Read:
    """
    A function from JSON values to values of a type.

    Raises:
        UsageError: No JSON value stands for the type.
    """
    if isinstance(hint, type) and attrs.has(hint):
        return _record_reader(hint)
    if hint is Any:
        return lambda value: value
    if hint in _SCALARS:
        return _scalar_reader(hint)
    if fields.choices(hint) and not fields.is_union(hint):
        return _choice_reader(fields.choices(hint))
    if fields.is_union(hint):
        return _union_reader(tuple(fields.alternatives(hint)))
    if getattr(hint, "__origin__", None) is tuple:
        return _tuple_reader(hint.__args__)
    raise UsageError(
        message=f"no JSON value stands for {hint}: use str, int, float, bool, Literal, tuples or attrs classes"
    )


_SCALARS: Mapping[Any, tuple[str, tuple[type, ...]]] = {
    str: ("a string", (str,)),
    int: ("a whole number", (int,)),
    float: ("a number", (float, int)),
    bool: ("true or false", (bool,)),
    type(None): ("null", (type(None),)),
}


def _scalar_reader(hint: Any) -> _Read:
    name, taken = _SCALARS[hint]

    def read(value: Any) -> Any:
        if type(value) not in taken:
            raise _Fault(f"expected {name}, not {_kind(value)}")
        return float(value) if hint is float else value

    return read


def _choice_reader(known: tuple[str, ...]) -> _Read:
    def read(value: Any) -> Any:
        if not isinstance(value, str) or value not in known:
            raise _Fault(f"{json.dumps(value)[:60]} is none of {', '.join(known)}", advice=_UNKNOWN)
        return value

    return read


def _union_reader(members: tuple[Any, ...]) -> _Read:
    if members[-1:] == (type(None),) and len(members) == 2:
        inner = _reader_of(members[0])
        return lambda value: None if value is None else inner(value)
    readers = [_reader_of(m) for m in members]
    if sum(fields.inner_class(m) is not None for m in members) > 1:
        raise UsageError(
            message="a field that may hold records of two classes cannot be read back: use one class with a kind"
        )

    def read(value: Any) -> Any:
        faults = []
        for reader in readers:
            try:
                return reader(value)
            except _Fault as fault:
                faults.append(fault)
        # The one that came furthest knows best what is wrong.
        raise max(faults, key=lambda f: len(f.path))

    return read


def _tuple_reader(items: tuple[Any, ...]) -> _Read:
    many = len(items) == 2 and items[1] is ...
    if many:
        only = _reader_of(items[0])
    readers = [] if many else [_reader_of(item) for item in items]

    def read(value: Any) -> Any:
        if type(value) is not list:
            raise _Fault(f"expected a list, not {_kind(value)}")
        if not many and len(value) != len(readers):
            raise _Fault(f"expected {len(readers)} items, not {len(value)}")
        built = []
        for index, item in enumerate(value):
            try:
                built.append(only(item) if many else readers[index](item))
            except _Fault as fault:
                fault.path.append(f"[{index}]")
                raise
        return tuple(built)

    return read


def _record_reader(cls: type) -> _Read:
    # Filled on first use: a class may hold itself, or one that holds it.
    readers: dict[str, _Read] = {}
    aliases = {f.name: f.alias for f in attrs.fields(cls) if f.init}
    needed = {f.name for f in attrs.fields(cls) if f.init and f.default is attrs.NOTHING}

    def fill() -> None:
        for name, hint in fields.hints(cls).items():
            own = cls is Extraction and name == "records"
            readers[name] = _read_records if own else _reader_of(hint)

    def read(value: Any) -> Any:
        if not readers:
            fill()
        if type(value) is not dict:
            raise _Fault(f"expected an object ({cls.__name__}), not {_kind(value)}")
        built: dict[str, Any] = {}
        for key, item in value.items():
            reader = readers.get(key)
            if reader is None:
                if key.startswith("@"):  # JSON-LD's
                    continue
                raise _Fault("unknown key", _UNKNOWN, [f".{key}"])
            try:
                built[aliases[key]] = reader(item)
            except _Fault as fault:
                fault.path.append(f".{key}")
                raise
        if not value.keys() >= needed:
            missing = [n for n in readers if n in needed and n not in value]
            raise _Fault(f"{cls.__name__} without {', '.join(missing)}")
        try:
            return cls(**built)
        except (TypeError, ValueError) as error:
            raise _Fault(str(error)) from error

    return read


def _read_records(value: Any) -> tuple[Any, ...]:
    """The records of plugins, by the class names that they registered."""
    if type(value) is not list:
        raise _Fault(f"expected a list, not {_kind(value)}")
    built = []
    for index, item in enumerate(value):
        try:
            if type(item) is not dict:
                raise _Fault(f"expected an object, not {_kind(item)}")
            cls = _RECORDS.get(str(item.get("@type")))
            if cls is None:
                raise _Fault(
                    f"a record of the class {json.dumps(item.get('@type'))}, which nobody registered",
                    'import the plugin that defines it (diploparse.register_record), or read with unknown="note"',
                )
            built.append(_reader_of(cls)(item))
        except _Fault as fault:
            fault.path.append(f"[{index}]")
            raise
    return tuple(built)


def _prune(value: dict[str, Any]) -> Iterator[str]:
    """Take out what this version does not know; yield the place of each."""
    records = value.get("records")
    if isinstance(records, list):
        for index, record in enumerate(records):
            if not isinstance(record, dict) or record.get("@type") not in _RECORDS:
                yield f".records[{index}]"
            else:
                yield from _prune_hint(record, _RECORDS[record["@type"]], f".records[{index}]")
        value["records"] = [r for r in records if isinstance(r, dict) and r.get("@type") in _RECORDS]
    yield from _prune_hint(value, Extraction, "")


def _prune_hint(value: Any, hint: Any, place: str) -> Iterator[str]:
    cls = fields.inner_class(hint)
    if cls is None:
        return
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _prune_hint(item, cls, f"{place}[{index}]")
    elif isinstance(value, dict):
        known = fields.hints(cls)
        for key in list(value):
            if key in known:
                yield from _prune_hint(value[key], known[key], f"{place}.{key}")
            elif not key.startswith("@"):
                del value[key]
                yield f"{place}.{key}"


# -- the schema -----------------------------------------------------------------------------


def json_schema() -> dict[str, Any]:
    """
    The JSON Schema (2020-12) of both formats, made from the record classes.

    ``schema.json`` beside this module is this, written out; a test holds the two together.
    """
    own = [c for c in fields.classes_in(Extraction) if c is not Extraction]
    lists = {"$ref": "#/$defs/Extraction"}
    header = {
        "$schema": {"const": SCHEMA_URL},
        "schema_version": {"const": SCHEMA_VERSION, "description": "Major and minor version of the layout."},
    }
    extraction = _object_schema(Extraction)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_URL,
        "title": "diploparse extractions",
        "description": "Offsets count Unicode code points of document.text (not UTF-16 units), half-open.",
        "anyOf": [{"$ref": "#/$defs/Collection"}, {"$ref": "#/$defs/Line"}],
        "$defs": {
            "Collection": {
                "description": "A JSON file: several extractions, with the JSON-LD context.",
                "type": "object",
                "properties": {
                    **header,
                    "@context": {"type": "object", "description": "JSON-LD 1.1 context."},
                    "extractions": {"type": "array", "items": lists},
                },
                "required": ["schema_version", "extractions"],
                "additionalProperties": False,
            },
            "Line": {
                **extraction,
                "description": "A line of JSON Lines: one extraction.",
                "properties": {**header, **extraction["properties"]},
                "required": ["schema_version", *extraction["required"]],
            },
            "Extraction": extraction,
            **{cls.__name__: _object_schema(cls) for cls in own},
            "Record": {
                "description": "A plugin's own record; its class name is under @type.",
                "type": "object",
                "properties": {"@type": {"type": "string"}},
                "required": ["@type"],
            },
        },
    }


_BOUNDS: Mapping[str, dict[str, Any]] = {
    "Span.start": {"minimum": 0},
    "Span.end": {"minimum": 1},
    "Document.sha256": {"pattern": "^[0-9a-f]{64}$"},
    "Statement.content": {"minItems": 1},
    "Statement.evidence": {"minItems": 1},
    "Meeting.evidence": {"minItems": 1},
}
"""What the types do not say and the host holds."""


def _object_schema(cls: type) -> dict[str, Any]:
    told = fields.descriptions(cls)
    properties: dict[str, Any] = {}
    if cls in (Document, *(fields.inner_class(fields.hints(Extraction)[name]) for name in _LISTS)):
        properties["@type"] = {"enum": _types_of(cls), "description": "Class in the JSON-LD graph."}
    if cls is Document:
        properties = {
            "@id": {"type": "string", "description": "Name in the JSON-LD graph, from the text."}
        } | properties
    for name, hint in fields.hints(cls).items():
        schema = _schema_of(hint) | _BOUNDS.get(f"{cls.__name__}.{name}", {})
        if cls is Extraction and name == "records":
            schema = {"type": "array", "items": {"$ref": "#/$defs/Record"}}
        properties[name] = schema | ({"description": told[name]} if name in told else {})
    return {
        "description": fields.summary(cls),
        "type": "object",
        "properties": properties,
        "required": [f.name for f in attrs.fields(cls) if f.init and f.default is attrs.NOTHING],
        "additionalProperties": False,
    }


def _types_of(cls: type) -> list[str]:
    if cls.__name__ in mapping.CLASSES and cls.__name__ != "Actor":
        return [cls.__name__]
    return [*mapping.ACTOR_TYPES.values(), "Actor"]


def _schema_of(hint: Any) -> dict[str, Any]:
    """The schema of a field's type; ``None`` is ``null``, a tuple an array."""
    if hint is Any:
        return {}
    if isinstance(hint, type) and attrs.has(hint):
        return {"$ref": f"#/$defs/{hint.__name__}"}
    simple = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
    if hint in simple:
        return {"type": simple[hint]}
    if fields.is_union(hint):
        return {"anyOf": [_schema_of(member) for member in fields.alternatives(hint)]}
    if fields.choices(hint):
        return {"enum": list(fields.choices(hint))}
    items = hint.__args__
    if len(items) == 2 and items[1] is ...:
        return {"type": "array", "items": _schema_of(items[0])}
    return {
        "type": "array",
        "prefixItems": [_schema_of(i) for i in items],
        "minItems": len(items),
        "maxItems": len(items),
    }


@hookimpl
def diploparse_exporters() -> list[Exporter]:
    return [
        Exporter(
            name="json",
            write=write_json,
            suffix=".json",
            description="one JSON document with the text, which is JSON-LD as well; read back with diploparse.load",
        ),
        Exporter(
            name="jsonl",
            write=write_jsonl,
            suffix=".jsonl",
            description="one JSON object a line, an extraction each; read back with diploparse.load",
        ),
    ]
