// The variants of a row, what is known of its correspondence, and the word one looks at.
import {
  $, W, compared, data, isSure, moves, on, rowLink, rows, sigla, trustOf, units, wordFor,
} from "./page.js";
import { esc, num } from "./text.js";
import { at, state } from "./state.js";
import { judgements, unitsOfRow } from "./units.js";
import { shownColumns } from "./columns.js";
import { entryBody, reasonOf } from "./entries.js";
import { rowsOfWord, wordHtml } from "./words.js";

// Why a reading has its class: in words, by which rule, and how far that can be trusted.
function whyOf(o) {
  const words = o.why ?? data.rules[o.rule] ?? "";
  const rule = o.rule && o.rule !== o.class && o.rule !== words ? o.rule : "";
  const trust = o.confidence === undefined ? "" : num(o.confidence, 2);
  return [words === o.class ? "" : words, rule, trust].filter(Boolean).join(" · ");
}

function entryOfRow(u, i) {
  const unit = units[u];
  const j = judgements()[u];
  const decided = (unit.follows || []).map(f => {
    return `${W[f.witness].siglum} follows ${sigla(unit.readings[f.reading].witnesses)}: ${reasonOf(f)}`;
  });
  const why = [...j.others.map(whyOf).filter(Boolean).map(esc), ...decided];
  const { home, away } = unit.kind === "move" ? moves[unit.move] : {};
  const other = home && (home.row === i ? away.row : home.row);
  const links = [
    ...(other === undefined || other === i ? [] : [rowLink(other, "the other place")]),
    `<a href="#a${u}" data-entry=${u}>in the apparatus</a>`,
  ];
  const told = why.length ? `<br><span class=q1>${why.join("; ")}</span>` : "";
  const cls = unit.kind === "layout" ? "ae lay" : "ae";
  return `<div class="${cls}">${entryBody(u, j, state.base)} ${links.join(" ")}${told}</div>`;
}

function cellHtml(c, w) {
  const seen = [
    c.absent ? "not present" : "",
    c.moved ? "stands elsewhere" : "",
    ...(c.seen || []),
  ].filter(Boolean);
  const p = trustOf(c);
  if (isSure(p) && !seen.length) return "";
  const why = (c.why || []).map(line => `<br>${esc(line.text)}`).join("");
  const told = seen.length ? ": " + esc(seen.join("; ")) : "";
  return `<li><b>${esc(W[w].siglum)}</b> ${num(p, 2)} ${wordFor(p)}${told}${why}</li>`;
}

function rowHtml(i) {
  const { cells } = rows[i];
  const entries = unitsOfRow[i].filter(u => judgements()[u]).map(u => entryOfRow(u, i));
  const agree = compared.length > 1 ? "<p class=q1>The editions agree here.</p>" : "";
  const loci = cells.map((c, w) => (c.at ? `<b>${esc(W[w].siglum)}</b> ${esc(c.at)}` : "")).filter(Boolean);
  const trust = cells.map(cellHtml).join("");
  return (
    `<h2>${loci.join(" · ")}</h2>` +
    (entries.length ? entries.join("") : agree) +
    (trust ? `<ul class=why>${trust}</ul>` : "")
  );
}

export function showDetail(i) {
  const box = $("#detail");
  const typing = document.activeElement?.id === "word";
  at.open = true;
  const close = '<button type=button class=x data-do=close aria-label="Close">✕</button>';
  box.innerHTML = close + (i >= 0 ? rowHtml(i) : "") + wordHtml();
  box.hidden = false;
  if (typing) $("#word").focus();
}
export function closeDetail() {
  at.open = false;
  at.word = null;
  $("#detail").hidden = true;
}
export function detailFollows() {
  if (at.open) showDetail(at.row);
}

// Looks at a word of a witness; without one, at the first shown witness that has it.
export function lookAt(words, of) {
  const text = words.trim();
  const shown = shownColumns();
  const holder = () => shown.find(w => rowsOfWord([text], w).length) ?? shown[0];
  at.word = text ? { text, of: of ?? holder() } : null;
  showDetail(at.row);
}

$("#detail").addEventListener("change", e => {
  if (e.target.id === "word") lookAt(e.target.value);
});
on("row", detailFollows);
on("base", detailFollows);
