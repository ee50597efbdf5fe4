"""A clause under construction."""

from __future__ import annotations

from ...records import Link, VerbForm
from .chunks import Chunk


class Frame:
    """A clause that is being built; positions are word numbers."""

    __slots__ = (
        "antecedent",
        "attachments",
        "auxiliary",
        "candidate",
        "chunk",
        "close",
        "comma",
        "complement",
        "first",
        "form",
        "governor",
        "head",
        "infinitive",
        "inserted",
        "last",
        "lemma",
        "link",
        "marker",
        "modal",
        "noun",
        "objects",
        "order",
        "parent",
        "quoted",
        "subject",
        "wh",
    )  # fmt: skip

    def __init__(
        self, link: Link, first: int, parent: Frame | None = None, marker: str | None = None
    ) -> None:
        self.link: Link = link
        self.first = first
        self.last = first
        self.parent = parent
        self.marker = marker
        self.subject: tuple[int, int] | None = None
        self.candidate: tuple[int, int] | None = None
        self.antecedent: tuple[int, int] | None = None
        self.wh = False
        self.inserted = False
        self.quoted = False
        self.chunk: Chunk | None = None
        self.head = -1
        self.lemma = ""
        self.form: VerbForm = "finite"
        self.noun = False
        self.auxiliary: tuple[int, int] | None = None
        self.comma = False
        self.modal = ""
        self.close = -1
        self.infinitive = -1
        self.objects: list[tuple[int, int]] = []
        self.attachments: list[tuple[int, int, int]] = []
        self.complement: list[tuple[int, int]] = []
        self.governor: Frame | None = None
        self.order = -1
