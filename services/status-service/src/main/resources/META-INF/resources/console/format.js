// Values as people read them.

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });

export function bytes(n) {
  for (const [limit, unit, digits] of [[1e3, 'B', 0], [1e6, 'kB', 0], [1e9, 'MB', 1], [1e12, 'GB', 2]]) {
    if (n < limit) return `${(n / (limit / 1e3)).toFixed(digits)} ${unit}`;
  }
  return `${(n / 1e12).toFixed(2)} TB`;
}

/** Bytes per second as bits per second, which is how links are sold. */
export function rate(bytesPerSecond) {
  const bits = 8 * bytesPerSecond;
  for (const [limit, unit, digits] of [[1e6, 'kbit/s', 0], [1e9, 'Mbit/s', 1]]) {
    if (bits < limit) return `${(bits / (limit / 1e3)).toFixed(digits)} ${unit}`;
  }
  return `${(bits / 1e9).toFixed(2)} Gbit/s`;
}

export function seconds(n) {
  if (n < 10) return `${n.toFixed(1)} s`;
  return n < 120 ? `${Math.round(n)} s` : `${Math.floor(n / 60)} min ${Math.round(n % 60)} s`;
}

export function time(iso) {
  const at = new Date(iso);
  return new Date().toDateString() === at.toDateString() ? clock.format(at) : `${day.format(at)} ${clock.format(at)}`;
}

export function ago(iso) {
  const s = Math.max(0, (Date.now() - new Date(iso)) / 1000);
  if (s < 60) return 'just now';
  if (s < 3600) return `${Math.floor(s / 60)} min ago`;
  return s < 86400 ? `${Math.floor(s / 3600)} h ago` : `${Math.floor(s / 86400)} d ago`;
}

export function plural(n, one, many = `${one}s`) {
  return `${n} ${n === 1 ? one : many}`;
}

/** The short form of an id that has no name. */
export function shortId(id) {
  return id.slice(0, 8);
}

export function percent(part, whole) {
  return whole > 0 ? Math.floor((100 * part) / whole) : 0;
}
