"""Fixtures, the formats, and the laws."""

import csv
import io
import re
from pathlib import Path

import pytest
from diploparse_sanctions import Sanction

import diploparse
from diploparse.testing import conformance

FIXTURES = Path(__file__).with_name("fixtures.md").read_text(encoding="utf-8")
PARSER = diploparse.Parser(["diploparse_sanctions"], entry_points=False, strict=True)


def cases():
    for section in re.split(r"(?m)^## ", FIXTURES)[1:]:
        title, _, body = section.partition("\n")
        expected = re.findall(r"(?m)^- (.*)$", body)
        yield pytest.param(re.sub(r"(?m)^- .*$", "", body).strip(), expected, id=title)


def line(s):
    """A sanction as the fixtures write it."""
    return (
        f"{s.sender.name} ({s.sender.country}) {s.status} {s.measure.text if s.measure else None}: "
        f"{s.target.name} ({s.target.country}) {s.since.value if s.since else None}"
    )


@pytest.mark.parametrize(("passage", "expected"), list(cases()))
def test_sanctions(passage, expected):
    """Each passage tells these and no other."""
    assert [line(s) for s in PARSER.parse(passage, published="2024-03-14").records] == expected


TEXT = "Canada imposed sanctions on five Belarusian officials on Monday. The United Kingdom lifted sanctions on Syria."


@pytest.fixture
def extraction():
    return PARSER.parse(TEXT, published="2024-03-14")


def test_json_brings_them_back(extraction):
    """Written and read, equal."""
    out = io.StringIO()
    diploparse.write(extraction, "json", out)

    (back,) = diploparse.loads(out.getvalue())

    assert back == extraction
    assert [type(r) for r in back.records] == [Sanction, Sanction]


def test_csv_has_a_table(extraction, tmp_path):
    """A row a sanction, nested fields as columns, words beside offsets."""
    diploparse.write(extraction, "csv", tmp_path)

    with open(tmp_path / "record_sanction.csv", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))

    assert [(r["sender_name"], r["status"], r["target_name"], r["since_value"]) for r in rows] == [
        ("Canada", "imposed", "five Belarusian officials", "2024-03-11"),
        ("United Kingdom", "lifted", "Syria", ""),
    ]
    assert TEXT[int(rows[1]["target_span_start"]) : int(rows[1]["target_span_end"])] == "Syria"


def test_rdf_has_nodes(extraction):
    """A class and properties after the record's class and fields."""
    out = io.StringIO()
    diploparse.write(extraction, "ttl", out)

    assert out.getvalue().count("a rec:Sanction ;") == 2
    assert 'rec:Party.name "five Belarusian officials"' in out.getvalue()


TestConformance = conformance(
    "diploparse_sanctions",
    examples=[
        "Canada imposed sanctions on five Belarusian officials on Monday.",
        "Sanctions were imposed on Egypt by Poland on Tuesday.\n\nNorwegian Foreign Minister Ingrid Berge met Levan Beridze.",
        "Georgia lifted sanctions on Chile. The border was opened on Monday.",
    ],
    max_examples=15,
)
