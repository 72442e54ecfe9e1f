//! Alignment of a text and its translation, from nothing but the two texts.
//!
//! One generative model (a semi-Markov lattice over beads), trained by EM on this very pair. Every
//! piece of evidence is a log-likelihood ratio (these segments correspond, against: they are
//! unrelated) and has its own module: [`length`], [`lexicon`] with [`knowledge`] and [`sound`],
//! [`boundary`], [`marks`], [`shapes`] with gaps. [`model`] adds them up and re-estimates them,
//! the lattice gives posteriors and decodes by minimum Bayes risk. The same model runs at three
//! levels: joined sentences ([`coarse`], for long texts), sentences, and clauses ([`clauses`]).

mod again;
pub(crate) mod bilingual;
mod boundary;
mod candidates;
mod clauses;
mod coarse;
mod explain;
mod knowledge;
mod length;
mod lexicon;
mod marks;
mod model;
mod moved;
mod observed;
mod packs;
pub(crate) mod params;
mod score;
mod shapes;
mod similarity;
pub(crate) mod sound;
mod spans;
mod starts;
mod table;
mod text;
mod vectors;

pub(super) use self::explain::explain as explained;
use self::model::{Fit, Model, Start, Texts};
use self::observed::Found;
use self::params::Params;
use self::text::{Piece, Text, sentences};
use super::bead::RawBead;
use super::pins::Node;
use super::side::Side;

/// Aligns two non-empty sides. Two-sided beads are disjoint; one-sided ones say how likely each
/// segment is to have no partner, and count where no two-sided bead stands. Paths pass the nodes of
/// `through`.
pub(super) fn align(a: &Side, b: &Side, through: &[Node], params: &Params) -> Vec<RawBead> {
    let (pieces_a, pieces_b) = (sentences(a), sentences(b));
    let (text_a, text_b) = (Text::new(&pieces_a, params), Text::new(&pieces_b, params));
    let params = &packs::with_packs((a, &text_a), (b, &text_b), params);
    let pieces = (pieces_a.as_slice(), pieces_b.as_slice());
    let texts = Texts { a: &text_a, b: &text_b, through };
    let (model, fit) = fit_sentences(pieces, texts, params);
    let beads = if params.clauses {
        clauses::refine(&pieces_a, &pieces_b, through, &fit, params)
    } else {
        fit.beads.clone()
    };
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
fn fit_sentences<'t>(pieces: (&[Piece], &[Piece]), texts: Texts<'t>, params: &'t Params) -> (Model<'t>, Fit) {
    let (a, b) = pieces;
    let first = if (a.len() + 1).saturating_mul(b.len() + 1) <= params.max_nodes {
        starts::fit_short(pieces, texts, params)
    } else {
        let band = coarse::Join::for_length(a, b, params).corridor(false, params);
        starts::run(texts, Start { band: Some(band), ..Start::default() }, params)
    };
    let again = params.several_starts.then(|| again::start(a, b, &first.1, params)).flatten();
    match again {
        Some(start) => starts::better(first, starts::run(texts, start, params)),
        None => first,
    }
}
