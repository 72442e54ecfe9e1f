//! A long work made of a short one.

use hexapla::model::EntryKind;
use hexapla::view::html::Report;
use hexapla::view::rows::{Place, Row, TextSpan};

/// The rows of a report so many times, each time as another part of the work.
pub(crate) fn repeated(report: &Report, times: usize) -> Report {
    let (rows, units, moves) = (report.table.rows.len(), report.table.units.len(), report.table.moves.len());
    let mut long = report.clone();
    for time in 1..times {
        let row = |row: &Row| {
            let mut row = row.clone();
            row.number += time * rows;
            for cell in &mut row.cells {
                cell.elsewhere = cell.elsewhere.map(|at| at + time * rows);
                cell.locus = later(&cell.locus, time);
                let span = |span: &mut TextSpan| {
                    span.variant = span.variant.map(|unit| unit + time * units);
                    span.moved = span.moved.map(|moved| moved + time * moves);
                };
                cell.spans.iter_mut().for_each(span);
                cell.segments.start += time * 1_000;
                cell.segments.end += time * 1_000;
            }
            row
        };
        let table = &mut long.table;
        table.rows.extend(report.table.rows.iter().map(row));
        table.units.extend(report.table.units.iter().cloned().map(|mut unit| {
            unit.row += time * rows;
            unit.moved = unit.moved.map(|moved| moved + time * moves);
            if let EntryKind::Move(number) = &mut unit.kind {
                *number += time * moves;
            }
            unit
        }));
        table.moves.extend(report.table.moves.iter().cloned().map(|mut moved| {
            let shift = |place: &mut Place| {
                place.row = place.row.map(|row| row + time * rows);
                place.locus = later(&place.locus, time);
            };
            shift(&mut moved.home);
            shift(&mut moved.away);
            moved
        }));
    }
    long
}

/// A locus in another part of the work.
fn later(locus: &str, time: usize) -> String {
    let Some((siglum, at)) = locus.split_once(' ') else { return locus.to_owned() };
    let (part, rest) = at.split_once('.').unwrap_or((at, ""));
    let part = part.parse::<usize>().unwrap_or_default() + 10 * time;
    // A range over two parts would need its end changed as well.
    format!("{siglum} {part}.{}", rest.split('–').next().unwrap_or(rest))
}
