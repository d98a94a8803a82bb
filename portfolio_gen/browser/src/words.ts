/** The sentences of vocabulary.json that a page shows; build.mjs bundles the messages that src/ names. */
import words from 'virtual:words';

type Values = Readonly<Record<string, string | number>>;

export { words };

/** The sentence with this id, `{name}` replaced by the values given; throws for an id that is not there. */
export function message(id: string, values: Values = {}): string {
  return filled(words.messages[id], id, values);
}

/** The sentence of a check's code. */
export function says(check: string, code: string, values: Values = {}): string {
  return filled(words.checks[check]?.codes[code], `${check} ${code}`, values);
}

function filled(sentence: string | undefined, id: string, values: Values): string {
  if (sentence === undefined) throw new Error(`the vocabulary has no sentence for ${id}`);
  return sentence.replace(/\{(\w+)\}/g, (slot, name: string) => String(values[name] ?? slot));
}
