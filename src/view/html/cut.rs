//! Long works in parts, a page each.

use std::ops::Range;

use crate::model::{BlockKind, EntryKind};
use crate::view::rows::{Moved, Place, Row, Table, Unit};

/// A page of more cells than this takes long to open.
const CELLS: usize = 30_000;
/// A page of more rows than this does so with any number of columns.
const ROWS: usize = 12_000;

/// The most rows of a page, if nothing else is asked for: 12,000, and less with more than two
/// columns.
pub fn default_rows(columns: usize) -> usize {
    (CELLS / columns.max(1)).clamp(1, ROWS)
}

/// The name of the file of a part; parts count from 1.
pub(super) fn file_name(number: usize) -> String {
    format!("part-{number}.html")
}

/// The rows of each page. Parts end where the first witness has a new part or a heading, if it has
/// one in the second half of what a page holds.
pub(super) fn parts(table: &Table, rows: usize) -> Vec<Range<usize>> {
    let rows = rows.max(1);
    let mut out = Vec::new();
    let mut start = 0;
    while table.rows.len() - start > rows {
        let last = start + rows;
        let good =
            (start + rows / 2 + 1..=last).rev().find(|&at| begins(&table.rows[at - 1], &table.rows[at]));
        let end = good.unwrap_or(last);
        out.push(start..end);
        start = end;
    }
    out.push(start..table.rows.len());
    out
}

/// Whether a part or a chapter begins with a row.
fn begins(before: &Row, row: &Row) -> bool {
    let part = |row: &Row| super::rows::bare_locus(row.locus()).split('.').next().map(str::to_owned);
    let heading = |row: &Row| row.cells.first().is_some_and(|cell| cell.kind == BlockKind::Heading);
    part(before) != part(row) || heading(row) && !heading(before)
}

/// The rows of one page with their units. Of a passage whose other place is on another page only the locus of
/// that place is told.
pub(super) fn part(table: &Table, rows: Range<usize>) -> Table {
    let number_of_unit = renumbered(table.units.iter().map(|unit| rows.contains(&unit.row)));
    let is_here = |place: &Place| place.row.is_some_and(|row| rows.contains(&row));
    let of_page = |moved: &Moved| is_here(&moved.home) || is_here(&moved.away);
    let number_of_move = renumbered(table.moves.iter().map(of_page));
    let mut out = Table {
        columns: table.columns.clone(),
        rows: table.rows[rows.clone()].to_vec(),
        units: table.units.iter().filter(|unit| rows.contains(&unit.row)).cloned().collect(),
        moves: table.moves.iter().filter(|moved| of_page(moved)).cloned().collect(),
        base: table.base,
    };
    let renumber = |number: &mut Option<usize>, numbers: &[Option<usize>]| {
        *number = number.and_then(|n| numbers.get(n).copied().flatten());
    };
    for cell in out.rows.iter_mut().flat_map(|row| &mut row.cells) {
        cell.elsewhere = cell.elsewhere.filter(|row| rows.contains(row)).map(|row| row - rows.start);
        for span in &mut cell.spans {
            renumber(&mut span.variant, &number_of_unit);
            renumber(&mut span.moved, &number_of_move);
        }
    }
    for Unit { kind, row, moved, .. } in &mut out.units {
        *row -= rows.start;
        renumber(moved, &number_of_move);
        if let EntryKind::Move(number) = kind {
            // A unit stands in the row of one of its places, so the page has its move.
            *number = number_of_move.get(*number).copied().flatten().unwrap_or_default();
        }
    }
    for place in out.moves.iter_mut().flat_map(|moved| [&mut moved.home, &mut moved.away]) {
        place.row = place.row.filter(|row| rows.contains(row)).map(|row| row - rows.start);
    }
    out
}

/// The new number of each thing of which only some are kept.
fn renumbered(kept: impl Iterator<Item = bool>) -> Vec<Option<usize>> {
    let mut next = 0;
    kept.map(|keep| {
        keep.then(|| {
            next += 1;
            next - 1
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::rows::Cell;

    fn row(number: usize, locus: &str, kind: BlockKind) -> Row {
        let cell = Cell { locus: locus.to_owned(), kind, ..Cell::default() };
        Row { number, cells: vec![cell], ..Row::default() }
    }

    #[test]
    fn parts_end_at_chapters_and_hold_every_row_once() {
        let mut rows: Vec<Row> =
            (0..10).map(|n| row(n + 1, &format!("A 1.{}.1", n + 1), BlockKind::Paragraph)).collect();
        rows[4].cells[0].kind = BlockKind::Heading;
        let table = Table { rows, ..Table::default() };
        assert_eq!(parts(&table, 6), vec![0..4, 4..10]);
        assert_eq!(parts(&table, 20), vec![0..10]);
        assert_eq!(parts(&table, 0).len(), 10);
        assert_eq!(parts(&Table::default(), 6), vec![0..0]);
    }

    #[test]
    fn many_columns_make_shorter_pages() {
        assert_eq!([0, 2, 3, 5, 100_000].map(default_rows), [12_000, 12_000, 10_000, 6_000, 1]);
    }

    #[test]
    fn a_passage_that_moved_to_another_page_is_told_on_both() {
        let rows = (0..4).map(|n| row(n + 1, "A 1.1.1", BlockKind::Paragraph)).collect();
        let place = |row| Place { row: Some(row), locus: format!("A 1.{row}.1"), ..Place::default() };
        let moved = |home, away| Moved {
            scale: crate::model::MoveScale::Block,
            home: place(home),
            away: place(away),
            followed: Vec::new(),
        };
        let unit = |number, row| Unit { kind: EntryKind::Move(number), row, ..Unit::default() };
        let (moves, units) = (vec![moved(0, 1), moved(3, 0)], vec![unit(0, 0), unit(1, 3)]);
        let second = part(&Table { rows, units, moves, ..Table::default() }, 2..4);
        assert_eq!((second.units.len(), second.units[0].kind), (1, EntryKind::Move(0)));
        let told = &second.moves[0];
        assert_eq!((told.home.row, told.away.row, told.away.locus.as_str()), (Some(1), None, "A 1.0.1"));
    }

    #[test]
    fn units_of_a_part_are_numbered_anew() {
        let rows = (0..4).map(|n| row(n + 1, "A 1.1.1", BlockKind::Paragraph)).collect();
        let unit = |row| Unit { row, ..Unit::default() };
        let table = Table { rows, units: vec![unit(0), unit(2), unit(3)], ..Table::default() };
        let second = part(&table, 2..4);
        assert_eq!(second.units.iter().map(|unit| unit.row).collect::<Vec<_>>(), vec![0, 1]);
    }
}
