//! Whole sentences that stand at another place, word for word.

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
    let keys = |side: &Side<'_>, range: &std::ops::Range<usize>| -> Vec<u32> {
        range.clone().map(|word| side.key(word)).collect()
    };
    // Where a sentence stands; none if it stands twice.
    let mut places: FxHashMap<Vec<u32>, Option<std::ops::Range<usize>>> = FxHashMap::default();
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
        for (i, j) in range.zip(there) {
            (pair.a.free[i], pair.b.free[j]) = (false, false);
            links.push((pair.a.words[i], pair.b.words[j]));
        }
    }
    links
}

/// The sentences of a side whose words are all free.
fn free_sentences(side: &Side<'_>) -> Vec<std::ops::Range<usize>> {
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
