"""What the TypeScript half promises beside its reports: limits, words, pinned contexts, size, reach."""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from portfolio_gen import contexts
from portfolio_gen.limits import LIMITS
from portfolio_gen.report import Check, judge
from portfolio_gen.timestamps import instant
from portfolio_gen.verifier import verify
from portfolio_gen.vocabulary import vocabulary

ROOT = Path(__file__).resolve().parents[2]
BROWSER = ROOT / "portfolio_gen" / "browser"
IN_A_PAGE = ("dom.ts", "worker.ts", "unloaded.ts")


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def test_limits_are_python_s(ask: Any) -> None:
    assert ask([{"do": "limits"}]) == [
        {"is": {camel(name): value for name, value in dataclasses.asdict(LIMITS).items()}}
    ]


def test_judge_is_python_s(ask: Any) -> None:
    results = ("pass", "fail", "unknown", "none")
    dates = [(result, "OK") for result in results] + [("fail", "EXPIRED"), ("fail", "NOT_YET_VALID")]
    status = [(result, "OK") for result in results] + [("fail", "REVOKED"), ("fail", "SUSPENDED")]
    plain = [(result, "OK") for result in results]
    names = ("readable", "signature", "signer", "dates", "status", "shown")
    every = itertools.product(plain, plain, plain, dates, status, [*plain, None])
    cases = [{name: one for name, one in zip(names, some, strict=True) if one} for some in every] + [{}]
    tasks = [
        {"do": "judge", "checks": {name: {"result": result, "code": code} for name, (result, code) in case.items()}}
        for case in cases
    ]
    assert [answer["is"] for answer in ask(tasks)] == [
        judge({name: Check(*one) for name, one in case.items()}) for case in cases
    ]


STAMPS = [
    "2026-01-01T00:00:00Z",
    "2024-02-29T23:59:59.999999999+14:00",
    "2023-02-29T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-12-31T24:00:00.000-01:30",
    "2026-01-01T24:00:00.1Z",
    "2026-01-01T23:59:60Z",
    "10000-01-01T00:00:00Z",
    "999999999-12-31T23:59:59Z",
    "1000000000-01-01T00:00:00Z",
    "0000-02-29T00:00:00Z",
    "-0001-03-01T00:00:00Z",
    "-0004-02-29T00:00:00Z",
    "-12345-06-07T08:09:10.5-13:59",
    "02026-01-01T00:00:00Z",
    "2026-1-01T00:00:00Z",
    "2026-01-01T00:00Z",
    "2026-01-01",
    "2026-01-01T00:00:00",
    "2026-01-01T00:00:00+14:01",
    "2026-01-01T00:00:00+13:60",
    "2026-01-01T00:00:00.Z",
    "2026-01-01t00:00:00z",
    "1900-02-29T00:00:00Z",
    "2000-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-10T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "+2026-01-01T00:00:00Z",
    "2026-01-01T00:00:00.1234567899Z",
    "1969-12-31T23:59:59.5Z",
    "٢٠٢٦-01-01T00:00:00Z",
]


def python_instant(text: str) -> str:
    try:
        return str(instant(text))
    except ValueError:
        return "null"


def test_dates_are_python_s(ask: Any) -> None:
    answers = ask([{"do": "instant", "text": text} for text in [*STAMPS, "2026-01-01T00:00:00Z\n"]])
    assert [answer["is"] for answer in answers] == [
        python_instant(text) for text in [*STAMPS, "2026-01-01T00:00:00Z\n"]
    ]


def test_contexts_are_the_pinned_ones(node: Any) -> None:
    script = "import(process.argv[1]).then(({ writeContexts }) => console.log(JSON.stringify(writeContexts())))"
    documents = json.loads(node("-e", script, BROWSER / "contexts.mjs").stdout)
    assert set(documents) == set(contexts.table())
    for url, row in contexts.table().items():
        assert documents[url]["file"] == row["file"]
        assert sha256(rfc8785.dumps(documents[url]["document"])).hexdigest() == row["sha256"]
        assert contexts.load(url) == documents[url]["document"]


def test_contexts_are_those_of_the_outside_vectors(shared_vectors: Path) -> None:
    index = json.loads((shared_vectors / "contexts/index.json").read_text("utf-8"))
    for url in contexts.table():
        document = json.loads((shared_vectors / "contexts" / index[url]["file"]).read_text("utf-8"))
        pinned = [edition["sha256"] for edition in contexts.editions(url)]
        assert sha256(rfc8785.dumps(document)).hexdigest() in pinned, url


def test_a_context_that_is_not_the_pinned_one_stops_the_build(node: Any, tmp_path: Path) -> None:
    package = tmp_path / "package"
    (package / "browser").mkdir(parents=True)
    (package / "contexts").mkdir()
    (package / "browser/contexts.mjs").write_text((BROWSER / "contexts.mjs").read_text("utf-8"), "utf-8")
    (package / "browser/node_modules").symlink_to(BROWSER / "node_modules")
    if (BROWSER.parent / "contexts/written").is_dir():
        (package / "contexts/written").symlink_to(BROWSER.parent / "contexts/written")
    table = json.loads((BROWSER.parent / "contexts/table.json").read_text("utf-8"))
    url = next(iter(table))
    table[url]["sha256"] = "0" * 64
    (package / "contexts/table.json").write_text(json.dumps(table), "utf-8")
    script = "import(process.argv[1]).then((it) => it.writeContexts()).catch(({ message }) => console.log(message))"
    said = node("-e", script, package / "browser/contexts.mjs").stdout
    assert "not the one that is pinned" in said
    assert url in said


def sources() -> list[Path]:
    return sorted((BROWSER / "src").rglob("*.ts"))


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.relative_to(BROWSER / "src").as_posix())
def test_only_dom_and_worker_know_that_they_live_in_a_page(source: Path) -> None:
    code = re.sub(r"/\*.*?\*/|//[^\n]*|'[^'\n]*'", "", source.read_text("utf-8"), flags=re.DOTALL)
    reaches = re.findall(r"(?<![\w.'-])(?:window|fetch|XMLHttpRequest|localStorage|navigator|location)\b", code)
    reaches += re.findall(r"(?<![\w.])document\.(?:querySelector|getElement|createElement|body|head|location)", code)
    assert source.name in IN_A_PAGE or reaches == []


IMPORTS = re.compile(r"""(?:from|import)\s*\(?\s*['"](\.[^'"]*|[^'"]+)['"]""")
SEALED = ("readers", "proofs", "keys")


@pytest.mark.parametrize("part", SEALED)
def test_sealed_parts_never_import_each_other(part: str) -> None:
    """DESIGN 3: a file is opened before anyone believes it; proofs see an envelope, a key and contexts."""
    for source in sorted((BROWSER / "src" / part).glob("*.ts")):
        named = IMPORTS.findall(source.read_text("utf-8"))
        assert not [name for name in named for other in SEALED if other != part and f"../{other}" in name]
        assert part != "readers" or not [name for name in named if name.startswith("@noble")]


def test_the_verifier_needs_no_webcrypto_and_no_network() -> None:
    for script in (BROWSER / "dist").glob("*.js"):
        if script.name != "page.js":
            text = script.read_text("utf-8")
            assert "crypto.subtle.verify" not in text
            assert "XMLHttpRequest" not in text
            assert not re.search(r"(?<![\w$.])fetch\(", text), script.name


def test_what_a_page_of_the_demo_loads_weighs_at_most_50_kilobytes(node: Any) -> None:
    """Scripts, worker and the contexts of an Open Badge; other suites and formats load when a credential needs them."""
    entries = [
        "page.js",
        "unloaded.js",
        "worker.js",
        "verifier.js",
        "data_integrity_rdfc-*.js",
        "credentials-v2-*.js",
        "ob-3-0-3-*.js",
    ]
    total = sum(brotli(node, loaded(entries)))
    assert total <= 50_000, total


def test_the_verifying_core_weighs_at_most_8_kilobytes(node: Any) -> None:
    """What decides the checks of a credential that needs no JSON-LD; core_size.mjs says what counts."""
    assert int(node(BROWSER / "core_size.mjs").stdout) <= 8_192


def loaded(entries: list[str]) -> set[Path]:
    """The files behind these names in dist/, and every chunk that they import, but those that they may import later."""
    waiting = [path for entry in entries for path in (BROWSER / "dist").glob(entry)]
    assert len(waiting) == len(entries)
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            names = re.findall(r'(?:from|import)"\./([^"]+)"', path.read_text("utf-8"))
            waiting += [path.parent / name for name in names]
    return found


def brotli(node: Any, files: Iterable[Path]) -> list[int]:
    script = """
      const { brotliCompressSync, constants } = require('node:zlib');
      const sizes = process.argv.slice(1).map((file) => brotliCompressSync(require('node:fs').readFileSync(file),
        { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length);
      console.log(JSON.stringify(sizes));
    """
    sizes: list[int] = json.loads(node("-e", script, *sorted(files)).stdout)
    return sizes


def test_the_lock_file_names_no_place_to_download_from() -> None:
    lock = json.loads((BROWSER / "package-lock.json").read_text("utf-8"))
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


CHECK_TEXT = """async ([text, now]) => {
  const { verify } = await import('/verifier.js');
  return (await verify(new TextEncoder().encode(text), { now })).verdict;
}"""


def verified_with(suite: str) -> tuple[str, str]:
    """The text of a credential of the demo that verifies with this suite alone, and a time at which it does."""
    now = "2026-06-01T12:00:00Z"
    for file in sorted((ROOT / "sample_wallet/credentials").glob("*.json")):
        report = verify(file.read_bytes(), now=now)
        if report.verdict == "verified" and report.checks["signature"].detail["suites"] == [suite]:
            return file.read_text("utf-8"), now
    raise AssertionError(f"no credential of the demo verifies with {suite}")


def test_jsonld_is_loaded_only_when_a_credential_needs_it(browser: Any, dist_address: str) -> None:
    page = browser.new_page()
    page.goto(dist_address)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for suite, loads in (("eddsa-jcs-2022", False), ("eddsa-rdfc-2022", True)):
        assert page.evaluate(CHECK_TEXT, verified_with(suite)) == "verified"
        assert any("data_integrity_rdfc" in url for url in asked) is loads
    assert all(url.startswith(dist_address) for url in asked)
    page.close()


def test_what_the_bundle_knows_of_the_vocabulary(ask: Any) -> None:
    known = ask([{"do": "rules"}])[0]["is"]
    checks = vocabulary()["checks"]
    results = {
        name: {code: result for result, codes in by_result.items() for code in codes.split()}
        for name, by_result in known["results"].items()
    }
    results["recipient"] |= known["recipient"]
    assert results == {
        name: {code: row["result"] for code, row in check["codes"].items()} for name, check in checks.items()
    }
    rows = vocabulary()["fields"]
    whole = [
        {
            **row,
            "paths": row["paths"]
            | {name: of[row["field"]] for name, of in known["models"].items() if row["field"] in of},
        }
        for row in known["fields"]
    ]
    assert whole == [{name: row[name] for name in ("field", "as", "paths")} for row in rows]
    steps = {step for row in rows for of in row["paths"].values() for path in of for step in path.split("/")[1:]}
    common = {
        step for row in known["fields"] for of in row["paths"].values() for path in of for step in path.split("/")[1:]
    }
    assert common | set(known["members"]) == steps


def test_what_a_page_says_is_bundled_once_now_or_later(ask: Any) -> None:
    known = ask([{"do": "rules"}])[0]["is"]
    now, later, words = known["words"], known["sentences"], vocabulary()
    assert now["fields"].keys() & later["fields"].keys() == set()
    assert now["fields"] | later["fields"] == {
        row["field"]: {"label": row["label"]} | ({"must": True} if row["must"] else {}) for row in words["fields"]
    }
    assert now["messages"].keys() & later["messages"].keys() == set()
    for name, check in words["checks"].items():
        says = now["checks"][name]["codes"] | later["codes"][name]
        assert says == {code: row["says"] for code, row in check["codes"].items()}
