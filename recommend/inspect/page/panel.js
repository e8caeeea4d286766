// What is known of the selected turn: a section for each part of it.
import { bar, el, percent } from './dom.js';
import { lang, say, t } from './text.js';
import { graph } from './graph.js';
import { act, none, parseAct, section, source, term } from './parts.js';
import { state } from './state.js';

// message is what the user wrote, with the words that something rests on
// marked. Spans count bytes.
function message(turn) {
  const bytes = new TextEncoder().encode(turn.reply.heard ?? turn.message);
  const text = (from, to) => new TextDecoder().decode(bytes.slice(from, to));
  const spans = (turn.reply.trace.decisions ?? []).map((d, i) => ({ from: d.evidence?.start ?? 0, to: d.evidence?.end ?? 0, turn: d.evidence?.turn, n: i + 1 }))
    .filter((s) => s.to > s.from && s.to <= bytes.length && s.turn === turn.state.turn);
  const cuts = [...new Set([0, bytes.length, ...spans.flatMap((s) => [s.from, s.to])])].sort((a, b) => a - b);
  const out = cuts.slice(1).map((to, i) => {
    const over = spans.filter((s) => s.from <= cuts[i] && s.to >= to);
    const ends = over.filter((s) => s.to === to).map((s) => s.n).join(' ');
    return over.length ? el('mark', {}, text(cuts[i], to), ends && el('sup', {}, ends)) : text(cuts[i], to);
  });
  return el('p', { class: 'message' }, el('bdi', {}, out));
}

function understood(turn) {
  const decisions = turn.reply.trace.decisions ?? [];
  return section('understood', message(turn), decisions.length ? el('ol', { class: 'decisions' }, decisions.map((d) => el('li', {},
    el('div', { class: 'line' }, act(turn, d.act), el('span', { class: 'soft' }, source(turn, d.evidence)), el('span', { class: 'p' }, bar(d.p, percent(d.p)), percent(d.p))),
    (d.reasons || d.alternatives) && el('details', {}, el('summary', {}, t('why')),
      el('ul', { class: 'reasons' }, (d.reasons ?? []).map((r) => el('li', {}, el('span', { class: 'num' }, (r.weight < 0 ? '−' : '+') + Math.abs(r.weight).toFixed(1)), ' ', r.text)),
        (d.alternatives ?? []).map((a) => el('li', {}, el('span', { class: 'num' }, percent(a.p)), ' ', t('instead'), ' ', act(turn, a.act)))))))) : none('noDecision'));
}

function intent(turn) {
  const ranking = (turn.reply.trace.ranking ?? []).slice(0, 3);
  return section('intent', ranking.length ? el('dl', { class: 'bars ranked' }, ranking.map((x) => [el('dt', {}, el('bdi', {}, x.intent)), el('dd', {}, bar(x.p, percent(x.p)), el('span', { class: 'num' }, percent(x.p)))])) : none('noIntent'));
}

// parts are what was seen and heard.
function perceived(turn) {
  const parts = turn.reply.trace.parts ?? [];
  const sure = (p) => p > 0 && el('span', { class: 'num' }, percent(p));
  const line = (text, p) => el('li', {}, text, ' ', sure(p));
  return parts.length > 0 && section('perceived', parts.map((x) => [el('p', {}, el('b', {}, x.name || x.kind), ' ', el('span', { class: 'soft' }, [x.mime, x.bytes && x.bytes + ' B'].filter(Boolean).join(' · '))),
    el('ul', { class: 'reasons' }, (x.transcripts ?? []).map((h) => line(el('bdi', {}, h.text), h.p)), x.description?.caption && el('li', {}, el('bdi', {}, x.description.caption)),
      (x.description?.acts ?? []).map((a) => line(act(turn, a.act), a.p)), (x.description?.entities ?? []).map((e) => line(el('bdi', {}, e.name || e.id), e.p)),
      (x.refused ?? []).map((r) => el('li', {}, el('span', { class: 'soft' }, t('refused') + ': '), r)), x.problem && el('li', {}, el('span', { class: 'soft' }, t('problem') + ': '), x.problem))]));
}

// question is a question with the reason for it, and what others would have told.
function question(turn, q) {
  const most = Math.max(0.01, ...(q.gains ?? []).map((g) => g.bits));
  return [el('p', {}, term(turn, q.slot), ' ', el('span', { class: 'soft' }, t('why_' + q.reason))),
    q.gains && el('dl', { class: 'bars' }, q.gains.toSorted((a, b) => b.bits - a.bits).map((g) => [el('dt', {}, term(turn, g.slot)), el('dd', {}, bar(g.bits / most, g.bits.toFixed(2)), el('span', { class: 'num' }, g.bits.toFixed(2) + ' bit'))]))];
}

// What of a trace is shown somewhere; what there is besides is shown as it is.
const shown = new Set(['user', 'lang', 'parts', 'ranking', 'decisions', 'rules', 'facts', 'asked', 'queries', 'lookups', 'relaxed', 'steps', 'acts', 'text',
  'generator', 'fallback', 'cut', 'usage', 'timings']);

function answer(turn) {
  const { trace } = turn.reply;
  const row = (key, content) => content && [el('dt', {}, t(key)), el('dd', {}, content)];
  const list = (xs) => xs?.length > 0 && el('ul', { class: 'chips' }, xs.map((x) => el('li', {}, x)));
  const usage = Object.entries(trace.usage ?? {}).map(([k, v]) => `${k} ${v}`);
  const further = Object.entries(trace).filter(([key]) => !shown.has(key));
  return section('answer', el('dl', { class: 'rows' },
    row('rules', list((trace.rules ?? []).map((r) => el('code', {}, r)))),
    row('question', trace.asked?.length > 0 && trace.asked.map((q) => question(turn, q))),
    row('queries', turn.where.length > 0 && turn.where.map((q, i) => el('ul', { class: 'chips' }, q.map((c) => el('li', {}, el('code', {}, c))), el('li', { class: 'soft' }, t('found', trace.queries[i].hits ?? 0))))),
    row('lookups', list((trace.lookups ?? []).map((l) => [el('code', {}, l.service), ' ', (l.asked ?? []).join(', '), ' · ', t('found', l.found), ' · ', took(l.took), l.error && ' · ' + l.error]))),
    row('relaxed', list((trace.relaxed ?? []).map((a) => act(turn, a)))),
    row('steps', list((trace.steps ?? []).map((x) => el('code', {}, x)))),
    row('acts', list((turn.reply.acts ?? []).map((a) => act(turn, a)))),
    row('generator', [trace.generator, usage.length ? ' (' + usage.join(', ') + ')' : '']),
    row('fallback', trace.fallback),
    row('handover', turn.reply.handover && el('code', {}, JSON.stringify(turn.reply.handover))),
    row('cut', list((trace.cut ?? []).map((c) => [el('b', {}, c.text), ' ', c.reason]))),
    further.map(([key, value]) => [el('dt', {}, key), el('dd', {}, el('code', {}, typeof value === 'string' ? value : JSON.stringify(value)))])));
}

// wish writes the name of a term: a wish in the notation of acts, maybe behind
// a word ("near price~5000"), or a predicate.
function wish(turn, name) {
  const [, word, rest] = /^(?:(\w+) )?(.*)$/s.exec(name);
  const a = parseAct('inform ' + rest);
  return turn.slots[a.slot] ? [word && word + ' ', term(turn, a.slot, a.op, a.value)] : el('code', {}, name);
}

function items(turn, pick) {
  const list = turn.reply.items ?? [];
  return list.length > 0 && section('items', el('ol', { class: 'items' }, list.map((item) => el('li', {},
    el('div', { class: 'line' }, el('button', { type: 'button', class: 'link', onclick: () => pick(item.id) }, el('bdi', {}, item.name)), el('span', { class: 'p' }, bar(item.score, item.score.toFixed(2)), item.score.toFixed(2))),
    (item.terms ?? []).length > 0 && el('ul', { class: 'terms' }, item.terms.map((x) => el('li', { class: x.score ? 'met' : '' }, wish(turn, x.name), x.value && el('bdi', { class: 'has' }, x.value), x.score ? el('span', { class: 'num' }, '+' + x.score.toFixed(2)) : '')))))));
}

function facts(turn) {
  const list = turn.reply.facts ?? [];
  const groups = new Map();
  list.forEach((f, i) => groups.set(f.subject, [...(groups.get(f.subject) ?? []), { ...turn.facts[i], source: f.source, predicate: f.predicate }]));
  return section('facts', list.length ? [...groups].map(([id, rows]) => el('table', { class: 'facts' }, el('caption', {}, el('bdi', {}, say(turn.names[id]) || id), ' ', el('code', {}, id)),
    el('tbody', {}, rows.map((f) => el('tr', {}, el('td', { class: 'soft' }, f.fact ?? ''), el('th', { scope: 'row', title: f.predicate }, el('bdi', {}, say(f.label))), el('td', {}, el('bdi', {}, say(f.value))), el('td', { class: 'soft' }, f.source ?? '')))))) : none('noFacts'));
}

const took = (ns) => (ns >= 1e6 ? (ns / 1e6).toFixed(ns >= 1e7 ? 0 : 1) + ' ms' : (ns / 1e3).toFixed(0) + ' µs');

// within says which stage a stage is part of.
const within = { transcribe: 'perceive', describe: 'perceive', classify: 'understand', track: 'understand', query: 'decide', lookup: 'decide', generate: 'word', ground: 'word' };

function timing(turn) {
  const all = (turn.reply.trace.timings ?? []).filter((x) => x.stage !== 'turn');
  const whole = (turn.reply.trace.timings ?? []).find((x) => x.stage === 'turn');
  const main = all.filter((x) => !all.some((y) => y.stage === within[x.stage]));
  const total = whole?.took ?? main.reduce((sum, x) => sum + x.took, 0);
  const list = main.flatMap((x) => [x, ...all.filter((y) => within[y.stage] === x.stage)]);
  return list.length > 0 && section('timing', el('dl', { class: 'bars' }, list.map((x) => [el('dt', { class: main.includes(x) ? '' : 'inner' }, x.stage),
    el('dd', {}, bar(total ? x.took / total : 0, took(x.took)), el('span', { class: 'num' }, took(x.took)))]), el('dt', {}, t('total')), el('dd', {}, el('span', { class: 'num' }, took(total)))));
}

let rawOpen = false; // from turn to turn

function raw(turn, actions) {
  const { slots, facts: _, names, where, n, ...plain } = turn; // without the page's own words
  const text = JSON.stringify(plain, null, 2);
  const copy = () => navigator.clipboard.writeText(text).then(() => actions.status(t('copied')), (e) => actions.status(e.message, true));
  const pre = el('pre', { tabindex: 0, 'aria-label': t('raw') });
  const toggle = (e) => { rawOpen = e.target.open; pre.textContent = rawOpen ? text : ''; };
  return el('details', { class: 'raw', open: rawOpen, ontoggle: toggle }, el('summary', {}, t('raw')), el('button', { type: 'button', onclick: copy }, t('copy')), pre);
}

/** panel shows a turn; actions are what can be done to it. */
export function panel(turns, n, actions) {
  const turn = turns[n];
  if (!turn) return [el('p', { class: 'none big' }, t('nothing'), el('br'), el('span', { class: 'soft' }, t('keyhint')))];
  const drawn = graph((turn.reply.items?.[0] ?? {}).id ?? turn.reply.facts?.[0]?.subject);
  return [
    el('div', { class: 'head' }, el('h2', {}, t('turn', n + 1)), el('span', { class: 'soft' }, new Date(turn.at).toLocaleTimeString(lang, { hour12: false })),
      el('button', { type: 'button', onclick: () => actions.branch(n) }, t('branch')),
      n < turns.length - 1 && el('button', { type: 'button', onclick: () => actions.back(n) }, t('back'))),
    el('div', { class: 'columns' },
      el('div', {}, perceived(turn), understood(turn), intent(turn), state(turns, n, actions), answer(turn), timing(turn)),
      el('div', {}, items(turn, drawn.show), drawn.section, facts(turn))),
    raw(turn, actions),
  ].filter(Boolean);
}
