//! Alignments on disk, with what they were made from, so that it shows when they are out of date.
//!
//! One file a pair, `alignments/FI-fr.jsonl`, in JSON Lines for version control: first a [`Header`],
//! then a bead a line, `{"a":[0,1],"b":[0,2],"confidence":0.97,"status":"auto","moved":false,"at":"FI
//! 1.1.1 | fr 1.1.1-1.1.2"}`: segments 0-based and half-open, `at` for people only.

use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::model::{Aligned, Alignment, Bead, Confidence, Segmented, Status};
use crate::{Error, ErrorKind, Place, Result};

/// The folder of alignments in a project.
pub const FOLDER: &str = "alignments";
/// The schema of the files written here.
pub const SCHEMA: &str = "hexapla/alignment/1";
/// A file that claims more segments on a side than this is refused; the longest novels have fifty
/// thousand.
const MOST_SEGMENTS: usize = 50_000_000;
/// No header is longer than this, in bytes.
#[cfg(feature = "fs")]
pub(super) const LONGEST_HEADER: u64 = 16 << 20;
const REMEDY: &str = "restore it from version control, or make it anew: hexapla align A B --anew";

/// The first line of a stored alignment: what it was made from and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// [`SCHEMA`].
    pub schema: String,
    /// The siglum of the first witness.
    pub a: String,
    /// The siglum of the second witness.
    pub b: String,
    /// SHA-256 of each file of the first witness, in lower-case hexadecimal.
    pub a_sha256: Vec<String>,
    /// SHA-256 of each file of the second witness.
    pub b_sha256: Vec<String>,
    /// Number of segments of the first witness.
    pub a_segments: usize,
    /// Number of segments of the second witness.
    pub b_segments: usize,
    /// A hash of where the segments of the first witness begin and end: other rules may cut a text
    /// at other places into as many segments.
    pub a_boundaries: String,
    /// The same for the second witness.
    pub b_boundaries: String,
    /// The program and its version; for information, another version alone makes nothing stale.
    pub tool: String,
    /// The method, such as `translation` or `editions`.
    pub method: String,
    /// The options of the method. Compared as a whole.
    pub options: serde_json::Value,
}

impl Header {
    /// The header of an alignment of two texts as they are now.
    pub fn of(a: &Segmented, b: &Segmented, method: &str, options: serde_json::Value) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            a: a.siglum().to_owned(),
            b: b.siglum().to_owned(),
            a_sha256: hashes(a),
            b_sha256: hashes(b),
            a_segments: a.len(),
            b_segments: b.len(),
            a_boundaries: boundaries(a),
            b_boundaries: boundaries(b),
            tool: concat!("hexapla ", env!("CARGO_PKG_VERSION")).to_owned(),
            method: method.to_owned(),
            options,
        }
    }

    /// The same, seen from the other side.
    #[must_use]
    pub fn flipped(self) -> Self {
        Self {
            a: self.b,
            b: self.a,
            a_sha256: self.b_sha256,
            b_sha256: self.a_sha256,
            a_segments: self.b_segments,
            b_segments: self.a_segments,
            a_boundaries: self.b_boundaries,
            b_boundaries: self.a_boundaries,
            ..self
        }
    }

    /// Whether both are of the same texts, cut at the same places; how they were aligned does not count.
    pub fn is_of_texts(&self, other: &Self) -> bool {
        let options = other.options.clone();
        Self { method: other.method.clone(), options, ..self.clone() }.difference(other).is_none()
    }

    /// Whether it may be stored with the alignment of a pair.
    ///
    /// # Errors
    /// What is wrong, in words: it is of other texts, or the beads do not cover both exactly once.
    pub fn check(&self, pair: &Aligned) -> std::result::Result<(), String> {
        if (self.a.as_str(), self.b.as_str()) != (pair.a.siglum(), pair.b.siglum())
            || (self.a_segments, self.b_segments) != (pair.a.len(), pair.b.len())
        {
            return Err("the header is not of these texts".to_owned());
        }
        pair.alignment.check(pair.a.len(), pair.b.len())
    }

    /// Writes it and the beads of the pair that it [checks](Self::check).
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_with(&self, pair: &Aligned, out: &mut dyn Write) -> io::Result<()> {
        write(self, pair, out)
    }

    /// What has changed from `self`, as stored, to `now`; `None` if nothing that matters.
    pub fn difference(&self, now: &Self) -> Option<String> {
        let side = |siglum: &str, old: &[String], new: &[String], segments: [usize; 2], cuts: [&str; 2]| {
            if old.len() != new.len() {
                return Some(format!("{siglum} had {} and has {}", counted(old.len(), "file"), new.len()));
            }
            if let Some(part) = old.iter().zip(new).position(|(old, new)| old != new) {
                let of =
                    if new.len() > 1 { format!("part {} of {siglum}", part + 1) } else { siglum.to_owned() };
                return Some(format!("the text of {of} has changed"));
            }
            if segments[0] != segments[1] {
                let (old, new) = (counted(segments[0], "segment"), segments[1]);
                return Some(format!("{siglum} was cut into {old} and is now cut into {new}"));
            }
            (cuts[0] != cuts[1]).then(|| format!("{siglum} is cut into segments at other places"))
        };
        let of_a = || {
            let (segments, cuts) =
                ([self.a_segments, now.a_segments], [&*self.a_boundaries, &*now.a_boundaries]);
            side(&self.a, &self.a_sha256, &now.a_sha256, segments, cuts)
        };
        let of_b = || {
            let (segments, cuts) =
                ([self.b_segments, now.b_segments], [&*self.b_boundaries, &*now.b_boundaries]);
            side(&self.b, &self.b_sha256, &now.b_sha256, segments, cuts)
        };
        of_a().or_else(of_b).or_else(|| {
            if self.method != now.method {
                Some(format!("the method was {} and is {}", self.method, now.method))
            } else {
                (self.options != now.options).then(|| "the options have changed".to_owned())
            }
        })
    }
}

fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

fn hashes(text: &Segmented) -> Vec<String> {
    text.document.parts.iter().map(|part| part.source.sha256.clone()).collect()
}

/// The first 16 hexadecimal digits of the SHA-256 of all segments' parts, blocks and spans.
fn boundaries(text: &Segmented) -> String {
    let mut hasher = Sha256::new();
    for segment in &text.segments {
        for number in [segment.part, segment.block, segment.span.start, segment.span.end] {
            hasher.update((number as u64).to_le_bytes());
        }
    }
    hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// An alignment as it was stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredAlignment {
    /// What it was made from.
    pub header: Header,
    /// The beads; they cover all segments that the header counts.
    pub alignment: Alignment,
}

impl StoredAlignment {
    /// The same, seen from the other side.
    #[must_use]
    pub fn flipped(self) -> Self {
        Self { header: self.header.flipped(), alignment: self.alignment.flipped() }
    }

    /// The file of a pair: `FI-fr.jsonl`. Characters that some systems refuse in names of files are
    /// written as `%` and their code.
    pub fn file_name(a: &str, b: &str) -> String {
        format!("{}-{}.jsonl", for_file_name(a), for_file_name(b))
    }

    /// Reads what [`Header::write_with`] wrote; `path` is used in messages only.
    ///
    /// # Errors
    /// [`ErrorKind::Empty`], [`ErrorKind::Syntax`], [`ErrorKind::Encoding`] and
    /// [`ErrorKind::TooLarge`] with the line, [`ErrorKind::Unsupported`] for another schema,
    /// [`ErrorKind::Conflict`] if the beads do not cover the segments that the header counts.
    pub fn read(bytes: Vec<u8>, path: &Path) -> Result<Self> {
        let text = String::from_utf8(bytes).map_err(|error| {
            let line =
                error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|&&b| b == b'\n').count();
            at_line(Error::new(ErrorKind::Encoding, "this is not UTF-8"), path, line + 1)
        })?;
        read(&text, path)
    }
}

fn for_file_name(siglum: &str) -> String {
    let mut out = String::with_capacity(siglum.len());
    for c in siglum.chars() {
        if c.is_control() || "<>\"|?*%/\\:".contains(c) {
            out.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether a stored alignment can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Freshness {
    /// It was made from these texts, cut in this way, with these options.
    Fresh,
    /// Something has changed since.
    Stale {
        /// What, in words.
        why: String,
    },
    /// There is none.
    Missing,
}

/// A file that was renamed or copied by hand would give one pair the beads of another.
#[cfg(feature = "fs")]
pub(super) fn belongs(header: &Header, a: &str, b: &str, path: &Path) -> Result<()> {
    if (header.a.as_str(), header.b.as_str()) == (a, b) {
        return Ok(());
    }
    let message = format!("this is the alignment of {} and {}, not of {a} and {b}", header.a, header.b);
    Err(at_line(Error::new(ErrorKind::Conflict, message), path, 1))
}

#[derive(Serialize)]
struct BeadLine<'t> {
    a: [usize; 2],
    b: [usize; 2],
    confidence: Confidence,
    status: Status,
    moved: bool,
    at: &'t str,
}

#[derive(Deserialize)]
struct ReadBeadLine {
    a: [usize; 2],
    b: [usize; 2],
    confidence: f64,
    #[serde(default)]
    status: Status,
    #[serde(default)]
    moved: bool,
}

/// Writes header and beads.
fn write(header: &Header, pair: &Aligned, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, header)?;
    for bead in pair.beads() {
        let at = format!("{} | {}", place_of(&pair.a, &bead.a), place_of(&pair.b, &bead.b));
        let (a, b) = ([bead.a.start, bead.a.end], [bead.b.start, bead.b.end]);
        out.write_all(b"\n")?;
        let line =
            BeadLine { a, b, confidence: bead.confidence, status: bead.status, moved: bead.moved, at: &at };
        serde_json::to_writer(&mut *out, &line)?;
    }
    out.write_all(b"\n")
}

/// `FI 1.5.3`, `FI 1.5.3-1.5.4`, or `FI -` where there is nothing.
fn place_of(text: &Segmented, segments: &Range<usize>) -> String {
    if segments.is_empty() {
        return format!("{} -", text.siglum());
    }
    let first = text.locus(segments.start);
    if segments.len() == 1 {
        return first.to_string();
    }
    let last = text.locus(segments.end - 1);
    format!("{first}-{}.{}.{}", last.part, last.block, last.segment)
}

/// Reads a stored alignment; `path` is used in messages only.
fn read(text: &str, path: &Path) -> Result<StoredAlignment> {
    let mut lines = text.lines().enumerate();
    let header = read_header(lines.next().map_or("", |(_, line)| line), path)?;
    let mut beads = Vec::new();
    for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let bead = read_bead(line, &header).map_err(|fault| syntax(fault, path, index + 1))?;
        beads.push(bead);
    }
    let alignment = Alignment { beads };
    alignment.check(header.a_segments, header.b_segments).map_err(|fault| {
        Error::new(ErrorKind::Conflict, format!("the beads do not fit: {fault}")).in_file(path).hint(REMEDY)
    })?;
    Ok(StoredAlignment { header, alignment })
}

pub(super) fn read_header(line: &str, path: &Path) -> Result<Header> {
    if line.trim().is_empty() {
        return Err(at_line(Error::new(ErrorKind::Empty, "there is no alignment in this file"), path, 1));
    }
    let value: serde_json::Value =
        serde_json::from_str(line).map_err(|error| syntax(in_words(&error), path, 1))?;
    match value.get("schema").and_then(serde_json::Value::as_str) {
        Some(SCHEMA) => {}
        Some(other) => {
            let message = format!("the schema is `{other}`, this program reads `{SCHEMA}`");
            let error = Error::new(ErrorKind::Unsupported, message).in_file(path);
            return Err(error.at(Place { line: 1, column: None }).hint("align the pair again"));
        }
        None => return Err(syntax(format!("the first line has no schema `{SCHEMA}`"), path, 1)),
    }
    let header: Header = serde_json::from_value(value).map_err(|error| syntax(error.to_string(), path, 1))?;
    if header.a_segments.max(header.b_segments) > MOST_SEGMENTS {
        let message = format!("more than {MOST_SEGMENTS} segments on one side");
        return Err(at_line(Error::new(ErrorKind::TooLarge, message), path, 1));
    }
    Ok(header)
}

fn read_bead(line: &str, header: &Header) -> std::result::Result<Bead, String> {
    let read: ReadBeadLine = serde_json::from_str(line).map_err(|error| in_words(&error))?;
    for (side, [start, end], segments) in [("a", read.a, header.a_segments), ("b", read.b, header.b_segments)]
    {
        if start > end || end > segments {
            return Err(format!(
                "`{side}` runs from {start} to {end}; there are {}",
                counted(segments, "segment")
            ));
        }
    }
    if !(0.0..=1.0).contains(&read.confidence) {
        return Err(format!("the confidence is {}, not from 0 to 1", read.confidence));
    }
    let bead = Bead::new(read.a[0]..read.a[1], read.b[0]..read.b[1], read.confidence);
    Ok(Bead { status: read.status, moved: read.moved, ..bead })
}

/// What serde_json found; its "line 1" is the line of a line.
fn in_words(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let plain = text.split(" at line ").next().unwrap_or(&text).to_owned();
    if error.column() > 0 { format!("{plain} (column {})", error.column()) } else { plain }
}

fn syntax(fault: String, path: &Path, line: usize) -> Error {
    at_line(Error::new(ErrorKind::Syntax, fault), path, line)
}

fn at_line(error: Error, path: &Path, line: usize) -> Error {
    error.in_file(path).at(Place { line, column: None }).hint(REMEDY)
}
