// Elements are made of text and other elements, never of markup.

const svgNames = new Set(['svg', 'g', 'path', 'rect', 'text', 'title', 'circle']);

function fill(node, attrs, children) {
  for (const [name, value] of Object.entries(attrs ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter((c) => c !== undefined && c !== null && c !== false && c !== ''));
  return node;
}

/** el makes an element: el('p', {class: 'x'}, 'text', el('b')). */
export function el(name, attrs, ...children) {
  return fill(document.createElement(name), attrs, children);
}

/** svg makes an element of a drawing. */
export function svg(name, attrs, ...children) {
  if (!svgNames.has(name)) throw new Error('no such shape: ' + name);
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), attrs, children);
}

/** bar is a share of 1 as a line of that length. */
export function bar(share, label) {
  const line = el('i');
  line.style.width = Math.max(0, Math.min(1, share)) * 100 + '%';
  return el('span', { class: 'bar', role: 'img', 'aria-label': label }, line);
}

export const $ = (id) => document.getElementById(id);
export const percent = (p) => (p >= 0.995 && p < 1 ? '>99' : p > 0 && p < 0.005 ? '<1' : Math.round(p * 100)) + '%';
