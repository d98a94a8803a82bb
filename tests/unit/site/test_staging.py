"""Either the old site is whole or the new one is, whenever a build is killed (DESIGN rule 13)."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from small_site import credential, digests, make_site

from portfolio_gen.errors import SiteError
from portfolio_gen.site import staging
from portfolio_gen.site.build import build
from portfolio_gen.site.staging import Staging

BUILDS = """
import os, sys
from pathlib import Path
from portfolio_gen.site.build import build
for line in sys.stdin:
    child = os.fork()
    if not child:
        try:
            build(Path(sys.argv[1]), strict=line.strip() == "strict")
        finally:
            os._exit(0)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("over", flush=True)
"""
"""Builds in a process of its own, which may be killed, for every line; nothing is imported anew for it."""

RUN = """
import sys
from pathlib import Path
from portfolio_gen.site import staging
exec(sys.argv[2])
place = staging.Staging(Path(sys.argv[1]))
place.open()
(place.next / "index.html").write_text("new")
place.publish()
"""
"""Publishes; `sys.argv[2]` arranges where it dies."""

DIE = "import os; os._exit(9)"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("old")
    (site / ".git").mkdir()
    (site / ".git" / "HEAD").write_text("ref")
    return site


def publish(site: Path, arranged: str = "") -> None:
    subprocess.run([sys.executable, "-c", RUN, str(site), arranged], check=not arranged)


def without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_exchange", lambda one, other: False)


@pytest.mark.parametrize("exchange", [True, False])
def test_publishing_replaces_the_site_and_keeps_hidden_names(
    site: Path, exchange: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchange:
        without_exchange(monkeypatch)
    place = Staging(site)
    (place.open() / "page.html").write_text("new")
    assert (site / "index.html").read_text() == "old"
    place.publish()
    place.close()
    assert digests(site).keys() == {"page.html", ".git/HEAD"}
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_linux_has_the_exchange(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("renameat2 is Linux's")
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert staging._exchange(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one" / "other").exists()


@pytest.mark.parametrize(
    ("dies", "expected"),
    [
        # before, within and after the two renames, and while the old site is being removed
        ("staging.Staging._swap = lambda self: os._exit(9)", "old"),
        ("staging._exchange = lambda a, b: False; r = Path.rename; n = []\n"
         "def rename(self, to): n.append(r(self, to)); os._exit(9)\nPath.rename = rename", "new"),
        ("staging._exchange = lambda a, b: False; r = Path.rename; n = []\n"
         "def rename(self, to):\n  n.append(r(self, to)); len(n) == 2 and os._exit(9)\nPath.rename = rename", "new"),
        ("e = staging._exchange\ndef exchange(a, b): e(a, b); os._exit(9)\nstaging._exchange = exchange", "new"),
        ("staging._return_hidden = lambda a, b: os._exit(9)", "new"),
        ("staging.shutil.rmtree = lambda *a, **k: os._exit(9)", "new"),
    ],
)  # fmt: skip
def test_the_next_command_puts_right_what_a_killed_one_left(site: Path, dies: str, expected: str) -> None:
    publish(site, f"import os\n{dies}")
    place = Staging(site)
    place.open()
    assert list(place.next.iterdir()) == []
    place.close()
    assert (site / "index.html").read_text() == expected
    assert (site / ".git" / "HEAD").read_text() == "ref"
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_one_build_at_a_time(site: Path) -> None:
    first, second = Staging(site), Staging(site)
    first.open()
    with pytest.raises(SiteError, match="Another build of site is running"):
        second.open()
    second.close()
    first.publish()
    first.close()
    second.open()
    second.close()


def test_a_disk_that_refuses_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SiteError, match="cannot be built beside"):
        Staging(tmp_path / "file" / "site").open()


class Builds:
    """Starts builds of one site and kills them."""

    def __init__(self, config_file: Path) -> None:
        command = [sys.executable, "-c", BUILDS, str(config_file)]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=quiet, text=True, bufsize=1
        )

    def run(self, kind: str, kill_after: float | None = None) -> float:
        """Build; with `kill_after` seconds, kill the build then. Return how long it took."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(kind + "\n")
        child = int(self._process.stdout.readline())
        begun = time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        assert self._process.stdout.readline() == "over\n"
        return time.monotonic() - begun

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


@pytest.mark.slow
def test_killed_at_fifty_random_points_the_old_site_is_whole_or_the_new_one(tmp_path: Path) -> None:
    """Kills are spread over the whole run, half of them over its last part, where the swap is.

    The last part is sought as the test runs (later after a kill that came too early, earlier after one
    that came too late), since a machine that becomes slower or faster meanwhile moves it.
    """
    config_file = make_site(tmp_path / "ada")
    third, site = config_file.parent / "wallet" / "three.json", config_file.parent / "site"
    extra = credential(name="A third one")
    builds = Builds(config_file)
    builds.run("plain")
    whole = [digests(site)]
    third.write_bytes(extra)
    length = builds.run("strict")
    whole.append(digests(site))
    assert whole[0] != whole[1]
    chance = random.Random(20)
    seen = [1]
    for number in range(50):
        third.unlink() if third.exists() else third.write_bytes(extra)
        late = number % 4 >= 2
        share = chance.uniform(0.75, 1.1) if late else chance.random()
        builds.run("strict" if number % 2 else "plain", kill_after=length * share)
        now = digests(site)
        assert now in whole, f"kill {number} left a mixture"
        seen.append(whole.index(now))
        if late and seen[-2] != third.exists():
            length *= 0.9 if seen[-1] == third.exists() else 1.2
    builds.close()
    assert 0 < sum(seen) < len(seen)
    assert build(config_file).published
    assert digests(site) in whole
    assert [path.name for path in config_file.parent.iterdir() if path.name.startswith(".")] == []
