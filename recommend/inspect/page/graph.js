// The things around one thing of the graph: what it refers to on the right,
// what refers to it on the left, and its plain values below.
import { el, svg } from './dom.js';
import { lang, say, t } from './text.js';

const W = 540, SIDE = 176, MIDDLE = 120, ROW = 34, BOX = 26;

const wide = (c) => (c.codePointAt(0) > 0x2e7f ? 2 : 1);

function short(text, columns) {
  let room = columns, out = '';
  for (const c of text) {
    room -= wide(c);
    if (room < 0) return out.trimEnd() + '…';
    out += c;
  }
  return out;
}

function box(x, y, width, text, attrs) {
  return svg('g', attrs, svg('title', {}, text), svg('rect', { x, y: y - BOX / 2, width, height: BOX, rx: 7 }),
    svg('text', { x: x + width / 2, y: y + 4.5 }, short(text, Math.floor((width - 12) / 7.4))));
}

// The thing in the middle has its name on two lines, where it is a long one.
function centre(y, text) {
  const columns = Math.floor((MIDDLE - 12) / 8.8);
  let first = short(text, columns), rest = '';
  if (first.endsWith('…') && !text.endsWith('…')) {
    const cut = first.length - 1;
    const space = text.lastIndexOf(' ', cut);
    first = text.slice(0, space > 3 ? space : cut);
    rest = short(text.slice(first.length).trim(), columns);
  }
  const line = (s, dy) => svg('text', { x: W / 2, y: y + 4.5 + dy }, s);
  const height = rest ? 44 : 30;
  return svg('g', { class: 'node centre' }, svg('title', {}, text), svg('rect', { x: (W - MIDDLE) / 2, y: y - height / 2, width: MIDDLE, height, rx: 8 }),
    rest ? [line(first, -8.5), line(rest, 8.5)] : line(first, 0));
}

// column draws the ends of relations on one side, under the words for them.
function column(relations, left, height, show) {
  const rows = relations.flatMap((r) => [{ head: r }, ...r.ends.filter((e) => e.id).map((e) => ({ end: e })), r.count > r.ends.length && { rest: r.count - r.ends.length }].filter(Boolean));
  let y = (height - rows.length * ROW) / 2 + ROW / 2;
  const x = left ? 0 : W - SIDE;
  const from = (W + (left ? -MIDDLE : MIDDLE)) / 2, to = left ? SIDE : x, middle = (from + to) / 2;
  const shapes = [];
  for (const row of rows) {
    if (row.head) shapes.push(svg('text', { class: 'relation', x: x + SIDE / 2, y: y + 10 }, left ? `${short(say(row.head.label), 20)} →` : `→ ${short(say(row.head.label), 20)}`));
    else if (row.rest) shapes.push(svg('text', { class: 'relation', x: x + SIDE / 2, y: y - 2 }, t('more', row.rest)));
    else {
      shapes.unshift(svg('path', { d: `M${from} ${height / 2}C${middle} ${height / 2} ${middle} ${y} ${to} ${y}` }));
      const open = () => show(row.end.id);
      const press = (e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); open(); } };
      shapes.push(box(x, y, SIDE, say(row.end.text), { class: 'node', role: 'button', tabindex: 0, 'aria-label': say(row.end.text), onclick: open, onkeydown: press }));
    }
    y += ROW;
  }
  return { rows: rows.length, shapes };
}

function draw(x, show) {
  const things = x.relations.filter((r) => r.ends.some((e) => e.id));
  const sides = [things.filter((r) => r.back), things.filter((r) => !r.back)];
  const height = Math.max(3, ...sides.map((s) => column(s, true, 0, show).rows)) * ROW;
  return svg('svg', { viewBox: `0 0 ${W} ${height}`, role: 'group', 'aria-label': t('graph') },
    column(sides[0], true, height, show).shapes, column(sides[1], false, height, show).shapes,
    centre(height / 2, say(x.name)));
}

function values(x) {
  const plain = x.relations.filter((r) => !r.back && r.ends.some((e) => !e.id) && !otherLanguage(r.predicate));
  return el('dl', { class: 'values' }, plain.map((r) => el('div', {}, el('dt', { title: r.predicate }, el('bdi', {}, say(r.label))),
    el('dd', { title: r.ends[0].source }, el('bdi', {}, r.ends.filter((e) => !e.id).map((e) => say(e.text)).join(lang === 'zh' ? '、' : ', ')), r.count > r.ends.length && ' …'))));
}

function otherLanguage(predicate) {
  const tag = predicate.split('@')[1];
  return tag && tag !== lang;
}

/** graph is the section of what is around a thing; show shows another one. */
export function graph(id) {
  const at = el('div', { class: 'graph', 'aria-live': 'polite' });
  const whole = el('a', { class: 'button', target: '_blank', rel: 'noopener', hidden: true }, t('whole'));
  const section = el('section', { id: 'part-graph', 'aria-labelledby': 'head-graph' }, el('div', { class: 'line' }, el('h3', { id: 'head-graph' }, t('graph')), whole), at);
  const show = async (thing, keep = true) => {
    const held = keep && at.contains(document.activeElement);
    const response = await fetch('api/graph?id=' + encodeURIComponent(thing)).catch(() => null);
    if (!response?.ok) {
      at.replaceChildren(el('p', { class: 'none' }, t(response ? 'noGraph' : 'failed')));
      return;
    }
    const x = await response.json();
    whole.hidden = false;
    whole.href = `api/graph.html?id=${encodeURIComponent(thing)}&lang=${lang}`;
    at.replaceChildren(el('div', { class: 'drawing' }, draw(x, show)), values(x));
    if (held) at.querySelector('.node[tabindex]')?.focus();
  };
  if (id) show(id, false);
  else at.append(el('p', { class: 'none' }, t('noGraph')));
  return { section, show };
}
