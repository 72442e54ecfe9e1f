//! The model of a pair of texts: all evidence, the score of a bead, and its re-estimation (EM).

use crate::align::translation::params::model::CALM;
use std::ops::Range;

use super::params::Params;
use super::text::Text;
use crate::align::band::Band;
use crate::align::edges::Edges;
use crate::align::gap::{FIRST_MATCH, GapModel, Shape};
use crate::align::lattice::{Lattice, Step};
use crate::align::pins::Node;
use crate::align::translation::evidence::boundary::Boundaries;
use crate::align::translation::evidence::length::{
    LengthEvidence, LengthModel, LengthPair, SpanLengths, log_binomial,
};
use crate::align::translation::evidence::marks::{MarkModel, span_marks};
use crate::align::translation::evidence::score::{MarkEvidence, Scorer};
use crate::align::translation::evidence::similarity::Similarity;
use crate::align::translation::evidence::spans::{Predictor, Words};
use crate::align::translation::lexicon::knowledge::{Knowledge, TrainingBead};
use crate::align::translation::lexicon::table::Lexicon;
use crate::align::translation::lexicon::training::train;
use crate::align::translation::search::observed::{
    Found, NodePosterior, Observed, found, free_units, learned_gaps, likely_nodes, new_steps, training_beads,
};
use crate::align::translation::search::shapes::{Grain, shapes, start_gaps, start_probabilities};
use crate::math::ln;

/// What a run of the model gives.
#[derive(Debug)]
pub(crate) struct Fit {
    /// The decoded beads in order, covering both texts.
    pub(crate) beads: Vec<Found>,
    /// Nodes with a posterior of at least a tenth, row by row.
    pub(crate) nodes: Vec<NodePosterior>,
    /// For each unit of both texts, the probability that it has no partner.
    pub(crate) free: (Vec<f64>, Vec<f64>),
    /// The log-likelihood, in nats, over that of all paths on which nothing has a partner: what the beads
    /// have to show. Comparable at one level only.
    pub(crate) evidence: f64,
    /// Rounds it took.
    pub(crate) rounds: usize,
}

/// The two texts of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Texts<'t> {
    pub(crate) a: &'t Text,
    pub(crate) b: &'t Text,
    /// Nodes that every path passes, ascending.
    pub(crate) forced: &'t [Node],
}

impl<'t> Texts<'t> {
    /// Two texts of which nothing is given.
    pub(crate) fn free(a: &'t Text, b: &'t Text) -> Self {
        Self { a, b, forced: &[] }
    }
}

/// How a run starts.
#[derive(Debug, Default)]
pub(crate) struct Start {
    /// The nodes to search; all when absent.
    pub(crate) band: Option<Band>,
    /// Beads from which the first lexicon is trained.
    pub(crate) beads: Vec<TrainingBead>,
    /// Rounds in which there is no long gap, so that a weak beginning cannot slide into one.
    pub(crate) held_rounds: usize,
    /// Whether gaps stay as rare as they are at first, without long ones, in all rounds: what is looked for
    /// is the best path on which nearly everything has a partner.
    pub(crate) tight: bool,
    /// By what the ratio of the lengths of both texts is multiplied at first, where they are known not to
    /// correspond as a whole.
    pub(crate) length_factor: Option<f64>,
}

/// What differs between sentences and clauses.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Level {
    pub(crate) lexicon_weight: f64,
    pub(crate) vector_weight: f32,
    pub(crate) temperature: f64,
    /// Probability that a long gap opens.
    pub(crate) long_open: f64,
    pub(crate) max_rounds: usize,
    /// Training ends when the likelihood gains less than this share.
    pub(crate) tolerance: f64,
    /// Training ends when a round changes less than this share of the path.
    pub(crate) settled_path: f64,
    /// Training ends when so few nodes a unit are left that nothing remains to be decided.
    pub(crate) settled_width: f64,
}

impl Level {
    /// Several sentences joined.
    pub(crate) fn joined(params: &Params) -> Self {
        Self { long_open: params.coarse_long_open, ..Self::sentences(params) }
    }

    /// Sentences.
    pub(crate) fn sentences(params: &Params) -> Self {
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
    pub(crate) fn clauses(params: &Params) -> Self {
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
pub(crate) struct Model<'t> {
    a: &'t Text,
    b: &'t Text,
    forced: &'t [Node],
    params: &'t Params,
    level: Level,
    knowledge: Knowledge,
    words_a: Words<'t>,
    words_b: Words<'t>,
    lengths: LengthModel,
    boundaries: Boundaries,
    marks: Option<MarkModel>,
    similarity: Option<Similarity>,
    grain: Grain,
    /// Log probabilities of the shapes.
    priors: Vec<f64>,
    gaps: GapModel,
}

impl<'t> Model<'t> {
    pub(crate) fn new(Texts { a, b, forced }: Texts<'t>, params: &'t Params, level: Level) -> Self {
        Self {
            a,
            b,
            forced,
            params,
            level,
            knowledge: Knowledge::new(a, b, &params.dictionary),
            words_a: Words::new(a),
            words_b: Words::new(b),
            lengths: LengthModel::start(a, b, params),
            boundaries: Boundaries::start(a, b, params),
            marks: None,
            similarity: Similarity::new(a, b),
            grain: Grain::of(a, b, params),
            priors: Vec::new(),
            gaps: start_gaps(params, level.long_open),
        }
    }

    /// Runs EM to its end and decodes.
    pub(crate) fn fit(&mut self, start: Start) -> Fit {
        let (rows, columns) = (self.a.len(), self.b.len());
        let params = self.params;
        let all_shapes = shapes(params, params.max_sum, self.grain);
        let first_shapes = if self.grain.ratio == 1.0 {
            shapes(params, params.first_max_sum.min(params.max_sum), Grain::even(params))
        } else {
            all_shapes.clone()
        };
        self.priors = start_probabilities(&first_shapes, params, self.grain).into_iter().map(ln).collect();
        self.gaps = start_gaps(params, self.level.long_open);
        if start.held_rounds > 0 || start.tight {
            self.gaps = self.gaps.without_long();
        }
        let band = start.band.unwrap_or_else(|| Band::full(rows, columns));
        let mut band = band.forced(self.forced, columns);
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
            edges.close_around(&band, shapes, self.forced);
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
                    evidence: likelihood - self.nothing_at(temperature),
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
            if start.tight {
                self.gaps = start_gaps(params, self.level.long_open);
            }
            if round + 1 < start.held_rounds || start.tight {
                self.gaps = self.gaps.without_long();
            }
            band = narrowed.forced(self.forced, columns);
            round += 1;
        }
    }

    /// Learns everything from beads that are given, and returns their lexicon.
    pub(crate) fn learn_from(&mut self, seen: &Observed, shapes: &[Shape]) -> Lexicon {
        self.learn(seen, shapes);
        self.knowledge.learn(self.a, self.b, &seen.beads, self.params);
        self.lexicon(&seen.beads)
    }

    /// What a gap of one segment, and each further one in it, costs.
    pub(crate) fn gap_costs(&self) -> (f64, f64) {
        (self.gaps.open[1] + self.gaps.close[1], self.gaps.extend[1])
    }

    /// The scores of all beads of two stretches: of all evidence, and without the words, the lengths, the
    /// marks, the vectors and the prior of the shape.
    pub(crate) fn evidence(
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
    pub(crate) fn lexicon(&self, beads: &[TrainingBead]) -> Lexicon {
        train((self.a, self.b), beads, &self.knowledge.known(), None, self.params)
    }

    /// The beads of two stretches of the texts under the fitted model, inside a band whose first
    /// node is `origin`, and their gain in nats over omitting all of both.
    pub(crate) fn local(
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
        let nothing = self.nothing(a.clone(), b.clone());
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

    /// The score of the path on which no unit of two stretches has a partner, in a long gap.
    fn nothing(&self, a: Range<usize>, b: Range<usize>) -> f64 {
        let gap = self.gaps.open[2] + self.gaps.extend[2] * (a.len() + b.len()) as f64;
        let omissions = a.map(|i| self.priors[0] + f64::from(self.boundaries.alone_a(i)));
        let additions = b.map(|j| self.priors[1] + f64::from(self.boundaries.alone_b(j)));
        omissions.sum::<f64>() + additions.sum::<f64>() + gap
    }

    /// The log-likelihood of all paths on which no unit has a partner.
    fn nothing_at(&self, temperature: f64) -> f64 {
        let (n, m) = (self.a.len(), self.b.len());
        let units = (n + m).saturating_sub(1) as f64;
        let gap = |k: usize| self.gaps.open[k] + self.gaps.extend[k] * units;
        let long = self.gaps.open[2] + self.gaps.extend[2] * (units + 1.0);
        let path = self.nothing(0..n, 0..m) - long + gap(1).max(gap(2));
        // Omissions and additions may follow each other in any order.
        temperature * path + log_binomial(n + m, n)
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
        let (in_a, in_b) = (|| stretch_a.clone(), || stretch_b.clone());
        let (alpha, lambda) = (params.alpha, params.background);
        let lexical = crate::par::join(
            || Predictor::new((a, in_a()), (&self.words_b, in_b()), &lexicon.forward, alpha, lambda),
            || Predictor::new((b, in_b()), (&self.words_a, in_a()), &lexicon.backward, alpha, lambda),
        );
        let freedom = params.length_freedom;
        let lengths = LengthEvidence::new((a, in_a()), (b, in_b()), &self.lengths, reach, freedom);
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
        let start = start_probabilities(shapes, params, self.grain);
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
