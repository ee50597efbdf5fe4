"""Bytes into text, once, and no offset moves after that."""

import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diploparse import InputError, Parser, Reader, hookimpl
from diploparse.readers import read_jsonl, read_text, reader_for, suffixes


def one(source, **options):
    """The only document of a source."""
    (document,) = read_text(source, **options)
    return document


def lines(*records):
    """A JSON Lines stream; strings go in as they are."""
    text = "\n".join(r if isinstance(r, str) else json.dumps(r) for r in records)
    return io.BytesIO(text.encode())


def fault_of(read, *args, **options):
    """What a reader says it cannot read."""
    with pytest.raises(InputError) as caught:
        list(read(*args, **options))
    return str(caught.value)


# -- text -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["A met B.\r\nC left.\r", "A\x00 met B.", "\u2028A met B\u00a0", "ΑΒΓ 会談 \U0001f54a"]
)
def test_text_stays_as_it_is(text):
    """Line ends, a NUL and odd spaces are part of the text."""
    assert one(io.BytesIO(text.encode())).text == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_any_text_comes_back(text):
    """But for a byte order mark."""
    assert one(io.BytesIO(text.encode())).text == text.removeprefix("\ufeff")


@pytest.mark.parametrize(("data", "encoding"), [
    (b"\xef\xbb\xbfA met B.", "utf-8"),
    ("A met B.".encode("utf-16"), "utf-16"),
    ("A met B.".encode("utf-8-sig"), "utf-8-sig"),
])  # fmt: skip
def test_byte_order_mark_is_no_text(data, encoding):
    """Offset 0 is the first character that one can see."""
    assert one(io.BytesIO(data), encoding=encoding).text == "A met B."


def test_path_names_the_document(tmp_path):
    """A file's document has its path as id, a stream's has none."""
    path = tmp_path / "a.txt"
    path.write_text("A met B.")

    assert one(path).metadata.id == path.as_posix()
    assert one(io.BytesIO(b"A met B.")).metadata.id is None


def test_gzip_is_unpacked(tmp_path):
    """By the suffix."""
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"A met B."))

    assert one(path).text == "A met B."


@pytest.mark.parametrize(("data", "fault"), [
    (b"", "it is empty"),
    (b" \n\t", "white space only"),
    (b"caf\xe9 in Paris", "standard input:1: byte 0xe9 at 3 is not UTF-8: say how the file is encoded"),
    (b"one\ntwo \xff", "standard input:2: byte 0xff at 8 is not UTF-8"),
    (bytes(2000), "it is binary"),
    (bytes(range(32)) * 4, "it is binary"),
    ("A met B.".encode("utf-16"), "it is UTF-16 text: add --encoding utf-16"),
    (b"\xed\xa0\x80 lone surrogate", "byte 0xed at 0 is not UTF-8"),
])  # fmt: skip
def test_what_is_no_text_is_told(data, fault):
    """With the byte, the line and what to do."""
    assert fault in fault_of(read_text, io.BytesIO(data))


def test_unknown_encoding_is_told():
    """As a fault of the input, not as Python's LookupError."""
    assert "there is no encoding 'klingon'" in fault_of(read_text, io.BytesIO(b"x"), encoding="klingon")


def test_missing_file_folder_and_torn_gzip_are_told(tmp_path):
    """What the system objects to becomes an `InputError` that names the file."""
    torn = tmp_path / "torn.txt.gz"
    torn.write_bytes(gzip.compress(b"A met B." * 100)[:-12])

    assert "there is no such file" in fault_of(read_text, tmp_path / "none.txt")
    assert "it is a folder" in fault_of(read_text, tmp_path)
    assert "no whole gzip file" in fault_of(read_text, torn)


# -- JSON Lines -------------------------------------------------------------------------------


def test_line_tells_text_and_metadata():
    """Under our names; numbers and lists of authors become text, what is null is not known."""
    record = {"text": "A met B.", "id": 7, "url": "https://example.org/7", "title": "T", "author": ["R", "S"],
              "publisher": "P", "published": "2019-11-28", "language": "en", "body": "-"}  # fmt: skip
    first, second = read_jsonl(lines(record, "", {"text": "C", "id": None}))

    assert (first.text, second.text) == ("A met B.", "C")
    assert first.metadata.id == "7"
    assert first.metadata.author == "R, S"
    assert first.metadata.published == "2019-11-28"
    assert second.metadata.id is None


def test_fields_are_mapped():
    """Other names, and a field that is not to be read."""
    (document,) = read_jsonl(
        lines({"body": "A met B.", "day": "2019-11-28", "id": "x"}),
        fields={"text": "body", "published": "day", "id": ""},
    )

    assert document.text == "A met B."
    assert document.metadata.published == "2019-11-28"
    assert document.metadata.id is None


@pytest.mark.parametrize("written", [
    "2019-11-28", "20191128", "2019-11-28T23:59:00Z", "2019-11-28 10:00:00+04:00", "20191128T100000Z",
    "Thu, 28 Nov 2019 10:00:00 +0400", " 2019-11-28 ",
])  # fmt: skip
def test_days_are_read_as_files_have_them(written):
    """ISO 8601, compact, with a time, or as mail and feeds write them."""
    (document,) = read_jsonl(lines({"text": "A", "published": written}))

    assert document.metadata.published == "2019-11-28"


@pytest.mark.parametrize(("line", "fault"), [
    ("not json", "1: no JSON (Expecting value): JSON Lines has one object a line"),
    ("[1]", "1: no JSON object"),
    ('{"body": "x"}', "no key 'text' (its keys: body): name the text's key with --map text=KEY"),
    ('{"text": 5}', "the text is a int"),
    ('{"text": " "}', "the text is empty"),
    ('{"text": "x", "published": "soon"}', "published is 'soon': write YYYY-MM-DD"),
    ("[" * 100_000, "no JSON"),
])  # fmt: skip
def test_line_that_is_no_document_is_told_and_passed_over(line, fault):
    """Raised by default; with ``on_error`` the lines after it are read."""
    faults = []
    documents = list(read_jsonl(lines(line, {"text": "A"}), on_error=faults.append))

    assert fault in fault_of(read_jsonl, lines(line))
    assert [d.text for d in documents] == ["A"]
    assert [error.line for error in faults] == [1]


def test_bytes_of_one_line_do_not_lose_the_others():
    """Each line is decoded by itself."""
    faults = []
    stream = io.BytesIO(b'\xef\xbb\xbf{"text": "A"}\n{"text": "\xe9"}\r\n{"text": "B"}')
    documents = list(read_jsonl(stream, on_error=faults.append))

    assert [d.text for d in documents] == ["A", "B"]
    assert "standard input:2: byte 0xe9" in str(faults[0])


def test_empty_jsonl_is_told():
    """As an empty text is."""
    assert "it is empty" in fault_of(read_jsonl, io.BytesIO(b"\n\n"))


# -- choosing ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "head", "reader"), [
    ("a.txt", b"{", "text"),
    ("a.TXT", b"A met B.", "text"),
    ("a.jsonl", b"", "jsonl"),
    ("a.jsonl.gz", b"", "jsonl"),
    ("a", b"A met B.", "text"),
    ("-", b'{"text": "A"}', "jsonl"),
    ("-", b'\xef\xbb\xbf {\n "text": "A"}', "jsonl"),
    ("-", b'[{"text": "A"}]', "jsonl"),
    ("-", b"", "text"),
    ("-", b"[Photo] A met B.", "text"),
    ("a.md", b"# A met B", "text"),
])  # fmt: skip
def test_reader_is_chosen_by_suffix_then_content(name, head, reader):
    """Plain text where neither tells."""
    assert reader_for(Parser(entry_points=False).plugins, name, head).name == reader


@pytest.mark.parametrize("head", [b"<?xml version", b"%PDF-1.7", b"PK\x03\x04", b"{\\rtf1"])
def test_foreign_formats_are_refused(head):
    """A parse of markup would give nonsense without a word."""
    with pytest.raises(InputError, match="which no reader here reads"):
        reader_for(Parser(entry_points=False).plugins, "a.page", head)


def test_reader_of_a_plugin_takes_its_format():
    """By suffix and by content; of two that fit the higher priority reads."""

    class Pages:
        @hookimpl
        def diploparse_readers(self):
            return [
                Reader(
                    name="pages", read=read_text, suffixes=(".html",), sniff=lambda head: b"<html" in head
                ),
                Reader(name="first", read=read_text, suffixes=(".txt",), priority=1),
            ]

    plugins = Parser(plugins=[Pages()], entry_points=False).plugins

    assert reader_for(plugins, "a.html", b"").name == "pages"
    assert reader_for(plugins, "a", b"<html>").name == "pages"
    assert reader_for(plugins, "a.txt", b"").name == "first"
    assert ".html" in suffixes(plugins)


def test_text_reads_like_the_string_it_is(tmp_path):
    """A file's extraction is that of its text."""
    path = Path(tmp_path, "a.txt")
    path.write_bytes(b"Jane Roe met John Doe in Paris.\r\n")
    parser = Parser(entry_points=False)

    document = parser.parse(one(path)).document

    assert document.text == "Jane Roe met John Doe in Paris.\r\n"
    assert document.sha256 == parser.parse(document.text).document.sha256
