"""The MkDocs plugin `portfolio`: a wallet becomes pages of an ordinary MkDocs site.

MkDocs renders the chrome and the owner's own Markdown; credential pages are joined onto the rendered chrome (shell.py).
A build happens in a staging folder, and takes the site's place only when nothing went wrong (staging.py).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import meta

from portfolio_gen import pages
from portfolio_gen.errors import PortfolioError, WalletError
from portfolio_gen.guard import Secret, secrets_in
from portfolio_gen.site import csp, extras, preview
from portfolio_gen.site.config import PortfolioConfig
from portfolio_gen.site.gather import Gathered, Progress, gather
from portfolio_gen.site.render import Fragments
from portfolio_gen.site.shell import SOURCES, Shell, placeholder
from portfolio_gen.site.staging import Staging
from portfolio_gen.site.theme import theme_folder
from portfolio_gen.vocabulary import vocabulary

log = logging.getLogger("mkdocs.plugins.portfolio")

LAST = -1000
"""After every other plugin: what we cut and sign is what visitors get."""

STOPPING = frozenset({"failed", "revoked"})
"""Verdicts with which a strict build publishes nothing (DESIGN 2.4)."""


class SecretsFoundError(WalletError):
    """Private keys in what would be published."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        self.secrets = tuple(secrets)
        lines = "\n".join(f"  {secret}" for secret in self.secrets)
        advice = "Take them out of these files, and treat the keys as known."
        super().__init__(f"Private keys would be published; nothing was:\n{lines}\n{advice}")


class StrictError(PortfolioError):
    """A strict build met credentials that failed or were withdrawn."""


class PortfolioPlugin(BasePlugin[PortfolioConfig]):  # type: ignore[no-untyped-call]
    """Collects and verifies a wallet, and adds its pages to the site."""

    def __init__(self) -> None:
        self.publish = True
        self.strict = False
        self.progress: Progress | None = None
        self.gathered = Gathered((), ())
        self.secrets: tuple[Secret, ...] = ()
        self.error: PortfolioError | None = None
        self.published = False
        self._staging: Staging | None = None
        self._site: str | None = None
        self._finished = False
        self._command = "build"

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember which command runs; having this event also keeps the plugin, and what it knows, while serving."""
        self._command = command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Point MkDocs at the staging folder and at the theme's templates."""
        self._finished, self.error, self._config = False, None, config
        if not config.use_directory_urls:
            raise PluginError(
                "portfolio: use_directory_urls: false is not supported. Take that line out of mkdocs.yml."
            )
        if config.theme.name != "portfolio":
            config.theme.dirs.insert(0, str(theme_folder()))
        if self._command != "serve" and self._staging is None:
            self._site = config.site_dir
            self._staging = Staging(Path(config.site_dir))
            self._or_stop(lambda staging=self._staging: setattr(config, "site_dir", str(staging.open())))
        wallet = Path(config.config_file_path).parent / self.config.wallet
        self._or_stop(lambda: setattr(self, "gathered", gather(wallet, self._now(), self.progress)))
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add one placeholder for each kind of page, and look for private keys in all that would be published."""
        self._or_stop(lambda: self._refuse_secrets(files))
        self._or_stop(self._refuse_failed)
        self._pages = pages.compose(self.gathered.entries, self._mentioned(), self._site_info(config))
        kinds = {page.kind for page in self._pages}
        for kind, source in SOURCES.items():
            if kind not in kinds:
                continue
            after = self._taken_over(files, source) if kind == "home" else ""
            self._refuse_collision(files, source)
            level = InclusionLevel.INCLUDED if kind == "home" else InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, source, content=placeholder(kind, after), inclusion=level))
        self._shells: dict[str, Shell] = {}
        return files

    @event_priority(LAST)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Keep a placeholder's rendering for ourselves; give every other page its policy."""
        kind = page.meta.get("portfolio_kind")
        if kind is None or SOURCES.get(kind) != page.file.src_uri:
            return csp.with_policy(output)
        self._shells[kind] = Shell.cut(csp.with_policy(output))
        return ""

    @event_priority(LAST)
    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Put our pages into the sitemap, and the policy on the page for addresses that do not exist."""
        if template_name == "sitemap.xml":
            return extras.sitemap(output, config.site_url, self._pages, self._placeholders())
        return csp.with_policy(output) if template_name.endswith(".html") else output

    @event_priority(LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write every page, raw file and picture, and what goes with them."""
        site = Path(config.site_dir)
        fragments = Fragments([Path(folder) for folder in config.theme.dirs])
        for page in self._pages:
            slug = page.address.rstrip("/").rpartition("/")[2]
            joined = self._shells[page.kind].join(
                title=page.title, description=page.description, slug=slug, body=fragments.render(page)
            )
            _write(site / page.address / "index.html", joined.encode("utf-8"))
        for entry in self.gathered.entries:
            _write(site / entry.address / entry.original, entry.file.data)
        for address, picture in pages.pictures(self.gathered.entries).items():
            _write(site / address, picture)
        _write(site / "portfolio.json", extras.portfolio_json(self.gathered.entries))
        self._or_stop(lambda: extras.copy_browser_half(site))
        extras.add_to_search(site, self._pages, self._placeholders())
        extras.compress_sitemap(site)
        self._tell()
        self._finished = True

    def on_build_error(self, *, error: Exception) -> None:
        """Remember that this build must not be published (an abort for `--strict` comes here too)."""
        self._finished = False

    def on_shutdown(self) -> None:
        """Publish what was built, if nothing went wrong, and give `site_dir` back."""
        if self._staging is None:
            return
        try:
            if self._finished and self.publish:
                self._staging.publish()
                self.published = True
        finally:
            self._staging.close()
            self._staging = None
            if self._site is not None:
                self._config.site_dir = self._site

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the wallet too, and reload by a script of our own origin, which the policy allows."""
        wallet = Path(config.config_file_path).parent / self.config.wallet
        if wallet.is_dir():
            server.watch(str(wallet))
        preview.reload_by_own_script(server)
        return server

    def _now(self) -> str:
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _mentioned(self) -> tuple[Any, ...]:
        """A preview's home page shows what is left out; a published one is not the place for it."""
        return self.gathered.unpublished if self._command == "serve" else ()

    def _site_info(self, config: MkDocsConfig) -> pages.SiteInfo:
        options = self.config
        return pages.SiteInfo(
            name=options.name or config.site_name,
            headline=options.headline,
            about=options.about,
            links=tuple(options.links),
            picture=options.picture or None,
        )

    def _placeholders(self) -> set[str]:
        return {"" if source == "index.md" else source.removesuffix(".md") + "/" for source in SOURCES.values()}

    def _taken_over(self, files: Files, source: str) -> str:
        """Return the Markdown of the owner's own index.md, which the home page shows below the cards."""
        own = files.get_file_from_path(source)
        if own is None:
            return ""
        text, _ = meta.get_data(own.content_string)
        files.remove(own)
        return text

    def _refuse_collision(self, files: Files, source: str) -> None:
        for taken in (source, f"{source.removesuffix('.md')}/index.md"):
            if source != "index.md" and files.get_file_from_path(taken) is not None:
                raise PluginError(
                    f"portfolio: {taken} would stand where the portfolio's own page stands. Give it another name."
                )

    def _refuse_secrets(self, files: Files) -> None:
        found = [secret for entry in self.gathered.entries for secret in secrets_in(entry.file.name, entry.file.data)]
        root = Path(self._config.docs_dir)
        for file in files:
            if file.abs_src_path and Path(file.abs_src_path).is_relative_to(root):
                found += secrets_in(f"{root.name}/{file.src_uri}", Path(file.abs_src_path).read_bytes())
        config = Path(self._config.config_file_path)
        found += secrets_in(config.name, config.read_bytes())
        self.secrets = tuple(found)
        if found:
            raise SecretsFoundError(found)

    def _refuse_failed(self) -> None:
        if not self.strict:
            return
        bad = [entry.file.name for entry in self.gathered.entries if entry.report.verdict in STOPPING]
        if bad:
            raise StrictError(
                f"Not published, because of --strict: {', '.join(bad)} did not check out or was withdrawn."
            )

    def _tell(self) -> None:
        labels: Mapping[str, Any] = vocabulary()["verdicts"]
        for page in self._pages:
            if page.kind == "credential":
                entry = next(entry for entry in self.gathered.entries if entry.address == page.address)
                issuer = entry.report.issuer
                log.info(
                    "%s: %s, %s",
                    labels[entry.report.verdict]["label"],
                    page.title,
                    (issuer.name or issuer.id) if issuer else "no issuer",
                )
        for skipped in self.gathered.unpublished:
            log.info("Not published: %s: %s", skipped.name, skipped.reason)

    def _or_stop(self, work: Any) -> None:
        """Do something that may fail in words meant for people; MkDocs shows them without a traceback."""
        try:
            work()
        except PortfolioError as error:
            self.error = error
            raise PluginError(str(error)) from error


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
