"""From a page's data to its fragment of HTML: autoescaped Jinja2, where a missing value is an error."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import jinja2

from portfolio_gen import format
from portfolio_gen.pages import Page
from portfolio_gen.vocabulary import message, vocabulary


class Fragments:
    """The templates `fragments/<kind>.html` of the themes in these folders, the first that has one."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(m=message, shown=format.shown, words=vocabulary())

    def render(self, page: Page) -> str:
        """Return the page's HTML without the shell; raises jinja2.TemplateError for a faulty template."""
        template = self._environment.get_template(f"fragments/{page.kind}.html")
        return template.render(page=page, data=page.data, root="../" * page.address.count("/"))
