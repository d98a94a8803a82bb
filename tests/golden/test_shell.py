"""A page joined onto a shell is, byte for byte, what MkDocs and Material render for that page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.structure.files import File, Files, InclusionLevel

from portfolio_gen.site.build import build, load
from portfolio_gen.site.csp import with_policy
from portfolio_gen.site.plugin import PortfolioPlugin
from portfolio_gen.site.shell import ShellPage, with_head

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit" / "site"))
from small_site import CONFIG, credential, make_site

HOSTILE = {"name": '"><script>alert(1)</script> {{ 7*7 }} \\1 XQTITLEQX', "description": "</article></main>{% raw %}"}


class WholeRender(PortfolioPlugin):
    """Has MkDocs render every page of ours from beginning to end, with the page's own title and text."""

    def on_nav(self, nav: Any, *, config: Any, files: Files) -> None:
        super().on_nav(nav, config=config, files=files)
        self.heads: dict[str, str] = {}
        from portfolio_gen.site.render import Fragments

        fragments = Fragments(config.theme.dirs)
        fragments.with_cv = self._has("cv")
        for page in self.compose(config):
            source = f"{page.address.rstrip('/') or 'index'}.md"
            file = files.get_file_from_path(source)
            if file is None:
                file = File.generated(config, source, content="", inclusion=InclusionLevel.NOT_IN_NAV)
                ShellPage(file, config, page.kind, str(escape(page.title)), "", "")
                files.append(file)
            assert isinstance(file.page, ShellPage)
            file.page._description = str(escape(page.description or page.title))
            sharing, whole = self._sharing(config), page.whole() if page.kind == "credential" else page
            file.page._body = fragments.render(page, share=sharing.links(whole))
            self.heads[file.dest_uri] = sharing.head(whole)

    def on_post_page(self, output: str, *, page: Any, config: Any) -> str:
        own = page.content if not isinstance(page, ShellPage) else ""
        return with_policy(
            with_head(output, self.heads.get(page.file.dest_uri) or self._told_of(page, config)), own or ""
        )

    def on_post_build(self, *, config: Any) -> None:
        self._complete = True


@pytest.mark.parametrize("more", ["", "nav: [about.md, index.md, check.md]\n", "extra_css: [x.css]\n"])
def test_joined_pages_equal_whole_renders(tmp_path: Path, more: str) -> None:
    joined, whole = make_site(tmp_path / "joined", CONFIG + more), make_site(tmp_path / "whole", CONFIG + more)
    for config_file in (joined, whole):
        (config_file.parent / "wallet" / "hostile.json").write_bytes(credential(**HOSTILE))
        (config_file.parent / "docs" / "x.css").write_text("")
    build(joined)
    config, plugin = load(whole)
    plugin.__class__ = WholeRender
    for events in config.plugins.events.values():
        ours = [getattr(event, "__self__", None) is plugin for event in events]
        events[:] = [
            getattr(plugin, event.__name__) if mine else event for event, mine in zip(events, ours, strict=True)
        ]
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    config.plugins.on_shutdown()

    pages = {page.address for page in plugin.compose(config)}
    assert len(pages) > 8
    assert plugin.published
    assert not isinstance(load(joined)[1], WholeRender)
    for address in sorted(pages):
        path = Path("site") / address / "index.html"
        assert (joined.parent / path).read_bytes() == (whole.parent / path).read_bytes(), address
    assert (joined.parent / "site/404.html").read_bytes() == (whole.parent / "site/404.html").read_bytes()
