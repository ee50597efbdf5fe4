"""What developers run besides the tests: ``nox -s docs``, ``nox -s checks``."""

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = ["checks", "docs"]


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site into docs/_build/html; a warning, such as a link that leads nowhere, is an error."""
    pyproject = nox.project.load_toml("pyproject.toml")
    session.install("-e", ".", *nox.project.dependency_groups(pyproject, "docs"))
    session.run("sphinx-build", "-W", "--keep-going", "-E", "-b", "html", "docs", "docs/_build/html")


@nox.session
def checks(session: nox.Session) -> None:
    """Lint, format, types and tests, as CI does."""
    pyproject = nox.project.load_toml("pyproject.toml")
    session.install("-e", ".", *nox.project.dependency_groups(pyproject, "dev"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")
    session.run("pytest", *session.posargs)
