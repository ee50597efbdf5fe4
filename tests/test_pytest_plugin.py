"""The fixtures that come with diploparse."""

import pytest

import diploparse
from diploparse import Document
from diploparse.testing.pytest_plugin import compare

TEXT = "Norwegian Foreign Minister Ingrid Berge met Georgian President Levan Beridze in Oslo on Monday."


def test_parser_is_strict_and_there(diploparse_parser):
    """Without an import; a failing plugin would fail the test."""
    assert isinstance(diploparse_parser, diploparse.Parser)
    assert diploparse_parser.strict


@pytest.mark.diploparse(disable=["english.meetings"], entry_points=False)
def test_marker_gives_the_parser_other_arguments(diploparse_parser):
    """As `diploparse.Parser` takes them."""
    assert diploparse_parser.parse(TEXT).meetings == ()


def test_document_is_cut_up(make_document):
    """For a direct call of ``find``."""
    document = make_document("They met. They spoke.", published="2024-03-14")

    assert isinstance(document, Document)
    assert len(document.sentences) == 2
    assert document.published == "2024-03-14"


def test_records_are_compared_in_words(assert_records):
    """Only the fields that are named."""
    assert_records(
        diploparse.parse(TEXT, published="2024-03-14"),
        actors=[{"name": "Ingrid Berge", "roles": ["Foreign Minister"]}, {"country": "GE"}],
        meetings=[
            {
                "cue": "met",
                "participants": ["Ingrid Berge", "Levan Beridze"],
                "place": "Oslo",
                "when": "2024-03-11",
            }
        ],
        statements=[],
    )


def test_difference_shows_records_and_text():
    """What was expected, what was found, and the words it was read from."""
    shown = compare(
        diploparse.parse(TEXT, published="2024-03-14"), "meetings", [{"cue": "met", "status": "planned"}]
    )

    assert "-  status: planned" in shown
    assert "+  status: held" in shown
    assert "   cue: met" in shown
    assert "⟦met⟧" in shown


def test_missing_and_surplus_records_are_shown():
    """A record that nobody expected is shown whole."""
    extraction = diploparse.parse(TEXT)

    assert "+  participants: Ingrid Berge + Levan Beridze" in compare(extraction, "meetings", [])
    assert "-  cue: said" in compare(extraction, "statements", [{"cue": "said"}])


def test_misspelt_list_is_told(assert_records):
    """A typing error must not pass as an empty comparison."""
    with pytest.raises(TypeError, match="'meeting'"):
        assert_records(diploparse.parse(TEXT), meeting=[])


def test_misspelt_field_is_told():
    """Nor may that of a field."""
    assert "no such field" in compare(diploparse.parse(TEXT), "meetings", [{"que": "met"}])
