"""The whole portfolio in one ZIP, which checks every credential from a disk: no server, no network, nothing fetched.

A browser lets a page on a disk load scripts that lie beside it, and nothing else. So the page's script is there in one
classic file (browser/build.mjs makes it of the same sources), and each file that it needs lies in a script of its own,
in base64. Links lead to files, not to folders. The pages are those of the site in all else. The same site gives the
same bytes: the archive says nothing of when it was made.
"""

from __future__ import annotations

import base64
import json
import posixpath
import re
import zipfile
from collections.abc import Collection, Iterator
from importlib import resources
from pathlib import Path
from urllib.parse import quote, unquote

from portfolio_gen.errors import SiteError
from portfolio_gen.vocabulary import message

SCRIPTS = "assets/verifier/"
"""Where the page's scripts are in a site; in the archive there are others of the same names."""

INLINED = "assets/inlined/"
NEEDED = ("credentials/", "pictures/", "assets/snapshots/", "assets/lists/")
"""Folders whose files the page's script asks for; so it does for any JSON, but what is there to take along."""

LEFT_OUT = ("search/", "assets/javascripts/lunr/", "assets/javascripts/workers/", SCRIPTS, "404.html", "sitemap.xml")
"""What is of no use on a disk: a browser lets no page there search, and nobody looks for sitemaps."""

PACKED = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".zip", ".woff2", ".pdf")
_THEN = (1980, 1, 1, 0, 0, 0)
"""The first moment of which a ZIP can say that a file is of."""

_TAG = re.compile(r"""<(?:a|area|link|script|meta)\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_HREF = re.compile(r"""(\shref\s*=\s*)(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_MODULE = re.compile(r"""\stype\s*=\s*["']?module["']?""", re.IGNORECASE)
_POLICY = re.compile(r"""(http-equiv="Content-Security-Policy" content=")([^"]*)""", re.IGNORECASE)
_SERVED = re.compile(r"<!--served-->.*?<!--/served-->", re.DOTALL)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|[#?]|\Z", re.IGNORECASE)


def write(site: Path, file: Path) -> None:
    """Write the archive of the site in the folder `site` to `file`, which may lie in there.

    Raises:
        SiteError: the scripts for it were not built, or the disk refuses.
    """
    scripts = _scripts()
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file() and path != file)
    kept = [path for path in paths if not path.startswith(LEFT_OUT) and not path.endswith(".map")]
    known = frozenset(kept)
    try:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            _put(archive, message("export.zip.name"), message("export.zip.text").encode())
            for name, data in scripts:
                _put(archive, SCRIPTS + name, data)
            for path in kept:
                data = (site / path).read_bytes()
                if path.endswith(".html"):
                    data = page(data.decode(), path, known).encode()
                _put(archive, path, data)
                if _is_needed(path):
                    _put(archive, f"{INLINED}{path}.js", inlined(path, data))
    except OSError as error:
        raise SiteError(f"{file.name} cannot be written: {error.strerror or error}.") from error


def _scripts() -> list[tuple[str, bytes]]:
    dist = Path(str(resources.files("portfolio_gen"))) / "browser" / "dist" / "classic"
    found = [(path.name, path.read_bytes()) for path in sorted(dist.glob("*.js"))] if dist.is_dir() else []
    if not found:
        raise SiteError("The scripts of the ZIP are missing from this installation. Install portfolio-gen again.")
    return found


def _is_needed(path: str) -> bool:
    if path.endswith(".html"):
        return False
    return path.startswith(NEEDED) or (path.endswith(".json") and not path.startswith("export/"))


def inlined(path: str, data: bytes) -> bytes:
    """Return the script that hands over a file (browser/src/inlined.ts); the path is spelt as in an address."""
    name, text = json.dumps(quote(path)), base64.b64encode(data).decode()
    return f'(globalThis.portfolioFiles??={{}})[{name}]="{text}";\n'.encode()


def page(text: str, path: str, known: Collection[str]) -> str:
    """Return a page of the site as it is on a disk; `known` are the files that lie there."""
    folder = posixpath.dirname(path)
    return _TAG.sub(lambda found: _tag(found[0], folder, known), _SERVED.sub("", text))


def _tag(tag: str, folder: str, known: Collection[str]) -> str:
    kind = tag[1:5].lower()
    if kind == "meta":
        return _POLICY.sub(lambda found: found[1] + policy(found[2]), tag)
    if kind == "scri":
        return _MODULE.sub(" defer", tag)
    return _HREF.sub(lambda found: _link(found, folder, known), tag)


def _link(found: re.Match[str], folder: str, known: Collection[str]) -> str:
    address = found[2] if found[2] is not None else found[3]
    return f'{found[1]}"{on_disk(address, folder, known)}"'


def on_disk(address: str, folder: str, known: Collection[str]) -> str:
    """Return a link of a page in `folder` as it is on a disk: one that leads to a folder leads to its page."""
    if _ELSEWHERE.match(address):
        return address
    way, *rest = re.split(r"(?=[?#])", address, maxsplit=1)
    place = posixpath.normpath(posixpath.join(folder, unquote(way)))
    if place not in known and posixpath.normpath(posixpath.join(place, "index.html")) in known:
        way = f"{way.rstrip('/')}/index.html" if way not in (".", "./") else "index.html"
    return way + "".join(rest)


def policy(text: str) -> str:
    """Return a page's policy for a disk: files beside it in place of this site's, and nothing is asked of anybody."""
    return "; ".join(_directives(text))


def _directives(text: str) -> Iterator[str]:
    for directive in filter(None, (part.strip() for part in text.split(";"))):
        name, *sources = directive.split()
        if name in ("connect-src", "worker-src", "manifest-src"):
            yield f"{name} 'none'"
        else:
            # For a file, not every browser takes 'self' to be the files beside it.
            yield " ".join([name, *(f"{one} file:" if one == "'self'" else one for one in sources)])


def _put(archive: zipfile.ZipFile, path: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(path, _THEN)
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    entry.compress_type = zipfile.ZIP_STORED if path.endswith(PACKED) else zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)
