//! What changed from one publication of a text to another, in figures.

use serde::Serialize;

use super::{Reading, VariantClass};

/// The report between two publications.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Publications {
    /// Words of the first publication, then of the second.
    pub words: [usize; 2],
    /// All differences.
    pub variants: usize,
    /// How many there are of each class that occurs, accidentals first.
    pub classes: Vec<ClassCount>,
    /// Passages that stand elsewhere.
    pub moves: Vec<Passage>,
    /// What only the second has, by size.
    pub additions: Sizes,
    /// What only the first has, by size.
    pub cuts: Sizes,
    /// Pairs of forms that stand for each other more than once, the most frequent first.
    pub alternations: Vec<Alternation>,
    /// Suspected scanning errors.
    pub scan_errors: Vec<ScanError>,
}

/// A class and how often it occurs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ClassCount {
    /// The class.
    pub class: VariantClass,
    /// Variants of it.
    pub count: usize,
    /// The same for 1,000 words of the longer publication.
    pub per_thousand: f64,
}

/// A passage that was moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Passage {
    /// In the first publication.
    pub a: Reading,
    /// In the second.
    pub b: Reading,
    /// Its words in the first.
    pub words: usize,
}

/// Additions or cuts by their length in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Sizes {
    /// One or two words.
    pub few: usize,
    /// Three to nine words.
    pub phrases: usize,
    /// Ten words or more.
    pub passages: usize,
    /// Words of all of them together.
    pub words: usize,
}

/// Two forms that stand for each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alternation {
    /// The form of the first publication, in lower case.
    pub a: String,
    /// The form of the second.
    pub b: String,
    /// How often.
    pub count: usize,
    /// The class that most of them have.
    pub class: VariantClass,
}

/// A form that a scanner or a typist got wrong.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScanError {
    /// What the first publication has.
    pub a: Reading,
    /// What the second has.
    pub b: Reading,
    /// The siglum of the publication in which it is wrong; `None` if that is open.
    pub wrong_in: Option<String>,
}
