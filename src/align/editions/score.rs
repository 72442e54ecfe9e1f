//! The gain of a bead: the weight of the words both sides share, less what two unrelated spans of
//! that size would have to share by chance.

use super::keys::{Keyed, Words};
use super::{Params, SHAPES};
use crate::align::band::Band;
use crate::align::edges::Edges;
use crate::align::gap::FIRST_MATCH;
use crate::align::side::Side;

/// Scores beads of two keyed sides.
pub(super) struct Scorer<'k> {
    keyed: &'k Keyed,
    a: &'k Side,
    b: &'k Side,
    params: &'k Params,
}

/// What two spans share.
pub(super) struct Shared {
    /// Share of both sides' weight that is common, from 0 to 1.
    pub(super) share: f64,
    /// Words in common.
    pub(super) words: usize,
    /// Share of the lighter side's weight that is common.
    contained: f64,
    /// Smallest share of a single segment's weight that is common.
    weakest: f64,
    /// Weight of the lighter side.
    lighter: f64,
    /// Weight of both sides.
    weight: f64,
}

/// Room for counting the words of one span.
#[derive(Default)]
pub(super) struct Scratch {
    /// For each word, where in `left` its first unmatched occurrence stands.
    first: Vec<u32>,
    stamp: Vec<u32>,
    now: u32,
}

impl<'k> Scorer<'k> {
    pub(super) fn new(keyed: &'k Keyed, a: &'k Side, b: &'k Side, params: &'k Params) -> Self {
        Self { keyed, a, b, params }
    }

    pub(super) fn keyed(&self) -> &Keyed {
        self.keyed
    }

    /// Words and order that the segments `i..i+n` and `j..j+m` share. A word counts in full where
    /// the word before it is common too, else by half: word salad is no evidence.
    pub(super) fn shared(
        &self,
        (i, n): (usize, usize),
        (j, m): (usize, usize),
        scratch: &mut Scratch,
    ) -> Shared {
        let (left, right) = (&self.keyed.a[i..i + n], &self.keyed.b[j..j + m]);
        let total = |side: &[Words]| side.iter().map(|w| w.weight).sum::<f64>();
        let (weight_left, weight_right) = (total(left), total(right));
        let weight = weight_left + weight_right;
        scratch.first.resize(self.keyed.weights.len(), 0);
        scratch.stamp.resize(self.keyed.weights.len(), 0);
        scratch.now += 1;
        // A linked list of the occurrences of each word on the left, in order.
        let words: Vec<(u32, usize)> =
            left.iter().enumerate().flat_map(|(s, w)| w.ids.iter().map(move |&t| (t, s))).collect();
        let mut next = vec![u32::MAX; words.len()];
        for k in (0..words.len()).rev() {
            let t = words[k].0 as usize;
            if scratch.stamp[t] == scratch.now {
                next[k] = scratch.first[t];
            }
            scratch.stamp[t] = scratch.now;
            scratch.first[t] = k as u32;
        }
        let mut of_left = vec![0f64; n];
        let mut of_right = vec![0f64; m];
        let mut common = 0;
        let mut before = u32::MAX;
        for (s, segment) in right.iter().enumerate() {
            for &t in &segment.ids {
                let slot = t as usize;
                let place = if scratch.stamp[slot] == scratch.now { scratch.first[slot] } else { u32::MAX };
                if place != u32::MAX {
                    scratch.first[slot] = next[place as usize];
                    let follows = place == before.wrapping_add(1);
                    let gain = self.keyed.weights[slot] * if follows { 1.0 } else { 0.6 };
                    of_left[words[place as usize].1] += gain;
                    of_right[s] += gain;
                    common += 1;
                }
                before = place;
            }
        }
        let shares = of_left.iter().zip(left).chain(of_right.iter().zip(right));
        let weakest =
            shares.map(|(x, w)| if w.weight > 0.0 { x / w.weight } else { 0.0 }).fold(1.0, f64::min);
        let both = of_left.iter().sum::<f64>() + of_right.iter().sum::<f64>();
        let lighter = weight_left.min(weight_right);
        let part = |x: f64, of: f64| if of > 0.0 { x / of } else { 0.0 };
        Shared {
            share: part(both, weight),
            words: common,
            contained: part(0.5 * both, lighter),
            weakest,
            lighter,
            weight,
        }
    }

    /// The gain of a two-sided bead, in nats; `None` where it is out of the question.
    fn gain(&self, i: usize, n: usize, j: usize, m: usize, scratch: &mut Scratch) -> Option<f64> {
        let shared = self.shared((i, n), (j, m), scratch);
        let merged = (n + m - 2) as f64;
        if merged > 0.0 && shared.weakest < self.params.member_share {
            return None;
        }
        let kinds = if self.a.units[i].kind == self.b.units[j].kind { 0.5 } else { 0.0 };
        if shared.weight == 0.0 {
            // Nothing but marks: "* * *" against "* * *".
            let same = self.a.units[i].text == self.b.units[j].text && merged == 0.0;
            return same.then_some(1.0 + kinds);
        }
        // Two forms of one sentence share words in proportion; of a sentence cut down to a part, that
        // part is shared nearly whole.
        let alike = shared.weight * (shared.share - self.params.common_share);
        let part = 2.0 * shared.lighter * (shared.contained - self.params.part_share);
        let same = merged == 0.0 && self.a.units[i].text == self.b.units[j].text;
        let identity = if same { self.params.identity } else { 0.0 };
        let gain = alike.max(part) - self.params.merge_cost * merged + kinds + identity;
        (shared.words > 0).then_some(gain)
    }

    /// The scores of all edges of a band that starts at `origin`.
    pub(super) fn scores(&self, band: &Band, origin: (usize, usize)) -> Edges {
        Edges::fill(band, SHAPES.len(), |i, row| {
            let mut scratch = Scratch::default();
            for (shape, (cells, &(n, m))) in row.chunks_exact_mut(band.width(i)).zip(&SHAPES).enumerate() {
                for (cell, j) in cells.iter_mut().zip(band.low(i)..) {
                    if band.node(i + n, j + m).is_none() {
                        continue;
                    }
                    *cell = match shape < FIRST_MATCH {
                        true => 0.0,
                        false => self
                            .gain(origin.0 + i, n, origin.1 + j, m, &mut scratch)
                            .map_or(f32::NEG_INFINITY, |gain| gain as f32),
                    };
                }
            }
        })
    }
}
