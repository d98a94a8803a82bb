// The vocabulary in the languages of ../data/locale, as portfolio_gen/vocabulary.py reads it: ids and rules are the same there.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { po } from 'gettext-parser';

const data = (path) => fileURLToPath(new URL(`../data/${path}`, import.meta.url));
const locales = JSON.parse(readFileSync(data('locales.json'), 'utf8'));

export const LANGUAGES = Object.keys(locales).filter((language) => language !== 'en');
export const localeOf = (language) => locales[language];

/** By id: the translation of a sentence that is as it was when it was translated. */
function catalogue(language) {
  const file = data(`locale/${language}/LC_MESSAGES/portfolio.po`);
  const { translations } = existsSync(file) ? po.parse(readFileSync(file)) : { translations: {} };
  const rows = Object.entries(translations).flatMap(([id, byEnglish]) => Object.values(byEnglish).map((row) => [id, row]));
  return new Map(rows.filter(([, { comments }]) => !/\bfuzzy\b/.test(comments?.flag ?? '')));
}

const mapped = (rows, change) => Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, change(name, row)]));

/** The vocabulary with each text in a language; what is not translated is English. */
export function inLanguage(language, { checks, results, verdicts, formats, fields, messages }) {
  const found = catalogue(language);
  const say = (id, english) => (found.get(id)?.msgid === english && found.get(id).msgstr[0]) || english;
  const { months, date } = localeOf(language);
  const ofDates = { ...Object.fromEntries(months.map((name, index) => [`live.month.${index + 1}`, name])), 'live.date': date, 'live.language': language };
  return {
    results: mapped(results, (name, text) => say(`result.${name}`, text)),
    checks: mapped(checks, (name, { title, asks, codes }) => ({
      title: say(`check.${name}.title`, title),
      asks: say(`check.${name}.asks`, asks),
      codes: mapped(codes, (code, row) => ({ ...row, says: say(`check.${name}.${code}`, row.says) })),
    })),
    verdicts: mapped(verdicts, (name, { label, says }) => ({ label: say(`verdict.${name}.label`, label), says: say(`verdict.${name}.says`, says) })),
    formats: mapped(formats, (name, text) => say(`format.${name}`, text)),
    fields: fields.map((row) => ({ ...row, label: say(`field.${row.field}`, row.label) })),
    messages: { ...mapped(messages, say), ...ofDates },
  };
}
