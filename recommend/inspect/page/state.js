// The state after a turn, with what the turn changed.
import { el } from './dom.js';
import { act, none, section, source, term, word } from './parts.js';
import { t } from './text.js';

const key = (c) => [c.slot, c.op, c.value].join('\n');

function row(turn, c, change, actions) {
  const sign = { added: '+', removed: '−' }[change];
  const from = c.evidence?.turn;
  return el('tr', { class: change ?? '' },
    el('td', { class: 'sign', title: change && t(change) }, sign && [el('span', { 'aria-hidden': 'true' }, sign), el('span', { class: 'unseen' }, t(change))]),
    el('td', {}, term(turn, c.slot, c.op, c.value)),
    el('td', { class: 'soft' }, source(turn, c.evidence)),
    el('td', { class: 'soft' }, from > 0 && el('button', { type: 'button', class: 'link', onclick: () => actions.select(from - 1) }, t('fromTurn', from))));
}

const one = (x) => (x ? [x] : []);
const same = (a, b) => JSON.stringify(a ?? []) === JSON.stringify(b ?? []);

/** state is the section of the state after turn n. */
export function state(turns, n, actions) {
  const turn = turns[n];
  const now = turn.state;
  const before = turns[n - 1]?.state ?? {};
  const had = new Set((before.constraints ?? []).map(key));
  const has = new Set((now.constraints ?? []).map(key));
  const rows = [
    ...(now.constraints ?? []).map((c) => row(turn, c, had.has(key(c)) ? undefined : 'added', actions)),
    ...(before.constraints ?? []).filter((c) => !has.has(key(c))).map((c) => row(turns[n - 1], c, 'removed', actions)),
  ];
  const value = (c) => el('bdi', { title: c.value }, word(turn, c.slot, c.value));
  const label = (slot) => term(turn, slot)[0];
  const others = [['intents', now.intents, before.intents, String], ['focus', now.focus, before.focus, value], ['offered', now.offered, before.offered, value],
    ['requested', now.requested, [], label], ['asked', now.asked, before.asked, label], ['pending', one(now.pending), one(before.pending), (p) => `${p.act} · ${p.tries}`],
    ['confirmation', one(now.confirmation), one(before.confirmation), (c) => `${c.intent} ${c.answer ?? ''}`], ['notes', now.notes, before.notes, (a) => act(turn, a)]]
    .filter(([, list]) => list?.length)
    .map(([name, list, old, show]) => [el('dt', { class: same(list, old) ? '' : 'changed' }, t(name)), el('dd', {}, el('ul', { class: 'chips' }, list.map((x) => el('li', {}, show(x)))))]);
  return section('state', rows.length ? el('table', { class: 'state' }, el('tbody', {}, rows)) : none('noState'), others.length > 0 && el('dl', { class: 'rows' }, others));
}
