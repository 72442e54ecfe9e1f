//! The one model of what is shown: a row for each bead or set of corresponding segments, a cell for
//! each witness, and the variation units whose words are marked in the cells.
//!
//! `view::build` makes it from the results of the engines; terminal and page render it. Loci and
//! numbers of rows are for people and count from 1; every index counts from 0.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

use crate::model::{
    Between, BlockKind, Confidence, EntryKind, Evidence, Judgement, MoveScale, Status, VariantClass,
    WitnessKind,
};

/// Rows over any number of witnesses.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The witnesses, in the order of the cells.
    pub columns: Vec<Column>,
    /// The rows, in the order of the first witness.
    pub rows: Vec<Row>,
    /// The places where editions differ, in the order of the text.
    pub units: Vec<Unit>,
    /// Passages that stand at another place in some witnesses.
    pub moves: Vec<Moved>,
    /// Index of the column whose readings are the lemmas.
    pub base: usize,
}

impl Table {
    /// Whether a column has the lemma at a place where witnesses differ.
    pub fn has_lemma(&self, column: usize, span: &TextSpan) -> bool {
        let lemma = span.variant.and_then(|unit| self.units.get(unit)?.readings.first());
        lemma.map_or(column == self.base, |lemma| lemma.columns.contains(&column))
    }

    /// The row in which each segment of a column stands, by the segment's index; `None` for those that
    /// no row has.
    pub fn rows_by_segment(&self, column: usize) -> Vec<Option<usize>> {
        let mut found = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            let segments = row.cells.get(column).map(|cell| cell.segments.clone()).unwrap_or_default();
            if found.len() < segments.end {
                found.resize(segments.end, None);
            }
            segments.for_each(|segment| found[segment] = Some(index));
        }
        found
    }
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    /// The siglum.
    pub siglum: String,
    /// The language tag.
    pub lang: String,
    /// Whether its script runs from right to left.
    pub right_to_left: bool,
    /// Whether it is written without spaces between words.
    pub unspaced: bool,
    /// What the witness is.
    pub kind: WitnessKind,
    /// Whether its words are compared with those of other columns.
    pub compared: bool,
    /// Its title, as far as known.
    pub title: Option<String>,
    /// A remark that must be seen wherever the witness is (`constructed`).
    pub remark: Option<String>,
}

/// What is shown of one bead or set of corresponding segments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Its number, from 1.
    pub number: usize,
    /// How far the correspondence can be trusted: that of its least sure cell.
    pub confidence: Confidence,
    /// Who stands behind it.
    pub status: Status,
    /// One for each column.
    pub cells: Vec<Cell>,
    /// The classes of the variants in it, sorted, without repetition.
    pub classes: Vec<VariantClass>,
    /// What is said of it besides, a line each.
    pub reasons: Vec<Reason>,
}

/// More cells than this are not told one by one.
const MANY: usize = 8;

/// How many segments stand in each cell of a row, shown as `1:2`; of many cells, the fewest and the
/// most (`0–2`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape(pub Vec<usize>);

impl Shape {
    /// Whether every witness has exactly one segment.
    pub fn is_plain(&self) -> bool {
        self.0.iter().all(|&n| n == 1)
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) = (self.0.iter().min(), self.0.iter().max());
        if let (true, Some(least), Some(most)) = (self.0.len() > MANY, least, most) {
            return f.pad(&format!("{least}–{most}"));
        }
        let numbers: Vec<String> = self.0.iter().map(usize::to_string).collect();
        f.pad(&numbers.join(":"))
    }
}

impl Row {
    /// Whether the witnesses differ here.
    pub fn differs(&self) -> bool {
        self.is_moved() || !self.classes.is_empty()
    }

    /// Whether a person should look at it: the correspondence is doubtful, or a witness lacks something.
    pub fn wants_a_look(&self) -> bool {
        self.confidence.is_doubtful() || self.cells.iter().any(|c| c.segments.is_empty())
    }

    /// Whether only one column has anything here.
    pub fn is_alone(&self, column: usize) -> bool {
        self.cells.iter().enumerate().all(|(c, cell)| (c == column) != cell.segments.is_empty())
    }

    /// Whether a witness has what stands here at another place.
    pub fn is_moved(&self) -> bool {
        self.cells.iter().any(|cell| cell.moved)
    }

    /// How many segments stand in each cell.
    pub fn shape(&self) -> Shape {
        Shape(self.cells.iter().map(|cell| cell.segments.len()).collect())
    }

    /// Where the row stands: the locus of its first cell that has any. Rows are cited by it.
    pub fn locus(&self) -> &str {
        self.cells.iter().map(|cell| cell.locus.as_str()).find(|l| !l.is_empty()).unwrap_or_default()
    }
}

/// What one witness has in a row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// Its segments; empty where it has nothing, at the place where they would stand.
    pub segments: Range<usize>,
    /// Where it stands, for people; empty where the witness has nothing.
    pub locus: String,
    /// The kind of its first block.
    pub kind: BlockKind,
    /// Its words.
    pub spans: Vec<TextSpan>,
    /// How far its place in this row can be trusted.
    pub confidence: Confidence,
    /// Whether the witness has it in another order.
    pub moved: bool,
    /// For a moved cell, the index of the row beside which it stands in the witness's own order.
    pub elsewhere: Option<usize>,
    /// Whether its words begin inside a sentence that began in an earlier row.
    pub continued: bool,
    /// Whether its last sentence goes on in a later row.
    pub goes_on: bool,
    /// Whether the witness does not cover this place at all (a fragment, a lacuna): it omits nothing.
    pub absent: bool,
    /// Why its place in this row is trusted no more than it is, a line each; empty where it is sure.
    pub reasons: Vec<Reason>,
    /// What one sees of a translation beside the base and may be worth a look.
    pub remarks: Vec<String>,
}

impl Cell {
    /// The words without their marks.
    pub fn plain(&self) -> String {
        let mut out = String::new();
        for span in &self.spans {
            if span.spaced {
                out.push(' ');
            }
            out.push_str(&span.text);
        }
        out
    }
}

/// Something that is said of a bead.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Reason {
    /// In words, a line.
    #[serde(rename = "text")]
    pub words: String,
    /// Whether it speaks against the place: words that have their partners elsewhere, and what else would
    /// fit.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub against: bool,
}

/// Words of one mark.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextSpan {
    /// The words; empty at the place of an omission.
    pub text: String,
    /// Whether a space stands before them.
    pub spaced: bool,
    /// How they relate to the other witnesses.
    pub mark: Mark,
    /// Index of their variation unit in [`Table::units`].
    pub variant: Option<usize>,
    /// Index of the unit's reading that they are.
    pub reading: Option<usize>,
    /// Index of the passage with which they moved in [`Table::moves`].
    pub moved: Option<usize>,
    /// The kind of the block that begins with them.
    pub opens: Option<BlockKind>,
}

/// How words relate to the other witnesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mark {
    /// All have them, or nothing is compared.
    #[default]
    Equal,
    /// Only the base has them.
    Deleted,
    /// The base does not have them.
    Inserted,
    /// Others have other words here.
    Changed,
    /// Nothing stands here, where others have words.
    Omitted,
    /// Others have them elsewhere.
    Moved,
    /// The label of a speaker.
    Label,
    /// A note beside the text.
    Note,
    /// Page furniture or front matter.
    Furniture,
    /// What was looked for.
    Found,
}

/// A place where editions differ.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Unit {
    /// What it is about.
    pub kind: EntryKind,
    /// Index of the row in which it is shown.
    pub row: usize,
    /// Where it stands in the base.
    pub locus: String,
    /// The last word of the base before it, where the lemma has none of its own by which it could be cited.
    pub after: Option<String>,
    /// What the witnesses have, the lemma first.
    pub readings: Vec<UnitReading>,
    /// Columns that do not cover the place.
    pub absent: Vec<usize>,
    /// Index into [`Table::moves`], for a difference inside a moved passage.
    pub moved: Option<usize>,
    /// How the readings that are not the lemma differ from each other.
    pub between: Vec<Between>,
    /// Which translations follow which reading.
    pub follows: Vec<UnitFollow>,
}

/// A translation that follows a reading.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitFollow {
    /// Its column.
    #[serde(rename = "witness")]
    pub column: usize,
    /// Index of the reading.
    pub reading: usize,
    /// What decides it.
    pub evidence: Vec<Evidence>,
}

/// What some witnesses have in a unit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UnitReading {
    /// Their columns, ascending.
    pub columns: Vec<usize>,
    /// Those of the columns that have it at another place of the text, ascending.
    pub elsewhere: Vec<usize>,
    /// The words; empty for an omission.
    pub text: String,
    /// How it differs from the lemma; `None` for the lemma itself.
    pub judgement: Option<Judgement>,
}

/// A passage at its two places.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// How much was moved.
    pub scale: MoveScale,
    /// Where the base (or most witnesses) has it.
    pub home: Place,
    /// Where the others have it.
    pub away: Place,
    /// The translations (columns) of which it can be told where they have it, and whether that is its home.
    pub followed: Vec<(usize, bool)>,
}

/// One place of a moved passage.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Place {
    /// Index of the row in which it is shown; `None` if that is on another page.
    pub row: Option<usize>,
    /// The locus of that row.
    pub locus: String,
    /// The columns that have it there, ascending.
    pub columns: Vec<usize>,
    /// The words, as the first of them has them.
    pub text: String,
}
