// The parallel text: its marks against the base, the row that one is at, the way from row to row.
import {
  $, $$, classes, columnOfCell, groupEls, isDoubtful, rowAt, rowEls, rows, segmentsOf, table, tell, units,
} from "./page.js";
import { readingOf } from "./judge.js";
import { at, remember, state } from "./state.js";
import { isQuiet, judgements, unitsOfRow } from "./units.js";
import { visible } from "./filters.js";

export function showBase() {
  const js = judgements();
  const columns = new Map();
  for (const el of $$(".u", table)) {
    const cell = el.parentElement;
    if (!columns.has(cell.className)) columns.set(cell.className, columnOfCell(cell));
    const cls = marksOf(units[el.dataset.u], js[el.dataset.u], columns.get(cell.className));
    if (el.className !== cls) el.className = cls;
    if (cls.startsWith("u o")) {
      const sign = cls.includes(" l") ? "‸" : "om.";
      if (el.textContent !== sign) el.textContent = sign;
    }
  }
  $("#base").value = state.base;
}
function marksOf(unit, j, w) {
  const r = readingOf(unit, w);
  const cls = unit.readings[r]?.text ? "u" : "u o";
  if (j && r === j.base) return cls + (j.others.every(o => !o.text) ? " l x" : " l");
  const other = j?.others.find(o => o.reading === r);
  return other ? `${cls} ${classes.mark(other.class)}` : cls;
}

export function markRow(i, focus) {
  const before = rowEls[at.row];
  before?.classList.remove("on");
  before?.removeAttribute("tabindex");
  before?.removeAttribute("aria-current");
  at.row = i;
  if (i < 0) return;
  const el = rowEls[i];
  el.classList.add("on");
  el.tabIndex = -1;
  el.setAttribute("aria-current", "true");
  if (el.hidden) el.hidden = el.parentElement.hidden = false;
  if (focus) el.focus({ preventScroll: true });
  settle(el);
}

// Brings an element into the middle of the window. What is above it may be laid out only then, so that is done
// again until it stays where it is.
export function settle(el, tries = 8, last = NaN) {
  const left = scrollX;
  el.scrollIntoView({ block: el.offsetHeight > innerHeight * 0.6 ? "start" : "center" });
  if (scrollX !== left) scrollTo(left, scrollY);
  const top = el.getBoundingClientRect().top;
  if (tries > 0 && !(Math.abs(top - last) < 1)) requestAnimationFrame(() => settle(el, tries - 1, top));
}

// Goes to a place, so that one can come back.
export function go(place) {
  const i = rowAt(place);
  if (i < 0) return false;
  remember();
  state.view = "rows";
  at.here = rows[i].id;
  remember(true);
  tell("view");
  markRow(i, true);
  return true;
}

function goRow(i) {
  at.here = rows[i].id;
  remember();
  markRow(i, true);
  tell("row");
}
export function step(by) {
  const from = at.row < 0 ? firstInView() : at.row;
  let k = visible.findIndex(i => i >= from);
  if (k < 0) k = visible.length - 1;
  if (at.row >= 0) k = visible[k] === at.row ? k + by : by > 0 ? k : k - 1;
  if (visible[k] !== undefined) goRow(visible[k]);
}
// The next row with a hit, or with a difference, or that is doubtful.
export function stepTo(by, isWantedRow) {
  const from = at.row < 0 ? firstInView() - (by > 0 ? 1 : 0) : at.row;
  const list = by > 0 ? visible.filter(i => i > from) : visible.filter(i => i < from).reverse();
  const found = list.find(isWantedRow);
  if (found !== undefined) goRow(found);
}
export function firstInView() {
  const top = Math.max(0, $(".top").getBoundingClientRect().bottom) + 40;
  for (const g of groupEls) {
    if (g.hidden || g.getBoundingClientRect().bottom < top) continue;
    for (const el of g.children) {
      if (!el.hidden && el.getBoundingClientRect().bottom >= top) return rowEls.indexOf(el);
    }
  }
  return 0;
}

// Where words differ or stand elsewhere; a paragraph that begins is not worth a step.
export const differs = i =>
  unitsOfRow[i].some(u => !isQuiet(u)) ||
  rows[i].cells.some(c => c.moved || (segmentsOf(c) === 0 && !c.absent));
export const isRowDoubtful = i => isDoubtful(rows[i].confidence);
