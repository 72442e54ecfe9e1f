//! Which sentences of two editions correspond, told by their words.
//!
//! The words of two collated witnesses that stand in one column are links between the sentences in which
//! they stand. A bead is what the links hold together: the boundaries of both sides' sentences, closed under
//! the links, with no limit of sentences on a side. A link that is next to nothing beside what else holds
//! its two sentences (a refrain, a common word, a word drawn over a full stop) is stray and holds nothing
//! together. Cost: linear in the words.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::math::{exp, ln};
use crate::model::{Bead, Collated, CollatedWitness};

/// Less than this share of what links the lighter of two sentences is a stray link, if at least one of the
/// two has a better partner.
const STRAY: f64 = 0.3;
/// Less than this share of the lighter sentence's words is no link even between sentences without any
/// better partner.
const CHANCE: f64 = 0.15;
/// A single word links two sentences only if it is so much of the lighter one.
const ONE_WORD: f64 = 0.5;
/// What moved is matched from this share of the lighter sentence on.
const MOVED: f64 = 0.5;
/// What a mark weighs, in bits. A word weighs what its rarity says.
const MARK: f64 = 0.3;
/// The least and the most that a word weighs, in bits.
const WORD: Range<f64> = 1.0..12.0;
/// What a word in another spelling weighs beside the same word.
const RESPELLED: f64 = 0.7;
/// From this similarity on a word is one that is spelled otherwise.
const SIMILAR: f64 = 0.6;
/// The share of common words at which it is open whether two sentences correspond, and how steeply the
/// confidence rises from there.
const OPEN: f64 = 0.25;
const STEEP: f64 = 12.0;

/// A node that no bead crosses: so many segments of both sides stand before it.
pub type Node = (usize, usize);

/// What links two segments.
#[derive(Debug, Clone, Copy)]
struct Pair {
    a: usize,
    b: usize,
    /// In bits.
    weight: f64,
    /// How many words it is made of.
    count: u32,
}

/// The beads of two witnesses of a collation (by index): two-sided ones, of which those of moved sentences
/// cross the others, and one-sided ones for every segment that is left. `nodes` (ascending on both sides)
/// are crossed by none.
pub fn beads(collated: &Collated, a: usize, b: usize, nodes: &[Node]) -> Vec<Bead> {
    let witnesses = [&collated.collation.witnesses[a], &collated.collation.witnesses[b]];
    let lens = [collated.texts[a].len(), collated.texts[b].len()];
    let weights = Weights::new(witnesses, lens);
    let keeps_to_nodes = |pair: &Pair| {
        // A pair crosses a node unless as many nodes lie before it on the one side as on the other.
        let before = |at: usize, side: fn(&Node) -> usize| nodes.partition_point(|node| side(node) <= at);
        before(pair.a, |node| node.0) == before(pair.b, |node| node.1)
    };
    let links: Vec<Pair> = weights.links(witnesses).into_iter().filter(keeps_to_nodes).collect();
    let firm = weights.firm(&links);
    let mut found = joined(&firm, &weights);
    let moved: Vec<Pair> = weights.moved(collated, a, b).into_iter().filter(keeps_to_nodes).collect();
    let (mut free_a, mut free_b) = (vec![true; lens[0]], vec![true; lens[1]]);
    for bead in &found {
        free_a[bead.a.clone()].fill(false);
        free_b[bead.b.clone()].fill(false);
    }
    let elsewhere: Vec<Pair> = moved
        .into_iter()
        .filter(|pair| free_a[pair.a] && free_b[pair.b] && pair.weight >= MOVED * weights.lighter(pair))
        .collect();
    for bead in joined(&elsewhere, &weights) {
        let is_free = free_a[bead.a.clone()].iter().all(|&free| free)
            && free_b[bead.b.clone()].iter().all(|&free| free);
        if is_free {
            free_a[bead.a.clone()].fill(false);
            free_b[bead.b.clone()].fill(false);
            found.push(bead);
        }
    }
    // What has no partner is as sure of it as little links it with anything.
    let best = weights.best(&links);
    let alone = |share: f64| logistic(STEEP * (OPEN - share));
    let single_a = (0..lens[0]).filter(|&s| free_a[s]).map(|s| Bead::new(s..s + 1, 0..0, alone(best[0][s])));
    let single_b = (0..lens[1]).filter(|&s| free_b[s]).map(|s| Bead::new(0..0, s..s + 1, alone(best[1][s])));
    found.extend(single_a.chain(single_b));
    found
}

/// The logistic function.
fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

/// What the words of both sides weigh.
struct Weights<'w> {
    /// How often each form stands on both sides, in small letters where that makes a difference.
    counts: FxHashMap<&'w str, u32>,
    total: f64,
    /// For each segment of either side, the weight of its words and marks.
    of_segment: [Vec<f64>; 2],
}

impl<'w> Weights<'w> {
    fn new(witnesses: [&'w CollatedWitness; 2], lens: [usize; 2]) -> Self {
        let mut weights =
            Self { counts: FxHashMap::default(), total: 0.0, of_segment: lens.map(|len| vec![0.0; len]) };
        for witness in witnesses {
            for token in &witness.tokens {
                *weights.counts.entry(surface(witness, &token.read)).or_default() += 1;
            }
        }
        weights.total = witnesses.iter().map(|w| w.tokens.len()).sum::<usize>() as f64;
        for (side, witness) in witnesses.into_iter().enumerate() {
            for token in &witness.tokens {
                let weight = weights.of(surface(witness, &token.read));
                if let Some(sum) = weights.of_segment[side].get_mut(token.segment as usize) {
                    *sum += weight;
                }
            }
        }
        weights
    }

    /// What a word or mark weighs.
    fn of(&self, form: &str) -> f64 {
        if !form.contains(char::is_alphanumeric) {
            return MARK;
        }
        let count = f64::from(self.counts.get(form).copied().unwrap_or(1));
        (ln(self.total.max(1.0) / count) / std::f64::consts::LN_2).clamp(WORD.start, WORD.end)
    }

    fn lighter(&self, pair: &Pair) -> f64 {
        self.of_segment[0][pair.a].min(self.of_segment[1][pair.b]).max(f64::MIN_POSITIVE)
    }

    /// The links of words in common columns, in the order of both sides.
    fn links(&self, [a, b]: [&CollatedWitness; 2]) -> Vec<Pair> {
        let mut pairs: Vec<Pair> = Vec::new();
        let (mut i, mut j) = (0, 0);
        while i < a.tokens.len() && j < b.tokens.len() {
            let (of_a, of_b) = (a.tokens[i].column, b.tokens[j].column);
            if of_a != of_b {
                (i, j) = (i + usize::from(of_a < of_b), j + usize::from(of_b < of_a));
                continue;
            }
            let run = |witness: &CollatedWitness, from: usize| {
                from + witness.tokens[from..].iter().take_while(|t| t.column == of_a).count()
            };
            let (end_a, end_b) = (run(a, i), run(b, j));
            let share = likeness(a.reading(i as u32..end_a as u32), b.reading(j as u32..end_b as u32));
            for x in &a.tokens[i..end_a] {
                for y in &b.tokens[j..end_b] {
                    let weight = share * self.of(surface(a, &x.read)).min(self.of(surface(b, &y.read)));
                    let count = u32::from(weight > MARK);
                    add(&mut pairs, (x.segment as usize, y.segment as usize), weight, count);
                }
            }
            (i, j) = (end_a, end_b);
        }
        pairs
    }

    /// The links of words that stand at two places, in the order of the first side.
    fn moved(&self, collated: &Collated, a: usize, b: usize) -> Vec<Pair> {
        let collation = &*collated.collation;
        let [first, second] = [a, b].map(|w| &collation.witnesses[w]);
        let mut pairs: Vec<Pair> = Vec::new();
        for passage in &collation.moves {
            let has = |places: &[crate::model::Attestation], w: usize| places.iter().any(|p| p.witness == w);
            for &(home, away) in &passage.links {
                for (of_a, of_b, in_a, in_b) in
                    [(home, away, &passage.home, &passage.away), (away, home, &passage.away, &passage.home)]
                {
                    if !has(&in_a.witnesses, a) || !has(&in_b.witnesses, b) {
                        continue;
                    }
                    let (x, y) = (first.tokens_in(of_a..of_a + 1), second.tokens_in(of_b..of_b + 1));
                    let (Some(t), Some(u)) =
                        (first.tokens.get(x.start as usize), second.tokens.get(y.start as usize))
                    else {
                        continue;
                    };
                    if !x.is_empty() && !y.is_empty() {
                        let words = [first.reading(x), second.reading(y)];
                        let weight = likeness(words[0], words[1]) * self.of(words[0]).min(self.of(words[1]));
                        add(&mut pairs, (t.segment as usize, u.segment as usize), weight, 1);
                    }
                }
            }
        }
        pairs.sort_by_key(|pair| (pair.a, pair.b));
        let mut merged: Vec<Pair> = Vec::with_capacity(pairs.len());
        pairs.into_iter().for_each(|p| add(&mut merged, (p.a, p.b), p.weight, p.count));
        merged
    }

    /// The links that hold two segments together.
    fn firm(&self, links: &[Pair]) -> Vec<Pair> {
        let (mut best_a, mut best_b) = (FxHashMap::default(), FxHashMap::default());
        for link in links {
            let a: &mut f64 = best_a.entry(link.a).or_default();
            *a = a.max(link.weight);
            let b: &mut f64 = best_b.entry(link.b).or_default();
            *b = b.max(link.weight);
        }
        let holds = |link: &&Pair| {
            let share = link.weight / self.lighter(link);
            let is_best = best_a.get(&link.a).is_some_and(|&best| best <= link.weight)
                && best_b.get(&link.b).is_some_and(|&best| best <= link.weight);
            share >= STRAY && (link.count > 1 || share >= ONE_WORD)
                || is_best && share >= CHANCE && link.count > 2
        };
        links.iter().filter(holds).copied().collect()
    }

    /// For each segment of either side the greatest share of its words that one of the other side has.
    fn best(&self, links: &[Pair]) -> [Vec<f64>; 2] {
        let mut best = [vec![0.0f64; self.of_segment[0].len()], vec![0.0f64; self.of_segment[1].len()]];
        for link in links {
            for (side, at) in [(0, link.a), (1, link.b)] {
                let share = link.weight / self.of_segment[side][at].max(f64::MIN_POSITIVE);
                best[side][at] = best[side][at].max(share);
            }
        }
        best
    }
}

/// Beads of links that ascend on both sides: links that share a segment are one.
fn joined(links: &[Pair], weights: &Weights<'_>) -> Vec<Bead> {
    let mut beads: Vec<(Range<usize>, Range<usize>, f64)> = Vec::new();
    for link in links {
        match beads.last_mut() {
            Some((a, b, weight))
                if (a.contains(&link.a) || b.contains(&link.b))
                    && link.a + 1 >= a.end
                    && link.b + 1 >= b.end =>
            {
                (a.end, b.end) = (link.a + 1, link.b + 1);
                *weight += link.weight;
            }
            _ => beads.push((link.a..link.a + 1, link.b..link.b + 1, link.weight)),
        }
    }
    let bead = |(a, b, weight): (Range<usize>, Range<usize>, f64)| {
        let of =
            |side: usize, range: &Range<usize>| weights.of_segment[side][range.clone()].iter().sum::<f64>();
        let share = weight / of(0, &a).min(of(1, &b)).max(f64::MIN_POSITIVE);
        Bead::new(a, b, logistic(STEEP * (share - OPEN)))
    };
    beads.into_iter().map(bead).collect()
}

fn add(pairs: &mut Vec<Pair>, (a, b): (usize, usize), weight: f64, count: u32) {
    if weight <= 0.0 {
        return;
    }
    match pairs.last_mut() {
        Some(last) if last.a == a && last.b == b => {
            last.weight += weight;
            last.count += count;
        }
        _ => pairs.push(Pair { a, b, weight, count }),
    }
}

fn surface<'w>(witness: &'w CollatedWitness, read: &Range<u32>) -> &'w str {
    &witness.text[read.start as usize..read.end as usize]
}

/// 1 for the same words, less for other spellings, 0 for other words.
fn likeness(a: &str, b: &str) -> f64 {
    if a == b {
        return 1.0;
    }
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (x, y) = (letters(a), letters(b));
    if x == y {
        // Marks of another shape are the same place all the same.
        1.0
    } else if strsim::normalized_levenshtein(&x, &y) >= SIMILAR {
        RESPELLED
    } else {
        0.0
    }
}
