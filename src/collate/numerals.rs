//! Numbers: the same in figures and in words, in other figures, and other numbers.

use super::classify::{Knowledge, Verdict};
use super::pack::{Pack, is_grouped};
use super::token::Token;
use crate::model::{Confidence, VariantClass};

/// Whether a form has a figure in it.
pub(super) fn has_figures(normal: &str) -> bool {
    normal.chars().any(char::is_numeric)
}

/// Figures against figures: other dashes, other endings of ordinals, other separators.
fn written_otherwise(na: &str, nb: &str, pack: &Pack) -> Option<Verdict> {
    use VariantClass as C;
    if !(has_figures(na) && has_figures(nb)) {
        return None;
    }
    let one_dash = |s: &str| s.replace('–', "-");
    if one_dash(na) == one_dash(nb) {
        return Some(Verdict::new(C::Punctuation, "punctuation.shape"));
    }
    if let (Some(x), Some(y)) = (pack.ordinal(na), pack.ordinal(nb))
        && x == y
    {
        return Some(Verdict::new(C::Abbreviation, "abbreviation.ordinal"));
    }
    let separator = |c: char| matches!(c, ',' | '.' | '\u{a0}' | '\u{202f}' | '\'' | ' ');
    let plain = |s: &str| s.replace(separator, "");
    let digits = plain(na);
    if digits != plain(nb) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // In groups of three, and in one: the same number. With another separator it is that of another
    // country or a decimal one.
    let grouped = |s: &str| is_grouped(&s.replace(separator, ","));
    let plain_against_grouped = digits == na && grouped(nb) || digits == nb && grouped(na);
    if plain_against_grouped {
        return Some(Verdict::new(C::Numeral, "numeral.same-value"));
    }
    if digits == na || digits == nb {
        return Some(Verdict::new(C::Number, "number.other-value"));
    }
    Some(Verdict { confidence: Confidence::new(0.6), ..Verdict::new(C::Numeral, "numeral.separators") })
}

/// Figures against words, and numbers that differ; also inside compounds (`5-year`, `five-year`).
pub(super) fn numerals(
    a: &[Token],
    b: &[Token],
    na: &str,
    nb: &str,
    known: Knowledge<'_>,
) -> Option<Verdict> {
    use VariantClass as C;
    let value = |s: &str| known.pack.number(s);
    if let Some(verdict) = written_otherwise(na, nb, known.pack) {
        return Some(verdict);
    }
    let of = |side: &[Token], normal: &str| roman_numeral(side).or_else(|| value(normal));
    if let (Some(x), Some(y)) = (of(a, na), of(b, nb)) {
        return Some(if x == y {
            Verdict::new(C::Numeral, "numeral.same-value")
        } else {
            Verdict::new(C::Number, "number.other-value")
        });
    }
    let (parts_a, parts_b): (Vec<&str>, Vec<&str>) =
        (na.split(['-', ' ']).collect(), nb.split(['-', ' ']).collect());
    if parts_a.len() == parts_b.len() && parts_a.len() > 1 {
        let differing: Vec<_> = parts_a.iter().zip(&parts_b).filter(|(x, y)| x != y).collect();
        let values: Option<Vec<_>> = differing.iter().map(|(x, y)| Some((value(x)?, value(y)?))).collect();
        if let Some(values) = values.filter(|v| !v.is_empty()) {
            let same = values.iter().all(|(x, y)| x == y);
            return Some(if same {
                Verdict::new(C::Numeral, "numeral.in-compound")
            } else {
                Verdict::new(C::Number, "number.in-compound")
            });
        }
    }
    let digits = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
    let all_figures =
        |s: &str| s.chars().all(|c| c.is_ascii_digit() || !c.is_alphanumeric()) && !digits(s).is_empty();
    (all_figures(na) && all_figures(nb)).then(|| Verdict::new(C::Number, "number.figures"))
}

/// The value of a Roman numeral in capitals. A single letter is none: it may be anything.
fn roman_numeral(side: &[Token]) -> Option<f64> {
    let mut words = side.iter().filter(|token| token.is_word());
    let word = words.next().filter(|_| words.next().is_none())?;
    roman(&word.surface).filter(|_| word.surface.len() > 1).map(f64::from)
}

/// Reads a Roman numeral of capitals in its usual form (1 to 3999).
fn roman(numeral: &str) -> Option<u32> {
    const SIGNS: [(&str, u32); 13] = [
        ("M", 1000),
        ("CM", 900),
        ("D", 500),
        ("CD", 400),
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ];
    let (mut rest, mut value) = (numeral, 0);
    for (sign, worth) in SIGNS {
        let most = if sign.len() == 2 || sign.starts_with(['D', 'L', 'V']) { 1 } else { 3 };
        for _ in 0..most {
            let Some(shorter) = rest.strip_prefix(sign) else { break };
            (rest, value) = (shorter, value + worth);
        }
    }
    (rest.is_empty() && value > 0).then_some(value)
}
