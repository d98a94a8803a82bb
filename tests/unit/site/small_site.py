"""A small site to build: two credentials, a file that is none, and pages of the owner's own."""

from __future__ import annotations

import hashlib
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from portfolio_gen.issuing import IssuerKey, issue
from portfolio_gen.pages import slugged
from portfolio_gen.verifier import verify
from portfolio_gen.wallet import WalletFile

KEY = IssuerKey.from_seed(bytes(range(32)))
HOST = "127.0.0.1"
TITLE = "Schweißen <b>& Löten</b>"
CREATED = "2026-01-05T10:00:00Z"
CONFIG = """\
site_name: Ada & <Co>
site_url: https://ada.example/work/
theme:
  name: portfolio
plugins:
  - search
  - portfolio:
      name: Ada Example
      headline: Builds bridges
"""


def credential(**more: Any) -> bytes:
    short = {"name": "A badge", "description": "d", "criteria": "c", "issuer": "Nordlicht Academy"}
    return issue({**short, **more}, KEY, created=CREATED)


def slug_of(data: bytes) -> str:
    """Return the part of its address that a credential file has to itself."""
    return slugged([(WalletFile("x.json", data, hashlib.sha256(data).hexdigest()), verify(data, now=CREATED))])[0].slug


def make_site(root: Path, config: str = CONFIG) -> Path:
    """Write a site's sources; return its mkdocs.yml."""
    (root / "wallet").mkdir(parents=True)
    (root / "docs" / "deep").mkdir(parents=True)
    (root / "wallet" / "one.json").write_bytes(credential())
    (root / "wallet" / "two.json").write_bytes(credential(name=TITLE))
    (root / "wallet" / "notes.txt").write_text("milk, eggs")
    (root / "docs" / "about.md").write_text("# About me\n\nHello.\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n")
    (root / "docs" / "deep" / "below.md").write_text("# Below\n")
    (root / "mkdocs.yml").write_text(config)
    return root / "mkdocs.yml"


BADGE = f"credentials/{slug_of(credential())}"
WELDING = f"credentials/{slug_of(credential(name=TITLE))}"
"""The addresses of the two credentials."""


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def get(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def reachable(url: str) -> bool:
    try:
        return get(url)[0] == 200
    except OSError:
        return False


def wait_until(holds: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
