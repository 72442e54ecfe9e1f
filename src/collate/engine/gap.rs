//! A small region as a grid: columns of a profile against tokens of a witness.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::cells::Scores;
use super::grid::{FORBIDDEN, Grid, Match, NEVER};
use super::lexicon::Key;
use super::profile::{Column, Profile};
use super::score::{GAP_EXTEND, GAP_OPEN, MISMATCH, Scorer};

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
    scores: Scores,
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
        let scores = std::mem::take(&mut scorer.scores);
        let apart = FxHashSet::default();
        let mut gap = Self { profile, occupancy, keys, scorer, columns, tokens, apart, scores };
        gap.fill();
        gap
    }

    /// Gives the memory of the scores back.
    pub(super) fn release(self) {
        self.scorer.scores = self.scores;
    }

    /// Computes the scores of all cells.
    fn fill(&mut self) {
        let mut scores = std::mem::take(&mut self.scores);
        let width = self.tokens.len();
        let cells = self.columns.len() * width;
        scores.number_columns(self.tokens.iter().map(|&t| self.keys[t]), self.scorer.lexicon.keys.len());
        for list in [&mut scores.two_rows, &mut scores.two_columns] {
            list.clear();
            list.resize(cells, NEVER);
        }
        scores.pair.clear();
        scores.pair.reserve(cells);
        for row in 0..self.columns.len() {
            self.pairs(row, &mut scores);
            let line = row * width..(row + 1) * width;
            self.joined_rows(
                row,
                &mut scores.line,
                &scores.distinct,
                &scores.distinct_of,
                &mut scores.two_rows[line.clone()],
            );
            self.joined_columns(row, &mut scores.two_columns[line]);
        }
        self.scores = scores;
    }

    /// Adds the scores of a row opposite each column.
    fn pairs(&mut self, row: usize, scores: &mut Scores) {
        let Scores { pair, distinct, distinct_of, line, best, sum, .. } = scores;
        let readings = self.column(row);
        line.clear();
        if let Some(sole) = readings.sole() {
            self.scorer.compare_to(sole);
            line.extend(distinct.iter().map(|&key| self.scorer.compared(sole, key)));
        } else {
            best.clear();
            best.resize(distinct.len(), FORBIDDEN);
            sum.clear();
            sum.resize(distinct.len(), 0.0);
            let mut count = 0.0;
            for (reading, n) in readings.readings() {
                self.scorer.compare_to(reading);
                for (at, &key) in distinct.iter().enumerate() {
                    let score = self.scorer.compared(reading, key);
                    best[at] = score.max(best[at]);
                    sum[at] += score * n as f32;
                }
                count += n as f32;
            }
            let mixed = best.iter().zip(&*sum);
            line.extend(mixed.map(|(best, sum)| BEST_READING * best + (1.0 - BEST_READING) * sum / count));
        }
        pair.extend(distinct_of.iter().map(|&at| line[at as usize]));
    }

    /// The scores of a row and the one before it opposite one column each.
    fn joined_rows(
        &mut self,
        row: usize,
        line: &mut Vec<f32>,
        distinct: &[u32],
        distinct_of: &[u32],
        out: &mut [f32],
    ) {
        let Some(before) = row.checked_sub(1) else { return };
        let (first, second) = (self.column(before), self.column(row));
        if !first.is_word || !second.is_word {
            return;
        }
        line.clear();
        line.resize(distinct.len(), NEVER);
        let mut found = false;
        let of = (first.count() as f32, second.count() as f32);
        for (x, n) in first.readings() {
            for (y, m) in second.readings() {
                let share = (n as f32 / of.0).min(m as f32 / of.1);
                let (x, y) = (self.word(x), self.word(y));
                self.scorer.join(x, Some(y));
                for (best, &whole) in line.iter_mut().zip(distinct) {
                    if let Some(score) = self.scorer.joined(x, y, self.word(whole), false) {
                        *best = best.max(shared(score, share));
                        found = true;
                    }
                }
            }
        }
        if found {
            for (score, &at) in out.iter_mut().zip(distinct_of) {
                *score = line[at as usize];
            }
        }
    }

    /// The scores of a row opposite each column and the one before it.
    fn joined_columns(&mut self, row: usize, out: &mut [f32]) {
        let column = self.column(row);
        let of = column.count() as f32;
        for (whole, n) in column.readings() {
            let whole = self.word(whole);
            if !whole.is_word {
                continue;
            }
            self.scorer.join(whole, None);
            for at in 1..out.len() {
                let (x, y) = (self.word(self.key(at - 1)), self.word(self.key(at)));
                if let Some(score) = self.scorer.joined(x, y, whole, true) {
                    out[at] = out[at].max(shared(score, n as f32 / of));
                }
            }
        }
    }

    fn word(&self, key: u32) -> &'l Key {
        &self.scorer.lexicon.keys[key as usize]
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
                self.scores.pair[row * self.tokens.len() + column] = FORBIDDEN;
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
        self.column(rows.start).readings().any(|(reading, _)| self.scorer.alike(reading, key))
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

    fn pair(&self, row: usize, column: usize) -> f32 {
        self.scores.pair[row * self.tokens.len() + column]
    }

    fn two_rows(&self, row: usize, column: usize) -> f32 {
        self.scores.two_rows[row * self.tokens.len() + column]
    }

    fn two_columns(&self, row: usize, column: usize) -> f32 {
        self.scores.two_columns[row * self.tokens.len() + column]
    }

    fn skip_row(&self, row: usize) -> (f32, f32) {
        let share = self.occupancy[self.columns[row]];
        (GAP_OPEN * share.max(CHEAPEST_OPENING), GAP_EXTEND * share)
    }

    fn skip_column(&self, _column: usize) -> (f32, f32) {
        (GAP_OPEN, GAP_EXTEND)
    }
}
