import { h } from '../dom.js';
import { ago, plural, shortId } from '../format.js';
import { bar, chip, empty } from './parts.js';

/** Sites as policy-service tells them, with the segments, peers and findings that the mesh reports. */
export function sites(known, segments, peers, findings) {
  const named = new Map((known ?? []).map(site => [site.id, site]));
  for (const segment of segments) {
    if (!named.has(segment.siteId)) {
      named.set(segment.siteId, { id: segment.siteId, name: segment.siteName ?? `Unknown site ${shortId(segment.siteId)}`, networks: [] });
    }
  }
  if (!named.size) {
    return empty('No sites yet', 'Add one with its networks: ', h('code', {}, 'pxemesh site create'), '. Agents find their site by their own address.');
  }
  return [...named.values()]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(site => siteCard(site, segments.filter(s => s.siteId === site.id), peers, findings));
}

function siteCard(site, segments, peers, findings) {
  const there = segments.reduce((sum, s) => sum + s.joined, 0);
  return h('article.site', { key: site.id },
    h('header', {},
      h('h3', {}, site.name),
      h('span.mono.dim', {}, site.networks.join(', ')),
      h('span.dim.right', {}, plural(there, 'peer'))),
    segments.length
      ? segments.map((segment, i) => segmentBlock(segment, i, peers.filter(p => p.segmentId === segment.id), findings.filter(f => f.segmentId === segment.id)))
      : h('p.dim.pad', {}, 'No agent has reported from here.'));
}

function segmentBlock(segment, index, peers, findings) {
  const uplink = segment.uplink;
  return h('section.segment', { key: segment.id },
    h('header', {},
      h('span', {}, `Segment ${index + 1}`),
      uplink
        ? h('span.dim', {}, uplink.present ? `uplink elected ${ago(uplink.electedAt)}, term ${uplink.term}` : `uplink is gone, electing after term ${uplink.term}`)
        : h('span.dim', {}, 'no uplink yet')),
    findings.length ? h('ul.findings', {}, findings.map(findingRow)) : null,
    h('ul.peers', {}, peers.sort(byRole).map(peerRow)));
}

/** What is in the way of boot clients here: what their users see, whose doing it is, and the cure. */
function findingRow(finding) {
  return h('li.finding', { key: `${finding.code} ${finding.server}` },
    h('p', {}, chip('bad', finding.symptom), ' ', finding.server && h('span.mono', {}, finding.server), ' ', finding.meaning,
      finding.detail && h('span.dim', {}, ` (${finding.detail})`)),
    h('p', {}, h('strong', {}, 'Cure: '), finding.cure),
    h('p.dim', {}, `${finding.code}, seen by ${plural(finding.peers, 'peer')} since ${ago(finding.since)}`));
}

const byRole = (a, b) =>
  b.uplink - a.uplink || (a.state === 'left') - (b.state === 'left') || (a.hostname ?? '').localeCompare(b.hostname ?? '');

function peerRow(peer) {
  const gone = peer.state === 'left';
  const health = gone ? 'gone' : peer.problems.length ? 'warn' : 'good';
  const health_words = { gone: 'left the mesh', warn: 'in trouble', good: 'healthy' };
  return h('li.peer', { key: peer.id, 'data-gone': gone },
    h('span.dot', { 'data-tone': health, role: 'img', 'aria-label': health_words[health], title: health_words[health] }),
    h('span.who', {},
      h('span.name', {}, peer.hostname ?? shortId(peer.id)),
      h('span.mono.dim', {}, peer.address ?? '')),
    h('span.tags', {},
      peer.uplink && chip('accent', 'uplink'),
      gone && chip(peer.graceful ? 'dim' : 'bad', peer.graceful ? `left ${ago(peer.leftAt)}` : `lost ${ago(peer.leftAt)}`)),
    h('span.holdings', {}, peer.holdings.map(held =>
      h('span.holding', { key: held.packageRef },
        bar(held.bytesHeld, held.bytes, held.complete),
        h('span.dim', {}, held.complete ? 'holder' : `${Math.floor((100 * held.bytesHeld) / Math.max(1, held.bytes))} %`)))),
    peer.problems.length ? h('ul.problems', {}, peer.problems.map(p => h('li', {}, p))) : null);
}
