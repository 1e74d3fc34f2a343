// What several views draw.
import { h } from '../dom.js';
import { bytes, percent } from '../format.js';

export const chip = (tone, text) => h('span.chip', { 'data-tone': tone }, text);

export const empty = (title, ...hint) => h('div.empty', {}, h('strong', {}, title), h('p', {}, ...hint));

export const trouble = message => h('p.trouble', { role: 'alert' }, message);

/** How much of something there is, as a bar with its words beside it for those who do not see it. */
export function bar(held, whole, complete = held >= whole) {
  const part = complete ? 100 : percent(held, whole);
  return h('span.meter', {
    role: 'progressbar',
    'aria-valuenow': part,
    'aria-valuemin': 0,
    'aria-valuemax': 100,
    'aria-label': `${bytes(held)} of ${bytes(whole)}`,
    title: `${bytes(held)} of ${bytes(whole)}`,
    'data-complete': complete,
    '--part': `${part}%`,
  });
}
