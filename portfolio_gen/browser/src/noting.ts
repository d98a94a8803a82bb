/** A check of a file, and what it asked of the network: for pages, which look up what they have copies of. */
import { Noted } from './noted';
import { verify, type Opened } from './verifier';
import type { Report } from './report';
import type { Answer, Web } from './web';

/** A report, the addresses that the check asked for in vain, and those that were answered. */
export interface Noting {
  readonly report: Report;
  readonly missed: string[];
  readonly used: string[];
}

/** `verify`, and what it asked for: check `bytes` with these answers; `now` is an RFC 3339 date-time. */
export async function verifyNoting(bytes: Uint8Array, now: string, answers: Readonly<Record<string, Answer>> | Web, opened?: Opened): Promise<Noting> {
  const web = new Noted(answers instanceof Map ? answers : new Map(Object.entries(answers)));
  const report = await verify(bytes, { now, web, opened });
  return { report, missed: [...web.missed], used: [...web.used] };
}
