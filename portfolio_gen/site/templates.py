"""How MkDocs finds and compiles templates: the same result as without this, in a third of the time.

Material's theme has ten thousand icons, which are listed only to be left out, and compiling its templates takes
longer than rendering a hundred credentials. What was compiled stays in the user's cache folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from platformdirs import user_cache_path

from portfolio_gen import __version__


class Compiled(jinja2.FileSystemBytecodeCache):
    """Compiled templates, told apart by all that decides what a template is compiled to."""

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return the place of a template's code."""
        decides = [
            type(environment).__name__,
            environment.autoescape,
            environment.trim_blocks,
            environment.lstrip_blocks,
        ]
        decides += [jinja2.__version__, environment.undefined.__name__, *sorted(environment.extensions)]
        return super().get_bucket(environment, f"{name} {decides}", filename, f"{decides}{source}")


class Visible(jinja2.FileSystemLoader):
    """Lists no template in a folder whose name begins with a dot; finds them all the same, by their names."""

    def list_templates(self) -> list[str]:
        """Return the names of all others."""
        found = set()
        for path in self.searchpath:
            for folder, inner, files in os.walk(path, followlinks=self.followlinks):
                inner[:] = [name for name in inner if not name.startswith(".")]
                found |= {Path(folder, name).relative_to(path).as_posix() for name in files}
        return sorted(found)


def compiled() -> Compiled | None:
    """Return the cache of compiled templates, or None where there can be none."""
    try:
        folder = user_cache_path("portfolio-gen", appauthor=False) / __version__
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return Compiled(str(folder)) if os.access(folder, os.W_OK) else None


def hasten(theme: Any, cache: Compiled | None) -> None:
    """Have every environment that MkDocs makes for a theme use both."""
    original: Callable[[], jinja2.Environment] = theme.get_env

    def get_env() -> jinja2.Environment:
        environment = original()
        environment.bytecode_cache = cache
        if type(environment.loader) is jinja2.FileSystemLoader:
            environment.loader = Visible(environment.loader.searchpath)
        return environment

    theme.get_env = get_env
