//! What each witness covers: a fragment does not omit what it never had.
//!
//! Before its first and after its last word a witness is absent if the others have more than a
//! sentence there. Inside, a gap is a lacuna if it is long, begins and ends within a sentence, as
//! lost leaves do, and is the witness's own; cuts that an editor made keep sentences whole and are
//! omissions, what several lack alike was added by the others, unless it is as long as a chapter. Of a
//! witness that has no more than two thirds of the text, the title over an instalment or the note below it
//! do not make omissions of what lies between them and the instalment. Where a witness has words of its own instead, it was rewritten there and is
//! present.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::source::Source;
use super::table::Table;
use crate::collate::token::is_gap_mark;

/// Words that the others must have beyond the ends of a witness for it to be absent there.
const BEYOND_ENDS: usize = 25;
/// The same within a witness, if the gap cuts a sentence.
const LACUNA: usize = 100;
/// The same within a witness in any case.
const CHAPTER: usize = 2000;

/// Words of a witness before or behind a long gap that do not make it an omission: one in so many of the gap.
const TITLE_ONE_IN: usize = 10;

/// What coverage is told from.
pub(super) struct Coverage<'c> {
    pub(super) table: &'c Table,
    pub(super) sources: &'c [Source],
    pub(super) is_word: &'c [bool],
    /// Witnesses and tokens that the others have elsewhere: nobody lacks them.
    pub(super) moved: &'c FxHashSet<(u32, u32)>,
}

/// Ranges without what lies in a gap.
fn without(ranges: Vec<Range<u32>>, gap: &Range<u32>) -> Vec<Range<u32>> {
    if gap.start >= gap.end {
        return ranges;
    }
    let parts = ranges
        .into_iter()
        .flat_map(|range| [range.start..range.end.min(gap.start), range.start.max(gap.end)..range.end]);
    parts.filter(|part| part.start < part.end).collect()
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
        let start = if self.gap(0..first, witness).words >= BEYOND_ENDS { first } else { 0 };
        let stop = if self.gap(last + 1..end, witness).words >= BEYOND_ENDS { last + 1 } else { end };
        let mut ranges = Vec::new();
        let mut from = start;
        for pair in columns.windows(2).filter(|pair| pair[1] - pair[0] > LACUNA as u32) {
            let gap = self.gap(pair[0] + 1..pair[1], witness);
            let torn = gap.words >= LACUNA && gap.cuts_sentence;
            let lost = torn || self.is_beside_instalment(witness, pair[0]..pair[1]);
            if gap.words >= CHAPTER || lost && !self.is_shared(witness, pair[0]..pair[1]) {
                ranges.push(from..pair[0] + 1);
                from = pair[1];
            }
        }
        ranges.push(from..stop);
        self.said_gaps(witness).into_iter().fold(ranges, |ranges, gap| without(ranges, &gap))
    }

    /// Columns beside the marks with which a witness says that it has a gap (`[...]`), as far as it has nothing.
    fn said_gaps(&self, witness: usize) -> Vec<Range<u32>> {
        let (source, columns) = (&self.sources[witness], &self.table.columns_of[witness]);
        let mut gaps = Vec::new();
        for (token, &column) in
            source.tokens.iter().zip(columns.iter()).enumerate().filter_map(|(index, (t, c))| {
                is_gap_mark(&source.text[t.read.start as usize..t.read.end as usize]).then_some((index, c))
            })
        {
            let before = token.checked_sub(1).map_or(0, |t| columns[t] + 1);
            let behind = columns.get(token + 1).copied().unwrap_or(self.table.len() as u32);
            gaps.extend([before..column, column + 1..behind]);
        }
        gaps
    }

    /// What stands in columns where a witness has nothing.
    fn gap(&self, columns: Range<u32>, witness: usize) -> Gap {
        let mut best = Gap::default();
        if columns.len() < BEYOND_ENDS {
            return best;
        }
        for other in (0..self.sources.len()).filter(|&other| other != witness) {
            let own = &self.table.columns_of[other];
            let at = |column| own.partition_point(|&c| c < column);
            let (start, end) = (at(columns.start), at(columns.end));
            if end - start <= best.words {
                continue;
            }
            let is_word = |&token: &usize| self.is_word(other, token);
            let lost = |token: &usize| is_word(token) && !self.moved.contains(&(other as u32, *token as u32));
            let words = (start..end).filter(lost).count();
            if words > best.words && self.same_around(&columns, witness, other) {
                let segment = |token: Option<usize>| token.map(|t| self.sources[other].tokens[t].segment);
                let inside = (segment((start..end).find(is_word)), segment((start..end).rev().find(is_word)));
                let before = segment((0..start).rev().find(is_word));
                let after = segment((end..own.len()).find(is_word));
                best = Gap { words, cuts_sentence: before == inside.0 && after == inside.1 };
            }
        }
        best
    }

    /// Whether a gap lies between an instalment and its title, or what stands below it.
    fn is_beside_instalment(&self, witness: usize, gap: Range<u32>) -> bool {
        let own = &self.table.columns_of[witness];
        let words_of = |of: usize, columns: Range<u32>| {
            let columns_of = &self.table.columns_of[of];
            let at = |column: u32| columns_of.partition_point(|&c| c < column);
            let is_lost =
                |&token: &usize| self.is_word(of, token) && !self.moved.contains(&(of as u32, token as u32));
            (at(columns.start)..at(columns.end)).filter(is_lost).count()
        };
        let end = self.table.len() as u32;
        let longest = self.sources.iter().map(|source| source.keys.len()).max().unwrap_or(0);
        if own.len() * 3 > longest * 2 {
            return false;
        }
        let beside = words_of(witness, 0..gap.start + 1).min(words_of(witness, gap.end..end));
        let others = (0..self.sources.len()).filter(|&other| other != witness);
        let lacked = others.map(|other| words_of(other, gap.start + 1..gap.end)).max().unwrap_or(0);
        lacked >= LACUNA && beside * TITLE_ONE_IN <= lacked
    }

    /// Whether another witness has a gap between the same two columns.
    fn is_shared(&self, witness: usize, gap: Range<u32>) -> bool {
        self.table.entries(gap.start as usize).iter().any(|&(other, token)| {
            let columns = &self.table.columns_of[other as usize];
            other as usize != witness && columns.get(token as usize + 1) == Some(&gap.end)
        })
    }

    /// Whether the other has the last word of a witness before some columns and its first behind.
    fn same_around(&self, columns: &Range<u32>, witness: usize, other: usize) -> bool {
        let own = &self.table.columns_of[witness];
        let end = own.partition_point(|&c| c < columns.start);
        let start = own.partition_point(|&c| c < columns.end);
        let is_word = |&token: &usize| self.is_word(witness, token);
        let around = [(0..end).rev().find(is_word), (start..own.len()).find(is_word)];
        around.into_iter().flatten().all(|token| {
            let there = &self.table.columns_of[other];
            there.binary_search(&own[token]).is_ok()
        })
    }

    fn is_word(&self, witness: usize, token: usize) -> bool {
        self.is_word[self.sources[witness].keys[token] as usize]
    }
}

/// A stretch that a witness does not have.
#[derive(Debug, Clone, Copy, Default)]
struct Gap {
    /// The most words that another witness has there.
    words: usize,
    /// Whether that witness's text there begins and ends within a segment.
    cuts_sentence: bool,
}
