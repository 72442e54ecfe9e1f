import { test } from "node:test";
import assert from "node:assert/strict";
import { against, knownClasses, placesOfMove, rowsOfUnit, wordOfTrust } from "../judge.js";

const classes = knownClasses([
  { class: "layout", layer: "accidental", mark: "a", quiet: true },
  { class: "scan-error", layer: "accidental", mark: "e" },
  { class: "spelling", layer: "accidental", mark: "a" },
  { class: "addition", layer: "substantive", mark: "s i", turned: "omission" },
  { class: "omission", layer: "substantive", mark: "s", turned: "addition" },
  { class: "unclassified", layer: "substantive", mark: "s" },
]);
const unit = {
  row: 3,
  readings: [
    { text: "red", witnesses: [0] },
    { text: "", witnesses: [1], class: "omission", rule: "omission" },
    { text: "rcd", witnesses: [2], class: "scan-error", rule: "scan-error.confusable", lemma_is_suspect: false },
  ],
  between: [{ of: [1, 2], class: "addition", rule: "addition" }],
};
const told = (base, isOwn) =>
  against(unit, base, classes, isOwn)?.others.map(o => [o.reading, o.class, o.suspect ?? null]);

test("what the base has is the lemma, and the others differ from it", () => {
  assert.deepEqual(told(0), [[1, "omission", null], [2, "scan-error", false]]);
});

test("the other way round an omission is an addition, and the other is suspect", () => {
  assert.deepEqual(told(1), [[0, "addition", null], [2, "addition", null]]);
  assert.deepEqual(told(2), [[0, "scan-error", true], [1, "omission", null]]);
});

test("a base that does not cover the place has no entry, but for the base of the data", () => {
  assert.equal(told(7), undefined);
  assert.deepEqual(told(7, true), told(0));
});

test("two readings that nobody judged are unclassified", () => {
  const bare = { ...unit, between: undefined };
  assert.equal(against(bare, 1, classes).others[1].class, "unclassified");
});

test("what moved is to be seen at both places, from its own side", () => {
  const moves = [
    { home: { row: 2 }, away: { row: 9 } },
    { home: { row: 4 }, away: { row: 4 } },
    { home: {}, away: { row: 1 } },
  ];
  assert.deepEqual(rowsOfUnit(unit, moves), [3]);
  assert.deepEqual([0, 1, 2].map(move => rowsOfUnit({ kind: "move", move }, moves)), [[2, 9], [4], [1]]);
  assert.equal(placesOfMove(moves[0], 1)[0].row, 9);
});

test("words for confidence begin where the data says", () => {
  const trust = [{ word: "sure", from: 0.9 }, { word: "likely", from: 0.6 }, { word: "doubtful", from: 0 }];
  const words = [1, 0.9, 0.8999, 0.6, 0].map(p => wordOfTrust(trust, p));
  assert.deepEqual(words, ["sure", "sure", "likely", "likely", "doubtful"]);
});
