// The strip at the edge: where changes are dense. Left half accidental, right half substantive; a tick where a
// correspondence is doubtful.
import { $, classes, isDoubtful, layers, on, rowEls, rows, units } from "./page.js";
import { state } from "./state.js";
import { isQuiet, judgements, unitsOfRow } from "./units.js";
import { visible } from "./filters.js";
import { firstInView } from "./rows.js";

// Drawn when the page has been painted, once for all that asked for it.
let mapDue = 0;
export function drawMap() {
  cancelAnimationFrame(mapDue);
  mapDue = requestAnimationFrame(() => setTimeout(paintMap));
}

// How many readings of each layer differ in each stretch of the shown rows, and where one is doubtful.
function densities(bins) {
  const js = judgements();
  const of = { doubtful: new Uint8Array(bins) };
  for (const layer of layers) of[layer] = new Float64Array(bins);
  visible.forEach((i, k) => {
    const bin = Math.min(bins - 1, Math.floor((k * bins) / visible.length));
    for (const u of unitsOfRow[i]) {
      if (isQuiet(u)) continue;
      // What moved counts at both its places.
      const weight = units[u].kind === "move" ? 2 : 1;
      for (const o of js[u]?.others || []) of[classes.layer(o.class)][bin] += weight;
    }
    if (isDoubtful(rows[i].confidence)) of.doubtful[bin] = 1;
  });
  return of;
}

function paintMap() {
  const box = $("#map");
  box.hidden = state.view !== "rows";
  if (box.hidden) return;
  const canvas = $("canvas", box);
  const dpr = devicePixelRatio || 1;
  const w = (canvas.width = Math.max(1, Math.round(box.clientWidth * dpr)));
  const h = (canvas.height = Math.max(1, Math.round(box.clientHeight * dpr)));
  const n = visible.length;
  if (!n) return;
  const bins = Math.min(n, Math.floor(h / (2 * dpr))) || 1;
  const of = densities(bins);
  const context = canvas.getContext("2d");
  const css = getComputedStyle(document.documentElement);
  const most = Math.max(1, (n / bins) * 2);
  const tall = h / bins;
  const paint = (list, x, colour) => {
    context.fillStyle = css.getPropertyValue(colour);
    list.forEach((v, k) => {
      if (!v) return;
      context.globalAlpha = Math.min(1, 0.25 + (0.75 * v) / most);
      context.fillRect(x, k * tall, w / 2 - dpr, Math.max(tall - 0.5, 1));
    });
  };
  const [substantive, accidental] = layers;
  paint(of[accidental], 0, "--a");
  paint(of[substantive], w / 2, "--s");
  context.globalAlpha = 1;
  context.fillStyle = css.getPropertyValue("--ink");
  of.doubtful.forEach((v, k) => {
    if (v) context.fillRect(w - 3 * dpr, k * tall, 3 * dpr, Math.max(tall, 2));
  });
  mapFollows();
}

function mapFollows() {
  if (state.view !== "rows" || !visible.length) return;
  const from = firstInView();
  const k = Math.max(0, visible.findIndex(i => i >= from));
  const { style } = $("#map i");
  const height = rowEls[visible[k]].getBoundingClientRect().height || 60;
  const share = Math.min(1, innerHeight / height / visible.length, 1 - k / visible.length);
  style.top = (100 * k) / visible.length + "%";
  style.height = 100 * share + "%";
}

// The height of what stays at the top of the window.
export function measure() {
  const sticky = getComputedStyle($(".top")).position === "sticky";
  const { style } = document.documentElement;
  const head = state.view === "rows" && sticky ? $(".hg").offsetHeight : 0;
  style.setProperty("--top", sticky ? $(".top").offsetHeight + "px" : "0px");
  style.setProperty("--head", head + "px");
}

let mapTimer = 0;
const followSoon = () => {
  cancelAnimationFrame(mapTimer);
  mapTimer = requestAnimationFrame(mapFollows);
};
addEventListener("scroll", followSoon, { passive: true });
addEventListener("resize", () => {
  measure();
  drawMap();
});
$("#map").addEventListener("pointerdown", e => {
  const jump = y => {
    const box = $("#map").getBoundingClientRect();
    const k = Math.floor(((y - box.top) / box.height) * visible.length);
    const i = visible[Math.max(0, Math.min(visible.length - 1, k))];
    if (i !== undefined) rowEls[i].scrollIntoView({ block: "start" });
  };
  jump(e.clientY);
  const move = e => jump(e.clientY);
  const up = () => {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", up);
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", up);
  e.preventDefault();
});
on("shown", drawMap);
on("base", drawMap);
