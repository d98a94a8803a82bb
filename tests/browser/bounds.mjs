// Checks the file that is named with the built verifier: prints "code seconds megabytes", from before to after the check.
// The processor's time is measured: a busy machine keeps a process waiting for longer than it works. The most memory ever in use is measured, so that what was freed again counts: one file a process.
import { readFileSync } from 'node:fs';

const { verify } = await import(new URL('../../portfolio_gen/browser/dist/verifier.js', import.meta.url));

const [file, now] = process.argv.slice(2);
const data = new Uint8Array(readFileSync(file));
const before = process.resourceUsage().maxRSS;
const started = process.cpuUsage();
const { checks } = await verify(data, { now, web: {}, lists: [] });
const { user, system } = process.cpuUsage(started);
console.log(checks.readable.code, (user + system) / 1_000_000, (process.resourceUsage().maxRSS - before) / 1024);
