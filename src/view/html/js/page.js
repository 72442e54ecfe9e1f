// What everything else stands on: the data, the elements, what is common to all views.
import { cutLong, esc } from "./text.js";
import { lastOf, rowOfPlace } from "./loci.js";
import { knownClasses, wordOfTrust } from "./judge.js";

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

export const data = JSON.parse($("#data").textContent);
export const W = data.witnesses;
export const rows = data.rows;
export const units = data.units;
export const moves = data.moves;
export const table = $("#rows");
export const rowEls = $$(".g>.r", table);
export const groupEls = $$(".g", table);

const columns = W.map((w, i) => i);
export const compared = columns.filter(w => W[w].compared);
export const translations = columns.filter(w => !W[w].compared && w > 0);

// What the library knows of classes and confidence.
export const classes = knownClasses(data.classes);
export const layers = data.layers;
export const trustWords = data.trust.map(t => t.word);
export const wordFor = p => wordOfTrust(data.trust, p);
export const isSure = p => wordFor(p) === trustWords[0];
export const isDoubtful = p => wordFor(p) === trustWords[trustWords.length - 1];

export const langAttr = w => ` lang="${esc(W[w].lang)}"${W[w].dir === "rtl" ? " dir=rtl" : ""}`;
export const sigla = list => list.map(w => esc(W[w].siglum)).join(" ");
export const witness = siglum => W.findIndex(w => w.siglum === siglum);
export const quoted = (text, w) => `<bdi${langAttr(w)}>${esc(cutLong(text))}</bdi>`;

// What a cell holds. What is absent in the data goes without saying.
export const pieceText = piece => (typeof piece === "string" ? piece : piece.text);
export const cellText = cell => (cell.text || []).map(pieceText).join("");
export const segmentsOf = cell => cell.segments ?? 1;
export const trustOf = cell => cell.confidence ?? 1;
export const standsAlone = (row, w) => row.cells.every((c, v) => (v === w) !== (segmentsOf(c) === 0));

const rowOfId = new Map(rows.map((row, i) => [row.id, i]));
export const rowAt = place => rowOfId.get(place.replaceAll(" ", ".")) ?? rowOfPlace(place, rows, W);
// Where a row stands in a witness: where it has nothing, behind what it has last before.
export function placeOf(i, w) {
  let row = i;
  while (row > 0 && !rows[row].cells[w].at) row--;
  const { at } = rows[row].cells[w];
  if (!at) return rows[i].id;
  const [from, to] = at.split("–");
  return row === i ? from : lastOf(from, to);
}
export const columnOfCell = cell => +/\bk(\d+)/.exec(cell.className)[1];
export const rowLink = (i, words) => `<a href="#${esc(rows[i].id)}">${words}</a>`;

// A table in a box of its own, which scrolls where it is too wide.
export const tableHtml = (label, inner) =>
  `<div class=wide tabindex=0 role=region aria-label="${label}"><table class=num>${inner}</table></div>`;
export const options = (list, chosen, words) =>
  list.map(w => `<option value=${w}${w === chosen ? " selected" : ""}>${words(w)}</option>`).join("");

// What happens is told by name; who has to do with it listens. So no module needs to know those behind it.
const listeners = {};
export const on = (what, deed) => void (listeners[what] ??= []).push(deed);
export const tell = (what, said) => (listeners[what] || []).forEach(deed => deed(said));
