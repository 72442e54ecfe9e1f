//! The probabilities of renderings, and how they are trained.
//!
//! IBM Model 1 with the place in the passage: for words i of n and j of m, the first passage
//! generates word j of the second from word i with the weight T(j | i)·exp(−λ·|i/n − j/m|), or from
//! nothing; with the directions changed likewise. In each round a link counts with the product of
//! both posteriors, so that only what both directions agree on is learned.

use crate::par::prelude::*;
use serde::{Deserialize, Serialize};

use super::side::{UNKNOWN, WordSide};
use crate::math::exp;

/// How fast a partner grows unlikely with its distance (λ).
const DISTANCE: f64 = 4.0;
/// The odds of having no partner: p₀ / (1 − p₀), in a mixture with the frequency of words.
const NULL: f64 = 0.15;
/// Rounds of training.
const ROUNDS: usize = 5;
/// Most renderings of a word that are considered.
const MOST: usize = 60;
/// Pseudo-counts that a row's prior knowledge is worth.
const PRIOR: f32 = 1.0;
/// Links that count less are forgotten, unless they are known beforehand.
const LEAST_COUNT: f32 = 0.05;
/// Beads or types per parallel task; fixed, so that sums do not depend on the number of threads.
const CHUNK: usize = 256;

/// A link of two types.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Link {
    b: u32,
    /// T(b | a) and T(a | b).
    forward: f32,
    backward: f32,
    /// How far it was trusted beforehand.
    prior: f32,
}

/// A corresponding passage of both texts as types, with its weight.
#[derive(Debug, Clone, Copy)]
pub(super) struct TypeBead<'t> {
    pub(super) a: &'t [u32],
    pub(super) b: &'t [u32],
    pub(super) weight: f32,
}

/// The lexicon.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Table {
    /// Where each type's links start.
    offset: Vec<u32>,
    links: Vec<Link>,
    /// The relative frequency of each type.
    frequency_a: Vec<f32>,
    frequency_b: Vec<f32>,
}

/// A pair of words: the posterior that the first one's partner is the second, and the reverse.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) i: usize,
    pub(super) j: usize,
    pub(super) of_a: f64,
    pub(super) of_b: f64,
    link: u32,
}

impl Cell {
    /// How far both directions agree.
    pub(super) fn strength(&self) -> f64 {
        self.of_a * self.of_b
    }
}

impl Table {
    /// Learns from passages, starting from what is `known` of pairs of types (sorted).
    pub(super) fn learn(
        a: &WordSide,
        b: &WordSide,
        beads: &[TypeBead<'_>],
        known: &[(u32, u32, f32)],
    ) -> Self {
        let frequency = |side: &WordSide| {
            let total: f64 = (0..side.types() as u32).map(|t| f64::from(side.count(t))).sum::<f64>().max(1.0);
            (0..side.types() as u32).map(|t| (f64::from(side.count(t)) / total) as f32).collect()
        };
        let mut table = Self { frequency_a: frequency(a), frequency_b: frequency(b), ..Self::default() };
        let mut counts = table.find_candidates(a, b, beads, known);
        table.normalise(&counts);
        for _ in 0..ROUNDS {
            counts = table.expect(beads);
            table.forget(&mut counts);
            table.normalise(&counts);
        }
        table
    }

    fn row(&self, a: u32) -> std::ops::Range<usize> {
        if a == UNKNOWN {
            return 0..0;
        }
        self.offset[a as usize] as usize..self.offset[a as usize + 1] as usize
    }

    /// Links between types that share beads more often than chance has it, and those known; returns
    /// the counts to start from.
    fn find_candidates(
        &mut self,
        a: &WordSide,
        b: &WordSide,
        beads: &[TypeBead<'_>],
        known: &[(u32, u32, f32)],
    ) -> Vec<f32> {
        let total: f32 = beads.iter().map(|bead| bead.weight).sum::<f32>().max(1.0);
        let distinct = |types: &[u32]| {
            let mut types = types.to_vec();
            types.sort_unstable();
            types.dedup();
            types
        };
        let of_b: Vec<Vec<u32>> = beads.iter().map(|bead| distinct(bead.b)).collect();
        let mut holders: Vec<Vec<u32>> = vec![Vec::new(); a.types()];
        let (mut df_a, mut df_b) = (vec![0f32; a.types()], vec![0f32; b.types()]);
        for ((k, bead), others) in (0u32..).zip(beads).zip(&of_b) {
            for t in distinct(bead.a) {
                holders[t as usize].push(k);
                df_a[t as usize] += bead.weight;
            }
            others.iter().for_each(|&t| df_b[t as usize] += bead.weight);
        }
        let types: Vec<u32> = (0..a.types() as u32).collect();
        let rows: Vec<Vec<(Link, f32)>> = types
            .par_chunks(CHUNK)
            .flat_map_iter(|chunk| {
                let mut together = vec![0f32; b.types()];
                let mut touched: Vec<u32> = Vec::new();
                let mut rows = Vec::with_capacity(chunk.len());
                for &s in chunk {
                    for &k in &holders[s as usize] {
                        for &t in &of_b[k as usize] {
                            if together[t as usize] == 0.0 {
                                touched.push(t);
                            }
                            together[t as usize] += beads[k as usize].weight;
                        }
                    }
                    let from = known.partition_point(|k| k.0 < s);
                    let known: Vec<_> = known[from..].iter().take_while(|k| k.0 == s).collect();
                    touched.extend(known.iter().map(|k| k.1).filter(|&t| together[t as usize] == 0.0));
                    let mut row: Vec<(Link, f32)> = Vec::new();
                    for t in touched.drain(..) {
                        let k = std::mem::take(&mut together[t as usize]);
                        let prior = known.iter().find(|q| q.1 == t).map_or(0.0, |q| q.2);
                        let (df_s, df_t) = (df_a[s as usize], df_b[t as usize]);
                        // Once together proves little, unless neither occurs anywhere else.
                        let seldom = k < 1.5 && (k < 0.5 || df_s + df_t > 2.5);
                        if prior == 0.0 && (seldom || k * total <= 1.2 * df_s * df_t) {
                            continue;
                        }
                        let count = if k > 0.0 { k * (k / df_s) * (k / df_t) } else { 0.0 };
                        row.push((Link { b: t, forward: 0.0, backward: 0.0, prior }, count));
                    }
                    if row.len() > MOST {
                        let strength = |x: &(Link, f32)| x.1 + 1e3 * x.0.prior;
                        row.sort_by(|x, y| strength(y).total_cmp(&strength(x)).then(x.0.b.cmp(&y.0.b)));
                        row.truncate(MOST);
                    }
                    row.sort_by_key(|x| x.0.b);
                    rows.push(row);
                }
                rows
            })
            .collect();
        let mut counts = Vec::new();
        self.offset = vec![0];
        for row in rows {
            for (link, count) in row {
                self.links.push(link);
                counts.push(count);
            }
            self.offset.push(self.links.len() as u32);
        }
        counts
    }

    /// Probabilities from counts. A row of few counts gives less than all of its mass away.
    fn normalise(&mut self, counts: &[f32]) {
        let mut sum_b = vec![(0f32, 0f32); self.frequency_b.len()];
        let mut sum_a = vec![(0f32, 0f32); self.frequency_a.len()];
        for (s, sum_a) in (0u32..).zip(&mut sum_a) {
            for x in self.row(s) {
                let link = self.links[x];
                *sum_a = (sum_a.0 + counts[x], sum_a.1 + link.prior);
                let sum = &mut sum_b[link.b as usize];
                *sum = (sum.0 + counts[x], sum.1 + link.prior);
            }
        }
        let share = |count: f32, prior: f32, (counts, priors): (f32, f32)| {
            (count + PRIOR * prior / priors.max(1.0)) / (counts + PRIOR)
        };
        for (s, &sum_a) in (0u32..).zip(&sum_a) {
            for x in self.row(s) {
                let link = &mut self.links[x];
                link.forward = share(counts[x], link.prior, sum_a);
                link.backward = share(counts[x], link.prior, sum_b[link.b as usize]);
            }
        }
    }

    /// The expected counts of all links.
    fn expect(&self, beads: &[TypeBead<'_>]) -> Vec<f32> {
        let parts: Vec<Vec<(u32, f32)>> = beads
            .par_chunks(CHUNK)
            .map(|chunk| {
                let weighted = |bead: &TypeBead<'_>| {
                    let weight = bead.weight;
                    self.posteriors(bead.a, bead.b)
                        .into_iter()
                        .map(move |c| (c.link, c.strength() as f32 * weight))
                        .filter(|c| c.1 > 1e-4)
                };
                chunk.iter().flat_map(weighted).collect()
            })
            .collect();
        let mut counts = vec![0f32; self.links.len()];
        parts.into_iter().flatten().for_each(|(x, weight)| counts[x as usize] += weight);
        counts
    }

    fn forget(&mut self, counts: &mut Vec<f32>) {
        let mut kept = 0;
        for s in 0..self.frequency_a.len() {
            let row = self.row(s as u32);
            self.offset[s] = kept as u32;
            for x in row {
                if counts[x] >= LEAST_COUNT || self.links[x].prior > 0.0 {
                    self.links[kept] = self.links[x];
                    counts[kept] = counts[x];
                    kept += 1;
                }
            }
        }
        if let Some(end) = self.offset.last_mut() {
            *end = kept as u32;
        }
        self.links.truncate(kept);
        counts.truncate(kept);
    }

    /// The posteriors of all pairs of words of two passages that the lexicon knows.
    pub(super) fn posteriors(&self, a: &[u32], b: &[u32]) -> Vec<Cell> {
        let mut places: Vec<(u32, usize)> = b.iter().copied().zip(0..).filter(|t| t.0 != UNKNOWN).collect();
        places.sort_unstable();
        let (n, m) = (a.len() as f64, b.len() as f64);
        let null = |frequency: &[f32], t: u32, others: f64| {
            NULL * others * f64::from(frequency.get(t as usize).copied().unwrap_or(0.0))
        };
        let mut sum_a: Vec<f64> = a.iter().map(|&t| null(&self.frequency_a, t, m)).collect();
        let mut sum_b: Vec<f64> = b.iter().map(|&t| null(&self.frequency_b, t, n)).collect();
        let mut cells = Vec::new();
        for (i, &s) in a.iter().enumerate() {
            let row = self.row(s);
            let mut at = row.start;
            // Both ascend by type.
            for same in places.chunk_by(|x, y| x.0 == y.0) {
                let t = same[0].0;
                at += self.links[at..row.end].partition_point(|l| l.b < t);
                let Some(link) = self.links[at..row.end].first().filter(|l| l.b == t) else { continue };
                for &(_, j) in same {
                    let near = exp(-DISTANCE * ((i as f64 + 0.5) / n - (j as f64 + 0.5) / m).abs());
                    let (of_b, of_a) = (f64::from(link.forward) * near, f64::from(link.backward) * near);
                    sum_b[j] += of_b;
                    sum_a[i] += of_a;
                    cells.push(Cell { i, j, of_a, of_b, link: at as u32 });
                }
            }
        }
        for cell in &mut cells {
            cell.of_a /= sum_a[cell.i].max(1e-12);
            cell.of_b /= sum_b[cell.j].max(1e-12);
        }
        cells
    }
}
