//! Alignment of a text and its translation, from nothing but the two texts.
//!
//! One generative model (a semi-Markov lattice over beads), trained by EM on this very pair. Every
//! piece of evidence is a log-likelihood ratio (these segments correspond, against: they are
//! unrelated) and has its own module: [`length`], [`lexicon`] with [`knowledge`] and [`sound`],
//! [`boundary`], [`marks`], [`shapes`] with gaps. [`model`] adds them up and re-estimates them,
//! the lattice gives posteriors and decodes by minimum Bayes risk. The same model runs at three
//! levels: joined sentences ([`coarse`], for long texts), sentences, and clauses ([`clauses`]).

mod boundary;
mod clauses;
mod coarse;
mod knowledge;
mod length;
mod lexicon;
mod marks;
mod model;
mod moved;
pub(crate) mod params;
mod shapes;
mod sound;
mod spans;
mod table;
mod text;

use self::model::{Fit, Level, Model, Start};
use self::params::Params;
use self::text::{Piece, Text, sentences};
use super::bead::RawBead;
use super::side::Side;

/// Aligns two non-empty sides. The beads cover both; moved ones are marked.
pub(super) fn align(a: &Side, b: &Side, params: &Params) -> Vec<RawBead> {
    let (pieces_a, pieces_b) = (sentences(a), sentences(b));
    let (text_a, text_b) = (Text::new(&pieces_a, params), Text::new(&pieces_b, params));
    let fit = fit_sentences(&pieces_a, &pieces_b, &text_a, &text_b, params);
    let beads = if params.clauses { clauses::refine(&pieces_a, &pieces_b, fit, params) } else { fit.beads };
    let beads = moved::find(&text_a, &text_b, beads, params);
    beads.into_iter().map(|f| RawBead { a: f.a.0..f.a.1, b: f.b.0..f.b.1, confidence: f.posterior }).collect()
}

/// The level of sentences.
fn sentence_level(params: &Params) -> Level {
    Level {
        lexicon_weight: params.lexicon_weight,
        temperature: params.temperature,
        max_rounds: params.rounds,
    }
}

/// The first pass: sentences as units, inside a corridor when the texts are long, from several
/// starts when the first finds little.
fn fit_sentences(pieces_a: &[Piece], pieces_b: &[Piece], a: &Text, b: &Text, params: &Params) -> Fit {
    let run = |start: Start| Model::new(a, b, params, sentence_level(params)).fit(start);
    if (a.len() + 1).saturating_mul(b.len() + 1) > params.max_nodes {
        let band = coarse::corridor(pieces_a, pieces_b, params);
        return run(Start { band: Some(band), ..Start::default() });
    }
    run(Start::default())
}
