"""Make the credentials of the demo portfolio, byte for byte the same each time.

    python sample_wallet/make.py           write credentials/ anew
    python sample_wallet/make.py --check   say what differs from it, and write nothing

What each form looks like is in envelopes.py. Every issuer is fictional. Its key is derived from its name, in
public, by `demo_key`: whoever reads this can sign in its name, and that is the point of a demo.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import envelopes

from portfolio_gen import marked, multibase
from portfolio_gen.credential import Proof
from portfolio_gen.errors import PortfolioError
from portfolio_gen.issuing import IssuerKey, sign
from portfolio_gen.proofs import hash_data
from portfolio_gen.template import VC2, credential_of

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE / "templates"
CREDENTIALS = HERE / "credentials"
ART = HERE / "art"

QUILLBROOK = "Quillbrook University"
NOOR = "Noor Halvorsen"
JCS, RDFC = "eddsa-jcs-2022", "eddsa-rdfc-2022"
STACK = "Earlier and elsewhere"
"""Where the home page puts what is not the story that Noor tells first."""
COURSES = [f"https://quillbrook.example/achievements/data-for-operations/{number}" for number in (1, 2, 3)]


@dataclass(frozen=True)
class Demo:
    """One credential: its template, who signs it, when, by which suites, and what the short form has no key for."""

    template: str
    issuer: str
    created: str
    suites: tuple[str, ...] = ("eddsa-rdfc-2022",)
    achievement: Mapping[str, Any] = field(default_factory=dict)
    status: Mapping[str, Any] | None = None


DEMOS = (
    Demo("remote-team", "Northlight Institute", "2026-02-20T09:12:00Z"),
    Demo("sustainable-business", "Greenfold Academy", "2026-04-17T10:30:00Z", ("eddsa-jcs-2022",)),
    Demo("data-analyst", "Fernhill School of Applied AI", "2026-06-12T08:05:00Z"),
    Demo("inclusion", "Commonroom Foundation", "2026-08-28T13:40:00Z", ("eddsa-jcs-2022",)),
    Demo(
        "threat-mitigation",
        "Tidewatch Cyber College",
        "2026-10-09T11:00:00Z",
        ("eddsa-rdfc-2022", "eddsa-jcs-2022"),
    ),
    Demo("course-foundations", QUILLBROOK, "2024-12-13T09:00:00Z"),
    Demo("course-forecasting", QUILLBROOK, "2025-05-16T09:00:00Z"),
    Demo("course-decisions", QUILLBROOK, "2025-11-28T09:00:00Z"),
    Demo(
        "programme",
        QUILLBROOK,
        "2025-12-12T09:00:00Z",
        achievement={"related": [{"id": course, "type": ["Related"]} for course in COURSES]},
    ),
    Demo("english", "Harbour Street Language School", "2024-06-28T15:00:00Z", ("Ed25519Signature2020",)),
    Demo("first-aid", "Red Lantern First Aid Association", "2023-03-10T17:00:00Z", ("eddsa-jcs-2022",)),
    Demo(
        "data-protection",
        "Ledgerfield Guild of Data Stewards",
        "2024-04-19T12:00:00Z",
        status={
            "id": "https://ledgerfield.example/status/3#1183",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "1183",
            "statusListCredential": "https://ledgerfield.example/status/3",
        },
    ),
    Demo("own-project", "Noor Halvorsen", "2026-01-15T20:15:00Z"),
)


def demo_key(issuer: str) -> IssuerKey:
    """Return the test-only key of a fictional issuer: its seed is the hash of its name."""
    return IssuerKey.from_seed(sha256(f"portfolio-gen demo issuer: {issuer}".encode()).digest())


def credential(demo: Demo) -> dict[str, Any]:
    """Return the unsigned credential."""
    path = TEMPLATES / f"{demo.template}.yml"
    template = marked.read(path.name, path.read_text("utf-8"))
    made = credential_of(template, demo_key(demo.issuer).did, demo.created, TEMPLATES)
    if demo.achievement:
        made["credentialSubject"]["achievement"] |= demo.achievement
    return {**made, **({"credentialStatus": dict(demo.status)} if demo.status else {})}


def signed(demo: Demo) -> bytes:
    """Return the credential's file. Several suites make a proof set: each proof signs the whole credential."""
    key, unsigned = demo_key(demo.issuer), credential(demo)
    files = [sign(unsigned, key, suite=suite, created=demo.created) for suite in demo.suites]
    if len(files) == 1:
        return files[0]
    whole = json.loads(files[0])
    whole["proof"] = [json.loads(file)["proof"] for file in files]
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()


def van_charging() -> bytes:
    """Return a VC-JWT (VC data model 1.1, 6.3.1)."""
    demo = Demo("van-charging", "Amberline Mobility Training", "2025-09-05T16:00:00Z")
    key, vc = demo_key(demo.issuer), credential(demo)
    begun = int(datetime.fromisoformat(vc["issuanceDate"]).timestamp())
    claims = {"iss": key.did, "sub": vc["credentialSubject"]["id"], "jti": vc["id"], "nbf": begun}
    return envelopes.token({"typ": "JWT", "kid": key.method}, {**claims, "vc": vc}, key)


def mediation() -> bytes:
    """Return a credential of the data model 2.0 as the payload of a JWS (VC-JOSE, 3.1)."""
    key = envelopes.p256("Lindwater Mediation Centre")
    did = envelopes.did_jwk(key)
    path = TEMPLATES / "mediation.yml"
    vc = credential_of(marked.read(path.name, path.read_text("utf-8")), did, "2024-10-11T09:00:00Z", TEMPLATES)
    return envelopes.es256({"typ": "vc+jwt", "kid": f"{did}#0"}, vc, key)


def bicycle() -> bytes:
    """Return a badge baked into a PNG."""
    badge = signed(Demo("bicycle", "Spoke & Chain Community Workshop", "2022-05-14T15:00:00Z", (JCS,)))
    return envelopes.in_png(badge, (ART / "bicycle.png").read_bytes())


def energy_volunteer() -> bytes:
    """Return a badge baked into an SVG."""
    badge = signed(Demo("energy-volunteer", "Brightlane Energy Circle", "2023-11-18T18:00:00Z", (JCS,)))
    return envelopes.in_svg(badge, (ART / "energy-volunteer.svg").read_bytes())


def application() -> bytes:
    """Return what Noor once presented to an employer: two credentials under her own signature, for one use."""
    key, created = demo_key(NOOR), "2026-02-27T19:30:00Z"
    inside = [
        json.loads(signed(Demo(name, "Roadwise Compliance School", "2022-09-16T15:00:00Z", (JCS,))))
        for name in ("drivers-hours", "dangerous-goods")
    ]
    document = {"@context": [VC2], "type": ["VerifiablePresentation"], "holder": key.did}
    document |= {"verifiableCredential": inside}
    options = {
        "@context": document["@context"],
        "type": "DataIntegrityProof",
        "cryptosuite": JCS,
        "created": created,
        "verificationMethod": key.method,
        "proofPurpose": "authentication",
        "challenge": "tidal-freight-2026-17",
        "domain": "jobs.tidal-freight.example",
    }
    signature = key.signing.sign(hash_data(document, Proof(JCS, options, "/proof"))).signature
    return written({**document, "proof": {**options, "proofValue": multibase.encode(signature)}})


def open_streets() -> bytes:
    """Return a signed assertion of Open Badges 2.0, with its badge class and its issuer's profile inside."""
    return envelopes.rs256({}, json.loads((TEMPLATES / "open-streets.json").read_bytes()))


def higher_certificate() -> bytes:
    """Return a learner record (CLR 2.0): a college's certificate, two courses in it, and what a chamber says of it."""
    college, created = "Port Merrow College", "2018-06-29T10:00:00Z"
    courses = [
        json.loads(signed(Demo(name, college, created))) for name in ("business-mathematics", "transport-operations")
    ]
    record = credential(Demo("higher-certificate", college, created))
    subject = record["credentialSubject"]
    whole = subject["achievement"][0]["id"]
    subject["verifiableCredential"] = courses
    subject["association"] = [
        {
            "type": ["Association"],
            "associationType": "isParentOf",
            "sourceId": whole,
            "targetId": course["credentialSubject"]["achievement"]["id"],
        }
        for course in courses
    ]
    record["endorsement"] = [endorsement(whole)]
    return sign(record, demo_key(college), suite=RDFC, created=created)


def endorsement(of: str) -> dict[str, Any]:
    """Return what a chamber of commerce says of the certificate."""
    chamber, created = "Merrow Chamber of Commerce", "2018-06-20T10:00:00Z"
    unsigned = credential(Demo("endorsement", chamber, created))
    unsigned["credentialSubject"]["id"] = of
    made: dict[str, Any] = json.loads(sign(unsigned, demo_key(chamber), suite=RDFC, created=created))
    return made


def summer_school() -> bytes:
    """Return a Blockcerts v3 diploma. The transaction that it names was never sent."""
    document = json.loads((TEMPLATES / "summer-school.json").read_bytes())
    transaction = sha256(b"a transaction that nobody sent").hexdigest()
    return written(
        envelopes.anchored(document, transaction, f"{document['issuer']['id']}#key-1", "2021-07-30T12:00:00Z")
    )


def low_carbon_freight() -> bytes:
    """Return a European Digital Credential, in two languages."""
    document = json.loads((TEMPLATES / "low-carbon-freight.json").read_bytes())
    on = datetime.fromisoformat(document["issued"])
    university = "Brennfeld University of Applied Sciences"
    return written(envelopes.sealed(document, university, "Ostermark Trust Services", on))


def forklift() -> bytes:
    """Return an SD-JWT VC: Noor shows what she may drive, and keeps her date of birth to herself."""
    key = demo_key("Ferrowharf Safety Council")
    payload = {
        "iss": key.did,
        "iat": int(datetime(2024, 2, 9, tzinfo=UTC).timestamp()),
        "vct": "https://ferrowharf.example/types/operator-licence",
        "name": "Counterbalance Forklift Operator",
    }
    told = {"given_name": "Noor", "family_name": "Halvorsen", "category": "B1"}
    withheld = {"birthdate": "1994-08-02", "address": {"locality": "Port Merrow"}}
    return envelopes.selective({"typ": "dc+sd-jwt", "kid": key.method}, payload, told, withheld, key)


def evening_classes() -> bytes:
    """Return what a library handed out as one archive."""
    library = "Harrow Lane Library Learning"
    return envelopes.archive(
        {
            f"{name}.json": signed(Demo(name, library, "2019-05-24T20:00:00Z", (JCS,)))
            for name in ("spreadsheets", "first-queries")
        }
    )


def reference() -> bytes:
    """Return an employer's letter as a signed PDF."""
    lines = (TEMPLATES / "reference.txt").read_text("utf-8").splitlines()
    return envelopes.signed_page(lines, "Tidal Freight Cooperative", datetime(2025, 3, 31, 9, 0, tzinfo=UTC))


OTHERS: dict[str, Callable[[], bytes]] = {
    "van-charging.jwt": van_charging,
    "mediation.jwt": mediation,
    "bicycle.png": bicycle,
    "energy-volunteer.svg": energy_volunteer,
    "application.json": application,
    "open-streets.jwt": open_streets,
    "higher-certificate.json": higher_certificate,
    "summer-school.json": summer_school,
    "low-carbon-freight.json": low_carbon_freight,
    "forklift.txt": forklift,
    "evening-classes.zip": evening_classes,
    "reference.pdf": reference,
}
"""One file of each other form in which a learner may be handed a credential."""

TITLES = {
    "open-data-day.json": "Helper at Open Data Day 2019",
    "reference.pdf": "Reference by Tidal Freight Cooperative",
}
"""What Noor calls a file that gives itself no name."""


def written(document: Mapping[str, Any]) -> bytes:
    """Return a document as a file."""
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def sidecar(name: str) -> bytes:
    """Return what Noor says of a file."""
    title = f"title: {TITLES[name]}\n" if name in TITLES else ""
    more = TEMPLATES / f"{name}.yml"
    return f"{title}stack: {STACK}\n".encode() + (more.read_bytes() if more.is_file() else b"")


def wallet() -> dict[str, bytes]:
    """Return every file of the demo's wallet by name."""
    files = {f"{demo.template}.json": signed(demo) for demo in DEMOS}
    others = {name: make() for name, make in OTHERS.items()}
    given = {
        path.name: path.read_bytes()
        for path in (TEMPLATES / "open-data-day.json", TEMPLATES / "depot-days.url", TEMPLATES / "charging-plan.csv")
    }
    said = {f"{name}.yml": sidecar(name) for name in (*others, "open-data-day.json")}
    said["depot-days.url.yml"] = (TEMPLATES / "depot-days.url.yml").read_bytes()
    return files | others | given | said


def differences(folder: Path = CREDENTIALS) -> list[str]:
    """Return one line for each file of `folder` that is not what would be made."""
    made = wallet()
    there = {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}
    return [
        f"{name}: {'missing' if name not in there else 'not made here' if name not in made else 'differs'}"
        for name in sorted(made.keys() | there.keys())
        if made.get(name) != there.get(name)
    ]


def main(arguments: list[str]) -> int:
    """Write the wallet, or with --check compare it; return the exit code."""
    if arguments == ["--check"]:
        found = differences()
        print("\n".join(found) or f"{len(wallet())} files, all as made here.")
        return 1 if found else 0
    if arguments:
        print(__doc__)
        return 2
    CREDENTIALS.mkdir(exist_ok=True)
    for name, data in wallet().items():
        (CREDENTIALS / name).write_bytes(data)
        print(f"{name}: {len(data)} bytes")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except PortfolioError as error:
        sys.exit(str(error))
