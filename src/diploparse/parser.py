"""The way of the data: one table of stages, one loop."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from time import perf_counter
from typing import Any, Literal

import attrs

from .errors import OutOfTime, PluginError, UsageError, describe
from .hookspecs import Extractor
from .lexicon import LexiconUnion, union_of
from .limits import check_limit, limited
from .plugins import Plugins, Registered
from .records import (
    Actor,
    Actors,
    Clause,
    Diagnostic,
    Document,
    Extraction,
    Meeting,
    Mention,
    Metadata,
    Paragraph,
    RawDocument,
    Span,
    Statement,
    record_id,
)


@attrs.frozen(kw_only=True)
class Stage:
    """A step of the parse."""

    name: str
    """As `Extractor.stage` names it."""

    filled_by: Literal["one", "all"]
    """One extractor (the highest priority, the next if it fails), or all of them together."""

    record: type
    """What its extractors yield."""

    asks: tuple[str, ...]
    """The arguments that an extractor's ``find`` may name."""


STAGES = (
    Stage(name="segment", filled_by="one", record=Document, asks=("text", "metadata", "lexicon")),
    Stage(name="mentions", filled_by="all", record=Mention, asks=("document", "lexicon")),
    Stage(name="clauses", filled_by="one", record=Clause, asks=("document", "mentions", "lexicon")),
    Stage(name="actors", filled_by="one", record=Actor,
          asks=("document", "mentions", "clauses", "lexicon")),
    Stage(name="meetings", filled_by="all", record=Meeting,
          asks=("document", "mentions", "clauses", "actors", "lexicon")),
    Stage(name="occasions", filled_by="one", record=Meeting, asks=("document", "actors", "meetings")),
    Stage(name="statements", filled_by="all", record=Statement,
          asks=("document", "mentions", "clauses", "actors", "meetings", "lexicon")),
    Stage(name="records", filled_by="all", record=object,
          asks=("document", "mentions", "clauses", "actors", "meetings", "statements", "lexicon")),
)  # fmt: skip
"""In order. Each fills the argument of its own name for those after it; occasions replaces meetings."""

_STAGES = {stage.name: stage for stage in STAGES}


def check_extractor(plugin: str, extractor: Extractor) -> None:
    """
    Refuse an extractor that no stage could run.

    Raises:
        PluginError: Its stage is unknown, or ``find`` names an argument that the stage does not have.
    """
    stage = _STAGES.get(extractor.stage)
    label = f"{plugin}.{extractor.name}"
    if stage is None:
        raise PluginError(
            plugin=label,
            problem=f"the stage {extractor.stage!r}",
            advice=f"choose one of {', '.join(_STAGES)}",
        )
    unknown = [name for name in _arguments(extractor.find) if name not in stage.asks]
    if unknown:
        raise PluginError(
            plugin=label, stage=stage.name, problem=f"find asks for {', '.join(map(repr, unknown))}",
            advice=f"an extractor of this stage may ask for {', '.join(stage.asks)}",
        )  # fmt: skip


@attrs.frozen(kw_only=True)
class Trace:
    """What the stages handed on for one document, for those who ask why a record is there or is not."""

    mentions: tuple[Mention, ...]
    """Those that were kept, by start."""

    clauses: tuple[Clause, ...]
    """By start, a parent before what it holds."""

    tellings: tuple[Meeting, ...]
    """The meetings as first told, before tellings of one occasion were merged."""

    extraction: Extraction
    """What `Parser.parse` gives for the same text."""


@lru_cache(maxsize=256)
def _arguments(find: Callable[..., Any]) -> tuple[str, ...]:
    """The parameters of ``find`` that have no default."""
    return tuple(
        p.name
        for p in inspect.signature(find).parameters.values()
        if p.default is p.empty and p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)
    )


class Parser:
    """
    Reads documents with a fixed set of plugins.

    Args:
        plugins: Modules, objects or dotted module names, beside the built-ins.

        entry_points: Whether installed distributions are asked as well.

        enable: Names of plugins, or of extractors ("plugin.extractor"), that are off by default.

        disable: Names of plugins or extractors not to use; they are not even imported.

        strict: Raise `PluginError` where a diagnostic would be noted.

        lexicons: `Lexicon` descriptors beside the plugins' own.

    Raises:
        PluginError: With ``strict``, a plugin that fails to import or register.

        LexiconError: A lexicon file with faults.
    """

    def __init__(
        self,
        plugins: Iterable[Any] = (),
        *,
        entry_points: bool = True,
        enable: Iterable[str] = (),
        disable: Iterable[str] = (),
        strict: bool = False,
        lexicons: Iterable[Any] = (),
    ) -> None:
        self.plugins = Plugins(
            plugins, entry_points=entry_points, enable=enable, disable=disable, strict=strict
        )
        self.lexicon: LexiconUnion = union_of((*self.plugins.lexicons(), *lexicons))
        self.strict = strict
        self.timings: dict[tuple[str, str], float] = {}
        """Seconds spent so far, by stage and extractor."""

    def parse(
        self,
        text: str | RawDocument,
        *,
        published: str | None = None,
        url: str | None = None,
        metadata: Metadata | None = None,
    ) -> Extraction:
        """
        Read one document.

        Args:
            text: The text, or a reader's `RawDocument`.

            published: Its day of publication, an ISO 8601 date, if known.

            url: Where it was published, if known.

            metadata: All that is known of it; ``published`` and ``url`` win over it.

        Returns:
            Its records; empty ones for odd text, never an exception because of the text.

        Raises:
            UsageError: ``text`` is not a string, or ``published`` is not an ISO date.

            PluginError: Only with ``strict``.
        """
        return self._run(text, published, url, metadata).extraction()

    def trace(
        self,
        text: str | RawDocument,
        *,
        published: str | None = None,
        url: str | None = None,
        metadata: Metadata | None = None,
    ) -> Trace:
        """
        Read one document and show what the stages handed on.

        Args:
            text: As for `parse`, and so the others.

            published: Its day of publication.

            url: Where it was published.

            metadata: All that is known of it.

        Returns:
            The extraction that `parse` gives, and what it was made from.

        Raises:
            UsageError: As `parse`.

            PluginError: Only with ``strict``.
        """
        run = self._run(text, published, url, metadata)
        extraction = run.extraction()
        return Trace(
            mentions=run.values["mentions"], clauses=run.values["clauses"],
            tellings=run.tellings, extraction=extraction,
        )  # fmt: skip

    def _run(
        self, text: str | RawDocument, published: str | None, url: str | None, metadata: Metadata | None
    ) -> _Run:
        notes: tuple[Diagnostic, ...] = ()
        if isinstance(text, RawDocument):
            metadata, notes = metadata or text.metadata, text.notes
            text = text.text
        if not isinstance(text, str):
            raise UsageError(
                message=f"parse takes a str, not {type(text).__name__}: decode bytes first, or use a reader"
            )
        metadata = metadata or Metadata()
        if published is not None:
            metadata = attrs.evolve(metadata, published=_checked_date(published))
        if url is not None:
            metadata = attrs.evolve(metadata, url=url)
        return _Run(self, text, metadata, notes)

    def pipe(
        self, documents: Iterable[str | RawDocument], *, time_limit: float | None = None
    ) -> Iterator[Extraction]:
        """
        Read documents one by one, in constant memory, in their order.

        Args:
            documents: Texts, or readers' `RawDocument` records; what iterating over them raises is raised.

            time_limit: Seconds that one document may take; ``None`` for any number.  It works by a
                signal, so in the main thread and not on Windows.

        Yields:
            An extraction a document.  One that fails is no exception: it has no records, and its
            `Extraction.failure` tells the stage and the plugin, if one is to blame, and what happened.

        Raises:
            UsageError: A time limit where there can be none.

            PluginError: Only with ``strict``.
        """
        for document in documents:
            yield self.attempt(document, time_limit=time_limit)

    def attempt(self, document: str | RawDocument, *, time_limit: float | None = None) -> Extraction:
        """Read one document as `pipe` does."""
        check_limit(time_limit)
        try:
            with limited(time_limit):
                return self.parse(document)
        except OutOfTime as error:
            code, stage, plugin = "out-of-time", error.stage, error.plugin
            message = f"it took longer than {time_limit:g} seconds: no records"
        except PluginError:
            raise
        except Exception as error:
            code, stage, plugin, message = "document-failed", None, None, f"{describe(error)}: no records"
        return failed_document(document, code, message, stage, plugin)


def parse(text: str, published: str | None = None, url: str | None = None) -> Extraction:
    """
    Read one document with the built-in and installed plugins.

    Args:
        text: The text.

        published: Its day of publication, an ISO 8601 date, if known and not in the text.

        url: Where it was published, if known.

    Returns:
        Its records.

    Raises:
        UsageError: ``text`` is not a string, or ``published`` is not an ISO date.
    """
    return _default_parser().parse(text, published=published, url=url)


def pipe(documents: Iterable[str | RawDocument], *, time_limit: float | None = None) -> Iterator[Extraction]:
    """
    Read documents one by one with the built-in and installed plugins, in constant memory.

    Args:
        documents: Texts, or readers' `RawDocument` records.

        time_limit: Seconds that one document may take, as `Parser.pipe` takes it.

    Yields:
        An extraction a document, in their order; one that fails has a `Extraction.failure` and no records.

    Raises:
        UsageError: A time limit where there can be none.
    """
    yield from _default_parser().pipe(documents, time_limit=time_limit)


@lru_cache(maxsize=1)
def _default_parser() -> Parser:
    return Parser()


def _checked_date(published: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(published).isoformat()
    except (TypeError, ValueError):
        raise UsageError(
            message=f"published is {published!r}: write a date as YYYY-MM-DD, such as 2019-11-28"
        ) from None


class _Run:
    """One document on its way through the stages."""

    def __init__(
        self, parser: Parser, text: str, metadata: Metadata, notes: tuple[Diagnostic, ...] = ()
    ) -> None:
        self.parser = parser
        self.language = metadata.language or "en"
        self.values: dict[str, Any] = {
            "text": text, "metadata": metadata, "lexicon": parser.lexicon,
            "mentions": (), "clauses": (), "actors": Actors(), "meetings": (), "statements": (), "records": (),
        }  # fmt: skip
        self.diagnostics: list[Diagnostic] = [*notes, *parser.plugins.diagnostics]
        self.document = plain_document(text, metadata)
        self.values["document"] = self.document
        self.tellings: tuple[Meeting, ...] = ()

    def extraction(self) -> Extraction:
        for stage in STAGES:
            self._fill(stage)
            if stage.name == "meetings":
                self.tellings = self.values["meetings"]
        values = self.values
        return Extraction(
            document=self.document,
            actors=tuple(values["actors"]),
            meetings=values["meetings"],
            statements=values["statements"],
            records=values["records"],
            diagnostics=tuple(self.diagnostics),
        )

    def _fill(self, stage: Stage) -> None:
        found: list[Any] | None = None
        for registered in self.parser.plugins.extractors(stage.name, self.language):
            answer = self._ask(stage, registered)
            if stage.filled_by == "one":
                # A segmenter whose document was refused has failed like one that raised.
                if answer or (answer is not None and stage.name != "segment"):
                    found = answer
                    break
            else:
                found = (found or []) + (answer or [])
        if found is not None:
            _STORE[stage.name](self, found)

    def _ask(self, stage: Stage, registered: Registered) -> list[Any] | None:
        """One extractor's valid records, or ``None`` if it failed."""
        extractor, label, began = registered.item, registered.label, perf_counter()
        arguments = {name: self.values[name] for name in _arguments(extractor.find)}
        try:
            answer = extractor.find(**arguments)
            records = [answer] if isinstance(answer, Document) else list(answer)
        except OutOfTime as error:
            error.stage, error.plugin = stage.name, label
            raise
        except Exception as error:
            self._note(
                "error", "plugin-failed", f"{describe(error)}: its records are left out", stage, label, error
            )
            return None
        finally:
            timings = self.parser.timings
            key = (stage.name, label)
            timings[key] = timings.get(key, 0.0) + perf_counter() - began
        return [r for record in records if (r := self._checked(stage, label, record)) is not None]

    def _checked(self, stage: Stage, label: str, record: Any) -> Any:
        """The record with its id, or ``None`` (and a diagnostic) if it breaks the contract."""
        if not isinstance(record, stage.record):
            self._note("warning", "wrong-type",
                       f"a {type(record).__name__} where {stage.record.__name__} is due: dropped", stage, label)  # fmt: skip
            return None
        if stage.name == "records" and not getattr(record, "evidence", None):
            self._note(
                "warning", "no-evidence", f"a {type(record).__name__} without evidence: dropped", stage, label
            )
            return None
        if isinstance(record, Document):
            if record.text != self.values["text"]:
                self._note(
                    "error", "text-changed", "the document's text is not the text it was given", stage, label
                )
                return None
            return record
        bad = next((s for s in spans_of(record) if not 0 <= s.start < s.end <= len(self.document.text)), None)
        if bad is not None:
            self._note(
                "warning", "span-outside-text",
                f"a {type(record).__name__} with the span {bad.start}:{bad.end}, "
                f"the text has {len(self.document.text)} characters: dropped", stage, label,
            )  # fmt: skip
            return None
        if isinstance(record, (Meeting, Statement)) and not record.evidence:
            self._note(
                "warning", "no-evidence", f"a {type(record).__name__} without evidence: dropped", stage, label
            )
            return None
        unknown = self._unknown_id(record)
        if unknown is not None:
            self._note("warning", "unknown-id",
                       f"a {type(record).__name__} refers to {unknown!r}, which no record has: dropped", stage, label)  # fmt: skip
            return None
        return with_id(self.document, record)

    def _unknown_id(self, record: Any) -> str | None:
        actors: Actors = self.values["actors"]
        if isinstance(record, Meeting):
            ids = [p.actor for p in record.participants] + ([record.told_by] if record.told_by else [])
        elif isinstance(record, Statement):
            ids = [*([record.speaker] if record.speaker else []), *record.speakers, *record.addressees]
            if record.occasion and all(m.id != record.occasion for m in self.values["meetings"]):
                return record.occasion
        else:
            return None
        return next((i for i in ids if actors.get(i) is None), None)

    def _note(
        self, severity: Literal["info", "warning", "error"], code: str, message: str,
        stage: Stage, label: str, cause: Exception | None = None,
    ) -> None:  # fmt: skip
        if self.parser.strict and severity != "info":
            raise PluginError(plugin=label, stage=stage.name, problem=message, cause=cause) from cause
        self.diagnostics.append(
            Diagnostic(severity=severity, code=code, message=message, stage=stage.name, plugin=label)
        )

    # -- keeping what a stage gave --------------------------------------------------------

    def _keep_document(self, found: list[Any]) -> None:
        if found:
            self.document = self.values["document"] = found[0]
            self.language = self.document.language
            if self.language not in self.parser.plugins.languages() | {"*"}:
                self.diagnostics.append(
                    Diagnostic(
                        severity="info", code="no-extractor-for-language", stage="segment",
                        message=f"the text is taken to be {self.language!r} and no active extractor reads that: "
                        "no records; pass Metadata(language=...) if that is wrong",
                    )
                )  # fmt: skip

    def _keep_mentions(self, found: list[Mention]) -> None:
        self.values["mentions"] = longest(found)

    def _keep_clauses(self, found: list[Clause]) -> None:
        self.values["clauses"] = tuple(sorted(found, key=lambda c: (c.span.start, -c.span.end, c.id)))

    def _keep_actors(self, found: list[Actor]) -> None:
        self.values["actors"] = Actors(sorted(unique(found), key=_by_evidence))

    def _keep_meetings(self, found: list[Meeting]) -> None:
        kept = {m.id for m in found}
        whole = [m if not m.parent or m.parent.id in kept else attrs.evolve(m, parent=None) for m in found]
        self.values["meetings"] = tuple(sorted(unique(whole), key=lambda m: (m.cue.span, m.id)))

    def _keep_statements(self, found: list[Statement]) -> None:
        kept = {s.id for s in found}
        whole = [s if s.nested_in in kept else attrs.evolve(s, nested_in=None) for s in found]
        self.values["statements"] = tuple(
            sorted(unique(whole), key=lambda s: (s.cue.span, s.content[0], s.id))
        )

    def _keep_records(self, found: list[Any]) -> None:
        """Enriched copies of ours take the place of those with their id; the rest are a plugin's own."""
        own = []
        for record in found:
            for name, kind in (("actors", Actor), ("meetings", Meeting), ("statements", Statement)):
                if isinstance(record, kind):
                    swapped: Any = tuple(record if r.id == record.id else r for r in self.values[name])
                    self.values[name] = Actors(swapped) if name == "actors" else swapped
                    break
            else:
                own.append(record)
        self.values["records"] = tuple(sorted(own, key=lambda r: (type(r).__name__, r.evidence[0])))


_STORE: Mapping[str, Callable[[_Run, list[Any]], None]] = {
    "segment": _Run._keep_document,
    "mentions": _Run._keep_mentions,
    "clauses": _Run._keep_clauses,
    "actors": _Run._keep_actors,
    "meetings": _Run._keep_meetings,
    "occasions": _Run._keep_meetings,
    "statements": _Run._keep_statements,
    "records": _Run._keep_records,
}


def failed_document(
    document: str | RawDocument, code: str, message: str, stage: str | None = None, plugin: str | None = None
) -> Extraction:
    """The extraction of a document that could not be read: its text, and why."""
    raw = document if isinstance(document, RawDocument) else RawDocument(text=document)
    text = raw.text if isinstance(raw.text, str) else ""
    note = Diagnostic(severity="error", code=code, message=message, stage=stage, plugin=plugin)
    return Extraction(document=plain_document(text, raw.metadata), diagnostics=(*raw.notes, note))


def plain_document(text: str, metadata: Metadata) -> Document:
    """A document that nobody has cut up: one body paragraph. What is left if no segmenter runs."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    stripped = text.strip()
    start = text.find(stripped) if stripped else 0
    span = Span(start, start + len(stripped))
    return Document(
        id=metadata.id or f"document-{digest[:16]}", text=text, sha256=digest, url=metadata.url,
        title=metadata.title, author=metadata.author, publisher=metadata.publisher,
        published=metadata.published, language=metadata.language or "en",
        paragraphs=(Paragraph(span=span),) if stripped else (), sentences=(span,) if stripped else (),
    )  # fmt: skip


def with_id(document: Document, record: Any) -> Any:
    """The record, with the id that its anchors give it if it has none yet."""
    if getattr(record, "id", None) != "":
        return record
    if isinstance(record, Actor):
        # "The ministers of A, B and C": three actors that nothing names share one reference.
        unnamed = () if record.mentions else (record.name,)
        return attrs.evolve(record, id=record_id(document, "actor", *record.evidence[:1], *unnamed))
    if isinstance(record, Meeting):
        anchors: tuple[Span | str, ...] = (record.cue.span, *sorted(p.actor for p in record.participants))
        return attrs.evolve(record, id=record_id(document, "meeting", *anchors))
    if isinstance(record, Statement):
        return attrs.evolve(record, id=record_id(document, "statement", record.cue.span, record.content[0]))
    kind = type(record).__name__.lower()
    return attrs.evolve(record, id=record_id(document, kind, *record.evidence[:1]))


def spans_of(record: Any) -> Iterator[Span]:
    """Every span in a record, at any depth."""
    cls: Any = type(record)
    for name in _field_names(cls):
        value = getattr(record, name)
        if isinstance(value, Span):
            yield value
        elif isinstance(value, tuple):
            for item in value:
                if isinstance(item, Span):
                    yield item
                else:
                    yield from spans_of(item)
        elif value is not None:
            yield from spans_of(value)


@lru_cache(maxsize=256)
def _field_names(cls: type) -> tuple[str, ...]:
    """The fields of an attrs class, slotted or not; empty for any other."""
    return tuple(a.name for a in attrs.fields(cls)) if attrs.has(cls) else ()


def longest(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Of mentions that overlap the longer stays, then the earlier given (the higher priority); by start."""
    kept: list[Mention] = []
    ordered = sorted(enumerate(mentions), key=lambda p: (p[1].span.start, -len(p[1].span), p[0]))
    for _, mention in ordered:
        while kept and kept[-1].span.overlaps(mention.span):
            if len(mention.span) <= len(kept[-1].span):
                break
            kept.pop()
        else:
            kept.append(mention)
    return tuple(kept)


def unique(records: Iterable[Any]) -> list[Any]:
    """The records, of those with one id the first."""
    first: dict[str, Any] = {}
    for record in records:
        first.setdefault(record.id, record)
    return list(first.values())


def _by_evidence(actor: Actor) -> tuple[Span, str]:
    return (*actor.evidence[:1], Span(1 << 60, 1 << 60))[0], actor.id
