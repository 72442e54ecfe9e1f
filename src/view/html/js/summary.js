// Counts, distances, what two publications did to the text, what to look at first.
const cell = n => `<td>${n || ""}</td>`;

function countsHtml() {
  if (compared.length < 2) return "";
  const js = judgements(), others = compared.filter(w => w !== state.base);
  const count = {}, total = {};
  for (const j of js) for (const o of j?.others || []) for (const w of o.witnesses) {
    (count[o.class] ??= {})[w] = (count[o.class][w] || 0) + 1;
    (total[LAYER[o.class]] ??= {})[w] = (total[LAYER[o.class]][w] || 0) + 1;
  }
  const button = (c, w, n) => n ? `<td><button type=button data-only="${c}:${esc(W[w].siglum)}" title="Show these rows">${n}</button></td>` : "<td></td>";
  const body = ["substantive", "accidental"].map(layer =>
    `<tr class=sum><th scope=row>${layer}</th>${others.map(w => cell(total[layer]?.[w])).join("")}</tr>` +
    CLASSES.filter(c => LAYER[c] === layer && count[c]).map(c => `<tr><th scope=row>${c}</th>${others.map(w => button(c, w, count[c][w])).join("")}</tr>`).join("")).join("");
  const rate = others.map(w => `<td>${perThousand((total.substantive?.[w] || 0) + (total.accidental?.[w] || 0), W[state.base].words)}</td>`).join("");
  return `<h2>Variants from ${esc(W[state.base].siglum)}</h2><div class=wide tabindex=0 role=region aria-label="Variants by class and witness"><table class=num><thead><tr><th scope=col>Class</th>${others.map(w => `<th scope=col>${esc(W[w].siglum)}</th>`).join("")}</tr></thead><tbody>${body}<tr class=sum><th scope=row>per 1,000 words</th>${rate}</tr></tbody></table></div>`;
}

function distancesHtml() {
  const d = data.distances;
  if (!d || d.witnesses.length < 2) return "";
  const one = x => x === null ? "–" : num(x, 1);
  const order = [...d.witnesses.keys()].sort((x, y) => d.witnesses[x] - d.witnesses[y]), name = i => esc(W[d.witnesses[i]].siglum);
  const head = order.map(i => `<th scope=col>${name(i)}</th>`).join("");
  const body = order.map(i => `<tr><th scope=row>${name(i)}</th>${order.map(k => i === k ? "<td>·</td>" : `<td>${one(d.all[i][k])} (${one(d.substantive[i][k])})</td>`).join("")}</tr>`).join("");
  return `<h2>Distances between the editions</h2><p class=q1>Differences for 1,000 words of what two editions have in common${data.part ? ", in the whole work" : ""}: all, and substantive ones in parentheses.</p><div class=wide tabindex=0 role=region aria-label="Distances"><table class=num><thead><tr><td></td>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

// The edition that differs most from another.
function farthest(from) {
  const n = new Map(compared.filter(w => w !== from).map(w => [w, 0]));
  for (const unit of units) { const i = readingOf(unit, from); if (i >= 0) unit.readings.forEach((r, k) => { if (k !== i) for (const w of r.witnesses) n.set(w, n.get(w) + 1); }); }
  return [...n].reduce((x, y) => y[1] > x[1] ? y : x)[0];
}

// Two publications: what the second did to the text of the first.
function publicationsHtml() {
  if (compared.length < 2) return "";
  const pair = state.pair ?? [state.base, farthest(state.base)];
  const [a, b] = pair, list = [];
  units.forEach((unit, u) => {
    const i = readingOf(unit, a), k = readingOf(unit, b);
    if (i >= 0 && k >= 0 && i !== k) list.push({ u, row: unit.row, from: unit.readings[i].text, to: unit.readings[k].text, ...judge(unit, i, k) });
  });
  const count = {}; list.forEach(x => count[x.class] = (count[x.class] || 0) + 1);
  const words = W[a].words, most = Math.max(1, ...Object.values(count));
  const classes = CLASSES.filter(c => count[c]).sort((x, y) => count[y] - count[x] || CLASSES.indexOf(x) - CLASSES.indexOf(y))
    .map(c => `<tr><th scope=row>${c}</th><td>${count[c]}</td><td>${perThousand(count[c], words)}</td><td class=tx><span class=bar1 style="width:${num(8 * count[c] / most, 2)}rem"></span></td></tr>`).join("");
  const link = x => `<a href="#${esc(rows[x.row].id)}">${esc(placeOf(x.row, a))}</a>`;
  const both = x => `<td class="tx ws">${quoted(x.from, a)}</td><td class="tx ws">${quoted(x.to, b)}</td>`;
  const groups = new Map();
  for (const x of list) if (x.from && x.to) { const key = x.from.toLowerCase() + "\u0000" + x.to.toLowerCase(); groups.set(key, [...(groups.get(key) || []), x]); }
  const often = [...groups.values()].filter(g => g.length > 1).sort((x, y) => y.length - x.length || (x[0].from < y[0].from ? -1 : 1)).slice(0, 40);
  const scans = list.filter(x => x.class === "scan-error");
  const size = t => (t.match(/[\p{L}\p{N}]+/gu) || []).length;
  const cuts = list.filter(x => !x.from !== !x.to).map(x => ({ ...x, n: size(x.from || x.to) })).filter(x => x.n > 1).sort((x, y) => y.n - x.n || x.row - y.row).slice(0, 40);
  const moved = data.moves.filter(m => m.home.witnesses.includes(a) && m.away.witnesses.includes(b) || m.home.witnesses.includes(b) && m.away.witnesses.includes(a));
  const choose = (id, value) => `<select id=${id} aria-label="${id === "pub-a" ? "First publication" : "Second publication"}">${compared.map(w => `<option value=${w}${w === value ? " selected" : ""}>${esc(W[w].siglum)}</option>`).join("")}</select>`;
  const t = (caption, head, body) => body ? `<div class=wide tabindex=0 role=region aria-label="${caption}"><table class=num><caption>${caption}</caption><thead><tr>${head.map(h => `<th scope=col${/^(Where|What|First|Second|In|Share)$/.test(h) ? " class=tx" : ""}>${h}</th>`).join("")}</tr></thead><tbody>${body}</tbody></table></div>` : "";
  return `<h2>From one publication to the other</h2><div class=tools><b class=prt>${esc(W[a].siglum)} → ${esc(W[b].siglum)}</b>${choose("pub-a", a)} <span class=scr>→</span> ${choose("pub-b", b)}<span>${list.length} differences, ${perThousand(list.length, words)} per 1,000 words; ${moved.length} passages moved</span></div>` +
    t("By class", ["Class", "Number", "Per 1,000 words", "Share"], classes) +
    t("Commonest alternations", ["Number", "First", "Second", "Where"], often.map(g => `<tr><td>${g.length}</td>${both(g[0])}<td class="tx ws">${g.slice(0, 12).map(link).join(" ")}${g.length > 12 ? " …" : ""}</td></tr>`).join("")) +
    t("Suspected scanning errors", ["Where", "First", "Second", "In"], scans.map(x => `<tr><td class=tx>${link(x)}</td>${both(x)}<td class=tx>${x.suspect === undefined ? "?" : esc(W[x.suspect ? a : b].siglum)}</td></tr>`).join("")) +
    t("Additions and cuts of several words, the longest first", ["Words", "Where", "What"], cuts.map(x => `<tr><td>${x.to ? "+" : "−"}${x.n}</td><td class=tx>${link(x)}</td><td class="tx ws">${quoted(x.from || x.to, x.from ? a : b)}</td></tr>`).join(""));
}

// What one sees of a cell beside the base: why it may be worth a look.
const standsAlone = (row, w) => row.cells[w].segments !== 0 && row.cells.every((c, v) => v === w || c.segments === 0);
const usual = new Map();
function usualLength(w) {
  if (!usual.has(w)) {
    const shares = rows.map(row => [cellText(row.cells[w]).length, cellText(row.cells[state.base]).length]).filter(([x, y]) => x && y).map(([x, y]) => x / y).sort((x, y) => x - y);
    usual.set(w, shares[shares.length >> 1] || 1);
  }
  return usual.get(w);
}
function facts(i, w) {
  const row = rows[i], c = row.cells[w], of = row.cells[state.base], out = [];
  if (w === state.base || c.absent) return out;
  if (c.segments === 0) return of.segments === 0 ? out : ["nothing for it"];
  if (standsAlone(row, w)) return ["only here"];
  if (of.segments === 0) return out;
  const n = c.segments ?? 1, m = of.segments ?? 1;
  if (n !== m) out.push(`${n} sentence${n > 1 ? "s" : ""} for ${m}`);
  const text = cellText(c), source = cellText(of), share = text.length / source.length / usualLength(w);
  if (Math.max(text.length, source.length) > 30 && (share > 1.7 || share < 1 / 1.7)) out.push(share > 1 ? `${num(share, 1)} times as long as usual` : `${num(1 / share, 1)} times as short as usual`);
  const numbers = t => new Set((t.normalize("NFKC").match(/\p{Nd}+/gu) || []));
  const x = numbers(source), y = numbers(text), lacks = [...x].filter(k => !y.has(k)), more = [...y].filter(k => !x.has(k));
  // One number for another: what one language writes out in words the other may have in figures.
  if (lacks.length && more.length) out.push(`other numbers: ${lacks.join(", ")} / ${more.join(", ")}`);
  return out;
}

// Of the reasons for a confidence, those that speak against the place: words that have their partners
// elsewhere, and what else would fit.
const decisive = (why = []) => why.filter(line => /^(partners|better|next)/.test(line));

function translationsHtml() {
  if (!translations.length) return "";
  const stat = w => {
    const s = { sure: 0, likely: 0, doubtful: 0, joined: 0, omitted: 0, added: 0 };
    for (const row of rows) {
      const c = row.cells[w], of = row.cells[state.base];
      if (c.segments === 0) { if (of.segments !== 0) s.omitted++; continue; }
      s[wordFor(c.confidence ?? 1)]++;
      if (standsAlone(row, w)) s.added++;
      if ((c.segments ?? 1) > 1 || (of.segments ?? 1) > 1) s.joined++;
    }
    return s;
  };
  const head = ["Translation", "sure", "likely", "doubtful", "joined or divided", "nothing for it", "only here"];
  const body = translations.map(w => { const s = stat(w); return `<tr><th scope=row>${esc(W[w].siglum)}</th>${[s.sure, s.likely, s.doubtful, s.joined, s.omitted, s.added].map(cell).join("")}</tr>`; }).join("");
  const look = [];
  rows.forEach((row, i) => { for (const w of translations) { const c = row.cells[w], p = c.confidence ?? 1, what = facts(i, w); if (p < .9 || c.segments === 0 && row.cells[state.base].segments !== 0 || standsAlone(row, w)) look.push({ i, w, p, what }); } });
  look.sort((x, y) => x.p - y.p || x.i - y.i);
  const excerpt = (row, w) => quoted(cellText(row.cells[w]).trim(), w) || "–";
  const list = look.slice(0, 60).map(x => `<tr><td class=tx><a href="#${esc(rows[x.i].id)}">${esc(rows[x.i].id)}</a></td><td class=tx>${esc(W[x.w].siglum)}</td><td>${num(x.p, 2)}</td><td class="tx ws">${excerpt(rows[x.i], state.base)}</td><td class="tx ws">${excerpt(rows[x.i], x.w)}</td><td class="tx ws">${[...x.what, ...decisive(rows[x.i].cells[x.w].why)].map(esc).join("<br>")}</td></tr>`).join("");
  return `<h2>Translations</h2><div class=wide tabindex=0 role=region aria-label=Translations><table class=num><thead><tr>${head.map(h => `<th scope=col>${h}</th>`).join("")}</tr></thead><tbody>${body}</tbody></table></div>` +
    (list ? `<div class=wide tabindex=0 role=region aria-label="To look at first"><table class=num><caption>To look at first${look.length > 60 ? ` (60 of ${look.length})` : ""}</caption><thead><tr><th scope=col class=tx>Where</th><th scope=col class=tx>In</th><th scope=col>Confidence</th><th scope=col class=tx>${esc(W[state.base].siglum)}</th><th scope=col class=tx>Translation</th><th scope=col class=tx>Why</th></tr></thead><tbody>${list}</tbody></table></div>` : "");
}

// Which readings the translations follow, as far as anything decides it.
function followsHtml() {
  const list = units.map((unit, u) => ({ unit, u })).filter(x => x.unit.follows?.length), ws = translations.filter(w => list.some(x => x.unit.follows.some(f => f.witness === w)));
  if (!list.length) return "";
  const count = (w, v) => list.filter(x => x.unit.follows.some(f => f.witness === w && x.unit.readings[f.reading].witnesses.includes(v))).length;
  const body = ws.map(w => `<tr><th scope=row>${esc(W[w].siglum)}</th>${compared.map(v => cell(count(w, v))).join("")}</tr>`).join("");
  const words = (unit, i) => unit.readings[i].text ? quoted(unit.readings[i].text, unit.readings[i].witnesses[0]) : "<em>om.</em>";
  const lines = list.map(({ unit }) => `<tr><td class=tx><a href="#${esc(rows[unit.row].id)}">${esc(placeOf(unit.row, state.base))}</a></td>${ws.map(w => { const f = unit.follows.find(f => f.witness === w); return `<td class="tx ws">${f ? `${words(unit, f.reading)} <span class=sg>${sigla(unit.readings[f.reading].witnesses)}</span> <span class=q1>${esc(reason(f))}</span>` : ""}</td>`; }).join("")}</tr>`).join("");
  return `<h2>Which reading the translations follow</h2><p class=q1>Where a number, a name, a whole sentence, or a word whose rendering is known from elsewhere decides it; ${units.filter(u => u.readings.some(r => LAYER[r.class] === "substantive")).length - list.length} other substantive places are undecided.</p><div class=wide tabindex=0 role=region aria-label="Readings followed, by edition"><table class=num><thead><tr><th scope=col>Translation</th>${compared.map(v => `<th scope=col>${esc(W[v].siglum)}</th>`).join("")}</tr></thead><tbody>${body}</tbody></table></div><div class=wide tabindex=0 role=region aria-label="Readings followed, by place"><table class=num><thead><tr><th scope=col>Where</th>${ws.map(w => `<th scope=col class=tx>${esc(W[w].siglum)}</th>`).join("")}</tr></thead><tbody>${lines}</tbody></table></div>`;
}

function witnessesHtml() {
  const titled = W.some(w => w.title);
  const body = W.map(w => `<tr><th scope=row>${esc(w.siglum)}</th>${titled ? `<td class="tx ws">${esc(w.title || "")}</td>` : ""}<td class=tx>${esc(w.kind)}, ${esc(w.lang)}</td><td>${w.segments}</td><td>${w.words}${w.unspaced ? " characters" : ""}</td></tr>`).join("");
  return `<h2>Witnesses</h2><div class=wide tabindex=0 role=region aria-label=Witnesses><table class=num><thead><tr><th scope=col>Siglum</th>${titled ? "<th scope=col class=tx>Title</th>" : ""}<th scope=col class=tx>What it is</th><th scope=col>Sentences</th><th scope=col>Words</th></tr></thead><tbody>${body}</tbody></table></div>`;
}

function showSummary() {
  const parts = [witnessesHtml, countsHtml, distancesHtml, publicationsHtml, followsHtml, translationsHtml].map(part => part());
  $("#v-sum").innerHTML = parts.filter(Boolean).map(html => `<div class=sec>${html}</div>`).join("");
}
$("#v-sum").addEventListener("change", e => {
  if (!e.target.id.startsWith("pub-")) return;
  state.pair = [+$("#pub-a").value, +$("#pub-b").value];
  remember(); showSummary(); $("#" + e.target.id).focus();
});
