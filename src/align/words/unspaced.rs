//! Words of scripts that are written without spaces, recovered from the text itself.
//!
//! Candidates are the runs of 2 to 6 characters that recur and hang together: at every inner place
//! the two halves meet far more often than chance explains. A unigram model over them is then trained
//! by cutting the text and counting the words (hard EM); what a longer word explains, its pieces lose.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use super::sorted::sorted;
use crate::math::ln;

/// Most characters in a word.
const LONGEST: usize = 6;
/// A word occurs at least so often.
const LEAST: u32 = 3;
/// How much more often than by chance two halves of a word stand together.
const COHESION: f64 = 12.0;
/// Rounds of cutting and counting.
const ROUNDS: usize = 4;

/// The words of a text in an unspaced script, with what each costs in a cut.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Vocabulary {
    /// −ln p(word) of words of two and more characters.
    #[serde(serialize_with = "sorted")]
    cost: FxHashMap<String, f64>,
    /// −ln p of single characters.
    #[serde(serialize_with = "sorted")]
    single: FxHashMap<String, f64>,
    /// What a character costs that was never seen.
    unseen: f64,
}

/// Byte offsets of the characters of a run, its end included.
fn bounds(run: &str) -> Vec<usize> {
    run.grapheme_indices(true).map(|(at, _)| at).chain([run.len()]).collect()
}

impl Vocabulary {
    /// Learns the words of some runs of text.
    pub(super) fn learn(runs: &[&str]) -> Self {
        let bounds: Vec<Vec<usize>> = runs.iter().map(|run| bounds(run)).collect();
        let counts = recurring(runs, &bounds);
        let characters: u32 = bounds.iter().map(|b| b.len() as u32 - 1).sum();
        let mut vocabulary = Self { unseen: ln(f64::from(characters) + 2.0), ..Self::default() };
        let total = f64::from(characters.max(1));
        let cohesive = |word: &str| {
            let of = |part: &str| f64::from(counts.get(part).copied().unwrap_or(1));
            let inner = word.grapheme_indices(true).skip(1);
            let mut halves = inner.map(|(at, _)| of(word) * total / (of(&word[..at]) * of(&word[at..])));
            halves.all(|lift| lift >= COHESION)
        };
        let mut weights: FxHashMap<&str, u32> = FxHashMap::default();
        let is_single = |word: &str| word.graphemes(true).nth(1).is_none();
        // Every entry is judged by itself: the order of the map reaches nothing.
        #[allow(clippy::iter_over_hash_type)]
        for (&word, &count) in &counts {
            if is_single(word) || cohesive(word) {
                weights.insert(word, count);
            }
        }
        vocabulary.price(&weights, is_single);
        for _ in 0..ROUNDS {
            let mut found: FxHashMap<&str, u32> = FxHashMap::default();
            for run in runs {
                let mut start = 0;
                for end in vocabulary.cut(run) {
                    *found.entry(&run[start..end]).or_insert(0) += 1;
                    start = end;
                }
            }
            found.retain(|word, count| *count >= LEAST || is_single(word));
            vocabulary.price(&found, is_single);
        }
        vocabulary
    }

    fn price(&mut self, weights: &FxHashMap<&str, u32>, is_single: impl Fn(&str) -> bool) {
        let total: f64 = weights.values().map(|&n| f64::from(n)).sum::<f64>() + 1.0;
        let cost = |count: u32| ln(total / f64::from(count.max(1)));
        let of = |single: bool| {
            weights
                .iter()
                .filter(|(word, _)| is_single(word) == single)
                .map(|(word, &count)| ((*word).to_owned(), cost(count)))
                .collect()
        };
        self.single = of(true);
        self.cost = of(false);
        self.unseen = ln(total) + 1.0;
    }

    /// The ends of the words of a run, in bytes: the cut that costs least.
    pub(super) fn cut(&self, run: &str) -> Vec<usize> {
        let bounds = bounds(run);
        let n = bounds.len() - 1;
        let mut best = vec![(0f64, 0usize); n + 1];
        for end in 1..=n {
            best[end] = (f64::INFINITY, end - 1);
            for start in end.saturating_sub(LONGEST)..end {
                let word = &run[bounds[start]..bounds[end]];
                let price = match end - start {
                    1 => self.single.get(word).copied().unwrap_or(self.unseen),
                    _ => match self.cost.get(word) {
                        Some(&cost) => cost,
                        None => continue,
                    },
                };
                let sum = best[start].0 + price;
                if sum < best[end].0 {
                    best[end] = (sum, start);
                }
            }
        }
        let mut ends = Vec::new();
        let mut at = n;
        while at > 0 {
            ends.push(bounds[at]);
            at = best[at].1;
        }
        ends.reverse();
        ends
    }
}

/// How often each run of up to [`LONGEST`] characters occurs; longer ones only if both their halves
/// recur, so that their number stays in proportion to the text.
fn recurring<'t>(runs: &[&'t str], bounds: &[Vec<usize>]) -> FxHashMap<&'t str, u32> {
    let mut counts: FxHashMap<&'t str, u32> = FxHashMap::default();
    for length in 1..=LONGEST {
        let mut level: FxHashMap<&'t str, u32> = FxHashMap::default();
        for (run, bounds) in runs.iter().zip(bounds) {
            for window in bounds.windows(length + 1) {
                let (from, to) = (window[0], window[length]);
                let recurs = |part: &str| counts.get(part).is_some_and(|&n| n >= LEAST);
                if length == 1 || recurs(&run[from..window[length - 1]]) && recurs(&run[window[1]..to]) {
                    *level.entry(&run[from..to]).or_insert(0) += 1;
                }
            }
        }
        if length > 1 {
            level.retain(|_, count| *count >= LEAST);
        }
        counts.extend(level);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_recur_are_found() {
        let runs: Vec<String> = ["今天", "明天", "他说", "我想", "没有", "所以"]
            .iter()
            .flat_map(|x| ["布尔什维克", "战争", "和平", "工人"].map(|y| format!("{x}{y}是{x}")))
            .collect();
        let runs: Vec<&str> = runs.iter().map(String::as_str).collect();
        let vocabulary = Vocabulary::learn(&runs);
        let words = |run: &str| {
            let ends = vocabulary.cut(run);
            let starts = std::iter::once(0).chain(ends.iter().copied());
            starts.zip(&ends).map(|(from, &to)| run[from..to].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(words("他说战争是布尔什维克"), ["他说", "战争", "是", "布尔什维克"]);
        assert_eq!(words("谁"), ["谁"]);
    }
}
