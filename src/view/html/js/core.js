// What everything else stands on: the data, the state, small helpers.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const data = JSON.parse($("#data").textContent);
const W = data.witnesses, units = data.units, rows = data.rows;
const table = $("#rows");
const rowEls = $$(".g>.r", table);
const groupEls = $$(".g", table);
const compared = W.map((w, i) => i).filter(i => W[i].compared);

// Text on its way into HTML; the same signs as in the rows.
const ESC = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const esc = s => String(s).replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd").replace(/[&<>"']/g, c => ESC[c]);
const langAttr = w => ` lang="${esc(W[w].lang)}"${W[w].dir === "rtl" ? " dir=rtl" : ""}`;
const sigla = list => list.map(w => esc(W[w].siglum)).join(" ");

// What the address says after the place: #FI.1.5.3~view=app&base=PDx
const defaults = () => ({ view: "rows", base: data.base, order: W.map((w, i) => i), hidden: new Set(), on: new Set(), q: "", read: null, positive: false, pair: null });
let state = defaults();
let here = "";

const witness = siglum => W.findIndex(w => w.siglum === siglum);
const VIEWS = ["rows", "read", "app", "sum"];

function address() {
  const p = new URLSearchParams(), d = defaults();
  if (state.view !== d.view) p.set("view", state.view);
  if (state.base !== d.base) p.set("base", W[state.base].siglum);
  if (state.order.some((w, i) => w !== i) || state.hidden.size) p.set("show", state.order.filter(w => !state.hidden.has(w)).map(w => W[w].siglum).join(","));
  if (state.on.size) p.set("only", [...state.on].sort().join(","));
  if (state.q) p.set("q", state.q);
  if (state.read !== null) p.set("read", W[state.read].siglum);
  if (state.positive) p.set("positive", "1");
  if (state.pair) p.set("pair", state.pair.map(w => W[w].siglum).join(","));
  const said = p.toString().replaceAll("%2C", ",");
  return "#" + encodeURIComponent(here).replaceAll("%3A", ":").replaceAll("~", "%7E") + (said ? "~" + said : "");
}

function readAddress() {
  const hash = location.hash.slice(1), cut = hash.indexOf("~");
  const place = cut < 0 ? hash : hash.slice(0, cut);
  const p = new URLSearchParams(cut < 0 ? "" : hash.slice(cut + 1));
  const s = defaults(), known = name => { const w = witness(p.get(name)); return w < 0 ? null : w; };
  if (VIEWS.includes(p.get("view"))) s.view = p.get("view");
  if (compared.includes(known("base"))) s.base = known("base");
  if (p.get("show")) {
    const shown = p.get("show").split(",").map(witness).filter(w => w >= 0);
    if (shown.length) {
      s.order = [...new Set(shown), ...s.order.filter(w => !shown.includes(w))];
      s.hidden = new Set(s.order.filter(w => !shown.includes(w)));
    }
  }
  if (p.get("only")) s.on = new Set(p.get("only").split(","));
  s.q = p.get("q") || "";
  s.read = known("read");
  s.positive = p.get("positive") === "1";
  const pair = (p.get("pair") || "").split(",").map(witness);
  if (pair.length === 2 && pair.every(w => compared.includes(w))) s.pair = pair;
  try { here = decodeURIComponent(place); } catch { here = place; }
  return s;
}

// `push`: a step that one can come back from; otherwise the address is only brought up to date.
function remember(push) {
  try { history[push ? "pushState" : "replaceState"](null, "", address()); } catch { location.replace(address()); }
}

// A number as people read it.
const num = (n, digits = 0) => n.toFixed(digits);
const perThousand = (n, words) => words ? num(1000 * n / words, 1) : "–";
const pieceText = piece => typeof piece === "string" ? piece : piece.text;
const cellText = cell => (cell.text || []).map(pieceText).join("");
const rowOfId = new Map(rows.map((row, i) => [row.id, i]));

// The row at a locus of any witness, also inside of a cell: FI.1.5.3, PDx 2.3.1
const locusOf = text => text.split(".").map(Number);
const compareLoci = (x, y) => { for (let k = 0; k < 3; k++) if ((x[k] || 0) !== (y[k] || 0)) return (x[k] || 0) - (y[k] || 0); return 0; };
// A cell's place reads 1.5.3, 1.5.3–4 or 1.5.3–1.6.1.
function covers(at, wanted) {
  const [from, to] = at.split("–"), first = locusOf(from);
  const last = to === undefined ? first : to.includes(".") ? locusOf(to) : [first[0], first[1], +to];
  return compareLoci(first, wanted) <= 0 && compareLoci(wanted, last) <= 0;
}
function rowAt(place) {
  const key = place.replaceAll(" ", ".");
  if (rowOfId.has(key)) return rowOfId.get(key);
  const w = W.findIndex(x => key.startsWith(x.siglum + "."));
  if (w < 0) return -1;
  const wanted = locusOf(key.slice(W[w].siglum.length + 1));
  return rows.findIndex(row => row.cells[w].at && covers(row.cells[w].at, wanted));
}
