"""`verify SITE`: a published portfolio, checked from outside; every alteration of it is reported."""

from __future__ import annotations

import functools
import http.server
import json
import os
import re
import shutil
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from browser.portfolios import portfolio_of
from simulator.servers import certificate
from test_fetch import HOST

from portfolio_gen import cli, published
from portfolio_gen.fetch import HttpsFetcher
from portfolio_gen.inputs import Input
from portfolio_gen.published import Folder, Found, Online, check_site, copies
from portfolio_gen.reading import LIVE
from portfolio_gen.report import Report
from portfolio_gen.verifier import verify

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-11-26T00:00:00Z"
FILES = ("course-foundations.json", "programme.json", "bicycle.png", "evening-classes.zip", "data-analyst.json")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    credentials = ROOT / "sample_wallet" / "credentials"
    site: Path = portfolio_of(folder, {name: (credentials / name).read_bytes() for name in FILES}).site_dir
    return site


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "site"))


def checked(name: str, data: bytes) -> Report:
    return verify(data, now=NOW)


def found_in(site: Path) -> Found:
    return check_site(Folder(site), checked)


def page_of(site: Path, word: str) -> Path:
    return next(page for page in (site / "credentials").rglob("index.html") if word in page.parent.name)


def edit(page: Path, old: str, new: str) -> None:
    text = page.read_text("utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), "utf-8")


def rows(site: Path) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads((site / "portfolio.json").read_bytes())
    return whole


def rewrite(site: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    whole = rows(site)
    change(whole)
    (site / "portfolio.json").write_text(json.dumps(whole))


def test_a_site_as_it_was_built(built: Path) -> None:
    found = found_in(built)
    assert found.problems == []
    assert found.differences == []
    assert len(found.reports) == len(rows(built)["credentials"]) >= 5
    assert {report.checks["shown"].code for _, report in found.reports} == {"OK"}
    assert found.pages > len(found.reports)


def test_the_parts_that_the_script_fills_in_are_those_of_the_browser() -> None:
    source = (ROOT / "portfolio_gen/browser/src/reading.ts").read_text("utf-8")
    [names] = re.findall(r"export const LIVE = \[(.*?)\] as const", source, re.DOTALL)
    assert tuple(re.findall(r"'(\w+)'", names)) == LIVE


def claim(page: Path, field: str) -> re.Match[str]:
    text = page.read_text("utf-8")
    match = re.search(rf'<(\w+) class="pf-claim[^"]*" data-field="{field}"[^>]*>(.*?)</\1>', text, re.DOTALL)
    assert match
    return match


def change_claim(site: Path) -> str:
    page = page_of(site, "programme")
    edit(page, claim(page, "name")[2] + "</", "Doctor of Everything</")
    return "SHOWN_DIFFERS"


def delete_claim(site: Path) -> str:
    page = page_of(site, "programme")
    for _ in range(page.read_text("utf-8").count('data-field="issuerId"')):
        edit(page, claim(page, "issuerId")[0], "")
    return "SHOWN_MISSING"


def hide_claim(site: Path) -> str:
    edit(page_of(site, "programme"), '<header class="pf-hero">', '<header class="pf-hero" hidden>')
    return "SHOWN_MISSING"


def relabel(site: Path) -> str:
    edit(page_of(site, "programme"), "<dt>Issuer</dt>", "<dt>Role</dt>")
    return "SHOWN_DIFFERS"


def relink(site: Path) -> str:
    page = page_of(site, "programme")
    link = re.search(r'<a class="pf-claim"[^>]*href="([^"]*)"', page.read_text("utf-8"))
    assert link
    edit(page, f'href="{link[1]}"', 'href="https://elsewhere.example/"')
    return "SHOWN_DIFFERS"


def add_words(site: Path) -> str:
    edit(page_of(site, "programme"), '<div class="pf-hero__text">', '<div class="pf-hero__text">With distinction')
    return "SHOWN_UNSIGNED"


def add_claim(site: Path) -> str:
    extra = '<div class="pf-hero__text"><span data-field="name" data-claim="/nowhere">Doctor</span>'
    edit(page_of(site, "programme"), '<div class="pf-hero__text">', extra)
    return "SHOWN_DIFFERS"


def add_element(site: Path) -> str:
    edit(page_of(site, "programme"), '<div class="pf-hero__text">', '<div class="pf-hero__text"><b></b>')
    return "SHOWN_UNSIGNED"


def paint_a_verdict(site: Path) -> str:
    sign = '<span class="pf-badge pf-badge--verified"></span>'
    edit(page_of(site, "programme"), 'data-live="verdict" aria-live="polite">', f'data-live="verdict">{sign}')
    return "SHOWN_UNSIGNED"


def state_a_verdict(site: Path) -> str:
    edit(page_of(site, "programme"), "data-credential=", 'data-verdict="verified" data-credential=')
    return "SHOWN_UNSIGNED"


def swap_picture(site: Path) -> str:
    page = page_of(site, "programme")
    source = re.search(r'<img data-field="image"[^>]*src="([^"]*)"', page.read_text("utf-8"))
    assert source
    (page.parent / source[1]).resolve().write_bytes(b"another")
    return "SHOWN_DIFFERS"


def change_card(site: Path) -> str:
    page = site / "index.html"
    edit(page, claim(page, "name")[2] + "</", "Doctor of Everything</")
    return "SHOWN_DIFFERS"


SHOWN = (
    change_claim,
    delete_claim,
    hide_claim,
    relabel,
    relink,
    add_words,
    add_claim,
    add_element,
    paint_a_verdict,
    state_a_verdict,
    swap_picture,
    change_card,
)


@pytest.mark.parametrize("alter", SHOWN)
def test_a_page_that_says_something_else_is_reported(site: Path, alter: Callable[[Path], str]) -> None:
    code = alter(site)
    found = found_in(site)
    assert code in {told.difference.code for told in found.differences}
    failed = [report for _, report in found.reports if report.checks["shown"].result == "fail"]
    assert failed
    assert {report.verdict for report in failed} == {"failed"}


def swap_file(site: Path) -> tuple[str, str]:
    first, second, *_ = [row["file"] for row in rows(site)["credentials"] if row["file"].endswith(".json")]
    shutil.copy(site / second, site / first)
    return "altered", first


def change_byte(site: Path) -> tuple[str, str]:
    file = rows(site)["credentials"][0]["file"]
    (site / file).write_bytes((site / file).read_bytes() + b" ")
    return "altered", file


def lie_about_a_digest(site: Path) -> tuple[str, str]:
    rewrite(site, lambda whole: whole["credentials"][0].update(sha256="0" * 64))
    return "altered", rows(site)["credentials"][0]["file"]


def lie_on_a_page(site: Path) -> tuple[str, str]:
    page = page_of(site, "programme")
    row = next(row for row in rows(site)["credentials"] if "programme" in row["page"])
    edit(page, f'<code class="pf-digest">{row["sha256"]}', f'<code class="pf-digest">{"0" * 64}')
    return "digest", page.relative_to(site).as_posix()


def remove_file(site: Path) -> tuple[str, str]:
    file = rows(site)["credentials"][0]["file"]
    (site / file).unlink()
    return "missing", file


def remove_page(site: Path) -> tuple[str, str]:
    page = page_of(site, "programme")
    page.unlink()
    return "unread", page.relative_to(site).as_posix()


def remove_row(site: Path) -> tuple[str, str]:
    row = next(row for row in rows(site)["credentials"] if "programme" in row["page"])
    rewrite(site, lambda whole: whole["credentials"].remove(row))
    return "unnamed", row["file"]


def add_file(site: Path) -> tuple[str, str]:
    (site / "credentials" / "secret.json").write_text("{}")
    return "unnamed", "credentials/secret.json"


def empty_page(site: Path) -> tuple[str, str]:
    page = page_of(site, "programme")
    page.write_text("<!doctype html><title>Nothing</title>")
    return "unshown", page.relative_to(site).as_posix()


def show_in_noscript(site: Path) -> tuple[str, str]:
    page = page_of(site, "programme")
    text = page.read_text("utf-8")
    page.write_text(text.replace("<article", "<noscript><article").replace("</article>", "</article></noscript>"))
    return "unshown", page.relative_to(site).as_posix()


def show_a_foreign_one(site: Path) -> tuple[str, str]:
    page = page_of(site, "programme")
    edit(page, 'data-credential="', 'data-credential="https://elsewhere.example/')
    return "foreign", page.relative_to(site).as_posix()


def show_another(site: Path) -> tuple[str, str]:
    page = page_of(site, "programme")
    other = next(row["file"] for row in rows(site)["credentials"] if "programme" not in row["page"])
    text = page.read_text("utf-8")
    page.write_text(re.sub(r'data-credential="[^"]*"', f'data-credential="../../{other}"', text, count=1))
    return "unshown", page.relative_to(site).as_posix()


def turn_addresses(site: Path) -> tuple[str, str]:
    page = page_of(site, "programme")
    edit(page, "<head>", '<head><base href="https://elsewhere.example/">')
    return "turned", page.relative_to(site).as_posix()


def deny_what_is_inside(site: Path) -> tuple[str, str]:
    row = rows(site)["credentials"][0]
    rewrite(site, lambda whole: whole["credentials"][0].update(inner=["/made/up"]))
    return "inner", "#".join(filter(None, [row["file"], row.get("pointer", "")]))


def name_what_is_not_inside(site: Path) -> tuple[str, str]:
    rewrite(site, lambda whole: whole["credentials"][0].update(pointer="/nowhere"))
    return "nothing", rows(site)["credentials"][0]["file"] + "#/nowhere"


def breaks_the_index(site: Path) -> tuple[str, str]:
    (site / "portfolio.json").write_text("[]")
    return "manifest", "portfolio.json"


def breaks_a_row(site: Path) -> tuple[str, str]:
    rewrite(site, lambda whole: whole["credentials"].append({"file": 7}))
    return "row", "portfolio.json"


def breaks_the_lists(site: Path) -> tuple[str, str]:
    rewrite(site, lambda whole: whole.update(lists=7))
    return "row", "portfolio.json"


ALTERED = (
    swap_file,
    change_byte,
    lie_about_a_digest,
    lie_on_a_page,
    remove_file,
    remove_page,
    remove_row,
    add_file,
    empty_page,
    show_in_noscript,
    show_a_foreign_one,
    show_another,
    turn_addresses,
    deny_what_is_inside,
    name_what_is_not_inside,
    breaks_the_index,
    breaks_a_row,
    breaks_the_lists,
)


@pytest.mark.parametrize("alter", ALTERED)
def test_a_site_that_is_not_as_it_says_is_reported(site: Path, alter: Callable[[Path], tuple[str, str]]) -> None:
    wanted = alter(site)
    found = found_in(site)
    assert wanted in {(problem.code, problem.path) for problem in found.problems}
    assert all(problem.says for problem in found.problems)


def test_a_page_of_a_file_that_is_not_there_is_not_foreign(site: Path) -> None:
    assert {problem.code for problem in (remove_file(site), found_in(site))[1].problems} == {"missing"}


def test_a_gigabyte_in_a_site_is_not_read(site: Path) -> None:
    [row, *_] = json.loads((site / "portfolio.json").read_bytes())["credentials"]
    os.truncate(site / row["file"], 1_000_000_000)
    found = found_in(site)
    assert ("missing", row["file"]) in {(problem.code, problem.path) for problem in found.problems}
    assert any("Too large" in problem.says for problem in found.problems)


@pytest.mark.parametrize(
    "path",
    [
        "../secret.json",
        "/etc/passwd",
        "credentials/../../secret.json",
        "https://elsewhere.example/x.json",
        "//elsewhere.example/x.json",
        "credentials\\..\\..\\secret.json",
        "credentials/%2e%2e/%2e%2e/secret.json",
        "",
    ],
)
def test_a_file_outside_of_the_site_is_not_read(site: Path, path: str) -> None:
    (site.parent / "secret.json").write_text("{}")
    rewrite(site, lambda whole: whole["credentials"][0].update(file=path))
    found = found_in(site)
    assert ("outside", path) in {(problem.code, problem.path) for problem in found.problems}
    assert path not in {place for place, _ in found.reports}


def test_a_link_out_of_the_site_is_not_followed(site: Path) -> None:
    file = rows(site)["credentials"][0]["file"]
    (site.parent / "moved.json").write_bytes((site / file).read_bytes())
    (site / file).unlink()
    (site / file).symlink_to(site.parent / "moved.json")
    assert ("missing", file) in {(problem.code, problem.path) for problem in found_in(site).problems}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no names that are not UTF-8")
def test_a_page_whose_name_has_no_address_is_reported(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path(os.fsdecode(os.fsencode(site) + b"/x\xff.html")).write_bytes(b"<p>x</p>")
    assert [(problem.code, problem.path) for problem in found_in(site).problems] == [("unread", "x\ufffd.html")]
    assert run(str(site)) == 1
    assert "x\ufffd.html" in capsys.readouterr().out


@pytest.mark.parametrize("where", ["credentials/loop/index.html", "file"])
def test_links_that_lead_in_a_circle_are_reported(site: Path, where: str) -> None:
    row = rows(site)["credentials"][0]
    path = row["file"] if where == "file" else where
    place = site / path
    place.parent.mkdir(exist_ok=True)
    place.unlink(missing_ok=True)
    place.symlink_to(place.name)
    if where != "file":
        rewrite(site, lambda whole: whole["credentials"][0].update(page="credentials/loop/"))
    found = found_in(site)
    assert ("missing" if where == "file" else "unread", path) in {
        (problem.code, problem.path) for problem in found.problems
    }
    assert len(found.reports) >= 5 - (where == "file")


def test_all_is_said_at_once(site: Path) -> None:
    wanted = {alter(site) for alter in (change_byte, remove_page, add_file)}
    change_card(site)
    found = found_in(site)
    assert wanted <= {(problem.code, problem.path) for problem in found.problems}
    assert found.differences


def stumbling(site: Path, name: str) -> Callable[[str, bytes], Report]:
    """A verifier with a mistake, which it makes over one file."""

    def verified(file: str, data: bytes) -> Report:
        if file == name:
            raise KeyError("x")
        return checked(file, data)

    assert (site / name).is_file()
    return verified


def test_a_mistake_of_ours_over_one_file_does_not_stop_the_others(site: Path) -> None:
    row = next(row for row in rows(site)["credentials"] if "programme" in row["page"])
    found = check_site(Folder(site), stumbling(site, row["file"]))
    [problem] = found.problems
    assert (problem.code, problem.path) == ("broken", row["file"])
    assert "KeyError: 'x'. That is our mistake; please report it." in problem.says
    others = {row["file"] for row in rows(site)["credentials"]} - {row["file"]}
    assert {place.partition("#")[0] for place, _ in found.reports} == others
    assert {report.checks["shown"].code for _, report in found.reports} == {"OK"}


def test_what_is_wrong_with_other_files_is_still_said(site: Path) -> None:
    row = next(row for row in rows(site)["credentials"] if "programme" in row["page"])
    change_card(site)
    add_file(site)
    found = check_site(Folder(site), stumbling(site, row["file"]))
    assert {problem.code for problem in found.problems} == {"broken", "unnamed"}
    assert found.differences


def broken_at(monkeypatch: pytest.MonkeyPatch, name: str, breaks: Callable[..., bool]) -> None:
    """Put a mistake into a step of the check of pages."""
    rightly = getattr(published, name)

    def work(*arguments: Any) -> Any:
        if breaks(*arguments):
            raise RecursionError
        return rightly(*arguments)

    monkeypatch.setattr(published, name, work)


def test_a_page_over_which_we_stumble_counts_as_not_compared(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a card of the same credential is as it should be."""
    page = page_of(site, "programme").relative_to(site).as_posix()
    broken_at(monkeypatch, "read_page", lambda html, base, bytes_at: base.endswith(page))
    assert_only_one_is_not_compared(found_in(site), page)


def test_so_does_an_element_over_which_we_stumble(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(site, "programme").relative_to(site).as_posix()
    broken_at(monkeypatch, "_compared", lambda path, *others: path == page)
    assert_only_one_is_not_compared(found_in(site), page)


def test_one_inside_of_another_over_which_we_stumble_counts_for_that_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = (ROOT / "sample_wallet/credentials/higher-certificate.json").read_bytes()
    site = portfolio_of(tmp_path, {"record.json": data}).site_dir
    inside: set[str] = set()

    def is_inside(path: str, key: tuple[str, tuple[str, ...]], *others: Any) -> bool:
        inside.update([key[0]] if key[1] else [])
        return bool(key[1])

    broken_at(monkeypatch, "_compared", is_inside)
    codes = {report.checks["shown"].code for name, report in found_in(site).reports if name.split("#")[0] in inside}
    assert inside
    assert codes == {"NOT_COMPARED"}


def assert_only_one_is_not_compared(found: Found, page: str) -> None:
    assert {(problem.code, problem.path) for problem in found.problems} == {("broken", page)}
    [report] = [report for _, report in found.reports if report.checks["shown"].code != "OK"]
    assert (report.checks["shown"].code, report.verdict) == ("NOT_COMPARED", "partly-checked")


def test_what_fails_counts_more_than_what_could_not_be_compared(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(site / "index.html", claim(site / "index.html", "name")[2] + "</", "Doctor of Everything</")
    failed = next(place for place, report in found_in(site).reports if report.verdict == "failed")
    page = next(row["page"] for row in rows(site)["credentials"] if row["file"] == failed) + "index.html"
    broken_at(monkeypatch, "read_page", lambda html, base, bytes_at: base.endswith(page))
    reports = dict(found_in(site).reports)
    assert reports[failed].checks["shown"].code == "SHOWN_DIFFERS"


def test_the_command_names_the_file_over_which_we_stumble(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = next(row for row in rows(site)["credentials"] if "programme" in row["page"])
    rightly = Input.report

    def report(file: Input, *arguments: Any, **named: Any) -> Any:
        return {}["x"] if file.name == row["file"] else rightly(file, *arguments, **named)

    monkeypatch.setattr(Input, "report", report)
    assert run(str(site)) == 4
    said = capsys.readouterr().out
    assert f"The site: {row['file']} could not be checked. Something went wrong inside portfolio-gen" in said
    assert "Every file is the one" not in said
    assert "Signature checks out" in said
    assert run("--json", str(site)) == 4
    whole = json.loads(capsys.readouterr().out)
    assert [(problem["code"], problem["path"]) for problem in whole["problems"]] == [("broken", row["file"])]
    assert row["file"] not in {report["file"] for report in whole["reports"]}


def test_with_nothing_that_could_be_checked_nothing_is_summed_up(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Input, "report", lambda *_, **named: {}["x"])
    assert run(str(site)) == 4
    said = capsys.readouterr()
    assert said.out.count("could not be checked.") == len({row["file"] for row in rows(site)["credentials"]})
    assert "Signature checks out" not in said.out
    assert "No credential was found" not in said.err


def run(*arguments: str) -> int:
    return cli.run(["verify", "--now", NOW, *arguments])


def test_the_command(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(built)) == 0
    said = capsys.readouterr().out
    assert "The site: Every file is the one that portfolio.json names" in said
    assert "only a browser can tell" in said
    assert "This page: Everything shown here as part of the credential" in said


def test_the_command_says_what_is_wrong(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change_claim(site)
    add_file(site)
    assert run(str(site)) == 1
    said = capsys.readouterr().out
    assert "Shown here: “Doctor of Everything”. In the signed document, " in said
    assert "credentials/secret.json stands among the credentials" in said
    assert "Every file is the one" not in said


def test_the_command_as_json(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change_claim(site)
    lie_about_a_digest(site)
    assert run("--json", str(site)) == 1
    whole = json.loads(capsys.readouterr().out)
    assert set(whole) == {"version", "reports", "problems", "differences"}
    assert [problem["code"] for problem in whole["problems"]] == ["altered"]
    assert whole["differences"][0]["here"] == "Doctor of Everything"
    assert {report["verdict"] for report in whole["reports"]} == {"verified", "failed"}


def test_a_site_beside_files_is_refused(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(built), str(built / "portfolio.json")) == 2
    assert "Name it by itself" in capsys.readouterr().err
    assert run("https://site.example/") == 2
    assert "without --online" in capsys.readouterr().err


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@pytest.fixture
def online(site: Path, tmp_path: Path) -> Iterator[tuple[HttpsFetcher, str]]:
    private, public = certificate(tmp_path, [HOST])
    handler = functools.partial(_Quiet, directory=str(site.parent))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    fetcher = HttpsFetcher(
        resolve=lambda host, port: ["127.0.0.1"], allows=lambda address: True, authorities=str(public)
    )
    yield fetcher, f"https://{HOST}:{server.server_port}/site/"
    server.shutdown()


def test_a_site_at_an_address(online: tuple[HttpsFetcher, str], site: Path) -> None:
    fetcher, address = online
    found = check_site(Online(address, NOW, fetcher), checked)
    assert found.problems == []
    assert found.differences == []
    assert {report.checks["shown"].code for _, report in found.reports} == {"OK"}
    assert found.pages >= len(list(site.rglob("index.html"))) - 1
    change_card(site)
    change_byte(site)
    remove_page(site)
    again = check_site(Online(address, NOW, fetcher), checked)
    assert {problem.code for problem in again.problems} == {"altered", "digest", "unread", "unshown"}
    assert again.differences


def test_an_address_behind_which_there_is_no_site(
    online: tuple[HttpsFetcher, str], site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fetcher, address = online
    monkeypatch.setattr(cli, "HttpsFetcher", lambda: fetcher)
    assert run("--online", address) == 0
    (site / "portfolio.json").unlink()
    assert run("--online", address) == 2
    assert "no published portfolio" in capsys.readouterr().err


def test_digests_are_of_the_bytes_that_are_there(built: Path) -> None:
    for row in rows(built)["credentials"]:
        assert sha256((built / row["file"]).read_bytes()).hexdigest() == row["sha256"]


def test_a_site_answers_with_copies_only_and_none_of_tomorrow(site: Path) -> None:
    folder = site / "assets" / "snapshots"
    folder.mkdir(exist_ok=True)
    good, other = b'{"id": "did:web:a.example"}', b"another"
    names = [f"{sha256(data).hexdigest()}.txt" for data in (good, other)]
    (folder / names[0]).write_bytes(good)
    (folder / names[1]).write_bytes(b"changed")
    rows = {
        "https://a.example/did.json": {"file": names[0], "at": "2026-11-01T00:00:00Z", "source": "live"},
        "https://b.example/": {"file": names[1], "at": "2026-11-01T00:00:00Z"},
        "https://c.example/": {"file": names[0], "at": "2026-12-01T00:00:00Z"},
        "https://d.example/": {"file": "../../portfolio.json", "at": "2026-11-01T00:00:00Z"},
        "https://e.example/": {"file": names[0]},
        "https://f.example/": 7,
        "https://g.example/": {"at": "2026-11-01T00:00:00Z"},
    }
    (folder / "index.json").write_text(json.dumps(rows))
    [(address, answer)] = copies(Folder(site), NOW).items()
    assert address == "https://a.example/did.json"
    assert (answer["bytes"], answer["source"]) == (good, "copy")
    (folder / "index.json").write_text("[")
    assert copies(Folder(site), NOW) == {}
