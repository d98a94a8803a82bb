"""How long a site takes to build, beside its peers, in one run on a memory file system.

    .venv/bin/python benchmarks/build.py [--counts 10,100,1000,5000] [--rounds 5]

Peers, all from the same facts, in the same pages with the same markup, with the same raw files and a search index:

- *portfolio-gen build*: everything. *site part*: the same without verifying, whose reports are read from files instead.
- *mkdocs build*: Material for MkDocs, given each page's finished HTML as Markdown: it renders no facts (up to 1,000).
- *Hugo*: our fragments as Go templates over the facts as front matter, in our pages' surroundings.
- *floor*: verify, render a small fragment, write the files; no site generator at all.

Wall time; peak memory of the largest process, and of all processes together with what they share counted once (PSS). Median of
the rounds. Hugo is Debian's package `hugo`; without it its row is left out, aloud.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import escape

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from benchmarks import data
from benchmarks.hugo import HUGO_BODIES, HUGO_INDEX, HUGO_PARTIALS, finished
from portfolio_gen import pages
from portfolio_gen.fragments import Fragments
from portfolio_gen.site import gather, theme

PYTHON = sys.executable
PORTFOLIO_GEN = str(Path(PYTHON).parent / "portfolio-gen")
FRAGMENTS = Fragments([str(theme.folder())])
MOMENT = "2026-11-24T00:00:00Z"
MOST_FOR_PEERS = 1000
"""MkDocs takes minutes for more."""
CONFIG = """\
site_name: Benchmark
site_url: https://portfolio.example/
docs_dir: docs
use_directory_urls: true
theme:
  name: {theme}
  font: false
plugins: {plugins}
"""
OURS = "[search, portfolio: {wallet: wallet, name: Benchmark, headline: A wallet of many, social_images: false}]"
"""Without pictures for previews, which none of the others draws."""

SITE_PART = """
import hashlib, pickle, sys, types
from pathlib import Path
verifier = types.ModuleType('portfolio_gen.verifier')
def read(data):
    with open('reports/' + hashlib.sha256(data).hexdigest(), 'rb') as report:
        return pickle.load(report)
verifier.verifying = lambda **asked: read
sys.modules['portfolio_gen.verifier'] = verifier
from portfolio_gen.site import build
build.build(Path('mkdocs.yml'))
"""

FLOOR = """
import sys
from pathlib import Path
from portfolio_gen.verifier import verify
import jinja2
env = jinja2.Environment(autoescape=True)
fragment = env.from_string(Path('fragment.html').read_text())
out = Path('floor'); out.mkdir(exist_ok=True)
for path in sorted(Path('wallet').iterdir()):
    raw = path.read_bytes()
    report = verify(raw, now='2026-11-24T00:00:00Z')
    assert report.verdict == 'verified', report
    folder = out / path.stem; folder.mkdir(exist_ok=True)
    (folder / 'index.html').write_text(fragment.render(facts=report.credential))
    (folder / 'original.json').write_bytes(raw)
"""


class Run(NamedTuple):
    """What one command took: wall time, the largest process's peak, and the peak of all its processes together."""

    seconds: float
    largest: float
    together: float


def run(command: list[str], folder: Path) -> Run:
    """Run a command. Raises with its output if it fails."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
        watched = Watch(process.pid)
        _, status, _ = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        watched.stop()
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode(errors="replace")
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed:\n{text[-3000:]}")
    return Run(seconds, watched.largest, watched.together)


class Watch(threading.Thread):
    """Looks at the memory of a process and its children, in MB, a few times a second: Linux says how much they share."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.largest = self.together = 0.0
        self._pid, self._over = pid, threading.Event()
        self.start()

    def run(self) -> None:
        while not self._over.wait(0.03):
            found = [memory(pid) for pid in family(self._pid)]
            self.largest = max(self.largest, *(rss for rss, _ in found))
            self.together = max(self.together, sum(pss for _, pss in found))

    def stop(self) -> None:
        self._over.set()
        self.join()


def family(pid: int) -> list[int]:
    """Return a process and all that it has started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        children = []
    return [pid, *(one for child in children for one in family(int(child)))]


def memory(pid: int) -> tuple[float, float]:
    """Return a process's resident memory, and its share of it: what it has in common with others is divided among them."""
    try:
        rows = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    except OSError:
        return 0.0, 0.0
    return int(rows["Rss"].split()[0]) / 1024, int(rows["Pss"].split()[0]) / 1024


def composed(ours: Path) -> list[pages.Page]:
    """Return the data of every page of our site, from which the peers' sources are made; leave reports for `site part`."""
    site = pages.SiteInfo("Benchmark", "A wallet of many")
    gathered = gather.Checker().gather(ours / "wallet", MOMENT)
    (ours / "reports").mkdir()
    for entry in gathered.entries:
        whole = entry.whole()
        (ours / "reports" / whole.file.sha256).write_bytes(pickle.dumps(whole.report))
    return list(pages.compose(gathered.entries, (), site))


def prepare_mkdocs(folder: Path, composed: list[pages.Page], ours: Path) -> None:
    """Write an ordinary Material site whose Markdown pages are the finished HTML: MkDocs is spared all rendering of facts."""
    docs = folder / "docs"
    for page in composed:
        path = docs / page.address / "index.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: {json.dumps(page.title)}\n---\n{FRAGMENTS.render(page)}\n")
        if page.kind == "credential":
            shutil.copy(ours / "site" / page.address / "original.json", path.parent)
    plugins = (
        "[search]\nnav: [index.md]\nvalidation: {nav: {omitted_files: ignore}, links: {unrecognized_links: ignore}}\n"
    )
    (folder / "mkdocs.yml").write_text(CONFIG.format(theme="material", plugins=plugins))


def plain(value: Any) -> Any:
    """Return page data as JSON has it."""
    if isinstance(value, pages.Listed):
        return {"at": value.address.rstrip("/"), "skill": value.skills[0] if value.skills else None}
    if hasattr(value, "_asdict"):
        return plain(value._asdict())
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def prepare_hugo(folder: Path, composed: list[pages.Page], ours: Path) -> None:
    """Write the same facts for Hugo: our fragments as Go templates, in our own pages' surroundings."""
    partials = folder / "layouts" / "partials"
    partials.mkdir(parents=True)
    (folder / "layouts" / "_default").mkdir()
    for name, text in HUGO_PARTIALS.items():
        (partials / f"{name}.html").write_text(finished(text))
    kinds = {page.kind: page for page in composed}
    for kind, page in kinds.items():
        html = (ours / "site" / page.address / "index.html").read_text()
        body = FRAGMENTS.render(page)
        around = [part.replace("{{", "{{`{{`}}") for part in html.split(body)]
        around = [part.replace(f">{escape(page.title)}<", ">{{ .Title }}<") for part in around]
        template = HUGO_BODIES.get(kind, body.replace("{{", "{{`{{`}}"))
        (partials / f"kind-{kind}.html").write_text(finished(template.join(around)))
    by_kind = "{{ with .Params.kind }}{{ partial (printf `kind-%s.html` .) $ }}{{ end }}"
    for layout in ("_default/single", "_default/list", "index"):
        (folder / "layouts" / f"{layout}.html").write_text(by_kind)
    (folder / "layouts" / "index.json").write_text(HUGO_INDEX)
    for page in composed:
        front = {"title": page.title, "description": page.description, "kind": page.kind, "data": plain(page.data)}
        if page.kind == "credential":
            front["card"] = plain(pages.card(page.given[0]))
            front["card"]["skills"] = {
                key[1]: plain(groups[0]) for key, groups in pages.card(page.given[0]).skills.items()
            }
        path = folder / "content" / page.address / ("_index.md" if page.kind == "home" else "index.md")
        if page.address in ("issuers/", "skills/"):
            path = path.with_name("_index.md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(front))
        if page.kind == "credential":
            static = folder / "static" / page.address
            static.mkdir(parents=True)
            shutil.copy(ours / "site" / page.address / "original.json", static)
    shutil.copytree(ours / "site" / "assets", folder / "static" / "assets")
    (folder / "config.json").write_text(
        json.dumps(
            {
                "baseURL": "https://portfolio.example/",
                "title": "Benchmark",
                "disableKinds": ["taxonomy", "term", "RSS"],
                "outputs": {"home": ["HTML", "JSON"], "section": ["HTML"]},
            }
        )
    )


def sizes(folder: Path) -> str:
    """Say how many pages a site has, how large a credential's is, and how large all are together."""
    found = list(folder.rglob("index.html"))
    own = [path.stat().st_size for path in (folder / "credentials").glob("*/index.html")]
    total = sum(path.stat().st_size for path in found)
    return (
        f"{len(found)} pages of {total / 1e6:.1f} MB; a credential's is {statistics.mean(own) / 1024:.1f} KB on average"
    )


def measure(count: int, rounds: int, base: Path) -> dict[str, list[Run]]:
    """Return what each peer took in each round at `count` credentials."""
    ours = base / "ours"
    (ours / "docs").mkdir(parents=True)
    data.wallet(ours / "wallet", count)
    (ours / "mkdocs.yml").write_text(CONFIG.format(theme="portfolio", plugins=OURS))
    run([PORTFOLIO_GEN, "build"], ours)
    (ours / "fragment.html").write_text(
        "<h1>{{ facts[0].value }}</h1>{% for fact in facts %}<p><b>{{ fact.field }}</b> {{ fact.value }}</p>{% endfor %}"
    )
    every = composed(ours)
    peers: dict[str, Callable[[], Run]] = {
        "portfolio-gen build": lambda: run([PORTFOLIO_GEN, "build"], ours),
        "its site part": lambda: run([PYTHON, "-c", SITE_PART], ours),
    }
    sites = {"portfolio-gen": ours / "site"}
    if count <= MOST_FOR_PEERS:
        prepare_mkdocs(base / "mkdocs", every, ours)
        peers["mkdocs build"] = lambda: run([PYTHON, "-m", "mkdocs", "build", "--quiet"], base / "mkdocs")
        sites["mkdocs"] = base / "mkdocs/site"
    peers["floor"] = lambda: run([PYTHON, "-c", FLOOR], ours)
    if shutil.which("hugo"):
        prepare_hugo(base / "hugo", every, ours)
        command = ["hugo", "--quiet", "--destination", "public", "--cleanDestinationDir"]
        peers["Hugo"] = lambda: run(command, base / "hugo")
        sites["Hugo"] = base / "hugo/public"
    else:
        print("Hugo is not installed (apt-get install hugo): its row is left out.")
    figures: dict[str, list[Run]] = {name: [] for name in peers}
    for _ in range(rounds):
        for name, peer in peers.items():
            figures[name].append(peer())
    for name, site in sites.items():
        print(f"  {name}: {sizes(site)}")
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", default="10,100,1000,5000")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    memory = Path("/dev/shm")
    for count in map(int, asked.counts.split(",")):
        with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as temporary:
            print(f"\n{count} credentials, median of {asked.rounds} rounds")
            figures = measure(count, asked.rounds, Path(temporary))
            middle = {name: Run(*map(statistics.median, zip(*runs, strict=True))) for name, runs in figures.items()}
            hugo = middle.get("Hugo")
            print("\n| | seconds | largest process, MB | all processes, MB | times Hugo |\n|---|---:|---:|---:|---:|")
            for name, took in middle.items():
                times = f"{took.seconds / hugo.seconds:.2f}" if hugo else "–"
                print(f"| {name} | {took.seconds:.2f} | {took.largest:.0f} | {took.together:.0f} | {times} |")


if __name__ == "__main__":
    main()
