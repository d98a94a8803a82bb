"""Distinct, signed credentials of 4–5 KB for the benchmarks: same numbers in, same bytes out."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from portfolio_gen.issuing import IssuerKey, issue

WORDS = [
    "learner",
    "demonstrated",
    "ability",
    "to",
    "design",
    "implement",
    "evaluate",
    "and",
    "reflect",
    "upon",
    "practical",
    "work",
    "in",
    "a",
    "supervised",
    "setting",
    "using",
    "current",
    "tools",
    "and",
    "methods",
    "while",
    "documenting",
    "evidence",
    "for",
    "review",
    "by",
    "qualified",
    "assessors",
    "who",
    "compared",
    "it",
    "with",
    "published",
    "standards",
    "before",
    "the",
    "award",
    "was",
    "made",
]
CREATED = "2026-01-15T09:00:00Z"


def prose(chance: random.Random, words: int) -> str:
    """Return a sentence of so many words."""
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize() + "."


def facts(number: int, *, skills: int = 200, issuers: int = 50) -> dict[str, Any]:
    """Return the facts of credential `number`, without a signature or an issuer's identifier."""
    chance = random.Random(number)
    chosen = sorted(chance.sample(range(skills), 4))
    return {
        "number": number,
        "issuer": number % issuers,
        "name": f"Certificate {number:05d} in {prose(chance, 3)[:-1].title()}",
        "description": prose(chance, 60),
        "criteria": "\n".join(prose(chance, 18) for _ in range(5)),
        "skills": [f"Skill {index:03d}" for index in chosen],
        "evidence": prose(chance, 60),
        "date": f"20{20 + number % 6}-{1 + number % 12:02d}-{1 + number % 28:02d}T10:00:00Z",
    }


def credential(found: dict[str, Any]) -> dict[str, Any]:
    """Return these facts as an unsigned Open Badges 3.0 credential."""
    number = found["number"]
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": f"urn:uuid:{hashlib.sha256(str(number).encode()).hexdigest()[:8]}-0000-4000-8000-000000000000",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": found["name"],
        "issuer": {
            "type": ["Profile"],
            "name": f"Institute No {found['issuer']:02d}",
            "url": "https://institute.example",
        },
        "validFrom": found["date"],
        "credentialSubject": {
            "id": f"did:example:learner-{number}",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": f"https://institute.example/achievements/{number}",
                "type": ["Achievement"],
                "achievementType": "MicroCredential",
                "name": found["name"],
                "description": found["description"],
                "criteria": {"narrative": found["criteria"]},
                "tag": [skill.lower() for skill in found["skills"]],
                "alignment": [
                    {
                        "type": ["Alignment"],
                        "targetName": skill,
                        "targetUrl": f"https://skills.example/{skill[-3:]}",
                        "targetFramework": "Example Skills",
                        "targetCode": skill[-3:],
                        "targetType": "CFItem",
                    }
                    for skill in found["skills"]
                ],
            },
            "result": [{"type": ["Result"], "value": str(60 + number % 40), "status": "Completed"}],
        },
        "evidence": [
            {
                "id": f"https://institute.example/evidence/{number}",
                "type": ["Evidence"],
                "name": "Portfolio",
                "narrative": found["evidence"],
                "genre": "Report",
                "audience": "Assessors",
            }
        ],
    }


def issuer_key(index: int) -> IssuerKey:
    """Return the test key of issuer `index`."""
    return IssuerKey(SigningKey(hashlib.sha256(f"portfolio-gen benchmark issuer {index}".encode()).digest()))


def signed(number: int, suite: str = "eddsa-rdfc-2022") -> bytes:
    """Return credential `number`, signed."""
    found = facts(number)
    return issue({"credential": credential(found)}, issuer_key(found["issuer"]), suite=suite, created=CREATED)


def wallet(folder: Path, count: int, suite: str = "eddsa-rdfc-2022") -> None:
    """Write `count` signed credentials into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"c{number:05d}.json").write_bytes(signed(number, suite))


LONG_NAMES = (
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft: Instandhaltung historischer Fahrgastschiffe",
    "Curso superior de especialización en gestión integrada de la calidad, el medio ambiente y la prevención de riesgos laborales",
    "La conduite d'entretiens professionnels dans les organisations pluridisciplinaires : fondements, pratique, évaluation",
    "Boas práticas de manutenção preventiva e corretiva de equipamentos agrícolas autopropelidos em pequenas propriedades",
    "شهادة مصغرة في تحليل البيانات للعاملين في الصحة العامة: المستوى المتقدم",
    "Sürdürülebilir tarım uygulamalarında ölçüm, değerlendirme ve raporlama becerileri mikro yeterlilik belgesi",
)
"""In six languages; in scripts only that the machine which takes the pictures has letters for."""


def long_names(folder: Path) -> None:
    """Write a credential for each of `LONG_NAMES` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(LONG_NAMES):
        facts = {
            "name": name,
            "description": f"{name}. {name}",
            "criteria": name,
            "issuer": "Università degli Studi internazionali per l'apprendimento permanente e la certificazione",
            "skills": [{"name": name[:60], "url": f"https://skills.example/{number}"}],
        }
        (folder / f"{number}.json").write_bytes(issue(facts, issuer_key(number), created=CREATED))
