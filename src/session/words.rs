//! From aligned texts to their words: lexica, terms.

use crate::par::prelude::*;

use super::pairs::{PairOptions, align_pair};
use crate::align::words::WordLexicon;
use crate::model::{Aligned, Link, Text};
use crate::project::Project;
use crate::study::terms::{self, Term};
use crate::{Outcome, Result};

/// Aligns the project's pairs of which both texts are here; in parallel, in the manifest's order.
///
/// # Errors
/// Those of [`align_pair`].
pub fn align_all(project: &Project, texts: &[Text]) -> Result<Outcome<Vec<Link>>> {
    let place = |siglum: &str| texts.iter().position(|text| text.siglum() == siglum);
    let here = |(a, b): (String, String)| Some((place(&a)?, place(&b)?));
    let pairs: Vec<(usize, usize)> = project.default_pairs().into_iter().filter_map(here).collect();
    links(Some(project), texts, &pairs, &PairOptions::default())
}

/// Aligns pairs of texts, in parallel; in the order given.
pub(super) fn links(
    project: Option<&Project>,
    texts: &[Text],
    pairs: &[(usize, usize)],
    options: &PairOptions,
) -> Result<Outcome<Vec<Link>>> {
    let aligned: Vec<Result<Outcome<Aligned>>> =
        pairs.par_iter().map(|&(a, b)| align_pair(project, &texts[a], &texts[b], options)).collect();
    let mut warnings = Vec::new();
    let link = |(&(a, b), found): (&(usize, usize), Result<Outcome<Aligned>>)| {
        Ok(Link::new(a, b, found?.unpack(&mut warnings).alignment))
    };
    let value = pairs.iter().zip(aligned).map(link).collect::<Result<_>>()?;
    Ok(Outcome { value, warnings })
}

/// How a word or expression is rendered in each pair of texts in different languages that has it, on
/// either side.
pub fn terms(texts: &[Text], links: &[Link], word: &str) -> Vec<Term> {
    let of = |link: &Link| {
        let straight = link.aligned(texts);
        let term = |pair: Aligned| terms::term(&pair, &WordLexicon::learn(std::slice::from_ref(&pair)), word);
        let flipped = Aligned::new(straight.b.clone(), straight.a.clone(), link.alignment.flipped());
        term(straight).or_else(|| term(flipped))
    };
    links.par_iter().filter(|link| link.is_translation(texts)).filter_map(of).collect()
}
