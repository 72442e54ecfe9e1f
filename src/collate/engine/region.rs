//! A witness against the columns of those before it: anchors first, then the gaps between them.

use crate::math::log2;
use std::ops::Range;

use super::anchors::{Block, chain, unique_blocks};
use super::gap::Gap;
use super::grid;
use super::profile::{Placement, Profile};
use super::score::Scorer;
use super::trust::{Ends, trusted};
use super::unlike::from_left;

/// Cells up to which a region is aligned at once.
const EXACT_CELLS: usize = 12_000;
/// Cells up to which a region without anchors still is.
const LARGEST_CELLS: usize = 250_000;
/// Tokens kept at each end of a region that is too large and has no anchors: the rest is rewritten
/// beyond recognition or stands on one side only.
const RIM: usize = 60;
/// A column counts for the first anchors if so many of the witnesses there have it.
const USUAL: f32 = 0.34;
/// An anchor must be so much rarer than chance (in bits).
const MARGIN: f32 = 3.0;
/// Recursion beyond this depth makes no progress.
const DEPTH: usize = 12;

/// Aligns one witness's tokens to the columns of a profile.
pub(super) struct Region<'r, 'l> {
    pub(super) profile: &'r Profile,
    pub(super) occupancy: &'r [f32],
    /// The keys of the witness's tokens.
    pub(super) keys: &'r [u32],
    pub(super) scorer: &'r mut Scorer<'l>,
    /// What was found, in order.
    pub(super) out: Vec<Placement>,
}

impl Region<'_, '_> {
    /// Aligns the columns at `columns` of the order with some tokens.
    pub(super) fn solve(&mut self, columns: Range<usize>, tokens: Range<usize>, depth: usize) {
        if columns.is_empty() || tokens.is_empty() || self.agree(&columns, &tokens) {
            return;
        }
        if columns.len() * tokens.len() <= EXACT_CELLS {
            return self.exact(columns.collect(), tokens.collect());
        }
        if depth < DEPTH && self.by_anchors(&columns, &tokens, depth) {
            return;
        }
        if columns.len() * tokens.len() <= LARGEST_CELLS {
            return self.exact(columns.collect(), tokens.collect());
        }
        self.exact(rims(columns), rims(tokens));
    }

    /// Places tokens that are those of the columns one by one.
    fn agree(&mut self, columns: &Range<usize>, tokens: &Range<usize>) -> bool {
        let same = columns.len() == tokens.len()
            && columns.clone().zip(tokens.clone()).all(|(c, t)| self.main(c) == self.keys[t]);
        if same {
            self.out.extend(columns.clone().zip(tokens.clone()).map(|(c, t)| (c as u32, t as u32)));
        }
        same
    }

    fn main(&self, position: usize) -> u32 {
        self.profile.columns[self.profile.order[position] as usize].main()
    }

    /// Splits a region at its anchors; `false` if it has none.
    fn by_anchors(&mut self, columns: &Range<usize>, tokens: &Range<usize>, depth: usize) -> bool {
        let keys = &self.scorer.lexicon.keys;
        let usual = if depth == 0 { USUAL } else { 0.0 };
        let (at, words): (Vec<usize>, Vec<u32>) = columns
            .clone()
            .filter(|&c| self.occupancy[c] >= usual)
            .map(|c| (c, self.main(c)))
            .filter(|&(_, key)| keys[key as usize].is_word)
            .unzip();
        let (token_at, token_words): (Vec<usize>, Vec<u32>) =
            tokens.clone().map(|t| (t, self.keys[t])).filter(|&(_, key)| keys[key as usize].is_word).unzip();
        let chance = log2(words.len().max(1) as f32 * token_words.len().max(1) as f32) + MARGIN;
        let mut bits = Vec::with_capacity(words.len() + 1);
        bits.push(0.0f64);
        bits.extend(words.iter().scan(0.0f64, |sum, &key| {
            *sum += f64::from(keys[key as usize].bits);
            Some(*sum)
        }));
        let weight = |block: &Block| (bits[block.a + block.len] - bits[block.a]) as f32;
        let mut anchors = Vec::new();
        for n in [5, 3, 2, 1] {
            let mut blocks = unique_blocks(&words, &token_words, n);
            blocks.retain(|block| weight(block) >= chance);
            anchors = chain(&blocks, weight);
            if !anchors.is_empty() {
                break;
            }
        }
        if anchors.is_empty() {
            return false;
        }
        let (mut column, mut token) = (columns.start, tokens.start);
        for block in anchors {
            for k in 0..block.len {
                let (c, t) = (at[block.a + k], token_at[block.b + k]);
                self.solve(column..c, token..t, depth + 1);
                self.out.push((c as u32, t as u32));
                (column, token) = (c + 1, t + 1);
            }
        }
        self.solve(column..columns.end, token..tokens.end, depth + 1);
        true
    }

    /// Aligns a small region by dynamic programming.
    fn exact(&mut self, columns: Vec<usize>, tokens: Vec<usize>) {
        let (Some((&first, &last)), Some((&from, &to))) =
            (columns.first().zip(columns.last()), tokens.first().zip(tokens.last()))
        else {
            return;
        };
        let ends = Ends {
            start: first > 0 && from > 0,
            stop: last + 1 < self.profile.order.len() && to + 1 < self.keys.len(),
        };
        let mut gap = Gap::new(self.profile, self.occupancy, self.keys, self.scorer, columns, tokens);
        let mut found = grid::align(&gap);
        if gap.keep_twins_apart(&found) {
            found = grid::align(&gap);
        }
        let held = trusted(&gap, found, ends);
        for (rows, columns) in from_left(&mut gap, held) {
            let row = gap.columns[rows.start] as u32;
            self.out.extend(columns.map(|column| (row, gap.tokens[column] as u32)));
        }
        gap.release();
    }
}

/// The ends of a long range.
fn rims(range: Range<usize>) -> Vec<usize> {
    if range.len() <= 2 * RIM {
        return range.collect();
    }
    (range.start..range.start + RIM).chain(range.end - RIM..range.end).collect()
}
