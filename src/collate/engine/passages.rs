//! Omissions that run over several places of variation.
//!
//! Where a witness lacks a long passage in which others differ among themselves, a table has many places
//! at which it has nothing. An editor says so once, in an entry of its own, and no more at the others.

use std::ops::Range;

use super::places::judgement;
use crate::collate::Rules;
use crate::collate::classify::Verdict;
use crate::model::{Attestation, Collation, Entry, EntryKind, EntryReading, VariantClass};

/// A passage that some witnesses lack.
struct Passage {
    /// The entries that it covers, as indices; two at least.
    entries: Range<usize>,
    /// The witnesses that lack it, in order.
    witnesses: Vec<usize>,
    /// The passage in the witness whose reading is the first entry's lemma.
    lemma: Attestation,
}

/// Gives such passages entries of their own, and takes their omission out of the entries inside.
pub(super) fn gather(collation: &mut Collation, rules: &Rules) {
    let places: Vec<usize> =
        (0..collation.entries.len()).filter(|&e| collation.entries[e].is_of_words()).collect();
    let found = passages(collation, &places);
    if found.is_empty() {
        return;
    }
    let new: Vec<Entry> = found.iter().map(|passage| entry(collation, &places, passage, rules)).collect();
    for passage in &found {
        for &at in &places[passage.entries.clone()] {
            let entry = &mut collation.entries[at];
            let lacking: Vec<usize> =
                passage.witnesses.iter().copied().filter(|&w| omits(entry, w)).collect();
            for witness in lacking {
                for reading in entry.readings.iter_mut().skip(1).filter(|r| r.text.is_empty()) {
                    reading.witnesses.retain(|place| place.witness != witness);
                }
                entry.absent.push(witness);
            }
            entry.absent.sort_unstable();
            drop_empty(entry);
        }
    }
    collation.entries.retain(|entry| entry.readings.len() > 1);
    collation.entries.extend(new);
}

/// Takes out readings that nobody has any more.
fn drop_empty(entry: &mut Entry) {
    let kept: Vec<usize> =
        (0..entry.readings.len()).filter(|&r| !entry.readings[r].witnesses.is_empty()).collect();
    if kept.len() == entry.readings.len() {
        return;
    }
    let new = |old: usize| kept.iter().position(|&r| r == old);
    entry.between.retain(|between| between.readings.iter().all(|&r| new(r).is_some()));
    for between in &mut entry.between {
        between.readings = between.readings.map(|r| new(r).unwrap_or(r));
    }
    entry.readings.retain(|reading| !reading.witnesses.is_empty());
}

/// The entry of a passage: who has it, in whatever words, and who lacks it.
fn entry(collation: &Collation, places: &[usize], passage: &Passage, rules: &Rules) -> Entry {
    let (first, last) = (
        &collation.entries[places[passage.entries.start]],
        &collation.entries[places[passage.entries.end - 1]],
    );
    let columns = first.columns.start..last.columns.end;
    let place = |witness: usize| Attestation {
        witness,
        tokens: collation.witnesses[witness].tokens_in(columns.clone()),
    };
    let mut have = vec![passage.lemma.clone()];
    let others = (0..collation.witnesses.len()).map(place);
    have.extend(others.filter(|at| {
        !at.tokens.is_empty()
            && at.witness != passage.lemma.witness
            && !passage.witnesses.contains(&at.witness)
    }));
    let absent = (0..collation.witnesses.len())
        .filter(|w| have.iter().all(|at| at.witness != *w) && !passage.witnesses.contains(w))
        .collect();
    let verdict = Verdict::new(VariantClass::Omission, "omission.passage");
    let lacking = EntryReading {
        witnesses: passage.witnesses.iter().map(|&witness| place(witness)).collect(),
        text: String::new(),
        judgement: Some(judgement(verdict, rules)),
    };
    let words = collation.witnesses[passage.lemma.witness].reading(passage.lemma.tokens.clone());
    let lemma = EntryReading { witnesses: have, text: words.to_owned(), judgement: None };
    Entry {
        kind: EntryKind::Passage,
        columns,
        readings: vec![lemma, lacking],
        absent,
        in_move: None,
        between: Vec::new(),
    }
}

/// The omissions that cover words at two entries or more, in the order of their first entry. `places` are
/// the entries of words.
fn passages(collation: &Collation, places: &[usize]) -> Vec<Passage> {
    let entries: Vec<&Entry> = places.iter().map(|&at| &collation.entries[at]).collect();
    let mut out: Vec<Passage> = Vec::new();
    for witness in 0..collation.witnesses.len() {
        let mut at = 0;
        while at < entries.len() {
            let end = end_of_gap(collation, &entries, at, witness);
            if end > at + 1
                && let Some(lemma) = lemma(collation, &entries[at..end])
            {
                match out.iter_mut().find(|known| known.entries == (at..end) && known.lemma == lemma) {
                    Some(known) => known.witnesses.push(witness),
                    None => out.push(Passage { entries: at..end, witnesses: vec![witness], lemma }),
                }
            }
            at = end.max(at + 1);
        }
    }
    out.sort_by_key(|passage| (passage.entries.start, passage.entries.end));
    out
}

/// The end of the entries from `at` on over which a witness has nothing; the first and the last are such
/// that it omits something there.
fn end_of_gap(collation: &Collation, entries: &[&Entry], at: usize, witness: usize) -> usize {
    let start = entries[at].columns.start;
    let lacks = |entry: &Entry| {
        collation.witnesses[witness].tokens_in(start..entry.columns.end).is_empty()
            && !entry.absent.contains(&witness)
    };
    let mut end = at;
    for (index, entry) in entries[at..].iter().take_while(|entry| lacks(entry)).enumerate() {
        if omits(entry, witness) {
            end = at + index + 1;
        } else if index == 0 {
            break;
        }
    }
    end
}

/// Whether a witness has nothing where the lemma has something, and the passage is not elsewhere in it.
fn omits(entry: &Entry, witness: usize) -> bool {
    let has = |at: usize| entry.readings.get(at).is_some_and(|r| !r.text.is_empty());
    let mut others = entry.readings.iter().skip(1);
    has(0) && others.any(|r| r.text.is_empty() && r.witnesses.iter().any(|w| w.witness == witness))
}

/// The whole passage in the witness that has the first entry's lemma; `None` if there are words at one entry
/// only.
fn lemma(collation: &Collation, entries: &[&Entry]) -> Option<Attestation> {
    let (first, last) = (entries.first()?, entries.last()?);
    let witness = first.readings.first()?.witnesses.first()?.witness;
    let tokens = collation.witnesses[witness].tokens_in(first.columns.start..last.columns.end);
    let has_words = |entry: &&&Entry| entry.readings[0].text.contains(char::is_alphanumeric);
    (entries.iter().filter(has_words).count() > 1).then_some(Attestation { witness, tokens })
}
