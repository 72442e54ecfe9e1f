//! Units whose two readings stand in different rows.
//!
//! Between two passages that correspond, one edition may have a sentence and the other a different one,
//! and a collation sets such words opposite each other. Where the rows say that they have nothing to do
//! with each other, they are no reading of one place but an omission and an addition.

use std::collections::BTreeSet;

use crate::model::{
    Attestation, Collation, Confidence, Judgement, Parallel, UnitReading, VariantClass, VariationUnit,
    rule_in_words,
};

/// The collation with those units divided.
pub fn apart(parallel: &Parallel, mut collation: Collation) -> Collation {
    let Some(rows) = Rows::new(parallel, &collation) else { return collation };
    let mut units = Vec::with_capacity(collation.units.len());
    for unit in std::mem::take(&mut collation.units) {
        match divided(&unit, &rows, &collation) {
            Some(both) => units.extend(both),
            None => units.push(unit),
        }
    }
    collation.units = units;
    collation
}

/// For each witness the row of each of its segments.
struct Rows(Vec<Vec<usize>>);

impl Rows {
    /// `None` where a witness stands in no column.
    fn new(parallel: &Parallel, collation: &Collation) -> Option<Self> {
        let by_column = parallel.rows_by_segment();
        let of = |siglum: &String| {
            let column = parallel.sigla.iter().position(|s| s == siglum)?;
            by_column.get(column).cloned()
        };
        collation.witnesses.iter().map(|witness| of(&witness.siglum)).collect::<Option<_>>().map(Self)
    }
}

/// The two units of one whose readings stand in different rows.
fn divided(unit: &VariationUnit, rows: &Rows, collation: &Collation) -> Option<[VariationUnit; 2]> {
    let [lemma, other] = unit.readings.as_slice() else { return None };
    if unit.in_move.is_some() || lemma.text.is_empty() || other.text.is_empty() {
        return None;
    }
    let rows_of = |reading: &UnitReading| -> BTreeSet<usize> {
        let tokens = reading.witnesses.iter().flat_map(|at| {
            let tokens = &collation.witnesses[at.witness].tokens;
            let own = &tokens[at.tokens.start as usize..at.tokens.end as usize];
            own.iter().map(|token| rows.0[at.witness][token.segment as usize])
        });
        tokens.collect()
    };
    let (of_lemma, of_other) = (rows_of(lemma), rows_of(other));
    if !of_lemma.is_disjoint(&of_other) {
        return None;
    }
    let lemma_first = of_lemma.first() < of_other.first();
    let part = |lemma: UnitReading, other: UnitReading, class, rule: &str| {
        let judgement = Judgement {
            class,
            rule: rule.to_owned(),
            confidence: Confidence::new(1.0),
            explanation: rule_in_words(rule),
            lemma_is_suspect: None,
            project_rule: None,
        };
        VariationUnit {
            // Both stand opposite each other in the columns.
            columns: unit.columns.clone(),
            readings: vec![lemma, UnitReading { judgement: Some(judgement), ..other }],
            absent: unit.absent.clone(),
            in_move: None,
            between: Vec::new(),
        }
    };
    let lacking = without_words(other, !lemma_first);
    let omission = part(lemma.clone(), lacking, VariantClass::Omission, "omission");
    let added = UnitReading { judgement: None, ..other.clone() };
    let addition = part(without_words(lemma, lemma_first), added, VariantClass::Addition, "addition");
    Some(if lemma_first { [omission, addition] } else { [addition, omission] })
}

/// The witnesses of a reading with nothing, behind its words or before them.
fn without_words(reading: &UnitReading, behind: bool) -> UnitReading {
    let empty = |at: &Attestation| {
        let place = if behind { at.tokens.end } else { at.tokens.start };
        Attestation { witness: at.witness, tokens: place..place }
    };
    UnitReading {
        witnesses: reading.witnesses.iter().map(empty).collect(),
        text: String::new(),
        judgement: None,
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;
    use crate::collate::testing::text;
    use crate::collate::{Options, collate};
    use crate::model::{ParallelCell, ParallelRow};

    #[test]
    fn sentences_of_different_rows_are_no_readings_of_one_place() {
        let a = text("A", &["The war came to us.", "Nobody had asked for it.", "Then there was peace."]);
        let b = text("B", &["The war came to us.", "Rain fell upon those hills.", "Then there was peace."]);
        let row = |a: Range<usize>, b: Range<usize>| ParallelRow {
            cells: [a, b].map(|segments| ParallelCell { segments, ..ParallelCell::default() }).to_vec(),
        };
        let parallel = |rows: Vec<ParallelRow>| Parallel { sigla: vec!["A".into(), "B".into()], rows };
        let collation = collate(&[&a, &b], &Options { base: Some("A".into()), ..Options::default() }).value;
        let shown = |collation: &Collation| -> Vec<(String, String, &'static str)> {
            let class = |u: &VariationUnit| u.readings[1].judgement.as_ref().unwrap().class.word();
            let shown =
                |u: &VariationUnit| (u.readings[0].text.clone(), u.readings[1].text.clone(), class(u));
            collation.units.iter().map(shown).collect()
        };
        let together = parallel(vec![row(0..1, 0..1), row(1..2, 1..2), row(2..3, 2..3)]);
        assert_eq!(shown(&apart(&together, collation.clone())), shown(&collation));
        let rows = vec![row(0..1, 0..1), row(1..2, 1..1), row(2..2, 1..2), row(2..3, 2..3)];
        let found = apart(&parallel(rows), collation);
        let (a, b) = ("Nobody had asked for it".to_owned(), "Rain fell upon those hills".to_owned());
        assert_eq!(
            shown(&found),
            [(a, String::new(), "omission"), (String::new(), b, "addition")],
            "{:?}",
            found.units
        );
    }
}
