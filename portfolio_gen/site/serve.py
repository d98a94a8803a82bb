"""The preview: the site on loopback, made anew when something changes, under the published policy.

A change in the wallet is joined onto the shells that the last MkDocs build left; after any other change
MkDocs builds aside, and the new site takes over when that has succeeded. What cannot be built is said on
the page and in the terminal, and the last good site stays.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import escape
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import LiveReloadServer
from watchdog import events
from watchdog.observers import Observer

from portfolio_gen.errors import SiteError
from portfolio_gen.holders import FILE as HOLDERS_FILE
from portfolio_gen.site.adding import Desk, desk
from portfolio_gen.site.build import load, remarks
from portfolio_gen.site.dropping import ADDRESS, Dropping, encoded, words
from portfolio_gen.site.gather import Checker
from portfolio_gen.site.plugin import (
    PortfolioPlugin,
    line_on,
    reload_by_file,
    snapshots_folder,
    stacks_folder,
    wallet_folder,
)

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

SETTLING = 0.05
"""Seconds without a change after which a rebuild begins: an editor writes a file in several steps."""

LOOPBACK = ("127.0.0.1", "::1", "localhost")

CHANGES = [
    events.FileCreatedEvent,
    events.FileModifiedEvent,
    events.FileMovedEvent,
    events.FileDeletedEvent,
    events.DirCreatedEvent,
    events.DirMovedEvent,
    events.DirDeletedEvent,
]
"""Reading a file is an event too, for watchdog; not for us, who read them all."""

Say = Callable[[str], None]
Seen = frozenset[tuple[str, int, int]]


def serve(config_file: Path, *, host: str = "127.0.0.1", port: int = 8000, say: Say) -> None:
    """Serve the site of `config_file` until interrupted; `say` is told what happens.

    Raises:
        ConfigError: the configuration is wrong from the start.
        SiteError: the address is not this machine's own, or is taken.
    """
    if host not in LOOPBACK:
        raise SiteError(f"{host} is not this machine's own; the preview is for you alone. Use 127.0.0.1.")
    _claim(host, port)
    logging.getLogger("mkdocs").addHandler(logging.NullHandler())
    with tempfile.TemporaryDirectory(prefix="portfolio-") as folder:
        preview = Preview(config_file, Path(folder), f"http://{host}:{port}/", say)
        preview.build()
        server = PreviewServer(preview, host, port)
        try:
            say(f"Serving on {server.url} (Ctrl+C stops it)")
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            say("Stopped.")
        except OSError as error:
            raise SiteError(_why_not(error, host, port)) from error
        finally:
            server.shutdown()


def _claim(host: str, port: int) -> None:
    """Find out whether the address is free before anything is built for it.

    Raises:
        SiteError: it is not; with one that is.
    """
    try:
        _try(host, port)
    except OSError as error:
        raise SiteError(_why_not(error, host, port)) from error


def _try(host: str, port: int) -> int:
    """Listen for a moment, as the server will, and return the port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if os.name == "posix":  # elsewhere it would share the port with whoever has it
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        probe.listen()
        return int(probe.getsockname()[1])


def _free(host: str, after: int) -> int:
    """Return the next port that can be listened on, looking at a few, else the one that the system gives."""
    for port in range(after + 1, min(after + 20, 65535) + 1):
        with suppress(OSError):
            return _try(host, port)
    return _try(host, 0)


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno in (errno.EADDRINUSE, errno.EACCES):
        shown = f"[{host}]" if ":" in host else host
        advice = f"Try another: portfolio-gen serve --address {shown}:{_free(host, max(port, 1023))}"
        return f"{host}:{port} cannot be used: {error.strerror}. {advice}"
    return f"The preview cannot run on {host}:{port}: {error.strerror or error}."


class Preview:
    """The site as it is now, in a temporary folder, and what is wrong with what it should be."""

    def __init__(self, config_file: Path, folder: Path, site_url: str, say: Say) -> None:
        self.config_file, self.site_url, self.say = config_file, site_url, say
        self.root = folder / "0"
        self.problem = ""
        self.checker = Checker()
        self.builds = 0
        self._folder = folder
        self._lines: dict[str, str] = {}

    def build(self) -> None:
        """Build all of the site aside, and take over.

        Raises:
            PortfolioError: why it cannot be built; nothing has changed then.
        """
        self.builds += 1
        folder = self._folder / str(self.builds)
        config, plugin = load(self.config_file, site_dir=str(folder), site_url=self.site_url)
        plugin.checker = self.checker
        seen = self._seen(config)
        config.plugins.on_startup(command="serve", dirty=False)
        with remarks() as warnings:
            try:
                mkdocs_build(config, serve_url=self.site_url)
            except MkDocsException as error:
                shutil.rmtree(folder, ignore_errors=True)
                raise plugin.error or SiteError("\n".join(warnings) or str(error)) from error
        before, self.root = self.root, folder
        self._config, self._plugin, self._built_from = config, plugin, seen
        shutil.rmtree(before, ignore_errors=True)
        self._tell(warnings)

    def update(self) -> None:
        """Make the site what the files say now. Whatever goes wrong is said, never raised."""
        try:
            if self._seen(self._config) != self._built_from or self._plugin.citing.found:
                self.build()
            else:
                self._plugin.refresh(self._config, self.root)
                self._tell([])
        except Exception as error:  # a preview outlives everything that a hook or a template may do
            self.problem = str(error) or type(error).__name__
            self.say(f"The preview is not up to date, because something is wrong:\n{self.problem}")
        else:
            self.problem = ""

    def desk(self, now: str) -> Desk:
        """Return where files that are dropped on the preview are looked at."""
        return desk(self._config, self._plugin, now)

    def watched(self) -> Iterator[tuple[Path, bool]]:
        """Give the folders to watch, and whether what lies below them counts as well."""
        wallet = wallet_folder(self._config, self._plugin.config)
        yield wallet.parent, False  # which tells when the wallet was removed and made again
        yield self.config_file.resolve().parent, False
        yield from ((folder, True) for folder in self._sources(self._config))
        yield wallet, True
        yield snapshots_folder(self._config, self._plugin.config), True
        yield stacks_folder(self._config, self._plugin.config), True

    def _sources(self, config: MkDocsConfig) -> list[Path]:
        """Return what MkDocs builds from, beside mkdocs.yml."""
        named = (config.docs_dir, config.theme.custom_dir, *config.watch)
        return [path for path in map(Path, filter(None, named)) if path.exists()]

    def _stacks(self, config: MkDocsConfig) -> list[Path]:
        """Return the folder of stacks: whether there is one shows in the header of every page."""
        plugin = config.plugins.get("portfolio")
        return [stacks_folder(config, plugin.config)] if isinstance(plugin, PortfolioPlugin) else []

    def _seen(self, config: MkDocsConfig) -> Seen:
        """Return what tells whether MkDocs has to build again."""
        folder, plugin = self.config_file.resolve().parent, config.plugins["portfolio"]
        files = [self.config_file, folder / HOLDERS_FILE]
        if plugin.config["resume"]:
            files.append(folder / plugin.config["resume"])
        for source in (*self._sources(config), *self._stacks(config)):
            files += source.rglob("*") if source.is_dir() else [source]
        found = ((str(file), file.lstat()) for file in files if file.is_symlink() or file.is_file())
        return frozenset((name, of.st_mtime_ns, of.st_size) for name, of in found)

    def _tell(self, warnings: list[str]) -> None:
        """Say what is new: a line for each credential and left-out file, and what MkDocs remarked on."""
        gathered = self._plugin.gathered
        lines = {entry.file.name: line_on(entry) for entry in gathered.entries}
        lines |= {left.name: f"Not published: {left.name}: {left.reason}" for left in gathered.left_out}
        for line in (*warnings, *(line for name, line in lines.items() if self._lines.get(name) != line)):
            self.say(line)
        for name in self._lines.keys() - lines.keys():
            self.say(f"Gone: {name}")
        self._lines = lines


class PreviewServer(LiveReloadServer):
    """MkDocs' live-reload server over a preview."""

    def __init__(self, preview: Preview, host: str, port: int) -> None:
        super().__init__(self._update, host, port, str(preview.root))
        self._preview = preview
        self.build_delay = SETTLING
        self.observer = self._changes = _Changes()
        self.error_handler = self._error_page
        self._dropping = Dropping(port, preview.desk)
        self._asked = threading.local()
        reload_by_file(self, lambda: preview.problem, self._drop_script)
        self._watch_what_is_there()

    def _watch_what_is_there(self) -> None:
        """Watch every folder, and anew one that was removed and made again: the system forgets what is gone."""
        gone = self._changes.forget_gone()
        for folder, recursive in dict(self._preview.watched()).items():
            path = str(folder.absolute())
            if path in self._watched_paths and (path in gone or not folder.exists()):
                self.unwatch(path)
            if path not in self._watched_paths and folder.exists():
                self.watch(path, recursive=recursive)

    def _serve_request(self, environ: Any, start_response: Any) -> Any:
        if not str(environ.get("PATH_INFO", "")).startswith(ADDRESS):
            self._asked.is_ours = self._dropping.is_ours(environ)
            return super()._serve_request(environ, start_response)
        status, told = self._dropping.answer(environ)
        start_response(status, [("Content-Type", "application/json"), ("Cache-Control", "no-store")])
        return [encoded(told)]

    def _drop_script(self) -> str:
        """Return the script by which files can be added, and its token, to whoever asked this machine by its name."""
        if not getattr(self._asked, "is_ours", False):
            return ""
        given = f'data-token="{self._dropping.token}" data-words="{escape(words())}"'
        return f'<script src="{self.mount_path}assets/verifier/drop.js" {given}></script>'

    def _update(self) -> None:
        self._watch_what_is_there()
        self._preview.update()
        self.root = str(self._preview.root)

    def _error_page(self, code: int) -> bytes | None:
        page = self._preview.root / f"{code}.html"
        return page.read_bytes() if page.is_file() else None


class _Changes(Observer):  # type: ignore[misc,valid-type]
    """The system's own file watcher, which tells of changes only, and of folders as of files."""

    def __init__(self) -> None:
        super().__init__()
        self._gone: set[str] = set()

    def forget_gone(self) -> set[str]:
        """Return the folders that went away since this was last asked."""
        gone, self._gone = self._gone, set()
        return gone

    def schedule(self, handler: Any, path: str, *, recursive: bool = False, event_filter: Any = None) -> Any:
        """Watch; MkDocs' own handler passes over what happens to folders."""
        tell = handler.on_any_event

        def told(event: events.FileSystemEvent) -> None:
            if isinstance(event, events.DirDeletedEvent | events.DirMovedEvent):
                self._gone.add(str(event.src_path))
            tell(events.FileModifiedEvent(event.src_path))

        handler.on_any_event = told
        return super().schedule(handler, path, recursive=recursive, event_filter=CHANGES)
