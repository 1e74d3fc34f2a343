import { h } from '../dom.js';
import { chip, empty, trouble } from './parts.js';

const UNKNOWN = { BOOT: 'unknown machines boot', IGNORE: 'unknown machines are left alone' };
const KINDS = { REQUIRED: 'boots by itself', AVAILABLE: 'on request', LOCAL: 'boots its own disk' };

/** Policies with their button, and the deployments that say what is booted. */
export function policies(list, deployments, collections, busy, refusal, press) {
  const names = new Map(collections.map(c => [c.id, c.name]));
  const targets = ids => ids.map(id => names.get(id) ?? id.slice(0, 8)).join(', ') || 'no collection';
  return [
    refusal && trouble(refusal),
    list.length
      ? h('ul.policies', {}, list.map(p => policyRow(p, targets(p.collections), busy.has(p.id), press)))
      : empty('No policies yet', 'Peers stay silent until a policy is enabled for them: ', h('code', {}, 'pxemesh policy create'), '.'),
    deployments.length
      ? h('div', { key: 'deployments' },
          h('h3', {}, 'Deployments'),
          h('ul.deployments', {}, deployments.map(d =>
            h('li', { key: d.id },
              h('span.name', {}, d.name),
              h('span.dim', {}, [d.packageRef, KINDS[d.kind], d.unknownComputers ? 'unknown machines' : d.collection && targets([d.collection])].filter(Boolean).join(' · '))))))
      : null,
  ];
}

function policyRow(policy, targets, busy, press) {
  return h('li.policy', { key: policy.id },
    h('span.who', {},
      h('span.name', {}, policy.name),
      h('span.dim', {}, `${targets} · ${policy.mode === 'OBSERVE' ? 'observes, answers nobody' : UNKNOWN[policy.unknownComputers]}`)),
    chip(policy.enabled ? 'good' : 'dim', policy.enabled ? 'enabled' : 'disabled'),
    h('button', {
      type: 'button',
      class: policy.enabled ? 'quiet' : 'primary',
      disabled: busy,
      'aria-label': `${policy.enabled ? 'Disable' : 'Enable'} ${policy.name}`,
      onclick: () => press(policy, !policy.enabled),
    }, policy.enabled ? 'Disable' : 'Enable'));
}
