"""The benchmarks: predictions for any text, figures that agree with the scorer, no learnt names."""

import hashlib
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BENCHMARKS = ROOT / "benchmarks"


@pytest.fixture
def load(monkeypatch):
    """A benchmark script as a module."""
    monkeypatch.syspath_prepend(BENCHMARKS)

    def load(name):
        spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
        return module

    return load


def test_predict_writes_a_file_for_every_text_and_never_fails(load, tmp_path):
    """Empty, binary, odd and plain; a file, and a folder of both layouts."""
    texts = {
        "empty": b"", "binary": bytes(range(256)) * 40, "quotes": b'" \xe2\x80\x9c " said', "lone": b"\xed\xa0\x80",
        "plain": b"Minister Jane Roe met President John Doe in Paris on May 5, 2024.\r\n\r\nHe said it was good.",
    }  # fmt: skip
    for name, data in texts.items():
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{name}.txt").write_bytes(data)
    (tmp_path / "in" / "deep" / "article").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "article" / "article.txt").write_text("Talks were held.")

    load("predict").main([str(tmp_path / "out"), str(tmp_path / "in")])

    written = {p.stem: json.loads(p.read_text()) for p in (tmp_path / "out").iterdir()}
    assert set(written) == {*texts, "article"}
    assert {frozenset(p) for p in written.values()} == {
        frozenset(["id", "published", "actors", "meetings", "statements"])
    }
    assert [a["name"] for a in written["plain"]["actors"]] == ["Jane Roe", "John Doe"]


def test_figures_agree_with_the_scorer(load, tmp_path):
    """The formulas of quality.py are those of corpus/score.py."""
    quality = load("quality")
    predict = load("predict")
    names = [p.parent.name for p in sorted(quality.SETS["dev"].rglob("gold.json"))]
    chosen = [n for n in names if not quality.is_kept(n)][:8]
    for name in chosen:
        predict.main([str(tmp_path / "out"), str(quality.SETS["dev"] / name)])
    command = [sys.executable, str(BENCHMARKS / "corpus" / "score.py"), str(tmp_path / "out"), "--no-table"]
    command += ["--set", str(quality.SETS["dev"]), "--present-only", "--json", str(tmp_path / "score.json")]
    subprocess.run(command, check=True, capture_output=True)
    theirs = json.loads((tmp_path / "score.json").read_text())

    scored = quality.Scored("dev", "open", quality.diploparse.Parser(entry_points=False))
    counts = [c for c, (ident, _) in zip(scored.counts, scored.rows, strict=True) if ident in chosen]
    ours = quality.figures(quality._sum(counts))

    pairs = {
        "persons": "persons_f1", "persons full": "persons_full_f1", "title": "actor_title_acc",
        "meetings": "meetings_f1", "meetings strict": "meetings_strict_f1", "meetings full": "meetings_full_f1",
        "statements": "statements_f1", "statements e2e": "statements_e2e_f1", "speaker": "speaker_acc",
        "statements full": "statements_full_f1", "content": "statement_content_f1", "topics": "meeting_topics_f1",
        "statements soft": "statements_soft_f1",
    }  # fmt: skip
    assert {k: round(ours[k], 4) for k in pairs} == {k: theirs[v] for k, v in pairs.items()}


def test_a_third_of_the_articles_is_kept_back(load):
    """By the sha256 of the id, so that nobody chooses."""
    quality = load("quality")
    names = [p.parent.name for p in quality.SETS["dev"].rglob("gold.json")]

    kept = [n for n in names if quality.is_kept(n)]

    assert len(names) == 63
    assert kept == [n for n in names if int(hashlib.sha256(n.encode()).hexdigest(), 16) % 3 == 0]
    assert 0 < len(kept) < len(names)


def test_fallen_figure_is_told_and_floors_only_rise(load, tmp_path, monkeypatch):
    """Below its floor: said with both numbers; pinning keeps the higher of the two."""
    quality = load("quality")
    monkeypatch.setattr(quality, "FLOORS", tmp_path / "floors.json")
    scored = quality.Scored("dev", "open", quality.diploparse.Parser(entry_points=False))
    quality.pin([scored], lower=False)
    pinned = json.loads(quality.FLOORS.read_text())
    assert quality.check_floors([scored]) == []
    pinned["dev"]["floors"]["persons"] = 1.1
    quality.FLOORS.write_text(json.dumps(pinned))

    assert quality.check_floors([scored])[0].endswith("its floor 1.1")
    quality.pin([scored], lower=False)
    assert json.loads(quality.FLOORS.read_text())["dev"]["floors"]["persons"] == 1.1
    quality.pin([scored], lower=True)
    assert json.loads(quality.FLOORS.read_text())["dev"]["floors"]["persons"] < 1.1


def test_no_invented_person_of_dev_stands_in_the_source(load):
    """A rule must not know the names it is measured on."""
    names = {
        actor["name"]
        for path in (BENCHMARKS / "corpus" / "dev").rglob("gold.json")
        for actor in json.loads(path.read_text(encoding="utf-8"))["actors"]
        if actor["kind"] == "person" and actor["mentions"] and " " in actor["name"]
    }
    sources = [p for p in (ROOT / "src").rglob("*") if p.suffix in (".py", ".tsv", ".txt", ".json")]
    text = "\n".join(p.read_text(encoding="utf-8") for p in sources)

    assert len(names) > 300
    assert sorted(n for n in names if n in text) == []


def test_swapped_gold_still_fits_its_text(load, tmp_path):
    """Every span of the swapped set holds the swapped name."""
    swap = load("swap")
    swap.write_swapped(tmp_path, swap.diploparse.Parser(entry_points=False).lexicon)
    for path in tmp_path.rglob("gold.json"):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = load("predict").read(path.parent / "article.txt")
        for actor in gold["actors"]:
            if actor["kind"] == "person" and actor["mentions"]:
                mentioned = " ".join(text[a:b] for a, b in actor["mentions"]).casefold()
                assert all(word in mentioned for word in actor["name"].casefold().split())
