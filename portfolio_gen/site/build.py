"""One build from Python: configuration, MkDocs, publish. What the command line calls."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.config_options import Plugins
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from portfolio_gen.errors import SiteError
from portfolio_gen.guard import Secret
from portfolio_gen.languages import ENGLISH
from portfolio_gen.pages import Entry, SiteInfo
from portfolio_gen.personal import Personal
from portfolio_gen.site import config as configuration
from portfolio_gen.site.gather import Progress
from portfolio_gen.site.plugin import PortfolioPlugin, root_folder, snapshots_folder, wallet_folder
from portfolio_gen.vocabulary import speaking
from portfolio_gen.wallet import Skipped


@dataclass(frozen=True)
class BuildResult:
    """What a build made, or would have made. Nothing is published when there are `secrets`.

    `skipped` are the wallet's files that are not published, with reasons; `warnings` is what MkDocs remarked on.
    """

    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...]
    secrets: tuple[Secret, ...]
    warnings: tuple[str, ...]
    site_dir: Path
    published: bool
    personal: tuple[Personal, ...] = ()
    withheld: frozenset[str] = frozenset()
    """Kinds of personal data for which files are among the `skipped`."""
    address: str = ""
    """The site's address, as far as mkdocs.yml says it."""
    strangers: tuple[str, ...] = ()
    """Files made out to somebody else: nothing is published when there are any."""
    site: SiteInfo | None = None
    """What its owner says of themself."""
    language: str = ENGLISH
    """The tag of the site's language, as the theme has it."""


def build(
    config_file: Path,
    *,
    strict: bool = False,
    publish: bool = True,
    progress: Progress | None = None,
    archive: Path | None = None,
    site_url: str = "",
) -> BuildResult:
    """Build the site of `config_file`, and put it in its place unless `publish` is False.

    Where `archive` is given, the site is written there as a ZIP. `site_url` goes before that of the configuration.

    Nothing is published when private keys are found, nor, with `strict`, when a credential failed or was
    withdrawn: the result says so.

    Raises:
        ConfigError: all that is wrong in the configuration, at once.
        WalletError: the wallet folder cannot be read.
        SiteError: MkDocs refuses; with `strict`, also anything that it warns of.
    """
    config, plugin = load(config_file, **({"site_url": site_url} if site_url else {}))
    config.strict = bool(config.strict) or strict
    plugin.publish, plugin.progress, plugin.archive = publish, progress, archive
    site_dir = Path(config.site_dir)
    with speaking(ENGLISH), remarks() as warnings:
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(config)
        except MkDocsException as error:
            if not plugin.secrets and not plugin.refused and not plugin.strangers:
                raise plugin.error or SiteError("\n".join(warnings) or str(error)) from error
        finally:
            config.plugins.on_shutdown()
    gathered = plugin.gathered
    secrets = tuple(plugin.secrets)
    return BuildResult(
        gathered.entries,
        gathered.left_out,
        secrets,
        tuple(warnings),
        site_dir,
        plugin.published,
        gathered.personal,
        gathered.withheld,
        config.site_url or "",
        plugin.strangers,
        plugin.site(config),
        plugin.language,
    )


def load(config_file: Path, **options: str) -> tuple[MkDocsConfig, PortfolioPlugin]:
    """Return a checked configuration and our plugin in it, which leaves the talking to its caller.

    Raises:
        ConfigError: all that is wrong in the configuration, at once.
    """
    _forget_plugins()
    configuration.check(config_file)
    config = load_config(str(config_file), **options)
    plugin = config.plugins.get("portfolio")
    if not isinstance(plugin, PortfolioPlugin):
        raise SiteError("The plugin portfolio is switched off, or another has its name. See plugins in mkdocs.yml.")
    plugin.quiet = True
    return config, plugin


@dataclass(frozen=True)
class Folders:
    """Where a site has what it is made from."""

    wallet: Path
    snapshots: Path


def folders(config_file: Path) -> Folders:
    """Return the folders that a configuration names.

    Raises:
        ConfigError: all that is wrong in the configuration, at once.
    """
    config, plugin = load(config_file)
    return Folders(wallet_folder(config, plugin.config), snapshots_folder(config, plugin.config))


@dataclass(frozen=True)
class Sources:
    """What a site is made from beside its wallet: the folder of mkdocs.yml, that of its pages, and its address."""

    folder: Path
    docs_dir: Path
    site_url: str


def sources(config_file: Path) -> Sources:
    """Return what a configuration names.

    Raises:
        ConfigError: all that is wrong in the configuration, at once.
    """
    config, _ = load(config_file)
    return Sources(root_folder(config), Path(config.docs_dir), config.site_url or "")


def _forget_plugins() -> None:
    """Have MkDocs make new plugins: it keeps those of the last load, which may still serve the last good site."""
    for _, option in MkDocsConfig._schema:
        if isinstance(option, Plugins):
            option.plugin_cache.clear()


@contextmanager
def remarks() -> Iterator[list[str]]:
    """Collect what MkDocs warns of, instead of having it printed."""
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    logger, collector = logging.getLogger("mkdocs"), Collector(logging.WARNING)
    before, logger.propagate = logger.propagate, False
    logger.addHandler(collector)
    try:
        yield found
    finally:
        logger.propagate = before
        logger.removeHandler(collector)
