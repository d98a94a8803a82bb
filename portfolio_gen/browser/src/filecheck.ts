/** "Check a file": a file dropped, chosen or pasted is checked in the page and goes nowhere. */
import { checkList, factList, make, proves, verdict, type Finding } from './paint';
import type { Report } from './report';
import { message, prepare } from './words';

/** Connect the form inside `root`; `verify` checks the bytes of one file. */
export function mountFileCheck(root: HTMLElement, verify: (bytes: Uint8Array) => Promise<Report>): void {
  const file = root.querySelector<HTMLInputElement>('input[type=file]')!;
  const text = root.querySelector<HTMLTextAreaElement>('textarea')!;
  const result = root.querySelector<HTMLElement>('[data-live="result"]')!;
  let latest = 0;
  const check = async (name: string, bytes: Promise<ArrayBuffer | Uint8Array>): Promise<void> => {
    const turn = ++latest;
    result.setAttribute('aria-busy', 'true');
    result.replaceChildren(make(result, 'p', 'pf-progress', message('live.checking')));
    const parts = await bytes
      .then((data) => verify(new Uint8Array(data)))
      .then(async (report) => (await prepare(report), found(result, name || message('live.file.pasted'), report)))
      .catch(() => [note(result, 'live.unchecked')]);
    if (turn !== latest) return;
    result.replaceChildren(...parts);
    result.removeAttribute('aria-busy');
  };
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

function note(near: Element, id: string): Node {
  return make(near, 'p', 'pf-note', message(id));
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
