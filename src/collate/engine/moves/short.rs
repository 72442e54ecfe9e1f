//! Words and phrases that changed their place within a sentence's reach.

use super::{Side, Unmatched};
use crate::collate::engine::lexicon::Lexicon;

/// How many words of either witness may lie between the two places of a phrase.
const REACH: usize = 12;
/// The same for a single word; further away the same word is another one.
const REACH_OF_WORD: usize = 4;
/// A word of fewer letters comes and goes by itself.
const LETTERS: usize = 3;
/// So does one that is at least every 200th of all words.
const COMMON: u64 = 200;

/// Pairs of tokens: runs of free words that stand nearby in the other witness, the longest first.
pub(super) fn find(pair: &mut Unmatched<'_>) -> Vec<(u32, u32)> {
    let total: u64 = pair.lexicon.keys.iter().filter(|key| key.is_word).map(|key| u64::from(key.count)).sum();
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for i in 0..pair.a.words.len() {
        if !pair.a.free[i] {
            continue;
        }
        for j in nearby(&pair.a, &pair.b, i) {
            let starts = i == 0 || j == 0 || !matches(pair, i - 1, j - 1);
            if !starts || !matches(pair, i, j) {
                continue;
            }
            let len = (0..).take_while(|&k| matches(pair, i + k, j + k)).count();
            let says_something = (0..len).any(|k| is_telling(pair.lexicon, pair.a.key(i + k), total));
            let crossed = pair.crossed(i, j);
            let reach = if len == 1 { REACH_OF_WORD } else { REACH };
            let clean = usize::from(leaves_no_gap(&pair.a, &pair.b, i, len))
                + usize::from(leaves_no_gap(&pair.b, &pair.a, j, len));
            if says_something
                && crossed > 0
                && crossed <= reach
                && clean + len > 2
                && same_sentence(pair, i, j)
            {
                found.push((len, i, j));
            }
        }
    }
    // The longest first, then the nearest by columns.
    let distance = |&(_, i, j): &(usize, usize, usize)| pair.a.column(i).abs_diff(pair.b.column(j));
    found.sort_by_key(|run| (std::cmp::Reverse(run.0), distance(run), run.1, run.2));
    let mut links = Vec::new();
    for (len, i, j) in found {
        let all_free = (0..len).all(|k| pair.a.free[i + k] && pair.b.free[j + k]);
        if !all_free {
            continue;
        }
        for k in 0..len {
            (pair.a.free[i + k], pair.b.free[j + k]) = (false, false);
            links.push((pair.a.words[i + k], pair.b.words[j + k]));
        }
    }
    links
}

/// Whether the words around a run stand side by side in the other witness: there the run is missing
/// and nothing is in its stead. A lone word must leave no gap at both its places, two words at one;
/// in a rewritten sentence the same words come and go without having moved.
fn leaves_no_gap(own: &Side<'_>, other: &Side<'_>, at: usize, len: usize) -> bool {
    let there = |word: usize| other.words.partition_point(|&w| other.columns[w as usize] < own.column(word));
    let before = at.checked_sub(1).map_or(0, |word| there(word) + 1);
    let after = if at + len < own.words.len() { there(at + len) } else { other.words.len() };
    before == after
}

/// Whether what stands at the place of word `j` in `a`, and of word `i` in `b`, is in the sentence of
/// the word itself.
fn same_sentence(pair: &Unmatched<'_>, i: usize, j: usize) -> bool {
    let beside = |side: &Side<'_>, word: usize, column: u32| {
        let at = side.words.partition_point(|&w| side.columns[w as usize] < column);
        let segment = side.segment(word);
        let around = [at.checked_sub(1), Some(at)];
        around.into_iter().flatten().any(|w| w < side.words.len() && side.segment(w) == segment)
    };
    beside(&pair.a, i, pair.b.column(j)) && beside(&pair.b, j, pair.a.column(i))
}

/// The words of `b` around the place of a word of `a`.
fn nearby(a: &Side<'_>, b: &Side<'_>, word: usize) -> std::ops::Range<usize> {
    let place = a.column(word);
    let at = b.words.partition_point(|&w| b.columns[w as usize] < place);
    at.saturating_sub(REACH)..(at + REACH).min(b.words.len())
}

fn matches(pair: &Unmatched<'_>, i: usize, j: usize) -> bool {
    let (Some(&free_a), Some(&free_b)) = (pair.a.free.get(i), pair.b.free.get(j)) else { return false };
    free_a && free_b && pair.a.key(i) == pair.b.key(j)
}

/// Whether a word is more than a particle.
fn is_telling(lexicon: &Lexicon, key: u32, total: u64) -> bool {
    let key = &lexicon.keys[key as usize];
    let common = key.count >= 5 && u64::from(key.count) * COMMON >= total;
    key.chars.len() >= LETTERS && !common
}
