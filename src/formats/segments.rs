//! The segments of one text: a line each, JSON Lines, or a table.

use std::io::{self, Write};
use std::ops::Range;

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
        if let Some(label) = text.label(segment) {
            write_flat(label, out)?;
            out.write_all(b" ")?;
        }
        write_flat(text.raw(segment), out)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes `text` with each run of white space as one space; none at its ends.
fn write_flat(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let text = text.trim();
    // What lies between two irregular places is copied at once.
    let mut written = 0;
    while let Some(run) = irregular_space(text, written) {
        out.write_all(&text.as_bytes()[written..run.start])?;
        out.write_all(b" ")?;
        written = run.end;
    }
    out.write_all(&text.as_bytes()[written..])
}

/// The first run of white space from `from` on that is not one plain space.
fn irregular_space(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        // All white space beyond ASCII begins with one of four bytes; the text does not end with any.
        let next = bytes[at..].windows(2).position(|pair| match pair[0] {
            b' ' => pair[1] <= b' ' || pair[1] >= 0x80,
            byte => byte < b' ' || matches!(byte, 0xC2 | 0xE1..=0xE3),
        })?;
        let start = at + next;
        let rest = &text[start..];
        let run = rest.len() - rest.trim_start().len();
        if run > 0 && &rest[..run] != " " {
            return Some(start..start + run);
        }
        at = start + 1;
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::write_flat;

    proptest! {
        #[test]
        fn runs_of_white_space_become_one_space(text in "[ab’é  \\n\\t\u{a0}\u{2003}\u{3000}\u{1680}\u{85}战.]{0,30}") {
            let mut out = Vec::new();
            write_flat(&text, &mut out).unwrap();
            let expected = text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}
