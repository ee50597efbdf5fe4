"""How long a document may take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .errors import OutOfTime, UsageError

_AGAIN = 0.5
"""Seconds until it is raised again: the first may come in a finalizer, which Python lets nothing out of."""


@contextmanager
def limited(seconds: float | None) -> Iterator[None]:
    """
    Raise `OutOfTime` inside the block when it takes longer.

    Code that is not Python's (a regular expression at work) is interrupted when it comes back.

    Args:
        seconds: By the clock on the wall; ``None`` or 0 for any number.

    Raises:
        UsageError: A limit outside the main thread, or on a system without alarm signals.
    """
    if not seconds:
        yield
        return
    import signal  # here: importing diploparse imports this module, few set limits

    check_limit(seconds)
    running = True

    def ring(signum: int, frame: Any) -> None:
        if running:  # a signal may be waiting when the timer is stopped
            raise OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
        yield
    finally:
        running = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def check_limit(seconds: float | None) -> None:
    """
    Refuse a limit where there can be none.

    Raises:
        UsageError: Outside the main thread, or on a system without alarm signals.
    """
    if not seconds:
        return
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        raise UsageError(
            message="a time limit needs the main thread, and a system with alarm signals: leave it out"
        )
