"""What is compiled once is what would be compiled; what is not listed is found all the same."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
from small_site import digests, make_site

from portfolio_gen.site import templates
from portfolio_gen.site.build import build


def test_code_for_one_environment_is_not_used_in_another(tmp_path: Path) -> None:
    cache = templates.Compiled(str(tmp_path))
    for escapes, expected in ((False, "<b>"), (True, "&lt;b&gt;"), (False, "<b>")):
        environment = jinja2.Environment(
            loader=jinja2.DictLoader({"x": "{{ '<b>' ~ y }}"}), autoescape=escapes, bytecode_cache=cache
        )
        assert environment.get_template("x").render(y="") == expected
    assert len(list(tmp_path.iterdir())) == 2


def test_a_changed_template_is_compiled_anew(tmp_path: Path) -> None:
    cache = templates.Compiled(str(tmp_path))
    for source in ("one", "two"):
        environment = jinja2.Environment(loader=jinja2.DictLoader({"x": source}), bytecode_cache=cache)
        assert environment.get_template("x").render() == source


def test_hidden_templates_are_found_but_not_listed(tmp_path: Path) -> None:
    for name in (".icons/a.svg", "sub/.hidden/b.html", "sub/c.html", "d.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    environment = jinja2.Environment(loader=templates.Visible(tmp_path))
    assert environment.list_templates() == ["d.html", "sub/c.html"]
    assert environment.get_template(".icons/a.svg").render() == ".icons/a.svg"


def test_the_site_is_the_same_with_the_cache_and_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    sites = []
    for name in ("cold", "warm"):
        config_file = make_site(tmp_path / name)
        build(config_file)
        sites.append(digests(config_file.parent / "site"))
    monkeypatch.setattr("portfolio_gen.site.plugin.compiled", lambda: None)
    build(config_file)
    assert sites == [digests(config_file.parent / "site")] * 2


def test_a_cache_folder_that_cannot_be_made_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert templates.compiled() is None
