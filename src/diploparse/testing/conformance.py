"""The conformance suite: a factory that gives a test module every law that applies to its plugin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..errors import UsageError
from .laws import BY_NAME, Example, Law, NotApplicable, Subject, check_law, laws_for


def conformance(
    plugin: Any,
    *,
    examples: Iterable[str | bytes | Example] = (),
    capabilities: Iterable[str] | None = None,
    xfail: Mapping[str, str] | None = None,
    strict: bool = True,
    max_examples: int = 25,
    settings: Any = None,
) -> type:
    """
    A test class with every law that applies to a plugin.

    It is made anew at each call, and not a base class: Hypothesis refuses a ``@given`` method
    that several classes inherit.

    Args:
        plugin: A dotted module name, an entry point's name, a module, or an object with hooks.

        examples: Texts on which its extractors find something; for a reader, files as bytes.

        capabilities: What it claims (`diploparse.testing.laws.CAPABILITIES`); by default all.

        xfail: Laws that it is known to break, and why.

        strict: Whether a law named there that is kept after all fails its test.

        max_examples: Inputs a law is tried on.

        settings: A Hypothesis ``settings`` object, instead.

    Returns:
        A class for pytest, a test a law: ``TestConformance = conformance("my_plugin")``.

    Raises:
        UsageError: No such plugin, capability or law.
    """
    subject = Subject(plugin, examples=examples, capabilities=capabilities)
    expected = dict(xfail or {})
    unknown = sorted(set(expected) - set(BY_NAME))
    if unknown:
        raise UsageError(
            message=f"xfail names {unknown[0]!r}, which is no law: choose among {', '.join(BY_NAME)}"
        )
    tests: dict[str, Any] = {"__doc__": f"The laws, for {subject.name}.", "subject": subject}
    applying = laws_for(subject)
    for law in applying:
        tests[f"test_{law.name}"] = _test(
            law, subject, expected.get(law.name), strict, max_examples, settings
        )
    if subject.examples and "extractor" in subject.kinds:
        tests["test_examples_are_read"] = _examples_test(subject)
    return type("Conformance", (), tests)


def _test(
    law: Law, subject: Subject, reason: str | None, strict: bool, max_examples: int, settings: Any
) -> Callable[[Any], None]:
    import pytest

    def test(self: Any) -> None:
        try:
            check_law(law, subject, max_examples=max_examples, settings=settings)
        except NotApplicable as why:
            pytest.skip(str(why))

    test.__doc__ = law.about
    test.__name__ = f"test_{law.name}"
    if reason is not None:
        marked: Callable[[Any], None] = pytest.mark.xfail(reason=reason, strict=strict)(test)
        return marked
    return test


def _examples_test(subject: Subject) -> Callable[[Any], None]:
    def test(self: Any) -> None:
        for example in subject.examples:
            reading = subject.read(example.text, example.published)
            assert reading.raw, f"the plugin finds nothing in its example {example.text!r}"

    test.__doc__ = "The plugin finds something in each example: laws on texts without records say nothing."
    return test
