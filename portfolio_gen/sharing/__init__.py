"""What the site says of itself to programs that are not its visitors' browsers: link previews, search engines, readers.

All of it repeats what the files say, or the owner. Nothing here states a verdict: only a check that runs in a visitor's
browser, in that visit, has one (DESIGN 2.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from markupsafe import escape

from portfolio_gen import addresses
from portfolio_gen.pages import Entry, Page, SiteInfo
from portfolio_gen.sharing import linkedin, llms, meta, schema_org
from portfolio_gen.sharing.told import Told, told
from portfolio_gen.vocabulary import message

EMBEDS = "embed/"
IMAGES = "social/"
"""Folders of the site: the badges to embed, and the pictures that previews of links show."""
HOME_IMAGE = f"{IMAGES}index.png"


@dataclass(frozen=True)
class Links:
    """What a credential's page offers for sharing: absolute addresses, and the HTML to embed its badge."""

    address: str
    profile: str
    post: str
    mail: str
    embed: str


@dataclass(frozen=True)
class Sharing:
    """What is shared of a site. Without an address of its own, a site has nothing that others could link to."""

    site: SiteInfo = field(default_factory=partial(SiteInfo, ""))
    site_url: str = ""
    organizations: Mapping[str, str] = field(default_factory=dict)
    """By an issuer's identifier, the number of its organisation at LinkedIn."""
    images: bool = False
    """Whether pictures for previews are drawn."""

    @property
    def base(self) -> str:
        """The site's address with a slash at its end; empty where it has none."""
        return addresses.base(self.site_url)

    def head(self, page: Page) -> str:
        """Return, as HTML, what previews and search engines read in a page's head."""
        if not self.base:
            return ""
        image = ""
        if self.draws:
            entry = page.given[0] if page.kind == "credential" else None
            image = self.base + (image_at(entry) if entry else HOME_IMAGE)
        tags = meta.tags(page, self.site.name, self.base + page.address, image)
        return tags + schema_org.script(self._structured(page))

    def head_of_own(self, title: str, description: str, address: str) -> str:
        """Return the same for a page that the owner wrote."""
        return self.head(Page(address, "own", title, description))

    def links(self, page: Page) -> Links | None:
        """Return what a credential's page offers for sharing; None for any other page."""
        if not self.base or page.kind != "credential":
            return None
        entry: Entry = page.given[0]
        address, about = self.base + page.address, told(entry)
        return Links(
            address,
            linkedin.add_to_profile(about, address, self.organizations.get(about.issuer_id, "")),
            linkedin.post(address),
            meta.mail(about.name, address),
            _snippet(about, self.base + embed_at(entry)),
        )

    @property
    def draws(self) -> bool:
        """Whether pictures are drawn: never for a site without an address, to which no preview could lead."""
        return self.images and bool(self.base)

    def image(self, entry: Entry) -> bytes:
        """Return the picture of a credential's page, where pictures are drawn; `entry` is whole."""
        from portfolio_gen.sharing import images

        return images.of_credential(entry, self.site, self.base)

    def files(self, entries: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
        """Yield the site's own files of this kind, by path."""
        if self.draws:
            from portfolio_gen.sharing import images

            yield HOME_IMAGE, images.of_site(self.site.name, self.site.headline, self.base)
        if entries:
            yield llms.NAME, llms.text(entries, self.site, self.base)

    def _structured(self, page: Page) -> Mapping[str, object] | None:
        if page.kind == "credential":
            return schema_org.credential(page.given[0], self.base)
        return schema_org.home(page.given[0], self.site, self.base) if page.kind == "home" else None


def embed_at(entry: Entry) -> str:
    """Return where the badge of a credential is that others can embed."""
    return f"{EMBEDS}{entry.slug}.html"


def image_at(entry: Entry) -> str:
    """Return where the picture is that previews of a credential's page show."""
    return f"{IMAGES}{entry.slug}.png"


def _snippet(about: Told, address: str) -> str:
    """Return the frame in which another site shows a badge: it may run its script, which asks its own site only."""
    title = message("share.frame", name=about.name)
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="440" height="300" loading="lazy" '
        'sandbox="allow-scripts allow-same-origin allow-popups"></iframe>'
    )
