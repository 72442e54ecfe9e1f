//! The model of a pair of texts: all evidence, the score of a bead, and its re-estimation (EM).

use rayon::prelude::*;

use super::boundary::Boundaries;
use super::knowledge::{Knowledge, TrainingBead};
use super::length::{LengthEvidence, LengthModel, LengthPair};
use super::lexicon::train;
use super::marks::{MarkModel, MarkSums};
use super::params::Params;
use super::shapes::{NO_LONG_GAP, shapes, start_gaps, start_probabilities};
use super::spans::{Postings, SpanScores};
use super::table::Lexicon;
use super::text::Text;
use crate::align::band::Band;
use crate::align::gap::{FIRST_MATCH, GapModel, Shape};
use crate::align::lattice::{Lattice, Step};

/// A bead found, in units of the texts aligned.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) a: (usize, usize),
    pub(super) b: (usize, usize),
    /// Its posterior probability.
    pub(super) posterior: f64,
}

impl Found {
    pub(super) fn is_matched(&self) -> bool {
        self.a.0 < self.a.1 && self.b.0 < self.b.1
    }
}

/// A node with its posterior probability.
pub(super) type NodePosterior = (usize, usize, f32);

/// What a run of the model gives.
#[derive(Debug)]
pub(super) struct Fit {
    /// The decoded beads in order, covering both texts.
    pub(super) beads: Vec<Found>,
    /// Nodes with a posterior of at least a tenth, row by row.
    pub(super) nodes: Vec<NodePosterior>,
    /// Log-likelihood ratio of the whole against "nothing corresponds", in nats.
    pub(super) likelihood: f64,
}

impl Fit {
    /// Share of the units of the smaller side that stand in a two-sided bead.
    pub(super) fn coverage(&self, a: usize, b: usize) -> f64 {
        let matched = self.beads.iter().filter(|f| f.is_matched());
        let (x, y) = matched.fold((0, 0), |(x, y), f| (x + f.a.1 - f.a.0, y + f.b.1 - f.b.0));
        (x as f64 / a.max(1) as f64).max(y as f64 / b.max(1) as f64)
    }
}

/// How a run starts.
#[derive(Debug, Default)]
pub(super) struct Start {
    /// The nodes to search; all when absent.
    pub(super) band: Option<Band>,
    /// Beads from which the first lexicon is trained.
    pub(super) beads: Vec<TrainingBead>,
    /// Whether long gaps are forbidden in the first rounds.
    pub(super) no_long_gaps: bool,
}

/// What differs between sentences and clauses.
#[derive(Debug, Clone, Copy)]
pub(super) struct Level {
    pub(super) lexicon_weight: f64,
    pub(super) temperature: f64,
    pub(super) max_rounds: usize,
}

/// The model while it is being fitted.
pub(super) struct Model<'t> {
    a: &'t Text,
    b: &'t Text,
    params: &'t Params,
    level: Level,
    knowledge: Knowledge,
    postings_a: Postings,
    postings_b: Postings,
    mark_sums_a: MarkSums,
    mark_sums_b: MarkSums,
    lengths: LengthModel,
    boundaries: Boundaries,
    marks: Option<MarkModel>,
    /// Log probabilities of the shapes.
    priors: Vec<f64>,
    gaps: GapModel,
}

/// The parts of the score that are prepared for each round.
pub(super) struct Round<'m> {
    pub(super) shapes: &'m [Shape],
    lengths: LengthEvidence,
    lexical: (SpanScores, SpanScores),
    lexicon_weight: f64,
}

impl<'t> Model<'t> {
    pub(super) fn new(a: &'t Text, b: &'t Text, params: &'t Params, level: Level) -> Self {
        Self {
            a,
            b,
            params,
            level,
            knowledge: Knowledge::new(a, b),
            postings_a: Postings::new(a),
            postings_b: Postings::new(b),
            mark_sums_a: MarkSums::new(a),
            mark_sums_b: MarkSums::new(b),
            lengths: LengthModel::start(a, b, params),
            boundaries: Boundaries::start(a, b, params),
            marks: None,
            priors: Vec::new(),
            gaps: start_gaps(params, true),
        }
    }

    /// Runs EM to its end and decodes.
    pub(super) fn fit(&mut self, start: Start) -> Fit {
        let (rows, columns) = (self.a.len(), self.b.len());
        let params = self.params;
        let first_shapes = shapes(params, params.first_max_sum.min(params.max_sum));
        let all_shapes = shapes(params, params.max_sum);
        self.priors = start_probabilities(&first_shapes, params).into_iter().map(f64::ln).collect();
        let mut long_gaps = !start.no_long_gaps;
        self.gaps = start_gaps(params, long_gaps);
        let mut band = start.band.unwrap_or_else(|| Band::full(rows, columns));
        let mut beads = start.beads;
        let mut previous = f64::NEG_INFINITY;
        let mut final_round = false;
        let mut round = 0;
        loop {
            let shapes = if round == 0 { &first_shapes } else { &all_shapes };
            final_round |= round + 1 >= self.level.max_rounds;
            if round > 0 {
                self.knowledge.learn(self.a, self.b, &beads, params);
            }
            let lexicon = train(self.a, self.b, &beads, &self.knowledge.known(), params);
            let weight = if round == 0 && beads.is_empty() {
                params.first_lexicon_weight
            } else {
                self.level.lexicon_weight
            };
            let temperature = match round {
                0 if beads.is_empty() => params.first_temperature,
                _ => self.level.temperature,
            };
            let mut edges = {
                let prepared = self.round(shapes, &lexicon, weight, &band);
                self.scores(&prepared, &band)
            };
            let lattice = Lattice { band: &band, shapes, columns };
            let (nodes, likelihood) = lattice.posteriors(&mut edges, &self.gaps, temperature);
            let path = lattice.decode(&edges, params.threshold);
            if final_round {
                return Fit {
                    beads: found(&path, shapes, &band, &edges),
                    nodes: likely_nodes(&band, &nodes),
                    likelihood: likelihood / temperature,
                };
            }
            let gain = likelihood - previous;
            if round > 1 && gain < params.tolerance * likelihood.abs() {
                if long_gaps {
                    final_round = true;
                } else {
                    long_gaps = true;
                }
            }
            previous = likelihood;
            beads = training_beads(&band, shapes, &edges);
            self.learn(&beads, &path, shapes, &all_shapes, &band, &edges, long_gaps);
            band = band.narrowed(&nodes, 1e-7, 4, columns);
            round += 1;
        }
    }

    /// Prepares the scores of one round over a band.
    pub(super) fn round<'m>(
        &self,
        shapes: &'m [Shape],
        lexicon: &Lexicon,
        lexicon_weight: f64,
        band: &Band,
    ) -> Round<'m> {
        let reach = shapes.iter().map(|s| s.0.max(s.1)).max().unwrap_or(1);
        let rows = band.row_ranges(self.b.len(), reach);
        let columns = band
            .column_ranges(self.b.len(), reach)
            .into_iter()
            .map(|(from, to)| (from, to.min(self.a.len() as u32)))
            .collect::<Vec<_>>();
        let lexical = rayon::join(
            || SpanScores::new(self.a, self.b, &self.postings_b, &lexicon.forward, &rows, reach, self.params),
            || {
                SpanScores::new(
                    self.b,
                    self.a,
                    &self.postings_a,
                    &lexicon.backward,
                    &columns,
                    reach,
                    self.params,
                )
            },
        );
        let freedom = self.params.length_freedom;
        let lengths = LengthEvidence::new(self.a, self.b, &self.lengths, reach, freedom);
        Round { shapes, lengths, lexical, lexicon_weight }
    }

    /// The scores of all edges of a band, node by node.
    fn scores(&self, round: &Round<'_>, band: &Band) -> Vec<f32> {
        let shapes = round.shapes.len();
        let mut out = vec![f32::NEG_INFINITY; band.nodes() * shapes];
        let mut rows: Vec<(usize, &mut [f32])> = Vec::with_capacity(band.rows());
        let mut rest = out.as_mut_slice();
        for i in 0..band.rows() {
            let (row, more) = rest.split_at_mut((band.offset(i + 1) - band.offset(i)) * shapes);
            rows.push((i, row));
            rest = more;
        }
        rows.into_par_iter().for_each(|(i, row)| {
            for (edges, j) in row.chunks_exact_mut(shapes).zip(band.low(i)..) {
                for (shape, (edge, &(n, m))) in edges.iter_mut().zip(round.shapes).enumerate() {
                    if band.node(i + n, j + m).is_some() {
                        *edge = self.edge(round, shape, i, j) as f32;
                    }
                }
            }
        });
        out
    }

    /// The log-likelihood ratio of one bead.
    #[inline]
    fn edge(&self, round: &Round<'_>, shape: usize, i: usize, j: usize) -> f64 {
        let (n, m) = round.shapes[shape];
        let prior = self.priors[shape];
        if n == 0 {
            return prior + f64::from(self.boundaries.edge_b(j + m - 1));
        }
        if m == 0 {
            return prior + f64::from(self.boundaries.edge_a(i + n - 1));
        }
        let mut score = prior + self.params.length_weight * round.lengths.score(i, n, j, m);
        score += f64::from(self.boundaries.score(i, n, j, m));
        if let Some(marks) = &self.marks {
            let a = (&self.mark_sums_a, i, n, round.lengths.length_a(i, n));
            let b = (&self.mark_sums_b, j, m, round.lengths.length_b(j, m));
            score += f64::from(self.params.marks_weight * marks.score(a, b));
        }
        let there = f64::from(round.lexical.0.get(i, n, j, j + m));
        let back = f64::from(round.lexical.1.get(j, m, i, i + n));
        score + round.lexicon_weight * (0.25 * (there + back) + 0.5 * there.min(back))
    }

    /// Re-estimates everything but the lexicon.
    #[allow(clippy::too_many_arguments)]
    fn learn(
        &mut self,
        beads: &[TrainingBead],
        path: &[Step],
        shapes: &[Shape],
        all_shapes: &[Shape],
        band: &Band,
        edges: &[f32],
        long_gaps: bool,
    ) {
        let params = self.params;
        let mut expected = vec![0f64; shapes.len()];
        for node in edges.chunks_exact(shapes.len()).take(band.nodes()) {
            expected.iter_mut().zip(node).for_each(|(sum, &p)| *sum += f64::from(p));
        }
        let total: f64 = expected[FIRST_MATCH..].iter().sum();
        let start = start_probabilities(all_shapes, params);
        self.priors = all_shapes
            .iter()
            .zip(start)
            .map(|(shape, start)| {
                let seen = shapes.iter().position(|s| s == shape).map_or(0.0, |k| expected[k]);
                if shape.0.min(shape.1) == 0 {
                    ((seen + 5.0) / (expected[0] + expected[1] + 10.0)).ln()
                } else {
                    ((seen + params.shape_count * start) / (total + params.shape_count)).ln()
                }
            })
            .collect();
        self.gaps = learned_gaps(path, params, long_gaps);
        let pairs: Vec<LengthPair> = beads
            .iter()
            .map(|bead| {
                let sum = |text: &Text, span: (u32, u32)| {
                    text.sentences[span.0 as usize..span.1 as usize].iter().map(|s| s.length).sum::<f64>()
                };
                LengthPair { a: sum(self.a, bead.a), b: sum(self.b, bead.b), weight: f64::from(bead.weight) }
            })
            .collect();
        self.lengths.learn(&pairs, params);
        self.boundaries.learn(self.a, self.b, beads, params);
        if params.marks_weight > 0.0 {
            self.marks = Some(MarkModel::learn(self.a, self.b, beads));
        }
    }
}

/// Gap probabilities from the decoded path; runs of more than a dozen belong to the long state.
fn learned_gaps(path: &[Step], params: &Params, long_gaps: bool) -> GapModel {
    let (mut opened, mut matched, mut extended, mut closed) = (0.0, 0.0, 0.0, 0.0);
    let mut run = 0usize;
    let shapes = path.iter().map(|step| Some(step.2)).chain([None]);
    for shape in shapes {
        if shape.is_some_and(|s| s < FIRST_MATCH) {
            run += 1;
            continue;
        }
        if (1..=12).contains(&run) {
            opened += 1.0;
            extended += (run - 1) as f64;
            closed += 1.0;
        }
        matched += if shape.is_some() { 1.0 } else { 0.0 };
        run = 0;
    }
    let open = (opened + params.shape_count * params.gap_open) / (opened + matched + params.shape_count);
    let count = params.gap_extend_count;
    let extend = (extended + count * params.gap_extend) / (extended + closed + count);
    let long_open = if long_gaps { params.long_open } else { NO_LONG_GAP };
    GapModel::new(open.clamp(0.001, 0.3), extend.clamp(0.05, 0.95), long_open, params.long_extend)
}

/// All two-sided beads with a posterior above one in a hundred.
fn training_beads(band: &Band, shapes: &[Shape], edges: &[f32]) -> Vec<TrainingBead> {
    let mut out = Vec::new();
    for i in 0..band.rows() {
        for j in band.low(i)..=band.high(i) {
            let x = (band.offset(i) + j - band.low(i)) * shapes.len();
            for (k, &(n, m)) in shapes.iter().enumerate().skip(FIRST_MATCH) {
                let weight = edges[x + k];
                if weight > 0.01 {
                    let span = |from: usize, n: usize| (from as u32, (from + n) as u32);
                    out.push(TrainingBead { a: span(i, n), b: span(j, m), weight });
                }
            }
        }
    }
    out
}

fn found(path: &[Step], shapes: &[Shape], band: &Band, edges: &[f32]) -> Vec<Found> {
    path.iter()
        .map(|&(i, j, k)| {
            let (n, m) = shapes[k];
            let posterior = band.node(i, j).map_or(0.0, |x| f64::from(edges[x * shapes.len() + k]));
            Found { a: (i, i + n), b: (j, j + m), posterior }
        })
        .collect()
}

fn likely_nodes(band: &Band, nodes: &[f32]) -> Vec<NodePosterior> {
    (0..band.rows())
        .flat_map(|i| (band.low(i)..=band.high(i)).map(move |j| (i, j)))
        .zip(nodes)
        .filter(|(_, p)| **p >= 0.1)
        .map(|((i, j), &p)| (i, j, p))
        .collect()
}
