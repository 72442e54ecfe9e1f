//! What a user knows of the words of both languages: a dictionary, or a lexicon learned before.

use std::collections::HashSet;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::tokens::{Token, tokenize};

/// Pairs of words or expressions that render each other. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dictionary(Arc<Vec<Entry>>);

/// One pair, its words as the aligner reads them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) a: Vec<Token>,
    pub(super) b: Vec<Token>,
    /// The share of the first word's occurrences that are rendered so, where it is known.
    pub(super) share: Option<f64>,
}

impl Dictionary {
    /// Of entries in any order: a word or expression, its rendering, and the share of the former's
    /// occurrences that are rendered so (from 0 to 1), if it is known. Entries without a word on one
    /// side are left out.
    pub fn new<T: AsRef<str>>(entries: impl IntoIterator<Item = (T, T, Option<f64>)>) -> Self {
        let words = |text: T| {
            let tokens = tokenize(text.as_ref());
            tokens.into_iter().filter(Token::is_word).collect::<Vec<Token>>()
        };
        let read = entries.into_iter().map(|(a, b, share)| Entry { a: words(a), b: words(b), share });
        Self(Arc::new(read.filter(|entry| !entry.a.is_empty() && !entry.b.is_empty()).collect()))
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All entries of several dictionaries.
    #[must_use]
    pub fn joined(dictionaries: &[Self]) -> Self {
        Self(Arc::new(dictionaries.iter().flat_map(|d| d.0.iter().cloned()).collect()))
    }

    /// A number that tells dictionaries apart, in hexadecimal; the same on every machine.
    pub fn fingerprint(&self) -> String {
        let mut hasher = Sha256::new();
        for entry in self.0.iter() {
            for side in [&entry.a, &entry.b] {
                for token in side {
                    hasher.update(token.text.as_bytes());
                    hasher.update([0]);
                }
                hasher.update([1]);
            }
            hasher.update(entry.share.unwrap_or(-1.0).to_le_bytes());
        }
        hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.0
    }

    /// The dictionary for texts of which these are the words: turned round if more of its entries are
    /// found in that way. Formats do not agree on which language comes first.
    #[must_use]
    pub(super) fn directed(&self, a: &HashSet<&str>, b: &HashSet<&str>) -> Self {
        let all = |tokens: &[Token], words: &HashSet<&str>| tokens.iter().all(|t| words.contains(&*t.text));
        let found = |x: &HashSet<&str>, y: &HashSet<&str>| {
            self.0.iter().filter(|entry| all(&entry.a, x) && all(&entry.b, y)).count()
        };
        if found(a, b) >= found(b, a) {
            return self.clone();
        }
        let turned = |entry: &Entry| Entry { a: entry.b.clone(), b: entry.a.clone(), share: entry.share };
        Self(Arc::new(self.0.iter().map(turned).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_direction_is_found_out() {
        let dictionary =
            Dictionary::new([("war", "guerre", None), ("peace", "paix", Some(0.5)), ("…", "x", None)]);
        assert_eq!(dictionary.len(), 2);
        let (en, fr) = (HashSet::from(["war", "peace"]), HashSet::from(["guerre", "paix"]));
        assert_eq!(dictionary.directed(&en, &fr), dictionary);
        let turned = dictionary.directed(&fr, &en);
        assert_eq!(turned.entries()[0].a[0].text, "guerre");
    }
}
