"""Read states.txt, the common source of the tables of countries, demonyms, capitals and places."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Form(NamedTuple):
    """A surface form, what else it may be, and a further code it may stand for."""

    text: str
    ambiguous: str
    other: str


class State(NamedTuple):
    """One line of states.txt."""

    code: str
    status: str
    names: list[Form]
    capitals: list[Form]
    adjectives: list[Form]
    people: list[Form]


def split(field: str) -> list[Form]:
    """Return the forms of a field, such as ``Chad!name|Tchad``."""
    result = []
    for form in filter(None, (part.strip() for part in field.split("|"))):
        form, _, other = form.partition(">")
        form, _, ambiguous = form.partition("!")
        other, _, more = other.partition("!")
        result.append(Form(form, ambiguous or more, other))
    return result


def read_states() -> list[State]:
    """Return all lines of states.txt, in their order."""
    states = []
    for line in Path(__file__).with_name("states.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, status, *fields = (field.strip() for field in (line + " ").split(" ;"))
            states.append(State(code, status, *map(split, fields)))
    return states
