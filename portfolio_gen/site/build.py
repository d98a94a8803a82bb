"""One build from Python: configuration, MkDocs, publish. What the command line calls."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from portfolio_gen.errors import PortfolioError, SiteError
from portfolio_gen.pages import Entry
from portfolio_gen.site import config as configuration
from portfolio_gen.site.gather import Progress
from portfolio_gen.site.plugin import PortfolioPlugin
from portfolio_gen.wallet import Skipped


@dataclass(frozen=True)
class BuildResult:
    """What a build made, or would have made. `skipped` are the wallet's files that are not published, with reasons."""

    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...]
    warnings: tuple[str, ...]
    site_dir: Path
    published: bool


def build(config_file: Path, *, strict: bool = False, publish: bool = True, progress: Progress | None = None) -> BuildResult:
    """Build the site of `config_file`, and put it in its place unless `publish` is False.

    Raises ConfigError (all that is wrong at once), WalletError (also for private keys), SiteError; with `strict`, StrictError
    when a credential failed or was withdrawn. Then nothing is published.
    """
    configuration.check(config_file)
    config = load_config(str(config_file))
    plugin = config.plugins["portfolio"]
    assert isinstance(plugin, PortfolioPlugin)
    plugin.publish, plugin.strict, plugin.progress = publish, strict, progress
    site = Path(config.site_dir)
    with _warnings() as warnings:
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(config)
        except (Abort, MkDocsException) as error:
            raise plugin.error or SiteError("\n".join(warnings) or str(error)) from error
        except PortfolioError:
            raise
        finally:
            config.plugins.on_shutdown()
    return BuildResult(plugin.gathered.entries, plugin.gathered.unpublished, tuple(warnings), site, plugin.published)


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Collect what MkDocs warns of, instead of having it printed."""
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    logger = logging.getLogger("mkdocs")
    collector = Collector(logging.WARNING)
    before = logger.propagate
    logger.addHandler(collector)
    logger.propagate = False
    try:
        yield found
    finally:
        logger.propagate = before
        logger.removeHandler(collector)
