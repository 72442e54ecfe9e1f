//! Segments that changed place: what the monotone path left over on both sides, tried against each
//! other, the longest runs first.

use std::collections::BTreeMap;
use std::ops::Range;

use super::score::{Scorer, Scratch};
use super::{Params, decode};
use crate::align::band::Band;
use crate::align::bead::RawBead;

/// Most pairs of runs that are looked at closely in one pass.
const MAX_PAIRS: usize = 64;

/// Adds the beads of moved segments to `beads` (which lose their one-sided beads there).
pub(super) fn find(
    scorer: &Scorer<'_>,
    mut beads: Vec<RawBead>,
    a_len: usize,
    b_len: usize,
    params: &Params,
) -> Vec<RawBead> {
    loop {
        let runs_a = free_runs(&beads, a_len, |bead| &bead.a);
        let runs_b = free_runs(&beads, b_len, |bead| &bead.b);
        let mut candidates: Vec<(f64, Vec<RawBead>)> = Vec::new();
        for (a, b) in likely_pairs(scorer, &runs_a, &runs_b) {
            candidates.extend(local(scorer, a, b, params));
        }
        // The most common words first; equal ones in the order of the text.
        candidates.sort_by(|x, y| y.0.total_cmp(&x.0));
        let (mut used_a, mut used_b) = (vec![false; a_len], vec![false; b_len]);
        let mut added = Vec::new();
        for (_, found) in candidates {
            let clash = |bead: &RawBead| {
                used_a[bead.a.clone()].contains(&true) || used_b[bead.b.clone()].contains(&true)
            };
            if found.iter().any(clash) {
                continue;
            }
            for bead in found {
                used_a[bead.a.clone()].fill(true);
                used_b[bead.b.clone()].fill(true);
                added.push(bead);
            }
        }
        if added.is_empty() {
            return beads;
        }
        beads.retain(|bead| {
            let one_sided = bead.a.is_empty() || bead.b.is_empty();
            let taken = bead.a.clone().any(|i| used_a[i]) || bead.b.clone().any(|j| used_b[j]);
            !(one_sided && taken)
        });
        beads.extend(added);
    }
}

/// Maximal runs of segments that no two-sided bead covers.
fn free_runs(beads: &[RawBead], len: usize, side: impl Fn(&RawBead) -> &Range<usize>) -> Vec<Range<usize>> {
    let mut free = vec![true; len];
    for bead in beads.iter().filter(|b| !b.a.is_empty() && !b.b.is_empty()) {
        free[side(bead).clone()].fill(false);
    }
    let mut runs: Vec<Range<usize>> = Vec::new();
    for i in (0..len).filter(|&i| free[i]) {
        match runs.last_mut() {
            Some(run) if run.end == i => run.end = i + 1,
            _ => runs.push(i..i + 1),
        }
    }
    runs
}

/// Pairs of runs that share the most weight of words, best first.
fn likely_pairs(
    scorer: &Scorer<'_>,
    runs_a: &[Range<usize>],
    runs_b: &[Range<usize>],
) -> Vec<(Range<usize>, Range<usize>)> {
    let keyed = scorer.keyed();
    let mut where_b: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (k, run) in runs_b.iter().enumerate() {
        for &t in keyed.b[run.clone()].iter().flat_map(|w| &w.ids) {
            let places = where_b.entry(t).or_default();
            if places.last() != Some(&k) {
                places.push(k);
            }
        }
    }
    let mut shared: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for (k, run) in runs_a.iter().enumerate() {
        for &t in keyed.a[run.clone()].iter().flat_map(|w| &w.ids) {
            // Words that stand in many runs tell nothing and cost much.
            for &l in where_b.get(&t).filter(|p| p.len() <= 32).into_iter().flatten() {
                *shared.entry((k, l)).or_default() += keyed.weights[t as usize];
            }
        }
    }
    let mut pairs: Vec<((usize, usize), f64)> = shared.into_iter().collect();
    pairs.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    pairs.truncate(MAX_PAIRS);
    pairs.into_iter().map(|((k, l), _)| (runs_a[k].clone(), runs_b[l].clone())).collect()
}

/// The corresponding segments of two runs, if they are worth it, with the weight they share.
fn local(
    scorer: &Scorer<'_>,
    a: Range<usize>,
    b: Range<usize>,
    params: &Params,
) -> Option<(f64, Vec<RawBead>)> {
    if (a.len() + 1).saturating_mul(b.len() + 1) > params.max_stretch {
        return None;
    }
    let band = Band::full(a.len(), b.len());
    let beads = decode(scorer, &band, &[], (a.start, b.start), b.len(), params);
    let mut scratch = Scratch::default();
    let mut weight = 0.0;
    let kept: Vec<RawBead> = beads
        .into_iter()
        .filter(|bead| !bead.a.is_empty() && !bead.b.is_empty())
        .filter(|bead| {
            let span = |r: &Range<usize>| (r.start, r.len());
            let shared = scorer.shared(span(&bead.a), span(&bead.b), &mut scratch);
            let enough = shared.share >= params.moved_share && shared.words >= params.moved_words;
            if enough {
                weight += shared.share * shared.words as f64;
            }
            enough
        })
        .collect();
    (!kept.is_empty()).then_some((weight, kept))
}
