//! The segments of one text: a line each, JSON Lines, or a table.

use std::io::{self, Write};

use super::jsonl::{Recorder, SegmentRecord};
use super::table_error;
use crate::model::Segmented;

/// The `schema` of each JSON line.
pub const SCHEMA: &str = "hexapla/segment/1";

/// Writes a segment a line, with the label that stands before it. Runs of white space become one
/// space; no other character is changed or left out.
///
/// # Errors
/// Those of `out`.
pub fn write_lines(text: &Segmented, out: &mut dyn Write) -> io::Result<()> {
    for segment in 0..text.len() {
        let words =
            text.label(segment).into_iter().chain([text.raw(segment)]).flat_map(str::split_whitespace);
        for (index, word) in words.enumerate() {
            if index > 0 {
                out.write_all(b" ")?;
            }
            out.write_all(word.as_bytes())?;
        }
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes a segment a line with all that is known of it.
///
/// # Errors
/// Those of `out`.
pub fn write_jsonl(text: &Segmented, out: &mut dyn Write) -> io::Result<()> {
    #[derive(serde::Serialize)]
    struct Line {
        schema: &'static str,
        #[serde(flatten)]
        record: SegmentRecord,
    }
    let recorder = Recorder::new(text);
    for segment in 0..text.len() {
        serde_json::to_writer(&mut *out, &Line { schema: SCHEMA, record: recorder.record(segment) })?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes a table with the columns id, locus, kind, speaker, label, byte and character offsets, text.
///
/// # Errors
/// Those of `out`.
pub fn write_csv(text: &Segmented, out: &mut dyn Write) -> io::Result<()> {
    let recorder = Recorder::new(text);
    let mut table = ::csv::WriterBuilder::new().terminator(::csv::Terminator::Any(b'\n')).from_writer(out);
    table
        .write_record([
            "id",
            "locus",
            "kind",
            "speaker",
            "label",
            "byte_start",
            "byte_end",
            "char_start",
            "char_end",
            "text",
        ])
        .map_err(table_error)?;
    for segment in 0..text.len() {
        let r = recorder.record(segment);
        table
            .write_record([
                r.id,
                r.locus,
                r.kind.to_owned(),
                r.speaker.unwrap_or_default(),
                r.label.unwrap_or_default(),
                r.bytes[0].to_string(),
                r.bytes[1].to_string(),
                r.chars[0].to_string(),
                r.chars[1].to_string(),
                r.text,
            ])
            .map_err(table_error)?;
    }
    table.flush()
}
