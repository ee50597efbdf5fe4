"""Plugins: found, registered, isolated, listed."""

import pluggy
import pytest

import diploparse
from diploparse import Diagnostic, Document, Extractor, Lexicon, Paragraph, PluginError, Span, hookimpl
from diploparse.plugins import DEFAULT_PLUGINS, Plugins

TEXT = "Minister Jane Roe met President John Doe in Paris on Monday."


class Offers:
    """A plugin of the given extractors."""

    def __init__(self, *extractors, name="offers"):
        self.extractors = list(extractors)
        self.name = name

    @hookimpl
    def diploparse_extractors(self):
        return self.extractors


def nothing(document):
    return ()


def codes(extraction):
    return [(d.code, d.plugin) for d in extraction.diagnostics]


def test_default_plugins_are_listed_in_order():
    """The built-ins are these, by dotted module name."""
    assert DEFAULT_PLUGINS == (
        "diploparse.english",
        "diploparse.readers",
        "diploparse.export.json",
        "diploparse.export.csv",
        "diploparse.export.rdf",
        "diploparse.export.sqlite",
        "diploparse.export.html",
        "diploparse.export.parquet",
        "diploparse.export.graphml",
        "diploparse.export.icalendar",
        "diploparse.export.ftm",
        "diploparse.export.plover",
        "diploparse.export.summary",
    )


def test_every_builtin_is_active():
    """Nothing that we ship fails to register."""
    plugins = Plugins(entry_points=False, strict=True)

    assert {i.status for i in plugins.infos} == {"active"}
    assert [i.name for i in plugins.infos] == [m.rpartition(".")[2] for m in DEFAULT_PLUGINS]


def distribution(folder, name, version, entry_points, modules):
    """An installed distribution: its modules and its metadata."""
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    lines = "\n".join(f"{k} = {v}" for k, v in entry_points.items())
    (info / "entry_points.txt").write_text(f"[diploparse]\n{lines}\n")
    for module, code in modules.items():
        (folder / f"{module}.py").write_text(code)


QUIET = """
import diploparse

@diploparse.hookimpl
def diploparse_extractors():
    return [diploparse.Extractor(name="quiet", stage="meetings", find=lambda document: ())]
"""


def test_installed_distribution_is_found(tmp_path, monkeypatch):
    """The entry-point group is "diploparse", and the distribution is named."""
    distribution(tmp_path, "dp-quiet", "1.2", {"quiet-one": "dp_quiet_a"}, {"dp_quiet_a": QUIET})
    monkeypatch.syspath_prepend(tmp_path)

    info = Plugins().infos[-1]

    assert (info.name, info.distribution, info.version, info.status) == (
        "quiet-one", "dp-quiet", "1.2", "active",
    )  # fmt: skip


def test_plugin_that_fails_at_import_is_named_and_costs_nothing(tmp_path, monkeypatch):
    """Its error is a diagnostic; the records are those without it."""
    without = diploparse.Parser(entry_points=False).parse(TEXT)
    distribution(
        tmp_path, "dp-bad", "0.1", {"bad-import": "dp_bad"}, {"dp_bad": "raise RuntimeError('no luck')"}
    )
    monkeypatch.syspath_prepend(tmp_path)

    extraction = diploparse.Parser().parse(TEXT)

    assert (extraction.actors, extraction.meetings, extraction.statements) == (
        without.actors, without.meetings, without.statements,
    )  # fmt: skip
    (diagnostic,) = [d for d in extraction.diagnostics if d.code == "plugin-failed"]
    assert diagnostic.plugin == "bad-import (dp-bad 0.1)"
    assert "no luck" in diagnostic.message


def test_two_distributions_of_one_name_are_both_named(tmp_path, monkeypatch):
    """The clash says who offers the name."""
    distribution(tmp_path, "dp-one", "1.0", {"same": "dp_one"}, {"dp_one": QUIET})
    distribution(tmp_path, "dp-two", "2.0", {"same": "dp_two"}, {"dp_two": QUIET})
    monkeypatch.syspath_prepend(tmp_path)

    (diagnostic,) = Plugins().diagnostics

    assert "dp-one 1.0" in diagnostic.message
    assert "dp-two 2.0" in diagnostic.message


def test_entry_point_listed_twice_is_one_plugin(tmp_path, monkeypatch):
    """One distribution seen through two path entries registers once."""
    for folder in ("a", "b"):
        distribution(tmp_path / folder, "dp-dup", "1.0", {"dup": "dp_dup"}, {"dp_dup": QUIET})
        monkeypatch.syspath_prepend(tmp_path / folder)

    plugins = Plugins()

    assert [i.status for i in plugins.infos if i.name == "dup"] == ["active"]
    assert plugins.diagnostics == []


@pytest.mark.parametrize("how", ["argument", "environment", "all"])
def test_disabled_entry_point_is_not_imported(tmp_path, monkeypatch, how):
    """Disabling comes before the import."""
    distribution(tmp_path, "dp-off", "1.0", {"off": "dp_off"}, {"dp_off": "raise SystemExit"})
    monkeypatch.syspath_prepend(tmp_path)
    if how != "argument":
        monkeypatch.setenv("DIPLOPARSE_DISABLE", "off" if how == "environment" else "*")

    plugins = Plugins(disable=["off"] if how == "argument" else [])

    assert [(i.name, i.status) for i in plugins.infos][-1] == ("off", "disabled")


def test_builtin_extractor_can_be_disabled_by_name():
    """Without the meetings extractor there are no meetings, and nothing else changes."""
    extraction = diploparse.Parser(entry_points=False, disable=["english.meetings"]).parse(TEXT)

    assert extraction.meetings == ()


def test_misspelt_hook_is_reported():
    """A hook name that is not ours is an error, not silence."""

    class Misspelt:
        name = "misspelt"

        @hookimpl
        def diploparse_extractor(self):
            return []

    (diagnostic,) = Plugins([Misspelt()], entry_points=False).diagnostics

    assert diagnostic.plugin == "misspelt"
    assert "diploparse_extractor" in diagnostic.message


def test_plugin_without_hooks_says_which_there_are():
    """An object with no hook of ours is most likely a mistake."""
    (diagnostic,) = Plugins([object()], entry_points=False).diagnostics

    assert "diploparse_exporters" in diagnostic.message


@pytest.mark.parametrize(
    ("extractor", "words"),
    [
        (Extractor(name="x", stage="mentiones", find=nothing), "choose one of segment"),
        (Extractor(name="x", stage="segment", find=nothing), "may ask for text, metadata, lexicon"),
        (Extractor(name="x y", stage="meetings", find=nothing), "use letters"),
        (Extractor(name="x", stage="meetings", find=nothing, api=2), "upgrade diploparse"),
        (Extractor(name="x", stage="meetings", find=nothing, api=0), "upgrade the plugin"),
        ("not an extractor", "return a list of diploparse.Extractor"),
    ],
)
def test_broken_contract_is_an_error_at_registration(extractor, words):
    """Wrong stage, argument, name, API or type: refused, with what to do."""
    with pytest.raises(PluginError, match=words):
        Plugins([Offers(extractor)], entry_points=False, strict=True)


def test_raising_extractor_is_a_diagnostic_and_costs_nobody_a_record():
    """A generator fails only when consumed; that is inside the guard too."""

    def find(document):
        yield from ()
        raise ValueError("boom")

    plugin = Offers(Extractor(name="late", stage="meetings", find=find))
    without = diploparse.Parser(entry_points=False).parse(TEXT)

    extraction = diploparse.Parser([plugin], entry_points=False).parse(TEXT)

    assert extraction.meetings == without.meetings
    assert codes(extraction) == [("plugin-failed", "offers.late")]
    with pytest.raises(PluginError, match="boom") as caught:
        diploparse.Parser([plugin], entry_points=False, strict=True).parse(TEXT)
    assert isinstance(caught.value.cause, ValueError)


def test_failing_one_stage_extractor_gives_way_to_the_next():
    """The highest priority fills a stage that one fills; if it fails, the next does."""

    def find(document, mentions, lexicon):
        raise ValueError("boom")

    plugin = Offers(Extractor(name="better", stage="clauses", find=find, priority=5))
    without = diploparse.Parser(entry_points=False).parse(TEXT)

    extraction = diploparse.Parser([plugin], entry_points=False).parse(TEXT)

    assert extraction.meetings == without.meetings
    assert codes(extraction) == [("plugin-failed", "offers.better")]


def test_higher_priority_takes_a_builtins_place():
    """A plugin's segmenter wins over ours."""

    def find(text, metadata, lexicon):
        plain = diploparse.parser.plain_document(text, metadata)
        return diploparse.parser.attrs.evolve(plain, publisher="me")

    plugin = Offers(Extractor(name="mine", stage="segment", find=find, priority=1))

    assert diploparse.Parser([plugin], entry_points=False).parse(TEXT).document.publisher == "me"


def test_segmenter_that_changes_the_text_is_refused():
    """Offsets would mean nothing: the built-in takes over."""

    def find(text, metadata):
        return Document(id="x", text=text.upper(), sha256="", paragraphs=(Paragraph(span=Span(0, 1)),))

    plugin = Offers(Extractor(name="loud", stage="segment", find=find, priority=1))

    extraction = diploparse.Parser([plugin], entry_points=False).parse(TEXT)

    assert extraction.document.text == TEXT
    assert codes(extraction) == [("text-changed", "offers.loud")]


def meeting(**fields):
    given = {
        "participants": (),
        "cue": diploparse.Cue(span=Span(0, 3), lemma="x"),
        "evidence": (Span(0, 3),),
    }
    return diploparse.Meeting(**{**given, **fields})


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ("a string", "wrong-type"),
        (meeting(evidence=(Span(0, 10_000),)), "span-outside-text"),
        (meeting(evidence=(Span(5, 5),)), "span-outside-text"),
        (meeting(cue=diploparse.Cue(span=Span(-1, 3), lemma="x")), "span-outside-text"),
        (meeting(evidence=()), "no-evidence"),
        (meeting(told_by="actor-nobody"), "unknown-id"),
    ],
)
def test_bad_record_is_dropped_with_a_diagnostic(record, code):
    """Type, spans, evidence and ids are checked by the host."""
    plugin = Offers(Extractor(name="bad", stage="meetings", find=lambda document: [record]))

    extraction = diploparse.Parser(
        [
            plugin,
        ],
        entry_points=False,
        disable=["english.meetings"],
    ).parse(TEXT)

    assert extraction.meetings == ()
    assert codes(extraction) == [(code, "offers.bad")]


def test_off_by_default_runs_only_when_asked_for():
    """``default=False`` waits for its name."""
    plugin = Offers(Extractor(name="shy", stage="meetings", find=lambda document: [meeting()], default=False))
    off = {"entry_points": False, "disable": ["english.meetings", "english.occasions"]}

    assert diploparse.Parser([plugin], **off).parse(TEXT).meetings == ()
    assert len(diploparse.Parser([plugin], enable=["offers.shy"], **off).parse(TEXT).meetings) == 1


def test_plugin_order_changes_nothing():
    """Order is priority and name, never the order of arguments."""
    a = Offers(Extractor(name="m", stage="meetings", find=lambda document: [meeting()]), name="a")
    b = Offers(
        Extractor(name="m", stage="meetings", find=lambda document: [meeting(evidence=(Span(4, 9),))]),
        name="b",
    )

    one = diploparse.Parser([a, b], entry_points=False).parse(TEXT)
    two = diploparse.Parser([b, a], entry_points=False).parse(TEXT)

    assert one == two


def test_own_record_type_needs_evidence():
    """A plugin's record is kept if it says where it was read."""
    import attrs

    @attrs.frozen(kw_only=True)
    class Sanction:
        target: str
        evidence: tuple[Span, ...] = ()

    found = [Sanction(target="x", evidence=(Span(0, 8),)), Sanction(target="y")]
    plugin = Offers(Extractor(name="sanctions", stage="records", find=lambda document: found))

    extraction = diploparse.Parser([plugin], entry_points=False).parse(TEXT)

    assert extraction.records == (found[0],)
    assert codes(extraction) == [("no-evidence", "offers.sanctions")]


def test_slotted_record_with_a_span_outside_the_text_is_dropped():
    """A slotted class has no ``__dict__``; its spans are checked all the same."""
    import attrs

    @attrs.frozen(kw_only=True, slots=True)
    class Treaty:
        signed: Span
        evidence: tuple[Span, ...]

    found = [Treaty(signed=Span(5, 9999), evidence=(Span(0, 3),))]
    plugin = Offers(Extractor(name="treaties", stage="records", find=lambda document: found))

    extraction = diploparse.Parser([plugin], entry_points=False).parse(TEXT)

    assert extraction.records == ()
    assert codes(extraction) == [("span-outside-text", "offers.treaties")]


def test_lexicon_plugin_extends_the_tables():
    """Entries of a plugin are found like ours."""

    class Words:
        @hookimpl
        def diploparse_lexicons(self):
            entry = diploparse.Entry(surface="Zubrowka", kind="country", value="ZB")
            return [Lexicon(name="films", entries=(entry,))]

    lexicon = diploparse.Parser([Words()], entry_points=False).lexicon

    assert [h.entries[0].value for h in lexicon.find("He flew to Zubrowka.")] == ["ZB"]


def test_unknown_exporter_lists_the_known():
    """The error says what there is."""
    with pytest.raises(diploparse.UnknownFormat, match="json"):
        Plugins(entry_points=False).exporter("docx")


def test_hooks_are_the_four_of_the_contract():
    """The contract is pinned."""
    from diploparse.hookspecs import HookSpecs

    manager = pluggy.PluginManager("diploparse")
    manager.add_hookspecs(HookSpecs)

    assert sorted(n for n in vars(HookSpecs) if n.startswith("diploparse_")) == [
        "diploparse_exporters", "diploparse_extractors", "diploparse_lexicons", "diploparse_readers",
    ]  # fmt: skip


def test_diagnostics_are_records():
    """What went wrong travels with the extraction."""
    extraction = diploparse.Parser([object()], entry_points=False).parse(TEXT)

    assert all(isinstance(d, Diagnostic) for d in extraction.diagnostics)
    assert extraction.diagnostics[0].severity == "error"
