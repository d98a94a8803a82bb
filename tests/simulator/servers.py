"""Many hosts on one loopback port, over https with a certificate of this test, each page as hostile as a table says."""

from __future__ import annotations

import gzip
import http.server
import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Answering = Callable[["Handler"], None]
"""What a server does with a request, once its address is known."""

HOSTS = ("fernwald.example", "other.example", "lists.example")


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers by host and path, as `Hosts.pages` says; what is not there is a page of HTML with 404."""

    protocol_version = "HTTP/1.1"
    hosts: Hosts

    def do_GET(self) -> None:
        self.close_connection = True
        name = self.headers["Host"].partition(":")[0] + self.path
        self.hosts.asked.append(name)
        self.hosts.pages.get(name, page(b"<!doctype html>", 404, "text/html"))(self)

    def say(self, status: int, data: bytes, **headers: str) -> None:
        """Send a whole answer."""
        self.head(status, **{"Content_Length": str(len(data))} | headers)
        self.wfile.write(data)

    def head(self, status: int, **headers: str) -> None:
        """Send what stands before the body; `_` in a name is `-`."""
        self.send_response(status)
        self.send_header("Connection", "close")
        for name, value in (self.hosts.common | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients of these servers hang up: that is what is tested."""


@dataclass
class Hosts:
    """What all hosts answer, by host and path, and what they were asked."""

    port: int
    authority: Path
    pages: dict[str, Answering] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    common: dict[str, str] = field(default_factory=dict)
    """Headers of every answer."""


def page(data: bytes, status: int = 200, type: str = "application/json", **headers: str) -> Answering:
    return lambda handler: handler.say(status, data, Content_Type=type, **headers)


def value(value: Any, status: int = 200) -> Answering:
    return page(json.dumps(value).encode(), status)


def sends_on(target: str, status: int = 302) -> Answering:
    return lambda handler: handler.say(status, b"", Location=target)


def in_turn(*answers: Answering) -> Answering:
    """Answer each request otherwise than the one before, the last ones alike."""
    left = list(answers)
    return lambda handler: (left.pop(0) if len(left) > 1 else left[0])(handler)


def endless(handler: Handler) -> None:
    """White space without end, as JSON allows it."""
    handler.head(200, Content_Type="application/json")
    _until_gone(handler, b" " * 65_536, 0)


def drips(handler: Handler) -> None:
    """A space now and then: no socket ever times out."""
    handler.head(200, Content_Type="application/json")
    _until_gone(handler, b" ", 0.05)


def drips_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    _until_gone(handler, b"X-Bees: b\r\n", 0.05)


def silent(handler: Handler) -> None:
    """Say nothing, and hang on."""
    time.sleep(3)


def hangs_up(handler: Handler) -> None:
    handler.connection.close()


def cut_off(data: bytes) -> Answering:
    """Promise more than is sent."""

    def answer(handler: Handler) -> None:
        handler.head(200, Content_Type="application/json", Content_Length=str(len(data) + 100))
        handler.wfile.write(data)

    return answer


def no_http(handler: Handler) -> None:
    handler.wfile.write(b"220 fernwald.example ESMTP\r\n")


def bomb(handler: Handler) -> None:
    """A few kilobytes that unpack to many megabytes, in an encoding that nobody asked for."""
    handler.say(200, gzip.compress(bytes(64 * 1024 * 1024)), Content_Type="application/json", Content_Encoding="gzip")


def _until_gone(handler: Handler, part: bytes, pause: float) -> None:
    end = time.monotonic() + 5
    while time.monotonic() < end:
        handler.wfile.write(part)
        handler.wfile.flush()
        time.sleep(pause)


@contextmanager
def running(folder: Path) -> Iterator[Hosts]:
    """Start the servers; their certificate is for HOSTS, and is its own authority."""
    private, public = certificate(folder, HOSTS)
    handler = type("Handling", (Handler,), {})
    server = _Server(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    hosts = Hosts(server.server_port, public)
    handler.hosts = hosts
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield hosts
    finally:
        server.shutdown()
        server.server_close()


def certificate(folder: Path, hosts: Sequence[str]) -> tuple[Path, Path]:
    """Write the private key and the certificate of these hosts, which is its own authority; return both files."""
    import datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, hosts[0])])
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private, public = folder / "key.pem", folder / "certificate.pem"
    plain = serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return private, public


Pages = Mapping[str, Answering]
