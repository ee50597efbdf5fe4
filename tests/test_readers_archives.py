"""Tables, columns, web pages and crawls: what archives are kept in."""

import gzip
import io
import json

import pytest
from crawls import answer, write_crawl

from diploparse import InputError, Parser
from diploparse.readers import gate, read_arrow, read_csv, read_html, read_warc, reader_for
from diploparse.readers.html import published

SAID = (
    "Foreign Minister Ann Poe met Ambassador John Roe in Paris on Monday, the ministry said in a statement."
)
PAGE = (
    "<!DOCTYPE html><html><head><title>Minister meets envoy</title>{head}</head><body>"
    "<nav><a href='/'>Home</a> <a href='/shop'>Shop</a></nav><article><h1>Minister meets envoy</h1>"
    + "".join(f"<p>{SAID} Point {n} was discussed at length by the two sides.</p>" for n in range(9))
    + "</article><footer>Copyright 2024, all rights reserved.</footer></body></html>"
)
META = '<meta property="article:published_time" content="2024-05-14T08:00:00Z"><meta name="author" content="Jane Doe">'


def table(text, **options):
    return list(read_csv(io.BytesIO(text if isinstance(text, bytes) else text.encode()), **options))


# -- CSV --------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_has_a_document_a_row(delimiter):
    """The columns tell what they hold, in any order."""
    rows = [
        ["id", "published", "text"],
        ["a", "2024-05-14T08:00", '"One, two; three|four"'],
        ["b", "", "Two."],
    ]
    text = "\n".join(delimiter.join(row) for row in rows)

    first, second = table(text)

    assert (first.metadata.id, first.metadata.published, first.text) == (
        "a",
        "2024-05-14",
        "One, two; three|four",
    )
    assert (second.metadata.id, second.metadata.published, second.text) == ("b", None, "Two.")


def test_csv_columns_are_mapped():
    """Ours to the file's; "" for one not to be read."""
    [document] = table("body,date,id\nA.,yesterday,7\n", fields={"text": "body", "published": ""})

    assert (document.text, document.metadata.published, document.metadata.id) == ("A.", None, "7")


def test_csv_cell_keeps_its_lines():
    """A quoted cell may have several, and its line ends stay."""
    first, second = table('text,id\r\n"One\r\n\r\ntwo",1\r\nThree,2\r\n')

    assert (first.text, second.text) == ("One\r\n\r\ntwo", "Three")


def test_csv_cell_may_be_long():
    """An interview is longer than the standard library's limit."""
    [document] = table(f"id,text\n1,{'word ' * 60_000}\n")

    assert len(document.text) == 300_000


@pytest.mark.parametrize(("row", "line", "problem"), [
    (b"7,caf\xe9", 2, "byte 0xe9 is not UTF-8"),
    (b"7", 2, "1 cells under 2 columns"),
    (b"7,", 2, "the text is empty"),
])  # fmt: skip
def test_csv_row_that_is_no_document_costs_itself(row, line, problem):
    """The others are read."""
    faults = []
    found = table(b"id,text\n" + row + b"\n8,Fine.\n", on_error=faults.append)

    assert [d.text for d in found] == ["Fine."]
    assert [(f.line, f.problem) for f in faults] == [(line, problem)]


def test_csv_without_the_column_says_which_there_are():
    """And how to name the right one."""
    with pytest.raises(InputError, match=r"no column 'text' \(its columns: id, body\).*--map text=COLUMN"):
        table("id,body\n1,A\n")


def test_csv_may_be_packed_and_marked(tmp_path):
    """Gzip by the suffix; a byte order mark is not part of the first column's name."""
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress("\ufefftext,id\nA.,1\n".encode()))

    assert [d.text for d in read_csv(path)] == ["A."]


@pytest.mark.parametrize(("head", "name"), [
    (b"id,text\n1,A", "csv"), (b"\xef\xbb\xbftext\tid\nA", "csv"), (b"He said, text me\n", "text"),
    (b"PAR1\x15", "arrow"), (b"ARROW1\x00\x00", "arrow"), (b"\n<!DOCTYPE html>", "html"), (b"<HTML lang=en>", "html"),
    (b"WARC/1.0\r\n", "warc"), (b"<p>An email", "text"),
])  # fmt: skip
def test_format_is_known_by_its_first_bytes(head, name):
    """Where the name tells nothing."""
    assert reader_for(Parser(entry_points=False).plugins, "archive", head).name == name


# -- Arrow ------------------------------------------------------------------------------------


@pytest.fixture
def columns():
    """A table of two documents and a row that is none."""
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed (group archive)")
    from datetime import date

    return pa.table(
        {
            "body": ["One.", "Two.", None],
            "date": [date(2024, 5, 14), None, None],
            "id": [1, 2, 3],
            "other": [b"", b"", b""],
        }
    )


@pytest.mark.parametrize("suffix", ["parquet", "arrow", "feather"])
def test_arrow_files_have_a_document_a_row(columns, tmp_path, suffix):
    """Parquet, Arrow and Feather."""
    import pyarrow as pa
    from pyarrow import feather, parquet

    path = tmp_path / f"a.{suffix}"
    if suffix == "parquet":
        parquet.write_table(columns, path)
    elif suffix == "feather":
        feather.write_feather(columns, path)
    else:
        with pa.OSFile(str(path), "wb") as stream, pa.ipc.new_file(stream, columns.schema) as writer:
            writer.write_table(columns)
    faults = []
    fields = {"text": "body", "published": "date"}

    found = list(read_arrow(path, fields=fields, on_error=faults.append))

    assert [(d.text, d.metadata.id, d.metadata.published) for d in found] == [
        ("One.", "1", "2024-05-14"),
        ("Two.", "2", None),
    ]
    assert ["row 3: no column 'body'" in f.problem for f in faults] == [True]
    assert [
        d.text for d in read_arrow(io.BytesIO(path.read_bytes()), fields=fields, on_error=faults.append)
    ] == ["One.", "Two."]


def test_arrow_file_that_is_damaged_is_an_input_error(columns, tmp_path):
    """Not pyarrow's own exceptions."""
    from pyarrow import parquet

    parquet.write_table(columns, tmp_path / "a.parquet")
    whole = (tmp_path / "a.parquet").read_bytes()
    for data in (whole[:-20], b"PAR1", b"no", b""):
        (tmp_path / "b.parquet").write_bytes(data)
        with pytest.raises(InputError):
            list(read_arrow(tmp_path / "b.parquet", fields={"text": "body"}))
    with pytest.raises(InputError, match="its columns: body, date"):
        list(read_arrow(tmp_path / "a.parquet"))
    with pytest.raises(InputError, match="no such file"):
        list(read_arrow(tmp_path / "none.parquet"))


# -- web pages --------------------------------------------------------------------------------


@pytest.fixture
def pages():
    return pytest.importorskip("trafilatura", reason="trafilatura is not installed (group archive)")


def page(head="", **options):
    (document,) = read_html(io.BytesIO(PAGE.replace("{head}", head).encode()), **options)
    return document


@pytest.mark.usefixtures("pages")
def test_page_is_its_article():
    """Without what stands around it; paragraphs are parted by blank lines."""
    document = page(META + '<meta property="og:site_name" content="The Site">')

    assert "Home" not in document.text
    assert "Copyright" not in document.text
    assert document.text.count(f"\n\n{SAID}") == 9
    told = document.metadata
    assert (told.title, told.author, told.publisher, told.published) == (
        "Minister meets envoy", "Jane Doe", "The Site", "2024-05-14",
    )  # fmt: skip


@pytest.mark.usefixtures("pages")
def test_note_says_how_the_day_was_found():
    """And by which version of which library the text was taken out."""
    [note] = page(META).notes

    assert (note.severity, note.code, note.plugin) == ("info", "read", "readers.html")
    assert "trafilatura" in note.message
    assert note.message.endswith("day of publication 2024-05-14 from a meta element (article:published_time)")
    assert page().notes[0].message.endswith("no day of publication")


LD = '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2024-05-13"}]}</script>'


@pytest.mark.parametrize(("head", "url", "day", "way"), [
    (LD + META, None, "2024-05-13", "json-ld"),
    ('<script type="application/ld+json">{"@type": "WebSite", "datePublished": "2001-01-01"}</script>', None, None, None),
    ('<script type="application/ld+json">{</script>' + META, None, "2024-05-14", "meta"),
    ('<meta itemprop="datePublished" content="Tue, 14 May 2024 08:00:00 GMT">', None, "2024-05-14", "meta"),
    ('<meta name="date" content="soon">', None, None, None),
    ('<time datetime="2024-05-12">Sunday</time>', "https://example.org/2024/05/11/a", "2024-05-12", "time"),
    ('<time datetime="2024-05-12"></time><time datetime="2024-05-10"></time>', "https://example.org/2024/05/11/a", "2024-05-11", "url"),
    ("", "https://example.org/20240511/", "2024-05-11", "url"),
    ("", "https://example.org/id/20241399", None, None),
])  # fmt: skip
def test_day_of_publication_is_told_by_the_surest(pages, head, url, day, way):
    """What the page tells machines, before what stands in its text."""
    found = published(pages.load_html(f"<html><head>{head}</head><body><p>text</p></body></html>"), url)

    assert (found and found.day, found and found.way) == (day, way)


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize(
    "data",
    [b"", b"<html></html>", b"<html><body><ul><li><a href=a>a</a></ul></body></html>", b"\x00\xff" * 99],
)
def test_page_without_article_is_an_input_error(data):
    """Nothing else comes out of it, whatever is in it."""
    with pytest.raises(InputError):
        list(read_html(io.BytesIO(data)))
    faults = []
    assert list(read_html(io.BytesIO(data), on_error=faults.append)) == []
    assert len(faults) == 1


@pytest.mark.usefixtures("pages")
def test_page_is_read_in_the_encoding_it_names():
    """Where its bytes are not UTF-8."""
    text = PAGE.replace("{head}", '<meta charset="windows-1251">').replace("Ann Poe", "Анна По")
    (document,) = read_html(io.BytesIO(text.encode("windows-1251")))

    assert "Анна По" in document.text


# -- the gate ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "passes"), [
    ("The ambassador said so.", True),
    ("The President met the General.", True),
    ("The president of the club said they would win.", False),
    ("Der Präsident und der Minister trafen sich in der NATO.", False),
    ("Mix the flour and the eggs, he said.", False),
    ("An award for software, the cooking king said.", False),
    ("", False),
])  # fmt: skip
def test_gate_wants_words_of_the_trade_and_a_verb(text, passes):
    """One that hardly has another use, or two that have; in English."""
    assert gate.passes(text) == passes


def test_quick_gate_loses_nothing():
    """Whatever passes the second passes the first, markup and case aside; it knows words from parts of words."""
    for word in gate.STRONG + gate.WEAK:
        assert gate.may_pass(f"<b>{word.title()}</b>".encode()), word
        assert gate.may_pass("<br>".join(word.split(" ")).encode()), word
    assert not gate.may_pass(b"<p>An award for software, cooking</p>")


# -- WARC -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def crawl(tmp_path_factory):
    """A crawl as CC-NEWS is: a record a gzip member."""
    pytest.importorskip("fastwarc", reason="fastwarc is not installed (group archive)")
    pytest.importorskip("resiliparse", reason="resiliparse is not installed (group archive)")
    pytest.importorskip("trafilatura", reason="trafilatura is not installed (group archive)")
    path = tmp_path_factory.mktemp("crawl") / "news.warc.gz"
    news = PAGE.replace("{head}", META).encode()
    cake = PAGE.replace("{head}", "").replace(SAID, "Mix the flour and the eggs, and wait until they rise.")
    cake = cake.replace("Minister meets envoy", "Cake").replace("discussed", "baked")
    write_crawl(
        path,
        [
            answer("https://example.org/a", news),
            answer("https://example.org/cake", cake.encode()),
            answer("https://example.org/none", news, status="404 Not Found"),
            answer("https://example.org/a.pdf", news, kind="application/pdf"),
            answer("https://example.org/z", gzip.compress(news), encoding="gzip"),
            answer("https://example.org/x", news, kind="text/html; charset=klingon"),
            answer("https://example.org/empty", b""),
        ],
    )
    return path


def addresses(path, **options):
    return [d.metadata.url.removeprefix("https://example.org/") for d in read_warc(path, **options)]


def test_crawl_is_its_articles(crawl):
    """Answers 200 with a page that has an article of our trade; packed pages are unpacked."""
    found = list(read_warc(crawl))

    assert [d.metadata.url for d in found] == [f"https://example.org/{name}" for name in "azx"]
    assert found[0].metadata.id.startswith("urn:uuid:")
    assert {d.metadata.published for d in found} == {"2024-05-14"}
    assert len({d.text for d in found}) == 1


def test_gate_can_be_left_open(crawl):
    """Then all articles come out."""
    assert addresses(crawl, gate=False) == ["a", "cake", "z", "x"]


def test_unpacked_crawl_and_stream_are_the_same(crawl, tmp_path):
    """By content, not by name."""
    (tmp_path / "a.warc").write_bytes(gzip.decompress(crawl.read_bytes()))

    assert addresses(tmp_path / "a.warc") == addresses(crawl)
    with crawl.open("rb") as stream:
        assert addresses(stream) == addresses(crawl)


@pytest.mark.parametrize("packed", [True, False])
def test_crawl_that_breaks_off_is_told(crawl, tmp_path, packed):
    """What came before is read; a whole record at the end is needed, wherever it breaks."""
    data = crawl.read_bytes() if packed else gzip.decompress(crawl.read_bytes())
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    # The two line ends after the last record are no loss.
    for cut in (3, 20, 60, 110, 400, 900) if packed else (5, 20, 60, 110, 400, 900):
        path.write_bytes(data[:-cut])
        found = read_warc(path)
        assert next(found).metadata.url == "https://example.org/a"
        with pytest.raises(InputError, match=r"breaks off|no WARC file"):
            list(found)


@pytest.mark.usefixtures("crawl")
@pytest.mark.parametrize("data", [b"", b"no crawl", gzip.compress(b"no crawl"), b"WARC/1.0\r\nrubbish"])
def test_what_is_no_crawl_is_an_input_error(tmp_path, data):
    """Not an empty archive."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data)

    with pytest.raises(InputError):
        list(read_warc(path))


def test_json_line_of_any_length_stays_out_of_memory():
    """A line that is longer than a document may be is passed over, whole."""
    from diploparse.readers import read_jsonl

    long = json.dumps({"text": "word " * 100_000})
    stream = io.BytesIO(f'{long}\n{{"text": "A."}}\n'.encode())
    faults = []

    assert [d.text for d in read_jsonl(stream, max_characters=100, on_error=faults.append)] == ["A."]
    assert [(f.line, "more than 100 characters" in f.problem) for f in faults] == [(1, True)]
