"""What the exporters know of a record class: its fields in order, their types and their docstrings."""

from __future__ import annotations

import ast
import inspect
import re
import sys
import types
import typing
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

import attrs


@lru_cache(maxsize=256)
def hints(cls: type) -> Mapping[str, Any]:
    """
    The types of a record's fields, by name, in field order.

    Raises:
        NameError: An annotation names something that its module does not have.
    """
    # Its own name is not in its module yet while a decorator looks at it.
    resolved = typing.get_type_hints(cls, localns={cls.__name__: cls})
    return {f.name: resolved.get(f.name, Any) for f in attrs.fields(cls) if f.init}


def descriptions(cls: type) -> Mapping[str, str]:
    """The docstrings below a record's fields, by name; empty where the source is not at hand."""
    return _descriptions(cls.__module__).get(cls.__qualname__, {})


@lru_cache(maxsize=64)
def _descriptions(module: str) -> Mapping[str, Mapping[str, str]]:
    """Those of all classes of a module: reading its source once, and only when they are asked for."""
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (OSError, TypeError, KeyError, SyntaxError):
        return {}
    return dict(_classes(tree.body, ""))


def _classes(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield prefix + node.name, dict(_documented(node.body))
            yield from _classes(node.body, f"{prefix}{node.name}.")


def _documented(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for node, following in pairwise(body):
        if (
            isinstance(node, ast.AnnAssign)
            and isinstance(node.target, ast.Name)
            and isinstance(following, ast.Expr)
            and isinstance(following.value, ast.Constant)
            and isinstance(following.value.value, str)
        ):
            yield node.target.id, plain(following.value.value)


def plain(docstring: str) -> str:
    """A docstring on one line, without the marks of reStructuredText."""
    return re.sub(r"`+", "", " ".join(docstring.split()))


def summary(cls: type) -> str:
    """The first paragraph of a class's docstring, on one line."""
    return plain((cls.__doc__ or "").strip().split("\n\n")[0])


def classes_in(cls: type) -> list[type]:
    """A record class and all that its fields hold, at any depth, each once, the outer first."""
    found: dict[type, None] = {}

    def visit(hint: Any) -> None:
        if isinstance(hint, type) and attrs.has(hint):
            if hint not in found:
                found[hint] = None
                for inner in hints(hint).values():
                    visit(inner)
            return
        for inner in typing.get_args(hint):
            visit(inner)

    visit(cls)
    return list(found)


def inner_class(hint: Any) -> type | None:
    """The record class that a type holds: ``Place`` of ``Place | None`` or ``tuple[Place, ...]``."""
    if isinstance(hint, type) and attrs.has(hint):
        return hint
    return next((c for h in typing.get_args(hint) if (c := inner_class(h)) is not None), None)


def choices(hint: Any) -> tuple[str, ...]:
    """The values of a ``Literal``, also one that may be ``None``; empty for another type."""
    if typing.get_origin(hint) is Literal:
        return tuple(v for v in typing.get_args(hint) if isinstance(v, str))
    if is_union(hint):
        return next((c for h in typing.get_args(hint) if (c := choices(h))), ())
    return ()


def is_union(hint: Any) -> bool:
    """Whether a type is written ``A | B`` or ``Optional[A]``."""
    return typing.get_origin(hint) in (typing.Union, types.UnionType)


def alternatives(hint: Any) -> Iterator[Any]:
    """The members of a union, ``NoneType`` last; of another type itself."""
    if not is_union(hint):
        yield hint
        return
    members = typing.get_args(hint)
    yield from (m for m in members if m is not types.NoneType)
    if types.NoneType in members:
        yield types.NoneType
