//! Whether an alignment as a whole is to be believed, and what its beads are worth then.
//!
//! The confidence of a bead says how sure it is *under the fitted model*. Where the model itself has gone
//! astray (two texts that do not belong together, or a search that found nothing to hold on to), every bead
//! may seem sure, omissions above all. So the fit is judged first, and no bead is surer than it.

use std::ops::Range;

use super::side::Side;
use crate::error::Warning;
use crate::model::{Alignment, Bead, Confidence, Status};

/// By what the confidence of every bead is multiplied when the whole is doubted: all are doubtful then.
const DOUBTED: f64 = 0.5;
/// A run of so many segments without a partner is as sure as the beads around it.
const LONG_RUN: usize = 10;
/// So many two-sided beads on either side of a run are asked.
const AROUND: usize = 8;
/// So many segments of both texts without a partner at one place may well be partners that were not found ...
const LARGE_HOLE: usize = 20;
/// ... if they are such a share of the shorter text ...
const HOLE_SHARE: f64 = 0.03;
/// ... and are no surer than this.
const HOLE_CONFIDENCE: f64 = 0.5;
/// Letters of a segment that a hint shows.
const SHOWN: usize = 30;

/// Why an alignment as a whole is not to be believed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Doubt {
    /// So small a share of the shorter text found a partner.
    Uncovered(f64),
    /// The evidence is so many times what the same texts give when the order of one is destroyed.
    Chance(f64),
}

impl Doubt {
    /// A warning (`alignment-doubtful`) that says what helps.
    pub(super) fn warning(self, alignment: &Alignment, a: &Side, b: &Side) -> Warning {
        let message = match self {
            Self::Uncovered(share) => format!(
                "only {:.0} % of the shorter text found a partner, so nothing found is to be relied on",
                share * 100.0
            ),
            Self::Chance(ratio) => format!(
                "what was found is little better than chance (the texts shuffled have {:.0} % of its evidence)",
                100.0 / ratio.max(0.01)
            ),
        };
        let pin = alignment.beads.iter().filter(|bead| bead.is_matched());
        let pin = pin.max_by(|x, y| x.confidence.value().total_cmp(&y.confidence.value()));
        let example = match pin {
            Some(bead) => example(bead, a, b),
            None => "`[0]:[0]` says that the first segments correspond".to_owned(),
        };
        Warning::new("alignment-doubtful", message).hint(format!(
            "check that both texts are the same work; then, in this order: `--as editions` or `--as translation`; \
             `--pins FILE` with a few places that you know ({example}); `--dictionary FILE`; `--lines` if each \
             line is a sentence"
        ))
    }
}

/// A line for a file of pins, made of a bead.
fn example(bead: &Bead, a: &Side, b: &Side) -> String {
    let shown = |side: &Side, range: &Range<usize>| {
        let text = side.units.get(range.start).map_or("", |unit| unit.text.as_str());
        let mut short: String = text.chars().take(SHOWN).collect();
        if short.len() < text.len() {
            short.push('…');
        }
        short
    };
    let (x, y) = (shown(a, &bead.a), shown(b, &bead.b));
    format!("`[{}]:[{}]` if “{x}” is “{y}”", bead.a.start, bead.b.start)
}

/// Makes no bead surer than the fit and the text around it.
pub(super) fn temper(alignment: &mut Alignment, doubt: Option<Doubt>, smaller: usize) {
    if doubt.is_some() {
        for bead in alignment.beads.iter_mut().filter(|bead| bead.status == Status::Auto) {
            bead.confidence = Confidence::new(bead.confidence.value() * DOUBTED);
        }
        return;
    }
    let large = LARGE_HOLE.max((smaller as f64 * HOLE_SHARE) as usize);
    let matched: Vec<(usize, f64)> = alignment
        .beads
        .iter()
        .enumerate()
        .filter(|(_, bead)| bead.is_matched() && !bead.moved)
        .map(|(place, bead)| (place, bead.confidence.value()))
        .collect();
    let ends = std::iter::once(0).chain(matched.iter().map(|m| m.0 + 1));
    let starts = matched.iter().map(|m| m.0).chain([alignment.beads.len()]);
    let runs: Vec<Range<usize>> = ends.zip(starts).map(|(from, to)| from..to).collect();
    for (number, run) in runs.into_iter().enumerate() {
        let beads = &mut alignment.beads[run];
        let one_sided = |bead: &&Bead| !bead.is_matched();
        let of_a: usize = beads.iter().filter(one_sided).map(|bead| bead.a.len()).sum();
        let of_b: usize = beads.iter().filter(one_sided).map(|bead| bead.b.len()).sum();
        if of_a + of_b < LONG_RUN {
            continue;
        }
        let around = &matched[number.saturating_sub(AROUND)..(number + AROUND).min(matched.len())];
        let mut trust = around.iter().map(|m| m.1).sum::<f64>() / around.len().max(1) as f64;
        if of_a.min(of_b) >= large {
            trust = trust.min(HOLE_CONFIDENCE);
        }
        for bead in beads.iter_mut().filter(|bead| !bead.is_matched() && bead.status == Status::Auto) {
            bead.confidence = Confidence::new(bead.confidence.value() * trust);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;

    fn alignment(beads: Vec<Bead>) -> Alignment {
        Alignment { beads, ..Alignment::default() }
    }

    #[test]
    fn a_long_omission_is_as_sure_as_the_beads_around_it() {
        let one = |i: usize, p: f64| Bead::new(i..i + 1, i..i + 1, p);
        let mut beads: Vec<Bead> = (0..5).map(|i| one(i, 0.7)).collect();
        beads.extend((5..25).map(|i| Bead::new(i..i + 1, 5..5, 1.0)));
        let mut found = alignment(beads);
        temper(&mut found, None, 25);
        assert!(found.beads[5..].iter().all(|bead| (bead.confidence.value() - 0.7).abs() < 1e-3));
        assert_eq!(found.beads[0].confidence.value(), 0.7);
    }

    #[test]
    fn a_hole_in_both_texts_is_never_sure() {
        let mut beads = vec![Bead::new(0..1, 0..1, 1.0)];
        beads.extend((1..31).map(|i| Bead::new(i..i + 1, 1..1, 1.0)));
        beads.extend((1..31).map(|j| Bead::new(31..31, j..j + 1, 1.0)));
        let mut found = alignment(beads);
        temper(&mut found, None, 31);
        assert!(found.beads[1..].iter().all(|bead| bead.confidence.value() <= 0.5));
    }

    #[test]
    fn what_a_person_confirmed_stays_sure() {
        let confirmed = Bead { status: Status::Confirmed, ..Bead::new(0..1, 0..1, 1.0) };
        let mut found = alignment(vec![confirmed, Bead::new(1..2, 1..2, 1.0)]);
        temper(&mut found, Some(Doubt::Uncovered(0.1)), 2);
        let words: Vec<_> = found.beads.iter().map(|bead| bead.confidence.word()).collect();
        assert_eq!(words, ["sure", "doubtful"]);
    }

    #[test]
    fn the_hint_names_what_helps_with_an_example_of_this_pair() {
        let side = |text: &str| Side::from_lines([text], Lang::und());
        let found = alignment(vec![Bead::new(0..1, 0..1, 0.4)]);
        let warning = Doubt::Chance(1.1).warning(&found, &side("In the beginning"), &side("Am Anfang"));
        let hint = warning.hint.unwrap();
        assert!(hint.contains("`[0]:[0]` if “In the beginning” is “Am Anfang”"), "{hint}");
        let places = ["--as", "--pins", "--dictionary", "--lines"].map(|word| hint.find(word).unwrap());
        assert!(places.is_sorted());
    }
}
