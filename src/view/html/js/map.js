// The strip at the edge: where changes are dense. Left half accidental, right half substantive; a
// tick where a correspondence is doubtful.
// Drawn when the page has been painted, once for all that asked for it.
let mapDue = 0;
function drawMap() { cancelAnimationFrame(mapDue); mapDue = requestAnimationFrame(() => setTimeout(paintMap)); }
function paintMap() {
  const box = $("#map"), canvas = $("canvas", box), dpr = devicePixelRatio || 1;
  if (state.view !== "rows") { box.hidden = true; return; }
  box.hidden = false;
  const w = canvas.width = Math.max(1, Math.round(box.clientWidth * dpr)), h = canvas.height = Math.max(1, Math.round(box.clientHeight * dpr));
  const ctx = canvas.getContext("2d"), css = getComputedStyle(document.documentElement), js = judgements();
  const n = visible.length; if (!n) return;
  const bins = Math.min(n, Math.floor(h / (2 * dpr))) || 1, s = new Float64Array(bins), a = new Float64Array(bins), q = new Uint8Array(bins);
  visible.forEach((i, k) => {
    const bin = Math.min(bins - 1, Math.floor(k * bins / n));
    for (const u of unitsOfRow[i]) for (const o of js[u]?.others || []) (LAYER[o.class] === "substantive" ? s : a)[bin]++;
    if (rows[i].confidence < .6) q[bin] = 1;
    if (movesOfRow[i].length) s[bin] += 2;
  });
  const most = Math.max(1, n / bins * 2), tall = h / bins;
  const paint = (list, x, colour) => { ctx.fillStyle = colour; list.forEach((v, k) => { if (v) { ctx.globalAlpha = Math.min(1, .25 + .75 * v / most); ctx.fillRect(x, k * tall, w / 2 - dpr, Math.max(tall - .5, 1)); } }); };
  paint(a, 0, css.getPropertyValue("--a")); paint(s, w / 2, css.getPropertyValue("--s"));
  ctx.globalAlpha = 1; ctx.fillStyle = css.getPropertyValue("--ink");
  q.forEach((v, k) => { if (v) ctx.fillRect(w - 3 * dpr, k * tall, 3 * dpr, Math.max(tall, 2)); });
  mapFollows();
}
function mapFollows() {
  if (state.view !== "rows" || !visible.length) return;
  const from = firstInView(), k = Math.max(0, visible.findIndex(i => i >= from)), box = $("#map"), i = $("i", box);
  const rect = rowEls[visible[k]].getBoundingClientRect().height || 60;
  const share = Math.min(1, innerHeight / rect / visible.length);
  i.style.top = 100 * k / visible.length + "%"; i.style.height = 100 * Math.min(share, 1 - k / visible.length) + "%";
}
let mapTimer = 0;
addEventListener("scroll", () => { cancelAnimationFrame(mapTimer); mapTimer = requestAnimationFrame(mapFollows); }, { passive: true });
addEventListener("resize", () => { measure(); drawMap(); });
$("#map").addEventListener("pointerdown", e => {
  const jump = y => {
    const box = $("#map").getBoundingClientRect(), k = Math.floor((y - box.top) / box.height * visible.length);
    const i = visible[Math.max(0, Math.min(visible.length - 1, k))];
    if (i !== undefined) rowEls[i].scrollIntoView({ block: "start" });
  };
  jump(e.clientY);
  const move = e => jump(e.clientY), up = () => { removeEventListener("pointermove", move); removeEventListener("pointerup", up); };
  addEventListener("pointermove", move); addEventListener("pointerup", up);
  e.preventDefault();
});
const measure = () => {
  const sticky = getComputedStyle($(".top")).position === "sticky";
  const style = document.documentElement.style, head = state.view === "rows" && sticky ? $(".hg").offsetHeight : 0;
  style.setProperty("--top", sticky ? $(".top").offsetHeight + "px" : "0px");
  style.setProperty("--head", head + "px");
};
