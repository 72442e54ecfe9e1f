// Entries as in a critical edition: lemma] reading Siglum. Negative: who differs; positive: who agrees as well.
import {
  W, cellText, classes, data, moves, pieceText, placeOf, quoted, rowLink, rows, segmentsOf, sigla, units,
} from "./page.js";
import { LETTER, esc, lastWord, occurrences, spaced } from "./text.js";
import { placesOfMove } from "./judge.js";
import { state } from "./state.js";
import { judgements, rowFor, seenFrom } from "./units.js";

const sg = list => `<span class=sg>${sigla(list)}</span>`;
const BRACKET = "<span class=br>]</span>";

// What the base has in a row before a unit, in it, and behind it.
function around(u, base) {
  const out = { before: "", own: "", after: "" };
  const row = units[u].row;
  let part = "before";
  for (const piece of rows[row].cells[base].text || []) {
    const isOwn = typeof piece !== "string" && piece.unit === u;
    out[isOwn ? "own" : part] += pieceText(piece);
    if (isOwn) part = "after";
  }
  if (part === "after" && (out.before || out.own || out.after)) return out;
  return { before: textBefore(row, base), own: "", after: "" };
}
// What a base has last before a row in which it has nothing.
function textBefore(row, base) {
  let i = row;
  while (i > 0 && segmentsOf(rows[i].cells[base]) === 0) i--;
  return i < row ? cellText(rows[i].cells[base]) : "";
}

// A sign alone is cited with the word at which it stands, and so is another sign in its place.
function atWord(u, base, lemma) {
  const none = html => html;
  if (!lemma || LETTER.test(lemma)) return none;
  const { before, own, after } = around(u, base);
  const next = /^\S+/.exec(after)?.[0] || "";
  const last = /\S+$/.exec(before)?.[0] || "";
  const by = text => `<span class=cx>${quoted(text, base)}</span>`;
  if (LETTER.test(next)) return html => html + by(next.replace(/[^\p{L}\p{M}\p{N}]+$/u, ""));
  if (LETTER.test(last) && !/^\s/.test(own)) return html => by(last.replace(/^[^\p{L}\p{M}\p{N}]+/u, "")) + html;
  return none;
}

// Which of several equal words of the row is meant (² for the second).
function lemmaOf(u, base, lemma) {
  const words = quoted(lemma, base);
  if (!LETTER.test(lemma) || units[u].kind) return words;
  const { before, after } = around(u, base);
  const earlier = occurrences(lemma, before, W[base].unspaced);
  return earlier + occurrences(lemma, after, W[base].unspaced) ? `${words}<sup>${earlier + 1}</sup>` : words;
}

// Where words stand that the base has not: behind which of its own.
function placeInBase(u, base) {
  const told = units[u].after;
  if (base === data.base && told) return `<em>after</em> ${quoted(told, base)}`;
  const { before, after } = around(u, base);
  const last = lastWord(before);
  const next = /\S+/.exec(after)?.[0];
  if (last) return `<em>after</em> ${quoted(last, base)}`;
  return next ? `<em>before</em> ${quoted(next, base)}` : "<em>before the first word</em>";
}

export const reasonOf = f => f.evidence.map(e => e.explanation).join("; ");
// Versions stand behind the reading that they follow, with what decides it.
const version = (w, why) => `<em class=fo title="${esc(why)}">${esc(W[w].siglum)}</em>`;
const versionsOf = (unit, reading) =>
  (unit.follows || []).filter(f => f.reading === reading).map(f => version(f.witness, reasonOf(f))).join(" ");
const classHtml = (c, words) => `<span class="cl ${classes.mark(c)}">${esc(words)}</span>`;

// A difference in words: who has it at another place of the text is named apart.
function wordsHtml(u, j, base, others) {
  const unit = units[u];
  const at = atWord(u, base, j.lemma);
  const head = j.lemma ? at(lemmaOf(u, base, j.lemma)) : placeInBase(u, base);
  const agree = versionsOf(unit, j.base);
  const readings = others.map(o => {
    const own = quoted(o.text, o.witnesses[0]);
    // A sign that is cited with its word is left out by the word alone.
    const words =
      !o.text ? at("") || "<em>om.</em>"
      : !j.lemma ? `<em>add.</em> ${own}`
      : LETTER.test(o.text) ? own
      : at(own);
    const here = o.witnesses.filter(w => !o.elsewhere.includes(w));
    const who = [
      ...(here.length ? [`${words} ${sg(here)}`] : []),
      ...(o.elsewhere.length ? [`${words} <em>transp.</em> ${sg(o.elsewhere)}`] : []),
    ].join("; ");
    const suspects = o.suspect === undefined ? [] : o.suspect ? [base] : o.witnesses;
    const wrong = suspects.length ? ` in ${suspects.map(w => W[w].siglum).join(" ")}` : "";
    return `${who}${spaced(versionsOf(unit, o.reading))} ${classHtml(o.class, o.class + wrong)}`;
  });
  return { head, agree, readings };
}

// A passage at its two places.
function moveHtml(u, j, base, others) {
  const move = moves[units[u].move];
  const followers = reading => {
    const atHome = reading === 0;
    const why = "the sentences stand where this edition has them";
    return (move.followed || []).filter(f => f[1] === atHome).map(f => version(f[0], why)).join(" ");
  };
  const readings = others.map(o => {
    const [there, own] = placesOfMove(move, o.reading);
    const who = `<em>${whither(own, there)}</em> ${sg(o.witnesses)}${spaced(followers(o.reading))}`;
    return `${who} ${classHtml(o.class, move.scale + " moved")}`;
  });
  const [own] = placesOfMove(move, j.base);
  return { head: quoted(own.text, own.witnesses[0] ?? base), agree: followers(j.base), readings };
}
// Words that stand in the same row stand elsewhere in the sentence, or with all of it.
function whither(own, there) {
  if (own.row !== there.row) {
    return `transp. to ${there.row === undefined ? esc(there.at) : rowLink(there.row, esc(there.at))}`;
  }
  const w = there.witnesses[0];
  const cell = rows[there.row].cells[w];
  return cell.moved ? `transp. to ${esc(W[w].siglum)} ${esc(cell.at)}` : "transp. in the sentence";
}

// A paragraph that begins in some witnesses only, cited by the word before it.
function layoutHtml(u, base, others) {
  const row = units[u].row;
  const holder = units[u].readings.find(r => r.text)?.witnesses.find(w => rows[row].cells[w].text) ?? base;
  const pieces = rows[row].cells[holder].text || [];
  const opens = pieces.findIndex((piece, k) => k > 0 && piece.opens);
  const before = opens > 0 ? pieces.slice(0, opens).map(pieceText).join("") : textBeforeRow(row, base);
  const last = base === data.base ? units[u].after : lastWord(before);
  const readings = others.map(o => `<em>${o.text ? "new" : "no new"} paragraph</em> ${sg(o.witnesses)}`);
  return { head: last ? quoted(last, base) : "<em>at the beginning</em>", agree: "", readings };
}
function textBeforeRow(row, base) {
  for (let i = row - 1; i >= 0; i--) if (segmentsOf(rows[i].cells[base])) return cellText(rows[i].cells[base]);
  return "";
}

export function entryBody(u, j, base, keep = () => true) {
  const unit = units[u];
  const others = j.others.filter(o => keep(o, unit.row));
  const { head, agree, readings } =
    unit.kind === "move" ? moveHtml(u, j, base, others)
    : unit.kind === "layout" ? layoutHtml(u, base, others)
    : wordsHtml(u, j, base, others);
  const holders = state.positive ? " " + sg(j.holders) : "";
  const isAbsent = state.positive && !unit.kind && unit.absent?.length;
  const absent = isAbsent ? `; ${sg(unit.absent)} <em>not present</em>` : "";
  const colon = agree || state.positive ? ";" : "";
  return `${head}${BRACKET}${holders}${spaced(agree)}${colon} ${readings.join("; ")}${absent}`;
}

// An entry whose home is an element; its number leads to the row.
export function entryHtml(u, base, keep, again, id = `id="a${u}"`) {
  const j = base === state.base ? judgements()[u] : seenFrom(u, base);
  const i = rowFor(u, base);
  if (!j || !j.others.some(o => keep(o, i))) return "";
  const cls = "ae" + (again ? " again" : "") + (units[u].kind === "layout" ? " lay" : "");
  const place = base === data.base ? units[u].at : placeOf(i, base);
  return `<div class="${cls}" ${id}>${rowLink(i, esc(place))}${entryBody(u, j, base, keep)}</div>`;
}
