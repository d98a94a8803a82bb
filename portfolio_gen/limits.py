"""Every size, depth and count beyond which a file is refused rather than worked on.

Both verifiers use the same numbers: `browser/src/limits.ts` mirrors this file and a test
holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Caps on what the verifiers and the build accept. Sizes are bytes."""

    file_bytes: int = 4 * 1024 * 1024
    """A signed JSON credential with inlined pictures stays well below this."""

    json_depth: int = 64
    """DESIGN rule 5. The deepest credential in the outside vectors has 17 levels."""

    proofs: int = 16
    """Proofs on one credential."""

    facts: int = 5_000
    """Display facts of one credential."""

    hash_n_degree_quads: int = 64
    """DESIGN rule 4: runs of Hash N-Degree Quads (RDFC-1.0 4.8) for any one blank node."""

    date_tolerance_seconds: int = 300
    """DESIGN 2.1: clocks differ; five minutes is what the field allows."""


LIMITS = Limits()
