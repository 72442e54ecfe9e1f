//! A project's alignments and collations against their gold.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;

use super::load::read_utf8;
use super::{PairOptions, align_pair, collate, load_witness};
use crate::Result;
use crate::eval::calibration::Calibration;
use crate::eval::{Score, anchor, beads, variants};
use crate::model::Text;
use crate::project::Project;

/// What a pair of witnesses scores, in what it has a gold for.
#[derive(Debug, Clone, Serialize)]
pub struct PairScores {
    /// The pair's name, `FI-fr`.
    pub pair: String,
    /// Its beads.
    #[serde(flatten)]
    pub beads: Option<BeadTable>,
    /// Its variants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variants: Option<variants::VariantScores>,
}

/// What beads score.
#[derive(Debug, Clone, Serialize)]
pub struct BeadTable {
    /// Beads that are the gold's.
    pub strict: Score,
    /// Beads that share segments with the gold's on both sides.
    pub lax: Score,
    /// Counts by type of bead.
    pub by_type: BTreeMap<String, beads::TypeCount>,
    /// Whether the confidences can be trusted, where the beads have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calibration: Option<Calibration>,
}

impl BeadTable {
    /// Scores with their figures rounded.
    pub fn new(scores: beads::BeadScores, calibration: Option<Calibration>) -> Self {
        Self {
            strict: scores.strict.rounded(),
            lax: scores.lax.rounded(),
            by_type: scores.by_type,
            calibration: calibration.map(Calibration::rounded),
        }
    }
}

/// Scores every pair of the project that has a gold (`alignments/gold/A-B.jsonl`,
/// `A-B.variants.jsonl`), in the order of the files' names.
///
/// # Errors
/// A gold file that cannot be read or is malformed; those of aligning and collating.
pub fn score_project(project: &Project) -> Result<Vec<PairScores>> {
    let folder = project.root.join("alignments").join("gold");
    let mut files: Vec<PathBuf> = match std::fs::read_dir(&folder) {
        Ok(entries) => entries.filter_map(|e| Some(e.ok()?.path())).collect(),
        Err(_) => Vec::new(),
    };
    files.sort();
    let mut scores: Vec<PairScores> = Vec::new();
    for file in files {
        let Some(name) = file.file_name().and_then(|n| n.to_str()) else { continue };
        let Some(stem) = name.strip_suffix(".jsonl") else { continue };
        let text = read_utf8(&file, "gold")?;
        let pair = stem.strip_suffix(".variants").unwrap_or(stem).to_owned();
        let index = scores.iter().position(|s| s.pair == pair).unwrap_or_else(|| {
            scores.push(PairScores { pair, beads: None, variants: None });
            scores.len() - 1
        });
        if stem.ends_with(".variants") {
            let gold = variants::GoldVariants::parse(&text, &file)?;
            let (a, b) = both(project, &gold.a, &gold.b)?;
            let collated = collate(Some(project), &[a.clone(), b.clone()], Some(gold.a.clone()))?.value;
            let place = |siglum: &str| collated.witness(siglum).unwrap_or(0);
            let found = collated.variants(place(&gold.a), place(&gold.b));
            scores[index].variants = Some(variants::score(&gold, &found, &a, &b));
        } else {
            let gold = anchor::GoldAlignment::parse(&text, &file)?;
            let (a, b) = both(project, &gold.a, &gold.b)?;
            let pair = align_pair(Some(project), &a, &b, &PairOptions::default())?.value;
            let anchored = anchor::anchor(&gold, &a, &b, &pair.alignment)?;
            let found = beads::score(&anchored.gold, &anchored.predicted);
            scores[index].beads = Some(BeadTable::new(found, anchored.calibration()));
        }
    }
    Ok(scores)
}

fn both(project: &Project, a: &str, b: &str) -> Result<(Text, Text)> {
    Ok((load_witness(project, a)?.value, load_witness(project, b)?.value))
}
