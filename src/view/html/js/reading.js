// One witness as prose, its own order and paragraphs, with the variants at the foot of the page.
let paragraphs = [];

function readWitness() { return state.read ?? state.base; }

function omission(p, u, w) {
  if (!against(units[u], w)?.others.length) return;
  if (p.units[p.units.length - 1] !== u) p.units.push(u);
  p.html += `<i class=om data-u=${u} title="others have words here">‸</i>`;
}

function collectParagraphs(w) {
  const cells = [];
  rows.forEach((row, i) => { const c = row.cells[w]; if (c.first !== undefined) cells.push({ i, c }); });
  cells.sort((x, y) => x.c.first - y.c.first);
  const out = [];
  // Omissions that stand before what opens a paragraph belong into it.
  let early = [];
  for (const { i, c } of cells) {
    // What moved as a whole is in its own place here.
    const whole = (c.text || []).every(piece => typeof piece !== "string" && (piece.moved !== undefined || !piece.text));
    (c.text || []).forEach((piece, k) => {
      const opens = typeof piece === "string" ? null : piece.opens;
      const t = pieceText(piece);
      if (!opens && !t && c.text.slice(k + 1).find(x => typeof x === "string" || x.text)?.opens) { early.push(piece.unit); return; }
      if (opens || !out.length) out.push({ kind: opens || "paragraph", row: i, html: "", units: [], length: 0 });
      const p = out[out.length - 1];
      for (const u of early.splice(0)) omission(p, u, w);
      // The space between two cells stands in neither.
      if (k === 0 && !opens && p.html && !W[w].unspaced) p.html += " ";
      const lead = k > 0 || opens ? t : t.trimStart();
      p.length += lead.length;
      if (typeof piece === "string" || piece.unit === undefined && !piece.kind && (piece.moved === undefined || whole)) { p.html += esc(lead); return; }
      if (piece.unit !== undefined) {
        if (!t.trim()) { omission(p, piece.unit, w); return; }
        const j = against(units[piece.unit], w);
        if (!j || !j.others.length) { p.html += esc(lead); return; }
        if (p.units[p.units.length - 1] !== piece.unit) p.units.push(piece.unit);
        const space = /^\s/.test(lead) ? " " : "";
        p.html += `${space}<i class="u ${j.others.some(o => LAYER[o.class] === "substantive") ? "s" : "a"}" data-u=${piece.unit}>${esc(lead.trimStart())}</i>`;
        return;
      }
      p.html += piece.kind === "label" ? `<b>${esc(lead)}</b>` : piece.moved !== undefined && !whole ? `<span class=mv>${esc(lead)}</span>` : `<span class=nt>${esc(lead)}</span>`;
    });
  }
  return out;
}

function showReading() {
  const pane = $("#v-read"), w = readWitness();
  paragraphs = collectParagraphs(w);
  const kind = k => k === "heading" ? " head" : k === "note" ? " note" : k === "front-matter" || k === "furniture" ? " quiet" : "";
  const notes = p => p.units.map((u, k) => entry(u, w, () => true, k > 0 && units[u].row === units[p.units[k - 1]].row)).join("");
  pane.innerHTML = `<div class=tools><b class=prt>${esc(W[w].siglum)}${W[w].title ? ` <bdi${langAttr(w)}>${esc(W[w].title)}</bdi>` : ""}</b><label class=scr>Text <select id=read title="The witness that is read (b: next)">${W.map((x, i) => `<option value=${i}${i === w ? " selected" : ""}>${esc(x.siglum)} (${esc(x.lang)})${x.title ? " " + esc(x.title) : ""}</option>`).join("")}</select></label>` +
    `<span class=q1>${W[w].compared ? "Its words that others lack or have otherwise are underlined; what they have stands at the foot." : W[w].kind === "translation" ? "A translation: it has no variants." : "No other edition in its language is here: it has no variants."}</span></div>` +
    `<div class=prose${langAttr(w)}>` + paragraphs.map((p, n) => `<div class="pg${kind(p.kind)}" data-n=${n} style="--n:${1 + Math.ceil(p.length / 62)}"><a class=mg href="#${esc(rows[p.row].id)}">${esc(placeOf(p.row, w))}</a><p>${p.html}</p>${p.units.length ? `<div class=ft lang=en dir=ltr>${notes(p).replaceAll(/ id="a\d+"/g, "")}</div>` : ""}</div>`).join("") + "</div><div id=foot hidden></div>";
  footFollows();
}

// The entries of the paragraphs that are in the window.
let footTimer = 0, footUnits = "";
function footFollows() {
  if (state.view !== "read") return;
  cancelAnimationFrame(footTimer);
  footTimer = requestAnimationFrame(() => {
    const foot = $("#foot"); if (!foot) return;
    const top = Math.max(0, $(".top").getBoundingClientRect().bottom), bottom = innerHeight * .7;
    const us = [];
    for (const el of $$(".pg")) {
      const box = el.getBoundingClientRect();
      if (box.top > bottom) break;
      if (box.bottom < top) continue;
      // Inside a long paragraph, only what is on the page.
      for (const mark of $$("[data-u]", el)) { const b = mark.getBoundingClientRect(); if (b.bottom > top && b.top < bottom && us[us.length - 1] !== +mark.dataset.u) us.push(+mark.dataset.u); }
    }
    const key = us.join();
    if (key === footUnits && !foot.hidden) return;
    footUnits = key;
    foot.hidden = !us.length;
    foot.innerHTML = "<div>" + [...new Set(us)].map((u, k, all) => entry(u, readWitness(), () => true, k > 0 && units[u].row === units[all[k - 1]].row).replace(/ id="a(\d+)"/, ' data-a="$1"')).join("") + "</div>";
  });
}
addEventListener("scroll", footFollows, { passive: true });
