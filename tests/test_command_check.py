"""``diploparse check`` and ``diploparse new-plugin``."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

import diploparse.__main__
from diploparse.cli.new_plugin import KINDS, render
from diploparse.cli.program import program

# Each renders a package and runs its laws.
pytestmark = pytest.mark.slow


def run(*arguments):
    return CliRunner().invoke(program, arguments)


def test_check_lists_the_laws_that_are_kept():
    """With the inputs each was tried on."""
    result = run(
        "check",
        "diploparse.testing.broken:GOOD",
        "--law",
        "stateless",
        "--law",
        "truncation",
        "--inputs",
        "5",
    )

    assert result.exit_code == 0
    assert "kept       stateless" in result.output
    assert "2 of 2 laws kept" in result.output


def test_check_shows_the_counter_example():
    """Exit code 1, and what to read on."""
    result = run("check", "diploparse.testing.broken:SET_ORDER", "--law", "hash_seed")

    assert result.exit_code == 1
    assert "breaks the law 'hash_seed'" in result.output
    assert "docs/reference/laws.md#hash-seed" in result.output


def test_check_writes_json():
    """For a program."""
    result = run("check", "diploparse.testing.broken:GOOD", "--law", "total", "--inputs", "3", "--json")

    (entry,) = json.loads(result.output)
    assert (entry["law"], entry["status"], entry["tried"]) == ("total", "kept", 3)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "no-such-plugin"), "no plugin is called 'no-such-plugin'"),
        (("check", "diploparse.testing.broken:GOOD", "--law", "flying"), "there is no law 'flying'"),
        (("check", "diploparse.testing.broken:GOOD", "--law", "sniffing"), "none of these laws applies"),
        (("new-plugin", "My Plugin"), "is no name for a package"),
        (("new-plugin", "diploparse"), "cannot be the name of a module"),
        (("new-plugin", "tests", "--out", "."), "is there already"),
    ],
)
def test_wrong_use_is_told(arguments, words):
    """One line, what is wrong and what to do."""
    result = run(*arguments)

    assert result.exit_code == 2
    assert words in result.output


def test_check_needs_hypothesis(monkeypatch):
    """Which extra to install."""
    monkeypatch.setitem(sys.modules, "hypothesis", None)

    assert 'pip install "diploparse[testing]"' in run("check", "x").output


@pytest.mark.parametrize("kind", KINDS)
def test_new_plugin_passes_its_tests(kind, tmp_path):
    """Its own, and every law that applies; tools/check_new_plugins.sh installs it as well."""
    folder = render(f"diploparse-try-{kind}", kind, tmp_path)

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", "--import-mode=importlib"],
        cwd=folder, env={"PYTHONPATH": str(folder), "PATH": ""}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout[-3000:]
    names = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert {"pyproject.toml", "README.md", f"diploparse_try_{kind}/__init__.py"} <= names
    assert f'try-{kind} = "diploparse_try_{kind}"' in (folder / "pyproject.toml").read_text(encoding="utf-8")


def test_commands_are_there():
    """Both are in the help."""
    assert {"check", "new-plugin"} <= set(diploparse.__main__.program.commands)
