/** What pages in another language than English load before anything is painted: everything that a page says. */
import load from 'virtual:languages';

import { languageOf } from './translations';
import { spoken, words } from './words';

/** How a language writes numbers. */
interface Figures {
  readonly decimal: string;
  readonly group: string;
  readonly grouped_from: number;
}

/** Speak the language of a page by its tag, as `language_of` of languages.py does. Throws where its words cannot be had. */
export async function speak(tag: string): Promise<void> {
  const base = languageOf(tag);
  const language = !/^zh[-_](hant|tw|hk|mo)\b/i.test(tag) && Object.hasOwn(load, base) ? load[base] : undefined;
  if (!language) return;
  const { messages, locale, formats, ...others } = (await language()).default;
  const codes = Object.entries(others.checks).map(([name, check]) => [name, { ...check, codes: kept(check.codes) }]);
  Object.assign(words, { ...others, checks: Object.fromEntries(codes), fields: kept(others.fields), formats: kept(formats), messages: kept(messages) });
  spoken.written = (value) => (typeof value === 'number' ? number(String(value), locale) : value);
}

/** Words that stay as they are when a part that is loaded later brings its English ones. */
function kept<Words extends object>(said: Words): Words {
  return new Proxy(said, { set: () => true });
}

/** Return a number as JSON writes it in a language's way, as `Locale.number` does. */
export function number(text: string, { decimal, group, grouped_from: from }: Figures): string {
  const found = /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(text);
  if (!found) return text;
  const [, sign = '', whole = '', part] = found;
  const grouped = from && whole.length >= from ? whole.replace(/(?<=[0-9])(?=(?:[0-9]{3})+$)/g, group) : whole;
  return sign + grouped + (part === undefined ? '' : decimal + part);
}
