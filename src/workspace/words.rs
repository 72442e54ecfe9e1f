//! From aligned texts to their words: lexica, terms, a concordance.

use regex::Regex;

use super::pairs::{PairOptions, align_pair};
use crate::align::words::WordLexicon;
use crate::find::{self, Hit, Link};
use crate::model::{Alignment, Pair, Segmented};
use crate::par::prelude::*;
use crate::project::Project;
use crate::terms::{self, Term};
use crate::{Outcome, Result};

/// Pairs of texts, by their indices, with their alignments.
pub type AlignedPairs = Vec<(usize, usize, Alignment)>;

/// Aligns the project's pairs of which both texts are here; in parallel, in the manifest's order.
///
/// # Errors
/// Those of [`align_pair`].
pub fn align_all(project: &Project, texts: &[Segmented]) -> Result<Outcome<AlignedPairs>> {
    let place = |siglum: &str| texts.iter().position(|text| text.siglum() == siglum);
    let here = |(a, b): (String, String)| Some((place(&a)?, place(&b)?));
    let pairs: Vec<(usize, usize)> = project.default_pairs().into_iter().filter_map(here).collect();
    let options = PairOptions::default();
    let aligned: Vec<Result<Outcome<Alignment>>> =
        pairs.par_iter().map(|&(a, b)| align_pair(Some(project), &texts[a], &texts[b], &options)).collect();
    let mut warnings = Vec::new();
    let value = pairs
        .into_iter()
        .zip(aligned)
        .map(|((a, b), found)| Ok((a, b, found?.unpack(&mut warnings))))
        .collect::<Result<_>>()?;
    Ok(Outcome { value, warnings })
}

/// Whether two texts are in different languages.
pub(super) fn differ(texts: &[Segmented], (a, b, _): &(usize, usize, Alignment)) -> bool {
    let lang = |text: usize| &texts[text].document.witness.lang;
    !lang(*a).same_language(lang(*b))
}

/// How a word or expression is rendered in each pair of texts in different languages that has it, on
/// either side.
pub fn terms(texts: &[Segmented], pairs: &AlignedPairs, word: &str) -> Vec<Term> {
    let of = |found: &(usize, usize, Alignment)| {
        let (a, b, alignment) = found;
        let straight = Pair { a: &texts[*a], b: &texts[*b], alignment };
        let term = |pair: Pair<'_>| terms::term(pair, &WordLexicon::learn(&[pair]), word);
        term(straight).or_else(|| {
            let flipped = alignment.flipped();
            term(Pair { a: straight.b, b: straight.a, alignment: &flipped })
        })
    };
    pairs.par_iter().filter(|pair| differ(texts, pair)).filter_map(of).collect()
}

/// The sentences that match, with what stands opposite and the words that render the matches.
pub fn find(texts: &[Segmented], pairs: &AlignedPairs, pattern: &Regex, only: &[String]) -> Vec<Hit> {
    let links: Vec<Link<'_>> =
        pairs.iter().map(|found| Link::new(found.0, found.1, &found.2, differ(texts, found))).collect();
    find::find(texts, &links, pattern, only)
}
