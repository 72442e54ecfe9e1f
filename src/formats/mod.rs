//! Alignments in the formats that other tools read and write: one file a format, its reader beside
//! its writer.
//!
//! | format | what it keeps | reader |
//! |---|---|---|
//! | [`collation`] | collations: JSON, CollateX, table, TEI, graphs, links | CollateX |
//! | [`csv`] (also TSV) | ids, loci, counts, confidence, status, text | – |
//! | [`dictionary`] | words and their renderings (TSV, hunalign; dictd, StarDict, CC-CEDICT, Wiktionary read only) | yes |
//! | [`explanations`] | what speaks for each bead (JSON Lines) | – |
//! | [`jsonl`] | everything, with byte and character offsets | – |
//! | [`ladder`] | rungs and a quality (hunalign) | – |
//! | [`npy`] | vectors of sentences (NumPy) | yes |
//! | [`overlaps`] | vectors of stretches of sentences (vecalign) | yes |
//! | [`parallel`] | rows over many witnesses, as a table or JSON Lines | – |
//! | [`pins`] | beads that are given before aligning | yes |
//! | [`segments`], [`tei`] | the sentences of one text | – |
//! | [`vecalign`] | segment numbers and a score | yes |
//!
//! [`registry`] has all that are written, by name. Writers take any `io::Write`.

pub mod collation;
pub mod csv;
pub mod dictionary;
pub mod explanations;
pub mod follows;
pub mod jsonl;
pub mod ladder;
pub mod npy;
pub mod overlaps;
pub mod parallel;
pub mod pins;
pub mod registry;
pub mod segments;
pub mod tei;
pub mod vecalign;

/// The error of a table's writer as that of what it writes to: a broken pipe stays one.
fn table_error(error: ::csv::Error) -> std::io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(cause) => cause,
        other => std::io::Error::other(format!("{other:?}")),
    }
}
