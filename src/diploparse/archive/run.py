"""The whole: which shards are left, workers for them, what is told meanwhile and at the end."""

from __future__ import annotations

import json
import queue
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any, Literal

import attrs

from ..errors import DiploparseError, PluginError, UsageError, describe
from .guard import Guard, ShardFailed, Stopped
from .options import RunOptions, fingerprint, identity, surroundings
from .shards import STATE, Shard, part_of, shards_of
from .spool import OutputLost, lost, report_of, target_of, write_json
from .work import key_of

MANIFEST = "manifest.json"
MANIFEST_VERSION = 1

ENOUGH = 200
"""Documents before a share of failures says anything."""


@attrs.define(slots=False)
class Progress:
    """How far a run is; those who show it read, the run writes."""

    shards: int = 0
    """To be done by this run, and those that were done before."""

    shards_done: int = 0
    """Of them."""

    size: int = 0
    """Of the shards' inputs, in bytes."""

    size_done: int = 0
    """Of the shards that are done."""

    documents: int = 0
    """Done by this run: read, failed or passed over."""

    records: int = 0
    """Of those documents."""

    failed: int = 0
    """Of those documents."""

    began: float = attrs.field(factory=monotonic)
    """When, by the monotonic clock."""

    running: dict[str, tuple[int, int]] = attrs.field(factory=dict)
    """Shards at work: their size, and documents done by this run."""

    before: int = 0
    """Bytes that were done before this run."""

    _documents_done: int = 0

    @property
    def rate(self) -> float:
        """Documents a second."""
        return self.documents / max(monotonic() - self.began, 1e-6)

    @property
    def share(self) -> float | None:
        """
        What is done, 0 to 1, by bytes; ``None`` if not known yet.

        Bytes of a shard at work are taken from its documents and the size of documents in those that are done.
        """
        if not self.size:
            return None
        done = float(self.size_done)
        mine = self.size_done - self.before
        if mine and self._documents_done:
            each = mine / self._documents_done
            done += sum(min(size, documents * each) for size, documents in self.running.values())
        elif self.running:
            return None
        return min(done / self.size, 1.0)

    @property
    def eta(self) -> float | None:
        """Seconds that are left, as it seems now."""
        share = self.share
        before = self.before / self.size if self.size else 0.0
        if share is None or share <= before:
            return None
        return (1 - share) * (monotonic() - self.began) / (share - before)

    def document(self, shard: Shard, records: int, failed: int) -> None:
        """A document is done."""
        self.documents += 1
        self.records += records
        self.failed += failed
        size, documents = self.running.get(shard.name, (shard.size, 0))
        self.running[shard.name] = (size, documents + 1)

    def shard(self, shard: Shard) -> None:
        """A shard is done."""
        _, documents = self.running.pop(shard.name, (0, 0))
        self._documents_done += documents
        self.shards_done += 1
        self.size_done += shard.size


@attrs.frozen(kw_only=True)
class Summary:
    """What became of a run."""

    ended: Literal["done", "interrupted", "too-many-errors", "output-lost"]
    """How."""

    message: str = ""
    """Why, if it ended early."""

    shards: int
    """Of this run."""

    done: int
    """Shards that are through, those of earlier runs included."""

    skipped: int
    """Shards that were through before."""

    failed_shards: tuple[tuple[str, str], ...] = ()
    """Shards without a file of records, and why."""

    documents: int
    """In the files of records."""

    passed_over: int
    """Pages that the gate or the lack of an article kept out."""

    failed: int
    """In the files of failures."""

    records: tuple[tuple[str, int], ...]
    """By type."""

    stages: tuple[tuple[str, int], ...]
    """What failed: stage and plugin or code, and how often; a plugin that failed may have cost its own records only."""

    slowest: tuple[tuple[float, str], ...]
    """Seconds and documents."""

    deaths: int
    """Workers that died."""

    seconds: float
    """Of this run."""

    rate: float
    """Documents a second, of this run."""


class Ended(DiploparseError):
    """The run ends early, for this reason."""

    def __init__(self, how: Literal["interrupted", "too-many-errors", "output-lost"], message: str) -> None:
        super().__init__(message)
        self.how = how


@attrs.frozen(kw_only=True)
class Limit:
    """How many failures are too many."""

    count: int | None = None
    share: float | None = None
    """0 to 1."""

    @classmethod
    def of(cls, text: str | int | None) -> Limit:
        """
        A number, or a share such as "5%".

        Raises:
            UsageError: It is neither.
        """
        if text is None:
            return cls()
        try:
            told = str(text).strip()
            if told.endswith("%"):
                share = float(told[:-1]) / 100
                if 0 <= share <= 1:
                    return cls(share=share)
            elif int(told) >= 0:
                return cls(count=int(told))
        except ValueError:
            pass
        raise UsageError(message=f"max errors is {text!r}: write a number such as 100, or a share such as 5%")

    def exceeded(self, failed: int, documents: int) -> bool:
        """Whether there are too many."""
        if self.count is not None and failed > self.count:
            return True
        return self.share is not None and documents >= ENOUGH and failed > self.share * documents


def run(
    inputs: Sequence[str | Path],
    out: str | Path,
    *,
    options: RunOptions | None = None,
    workers: int = 1,
    shard: tuple[int, int] = (1, 1),
    dask: str | None = None,
    resume: bool = False,
    max_errors: str | int | None = None,
    show: Callable[[Progress], None] | None = None,
    started: Callable[[list[Guard]], None] | None = None,
) -> Summary:
    """
    Read an archive; what an earlier run has done stays done.

    Args:
        inputs: Files, folders, and addresses that fsspec knows.

        out: The folder of records; made if it is not there.

        options: How to read, parse and write.

        workers: Processes on this machine.

        shard: (i, n): only every n-th shard, from the i-th on.

        dask: Address of a scheduler, or "local", to work there instead.

        resume: Go on in a folder that was begun with other options, versions or plugins.

        max_errors: End when more documents fail: a number, or a share such as "5%".

        show: Called a few times a second, and at the end.

        started: Gets the guards of the workers, for tests that kill them.

    Returns:
        The summary, however it ended.

    Raises:
        UsageError: Wrong options, or a folder that was begun with others.

        InputError: An input is not there.

        PluginError: A plugin that the options name cannot be used.
    """
    options = options or RunOptions()
    number, of = shard
    if not 1 <= number <= of:
        raise UsageError(message=f"--shard {number}/{of}: write I/N with I from 1 to N, such as 2/8")
    if workers < 1:
        raise UsageError(message=f"--workers {workers}: one at least")
    return _Run(options, Path(out), Limit.of(max_errors), resume, show).go(
        [str(i) for i in inputs], workers, (number, of), dask, started
    )


class _Run:
    """One run, on its way."""

    def __init__(
        self, options: RunOptions, out: Path, limit: Limit, resume: bool, show: Callable[[Progress], None] | None
    ) -> None:  # fmt: skip
        self.options = options
        self.out = out
        self.limit = limit
        self.resume = resume
        self.show = show or (lambda progress: None)
        self.parser = options.parser()
        for info in self.parser.plugins.infos:
            if info.origin == "argument" and info.status == "failed":
                raise PluginError(plugin=info.name, problem=info.reason)
        self.exporter = options.exporter(self.parser)
        self.identity = identity(options, self.parser)
        self.fingerprint = fingerprint(self.identity)
        self.progress = Progress()
        self.events: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
        self.reports: dict[str, dict[str, Any]] = {}
        self.failed_shards: list[tuple[str, str]] = []
        self.stop = threading.Event()
        self.deaths = 0

    def go(
        self, inputs: list[str], workers: int, part: tuple[int, int], dask: str | None,
        started: Callable[[list[Guard]], None] | None,
    ) -> Summary:  # fmt: skip
        shards = part_of(shards_of(inputs, self.parser.plugins, self.options.reader), *part)
        self._begin()
        todo = [shard for shard in shards if not self._is_done(shard)]
        skipped = len(shards) - len(todo)
        progress = self.progress
        progress.shards, progress.shards_done = len(shards), skipped
        progress.size = sum(s.size for s in shards)
        progress.before = progress.size_done = progress.size - sum(s.size for s in todo)
        progress.began = monotonic()
        how: Literal["done", "interrupted", "too-many-errors", "output-lost"] = "done"
        message = ""
        try:
            self._write_manifest(None)
            if dask is not None:
                from .cluster import run_on

                run_on(dask, todo, self, workers)
            else:
                self._run_here(todo, workers, started)
            self._check_all()
        except Ended as error:
            how, message = error.how, str(error)
        except OutputLost as error:
            how, message = "output-lost", str(error)
        except KeyboardInterrupt:
            how, message = "interrupted", "interrupted"
        self.show(progress)
        summary = self._summary(shards, skipped, how, message)
        with suppress(OutputLost):
            self._write_manifest(summary)
        return summary

    # -- before -------------------------------------------------------------------------------

    def _begin(self) -> None:
        """See whose folder it is."""
        path = self.out / MANIFEST
        try:
            earlier = json.loads(path.read_text(encoding="utf-8"))
            told, begun = earlier["identity"], earlier["fingerprint"]
        except FileNotFoundError:
            if self.out.is_file():
                raise UsageError(message=f"{self.out} is a file: name a folder") from None
            if self.out.is_dir() and any(p.name != STATE for p in self.out.iterdir()):
                raise UsageError(
                    message=f"{self.out} is not empty, and no run made it: name another folder"
                ) from None
            begun = self.fingerprint
        except (ValueError, KeyError, TypeError):
            raise UsageError(message=f"{path} is no manifest of a run: name another folder") from None
        except OSError as error:
            raise UsageError(message=f"{path}: {error.strerror or error}") from error
        if begun != self.fingerprint:
            if not self.resume:
                raise UsageError(
                    message=f"{self.out} was begun with {_difference(told, self.identity)}: "
                    "use the same, name another folder, or add --resume to go on all the same"
                )
            if told.get("options", {}).get("to") != self.options.to:
                raise UsageError(message=f"{self.out} holds {told['options']['to']}: name another folder")
            self.fingerprint = begun

    def _is_done(self, shard: Shard) -> bool:
        """Whether the shard's records are there, of the inputs as they are now."""
        try:
            report = json.loads(report_of(self.out, shard.name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        target = target_of(self.out, shard.name, self.exporter)
        size = target.stat().st_size if target.is_file() else None
        if (
            report.get("key") != key_of(shard, self.fingerprint)
            or not target.exists()
            or size != report.get("size")
        ):
            return False
        self.reports[shard.name] = report
        return True

    # -- at work ------------------------------------------------------------------------------

    def _run_here(
        self, todo: list[Shard], workers: int, started: Callable[[list[Guard]], None] | None
    ) -> None:
        # The large ones first: a large one at the end would keep one worker busy and the others idle.
        waiting: queue.SimpleQueue[Shard] = queue.SimpleQueue()
        for shard in sorted(todo, key=lambda s: (-s.size, s.name)):
            waiting.put(shard)
        guards = [
            Guard(self.options, self.out, self.fingerprint, self.stop) for _ in range(min(workers, len(todo)))
        ]
        if started is not None:
            started(guards)
        threads = [threading.Thread(target=self._serve, args=(g, waiting), daemon=True) for g in guards]
        for thread in threads:
            thread.start()
        try:
            self._listen(len(todo))
        finally:
            self.stop.set()
            for thread in threads:
                thread.join()
            self.deaths = sum(guard.deaths for guard in guards)

    def _serve(self, guard: Guard, waiting: queue.SimpleQueue[Shard]) -> None:
        try:
            while not self.stop.is_set():
                try:
                    shard = waiting.get_nowait()
                except queue.Empty:
                    return

                def event(name: str, records: int, failed: int, shard: Shard = shard) -> None:
                    self.events.put(("document", shard, records, failed))

                self.events.put(("begun", shard))
                try:
                    report = guard.do(shard, event)
                except ShardFailed as error:
                    self.events.put(("failed", shard, str(error)))
                else:
                    self.events.put(("done", shard, report))
        except Stopped:
            pass
        except OutputLost as error:
            self.events.put(("lost", str(error)))
        except Exception as error:
            self.events.put(("lost", f"diploparse failed with {describe(error)}; please report it"))
        finally:
            guard.close()

    def _listen(self, left: int) -> None:
        """Take in what workers tell until all shards are through."""
        while left:
            for event in self._events():
                left -= self.take(event)
            self.show(self.progress)

    def _events(self) -> Iterable[tuple[Any, ...]]:
        """Those of the next moment."""
        until = monotonic() + 0.2
        while (wait := until - monotonic()) > 0:
            try:
                event = self.events.get(timeout=wait)
            except queue.Empty:
                return
            yield event
            if event[0] != "document":
                return

    def take(self, event: tuple[Any, ...]) -> int:
        """
        Take in one event.

        Returns:
            1 if a shard is through with it, else 0.

        Raises:
            Ended: The run has to end.
        """
        match event:
            case ("document", shard, records, failed):
                self.progress.document(shard, records, failed)
                self._check_limit()
            case ("begun", shard):
                self.progress.running[shard.name] = (shard.size, 0)
            case ("done", shard, report):
                self._keep(shard, report)
                self.progress.shard(shard)
                self._check_limit()
                return 1
            case ("failed", shard, message):
                self.failed_shards.append((shard.name, message))
                self.progress.shard(shard)
                return 1
            case ("lost", message):
                raise Ended("output-lost", message)
        return 0

    def _keep(self, shard: Shard, report: dict[str, Any]) -> None:
        """Write that a shard is through; its records are already there, under their name."""
        target = target_of(self.out, shard.name, self.exporter)
        report = {
            "name": shard.name,
            "inputs": shard.to_builtins()["inputs"],
            "key": key_of(shard, self.fingerprint),
            "size": None,
            **report,
        }
        try:
            if not target.is_dir():
                report["size"] = target.stat().st_size
            write_json(report_of(self.out, shard.name), report)
            (self.out / STATE / "parts" / f"{shard.name}.part").unlink(missing_ok=True)
        except OSError as error:
            raise Ended("output-lost", str(lost(error, target))) from error
        except OutputLost as error:
            raise Ended("output-lost", str(error)) from error
        self.reports[shard.name] = report

    def _check_limit(self) -> None:
        progress = self.progress
        if self.limit.exceeded(progress.failed, progress.documents):
            raise Ended(
                "too-many-errors",
                f"{progress.failed:,} of {progress.documents:,} documents failed, more than --max-errors: "
                "see the .errors.jsonl files and parts in the output folder; the same command with a higher limit goes on",
            )

    def _check_all(self) -> None:
        """Somebody may have removed what was done while the rest was."""
        for name in self.reports:
            target = target_of(self.out, name, self.exporter)
            if not target.exists():
                raise Ended("output-lost", str(lost(FileNotFoundError(), target)))

    # -- after --------------------------------------------------------------------------------

    def _summary(self, shards: list[Shard], skipped: int, how: Any, message: str) -> Summary:
        records: Counter[str] = Counter()
        stages: Counter[str] = Counter()
        counts: Counter[str] = Counter()
        slowest: list[tuple[float, str]] = []
        for report in self.reports.values():
            records.update(report["records"])
            stages.update(report["stages"])
            counts.update({name: report[name] for name in ("documents", "passed_over", "failed")})
            slowest += [(seconds, name) for seconds, name in report["slowest"]]
        return Summary(
            ended=how, message=message, shards=len(shards), done=len(self.reports), skipped=skipped,
            failed_shards=tuple(self.failed_shards), documents=counts["documents"],
            passed_over=counts["passed_over"], failed=counts["failed"], records=tuple(sorted(records.items())),
            stages=tuple(stages.most_common()), slowest=tuple(sorted(slowest, reverse=True)[:10]),
            deaths=self.deaths, seconds=round(monotonic() - self.progress.began, 2),
            rate=round(self.progress.rate, 1),
        )  # fmt: skip

    def _write_manifest(self, summary: Summary | None) -> None:
        value = {
            "manifest_version": MANIFEST_VERSION,
            "fingerprint": self.fingerprint,
            "identity": self.identity,
            "surroundings": surroundings(),
        }
        if summary is not None:
            value["last_run"] = attrs.asdict(summary)
        write_json(self.out / MANIFEST, value)


def _difference(told: dict[str, Any], now: dict[str, Any]) -> str:
    """What two identities differ in, in a few words."""
    found = []
    for name in ("diploparse", "schema_version", "readers", "plugins", "lexicons_sha256"):
        if told.get(name) != now[name]:
            found.append(f"another version of {name}" if name == "diploparse" else f"other {name}")
    before = told.get("options", {})
    found += [
        f"{name} {before.get(name)!r}" for name, value in now["options"].items() if before.get(name) != value
    ]
    return ", ".join(found) or "something else"
