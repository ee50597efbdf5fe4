"""The program ``diploparse``, and the same as ``python -m diploparse``."""

from __future__ import annotations

from .cli import ask, check, config, demo, docs, explain, export, new_plugin, parse, plugins, run
from .cli.program import program

__all__ = ["main"]

COMMANDS = (demo, parse, run, export, ask, explain, plugins, check, new_plugin, docs, config)
"""The modules whose import adds their command to the program, in the order of the help."""


def main() -> None:
    """Run the program with the arguments of the process."""
    program(prog_name="diploparse")


if __name__ == "__main__":
    main()
