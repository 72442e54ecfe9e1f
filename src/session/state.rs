//! What is done in a project, and what comes next.

use serde::Serialize;

use super::{PairOptions, freshness};
use crate::Result;
use crate::model::{Segmented, Status, Text};
use crate::project::{Freshness, Project};

/// What is stored of a pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PairState {
    /// The first witness.
    pub a: String,
    /// The second witness.
    pub b: String,
    /// `fresh`, `stale` or `missing`.
    pub state: &'static str,
    /// Why it is stale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Beads.
    pub beads: usize,
    /// Beads that nobody has looked at.
    pub unreviewed: usize,
    /// Beads that are doubtful.
    pub doubtful: usize,
}

/// What is stored of the project's pairs of which both texts are here.
///
/// # Errors
/// A stored alignment, a dictionary or an encoder that is malformed.
pub fn pair_states(project: &Project, texts: &[Text]) -> Result<Vec<PairState>> {
    let find = |siglum: &str| texts.iter().find(|text| text.siglum() == siglum);
    let mut states = Vec::new();
    for (a, b) in project.default_pairs() {
        if let (Some(a), Some(b)) = (find(&a), find(&b)) {
            states.push(pair_state(project, a, b)?);
        }
    }
    Ok(states)
}

fn pair_state(project: &Project, a: &Segmented, b: &Segmented) -> Result<PairState> {
    let (state, why) = match freshness(project, a, b, &PairOptions::default())? {
        Freshness::Fresh => ("fresh", None),
        Freshness::Stale { why } => ("stale", Some(why)),
        Freshness::Missing => ("missing", None),
    };
    let stored = project.alignments().load(a.siglum(), b.siglum())?;
    let beads = stored.as_ref().map_or(&[][..], |stored| stored.alignment.beads.as_slice());
    Ok(PairState {
        a: a.siglum().to_owned(),
        b: b.siglum().to_owned(),
        state,
        why,
        beads: beads.len(),
        unreviewed: beads.iter().filter(|bead| bead.status == Status::Auto).count(),
        doubtful: beads.iter().filter(|bead| bead.confidence.is_doubtful()).count(),
    })
}

/// The command that comes next: what is not up to date is aligned, what is doubtful looked at.
pub fn next_step(pairs: &[PairState]) -> String {
    if let Some(pair) = pairs.iter().find(|pair| pair.state != "fresh") {
        return format!("hexapla align {} {}", pair.a, pair.b);
    }
    match pairs.iter().max_by_key(|pair| pair.doubtful).filter(|pair| pair.doubtful > 0) {
        Some(pair) => format!("hexapla align {} {} --doubtful", pair.a, pair.b),
        None => "hexapla export csv".to_owned(),
    }
}
