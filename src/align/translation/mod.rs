//! Alignment of a text and its translation, from nothing but the two texts.
//!
//! One generative model (a semi-Markov lattice over beads), trained by EM on this very pair. Every
//! piece of evidence is a log-likelihood ratio (these segments correspond, against: they are
//! unrelated) and has its own module: [`length`], [`lexicon`] with [`knowledge`] and [`sound`],
//! [`boundary`], [`marks`], [`shapes`] with gaps. [`model`] adds them up and re-estimates them,
//! the lattice gives posteriors and decodes by minimum Bayes risk. The same model runs at three
//! levels: joined sentences ([`coarse`], for long texts), sentences, and clauses ([`clauses`]).

mod boundary;
mod candidates;
mod clauses;
mod coarse;
mod knowledge;
mod length;
mod lexicon;
mod marks;
mod model;
mod moved;
pub(crate) mod params;
mod score;
mod shapes;
mod sound;
mod spans;
mod table;
mod text;

use self::model::{Fit, Found, Level, Model, Start};
use self::params::Params;
use self::text::{Piece, Text, sentences};
use super::bead::RawBead;
use super::side::Side;

/// Aligns two non-empty sides. Two-sided beads are disjoint; one-sided ones say how likely each
/// segment is to have no partner, and count where no two-sided bead stands.
pub(super) fn align(a: &Side, b: &Side, params: &Params) -> Vec<RawBead> {
    let (pieces_a, pieces_b) = (sentences(a), sentences(b));
    let (text_a, text_b) = (Text::new(&pieces_a, params), Text::new(&pieces_b, params));
    let mut model = Model::new(&text_a, &text_b, params, Level::sentences(params));
    let fit = fit_sentences(&mut model, &pieces_a, &pieces_b, params);
    let beads =
        if params.clauses { clauses::refine(&pieces_a, &pieces_b, &fit, params) } else { fit.beads.clone() };
    let beads = moved::find(&pieces_a, &pieces_b, &model, beads, params);
    let two_sided = beads.into_iter().filter(Found::is_matched);
    let matched = two_sided.map(|f| RawBead { a: f.a.0..f.a.1, b: f.b.0..f.b.1, confidence: f.posterior });
    // The others are as sure as all the places where they could stand together.
    let (free_a, free_b) = fit.free;
    let omissions =
        free_a.into_iter().enumerate().map(|(i, p)| RawBead { a: i..i + 1, b: 0..0, confidence: p });
    let additions =
        free_b.into_iter().enumerate().map(|(j, p)| RawBead { a: 0..0, b: j..j + 1, confidence: p });
    matched.chain(omissions).chain(additions).collect()
}

/// The first pass: sentences as units, inside a corridor when the texts are long.
fn fit_sentences(model: &mut Model<'_>, a: &[Piece], b: &[Piece], params: &Params) -> Fit {
    let long = (a.len() + 1).saturating_mul(b.len() + 1) > params.max_nodes;
    let band = long.then(|| coarse::corridor(a, b, params));
    model.fit(Start { band, ..Start::default() })
}
