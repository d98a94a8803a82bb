"""A badge in a frame on another site checks itself there, with its own site's script and file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from portfolio_gen.sharing import embed_at

OVER = "() => document.querySelectorAll('[data-credential][data-verdict]').length === 1"


@pytest.fixture
def elsewhere(demo: Any, demo_address: str) -> Iterator[tuple[str, Any]]:
    """The address of another site, whose page holds the frame of the badge of a credential that checks out."""
    entry = next(
        one for one in demo.entries if one.report.verdict == "verified" and one.original.endswith("original.json")
    )
    frame = f'<iframe src="{demo_address}{embed_at(entry)}" sandbox="allow-scripts allow-same-origin allow-popups">'

    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>x</title>{frame}</iframe>".encode())

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", entry
    server.shutdown()
    server.server_close()


def framed(context: Any, address: str, said: list[str]) -> Any:
    page = context.new_page()
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    frame = next(frame for frame in page.frames if "/embed/" in frame.url)
    frame.wait_for_function(OVER)
    return frame


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    context = browser.new_context()
    yield context
    context.close()


def test_a_badge_elsewhere_checks_itself(elsewhere: tuple[str, Any], context: Any, demo_address: str) -> None:
    address, _ = elsewhere
    said: list[str] = []
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    frame = framed(context, address, said)
    assert frame.locator("[data-credential]").get_attribute("data-verdict") == "verified"
    assert frame.locator(".pf-badge--verified").count() == 1
    assert said == []
    assert {re.sub("(//[^/]*/).*", r"\1", url) for url in asked if url.startswith("http")} == {address, demo_address}


def test_a_changed_file_shows_as_failed(elsewhere: tuple[str, Any], context: Any) -> None:
    address, entry = elsewhere

    def change(route: Any) -> None:
        response = route.fetch()
        text = response.text()
        assert '"description"' in text
        changed = re.sub(r'("description"\s*:\s*")', r"\1Not ", text, count=1)
        route.fulfill(response=response, body=changed)

    context.route(f"**/{entry.original}", change)
    frame = framed(context, address, [])
    assert frame.locator("[data-credential]").get_attribute("data-verdict") == "failed"
    assert frame.locator(".pf-badge--verified").count() == 0


def test_a_changed_badge_shows_as_failed(elsewhere: tuple[str, Any], context: Any) -> None:
    address, _ = elsewhere

    def change(route: Any) -> None:
        response = route.fetch()
        changed, times = re.subn(r'(data-field="name"[^>]*>)', r"\1Doctor of ", response.text())
        assert times == 1
        route.fulfill(response=response, body=changed)

    context.route("**/embed/*", change)
    frame = framed(context, address, [])
    assert frame.locator("[data-credential]").get_attribute("data-verdict") == "failed"


def test_without_scripts_a_badge_says_that_nothing_was_checked(
    elsewhere: tuple[str, Any], browser: Any, demo_address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{demo_address}{embed_at(elsewhere[1])}")
    assert page.locator(".pf-badge--not-checked").count() == 1
    assert page.locator("noscript p").is_visible()
    context.close()
