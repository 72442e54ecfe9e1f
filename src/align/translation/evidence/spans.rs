//! What spans of one text say of the words of the other.
//!
//! For n units of one text and a unit of the other: Σ ln(p(t | span) / p(t)) over the words t of the
//! unit, where p(t | span) / p(t) = λ·ν(t) + (1−λ)·mean over the span's words of T(t | s) / p(t), and
//! ν(t) is how much more often than the average t has no partner. The contribution of each unit to
//! the lexicon is left out when that unit speaks. Longer spans add one unit to the shorter ones.

use std::ops::Range;

use crate::par::prelude::*;

use crate::align::translation::lexicon::table::Table;
use crate::align::translation::text::Text;
use crate::math::{ln, ln_f32};

/// Units per parallel task.
const CHUNK: usize = 64;

/// The words of a text, unit by unit and type by type.
#[derive(Debug)]
pub(crate) struct Words<'t> {
    text: &'t Text,
    /// Where the occurrences of each type start.
    type_offset: Vec<u32>,
    units: Vec<u32>,
    counts: Vec<f32>,
}

impl<'t> Words<'t> {
    pub(crate) fn new(text: &'t Text) -> Self {
        let mut type_offset = vec![0u32; text.keys.len() + 1];
        text.types_within(0..text.len()).iter().for_each(|t| type_offset[t.0 as usize + 1] += 1);
        (1..type_offset.len()).for_each(|i| type_offset[i] += type_offset[i - 1]);
        let total = type_offset.last().copied().unwrap_or(0) as usize;
        let mut next = type_offset.clone();
        let (mut units, mut counts) = (vec![0; total], vec![0.0; total]);
        for i in 0..text.len() {
            for &(t, k) in text.types_of(i) {
                let slot = &mut next[t as usize];
                units[*slot as usize] = i as u32;
                counts[*slot as usize] = k;
                *slot += 1;
            }
        }
        Self { text, type_offset, units, counts }
    }

    fn of(&self, unit: usize) -> &[u32] {
        self.text.words_of(unit)
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
struct Vectors {
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
    fn of(&self, unit: usize) -> &[(u32, f32)] {
        &self.entries[self.offset[unit]..self.offset[unit + 1]]
    }

    fn new(text: &Text, stretch: Range<usize>, table: &Table, alpha: f32) -> Self {
        let units: Vec<usize> = stretch.collect();
        let parts: Vec<Self> = units
            .par_chunks(CHUNK)
            .map_init(
                || Sums::new(table.background.len()),
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

    fn add(&mut self, text: &Text, i: usize, table: &Table, alpha: f32, scratch: &mut Sums) {
        let (mut tokens, mut free) = (0.0, 0.0);
        let own = &table.own[table.own_offset[i] as usize..table.own_offset[i + 1] as usize];
        let weight = table.own_weight[i];
        let mut next = 0;
        for &(s, k) in text.types_of(i) {
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
            let share = k / (n + alpha);
            free += share * (alpha * (1.0 - table.prior_sum[a]) + (n - counted).max(0.0));
            for x in table.row(s) {
                let t = table.column[x] as usize;
                let mass = (table.count[x] - scratch.own[t]).max(0.0) + alpha * table.prior[x];
                if mass > 1e-4 {
                    let expected = table.background[t] * table.null_ratio[t];
                    scratch.add(t as u32, mass * share / expected);
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
struct Sums {
    sum: Vec<f32>,
    own: Vec<f32>,
    touched: Vec<u32>,
}

impl Sums {
    fn new(types: usize) -> Self {
        Self { sum: vec![0.0; types], own: vec![0.0; types], touched: Vec::new() }
    }

    fn add(&mut self, t: u32, weight: f32) {
        let sum = &mut self.sum[t as usize];
        if *sum == 0.0 {
            self.touched.push(t);
        }
        *sum += weight;
    }
}

/// Nothing is said of a type; something is said, but it does not occur; from here on: its number
/// among those that do.
const UNSAID: u32 = 0;
const UNSEEN: u32 = 1;
const FIRST: u32 = 2;

/// Working memory of [`Predictor::cells`].
pub(crate) struct Scratch {
    index: Vec<u32>,
    touched: Vec<u32>,
    /// Each occurrence of a type of which something is said: unit, number of the type, count.
    hits: Vec<(u32, u32, f32)>,
    /// What is said of each type that occurs, and what it is worth.
    sums: Vec<f32>,
    gains: Vec<f32>,
    cells: Vec<f32>,
}

/// One direction of the lexicon over a stretch of both texts.
#[derive(Debug)]
pub(crate) struct Predictor<'w> {
    vectors: Vectors,
    words: &'w Words<'w>,
    /// The first unit of the predicted stretch.
    start: usize,
    /// Σ ln ν(t) over the words of each predicted unit.
    null: Vec<f32>,
    lambda: f32,
    types: usize,
}

impl<'w> Predictor<'w> {
    /// Units `from.1` of the text `from.0` speak of units `to.1` of another with words `to.0`.
    pub(crate) fn new(
        from: (&Text, Range<usize>),
        to: (&'w Words<'w>, Range<usize>),
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
    pub(crate) fn scratch(&self) -> Scratch {
        Scratch {
            index: vec![UNSAID; self.types],
            touched: Vec::new(),
            hits: Vec::new(),
            sums: Vec::new(),
            gains: Vec::new(),
            cells: Vec::new(),
        }
    }

    /// The scores of `units` under the spans of 1 to `reach` units from `i`, all counted from the
    /// start of their stretches; each row of scores is handed to `out` with its number of units.
    pub(crate) fn cells(
        &self,
        i: usize,
        reach: usize,
        units: &Range<usize>,
        scratch: &mut Scratch,
        mut out: impl FnMut(usize, &[f32]),
    ) {
        let inside = units.start + self.start..units.end + self.start;
        self.find_hits(i..i + reach, &inside, scratch);
        let Scratch { index, touched, hits, sums, gains, cells } = scratch;
        sums.fill(0.0);
        let (mut tokens, mut free) = (0f32, 0f32);
        for n in 1..=reach {
            let unit = i + n - 1;
            tokens += self.vectors.tokens[unit];
            free += self.vectors.free[unit];
            for &(t, w) in self.vectors.of(unit) {
                if let Some(number) = index[t as usize].checked_sub(FIRST) {
                    sums[number as usize] += w;
                }
            }
            cells.clear();
            if tokens == 0.0 {
                cells.resize(units.len(), 0.0);
                out(n, cells);
                continue;
            }
            let share = (1.0 - self.lambda) / tokens;
            let base = self.lambda + share * free;
            let (odds, log_base) = (share / base, ln_f32(base));
            gains.clear();
            gains.extend(sums.iter().map(|sum| ln_f32(1.0 + odds * sum)));
            let plain = |j: usize| self.words.of(j).len() as f32 * log_base + self.null[j - self.start];
            cells.extend(inside.clone().map(plain));
            for &(cell, number, count) in &*hits {
                cells[cell as usize] += count * gains[number as usize];
            }
            out(n, cells);
        }
        touched.drain(..).for_each(|t| index[t as usize] = UNSAID);
    }

    /// Finds the words of `inside` of which `speakers` say something.
    fn find_hits(&self, speakers: Range<usize>, inside: &Range<usize>, scratch: &mut Scratch) {
        let Scratch { index, touched, hits, sums, .. } = scratch;
        hits.clear();
        sums.clear();
        for &(t, _) in speakers.flat_map(|unit| self.vectors.of(unit)) {
            if index[t as usize] == UNSAID {
                index[t as usize] = UNSEEN;
                touched.push(t);
            }
        }
        let cell = |j: usize| (j - inside.start) as u32;
        // Few words of which anything is said are looked up, else all words of the units are read.
        if 16 * touched.len() < self.words.text.number_of_words(inside) {
            for &t in &*touched {
                for (j, count) in self.words.within(t, inside) {
                    hits.push((cell(j), numbered(&mut index[t as usize], sums), count));
                }
            }
        } else {
            for j in inside.clone() {
                for &t in self.words.of(j) {
                    let said = &mut index[t as usize];
                    if *said != UNSAID {
                        hits.push((cell(j), numbered(said, sums), 1.0));
                    }
                }
            }
        }
    }
}

/// The number of a type of which something is said; a new one with its sum if it has none.
#[inline]
fn numbered(index: &mut u32, sums: &mut Vec<f32>) -> u32 {
    if *index == UNSEEN {
        *index = FIRST + sums.len() as u32;
        sums.push(0.0);
    }
    *index - FIRST
}
