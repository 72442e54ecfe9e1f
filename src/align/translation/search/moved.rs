//! Transpositions: long runs that no bead covers are tried against each other under the fitted model
//! with the lexicon of all the beads found. Runs too long to be searched whole are searched inside a
//! corridor, as whole texts are.
//!
//! A pair of runs is accepted for what its beads gain over leaving both runs without a partner: at
//! least 15 nats and .7 for each segment they join. The best pairs come first, and no segment is used
//! twice.

use crate::align::translation::params::moved::{MAX_LONG_PAIRS, MAX_PAIRS, ROUNDS};
use std::ops::Range;

use crate::align::band::Band;
use crate::align::translation::lexicon::knowledge::TrainingBead;
use crate::align::translation::model::Model;
use crate::align::translation::params::Params;
use crate::align::translation::search::coarse::Join;
use crate::align::translation::search::observed::Found;
use crate::align::translation::search::shapes::{Grain, shapes};
use crate::align::translation::text::Piece;

/// Adds the beads of blocks that changed place; they lose their one-sided beads.
pub(crate) fn find(
    a: &[Piece],
    b: &[Piece],
    model: &Model<'_>,
    mut beads: Vec<Found>,
    params: &Params,
) -> Vec<Found> {
    for _ in 0..ROUNDS {
        let before = beads.iter().filter(|f| f.is_matched()).count();
        beads = round(a, b, model, beads, params);
        if beads.iter().filter(|f| f.is_matched()).count() == before {
            break;
        }
    }
    beads
}

/// The same, looking once.
fn round(a: &[Piece], b: &[Piece], model: &Model<'_>, beads: Vec<Found>, params: &Params) -> Vec<Found> {
    let runs_a = free_runs(&beads, a.len(), params.moved_run, |f| f.a);
    let runs_b = free_runs(&beads, b.len(), params.moved_run, |f| f.b);
    if runs_a.is_empty() || runs_b.is_empty() {
        return beads;
    }
    let known: Vec<TrainingBead> = beads.iter().filter(|f| f.is_matched()).map(training).collect();
    let lexicon = model.lexicon(&known);
    let shapes = shapes(params, params.max_sum, Grain::even(params));
    let mut pairs: Vec<(&Range<usize>, &Range<usize>)> =
        runs_a.iter().flat_map(|x| runs_b.iter().map(move |y| (x, y))).collect();
    pairs.sort_by_key(|(x, y)| (std::cmp::Reverse(x.len().min(y.len())), x.start, y.start));
    pairs.truncate(MAX_PAIRS);
    let mut candidates: Vec<(f64, Vec<Found>)> = Vec::new();
    let mut long_pairs = 0;
    for (x, y) in pairs {
        let long = (x.len() + 1).saturating_mul(y.len() + 1) > params.full_run_nodes;
        long_pairs += usize::from(long);
        if long_pairs > MAX_LONG_PAIRS && long {
            continue;
        }
        let band = if long {
            Join::for_length(&a[x.clone()], &b[y.clone()], params).corridor(false, params)
        } else {
            Band::full(x.len(), y.len())
        };
        let (gain, found) = model.local(&lexicon, &shapes, &band, (x.start, y.start));
        let joined: usize = found.iter().map(|f| (f.a.1 - f.a.0).min(f.b.1 - f.b.0)).sum();
        if found.len() >= 4 && gain > 15.0 && gain > 0.7 * joined as f64 {
            candidates.push((gain, found));
        }
    }
    candidates.sort_by(|x, y| y.0.total_cmp(&x.0));
    let (mut used_a, mut used_b) = (vec![false; a.len()], vec![false; b.len()]);
    let mut added: Vec<Found> = Vec::new();
    for (_, found) in candidates {
        let taken = |f: &Found| used_a[f.a.0..f.a.1].contains(&true) || used_b[f.b.0..f.b.1].contains(&true);
        if found.iter().any(taken) {
            continue;
        }
        for f in found {
            used_a[f.a.0..f.a.1].fill(true);
            used_b[f.b.0..f.b.1].fill(true);
            added.push(f);
        }
    }
    let mut out: Vec<Found> = Vec::with_capacity(beads.len() + added.len());
    for f in beads {
        let taken = used_a[f.a.0..f.a.1].contains(&true) || used_b[f.b.0..f.b.1].contains(&true);
        if !taken {
            out.push(f);
        }
    }
    out.extend(added);
    out
}

fn training(bead: &Found) -> TrainingBead {
    let narrow = |(from, to): (usize, usize)| (from as u32, to as u32);
    TrainingBead { a: narrow(bead.a), b: narrow(bead.b), weight: bead.posterior as f32 }
}

/// Maximal runs of at least `least` units that no two-sided bead of some confidence covers.
fn free_runs(
    beads: &[Found],
    len: usize,
    least: usize,
    side: impl Fn(&Found) -> (usize, usize),
) -> Vec<Range<usize>> {
    let mut free = vec![true; len];
    for bead in beads.iter().filter(|f| f.is_matched() && f.posterior >= 0.4) {
        let (from, to) = side(bead);
        free[from..to].fill(false);
    }
    let mut runs: Vec<Range<usize>> = Vec::new();
    for i in (0..len).filter(|&i| free[i]) {
        match runs.last_mut() {
            Some(run) if run.end == i => run.end = i + 1,
            _ => runs.push(i..i + 1),
        }
    }
    runs.retain(|run| run.len() >= least);
    runs
}
