//! Lexical scores of spans: for n units of one text from i, and every unit j of the other inside the
//! band, Σ ln(p(t | span) / p(t)) over the words t of j, as sums along j, so that the score of any
//! bead is a difference of two of them.

use rayon::prelude::*;

use super::params::Params;
use super::table::Table;
use super::text::Text;

/// Rows per parallel task.
const CHUNK: usize = 32;

/// Scores of one row: all n of one start i.
#[derive(Debug, Default)]
struct Row {
    low: u32,
    width: u32,
    sums: Vec<f32>,
}

/// The scores of one direction.
#[derive(Debug)]
pub(super) struct SpanScores {
    rows: Vec<Row>,
}

impl SpanScores {
    /// Score of the units `from..to` of the other text under `n` units from `i`.
    #[inline]
    pub(super) fn get(&self, i: usize, n: usize, from: usize, to: usize) -> f32 {
        let row = &self.rows[i];
        let base = (n - 1) * row.width as usize;
        let low = row.low as usize;
        row.sums[base + to - low] - row.sums[base + from - low]
    }

    /// All scores for spans of up to `reach` units of `from` against the units of `to` in `ranges`.
    pub(super) fn new(
        from: &Text,
        to: &Text,
        postings: &Postings,
        table: &Table,
        ranges: &[(u32, u32)],
        reach: usize,
        params: &Params,
    ) -> Self {
        let null: Vec<f32> = to
            .sentences
            .iter()
            .map(|s| s.tokens.iter().map(|&t| table.null_ratio[t as usize].ln()).sum())
            .collect();
        let rows = ranges
            .par_chunks(CHUNK)
            .enumerate()
            .map_init(
                || Scratch::new(to.keys.len()),
                |scratch, (chunk, ranges)| {
                    if ranges.iter().all(|(from, to)| from == to) {
                        return ranges.iter().map(|_| Row::default()).collect();
                    }
                    let start = chunk * CHUNK;
                    let end = (start + ranges.len() + reach - 1).min(from.len());
                    let vectors: Vec<SentenceVector> =
                        (start..end).map(|i| scratch.vector(from, i, table, params.alpha)).collect();
                    let row = |(k, &range): (usize, &(u32, u32))| {
                        let following = &vectors[k..vectors.len().min(k + reach)];
                        let job = Job { to, postings, table, null: &null, lambda: params.background };
                        job.row(range, following, reach, scratch)
                    };
                    ranges.iter().enumerate().map(row).collect::<Vec<Row>>()
                },
            )
            .flatten_iter()
            .collect();
        Self { rows }
    }
}

/// Where each type occurs.
#[derive(Debug)]
pub(super) struct Postings {
    offset: Vec<u32>,
    unit: Vec<u32>,
    count: Vec<f32>,
}

impl Postings {
    pub(super) fn new(text: &Text) -> Self {
        let mut offset = vec![0u32; text.keys.len() + 1];
        let types = text.sentences.iter().flat_map(|s| &s.types);
        types.for_each(|t| offset[t.0 as usize + 1] += 1);
        (1..offset.len()).for_each(|i| offset[i] += offset[i - 1]);
        let total = offset.last().copied().unwrap_or(0) as usize;
        let mut next = offset.clone();
        let (mut unit, mut count) = (vec![0; total], vec![0.0; total]);
        for (i, sentence) in (0u32..).zip(&text.sentences) {
            for &(t, k) in &sentence.types {
                let slot = &mut next[t as usize];
                unit[*slot as usize] = i;
                count[*slot as usize] = k;
                *slot += 1;
            }
        }
        Self { offset, unit, count }
    }

    /// Units with type `t` inside `low..high`, with their counts.
    fn within(&self, t: u32, low: u32, high: u32) -> impl Iterator<Item = (usize, f32)> {
        let all = self.offset[t as usize] as usize..self.offset[t as usize + 1] as usize;
        let start = all.start + self.unit[all.clone()].partition_point(|&u| u < low);
        let here = start..all.end;
        let pairs = self.unit[here.clone()].iter().zip(&self.count[here]);
        pairs.take_while(move |(u, _)| **u < high).map(|(&u, &k)| (u as usize, k))
    }
}

/// What a unit says of the words of its partner, its own contribution to the lexicon left out.
struct SentenceVector {
    tokens: f32,
    free: f32,
    /// Σ k·T(t | s)/p(t) for each t.
    weights: Vec<(u32, f32)>,
}

struct Scratch {
    sum: Vec<f32>,
    own: Vec<f32>,
    touched: Vec<u32>,
}

impl Scratch {
    fn new(types: usize) -> Self {
        Self { sum: vec![0.0; types], own: vec![0.0; types], touched: Vec::new() }
    }

    fn vector(&mut self, text: &Text, i: usize, table: &Table, alpha: f32) -> SentenceVector {
        let mut out = SentenceVector { tokens: 0.0, free: 0.0, weights: Vec::new() };
        let own = &table.own[table.own_offset[i] as usize..table.own_offset[i + 1] as usize];
        let weight = table.own_weight[i];
        let mut next = 0;
        for &(s, k) in &text.sentences[i].types {
            let first = next;
            while own.get(next).is_some_and(|link| link.0 == s) {
                self.own[own[next].1 as usize] = own[next].2;
                next += 1;
            }
            let own_sum: f32 = own[first..next].iter().map(|link| link.2).sum();
            let a = s as usize;
            let n = (table.occurrences[a].max(table.count_sum[a]) - weight * k).max(0.0);
            let counted = (table.count_sum[a] - own_sum).max(0.0);
            out.tokens += k;
            out.free += k * (alpha * (1.0 - table.prior_sum[a]) + (n - counted).max(0.0)) / (n + alpha);
            for x in table.row(s) {
                let t = table.column[x] as usize;
                let mass = (table.count[x] - self.own[t]).max(0.0) + alpha * table.prior[x];
                if mass > 1e-4 {
                    if self.sum[t] == 0.0 {
                        self.touched.push(t as u32);
                    }
                    self.sum[t] += mass * k / (n + alpha) / table.background[t];
                }
            }
            own[first..next].iter().for_each(|link| self.own[link.1 as usize] = 0.0);
        }
        out.weights =
            self.touched.drain(..).map(|t| (t, std::mem::take(&mut self.sum[t as usize]))).collect();
        out
    }
}

struct Job<'t> {
    to: &'t Text,
    postings: &'t Postings,
    table: &'t Table,
    null: &'t [f32],
    lambda: f32,
}

impl Job<'_> {
    fn row(&self, range: (u32, u32), units: &[SentenceVector], reach: usize, scratch: &mut Scratch) -> Row {
        let (low, high) = range;
        let width = (high - low) as usize + 1;
        let mut sums = vec![0f32; width * reach];
        let (mut tokens, mut free) = (0f32, 0f32);
        for (unit, sums) in units.iter().zip(sums.chunks_exact_mut(width)) {
            tokens += unit.tokens;
            free += unit.free;
            for &(t, w) in &unit.weights {
                if scratch.sum[t as usize] == 0.0 {
                    scratch.touched.push(t);
                }
                scratch.sum[t as usize] += w;
            }
            if tokens == 0.0 {
                continue;
            }
            let share = (1.0 - self.lambda) / tokens;
            let base = self.lambda + share * free;
            let cells = &mut sums[1..];
            if width <= 48 {
                for (cell, sentence) in cells.iter_mut().zip(&self.to.sentences[low as usize..high as usize])
                {
                    *cell = log_product(sentence.tokens.iter().map(|&t| {
                        f64::from(base * self.table.null_ratio[t as usize] + share * scratch.sum[t as usize])
                    }));
                }
            } else {
                let log_base = base.ln();
                for (cell, j) in cells.iter_mut().zip(low as usize..) {
                    *cell = self.to.sentences[j].tokens.len() as f32 * log_base + self.null[j];
                }
                for &t in &scratch.touched {
                    let odds = share * scratch.sum[t as usize] / (base * self.table.null_ratio[t as usize]);
                    let gain = odds.ln_1p();
                    for (j, count) in self.postings.within(t, low, high) {
                        cells[j - low as usize] += gain * count;
                    }
                }
            }
            let mut running = 0f32;
            for cell in cells {
                running += *cell;
                *cell = running;
            }
        }
        scratch.touched.drain(..).for_each(|t| scratch.sum[t as usize] = 0.0);
        Row { low, width: width as u32, sums }
    }
}

/// The logarithm of a product, with one logarithm for sixteen factors.
fn log_product(factors: impl Iterator<Item = f64>) -> f32 {
    let (mut sum, mut product, mut count) = (0f64, 1f64, 0);
    for factor in factors {
        product *= factor;
        count += 1;
        if count == 16 {
            sum += product.ln();
            product = 1.0;
            count = 0;
        }
    }
    (sum + product.ln()) as f32
}
