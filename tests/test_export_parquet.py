"""Parquet: every cell back through DuckDB, Polars and pyarrow; dates are dates; foreign files are told."""

import importlib.util
import os
from datetime import date

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import extractions

import diploparse
from diploparse import Cue, InputError, Meeting, Span, UsageError, When
from diploparse.export import csv
from diploparse.export import parquet as module

missing = [n for n in ("pyarrow", "duckdb", "polars") if importlib.util.find_spec(n) is None]
needs = pytest.mark.skipif(
    bool(missing), reason=f"{', '.join(missing)} not installed (dependency group: exports)"
)
relaxed = settings(deadline=None, max_examples=20)


def cell(value):
    """A cell of ``csv`` as it comes back."""
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)
    return value


def typed(table, row):
    """A row of ``csv`` as Parquet has it: days as dates, a precision after each date as written."""
    found = []
    for column in module.columns(table):
        value = row[column.of]
        if column.precision:
            found.append(module.precision(value))
        elif column.kind == "date":
            found.append(date.fromisoformat(value) if value else None)
        else:
            found.append(cell(value))
    return tuple(found)


@needs
@relaxed
@given(found=st.lists(extractions(), max_size=2))
def test_cells_come_back_through_the_tools_of_analysts(found, tmp_path_factory):
    """In every table, by DuckDB and Polars; NULs, quotes and line ends included."""
    import duckdb
    import polars

    out = tmp_path_factory.mktemp("parquet") / "x"
    diploparse.write(found, "parquet", out)

    for table in (*csv.TABLES, *csv.own_tables()):
        expected = [typed(table, row) for x in found for row in table.rows(x)]
        path = str(out / f"{table.name}.parquet")
        assert duckdb.sql(f"SELECT * FROM '{path}'").fetchall() == expected
        assert polars.read_parquet(path).rows() == expected
        assert list(module.rows(out, table)) == [
            tuple(map(cell, row)) for x in found for row in table.rows(x)
        ]


@needs
def test_dates_are_dates_and_no_column_is_a_word_of_sql(tmp_path):
    """A month has no day of its own, but bounds that a query can use."""
    import duckdb
    import pyarrow.parquet

    span = Span(0, 1)
    x = attrs.evolve(
        diploparse.parse("A met B"),
        meetings=(
            Meeting(
                id="m", cue=Cue(span=span, lemma="meet"), participants=(), evidence=(span,),
                when=When(value="2019-11", earliest="2019-11-01", latest="2019-11-30", span=span),
            ),
        ),
    )  # fmt: skip
    diploparse.write(x, "parquet", tmp_path)

    [row] = duckdb.sql(
        f"SELECT date, date_precision, date_earliest, date_latest, cue_start, cue_stop FROM '{tmp_path}/meetings.parquet' "
        "WHERE date_earliest >= DATE '2019-01-01'"
    ).fetchall()
    assert row == ("2019-11", "month", date(2019, 11, 1), date(2019, 11, 30), 0, 1)
    for table in (*csv.TABLES, *csv.own_tables()):
        told = pyarrow.parquet.read_schema(tmp_path / f"{table.name}.parquet")
        assert told.metadata[b"diploparse_schema_version"] == module.SCHEMA_VERSION.encode()
        assert not any(name.endswith("end") for name in told.names)
        assert all(told.field(name).metadata[b"description"] for name in told.names)
        duckdb.sql(f"SELECT {', '.join(told.names)} FROM '{tmp_path}/{table.name}.parquet'").fetchall()


@needs
def test_batches_are_for_the_same_process():
    """A table as Arrow, without a file; groups of rows are whole."""
    x = diploparse.parse("A")

    assert [b.num_rows for b in module.batches([x, x], "documents")] == [2]
    assert [b.num_rows for b in module.batches([], "meetings")] == [0]
    with pytest.raises(UsageError, match="meetings_flat is for csv alone"):
        list(module.batches([x], "meetings_flat"))


@needs
def test_groups_of_rows_are_whole(tmp_path, monkeypatch):
    """Written as they fill up."""
    monkeypatch.setattr(module, "_ROWS", 2)
    found = [diploparse.parse(f"A {n}") for n in range(5)]

    diploparse.write(found, "parquet", tmp_path)

    table = csv.find_table("documents")
    assert [row[0] for row in module.rows(tmp_path, table)] == [x.document.id for x in found]


@needs
def test_foreign_files_are_told(tmp_path):
    """Missing, no Parquet, or somebody else's."""
    import pyarrow
    import pyarrow.parquet

    table = csv.find_table("documents")
    with pytest.raises(InputError, match=r"documents\.parquet: there is no such file"):
        list(module.rows(tmp_path, table))
    (tmp_path / "documents.parquet").write_text("PAR1")
    with pytest.raises(InputError, match="it is no Parquet file"):
        list(module.rows(tmp_path, table))
    pyarrow.parquet.write_table(pyarrow.table({"id": ["x"]}), tmp_path / "documents.parquet")
    with pytest.raises(InputError, match="it is not from diploparse"):
        list(module.rows(tmp_path, table))


@needs
def test_folder_that_stops_leaves_what_was_there(tmp_path):
    """Nothing new, nothing hidden."""

    def failing():
        yield diploparse.parse("A")
        raise KeyboardInterrupt

    (tmp_path / "old").mkdir()
    for name in ("old", "new"):
        with pytest.raises(KeyboardInterrupt):
            diploparse.write(failing(), "parquet", tmp_path / name)

    assert os.listdir(tmp_path) == ["old"]
    assert os.listdir(tmp_path / "old") == []


def test_missing_pyarrow_is_told(tmp_path, monkeypatch):
    """With what to install."""
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(UsageError, match=r"pip install 'diploparse\[arrow\]'"):
        diploparse.write([], "parquet", tmp_path / "x")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("2019", "year"),
        ("2019-11", "month"),
        ("2019-11-28", "day"),
        ("2019-11/2019-12", "interval"),
    ],
)
def test_precision(value, expected):
    """Of the date as it is written."""
    assert module.precision(value) == expected
