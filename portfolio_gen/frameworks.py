"""Which framework of skills an alignment belongs to: by the address it leads to, else by what it says itself.

An address says it better than a name: issuers write "ESCO", "ESCO v1.1" or nothing beside the same address. A table
names what is known; everything else keeps the credential's own word. Grouping only: it decides nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@dataclass(frozen=True)
class Framework:
    """One that is known: its name, the addresses that its skills have, and names by which credentials call it."""

    name: str
    addresses: re.Pattern[str]
    names: re.Pattern[str]


def _row(name: str, addresses: str, names: str) -> Framework:
    return Framework(name, re.compile(rf"(?i)https?://(?:{addresses})"), re.compile(rf"(?i)(?:{names})\b"))


KNOWN = (
    # European Skills, Competences, Qualifications and Occupations: https://esco.ec.europa.eu/en/use-esco
    _row("ESCO", r"data\.europa\.eu/esco/", r"ESCO|European Skills, Competences"),
    # The Occupational Information Network: https://www.onetonline.org/help/online/
    _row("O*NET", r"(?:www\.|services\.)?(?:onetonline|onetcenter)\.org/", r"O\*?NET"),
    # Open Skills Management Tool: a descriptor's address is /api/skills/ and a UUID. https://github.com/wgu-opensource/osmt
    _row("Rich Skill Descriptors", rf"[^/?#]+/(?:api/)?(?:v[0-9]+/)?skills/{_ID}", r"Rich Skill|RSDs?\b|OSMT"),
    # Competencies and Academic Standards Exchange 1.0 and 1.1, section 4: https://www.imsglobal.org/spec/case/v1p1
    _row("CASE", rf"[^/?#]+/(?:[^?#]*/)?(?:ims/case/|CFItems/|uri/{_ID})", r"CASE\b(?! stud)"),
    # Credential Transparency Description Language, ASN: https://credreg.net/ctdlasn/terms
    _row("CTDL", r"(?:[^/?#]+\.)?(?:credentialengineregistry\.org|credreg\.net|credentialfinder\.org)/", r"CTDL"),
    # Lightcast Open Skills: https://lightcast.io/open-skills
    _row("Lightcast Open Skills", r"(?:www\.)?lightcast\.io/open-skills/|skills\.emsidata\.com/", r"Lightcast|EMSI"),
    # Skills Framework for the Information Age: https://sfia-online.org
    _row("SFIA", r"(?:www\.)?sfia-online\.org/", r"SFIA"),
)


def framework_of(name: str, address: str) -> str:
    """Return what to call the framework of an alignment that names it `name` and leads to `address`.

    Empty for one that says nothing of either.
    """
    known = next((one for one in KNOWN if one.addresses.match(address)), None)
    known = known or next((one for one in KNOWN if name and one.names.match(name)), None)
    return known.name if known else name
