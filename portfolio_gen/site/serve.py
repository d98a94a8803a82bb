"""The preview: MkDocs' server on loopback, with our plugin watching the wallet."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.exceptions import Abort, MkDocsException

from portfolio_gen.errors import SiteError
from portfolio_gen.site import config as configuration


def serve(config_file: Path, *, port: int = 8000, log: logging.Handler | None = None, open_browser: bool = False) -> None:
    """Serve the site of `config_file` on 127.0.0.1 until interrupted, and build again when something changes.

    Whatever cannot be built is said through `log`, and the last good pages stay. Raises ConfigError for a configuration that is
    wrong from the start, SiteError when the server cannot run.
    """
    configuration.check(config_file)
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.INFO)
    if log is not None:
        logger.addHandler(log)
    try:
        mkdocs_serve(str(config_file), dev_addr=f"127.0.0.1:{port}", open_in_browser=open_browser)
    except OSError as error:
        raise SiteError(f"Port {port} cannot be used: {error.strerror}. Try another: portfolio-gen serve --port {port + 1}") from error
    except (Abort, MkDocsException) as error:
        raise SiteError(str(error)) from error
    finally:
        if log is not None:
            logger.removeHandler(log)
