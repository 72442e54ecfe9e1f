// What is searched for in all columns, and the rows that have it.
import { cellText, rows } from "./page.js";
import { countIn, fold } from "./text.js";
import { state } from "./state.js";

let folded = null;
export const hits = { byRow: new Map(), count: 0 };
export const searching = () => state.q.trim() !== "";
export const wanted = () => fold(state.q.trim());

export function findHits() {
  hits.byRow = new Map();
  hits.count = 0;
  const q = wanted();
  if (!q) return;
  folded ??= rows.map(row => row.cells.map(c => fold(cellText(c))));
  folded.forEach((cells, i) =>
    cells.forEach((text, w) => {
      const n = state.hidden.has(w) ? 0 : countIn(text, q);
      if (n) hits.byRow.set(i, (hits.byRow.get(i) || 0) + n);
      hits.count += n;
    }),
  );
}
