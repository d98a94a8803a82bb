"""What a check found: Check, Fact, Report, and `judge`, which turns checks into one verdict.

Standard library only. `browser/src/report.ts` is the same in TypeScript.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from portfolio_gen.vocabulary import result_of

CHECKS = ("readable", "signature", "signer", "dates", "status", "recipient", "shown")
"""Every check in the order in which it is made and shown (DESIGN 2.1)."""


@dataclass(frozen=True)
class Check:
    """One check's answer. `result` follows from `code` by vocabulary.json."""

    result: str
    code: str
    detail: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, check: str, code: str, detail: Mapping[str, Any] | None = None) -> Check:
        """Return the answer `code` to `check`; raises KeyError for a code that is not in the vocabulary."""
        return cls(result_of(check, code), code, dict(detail)) if detail else _plain(check, code)

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form; `detail` is left out when empty."""
        plain: dict[str, Any] = {"result": self.result, "code": self.code}
        if self.detail:
            plain["detail"] = dict(self.detail)
        return plain


@cache
def _plain(check: str, code: str) -> Check:
    """Return the one answer that all reports without more to say share: a wallet has thousands."""
    return Check(result_of(check, code), code)


class Fact(NamedTuple):
    """One displayed fact: what it is, where it stands in the signed document, how it is shown."""

    field: str
    pointer: str
    value: str | int | float
    kind: str
    lang: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form; `lang` is left out when unknown."""
        plain: dict[str, Any] = {
            "field": self.field,
            "pointer": self.pointer,
            "value": self.value,
            "as": self.kind,
        }
        if self.lang is not None:
            plain["lang"] = self.lang
        return plain


@dataclass(frozen=True)
class IssuerIdentity:
    """The identifier the key is bound to, the name the issuer gives itself, the lists that know it."""

    id: str
    name: str | None
    lists: tuple[Mapping[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"id": self.id, "name": self.name, "lists": [dict(entry) for entry in self.lists]}


@dataclass(frozen=True)
class Report:
    """All that `verify` says of one file (DESIGN 2.3). Equal in both implementations after RFC 8785."""

    sha256: str
    format: str
    verdict: str
    checks: Mapping[str, Check]
    issuer: IssuerIdentity | None = None
    credential: tuple[Fact, ...] = ()
    inner: tuple[Report, ...] = ()
    pointer: str | None = None
    """Where this credential stands in the file around it; None for a whole file."""
    version: int = 1

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form of DESIGN 2.3; `pointer` only for a credential inside of another file."""
        return {
            **({} if self.pointer is None else {"pointer": self.pointer}),
            "version": self.version,
            "sha256": self.sha256,
            "format": self.format,
            "verdict": self.verdict,
            "checks": {name: check.to_json() for name, check in self.checks.items()},
            "issuer": self.issuer.to_json() if self.issuer else None,
            "credential": [fact.to_json() for fact in self.credential],
            "inner": [report.to_json() for report in self.inner],
        }


def judge(checks: Mapping[str, Check]) -> str:
    """Return the verdict on these checks: the first row of the table in DESIGN 2.2 that matches.

    Away from a page, `shown` is absent, which counts as `none`. No checks at all: `not-checked`.
    """
    if not checks:
        return "not-checked"

    def result(name: str) -> str:
        return checks[name].result if name in checks else ("none" if name == "shown" else "unknown")

    def is_code(name: str, code: str) -> bool:
        return result(name) == "fail" and checks[name].code == code

    dates_over = is_code("dates", "EXPIRED") or is_code("dates", "NOT_YET_VALID")
    if any(result(name) == "fail" for name in ("readable", "signature", "signer", "shown")) or (
        result("dates") == "fail" and not dates_over
    ):
        return "failed"
    for name, code, verdict in (
        ("status", "REVOKED", "revoked"),
        ("status", "SUSPENDED", "suspended"),
        ("dates", "NOT_YET_VALID", "not-yet-valid"),
        ("dates", "EXPIRED", "expired"),
    ):
        if is_code(name, code):
            return verdict
    if (
        all(result(name) == "pass" for name in ("readable", "signature", "signer"))
        and all(result(name) in ("pass", "none") for name in ("dates", "status"))
        and result("shown") in ("pass", "none")
    ):
        return "verified"
    if result("readable") == "pass" and result("signature") == "pass":
        return "partly-checked"
    return "cannot-check"
