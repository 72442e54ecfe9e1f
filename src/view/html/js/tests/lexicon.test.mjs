import { test } from "node:test";
import assert from "node:assert/strict";
import { readLexica, renderingsIn } from "../lexicon.js";

const W = [{ compared: true }, { compared: true }, {}, {}];
// The text 0 with translations 2 and 3: war is guerre twice, and Krieg in one of the same rows.
const lexica = () => readLexica([
  { of: 0, by: 2, terms: [[["war|wars", 4]], [["guerre", 2]]], links: [[[0, 5, 7, -1]]] },
  { of: 0, by: 3, terms: [["war", ["Red War", 1, 0]], ["Krieg", "roter Krieg"]], links: [[[0, 7]], [[1, 9]]] },
]);
const told = (text, w) =>
  [...renderingsIn(lexica(), text, w, W)].map(([of, r]) => [of, r.list.map(x => [x.term.forms[0], x.count]), r.open]);

test("a word has its renderings, and those of expressions with it; what others pages have is counted", () => {
  assert.deepEqual(told("WARS", 0), [[2, [["guerre", 3]], 1]]);
  assert.deepEqual(told("war", 0), [[2, [["guerre", 3]], 1], [3, [["Krieg", 1], ["roter Krieg", 1]], 0]]);
});

test("another edition has the words of the one that was translated", () => {
  assert.deepEqual(told("war", 1), told("war", 0));
});

test("a translation reaches another by way of the original, where rows are the same", () => {
  assert.deepEqual(told("guerre", 2), [[0, [["war", 3]], 0], [3, [["Krieg", 1]], 0]]);
  assert.deepEqual(told("nowhere", 2), []);
});
