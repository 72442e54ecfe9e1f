//! Whole sentences that stand at another place, word for word.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{Side, Unmatched};

/// A shorter sentence comes and goes by itself (`He smiled.`).
const FEWEST: usize = 4;

/// Pairs of tokens of sentences of which no word has a partner, that stand once in either witness in the
/// same words.
pub(super) fn find(pair: &mut Unmatched<'_>) -> Vec<(u32, u32)> {
    let (of_a, of_b) = (free_sentences(&pair.a), free_sentences(&pair.b));
    if of_a.is_empty() || of_b.is_empty() {
        return Vec::new();
    }
    let keys = |side: &Side<'_>, range: &Range<usize>| -> Vec<u32> {
        range.clone().map(|word| side.key(word)).collect()
    };
    // Where a sentence stands; none if it stands twice.
    let mut places: FxHashMap<Vec<u32>, Option<Range<usize>>> = FxHashMap::default();
    for range in &of_b {
        let place = places.entry(keys(&pair.b, range)).or_insert_with(|| Some(range.clone()));
        if place.as_ref().is_some_and(|known| known != range) {
            *place = None;
        }
    }
    let mut seen: FxHashMap<Vec<u32>, usize> = FxHashMap::default();
    for range in &of_a {
        *seen.entry(keys(&pair.a, range)).or_default() += 1;
    }
    let mut links = Vec::new();
    for range in of_a {
        let words = keys(&pair.a, &range);
        let Some(Some(there)) = places.get(&words).cloned() else { continue };
        if seen.get(&words) != Some(&1) || pair.crossed(range.start, there.start) == 0 {
            continue;
        }
        links.extend(
            tokens(&pair.a, &range)
                .zip(tokens(&pair.b, &there))
                .take_while(|&(i, j)| pair.a.source.keys[i as usize] == pair.b.source.keys[j as usize]),
        );
        pair.a.free[range].fill(false);
        pair.b.free[there].fill(false);
    }
    links
}

/// The tokens of a sentence from its first word on, its marks with them.
fn tokens(side: &Side<'_>, words: &Range<usize>) -> Range<u32> {
    let (first, segment) = (side.words[words.start], side.segment(words.start));
    let len =
        side.source.tokens[first as usize..].iter().take_while(|token| token.segment == segment).count();
    first..first + len as u32
}

/// The sentences of a side whose words are all free.
fn free_sentences(side: &Side<'_>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    while start < side.words.len() {
        let segment = side.segment(start);
        let len = (start..side.words.len()).take_while(|&word| side.segment(word) == segment).count();
        if len >= FEWEST && side.free[start..start + len].iter().all(|&free| free) {
            out.push(start..start + len);
        }
        start += len;
    }
    out
}
