//! Alignment of a text and its translation, from nothing but the two texts.
//!
//! One generative model (a semi-Markov lattice over beads), trained by EM on this very pair. Every
//! piece of evidence is a log-likelihood ratio (these segments correspond, against: they are
//! unrelated) and has its own module: the folder [`evidence`]; the words have their own, [`lexicon`]. [`model`] adds it up and re-estimates
//! it, the lattice gives posteriors and decodes by minimum Bayes risk. The same model runs at three
//! levels (the folder [`search`]): joined sentences for long texts, sentences, and clauses.

pub(crate) mod evidence;
mod explain;
pub(crate) mod lexicon;
mod model;
mod packs;
pub(crate) mod params;
mod search;
mod text;

pub(crate) use self::explain::explain as explained;
use self::model::{Fit, Model, Start, Texts};
use self::params::Params;
use self::params::doubt::{FEWEST_UNITS, LEAST_COVER, OVER_CHANCE, SURE_COVER};
use self::search::{chance, clauses, coarse, moved, rivals, second_pass, starts};
use self::text::{Piece, Text, sentences};
use super::bead::RawBead;
use super::doubt::Doubt;
use super::pins::Node;
use super::side::Side;
use crate::align::translation::search::observed::Found;

/// Aligns two non-empty sides. Two-sided beads are disjoint; one-sided ones say how likely each
/// segment is to have no partner, and count where no two-sided bead stands. Paths pass the nodes of
/// `forced`. Says as well whether the whole is to be doubted.
pub(super) fn align(a: &Side, b: &Side, forced: &[Node], params: &Params) -> (Vec<RawBead>, Option<Doubt>) {
    let (pieces_a, pieces_b) = (sentences(a), sentences(b));
    let (text_a, text_b) = (Text::new(&pieces_a, params), Text::new(&pieces_b, params));
    let params = &packs::with_packs((a, &text_a), (b, &text_b), params);
    let pieces = (pieces_a.as_slice(), pieces_b.as_slice());
    let texts = Texts { a: &text_a, b: &text_b, forced };
    let (model, fit) = fit_sentences(pieces, texts, params);
    let doubt = doubt(pieces, &fit, params);
    let beads = if params.clauses {
        clauses::refine(&pieces_a, &pieces_b, forced, &fit, params)
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
    (matched.chain(omissions).chain(additions).collect(), doubt)
}

/// Whether a fit is to be believed: much of the shorter text has a partner, or the evidence is far more
/// than shuffled texts have.
fn doubt((a, b): (&[Piece], &[Piece]), fit: &Fit, params: &Params) -> Option<Doubt> {
    let covered = fit.covered();
    if covered < LEAST_COVER {
        return Some(Doubt::Uncovered(covered));
    }
    if covered >= SURE_COVER || a.len().min(b.len()) < FEWEST_UNITS {
        return None;
    }
    let (part, shuffled) = chance::shuffled(a, b);
    let (text_a, text_b) = (Text::new(&part, params), Text::new(&shuffled, params));
    let (_, by_chance) = fit_sentences((&part, &shuffled), Texts::free(&text_a, &text_b), params);
    let ratio = fit.evidence_a_unit() / by_chance.evidence_a_unit().max(1e-3);
    (ratio < OVER_CHANCE).then_some(Doubt::Chance(ratio))
}

/// The first pass: sentences as units, inside a corridor when the texts are long.
fn fit_sentences<'t>(pieces: (&[Piece], &[Piece]), texts: Texts<'t>, params: &'t Params) -> (Model<'t>, Fit) {
    let (a, b) = pieces;
    let first = if (a.len() + 1).saturating_mul(b.len() + 1) <= params.max_nodes {
        starts::fit_short(pieces, texts, params)
    } else {
        let band = coarse::Join::for_length(a, b, params).corridor(false, params);
        let first = starts::run(texts, Start { band: Some(band), ..Start::default() }, params);
        if params.several_starts && rivals::looks_lost(&first.1, params) {
            rivals::compete(pieces, texts, first, params)
        } else {
            first
        }
    };
    let second = params.several_starts.then(|| second_pass::start(a, b, &first.1, params)).flatten();
    match second {
        Some(start) => starts::better(first, starts::run(texts, start, params)),
        None => first,
    }
}
