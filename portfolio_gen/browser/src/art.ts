/** The picture of a credential that brings none: a seal, one for all credentials of an achievement, as `portfolio_gen/art.py` draws it. */
import type { Report } from './report';
import { utf8 } from './text';

export type Shape = [name: string, attributes: Record<string, string>];

const RAYS = [24, 36, 45, 60, 72, 90, 120];

/** The digits that a seal is drawn from: those of the issuer's identifier and of the achievement's, or of its name, else of the file. */
export function emblem({ issuer, credential, sha256 }: Report): string {
  const [first] = ['achievementId', 'name', 'credentialName', 'degreeName'].flatMap((wanted) => credential.filter(({ field }) => field === wanted));
  let digits = 0xcbf29ce484222325n;
  const mixed = (other: bigint): bigint => BigInt.asUintN(64, (digits ^ other) * 0x100000001b3n);
  for (const byte of utf8(first ? `${issuer?.id ?? ''}\n${first.value}` : sha256)) digits = mixed(BigInt(byte));
  return mixed(digits >> 32n).toString(16).padStart(16, '0');
}

/** Return SVG elements (name and attributes) for a 100 × 100 view box, from sixteen hexadecimal digits or more. */
export function seal(digits: string): Shape[] {
  const seed = (index: number): number => parseInt(digits.slice(2 * index, 2 * index + 2), 16);
  const hue = Math.floor((seed(0) * 360) / 256);
  const other = (hue + 30 + Math.floor((seed(1) * 60) / 256)) % 360;
  const middle = { cx: "50", cy: "50" };
  const rings = [62, 43, 27].map((radius, index): Shape => [
    "circle",
    {
      ...middle,
      r: String(radius),
      fill: "none",
      stroke: `hsl(${index % 2 ? other : hue} 58% ${44 + 13 * index}%)`,
      "stroke-width": String(10 + (seed(5 + index) % 9)),
      pathLength: String(2 * RAYS[seed(2 + index) % RAYS.length]!),
      "stroke-dasharray": "1 1",
    },
  ]);
  return [
    ["rect", { width: "100", height: "100", fill: `hsl(${hue} 42% 30%)` }],
    ...rings,
    ["circle", { ...middle, r: "14", fill: `hsl(${other} 52% 84%)` }],
    ["circle", { ...middle, r: "10", fill: "none", stroke: `hsl(${hue} 42% 30%)`, "stroke-width": "1" }],
  ];
}
