//! What speaks for a bead, and what against the next best: the evidence of the model, learned from a
//! finished alignment.
//!
//! The model is the one that aligns, over sentences, with everything estimated from the beads as they
//! are now, those that a person made included. So it explains what stands there, whoever put it there;
//! of clauses, over which part of the search runs, it knows nothing.

use std::ops::Range;

use crate::par::prelude::*;

use super::model::{Level, Model, Texts};
use super::packs::with_packs;
use super::params::Params;
use super::text::{Text, sentences};
use crate::align::band::Band;
use crate::align::edges::Edges;
use crate::align::gap::Shape;
use crate::align::side::Side;
use crate::align::translation::lexicon::knowledge::TrainingBead;
use crate::align::translation::lexicon::table::Lexicon;
use crate::align::translation::search::observed::Observed;
use crate::align::translation::search::shapes::{Grain, shapes};
use crate::model::{Bead, Evidences, Rival};

/// How far a border between two beads is tried elsewhere, in segments.
const SHIFT: usize = 2;

/// A bead's evidence and its strongest rival; `None` for a bead with more segments than any rival.
pub(crate) type Explained = Option<(Evidences, Option<Rival>)>;

/// Two sides as they are explained.
struct Explainer<'t> {
    model: Model<'t>,
    lexicon: Lexicon,
    shapes: Vec<Shape>,
}

/// A bead as two ranges of segments.
type Span = (Range<usize>, Range<usize>);

/// Explains some beads of an alignment, in the order in which they are named.
pub(crate) fn explain(
    a: &Side,
    b: &Side,
    beads: &[Bead],
    params: &Params,
    wanted: &[usize],
) -> Vec<Explained> {
    let (text_a, text_b) = (Text::new(&sentences(a), params), Text::new(&sentences(b), params));
    let params = &with_packs((a, &text_a), (b, &text_b), params);
    let shapes = shapes(params, params.max_sum, Grain::even(params));
    let mut model = Model::new(Texts::free(&text_a, &text_b), params, Level::sentences(params));
    let lexicon = model.learn_from(&observed(beads, (a.units.len(), b.units.len()), &shapes), &shapes);
    let explainer = Explainer { model, lexicon, shapes };
    wanted.par_iter().map(|&k| explainer.bead(beads, k)).collect()
}

/// What beads that are given show.
fn observed(beads: &[Bead], units: (usize, usize), shapes: &[Shape]) -> Observed {
    let mut counts = vec![0.0; shapes.len()];
    let mut free = (vec![0.0; units.0], vec![0.0; units.1]);
    let mut matched = Vec::with_capacity(beads.len());
    for bead in beads.iter().filter(|bead| !bead.moved) {
        for (a, b) in singles(&span(bead)) {
            if let Some(shape) = shapes.iter().position(|s| *s == (a.len(), b.len())) {
                counts[shape] += 1.0;
            }
            matched.push(!a.is_empty() && !b.is_empty());
            if b.is_empty() {
                free.0[a].fill(1.0);
            } else if a.is_empty() {
                free.1[b].fill(1.0);
            }
        }
    }
    let beads = beads.iter().filter(|bead| bead.is_matched()).map(training).collect();
    Observed { beads, shapes: counts, free, matched }
}

fn training(bead: &Bead) -> TrainingBead {
    let span = |range: &Range<usize>| (range.start as u32, range.end as u32);
    TrainingBead { a: span(&bead.a), b: span(&bead.b), weight: bead.confidence.value().max(0.05) as f32 }
}

/// The scores of all beads inside a window, by kind of evidence.
struct Window {
    origin: (usize, usize),
    band: Band,
    /// All evidence; without words; without lengths; without marks; without vectors; without the prior of
    /// the shape.
    edges: [Edges; 6],
}

impl Explainer<'_> {
    fn bead(&self, beads: &[Bead], k: usize) -> Explained {
        let bead = &beads[k];
        let before = k.checked_sub(1).map(|p| &beads[p]).filter(|p| follows(p, bead));
        let after = beads.get(k + 1).filter(|n| follows(bead, n));
        let from = before.map_or((bead.a.start, bead.b.start), |p| (p.a.start, p.b.start));
        let to = after.map_or((bead.a.end, bead.b.end), |n| (n.a.end, n.b.end));
        let window = self.window(from, to);
        let chosen = self.evidence(&window, &[span(bead)])?;
        let mut rivals: Vec<Rival> = Vec::new();
        let mut add = |kept: &[Span], instead: Vec<Span>| {
            let (Some(kept), Some(other)) = (self.evidence(&window, kept), self.evidence(&window, &instead))
            else {
                return;
            };
            rivals.push(Rival { beads: instead, difference: other.minus(kept) });
        };
        // In two, or in two without a partner.
        for (i, j) in nodes((bead.a.start, bead.b.start), (bead.a.end, bead.b.end)) {
            add(&[span(bead)], vec![(bead.a.start..i, bead.b.start..j), (i..bead.a.end, j..bead.b.end)]);
        }
        // With a neighbour in one, or the border between both elsewhere.
        let neighbours = before.map(|p| (p, bead)).into_iter().chain(after.map(|n| (bead, n)));
        for (x, y) in neighbours {
            let kept = [span(x), span(y)];
            add(&kept, vec![(x.a.start..y.a.end, x.b.start..y.b.end)]);
            for (i, j) in nodes((x.a.start, x.b.start), (y.a.end, y.b.end)) {
                let near = i.abs_diff(x.a.end) <= SHIFT && j.abs_diff(x.b.end) <= SHIFT;
                if near && (i, j) != (x.a.end, x.b.end) {
                    add(&kept, vec![(x.a.start..i, x.b.start..j), (i..y.a.end, j..y.b.end)]);
                }
            }
        }
        let best = rivals.into_iter().reduce(|best, rival| {
            if rival.difference.total() > best.difference.total() { rival } else { best }
        });
        let rounded = |rival: Rival| Rival { difference: rival.difference.rounded(), ..rival };
        Some((chosen.rounded(), best.map(rounded)))
    }

    fn window(&self, from: (usize, usize), to: (usize, usize)) -> Window {
        let band = Band::full(to.0 - from.0, to.1 - from.1);
        let edges = self.model.evidence(&self.lexicon, &self.shapes, &band, (from.0..to.0, from.1..to.1));
        Window { origin: from, band, edges }
    }

    /// The evidence for some beads together; `None` if one of them is larger than any shape.
    fn evidence(&self, window: &Window, beads: &[Span]) -> Option<Evidences> {
        let (opening, going_on) = self.model.gap_costs();
        let mut sum = Evidences::default();
        let mut in_gap = false;
        for (a, b) in beads.iter().flat_map(singles) {
            let shape = self.shapes.iter().position(|s| *s == (a.len(), b.len()))?;
            let (i, j) = (a.start - window.origin.0, b.start - window.origin.1);
            let [all, no_words, no_length, no_marks, no_meaning, no_shape] =
                [0, 1, 2, 3, 4, 5].map(|e| f64::from(window.edges[e].get(&window.band, i, j, shape)));
            let (words, length) = (all - no_words, all - no_length);
            let (marks, meaning, mut shape) = (all - no_marks, all - no_meaning, all - no_shape);
            let borders = all - words - length - marks - meaning - shape;
            let one_sided = a.is_empty() || b.is_empty();
            if one_sided {
                shape += if in_gap { going_on } else { opening };
            }
            in_gap = one_sided;
            sum = sum.plus(Evidences { words, length, marks, borders, shape, meaning });
        }
        Some(sum)
    }
}

/// The bead itself; without a partner, a bead for each of its segments.
fn singles((a, b): &Span) -> Vec<Span> {
    if a.is_empty() {
        b.clone().map(|j| (a.clone(), j..j + 1)).collect()
    } else if b.is_empty() {
        a.clone().map(|i| (i..i + 1, b.clone())).collect()
    } else {
        vec![(a.clone(), b.clone())]
    }
}

fn span(bead: &Bead) -> Span {
    (bead.a.clone(), bead.b.clone())
}

/// Whether nothing lies between two beads in place.
fn follows(x: &Bead, y: &Bead) -> bool {
    !x.moved && !y.moved && x.a.end == y.a.start && x.b.end == y.b.start
}

/// The nodes of a rectangle but for its first and last corner.
fn nodes(from: (usize, usize), to: (usize, usize)) -> impl Iterator<Item = (usize, usize)> {
    (from.0..=to.0)
        .flat_map(move |i| (from.1..=to.1).map(move |j| (i, j)))
        .filter(move |&node| node != from && node != to)
}
