// What a reading is against a base that the reader chose. The classes are those of the data, where
// each two readings are judged; the other way round an addition is an omission.
const LAYER = {};
"layout typography editorial punctuation capitalisation graphic abbreviation numeral word-division scan-error spelling".split(" ").forEach(c => LAYER[c] = "accidental");
"inflection number name substitution addition omission transposition unclassified".split(" ").forEach(c => LAYER[c] = "substantive");
const CLASSES = Object.keys(LAYER);
const TURNED = { addition: "omission", omission: "addition" };
// CSS class of a span, by class of variant.
const mark = c => c === "scan-error" ? "e" : c === "transposition" ? "t" : LAYER[c] === "accidental" ? "a" : c === "addition" ? "s i" : "s";

const readingOf = (unit, w) => unit.readings.findIndex(r => r.witnesses.includes(w));

// What is said of a judgement: its own words, or those of its rule.
const saidOf = x => x.explanation ?? data.rules[x.rule];

// Class, and for a scanning error whether the base is the one that is wrong.
function judge(unit, base, reading) {
  const b = unit.readings[base], r = unit.readings[reading];
  if (base === 0) return { class: r.class, suspect: r.lemma_is_suspect, why: saidOf(r), rule: r.rule, confidence: r.confidence };
  if (reading === 0) return { class: TURNED[b.class] || b.class, suspect: b.lemma_is_suspect === undefined ? undefined : !b.lemma_is_suspect, why: saidOf(b), rule: b.rule, confidence: b.confidence };
  const known = (unit.between || []).find(x => x.of[0] === Math.min(base, reading) && x.of[1] === Math.max(base, reading));
  if (!known) return { class: "unclassified" };
  const turned = base > reading;
  return { class: turned ? TURNED[known.class] || known.class : known.class, suspect: known.lemma_is_suspect === undefined ? undefined : turned !== known.lemma_is_suspect, why: saidOf(known), rule: known.rule, confidence: known.confidence };
}

// Every unit against the base: its lemma and the readings that differ. `null` where the base does
// not cover the place, or nothing differs.
function against(unit, base) {
  const b = readingOf(unit, base);
  if (b < 0) return null;
  const others = [];
  unit.readings.forEach((r, i) => { if (i !== b) others.push({ ...judge(unit, b, i), text: r.text, witnesses: r.witnesses, reading: i }); });
  return { base: b, lemma: unit.readings[b].text, holders: unit.readings[b].witnesses, others };
}

let judged = [], judgedFor = -1;
function judgements(base = state.base) {
  if (base === judgedFor) return judged;
  judgedFor = base;
  judged = units.map(unit => against(unit, base));
  return judged;
}

const unitsOfRow = rows.map(() => []);
units.forEach((unit, u) => unitsOfRow[unit.row]?.push(u));
const movesOfRow = rows.map(() => []);
data.moves.forEach((m, i) => { movesOfRow[m.home.row]?.push(i); if (m.away.row !== m.home.row) movesOfRow[m.away.row]?.push(i); });
