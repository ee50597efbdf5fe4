"""
A plugin under test, the texts it is tried on, and how a law is broken.
"""

from __future__ import annotations

import functools
import importlib
import importlib.metadata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

import attrs

from ..errors import UsageError
from ..hookspecs import Exporter, Extractor, Lexicon, Reader, hookimpl
from ..parser import Parser
from ..plugins import DEFAULT_PLUGINS, Plugins
from ..records import Document, Extraction, RawDocument
from . import grammar
from .readable import difference, everything, in_words

Draw: TypeAlias = Callable[[Any], Any]
"""Hypothesis' draw: takes a strategy, gives a value."""

Kind: TypeAlias = Literal["extractor", "exporter", "reader", "lexicon"]


class LawBroken(AssertionError):
    """A counter-example to a law."""

    def __init__(self, law: str, about: str, plugin: str, facts: Mapping[str, str]) -> None:
        self.law = law
        self.plugin = plugin
        self.facts = dict(facts)
        lines = [f"{plugin} breaks the law {law!r}: {about}"]
        for name, value in facts.items():
            lines.append(f"  {name}:")
            lines += [f"    {line}" for line in value.split("\n")]
        super().__init__("\n".join([*lines, f"  see docs/reference/laws.md#{law.replace('_', '-')}"]))


class NotApplicable(Exception):
    """A law that cannot be tried here, and why (an optional package is missing, nothing to try it on)."""


CAPABILITIES: Mapping[str, str] = {
    "paragraphs": "its records do not depend on paragraphs that have nothing to do with them",
    "names": "it finds people whatever they are called",
    "countries": "it finds states whichever they are",
    "dates": "its dates follow the document's day",
    "attribution": "it finds speakers before and after what they say",
    "negation": "its meetings have a status",
    "told_by": "it tells meetings of the narrator from those told by somebody",
    "truncation": "it does not look ahead",
    "typography": "it reads all quotation marks, spaces and line ends alike",
    "time": "it takes time in proportion to the text",
    "round_trips": "its records are written and read back",
    "streaming": "its exporters write extractions one by one",
}
"""What a plugin may claim, and what the claim says; a law that needs one applies to those that claim it."""


@attrs.frozen(kw_only=True)
class Reading:
    """What a plugin made of a text."""

    extraction: Extraction
    """All records of the parse."""

    captured: tuple[tuple[str, Any], ...]
    """What the plugin's extractors yielded, as they yielded it, each with its stage."""

    own: tuple[dict[str, Any], ...]
    """The plugin's records that the host kept, in words; mentions and clauses as yielded."""

    @property
    def raw(self) -> list[Any]:
        """All that the plugin's extractors yielded."""
        return [record for _, record in self.captured]


@attrs.frozen(kw_only=True)
class Example:
    """A text on which a plugin finds something."""

    text: str
    published: str | None = "2024-03-14"


FINAL_STAGES = ("actors", "meetings", "occasions", "statements", "records")


class Subject:
    """
    A plugin under test.

    Args:
        plugin: A dotted module name, "module:attribute", an entry point's name, a module, or an object with hooks.

        examples: Texts (or `Example` records) on which its extractors find something; for a
            reader, bytes of files in its format.

        capabilities: What it claims; by default all that the laws know of.

    Raises:
        UsageError: There is no such plugin, or it has no hooks.
    """

    def __init__(
        self,
        plugin: Any,
        *,
        examples: Iterable[str | bytes | Example] = (),
        capabilities: Iterable[str] | None = None,
    ) -> None:
        self.spec = plugin if isinstance(plugin, str) else None
        self.plugin = load_plugin(plugin) if isinstance(plugin, str) else plugin
        self.name = _name_of(plugin)
        given = list(examples)
        self.examples = [
            e if isinstance(e, Example) else Example(text=e) for e in given if not isinstance(e, bytes)
        ]
        self.files = [e for e in given if isinstance(e, bytes)]
        self.builtin = self.name in {m.rpartition(".")[2] for m in DEFAULT_PLUGINS}
        self._captured: list[tuple[str, Any]] = []
        self.watch_arguments = False
        self.changed_arguments: list[str] = []
        listed = Plugins([_unnamed(self.plugin)], entry_points=False)
        self.label = "under-test"
        faults = [i.reason for i in listed.infos if i.name == self.label and i.status == "failed"]
        if faults:
            raise UsageError(message=f"plugin {self.name}: {faults[0]}")
        self.items: dict[type, list[Any]] = {
            kind: [r.item for r in listed.registered(kind) if r.plugin == self.label]
            for kind in (Extractor, Exporter, Reader, Lexicon)
        }
        self.parser = self.make_parser()
        self.capabilities = (
            frozenset(CAPABILITIES) if capabilities is None else frozenset(capabilities)
        ) & self._possible()
        unknown = set(capabilities or ()) - set(CAPABILITIES)
        if unknown:
            raise UsageError(
                message=f"unknown capability {sorted(unknown)[0]!r}: choose among {', '.join(CAPABILITIES)}"
            )
        self.tried: dict[str, int] = {}
        """By law, how many inputs it was tried on."""
        self.exercised: dict[str, int] = {}
        """By law, on how many of them the plugin found something."""

    def _possible(self) -> frozenset[str]:
        """The capabilities that its stages can have at all."""
        stages = {e.stage for e in self.items[Extractor]}
        found = {"paragraphs", "truncation", "typography"} if stages else set()
        if stages:
            found |= {"names", "countries", "dates", "time", "round_trips"}
        if stages & {"meetings", "occasions"}:
            found |= {"negation", "told_by"}
        if "statements" in stages:
            found.add("attribution")
        if any(e.target == "text" for e in self.items[Exporter]):
            found.add("streaming")
        return frozenset(found)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What it brings."""
        named: tuple[tuple[Kind, type], ...] = (
            ("extractor", Extractor), ("exporter", Exporter), ("reader", Reader), ("lexicon", Lexicon),
        )  # fmt: skip
        return tuple(kind for kind, cls in named if self.items[cls])

    def make_parser(self, *others: Any, first: bool = True) -> Parser:
        """A parser with the built-ins, the plugin under test and others, before or after it."""
        tested = _Tested(self)
        plugins = [tested, *others] if first else [*others, tested]
        # Extractors one by one: its lexicons stay, and may have the plugin's name.
        off = [f"{self.name}.{e.name}" for e in self.items[Extractor]] if self.builtin else []
        asked = [f"{self.label}.{e.name}" for e in self.items[Extractor] if not e.default]
        return Parser(plugins, entry_points=False, disable=off, enable=asked)

    def read(
        self, text: str | RawDocument, published: str | None = None, parser: Parser | None = None
    ) -> Reading:
        """What the plugin makes of a text."""
        parser = parser or self.parser
        self._captured.clear()
        extraction = parser.parse(text, published=published)
        captured = list(self._captured)
        early = [r for stage, r in captured if stage in ("mentions", "clauses")]
        if self.builtin:
            # Of records of other types it yields none; what is there is another plugin's.
            own = everything(attrs.evolve(extraction, records=()))
        else:
            own = [in_words(extraction, r) for r in early if attrs.has(type(r))]
            own += [in_words(extraction, r) for r in self.kept(extraction, captured)]
        return Reading(extraction=extraction, captured=tuple(captured), own=tuple(own))

    def kept(self, extraction: Extraction, captured: Sequence[tuple[str, Any]]) -> Iterator[Any]:
        """Of what it yielded in the later stages, the records that are in the extraction."""
        kept = [*extraction.actors, *extraction.meetings, *extraction.statements, *extraction.records]
        for stage, record in captured:
            if stage not in FINAL_STAGES:
                continue
            for one in kept:
                if type(one) is type(record) and _without_id(one) == _without_id(record):
                    yield one
                    break

    def complaints(self, extraction: Extraction, *codes: str) -> list[str]:
        """What the host had to say about the plugin, of these codes (all but "info" if none is named)."""
        return [
            f"{d.code}: {d.message}"
            for d in extraction.diagnostics
            if (d.plugin or "").startswith(f"{self.label}.")
            and (d.code in codes if codes else d.severity != "info")
        ]

    def count(self, law: str, reading: Reading | None = None) -> None:
        """Note that a law was tried, and whether the plugin found something."""
        self.tried[law] = self.tried.get(law, 0) + 1
        if reading is None or reading.own or reading.raw:
            self.exercised[law] = self.exercised.get(law, 0) + 1


class _Tested:
    """The plugin under test, its extractors watched."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.name = subject.label

    @hookimpl
    def diploparse_extractors(self) -> list[Extractor]:
        # Asked again for each parser, as the host would.
        plugin = self.subject.plugin
        asked = plugin.diploparse_extractors() if self.subject.items[Extractor] else []
        return [attrs.evolve(e, find=_watched(self.subject, e)) for e in asked]

    @hookimpl
    def diploparse_lexicons(self) -> list[Lexicon]:
        return [] if self.subject.builtin else self.subject.items[Lexicon]

    @hookimpl
    def diploparse_readers(self) -> list[Reader]:
        return [attrs.evolve(r, name=f"tested-{r.name}") for r in self.subject.items[Reader]]

    @hookimpl
    def diploparse_exporters(self) -> list[Exporter]:
        return [attrs.evolve(e, name=f"tested-{e.name}") for e in self.subject.items[Exporter]]


def _watched(subject: Subject, extractor: Extractor) -> Callable[..., Any]:
    """The extractor's ``find``, what it yields noted."""
    find = extractor.find

    @functools.wraps(find)
    def watched(**arguments: Any) -> Any:
        before = _shown_arguments(arguments) if subject.watch_arguments else {}
        answer = find(**arguments)
        records = [answer] if isinstance(answer, Document) else list(answer)
        subject._captured += [(extractor.stage, r) for r in records]
        if subject.watch_arguments:
            after = _shown_arguments(arguments)
            subject.changed_arguments += [n for n in before if before[n] != after[n]]
        return answer if isinstance(answer, Document) else records

    return watched


def _shown_arguments(arguments: Mapping[str, Any]) -> dict[str, str]:
    shown = {n: repr(tuple(v) if n == "actors" else v) for n, v in arguments.items() if n != "lexicon"}
    if "lexicon" in arguments:
        lexicon = arguments["lexicon"]
        shown["lexicon"] = repr([(k, len(lexicon.table(k))) for k in lexicon.kinds()])
    return shown


class _Renamed:
    """A plugin under another name: the manager takes a name from the object."""

    def __init__(self, plugin: Any) -> None:
        self.name = "under-test"
        for hook in (
            "diploparse_readers",
            "diploparse_lexicons",
            "diploparse_extractors",
            "diploparse_exporters",
        ):
            found = getattr(plugin, hook, None)
            if found is not None:
                setattr(self, hook, found)


def _unnamed(plugin: Any) -> Any:
    return _Renamed(plugin)


def load_plugin(name: str) -> Any:
    """
    The plugin of a name: an entry point's, a module's, or "module:attribute".

    Raises:
        UsageError: There is none; the error says what was tried.
    """
    for point in importlib.metadata.entry_points(group="diploparse"):
        if point.name == name:
            return point.load()
    for module in DEFAULT_PLUGINS:
        if module.rpartition(".")[2] == name:
            return importlib.import_module(module)
    module_name, _, attribute = name.partition(":")
    try:
        found: Any = importlib.import_module(module_name)
        return getattr(found, attribute) if attribute else found
    except (ImportError, AttributeError, ValueError) as error:
        raise UsageError(
            message=f"no plugin is called {name!r}: it is neither an installed plugin ('diploparse plugins' lists them) "
            f"nor a module that can be imported ({error})"
        ) from error


def _name_of(plugin: Any) -> str:
    if isinstance(plugin, str):
        return plugin.rpartition(".")[2] if plugin in DEFAULT_PLUGINS else plugin
    found = getattr(plugin, "__name__", None) or getattr(plugin, "name", None) or type(plugin).__name__
    return str(found).rpartition(".")[2]


def _without_id(record: Any) -> Any:
    return attrs.evolve(record, id="") if attrs.has(type(record)) and hasattr(record, "id") else record


_HEAP = (
    "Minister", "Jane Roe", "President of France", "met", "said", "that", "“", "”", '"', "‘", "’", "\n\n", ".", ",",
    "on Monday", "in Paris", "talks", "between", "and", "Gen.", "U.S.", "he", "the sides", "discussed", "(", ")", "—",
    ":", "will", "not", "5 May 2024", "according to", "adding", "who", "\x00", "\ud800", "Q:", "the", "'s", "\u00a0",
)  # fmt: skip


def hypothesis_strategies() -> Any:
    from hypothesis import strategies

    return strategies


@functools.lru_cache(maxsize=1)
def odd_texts() -> Any:
    from .strategies import hostile_texts

    st = hypothesis_strategies()
    heaps = st.lists(st.sampled_from(_HEAP), max_size=40).map(" ".join)
    return st.one_of(st.text(max_size=200), heaps, st.lists(hostile_texts(), max_size=4).map(" ".join))


@functools.lru_cache(maxsize=1)
def _articles() -> Any:
    return grammar.articles(max_size=2)


def any_text(subject: Subject, draw: Draw) -> tuple[str, str | None]:
    """A text of any sort: odd, written by the grammar, an example, or an example cut and mixed with odd text."""
    st = hypothesis_strategies()
    sort = draw(st.sampled_from(["odd", "article", "example", "mixed"]))
    if sort == "odd":
        return draw(odd_texts()), draw(st.sampled_from([None, "2024-03-14"]))
    text, published = good_text(subject, draw, examples=sort != "article")
    if sort == "mixed":
        cut = draw(st.integers(0, len(text)))
        text = text[cut:] + draw(odd_texts()) + text[:cut]
    return text, published


def good_text(subject: Subject, draw: Draw, *, examples: bool = True) -> tuple[str, str | None]:
    """A text as it should be: an example of the plugin's, or one of the grammar."""
    st = hypothesis_strategies()
    options = subject.examples if examples else []
    # The examples more often: on the grammar's texts many plugins find nothing.
    if options and draw(st.integers(0, 3)) > 0:
        example: Example = draw(st.sampled_from(options))
        return example.text, example.published
    article = draw(_articles())
    return article.text, article.published


def template_of(label: str) -> grammar.Template:
    return next(t for t in grammar.templates() if t.label == label)


def break_law(subject: Subject, law: str, **facts: str) -> None:
    from .laws import BY_NAME

    about = BY_NAME[law].about
    raise LawBroken(law, about, subject.name, {k.replace("_", " "): v for k, v in facts.items()})


def demand_same(
    subject: Subject,
    law: str,
    before: Iterable[Mapping[str, Any]],
    after: Iterable[Mapping[str, Any]],
    **facts: str,
) -> None:
    """Break the law if two lists of records differ."""
    diff = difference(before, after, ("before", "after"))
    if diff:
        break_law(subject, law, **facts, difference=diff)


def everything_of(subject: Subject, reading: Reading) -> list[Any]:
    """The plugin's records that the host kept."""
    x = reading.extraction
    if subject.builtin:
        return [*x.actors, *x.meetings, *x.statements]
    return list(subject.kept(x, reading.captured))
