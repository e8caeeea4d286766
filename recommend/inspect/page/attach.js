// Pictures and recordings that go with the next message.
import { $, el } from './dom.js';
import { t } from './text.js';

let kinds = []; // that the bot can make out
let parts = [];

function show() {
  $('parts').hidden = parts.length === 0;
  $('parts').replaceChildren(...parts.map((p) => el('li', {}, el('bdi', {}, p.name), ' ', el('button', {
    type: 'button', class: 'link', 'aria-label': t('remove', p.name), onclick: () => { parts = parts.filter((x) => x !== p); show(); $('message').focus(); },
  }, '×'))));
}

async function base64(file) {
  let text = '';
  for (const byte of new Uint8Array(await file.arrayBuffer())) text += String.fromCharCode(byte);
  return btoa(text);
}

async function add(files) {
  for (const file of files) {
    const kind = file.type.split('/')[0];
    if (kinds.includes(kind)) parts.push({ kind, mime: file.type, name: file.name, data: await base64(file) });
  }
  show();
}

/** taken are the parts of the message that is sent. */
export function taken() {
  const out = parts;
  parts = [];
  show();
  return out;
}

export const attached = () => parts.length > 0;

/** back has parts that were not sent wait for the next try. */
export function back(list) {
  parts = list;
  show();
}

/** offer lets files be added by the button or pasted. */
export function offer(list) {
  kinds = list ?? [];
  $('attach').hidden = kinds.length === 0;
  $('partfile').accept = kinds.map((k) => k + '/*').join();
  $('attach').addEventListener('click', () => $('partfile').click());
  $('partfile').addEventListener('change', (e) => { add([...e.target.files]); e.target.value = ''; });
  $('message').addEventListener('paste', (e) => {
    if (kinds.length && e.clipboardData.files.length) {
      e.preventDefault();
      add([...e.clipboardData.files]);
    }
  });
}
