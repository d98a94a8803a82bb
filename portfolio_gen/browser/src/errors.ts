import type { Detail } from './report';

/** A file is not readable as a credential: a code of the check `readable`, and the format as far as it is known. */
export class ReadError extends Error {
  constructor(
    readonly code: string,
    readonly format: string,
    readonly detail: Detail = {},
  ) {
    super(`${code} (${format})`);
  }
}

/** A proof, or the key that it names, is refused: a code of the check `signature`. */
export class ProofError extends Error {
  constructor(
    readonly code: string,
    readonly detail: Detail = {},
  ) {
    super(code);
  }
}
