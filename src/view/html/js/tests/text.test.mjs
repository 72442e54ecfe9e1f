import { test } from "node:test";
import assert from "node:assert/strict";
import { countIn, cutLong, esc, fold, lastWord, occurrences, perThousand, wordCount } from "../text.js";

test("nothing of a text is markup", () => {
  assert.equal(esc(`<b>"a" & 'b'\u202e`), "&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;\ufffd");
});

test("case, accents and shapes of signs do not matter in a search", () => {
  assert.equal(fold("ÉTAT  “ſo”"), 'etat "so"');
  assert.equal(fold("Красной АРМИИ"), "краснои армии");
  assert.equal(fold("Straße — l’eau"), "strasse - l'eau");
});

test("long readings are cited by their first and last words", () => {
  const words = Array.from({ length: 17 }, (_, k) => "w" + k);
  assert.equal(cutLong(words.slice(1).join(" ")), words.slice(1).join(" "));
  assert.equal(cutLong(words.join(" ")), "w0 w1 w2 w3 … w13 w14 w15 w16");
});

test("words are counted, not letters inside of others", () => {
  assert.equal(occurrences("war", "war, warm, the war and thewar", false), 2);
  assert.equal(occurrences("神", "起初神创造，神说", true), 2);
  assert.equal(countIn("aaa", "aa"), 1);
  assert.equal(wordCount("one, two – three"), 3);
  assert.equal(lastWord("  the end. "), "end.");
  assert.equal(lastWord(""), "");
});

test("rates are of words, if there are any", () => {
  assert.equal(perThousand(3, 1500), "2.0");
  assert.equal(perThousand(3, 0), "–");
});
