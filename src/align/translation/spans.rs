//! What spans of one text say of the words of the other.
//!
//! For n units of one text and a unit of the other: Σ ln(p(t | span) / p(t)) over the words t of the
//! unit, where p(t | span) / p(t) = λ·ν(t) + (1−λ)·mean over the span's words of T(t | s) / p(t), and
//! ν(t) is how much more often than the average t has no partner. The contribution of each unit to
//! the lexicon is left out when that unit speaks. Longer spans add one unit to the shorter ones.

use std::ops::Range;

use rayon::prelude::*;

use super::table::Table;
use super::text::Text;
use crate::align::math::ln;

/// Units per parallel task.
const CHUNK: usize = 64;

/// Factors of a product that a double holds: each is below 10⁸.
const FACTORS: usize = 24;

/// The words of a text, unit by unit and type by type.
#[derive(Debug)]
pub(super) struct Words {
    /// Where the words of each unit start.
    unit_offset: Vec<u32>,
    tokens: Vec<u32>,
    /// Where the occurrences of each type start.
    type_offset: Vec<u32>,
    units: Vec<u32>,
    counts: Vec<f32>,
}

impl Words {
    pub(super) fn new(text: &Text) -> Self {
        let mut unit_offset = vec![0u32];
        let mut tokens = Vec::with_capacity(text.total as usize);
        let mut type_offset = vec![0u32; text.keys.len() + 1];
        for sentence in &text.sentences {
            tokens.extend_from_slice(&sentence.tokens);
            unit_offset.push(tokens.len() as u32);
            sentence.types.iter().for_each(|t| type_offset[t.0 as usize + 1] += 1);
        }
        (1..type_offset.len()).for_each(|i| type_offset[i] += type_offset[i - 1]);
        let total = type_offset.last().copied().unwrap_or(0) as usize;
        let mut next = type_offset.clone();
        let (mut units, mut counts) = (vec![0; total], vec![0.0; total]);
        for (i, sentence) in (0u32..).zip(&text.sentences) {
            for &(t, k) in &sentence.types {
                let slot = &mut next[t as usize];
                units[*slot as usize] = i;
                counts[*slot as usize] = k;
                *slot += 1;
            }
        }
        Self { unit_offset, tokens, type_offset, units, counts }
    }

    fn of(&self, unit: usize) -> &[u32] {
        &self.tokens[self.unit_offset[unit] as usize..self.unit_offset[unit + 1] as usize]
    }

    fn number(&self, units: &Range<usize>) -> usize {
        (self.unit_offset[units.end] - self.unit_offset[units.start]) as usize
    }

    /// Units with type `t` inside a range, with their counts.
    fn within(&self, t: u32, units: &Range<usize>) -> impl Iterator<Item = (usize, f32)> {
        let all = self.type_offset[t as usize] as usize..self.type_offset[t as usize + 1] as usize;
        let start = all.start + self.units[all.clone()].partition_point(|&u| (u as usize) < units.start);
        let (here, end) = (start..all.end, units.end);
        let pairs = self.units[here.clone()].iter().zip(&self.counts[here]);
        pairs.map(|(&u, &k)| (u as usize, k)).take_while(move |&(u, _)| u < end)
    }
}

/// What each unit of a stretch says of the words of its partner.
#[derive(Debug, Default)]
pub(super) struct Vectors {
    /// Number of words of each unit.
    tokens: Vec<f32>,
    /// Their mass that goes to the background.
    free: Vec<f32>,
    /// Where the entries of each unit start.
    offset: Vec<usize>,
    /// Types t of the other text and Σ T(t | s) / (p(t)·ν(t)).
    entries: Vec<(u32, f32)>,
}

impl Vectors {
    pub(super) fn new(text: &Text, stretch: Range<usize>, table: &Table, alpha: f32) -> Self {
        let units: Vec<usize> = stretch.collect();
        let parts: Vec<Self> = units
            .par_chunks(CHUNK)
            .map_init(
                || Scratch::new(table.background.len()),
                |scratch, units| {
                    let mut part = Self::default();
                    units.iter().for_each(|&i| part.add(text, i, table, alpha, scratch));
                    part
                },
            )
            .collect();
        let mut out = Self { offset: vec![0], ..Self::default() };
        out.entries.reserve_exact(parts.iter().map(|p| p.entries.len()).sum());
        for part in parts {
            let before = out.entries.len();
            out.offset.extend(part.offset.iter().map(|end| before + end));
            out.entries.extend(part.entries);
            out.tokens.extend(part.tokens);
            out.free.extend(part.free);
        }
        out
    }

    fn add(&mut self, text: &Text, i: usize, table: &Table, alpha: f32, scratch: &mut Scratch) {
        let (mut tokens, mut free) = (0.0, 0.0);
        let own = &table.own[table.own_offset[i] as usize..table.own_offset[i + 1] as usize];
        let weight = table.own_weight[i];
        let mut next = 0;
        for &(s, k) in &text.sentences[i].types {
            let first = next;
            while own.get(next).is_some_and(|link| link.0 == s) {
                scratch.own[own[next].1 as usize] = own[next].2;
                next += 1;
            }
            let own_sum: f32 = own[first..next].iter().map(|link| link.2).sum();
            let a = s as usize;
            let n = (table.occurrences[a].max(table.count_sum[a]) - weight * k).max(0.0);
            let counted = (table.count_sum[a] - own_sum).max(0.0);
            tokens += k;
            free += k * (alpha * (1.0 - table.prior_sum[a]) + (n - counted).max(0.0)) / (n + alpha);
            for x in table.row(s) {
                let t = table.column[x] as usize;
                let mass = (table.count[x] - scratch.own[t]).max(0.0) + alpha * table.prior[x];
                if mass > 1e-4 {
                    let expected = table.background[t] * table.null_ratio[t];
                    scratch.add(t as u32, mass * k / (n + alpha) / expected);
                }
            }
            own[first..next].iter().for_each(|link| scratch.own[link.1 as usize] = 0.0);
        }
        self.tokens.push(tokens);
        self.free.push(free);
        let sum = &mut scratch.sum;
        self.entries.extend(scratch.touched.drain(..).map(|t| (t, std::mem::take(&mut sum[t as usize]))));
        self.offset.push(self.entries.len());
    }
}

/// Sums over the types of one text.
pub(super) struct Scratch {
    sum: Vec<f32>,
    own: Vec<f32>,
    touched: Vec<u32>,
    cells: Vec<f32>,
}

impl Scratch {
    pub(super) fn new(types: usize) -> Self {
        Self { sum: vec![0.0; types], own: vec![0.0; types], touched: Vec::new(), cells: Vec::new() }
    }

    fn add(&mut self, t: u32, weight: f32) {
        let sum = &mut self.sum[t as usize];
        if *sum == 0.0 {
            self.touched.push(t);
        }
        *sum += weight;
    }
}

/// One direction of the lexicon over a stretch of both texts.
#[derive(Debug)]
pub(super) struct Predictor<'w> {
    vectors: Vectors,
    words: &'w Words,
    /// The first unit of the predicted stretch.
    start: usize,
    /// Σ ln ν(t) over the words of each predicted unit.
    null: Vec<f32>,
    lambda: f32,
    types: usize,
}

impl<'w> Predictor<'w> {
    /// Units `from.1` of the text `from.0` speak of units `to.1` of another with words `to.0`.
    pub(super) fn new(
        from: (&Text, Range<usize>),
        to: (&'w Words, Range<usize>),
        table: &Table,
        alpha: f32,
        lambda: f32,
    ) -> Self {
        let (words, stretch) = to;
        let log: Vec<f64> = table.null_ratio.iter().map(|&ratio| ln(f64::from(ratio))).collect();
        let null = |j: usize| words.of(j).iter().map(|&t| log[t as usize]).sum::<f64>() as f32;
        Self {
            vectors: Vectors::new(from.0, from.1, table, alpha),
            words,
            start: stretch.start,
            null: stretch.map(null).collect(),
            lambda,
            types: table.background.len(),
        }
    }

    /// Working memory for [`Self::cells`].
    pub(super) fn scratch(&self) -> Scratch {
        Scratch::new(self.types)
    }

    /// The scores of `units` under the spans of 1 to `reach` units from `i`, all counted from the
    /// start of their stretches; each row of scores is handed to `out` with its number of units.
    pub(super) fn cells(
        &self,
        i: usize,
        reach: usize,
        units: &Range<usize>,
        scratch: &mut Scratch,
        mut out: impl FnMut(usize, &[f32]),
    ) {
        let (mut tokens, mut free) = (0f32, 0f32);
        let inside = units.start + self.start..units.end + self.start;
        let words = self.words.number(&inside);
        let mut cells = std::mem::take(&mut scratch.cells);
        for n in 1..=reach {
            let unit = i + n - 1;
            tokens += self.vectors.tokens[unit];
            free += self.vectors.free[unit];
            for &(t, w) in &self.vectors.entries[self.vectors.offset[unit]..self.vectors.offset[unit + 1]] {
                scratch.add(t, w);
            }
            cells.clear();
            if tokens == 0.0 {
                cells.resize(units.len(), 0.0);
                out(n, &cells);
                continue;
            }
            let share = f64::from((1.0 - self.lambda) / tokens);
            let base = f64::from(self.lambda) + share * f64::from(free);
            let (odds, log_base) = (share / base, ln(base) as f32);
            let plain = |j: usize| self.words.of(j).len() as f32 * log_base + self.null[j - self.start];
            // Few words of which anything is said are looked up, else all words of the units are read.
            if 16 * scratch.touched.len() < words {
                cells.extend(inside.clone().map(plain));
                for &t in &scratch.touched {
                    let gain = ln(1.0 + odds * f64::from(scratch.sum[t as usize])) as f32;
                    for (j, count) in self.words.within(t, &inside) {
                        cells[j - inside.start] += gain * count;
                    }
                }
            } else {
                cells.extend(inside.clone().map(|j| {
                    let gain = |words: &[u32]| {
                        let factor = |&t: &u32| 1.0 + odds * f64::from(scratch.sum[t as usize]);
                        ln(words.iter().map(factor).product())
                    };
                    plain(j) + self.words.of(j).chunks(FACTORS).map(gain).sum::<f64>() as f32
                }));
            }
            out(n, &cells);
        }
        scratch.cells = cells;
        scratch.touched.drain(..).for_each(|t| scratch.sum[t as usize] = 0.0);
    }
}
