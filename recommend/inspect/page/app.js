// The chat, and what is done to the conversation as a whole.
import { attached, back, offer, taken } from './attach.js';
import { $, el } from './dom.js';
import { lang, setLang, t } from './text.js';
import { panel } from './panel.js';

const memory = 'slotgraph:' + location.pathname; // of this tab alone
let talk = { id: '', turns: [] };
let about = { try: [] };
let chosen = -1;
let waiting = null; // the message that is being answered

async function api(path, body, method = body === undefined ? 'GET' : 'POST') {
  const options = { method, headers: { 'Content-Type': 'application/json' } };
  if (body !== undefined) options.body = typeof body === 'string' ? body : JSON.stringify(body);
  let response;
  try {
    response = await fetch('api/' + path, options);
  } catch {
    throw new Error(t('failed'));
  }
  const out = await response.json().catch(() => ({ error: response.statusText }));
  if (!response.ok) throw Object.assign(new Error(out.error || response.statusText), { status: response.status });
  return out;
}

// keepInTab has a reload of the page find something again.
function keepInTab(what, value) {
  try {
    sessionStorage.setItem(memory + what, value);
  } catch { /* a browser that keeps nothing */ }
}

function kept(what) {
  try {
    return sessionStorage.getItem(memory + what);
  } catch {
    return null;
  }
}

const session = (action = '') => 'sessions/' + encodeURIComponent(talk.id) + action;

function status(text, wrong = false) {
  $('status').textContent = text;
  $('status').classList.toggle('wrong', wrong);
}

/** run does something, one thing at a time, and shows what goes wrong. */
async function run(work) {
  if (document.body.getAttribute('aria-busy') === 'true') return;
  document.body.setAttribute('aria-busy', 'true');
  try {
    await work();
  } catch (e) {
    status(e.message, true);
    if (e.status === 404 && talk.id) {
      take(await api('sessions', {}));
      status(t('gone'), true);
    }
  } finally {
    document.body.setAttribute('aria-busy', 'false');
    waiting = null;
    showTurns();
  }
}

/** take shows another conversation, or another length of this one. */
function take(next, select = next.turns.length - 1) {
  talk = next;
  keepInTab('', talk.id);
  choose(select);
}

function choose(n) {
  chosen = Math.min(Math.max(n, -1), talk.turns.length - 1);
  showTurns();
  showPanel();
}

const actions = {
  branch: (n) => run(async () => { take(await api(session('/branch'), { keep: n + 1 })); focusTurn(); status(t('branched')); }),
  back: (n) => run(async () => { take(await api(session('/undo'), { keep: n + 1 })); focusTurn(); }),
  select: (n) => { choose(n); focusTurn(); },
  status,
};

function showPanel() {
  $('panel').replaceChildren(...panel(talk.turns, chosen, actions));
}

/** said is what the user wrote, with the names of what came with it. */
function said(turn) {
  const names = (turn.parts ?? []).map((p) => `[${p.name || p.url || p.kind}]`);
  return [...names, turn.message].filter(Boolean).join(' ') || '∅';
}

function showTurns() {
  const turns = talk.turns.map((x, i) => el('li', {
    role: 'option', id: 'turn' + i, 'aria-selected': i === chosen ? 'true' : 'false', tabindex: i === chosen ? 0 : -1,
    onclick: () => choose(i),
  }, el('p', { class: 'user' }, el('bdi', {}, said(x))), el('p', { class: 'bot', lang: x.reply.lang }, el('bdi', {}, x.reply.text))));
  if (waiting !== null) turns.push(el('li', { class: 'waiting', role: 'none' }, el('p', { class: 'user' }, el('bdi', {}, waiting)), el('p', { class: 'bot' }, t('thinking'))));
  const held = document.activeElement?.closest('#turns');
  $('turns').replaceChildren(...turns);
  $('turns').hidden = turns.length === 0;
  $('empty').hidden = turns.length > 0;
  $('undo').disabled = $('replay').disabled = talk.turns.length === 0;
  for (const [id, file] of [['transcript', '/talk.txt'], ['json', '/session.json']]) {
    if (talk.turns.length) $(id).href = 'api/' + session(file);
    else $(id).removeAttribute('href');
  }
  if (held) focusTurn();
  const at = waiting !== null ? $('turns').lastElementChild : $('turn' + chosen);
  at?.scrollIntoView({ block: 'nearest' });
}

function focusTurn() {
  $('turn' + chosen)?.focus({ preventScroll: true });
}

function send() {
  const message = $('message').value;
  if (!message.trim() && !attached()) return;
  run(async () => {
    const parts = taken();
    waiting = message;
    status('');
    $('message').value = '';
    grow();
    showTurns();
    try {
      const turn = await api(session('/turns'), { message, parts });
      waiting = null;
      if (turn.n !== talk.turns.length + 1) return take(await api(session())); // another tab has this conversation too
      talk.turns.push(turn);
      choose(turn.n - 1);
      $('answer').textContent = turn.reply.text;
    } catch (e) {
      $('message').value = message;
      back(parts);
      throw e;
    }
  });
}

/** grow makes the box as high as what stands in it. */
function grow() {
  const box = $('message');
  box.style.height = 'auto';
  box.style.height = Math.min(box.scrollHeight + 2, 160) + 'px';
}

function undo() {
  run(async () => {
    const last = talk.turns.at(-1).message;
    take(await api(session('/undo'), {}));
    $('message').value = last;
    grow();
    $('message').focus();
    status(t('undone'));
  });
}

function replay() {
  run(async () => showReplay((await api(session('/replay'), {})).turns));
}

function showReplay(turns) {
  const odd = turns.filter((x) => x.length > 0).length;
  $('dialog-title').textContent = odd ? t('differ', odd) : t('same', turns.length);
  $('dialog-body').replaceChildren(...turns.map((parts, i) => parts.length > 0 && el('section', {}, el('h3', {}, t('turn', i + 1), ' ', el('bdi', {}, talk.turns[i].message)),
    el('table', {}, el('thead', {}, el('tr', {}, el('td'), el('th', { scope: 'col' }, t('was')), el('th', { scope: 'col' }, t('now')))),
      el('tbody', {}, parts.map((p) => el('tr', {}, el('th', { scope: 'row' }, t('difference.' + p.part)), el('td', {}, p.before || '–'), el('td', {}, p.now || '–'))))))).filter(Boolean));
  $('keep').hidden = odd === 0;
  $('dialog').showModal();
}

function keep() {
  $('dialog').close();
  run(async () => take((await api(session('/replay'), { keep: true })).talk, chosen));
}

async function openFile(file) {
  const text = await file.text();
  run(async () => {
    try {
      JSON.parse(text);
    } catch {
      throw new Error(t('notJSON'));
    }
    take(await api('sessions', text));
    status(t('opened'));
  });
}

function showWords() {
  for (const node of document.querySelectorAll('[data-t]')) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll('[data-label]')) node.setAttribute('aria-label', t(node.dataset.label));
  for (const id of ['undo', 'replay', 'transcript', 'json', 'import']) $(id).title = t('tips.' + $(id).dataset.t);
  $('message').placeholder = t('message');
  $('lang').textContent = lang === 'zh' ? 'English' : '中文';
  $('lang').lang = lang === 'zh' ? 'en' : 'zh';
  $('title').textContent = about.title;
  document.title = about.title + ' · ' + t('inspector');
  $('try').replaceChildren(...about.try.map((m) => el('li', {}, el('button', { type: 'button', onclick: () => { $('message').value = m; send(); } }, m))));
  status('');
  showTurns();
  showPanel();
}

function listKeys(e) {
  const to = { ArrowDown: chosen + 1, ArrowUp: chosen - 1, Home: 0, End: talk.turns.length - 1 }[e.key];
  if (e.key === 'Escape') $('message').focus();
  else if (e.key === 'Enter') $('panel').focus();
  else if (to === undefined) return;
  else actions.select(Math.max(0, to));
  e.preventDefault();
}

let shift = false; // Enter with it begins a line

function boxKeys(e) {
  if (e.isComposing) return; // Enter and Escape are those of the input method
  shift = e.shiftKey;
  if (e.key === 'Enter' && !e.shiftKey) {
    e.preventDefault();
    send();
  } else if (e.key === 'Escape') {
    talk.turns.length ? focusTurn() : $('message').blur();
  }
}

async function start() {
  const on = { new: () => run(async () => { take(await api('sessions', {})); status(t('begun')); $('message').focus(); }), undo, replay, keep, import: () => $('file').click(), lang: () => { setLang(lang === 'zh' ? 'en' : 'zh'); keepInTab('lang', lang); showWords(); } };
  for (const [id, f] of Object.entries(on)) $(id).addEventListener('click', f);
  $('file').addEventListener('change', (e) => { if (e.target.files[0]) openFile(e.target.files[0]); e.target.value = ''; });
  $('form').addEventListener('submit', (e) => { e.preventDefault(); send(); });
  $('message').addEventListener('keydown', boxKeys);
  $('message').addEventListener('beforeinput', (e) => { if (e.inputType === 'insertLineBreak' && !shift) e.preventDefault(); });
  $('message').addEventListener('input', grow);
  $('turns').addEventListener('keydown', listKeys);
  $('panel').addEventListener('keydown', (e) => { if (e.key === 'Escape') focusTurn(); });
  about = await api('about');
  offer(about.parts);
  setLang(new URLSearchParams(location.search).get('lang') || kept('lang') || about.lang || (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'));
  const id = kept('');
  const old = id && await api('sessions/' + encodeURIComponent(id)).catch(() => null);
  take(old || await api('sessions', {}));
  showWords();
  $('message').focus();
}

// Until the conversation is there, the page is busy, and nothing is sent.
start().catch((e) => status(e.message, true)).finally(() => document.body.setAttribute('aria-busy', 'false'));
