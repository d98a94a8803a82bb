/** The sentences of vocabulary.json that a page shows; build.mjs bundles the messages that src/ names. */
import words from 'virtual:words';

import type { Report } from './report';

type Values = Readonly<Record<string, string | number>>;

export { words };

/** How a value stands in a sentence; languages.ts puts another in its place for languages that write numbers otherwise. */
export const spoken = { written: String as (value: string | number) => string };

/** The sentence with this id, `{name}` replaced by the values given; throws for an id that is not there. */
export function message(id: string, values: Values = {}): string {
  const sentence = words.messages[id];
  if (sentence === undefined) throw new Error(`the vocabulary has no sentence for ${id}`);
  return filled(sentence, values);
}

/** As `message`; null where the sentence is one of those that are loaded later, and could not be. */
export function later(id: string, values: Values = {}): string | null {
  return words.messages[id] === undefined ? null : message(id, values);
}

/** The sentence of a check's code; its code by itself where `prepare` could not load the sentence. */
export function says(check: string, code: string, format: string, at = ''): string {
  const { title, codes } = words.checks[check]!;
  const sentence = codes[code];
  return sentence === undefined ? message('live.code', { check: title, code }) : filled(sentence, { format: words.formats[format] ?? format, at });
}

/**
 * Load the sentences of codes that are neither passed nor left open by the file itself, and what fields that are seldom are
 * called, if a report has such ones. Throws where a field's name cannot be had: without it the page cannot be compared.
 */
export async function prepare(report: Report): Promise<void> {
  const codes = Object.entries(report.checks).every(([check, { code }]) => words.checks[check]?.codes[code] !== undefined);
  const named = (): boolean => report.credential.every(({ field }) => words.fields[field]);
  const numbers = Object.values(report.checks).flatMap(({ detail = {} }) => Object.values(detail)).some((value) => typeof value === 'number');
  if (!codes || !named() || numbers || report.inner.length) await loadSentences();
  if (!named()) throw new Error('the names of fields could not be loaded');
  for (const inner of report.inner) await prepare(inner);
}

/** Load every sentence; without a network, what is there stays as it is. */
export async function loadSentences(): Promise<void> {
  const more = (await import('virtual:sentences').catch(() => null))?.default;
  for (const [check, codes] of Object.entries(more?.codes ?? {})) Object.assign(words.checks[check]!.codes, codes);
  Object.assign(words.formats, more?.formats);
  Object.assign(words.fields, more?.fields);
  Object.assign(words.messages, more?.messages);
}

function filled(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)\}/g, (slot, name: string) => spoken.written(values[name] ?? slot));
}
