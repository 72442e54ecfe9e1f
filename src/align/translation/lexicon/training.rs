//! Training of the lexicon on weighted beads: IBM Model 1 with a background mixture instead of a
//! null word, both directions trained together by agreement.
//!
//! p(t | bead) = λ·p(t) + (1−λ)·mean over s of T(t | s). Links start from co-occurrence
//! (c·c/df_s·c/df_t where the log-likelihood ratio is at least 1) and prior knowledge; in each
//! iteration a link's weight is the product of both directions' posteriors (after Liang, Taskar and
//! Klein 2006). What each sentence contributed is kept, so that it can be left out when that very
//! sentence is scored: without this, rare words confirm any mistake.

use crate::align::translation::params::training::{MAX_NULL, MIN_LINK, MIN_LINK_BETWEEN};
use crate::par::prelude::*;

use crate::align::translation::lexicon::candidates::{CHUNK, Occurrences, candidates, range, renewed};
use crate::align::translation::lexicon::knowledge::{KnownPair, TrainingBead};
use crate::align::translation::lexicon::table::{Lexicon, Table};
use crate::align::translation::params::Params;
use crate::align::translation::text::Text;

/// Builds a lexicon from weighted beads (they may overlap) and prior knowledge, sorted by its first
/// type. Without beads it holds the knowledge alone. With an `earlier` lexicon of the same texts only
/// its links and the known ones can be links.
pub(crate) fn train(
    (a, b): (&Text, &Text),
    beads: &[TrainingBead],
    known: &[KnownPair],
    earlier: Option<&Lexicon>,
    params: &Params,
) -> Lexicon {
    let side_a = Occurrences::count(a, beads, |bead| bead.a);
    let side_b = Occurrences::count(b, beads, |bead| bead.b);
    let sides = (&side_a, &side_b);
    let forward = match earlier {
        Some(earlier) => renewed(b, beads, sides, known, &earlier.forward),
        None => candidates(a, b, beads, sides, known, params),
    };
    let mut lexicon = Lexicon { forward, backward: Table::default() };
    let forward_of = transpose(&mut lexicon, a, side_b.tokens.clone());
    let mut training = Training { a, b, lexicon, forward_of, ratios: Vec::new(), params };
    training.normalise();
    let mut links = Vec::new();
    let rounds = rounds(beads.len(), params);
    for round in 0..rounds {
        if round > 0 {
            training.prune(MIN_LINK_BETWEEN);
        }
        links = training.iterate(beads, round + 1 == rounds);
    }
    training.prune(MIN_LINK);
    let mut lexicon = training.lexicon;
    own_links(&mut lexicon, a, b, beads, links);
    lexicon.forward.own_weight = side_a.weights;
    lexicon.backward.own_weight = side_b.weights;
    lexicon
}

/// Iterations for so many beads.
fn rounds(beads: usize, params: &Params) -> usize {
    let more =
        [params.lexicon_beads, 4 * params.lexicon_beads].iter().filter(|&&least| beads >= least).count();
    params.lexicon_rounds + more
}

/// Fills the backward table with the links of the forward one; returns the forward position of each
/// backward link.
fn transpose(lexicon: &mut Lexicon, a: &Text, occurrences: Vec<f32>) -> Vec<u32> {
    let forward = &lexicon.forward;
    let mut backward = Table::new(a, occurrences);
    let links = forward.column.len();
    forward.column.iter().for_each(|&t| backward.offset[t as usize + 1] += 1);
    (1..backward.offset.len()).for_each(|i| backward.offset[i] += backward.offset[i - 1]);
    backward.column = vec![0; links];
    backward.count = vec![0.0; links];
    backward.prior = vec![0.0; links];
    let mut next = backward.offset.clone();
    let mut forward_of = vec![0; links];
    for s in 0..forward.rows() as u32 {
        for x in forward.row(s) {
            let slot = &mut next[forward.column[x] as usize];
            let y = *slot as usize;
            *slot += 1;
            backward.column[y] = s;
            backward.prior[y] = forward.prior[x];
            forward_of[y] = x as u32;
        }
    }
    lexicon.backward = backward;
    forward_of
}

/// A link of one bead: sentence of the first text, bead, types, weight.
#[derive(Debug, Clone, Copy)]
struct BeadLink {
    sentence: u32,
    bead: u32,
    a: u32,
    b: u32,
    weight: f32,
}

/// What a chunk of beads contributes in one iteration.
#[derive(Default)]
struct Contribution {
    links: Vec<(u32, f32)>,
    null_a: Vec<(u32, f32)>,
    null_b: Vec<(u32, f32)>,
    bead_links: Vec<BeadLink>,
}

struct Training<'t> {
    a: &'t Text,
    b: &'t Text,
    lexicon: Lexicon,
    /// Forward position of each backward link.
    forward_of: Vec<u32>,
    /// T(b | a) / p(b) and T(a | b) / p(a) of each forward link, side by side.
    ratios: Vec<[f32; 2]>,
    params: &'t Params,
}

impl Training<'_> {
    fn normalise(&mut self) {
        for (y, &x) in self.forward_of.iter().enumerate() {
            self.lexicon.backward.count[y] = self.lexicon.forward.count[x as usize];
        }
        self.lexicon.forward.normalise(self.params.alpha);
        self.lexicon.backward.normalise(self.params.alpha);
        self.ratios.clear();
        self.ratios.extend(self.lexicon.forward.ratio.iter().map(|&ratio| [ratio, 0.0]));
        for (&x, &ratio) in self.forward_of.iter().zip(&self.lexicon.backward.ratio) {
            self.ratios[x as usize][1] = ratio;
        }
    }

    /// Drops links with a smaller count and without prior knowledge.
    fn prune(&mut self, least: f32) {
        let forward = &self.lexicon.forward;
        let weights = forward.count.iter().zip(&forward.prior);
        let keep: Vec<bool> = weights.map(|(&count, &prior)| count >= least || prior > 0.0).collect();
        let mut kept = 0;
        let place: Vec<u32> = keep
            .iter()
            .map(|&keep| {
                kept += u32::from(keep);
                kept.saturating_sub(1)
            })
            .collect();
        let forward_of = &mut self.forward_of;
        self.lexicon.forward.retain(|x| keep[x]);
        self.lexicon.backward.retain(|y| keep[forward_of[y] as usize]);
        forward_of.retain(|&x| keep[x as usize]);
        forward_of.iter_mut().for_each(|x| *x = place[*x as usize]);
        let mut position = 0..keep.len();
        self.ratios.retain(|_| position.next().is_some_and(|x| keep[x]));
    }

    /// One iteration over all beads; the links of every bead when it is the last.
    fn iterate(&mut self, beads: &[TrainingBead], last: bool) -> Vec<BeadLink> {
        let chunks: Vec<Contribution> = beads
            .par_chunks(CHUNK)
            .enumerate()
            .map_init(
                || Scratch::new(self.b.keys.len()),
                |scratch, (chunk, beads)| {
                    let mut out = Contribution::default();
                    for (k, bead) in beads.iter().enumerate() {
                        self.expect(bead, (chunk * CHUNK + k) as u32, last, scratch, &mut out);
                    }
                    out
                },
            )
            .collect();
        let mut counts = vec![0f32; self.lexicon.forward.column.len()];
        let mut null_a = vec![0f32; self.a.keys.len()];
        let mut null_b = vec![0f32; self.b.keys.len()];
        let mut bead_links = Vec::new();
        for chunk in chunks {
            chunk.links.iter().for_each(|&(x, w)| counts[x as usize] += w);
            chunk.null_a.iter().for_each(|&(s, w)| null_a[s as usize] += w);
            chunk.null_b.iter().for_each(|&(t, w)| null_b[t as usize] += w);
            bead_links.extend(chunk.bead_links);
        }
        let (forward, backward) = (&self.lexicon.forward, &self.lexicon.backward);
        let ratio_b = null_ratios(self.b, backward, &null_b);
        let ratio_a = null_ratios(self.a, forward, &null_a);
        self.lexicon.forward.null_ratio = ratio_b;
        self.lexicon.backward.null_ratio = ratio_a;
        self.lexicon.forward.count = counts;
        self.normalise();
        bead_links
    }

    /// Expected links of one bead.
    fn expect(
        &self,
        bead: &TrainingBead,
        number: u32,
        last: bool,
        scratch: &mut Scratch,
        out: &mut Contribution,
    ) {
        let (forward, backward) = (&self.lexicon.forward, &self.lexicon.backward);
        let lambda = self.params.background;
        let types_b = self.b.types_within(range(bead.b));
        let mass = |types: &[(u32, f32)], free: &[f32]| {
            types.iter().fold((0f32, 0f32), |(n, f), &(t, k)| (n + k, f + k * free[t as usize]))
        };
        let (tokens_a, free_a) = mass(self.a.types_within(range(bead.a)), &forward.free);
        let (tokens_b, free_b) = mass(types_b, &backward.free);
        if tokens_a == 0.0 || tokens_b == 0.0 {
            return;
        }
        let (share_a, share_b) = ((1.0 - lambda) / tokens_a, (1.0 - lambda) / tokens_b);
        scratch.begin();
        for &(t, k) in types_b {
            scratch.add(t, k, (lambda + share_a * free_a) * forward.null_ratio[t as usize]);
        }
        let mut hits = std::mem::take(&mut scratch.hits);
        hits.clear();
        for (sentence, &(s, k)) in
            (bead.a.0..bead.a.1).flat_map(|i| self.a.types_of(i as usize).iter().map(move |t| (i, t)))
        {
            let first = hits.len();
            scratch.links(forward, s, &mut hits);
            let mut denominator = 0.0;
            for &(x, t) in &hits[first..] {
                let [ratio_forward, ratio_backward] = self.ratios[x as usize];
                denominator += scratch.count[t as usize] * ratio_backward;
                scratch.denominator[t as usize] += share_a * k * ratio_forward;
            }
            scratch.words.push(Word {
                sentence,
                id: s,
                count: k,
                mass: share_b * denominator,
                links: hits.len(),
            });
        }
        scratch.share.clear();
        scratch.share.extend(scratch.denominator.iter().map(|denominator| share_a / denominator));
        let mut first = 0;
        for word in &scratch.words {
            let (s, k) = (word.id, word.count);
            let null = (lambda + share_b * free_b) * backward.null_ratio[s as usize];
            let denominator = null + word.mass;
            out.null_a.push((s, bead.weight * k * null / denominator));
            let (share, factor) = (share_b / denominator, k * bead.weight);
            for &(x, t) in &hits[first..word.links] {
                let (x, t) = (x as usize, t as usize);
                let [ratio_forward, ratio_backward] = self.ratios[x];
                let count = scratch.count[t];
                let weight = ratio_forward
                    * scratch.share[t]
                    * (ratio_backward * share * count)
                    * k.min(count)
                    * factor;
                if weight > 1e-4 {
                    out.links.push((x as u32, weight));
                    if last && weight > 1e-3 {
                        let (sentence, b) = (word.sentence, forward.column[x]);
                        out.bead_links.push(BeadLink { sentence, bead: number, a: s, b, weight });
                    }
                }
            }
            first = word.links;
        }
        scratch.hits = hits;
        let base = bead.weight * (lambda + share_a * free_a);
        for ((&t, count), denominator) in scratch.types.iter().zip(&scratch.count).zip(&scratch.denominator) {
            out.null_b.push((t, base * forward.null_ratio[t as usize] * count / denominator));
        }
    }
}

/// A word of a bead's first side.
struct Word {
    sentence: u32,
    id: u32,
    count: f32,
    /// What the words of the second side give it.
    mass: f32,
    /// Where its links end among those of the bead.
    links: usize,
}

/// Not among the types of a bead.
const ABSENT: u32 = u32::MAX;

/// The types of a bead's second side with their counts and denominators, and how both sides link.
struct Scratch {
    /// The number of each type among those of the bead, or [`ABSENT`].
    slot: Vec<u32>,
    types: Vec<u32>,
    count: Vec<f32>,
    denominator: Vec<f32>,
    /// The weight of a word of the first side over the denominator.
    share: Vec<f32>,
    words: Vec<Word>,
    /// Links of the bead: position in the forward table, slot of the second side's type.
    hits: Vec<(u32, u32)>,
}

impl Scratch {
    fn new(types: usize) -> Self {
        Self {
            slot: vec![ABSENT; types],
            types: Vec::new(),
            count: Vec::new(),
            denominator: Vec::new(),
            share: Vec::new(),
            words: Vec::new(),
            hits: Vec::new(),
        }
    }

    fn begin(&mut self) {
        self.types.drain(..).for_each(|t| self.slot[t as usize] = ABSENT);
        self.count.clear();
        self.denominator.clear();
        self.words.clear();
    }

    /// Finds the links from type `s` to the types held here.
    fn links(&self, table: &Table, s: u32, out: &mut Vec<(u32, u32)>) {
        let row = table.row(s);
        let columns = &table.column[row.clone()];
        // A long row is searched for the few types rather than read.
        if columns.len() > 8 * self.types.len() {
            for (slot, t) in (0u32..).zip(&self.types) {
                if let Ok(k) = columns.binary_search(t) {
                    out.push(((row.start + k) as u32, slot));
                }
            }
        } else {
            // Written in any case and kept if found: no branch that is hard to foresee.
            let mut end = out.len();
            out.resize(end + columns.len(), (0, 0));
            for (x, &t) in (row.start as u32..).zip(columns) {
                let slot = self.slot[t as usize];
                out[end] = (x, slot);
                end += usize::from(slot != ABSENT);
            }
            out.truncate(end);
        }
    }

    fn add(&mut self, t: u32, count: f32, denominator: f32) {
        let slot = self.slot[t as usize];
        if slot == ABSENT {
            self.slot[t as usize] = self.types.len() as u32;
            self.types.push(t);
            self.count.push(count);
            self.denominator.push(denominator);
        } else {
            self.count[slot as usize] += count;
        }
    }
}

/// How often each type stays without a partner, relative to the average, by class and by type.
fn null_ratios(text: &Text, rows: &Table, nulls: &[f32]) -> Vec<f32> {
    let classes: Vec<usize> = (0..text.keys.len()).map(|t| null_class(text, rows, t)).collect();
    let mut by_class = [(0f32, 0f32); 5];
    let (mut all_null, mut all) = (1e-3f32, 1e-3f32);
    for ((&class, &null), &n) in classes.iter().zip(nulls).zip(&rows.occurrences) {
        by_class[class].0 += null;
        by_class[class].1 += n;
        all_null += null;
        all += n;
    }
    let average = all_null / all;
    let class_rate = by_class.map(|(null, n)| (null + 20.0 * average) / (n + 20.0));
    let rate = |t: usize| (nulls[t] + 2.0 * class_rate[classes[t]]) / (rows.occurrences[t] + 2.0);
    (0..text.keys.len()).map(|t| (rate(t) / average).clamp(0.05, MAX_NULL)).collect()
}

/// Long numbers, short numbers, marks, words with a strong prior, other words.
fn null_class(text: &Text, rows: &Table, t: usize) -> usize {
    let key = &text.keys[t];
    match key.chars().next() {
        Some(c) if c.is_numeric() => usize::from(key.len() < 3),
        Some(c) if !c.is_alphanumeric() => 2,
        _ if rows.prior[rows.row(t as u32)].iter().any(|&q| q > 0.4) => 3,
        _ => 4,
    }
}

/// Distributes the links of the beads to the sentences of both sides.
fn own_links(lexicon: &mut Lexicon, a: &Text, b: &Text, beads: &[TrainingBead], links: Vec<BeadLink>) {
    let mut of_b: Vec<(u32, u32, u32, f32)> = Vec::with_capacity(links.len());
    for link in &links {
        let count_in = |j: usize| {
            let types = b.types_of(j);
            types.binary_search_by_key(&link.b, |t| t.0).map_or(0.0, |k| types[k].1)
        };
        let span = range(beads[link.bead as usize].b);
        let total: f32 = span.clone().map(count_in).sum();
        for j in span {
            let count = count_in(j);
            if count > 0.0 {
                of_b.push((j as u32, link.b, link.a, link.weight * count / total));
            }
        }
    }
    let of_a = links.into_iter().map(|l| (l.sentence, l.a, l.b, l.weight)).collect();
    (lexicon.forward.own_offset, lexicon.forward.own) = summed(of_a, a.len());
    (lexicon.backward.own_offset, lexicon.backward.own) = summed(of_b, b.len());
}

/// Sums equal links and indexes them by sentence.
fn summed(mut links: Vec<(u32, u32, u32, f32)>, sentences: usize) -> (Vec<u32>, Vec<(u32, u32, f32)>) {
    // A stable sort keeps the order of the beads, and with it the order of the additions.
    links.sort_by_key(|l| (l.0, l.1, l.2));
    let mut offset = vec![0u32; sentences + 1];
    let mut own: Vec<(u32, u32, f32)> = Vec::new();
    let mut previous = None;
    for (sentence, a, b, weight) in links {
        match own.last_mut() {
            Some(last) if previous == Some((sentence, a, b)) => last.2 += weight,
            _ => {
                own.push((a, b, weight));
                offset[sentence as usize + 1] += 1;
            }
        }
        previous = Some((sentence, a, b));
    }
    (1..offset.len()).for_each(|i| offset[i] += offset[i - 1]);
    (offset, own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::side::Side;
    use crate::align::translation::text::sentences;
    use crate::model::Lang;

    #[test]
    fn words_that_keep_company_become_translations() {
        let params = Params::default();
        let read = |lines: [&str; 5]| Text::new(&sentences(&Side::from_lines(lines, Lang::und())), &params);
        let a = read(["red dog", "red cat", "big dog", "big cat", "old cat"]);
        let b = read(["rojo perro", "rojo gato", "gran perro", "gran gato", "viejo gato"]);
        let beads: Vec<TrainingBead> =
            (0..5).map(|i| TrainingBead { a: (i, i + 1), b: (i, i + 1), weight: 1.0 }).collect();
        let lexicon = train((&a, &b), &beads, &[], None, &params);
        let best = |key: &str| {
            let row = lexicon.forward.row(a.id(key).unwrap());
            let x =
                row.max_by(|&x, &y| lexicon.forward.count[x].total_cmp(&lexicon.forward.count[y])).unwrap();
            b.keys[lexicon.forward.column[x] as usize].clone()
        };
        let again = train((&a, &b), &beads, &[], Some(&lexicon), &params);
        assert_eq!(again.forward.column, lexicon.forward.column);
        assert_eq!((best("red"), best("cat"), best("dog")), ("rojo".into(), "gato".into(), "perr~".into()));
    }
}
