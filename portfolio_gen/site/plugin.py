"""The MkDocs plugin `portfolio`: an ordinary MkDocs site, and a wallet of credentials in it.

MkDocs renders the owner's own pages and one placeholder of each kind of ours; everything else is
written in `on_post_build` by `Publication`. Under `mkdocs build` and `mkdocs gh-deploy` all of it goes
to a folder beside the site, which takes the site's place in `on_shutdown` if nothing went wrong.
"""

from __future__ import annotations

import html
import json
import logging
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click
from markupsafe import escape
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from portfolio_gen import exports, pages, portfolio_proof
from portfolio_gen.errors import ConfigError, ConfigProblem, PortfolioError, SiteError, WalletError
from portfolio_gen.exports import archive
from portfolio_gen.exports.profile import Profile
from portfolio_gen.exports.profile import parse as read_resume
from portfolio_gen.format import line
from portfolio_gen.fragments import Fragments
from portfolio_gen.guard import Secret
from portfolio_gen.holders import FILE as HOLDERS_FILE
from portfolio_gen.holders import holders_of
from portfolio_gen.issuer_lists import INDEX
from portfolio_gen.languages import ENGLISH, language_of
from portfolio_gen.marked import outline, suggestion
from portfolio_gen.news import read_log
from portfolio_gen.sharing import EMBEDS, IMAGES, Sharing, llms
from portfolio_gen.site import csp, evidence, lists, styles
from portfolio_gen.site.citing import Citing, first_line
from portfolio_gen.site.config import PICTURES, PortfolioConfig, address_of, engine_faults, folder_faults, look_faults
from portfolio_gen.site.gather import Checker, Gathered, Progress
from portfolio_gen.site.render import SNAPSHOTS, Publication, remove
from portfolio_gen.site.shell import (
    BODY,
    DESCRIPTION,
    FOLDERS,
    SLUG,
    Shell,
    ShellPage,
    placeholder,
    shell_meta,
    single,
    skip_target,
    with_head,
)
from portfolio_gen.site.stacks import files_in, read_stacks, refuse_unknown
from portfolio_gen.site.stacks import remarks as remarks_on_stacks
from portfolio_gen.site.staging import Staging
from portfolio_gen.site.templates import compiled, hasten
from portfolio_gen.snapshots import read_snapshots
from portfolio_gen.stacks import Stack
from portfolio_gen.vocabulary import message, speak, vocabulary, words

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

log = get_plugin_logger("portfolio")

SINGLES = ("issuers", "skills", "stacks", "timeline", "check", "how")
"""Kinds of which there is one page, beside the home page and those of `exports`."""

FINISHED = (".html", ".htm", ".xhtml", ".xht", ".shtml")
"""Ends of names that browsers take for pages."""

BAD = ("failed", "revoked")
"""Verdicts that `--strict` does not publish (DESIGN 2.4)."""


class PortfolioPlugin(BasePlugin[PortfolioConfig]):  # type: ignore[no-untyped-call]
    """What `portfolio-gen` and `mkdocs` share. One object lives through all rebuilds of a preview."""

    def __init__(self) -> None:
        self.checker = Checker()
        self.progress: Progress | None = None
        self.quiet = False
        """portfolio-gen prints the lines on credentials itself."""
        self.publish = True
        self.archive: Path | None = None
        """Where to write the ZIP of the site, beside publishing or not publishing it."""
        self.gathered = Gathered()
        self.secrets: list[Secret] = []
        self.strangers: tuple[str, ...] = ()
        """Files made out to somebody else, which mkdocs.yml does not allow."""
        self.error: PortfolioError | None = None
        """What stopped the last build, if it was ours to stop."""
        self.refused = False
        """A strict build met a credential that failed or was withdrawn."""
        self.published = False
        self.publication: Publication | None = None
        self.profile = Profile()
        """What a JSON Resume says of the owner, where mkdocs.yml names one."""
        self.lists: list[dict[str, Any]] = []
        """Copies of issuer lists."""
        self.stacks: tuple[Stack, ...] = ()
        """What the owner's files say that credentials add up to."""
        self.citing = Citing()
        """What the owner's own pages cite."""
        self.language = ENGLISH
        """The tag of the site's language, as the theme has it."""
        self._log: list[dict[str, Any]] = []
        self._command = ""
        self._staging: Staging | None = None
        self._site_dir = ""
        self._complete = False

    # The course of a build, in MkDocs' order.

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember what runs: `mkdocs serve --clean` calls itself a build, and has a folder of its own."""
        context = click.get_current_context(silent=True)
        self._command = "serve" if context is not None and context.info_name == "serve" else command

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the configuration, set what the theme needs, and turn the build to the staging folder."""
        self._complete = self.published = self.refused = False
        self.error, self.secrets, self.strangers = None, [], ()
        self._refuse_what_cannot_work(config)
        with self._refusing():
            self.lists = lists_of(config, self.config)
            self.profile = profile_of(config, self.config)
        if not self._picture(config) and self.profile.picture:
            log.warning(message("resume.picture", file=self.config.resume, picture=line(self.profile.picture)))
        self.language = str(config.theme.get("language") or ENGLISH)
        speak(language_of(self.language))
        self._shells: dict[str, Shell] = {}
        self.citing = Citing()
        self._owner_words = ""
        self._now = moment()
        self._published_at = address_of(config) if self._serving else config.site_url or ""
        config.site_name = escape(config.site_name)
        config.theme.static_templates.discard("sitemap.xml")
        _use_search_of_material(config)
        self._compiled = compiled()
        hasten(config.theme, self._compiled)
        if self._command in ("build", "gh-deploy"):
            self._stage(config)
        return config

    @event_priority(-100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Gather the wallet and add the placeholders."""
        self.gather(config)
        singles = (*SINGLES, *(kind for kind in ("export", "cv") if self._has(kind)))
        mine = [single(config, kind, f"{kind}/", message(f"page.{kind}.title")) for kind in singles]
        mine += [placeholder(config, kind) for kind in FOLDERS]
        index = next((file for file in files if file.dest_uri == "index.html"), None)
        home = index or single(config, "home", "", message("page.home"))
        # In a navigation that the owner wrote, the home page need not be; MkDocs would remark on it.
        home.inclusion = InclusionLevel.NOT_IN_NAV if config.nav else InclusionLevel.INCLUDED
        # The theme's sitemap.xml is a template with the day's date in it; `Publication` writes one without.
        dropped = ("index.html", "sitemap.xml")
        others = [file for file in files if file.src_dir == config.docs_dir or file.dest_uri not in dropped]
        others = [file for file in others if file is not index]
        self._refuse_collisions(others, mine)
        return Files([home, *others, *mine])

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Stop at a private key or a page without a policy, now that MkDocs has decided which files it publishes."""
        with self._refusing():
            _refuse_finished_pages(file.src_uri for file in files if _is_owners(file, config))
        self.secrets += self._secrets_of_the_owner(files, config)
        if self.secrets:
            raise PluginError(_refusal(self.secrets))
        if self.strangers:
            raise PluginError(_strange(self.strangers))

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Give the theme's templates the vocabulary, and compile the fragments from the same folders."""
        index = f"{lists.FOLDER}/{INDEX}" if self.lists else ""
        env.globals.update(m=message, words=words(), lists=index)
        env.globals.update(stacked=self._stacked)
        self._fragments = Fragments(config.theme.dirs, self._compiled)
        self._fragments.lists = index
        self._fragments.with_cv = self._has(exports.CV)
        left_out = {left.name: left.reason for left in self.gathered.left_out}
        with self._refusing():
            self.citing.resolve(self.gathered.entries, left_out, lambda: self.compose(config))

    @event_priority(100)
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Take out what the owner cites, before anything else reads it."""
        if isinstance(page, ShellPage):
            return markdown
        source = page.file.content_string
        return self.citing.hide(
            markdown, f"{Path(config.docs_dir).name}/{page.file.src_uri}", first_line(source, markdown)
        )

    @event_priority(-1000)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str | None:
        """Look at what the owner wrote; on the home page, keep it and leave a mark in its place."""
        if isinstance(page, ShellPage):
            return None
        page.update_date = ""
        html = self.citing.mark(html)
        cites = {"portfolio_cites": "data-cited=" in html}
        page.meta.update(cites)
        self._look_at(html, page)
        if not page.is_homepage:
            return html
        self._owner_words = html
        page.title = message("page.home")
        page.meta = shell_meta("home", None, DESCRIPTION) | cites
        page.toc = skip_target(page.title)
        return BODY

    @event_priority(-1000)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Cut a placeholder's page; put the policy into everybody else's."""
        if page.is_homepage:
            self._owner_words = self.citing.splice(self._owner_words, "", self._fragments)
            self._shells["home"] = Shell.cut(output, self._owner_words)
        elif isinstance(page, ShellPage):
            self._shells[page.kind] = Shell.cut(output)
        else:
            output = self.citing.splice(output, page.url, self._fragments)
            return csp.with_policy(with_head(output, self._told_of(page, config)), page.content or "")
        return output

    @event_priority(-1000)
    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Put the policy into pages that are templates, such as 404.html."""
        return csp.with_policy(output) if template_name.endswith(".html") else output

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write our pages and files; say of every credential how it stands, and of every other file why not."""
        folder = Path(config.site_dir)
        for kind in FOLDERS.values():
            remove(folder, f"{kind}/{SLUG}/index.html")
        styles.pack(folder, self.config.look)
        if not self._stacked:
            remove(folder, "stacks/index.html")
        self.publication = Publication(
            self._fragments,
            self._shells,
            self._owner_words,
            config.site_url or "",
            self._own_pages,
            self._serving,
            self._owner(config),
            self._log,
            {**self.gathered.pictures, **self.gathered.evidence},
            lists=lists.published(self.lists),
            sharing=self._sharing(config),
        )
        self.publication.proof, self.publication.site = self._proof(config), self.site(config)
        if self.publication.proof is not None and not self._serving:
            self._warn_of_a_stale(self.publication.proof, config.site_url or "")
        with self._refusing():
            self.publication.write(folder, self.gathered.entries, self.compose(config), self.gathered.copies)
            if self.archive:
                archive.write(folder, self.archive)
        if not self.quiet:
            self._report()
        self.refused = bool(config.strict and self.failed)
        if self.refused:
            raise PluginError("With --strict, no credential may fail or be withdrawn. Nothing was published.")
        self._complete = True

    def on_build_error(self, *, error: Exception) -> None:
        """Remember that this build must not be published; `--strict` aborts after `on_post_build`."""
        self._complete = False

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the wallet too, and reload by a script file, so that the preview keeps the policy."""
        server.watch(str(wallet_folder(config, self.config)))
        if snapshots_folder(config, self.config).is_dir():
            server.watch(str(snapshots_folder(config, self.config)))
        if stacks_folder(config, self.config).is_dir():
            server.watch(str(stacks_folder(config, self.config)))
        reload_by_file(server, lambda: "")
        return server

    @event_priority(-100)
    def on_shutdown(self) -> None:
        """Put the new site in place if all went well. An interrupted build has not gone well."""
        if self._staging is None or self._config is None:
            return
        interrupted = isinstance(sys.exc_info()[1], KeyboardInterrupt | SystemExit)
        staging, self._staging = self._staging, None
        try:
            with self._refusing():
                if self._complete and self.publish and not interrupted:
                    staging.publish()
                    self.published = True
        finally:
            staging.close()
            self._config.site_dir = self._site_dir

    # What portfolio-gen's own commands use as well.

    def gather(self, config: MkDocsConfig) -> None:
        """Read and verify the wallet."""
        with self._refusing():
            self.gathered = self._gather(config, self._now)
            self.stacks = self._stacks(config, self.gathered)
        self._warn_of_unused_synonyms(config)
        self.secrets, self.strangers = list(self.gathered.secrets), self._strangers(self.gathered)

    def refresh(self, config: MkDocsConfig, folder: Path) -> None:
        """Read the wallet anew and write what differs into the site that was built in `folder`.

        Raises:
            WalletError: the wallet cannot be read, or a private key would be published.
            SiteError: the disk refuses.
        """
        gathered = self._gather(config, moment())
        if gathered.secrets:
            raise WalletError(_refusal(gathered.secrets))
        if strangers := self._strangers(gathered):
            raise WalletError(_strange(strangers))
        self.stacks = self._stacks(config, gathered)
        if self.publication is None:
            raise SiteError("There is no site to refresh.")
        self.publication.log, self.publication.linked = self._log, {**gathered.pictures, **gathered.evidence}
        self.gathered = gathered
        self.publication.proof, self.publication.site = self._proof(config), self.site(config)
        self.publication.write(folder, gathered.entries, self.compose(config), gathered.copies)

    def compose(self, config: MkDocsConfig) -> tuple[pages.Page, ...]:
        """Return the site's pages; a preview also shows what is left out."""
        gathered, site = self.gathered, self.site(config)
        left_out = gathered.left_out if self._serving else ()
        return pages.compose(gathered.entries, left_out, site, gathered.links, self.stacks)

    def site(self, config: MkDocsConfig) -> pages.SiteInfo:
        """Return what the owner says of themself, and what the site offers to take along."""
        options, profile, files = self.config, self.profile, exports.files(self.config.exports)
        return pages.SiteInfo(
            name=self._owner(config),
            headline=options.headline or profile.headline,
            about=options.about or profile.about,
            links=options.links or profile.links,
            picture=self._picture(config) or None,
            signed=self._proof(config) is not None,
            exports=tuple((name, files.get(name, "")) for name in options.exports),
            address=config.site_url or "",
            skills=options.skills,
        )

    @property
    def failed(self) -> list[pages.Entry]:
        """The credentials that `--strict` does not publish."""
        return [entry for entry in self.gathered.entries if entry.report.verdict in BAD]

    @property
    def _stacked(self) -> bool:
        """Whether the site has a stack: of the owner's files, or in a signed record."""
        return bool(pages.piles(self.stacks, self.gathered.entries))

    @property
    def _serving(self) -> bool:
        return self._command == "serve"

    # Parts of the above.

    def _sharing(self, config: MkDocsConfig) -> Sharing:
        options = self.config
        return Sharing(self.site(config), self._published_at, options.linkedin_organizations, options.social_images)

    def _told_of(self, page: Page, config: MkDocsConfig) -> str:
        """Return what previews read of a page that the owner wrote."""
        description = str(page.meta.get("description") or config.site_description or "")
        return self._sharing(config).head_of_own(html.unescape(str(page.title or "")), description, page.url)

    def _has(self, kind: str) -> bool:
        """Return whether the site has a page of this kind, which mkdocs.yml decides."""
        return kind in self.config.exports or (kind == "export" and bool(self.config.exports))

    def _owner(self, config: MkDocsConfig) -> str:
        return str(self.config.name or self.profile.name or html.unescape(str(config.site_name)))

    def _picture(self, config: MkDocsConfig) -> str:
        """The owner's picture, a file in docs_dir: one that a resume names may be anywhere, and is not fetched."""
        named = Path(self.profile.picture)
        if self.config.picture or named.is_absolute() or ".." in named.parts or named.suffix.lower() not in PICTURES:
            return str(self.config.picture)
        return named.as_posix() if (Path(config.docs_dir) / named).is_file() else ""

    def _gather(self, config: MkDocsConfig, now: str) -> Gathered:
        folder, allowed = wallet_folder(config, self.config), self.config.publish_personal
        copies = read_snapshots(snapshots_folder(config, self.config), now)
        self._log = read_log(snapshots_folder(config, self.config))
        holders = holders_of(root_folder(config), os.environ)
        found = self.checker.gather(folder, now, self.progress, allowed, copies, holders, self.config.curate)
        for name in found.unknown:
            known = [entry.file.name for entry in found.entries]
            log.warning(message("curate.unknown", name=name, near=suggestion(name, known)))
        return found

    def _warn_of_unused_synonyms(self, config: MkDocsConfig) -> None:
        for name in pages.unused_synonyms(self.gathered.entries, self.site(config)):
            log.warning(message("skills.unused", name=name))

    def _stacks(self, config: MkDocsConfig, gathered: Gathered) -> tuple[Stack, ...]:
        """Return the stacks of the owner's files; warn of what in them leads nowhere."""
        found = read_stacks(files_in(stacks_folder(config, self.config)))
        left_out = {left.name for left in gathered.left_out}
        refuse_unknown(found, gathered.entries, left_out)
        for remark in remarks_on_stacks(found, gathered.entries, left_out):
            log.warning(remark)
        return found

    def _proof(self, config: MkDocsConfig) -> bytes | None:
        """Return the holder's signature over the site, where there is one."""
        file = root_folder(config) / portfolio_proof.FILE
        try:
            return file.read_bytes() if file.is_file() else None
        except OSError as error:
            raise SiteError(f"{portfolio_proof.FILE} cannot be read: {error.strerror}.") from error

    def _warn_of_a_stale(self, proof: bytes, address: str) -> None:
        """Warn of what pages will say of the holder's signature, unless that is that it fits."""
        names = {entry.file.sha256: entry.file.name for entry in self.gathered.entries}
        own = address or portfolio_proof.domain_of(proof)
        found = portfolio_proof.check(proof, self._now, own, dict.fromkeys(names, 1))
        if found.code != portfolio_proof.SIGNED:
            added = ", ".join(names[one] for one in found.added) or message("portfolio.none")
            values = {"domain": found.domain, "address": address, "added": added, "gone": len(found.gone)}
            log.warning(message(f"portfolio.stale.{found.code}", **values))

    def _strangers(self, gathered: Gathered) -> tuple[str, ...]:
        return tuple(name for name in gathered.strangers if name not in self.config.made_out_to_others)

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """Turn our errors into MkDocs' own, which it prints without a traceback."""
        try:
            yield
        except PortfolioError as error:
            self.error = error
            raise PluginError(str(error)) from error

    def _stage(self, config: MkDocsConfig) -> None:
        self._site_dir, self._config = config.site_dir, config
        with self._refusing():
            self._staging = Staging(Path(config.site_dir))
            config.site_dir = str(self._staging.open())

    def _refuse_what_cannot_work(self, config: MkDocsConfig) -> None:
        faults = folder_faults(self.config, root_folder(config), Path(config.docs_dir), Path(config.site_dir))
        faults += engine_faults(config) + look_faults(self.config, config.theme)
        if faults:
            with self._refusing():
                raise ConfigError(_problems(config, faults))

    def _refuse_collisions(self, owners: list[File], mine: list[File]) -> None:
        """Refuse pages and files of the owner that stand where ours must."""
        reserved = {file.dest_uri.casefold(): file.dest_uri for file in mine}
        own = ("portfolio.json", "sitemap.xml", portfolio_proof.FILE, pages.FEED, pages.CALENDAR, llms.NAME)
        reserved |= {path: path for path in own}
        folders = (
            "credentials/",
            "issuers/",
            "skills/",
            "stacks/",
            exports.FOLDER,
            "pictures/",
            pages.CODES,
            evidence.FOLDER,
            "assets/verifier/",
            EMBEDS,
            IMAGES,
            f"{lists.FOLDER}/",
            SNAPSHOTS,
        )
        for file in owners:
            path = file.dest_uri.casefold()
            if path.rpartition("/")[2] == HOLDERS_FILE:
                raise PluginError(f"{file.src_uri} would be published. It belongs beside mkdocs.yml, where it is not.")
            if path in reserved or path.startswith(folders):
                raise PluginError(
                    f"{file.src_uri} would be published as {file.dest_uri}, where the portfolio has its own. Rename it."
                )
        self._own_pages = [file.url.removeprefix("./") for file in owners if file.is_documentation_page()]

    def _secrets_of_the_owner(self, files: Files, config: MkDocsConfig) -> Iterator[Secret]:
        """Look for private keys in what MkDocs publishes of the owner's: files, and words from mkdocs.yml."""
        for file in files:
            if _is_owners(file, config):
                yield from self.checker.secrets(file.src_uri, file.content_bytes)
        said = {
            name: config.get(name)
            for name in ("site_name", "site_description", "site_author", "copyright", "extra", "nav")
        }
        words = json.dumps({**said, "portfolio": dict(self.config), "resume": self.profile}, default=str).encode()
        yield from self.checker.secrets("mkdocs.yml", words)
        for copy in self.lists:
            yield from self.checker.secrets(copy["name"], copy["bytes"])
        for name, data in files_in(stacks_folder(config, self.config)).items():
            yield from self.checker.secrets(name, data)

    def _look_at(self, rendered: str, page: Page) -> None:
        """Refuse private keys in the finished text, which may come from anywhere; warn of what the policy stops."""
        text = html.unescape(re.sub(r"<[^>]*>", "", rendered)).encode()
        secrets = self.checker.secrets(page.file.src_uri, text)
        if secrets:
            self.secrets += secrets
            raise PluginError(_refusal(secrets))
        if csp.inline_scripts(rendered):
            log.warning(
                f"{page.file.src_uri}: its script will not run; the site's policy allows scripts from files only."
            )
        for address in dict.fromkeys(csp.elsewhere(rendered)):
            log.warning(f"{page.file.src_uri}: {address} will not load; the site asks no other host for anything.")

    def _report(self) -> None:
        for entry in self.gathered.entries:
            level = logging.WARNING if entry.report.verdict in BAD else logging.INFO
            log.log(level, line_on(entry))
        for left in self.gathered.left_out:
            log.info(f"Not published: {left.name}: {left.reason}")
        if self.gathered.withheld:
            log.info(message("personal.signed", kinds=", ".join(sorted(self.gathered.withheld))))


def _is_owners(file: File, config: MkDocsConfig) -> bool:
    return file.src_dir == config.docs_dir and file.inclusion is not InclusionLevel.EXCLUDED


def _refuse_finished_pages(paths: Iterable[str]) -> None:
    """Refuse pages that would be copied as they are, without the site's policy.

    Not only a warning, which nobody reads in a workflow's log: a script of anybody's in such a page runs on the
    origin of the credentials, and can stay there (as a service worker) and rewrite what visitors see on every page.
    """
    pages = sorted(path for path in paths if path.lower().endswith(FINISHED))
    if pages:
        raise SiteError(
            f"{', '.join(pages)}: a finished page would be published without the policy that protects the credentials. "
            "Make it a Markdown page (.md, which may hold HTML), publish it on another site and link to it, "
            "or leave it out with exclude_docs in mkdocs.yml."
        )


def _problems(config: MkDocsConfig, faults: Iterable[tuple[str, str]]) -> list[ConfigProblem]:
    """Put faults at their lines in mkdocs.yml."""
    file = Path(config.config_file_path or "mkdocs.yml")
    marked = outline(str(file), file.read_text("utf-8-sig") if file.is_file() else "")
    return [marked.problem((option,), f"{option}: {fault}") for option, fault in faults]


def _refusal(secrets: Iterable[Secret]) -> str:
    lines = "\n".join(f"  {secret}" for secret in secrets)
    return f"Private keys would be published; nothing was. Take them out, and treat them as known to others:\n{lines}"


def _strange(names: Iterable[str]) -> str:
    return message("madeout.refused", files=", ".join(names))


def line_on(entry: pages.Entry) -> str:
    """Return one line on a credential: verdict, name, issuer, file. Nothing in it can steer a terminal."""
    report = entry.report
    label = vocabulary()["verdicts"][report.verdict]["label"]
    name = next((str(fact.value) for fact in report.credential if fact.field in pages.NAMES), "")
    issuer = (report.issuer.name or report.issuer.id) if report.issuer else ""
    return " · ".join(filter(None, (line(part) for part in (label, name, issuer, entry.file.name))))


def moment() -> str:
    """Return now, as RFC 3339 writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def root_folder(config: MkDocsConfig) -> Path:
    """Return the folder that mkdocs.yml is in."""
    return Path(config.config_file_path).resolve().parent if config.config_file_path else Path.cwd()


def wallet_folder(config: MkDocsConfig, options: PortfolioConfig) -> Path:
    """Return the wallet that a site is made from."""
    return root_folder(config) / options.wallet


def snapshots_folder(config: MkDocsConfig, options: PortfolioConfig) -> Path:
    """Return where the copies are that `refresh` made; it need not exist."""
    return root_folder(config) / options.snapshots


def stacks_folder(config: MkDocsConfig, options: PortfolioConfig) -> Path:
    """Return where the owner's stacks are; it need not exist."""
    return root_folder(config) / options.stacks


def lists_of(config: MkDocsConfig, options: PortfolioConfig) -> list[dict[str, Any]]:
    """Return the copies of issuer lists that a site publishes; raises ConfigError."""
    return lists.copies(snapshots_folder(config, options) / "lists", root_folder(config), options.lists)


def profile_of(config: MkDocsConfig, options: PortfolioConfig) -> Profile:
    """Return what the resume that mkdocs.yml names says of the owner; raises ConfigError."""
    if not options.resume:
        return Profile()
    try:
        return read_resume(options.resume, (root_folder(config) / options.resume).read_bytes())
    except OSError as error:
        raise ConfigError([ConfigProblem(options.resume, None, f"It cannot be read: {error.strerror}.")]) from error


def reload_by_file(server: LiveReloadServer, problem: Any, more: Any = lambda: "") -> None:
    """Make a live-reload server use our script file in place of its inline script, which the policy forbids.

    `problem` returns what the page should say is wrong, or nothing; `more` the HTML of another script, or nothing.
    """

    def inject(page: bytes, epoch: int) -> bytes:
        tag = f'{more()}<script src="{server.mount_path}assets/verifier/reload.js" data-epoch="{epoch}"'
        tag += f' data-request="{id(page)}" data-problem="{escape(problem())}"></script>'
        before, body, after = page.rpartition(b"</body>")
        return before + tag.encode() + body + after if body else page + tag.encode()

    # MkDocs has no public place for this; it is pinned below 2, and a test of `mkdocs serve` watches it.
    server._inject_js_into_html = inject  # type: ignore[method-assign]


def _use_search_of_material(config: MkDocsConfig) -> None:
    """Have Material's search under the name by which its templates ask, whether or not mkdocs.yml lists one.

    MkDocs finds it as "search" under the name of the theme, which may be anybody's; Material's templates look under
    their own. A second one beside it would write over its index, without the options in mkdocs.yml.
    """
    from material.plugins.search.plugin import SearchPlugin  # type: ignore[import-untyped]

    plugins = config.plugins
    found = next((plugin for plugin in plugins.values() if isinstance(plugin, SearchPlugin)), None)
    if found is not None:
        dict.__setitem__(plugins, "material/search", found)
        return
    plugin = SearchPlugin()
    plugin.load_config({}, config_file_path=config.config_file_path)
    plugins["material/search"] = plugin
