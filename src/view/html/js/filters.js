// What can be asked of rows and readings, and which rows are shown.
import {
  $, $$, W, classes, compared, groupEls, layers, on, rowEls, rows, segmentsOf, tell, trustWords, witness, wordFor,
} from "./page.js";
import { esc } from "./text.js";
import { remember, state } from "./state.js";
import { isMovedIn, judgements, unitsOfRow } from "./units.js";
import { hits, searching } from "./hits.js";
import { allShown, confidenceOf, shownColumns } from "./columns.js";

const some = test => row => shownColumns().some(w => test(row.cells[w]));
const isOmitted = cell => segmentsOf(cell) === 0 && !cell.absent;
// What can be asked of a row besides the classes of its variants: name, words, test.
const TESTS = new Map([
  ["non-1:1", ["sentences joined or divided", some(cell => segmentsOf(cell) > 1)]],
  ["omitted", ["a witness has nothing", some(isOmitted)]],
  ["moved", ["stands elsewhere", (row, i) => isMovedIn(i) || some(cell => cell.moved)(row)]],
  ...trustWords.slice(1).map(word => [word, [word, (row, i) => wordFor(confidenceOf(i)) === word]]),
  ["touched", ["confirmed or edited", row => row.status !== undefined]],
]);

// The words that a row answers to, against the base of the day.
let facets = [];
let facetsFor = "";
function rowFacets() {
  const key = state.base + " " + shownColumns();
  if (facetsFor === key) return facets;
  facetsFor = key;
  const js = judgements();
  facets = rows.map((row, i) => {
    const set = new Set();
    for (const o of unitsOfRow[i].flatMap(u => js[u]?.others || [])) {
      set.add(o.class).add(classes.layer(o.class));
      for (const w of o.witnesses) set.add("in:" + W[w].siglum).add(o.class + ":" + W[w].siglum);
    }
    for (const [name, [, test]] of TESTS) if (test(row, i)) set.add(name);
    return set;
  });
  return facets;
}

// Whether a reading has what the filters ask for; what they ask of the row, it has with its row.
export function isWanted(o, i) {
  if (!state.on.size) return true;
  return [...state.on].some(asked => {
    if (TESTS.has(asked)) return TESTS.get(asked)[1](rows[i], i);
    if (asked === o.class || asked === classes.layer(o.class)) return true;
    const cut = asked.indexOf(":");
    const [of, siglum] = [asked.slice(0, cut), asked.slice(cut + 1)];
    return cut > 0 && (of === "in" || of === o.class) && o.witnesses.includes(witness(siglum));
  });
}

const capital = word => word[0].toUpperCase() + word.slice(1);
export function showFilters() {
  const count = {};
  for (const set of rowFacets()) for (const f of set) count[f] = (count[f] || 0) + 1;
  const box = (f, words = f) => {
    if (!count[f] && !state.on.has(f)) return "";
    const checked = state.on.has(f) ? " checked" : "";
    return `<label><input type=checkbox value="${esc(f)}"${checked}> ${esc(words)} <i>${count[f] || 0}</i></label>`;
  };
  const group = (legend, inner) => (inner ? `<fieldset><legend>${legend}</legend>${inner}</fieldset>` : "");
  const isOfClass = f => classes.names.includes(f.split(":")[0]) && f.includes(":");
  const ofLayer = layer => {
    const own = classes.names.filter(c => classes.layer(c) === layer);
    return group(capital(layer), box(layer, "all") + own.map(c => box(c)).join(""));
  };
  const tests = [...TESTS].map(([name, [words]]) => box(name, words)).join("");
  const special = [...state.on].filter(isOfClass).map(f => box(f, f.replace(":", " in ")));
  $("#filters").innerHTML =
    layers.map(ofLayer).join("") +
    group("Differs from the base", compared.map(w => box("in:" + W[w].siglum, W[w].siglum)).join("")) +
    group("Correspondence", tests) +
    group("Chosen in the overview", special.join("")) +
    "<fieldset><legend>Rows</legend><output id=shown></output><br>" +
    "<button type=button data-do=clear>Show all</button></fieldset>";
  countFilters();
}
export const countFilters = () => void ($("#nf").textContent = state.on.size ? ` (${state.on.size})` : "");

$("#filters").addEventListener("change", e => {
  if (e.target.checked) state.on.add(e.target.value);
  else state.on.delete(e.target.value);
  remember();
  filter();
  showFilters();
  $$("#filters input").find(i => i.value === e.target.value)?.focus();
  countShown();
});

// A row is shown if it has any of the things asked for, and a hit if something is searched for.
export let visible = rows.map((_, i) => i);
let narrowed = false;
export function filter() {
  const all = !state.on.size && !searching() && allShown();
  if (!all || narrowed) showRows();
  narrowed = !all;
  $("#none").hidden = visible.length > 0;
  countShown();
  tell("shown");
}

function showRows() {
  const fs = state.on.size ? rowFacets() : null;
  const asked = [...state.on];
  const hitRows = searching() ? hits.byRow : null;
  const shown = shownColumns();
  const all = allShown();
  visible = [];
  rowEls.forEach((el, i) => {
    // Where only hidden witnesses have words, there is nothing to show.
    const hasWords = all || shown.some(w => segmentsOf(rows[i].cells[w]) !== 0);
    const show = hasWords && (!fs || asked.some(f => fs[i].has(f))) && (!hitRows || hitRows.has(i));
    if (el.hidden === show) el.hidden = !show;
    if (show) visible.push(i);
  });
  for (const g of groupEls) {
    const n = $$(".r:not([hidden])", g).length;
    g.hidden = !n;
    // The guess of a group's height follows what is left of it.
    if (!g.dataset.n) {
      g.dataset.n = g.style.getPropertyValue("--n");
      g.dataset.r = g.children.length;
    }
    g.style.setProperty("--n", Math.ceil((g.dataset.n * n) / g.dataset.r));
  }
}

export function countShown() {
  const out = $("#shown");
  if (out) out.textContent = `${visible.length} of ${rows.length} shown`;
}
on("base", () => {
  if (state.on.size) filter();
  if (!$("#filters").hidden) showFilters();
});
