// Every deed has a name; buttons and keys call it.
import { $, $$, W, compared, data, rowAt, rowEls, rows, tell } from "./page.js";
import { esc } from "./text.js";
import { at, remember, state } from "./state.js";
import { judgements, unitsOfRow } from "./units.js";
import { hits, searching } from "./hits.js";
import { showColumns } from "./columns.js";
import { countFilters, countShown, isWanted, showFilters } from "./filters.js";
import { differs, go, isRowDoubtful, markRow, showBase, step, stepTo } from "./rows.js";
import { drawMap, measure } from "./map.js";
import { search } from "./search.js";
import { goEntry, showApparatus } from "./apparatus.js";
import { wordAt } from "./words.js";
import { closeDetail, detailFollows, lookAt, showDetail } from "./detail.js";
import { readWitness, showReading } from "./reading.js";

const KEYS = [
  ["1", "v-rows", "parallel text"],
  ["2", "v-read", "one witness as prose"],
  ["3", "v-app", "apparatus"],
  ["4", "v-sum", "overview: counts, distances, what to look at"],
  ["j", "down", "next row"],
  ["k", "up", "previous row"],
  ["n", "next", "next difference, or hit of the search"],
  ["p", "prev", "previous difference or hit"],
  ["d", "doubt", "next row that is doubtful"],
  ["m", "move", "the other place of what moved"],
  ["Enter", "detail", "the variants of the row, with reasons"],
  ["a", "toApp", "from a row to its apparatus, and back"],
  ["Backspace", "back", "back to where you came from"],
  ["b", "nextBase", "next base (or text, when reading)"],
  ["g", "positive", "positive or negative apparatus"],
  ["/", "search", "search all witnesses"],
  ["f", "filters", "filters"],
  ["c", "columns", "witnesses shown, and their order"],
  ["w", "word", "a word and its renderings"],
  ["l", "link", "copy the address of the row"],
  ["t", "theme", "light or dark"],
  ["o", "print", "print"],
  ["?", "help", "this help"],
  ["Escape", "close", "close what is open; then clear the search"],
];

const PANELS = { filters: () => (showFilters(), countShown()), columns: showColumns };
function panel(id) {
  const box = $("#" + id);
  const opens = box.hidden;
  for (const other in PANELS) {
    $("#" + other).hidden = true;
    $(`[data-do=${other}]`).setAttribute("aria-expanded", "false");
  }
  if (opens) {
    PANELS[id]();
    box.hidden = false;
    $(`[data-do=${id}]`).setAttribute("aria-expanded", "true");
    $("input,button", box)?.focus();
  }
  measure();
  drawMap();
}

function view(v) {
  if (state.view === v) return;
  remember();
  state.view = v;
  remember(true);
  tell("view");
}

function setBase(w) {
  state.base = w;
  remember();
  showBase();
  tell("base");
  tell("view");
}

function setTheme() {
  const { dataset } = document.documentElement;
  const isDark = dataset.theme ? dataset.theme === "dark" : matchMedia("(prefers-color-scheme:dark)").matches;
  dataset.theme = isDark ? "light" : "dark";
  try {
    localStorage.setItem("hexapla-theme", dataset.theme);
  } catch {
    // Not kept where pages from disk keep nothing.
  }
  drawMap();
}

const isHit = i => hits.byRow.has(i);
const setQuery = text => void (state.q = $("#q").value = text);
const DO = {
  "v-rows": () => view("rows"),
  "v-read": () => view("read"),
  "v-app": () => view("app"),
  "v-sum": () => view("sum"),
  down: () => (state.view === "rows" ? step(1) : scrollBy(0, 120)),
  up: () => (state.view === "rows" ? step(-1) : scrollBy(0, -120)),
  next: () => stepTo(1, searching() ? isHit : differs),
  prev: () => stepTo(-1, searching() ? isHit : differs),
  doubt: () => stepTo(1, isRowDoubtful),
  word: () => {
    view("rows");
    showDetail(at.row);
    $("#word").focus();
  },
  move: () => {
    const link = at.row >= 0 && $("a.to", rowEls[at.row]);
    if (link) go(decodeURIComponent(link.getAttribute("href").slice(1)));
  },
  detail: () => {
    if (state.view !== "rows" || at.row < 0) return;
    if (at.open) closeDetail();
    else showDetail(at.row);
  },
  toApp: () => {
    if (state.view === "app") return history.back();
    const isEntry = u => judgements()[u]?.others.some(o => isWanted(o, at.row));
    const u = at.row >= 0 ? unitsOfRow[at.row].find(isEntry) : undefined;
    if (u === undefined) view("app");
    else goEntry(u);
  },
  back: () => history.back(),
  nextBase: () => {
    if (state.view === "read") {
      state.read = (readWitness() + 1) % W.length;
      remember();
      showReading();
    } else if (compared.length > 1) setBase(compared[(compared.indexOf(state.base) + 1) % compared.length]);
  },
  positive: () => {
    state.positive = !state.positive;
    remember();
    if (state.view !== "app") return;
    showApparatus();
    $("[data-do=positive]")?.focus();
  },
  search: () => {
    $("#q").focus();
    $("#q").select();
  },
  filters: () => panel("filters"),
  columns: () => panel("columns"),
  link: () => {
    if (at.row >= 0) navigator.clipboard?.writeText(location.href).catch(() => {});
  },
  theme: setTheme,
  print: () => globalThis.print(),
  help: () => ($("#help").open ? $("#help").close() : $("#help").showModal()),
  clear: () => {
    state.on.clear();
    setQuery("");
    remember();
    search();
    if (!$("#filters").hidden) showFilters();
    countFilters();
    tell("view");
  },
  close: () => {
    if ($("#help").open) return $("#help").close();
    if (!$("#detail").hidden) return closeDetail();
    const opened = Object.keys(PANELS).find(id => !$("#" + id).hidden);
    if (opened) {
      panel(opened);
      $(`[data-do=${opened}]`).focus();
      return;
    }
    if (state.q) {
      setQuery("");
      remember();
      search();
      if (at.row >= 0) markRow(at.row, true);
    }
    document.activeElement?.blur();
  },
};

function helpHtml() {
  const keys = KEYS.map(([key, deed, words]) => {
    return `<li><kbd>${esc(key)}</kbd> <button type=button data-do=${deed}>${esc(words)}</button></li>`;
  });
  const signs = [
    '<span class="u l">dotted grey</span>: the base, where others differ',
    '<span class="u s">solid</span>: other words (substantive)',
    '<span class="u s i">double</span>: words that the base does not have',
    '<span class="u a">dotted</span>: spelling, pointing, letters (accidental)',
    '<span class="u e">wavy</span>: a suspected scanning error',
    "<span class=mv>dashed</span> ↕: stands elsewhere; the arrow leads there",
    '<i class="u o s">om.</i>: nothing stands here',
    "<i class=go>↑</i> <i class=go>↓</i>: the sentence began in a row before, goes on in a later one",
  ];
  const from = data.trust.map(t => (t.from > 0 ? `${t.word} from ${t.from}` : `below that ${t.word}`));
  return (
    `<h2>Keys</h2><ul>${keys.join("")}</ul><h2>Signs</h2><p>${signs.join(" · ")}. The strip at the right shows ` +
    "where changes are dense, accidental ones on the left, substantive ones on the right.</p>" +
    `<p>Confidence runs from 0 to 1: ${from.join(", ")}.</p><p><button type=button data-do=help>Close</button></p>`
  );
}
$("#help").innerHTML = helpHtml();

// What was clicked: the first of these that the pointer is in.
const CLICKS = [
  ["[data-do]", button => {
    if (button.closest("#help") && button.dataset.do !== "help") $("#help").close();
    DO[button.dataset.do]();
  }],
  ["[data-only]", ({ dataset }) => {
    remember();
    state.on = new Set([dataset.only]);
    state.view = "rows";
    remember(true);
    search();
    showFilters();
    tell("view");
  }],
  ["[data-word]", ({ dataset }) => lookAt(dataset.word, +dataset.of)],
  ["[data-find]", ({ dataset }) => {
    remember();
    setQuery(dataset.find);
    remember(true);
    search();
  }],
  ["[data-entry]", ({ dataset }, e) => {
    e.preventDefault();
    goEntry(+dataset.entry);
  }],
  ["a[href^='#']", (link, e) => {
    if (link.classList.contains("skip")) return;
    const place = decodeURIComponent(link.getAttribute("href").slice(1));
    // Where one comes from is an entry: that is the place to come back to.
    const from = link.closest(".ae[id]");
    if (from) at.here = from.id;
    if (rowAt(place) < 0) return;
    e.preventDefault();
    go(place);
  }],
];
document.addEventListener("click", e => {
  for (const [selector, deed] of CLICKS) {
    const found = e.target.closest(selector);
    if (found) return deed(found, e);
  }
  if (getSelection()?.toString()) return;
  const inProse = e.target.closest("#v-read [data-u]");
  const row = e.target.closest(".g>.r");
  if (inProse) showNote(inProse.dataset.u);
  else if (row) clickRow(row, e);
});

function showNote(u) {
  $$("#foot .on").forEach(x => x.classList.remove("on"));
  const note = $(`#foot [data-a="${u}"]`);
  note?.classList.add("on");
  note?.scrollIntoView({ block: "nearest" });
}

function clickRow(row, e) {
  const i = rowEls.indexOf(row);
  if (at.row !== i) {
    rowEls[at.row]?.classList.remove("on");
    at.row = i;
    row.classList.add("on");
    at.here = rows[i].id;
    remember();
  }
  const cell = e.target.closest(".c");
  const clicked = cell && wordAt(e, cell);
  if (clicked) lookAt(clicked.text, clicked.w);
  else if (e.target.closest(".u,.mv")) showDetail(i);
  else detailFollows();
}
$("#base").addEventListener("change", e => setBase(+e.target.value));

function typed(e) {
  if (e.key === "Escape") {
    DO.close();
    e.target.blur();
  }
  if (e.key !== "Enter") return;
  if (e.target.id === "word") {
    e.preventDefault();
    lookAt(e.target.value);
  } else if (e.target.id === "q") {
    e.preventDefault();
    state.q = e.target.value;
    search();
    DO[e.shiftKey ? "prev" : "next"]();
    e.target.focus();
  }
}
addEventListener("keydown", e => {
  if (e.ctrlKey || e.metaKey || e.altKey || !(e.target instanceof Element)) return;
  if (e.target.closest("input[type=search],select,textarea")) return typed(e);
  // A button or link in focus keeps what is its own.
  if ((e.key === "Enter" || e.key === " ") && e.target.closest("button,a,input,summary")) return;
  if ($("#help").open && e.key !== "?" && e.key !== "Escape") return;
  const key = KEYS.find(([k]) => k === e.key);
  if (!key) return;
  e.preventDefault();
  DO[key[1]]();
});
