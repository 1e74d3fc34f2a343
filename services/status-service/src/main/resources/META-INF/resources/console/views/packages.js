import { h } from '../dom.js';
import { ago, bytes, percent, plural } from '../format.js';
import { bar, chip, empty } from './parts.js';

export function packages(list, joined) {
  if (!list.length) {
    return empty('No packages yet', 'Import a netboot tree: ', h('code', {}, 'pxemesh package import'), '.');
  }
  return h('ul.packages', {}, list.map(p => (p.build ? buildRow(p) : packageRow(p, joined))));
}

function packageRow(p, joined) {
  const share = joined ? percent(p.holders, joined) : 0;
  return h('li.package', { key: p.packageRef },
    h('header', {},
      h('span.name', {}, p.packageRef),
      p.state === 'retired' && chip('dim', 'retired'),
      h('span.dim', {}, `${bytes(p.bytes)}, ${plural(p.files, 'file')}, built ${ago(p.builtAt)}`),
      h('span.right', {}, `${p.holders} of ${plural(joined, 'peer')} hold it`)),
    bar(share, 100, joined > 0 && p.holders >= joined),
    h('p.dim', {}, p.wanBytes || p.lanBytes ? `${bytes(p.wanBytes)} came over the WAN, ${bytes(p.lanBytes)} from neighbours` : 'nothing fetched yet'));
}

function buildRow(p) {
  const failed = p.state === 'failed';
  return h('li.package', { key: `build-${p.packageRef}` },
    h('header', {},
      h('span.name', {}, p.packageRef),
      chip(failed ? 'bad' : 'info', failed ? 'build failed' : p.build.stage),
      !failed && h('span.right', {}, `${p.build.filesDone} of ${plural(p.build.files, 'file')}`)),
    failed ? h('p.trouble', {}, p.build.failure) : bar(p.build.bytesDone, p.build.bytes));
}
