"""Archives: whatever happens, each good document's records are there once."""

import gzip
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import diploparse
from diploparse import InputError, PluginError, UsageError
from diploparse.archive import RunOptions, run
from diploparse.archive import run as archive_run
from diploparse.archive.run import Limit, Progress
from diploparse.archive.shards import Input, Shard, part_of, shards_of
from diploparse.archive.spool import OutputLost, Spool
from diploparse.cli.run import _Log, line

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
OPTIONS = RunOptions(plugins=("poison",), disable=("english",), entry_points=False, time_limit=1.0)


@pytest.fixture(autouse=True)
def findable(monkeypatch):
    """Workers find the plugin of the fault benchmark, too."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))


def lines(name, count, poisoned=None):
    """A JSON Lines file; documents by number may be poisoned."""
    told = poisoned or {}
    return "".join(
        json.dumps({"id": f"{name}-{n}", "text": f"Document {n}, considerably harmless. {told.get(n, '')}"})
        + "\n"
        for n in range(count)
    )


@pytest.fixture
def archive(tmp_path):
    """Three files of ten documents, in a folder and one below it."""
    folder = tmp_path / "news"
    (folder / "2024").mkdir(parents=True)
    (folder / "a.jsonl").write_text(lines("a", 10))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(lines("b", 10).encode()))
    (folder / "2024" / "c.jsonl").write_text(lines("c", 10))
    return folder


def written(out):
    """All files of records and failures, by name."""
    return {
        p.relative_to(out).as_posix(): p.read_bytes()
        for p in sorted(out.rglob("*"))
        if p.is_file() and ".diploparse" not in p.parts and p.name != "manifest.json"
    }


def ids(out):
    return sorted(
        e.document.id
        for p in sorted(out.rglob("*.jsonl"))
        if "errors" not in p.name
        for e in diploparse.load(p)
    )


def failures(out):
    return [
        json.loads(line) for p in sorted(out.rglob("*.errors.jsonl")) for line in p.read_text().splitlines()
    ]


# -- what comes out ------------------------------------------------------------------------------


def test_each_input_file_has_its_file_of_records(archive, tmp_path):
    """In the same folders, under the same names; the manifest says how."""
    summary = run([archive], tmp_path / "out", options=OPTIONS, workers=2)

    assert list(written(tmp_path / "out")) == ["2024/c.jsonl.jsonl", "a.jsonl.jsonl", "b.jsonl.gz.jsonl"]
    assert ids(tmp_path / "out") == sorted(f"{name}-{n}" for name in "abc" for n in range(10))
    assert (summary.ended, summary.documents, summary.failed, summary.done) == ("done", 30, 0, 3)
    assert dict(summary.records) == {"Word": 30}
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["identity"]["diploparse"] == diploparse.__version__
    assert "poison" in [p["name"] for p in manifest["identity"]["plugins"]]
    assert manifest["last_run"]["documents"] == 30


def test_records_are_those_of_one_process(tmp_path):
    """A worker writes what `diploparse.parse` and the exporter write."""
    text = "PARIS, Nov 28 - Minister Jane Roe met President John Doe in Paris on Monday."
    (tmp_path / "a.txt").write_text(text)
    options = RunOptions(entry_points=False, published="2019-11-28")

    run([tmp_path / "a.txt"], tmp_path / "out", options=options)
    metadata = diploparse.Metadata(id=(tmp_path / "a.txt").as_posix(), published="2019-11-28")
    expected = diploparse.Parser(entry_points=False).parse(text, metadata=metadata)

    assert list(diploparse.load(tmp_path / "out" / "a.txt.jsonl")) == [expected]
    assert expected.meetings


def test_a_plugin_that_was_asked_for_and_fails_ends_it(archive, tmp_path):
    """Records without it would not be what was asked for."""
    with pytest.raises(PluginError, match="plugin nowhere: ModuleNotFoundError"):
        run([archive], tmp_path / "out", options=RunOptions(plugins=("nowhere",)))


def test_small_files_are_taken_together(tmp_path, monkeypatch):
    """Those that hold one document each, by folder."""
    monkeypatch.setattr("diploparse.archive.shards.BUNDLE", 2)
    (tmp_path / "in" / "x").mkdir(parents=True)
    for name in ("a", "b", "c", "x/d"):
        (tmp_path / "in" / f"{name}.txt").write_text(f"Text {name}.")

    run([tmp_path / "in"], tmp_path / "out", options=OPTIONS)

    assert {name: data.count(b"\n") for name, data in written(tmp_path / "out").items()} == {
        "text-00001.jsonl": 2, "text-00002.jsonl": 1, "x/text-00001.jsonl": 1,
    }  # fmt: skip


@pytest.mark.parametrize(("to", "name"), [("csv", "a.jsonl.csv"), ("json", "a.jsonl.json")])
def test_any_format_can_be_written(archive, tmp_path, to, name):
    """A file or a folder for each input."""
    out = tmp_path / "out"
    options = RunOptions(plugins=("poison",), disable=("english",), entry_points=False, to=to)

    first = run([archive / "a.jsonl"], out, options=options)
    second = run([archive / "a.jsonl"], out, options=options)

    assert (out / name).exists()
    assert (first.skipped, second.skipped, second.documents) == (0, 1, 10)


def test_an_output_folder_inside_the_input_is_no_input(archive):
    """Records are not read as texts when the run is done again."""
    run([archive], archive / "out", options=OPTIONS)

    assert run([archive], archive / "out", options=OPTIONS).shards == 3


# -- documents that do harm -----------------------------------------------------------------------


@pytest.mark.parametrize(("poison", "code", "stage"), [
    ("POISON:hang", "out-of-time", "records"),
    ("POISON:kill", "worker-died", "worker"),
    ("POISON:exit", "worker-died", "worker"),
    ("POISON:segfault", "worker-died", "worker"),
])  # fmt: skip
def test_a_poisoned_document_costs_itself_and_is_named(archive, tmp_path, poison, code, stage):
    """The others are those of a run without it."""
    run([archive], tmp_path / "good", options=OPTIONS)
    (archive / "a.jsonl").write_text(lines("a", 10, {3: poison}))

    summary = run([archive], tmp_path / "out", options=OPTIONS, workers=2)

    [failure] = failures(tmp_path / "out")
    assert (failure["id"], failure["position"], failure["code"], failure["stage"]) == ("a-3", 4, code, stage)
    assert (summary.documents, summary.failed, summary.ended) == (29, 1, "done")
    good = written(tmp_path / "good")["a.jsonl.jsonl"].splitlines()
    assert written(tmp_path / "out")["a.jsonl.jsonl"].splitlines() == good[:3] + good[4:]
    if "segfault" in poison:
        assert "SIGSEGV" in failure["message"]
        assert "find_words" in failure["message"]


def test_a_plugin_that_raises_is_counted_and_the_document_kept(archive, tmp_path):
    """It costs its own records."""
    (archive / "a.jsonl").write_text(lines("a", 10, {3: "POISON:raise"}))

    summary = run([archive], tmp_path / "out", options=OPTIONS)

    assert (summary.documents, summary.failed, summary.stages) == (30, 0, (("records: poison.words", 1),))


def test_poison_next_to_poison(archive, tmp_path):
    """First, last and in a row."""
    (archive / "a.jsonl").write_text(lines("a", 6, dict.fromkeys((0, 1, 5), "POISON:kill")))

    run([archive / "a.jsonl"], tmp_path / "out", options=OPTIONS)

    assert ids(tmp_path / "out") == ["a-2", "a-3", "a-4"]
    assert [f["id"] for f in failures(tmp_path / "out")] == ["a-0", "a-1", "a-5"]


def test_lines_that_are_no_documents_are_failures(archive, tmp_path):
    """In their places."""
    text = lines("a", 4).splitlines()
    text[1:1] = ["{", json.dumps({"text": "x" * 2000})]
    (archive / "a.jsonl").write_text("\n".join(text))
    options = RunOptions(plugins=("poison",), disable=("english",), entry_points=False, max_characters=1000)

    run([archive / "a.jsonl"], tmp_path / "out", options=options)

    assert ids(tmp_path / "out") == ["a-0", "a-1", "a-2", "a-3"]
    assert [(f["position"], f["stage"], f["code"]) for f in failures(tmp_path / "out")] == [
        (2, "read", "not-read"), (3, "read", "not-read"),
    ]  # fmt: skip


def test_input_that_breaks_off_is_read_as_far_as_it_goes(archive, tmp_path):
    """And the loss is told; when the file is mended, it is read again."""
    whole = gzip.compress(lines("b", 5000).encode())
    (archive / "b.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    first = run([archive / "b.jsonl.gz"], tmp_path / "out", options=OPTIONS)

    [failure] = failures(tmp_path / "out")
    assert (failure["code"], "no whole gzip file" in failure["message"]) == ("broken-off", True)
    assert 1000 < first.documents < 5000
    (archive / "b.jsonl.gz").write_bytes(whole)
    assert run([archive / "b.jsonl.gz"], tmp_path / "out", options=OPTIONS).documents == 5000
    assert failures(tmp_path / "out") == []


# -- ends and beginnings --------------------------------------------------------------------------


def test_a_finished_run_has_nothing_to_do(archive, tmp_path):
    """Nothing is written again."""
    run([archive], tmp_path / "out", options=OPTIONS)
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "out").glob("*.jsonl")}

    summary = run([archive], tmp_path / "out", options=OPTIONS)

    assert (summary.skipped, summary.documents) == (3, 30)
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "out").glob("*.jsonl")} == before


def test_an_input_that_changed_is_read_again(archive, tmp_path):
    """That one only."""
    run([archive], tmp_path / "out", options=OPTIONS)
    (archive / "a.jsonl").write_text(lines("new", 3))

    summary = run([archive], tmp_path / "out", options=OPTIONS)

    assert (summary.skipped, summary.documents) == (2, 23)


def test_a_shard_goes_on_in_its_middle(archive, tmp_path):
    """From the spool; a line that was cut is done again."""
    out = tmp_path / "out"
    run([archive], out, options=OPTIONS)
    expected = written(out)
    calm = run([archive / "a.jsonl"], tmp_path / "calm", options=OPTIONS)
    assert calm.documents == 10

    def after_three(progress, seen=[]):  # noqa: B006
        if progress.documents >= 3 and not seen:
            seen.append(progress.documents)
            raise KeyboardInterrupt

    (archive / "a.jsonl").write_text(lines("a", 10, {5: "POISON:hang"}))
    first = run([archive / "a.jsonl"], tmp_path / "other", options=OPTIONS, show=after_three)
    spool = tmp_path / "other" / ".diploparse" / "parts" / "a.jsonl.part"
    assert first.ended == "interrupted"
    assert spool.read_bytes().count(b"\n") >= 4
    with spool.open("ab") as stream:
        stream.write(b'{"id": "half a li')
    second = run([archive / "a.jsonl"], tmp_path / "other", options=OPTIONS)

    assert (second.documents, second.failed) == (9, 1)
    good = expected["a.jsonl.jsonl"].splitlines()
    assert written(tmp_path / "other")["a.jsonl.jsonl"].splitlines() == good[:5] + good[6:]
    assert not spool.exists()


def test_machines_share_the_shards(archive, tmp_path):
    """Each takes every n-th, into one folder or into several."""
    shards = [Shard(name=str(n), inputs=(Input(path=str(n), size=1),)) for n in range(7)]
    parts = [[s.name for s in part_of(shards, n, 3)] for n in (1, 2, 3)]
    assert parts == [["0", "3", "6"], ["1", "4"], ["2", "5"]]

    run([archive], tmp_path / "all", options=OPTIONS)
    for number in (1, 2):
        run([archive], tmp_path / "out", options=OPTIONS, shard=(number, 2))

    assert written(tmp_path / "out") == written(tmp_path / "all")


def test_another_run_s_folder_is_refused(archive, tmp_path):
    """Unless --resume says that it is meant; never one of another format or of something else."""
    out = tmp_path / "out"
    run([archive / "a.jsonl"], out, options=OPTIONS)
    other = RunOptions(plugins=("poison",), disable=("english",), entry_points=False, language="en")

    with pytest.raises(UsageError, match=r"begun with language None, time_limit 1\.0: use the same"):
        run([archive], out, options=other)
    assert run([archive], out, options=other, resume=True).skipped == 1
    with pytest.raises(UsageError, match="holds jsonl"):
        run([archive], out, options=RunOptions(to="csv"), resume=True)
    with pytest.raises(UsageError, match="not empty, and no run made it"):
        run([archive / "a.jsonl"], archive, options=OPTIONS)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "manifest.json").write_text("{}")
    with pytest.raises(UsageError, match="no manifest of a run"):
        run([archive], tmp_path / "b", options=OPTIONS)


@pytest.mark.parametrize(("limit", "failed", "documents", "exceeded"), [
    (None, 9, 9, False), ("0", 1, 1, True), (3, 3, 9, False), ("3", 4, 9, True),
    ("5%", 9, 100, False), ("5%", 10, 200, False), ("5%", 11, 200, True),
])  # fmt: skip
def test_too_many_errors(limit, failed, documents, exceeded):
    """A number at once, a share when it says something."""
    assert Limit.of(limit).exceeded(failed, documents) == exceeded


@pytest.mark.parametrize("limit", ["", "many", "-1", "101%", "x%"])
def test_a_limit_that_is_none(limit):
    """Is told."""
    with pytest.raises(UsageError, match="write a number such as 100, or a share such as 5%"):
        Limit.of(limit)


def test_too_many_errors_end_the_run(archive, tmp_path):
    """What was done stays done, and a higher limit goes on."""
    (archive / "a.jsonl").write_text("{\n" * 50 + lines("a", 10))

    first = run([archive / "a.jsonl"], tmp_path / "out", options=OPTIONS, max_errors=5)
    second = run([archive / "a.jsonl"], tmp_path / "out", options=OPTIONS)

    assert first.ended == "too-many-errors"
    assert (second.ended, second.documents, second.failed) == ("done", 10, 50)


def test_workers_that_are_killed_lose_nothing(archive, tmp_path):
    """By hand, by the system: the document is tried again."""
    (archive / "a.jsonl").write_text(lines("a", 3000))
    run([archive / "a.jsonl"], tmp_path / "calm", options=OPTIONS)
    guards = []

    def kill(progress, killed=[]):  # noqa: B006
        if progress.documents > 500 * (len(killed) + 1) and len(killed) < 3 and guards[0].pid:
            killed.append(guards[0].pid)
            os.kill(killed[-1], signal.SIGKILL)

    summary = run([archive / "a.jsonl"], tmp_path / "out", options=OPTIONS, show=kill, started=guards.extend)

    assert summary.deaths >= 1
    assert (summary.documents, summary.failed) == (3000, 0)
    assert written(tmp_path / "out") == written(tmp_path / "calm")


def test_output_folder_that_is_removed_ends_the_run(archive, tmp_path):
    """The same command makes it anew."""
    import shutil

    (archive / "a.jsonl").write_text(lines("a", 3000))
    out = tmp_path / "out"

    def remove(progress):
        if progress.documents > 200 and not progress.shards_done:
            shutil.rmtree(out, ignore_errors=True)

    first = run([archive / "a.jsonl"], out, options=OPTIONS, show=remove)
    second = run([archive / "a.jsonl"], out, options=OPTIONS)

    assert first.ended == "output-lost"
    assert (second.ended, second.documents) == ("done", 3000)


def test_one_process_at_a_time_holds_a_spool(tmp_path, monkeypatch):
    """Two runs into one folder do not write each other's shard."""
    pytest.importorskip("fcntl", reason="no locks on this system")
    first, second = Spool(tmp_path, "a", "key"), Spool(tmp_path, "a", "key")
    first.open()
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    ticks = iter(range(0, 1000, 5))
    monkeypatch.setattr("time.monotonic", lambda: next(ticks))

    with pytest.raises(OutputLost, match="another run is writing it"):
        second.open()
    first.close()
    second.close()


def test_spool_of_other_inputs_or_rubbish_is_begun_anew(tmp_path):
    """What does not fit is not taken for work done."""
    spool = Spool(tmp_path, "a", "key")
    spool.open()
    spool.add({"id": "1"}, b"{}")
    spool.close()

    for key, extra, count in (("key", b"", 1), ("key", b"\0\0\0\0\n", 1), ("other", b"", 0)):
        with spool.path.open("ab") as stream:
            stream.write(extra)
        again = Spool(tmp_path, "a", key)
        again.open()
        assert again.lines == count
        again.close()


# -- inputs ---------------------------------------------------------------------------------------


def test_inputs_that_are_not_there(tmp_path):
    """Are told before anything is written."""
    (tmp_path / "empty").mkdir()
    for argument in ("none", "empty"):
        with pytest.raises(InputError):
            run([tmp_path / argument], tmp_path / "out", options=OPTIONS)
    with pytest.raises(UsageError, match="files, which it can read again"):
        run(["-"], tmp_path / "out", options=OPTIONS)
    assert not (tmp_path / "out").exists()


def test_inputs_of_one_name_are_told_apart_or_refused(archive, tmp_path):
    """Folders by their names; what cannot be is refused."""
    plugins = OPTIONS.parser().plugins
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "a.jsonl").write_text(lines("m", 1))

    names = [s.name for s in shards_of([str(archive), str(tmp_path / "more")], plugins)]
    assert names == ["more/a.jsonl", "news/2024/c.jsonl", "news/a.jsonl", "news/b.jsonl.gz"]
    with pytest.raises(UsageError, match=r"would both be written as a\.jsonl"):
        shards_of([str(archive / "a.jsonl"), str(tmp_path / "more" / "a.jsonl")], plugins)


def test_remote_inputs_are_read(archive, tmp_path):
    """By what fsspec knows: one, a folder, a pattern."""
    fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed (group archive)")
    memory = fsspec.filesystem("memory")
    memory.pipe({"/news/a.jsonl": (archive / "a.jsonl").read_bytes(), "/news/x/b.jsonl.gz": (archive / "b.jsonl.gz").read_bytes(),
                 "/news/read.me": b"x"})  # fmt: skip
    plugins = OPTIONS.parser().plugins
    try:
        assert [s.name for s in shards_of(["memory://news"], plugins)] == ["a.jsonl", "x/b.jsonl.gz"]
        assert [s.name for s in shards_of(["memory://news/*.jsonl"], plugins)] == ["a.jsonl"]
        assert [s.name for s in shards_of(["memory://news/a.jsonl"], plugins)] == ["a.jsonl"]
        for address in ("memory://none", "memory://news/*.txt"):
            with pytest.raises(InputError):
                shards_of([address], plugins)
        with pytest.raises(UsageError, match="nowhere"):
            shards_of(["nowhere://a"], plugins)
    finally:
        memory.rm("/news", recursive=True)
    # Workers are other processes: this store is theirs as well.
    run([f"file://{archive}"], tmp_path / "out", options=OPTIONS)
    assert len(ids(tmp_path / "out")) == 30


# -- progress -------------------------------------------------------------------------------------


def test_share_is_by_bytes_and_estimates_what_is_at_work():
    """Nothing is known before a first shard is through."""
    shards = [Shard(name=str(n), inputs=(Input(path=str(n), size=100),)) for n in range(4)]
    progress = Progress(shards=4, size=400)
    for _ in range(10):
        progress.document(shards[0], 1, 0)
    assert progress.share is None
    assert progress.eta is None
    progress.shard(shards[0])
    for _ in range(5):
        progress.document(shards[1], 1, 0)

    assert progress.share == pytest.approx(0.375)
    assert progress.eta is not None


def test_line_and_log_of_progress(capsys):
    """Where standard error is no terminal, a line now and then."""
    progress = Progress(
        shards=4, size=400, documents=1234, records=5678, failed=2, began=time.monotonic() - 10
    )
    assert line(progress).startswith("0/4 files, 0 %, 1,234 documents (123/s), 5,678 records, 2 errors")

    often, seldom = _Log(every=0), _Log()
    often(progress)
    seldom(progress)

    assert capsys.readouterr().err.count("1,234 documents") == 1


# -- the command line -----------------------------------------------------------------------------


def command(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "diploparse", "run", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        **options,
    )


def test_command_writes_tells_and_goes_on(archive, tmp_path):
    """Exit codes: 0 done, 3 with failures, 2 wrong use."""
    (archive / "a.jsonl").write_text("{\n" + lines("a", 3))
    plain = ["--no-entry-points", "--disable", "english"]

    first = command(archive, tmp_path / "out", "--workers", 2, *plain)
    second = command(archive, tmp_path / "out", *plain)
    wrong = command(archive, tmp_path / "out", *plain, "--language", "en")

    assert (first.returncode, second.returncode, wrong.returncode) == (3, 3, 2)
    assert first.stdout == ""
    assert "3 of 3 files done: 23 documents, 1 failed;" in first.stderr
    assert "errors: 1 read: not-read" in first.stderr
    assert "(3 before)" in second.stderr
    assert "begun with language None" in wrong.stderr


@pytest.mark.parametrize("arguments", [
    ["--shard", "3/2"], ["--shard", "x"], ["--max-errors", "many"], ["--to", "none"], ["--reader", "none"], ["--strict"],
    ["--disable", "none"], ["--option", "none=1"],
])  # fmt: skip
def test_command_refuses_wrong_use(archive, tmp_path, arguments):
    """Before anything is written."""
    assert command(archive, tmp_path / "out", *arguments).returncode == 2
    assert not (tmp_path / "out").exists()


def test_ctrl_c_stops_cleanly_and_the_same_command_goes_on(archive, tmp_path):
    """No worker is left, and the records are those of a run that nobody stopped."""
    (archive / "a.jsonl").write_text(lines("a", 20, {10: "POISON:hang"}))
    environment = os.environ | {"PYTHONPATH": str(BENCHMARKS)}
    script = (
        "import sys; from diploparse.archive import RunOptions, run\n"
        "s = run([sys.argv[1]], sys.argv[2], options=RunOptions(plugins=('poison',), disable=('english',), "
        "entry_points=False, time_limit=float(sys.argv[3])), started=lambda g: print('started', flush=True))\n"
        "print(s.ended, s.documents, s.failed)"
    )
    arguments = [sys.executable, "-c", script, str(archive / "a.jsonl"), str(tmp_path / "out"), "3"]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout.readline() == "started\n"
    spool = tmp_path / "out" / ".diploparse" / "parts" / "a.jsonl.part"
    until = time.monotonic() + 60
    while time.monotonic() < until and not (spool.exists() and spool.read_bytes().count(b"\n") >= 11):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=30)

    assert rest.split()[0] == "interrupted"
    again = subprocess.run(arguments, capture_output=True, text=True, env=environment, timeout=60)
    assert again.stdout.splitlines()[-1] == "done 19 1"


def test_threads_are_gone_after_a_run(archive, tmp_path):
    """Nothing goes on behind the caller's back."""
    before = threading.active_count()
    archive_run([archive], tmp_path / "out", options=OPTIONS, workers=2)

    assert threading.active_count() == before
