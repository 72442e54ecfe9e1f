//! What vectors of meaning say of a bead, where a user gives them.
//!
//! The similarity s of two units is the cosine of their vectors, each less the mean of its side. That is
//! the margin of vecalign (Thompson and Koehn 2019: distance over the mean distance to random others) in
//! a linear form: the mean similarity of a vector to all others is its product with their mean vector,
//! and here that is 0. The pairs of a bead of n:m units with shares p and q of sentences say
//!
//! ```text
//! Σ (p / m + q / n) / 2 · ln( t(s; μ₁, σ₁) / t(s; μ₀, σ₀) )
//! ```
//!
//! with Student's t of 8 degrees of freedom, so that a bead counts as many pairs as it has sentences on
//! the average of both sides, and a sentence too many counts against it. μ₁ and σ₁ are those of the pairs
//! inside the beads, weighted by their posteriors, for 1:1, 1:m (n:1) and larger ones each; μ₀ and σ₀
//! those of the pairs just beside the beads, since these are what a border must be told from. All are
//! estimated anew in each round. The ratio never falls where s grows. Vectors that say nothing have equal
//! distributions, and then they count nothing: how far vectors are believed is learned on the pair.
//!
//! Before there are beads, pairs of units that are nearest to each other both ways and stand in order on
//! both sides (the longest chain) take their place, if there are more of them than chance would give.
//! Vectors say once more what the lexicon learns from the text, and are no independent witness; so they
//! count fully in such a beginning, and then the less the more sentences there are to learn from.

use crate::align::translation::params::similarity::{
    BESIDE, DOUBT, DRAWN, ENOUGH, FEW, FREEDOM, LIKE_CLOSE, MOST,
};
use std::ops::Range;

use crate::par::prelude::*;

use crate::align::band::Band;
use crate::align::translation::evidence::vectors::UnitVectors;
use crate::align::translation::lexicon::knowledge::TrainingBead;
use crate::align::translation::text::Text;
use crate::align::vectors::dot;
use crate::math::ln;

/// Pairs in beads of 1:1, of 1:m and n:1, and of others have distributions of their own.
const CLASSES: usize = 3;
/// Steps of the tabled ratio from −1 to 1.
const STEPS: usize = 512;
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
    match (n, m) {
        (1, 1) => 0,
        (1, _) | (_, 1) => 1,
        _ => 2,
    }
}

/// How much a pair of units counts in a bead of n:m: together (sentences of a + sentences of b) / 2.
#[inline]
fn pair_weight(share_a: f32, m: usize, share_b: f32, n: usize) -> f32 {
    0.5 * (share_a / m as f32 + share_b / n as f32)
}

/// What a bead shows: the class, weight and similarity of its pairs, and weight and similarity of pairs
/// just beside it.
type Seen = (Vec<(usize, f64, f64)>, Vec<(f64, f64)>);

/// The vectors of two texts, and what is learned of them.
#[derive(Debug)]
pub(crate) struct Similarity {
    a: UnitVectors,
    b: UnitVectors,
    /// Of pairs drawn from anywhere.
    drawn: Moments,
    /// The ratios, once anything is known and says something.
    ratios: Option<Vec<Ratio>>,
    /// What they count beside the lexicon.
    reliance: f32,
}

impl Similarity {
    /// `None` unless both texts have vectors.
    pub(crate) fn new(a: &Text, b: &Text) -> Option<Self> {
        let (a, b) = (UnitVectors::new(&a.origins)?, UnitVectors::new(&b.origins)?);
        let drawn = (a.dimension() == b.dimension()).then(|| drawn(&a, &b))?;
        Some(Self { a, b, drawn, ratios: None, reliance: 1.0 })
    }

    /// Learns from the units alone, where nothing else is known: see the head of this file.
    pub(crate) fn start(&mut self) {
        let pairs = mutual(&self.a, &self.b);
        let chain = longest_chain(&pairs);
        // A random order of k pairs has a chain of about 2√k, with a deviation below ⁴√k (Baik, Deift and
        // Johansson 1999).
        let root = (pairs.len() as f64).sqrt();
        if !chain.is_empty() && chain.len() as f64 >= 2.0 * root + 1.5 * root.sqrt() {
            let bead = |&(i, j): &(u32, u32)| TrainingBead { a: (i, i + 1), b: (j, j + 1), weight: 1.0 };
            self.learn(&chain.iter().map(bead).collect::<Vec<_>>());
            self.reliance = 1.0;
        }
    }

    /// Learns from beads.
    pub(crate) fn learn(&mut self, beads: &[TrainingBead]) {
        let (mut sums, mut beside) = ([Sums::default(); CLASSES], Sums::default());
        for (seen, other) in beads.par_iter().map(|bead| self.seen(bead)).collect::<Vec<_>>() {
            for (class, weight, s) in seen {
                sums[class].add(weight, s);
            }
            other.into_iter().for_each(|(weight, s)| beside.add(weight, s));
        }
        let sentences = self.a.sentences().min(self.b.sentences());
        self.reliance = ENOUGH / (ENOUGH + sentences);
        let unrelated = beside.moments(DOUBT, self.drawn);
        let close = sums[0].moments(DOUBT, unrelated);
        let apart = (close.mean - unrelated.mean) / unrelated.variance.sqrt();
        // No more than chance gives: the vectors say nothing.
        if apart < 0.1 + 3.0 / (sums[0].weight + DOUBT).sqrt() {
            self.ratios = None;
            return;
        }
        // Told apart once, they are taken as they are; a few pairs may be alike by chance.
        let mean = sums[0].first / sums[0].weight.max(f64::MIN_POSITIVE);
        let close = sums[0].moments(FEW, Moments { mean, ..unrelated });
        let ratio = |k: usize| {
            let matched = if k == 0 { close } else { sums[k].moments(LIKE_CLOSE, close) };
            Ratio::new(matched, unrelated)
        };
        self.ratios = Some((0..CLASSES).map(ratio).collect());
    }

    /// The similarities of the pairs of a bead, with their class and weight, and of pairs just beside it.
    fn seen(&self, bead: &TrainingBead) -> Seen {
        let (a, b) = (bead.a.0 as usize..bead.a.1 as usize, bead.b.0 as usize..bead.b.1 as usize);
        let (n, m) = (a.len(), b.len());
        let mut seen = Vec::with_capacity(n * m);
        for k in a.clone() {
            for l in b.clone() {
                if let Some(s) = self.a.similarity(k, &self.b, l) {
                    let weight = bead.weight * pair_weight(self.a.share(k), m, self.b.share(l), n);
                    seen.push((class(n, m), f64::from(weight), f64::from(s)));
                }
            }
        }
        let mut beside = Vec::new();
        if bead.weight > 0.3 {
            // The next units with vectors of their own: clauses of a sentence share theirs.
            let next = |x: &UnitVectors, from: usize| {
                (from..x.len().min(from + BESIDE)).find(|&k| x.row_of(k) != x.row_of(from - 1))
            };
            let before = |x: &UnitVectors, to: usize| {
                (to.saturating_sub(BESIDE)..to).rev().find(|&k| x.row_of(k) != x.row_of(to))
            };
            let around = |x: &UnitVectors, units: &Range<usize>| [before(x, units.start), next(x, units.end)];
            for (k, l) in around(&self.b, &b)
                .into_iter()
                .flatten()
                .map(|l| (a.start, l))
                .chain(around(&self.a, &a).into_iter().flatten().map(|k| (k, b.start)))
            {
                if let Some(s) = self.a.similarity(k, &self.b, l) {
                    let weight = bead.weight * pair_weight(self.a.share(k), 1, self.b.share(l), 1);
                    beside.push((f64::from(weight), f64::from(s)));
                }
            }
        }
        (seen, beside)
    }

    /// The evidence about two stretches that start at `origin`; `None` where the vectors say nothing.
    pub(crate) fn evidence(&self, origin: (usize, usize), weight: f32) -> Option<SimilarityEvidence<'_>> {
        let ratios = self.ratios.as_ref().filter(|_| weight > 0.0)?;
        Some(SimilarityEvidence { vectors: self, ratios, origin, weight: weight * self.reliance })
    }
}

/// The similarities of units drawn from anywhere.
fn drawn(a: &UnitVectors, b: &UnitVectors) -> Moments {
    let mut state = 0u64;
    // The generator SplitMix64 (Steele, Lea and Flood 2014).
    let mut draw = |below: usize| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    };
    let mut sums = Sums::default();
    for _ in 0..DRAWN {
        let (k, l) = (draw(a.len()), draw(b.len()));
        if let Some(s) = a.similarity(k, b, l) {
            sums.add(1.0, f64::from(s));
        }
    }
    sums.moments(1.0, Moments { mean: 0.0, variance: 0.01 })
}

/// The pairs of units that are nearest to each other both ways, by the first.
fn mutual(a: &UnitVectors, b: &UnitVectors) -> Vec<(u32, u32)> {
    let nearest = |x: &UnitVectors, y: &UnitVectors| -> Vec<u32> {
        let best = |i: usize| {
            let mut best = (f32::NEG_INFINITY, u32::MAX);
            for j in 0..y.len() {
                let s = dot(x.of(i), y.of(j));
                // The product with a vector that is not known is 0.
                if s > best.0 && s != 0.0 {
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
pub(crate) struct SimilarityEvidence<'m> {
    vectors: &'m Similarity,
    ratios: &'m [Ratio],
    origin: (usize, usize),
    weight: f32,
}

/// What the pairs of units of both texts say that a block of rows needs: for each class of beads, the
/// log ratio.
#[derive(Debug, Default)]
pub(crate) struct Products {
    first: usize,
    /// First column of each row, and a list of its cells for each class.
    rows: Vec<(usize, [Vec<f32>; CLASSES])>,
}

impl SimilarityEvidence<'_> {
    /// Prepares the pairs for beads from some rows of nodes; `reach` is the most units of a bead on
    /// the first side.
    pub(crate) fn products(&self, band: &Band, rows: &Range<usize>, reach: usize) -> Products {
        let b = &self.vectors.b;
        let units = band.rows() - 1;
        let row = |i: usize| {
            let low = band.low((i + 1).saturating_sub(reach).max(rows.start));
            let high = band.high((i + reach).min(units));
            let unit = self.origin.0 + i;
            let mut cells: [Vec<f32>; CLASSES] = Default::default();
            cells.iter_mut().for_each(|list| list.reserve(high - low));
            let mut last = (u32::MAX, [0.0; CLASSES]);
            for j in self.origin.1 + low..self.origin.1 + high {
                // Clauses of a sentence share its vector.
                if b.row_of(j) != last.0 {
                    let said = self.vectors.a.similarity(unit, b, j);
                    let mut values = [0.0; CLASSES];
                    if let Some(s) = said {
                        values.iter_mut().zip(self.ratios).for_each(|(value, ratio)| *value = ratio.at(s));
                    }
                    last = (b.row_of(j), values);
                }
                cells.iter_mut().zip(last.1).for_each(|(list, value)| list.push(value));
            }
            (low, cells)
        };
        Products {
            first: rows.start,
            rows: (rows.start..(rows.end - 1 + reach).min(units)).map(row).collect(),
        }
    }

    /// Adds the evidence of the beads of `n` units from row `i` with `m` units from `from` and each
    /// following column.
    pub(crate) fn add(
        &self,
        products: &Products,
        (i, n): (usize, usize),
        (from, m): (usize, usize),
        out: &mut [f32],
    ) {
        let Similarity { a, b, .. } = self.vectors;
        let class = class(n, m);
        for k in 0..n {
            let (low, cells) = &products.rows[i + k - products.first];
            let (cells, share) = (&cells[class][from - low..], a.share(self.origin.0 + i + k));
            for l in 0..m {
                let start = self.origin.1 + from + l;
                for (c, cell) in out.iter_mut().enumerate() {
                    let weight = pair_weight(share, m, b.share(start + c), n);
                    *cell += self.weight * weight * cells[c + l];
                }
            }
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
