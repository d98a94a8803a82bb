"""Signatures in PDF documents (PAdES, ISO 32000-2 12.8), when a site is built and by `verify`: never in a browser.

pyHanko does the checking, in a process of its own that ends by itself: a PDF is a program's worth of input, and the
file is a stranger's. Certificates are named, and not followed to any authority. Nothing is looked up on the network.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from portfolio_gen.format import collapsed
from portfolio_gen.report import Report
from portfolio_gen.vocabulary import message

SECONDS = 20
"""A signed transcript takes one; what takes longer is told not to have been checked."""
MEMORY = 1 << 30
"""Bytes of address space for the process, where the system can limit that."""
_LONGEST = 200
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


Finding = Mapping[str, Any]
"""What one signature in a PDF comes to, as `signatures` gives it."""


def is_signed(report: Report) -> bool:
    """Return whether a file is a PDF with signatures, which are for this module to check."""
    return report.checks["readable"].code == "CHECKED_AT_BUILD"


def told(data: bytes, now: str) -> tuple[str, ...]:
    """Return what was found out about each signature in a PDF, in sentences; the first says when, and where not."""
    return said(findings(data), now)


def findings(data: bytes) -> tuple[Finding, ...]:
    """Return what each signature in a PDF comes to; none where that could not be found out."""
    command = [sys.executable, "-m", "portfolio_gen.pdf"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=True)
        return tuple(json.loads(done.stdout))
    except (subprocess.SubprocessError, ValueError):
        return ()


def said(found: Sequence[Finding], now: str) -> tuple[str, ...]:
    """Return findings in sentences, and before them one that says when, and where not."""
    return (message("pdf.when", date=now[:10]), *sentences(found))


def sentences(found: Sequence[Finding]) -> tuple[str, ...]:
    """Return findings in sentences, in the language that is being spoken."""
    return tuple(map(_sentence, found)) or (message("pdf.unchecked"),)


def is_said(lines: Sequence[str], found: Sequence[Finding]) -> bool:
    """Return whether the lines of a page, each collapsed, say these findings, of whatever day."""
    day = _DAY.search(lines[0]) if lines else None
    return day is not None and [*lines] == [collapsed(line) for line in said(found, day[0])]


def _sentence(found: Finding) -> str:
    names = {"signer": found["signer"], "authority": found["authority"]}
    if not found["good"]:
        return message("pdf.bad", **names)
    return message("pdf.whole" if found["whole"] else "pdf.part", **names)


def signatures(data: bytes) -> Iterator[dict[str, Any]]:
    """Yield what each signature in a PDF comes to: `good`, whether it covers the `whole` file, and two names.

    Raises whatever pyHanko raises for a file that it cannot read.
    """
    from io import BytesIO

    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(trust_roots=[], allow_fetching=False, moment=datetime.now(UTC))
    for signature in PdfFileReader(BytesIO(data)).embedded_regular_signatures:
        status = validate_pdf_signature(signature, context)
        certificate = status.signing_cert
        yield {
            "good": status.intact and status.valid,
            "whole": status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
            "signer": _line(certificate.subject.human_friendly),
            "authority": _line(certificate.issuer.human_friendly),
        }


def _line(name: str) -> str:
    """Return a name as one line that can be shown: it is what the certificate says, whoever made it."""
    text = " ".join("".join(character if character.isprintable() else " " for character in name).split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _limit() -> None:
    """Keep this process within MEMORY, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    import logging

    logging.disable()
    _limit()
    sys.stdout.write(json.dumps(list(signatures(sys.stdin.buffer.read()))))
