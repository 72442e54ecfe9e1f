// Places of a text: 1.5.3, 1.5.3–4, 1.5.3–1.6.1.

const locusOf = text => text.split(".").map(Number);
function compareLoci(x, y) {
  for (let k = 0; k < 3; k++) if ((x[k] || 0) !== (y[k] || 0)) return (x[k] || 0) - (y[k] || 0);
  return 0;
}

// Whether a cell's place has another one in it.
export function covers(at, wanted) {
  const [from, to] = at.split("–");
  const first = locusOf(from);
  const last = locusOf(lastOf(from, to));
  const place = locusOf(wanted);
  return compareLoci(first, place) <= 0 && compareLoci(place, last) <= 0;
}

// The last place of a range whose end may be short: of 1.5.3–4 it is 1.5.4.
export function lastOf(from, to) {
  if (to === undefined || to.includes(".")) return to ?? from;
  return [...from.split(".").slice(0, 2), to].join(".");
}

// The row that holds a place, as FI.1.5.3 or PDx 2.3.1; -1 if none does. Inside of cells, too.
export function rowOfPlace(place, rows, witnesses) {
  const key = place.replaceAll(" ", ".");
  const known = rows.findIndex(row => row.id === key);
  if (known >= 0) return known;
  const w = witnesses.findIndex(x => key.startsWith(x.siglum + "."));
  if (w < 0) return -1;
  const wanted = key.slice(witnesses[w].siglum.length + 1);
  return rows.findIndex(row => row.cells[w].at && covers(row.cells[w].at, wanted));
}
