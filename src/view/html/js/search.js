// Search in all columns. Hits are painted with the highlight API where there is one, so that the rows stay as
// they are.
import { $, on, rowEls, rows, tell } from "./page.js";
import { fold } from "./text.js";
import { remember, state } from "./state.js";
import { findHits, hits, searching, wanted } from "./hits.js";
import { filter } from "./filters.js";

export function search() {
  findHits();
  $("#hits").textContent = searching() ? `${hits.count} in ${hits.byRow.size} rows` : "";
  filter();
  paintHits();
}

// Paints the hits of the rows that are shown, at most as many as a reader could look at.
const MOST_HITS = 3000;
function paintHits() {
  if (!globalThis.Highlight || !CSS.highlights) return;
  CSS.highlights.delete("hit");
  if (!searching()) return;
  const ranges = [];
  for (const i of hits.byRow.keys()) {
    for (const cell of rowEls[i].children) {
      if (cell.classList.contains("c")) rangesOf(cell, wanted(), ranges);
    }
    if (ranges.length >= MOST_HITS) break;
  }
  if (ranges.length) CSS.highlights.set("hit", new Highlight(...ranges));
}

function rangesOf(cell, q, ranges) {
  const nodes = [];
  const starts = [];
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  let all = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push(node);
    starts.push(all.length);
    all += node.data;
  }
  // Folding may shorten: each folded character knows where it came from.
  const from = [];
  let text = "";
  for (let k = 0; k < all.length; ) {
    const c = String.fromCodePoint(all.codePointAt(k));
    const folded = fold(c);
    for (let x = 0; x < folded.length; x++) from.push(k);
    text += folded;
    k += c.length;
  }
  from.push(all.length);
  const spot = at => {
    let n = starts.length - 1;
    while (starts[n] > at) n--;
    return [nodes[n], at - starts[n]];
  };
  for (let at = text.indexOf(q); at >= 0 && ranges.length < MOST_HITS; at = text.indexOf(q, at + q.length)) {
    const range = new Range();
    range.setStart(...spot(from[at]));
    const [node, offset] = spot(Math.max(from[at + q.length] - 1, 0));
    range.setEnd(node, Math.min(offset + 1, node.length));
    ranges.push(range);
  }
}

let typing = 0;
$("#q").addEventListener("input", e => {
  clearTimeout(typing);
  const find = () => {
    state.q = e.target.value;
    if (searching() && state.view !== "rows") {
      state.view = "rows";
      tell("view");
    }
    remember();
    search();
  };
  typing = setTimeout(find, rows.length > 3000 ? 200 : 60);
});
on("columns", search);
