//! Why beads stand as they do, in words beside their rows and cells.

use super::rows::{Reason, Table};
use crate::model::{Aligned, Bead, Evidences, Explanation, Rival};

/// Kinds of evidence that count less are not told, in nats.
const TOLD: f64 = 0.05;

/// Puts the explanation of each bead under its row. The rows are those of the pair, one a bead.
pub fn explain(table: &mut Table, pair: &Aligned, explanations: &[Explanation]) {
    for ((k, row), explanation) in table.rows.iter_mut().enumerate().zip(explanations) {
        row.reasons = reasons(pair, &pair.beads()[k], explanation);
    }
}

/// Puts the explanations of some beads (their indices in the pair) into the cells of `column`, which
/// has the pair's second text, beside `beside`, which has its first.
pub fn explain_cells(
    table: &mut Table,
    (beside, column): (usize, usize),
    pair: &Aligned,
    beads: &[usize],
    explanations: &[Explanation],
) {
    let (rows_a, rows_b) = (table.rows_by_segment(beside), table.rows_by_segment(column));
    for (&k, explanation) in beads.iter().zip(explanations) {
        let Some(bead) = pair.beads().get(k) else { continue };
        let row = if bead.b.is_empty() { rows_a.get(bead.a.start) } else { rows_b.get(bead.b.start) };
        let row = row.copied().flatten().and_then(|row| table.rows.get_mut(row));
        if let Some(cell) = row.and_then(|row| row.cells.get_mut(column)) {
            cell.reasons.extend(reasons(pair, bead, explanation));
        }
    }
}

/// What is said of a bead, a line each.
fn reasons(pair: &Aligned, bead: &Bead, explanation: &Explanation) -> Vec<Reason> {
    let mut out = Vec::new();
    let mut say = |words: String, against: bool| out.push(Reason { words, against });
    if let Some(evidence) = &explanation.evidence {
        let name = if bead.is_matched() { "evidence" } else { "evidence that it has no partner" };
        say(format!("{name} {}: {}", signed(evidence.total()), kinds(evidence)), false);
    }
    if !explanation.words.is_empty() {
        let pairs: Vec<String> =
            explanation.words.iter().map(|pair| format!("{} ~ {}", pair.a, pair.b)).collect();
        say(format!("words: {}", pairs.join(", ")), false);
    }
    if !explanation.astray.is_empty() {
        let told = explanation.astray.iter().map(|astray| {
            let other = &pair.beads()[astray.bead];
            let place = if astray.of_a { pair.b.locus_range(&other.b) } else { pair.a.locus_range(&other.a) };
            format!("{} ~ {} ({place})", astray.words.a, astray.words.b)
        });
        say(format!("partners elsewhere: {}", told.collect::<Vec<_>>().join(", ")), true);
    }
    if let Some(rival) = &explanation.rival {
        say(told(pair, rival), true);
    }
    out
}

fn told(pair: &Aligned, rival: &Rival) -> String {
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
