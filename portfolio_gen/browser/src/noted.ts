/** A check that notes which addresses it asked for in vain, so that somebody may be asked. As `Web` of fetch.py. */
import type { Report } from './report';
import { verify } from './verifier';
import type { Answer } from './web';

class Noted extends Map<string, Answer> {
  readonly missed = new Set<string>();

  override get(address: string): Answer | undefined {
    if (!this.has(address)) this.missed.add(address);
    return super.get(address);
  }
}

/** Check `bytes` with these answers; `now` is an RFC 3339 date-time. */
export async function verifyNoting(bytes: Uint8Array, now: string, answers: Readonly<Record<string, Answer>>): Promise<{ report: Report; missed: string[] }> {
  const web = new Noted(Object.entries(answers));
  const report = await verify(bytes, { now, web });
  return { report, missed: [...web.missed] };
}
