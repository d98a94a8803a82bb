"""The numbered steps of docs/verification.md, 0 to 5, from bytes to a Report. Pure: no disk, network or clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from portfolio_gen import anchors, certificates, keys, open_badges, proofs, recipient, statements, status, trust
from portfolio_gen.credential import Binding, Dated, Envelope, Key, Proof
from portfolio_gen.errors import ProofError, ReadError
from portfolio_gen.limits import LIMITS, Limits
from portfolio_gen.noted import Noted
from portfolio_gen.readers import read, status_token
from portfolio_gen.report import CHECKS, Check, IssuerIdentity, Report, judge
from portfolio_gen.timestamps import SECOND, instant
from portfolio_gen.values import items


@dataclass(frozen=True)
class _Asked:
    """What a check depends on beside the file: the moment (nanoseconds since 1970), the network's answers, limits."""

    now: int
    web: keys.Web
    limits: Limits
    holders: recipient.Holders
    lists: tuple[Mapping[str, Any], ...] = ()
    """Issuer lists, as `trust` has them."""
    opened: dict[tuple[bytes, str | None], _Opened] = field(default_factory=dict)
    """Status lists by SHA-256, and whose they are if they do not say: thousands of credentials may name one."""


@dataclass(frozen=True)
class _Opened:
    """What a status list came to, and for which addresses it was asked on the way."""

    list: status.SignedList | None
    asked: tuple[str, ...]


@dataclass(frozen=True)
class _Outcome:
    """What one proof came to (step 1.3), and the key that it was checked with, where one was found."""

    proof: Proof
    code: str
    detail: Mapping[str, Any]
    key: Key | None = None
    sent: anchors.Sent | None = None
    """Who anchored a Merkle proof, and when."""
    previous: tuple[Proof, ...] = ()
    """The proofs on which it builds directly."""


def verify(
    data: bytes,
    *,
    now: str,
    web: keys.Web | None = None,
    lists: trust.Lists = (),
    holders: recipient.Holders | None = None,
    limits: Limits = LIMITS,
) -> Report:
    """Check one file and return what was found, without the check `shown` (DESIGN 2.3).

    `now` is an RFC 3339 date-time, read once by the caller; ValueError if it is none. `web` answers for look-ups,
    `lists` are copies of issuer lists.
    `holders` are the identifiers that somebody says are theirs, by kind (`recipient.KINDS`).
    """
    return verifying(now=now, web=web, lists=lists, holders=holders, limits=limits)(data)


def verifying(
    *,
    now: str,
    web: keys.Web | None = None,
    lists: trust.Lists = (),
    holders: recipient.Holders | None = None,
    limits: Limits = LIMITS,
) -> Callable[[bytes], Report]:
    """Return `verify` for many files at one moment, with answers that stay as they are: it opens each list once."""
    asked = _Asked(instant(now.upper()), {} if web is None else web, limits, holders or {}, tuple(lists))
    return lambda data: _report(data, asked, 0)


def _report(data: bytes, asked: _Asked, depth: int) -> Report:
    digest = sha256(data).hexdigest()
    try:
        envelope = read(data, asked.limits, inside=depth > 0)
        if envelope.inner and (depth == asked.limits.inner_depth or len(envelope.inner) > asked.limits.inner):
            raise ReadError("TOO_MANY_INNER", envelope.format)
    except ReadError as error:
        return _unread(digest, error, asked)
    if envelope.badge is not None:
        envelope = open_badges.with_issuer(envelope, asked.web, asked.limits)
    checks = _checks(envelope, asked)
    inner = tuple(replace(_report(one.data, asked, depth + 1), pointer=one.pointer) for one in envelope.inner)
    issuer = _identified(envelope.issuer, checks, asked)
    return Report(digest, envelope.format, judge(checks), checks, issuer, envelope.facts, inner)


def _identified(issuer: IssuerIdentity | None, checks: Mapping[str, Check], asked: _Asked) -> IssuerIdentity | None:
    """Return the issuer with the lists that know it, where the key that signed is its own: anyone can name another's.

    A copy of its document counts, as far as the copy does: `signer` says that it is one.
    """
    signer = checks["signer"]
    bound = checks["signature"].result == "pass" and (signer.result == "pass" or signer.code == "DID_WEB_COPY_ONLY")
    if issuer is None or not asked.lists or not bound:
        return issuer
    found = trust.knowing(issuer.id, asked.lists, asked.now, statements.is_signed, asked.limits)
    return replace(issuer, lists=found)


def _unread(digest: str, error: ReadError, asked: _Asked) -> Report:
    checks = {"readable": Check.of("readable", error.code, error.detail)}
    checks |= {name: Check.of(name, "NOT_READ") for name in CHECKS[1:5]}
    checks["recipient"] = Check.of("recipient", "NOT_READ" if recipient.Declared.of(asked.holders) else "NOT_ASKED")
    return Report(digest, error.format, judge(checks), checks)


def _checks(envelope: Envelope, asked: _Asked) -> dict[str, Check]:
    outcomes, dated, signature = _signature(envelope, asked)
    checks = {"readable": Check.of("readable", "OK", envelope.notes), "signature": signature}
    if signature.result == "pass":
        checks["signer"] = _signer(envelope, outcomes, asked)
        whole = _is_whole(envelope, outcomes)
        checks["dates"] = _dates(envelope, dated, whole, asked)
        checks["status"] = _status(envelope, outcomes, whole, asked)
    else:
        checks |= {name: Check.of(name, "SIGNATURE_FIRST") for name in ("signer", "dates", "status")}
    code, detail = recipient.answer(envelope, signature.result, asked.holders, asked.limits)
    return {**checks, "recipient": Check.of("recipient", code, detail)}


def _signature(envelope: Envelope, asked: _Asked) -> tuple[list[_Outcome], list[Proof], Check]:
    """Step 1: return what each proof that counts came to, these and all on which they build, and the check."""
    if not envelope.proofs:
        if envelope.badge is not None:
            return [], [], Check.of("signature", *open_badges.hosting(envelope, asked.web, asked.limits))
        return [], [], Check.of("signature", envelope.unsigned)
    if len(envelope.proofs) > asked.limits.proofs:
        return [], [], Check.of("signature", "TOO_MANY_PROOFS")
    own = _own(envelope, asked)
    if not own:
        return [], [], Check.of("signature", "NO_ISSUER_PROOF")
    counted = [proof for proof in own if proofs.is_known(proof)]
    detail: dict[str, Any] = {
        "suites": _distinct(proof.suite for proof in counted),
        "methods": _distinct(proof.verification_method for proof in counted if not proofs.is_anchored(proof)),
        "unknownSuites": _distinct(proof.suite for proof in own if not proofs.is_known(proof)),
        "otherProofs": len(envelope.proofs) - len(own),
        **_asked_for(envelope, counted),
    }
    unsecured = proofs.Unsecured(envelope.document, asked.limits)
    known: dict[str, _Outcome] = {}
    outcomes = [_in_chain(envelope, unsecured, proof, asked, known) for proof in counted]
    code, more = _worst(outcomes)
    if code == "OK" and envelope.contradictions:
        code, more = "CLAIM_MISMATCH", {"pointers": sorted(envelope.contradictions)}
    if code == "OK" and envelope.binding:
        code, more = _bound(envelope, envelope.binding, asked)
    stated = {name: value for name, value in {**detail, **more}.items() if value}
    return outcomes, [outcome.proof for outcome in known.values()], Check.of("signature", code, stated)


def _in_chain(
    envelope: Envelope, unsecured: proofs.Unsecured, proof: Proof, asked: _Asked, known: dict[str, _Outcome]
) -> _Outcome:
    """Return the outcome of a proof, which is no better than those of the proofs on which it builds.

    `known` keeps them by pointer. That no proof builds on itself, the proof's own outcome has made sure.
    """
    if proof.pointer not in known:
        own = _outcome(envelope, unsecured, proof, asked)
        earlier = [_in_chain(envelope, unsecured, one, asked, known) for one in own.previous]
        code, detail = _worst([own, *earlier])
        known[proof.pointer] = own if code == "OK" else replace(own, code=code, detail=detail)
    return known[proof.pointer]


def _bound(envelope: Envelope, binding: Binding, asked: _Asked) -> tuple[str, Mapping[str, Any]]:
    """Return the code for a key binding JWT, and for whom and when it was made if it is good."""
    unsecured = proofs.Unsecured({}, asked.limits)
    found = _outcome(replace(envelope, purpose="keyBinding"), unsecured, binding.proof, asked)
    failed = Check.of("signature", found.code).result == "fail"
    if failed or not binding.fits:
        return "KEY_BINDING_INVALID", {}
    return found.code, binding.notes if found.code == "OK" else {}


def _own(envelope: Envelope, asked: _Asked) -> list[Proof]:
    """Steps 1.1: return the proofs that are the issuer's, or may be."""
    listing = _listing(envelope, asked)
    if listing is None:
        return list(envelope.proofs)
    named = [proof for proof in envelope.proofs if _is_listed(proof, envelope, asked)]
    return named or (list(envelope.proofs) if listing.source == "copy" else [])


def _is_listed(proof: Proof, envelope: Envelope, asked: _Asked) -> bool:
    listing = _listing(envelope, asked, _purpose(envelope, proof))
    if listing is not None and proofs.is_anchored(proof):
        return listing.source != "self"
    return listing is not None and _method(envelope, proof) in _strings(listing.methods)


def _method(envelope: Envelope, proof: Proof) -> Any:
    """Return the verification method of a proof; a credential's JWS that names none is by its issuer's one key."""
    if proof.jws is None or proof.jws.method is not None or envelope.issuer is None:
        return proof.verification_method
    return f"{envelope.issuer.id}#" if envelope.purpose == "assertionMethod" else None


def _purpose(envelope: Envelope, proof: Proof) -> str:
    """Return what the proof must be for: presentations by wallets that only know how to issue say assertionMethod."""
    stated = proof.options.get("proofPurpose")
    return "assertionMethod" if stated == "assertionMethod" else envelope.purpose


def _asked_for(envelope: Envelope, counted: Iterable[Proof]) -> dict[str, Any]:
    """Return what the proofs of a presentation were asked to hold: no check of ours, as nobody here asked."""
    if envelope.purpose != "authentication":
        return {}
    options = [proof.options for proof in counted]
    return {
        name: _distinct(value for option in options for value in items(option.get(member)))
        for name, member in (("challenges", "challenge"), ("domains", "domain"))
    }


def _strings(methods: frozenset[str]) -> list[Any]:
    """A list asks by equality: a verification method that is no string has no hash."""
    return list(methods)


def _listing(envelope: Envelope, asked: _Asked, purpose: str = "") -> keys.Listing | None:
    """Return what the issuer's document lists for `purpose` (the envelope's where none is given), if it is known."""
    if envelope.issuer is None:
        return None
    return keys.listing(envelope.issuer.id, purpose or envelope.purpose, asked.web, asked.limits)


def _outcome(envelope: Envelope, unsecured: proofs.Unsecured, proof: Proof, asked: _Asked) -> _Outcome:
    """Step 1.3: return the code for one proof, and the details of its own."""
    try:
        if not proofs.is_known(proof):
            raise ProofError("SUITE_NOT_SUPPORTED")
        if proofs.is_anchored(proof):
            anchor, named = proofs.check_anchored(unsecured, proof, _purpose(envelope, proof))
            sent, detail = anchors.look_up(anchor, asked.web, asked.limits)
            return _Outcome(proof, "OK", {**detail, **named}, sent=sent)
        proofs.check_form(proof, _purpose(envelope, proof))
        previous = proofs.previous(proof, envelope.proofs, asked.limits)
        key = _key(envelope, proof, asked)
        proofs.check_kind(proof, key)
        keys.check(key)
        named = proofs.check(unsecured.after(previous), proof, key)
    except ProofError as error:
        return _Outcome(proof, error.code, error.detail)
    return _Outcome(proof, "OK", named, key, previous=previous)


def _key(envelope: Envelope, proof: Proof, asked: _Asked) -> Key:
    """Return the key of the method that the proof names, else the one that a JWS brings along (DESIGN rule 6)."""
    try:
        return keys.resolve(_method(envelope, proof) or "", asked.web, asked.limits)
    except ProofError as error:
        if proof.jws is None or error.code != "KEY_NOT_RESOLVED":
            raise
        return keys.brought(proof.jws.header, asked.limits)


def _worst(outcomes: list[_Outcome]) -> tuple[str, Mapping[str, Any]]:
    """Step 1.4: the first `fail`, else the first `unknown`, else OK; with no proof left, SUITE_NOT_SUPPORTED."""
    if not outcomes:
        return "SUITE_NOT_SUPPORTED", {}
    for result in ("fail", "unknown"):
        for outcome in outcomes:
            if Check.of("signature", outcome.code).result == result:
                return outcome.code, outcome.detail
    contexts = _distinct(name for outcome in outcomes for name in outcome.detail.get("contexts", ()))
    return "OK", {**outcomes[0].detail, "contexts": contexts}


def _signer(envelope: Envelope, outcomes: list[_Outcome], asked: _Asked) -> Check:
    """Step 2. That the issuer's document, where it is known, lists the proofs' methods, step 1 has made sure of."""
    senders = [outcome.sent for outcome in outcomes if outcome.sent]
    found = [outcome.key for outcome in outcomes if outcome.key]
    if senders and envelope.issuer:
        sender = Check.of("signer", *anchors.signer(envelope.issuer.id, senders, asked.web, asked.limits))
        if sender.result != "pass" or not found:
            return sender
    listing = _listing(envelope, asked)
    if any(_withdrawn(key, asked.now) for key in found):
        return Check.of("signer", "KEY_WITHDRAWN")
    if envelope.issuer is None:
        return Check.of("signer", "NO_HOLDER" if envelope.badge is None else "ISSUER_NOT_RESOLVED")
    if any(key.certificates for key in found):
        signed = [(outcome.proof, outcome.key) for outcome in outcomes if outcome.key]
        return Check.of("signer", *certificates.signer(signed, envelope.starts, asked.now))
    if any(key.source == "document" for key in found):
        return Check.of("signer", "KEY_ONLY_IN_DOCUMENT")
    if listing is None or any(key.controller is None for key in found):
        return Check.of("signer", "ISSUER_NOT_RESOLVED")
    if listing.source == "copy":
        return Check.of("signer", "DID_WEB_COPY_ONLY", {"at": listing.at})
    if envelope.copied is not None:
        return Check.of("signer", "DID_WEB_COPY_ONLY", {"at": envelope.copied})
    if any(envelope.issuer is None or key.controller != envelope.issuer.id for key in found):
        return Check.of("signer", "CONTROLLER_MISMATCH")
    if not listing.stated:
        return Check.of("signer", "PURPOSE_NOT_STATED")
    return Check.of("signer", "OK" if listing.source == "self" else "LISTED")


def _withdrawn(key: Key, now: int) -> bool:
    """Return whether the key's document withdraws it; a date that is none withdraws it as well."""
    for end in key.ends:
        try:
            if instant(end) <= now:
                return True
        except ValueError:
            return True
    return False


def _is_whole(envelope: Envelope, outcomes: Iterable[_Outcome]) -> bool:
    """Return whether nobody but the issuer can have left out an end or a status."""
    return not envelope.withheld and not all(proofs.is_selective(outcome.proof) for outcome in outcomes)


def _dates(envelope: Envelope, counted: Iterable[Proof], whole: bool, asked: _Asked) -> Check:
    """Step 3. `whole` is False where an end may have been left out of what is shown."""
    starts, ends = list(envelope.starts), list(envelope.ends)
    for proof in (proof for proof in counted if not proofs.is_anchored(proof)):
        starts += proof.jws.times if proof.jws else ()
        for name, found in (("created", starts), ("expires", ends)):
            if proof.options.get(name) is not None:
                found.append((f"{proof.pointer}/{name}", proof.options[name]))
    malformed = sorted(pointer for pointer, value in (*starts, *ends) if _moment(value) is None)
    if malformed:
        return Check.of("dates", "MALFORMED", {"pointers": malformed})
    check = _within(starts, ends, asked.now, asked.limits.date_tolerance_seconds * SECOND)
    hidden = not whole and not any(map(_is_own_end, envelope.ends)) and check.result != "fail"
    return Check.of("dates", "END_MAY_BE_HIDDEN") if hidden else check


def _is_own_end(end: Dated) -> bool:
    """Return whether it is the credential's own, beside which an end of its token or proof may be a later one."""
    pointer, _ = end
    return pointer.rpartition("/")[2] in ("validUntil", "expirationDate")


def _moment(value: Any) -> int | None:
    """Return the instant that a dateTimeStamp names; None for anything else."""
    try:
        return instant(value)
    except (ValueError, TypeError):
        return None


def _within(starts: list[Dated], ends: list[Dated], now: int, tolerance: int) -> Check:
    if not starts and not ends:
        return Check.of("dates", "NO_DATES")
    until = min(((_moment(value) or 0, value) for _, value in ends), key=lambda end: end[0], default=(now, ""))
    since = max(((_moment(value) or 0, value) for _, value in starts), key=lambda start: start[0], default=(now, ""))
    if until[0] < now - tolerance:
        return Check.of("dates", "EXPIRED", {"until": until[1]})
    if since[0] > now + tolerance:
        return Check.of("dates", "NOT_YET_VALID", {"from": since[1]})
    return Check.of("dates", "OK")


def _status(envelope: Envelope, outcomes: list[_Outcome], whole: bool, asked: _Asked) -> Check:
    """Step 4. `whole` is False where a status may have been left out of what is shown."""
    if envelope.status is None or envelope.status == []:
        return Check.of("status", "NO_STATUS" if whole else "STATUS_MAY_BE_HIDDEN")
    issuer = envelope.issuer.id if envelope.issuer else None
    about = status.About(_credential_in(envelope).get("id"), issuer, _public_keys(outcomes))
    question = status.Question(
        about, asked.now, asked.web, asked.limits, lambda data, whose: _opened(data, whose, asked)
    )
    return status.check(items(envelope.status), question)


def _opened(data: bytes, whose: str | None, asked: _Asked) -> status.SignedList | None:
    """Return what a status list comes to; one that was opened before is not opened again, and asks the same anew."""
    digest = sha256(data).digest(), whose
    if digest not in asked.opened:
        if len(asked.opened) >= asked.limits.status_lists_kept:
            del asked.opened[next(iter(asked.opened))]
        web = Noted(asked.web)
        found = _opened_list(data, whose, replace(asked, web=web))
        asked.opened[digest] = _Opened(found, (*web.used, *web.missed))
    for address in asked.opened[digest].asked:
        asked.web.get(address)
    return asked.opened[digest].list


def _opened_list(data: bytes, whose: str | None, asked: _Asked) -> status.SignedList | None:
    """Check a status list as any credential, but for a status of its own; return None for what is none."""
    try:
        if whose is None:
            envelope = read(data, asked.limits, inside=True)
        else:
            envelope = status_token.read(data, whose, asked.limits)
    except ReadError:
        return None
    outcomes, dated, signature = _signature(envelope, asked)
    later = Check.of("signer", "SIGNATURE_FIRST"), Check.of("dates", "SIGNATURE_FIRST")
    if signature.result == "pass":
        whole = _is_whole(envelope, outcomes)
        later = (_signer(envelope, outcomes, asked), _dates(envelope, dated, whole, asked))
    issuer = envelope.issuer.id if envelope.issuer else None
    return status.SignedList(_credential_in(envelope), issuer, signature, *later, _public_keys(outcomes))


def _credential_in(envelope: Envelope) -> Mapping[str, Any]:
    """Return the part of the signed document that is the credential: before VC-JOSE, a JWT's claim `vc`."""
    inside = envelope.document.get("vc") if envelope.format == "vc-jwt" else None
    return inside if isinstance(inside, dict) else envelope.document


def _public_keys(outcomes: Iterable[_Outcome]) -> frozenset[tuple[str, bytes]]:
    return frozenset((outcome.key.kind, outcome.key.public) for outcome in outcomes if outcome.key)


def _distinct(values: Iterable[Any]) -> list[str]:
    return sorted({value for value in values if isinstance(value, str)})
