// The parallel text: base, columns, filters, the row that one is at.
function showBase() {
  const js = judgements();
  const column = new Map();
  for (const el of $$(".u", table)) {
    const unit = units[el.dataset.u], j = js[el.dataset.u];
    const cell = el.parentElement;
    let w = column.get(cell.className);
    if (w === undefined) column.set(cell.className, w = +/\bk(\d+)/.exec(cell.className)[1]);
    let cls = "u";
    const r = readingOf(unit, w);
    if (!unit.readings[r]?.text) cls += " o";
    if (j && r === j.base) { cls += " l"; if (j.others.every(o => !o.text)) cls += " x"; }
    else if (j) { const o = j.others.find(o => o.reading === r); if (o) cls += " " + mark(o.class); }
    if (el.className !== cls) el.className = cls;
    if (cls.startsWith("u o")) { const sign = cls.includes(" l") ? "‸" : "om."; if (el.textContent !== sign) el.textContent = sign; }
  }
  $("#base").value = state.base;
}

// Set only when something changes: a new sheet or value is looked up for every row.
const columnStyle = new CSSStyleSheet();
let columnRules = "";
function setRules(rules) {
  if (rules === columnRules) return;
  if (!document.adoptedStyleSheets.includes(columnStyle)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, columnStyle];
  columnStyle.replaceSync(columnRules = rules);
}
const setSize = (name, value) => { if (document.body.style.getPropertyValue(name).trim() !== String(value)) document.body.style.setProperty(name, value); };
let shown = [], marginsTouched = false;
function showColumns() {
  shown = state.order.filter(w => !state.hidden.has(w));
  const plain = state.order.every((w, i) => w === i);
  setRules([...state.hidden].map(w => `.k${w}{display:none}`).join("") +
    (plain ? "" : state.order.map((w, i) => `.k${w}{order:${i + 1}}`).join("")));
  const n = shown.length;
  setSize("--k", n);
  showMargins();
  table.classList.toggle("many", n > 4);
  setSize("--min", n > 5 ? "9rem" : n > 3 ? "9.2rem" : "12rem");
  setSize("--fs", n > 5 ? ".9rem" : n > 3 ? ".95rem" : "1.0625rem");
  const panel = $("#columns");
  panel.innerHTML = "<ol>" + state.order.map((w, i) => `<li><label><input type=checkbox data-w=${w}${state.hidden.has(w) ? "" : " checked"}> ${esc(W[w].siglum)}</label>` +
    `<button type=button data-left=${w}${i ? "" : " disabled"} aria-label="${esc(W[w].siglum)} further left">←</button>` +
    `<button type=button data-right=${w}${i < W.length - 1 ? "" : " disabled"} aria-label="${esc(W[w].siglum)} further right">→</button></li>`).join("") + "</ol>";
}
// How many sentences each of the witnesses shown has in a row, and how far that can be trusted.
const wordFor = p => p >= .9 ? "sure" : p >= .6 ? "likely" : "doubtful";
const confidenceOf = i => shown.length === W.length ? rows[i].confidence : Math.min(1, ...shown.map(w => rows[i].cells[w].confidence ?? 1));
function showMargins() {
  const all = shown.length === W.length && shown.every((w, i) => w === i);
  if (all && !marginsTouched) return;
  marginsTouched = !all;
  rows.forEach((row, i) => {
    const margin = rowEls[i].firstElementChild, shape = $(".n", margin), p = confidenceOf(i), trust = $(".p", margin);
    if (shape) {
      const ns = shown.map(w => row.cells[w].segments ?? 1);
      shape.hidden = ns.every(n => n === 1);
      shape.textContent = ns.length > 8 ? `${Math.min(...ns)}–${Math.max(...ns)}` : ns.join(":");
    }
    trust.textContent = `${num(p, 2)} ${wordFor(p)}`;
    trust.hidden = shown.length < 2;
    rowEls[i].classList.toggle("q", p < .6 && shown.length > 1);
  });
}

$("#columns").addEventListener("change", e => {
  const w = +e.target.dataset.w;
  if (e.target.checked) state.hidden.delete(w); else if (state.hidden.size < W.length - 1) state.hidden.add(w);
  remember(); showColumns(); $(`#columns [data-w="${w}"]`).focus(); search();
});
$("#columns").addEventListener("click", e => {
  const b = e.target.closest("button"); if (!b) return;
  const left = b.dataset.left !== undefined, w = +(b.dataset.left ?? b.dataset.right), at = state.order.indexOf(w), to = at + (left ? -1 : 1);
  [state.order[at], state.order[to]] = [state.order[to], state.order[at]];
  remember(); showColumns();
  ($(`#columns [data-${left ? "left" : "right"}="${w}"]:not(:disabled)`) || $(`#columns [data-w="${w}"]`)).focus();
});

// What can be asked of a row besides the classes of its variants.
const translations = W.map((w, i) => i).filter(i => !W[i].compared && i > 0);
const TESTS = {
  "non-1:1": row => shown.some(w => (row.cells[w].segments ?? 1) > 1),
  "omitted": row => shown.some(w => row.cells[w].segments === 0 && !row.cells[w].absent),
  "moved": (row, i) => shown.some(w => row.cells[w].moved) || movesOfRow[i].length > 0,
  "likely": (row, i) => wordFor(confidenceOf(i)) === "likely",
  "doubtful": (row, i) => wordFor(confidenceOf(i)) === "doubtful",
  "touched": row => row.status !== undefined,
};
const TEST_WORDS = { "non-1:1": "sentences joined or divided", "omitted": "a witness has nothing", "moved": "stands elsewhere", "likely": "likely", "doubtful": "doubtful", "touched": "confirmed or edited" };

// The words that a row answers to, against the base of the day.
let facets = [], facetsFor = "";
function rowFacets() {
  const key = state.base + " " + shown;
  if (facetsFor === key) return facets;
  facetsFor = key;
  const js = judgements();
  facets = rows.map((row, i) => {
    const set = new Set();
    for (const u of unitsOfRow[i]) for (const o of js[u]?.others || []) {
      set.add(o.class).add(LAYER[o.class]);
      for (const w of o.witnesses) { set.add("in:" + W[w].siglum); set.add(o.class + ":" + W[w].siglum); }
    }
    for (const t in TESTS) if (TESTS[t](row, i)) set.add(t);
    return set;
  });
  return facets;
}

function showFilters() {
  const fs = rowFacets(), count = {};
  for (const set of fs) for (const f of set) count[f] = (count[f] || 0) + 1;
  const box = (f, words = f) => count[f] || state.on.has(f) ? `<label><input type=checkbox value="${esc(f)}"${state.on.has(f) ? " checked" : ""}> ${esc(words)} <i>${count[f] || 0}</i></label>` : "";
  const group = (legend, inner) => inner ? `<fieldset><legend>${legend}</legend>${inner}</fieldset>` : "";
  const special = [...state.on].filter(f => f.includes(":") && !f.startsWith("in:") && f !== "non-1:1");
  $("#filters").innerHTML =
    group("Substantive", box("substantive", "all") + CLASSES.filter(c => LAYER[c] === "substantive").map(c => box(c)).join("")) +
    group("Accidental", box("accidental", "all") + CLASSES.filter(c => LAYER[c] === "accidental").map(c => box(c)).join("")) +
    group("Differs from the base", compared.map(w => box("in:" + W[w].siglum, W[w].siglum)).join("")) +
    group("Correspondence", Object.keys(TESTS).map(t => box(t, TEST_WORDS[t])).join("")) +
    group("Chosen in the overview", special.map(f => box(f, f.replace(":", " in "))).join("")) +
    `<fieldset><legend>Rows</legend><output id=shown></output><br><button type=button data-do=clear>Show all</button></fieldset>`;
  $("#nf").textContent = state.on.size ? ` (${state.on.size})` : "";
}
$("#filters").addEventListener("change", e => {
  e.target.checked ? state.on.add(e.target.value) : state.on.delete(e.target.value);
  remember(); filter(); showFilters();
  const again = $$("#filters input").find(i => i.value === e.target.value); if (again) again.focus();
  shownCount();
});

// A row is shown if it has any of the things asked for, and a hit if something is searched for.
let visible = rows.map((_, i) => i), narrowed = false;
function filter() {
  const all = !state.on.size && !searching() && shown.length === W.length;
  if (!all || narrowed) showRows();
  narrowed = !all;
  $("#none").hidden = visible.length > 0;
  shownCount();
  drawMap();
}
function showRows() {
  const fs = state.on.size ? rowFacets() : null, wanted = [...state.on];
  const hitRows = searching() ? hitsByRow : null;
  visible = [];
  rowEls.forEach((el, i) => {
    // Where only hidden witnesses have words, there is nothing to show.
    const show = (shown.length === W.length || shown.some(w => rows[i].cells[w].segments !== 0)) && (!fs || wanted.some(f => fs[i].has(f))) && (!hitRows || hitRows.has(i));
    if (el.hidden === show) el.hidden = !show;
    if (show) visible.push(i);
  });
  for (const g of groupEls) {
    const n = $$(".r:not([hidden])", g).length;
    g.hidden = !n;
    // The guess of a group's height follows what is left of it.
    if (!g.dataset.n) { g.dataset.n = g.style.getPropertyValue("--n"); g.dataset.r = g.children.length; }
    g.style.setProperty("--n", Math.ceil(g.dataset.n * n / g.dataset.r));
  }
}
const shownCount = () => { const o = $("#shown"); if (o) o.textContent = `${visible.length} of ${rows.length} shown`; };

let current = -1;
function mark_row(i, focus) {
  if (current >= 0) { rowEls[current].classList.remove("on"); rowEls[current].removeAttribute("tabindex"); rowEls[current].removeAttribute("aria-current"); }
  current = i;
  if (i < 0) return;
  const el = rowEls[i];
  el.classList.add("on"); el.tabIndex = -1; el.setAttribute("aria-current", "true");
  if (el.hidden) { el.hidden = false; el.parentElement.hidden = false; }
  if (focus) el.focus({ preventScroll: true });
  settle(el);
}
// Brings an element into the middle of the window. What is above it may be laid out only then, so
// that is done again until it stays where it is.
function settle(el, tries = 8, last = NaN) {
  const left = scrollX;
  el.scrollIntoView({ block: el.offsetHeight > innerHeight * .6 ? "start" : "center" });
  if (scrollX !== left) scrollTo(left, scrollY);
  const top = el.getBoundingClientRect().top;
  if (tries > 0 && !(Math.abs(top - last) < 1)) requestAnimationFrame(() => settle(el, tries - 1, top));
}

// Goes to a place; `push` so that one can come back.
function go(place, push = true) {
  const i = rowAt(place);
  if (i < 0) return false;
  if (push) remember();
  state.view = "rows"; here = rows[i].id;
  if (push) remember(true);
  showView(); mark_row(i, true);
  return true;
}
function at_row(i) { here = rows[i].id; remember(); mark_row(i, true); detailFollows(); }
function step(by) {
  const list = visible, from = current < 0 ? firstInView() : current;
  let k = list.findIndex(i => i >= from);
  if (k < 0) k = list.length - 1;
  if (current >= 0) k = list[k] === current ? k + by : by > 0 ? k : k - 1;
  if (list[k] !== undefined) at_row(list[k]);
}
// The next row with a hit, or with a difference, or that is not sure.
function stepTo(by, wanted) {
  const from = current < 0 ? firstInView() - (by > 0 ? 1 : 0) : current;
  const list = by > 0 ? visible.filter(i => i > from) : visible.filter(i => i < from).reverse();
  const found = list.find(wanted);
  if (found !== undefined) at_row(found);
}
function firstInView() {
  const top = Math.max(0, $(".top").getBoundingClientRect().bottom) + 40;
  for (const g of groupEls) {
    if (g.hidden || g.getBoundingClientRect().bottom < top) continue;
    for (const el of g.children) if (!el.hidden && el.getBoundingClientRect().bottom >= top) return rowEls.indexOf(el);
  }
  return 0;
}
const differs = i => unitsOfRow[i].length > 0 || movesOfRow[i].length > 0 || rows[i].cells.some(c => c.moved || c.segments === 0 && !c.absent);
const doubtful = i => rows[i].confidence < .9;
