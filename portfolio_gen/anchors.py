"""Whether a transaction holds a Merkle root: what an explorer answers, if it was asked (`web`).

An explorer is believed about its chain, as a resolver is about a DID: the report names it. EXPLORERS has one row for
each chain that somebody keeps on show; chains for tests that are gone, or that only their issuer has, have none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portfolio_gen.credential import Anchor
from portfolio_gen.errors import ProofError
from portfolio_gen.keys import Address, addresses
from portfolio_gen.keys.documents import answer_for
from portfolio_gen.limits import Limits
from portfolio_gen.timestamps import SECOND, instant

_TRANSACTION = re.compile(r"(?:0x)?([0-9a-fA-F]{64})")


@dataclass(frozen=True)
class Sent:
    """Who sent a transaction (its first input's address), and when it was confirmed (nanoseconds since 1970)."""

    address: str
    at: int


@dataclass(frozen=True)
class _Found:
    sent: Sent
    holds: frozenset[str]
    """What the transaction carries as data, in hexadecimal."""


@dataclass(frozen=True)
class Explorer:
    """Where a chain's transactions are shown, by the lower-case hexadecimal of their name, and how the answer reads."""

    host: str
    path: str
    read: Callable[[Mapping[str, Any], str], _Found | None]

    def address(self, transaction: str) -> str:
        """Return the address at which the transaction is shown."""
        return f"https://{self.host}{self.path}{transaction}"


def look_up(anchor: Anchor, web: Mapping[str, Any], limits: Limits) -> tuple[Sent, dict[str, str]]:
    """Return who sent the transaction that holds the root, and the details to report.

    Raises ProofError: `ANCHOR_NOT_PUBLIC`, `ANCHOR_NOT_LOOKED_UP`, or `ANCHOR_MISMATCH` where it does not hold it.
    """
    explorer = EXPLORERS.get(anchor.chain)
    if explorer is None:
        raise ProofError("ANCHOR_NOT_PUBLIC", {"chain": anchor.chain} if anchor.chain in CHAINS else {})
    name = _TRANSACTION.fullmatch(anchor.transaction)
    if name is None:
        raise ProofError("MALFORMED_PROOF")
    transaction = name[1].lower()
    detail = {"chain": anchor.chain, "transaction": transaction, "explorer": explorer.host}
    answer = answer_for(explorer.address(transaction), web, limits)
    found = explorer.read(answer.document, transaction) if answer and answer.source == "live" else None
    if found is None:
        raise ProofError("ANCHOR_NOT_LOOKED_UP", detail)
    if anchor.root.hex() not in found.holds:
        raise ProofError("ANCHOR_MISMATCH", detail)
    return found.sent, detail


def signer(issuer: str, senders: Iterable[Sent], web: Mapping[str, Any], limits: Limits) -> tuple[str, dict[str, str]]:
    """Return the code of `signer`, and its detail: whether the issuer's profile lists who sent the transactions."""
    profile = addresses(issuer, web, limits)
    if profile is None:
        return "ISSUER_NOT_RESOLVED", {}
    if profile.source == "copy":
        return "DID_WEB_COPY_ONLY", {"at": profile.at}
    for sent in senders:
        own = [entry for entry in profile.entries if _same_address(entry.address, sent.address)]
        if not own:
            return "ANCHOR_BY_ANOTHER", {}
        if not any(_in_use(entry, sent.at) for entry in own):
            return "KEY_WITHDRAWN", {}
    return "LISTED", {}


def _same_address(one: str, other: str) -> bool:
    """Addresses of Ethereum's kind carry a checksum in their capitals; Bitcoin's are what they are."""
    return one == other or (one.startswith("0x") and one.lower() == other.lower())


def _in_use(entry: Address, at: int) -> bool:
    """Return whether the address was in use when the transaction was sent; a date that is none withdraws it."""
    try:
        return (entry.created is None or instant(entry.created) <= at) and all(at < instant(end) for end in entry.ends)
    except ValueError:
        return False


def _esplora(document: Mapping[str, Any], transaction: str) -> _Found | None:
    """Read a transaction as Esplora gives it: `vin`, `vout`, and `status` with the time of its block."""
    status, inputs, outputs = document.get("status"), document.get("vin"), document.get("vout")
    if document.get("txid") != transaction or not isinstance(status, dict) or status.get("confirmed") is not True:
        return None
    sender = _at(inputs, 0, "prevout", "scriptpubkey_address")
    time = status.get("block_time")
    if not isinstance(sender, str) or not isinstance(outputs, list) or type(time) is not int:
        return None
    scripts = [output.get("scriptpubkey") for output in outputs if isinstance(output, dict)]
    data = frozenset(script[4:] for script in scripts if isinstance(script, str) and script.startswith("6a20"))
    return _Found(Sent(sender, time * SECOND), data)


def _blockscout(document: Mapping[str, Any], transaction: str) -> _Found | None:
    """Read a transaction as Blockscout's API v2 gives it: `from`, `raw_input`, `status` and `timestamp`."""
    sender, data, at = _at(document, "from", "hash"), document.get("raw_input"), document.get("timestamp")
    if document.get("hash") != f"0x{transaction}" or document.get("status") != "ok":
        return None
    if not isinstance(sender, str) or not isinstance(data, str) or not isinstance(at, str):
        return None
    try:
        return _Found(Sent(sender, instant(at)), frozenset([data.removeprefix("0x").lower()]))
    except ValueError:
        return None


def _at(value: Any, *steps: str | int) -> Any:
    for step in steps:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and len(value) > step else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


EXPLORERS = {
    "bitcoinMainnet": Explorer("blockstream.info", "/api/tx/", _esplora),
    "bitcoinTestnet": Explorer("blockstream.info", "/testnet/api/tx/", _esplora),
    "ethereumMainnet": Explorer("eth.blockscout.com", "/api/v2/transactions/0x", _blockscout),
    "ethereumSepolia": Explorer("eth-sepolia.blockscout.com", "/api/v2/transactions/0x", _blockscout),
    "polygonMainnet": Explorer("polygon.blockscout.com", "/api/v2/transactions/0x", _blockscout),
}

CHAINS = frozenset(EXPLORERS) | {
    "mockchain",
    "bitcoinRegtest",
    "ethereumRopsten",
    "ethereumRinkeby",
    "ethereumGoerli",
    "polygonMumbai",
}
"""Names of chains that a report repeats; any other is what the file says."""
