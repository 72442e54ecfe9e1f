// Every deed has a name; buttons and keys call it.
const KEYS = [
  ["1", "v-rows", "parallel text"], ["2", "v-read", "one witness as prose"], ["3", "v-app", "apparatus"], ["4", "v-sum", "overview: counts, distances, what to look at"],
  ["j", "down", "next row"], ["k", "up", "previous row"], ["n", "next", "next difference, or hit of the search"], ["p", "prev", "previous difference or hit"],
  ["d", "doubt", "next row that is not sure"], ["m", "move", "the other place of what moved"], ["Enter", "detail", "the variants of the row, with reasons"], ["a", "toApp", "from a row to its apparatus, and back"],
  ["Backspace", "back", "back to where you came from"], ["b", "nextBase", "next base (or text, when reading)"], ["g", "positive", "positive or negative apparatus"],
  ["/", "search", "search all witnesses"], ["f", "filters", "filters"], ["c", "columns", "witnesses shown, and their order"], ["w", "word", "a word and its renderings"], ["l", "link", "copy the address of the row"],
  ["t", "theme", "light or dark"], ["o", "print", "print"], ["?", "help", "this help"], ["Escape", "close", "close what is open; then clear the search"],
];
const panel = id => {
  const p = $("#" + id), shown = p.hidden;
  for (const other of ["filters", "columns"]) { $("#" + other).hidden = true; $(`[data-do=${other}]`).setAttribute("aria-expanded", "false"); }
  if (shown) { if (id === "filters") { showFilters(); shownCount(); } else showColumns(); p.hidden = false; $(`[data-do=${id}]`).setAttribute("aria-expanded", "true"); $("input,button", p)?.focus(); }
  measure(); drawMap();
};
const view = v => () => { if (state.view === v) return; remember(); state.view = v; remember(true); showView(); };
const DO = {
  "v-rows": view("rows"), "v-read": view("read"), "v-app": view("app"), "v-sum": view("sum"),
  down: () => state.view === "rows" ? step(1) : scrollBy(0, 120), up: () => state.view === "rows" ? step(-1) : scrollBy(0, -120),
  next: () => stepTo(1, searching() ? i => hitsByRow.has(i) : differs), prev: () => stepTo(-1, searching() ? i => hitsByRow.has(i) : differs),
  doubt: () => stepTo(1, doubtful),
  word: () => { if (state.view !== "rows") DO["v-rows"](); showDetail(current); $("#word").focus(); },
  move: () => { const a = current >= 0 && $("a.to", rowEls[current]); if (a) go(decodeURIComponent(a.getAttribute("href").slice(1))); },
  detail: () => { if (state.view === "rows" && current >= 0) open ? closeDetail() : showDetail(current); },
  toApp: () => { if (state.view === "app") history.back(); else { const u = current >= 0 ? unitsOfRow[current].find(u => judgements()[u]?.others.some(o => wantedBy(o, current))) : undefined; u === undefined ? DO["v-app"]() : goEntry(u); } },
  back: () => history.back(),
  nextBase: () => {
    if (state.view === "read") { state.read = (readWitness() + 1) % W.length; remember(); showReading(); return; }
    if (compared.length > 1) setBase(compared[(compared.indexOf(state.base) + 1) % compared.length]);
  },
  positive: () => { state.positive = !state.positive; remember(); if (state.view === "app") { showApparatus(); $("[data-do=positive]")?.focus(); } },
  search: () => { $("#q").focus(); $("#q").select(); },
  filters: () => panel("filters"), columns: () => panel("columns"),
  link: () => { if (current >= 0) navigator.clipboard?.writeText(location.href).catch(() => {}); },
  theme: () => {
    const dark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme:dark)").matches;
    document.documentElement.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("hexapla-theme", document.documentElement.dataset.theme); } catch { /* not kept where pages from disk keep nothing */ }
    drawMap();
  },
  print: () => globalThis.print(),
  help: () => { const d = $("#help"); d.open ? d.close() : d.showModal(); },
  clear: () => { state.on.clear(); state.q = $("#q").value = ""; remember(); search(); if (!$("#filters").hidden) showFilters(); $("#nf").textContent = ""; showView(); },
  close: () => {
    if ($("#help").open) return $("#help").close();
    if (!$("#detail").hidden) return closeDetail();
    for (const id of ["filters", "columns"]) if (!$("#" + id).hidden) { panel(id); $(`[data-do=${id}]`).focus(); return; }
    if (state.q) { state.q = $("#q").value = ""; remember(); search(); if (current >= 0) mark_row(current, true); }
    document.activeElement?.blur();
  },
};
const setBase = w => { state.base = w; usual.clear(); remember(); showBase(); if (state.on.size) filter(); else drawMap(); if (!$("#filters").hidden) showFilters(); showView(); detailFollows(); };

$("#help").innerHTML = `<h2>Keys</h2><ul>${KEYS.map(([k, d, words]) => `<li><kbd>${esc(k)}</kbd> <button type=button data-do=${d}>${esc(words)}</button></li>`).join("")}</ul>
<h2>Signs</h2><p><span class="u l">dotted grey</span>: the base, where others differ · <span class="u s">solid</span>: other words (substantive) · <span class="u s i">double</span>: words that the base does not have · <span class="u a">dotted</span>: spelling, pointing, letters (accidental) · <span class="u e">wavy</span>: a suspected scanning error · <span class=mv>dashed</span> ↕: stands elsewhere; the arrow leads there · <i class="u o s">om.</i>: nothing stands here. The strip at the right shows where changes are dense, accidental ones on the left, substantive ones on the right.</p><p>Confidence runs from 0 to 1: sure from 0.9, likely from 0.6, below that doubtful.</p><p><button type=button data-do=help>Close</button></p>`;

document.addEventListener("click", e => {
  const button = e.target.closest("[data-do]");
  if (button) { if (button.closest("#help") && button.dataset.do !== "help") $("#help").close(); DO[button.dataset.do](); return; }
  const only = e.target.closest("[data-only]");
  if (only) { remember(); state.on = new Set([only.dataset.only]); state.view = "rows"; remember(true); search(); showFilters(); showView(); return; }
  const other = e.target.closest("[data-word]");
  if (other) { lookAt(other.dataset.word, +other.dataset.of); return; }
  const find = e.target.closest("[data-find]");
  if (find) { remember(); state.q = $("#q").value = find.dataset.find; remember(true); search(); return; }
  const inApparatus = e.target.closest("[data-entry]");
  if (inApparatus) { e.preventDefault(); goEntry(+inApparatus.dataset.entry); return; }
  const link = e.target.closest("a[href^='#']");
  if (link && !link.classList.contains("skip")) {
    const place = decodeURIComponent(link.getAttribute("href").slice(1));
    // Where one comes from is an entry: that is the place to come back to.
    const from = link.closest(".ae[id]"); if (from) here = from.id;
    if (rowAt(place) >= 0) { e.preventDefault(); go(place); }
    return;
  }
  if (getSelection()?.toString()) return;
  const inProse = e.target.closest("#v-read [data-u]");
  if (inProse) { const note = $(`#foot [data-a="${inProse.dataset.u}"]`); $$("#foot .on").forEach(x => x.classList.remove("on")); note?.classList.add("on"); note?.scrollIntoView({ block: "nearest" }); return; }
  const row = e.target.closest(".g>.r");
  if (row) {
    const i = rowEls.indexOf(row);
    if (current !== i) { if (current >= 0) rowEls[current].classList.remove("on"); current = i; row.classList.add("on"); here = rows[i].id; remember(); }
    const cell = e.target.closest(".c"), clicked = cell && wordAt(e, cell);
    if (clicked) lookAt(clicked.text, clicked.w); else if (e.target.closest(".u,.mv")) showDetail(i); else detailFollows();
  }
});
$("#detail").addEventListener("change", e => { if (e.target.id === "word") lookAt(e.target.value); });
$("#base").addEventListener("change", e => setBase(+e.target.value));
$("#v-read").addEventListener("change", e => { if (e.target.id === "read") { state.read = +e.target.value; remember(); showReading(); $("#read").focus(); } });

addEventListener("keydown", e => {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  if (!(e.target instanceof Element)) return;
  const typing = e.target.closest("input[type=search],select,textarea");
  if (typing) {
    if (e.key === "Escape") { DO.close(); e.target.blur(); }
    if (e.key === "Enter" && e.target.id === "word") { e.preventDefault(); lookAt(e.target.value); }
    if (e.key === "Enter" && e.target.id === "q") { e.preventDefault(); state.q = e.target.value; search(); DO[e.shiftKey ? "prev" : "next"](); e.target.focus(); }
    return;
  }
  // A button or link in focus keeps what is its own.
  if ((e.key === "Enter" || e.key === " ") && e.target.closest("button,a,input,summary")) return;
  if ($("#help").open && e.key !== "?" && e.key !== "Escape") return;
  const key = KEYS.find(([k]) => k === e.key);
  if (key) { e.preventDefault(); DO[key[1]](); }
});
