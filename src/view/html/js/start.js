// The first look, and every return to an earlier one.
import { $, W, compared, on, options, rowAt } from "./page.js";
import { esc } from "./text.js";
import { VIEWS } from "./address.js";
import { at, readAddress, state } from "./state.js";
import { showColumns } from "./columns.js";
import { countFilters, showFilters } from "./filters.js";
import { markRow, showBase } from "./rows.js";
import { drawMap, measure } from "./map.js";
import { search } from "./search.js";
import { goEntry, showApparatus } from "./apparatus.js";
import { closeDetail } from "./detail.js";
import { showReading } from "./reading.js";
import { showSummary } from "./summary.js";

const SHOW = { rows: () => {}, read: showReading, app: showApparatus, sum: showSummary };
function showView() {
  document.body.classList.toggle("wide", state.view === "rows");
  for (const v of VIEWS) {
    $("#v-" + v).hidden = v !== state.view;
    $(`.views [data-do=v-${v}]`).setAttribute("aria-pressed", String(v === state.view));
  }
  if (state.view !== "rows") closeDetail();
  SHOW[state.view]();
  measure();
  drawMap();
}
on("view", showView);

function apply() {
  const before = state.base;
  readAddress();
  $("#q").value = state.q;
  showColumns();
  if (state.base !== before) showBase();
  search();
  if (!$("#filters").hidden) showFilters();
  countFilters();
  showView();
  const entry = /^a(\d+)$/.exec(at.here);
  if (state.view === "app" && entry) goEntry(+entry[1], false);
  else if (state.view === "rows" && at.here) {
    const i = rowAt(at.here);
    if (i >= 0) markRow(i, false);
  }
}

try {
  const theme = localStorage.getItem("hexapla-theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch {
  // Not kept where pages from disk keep nothing.
}
$("#base").innerHTML = options(compared, state.base, w => esc(W[w].siglum));
if (compared.length < 2) $(".basel").hidden = true;
// The rows come as the base of the data sees them.
$("#base").value = state.base;
apply();
addEventListener("popstate", apply);
document.documentElement.dataset.ready = "1";
