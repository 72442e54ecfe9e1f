//! What each witness covers: a fragment does not omit what it never had.
//!
//! Before its first and after its last word a witness is absent if the others have more than a
//! sentence there. Inside, a gap is a lacuna if it is long and begins or ends within a sentence, as
//! lost leaves do; cuts that an editor made keep sentences whole and are omissions, unless they are
//! as long as a chapter.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::source::Source;
use super::table::Table;

/// Words that the others must have beyond the ends of a witness for it to be absent there.
const BEYOND_ENDS: usize = 25;
/// The same within a witness, if the gap cuts a sentence.
const LACUNA: usize = 100;
/// The same within a witness in any case.
const CHAPTER: usize = 2000;

/// What coverage is told from.
pub(super) struct Coverage<'c> {
    pub(super) table: &'c Table,
    pub(super) sources: &'c [Source],
    pub(super) is_word: &'c [bool],
    /// Witnesses and tokens that the others have elsewhere: nobody lacks them.
    pub(super) moved: &'c FxHashSet<(u32, u32)>,
}

impl Coverage<'_> {
    /// The columns that each witness covers.
    pub(super) fn present(&self) -> Vec<Vec<Range<u32>>> {
        (0..self.sources.len()).map(|witness| self.covered(witness)).collect()
    }

    fn covered(&self, witness: usize) -> Vec<Range<u32>> {
        let columns = &self.table.columns_of[witness];
        let end = self.table.len() as u32;
        let (Some(&first), Some(&last)) = (columns.first(), columns.last()) else { return Vec::new() };
        let start = if self.longest(0..first, witness).0 >= BEYOND_ENDS { first } else { 0 };
        let stop = if self.longest(last + 1..end, witness).0 >= BEYOND_ENDS { last + 1 } else { end };
        let mut ranges = Vec::new();
        let mut from = start;
        for pair in columns.windows(2).filter(|pair| pair[1] - pair[0] > LACUNA as u32) {
            let (words, cuts_sentence) = self.longest(pair[0] + 1..pair[1], witness);
            if words >= CHAPTER || words >= LACUNA && cuts_sentence {
                ranges.push(from..pair[0] + 1);
                from = pair[1];
            }
        }
        ranges.push(from..stop);
        ranges
    }

    /// The most words that another witness has in some columns, and whether its text there begins
    /// or ends within a segment.
    fn longest(&self, gap: Range<u32>, witness: usize) -> (usize, bool) {
        let mut best = (0, false);
        if gap.len() < BEYOND_ENDS {
            return best;
        }
        for (other, columns) in self.table.columns_of.iter().enumerate().filter(|(o, _)| *o != witness) {
            let at = |column| columns.partition_point(|&c| c < column);
            let (start, end) = (at(gap.start), at(gap.end));
            if end - start <= best.0 {
                continue;
            }
            let source = &self.sources[other];
            let is_word = |&token: &usize| self.is_word[source.keys[token] as usize];
            let lost =
                |&token: &usize| is_word(&token) && !self.moved.contains(&(other as u32, token as u32));
            let words = (start..end).filter(lost).count();
            if words > best.0 {
                let segment = |token: Option<usize>| token.map(|t| source.tokens[t].segment);
                let inside = (segment((start..end).find(is_word)), segment((start..end).rev().find(is_word)));
                let before = segment((0..start).rev().find(is_word));
                let after = segment((end..columns.len()).find(is_word));
                best = (words, before == inside.0 || after == inside.1);
            }
        }
        best
    }
}
