"""The policy: what it allows, and that nothing of the owner's gets in by mistake."""

from __future__ import annotations

import base64
import hashlib

import pytest

from portfolio_gen.site.csp import elsewhere, inline_scripts, policy, with_policy


def source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def directive(page: str, name: str, own: str = "") -> str:
    return next(part for part in policy(page, own).split("; ") if part.startswith(name))


def test_a_page_without_anything_inline_gets_self_only() -> None:
    assert directive('<script src="a.js"></script>', "script-src") == "script-src 'self'"
    assert directive('<p class="style">x</p>', "style-src") == "style-src 'self'"


@pytest.mark.parametrize("marks", ["", ' type="module"', " type='text/javascript'", " defer", " TYPE=module"])
def test_scripts_that_run_get_their_hash(marks: str) -> None:
    assert directive(f"<script{marks}>go()</script>", "script-src") == f"script-src 'self' {source('go()')}"


@pytest.mark.parametrize(
    "marks", [' type="application/json"', " type=application/ld+json", ' id="x" type="text/plain"']
)
def test_data_needs_no_hash(marks: str) -> None:
    assert inline_scripts(f"<script{marks}>{{}}</script>") == []


def test_the_owners_inline_script_gets_none_even_beside_the_themes() -> None:
    own = "<SCRIPT>mine()</SCRIPT>"
    page = f"<script>theme()</script>{own}<script>after()</script>"
    assert directive(page, "script-src", own) == f"script-src 'self' {source('theme()')} {source('after()')}"


def test_inline_styles_are_allowed_by_hash_as_the_browser_sees_them() -> None:
    page = "<td style=\"a: &quot;b&quot;\"><style>c {}</style><td style='d: e'>"
    hashes = " ".join(source(text) for text in ("c {}", 'a: "b"', "d: e"))
    assert directive(page, "style-src") == f"style-src 'self' 'unsafe-hashes' {hashes}"


def test_line_ends_are_hashed_as_the_browser_reads_them() -> None:
    assert source("a\nb") in directive("<script>a\r\nb</script>", "script-src")


def test_the_policy_stands_before_all_that_it_governs() -> None:
    page = '<html><head>\n<meta charset="utf-8"><script>x</script></head>'
    places = [with_policy(page).index(part) for part in ("charset", "Content-Security-Policy", "<script")]
    assert places == sorted(places)
    assert with_policy("no head at all") == "no head at all"


def test_what_is_asked_of_other_hosts_is_found() -> None:
    assert elsewhere('<a href="https://a.example">a</a><img alt="x" src="/b.png">') == []
    assert elsewhere("<img src=//c.example/x><iframe src='http://d.example'>") == ["//c.example/x", "http://d.example"]
