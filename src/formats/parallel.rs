//! Rows over any number of witnesses: a table, or JSON Lines.

use std::io::{self, Write};

use serde::Serialize;

use super::csv::{Options, ids, table};
use super::jsonl::{Recorder, SegmentRecord};
use super::table_error;
use crate::model::{Parallel, ParallelCell, Segmented, Text};

/// The `schema` of each JSON line.
pub const SCHEMA: &str = "hexapla/row/1";

/// Writes a row a line. The first column is `row`, its number from 1; then come for each witness, its
/// siglum before the name:
///
/// * `_ids`: its segments, `FI:1.5.3`, separated by spaces; `_locus`: the same for people
///   (`FI 1.5.3–4`); `_count`: how many;
/// * `_confidence` 0 to 1 (high = good) and `_rating` (`sure`, `likely`, `doubtful`): how far it belongs
///   to the row; `_status`: `auto`, `confirmed`, `edited`; `_moved`: `yes` where its order differs from
///   the first witness's, else empty;
///
/// and at the end for each witness `_text`: the sentences as they are read. `texts` are the witnesses of
/// the rows, in their order.
///
/// # Errors
/// Those of `out`.
pub fn write_csv(texts: &[Text], rows: &Parallel, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    /// What is told of each witness before the texts.
    const ABOUT: [&str; 7] = ["ids", "locus", "count", "confidence", "rating", "status", "moved"];
    let mut table = table(options, out)?;
    let about = texts.iter().flat_map(|t| ABOUT.iter().map(move |name| format!("{}_{name}", t.siglum())));
    let words = texts.iter().map(|t| format!("{}_text", t.siglum()));
    let heads: Vec<String> = std::iter::once("row".to_owned()).chain(about).chain(words).collect();
    table.write_record(heads).map_err(table_error)?;
    for (number, row) in rows.rows.iter().enumerate() {
        let cells = || texts.iter().zip(&row.cells);
        let about = cells().flat_map(|(text, cell)| {
            [
                ids(text, cell.segments.clone()),
                text.locus_range(&cell.segments),
                cell.segments.len().to_string(),
                format!("{:.2}", cell.confidence.value()),
                cell.confidence.word().to_owned(),
                cell.status.word().to_owned(),
                if cell.moved { "yes".to_owned() } else { String::new() },
            ]
        });
        let words = cells().map(|(text, cell)| text.joined_text(cell.segments.clone()));
        let fields = std::iter::once((number + 1).to_string()).chain(about).chain(words);
        table.write_record(fields).map_err(table_error)?;
    }
    table.flush()
}

#[derive(Serialize)]
struct Line<'t> {
    schema: &'static str,
    row: usize,
    cells: Vec<CellRecord<'t>>,
}

#[derive(Serialize)]
struct CellRecord<'t> {
    siglum: &'t str,
    lang: &'t str,
    confidence: f64,
    rating: &'static str,
    status: &'static str,
    moved: bool,
    text: String,
    segments: Vec<SegmentRecord>,
}

/// Writes a row a line, nothing left out; offsets as in [`jsonl`](super::jsonl).
///
/// # Errors
/// Those of `out`.
pub fn write_jsonl(texts: &[Text], rows: &Parallel, out: &mut dyn Write) -> io::Result<()> {
    let recorders: Vec<Recorder<'_>> = texts.iter().map(|text| Recorder::new(text)).collect();
    for (number, row) in rows.rows.iter().enumerate() {
        let cells = texts.iter().zip(&recorders).zip(&row.cells);
        let cells = cells.map(|((text, recorder), cell)| record(text, recorder, cell)).collect();
        serde_json::to_writer(&mut *out, &Line { schema: SCHEMA, row: number + 1, cells })?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn record<'t>(text: &'t Segmented, recorder: &Recorder<'_>, cell: &ParallelCell) -> CellRecord<'t> {
    CellRecord {
        siglum: text.siglum(),
        lang: text.document.witness.lang.tag(),
        confidence: cell.confidence.value(),
        rating: cell.confidence.word(),
        status: cell.status.word(),
        moved: cell.moved,
        text: text.joined_text(cell.segments.clone()),
        segments: cell.segments.clone().map(|s| recorder.record(s)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::parallel;
    use crate::model::testing::text;
    use crate::model::{Alignment, Bead, Link};

    #[test]
    fn a_row_names_every_witness_and_says_what_is_missing() {
        let texts =
            [text("A", &["One.", "Two, \"too\"."]), text("B", &["Eins."]), text("C", &["Un.", "Deux."])];
        let ab = Alignment { beads: vec![Bead::new(0..1, 0..1, 0.95), Bead::new(1..2, 1..1, 0.7)] };
        let ac = Alignment { beads: vec![Bead::new(0..1, 0..1, 1.0), Bead::new(1..2, 1..2, 0.5)] };
        let links = [Link::new(0, 1, ab), Link::new(0, 2, ac)];
        let rows = parallel(&texts, &links);
        let mut out = Vec::new();
        write_csv(&texts, &rows, &Options::default(), &mut out).unwrap();
        let mut reader = ::csv::Reader::from_reader(out.as_slice());
        let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        assert_eq!(heads.len(), 1 + 3 * 8);
        let found: Vec<Vec<String>> =
            reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
        let field =
            |row: usize, name: &str| found[row][heads.iter().position(|head| head == name).unwrap()].as_str();
        assert_eq!(
            (field(0, "B_text"), field(0, "B_count"), field(0, "B_confidence")),
            ("Eins.", "1", "0.95")
        );
        assert_eq!((field(1, "B_text"), field(1, "B_count"), field(1, "B_rating")), ("", "0", "likely"));
        assert_eq!((field(1, "A_text"), field(1, "C_text")), ("Two, \"too\".", "Deux."));
        let mut out = Vec::new();
        write_jsonl(&texts, &rows, &mut out).unwrap();
        let lines: Vec<serde_json::Value> = out
            .split(|&b| b == b'\n')
            .filter(|l| !l.is_empty())
            .map(|l| serde_json::from_slice(l).unwrap())
            .collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[1]["cells"][2]["segments"][0]["id"], "C:1.1.2");
        assert_eq!(lines[1]["cells"][1]["segments"].as_array().unwrap().len(), 0);
    }
}
