//! The witnesses aligned so far: columns of readings that a further witness is aligned to.
//!
//! A column keeps its number for life; `order` says where it stands. So that a word which few
//! witnesses have is cheap to skip, each column knows the share of those witnesses that have it,
//! among the ones that cover its place.

use super::source::Source;

/// The column of a token that has none yet.
pub(super) const NOWHERE: u32 = u32::MAX;

/// A gap of more columns than this in a witness says nothing about its other gaps: the witness may
/// be a fragment there.
const LACUNA: u32 = 100;

/// A column: the keys that stand in it and how many witnesses have each.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// Key and number of witnesses, most attested first, then in the order of joining.
    first: (u32, u32),
    rest: Vec<(u32, u32)>,
    pub(super) is_word: bool,
}

impl Column {
    fn new(key: u32, is_word: bool) -> Self {
        Self { first: (key, 1), rest: Vec::new(), is_word }
    }

    /// Keys with the number of witnesses that have them, the most attested first.
    pub(super) fn readings(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        std::iter::once(self.first).chain(self.rest.iter().copied())
    }

    /// The most attested key.
    pub(super) fn main(&self) -> u32 {
        self.first.0
    }

    /// The only key, if there is but one.
    pub(super) fn sole(&self) -> Option<u32> {
        self.rest.is_empty().then_some(self.first.0)
    }

    /// How many tokens stand here.
    pub(super) fn count(&self) -> u32 {
        self.readings().map(|(_, n)| n).sum()
    }

    pub(super) fn has(&self, key: u32) -> bool {
        self.readings().any(|(k, _)| k == key)
    }

    fn add(&mut self, key: u32) {
        if self.first.0 == key {
            self.first.1 += 1;
        } else if let Some(reading) = self.rest.iter_mut().find(|(k, _)| *k == key) {
            reading.1 += 1;
        } else {
            self.rest.push((key, 1));
        }
        self.put_main_first();
    }

    /// Takes one token away; whether the column is empty now.
    fn remove(&mut self, key: u32) -> bool {
        if self.first.0 == key {
            self.first.1 -= 1;
        } else if let Some(reading) = self.rest.iter_mut().find(|(k, _)| *k == key) {
            reading.1 -= 1;
        }
        self.rest.retain(|&(_, n)| n > 0);
        self.put_main_first();
        if self.first.1 == 0 && !self.rest.is_empty() {
            self.first = self.rest.remove(0);
        }
        self.first.1 == 0
    }

    fn put_main_first(&mut self) {
        let mut best = None;
        for (index, reading) in self.rest.iter().enumerate() {
            // Of equals the smaller number: it does not depend on who came first.
            let leader: (u32, u32) = best.map_or(self.first, |b: usize| self.rest[b]);
            if (reading.1, leader.0) > (leader.1, reading.0) {
                best = Some(index);
            }
        }
        if let Some(best) = best {
            std::mem::swap(&mut self.first, &mut self.rest[best]);
        }
    }
}

/// All columns with the witnesses placed in them.
#[derive(Debug, Clone, Default)]
pub(super) struct Profile {
    pub(super) columns: Vec<Column>,
    /// The columns in the order of the text.
    pub(super) order: Vec<u32>,
    /// For each witness the column of each token; empty for a witness that is not in.
    pub(super) placed: Vec<Vec<u32>>,
}

/// A token opposite a column: positions in [`Profile::order`] and in the witness.
pub(super) type Placement = (u32, u32);

impl Profile {
    /// An empty profile for `witnesses` texts.
    pub(super) fn new(witnesses: usize) -> Self {
        Self { placed: vec![Vec::new(); witnesses], ..Self::default() }
    }

    /// Puts a witness in. `placements` never go back on either side; tokens without one get columns
    /// of their own, after the columns that the witness lacks at the same place.
    pub(super) fn insert(
        &mut self,
        witness: usize,
        source: &Source,
        is_word: &[bool],
        placements: &[Placement],
    ) {
        let old = std::mem::take(&mut self.order);
        let mut order = Vec::with_capacity(old.len() + 64);
        let mut placed = vec![NOWHERE; source.keys.len()];
        let mut at = 0;
        let mut token = 0;
        for &(position, matched) in placements {
            order.extend_from_slice(old.get(at..position as usize).unwrap_or_default());
            self.push_new(&mut order, &mut placed, source, is_word, token..matched as usize);
            if at <= position as usize {
                order.push(old[position as usize]);
                at = position as usize + 1;
            }
            let column = old[position as usize];
            self.columns[column as usize].add(source.keys[matched as usize]);
            placed[matched as usize] = column;
            token = matched as usize + 1;
        }
        order.extend_from_slice(&old[at..]);
        self.push_new(&mut order, &mut placed, source, is_word, token..source.keys.len());
        self.order = order;
        self.placed[witness] = placed;
    }

    fn push_new(
        &mut self,
        order: &mut Vec<u32>,
        placed: &mut [u32],
        source: &Source,
        is_word: &[bool],
        tokens: std::ops::Range<usize>,
    ) {
        for token in tokens {
            let key = source.keys[token];
            let column = self.columns.len() as u32;
            self.columns.push(Column::new(key, is_word[key as usize]));
            order.push(column);
            placed[token] = column;
        }
    }

    /// Takes a witness out; columns that only it had disappear. Returns where its tokens stood.
    pub(super) fn remove(&mut self, witness: usize, source: &Source) -> Vec<u32> {
        let placed = std::mem::take(&mut self.placed[witness]);
        let mut emptied = false;
        for (token, &column) in placed.iter().enumerate() {
            emptied |= self.columns[column as usize].remove(source.keys[token]);
        }
        if emptied {
            let columns = &self.columns;
            self.order.retain(|&c| columns[c as usize].first.1 > 0);
        }
        placed
    }

    /// The place of each column in the order.
    pub(super) fn positions(&self) -> Vec<u32> {
        let mut positions = vec![NOWHERE; self.columns.len()];
        for (position, &column) in self.order.iter().enumerate() {
            positions[column as usize] = position as u32;
        }
        positions
    }

    /// For each place in the order, the share of the witnesses covering it that have a token there.
    pub(super) fn occupancy(&self) -> Vec<f32> {
        let positions = self.positions();
        let mut covering = vec![0i32; self.order.len() + 1];
        for placed in self.placed.iter().filter(|p| !p.is_empty()) {
            let mut start = None;
            let mut last = 0;
            for position in placed.iter().map(|&c| positions[c as usize]) {
                if start.is_none() || position > last + LACUNA {
                    if start.is_some() {
                        covering[last as usize + 1] -= 1;
                    }
                    covering[position as usize] += 1;
                    start = Some(position);
                }
                last = position;
            }
            covering[last as usize + 1] -= 1;
        }
        let mut now = 0;
        let occupied = |(position, &column): (usize, &u32)| {
            now += covering[position];
            (self.columns[column as usize].count() as f32 / now.max(1) as f32).min(1.0)
        };
        self.order.iter().enumerate().map(occupied).collect()
    }
}
