"""What JSON-LD drops, or what could be overlooked, by place; and that nothing else can be lost."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from portfolio_gen import contexts
from portfolio_gen.credential import Proof
from portfolio_gen.errors import ProofError
from portfolio_gen.limits import LIMITS
from portfolio_gen.proofs import hash_data, loss
from portfolio_gen.proofs.unsecured import canonical_rdf

V1, V2 = "https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
OPTIONS = {"@context": [V2, OB], "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}

BADGE: dict[str, Any] = {
    "@context": [V2, OB],
    "id": "urn:uuid:1",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": {"@value": "Badge", "@language": "en-GB"},
    "issuer": {"id": "did:key:z6Mk", "type": ["Profile"], "name": "Issuer", "url": "https://issuer.example/"},
    "validFrom": "2026-01-01T00:00:00Z",
    "credentialSubject": {
        "id": "did:key:z6Ml",
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "urn:uuid:2",
            "type": ["Achievement"],
            "name": "Skill",
            "description": 'Quotes " and \\, tab \t, delete \x7f, snowman \u2603, \U0001f600 and \ue000',
            "criteria": {"narrative": "Do it."},
            "creditsAvailable": 2.5,
            "tag": ["one", "two"],
            "resultDescription": [
                {
                    "id": "urn:uuid:3",
                    "type": ["ResultDescription"],
                    "name": "Grade",
                    "resultType": "LetterGrade",
                    "allowedValue": ["A", "B", "B", "C"],
                }
            ],
        },
        "result": [{"type": ["Result"], "resultDescription": "urn:uuid:3", "value": "A"}],
    },
    "endorsement": [
        {
            "@context": [V2, OB],
            "id": "urn:uuid:4",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": {"id": "urn:x:5", "type": ["Profile"]},
            "validFrom": "2026-01-01T00:00:00Z",
            "credentialSubject": {"id": "did:key:z6Mk", "type": ["EndorsementSubject"], "endorsementComment": "Good."},
            "proof": {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofValue": "z2"},
        }
    ],
}


def changed(pointer: str, value: Any, document: Mapping[str, Any] = BADGE) -> dict[str, Any]:
    copied: dict[str, Any] = copy.deepcopy(dict(document))
    place: Any = copied
    *steps, last = pointer.split("/")[1:]
    for step in steps:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[int(last) if isinstance(place, list) else last.replace("~1", "/").replace("~0", "~")] = value
    return copied


def problem(document: Mapping[str, Any], options: Mapping[str, Any] = OPTIONS) -> tuple[str, list[str]] | None:
    try:
        loss.check(loss.faults(document), {**options, "@context": document["@context"]}, "/proof")
    except ProofError as error:
        return error.code, error.detail.get("pointers", [])
    return None


def test_an_honest_badge_has_no_problem() -> None:
    assert problem(BADGE) is None


T, V, S = "UNSIGNED_TERM", "UNSIGNED_VALUE", "UNUSUAL_SPELLING"
SUBJECT, ACHIEVEMENT = "/credentialSubject", "/credentialSubject/achievement"


@pytest.mark.parametrize(
    ("code", "pointer", "value", "at"),
    [
        (T, "/motto", "x", None),
        (T, f"{ACHIEVEMENT}/motto", "x", None),
        (T, f"{SUBJECT}/validUntil", "2020-01-01T00:00:00Z", None),
        (T, "/a~1b~0c", 1, None),
        (T, "/type/1", "Unheard", None),
        (T, "/type/1", "@json", None),
        (T, "/type/1", "id", None),
        (V, "/id", "relative", None),
        (V, "/id", "@vocab", None),
        (V, "/id", "urn:a b", None),
        (V, "/id", "urn:a\ufeffb", None),
        (V, "/id", "urn:a\u0085b", None),
        (V, "/issuer", "#local", None),
        (V, "/type/1", "1:2", None),
        (V, "/name/@language", "en_GB", None),
        (V, "/name/@language", "", None),
        (V, "/endorsement/0/proof", "urn:x", None),
        (V, "/endorsement/0/proof", {"id": "urn:x"}, None),
        (V, "/endorsement/0/proof", [{"@value": "x"}], "/endorsement/0/proof/0"),
        (V, "/endorsement/0/proof", {}, None),
        (S, "/https:~1~1www.w3.org~12018~1credentials#validUntil", "2020-01-01T00:00:00Z", None),
        (S, "/cred:validUntil", "2020-01-01T00:00:00Z", None),
        (S, "/@nest", {"validUntil": "2020-01-01T00:00:00Z"}, None),
        (S, "/@included", [{"id": "urn:uuid:1", "validUntil": "2020-01-01T00:00:00Z"}], None),
        (S, "/@reverse", {}, None),
        (S, "/@index", "x", None),
        (S, "/@foo", "x", None),
        (S, "/@id", "urn:uuid:9", None),
        (S, "/name/@index", "x", None),
        (S, "/name/type", "x", None),
        (S, "/name/@value", 5, None),
        (S, "/id", 5, None),
        (S, "/id", ["urn:x"], None),
        (S, "/id", "_:b0", None),
        (S, "/id", "urn:a<b", None),
        (S, "/id", "urn:a\x01b", None),
        (S, "/type/1", "_:b0", None),
        (S, "/type/1", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential", None),
        (S, f"{ACHIEVEMENT}/tag/0", ["nested"], None),
        (S, f"{ACHIEVEMENT}/creditsAvailable", 2251799813685249.5, None),
        (S, f"{ACHIEVEMENT}/creditsAvailable", 900719925474099.25, None),
        (S, f"{ACHIEVEMENT}/creditsAvailable", 1e-7, None),
        (S, f"{ACHIEVEMENT}/tag", ["same", "same"], f"{ACHIEVEMENT}/tag/1"),
        (S, f"{ACHIEVEMENT}/tag", ["same", {"@value": "same"}], f"{ACHIEVEMENT}/tag/1"),
        (S, f"{ACHIEVEMENT}/id", "urn:uuid:1", None),
        (S, "/evidence", [{"id": "urn:uuid:1", "type": ["Evidence"], "name": "x"}], "/evidence/0/id"),
    ],
)
def test_places(code: str, pointer: str, value: Any, at: str | None) -> None:
    assert problem(changed(pointer, value)) == (code, [at or pointer])


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/motto", None),
        ("/motto", []),
        (f"{ACHIEVEMENT}/tag/0", None),
        ("/evidence", [{"id": "urn:uuid:1"}]),
        ("/name/@direction", "rtl"),
        (f"{ACHIEVEMENT}/creditsAvailable", 66.66666666666667),
        (f"{ACHIEVEMENT}/type", ["Achievement", "https://example.org/types#Own"]),
        ("/endorsement/0/proof", None),
    ],
)
def test_says_nothing_or_is_signed(pointer: str, value: Any) -> None:
    assert problem(changed(pointer, value)) is None


def test_the_worst_kind_is_named_and_at_most_ten_places_in_order() -> None:
    document = changed("/id", "relative", changed("/@nest", {}))
    assert problem(document) == (V, ["/id"])
    for number in range(12):
        document[f"word{number:02}"] = 1
    assert problem(document) == (T, [f"/word{number:02}" for number in range(10)])


def test_places_in_the_options_are_places_in_the_proof() -> None:
    assert problem(BADGE, {**OPTIONS, "remark": "x"}) == (T, ["/proof/remark"])
    assert problem(BADGE, {**OPTIONS, "proofPurpose": "unheard"}) == (T, ["/proof/proofPurpose"])
    assert problem(BADGE, {**OPTIONS, "id": "urn:uuid:1", "created": "2026-01-01T00:00:00Z"}) is None


def test_terms_of_a_type_do_not_reach_the_next_node() -> None:
    """Type-scoped contexts do not propagate: `achievementType` is a term of Achievement only."""
    assert problem(changed(f"{ACHIEVEMENT}/achievementType", "Badge")) is None
    assert problem(changed("/issuer/achievementType", "Badge")) == (T, ["/issuer/achievementType"])
    assert problem(changed(f"{ACHIEVEMENT}/criteria/achievementType", "x")) == (
        T,
        [f"{ACHIEVEMENT}/criteria/achievementType"],
    )


def test_with_a_vocabulary_every_plain_word_is_signed() -> None:
    document = {**BADGE, "@context": [V2, OB, EXAMPLES]}
    assert problem(changed("/motto", "x", document)) is None
    assert problem(changed("/type/1", "Unheard", document)) is None
    assert problem(changed("/mot to", "x", document)) == (T, ["/mot to"])
    assert problem(changed("/mot<to", "x", document)) == (S, ["/mot<to"])
    assert problem(changed("/type/1", "@json", document)) == (T, ["/type/1"])
    assert canonical_rdf(changed("/motto", "x", document), LIMITS) != canonical_rdf(document, LIMITS)


def test_a_protected_term_redefined_is_no_place_at_all() -> None:
    assert problem({**changed("/motto", 1), "@context": [V2, V1]}) == (S, [])


def members(value: Any, pointer: str = "") -> Iterator[str]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in pairs:
        if key != "@context":
            place = f"{pointer}/{key}"
            yield place
            yield from members(member, place)


@pytest.mark.parametrize("pointer", list(members(BADGE)))
def test_every_member_of_the_badge_is_signed(pointer: str) -> None:
    for value in (None, "urn:other:1", "Other", 7, 7.5, True, {"name": "x"}):
        assert signed_form(changed(pointer, value)) != signed_form(BADGE), value


def signed_form(document: Mapping[str, Any]) -> bytes | None:
    """Return the canonical form of a document that could be verified, None where a proof over it is refused."""
    try:
        return None if problem(document) else canonical_rdf(document, LIMITS)
    except ProofError:
        return None


def naive(document: dict[str, Any]) -> bytes:
    """The same canonical form by PyLD alone."""

    def loader(url: str, options: Any) -> dict[str, Any]:
        return {
            "contextUrl": None,
            "documentUrl": url,
            "document": contexts.load(url),
            "contentType": "application/ld+json",
        }

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": loader}
    text: str = jsonld.normalize(document, {**options, "rdfDirection": "i18n-datatype"})
    return text.encode("utf-8")


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/name", "Badge"),
        ("/name", {"@value": "تجربة", "@language": "ar", "@direction": "rtl"}),
        ("/name", {"@value": "x", "@direction": "ltr"}),
        (f"{ACHIEVEMENT}/creditsAvailable", 3),
        (f"{ACHIEVEMENT}/creditsAvailable", 1.5e-7),
        (f"{ACHIEVEMENT}/creditsAvailable", 0.1),
        (f"{ACHIEVEMENT}/creditsAvailable", True),
        (f"{ACHIEVEMENT}/resultDescription/0/allowedValue", []),
        (f"{ACHIEVEMENT}/tag", ["one", "other"]),
        (f"{ACHIEVEMENT}/criteria", [{"narrative": "x"}, {"narrative": "x"}, {}, {}]),
    ],
)
def test_agrees_with_pyld_alone(pointer: str, value: Any) -> None:
    document = changed(pointer, value, changed(f"{ACHIEVEMENT}/description", "plain"))
    assert problem(document) is None
    assert canonical_rdf(document, LIMITS) == naive(document)


def proof(**options: Any) -> Proof:
    return Proof("eddsa-rdfc-2022", {**{k: v for k, v in OPTIONS.items() if k != "@context"}, **options}, "/proof")


@pytest.mark.parametrize(
    ("change", "options", "code", "detail"),
    [
        ({"@context": [V2, {"x": "urn:x"}, "urn:unknown"]}, {}, "INLINE_CONTEXT", {}),
        ({"@context": [V2, None]}, {}, "INLINE_CONTEXT", {}),
        ({"@context": [V2, OB, "urn:b", "urn:a", "urn:a"]}, {}, "UNKNOWN_CONTEXT", {"contexts": ["urn:a", "urn:b"]}),
        ({"evidence": [{"@context": "urn:a"}]}, {}, "UNKNOWN_CONTEXT", {"contexts": ["urn:a"]}),
        ({"evidence": [{"@context": {}}]}, {}, "INLINE_CONTEXT", {}),
        ({}, {"domain": {"@context": "urn:a"}}, "UNKNOWN_CONTEXT", {"contexts": ["urn:a"]}),
        ({"@context": [V2] + [OB] * 256}, {}, "TOO_MUCH_WORK", {}),
        ({}, {"@context": [OB, V2]}, "MALFORMED_PROOF", {}),
        ({}, {"@context": [V2]}, "MALFORMED_PROOF", {}),
    ],
)
def test_contexts(change: dict[str, Any], options: dict[str, Any], code: str, detail: dict[str, Any]) -> None:
    with pytest.raises(ProofError) as caught:
        hash_data({**BADGE, **change}, proof(**options))
    assert (caught.value.code, caught.value.detail) == (code, detail)


def test_the_options_own_context_changes_nothing_where_it_is_the_document_s() -> None:
    assert hash_data(BADGE, proof(**{"@context": [V2, OB]})) == hash_data(BADGE, proof())
    assert hash_data(BADGE, proof(**{"@context": None})) == hash_data(BADGE, proof())


def test_the_context_of_jcs_options_is_a_beginning_of_the_document_s() -> None:
    def jcs(context: Any) -> bytes:
        return hash_data(BADGE, Proof("eddsa-jcs-2022", {"type": "DataIntegrityProof", "@context": context}, "/proof"))

    assert jcs([V2, OB]) != jcs(None)
    for context, code in (([OB], "MALFORMED_PROOF"), ([V2, OB, OB], "MALFORMED_PROOF"), (V2, S)):
        with pytest.raises(ProofError) as caught:
            jcs(context)
        assert caught.value.code == code
    assert caught.value.detail == {"pointers": ["/@context/1"]}


def test_deep_documents_do_not_overflow_the_stack() -> None:
    document: dict[str, Any] = {"id": "urn:x:0", "type": ["Profile"]}
    for number in range(60):
        document = {"id": f"urn:x:{number + 1}", "type": ["Profile"], "parentOrg": document}
    badge = changed("/issuer", document)
    assert problem(badge) is None
    assert len(canonical_rdf(badge, LIMITS).splitlines()) > 120


def test_many_values_take_linear_time() -> None:
    """PyLD compares each value with all others before it: 40,000 would take minutes."""
    badge = changed(f"{ACHIEVEMENT}/tag", [f"tag {number}" for number in range(40_000)])
    assert len(canonical_rdf(badge, LIMITS).splitlines()) > 40_000


def test_no_other_term_means_what_the_verifier_reads() -> None:
    """A second spelling of these would be signed, and overlooked."""
    read = (
        "credentialStatus",
        "validFrom",
        "validUntil",
        "issuanceDate",
        "expirationDate",
        "issuer",
        "credentialSubject",
    )
    meanings: dict[str, set[str]] = {}
    for url in contexts.table():
        collect(contexts.load(url), meanings)
    for term in read:
        iri = f"https://www.w3.org/2018/credentials#{term}"
        assert meanings[iri] == {term}


def collect(value: Any, meanings: dict[str, set[str]]) -> None:
    if isinstance(value, dict):
        prefixes = {"cred": "https://www.w3.org/2018/credentials#"}
        for term, definition in value.items():
            meaning = definition.get("@id") if isinstance(definition, dict) else definition
            if isinstance(meaning, str) and not term.startswith("@"):
                prefix, _, rest = meaning.partition(":")
                meanings.setdefault(prefixes.get(prefix, f"{prefix}:") + rest, set()).add(term)
            collect(definition, meanings)
    elif isinstance(value, list):
        for item in value:
            collect(item, meanings)


def test_contexts_are_pinned_and_nothing_else_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    for url in contexts.table():
        assert "@context" in contexts.load(url)
    with pytest.raises(contexts.UnknownContextError):
        contexts.load("https://example.org/context")
    row = {**contexts.table()[V2], "sha256": "0" * 64}
    monkeypatch.setattr(contexts, "table", lambda: {V2: row})
    with pytest.raises(contexts.ContextMismatchError, match="install"):
        contexts.load(V2)


def test_context_files_and_table_name_each_other() -> None:
    data = Path(contexts.__file__).parent / "data"
    files = {row["file"] for url in contexts.table() for row in contexts.editions(url)}
    assert files == {path.name for path in data.glob("*.json")}
    assert all(json.loads(path.read_text("utf-8")) for path in data.glob("*.json"))
