"""The grammar: supported templates are recovered exactly; files are read, faults are told."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings

import diploparse
from diploparse import InputError
from diploparse.parser import spans_of
from diploparse.testing import grammar

PARSER = diploparse.Parser(entry_points=False, strict=True)
SUPPORTED = grammar.supported()


def test_grammar_is_wide():
    """At least 150 supported templates in at least 25 families, no label twice."""
    labels = Counter(t.label for t in grammar.templates())

    assert len(SUPPORTED) >= 150
    assert len({t.family for t in SUPPORTED}) >= 25
    assert max(labels.values()) == 1


@pytest.mark.parametrize("template", SUPPORTED, ids=lambda t: t.label)
def test_supported_template_is_recovered_exactly(template):
    """Records, values and spans, and nothing else: a template that fails here has lost its support."""
    for number in range(3):
        article = grammar.write_article([template], random.Random(f"{template.label}-{number}"))
        found = grammar.compare(article, PARSER.parse(article.text, published=article.published))

        wrong = [v.near for v in found.verdicts if not v.found]
        assert found.exact, f"{article.text!r}: {wrong} surplus {found.surplus}"


@given(grammar.articles(clutter=True))
@settings(max_examples=60, deadline=None)
def test_gold_is_valid_and_in_words_of_the_text(article):
    """Spans are inside, names are what their spans cover, ids resolve."""
    gold, text = article.gold, article.text
    actors = {a.id for a in gold.actors}
    for record in (*gold.actors, *gold.meetings, *gold.statements):
        assert all(0 <= s.start < s.end <= len(text) for s in spans_of(record))
        assert record.id in article.home
    for actor in gold.actors:
        assert not actor.mentions or actor.name in {gold.text(m) for m in actor.mentions}
    for meeting in gold.meetings:
        assert {p.actor for p in meeting.participants} <= actors
        assert meeting.place is None or gold.text(meeting.place.span) == meeting.place.name


TEMPLATES = """
## sanctions
# imposed +passive
{A} was <m received> by {B}.
= meet m: A/guest B/host
"""


def test_authors_add_their_own(tmp_path):
    """A file of templates, a lexicon of one's own."""
    path = tmp_path / "mine.txt"
    path.write_text(TEMPLATES, encoding="utf-8")

    (template,) = grammar.read_templates(path)
    article = grammar.write_article([template], random.Random(1))
    verdicts = grammar.compare(article, PARSER.parse(article.text, published=article.published)).verdicts

    assert template.features == {"sanctions", "passive"}
    assert grammar.recall_by_feature(verdicts) == {
        "passive": (3, 3), "passive + sanctions": (3, 3), "sanctions": (3, 3),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("# a\n{A} spoke.", "before the first '## family' line"),
        ("## f\n# a\n", "has no text"),
        ("## f\n# a\n{A} <m met> {B}.\n= meet m: A C", "names 'C'"),
        ("## f\n# a\n{A} met {B}.\n= meet m: A B", "names the mark 'm'"),
        ("## f\n# a\n{A} met {B}.\n= met m: A B", "none of 'meet MARK"),
        ("## f\n# a\nOne.\n# a\nTwo.", "a second template f/a"),
    ],
)
def test_faults_of_a_template_file_are_told(tmp_path, text, problem):
    """Which file, which line, what is wrong, where the format is described."""
    path = tmp_path / "bad.txt"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InputError) as caught:
        grammar.read_templates(path)

    assert problem in str(caught.value)
    assert "bad.txt:" in str(caught.value)


def test_lost_record_is_told_in_words():
    """What was expected, what was found, by the words of the text."""
    (template,) = [t for t in SUPPORTED if t.label == "active/met"]
    article = grammar.write_article([template], random.Random(3))
    without = diploparse.Parser(entry_points=False, disable=["english.meetings"])

    found = grammar.compare(article, without.parse(article.text, published=article.published))

    (verdict,) = [v for v in found.verdicts if v.kind == "meeting"]
    assert not found.exact
    assert "cue 'met'" in verdict.near
