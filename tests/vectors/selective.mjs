// The independent signer of proofs with selective disclosure, for make.mjs: Digital Bazaar's ecdsa-sd-2023 and bbs-2023.
// A job has "suite", "key", "document", "proof", "method", "purpose" as in make.mjs, and
//   "mandatory": pointers to what must always be shown, "selective": pointers to what is shown beside it (absent: the base
//   proof), "presentation": what the holder's proof is bound to, in hexadecimal (bbs-2023).
// Its randomness comes from the job, so that the same job gives the same bytes.
import {createHash, webcrypto} from 'node:crypto';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as Bls12381Multikey from '@digitalbazaar/bls12-381-multikey';
import * as bbs2023 from '@digitalbazaar/bbs-2023-cryptosuite';
import * as ecdsaSd2023 from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import {bls12_381} from '@noble/curves/bls12-381';
import {p256} from '@noble/curves/p256';
import {calculate_domain, create_generators, createApiId, messages_to_scalars} from './node_modules/@digitalbazaar/bbs-signatures/lib/bbs/util.js';
import {getCiphersuite} from './node_modules/@digitalbazaar/bbs-signatures/lib/bbs/ciphersuites.js';
import {ProofChallengeCalculate} from './node_modules/@digitalbazaar/bbs-signatures/lib/bbs/proof.js';

export const SUITES = {'ecdsa-sd-2023': {...ecdsaSd2023, testKey: p256Key}, 'bbs-2023': {...bbs2023, testKey: bbsKey}};

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const number = bytes => BigInt('0x' + Buffer.from(bytes).toString('hex'));
const bytes32 = value => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
const base64url = bytes => Buffer.from(bytes).toString('base64url');

// Randomness that the job decides: the libraries ask webcrypto for keys, HMAC keys, scalars, and signatures.
let seed;
let asked = 0;
const random = () => sha256(seed, String(asked++));
const secrets = new WeakMap();
const {generateKey, sign} = webcrypto.subtle;

webcrypto.getRandomValues = array => {
  for(let at = 0; at < array.length; at += 32) {
    array.set(random().subarray(0, array.length - at), at);
  }
  return array;
};
webcrypto.subtle.generateKey = async (algorithm, extractable, usages) => {
  if(algorithm.namedCurve !== 'P-256') {
    return generateKey.call(webcrypto.subtle, algorithm, extractable, usages);
  }
  const secret = random();
  const point = p256.getPublicKey(secret, false);
  const jwk = {kty: 'EC', crv: 'P-256', x: base64url(point.subarray(1, 33)), y: base64url(point.subarray(33))};
  const keys = {
    privateKey: await webcrypto.subtle.importKey('jwk', {...jwk, d: base64url(secret)}, algorithm, extractable, ['sign']),
    publicKey: await webcrypto.subtle.importKey('jwk', jwk, algorithm, extractable, ['verify'])
  };
  secrets.set(keys.privateKey, secret);
  return keys;
};
webcrypto.subtle.sign = async (algorithm, key, data) => {
  const secret = secrets.get(key);
  return secret ? ecdsa(secret, data) : sign.call(webcrypto.subtle, algorithm, key, data);
};

function ecdsa(secret, data) {
  return p256.sign(sha256(data), secret, {lowS: false}).toCompactRawBytes();
}

function p256Key(secret) {
  return {algorithm: 'P-256', sign: async ({data}) => ecdsa(secret, data)};
}

async function bbsKey(secret) {
  const {algorithm, r} = {algorithm: Bls12381Multikey.ALGORITHMS.BBS_BLS12381_SHA256, r: bls12_381.fields.Fr.ORDER};
  const scalar = number(secret) % r;
  const publicKey = bls12_381.G2.ProjectivePoint.BASE.multiply(scalar).toRawBytes();
  return (await Bls12381Multikey.fromRaw({algorithm, secretKey: bytes32(scalar), publicKey})).signer();
}

export async function makeSelective(job, {documentLoader, testSeed}) {
  seed = sha256(JSON.stringify(job));
  asked = 0;
  if(job.forge) {
    return {...job.document, proof: await forged(job, documentLoader)};
  }
  const {createSignCryptosuite, createDiscloseCryptosuite, testKey} = SUITES[job.suite];
  const signer = {...await testKey(testSeed(job.key)), id: job.method};
  const purpose = {term: job.purpose ?? 'assertionMethod', update: async proof => ({...proof, proofPurpose: purpose.term})};
  const signing = new DataIntegrityProof({signer, cryptosuite: createSignCryptosuite({mandatoryPointers: job.mandatory})});
  signing.date = null;
  signing.proof = job.proof;
  const base = await signing.createProof({document: job.document, purpose, proofSet: [], documentLoader});
  if(!job.selective) {
    return {...job.document, proof: base};
  }
  const presentationHeader = Uint8Array.from(Buffer.from(job.presentation ?? '', 'hex'));
  const cryptosuite = createDiscloseCryptosuite({selectivePointers: job.selective, presentationHeader});
  const disclosing = new DataIntegrityProof({cryptosuite});
  return disclosing.derive({document: job.document, purpose, proofSet: [base], documentLoader});
}

// A BBS proof that nobody's key had a part in: with D = Bv and Abar = Bbar = Bv the prover knows every logarithm that the
// challenge depends on, so it comes out right for any document; only the pairing says that no key signed. `forge` is the
// factor of Bv in T1 (0: T1 is the identity). The document's proof gives indexes, labels and presentation header.
async function forged({document: {proof, ...document}, key, forge}, documentLoader) {
  const verifying = bbs2023.createVerifyCryptosuite();
  const data = await verifying.createVerifyData({cryptosuite: verifying, document, proof, documentLoader});
  const {Fr} = bls12_381.fields;
  const ciphersuite = getCiphersuite('BLS12-381-SHA-256');
  const api_id = createApiId(ciphersuite.ciphersuite_id, 'H2G_HM2S_');
  const shown = data.selectiveIndexes;
  const messages = messages_to_scalars({messages: data.nonMandatory.map(line => Buffer.from(line)), api_id, ciphersuite});
  const hidden = Array.from({length: (data.bbsProof.length - 272) / 32}, () => Fr.create(number(random())));
  const generators = create_generators({count: shown.length + hidden.length + 1, api_id, ciphersuite});
  const header = Buffer.concat([data.proofHash, data.mandatoryHash]);
  const domain = calculate_domain({PK: Uint8Array.from(Buffer.from(key, 'hex')), generators, header, api_id, ciphersuite});
  const {Q_1, H} = generators;
  const Bv = shown.reduce((sum, index, i) => sum.add(H[index].multiply(messages[i])), ciphersuite.P1.add(Q_1.multiply(domain)));
  const rest = H.filter((_, index) => !shown.includes(index));
  const [k, r1] = [Fr.create(number(random())), Fr.create(number(random()))];
  const T1 = Bv.multiplyUnsafe(BigInt(forge));
  const T2 = rest.reduce((sum, point, i) => sum.add(point.multiply(hidden[i])), Bv.multiply(k));
  const c = ProofChallengeCalculate({
    init_res: [Bv, Bv, Bv, T1, T2, domain], disclosed_indexes: shown, disclosed_messages: messages,
    ph: data.presentationHeader, api_id, ciphersuite
  });
  const scalars = [Fr.sub(Fr.sub(BigInt(forge), c), r1), r1, Fr.sub(k, c), ...hidden, c].map(bytes32);
  const point = Bv.toRawBytes();
  return {...proof, proofValue: Buffer.concat([point, point, point, ...scalars]).toString('hex')};
}
