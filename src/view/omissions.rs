//! Omissions that run over several variation units.
//!
//! Where a witness lacks a long passage in which others differ among themselves, a table has many places
//! at which it has nothing. An editor says so once, at the first, and no more at the others.

use std::ops::Range;

use crate::model::{Attestation, Collated, Entry};

/// A passage that some witnesses lack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LongOmission {
    /// The units that it covers, as indices; two at least.
    pub(super) units: Range<usize>,
    /// The witnesses that lack it, in order.
    pub(super) witnesses: Vec<usize>,
    /// The passage in the witness whose reading is the first unit's lemma.
    pub(super) lemma: Attestation,
}

/// The omissions that cover words at two units or more, in the order of their first unit.
pub(super) fn long_omissions(collated: &Collated, units: &[&Entry]) -> Vec<LongOmission> {
    let mut out: Vec<LongOmission> = Vec::new();
    for witness in 0..collated.collation.witnesses.len() {
        let mut at = 0;
        while at < units.len() {
            let end = end_of_gap(collated, units, at, witness);
            if end > at + 1
                && let Some(lemma) = lemma(collated, units, at..end)
            {
                match out.iter_mut().find(|known| known.units == (at..end) && known.lemma == lemma) {
                    Some(known) => known.witnesses.push(witness),
                    None => out.push(LongOmission { units: at..end, witnesses: vec![witness], lemma }),
                }
            }
            at = end.max(at + 1);
        }
    }
    out.sort_by_key(|omission| (omission.units.start, omission.units.end));
    out
}

/// The end of the units from `at` on over which a witness has nothing; the first and the last are such
/// that it omits something there.
fn end_of_gap(collated: &Collated, units: &[&Entry], at: usize, witness: usize) -> usize {
    let start = units[at].columns.start;
    let tokens = |unit: &Entry| {
        let tokens = collated.collation.witnesses[witness].tokens_in(start..unit.columns.end);
        tokens.end - tokens.start
    };
    let mut end = at;
    let covered = units[at..].iter().take_while(|unit| tokens(unit) == 0 && !unit.absent.contains(&witness));
    for (index, unit) in covered.enumerate() {
        if omits(unit, witness) {
            end = at + index + 1;
        } else if index == 0 {
            break;
        }
    }
    end
}

/// Whether a witness has nothing where the lemma has something, and the passage is not elsewhere in it.
pub(super) fn omits(unit: &Entry, witness: usize) -> bool {
    let has = |at: usize| unit.readings.get(at).is_some_and(|r| !r.text.is_empty());
    let mut others = unit.readings.iter().skip(1);
    has(0) && others.any(|r| r.text.is_empty() && r.witnesses.iter().any(|w| w.witness == witness))
}

/// The whole passage in the witness that has the first unit's lemma; `None` if
/// there are words at one unit only.
fn lemma(collated: &Collated, units: &[&Entry], range: Range<usize>) -> Option<Attestation> {
    let (first, last) = (units.get(range.start)?, units.get(range.end - 1)?);
    let witness = first.readings.first()?.witnesses.first()?.witness;
    let columns = first.columns.start..last.columns.end;
    let tokens = collated.collation.witnesses[witness].tokens_in(columns);
    let place = Attestation { witness, tokens };
    let has_words = |unit: &&&Entry| unit.readings[0].text.contains(char::is_alphanumeric);
    (units[range].iter().filter(has_words).count() > 1).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::testing::text;
    use crate::collate::{Options, collate};

    #[test]
    fn a_passage_with_variants_in_it_is_omitted_once() {
        let texts = [
            text("A", &["They came late, with many friends, and left early."]),
            text("B", &["They came late with many old friends, and left early."]),
            text("C", &["They came and left early."]),
        ];
        let texts: Vec<&crate::model::Segmented> = texts.iter().collect();
        let collation = collate(&texts, &Options { base: Some("A".to_owned()), ..Options::default() }).value;
        let collated = Collated::new(&collation, &texts).unwrap();
        let units: Vec<&Entry> = collation.entries.iter().collect();
        let long = long_omissions(&collated, &units);
        assert_eq!(long.len(), 1);
        assert_eq!(long[0].witnesses, [2]);
        assert_eq!(collated.words(&long[0].lemma), "late, with many friends,");
        assert_eq!(long[0].units, 0..units.len());
    }
}
