/** Files that are no credential themselves: what stands in them is opened, or they say that there is nothing to open. A chunk. */
import type { Envelope } from '../credential';
import type { Limits } from '../limits';
import type { Open } from './others';
import * as link from './link';
import * as pdf from './pdf';
import * as png from './png';

type Container = (data: Uint8Array, limits: Limits, open: Open) => Promise<Envelope>;

/** One row for each of CONTAINERS in others.ts. The readers of SVG, which brings an XML parser, and of archives are chunks of their own. */
export const readers: { readonly [format: string]: Container } = {
  png: png.read,
  svg: async (...file) => (await import('./svg')).read(...file),
  archive: async (data, limits) => (await import('./archive')).read(data, limits),
  link: link.read,
  pdf: pdf.read,
};
