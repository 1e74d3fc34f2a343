import { h } from '../dom.js';
import { bytes, plural, seconds, shortId, time } from '../format.js';
import { chip, empty } from './parts.js';

const STAGES = ['requested', 'offered', 'loading', 'delivered', 'completed'];
const TONES = { completed: 'good', failed: 'bad', ignored: 'warn', requested: 'dim' };
const WORDS = { completed: 'checked in', loading: 'loading', requested: 'asking' };

/** Boots, newest first; `open` maps the ids of open ones to their timelines, null while one loads. */
export function boots(list, open, toggle, filtered) {
  if (!list.length) {
    return filtered
      ? empty('No such boots', 'Choose another state above.')
      : empty('No boots yet', 'Switch a machine on and let it boot from the network; it appears here at its first DISCOVER.');
  }
  return h('ul.boots', {}, list.map(boot => bootRow(boot, open, toggle)));
}

function bootRow(boot, open, toggle) {
  const isOpen = open.has(boot.id);
  const panel = `timeline-${boot.id}`;
  return h('li.boot', { key: boot.id, 'data-tone': TONES[boot.state] ?? 'info', 'data-open': isOpen },
    h('button.summary', { type: 'button', 'aria-expanded': String(isOpen), 'aria-controls': panel, onclick: () => toggle(boot.id) },
      h('span.when.mono', {}, time(boot.startedAt)),
      h('span.machine', {},
        h('span.name', {}, boot.computer ?? boot.mac),
        h('span.dim', {}, [boot.siteName, boot.architecture, boot.computer ? boot.mac : 'unknown machine'].filter(Boolean).join(' · '))),
      h('span.what', {},
        h('span', {}, boot.packageRef ?? (boot.state === 'ignored' ? plural(boot.ignored, 'time') + ' without answer' : '')),
        h('span.dim', {}, about(boot))),
      h('span.progress', {}, rail(boot), chip(TONES[boot.state] ?? 'info', WORDS[boot.state] ?? boot.state)),
      h('span.took.mono', {}, boot.seconds ? seconds(boot.seconds) : '')),
    isOpen ? h('div.timeline', { id: panel }, timeline(boot, open.get(boot.id))) : null);
}

function about(boot) {
  if (boot.state === 'ignored') return boot.reasons.join(', ');
  if (boot.failure) return boot.failure;
  const from = boot.responderHost ?? boot.responder;
  return [from && `from ${from}`, boot.files > 0 && `${plural(boot.files, 'file')}, ${bytes(boot.bytes)}`].filter(Boolean).join(' · ');
}

/** The five stages of a boot, filled as far as it came. */
function rail(boot) {
  const reached = boot.state === 'failed' || boot.state === 'ignored' ? -1 : STAGES.indexOf(boot.state);
  return h('span.rail', { 'aria-hidden': 'true', 'data-busy': reached >= 0 && reached < 4 }, STAGES.map((_, i) => h('i', { 'data-on': i <= reached })));
}

/** `BootOffered` as "Offered", `FileServed` as "File served". */
function words(name) {
  const spaced = name.replace(/^Boot/, '').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced[0].toUpperCase() + spaced.slice(1);
}

function timeline(boot, steps) {
  if (!steps) return h('p.dim', {}, 'Loading the timeline…');
  const start = new Date(steps[0]?.time ?? boot.startedAt);
  return h('ol', {}, steps.map((step, i) => {
    const mark = step.name.replace(/^Boot/, '').toLowerCase();
    return h('li', { key: `${i}-${step.name}`, 'data-step': mark },
      h('span.offset.mono', {}, `+${((new Date(step.time) - start) / 1000).toFixed(1)} s`),
      h('span.mark', { 'aria-hidden': 'true' }),
      h('span.told', {},
        h('strong', {}, words(step.name)),
        h('span', {}, step.summary)),
      h('span.dim.teller', {}, step.peer ?? shortId(step.peerId)));
  }));
}
