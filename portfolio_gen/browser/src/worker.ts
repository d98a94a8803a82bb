/** Checks credentials beside the page. It is handed bytes and hands back reports; it reaches for nothing itself. */
import { verifyNoting } from './noting';
import type { Opened } from './verifier';
import type { Answer } from './web';

/** One credential to check; `now` is an RFC 3339 date-time, `more` what the site has of the network beside what was sent before. */
export interface Task {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly now: string;
  readonly more?: ReadonlyMap<string, Answer> | undefined;
}

const known = new Map<string, Answer>();
const opened: Opened = new Map();

/** Load every part that a check may need, for one that comes when the network may be gone; build.mjs lists them in a file. */
async function load(): Promise<void> {
  const at = (name: string): string => new URL(name, import.meta.url).href;
  const { default: parts } = (await import(at('parts.js'))) as { default: readonly string[] };
  await Promise.allSettled(parts.map((name) => import(at(name))));
}

addEventListener('message', async ({ data }: MessageEvent<Task | 'load'>) => {
  if (data === 'load') return void load().catch(() => undefined);
  try {
    for (const [address, answer] of data.more ?? []) known.set(address, answer);
    postMessage({ id: data.id, noting: await verifyNoting(data.bytes, data.now, known, opened) });
  } catch (error) {
    postMessage({ id: data.id, error: String(error) });
  }
});
