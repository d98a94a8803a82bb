/**
 * Says why nothing was checked when page.js, or a part of it, could not be loaded. It stands after page.js in the page, so
 * it runs when that has run or failed; it is one file without imports, and takes its sentence from its own element.
 */
const reason = document.querySelector<HTMLElement>('script[data-unloaded]')?.dataset['unloaded'] ?? '';

function say(place: Element, how: 'append' | 'after'): void {
  const line = document.createElement('span');
  line.className = 'pf-because';
  line.textContent = reason;
  place[how](line);
}

const begun = ':is([data-busy], [data-verdict])';
const waiting = document.querySelectorAll(`[data-credential]:not(${begun}) [data-live="verdict"]`);
for (const place of waiting) say(place, 'append');
if (waiting.length) for (const place of document.querySelectorAll('[data-live="count"]')) say(place, 'append');
for (const place of document.querySelectorAll('[data-filecheck][hidden]:not([data-busy])')) say(place, 'after');

export {};
