// A word and its renderings across the work; the lexicon (the element #terms) is read when first asked for.
import { $, W, cellText, columnOfCell, data, langAttr, placeOf, rowLink, rows } from "./page.js";
import { WORDS_OF, esc, fold } from "./text.js";
import { readLexica, renderingsIn, sidesIn } from "./lexicon.js";
import { at, state } from "./state.js";

let lexica = null;
const lexicons = () => (lexica ??= readLexica(JSON.parse($("#terms").textContent)));

// The rows in which a witness has a word in any of its forms.
export function rowsOfWord(forms, w) {
  const wanted = new Set(forms.map(fold));
  const out = [];
  rows.forEach((row, i) => {
    const text = fold(cellText(row.cells[w]));
    const within = [...wanted].filter(form => text.includes(form));
    const isWord = () => (text.match(WORDS_OF) || []).some(word => wanted.has(word));
    const isPhrase = () => wanted.size === 1 && within[0].includes(" ");
    if (within.length && (W[w].unspaced || isWord() || isPhrase())) out.push(i);
  });
  return out;
}

const RENDERINGS = 8;
const PLACES = 12;
function placeLinks(list, w) {
  const all = [...new Set(list)];
  const links = all.slice(0, PLACES).map(i => rowLink(i, esc(placeOf(i, w))));
  return links.join(" ") + (all.length > PLACES ? " …" : "");
}

function wordButton(w, { forms }) {
  const title = forms.length > 1 ? forms.join(", ") : "Its renderings in turn";
  const attributes = `data-word="${esc(forms[0])}" data-of=${w} title="${esc(title)}"${langAttr(w)}`;
  return `<button type=button class=wd ${attributes}>${esc(forms[0])}</button>`;
}

function renderingHtml(w, r, from) {
  const rest = r.list.slice(RENDERINGS).reduce((n, x) => n + x.count, 0);
  const items = r.list.slice(0, RENDERINGS).map(x => {
    const where = `<summary title="Where">${x.count}</summary>${placeLinks(x.rows, from) || "on other pages"}`;
    return `<span class=rn>${wordButton(w, x.term)} <details>${where}</details></span>`;
  });
  const more = [rest ? `otherwise ${rest}` : "", r.open ? `nothing found ${r.open}` : ""].filter(Boolean).join(", ");
  return `<dt>${esc(W[w].siglum)}</dt><dd>${items.join("")}${more ? `<span class=q1>${more}</span>` : ""}</dd>`;
}

export function wordHtml() {
  const { word } = at;
  const input =
    `<label>Word <input id=word type=search size=14 aria-keyshortcuts=w value="${word ? esc(word.text) : ""}" ` +
    "autocomplete=off spellcheck=false></label>";
  if (!word) {
    const what = lexicons().length ? "its renderings in the other witnesses" : "where it stands";
    return `<div class=tools>${input}<span class=q1>Click a word, or name one: ${what}.</span></div>`;
  }
  const found = renderingsIn(lexicons(), word.text, word.of, W);
  const forms = [...found.values()].find(r => r.term)?.term.forms ?? [word.text];
  const list = rowsOfWord(forms, word.of);
  const lines = state.order.filter(w => found.has(w)).map(w => renderingHtml(w, found.get(w), word.of));
  const via = [...found.values()].find(r => r.via !== undefined);
  const inRows = `<b>${esc(W[word.of].siglum)}</b> in ${list.length} row${list.length === 1 ? "" : "s"}`;
  const written = forms.map(f => `<bdi${langAttr(word.of)}>${esc(f)}</bdi>`).join(", ");
  const learned =
    `As learned from the aligned sentences${data.part ? " of the whole work" : ""}, with how often; the places are ` +
    `behind each.${via ? ` Other translations by way of ${esc(W[via.via].siglum)}.` : ""}`;
  return (
    `<div class=tools>${input}<span>${inRows}</span> ` +
    `<button type=button data-find="${esc(word.text)}">Show them</button></div>` +
    (forms.length > 1 ? `<p class=q1>${written}</p>` : "") +
    (lines.length ? `<dl class=wl>${lines.join("")}</dl><p class=q1>${learned}</p>` : "") +
    (list.length ? `<p class=q1>${placeLinks(list, word.of)}</p>` : "")
  );
}

// The words of a text. Where words are not divided by spaces, the browser knows what is one.
const splitters = new Map();
function wordsIn(text, w) {
  if (!W[w].unspaced || !globalThis.Intl?.Segmenter) return text.match(WORDS_OF) || [];
  if (!splitters.has(w)) splitters.set(w, new Intl.Segmenter(W[w].lang, { granularity: "word" }));
  return [...splitters.get(w).segment(text)].filter(s => s.isWordLike).map(s => s.segment);
}

function spotOf(event) {
  const caret = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  if (caret) return [caret.offsetNode, caret.offset];
  const range = document.caretRangeFromPoint?.(event.clientX, event.clientY);
  return [range?.startContainer, range?.startOffset];
}

// The word under the pointer. Where words are not divided by spaces, the longest that is known.
const LONGEST = 8;
export function wordAt(event, cell) {
  const [node, offset] = spotOf(event);
  if (node?.nodeType !== Node.TEXT_NODE || !cell.contains(node)) return null;
  const w = columnOfCell(cell);
  const isKnown = text => sidesIn(lexicons(), w, W).some(x => x.side.byForm.has(text.toLowerCase()));
  for (let n = W[w].unspaced ? LONGEST : 0; n > 0; n--) {
    for (let from = Math.max(0, offset - n); from <= offset; from++) {
      const text = node.data.slice(from, from + n);
      if (text.length === n && from + n >= offset && isKnown(text)) return { text, w };
    }
  }
  let from = 0;
  for (const text of wordsIn(node.data, w)) {
    from = node.data.indexOf(text, from);
    if (from <= offset && offset <= from + text.length) return { text, w };
    from += text.length;
  }
  return null;
}
