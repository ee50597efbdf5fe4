"""Readers: to be written."""

from __future__ import annotations

from .hookspecs import Reader, hookimpl


@hookimpl
def diploparse_readers() -> list[Reader]:
    return []
