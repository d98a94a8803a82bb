/** "Check a file": a file dropped, chosen, pasted, or held by a QR code, is checked in the page and goes nowhere. */
import { isPacked, unpack } from './carried';
import { checkList, factList, make, proves, verdict, type Finding } from './paint';
import type { Report } from './report';
import { message, prepare } from './words';

type Verify = (bytes: Uint8Array) => Promise<Report>;
type Check = (name: string, bytes: Promise<ArrayBuffer | Uint8Array>) => Promise<void>;

/** Connect the form inside `root`; `verify` checks the bytes of one file, `cameras` are the browser's, where there are some. */
export function mountFileCheck(root: HTMLElement, verify: Verify, cameras?: MediaDevices): void {
  const file = root.querySelector<HTMLInputElement>('input[type=file]')!;
  const text = root.querySelector<HTMLTextAreaElement>('textarea')!;
  const result = root.querySelector<HTMLElement>('[data-live="result"]')!;
  // Now, for a picture that comes when the network may be gone.
  void import('./scan').catch(() => null);
  let latest = 0;
  const show = async (parts: Promise<readonly Node[]>): Promise<void> => {
    const turn = ++latest;
    result.setAttribute('aria-busy', 'true');
    result.replaceChildren(make(result, 'p', 'pf-progress', message('live.checking')));
    const found = await parts.catch(() => [note(result, 'live.unchecked')]);
    if (turn !== latest) return;
    result.replaceChildren(...found);
    result.removeAttribute('aria-busy');
  };
  const check: Check = (name, bytes) => show(bytes.then((data) => checked(result, name, new Uint8Array(data), verify)));
  const take = (chosen: File | undefined): void => void (chosen && check(chosen.name, chosen.arrayBuffer()));
  const read = (): void => {
    if (text.value.trim()) return void check('', Promise.resolve(new TextEncoder().encode(text.value)));
    latest++;
    result.removeAttribute('aria-busy');
    result.replaceChildren(note(result, 'live.file.blank'));
  };
  root.querySelector('form')!.addEventListener('submit', (event) => (event.preventDefault(), read()));
  text.addEventListener('paste', () => setTimeout(read));
  file.addEventListener('change', () => (take(file.files?.[0]), (file.value = '')));
  dropzone(root.querySelector<HTMLElement>('[data-drop]')!, take);
  if (cameras) mountCamera(root, cameras, (problem) => show(Promise.resolve([note(result, problem)])), (code) => show(opened(result, message('live.file.qr.camera'), code, verify)));
  root.hidden = false;
}

function dropzone(zone: HTMLElement, take: (file: File | undefined) => void): void {
  zone.addEventListener('dragover', (event) => {
    event.preventDefault();
    zone.classList.add('pf-drop--over');
  });
  zone.addEventListener('dragleave', () => zone.classList.remove('pf-drop--over'));
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    zone.classList.remove('pf-drop--over');
    take(event.dataTransfer?.files[0]);
  });
}

/** A button that starts the camera, which nothing else does, and stops it again. */
function mountCamera(root: HTMLElement, cameras: MediaDevices, fail: (problem: string) => Promise<void>, take: (code: Uint8Array) => Promise<void>): void {
  const place = root.querySelector<HTMLElement>('[data-camera]')!;
  const button = make(place, 'button', 'pf-button', message('live.file.qr.start')) as HTMLButtonElement;
  button.type = 'button';
  place.replaceChildren(button);
  let stop: (() => void) | null = null;
  const start = async (): Promise<void> => {
    let on = true;
    let stream: MediaStream | null = null;
    const video = place.ownerDocument.createElement('video');
    stop = () => {
      on = false;
      stop = null;
      for (const track of stream?.getTracks() ?? []) track.stop();
      place.replaceChildren(button);
      button.textContent = message('live.file.qr.start');
    };
    const end = stop;
    button.textContent = message('live.file.qr.stop');
    try {
      stream = await cameras.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } } });
      if (!on) return end();
      Object.assign(video, { srcObject: stream, muted: true, playsInline: true });
      place.append(note(place, 'live.file.qr.looking'), video);
      await video.play();
      const { watch } = await import('./scan');
      const code = await watch(video, () => !on);
      end();
      if (code) await take(code);
    } catch {
      if (!on) return;
      end();
      await fail('live.file.qr.refused');
    }
  };
  button.addEventListener('click', () => (stop ? stop() : void start()));
}

/** Check a file; a picture in which no credential is may have a QR code on it. */
async function checked(near: HTMLElement, name: string, bytes: Uint8Array, verify: Verify): Promise<Node[]> {
  const report = await verify(bytes);
  const scan = report.checks['readable']?.result === 'unknown' ? await import('./scan').catch(() => null) : null;
  if (scan?.isPicture(bytes)) {
    const code = scan.best(await scan.codesIn(near.ownerDocument, bytes));
    return code ? opened(near, message('live.file.qr', { name }), code, verify) : [note(near, 'live.file.qr.none', { name })];
  }
  await prepare(report);
  return found(near, name || message('live.file.pasted'), report);
}

/** Say what a QR code holds: a file or a text is checked, an address is told and never followed. */
async function opened(near: HTMLElement, name: string, code: Uint8Array, verify: Verify): Promise<Node[]> {
  const text = new TextDecoder().decode(code);
  if (/^https?:\/\/\S+$/i.test(text) && URL.canParse(text)) return leading(near, name, new URL(text));
  let bytes = code;
  try {
    if (isPacked(code)) bytes = unpack(code);
  } catch {
    return [make(near, 'h2', 'pf-file', name), note(near, 'live.file.qr.damaged')];
  }
  const report = await verify(bytes);
  await prepare(report);
  return [...found(near, name, report), note(near, 'live.file.qr.only')];
}

function leading(near: HTMLElement, name: string, address: URL): Node[] {
  const here = address.origin === new URL(near.ownerDocument.URL).origin;
  const shown = make(near, here ? 'a' : 'code', '', address.href);
  if (here) (shown as HTMLAnchorElement).href = address.href;
  return [make(near, 'h2', 'pf-file', name), note(near, here ? 'live.file.qr.here' : 'live.file.qr.elsewhere'), make(near, 'p', 'pf-digest', shown)];
}

function note(near: Element, id: string, values = {}): Node {
  return make(near, 'p', 'pf-note', message(id, values));
}

function found(near: HTMLElement, name: string, report: Report): Node[] {
  const finding: Finding = { verdict: report.verdict, checks: report.checks, differences: [], report, digest: report.sha256, problem: null, at: new Date() };
  const heading = (text: string) => make(near, 'h3', '', text);
  const panel = make(near, 'div', 'pf-verdict', ...verdict(near, finding));
  panel.dataset['verdict'] = report.verdict;
  return [
    make(near, 'h2', 'pf-file', name),
    panel,
    make(near, 'div', 'pf-both', ...proves(near, finding)),
    heading(message('live.file.checks')),
    checkList(near, report, report.checks),
    ...(report.credential.length ? [heading(message('live.file.facts')), factList(near, report)] : []),
    make(near, 'p', '', message('live.digest')),
    make(near, 'code', 'pf-digest', report.sha256),
    ...report.inner.flatMap((inner) => found(near, message('live.file.inner', { place: inner.pointer ?? '', name }), inner)),
  ];
}
