//! The whole way in single steps: from files or a project's witnesses to aligned and compared texts.
//!
//! This is what the command line and other programs stand on: it reads, segments, aligns and
//! compares with the options that the project's manifest gives, and uses an alignment that is
//! stored if it is still that of the texts.

mod comparing;
mod dictionaries;
mod embeddings;
mod load;
mod pairs;
mod renderings;
mod reporting;
mod words;

use rayon::prelude::*;

pub use comparing::{collate, compare_pair, load_pack, weights};
pub use dictionaries::{Installed, installed, load_dictionary};
pub use embeddings::{EmbeddingFile, EmbeddingSource, EncoderFolder};
pub use load::{FileOptions, load_bytes, load_witness, load_witness_with, load_witnesses, segment_options};
pub use pairs::{PairOptions, align_pair, freshness, resolved, store_alignment};

pub use reporting::report;
pub use words::{AlignedPairs, align_all, find, terms};

use crate::follows::{self, Followed};
use crate::model::{Alignment, Pair, Parallel, Segmented};
use crate::project::{Manifest, Project};
use crate::{Outcome, Result, align};

/// With which of the texts each one is aligned when many stand side by side: a translation with the
/// text it translates, everything else with the base. Pairs of indices, the text to align with
/// first; they form a tree. Without a project, or where neither is among the texts, the first one
/// takes the base's part.
pub fn tree(manifest: Option<&Manifest>, texts: &[Segmented]) -> Vec<(usize, usize)> {
    let index = |siglum: &str| texts.iter().position(|text| text.siglum() == siglum);
    let base = manifest.and_then(|m| index(m.work.base.as_deref()?)).unwrap_or(0);
    let parent = |i: usize| {
        let original = manifest.and_then(|m| index(m.original_of(m.find(texts[i].siglum())?)?));
        original.filter(|&of| of != i).unwrap_or(base)
    };
    // Two witnesses that claim to translate each other are both aligned with the base.
    let leads_to_base = |i: usize| {
        let mut at = i;
        (0..texts.len()).any(|_| {
            at = parent(at);
            at == base
        })
    };
    let others = (0..texts.len()).filter(|&i| i != base);
    others.map(|i| (if leads_to_base(i) { parent(i) } else { base }, i)).collect()
}

/// Aligns any number of texts, editions and translations, and puts them side by side in rows that
/// follow the first one. The pairs are aligned in parallel.
///
/// # Errors
/// Those of [`align_pair`].
pub fn parallel(
    project: Option<&Project>,
    texts: &[Segmented],
    options: &PairOptions,
) -> Result<Outcome<Parallel>> {
    Ok(aligned_tree(project, texts, options)?.map(|pairs| side_by_side(texts, &pairs)))
}

/// The pairs of the [`tree`], aligned in parallel.
fn aligned_tree(
    project: Option<&Project>,
    texts: &[Segmented],
    options: &PairOptions,
) -> Result<Outcome<AlignedPairs>> {
    let tree = tree(project.map(|p| &p.manifest), texts);
    let aligned: Vec<Result<Outcome<Alignment>>> =
        tree.par_iter().map(|&(a, b)| align_pair(project, &texts[a], &texts[b], options)).collect();
    let mut warnings = Vec::new();
    let pairs = tree.into_iter().zip(aligned);
    let value =
        pairs.map(|((a, b), found)| Ok((a, b, found?.unpack(&mut warnings)))).collect::<Result<_>>()?;
    Ok(Outcome { value, warnings })
}

fn side_by_side(texts: &[Segmented], pairs: &AlignedPairs) -> Parallel {
    let links: Vec<align::Link<'_>> =
        pairs.iter().map(|(a, b, alignment)| align::Link { a: *a, b: *b, alignment }).collect();
    align::parallel(&texts.iter().collect::<Vec<_>>(), &links)
}

/// Which of two editions each of some translations follows, place by place.
///
/// # Errors
/// Those of [`align_pair`].
pub fn follows(
    project: Option<&Project>,
    (a, b): (&Segmented, &Segmented),
    translations: &[Segmented],
) -> Result<Outcome<Vec<Vec<Followed>>>> {
    let mut warnings = Vec::new();
    let options = PairOptions::default();
    let alignment = align_pair(project, a, b, &options)?.unpack(&mut warnings);
    let comparison = compare_pair(project, Pair { a, b, alignment: &alignment })?;
    let aligned: Vec<_> = translations
        .par_iter()
        .map(|t| Ok((align_pair(project, a, t, &options)?, align_pair(project, b, t, &options)?)))
        .collect::<Result<_>>()?;
    let mut found = Vec::new();
    for (translation, (with_a, with_b)) in translations.iter().zip(aligned) {
        let (with_a, with_b) = (with_a.unpack(&mut warnings), with_b.unpack(&mut warnings));
        let comparison = &comparison;
        let witnesses =
            follows::Witnesses { a, b, comparison, translation, with_a: &with_a, with_b: &with_b };
        found.push(follows::follows(&witnesses));
    }
    Ok(Outcome { value: found, warnings })
}
