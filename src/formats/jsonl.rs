//! Aligned sentences as JSON Lines: one bead a line, nothing left out.
//!
//! Offsets are 0-based and half-open. `bytes` and `chars` count in the part's text (which for plain
//! UTF-8 files is the file), `source` counts bytes in the file itself.

use std::io::{self, Write};

use serde::Serialize;

use crate::model::{Aligned, Bead, Segmented, Span};

/// The `schema` of each line.
pub const SCHEMA: &str = "hexapla/bead/1";

#[derive(Serialize)]
struct Line<'t> {
    schema: &'static str,
    bead: usize,
    #[serde(rename = "type")]
    bead_type: String,
    confidence: f64,
    rating: &'static str,
    status: &'static str,
    moved: bool,
    a: Side<'t>,
    b: Side<'t>,
}

#[derive(Serialize)]
struct Side<'t> {
    siglum: &'t str,
    lang: &'t str,
    text: String,
    segments: Vec<SegmentRecord>,
}

/// A segment with all that is known of it; also what `hexapla segment --format jsonl` prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SegmentRecord {
    /// `FI:1.5.3`.
    pub id: String,
    /// `FI 1.5.3`.
    pub locus: String,
    /// Where it stands in its source as that counts: `p. 252`, `Matt 5.3`, `00:01:12`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The 0-based line, for files of one sentence a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The kind of its block.
    pub kind: &'static str,
    /// Who speaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The label that stands before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Bytes in the part's text.
    pub bytes: [usize; 2],
    /// Characters in the part's text.
    pub chars: [usize; 2],
    /// Bytes in the file.
    pub source: [usize; 2],
    /// The words as they are read.
    pub text: String,
}

/// Makes the records of the segments of one text, counting characters in a single pass.
#[derive(Debug)]
pub struct Recorder<'t> {
    text: &'t Segmented,
    /// For each segment: characters before its start and before its end, in its part.
    chars: Vec<[usize; 2]>,
}

impl<'t> Recorder<'t> {
    /// Counts the characters of `text`, in time linear in its length.
    pub fn new(text: &'t Segmented) -> Self {
        let mut chars = Vec::with_capacity(text.len());
        let (mut part, mut byte, mut count) = (usize::MAX, 0, 0);
        for segment in &text.segments {
            if segment.part != part {
                (part, byte, count) = (segment.part, 0, 0);
            }
            let body = &text.document.parts[part].text;
            let start = count + body[byte..segment.span.start].chars().count();
            count = start + body[segment.span.range()].chars().count();
            byte = segment.span.end;
            chars.push([start, count]);
        }
        Self { text, chars }
    }

    /// The record of a segment.
    pub fn record(&self, segment: usize) -> SegmentRecord {
        let text = self.text;
        let pair = |span: Span| [span.start, span.end];
        let block = text.block(segment);
        SegmentRecord {
            id: text.segment_id(segment),
            locus: text.locus(segment).to_string(),
            at: text.source_locus(segment),
            line: text.lines.get(segment).copied(),
            kind: block.kind.word(),
            speaker: block.speaker.clone(),
            label: text.label(segment).map(str::to_owned),
            file: text.part(segment).source.path.as_ref().map(|p| p.display().to_string()),
            bytes: pair(text.segments[segment].span),
            chars: self.chars[segment],
            source: pair(text.source_span(segment)),
            text: text.text(segment),
        }
    }
}

/// Writes a bead a line.
///
/// # Errors
/// Those of `out`.
pub fn write(pair: &Aligned, out: &mut dyn Write) -> io::Result<()> {
    let a = Recorder::new(&pair.a);
    let b = Recorder::new(&pair.b);
    for (index, bead) in pair.beads().iter().enumerate() {
        serde_json::to_writer(&mut *out, &line(pair, &a, &b, index, bead))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn line<'t>(pair: &'t Aligned, a: &Recorder<'_>, b: &Recorder<'_>, index: usize, bead: &Bead) -> Line<'t> {
    let side = |text: &'t Segmented, recorder: &Recorder<'_>, range: std::ops::Range<usize>| Side {
        siglum: text.siglum(),
        lang: text.document.witness.lang.tag(),
        text: text.joined_text(range.clone()),
        segments: range.map(|s| recorder.record(s)).collect(),
    };
    Line {
        schema: SCHEMA,
        bead: index + 1,
        bead_type: bead.bead_type().to_string(),
        confidence: bead.confidence.value(),
        rating: bead.confidence.word(),
        status: bead.status.word(),
        moved: bead.moved,
        a: side(&pair.a, a, bead.a.clone()),
        b: side(&pair.b, b, bead.b.clone()),
    }
}
