"""Files that are dropped on a page of the preview: looked at, and copied into the wallet when their owner says so.

Only for the preview, which listens on this machine alone. Any website that is open in the same browser could try to
write here, so a request must come from a page of the preview: its own Host (no name that somebody lets point to this
machine), its own Origin, and the token that only these pages carry. What is added is what was looked at, byte for byte.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from portfolio_gen.errors import PortfolioError
from portfolio_gen.limits import LIMITS
from portfolio_gen.site import adding
from portfolio_gen.vocabulary import message
from portfolio_gen.wallet import megabytes

ADDRESS = "/preview-add/"
"""Where requests go: `look` and `add` below it. No page of a site has this address."""

NAMES = ("127.0.0.1", "localhost", "[::1]")
"""By these a browser reaches this machine, and nothing else."""

MOST_LOOKED_AT = 1_000
"""So many files are remembered as looked at; nobody drops more at once."""

Answer = tuple[str, dict[str, Any]]
"""A line of status, and what the page is told."""


class Refused(Exception):
    """A request that is not answered, with its status."""


class Dropping:
    """What the preview does with files that are dropped on it."""

    def __init__(self, port: int, desk: Callable[[str], adding.Desk]) -> None:
        self._hosts = tuple(f"{name}:{port}" for name in NAMES)
        self._desk = desk
        self._looked_at: dict[str, None] = {}
        self.token = secrets.token_urlsafe(32)

    def is_ours(self, environ: Mapping[str, Any]) -> bool:
        """Return whether a request names this machine, by a name that nobody else can give it."""
        return environ.get("HTTP_HOST", "") in self._hosts

    def answer(self, environ: Mapping[str, Any]) -> Answer:
        """Return what a request is answered. Nothing of a request that is refused is read."""
        try:
            self._require_own_page(environ)
            data = _body(environ)
            name = unquote(str(environ.get("HTTP_X_PORTFOLIO_NAME", "")), errors="replace")
            return "200 OK", self._do(str(environ["PATH_INFO"]).removeprefix(ADDRESS), name, data)
        except Refused as refused:
            return str(refused), {"problem": str(refused)}
        except PortfolioError as error:
            return "200 OK", {"problem": str(error)}

    def _require_own_page(self, environ: Mapping[str, Any]) -> None:
        if environ.get("REQUEST_METHOD") != "POST":
            raise Refused("405 Method Not Allowed")
        own = self.is_ours(environ) and environ.get("HTTP_ORIGIN") == f"http://{environ['HTTP_HOST']}"
        given = str(environ.get("HTTP_X_PORTFOLIO_TOKEN", "")).encode("utf-8", "replace")
        if not own or not hmac.compare_digest(given, self.token.encode()):
            raise Refused("403 Forbidden")
        if environ.get("CONTENT_TYPE") != "application/octet-stream":
            raise Refused("415 Unsupported Media Type")

    def _do(self, what: str, name: str, data: bytes) -> dict[str, Any]:
        if what not in ("look", "add"):
            raise Refused("404 Not Found")
        desk = self._desk(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        offer = adding.look(desk, name, data)
        if what == "look":
            return self._looked(offer)
        if offer.sha256 not in self._looked_at:
            raise Refused("409 Conflict")
        wanted = offer.free or offer.name
        adding.add(desk, offer, wanted)
        return {"says": message("add.done", name=wanted)}

    def _looked(self, offer: adding.Offer) -> dict[str, Any]:
        if not offer.refusal:
            self._looked_at[offer.sha256] = None
            while len(self._looked_at) > MOST_LOOKED_AT:
                del self._looked_at[next(iter(self._looked_at))]
        asks = "" if offer.refusal else message("add.ask", name=offer.free or offer.name)
        lines = [list(line) for line in offer.lines()]
        return {"name": offer.name, "lines": lines, "refusal": offer.refusal, "asks": asks}


def _body(environ: Mapping[str, Any]) -> bytes:
    """Return what was sent; raises Refused for what is longer than any credential, or of no length that is said."""
    length = str(environ.get("CONTENT_LENGTH") or "")
    if not length.isascii() or not length.isdecimal() or len(length) > 12:
        raise Refused("411 Length Required")
    if int(length) > LIMITS.file_bytes:
        says = message("wallet.tooLarge", size=megabytes(int(length)), limit=megabytes(LIMITS.file_bytes))
        raise adding.AddError(says)
    data: bytes = environ["wsgi.input"].read(int(length))
    if len(data) != int(length):
        raise Refused("400 Bad Request")
    return data


def encoded(told: Mapping[str, Any]) -> bytes:
    """Return what a page is told, as JSON."""
    return json.dumps(told).encode()


WORDS = ("button", "yes", "no", "close", "drop", "looking", "gone")


def words() -> str:
    """Return the sentences that the page's script says itself."""
    return json.dumps({name: message(f"add.{name}") for name in WORDS})
