// Elements from values, and the least change that makes a page look like them. Text is only ever set as text.

/** Makes an element; `props` are attributes, `on...` handlers or `key`; null children are left out. */
export function h(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name || 'div');
  if (classes.length) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) element[key] = value;
    else if (key === 'key') element.dataset.key = value;
    else if (key.startsWith('--')) element.style.setProperty(key, value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  for (const child of children.flat(3)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

/** Makes `target`'s children look like `wanted`, keeping nodes, and with them focus, selection and scroll position. */
export function render(target, wanted) {
  patchChildren(target, [wanted].flat(3).filter(Boolean).map(n => (typeof n === 'string' ? new Text(n) : n)));
}

function patchChildren(target, wanted) {
  const keyed = new Map([...target.children].filter(c => c.dataset.key).map(c => [c.dataset.key, c]));
  let at = target.firstChild;
  for (const node of wanted) {
    const key = node.dataset?.key;
    const old = key ? keyed.get(key) : at;
    if (old && same(old, node)) {
      if (old === at) at = at.nextSibling;
      else target.insertBefore(old, at);
      patch(old, node);
    } else {
      target.insertBefore(node, at);
    }
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

function same(a, b) {
  return a.nodeType === b.nodeType && a.nodeName === b.nodeName && a.dataset?.key === b.dataset?.key;
}

function patch(old, node) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== node.data) old.data = node.data;
    return;
  }
  for (const { name } of [...old.attributes]) if (!node.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of node.attributes) {
    if (old.getAttribute(name) === value) continue;
    // The content security policy allows styles set by property, not by attribute.
    if (name === 'style') old.style.cssText = node.style.cssText;
    else old.setAttribute(name, value);
  }
  if (old.onclick !== node.onclick) old.onclick = node.onclick;
  patchChildren(old, [...node.childNodes]);
}
