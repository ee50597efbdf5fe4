"""The program: its commands, and how it ends."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from .. import __version__
from ..errors import DiploparseError, LexiconError, UnknownFormat, UsageError

OK, FAILED, USAGE, PARTIAL, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes: done; nothing could be done; wrong call; done but for some documents; Ctrl-C."""


class Program(click.Group):
    """A group of commands whose errors are one line, without a traceback."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command; exits with one of the codes above."""
        extra["standalone_mode"] = False
        _open_closed_streams()
        try:
            code = super().main(*args, **extra)
            sys.stdout.flush()
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.ctx.get_help() if error.ctx else "")
            code = OK
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else "diploparse"
            complain(f"{error.format_message().rstrip('.')} (see '{command} --help')")
            code = USAGE
        except click.ClickException as error:
            complain(error.format_message())
            code = error.exit_code
        except (click.Abort, KeyboardInterrupt):
            complain("interrupted")
            code = INTERRUPTED
        except BrokenPipeError:
            _close_stdout()
            code = OK
        except (UsageError, UnknownFormat, LexiconError) as error:
            complain(str(error))
            code = USAGE
        except DiploparseError as error:
            complain(str(error))
            code = FAILED
        except OSError as error:
            problem = error.strerror or str(error)
            complain(
                f"{error.filename}: {problem}" if error.filename else f"it could not be written: {problem}"
            )
            code = FAILED
        sys.exit(code if isinstance(code, int) else OK)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader of our output who has had enough ("| head") is no failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _close_stdout()
            ctx.exit(OK)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order a new user wants them."""
        return list(self.commands)


def complain(message: str, level: str = "Error") -> None:
    """Tell what went wrong, on standard error."""
    click.echo(f"{level}: {message.translate(_UNPRINTABLE)}", err=True)


_UNPRINTABLE = dict.fromkeys((*range(10), *range(11, 32), *range(127, 160)), " ")
_UNPRINTABLE |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
"""A file's name may hold what would act on the terminal."""


def _open_closed_streams() -> None:
    """A process may be started without standard streams (``>&-``), and Python then has ``None`` in their place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))


def _close_stdout() -> None:
    """Keep Python from writing the rest of its buffer into the closed pipe on its way out."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    cls=Program,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
        "auto_envvar_prefix": "DIPLOPARSE",
    },
    epilog="Start with:  diploparse demo",
)
@click.version_option(__version__, prog_name="diploparse", allow_from_autoenv=False)
@click.option(
    "--config", type=click.Path(path_type=Path), metavar="FILE", help="Settings, in place of diploparse.toml."
)
@click.pass_context
def program(ctx: click.Context, config: Path | None) -> None:
    """
    Who met whom, who said what, and who they are: records from diplomatic and military news,
    each with the place in the text it was read from.

    It works offline, on English text in files or from standard input.
    """
    from .config import use  # it registers a command of this program

    use(ctx, config)
