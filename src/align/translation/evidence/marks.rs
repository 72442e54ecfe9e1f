//! Marks counted inside a bead: does the translation keep question marks, quotation marks, colons,
//! numbers ...?
//!
//! Of x marks on one side, each is kept with probability ρ, and some are added: y ~ Bin(x, ρ) +
//! Poisson(ε·length), against Poisson(μ·length) for unrelated sentences. ρ and ε are learned.

use std::ops::Range;

use crate::align::translation::lexicon::knowledge::TrainingBead;
use crate::align::translation::text::{Counted, Text};
use crate::math::{exp, ln};

/// Counts from here on are one class.
const COUNTS: usize = 6;
/// Classes of length, by powers of two.
const LENGTHS: usize = 10;

/// The marks of a span.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SpanMarks {
    counts: [u8; Counted::COUNT],
    /// A bit for each class that occurs.
    present: u16,
    length: u8,
}

/// The marks of all spans of `n` units of a stretch whose lengths are given, by start.
pub(crate) fn span_marks(text: &Text, stretch: Range<usize>, n: usize, lengths: &[f32]) -> Vec<SpanMarks> {
    let span = |(i, &length): (usize, &f32)| {
        let mut counts = [0u8; Counted::COUNT];
        for sentence in &text.sentences[stretch.start + i..stretch.start + i + n] {
            counts.iter_mut().zip(sentence.marks).for_each(|(sum, k)| *sum = sum.saturating_add(k));
        }
        let present = (0u16..).zip(counts).filter(|c| c.1 > 0).map(|c| 1 << c.0).sum();
        SpanMarks { counts, present, length: length_class(f64::from(length)) as u8 }
    };
    lengths.iter().enumerate().map(span).collect()
}

/// The learned tables of both directions, less what spans without any mark have.
#[derive(Debug)]
pub(crate) struct MarkModel {
    forward: Vec<f32>,
    backward: Vec<f32>,
    /// What spans without any mark have, by their length.
    none_a: [f32; LENGTHS],
    none_b: [f32; LENGTHS],
}

fn index(class: usize, length: usize, x: usize, y: usize) -> usize {
    ((class * LENGTHS + length) * COUNTS + x) * COUNTS + y
}

fn length_class(length: f64) -> usize {
    let mut class = 0;
    let mut bound = 2.0;
    while bound <= length && class + 1 < LENGTHS {
        bound *= 2.0;
        class += 1;
    }
    class
}

/// A bead's marks on the given and the predicted side, with the length of the latter.
struct Observation {
    weight: f64,
    x: [f64; Counted::COUNT],
    y: [f64; Counted::COUNT],
    length: f64,
}

impl MarkModel {
    /// Learns from weighted beads.
    pub(crate) fn learn(a: &Text, b: &Text, beads: &[TrainingBead]) -> Self {
        let side = |text: &Text, span: (u32, u32)| {
            let mut marks = [0.0; Counted::COUNT];
            let mut length = 0.0;
            for sentence in &text.sentences[span.0 as usize..span.1 as usize] {
                marks.iter_mut().zip(sentence.marks).for_each(|(sum, k)| *sum += f64::from(k));
                length += sentence.length;
            }
            (marks, length)
        };
        let mut of_b = Vec::with_capacity(beads.len());
        let mut of_a = Vec::with_capacity(beads.len());
        for bead in beads {
            let weight = f64::from(bead.weight);
            let (x, length_x) = side(a, bead.a);
            let (y, length_y) = side(b, bead.b);
            of_b.push(Observation { weight, x, y, length: length_y });
            of_a.push(Observation { weight, x: y, y: x, length: length_x });
        }
        let whole = |text: &Text| side(text, (0, text.len() as u32));
        let mut forward = direction(&of_b, whole(b), b.len());
        let mut backward = direction(&of_a, whole(a), a.len());
        let (none_b, none_a) = (without_marks(&mut forward), without_marks(&mut backward));
        Self { forward, backward, none_a, none_b }
    }

    /// The log-likelihood ratio of the marks of two spans.
    #[inline]
    pub(crate) fn score(&self, a: &SpanMarks, b: &SpanMarks) -> f32 {
        let (la, lb) = (a.length as usize, b.length as usize);
        let mut score = self.none_a[la] + self.none_b[lb];
        let mut present = a.present | b.present;
        while present != 0 {
            let class = present.trailing_zeros() as usize;
            present &= present - 1;
            let (x, y) = (a.counts[class] as usize, b.counts[class] as usize);
            // Large counts: only the difference matters much.
            let common = x.min(y).saturating_sub(COUNTS - 2);
            let (x, y) = ((x - common).min(COUNTS - 1), (y - common).min(COUNTS - 1));
            score += self.forward[index(class, lb, x, y)] + self.backward[index(class, la, y, x)];
        }
        0.5 * score
    }
}

/// Takes the cells of spans without marks out of the others, and sums them by length.
fn without_marks(table: &mut [f32]) -> [f32; LENGTHS] {
    let mut none = [0f32; LENGTHS];
    for (k, cells) in table.chunks_exact_mut(COUNTS * COUNTS).enumerate() {
        let first = cells[0];
        none[k % LENGTHS] += first;
        cells.iter_mut().for_each(|cell| *cell -= first);
    }
    none
}

fn direction(
    observations: &[Observation],
    (total, total_length): ([f64; Counted::COUNT], f64),
    units: usize,
) -> Vec<f32> {
    let mean = total_length / units.max(1) as f64;
    let mut table = vec![0f32; Counted::COUNT * LENGTHS * COUNTS * COUNTS];
    for class in 0..Counted::COUNT {
        let (mut given, mut kept, mut found, mut length) = (0.0, 0.0, 0.0, 0.0);
        for o in observations {
            given += o.weight * o.x[class];
            kept += o.weight * o.x[class].min(o.y[class]);
            found += o.weight * o.y[class];
            length += o.weight * o.length;
        }
        let mu = (total[class] + 0.1) / (total_length + 1.0);
        let rho = ((kept + 1.5) / (given + 3.0)).clamp(0.02, 0.98);
        let epsilon =
            ((found - kept + 10.0 * mu * mean) / (length + 20.0 * mean)).clamp(mu * 0.02, mu.max(1e-6));
        let mut span = 1.4;
        for bin in 0..LENGTHS {
            for x in 0..COUNTS {
                for y in 0..COUNTS {
                    let mut binomial = (0..x).fold(1.0, |p, _| p * (1.0 - rho));
                    let mut p = 0.0;
                    for k in 0..=x.min(y) {
                        if k > 0 {
                            binomial *= (x - k + 1) as f64 / k as f64 * rho / (1.0 - rho);
                        }
                        p += binomial * poisson(y - k, epsilon * span);
                    }
                    let q = poisson(y, mu * span);
                    table[index(class, bin, x, y)] = ln((p + 1e-5) / (q + 1e-5)).clamp(-4.0, 4.0) as f32;
                }
            }
            span *= 2.0;
        }
    }
    table
}

fn poisson(k: usize, mean: f64) -> f64 {
    (1..=k).fold(exp(-mean), |p, i| p * mean / i as f64)
}

#[cfg(test)]
// What the functions of `math` are compared with.
#[allow(clippy::disallowed_methods)]
mod tests {
    use super::*;

    #[test]
    fn length_classes_are_powers_of_two() {
        assert_eq!([1.0, 2.0, 3.9, 4.0, 1e9].map(length_class), [0, 1, 1, 2, 9]);
        assert!((poisson(2, 3.0) - 4.5 * (-3f64).exp()).abs() < 1e-12);
    }
}
