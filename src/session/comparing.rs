//! Collating with what the project decides for itself.

use std::path::Path;

use super::load::read_utf8;
use crate::collate::distance::Weights;
use crate::collate::pack::Pack;
use crate::collate::rules::Regularisation;
use crate::collate::{self, Rules};
use crate::model::{Collated, Text};
use crate::project::Project;
use crate::{Outcome, Result};

/// Collates editions with the project's rules.
///
/// # Errors
/// A rule pack that cannot be read; two texts with one siglum.
pub fn collate(project: Option<&Project>, texts: &[Text], base: Option<String>) -> Result<Outcome<Collated>> {
    collate::collate(texts, &collate::Options { rules: rules(project)?, base })
}

/// Reads a rule pack (see [`Pack::parse`]).
///
/// # Errors
/// A file that cannot be read, is not UTF-8 or holds something else.
pub fn load_pack(path: &Path) -> Result<Pack> {
    Pack::parse(&read_utf8(path, "rule pack")?, path)
}

/// The weights of the project's differences.
pub fn weights(project: Option<&Project>) -> Weights {
    let own = project.into_iter().flat_map(|p| &p.manifest.compare.weights);
    Weights::default().with(own.map(|(&class, &weight)| (class, weight)))
}

fn rules(project: Option<&Project>) -> Result<Rules> {
    let Some(project) = project else { return Ok(Rules::default()) };
    let compare = &project.manifest.compare;
    let regularisations = compare.rules.iter().map(|rule| Regularisation {
        from: rule.from.clone(),
        to: rule.to.clone(),
        witness: rule.witness.clone(),
        class: rule.class,
    });
    let classes = compare.classes.iter().map(|(name, &class)| (name.clone(), class)).collect();
    let mut rules = Rules::new(regularisations.collect()).with_classes(classes);
    for pack in &compare.packs {
        rules = rules.with_pack(&pack.lang, load_pack(&project.root.join(&pack.file))?);
    }
    Ok(rules)
}
