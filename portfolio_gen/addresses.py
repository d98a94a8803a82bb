"""Whole addresses of a site's pages and files, for what leaves the site."""

from __future__ import annotations


def base(site_url: str) -> str:
    """Return the site's address with a slash at its end; "" where it is not known."""
    return site_url.rstrip("/") + "/" if site_url else ""


def absolute(site_url: str, address: str) -> str:
    """Return the whole address of a page or file; "" where the site's own is not known."""
    return f"{base(site_url)}{address}" if site_url else ""
