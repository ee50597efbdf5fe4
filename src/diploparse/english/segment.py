"""Text to Document (to be written: this passes the text through as one paragraph)."""

from __future__ import annotations

from ..lexicon import LexiconUnion
from ..parser import plain_document
from ..records import Document, Metadata


def find_document(text: str, metadata: Metadata, lexicon: LexiconUnion) -> Document:
    return plain_document(text, metadata)
