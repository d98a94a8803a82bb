/** The picture of a credential that brings none: a seal drawn from its file's SHA-256, as `portfolio_gen/art.py` draws it. */

export type Shape = [name: string, attributes: Record<string, string>];

const RAYS = [24, 36, 45, 60, 72, 90, 120];

/** Return SVG elements (name and attributes) for a 100 × 100 view box, from 64 hexadecimal digits. */
export function seal(sha256: string): Shape[] {
  const seed = (index: number): number => parseInt(sha256.slice(2 * index, 2 * index + 2), 16);
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
