"""The Content-Security-Policy of every page (DESIGN rule 11).

Nothing from elsewhere, and no inline script but the theme's own, by hash.
"""

from __future__ import annotations

import base64
import re
from hashlib import sha256

_INLINE_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
_INLINE_STYLE = re.compile(r"<style[^>]*>(?P<text>.*?)</style>", re.DOTALL)
_DATA_ONLY = re.compile(r"""type=["']?application/(?:ld\+)?json""")
_HEAD = re.compile(r"<head[^>]*>")


def policy(html: str) -> str:
    """Return the policy for this page: its own inline scripts and styles by hash."""
    scripts = [
        _hash(found["text"])
        for found in _INLINE_SCRIPT.finditer(html)
        if "src=" not in found["attributes"] and not _DATA_ONLY.search(found["attributes"])
    ]
    styles = [_hash(found["text"]) for found in _INLINE_STYLE.finditer(html)]
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(["script-src 'self'", *dict.fromkeys(scripts)]),
            " ".join(["style-src 'self'", *dict.fromkeys(styles)]),
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def with_policy(html: str) -> str:
    """Return the page with its policy as the first thing in its head."""
    return _HEAD.sub(
        lambda head: f'{head.group(0)}<meta http-equiv="Content-Security-Policy" content="{policy(html)}">',
        html,
        count=1,
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode('utf-8')).digest()).decode()}'"
