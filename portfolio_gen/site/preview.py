"""Live reload under the published policy: a script of our own origin instead of MkDocs' inline one (DESIGN rule 11)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mkdocs.livereload import LiveReloadServer

RELOAD = "/__portfolio__/reload.js"

SCRIPT = """\
const epoch = new URL(import.meta.url).searchParams.get('epoch');
const ask = async () => {
  for (;;) {
    try {
      const answer = await fetch(`/livereload/${epoch}/${Date.now()}`);
      if (answer.ok && (await answer.text()) !== epoch) return location.reload();
    } catch {
      await new Promise((done) => setTimeout(done, 2000));
    }
  }
};
addEventListener('load', () => setTimeout(ask, 100));
"""
"""Asks MkDocs' server, which answers when something was built, and reloads the page."""


def reload_by_own_script(server: LiveReloadServer) -> None:
    """Make this server answer RELOAD, and name it in pages in the place of its inline script."""
    answer: Any = server._serve_request

    def inject(content: bytes, epoch: int) -> bytes:
        tag = f'<script type="module" src="{RELOAD}?epoch={epoch}"></script>'.encode()
        before, found, after = content.rpartition(b"</body>")
        return before + tag + found + after if found else content + tag

    def serve(environ: dict[str, Any], start_response: Any) -> Iterable[bytes] | None:
        if environ.get("PATH_INFO", "") != RELOAD:
            result: Iterable[bytes] | None = answer(environ, start_response)
            return result
        start_response("200 OK", [("Content-Type", "text/javascript"), ("Cache-Control", "no-store")])
        return [SCRIPT.encode()]

    # MkDocs offers no setting for either; both are the server's own methods since 1.2, and mkdocs<2 is pinned.
    server._inject_js_into_html = inject  # type: ignore[assignment,method-assign]
    server._serve_request = serve  # type: ignore[method-assign]
