//! Bead shapes with their probabilities, and where the gap model starts.

use crate::align::gap::{GapModel, Shape};
use crate::align::translation::params::Params;

/// All shapes with at most `max_sum` segments, 1:0 and 0:1 first.
pub(crate) fn shapes(params: &Params, max_sum: usize) -> Vec<Shape> {
    let mut all = vec![(1, 0), (0, 1)];
    for sum in 2..=max_sum {
        for n in 1..sum {
            let m = sum - n;
            if n.max(m) <= params.max_side && n.min(m) <= params.max_smaller {
                all.push((n, m));
            }
        }
    }
    all
}

/// Prior probabilities of the two-sided shapes; 1:0 and 0:1 share theirs, since gaps are opened by
/// [`GapModel`].
pub(crate) fn start_probabilities(shapes: &[Shape], params: &Params) -> Vec<f64> {
    let weight = |&(n, m): &Shape| -> f64 {
        let (small, large) = (n.min(m), n.max(m));
        if small == 0 || large == 1 {
            return small as f64;
        }
        let mut w = params.one_to_two;
        (2..large).for_each(|_| w *= params.growth);
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
        let all = shapes(&params, params.max_sum);
        assert_eq!(&all[..4], [(1, 0), (0, 1), (1, 1), (1, 2)]);
        assert!(all.contains(&(3, 3)) && !all.contains(&(6, 0)) && !all.contains(&(4, 4)));
        let p = start_probabilities(&all, &params);
        assert!((p[2..].iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(p[2] > 0.7);
    }
}
