// Text on its way into HTML, folded for search, cut for an apparatus. Nothing here knows the page.

// The same signs as in the rows.
const ESC = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
export const esc = s =>
  String(s)
    .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd")
    .replace(/[&<>"']/g, c => ESC[c]);

// Case and accents do not matter in a search, in any script.
export const fold = s =>
  s
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[ſ]/g, "s")
    .replace(/ß/g, "ss")
    .replace(/[’‘ʼ]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/[‐‑–—]/g, "-")
    .replace(/\s+/g, " ");

export const LETTER = /[\p{L}\p{M}\p{N}]/u;
export const WORDS_OF = /[\p{L}\p{M}\p{N}]+/gu;

// A number as people read it.
export const num = (n, digits = 0) => n.toFixed(digits);
export const perThousand = (n, words) => (words ? num((1000 * n) / words, 1) : "–");

// Long readings by their first and last words, as apparatuses do.
const LONG = 16;
export function cutLong(text) {
  const words = text.split(/\s+/);
  return words.length <= LONG ? text : words.slice(0, 4).join(" ") + " … " + words.slice(-4).join(" ");
}
export const lastWord = text => text.trim().split(/\s+/).pop() || "";
export const wordCount = text => (text.match(WORDS_OF) || []).length;
export const spaced = html => (html ? " " + html : "");

// How often a word or a phrase stands in a text, not inside of longer words.
export function occurrences(words, text, unspaced) {
  let n = 0;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
    const alone = !LETTER.test(text[at - 1] || " ") && !LETTER.test(text[at + words.length] || " ");
    if (unspaced || alone) n++;
  }
  return n;
}

// How often something stands in a text, wherever.
export function countIn(text, wanted) {
  let n = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) n++;
  return n;
}
