//! Evidence at the edges of beads: which final marks, openings, paragraph starts, kinds of block and
//! speakers go together, and which boundaries a merged bead may run across.
//!
//! All tables are log-likelihood ratios learned on the pair itself from weighted beads; before
//! anything is learned they say what holds everywhere (a question mark answers a question mark, a
//! heading a heading).

use std::ops::Range;

use crate::align::translation::lexicon::knowledge::TrainingBead;
use crate::align::translation::params::Params;
use crate::align::translation::text::{Ending, FinalMark, Kind, Opening, Sentence, Text, Turn};
use crate::math::ln;

/// One pair of classes, read at the first or the last unit of both sides.
struct Feature {
    class: fn(&Sentence) -> usize,
    classes: usize,
    /// Share of the prior that expects the same class on both sides.
    identity: f64,
    weight: fn(&Params) -> f32,
    /// The log ratio of two classes before anything is learned.
    start: fn(usize, usize) -> f32,
}

const OPENING: Feature = Feature {
    class: |s| s.opening as usize,
    classes: Opening::COUNT,
    identity: 0.3,
    weight: |p| p.start_weight,
    start: |x, y| match (Opening::ALL[x], Opening::ALL[y]) {
        (Opening::Number, Opening::Number) => 1.0,
        (Opening::Dash, Opening::Dash) | (Opening::Quote, Opening::Quote) => 0.5,
        _ => 0.0,
    },
};

const KIND: Feature = Feature {
    class: |s| s.kind as usize,
    classes: Kind::COUNT,
    identity: 0.5,
    weight: |p| p.kind_weight,
    start: |x, y| match (Kind::ALL[x], Kind::ALL[y]) {
        (Kind::Running, Kind::Running) => 0.0,
        (x, y) if x == y => 2.0,
        (Kind::Running, _) | (_, Kind::Running) => -1.5,
        _ => -2.5,
    },
};

const FINAL_MARK: Feature = Feature {
    class: |s| s.ending.class(),
    classes: Ending::COUNT,
    identity: 0.5,
    weight: |p| p.end_weight,
    start: |x, y| {
        use FinalMark::{Colon, Ellipsis, Exclamation, None, Other, Question, Semicolon};
        let (x, y) = (Ending::mark_of(x), Ending::mark_of(y));
        let telling = |mark| matches!(mark, Question | Exclamation | Colon | Semicolon | Ellipsis);
        let sentence = |mark| !matches!(mark, None | FinalMark::Dash | Other);
        match x == y {
            true if telling(x) => 1.0,
            false if (telling(x) && sentence(y)) || (telling(y) && sentence(x)) => -0.5,
            _ => 0.0,
        }
    },
};

/// What tells a unit without a partner from the rest of its text.
const ALONE: [Feature; 3] = [FINAL_MARK, OPENING, KIND];

const AT_START: [Feature; 4] = [
    OPENING,
    Feature {
        class: |s| usize::from(s.opens_block),
        classes: 2,
        identity: 0.3,
        weight: |p| p.block_weight,
        start: |x, y| if x == y { 0.2 } else { -0.5 },
    },
    KIND,
    Feature {
        class: |s| s.turn.class(),
        classes: Turn::COUNT,
        identity: 0.5,
        weight: |p| p.speaker_weight,
        start: |x, y| match (x, y) {
            (0, _) | (_, 0) => 0.0,
            _ if x == y => 0.5,
            _ if Turn::opens_in(x) != Turn::opens_in(y) => -1.5,
            _ => -0.5,
        },
    },
];

const AT_END: [Feature; 2] = [
    FINAL_MARK,
    Feature {
        class: |s| usize::from(s.quoted),
        classes: 2,
        identity: 0.3,
        weight: |p| p.quote_weight,
        start: |_, _| 0.0,
    },
];

/// The distinct combinations of classes in a text and which of them each unit has.
#[derive(Debug)]
struct Codes {
    of: Vec<u16>,
    first: Vec<usize>,
}

impl Codes {
    fn new(text: &Text, features: &[Feature]) -> Self {
        let mut known: Vec<(Vec<usize>, usize)> = Vec::new();
        let mut of = Vec::with_capacity(text.len());
        for (i, sentence) in text.sentences.iter().enumerate() {
            let classes: Vec<usize> = features.iter().map(|f| (f.class)(sentence)).collect();
            let code = known.iter().position(|(k, _)| *k == classes).unwrap_or_else(|| {
                known.push((classes, i));
                known.len() - 1
            });
            of.push(code as u16);
        }
        Self { of, first: known.into_iter().map(|(_, i)| i).collect() }
    }

    /// The part of a table that belongs to unit `i` of the first text.
    fn row<'t>(&self, i: usize, other: &Self, table: &'t [f32]) -> &'t [f32] {
        let width = other.first.len();
        &table[self.of[i] as usize * width..][..width]
    }
}

/// The learned evidence, ready for look-up.
#[derive(Debug)]
pub(crate) struct Boundaries {
    start_a: Codes,
    start_b: Codes,
    end_a: Codes,
    end_b: Codes,
    start_table: Vec<f32>,
    end_table: Vec<f32>,
    inside_a: Vec<f64>,
    inside_b: Vec<f64>,
    /// What a bead gains by ending at this unit, by side.
    edge_a: Vec<f32>,
    edge_b: Vec<f32>,
    /// What a unit without a partner gains for its kind, by side.
    alone_a: Vec<f32>,
    alone_b: Vec<f32>,
}

impl Boundaries {
    /// What holds everywhere.
    pub(crate) fn start(a: &Text, b: &Text, params: &Params) -> Self {
        let inside = |text: &Text| {
            // Until it is learned: few beads run across a paragraph's end.
            let cost: Vec<f32> = (0..text.len())
                .map(|i| if opens_block_after(text, i) { -1.5 * params.boundary_weight } else { 0.0 })
                .collect();
            sums(&cost)
        };
        let mut out = Self {
            start_a: Codes::new(a, &AT_START),
            start_b: Codes::new(b, &AT_START),
            end_a: Codes::new(a, &AT_END),
            end_b: Codes::new(b, &AT_END),
            start_table: Vec::new(),
            end_table: Vec::new(),
            inside_a: inside(a),
            inside_b: inside(b),
            edge_a: vec![0.0; a.len()],
            edge_b: vec![0.0; b.len()],
            alone_a: vec![0.0; a.len()],
            alone_b: vec![0.0; b.len()],
        };
        let start = |f: &Feature| {
            let cell = |k: usize| (f.start)(k / f.classes, k % f.classes);
            (0..f.classes * f.classes).map(cell).collect::<Vec<f32>>()
        };
        let tables: Vec<Vec<f32>> = AT_START.iter().map(start).collect();
        out.start_table = combined(a, b, &out.start_a, &out.start_b, &AT_START, &tables, params);
        let tables: Vec<Vec<f32>> = AT_END.iter().map(start).collect();
        out.end_table = combined(a, b, &out.end_a, &out.end_b, &AT_END, &tables, params);
        out
    }

    /// Learns all tables from weighted two-sided beads and from the probability of each unit of both
    /// texts that it has no partner.
    pub(crate) fn learn(
        &mut self,
        a: &Text,
        b: &Text,
        beads: &[TrainingBead],
        free: &(Vec<f64>, Vec<f64>),
        params: &Params,
    ) {
        let tables: Vec<Vec<f32>> = AT_START
            .iter()
            .map(|f| {
                let class = |text: &Text, i: u32| (f.class)(&text.sentences[i as usize]);
                pair_table(f, beads.iter().map(|t| (class(a, t.a.0), class(b, t.b.0), t.weight)), params)
            })
            .collect();
        self.start_table = combined(a, b, &self.start_a, &self.start_b, &AT_START, &tables, params);
        let tables: Vec<Vec<f32>> = AT_END
            .iter()
            .map(|f| {
                let class = |text: &Text, i: u32| (f.class)(&text.sentences[i as usize - 1]);
                pair_table(f, beads.iter().map(|t| (class(a, t.a.1), class(b, t.b.1), t.weight)), params)
            })
            .collect();
        self.end_table = combined(a, b, &self.end_a, &self.end_b, &AT_END, &tables, params);
        (self.inside_a, self.edge_a) =
            inside_tables(a, beads.iter().map(|t| (t.a, t.weight)), &free.0, params);
        (self.inside_b, self.edge_b) =
            inside_tables(b, beads.iter().map(|t| (t.b, t.weight)), &free.1, params);
        self.alone_a = alone_gains(a, &free.0, params);
        self.alone_b = alone_gains(b, &free.1, params);
    }

    /// What a bead that starts at unit `i` of the first text and one of `starts` of the second has for
    /// its openings.
    pub(crate) fn openings(&self, i: usize, starts: Range<usize>, out: &mut [f32]) {
        let row = self.start_a.row(i, &self.start_b, &self.start_table);
        out.iter_mut().zip(&self.start_b.of[starts]).for_each(|(out, &code)| *out = row[code as usize]);
    }

    /// The same for a bead whose last units are `i` and one of `lasts`.
    pub(crate) fn endings(&self, i: usize, lasts: Range<usize>, out: &mut [f32]) {
        let row = self.end_a.row(i, &self.end_b, &self.end_table);
        out.iter_mut().zip(&self.end_b.of[lasts]).for_each(|(out, &code)| *out = row[code as usize]);
    }

    /// What `n` units of the first text from `i` have for what lies between them and for ending.
    pub(crate) fn span_a(&self, i: usize, n: usize) -> f32 {
        (self.inside_a[i + n - 1] - self.inside_a[i]) as f32 + self.edge_a[i + n - 1]
    }

    /// The same of the second text.
    pub(crate) fn span_b(&self, j: usize, m: usize) -> f32 {
        (self.inside_b[j + m - 1] - self.inside_b[j]) as f32 + self.edge_b[j + m - 1]
    }

    /// What the omission of unit `i` of the first text gains for its kind and for ending there.
    pub(crate) fn alone_a(&self, i: usize) -> f32 {
        self.edge_a[i] + self.alone_a[i]
    }

    /// What the addition of unit `j` of the second text gains for its kind and for ending there.
    pub(crate) fn alone_b(&self, j: usize) -> f32 {
        self.edge_b[j] + self.alone_b[j]
    }
}

/// Sums of all features' tables for each pair of combinations that occurs.
fn combined(
    a: &Text,
    b: &Text,
    codes_a: &Codes,
    codes_b: &Codes,
    features: &[Feature],
    tables: &[Vec<f32>],
    params: &Params,
) -> Vec<f32> {
    let mut out = Vec::with_capacity(codes_a.first.len() * codes_b.first.len());
    for &i in &codes_a.first {
        for &j in &codes_b.first {
            let (x, y) = (&a.sentences[i], &b.sentences[j]);
            let score = |(f, table): (&Feature, &Vec<f32>)| {
                (f.weight)(params) * table[(f.class)(x) * f.classes + (f.class)(y)]
            };
            out.push(features.iter().zip(tables).map(score).sum());
        }
    }
    out
}

/// ln(p(x, y) / p(x)·p(y)), smoothed towards independence with a share of identity.
fn pair_table(
    feature: &Feature,
    pairs: impl Iterator<Item = (usize, usize, f32)>,
    params: &Params,
) -> Vec<f32> {
    let n = feature.classes;
    let mut joint = vec![0f64; n * n];
    let (mut of_a, mut of_b) = (vec![0.3f64; n], vec![0.3f64; n]);
    let mut total = 0.3 * n as f64;
    for (x, y, weight) in pairs {
        let weight = f64::from(weight);
        joint[x * n + y] += weight;
        of_a[x] += weight;
        of_b[y] += weight;
        total += weight;
    }
    let cell = |k: usize| {
        let (x, y) = (k / n, k % n);
        let independent = of_a[x] * of_b[y] / (total * total);
        let same = if x == y { of_a[x].min(of_b[y]) / total } else { 0.0 };
        let prior = (1.0 - feature.identity) * independent + feature.identity * same;
        let p = (joint[k] + params.table_count * prior) / (total + params.table_count);
        ln(p / independent).clamp(-3.0, 5.0) as f32
    };
    (0..n * n).map(cell).collect()
}

/// Classes of the boundary after a unit: final mark, what follows, and whether a block ends.
const INSIDE_CLASSES: usize = Ending::COUNT * 3 * 2;

fn opens_block_after(text: &Text, i: usize) -> bool {
    text.sentences.get(i + 1).is_none_or(|next| next.opens_block)
}

fn inside_class(text: &Text, i: usize) -> usize {
    let follows = match text.sentences.get(i + 1).map(|next| next.opening) {
        Some(Opening::LowerCase) => 1,
        Some(Opening::Dash | Opening::Quote) => 2,
        _ => 0,
    };
    (text.sentences[i].ending.class() * 3 + follows) * 2 + usize::from(opens_block_after(text, i))
}

/// For each unit: the cost of running on behind it (as sums), and the gain of ending there.
fn inside_tables(
    text: &Text,
    spans: impl Iterator<Item = ((u32, u32), f32)>,
    free: &[f64],
    params: &Params,
) -> (Vec<f64>, Vec<f32>) {
    let classes: Vec<usize> = (0..text.len()).map(|i| inside_class(text, i)).collect();
    let mut inside = vec![0f64; INSIDE_CLASSES];
    let mut ends = vec![0f64; INSIDE_CLASSES];
    for ((from, to), weight) in spans {
        for i in from..to {
            let class = classes[i as usize];
            let table = if i + 1 < to { &mut inside } else { &mut ends };
            table[class] += f64::from(weight);
        }
    }
    // A unit without a partner ends what it is.
    classes.iter().zip(free).for_each(|(&class, &free)| ends[class] += free);
    let (all_inside, all_ends) = (inside.iter().sum::<f64>(), ends.iter().sum::<f64>());
    let base = ((all_inside + 0.5) / (all_inside + all_ends + 1.0)).clamp(1e-4, 0.5);
    let rate =
        |c: usize| (inside[c] + params.table_count * base) / (inside[c] + ends[c] + params.table_count);
    let weight = params.boundary_weight;
    let running: Vec<f32> = classes.iter().map(|&c| weight * ln(rate(c) / base) as f32).collect();
    let ending = classes.iter().map(|&c| weight * ln((1.0 - rate(c)) / (1.0 - base)) as f32).collect();
    (sums(&running), ending)
}

/// For each unit what it gains as one without a partner: ln(p(class | alone) / p(class)), summed over its
/// final mark, its opening and its kind. Notes and furniture are often of a kind that the text itself is
/// not; sentences left out are no more so than others and gain nothing.
fn alone_gains(text: &Text, free: &[f64], params: &Params) -> Vec<f32> {
    let mut out = vec![0.0; text.len()];
    for feature in &ALONE {
        let (mut all, mut alone) = (vec![0.5f64; feature.classes], vec![0f64; feature.classes]);
        let class = |s: &Sentence| (feature.class)(s);
        for (sentence, free) in text.sentences.iter().zip(free) {
            all[class(sentence)] += 1.0;
            alone[class(sentence)] += free;
        }
        let (sum_all, sum_alone) = (all.iter().sum::<f64>(), alone.iter().sum::<f64>());
        let gain = |(all, alone): (&f64, &f64)| {
            let share = all / sum_all;
            let given_alone = (alone + params.alone_count * share) / (sum_alone + params.alone_count);
            (feature.weight)(params) * ln(given_alone / share).clamp(-3.0, 3.0) as f32
        };
        let gains: Vec<f32> = all.iter().zip(&alone).map(gain).collect();
        out.iter_mut()
            .zip(&text.sentences)
            .for_each(|(out, s)| *out += params.alone_weight * gains[class(s)]);
    }
    out
}

/// Sums from the start, exclusive.
fn sums(values: &[f32]) -> Vec<f64> {
    let mut sum = 0.0;
    let mut out = Vec::with_capacity(values.len() + 1);
    out.push(sum);
    for &v in values {
        sum += f64::from(v);
        out.push(sum);
    }
    out
}
