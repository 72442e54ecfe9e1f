//! The model of a pair of texts: all evidence, the score of a bead, and its re-estimation (EM).

use std::ops::Range;

use super::boundary::Boundaries;
use super::knowledge::{Knowledge, TrainingBead};
use super::length::{LengthEvidence, LengthModel, LengthPair, SpanLengths};
use super::lexicon::train;
use super::marks::{MarkModel, span_marks};
use super::observed::{
    Found, NodePosterior, Observed, found, free_units, learned_gaps, likely_nodes, new_steps, training_beads,
};
use super::params::Params;
use super::score::{MarkEvidence, Scorer};
use super::shapes::{shapes, start_gaps, start_probabilities};
use super::similarity::Similarity;
use super::spans::{Predictor, Words};
use super::table::Lexicon;
use super::text::Text;
use crate::align::band::Band;
use crate::align::edges::Edges;
use crate::align::gap::{FIRST_MATCH, GapModel, Shape};
use crate::align::lattice::{Lattice, Step};
use crate::align::math::ln;
use crate::align::pins::Node;

/// When a round gains less than this share of the likelihood, the next keeps to the links found.
const CALM: f64 = 0.02;

/// What a run of the model gives.
#[derive(Debug)]
pub(super) struct Fit {
    /// The decoded beads in order, covering both texts.
    pub(super) beads: Vec<Found>,
    /// Nodes with a posterior of at least a tenth, row by row.
    pub(super) nodes: Vec<NodePosterior>,
    /// For each unit of both texts, the probability that it has no partner.
    pub(super) free: (Vec<f64>, Vec<f64>),
    /// Log-likelihood, in nats, against two unrelated texts; comparable at one level only.
    pub(super) likelihood: f64,
    /// Rounds it took.
    pub(super) rounds: usize,
}

/// The two texts of a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Texts<'t> {
    pub(super) a: &'t Text,
    pub(super) b: &'t Text,
    /// Nodes that every path passes, ascending.
    pub(super) through: &'t [Node],
}

impl<'t> Texts<'t> {
    /// Two texts of which nothing is given.
    pub(super) fn free(a: &'t Text, b: &'t Text) -> Self {
        Self { a, b, through: &[] }
    }
}

/// How a run starts.
#[derive(Debug, Default)]
pub(super) struct Start {
    /// The nodes to search; all when absent.
    pub(super) band: Option<Band>,
    /// Beads from which the first lexicon is trained.
    pub(super) beads: Vec<TrainingBead>,
    /// Rounds in which there is no long gap, so that a weak beginning cannot slide into one.
    pub(super) held_rounds: usize,
    /// By what the ratio of the lengths of both texts is multiplied at first, where they are known not to
    /// correspond as a whole.
    pub(super) length_factor: Option<f64>,
}

/// What differs between sentences and clauses.
#[derive(Debug, Clone, Copy)]
pub(super) struct Level {
    pub(super) lexicon_weight: f64,
    pub(super) vector_weight: f32,
    pub(super) temperature: f64,
    /// Probability that a long gap opens.
    pub(super) long_open: f64,
    pub(super) max_rounds: usize,
    /// Training ends when the likelihood gains less than this share.
    pub(super) tolerance: f64,
    /// Training ends when a round changes less than this share of the path.
    pub(super) settled_path: f64,
    /// Training ends when so few nodes a unit are left that nothing remains to be decided.
    pub(super) settled_width: f64,
}

impl Level {
    /// Several sentences joined.
    pub(super) fn joined(params: &Params) -> Self {
        Self { long_open: params.coarse_long_open, ..Self::sentences(params) }
    }

    /// Sentences.
    pub(super) fn sentences(params: &Params) -> Self {
        Self {
            lexicon_weight: params.lexicon_weight,
            vector_weight: params.vector_weight,
            temperature: params.temperature,
            long_open: params.long_open,
            max_rounds: params.rounds,
            tolerance: params.tolerance,
            settled_path: params.settled_path,
            settled_width: 0.0,
        }
    }

    /// Clauses.
    pub(super) fn clauses(params: &Params) -> Self {
        Self {
            lexicon_weight: params.clause_lexicon_weight,
            vector_weight: params.clause_vector_weight,
            temperature: params.clause_temperature,
            long_open: params.long_open,
            max_rounds: params.rounds,
            tolerance: params.tolerance,
            settled_path: params.clause_settled_path,
            settled_width: 0.0,
        }
    }
}

/// The model while it is being fitted.
pub(super) struct Model<'t> {
    a: &'t Text,
    b: &'t Text,
    through: &'t [Node],
    params: &'t Params,
    level: Level,
    knowledge: Knowledge,
    words_a: Words<'t>,
    words_b: Words<'t>,
    lengths: LengthModel,
    boundaries: Boundaries,
    marks: Option<MarkModel>,
    similarity: Option<Similarity>,
    /// Log probabilities of the shapes.
    priors: Vec<f64>,
    gaps: GapModel,
}

impl<'t> Model<'t> {
    pub(super) fn new(Texts { a, b, through }: Texts<'t>, params: &'t Params, level: Level) -> Self {
        Self {
            a,
            b,
            through,
            params,
            level,
            knowledge: Knowledge::new(a, b, &params.dictionary),
            words_a: Words::new(a),
            words_b: Words::new(b),
            lengths: LengthModel::start(a, b, params),
            boundaries: Boundaries::start(a, b, params),
            marks: None,
            similarity: Similarity::new(a, b),
            priors: Vec::new(),
            gaps: start_gaps(params, level.long_open),
        }
    }

    /// Runs EM to its end and decodes.
    pub(super) fn fit(&mut self, start: Start) -> Fit {
        let (rows, columns) = (self.a.len(), self.b.len());
        let params = self.params;
        let first_shapes = shapes(params, params.first_max_sum.min(params.max_sum));
        let all_shapes = shapes(params, params.max_sum);
        self.priors = start_probabilities(&first_shapes, params).into_iter().map(ln).collect();
        self.gaps = start_gaps(params, self.level.long_open);
        if start.held_rounds > 0 {
            self.gaps = self.gaps.without_long();
        }
        let band = start.band.unwrap_or_else(|| Band::full(rows, columns));
        let mut band = band.through(self.through, columns);
        let mut beads = start.beads;
        self.lengths.ratio *= start.length_factor.unwrap_or(1.0);
        if !beads.is_empty() {
            self.learn_lengths(&beads);
        }
        self.start_similarity(&beads, &band);
        let mut previous = f64::NEG_INFINITY;
        let mut last_path: Vec<Step> = Vec::new();
        let mut round = 0;
        let mut lexicon = None;
        // Whether the beads change so little that no new links are to be expected.
        let mut calm = false;
        loop {
            let shapes = if round == 0 { &first_shapes } else { &all_shapes };
            if round > 0 {
                self.knowledge.learn(self.a, self.b, &beads, params);
            }
            let earlier = lexicon.take().filter(|_| calm);
            let known = self.knowledge.known();
            let lexicon = lexicon.insert(train((self.a, self.b), &beads, &known, earlier.as_ref(), params));
            let weight = if round == 0 && beads.is_empty() {
                params.first_lexicon_weight
            } else {
                self.level.lexicon_weight
            };
            let temperature = match round {
                0 if beads.is_empty() => params.first_temperature,
                _ => self.level.temperature,
            };
            let mut edges = self.scorer(shapes, lexicon, weight, (0..rows, 0..columns)).edges(&band);
            edges.close_around(&band, shapes, self.through);
            let lattice = Lattice { band: &band, shapes, columns };
            let (nodes, likelihood) = lattice.posteriors(&mut edges, &self.gaps, temperature);
            let path = lattice.decode(&edges, params.threshold);
            let gain = (likelihood - previous) / likelihood.abs();
            let narrowed = band.narrowed(&nodes, params.narrow_below, params.narrow_pad, columns);
            // Nothing is gained, nothing changed, or nothing is left to choose from.
            let settled = round > start.held_rounds.max(1)
                && (gain < self.level.tolerance || new_steps(&last_path, &path) < self.level.settled_path)
                || round > 0 && narrowed.nodes() as f64 <= self.level.settled_width * rows as f64;
            calm = round > 1 && gain < CALM;
            if settled || round + 1 >= self.level.max_rounds {
                return Fit {
                    beads: found(&path, shapes, &band, &edges),
                    nodes: likely_nodes(&band, &nodes),
                    free: free_units(&band, columns, &edges),
                    likelihood,
                    rounds: round + 1,
                };
            }
            previous = likelihood;
            let expected = edges.sums(&band);
            let number = |shape: &Shape| shapes.iter().position(|s| s == shape).map_or(0.0, |k| expected[k]);
            let seen = Observed {
                beads: training_beads(&band, shapes, &edges),
                shapes: all_shapes.iter().map(number).collect(),
                free: free_units(&band, columns, &edges),
                matched: path.iter().map(|step| step.2 >= FIRST_MATCH).collect(),
            };
            self.learn(&seen, &all_shapes);
            beads = seen.beads;
            last_path = path;
            if round + 1 < start.held_rounds {
                self.gaps = self.gaps.without_long();
            }
            band = narrowed.through(self.through, columns);
            round += 1;
        }
    }

    /// Learns everything from beads that are given, and returns their lexicon.
    pub(super) fn learn_from(&mut self, seen: &Observed, shapes: &[Shape]) -> Lexicon {
        self.learn(seen, shapes);
        self.knowledge.learn(self.a, self.b, &seen.beads, self.params);
        self.lexicon(&seen.beads)
    }

    /// What a gap of one segment, and each further one in it, costs.
    pub(super) fn gap_costs(&self) -> (f64, f64) {
        (self.gaps.open[1] + self.gaps.close[1], self.gaps.extend[1])
    }

    /// The scores of all beads of two stretches: of all evidence, and without the words, the lengths, the
    /// marks, the vectors and the prior of the shape.
    pub(super) fn evidence(
        &self,
        lexicon: &Lexicon,
        shapes: &[Shape],
        band: &Band,
        stretches: (Range<usize>, Range<usize>),
    ) -> [Edges; 6] {
        let scorer = || self.scorer(shapes, lexicon, self.level.lexicon_weight, stretches.clone());
        let flat = vec![0.0; shapes.len()];
        [
            scorer().edges(band),
            Scorer { lexicon_weight: 0.0, ..scorer() }.edges(band),
            Scorer { length_weight: 0.0, ..scorer() }.edges(band),
            Scorer { marks: None, ..scorer() }.edges(band),
            Scorer { similarity: None, ..scorer() }.edges(band),
            Scorer { priors: &flat, ..scorer() }.edges(band),
        ]
    }

    /// The lexicon of some beads, with what is known besides.
    pub(super) fn lexicon(&self, beads: &[TrainingBead]) -> Lexicon {
        train((self.a, self.b), beads, &self.knowledge.known(), None, self.params)
    }

    /// The beads of two stretches of the texts under the fitted model, inside a band whose first
    /// node is `origin`, and their gain in nats over omitting all of both.
    pub(super) fn local(
        &self,
        lexicon: &Lexicon,
        shapes: &[Shape],
        band: &Band,
        origin: (usize, usize),
    ) -> (f64, Vec<Found>) {
        let width = band.high(band.rows() - 1);
        let (a, b) = (origin.0..origin.0 + band.rows() - 1, origin.1..origin.1 + width);
        let scorer = self.scorer(shapes, lexicon, self.level.lexicon_weight, (a.clone(), b.clone()));
        let mut edges = scorer.edges(band);
        let omissions = a.clone().map(|i| self.priors[0] + f64::from(self.boundaries.alone_a(i)));
        let additions = b.clone().map(|j| self.priors[1] + f64::from(self.boundaries.alone_b(j)));
        let gap = self.gaps.open[2] + self.gaps.extend[2] * (a.len() + b.len()) as f64;
        let nothing = omissions.sum::<f64>() + additions.sum::<f64>() + gap;
        let lattice = Lattice { band, shapes, columns: width };
        let (_, likelihood) = lattice.posteriors(&mut edges, &self.gaps, self.level.temperature);
        let path = lattice.decode(&edges, self.params.threshold);
        let shift = |(from, to): (usize, usize), by: usize| (from + by, to + by);
        let beads = found(&path, shapes, band, &edges)
            .into_iter()
            .filter(Found::is_matched)
            .map(|f| Found { a: shift(f.a, a.start), b: shift(f.b, b.start), ..f })
            .collect();
        (likelihood / self.level.temperature - nothing, beads)
    }

    /// Prepares the evidence about two stretches of the texts.
    fn scorer<'m>(
        &'m self,
        shapes: &'m [Shape],
        lexicon: &Lexicon,
        lexicon_weight: f64,
        (stretch_a, stretch_b): (Range<usize>, Range<usize>),
    ) -> Scorer<'m> {
        let (a, b, params) = (self.a, self.b, self.params);
        let reach = shapes.iter().map(|s| s.0.max(s.1)).max().unwrap_or(1);
        let (here, there) = (|| stretch_a.clone(), || stretch_b.clone());
        let (alpha, lambda) = (params.alpha, params.background);
        let lexical = crate::par::join(
            || Predictor::new((a, here()), (&self.words_b, there()), &lexicon.forward, alpha, lambda),
            || Predictor::new((b, there()), (&self.words_a, here()), &lexicon.backward, alpha, lambda),
        );
        let freedom = params.length_freedom;
        let lengths = LengthEvidence::new((a, here()), (b, there()), &self.lengths, reach, freedom);
        let marks = self.marks.as_ref().map(|model| {
            let spans = |text: &Text, stretch: &Range<usize>, lengths: &[SpanLengths]| {
                let spans =
                    |(k, l): (usize, &SpanLengths)| span_marks(text, stretch.clone(), k + 1, &l.length);
                lengths.iter().enumerate().map(spans).collect()
            };
            MarkEvidence {
                model,
                a: spans(a, &stretch_a, &lengths.a),
                b: spans(b, &stretch_b, &lengths.b),
                weight: params.marks_weight,
            }
        });
        Scorer {
            origin: (stretch_a.start, stretch_b.start),
            shapes,
            priors: &self.priors,
            lengths,
            length_weight: params.length_weight as f32,
            boundaries: &self.boundaries,
            marks,
            similarity: self
                .similarity
                .as_ref()
                .and_then(|s| s.evidence((stretch_a.start, stretch_b.start), self.level.vector_weight)),
            lexical,
            lexicon_weight: lexicon_weight as f32,
        }
    }

    /// What vectors say before the first round: learned from the beads at the start, or, where all nodes
    /// are open, from the units alone.
    fn start_similarity(&mut self, beads: &[TrainingBead], band: &Band) {
        let all = (self.a.len() + 1).saturating_mul(self.b.len() + 1);
        match &mut self.similarity {
            Some(similarity) if !beads.is_empty() => similarity.learn(beads),
            Some(similarity) if band.nodes() == all => similarity.start(),
            _ => {}
        }
    }

    /// Re-estimates the lengths.
    fn learn_lengths(&mut self, beads: &[TrainingBead]) {
        let pairs: Vec<LengthPair> = beads
            .iter()
            .map(|bead| {
                let sum = |text: &Text, span: (u32, u32)| {
                    text.sentences[span.0 as usize..span.1 as usize].iter().map(|s| s.length).sum::<f64>()
                };
                LengthPair { a: sum(self.a, bead.a), b: sum(self.b, bead.b), weight: f64::from(bead.weight) }
            })
            .collect();
        self.lengths.learn(&pairs, self.params);
    }

    /// Re-estimates everything but the lexicon; `seen` counts these shapes.
    fn learn(&mut self, seen: &Observed, shapes: &[Shape]) {
        let Observed { beads, shapes: counts, free, matched } = seen;
        let params = self.params;
        let one_sided = counts[0] + counts[1];
        let total: f64 = counts[FIRST_MATCH..].iter().sum();
        let start = start_probabilities(shapes, params);
        let prior = |((shape, seen), start): ((&Shape, &f64), f64)| match shape.0.min(shape.1) {
            0 => ln((seen + 5.0) / (one_sided + 10.0)),
            _ => ln((seen + params.shape_count * start) / (total + params.shape_count)),
        };
        self.priors = shapes.iter().zip(counts).zip(start).map(prior).collect();
        self.gaps = learned_gaps(matched, params, self.level.long_open);
        self.learn_lengths(beads);
        self.boundaries.learn(self.a, self.b, beads, free, params);
        if params.marks_weight > 0.0 {
            self.marks = Some(MarkModel::learn(self.a, self.b, beads));
        }
        if let Some(similarity) = &mut self.similarity {
            similarity.learn(beads);
        }
    }
}
