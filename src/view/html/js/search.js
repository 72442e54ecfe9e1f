// Search in all columns: case and accents do not matter, in any script. Hits are painted with the
// highlight API where there is one, so that the rows stay as they are.
const fold = s => s.normalize("NFD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[ſ]/g, "s").replace(/ß/g, "ss").replace(/[’‘ʼ]/g, "'").replace(/[“”„«»]/g, '"').replace(/[‐‑–—]/g, "-").replace(/\s+/g, " ");
let folded = null, hitsByRow = new Map(), hitCount = 0;
const searching = () => state.q.trim() !== "";

function search() {
  hitsByRow = new Map(); hitCount = 0;
  if (searching()) {
    folded ??= rows.map(row => row.cells.map(c => fold(cellText(c))));
    const q = fold(state.q.trim());
    folded.forEach((cells, i) => cells.forEach((text, w) => {
      if (state.hidden.has(w) || !q) return;
      let n = 0;
      for (let at = text.indexOf(q); at >= 0; at = text.indexOf(q, at + q.length)) n++;
      if (n) { hitsByRow.set(i, (hitsByRow.get(i) || 0) + n); hitCount += n; }
    }));
  }
  $("#hits").textContent = searching() ? `${hitCount} in ${hitsByRow.size} rows` : "";
  filter(); paint();
}

// Paints the hits of the rows that are shown, at most as many as a reader could look at.
function paint() {
  if (!globalThis.Highlight || !CSS.highlights) return;
  CSS.highlights.delete("hit");
  if (!searching()) return;
  const q = fold(state.q.trim()), ranges = [];
  for (const i of hitsByRow.keys()) {
    for (const cell of rowEls[i].children) {
      if (!cell.classList.contains("c")) continue;
      const nodes = [], walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      let all = "";
      const starts = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) { nodes.push(node); starts.push(all.length); all += node.data; }
      // Folding may shorten: each folded character knows where it came from.
      const map = [];
      let text = "";
      for (let k = 0; k < all.length;) {
        const c = String.fromCodePoint(all.codePointAt(k)), f = fold(c);
        for (let x = 0; x < f.length; x++) map.push(k);
        text += f; k += c.length;
      }
      map.push(all.length);
      const spot = at => { let n = starts.length - 1; while (starts[n] > at) n--; return [nodes[n], at - starts[n]]; };
      for (let at = text.indexOf(q); at >= 0 && ranges.length < 3000; at = text.indexOf(q, at + q.length)) {
        const range = new Range();
        range.setStart(...spot(map[at]));
        const [node, offset] = spot(Math.max(map[at + q.length] - 1, 0));
        range.setEnd(node, Math.min(offset + 1, node.length));
        ranges.push(range);
      }
    }
    if (ranges.length >= 3000) break;
  }
  if (ranges.length) CSS.highlights.set("hit", new Highlight(...ranges));
}

let typing = 0;
$("#q").addEventListener("input", e => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    state.q = e.target.value;
    if (searching() && state.view !== "rows") { state.view = "rows"; showView(); }
    remember(); search();
  }, rows.length > 3000 ? 200 : 60);
});
