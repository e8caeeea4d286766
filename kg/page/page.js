(() => {
  'use strict';
  const one = s => document.querySelector(s), all = s => [...document.querySelectorAll(s)];
  const root = document.documentElement, svg = one('svg'), view = one('#view'), box = one('#search');
  const nodes = all('.node'), edges = all('.edge'), cards = all('.card');

  // Language: ?lang= of the address, else the page's own, else the browser's.
  const asked = new URLSearchParams(location.search).get('lang') || root.dataset.lang || navigator.language || 'en';
  const lang = asked.toLowerCase().startsWith('zh') ? 'zh' : 'en';
  root.lang = lang;
  for (const e of all('[data-zh]')) {
    const says = e.dataset[lang];
    if (!e.dataset.to) e.textContent = says;
    else for (const name of e.dataset.to.split(' ')) e.setAttribute(name, says);
  }

  // The view: what is drawn is moved by x, y and scaled by k, in the units of
  // the SVG's viewBox.
  let x = 0, y = 0, k = 1, touched = false;
  const least = 0.1, most = 12;
  const place = (px, py) => new DOMPoint(px, py).matrixTransform(svg.getScreenCTM().inverse());
  const middle = () => {
    const r = svg.getBoundingClientRect();
    return place(r.left + r.width / 2, r.top + r.height / 2);
  };
  const unit = () => svg.getScreenCTM().a; // pixels of the screen to a unit
  const apply = () => {
    view.setAttribute('transform', `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${k.toFixed(4)})`);
    svg.classList.toggle('far', k * unit() < 0.5);
  };
  const zoom = (factor, at) => {
    touched = true;
    const next = Math.min(most, Math.max(least, k * factor)), p = at || middle();
    x = p.x - (p.x - x) * next / k;
    y = p.y - (p.y - y) * next / k;
    k = next;
    apply();
  };
  const pan = (dx, dy) => { touched = true; x += dx / unit(); y += dy / unit(); apply(); };
  const centre = i => {
    const p = middle(), n = nodes[i].dataset;
    if (k * unit() < 0.7) k = 1 / unit();
    x = p.x - n.x * k;
    y = p.y - n.y * k;
    apply();
  };
  const fit = () => { touched = true; x = 0; y = 0; k = 1; apply(); };
  // To begin with, everything is shown, or where that is too small to be read,
  // what is asked for.
  const begin = () => {
    if (touched) return;
    x = 0; y = 0; k = 1;
    if (nodes.length && unit() < 0.55) centre(0);
    apply();
  };

  const steps = {
    ArrowLeft: () => pan(60, 0), ArrowRight: () => pan(-60, 0), ArrowUp: () => pan(0, 60), ArrowDown: () => pan(0, -60),
    '+': () => zoom(1.25), '=': () => zoom(1.25), '-': () => zoom(0.8), '0': fit,
  };
  one('#in').onclick = steps['+'];
  one('#out').onclick = steps['-'];
  one('#fit').onclick = fit;
  addEventListener('resize', () => { begin(); apply(); });

  // Choosing a thing shows its facts and what it hangs together with.
  const choose = i => {
    nodes.forEach((n, j) => {
      n.classList.toggle('chosen', i === j);
      n.setAttribute('aria-pressed', i === j);
    });
    cards.forEach((c, j) => { c.hidden = i !== j; });
    one('#none').hidden = i >= 0;
    one('aside').scrollTop = 0;
    for (const e of edges) {
      const a = +e.dataset.from, b = +e.dataset.to, near = a === i || b === i;
      e.classList.toggle('near', near);
      if (near && nodes.length) e.parentNode.insertBefore(e, nodes[0]); // above the other edges
    }
    svg.classList.toggle('chosen', i >= 0);
  };
  nodes.forEach((n, i) => {
    n.addEventListener('click', () => { if (!dragged) choose(i); });
    n.addEventListener('focus', () => {
      if (!n.matches(':focus-visible')) return;
      const r = n.getBoundingClientRect(), s = svg.getBoundingClientRect();
      if (r.left < s.left || r.right > s.right || r.top < s.top || r.bottom > s.bottom) centre(i);
    });
  });
  for (const b of all('[data-go]')) {
    b.addEventListener('click', () => {
      const i = +b.dataset.go;
      touched = true;
      choose(i);
      centre(i);
      nodes[i].focus({ preventScroll: true });
    });
  }

  // Search looks at names and facts; the things that have it in their name
  // come first.
  const fold = s => s.normalize('NFKC').toLowerCase();
  const names = nodes.map(n => fold(n.getAttribute('aria-label')));
  const facts = cards.map(c => fold(c.textContent));
  let hits = [], current = 0;
  const show = () => {
    nodes.forEach((n, i) => n.classList.toggle('current', hits[current] === i));
    one('#count').textContent = box.value.trim() ? (hits.length ? `${current + 1} / ${hits.length}` : '0') : '';
    if (hits.length) { touched = true; centre(hits[current]); choose(hits[current]); }
  };
  const search = () => {
    const q = fold(box.value.trim()), has = list => i => q && list[i].includes(q);
    const every = nodes.map((_, i) => i), named = every.filter(has(names));
    hits = named.concat(every.filter(i => !named.includes(i) && has(facts)(i)));
    current = 0;
    svg.classList.toggle('searched', q !== '');
    nodes.forEach((n, i) => n.classList.toggle('hit', hits.includes(i)));
    show();
  };
  const clear = () => { box.value = ''; search(); choose(-1); };
  box.addEventListener('input', search);
  box.addEventListener('keydown', e => {
    if (e.key === 'Enter' && !e.isComposing && hits.length) {
      current = (current + (e.shiftKey ? hits.length - 1 : 1)) % hits.length;
      show();
    }
  });
  addEventListener('keydown', e => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
    const n = nodes.indexOf(document.activeElement);
    if (e.key === 'Escape') { clear(); box.blur(); }
    else if (document.activeElement === box || document.activeElement.closest('aside')) return;
    else if (e.key === '/') box.focus();
    else if (steps[e.key]) steps[e.key]();
    else if (n >= 0 && (e.key === 'Enter' || e.key === ' ')) choose(n);
    else return;
    e.preventDefault();
  });

  // Wheel, drag, and two fingers.
  svg.addEventListener('wheel', e => {
    e.preventDefault();
    zoom(Math.exp(-e.deltaY * (e.deltaMode ? 0.05 : 0.0015)), place(e.clientX, e.clientY));
  }, { passive: false });
  const held = new Map();
  let dragged = false, moved = 0;
  svg.addEventListener('pointerdown', e => {
    if (e.button) return;
    if (!held.size) { dragged = false; moved = 0; }
    held.set(e.pointerId, e);
  });
  svg.addEventListener('pointermove', e => {
    const was = held.get(e.pointerId);
    if (!was) return;
    const other = [...held.values()].find(h => h.pointerId !== e.pointerId);
    const apart = h => Math.hypot(h.clientX - other.clientX, h.clientY - other.clientY);
    moved += Math.hypot(e.clientX - was.clientX, e.clientY - was.clientY);
    held.set(e.pointerId, e);
    if (moved < 4) return;
    if (!dragged) { dragged = true; svg.setPointerCapture(e.pointerId); svg.classList.add('dragged'); }
    if (other) zoom(apart(e) / Math.max(1, apart(was)), place((e.clientX + other.clientX) / 2, (e.clientY + other.clientY) / 2));
    else pan(e.clientX - was.clientX, e.clientY - was.clientY);
  });
  const drop = e => { held.delete(e.pointerId); if (!held.size) svg.classList.remove('dragged'); };
  svg.addEventListener('pointerup', drop);
  svg.addEventListener('pointercancel', drop);

  svg.classList.toggle('dense', edges.length > 120);
  choose(nodes.length ? 0 : -1);
  begin();
})();
