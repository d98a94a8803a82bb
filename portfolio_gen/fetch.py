"""The one network implementation (DESIGN rule 10): https and public addresses only, no redirect elsewhere, capped.

Nothing is fetched unless somebody asked for it. What is answered is what the server said, for the verifier to judge.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import SplitResult, urljoin, urlsplit

from portfolio_gen.limits import LIMITS, Limits
from portfolio_gen.noted import Noted
from portfolio_gen.report import Report

if TYPE_CHECKING:
    import urllib3

ROUNDS = 6
"""How often an answer may lead to the next look-up: assertion, badge class, issuer, key, list."""

_REDIRECTS = 3
_REDIRECT_CODES = (301, 302, 303, 307, 308)
_SECONDS = 10.0
_PATIENCE = 30.0
"""Seconds for one address with its redirects: a server that sends a byte now and then never lets a socket time out."""


class Fetcher(Protocol):
    """Answers for an address, or says why there is none."""

    def fetch(self, address: str, now: str) -> Mapping[str, Any] | str:
        """Return `{bytes, status, type, at, source}` (DESIGN 2.3), or a sentence that says why not."""
        ...


class Once:
    """Asks for each address once, however many files name it."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._had: dict[str, Mapping[str, Any] | str] = {}

    def fetch(self, address: str, now: str) -> Mapping[str, Any] | str:
        """Return what the first asking for this address gave."""
        place = address.partition("#")[0]
        if place not in self._had:
            self._had[place] = self._fetcher.fetch(place, now)
        return self._had[place]


def look_up(
    check: Callable[[Mapping[str, Any]], Report], known: Mapping[str, Mapping[str, Any]], now: str, fetcher: Fetcher
) -> tuple[Report, dict[str, str]]:
    """Check again and again, each time with answers for what the last check asked in vain.

    Returns the last report, and why each address that could not be had could not: address → sentence.
    """
    answers, refused = dict(known), dict[str, str]()
    for _ in range(ROUNDS):
        web = Noted(answers)
        report = check(web)
        wanted = [address for address in web.missed if may_answer(address) and address not in refused]
        if not wanted:
            break
        for address in wanted:
            found = fetcher.fetch(address, now)
            if isinstance(found, str):
                refused[address] = found
            else:
                answers[address] = found
    return report, refused


def _addresses(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _is_public(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_global


@dataclass(frozen=True)
class HttpsFetcher:
    """Fetches over https. A test of it may give a host's addresses, allow others than public ones, and trust others."""

    limits: Limits = LIMITS
    resolve: Callable[[str, int], list[str]] = _addresses
    allows: Callable[[str], bool] = _is_public
    authorities: str = ""
    """A file of certificates to trust instead of certifi's."""
    patience: float = _PATIENCE

    def fetch(self, address: str, now: str) -> Mapping[str, Any] | str:
        """Return what the server answers, after redirects within its host."""
        found: Future[Mapping[str, Any] | str] = Future()

        def ask() -> None:
            try:
                found.set_result(self._follow(address, now))
            except ValueError:
                found.set_result("This is no address that could be asked.")
            except BaseException as error:
                found.set_exception(error)

        # It cannot be stopped from here, only left alone: it holds what one answer may, and ends when the server does.
        threading.Thread(target=ask, daemon=True).start()
        try:
            return found.result(self.patience)
        except TimeoutError:
            return f"It was not answered within {self.patience:g} seconds."

    def _follow(self, address: str, now: str) -> Mapping[str, Any] | str:
        place = address.partition("#")[0]
        for _ in range(_REDIRECTS + 1):
            url = urlsplit(place)
            why = _refusal(url)
            if why:
                return why
            found = self._get(url)
            if isinstance(found, str) or found.status not in _REDIRECT_CODES:
                return found if isinstance(found, str) else _answer(found, now)
            target = urljoin(place, found.location)
            if urlsplit(target).netloc != url.netloc:
                return f"{url.netloc} sends on to another host ({urlsplit(target).netloc}), which is not followed."
            place = target
        return f"{urlsplit(place).netloc} sends on more than {_REDIRECTS} times."

    def _get(self, url: SplitResult) -> _Response | str:
        import certifi
        import urllib3

        host, port = url.hostname or "", url.port or 443
        try:
            allowed = [found for found in self.resolve(host, port) if self.allows(found)]
        except OSError:
            return f"{host} has no address that is known here."
        if not allowed:
            return f"{host} is not on the public network, and nothing else is asked."
        # The connection goes to the address that was looked at, so that a second look-up cannot give another.
        pool = urllib3.HTTPSConnectionPool(
            allowed[0],
            port,
            server_hostname=host,
            assert_hostname=host,
            ca_certs=self.authorities or certifi.where(),
            timeout=urllib3.Timeout(total=_SECONDS),
            retries=False,
        )
        try:
            return self._read(pool, url, host)
        except urllib3.exceptions.HTTPError as error:
            return f"{host} could not be asked: {type(error).__name__}."
        finally:
            pool.close()

    def _read(self, pool: urllib3.HTTPSConnectionPool, url: SplitResult, host: str) -> _Response | str:
        path = (url.path or "/") + (f"?{url.query}" if url.query else "")
        headers = {"Host": url.netloc, "Accept": "application/json, */*;q=0.5", "Accept-Encoding": "identity"}
        with pool.urlopen("GET", path, headers=headers, redirect=False, preload_content=False) as response:
            if response.headers.get("content-encoding", "identity") != "identity":
                return f"{host} answers in a packed form, which was not asked for."
            data = b"".join(_capped(response, self.limits.file_bytes + 1))
            if len(data) > self.limits.file_bytes:
                return f"{host} answers with more than {self.limits.file_bytes} bytes."
            kind, location = (response.headers.get(name, "") for name in ("content-type", "location"))
            return _Response(response.status, data, kind, location)


def may_answer(address: str) -> bool:
    """Return whether to ask for an address. One with a fragment is answered by the page around it."""
    return address.startswith("https://") and "#" not in address


@dataclass(frozen=True)
class _Response:
    status: int
    data: bytes
    type: str
    location: str


def _answer(response: _Response, now: str) -> Mapping[str, Any]:
    return {"bytes": response.data, "status": response.status, "type": response.type, "at": now, "source": "live"}


def _capped(response: Any, most: int) -> Iterator[bytes]:
    left = most
    while left and (part := response.read(min(left, 65_536), decode_content=False)):
        left -= len(part)
        yield part


def _refusal(url: SplitResult) -> str:
    if url.scheme != "https":
        return f"{url.scheme}: addresses are not asked, only https: ones."
    if url.username or url.password or not url.hostname:
        return "An address with a user name, or without a host, is not asked."
    return ""
