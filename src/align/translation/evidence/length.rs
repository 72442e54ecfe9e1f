//! How long a translation is, given the length of its original.
//!
//! Both directions: the length of one side given the other has a Student t residual with variance
//! `v1·x + v2·x²`, against a gamma distribution of the lengths of unrelated sentences. After
//! Gale & Church (1993), with a heavier tail and both directions averaged.

use std::ops::Range;

use crate::align::translation::params::Params;
use crate::align::translation::text::Text;
use crate::math::{ln, ln_f32};

/// What is learned about lengths.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LengthModel {
    /// Letters of the second text for a letter of the first.
    pub(crate) ratio: f64,
    v1: f64,
    v2: f64,
}

/// Two lengths that correspond, with the weight of the observation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LengthPair {
    pub(crate) a: f64,
    pub(crate) b: f64,
    pub(crate) weight: f64,
}

impl LengthModel {
    /// The ratio of the whole texts and the default variance.
    pub(crate) fn start(a: &Text, b: &Text, params: &Params) -> Self {
        let sum = |t: &Text| t.sentences.iter().map(|s| s.length).sum::<f64>();
        Self { ratio: sum(b) / sum(a).max(1.0), v1: params.length_v1, v2: params.length_v2 }
    }

    /// Re-estimated from pairs: the ratio from pairs not far from it, the variance by weighted least
    /// squares on squared residuals (winsorised at three deviations) with pseudo-observations.
    pub(crate) fn learn(&mut self, pairs: &[LengthPair], params: &Params) {
        let near = pairs.iter().filter(|p| (0.4..2.5).contains(&(p.b / (p.a * self.ratio))));
        let (a, b) = near.fold((0.0, 0.0), |(a, b), p| (a + p.a * p.weight, b + p.b * p.weight));
        if a > 0.0 && b > 0.0 {
            self.ratio = b / a;
        }
        let (v1, v2) = (self.v1, self.v2);
        let mut moments = [0.0; 5];
        let mut add = |w: f64, x: f64, y: f64| {
            let terms = [w, w * x, w * x * x, w * y, w * x * y];
            moments.iter_mut().zip(terms).for_each(|(m, t)| *m += t);
        };
        let precision = |x: f64| 1.0 / ((v1 + v2 * x) * (v1 + v2 * x));
        for p in pairs {
            let x = p.a * self.ratio;
            let squared = ((p.b - x) * (p.b - x)).min(9.0 * (v1 * x + v2 * x * x));
            add(p.weight * precision(x), x, squared / x);
        }
        for x in [20.0, 60.0, 120.0, 200.0] {
            add(10.0 * precision(x), x, params.length_v1 + params.length_v2 * x);
        }
        let [s0, s1, s2, y0, y1] = moments;
        let determinant = s0 * s2 - s1 * s1;
        if determinant.abs() > 1e-12 {
            let slope = (s0 * y1 - s1 * y0) / determinant;
            self.v1 = ((y0 - slope * s1) / s0).clamp(0.3, 20.0);
            self.v2 = slope.clamp(0.002, 0.3);
        }
    }
}

/// The spans of one number of units of one side: what depends on that side alone, by start.
#[derive(Debug, Default)]
pub(crate) struct SpanLengths {
    /// Letters.
    pub(crate) length: Vec<f32>,
    /// Expected letters of the other side.
    expected: Vec<f32>,
    /// Inverse variance of that expectation over the degrees of freedom.
    inverse: Vec<f32>,
    /// Log normaliser less the background of this very span.
    constant: Vec<f32>,
}

/// The length evidence of every bead of two stretches of text.
#[derive(Debug)]
pub(crate) struct LengthEvidence {
    /// For 1, 2 ... units of the first text.
    pub(crate) a: Vec<SpanLengths>,
    /// The same of the second.
    pub(crate) b: Vec<SpanLengths>,
    power: f32,
}

impl LengthEvidence {
    /// Prepares all spans of up to `reach` units of two stretches.
    pub(crate) fn new(
        (a, stretch_a): (&Text, Range<usize>),
        (b, stretch_b): (&Text, Range<usize>),
        model: &LengthModel,
        reach: usize,
        freedom: f64,
    ) -> Self {
        let normaliser = t_normaliser(freedom);
        let side = |text: &Text, stretch: Range<usize>, ratio: f64, v1: f64| -> Vec<SpanLengths> {
            let background = Gamma::of(text, reach);
            let mut lengths: Vec<f64> = vec![0.0; stretch.len()];
            (1..=reach)
                .map(|n| {
                    let mut out = SpanLengths::default();
                    let starts = (stretch.len() + 1).saturating_sub(n);
                    for (i, length) in lengths.iter_mut().enumerate().take(starts) {
                        *length += text.sentences[stretch.start + i + n - 1].length;
                        let x = *length * ratio;
                        let variance = v1 * x + model.v2 * x * x;
                        let constant = normaliser - 0.5 * ln(variance) - background.log_density(*length, n);
                        out.length.push(*length as f32);
                        out.expected.push(x as f32);
                        out.inverse.push((1.0 / (variance * freedom)) as f32);
                        out.constant.push(constant as f32);
                    }
                    out
                })
                .collect()
        };
        let ratio = model.ratio.max(1e-6);
        Self {
            a: side(a, stretch_a, ratio, model.v1),
            b: side(b, stretch_b, 1.0 / ratio, model.v1 / ratio),
            power: (0.5 * (freedom + 1.0)) as f32,
        }
    }

    /// Adds `weight` times the log-likelihood ratios of the beads of `n` units from `i` with `m` units
    /// from `j`, `j` + 1 ..., one for each cell of `out`.
    pub(crate) fn add(&self, (i, n): (usize, usize), (j, m): (usize, usize), weight: f32, out: &mut [f32]) {
        let (a, b) = (&self.a[n - 1], &self.b[m - 1]);
        let (length, x, inverse_x, constant_x) = (a.length[i], a.expected[i], a.inverse[i], a.constant[i]);
        let to = j + out.len();
        let spans = b.length[j..to].iter().zip(&b.expected[j..to]).zip(&b.inverse[j..to]);
        for ((((&lb, &y), &inverse_y), &constant_y), cell) in spans.zip(&b.constant[j..to]).zip(out) {
            // One logarithm for the tails of both directions.
            let tails =
                (1.0 + (lb - x) * (lb - x) * inverse_x) * (1.0 + (length - y) * (length - y) * inverse_y);
            let score = 0.5 * (constant_x + constant_y - self.power * ln_f32(tails));
            *cell += weight * if score > -20.0 { score } else { -20.0 };
        }
    }
}

/// Lengths of unrelated sentences.
struct Gamma {
    shape: f64,
    scale: f64,
    log_gamma: Vec<f64>,
}

impl Gamma {
    fn of(text: &Text, reach: usize) -> Self {
        let n = text.len().max(1) as f64;
        let mean = text.sentences.iter().map(|s| s.length).sum::<f64>() / n;
        let variance =
            text.sentences.iter().map(|s| (s.length - mean) * (s.length - mean)).sum::<f64>() / n + 1.0;
        let mean = mean.max(1.0);
        let shape = mean * mean / variance;
        let log_gamma = (0..=reach).map(|n| log_gamma(shape * n.max(1) as f64)).collect();
        Self { shape, scale: variance / mean, log_gamma }
    }

    /// Log density of the length of `n` sentences together.
    fn log_density(&self, length: f64, n: usize) -> f64 {
        let shape = self.shape * n as f64;
        (shape - 1.0) * ln(length) - length / self.scale - shape * ln(self.scale) - self.log_gamma[n]
    }
}

/// ln Γ(x) for x > 0: Stirling's series after the argument was raised above 8.
fn log_gamma(x: f64) -> f64 {
    let (mut x, mut product) = (x.max(1e-9), 1.0);
    while x < 8.0 {
        product *= x;
        x += 1.0;
    }
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    let series = inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square / 1680.0)));
    (x - 0.5) * ln(x) - x + 0.5 * ln(std::f64::consts::TAU) + series - ln(product)
}

/// The logarithm of the number of ways to choose `k` of `n`.
pub(crate) fn log_binomial(n: usize, k: usize) -> f64 {
    log_gamma(n as f64 + 1.0) - log_gamma(k as f64 + 1.0) - log_gamma((n - k) as f64 + 1.0)
}

/// Log normaliser of Student's t with unit scale.
fn t_normaliser(freedom: f64) -> f64 {
    log_gamma((freedom + 1.0) / 2.0) - log_gamma(freedom / 2.0) - 0.5 * ln(freedom * std::f64::consts::PI)
}

#[cfg(test)]
// What the functions of `math` are compared with.
#[allow(clippy::disallowed_methods)]
mod tests {
    use super::*;

    #[test]
    fn log_gamma_is_exact_where_it_is_known() {
        assert!((log_gamma(5.0) - 24f64.ln()).abs() < 1e-9);
        assert!((log_gamma(0.5) - 0.5 * std::f64::consts::PI.ln()).abs() < 1e-9);
    }

    #[test]
    fn the_ratio_is_learned() {
        let mut model = LengthModel { ratio: 1.0, v1: 3.0, v2: 0.03 };
        let pairs: Vec<LengthPair> =
            (1..40).map(|k| LengthPair { a: k as f64 * 4.0, b: k as f64 * 5.0, weight: 1.0 }).collect();
        model.learn(&pairs, &Params::default());
        assert!((model.ratio - 1.25).abs() < 1e-9);
        assert!(model.v1 < 3.0);
    }
}
