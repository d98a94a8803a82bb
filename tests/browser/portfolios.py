"""Small portfolios for tests, and folders on a loopback address."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CONFIG = """site_name: Ada
docs_dir: pages
theme:
  name: portfolio
plugins:
  - search
  - portfolio:
      wallet: wallet
      name: Ada Example
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}  # noqa: RUF012

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@contextmanager
def served(folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve `folder` on a loopback address, which is given."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def found_in(site: Path, now: str) -> Any:
    """Return what `verify SITE` finds in a folder at this time."""
    from portfolio_gen.published import Folder, check_site
    from portfolio_gen.verifier import verify

    return check_site(Folder(site), lambda _, data: verify(data, now=now))


def portfolio_of(folder: Path, files: Mapping[str, bytes], address: str = "", language: str = "en") -> Any:
    """Build a portfolio of these wallet files in `folder`, which has no site yet; return the result of the build."""
    from portfolio_gen.site.build import build

    for name in ("wallet", "pages"):
        (folder / name).mkdir()
    (folder / "pages" / "about.md").write_text("# About\n", "utf-8")
    configured = CONFIG.replace("  name: portfolio\n", f"  name: portfolio\n  language: {language}\n")
    (folder / "mkdocs.yml").write_text(configured + (f"site_url: {address}\n" if address else ""), "utf-8")
    for name, data in files.items():
        (folder / "wallet" / name).write_bytes(data)
    return build(folder / "mkdocs.yml")
