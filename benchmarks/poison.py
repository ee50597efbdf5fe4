"""
A plugin that reads nothing but does what a text tells it: for trying faults.

With the built-in extractors disabled, a document takes a tenth of a millisecond, so that 20,000 of them
can be read a dozen times over.
"""

from __future__ import annotations

import os
import re
import signal
import time

import attrs

from diploparse import Document, Extractor, Span, hookimpl, register_record


@register_record
@attrs.frozen(kw_only=True)
class Word:
    """A long word: something to count."""

    evidence: tuple[Span, ...]
    """Where it stands."""


def find_words(document: Document) -> list[Word]:
    """The words of ten letters and more; and the faults that are asked for."""
    text = document.text
    if "POISON" in text:
        if "POISON:raise" in text:
            raise ValueError("poisoned")
        if "POISON:hang" in text:
            while True:
                time.sleep(0.001)
        if "POISON:kill" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "POISON:segfault" in text:
            import ctypes

            ctypes.string_at(0)
        if "POISON:exit" in text:
            os._exit(3)
    return [Word(evidence=(Span(*m.span()),)) for m in re.finditer(r"\w{10,}", text)]


@hookimpl
def diploparse_extractors() -> list[Extractor]:
    return [Extractor(name="words", stage="records", find=find_words, languages=("*",))]
