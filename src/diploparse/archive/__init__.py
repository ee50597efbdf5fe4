"""
Archives: many files in, a file of records for each, on as many cores or machines as there are.

    from diploparse.archive import RunOptions, run

    summary = run(["news/"], "records", options=RunOptions(published=None), workers=4)

A *shard* is an input file, or some hundred small ones of a folder.  A worker process reads its shard document by
document and writes each result at once into a *spool*; when the shard is through, its records take their name.
So nothing that was done is lost when a process dies, and nothing is written twice:

    options.py   what decides the records         shards.py    which files, in which portions
    spool.py     what was done of a shard         work.py      a shard, document by document
    worker.py    the process that does it         guard.py     starts it again when it dies, names the document
    run.py       the whole, resumed or not        cluster.py   the same on Dask
    arrow.py     a record batch in, one out, for other engines
"""

from __future__ import annotations

from .options import RunOptions
from .run import Progress, Summary, run

__all__ = ["Progress", "RunOptions", "Summary", "run"]
