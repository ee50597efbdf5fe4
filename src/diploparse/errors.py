"""
The errors, as a tree.

    DiploparseError
     ├── UsageError (ValueError)          a call or option that cannot be taken
     │    └── UnknownFormat (LookupError)     no exporter or reader of that name
     ├── InputError (ValueError)          a file that cannot be read as what it should be
     ├── LexiconError (ValueError)        a lexicon file with faults, all told together
     └── PluginError                      a plugin that fails, clashes or breaks the contract

    OutOfTime (BaseException)        raised inside a document that takes longer than it may; nobody should catch it

Odd news text is not an error: it yields fewer records.
"""

from __future__ import annotations

from typing import Any

import attrs


class DiploparseError(Exception):
    """Base of every error that diploparse raises on purpose."""


@attrs.define(auto_exc=True, kw_only=True, str=False)
class UsageError(DiploparseError, ValueError):
    """A call or an option that cannot be taken."""

    message: str
    """What is wrong, and what to do."""

    def __str__(self) -> str:
        return self.message


@attrs.define(auto_exc=True, kw_only=True, str=False)
class UnknownFormat(DiploparseError, LookupError):
    """No exporter (or reader) has that name."""

    name: str
    """What was asked for."""

    known: tuple[str, ...]
    """The names there are, sorted."""

    what: str = "export format"
    """What the name was taken for."""

    def __str__(self) -> str:
        return f"unknown {self.what} {self.name!r}: choose one of {', '.join(self.known)}"


@attrs.define(auto_exc=True, kw_only=True, str=False)
class InputError(DiploparseError, ValueError):
    """A file or stream that cannot be read as what it should be."""

    path: str
    """The file, or "-" for standard input."""

    problem: str
    """What is wrong with it."""

    advice: str = ""
    """What the reader of the message can do."""

    line: int | None = None
    """1-based line, if one is to blame."""

    def __str__(self) -> str:
        name = "standard input" if self.path == "-" else self.path
        place = f"{name}:{self.line}" if self.line else name
        return f"{place}: {self.problem}" + (f": {self.advice}" if self.advice else "")


@attrs.define(auto_exc=True, kw_only=True, str=False)
class LexiconError(DiploparseError, ValueError):
    """A lexicon file with faults."""

    path: str
    """The file."""

    faults: tuple[tuple[int, str], ...]
    """Each fault as its 1-based line and what is wrong there."""

    def __str__(self) -> str:
        lines = [f"{self.path}:{line}: {fault}" for line, fault in self.faults]
        return "\n".join([*lines, "see docs/reference/lexicons.md for the format"])


@attrs.define(auto_exc=True, kw_only=True, str=False)
class PluginError(DiploparseError):
    """A plugin that fails, clashes with another or breaks the contract."""

    plugin: str
    """Its name, with its distribution where one is known."""

    problem: str
    """What went wrong."""

    advice: str = ""
    """What to do about it."""

    stage: str | None = None
    """The hook or stage it was in, if one."""

    cause: BaseException | None = None
    """The exception behind it, if one."""

    def __str__(self) -> str:
        where = f" in {self.stage}" if self.stage else ""
        return f"plugin {self.plugin}{where}: {self.problem}" + (f": {self.advice}" if self.advice else "")


class OutOfTime(BaseException):
    """
    The document being read takes longer than it may.

    No `Exception`: a plugin that catches all of those must not go on for ever.
    """

    stage: str | None = None
    """Stage that was running, if one."""

    plugin: str | None = None
    """Plugin and extractor that were running, if any. Example: "english.meetings"."""


def describe(error: BaseException) -> str:
    """An exception as "Class: message" for a diagnostic, one line, at most 300 characters."""
    text: Any = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return " ".join(str(text).split())[:300]
