//! Segments as lists of comparable words, the same word having the same number on both sides.
//!
//! Case, marks and diacritics do not count. A word that stands on one side only is joined to the one
//! word of the other side, also found there only, from which it differs by a letter or two: a
//! misprint, a scanning error or another spelling.

use crate::align::math::ln;
use std::collections::{BTreeMap, HashMap};

use crate::align::side::Side;
use crate::align::tokens::{Token, romanised, tokenize};

/// Rarity is judged as in a text of at least so many segments: in a text of two sentences every word
/// would be common.
const FEWEST_SEGMENTS: f64 = 50.0;

/// One segment.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    /// Its words in order.
    pub(super) ids: Vec<u32>,
    /// Their weights together, in nats.
    pub(super) weight: f64,
}

/// Both sides with their common vocabulary.
#[derive(Debug)]
pub(super) struct Keyed {
    pub(super) a: Vec<Words>,
    pub(super) b: Vec<Words>,
    /// The weight of each word: −ln of the share of segments that have it.
    pub(super) weights: Vec<f64>,
    common: f64,
}

impl Keyed {
    pub(super) fn new(a: &Side, b: &Side) -> Self {
        let mut ids: HashMap<String, u32> = HashMap::new();
        let mut names: Vec<String> = Vec::new();
        let mut read = |side: &Side| -> Vec<Vec<u32>> {
            let words = |text: &str| -> Vec<u32> {
                let word = |token: Token| -> u32 {
                    let next = names.len() as u32;
                    *ids.entry(token.text).or_insert_with_key(|key| {
                        names.push(key.clone());
                        next
                    })
                };
                tokenize(text).into_iter().filter(Token::is_word).map(word).collect()
            };
            side.units.iter().map(|unit| &unit.text).map(|t| t.as_str()).map(words).collect()
        };
        let (mut ids_a, mut ids_b) = (read(a), read(b));
        let counts = [counted(&ids_a, names.len()), counted(&ids_b, names.len())];
        let both = (0..names.len()).filter(|&t| counts[0][t] > 0 && counts[1][t] > 0).count();
        let of = |side: &[u32]| side.iter().filter(|&&n| n > 0).count();
        let common = 2.0 * both as f64 / (of(&counts[0]) + of(&counts[1])).max(1) as f64;
        let alias = misprints(&names, &counts);
        for id in ids_a.iter_mut().chain(&mut ids_b).flatten() {
            *id = alias[*id as usize];
        }
        let holders: Vec<u32> = counted(&ids_a, names.len())
            .into_iter()
            .zip(counted(&ids_b, names.len()))
            .map(|(x, y)| x + y)
            .collect();
        let segments = ((a.len() + b.len()) as f64).max(FEWEST_SEGMENTS);
        let weights: Vec<f64> =
            holders.iter().map(|&n| ln((segments + 1.0) / (f64::from(n) + 0.5)).max(0.05)).collect();
        let weigh = |ids: Vec<u32>| Words { weight: ids.iter().map(|&t| weights[t as usize]).sum(), ids };
        let (a, b) = (ids_a.into_iter().map(weigh).collect(), ids_b.into_iter().map(weigh).collect());
        Self { a, b, weights, common }
    }

    /// The Dice coefficient of both vocabularies.
    pub(super) fn common_types(&self) -> f64 {
        self.common
    }
}

/// In how many segments each word stands.
fn counted(segments: &[Vec<u32>], words: usize) -> Vec<u32> {
    let mut counts = vec![0; words];
    let mut seen = vec![usize::MAX; words];
    for (i, segment) in segments.iter().enumerate() {
        for &t in segment {
            if seen[t as usize] != i {
                seen[t as usize] = i;
                counts[t as usize] += 1;
            }
        }
    }
    counts
}

/// For each word, the word it counts as.
fn misprints(names: &[String], counts: &[Vec<u32>; 2]) -> Vec<u32> {
    let mut alias: Vec<u32> = (0..names.len() as u32).collect();
    let only = |t: usize, here: usize| counts[here][t] > 0 && counts[1 - here][t] == 0;
    let letters: Vec<Vec<u8>> = names.iter().map(|n| romanised(n).into_bytes()).collect();
    // Two words that differ by one letter share their first or their last half.
    let mut halves: BTreeMap<(bool, &[u8]), Vec<u32>> = BTreeMap::new();
    for (t, word) in letters.iter().enumerate() {
        if only(t, 1) && word.len() >= 4 {
            let (head, tail) = word.split_at(word.len() / 2);
            halves.entry((true, head)).or_default().push(t as u32);
            halves.entry((false, tail)).or_default().push(t as u32);
        }
    }
    for (t, word) in letters.iter().enumerate() {
        if !only(t, 0) || word.len() < 4 {
            continue;
        }
        let cuts = [word.len() / 2, (word.len() - 1) / 2, word.len().div_ceil(2)];
        let found = cuts
            .iter()
            .flat_map(|&cut| [(true, &word[..cut]), (false, &word[cut..])])
            .filter_map(|key| halves.get(&key))
            .flatten()
            .map(|&u| (distance(word, &letters[u as usize]), u))
            .min();
        if let Some((d, u)) = found.filter(|(d, _)| *d <= 1 + word.len() / 8) {
            debug_assert!(d > 0 || names[t] != names[u as usize]);
            alias[t] = u;
        }
    }
    alias
}

/// Levenshtein distance.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;

    #[test]
    fn misprints_count_as_the_word_they_stand_for() {
        let side = |t: &str| Side::from_lines([t], Lang::new("en"));
        let keyed =
            Keyed::new(&side("an incomparab1y better régime"), &side("An incomparably better regime"));
        assert_eq!(keyed.a[0].ids, keyed.b[0].ids);
        let keyed = Keyed::new(&side("the state"), &side("the skate park"));
        assert_eq!(keyed.a[0].ids[1], keyed.b[0].ids[1]);
        assert_eq!(distance(b"kitten", b"sitting"), 3);
    }
}
