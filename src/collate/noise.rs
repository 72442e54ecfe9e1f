//! Which witnesses were read by a machine, or as badly as one.
//!
//! In such a witness a form that nobody else has is more likely a misreading than another word. It shows
//! by itself: the witness has many forms that stand in no other, and that one exchange of look-alike shapes
//! makes a word which others have and which the witness itself has at least as often. An old spelling shows
//! otherwise: it keeps to its forms; and a sound text has no forms of which it has a better one.

use rustc_hash::FxHashMap;

use super::shapes::misreadings;
use super::token::Vocabulary;

/// Fewest misread words of a noisy witness, and fewest different ones.
const FEWEST: usize = 8;
const FEWEST_FORMS: usize = 5;
/// Misread words of a noisy witness, one in so many at least.
const ONE_IN: usize = 150;

/// For each witness of a text, by its vocabulary, whether it is noisy.
pub(super) fn noisy(witnesses: &[&Vocabulary]) -> Vec<bool> {
    let mut holders: FxHashMap<&str, usize> = FxHashMap::default();
    for form in witnesses.iter().flat_map(|v| v.forms()) {
        *holders.entry(form.0).or_default() += 1;
    }
    let is_noisy = |own: &&Vocabulary| {
        let elsewhere =
            |form: &str| holders.get(form).copied().unwrap_or(0) > usize::from(own.count(form) > 0);
        let misread = |(form, count): &(&str, usize)| {
            let letters = form.chars().filter(|c| c.is_alphabetic()).count();
            letters >= 2
                && !elsewhere(form)
                && misreadings(form).any(|word| elsewhere(&word) && own.count(&word) >= *count)
        };
        let found: Vec<usize> = own.forms().filter(misread).map(|form| form.1).collect();
        let words: usize = found.iter().sum();
        words >= FEWEST && found.len() >= FEWEST_FORMS && words * ONE_IN >= own.total()
    };
    witnesses.iter().map(is_noisy).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::text;

    const CLEAN: &str = "The house of the lord stood in the middle of the village and the people of the \
        village came to the house in the evening to hear him read from the old books of the land and \
        they sat on the floor of the house by the fire and listened to the stories that he told them.";

    fn noise(other: &str) -> Vec<bool> {
        let (a, b) = (Vocabulary::of(&text("A", &[CLEAN])), Vocabulary::of(&text("B", &[other])));
        noisy(&[&a, &b])
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
        assert_eq!(noise(&scan), [false, true]);
        assert_eq!(noise(CLEAN), [false, false]);
        let old = CLEAN.replace("the ", "ye ").replace("house", "howse").replace("old", "olde");
        assert_eq!(noise(&old), [false, false]);
    }
}
