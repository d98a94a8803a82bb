// Checks files with the built verifier. Standard input: one JSON line {"file", "now"} each; output: one report a line.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const { verify } = await import(new URL('../../portfolio_gen/browser/dist/verifier.js', import.meta.url));

for await (const line of createInterface({ input: process.stdin })) {
  const { file, now } = JSON.parse(line);
  console.log(JSON.stringify(await verify(readFileSync(file), { now })));
}
