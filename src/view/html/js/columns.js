// The witnesses that are shown, in their order, and what the margin says of them.
import { $, W, isDoubtful, rowEls, rows, segmentsOf, table, tell, trustOf, wordFor } from "./page.js";
import { esc, num } from "./text.js";
import { remember, state } from "./state.js";

// Set only when something changes: a new sheet or value is looked up for every row.
const columnStyle = new CSSStyleSheet();
let columnRules = "";
function setRules(rules) {
  if (rules === columnRules) return;
  const sheets = document.adoptedStyleSheets;
  if (!sheets.includes(columnStyle)) document.adoptedStyleSheets = [...sheets, columnStyle];
  columnStyle.replaceSync((columnRules = rules));
}
function setSize(name, value) {
  const { style } = document.body;
  if (style.getPropertyValue(name).trim() !== String(value)) style.setProperty(name, value);
}

export const shownColumns = () => state.order.filter(w => !state.hidden.has(w));
export const allShown = () => state.hidden.size === 0;

export function showColumns() {
  const plain = state.order.every((w, i) => w === i);
  const hidden = [...state.hidden].map(w => `.k${w}{display:none}`).join("");
  setRules(hidden + (plain ? "" : state.order.map((w, i) => `.k${w}{order:${i + 1}}`).join("")));
  const n = shownColumns().length;
  setSize("--k", n);
  showMargins();
  table.classList.toggle("many", n > 4);
  setSize("--min", n > 5 ? "9rem" : n > 3 ? "9.2rem" : "12rem");
  setSize("--fs", n > 5 ? ".9rem" : n > 3 ? ".95rem" : "1.0625rem");
  $("#columns").innerHTML = `<ol>${state.order.map(columnHtml).join("")}</ol>`;
}

function columnHtml(w, i) {
  const siglum = esc(W[w].siglum);
  const arrow = (side, sign, last) =>
    `<button type=button data-${side}=${w}${last ? " disabled" : ""} aria-label="${siglum} further ${side}">` +
    `${sign}</button>`;
  const box = `<input type=checkbox data-w=${w}${state.hidden.has(w) ? "" : " checked"}>`;
  const arrows = arrow("left", "←", i === 0) + arrow("right", "→", i === W.length - 1);
  return `<li><label>${box} ${siglum}</label>${arrows}</li>`;
}

// How many sentences each of the witnesses shown has in a row, and how far that can be trusted.
export const confidenceOf = i =>
  allShown() ? rows[i].confidence : Math.min(1, ...shownColumns().map(w => trustOf(rows[i].cells[w])));

let marginsTouched = false;
function showMargins() {
  const shown = shownColumns();
  const all = allShown() && shown.every((w, i) => w === i);
  if (all && !marginsTouched) return;
  marginsTouched = !all;
  rows.forEach((row, i) => {
    const margin = rowEls[i].firstElementChild;
    const shape = $(".n", margin);
    const trust = $(".p", margin);
    const p = confidenceOf(i);
    if (shape) {
      const ns = shown.map(w => segmentsOf(row.cells[w]));
      shape.hidden = ns.every(n => n === 1);
      shape.textContent = ns.length > 8 ? `${Math.min(...ns)}–${Math.max(...ns)}` : ns.join(":");
    }
    trust.textContent = `${num(p, 2)} ${wordFor(p)}`;
    trust.hidden = shown.length < 2;
    rowEls[i].classList.toggle("q", isDoubtful(p) && shown.length > 1);
  });
}

$("#columns").addEventListener("change", e => {
  const w = +e.target.dataset.w;
  if (e.target.checked) state.hidden.delete(w);
  else if (state.hidden.size < W.length - 1) state.hidden.add(w);
  remember();
  showColumns();
  $(`#columns [data-w="${w}"]`).focus();
  tell("columns");
});
$("#columns").addEventListener("click", e => {
  const b = e.target.closest("button");
  if (!b) return;
  const left = b.dataset.left !== undefined;
  const w = +(b.dataset.left ?? b.dataset.right);
  const from = state.order.indexOf(w);
  const to = from + (left ? -1 : 1);
  [state.order[from], state.order[to]] = [state.order[to], state.order[from]];
  remember();
  showColumns();
  const again = $(`#columns [data-${left ? "left" : "right"}="${w}"]:not(:disabled)`);
  (again || $(`#columns [data-w="${w}"]`)).focus();
});
