//! Beads that are given: what a person has confirmed, or says beforehand.
//!
//! The segments of a given bead are joined to one unit on each side, and the search must pass the two
//! nodes at its ends; so it holds, it divides what is still open into stretches, and it counts when the
//! model is trained. Given beads that cross the others, and segments of which it is given that they
//! have no partner, are taken out before the search and put back after it.

use std::ops::Range;

use super::bead::{RawBead, assemble, heaviest_chain};
use super::side::{Side, Unit};
use crate::model::{Alignment, Bead, Status};

/// A node that every path passes: segments consumed on both sides.
pub(super) type Node = (usize, usize);

/// Two sides without what is settled.
#[derive(Debug)]
pub(super) struct Pinned<'p> {
    pub(super) a: Side,
    pub(super) b: Side,
    /// Where the given beads that stay lie, ascending.
    pub(super) forced: Vec<Node>,
    /// The segments that each unit of the sides stands for.
    of_a: Vec<Range<usize>>,
    of_b: Vec<Range<usize>>,
    pins: &'p [Bead],
    lens: (usize, usize),
}

/// What is wrong with some given beads for texts of so many segments; `None` if nothing.
pub(super) fn fault(pins: &[Bead], a_len: usize, b_len: usize) -> Option<String> {
    let (mut seen_a, mut seen_b) = (vec![false; a_len], vec![false; b_len]);
    for pin in pins {
        if pin.a.end > a_len || pin.b.end > b_len {
            let (side, last) = if pin.a.end > a_len { ("first", a_len) } else { ("second", b_len) };
            return Some(format!("a given bead lies outside of the {side} text, which has {last} segments"));
        }
        for (side, range, seen) in [("first", &pin.a, &mut seen_a), ("second", &pin.b, &mut seen_b)] {
            if let Some(s) = range.clone().find(|&s| seen[s]) {
                return Some(format!("segment {s} (from 0) of the {side} text is given in two beads"));
            }
            seen[range.clone()].fill(true);
        }
    }
    None
}

impl<'p> Pinned<'p> {
    /// Takes the given beads into account; they pass [`fault`].
    pub(super) fn new(a: &Side, b: &Side, pins: &'p [Bead]) -> Self {
        let mut matched: Vec<&Bead> = pins.iter().filter(|pin| pin.is_matched()).collect();
        matched.sort_by_key(|pin| pin.a.start);
        let runs: Vec<(Range<usize>, usize)> =
            matched.iter().map(|pin| (pin.b.clone(), pin.a.len() + pin.b.len())).collect();
        let chain = heaviest_chain(&runs, b.len());
        let stay: Vec<&Bead> =
            matched.iter().zip(chain).filter(|(_, stays)| *stays).map(|(p, _)| *p).collect();
        let held: Vec<(Range<usize>, Range<usize>)> =
            stay.iter().map(|pin| (pin.a.clone(), pin.b.clone())).collect();
        let taken = |side: fn(&Bead) -> Range<usize>, len: usize| {
            let mut taken = vec![false; len];
            pins.iter().for_each(|pin| taken[side(pin)].fill(true));
            taken
        };
        let (side_a, of_a, at_a) =
            reduced(a, held.iter().map(|h| h.0.clone()), &taken(|p| p.a.clone(), a.len()));
        let (side_b, of_b, at_b) =
            reduced(b, held.iter().map(|h| h.1.clone()), &taken(|p| p.b.clone(), b.len()));
        let forced = at_a.into_iter().zip(at_b).flat_map(|(i, j)| [(i, j), (i + 1, j + 1)]).collect();
        Self { a: side_a, b: side_b, forced, of_a, of_b, pins, lens: (a.len(), b.len()) }
    }

    /// The alignment of the whole sides, from the beads of the reduced ones.
    pub(super) fn alignment(&self, found: Vec<RawBead>) -> Alignment {
        let mut of_pins = (vec![false; self.lens.0], vec![false; self.lens.1]);
        for pin in self.pins {
            of_pins.0[pin.a.clone()].fill(true);
            of_pins.1[pin.b.clone()].fill(true);
        }
        let clear = |bead: &RawBead| {
            !of_pins.0[bead.a.clone()].contains(&true) && !of_pins.1[bead.b.clone()].contains(&true)
        };
        let found = found.into_iter().map(|bead| RawBead {
            a: segments(&self.of_a, &bead.a),
            b: segments(&self.of_b, &bead.b),
            confidence: bead.confidence,
        });
        let given =
            self.pins.iter().map(|pin| RawBead { a: pin.a.clone(), b: pin.b.clone(), confidence: 1.0 });
        let mut alignment = assemble(found.filter(clear).chain(given).collect(), self.lens.0, self.lens.1);
        for bead in &mut alignment.beads {
            // A one-sided bead has one segment here; a given one may have had several.
            let status = self.pins.iter().find(|pin| {
                if bead.a.is_empty() {
                    pin.a.is_empty() && within(&bead.b, &pin.b)
                } else if bead.b.is_empty() {
                    pin.b.is_empty() && within(&bead.a, &pin.a)
                } else {
                    bead.a == pin.a && bead.b == pin.b
                }
            });
            bead.status = status.map_or(Status::Auto, |pin| pin.status);
        }
        alignment
    }
}

fn within(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// A side with each of the `held` ranges joined to one unit and every other `taken` segment left out;
/// the segments of each unit; and the units of the held ranges.
fn reduced(
    side: &Side,
    held: impl Iterator<Item = Range<usize>>,
    taken: &[bool],
) -> (Side, Vec<Range<usize>>, Vec<usize>) {
    let mut units: Vec<Unit> = Vec::with_capacity(side.len());
    let (mut of, mut at) = (Vec::with_capacity(side.len()), Vec::new());
    let mut next = 0;
    let free = |range: Range<usize>, units: &mut Vec<Unit>, of: &mut Vec<Range<usize>>| {
        for s in range.filter(|&s| !taken[s]) {
            units.push(side.units[s].clone());
            of.push(s..s + 1);
        }
    };
    for range in held {
        free(next..range.start, &mut units, &mut of);
        at.push(units.len());
        let text = side.units[range.clone()].iter().map(|u| u.text.as_str()).collect::<Vec<_>>().join(" ");
        units.push(Unit { text, ..side.units[range.start].clone() });
        next = range.end;
        of.push(range);
    }
    free(next..side.len(), &mut units, &mut of);
    let vectors = side.vectors.as_ref().map(|vectors| vectors.over(&of));
    (Side { units, lang: side.lang.clone(), vectors }, of, at)
}

/// The segments of some units. Where something was taken out between them, the longest stretch that
/// hangs together.
fn segments(of: &[Range<usize>], units: &Range<usize>) -> Range<usize> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for unit in &of[units.clone()] {
        match runs.last_mut() {
            Some(run) if run.end == unit.start => run.end = unit.end,
            _ => runs.push(unit.clone()),
        }
    }
    runs.into_iter().rev().max_by_key(ExactSizeIterator::len).unwrap_or(0..0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::align::{Method, Options, align_sides};
    use crate::model::Lang;

    fn given(a: Range<usize>, b: Range<usize>) -> Bead {
        Bead { status: Status::Confirmed, ..Bead::new(a, b, 1.0) }
    }

    fn sides(n: usize, m: usize) -> (Side, Side) {
        let text = |k: usize, word: &str| format!("{word}{k} and {} words {}.", k * k % 7, k % 3);
        let side =
            |n: usize, word: &str, lang| Side::from_lines((0..n).map(|k| text(k, word)), Lang::new(lang));
        (side(n, "alpha", "en"), side(m, "beta", "fr"))
    }

    #[test]
    fn faults_are_named() {
        assert_eq!(fault(&[given(0..1, 0..1), given(1..2, 1..1)], 2, 1), None);
        assert!(fault(&[given(0..3, 0..1)], 2, 1).unwrap().contains("outside of the first"));
        assert!(fault(&[given(0..1, 0..1), given(1..2, 0..1)], 2, 1).unwrap().contains("segment 0"));
    }

    #[test]
    fn a_lie_is_kept_as_it_is_given() {
        let (a, b) = sides(12, 12);
        for method in [Method::Translation, Method::Editions] {
            let pins = vec![given(4..6, 7..8), given(9..10, 0..0), given(10..11, 1..2)];
            let options = Options { method, pins, ..Options::default() };
            let alignment = align_sides(&a, &b, &options).value;
            assert_eq!(alignment.check(12, 12), Ok(()));
            let confirmed: Vec<_> =
                alignment.beads.iter().filter(|bead| bead.status == Status::Confirmed).collect();
            assert_eq!(confirmed.len(), 3);
            assert!(confirmed.iter().all(|bead| bead.confidence.value() == 1.0));
            assert!(confirmed.iter().any(|bead| (bead.a.clone(), bead.b.clone()) == (4..6, 7..8)));
            // What stands before a bead in place has its partners before it.
            let before = alignment.beads.iter().filter(|x| x.is_matched() && !x.moved && x.a.end <= 4);
            assert!(before.into_iter().all(|x| x.b.end <= 7));
        }
    }

    proptest! {
        #[test]
        fn given_beads_hold_and_everything_is_covered(
            n in 1usize..14, m in 1usize..14,
            cuts in prop::collection::vec((0usize..14, 0usize..3, 0usize..14, 0usize..3), 0..5),
            editions in any::<bool>(),
        ) {
            let (a, b) = sides(n, m);
            let mut pins: Vec<Bead> = Vec::new();
            for (i, di, j, dj) in cuts {
                let pin = given(i..i + di, j..j + dj);
                let empty = pin.a.is_empty() && pin.b.is_empty();
                let more = [pins.as_slice(), &[pin]].concat();
                if !empty && fault(&more, n, m).is_none() {
                    pins = more;
                }
            }
            let method = if editions { Method::Editions } else { Method::Translation };
            let options = Options { method, pins: pins.clone(), ..Options::default() };
            let alignment = align_sides(&a, &b, &options).value;
            prop_assert_eq!(alignment.check(n, m), Ok(()));
            for pin in pins.iter().filter(|pin| pin.is_matched()) {
                prop_assert!(alignment.beads.iter().any(|x| x.a == pin.a && x.b == pin.b
                    && x.status == Status::Confirmed));
            }
            for s in pins.iter().filter(|pin| pin.b.is_empty()).flat_map(|pin| pin.a.clone()) {
                prop_assert!(alignment.beads.iter().any(|x| x.a == (s..s + 1) && x.b.is_empty()));
            }
        }
    }
}
