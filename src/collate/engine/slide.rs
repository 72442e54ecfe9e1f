//! Where an omission begins, if the words leave it open.
//!
//! `... here. [It is for us ... advanced.] It is rather for us` and `... here. It is [for us ... advanced.
//! It is] rather for us` are the same omission in two readings. As an editor would, the one is taken that
//! begins with a sentence.

use rustc_hash::FxHashSet;

use super::source::Source;
use super::table::Table;

/// Tokens by which an omission is moved at most.
const FURTHEST: usize = 12;
/// Tokens of an omission that is looked at.
const FEWEST: usize = 2;

/// The table with such omissions at the beginning of a sentence; `moved` are witnesses and tokens whose
/// partners stand elsewhere.
pub(super) fn to_sentences(table: Table, sources: &[Source], moved: &FxHashSet<(u32, u32)>) -> Table {
    let mut changes: Vec<(usize, usize, u32)> = Vec::new();
    for (witness, columns) in table.columns_of.iter().enumerate() {
        let mut free = 0;
        for token in 1..columns.len() {
            if (columns[token] - columns[token - 1]) as usize > FEWEST
                && token > free
                && let Some(gap) = Gap::at(&table, sources, witness, token)
                && let Some(slid) = gap.slid()
            {
                let is_moved = |change: &(usize, u32)| moved.contains(&(witness as u32, change.0 as u32));
                if !slid.iter().any(is_moved) {
                    free = slid.iter().map(|change| change.0).max().unwrap_or(token);
                    changes.extend(slid.into_iter().map(|(token, column)| (witness, token, column)));
                }
            }
        }
    }
    if changes.is_empty() {
        return table;
    }
    let mut columns_of = table.columns_of.clone();
    for (witness, token, column) in changes {
        columns_of[witness][token] = column;
    }
    Table::of(columns_of, table.len()).without_empty_columns()
}

/// What a witness lacks before one of its tokens, in the words of another one.
struct Gap<'g> {
    own: &'g Source,
    own_columns: &'g [u32],
    other: &'g Source,
    other_columns: &'g [u32],
    /// The token of the witness behind the gap.
    behind: usize,
    /// The tokens of the other that it lacks.
    lacked: std::ops::Range<usize>,
}

impl<'g> Gap<'g> {
    /// The gap of a witness before a token, seen from the witness with most words in it, if both stand
    /// together on either side of it.
    fn at(table: &'g Table, sources: &'g [Source], witness: usize, behind: usize) -> Option<Self> {
        let own_columns = table.columns_of[witness].as_slice();
        let (from, to) = (own_columns[behind - 1], own_columns[behind]);
        // Every witness of interest has a token on the near side.
        let beside = table.entries(from as usize).iter().map(|entry| entry.0 as usize);
        let lacked = |other: usize| {
            let columns = &table.columns_of[other];
            columns.partition_point(|&c| c <= from)..columns.partition_point(|&c| c < to)
        };
        let others = beside.filter(|&other| other != witness).map(|other| (other, lacked(other)));
        let most = others.max_by_key(|(other, lacked)| (lacked.len(), std::cmp::Reverse(*other)));
        let (other, lacked) = most.filter(|(_, lacked)| lacked.len() >= FEWEST)?;
        let other_columns = table.columns_of[other].as_slice();
        (other_columns.get(lacked.end) == Some(&to)).then(|| Self {
            own: &sources[witness],
            own_columns,
            other: &sources[other],
            other_columns,
            behind,
            lacked,
        })
    }

    /// Tokens of the witness with new columns, such that what it lacks begins with a sentence; `None` if it
    /// does already or cannot.
    fn slid(&self) -> Option<Vec<(usize, u32)>> {
        if self.starts_sentence(self.lacked.start) {
            return None;
        }
        (1..=FURTHEST).find_map(|by| self.to_left(by).or_else(|| self.to_right(by)))
    }

    fn to_left(&self, by: usize) -> Option<Vec<(usize, u32)>> {
        let start = self.lacked.start.checked_sub(by)?;
        let first = self.behind.checked_sub(by)?;
        let (end, behind) = (self.lacked.end, self.behind);
        let fits = |i: usize| {
            self.own_columns[behind - i] == self.other_columns[self.lacked.start - i]
                && self.own.keys[behind - i] == self.other.keys[end - i]
        };
        (self.starts_sentence(start) && first > 0 && (1..=by).all(fits))
            .then(|| (1..=by).map(|i| (behind - i, self.other_columns[end - i])).collect())
    }

    fn to_right(&self, by: usize) -> Option<Vec<(usize, u32)>> {
        let (start, end) = (self.lacked.start, self.lacked.end);
        if self.behind + by > self.own_columns.len() || end + by > self.other_columns.len() {
            return None;
        }
        let fits = |i: usize| {
            self.own_columns[self.behind + i] == self.other_columns[end + i]
                && self.own.keys[self.behind + i] == self.other.keys[start + i]
        };
        (by <= self.lacked.len() && self.starts_sentence(start + by) && (0..by).all(fits))
            .then(|| (0..by).map(|i| (self.behind + i, self.other_columns[start + i])).collect())
    }

    fn starts_sentence(&self, token: usize) -> bool {
        let segment = |token: usize| self.other.tokens.get(token).map(|t| t.segment);
        token == 0 || segment(token) != segment(token - 1)
    }
}
