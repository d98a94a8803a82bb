"""The command line: the only code that prints, reads the clock, or exits.

Exit codes of `verify` and `check` (DESIGN 2.4): 0 all verified; 1 some failed or revoked; 3 neither, but some not
verified; 2 usage, configuration, or no credential found; 4 I/O or internal. No input ends in a traceback.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from portfolio_gen import (
    __version__,
    curating,
    exports,
    issuing,
    marked,
    pdf,
    portfolio_proof,
    published,
    refresh_lists,
    scaffold,
    wallet,
)
from portfolio_gen import refresh as refreshing
from portfolio_gen.errors import ConfigError, ConfigProblem, PortfolioError, SiteError
from portfolio_gen.fetch import Fetcher, HttpsFetcher, Once
from portfolio_gen.form import Fault, faults
from portfolio_gen.holders import Holders, read_holders
from portfolio_gen.inputs import Input, Inputs, UsageError, gather
from portfolio_gen.issuer_lists import INDEX, read_lists, write_lists
from portfolio_gen.known import known
from portfolio_gen.languages import ENGLISH, language_of, locales
from portfolio_gen.limits import LIMITS
from portfolio_gen.news import LOG, log_text, markdown, news, read_log, with_log
from portfolio_gen.report import Report
from portfolio_gen.saying import checks_told
from portfolio_gen.shown import sentence
from portfolio_gen.snapshots import read_snapshots, write_file, write_snapshots
from portfolio_gen.timestamps import SECOND, instant
from portfolio_gen.verifier import verifying
from portfolio_gen.vocabulary import message, untranslated, vocabulary
from portfolio_gen.web import read_web

if TYPE_CHECKING:
    from portfolio_gen.site import adding, deploying
    from portfolio_gen.site.build import BuildResult, Folders

VERIFIED, REFUSED, USAGE, UNSURE, BROKEN = 0, 1, 2, 3, 4
"""The exit codes."""

SHOW_PROGRESS_FROM = 25
"""Fewer files than this are done before anybody wonders."""

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)\Z", re.IGNORECASE)

CONFIG_FILE = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The site's configuration.",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; every error becomes a message on standard error."""
    try:
        code = commands.main(args=arguments, prog_name="portfolio-gen", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        _complain("Stopped.")
        return 130
    except BrokenPipeError:  # The reader of our output, such as `head`, has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return VERIFIED
    except PortfolioError as error:
        _complain(str(error))
        return BROKEN if isinstance(error, SiteError) else USAGE
    except OSError as error:
        _complain(f"{error.filename or 'The system'}: {error.strerror or error}.")
        return BROKEN
    except Exception as error:
        _complain(f"Something went wrong inside portfolio-gen {__version__}: {type(error).__name__}: {error}")
        _complain("That is our mistake, not yours. Please report it, with the command that you gave.")
        return BROKEN
    return code if isinstance(code, int) else VERIFIED


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="portfolio-gen")
def commands() -> None:
    """Turn a folder of signed credentials into a site that every visitor's browser checks again."""


@commands.command(short_help="Make a new site in FOLDER.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--resume",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A JSON Resume (jsonresume.org) that says your name, headline, a few sentences and links.",
)
def init(folder: Path, resume: Path | None) -> None:
    """Make a new site in FOLDER: a configuration, an empty wallet, a page about you, a workflow for GitHub Pages."""
    files = scaffold.scaffold(folder, progress=_complain, resume=resume.read_bytes() if resume else None)
    _say(f"Made {_path(folder)} with {len(files)} files:")
    for name in files:
        _say(f"  {name}")
    _say("")
    _say("Next:")
    if folder.resolve() != Path.cwd():
        _say(f"  cd {_path(folder)}")
    _say("  portfolio-gen serve        see it, and put your credential files into wallet/")
    _say("  portfolio-gen build        make the site in site/")
    _say("To publish with GitHub Pages, push it to a repository, and choose “GitHub Actions” under Settings › Pages.")


@commands.command(short_help="Build the site from the wallet and publish it.")
@CONFIG_FILE
@click.option(
    "--strict", is_flag=True, help="Publish nothing if any credential fails or is withdrawn, or a page has a fault."
)
def build(config_file: Path, strict: bool) -> int:
    """Build the site from the wallet, and put it in place when it is whole."""
    result = _build(config_file, strict=strict, publish=True)
    code = _tell_build(result)
    if code == VERIFIED:
        _say("See it: portfolio-gen serve")
    return code


def _tell_build(result: BuildResult) -> int:
    """Say what a build made, or why it published nothing; return the exit code."""
    for entry in result.entries:
        _say(_line(entry.report, entry.file.name))
    _list_skipped(result.skipped)
    if result.secrets:
        return _refuse_secrets(result)
    if result.strangers:
        _complain(message("madeout.refused", files=", ".join(result.strangers)))
        return USAGE
    _say_withheld(result)
    if not result.published:
        _complain("Nothing was published: with --strict, no credential may fail or be withdrawn.")
        _complain("`portfolio-gen check` says why.")
        return REFUSED
    _pass_on(result.warnings)
    if not result.entries and not result.withheld:
        _say("The wallet holds no credential yet; the site says so, too.")
    _say(f"Published {_count(len(result.entries), 'credential')} in {_path(result.site_dir)}.")
    return VERIFIED


@commands.command(short_help="Build the site, and put it on the branch of GitHub Pages.")
@CONFIG_FILE
@click.option("--remote", default="origin", show_default=True, help="The git remote that has the branch.")
@click.option("--branch", default="gh-pages", show_default=True, help="The branch from which the site is served.")
@click.option(
    "--strict", is_flag=True, help="Publish nothing if any credential fails or is withdrawn, or a page has a fault."
)
@click.option("--dry-run", is_flag=True, help="Build, and say what would be published and where; push nothing.")
@click.option("--replace", is_flag=True, help="Replace what the branch holds, also if that is no portfolio.")
def deploy(config_file: Path, remote: str, branch: str, strict: bool, dry_run: bool, replace: bool) -> int:
    """Build the site, and put it on the branch from which GitHub Pages serves it.

    The branch is never pushed by force: what it held before stays in its history. A custom domain (CNAME) that is in
    the folder of your pages, or on the branch, stays. Without site_url in mkdocs.yml, the address is that which GitHub
    gives to the repository.
    """
    from portfolio_gen.site import deploying
    from portfolio_gen.site.build import build as build_site
    from portfolio_gen.site.build import sources

    found = sources(config_file)
    target = deploying.target(found.folder, found.docs_dir, remote=remote, branch=branch)
    if target.foreign and not replace:
        named = ", ".join(target.foreign[: deploying.MOST_NAMED])
        more = ", …" if len(target.foreign) > deploying.MOST_NAMED else ""
        _complain(f"Nothing was published: {branch} of {remote} holds something else than a portfolio: {named}{more}.")
        _complain("To put the portfolio in its place, say --replace; what is there stays in the branch's history.")
        return USAGE
    if right := deploying.mismatch(found.site_url, target.address):
        _complain(f"mkdocs.yml has site_url: {found.site_url}, but the site will be at {target.address}")
        _complain(
            f"Previews of links, the feed and the page for wrong addresses need the right one. Write: site_url: {right}"
        )
    changes = deploying.uncommitted(found.folder)
    if changes:
        named = ", ".join(changes[: deploying.MOST_NAMED]) + (", …" if len(changes) > deploying.MOST_NAMED else "")
        _complain(
            f"Not committed, and published as it is in the folder all the same, where it is part of the site: {named}"
        )
    result = build_site(
        config_file, strict=strict, publish=True, progress=_progress(), site_url=found.site_url or target.address
    )
    code = _tell_build(result)
    if code != VERIFIED:
        return code
    change = deploying.deploy(target, result.site_dir, push=not dry_run)
    files = f"{change.added} new, {change.changed} changed, {change.removed} gone"
    if not change:
        _say(f"{branch} of {remote} has this site already; nothing was pushed.")
    elif dry_run:
        _say(f"Would go to {branch} of {remote} ({deploying.without_secret(target.url)}): {files}. Nothing was pushed.")
    else:
        _say(f"Put on {branch} of {remote} ({deploying.without_secret(target.url)}): {files}.")
    _tell_address(target, found.site_url, on_github=bool(deploying.address_on_github(target.url)))
    return VERIFIED


def _tell_address(target: deploying.Target, site_url: str, *, on_github: bool) -> None:
    """Say where the site will be, and what is still to be done for that."""
    if not target.address and not site_url:
        _say("At which address it will be, the remote does not tell. Write it into mkdocs.yml, as site_url.")
        return
    _say(f"Its address: {target.address or site_url}")
    if on_github:
        _say(
            f"Once, in the repository's settings under Pages: choose “Deploy from a branch”, {target.branch}, / (root)."
        )
        if (target.folder / ".github" / "workflows" / "publish.yml").is_file():
            _say("The workflow publish.yml publishes too, if “GitHub Actions” is chosen there: only one of both does.")
    if target.domain:
        _say(f"The domain {target.domain} must point to the server; its provider's help says how.")


@commands.command(short_help="Build without publishing, and say what to know.")
@CONFIG_FILE
def check(config_file: Path) -> int:
    """Build without publishing, and say all that you should know before you publish."""
    result = _build(config_file, strict=False, publish=False)
    for entry in result.entries:
        whole = entry.whole()
        broken, words = faults(whole.file.data, entry.place), curating.told(entry.owner, whole.report)
        _explain(entry.report, entry.file.name, broken, words=words, apart=entry.built)
    _list_skipped(result.skipped)
    if result.secrets:
        return _refuse_secrets(result)
    if result.strangers:
        _complain(message("madeout.refused", files=", ".join(result.strangers)))
        return USAGE
    _list_personal(result)
    _say_withheld(result)
    if not result.address:
        _say(message("share.noaddress"))
    _list_untranslated(result.language)
    _pass_on(result.warnings)
    if result.withheld and not result.entries:
        return UNSURE
    code = exit_code(entry.report for entry in result.entries)
    _sum_up([entry.report for entry in result.entries], code)
    return code


@commands.command(short_help="Look at a file, and copy it into the wallet.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@CONFIG_FILE
@click.option("-y", "--yes", is_flag=True, help="Add it without asking.")
@click.option("--name", metavar="NAME", help="Its name in the wallet; by default, the one that it has.")
def add(files: tuple[Path, ...], config_file: Path, yes: bool, name: str | None) -> int:
    """Show of each FILE what it is, its verdict, what it would make public, and where; then copy it into the wallet.

    It asks before it copies. Nothing in the wallet is written over, and a file with a private key is refused.

    Exit codes: those of `check`, for the files that were looked at; 2 also if one was refused or nobody could be asked.
    """
    if name and len(files) > 1:
        raise click.UsageError("--name is for one file.")
    from portfolio_gen.site import adding
    from portfolio_gen.site.build import load

    desk = adding.desk(*load(config_file), _moment(None))
    reports: list[Report] = []
    refused = False
    for file in files:
        said = _path(file)
        _say(said)
        try:
            found = adding.look(desk, name or file.name, _bytes(file))
            reports += found.reports
            refused |= not _offer(desk, found, yes=yes)
        except adding.AddError as error:
            _complain(message("add.refused", why=f"{said}: {error}"))
            refused = True
        _say("")
    return USAGE if refused else exit_code(reports) if reports else VERIFIED


def _offer(desk: adding.Desk, offer: adding.Offer, *, yes: bool) -> bool:
    """Say all of a file, ask, and add it; return whether nothing was in the way."""
    from portfolio_gen.site import adding

    for about, says in offer.lines():
        _say(f"  {about:<18} {says}")
    if offer.same and not offer.gathered.secrets:
        _say(f"  {message('add.there'):<18} {offer.refusal}")
        return True
    if offer.refusal:
        _complain(message("add.refused", why=offer.refusal))
        return False
    if yes and offer.free:
        _complain(message("add.another", free=offer.free))
        return False
    if not yes and not sys.stdin.isatty():
        _complain(message("add.noterminal"))
        return False
    name = offer.free or offer.name
    if yes or click.confirm(_plain(message("add.ask", name=name))):
        adding.add(desk, offer, name)
        _say(message("add.done", name=name))
    else:
        _say(message("add.left", name=name))
    return True


def _bytes(path: Path) -> bytes:
    """Return a file's bytes; of one that is too large, only its start, which is one too many.

    Raises:
        UsageError: there is no such file.
    """
    if not path.exists():
        raise UsageError(f"There is no such file: {_path(path)}.")
    if path.is_dir():
        raise UsageError(f"{_path(path)} is a folder. Name the files in it.")
    if not path.is_file():
        raise UsageError(f"{_path(path)}: {message('wallet.device')}")
    with path.open("rb") as opened:
        return opened.read(LIMITS.file_bytes + 1)


@commands.command(short_help="Write the portfolio in a form that other programs read.")
@click.argument("form", type=click.Choice([*exports.EXPORTS, exports.ZIP]), metavar="FORM")
@CONFIG_FILE
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write; by default, print it, or for zip portfolio.zip.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def export(form: str, config_file: Path, output: Path | None, force: bool) -> int:
    """Write the portfolio in a form that other programs read. Nothing is published, and nothing is signed anew.

    \b
    json-resume  a JSON Resume (jsonresume.org), without credentials that do not check out or were withdrawn
    csv          a table with one row for each credential, for spreadsheets
    clr          all original files in one record, in the shape of a CLR 2.0; the record itself is unsigned
    zip          the whole portfolio, whose index.html checks every credential from a disk, without a network
    """
    output = output or (Path("portfolio.zip") if form == exports.ZIP else None)
    if output and output.exists() and not force:
        raise click.UsageError(f"{_path(output)} exists already, and is left as it is. Name another, or say --force.")
    result = _build(config_file, strict=False, publish=False, archive=output if form == exports.ZIP else None)
    if result.secrets:
        return _refuse_secrets(result)
    if result.strangers or result.site is None:
        _complain(message("madeout.refused", files=", ".join(result.strangers)))
        return USAGE
    if form != exports.ZIP:
        _write_pieces(exports.pieces(form, result.entries, result.site, result.address), output)
    left = [entry.file.name for entry in result.entries if entry.report.verdict in ("failed", "revoked")]
    if form == "json-resume" and left:
        _complain(message("export.left", files=", ".join(left)))
    if output:
        _complain(f"Written: {_path(output)} ({_count(len(result.entries), 'credential')}).")
    return VERIFIED


def _write_pieces(pieces: Iterable[bytes], output: Path | None) -> None:
    if output is None:
        for piece in pieces:
            click.echo(piece, nl=False)
        return
    with output.open("wb") as opened:
        opened.writelines(pieces)


@commands.command(short_help="Preview the site, with live reload.")
@CONFIG_FILE
@click.option("-a", "--address", default="127.0.0.1:8000", show_default=True, help="Where to listen: HOST:PORT.")
def serve(config_file: Path, address: str) -> None:
    """Show the site in a browser, and show it anew whenever the wallet, a page or the configuration changes."""
    host, port = _address(address)
    from portfolio_gen.site.serve import serve as serve_site

    serve_site(config_file, host=host, port=port, say=_say)


@commands.command(short_help="Ask the issuers' servers anew, and keep copies of what they answer.")
@CONFIG_FILE
@click.option(
    "--news",
    "news_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write what calls for you into FILE, as Markdown: withdrawn, soon expired, out of reach, to be had anew.",
)
@click.option("--lists", is_flag=True, help="Fetch the public lists of issuers, too.")
def refresh(config_file: Path, news_file: Path | None, lists: bool) -> int:
    """Ask the servers of issuers for all that checking the wallet depends on, and keep copies in snapshots/.

    Those are keys, profiles, status lists and hosted badges; with --lists, also the public lists of issuers that the
    Digital Credentials Consortium names, in snapshots/lists/. Builds use the copies and ask nobody. A copy stays
    until there is a better one.

    Exit codes: 0 everything is as its server has it now; 1 some credential failed or is withdrawn; 3 neither, but some
    server did not answer, or with nothing to replace a copy; 2 usage or configuration; 4 I/O or internal.
    """
    moment = _moment(None)
    places = _folders(config_file)
    found = wallet.collect(places.wallet)
    kept = read_snapshots(places.snapshots, moment)
    result = refreshing.refresh(found.files, kept, moment, HttpsFetcher(), _progress("Asking"))
    log, items = read_log(places.snapshots), news(result, moment)
    write_snapshots(places.snapshots, result.copies)
    write_file(places.snapshots, LOG, log_text(with_log(log, items, moment)))
    if news_file:
        news_file.write_text(markdown(items), "utf-8")
    _tell_copies(result.rows, moment)
    for offer in result.offers:
        _say(f"{message('refresh.outcome.offer'):<14} {offer.file}: {offer.address}")
        _say(" " * 15 + message(f"refresh.offer.{offer.found}", date=offer.date))
    for name, report in result.reports:
        if report.verdict in ("failed", "revoked", "suspended", "expired"):
            _say(f"{_line(report, name)} ({name})")
    _say(f"{_count(len(result.copies), 'copy')} in {_path(Path(places.snapshots.name))}/; the next build uses them.")
    whole = result.is_whole
    if lists:
        whole &= _refresh_lists(places.snapshots / "lists", [report for _, report in result.reports], moment)
    if exit_code(report for _, report in result.reports) == REFUSED:
        return REFUSED
    return VERIFIED if whole else UNSURE


def _refresh_lists(folder: Path, reports: Sequence[Report], moment: str) -> bool:
    """Fetch the public lists of issuers into `folder`; return whether all of them are as their servers have them."""
    kept = read_lists(folder) if (folder / INDEX).exists() else []
    wanted = refresh_lists.issuers(reports)
    found = refresh_lists.refresh_lists(kept, wanted, moment, HttpsFetcher(), _progress("Asking"))
    if found.copies:
        write_lists(folder, found.copies)
    _tell_copies(found.rows, moment)
    return found.is_whole


def _tell_copies(rows: Sequence[refreshing.Row], moment: str) -> None:
    """Say what came of each address that is not as it was, and how many are."""
    for row in rows:
        if row.outcome == "unchanged":
            continue
        _say(f"{message(f'refresh.outcome.{row.outcome}'):<14} {row.address}" + (f": {row.why}" if row.why else ""))
        if row.outcome == "kept":
            days = (instant(moment) - instant(row.at.upper())) // (86_400 * SECOND)
            _say(" " * 15 + message("refresh.keeps", at=row.at[:10], days=days))
    same = sum(row.outcome == "unchanged" for row in rows)
    _say(f"Asked for {_count(len(rows), 'address')}; {same} unchanged.")


@commands.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE|FOLDER|URL…")
@click.option("--json", "as_json", is_flag=True, help="Print the reports as JSON.")
@click.option("--now", metavar="TIME", help="The time to judge dates by, such as 2026-03-14T09:00:00Z.")
@click.option("--web", type=click.Path(path_type=Path), metavar="DIR", help="A folder of saved answers from the web.")
@click.option("--lists", type=click.Path(path_type=Path), metavar="DIR", help="A folder of copies of issuer lists.")
@click.option("--online", is_flag=True, help="Ask the servers that a file names: its issuer's, or a public explorer.")
@click.option(
    "--holders",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Identifiers of the person whom they should be made out to: email, did, url, phone, name, id (YAML).",
)
def verify(
    files: tuple[str, ...],
    as_json: bool,
    now: str | None,
    web: Path | None,
    lists: Path | None,
    online: bool,
    holders: Path | None,
) -> int:
    """Check credential files, and say what was found.

    A folder with a portfolio.json, or with --online an https address that ends with a slash, is a published portfolio:
    every file that it names is checked, and what its pages say is compared with it.
    """
    moment = _moment(now)
    answers = read_web(web, moment) if web else {}
    copies = read_lists(lists) if lists else []
    fetcher = Once(HttpsFetcher()) if online else None
    declared = read_holders(holders, _path(holders)) if holders else {}
    site = _site(files, moment, fetcher)
    if site is not None:
        return _verify_site(site, moment, answers, fetcher, copies, declared, as_json)
    inputs = gather(files, moment, fetcher)
    check = verifying(now=moment, web=answers, lists=copies, holders=declared)
    reports, unread = _reports(inputs, lambda file: file.report(moment, answers, fetcher, copies, check, declared))
    if as_json:
        _print_json(reports, moment)
    else:
        for file, report in reports:
            _explain(report, file.name, faults(file.data), asked=bool(copies), apart=_apart(file, report, moment))
    for skipped in (*inputs.skipped, *unread):
        _complain(f"Left out: {skipped.name}: {skipped.reason}")
    code = exit_code(report for _, report in reports)
    if not as_json:
        _sum_up([report for _, report in reports], code)
    elif code == USAGE:
        _complain(_nothing_found(inputs))
    return BROKEN if unread else code


def _reports(
    inputs: Inputs, check: Callable[[Input], tuple[Report, Mapping[str, str]]]
) -> tuple[list[tuple[Input, Report]], list[wallet.Skipped]]:
    """Return each file's report, and what could not be read or checked; say what was not looked up."""
    reports = []
    unread = list(inputs.unread)
    for file in _with_progress(inputs.files):
        found = wallet.or_skipped(file.name, partial(check, file))
        if isinstance(found, wallet.Skipped):
            unread.append(found)
            continue
        report, refused = found
        reports.append((file, report))
        for address, why in refused.items():
            _complain(f"Not looked up for {file.name}: {address}: {why}")
    return reports, unread


def _site(names: Sequence[str], moment: str, fetcher: Fetcher | None) -> published.Site | None:
    """Return the published portfolio that was named, None for files."""
    sites = [name for name in names if (Path(name) / published.MANIFEST).is_file() or _is_site(name)]
    if not sites:
        return None
    if len(names) > 1:
        raise UsageError(f"{wallet.shown_path(sites[0])} is a published portfolio. Name it by itself.")
    if not _is_site(names[0]):
        return published.Folder(Path(names[0]))
    if fetcher is None:
        raise UsageError(f"{names[0]}: Nothing is looked up on the network without --online.")
    return published.Online(names[0], moment, fetcher)


def _is_site(name: str) -> bool:
    return name.startswith("https://") and name.endswith(("/", f"/{published.MANIFEST}"))


def _verify_site(
    site: published.Site,
    moment: str,
    answers: Mapping[str, Any],
    fetcher: Fetcher | None,
    copies: Sequence[Mapping[str, Any]],
    declared: Holders,
    as_json: bool,
) -> int:
    """Check a published portfolio, and say what was found."""

    def report(name: str, data: bytes) -> Report:
        file = Input(name, data, hashlib.sha256(data).hexdigest())
        found, refused = file.report(moment, answers, fetcher, copies, holders=declared)
        for address, why in refused.items():
            _complain(f"Not looked up for {name}: {address}: {why}")
        return found

    if fetcher is None:
        answers = {**published.copies(site, moment), **answers}
    found = published.check_site(site, report)
    if as_json:
        _print_site(found, moment)
    else:
        _tell_site(found, moment, listed=site.paths() is not None, asked=bool(copies))
    code = exit_code(report for _, report in found.reports)
    if found.problems:
        code = BROKEN if any(problem.code == published.BROKEN for problem in found.problems) else REFUSED
    if not as_json and (found.reports or not found.problems):
        _sum_up([report for _, report in found.reports], code)
    return code


def _tell_site(found: published.Found, moment: str, *, listed: bool, asked: bool) -> None:
    for place, report in found.reports:
        _explain(report, place, asked=asked, apart=_site_apart(found, place, moment))
        for told in found.differences:
            if told.file == place or told.file.startswith(f"{place}#"):
                _say(f"  {message('site.page', path=told.page)} {sentence(told.difference)}")
    for problem in found.problems:
        _say(f"{message('site.title')}: {problem.says}")
    if not found.problems and found.reports:
        _say(f"{message('site.title')}: {message('site.fine')}")
    _say(message("site.styles") + ("" if listed else f" {message('site.unlisted')}"))


def _site_apart(found: published.Found, place: str, moment: str) -> tuple[str, ...]:
    return pdf.said(found.apart[place], moment) if place in found.apart else ()


def _print_site(found: published.Found, moment: str) -> None:
    reports = [_row(place, one, moment, _site_apart(found, place, moment)) for place, one in found.reports]
    problems = [{"code": one.code, "path": one.path, "says": one.says} for one in found.problems]
    differences = [
        {"page": told.page, "file": told.file, **dataclasses.asdict(told.difference)} for told in found.differences
    ]
    whole = {"version": 1, "reports": reports, "problems": problems, "differences": differences}
    click.echo(json.dumps(whole, indent=1, ensure_ascii=False))


@commands.command(short_help="Make a key to sign credentials with.")
@click.argument("file", type=click.Path(path_type=Path), default=Path("issuer.key.json"))
def keygen(file: Path) -> None:
    """Make a key to sign credentials with, and write it to FILE (issuer.key.json)."""
    published = scaffold.published_folder(file)
    if published:
        raise issuing.IssuingError(
            f"{_path(file)} would lie in {published}/, which is published. Choose another place."
        )
    key = issuing.IssuerKey.make()
    issuing.write_key(key, file)
    _say(key.did)
    _complain(f"The secret key is in {_path(file)}. Keep it to yourself: whoever has it can sign in your name.")


@commands.command()
@click.argument("template", type=click.Path(path_type=Path))
@click.option("--key", type=click.Path(path_type=Path), required=True, help="The key file that `keygen` wrote.")
@click.option("--suite", default="eddsa-jcs-2022", show_default=True, help=f"One of {', '.join(issuing.SUITES)}.")
@click.option("--created", metavar="TIME", help="The time of signing; by default, now.")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), metavar="OUT", help="The file to write; by default, print it."
)
def issue(template: Path, key: Path, suite: str, created: str | None, out: Path | None) -> None:
    """Sign the credential that TEMPLATE (YAML) describes."""
    moment = _moment(created)
    read = marked.read(_path(template), _text(template))
    data = issuing.issue(read, issuing.read_key(key), suite=suite, created=moment, folder=template.parent)
    if out is None:
        click.echo(data, nl=False)
        return
    try:
        with out.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise issuing.IssuingError(
            f"{_path(out)} exists already, and is left as it is. Give another name with -o."
        ) from None
    _complain(f"Signed, checked, and written to {_path(out)}.")


@commands.command(short_help="Sign the portfolio as a whole, as its holder.")
@CONFIG_FILE
@click.option("--key", type=click.Path(path_type=Path), required=True, help="The key file that `keygen` wrote.")
@click.option("--address", metavar="URL", help="Where the site is published; by default, site_url in mkdocs.yml.")
@click.option("--created", metavar="TIME", help="The time of signing; by default, now.")
def sign(config_file: Path, key: Path, address: str | None, created: str | None) -> int:
    """Sign the list of all files that would be published, together with the site's address.

    That makes portfolio-proof.json beside mkdocs.yml. It holds nothing secret: put it into the repository, and a build
    needs no key. Pages then say that the holder of the key to which the credentials were issued signed the portfolio
    for this address. After a change to the wallet, sign anew.
    """
    moment = _moment(created)
    published = scaffold.published_folder(key)
    if published:
        raise issuing.IssuingError(f"{_path(key)} lies in {published}/, which is published. Move it away first.")
    holder = issuing.read_key(key)
    result = _build(config_file, strict=False, publish=False)
    if result.secrets:
        return _refuse_secrets(result)
    if result.strangers:
        _complain(message("madeout.refused", files=", ".join(result.strangers)))
        return USAGE
    if not (address or result.address):
        raise click.UsageError("The site's address is not known: give --address, or site_url in mkdocs.yml.")
    files = {entry.file.sha256: entry for entry in result.entries}
    data = portfolio_proof.sign(holder, address or result.address, files, moment)
    (config_file.parent / portfolio_proof.FILE).write_bytes(data)
    count = sum(portfolio_proof.count_in(entry.whole().file.data, moment, holder.did) for entry in files.values())
    _say(f"Signed {_count(len(files), 'file')} for {portfolio_proof.domain_of(data)}: {portfolio_proof.FILE}.")
    _say(f"Issued to {holder.did}: {_count(count, 'credential')}.")
    if not count:
        _complain(message("portfolio.stale.NONE_ISSUED"))
    return VERIFIED


def exit_code(reports: Iterable[Report]) -> int:
    """Return the exit code of `verify` and `check` for these reports."""
    found = [one for report in reports for one in _with_inner(report)]
    verdicts = {report.verdict for report in found}
    if verdicts & {"failed", "revoked"}:
        return REFUSED
    if all(report.checks["readable"].code == "NOT_A_CREDENTIAL" for report in found):
        return USAGE
    return VERIFIED if verdicts == {"verified"} else UNSURE


def _with_inner(report: Report) -> Iterator[Report]:
    """A container says nothing itself: what counts is what is in it. Of anything else, both count."""
    if "signature" not in report.checks or report.checks["signature"].code != "CONTAINER":
        yield report
    for inner in report.inner:
        yield from _with_inner(inner)


def _build(config_file: Path, *, strict: bool, publish: bool, archive: Path | None = None) -> BuildResult:
    """Build; mkdocs is imported only here, since it is slow to load."""
    from portfolio_gen.site.build import build as build_site

    return build_site(config_file, strict=strict, publish=publish, progress=_progress(), archive=archive)


def _folders(config_file: Path) -> Folders:
    from portfolio_gen.site.build import folders

    return folders(config_file)


def _list_untranslated(tag: str) -> None:
    """Say which sentences of the site's pages are in English although the site is not."""
    language = language_of(tag)
    if language == ENGLISH and tag.lower().split("-")[0] != ENGLISH:
        _say(message("languages.unknown", tag=tag, known=", ".join(locales())))
    if missing := untranslated(language):
        values = {"count": len(missing), "language": locales()[language].name, "ids": ", ".join(missing)}
        _say(message("languages.one" if len(missing) == 1 else "languages.many", **values))


def _progress(doing: str = "Checking") -> Callable[[int, int], None]:
    """Return what the build tells how far it is; shown on a terminal only, in one line that it overwrites."""
    if not sys.stderr.isatty():
        return lambda done, total: None

    def show(done: int, total: int) -> None:
        if total >= SHOW_PROGRESS_FROM and (done % 10 == 0 or done == total):
            click.echo(f"\r{doing} {done} of {total} …" + ("\r\x1b[K" if done == total else ""), err=True, nl=False)

    return show


def _with_progress(files: Sequence[Input]) -> Iterable[Input]:
    show = _progress()
    for done, file in enumerate(files, 1):
        yield file
        show(done, len(files))


def _print_json(reports: Iterable[tuple[Input, Report]], moment: str) -> None:
    rows = [_row(file.name, report, moment, _apart(file, report, moment)) for file, report in reports]
    click.echo(json.dumps({"version": 1, "reports": rows}, indent=1, ensure_ascii=False))


def _row(file: str, report: Report, moment: str, apart: Sequence[str]) -> dict[str, Any]:
    """Return a report as JSON has it, with what was found out in another way than the two verifiers can."""
    by = f"portfolio-gen {__version__} (Python)"
    row = {"file": file, "checked_at": moment, "checked_by": by, **report.to_json()}
    return {**row, "checked_apart": list(apart)} if apart else row


def _apart(file: Input, report: Report, moment: str) -> tuple[str, ...]:
    """Return what a library says of a file that browsers cannot check, in sentences: no part of a verdict."""
    return pdf.told(file.data, moment) if pdf.is_signed(report) else ()


def _line(report: Report, file: str) -> str:
    """One line: verdict, name, issuer."""
    width = max(len(verdict["label"]) for verdict in vocabulary()["verdicts"].values())
    label = vocabulary()["verdicts"][report.verdict]["label"]
    return f"{label:<{width}}  {_name(report) or file}{_issuer(report)}"


def _name(report: Report) -> str:
    values = (
        fact.value
        for field in ("name", "credentialName", "degreeName")
        for fact in report.credential
        if fact.field == field
    )
    return str(next(values, ""))


def _issuer(report: Report) -> str:
    """The issuer as it calls itself, and the identifier, which is what the key is bound to."""
    if report.issuer is None:
        return ""
    id = report.issuer.id if len(report.issuer.id) <= 40 else f"{report.issuer.id[:20]}…{report.issuer.id[-6:]}"
    return f" — {report.issuer.name} ({id})" if report.issuer.name else f" — {id}"


def _explain(
    report: Report,
    file: str,
    broken: Iterable[Fault] = (),
    *,
    asked: bool = False,
    words: Iterable[str] = (),
    apart: Iterable[str] = (),
) -> None:
    """Say of one file what every check found, and which rules of its format it breaks.

    `asked` says whether it was looked for in issuer lists; `words` is what its owner's words change in the site,
    `apart` what was found out in another way than visitors' browsers can.
    """
    _say(_line(report, file))
    _say(f"  {file}")
    for result, says in checks_told(report):
        _say(f"  {result:<18} {says}")
    for text in known(report) if asked else ():
        _say(f"  {message('lists.title'):<18} {text}")
    for fault in broken:
        _say(f"  {message('form.warning'):<18} {fault.clause}: {fault.says} ({fault.pointer})")
    for text in words:
        _say(f"  {message('curate.title'):<18} {text}")
    for text in apart:
        _say(f"  {text}")
    for inner in report.inner:
        _say(f"  Inside it: {_line(inner, '')}")
    _say("")


def _sum_up(reports: Sequence[Report], code: int) -> None:
    if code == USAGE:
        _complain("No credential was found. Expected were JSON files that somebody signed and gave to you.")
        return
    counted: dict[str, int] = {}
    for report in reports:
        label = vocabulary()["verdicts"][report.verdict]["label"]
        counted[label] = counted.get(label, 0) + 1
    _say(", ".join(f"{label}: {count}" for label, count in counted.items()) + ".")
    if any(report.verdict == "verified" for report in reports):
        _say(message("cli.limit"))


def _nothing_found(inputs: Inputs) -> str:
    return f"No credential was found in {_count(len(inputs.files), 'file')}."


def _list_skipped(skipped: Iterable[wallet.Skipped]) -> None:
    for item in skipped:
        _say(f"Not published: {item.name}: {item.reason}")


def _list_personal(result: BuildResult) -> None:
    """List what is published about the learner because they allow it."""
    allowed = [found for found in result.personal if found.file in {entry.file.name for entry in result.entries}]
    if allowed:
        _say(message("personal.allowed"))
    for found in allowed:
        _say(f"  {found}")


def _say_withheld(result: BuildResult) -> None:
    """Say where nobody looked for personal data, and how files that are withheld for it can be published."""
    for entry in result.entries:
        if entry.report.format == "pdf":
            _say(f"{entry.file.name}: {message('personal.pdf')}")
        for kept in entry.evidence:
            if kept.name.lower().endswith(".pdf"):
                _say(f"{kept.name}: {message('personal.pdf')}")
    if result.withheld:
        _complain(message("personal.signed", kinds=", ".join(sorted(result.withheld))))


def _pass_on(warnings: Iterable[str]) -> None:
    """Say what MkDocs warned of, such as a link in a page that leads nowhere."""
    for warning in warnings:
        _complain(f"Warning: {warning}")


def _refuse_secrets(result: BuildResult) -> int:
    _complain("Nothing was published, because a secret would have been:")
    for secret in result.secrets:
        _complain(f"  {secret}")
    _complain("Take it out, or move the file away. A key that has been public anywhere must be replaced.")
    return USAGE


def _moment(text: str | None) -> str:
    """Return the time given, or now: an RFC 3339 date-time."""
    if text is None:
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        instant(text.upper())
    except ValueError:
        usable = False
    else:
        usable = bool(_RFC3339.match(text))
    if not usable:
        raise click.UsageError(
            f"found {marked.said(text)}, expected a date and time with its zone, such as 2026-03-14T09:00:00Z."
        )
    return text.upper()


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise click.UsageError(f"found {marked.said(text)}, expected HOST:PORT, such as 127.0.0.1:8000.")
    return host.strip("[]"), int(port)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError([ConfigProblem(_path(path), None, "The file is not text in UTF-8.")]) from None
    except OSError as error:
        raise ConfigError([ConfigProblem(_path(path), None, f"It cannot be read: {error.strerror}.")]) from None


def _path(path: Path) -> str:
    return wallet.shown_path(str(path))


def _count(number: int, noun: str) -> str:
    several = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{number} {noun if number == 1 else several}"


def _plain(text: str) -> str:
    """Text of a credential must not be able to steer the terminal."""
    return "".join(character if character.isprintable() or character == "\n" else "\ufffd" for character in text)


def _say(text: Any) -> None:
    click.echo(_plain(str(text)))


def _complain(text: Any) -> None:
    click.echo(_plain(str(text)), err=True)
