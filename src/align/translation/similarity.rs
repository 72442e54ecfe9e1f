//! What vectors of meaning say of a bead, where a user gives them.
//!
//! The similarity s of the sides of a bead is the cosine of their vectors, each less the mean of its
//! side. That is the margin of vecalign (Thompson and Koehn 2019: distance over the mean distance to
//! random others) in a linear form: the mean similarity of a vector to all others is its product with
//! their mean vector, and here that is 0. Then
//!
//! ```text
//! score = (sentences of a + sentences of b) / 2 · ln( t(s; μ₁, σ₁) / t(s; μ₀, σ₀) )
//! ```
//!
//! with Student's t of 8 degrees of freedom. μ₀ and σ₀ are those of spans drawn from anywhere, μ₁ and
//! σ₁ those of the beads, weighted by their posteriors and estimated anew in each round; both for each
//! number of units in a bead, since larger spans are more alike. The ratio never falls where s grows.
//! Vectors that say nothing have equal distributions, and then the score is 0: how far vectors are
//! believed is learned on the pair. Before there are beads, pairs of units that are nearest to each other
//! both ways and stand in order on both sides (the longest chain) take their place, if there are more
//! of them than chance would give.

use std::ops::Range;

use rayon::prelude::*;

use super::knowledge::TrainingBead;
use super::text::Text;
use super::vectors::Spans;
use crate::align::band::Band;
use crate::align::math::ln;
use crate::align::vectors::dot;

/// Beads of 2, 3 ... units have distributions of their own; larger ones share the last.
const CLASSES: usize = 5;
/// Pairs drawn for the distribution of the unrelated.
const DRAWN: usize = 2000;
/// Degrees of freedom.
const FREEDOM: f64 = 8.0;
/// Pseudo-counts that hold the beads of two units to the unrelated ...
const DOUBT: f64 = 10.0;
/// ... and larger beads to those of two.
const LIKE_SMALL: f64 = 20.0;
/// Steps of the tabled ratio from −1 to 1.
const STEPS: usize = 512;
/// The most that the vectors may say of a sentence, in nats.
const MOST: f64 = 12.0;

/// Mean and variance.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Moments {
    mean: f64,
    variance: f64,
}

/// Weighted sums of observations.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    weight: f64,
    first: f64,
    second: f64,
}

impl Sums {
    fn add(&mut self, weight: f64, x: f64) {
        self.weight += weight;
        self.first += weight * x;
        self.second += weight * x * x;
    }

    /// Mean and variance with so many pseudo-observations.
    fn moments(&self, count: f64, prior: Moments) -> Moments {
        let weight = self.weight + count;
        if weight <= 0.0 {
            return prior;
        }
        let mean = (self.first + count * prior.mean) / weight;
        let prior_second = prior.variance + prior.mean * prior.mean;
        let second = (self.second + count * prior_second) / weight;
        Moments { mean, variance: (second - mean * mean).max(1e-4) }
    }
}

/// The log ratio of both distributions over s from −1 to 1.
#[derive(Debug, Clone, PartialEq)]
struct Ratio(Vec<f32>);

impl Ratio {
    fn new(matched: Moments, unrelated: Moments) -> Self {
        let density = |m: Moments, s: f64| {
            let square = m.variance * (FREEDOM - 2.0) / FREEDOM;
            let z = (s - m.mean) * (s - m.mean) / square;
            -0.5 * ln(square) - 0.5 * (FREEDOM + 1.0) * ln(1.0 + z / FREEDOM)
        };
        let s = |k: usize| 2.0 * k as f64 / STEPS as f64 - 1.0;
        let mut values: Vec<f64> =
            (0..=STEPS).map(|k| density(matched, s(k)) - density(unrelated, s(k))).collect();
        // Between both means the ratio rises; beyond them it is not to fall back.
        let at = |x: f64| (((x + 1.0) * 0.5 * STEPS as f64) as usize).min(STEPS);
        let middle = at(0.5 * (matched.mean + unrelated.mean));
        (middle + 1..=STEPS).for_each(|k| values[k] = values[k].max(values[k - 1]));
        (0..middle).rev().for_each(|k| values[k] = values[k].min(values[k + 1]));
        Self(values.into_iter().map(|x| x.clamp(-MOST, MOST) as f32).collect())
    }

    #[inline]
    fn at(&self, s: f32) -> f32 {
        let x = (s.clamp(-1.0, 1.0) + 1.0) * (0.5 * STEPS as f32);
        let k = (x as usize).min(STEPS - 1);
        let part = x - k as f32;
        self.0[k] + part * (self.0[k + 1] - self.0[k])
    }
}

fn class(n: usize, m: usize) -> usize {
    (n + m).saturating_sub(2).min(CLASSES - 1)
}

/// The vectors of two texts, and what is learned of them.
#[derive(Debug)]
pub(super) struct Similarity {
    a: Spans,
    b: Spans,
    unrelated: [Moments; CLASSES],
    /// The ratios, once anything is known and says something.
    ratios: Option<Vec<Ratio>>,
}

impl Similarity {
    /// `None` unless both texts have vectors.
    pub(super) fn new(a: &Text, b: &Text, reach: usize) -> Option<Self> {
        let whole = Spans::has_given(&a.origins) || Spans::has_given(&b.origins);
        let (a, b) = (Spans::new(&a.origins, reach, whole)?, Spans::new(&b.origins, reach, whole)?);
        if a.dimension() != b.dimension() {
            return None;
        }
        let unrelated = unrelated(&a, &b);
        Some(Self { a, b, unrelated, ratios: None })
    }

    /// Learns from the units alone, where nothing else is known: see the head of this file.
    pub(super) fn start(&mut self) {
        let pairs = mutual(&self.a, &self.b);
        let chain = longest_chain(&pairs);
        // A random order of k pairs has a chain of 2√k.
        if chain.len() as f64 >= 3.0 * (pairs.len() as f64).sqrt() + 5.0 {
            let bead = |&(i, j): &(u32, u32)| TrainingBead { a: (i, i + 1), b: (j, j + 1), weight: 1.0 };
            self.learn(&chain.iter().map(bead).collect::<Vec<_>>());
        }
    }

    /// Learns from beads.
    pub(super) fn learn(&mut self, beads: &[TrainingBead]) {
        let mut sums = [Sums::default(); CLASSES];
        let span = |(from, to): (u32, u32)| (from as usize, (to - from) as usize);
        let reach = self.reach();
        let seen = |bead: &TrainingBead| {
            let (a, b) = (span(bead.a), span(bead.b));
            let known = a.1.max(b.1) <= reach && self.weight(a, b) > 0.0;
            known.then(|| (class(a.1, b.1), f64::from(bead.weight), self.a.similarity(a, &self.b, b)))
        };
        let all: Vec<Option<(usize, f64, f32)>> = beads.par_iter().map(seen).collect();
        for (class, weight, s) in all.into_iter().flatten() {
            sums[class].add(weight, f64::from(s));
        }
        let small = sums[0].moments(DOUBT, self.unrelated[0]);
        let apart = (small.mean - self.unrelated[0].mean) / self.unrelated[0].variance.sqrt();
        // No more than chance gives: the vectors say nothing.
        if apart < 0.1 + 3.0 / (sums[0].weight + DOUBT).sqrt() {
            self.ratios = None;
            return;
        }
        let ratio = |k: usize| {
            let matched = if k == 0 { small } else { sums[k].moments(LIKE_SMALL, small) };
            Ratio::new(matched, self.unrelated[k])
        };
        self.ratios = Some((0..CLASSES).map(ratio).collect());
    }

    fn reach(&self) -> usize {
        self.a.reach()
    }

    /// For how many sentences a bead speaks; 0 where one of its sides has no vector.
    fn weight(&self, (i, n): (usize, usize), (j, m): (usize, usize)) -> f32 {
        if self.a.inverse(i, n) * self.b.inverse(j, m) == 0.0 {
            return 0.0;
        }
        0.5 * (self.a.mass(i, n) + self.b.mass(j, m))
    }

    /// The evidence about two stretches that start at `origin`; `None` where the vectors say nothing.
    pub(super) fn evidence(&self, origin: (usize, usize), weight: f32) -> Option<SimilarityEvidence<'_>> {
        let ratios = self.ratios.as_ref().filter(|_| weight > 0.0)?;
        Some(SimilarityEvidence { vectors: self, ratios, origin, weight })
    }
}

/// The similarities of spans drawn from anywhere.
fn unrelated(a: &Spans, b: &Spans) -> [Moments; CLASSES] {
    let mut state = 0u64;
    // The generator SplitMix64 (Steele, Lea and Flood 2014).
    let mut draw = |below: usize| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    };
    let mut out = [Moments { mean: 0.0, variance: 0.01 }; CLASSES];
    for k in 0..CLASSES {
        let mut sums = Sums::default();
        for _ in 0..DRAWN {
            let n = 1 + draw(k + 1);
            let m = k + 2 - n;
            if n.max(m) > a.reach() || n > a.len() || m > b.len() {
                continue;
            }
            let (i, j) = (draw(a.len() - n + 1), draw(b.len() - m + 1));
            if a.inverse(i, n) * b.inverse(j, m) > 0.0 {
                sums.add(1.0, f64::from(a.similarity((i, n), b, (j, m))));
            }
        }
        out[k] = sums.moments(1.0, if k == 0 { out[0] } else { out[k - 1] });
    }
    out
}

/// The pairs of units that are nearest to each other both ways, by the first.
fn mutual(a: &Spans, b: &Spans) -> Vec<(u32, u32)> {
    let nearest = |x: &Spans, y: &Spans| -> Vec<u32> {
        let best = |i: usize| {
            let mut best = (f32::NEG_INFINITY, u32::MAX);
            for j in 0..y.len() {
                let s = dot(x.unit(i), y.unit(j));
                if s > best.0 && x.inverse(i, 1) * y.inverse(j, 1) > 0.0 {
                    best = (s, j as u32);
                }
            }
            best.1
        };
        (0..x.len()).into_par_iter().map(best).collect()
    };
    let (of_a, of_b) = (nearest(a, b), nearest(b, a));
    let pairs = (0u32..).zip(of_a).filter(|&(i, j)| of_b.get(j as usize) == Some(&i));
    pairs.collect()
}

/// The longest chain of pairs that ascends on both sides; the pairs ascend on the first.
fn longest_chain(pairs: &[(u32, u32)]) -> Vec<(u32, u32)> {
    // For each length, the chain of that length with the smallest end (patience sorting).
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (k, &(_, j)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|&e| pairs[e].1 < j);
        before.push(length.checked_sub(1).map(|l| ends[l]));
        if length == ends.len() {
            ends.push(k);
        } else {
            ends[length] = k;
        }
    }
    let mut chain = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(k) = next {
        chain.push(pairs[k]);
        next = before[k];
    }
    chain.reverse();
    chain
}

/// The evidence about two stretches.
#[derive(Debug, Clone, Copy)]
pub(super) struct SimilarityEvidence<'m> {
    vectors: &'m Similarity,
    ratios: &'m [Ratio],
    origin: (usize, usize),
    weight: f32,
}

/// The products of single units of both texts that a block of rows needs.
#[derive(Debug, Default)]
pub(super) struct Products {
    first: usize,
    /// First column and products of each row.
    rows: Vec<(usize, Vec<f32>)>,
}

impl SimilarityEvidence<'_> {
    /// Prepares the products for beads from some rows of nodes; `reach` is the most units of a bead on
    /// the first side.
    pub(super) fn products(&self, band: &Band, rows: &Range<usize>, reach: usize) -> Products {
        let (a, b) = (&self.vectors.a, &self.vectors.b);
        if a.is_whole() {
            return Products::default();
        }
        let units = band.rows() - 1;
        let mut out: Vec<(usize, Vec<f32>)> = Vec::new();
        for i in rows.start..(rows.end - 1 + reach).min(units) {
            let low = band.low((i + 1).saturating_sub(reach).max(rows.start));
            let high = band.high((i + reach).min(units));
            let unit = self.origin.0 + i;
            let mut products: Vec<f32> = Vec::with_capacity(high - low);
            let (row, share) = (a.unit(unit), a.share(unit));
            let mut last = (u32::MAX, 0.0);
            for j in self.origin.1 + low..self.origin.1 + high {
                // Clauses of a sentence share its vector.
                if b.row_of(j) != last.0 {
                    last = (b.row_of(j), dot(row, b.unit(j)));
                }
                products.push(share * b.share(j) * last.1);
            }
            out.push((low, products));
        }
        Products { first: rows.start, rows: out }
    }

    /// Adds the evidence of the beads of `n` units from row `i` with `m` units from `from` and each
    /// following column.
    pub(super) fn add(
        &self,
        products: &Products,
        (i, n): (usize, usize),
        (from, m): (usize, usize),
        out: &mut [f32],
    ) {
        let Similarity { a, b, .. } = self.vectors;
        let ratio = &self.ratios[class(n, m)];
        let unit = self.origin.0 + i;
        for (j, cell) in (from..).zip(out) {
            let start = self.origin.1 + j;
            let weight = self.vectors.weight((unit, n), (start, m));
            if weight == 0.0 {
                continue;
            }
            let s = if a.is_whole() {
                a.similarity((unit, n), b, (start, m))
            } else {
                let mut sum = 0.0;
                for (low, row) in &products.rows[i - products.first..][..n] {
                    sum += row[j - low..j - low + m].iter().sum::<f32>();
                }
                sum * a.inverse(unit, n) * b.inverse(start, m)
            };
            *cell += self.weight * weight * ratio.at(s);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_chain_ascends_on_both_sides() {
        let pairs = [(0, 5), (1, 1), (2, 2), (3, 9), (5, 3), (6, 4)];
        assert_eq!(longest_chain(&pairs), [(1, 1), (2, 2), (5, 3), (6, 4)]);
        assert!(longest_chain(&[]).is_empty());
    }

    #[test]
    fn the_ratio_never_falls() {
        let moments = |mean, deviation: f64| Moments { mean, variance: deviation * deviation };
        for (matched, unrelated) in [
            (moments(0.5, 0.2), moments(0.0, 0.06)),
            (moments(0.5, 0.05), moments(0.0, 0.2)),
            (moments(0.1, 0.1), moments(0.05, 0.1)),
        ] {
            let ratio = Ratio::new(matched, unrelated);
            assert!(ratio.0.windows(2).all(|w| w[0] <= w[1]), "{matched:?} {unrelated:?}");
            assert!(ratio.at(matched.mean as f32) > 0.0 && ratio.at(unrelated.mean as f32) < 0.0);
            assert!(ratio.at(-7.0) >= -MOST as f32 && ratio.at(f32::INFINITY) <= MOST as f32);
        }
    }
}
