"""
Write ``docs/how-to/exports.md``: the demo article through every export, each opened in a tool of its users.

usage: gallery.py   (needs the dependency group ``exports``; followthemoney is shown if it is there)

Nothing on the page is typed in: run it again after a change of the parser or of an exporter.
"""

from __future__ import annotations

import importlib.util
import io
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import diploparse
from diploparse.cli.demo import demo_text

DOCS = Path(__file__).parent.parent / "docs"
PAGE = DOCS / "how-to" / "exports.md"
PICTURE = DOCS / "_static" / "report.png"
SPARQL = {
    "Who met whom, when and where?": """
SELECT ?one ?other ?date ?place WHERE {
  ?meeting a schema:Event ; dip:status dip:status-held ; dip:participation ?p, ?q .
  ?p schema:attendee/schema:name ?one . ?q schema:attendee/schema:name ?other . FILTER(?one < ?other)
  OPTIONAL { ?meeting sem:hasTime/dcterms:date ?date }
  OPTIONAL { ?meeting schema:location/schema:name ?place }
} ORDER BY ?date ?one ?other""",
    "Who met most people?": """
SELECT ?name (COUNT(DISTINCT ?other) AS ?people) WHERE {
  ?meeting a schema:Event ; dip:participation/schema:attendee ?actor, ?other . ?actor schema:name ?name .
  FILTER(?actor != ?other)
} GROUP BY ?name ORDER BY DESC(?people) ?name LIMIT 3""",
    "Who praised or thanked, in which words?": """
SELECT ?speaker ?act ?words WHERE {
  ?statement a schema:CommunicateAction ; dip:act ?act ; schema:agent/schema:name ?speaker ; dip:content/oa:exact ?words .
  FILTER(?act IN (dip:act-praise, dip:act-thank))
} ORDER BY ?speaker ?words""",
    "Which offices does the text give to whom?": """
SELECT ?name ?title ?country WHERE {
  ?actor schema:name ?name ; org:hasMembership ?role . ?role schema:roleName ?title .
  OPTIONAL { ?role dip:country ?country }
} ORDER BY ?name ?title LIMIT 6""",
    "In which sentence is a meeting told, and where does it stand?": """
SELECT ?sentence ?start ?end WHERE {
  ?meeting a schema:Event ; dip:channel dip:channel-phone ; dip:evidence ?e .
  ?e oa:exact ?sentence ; oa:start ?start ; oa:end ?end .
} ORDER BY ?start LIMIT 1""",
}
PREFIXES = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX dip: <https://w3id.org/diploparse/vocabulary#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX schema: <https://schema.org/>
PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>"""


def clipped(text: str, lines: int = 12, width: int = 150) -> str:
    """The first lines of a text, cut where they are long."""
    found = text.rstrip("\n").splitlines()
    shown = [line if len(line) <= width else line[:width] + " …" for line in found[:lines]]
    return "\n".join([*shown, "…"] if len(found) > lines else shown)


def written(extraction: diploparse.Extraction, name: str, **options: Any) -> str:
    """What a format writes."""
    out = io.BytesIO()
    diploparse.write(extraction, name, out, **options)
    return out.getvalue().decode()


def code(language: str, text: str) -> str:
    """A fenced block; the tests of the pages run Python and shell, so outputs are in other languages."""
    return f"```{language}\n{text.rstrip()}\n```\n"


def program(*words: str, cwd: str) -> str:
    """What a command prints."""
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True).stdout


def ran(source: str, folder: str) -> tuple[str, str]:
    """A script and what it prints when it is run in a folder."""
    done = subprocess.run(
        [sys.executable, "-c", source], cwd=folder, capture_output=True, text=True, check=True
    )
    return source, done.stdout


def shown(source: str, folder: str) -> str:
    """A script and its output, as two blocks; the script is not run again by the tests of the pages."""
    script, output = ran(source.strip() + "\n", folder)
    return code("py", script) + "\n" + code("output", clipped(output, 14))


def sections(x: diploparse.Extraction, folder: str) -> list[str]:
    """The page, part by part."""
    parts = [
        "# The same article through every export\n\n"
        "What each format makes of the article that comes with diploparse, and what a tool of its users shows.\n"
        "The page is made by `tools/gallery.py`; nothing on it is typed in.\n\n"
        + code(
            "sh",
            "diploparse demo --text > article.txt\ndiploparse parse article.txt --to jsonl -o article.jsonl",
        )
        + "\nFrom here on `diploparse export article.jsonl` is enough: nothing is parsed again.\n"
        "[What each format leaves out](../reference/formats.md#what-each-leaves-out) is told in the reference.\n"
    ]
    parts.append(
        "## html: read it\n\n"
        + code("sh", "diploparse export article.jsonl -o article.html")
        + "\n![The article with its marks on the left, cards of its records on the right](../_static/report.png)\n"
    )
    flat = io.StringIO()
    diploparse.export.csv.write_table([x], flat, "meetings_flat")
    parts.append(
        "## csv: open it in a spreadsheet\n\n"
        + code("sh", "diploparse export article.jsonl --to csv --flat > meetings.csv\ndiploparse export article.jsonl --to csv -o tables")
        + "\n" + code("output", clipped(flat.getvalue(), 4))
        + "\nThe whole tables, in pandas:\n\n"
        + shown("""
import pandas

pandas.set_option("display.width", 100)
meetings = pandas.read_csv("tables/meetings.csv")
print(meetings[["date", "date_text", "status", "channel", "place"]].to_string())
""", folder)
    )  # fmt: skip
    parts.append(
        "## sqlite and datasette: ask it\n\n"
        + code("sh", "diploparse export article.jsonl -o article.sqlite\ndiploparse ask who-met-whom article.sqlite")
        + "\n" + code("output", clipped(program("diploparse", "ask", "who-met-whom", "article.sqlite", cwd=folder)))
        + "\n" + code("sh", 'diploparse ask on-topic article.sqlite --topic "peacekeepers" --json')
        + "\n" + code("json", clipped(program("diploparse", "ask", "on-topic", "article.sqlite", "--topic", "peacekeepers", "--json", cwd=folder)))
        + "\nIn SQL, with the views:\n\n"
        + code("sql", "SELECT speaker, act, content FROM who_said_what WHERE act IN ('praise', 'thank')")
        + "\n" + code("output", clipped("\n".join("|".join(map(str, r)) for r in sqlite3.connect(Path(folder, "article.sqlite")).execute(
            "SELECT speaker, act, content FROM who_said_what WHERE act IN ('praise', 'thank')"))))
        + "\nServed by Datasette, the questions are pages with a form:\n\n"
        + code("sh", "diploparse export article.jsonl --to datasette -o served\ndatasette served")
        + "\n" + code("output", clipped(datasette(folder)))
    )  # fmt: skip
    parts.append(
        "## parquet: query it\n\n"
        + code("console", "$ pip install 'diploparse[arrow]'\n$ diploparse export article.jsonl --to parquet -o parquet")
        + "\nDuckDB:\n\n"
        + shown("""
import duckdb

print(duckdb.sql(\"\"\"
    SELECT a.name, count(*) AS meetings, min(m.date_earliest) AS first
    FROM 'parquet/meetings.parquet' AS m
    JOIN 'parquet/meeting_participants.parquet' AS p ON (p.document, p.meeting) = (m.document, m.id)
    JOIN 'parquet/actors.parquet' AS a ON (a.document, a.id) = (p.document, p.actor)
    GROUP BY a.name ORDER BY meetings DESC, a.name LIMIT 4
\"\"\").fetchall())
""", folder)
        + "\nPolars:\n\n"
        + shown("""
import polars

meetings = polars.read_parquet("parquet/meetings.parquet")
print(meetings.select("date", "date_precision", "date_earliest", "status", "channel").head(4))
""", folder)
    )  # fmt: skip
    parts.append(
        "## graphml: draw it\n\n" + code("sh", "diploparse export article.jsonl -o article.graphml")
        + "\nnetworkx (Gephi opens the same file):\n\n"
        + shown("""
import networkx

graph = networkx.read_graphml("article.graphml", force_multigraph=True)
names = networkx.get_node_attributes(graph, "name")
for node, degree in sorted(graph.degree, key=lambda item: -item[1])[:3]:
    print(degree, names[node])
for one, other, edge in list(graph.edges(data=True))[:3]:
    print(names[one], "–", names[other], edge.get("date"), edge["channel"])
""", folder)
    )  # fmt: skip
    parts.append("## ttl, nt, trig: ask the graph\n\n" + code("sh", "diploparse export article.jsonl -o article.ttl")
                 + "\n" + code("output", clipped(written(x, "ttl").split("\n\n", 1)[1], 8)) + "\n" + sparql(folder))  # fmt: skip
    parts.append(
        "## ics: a calendar\n\n" + code("sh", "diploparse export article.jsonl -o article.ics")
        + "\nicalendar:\n\n"
        + shown("""
import icalendar

with open("article.ics", "rb") as stream:
    for event in icalendar.Calendar.from_ical(stream.read()).walk("VEVENT"):
        print(event["DTSTART"].dt, event["STATUS"], event["SUMMARY"])
""", folder)
    )  # fmt: skip
    first = [json.loads(line) for line in written(x, "ftm").splitlines()]
    wanted = [next(e for e in first if e["schema"] == s) for s in ("Person", "Event")]
    parts.append(
        "## ftm: load it into Aleph\n\n" + code("sh", "diploparse export article.jsonl --to ftm -o article.ftm.json")
        + "\n" + code("output", "\n".join(clipped(json.dumps(e, ensure_ascii=False), 1, 400) for e in wanted))
        + "\nThen, with followthemoney installed:\n\n"
        + code("console", "$ ftm validate -i article.ftm.json\n$ alephclient write-entities -i article.ftm.json -f COLLECTION")
    )  # fmt: skip
    events = written(x, "plover").splitlines()
    parts.append(
        "## plover: event data\n\n" + code("sh", "diploparse export article.jsonl --to plover -o article.plover.jsonl")
        + "\nAn event, and the last line, which counts what has no code:\n\n"
        + code("output", "\n".join((json.dumps(json.loads(events[0]), ensure_ascii=False, indent=1), events[-1])))
    )  # fmt: skip
    parts.append(
        "## A notebook\n\nAn extraction shows itself as its page does:\n\n"
        + code(
            "python",
            'from pathlib import Path\n\nimport diploparse\n\ndiploparse.parse(Path("article.txt").read_text(encoding="utf-8"))',
        )
    )
    return parts


def datasette(folder: str) -> str:
    """What Datasette answers to a canned question, without a server."""
    return program("datasette", "served/diploparse.db", "--metadata", "served/metadata.json", "--get",
                   "/diploparse/meetings_of.json?person=Sadikov&year=&_shape=array", cwd=folder)  # fmt: skip


def sparql(folder: str) -> str:
    """The five questions and rdflib's answers."""
    import rdflib

    graph = rdflib.Graph().parse(Path(folder, "article.ttl"), format="turtle")
    parts = [
        "Five questions, answered by rdflib; before each stand these prefixes:\n",
        code("sparql", PREFIXES),
    ]
    for title, query in SPARQL.items():
        rows = [" | ".join("" if v is None else str(v).rpartition("#")[2] if "vocabulary#" in str(v) else str(v) for v in row)  # type: ignore[union-attr]
                for row in graph.query(PREFIXES + query)]  # fmt: skip
        parts.append(
            f"{title}\n\n{code('sparql', query.strip())}\n{code('output', clipped(chr(10).join(rows), 8))}"
        )
    return "\n".join(parts)


def picture(path: Path) -> None:
    """The page as a browser shows it, if one is there."""
    chromium = shutil.which("chromium")
    if chromium is None or importlib.util.find_spec("playwright") is None:
        print("no chromium or no playwright: the picture stays as it is", file=sys.stderr)
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 760})
        page.goto(path.as_uri())
        page.screenshot(path=str(PICTURE))
        browser.close()


def main() -> None:
    """Write the page and its picture."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "article.txt").write_text(demo_text(), encoding="utf-8")
        raw = diploparse.RawDocument(text=demo_text(), metadata=diploparse.Metadata(id="article.txt"))
        x = diploparse.Parser(entry_points=False).parse(raw)
        for name, file in (
            ("jsonl", "article.jsonl"), ("html", "article.html"), ("csv", "tables"), ("sqlite", "article.sqlite"),
            ("datasette", "served"), ("parquet", "parquet"), ("graphml", "article.graphml"), ("ttl", "article.ttl"),
            ("ics", "article.ics"),
        ):  # fmt: skip
            with redirect_stdout(sys.stderr):
                diploparse.write(x, name, Path(folder, file))
        page = "\n".join(sections(x, folder))
        picture(Path(folder, "article.html"))
    PAGE.write_text(page, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
