// A word and its renderings across the work, from the lexicon that was learned from the aligned
// sentences (the element #terms, read when first asked for). A translation of the same original is
// reached through it: what renders the same words in the same rows.
const WORDS_OF = /[\p{L}\p{M}\p{N}]+/gu;
const splitters = new Map();
function wordsIn(text, w) {
  if (!W[w].unspaced || !globalThis.Intl?.Segmenter) return text.match(WORDS_OF) || [];
  if (!splitters.has(w)) splitters.set(w, new Intl.Segmenter(W[w].lang, { granularity: "word" }));
  return [...splitters.get(w).segment(text)].filter(s => s.isWordLike).map(s => s.segment);
}

// Each lexicon with its two sides: the column, the terms, by form, and the links of each term.
let lexica = null;
function lexicons() {
  if (lexica) return lexica;
  lexica = JSON.parse($("#terms").textContent);
  for (const lexicon of lexica) {
    lexicon.sides = [lexicon.of, lexicon.by].map((column, side) => {
      const terms = lexicon.terms[side].map(term => { const [forms, count, ...parts] = typeof term === "string" ? [term, 1] : term; return { forms: forms.split("|"), count, parts, links: [], within: [] }; });
      const byForm = new Map();
      terms.forEach((term, t) => {
        for (const form of term.forms) for (const key of [form.toLowerCase(), fold(form)]) if (!byForm.has(key)) byForm.set(key, t);
        // An expression stands for each of its words as well.
        for (const part of term.parts) terms[part].within.push(t);
      });
      return { column, terms, byForm };
    });
    // A negative number counts what stands on other pages.
    lexicon.links.forEach((list, of) => list.forEach(([by, ...rows]) => {
      const elsewhere = rows[rows.length - 1] < 0 ? -rows.pop() : 0, count = rows.length + elsewhere;
      lexicon.sides[0].terms[of].links.push({ to: by, rows, count });
      lexicon.sides[1].terms[by].links.push({ to: of, rows, count });
    }));
  }
  return lexica;
}

// The sides that speak of a witness; an edition without its own has the words of the one that the
// translations were aligned with.
function sidesOf(w) {
  const all = lexicons().flatMap(lexicon => lexicon.sides.map((side, s) => ({ side, other: lexicon.sides[1 - s] })));
  const own = all.filter(x => x.side.column === w);
  return own.length || !W[w].compared ? own : all.filter(x => W[x.side.column].compared);
}
const termOf = (side, text) => side.byForm.get(text.toLowerCase()) ?? side.byForm.get(fold(text));

// What renders a term: [{ term, count, rows }], the most frequent first.
function linksOf(side, other, t) {
  const found = new Map();
  for (const k of [t, ...side.terms[t].within]) for (const { to, rows, count } of side.terms[k].links) {
    const known = found.get(to);
    if (known) { known.count += count; known.rows = known.rows.concat(rows); } else found.set(to, { term: other.terms[to], to, count, rows });
  }
  return byCount([...found.values()]);
}
const byCount = list => list.sort((x, y) => y.count - x.count || (x.term.forms[0] < y.term.forms[0] ? -1 : 1));

// What another translation has where this one renders the same words of their original.
function through(links, original, side, other) {
  const found = new Map();
  for (const link of links) {
    const t = termOf(side, link.term.forms[0]), here = new Set(link.rows);
    if (t === undefined || side.column !== original) continue;
    for (const next of linksOf(side, other, t)) {
      const rows = next.rows.filter(i => here.has(i));
      if (!rows.length) continue;
      const known = found.get(next.to);
      if (known) { known.count += rows.length; known.rows = known.rows.concat(rows); } else found.set(next.to, { ...next, count: rows.length, rows });
    }
  }
  return byCount([...found.values()]);
}

// For each witness that has any, the renderings of a word; and how often the word stands in sentences
// that have a counterpart.
function renderings(text, w) {
  const out = new Map(), direct = [];
  for (const { side, other } of sidesOf(w)) {
    const t = termOf(side, text);
    if (t === undefined) continue;
    const list = linksOf(side, other, t), linked = list.reduce((n, x) => n + x.count, 0);
    direct.push({ list, original: other.column });
    out.set(other.column, { list, term: side.terms[t], open: Math.max(0, side.terms[t].count - linked) });
  }
  if (!W[w].compared) for (const { list, original } of direct) for (const { side, other } of sidesOf(original)) {
    if (other.column === w || out.has(other.column)) continue;
    const found = through(list, original, side, other);
    if (found.length) out.set(other.column, { list: found, open: 0, via: original });
  }
  return out;
}

// The rows in which a witness has a word in any of its forms.
function rowsOfWord(forms, w) {
  const wanted = new Set(forms.map(fold)), out = [];
  rows.forEach((row, i) => {
    const text = fold(cellText(row.cells[w]));
    const has = W[w].unspaced ? [...wanted].some(form => text.includes(form)) : [...wanted].some(form => text.includes(form)) && (text.match(WORDS_OF) || []).some(word => wanted.has(word));
    if (has || wanted.size === 1 && [...wanted][0].includes(" ") && text.includes([...wanted][0])) out.push(i);
  });
  return out;
}

// The word that is looked at: as written, and its witness.
let word = null;
const RENDERINGS = 8, PLACES = 12;
const placeLinks = (list, w) => [...new Set(list)].slice(0, PLACES).map(i => `<a href="#${esc(rows[i].id)}">${esc(placeOf(i, w))}</a>`).join(" ") + (new Set(list).size > PLACES ? " …" : "");
const wordButton = (w, term) => `<button type=button class=wd data-word="${esc(term.forms[0])}" data-of=${w} title="${esc(term.forms.length > 1 ? term.forms.join(", ") : "Its renderings in turn")}"${langAttr(w)}>${esc(term.forms[0])}</button>`;
function renderingHtml(w, r, from) {
  const shown = r.list.slice(0, RENDERINGS), rest = r.list.slice(RENDERINGS).reduce((n, x) => n + x.count, 0);
  const items = shown.map(x => `<span class=rn>${wordButton(w, x.term)} <details><summary title="Where">${x.count}</summary>${placeLinks(x.rows, from) || "on other pages"}</details></span>`).join("");
  const more = [rest ? `otherwise ${rest}` : "", r.open ? `nothing found ${r.open}` : ""].filter(Boolean).join(", ");
  return `<dt>${esc(W[w].siglum)}</dt><dd>${items}${more ? `<span class=q1>${more}</span>` : ""}</dd>`;
}
function wordHtml() {
  const input = `<label>Word <input id=word type=search size=14 aria-keyshortcuts=w value="${word ? esc(word.text) : ""}" autocomplete=off spellcheck=false></label>`;
  if (!word) return `<div class=tools>${input}<span class=q1>${lexicons().length ? "Click a word, or name one: its renderings in the other witnesses." : "Click a word, or name one: where it stands."}</span></div>`;
  const found = renderings(word.text, word.of), known = [...found.values()].find(r => r.term)?.term;
  const forms = known ? known.forms : [word.text], list = rowsOfWord(forms, word.of);
  const lines = state.order.filter(w => found.has(w)).map(w => renderingHtml(w, found.get(w), word.of)).join("");
  const via = [...found.values()].find(r => r.via !== undefined);
  return `<div class=tools>${input}<span><b>${esc(W[word.of].siglum)}</b> in ${list.length} row${list.length === 1 ? "" : "s"}</span> <button type=button data-find="${esc(word.text)}">Show them</button></div>` +
    (forms.length > 1 ? `<p class=q1>${forms.map(f => `<bdi${langAttr(word.of)}>${esc(f)}</bdi>`).join(", ")}</p>` : "") +
    (lines ? `<dl class=wl>${lines}</dl><p class=q1>As learned from the aligned sentences${data.part ? " of the whole work" : ""}, with how often; the places are behind each.${via ? ` Other translations by way of ${esc(W[via.via].siglum)}.` : ""}</p>` : "") +
    (list.length ? `<p class=q1>${placeLinks(list, word.of)}</p>` : "");
}

// Looks at a word of a witness; without one, at the first shown witness that has it.
function lookAt(text, of) {
  text = text.trim();
  if (!text) word = null;
  else word = { text, of: of ?? shown.find(w => rowsOfWord([text], w).length) ?? shown[0] };
  showDetail(current);
}

// The word under the pointer. Where words are not divided by spaces, the longest that is known.
function wordAt(event, cell) {
  const at = document.caretPositionFromPoint?.(event.clientX, event.clientY), range = at ? null : document.caretRangeFromPoint?.(event.clientX, event.clientY);
  const node = at ? at.offsetNode : range?.startContainer, offset = at ? at.offset : range?.startOffset;
  if (node?.nodeType !== Node.TEXT_NODE || !cell.contains(node)) return null;
  const w = +/\bk(\d+)/.exec(cell.className)[1];
  if (W[w].unspaced) for (let n = 8; n > 0; n--) for (let from = Math.max(0, offset - n); from <= offset; from++) {
    const text = node.data.slice(from, from + n);
    if (text.length === n && from + n >= offset && sidesOf(w).some(x => x.side.byForm.has(text.toLowerCase()))) return { text, w };
  }
  let from = 0;
  for (const text of wordsIn(node.data, w)) {
    from = node.data.indexOf(text, from);
    if (from <= offset && offset <= from + text.length) return { text, w };
    from += text.length;
  }
  return null;
}
