import { h } from '../dom.js';
import { bytes, time } from '../format.js';
import { empty } from './parts.js';

const SHOWN = 40;

/** Events in one line each; those that only repeat a state are left out. */
const SENTENCES = {
  'peer.elected': (d, host) => ['accent', `${host} is the uplink, term ${d.term}`],
  'peer.joined': (d, host) => ['good', `${host} joined`],
  'peer.left': (d, host) => [d.graceful ? 'dim' : 'bad', `${host} ${d.graceful ? 'left' : 'was lost'}`],
  'content.completed': (d, host) => ['good', `${host} holds ${d.packageRef}`],
  'content.rejected': (d, host) => ['bad', `${host} refused a ${d.what}: ${d.reason}`],
  'segment.surveyed': (d, host) =>
    d.findings.length
      ? ['warn', `${host} found ${d.findings.map(named).join(', ')}`]
      : ['good', `${host} no more finds ${d.ended.map(named).join(', ')}`],
  'boot.requested': d => ['dim', `${d.boot.mac} asks for a boot server`],
  'boot.offered': (d, host) => ['info', `${host} offers ${d.packageRef} to ${d.boot.mac}`],
  'boot.ignored': d => ['warn', `${d.boot.mac} got no answer: ${d.reasons.join(', ')}`],
  'boot.delivered': d => ['info', `${d.boot.mac} has all ${d.files} files, ${bytes(d.bytes)}`],
  'boot.completed': d => ['good', `${d.boot.mac} is up`],
  'boot.failed': d => ['bad', `${d.boot.mac} failed: ${d.reason}`],
  'package.built': d => ['good', `package ${d.pkg.name}@${d.pkg.version} is built`],
  'package.build-failed': d => ['bad', `package ${d.name}@${d.version} failed: ${d.reason}`],
  'policy.enabled': d => ['accent', `policy “${d.policy.name}” enabled`],
  'policy.disabled': d => ['warn', `policy “${d.policy.name}” disabled`],
  'administrator.acted': d => ['dim', `${d.actor}: ${d.act} ${d.subject}, ${d.summary}`],
};

const named = finding => [finding.code, finding.server].filter(Boolean).join(' ');

/** All peers of a segment see the same: the first one that says so has a line. */
const sameSurvey = (a, b) => a.kind === b.kind && a.segmentId === b.segmentId && a.data.findings.map(named).join() === b.data.findings.map(named).join();

/** Whether an event has a line, beside those that came before it. */
export function told(event, before) {
  if (event.kind !== 'segment.surveyed') return event.kind in SENTENCES;
  const last = before.find(other => other.kind === event.kind && other.segmentId === event.segmentId);
  return last ? !sameSurvey(last, event) : event.data.findings.length + event.data.ended.length > 0;
}

export function activity(events, hostOf) {
  if (!events.length) return empty('Quiet', 'What happens from now on appears here.');
  return h('ol.activity', {}, events.slice(0, SHOWN).map(event => {
    const [tone, sentence] = SENTENCES[event.kind](event.data, hostOf(event.peerId));
    return h('li', { key: String(event.id), 'data-tone': tone }, h('span.mono.dim', {}, time(event.time)), h('span', {}, sentence));
  }));
}
