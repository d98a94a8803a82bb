"""Make the credentials of the demo portfolio, byte for byte the same each time.

    python sample_wallet/make.py           write credentials/ anew
    python sample_wallet/make.py --check   say what differs from it, and write nothing

Every issuer is fictional. Its key is derived from its name, in public, by `demo_key`: whoever reads
this can sign in its name, and that is the point of a demo.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from portfolio_gen import marked
from portfolio_gen.errors import PortfolioError
from portfolio_gen.issuing import IssuerKey, sign
from portfolio_gen.template import credential_of

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE / "templates"
CREDENTIALS = HERE / "credentials"

QUILLBROOK = "Quillbrook University"
COURSES = [f"https://quillbrook.example/achievements/data-for-operations/{number}" for number in (1, 2, 3)]


@dataclass(frozen=True)
class Demo:
    """One credential: its template, who signs it, when, by which suites, and what the short form has no key for."""

    template: str
    issuer: str
    created: str
    suites: tuple[str, ...] = ("eddsa-rdfc-2022",)
    achievement: Mapping[str, Any] = field(default_factory=dict)
    status: Mapping[str, Any] | None = None


DEMOS = (
    Demo("remote-team", "Northlight Institute", "2026-02-20T09:12:00Z"),
    Demo("sustainable-business", "Greenfold Academy", "2026-04-17T10:30:00Z", ("eddsa-jcs-2022",)),
    Demo("data-analyst", "Fernhill School of Applied AI", "2026-06-12T08:05:00Z"),
    Demo("inclusion", "Commonroom Foundation", "2026-08-28T13:40:00Z", ("eddsa-jcs-2022",)),
    Demo(
        "threat-mitigation",
        "Tidewatch Cyber College",
        "2026-10-09T11:00:00Z",
        ("eddsa-rdfc-2022", "eddsa-jcs-2022"),
    ),
    Demo("course-foundations", QUILLBROOK, "2024-12-13T09:00:00Z"),
    Demo("course-forecasting", QUILLBROOK, "2025-05-16T09:00:00Z"),
    Demo("course-decisions", QUILLBROOK, "2025-11-28T09:00:00Z"),
    Demo(
        "programme",
        QUILLBROOK,
        "2025-12-12T09:00:00Z",
        achievement={"related": [{"id": course, "type": ["Related"]} for course in COURSES]},
    ),
    Demo("english", "Harbour Street Language School", "2024-06-28T15:00:00Z", ("Ed25519Signature2020",)),
    Demo("first-aid", "Red Lantern First Aid Association", "2023-03-10T17:00:00Z", ("eddsa-jcs-2022",)),
    Demo(
        "data-protection",
        "Ledgerfield Guild of Data Stewards",
        "2024-04-19T12:00:00Z",
        status={
            "id": "https://ledgerfield.example/status/3#1183",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "1183",
            "statusListCredential": "https://ledgerfield.example/status/3",
        },
    ),
    Demo("own-project", "Noor Halvorsen", "2026-01-15T20:15:00Z"),
)


def demo_key(issuer: str) -> IssuerKey:
    """Return the test-only key of a fictional issuer: its seed is the hash of its name."""
    return IssuerKey.from_seed(sha256(f"portfolio-gen demo issuer: {issuer}".encode()).digest())


def credential(demo: Demo) -> dict[str, Any]:
    """Return the unsigned credential."""
    path = TEMPLATES / f"{demo.template}.yml"
    template = marked.read(path.name, path.read_text("utf-8"))
    made = credential_of(template, demo_key(demo.issuer).did, demo.created, TEMPLATES)
    made["credentialSubject"]["achievement"] |= demo.achievement
    return {**made, **({"credentialStatus": dict(demo.status)} if demo.status else {})}


def signed(demo: Demo) -> bytes:
    """Return the credential's file. Several suites make a proof set: each proof signs the whole credential."""
    key, unsigned = demo_key(demo.issuer), credential(demo)
    files = [sign(unsigned, key, suite=suite, created=demo.created) for suite in demo.suites]
    if len(files) == 1:
        return files[0]
    whole = json.loads(files[0])
    whole["proof"] = [json.loads(file)["proof"] for file in files]
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()


def wallet() -> dict[str, bytes]:
    """Return every file of the demo's wallet by name.

    The last one is a hosted Open Badges 2.0 assertion as learners still hold them: it carries no signature.
    """
    files = {f"{demo.template}.json": signed(demo) for demo in DEMOS}
    return files | {"open-data-day.json": (TEMPLATES / "open-data-day.json").read_bytes()}


def differences(folder: Path = CREDENTIALS) -> list[str]:
    """Return one line for each file of `folder` that is not what would be made."""
    made = wallet()
    there = {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}
    return [
        f"{name}: {'missing' if name not in there else 'not made here' if name not in made else 'differs'}"
        for name in sorted(made.keys() | there.keys())
        if made.get(name) != there.get(name)
    ]


def main(arguments: list[str]) -> int:
    """Write the wallet, or with --check compare it; return the exit code."""
    if arguments == ["--check"]:
        found = differences()
        print("\n".join(found) or f"{len(wallet())} files, all as made here.")
        return 1 if found else 0
    if arguments:
        print(__doc__)
        return 2
    CREDENTIALS.mkdir(exist_ok=True)
    for name, data in wallet().items():
        (CREDENTIALS / name).write_bytes(data)
        print(f"{name}: {len(data)} bytes")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except PortfolioError as error:
        sys.exit(str(error))
