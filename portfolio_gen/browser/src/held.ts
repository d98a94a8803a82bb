/** The credentials of a page, and what they are with something declared: for parts of the page that a few visitors ask for. */
import { within, type Report } from './report';
import type { Holders } from './verifier';

export type BytesAt = (address: string) => Promise<Uint8Array>;

/** A credential on the page, the report on it, and the SHA-256 of the file that it stands in. */
export interface Held {
  readonly element: HTMLElement;
  readonly report: Report;
  readonly digest: string;
}

/** The credentials of a page, each once: endorsements are made out to nobody. Their files are fetched when this is made. */
export class Credentials {
  private readonly files = new Map<string, Promise<Uint8Array | null>>();
  private readonly elements = new Map<string, HTMLElement>();

  constructor(elements: readonly HTMLElement[], bytesAt: BytesAt) {
    for (const element of elements) {
      if (element.dataset['view'] === 'endorsement') continue;
      const { href } = new URL(element.dataset['credential']!, element.baseURI);
      const [address = ''] = href.split('#');
      if (!this.elements.has(href)) this.elements.set(href, element);
      if (!this.files.has(address)) this.files.set(address, bytesAt(address).catch(() => null));
    }
  }

  /** Each that could be had and checked, in the order of the page. */
  async with(holders: Holders): Promise<Held[]> {
    const reports = new Map<string, Report | null>();
    const now = new Date().toISOString();
    const { verify } = await import('./verifier');
    for (const [address, file] of this.files) {
      const bytes = await file;
      reports.set(address, bytes && (await verify(bytes, { now, holders }).catch(() => null)));
    }
    return [...this.elements].flatMap(([href, element]) => {
      const file = reports.get(href.split('#')[0]!);
      const report = file && within(file, new URL(href).hash);
      return report ? [{ element, report, digest: file.sha256 }] : [];
    });
  }

  get size(): number {
    return this.elements.size;
  }
}
