"""
The built-in exporters: one format a module, each a plugin that ends in its hookimpl.

`write` here finds an exporter by name and gives it a path or a stream to write to.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ..errors import UsageError
from ..hookspecs import Exporter
from ..records import Extraction

if TYPE_CHECKING:
    from ..plugins import Plugins


def write(
    extractions: Extraction | Iterable[Extraction],
    to: str | Exporter,
    out: Path | str | IO[str] | IO[bytes],
    **options: Any,
) -> None:
    """
    Write extractions in one format.

    A file takes its name when it is whole: an export that stops half-way leaves what was there.

    Args:
        extractions: One, or any number of them, consumed one by one.

        to: Name of an exporter of the built-ins or of an installed plugin ("json", "ttl"), or
            the exporter itself (``parser.plugins.exporter(name)``).

        out: A path (of a folder for "csv"), or a stream.  Text is written as UTF-8, lines end in
            "\\n" on every system.

        **options: As the exporter's ``write`` names them.

    Raises:
        UnknownFormat: No exporter has that name.

        UsageError: The exporter has no such option, or cannot write to such an ``out``.

        OSError: The path cannot be written.
    """
    exporter = _plugins().exporter(to) if isinstance(to, str) else to
    check_options(exporter, options)
    if isinstance(extractions, Extraction):
        extractions = (extractions,)
    with opened(exporter, out) as target:
        exporter.write(extractions, target, **options)


@lru_cache(maxsize=1)
def _plugins() -> Plugins:
    from ..plugins import Plugins

    return Plugins()


def options_of(exporter: Exporter) -> tuple[str, ...]:
    """The names of an exporter's options."""
    return tuple(
        p.name for p in inspect.signature(exporter.write).parameters.values() if p.kind is p.KEYWORD_ONLY
    )


def check_options(exporter: Exporter, options: Iterable[str]) -> None:
    """
    Refuse an option that the exporter does not name.

    Raises:
        UsageError: There is one; the error lists those there are.
    """
    known = options_of(exporter)
    unknown = [name for name in options if name not in known]
    if unknown:
        advice = f"it takes {', '.join(known)}" if known else "it takes none"
        raise UsageError(message=f"format {exporter.name!r} has no option {unknown[0]!r}: {advice}")


@contextlib.contextmanager
def opened(exporter: Exporter, out: Path | str | IO[str] | IO[bytes]) -> Iterator[Any]:
    """
    What an exporter writes to: a folder's path, or a stream that becomes the file when it is whole.

    Raises:
        UsageError: A folder format and a stream, or a binary format and a text stream.
    """
    if isinstance(out, (str, Path)):
        path = Path(out)
        if exporter.target == "folder":
            yield path
            return
        with _file(path, binary=exporter.target == "binary") as stream:
            yield stream
        return
    if exporter.target == "folder":
        raise UsageError(message=f"format {exporter.name!r} writes a folder: give its path")
    takes_text = _takes_text(out)
    if exporter.target == "binary" and takes_text:
        raise UsageError(message=f"format {exporter.name!r} writes bytes: give a binary stream or a path")
    if exporter.target == "binary" or takes_text:
        yield out
        return
    wrapped = io.TextIOWrapper(out, encoding="utf-8", newline="")  # type: ignore[type-var]
    try:
        yield wrapped
    finally:
        # The caller's stream stays open.
        wrapped.detach()


def _takes_text(stream: Any) -> bool:
    if isinstance(stream, io.TextIOBase):
        return True
    if isinstance(stream, (io.RawIOBase, io.BufferedIOBase)):
        return False
    return "b" not in str(getattr(stream, "mode", ""))


@contextlib.contextmanager
def _file(path: Path, *, binary: bool) -> Iterator[Any]:
    text: dict[str, Any] = {} if binary else {"encoding": "utf-8", "newline": ""}
    # A link's target is what is replaced; a device or pipe cannot be.
    path = Path(os.path.realpath(path))
    if path.is_dir():
        raise UsageError(message=f"{path} is a folder: name a file in it")
    if path.exists() and not path.is_file():
        with open(path, "wb" if binary else "w", **text) as stream:
            yield stream
        return
    hidden = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(hidden, "xb" if binary else "x", **text) as stream:
            yield stream
        os.replace(hidden, path)
    except BaseException:
        with contextlib.suppress(OSError):
            hidden.unlink()
        raise
