// Entries as in a critical edition: lemma] reading Siglum. Negative: who differs; positive: who
// agrees as well.
const WORDS = 16;
const cutLong = text => { const w = text.split(/\s+/); return w.length <= WORDS ? text : w.slice(0, 4).join(" ") + " … " + w.slice(-4).join(" "); };
const quoted = (text, w) => `<bdi${langAttr(w)}>${esc(cutLong(text))}</bdi>`;

// What the base has in a row before a unit, in it, and behind it.
function around(u, base) {
  const out = { before: "", own: "", after: "" };
  let part = "before";
  for (const piece of rows[units[u].row].cells[base].text || []) {
    if (typeof piece !== "string" && piece.unit === u) { out.own += pieceText(piece); part = "after"; } else out[part] += pieceText(piece);
  }
  if (part === "after" && (out.before || out.own || out.after)) return out;
  // A row in which the base has nothing stands behind the last that it has.
  let i = units[u].row;
  while (i > 0 && rows[i].cells[base].segments === 0) i--;
  return { before: i < units[u].row ? cellText(rows[i].cells[base]) : "", own: "", after: "" };
}
const lastWord = text => text.trim().split(/\s+/).pop() || "";
const LETTER = /[\p{L}\p{M}\p{N}]/u;

// A sign alone is cited with the word at which it stands, and so is another sign in its place.
function atWord(u, base, lemma) {
  const none = html => html;
  if (LETTER.test(lemma)) return none;
  const { before, own, after } = around(u, base), next = /^\S+/.exec(after), last = /\S+$/.exec(before);
  const by = text => `<span class=cx>${quoted(text, base)}</span>`;
  if (next && LETTER.test(next[0])) return html => html + by(next[0].replace(/[^\p{L}\p{M}\p{N}]+$/u, ""));
  if (last && LETTER.test(last[0]) && !/^\s/.test(own)) return html => by(last[0].replace(/^[^\p{L}\p{M}\p{N}]+/u, "")) + html;
  return none;
}

// Which of several equal words of the row is meant (² for the second).
function lemmaOf(u, base, lemma) {
  const { before, after } = around(u, base), words = quoted(lemma, base);
  if (!LETTER.test(lemma)) return words;
  const count = text => {
    let n = 0;
    for (let at = text.indexOf(lemma); at >= 0; at = text.indexOf(lemma, at + lemma.length)) {
      if (W[base].unspaced || !LETTER.test(text[at - 1] || " ") && !LETTER.test(text[at + lemma.length] || " ")) n++;
    }
    return n;
  };
  const earlier = count(before);
  return earlier + count(after) ? `${words}<sup>${earlier + 1}</sup>` : words;
}

const spaced = html => html ? " " + html : "";
const reason = f => f.evidence.map(e => e.explanation).join("; ");
function entryBody(u, j, base, keep = () => true) {
  const unit = units[u], others = j.others.filter(o => keep(o, unit.row));
  const at = j.lemma ? atWord(u, base, j.lemma) : html => html, head = j.lemma ? at(lemmaOf(u, base, j.lemma)) : "";
  const reading = o => LETTER.test(o.text) ? quoted(o.text, o.witnesses[0]) : at(quoted(o.text, o.witnesses[0]));
  const holders = state.positive ? ` <span class=sg>${sigla(j.holders)}</span>` : "";
  const { before, after } = around(u, base), last = lastWord(before), next = /\S+/.exec(after)?.[0];
  const place = last ? `<em>after</em> ${quoted(last, base)}` : next ? `<em>before</em> ${quoted(next, base)}` : "<em>before the first word</em>";
  const lemma = `${head || place}<span class=br>]</span>${holders}`;
  // Versions stand behind the reading that they follow, with what decides it.
  const versions = i => (unit.follows || []).filter(f => f.reading === i).map(f => `<em class=fo title="${esc(reason(f))}">${esc(W[f.witness].siglum)}</em>`).join(" ");
  const readings = others.map(o => {
    // A sign that is cited with its word is left out by the word alone.
    const words = !o.text ? at("") || "<em>om.</em>" : head ? reading(o) : `<em>add.</em> ${quoted(o.text, o.witnesses[0])}`;
    const wrong = o.suspect === undefined ? "" : ` in ${o.suspect ? esc(W[base].siglum) : sigla(o.witnesses)}`;
    return `${words} <span class=sg>${sigla(o.witnesses)}</span>${spaced(versions(o.reading))} <span class="cl ${mark(o.class)}">${o.class}${wrong}</span>`;
  });
  const absent = state.positive && unit.absent?.length ? `; <span class=sg>${sigla(unit.absent)}</span> <em>not present</em>` : "";
  const agree = versions(j.base);
  return `${lemma}${spaced(agree)}${agree || state.positive ? ";" : ""} ${readings.join("; ")}${absent}`;
}

const placeOf = (i, base) => { const c = rows[i].cells[base]; return c && c.at ? c.at.split("–")[0] : rows[i].id; };
// Whether a reading has what the filters ask for; what they ask of the row, it has with its row.
const wantedBy = (o, i) => {
  if (Object.keys(TESTS).some(t => state.on.has(t) && TESTS[t](rows[i], i))) return true;
  const classes = [...state.on].filter(f => LAYER[f] || f === "substantive" || f === "accidental");
  const inside = [...state.on].filter(f => f.startsWith("in:")).map(f => witness(f.slice(3)));
  const both = [...state.on].map(f => f.split(":")).filter(([c, s]) => s && LAYER[c]);
  if (!state.on.size) return true;
  return classes.some(c => o.class === c || LAYER[o.class] === c) || inside.some(w => o.witnesses.includes(w)) || both.some(([c, s]) => o.class === c && o.witnesses.includes(witness(s)));
};
// Words that stand in the row of their home stand elsewhere in the sentence, or with all of it.
const moveWords = m => {
  const there = rows[m.away.row], w = m.away.witnesses[0];
  const to = m.home.row !== m.away.row ? `transp. to <a href="#${esc(there.id)}">${esc(there.id)}</a>` : there.cells[w].moved ? `transp. to ${esc(W[w].siglum)} ${esc(there.cells[w].at)}` : "transp. in the sentence";
  const versions = home => (m.followed || []).filter(f => f[1] === home).map(f => ` <em class=fo title="the sentences stand where this edition has them">${esc(W[f[0]].siglum)}</em>`).join("");
  const held = versions(true);
  return `${quoted(m.home.text, m.home.witnesses[0])}<span class=br>]</span>${held}${held ? ";" : ""} <em>${to}</em> <span class=sg>${sigla(m.away.witnesses)}</span>${versions(false)} <span class="cl t">${m.scale} moved</span>`;
};

// An entry whose home is an element; its number leads to the row.
function entry(u, base, keep, again) {
  const j = (base === state.base ? judgements() : null)?.[u] ?? against(units[u], base), i = units[u].row;
  if (!j || !j.others.some(o => keep(o, i))) return "";
  return `<div class="ae${again ? " again" : ""}" id="a${u}"><a href="#${esc(rows[units[u].row].id)}">${esc(placeOf(units[u].row, base))}</a>${entryBody(u, j, base, keep)}</div>`;
}

function showApparatus() {
  const pane = $("#v-app");
  if (!compared.length || compared.length < 2) { pane.innerHTML = "<h2>Apparatus</h2><p>There are no two editions in one language to compare.</p>"; return; }
  const list = [];
  let last = -1;
  rows.forEach((row, i) => {
    const moves = ["transposition", "substantive"].some(f => state.on.has(f)) || wantedBy({ witnesses: [] }, i) ? movesOfRow[i].filter(m => data.moves[m].home.row === i) : [];
    // A moved passage stands where the base has it, or else before all others.
    const pieces = moves.length ? row.cells[state.base].text || [] : [];
    const at = key => pieces.findIndex(p => typeof p !== "string" && key(p));
    const placed = moves.map(m => [at(p => p.moved === m), m]);
    const push = html => { if (html) { list.push(html); last = i; } };
    const move = m => push(`<div class="ae${last === i ? " again" : ""}" id="m${m}"><a href="#${esc(row.id)}">${esc(placeOf(i, state.base))}</a>${moveWords(data.moves[m])}</div>`);
    for (const u of unitsOfRow[i]) {
      const here = placed.length ? at(p => p.unit === u) : 0;
      while (placed.length && here >= 0 && placed[0][0] <= here) move(placed.shift()[1]);
      push(entry(u, state.base, wantedBy, last === i));
    }
    for (const [, m] of placed) move(m);
  });
  let html = `<h2>Apparatus to ${esc(W[state.base].siglum)}</h2><div class=tools><span>${list.length} entries${state.on.size ? " pass the filters" : ""}</span>
<button type=button data-do=positive aria-pressed=${state.positive} aria-keyshortcuts=g title="Name those who agree, too (g)">Positive apparatus</button></div><div class=list>`;
  for (let k = 0; k < list.length; k += 60) { const part = list.slice(k, k + 60); html += `<div class=ag style="--n:${part.length}">${part.join("")}</div>`; }
  pane.innerHTML = html + "</div>";
}

// The variants of a row, what is known of its correspondence, and the word one looks at.
let open = false;
function rowHtml(i) {
  const row = rows[i], js = judgements();
  const es = unitsOfRow[i].filter(u => js[u]).map(u => {
    const why = js[u].others.map(o => [o.why && !o.why.startsWith(o.class + " (") ? o.why : "", o.rule && o.rule !== o.class && !String(o.why).includes(o.rule) ? o.rule : "", o.confidence !== undefined && o.confidence < 1 ? num(o.confidence, 2) : ""].filter(Boolean).join(" · ")).filter(Boolean);
    const decided = (units[u].follows || []).map(f => `${W[f.witness].siglum} follows ${sigla(units[u].readings[f.reading].witnesses)}: ${reason(f)}`);
    why.push(...decided);
    return `<div class=ae>${entryBody(u, js[u], state.base)} <a href="#a${u}" data-entry=${u}>in the apparatus</a>${why.length ? `<br><span class=q1>${why.map(esc).join("; ")}</span>` : ""}</div>`;
  });
  const ms = movesOfRow[i].map(m => `<div class=ae>${moveWords(data.moves[m])} <a href="#${esc(rows[data.moves[m].home.row === i ? data.moves[m].away.row : data.moves[m].home.row].id)}">the other place</a></div>`);
  const cells = row.cells.map((c, w) => {
    const seen = [c.absent ? "not present" : "", c.moved ? "stands elsewhere" : "", ...facts(i, w)].filter(Boolean), p = c.confidence ?? 1;
    const why = (c.why || []).map(line => `<br>${esc(line)}`).join("");
    return p < .9 || seen.length ? `<li><b>${esc(W[w].siglum)}</b> ${num(p, 2)} ${wordFor(p)}${seen.length ? ": " + esc(seen.join("; ")) : ""}${why}</li>` : "";
  }).join("");
  const loci = row.cells.map((c, w) => c.at ? `<b>${esc(W[w].siglum)}</b> ${esc(c.at)}` : "").filter(Boolean).join(" · ");
  return `<h2>${loci}</h2>` + (es.length + ms.length ? es.join("") + ms.join("") : compared.length > 1 ? "<p class=q1>The editions agree here.</p>" : "") + (cells ? `<ul class=why>${cells}</ul>` : "");
}
function showDetail(i) {
  const box = $("#detail"), typing = document.activeElement?.id === "word";
  open = true;
  box.innerHTML = `<button type=button class=x data-do=close aria-label="Close">✕</button>` + (i >= 0 ? rowHtml(i) : "") + wordHtml();
  box.hidden = false;
  if (typing) $("#word").focus();
}
function closeDetail() { open = false; word = null; $("#detail").hidden = true; }
const detailFollows = () => { if (open) showDetail(current); };

function goEntry(u, push = true) {
  if (push) remember();
  state.view = "app"; here = "a" + u;
  if (push) remember(true);
  showView();
  $$(".ae.on").forEach(e => e.classList.remove("on"));
  const el = document.getElementById("a" + u);
  if (!el) return;
  el.classList.add("on"); el.tabIndex = -1; el.focus({ preventScroll: true }); settle(el);
}
