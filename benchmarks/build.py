"""How long a site takes to build, beside its peers, in one run on a memory file system.

    .venv/bin/python benchmarks/build.py [--counts 10,100,1000] [--rounds 5]

Peers, all from the same facts, with the same pages (one a credential, skill and issuer, and a home page), the same raw files and a search index:

- *portfolio-gen build*: everything. *site part*: the same run less the time spent in `verify`, measured inside it.
- *mkdocs build*: the facts as Markdown pages, Material for MkDocs.
- *Hugo*: templates cut from our own built pages, so that page sizes agree.
- *floor*: verify, render the fragments, write the files; no site generator at all.

Wall time and peak memory of the whole process (its largest), median of the rounds. Hugo is Debian's package `hugo`; without it its row is left out, aloud.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from benchmarks import data

PYTHON = sys.executable
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
OURS = "[search, portfolio: {wallet: wallet, name: Benchmark, headline: A wallet of many}]"

SITE_PART = """
import json, time
from pathlib import Path
from portfolio_gen.site import build, gather
spent = 0.0
original = gather._verified
def timed(files, now):
    global spent
    reports = iter(original(files, now))
    while True:
        start = time.perf_counter()
        report = next(reports, None)
        spent += time.perf_counter() - start
        if report is None:
            return
        yield report
gather._verified = timed
build.build(Path('mkdocs.yml'))
print(json.dumps({'verify': spent}))
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


def run(command: list[str], folder: Path) -> tuple[float, float, str]:
    """Run a command; return seconds, peak MB and what it printed. Raises with its output if it fails."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        output.seek(0)
        text = output.read().decode(errors="replace")
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed:\n{text[-3000:]}")
    return seconds, usage.ru_maxrss / 1024, text


def groups(rows: list[dict[str, Any]]) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Group the credentials by skill and by issuer."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {"skills": {}, "issuers": {}}
    for row in rows:
        for skill in row["skills"]:
            found["skills"].setdefault(skill, []).append(row)
        found["issuers"].setdefault(f"Institute No {row['issuer']:02d}", []).append(row)
    return found


def slug(text: str) -> str:
    """Return `text` as an address."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def markdown(row: dict[str, Any]) -> str:
    """Return the facts of one credential as Markdown."""
    lists = "\n".join(f"- {line}" for line in row["criteria"].splitlines())
    skills = "\n".join(f"- [{skill}](../skills/{slug(skill)}.md)" for skill in row["skills"])
    return (
        f"# {row['name']}\n\n{row['description']}\n\n## Issuer\n\n[Institute No {row['issuer']:02d}]"
        f"(../issuers/institute-no-{row['issuer']:02d}.md) on {row['date'][:10]}\n\n## Criteria\n\n{lists}\n\n"
        f"## Skills\n\n{skills}\n\n## Evidence\n\n{row['evidence']}\n\n[The signed file](c{row['number']:05d}.json)\n"
    )


def prepare_mkdocs(folder: Path, rows: list[dict[str, Any]], wallet: Path) -> None:
    """Write the facts as an ordinary Material site."""
    docs = folder / "docs"
    for part in ("credentials", "skills", "issuers"):
        (docs / part).mkdir(parents=True)
    for row in rows:
        (docs / "credentials" / f"c{row['number']:05d}.md").write_text(markdown(row))
        shutil.copy(wallet / f"c{row['number']:05d}.json", docs / "credentials")
    for part, named in groups(rows).items():
        for name, members in named.items():
            links = "\n".join(f"- [{row['name']}](../credentials/c{row['number']:05d}.md)" for row in members)
            (docs / part / f"{slug(name)}.md").write_text(f"# {name}\n\n{links}\n")
    every = "\n".join(f"- [{row['name']}](credentials/c{row['number']:05d}.md)" for row in rows)
    (docs / "index.md").write_text(f"# Benchmark\n\n{every}\n")
    config = (
        CONFIG.format(theme="material", plugins="[search]")
        + "nav: [index.md]\nvalidation: {nav: {omitted_files: ignore}}\n"
    )
    (folder / "mkdocs.yml").write_text(config)


def cut(page: str) -> tuple[str, str]:
    """Return what stands before and after the credential (or the content) in one of our pages."""
    start, end = page.index("<article"), page.rindex("</article>")
    return page[:start], page[end:]


def hugo_template(pages: list[Path], body: str, stretch_to: float) -> str:
    """Return a Hugo template: our page's surroundings, the facts, and filling up to the mean page's size."""
    before, after = cut(pages[0].read_text())
    escape = lambda text: text.replace("{{", "{{`{{`}}")  # noqa: E731
    filling = max(0, int(stretch_to - len((before + after).encode()) - len(body.encode()) - 900))
    return escape(before) + body + f"<p hidden>{'.' * filling}</p>" + escape(after)


HUGO_SINGLE = """<article><h1>{{ .Title }}</h1><p>{{ .Params.description }}</p><h2>Issuer</h2><p><a href="/issuers/{{ .Params.issuerslug }}/">{{ .Params.issuername }}</a> {{ .Params.dated }}</p>
<h2>Criteria</h2><ul>{{ range .Params.criteria }}<li>{{ . }}</li>{{ end }}</ul><h2>Skills</h2><ul>{{ range .Params.skillnames }}<li><a href="/skills/{{ . | urlize }}/">{{ . }}</a></li>{{ end }}</ul>
<h2>Evidence</h2><p>{{ .Params.evidence }}</p><p><a href="/credentials/{{ .Params.file }}">The signed file</a></p>"""
HUGO_LIST = """<article><h1>{{ .Title }}</h1><ul>{{ range .Params.members }}<li><a href="/credentials/{{ .file }}/">{{ .name }}</a></li>{{ end }}</ul>"""
HUGO_INDEX = '[{{ range $i, $p := .Site.RegularPages }}{{ if $i }},{{ end }}{"location":{{ $p.RelPermalink | jsonify }},"title":{{ $p.Title | jsonify }},"text":{{ $p.Description | jsonify }}}{{ end }}]'


def prepare_hugo(folder: Path, rows: list[dict[str, Any]], wallet: Path, ours: Path) -> None:
    """Write the same facts for Hugo, with templates cut from our own pages in `ours`."""
    layouts, content, static = folder / "layouts", folder / "content", folder / "static"
    for part in (
        layouts / "_default",
        content / "skills",
        content / "issuers",
        content / "credentials",
        static / "credentials",
    ):
        part.mkdir(parents=True)
    credentials = sorted((ours / "credentials").glob("*/index.html"))
    size = statistics.mean(path.stat().st_size for path in credentials)
    single = hugo_template(credentials, HUGO_SINGLE, size)
    listed = [
        path for part in ("skills", "issuers") for path in sorted((ours / part).glob("*/index.html"))
    ] or credentials
    many = hugo_template(listed, HUGO_LIST, statistics.mean(path.stat().st_size for path in listed))
    (layouts / "_default" / "single.html").write_text(
        '{{ if eq .Section "credentials" }}' + single + "{{ else }}" + many + "{{ end }}"
    )
    (layouts / "index.html").write_text(
        hugo_template(
            credentials,
            '<article>{{ range (where .Site.RegularPages "Section" "credentials") }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}',
            0,
        )
    )
    (layouts / "index.json").write_text(HUGO_INDEX)
    (folder / "hugo.json").write_text("{}")
    (folder / "config.json").write_text(
        json.dumps(
            {
                "baseURL": "https://portfolio.example/",
                "title": "Benchmark",
                "disableKinds": ["taxonomy", "term", "section", "RSS"],
                "outputs": {"home": ["HTML", "JSON"]},
            }
        )
    )
    for row in rows:
        name = f"c{row['number']:05d}"
        front = {
            "title": row["name"], "description": row["description"], "criteria": row["criteria"].splitlines(), "skillnames": row["skills"],
            "evidence": row["evidence"], "dated": row["date"][:10], "file": f"{name}.json",
            "issuername": f"Institute No {row['issuer']:02d}", "issuerslug": slug(f"Institute No {row['issuer']:02d}"),
        }  # fmt: skip
        (content / "credentials" / f"{name}.md").write_text(json.dumps(front))
        shutil.copy(wallet / f"{name}.json", static / "credentials")
    for part, named in groups(rows).items():
        for title, members in named.items():
            front = {
                "title": title,
                "description": title,
                "members": [{"name": row["name"], "file": f"c{row['number']:05d}"} for row in members],
            }
            (content / part / f"{slug(title)}.md").write_text(json.dumps(front))
    for assets in ("assets", "pictures"):
        if (ours / assets).is_dir():
            shutil.copytree(ours / assets, static / assets)


def sizes(folder: Path) -> tuple[int, float]:
    """Return how many pages a site has and the mean size of a credential's."""
    pages = list(folder.rglob("index.html"))
    own = [path.stat().st_size for path in (folder / "credentials").glob("*/index.html")]
    return len(pages), statistics.mean(own) if own else 0.0


def measure(count: int, rounds: int, base: Path) -> dict[str, list[tuple[float, float]]]:
    """Return (seconds, MB) of each peer and round at `count` credentials."""
    rows = [data.facts(number) for number in range(count)]
    ours = base / "ours"
    (ours / "docs").mkdir(parents=True)
    data.wallet(ours / "wallet", count)
    (ours / "mkdocs.yml").write_text(CONFIG.format(theme="portfolio", plugins=OURS))
    run([str(Path(PYTHON).parent / "portfolio-gen"), "build"], ours)
    (ours / "fragment.html").write_text(
        "<h1>{{ facts[0].value }}</h1>{% for fact in facts %}<p><b>{{ fact.field }}</b> {{ fact.value }}</p>{% endfor %}"
    )
    prepare_mkdocs(base / "mkdocs", rows, ours / "wallet")
    peers: dict[str, Callable[[], tuple[float, float]]] = {
        "portfolio-gen build": lambda: run([str(Path(PYTHON).parent / "portfolio-gen"), "build"], ours)[:2],
        "its site part": lambda: site_part(ours),
        "mkdocs build": lambda: run([PYTHON, "-m", "mkdocs", "build", "--quiet"], base / "mkdocs")[:2],
        "floor": lambda: run([PYTHON, "-c", FLOOR], ours)[:2],
    }
    if shutil.which("hugo"):
        prepare_hugo(base / "hugo", rows, ours / "wallet", ours / "site")
        peers["Hugo"] = lambda: run(
            ["hugo", "--quiet", "--destination", "public", "--cleanDestinationDir"], base / "hugo"
        )[:2]
    else:
        print("Hugo is not installed (apt-get install hugo): its row is left out.")
    figures: dict[str, list[tuple[float, float]]] = {name: [] for name in peers}
    for _ in range(rounds):
        for name, peer in peers.items():
            figures[name].append(peer())
    for name, site in (
        ("portfolio-gen", ours / "site"),
        ("mkdocs", base / "mkdocs/site"),
        ("Hugo", base / "hugo/public"),
    ):
        if site.is_dir():
            pages, mean = sizes(site)
            print(f"  {name}: {pages} pages, a credential's page {mean / 1024:.1f} KB on average")
    return figures


def site_part(folder: Path) -> tuple[float, float]:
    """Return the wall time of a whole process less what it spent in `verify`, and its memory."""
    seconds, memory, text = run([PYTHON, "-c", SITE_PART], folder)
    inside = json.loads(text.strip().splitlines()[-1])
    return seconds - inside["verify"], memory


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=html.unescape(__doc__ or ""))
    parser.add_argument("--counts", default="10,100,1000")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    memory = Path("/dev/shm")
    for count in map(int, asked.counts.split(",")):
        with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as temporary:
            print(f"\n{count} credentials, median of {asked.rounds} rounds")
            figures = measure(count, asked.rounds, Path(temporary))
            hugo = statistics.median(seconds for seconds, _ in figures["Hugo"]) if "Hugo" in figures else None
            print("\n| | seconds | peak MB | times Hugo |\n|---|---:|---:|---:|")
            for name, values in figures.items():
                seconds = statistics.median(value for value, _ in values)
                peak = statistics.median(value for _, value in values)
                print(f"| {name} | {seconds:.2f} | {peak:.0f} | {f'{seconds / hugo:.2f}' if hugo else '–'} |")


if __name__ == "__main__":
    main()
