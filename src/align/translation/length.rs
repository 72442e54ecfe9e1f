//! How long a translation is, given the length of its original.
//!
//! Both directions: the length of one side given the other has a Student t residual with variance
//! `v1·x + v2·x²`, against a gamma distribution of the lengths of unrelated sentences. After
//! Gale & Church (1993), with a heavier tail and both directions averaged.

use super::params::Params;
use super::text::Text;

/// What is learned about lengths.
#[derive(Debug, Clone, Copy)]
pub(super) struct LengthModel {
    /// Letters of the second text for a letter of the first.
    pub(super) ratio: f64,
    v1: f64,
    v2: f64,
}

/// Two lengths that correspond, with the weight of the observation.
#[derive(Debug, Clone, Copy)]
pub(super) struct LengthPair {
    pub(super) a: f64,
    pub(super) b: f64,
    pub(super) weight: f64,
}

impl LengthModel {
    /// The ratio of the whole texts and the default variance.
    pub(super) fn start(a: &Text, b: &Text, params: &Params) -> Self {
        let sum = |t: &Text| t.sentences.iter().map(|s| s.length).sum::<f64>();
        Self { ratio: sum(b) / sum(a).max(1.0), v1: params.length_v1, v2: params.length_v2 }
    }

    /// Re-estimated from pairs: the ratio from pairs not far from it, the variance by weighted least
    /// squares on squared residuals (winsorised at three deviations) with pseudo-observations.
    pub(super) fn learn(&mut self, pairs: &[LengthPair], params: &Params) {
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

/// One side's spans with everything that depends on that side alone.
#[derive(Debug)]
struct SpanLengths {
    /// Lengths summed from the start.
    cumulated: Vec<f64>,
    /// For each start and number of units: expected length of the other side, inverse variance,
    /// log normaliser less the background of this very span.
    spans: Vec<(f64, f64, f64)>,
}

/// The length evidence of every bead of two texts.
#[derive(Debug)]
pub(super) struct LengthEvidence {
    a: SpanLengths,
    b: SpanLengths,
    width: usize,
    freedom: f64,
}

impl LengthEvidence {
    /// Prepares all spans of up to `reach` units.
    pub(super) fn new(a: &Text, b: &Text, model: &LengthModel, reach: usize, freedom: f64) -> Self {
        let normaliser = t_normaliser(freedom);
        let side = |text: &Text, ratio: f64, v1: f64| -> SpanLengths {
            let background = Gamma::of(text, reach);
            let mut cumulated = Vec::with_capacity(text.len() + 1);
            let mut sum = 0.0;
            cumulated.push(sum);
            for s in &text.sentences {
                sum += s.length;
                cumulated.push(sum);
            }
            let mut spans = vec![(0.0, 0.0, 0.0); text.len() * (reach + 1)];
            for i in 0..text.len() {
                for n in 1..=reach.min(text.len() - i) {
                    let length = cumulated[i + n] - cumulated[i];
                    let x = length * ratio;
                    let variance = v1 * x + model.v2 * x * x;
                    spans[i * (reach + 1) + n] = (
                        x,
                        1.0 / variance,
                        normaliser - 0.5 * variance.ln() - background.log_density(length, n),
                    );
                }
            }
            SpanLengths { cumulated, spans }
        };
        let ratio = model.ratio.max(1e-6);
        Self {
            a: side(a, ratio, model.v1),
            b: side(b, 1.0 / ratio, model.v1 / ratio),
            width: reach + 1,
            freedom,
        }
    }

    /// Length of `n` units of the first text from `i`.
    pub(super) fn length_a(&self, i: usize, n: usize) -> f64 {
        self.a.cumulated[i + n] - self.a.cumulated[i]
    }

    /// Length of `m` units of the second text from `j`.
    pub(super) fn length_b(&self, j: usize, m: usize) -> f64 {
        self.b.cumulated[j + m] - self.b.cumulated[j]
    }

    /// The log-likelihood ratio of a two-sided bead.
    #[inline]
    pub(super) fn score(&self, i: usize, n: usize, j: usize, m: usize) -> f64 {
        let (x, inverse_x, constant_x) = self.a.spans[i * self.width + n];
        let (y, inverse_y, constant_y) = self.b.spans[j * self.width + m];
        let (la, lb) = (self.length_a(i, n), self.length_b(j, m));
        let tail = |z: f64| 1.0 + z / self.freedom;
        // One logarithm for the tails of both directions.
        let tails = tail((lb - x) * (lb - x) * inverse_x) * tail((la - y) * (la - y) * inverse_y);
        let both = constant_x + constant_y - 0.5 * (self.freedom + 1.0) * tails.ln();
        (0.5 * both).max(-20.0)
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
        (shape - 1.0) * length.ln() - length / self.scale - shape * self.scale.ln() - self.log_gamma[n]
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
    (x - 0.5) * x.ln() - x + 0.5 * std::f64::consts::TAU.ln() + series - product.ln()
}

/// Log normaliser of Student's t with unit scale.
fn t_normaliser(freedom: f64) -> f64 {
    log_gamma((freedom + 1.0) / 2.0) - log_gamma(freedom / 2.0) - 0.5 * (freedom * std::f64::consts::PI).ln()
}

#[cfg(test)]
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
