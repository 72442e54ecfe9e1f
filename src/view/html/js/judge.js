// What a reading is against a base that the reader chose. The classes are those of the data, where each two
// readings are judged; the other way round an addition is an omission: that is in the data as well.

export const readingOf = (unit, w) => unit.readings.findIndex(r => r.witnesses.includes(w));

// What the data says of classes, by name.
export function knownClasses(list) {
  const byName = new Map(list.map(c => [c.class, c]));
  return {
    names: list.map(c => c.class),
    layer: c => byName.get(c)?.layer,
    mark: c => byName.get(c)?.mark ?? "",
    turned: c => byName.get(c)?.turned ?? c,
    quiet: c => byName.get(c)?.quiet === true,
  };
}

// The word for a confidence. The words come with the values from which they hold, the surest first.
export const wordOfTrust = (trust, p) => trust.find(t => p >= t.from).word;

const said = (x, turned, classes) => ({
  class: turned ? classes.turned(x.class) : x.class,
  suspect: x.lemma_is_suspect === undefined ? undefined : turned !== x.lemma_is_suspect,
  why: x.explanation,
  rule: x.rule,
  confidence: x.confidence,
});

// Class, and for a scanning error whether the base is the one that is wrong.
export function judge(unit, base, reading, classes) {
  if (base === 0) return said(unit.readings[reading], false, classes);
  if (reading === 0) return said(unit.readings[base], true, classes);
  const [first, second] = [Math.min(base, reading), Math.max(base, reading)];
  const known = (unit.between || []).find(x => x.of[0] === first && x.of[1] === second);
  return known ? said(known, base > reading, classes) : { class: classes.names[classes.names.length - 1] };
}

// A unit against a base: its lemma and the readings that differ. `null` where the base does not cover the place,
// unless it is the one for which the entries were made: then the lemma is theirs.
export function against(unit, base, classes, isOwn = false) {
  const found = readingOf(unit, base);
  if (found < 0 && !isOwn) return null;
  const b = Math.max(found, 0);
  const others = [];
  unit.readings.forEach((r, i) => {
    if (i === b) return;
    const judged = judge(unit, b, i, classes);
    others.push({ ...judged, text: r.text, witnesses: r.witnesses, elsewhere: r.elsewhere || [], reading: i });
  });
  return { base: b, lemma: unit.readings[b].text, holders: unit.readings[b].witnesses, others };
}

// The rows in which a unit is to be seen: of what moved, those of both places.
export function rowsOfUnit(unit, moves) {
  if (unit.kind !== "move") return [unit.row];
  const { home, away } = moves[unit.move];
  return [...new Set([home.row, away.row])].filter(row => row !== undefined);
}

// The two places of what moved, that of a reading first: the lemma stands at home.
export function placesOfMove(move, reading) {
  return reading === 0 ? [move.home, move.away] : [move.away, move.home];
}
