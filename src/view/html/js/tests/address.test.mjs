import { test } from "node:test";
import assert from "node:assert/strict";
import { defaults, understood, written } from "../address.js";

const W = ["FI", "ed", "PDx", "fr"].map((siglum, w) => ({ siglum, compared: w < 3 }));
const same = hash => {
  const { here, state } = understood(hash, 0, W);
  return written(here, state, 0, W);
};

test("what is as usual is not said", () => {
  assert.equal(written("FI.1.5.3", defaults(0, 4), 0, W), "#FI.1.5.3");
  assert.equal(same(""), "#");
});

test("an address brings back what it was written for", () => {
  for (const hash of [
    "#FI.1.5.3~view=app&base=PDx&only=name,number&positive=1",
    "#~show=PDx,FI&q=red+army&read=fr&pair=FI,PDx",
    "#a12~view=app",
  ]) assert.equal(same(hash), hash);
});

test("what is not there is as usual", () => {
  const { here, state } = understood("#x%~view=none&base=fr&show=zz&read=zz&pair=FI,fr", 0, W);
  assert.equal(here, "x%");
  assert.deepEqual(state, defaults(0, 4));
});
