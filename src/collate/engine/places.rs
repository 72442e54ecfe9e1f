//! Entries of what differs in its place alone: passages that stand elsewhere, and paragraphs that begin
//! in some witnesses only.

use super::frame::Frame;
use super::source::Source;
use super::units::words;
use crate::collate::Rules;
use crate::collate::classify::Verdict;
use crate::model::{
    Attestation, Entry, EntryKind, EntryReading, Judgement, Move, Segmented, VariantClass, rule_in_words,
};

/// A judgement as the rules of the project leave it.
pub(super) fn judgement(verdict: Verdict, rules: &Rules) -> Judgement {
    let verdict = rules.reclassed(verdict);
    Judgement {
        class: verdict.class,
        confidence: verdict.confidence,
        explanation: rule_in_words(&verdict.rule),
        rule: verdict.rule,
        lemma_is_suspect: None,
        project_rule: verdict.project_rule,
    }
}

/// One entry for each passage at its two places.
pub(super) fn of_moves(frame: &Frame<'_>, moves: &[Move], rules: &Rules) -> Vec<Entry> {
    let entry = |(index, passage): (usize, &Move)| {
        let rule = format!("transposition.{}", passage.scale.word());
        let verdict = Verdict::new(VariantClass::Transposition, rule);
        let reading = |places: &[Attestation], judgement| EntryReading {
            witnesses: places.to_vec(),
            text: places
                .first()
                .map(|p| words(&frame.sources[p.witness], &p.tokens).to_owned())
                .unwrap_or_default(),
            judgement,
        };
        let is_there = |w: &usize| {
            !passage.home.witnesses.iter().chain(&passage.away.witnesses).any(|place| place.witness == *w)
        };
        Entry {
            kind: EntryKind::Move(index),
            columns: passage.home.columns.clone(),
            readings: vec![
                reading(&passage.home.witnesses, None),
                reading(&passage.away.witnesses, Some(judgement(verdict, rules))),
            ],
            absent: (0..frame.sources.len()).filter(is_there).collect(),
            in_move: None,
            between: Vec::new(),
        }
    };
    moves.iter().enumerate().map(entry).collect()
}

/// One entry for each column at which some witnesses begin a paragraph and others go on in theirs.
///
/// Only witnesses that have the same words on both sides of the place are asked, so that a paragraph that
/// some lack or have elsewhere is none of layout's business.
pub(super) fn of_layout(frame: &Frame<'_>, witnesses: &[&Segmented], rules: &Rules) -> Vec<Entry> {
    let opening: Vec<Vec<u32>> = frame.sources.iter().map(|source| openings(source, witnesses)).collect();
    let mut columns: Vec<u32> = Vec::new();
    for (witness, tokens) in opening.iter().enumerate() {
        columns.extend(tokens.iter().map(|&token| frame.table.columns_of[witness][token as usize]));
    }
    columns.sort_unstable();
    columns.dedup();
    columns.into_iter().filter_map(|column| layout(column, frame, &opening, rules)).collect()
}

/// The tokens with which a paragraph begins behind another one of the same part.
fn openings(source: &Source, witnesses: &[&Segmented]) -> Vec<u32> {
    let Some(text) = witnesses.iter().find(|text| text.siglum() == source.siglum) else { return Vec::new() };
    let opens = |pair: &[crate::model::CollatedToken]| {
        pair[0].segment != pair[1].segment
            && pair[0].part == pair[1].part
            && text.opens_block(pair[1].segment as usize)
    };
    (1u32..).zip(source.tokens.windows(2)).filter(|(_, pair)| opens(pair)).map(|(token, _)| token).collect()
}

fn layout(column: u32, frame: &Frame<'_>, opening: &[Vec<u32>], rules: &Rules) -> Option<Entry> {
    // Who has a word here, and the column of the word before it.
    let mut here: Vec<(usize, u32, u32)> = Vec::new();
    for &(witness, token) in frame.table.entries(column as usize) {
        let (w, t) = (witness as usize, token as usize);
        let before = t.checked_sub(1).map(|before| frame.table.columns_of[w][before]);
        let same_part = t > 0 && frame.sources[w].tokens[t - 1].part == frame.sources[w].tokens[t].part;
        if let Some(before) = before.filter(|&before| same_part && before < column) {
            here.push((w, token, before));
        }
    }
    let lead = here.iter().find(|(w, ..)| Some(*w) == frame.base).or_else(|| here.first())?.2;
    here.retain(|&(_, _, before)| before == lead);
    let opens = |&(w, token, _): &(usize, u32, u32)| opening[w].binary_search(&token).is_ok();
    let place = |&(witness, token, _): &(usize, u32, u32)| Attestation { witness, tokens: token..token };
    let (open, go_on): (Vec<_>, Vec<_>) = here.iter().partition(|at| opens(at));
    if open.is_empty() || go_on.is_empty() {
        return None;
    }
    let of_base = |of: &[&(usize, u32, u32)]| of.iter().any(|at| Some(at.0) == frame.base);
    let open_leads = match (of_base(&open), of_base(&go_on)) {
        (true, false) => true,
        (false, true) => false,
        _ => (open.len(), std::cmp::Reverse(open[0].0)) > (go_on.len(), std::cmp::Reverse(go_on[0].0)),
    };
    let verdict = Verdict::new(VariantClass::Layout, "layout.paragraph");
    let judged = judgement(verdict, rules);
    let reading = |of: &[&(usize, u32, u32)], text: &str, is_lemma: bool| EntryReading {
        witnesses: of.iter().map(|at| place(at)).collect(),
        text: text.to_owned(),
        judgement: (!is_lemma).then(|| judged.clone()),
    };
    let mut readings = vec![reading(&open, Entry::PARAGRAPH, open_leads), reading(&go_on, "", !open_leads)];
    if !open_leads {
        readings.reverse();
    }
    let is_away = |w: &usize| here.iter().all(|at| at.0 != *w);
    Some(Entry {
        kind: EntryKind::Layout,
        columns: column..column,
        readings,
        absent: (0..frame.sources.len()).filter(is_away).collect(),
        in_move: None,
        between: Vec::new(),
    })
}
