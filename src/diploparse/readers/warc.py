"""
WARC files of news crawls, such as Common Crawl's CC-NEWS: a document a page.

fastwarc reads the records, resiliparse gives the text that the gate looks at, and trafilatura the article of
what passes (``diploparse[warc]``).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from ..errors import InputError
from ..records import Metadata, RawDocument
from . import gate as gates
from .html import PAGE_BYTES, article
from .opening import OnError, Part, Source, document_of, name_of, opened, raise_it


def is_installed() -> bool:
    """Whether WARC files can be read here."""
    return all(map(find_spec, ("fastwarc", "resiliparse", "trafilatura")))


def read_warc(source: Source, *, gate: bool = True, on_error: OnError = raise_it) -> Iterator[RawDocument]:
    """
    Yield the articles of a WARC file.

    Args:
        source: A path or a binary stream, packed with gzip or not.

        gate: Whether to leave out pages that hold no word of our trade, before their articles are looked for.

        on_error: Gets the error of a page that could not be read; pages without an article are none.

    Yields:
        A document for each answer 200 with a web page in it, as `read_html` gives it; ``id`` is the
        record's, ``url`` its target.

    Raises:
        InputError: The file is missing, unreadable, no WARC file or breaks off, or a library is not installed.
    """
    for part in warc_parts(source, gate=gate, on_error=on_error):
        document = document_of(part, name_of(source), on_error)
        if document is not None:
            yield document


def warc_parts(source: Source, *, gate: bool = True, on_error: OnError = raise_it) -> Iterator[Part]:
    """As `read_warc`, but yield a function for each response that makes its document."""
    name = name_of(source)
    if not is_installed():
        raise InputError(
            path=name, problem="it is a WARC file, and fastwarc, resiliparse and trafilatura are not all installed",
            advice="pip install 'diploparse[warc]'",
        )  # fmt: skip
    warc = import_module("fastwarc.warc")
    last, records = 0, 0
    with opened(source, unpack=False) as stream:
        try:
            for record in warc.ArchiveIterator(
                stream, record_types=warc.WarcRecordType.response, parse_http=False, quirks_mode=True
            ):
                last, records = record.stream_pos, records + 1
                declared = record.headers.get("Content-Length")
                record.freeze()
                if declared is None or record.content_length < int(declared):
                    raise _broken(name, last)
                yield _part(record, name, gate)
        except (ValueError, RuntimeError) as error:
            raise InputError(
                path=name, problem=f"it is no WARC file from byte {last} on", advice=str(error)
            ) from error
    if isinstance(source, Path):
        _check_tail(source, last)
        if not records and not _is_warc(source):
            raise InputError(path=name, problem="it is no WARC file", advice="fetch it again")


def _part(record: Any, name: str, gate: bool) -> Part:
    def make() -> RawDocument | None:
        record.parse_http(auto_decode="all")
        http = record.http_headers
        kind = (record.http_content_type or "").lower()
        if http is None or http.status_code != 200 or kind not in ("text/html", "application/xhtml+xml"):
            return None
        page = record.reader.read(PAGE_BYTES + 1)
        if len(page) > PAGE_BYTES or (gate and not gates.may_pass(page)):
            return None
        charset = record.http_charset
        if gate and not gates.passes(_text(page, charset)):
            return None
        url = record.headers.get("WARC-Target-URI")
        metadata = Metadata(id=record.record_id.strip("<>"), url=url.strip("<>") if url else None)
        try:
            return article(page, f"{name}: {url}", metadata, _known(charset))
        except InputError:
            return None  # a list, a film, a page of forms: of no interest

    return make


def _text(page: bytes, charset: str | None) -> str:
    decoding = import_module("resiliparse.parse.encoding")
    text = decoding.bytes_to_str(page, _known(charset))
    found: str = import_module("resiliparse.extract.html2text").extract_plain_text(
        text, main_content=True, preserve_formatting=False
    )
    return found


@lru_cache(maxsize=256)
def _known(charset: str | None) -> str:
    """A server's word for an encoding, if Python knows it."""
    import codecs

    try:
        return codecs.lookup(charset or "utf-8").name
    except LookupError:
        return "utf-8"


def _broken(name: str, at: int) -> InputError:
    return InputError(
        path=name,
        problem=f"it breaks off in the record at byte {at}",
        advice="fetch it again; what came before is read",
    )


def _check_tail(path: Path, start: int) -> None:
    """
    Refuse a file whose end is missing: fastwarc takes that for its end.

    Args:
        path: A file of gzip members, or of records as they are.

        start: Where its last response begins.

    Raises:
        InputError: It breaks off in that record or in one after it.
    """
    with path.open("rb") as stream:
        stream.seek(start)
        packed = stream.read(2) == b"\x1f\x8b"
        stream.seek(start)
        broken = _broken_member(stream, start) if packed else _broken_record(stream, start)
    if broken is not None:
        raise _broken(path.as_posix(), broken)


def _broken_member(stream: IO[bytes], at: int) -> int | None:
    """Where the gzip member begins that is not whole, from here on."""
    unpack, whole = zlib.decompressobj(31), True
    while data := stream.read(1 << 20):
        while data:
            whole = False
            try:
                unpack.decompress(data)
            except zlib.error:
                return at
            if not unpack.eof:
                break
            data, whole = unpack.unused_data, True
            at, unpack = stream.tell() - len(data), zlib.decompressobj(31)
    return None if whole else at


def _broken_record(stream: IO[bytes], at: int) -> int | None:
    """Where the record begins that is not whole, from here on."""
    size = stream.seek(0, 2)
    while at < size:
        stream.seek(at)
        head, end, _ = stream.read(1 << 16).partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        after = at + len(head) + 4 + (int(length[1]) if length else 0)
        if not end or length is None or after > size:
            return at
        at = after + 4  # two line ends part records, and are no loss at the end
    return None


_LENGTH = re.compile(rb"^content-length: *(\d+)", re.IGNORECASE | re.MULTILINE)


def _is_warc(path: Path) -> bool:
    """Whether an empty or foreign file at least begins as a WARC file does."""
    import gzip

    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            return looks_like_warc(stream.read(16))
    except (OSError, EOFError, zlib.error):
        return False


def looks_like_warc(head: bytes) -> bool:
    """A record's first line."""
    return head.startswith(b"WARC/")
