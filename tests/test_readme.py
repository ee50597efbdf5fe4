"""Every example of the README is true."""

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import diploparse
from diploparse.__main__ import program

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def examples():
    """Each Python block and the text block that follows it, which is what it prints."""
    follows = zip(BLOCKS, [*BLOCKS[1:], ("", "")], strict=True)
    return [
        (code, printed if kind == "text" else "")
        for (name, code), (kind, printed) in follows
        if name == "python"
    ]


def commands():
    """Each `diploparse` line of the shell blocks."""
    lines = [line for name, code in BLOCKS if name == "sh" for line in code.splitlines()]
    return [line for line in lines if line.startswith("diploparse ")]


@pytest.mark.parametrize(("code", "printed"), examples())
def test_python_block_prints_what_follows(code, printed):
    """Pasted as it stands, in a fresh namespace."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "README.md", "exec"), {"__name__": "readme"})

    assert out.getvalue() == printed


def test_commands_run_in_their_order(tmp_path, monkeypatch):
    """One after the other in one folder: each exits with 0 and writes what it says."""
    monkeypatch.chdir(tmp_path)
    assert commands()
    for line in commands():
        command, _, target = line.partition(" > ")
        result = CliRunner().invoke(program, shlex.split(command)[1:])

        assert result.exit_code == 0, line + "\n" + result.output
        if target:
            assert result.stdout
            Path(target).write_text(result.stdout, encoding="utf-8")
    assert {"article.txt", "article.json", "meetings.csv"} <= {p.name for p in tmp_path.iterdir()}


def test_formats_are_those_there_are():
    """The table names built-in formats only, and all of them but one that few need."""
    section = README.split("## Formats")[1].split("## ")[0]
    named = {
        name
        for row in section.splitlines()
        if row.startswith("| `")
        for name in re.findall(r"`(\w+)`", row.split("|")[1])
    }
    builtin = {
        r.item.name for r in diploparse.Parser(entry_points=False).plugins.registered(diploparse.Exporter)
    }

    assert named <= builtin
    assert builtin - named <= {"trig"}


def test_links_lead_somewhere():
    """Files that the README links to are there."""
    links = re.findall(r"\]\(([^)#]+)\)", README)

    assert links
    assert [link for link in links if not link.startswith("http") and not (ROOT / link).exists()] == []


def test_python_version_is_the_required_one():
    """As `pyproject.toml` has it."""
    required = re.search(r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text())

    assert f"Python {required[1]} or newer" in README
