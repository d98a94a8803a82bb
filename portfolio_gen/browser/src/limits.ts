/**
 * Every size, depth and count beyond which a file is refused rather than worked on.
 * The same numbers as portfolio_gen/limits.py, which says where they come from; a test holds the two together.
 */
export const LIMITS = {
  fileBytes: 4_194_304,
  hashedBytes: 64 * 1024 * 1024,
  jsonDepth: 64,
  multibaseChars: 4_096,
  proofs: 16,
  proofChains: 4,
  inner: 200,
  innerDepth: 4,
  archiveBytes: 16_777_216,
  disclosures: 1_000,
  certificates: 10,
  merklePath: 64,
  facts: 5_000,
  hashNDegreeQuads: 64,
  hashNesting: 128,
  selectiveChars: 131_072,
  selectiveStatements: 500,
  contexts: 256,
  statusEntries: 16,
  statusListBytes: 4 * 1024 * 1024,
  statusCopyDays: 30,
  statusListsKept: 64,
  identities: 64,
  saltBytes: 1_024,
  contextReadings: 4,
  carriedBytes: 131_072,
  dateToleranceSeconds: 300,
} as const;

export type Limits = { readonly [name in keyof typeof LIMITS]: number };
