"""HTML: every span marked, all links resolve, nothing runs and nothing is fetched; seen in a browser where there is one."""

import hashlib
import importlib.util
import io
import json
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import extractions

import diploparse
from diploparse import (
    Actor,
    Cue,
    Meeting,
    Metadata,
    Participation,
    RawDocument,
    Role,
    Span,
    Statement,
    Topic,
    When,
)
from diploparse.export import graphics, highlights
from diploparse.export import html as module
from diploparse.parser import spans_of as spans_in

relaxed = settings(deadline=None, max_examples=40)
VOID = {"meta", "br", "hr", "img", "link", "input"}
HOSTILE = "\"'<script>alert(1)</script>\n=cmd()\u202e\u2067😀\0&lt;{{7*7}}--></style>"


class Page(HTMLParser):
    """What a page holds: elements, ids, links, and the text of each open mark."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.stack, self.tags, self.ids, self.hrefs, self.attributes = [], [], [], [], []
        self.marks, self.text, self.muted, self.words = {}, [], 0, []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs_):
        given = dict(attrs_)
        self.tags.append(tag)
        self.attributes += given
        self.ids += [given["id"]] if "id" in given else []
        self.hrefs += [given["href"]] if "href" in given else []
        if tag not in VOID:
            self.stack.append((tag, given))
        kinds = given.get("class", "").split()
        if "data-span" in given:
            key = (kinds[0], given["data-span"], given["id"].partition("-")[0])
            assert key not in self.marks, "a span is marked once"
            self.marks[key] = ""

    def handle_startendtag(self, tag, attrs_):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        started, _ = self.stack.pop()
        assert started == tag, "elements nest"

    def handle_data(self, data):
        inside = [given.get("class", "").split() for _, given in self.stack]
        if ["refs"] in inside or not any(k[:1] == ["text"] for k in inside):
            return
        self.words.append(data)
        for _, opened in self.stack:
            if "data-span" in opened:
                key = (opened["class"].split()[0], opened["data-span"], opened["id"].partition("-")[0])
                self.marks[key] += data


def page_of(*found, **options):
    out = io.StringIO(newline="")
    module.write(found, out, **options)
    return out.getvalue()


def shown(text):
    """A text as HTML can hold it."""
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" or c == "\0" else c for c in text)


def spans_of(x):
    """Spans that a record was read from, by what they are for: said again, not taken from the exporter."""
    line = x.document.dateline
    found = set()

    def add(kind, *spans):
        found.update((kind, f"{s.start}-{s.end}") for s in spans if s is not None)

    if line:
        add("dateline", line.span)
        add("place", line.place and line.place.span)
        add("time", line.when and line.when.span)
    named = {s for a in x.actors for s in (*a.mentions, *a.references)}
    for a in x.actors:
        add("actor", *a.mentions)
        add("reference", *a.references)
        add("role", *(r.span for r in a.roles))
    for m in x.meetings:
        add("evidence", *m.evidence)
        add("meeting", m.cue.span)
        add("time", m.when and m.when.span)
        add("place", m.place and m.place.span)
        add("topic", *(t.span for t in m.topics))
        add("part", *(p.span for p in m.participants if p.span not in named))
    for s in x.statements:
        add("evidence", *s.evidence)
        add("speech", s.cue.span)
        add("content", *s.content)
        add("time", s.when and s.when.span)
        add("part", *({s.speaker_span} - named - {None}))
    for r in x.records:
        add("other", *r.evidence)
    return found


def has_words(extraction):
    """Whether every span holds more than white space: a mark of that alone would show nothing, and is left out."""
    records = (*extraction.actors, *extraction.meetings, *extraction.statements, *extraction.records)
    text = extraction.document.text
    return all(text[s.start : s.end].strip() for r in records for s in spans_in(r))


@relaxed
@given(st.lists(extractions().filter(has_words), max_size=2))
def test_every_span_is_marked_once(found):
    """One open mark a span and kind, elements nested, the text as it was."""
    page = Page(page_of(*found))

    assert not page.stack
    assert {(kind, span, doc) for kind, span, doc in page.marks} == {
        (*key, f"d{n}") for n, x in enumerate(found, 1) for key in spans_of(x)
    }


@relaxed
@given(extractions())
def test_marks_hold_their_words(x):
    """Of a mark in one piece; those that cross another or a paragraph go on in pieces of class ``cont``."""
    x = attrs.evolve(x, document=attrs.evolve(x.document, paragraphs=()))
    html = page_of(x)

    for (_, span, _), words in Page(html).marks.items():
        start, end = map(int, span.split("-"))
        assert shown(x.document.text[start:end]).startswith(words)
        assert "cont" in html or words == shown(x.document.text[start:end])
    assert "".join(Page(html).words).strip("\n") == shown(x.document.text).strip("\n")


@relaxed
@given(st.lists(extractions().filter(has_words), max_size=2))
def test_links_resolve_and_nothing_runs(found):
    """Ids are unique; links lead into the page or, of a document's own address, to the web; no script, no handler."""
    page = Page(page_of(*found))
    urls = {x.document.url for x in found}

    assert len(page.ids) == len(set(page.ids))
    for href in page.hrefs:
        assert href[1:] in page.ids if href.startswith("#") else href in urls
    assert not {"script", "img", "iframe", "link", "object", "embed", "base"} & set(page.tags)
    assert not [
        name for name in page.attributes if name.startswith("on") or name in ("src", "srcset", "action")
    ]


def diplomat(n, name, span, **more):
    return Actor(id=f"a{n}", kind="person", name=name, mentions=(span,), **more)


def hostile():
    """An extraction whose every text is an attack."""
    text = f"{HOSTILE} met {HOSTILE}."
    one, cue, other, whole = (
        Span(0, len(HOSTILE)),
        Span(len(HOSTILE) + 1, len(HOSTILE) + 4),
        Span(len(HOSTILE) + 5, len(text) - 1),
        Span(0, len(text)),
    )
    x = diploparse.Parser().parse(
        RawDocument(text="x", metadata=Metadata(id=HOSTILE, url="javascript:alert(1)", title=HOSTILE))
    )
    role = Role(title=HOSTILE, organization=HOSTILE, span=one)
    return attrs.evolve(
        x,
        document=attrs.evolve(x.document, text=text, paragraphs=(), sentences=(whole,), publisher=HOSTILE, language='x"><script>'),
        actors=(diplomat(1, HOSTILE, one, roles=(role,), aliases=(HOSTILE,)), diplomat(2, HOSTILE + "2", other, country=HOSTILE)),
        meetings=(
            Meeting(
                id='m"><script>', cue=Cue(span=cue, lemma=HOSTILE), evidence=(whole,), topics=(Topic(text=HOSTILE, span=other),),
                when=When(value=HOSTILE, earliest="2019-11-28", latest="2019-11-28", text=HOSTILE, span=cue),
                participants=(Participation(actor="a1", span=one, role=HOSTILE), Participation(actor="a2", span=other)),
            ),
        ),
        statements=(
            Statement(id=HOSTILE, speaker="a1", cue=Cue(span=cue, lemma="say"), content=(other,), via=HOSTILE, evidence=(whole,)),
        ),
    )  # fmt: skip


def test_hostile_texts_are_only_texts():
    """Markup, quotes and templates of a record are shown, not taken."""
    page = Page(page_of(hostile(), hostile(), title=HOSTILE))

    assert not {"script"} & set(page.tags)
    assert page.tags.count("style") == 2  # ours, and the filters'
    assert not any(href.startswith("javascript") for href in page.hrefs)
    assert shown(HOSTILE) in "".join(page.words)


def test_nested_marks_nest_and_crossing_ones_go_on():
    """A tree in any case: "ab" [0, 2) crosses "bc" [1, 3), and "d" lies inside "cd"."""
    x = diploparse.parse("x")
    x = attrs.evolve(
        x,
        document=attrs.evolve(x.document, text="abcd e", paragraphs=()),
        actors=(diplomat(1, "A", Span(0, 2)), diplomat(2, "B", Span(1, 3)), diplomat(3, "D", Span(2, 4)), diplomat(4, "E", Span(3, 4))),
    )  # fmt: skip

    html = highlights.text_html(x, highlights.marks_of(x), "d")
    html = re.sub(r"</?a\b[^>]*>", "", re.sub(r' (id|title|data-span)="[^"]*"', "", html))

    assert html == (
        '<p class="body"><mark class="actor">a<mark class="actor">b</mark></mark><mark class="actor cont">'
        '<mark class="actor">c</mark></mark><mark class="actor cont"><mark class="actor">d</mark></mark> e</p>\n'
    )  # fmt: skip


def test_links_of_words_lead_to_their_record_and_back():
    """A name to its actor's card, a card's words to where they stand."""
    html = page_of(hostile())

    assert 'href="#d1-A1"' in html
    assert 'id="d1-A1"' in html
    assert f'href="#d1-actor-0-{len(HOSTILE)}"' in html
    assert f'id="d1-actor-0-{len(HOSTILE)}"' in html


def test_graphics_show_the_busiest():
    """Pairs who met most, shapes by kind, a dashed line if never in person; nothing drawn for nobody."""
    nodes = {n: graphics.Node(n, "country" if n == "c" else "person", "AZ") for n in "abcdef"}
    edges = (
        [graphics.Edge("a", "b", "in_person")] * 3
        + [graphics.Edge("b", "c", "phone")] * 2
        + [graphics.Edge("e", "f")]
    )

    drawn = graphics.network(nodes, edges, most=3)

    assert graphics.busiest(nodes, edges, 3) == ["a", "b", "c"]
    assert drawn.count("<circle") == 2
    assert drawn.count('class="edge"') == drawn.count('class="edge dashed"') == 1
    assert "a and b: 3 meetings" in drawn
    assert graphics.network(nodes, []) == graphics.matrix(nodes, []) == graphics.timeline([]) == ""
    assert graphics.matrix(nodes, edges).count('class="count"') == 6


def test_timeline_counts_years_where_lines_would_be_too_many():
    """A bar for a month, hollow for what was not held."""
    day = graphics.Moment("2019-11-28", "2019-11-28", "A – B", "#m")
    month = graphics.Moment("2020-01-01", "2020-01-31", "C – D", "#n", "planned")

    assert graphics.timeline([month, day]).index("A – B") < graphics.timeline([month, day]).index("C – D")
    assert ">2020-01<" in graphics.timeline([month, day])
    assert 'class="dot hollow"' in graphics.timeline([day, month])
    assert ">61<" in graphics.timeline([day] * 61)


def test_notebook_shows_the_fragment():
    """Without a page around it, under its own ids."""
    x = hostile()

    html = x._repr_html_()

    assert html == module.fragment(x)
    assert html.startswith('<div class="diploparse">')
    assert "<html" not in html
    assert not Page(html).stack


def test_nbconvert_keeps_it(tmp_path):
    """A notebook that is run and converted has the marks in it."""
    if any(importlib.util.find_spec(name) is None for name in ("nbconvert", "ipykernel")):
        pytest.skip("nbconvert or ipykernel is not installed (dependency group: exports)")
    x = hostile()
    sha256 = hashlib.sha256(x.document.text.encode()).hexdigest()  # as `load` checks it
    x = attrs.evolve(x, document=attrs.evolve(x.document, sha256=sha256))
    diploparse.write(x, "jsonl", tmp_path / "x.jsonl")
    source = ["import diploparse\n", "[x] = diploparse.load('x.jsonl')\n", "x"]
    cell = {"cell_type": "code", "id": "a", "execution_count": None, "metadata": {}, "outputs": []}
    cell["source"] = source
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "x.ipynb").write_text(json.dumps(notebook))

    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "html", "--execute", "x.ipynb"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )

    html = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert '<div class="diploparse">' in html
    assert html.count("data-span") == module.fragment(x).count("data-span")


# -- in a browser -----------------------------------------------------------------------------

CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="module")
def browser():
    """A real one, offline."""
    if importlib.util.find_spec("playwright") is None:
        pytest.skip("playwright is not installed (dependency group: exports)")
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        running = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Opens extractions as a page, and watches it; all that it asks for or complains of fails the test."""
    troubles, contexts = [], []

    def open_page(*found, **settings_):
        context = browser.new_context(offline=True, **settings_)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: troubles.append(message.text))
        page.on(
            "request",
            lambda request: troubles.append(request.url) if not request.url.startswith("file:") else None,
        )
        page.on("dialog", lambda dialog: troubles.append(dialog.message))
        diploparse.write(found, "html", tmp_path / "page.html")
        page.goto((tmp_path / "page.html").as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def article(number, people, published, country):
    """A document in which people meet."""
    text = f"{' and '.join(people)} met in Rome."
    x = diploparse.Parser().parse(
        RawDocument(text="x", metadata=Metadata(id=f"n{number}", published=published, title=f"News {number}"))
    )
    spans = [Span(text.index(p), text.index(p) + len(p)) for p in people]
    cue = Span(text.index("met"), text.index("met") + 3)
    return attrs.evolve(
        x,
        document=attrs.evolve(x.document, text=text, paragraphs=(), sentences=(Span(0, len(text)),)),
        actors=tuple(diplomat(n, p, s, country=country) for n, (p, s) in enumerate(zip(people, spans, strict=True))),
        meetings=(
            Meeting(
                id="m", cue=Cue(span=cue, lemma="meet"), evidence=(Span(0, len(text)),),
                participants=tuple(Participation(actor=f"a{n}", span=s) for n, s in enumerate(spans)),
                when=When(value=published, earliest=published, latest=published, span=cue),
            ),
        ),
    )  # fmt: skip


NEWS = (
    article(1, ["Ana", "Bo"], "2019-11-28", "AZ"),
    article(2, ["Bo", "Cy", "Di"], "2020-01-02", "GE"),
    article(3, ["Ana", "Cy"], "2020-02-03", "AZ"),
)


def test_browser_sees_as_many_marks_as_spans(opened):
    """In the page as it is built, hostile texts among them; no request leaves it, no error, no dialog."""
    found = (*NEWS, hostile())

    page = opened(*found)

    assert page.locator("[data-span]").count() == sum(len(spans_of(x)) for x in found)
    assert page.evaluate("document.scripts.length") == 0
    assert page.locator(".text").first.inner_text().startswith("Ana and Bo met in Rome.")


def test_filters_work_without_a_script(opened):
    """By actor, country and month, together; in the index and below it."""
    page = opened(*NEWS, java_script_enabled=False)

    def seen():
        return page.locator("#index tbody tr:visible").count(), page.locator(".doc:visible").count()

    assert seen() == (3, 3)
    page.select_option("#f-actor", label="Ana (2)")
    assert seen() == (2, 2)
    page.select_option("#f-time", label="2020-02 (1)")
    assert seen() == (1, 1)
    page.select_option("#f-country", label="GE (1)")
    assert seen() == (0, 0)
    page.get_by_role("button", name="Show all").click()
    assert seen() == (3, 3)


def test_links_lead_both_ways(opened):
    """From a name to the card, and from the card's words back to the text, with the keyboard alone."""
    page = opened(NEWS[0])

    page.get_by_role("link", name="Ana (name, A1)").focus()
    page.keyboard.press("Enter")
    assert page.locator(":target").get_attribute("id") == "d1-A1"
    page.locator("#d1-A1 a.to").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(":target").inner_text() == "Ana"


def test_screen_reader_gets_names_and_landmarks(opened):
    """Headings, regions and links are told in words, the graphics as well."""
    page = opened(*NEWS)

    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("heading", level=1).inner_text() == "Records of 3 documents"
    assert page.get_by_role("article", name="M1 Ana – Bo").count() == 1
    assert page.get_by_role("region", name="Text").count() == 3
    assert page.get_by_role("link", name="2019-11-28: Ana – Bo").count() == 1
    assert page.locator("svg:not([aria-label])").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_the_ground(opened, scheme):
    """Contrast of 4.5 to 1 or more, by day and by night, for every colour of words."""
    page = opened(NEWS[0], color_scheme=scheme)

    def luminance(colour):
        parts = [int(p) / 255 for p in re.findall(r"\d+", colour)[:3]]
        r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for selector in ("body", ".facts", "a", "mark.meeting", ".legend mark.speech", "dt"):
        words = page.locator(selector).first.evaluate("e => getComputedStyle(e).color")
        high, low = sorted((luminance(words), luminance(ground)), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5, selector


def test_printed_page_has_all_of_the_text(opened):
    """Nothing is cut off by a box that scrolls on the screen."""
    page = opened(*NEWS)
    page.emulate_media(media="print")

    assert page.locator(".text").first.evaluate("e => getComputedStyle(e).maxHeight") == "none"
    assert page.locator(".filters").is_hidden()
    assert page.pdf().startswith(b"%PDF")
