"""
Write the files that the exporters ship: ``schema.json``, ``vocabulary.ttl`` and ``shapes.ttl``.

They are made from the record classes and the mapping table; run it after a change of these.
"""

from __future__ import annotations

import json
from pathlib import Path

from diploparse.export import rdf, shapes
from diploparse.export.json import json_schema

FOLDER = Path(__file__).parent.parent / "src" / "diploparse" / "export"


def main() -> None:
    """Write them."""
    schema = json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
    (FOLDER / "schema.json").write_text(schema, encoding="utf-8", newline="")
    (FOLDER / "vocabulary.ttl").write_text(rdf.vocabulary(), encoding="utf-8", newline="")
    (FOLDER / "shapes.ttl").write_text(shapes.shapes(), encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
