/** Links: Windows' `.url` and macOS's `.webloc`. There is nothing in them to check. */
import { ReadError } from '../errors';
import { characters } from './recognise_bytes';

const ADDRESS = /^https?:\/\/[!-~]{1,2040}$/;
const SHORTCUT = /\nURL=([^\r\n]*)/gi;
const WEBLOC = /<key>URL<\/key>[\t\n\r ]*<string>([^<]*)<\/string>/g;

/** The address of http or https, in printable ASCII, that the text is; null if it is none. */
export function address(text: string): string | null {
  return ADDRESS.test(text) ? text : null;
}

export function addressIn(data: Uint8Array): string | null {
  return data.length > 2_048 ? null : address(characters(data));
}

/** Rejects with ReadError `LINK_ONLY`, with the address where the file gives exactly one. */
export async function read(data: Uint8Array): Promise<never> {
  const text = characters(data);
  const shortcut = /^[\t\n\f\r ]*\[/.test(text);
  const found = [...text.matchAll(shortcut ? SHORTCUT : WEBLOC)].map(([, item = '']) => item.replace(/^[\t ]+|[\t ]+$/g, ''));
  const [first = ''] = found.length === 1 ? found : [];
  const named = address(shortcut ? first : first.replaceAll('&amp;', '&'));
  throw new ReadError('LINK_ONLY', 'link', named === null ? {} : { url: named });
}
