"""Settings: a flag over the environment, over the file, over the default."""

import subprocess
import sys
import tomllib

import pytest


@pytest.fixture
def project(tmp_path, monkeypatch):
    """An empty folder to work in, and nothing in the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DIPLOPARSE_CONFIG", raising=False)
    return tmp_path


def diploparse(*arguments, **environment):
    import os

    return subprocess.run(
        [sys.executable, "-m", "diploparse", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | environment,
    )


def settings(*arguments, **environment):
    """What ``diploparse config`` prints, read as the TOML it is."""
    done = diploparse(*arguments, "config", **environment)
    assert done.returncode == 0, done.stderr
    return tomllib.loads(done.stdout), done.stdout


def test_without_a_file_the_defaults_hold(project):
    """And the print says so."""
    values, text = settings()

    assert values["run"]["workers"] == 1
    assert "# File: none" in text
    assert "workers = 1  # default" in text


def test_file_holds_for_commands_and_for_all(project):
    """A table for one, the top for each that has the option."""
    (project / "diploparse.toml").write_text(
        'published = 2024-05-14\n[run]\nworkers = 4\nmap = {text = "body"}\n'
    )
    values, text = settings()

    assert values["run"]["workers"] == 4
    assert values["run"]["map"] == ["text=body"]
    assert values["run"]["published"] == values["parse"]["published"] == "2024-05-14"
    assert "workers = 4  # file" in text


def test_environment_wins_over_the_file_and_a_flag_over_both(project):
    """In this order, for real."""
    (project / "diploparse.toml").write_text('[parse]\nto = "none"\n')
    (project / "a.txt").write_text("Minister Jane Roe met President John Doe.")

    from_file = diploparse("parse", "a.txt")
    from_environment = diploparse("parse", "a.txt", DIPLOPARSE_PARSE_TO="jsonl")
    from_flag = diploparse("parse", "a.txt", "--to", "json", DIPLOPARSE_PARSE_TO="none")

    assert "unknown export format 'none'" in from_file.stderr
    assert from_environment.stdout.startswith('{"$schema":')
    assert '"extractions":[' in from_flag.stdout
    assert 'to = "jsonl"  # DIPLOPARSE_PARSE_TO' in settings(DIPLOPARSE_PARSE_TO="jsonl")[1]


def test_nearest_file_above_is_used(project):
    """pyproject.toml counts if it says something of us."""
    (project / "pyproject.toml").write_text("[tool.diploparse.run]\nworkers = 3\n")
    below = project / "a" / "b"
    below.mkdir(parents=True)
    (project / "a" / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    done = subprocess.run(
        [sys.executable, "-m", "diploparse", "config", "run", "--changed"],
        capture_output=True,
        text=True,
        cwd=below,
    )

    assert done.stdout.splitlines()[-1] == "workers = 3  # file"


def test_file_can_be_named(project):
    """By flag or environment; files it names are relative to it."""
    (project / "x").mkdir()
    (project / "x" / "mine.toml").write_text('lexicon = ["names.tsv"]\n')

    for values, _ in (settings("--config", "x/mine.toml"), settings(DIPLOPARSE_CONFIG="x/mine.toml")):
        assert values["run"]["lexicon"] == ["x/names.tsv"]


@pytest.mark.parametrize(("text", "message"), [
    ("wrokers = 1", "nothing is called 'wrokers': did you mean 'workers'?"),
    ("[run]\nwrokers = 1", "nothing is called 'run.wrokers': did you mean 'workers'?"),
    ("[rnu]\nworkers = 1", "nothing is called 'rnu': did you mean 'run'?"),
    ("workers", "it is no TOML"),
    ("[run]\nworkers = 'many'", "workers"),
])  # fmt: skip
def test_a_wrong_file_is_told(project, text, message):
    """With the name that may have been meant."""
    (project / "diploparse.toml").write_text(text)
    done = diploparse("run", "a", "b")

    assert done.returncode in (1, 2)
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_missing_is_told(project):
    """Only one that was named."""
    assert "No such file" in diploparse("--config", "none.toml", "config").stderr


def test_version_is_no_setting(project):
    """A variable of that name is somebody else's."""
    assert diploparse("config", "run", DIPLOPARSE_VERSION="1").stdout.startswith("#")


def test_command_that_is_none(project):
    """Is told with those there are."""
    assert "no command 'rnu': there are ask, check, config" in diploparse("config", "rnu").stderr
