"""Laws of readers."""

from __future__ import annotations

import io
import re
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import attrs

from ..errors import InputError
from ..hookspecs import Reader
from ..records import Metadata, RawDocument
from .subjects import (
    Draw,
    NotApplicable,
    Subject,
    break_law,
    hypothesis_strategies,
    odd_texts,
)


def _bytes_of(subject: Subject, draw: Draw) -> bytes:
    st = hypothesis_strategies()
    if subject.files and draw(st.booleans()):
        data: bytes = draw(st.sampled_from(subject.files))
        cut, change = draw(st.integers(0, len(data))), draw(st.binary(max_size=6))
        changed = (data, data[:cut], data[:cut] + change + data[cut:], data + data)
        return changed[draw(st.integers(0, 3))]
    texts = odd_texts().map(lambda text: text.encode("utf-8", "surrogatepass"))
    return bytes(draw(st.one_of(st.binary(max_size=120), texts)))


def _documents(reader: Reader, data: bytes, *, path: bool) -> list[RawDocument] | str:
    """What a reader yields, or its `InputError`'s problem."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / f"in{reader.suffixes[0] if reader.suffixes else '.txt'}"
        place.write_bytes(data)
        try:
            return list(reader.read(place if path else io.BytesIO(data)))
        except InputError as error:
            return f"{error.problem}|{error.advice}"


def read_total(subject: Subject, draw: Draw) -> None:
    data = _bytes_of(subject, draw)
    for reader in subject.items[Reader]:
        subject.count("read_total")
        try:
            found = _documents(reader, data, path=draw(hypothesis_strategies().booleans()))
        except Exception as error:
            break_law(
                subject,
                "read_total",
                reader=reader.name,
                bytes=repr(data),
                error=f"{type(error).__name__}: {error}",
            )
            return
        if isinstance(found, str) and not found.split("|")[0]:
            break_law(
                subject,
                "read_total",
                reader=reader.name,
                bytes=repr(data),
                error="an InputError that says no problem",
            )


def read_valid(subject: Subject, draw: Draw) -> None:
    data = _bytes_of(subject, draw)
    for reader in subject.items[Reader]:
        subject.count("read_valid")
        try:
            found = _documents(reader, data, path=False)
        except Exception:
            continue  # `read_total` tells of it
        for document in found if isinstance(found, list) else ():
            wrong = _fault_of(document)
            if wrong:
                break_law(subject, "read_valid", reader=reader.name, bytes=repr(data), fault=wrong)


def _fault_of(document: Any) -> str:
    if not isinstance(document, RawDocument):
        return f"a {type(document).__name__} where a RawDocument is due"
    if not isinstance(document.text, str):
        return f"a text that is a {type(document.text).__name__}: decode it"
    for name in (f.name for f in attrs.fields(Metadata)):
        value = getattr(document.metadata, name)
        if value is not None and not isinstance(value, str):
            return f"Metadata.{name} is a {type(value).__name__}"
    published = document.metadata.published
    if published is not None:
        try:
            date.fromisoformat(published)
        except ValueError:
            return f"Metadata.published is {published!r}, no ISO 8601 date"
    return ""


def path_is_stream(subject: Subject, draw: Draw) -> None:
    data = _bytes_of(subject, draw)
    for reader in subject.items[Reader]:
        if any(s.endswith(".gz") for s in reader.suffixes[:1]):
            continue
        subject.count("path_is_stream")
        try:
            a, b = (_documents(reader, data, path=path) for path in (True, False))
        except Exception:
            continue  # `read_total` tells of it
        texts = [[d.text for d in found] if isinstance(found, list) else found for found in (a, b)]
        if texts[0] != texts[1]:
            break_law(
                subject, "path_is_stream", reader=reader.name, bytes=repr(data),
                difference=f"- {texts[0]!r}\n+ {texts[1]!r}",
            )  # fmt: skip


def sniffing(subject: Subject, draw: Draw) -> None:
    data = _bytes_of(subject, draw)[:4096]
    for reader in subject.items[Reader]:
        if reader.sniff is None:
            continue
        subject.count("sniffing")
        try:
            answer = reader.sniff(data)
        except Exception as error:
            break_law(
                subject,
                "sniffing",
                reader=reader.name,
                bytes=repr(data),
                error=f"{type(error).__name__}: {error}",
            )
            return
        if answer and data.strip() and re.fullmatch(rb"[A-Za-z ,.]+", data):
            break_law(
                subject,
                "sniffing",
                reader=reader.name,
                bytes=repr(data),
                error="plain prose is taken for its format",
            )


def samples_are_read(subject: Subject, draw: Draw) -> None:
    if not subject.files:
        raise NotApplicable("give some files as bytes: examples=[path.read_bytes()]")
    for data in subject.files:
        for reader in subject.items[Reader]:
            subject.count("samples_are_read")
            found = _documents(reader, data, path=False)
            if isinstance(found, str) or not found:
                break_law(
                    subject, "samples_are_read", reader=reader.name, bytes=repr(data[:300]), found=str(found)
                )
