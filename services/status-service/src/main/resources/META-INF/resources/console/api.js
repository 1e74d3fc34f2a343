// REST of the house, by one address.

/** What went wrong, in the service's own words (problem+json). */
export class Problem extends Error {}

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(`/api/v1/${path}`, { ...options, headers: { Accept: 'application/json', ...options.headers } });
  } catch {
    throw new Problem('HQ does not answer.');
  }
  const text = await response.text();
  if (!response.ok) {
    let detail = `${response.status} ${response.statusText}`;
    try {
      detail = JSON.parse(text).detail ?? detail;
    } catch {
      // Not problem+json: the status has to do.
    }
    throw new Problem(detail);
  }
  return text ? JSON.parse(text) : null;
}

export const get = path => ask(path);

/** Presses a policy's button, unless somebody changed the policy since it was shown. */
export const turn = (policy, on) =>
  ask(`policies/${policy.id}/${on ? 'enable' : 'disable'}`, {
    method: 'POST',
    headers: { 'If-Match': `"${policy.revision}"` },
  });
