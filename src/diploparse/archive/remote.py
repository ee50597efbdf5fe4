"""Files that are not on this machine, by fsspec (``diploparse[remote]``)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import PurePosixPath
from typing import IO, Any

from ..errors import InputError, UsageError
from ..readers.opening import named, objection
from .shards import Input


def _fsspec(address: str) -> Any:
    try:
        return import_module("fsspec")
    except ImportError:
        raise UsageError(
            message=f"{address}: files elsewhere need fsspec, which is not installed: pip install 'diploparse[remote]'"
        ) from None


def _filesystem(address: str) -> tuple[Any, str]:
    try:
        filesystem, path = _fsspec(address).core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        # fsspec names the package that a protocol needs.
        raise UsageError(message=f"{address}: {error}") from error
    return filesystem, path


def remote_files(address: str, known: tuple[str, ...]) -> Iterator[tuple[str, Input]]:
    """
    The files at an address: one, those of a pattern with ``*``, or those in a folder that a reader knows.

    Yields:
        As `shards` has it: the path below what was named, "" for a file that was named itself.

    Raises:
        InputError: There is nothing, or the store objects.

        UsageError: fsspec or what it needs for this protocol is not installed.
    """
    filesystem, path = _filesystem(address)
    try:
        if "*" in path:
            found = filesystem.glob(path, detail=True)
            base = PurePosixPath(path.partition("*")[0] + "x").parent
        elif filesystem.isdir(path):
            found = {
                name: info
                for name, info in filesystem.find(path, detail=True).items()
                if name.lower().endswith(known) and not PurePosixPath(name).name.startswith(".")
            }
            base = PurePosixPath(path)
        else:
            info = filesystem.info(path)
            yield (
                "",
                Input(path=filesystem.unstrip_protocol(path), size=info.get("size") or 0, stamp=_stamp(info)),
            )
            return
    except OSError as error:
        problem, advice = objection(error)
        raise InputError(path=address, problem=problem, advice=advice) from error
    if not found:
        raise InputError(path=address, problem="nothing to read there", advice="check the address")
    for name, info in sorted(found.items()):
        if info.get("type") != "directory":
            told = Input(
                path=filesystem.unstrip_protocol(name), size=info.get("size") or 0, stamp=_stamp(info)
            )
            yield PurePosixPath(name).relative_to(base).as_posix(), told


def _stamp(info: dict[str, Any]) -> str:
    """What a store says of a file's version."""
    for key in ("ETag", "etag", "md5Hash", "LastModified", "last_modified", "mtime", "created"):
        if info.get(key):
            return str(info[key])
    return ""


@contextmanager
def remote_stream(address: str) -> Iterator[IO[bytes]]:
    """
    The bytes at an address, unpacked if its name ends in ".gz" and it is no WARC file.

    Raises:
        InputError: There is nothing, or the store objects.
    """
    filesystem, path = _filesystem(address)
    packed = path.lower().endswith(".gz") and not path.lower().endswith(".warc.gz")
    try:
        with filesystem.open(path, "rb") as stream:
            if packed:
                import gzip

                with gzip.open(stream) as unpacked:
                    yield named(unpacked, address)
            else:
                yield named(_Named(stream), address)
    except (OSError, EOFError) as error:
        problem, advice = objection(error)
        raise InputError(path=address, problem=problem, advice=advice) from error


class _Named:
    """A stream that can be given a name: those of some stores cannot."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)
