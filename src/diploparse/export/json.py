"""json: to be written."""

from __future__ import annotations

from ..hookspecs import Exporter, hookimpl


@hookimpl
def diploparse_exporters() -> list[Exporter]:
    return []
