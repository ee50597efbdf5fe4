"""The lexicon: files, forms, the automaton and its plain twin."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diploparse import Entry, LexiconError, LexiconUnion, Parser, read_lexicon

ENTRIES = [
    Entry(surface="Türkiye", kind="country", value="TR"),
    Entry(surface="General Staff", kind="organization"),
    Entry(surface="General", kind="rank"),
    Entry(surface="Gen.", kind="rank", value="General"),
    Entry(surface="foreign minister", kind="title", match="phrase"),
    Entry(surface="chargé d'affaires", kind="title", match="phrase"),
    Entry(surface="said", kind="cue", match="token", value="say"),
    Entry(surface="U.S.", kind="country", value="US"),
]


def found(text, union=None):
    union = union or LexiconUnion(ENTRIES)
    return [text[h.start : h.end] for h in union.find(text)]


def test_longest_match_wins_and_words_are_whole():
    """ "General Staff" over "General"; nothing inside "Generals"; "Gen." ends in a full stop."""
    assert found("The General Staff, Generals, Gen. X and the General.") == [
        "General Staff",
        "Gen.",
        "General",
    ]


def test_failed_longer_match_does_not_hide_a_shorter():
    """ "General Staffing" holds "General"."""
    assert found("General Staffing") == ["General"]


def test_names_match_their_case_and_capitals_phrases_any():
    """türkiye is no country; a phrase may be in lower, title or upper case."""
    assert found("türkiye Türkiye TÜRKIYE") == ["Türkiye", "TÜRKIYE"]
    assert found("foreign minister, Foreign Minister, FOREIGN MINISTER, fOREIGN minister") == [
        "foreign minister",
        "Foreign Minister",
        "FOREIGN MINISTER",
    ]


def test_either_apostrophe_matches():
    """Straight and curly."""
    assert found("the chargé d’affaires, the chargé d'affaires") == ["chargé d’affaires", "chargé d'affaires"]


def test_tokens_are_looked_up_never_scanned_for():
    """A token entry answers `lookup` only."""
    union = LexiconUnion(ENTRIES)

    assert found("he said") == []
    assert [e.value for e in union.lookup("Said", "cue")] == ["say"]
    assert not union.has("said", "rank")


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def test_file_gives_entries_with_features(tmp_path):
    """Columns beyond surface and value are features; empty cells are none."""
    path = write(
        tmp_path / "c.tsv", "# kind: country\n# match: name\nsurface\tvalue\tcapital\nA|B\tAA\tX|Y\nC\tCC\t\n"
    )

    a, b, c = read_lexicon(path)

    assert (a.surface, b.surface, b.value, b.values("capital"), c.feature("capital")) == (
        "A",
        "B",
        "AA",
        ("X", "Y"),
        "",
    )


def test_all_faults_of_a_file_are_told_together(tmp_path):
    """Each with its line."""
    path = write(tmp_path / "bad.tsv", "# kind: country\nsurface\tvalue\nA\tB\tC\n\tX\n")

    with pytest.raises(LexiconError) as caught:
        read_lexicon(path)

    assert [line for line, _ in caught.value.faults] == [3, 4]
    assert "lexicons.md" in str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "# kind: x\nform\tvalue\n", "surface\tvalue\nA\tB\n", "# kind: x\n# match: any\nsurface\n"]
)
def test_file_that_is_no_lexicon_is_refused(tmp_path, text):
    """No columns, a wrong first column, no kind, an unknown match."""
    with pytest.raises(LexiconError):
        read_lexicon(write(tmp_path / "bad.tsv", text))


FORMS = ["General", "General Staff", "Staff", "a", "ab", "abc b", "Gen.", "U.S."]


@given(st.lists(st.sampled_from([*FORMS, " ", ".", "x", "-"]), max_size=20).map("".join))
@settings(deadline=None)
def test_plain_twin_gives_what_the_automaton_gives(text):
    """The reference: slower, same hits."""
    entries = [Entry(surface=f, kind="k") for f in FORMS]

    assert LexiconUnion(entries).find(text) == LexiconUnion(entries, automaton=False).find(text)


def test_plain_twin_agrees_on_the_built_in_tables():
    """On real tables and a text of their own words."""
    lexicon = Parser(entry_points=False).lexicon
    entries = [entry for kind in lexicon.kinds() for entry in lexicon.table(kind)]
    text = ". ".join(e.surface for e in entries[::37])

    assert LexiconUnion(entries).find(text) == LexiconUnion(entries, automaton=False).find(text)


def test_lone_surrogate_keeps_offsets():
    """Half a character from a broken decoder has no UTF-8; the hits around it stay where they are."""
    assert [h.start for h in LexiconUnion(ENTRIES).find("General \ud800 General")] == [0, 10]
