"""Write the vectors and manifest.json from families/. With --check, say what differs from the committed files.

Run from anywhere, with the project's environment: python tests/vectors/make.py [--check]
It needs `npm ci` in this folder and the pinned contexts of an installed portfolio_gen.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

FAMILIES = (
    "reading",
    "formats",
    "documents",
    "jcs",
    "rdfc",
    "selective",
    "proofs",
    "keys",
    "curve",
    "dates",
    "lookups",
    "trust",
    "status",
    "linked",
    "editions",
    "chains",
    "presentations",
    "jwt",
    "jws_json",
    "sd_jwt",
    "token_status",
    "key_sets",
    "pictures",
    "archives",
    "recipients",
    "records",
    "open_badges",
    "blockcerts",
)


def files() -> dict[str, bytes]:
    """Return what every generated file should hold, by its path from here."""
    made: dict[str, bytes] = {}
    lines: list[str] = []
    for name in FAMILIES:
        family = importlib.import_module(f"families.{name}").family()
        for row in family.rows:
            line = row.manifest(family.name)
            if row.content is not None:
                made[line["file"]] = row.content
            lines.append(json.dumps(line, ensure_ascii=False))
    made["manifest.json"] = ("[\n" + ",\n".join(lines) + "\n]\n").encode()
    return made


def stale(made: dict[str, bytes]) -> list[str]:
    """Return the generated files that nothing makes any more."""
    here = {
        path.relative_to(HERE).as_posix() for name in FAMILIES for path in (HERE / name).rglob("*") if path.is_file()
    }
    return sorted(here - made.keys())


def main() -> int:
    made = files()
    different = [
        name for name, data in made.items() if not (HERE / name).is_file() or (HERE / name).read_bytes() != data
    ]
    if "--check" in sys.argv[1:]:
        for name in different + stale(made):
            print(f"differs: {name}")
        return 1 if different or stale(made) else 0
    for name in different:
        (HERE / name).parent.mkdir(exist_ok=True)
        (HERE / name).write_bytes(made[name])
    for name in stale(made):
        (HERE / name).unlink()
    print(f"{len(made) - 1} vector files; {len(different)} files written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
