//! The vectors of the units of a text at every level.
//!
//! Encoders speak of sentences. A unit that joins several sentences (a coarse one, or a given bead) has
//! the vector given for that very stretch, or the sum of theirs. A clause has the vector of its sentence,
//! and counts as much as its share of the letters.

use std::ops::Range;
use std::sync::Arc;

use crate::align::side::Side;
use crate::align::translation::text::Piece;
use crate::align::vectors::{Rows, dot, normalise};

/// Where the vector of a piece comes from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Origin {
    rows: Option<Arc<Rows>>,
    segments: Range<u32>,
    /// Share of the piece in these segments.
    share: f32,
}

impl Origin {
    /// The vector of a unit of a side.
    pub(crate) fn of(side: &Side, unit: usize) -> Self {
        let vectors = side.vectors.as_ref();
        let found = vectors.and_then(|vectors| Some((&vectors.rows, vectors.of.get(unit)?)));
        found.map_or_else(Self::default, |(rows, segments)| Self {
            rows: Some(Arc::clone(rows)),
            segments: segments.clone(),
            share: 1.0,
        })
    }

    /// That of some neighbouring pieces joined to one.
    pub(crate) fn joined(pieces: &[Piece]) -> Self {
        match (pieces.first(), pieces.last()) {
            (Some(first), Some(last)) => {
                let segments = first.origin.segments.start..last.origin.segments.end;
                Self { segments, ..first.origin.clone() }
            }
            _ => Self::default(),
        }
    }

    /// That of a part of a piece.
    pub(crate) fn part(&self, share: f32) -> Self {
        Self { share: self.share * share, ..self.clone() }
    }
}

/// The vectors of the units of one text.
#[derive(Debug)]
pub(crate) struct UnitVectors {
    rows: Arc<Rows>,
    /// Rows made here, after those that are given.
    own: Vec<f32>,
    /// The row of each unit.
    index: Vec<u32>,
    /// How much of its segments a unit is.
    share: Vec<f32>,
}

impl UnitVectors {
    /// `None` where there are no vectors.
    pub(crate) fn new(origins: &[Origin]) -> Option<Self> {
        let rows = Arc::clone(origins.first()?.rows.as_ref()?);
        let mut own: Vec<f32> = Vec::new();
        let given = (rows.values.len() / rows.dimension.max(1)) as u32;
        let row = |origin: &Origin| {
            rows.given(&origin.segments).unwrap_or_else(|| {
                let start = own.len();
                own.resize(start + rows.dimension, 0.0);
                for segment in origin.segments.clone() {
                    own[start..].iter_mut().zip(rows.row(segment)).for_each(|(sum, x)| *sum += x);
                }
                normalise(&mut own[start..]);
                given + (start / rows.dimension.max(1)) as u32
            })
        };
        let index = origins.iter().map(row).collect();
        let share = origins.iter().map(|origin| origin.share).collect();
        Some(Self { rows, own, index, share })
    }

    /// Number of units.
    pub(crate) fn len(&self) -> usize {
        self.index.len()
    }

    /// Numbers in a vector.
    pub(crate) fn dimension(&self) -> usize {
        self.rows.dimension
    }

    /// The vector of a unit, of length 1, or 0 where nothing is known.
    pub(crate) fn of(&self, unit: usize) -> &[f32] {
        let (row, dimension) = (self.index[unit], self.rows.dimension);
        let given = (self.rows.values.len() / dimension.max(1)) as u32;
        match row.checked_sub(given) {
            None => self.rows.row(row),
            Some(own) => &self.own[own as usize * dimension..][..dimension],
        }
    }

    /// The row of a unit: equal for two units with the same vector.
    pub(crate) fn row_of(&self, unit: usize) -> u32 {
        self.index[unit]
    }

    /// What part of its sentences a unit is.
    pub(crate) fn share(&self, unit: usize) -> f32 {
        self.share[unit]
    }

    /// How many sentences (or joined sentences) there are.
    pub(crate) fn sentences(&self) -> f32 {
        self.share.iter().sum()
    }

    /// The similarity of a unit and one of another text: their cosine; `None` where one is not known.
    pub(crate) fn similarity(&self, unit: usize, other: &Self, of_other: usize) -> Option<f32> {
        let (x, y) = (self.of(unit), other.of(of_other));
        let known = |vector: &[f32]| vector.iter().any(|&x| x != 0.0);
        (known(x) && known(y)).then(|| dot(x, y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::translation::text::{joined, sentences};
    use crate::align::vectors::SideVectors;
    use crate::model::{Lang, Vectors};

    #[test]
    fn joined_units_have_the_given_vector_or_the_sum() {
        let mut side = Side::from_lines(["one", "two", "three"], Lang::und());
        let vectors = Vectors::new(2, vec![1.0, 1.0, -1.0, 1.0, 1.0, -1.0, -1.0, -1.0]).unwrap();
        side.vectors = Some(SideVectors::of_stretches(
            &vectors,
            &[vec![Some(0), Some(1), Some(2)], vec![Some(3), None]],
        ));
        let units = |pieces: &[Piece]| {
            let origins: Vec<Origin> = pieces.iter().map(|piece| piece.origin.clone()).collect();
            UnitVectors::new(&origins).unwrap()
        };
        let single = units(&sentences(&side));
        assert_eq!((single.len(), single.sentences()), (3, 3.0));
        let pairs = units(&joined(&sentences(&side), &[0, 2, 3]));
        assert_eq!(pairs.len(), 2);
        assert_eq!(pairs.of(1), single.of(2));
        assert!(pairs.of(0)[0] < 0.0 && pairs.of(0)[1] < 0.0, "the vector given for the two");
        let all = units(&joined(&sentences(&side), &[0, 3]));
        let mut sum: Vec<f32> = single.of(0).to_vec();
        (1..3).for_each(|k| sum.iter_mut().zip(single.of(k)).for_each(|(s, x)| *s += x));
        normalise(&mut sum);
        assert_eq!(all.of(0), sum);
        assert!(UnitVectors::new(&[Origin::default()]).is_none());
    }

    #[test]
    fn parts_share_the_vector_of_their_sentence() {
        let mut side = Side::from_lines(["one, two"], Lang::und());
        side.vectors = Some(SideVectors::of_segments(Vectors::new(1, vec![2.0]).unwrap()));
        let whole = Origin::of(&side, 0);
        let parts = UnitVectors::new(&[whole.part(0.25), whole.part(0.75)]).unwrap();
        assert_eq!((parts.row_of(0), parts.row_of(1)), (0, 0));
        assert_eq!((parts.share(1), parts.sentences()), (0.75, 1.0));
    }
}
