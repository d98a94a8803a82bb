"""A build from Python, and by MkDocs' own commands."""

from __future__ import annotations

import gzip
import json
import os
import re
import socket
import subprocess
import sys
from getpass import getuser
from pathlib import Path

import pytest
from small_site import BADGE, CONFIG, WELDING, credential, digests, make_site

from portfolio_gen.errors import ConfigError, SiteError
from portfolio_gen.site.build import build
from portfolio_gen.site.csp import inline_scripts
from portfolio_gen.vocabulary import message
from portfolio_gen.wallet import Skipped

PRIVATE = (
    '{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",'
    '"d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}'
)
"""The example key of RFC 8037, A.1."""
BUILD = """
import sys
from pathlib import Path
from portfolio_gen.site.build import build
build(Path(sys.argv[1]))
"""


def mkdocs(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)


def site_of(config_file: Path) -> Path:
    return config_file.parent / "site"


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_everything_is_where_it_should_be(config_file: Path) -> None:
    result = build(config_file)
    assert result.published
    assert [entry.address for entry in result.entries] == [f"{BADGE}/", f"{WELDING}/"]
    assert [left.name for left in result.skipped] == ["notes.txt"]
    files = digests(site_of(config_file))
    for path in (
        "index.html",
        "404.html",
        "about/index.html",
        "deep/below/index.html",
        "check/index.html",
        "how/index.html",
        "skills/index.html",
        "issuers/index.html",
        f"{BADGE}/index.html",
        "assets/verifier/verifier.js",
    ):
        assert path in files
    written = [path for path in files if not path.startswith("assets/verifier/")]  # names of chunks hold digests
    assert not [path for path in written if "xq" in path.lower() or "reload" in path or "notes" in path]
    original = site_of(config_file) / f"{BADGE}/original.json"
    assert original.read_bytes() == (config_file.parent / "wallet/one.json").read_bytes()
    manifest = json.loads((site_of(config_file) / "portfolio.json").read_text("utf-8"))
    assert manifest["credentials"][0] == {
        "page": f"{BADGE}/",
        "file": f"{BADGE}/original.json",
        "sha256": files[f"{BADGE}/original.json"],
        "inner": [],
    }
    assert leftovers(config_file.parent) == []


def test_no_mark_of_a_placeholder_is_left(config_file: Path) -> None:
    build(config_file)
    for path in site_of(config_file).rglob("*"):
        if path.suffix in (".html", ".json", ".xml"):
            assert not re.search(r"(?i)xq\w+qx", path.read_text("utf-8")), path


def test_credential_text_is_escaped_everywhere(config_file: Path) -> None:
    build(config_file)
    page = (site_of(config_file) / f"{WELDING}/index.html").read_text("utf-8")
    assert "Schweißen &lt;b&gt;&amp; Löten&lt;/b&gt;" in page
    assert "<b>&" not in page
    assert "<title>Schweißen &lt;b&gt;&amp; Löten&lt;/b&gt; - Ada &amp; &lt;Co&gt;</title>" in page
    for path in site_of(config_file).rglob("*.html"):
        assert "<Co>" not in path.read_text("utf-8"), path


def test_same_input_same_bytes_and_no_trace_of_the_machine(tmp_path: Path) -> None:
    here, there = make_site(tmp_path / "here"), make_site(tmp_path / "there-and-elsewhere")
    build(here)
    environment = {**os.environ, "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", BUILD, str(there)], check=True, env=environment)
    assert digests(site_of(here)) == digests(site_of(there))
    traces = [str(tmp_path), str(Path.home()), socket.gethostname(), sys.prefix, f"/{getuser()}/"]
    for path in site_of(here).rglob("*"):
        if path.suffix in (".html", ".json", ".xml", ".js") and path.is_file():
            text = path.read_text("utf-8")
            assert [trace for trace in traces if re.search(rf"(?<!\w){re.escape(trace)}(?!\w)", text)] == [], path


def test_sitemap_and_search_hold_pages_and_no_placeholders(config_file: Path) -> None:
    build(config_file)
    site = site_of(config_file)
    text = (site / "sitemap.xml").read_text("utf-8")
    addresses = re.findall(r"<loc>https://ada\.example/work/([^<]*)</loc>", text)
    pages = [path.relative_to(site).as_posix() for path in site.rglob("index.html")]
    shown = [page.removesuffix("index.html") for page in pages]
    # Certificates and data are views of a page that is listed.
    assert sorted(addresses) == sorted(page for page in shown if not page.endswith(("/certificate/", "/data/")))
    assert "lastmod" not in text
    assert gzip.decompress((site / "sitemap.xml.gz").read_bytes()).decode() == text
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    found = {row["location"]: row for row in index["docs"]}
    assert found[f"{BADGE}/"]["title"] == "A badge"
    assert "Schweißen &lt;b&gt;" in found[f"{WELDING}/"]["title"]
    assert "about/" in found
    assert "fields" in index["config"]


@pytest.mark.parametrize(
    "plugins", ["portfolio", "search, portfolio", "portfolio, search", "material/search, portfolio"]
)
def test_search_is_there_however_the_plugins_are_listed(tmp_path: Path, plugins: str) -> None:
    config_file = make_site(tmp_path / "ada", f"site_name: Ada\ntheme: {{name: portfolio}}\nplugins: [{plugins}]\n")
    build(config_file)
    index = json.loads((site_of(config_file) / "search/search_index.json").read_text("utf-8"))
    locations = [row["location"] for row in index["docs"]]
    assert "fields" in index["config"]
    assert f"{BADGE}/" in locations
    assert len(locations) == len(set(locations))
    assert not (site_of(config_file) / "sitemap.xml").exists()  # without an address there is nothing to map


def test_the_owners_index_is_shown_on_the_home_page(config_file: Path) -> None:
    (config_file.parent / "docs/index.md").write_text(
        "---\ntitle: Other\n---\n## Hello\n\nI *am* Ada. See [about](about.md).\n"
    )
    result = build(config_file, strict=True)
    assert result.warnings == ()
    home = (site_of(config_file) / "index.html").read_text("utf-8")
    assert "I <em>am</em> Ada" in home
    assert 'href="about/"' in home
    assert "Ada Example" in home
    assert home.count("Hello") == 1


def test_an_empty_wallet_makes_a_site(config_file: Path) -> None:
    for file in (config_file.parent / "wallet").iterdir():
        file.unlink()
    result = build(config_file)
    assert result.published
    assert result.entries == ()
    assert (site_of(config_file) / "index.html").is_file()
    assert not (site_of(config_file) / "credentials").exists()


def test_a_second_build_forgets_what_has_gone(config_file: Path) -> None:
    build(config_file)
    (config_file.parent / "wallet/one.json").unlink()
    (site_of(config_file) / ".git").mkdir()
    (site_of(config_file) / "stray.html").write_text("old")
    build(config_file)
    assert not (site_of(config_file) / BADGE).exists()
    assert not (site_of(config_file) / "stray.html").exists()
    assert (site_of(config_file) / ".git").is_dir()


@pytest.mark.parametrize("place", ["wallet/key.json", "docs/key.txt", "docs/about.md", "docs/keys/a.pem", "mkdocs.yml"])
def test_private_keys_stop_the_build(config_file: Path, place: str) -> None:
    build(config_file)
    before = digests(site_of(config_file))
    file = config_file.parent / place
    file.parent.mkdir(exist_ok=True)
    if place == "wallet/key.json":
        document = json.loads(credential())
        file.write_text(json.dumps({**document, "evidence": [{"id": "urn:x", "key": json.loads(PRIVATE)}]}))
    elif place == "mkdocs.yml":
        file.write_text(CONFIG + f"      about: '{PRIVATE}'\n")
    else:
        file.write_text(f"# Key\n\n```json\n{PRIVATE}\n```\n")
    result = build(config_file)
    assert not result.published
    assert {secret.file for secret in result.secrets} == {place.removeprefix("wallet/").removeprefix("docs/")}
    assert digests(site_of(config_file)) == before
    assert leftovers(config_file.parent) == []


def test_a_key_that_a_snippet_brings_in_stops_the_build(config_file: Path) -> None:
    (config_file.parent / "elsewhere.txt").write_text(PRIVATE)
    config_file.write_text(CONFIG + "markdown_extensions:\n  - pymdownx.snippets:\n      base_path: [.]\n")
    (config_file.parent / "docs/about.md").write_text('# About\n\n```json\n--8<-- "elsewhere.txt"\n```\n')
    os.chdir(config_file.parent)
    result = build(config_file)
    assert not result.published
    assert [secret.file for secret in result.secrets] == ["about.md"]


def test_an_unpublished_file_with_a_key_stops_nothing(config_file: Path) -> None:
    (config_file.parent / "wallet/key.txt").write_text(PRIVATE)
    result = build(config_file)
    assert result.published
    assert Skipped("key.txt", message("wallet.secret")) in result.skipped


def test_without_publishing_nothing_changes(config_file: Path) -> None:
    result = build(config_file, publish=False)
    assert not result.published
    assert len(result.entries) == 2
    assert not site_of(config_file).exists()
    assert leftovers(config_file.parent) == []


def test_a_strict_build_with_a_forged_credential_keeps_the_old_site(config_file: Path) -> None:
    build(config_file)
    before = digests(site_of(config_file))
    (config_file.parent / "wallet/forged.json").write_bytes(credential(name="Real").replace(b"Real", b"Fake"))
    result = build(config_file, strict=True)
    assert not result.published
    assert digests(site_of(config_file)) == before
    assert build(config_file).published


def test_a_strict_build_refuses_what_mkdocs_warns_of(config_file: Path) -> None:
    (config_file.parent / "docs/about.md").write_text("[gone](gone.md)")
    with pytest.raises(SiteError, match=r"gone\.md"):
        build(config_file, strict=True)
    assert not site_of(config_file).exists()
    assert any("gone.md" in warning for warning in build(config_file).warnings)


def test_what_the_policy_stops_is_said(config_file: Path) -> None:
    (config_file.parent / "docs/about.md").write_text(
        '# A\n\n<script>alert(1)</script>\n\n![x](https://cdn.example/x.png)\n\n<p style="color: red">x</p>\n'
    )
    warnings = " ".join(build(config_file).warnings)
    assert "about.md: its script will not run" in warnings
    assert "https://cdn.example/x.png will not load" in warnings


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("use_directory_urls: false\n", r"mkdocs\.yml:10: use_directory_urls: found false, expected true"),
        ("theme: {name: material}\n", r'mkdocs\.yml:8: theme: found "material", expected "portfolio"'),
    ],
)
def test_what_cannot_work_is_refused_by_name(config_file: Path, change: str, said: str) -> None:
    base = CONFIG.replace("theme:\n  name: portfolio\n", "") if "theme" in change else CONFIG
    config_file.write_text(base + change)
    with pytest.raises(ConfigError, match=said):
        build(config_file)
    assert leftovers(config_file.parent) == []


@pytest.mark.parametrize("path", ["check.md", "credentials/mine.md", "how/index.md", "portfolio.json", "Skills/x.md"])
def test_collisions_with_the_portfolios_own_addresses_are_refused(config_file: Path, path: str) -> None:
    file = config_file.parent / "docs" / path
    file.parent.mkdir(exist_ok=True)
    file.write_text("# Mine\n")
    with pytest.raises(SiteError, match=re.escape(path)):
        build(config_file)


@pytest.mark.parametrize("path", ["demo/index.html", "old.HTM", "deep/x.xhtml"])
def test_a_finished_page_without_a_policy_is_refused_by_name(config_file: Path, path: str) -> None:
    file = config_file.parent / "docs" / path
    file.parent.mkdir(exist_ok=True)
    file.write_text("<script>alert(1)</script>")
    with pytest.raises(SiteError, match=f"{re.escape(path)}: a finished page .* Markdown page"):
        build(config_file)
    config_file.write_text(CONFIG + f"exclude_docs: /{path}\n")
    assert build(config_file).published


def test_mkdocs_build_and_strict(config_file: Path) -> None:
    folder = config_file.parent
    done = mkdocs(folder, "build")
    assert done.returncode == 0, done.stderr
    assert "Signature checks out · A badge · Nordlicht Academy · one.json" in done.stderr
    assert "Not published: notes.txt" in done.stderr
    assert digests(folder / "site").keys() >= {"index.html", "portfolio.json"}
    before = digests(folder / "site")
    (folder / "wallet/forged.json").write_bytes(credential(name="Real").replace(b"Real", b"Fake"))
    done = mkdocs(folder, "build", "--strict")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Does not check out · Fake" in done.stderr
    assert digests(folder / "site") == before
    assert leftovers(folder) == []


def test_errors_under_mkdocs_have_no_traceback(config_file: Path) -> None:
    (config_file.parent / "docs/check.md").write_text("# Mine\n")
    done = mkdocs(config_file.parent, "build")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "check.md would be published" in done.stderr


def test_gh_deploy_deploys_what_was_built(config_file: Path, tmp_path: Path) -> None:
    folder, remote = config_file.parent, tmp_path / "remote.git"
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@ada.example"]
    subprocess.run(["git", "init", "-q", "--bare", str(remote)], check=True)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "remote", "add", "origin", str(remote)], cwd=folder, check=True)
    for name, value in (("user.name", "Ada"), ("user.email", "ada@ada.example")):
        subprocess.run(["git", "config", name, value], cwd=folder, check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "x"], cwd=folder, check=True)
    done = mkdocs(folder, "gh-deploy")
    assert done.returncode == 0, done.stderr
    command = ["git", "--git-dir", str(remote), "ls-tree", "-r", "--name-only", "gh-pages"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert set(listed) - {".nojekyll"} == set(digests(folder / "site"))
    assert f"{BADGE}/original.json" in listed


def test_every_page_has_a_policy_with_the_hash_of_each_of_its_scripts(config_file: Path) -> None:
    import base64
    import hashlib

    build(config_file)
    pages = list(site_of(config_file).rglob("*.html"))
    assert len(pages) > 8
    policies = set()
    for path in pages:
        text = path.read_text("utf-8")
        head = text.partition("</head>")[0]
        policy = re.search(r'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="([^"]*)">', head)
        assert policy, path
        assert "unsafe-inline" not in policy[1]
        scripts = inline_scripts(text)
        if path.parent.name in (
            "embed",
            "certificate",
            "data",
        ):  # No theme of Material's around it: scripts from files.
            assert policy[1].startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
            assert not scripts
            continue
        assert policy[1].startswith("default-src 'none'; script-src 'self' ")
        assert scripts
        for script in scripts:
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy[1], path
        policies.add(policy[1])
    assert len(policies) > 2  # one inline script depends on the page's depth
