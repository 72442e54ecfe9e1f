// All entries against the base of the day.
import { $, $$, W, compared, tell } from "./page.js";
import { esc } from "./text.js";
import { at, remember, state } from "./state.js";
import { inOrder, rowFor } from "./units.js";
import { isWanted } from "./filters.js";
import { settle } from "./rows.js";
import { entryHtml } from "./entries.js";

// Entries that are laid out together or, far from the window, not at all.
const GROUP = 60;

export function showApparatus() {
  const pane = $("#v-app");
  if (compared.length < 2) {
    pane.innerHTML = "<h2>Apparatus</h2><p>There are no two editions in one language to compare.</p>";
    return;
  }
  const list = [];
  let last = -1;
  for (const u of inOrder(state.base)) {
    const row = rowFor(u, state.base);
    const html = entryHtml(u, state.base, isWanted, last === row);
    if (!html) continue;
    list.push(html);
    last = row;
  }
  const groups = [];
  for (let k = 0; k < list.length; k += GROUP) {
    const part = list.slice(k, k + GROUP);
    groups.push(`<div class=ag style="--n:${part.length}">${part.join("")}</div>`);
  }
  const said = `${list.length} entries${state.on.size ? " pass the filters" : ""}`;
  const positive =
    `<button type=button data-do=positive aria-pressed=${state.positive} aria-keyshortcuts=g ` +
    'title="Name those who agree, too (g)">Positive apparatus</button>';
  pane.innerHTML =
    `<h2>Apparatus to ${esc(W[state.base].siglum)}</h2>` +
    `<div class=tools><span>${said}</span> ${positive}</div>` +
    `<div class=list>${groups.join("")}</div>`;
}

export function goEntry(u, push = true) {
  if (push) remember();
  state.view = "app";
  at.here = "a" + u;
  if (push) remember(true);
  tell("view");
  $$(".ae.on").forEach(e => e.classList.remove("on"));
  const el = document.getElementById("a" + u);
  if (!el) return;
  el.classList.add("on");
  el.tabIndex = -1;
  el.focus({ preventScroll: true });
  settle(el);
}
