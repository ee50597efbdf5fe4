"""
The laws that plugins keep: each a name, a sentence and a check, in the literal table at the end.

A check draws its inputs, and raises `LawBroken` with the counter-example.  "The same" is meant
modulo ids and offsets: records are compared in words (`readable.in_words`).  What is compared are
the plugin's own records: what its extractors yield, not what the built-ins make of the same text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

import attrs

from . import contract_laws, exporter_laws, lexicon_laws, metamorphic_laws, reader_laws, travel_laws
from .subjects import CAPABILITIES, Draw, Example, Kind, LawBroken, NotApplicable, Subject

__all__ = [
    "BY_NAME",
    "CAPABILITIES",
    "LAWS",
    "Example",
    "Law",
    "LawBroken",
    "NotApplicable",
    "Result",
    "Subject",
    "check",
    "check_law",
    "laws_for",
    "result_of",
]


@attrs.frozen(kw_only=True)
class Law:
    """Something that holds for every plugin of a kind, whatever the text."""

    name: str
    """Also the name of its test. Example: "irrelevant_paragraph"."""

    about: str
    """What holds, one sentence."""

    kind: Kind
    """What it is a law for."""

    check: Callable[[Subject, Draw], None]
    """Draws an input and raises `LawBroken` if it does not hold."""

    needs: str | None = None
    """The capability that a plugin must have for the law to apply; ``None`` for all."""

    once: bool = False
    """One check is enough: it draws nothing, or much at once."""


LAWS: tuple[Law, ...] = (
    Law(name="total", kind="extractor", check=contract_laws.total,
        about="Any string is read without an exception; odd text yields fewer records."),
    Law(name="spans_inside", kind="extractor", check=contract_laws.spans_inside,
        about="Every span lies inside the text and holds at least one character."),
    Law(name="spans_exact", kind="extractor", check=contract_laws.spans_exact,
        about="What a record says it read is what stands at its span, without white space around it."),
    Law(name="references_closed", kind="extractor", check=contract_laws.references_closed,
        about="Every id that a record names is the id of a record of the same document."),
    Law(name="evidence_given", kind="extractor", check=contract_laws.evidence_given,
        about="Every record is of its stage's type and says where it was read."),
    Law(name="deterministic", kind="extractor", check=contract_laws.deterministic,
        about="The same text gives the same records, ids included, in the same parser and in another."),
    Law(name="stateless", kind="extractor", check=contract_laws.stateless,
        about="What was read before a document changes nothing in its records."),
    Law(name="arguments_unchanged", kind="extractor", check=contract_laws.arguments_unchanged,
        about="An extractor leaves what it is given as it was."),
    Law(name="hash_seed", kind="extractor", check=contract_laws.hash_seed, once=True,
        about="The records are the same whatever PYTHONHASHSEED is."),
    Law(name="order_of_plugins", kind="extractor", check=contract_laws.order_of_plugins,
        about="The order in which plugins are installed changes nothing."),
    Law(name="unrelated_plugin", kind="extractor", check=contract_laws.unrelated_plugin,
        about="A plugin that has nothing to do with it changes none of its records."),
    Law(name="failing_plugin", kind="extractor", check=contract_laws.failing_plugin,
        about="A plugin that fails costs it no record."),
    Law(name="irrelevant_paragraph", kind="extractor", check=metamorphic_laws.irrelevant_paragraph, needs="paragraphs",
        about="A paragraph about the weather, anywhere after the first, changes nothing."),
    Law(name="names_swapped", kind="extractor", check=metamorphic_laws.names_swapped, needs="names",
        about="With other family names in the text, the records are the same with those names."),
    Law(name="countries_swapped", kind="extractor", check=metamorphic_laws.countries_swapped, needs="countries",
        about="With another country in the text, the records are the same with that country."),
    Law(name="dates_shift", kind="extractor", check=metamorphic_laws.dates_shift, needs="dates",
        about="Published some weeks later, the same weekdays are those weeks later, and nothing else changes."),
    Law(name="attribution_inverts", kind="extractor", check=metamorphic_laws.attribution_inverts, needs="attribution",
        about="Who says what is the same before, after and inverted after the quotation."),
    Law(name="negation", kind="extractor", check=metamorphic_laws.negation, needs="negation",
        about="A meeting that is refused, cancelled, planned or denied is not one that was held."),
    Law(name="told_by", kind="extractor", check=metamorphic_laws.told_by, needs="told_by",
        about="A meeting that is told inside somebody's words says who tells it."),
    Law(name="truncation", kind="extractor", check=metamorphic_laws.truncation, needs="truncation",
        about="What follows a text changes nothing in the records of the text."),
    Law(name="typography", kind="extractor", check=metamorphic_laws.typography, needs="typography",
        about="Straight or curly marks, no-break spaces, wrapped lines and other line ends change nothing."),
    Law(name="linear_time", kind="extractor", check=metamorphic_laws.linear_time, needs="time", once=True,
        about="Time a character does not grow with the text, whatever it is stuffed with."),
    Law(name="json_round_trip", kind="extractor", check=travel_laws.json_round_trip, needs="round_trips",
        about="Records written as JSON are read back equal."),
    Law(name="csv_round_trip", kind="extractor", check=travel_laws.csv_round_trip, needs="round_trips",
        about="Every record has its row in a CSV table, and the words beside offsets are those of the text."),
    Law(name="jsonld_is_ntriples", kind="extractor", check=travel_laws.jsonld_is_ntriples, needs="round_trips",
        about="The JSON, read as JSON-LD, is the graph that the N-Triples are."),
    Law(name="export_total", kind="exporter", check=exporter_laws.export_total,
        about="Any extraction is written without an exception, whatever its strings hold."),
    Law(name="export_nothing", kind="exporter", check=exporter_laws.export_nothing, once=True,
        about="No extraction at all is written without an exception."),
    Law(name="export_deterministic", kind="exporter", check=exporter_laws.export_deterministic,
        about="The same extraction gives the same bytes."),
    Law(name="export_streams", kind="exporter", check=exporter_laws.export_streams, needs="streaming",
        about="Extractions are written one by one, not collected first."),
    Law(name="losses_are_named", kind="exporter", check=exporter_laws.losses_are_named, once=True,
        about="What an exporter says it loses are fields of records."),
    Law(name="read_total", kind="reader", check=reader_laws.read_total,
        about="Any bytes are read or refused with an InputError that says what is wrong."),
    Law(name="read_valid", kind="reader", check=reader_laws.read_valid,
        about="What is read are RawDocuments, their text a string, their day an ISO 8601 date."),
    Law(name="path_is_stream", kind="reader", check=reader_laws.path_is_stream,
        about="A path and a stream of the same bytes give the same texts."),
    Law(name="sniffing", kind="reader", check=reader_laws.sniffing,
        about="Sniffing never raises and does not take plain prose for its format."),
    Law(name="samples_are_read", kind="reader", check=reader_laws.samples_are_read, once=True,
        about="Every example file gives at least one document."),
    Law(name="entries_are_found", kind="lexicon", check=lexicon_laws.entries_are_found, once=True,
        about="Every entry is found where its surface stands as a word."),
    Law(name="no_common_words", kind="lexicon", check=lexicon_laws.no_common_words, once=True,
        about="No entry that is scanned for in any case is a word of every text."),
    Law(name="lexicon_is_additive", kind="lexicon", check=lexicon_laws.lexicon_is_additive,
        about="A text without its words is read as it is read without the lexicon."),
)  # fmt: skip
"""All laws, by kind of plugin; docs/reference/laws.md has them in the same order."""

BY_NAME: Mapping[str, Law] = {law.name: law for law in LAWS}


def laws_for(subject: Subject) -> list[Law]:
    """The laws that apply to a plugin: those of its kinds whose capability it claims."""
    return [
        law
        for law in LAWS
        if law.kind in subject.kinds and (law.needs is None or law.needs in subject.capabilities)
    ]


@attrs.frozen(kw_only=True)
class Result:
    """What became of a law."""

    law: Law
    status: Literal["kept", "broken", "not tried"]
    tried: int = 0
    """Inputs it was tried on."""

    exercised: int = 0
    """Of these, inputs on which the plugin found something; a law that is kept on none says nothing."""

    message: str = ""
    """The counter-example, or why it was not tried."""


def check_law(law: Law, subject: Subject, *, max_examples: int = 25, settings: Any = None) -> None:
    """
    Try a law on a plugin.

    Args:
        law: One of `LAWS`, or an author's own.

        subject: The plugin.

        max_examples: Inputs to draw.

        settings: A Hypothesis ``settings`` object, instead.

    Raises:
        LawBroken: With the smallest counter-example that was found.

        NotApplicable: It cannot be tried here.
    """
    import hypothesis
    from hypothesis import strategies as st

    if law.once:
        law.check(subject, _no_draw)
        return
    settings = settings or hypothesis.settings(
        max_examples=max_examples, deadline=None, derandomize=True, database=None, report_multiple_bugs=False,
        suppress_health_check=list(hypothesis.HealthCheck), print_blob=False,
    )  # fmt: skip

    @settings  # type: ignore[untyped-decorator]
    @hypothesis.given(st.data())
    def holds(data: Any) -> None:
        law.check(subject, data.draw)

    holds()


def _no_draw(strategy: Any) -> Any:
    raise TypeError("a law that is checked once draws nothing")


def result_of(law: Law, subject: Subject, *, max_examples: int = 25) -> Result:
    """Try a law on a plugin, and tell what became of it."""
    status: Literal["kept", "broken", "not tried"] = "kept"
    message = ""
    try:
        check_law(law, subject, max_examples=max_examples)
    except LawBroken as error:
        status, message = "broken", str(error)
    except NotApplicable as error:
        status, message = "not tried", str(error)
    return Result(
        law=law, status=status, tried=subject.tried.get(law.name, 0),
        exercised=subject.exercised.get(law.name, 0), message=message,
    )  # fmt: skip


def check(subject: Subject, *, max_examples: int = 25) -> Iterator[Result]:
    """Try all laws that apply to a plugin, and tell what became of each."""
    for law in laws_for(subject):
        yield result_of(law, subject, max_examples=max_examples)
