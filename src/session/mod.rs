//! The whole way in single steps: from files or a project's witnesses to aligned and compared texts.
//!
//! This is what the command line and other programs stand on: it reads, segments, aligns and
//! compares with the options that the project's manifest gives, and uses an alignment that is
//! stored if it is still that of the texts.

mod comparing;
mod dictionaries;
mod embeddings;
mod load;
mod memo;
mod pairs;
mod renderings;
mod reporting;
mod scoring;
mod state;
mod words;

use crate::par::prelude::*;

pub use comparing::{collate, load_pack, weights};
pub use dictionaries::{Installed, installed, load_dictionary};
pub use embeddings::{EmbeddingFile, EmbeddingSource, EncoderFolder};
pub use load::{FileOptions, load_bytes, load_witness, load_witness_with, load_witnesses, segment_options};
pub use memo::Session;
pub use pairs::{PairOptions, align_pair, freshness, resolved, store_alignment};

pub use reporting::{SideBySide, report, side_by_side};
pub use scoring::{BeadTable, PairScores, score_project};
pub use state::{PairState, next_step, pair_states};
pub use words::{align_all, terms};

use crate::model::{Parallel, Text};
use crate::project::{Manifest, Project};
use crate::study::follows::{self, Followed};
use crate::{Outcome, Result, align};

/// With which of the texts each one is aligned when many stand side by side: a translation with the
/// text it translates, everything else with the base. Pairs of indices, the text to align with
/// first; they form a tree. Without a project, or where neither is among the texts, the first one
/// takes the base's part.
pub fn tree(manifest: Option<&Manifest>, texts: &[Text]) -> Vec<(usize, usize)> {
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
    texts: &[Text],
    options: &PairOptions,
) -> Result<Outcome<Parallel>> {
    let tree = tree(project.map(|p| &p.manifest), texts);
    Ok(words::links(project, texts, &tree, options)?.map(|links| align::parallel(texts, &links)))
}

/// Which of two editions each of some translations follows, place by place.
///
/// # Errors
/// Those of [`align_pair`] and [`collate`].
pub fn follows(
    project: Option<&Project>,
    (a, b): (&Text, &Text),
    translations: &[Text],
) -> Result<Outcome<Vec<Vec<Followed>>>> {
    let mut warnings = Vec::new();
    let options = PairOptions::default();
    let editions = [a.clone(), b.clone()];
    let collated = collate(project, &editions, Some(a.siglum().to_owned()))?.unpack(&mut warnings);
    let aligned: Vec<_> = translations
        .par_iter()
        .map(|t| Ok((align_pair(project, a, t, &options)?, align_pair(project, b, t, &options)?)))
        .collect::<Result<_>>()?;
    let mut found = Vec::new();
    for (with_a, with_b) in aligned {
        let (with_a, with_b) = (with_a.unpack(&mut warnings), with_b.unpack(&mut warnings));
        let witnesses = follows::Witnesses { collated: collated.clone(), with_a, with_b };
        found.push(follows::follows(&witnesses));
    }
    Ok(Outcome { value: found, warnings })
}
