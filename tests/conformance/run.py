"""Check the vectors from outside (../shared/vectors), and write docs/conformance.md: each miss with its reason.

Run: make conformance. With --check, say whether the page is the one that a run would write.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portfolio_gen.report import Report
from portfolio_gen.verifier import verify
from portfolio_gen.web import read_web

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "vectors"
PAGE = ROOT / "docs" / "conformance.md"
JUDGED_AT = "2026-11-23T12:00:00Z"
"""The manifest from outside judges expiry on this day."""

GOOD = ("verified", "partly-checked")
UNSIGNED = ("UNSIGNED_TERM", "UNSIGNED_VALUE")
RULE_7 = "rule 7: its issuer is a did:key, and none of its proofs is by that key"
COMPATIBLE = {
    "valid": (*GOOD, "cannot-check"),
    "invalid": ("failed", "not-yet-valid", "expired", "partly-checked", "cannot-check"),
    "expired": ("expired", "partly-checked", "cannot-check"),
    "revoked": ("revoked", "partly-checked", "cannot-check"),
}
"""What may be said of a row, by what it is expected to be. A valid one that cannot be checked is a miss, and no lie."""


@dataclass(frozen=True)
class Judged:
    """A row of the manifest from outside, and what we say of its file."""

    row: Mapping[str, Any]
    report: Report

    @property
    def kind(self) -> tuple[str, str]:
        """Format and suite, as the manifest names them."""
        return str(self.row["format"]), str(self.row["proof_type"])

    @property
    def expected(self) -> str:
        """What the row is expected to be, `unknown` where nobody outside of the issuer can tell."""
        return str(self.row["expected"]) if self.row["measurable"] else "unknown"

    @property
    def reason(self) -> str:
        """The first check that is not `pass` or `none`, and its code."""
        for name, check in self.report.checks.items():
            if check.result in ("fail", "unknown"):
                return f"{name} {check.code}" + _named(check.detail)
        return f"signature {self.report.checks['signature'].code}"

    @property
    def agrees(self) -> bool:
        """Whether our verdict is compatible with what is expected."""
        if self.expected == "unknown":
            return self.report.verdict != "verified" or self.row["signature_check"] == "verified"
        return self.report.verdict in COMPATIBLE[self.expected]

    @property
    def stricter(self) -> bool:
        """Whether our verdict is another because a rule of the design says so."""
        return not self.agrees and self.report.verdict == "failed" and bool(self.rule)

    @property
    def rule(self) -> str:
        """The rule of the design by which a file that others take is `failed`; empty where none is known."""
        signature, dates = (self.report.checks[name].code for name in ("signature", "dates"))
        if self.by_rule_7:
            return RULE_7
        if signature in UNSIGNED:
            return "rule 2: it holds something that JSON-LD drops from what was signed"
        return "rule on dates: a date that it states is none, although it was signed so" if dates == "MALFORMED" else ""

    @property
    def by_rule_7(self) -> bool:
        """Whether a file is `failed` because its issuer is a did:key and none of the proofs is by that key."""
        issuer = self.report.issuer.id if self.report.issuer else ""
        return issuer.startswith("did:key:") and self.report.checks["signature"].code == "NO_ISSUER_PROOF"

    @property
    def measured(self) -> bool:
        """Whether the row was expected to be good and came out so."""
        return self.report.verdict in GOOD


def _named(detail: Mapping[str, Any]) -> str:
    named = detail.get("unknownSuites") or detail.get("contexts") or detail.get("types") or ()
    return f" ({', '.join(named)})" if named else ""


def judged() -> list[Judged]:
    """Return every row of the manifest from outside with our report."""
    rows = json.loads((SHARED / "manifest.json").read_text("utf-8"))
    web = read_web(SHARED / "web", JUDGED_AT)
    return [Judged(row, verify((SHARED / row["file"]).read_bytes(), now=JUDGED_AT, web=web)) for row in rows]


def page(rows: list[Judged]) -> str:
    """Return docs/conformance.md."""
    return "\n".join([*_head(rows), *_table(rows), *_contradictions(rows), *_misses(rows), *_open(rows)]) + "\n"


def _head(rows: list[Judged]) -> Iterator[str]:
    valid = [one for one in rows if one.expected == "valid"]
    good = sum(one.measured for one in valid)
    yield "# Conformance"
    yield ""
    yield "<!-- Written by: make conformance -->"
    yield ""
    yield (
        f"{len(rows)} files that this project did not write, each with the verdict that its owner expects, judged at "
        f"{JUDGED_AT} with the look-ups that come with them. `make conformance` writes this page, and a test holds it "
        "to what the verifier finds."
    )
    yield ""
    agreeing, stricter = sum(one.agrees for one in rows), sum(one.stricter for one in rows)
    yield (
        f"- {agreeing} of {len(rows)} verdicts are compatible with what is expected; {stricter} are not, "
        "because of a rule of the design, and are named under “Verdicts that contradict what is expected”."
    )
    yield f"- {good} of {len(valid)} files that are measurably valid are verified or partly checked."
    yield from _share(valid)
    wrong = sum(one.report.verdict == "verified" and not one.agrees for one in rows)
    yield f"- {wrong} files that should not be are verified."
    failed = [one for one in valid if one.report.verdict == "failed"]
    yield (
        f"- {len(failed)} files that are measurably valid are `failed`, "
        f"{sum(one.stricter for one in failed)} of them by a rule of the design."
    )
    of_rule_7 = [one for one in rows if one.by_rule_7]
    yield (
        f"- {len(of_rule_7)} are `failed` because their issuer is a `did:key` and none of their proofs is by that key "
        f"(rule 7 of the design). What was expected of them: {_counted(one.expected for one in of_rule_7)}."
    )
    yield ""


LEFT_OUT = {
    "INLINE_CONTEXT": "bring their own vocabulary, which cannot be pinned (rule 1 of the design)",
    "UNKNOWN_CONTEXT": "name a vocabulary that no maintained package carries (traceability)",
    "HOSTED": "are hosted badges, which nobody signed",
    "ANCHOR_NOT_LOOKED_UP": "are anchored in a block chain that has to be looked up",
    "ANCHOR_NOT_PUBLIC": "are anchored in a block chain for tests",
    "FORMAT_NOT_SUPPORTED": "are in a format that is not read",
    "NOT_A_CREDENTIAL": "are tokens without a credential",
}
"""Valid files that are not counted among those that should be good, by the code of `readable` or `signature`."""


def countable(rows: list[Judged]) -> list[Judged]:
    """Return the measurably valid rows that should be good: signed, supported, over contexts that can be pinned."""
    return [one for one in rows if one.expected == "valid" and (one.measured or not _left_out(one))]


def _share(valid: list[Judged]) -> Iterator[str]:
    """Say how many of the signed files in supported formats, with contexts that can be pinned, are good."""
    left = Counter(code for one in valid if not one.measured and (code := _left_out(one)))
    counted, good = len(countable(valid)), sum(one.measured for one in valid)
    yield (
        f"- {good} of the {counted} ({good / counted:.1%}) that are signed, in formats and suites that are checked, "
        "and over contexts that can be pinned. The others:"
    )
    yield from (f"    - {left[code]} {why}." for code, why in LEFT_OUT.items() if left[code])


def _left_out(one: Judged) -> str | None:
    codes = (one.report.checks[name].code for name in ("readable", "signature"))
    return next((code for code in codes if code in LEFT_OUT), None)


def _table(rows: list[Judged]) -> Iterator[str]:
    yield "## By format and suite"
    yield ""
    yield "| format | suite | files | expected | verdicts |"
    yield "|---|---|---:|---|---|"
    by_kind: defaultdict[tuple[str, str], list[Judged]] = defaultdict(list)
    for one in rows:
        by_kind[one.kind].append(one)
    for (format, suite), of in sorted(by_kind.items()):
        expected, verdicts = (
            _counted(texts) for texts in ((one.expected for one in of), (one.report.verdict for one in of))
        )
        yield f"| {format} | {suite} | {len(of)} | {expected} | {verdicts} |"
    yield ""


def _counted(texts: Iterable[str]) -> str:
    return ", ".join(f"{count} {text}" for text, count in sorted(Counter(texts).items()))


def _contradictions(rows: list[Judged]) -> Iterator[str]:
    yield "## Verdicts that contradict what is expected"
    yield ""
    yield "By a rule of the design, which is stricter than whoever expects something else:"
    yield ""
    yield from _listed(
        [one for one in rows if one.stricter], lambda one: f"expected {one.expected}, failed by {one.rule}"
    )
    others = [one for one in rows if not one.agrees and not one.stricter]
    yield "For any other reason:" if others else "For any other reason: none."
    yield ""
    yield from _listed(others, lambda one: f"expected {one.expected}, {one.report.verdict}: {one.reason}")


def _misses(rows: list[Judged]) -> Iterator[str]:
    yield "## Valid files that come out as neither verified nor partly checked"
    yield ""
    yield from _listed([one for one in rows if one.expected == "valid" and not one.measured], lambda one: one.reason)
    yield "## Other files that are partly checked although they are not expected to be valid"
    yield ""
    found = [one for one in rows if one.expected != "valid" and one.report.verdict == "partly-checked"]
    yield from _listed(found, lambda one: f"expected {one.expected}: {one.reason}")


def _open(rows: list[Judged]) -> Iterator[str]:
    yield "## Every other file, by its reason"
    yield ""
    others = [one for one in rows if one.expected != "valid" and one.report.verdict != "partly-checked"]
    yield from _listed(others, lambda one: f"{one.report.verdict}: {one.reason}")


def _listed(rows: list[Judged], said: Any) -> Iterator[str]:
    by_reason: defaultdict[str, list[str]] = defaultdict(list)
    for one in rows:
        by_reason[said(one)].append(f"{one.row['repo']}: {one.row['path']}")
    for reason, files in sorted(by_reason.items()):
        yield f"- **{reason}** ({len(files)})"
        yield from (f"    - `{name}`" for name in sorted(files))
    if by_reason:
        yield ""


def main() -> int:
    if not SHARED.is_dir():
        print("../shared/vectors is not here; nothing is written.")
        return 0
    text = page(judged())
    if "--check" in sys.argv[1:]:
        same = PAGE.is_file() and PAGE.read_text("utf-8") == text
        print("docs/conformance.md is as a run writes it." if same else "docs/conformance.md differs: make conformance")
        return 0 if same else 1
    PAGE.write_text(text, "utf-8")
    print(f"Wrote {PAGE.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
