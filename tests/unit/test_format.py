"""The shared formatter: Python and TypeScript say the same of every value."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from portfolio_gen import format
from portfolio_gen.art import emblem, seal
from portfolio_gen.report import Fact, IssuerIdentity, Report

TEXTS = [
    "",
    " ",
    "Plain",
    "  two\t\n words\r\n",
    "first\r\n\r\n\r\n\r\nsecond \t \n third\rfourth",
    "\u00a0not collapsed\u00a0\u2003here\u200b",
    "\x00\x01\x0b\x1f\x7f\x80\x9f\ufffe\uffff\ufdd0",
    "\U0001f600 \uff61 \u202eabc\u202c",
    "a\u202ab\u202bc\u202dd\u2066e\u2067f\u2068g\u2069h",
    "\u200eשלום\u200f مرحبا\u061c\u200e",
    "\u200f \u200e",
    'Acme”. Signed by “Bank‟ "of" „All″ ＂x＂',
    "<script>alert(1)</script> **bold** [a](b) &amp; {braces}",
    "2026-03-14T23:59:59-12:00",
    "2026-03-04",
    "2026-3-04T00:00:00Z",
    "2030-02-30T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "0033-12-25T00:00:00Z",
    "12026-01-01T00:00:00Z",
    "-0044-03-15T00:00:00Z",
    " 2026-03-14T00:00:00Z",
    "٢٠٢٦-03-14T00:00:00Z",
    "https://example.edu",
    "https://example.edu/a?b=c#d",
    "HTTPS://EXAMPLE.EDU/",
    "http://localhost:8000/x",
    "https://harvard.example@evil.example/",
    "https://exämple.example/",
    "https://example.edu/ä",
    "https://example.edu/ space",
    "https://example.edu\\@evil.example",
    "https://example.edu:123456/",
    "https://",
    "https:///x",
    "mailto:me@example.edu",
    "mailto:me@example.edu?subject=x",
    "mailto:",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "https://example.edu\n",
    "data:text/html,<p>",
    "data:image/png;base64,iVBORw0KGgo=",
    "DATA:IMAGE/PNG;BASE64,iVBORw0KGgo=",
    "data:image/png;base64,iVBORw0KGgo",
    "data:image/png;base64,iVBO Rw0KGgo=",
    "data:image/png;charset=x;base64,AAAA",
    "data:image/svg+xml,%3Csvg%20xmlns='a'%3E%zz%C3%A4ä%",
    "data:image/svg+xml;utf8,<svg>,</svg>",
    "data:image/bmp;base64,AAAA",
    "data:image/png,",
    "data:image/png",
]
NUMBERS = [0, 1, -1, 120, 9007199254740991, 0.5, -0.25, 1e-6, 1e-7, 1.5e-7, 123.456, 5e-324, 0.1, 1 / 3]
KINDS = ["text", "markdown", "date", "link", "image", "number"]
REPORTS = [
    {
        "issuer": {"id": "did:key:z1"},
        "credential": [["name", "Bögen; 结网"], ["achievementId", "urn:a"]],
        "sha256": "0",
    },
    {"issuer": {"id": "did:key:z1"}, "credential": [["achievementId", "urn:a"], ["name", "Other"]], "sha256": "1"},
    {"issuer": {"id": "did:key:z2"}, "credential": [["achievementId", "urn:a"]], "sha256": "1"},
    {"issuer": None, "credential": [["degreeName", "x"], ["name", "Knots 🪢"]], "sha256": "1"},
    {"issuer": None, "credential": [], "sha256": "ab" * 32},
]
SEALS = ["00" * 32, "ff" * 32, "0123456789abcdef" * 4]


def facts() -> list[Fact]:
    return [Fact("f", "/f", value, kind) for kind in KINDS for value in [*TEXTS, *NUMBERS]]


def in_python(fact: Fact) -> dict[str, Any]:
    picture = format.picture(fact)
    return {
        "shown": format.shown(fact),
        "collapsed": format.collapsed(format.shown(fact)),
        "href": format.href(fact),
        "line": format.line(format.shown(fact) if isinstance(fact.value, int | float) else fact.value),
        "picture": None if picture is None else base64.b64encode(picture[1]).decode(),
    }


@pytest.fixture(scope="module")
def in_typescript(node: Callable[..., CompletedProcess[str]], root: Path, tmp_path_factory: Any) -> dict[str, Any]:
    folder = root / "portfolio_gen" / "browser"
    script = tmp_path_factory.mktemp("format") / "run.mjs"
    script.write_text(
        f"""
import {{ createRequire }} from 'node:module';
import {{ writeFileSync, readFileSync }} from 'node:fs';
const folder = {json.dumps(str(folder))};
const {{ settings }} = await import(folder + '/bundle.mjs');
const {{ build }} = createRequire(folder + '/')('esbuild');
const contents = "export * from './src/format'; export * from './src/art';";
const out = process.argv[2] + '.bundle.mjs';
const base = await settings();
await build({{ ...base, entryPoints: undefined, outdir: undefined, splitting: false, write: true, outfile: out,
  stdin: {{ contents, resolveDir: folder, loader: 'ts' }} }});
const {{ shown, collapsed, href, line, picture, quoted, seal, emblem }} = await import(out);
const {{ facts, seals, reports }} = JSON.parse(readFileSync(0, 'utf8'));
const rows = facts.map((fact) => {{
  const bytes = picture(fact);
  return {{ shown: shown(fact), collapsed: collapsed(shown(fact)), href: href(fact), line: line(String(fact.value)),
    picture: bytes && Buffer.from(bytes).toString('base64') }};
}});
const quotes = facts.map(({{ value }}) => quoted(String(value)));
console.log(JSON.stringify({{ rows, quotes, seals: seals.map(seal), emblems: reports.map(emblem) }}));
""",
        "utf-8",
    )
    reports = [
        {**report, "credential": [{"field": field, "value": value} for field, value in report["credential"]]}
        for report in REPORTS
    ]
    given = {
        "facts": [{"value": fact.value, "as": fact.kind} for fact in facts()],
        "seals": SEALS,
        "reports": reports,
    }
    out: dict[str, Any] = json.loads(node(script, script, stdin=json.dumps(given)).stdout)
    return out


def test_both_languages_format_alike(in_typescript: dict[str, Any]) -> None:
    rows = in_typescript["rows"]
    assert len(rows) == len(facts())
    for fact, row in zip(facts(), rows, strict=True):
        assert in_python(fact) == row, (fact.kind, fact.value)


STEERS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def test_no_text_steers_the_text_around_it(in_typescript: dict[str, Any]) -> None:
    for fact, quote in zip(facts(), in_typescript["quotes"], strict=True):
        assert not set(STEERS) & set(format.shown(fact))
        assert (quote[0], quote[-1]) == ("\u2068", "\u2069")
        assert not set(STEERS + '"“”„‟″＂') & set(quote[1:-1])


def test_a_name_cannot_close_its_quotation_marks(in_typescript: dict[str, Any]) -> None:
    assert "\u2068Acme'. Signed by 'Bank' 'of' 'All' 'x'\u2069" in in_typescript["quotes"]


def test_both_languages_draw_the_same_seal(in_typescript: dict[str, Any]) -> None:
    assert [[list(shape) for shape in seal(digest)] for digest in SEALS] == in_typescript["seals"]
    assert seal(SEALS[0]) != seal(SEALS[2])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-03-14T23:59:59-12:00", "14 March 2026"),
        ("2030-02-30T00:00:00Z", "30 February 2030"),
        ("0033-12-25T00:00:00Z", "25 December 0033"),
        ("2026-13-01T00:00:00Z", "2026-13-01T00:00:00Z"),
        ("yesterday", "yesterday"),
    ],
)
def test_dates_are_shown_as_written(value: str, expected: str) -> None:
    assert format.shown(Fact("validFrom", "/validFrom", value, "date")) == expected


@pytest.mark.parametrize(
    ("value", "linked"),
    [
        ("https://example.edu/a?b=c#d", True),
        ("mailto:me@example.edu", True),
        ("https://harvard.example@evil.example/", False),
        ("https://exämple.example/", False),
        ("javascript:alert(1)", False),
        ("https://example.edu/\n", False),
        ("data:text/html,<p>", False),
    ],
)
def test_links_lead_only_where_they_say(value: str, linked: bool) -> None:
    assert format.href(Fact("criteriaLink", "/c", value, "link")) == (value if linked else None)


def test_text_never_links() -> None:
    assert format.href(Fact("name", "/name", "https://example.edu/", "text")) is None


def test_numbers_are_written_as_rfc_8785_writes_them() -> None:
    assert [format.shown(Fact("n", "/n", value, "number")) for value in (120, 0.5, 1e-7, 1e-6)] == [
        "120",
        "0.5",
        "1e-7",
        "0.000001",
    ]


def test_both_languages_give_an_achievement_the_same_emblem(in_typescript: dict[str, Any]) -> None:
    made = [
        emblem(
            Report(
                sha256=report["sha256"],
                format="vc2-json",
                verdict="",
                checks={},
                issuer=report["issuer"] and IssuerIdentity(report["issuer"]["id"], None),
                credential=tuple(Fact(field, "/x", value, "text") for field, value in report["credential"]),
            )
        )
        for report in REPORTS
    ]
    assert made == in_typescript["emblems"]
    assert made[0] == made[1]
    assert len(set(made)) == len(made) - 1
