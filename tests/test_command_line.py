"""The command line: what a user types, what comes out, and how it ends."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import diploparse
from diploparse.__main__ import program
from diploparse.cli import outputs, parse
from diploparse.cli.demo import demo_text

TEXT = "PARIS, March 9, 2020 – Foreign Minister Jane Roe met President John Doe in Oslo on Monday.\n"
EXPORTERS = ("json", "jsonl", "csv", "ttl", "nt", "summary")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder with one article."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def run(*args, stdin=None):
    """A command's result: ``exit_code``, ``stdout``, ``stderr``."""
    result = CliRunner().invoke(program, args, input=stdin, prog_name="diploparse")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def process(*args, **options):
    """A command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "diploparse", *args], capture_output=True, check=False, timeout=60, **options
    )


# -- parse: formats and targets ---------------------------------------------------------------


@pytest.mark.usefixtures("folder")
def test_json_lines_when_piped():
    """Standard output that is no terminal gets one extraction a line, and nothing else."""
    result = run("parse", "a.txt")

    assert result.exit_code == 0
    assert result.stderr == ""
    (line,) = result.stdout.splitlines()
    assert json.loads(line)["document"]["text"] == TEXT


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", EXPORTERS)
def test_formats_write(name):
    """Every built-in format can be asked for by name."""
    target = ("-o", "out") if name == "csv" else ()
    result = run("parse", "a.txt", "--to", name, *target)

    assert result.exit_code == 0, result.stderr
    assert Path("out", "meetings.csv").exists() if name == "csv" else result.stdout


@pytest.mark.usefixtures("folder")
def test_json_of_several_is_one_document():
    """`json` of two inputs is one JSON text, `jsonl` two lines."""
    Path("b.txt").write_text(TEXT)

    assert json.loads(run("parse", "a.txt", "b.txt", "--to", "json").stdout)
    assert len(run("parse", "a.txt", "b.txt", "--to", "jsonl").stdout.splitlines()) == 2


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("name", "begins"), [("x.nt", "<http"), ("x.ttl", "@base"), ("x.json", "{"), ("x", "{")]
)
def test_format_follows_the_suffix(name, begins):
    """Without --to; JSON Lines where it tells nothing."""
    assert run("parse", "a.txt", "-o", name).exit_code == 0
    assert Path(name).read_text().startswith(begins)


@pytest.mark.usefixtures("folder")
def test_one_table_goes_to_standard_output():
    """--table is enough to ask for csv."""
    result = run("parse", "a.txt", "--table", "documents")

    assert result.exit_code == 0
    header, row = result.stdout.splitlines()
    assert "a.txt" in row.split(",")
    assert len(header.split(",")) > 3


@pytest.mark.usefixtures("folder")
def test_dash_is_standard_input_and_output():
    """In the place of a FILE and of -o; a pipe alone is read as well."""
    piped = run("parse", "-", "-o", "-", stdin=TEXT.encode())
    bare = run("parse", stdin=TEXT.encode())

    assert json.loads(piped.stdout)["document"]["text"] == TEXT
    assert bare.stdout == piped.stdout


@pytest.mark.usefixtures("folder")
def test_json_lines_from_standard_input():
    """Known by its first bytes; --map names other keys."""
    line = json.dumps({"body": TEXT, "id": "x1"}).encode()
    result = run("parse", "-", "--map", "text=body", stdin=line)

    assert json.loads(result.stdout)["document"]["id"] == "x1"


@pytest.mark.usefixtures("folder")
def test_line_ends_and_byte_order_mark():
    """Offsets count the text as the file has it, from the first character one can see."""
    Path("crlf.txt").write_bytes(b"\xef\xbb\xbfJane Roe met John Doe.\r\nThey left.\r\n")
    document = json.loads(run("parse", "crlf.txt").stdout)["document"]

    assert document["text"] == "Jane Roe met John Doe.\r\nThey left.\r\n"


@pytest.mark.usefixtures("folder")
def test_folder_is_searched():
    """For the readers' suffixes, without what is hidden, in the order of names; a file named twice is read once."""
    for name in (
        "news/b.txt",
        "news/2019/a.txt",
        "news/.git/c.txt",
        "news/.d.txt",
        "news/e.csv",
        "news/f.jsonl",
    ):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(TEXT if name.endswith("txt") else json.dumps({"text": TEXT, "id": name}))
    result = run("parse", "news", "news/b.txt", "a.txt", "a.txt")

    found = [json.loads(line)["document"]["id"] for line in result.stdout.splitlines()]
    assert found == ["news/b.txt", "news/f.jsonl", "news/2019/a.txt", "a.txt"]


@pytest.mark.usefixtures("folder")
def test_published_is_for_those_that_do_not_tell():
    """A line's own day stays."""
    Path("l.jsonl").write_text('{"text": "A met B.", "published": "2001-02-03"}\n{"text": "C met D."}\n')
    result = run("parse", "l.jsonl", "--published", "2019-11-28")

    days = [json.loads(line)["document"]["published"] for line in result.stdout.splitlines()]
    assert days == ["2001-02-03", "2019-11-28"]


@pytest.mark.usefixtures("folder")
def test_language_that_nobody_reads_is_told():
    """In words of the command line; --language settles it."""
    Path("el.txt").write_text("Ο υπουργός συναντήθηκε με τον ομόλογό του στην Αθήνα την Τρίτη.")
    result = run("parse", "el.txt")

    assert result.exit_code == 0
    assert "add --language en if that is wrong" in result.stderr
    assert run("parse", "el.txt", "--language", "en").stderr == ""


@pytest.mark.usefixtures("folder")
def test_lone_surrogates_do_not_stop_the_summary():
    """JSON can hold them; no encoding can write them."""
    Path("s.jsonl").write_text('{"text": "Jane Roe \\ud800 met John Doe."}')

    assert run("parse", "s.jsonl", "--to", "summary").exit_code == 0


@pytest.mark.usefixtures("folder")
def test_escape_sequences_do_not_reach_the_terminal():
    """Neither from the text nor from a file's name."""
    Path("e.txt").write_text("Jane Roe said \x1b[31mred\x1b]0;title\x07 \u202ethings.")

    assert "\x1b" not in run("parse", "e.txt", "--to", "summary").stdout
    assert "\x1b" not in run("explain", "e.txt").stdout
    assert "\x1b" not in run("parse", "no\x1b[31m.txt").stderr


# -- parse: what goes wrong -------------------------------------------------------------------


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("args", "message"), [
    (["a.txt", "--to", "xml"], "unknown export format 'xml': choose one of csv, datasette"),
    (["a.txt", "--published", "28.11.2019"], "'28.11.2019' is no date: write YYYY-MM-DD"),
    (["a.txt", "--lexicon", "none.tsv"], "there is no file 'none.tsv'"),
    (["a.txt", "-o", "none/x.json"], "create it first"),
    (["a.txt", "-o", "full"], "full is a folder: name a file in it"),
    (["a.txt", "--to", "csv"], "csv writes a folder of tables: add -o FOLDER, or --table meetings"),
    (["a.txt", "--to", "csv", "-o", "full"], "the folder full is not empty: name a new one"),
    (["a.txt", "--to", "csv", "-o", "a.txt"], "a.txt is a file, and csv writes a folder"),
    (["a.txt", "-o", "x.csv"], "or add --table meetings for one file"),
    (["a.txt", "--table", "none"], "unknown table 'none': choose one of"),
    (["a.txt", "--table", "meetings", "--to", "json"], "--table is for csv"),
    (["a.txt", "--disable", "none"], "no plugin or extractor is called 'none'"),
    (["a.txt", "--reader", "none"], "unknown reader 'none': choose one of arrow, csv, html, jsonl, text, warc"),
    (["a.txt", "--encoding", "klingon"], "there is no encoding 'klingon'"),
    (["a.txt", "--map", "corpus=x"], "write OURS=THEIRS"),
    (["a.txt", "--bogus"], "(see 'diploparse parse --help')"),
])  # fmt: skip
def test_wrong_use_is_one_line(args, message):
    """With what to do, before anything is read or written; exit code 2."""
    Path("full").mkdir()
    Path("full", "x").touch()
    before = sorted(Path().rglob("*"))
    result = run("parse", *args)

    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""
    assert sorted(Path().rglob("*")) == before


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("name", "content", "message"), [
    ("none.txt", None, "none.txt: there is no such file: check the path"),
    ("https://example.org/a", None, "diploparse does not fetch: save the page as text first"),
    ("empty", "folder", "empty: no texts in this folder: it is searched for"),
    ("b.txt", b"", "b.txt: it is empty"),
    ("b.txt", b"caf\xe9", "b.txt:1: byte 0xe9 at 3 is not UTF-8: say how the file is encoded, such as --encoding"),
    ("b.txt", bytes(999), "b.txt: it is binary"),
    ("b.page", b"<?xml", "a web page or XML"),
    ("b.jsonl", b'{"text": "A"}\n{', "b.jsonl:2: no JSON"),
])  # fmt: skip
def test_unreadable_input_does_not_cost_the_others(name, content, message):
    """Told in one line, passed over; exit code 3, and 1 if there is nothing else."""
    if content == "folder":
        Path(name).mkdir()
    elif content is not None:
        Path(name).write_bytes(content)
    result = run("parse", name, "a.txt")
    alone = run("parse", name)

    assert message in result.stderr
    assert "a.txt" in result.stdout
    assert result.exit_code == 3
    assert alone.exit_code == (3 if name == "b.jsonl" else 1)
    assert alone.stderr.count("\n") == (2 if name == "b.jsonl" else 1)


@pytest.mark.usefixtures("folder")
@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root may read everything")
def test_unreadable_file_is_told():
    """Its permissions are the user's matter."""
    Path("a.txt").chmod(0)

    assert "it may not be read" in run("parse", "a.txt").stderr


@pytest.mark.usefixtures("folder")
def test_text_that_is_an_archive_is_passed_over():
    """Fifty megabytes are no article; neither is one line of many."""
    with open("big.txt", "w") as big:
        for _ in range(50):
            big.write("Jane Roe met John Doe.\n" * 45_000)
    Path("l.jsonl").write_text(json.dumps({"text": "x" * 1200}) + "\n" + json.dumps({"text": "A met B."}))
    result = run("parse", "big.txt", "a.txt")
    line = run("parse", "l.jsonl", "--max-characters", "1000")

    assert result.exit_code == line.exit_code == 3
    assert "big.txt: it has more than 1,000,000 characters" in result.stderr
    assert "l.jsonl: it has more than 1,000 characters" in line.stderr
    assert "a.txt" in result.stdout
    assert run("parse", "l.jsonl", "--max-characters", "0").exit_code == 0


@pytest.mark.usefixtures("folder")
def test_encoding_is_taken():
    """The advice in the error works."""
    Path("b.txt").write_bytes("Jane Roe met José Doe.".encode("windows-1252"))

    assert "José" in run("parse", "b.txt", "--encoding", "windows-1252").stdout


@pytest.mark.usefixtures("folder")
def test_output_is_whole_or_not_there():
    """A run that fails leaves an old file alone and no new one."""
    Path("old.jsonl").write_text("old")

    assert run("parse", "none.txt", "-o", "old.jsonl").exit_code == 1
    assert run("parse", "none.txt", "-o", "new.jsonl").exit_code == 1
    assert Path("old.jsonl").read_text() == "old"
    assert sorted(p.name for p in Path().iterdir()) == ["a.txt", "old.jsonl"]


@pytest.mark.usefixtures("folder")
def test_exporter_that_fails_leaves_nothing(monkeypatch):
    """No half file under the name asked for, nor beside it."""

    def write(self, extractions, out):
        out.write("half")
        raise diploparse.UsageError(message="no more")

    monkeypatch.setattr(outputs.Output, "_write_stream", write)

    assert run("parse", "a.txt", "-o", "x.jsonl").exit_code == 2
    assert [p.name for p in Path().iterdir()] == ["a.txt"]


@pytest.mark.usefixtures("folder")
def test_empty_folder_takes_tables():
    """Made by the user beforehand, as one does."""
    Path("tables").mkdir()

    assert run("parse", "a.txt", "--to", "csv", "-o", "tables").exit_code == 0
    assert Path("tables", "meetings.csv").exists()


@pytest.mark.usefixtures("folder")
def test_fault_of_ours_is_one_document(monkeypatch):
    """It is told, and the others are read."""
    real = diploparse.Parser.parse

    def parse_or_fail(self, text, **options):
        if text.metadata.id == "b.txt":
            raise RuntimeError("boom")
        return real(self, text, **options)

    monkeypatch.setattr(diploparse.Parser, "parse", parse_or_fail)
    Path("b.txt").write_text(TEXT)
    result = run("parse", "b.txt", "a.txt")

    assert result.exit_code == 3
    assert "b.txt: diploparse failed with RuntimeError: boom; please report it" in result.stderr
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.usefixtures("folder")
def test_failing_plugin_is_told_once(monkeypatch):
    """Its name and what it did; --strict stops there."""

    def broken(document):
        raise ValueError("no luck")

    class Broken:
        @diploparse.hookimpl
        def diploparse_extractors(self):
            return [diploparse.Extractor(name="broken", stage="records", find=broken)]

    real = diploparse.Parser
    monkeypatch.setattr("diploparse.parser.Parser", lambda **options: real([Broken()], **options))
    Path("b.txt").write_text(TEXT)
    result = run("parse", "a.txt", "b.txt", "--no-entry-points")
    strict = run("parse", "a.txt", "b.txt", "--no-entry-points", "--strict")

    assert result.exit_code == 0
    assert result.stderr.count("a.txt: Broken.broken") == result.stderr.count("Error: a.txt") == 1
    assert "a.txt: Broken.broken: ValueError: no luck" in result.stderr
    assert "the same in 1 more" in result.stderr
    assert strict.exit_code == 1
    assert "plugin Broken.broken in records: ValueError: no luck" in strict.stderr


@pytest.mark.usefixtures("folder")
def test_profile_tells_where_the_time_went():
    """By stage and extractor, on standard error."""
    result = run("parse", "a.txt", "--profile")

    assert "english.mentions" in result.stderr
    assert "documents a second" in result.stderr
    assert json.loads(result.stdout)


# -- how it ends ------------------------------------------------------------------------------


@pytest.mark.usefixtures("folder")
def test_interrupt_keeps_what_was_read(monkeypatch):
    """Ctrl-C while a document is parsed ends the run as if there were no more: the file is whole."""
    real, seen = diploparse.Parser.parse, []

    def parse_then_interrupt(self, text, **options):
        seen.append(text)
        if len(seen) == 3:
            signal.raise_signal(signal.SIGINT)
        return real(self, text, **options)

    monkeypatch.setattr(diploparse.Parser, "parse", parse_then_interrupt)
    Path("l.jsonl").write_text('{"text": "Jane Roe met John Doe."}\n' * 9)
    result = run("parse", "l.jsonl", "-o", "x.json")

    assert result.exit_code == 130
    assert "interrupted after 2 documents" in result.stderr
    assert json.loads(Path("x.json").read_text())
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.usefixtures("folder")
def test_interrupt_while_writing_waits_for_the_record():
    """The handler only notes it, and the next document is not read."""
    inputs = type(
        "Inputs", (), {"documents": lambda self: iter([diploparse.RawDocument(text="A met B.")] * 9)}
    )()
    run_ = parse.Run(diploparse.Parser(entry_points=False), inputs, parse.Messages())
    extractions = run_.extractions()
    next(extractions)
    run_.on_interrupt(signal.SIGINT, None)

    assert list(extractions) == []
    assert run_.exit_code() == 130


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes to close early")
def test_closed_pipe_ends_quietly(folder):
    """As in ``| head``: no message, no failure."""
    Path("many.jsonl").write_text((json.dumps({"text": demo_text()}) + "\n") * 60)
    command = f"{sys.executable} -m diploparse parse many.jsonl | head -c 10; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=True, timeout=60, text=True)

    assert done.stderr == ""
    assert done.stdout.splitlines()[-1].endswith("0")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_full_disk_and_closed_output_are_no_traceback(folder):
    """One line, exit code 1; without any standard output the run is as good as any."""
    script = (
        f"alias d='{sys.executable} -m diploparse'; shopt -s expand_aliases\n"
        "d parse a.txt > /dev/full; echo $?; d parse a.txt -o /dev/stdout --to nt | wc -l; d parse a.txt >&-; echo $?"
    )
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=True, timeout=60, text=True)

    full, lines, closed = done.stdout.split()
    assert (full, closed) == ("1", "0")
    assert int(lines) > 3
    assert done.stderr == "Error: it could not be written: No space left on device\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no POSIX signals")
def test_interrupted_process_exits_130(folder):
    """While it waits for input that does not come."""
    child = subprocess.Popen(
        [sys.executable, "-u", "-m", "diploparse", "parse", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    child.stdin.write('{"text": "Jane Roe met John Doe."}\n')
    child.stdin.flush()
    first = child.stdout.readline()
    child.send_signal(signal.SIGINT)
    _, messages = child.communicate(timeout=30)

    assert json.loads(first)
    assert child.returncode == 130
    assert messages == "Error: interrupted after 1 document; what was read is written\n"


# -- demo, explain, plugins, formats, schema --------------------------------------------------


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("columns", [40, 80, 120])
def test_demo_fits_the_terminal(monkeypatch, columns):
    """Meetings, statements and actors with where they were read, and what to try next."""
    monkeypatch.setenv("COLUMNS", str(columns))
    result = run("demo")

    assert result.exit_code == 0
    assert all(len(line) <= columns for line in result.stdout.splitlines())
    for words in ("Meetings", "Statements", "Actors", "Try next", "line "):
        assert words in result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.usefixtures("folder")
def test_demo_text_is_what_is_parsed():
    """`--text` gives the article to try commands on."""
    assert run("demo", "--text").stdout == demo_text()


@pytest.mark.usefixtures("folder")
def test_explain_shows_one_sentence_or_all():
    """With the rule behind each thing."""
    Path("two.txt").write_text("Jane Roe met John Doe in Oslo. She said that talks would go on.")
    whole, second = run("explain", "two.txt"), run("explain", "two.txt", "--at", "40")

    assert whole.exit_code == second.exit_code == 0
    assert "sentence 1, line 1, 0-30" in whole.stdout
    assert "english.mentions/" in whole.stdout
    assert "sentence 2" in second.stdout
    assert "sentence 1" not in second.stdout
    assert "english.statements/" in second.stdout


@pytest.mark.usefixtures("folder")
def test_explain_tells_what_it_cannot_do():
    """As parse does."""
    assert run("explain", "none.txt").exit_code == 1
    assert "numbered from 0" in run("explain", "a.txt", "--at", "4000").stderr
    assert run("explain", "-", stdin=b"Jane Roe met John Doe.").exit_code == 0


@pytest.mark.usefixtures("folder")
def test_plugins_are_listed():
    """For a person and for a program; what is off says why."""
    shown = run("plugins", "--no-entry-points").stdout
    listed = json.loads(
        run(
            "plugins", "--json", "--no-entry-points", "--disable", "english.statements", "--disable", "csv"
        ).stdout
    )

    assert "english.mentions" in shown
    assert [e["stage"] for e in listed["extractors"]][:2] == ["segment", "mentions"]
    off = {e["name"]: e["reason"] for e in listed["extractors"] if e["status"] != "active"}
    assert off == {"statements": "disabled by name"}
    assert {"disabled"} == {p["status"] for p in listed["plugins"] if p["name"] == "csv"}
    assert {e["name"] for e in listed["readers"] if e["reason"]} == {"csv"}


def test_formats_and_schema_are_printed():
    """Every active exporter, and the schema of the JSON."""
    formats = run("formats").stdout

    assert all(name in formats for name in EXPORTERS)
    assert json.loads(run("schema").stdout)["$schema"].startswith("https://json-schema.org/")
    assert run("schema", "--vocabulary").stdout.startswith("@prefix")


# -- the program ------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [[], *([name] for name in program.commands)])
def test_help_has_examples(command):
    """For every command, in lines that fit a terminal."""
    result = run(*command, "--help")

    assert result.exit_code == 0
    assert "diploparse" in result.stdout
    assert "Example" in result.stdout or not command
    assert all(len(line) <= 100 for line in result.stdout.splitlines())


def test_module_is_the_program():
    """`python -m diploparse`, and its version."""
    assert process("--version").stdout.decode().split() == ["diploparse,", "version", diploparse.__version__]


def test_no_arguments_show_the_help():
    """Not an error: it is what a new user types first."""
    assert run().exit_code == 0
    assert run().stdout == run("--help").stdout


def test_help_imports_little():
    """Neither rich nor the extractors: help is asked for often."""
    code = (
        "import sys\nfrom diploparse.__main__ import program\n"
        "try: program(['parse', '--help'])\nexcept SystemExit: pass\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'rich', 'regex'}),"
        " 'diploparse.english' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, timeout=60, text=True
    )

    assert done.stdout.splitlines()[-1] == "[] False"
