"""The numbered steps of docs/verification.md, 0 to 5, from bytes to a Report. Pure: no disk, network or clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from portfolio_gen import keys, proofs
from portfolio_gen.credential import Envelope, Proof
from portfolio_gen.errors import ProofError, ReadError
from portfolio_gen.limits import LIMITS, Limits
from portfolio_gen.readers import read
from portfolio_gen.report import CHECKS, Check, Report, judge
from portfolio_gen.timestamps import SECOND, instant

DOCUMENT_STARTS, DOCUMENT_ENDS = ("validFrom", "issuanceDate"), ("validUntil", "expirationDate")
"""Both data models' names count, whichever the document is of: the stricter wins."""


def verify(data: bytes, *, now: str, web: Mapping[str, Any] | None = None, limits: Limits = LIMITS) -> Report:
    """Check one file and return what was found, without the check `shown` (DESIGN 2.3).

    `now` is an RFC 3339 date-time, read once by the caller; ValueError if it is none. `web` answers for look-ups.
    """
    moment = instant(now.upper())
    digest = sha256(data).hexdigest()
    try:
        envelope = read(data, limits)
    except ReadError as error:
        return _unread(digest, error)
    counted, signature = _signature(envelope, limits)
    checks = {"readable": Check.of("readable", "OK"), "signature": signature}
    if signature.result == "pass":
        checks |= {"signer": _signer(envelope), "dates": _dates(envelope, counted, moment, limits)}
        checks |= {"status": _status(envelope)}
    else:
        checks |= {name: Check.of(name, "SIGNATURE_FIRST") for name in ("signer", "dates", "status")}
    checks["recipient"] = Check.of("recipient", "NOT_ASKED")
    return Report(digest, envelope.format, judge(checks), checks, envelope.issuer, envelope.facts)


def _unread(digest: str, error: ReadError) -> Report:
    checks = {"readable": Check.of("readable", error.code, error.detail)}
    checks |= {name: Check.of(name, "NOT_READ") for name in CHECKS[1:5]}
    checks["recipient"] = Check.of("recipient", "NOT_ASKED")
    return Report(digest, error.format, judge(checks), checks)


def _signature(envelope: Envelope, limits: Limits) -> tuple[tuple[Proof, ...], Check]:
    """Step 1: return the proofs that count, and the check."""
    if not envelope.proofs:
        return (), Check.of("signature", "NO_PROOF")
    if len(envelope.proofs) > limits.proofs:
        return (), Check.of("signature", "TOO_MANY_PROOFS")
    listed = keys.listed(envelope.issuer.id)
    own = tuple(proof for proof in envelope.proofs if listed is None or _names_one_of(listed, proof))
    if not own:
        return (), Check.of("signature", "NO_ISSUER_PROOF")
    counted = tuple(proof for proof in own if proofs.is_known(proof))
    detail: dict[str, Any] = {
        "suites": _distinct(proof.suite for proof in counted),
        "methods": _distinct(proof.verification_method for proof in counted),
        "unknownSuites": _distinct(proof.suite for proof in own if not proofs.is_known(proof)),
        "otherProofs": len(envelope.proofs) - len(own),
    }
    code, more = _worst([_outcome(envelope, proof, limits) for proof in counted])
    return counted, Check.of("signature", code, {name: value for name, value in {**detail, **more}.items() if value})


def _names_one_of(listed: frozenset[str], proof: Proof) -> bool:
    return isinstance(proof.verification_method, str) and proof.verification_method in listed


def _outcome(envelope: Envelope, proof: Proof, limits: Limits) -> tuple[str, Mapping[str, Any]]:
    """Step 1.3: return the code for one proof, and the details of its own."""
    try:
        proofs.check_form(proof)
        key = keys.resolve(proof.verification_method, limits)
        proofs.check_signature(envelope.document, proof, key, limits)
    except ProofError as error:
        return error.code, error.detail
    return "OK", {}


def _worst(outcomes: list[tuple[str, Mapping[str, Any]]]) -> tuple[str, Mapping[str, Any]]:
    """Step 1.4: the first `fail`, else the first `unknown`, else OK; with no proof left, SUITE_NOT_SUPPORTED."""
    if not outcomes:
        return "SUITE_NOT_SUPPORTED", {}
    for result in ("fail", "unknown"):
        for code, detail in outcomes:
            if Check.of("signature", code).result == result:
                return code, detail
    return outcomes[0]


def _signer(envelope: Envelope) -> Check:
    """Step 2. That the proof names a method which the issuer's document lists, step 1 has made sure of."""
    known = keys.listed(envelope.issuer.id) is not None
    return Check.of("signer", "OK" if known else "ISSUER_NOT_RESOLVED")


def _dates(envelope: Envelope, counted: Iterable[Proof], now: int, limits: Limits) -> Check:
    """Step 3."""
    places: list[_Dated] = [("", envelope.document, DOCUMENT_STARTS, DOCUMENT_ENDS)]
    places += [(proof.pointer, proof.options, ("created",), ("expires",)) for proof in counted]
    starts: list[tuple[int, str]] = []
    ends: list[tuple[int, str]] = []
    malformed = []
    for pointer, values, start_names, end_names in places:
        for names, found in ((start_names, starts), (end_names, ends)):
            for name in names:
                value = values.get(name)
                try:
                    found += [(instant(value), value)] if value is not None else []
                except (ValueError, TypeError):
                    malformed.append(f"{pointer}/{name}")
    if malformed:
        return Check.of("dates", "MALFORMED", {"pointers": sorted(malformed)})
    return _within(starts, ends, now, limits.date_tolerance_seconds * SECOND)


_Dated = tuple[str, Mapping[str, Any], tuple[str, ...], tuple[str, ...]]
"""A pointer, the object there, and the names of its starts and of its ends."""


def _within(starts: list[tuple[int, str]], ends: list[tuple[int, str]], now: int, tolerance: int) -> Check:
    if not starts and not ends:
        return Check.of("dates", "NO_DATES")
    until = min(ends, key=lambda end: end[0], default=(now, ""))
    since = max(starts, key=lambda start: start[0], default=(now, ""))
    if until[0] < now - tolerance:
        return Check.of("dates", "EXPIRED", {"until": until[1]})
    if since[0] > now + tolerance:
        return Check.of("dates", "NOT_YET_VALID", {"from": since[1]})
    return Check.of("dates", "OK")


def _status(envelope: Envelope) -> Check:
    """Step 4: no status list is read yet."""
    entries = envelope.document.get("credentialStatus")
    if entries is None or entries == []:
        return Check.of("status", "NO_STATUS")
    entries = entries if isinstance(entries, list) else [entries]
    types = [entry.get("type") for entry in entries if isinstance(entry, dict)]
    named = _distinct(name for type in types for name in (type if isinstance(type, list) else [type]))
    return Check.of("status", "NOT_SUPPORTED", {"types": named} if named else {})


def _distinct(values: Iterable[Any]) -> list[str]:
    return sorted({value for value in values if isinstance(value, str)})
