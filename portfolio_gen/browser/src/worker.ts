/** Checks credentials beside the page. It is handed bytes and hands back reports; it reaches for nothing itself. */
import { verify } from './verifier';

/** One credential to check; `now` is an RFC 3339 date-time. */
export interface Task {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly now: string;
}

/** Every part that a check may need, for one that comes when the network may be gone. */
async function load(): Promise<void> {
  const { loadContexts } = await import('./proofs/data_integrity_rdfc');
  await Promise.all([loadContexts(), import('./keys/more'), import('./proofs/signatures_more'), import('./proofs/readings'), import('./readers/others'), import('./readers/jwt')]);
}

addEventListener('message', async ({ data }: MessageEvent<Task | 'load'>) => {
  if (data === 'load') return void load().catch(() => undefined);
  try {
    postMessage({ id: data.id, report: await verify(data.bytes, { now: data.now }) });
  } catch (error) {
    postMessage({ id: data.id, error: String(error) });
  }
});
