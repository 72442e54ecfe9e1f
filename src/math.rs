//! Exponential and logarithm in plain arithmetic.
//!
//! The functions of the system's mathematical library differ in their last digits between systems,
//! and on one system between processors (with and without fused multiplication). An alignment is to
//! have the same bytes everywhere, so everything in this folder that can reach a result uses these:
//! additions, multiplications and divisions alone, which IEEE 754 defines to the last bit. They have
//! no branches, so that loops over them become vector instructions.

/// 2⁵² + 2⁵¹: adding it rounds a small number to an integer that then stands in the lowest bits.
const ROUND: f64 = 6_755_399_441_055_744.0;
/// ln 2 in two parts: the first has zeros at its end, so that multiples of it are exact.
const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// 1 / k! for k from 0 on.
const INVERSE_FACTORIALS: [f64; 14] = {
    let (mut out, mut k) = ([1.0; 14], 1);
    while k < 14 {
        out[k] = out[k - 1] / k as f64;
        k += 1;
    }
    out
};

/// The most and the least that [`exp`] is given: beyond, the result would leave the normal numbers.
const LARGEST: f64 = 700.0;

/// eˣ for −700 ≤ x ≤ 700, and the value at that bound beyond it; relative error below 10⁻¹⁵.
///
/// x = k·ln 2 + r with |r| ≤ ln 2 / 2; the series of eʳ, times 2ᵏ.
#[inline(always)]
pub(crate) fn exp(x: f64) -> f64 {
    let x = if x > -LARGEST { x } else { -LARGEST };
    let x = if x < LARGEST { x } else { LARGEST };
    let shifted = x * std::f64::consts::LOG2_E + ROUND;
    let k = shifted - ROUND;
    let r = (x - k * LN_2_HIGH) - k * LN_2_LOW;
    // In pairs, pairs of pairs and so on, so that no long chain of operations has to be waited for.
    const C: [f64; 14] = INVERSE_FACTORIALS;
    let (r2, pair) = (r * r, |k: usize| C[k] + C[k + 1] * r);
    let (r4, four) = (r2 * r2, |k: usize| pair(k) + pair(k + 2) * r2);
    let sum = four(0) + r4 * (four(4) + r4 * (four(8) + r4 * pair(12)));
    // The exponent field of 2ᵏ.
    sum * f64::from_bits((shifted.to_bits() << 52).wrapping_add(1023 << 52))
}

/// ln x for normal positive numbers, with an error below 10⁻¹⁵ (relative to the larger of 1 and the
/// result); less than −700 for zero.
///
/// x = 2ᵉ·m with m in [√½, √2); ln m = 2·artanh((m − 1) / (m + 1)) by its series.
#[inline(always)]
pub(crate) fn ln(x: f64) -> f64 {
    // The bits of √½: from there on the next power of two begins.
    const HALF_ROOT: u64 = 0x3fe6_a09e_667f_3bcd;
    const TWO_52: f64 = 4_503_599_627_370_496.0;
    let bits = x.to_bits().wrapping_sub(HALF_ROOT).wrapping_add(1023 << 52);
    // An integer below 2⁵² in the fraction of 2⁵² is that integer as a float.
    let e = f64::from_bits((bits >> 52) | TWO_52.to_bits()) - TWO_52 - 1023.0;
    let m = f64::from_bits((bits & ((1 << 52) - 1)).wrapping_add(HALF_ROOT));
    let s = (m - 1.0) / (m + 1.0);
    let square = s * s;
    let mut sum = 1.0 / 21.0;
    for divisor in [19.0, 17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0] {
        sum = sum * square + 1.0 / divisor;
    }
    e * LN_2_HIGH + (2.0 * s + (2.0 * s * square * sum + e * LN_2_LOW))
}

/// ln x in single precision: relative error below 10⁻⁶ (absolute near x = 1).
#[inline(always)]
pub(crate) fn ln_f32(x: f32) -> f32 {
    const HALF_ROOT: u32 = 0x3f35_04f3;
    let bits = x.to_bits().wrapping_sub(HALF_ROOT).wrapping_add(127 << 23);
    let e = (bits >> 23) as i32 as f32 - 127.0;
    let m = f32::from_bits((bits & ((1 << 23) - 1)).wrapping_add(HALF_ROOT));
    let s = (m - 1.0) / (m + 1.0);
    let square = s * s;
    let series = square * (1.0 / 3.0 + square * (1.0 / 5.0 + square * (1.0 / 7.0 + square * (1.0 / 9.0))));
    e * std::f32::consts::LN_2 + 2.0 * (s + s * series)
}

/// The logarithm to the base 2: bits.
pub(crate) fn log2(x: f32) -> f32 {
    (ln(f64::from(x)) * std::f64::consts::LOG2_E) as f32
}

/// xʸ for x ≥ 0.
pub(crate) fn power(x: f32, y: f64) -> f32 {
    exp(y * ln(f64::from(x))) as f32
}

#[cfg(test)]
// What these functions are compared with.
#[allow(clippy::disallowed_methods)]
mod tests {
    use super::*;

    #[test]
    fn bits_and_powers() {
        assert_eq!([1.0, 8.0, 0.25].map(log2), [0.0, 3.0, -2.0]);
        assert!((power(0.5, 0.7) - 0.615_572_2).abs() < 1e-6);
        assert_eq!((power(1.0, 0.7), power(0.0, 0.7)), (1.0, 0.0));
    }

    #[test]
    fn exponentials_are_right_to_the_last_digits() {
        for k in -7000..=7000 {
            let x = f64::from(k) * 0.0999;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-15, "{x}: {} {}", exp(x), x.exp());
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(f64::NEG_INFINITY) < 1e-300);
        assert!(exp(1e9).is_finite());
    }

    #[test]
    fn logarithms_are_right_to_the_last_digits() {
        for k in 1..20_000 {
            for x in
                [f64::from(k) * 0.013, 1.0 / f64::from(k), f64::from(k) * 1e200, 1.0 + 1e-9 * f64::from(k)]
            {
                let error = (ln(x) - x.ln()).abs();
                assert!(error <= 1e-15 * x.ln().abs().max(1.0), "{x}: {} {}", ln(x), x.ln());
                let x = x as f32;
                if x.is_normal() {
                    assert!((ln_f32(x) - x.ln()).abs() <= 1e-6 * x.ln().abs().max(0.1), "{x}");
                }
            }
        }
        assert_eq!((ln(1.0), ln_f32(1.0)), (0.0, 0.0));
        assert!(ln(0.0) < -700.0);
        assert!((ln(exp(2.5)) - 2.5).abs() < 1e-15);
    }
}
