"""Other people's engines: Dask over the same shards, anything that speaks Arrow over one function."""

import json
import os
import pickle
import re
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

import diploparse
from diploparse import UsageError
from diploparse.archive import RunOptions, run

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
OPTIONS = RunOptions(plugins=("poison",), disable=("english",), entry_points=False, time_limit=1.0)
ENVIRONMENT = os.environ | {"PYTHONPATH": str(BENCHMARKS)}
TEXT = "PARIS, Nov 28 (Press) - Minister Jane Roe met President John Doe in Paris on Monday, she said."


# -- Arrow ------------------------------------------------------------------------------------


@pytest.fixture
def pa():
    return pytest.importorskip("pyarrow", reason="pyarrow is not installed (group archive)")


@pytest.fixture
def parse(pa):
    from diploparse.archive.arrow import ParseBatch

    return ParseBatch(options=RunOptions(entry_points=False, time_limit=0, fields=(("text", "body"),)))


def test_a_batch_in_is_a_batch_out(pa, parse):
    """A row for each row, in the same order; a row that is no document has an error."""
    batch = pa.RecordBatch.from_pydict(
        {"id": ["a", "b", "c"], "body": [TEXT, None, "Nothing."], "published": ["2019-11-28"] * 3}
    )

    out = parse(batch)

    assert out.schema.equals(parse.schema, check_metadata=True)
    assert out.schema.metadata[b"diploparse_schema_version"] == b"1.0"
    first, second, third = out.to_pylist()
    assert (first["id"], second["id"], third["id"]) == ("a", "b", "c")
    assert [m["date"] for m in first["meetings"]] == ["2019-11-25"]
    assert {a["name"] for a in first["actors"]} >= {"Jane Roe", "John Doe"}
    assert second["error"]["code"] == "not-read"
    assert (second["extraction"], second["meetings"]) == (None, None)
    assert (third["error"], third["meetings"]) == (None, [])
    [extraction] = diploparse.loads(first["extraction"])
    metadata = diploparse.Metadata(id="a", published="2019-11-28")
    assert extraction == diploparse.Parser(entry_points=False).parse(TEXT, metadata=metadata)


def test_the_function_can_be_sent(pa, parse):
    """And gives the same elsewhere."""
    batch = pa.RecordBatch.from_pydict({"id": ["a"], "body": [TEXT]})

    assert pickle.loads(pickle.dumps(parse))(batch).equals(parse(batch))
    assert len(pickle.dumps(parse)) < 2000


def test_batches_without_rows_or_column(pa, parse):
    """The first has the schema, the second is wrong use."""
    empty = pa.RecordBatch.from_pydict({"body": pa.array([], pa.string())})

    assert parse(empty).schema.equals(parse.schema)
    assert parse(empty).num_rows == 0
    with pytest.raises(UsageError, match=r"no column 'body' \(its columns: text\)"):
        parse(pa.RecordBatch.from_pydict({"text": [TEXT]}))


def test_schema_is_pinned(pa, parse):
    """What is stored with it can be read: a change is a new version."""
    names = [
        (f.name, [g.name for g in f.type.value_type] if pa.types.is_list(f.type) else str(f.type))
        for f in parse.schema
    ]

    assert [n for n, _ in names] == [
        "id", "url", "published", "language", "sha256", "actors", "meetings", "statements", "extraction", "error",
    ]  # fmt: skip
    assert dict(names)["actors"] == ["id", "kind", "name", "country", "found_by"]


RECIPES = re.findall(
    r"^```py\n(.*?)^```$",
    (Path(__file__).parents[1] / "docs/how-to/parse-an-archive.md").read_text(),
    re.M | re.S,
)


@pytest.mark.parametrize("engine", ["pyspark", "ray", "daft"])
def test_recipe_of_an_engine_gives_the_same(pa, tmp_path, engine):
    """As the page has it; in a process of its own, with its own Python for Spark's workers."""
    pytest.importorskip(engine, reason=f"{engine} is not installed (no group: some hundred MB each)")
    from pyarrow import dataset, parquet

    from diploparse.archive.arrow import ParseBatch

    texts = pa.table({"id": [f"d{n}" for n in range(5)], "text": [f"{TEXT} Number {n}." for n in range(5)]})
    parquet.write_table(texts, tmp_path / "texts.parquet")
    [recipe] = [code for code in RECIPES if f"import {engine}" in code or f"from {engine}" in code]
    environment = os.environ | {"PYSPARK_PYTHON": sys.executable}
    done = subprocess.run(
        [sys.executable, "-c", recipe],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    [written] = tmp_path.glob("records-*")
    rows = [
        row.get("records", row) for row in dataset.dataset(written, format="parquet").to_table().to_pylist()
    ]

    expected = ParseBatch()(texts.to_batches()[0]).to_pylist()
    assert sorted(r["extraction"] for r in rows) == sorted(r["extraction"] for r in expected)


# -- Dask -------------------------------------------------------------------------------------


def write(folder, files, documents, poisoned=()):
    folder.mkdir()
    for file in range(files):
        with (folder / f"{file}.jsonl").open("w") as stream:
            for n in range(documents):
                told = dict(poisoned).get((file, n), "")
                stream.write(
                    json.dumps({"id": f"{file}-{n}", "text": f"Document considerably harmless. {told}"})
                    + "\n"
                )


def records(out):
    return {p.name: p.read_bytes() for p in out.glob("*.jsonl")}


@contextmanager
def started(*arguments):
    process = subprocess.Popen(
        [sys.executable, "-m", *map(str, arguments)],
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def cluster(tmp_path):
    """A scheduler and two workers, each a process of its own."""
    pytest.importorskip("distributed", reason="distributed is not installed (group archive)")
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    with ExitStack() as stack:
        stack.enter_context(
            started("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
        )
        workers = [
            stack.enter_context(
                started("distributed.cli.dask_worker", address, "--nthreads", 1, "--no-nanny", "--no-dashboard",
                        "--local-directory", tmp_path / f"dask{n}")
            )
            for n in range(2)
        ]  # fmt: skip
        yield address, workers


def over_dask(source, out, address, *, code=""):
    """The run in a process of its own: what distributed leaves open is its affair."""
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from diploparse.archive import RunOptions, run\n"
        "if __name__ == '__main__':\n"
        "    options = RunOptions(plugins=('poison',), disable=('english',), entry_points=False, time_limit=1.0)\n"
        "    s = run([sys.argv[2]], sys.argv[3], options=options, workers=2, dask=sys.argv[4])\n"
        "    print(s.ended, s.documents, s.failed, s.failed_shards)\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", script, str(BENCHMARKS), str(source), str(out), address],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT,
    )  # fmt: skip


def test_dask_writes_the_same_and_names_the_poisoned_document(tmp_path, cluster, monkeypatch):
    """A scheduler and two workers; a document that kills costs its process, not Dask's."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    address, _ = cluster
    write(tmp_path / "in", 6, 50, {(1, 7): "POISON:kill", (2, 9): "POISON:hang"}.items())

    process = over_dask(tmp_path / "in", tmp_path / "dask", address)
    out, err = process.communicate(timeout=120)
    run([tmp_path / "in"], tmp_path / "here", options=OPTIONS)

    assert out.strip() == "done 298 2 ()", err
    assert records(tmp_path / "dask") == records(tmp_path / "here")
    failed = [
        json.loads(line)
        for p in (tmp_path / "dask").glob("*.errors.jsonl")
        for line in p.read_text().splitlines()
    ]
    assert sorted((f["id"], f["code"]) for f in failed) == [("1-7", "worker-died"), ("2-9", "out-of-time")]


def test_dask_worker_that_is_lost_costs_nothing(tmp_path, cluster):
    """Its shards are done by the other, from where it was."""
    address, workers = cluster
    slow = {(f, n): "POISON:hang" for f in range(4) for n in range(3)}
    write(tmp_path / "in", 4, 50, slow.items())

    process = over_dask(tmp_path / "in", tmp_path / "out", address)
    until = time.monotonic() + 60
    while time.monotonic() < until and not list((tmp_path / "out").glob(".diploparse/parts/*.part")):
        time.sleep(0.1)
    workers[0].kill()
    out, err = process.communicate(timeout=120)

    assert out.strip() == "done 188 12 ()", err
    ids = [
        e.document.id for p in sorted((tmp_path / "out").glob("?.jsonl.jsonl")) for e in diploparse.load(p)
    ]
    assert len(ids) == len(set(ids)) == 188


def test_dask_local_starts_its_own_workers(tmp_path, monkeypatch):
    """And ends them; paths may be relative."""
    pytest.importorskip("distributed", reason="distributed is not installed (group archive)")
    write(tmp_path / "in", 3, 20)

    monkeypatch.chdir(tmp_path)
    out, err = over_dask("in", "out", "local").communicate(timeout=120)

    assert out.strip() == "done 60 0 ()", err


def test_nobody_at_the_address(tmp_path):
    """Is told in a line."""
    pytest.importorskip("distributed", reason="distributed is not installed (group archive)")
    write(tmp_path / "in", 1, 1)
    script = (
        "import sys, diploparse.archive.cluster as cluster\n"
        "cluster.PATIENCE = 1\n"
        "from diploparse.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "run", str(tmp_path / "in"), str(tmp_path / "out"), "--dask", "tcp://127.0.0.1:1"],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip

    assert done.returncode == 2
    assert "no scheduler answers there" in done.stderr
