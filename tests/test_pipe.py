"""Many documents: one that fails costs itself."""

import re
import signal
import threading
import time
from itertools import islice

import pytest

import diploparse
from diploparse import Diagnostic, Extractor, Metadata, Parser, PluginError, RawDocument, UsageError, hookimpl

TEXT = "PARIS, Nov 28 (Press) - Minister Jane Roe met President John Doe in Paris on Monday."


class Poison:
    """Does what the text asks for."""

    name = "poison"

    @hookimpl
    def diploparse_extractors(self):
        return [Extractor(name="eat", stage="statements", find=self.eat, languages=("*",))]

    def eat(self, document):
        if "HANG" in document.text:
            while True:
                try:
                    time.sleep(0.01)
                except Exception:  # as plugins do; the limit must pass
                    continue
        if "SLOW" in document.text:
            re.match(r"(a|aa)+$", "a" * 33 + "b")
        if "RAISE" in document.text:
            raise ValueError("no")
        return ()


@pytest.fixture(scope="module")
def parser():
    return Parser([Poison()], entry_points=False)


def test_documents_come_out_in_their_order(parser):
    """An extraction a document."""
    texts = [f"{TEXT} {n}" for n in range(4)]

    assert [e.document.text for e in parser.pipe(texts)] == texts


def test_it_is_a_generator(parser):
    """Nothing is read ahead: documents may have no end."""
    endless = iter(lambda: TEXT, None)

    assert len(list(islice(parser.pipe(endless), 3))) == 3


def test_module_function_uses_the_default_parser():
    """`diploparse.pipe` is `diploparse.parse` for many."""
    [extraction] = diploparse.pipe([TEXT])

    assert extraction == diploparse.parse(TEXT)


@pytest.mark.parametrize("poison", ["HANG", "SLOW"])
def test_a_document_that_takes_too_long_has_no_records(parser, poison):
    """In Python's loops at once, in a regular expression when it comes back; the plugin is named."""
    texts = [TEXT, f"{TEXT} {poison}", TEXT]

    before, slow, after = parser.pipe(texts, time_limit=0.3)

    assert (slow.failure.code, slow.failure.stage, slow.failure.plugin) == (
        "out-of-time",
        "statements",
        "poison.eat",
    )
    assert not slow.actors
    assert before == after == parser.parse(TEXT)


def test_a_plugin_that_raises_costs_its_own_records(parser):
    """The stage and the plugin are named, and the document has not failed."""
    [extraction] = parser.pipe([f"{TEXT} RAISE"])

    assert extraction.failure is None
    assert [(d.stage, d.plugin) for d in extraction.diagnostics] == [("statements", "poison.eat")]
    assert extraction.meetings


def test_what_is_no_text_is_a_failed_document(parser):
    """Bytes, or a document of bytes."""
    found = list(parser.pipe([b"bytes", RawDocument(text=None, metadata=Metadata(id="none")), TEXT]))

    assert [e.failure and e.failure.code for e in found] == ["document-failed", "document-failed", None]
    assert found[1].document.id == "none"


def test_strict_raises(parser):
    """As it does for one document."""
    with pytest.raises(PluginError):
        list(Parser([Poison()], entry_points=False, strict=True).pipe([f"{TEXT} RAISE"]))


def test_limit_leaves_the_signal_as_it_was(parser):
    """Somebody else's handler, and no timer running."""

    def mine(signum, frame):
        raise AssertionError

    before = signal.signal(signal.SIGALRM, mine)
    try:
        list(parser.pipe([TEXT], time_limit=5))
        assert signal.getsignal(signal.SIGALRM) is mine
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    finally:
        signal.signal(signal.SIGALRM, before)


def test_limit_needs_the_main_thread(parser):
    """Signals go nowhere else: that is told for the document, not forgotten."""
    found = []
    thread = threading.Thread(target=lambda: found.extend(_caught(parser)))
    thread.start()
    thread.join()

    assert "main thread" in found[0]


def _caught(parser):
    try:
        list(parser.pipe([TEXT], time_limit=1))
    except UsageError as error:
        yield str(error)


def test_readers_notes_come_first(parser):
    """What a reader has to say is kept with the records."""
    note = Diagnostic(severity="info", code="read", stage="read", message="by hand")
    [extraction] = parser.pipe([RawDocument(text=TEXT, notes=(note,))])

    assert extraction.diagnostics == (note,)
