//! Rows over many witnesses: their sentences side by side, the words of the editions collated.

use std::ops::Range;

use super::build::{aligned_cell, column, empty_cell, quiet_mark};
use super::rows::{Cell, Mark, Moved, Place, Row, Table, TextSpan, Unit, UnitFollow, UnitReading};
use crate::model::{
    Attestation, Collated, CollatedToken, Collation, Confidence, Entry, EntryKind, Follow, MoveFollow,
    MovedRun, Parallel, ParallelCell, ParallelRow, Segmented, Status, Text,
};

/// Puts witnesses side by side, editions and translations together.
///
/// `texts` are those of `parallel`, in its order. The witnesses that `collated` holds have their
/// differences marked; they are cut into rows as [`crate::collate::rows`] does it. What it does not hold is
/// shown as it is.
pub fn of_parallel(texts: &[Text], parallel: &Parallel, collated: Option<&Collated>) -> Table {
    let marks = collated.map(|collated| Marks::new(collated, texts, parallel));
    let is_compared = |c: usize| marks.as_ref().is_some_and(|marks| marks.witness_of[c].is_some());
    let columns = texts.iter().enumerate().map(|(c, text)| column(text, is_compared(c))).collect();
    let mut rows: Vec<Row> = Vec::with_capacity(parallel.rows.len());
    for (index, row) in parallel.rows.iter().enumerate() {
        let cells = row.cells.iter().enumerate().map(|(c, cell)| match &marks {
            Some(marks) if is_compared(c) => marks.cell(&texts[c], c, index, cell, &row.columns),
            _ => Cell {
                moved: cell.moved,
                confidence: cell.confidence,
                ..aligned_cell(&texts[c], &cell.segments)
            },
        });
        let cells: Vec<Cell> = cells.collect();
        let (confidence, status) = whole(row, &cells);
        rows.push(Row { number: index + 1, confidence, status, cells, ..Row::default() });
    }
    link_moved_cells(&mut rows, texts.len());
    let mut table = Table { columns, rows, ..Table::default() };
    if let Some(marks) = marks {
        table.base = marks.collation.base.and_then(|w| marks.column_of[w]).unwrap_or(0);
        table.moves = marks.collation.moves.iter().map(|m| marks.moved(m, parallel, &table.rows)).collect();
        table.units = marks.units;
        collect_classes(&mut table);
    }
    super::remarks::mark(&mut table);
    table
}

/// Notes in a table which readings translations follow, and where they have moved passages; both speak of
/// the collation from which the table was made.
pub fn mark_follows(table: &mut Table, follows: &[Follow], moves: &[MoveFollow]) {
    for follow in moves {
        let column = table.columns.iter().position(|column| column.siglum == follow.siglum);
        if let (Some(column), Some(moved)) = (column, table.moves.get_mut(follow.moved)) {
            moved.followed.push((column, follow.at_home));
        }
    }
    for follow in follows {
        let column = table.columns.iter().position(|column| column.siglum == follow.siglum);
        if let (Some(column), Some(unit)) = (column, table.units.get_mut(follow.unit)) {
            let evidence = follow.evidence.clone();
            unit.follows.push(UnitFollow { column, reading: follow.reading, evidence });
        }
    }
}

/// Confidence and status of a row: those of its least sure cell.
fn whole(row: &ParallelRow, cells: &[Cell]) -> (Confidence, Status) {
    let mut confidence = Confidence::new(1.0);
    let mut status = Status::Auto;
    for cell in cells {
        if cell.confidence < confidence {
            confidence = cell.confidence;
        }
    }
    for cell in &row.cells {
        if status == Status::Auto || cell.status == Status::Edited {
            status = cell.status;
        }
    }
    (confidence, status)
}

/// Gives each moved cell the row of what precedes it in its own witness (what follows it, at the
/// beginning of the text).
fn link_moved_cells(rows: &mut [Row], columns: usize) {
    for column in 0..columns {
        let mut order: Vec<(usize, usize)> = (0..rows.len())
            .filter(|&r| !rows[r].cells[column].segments.is_empty())
            .map(|r| (rows[r].cells[column].segments.start, r))
            .collect();
        order.sort_unstable();
        for at in 0..order.len() {
            let row = order[at].1;
            if rows[row].cells[column].moved {
                let neighbour = if at > 0 { order.get(at - 1) } else { order.get(at + 1) };
                rows[row].cells[column].elsewhere = neighbour.map(|&(_, r)| r);
            }
        }
    }
}

fn collect_classes(table: &mut Table) {
    for unit in &table.units {
        let classes = unit.readings.iter().filter_map(|r| Some(r.judgement.as_ref()?.class));
        if let Some(row) = table.rows.get_mut(unit.row) {
            row.classes.extend(classes);
        }
    }
    for row in &mut table.rows {
        row.classes.sort_unstable();
        row.classes.dedup();
    }
}

/// What a collation says of each token.
struct Marks<'c> {
    collation: &'c Collation,
    /// For each column its witness in the collation.
    witness_of: Vec<Option<usize>>,
    /// For each witness of the collation its column.
    column_of: Vec<Option<usize>>,
    /// The entries as they are shown, with their rows.
    units: Vec<Unit>,
    /// For each witness: units in which it has nothing, with the token before which they stand.
    gaps: Vec<Vec<(u32, usize)>>,
    /// For each witness: for each token its unit, and the unit's reading.
    unit_of: Vec<Vec<Option<(usize, usize)>>>,
    /// For each witness: for each token the passage with which it moved.
    move_of: Vec<Vec<Option<usize>>>,
}

impl<'c> Marks<'c> {
    fn new(collated: &'c Collated, texts: &[Text], parallel: &Parallel) -> Self {
        let collation = &*collated.collation;
        let place = |siglum: &str| texts.iter().position(|text| text.siglum() == siglum);
        let column_of: Vec<Option<usize>> =
            collation.witnesses.iter().map(|witness| place(&witness.siglum)).collect();
        let witness_of = (0..texts.len()).map(|c| column_of.iter().position(|&x| x == Some(c))).collect();
        let mut marks = Self {
            collation,
            witness_of,
            column_of,
            units: Vec::new(),
            gaps: vec![Vec::new(); collation.witnesses.len()],
            unit_of: collation.witnesses.iter().map(|w| vec![None; w.tokens.len()]).collect(),
            move_of: collation.witnesses.iter().map(|w| vec![None; w.tokens.len()]).collect(),
        };
        for (number, unit) in collation.entries.iter().enumerate().filter(|(_, unit)| unit.is_of_words()) {
            for (r, reading) in unit.readings.iter().enumerate() {
                for at in &reading.witnesses {
                    if at.tokens.is_empty() {
                        marks.gaps[at.witness].push((at.tokens.start, number));
                    }
                    let tokens = at.tokens.start as usize..at.tokens.end as usize;
                    if let Some(tokens) = marks.unit_of[at.witness].get_mut(tokens) {
                        tokens.fill(Some((number, r)));
                    }
                }
            }
        }
        for (number, moved) in collation.moves.iter().enumerate() {
            for at in moved.home.witnesses.iter().chain(&moved.away.witnesses) {
                let tokens = at.tokens.start as usize..at.tokens.end as usize;
                if let Some(tokens) = marks.move_of[at.witness].get_mut(tokens) {
                    tokens.fill(Some(number));
                }
            }
        }
        marks.gaps.iter_mut().for_each(|gaps| gaps.sort_unstable());
        marks.units = collation.entries.iter().map(|entry| marks.unit(collated, entry, parallel)).collect();
        marks
    }

    /// What a collated witness has in a row, with its marks.
    fn cell(
        &self,
        text: &Segmented,
        column: usize,
        row: usize,
        placed: &ParallelCell,
        columns: &Range<u32>,
    ) -> Cell {
        let mut cell = empty_cell(text, &placed.segments);
        let Some(witness) = self.witness_of[column] else { return cell };
        let source = &self.collation.witnesses[witness];
        let tokens = placed.tokens.start as usize..placed.tokens.end as usize;
        // Omissions at either end belong to the row in which the others have words.
        let gaps = &self.gaps[witness];
        let from = gaps.partition_point(|&(token, _)| (token as usize) < tokens.start);
        let mut gaps = gaps[from..].iter().filter(|&&(_, unit)| self.units[unit].row == row).peekable();
        let mut last: Option<&CollatedToken> = None;
        for index in tokens.clone() {
            while let Some(&(_, unit)) = gaps.next_if(|&&(token, _)| token as usize == index) {
                cell.spans.push(omission(unit));
            }
            self.push(&mut cell, text, witness, index, last);
            last = Some(&source.tokens[index]);
        }
        while let Some(&(_, unit)) = gaps.next_if(|&&(token, _)| token as usize == tokens.end) {
            cell.spans.push(omission(unit));
        }
        let cut = |inside: Option<usize>, beyond: Option<usize>| {
            let segment = |token: Option<usize>| Some(source.tokens.get(token?)?.segment);
            segment(inside).is_some() && segment(inside) == segment(beyond)
        };
        if !tokens.is_empty() {
            cell.continued = cut(Some(tokens.start), tokens.start.checked_sub(1));
            cell.goes_on = cut(tokens.end.checked_sub(1), Some(tokens.end));
        }
        cell.absent = cell.spans.is_empty()
            && !columns.is_empty()
            && !source.present.iter().any(|p| p.start < columns.end && columns.start < p.end);
        cell.moved = placed.moved;
        cell.confidence = self.confidence(&cell);
        cell
    }

    /// A cell of an edition is as sure as the least sure of its readings.
    fn confidence(&self, cell: &Cell) -> Confidence {
        let mut least = Confidence::new(1.0);
        for (unit, reading) in cell.spans.iter().filter_map(|span| Some((span.variant?, span.reading?))) {
            let judged = self.units[unit].readings.get(reading).and_then(|r| r.judgement.as_ref());
            if let Some(judgement) = judged.filter(|judgement| judgement.confidence < least) {
                least = judgement.confidence;
            }
        }
        least
    }

    fn push(&self, cell: &mut Cell, text: &Segmented, w: usize, index: usize, last: Option<&CollatedToken>) {
        let source = &self.collation.witnesses[w];
        let token = &source.tokens[index];
        let segment = token.segment as usize;
        let read = &source.text[token.read.start as usize..token.read.end as usize];
        let spaced = last.is_some_and(|last| token.read.start > last.read.end);
        let opens = last.is_none_or(|last| last.segment != token.segment) && text.opens_block(segment);
        let opens = opens.then(|| text.kind(segment));
        let label = text.label(segment).is_some() && text.segments[segment].span.start >= token.span.end;
        let moved = self.move_of[w][index];
        let unit = self.unit_of[w][index];
        let mark = match self.mark(unit, moved) {
            // Who speaks is seen also of a speech that moved.
            None | Some(Mark::Moved) if label && unit.is_none() => Mark::Label,
            Some(mark) => mark,
            None => quiet_mark(text.kind(segment)),
        };
        let variant = unit.map(|(unit, _)| unit);
        match cell.spans.last_mut() {
            Some(span)
                if (span.mark, span.variant, span.moved) == (mark, variant, moved)
                    && opens.is_none()
                    && !span.text.is_empty() =>
            {
                if spaced {
                    span.text.push(' ');
                }
                span.text.push_str(read);
            }
            _ => {
                let (text, reading) = (read.to_owned(), unit.map(|(_, reading)| reading));
                cell.spans.push(TextSpan { text, spaced, mark, variant, reading, moved, opens });
            }
        }
    }

    fn mark(&self, unit: Option<(usize, usize)>, moved: Option<usize>) -> Option<Mark> {
        if moved.is_some() {
            return Some(Mark::Moved);
        }
        let (unit, reading) = unit?;
        let readings = &self.collation.entries[unit].readings;
        let lacking = |r: &crate::model::EntryReading| r.text.is_empty();
        Some(match reading {
            0 if readings[1..].iter().all(lacking) => Mark::Deleted,
            0 => Mark::Changed,
            _ if lacking(&readings[0]) => Mark::Inserted,
            _ => Mark::Changed,
        })
    }

    /// An entry as it is shown.
    fn unit(&self, collated: &Collated, entry: &Entry, parallel: &Parallel) -> Unit {
        let columns = |witnesses: &mut dyn Iterator<Item = usize>| {
            let mut columns: Vec<usize> = witnesses.filter_map(|w| self.column_of[w]).collect();
            columns.sort_unstable();
            columns
        };
        let place = collated.place(entry);
        let has_words = entry.readings.first().is_some_and(|lemma| !lemma.text.is_empty());
        let is_cited_by_before = entry.kind == EntryKind::Layout || !has_words;
        Unit {
            kind: entry.kind,
            locus: collated.locus(&place).to_string(),
            after: is_cited_by_before.then(|| collated.word_before(&place).map(str::to_owned)).flatten(),
            row: row_of(parallel, entry.columns.start),
            readings: entry
                .readings
                .iter()
                .map(|r| UnitReading {
                    columns: columns(&mut r.witnesses.iter().map(|at| at.witness)),
                    elsewhere: columns(
                        &mut r
                            .witnesses
                            .iter()
                            .filter(|at| self.is_elsewhere(entry, at))
                            .map(|at| at.witness),
                    ),
                    text: r.text.clone(),
                    judgement: r.judgement.clone(),
                })
                .collect(),
            absent: columns(&mut entry.absent.iter().copied()),
            moved: entry.in_move,
            between: entry.between.clone(),
            follows: Vec::new(),
        }
    }

    /// Whether a witness has a reading at another place of the text than the entry's own.
    fn is_elsewhere(&self, entry: &Entry, at: &Attestation) -> bool {
        let tokens = &self.collation.witnesses[at.witness].tokens;
        let first = tokens.get(at.tokens.start as usize).filter(|_| !at.tokens.is_empty());
        entry.is_of_words() && first.is_some_and(|token| !entry.columns.contains(&token.column))
    }

    fn moved(&self, moved: &crate::model::Move, parallel: &Parallel, rows: &[Row]) -> Moved {
        let place = |run: &MovedRun| {
            let mut columns: Vec<usize> =
                run.witnesses.iter().filter_map(|at| self.column_of[at.witness]).collect();
            columns.sort_unstable();
            let text = run
                .witnesses
                .first()
                .map(|at| self.collation.witnesses[at.witness].reading(at.tokens.clone()).to_owned());
            let row = row_of(parallel, run.columns.start);
            let locus = rows.get(row).map(|row| row.locus().to_owned()).unwrap_or_default();
            Place { row: Some(row), locus, columns, text: text.unwrap_or_default() }
        };
        Moved { scale: moved.scale, home: place(&moved.home), away: place(&moved.away), followed: Vec::new() }
    }
}

/// The row in which a column of the collation stands. A row that has gone (its passage is shown at home)
/// is represented by the one before it.
fn row_of(parallel: &Parallel, column: u32) -> usize {
    parallel.rows.partition_point(|row| row.columns.start <= column).saturating_sub(1)
}

fn omission(unit: usize) -> TextSpan {
    TextSpan { mark: Mark::Omitted, variant: Some(unit), spaced: true, ..TextSpan::default() }
}
