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

from portfolio_gen.errors import SiteError
from portfolio_gen.guard import Secret
from portfolio_gen.pages import Entry
from portfolio_gen.site import config as configuration
from portfolio_gen.site.gather import Progress
from portfolio_gen.site.plugin import PortfolioPlugin, SecretsFoundError, StrictError
from portfolio_gen.wallet import Skipped


@dataclass(frozen=True)
class BuildResult:
    """What a build made, or would have made. Nothing is published when there are `secrets`.

    `skipped` are the wallet's files that are not published, with reasons.
    """

    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...]
    secrets: tuple[Secret, ...]
    warnings: tuple[str, ...]
    site_dir: Path
    published: bool


def build(
    config_file: Path, *, strict: bool = False, publish: bool = True, progress: Progress | None = None
) -> BuildResult:
    """Build the site of `config_file`, and put it in its place unless `publish` is False.

    Nothing is published when private keys are found, nor, with `strict`, when a credential failed or was withdrawn:
    the result says so.
    Raises ConfigError (all that is wrong at once), WalletError, SiteError.
    """
    configuration.check(config_file)
    config = load_config(str(config_file))
    plugin = config.plugins["portfolio"]
    if not isinstance(plugin, PortfolioPlugin):
        raise SiteError("Another plugin calls itself portfolio. Take it out of this environment.")
    plugin.publish, plugin.strict, plugin.progress = publish, strict, progress
    site = Path(config.site_dir)
    with _warnings() as warnings:
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(config)
        except (Abort, MkDocsException) as error:
            if not isinstance(plugin.error, SecretsFoundError | StrictError):
                raise plugin.error or SiteError("\n".join(warnings) or str(error)) from error
        finally:
            config.plugins.on_shutdown()
    gathered = plugin.gathered
    return BuildResult(gathered.entries, gathered.unpublished, plugin.secrets, tuple(warnings), site, plugin.published)


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
