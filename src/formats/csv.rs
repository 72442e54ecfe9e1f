//! Aligned sentences as a table: CSV by RFC 4180, or TSV.
//!
//! UTF-8, a header line, LF, no byte order mark, fields quoted only where they must be. Numbers of
//! segments have integer columns of their own, never `1-1` or `1:1`, which spreadsheets read as a
//! date or a time; ids have theirs, so that a table that comes back is matched by id and never by
//! its text.

use std::io::{self, Write};

use super::table_error;
use crate::model::{Aligned, Bead, Segmented};

/// How the table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Between fields; a comma by default.
    pub delimiter: u8,
    /// For Microsoft Excel: a byte order mark, CRLF, and every field quoted. Default: off.
    pub excel: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { delimiter: b',', excel: false }
    }
}

/// The names of the columns, in order.
pub const COLUMNS: [&str; 15] = [
    "bead",
    "a_ids",
    "b_ids",
    "a_locus",
    "b_locus",
    "a_count",
    "b_count",
    "confidence",
    "rating",
    "status",
    "moved",
    "kind",
    "speaker",
    "a_text",
    "b_text",
];

/// Writes a bead a row, with the columns of [`COLUMNS`]:
///
/// * `bead`: its number from 1; `a_ids`, `b_ids`: its segments, `FI:1.5.3`, separated by spaces;
/// * `a_locus`, `b_locus`: the same for people (`FI 1.5.3–4`); `a_count`, `b_count`: how many;
/// * `confidence` 0 to 1 (high = good) and `rating`: `sure`, `likely`, `doubtful`;
/// * `status`: `auto`, `confirmed`, `edited`; `moved`: `yes` where the order differs, else empty;
/// * `kind` of block and `speaker`, from the first side that has a segment;
/// * `a_text`, `b_text`: the sentences as they are read, joined by a space.
///
/// # Errors
/// Those of `out`.
pub fn write(pair: &Aligned, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let mut table = table(options, out)?;
    table.write_record(COLUMNS).map_err(table_error)?;
    for (index, bead) in pair.beads().iter().enumerate() {
        table.write_record(row(pair, index, bead)).map_err(table_error)?;
    }
    table.flush()
}

/// A table without rows.
pub(super) fn table<'o>(
    options: &Options,
    out: &'o mut dyn Write,
) -> io::Result<::csv::Writer<&'o mut dyn Write>> {
    if options.excel {
        out.write_all("\u{feff}".as_bytes())?;
    }
    Ok(::csv::WriterBuilder::new()
        .delimiter(options.delimiter)
        .terminator(if options.excel { ::csv::Terminator::CRLF } else { ::csv::Terminator::Any(b'\n') })
        .quote_style(if options.excel { ::csv::QuoteStyle::Always } else { ::csv::QuoteStyle::Necessary })
        .from_writer(out))
}

fn row(pair: &Aligned, index: usize, bead: &Bead) -> [String; 15] {
    let (text, first) = if bead.a.is_empty() { (&pair.b, bead.b.start) } else { (&pair.a, bead.a.start) };
    let block = text.block(first);
    [
        (index + 1).to_string(),
        ids(&pair.a, bead.a.clone()),
        ids(&pair.b, bead.b.clone()),
        pair.a.locus_range(&bead.a),
        pair.b.locus_range(&bead.b),
        bead.a.len().to_string(),
        bead.b.len().to_string(),
        format!("{:.2}", bead.confidence.value()),
        bead.confidence.word().to_owned(),
        bead.status.word().to_owned(),
        if bead.moved { "yes".to_owned() } else { String::new() },
        block.kind.word().to_owned(),
        block.speaker.clone().unwrap_or_default(),
        pair.text_a(bead),
        pair.text_b(bead),
    ]
}

/// The ids of segments, separated by spaces.
pub(super) fn ids(text: &Segmented, segments: std::ops::Range<usize>) -> String {
    segments.map(|s| text.segment_id(s)).collect::<Vec<_>>().join(" ")
}
