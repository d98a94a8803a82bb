"""The Content-Security-Policy of a page, as it stands in that page (DESIGN rule 11).

It allows this site's own files, and the theme's inline scripts by their hashes; one of them differs with
the page's depth, so the hashes are taken from the finished page. An inline script in the owner's own
Markdown gets no hash and does not run.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterable

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style\s*>", re.DOTALL | re.IGNORECASE)
_STYLE_ATTRIBUTE = re.compile(r"""<[a-z][^<>]*?\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_HAS_SOURCE = re.compile(r"\bsrc\s*=", re.IGNORECASE)
_TYPE = re.compile(r"""\btype\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"""<(?:img|script|iframe|video|audio|source|embed|object|link)\b[^>]*?\s(?:src|href|data)\s*=\s*["']?"""
    r"""((?:https?:)?//[^"'\s>]+)""",
    re.IGNORECASE,
)
HOSTS = "xqhostsqx"

_RUNS = ("", "module", "text/javascript", "application/javascript")
"""Types of scripts that are scripts, not data."""
_CHARSET = re.compile(r"<meta charset=[^>]*>|<head[^>]*>", re.IGNORECASE)


def inline_scripts(page: str) -> list[str]:
    """Return the inline scripts of a page that a browser would run."""
    return [text for marks, text in _SCRIPT.findall(page) if not _HAS_SOURCE.search(marks) and _runs(marks)]


def _runs(marks: str) -> bool:
    kind = _TYPE.search(marks)
    return kind is None or kind[1].lower() in _RUNS


def elsewhere(page: str) -> list[str]:
    """Return the addresses on other hosts from which a page asks for something; the policy refuses them."""
    return _ELSEWHERE.findall(page)


def policy(page: str, own: str = "", hosts: Iterable[str] = ()) -> str:
    """Return the policy for a finished page of which `own` is what the site's owner wrote.

    `hosts` are those that a visitor's button names (DESIGN rule 10): the page may ask no other. `HOSTS` among them is
    a mark for hosts that are known later (`hosts_in_policy`).
    """
    scripts = Counter(inline_scripts(page)) - Counter(inline_scripts(own))
    attributes = [html.unescape(double or single) for double, single in _STYLE_ATTRIBUTE.findall(page)]
    styles = [*_STYLE.findall(page), *attributes]
    directives = (
        "default-src 'none'",
        " ".join(["script-src 'self'", *_hashes(scripts)]),
        " ".join(["style-src 'self'", *(["'unsafe-hashes'"] if attributes else []), *_hashes(styles)]),
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'" + hosts_in_policy(hosts),
        "worker-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(directives)


def hosts_in_policy(hosts: Iterable[str]) -> str:
    """Return what allows a page to ask these hosts, behind `connect-src 'self'`."""
    return "".join(f" https://{host}" for host in hosts)


def with_policy(page: str, own: str = "", *, later: str = "", hosts: Iterable[str] = ()) -> str:
    """Return the page with its policy in the head, after the charset, before anything that it governs.

    `own` is what of it the owner wrote; `later` is owner's text that is still to be put in; `hosts` as in `policy`.
    """
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(page + later, own + later, hosts)}">'
    place = _CHARSET.search(page)
    if place is None:
        return page
    charset = next((found for found in _CHARSET.finditer(page) if found[0].lower().startswith("<meta")), place)
    return page[: charset.end()] + meta + page[charset.end() :]


def _hashes(texts: Iterable[str]) -> list[str]:
    """Return CSP hash sources, each once, in a stable order. A browser reads CRLF as LF before it hashes."""
    digests = (hashlib.sha256(text.replace("\r\n", "\n").encode()).digest() for text in texts)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in dict.fromkeys(digests)]
