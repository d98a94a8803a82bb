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

    hashed_bytes: int = 64 * 1024 * 1024
    """How far a larger file is read for its SHA-256 alone, and a file of a site at all: a gigabyte takes seconds."""

    json_depth: int = 64
    """DESIGN rule 5. The deepest credential in the outside vectors has 17 levels."""

    multibase_chars: int = 4_096
    """Characters of a multibase text; base58 takes quadratic time. An RSA-16384 key fits."""

    proofs: int = 16
    """Proofs on one credential."""

    proof_chains: int = 4
    """Sets of earlier proofs on which proofs on one credential build: each is canonicalised with the document."""

    inner: int = 200
    """Credentials directly inside of one file."""

    inner_depth: int = 4
    """Files in files: a picture in an archive whose credential holds credentials."""

    archive_bytes: int = 16 * 1024 * 1024
    """What all files in an archive may unpack to, together."""

    disclosures: int = 1_000
    """Disclosures of one SD-JWT."""

    certificates: int = 10
    """Certificates that come with one signature: authorities stand three or four deep."""

    merkle_path: int = 64
    """Steps from a document's hash to the root of its tree: a batch of 2⁶⁴."""

    facts: int = 5_000
    """Display facts of one credential."""

    hash_n_degree_quads: int = 64
    """DESIGN rule 4: runs of Hash N-Degree Quads (RDFC-1.0 4.8) for any one blank node.

    Measured without short cuts: real credentials need 1; the RDFC-1.0 suite at most 43, for the graphs that it
    calls evil and computable; its poison graph, a clique of ten, more than 9! (the orders of a node's neighbours).
    Four like nodes under each of two like parents take 24; five, 97.
    """

    hash_nesting: int = 128
    """How deep Hash N-Degree Quads may call itself: no stack overflows before this."""

    selective_chars: int = 131_072
    """Characters of the `proofValue` of a proof with selective disclosure: what the next limit allows fits twice."""

    selective_statements: int = 500
    """Statements signed one by one in such a proof, each of which costs a signature or a point on a curve.
    The largest outside sample has 20."""

    contexts: int = 256
    """Context addresses in one document: each may cost milliseconds to process."""

    status_entries: int = 16
    """Status lists that one credential may name: each costs as much as a credential."""

    status_list_bytes: int = 4 * 1024 * 1024
    """What a list of bits may unpack to: 33 million credentials of one bit each."""

    status_copy_days: int = 30
    """DESIGN rule 8: how long a signed copy of a status list answers, from its own date."""

    status_lists_kept: int = 64
    """Status lists that are kept open while many credentials are checked, so that each is opened once."""

    identities: int = 64
    """Identifiers of whom one credential is about: each may be hashed with each that was declared."""

    salt_bytes: int = 1_024
    """UTF-8 bytes of the salt of a hashed identifier; issuers use a dozen."""

    context_readings: int = 4
    """Choices of older contexts with which one signature is tried: each may cost a whole canonicalisation."""

    carried_bytes: int = 131_072
    """What the file in a QR code may unpack to. Credentials that fit into one have a dozen kilobytes at most."""

    date_tolerance_seconds: int = 300
    """DESIGN 2.1: clocks differ; five minutes is what the field allows."""


LIMITS = Limits()
