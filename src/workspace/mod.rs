//! The whole way in single steps: from files or a project's witnesses to aligned and compared texts.
//!
//! This is what the command line and other programs stand on: it reads, segments, aligns and
//! compares with the options that the project's manifest gives, and uses an alignment that is
//! stored if it is still that of the texts.

mod comparing;
mod embeddings;
mod load;
mod pairs;
mod words;

use rayon::prelude::*;

pub use comparing::{collate, compare_pair, load_pack, weights};
pub use embeddings::{EmbeddingFile, EmbeddingSource, EncoderFolder};
pub use load::{FileOptions, load_bytes, load_witness, load_witness_with, load_witnesses, segment_options};
pub use pairs::{PairOptions, align_pair, freshness, load_dictionary, store_alignment};

pub use words::{AlignedPairs, align_all, find, terms};

use crate::collate::distance::{self, Weights};
use crate::follows::{self, Followed};
use crate::model::{Alignment, Pair, Parallel, Segmented, WitnessKind};
use crate::project::{Manifest, Project};
use crate::view::{self, html};
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
    let tree = tree(project.map(|p| &p.manifest), texts);
    let aligned: Vec<Result<Outcome<Alignment>>> =
        tree.par_iter().map(|&(a, b)| align_pair(project, &texts[a], &texts[b], options)).collect();
    let mut warnings = Vec::new();
    let aligned: Vec<Alignment> =
        aligned.into_iter().map(|found| Ok(found?.unpack(&mut warnings))).collect::<Result<_>>()?;
    let links = tree.iter().zip(&aligned).map(|(&(a, b), alignment)| align::Link { a, b, alignment });
    let texts: Vec<&Segmented> = texts.iter().collect();
    let value = align::parallel(&texts, &links.collect::<Vec<_>>());
    Ok(Outcome { value, warnings })
}

/// Everything that a report shows of some witnesses: rows over all of them, and the editions among
/// them collated. Those count as editions of one text that are in the language of the base; the base
/// is the project's, if it is among them, or else the first.
///
/// # Errors
/// Those of [`parallel`].
pub fn report(
    project: Option<&Project>,
    texts: &[Segmented],
    options: &PairOptions,
) -> Result<Outcome<html::Report>> {
    let mut warnings = Vec::new();
    let rows = parallel(project, texts, options)?.unpack(&mut warnings);
    let manifest = project.map(|p| &p.manifest);
    let base = manifest.and_then(|m| texts.iter().find(|t| Some(t.siglum()) == m.work.base.as_deref()));
    let base = base.or_else(|| texts.first());
    let all: Vec<&Segmented> = texts.iter().collect();
    let collation = base.map(|base| {
        let of_one_text = |text: &&Segmented| {
            let (a, b) = (&text.document.witness, &base.document.witness);
            a.siglum == b.siglum || a.lang.same_language(&b.lang) && a.kind != WitnessKind::Translation
        };
        let editions: Vec<&Segmented> = texts.iter().filter(of_one_text).collect();
        collate(project, &editions, Some(base.siglum().to_owned()))
    });
    let collation = collation.transpose()?.map(|found| found.unpack(&mut warnings));
    let collation = collation.filter(|collation| collation.witnesses.len() > 1);
    let distances = collation.as_ref().map(|collation| {
        let of = |accidental| distance::distances(collation, &Weights::of_layers(1.0, accidental));
        let column = |siglum: &str| texts.iter().position(|text| text.siglum() == siglum);
        let columns = collation.witnesses.iter().filter_map(|witness| column(&witness.siglum)).collect();
        html::Distances { columns, all: of(1.0), substantive: of(0.0) }
    });
    let mut table = view::of_parallel(&all, &rows, collation.as_ref());
    if let Some(collation) = &collation {
        view::mark_follows(&mut table, &follows::follows_of_units(&all, &rows, collation));
    }
    let value = html::Report {
        title: manifest.and_then(|m| m.work.title.clone()).unwrap_or_else(|| rows.sigla.join(", ")),
        author: manifest.and_then(|m| m.work.author.clone()),
        table,
        witnesses: texts.iter().map(html::Known::of).collect(),
        distances,
        made: vec![("alignment".to_owned(), options.align.method.word().to_owned())],
    };
    Ok(Outcome { value, warnings })
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
