// Words and what renders them, from the lexicon that was learned from the aligned sentences. A translation of the
// same original is reached through it: what renders the same words in the same rows.
import { fold } from "./text.js";

// The lexica of the data (see docs/report.md), each with its two sides: the column, the terms, by form, and the
// links of each term.
export function readLexica(lexica) {
  for (const lexicon of lexica) {
    lexicon.sides = [lexicon.of, lexicon.by].map((column, side) => readSide(column, lexicon.terms[side]));
    // A negative number counts what stands on other pages.
    lexicon.links.forEach((list, of) =>
      list.forEach(([by, ...rows]) => {
        const elsewhere = rows[rows.length - 1] < 0 ? -rows.pop() : 0;
        const count = rows.length + elsewhere;
        lexicon.sides[0].terms[of].links.push({ to: by, rows, count });
        lexicon.sides[1].terms[by].links.push({ to: of, rows, count });
      }),
    );
  }
  return lexica;
}

function readSide(column, list) {
  const terms = list.map(term => {
    const [forms, count, ...parts] = typeof term === "string" ? [term, 1] : term;
    return { forms: forms.split("|"), count, parts, links: [], within: [] };
  });
  const byForm = new Map();
  terms.forEach((term, t) => {
    for (const form of term.forms) {
      for (const key of [form.toLowerCase(), fold(form)]) if (!byForm.has(key)) byForm.set(key, t);
    }
    // An expression stands for each of its words as well.
    for (const part of term.parts) terms[part].within.push(t);
  });
  return { column, terms, byForm };
}

// The sides that speak of a witness; an edition without its own has the words of the one that the translations
// were aligned with.
export function sidesIn(lexica, w, witnesses) {
  const all = lexica.flatMap(({ sides }) => sides.map((side, s) => ({ side, other: sides[1 - s] })));
  const own = all.filter(x => x.side.column === w);
  return own.length || !witnesses[w].compared ? own : all.filter(x => witnesses[x.side.column].compared);
}

const termOf = (side, text) => side.byForm.get(text.toLowerCase()) ?? side.byForm.get(fold(text));
const byCount = list =>
  list.sort((x, y) => y.count - x.count || (x.term.forms[0] < y.term.forms[0] ? -1 : 1));

// What renders a term: [{ term, count, rows }], the most frequent first.
function linksOf(side, other, t) {
  const found = new Map();
  for (const k of [t, ...side.terms[t].within]) {
    for (const { to, rows, count } of side.terms[k].links) {
      const known = found.get(to);
      if (known) {
        known.count += count;
        known.rows = known.rows.concat(rows);
      } else found.set(to, { term: other.terms[to], to, count, rows });
    }
  }
  return byCount([...found.values()]);
}

// What another translation has where this one renders the same words of their original.
function through(links, original, side, other) {
  const found = new Map();
  for (const link of links) {
    const t = termOf(side, link.term.forms[0]);
    const here = new Set(link.rows);
    if (t === undefined || side.column !== original) continue;
    for (const next of linksOf(side, other, t)) {
      const rows = next.rows.filter(i => here.has(i));
      if (!rows.length) continue;
      const known = found.get(next.to);
      if (known) {
        known.count += rows.length;
        known.rows = known.rows.concat(rows);
      } else found.set(next.to, { ...next, count: rows.length, rows });
    }
  }
  return byCount([...found.values()]);
}

// For each witness that has any, the renderings of a word; and how often the word stands in sentences that have a
// counterpart.
export function renderingsIn(lexica, text, w, witnesses) {
  const out = new Map();
  const direct = [];
  for (const { side, other } of sidesIn(lexica, w, witnesses)) {
    const t = termOf(side, text);
    if (t === undefined) continue;
    const list = linksOf(side, other, t);
    const linked = list.reduce((n, x) => n + x.count, 0);
    direct.push({ list, original: other.column });
    const open = Math.max(0, side.terms[t].count - linked);
    out.set(other.column, { list, term: side.terms[t], open });
  }
  if (witnesses[w].compared) return out;
  for (const { list, original } of direct) {
    for (const { side, other } of sidesIn(lexica, original, witnesses)) {
      if (other.column === w || out.has(other.column)) continue;
      const found = through(list, original, side, other);
      if (found.length) out.set(other.column, { list: found, open: 0, via: original });
    }
  }
  return out;
}
