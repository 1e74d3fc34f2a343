// The console: loads what there is by REST, then follows the live stream and loads again only what an event touched.
import { get, turn } from './api.js';
import { render } from './dom.js';
import { shortId } from './format.js';
import { follow } from './stream.js';
import { activity, told } from './views/activity.js';
import { boots } from './views/boots.js';
import { overview } from './views/overview.js';
import { packages } from './views/packages.js';
import { trouble } from './views/parts.js';
import { policies } from './views/policies.js';
import { sites } from './views/sites.js';

/** How many events the activity looks back on. */
const PAST = 200;
/** How many sites of a package are shown; those that receive it come first. */
const SITES = 30;

const at = id => document.getElementById(id);
const state = { sites: [], segments: [], peers: [], findings: [], overview: null, events: [], open: new Map(), packages: null, spread: new Map(), busy: new Set(), refusal: '', filter: '' };

/** What is loaded together, and drawn when it came. */
const parts = {
  overview: async () => {
    state.overview = await get('overview');
    render(at('overview'), overview(state.overview));
    drawPackages();
  },
  topology: async () => {
    [state.segments, state.peers] = await Promise.all([get('segments'), get('peers')]);
    drawSites();
  },
  findings: async () => {
    state.findings = await get('findings');
    drawSites();
  },
  sites: async () => {
    state.sites = await get('sites');
    drawSites();
  },
  boots: async () => {
    state.boots = await get(`boots?limit=60${state.filter && `&state=${state.filter}`}`);
    drawBoots();
  },
  packages: async () => {
    const open = [...state.spread.keys()].map(loadSpread);
    [state.packages] = await Promise.all([get('distribution'), ...open]);
    drawPackages();
  },
  policies: async () => {
    [state.policies, state.deployments, state.collections] =
      await Promise.all([get('policies'), get('deployments'), get('collections')]);
    drawPolicies();
  },
};
const place = { overview: 'overview', topology: 'sites', findings: 'sites', sites: 'sites', boots: 'boot-list', packages: 'packages', policies: 'policies' };

/** Which parts an event touches, by the first word of its type. */
const TOUCHED = {
  peer: ['topology', 'findings', 'overview', 'packages'],
  segment: ['findings', 'overview'],
  content: ['topology', 'packages'],
  boot: ['boots', 'overview'],
  file: ['boots'],
  site: ['sites', 'overview'],
  package: ['packages'],
  policy: ['policies'],
  deployment: ['policies'],
  collection: ['policies'],
  computer: ['boots'],
};

const drawSites = () => render(at('sites'), sites(state.sites, state.segments, state.peers, state.findings));
const drawBoots = () => render(at('boot-list'), boots(state.boots ?? [], state.open, toggle, Boolean(state.filter)));
const drawPackages = () => state.packages && render(at('packages'), packages(state.packages, state.overview?.joined ?? 0, state.spread, openPackage, openSite));
const drawPolicies = () => render(at('policies'), policies(state.policies, state.deployments, state.collections, state.busy, state.refusal, press));
const drawActivity = () => render(at('activity'), activity(state.events, hostOf));

function hostOf(peerId) {
  return state.peers.find(p => p.id === peerId)?.hostname ?? (peerId ? `peer ${shortId(peerId)}` : 'HQ');
}

async function load(part) {
  try {
    await parts[part]();
  } catch (problem) {
    // The sites' names are policy-service's; the mesh below them can be shown without it.
    if (part !== 'sites') render(at(place[part]), trouble(problem.message));
    if (part === 'policies' || part === 'sites') setTimeout(() => touch([part]), 5000);
  }
}

/** Loads parts once for a burst of events. */
const due = new Set();
let timer = null;
function touch(touched) {
  touched.forEach(part => due.add(part));
  timer ??= setTimeout(() => {
    timer = null;
    const now = [...due];
    due.clear();
    now.forEach(load);
  }, 150);
}

async function toggle(id) {
  if (state.open.has(id)) {
    state.open.delete(id);
    drawBoots();
    return;
  }
  state.open.set(id, null);
  drawBoots();
  await loadTimeline(id);
}

async function loadTimeline(id) {
  const boot = await get(`boots/${id}`).catch(() => null);
  if (boot && state.open.has(id)) {
    state.open.set(id, boot.timeline);
    drawBoots();
  }
}

/** The sites of an open package, and the peers of its open sites. */
async function loadSpread(ref) {
  const path = `distribution/${encodeURIComponent(ref)}`;
  const open = [...(state.spread.get(ref)?.peers.keys() ?? [])];
  const [sites, ...peers] = await Promise.all([get(`${path}/sites?limit=${SITES}`), ...open.map(site => get(`${path}/peers?site=${site}`))]);
  // It may have been closed meanwhile.
  if (state.spread.has(ref)) state.spread.set(ref, { sites, peers: new Map(open.map((site, i) => [site, peers[i]])) });
}

async function openPackage(ref) {
  if (!state.spread.delete(ref)) {
    state.spread.set(ref, { sites: null, peers: new Map() });
    await load('packages');
  }
  drawPackages();
}

async function openSite(ref, site) {
  const shown = state.spread.get(ref);
  if (!shown.peers.delete(site)) {
    shown.peers.set(site, []);
    await load('packages');
  }
  drawPackages();
}

async function press(policy, on) {
  state.busy.add(policy.id);
  state.refusal = '';
  drawPolicies();
  try {
    await turn(policy, on);
  } catch (problem) {
    state.refusal = `${policy.name}: ${problem.message}`;
  }
  state.busy.delete(policy.id);
  await load('policies');
}

function happened(event) {
  event.kind = event.type.replace(/^org\.pxemesh\.|\.v1$/g, '');
  touch(TOUCHED[event.kind.split('.')[0]] ?? []);
  if (event.bootId && state.open.has(event.bootId)) loadTimeline(event.bootId);
  if (told(event, state.events)) {
    state.events.unshift(event);
    state.events.length = Math.min(state.events.length, 200);
    drawActivity();
  }
}

function showLive(live) {
  at('live').dataset.state = live;
  at('live').textContent = live === 'live' ? 'Live' : 'Reconnecting';
}

let stream = null;
async function begin() {
  stream?.close();
  await load('overview');
  if (!state.overview) {
    showLive('waiting');
    setTimeout(begin, 3000);
    return;
  }
  // The stream begins before the first answer was made, so that nothing is missed and the activity has a past.
  state.events = [];
  const { oldestEventId, lastEventId } = state.overview;
  stream = follow(Math.max(0, oldestEventId - 1, lastEventId - PAST), { onEvent: happened, onReset: begin, onState: showLive });
  await Promise.all(Object.keys(parts).map(load));
  drawActivity();
}

at('boot-state').onchange = change => {
  state.filter = change.target.value;
  load('boots');
};

const THEMES = ['auto', 'light', 'dark'];
function setTheme(theme) {
  localStorage.setItem('theme', theme);
  document.documentElement.dataset.theme = theme;
  at('theme').textContent = `Theme: ${theme}`;
}
at('theme').onclick = () => setTheme(THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length]);
setTheme(localStorage.getItem('theme') ?? 'auto');

// "3 min ago" grows old without any event, and so does a rate.
setInterval(() => state.overview && drawSites(), 30_000);
setInterval(() => state.packages?.some(p => p.wanBytesPerSecond || p.lanBytesPerSecond) && touch(['packages']), 4_000);
begin();
