//! Which word pairs may be translations at all: those that co-occur in the beads more than chance
//! explains (Dunning's log-likelihood ratio), and those known beforehand.

use crate::par::prelude::*;

use crate::align::translation::lexicon::knowledge::{KnownPair, TrainingBead};
use crate::align::translation::lexicon::table::Table;
use crate::align::translation::params::Params;
use crate::align::translation::text::Text;
use crate::math::ln;

/// Beads per parallel task; fixed, so that sums do not depend on the number of threads.
pub(crate) const CHUNK: usize = 256;

/// A span of sentences as a range of indices.
pub(crate) fn range(span: (u32, u32)) -> std::ops::Range<usize> {
    span.0 as usize..span.1 as usize
}

/// How often and where the types of one side occur in the beads.
pub(crate) struct Occurrences {
    /// Weighted tokens of each type.
    pub(crate) tokens: Vec<f32>,
    /// Weighted beads that hold each type.
    beads: Vec<f32>,
    /// Weight of all beads of each sentence.
    pub(crate) weights: Vec<f32>,
    /// Distinct types of each bead, one after the other.
    types: Vec<u32>,
    /// Where each bead's types start.
    offset: Vec<u32>,
}

impl Occurrences {
    pub(crate) fn count(
        text: &Text,
        beads: &[TrainingBead],
        span: impl Fn(&TrainingBead) -> (u32, u32),
    ) -> Self {
        let n = text.keys.len();
        let mut out = Self {
            tokens: vec![0.0; n],
            beads: vec![0.0; n],
            weights: vec![0.0; text.len()],
            types: Vec::new(),
            offset: vec![0],
        };
        let mut seen = vec![u32::MAX; n];
        for (number, bead) in (0u32..).zip(beads) {
            for i in range(span(bead)) {
                out.weights[i] += bead.weight;
                for &(t, count) in text.types_of(i) {
                    out.tokens[t as usize] += count * bead.weight;
                    if seen[t as usize] != number {
                        seen[t as usize] = number;
                        out.beads[t as usize] += bead.weight;
                        out.types.push(t);
                    }
                }
            }
            out.offset.push(out.types.len() as u32);
        }
        out
    }

    fn types_of(&self, bead: usize) -> &[u32] {
        &self.types[self.offset[bead] as usize..self.offset[bead + 1] as usize]
    }

    /// For each type, the beads that hold it.
    fn inverted(&self) -> Inverted {
        let mut offset = vec![0u32; self.tokens.len() + 1];
        self.types.iter().for_each(|&t| offset[t as usize + 1] += 1);
        (1..offset.len()).for_each(|i| offset[i] += offset[i - 1]);
        let mut next = offset.clone();
        let mut beads = vec![0u32; self.types.len()];
        for bead in 0..self.offset.len() - 1 {
            for &t in self.types_of(bead) {
                beads[next[t as usize] as usize] = bead as u32;
                next[t as usize] += 1;
            }
        }
        Inverted { offset, beads }
    }
}

/// The beads that hold each type.
struct Inverted {
    offset: Vec<u32>,
    beads: Vec<u32>,
}

impl Inverted {
    fn of(&self, t: u32) -> &[u32] {
        &self.beads[self.offset[t as usize] as usize..self.offset[t as usize + 1] as usize]
    }
}

/// A candidate translation: strength for the choice, type, start count, prior.
struct Candidate {
    strength: f32,
    column: u32,
    count: f32,
    prior: f32,
}

/// What the candidates of a type are chosen from.
struct Search<'s> {
    beads: &'s [TrainingBead],
    sides: (&'s Occurrences, &'s Occurrences),
    /// The beads that hold each type of the first side.
    holders: &'s Inverted,
    known: &'s [KnownPair],
    /// Weight of all beads.
    total: f64,
    params: &'s Params,
}

/// For each type of the second side how often it stands with one of the first, and what is known of both.
struct Scratch {
    together: Vec<f32>,
    prior: Vec<f32>,
    touched: Vec<u32>,
}

impl Scratch {
    fn new(types: usize) -> Self {
        Self { together: vec![0.0; types], prior: vec![0.0; types], touched: Vec::new() }
    }
}

impl Search<'_> {
    /// The candidates of a type, ascending.
    fn row(&self, s: u32, scratch: &mut Scratch) -> Vec<Candidate> {
        let Scratch { together, prior, touched } = scratch;
        let (side_a, side_b) = self.sides;
        let from = self.known.partition_point(|k| k.a < s);
        for pair in self.known[from..].iter().take_while(|k| k.a == s) {
            touched.push(pair.b);
            prior[pair.b as usize] += pair.precision;
        }
        for &bead in self.holders.of(s) {
            let weight = self.beads[bead as usize].weight;
            for &t in side_b.types_of(bead as usize) {
                let sum = &mut together[t as usize];
                if *sum == 0.0 && prior[t as usize] == 0.0 {
                    touched.push(t);
                }
                *sum += weight;
            }
        }
        let mut row = Vec::new();
        let df_s = side_a.beads[s as usize];
        for &t in &*touched {
            let k = std::mem::take(&mut together[t as usize]);
            let q = std::mem::take(&mut prior[t as usize]);
            let df_t = side_b.beads[t as usize];
            let associated = k >= 1.9 && f64::from(k) * self.total > f64::from(df_s) * f64::from(df_t);
            if q == 0.0 && !associated {
                continue;
            }
            let llr = if k > 0.0 {
                log_likelihood_ratio(f64::from(k), f64::from(df_s), f64::from(df_t), self.total)
            } else {
                0.0
            };
            if q > 0.0 || llr >= 1.0 {
                let count = if k > 0.0 { k * (k / df_s) * (k / df_t) } else { 0.0 };
                row.push(Candidate { strength: llr as f32 + q * 1e3, column: t, count, prior: q });
            }
        }
        touched.clear();
        if row.len() > self.params.max_row {
            row.sort_unstable_by(|x, y| y.strength.total_cmp(&x.strength).then(x.column.cmp(&y.column)));
            row.truncate(self.params.max_row);
        }
        row.sort_unstable_by_key(|c| c.column);
        row
    }
}

/// The forward table with its start counts.
pub(crate) fn candidates(
    a: &Text,
    b: &Text,
    beads: &[TrainingBead],
    (side_a, side_b): (&Occurrences, &Occurrences),
    known: &[KnownPair],
    params: &Params,
) -> Table {
    let total: f64 = beads.iter().map(|bead| f64::from(bead.weight)).sum::<f64>().max(1.0);
    let holders = side_a.inverted();
    let types: Vec<u32> = (0..a.keys.len() as u32).collect();
    let search = Search { beads, sides: (side_a, side_b), holders: &holders, known, total, params };
    let rows: Vec<Vec<Candidate>> = types
        .par_chunks(CHUNK)
        .flat_map_iter(|chunk| {
            let mut scratch = Scratch::new(b.keys.len());
            chunk.iter().map(|&s| search.row(s, &mut scratch)).collect::<Vec<_>>()
        })
        .collect();
    let mut forward = Table::new(b, side_a.tokens.clone());
    for (s, row) in rows.into_iter().enumerate() {
        let sum: f32 = row.iter().map(|c| c.count).sum();
        let scale = if sum > side_a.tokens[s] { side_a.tokens[s] / sum } else { 1.0 };
        for candidate in row {
            forward.column.push(candidate.column);
            forward.count.push(candidate.count * scale);
            forward.prior.push(candidate.prior);
        }
        forward.offset[s + 1] = forward.column.len() as u32;
    }
    forward
}

/// The forward table of the known pairs and the links of an earlier one, with the start counts that
/// these beads give them.
pub(crate) fn renewed(
    b: &Text,
    beads: &[TrainingBead],
    (side_a, side_b): (&Occurrences, &Occurrences),
    known: &[KnownPair],
    earlier: &Table,
) -> Table {
    let (inverted_a, inverted_b) = (side_a.inverted(), side_b.inverted());
    let mut forward = Table::new(b, side_a.tokens.clone());
    let mut row: Vec<(u32, f32)> = Vec::new();
    for s in 0..side_a.tokens.len() as u32 {
        row.clear();
        row.extend(earlier.column[earlier.row(s)].iter().map(|&t| (t, 0.0)));
        let from = known.partition_point(|k| k.a < s);
        row.extend(known[from..].iter().take_while(|k| k.a == s).map(|k| (k.b, k.precision)));
        row.sort_by_key(|link| link.0);
        let first = forward.column.len();
        let with_s = inverted_a.of(s);
        for &(t, precision) in &row {
            if forward.column.len() > first && forward.column.last() == Some(&t) {
                if let Some(prior) = forward.prior.last_mut() {
                    *prior += precision;
                }
                continue;
            }
            let with_t = inverted_b.of(t);
            let k: f32 = common(with_s, with_t).map(|bead| beads[bead as usize].weight).sum();
            let count = if k > 0.0 {
                k * (k / side_a.beads[s as usize]) * (k / side_b.beads[t as usize])
            } else {
                0.0
            };
            forward.column.push(t);
            forward.count.push(count);
            forward.prior.push(precision);
        }
        let counts = &mut forward.count[first..];
        let sum: f32 = counts.iter().sum();
        if sum > side_a.tokens[s as usize] {
            counts.iter_mut().for_each(|count| *count *= side_a.tokens[s as usize] / sum);
        }
        forward.offset[s as usize + 1] = forward.column.len() as u32;
    }
    forward
}

/// What two ascending lists have in common; the shorter one is looked up in the longer.
fn common<'l>(x: &'l [u32], y: &'l [u32]) -> impl Iterator<Item = u32> + 'l {
    let (short, mut long) = if x.len() < y.len() { (x, y) } else { (y, x) };
    short.iter().copied().filter(move |value| {
        // Galloping: the next place is near.
        let mut step = 1;
        while long.get(step).is_some_and(|next| next < value) {
            step *= 2;
        }
        let near = &long[..long.len().min(step + 1)];
        long = &long[near.partition_point(|next| next < value)..];
        long.first() == Some(value)
    })
}

/// Dunning's log-likelihood ratio of a two-by-two table: together, first, second, all.
fn log_likelihood_ratio(k11: f64, k1: f64, k2: f64, n: f64) -> f64 {
    let term = |observed: f64, expected: f64| {
        if observed > 0.0 && expected > 0.0 { observed * ln(observed / expected) } else { 0.0 }
    };
    let (k12, k21, k22) = ((k1 - k11).max(0.0), (k2 - k11).max(0.0), (n - k1 - k2 + k11).max(0.0));
    2.0 * (term(k11, k1 * k2 / n)
        + term(k12, k1 * (n - k2) / n)
        + term(k21, (n - k1) * k2 / n)
        + term(k22, (n - k1) * (n - k2) / n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_intersected() {
        let even: Vec<u32> = (0..200).map(|k| 2 * k).collect();
        let third: Vec<u32> = (0..50).map(|k| 3 * k).collect();
        let sixth: Vec<u32> = (0..25).map(|k| 6 * k).collect();
        assert_eq!(common(&even, &third).collect::<Vec<_>>(), sixth);
        assert_eq!(common(&third, &even).collect::<Vec<_>>(), sixth);
        assert_eq!(common(&even, &[]).count(), 0);
    }

    #[test]
    fn association_is_zero_at_chance_and_grows() {
        assert!(log_likelihood_ratio(2.0, 20.0, 10.0, 100.0).abs() < 1e-9);
        assert!(log_likelihood_ratio(9.0, 20.0, 10.0, 100.0) > log_likelihood_ratio(5.0, 20.0, 10.0, 100.0));
    }
}
