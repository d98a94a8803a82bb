// Checks files with the built verifier. Standard input: one JSON line {"data" (base64), "now"} each; output: one report a line.
import { createInterface } from 'node:readline';

const { verify } = await import(new URL('../../portfolio_gen/browser/dist/verifier.js', import.meta.url));

for await (const line of createInterface({ input: process.stdin })) {
  const { data, now } = JSON.parse(line);
  console.log(JSON.stringify(await verify(new Uint8Array(Buffer.from(data, 'base64')), { now })));
}
