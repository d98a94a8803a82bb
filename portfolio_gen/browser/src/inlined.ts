/**
 * The files of a portfolio that was saved to a disk (portfolio_gen/exports/archive.py): a browser lets no page of a disk fetch
 * anything, so each file that checking needs lies beside it once more, in a script that hands its bytes over as text.
 */
const ROOT = new URL('../../', import.meta.url);
const TYPES: Readonly<Record<string, string>> = { jpg: 'jpeg', svg: 'svg+xml' };

const texts = new Map<string, Promise<string>>();

/** The bytes of a file of this portfolio. Throws for any other, and for one that is not there. */
export async function inlined(url: URL, page: Document): Promise<Uint8Array> {
  const text = url.protocol === 'data:' ? url.href.slice(url.href.indexOf(',') + 1) : await base64(url, page);
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Have pictures that are claims drawn from the bytes that will be compared: those on the disk may be others. */
export async function drawInlined(pictures: Iterable<HTMLImageElement>, page: Document): Promise<void> {
  for (const picture of pictures) {
    const url = new URL(picture.src, page.baseURI);
    const text = url.protocol === 'data:' ? null : await base64(url, page).catch(() => null);
    if (text === null) continue;
    const type = /[a-z]+$/.exec(url.pathname)?.[0] ?? '';
    const drawn = page.createElement('img');
    for (const { name, value } of picture.attributes) if (name !== 'src') drawn.setAttribute(name, value);
    drawn.src = `data:image/${TYPES[type] ?? type};base64,${text}`;
    picture.replaceWith(drawn);
  }
}

function base64(url: URL, page: Document): Promise<string> {
  const [address = ''] = url.href.split(/[?#]/);
  if (!address.startsWith(ROOT.href)) throw new Error(`${address} is no file of this portfolio`);
  const path = address.slice(ROOT.href.length);
  if (!texts.has(path)) texts.set(path, handedOver(path, page));
  return texts.get(path)!;
}

/** Run the script that hands over a file: `portfolioFiles["path"] = "base64"`. */
function handedOver(path: string, page: Document): Promise<string> {
  return new Promise((done, failed) => {
    const script = page.createElement('script');
    script.src = new URL(`assets/inlined/${path}.js`, ROOT).href;
    script.onload = () => {
      script.remove();
      const text = (globalThis as { portfolioFiles?: Record<string, string> }).portfolioFiles?.[path];
      if (typeof text === 'string') done(text);
      else failed(new Error(path));
    };
    script.onerror = () => (script.remove(), failed(new Error(path)));
    page.head.append(script);
  });
}
