// Checks files with the built verifier. Standard input: one JSON line {"data" (base64), "now", "web", "lists"?, "holders"?} each, where web
// maps an address to an answer and lists are copies of issuer lists, both with their bytes in base64; output: one report a line.
import { createInterface } from 'node:readline';

const { verify } = await import(new URL('../../portfolio_gen/browser/dist/verifier.js', import.meta.url));

const bytes = (encoded) => new Uint8Array(Buffer.from(encoded, 'base64'));

for await (const line of createInterface({ input: process.stdin })) {
  const { data, now, web, lists = [], holders } = JSON.parse(line);
  const answers = Object.entries(web).map(([address, answer]) => [address, { ...answer, bytes: bytes(answer.bytes) }]);
  console.log(JSON.stringify(await verify(bytes(data), { now, web: Object.fromEntries(answers), lists: lists.map((list) => ({ ...list, bytes: bytes(list.bytes) })), ...(holders && { holders }) })));
}
