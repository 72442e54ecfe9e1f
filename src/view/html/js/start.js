// The first look, and every return to an earlier one.
function showView() {
  document.body.classList.toggle("wide", state.view === "rows");
  for (const v of VIEWS) { $("#v-" + v).hidden = v !== state.view; $(`.views [data-do=v-${v}]`).setAttribute("aria-pressed", String(v === state.view)); }
  if (state.view !== "rows") closeDetail();
  if (state.view === "read") showReading(); else if (state.view === "app") showApparatus(); else if (state.view === "sum") showSummary();
  measure(); drawMap();
}

function apply() {
  const before = state;
  state = readAddress();
  $("#q").value = state.q;
  showColumns();
  if (state.base !== before.base) showBase();
  search();
  if (!$("#filters").hidden) showFilters();
  $("#nf").textContent = state.on.size ? ` (${state.on.size})` : "";
  showView();
  if (state.view === "app" && /^a\d+$/.test(here)) goEntry(+here.slice(1), false);
  else if (state.view === "rows" && here) { const i = rowAt(here); if (i >= 0) mark_row(i, false); }
}

try { const t = localStorage.getItem("hexapla-theme"); if (t === "dark" || t === "light") document.documentElement.dataset.theme = t; } catch { /* as above */ }
$("#base").innerHTML = compared.map(w => `<option value=${w}>${esc(W[w].siglum)}</option>`).join("");
if (compared.length < 2) $(".basel").hidden = true;
// The rows come as the base of the data sees them.
$("#base").value = state.base;
apply();
addEventListener("popstate", apply);
document.documentElement.dataset.ready = "1";
