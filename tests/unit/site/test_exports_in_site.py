"""What a site offers to take along, and the command that writes it elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_site import BADGE, CONFIG, credential, digests

from portfolio_gen import cli, exports
from portfolio_gen.site.build import build
from portfolio_gen.site.serve import Preview

URL = "https://ada.example/work/"


def test_a_site_has_every_form_and_a_page_that_leads_there(config_file: Path) -> None:
    build(config_file)
    site = config_file.parent / "site"
    page = (site / "export/index.html").read_text("utf-8")
    for name in exports.EXPORTS:
        file = exports.EXPORTS[name].file
        assert f'href="../{file}" download' in page
        assert (site / file).read_bytes()
    assert 'href="export/"' in (site / "index.html").read_text("utf-8")
    resume = json.loads((site / "export/resume.json").read_bytes())
    assert resume["basics"]["name"] == "Ada Example"
    assert f"{URL}{BADGE}/" in [row["url"] for row in resume["certificates"]]


def test_a_site_has_those_only_that_its_owner_wants(config_file: Path) -> None:
    config_file.write_text(CONFIG.replace("      headline", "      exports: [csv]\n      headline"))
    build(config_file)
    site = config_file.parent / "site"
    assert sorted(path.name for path in (site / "export").iterdir()) == ["credentials.csv", "index.html"]
    config_file.write_text(CONFIG.replace("      headline", "      exports: []\n      headline"))
    build(config_file)
    assert not (site / "export").exists()
    assert "export/" not in (site / "index.html").read_text("utf-8")


def test_the_same_wallet_gives_the_same_files(config_file: Path) -> None:
    build(config_file)
    first = digests(config_file.parent / "site")
    build(config_file)
    assert {path: one for path, one in digests(config_file.parent / "site").items() if "export" in path} == {
        path: one for path, one in first.items() if "export" in path
    }


def test_a_preview_writes_them_anew_when_the_wallet_changes(preview: Preview, config_file: Path) -> None:
    (config_file.parent / "wallet/three.json").write_bytes(credential(name="Weaving"))
    preview.update()
    assert "Weaving" in (preview.root / "export/credentials.csv").read_text("utf-8")


@pytest.mark.parametrize("name", exports.EXPORTS)
def test_the_command_writes_what_the_site_has(
    config_file: Path, tmp_path: Path, name: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    build(config_file)
    expected = (config_file.parent / "site" / exports.EXPORTS[name].file).read_bytes()
    asked = ["export", name, "-f", str(config_file)]
    assert cli.run([*asked, "-o", str(tmp_path / "made")]) == 0
    assert (tmp_path / "made").read_bytes() == expected
    capfdbinary.readouterr()
    assert cli.run(asked) == 0
    assert capfdbinary.readouterr().out == expected


def test_the_command_writes_over_nothing_unasked(
    config_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "resume.json"
    kept.write_text("mine")
    asked = ["export", "json-resume", "-f", str(config_file), "-o", str(kept)]
    assert cli.run(asked) == 2
    assert kept.read_text() == "mine"
    assert "left as it is" in capsys.readouterr().err
    assert cli.run([*asked, "--force"]) == 0
    assert json.loads(kept.read_bytes())["basics"]


def test_a_resume_by_the_command_says_what_it_leaves_out(config_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (config_file.parent / "wallet/forged.json").write_bytes(credential().replace(b"A badge", b"A crown"))
    assert cli.run(["export", "json-resume", "-f", str(config_file)]) == 0
    out = capsys.readouterr()
    assert "A crown" not in out.out
    assert "forged.json" in out.err
