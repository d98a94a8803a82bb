"""The preview: MkDocs' server on loopback, with our plugin watching the wallet."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.exceptions import Abort, MkDocsException

from portfolio_gen.errors import SiteError
from portfolio_gen.site import config as configuration


class _Said(logging.Handler):
    """Hands on what MkDocs says of its builds."""

    def __init__(self, say: Callable[[str], None]) -> None:
        super().__init__(logging.INFO)
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        """Say one thing."""
        self._say(record.getMessage())


def serve(config_file: Path, *, host: str = "127.0.0.1", port: int = 8000, say: Callable[[str], None]) -> None:
    """Serve the site of `config_file` until interrupted, and build again when something changes.

    Whatever cannot be built is said, and the last good pages stay. Raises ConfigError for a configuration that is
    wrong from the start, SiteError when the server cannot run.
    """
    configuration.check(config_file)
    logger, said = logging.getLogger("mkdocs"), _Said(say)
    before = logger.level, logger.propagate
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(said)
    try:
        mkdocs_serve(str(config_file), dev_addr=f"{host}:{port}")
    except OSError as error:
        advice = f"Try another: portfolio-gen serve --address {host}:{port + 1}"
        raise SiteError(f"{host}:{port} cannot be used: {error.strerror}. {advice}") from error
    except (Abort, MkDocsException) as error:
        raise SiteError(str(error)) from error
    finally:
        logger.removeHandler(said)
        logger.level, logger.propagate = before
