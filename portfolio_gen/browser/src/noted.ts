/** What is known of the network, as far as somebody asks for it: notes which addresses did, and which in vain. As noted.py. */
import type { Report } from './report';
import { verify, type Options } from './verifier';
import type { Answer, Web } from './web';

/** The same answers as `known`; `used` are the addresses that were answered, `missed` those that were not. */
export class Noted extends Map<string, Answer> {
  readonly used = new Set<string>();
  readonly missed = new Set<string>();

  constructor(private readonly known: Web) {
    super();
  }

  override get(address: string): Answer | undefined {
    const found = this.known.get(address);
    (found ? this.used : this.missed).add(address);
    return found;
  }
}

/** A report, the addresses that the check asked for in vain, and those that were answered. */
export interface Noting {
  readonly report: Report;
  readonly missed: string[];
  readonly used: string[];
}

/** Check `bytes` with these answers; `now` is an RFC 3339 date-time. */
export async function verifyNoting(bytes: Uint8Array, now: string, answers: Readonly<Record<string, Answer>> | Web, opened?: Options['opened']): Promise<Noting> {
  const web = new Noted(answers instanceof Map ? answers : new Map(Object.entries(answers)));
  const report = await verify(bytes, { now, web, opened });
  return { report, missed: [...web.missed], used: [...web.used] };
}
