"""The network, and what is refused of it: on loopback, with certificates of this test."""

from __future__ import annotations

import base64
import http.server
import ipaddress
import json
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from simulator.servers import certificate

from portfolio_gen.fetch import HttpsFetcher, Once, look_up
from portfolio_gen.limits import LIMITS
from portfolio_gen.verifier import verify

NOW = "2026-06-01T12:00:00Z"
HOST = "fernwald.example"


class _Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/to?"):
            self._say(302, b"", Location=self.path.removeprefix("/to?"))
        elif self.path == "/large":
            self._say(200, b"x" * 2_000)
        else:
            self._say(
                404 if self.path == "/nothing" else 200, self.path.encode(), **{"Content-Type": "application/json"}
            )

    def _say(self, status: int, data: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@pytest.fixture(scope="module")
def fetcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[HttpsFetcher, int]]:
    private, public = certificate(tmp_path_factory.mktemp("tls"), [HOST])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    limits = replace(LIMITS, file_bytes=1_000)
    yield HttpsFetcher(limits, lambda host, port: ["127.0.0.1"], lambda address: True, str(public)), server.server_port
    server.shutdown()


def test_an_answer_is_what_the_server_says(fetcher: tuple[HttpsFetcher, int]) -> None:
    ours, port = fetcher
    found = ours.fetch(f"https://{HOST}:{port}/a?b=1#c", NOW)
    assert found == {"bytes": b"/a?b=1", "status": 200, "type": "application/json", "at": NOW, "source": "live"}
    missing = ours.fetch(f"https://{HOST}:{port}/nothing", NOW)
    assert isinstance(missing, Mapping)
    assert missing["status"] == 404


def test_redirects_stay_within_the_host(fetcher: tuple[HttpsFetcher, int]) -> None:
    ours, port = fetcher
    found = ours.fetch(f"https://{HOST}:{port}/to?/there", NOW)
    assert isinstance(found, Mapping)
    assert found["bytes"] == b"/there"
    for target in ("https://other.example/x", f"http://{HOST}:{port}/x", f"https://{HOST}:1/x"):
        assert isinstance(ours.fetch(f"https://{HOST}:{port}/to?{target}", NOW), str)


def test_a_circle_of_redirects_ends(fetcher: tuple[HttpsFetcher, int]) -> None:
    ours, port = fetcher
    assert "more than 3 times" in str(ours.fetch(f"https://{HOST}:{port}/to?/to?/to?/to?/to?/end", NOW))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://fernwald.example/a", "only https"),
        ("file:///etc/passwd", "only https"),
        ("https://me:secret@fernwald.example/", "user name"),
        ("https:///a", "without a host"),
    ],
)
def test_what_is_never_asked(address: str, said: str) -> None:
    assert said in str(HttpsFetcher().fetch(address, NOW))


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "fe80::1%eth0", "0.0.0.0", "fc00::1"]
)
def test_an_address_that_is_not_public_is_not_asked(address: str) -> None:
    assert "not on the public network" in str(HttpsFetcher(resolve=lambda *_: [address]).fetch(f"https://{HOST}/", NOW))
    assert not ipaddress.ip_address(address.partition("%")[0]).is_global


def test_a_host_without_an_address() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise OSError

    assert "no address" in str(HttpsFetcher(resolve=resolve).fetch(f"https://{HOST}/", NOW))


def test_a_large_answer_is_not_taken(fetcher: tuple[HttpsFetcher, int]) -> None:
    ours, port = fetcher
    assert "more than 1000 bytes" in str(ours.fetch(f"https://{HOST}:{port}/large", NOW))


def test_a_certificate_of_another_host_is_refused(fetcher: tuple[HttpsFetcher, int]) -> None:
    ours, port = fetcher
    assert "could not be asked" in str(ours.fetch(f"https://other.example:{port}/", NOW))
    assert "could not be asked" in str(replace(ours, authorities="").fetch(f"https://{HOST}:{port}/", NOW))


class _Saved:
    """A fetcher from memory that notes what it is asked."""

    def __init__(self, pages: Mapping[str, Any]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def fetch(self, address: str, now: str) -> Mapping[str, Any] | str:
        self.asked.append(address)
        if address not in self.pages:
            return "not here"
        data = json.dumps(self.pages[address]).encode()
        return {"bytes": data, "status": 200, "type": "", "at": now, "source": "live"}


def test_what_many_files_name_is_asked_for_once() -> None:
    once = Once(saved := _Saved({"https://a.example/1": {}}))
    first = once.fetch("https://a.example/1#key", NOW)
    assert first == once.fetch("https://a.example/1", "2027-01-01T00:00:00Z")
    assert once.fetch("https://a.example/2", NOW) == once.fetch("https://a.example/2", NOW) == "not here"
    assert saved.asked == ["https://a.example/1", "https://a.example/2"]


def test_look_ups_follow_an_issuer_to_its_keys(vector_rows: list[dict[str, Any]], root: Path) -> None:
    row = next(row for row in vector_rows if row["id"] == "keyset-uri")
    data = (root / "tests/vectors" / row["file"]).read_bytes()
    pages = {address: json.loads(base64.b64decode(answer["bytes"])) for address, answer in row["web"].items()}
    report, _ = look_up(lambda web: verify(data, now=row["now"], web=web), {}, row["now"], saved := _Saved(pages))
    assert saved.asked == [
        "https://fernwald.example",
        "https://fernwald.example/.well-known/jwt-vc-issuer",
        "https://fernwald.example/keys.json",
    ]
    assert report.verdict == "verified"


def test_look_ups_follow_what_a_check_asks_for(vector_rows: list[dict[str, Any]], root: Path) -> None:
    row = next(row for row in vector_rows if row["id"] == "listed-live")
    data = (root / "tests/vectors" / row["file"]).read_bytes()
    key = {"id": "did:web:fernwald.example#key-1", "controller": "did:web:fernwald.example", "type": "Multikey"}
    method = key | {"publicKeyMultibase": json.loads(data)["proof"]["verificationMethod"]}
    document = {"id": "did:web:fernwald.example", "verificationMethod": [method], "assertionMethod": [key["id"]]}
    saved = _Saved({"https://fernwald.example/.well-known/did.json": document})
    report, refused = look_up(lambda web: verify(data, now=NOW, web=web), {}, NOW, saved)
    assert saved.asked == ["https://fernwald.example/.well-known/did.json"]
    assert refused == {}
    assert report.checks["signature"].code == "MALFORMED_KEY"  # it was looked up, and is no key
    report, refused = look_up(lambda web: verify(data, now=NOW, web=web), {}, NOW, _Saved({}))
    assert refused == {"https://fernwald.example/.well-known/did.json": "not here"}
    assert report.checks["signature"].code == "KEY_NOT_RESOLVED"
