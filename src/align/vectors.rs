//! Vectors of meaning for the segments of two sides, from wherever they come: what the translation
//! engine compares beside words ([`super::translation`]).
//!
//! Rows are centred (the mean of the side is taken off: every encoder has a direction in which all
//! texts of a language lie, and which says nothing) and brought to length 1. For a stretch of several
//! segments either a vector of its own is given, as vecalign's overlap files do, or the sum of its
//! segments' vectors stands for it.

use std::ops::Range;
use std::sync::Arc;

use crate::model::Vectors;

/// The vectors of both sides.
#[derive(Debug, Clone)]
pub struct Embeddings {
    /// Those of the first text.
    pub a: SideVectors,
    /// Those of the second.
    pub b: SideVectors,
    /// Tells embeddings apart: a digest of the files or the encoder.
    pub fingerprint: String,
}

impl PartialEq for Embeddings {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint
    }
}

/// The vectors of the units of one side.
#[derive(Debug, Clone)]
pub struct SideVectors {
    pub(super) rows: Arc<Rows>,
    /// The segments that each unit stands for.
    pub(super) of: Vec<Range<u32>>,
}

/// Rows of length 1, or 0 where nothing is known.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) dimension: usize,
    pub(super) values: Vec<f32>,
    /// For stretches of 1, 2 ... segments, by their start, the row. Stretches of one segment have the rows
    /// from 0 on.
    pub(super) stretches: Vec<Vec<u32>>,
}

/// No row is given for a stretch.
const NOT_GIVEN: u32 = u32::MAX;

impl Rows {
    pub(super) fn row(&self, row: u32) -> &[f32] {
        &self.values[row as usize * self.dimension..][..self.dimension]
    }

    /// The row of a stretch of segments, where one is given.
    pub(super) fn given(&self, stretch: &Range<u32>) -> Option<u32> {
        let row = *self.stretches.get(stretch.len().checked_sub(1)?)?.get(stretch.start as usize)?;
        (row != NOT_GIVEN).then_some(row)
    }
}

impl SideVectors {
    /// One vector for each segment, in order.
    pub fn of_segments(vectors: Vectors) -> Self {
        let count = vectors.len();
        let rows: Vec<Vec<Option<usize>>> = vec![(0..count).map(Some).collect()];
        Self::of_stretches(&vectors, &rows)
    }

    /// Vectors of stretches: for each length (1, 2 ... segments) and each start the row, if there is one.
    /// The first list says how many segments there are.
    pub fn of_stretches(vectors: &Vectors, rows: &[Vec<Option<usize>>]) -> Self {
        let (dimension, count) = (vectors.dimension(), rows.first().map_or(0, Vec::len));
        let mut mean = vec![0f64; dimension];
        let mut values: Vec<f32> = Vec::new();
        let mut stretches: Vec<Vec<u32>> = Vec::new();
        for (k, starts) in rows.iter().enumerate() {
            let mut numbers = Vec::with_capacity(starts.len());
            for &row in starts {
                let number = (values.len() / dimension.max(1)) as u32;
                match row {
                    // A segment without a vector has a row all the same.
                    None if k == 0 => values.extend(std::iter::repeat_n(0.0, dimension)),
                    None => {
                        numbers.push(NOT_GIVEN);
                        continue;
                    }
                    Some(row) => {
                        let start = values.len();
                        values.extend_from_slice(vectors.row(row));
                        normalise(&mut values[start..]);
                        if k == 0 {
                            mean.iter_mut().zip(&values[start..]).for_each(|(m, &x)| *m += f64::from(x));
                        }
                    }
                }
                numbers.push(number);
            }
            stretches.push(numbers);
        }
        let known = rows.first().map_or(0, |first| first.iter().flatten().count()).max(1) as f64;
        mean.iter_mut().for_each(|m| *m /= known);
        for row in values.chunks_exact_mut(dimension.max(1)).filter(|row| row.iter().any(|&x| x != 0.0)) {
            row.iter_mut().zip(&mean).for_each(|(x, &m)| *x -= m as f32);
            normalise(row);
        }
        let of = (0..count as u32).map(|k| k..k + 1).collect();
        Self { rows: Arc::new(Rows { dimension, values, stretches }), of }
    }

    /// Number of units.
    pub fn len(&self) -> usize {
        self.of.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// Numbers in a vector.
    pub fn dimension(&self) -> usize {
        self.rows.dimension
    }

    /// The vectors of units that each stand for some neighbouring units of these.
    pub(super) fn over(&self, units: &[Range<usize>]) -> Self {
        let ends = |range: &Range<usize>| match (self.of.get(range.start), self.of[range.clone()].last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        };
        Self { rows: Arc::clone(&self.rows), of: units.iter().map(ends).collect() }
    }
}

/// Brings a vector to length 1, unless it is (all but) zero.
pub(super) fn normalise(vector: &mut [f32]) {
    // Large numbers would not have a finite square.
    let largest = vector.iter().fold(0f32, |m, x| m.max(x.abs()));
    if largest < 1e-30 {
        vector.fill(0.0);
        return;
    }
    vector.iter_mut().for_each(|x| *x /= largest);
    let length = dot(vector, vector).sqrt();
    vector.iter_mut().for_each(|x| *x /= length);
}

/// The inner product, in an order of additions that is the same everywhere.
#[inline]
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    const LANES: usize = 16;
    let mut sums = [0f32; LANES];
    let (whole_a, rest_a) = a.as_chunks::<LANES>();
    let (whole_b, rest_b) = b.as_chunks::<LANES>();
    for (x, y) in whole_a.iter().zip(whole_b) {
        for k in 0..LANES {
            sums[k] += x[k] * y[k];
        }
    }
    let rest: f32 = rest_a.iter().zip(rest_b).map(|(x, y)| x * y).sum();
    let mut width = LANES / 2;
    while width > 0 {
        for k in 0..width {
            sums[k] += sums[k + width];
        }
        width /= 2;
    }
    sums[0] + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_centred_and_of_length_one() {
        let vectors = Vectors::new(2, vec![3.0, 4.0, -3.0, 4.0, 1e38, 1e38, 0.0, 0.0]).unwrap();
        let side = SideVectors::of_segments(vectors);
        assert_eq!(side.len(), 4);
        for k in 0..3 {
            let row = side.rows.row(k);
            assert!((dot(row, row) - 1.0).abs() < 1e-5, "{row:?}");
        }
        assert_eq!(side.rows.row(3), [0.0, 0.0], "what is not known stays so");
        assert!(side.rows.row(0)[0] > 0.0 && side.rows.row(1)[0] < 0.0);
    }

    #[test]
    fn stretches_are_found_by_start_and_length() {
        let vectors = Vectors::new(1, vec![1.0, -1.0, 1.0, -1.0]).unwrap();
        let rows = vec![vec![Some(0), Some(1), None], vec![Some(2), None], vec![Some(3)]];
        let side = SideVectors::of_stretches(&vectors, &rows);
        let given = |from, to| side.rows.given(&(from..to));
        assert_eq!((given(0, 1), given(2, 3), given(0, 2)), (Some(0), Some(2), Some(3)));
        assert_eq!((given(1, 3), given(0, 3), given(0, 4), given(3, 4)), (None, Some(4), None, None));
        assert_eq!(side.over(&[0..2, 2..3]).of, [0..2, 2..3]);
        assert_eq!(side.over(&[0..2, 2..3]).over(&[0..2, 1..2]).of, [0..3, 2..3]);
    }

    #[test]
    fn products_are_the_same_however_long() {
        let a: Vec<f32> = (0..37).map(|k| k as f32 * 0.25).collect();
        assert_eq!(dot(&a, &a), a.iter().map(|x| x * x).sum::<f32>());
    }
}
