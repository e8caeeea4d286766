// What the parts of the panel are made of: acts, values and where they came from.
import { el } from './dom.js';
import { say, t } from './text.js';

const signs = { '=': '=', '!=': '≠', '<=': '≤', '>=': '≥', '~': '≈', '+=': '+', '-=': '−' };

/** word is what a value is called. */
export const word = (turn, slot, value) => (value === 'dontcare' ? t('dontcare') : say(turn.slots[slot]?.values?.[value]) || value);

/** term writes a slot with its value as the bot would word them. */
export function term(turn, slot, op, value) {
  const name = say(turn.slots[slot]?.label) || slot;
  if (!op) return [el('span', { title: slot }, el('bdi', {}, name))];
  return [el('span', { title: slot }, el('bdi', {}, name)), ' ', el('span', { class: 'op' }, signs[op] ?? op), ' ', el('b', { title: value }, el('bdi', {}, word(turn, slot, value)))];
}

/** parseAct takes the notation of an act apart: "inform price<=900". */
export function parseAct(act) {
  const [, kind, slot = '', op = '', value = ''] = /^(\S+)(?: ("(?:[^"\\]|\\.)*"|[^\s=!<>~+-]+(?:[+-](?!=)[^\s=!<>~+-]*)*)(?:(!=|<=|>=|\+=|-=|=|<|>|~)(.*))?)?$/s.exec(act) ?? [act, act];
  const plain = (s) => {
    try {
      return s.startsWith('"') ? JSON.parse(s) : s;
    } catch {
      return s;
    }
  };
  return { kind, slot: plain(slot), op, value: plain(value) };
}

/** act writes an act. */
export function act(turn, text, ...more) {
  const a = parseAct(text);
  return el('span', { class: 'act', title: text }, el('span', { class: 'kind' }, a.kind), a.slot && [' ', term(turn, a.slot, a.op, a.value)], more);
}

/** section is a part of the panel under its heading. */
export function section(key, ...content) {
  return el('section', { id: 'part-' + key, 'aria-labelledby': 'head-' + key }, el('h3', { id: 'head-' + key }, t(key)), content);
}

/** none says that a part is empty. */
export const none = (key) => el('p', { class: 'none' }, t(key));

/** source says where a value came from. */
export function source(turn, e) {
  if (!e) return '';
  if (e.text) return (e.via ? e.via + ': ' : '') + t('span', e.text);
  if (e.source === 'carry') return t('carry', say(turn.slots[e.from]?.label) || e.from || '');
  return e.source ? t(e.source) : '';
}
