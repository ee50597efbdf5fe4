"""Crawls as Common Crawl writes them, by fastwarc: a record a gzip member, the requests between the answers left out."""

import gzip
import io
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

HTML = "text/html; charset=utf-8"


def answer(
    url: str, body: bytes, status: str = "200 OK", kind: str = HTML, encoding: str = ""
) -> tuple[str, bytes]:
    """An address and what a server sent for it."""
    packed = f"Content-Encoding: {encoding}\r\n" if encoding else ""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{packed}\r\n"
    return url, head.encode() + body


def write_crawl(path: Path, answers: Iterable[tuple[str, bytes]]) -> None:
    """Write a WARC file, each record packed by itself."""
    from fastwarc.warc import WarcRecord, WarcRecordType

    with path.open("wb") as stream:

        def write(kind: WarcRecordType, number: int, content: bytes, url: str = "") -> None:
            record, plain = WarcRecord(), io.BytesIO()
            record.init_headers(kind, UUID(int=number).urn.removeprefix("urn:").encode())
            record.headers["WARC-Date"] = "2024-05-14T09:00:00Z"
            record.headers["Content-Type"] = (
                "application/http; msgtype=response" if url else "application/warc-fields"
            )
            if url:
                record.headers["WARC-Target-URI"] = url
            record.set_bytes_content(content)
            record.write(plain)
            stream.write(gzip.compress(plain.getvalue(), 6, mtime=0))

        write(WarcRecordType.warcinfo, 0, b"software: diploparse tests\r\n")
        for number, (url, content) in enumerate(answers, start=1):
            write(WarcRecordType.response, number, content, url)
