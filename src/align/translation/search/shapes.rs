//! Bead shapes with their probabilities, and where the gap model starts.

use crate::align::gap::{GapModel, Shape};
use crate::align::translation::params::Params;
use crate::align::translation::params::shapes::{MANY_AT_MOST, MANY_FROM, MANY_SLACK, UNEVEN};
use crate::align::translation::text::Text;

/// How finely one text is cut against the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Grain {
    /// Units of the second text for a unit of the first, as far as that is no matter of what one of them
    /// lacks; 1 where they are cut alike.
    pub(crate) ratio: f64,
    /// The most units of the second text that one of the first may need, and the other way round.
    pub(crate) most: (usize, usize),
}

impl Grain {
    /// Both cut alike.
    pub(crate) fn even(params: &Params) -> Self {
        Self { ratio: 1.0, most: (params.max_side, params.max_side) }
    }

    /// Of two texts, by the lengths of their units.
    pub(crate) fn of(a: &Text, b: &Text, params: &Params) -> Self {
        let total = |text: &Text| text.sentences.iter().map(|s| s.length).sum::<f64>().max(1.0);
        let (mean_a, mean_b) = (total(a) / a.len().max(1) as f64, total(b) / b.len().max(1) as f64);
        // Scripts differ in letters, and one text may lack a part: only what shows both in the number of
        // units and in their length is a matter of grain.
        let (units, letters) = (b.len() as f64 / a.len().max(1) as f64, mean_a / mean_b);
        let ratio = match (units >= 1.0, letters >= 1.0) {
            (true, true) => units.min(letters),
            (false, false) => units.max(letters),
            _ => 1.0,
        };
        let longest = |text: &Text| text.sentences.iter().map(|s| s.length).fold(0.0, f64::max);
        let most = |longest: f64, mean: f64, uneven: f64| -> usize {
            let needed = longest / mean;
            // Where one text is cut much finer throughout, twice the average.
            let limit = ((2.0 * uneven) as usize).clamp(params.max_many, MANY_AT_MOST.max(params.max_many));
            if needed < MANY_FROM {
                params.max_side
            } else {
                ((needed * MANY_SLACK) as usize).clamp(params.max_side, limit)
            }
        };
        // Letters of one text in letters of the other.
        let scale = units * mean_b / mean_a;
        let most = (most(longest(a) * scale, mean_b, ratio), most(longest(b) / scale, mean_a, 1.0 / ratio));
        Self { ratio: if (1.0 / UNEVEN..UNEVEN).contains(&ratio) { 1.0 } else { ratio }, most }
    }
}

/// All shapes with at most `max_sum` segments, and one against as many as the grain asks for; 1:0 and 0:1
/// first.
pub(crate) fn shapes(params: &Params, max_sum: usize, grain: Grain) -> Vec<Shape> {
    let mut all = vec![(1, 0), (0, 1)];
    for sum in 2..=max_sum {
        for n in 1..sum {
            let m = sum - n;
            if n.max(m) <= params.max_side && n.min(m) <= params.max_smaller {
                all.push((n, m));
            }
        }
    }
    all.extend((params.max_side + 1..=grain.most.0).map(|m| (1, m)));
    all.extend((params.max_side + 1..=grain.most.1).map(|n| (n, 1)));
    all
}

/// Prior probabilities of the two-sided shapes; 1:0 and 0:1 share theirs, since gaps are opened by
/// [`GapModel`].
pub(crate) fn start_probabilities(shapes: &[Shape], params: &Params, grain: Grain) -> Vec<f64> {
    let weight = |&(n, m): &Shape| -> f64 {
        let (small, large) = (n.min(m), n.max(m));
        if small == 0 || large == 1 {
            return small as f64;
        }
        // Where one text is cut finer by a factor, its units for one of the other are geometric.
        let finer = if m > n { grain.ratio } else { 1.0 / grain.ratio };
        let growth = params.growth.max(1.0 - 1.0 / finer.max(1.0));
        let mut w = if growth > params.growth { growth } else { params.one_to_two };
        (2..large).for_each(|_| w *= growth);
        (1..small).for_each(|_| w *= params.two_to_two);
        w
    };
    let total: f64 = shapes.iter().map(weight).sum();
    shapes.iter().map(|s| if s.0.min(s.1) == 0 { 0.5 } else { weight(s) / total }).collect()
}

/// The gap model before anything is learned; `long_open` is the probability that a long gap opens.
pub(crate) fn start_gaps(params: &Params, long_open: f64) -> GapModel {
    GapModel::new(params.gap_open, params.gap_extend, long_open, params.long_extend)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_keep_to_their_limits() {
        let params = Params::default();
        let all = shapes(&params, params.max_sum, Grain::even(&params));
        assert_eq!(&all[..4], [(1, 0), (0, 1), (1, 1), (1, 2)]);
        assert!(all.contains(&(3, 3)) && !all.contains(&(6, 0)) && !all.contains(&(4, 4)));
        let p = start_probabilities(&all, &params, Grain::even(&params));
        assert!((p[2..].iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(p[2] > 0.7);
    }
}
