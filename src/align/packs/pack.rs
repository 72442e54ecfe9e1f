//! A pack in memory: what a form of a language stands for.

use std::cmp::Ordering;

use super::coding::{Word, decode};
use super::spelling::key;

/// Letters that a form must share with known ones to be one of their family, and their share of it.
const FAMILY: usize = 4;
const FAMILY_SHARE: f32 = 0.6;
/// The same in Hangul, whose letters are syllables.
const HANGUL_FAMILY: usize = 2;
/// A family is looked at no further.
const FAMILY_SIZE: usize = 60;
/// How far what a family stands for is believed of a new member.
const FAMILY_TRUST: f32 = 0.7;
/// Letters of a known word behind a particle or another part of a compound.
const HOST: usize = 3;
const PART: usize = 5;
/// How far a compound is believed to be what its last part is.
const PART_TRUST: f32 = 0.5;
/// Smaller shares are forgotten.
const LEAST_SHARE: f32 = 0.02;

/// The words of a language, ascending.
#[derive(Debug)]
pub(super) struct Pack {
    lang: &'static str,
    words: Vec<Word>,
}

impl Pack {
    pub(super) fn read(lang: &'static str, bytes: &[u8]) -> Self {
        Self { lang, words: decode(bytes) }
    }

    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The concepts of a form with their shares: of one that is unknown, those of the forms that begin
    /// like it (inflection), or of what follows a particle or the first part of a compound.
    pub(super) fn concepts(&self, form: &str) -> Vec<(u16, f32)> {
        let form = key(self.lang, form);
        match self.place(&form) {
            Ok(at) => shares(&self.words[at], 1.0).collect(),
            Err(at) => self.of_family(&form, at).or_else(|| self.of_end(&form)).unwrap_or_default(),
        }
    }

    fn place(&self, form: &str) -> Result<usize, usize> {
        self.words.binary_search_by(|word| word.text.as_str().cmp(form))
    }

    /// What the known forms with the longest common beginning stand for, the frequent ones above all.
    fn of_family(&self, form: &str, at: usize) -> Option<Vec<(u16, f32)>> {
        let common = |k: usize| {
            let word = self.words.get(k)?;
            Some(word.text.chars().zip(form.chars()).take_while(|(x, y)| x == y).count())
        };
        let shared = at.checked_sub(1).and_then(common).max(common(at))?;
        let least = if is_hangul(form) { HANGUL_FAMILY } else { FAMILY };
        if shared < least || (shared as f32) < FAMILY_SHARE * form.chars().count() as f32 {
            return None;
        }
        let end: usize = form.chars().take(shared).map(char::len_utf8).sum();
        let head = &form[..end];
        let from = self.words.partition_point(|word| word.text.as_str().cmp(head) == Ordering::Less);
        let family =
            self.words[from..].iter().take_while(|word| word.text.starts_with(head)).take(FAMILY_SIZE);
        let (mut sum, mut all) = (Vec::new(), 0.0);
        for word in family.take(FAMILY_SIZE) {
            let weight = ((1u64 << word.class.min(40)) as f32).sqrt();
            all += weight;
            sum.extend(shares(word, weight));
        }
        (all > 0.0).then(|| added(sum, FAMILY_TRUST / all))
    }

    /// What the longest known end of a form stands for.
    fn of_end(&self, form: &str) -> Option<Vec<(u16, f32)>> {
        let first = form.chars().next()?;
        let letters = form.chars().count();
        let (least, skipped) = match first {
            // Hebrew and Arabic write particles together with what follows them.
            '\u{590}'..='\u{6ff}' => (HOST, 3),
            _ if is_hangul(form) => return None,
            _ => (PART, letters),
        };
        let cuts = form.char_indices().skip(1).take(skipped).enumerate();
        cuts.take_while(|(k, _)| letters > k + least)
            .find_map(|(_, (at, _))| self.place(&form[at..]).ok())
            .map(|at| shares(&self.words[at], PART_TRUST).collect())
    }
}

fn is_hangul(form: &str) -> bool {
    form.chars().all(|c| matches!(c, '\u{ac00}'..='\u{d7a3}'))
}

fn shares(word: &Word, weight: f32) -> impl Iterator<Item = (u16, f32)> {
    word.concepts.iter().map(move |&(concept, share)| (concept, f32::from(share) / 255.0 * weight))
}

/// Equal concepts together, each times `factor`.
pub(super) fn added(mut shares: Vec<(u16, f32)>, factor: f32) -> Vec<(u16, f32)> {
    shares.sort_by_key(|share| share.0);
    shares
        .chunk_by(|x, y| x.0 == y.0)
        .map(|same| (same[0].0, same.iter().map(|share| share.1).sum::<f32>() * factor))
        .filter(|share| share.1 >= LEAST_SHARE)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::packs::encode;

    fn pack() -> Pack {
        let word = |text: &str, class, concepts: &[(u16, u8)]| Word {
            text: text.to_owned(),
            class,
            concepts: concepts.to_vec(),
        };
        Pack::read(
            "de",
            &encode(&[
                word("berg", 10, &[(1, 255)]),
                word("berge", 6, &[(1, 255)]),
                word("steiger", 4, &[(2, 255)]),
                word("wandern", 4, &[(3, 255)]),
                word("שמים", 4, &[(4, 255)]),
            ]),
        )
    }

    #[test]
    fn forms_are_reached_through_their_family() {
        let pack = pack();
        assert_eq!(pack.len(), 5);
        assert_eq!(pack.concepts("berg"), [(1, 1.0)]);
        assert_eq!(pack.concepts("bergen")[0].0, 1);
        assert_eq!(pack.concepts("wandert")[0], (3, FAMILY_TRUST));
        assert!(pack.concepts("wanderer").len() == 1 && pack.concepts("wan").is_empty());
        assert!(pack.concepts("haus").is_empty() && pack.concepts("").is_empty());
    }

    #[test]
    fn compounds_and_particles_are_taken_off() {
        let pack = pack();
        assert_eq!(pack.concepts("aufsteiger"), [(2, PART_TRUST)]);
        assert_eq!(pack.concepts("ושמים"), [(4, PART_TRUST)]);
        assert_eq!(pack.concepts("בשמים")[0].0, 4);
    }
}
