"""A shard, document by document, in the process that may die of it."""

from __future__ import annotations

import hashlib
import inspect
import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import IO, Any

import attrs

from ..errors import InputError, OutOfTime, describe
from ..export.json import write_jsonl
from ..hookspecs import Exporter, Reader
from ..limits import limited
from ..parser import Parser
from ..readers import SNIFFED, reader_for, too_long
from ..readers.opening import opened
from ..records import Extraction, RawDocument
from .options import RunOptions
from .shards import ADDRESS, Input, Shard
from .spool import Failure, Spool, finish


@attrs.frozen
class Item:
    """A document to be made, or a fault in its place."""

    input: str
    make: Callable[[], RawDocument | None] | None = None
    fault: InputError | None = None
    code: str = "not-read"

    @property
    def label(self) -> str:
        """What to call it before it is made."""
        return self.input


def items(shard: Shard, parser: Parser, options: RunOptions) -> Iterator[Item]:
    """The items of a shard, the same and in the same order each time."""
    for file in shard.inputs:
        yield from _items_of(file, parser, options)


def _items_of(file: Input, parser: Parser, options: RunOptions) -> Iterator[Item]:
    faults: list[InputError] = []
    begun = False
    try:
        for make in _parts(file, parser, options, faults.append):
            yield from (Item(file.path, fault=fault) for fault in faults)
            faults.clear()
            begun = True
            yield Item(file.path, make=make)
        end: Item | None = None
    except InputError as error:
        end = Item(file.path, fault=error, code="broken-off" if begun else "not-read")
    except Exception as error:  # a reader's fault costs its file
        fault = InputError(path=file.path, problem=f"its reader failed: {describe(error)}")
        end = Item(file.path, fault=fault, code="broken-off" if begun else "not-read")
    yield from (Item(file.path, fault=fault) for fault in faults)
    if end is not None:
        yield end


def _parts(
    file: Input, parser: Parser, options: RunOptions, on_error: Callable[[InputError], None]
) -> Iterator[Callable[[], RawDocument | None]]:
    remote = ADDRESS.match(file.path) is not None
    if remote:
        from .remote import remote_stream

        with remote_stream(file.path) as stream:
            head = _peek(stream)
        context: Any = remote_stream(file.path)
    else:
        with opened(Path(file.path)) as stream:
            head = stream.read(SNIFFED)
        context = nullcontext(Path(file.path))
    plugins = parser.plugins
    reader = plugins.reader(options.reader) if options.reader else reader_for(plugins, file.path, head)
    with context as source:
        if reader.parts is not None:
            yield from reader.parts(source, **_accepted(reader, options, on_error))
        else:
            for document in reader.read(source, **_accepted(reader, options, on_error)):
                yield partial(_itself, document)


def _peek(stream: IO[bytes]) -> bytes:
    return stream.read(SNIFFED)


def _itself(document: RawDocument) -> RawDocument:
    return document


def _accepted(reader: Reader, options: RunOptions, on_error: Callable[[InputError], None]) -> dict[str, Any]:
    given = {
        "encoding": options.encoding, "fields": dict(options.fields), "gate": options.gate,
        "max_characters": options.max_characters, "on_error": on_error,
    }  # fmt: skip
    known = inspect.signature(reader.parts or reader.read).parameters
    return {name: value for name, value in given.items() if name in known}


# -- one item ---------------------------------------------------------------------------------


@attrs.frozen
class Done:
    """What becomes of an item: what the spool notes, and the extraction's line."""

    told: dict[str, Any]
    line: bytes = b""
    extraction: Extraction | None = None


def do(item: Item, position: int, parser: Parser, options: RunOptions) -> Done:
    """Make and parse a document under the time limit; whatever happens is told, nothing is raised."""
    began, raw = perf_counter(), None
    fail = partial(Failure, input=item.input, position=position)
    try:
        if item.fault is not None:
            raise item.fault
        assert item.make is not None
        with limited(options.time_limit):
            raw = item.make()
            if raw is None:
                return Done({"seconds": _since(began)})
            if options.max_characters and len(raw.text) > options.max_characters:
                raise too_long(raw.metadata.id or item.input, options.max_characters)
            extraction = parser.parse(raw, metadata=_metadata(raw, options))
        line = _line(extraction)
    except OutOfTime as error:
        failure = fail(
            stage=error.stage or ("read" if raw is None else "parse"), plugin=error.plugin, code="out-of-time",
            message=f"it took longer than {options.time_limit:g} seconds", id=_id(raw),
        )  # fmt: skip
    except InputError as error:
        failure = fail(code=item.code, message=str(error), id=_id(raw))
    except Exception as error:
        stage = "read" if raw is None else "parse"
        failure = fail(stage=stage, code="document-failed", message=describe(error), id=_id(raw))
    else:
        return Done(_told(extraction, _since(began)), line, extraction)
    return Done(failed(failure, _since(began)))


def failed(failure: Failure, seconds: float = 0.0) -> dict[str, Any]:
    """What the spool notes of a failure."""
    return {"failure": attrs.asdict(failure), "seconds": seconds, "id": failure.id or failure.input}


def _metadata(raw: RawDocument, options: RunOptions) -> Any:
    told = raw.metadata
    if (options.published and not told.published) or (options.language and not told.language):
        return attrs.evolve(
            told, published=told.published or options.published, language=told.language or options.language
        )
    return told


def _id(raw: RawDocument | None) -> str | None:
    return raw.metadata.id if raw is not None else None


def _since(began: float) -> float:
    return round(perf_counter() - began, 4)


def _line(extraction: Extraction) -> bytes:
    out = io.StringIO()
    write_jsonl([extraction], out)
    # As the command line writes it: UTF-8 can carry all but what is no character.
    return out.getvalue().rstrip("\n").encode("utf-8", "backslashreplace")


def _told(extraction: Extraction, seconds: float) -> dict[str, Any]:
    records = {
        name: len(found)
        for name in ("actors", "meetings", "statements")
        if (found := getattr(extraction, name))
    }
    for record in extraction.records:
        kind = type(record).__name__
        records[kind] = records.get(kind, 0) + 1
    told: dict[str, Any] = {"id": extraction.document.id, "seconds": seconds, "records": records}
    notes = [
        f"{d.stage}: {d.plugin or d.code}"
        for d in extraction.diagnostics
        if d.severity == "error" and d.stage
    ]
    return told | ({"notes": notes} if notes else {})


# -- the shard ----------------------------------------------------------------------------------


class Teller:
    """Tells the guard what is going on; this one tells nobody."""

    def resumed(self, number: int) -> None:
        """So many items were done before."""

    def start(self, number: int, label: str) -> None:
        """An item is begun."""

    def made(self, number: int, records: int, failed: bool) -> None:
        """An item is done."""

    def closing(self) -> None:
        """All items are done, the records take their name."""


def key_of(shard: Shard, fingerprint: str) -> str:
    """What a spool or a report belongs to: these inputs as they are, and these options."""
    told = json.dumps([shard.to_builtins(), fingerprint]).encode()
    return hashlib.sha256(told).hexdigest()


def work(
    shard: Shard,
    out: Path,
    key: str,
    parser: Parser,
    exporter: Exporter,
    options: RunOptions,
    *,
    poisoned: Mapping[int, str] | None = None,
    end: tuple[int, str] | None = None,
    teller: Teller | None = None,
) -> dict[str, Any]:
    """
    Do what is left of a shard.

    Args:
        shard: Its inputs.

        out: The output folder.

        key: As `key_of` gives it; a spool with another one is begun anew.

        parser: As the options describe it.

        exporter: Of the format.

        options: How to read and parse.

        poisoned: Items by their index that killed a worker, and how; they are not touched again.

        end: The index of the item that could not even be reached, and why; reading stops there.

        teller: Hears of each item.

    Returns:
        The shard's report.

    Raises:
        OutputLost: The output folder cannot be written.
    """
    teller, poisoned = teller or Teller(), poisoned or {}
    spool = Spool(out, shard.name, key)
    spool.open()
    teller.resumed(spool.lines)
    try:
        if end is None or spool.lines < end[0]:
            _read(shard, spool, parser, options, poisoned, end, teller)
        if end is not None and spool.lines == end[0]:
            failure = Failure(
                input=shard.name, position=end[0] + 1, code="worker-died", message=end[1], stage="worker"
            )
            spool.add(failed(failure))
        teller.closing()
        return finish(spool, out, shard.name, exporter, dict(options.format_options))
    finally:
        spool.close()


def _read(
    shard: Shard, spool: Spool, parser: Parser, options: RunOptions, poisoned: Mapping[int, str],
    end: tuple[int, str] | None, teller: Teller,
) -> None:  # fmt: skip
    for number, item in enumerate(items(shard, parser, options)):
        if number < spool.lines:
            continue
        if number in poisoned:
            failure = Failure(
                input=item.input, position=number + 1, id=_known_id(item), stage="worker", code="worker-died",
                message=poisoned[number],
            )  # fmt: skip
            spool.add(failed(failure))
            teller.made(number, 0, True)
        else:
            teller.start(number, item.input)
            done = do(item, number + 1, parser, options)
            spool.add(done.told, done.line)
            teller.made(number, sum(done.told.get("records", {}).values()), "failure" in done.told)
        if end is not None and number + 1 >= end[0]:
            return


def _known_id(item: Item) -> str | None:
    """The id of a document that is not to be touched, if it costs nothing to know."""
    if isinstance(item.make, partial):
        [document] = item.make.args
        return _id(document)
    return None
