"""The finished site onto a branch from which GitHub Pages serves it, beside the workflow that `init` writes.

`ghp-import` makes the commit: it gives git the site's bytes as they are, where `git add` may change the ends of lines
and with them what was signed. It works on a branch of its own, which is pushed without force and then removed; no
branch of the learner's changes. What the branch on the server holds is looked at first.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from portfolio_gen import __version__
from portfolio_gen.errors import PortfolioError, SiteError

BRANCH, REMOTE = "gh-pages", "origin"

OURS = "assets/verifier/verifier.js"
"""A file that every site of ours has, and hardly any other."""

CNAME = "CNAME"
"""The file in which GitHub Pages finds a site's own domain."""

MOST_NAMED = 8
"""Of what stands in the way, this many files are named."""

_GITHUB = re.compile(
    r"(?i)(?:https://(?:[^/@]+@)?github\.com/|git@github\.com:|ssh://git@github\.com(?::\d+)?/)([^/]+)/([^/]+?)(?:\.git)?/?\Z"
)
_HOST = re.compile(r"(?i)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*\Z")


class DeployError(PortfolioError):
    """The site cannot be put there that way."""


@dataclass(frozen=True)
class Target:
    """Where a site goes: the repository, the remote and its address, the branch, and what is there now."""

    folder: Path
    remote: str
    url: str
    branch: str
    tip: str = ""
    """The commit that the branch is at on the server; empty where there is no such branch."""
    foreign: tuple[str, ...] = ()
    """What it holds at its top, if that is no site of ours."""
    domain: str = ""
    """The site's own domain: of the owner's pages, else of what the branch holds."""
    keeps: bool = False
    """Whether the domain stands on the branch only, and has to be kept."""

    @property
    def address(self) -> str:
        """The address that the site will have; empty where nobody can tell."""
        return f"https://{self.domain}/" if self.domain else address_on_github(self.url)


def address_on_github(url: str) -> str:
    """Return the address that GitHub Pages gives to a repository, by the address of its remote; empty for others.

    A repository that is called after its owner is at the root of the owner's address, every other one in a folder.
    """
    found = _GITHUB.match(url)
    if not found:
        return ""
    owner, name = found[1].lower(), found[2]
    root = f"https://{owner}.github.io/"
    return root if name.lower() == f"{owner}.github.io" else f"{root}{name}/"


def mismatch(site_url: str, address: str) -> str:
    """Return what site_url should be, the empty string where it is right, or where nobody can tell."""
    if not site_url or not address:
        return ""
    one, other = urlsplit(site_url.rstrip("/") + "/"), urlsplit(address)
    same = (one.hostname, one.path) == (other.hostname, other.path) and one.scheme in ("http", "https")
    return "" if same else address


def target(folder: Path, docs_dir: Path, *, remote: str = REMOTE, branch: str = BRANCH) -> Target:
    """Look at where a site would go; asks the server, and changes nothing there.

    Raises:
        DeployError: there is no repository or remote, or the branch is the one that is worked on.
        SiteError: the server cannot be asked.
    """
    _require_repository(folder)
    url = _remote(folder, remote)
    if branch == _git(folder, "branch", "--show-current"):
        raise DeployError(f"{branch} is the branch that you work on. Name another with --branch, such as {BRANCH}.")
    _git(folder, "check-ref-format", f"refs/heads/{branch}", wrong=f"{branch} cannot be the name of a branch.")
    tip = _git(folder, "ls-remote", "--heads", remote, f"refs/heads/{branch}", asks=url).partition("\t")[0]
    if tip:
        _git(folder, "fetch", "--quiet", "--no-tags", remote, f"refs/heads/{branch}", asks=url)
    there = _git(folder, "ls-tree", "--name-only", "-z", tip).strip("\0").split("\0") if tip else []
    mine = not tip or bool(_git(folder, "ls-tree", "--name-only", tip, "--", OURS))
    foreign = () if mine else tuple(sorted(name for name in there if name not in (CNAME, ".nojekyll")))
    kept = _git(folder, "show", f"{tip}:{CNAME}").strip() if CNAME in there else ""
    own = docs_dir / CNAME
    domain = own.read_text("utf-8").strip() if own.is_file() else kept
    if domain and not _HOST.match(domain):
        where = f"{docs_dir.name}/{CNAME}" if own.is_file() else f"{CNAME} on {branch}"
        raise DeployError(f"{where}: found {domain!r}, expected one domain, such as www.example.org.")
    return Target(folder, remote, url, branch, tip, foreign, domain.lower(), bool(kept) and not own.is_file())


@dataclass(frozen=True)
class Change:
    """What putting the site there changes: files, by what happens to them."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def deploy(target: Target, site: Path, *, push: bool = True) -> Change:
    """Put a finished site on the branch, unless `push` is False or nothing has changed; return what changes.

    Raises:
        SiteError: git refuses; the server's branch is as it was.
    """
    with _own_branch(target) as ours:
        _import(target, site, ours)
        change = _change(target, ours)
        if push and change:
            wanted = f"refs/heads/{ours}:refs/heads/{target.branch}"
            why = f"Nothing was published, because {target.remote} did not take it; if it is ahead, try again:"
            _git(target.folder, "push", "--quiet", target.remote, wanted, wrong=why)
    return change


def uncommitted(folder: Path) -> list[str]:
    """Return the files of the site's sources that are not as they were committed last."""
    rows = _git(folder, "status", "--porcelain", "-z", "--untracked-files=all", "--no-renames", "--", ".").split("\0")
    return sorted(row[3:] for row in rows if row)


@contextmanager
def _own_branch(target: Target) -> Iterator[str]:
    """Make a branch for the time being, at what the server has."""
    name = f"portfolio-gen/deploy-{os.getpid()}"
    if target.tip:
        _git(target.folder, "update-ref", f"refs/heads/{name}", target.tip)
    try:
        yield name
    finally:
        _git(target.folder, "update-ref", "-d", f"refs/heads/{name}")


def _import(target: Target, site: Path, branch: str) -> None:
    command = [sys.executable, "-m", "ghp_import", "--no-jekyll", "--branch", branch, "--remote", target.remote]
    command += ["--message", f"Portfolio, made with portfolio-gen {__version__}"]
    if target.keeps:
        command += ["--cname", target.domain]
    finished = _run([*command, str(site)], target.folder, _committer(target.folder))
    if finished.returncode:
        raise SiteError(f"The site could not be committed: {_last(finished.stderr or finished.stdout)}")


def _committer(folder: Path) -> Mapping[str, str]:
    """Return who commits, where git does not know it: the commit is made by a command."""
    known = {name: _run(["git", "config", f"user.{name}"], folder).stdout.strip() for name in ("name", "email")}
    fallback = {"name": "portfolio-gen", "email": "portfolio-gen@localhost"}
    given = {name: os.environ.get(f"GIT_COMMITTER_{name.upper()}") for name in fallback}
    return {f"GIT_COMMITTER_{name.upper()}": given[name] or known[name] or fallback[name] for name in fallback}


def _change(target: Target, branch: str) -> Change:
    new = _git(target.folder, "rev-parse", f"refs/heads/{branch}")
    old = target.tip or _git(target.folder, "hash-object", "-t", "tree", "--stdin")
    rows = _git(target.folder, "diff-tree", "-r", "--no-renames", "--name-status", old, new).splitlines()
    kinds = [row[:1] for row in rows]
    return Change(kinds.count("A"), len(kinds) - kinds.count("A") - kinds.count("D"), kinds.count("D"))


def _require_repository(folder: Path) -> None:
    try:
        inside = _run(["git", "rev-parse", "--is-inside-work-tree"], folder).stdout.strip() == "true"
    except FileNotFoundError:
        raise DeployError("git is not installed, or not on the path. It carries the site to the server.") from None
    if not inside:
        advice = f"Make it one: git init; git remote add {REMOTE} https://github.com/YOU/NAME.git"
        raise DeployError(f"The folder of mkdocs.yml is in no git repository. {advice}")


def _remote(folder: Path, name: str) -> str:
    found = _run(["git", "remote", "get-url", "--", name], folder)
    if not found.returncode:
        return found.stdout.strip()
    there = ", ".join(_git(folder, "remote").split())
    advice = f"There are: {there}." if there else f"Add one: git remote add {name} https://github.com/YOU/NAME.git"
    raise DeployError(f"There is no remote called {name}. {advice}")


def without_secret(url: str) -> str:
    """Return a remote's address without the name and the token that it may hold."""
    return re.sub(r"(?<=://)[^/@]*@", "", url)


def _git(folder: Path, *arguments: str, wrong: str = "", asks: str = "") -> str:
    """Run git and return what it says; raises SiteError with its reason, or after `wrong`."""
    finished = _run(["git", *arguments], folder)
    if finished.returncode:
        start = wrong or (f"{without_secret(asks)} cannot be asked:" if asks else f"git {arguments[0]} failed:")
        raise SiteError(f"{start} {_last(finished.stderr)}")
    return finished.stdout.rstrip("\n")


Finished = subprocess.CompletedProcess[str]


def _run(command: Sequence[str], folder: Path, more: Mapping[str, str] | None = None) -> Finished:
    return subprocess.run(
        list(command),
        cwd=folder,
        env={**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", **(more or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


def _last(text: str) -> str:
    """Return the last lines of what a program said of its failure, on one."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    return without_secret(" ".join(lines[-3:])) or "it did not say why."
