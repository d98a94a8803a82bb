"""The named guards of both verifiers, and for each the smallest change that takes it out.

A change is (file, text, text in its place); the text must occur exactly once. Files are named from portfolio_gen/ for
Python and from portfolio_gen/browser/src/ for TypeScript. None: the guard has no place of its own in that language.

Not here, because no pinned context can reach them: aliases of keywords but `@id` and `@type`, reverse properties,
containers but `@set`, `@list` and `@graph`, terms typed `xsd:double`, terms mapped to null. An R that is no canonical
encoding can satisfy the equation only where it is of small order: its guard is that one's.
"""

from __future__ import annotations

from typing import NamedTuple

Change = tuple[str, str, str]


class Guard(NamedTuple):
    """A rule's guard, and how to take it out of each verifier."""

    name: str
    python: Change | None
    typescript: Change | None


_SODIUM = """    try:
        VerifyKey(public).verify(message, signature)
    except BadSignatureError:
        return False
    return True
"""


def sodium(without: str) -> Change:
    """Put tests/mutate/lenient.py in the place of libsodium, with one part of the rule left out."""
    call = f'by_hand(public, message, signature, without="{without}")'
    return ("proofs/ed25519.py", _SODIUM, f"    from lenient import verifies as by_hand\n\n    return {call}\n")


READING = (
    Guard(
        "size limit",
        ("readers/__init__.py", "if len(data) > limits.file_bytes:", "if False:"),
        ("readers/index.ts", "if (file.length > limits.fileBytes)", "if (false)"),
    ),
    Guard(
        "one byte order mark is ignored",
        ("readers/__init__.py", "data = data.removeprefix(_BYTE_ORDER_MARK)", "pass"),
        ("readers/index.ts", "? data.subarray(3) : data", "? data : data"),
    ),
    Guard(
        "text is UTF-8",
        ("strict_json.py", 'text = data.decode("utf-8")', 'text = data.decode("utf-8", "replace")'),
        ("strict_json.ts", "fatal: true", "fatal: false"),
    ),
    Guard(
        "depth limit",
        ("strict_json.py", "if _depth(text) > limits.json_depth:", "if False:"),
        ("strict_json.ts", "if (++depth > most)", "if (false)"),
    ),
    Guard(
        "depth limit by one",
        ("strict_json.py", "> limits.json_depth:", "> limits.json_depth + 1:"),
        ("strict_json.ts", "repeats(text, limits.jsonDepth)", "repeats(text, limits.jsonDepth + 1)"),
    ),
    Guard(
        "brackets in strings nest nothing",
        (
            "strict_json.py",
            "in _STRING_OR_BRACKET.finditer(text)",
            r'in re.compile(r"[\[\]{}]").finditer(text)',
        ),
        (
            "strict_json.ts",
            "const end = endOfString(text, i);",
            "const end = i + 1;",
        ),
    ),
    Guard(
        "NaN and Infinity are no JSON",
        ("strict_json.py", 'raise ValueError(f"{name} is not JSON")', "return 0"),
        None,
    ),
    Guard(
        "duplicate names",
        ("strict_json.py", "if hooks.duplicate:", "if False:"),
        ("strict_json.ts", "if (repeatsName)", "if (false)"),
    ),
    Guard(
        "duplicate names are compared after unescaping",
        None,
        ("strict_json.ts", "const name = unescaped(last);", "const name = last;"),
    ),
    Guard(
        "lone surrogates",
        ("strict_json.py", "and _has_surrogate(value)", "and False"),
        ("strict_json.ts", "faults.add('LONE_SURROGATE');", "faults.size;"),
    ),
    Guard(
        "lone surrogates in names",
        ("strict_json.py", "for part in member)", "for part in member[1:])"),
        ("strict_json.ts", "      checked(name, escapes, faults);\n", ""),
    ),
    Guard(
        "numbers are finite",
        ("strict_json.py", "if not math.isfinite(value) or (", "if math.isfinite(value) and ("),
        ("strict_json.ts", "!Number.isFinite(value) || ", ""),
    ),
    Guard(
        "integers within 2^53 - 1",
        ("strict_json.py", "abs(value) > _SAFE", "abs(value) > _SAFE + 1"),
        ("strict_json.ts", "&& !Number.isSafeInteger(value)", "&& Math.abs(value) > 2 ** 53"),
    ),
    Guard(
        "1.0 is 1",
        ("strict_json.py", "return int(value) if value.is_integer() else value", "return value"),
        None,
    ),
    Guard(
        "damaged files that name no credential",
        ("readers/__init__.py", 'error.code if stands else "NOT_A_CREDENTIAL"', "error.code"),
        ("readers/others.ts", "stands ? code : 'NOT_A_CREDENTIAL'", "code"),
    ),
    Guard(
        "base64url has one spelling",
        ("readers/recognise.py", "_JWT.fullmatch(text)", "_JWT.fullmatch(text.replace(b'=', b''))"),
        ("readers/recognise_bytes.ts", "JWT.exec(text)", "JWT.exec(text.replaceAll('=', ''))"),
    ),
    Guard(
        "Merkle proofs make a Blockcerts file",
        ("readers/recognise.py", 'if anchored or any("blockcerts"', 'if any("blockcerts"'),
        ("readers/recognise_objects.ts", "if (anchored || contexts", "if (contexts"),
    ),
    Guard(
        "presentations are no credentials",
        ("readers/recognise.py", 'if "VerifiablePresentation" in types:', "if False:"),
        ("readers/recognise_objects.ts", "if (types.includes('VerifiablePresentation'))", "if (false)"),
    ),
    Guard(
        "the data model's context is the first",
        (
            "readers/vc_json.py",
            "first[0] in FIRST_CONTEXT.get(format, (VC1_CONTEXT, VC2_CONTEXT)) if first else False",
            "bool(first)",
        ),
        (
            "readers/vc_json.ts",
            "(first === VC2_CONTEXT && format !== 'vc1-json') || (first === VC1_CONTEXT && format !== 'vc2-json')",
            "first !== undefined",
        ),
    ),
    Guard(
        "types hold VerifiableCredential",
        ("readers/vc_json.py", 'and "VerifiableCredential" in type_list', ""),
        ("readers/vc_json.ts", "&& types.includes('VerifiableCredential')", ""),
    ),
    Guard(
        "an issuer has an id",
        ("readers/vc_json.py", 'return isinstance(value, str) and value != ""', "return value is not None"),
        (
            "readers/vc_json.ts",
            "return typeof value === 'string' && value !== '';",
            "return value !== undefined && value !== null;",
        ),
    ),
    Guard(
        "there is a subject",
        ("readers/vc_json.py", "return bool(subjects) and all(", "return all("),
        ("readers/vc_json.ts", "return items.length > 0 && items", "return items"),
    ),
    Guard(
        "proofs are objects",
        (
            "readers/vc_json.py",
            "all(isinstance(item, dict) for item in items(proof)),",
            "isinstance(proof, list | dict),",
        ),
        ("readers/vc_json.ts", "listed(proof).every(isObject)", "Array.isArray(proof) || isObject(proof)"),
    ),
)

PROOFS = (
    Guard(
        "too many proofs",
        ("verifier.py", "if len(envelope.proofs) > asked.limits.proofs:", "if False:"),
        ("verifier.ts", "if (all.length > asked.limits.proofs)", "if (false)"),
    ),
    Guard(
        "a proof is the issuer's",
        (
            "verifier.py",
            "listing is not None and _method(envelope, proof) in _strings(listing.methods)",
            "listing is not None",
        ),
        (
            "verifier.ts",
            "if (counts) named",
            "named",
        ),
    ),
    Guard(
        "a fragment belongs to its DID",
        ("keys/did_key.py", "if did != PREFIX + fragment:", "if False:"),
        ("keys/did_key.ts", "if (controller !== PREFIX + fragment)", "if (false)"),
    ),
    Guard(
        "no proof of the issuer",
        ("verifier.py", "if not own:", "if False:"),
        ("verifier.ts", "if (!own.length)", "if (false)"),
    ),
    Guard(
        "all proofs of the issuer",
        ("verifier.py", 'for result in ("fail", "unknown"):', 'for result in ("pass", "fail", "unknown"):'),
        (
            "verifier.ts",
            "for (const result of ['fail', 'unknown'])",
            "for (const result of ['pass', 'fail', 'unknown'])",
        ),
    ),
    Guard(
        "a failure outweighs the unknown",
        ("verifier.py", 'for result in ("fail", "unknown"):', 'for result in ("unknown", "fail"):'),
        (
            "verifier.ts",
            "for (const result of ['fail', 'unknown'])",
            "for (const result of ['unknown', 'fail'])",
        ),
    ),
    Guard(
        "unknown suites are not counted",
        ("verifier.py", "counted = [proof for proof in own if proofs.is_known(proof)]", "counted = own"),
        ("verifier.ts", "own.filter(proofs.isKnown)", "own"),
    ),
    Guard(
        "a suite is named in its place",
        ("proofs/__init__.py", 'return suite.type is None or proof.options.get("type") == suite.type', "return True"),
        ("proofs/index.ts", "return !!suite && proof.options['type'] === suite.type;", "return !!suite;"),
    ),
    Guard(
        "proofs have their members",
        ("proofs/data_integrity.py", "if not required or not dates:", "if not dates:"),
        ("proofs/data_integrity.ts", "if (!fine || !dates", "if (!dates"),
    ),
    Guard(
        "a proof's dates are texts",
        ("proofs/data_integrity.py", "if not required or not dates:", "if not required:"),
        ("proofs/data_integrity.ts", "!dates.every((value) => isAbsent(value) || typeof value === 'string')", "false"),
    ),
    Guard(
        "purpose",
        ("proofs/data_integrity.py", 'if options["proofPurpose"] != purpose:', "if False:"),
        ("proofs/data_integrity.ts", "if (options['proofPurpose'] !== purpose)", "if (false)"),
    ),
    Guard(
        "previousProof",
        (
            "proofs/data_integrity.py",
            'if options.get("previousProof") is not None and proof.suite not in CHAINED:',
            "if False:",
        ),
        ("proofs/data_integrity.ts", "if (!isAbsent(options['previousProof']) && !CHAINED.test(suite))", "if (false)"),
    ),
    Guard(
        "signature length",
        ("proofs/data_integrity.py", "if len(signature) != SIGNATURE_BYTES[key.kind]:", "if len(signature) < 1:"),
        ("proofs/data_integrity.ts", "if (signature?.length !== SIGNATURE_BYTES[key.kind])", "if (!signature)"),
    ),
    Guard(
        "the signature itself",
        ("proofs/data_integrity.py", "if not verifies(", "if False and not verifies("),
        ("proofs/data_integrity.ts", "if (!(await verifies(", "if (false && !(await verifies("),
    ),
    Guard(
        "an issuer that is not resolved",
        (
            "verifier.py",
            'for key in found):\n        return Check.of("signer", "ISSUER_NOT_RESOLVED")',
            'for key in found):\n        return Check.of("signer", "OK")',
        ),
        (
            "signer.ts",
            "controller === null)) return answer('signer', 'ISSUER_NOT_RESOLVED');",
            "controller === null)) return answer('signer', 'OK');",
        ),
    ),
    Guard(
        "a status that was not read",
        ("verifier.py", "if envelope.status is None or envelope.status == []:", "if True:"),
        ("verifier.ts", "if (none) return answer('status'", "if (true) return answer('status'"),
    ),
    Guard(
        "options' context is a prefix (JCS)",
        ("proofs/data_integrity.py", "if written[: len(signed)] != signed:", "if False:"),
        ("proofs/data_integrity.ts", "if (!sameJson(written.slice(0, signed.length), signed))", "if (false)"),
    ),
    Guard(
        "contexts beyond the prefix are unsigned (JCS)",
        ("proofs/data_integrity.py", "if len(written) > len(signed):", "if False:"),
        ("proofs/data_integrity.ts", "if (written.length > signed.length)", "if (false)"),
    ),
    Guard(
        "options' context is signed as it stands (JCS)",
        ("proofs/data_integrity.py", 'return {**document, "@context": context}', "return dict(document)"),
        ("proofs/data_integrity.ts", "return { ...document, '@context': context };", "return document;"),
    ),
)

CHAINS = (
    Guard(
        "an earlier proof is there once",
        ("proofs/chains.py", 'if sorted(other.options["id"] for other in found) != sorted(set(names)):', "if False:"),
        ("proofs/chains.ts", "if (found.length !== distinct || ", "if (false && "),
    ),
    Guard(
        "no circle of proofs",
        (
            "proofs/chains.py",
            'raise ProofError("PROOF_CHAIN_BROKEN")\n    if proof.pointer not in seen',
            "return\n    if proof.pointer not in seen",
        ),
        (
            "proofs/chains.ts",
            "if (above.includes(proof)) throw new ProofError('PROOF_CHAIN_BROKEN');",
            "if (above.includes(proof)) return;",
        ),
    ),
    Guard(
        "earlier proofs are signed",
        ("verifier.py", "proofs.check(unsecured.after(previous), proof, key)", "proofs.check(unsecured, proof, key)"),
        ("verifier.ts", "chain?.after(unsecured, previous!) ?? unsecured", "unsecured"),
    ),
    Guard(
        "no better than what it builds on",
        ("verifier.py", 'own if code == "OK" else replace(own, code=code, detail=detail)', "own"),
        ("proofs/chains.ts", "code === 'OK' ? outcome : { ...outcome, code, detail }", "outcome"),
    ),
    Guard(
        "sets of earlier proofs",
        (
            "proofs/chains.py",
            "if (names := _names(other))}) > limits.proof_chains:",
            "if (names := _names(other))}) > 99:",
        ),
        ("proofs/chains.ts", "if (sets.size > limits.proofChains)", "if (false)"),
    ),
    Guard(
        "dates of earlier proofs",
        (
            "verifier.py",
            "return outcomes, [outcome.proof for outcome in known.values()], Check",
            "return outcomes, [outcome.proof for outcome in outcomes], Check",
        ),
        ("proofs/chains.ts", "dated: [...known.keys()]", "dated: own.map(({ proof }) => proof)"),
    ),
)

KEYS = (
    Guard(
        "what older contexts drop",
        (
            "proofs/unsecured.py",
            "        loss.check(found, options, pointer, self.processor)",
            "        if not self.editions:\n            loss.check(found, options, pointer, self.processor)",
        ),
        (
            "proofs/data_integrity_rdfc.ts",
            "  await check(await unsecured.once('faults'",
            "  if (!initial) await check(await unsecured.once('faults'",
        ),
    ),
    Guard(
        "older contexts where the newest fails",
        ("proofs/unsecured.py", 'if result_of("signature", refused[-1].code) != "fail":', "if False:"),
        ("proofs/readings.ts", " && resultOf('signature', error.code) === 'fail';", ";"),
    ),
    Guard(
        "multibase letter and alphabet",
        ("multibase.py", "or not _BASE58BTC.fullmatch(text)", "or not text"),
        (
            "multibase.ts",
            "base58.decodeUnsafe(text.slice(1))",
            "base58.decodeUnsafe(text.slice(1).replace(/[^1-9A-HJ-NP-Za-km-z]/g, ''))",
        ),
    ),
    Guard(
        "nothing behind a multibase text",
        ("multibase.py", "_BASE58BTC.fullmatch(text)", "_BASE58BTC.match(text)"),
        ("multibase.ts", "base58.decodeUnsafe(text.slice(1))", "base58.decodeUnsafe(text.slice(1).trimEnd())"),
    ),
    Guard(
        "multibase length",
        ("multibase.py", "len(text) > limits.multibase_chars or ", ""),
        ("multibase.ts", " && text.length <= limits.multibaseChars", ""),
    ),
    Guard(
        "key length",
        ("keys/multikey.py", ' or (prefix == "ed01" and len(public) != 32)', ""),
        ("keys/multikey.ts", "if (kind === 'ed25519-pub' && rest.length !== 32)", "if (false)"),
    ),
    Guard(
        "kind of key",
        ("proofs/__init__.py", "if key.kind not in PROOF_SUITES[proof.suite].kinds or not own:", "if not own:"),
        ("proofs/index.ts", "if (!suiteOf(proof).kinds.includes(key.kind))", "if (false)"),
    ),
    Guard(
        "a key's alg is of its kind",
        ("proofs/__init__.py", "kinds or not own:", "kinds:"),
        ("proofs/jws.ts", "includes(kind) || !own)", "includes(kind))"),
    ),
    Guard(
        "a key signs by its own alg",
        ("proofs/jws.py", " or _LIKE.get(own, own) != _LIKE.get(name, name):", ":"),
        ("proofs/jws.ts", "if (kind !== wanted || !fits)", "if (kind !== wanted)"),
    ),
    Guard(
        "a JSON Web Key for something else",
        ("keys/jwk.py", 'if use not in (None, "sig") or (', "if ("),
        ("keys/jwk.ts", "if (!(isAbsent(use) || use === 'sig') || !verifies)", "if (!verifies)"),
    ),
    Guard(
        "operations of a JSON Web Key",
        ("keys/jwk.py", ' or (operations is not None and "verify" not in operations):', ":"),
        ("keys/jwk.ts", " || operations.includes('verify');", " || true;"),
    ),
    Guard(
        "publicKeyBase58 by its type",
        ("keys/documents.py", "if len(kinds) != 1:", "if not kinds:"),
        ("keys/documents.ts", "if (!kind || more.length)", "if (!kind)"),
    ),
    Guard(
        "keys that can be factored",
        ("keys/rsa.py", " or _is_roca(n):", ":"),
        ("keys/rsa.ts", " || isRoca(modulus))", ")"),
    ),
    Guard(
        "keys of small order",
        ("keys/edwards.py", "if y % P in SMALL_ORDER:", "if False:"),
        ("keys/edwards.ts", "if (SMALL_ORDER.has(yOf(encoded) % P))", "if (false)"),
    ),
    Guard(
        "keys of small order, canonical or not",
        ("keys/edwards.py", "if y % P in SMALL_ORDER:", "if y in SMALL_ORDER:"),
        ("keys/edwards.ts", "SMALL_ORDER.has(yOf(encoded) % P)", "SMALL_ORDER.has(yOf(encoded))"),
    ),
    Guard(
        "keys are canonical",
        ("keys/edwards.py", "if y >= P or not _on_curve(y):", "if not _on_curve(y):"),
        ("keys/on_curve.ts", "Point.fromBytes(encoded, false);", "Point.fromBytes(encoded, true);"),
    ),
    Guard(
        "keys are on the curve",
        ("keys/edwards.py", "if y >= P or not _on_curve(y):", "if y >= P:"),
        ("keys/on_curve.ts", "Point.fromBytes(encoded, false);", ""),
    ),
    Guard("S < L", sodium("S < L"), ("proofs/ed25519.ts", ">= L || ", ">= 2n ** 256n || ")),
    Guard(
        "R of small order",
        sodium("order of R"),
        ("proofs/ed25519.ts", " || !isUsual(r)) return false;", ") return false;"),
    ),
    Guard(
        "no cofactor",
        sodium("no cofactor"),
        (
            "proofs/ed25519_noble.ts",
            "expected.toBytes().every((byte, index) => byte === r[index])",
            "((given) => !!given && expected.clearCofactor().equals(given.clearCofactor()))(pointOf(r))",
        ),
    ),
)

RDF = (
    Guard(
        "options' context is the document's (RDFC)",
        ("proofs/data_integrity.py", "if own is not None and items(own) != items(context):", "if False:"),
        (
            "proofs/data_integrity_rdfc.ts",
            "if (!isAbsent(own) && !sameJson(listed(own), listed(context)))",
            "if (false)",
        ),
    ),
    Guard(
        "inline contexts",
        (
            "proofs/unsecured.py",
            "if any(not isinstance(entry, str) for entry in entries):",
            "entries = [entry for entry in entries if isinstance(entry, str)]\n    if False:",
        ),
        ("proofs/data_integrity_rdfc.ts", "if (urls.length < entries.length)", "if (false)"),
    ),
    Guard(
        "contexts are pinned",
        ("proofs/unsecured.py", "    if unknown:\n", "    if False:\n"),
        ("proofs/data_integrity_rdfc.ts", "if (unknown.length)", "if (false)"),
    ),
    Guard(
        "contexts inside are looked at",
        (
            "proofs/unsecured.py",
            '            if name != "@context":\n                yield from _contexts(member)',
            '            if name != "@context":\n                continue',
        ),
        ("proofs/data_integrity_rdfc.ts", "else yield* contextsIn(member);", ""),
    ),
    Guard(
        "too many contexts",
        ("proofs/unsecured.py", "if any(len(part) > limits.contexts for part in named):", "if False:"),
        ("proofs/data_integrity_rdfc.ts", "if (named.some((part) => part.length > limits.contexts))", "if (false)"),
    ),
    Guard(
        "the walk over the document",
        ("proofs/loss.py", 'walk.node(document, processor.initial, None, "")', ""),
        ("proofs/loss.ts", "await walk.node(document, initial, null, '');", ""),
    ),
    Guard(
        "the walk over the proof's options",
        ("proofs/loss.py", "walk.node(options, processor.initial, None, pointer)", ""),
        ("proofs/loss.ts", "await walk.node(options, initial, null, pointer);", ""),
    ),
    Guard(
        "undefined terms",
        (
            "proofs/loss.py",
            'if not active.get("@vocab") or _SPACE.search(text):\n        return TERM',
            "if False:\n        return TERM",
        ),
        ("proofs/loss.ts", "if (!active['@vocab'] || SPACE.test(text)) return TERM;", ""),
    ),
    Guard(
        "white space under @vocab",
        ("proofs/loss.py", 'if not active.get("@vocab") or _SPACE.search(text):', 'if not active.get("@vocab"):'),
        ("proofs/loss.ts", "if (!active['@vocab'] || SPACE.test(text))", "if (!active['@vocab'])"),
    ),
    Guard(
        "keys that are keywords or IRIs",
        (
            "proofs/loss.py",
            'if key.startswith("@") or ":" in key:\n        return SPELLING',
            "if False:\n        return SPELLING",
        ),
        ("proofs/loss.ts", "if (key.startsWith('@') || key.includes(':')) return SPELLING;", ""),
    ),
    Guard(
        "keys that are IRIs",
        ("proofs/loss.py", 'if key.startswith("@") or ":" in key:', 'if key.startswith("@"):'),
        ("proofs/loss.ts", "key.startsWith('@') || key.includes(':')", "key.startsWith('@')"),
    ),
    Guard(
        "undefined types",
        ("proofs/loss.py", 'return TERM if text.startswith("@") or _vocab(text, active) else None', "return None"),
        (
            "proofs/loss.ts",
            "return text.startsWith('@') || problemOfVocab(text, active) ? TERM : null;",
            "return null;",
        ),
    ),
    Guard(
        "types that are aliases of keywords",
        ("proofs/loss.py", 'TERM if meaning is None or meaning.startswith(("@", "_:")) else None', "None"),
        (
            "proofs/loss.ts",
            "return isAbsent(meaning) || meaning.startsWith('@') || meaning.startsWith('_:') ? TERM : null;",
            "return null;",
        ),
    ),
    Guard(
        "types under their IRI",
        ("proofs/loss.py", "(SPELLING if spelt else None)", "None"),
        ("proofs/loss.ts", "(hasTerm ? SPELLING : null)", "null"),
    ),
    Guard(
        "relative identifiers",
        ("proofs/loss.py", "if not _SCHEME.match(text) or _SPACE.search(text):", "if _SPACE.search(text):"),
        ("proofs/loss.ts", "if (!SCHEME.test(text) || SPACE.test(text))", "if (SPACE.test(text))"),
    ),
    Guard(
        "white space in identifiers",
        ("proofs/loss.py", "if not _SCHEME.match(text) or _SPACE.search(text):", "if not _SCHEME.match(text):"),
        ("proofs/loss.ts", "if (!SCHEME.test(text) || SPACE.test(text))", "if (!SCHEME.test(text))"),
    ),
    Guard(
        "blank nodes by name",
        ("proofs/loss.py", 'if text.startswith("_:"):\n        return SPELLING', ""),
        ("proofs/loss.ts", "if (text.startsWith('_:')) return SPELLING;", ""),
    ),
    Guard(
        "compact identifiers",
        ("proofs/loss.py", "return SPELLING if compact or _NOT_IN_IRI", "return SPELLING if _NOT_IN_IRI"),
        ("proofs/loss.ts", "return compact || NOT_IN_IRI", "return NOT_IN_IRI"),
    ),
    Guard(
        "identifiers that are no IRIs",
        (
            "proofs/loss.py",
            "return SPELLING if compact or _NOT_IN_IRI.search(text) else None",
            "return SPELLING if compact else None",
        ),
        (
            "proofs/loss.ts",
            "return compact || NOT_IN_IRI.test(text) ? SPELLING : null;",
            "return compact ? SPELLING : null;",
        ),
    ),
    Guard(
        "identifiers are texts",
        (
            "proofs/loss.py",
            "if isinstance(value, str) else SPELLING, place)",
            "if isinstance(value, str) else None, place)",
        ),
        (
            "proofs/loss.ts",
            "problemOfIdentifier(value, members) : SPELLING, place)",
            "problemOfIdentifier(value, members) : null, place)",
        ),
    ),
    Guard(
        "the credential's own id",
        ("proofs/loss.py", "isinstance(self.own_id, str) and self.own_id in ids", "False"),
        ("proofs/loss.ts", "this.ownId !== null && ids.includes(this.ownId)", "false"),
    ),
    Guard(
        "the credential's own id as a mere reference",
        ("proofs/loss.py", "if len(meanings) > 1 and isinstance(", "if isinstance("),
        ("proofs/loss.ts", "if (meanings.size > 1 && this", "if (this"),
    ),
    Guard(
        "facts stay at their node's place",
        ("proofs/loss.py", "walk.note_displaced()", "pass"),
        ("proofs/loss.ts", "walk.noteDisplaced();", ""),
    ),
    Guard(
        "one node of an identifier says the facts",
        ("proofs/loss.py", "wrong = len(home) > 1 and pointer in home", "wrong = False"),
        ("proofs/loss.ts", "? home.length > 1 && home.includes(node)", "? false"),
    ),
    Guard(
        "an endorsement's words are facts of an endorsement",
        ("proofs/loss.py", 'walk.endorses = _names(document, "EndorsementCredential")', "pass"),
        ("proofs/loss.ts", ", types.includes('EndorsementCredential'));", ");"),
    ),
    Guard(
        "an issuer's words may stand twice",
        (
            "proofs/loss.py",
            "displayed - _OF_PROFILES if _PROFILE_PLACE.fullmatch(pointer) else displayed)",
            "displayed)",
        ),
        ("proofs/loss.ts", "PROFILE_PLACE.test(pointer) ? OF_PROFILES : NOTHING", "NOTHING"),
    ),
    Guard(
        "two keys of one meaning",
        ("proofs/loss.py", "if len(same) > 1:", "if False:"),
        ("proofs/loss.ts", "if (same.length > 1)", "if (false)"),
    ),
    Guard(
        "value objects hold texts",
        ("proofs/loss.py", 'if not isinstance(element["@value"], str):', "if False:"),
        ("proofs/loss.ts", "if (typeof element['@value'] !== 'string')", "if (false)"),
    ),
    Guard(
        "members of value objects",
        ("proofs/loss.py", "if key not in _VALUE_KEYS:", "if False:"),
        ("proofs/loss.ts", "if (!VALUE_KEYS.has(key))", "if (false)"),
    ),
    Guard(
        "language tags",
        ("proofs/loss.py", "not _LANGUAGE.fullmatch(value)", "False"),
        ("proofs/loss.ts", "!LANGUAGE.test(value)", "false"),
    ),
    Guard(
        "lists in lists",
        ("proofs/loss.py", "if isinstance(value, list):\n        return SPELLING", ""),
        ("proofs/loss.ts", "if (Array.isArray(value)) return SPELLING;", ""),
    ),
    Guard(
        "numbers of 17 digits",
        ("proofs/loss.py", "isinstance(value, float) and _inexact(value)", "False"),
        ("proofs/loss.ts", "return isInexact(value) ? SPELLING : null;", "return null;"),
    ),
    Guard(
        "what stands twice in a set",
        ("proofs/loss.py", "self._note(SPELLING if said and said[0] in seen else None, at)", "pass"),
        ("proofs/loss.ts", "if (said[0] !== undefined && seen.has(said[0])) this.note(SPELLING, at);", ""),
    ),
    Guard(
        "a node that is named again beside itself",
        ("proofs/loss.py", "(rfc8785.dumps(item).decode(), *references)", "(rfc8785.dumps(item).decode(),)"),
        ("proofs/loss.ts", "[jcs(item), ...references]", "[jcs(item)]"),
    ),
    Guard(
        "a node that is named again before itself",
        ("proofs/loss.py", "sorted(rows, key=lambda row: len(row[0]), reverse=True)", "rows"),
        ("proofs/loss.ts", "rows.sort(([one], [other]) => other.length - one.length)", "rows"),
    ),
    Guard(
        "types that stand twice",
        ("proofs/loss.py", 'self._note_doubled(value, "@vocab", active, place)', "pass"),
        ("proofs/loss.ts", "this.noteDoubled(value, '@vocab', members, place);", ""),
    ),
    Guard(
        "numbers that are taken for integers",
        ("proofs/loss.py", ' or "." not in repr(value)', ""),
        ("proofs/loss.ts", "if (!String(value).includes('.')) return true;", ""),
    ),
    Guard(
        "graphs in which nothing is said",
        ("proofs/loss.py", "if graph and _says_no_triple(item, active):", "if False:"),
        ("proofs/loss.ts", "if (graph && saysNoTriple(item, active))", "if (false)"),
    ),
    Guard(
        "unsigned terms are told first",
        ("proofs/loss.py", "for code in (TERM, VALUE, SPELLING):", "for code in (SPELLING, VALUE, TERM):"),
        (
            "proofs/loss.ts",
            "for (const code of [TERM, VALUE, SPELLING])",
            "for (const code of [SPELLING, VALUE, TERM])",
        ),
    ),
    Guard(
        "directions are signed",
        ("proofs/rdf.py", 'if "@direction" in item:', "if False:"),
        ("proofs/rdf.ts", "if ('@direction' in item)", "if (false)"),
    ),
    Guard(
        "statements sort by code point",
        (
            "proofs/rdfc.py",
            "return sorted({_line(quad, {}) for quad in quads})",
            'return sorted({_line(quad, {}) for quad in quads}, key=lambda line: line.encode("utf-16-be"))',
        ),
        ("text.ts", "? strings.sort(byCodePoint) : strings.sort()", "? strings.sort() : strings.sort()"),
    ),
    Guard(
        "work limit",
        ("proofs/rdfc.py", "if self._entered[node] > self._limits.hash_n_degree_quads or depth", "if depth"),
        ("proofs/rdfc.ts", "if (entered > this.limits.hashNDegreeQuads || depth", "if (depth"),
    ),
)

DATES = (
    Guard(
        "tolerance",
        ("verifier.py", "asked.limits.date_tolerance_seconds * SECOND", "0"),
        ("verifier.ts", "BigInt(asked.limits.dateToleranceSeconds) * SECOND", "0n"),
    ),
    Guard(
        "exactly five minutes is within, at the end",
        ("verifier.py", "if until[0] < now - tolerance:", "if until[0] <= now - tolerance:"),
        ("verifier.ts", "until.at < now - tolerance", "until.at <= now - tolerance"),
    ),
    Guard(
        "exactly five minutes is within, at the start",
        ("verifier.py", "if since[0] > now + tolerance:", "if since[0] >= now + tolerance:"),
        ("verifier.ts", "since.at > now + tolerance", "since.at >= now + tolerance"),
    ),
    Guard(
        "the earlier end",
        ("verifier.py", "until = min((", "until = max(("),
        ("verifier.ts", "end.at < least.at", "end.at > least.at"),
    ),
    Guard(
        "the later start",
        ("verifier.py", "since = max((", "since = min(("),
        ("verifier.ts", "start.at > latest.at", "start.at < latest.at"),
    ),
    Guard(
        "issuanceDate counts",
        ("readers/vc_json.py", '("validFrom", "issuanceDate"),', '("validFrom",),'),
        ("readers/vc_json.ts", "['validFrom', 'issuanceDate']", "['validFrom']"),
    ),
    Guard(
        "expirationDate counts",
        ("readers/vc_json.py", '("validUntil", "expirationDate")\n', '("validUntil",)\n'),
        ("readers/vc_json.ts", "['validUntil', 'expirationDate']", "['validUntil']"),
    ),
    Guard(
        "the proof's dates count",
        (
            "verifier.py",
            "for proof in (proof for proof in counted if not proofs.is_anchored(proof)):",
            "for proof in ():",
        ),
        ("verifier.ts", "const dated = signed.map(", "const dated = ([] as Proof[]).map("),
    ),
    Guard(
        "malformed dates",
        ("verifier.py", "    if malformed:\n", "    if False:\n"),
        ("verifier.ts", "if (malformed.length)", "if (false)"),
    ),
    Guard(
        "nothing behind a date",
        ("timestamps.py", "_STAMP.fullmatch(text)", "_STAMP.match(text)"),
        ("timestamps.ts", "(?:Z|([+-])([0-9]{2}):([0-9]{2}))$/;", "(?:Z|([+-])([0-9]{2}):([0-9]{2}))/;"),
    ),
    Guard(
        "a date has a zone",
        ("timestamps.py", 'r"(?:Z|([+-])([0-9]{2}):([0-9]{2}))"', 'r"(?:Z|([+-])([0-9]{2}):([0-9]{2}))?"'),
        ("timestamps.ts", "(?:Z|([+-])([0-9]{2}):([0-9]{2}))$/;", "(?:Z|([+-])([0-9]{2}):([0-9]{2}))?$/;"),
    ),
    Guard(
        "zones up to 14 hours",
        ("timestamps.py", "if minutes > 59 or hours * 60 + minutes > 14 * 60:", "if minutes > 59:"),
        ("timestamps.ts", "if (minutes > 59 || hours * 60 + minutes > 14 * 60)", "if (minutes > 59)"),
    ),
    Guard(
        "minutes of a zone",
        ("timestamps.py", "if minutes > 59 or hours", "if hours"),
        ("timestamps.ts", "if (minutes > 59 || hours", "if (hours"),
    ),
    Guard(
        "the zone's sign",
        ("timestamps.py", '(-60 if match[8] == "-" else 60)', "60"),
        ("timestamps.ts", "(sign === '-' ? -60 : 60)", "60"),
    ),
    Guard(
        "days that exist",
        ("timestamps.py", "return 1 <= day <= _DAYS[month - 1] + leap", "return 1 <= day <= 31"),
        (
            "timestamps.ts",
            "day <= next - daysSince1970(year, month, 1);",
            "day <= 31;",
        ),
    ),
    Guard(
        "leap years",
        ("timestamps.py", "and (year % 100 != 0 or year % 400 == 0)", ""),
        ("timestamps.ts", "- Math.floor(y / 100) + Math.floor(y / 400)", "- 15"),
    ),
    Guard(
        "24:00:00 and not a moment more",
        ("timestamps.py", "return minute == second == 0 and not fraction", "return True"),
        ("timestamps.ts", "return minute === 0 && second === 0 && !fraction;", "return true;"),
    ),
    Guard(
        "no leap seconds",
        ("timestamps.py", "if second == 60 and not _ends_half_year(year, seconds):", "if False:"),
        ("timestamps.ts", "if (second === 60 && !endsHalfYear(year, seconds)) return null;", ""),
    ),
    Guard(
        "years of at most nine digits",
        ("timestamps.py", "[1-9][0-9]{3,8}", "[1-9][0-9]{3,9}"),
        ("timestamps.ts", "[1-9][0-9]{3,8}", "[1-9][0-9]{3,9}"),
    ),
    Guard(
        "fractions are left-aligned",
        ("timestamps.py", '.ljust(9, "0")', '.rjust(9, "0")'),
        ("timestamps.ts", ".padEnd(9, '0')", ".padStart(9, '0')"),
    ),
)

ANCHORS = (
    Guard(
        "the path leads to the root",
        ("proofs/merkle.py", " or _root(target, path) != anchor.root", ""),
        ("proofs/merkle.ts", " || bytesToHex(rootOf(receipt)) !== bytesToHex(receipt.anchor.root)", ""),
    ),
    Guard(
        "the transaction holds the root",
        ("anchors.py", "if anchor.root.hex() not in found.holds:", "if False:"),
        ("anchors.ts", "if (!found.holds.includes(bytesToHex(root)))", "if (false)"),
    ),
    Guard(
        "an explorer's answer is live",
        ("anchors.py", 'if answer and answer.source == "live" else', "if answer else"),
        ("anchors.ts", "answer?.source === 'live' ?", "answer ?"),
    ),
    Guard(
        "an address is in use when it sends",
        ("anchors.py", "if not any(_in_use(entry, sent.at) for entry in own):", "if False:"),
        ("anchors.ts", "if (!own.some((entry) => isInUse(entry, sent.at)))", "if (false)"),
    ),
    Guard(
        "no anchor stands for an issuer that is a key",
        ("verifier.py", 'return listing.source != "self"', "return True"),
        ("verifier.ts", "listing.source !== 'self' : listing.methods", "true : listing.methods"),
    ),
)

INSIDE = (
    Guard(
        "a record's subject is of its own type only",
        ("proofs/loss.py", 'items(subject.element.get("type")) != ["ClrSubject"]', "False"),
        ("proofs/loss.ts", " && types.length === 1 && types[0] === 'ClrSubject'", ""),
    ),
    Guard(
        "what could stand at the record's subject is counted",
        ("proofs/loss.py", "PROCESSOR.expand_term(subject.active, key) == meaning", "False"),
        ("proofs/loss.ts", "meaningOf(subject.active, key) === meaning", "false"),
    ),
    Guard(
        "nodes that say the same, and no mere reference",
        ("proofs/loss.py", "len({node.said() for node in nodes}) == 1", "True"),
        ("proofs/loss.ts", "new Set(nodes.map(allSaid)).size === 1", "true"),
    ),
    Guard(
        "so many credentials inside",
        ("verifier.py", " or len(envelope.inner) > asked.limits.inner", ""),
        ("verifier.ts", " || inner.length > asked.limits.inner", ""),
    ),
    Guard(
        "a presentation is no credential",
        ("readers/presentation.py", 'and "VerifiableCredential" not in items(types)', ""),
        ("readers/presentation.ts", " && !types.includes('VerifiableCredential')", ""),
    ),
    Guard(
        "a holder's key is listed for what the proof states",
        ("verifier.py", "_listing(envelope, asked, _purpose(envelope, proof))", "_listing(envelope, asked)"),
        ("verifier.ts", "listingOf(envelope, asked, purposeOf(envelope, proof))", "listingOf(envelope, asked)"),
    ),
)

JOSE = (
    Guard(
        "no word for no signature",
        ("proofs/jws.py", "if proof.suite in REFUSED:", "if False:"),
        ("proofs/jws.ts", "if (refused) throw", "if (false) throw"),
    ),
    Guard(
        "what must be understood is",
        ("proofs/jws.py", "if not _understood(header):", "if False:"),
        ("proofs/jws.ts", "if (!understood(header))", "if (false)"),
    ),
    Guard(
        "a token says what it is for",
        ("proofs/jws.py", "not in allowed[purpose]:", "is None:"),
        ("proofs/jws.ts", "if (value !== undefined && !(typeof", "if (false && !(typeof"),
    ),
    Guard(
        "one credential in a token",
        ("readers/jwt.py", "or any(payload.get(name) is not None for name in beside)", ""),
        ("readers/jwt.ts", " || beside.some((name) => !isAbsent(payload[name]))", ""),
    ),
    Guard(
        "claims that name somebody else",
        ("readers/jwt.py", "own is not None and not _same(payload[claim], own):", "False:"),
        ("readers/jwt.ts", "!isAbsent(issuer) && !same(iss, issuer)", "!isAbsent(issuer) && false"),
    ),
    Guard(
        "claims that say another date",
        ("readers/jwt.py", "if any(_apart(payload.get(claim), credential.get(name)) for name in names):", "if False:"),
        ("readers/jwt.ts", "return a > b + SECOND || b > a + SECOND;", "return false;"),
    ),
    Guard(
        "a claim's end counts",
        ("readers/jwt.py", "ends=ends + more_ends,\n        status", "ends=ends,\n        status"),
        ("readers/jwt.ts", "ends: [...own.ends, ...claimed.ends]", "ends: own.ends"),
    ),
    Guard(
        "a key that the document brings along is no key of the issuer's",
        ("verifier.py", 'if any(key.source == "document" for key in found):', "if False:"),
        ("signer.ts", "if (found.some(({ source }) => source === 'document'))", "if (false)"),
    ),
)

CONTAINERS = (
    Guard(
        "one payload in a picture",
        ("readers/picture.py", "if len(payloads) > 1:", "if False:"),
        ("readers/picture.ts", "if (payloads.length > 1)", "if (false)"),
    ),
    Guard(
        "a chunk is as its CRC says",
        ("readers/png.py", " or data[end - 4 : end] != crc", ""),
        ("readers/png.ts", " || crc32(checked) !== view.getUint32(end - 4)", ""),
    ),
    Guard(
        "limit on what a text unpacks to",
        ("inflate.py", "if len(unpacked) > most:", "if False:"),
        ("inflate.ts", "if (stream.total_out > most)", "if (false)"),
    ),
    Guard(
        "no entities in an SVG",
        ("readers/svg.py", "if _UNUSUAL.search(text):", "if False:"),
        ("readers/svg.ts", "if (UNUSUAL.test(text))", "if (false)"),
    ),
    Guard(
        "one end of an archive",
        ("readers/archive.py", "if len(found) > 1:", "if False:"),
        ("readers/archive.ts", "if (found.length > 1)", "if (false)"),
    ),
    Guard(
        "names in an archive are safe",
        ("readers/archive.py", "if any(_UNSAFE.search(name) for name, _ in files):", "if False:"),
        ("readers/archive.ts", "if (named.some(({ name }) => UNSAFE.test(name)))", "if (false)"),
    ),
    Guard(
        "entries do not overlap",
        (
            "readers/archive.py",
            " or any(begin < end for (begin, _), end in zip([*taken, (start, 0)], ends, strict=True))",
            "",
        ),
        ("readers/archive.ts", " || taken.some(([begin], i) => begin < (taken[i - 1]?.[1] ?? 0))", ""),
    ),
    Guard(
        "limit on what an archive unpacks to",
        ("readers/archive.py", "if sum(entry.size for _, entry in named) > limits.archive_bytes:", "if False:"),
        (
            "readers/archive.ts",
            "if (shown.reduce((sum, { entry }) => sum + entry.size, 0) > limits.archiveBytes)",
            "if (false)",
        ),
    ),
)

SELECTIVE = (
    Guard(
        "base proofs are refused",
        ("proofs/selective.py", "if form == BASE:", "if False:"),
        ("proofs/selective.ts", "if (form === BASE)", "if (false)"),
    ),
    Guard(
        "a proof with a part shown is no longer than so much",
        ("proofs/selective.py", "if len(value) > limits.selective_chars:", "if False:"),
        ("proofs/selective.ts", "if (value.length > limits.selectiveChars)", "if (false)"),
    ),
    Guard(
        "so many statements signed one by one",
        ("proofs/selective.py", "if count > limits.selective_statements:", "if False:"),
        ("proofs/selective.ts", "if (count > limits.selectiveStatements)", "if (false)"),
    ),
    Guard(
        "no two nodes have one name",
        ("proofs/selective.py", "    distinct(labels.values())\n", ""),
        ("proofs/selective.ts", "checkDistinct([...labels.values()]);", ""),
    ),
    Guard(
        "names are for the nodes that there are",
        ("proofs/selective.py", "blank != labels.keys() or ", ""),
        (
            "proofs/data_integrity_rdfc.ts",
            "return fits ? lines(relabelled(quads, names)) : null;",
            "void fits; return lines(relabelled(quads, names));",
        ),
    ),
    Guard(
        "mandatory indexes are of statements",
        ("proofs/selective.py", " or not all(index < len(found) for index in mandatory)", ""),
        ("proofs/selective.ts", " || !mandatory.every((index) => index < found.length)", ""),
    ),
    Guard(
        "no mandatory index comes twice",
        ("proofs/ecdsa_sd.py", "    selective.distinct(mandatory)\n", ""),
        ("proofs/ecdsa_sd.ts", "selective.checkDistinct(mandatory);", ""),
    ),
    Guard(
        "a signature for each statement",
        ("proofs/ecdsa_sd.py", "if len(value.signatures) != len(signed.others):", "if False:"),
        ("proofs/ecdsa_sd.ts", "if (value.signatures.length !== others.length)", "if (false)"),
    ),
    Guard(
        "the issuer signs the credential's own key",
        (
            "proofs/ecdsa_sd.py",
            'if not verifies(_KIND, key.public, by_issuer, value.signature, "sha256") or not all(',
            "if not all(",
        ),
        (
            "proofs/ecdsa_sd.ts",
            "    [key, joined(options, joined(value.key, mandatory)), value.signature] as const,\n",
            "",
        ),
    ),
    Guard(
        "names are as long as an HMAC",
        ("proofs/ecdsa_sd.py", "len(label) == _LABEL_BYTES for label", "True for label"),
        ("proofs/ecdsa_sd.ts", "length === LABEL_BYTES", "length > 0"),
    ),
    Guard(
        "BBS: the pairing",
        ("proofs/bbs.py", "return bool(GT.pairing_check([proof.abar, proof.bbar], [w, -G2Point()]))", "return True"),
        ("proofs/bbs.ts", "return fields.Fp12.eql(bls12_381.pairingBatch(pairs), fields.Fp12.ONE);", "return true;"),
    ),
    Guard(
        "BBS: the challenge",
        (
            "proofs/bbs.py",
            "if _challenge(proof, t1, t2, messages, domain, presentation) != proof.challenge:",
            "if False:",
        ),
        (
            "proofs/bbs.ts",
            "if (challengeOf(proof, t1, t2, messages, domain, presentation) !== challenge)",
            "if (false)",
        ),
    ),
    Guard(
        "BBS: no point is the identity",
        ("proofs/bbs.py", "point == G1Point.identity() or ", ""),
        ("proofs/bbs.ts", "!found.is0() && ", ""),
    ),
    Guard(
        "BBS: no number is zero or beyond the order",
        ("proofs/bbs.py", "0 < number < _ORDER", "True"),
        ("proofs/bbs.ts", "number > 0n && number < ORDER", "true"),
    ),
    Guard(
        "BBS: shown indexes ascend",
        ("proofs/bbs_2023.py", "sorted(set(shown)) != shown or ", ""),
        ("proofs/bbs_2023.ts", "!ascends || ", "void ascends, "),
    ),
    Guard(
        "BBS: no key is the identity",
        ("keys/bls.py", "if point == G2Point.identity():", "if False:"),
        ("keys/bls.ts", "if (encoded[0] === IDENTITY && ", "if (false && "),
    ),
    Guard(
        "CBOR in its shortest form",
        ("proofs/cbor.py", "_TOO_SMALL[size] <= number <= _LARGEST", "number <= _LARGEST"),
        ("proofs/cbor.ts", "number >= LEAST[info - 24]! && ", ""),
    ),
    Guard(
        "CBOR with no key twice",
        ("proofs/cbor.py", "_expect(key not in found)", "pass"),
        ("proofs/cbor.ts", "expect(!found.has(key));", ""),
    ),
    Guard(
        "CBOR with nothing behind",
        ("proofs/cbor.py", "_expect(self._at == len(self._data))", "pass"),
        ("proofs/cbor.ts", "expect(this.at === this.data.length);", ""),
    ),
    Guard(
        "an end may have been left out",
        ("verifier.py", "hidden = not whole and ", "hidden = False and "),
        ("verifier.ts", "return whole || own ", "return true || own "),
    ),
    Guard(
        "an end of the token hides none of the credential",
        ("verifier.py", 'in ("validUntil", "expirationDate")', 'in ("validUntil", "expirationDate", "exp")'),
        ("verifier.ts", "(validUntil|expirationDate)$", "(validUntil|expirationDate|exp)$"),
    ),
    Guard(
        "a status may have been left out",
        ("verifier.py", '"NO_STATUS" if whole else "STATUS_MAY_BE_HIDDEN"', '"NO_STATUS"'),
        ("verifier.ts", "whole ? 'NO_STATUS' : 'STATUS_MAY_BE_HIDDEN'", "'NO_STATUS'"),
    ),
    Guard(
        "beside a signature over the whole nothing is left out",
        ("verifier.py", "not all(proofs.is_selective", "not any(proofs.is_selective"),
        ("verifier.ts", "!outcomes.every(({ proof })", "!outcomes.some(({ proof })"),
    ),
)

OPEN_BADGES = (
    Guard(
        "an answer is the document that was asked for",
        ("open_badges.py", 'found is None or found.get("id") != address', "found is None"),
        ("open_badges.ts", "if (!answer || document?.['id'] !== address)", "if (!answer || !document)"),
    ),
    Guard(
        "a class that is a copy names no issuer",
        ("verifier.py", "if envelope.copied is not None:", "if False:"),
        ("signer.ts", "if (envelope.copied !== null)", "if (false)"),
    ),
    Guard(
        "only a live answer is the issuer's copy",
        ("open_badges.py", ' or answer["source"] != "live":', ":"),
        ("open_badges.ts", "answer?.source !== 'live'", "!answer"),
    ),
    Guard(
        "an assertion is hosted where the issuer hosts",
        ("open_badges.py", "if _is_issuers(address, envelope, web, limits) else", "if True else"),
        ("open_badges.ts", "isIssuers(address, envelope, web, limits) ?", "true ?"),
    ),
)

DISCLOSURES = (
    Guard(
        "a holder may have kept back an end or a status",
        ("readers/sd_jwt.py", "withheld=whole.left > 0", "withheld=False"),
        ("readers/sd_jwt.ts", "withheld: left > 0 && model && !presents,", "withheld: false,"),
    ),
    Guard(
        "nothing is disclosed that was not signed",
        ("disclosures.py", "if work.waiting or (", "if ("),
        ("disclosures.ts", "if (work.waiting.size || (", "if (("),
    ),
    Guard(
        "a disclosure takes no member's place",
        ("disclosures.py", "if part and part[1] in whole:", "if False:"),
        ("disclosures.ts", "if (part && whole.has(part[1] as string))", "if (false)"),
    ),
    Guard(
        "a digest stands in one place",
        ("disclosures.py", " or one in self._seen:", ":"),
        ("disclosures.ts", " || this.seen.has(one)", ""),
    ),
    Guard(
        "an end cannot be held back",
        ("disclosures.py", 'NEVER_APART = ("iss", "nbf", "exp", "cnf", "vct", "status")', "NEVER_APART = ()"),
        (
            "disclosures.ts",
            "const NEVER_APART = ['iss', 'nbf', 'exp', 'cnf', 'vct', 'status'];",
            "const NEVER_APART: string[] = [];",
        ),
    ),
    Guard(
        "key binding is about this file",
        ("readers/sd_jwt.py", 'and claims.get("sd_hash") == digest(text, hash_of(payload))', ""),
        ("readers/sd_jwt.ts", " && hash === digest(text, hashOf(payload))", ""),
    ),
    Guard(
        "key binding is by the confirmed key",
        (
            "readers/sd_jwt.py",
            'header = {**token.header, "kid": confirmed.get("kid"), "jwk": confirmed.get("jwk")}',
            "header = token.header",
        ),
        (
            "readers/sd_jwt.ts",
            "const header = { ...token.header, kid: confirmed['kid'] ?? null, jwk: confirmed['jwk'] ?? null };",
            "const { header } = token;",
        ),
    ),
)

JWS_JSON = (
    Guard(
        "what hides in a certificate's name is told as bytes",
        ("keys/x509.py", "if _HIDDEN.match(character):", 'if character == "\\0":'),
        ("keys/x509.ts", "if (HIDDEN.test(character))", "if (character === '\\0')"),
    ),
    Guard(
        "a European credential's other status counts",
        ("readers/jwt.py", "elm.status_of(credential) if european else ", ""),
        ("readers/jwt.ts", "european ? elm.statusOf(credential) : ", ""),
    ),
    Guard(
        "signatures in one form",
        ("readers/jws_json.py", "if any(name in document for name in _OF_ONE):", "if False:"),
        ("readers/jws_json.ts", ".some((name) => Object.hasOwn(document, name))", ".some(() => false)"),
    ),
    Guard(
        "all signatures are over one payload",
        ("readers/jws_json.py", "if len({one.token.data for one in signed}) > 1:", "if False:"),
        ("readers/jws_json.ts", "String(token.data))).size > 1", "String(token.data))).size > 99"),
    ),
    Guard(
        "no name in both headers",
        ("readers/jws_json.py", " and not unprotected.keys() & (protected or {}).keys()", ""),
        ("readers/jws_json.ts", " && !names.some((name) => Object.hasOwn(unprotected, name))", ""),
    ),
    Guard(
        "nothing unprotected counts but the key's name",
        (
            "readers/jws_json.py",
            'header = {**protected, "kid": unprotected["kid"]} if unprotected.get("kid") is not None else protected',
            "header = {**unprotected, **protected}",
        ),
        (
            "readers/jws_json.ts",
            "header: isAbsent(unprotected['kid']) ? header : { ...header, kid: unprotected['kid'] },",
            "header: { ...unprotected, ...header },",
        ),
    ),
    Guard(
        "the time of signing is a date",
        ("verifier.py", "starts += proof.jws.times if proof.jws else ()", "pass"),
        ("verifier.ts", ", ...signed.flatMap(({ jws }) => jws?.times ?? [])", ""),
    ),
    Guard(
        "the certificate is the one that the header names",
        ("keys/__init__.py", "if thumbprint is not None and thumbprint !=", "if False and thumbprint !="),
        ("keys/x509.ts", "if (thumbprint !== null && thumbprint !==", "if (false && thumbprint !=="),
    ),
    Guard(
        "number of certificates",
        ("keys/__init__.py", "if len(chain) > limits.certificates:", "if False:"),
        ("keys/x509.ts", "if (chain.length > limits.certificates)", "if (false)"),
    ),
    Guard(
        "lengths in their shortest form",
        ("keys/der.py", "if not size or len(size) > 4 or size[0] == 0 or length < _LONG:", "if not size:"),
        (
            "keys/der.ts",
            "expect(size.length > 0 && size.length <= 4 && size[0] !== 0 && length >= LONG);",
            "expect(size.length > 0);",
        ),
    ),
    Guard(
        "serial numbers are above zero and short",
        ("keys/x509.py", "len(der.positive(serial)) > MOST_SERIAL or ", ""),
        ("keys/x509.ts", "der.positive(serial).length <= MOST_SERIAL && ", ""),
    ),
    Guard(
        "one algorithm for a certificate",
        ("keys/x509.py", " or inner.whole != algorithm.whole:", ":"),
        ("keys/x509.ts", " && same(inner.whole, algorithm.whole)", ""),
    ),
    Guard(
        "no extension twice",
        ("keys/x509.py", "if der.name_of(name) in found:", "if False:"),
        ("keys/x509.ts", "expect(!found.has(der.nameOf(name)));", ""),
    ),
    Guard(
        "names cannot be mistaken",
        ("keys/x509.py", """yield "\\\\" + character""", "yield character"),
        ("keys/x509.ts", "? `\\\\${character}` : character", "? character : character"),
    ),
    Guard(
        "a certificate names the next as its issuer",
        ("certificates.py", "if lower.names[1] != upper.names[0]:", "if False:"),
        ("certificates.ts", "if (lower.names[1] !== upper.names[0])", "if (false)"),
    ),
    Guard(
        "a certificate is issued with the next one's key",
        (
            "certificates.py",
            "issued = key.kind in kinds and verifies(key.kind, key.public, lower.signed, signature, hash_name)",
            "issued = True",
        ),
        (
            "certificates.ts",
            "const issued = kinds.includes(key.kind) && (await verifies(key, lower.signed, signature, hash));",
            "const issued = true;",
        ),
    ),
    Guard(
        "not every certificate may issue others",
        ("certificates.py", "if issued and upper.certifies else", "if issued else"),
        ("certificates.ts", "issued && upper.certifies ?", "issued ?"),
    ),
    Guard(
        "keys of certificates may have other uses",
        ("keys/x509.py", "return may and any(", "return any("),
        ("keys/x509.ts", "return may && first", "return first"),
    ),
    Guard(
        "certificates are in force",
        ("certificates.py", "if not all(_in_force(one, at) for one in chain if one):", "if False:"),
        ("certificates.ts", "if (!inForce) return", "if (false) return"),
    ),
)

KEY_SETS = (
    Guard(
        "metadata is the issuer's",
        ("keys/key_sets.py", 'or metadata.document.get("issuer") != identifier:', ":"),
        ("keys/key_sets.ts", "if (metadata?.document['issuer'] !== identifier)", "if (!metadata)"),
    ),
    Guard(
        "one set of keys",
        ("keys/key_sets.py", "if (inside is None) == (elsewhere is None):", "if False:"),
        ("keys/key_sets.ts", "if (isAbsent(jwks) === isAbsent(elsewhere)) return null;", ""),
    ),
    Guard(
        "the address of a set is one of https",
        ("keys/key_sets.py", 'and elsewhere.startswith("https://"):', ":"),
        ("keys/key_sets.ts", " && elsewhere.startsWith('https://')", ""),
    ),
    Guard(
        "either answer may be a copy",
        ("keys/key_sets.py", '"copy" if copies else "live",', '"live",'),
        ("keys/key_sets.ts", "copy === undefined ? 'live' : 'copy'", "'live'"),
    ),
    Guard(
        "the issuer's own document comes first",
        ("keys/key_sets.py", "    if known and (known.methods or known.stated):\n        return known\n", ""),
        ("keys/key_sets.ts", "if (known && (known.methods.length || known.stated)) return known;", ""),
    ),
    Guard(
        "a name that two keys have is the name of none",
        ("keys/key_sets.py", "None if name in named else value", "value"),
        ("keys/key_sets.ts", "found.has(name) ? null : value", "value"),
    ),
    Guard(
        "nobody's key is not the issuer's",
        ("verifier.py", "if listing is None or any(key.controller is None for key in found):", "if listing is None:"),
        ("signer.ts", " || found.some(({ controller }) => controller === null)", ""),
    ),
    Guard(
        "a holder's signature is not by the issuer's one key",
        ("verifier.py", 'if envelope.purpose == "assertionMethod" else None', ""),
        ("verifier.ts", " && issuer && purpose === 'assertionMethod' ?", " && issuer ?"),
    ),
)

STATUS = (
    Guard(
        "a status list is signed",
        ("status/question.py", '("LIST_NOT_SIGNED", opened.signature.result == "none"),', ""),
        ("status/question.ts", "['LIST_NOT_SIGNED', signature.result === 'none'],", ""),
    ),
    Guard(
        "a status list checks out",
        ("status/question.py", '("LIST_FORGED", "fail" in (opened.signature.result, opened.signer.result)),', ""),
        ("status/question.ts", "['LIST_FORGED', signature.result === 'fail' || signer.result === 'fail'],", ""),
    ),
    Guard(
        "it is known whose a status list is",
        (
            "status/question.py",
            'or not (opened.signer.result == "pass" or same_key)',
            "",
        ),
        (
            "status/question.ts",
            "['LIST_NOT_CHECKED', signature.result !== 'pass' || !(signer.result === 'pass' || sameKey)],",
            "",
        ),
    ),
    Guard(
        "a status list is the issuer's",
        ("status/question.py", '("LIST_OF_ANOTHER_ISSUER", opened.issuer != question.about.issuer),', ""),
        ("status/question.ts", "['LIST_OF_ANOTHER_ISSUER', opened.issuer !== about.issuer],", ""),
    ),
    Guard(
        "a status list is the one that was asked for",
        ("status/question.py", '("LIST_OF_ANOTHER_ADDRESS", opened.credential.get(name) != address),', ""),
        ("status/question.ts", "['LIST_OF_ANOTHER_ADDRESS', opened.credential[name] !== list],", ""),
    ),
    Guard(
        "a status list has not expired",
        ("status/question.py", '("LIST_EXPIRED", opened.dates.code == "EXPIRED"),', ""),
        ("status/question.ts", "['LIST_EXPIRED', dates.code === 'EXPIRED'],", ""),
    ),
    Guard(
        "a status list is of today",
        ("status/question.py", '("LIST_NOT_YET_VALID", opened.dates.code == "NOT_YET_VALID"),', ""),
        ("status/question.ts", "['LIST_NOT_YET_VALID', dates.code === 'NOT_YET_VALID'],", ""),
    ),
    Guard(
        "status lists by the same key",
        ("status/question.py", "bool(opened.keys) and opened.keys <= question.about.keys", "False"),
        ("status/question.ts", "keys.size > 0 && [...keys].every((key) => about.keys.has(key))", "false"),
    ),
    Guard(
        "a status list is for this purpose",
        (
            "status/bitstring.py",
            'if self.purpose is None and purpose not in strings(inside.get("statusPurpose")):',
            "if False:",
        ),
        (
            "status/bitstring.ts",
            "if (kind.purpose === undefined && !strings(subject['statusPurpose']).includes(purpose))",
            "if (false)",
        ),
    ),
    Guard(
        "status lists are long enough",
        ("status/bitstring.py", "if entries < self.least:", "if False:"),
        ("status/bitstring.ts", "if (entries < kind.least)", "if (false)"),
    ),
    Guard(
        "an index is within its status list",
        ("status/bitstring.py", "if index >= entries:", "if index > entries:"),
        ("status/bitstring.ts", "if (index >= entries)", "if (index > entries)"),
    ),
    Guard(
        "bits that can be read from both ends",
        ("status/bitstring.py", "if self.both_ends and value != _at(bits, mirrored, 1):", "if False:"),
        ("status/bitstring.ts", "if (kind.bothEnds && value !== at(bits, mirrored, 1))", "if (false)"),
    ),
    Guard(
        "an old copy says nothing",
        ("status/bitstring.py", 'if not found.live and too_old and code != "REVOKED":', "if False:"),
        ("status/bitstring.ts", "if (!found.live && tooOld && code !== 'REVOKED')", "if (false)"),
    ),
    Guard(
        "what was revoked stays so",
        ("status/bitstring.py", ' and code != "REVOKED":', ":"),
        ("status/bitstring.ts", " && code !== 'REVOKED')", ")"),
    ),
    Guard(
        "a copy without date says nothing",
        (
            "status/bitstring.py",
            "    if not found.live:\n        raise Refusal",
            "    if False:\n        raise Refusal",
        ),
        ("status/bitstring.ts", "if (!found.live) throw", "if (false) throw"),
    ),
    Guard(
        "an index is a decimal integer",
        ("status/bitstring.py", "_INDEX.fullmatch(text)", "text.strip().isdigit()"),
        ("status/bitstring.ts", "!INDEX.test(text)", "!/^[0-9]+$/.test(text.trim())"),
    ),
    Guard(
        "the list is unpacked to its end",
        ("inflate.py", "if not stream.eof or stream.unused_data:", "if False:"),
        ("inflate.ts", "if (status !== Z_STREAM_END || stream.avail_in)", "if (false)"),
    ),
    Guard(
        "what withdraws outweighs the unknown",
        ("status/__init__.py", 'return 0 if check.code == "REVOKED" else 1', "return 4"),
        ("status/index.ts", "return code === 'REVOKED' ? 0 : 1;", "return 4;"),
    ),
    Guard(
        "the unknown outweighs a clean list",
        ("status/__init__.py", 'return 2 if check.result == "unknown" else 3', "return 3"),
        ("status/index.ts", "return result === 'unknown' ? 2 : 3;", "return 3;"),
    ),
    Guard(
        "limit on status entries",
        ("status/__init__.py", "if len(entries) > question.limits.status_entries:", "if False:"),
        ("status/index.ts", "if (entries.length > question.limits.statusEntries)", "if (false)"),
    ),
    Guard(
        "an unsigned copy says nothing",
        ("status/named.py", "    if not found.live:\n        return", "    if False:\n        return"),
        ("status/named.ts", "if (!live) return", "if (false) return"),
    ),
    Guard(
        "a list that names says which it is",
        ("status/named.py", 'if document.get("id") not in (None, address):', "if False:"),
        ("status/named.ts", "if (!isAbsent(document['id']) && document['id'] !== list)", "if (false)"),
    ),
    Guard(
        "a list that names is the issuer's",
        ("status/named.py", 'if document.get("issuer") not in (None, question.about.issuer):', "if False:"),
        ("status/named.ts", "if (!isAbsent(document['issuer']) && document['issuer'] !== issuer)", "if (false)"),
    ),
    Guard(
        "a status list answers with 200",
        ("status/question.py", 'if answer["status"] != _OK or', "if"),
        ("status/question.ts", "answer.status !== 200 || ", ""),
    ),
)

RECIPIENT = (
    Guard(
        "recipient: a forged file names nobody",
        ("recipient.py", 'if signature == "fail":', "if False:"),
        ("recipient.ts", "if (result === 'fail')", "if (false)"),
    ),
    Guard(
        "recipient: an endorsement is made out to nobody",
        ("recipient.py", 'if "EndorsementCredential" in strings(credential.get("type")):', "if False:"),
        ("recipient.ts", "if (strings(credential['type']).includes('EndorsementCredential'))", "if (false)"),
    ),
    Guard(
        "recipient: presentations and archives are made out to nobody",
        ("recipient.py", 'if envelope.format == "archive" or envelope.purpose == "authentication":', "if False:"),
        ("recipient.ts", "if (envelope.format === 'archive' || envelope.purpose === 'authentication')", "if (false)"),
    ),
    Guard(
        "recipient: limit of identities",
        ("recipient.py", "if sum(map(len, subjects)) > limits.identities:", "if False:"),
        ("recipient.ts", "if (subjects.flat().length > limits.identities)", "if (false)"),
    ),
    Guard(
        "recipient: every subject counts",
        (
            "recipient.py",
            'matching[0] if len(matching) == len(answers) else ("ONE_OF_SEVERAL", matching[0][1])',
            "matching[0]",
        ),
        (
            "recipient.ts",
            "matching.length === answers.length ? matching[0]! : ['ONE_OF_SEVERAL', matching[0]![1]]",
            "matching[0]!",
        ),
    ),
    Guard(
        "recipient: blanks declare nothing",
        ("recipient.py", "if text and not re.search", "if not re.search"),
        ("recipient.ts", "filter(([, text]) => text && !", "filter(([, text]) => !"),
    ),
    Guard(
        "recipient: only ASCII letters have another case",
        ("recipient.py", "return text.translate(_UPPER)", "return text.lower()"),
        (
            "recipient.ts",
            "return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());",
            "return text.toLowerCase();",
        ),
    ),
    Guard(
        "recipient: limit of the salt",
        ("recipient.py", "len(salt.encode()) <= limits.salt_bytes", "len(salt) <= limits.salt_bytes"),
        ("recipient.ts", "utf8(salt).length <= limits.saltBytes", "salt.length <= limits.saltBytes"),
    ),
    Guard(
        "recipient: the salt is hashed",
        ("recipient.py", "(spelling + one.salt).encode()", "spelling.encode()"),
        ("recipient.ts", "utf8(spelling + salt)", "utf8(spelling)"),
    ),
    Guard(
        "recipient: a hash is whole",
        ("recipient.py", "hashed is True and found and is_whole and", "hashed is True and found and"),
        ("recipient.ts", "algorithm && digits.length === DIGITS[algorithm] &&", "algorithm &&"),
    ),
    Guard(
        "recipient: hashed is what says so",
        ("recipient.py", "elif found or not (hashed is None or hashed is False):", "elif False:"),
        ("recipient.ts", "if (algorithm || !(isAbsent(hashed) || hashed === false))", "if (false)"),
    ),
    Guard(
        "recipient: another key is not somebody else",
        (
            "recipient.py",
            'EXCLUSIVE = ("email", "did", "url", "phone")',
            'EXCLUSIVE = ("email", "did", "url", "phone", "id")',
        ),
        (
            "recipient.ts",
            "const EXCLUSIVE = ['email', 'did', 'url', 'phone'];",
            "const EXCLUSIVE = ['email', 'did', 'url', 'phone', 'id'];",
        ),
    ),
)

TRUST = (
    Guard(
        "lists know only whose key signed",
        ("verifier.py", "if issuer is None or not asked.lists or not bound:", "if issuer is None or not asked.lists:"),
        ("identified.ts", "return bound ? {", "return signature ? {"),
    ),
    Guard(
        "lists know only issuers whose document is known",
        ("verifier.py", 'signer.result == "pass" or signer.code == "DID_WEB_COPY_ONLY")', "True)"),
        ("identified.ts", "(signer?.result === 'pass' || signer?.code === 'DID_WEB_COPY_ONLY')", "signer"),
    ),
    Guard(
        "since when an issuer was seen is its own",
        None,
        ("trust/index.ts", "Object.hasOwn(seen, identifier) ? seen[identifier] : null", "Object.values(seen)[0]"),
    ),
    Guard(
        "an entry is an object",
        ("trust/registry.py", "    if not isinstance(found, dict):\n        return None\n", ""),
        ("trust/registry.ts", "if (!isObject(found)) return null;", "if (found === null) return null;"),
    ),
    Guard(
        "a registry is no larger than a file",
        ("trust/registry.py", "len(data) > limits.file_bytes", "False"),
        ("trust/registry.ts", "data.length > limits.fileBytes", "false"),
    ),
    Guard(
        "a registry's statement is signed",
        (
            "trust/federation.py",
            "len(named) == 1 and asked.is_signed(one.header, one.signing_input, one.signature, named[0])",
            "len(named) == 1",
        ),
        (
            "trust/federation.ts",
            "named.length === 1 && isSigned(one.header, one.signingInput, one.signature, named[0]!)",
            "named.length === 1",
        ),
    ),
    Guard(
        "one key has the name that a statement gives",
        ("trust/federation.py", "len(named) == 1", "named"),
        ("trust/federation.ts", "named.length === 1", "named.length > 0"),
    ),
    Guard(
        "a statement names its key",
        ("trust/federation.py", 'if kid and member(key, "kid") == kid]', "]"),
        ("trust/federation.ts", "kid && member(key, 'kid') === kid", "true"),
    ),
    Guard(
        "a statement is none of the future",
        ("trust/federation.py", "return begun and len", "return len"),
        ("trust/federation.ts", "return begun && named", "return named"),
    ),
    Guard(
        "a statement is the registry's",
        ("trust/federation.py", 'found.payload["iss"] != anchor or', ""),
        ("trust/federation.ts", "found.iss !== own.iss || ", ""),
    ),
    Guard(
        "a registry is the one at its address",
        ("trust/federation.py", 'anchor.rstrip("/") != place or', ""),
        ("trust/federation.ts", "bare(own.iss) !== bare(asked.url.replace(WELL_KNOWN, '')) || ", ""),
    ),
    Guard(
        "a registry's own statement holds",
        ("trust/federation.py", "or not _holds(copy.own, copy.own, asked)", ""),
        ("trust/federation.ts", " || !(await holds(own, own, asked))) throw", ") throw"),
    ),
    Guard(
        "a registry's own statement is on itself",
        ("trust/federation.py", 'own.payload["iss"] != own.payload["sub"] or', ""),
        ("trust/federation.ts", "own.iss !== own.sub || ", ""),
    ),
    Guard(
        "one statement on an issuer",
        ("trust/federation.py", " or len(others) != len(rest)", ""),
        ("trust/federation.ts", " || others.size !== rest.length", ""),
    ),
    Guard(
        "a statement says what it is",
        ("trust/federation.py", ' and header.get("typ") == TYPE', ""),
        ("trust/federation.ts", " || header['typ'] !== TYPE", ""),
    ),
    Guard(
        "a statement that asks for more is none",
        ("trust/federation.py", ' or "crit" in payload', ""),
        ("trust/federation.ts", " || Object.hasOwn(payload, 'crit')", ""),
    ),
    Guard(
        "a statement that has ended says so",
        ("trust/federation.py", "ended=ended", "ended=False"),
        ("trust/federation.ts", "ended: BigInt(end) * SECOND <", "ended: false && BigInt(end) * SECOND <"),
    ),
    Guard(
        "a statement ends with the registry's keys",
        ("trust/federation.py", 'min(copy.own.payload["exp"], found.payload["exp"])', 'found.payload["exp"]'),
        ("trust/federation.ts", "Math.min(own.exp, found.exp)", "found.exp"),
    ),
)

TOKEN_STATUS = (
    Guard(
        "a token status list says that it is one",
        ("readers/status_token.py", 'if media_name(token.header.get("typ")) != FORMAT:', "if False:"),
        ("readers/status_token.ts", "if (typeof typ !== 'string' || !TYPE.test(typ))", "if (false)"),
    ),
    Guard(
        "a token status list is by whom it names",
        ("readers/status_token.py", 'issuer if claims.get("iss") is None else claims["iss"]', "issuer"),
        ("readers/status_token.ts", "document['iss'] ?? issuer", "issuer"),
    ),
    Guard(
        "a token status list is dated",
        ("status/tokens.py", 'claims.get("iat") is None or ', ""),
        (
            "status/tokens.ts",
            "if (typeof iat !== 'number' || !(",
            "if (typeof iat !== 'number') return ['OK'];\n  if (!(",
        ),
    ),
    Guard(
        "how long a token status list may be kept is a number",
        ("status/tokens.py", ' or not _is_positive(claims.get("ttl", 1))', ""),
        ("status/tokens.ts", " || !(isAbsent(ttl) || (typeof ttl === 'number' && ttl > 0))", ""),
    ),
    Guard(
        "a token status list is no longer kept than its issuer says",
        ("status/tokens.py", 'kept = min(most, claims.get("ttl") or most)', "kept = most"),
        ("status/tokens.ts", ", ttl ?? Infinity)", ")"),
    ),
    Guard(
        "an old copy of a token status list says nothing",
        ("status/tokens.py", 'if not found.live and too_old and code != "REVOKED":', "if False:"),
        ("status/tokens.ts", "if (!live && tooOld && code !== 'REVOKED')", "if (false)"),
    ),
    Guard(
        "what a token status list withdrew stays so",
        ("status/tokens.py", ' and code != "REVOKED":', ":"),
        ("status/tokens.ts", " && code !== 'REVOKED')", ")"),
    ),
    Guard(
        "a place is within its token status list",
        ("status/tokens.py", "if index >= len(data) * _BITS // size:", "if index > 2**40:"),
        ("status/tokens.ts", "if (index >= Math.floor((data.length * BITS) / size))", "if (false)"),
    ),
    Guard(
        "places of a token status list have 1, 2, 4 or 8 bits",
        ("status/tokens.py", "_SIZES = (1, 2, 4, 8)", "_SIZES = range(1, 9)"),
        ("status/tokens.ts", "const SIZES = [1, 2, 4, 8];", "const SIZES = [1, 2, 3, 4, 5, 6, 7, 8];"),
    ),
    Guard(
        "places of a token status list count from the low end",
        ("status/tokens.py", ">> index * size % _BITS &", ">> _BITS - size - index * size % _BITS &"),
        ("status/tokens.ts", ">> ((index * size) % BITS))", ">> (BITS - size - ((index * size) % BITS)))"),
    ),
    Guard(
        "a number that is the application's own is no clean status",
        ("status/tokens.py", '_MEANS.get(value, "MESSAGE")', '_MEANS.get(value, "OK")'),
        ("status/tokens.ts", "MEANS[value] ?? 'MESSAGE'", "MEANS[value] ?? 'OK'"),
    ),
    Guard(
        "the other form of a token status list is told by name",
        ("status/tokens.py", '        raise Refusal("LIST_FORMAT_NOT_SUPPORTED", about)', "        pass"),
        (
            "status/tokens.ts",
            "throw new Refusal('LIST_FORMAT_NOT_SUPPORTED', { list })",
            "throw new Refusal('LIST_MALFORMED', { list })",
        ),
    ),
    Guard(
        "a place in a token status list is a number",
        (
            "status/tokens.py",
            "if not isinstance(index, int) or isinstance(index, bool) or index < 0:",
            "if index is None:",
        ),
        (
            "status/tokens.ts",
            "if (typeof idx !== 'number' || !Number.isInteger(idx) || idx < 0)",
            "if (idx === undefined)",
        ),
    ),
    Guard(
        "the claim of a JWT is a status",
        ("readers/jwt.py", " + (mechanisms(claim) if isinstance(claim, dict) else [])", ""),
        ("readers/jwt.ts", ", ...(isObject(status) && !(european && root === '') ? mechanisms(status) : [])", ""),
    ),
    Guard(
        "a status without mechanism is not none",
        ("readers/jwt.py", "return named or [{}]", "return named"),
        ("readers/jwt.ts", "return named.length ? named : [{}];", "return named;"),
    ),
    Guard(
        "nothing in a status can be held back",
        ("disclosures.py", "whole[name] != payload.get(name)", "name not in payload"),
        (
            "disclosures.ts",
            "JSON.stringify(whole[name]) !== JSON.stringify(payload[name])",
            "!Object.hasOwn(payload, name)",
        ),
    ),
    Guard(
        "a status entry that is held back counts",
        ("readers/sd_jwt.py", "return [*credential.status, *[{}] * taken]", "return [*credential.status]"),
        (
            "readers/sd_jwt.ts",
            "return [...listed(status), ...Array.from({ length: taken }, () => ({}))];",
            "return listed(status);",
        ),
    ),
)

GUARDS = (
    *RECIPIENT,
    *READING,
    *CONTAINERS,
    *PROOFS,
    *CHAINS,
    *KEYS,
    *KEY_SETS,
    *RDF,
    *SELECTIVE,
    *DATES,
    *INSIDE,
    *ANCHORS,
    *JOSE,
    *JWS_JSON,
    *OPEN_BADGES,
    *DISCLOSURES,
    *STATUS,
    *TRUST,
    *TOKEN_STATUS,
)
