import { h } from '../dom.js';
import { ago, bytes, percent, plural, rate, shortId } from '../format.js';
import { bar, chip, empty } from './parts.js';

/**
 * Packages with how far they have spread.
 *
 * @param list packages and builds
 * @param joined peers in the mesh
 * @param open what is shown of a package, by its reference: its sites, each with its peers when it is open too
 * @param onPackage opens or closes a package
 * @param onSite opens or closes a site of a package
 */
export function packages(list, joined, open, onPackage, onSite) {
  if (!list.length) {
    return empty('No packages yet', 'Import a netboot tree: ', h('code', {}, 'pxemesh package import'), '.');
  }
  return h('ul.packages', {}, list.map(p => (p.build ? buildRow(p) : packageRow(p, joined, open.get(p.packageRef), onPackage, onSite))));
}

function packageRow(p, joined, shown, onPackage, onSite) {
  const share = joined ? percent(p.holders, joined) : 0;
  return h('li.package', { key: p.packageRef, 'data-open': Boolean(shown) },
    h('header', {},
      h('button.plain.name', { 'aria-expanded': String(Boolean(shown)), onclick: () => onPackage(p.packageRef), title: 'Show its sites' }, p.packageRef),
      p.state === 'retired' && chip('dim', 'retired'),
      h('span.dim', {}, `${bytes(p.bytes)}, ${plural(p.files, 'file')}, built ${ago(p.builtAt)}`),
      h('span.right', {}, `${p.holders} of ${plural(joined, 'peer')} hold it`)),
    bar(share, 100, joined > 0 && p.holders >= joined),
    flows(p),
    shown && shown.sites && siteList(p, shown, onSite));
}

/** WAN bytes beside LAN bytes, with their rates while they flow, and what came from older versions on the same disks. */
function flows(p) {
  if (!p.wanBytes && !p.lanBytes && !p.reusedBytes) return h('p.dim.flows', {}, 'nothing fetched yet');
  return h('p.dim.flows', {},
    h('span.flow', { 'data-flows': p.wanBytesPerSecond > 0 },
      h('i', { 'data-tone': 'warn' }), `WAN ${bytes(p.wanBytes)}`, p.wanBytesPerSecond > 0 && h('b', {}, rate(p.wanBytesPerSecond))),
    h('span.flow', { 'data-flows': p.lanBytesPerSecond > 0 },
      h('i', { 'data-tone': 'info' }), `LAN ${bytes(p.lanBytes)}`, p.lanBytesPerSecond > 0 && h('b', {}, rate(p.lanBytesPerSecond))),
    p.reusedBytes > 0 && h('span.flow', { title: 'Copied from other packages on the same disk: an older version, say' },
      h('i', { 'data-tone': 'good' }), `disk ${bytes(p.reusedBytes)}`));
}

function siteList(p, shown, onSite) {
  if (!shown.sites.length) return h('p.dim', {}, 'No site holds any of it.');
  const more = p.sites - shown.sites.length;
  return h('ul.spread', {},
    shown.sites.map(site => siteRow(p, site, shown.peers.get(site.siteId), onSite)),
    more > 0 && h('li.dim', { key: 'more' }, `and ${plural(more, 'site')} more, of which nothing arrives now`));
}

function siteRow(p, site, peers, onSite) {
  return h('li', { key: site.siteId },
    h('div.arrival', {},
      h('button.plain', { 'aria-expanded': String(Boolean(peers)), onclick: () => onSite(p.packageRef, site.siteId), title: 'Show its peers' },
        site.name ?? `Unknown site ${shortId(site.siteId)}`),
      bar(site.bytesHeld, site.bytes),
      h('span.dim', {}, `${site.holders} of ${site.peers} hold it`),
      flows(site)),
    peers && h('ul.spread', {}, peers.map(peerRow)));
}

function peerRow(peer) {
  return h('li.arrival', { key: peer.peerId, 'data-gone': !peer.joined },
    h('span', {}, peer.hostname ?? shortId(peer.peerId)),
    bar(peer.bytesHeld, peer.bytes, peer.complete),
    h('span.dim', {}, peer.complete ? 'holder' : `${percent(peer.bytesHeld, peer.bytes)} %`),
    flows(peer));
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
