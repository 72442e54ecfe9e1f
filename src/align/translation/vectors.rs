//! The vectors of the units of a text, and of the spans of neighbouring units, at every level.
//!
//! Encoders speak of sentences. A unit that joins several sentences has the vector given for that very
//! stretch, or the sum of theirs. A clause has the vector of its sentence, with the share of its letters
//! as weight: clauses that make up a sentence sum to that sentence, and a clause that went over a full
//! stop pulls the sum of its bead towards the sentence where it stands. A span of units is the weighted
//! sum of its units, brought to length 1, unless a vector of its own is given.

use std::ops::Range;
use std::sync::Arc;

use super::text::Piece;
use crate::align::side::Side;
use crate::align::vectors::{Rows, dot, normalise};

/// Where the vector of a piece comes from.
#[derive(Debug, Clone, Default)]
pub(super) struct Origin {
    rows: Option<Arc<Rows>>,
    segments: Range<u32>,
    /// Share of the piece in these segments.
    share: f32,
}

impl Origin {
    /// The vector of a unit of a side.
    pub(super) fn of(side: &Side, unit: usize) -> Self {
        let vectors = side.vectors.as_ref();
        let found = vectors.and_then(|vectors| Some((&vectors.rows, vectors.of.get(unit)?)));
        found.map_or_else(Self::default, |(rows, segments)| Self {
            rows: Some(Arc::clone(rows)),
            segments: segments.clone(),
            share: 1.0,
        })
    }

    /// That of some neighbouring pieces joined to one.
    pub(super) fn joined(pieces: &[Piece]) -> Self {
        match (pieces.first(), pieces.last()) {
            (Some(first), Some(last)) => {
                let segments = first.origin.segments.start..last.origin.segments.end;
                Self { segments, ..first.origin.clone() }
            }
            _ => Self::default(),
        }
    }

    /// That of a part of a piece.
    pub(super) fn part(&self, share: f32) -> Self {
        Self { share: self.share * share, ..self.clone() }
    }
}

/// The vectors of all spans of up to so many units of one text.
#[derive(Debug)]
pub(super) struct Spans {
    rows: Arc<Rows>,
    /// Rows made here, after those that are given.
    own: Vec<f32>,
    /// For spans of 1, 2 ... units, by start, their rows; single units alone when spans are sums.
    index: Vec<Vec<u32>>,
    /// How much of its segments a unit is.
    share: Vec<f32>,
    /// One by the length of the sum for spans of 1, 2 ... units, by start; 0 where nothing is known.
    inverse: Vec<Vec<f32>>,
    /// Sentences (or joined sentences) in a span: the sum of its shares.
    mass: Vec<Vec<f32>>,
}

impl Spans {
    /// The spans of up to `reach` units; `None` unless every unit has an origin. `whole`: each span is to
    /// have a row of its own.
    pub(super) fn new(origins: &[Origin], reach: usize, whole: bool) -> Option<Self> {
        let rows = Arc::clone(origins.first()?.rows.as_ref()?);
        let mut own: Vec<f32> = Vec::new();
        let mut index: Vec<Vec<u32>> = Vec::new();
        let given = (rows.values.len() / rows.dimension.max(1)) as u32;
        for n in 1..=if whole { reach } else { 1 } {
            let mut numbers = Vec::with_capacity(origins.len());
            for span in origins.windows(n) {
                let segments = span[0].segments.start..span[n - 1].segments.end;
                numbers.push(rows.given(&segments).unwrap_or_else(|| {
                    let number = given + (own.len() / rows.dimension.max(1)) as u32;
                    let start = own.len();
                    own.resize(start + rows.dimension, 0.0);
                    for segment in segments {
                        add(&mut own[start..], 1.0, rows.row(segment));
                    }
                    normalise(&mut own[start..]);
                    number
                }));
            }
            index.push(numbers);
        }
        let share: Vec<f32> = origins.iter().map(|origin| origin.share).collect();
        let mut spans = Self { rows, own, index, share, inverse: Vec::new(), mass: Vec::new() };
        spans.measure(reach);
        Some(spans)
    }

    /// Whether vectors of stretches are given that the units can make use of.
    pub(super) fn has_given(origins: &[Origin]) -> bool {
        let stretches =
            origins.first().and_then(|origin| origin.rows.as_ref()).is_some_and(|r| r.has_stretches());
        let single =
            origins.iter().filter(|origin| origin.segments.len() == 1 && origin.share == 1.0).count();
        stretches && 2 * single >= origins.len()
    }

    /// The lengths of the sums and the masses.
    fn measure(&mut self, reach: usize) {
        let units = self.share.len();
        let mut sums: Vec<f32> = vec![0.0; self.rows.dimension];
        self.inverse = vec![Vec::new(); reach];
        self.mass = vec![Vec::new(); reach];
        for k in 0..units {
            sums.fill(0.0);
            let mut mass = 0.0;
            for n in 1..=reach.min(units - k) {
                mass += self.share[k + n - 1];
                let square = match self.index.get(n - 1) {
                    Some(rows) if self.index.len() > 1 => dot(self.at(rows[k]), self.at(rows[k])),
                    _ => {
                        add(&mut sums, self.share[k + n - 1], self.unit(k + n - 1));
                        dot(&sums, &sums)
                    }
                };
                self.inverse[n - 1].push(if square > 1e-8 { 1.0 / square.sqrt() } else { 0.0 });
                self.mass[n - 1].push(mass);
            }
        }
    }

    fn at(&self, row: u32) -> &[f32] {
        let given = (self.rows.values.len() / self.rows.dimension.max(1)) as u32;
        match row.checked_sub(given) {
            None => self.rows.row(row),
            Some(own) => &self.own[own as usize * self.rows.dimension..][..self.rows.dimension],
        }
    }

    /// Number of units.
    pub(super) fn len(&self) -> usize {
        self.share.len()
    }

    /// The most units of a span.
    pub(super) fn reach(&self) -> usize {
        self.inverse.len()
    }

    /// Numbers in a vector.
    pub(super) fn dimension(&self) -> usize {
        self.rows.dimension
    }

    /// Whether each span has a row of its own.
    pub(super) fn is_whole(&self) -> bool {
        self.index.len() > 1
    }

    /// The vector of a unit, of length 1 or 0.
    pub(super) fn unit(&self, k: usize) -> &[f32] {
        self.at(self.index[0][k])
    }

    /// The row of a unit: equal for two units with the same vector.
    pub(super) fn row_of(&self, k: usize) -> u32 {
        self.index[0][k]
    }

    /// The weight of a unit in sums.
    pub(super) fn share(&self, k: usize) -> f32 {
        self.share[k]
    }

    /// One by the length of the sum of `n` units from `k`.
    pub(super) fn inverse(&self, k: usize, n: usize) -> f32 {
        self.inverse[n - 1][k]
    }

    /// Sentences in `n` units from `k`.
    pub(super) fn mass(&self, k: usize, n: usize) -> f32 {
        self.mass[n - 1][k]
    }

    /// The similarity of a span of this text and one of another: their cosine; 0 where nothing is known.
    pub(super) fn similarity(&self, (i, n): (usize, usize), other: &Self, (j, m): (usize, usize)) -> f32 {
        let inverse = self.inverse(i, n) * other.inverse(j, m);
        if self.is_whole() && other.is_whole() {
            return dot(self.at(self.index[n - 1][i]), other.at(other.index[m - 1][j])) * inverse;
        }
        let mut sum = 0.0;
        for k in i..i + n {
            for l in j..j + m {
                sum += self.share(k) * other.share(l) * dot(self.unit(k), other.unit(l));
            }
        }
        sum * inverse
    }
}

fn add(sums: &mut [f32], weight: f32, vector: &[f32]) {
    sums.iter_mut().zip(vector).for_each(|(sum, x)| *sum += weight * x);
}
