// One witness as prose, its own order and paragraphs, with the variants at the foot of the page.
import { $, $$, W, classes, langAttr, layers, options, pieceText, placeOf, rowLink, rows, units } from "./page.js";
import { esc } from "./text.js";
import { readingOf } from "./judge.js";
import { remember, state } from "./state.js";
import { rowFor, seenFrom, unitOfMove, unitsOfRow } from "./units.js";
import { entryHtml } from "./entries.js";

export const readWitness = () => state.read ?? state.base;

const differsFrom = (u, w) => seenFrom(u, w)?.others.length > 0 && readingOf(units[u], w) >= 0;
function note(p, u) {
  if (p.units[p.units.length - 1] !== u) p.units.push(u);
}
// A place at which others have words, or where something else than words differs.
function noteAt(p, u, w, sign) {
  if (!differsFrom(u, w)) return;
  note(p, u);
  p.html += sign ? `<i class=om data-u=${u} title="others have words here">‸</i>` : `<i data-u=${u}></i>`;
}

// What is said of a row before its words: paragraphs and whole passages.
const beforeWords = (i, w) =>
  unitsOfRow[i].filter(u => ["layout", "passage"].includes(units[u].kind) && readingOf(units[u], w) >= 0);
const isLacking = (u, w) => units[u].kind === "passage" && !units[u].readings[readingOf(units[u], w)].text;

// The cells of a witness in its own order, each with the units that stand before its words and behind them: a
// passage that it lacks stands behind the row before.
function cellsInOrder(w) {
  const cells = [];
  rows.forEach((row, i) => {
    const c = row.cells[w];
    const before = beforeWords(i, w);
    if (c.first !== undefined) cells.push({ i, c, before: before.filter(u => !isLacking(u, w)), behind: [] });
    const last = cells[cells.length - 1];
    if (last) last.behind.push(...before.filter(u => isLacking(u, w)));
  });
  return cells.sort((x, y) => x.c.first - y.c.first);
}

function collectParagraphs(w) {
  const out = [];
  // Omissions that stand before what opens a paragraph belong into it.
  let early = [];
  for (const { i, c, before, behind } of cellsInOrder(w)) {
    const text = c.text || [];
    // What moved as a whole is in its own place here.
    const whole = text.every(piece => typeof piece !== "string" && (piece.moved !== undefined || !piece.text));
    text.forEach((piece, k) => {
      const opens = typeof piece === "string" ? null : piece.opens;
      const words = pieceText(piece);
      const next = text.slice(k + 1).find(x => typeof x === "string" || x.text);
      if (!opens && !words && next?.opens) {
        early.push(piece.unit);
        return;
      }
      if (opens || !out.length) out.push({ kind: opens || "paragraph", row: i, html: "", units: [], length: 0 });
      const p = out[out.length - 1];
      for (const u of early.splice(0)) noteAt(p, u, w, true);
      // The space between two cells stands in neither.
      if (k === 0 && !opens && p.html && !W[w].unspaced) p.html += " ";
      if (k === 0) before.forEach(u => noteAt(p, u, w, false));
      const lead = k > 0 || opens ? words : words.trimStart();
      p.length += lead.length;
      pieceHtml(p, piece, lead, w, whole);
    });
    if (out.length) behind.forEach(u => noteAt(out[out.length - 1], u, w, true));
  }
  return out;
}

function pieceHtml(p, piece, lead, w, whole) {
  if (typeof piece === "string") {
    p.html += esc(lead);
    return;
  }
  const moved = piece.moved === undefined ? undefined : unitOfMove.get(piece.moved);
  if (moved !== undefined && !p.units.includes(moved)) noteAt(p, moved, w, false);
  if (piece.unit !== undefined) {
    if (!lead.trim()) {
      noteAt(p, piece.unit, w, true);
      return;
    }
    const others = seenFrom(piece.unit, w)?.others || [];
    if (!others.length) {
      p.html += esc(lead);
      return;
    }
    note(p, piece.unit);
    const space = /^\s/.test(lead) ? " " : "";
    const [first] = layers.filter(layer => others.some(o => classes.layer(o.class) === layer));
    const mark = first === layers[0] ? "s" : "a";
    p.html += `${space}<i class="u ${mark}" data-u=${piece.unit}>${esc(lead.trimStart())}</i>`;
  } else if (piece.kind === "label") p.html += `<b>${esc(lead)}</b>`;
  else if (piece.kind) p.html += `<span class=nt>${esc(lead)}</span>`;
  else if (piece.moved !== undefined && !whole) p.html += `<span class=mv>${esc(lead)}</span>`;
  else p.html += esc(lead);
}

// Entries one below the other; those of one place name it once.
function notes(list, w, id) {
  const again = (u, k) => k > 0 && rowFor(u, w) === rowFor(list[k - 1], w);
  return list.map((u, k) => entryHtml(u, w, () => true, again(u, k), id(u))).join("");
}

const KINDS = { heading: " head", note: " note", "front-matter": " quiet", furniture: " quiet" };
function paragraphHtml(p, n, w) {
  const place = rowLink(p.row, esc(placeOf(p.row, w))).replace("<a ", "<a class=mg ");
  const foot = notes(p.units, w, () => "");
  return (
    `<div class="pg${KINDS[p.kind] ?? ""}" data-n=${n} style="--n:${1 + Math.ceil(p.length / 62)}">${place}` +
    `<p>${p.html}</p>${foot ? `<div class=ft lang=en dir=ltr>${foot}</div>` : ""}</div>`
  );
}

function remarkOn(w) {
  const marked = "Its words that others lack or have otherwise are underlined; what they have stands at the foot.";
  if (W[w].compared) return marked;
  if (W[w].kind === "translation") return "A translation: it has no variants.";
  return "No other edition in its language is here: it has no variants.";
}

export function showReading() {
  const w = readWitness();
  const title = W[w].title ? ` <bdi${langAttr(w)}>${esc(W[w].title)}</bdi>` : "";
  const named = x => `${esc(W[x].siglum)} (${esc(W[x].lang)})${W[x].title ? " " + esc(W[x].title) : ""}`;
  const all = W.map((_, x) => x);
  const select = `<select id=read title="The witness that is read (b: next)">${options(all, w, named)}</select>`;
  const paragraphs = collectParagraphs(w).map((p, n) => paragraphHtml(p, n, w));
  $("#v-read").innerHTML =
    `<div class=tools><b class=prt>${esc(W[w].siglum)}${title}</b><label class=scr>Text ${select}</label>` +
    `<span class=q1>${remarkOn(w)}</span></div>` +
    `<div class=prose${langAttr(w)}>${paragraphs.join("")}</div><div id=foot hidden></div>`;
  footFollows();
}

// The units of the paragraphs that are in the window.
function unitsInView() {
  const top = Math.max(0, $(".top").getBoundingClientRect().bottom);
  const bottom = innerHeight * 0.7;
  const found = new Set();
  for (const el of $$(".pg")) {
    const box = el.getBoundingClientRect();
    if (box.top > bottom) break;
    if (box.bottom < top) continue;
    // Inside a long paragraph, only what is on the page.
    for (const mark of $$("[data-u]", el)) {
      const { top: from, bottom: to } = mark.getBoundingClientRect();
      if (to > top && from < bottom) found.add(+mark.dataset.u);
    }
  }
  return [...found];
}

let footTimer = 0;
let footUnits = "";
function footFollows() {
  if (state.view !== "read") return;
  cancelAnimationFrame(footTimer);
  footTimer = requestAnimationFrame(() => {
    const foot = $("#foot");
    if (!foot) return;
    const list = unitsInView();
    const key = list.join();
    if (key === footUnits && !foot.hidden) return;
    footUnits = key;
    foot.hidden = !list.length;
    foot.innerHTML = `<div>${notes(list, readWitness(), u => `data-a="${u}"`)}</div>`;
  });
}
addEventListener("scroll", footFollows, { passive: true });
$("#v-read").addEventListener("change", e => {
  if (e.target.id !== "read") return;
  state.read = +e.target.value;
  remember();
  showReading();
  $("#read").focus();
});
