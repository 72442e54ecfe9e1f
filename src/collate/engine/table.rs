//! The finished profile as a table: which tokens stand in which column.

use rustc_hash::FxHashSet;

use super::lexicon::Lexicon;
use super::profile::Profile;
use super::source::Source;
use crate::model::CollatedWitness;

/// Tokens by column, and columns by token.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    /// For each witness the column of each token.
    pub(super) columns_of: Vec<Vec<u32>>,
    /// Where each column begins in `entries`; one more than there are columns.
    starts: Vec<u32>,
    /// Witness and token, by column, then witness.
    entries: Vec<(u32, u32)>,
}

impl Table {
    /// Numbers the columns in order, those of joined and split words as one.
    pub(super) fn new(profile: &Profile, sources: &[Source], lexicon: &Lexicon) -> Self {
        let positions = profile.positions();
        let mut columns_of: Vec<Vec<u32>> = profile
            .placed
            .iter()
            .map(|placed| placed.iter().map(|&c| positions[c as usize]).collect())
            .collect();
        let table = Self::of(columns_of.clone(), profile.order.len());
        let joined = table.joined_columns(sources, lexicon);
        if joined.iter().all(|&j| !j) {
            return table;
        }
        let mut numbers = Vec::with_capacity(joined.len());
        let mut next = 0u32;
        for (column, &joined) in joined.iter().enumerate() {
            next += u32::from(column > 0 && !joined);
            numbers.push(next);
        }
        for column in columns_of.iter_mut().flatten() {
            *column = numbers[*column as usize];
        }
        Self::of(columns_of, next as usize + 1)
    }

    /// A table of so many columns.
    pub(super) fn of(columns_of: Vec<Vec<u32>>, columns: usize) -> Self {
        let mut starts = vec![0u32; columns + 1];
        for &column in columns_of.iter().flatten() {
            starts[column as usize + 1] += 1;
        }
        for column in 0..columns {
            starts[column + 1] += starts[column];
        }
        let mut next = starts.clone();
        let mut entries = vec![(0, 0); starts[columns] as usize];
        for (witness, tokens) in columns_of.iter().enumerate() {
            for (token, &column) in tokens.iter().enumerate() {
                let at = &mut next[column as usize];
                entries[*at as usize] = (witness as u32, token as u32);
                *at += 1;
            }
        }
        Self { columns_of, starts, entries }
    }

    /// The same with some tokens in columns of their own, behind those that they leave.
    pub(super) fn with_detached(&self, detached: &FxHashSet<(u32, u32)>) -> Self {
        let mut splits = vec![0u32; self.len() + 1];
        for column in 0..self.len() {
            splits[column + 1] = u32::from(self.entries(column).iter().any(|e| detached.contains(e)));
        }
        for column in 0..self.len() {
            splits[column + 1] += splits[column];
        }
        let number = |(token, witness, column): (u32, u32, u32)| {
            column + splits[column as usize] + u32::from(detached.contains(&(witness, token)))
        };
        let columns_of: Vec<Vec<u32>> = (0u32..)
            .zip(&self.columns_of)
            .map(|(w, columns)| (0u32..).zip(columns).map(|(t, &c)| number((t, w, c))).collect())
            .collect();
        Self::of(columns_of, self.len() + splits[self.len()] as usize).without_empty_columns()
    }

    /// A column whose tokens have all left it disappears.
    pub(super) fn without_empty_columns(self) -> Self {
        let mut number = 0u32;
        let numbers: Vec<u32> = (0..self.len())
            .map(|column| {
                let here = number;
                number += u32::from(!self.entries(column).is_empty());
                here
            })
            .collect();
        if number as usize == self.len() {
            return self;
        }
        let columns_of: Vec<Vec<u32>> = self
            .columns_of
            .iter()
            .map(|columns| columns.iter().map(|&c| numbers[c as usize]).collect())
            .collect();
        Self::of(columns_of, number as usize)
    }

    /// Number of columns.
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Witnesses and tokens in a column, by witness.
    pub(super) fn entries(&self, column: usize) -> &[(u32, u32)] {
        &self.entries[self.starts[column] as usize..self.starts[column + 1] as usize]
    }

    /// Whether each column is one with the column before it: some witness has joined there what
    /// another has apart.
    fn joined_columns(&self, sources: &[Source], lexicon: &Lexicon) -> Vec<bool> {
        let key = |&(witness, token): &(u32, u32)| sources[witness as usize].keys[token as usize];
        let mut joined = vec![false; self.len()];
        for column in 1..self.len() {
            let (before, here) = (self.entries(column - 1), self.entries(column));
            let is_word = |entries: &[(u32, u32)]| {
                entries.first().is_some_and(|e| lexicon.keys[key(e) as usize].is_word)
            };
            if joined[column - 1] || !is_word(before) || !is_word(here) {
                continue;
            }
            // Witnesses with a word in one of the two columns only.
            let lone = |of: &[(u32, u32)], other: &[(u32, u32)]| -> Vec<u32> {
                of.iter()
                    .filter(|(w, _)| other.binary_search_by_key(w, |&(v, _)| v).is_err())
                    .map(key)
                    .collect()
            };
            let mut wholes = lone(before, here);
            wholes.extend(lone(here, before));
            if wholes.is_empty() {
                continue;
            }
            joined[column] = before.iter().any(|first| {
                let second = here.iter().find(|(w, _)| *w == first.0);
                second
                    .and_then(|second| lexicon.joined(key(first), key(second)))
                    .is_some_and(|k| wholes.contains(&k))
            });
        }
        joined
    }

    /// The witnesses with their tokens in columns.
    pub(super) fn witnesses(
        &self,
        sources: Vec<Source>,
        present: Vec<Vec<std::ops::Range<u32>>>,
    ) -> Vec<CollatedWitness> {
        sources
            .into_iter()
            .zip(&self.columns_of)
            .zip(present)
            .map(|((mut source, columns), present)| {
                for (token, &column) in source.tokens.iter_mut().zip(columns) {
                    token.column = column;
                }
                CollatedWitness { siglum: source.siglum, text: source.text, tokens: source.tokens, present }
            })
            .collect()
    }
}
