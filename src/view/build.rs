//! Rows from the results of the engines: an alignment, a comparison of two witnesses, or many
//! witnesses side by side of which the editions are collated.

use std::ops::Range;

use super::rows::{Cell, Column, Mark, Row, Table, TextSpan, Unit, UnitReading};
use crate::model::{
    Bead, BlockKind, Comparison, Judgement, Pair, Piece, Segmented, Variant, VariantClass, WitnessKind,
    rule_in_words,
};

/// The head of a witness's column.
pub(super) fn column(text: &Segmented, compared: bool) -> Column {
    let witness = &text.document.witness;
    Column {
        siglum: witness.siglum.clone(),
        lang: witness.lang.tag().to_owned(),
        right_to_left: witness.lang.is_right_to_left(),
        unspaced: witness.lang.is_unspaced(),
        kind: witness.kind,
        compared,
        title: witness.title.clone(),
        remark: (witness.kind == WitnessKind::Constructed).then(|| witness.kind.word().to_owned()),
    }
}

/// Rows of an alignment, nothing compared: for translations.
pub fn of_alignment(pair: Pair<'_>) -> Table {
    let rows = pair.beads().iter().enumerate().map(|(index, bead)| {
        let cells = vec![aligned_cell(pair.a, &bead.a), aligned_cell(pair.b, &bead.b)];
        row(index, bead, cells, Vec::new())
    });
    let rows = rows.collect();
    Table { columns: vec![column(pair.a, false), column(pair.b, false)], rows, ..Table::default() }
}

fn row(index: usize, bead: &Bead, mut cells: Vec<Cell>, classes: Vec<VariantClass>) -> Row {
    for cell in &mut cells {
        cell.confidence = bead.confidence;
    }
    if let Some(last) = cells.last_mut() {
        last.moved = bead.moved;
    }
    Row {
        number: index + 1,
        confidence: bead.confidence,
        status: bead.status,
        cells,
        classes,
        reasons: Vec::new(),
    }
}

/// What a witness has in some segments, nothing compared.
pub(super) fn aligned_cell(text: &Segmented, segments: &Range<usize>) -> Cell {
    let mut cell = empty_cell(text, segments);
    let unspaced = text.document.witness.lang.is_unspaced();
    for segment in segments.clone() {
        let mut opens = text.opens_block(segment).then(|| text.kind(segment));
        if let Some(label) = text.label(segment) {
            let spaced = !cell.spans.is_empty();
            let opens = opens.take();
            let text = label.to_owned();
            cell.spans.push(TextSpan { text, spaced, mark: Mark::Label, opens, ..TextSpan::default() });
        }
        let spaced = !cell.spans.is_empty() && !unspaced;
        let mark = quiet_mark(text.kind(segment));
        cell.spans.push(TextSpan { text: text.text(segment), spaced, mark, opens, ..TextSpan::default() });
    }
    cell
}

/// The mark of words of which nothing else is to be said.
pub(super) fn quiet_mark(kind: BlockKind) -> Mark {
    match kind {
        BlockKind::Note => Mark::Note,
        BlockKind::Furniture | BlockKind::FrontMatter => Mark::Furniture,
        _ => Mark::Equal,
    }
}

pub(super) fn empty_cell(text: &Segmented, segments: &Range<usize>) -> Cell {
    Cell {
        segments: segments.clone(),
        locus: text.locus_range(segments),
        kind: segments.clone().next().map(|s| text.kind(s)).unwrap_or_default(),
        ..Cell::default()
    }
}

/// Rows of a comparison, with the words of each variant marked. The units have the numbers of the
/// variants.
pub fn of_comparison(pair: Pair<'_>, comparison: &Comparison) -> Table {
    let mut units: Vec<Unit> = comparison.variants.iter().map(unit).collect();
    let rows: Vec<Row> = comparison
        .rows
        .iter()
        .enumerate()
        .map(|(index, compared)| {
            let bead = &pair.beads()[compared.bead];
            let mut a = empty_cell(pair.a, &bead.a);
            let mut b = empty_cell(pair.b, &bead.b);
            a.spans = compared.a.iter().map(|p| marked(p, comparison, Mark::Deleted, true)).collect();
            b.spans = compared.b.iter().map(|p| marked(p, comparison, Mark::Inserted, false)).collect();
            let here = || compared.a.iter().chain(&compared.b).filter_map(|piece| piece.variant);
            for variant in here() {
                if let Some(unit) = units.get_mut(variant) {
                    unit.row = index;
                }
            }
            let mut classes: Vec<VariantClass> =
                here().filter_map(|v| Some(comparison.variants.get(v)?.class)).collect();
            classes.sort_unstable();
            classes.dedup();
            row(compared.bead, bead, vec![a, b], classes)
        })
        .collect();
    Table { columns: vec![column(pair.a, true), column(pair.b, true)], rows, units, ..Table::default() }
}

fn unit(variant: &Variant) -> Unit {
    let judgement = Judgement {
        class: variant.class,
        rule: variant.rule.clone(),
        confidence: variant.confidence,
        explanation: rule_in_words(&variant.rule),
        lemma_is_suspect: variant.suspect.as_ref().map(|siglum| *siglum == variant.a.locus.siglum),
        project_rule: variant.project_rule.clone(),
    };
    let reading = |column: usize, text: &str, judgement| UnitReading {
        columns: vec![column],
        text: text.to_owned(),
        judgement,
    };
    let readings = vec![reading(0, &variant.a.text, None), reading(1, &variant.b.text, Some(judgement))];
    Unit { readings, ..Unit::default() }
}

/// `alone` is the mark of words that the other witness lacks.
fn marked(piece: &Piece, comparison: &Comparison, alone: Mark, first: bool) -> TextSpan {
    let variant = piece.variant.and_then(|v| comparison.variants.get(v));
    let mark = match variant {
        None => Mark::Equal,
        Some(v) if v.class == VariantClass::Transposition => Mark::Moved,
        Some(v) if (if first { &v.b } else { &v.a }).text.is_empty() => alone,
        Some(_) => Mark::Changed,
    };
    TextSpan {
        text: piece.text.clone(),
        spaced: piece.spaced,
        mark,
        variant: piece.variant,
        ..TextSpan::default()
    }
}
