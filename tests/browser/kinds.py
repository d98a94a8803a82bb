"""Which kinds of page the demo portfolio has, and the demo in another look, language or address than its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from browser.conftest import demo_folder
from portfolio_gen.pages.certificates import CERTIFICATE, DATA
from portfolio_gen.sharing import embed_at
from portfolio_gen.site.build import build

ALONE = ("issuers", "skills", "stacks", "timeline", "check", "how", "export", "cv", "about")
"""Pages of which there is one; about/ is the owner's own, in Markdown."""
OF_MANY = {"issuer": "issuers", "skill": "skills", "stack": "stacks"}
KINDS = ("home", *ALONE, *OF_MANY, "credential", "certificate", "data", "embed", "not found")


def page_of(made: Any, kind: str, turn: int = 0) -> str:
    """The address of a page of this kind; of a kind with many, another one for each turn."""
    if kind == "home":
        return ""
    if kind == "not found":
        return "404.html"
    if kind in OF_MANY:
        found = sorted(made.site_dir.glob(f"{OF_MANY[kind]}/*/index.html"))
        return f"{found[turn % len(found)].parent.relative_to(made.site_dir).as_posix()}/"
    if kind in ALONE:
        return f"{kind}/"
    entries = list({one.report.verdict: one for one in made.entries if one.report.credential}.values())
    entry = entries[turn % len(entries)]
    pages = {"credential": "", "certificate": CERTIFICATE, "data": DATA}
    return embed_at(entry) if kind == "embed" else entry.address + pages[kind]


def demo_in(folder: Path, root: Path, *, theme: str = "portfolio", language: str = "en") -> Any:
    """Build the demo in a theme and a language, as if it were published: what is shared of it is there too."""
    written = demo_folder(folder, root) / "mkdocs.yml"
    # A process of its own reads it, which takes as long as all the others, and its pages are like theirs.
    for name in ("reference.pdf", "reference.pdf.yml"):
        (folder / "sample_wallet" / "credentials" / name).unlink()
    config = written.read_text("utf-8")
    for before, after in (
        ("  name: portfolio\n", f"  name: {theme}\n  language: {language}\n"),
        ('!ENV [SITE_URL, ""]', "https://noor-halvorsen.example/"),
        ("      name: Noor", "      social_images: false\n      name: Noor"),
    ):
        assert before in config
        config = config.replace(before, after, 1)
    written.write_text(config, "utf-8")
    return build(written)
