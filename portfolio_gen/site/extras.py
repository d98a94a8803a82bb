"""What stands beside the pages: portfolio.json, search entries, the sitemap, the browser's half."""

from __future__ import annotations

import gzip
import html
import json
import re
import shutil
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from portfolio_gen.errors import SiteError
from portfolio_gen.pages import Entry, Page

SEARCH_SETTINGS: dict[str, Any] = {
    "lang": ["en"],
    "separator": r"[\s\-]+",
    "pipeline": ["stopWordFilter"],
    "fields": {"title": {"boost": 1000.0}, "text": {"boost": 1.0}, "tags": {"boost": 1_000_000.0}},
}
"""What Material's search needs; MkDocs' own search plugin leaves it out."""

_SITEMAP_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">"""
_LASTMOD = re.compile(r"\s*<lastmod>[^<]*</lastmod>")


def portfolio_json(entries: Iterable[Entry]) -> bytes:
    """Return the list of what is published: page, raw file, SHA-256, inner pointers. No verdicts (DESIGN 2.4)."""
    rows = [
        {"page": entry.address, "file": entry.address + entry.original, "sha256": entry.file.sha256, "inner": []}
        for entry in entries
    ]
    return (json.dumps({"version": 1, "credentials": rows}, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def add_to_search(site: Path, pages: Sequence[Page], addresses: set[str]) -> None:
    """Put title and description of every page that may be found into the search index, if the site has one."""
    index = site / "search" / "search_index.json"
    if not index.is_file():
        return
    found = json.loads(index.read_text("utf-8"))
    kept = [row for row in found["docs"] if row["location"].split("#")[0] not in addresses]
    ours = [
        {"location": page.address, "title": html.escape(page.title), "text": html.escape(page.description)}
        for page in pages
        if page.search
    ]
    found["docs"] = kept + ours
    found["config"] = {**SEARCH_SETTINGS, **found.get("config", {})}
    index.write_text(json.dumps(found, separators=(",", ":"), ensure_ascii=False), "utf-8")


def sitemap(text: str, site_url: str | None, pages: Sequence[Page], placeholders: set[str]) -> str:
    """Return the sitemap with our pages, without placeholders, and without dates: same input, same bytes."""
    rows = re.findall(r"<url>.*?</url>", _LASTMOD.sub("", text), re.DOTALL)
    own = [row for row in rows if not any(f"/{address}</loc>" in row for address in placeholders)]
    base = (site_url or "").rstrip("/") + "/"
    ours = [f"<url><loc>{html.escape(base + page.address)}</loc></url>" for page in pages] if site_url else []
    body = "\n".join(dict.fromkeys([*ours, *own]))
    return f"{_SITEMAP_HEAD}\n{body}\n</urlset>\n"


def compress_sitemap(site: Path) -> None:
    """Write sitemap.xml.gz anew, without a time in it."""
    plain = site / "sitemap.xml"
    if plain.is_file():
        (site / "sitemap.xml.gz").write_bytes(gzip.compress(plain.read_bytes(), mtime=0))


def copy_browser_half(site: Path) -> None:
    """Copy the verifier and the page script to assets/verifier/. Raises SiteError when the installation lacks them."""
    bundle = Path(str(resources.files("portfolio_gen"))) / "browser" / "dist"
    scripts = sorted(bundle.glob("*.js"))
    if not scripts:
        raise SiteError(
            "The browser half of portfolio-gen is not installed. Install it again: pip install --force-reinstall ."
        )
    target = site / "assets" / "verifier"
    target.mkdir(parents=True, exist_ok=True)
    for script in scripts:
        shutil.copyfile(script, target / script.name)
