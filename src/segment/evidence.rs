//! What a document teaches about its own words before it is cut: which occur in lower case, which
//! carry a capital in mid-sentence, which carry a stop that ends nothing.
//!
//! After "Nicholas I." or "the U.S." only the next word can tell whether the sentence is over. If the
//! document writes that word in lower case elsewhere, its capital opens a sentence (Mikheev 2002);
//! a short word that is often followed by a stop and lower case is an abbreviation
//! (Kiss and Strunk 2006).

use crate::model::{Document, Span};
use crate::par::prelude::*;

use super::marks::{is_small, is_wide, is_word};
use super::words::{Hash, KeyMap, char_at};

/// How many bytes of text are learned from. More does not change the decisions and would make a big
/// document slow; blocks are taken at even distances.
const SAMPLE: usize = 1 << 21;
/// Blocks that are read by one thread before their counts are added to the others.
const CHUNK: usize = 512;

/// Counts of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Seen {
    /// In lower case.
    lower: u32,
    /// With a capital after another word: inside a sentence.
    name: u32,
    /// With a stop after which the sentence goes on.
    continued: u32,
    /// Without a stop.
    bare: u32,
}

/// Words and their counts, by key. Built by [`Evidence::learn`] from a document or
/// [`Evidence::of_text`] from a string; empty by default, which is a valid state of ignorance.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    words: KeyMap<Seen>,
}

impl Evidence {
    /// Learns from all blocks of a document, in parallel; at most about 2 MB of it.
    pub fn learn(document: &Document) -> Self {
        let blocks: Vec<(usize, Span)> = document
            .parts
            .iter()
            .enumerate()
            .flat_map(|(part, p)| p.blocks.iter().map(move |block| (part, block.body())))
            .collect();
        let total: usize = blocks.iter().map(|(_, body)| body.len()).sum();
        let stride = total.div_ceil(SAMPLE).max(1);
        let sample: Vec<(usize, Span)> = blocks.into_iter().step_by(stride).collect();
        let parts: Vec<Self> = sample
            .par_chunks(CHUNK)
            .map(|blocks| {
                let mut evidence = Self::default();
                for &(part, body) in blocks {
                    evidence.add(document.parts[part].text.get(body.range()).unwrap_or_default());
                }
                evidence
            })
            .collect();
        parts.into_iter().reduce(Self::merged).unwrap_or_default()
    }

    /// Learns from one text.
    pub fn of_text(text: &str) -> Self {
        let mut evidence = Self::default();
        evidence.add(text);
        evidence
    }

    /// Whether a capital of this word shows a new sentence.
    pub(super) fn knows_lower(&self, key: u64) -> bool {
        self.words.get(&key).is_some_and(|seen| seen.lower > 2 * seen.name)
    }

    /// Whether the word has a capital in mid-sentence and is never written in lower case.
    pub(super) fn knows_name(&self, key: u64) -> bool {
        self.words.get(&key).is_some_and(|seen| seen.name > 0 && seen.lower == 0)
    }

    /// Whether the word is written without a stop as well.
    pub(super) fn knows_bare(&self, key: u64) -> bool {
        self.words.get(&key).is_some_and(|seen| seen.bare > 0)
    }

    /// Whether the sentence goes on after the word's stop in more than one place.
    pub(super) fn knows_continuing(&self, key: u64) -> bool {
        self.words.get(&key).is_some_and(|seen| seen.continued > 1)
    }

    /// Whether the word mostly carries a stop that ends nothing.
    pub(super) fn knows_abbreviation(&self, key: u64) -> bool {
        self.words.get(&key).is_some_and(|seen| seen.continued >= 2 && seen.continued > 2 * seen.bare)
    }

    fn merged(mut self, other: Self) -> Self {
        if self.words.len() < other.words.len() {
            return other.merged(self);
        }
        // Sums do not depend on the order in which they are made.
        #[expect(clippy::iter_over_hash_type)]
        for (key, seen) in other.words {
            let sum = self.words.entry(key).or_default();
            sum.lower = sum.lower.saturating_add(seen.lower);
            sum.name = sum.name.saturating_add(seen.name);
            sum.continued = sum.continued.saturating_add(seen.continued);
            sum.bare = sum.bare.saturating_add(seen.bare);
        }
        self
    }

    /// Counts the words of a text, or of its first 2 MB.
    fn add(&mut self, text: &str) {
        let text = head(text);
        let bytes = text.as_bytes();
        let mut inside = false;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii() && !byte.is_ascii_alphanumeric() {
                inside = inside && matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b',')
                    || matches!(byte, b'\'' | b'-');
                at += 1;
                continue;
            }
            let Some(c) = char_at(text, at) else { break };
            at += c.len_utf8();
            if !is_word(c) || is_wide(c) {
                inside = inside && c.is_whitespace() || c == '’';
                continue;
            }
            let mut hash = Hash::default();
            hash.add(c);
            let mut length = 1;
            while let Some(next) = char_at(text, at).filter(|&next| is_word(next) && !is_wide(next)) {
                hash.add(next);
                length += 1;
                at += next.len_utf8();
            }
            let after = at;
            let stop = bytes.get(after) == Some(&b'.');
            if length == 1 && !stop && c.is_uppercase() {
                // "A" and "I" are no names.
                inside = true;
                continue;
            }
            let seen = self.words.entry(hash.finish()).or_default();
            if is_small(c) {
                seen.lower += 1;
            } else if inside && c.is_uppercase() {
                seen.name += 1;
            }
            if !stop {
                seen.bare += 1;
            } else if goes_on(&text[after + 1..]) {
                seen.continued += 1;
            }
            inside = true;
        }
    }
}

/// The text's first 2 MB, to a whole character.
fn head(text: &str) -> &str {
    let end = (0..4).filter_map(|back| SAMPLE.checked_sub(back)).find(|&end| text.is_char_boundary(end));
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Whether what follows a stop continues the sentence: a comma, or lower case after white space.
fn goes_on(rest: &str) -> bool {
    match rest.chars().next() {
        Some(',' | ';' | ':') => true,
        Some(c) if c.is_whitespace() => {
            rest.chars().take(8).find(|c| !c.is_whitespace()).is_some_and(is_small)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::key;
    use super::*;

    #[test]
    fn lower_case_names_and_abbreviations_are_told_apart() {
        let evidence = Evidence::of_text(
            "But the editor of Iskra came. Then Martov, the fabr. owner, met a fabr. clerk, but only then.",
        );
        assert!(evidence.knows_lower(key("But")));
        assert!(evidence.knows_lower(key("Then")));
        assert!(evidence.knows_name(key("Iskra")) && evidence.knows_name(key("Martov")));
        assert!(evidence.knows_abbreviation(key("fabr")));
        assert!(evidence.knows_bare(key("editor")) && !evidence.knows_bare(key("fabr")));
        assert!(!evidence.knows_lower(key("Lenin")));
    }

    #[test]
    fn parts_add_up_to_the_whole() {
        let (a, b) = ("The war began. It ended.", "It was the end, of the war.");
        let both = Evidence::of_text(a).merged(Evidence::of_text(b));
        assert_eq!(both, Evidence::of_text(b).merged(Evidence::of_text(a)));
        assert_eq!(both, Evidence::of_text(&format!("{a}\n\n. {b}")));
    }
}
