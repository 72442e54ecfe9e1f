//! What a user knows of the words of both languages: a dictionary, or a lexicon learned before.

use std::collections::HashSet;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::tokens::{Folding, Token, tokenize_as};

/// Pairs of words or expressions that render each other, from one source or several. Cheap to clone.
///
/// How far a source is believed is found out on each pair of texts, for every source by itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dictionary(Vec<Arc<Source>>);

/// The entries of one source.
#[derive(Debug, PartialEq, Default)]
pub(super) struct Source {
    pub(super) entries: Vec<Entry>,
    /// Whether it is a pack, joined for these very texts: the direction is known.
    pub(super) is_pack: bool,
}

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
        let entries: Vec<(T, T, Option<f64>)> = entries.into_iter().collect();
        let folding_a = Folding::of(entries.iter().map(|entry| entry.0.as_ref()));
        let folding_b = Folding::of(entries.iter().map(|entry| entry.1.as_ref()));
        let words = |text: T, folding| {
            let tokens = tokenize_as(text.as_ref(), folding);
            tokens.into_iter().filter(Token::is_word).collect::<Vec<Token>>()
        };
        let read = entries.into_iter().map(|(a, b, share)| Entry {
            a: words(a, folding_a),
            b: words(b, folding_b),
            share,
        });
        Self::of(read.filter(|entry| !entry.a.is_empty() && !entry.b.is_empty()).collect(), false)
    }

    /// Of what packs know of two texts.
    pub(super) fn of_packs(entries: Vec<Entry>) -> Self {
        Self::of(entries, true)
    }

    fn of(entries: Vec<Entry>, is_pack: bool) -> Self {
        if entries.is_empty() { Self::default() } else { Self(vec![Arc::new(Source { entries, is_pack })]) }
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.0.iter().map(|source| source.entries.len()).sum()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All sources of several dictionaries.
    #[must_use]
    pub fn joined(dictionaries: &[Self]) -> Self {
        Self(dictionaries.iter().flat_map(|d| d.0.iter().cloned()).collect())
    }

    /// A number that tells dictionaries apart, in hexadecimal; the same on every machine.
    pub fn fingerprint(&self) -> String {
        let mut hasher = Sha256::new();
        for entry in self.0.iter().flat_map(|source| &source.entries) {
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

    /// The sources.
    pub(super) fn sources(&self) -> impl Iterator<Item = &Source> {
        self.0.iter().map(AsRef::as_ref)
    }
}

impl Source {
    /// Whether its entries stand the other way round than texts of which these are the words: formats do
    /// not agree on which language comes first.
    #[must_use]
    pub(super) fn is_turned(&self, a: &HashSet<&str>, b: &HashSet<&str>) -> bool {
        if self.is_pack {
            return false;
        }
        let all = |tokens: &[Token], words: &HashSet<&str>| tokens.iter().all(|t| words.contains(&*t.text));
        let found = |x: &HashSet<&str>, y: &HashSet<&str>| {
            self.entries.iter().filter(|entry| all(&entry.a, x) && all(&entry.b, y)).count()
        };
        found(a, b) < found(b, a)
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
        let source = dictionary.sources().next().unwrap();
        assert!(!source.is_turned(&en, &fr) && source.is_turned(&fr, &en));
    }

    #[test]
    fn each_source_has_its_own_direction() {
        let one = Dictionary::new([("war", "guerre", None)]);
        let other = Dictionary::new([("paix", "peace", None)]);
        let both = Dictionary::joined(&[one, other, Dictionary::default()]);
        let (en, fr) = (HashSet::from(["war", "peace"]), HashSet::from(["guerre", "paix"]));
        let turned: Vec<bool> = both.sources().map(|source| source.is_turned(&en, &fr)).collect();
        assert_eq!((turned, both.len()), (vec![false, true], 2));
    }
}
