//! How well two keys stand opposite each other.
//!
//! Words weigh more than marks and long words more than short ones, so that commas and particles
//! cannot grab the alignment; misspelled words are matched by edit distance above a threshold.

use crate::align::math::power;
use rustc_hash::FxHashMap;

use super::lexicon::Lexicon;

const WORD: f32 = 2.0;
const SHORT_WORD: f32 = 1.2;
const MARK: f32 = 0.5;
/// Two words that have nothing in common.
pub(super) const MISMATCH: f32 = -0.9;
const MARK_MISMATCH: f32 = -0.3;
/// A word is never set against a mark.
pub(super) const FORBIDDEN: f32 = -1e9;
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

/// Scores of pairs of keys, remembered.
pub(super) struct Scorer<'l> {
    pub(super) lexicon: &'l Lexicon,
    graded: FxHashMap<u64, f32>,
    joins: FxHashMap<(u32, u32, u32), Option<f32>>,
}

impl<'l> Scorer<'l> {
    pub(super) fn new(lexicon: &'l Lexicon) -> Self {
        Self { lexicon, graded: FxHashMap::default(), joins: FxHashMap::default() }
    }

    /// The score of two keys opposite each other.
    pub(super) fn pair(&mut self, a: u32, b: u32) -> f32 {
        let (x, y) = (&self.lexicon.keys[a as usize], &self.lexicon.keys[b as usize]);
        if a == b {
            return match x.is_word {
                true if x.chars.len() <= 3 => SHORT_WORD,
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
        let (shorter, longer) = (x.chars.len().min(y.chars.len()), x.chars.len().max(y.chars.len()));
        let is_signed = x.is_signed || y.is_signed;
        if (shorter as f32) < SIMILAR * longer as f32 && !is_signed {
            return MISMATCH;
        }
        let id = u64::from(a.min(b)) << 32 | u64::from(a.max(b));
        *self.graded.entry(id).or_insert_with(|| {
            let grade = graded(&x.chars, &y.chars, longer);
            if is_signed && (x.abbreviates(y) || y.abbreviates(x)) { grade.max(ABBREVIATED) } else { grade }
        })
    }

    /// The score of two words opposite one that is both of them joined: `of the` and `ofthe`, and, if
    /// it is much more like both together than like either, `of the` and `oftbe`.
    pub(super) fn joined(&mut self, first: u32, second: u32, whole: u32) -> Option<f32> {
        let keys = &self.lexicon.keys;
        let (x, y, z) = (&keys[first as usize], &keys[second as usize], &keys[whole as usize]);
        let (long, parts) = (z.letters.len(), x.letters.len() + y.letters.len());
        // In bytes; letters of one script are equally long.
        if !z.is_word
            || x.letters.is_empty()
            || y.letters.is_empty()
            || parts.abs_diff(long) * 3 > long.max(parts)
        {
            return None;
        }
        if z.letters.strip_prefix(&x.letters).is_some_and(|rest| rest == y.letters) {
            return Some(JOINED);
        }
        if z.chars.len() < JOINED_LETTERS {
            return None;
        }
        let key = (first, second, whole);
        if let Some(&known) = self.joins.get(&key) {
            return known;
        }
        let both: Vec<char> = x.letters.chars().chain(y.letters.chars()).collect();
        let whole_letters: Vec<char> = z.letters.chars().collect();
        let similarity = |a: &Vec<char>| {
            let longer = a.len().max(whole_letters.len()).max(1);
            1.0 - distance(a, &whole_letters) as f32 / longer as f32
        };
        let together = similarity(&both);
        let apart = similarity(&x.letters.chars().collect()).max(similarity(&y.letters.chars().collect()));
        let is_joined = together >= JOINED_SIMILAR && together > apart;
        let longer = both.len().max(whole_letters.len());
        let score = is_joined.then(|| graded(&both, &whole_letters, longer));
        self.joins.insert(key, score);
        score
    }

    /// Whether two keys that were scored are rather one word in two spellings than two words.
    pub(super) fn known_alike(&self, a: u32, b: u32) -> bool {
        let id = u64::from(a.min(b)) << 32 | u64::from(a.max(b));
        self.graded.get(&id).is_some_and(|&score| score >= ALIKE)
    }
}

/// Levenshtein's distance. The types are named because with the crates of the feature `onnx` the compiler
/// does not find them by itself.
pub(super) fn distance(x: &Vec<char>, y: &Vec<char>) -> usize {
    strsim::generic_levenshtein::<Vec<char>, Vec<char>, &char, &char>(x, y)
}

fn graded(x: &Vec<char>, y: &Vec<char>, longer: usize) -> f32 {
    let distance = distance(x, y);
    let similarity = 1.0 - distance as f32 / longer.max(1) as f32;
    if similarity < SIMILAR {
        return MISMATCH + 0.15 * similarity;
    }
    let grade = power((similarity - SIMILAR) / (1.0 - SIMILAR), 0.7);
    MISMATCH + (WORD * 0.95 - MISMATCH) * grade * 0.9 + 0.1
}
