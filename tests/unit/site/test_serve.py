"""The preview: what changes, what is verified again, what happens when something is wrong."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from issuers import Issuer
from small_site import BADGE, CONFIG, HOST, WELDING, credential, get, make_site, reachable, slug_of, wait_until

from portfolio_gen.errors import ConfigError, SiteError
from portfolio_gen.site.build import build
from portfolio_gen.site.serve import Preview, PreviewServer, serve
from portfolio_gen.snapshots import write_snapshots

PRIVATE = '{"kty":"OKP","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}'


def page(preview: Preview, address: str = "") -> str:
    return (preview.root / address / "index.html").read_text("utf-8")


def test_the_preview_is_the_published_site_but_for_what_a_preview_adds(preview: Preview, config_file: Path) -> None:
    build(config_file)
    published = config_file.parent / "site"
    shown = {path.relative_to(preview.root).as_posix() for path in preview.root.rglob("*") if path.is_file()}
    built = {path.relative_to(published).as_posix() for path in published.rglob("*") if path.is_file()}
    assert shown - built == {"assets/verifier/reload.js", "assets/verifier/drop.js"}
    assert built <= shown
    assert page(preview, BADGE).replace(f"http://{HOST}:8000/", "https://ada.example/work/") == (
        published / f"{BADGE}/index.html"
    ).read_text("utf-8")


def test_a_refresh_reaches_the_preview(preview: Preview, config_file: Path) -> None:
    issuer = Issuer()
    (config_file.parent / "wallet" / "web.json").write_bytes(issuer.credential())
    preview.update()
    index = preview.root / "assets/snapshots/index.json"
    assert index.read_bytes() == b"{\n}\n"
    answer = {"bytes": issuer.document(), "at": "2026-01-05T10:00:00Z", "status": 200, "type": ""}
    write_snapshots(config_file.parent / "snapshots", {issuer.address: answer})
    preview.update()
    assert issuer.address in index.read_text("utf-8")
    assert (config_file.parent / "snapshots", True) in preview.watched()


def test_a_preview_shows_what_is_left_out(preview: Preview, config_file: Path) -> None:
    assert "notes.txt" in page(preview)
    build(config_file)
    assert "notes.txt" not in (config_file.parent / "site/index.html").read_text("utf-8")


def test_a_change_in_the_wallet_needs_no_build_and_only_itself_verified(
    preview: Preview, config_file: Path, said: list[str]
) -> None:
    assert (preview.builds, preview.checker.verified) == (1, 3)
    untouched = preview.root / f"{BADGE}/index.html"
    before, root = untouched.stat().st_mtime_ns, preview.root
    wallet = config_file.parent / "wallet"
    (wallet / "three.json").write_bytes(credential(name="Third"))
    third = f"credentials/{slug_of(credential(name='Third'))}"
    (wallet / "two.json").unlink()
    said.clear()
    preview.update()
    assert (preview.builds, preview.checker.verified, preview.root) == (1, 4, root)
    assert "Third" in page(preview)
    assert "Third" in page(preview, third)
    assert (preview.root / f"{third}/original.json").is_file()
    assert not (preview.root / WELDING).exists()
    assert f'"{third}/"' in (preview.root / "search/search_index.json").read_text("utf-8")
    assert untouched.stat().st_mtime_ns == before
    assert said == ["Signature checks out · Third · Nordlicht Academy · three.json", "Gone: two.json"]


def test_a_bad_file_becomes_a_bad_card(preview: Preview, config_file: Path) -> None:
    (config_file.parent / "wallet/broken.json").write_text('{"@context": [')
    preview.update()
    assert preview.problem == ""
    assert "broken.json" in page(preview)


def test_pages_and_configuration_are_built_again_without_verifying(preview: Preview, config_file: Path) -> None:
    (config_file.parent / "docs/about.md").write_text("# About\n\nQuite another text.\n")
    preview.update()
    assert "Quite another text" in page(preview, "about")
    config_file.write_text(CONFIG.replace("Builds bridges", "Builds towers"))
    preview.update()
    assert "Builds towers" in page(preview)
    assert (preview.builds, preview.checker.verified) == (3, 3)
    assert len(list(preview.root.parent.iterdir())) == 1


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        (CONFIG.replace("headline", "headlong"), "mkdocs.yml:9"),
        ("site_name: [", "mkdocs.yml"),
        (CONFIG + "use_directory_urls: false\n", "mkdocs.yml:10: use_directory_urls"),
    ],
)
def test_a_broken_configuration_keeps_the_last_good_site(
    preview: Preview, config_file: Path, said: list[str], broken: str, expected: str
) -> None:
    root, before = preview.root, page(preview)
    config_file.write_text(broken)
    preview.update()
    assert (preview.root, page(preview)) == (root, before)
    assert expected in preview.problem
    assert expected in said[-1]
    # Whatever happens to the wallet meanwhile, the broken configuration is what must be put right first.
    (config_file.parent / "wallet/three.json").write_bytes(credential(name="Third"))
    preview.update()
    assert expected in preview.problem
    config_file.write_text(CONFIG)
    preview.update()
    assert preview.problem == ""
    assert "Third" in page(preview)


@pytest.mark.parametrize("place", ["wallet", "docs"])
def test_a_private_key_is_not_even_shown(preview: Preview, config_file: Path, place: str) -> None:
    file = config_file.parent / place / "key.json"
    text = credential().decode().replace('"proof"', f'"key": {PRIVATE}, "proof"', 1)
    file.write_text(text if place == "wallet" else PRIVATE)
    preview.update()
    assert "Private keys would be published" in preview.problem
    assert not (preview.root / "key.json").exists()
    file.unlink()
    preview.update()
    assert preview.problem == ""


def test_a_failing_hook_stops_nothing(preview: Preview, config_file: Path) -> None:
    (config_file.parent / "hook.py").write_text("def on_env(env, config, files):\n    raise ValueError('no luck')\n")
    config_file.write_text(CONFIG + "hooks: [hook.py]\n")
    preview.update()
    assert "no luck" in preview.problem


def test_a_configuration_that_is_wrong_from_the_start_is_refused(tmp_path: Path) -> None:
    config_file = make_site(tmp_path / "ada", CONFIG + "use_directory_urls: 7\n")
    with pytest.raises(ConfigError):
        serve(config_file, say=print)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "::", "example.org"])
def test_loopback_only(config_file: Path, host: str) -> None:
    with pytest.raises(SiteError, match="this machine's own"):
        serve(config_file, host=host, say=print)


def test_a_taken_address_is_explained_before_anything_is_built(config_file: Path, said: list[str]) -> None:
    with socket.create_server((HOST, 0)) as taken, pytest.raises(SiteError) as refused:
        serve(config_file, host=HOST, port=taken.getsockname()[1], say=said.append)
    assert said == []
    other = re.search(rf"serve --address {HOST}:(\d+)", str(refused.value))
    assert other
    with socket.create_server((HOST, int(other[1]))):
        pass


def test_an_advised_port_is_a_free_one(config_file: Path) -> None:
    for _ in range(20):
        with socket.create_server((HOST, 0)) as one:
            port = one.getsockname()[1]
            try:
                next_one = socket.create_server((HOST, port + 1))
            except (OSError, OverflowError):
                continue
            with next_one, pytest.raises(SiteError, match=rf"--address {HOST}:(?!{port + 1}\b)\d+"):
                serve(config_file, host=HOST, port=port, say=print)
            return
    pytest.fail("no two free ports in a row")


def test_a_wallet_that_is_removed_and_made_again_is_seen(server: PreviewServer, config_file: Path) -> None:
    wallet = config_file.parent / "wallet"
    shutil.rmtree(wallet)
    wait_until(lambda: "no wallet folder" in get(server.url)[1])
    wallet.mkdir()
    wait_until(lambda: 'data-problem=""' in get(server.url)[1])
    (wallet / "three.json").write_bytes(credential(name="Third"))
    wait_until(lambda: "Third" in get(server.url)[1])
    shutil.rmtree(wallet)
    wallet.mkdir()
    (wallet / "four.json").write_bytes(credential(name="Fourth"))
    wait_until(lambda: "Fourth" in get(server.url)[1])
    (wallet / "five.json").write_bytes(credential(name="Fifth"))
    wait_until(lambda: "Fifth" in get(server.url)[1])


def test_the_server_reloads_by_a_file_and_shows_changes(server: PreviewServer, config_file: Path) -> None:
    status, text = get(server.url)
    assert status == 200
    tag = re.search(r'<script src="/assets/verifier/reload.js" data-epoch="(\d+)"[^>]*></script></body>', text)
    assert tag
    assert "livereload(" not in text
    assert get(server.url + "assets/verifier/reload.js")[0] == 200
    assert get(server.url + "nowhere/")[0] == 404
    assert "Content-Security-Policy" in get(server.url + "nowhere/")[1]
    assert get(server.url + "%2e%2e/%2e%2e/etc/passwd")[0] == 404
    (config_file.parent / "wallet/three.json").write_bytes(credential(name="Third"))
    wait_until(lambda: "Third" in get(server.url)[1])
    assert int(get(f"{server.url}livereload/{tag[1]}/1")[1]) > int(tag[1])
    (config_file.parent / "docs/about.md").write_text("# About\n\nQuite another text.\n")
    wait_until(lambda: "Quite another text" in get(server.url + "about/")[1])
    config_file.write_text("site_name: [")
    wait_until(lambda: 'data-problem="' in get(server.url)[1] and "mkdocs.yml" in get(server.url)[1])
    new = config_file.with_suffix(".new")
    new.write_text(CONFIG.replace("Builds bridges", "Builds towers"))
    new.replace(config_file)
    wait_until(lambda: "Builds towers" in get(server.url)[1] and 'data-problem=""' in get(server.url)[1])


def test_the_server_rests_when_nothing_changes(server: PreviewServer, preview: Preview, said: list[str]) -> None:
    before = get(server.url)[1]
    time.sleep(0.7)
    assert re.search(r"data-epoch=\"\d+\"", get(server.url)[1])[0] in before  # type: ignore[index]


def test_mkdocs_serve_keeps_the_policy_and_sees_the_wallet(config_file: Path) -> None:
    with socket.create_server((HOST, 0)) as probe:
        port = probe.getsockname()[1]
    url = f"http://{HOST}:{port}/work/"
    command = [sys.executable, "-m", "mkdocs", "serve", "-a", f"{HOST}:{port}"]
    process = subprocess.Popen(command, cwd=config_file.parent, stderr=subprocess.PIPE)
    try:
        wait_until(lambda: process.poll() is not None or reachable(url))
        text = get(url)[1]
        assert 'src="/work/assets/verifier/reload.js"' in text
        assert "livereload(" not in text
        assert "notes.txt" in text
        assert get(url + "assets/verifier/reload.js")[0] == 200
        (config_file.parent / "wallet/three.json").write_bytes(credential(name="Third"))
        wait_until(lambda: "Third" in get(url)[1])
    finally:
        process.terminate()
        process.communicate()
    assert not (config_file.parent / "site").exists()
    assert [path.name for path in config_file.parent.iterdir() if path.name.startswith(".")] == []
