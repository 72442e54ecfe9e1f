//! What each witness covers: a fragment does not omit what it never had.
//!
//! Before its first and after its last word a witness is absent if the others have more than a
//! sentence there. Inside, a gap is a lacuna if it is long and begins or ends within a sentence, as
//! lost leaves do; cuts that an editor made keep sentences whole and are omissions, unless they are
//! as long as a chapter.

use std::ops::Range;

use super::source::Source;
use super::table::Table;

/// Words that the others must have beyond the ends of a witness for it to be absent there.
const BEYOND_ENDS: usize = 25;
/// The same within a witness, if the gap cuts a sentence.
const LACUNA: usize = 100;
/// The same within a witness in any case.
const CHAPTER: usize = 2000;

/// The columns that each witness covers.
pub(super) fn present(table: &Table, sources: &[Source], is_word: &[bool]) -> Vec<Vec<Range<u32>>> {
    (0..sources.len()).map(|witness| covered(witness, table, sources, is_word)).collect()
}

fn covered(witness: usize, table: &Table, sources: &[Source], is_word: &[bool]) -> Vec<Range<u32>> {
    let columns = &table.columns_of[witness];
    let end = table.len() as u32;
    let (Some(&first), Some(&last)) = (columns.first(), columns.last()) else { return Vec::new() };
    let longest = |gap: Range<u32>| longest_elsewhere(gap, witness, table, sources, is_word);
    let start = if longest(0..first).0 >= BEYOND_ENDS { first } else { 0 };
    let stop = if longest(last + 1..end).0 >= BEYOND_ENDS { last + 1 } else { end };
    let mut ranges = Vec::new();
    let mut from = start;
    for pair in columns.windows(2).filter(|pair| pair[1] - pair[0] > LACUNA as u32) {
        let (words, cuts_sentence) = longest(pair[0] + 1..pair[1]);
        if words >= CHAPTER || words >= LACUNA && cuts_sentence {
            ranges.push(from..pair[0] + 1);
            from = pair[1];
        }
    }
    ranges.push(from..stop);
    ranges
}

/// The most words that another witness has in some columns, and whether its text there begins or
/// ends within a segment.
fn longest_elsewhere(
    gap: Range<u32>,
    witness: usize,
    table: &Table,
    sources: &[Source],
    is_word: &[bool],
) -> (usize, bool) {
    let mut best = (0, false);
    if gap.len() < BEYOND_ENDS {
        return best;
    }
    for (other, columns) in table.columns_of.iter().enumerate().filter(|(other, _)| *other != witness) {
        let at = |column| columns.partition_point(|&c| c < column);
        let (start, end) = (at(gap.start), at(gap.end));
        if end - start <= best.0 {
            continue;
        }
        let source = &sources[other];
        let words = source.keys[start..end].iter().filter(|&&key| is_word[key as usize]).count();
        if words > best.0 {
            let segment = |token: usize| source.tokens.get(token).map(|t| t.segment);
            let cuts = |token: usize| token > 0 && segment(token - 1) == segment(token);
            best = (words, cuts(start) || cuts(end));
        }
    }
    best
}
