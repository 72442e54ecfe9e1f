// Counts, distances, what to look at first.
import {
  $, W, cellText, classes, compared, data, isSure, layers, placeOf, quoted, rowLink, rows, segmentsOf, sigla,
  standsAlone, tableHtml, translations, trustOf, trustWords, units, wordFor,
} from "./page.js";
import { esc, num, perThousand } from "./text.js";
import { state } from "./state.js";
import { judgements } from "./units.js";
import { reasonOf } from "./entries.js";
import { publicationsHtml } from "./publications.js";

const td = n => `<td>${n || ""}</td>`;
const bodyOf = lines => `<tbody>${lines.join("")}</tbody>`;
const headOf = (names, first = "") => names.map(n => `<th scope=col${first}>${n}</th>`).join("");

function countsHtml() {
  if (compared.length < 2) return "";
  const others = compared.filter(w => w !== state.base);
  const count = {};
  const total = {};
  for (const o of judgements().flatMap(j => j?.others || [])) {
    for (const w of o.witnesses) {
      (count[o.class] ??= {})[w] = (count[o.class][w] || 0) + 1;
      const layer = classes.layer(o.class);
      (total[layer] ??= {})[w] = (total[layer][w] || 0) + 1;
    }
  }
  const button = (c, w, n) => {
    const only = `data-only="${c}:${esc(W[w].siglum)}"`;
    return n ? `<td><button type=button ${only} title="Show these rows">${n}</button></td>` : "<td></td>";
  };
  const rowOf = c => `<tr><th scope=row>${c}</th>${others.map(w => button(c, w, count[c][w])).join("")}</tr>`;
  const body = layers.map(layer => {
    const own = classes.names.filter(c => classes.layer(c) === layer && count[c]);
    const sum = others.map(w => td(total[layer]?.[w])).join("");
    return `<tr class=sum><th scope=row>${layer}</th>${sum}</tr>${own.map(rowOf).join("")}`;
  });
  const all = w => layers.reduce((n, layer) => n + (total[layer]?.[w] || 0), 0);
  const rate = others.map(w => `<td>${perThousand(all(w), W[state.base].words)}</td>`).join("");
  const table =
    `<thead><tr><th scope=col>Class</th>${headOf(others.map(w => esc(W[w].siglum)))}</tr></thead>` +
    `<tbody>${body.join("")}<tr class=sum><th scope=row>per 1,000 words</th>${rate}</tr></tbody>`;
  const entries = judgements().filter(j => j?.others.length).length;
  return (
    `<h2>Variants from ${esc(W[state.base].siglum)}</h2>` +
    `<p class=q1>${entries} entries; each is counted for every witness that differs.</p>` +
    tableHtml("Variants by class and witness", table)
  );
}

function distancesHtml() {
  const d = data.distances;
  if (!d || d.witnesses.length < 2) return "";
  const one = x => (x === null ? "–" : num(x, 1));
  const order = [...d.witnesses.keys()].sort((x, y) => d.witnesses[x] - d.witnesses[y]);
  const name = i => esc(W[d.witnesses[i]].siglum);
  const both = (i, k) => (i === k ? "<td>·</td>" : `<td>${one(d.all[i][k])} (${one(d.substantive[i][k])})</td>`);
  const body = order.map(i => `<tr><th scope=row>${name(i)}</th>${order.map(k => both(i, k)).join("")}</tr>`);
  const table = `<thead><tr><td></td>${headOf(order.map(name))}</tr></thead><tbody>${body.join("")}</tbody>`;
  const said =
    `Differences for 1,000 words of what two editions have in common${data.part ? ", in the whole work" : ""}: ` +
    "all, and substantive ones in parentheses.";
  return `<h2>Distances between the editions</h2><p class=q1>${said}</p>${tableHtml("Distances", table)}`;
}

function trustRow(w) {
  const words = Object.fromEntries(trustWords.map(word => [word, 0]));
  const s = { joined: 0, omitted: 0, added: 0 };
  for (const row of rows) {
    const [n, m] = [segmentsOf(row.cells[w]), segmentsOf(row.cells[state.base])];
    if (n === 0) {
      if (m !== 0) s.omitted++;
      continue;
    }
    words[wordFor(trustOf(row.cells[w]))]++;
    if (standsAlone(row, w)) s.added++;
    if (n > 1 || m > 1) s.joined++;
  }
  const cells = [...trustWords.map(word => words[word]), s.joined, s.omitted, s.added];
  return `<tr><th scope=row>${esc(W[w].siglum)}</th>${cells.map(td).join("")}</tr>`;
}

// The places of translations that are not sure, or that have nothing beside them, the least sure first.
const LOOK = 60;
function placesToLookAt() {
  const look = [];
  rows.forEach((row, i) => {
    for (const w of translations) {
      const p = trustOf(row.cells[w]);
      const isOmitted = segmentsOf(row.cells[w]) === 0 && segmentsOf(row.cells[state.base]) !== 0;
      if (!isSure(p) || isOmitted || standsAlone(row, w)) look.push({ i, w, p });
    }
  });
  return look.sort((x, y) => x.p - y.p || x.i - y.i);
}

function lookHtml(look) {
  if (!look.length) return "";
  const excerpt = (row, w) => `<td class="tx ws">${quoted(cellText(row.cells[w]).trim(), w) || "–"}</td>`;
  const body = look.slice(0, LOOK).map(({ i, w, p }) => {
    const cell = rows[i].cells[w];
    // Of the reasons, those that speak against the place.
    const why = [...(cell.seen || []), ...(cell.why || []).filter(line => line.against).map(line => line.text)];
    return (
      `<tr><td class=tx>${rowLink(i, esc(rows[i].id))}</td><td class=tx>${esc(W[w].siglum)}</td>` +
      `<td>${num(p, 2)}</td>${excerpt(rows[i], state.base)}${excerpt(rows[i], w)}` +
      `<td class="tx ws">${why.map(esc).join("<br>")}</td></tr>`
    );
  });
  const caption = `To look at first${look.length > LOOK ? ` (${LOOK} of ${look.length})` : ""}`;
  const heads =
    headOf(["Where", "In"], " class=tx") + headOf(["Confidence"]) +
    headOf([esc(W[state.base].siglum), "Translation", "Why"], " class=tx");
  const table =
    `<caption>${caption}</caption><thead><tr>${heads}</tr></thead><tbody>${body.join("")}</tbody>`;
  return tableHtml("To look at first", table);
}

function translationsHtml() {
  if (!translations.length) return "";
  const heads = ["Translation", ...trustWords, "joined or divided", "nothing for it", "only here"];
  const body = translations.map(trustRow).join("");
  const table = `<thead><tr>${headOf(heads)}</tr></thead><tbody>${body}</tbody>`;
  return `<h2>Translations</h2>${tableHtml("Translations", table)}${lookHtml(placesToLookAt())}`;
}

// Which readings the translations follow, as far as anything decides it.
function followsHtml() {
  const list = units.filter(unit => unit.follows?.length);
  if (!list.length) return "";
  const ws = translations.filter(w => list.some(unit => unit.follows.some(f => f.witness === w)));
  const holdersOf = (unit, f) => unit.readings[f.reading].witnesses;
  const isWith = (unit, w, v) => unit.follows.some(f => f.witness === w && holdersOf(unit, f).includes(v));
  const count = (w, v) => list.filter(unit => isWith(unit, w, v)).length;
  const byEdition = ws.map(w => {
    return `<tr><th scope=row>${esc(W[w].siglum)}</th>${compared.map(v => td(count(w, v))).join("")}</tr>`;
  });
  const cell = (unit, w) => {
    const f = unit.follows.find(f => f.witness === w);
    if (!f) return '<td class="tx ws"></td>';
    const [holder] = holdersOf(unit, f);
    const { text } = unit.readings[f.reading];
    const words = text ? quoted(text, holder) : "<em>om.</em>";
    const who = `<span class=sg>${sigla(holdersOf(unit, f))}</span>`;
    return `<td class="tx ws">${words} ${who} <span class=q1>${esc(reasonOf(f))}</span></td>`;
  };
  const byPlace = list.map(unit => {
    const place = rowLink(unit.row, esc(placeOf(unit.row, state.base)));
    return `<tr><td class=tx>${place}</td>${ws.map(w => cell(unit, w)).join("")}</tr>`;
  });
  const isSubstantive = unit => unit.readings.some(r => r.class && classes.layer(r.class) === layers[0]);
  const undecided = units.filter(isSubstantive).length - list.filter(isSubstantive).length;
  const said =
    "Where a number, a name, a whole sentence, or a word whose rendering is known from elsewhere decides it; " +
    `${undecided} other substantive places are undecided.`;
  const editions = headOf(compared.map(v => esc(W[v].siglum)));
  const versions = headOf(ws.map(w => esc(W[w].siglum)), " class=tx");
  const head = (first, others) => `<thead><tr><th scope=col>${first}</th>${others}</tr></thead>`;
  return (
    `<h2>Which reading the translations follow</h2><p class=q1>${said}</p>` +
    tableHtml("Readings followed, by edition", head("Translation", editions) + bodyOf(byEdition)) +
    tableHtml("Readings followed, by place", head("Where", versions) + bodyOf(byPlace))
  );
}

function witnessesHtml() {
  const titled = W.some(w => w.title);
  const body = W.map(w => {
    const title = titled ? `<td class="tx ws">${esc(w.title || "")}</td>` : "";
    const words = `<td>${w.words}${w.unspaced ? " characters" : ""}</td>`;
    const kind = `<td class=tx>${esc(w.kind)}, ${esc(w.lang)}</td>`;
    return `<tr><th scope=row>${esc(w.siglum)}</th>${title}${kind}<td>${w.segments}</td>${words}</tr>`;
  });
  const texts = headOf([...(titled ? ["Title"] : []), "What it is"], " class=tx");
  const heads = headOf(["Siglum"]) + texts + headOf(["Sentences", "Words"]);
  return `<h2>Witnesses</h2>${tableHtml("Witnesses", `<thead><tr>${heads}</tr></thead>${bodyOf(body)}`)}`;
}

export function showSummary() {
  const short = witnessesHtml() + distancesHtml();
  const sections = [short, countsHtml(), publicationsHtml(), followsHtml(), translationsHtml()].filter(Boolean);
  $("#v-sum").innerHTML = sections.map(html => `<div class=sec>${html}</div>`).join("");
}
