"""
The kit for plugin authors; it needs ``pip install "diploparse[testing]"``.

    from diploparse.testing import conformance

    TestConformance = conformance("my_plugin", examples=["A text that my rule reads."])

- `conformance` gives a test module every law that applies to a plugin (docs/reference/laws.md);
  ``diploparse check PLUGIN`` runs the same laws without a test suite;
- ``diploparse.testing.strategies``: Hypothesis strategies for all records, registered, so that
  ``st.from_type(Meeting)`` works without an import;
- ``diploparse.testing.grammar``: articles together with their exact records;
- ``diploparse.testing.broken``: plugins that each break one law;
- ``diploparse.testing.pytest_plugin``: the fixtures ``diploparse_parser``, ``make_document``
  and ``assert_records``, there for every test once diploparse is installed.

Nothing here is imported before it is asked for: pytest and Hypothesis load this package at their start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .conformance import conformance
    from .laws import LAWS, Law, LawBroken, Subject

__all__ = ["LAWS", "Law", "LawBroken", "Subject", "conformance"]

_HOMES = {"conformance": "conformance", "LAWS": "laws", "Law": "laws", "LawBroken": "laws", "Subject": "laws"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    # The module of this name would else hide its function once it is imported.
    globals()[name] = value
    return value
