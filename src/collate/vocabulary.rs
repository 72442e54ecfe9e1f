//! How often the words of a text stand in it.

use std::collections::BTreeMap;

use super::token::{Token, tokens_of};
use crate::model::Segmented;

/// How often each normal form stands in a text: what a scanning error is told by.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    counts: BTreeMap<String, usize>,
    total: usize,
    /// Forms seen with a small first letter, so that a capital elsewhere is no proof of a name.
    small: std::collections::BTreeSet<String>,
}

impl Vocabulary {
    /// Counts the words of all segments of `text`.
    pub fn of(text: &Segmented) -> Self {
        let mut vocabulary = Self::default();
        for token in tokens_of(text, 0..text.len()).into_iter().filter(Token::is_word) {
            if token.surface.starts_with(char::is_lowercase) {
                vocabulary.small.insert(token.normal.clone());
            }
            vocabulary.total += 1;
            *vocabulary.counts.entry(token.normal).or_default() += 1;
        }
        vocabulary
    }

    /// From surface forms, their normal forms and how often each stands in the text.
    pub(super) fn of_forms<'f>(forms: impl Iterator<Item = (&'f str, &'f str, usize)>) -> Self {
        let mut vocabulary = Self::default();
        for (surface, normal, count) in forms {
            if surface.starts_with(char::is_lowercase) {
                vocabulary.small.insert(normal.to_owned());
            }
            vocabulary.total += count;
            *vocabulary.counts.entry(normal.to_owned()).or_default() += count;
        }
        vocabulary
    }

    /// The normal forms with how often each occurs.
    pub fn forms(&self) -> impl Iterator<Item = (&str, usize)> {
        self.counts.iter().map(|(form, &count)| (form.as_str(), count))
    }

    /// Number of words.
    pub fn total(&self) -> usize {
        self.total
    }

    /// How often a normal form occurs.
    pub fn count(&self, normal: &str) -> usize {
        self.counts.get(normal).copied().unwrap_or(0)
    }

    /// Whether a normal form is so common (five times at least, and one word in 200) that it says
    /// nothing where it stands.
    pub fn is_common(&self, normal: &str) -> bool {
        let count = self.count(normal);
        count >= 5 && count * 200 >= self.total
    }

    /// Whether a normal form stands three times at least in this text and `other` together, and as one word
    /// in 200 of them.
    pub fn is_frequent_with(&self, other: &Self, normal: &str) -> bool {
        let count = self.count(normal) + other.count(normal);
        count >= 3 && count * 200 >= self.total + other.total
    }

    /// Whether a normal form occurs with a small first letter.
    pub fn occurs_small(&self, normal: &str) -> bool {
        self.small.contains(normal)
    }
}
