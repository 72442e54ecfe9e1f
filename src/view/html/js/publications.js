// Two publications: what the second did to the text of the first.
import {
  $, W, classes, compared, options, placeOf, quoted, rowLink, tableHtml, tell, units,
} from "./page.js";
import { esc, num, perThousand, wordCount } from "./text.js";
import { judge, readingOf } from "./judge.js";
import { remember, state } from "./state.js";

// A list longer than this tells nobody anything.
const LINES = 40;
const LINKED = 12;

// The edition that differs most from another.
function farthest(from) {
  const n = new Map(compared.filter(w => w !== from).map(w => [w, 0]));
  for (const unit of units) {
    const own = readingOf(unit, from);
    if (own < 0) continue;
    unit.readings.forEach((r, k) => {
      if (k !== own) for (const w of r.witnesses) n.set(w, n.get(w) + 1);
    });
  }
  return [...n].reduce((x, y) => (y[1] > x[1] ? y : x))[0];
}

// The units in which two publications differ, with what each has and what kind of difference that is.
function between(a, b) {
  return units.flatMap((unit, u) => {
    const [i, k] = [readingOf(unit, a), readingOf(unit, b)];
    if (i < 0 || k < 0 || i === k) return [];
    const [from, to] = [unit.readings[i].text, unit.readings[k].text];
    return [{ u, kind: unit.kind, row: unit.row, from, to, ...judge(unit, i, k, classes) }];
  });
}

// Which alternations of words occur more than once, the commonest first.
function oftenest(list) {
  const groups = new Map();
  for (const x of list.filter(x => !x.kind && x.from && x.to)) {
    const key = x.from.toLowerCase() + "\u0000" + x.to.toLowerCase();
    groups.set(key, [...(groups.get(key) || []), x]);
  }
  const often = [...groups.values()].filter(g => g.length > 1);
  return often.sort((x, y) => y.length - x.length || (x[0].from < y[0].from ? -1 : 1)).slice(0, LINES);
}

// Additions and cuts of several words, the longest first.
function longest(list) {
  const oneSided = list.filter(x => x.kind !== "layout" && !x.from !== !x.to);
  const sized = oneSided.map(x => ({ ...x, n: wordCount(x.from || x.to) })).filter(x => x.n > 1);
  return sized.sort((x, y) => y.n - x.n || x.row - y.row).slice(0, LINES);
}

const OF_WORDS = new Set(["Where", "What", "First", "Second", "In", "Share"]);
function listHtml(caption, heads, body) {
  if (!body.length) return "";
  const cells = heads.map(h => `<th scope=col${OF_WORDS.has(h) ? " class=tx" : ""}>${h}</th>`).join("");
  const inner = `<caption>${caption}</caption><thead><tr>${cells}</tr></thead><tbody>${body.join("")}</tbody>`;
  return tableHtml(caption, inner);
}

function classRows(list, words) {
  const count = {};
  for (const x of list) count[x.class] = (count[x.class] || 0) + 1;
  const most = Math.max(1, ...Object.values(count));
  const order = classes.names.filter(c => count[c]).sort((x, y) => count[y] - count[x]);
  return order.map(c => {
    const bar = `<span class=bar1 style="width:${num((8 * count[c]) / most, 2)}rem"></span>`;
    const rate = `<td>${perThousand(count[c], words)}</td>`;
    return `<tr><th scope=row>${c}</th><td>${count[c]}</td>${rate}<td class=tx>${bar}</td></tr>`;
  });
}

export function publicationsHtml() {
  if (compared.length < 2) return "";
  const [a, b] = state.pair ?? [state.base, farthest(state.base)];
  const list = between(a, b);
  const words = W[a].words;
  const link = x => rowLink(x.row, esc(placeOf(x.row, a)));
  const text = (words, w) => `<td class="tx ws">${quoted(words, w)}</td>`;
  const both = x => text(x.from, a) + text(x.to, b);
  const often = oftenest(list).map(g => {
    const places = g.slice(0, LINKED).map(link).join(" ") + (g.length > LINKED ? " …" : "");
    return `<tr><td>${g.length}</td>${both(g[0])}<td class="tx ws">${places}</td></tr>`;
  });
  const scans = list.filter(x => x.suspect !== undefined).map(x => {
    const wrong = esc(W[x.suspect ? a : b].siglum);
    return `<tr><td class=tx>${link(x)}</td>${both(x)}<td class=tx>${wrong}</td></tr>`;
  });
  const cuts = longest(list).map(x => {
    const what = text(x.from || x.to, x.from ? a : b);
    return `<tr><td>${x.to ? "+" : "−"}${x.n}</td><td class=tx>${link(x)}</td>${what}</tr>`;
  });
  const choose = (id, value, words) =>
    `<select id=${id} aria-label="${words}">${options(compared, value, w => esc(W[w].siglum))}</select>`;
  const moved = list.filter(x => x.kind === "move").length;
  const said =
    `${list.length} differences, ${perThousand(list.length, words)} per 1,000 words; ` +
    `${moved} passage${moved === 1 ? "" : "s"} moved`;
  return (
    `<h2>From one publication to the other</h2><div class=tools>` +
    `<b class=prt>${esc(W[a].siglum)} → ${esc(W[b].siglum)}</b>${choose("pub-a", a, "First publication")} ` +
    `<span class=scr>→</span> ${choose("pub-b", b, "Second publication")}<span>${said}</span></div>` +
    listHtml("By class", ["Class", "Number", "Per 1,000 words", "Share"], classRows(list, words)) +
    listHtml("Commonest alternations", ["Number", "First", "Second", "Where"], often) +
    listHtml("Suspected scanning errors", ["Where", "First", "Second", "In"], scans) +
    listHtml("Additions and cuts of several words, the longest first", ["Words", "Where", "What"], cuts)
  );
}

$("#v-sum").addEventListener("change", e => {
  if (!e.target.id.startsWith("pub-")) return;
  state.pair = [+$("#pub-a").value, +$("#pub-b").value];
  remember();
  tell("view");
  $("#" + e.target.id).focus();
});
