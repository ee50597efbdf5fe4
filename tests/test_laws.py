"""The laws: each is broken by something, kept by a plugin that is well, and told with a counter-example."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from diploparse import UsageError
from diploparse.testing import conformance
from diploparse.testing.broken import BROKEN, GOOD, SAMPLE
from diploparse.testing.laws import (
    BY_NAME,
    CAPABILITIES,
    LAWS,
    LawBroken,
    Subject,
    check,
    check_law,
    laws_for,
)

UNSHRUNK = settings(
    max_examples=100, phases=[Phase.generate], deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
DOCS = Path(__file__).parents[1] / "docs" / "reference" / "laws.md"


def subject(plugin, law):
    return Subject(plugin, examples=[SAMPLE] if law.kind == "reader" else [])


def test_no_law_is_without_a_plugin_that_breaks_it():
    """A law that nothing trips would be a defect."""
    assert list(BROKEN) == [law.name for law in LAWS]


@pytest.mark.parametrize(
    ("name", "plugin"), [(name, plugin) for name, plugins in BROKEN.items() for plugin in plugins]
)
def test_law_refuses_its_broken_plugin(name, plugin):
    """With the law's name and sentence, the plugin's name, a counter-example and where to read on."""
    law = BY_NAME[name]
    tested = subject(plugin, law)

    assert law in laws_for(tested)
    with pytest.raises(LawBroken) as caught:
        check_law(law, tested, settings=UNSHRUNK)

    message = str(caught.value)
    assert f"{name!r}" in message
    assert law.about in message
    assert tested.name in message
    assert caught.value.facts
    assert f"docs/reference/laws.md#{name.replace('_', '-')}" in message


@pytest.mark.slow
def test_plugin_that_is_well_keeps_every_law():
    """None of the laws refuses it, and each was tried."""
    results = list(check(Subject(GOOD), max_examples=15))

    assert [r.message for r in results if r.status == "broken"] == []
    assert [r.law.name for r in results if r.status == "not tried"] == [
        "hash_seed"
    ]  # it has no name to import
    assert all(r.tried for r in results if r.status == "kept")


def test_reference_has_every_law_and_capability():
    """In the order of the table, each with its sentence."""
    page = DOCS.read_text(encoding="utf-8")

    headings = re.findall(r"^### `?([\w]+)`?$", page, re.MULTILINE)
    assert headings == [law.name for law in LAWS]
    for law in LAWS:
        assert law.about in page, law.name
    for name, about in CAPABILITIES.items():
        assert f"`{name}`" in page
        assert about in page


Conformance = conformance(GOOD, max_examples=5)


@pytest.mark.slow
class TestWell(Conformance):
    """A class made by the factory, used in place."""


TestAlsoWell = conformance(GOOD, capabilities=["paragraphs"], max_examples=5)


def test_capabilities_choose_the_laws():
    """What a plugin does not claim, it is not held to."""
    assert hasattr(TestAlsoWell, "test_irrelevant_paragraph")
    assert not hasattr(TestAlsoWell, "test_dates_shift")
    assert not hasattr(TestAlsoWell, "test_export_total")
    assert hasattr(TestAlsoWell, "test_total")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"plugin": "no_such_plugin"}, "nor a module that can be imported"),
        ({"plugin": GOOD, "capabilities": ["flying"]}, "unknown capability 'flying'"),
        ({"plugin": GOOD, "xfail": {"flying": "it cannot"}}, "which is no law"),
        ({"plugin": object()}, "no hook of ours"),
    ],
)
def test_wrong_use_is_told(arguments, words):
    """Which plugin, what is wrong, what there is."""
    with pytest.raises(UsageError, match=words):
        conformance(**arguments)


def test_known_fault_is_expected_to_fail():
    """``xfail`` marks the law's test, strictly, with the reason."""
    made = conformance(BROKEN["truncation"][0], xfail={"truncation": "it reads the end first"})

    (mark,) = made.test_truncation.pytestmark
    assert (mark.name, mark.kwargs) == ("xfail", {"reason": "it reads the end first", "strict": True})


def test_example_without_records_is_told():
    """Laws on texts in which nothing is found say nothing."""
    made = conformance(GOOD, examples=["Nothing is here."])

    with pytest.raises(AssertionError, match="finds nothing in its example"):
        made().test_examples_are_read()
