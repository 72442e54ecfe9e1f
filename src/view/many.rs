//! Rows over many witnesses: their sentences side by side, the words of the editions collated.

use std::ops::Range;

use super::build::{aligned_cell, column, empty_cell, quiet_mark};
use super::rows::{Cell, Mark, Moved, Place, Row, Table, TextSpan, Unit, UnitFollow, UnitReading};
use crate::model::{
    CollatedToken, Collation, Confidence, Follow, MoveFollow, MovedRun, Parallel, ParallelRow, Segmented,
    Status,
};

/// Puts witnesses side by side, editions and translations together.
///
/// `texts` are those of `parallel`, in its order. The witnesses that `collation` holds have their
/// differences marked; what it does not hold is shown as it is. A token of the collation that no
/// segment of the texts covers is not shown.
pub fn of_parallel(texts: &[&Segmented], parallel: &Parallel, collation: Option<&Collation>) -> Table {
    let shown = parallel.rows_by_segment();
    let marks = collation.map(|collation| Marks::new(collation, texts, &shown));
    let is_compared = |c: usize| marks.as_ref().is_some_and(|marks| marks.witness_of[c].is_some());
    let columns = texts.iter().enumerate().map(|(c, text)| column(text, is_compared(c))).collect();
    let mut rows: Vec<Row> = Vec::with_capacity(parallel.rows.len());
    for (index, row) in parallel.rows.iter().enumerate() {
        let columns_here = marks.as_ref().and_then(|marks| marks.columns_of(row));
        let cells = row.cells.iter().enumerate().map(|(c, cell)| {
            let shown = match &marks {
                Some(marks) if is_compared(c) => marks.cell(texts[c], c, index, &cell.segments, columns_here),
                _ => aligned_cell(texts[c], &cell.segments),
            };
            Cell { moved: cell.moved, confidence: cell.confidence, ..shown }
        });
        let cells = cells.collect();
        let (confidence, status) = whole(row);
        rows.push(Row { number: index + 1, confidence, status, cells, ..Row::default() });
    }
    link_moved_cells(&mut rows, texts.len());
    let mut table = Table { columns, rows, ..Table::default() };
    if let Some(marks) = marks {
        table.base = marks.collation.base.and_then(|w| marks.column_of[w]).unwrap_or(0);
        table.moves = marks.collation.moves.iter().map(|m| marks.moved(m, &shown)).collect();
        table.units = marks.units;
        collect_classes(&mut table);
    }
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
fn whole(row: &ParallelRow) -> (Confidence, Status) {
    let mut confidence = Confidence::new(1.0);
    let mut status = Status::Auto;
    for cell in &row.cells {
        if cell.confidence < confidence {
            confidence = cell.confidence;
        }
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
    /// The units as they are shown, with their rows.
    units: Vec<Unit>,
    /// For each witness: units in which it has nothing, with the token before which they stand.
    gaps: Vec<Vec<(u32, usize)>>,
    /// For each witness: for each token its unit, and the unit's reading.
    unit_of: Vec<Vec<Option<(usize, usize)>>>,
    /// For each witness: for each token the passage with which it moved.
    move_of: Vec<Vec<Option<usize>>>,
}

impl<'c> Marks<'c> {
    fn new(collation: &'c Collation, texts: &[&Segmented], shown: &[Vec<usize>]) -> Self {
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
        for (number, unit) in collation.units.iter().enumerate() {
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
        marks.units = marks.shown_units(shown);
        marks
    }

    /// The tokens of a witness that stand in some segments.
    fn tokens_of(&self, witness: usize, segments: &Range<usize>) -> Range<usize> {
        let tokens = &self.collation.witnesses[witness].tokens;
        let at = |segment: usize| tokens.partition_point(|token| (token.segment as usize) < segment);
        at(segments.start)..at(segments.end)
    }

    /// The first and the last column in which a row has words.
    fn columns_of(&self, row: &ParallelRow) -> Option<(u32, u32)> {
        let ends = row.cells.iter().enumerate().filter_map(|(c, cell)| {
            let witness = self.witness_of[c]?;
            let tokens = &self.collation.witnesses[witness].tokens[self.tokens_of(witness, &cell.segments)];
            Some((tokens.first()?.column, tokens.last()?.column))
        });
        ends.reduce(|x, y| (x.0.min(y.0), x.1.max(y.1)))
    }

    /// What a collated witness has in the segments of a row, with its marks.
    fn cell(
        &self,
        text: &Segmented,
        column: usize,
        row: usize,
        segments: &Range<usize>,
        columns_here: Option<(u32, u32)>,
    ) -> Cell {
        let mut cell = empty_cell(text, segments);
        let Some(witness) = self.witness_of[column] else { return cell };
        let source = &self.collation.witnesses[witness];
        let tokens = self.tokens_of(witness, segments);
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
        cell.absent = cell.spans.is_empty()
            && columns_here
                .is_some_and(|(first, last)| !source.is_present(first) && !source.is_present(last));
        cell
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
            _ => cell.spans.push(TextSpan { text: read.to_owned(), spaced, mark, variant, moved, opens }),
        }
    }

    fn mark(&self, unit: Option<(usize, usize)>, moved: Option<usize>) -> Option<Mark> {
        if moved.is_some() {
            return Some(Mark::Moved);
        }
        let (unit, reading) = unit?;
        let readings = &self.collation.units[unit].readings;
        let lacking = |r: &crate::model::UnitReading| r.text.is_empty();
        Some(match reading {
            0 if readings[1..].iter().all(lacking) => Mark::Deleted,
            0 => Mark::Changed,
            _ if lacking(&readings[0]) => Mark::Inserted,
            _ => Mark::Changed,
        })
    }

    fn shown_units(&self, shown: &[Vec<usize>]) -> Vec<Unit> {
        let columns = |witnesses: &mut dyn Iterator<Item = usize>| {
            let mut columns: Vec<usize> = witnesses.filter_map(|w| self.column_of[w]).collect();
            columns.sort_unstable();
            columns
        };
        let unit = |unit: &crate::model::VariationUnit| Unit {
            row: unit.readings.iter().find_map(|r| self.row_of(&r.witnesses, shown)).unwrap_or(0),
            readings: unit
                .readings
                .iter()
                .map(|r| UnitReading {
                    columns: columns(&mut r.witnesses.iter().map(|at| at.witness)),
                    text: r.text.clone(),
                    judgement: r.judgement.clone(),
                })
                .collect(),
            absent: columns(&mut unit.absent.iter().copied()),
            moved: unit.in_move,
            between: unit.between.clone(),
            follows: Vec::new(),
        };
        self.collation.units.iter().map(unit).collect()
    }

    /// The row of the first token that any of the witnesses has.
    fn row_of(&self, witnesses: &[crate::model::Attestation], shown: &[Vec<usize>]) -> Option<usize> {
        witnesses.iter().filter(|at| !at.tokens.is_empty()).find_map(|at| {
            let token = self.collation.witnesses[at.witness].tokens.get(at.tokens.start as usize)?;
            shown[self.column_of[at.witness]?].get(token.segment as usize).copied()
        })
    }

    fn moved(&self, moved: &crate::model::Move, shown: &[Vec<usize>]) -> Moved {
        let place = |run: &MovedRun| {
            let mut columns: Vec<usize> =
                run.witnesses.iter().filter_map(|at| self.column_of[at.witness]).collect();
            columns.sort_unstable();
            let text = run
                .witnesses
                .first()
                .map(|at| self.collation.witnesses[at.witness].reading(at.tokens.clone()).to_owned());
            let row = self.row_of(&run.witnesses, shown).unwrap_or(0);
            Place { row, columns, text: text.unwrap_or_default() }
        };
        Moved { scale: moved.scale, home: place(&moved.home), away: place(&moved.away), followed: Vec::new() }
    }
}

fn omission(unit: usize) -> TextSpan {
    TextSpan { mark: Mark::Omitted, variant: Some(unit), spaced: true, ..TextSpan::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::testing::text;
    use crate::collate::{Options, collate};
    use crate::model::{ParallelCell, ParallelRow};

    fn beside(rows: &[[Range<usize>; 3]]) -> Parallel {
        let cell = |segments: &Range<usize>| ParallelCell {
            segments: segments.clone(),
            confidence: Confidence::new(0.9),
            ..ParallelCell::default()
        };
        let rows = rows.iter().map(|row| ParallelRow { cells: row.iter().map(cell).collect() }).collect();
        Parallel { sigla: ["B", "A", "fr"].map(str::to_owned).to_vec(), rows }
    }

    /// Two editions and a translation; the base is not the first by siglum.
    fn table() -> Table {
        let b = text("B", &["The colour of war is a red.", "Nobody came."]);
        let a = text("A", &["The color of war was a deep red.", "Italy stepped aside!", "Nobody came."]);
        let fr = text("fr", &["La couleur de la guerre.", "Personne."]);
        let collation = collate(&[&b, &a], &Options { base: Some("B".into()), ..Options::default() }).value;
        let parallel = beside(&[[0..1, 0..1, 0..1], [1..1, 1..2, 1..1], [1..2, 2..3, 1..2]]);
        of_parallel(&[&b, &a, &fr], &parallel, Some(&collation))
    }

    #[test]
    fn editions_are_marked_and_translations_stand_beside_them() {
        let table = table();
        assert_eq!(table.base, 0);
        assert_eq!(table.columns.iter().map(|c| c.compared).collect::<Vec<_>>(), [true, true, false]);
        let marked = |row: usize, column: usize| -> Vec<(&str, Mark)> {
            let spans = table.rows[row].cells[column].spans.iter();
            spans.filter(|s| s.variant.is_some()).map(|s| (s.text.as_str(), s.mark)).collect()
        };
        assert_eq!(marked(0, 0), [("colour", Mark::Changed), ("is", Mark::Changed), ("", Mark::Omitted)]);
        assert_eq!(
            marked(0, 1),
            [("color", Mark::Changed), ("was", Mark::Changed), ("deep", Mark::Inserted)]
        );
        assert!(marked(0, 2).is_empty());
        assert_eq!(table.rows[0].confidence.value(), 0.9);
    }

    #[test]
    fn an_omitted_sentence_is_an_omission_in_its_own_row() {
        let table = table();
        // The sentence that only A has: nothing else of B stands in its row.
        let missing = &table.rows[1].cells[0];
        assert!(missing.segments.is_empty() && !missing.absent);
        assert_eq!(missing.spans.iter().map(|s| s.mark).collect::<Vec<_>>(), [Mark::Omitted]);
        assert!(table.rows[0].cells[0].spans.iter().filter(|s| s.mark == Mark::Omitted).count() == 1);
    }

    #[test]
    fn cells_hold_the_words_of_their_segments() {
        let table = table();
        assert_eq!(table.rows[0].cells[1].plain(), "The color of war was a deep red.");
        assert_eq!(table.rows[2].cells[0].plain().trim(), "Nobody came.");
    }

    #[test]
    fn a_moved_cell_leads_to_where_it_stands_in_its_own_witness() {
        let b = text("B", &["One.", "Two.", "Three."]);
        let a = text("A", &["Three.", "One.", "Two."]);
        let fr = text("fr", &["Un.", "Deux.", "Trois."]);
        let mut parallel = beside(&[[0..1, 1..2, 0..1], [1..2, 2..3, 1..2], [2..3, 0..1, 2..3]]);
        parallel.rows[2].cells[1].moved = true;
        let table = of_parallel(&[&b, &a, &fr], &parallel, None);
        assert!(table.rows[2].is_moved());
        assert_eq!(table.rows[2].cells[1].elsewhere, Some(0), "it stands before what is in the first row");
    }
}
