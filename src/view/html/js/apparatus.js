// Entries as in a critical edition: lemma] reading Siglum. Negative: who differs; positive: who
// agrees as well.
const WORDS = 16;
const cutLong = text => { const w = text.split(/\s+/); return w.length <= WORDS ? text : w.slice(0, 4).join(" ") + " … " + w.slice(-4).join(" "); };
const quoted = (text, w) => `<bdi${langAttr(w)}>${esc(cutLong(text))}</bdi>`;

// The word of the base before a place where it has nothing.
function wordBefore(u, base) {
  const cell = rows[units[u].row].cells[base];
  let before = "";
  for (const piece of cell.text || []) {
    if (typeof piece !== "string" && piece.unit === u) break;
    before += pieceText(piece);
  }
  return before.trim().split(/\s+/).pop() || "";
}

function entryBody(u, j, base, keep = () => true) {
  const unit = units[u], others = j.others.filter(keep);
  const head = j.lemma ? quoted(j.lemma, base) : "";
  const holders = state.positive ? ` <span class=sg>${sigla(j.holders)}</span>` : "";
  const before = head ? "" : wordBefore(u, base);
  const lemma = head ? `${head}<span class=br>]</span>${holders}` : before ? `<em>after</em> ${quoted(before, base)}<span class=br>]</span>${holders}` : `<em>before the first word</em><span class=br>]</span>${holders}`;
  const readings = others.map(o => {
    const words = !o.text ? "<em>om.</em>" : head ? quoted(o.text, o.witnesses[0]) : `<em>add.</em> ${quoted(o.text, o.witnesses[0])}`;
    const wrong = o.suspect === undefined ? "" : ` in ${o.suspect ? esc(W[base].siglum) : sigla(o.witnesses)}`;
    return `${words} <span class=sg>${sigla(o.witnesses)}</span> <span class="cl ${mark(o.class)}">${o.class}${wrong}</span>`;
  });
  const absent = state.positive && unit.absent?.length ? `; <span class=sg>${sigla(unit.absent)}</span> <em>not present</em>` : "";
  return `${lemma} ${readings.join("; ")}${absent}`;
}

const placeOf = (i, base) => { const c = rows[i].cells[base]; return c && c.at ? c.at.split("–")[0] : rows[i].id; };
const wantedBy = o => {
  const classes = [...state.on].filter(f => LAYER[f] || f === "substantive" || f === "accidental");
  const inside = [...state.on].filter(f => f.startsWith("in:")).map(f => witness(f.slice(3)));
  const both = [...state.on].map(f => f.split(":")).filter(([c, s]) => s && LAYER[c]);
  if (!classes.length && !inside.length && !both.length) return true;
  return classes.some(c => o.class === c || LAYER[o.class] === c) || inside.some(w => o.witnesses.includes(w)) || both.some(([c, s]) => o.class === c && o.witnesses.includes(witness(s)));
};
const moveWords = m => `${quoted(m.home.text, m.home.witnesses[0])}<span class=br>]</span> <em>${m.home.row === m.away.row ? "transp. here" : "transp. to"}</em> ${m.home.row === m.away.row ? "" : `<a href="#${esc(rows[m.away.row].id)}">${esc(rows[m.away.row].id)}</a> `}<span class=sg>${sigla(m.away.witnesses)}</span> <span class="cl t">${m.scale} moved</span>`;

// An entry whose home is an element; its number leads to the row.
function entry(u, base, keep) {
  const j = (base === state.base ? judgements() : null)?.[u] ?? against(units[u], base);
  if (!j || !j.others.some(keep)) return "";
  return `<div class=ae id="a${u}"><a href="#${esc(rows[units[u].row].id)}">${esc(placeOf(units[u].row, base))}</a>${entryBody(u, j, base, keep)}</div>`;
}

function showApparatus() {
  const pane = $("#v-app");
  if (!compared.length || compared.length < 2) { pane.innerHTML = "<h2>Apparatus</h2><p>There are no two editions in one language to compare.</p>"; return; }
  const list = [];
  rows.forEach((row, i) => {
    for (const m of movesOfRow[i]) if (data.moves[m].home.row === i && (!state.on.size || state.on.has("transposition") || state.on.has("moved") || state.on.has("substantive"))) list.push(`<div class=ae id="m${m}"><a href="#${esc(row.id)}">${esc(placeOf(i, state.base))}</a>${moveWords(data.moves[m])}</div>`);
    for (const u of unitsOfRow[i]) { const e = entry(u, state.base, wantedBy); if (e) list.push(e); }
  });
  let html = `<h2>Apparatus to ${esc(W[state.base].siglum)}</h2><div class=tools><span>${list.length} entries${state.on.size ? " pass the filters" : ""}</span>
<button type=button data-do=positive aria-pressed=${state.positive} aria-keyshortcuts=g title="Name those who agree, too (g)">Positive apparatus</button></div><div class=list>`;
  for (let k = 0; k < list.length; k += 60) { const part = list.slice(k, k + 60); html += `<div class=ag style="--n:${part.length}">${part.join("")}</div>`; }
  pane.innerHTML = html + "</div>";
}

// The variants of a row, below the page.
let open = -1;
function showDetail(i) {
  open = i;
  const box = $("#detail"), row = rows[i], js = judgements();
  const es = unitsOfRow[i].filter(u => js[u]).map(u => {
    const why = js[u].others.map(o => [o.why && !o.why.startsWith(o.class + " (") ? o.why : "", o.rule && !String(o.why).includes(o.rule) ? o.rule : "", o.confidence !== undefined && o.confidence < 1 ? num(o.confidence, 2) : ""].filter(Boolean).join(" · ")).filter(Boolean);
    return `<div class=ae>${entryBody(u, js[u], state.base)} <a href="#a${u}" data-entry=${u}>in the apparatus</a>${why.length ? `<br><span class=q1>${why.map(esc).join("; ")}</span>` : ""}</div>`;
  });
  const ms = movesOfRow[i].map(m => `<div class=ae>${moveWords(data.moves[m])} <a href="#${esc(rows[data.moves[m].home.row === i ? data.moves[m].away.row : data.moves[m].home.row].id)}">the other place</a></div>`);
  const cells = row.cells.map((c, w) => (c.confidence ?? 1) < .9 || c.segments === 0 || c.moved || (c.segments ?? 1) > 1 ? `<b>${esc(W[w].siglum)}</b> ${esc(c.at || "–")}${(c.segments ?? 1) > 1 ? `, ${c.segments} sentences` : ""}${c.absent ? ", not present" : c.segments === 0 ? ", nothing" : ""}${c.moved ? ", stands elsewhere" : ""}${c.confidence !== undefined ? `, ${num(c.confidence, 2)}` : ""}` : "").filter(Boolean);
  const loci = row.cells.map((c, w) => c.at ? `<b>${esc(W[w].siglum)}</b> ${esc(c.at)}` : "").filter(Boolean).join(" · ");
  box.innerHTML = `<h2>${loci}</h2><button type=button class=x data-do=close aria-label="Close">✕</button>` +
    (es.length + ms.length ? es.join("") + ms.join("") : "<p class=q1>The editions agree here.</p>") +
    (row.why ? `<h3>Why ${num(row.confidence, 2)}</h3><p>${esc(row.why)}</p>` : "") +
    (cells.length ? `<p class=q1>${cells.join("; ")}</p>` : "");
  box.hidden = false;
}
function closeDetail() { open = -1; $("#detail").hidden = true; }
const detailFollows = () => { if (open >= 0 && current >= 0) showDetail(current); };

function goEntry(u, push = true) {
  if (push) remember();
  state.view = "app"; here = "a" + u;
  if (push) remember(true);
  showView();
  $$(".ae.on").forEach(e => e.classList.remove("on"));
  const el = document.getElementById("a" + u);
  if (!el) return;
  el.classList.add("on"); el.tabIndex = -1; el.focus({ preventScroll: true }); el.scrollIntoView({ block: "center" });
  requestAnimationFrame(() => el.scrollIntoView({ block: "center" }));
}
