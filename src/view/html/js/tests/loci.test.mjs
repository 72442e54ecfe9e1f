import { test } from "node:test";
import assert from "node:assert/strict";
import { covers, lastOf, rowOfPlace } from "../loci.js";

test("a place is in a range of sentences, also over a paragraph's end", () => {
  assert.ok(covers("1.5.3–4", "1.5.4"));
  assert.ok(!covers("1.5.3–4", "1.5.5"));
  assert.ok(covers("1.5.3–1.6.1", "1.5.99"));
  assert.ok(covers("1.5.3–1.6.1", "1.6"));
  assert.ok(!covers("1.5.10", "1.5.1"));
});

test("every place of every witness is in a row", () => {
  const rows = [
    { id: "FI.1.1.1", cells: [{ at: "1.1.1" }, { at: "1.1.1–2" }] },
    { id: "PDx.2.1.1", cells: [{}, { at: "2.1.1" }] },
  ];
  const witnesses = [{ siglum: "FI" }, { siglum: "PDx" }];
  assert.equal(rowOfPlace("PDx 1.1.2", rows, witnesses), 0);
  assert.equal(rowOfPlace("PDx.2.1.1", rows, witnesses), 1);
  assert.equal(rowOfPlace("FI.9.1.1", rows, witnesses), -1);
  assert.equal(rowOfPlace("other.1.1.1", rows, witnesses), -1);
});

test("a range ends with its last place", () => {
  assert.deepEqual([lastOf("1.5.3"), lastOf("1.5.3", "4"), lastOf("1.5.3", "1.6.1")], ["1.5.3", "1.5.4", "1.6.1"]);
});
