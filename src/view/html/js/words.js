// A word and what stands in the same rows more often than by chance: its renderings. Words of rows are
// counted once a row; the measure is the likelihood ratio of Dunning (1993).
const WORDS_OF = /[\p{L}\p{M}\p{N}]+/gu;
const splitters = new Map();
function wordsIn(text, w) {
  if (!W[w].unspaced || !globalThis.Intl?.Segmenter) return text.match(WORDS_OF) || [];
  if (!splitters.has(w)) splitters.set(w, new Intl.Segmenter(W[w].lang, { granularity: "word" }));
  return [...splitters.get(w).segment(text)].filter(s => s.isWordLike).map(s => s.segment);
}

// For each witness, its words by row, and the rows of each word; made when first asked for.
const wordIndex = new Map();
function indexOf(w) {
  if (wordIndex.has(w)) return wordIndex.get(w);
  const byRow = rows.map(row => new Map(wordsIn(cellText(row.cells[w]), w).map(word => [fold(word), word])));
  const rowsOf = new Map();
  byRow.forEach((words, i) => { for (const key of words.keys()) rowsOf.has(key) ? rowsOf.get(key).push(i) : rowsOf.set(key, [i]); });
  const index = { byRow, rowsOf };
  wordIndex.set(w, index);
  return index;
}

const xlogx = x => x > 0 ? x * Math.log(x) : 0;
function likelihoodRatio(both, x, y, all) {
  const k = [both, x - both, y - both, all - x - y + both];
  return 2 * (k.reduce((sum, n) => sum + xlogx(n), 0) + xlogx(all) - xlogx(x) - xlogx(all - x) - xlogx(y) - xlogx(all - y));
}

const RENDERINGS = 6, CHANCE = 10.83; // one in a thousand
function renderings(key, from, to) {
  const a = indexOf(from), b = indexOf(to), here = (a.rowsOf.get(key) || []).filter(i => b.byRow[i].size);
  const all = rows.reduce((n, _, i) => n + (a.byRow[i].size && b.byRow[i].size ? 1 : 0), 0);
  const together = new Map();
  for (const i of here) for (const [other, word] of b.byRow[i]) {
    const t = together.get(other);
    if (!t) together.set(other, { n: 1, word });
    // A word at the beginning of a sentence is shown as it stands elsewhere.
    else { t.n++; if (word === word.toLowerCase()) t.word = word; }
  }
  const found = [];
  for (const [other, { n, word }] of together) {
    const y = b.rowsOf.get(other).filter(i => a.byRow[i].size).length;
    const score = n * all > here.length * y ? likelihoodRatio(n, here.length, y, all) : 0;
    if (score > CHANCE) found.push({ word, n, score });
  }
  found.sort((x, y) => y.score - x.score || (x.word < y.word ? -1 : 1));
  return { rows: here.length, found: found.slice(0, RENDERINGS) };
}

// The word that is looked at: folded, as written, and its witness.
let word = null;
const wordButton = (w, text, title) => `<button type=button class=wd data-word="${esc(text)}" data-of=${w} title="${title}"${langAttr(w)}>${esc(text)}</button>`;
function wordHtml() {
  const input = `<label>Word <input id=word type=search size=14 aria-keyshortcuts=w value="${word ? esc(word.text) : ""}" autocomplete=off spellcheck=false></label>`;
  if (!word) return `<div class=tools>${input}<span class=q1>Click a word, or name one: what stands for it in the other witnesses.</span></div>`;
  const list = indexOf(word.of).rowsOf.get(word.key) || [];
  const where = list.slice(0, 12).map(i => `<a href="#${esc(rows[i].id)}">${esc(placeOf(i, word.of))}</a>`).join(" ") + (list.length > 12 ? " …" : "");
  const others = state.order.filter(w => w !== word.of && !(W[w].compared && W[word.of].compared));
  const lines = others.map(w => {
    const r = renderings(word.key, word.of, w);
    const words = r.found.map(f => `${wordButton(w, f.word, "Its renderings in turn")} ${f.n}`).join(", ");
    return `<dt>${esc(W[w].siglum)}</dt><dd>${words || `<span class=q1>nothing that stands out in ${r.rows} row${r.rows === 1 ? "" : "s"}</span>`}</dd>`;
  }).join("");
  return `<div class=tools>${input}<span><b>${esc(W[word.of].siglum)}</b> in ${list.length} row${list.length === 1 ? "" : "s"}</span> <button type=button data-find="${esc(word.text)}">Show them</button></div>` +
    (lines ? `<dl class=wl>${lines}</dl><p class=q1>What stands in the same rows more often than by chance, with the number of rows.</p>` : "") + `<p class=q1>${where}</p>`;
}

// Looks at a word of a witness; without one, at the first shown witness that has it.
function lookAt(text, of) {
  const key = fold(text.trim());
  if (!key) word = null;
  else {
    of ??= shown.find(w => indexOf(w).rowsOf.has(key)) ?? shown[0];
    word = { key, text: text.trim(), of };
  }
  showDetail(current);
}

// The word under the pointer.
function wordAt(event, cell) {
  const at = document.caretPositionFromPoint?.(event.clientX, event.clientY), range = at ? null : document.caretRangeFromPoint?.(event.clientX, event.clientY);
  const node = at ? at.offsetNode : range?.startContainer, offset = at ? at.offset : range?.startOffset;
  if (node?.nodeType !== Node.TEXT_NODE || !cell.contains(node)) return null;
  const w = +/\bk(\d+)/.exec(cell.className)[1];
  let from = 0;
  for (const text of wordsIn(node.data, w)) {
    from = node.data.indexOf(text, from);
    if (from <= offset && offset <= from + text.length) return { text, w };
    from += text.length;
  }
  return null;
}
