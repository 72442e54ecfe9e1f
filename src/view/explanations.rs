//! Why beads stand as they do, in words beside their rows.

use super::rows::Table;
use crate::model::{Evidences, Explanation, Pair, Rival};

/// Kinds of evidence that count less are not told, in nats.
const TOLD: f64 = 0.05;

/// Puts the explanation of each bead under its row. The rows are those of the pair, one a bead.
pub fn explain(table: &mut Table, pair: Pair<'_>, explanations: &[Explanation]) {
    for ((k, row), explanation) in table.rows.iter_mut().enumerate().zip(explanations) {
        let bead = &pair.beads()[k];
        if let Some(evidence) = &explanation.evidence {
            let name = if bead.is_matched() { "evidence" } else { "evidence that it has no partner" };
            row.reasons.push(format!("{name} {}: {}", signed(evidence.total()), kinds(evidence)));
        }
        if !explanation.words.is_empty() {
            let pairs: Vec<String> =
                explanation.words.iter().map(|pair| format!("{} ~ {}", pair.a, pair.b)).collect();
            row.reasons.push(format!("words: {}", pairs.join(", ")));
        }
        if !explanation.astray.is_empty() {
            let told = explanation.astray.iter().map(|astray| {
                let other = &pair.beads()[astray.bead];
                let place =
                    if astray.of_a { pair.b.locus_range(&other.b) } else { pair.a.locus_range(&other.a) };
                format!("{} ~ {} ({place})", astray.words.a, astray.words.b)
            });
            row.reasons.push(format!("partners elsewhere: {}", told.collect::<Vec<_>>().join(", ")));
        }
        if let Some(rival) = &explanation.rival {
            row.reasons.push(told(pair, rival));
        }
    }
}

fn told(pair: Pair<'_>, rival: &Rival) -> String {
    let difference = &rival.difference;
    let name = if difference.total() > 0.0 { "better by this evidence" } else { "next best" };
    let dash = |locus: String| if locus.is_empty() { "–".to_owned() } else { locus };
    let beads: Vec<String> = rival
        .beads
        .iter()
        .map(|(a, b)| format!("{} | {}", dash(pair.a.locus_range(a)), dash(pair.b.locus_range(b))))
        .collect();
    format!("{name}, {}: {} · {}", signed(difference.total()), beads.join("; "), kinds(difference))
}

fn kinds(evidence: &Evidences) -> String {
    let named = evidence.named().into_iter().filter(|kind| kind.1.abs() >= TOLD);
    named.map(|(name, nats)| format!("{name} {}", signed(nats))).collect::<Vec<_>>().join(", ")
}

/// With its sign, as a reader of prose expects it.
fn signed(nats: f64) -> String {
    let sign = if nats < 0.0 { "−" } else { "+" };
    format!("{sign}{:.1}", nats.abs())
}
