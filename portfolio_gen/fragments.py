"""Page data as HTML: the templates in the theme's folder `fragments`, and those parts that are too many for Jinja.

A portfolio has dozens of facts on every page, and each credential's card on several. The templates decide
where facts and cards stand; what one fact looks like is decided here, once, because the page script reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

import jinja2
from markupsafe import Markup, escape

from portfolio_gen import pages, vocabulary
from portfolio_gen.art import Shape
from portfolio_gen.format import shown
from portfolio_gen.pages import Claim, Listed, Row
from portfolio_gen.pages.translations import chosen_of
from portfolio_gen.sharing import Links, embed_at

_SPECIAL = re.compile("[&<>\"']")

_HEADING = re.compile(r"<(/?)h[34]\b")

ROOT = "\ufdd0"
"""Stands for the way to the site's root in a card, which pages of different depth share. No text has this character."""

SKILL = "\ufdd1"
"""Stands, likewise, for what a card says of the skill in whose list it stands."""

CardKey = tuple[str, pages.SkillKey | None]
"""Which part of a credential in lists: the template, or what it says of a skill."""

SAYS = {"cv-skill": "named", "definition": "defined"}
"""By template, how much of a credential's words for a skill it holds; the others hold all of them."""

CV = ("cv-line", "cv-skill")
"""Templates that only a CV needs."""

CardStore = Callable[[str, Listed], str]
"""Returns the HTML of a credential in a list, with `ROOT` in it: which template, which credential."""


class Fragments:
    """The templates of pages, compiled once. Escapes everything, and knows no undefined name."""

    def __init__(self, folders: Sequence[str], bytecode: jinja2.BytecodeCache | None = None) -> None:
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folders),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=bytecode,
        )
        self._environment.globals.update(
            m=vocabulary.message, shown=shown, words=vocabulary.words(), rtl=vocabulary.locale().rtl, art=art
        )
        self.with_cv = False
        """Whether there is a CV, which shows credentials and skills in cards of its own."""
        self.lists = ""
        """Where the index of the site's issuer lists is, if it has some."""
        self._template = cache(self._environment.get_template)
        self._environment.globals["parts"] = self._template("fragments/parts.html").module

    def render(self, page: pages.Page, owner: str = "", share: Links | None = None) -> str:
        """Return a page's own HTML; `owner` is HTML of the owner's own words, made by MkDocs from their Markdown."""
        return "".join(self.pieces(page, owner, share=share))

    def pieces(
        self, page: pages.Page, owner: str = "", cards: CardStore | None = None, share: Links | None = None
    ) -> Iterator[str]:
        """Yield a page's own HTML piece by piece: one that lists thousands of credentials is never whole in memory.

        `cards` answers with cards made before; without it each is made where it stands. `share` is what is offered
        for sharing the page.
        """
        up, made = root(page.address), cards or self.card

        def listed(template: str, item: Listed) -> Markup:
            return Markup(made(template, item).replace(ROOT, up))  # noqa: S704  (of our own templates)

        template = self._template(f"fragments/{page.kind}.html")
        return template.generate(
            page=page,
            data=page.data,
            root=up,
            facts=Facts(up),
            listed=listed,
            share=share,
            badge=up + embed_at(page.given[0]) if page.kind == "credential" else "",
            owner=Markup(owner),  # noqa: S704
        )

    def card(self, template: str, listed: Listed) -> str:
        """Return a credential as lists show it, by `card` or `line`, with `ROOT` in place of the way to the root."""
        return assembled(self.cards(listed.entry).__getitem__, template, listed)

    def cards(self, entry: pages.Entry) -> dict[CardKey, str]:
        """Return everything that any list shows of a credential, for `assembled` to put together."""
        facts, card = Facts(ROOT), pages.card(entry)
        templates = ("card", "line", *(("definition",) if card.skills else ()), *(CV if self.with_cv else ()))
        found: dict[CardKey, str] = {(name, None): self._drawn(name, card, facts) for name in templates}
        if card.skills:
            found["level", None] = _several(facts, card.level)
            found["results", None] = _several(facts, card.results)
        for skill, groups in card.skills.items():
            found["words", skill] = _several(facts, groups)
            found["defined", skill] = _several(facts, [defined_in(rows) for rows in groups])
            if self.with_cv:
                found["named", skill] = facts.rows(named_in(groups[0], card.language)) if groups else ""
        return found

    def cited(self, cards: Sequence[Listed], address: str, skill: object = None) -> str:
        """Return what an owner's page at this address shows of credentials; of a skill, with the credentials.

        None of it is a heading there: the outline of the page is its owner's.
        """
        up = root(address)

        def listed(template: str, item: Listed) -> Markup:
            made = _HEADING.sub("<\\1div", self.card(template, item))
            return Markup(made.replace(ROOT, up))  # noqa: S704  (of our own templates)

        return self._template("fragments/cited.html").render(cards=cards, skill=skill, root=up, listed=listed)

    def badge(self, entry: pages.Entry) -> str:
        """Return a credential as a page by itself, for a frame on another site."""
        up = root(embed_at(entry))
        return self._template("fragments/embed.html").render(
            title=pages.called(entry), card=pages.card(entry), root=up, facts=Facts(up)
        )

    def certificate(self, entry: pages.Entry, site: pages.SiteInfo, base: str, carries: bool) -> str:
        """Return a credential as a page for paper; `base` and `carries` as `pages.certificate` takes them."""
        return self._apart("certificate", entry, pages.CERTIFICATE, pages.certificate(entry, base, carries), site)

    def data_view(self, entry: pages.Entry, site: pages.SiteInfo) -> str:
        """Return the page on which a visitor's browser writes out a credential's data."""
        return self._apart("data", entry, pages.DATA, pages.data_view(entry), site)

    def _apart(
        self, template: str, entry: pages.Entry, place: str, data: Mapping[str, Any], site: pages.SiteInfo
    ) -> str:
        up = root(entry.address + place)
        badge = up + embed_at(entry)
        known = {"root": up, "facts": Facts(up), "data": data, "site": site, "badge": badge, "lists": self.lists}
        return self._template(f"fragments/{template}.html").render(known)

    def _drawn(self, template: str, card: pages.Card, facts: Facts) -> str:
        return self._template(f"fragments/{template}.html").render(card=card, root=ROOT, facts=facts, skill=SKILL)


def assembled(part: Callable[[CardKey], str], template: str, listed: Listed) -> str:
    """Return a credential in a list: the template's card, and in it what the credential says of the list's skill."""
    own = [part((SAYS.get(template, "words"), skill)) for skill in listed.skills]
    if listed.skills and template == "card":
        own += [part(("level", None)), part(("results", None)) if listed.assessed else ""]
    return part((template, None)).replace(SKILL, "".join(own))


def _several(facts: Facts, groups: Sequence[Sequence[Row]]) -> str:
    return "".join(facts.rows(rows) + "\n" for rows in groups if rows)


def named_in(rows: Sequence[Row], language: str) -> list[Row]:
    """Return a skill's name alone, in one language, of a credential's own words for it."""
    return [Row(row.label, (chosen_of(row.claims, language),)) for row in rows if row.claims[0].field == "skill"]


def defined_in(rows: Sequence[Row]) -> list[Row]:
    """Return a skill's name, framework, code and address, of a credential's own words for it."""
    return [row for row in rows if row.claims[0].field != "skillDescription"]


def root(address: str) -> str:
    """Return the relative prefix that leads from a page to the site's root."""
    return "../" * address.count("/")


class Facts:
    """How facts look, for templates. A claim carries the field and pointer by which the page script compares it."""

    def __init__(self, root: str) -> None:
        self._root = root

    def claim(self, claim: Claim) -> Markup:
        """Return one fact, as a link where it is one."""
        return Markup(_claim(claim))  # noqa: S704  (escaped there)

    def image(self, claim: Claim, alt: str = "") -> Markup:
        """Return a picture that a credential holds in itself."""
        return Markup(self._image(claim, alt))  # noqa: S704

    def rows(self, rows: Sequence[Row]) -> Markup:
        """Return labels and the facts under them."""
        return Markup(f'<dl class="pf-facts">\n{"".join(map(self._row, rows))}</dl>')  # noqa: S704

    def _row(self, row: Row) -> str:
        values = [f"<dd>{self._image(claim) if claim.src else _claim(claim)}</dd>\n" for claim in row.claims]
        field, label = row.claims[0].field, _escaped(row.label)
        return f'<div class="pf-fact pf-fact--{field}"><dt>{label}</dt>\n{"".join(values)}</div>\n'

    def _image(self, claim: Claim, alt: str = "") -> str:
        source = f'src="{self._root}{_escaped(claim.src or "")}" alt="{_escaped(alt)}"'
        return f'<img {_named(claim.field, claim.pointer)} {source} loading="lazy" decoding="async">'


def _claim(claim: Claim) -> str:
    named, text = _named(claim.field, claim.pointer), _escaped(claim.text)
    lang = f' lang="{_escaped(claim.lang)}"' if claim.lang else ""
    if claim.href and claim.kind == "link":
        link = f'href="{_escaped(claim.href)}" rel="noopener noreferrer nofollow"'
        return f'<a class="pf-claim" {named} {link}{lang}>{text}</a>'
    prose = " pf-prose" if claim.kind == "markdown" else ""
    return f'<span class="pf-claim{prose}" {named} dir="auto"{lang}>{text}</span>'


@lru_cache(maxsize=4096)
def _named(field: str, pointer: str) -> str:
    return f'data-field="{field}" data-claim="{_escaped(pointer)}"'


def _escaped(text: str) -> str:
    """Return text for HTML. Most has nothing to escape, and `escape` is slow to say so."""
    return str(escape(text)) if _SPECIAL.search(text) else text


def art(shapes: Sequence[Shape]) -> Markup:
    """Return the seal of a credential without a picture."""
    drawn = "".join(f"<{name} {_attributes(attributes)}/>" for name, attributes in shapes)
    return Markup(  # noqa: S704  (numbers from a digest)
        f'<div class="pf-art" data-live="art"><svg viewBox="0 0 100 100" aria-hidden="true">{drawn}</svg></div>'
    )


def _attributes(attributes: dict[str, str]) -> str:
    return " ".join(f'{name}="{value}"' for name, value in attributes.items())
