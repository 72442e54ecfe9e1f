//! A small region as a grid: columns of a profile against tokens of a witness.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::grid::{Grid, Match};
use super::profile::{Column, Profile};
use super::score::{FORBIDDEN, GAP_EXTEND, GAP_OPEN, MISMATCH, Scorer};

/// How much the best reading of a column counts beside the mean of all.
const BEST_READING: f32 = 0.55;
/// A token whose exact twin stands so near is not set against another word.
const NEAR: usize = 3;
/// The least share of a full gap's opening cost.
const CHEAPEST_OPENING: f32 = 0.15;

/// See the module.
pub(super) struct Gap<'g, 'l> {
    profile: &'g Profile,
    occupancy: &'g [f32],
    keys: &'g [u32],
    scorer: &'g mut Scorer<'l>,
    /// Positions of the rows in the profile's order.
    pub(super) columns: Vec<usize>,
    /// Positions of the grid's columns in the witness.
    pub(super) tokens: Vec<usize>,
    apart: FxHashSet<(usize, usize)>,
}

impl<'g, 'l> Gap<'g, 'l> {
    pub(super) fn new(
        profile: &'g Profile,
        occupancy: &'g [f32],
        keys: &'g [u32],
        scorer: &'g mut Scorer<'l>,
        columns: Vec<usize>,
        tokens: Vec<usize>,
    ) -> Self {
        Self { profile, occupancy, keys, scorer, columns, tokens, apart: FxHashSet::default() }
    }

    fn column(&self, row: usize) -> &'g Column {
        &self.profile.columns[self.profile.order[self.columns[row]] as usize]
    }

    fn key(&self, column: usize) -> u32 {
        self.keys[self.tokens[column]]
    }

    /// Words that stand crosswise (`had already gone`, `had gone already`) are not to be taken for
    /// misspellings of each other: notes which pairs of `found` must come apart and says whether
    /// there are any.
    pub(super) fn keep_twins_apart(&mut self, found: &[Match]) -> bool {
        let mut taken_rows = vec![false; self.columns.len()];
        let mut taken_columns = vec![false; self.tokens.len()];
        let mut unlike = Vec::new();
        for (rows, columns) in found {
            let exact =
                rows.len() + columns.len() > 2 || self.column(rows.start).has(self.key(columns.start));
            if exact {
                rows.clone().for_each(|row| taken_rows[row] = true);
                columns.clone().for_each(|column| taken_columns[column] = true);
            } else {
                unlike.push((rows.start, columns.start));
            }
        }
        let near = |at: usize, len: usize| at.saturating_sub(NEAR)..(at + NEAR + 1).min(len);
        for (row, column) in unlike {
            let key = self.key(column);
            let twin_row = near(row, taken_rows.len()).any(|r| !taken_rows[r] && self.column(r).has(key));
            let twin_column = near(column, taken_columns.len())
                .any(|c| !taken_columns[c] && self.column(row).has(self.key(c)));
            if self.column(row).is_word && (twin_row || twin_column) {
                self.apart.insert((row, column));
            }
        }
        !self.apart.is_empty()
    }

    /// How much an exact match says; `None` if the words differ.
    pub(super) fn bits(&self, rows: &Range<usize>, columns: &Range<usize>) -> Option<f32> {
        let key = self.key(columns.start);
        let exact = rows.len() + columns.len() > 2 || self.column(rows.start).has(key);
        exact.then(|| self.scorer.lexicon.keys[key as usize].bits)
    }

    /// Whether words that differ are likely one word in two spellings.
    pub(super) fn is_alike(&self, rows: &Range<usize>, columns: &Range<usize>) -> bool {
        let key = self.key(columns.start);
        self.column(rows.start).readings().any(|(reading, _)| self.scorer.known_alike(reading, key))
    }

    /// Whether these are two words, one opposite the other, that have nothing in common.
    pub(super) fn is_unlike(&self, one: &Match) -> bool {
        let (rows, columns) = one;
        rows.len() + columns.len() == 2
            && self.is_word_row(rows.start)
            && self.is_word_column(columns.start)
            && self.bits(rows, columns).is_none()
            && !self.is_alike(rows, columns)
    }

    /// Whether two words were found to be no counterparts.
    pub(super) fn is_apart(&self, (rows, columns): &Match) -> bool {
        self.apart.contains(&(rows.start, columns.start))
    }

    /// Whether a row is a column of words.
    pub(super) fn is_word_row(&self, row: usize) -> bool {
        self.column(row).is_word
    }

    /// Whether a column of the grid is a word.
    pub(super) fn is_word_column(&self, column: usize) -> bool {
        self.scorer.lexicon.keys[self.key(column) as usize].is_word
    }

    /// The share of the witnesses at a row that have something there.
    pub(super) fn share(&self, row: usize) -> f32 {
        self.occupancy[self.columns[row]]
    }

    /// Whether a row and a column are the same mark.
    pub(super) fn is_same_mark(&self, row: usize, column: usize) -> bool {
        row < self.columns.len()
            && column < self.tokens.len()
            && !self.column(row).is_word
            && self.column(row).has(self.key(column))
    }

    /// How many words that everybody has some rows are worth.
    pub(super) fn weight_of_rows(&self, rows: Range<usize>) -> f32 {
        rows.filter(|&row| self.is_word_row(row)).map(|row| self.share(row)).sum()
    }

    /// How many words there are in some columns.
    pub(super) fn weight_of_columns(&self, columns: Range<usize>) -> f32 {
        columns.filter(|&column| self.is_word_column(column)).count() as f32
    }
}

/// The score of a joined word of which only a share of the witnesses has the counterpart; for the others
/// it is a stranger.
fn shared(score: f32, share: f32) -> f32 {
    BEST_READING * score + (1.0 - BEST_READING) * (share * score + (1.0 - share) * MISMATCH)
}

impl Grid for Gap<'_, '_> {
    fn size(&self) -> (usize, usize) {
        (self.columns.len(), self.tokens.len())
    }

    fn pair(&mut self, row: usize, column: usize) -> f32 {
        let key = self.key(column);
        let readings = self.column(row);
        if !self.apart.is_empty() && self.apart.contains(&(row, column)) {
            return FORBIDDEN;
        }
        if let Some(sole) = readings.sole() {
            return self.scorer.pair(sole, key);
        }
        let (mut best, mut sum, mut count) = (FORBIDDEN, 0.0, 0.0);
        for (reading, n) in readings.readings() {
            let score = self.scorer.pair(reading, key);
            best = score.max(best);
            sum += score * n as f32;
            count += n as f32;
        }
        BEST_READING * best + (1.0 - BEST_READING) * sum / count
    }

    fn two_rows(&mut self, row: usize, column: usize) -> Option<f32> {
        let whole = self.key(column);
        let (first, second) = (self.column(row - 1), self.column(row));
        if !first.is_word || !second.is_word {
            return None;
        }
        let of = (first.count() as f32, second.count() as f32);
        let pairs = first.readings().flat_map(|x| second.readings().map(move |y| (x, y)));
        let scores = pairs.filter_map(|((x, n), (y, m))| {
            let score = self.scorer.joined(x, y, whole)?;
            Some(shared(score, (n as f32 / of.0).min(m as f32 / of.1)))
        });
        scores.reduce(f32::max)
    }

    fn two_columns(&mut self, row: usize, column: usize) -> Option<f32> {
        let (first, second) = (self.key(column - 1), self.key(column));
        let column = self.column(row);
        let of = column.count() as f32;
        let scores = column
            .readings()
            .filter_map(|(whole, n)| Some(shared(self.scorer.joined(first, second, whole)?, n as f32 / of)));
        scores.reduce(f32::max)
    }

    fn skip_row(&self, row: usize) -> (f32, f32) {
        let share = self.occupancy[self.columns[row]];
        (GAP_OPEN * share.max(CHEAPEST_OPENING), GAP_EXTEND * share)
    }

    fn skip_column(&self, _column: usize) -> (f32, f32) {
        (GAP_OPEN, GAP_EXTEND)
    }
}
