"""Sites to build and to preview, fresh for every test."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from small_site import HOST, make_site, reachable, wait_until

from portfolio_gen.site.serve import Preview, PreviewServer


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    return make_site(tmp_path / "ada")


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def preview(config_file: Path, tmp_path: Path, said: list[str]) -> Preview:
    preview = Preview(config_file, tmp_path / "preview", f"http://{HOST}:8000/", said.append)
    preview.build()
    return preview


@pytest.fixture
def server(preview: Preview) -> Iterator[PreviewServer]:
    with socket.create_server((HOST, 0)) as probe:
        port = probe.getsockname()[1]
    server = PreviewServer(preview, HOST, port)
    running = threading.Thread(target=server.serve, daemon=True)
    running.start()
    wait_until(lambda: reachable(server.url))
    yield server
    server.shutdown(wait=True)
    running.join(5)


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    """A page of a real browser, with what its console said and what it asked for."""
    tab = browser.new_page()
    tab.console = []
    tab.elsewhere = []
    tab.on("console", lambda message: tab.console.append(f"{message.type}: {message.text}"))
    tab.on("pageerror", lambda error: tab.console.append(str(error)))
    tab.on("requestfailed", lambda request: tab.console.append(f"failed: {request.url}"))
    tab.on("request", lambda request: tab.elsewhere.append(request.url))
    yield tab
    tab.close()
