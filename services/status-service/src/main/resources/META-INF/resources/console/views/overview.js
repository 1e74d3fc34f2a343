import { h } from '../dom.js';
import { plural } from '../format.js';

const TONES = { completed: 'good', delivered: 'info', loading: 'info', offered: 'info', requested: 'dim', ignored: 'warn', failed: 'bad' };

export function overview(o) {
  const boots = Object.entries(o.bootsToday);
  const all = boots.reduce((sum, [, n]) => sum + n, 0);
  return [
    tile('Sites', o.sites, plural(o.segments, 'segment')),
    tile('Uplinks', `${o.segmentsWithUplink}`, `of ${plural(o.segments, 'segment')}`, o.segmentsWithUplink < o.segments ? 'warn' : null),
    tile('Peers', o.joined, o.joined < o.peers ? `${o.peers - o.joined} left` : 'all there'),
    tile('In trouble', o.troubled, o.troubled ? 'see their problems below' : 'every peer is healthy', o.troubled ? 'warn' : null),
    tile('In the way', o.findings, o.findings ? 'of boot clients, see the sites' : 'nothing in the segments', o.findings ? 'warn' : null),
    h('div.tile.wide', { key: 'boots' },
      h('span.label', {}, 'Boots, 24 hours'),
      h('span.value', {}, `${all}`),
      h('span.split', { 'aria-hidden': 'true' }, boots.map(([state, n]) => h('i', { 'data-tone': TONES[state], '--share': n, title: `${n} ${state}` }))),
      h('span.hint', {}, all ? boots.map(([state, n]) => `${n} ${state}`).join(', ') : 'none yet')),
  ];
}

function tile(label, value, hint, tone) {
  return h('div.tile', { key: label, 'data-tone': tone }, h('span.label', {}, label), h('span.value', {}, `${value}`), h('span.hint', {}, hint));
}
