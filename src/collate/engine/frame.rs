//! What the entries of a collation are made from: the table with what is known of its witnesses, and the
//! columns in which they differ.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::source::Source;
use super::table::Table;

/// What units are made from.
pub(super) struct Frame<'f> {
    pub(super) table: &'f Table,
    pub(super) sources: &'f [Source],
    pub(super) lexicon: &'f Lexicon,
    pub(super) present: &'f [Vec<Range<u32>>],
    pub(super) base: Option<usize>,
}

/// Columns that differ, with what decides whether they are one unit with their neighbours.
#[derive(Debug, Clone)]
pub(super) struct Zone {
    pub(super) columns: Range<u32>,
    /// Witnesses that do not read what most read; sorted.
    pub(super) apart: Vec<u32>,
    /// Witnesses that have nothing in the last column; sorted.
    pub(super) lacking: Vec<u32>,
    /// How many witnesses have something in the last column.
    pub(super) having: usize,
    /// Whether most have nothing here.
    pub(super) inserted: bool,
    /// The most words that a witness has.
    pub(super) words: usize,
    /// Whether all readings are one word in several spellings.
    pub(super) accidental: bool,
    /// In what they differ, if in nothing else.
    pub(super) manner: Option<Manner>,
    /// Whether all who have words here begin a sentence with them, and end one.
    pub(super) sentence: (bool, bool),
    /// The words of the longest sentence that begins here.
    pub(super) sentence_words: u32,
}

/// What alone differs between the forms of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// Capitals, or the shape of a mark inside.
    Surface,
    /// The forms of letters.
    Letters,
}
