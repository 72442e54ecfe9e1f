//! Which witnesses were read by a machine, or as badly as one.
//!
//! In such a witness a form that nobody else has is more likely a misreading than another word. It shows in
//! the words that stand at one place in two witnesses: many forms that no other witness has are one exchange
//! of look-alike shapes from the other's word, which the witness itself has at least as often elsewhere; the
//! exchanges are of many kinds; and they are a good part of all the differences between similar words. Old
//! spellings and dialects show otherwise: one exchange (`a` and `o` before `n`) makes most of the pairs that
//! look like misreadings, or most pairs differ in what no eye takes for each other. Words that stand nowhere
//! at one place tell nothing. Manuscripts were read by people; they are never asked.

use rustc_hash::{FxHashMap, FxHashSet};

use super::shapes::confusion;
use super::slips::edits;
use super::token::Vocabulary;

/// Fewest misread words of a noisy witness, and fewest different ones.
const FEWEST: usize = 8;
const FEWEST_FORMS: usize = 5;
/// Misread words of a noisy witness, one in so many at least.
const ONE_IN: usize = 150;
/// Kinds of exchange that a machine makes at least.
const FEWEST_KINDS: usize = 4;
/// Of the pairs that look like misreadings, the commonest exchange makes no more than one in so many.
const HABIT_ONE_IN: f64 = 1.7;
/// Of the pairs of similar words, the misreadings are one in so many at least.
const OF_SIMILAR_ONE_IN: usize = 4;
/// Letters in which similar words differ at most.
const SIMILAR: usize = 2;

/// Two words at one place: the witness's own normal form, the other's, and at how many places.
pub(super) type AlignedPair<'p> = (&'p str, &'p str, usize);

/// Whether a witness of `vocabularies` with these pairs of differing words is noisy.
pub(super) fn is_noisy(witness: usize, pairs: &[AlignedPair<'_>], vocabularies: &[Vocabulary]) -> bool {
    let own = &vocabularies[witness];
    let elsewhere = |form: &str| {
        vocabularies.iter().enumerate().any(|(other, words)| other != witness && words.count(form) > 0)
    };
    let mut kinds: FxHashMap<usize, usize> = FxHashMap::default();
    let mut forms: FxHashSet<&str> = FxHashSet::default();
    let (mut words, mut misread, mut similar) = (0, 0, 0);
    for &(form, other, count) in pairs {
        if edits(form, other) > SIMILAR || form.chars().filter(|c| c.is_alphabetic()).count() < 2 {
            continue;
        }
        similar += 1;
        let Some(kind) = confusion(form, other) else { continue };
        if elsewhere(form) || own.count(other) < count {
            continue;
        }
        misread += 1;
        words += count;
        forms.insert(form);
        *kinds.entry(kind).or_default() += 1;
    }
    let commonest = kinds.values().copied().max().unwrap_or(0);
    words >= FEWEST
        && forms.len() >= FEWEST_FORMS
        && words * ONE_IN >= own.total()
        && kinds.len() >= FEWEST_KINDS
        && commonest as f64 * HABIT_ONE_IN <= misread as f64
        && misread * OF_SIMILAR_ONE_IN >= similar
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::token::normal_form;
    use crate::model::testing::text;

    const CLEAN: &str = "The house of the lord stood in the middle of the village and the people of the \
        village came to the house in the evening to hear him read from the old books of the land and \
        they sat on the floor of the house by the fire and listened to the stories that he told them.";

    /// Whether the second of two texts with the same number of words is noisy against the first.
    fn noise(clean: &str, other: &str) -> bool {
        let (a, b) = (Vocabulary::of(&text("A", &[clean])), Vocabulary::of(&text("B", &[other])));
        let mut pairs: Vec<(String, String)> = clean
            .split_whitespace()
            .zip(other.split_whitespace())
            .filter(|(x, y)| x != y)
            .map(|(x, y)| (normal_form(y), normal_form(x)))
            .collect();
        pairs.sort();
        let pairs: Vec<AlignedPair<'_>> =
            pairs.chunk_by(|x, y| x == y).map(|same| (&*same[0].0, &*same[0].1, same.len())).collect();
        is_noisy(1, &pairs, &[a, b])
    }

    #[test]
    fn a_scan_is_noisy_and_an_old_spelling_is_not() {
        let scan = CLEAN
            .replacen("the house", "tbe bouse", 1)
            .replacen("the lord", "tho 1ord", 1)
            .replacen("of the village", "ot tlie village", 1)
            .replacen("in the evening", "iu the evening", 1)
            .replacen("and they", "aud thcy", 1)
            .replacen("the fire", "tlie flre", 1);
        assert!(noise(CLEAN, &scan));
        assert!(!noise(CLEAN, CLEAN));
        let old = CLEAN.replace("the ", "ye ").replace("house", "howse").replace("old", "olde");
        assert!(!noise(CLEAN, &old));
    }

    #[test]
    fn a_dialect_that_exchanges_one_vowel_is_no_scan() {
        let clean = "In that land stood a man with his hand on the stand and many can name the land and the man and \
            his hand for the sand of the strand and the band of many a man can stand on that sand and strand with \
            the band";
        let mut seen = std::collections::BTreeSet::new();
        let dialect: Vec<String> = clean
            .split(' ')
            .map(
                |word| {
                    if word.len() > 2 && seen.insert(word) { word.replace("an", "on") } else { word.into() }
                },
            )
            .collect();
        assert!(!noise(clean, &dialect.join(" ")));
    }
}
