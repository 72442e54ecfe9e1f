//! How well two keys stand opposite each other.
//!
//! Words weigh more than marks and long words more than short ones, so that commas and particles
//! cannot grab the alignment; misspelled words are matched by edit distance above a threshold.

use std::sync::LazyLock;

use crate::math::power;

use super::cells::Scores;
use super::distance::{Pattern, between};
use super::grid::FORBIDDEN;
use super::lexicon::{Key, Lexicon};

const WORD: f32 = 2.0;
const SHORT_WORD: f32 = 1.2;
const MARK: f32 = 0.5;
/// Two words that have nothing in common.
pub(super) const MISMATCH: f32 = -0.9;
const MARK_MISMATCH: f32 = -0.3;
/// Below this similarity two words are strangers.
const SIMILAR: f32 = 0.45;

/// From this score on two words are rather one in two spellings (two letters of five differ).
const ALIKE: f32 = 0.4;

/// A word and its abbreviation, which a sign shows as such.
const ABBREVIATED: f32 = 1.0;

/// What a gap costs at its first token and at each token.
pub(super) const GAP_OPEN: f32 = -0.8;
pub(super) const GAP_EXTEND: f32 = -0.45;
/// A word joined in one witness and apart in the other.
const JOINED: f32 = WORD;
/// Below this similarity two words are not one that is written apart and otherwise.
const JOINED_SIMILAR: f32 = 0.65;
/// Fewer letters are joined only if they are the same.
const JOINED_LETTERS: usize = 6;

/// Words whose grades are kept in a table have at most so many letters.
const TABLE: usize = 64;

/// The grade of each distance of words of each length, the longer one's.
static GRADES: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let all = (0..=TABLE).flat_map(|longer| (0..=TABLE).map(move |distance| (distance, longer)));
    all.map(|(distance, longer)| graded(distance, longer)).collect()
});

/// Scores pairs of keys.
pub(super) struct Scorer<'l> {
    pub(super) lexicon: &'l Lexicon,
    grades: &'static [f32],
    /// The key that others are compared to.
    pattern: Pattern,
    /// For pieces of a joined word.
    piece: Pattern,
    /// Memory of a region's scores.
    pub(super) scores: Scores,
}

impl<'l> Scorer<'l> {
    pub(super) fn new(lexicon: &'l Lexicon) -> Self {
        let grades = GRADES.as_slice();
        let (pattern, piece, scores) = Default::default();
        Self { lexicon, grades, pattern, piece, scores }
    }

    fn key(&self, key: u32) -> &'l Key {
        &self.lexicon.keys[key as usize]
    }

    /// Whether two keys are rather one word in two spellings than two words.
    pub(super) fn alike(&self, a: u32, b: u32) -> bool {
        let (x, y) = (self.key(a), self.key(b));
        a != b && x.is_word && y.is_word && self.words(x, y, || between(&x.codes, &y.codes)) >= ALIKE
    }

    /// Prepares a key for [`Self::compared`].
    pub(super) fn compare_to(&mut self, a: u32) {
        self.pattern.set(&self.key(a).codes, &[]);
    }

    /// The score of the prepared key and another one.
    pub(super) fn compared(&self, a: u32, b: u32) -> f32 {
        let (x, y) = (self.key(a), self.key(b));
        if a == b {
            return match x.is_word {
                true if x.codes.len() <= 3 => SHORT_WORD,
                true => WORD,
                false => MARK,
            };
        }
        if x.is_word != y.is_word {
            return FORBIDDEN;
        }
        if !x.is_word {
            return MARK_MISMATCH;
        }
        self.words(x, y, || self.pattern.to(&y.codes, &[]))
    }

    /// The score of two different words.
    fn words(&self, x: &Key, y: &Key, distance: impl FnOnce() -> usize) -> f32 {
        let (shorter, longer) = (x.codes.len().min(y.codes.len()), x.codes.len().max(y.codes.len()));
        let is_signed = x.is_signed || y.is_signed;
        if (shorter as f32) < SIMILAR * longer as f32 && !is_signed {
            return MISMATCH;
        }
        let grade = self.grade(distance(), longer);
        if is_signed && (x.abbreviates(y) || y.abbreviates(x)) { grade.max(ABBREVIATED) } else { grade }
    }

    fn grade(&self, distance: usize, longer: usize) -> f32 {
        if longer <= TABLE { self.grades[longer * (TABLE + 1) + distance] } else { graded(distance, longer) }
    }

    /// Prepares two keys, of which one may be empty, for [`Self::joined`].
    pub(super) fn join(&mut self, first: &Key, second: Option<&Key>) {
        self.pattern.set(&first.letter_codes, second.map_or(&[], |key| &key.letter_codes));
    }

    /// The score of two words opposite one that is both of them joined: `of the` and `ofthe`, and, if
    /// it is much more like both together than like either, `of the` and `oftbe`. Either both or the
    /// whole have been prepared by [`Self::join`].
    pub(super) fn joined(&mut self, x: &Key, y: &Key, z: &Key, is_whole: bool) -> Option<f32> {
        let (long, parts) = (z.letters.len(), x.letters.len() + y.letters.len());
        // In bytes; letters of one script are equally long.
        if !z.is_word
            || x.letters.is_empty()
            || y.letters.is_empty()
            || parts.abs_diff(long) * 3 > long.max(parts)
        {
            return None;
        }
        let (both, whole) = (x.letter_codes.len() + y.letter_codes.len(), z.letter_codes.len());
        let signature = x.signature | y.signature;
        if both == whole
            && signature == z.signature
            && z.letter_codes.starts_with(&x.letter_codes)
            && z.letter_codes.ends_with(&y.letter_codes)
        {
            return Some(JOINED);
        }
        if z.codes.len() < JOINED_LETTERS {
            return None;
        }
        let longer = both.max(whole);
        let similarity = |distance: usize, longer: usize| 1.0 - distance as f32 / longer.max(1) as f32;
        // A letter that the other has not must be changed.
        let strange = (signature & !z.signature).count_ones().max((z.signature & !signature).count_ones());
        if similarity(strange as usize, longer) < JOINED_SIMILAR {
            return None;
        }
        let distance = if is_whole {
            self.pattern.to(&x.letter_codes, &y.letter_codes)
        } else {
            self.pattern.to(&z.letter_codes, &[])
        };
        let together = similarity(distance, longer);
        if together < JOINED_SIMILAR {
            return None;
        }
        self.piece.set(&z.letter_codes, &[]);
        let apart = |part: &Key| {
            similarity(self.piece.to(&part.letter_codes, &[]), part.letter_codes.len().max(whole))
        };
        (together > apart(x).max(apart(y))).then(|| self.grade(distance, longer))
    }
}

/// The score of two words at a distance, of which the longer has so many letters.
fn graded(distance: usize, longer: usize) -> f32 {
    let similarity = 1.0 - distance as f32 / longer.max(1) as f32;
    if similarity < SIMILAR {
        return MISMATCH + 0.15 * similarity;
    }
    let grade = power((similarity - SIMILAR) / (1.0 - SIMILAR), 0.7);
    MISMATCH + (WORD * 0.95 - MISMATCH) * grade * 0.9 + 0.1
}
