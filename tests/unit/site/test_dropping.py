"""Files for the wallet from a page of the preview: who may send them, what is refused, and that a person decides."""

from __future__ import annotations

import http.client
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from small_site import HOST, credential, wait_until

from portfolio_gen.site.serve import PreviewServer

PRIVATE = b'{"kty":"OKP","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}'


class Page:
    """What a page of the preview can do, and others would like to."""

    def __init__(self, server: PreviewServer) -> None:
        self.port = int(server.url.rsplit(":", 1)[1].strip("/"))
        self.host = f"{HOST}:{self.port}"
        self.token = re.search(r'drop\.js" data-token="([^"]+)"', self.get()[1])[1]  # type: ignore[index]

    def get(self, host: str = "") -> tuple[int, str]:
        return self._ask("GET", "/about/", {"Host": host or self.host}, b"")

    def post(self, what: str, name: str, data: bytes, **changed: str | None) -> tuple[int, dict[str, Any]]:
        headers = {
            "Host": self.host,
            "Origin": f"http://{self.host}",
            "Content-Type": "application/octet-stream",
            "X-Portfolio-Token": self.token,
            "X-Portfolio-Name": name,
        } | {key.replace("_", "-"): value for key, value in changed.items()}
        status, text = self._ask("POST", f"/preview-add/{what}", headers, data)
        return status, json.loads(text)

    def _ask(self, method: str, path: str, headers: dict[str, str | None], data: bytes) -> tuple[int, str]:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=20)
        connection.putrequest(method, path, skip_host=True)
        for name, value in ({"Content-Length": str(len(data))} | headers).items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders(data)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


@pytest.fixture
def page(server: PreviewServer) -> Page:
    return Page(server)


@pytest.fixture
def wallet(config_file: Path) -> Path:
    return config_file.parent / "wallet"


def test_a_file_is_looked_at_then_added(page: Page, wallet: Path) -> None:
    new = credential(name="Third")
    status, told = page.post("look", "three%20%C3%BC.json", new)
    assert (status, told["name"], told["refusal"]) == (200, "three ü.json", "")
    assert told["asks"] == "Add it to the wallet as three ü.json?"
    lines = dict(told["lines"])
    assert lines["What it is"].startswith("“Third”, from Nordlicht Academy")
    assert lines["Its page"].startswith("https://ada.example/work/credentials/third-")
    assert not (wallet / "three ü.json").exists()
    assert page.post("add", "three%20%C3%BC.json", new) == (200, {"says": "Added: three ü.json"})
    assert (wallet / "three ü.json").read_bytes() == new


def test_what_was_not_looked_at_is_not_added(page: Page, wallet: Path) -> None:
    page.post("look", "three.json", credential(name="Third"))
    assert page.post("add", "three.json", credential(name="Fourth"))[0] == 409
    assert not (wallet / "three.json").exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"Origin": "https://evil.example"},
        {"Origin": None},
        {"Origin": "null"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
        {"X_Portfolio_Token": None},
        {"X_Portfolio_Token": "guessed"},
        {"X_Portfolio_Token": "ü"},
    ],
)
def test_other_pages_are_refused(page: Page, wallet: Path, changed: dict[str, str | None]) -> None:
    before = sorted(wallet.iterdir())
    data = credential(name="Third")
    assert page.post("look", "three.json", data)[0] == 200
    for what in ("look", "add"):
        assert page.post(what, "three.json", data, **changed)[0] == 403
    assert sorted(wallet.iterdir()) == before


def test_only_what_a_form_cannot_send_is_taken(page: Page) -> None:
    assert page.post("look", "a.json", b"{}", Content_Type="text/plain")[0] == 415
    assert page.post("burn", "a.json", b"{}")[0] == 404
    assert page.post("look", "a.json", b"{}", Content_Length="x")[0] == 411
    assert page._ask("GET", "/preview-add/look", {"Host": page.host}, b"")[0] == 405


def test_whoever_gives_this_machine_another_name_gets_no_token(page: Page) -> None:
    assert page.token in page.get()[1]
    assert page.token in page.get(f"localhost:{page.port}")[1]
    status, text = page.get(f"evil.example:{page.port}")
    assert status == 200
    assert "drop.js" not in text


def test_a_private_key_and_a_large_file_are_refused(page: Page, wallet: Path) -> None:
    _, told = page.post("look", "key.json", PRIVATE)
    assert "private key" in told["refusal"]
    assert told["asks"] == ""
    assert page.post("add", "key.json", PRIVATE)[0] == 409
    _, told = page.post("look", "big.json", b"", Content_Length="999999999")
    assert "Too large" in told["problem"]
    _, told = page.post("look", "..%2Fup.json", credential(name="Third"))
    assert "cannot be the name" in told["problem"]
    assert {path.name for path in wallet.parent.rglob("*.json")} == {"one.json", "two.json"}


def test_a_name_that_is_taken_gets_another(page: Page, wallet: Path) -> None:
    new = credential(name="Third")
    _, told = page.post("look", "one.json", new)
    assert told["asks"] == "Add it to the wallet as one-2.json?"
    before = (wallet / "one.json").read_bytes()
    assert page.post("add", "one.json", new)[1] == {"says": "Added: one-2.json"}
    assert (wallet / "one.json").read_bytes() == before


def test_a_file_is_dropped_on_a_page_in_a_browser(server: PreviewServer, wallet: Path, tab: Any) -> None:
    tab.goto(server.url + "about/")
    text = credential(name="Third").decode()
    files = tab.evaluate_handle(
        """(text) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([text], "three.json"));
          return transfer;
        }""",
        text,
    )
    tab.dispatch_event("body", "drop", {"dataTransfer": files})
    dialog = tab.locator("#preview-add")
    dialog.locator("text=“Third”, from Nordlicht Academy").wait_for()
    assert not (wallet / "three.json").exists()
    dialog.get_by_role("button", name="Add it").click()
    dialog.locator("text=Added: three.json").wait_for()
    assert (wallet / "three.json").read_text() == text
    with tab.expect_navigation():  # The page shows the change by itself: who leaves before that comes back.
        dialog.get_by_role("button", name="Close").click()
    tab.goto(server.url)
    tab.locator(".pf-card__title", has_text="Third").wait_for()
    assert [line for line in tab.console if "Content" in line or "Refused" in line] == []
    words = unescape(tab.locator("script[data-words]").first.get_attribute("data-words"))
    assert json.loads(words)["yes"] == "Add it"
    wait_until(lambda: (wallet / "three.json").is_file())


def test_a_page_that_shows_a_change_does_not_stop_a_visit_to_another(
    server: PreviewServer, wallet: Path, tab: Any
) -> None:
    tab.goto(server.url + "about/")
    asked = []

    def late(route: Any) -> None:
        """Answer once the page that is being left has been told of the change."""
        asked.append(route.request.url)
        with tab.expect_response("**/livereload/**", timeout=20_000):
            (wallet / "three.json").write_bytes(credential(name="Third"))
        tab.wait_for_timeout(500)
        route.continue_()

    tab.route("**/check/", late)
    tab.locator("a[href*='check/']").first.click()
    tab.wait_for_url("**/check/")
    assert len(asked) == 1
