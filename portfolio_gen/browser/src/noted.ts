/** What is known of the network, as far as somebody asks for it: notes which addresses did, and which in vain. As noted.py. */
import type { Answer, Web } from './web';

/** The same answers as `known`; `used` are the addresses that were answered, `missed` those that were not. */
export class Noted extends Map<string, Answer> {
  readonly used = new Set<string>();
  readonly missed = new Set<string>();

  constructor(private readonly known: Web) {
    super();
  }

  override get(address: string): Answer | undefined {
    const found = this.known.get(address);
    (found ? this.used : this.missed).add(address);
    return found;
  }
}
