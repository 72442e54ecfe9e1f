//! Rows of an alignment, and what cells of all kinds of rows have in common.

use std::ops::Range;

use super::rows::{Cell, Column, Mark, Row, Table, TextSpan};
use crate::model::{Aligned, Bead, BlockKind, Segmented, WitnessKind};

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
pub fn of_alignment(pair: &Aligned) -> Table {
    let rows = pair.beads().iter().enumerate().map(|(index, bead)| {
        let cells = vec![aligned_cell(&pair.a, &bead.a), aligned_cell(&pair.b, &bead.b)];
        row(index, bead, cells)
    });
    let rows = rows.collect();
    Table { columns: vec![column(&pair.a, false), column(&pair.b, false)], rows, ..Table::default() }
}

fn row(index: usize, bead: &Bead, mut cells: Vec<Cell>) -> Row {
    for cell in &mut cells {
        cell.confidence = bead.confidence;
    }
    if let Some(last) = cells.last_mut() {
        last.moved = bead.moved;
    }
    Row { number: index + 1, confidence: bead.confidence, status: bead.status, cells, ..Row::default() }
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
