"""
Measure runs over archives: scaling, memory, pages a second with and without the gate, what Dask costs.

usage: bench_archive.py [--only NAME ...] [--documents N] [--out FILE]

Texts are those of corpus/dev, made into pages with a head, navigation and a footer, and into WARC, JSON Lines
and Parquet by the formats' own libraries.  Pages about something else are made of the standard library's
documentation strings: English prose without diplomacy, so that what the gate keeps out of *them* is an upper
bound of what it keeps out of news.  Seconds are of the wall clock, on a machine that does nothing else.

    scaling    the same run with one worker and with two, the real parser
    memory     the largest resident set of run and worker, sampled, over N documents of the fake parser
               (poison.py), and over 2,000 of the real one
    pages      pages a second out of HTML files, and out of WARC with and without the gate
    gate       articles and records that the gate loses
    dask       milliseconds a document that Dask adds
"""

from __future__ import annotations

import argparse
import html
import inspect
import json
import pkgutil
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from diploparse import Parser
from diploparse.archive import Progress, RunOptions, run
from diploparse.readers import gate, read_html, read_warc

HERE = Path(__file__).parent
CORPUS = HERE / "corpus" / "dev"
REAL = RunOptions(entry_points=False)
FAKE = RunOptions(plugins=("poison",), disable=("english",), entry_points=False)

_PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="article:published_time" content="2024-05-14T08:00:00Z"><meta property="og:site_name" content="The Site">
<script>{script}</script><style>{style}</style></head><body>
<header><nav>{links}</nav></header><main><article><h1>{title}</h1>{text}</article>
<aside><h2>Most read</h2><ul>{aside}</ul></aside></main><footer>{footer}</footer></body></html>"""


def page(title: str, text: str) -> bytes:
    """A page of some 60 kB, as those of news sites are: most of it is not the article."""
    paragraphs = "".join(f"<p>{html.escape(p)}</p>" for p in text.split("\n") if p.strip())
    links = "".join(
        f'<a class="nav__item nav__item--{n}" href="/section/{n}">Section {n}</a>' for n in range(120)
    )
    aside = "".join(
        f'<li class="teaser"><a href="/story/{n}">A story that many people read, number {n}</a></li>'
        for n in range(80)
    )
    return _PAGE.format(
        title=html.escape(title), text=paragraphs, links=links, aside=aside, script="window.dataLayer=[];" * 800,
        style=".teaser{margin:0 1rem}" * 800, footer="<p>All rights reserved. Terms, privacy, contact.</p>" * 20,
    ).encode()  # fmt: skip


def articles() -> list[tuple[str, str]]:
    """Names and texts of the corpus."""
    return [(p.parent.name, p.read_text(encoding="utf-8")) for p in sorted(CORPUS.glob("*/article.txt"))]


def others(count: int) -> list[tuple[str, str]]:
    """Texts about something else."""
    return list(islice(_docstrings(), count))


def _docstrings() -> Iterator[tuple[str, str]]:
    for info in pkgutil.iter_modules(
        import_module("os").__file__ and [str(Path(inspect.getfile(json)).parents[1])]
    ):
        if info.name.startswith("_") or info.name in ("antigravity", "this", "idlelib", "turtle", "test"):
            continue
        try:
            module = import_module(info.name)
        except Exception:
            continue
        told = [
            inspect.getdoc(value) or ""
            for value in vars(module).values()
            if inspect.isroutine(value) or inspect.isclass(value)
        ]
        for number in range(0, len(told), 8):
            text = "\n\n".join(
                " ".join(part.split()) for doc in told[number : number + 8] for part in doc.split("\n\n")
            )
            if len(text) > 800:
                yield f"{info.name}-{number}", text[:6000]


def write_lines(path: Path, texts: Iterator[tuple[str, str]]) -> None:
    """JSON Lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts)


def many(count: int) -> Iterator[tuple[str, str]]:
    """The articles over and over, under new names."""
    return ((f"{name}-{n}", text) for n, (name, text) in enumerate(islice(cycle(articles()), count)))


def timed(call: Callable[[], Any]) -> tuple[Any, float]:
    """What it gives, and seconds."""
    began = time.perf_counter()
    found = call()
    return found, time.perf_counter() - began


def worked(call: Callable[[], Any]) -> tuple[Any, float]:
    """What it gives, and seconds of the processor: for what one process does, whatever else the machine does."""
    began = time.process_time()
    found = call()
    return found, time.process_time() - began


def write_crawl(path: Path, pages: list[bytes]) -> None:
    """WARC, a record a gzip member."""
    sys.path.insert(0, str(HERE.parent / "tests"))
    from crawls import answer
    from crawls import write_crawl as write

    write(path, [answer(f"https://example.org/2024/05/14/{n}", data) for n, data in enumerate(pages)])


# -- what is measured ---------------------------------------------------------------------------


def scaling(folder: Path, documents: int) -> dict[str, Any]:
    for file in range(8):
        write_lines(folder / "in" / f"{file}.jsonl", many(63 * 2))
    found: dict[str, Any] = {"documents": 8 * 126}
    for attempt in range(2):
        for workers in (1, 2):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            own = time.process_time()
            _, seconds = timed(
                lambda w=workers, n=attempt: run(
                    [folder / "in"], folder / f"out{w}-{n}", options=REAL, workers=w
                )
            )
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            for name, value in (
                ("seconds", seconds),
                ("workers' CPU seconds", worked),
                ("the run's own", time.process_time() - own),
            ):
                key = f"{name} with {workers}"
                found[key] = round(min(value, found.get(key, value)), 2)
        # What the machine gives to two processes that have nothing to do with each other.
        alone = min(_loops(1) for _ in range(2))
        found["two loops at once, times faster"] = round(2 * alone / min(_loops(2) for _ in range(2)), 2)
    found["times faster"] = round(found["seconds with 1"] / found["seconds with 2"], 2)
    return found


def _loops(count: int) -> float:
    """Seconds that so many processes take which count, at once."""
    script = "n = 0\nfor i in range(20_000_000): n += i"
    began = time.perf_counter()
    processes = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(count)]
    for process in processes:
        process.wait()
    return time.perf_counter() - began


def resident(pid: int | str) -> float:
    """MB in memory."""
    try:
        told = Path(f"/proc/{pid}/statm").read_text().split()
    except OSError:
        return 0.0
    return int(told[1]) * 4096 / 1e6


def memory(folder: Path, documents: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, options, count in (("fake", FAKE, documents), ("real", REAL, 2_000)):
        write_lines(folder / name / "in.jsonl", many(count))
        guards: list[Any] = []
        samples: list[tuple[int, float, float]] = []

        def show(progress: Progress, guards: list[Any] = guards, samples: list[Any] = samples) -> None:
            if guards and guards[0].pid:
                samples.append((progress.documents, resident("self"), resident(guards[0].pid)))

        summary, seconds = timed(
            lambda n=name, o=options, s=show, g=guards: run(
                [folder / n], folder / f"out-{n}", options=o, show=s, started=g.extend
            )
        )
        quarter = [s for s in samples if s[0] >= count / 4] or samples
        found[name] = {
            "documents": summary.documents, "documents/s": round(summary.documents / seconds),
            "run MB, after a quarter and at most": [round(quarter[0][1]), round(max(s[1] for s in samples))],
            "worker MB, after a quarter and at most": [round(quarter[0][2]), round(max(s[2] for s in samples))],
        }  # fmt: skip
    return found


def pages(folder: Path, documents: int) -> dict[str, Any]:
    ours, theirs = articles(), others(600)
    files = []
    for name, text in ours:
        files.append(folder / f"{name}.html")
        files[-1].write_bytes(page(name.replace("-", " "), text))
    mixed = [page(name, text) for name, text in ours[:60] + theirs]
    write_crawl(folder / "mixed.warc.gz", mixed)
    write_crawl(folder / "ours.warc.gz", [page(n, t) for n, t in ours])
    size = (folder / "mixed.warc.gz").stat().st_size
    list(read_html(files[0]))
    found, seconds = worked(lambda: [d for f in files for d in read_html(f)])
    told: dict[str, Any] = {
        "kB a page": round(sum(map(len, mixed)) / len(mixed) / 1000), "HTML files, pages/s": round(len(found) / seconds),
        "WARC": f"{len(mixed)} pages, {len(ours[:60])} of them ours, {size / 1e6:.1f} MB packed",
    }  # fmt: skip
    for label, on in (("with the gate", True), ("without", False)):
        found, seconds = worked(lambda on=on: list(read_warc(folder / "mixed.warc.gz", gate=on)))
        told[f"WARC {label}, pages/s"] = round(len(mixed) / seconds)
        told[f"WARC {label}, articles out"] = len(found)
    for label, on in (("with the gate", True), ("without", False)):
        options = RunOptions(entry_points=False, gate=on)
        summary, seconds = timed(
            lambda o=options, n=label: run([folder / "mixed.warc.gz"], folder / n, options=o)
        )
        told[f"the whole run {label}, pages/s"] = round(len(mixed) / seconds)
        told[f"the whole run {label}, meetings and statements"] = sum(
            n for k, n in summary.records if k != "actors"
        )
    told |= stages(mixed[:60], mixed[60:])
    return told


def stages(ours: list[bytes], theirs: list[bytes]) -> dict[str, Any]:
    """Milliseconds a page of each step."""
    from diploparse.readers.html import article
    from diploparse.readers.warc import _text
    from diploparse.records import Metadata

    both = ours + theirs
    _, words = worked(lambda: [gate.may_pass(p) for p in both])
    texts, plain = worked(lambda: [_text(p, None) for p in both])
    _, passing = worked(lambda: [gate.passes(t) for t in texts])
    documents, taking = worked(lambda: [article(p, "", Metadata()) for p in ours])
    parser = Parser(entry_points=False)
    list(parser.pipe(documents[:3]))
    _, parsing = worked(lambda: list(parser.pipe(documents)))
    return {
        "ms a page: words in the markup": round(1000 * words / len(both), 2),
        "ms a page: plain text by resiliparse": round(1000 * plain / len(both), 2),
        "ms a page: words in the text": round(1000 * passing / len(both), 2),
        "ms a page: article by trafilatura": round(1000 * taking / len(ours), 2),
        "ms an article: parsing": round(1000 * parsing / len(ours), 2),
        "ms a kB of article: parsing": round(1e6 * parsing / sum(len(d.text) for d in documents), 2),
    }


def gate_loss(folder: Path, documents: int) -> dict[str, Any]:
    parser = Parser(entry_points=False)
    lost, records, lost_records = [], 0, 0
    ours = articles()
    write_crawl(folder / "a.warc.gz", [page(name, text) for name, text in ours])
    kept = {d.metadata.url for d in read_warc(folder / "a.warc.gz")}
    for document in read_warc(folder / "a.warc.gz", gate=False):
        extraction = parser.parse(document)
        count = len(extraction.meetings) + len(extraction.statements)
        records += count
        if document.metadata.url not in kept:
            lost_records += count
            lost.append(ours[int(str(document.metadata.url).rpartition("/")[2])][0])
    theirs = others(600)
    return {
        "articles": len(ours), "lost": lost, "meetings and statements": records, "of them lost": lost_records,
        "pages about something else": len(theirs), "kept out": sum(not gate.passes(text) for _, text in theirs),
    }  # fmt: skip


def dask(folder: Path, documents: int) -> dict[str, Any]:
    for file in range(20):
        write_lines(folder / "in" / f"{file}.jsonl", many(500))
    _, here = timed(lambda: run([folder / "in"], folder / "here", options=FAKE, workers=2))
    started, there = timed(
        lambda: run([folder / "in"], folder / "there", options=FAKE, workers=2, dask="local")
    )
    (folder / "one").mkdir()
    write_lines(folder / "one" / "a.jsonl", many(1))
    _, start = timed(lambda: run([folder / "one"], folder / "one-out", options=FAKE, workers=2, dask="local"))
    _, start_here = timed(lambda: run([folder / "one"], folder / "one-here", options=FAKE, workers=2))
    cost = (there - start) - (here - start_here)
    return {
        "documents": started.documents, "seconds here": round(here, 2), "on Dask": round(there, 2),
        "Dask's own start": round(start - start_here, 2), "ms a document beside the start": round(1000 * cost / 10_000, 3),
        "ms a shard": round(1000 * cost / 20, 1),
    }  # fmt: skip


MEASURES: dict[str, Callable[[Path, int], dict[str, Any]]] = {
    "scaling": scaling, "memory": memory, "pages": pages, "gate": gate_loss, "dask": dask,
}  # fmt: skip


def main() -> None:
    """Measure."""
    sys.path.insert(0, str(HERE))
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES))
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    told = {}
    for name in arguments.only:
        with tempfile.TemporaryDirectory(prefix="archive-") as folder:
            told[name] = MEASURES[name](Path(folder), arguments.documents)
        print(f"\n{name}", *(f"  {key}: {value}" for key, value in told[name].items()), sep="\n", flush=True)
    if arguments.out is not None:
        arguments.out.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
