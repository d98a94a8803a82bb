"""A page of the site: where it is, which template draws it, with what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from portfolio_gen.skill_words import SkillWords


@dataclass(frozen=True)
class SiteInfo:
    """What the site's owner says of themself, in plain text. `picture` is an address in the site."""

    name: str
    headline: str = ""
    about: str = ""
    links: Sequence[Mapping[str, str]] = ()
    picture: str | None = None
    signed: bool = False
    """Whether its holder signed the site as a whole."""
    exports: Sequence[tuple[str, str]] = ()
    """What a visitor may take along: each export's name, and its file in the site; "" for one that is a page."""
    address: str = ""
    """Where the site is published, as far as anybody knows."""
    skills: SkillWords = field(default_factory=SkillWords)
    """What they say of skills: which words mean one, and which they state."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: where it is, which template draws it, with what. `search` says whether the search finds it.

    Its data are made when they are asked for, by `maker` from `given`. Pages that are equal look the same.
    """

    address: str
    kind: str
    title: str
    description: str = ""
    maker: Callable[..., Mapping[str, Any]] = dict
    given: tuple[Any, ...] = ()
    search: bool = True
    hosts: tuple[str, ...] = ()
    """Those that a button on it names; the page may ask no others."""

    @property
    def data(self) -> Mapping[str, Any]:
        """All that its template can see of the wallet."""
        return self.maker(*self.given)

    def whole(self) -> Page:
        """Return the page of a credential with all of its credential fetched."""
        entry, *others = self.given
        return replace(self, given=(entry.whole(), *others))
