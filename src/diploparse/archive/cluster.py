"""The same shards as futures on Dask (``diploparse[dask]``)."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UsageError, describe
from .guard import Guard, ShardFailed
from .options import RunOptions
from .shards import ADDRESS, Shard
from .spool import OutputLost

if TYPE_CHECKING:
    from .run import _Run

_IDLE: dict[tuple[str, str, str, str | None], list[Guard]] = {}
"""Guards of this process, a Dask worker, that have nothing to do: a worker's start takes half a second."""

_LOCK = threading.Lock()

PATIENCE = 20
"""Seconds to wait for a scheduler."""


def do_shard(
    told: dict[str, Any], out: str, fingerprint: str, options: str, folder: str | None
) -> tuple[str, Any]:
    """
    Do a shard in a Dask worker, in a process of its own that may die.

    Returns:
        ("done", its report), ("failed", why) or ("lost", why): small, and no exception that Dask would try again.
    """
    key = (out, fingerprint, options, folder)
    with _LOCK:
        idle = _IDLE.setdefault(key, [])
        guard = (
            idle.pop()
            if idle
            else Guard(RunOptions.from_json(options), Path(out), fingerprint, folder=folder)
        )
    try:
        report = guard.do(Shard.of(told))
    except ShardFailed as error:
        guard.close()
        return "failed", str(error)
    except OutputLost as error:
        guard.close()
        return "lost", str(error)
    with _LOCK:
        _IDLE[key].append(guard)
    return "done", report


def close_idle() -> None:
    """End the processes of this one's idle guards."""
    with _LOCK:
        for guards in _IDLE.values():
            while guards:
                guards.pop().close()


def run_on(address: str, todo: list[Shard], run: _Run, workers: int) -> None:
    """
    Do shards on the workers of a scheduler, which must see the inputs and the output folder under the same paths.

    Args:
        address: Such as "tcp://10.0.0.1:8786"; or "local" for workers on this machine.

        todo: What is left.

        run: Takes in what comes back.

        workers: How many, if they are local.

    Raises:
        UsageError: Dask is not installed, or nobody answers at the address.
    """
    try:
        distributed = import_module("distributed")
    except ImportError:
        raise UsageError(
            message="--dask needs distributed, which is not installed: pip install 'diploparse[dask]'"
        ) from None
    with ExitStack() as stack:
        client = stack.enter_context(_client(distributed, address, workers, stack))
        stack.callback(_close_all, client)
        shards = {f"diploparse-{run.fingerprint[:8]}-{shard.name}": shard for shard in todo}
        paths = [*run.options.lexicons, *(i.path for shard in todo for i in shard.inputs)]
        relative = any(not ADDRESS.match(p) and not Path(p).is_absolute() for p in paths)
        folder = str(Path.cwd()) if relative else None
        # The large ones first, as far as the scheduler goes along.
        futures = [
            client.submit(
                do_shard, shard.to_builtins(), str(run.out.absolute()), run.fingerprint, run.options.to_json(), folder,
                key=key, pure=False, priority=shard.size / 1e6,
            )
            for key, shard in shards.items()
        ]  # fmt: skip
        try:
            for future in distributed.as_completed(futures):
                event = _event(future, shards[future.key])
                if event[0] == "done":
                    _count(run, event[2])
                run.take(event)
                run.show(run.progress)
        except BaseException:
            client.cancel(futures)
            raise


def _count(run: _Run, report: dict[str, Any]) -> None:
    """Documents come by shards here: all of those in the report, though some may have been done before."""
    progress = run.progress
    progress.documents += report["documents"] + report["failed"] + report["passed_over"]
    progress.failed += report["failed"]
    progress.records += sum(report["records"].values())


def _event(future: Any, shard: Shard) -> tuple[Any, ...]:
    try:
        what, told = future.result()
    except (
        Exception
    ) as error:  # a Dask worker that was lost more often than Dask allows, or one without diploparse
        return "failed", shard, f"{shard.name}: {describe(error)}"
    if what == "lost":
        return "lost", told
    return what, shard, told


def _client(distributed: Any, address: str, workers: int, stack: ExitStack) -> Any:
    if address == "local":
        cluster = distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None
        )
        address = stack.enter_context(cluster)
    try:
        return distributed.Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise UsageError(
            message=f"--dask {address}: no scheduler answers there ({describe(error)})"
        ) from error


def _close_all(client: Any) -> None:
    try:
        client.run(close_idle)
    except Exception:
        return  # the workers are gone, and their processes with them
