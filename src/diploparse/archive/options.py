"""What decides which records come out of an archive: an equal fingerprint means equal records."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ..errors import UsageError

if TYPE_CHECKING:
    from ..hookspecs import Exporter
    from ..parser import Parser

MAX_CHARACTERS = 1_000_000
"""Of a text; as ``diploparse parse`` has it."""


@attrs.frozen(kw_only=True, slots=False)
class RunOptions:
    """How to read and parse, and what to write; can be written as JSON and pickled."""

    plugins: tuple[str, ...] = ()
    """Dotted module names of plugins beside the built-ins and the installed."""

    entry_points: bool = True
    """Whether installed plugins are used."""

    enable: tuple[str, ...] = ()
    """Names of plugins or extractors that are off by default."""

    disable: tuple[str, ...] = ()
    """Names of plugins or extractors not to use."""

    lexicons: tuple[str, ...] = ()
    """Lexicon files, or folders of them."""

    reader: str | None = None
    """For all files; by suffix and content if ``None``."""

    encoding: str = "utf-8"
    """Of the files."""

    fields: tuple[tuple[str, str], ...] = ()
    """Our names of what records tell, and the files'. Example: (("text", "body"),)."""

    gate: bool = True
    """Whether crawls are read through the gate of cue words."""

    published: str | None = None
    """Day of publication of documents that do not tell theirs."""

    language: str | None = None
    """Of documents that do not tell theirs."""

    max_characters: int = MAX_CHARACTERS
    """Of a text; 0 for any number."""

    time_limit: float = 60.0
    """Seconds a document may take; 0 for any number."""

    to: str = "jsonl"
    """The format."""

    format_options: tuple[tuple[str, Any], ...] = ()
    """The format's options."""

    def parser(self) -> Parser:
        """
        A parser as these options describe it.

        Raises:
            LexiconError: A lexicon file with faults.
        """
        from ..hookspecs import Lexicon
        from ..parser import Parser

        return Parser(
            self.plugins, entry_points=self.entry_points, enable=self.enable, disable=self.disable,
            lexicons=[Lexicon(name=f"file{n}", path=Path(p)) for n, p in enumerate(self.lexicons, start=1)],
        )  # fmt: skip

    def exporter(self, parser: Parser) -> Exporter:
        """
        The exporter of the format.

        Raises:
            UnknownFormat: There is none of that name.

            UsageError: It has no such options.
        """
        from ..export import check_options

        exporter = parser.plugins.exporter(self.to)
        check_options(exporter, dict(self.format_options))
        return exporter

    def to_json(self) -> str:
        """As JSON, the same for equal options."""
        return json.dumps(attrs.asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> RunOptions:
        """Options that `to_json` wrote."""
        told: dict[str, Any] = json.loads(text)
        for name in ("fields", "format_options"):
            told[name] = tuple(tuple(pair) for pair in told[name])
        values: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in told.items()}
        return cls(**values)

    @cached_property
    def lexicon_digest(self) -> str:
        """Of the content of the lexicon files."""
        digest = hashlib.sha256()
        for name in self.lexicons:
            path = Path(name)
            for file in sorted(path.glob("*.tsv")) if path.is_dir() else [path]:
                try:
                    digest.update(file.read_bytes())
                except OSError as error:
                    raise UsageError(message=f"{file}: {error.strerror or error}: check the path") from error
        return digest.hexdigest() if self.lexicons else ""


LIBRARIES = ("fastwarc", "pyarrow", "resiliparse", "trafilatura")
"""Libraries that decide what text a reader yields."""


def identity(options: RunOptions, parser: Parser) -> dict[str, Any]:
    """
    All that the records depend on beside the input, for the manifest.

    Returns:
        The versions of diploparse, of the JSON schema, of plugins and of readers' libraries, the plugins
        with their status, and the options.
    """
    from .. import __version__
    from ..export.json import SCHEMA_VERSION

    return {
        "diploparse": __version__,
        "schema_version": SCHEMA_VERSION,
        "readers": _versions(),
        "plugins": [
            {"name": i.name, "origin": i.origin, "distribution": i.distribution, "version": i.version, "status": i.status}
            for i in parser.plugins.infos
        ],
        "options": json.loads(options.to_json()),
        "lexicons_sha256": options.lexicon_digest,
    }  # fmt: skip


def fingerprint(identity: Mapping[str, Any]) -> str:
    """The sha256 of an identity."""
    return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()


def surroundings() -> dict[str, str]:
    """What the records do not depend on, but people ask for."""
    return {"python": platform.python_version(), "system": platform.platform(), "machine": platform.machine()}


def _versions() -> dict[str, str]:
    from importlib.metadata import PackageNotFoundError, version

    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
