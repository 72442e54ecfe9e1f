//! Alignments on disk, and files written whole or not at all.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::write_atomically;
use crate::model::{Alignment, Bead, Pair, Segmented};
use crate::{Error, ErrorKind, Place, Result};

/// The `schema` of the header line.
pub const SCHEMA: &str = "hexapla/alignment/1";

/// An alignment as it is stored: JSON Lines, a header and then a bead a line.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredAlignment {
    /// What it was made of.
    pub header: Header,
    /// The beads.
    pub alignment: Alignment,
}

/// What a stored alignment was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// [`SCHEMA`].
    pub schema: String,
    /// Siglum of the first witness.
    pub a: String,
    /// Siglum of the second witness.
    pub b: String,
    /// SHA-256 of each part of the first witness.
    pub a_sha256: Vec<String>,
    /// SHA-256 of each part of the second witness.
    pub b_sha256: Vec<String>,
    /// Number of segments of the first witness.
    pub a_segments: usize,
    /// Number of segments of the second witness.
    pub b_segments: usize,
    /// Name and version of the program.
    pub tool: String,
    /// The options that matter, as text.
    pub options: String,
}

/// A bead with its place for people.
#[derive(Serialize, Deserialize)]
struct Line {
    a: [usize; 2],
    b: [usize; 2],
    confidence: f64,
    status: crate::model::Status,
    moved: bool,
    at: String,
}

/// Whether a stored alignment is still that of the texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Freshness {
    /// It is.
    Fresh,
    /// It is not; in words.
    Stale {
        /// What has changed.
        why: String,
    },
    /// There is none.
    Missing,
}

fn header(a: &Segmented, b: &Segmented, options: &str) -> Header {
    let hashes = |text: &Segmented| text.document.parts.iter().map(|p| p.source.sha256.clone()).collect();
    Header {
        schema: SCHEMA.to_owned(),
        a: a.siglum().to_owned(),
        b: b.siglum().to_owned(),
        a_sha256: hashes(a),
        b_sha256: hashes(b),
        a_segments: a.len(),
        b_segments: b.len(),
        tool: concat!("hexapla ", env!("CARGO_PKG_VERSION")).to_owned(),
        options: options.to_owned(),
    }
}

/// Writes the alignment of a pair.
///
/// # Errors
/// Those of [`write_atomically`].
pub fn store_alignment(path: &Path, pair: Pair<'_>, options: &str) -> Result<()> {
    write_atomically(path, |out| {
        serde_json::to_writer(&mut *out, &header(pair.a, pair.b, options))?;
        for bead in pair.beads() {
            let line = Line {
                a: [bead.a.start, bead.a.end],
                b: [bead.b.start, bead.b.end],
                confidence: bead.confidence.value(),
                status: bead.status,
                moved: bead.moved,
                at: format!("{} | {}", pair.a.locus_range(&bead.a), pair.b.locus_range(&bead.b)),
            };
            out.write_all(b"\n")?;
            serde_json::to_writer(&mut *out, &line)?;
        }
        out.write_all(b"\n")
    })
}

impl StoredAlignment {
    /// Reads a stored alignment and checks that its beads cover both sides.
    ///
    /// # Errors
    /// `NotFound`; `Syntax` with the line that is not of the format; `Conflict` where the beads do
    /// not partition the texts.
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
        let syntax = |line: usize, e: serde_json::Error| {
            Error::new(ErrorKind::Syntax, format!("not a stored alignment: {e}"))
                .in_file(path)
                .at(Place { line: line + 1, column: None })
                .hint("remove the file; `hexapla align` makes it anew")
        };
        let mut lines = text.lines().enumerate();
        let (_, first) = lines.next().ok_or_else(|| {
            Error::new(ErrorKind::Empty, "the file is empty")
                .in_file(path)
                .hint("remove the file; `hexapla align` makes it anew")
        })?;
        let header: Header = serde_json::from_str(first).map_err(|e| syntax(0, e))?;
        let mut alignment = Alignment::default();
        for (number, line) in lines {
            let line: Line = serde_json::from_str(line).map_err(|e| syntax(number, e))?;
            let mut bead = Bead::new(line.a[0]..line.a[1], line.b[0]..line.b[1], line.confidence);
            (bead.status, bead.moved) = (line.status, line.moved);
            alignment.beads.push(bead);
        }
        alignment.check(header.a_segments, header.b_segments).map_err(|why| {
            Error::new(ErrorKind::Conflict, format!("the beads do not cover the texts: {why}"))
                .in_file(path)
                .hint("remove the file; `hexapla align` makes it anew")
        })?;
        Ok(Self { header, alignment })
    }
}

/// Whether the alignment stored at `path` is that of the two texts with these options; it comes
/// along where there is one.
///
/// # Errors
/// Those of [`StoredAlignment::read`], a missing file aside.
pub fn freshness(
    path: &Path,
    a: &Segmented,
    b: &Segmented,
    options: &str,
) -> Result<(Freshness, Option<StoredAlignment>)> {
    if !path.exists() {
        return Ok((Freshness::Missing, None));
    }
    let stored = StoredAlignment::read(path)?;
    let now = header(a, b, options);
    let why = if stored.header == now {
        None
    } else if stored.header.a_sha256 != now.a_sha256 {
        Some(format!("{} has changed", now.a))
    } else if stored.header.b_sha256 != now.b_sha256 {
        Some(format!("{} has changed", now.b))
    } else if (stored.header.a_segments, stored.header.b_segments) != (now.a_segments, now.b_segments) {
        Some("the sentences are cut otherwise now".to_owned())
    } else {
        Some("made by another version or with other options".to_owned())
    };
    let freshness = why.map_or(Freshness::Fresh, |why| Freshness::Stale { why });
    Ok((freshness, Some(stored)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::testing::text;
    use crate::model::Status;

    fn stored(dir: &Path) -> std::path::PathBuf {
        let (a, b) = (text("A", &["One.", "Two."]), text("B", &["Eins.", "Zwei."]));
        let mut alignment =
            Alignment { beads: vec![Bead::new(0..1, 0..1, 0.5), Bead::new(1..2, 1..2, 0.25)] };
        alignment.beads[1].status = Status::Confirmed;
        let path = dir.join("A-B.jsonl");
        store_alignment(&path, Pair { a: &a, b: &b, alignment: &alignment }, "x").unwrap();
        assert_eq!(StoredAlignment::read(&path).unwrap().alignment, alignment);
        path
    }

    #[test]
    fn what_is_stored_comes_back_and_is_fresh_for_the_same_texts_only() {
        let dir = tempfile::tempdir().unwrap();
        let path = stored(dir.path());
        let (a, b) = (text("A", &["One.", "Two."]), text("B", &["Eins.", "Zwei."]));
        assert_eq!(freshness(&path, &a, &b, "x").unwrap().0, Freshness::Fresh);
        assert!(matches!(freshness(&path, &a, &b, "y").unwrap().0, Freshness::Stale { .. }));
        let mut other = b.clone();
        other.document.parts[0].source.sha256 = "another".into();
        assert_eq!(
            freshness(&path, &a, &other, "x").unwrap().0,
            Freshness::Stale { why: "B has changed".into() }
        );
        assert_eq!(freshness(&dir.path().join("none"), &a, &b, "x").unwrap().0, Freshness::Missing);
    }

    #[test]
    fn a_damaged_file_is_refused_with_its_line() {
        let dir = tempfile::tempdir().unwrap();
        let path = stored(dir.path());
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replace("\"b\":[1,2]", "\"b\":[1,3]")).unwrap();
        assert_eq!(StoredAlignment::read(&path).unwrap_err().kind(), ErrorKind::Conflict);
        std::fs::write(&path, text.replace("\"confidence\":0.25", "\"confidence\":")).unwrap();
        let error = StoredAlignment::read(&path).unwrap_err();
        assert_eq!((error.kind(), error.place().unwrap().line), (ErrorKind::Syntax, 3));
    }
}
