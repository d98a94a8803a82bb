/** QR codes in pictures and before the camera: what they hold, as bytes. The picture stays in the page; a chunk of "Check a file". */
import decode from 'qr/decode.js';

import { isPacked } from './carried';

/** Pixels of a picture that are looked at: a sheet of A4 at 300 dots per inch, and then some. A larger one is made smaller. */
const MOST_PIXELS = 16_000_000;
/** Bytes of a picture file. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Codes on one picture: a certificate has two. */
const MOST_CODES = 4;
/** Milliseconds for one look at a picture, and at one of many from the camera. */
const PATIENCE = 4_000;
const GLANCE = 150;
/** Milliseconds between two looks through the camera. */
const PAUSE = 120;

/** How files begin that browsers can draw: PNG, JPEG, GIF, WebP, AVIF and HEIC. */
const PICTURES = [/^\x89PNG\r\n/, /^\xff\xd8\xff/, /^GIF8/, /^RIFF[^]{4}WEBP/, /^[^]{4}ftyp(avi[fs]|hei[cx]|mif1)/];

/** Pixels, four bytes each. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Whether a file looks like a picture. */
export function isPicture(bytes: Uint8Array): boolean {
  const start = binary(bytes.subarray(0, 16));
  return bytes.length <= MOST_BYTES && PICTURES.some((begins) => begins.test(start));
}

/** What the codes on a picture file hold; none for a picture that cannot be drawn. */
export async function codesIn(page: Document, bytes: Uint8Array): Promise<Uint8Array[]> {
  const picture = await createImageBitmap(new Blob([bytes.slice()])).catch(() => null);
  if (!picture) return [];
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (picture.width * picture.height)));
  const pixels = drawn(page, picture, Math.ceil(picture.width * scale), Math.ceil(picture.height * scale));
  picture.close();
  return codesOn(pixels);
}

/** What the codes on a picture hold, each as bytes. */
export function codesOn(pixels: Pixels, timeLimit = PATIENCE): Uint8Array[] {
  const found: Uint8Array[] = [];
  while (found.length < MOST_CODES) {
    const code = codeOn(pixels, timeLimit);
    if (!code) break;
    found.push(code.held);
    blot(pixels, code.box);
  }
  return found;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The decoder gives text; each byte goes through it as one character, so that none is changed. */
function codeOn({ width, height, data }: Pixels, timeLimit: number): { held: Uint8Array; box: Box } | null {
  let box: Box = { x: 0, y: 0, width, height };
  try {
    const text = decode({ width, height, data }, { format: 'RGBA', timeLimit, textDecoder: binary, pointsOnDetect: ({ boundingBox }) => void (box = boundingBox) });
    return { held: Uint8Array.from(text, (character) => character.charCodeAt(0)), box };
  } catch {
    return null;
  }
}

function binary(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** Make a code that was read white: the decoder reads one, and the next should be another. */
function blot({ width, height, data }: Pixels, { x, y, width: across, height: down }: Box): void {
  const [left, right] = [Math.max(0, Math.floor(x)), Math.min(width, Math.ceil(x + across))];
  for (let row = Math.max(0, Math.floor(y)); row < Math.min(height, Math.ceil(y + down)); row++) data.fill(255, (row * width + left) * 4, (row * width + right) * 4);
}

function drawn(page: Document, source: CanvasImageSource, width: number, height: number): Pixels {
  const canvas = page.createElement('canvas');
  Object.assign(canvas, { width, height });
  const ground = canvas.getContext('2d', { willReadFrequently: true })!;
  // A picture may be transparent where it is meant to be white.
  ground.fillStyle = '#fff';
  ground.fillRect(0, 0, width, height);
  ground.drawImage(source, 0, 0, width, height);
  return ground.getImageData(0, 0, width, height);
}

/** Look through the camera until it sees a code, or `stopped` says to stop; then what that holds, the file in it before all else. */
export async function watch(video: HTMLVideoElement, stopped: () => boolean): Promise<Uint8Array | null> {
  while (!stopped()) {
    const { videoWidth: width, videoHeight: height } = video;
    const codes = width && height ? codesOn(drawn(video.ownerDocument, video, width, height), GLANCE) : [];
    if (codes.length) return best(codes);
    await new Promise((done) => setTimeout(done, PAUSE));
  }
  return null;
}

/** Of several codes, the one that carries a file; else the first. */
export function best(codes: readonly Uint8Array[]): Uint8Array | null {
  return codes.find(isPacked) ?? codes[0] ?? null;
}
