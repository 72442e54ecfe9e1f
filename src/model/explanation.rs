//! Why a bead stands as it does.

use std::ops::Range;

use serde::{Serialize, Serializer};

/// What speaks for a bead and against the next best.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Explanation {
    /// The evidence for the bead; `None` if it has too many segments to be compared.
    pub evidence: Option<Evidences>,
    /// The strongest rival; `None` where there is nothing else to be tried.
    pub rival: Option<Rival>,
    /// Words of both sides that correspond, the surest first.
    pub words: Vec<WordPair>,
    /// Words without a partner in the bead that have one in a neighbour.
    pub astray: Vec<Astray>,
}

/// Evidence by its kind, in nats: the logarithm of how many times more likely the texts are if the
/// segments correspond than if they have nothing to do with each other.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Evidences {
    /// Words that render each other, and words that find nothing.
    pub words: f64,
    /// The lengths of both sides.
    pub length: f64,
    /// Question marks, quotation marks, numbers and others inside.
    pub marks: f64,
    /// How both sides begin and end: marks, capitals, paragraphs, headings, speakers.
    pub borders: f64,
    /// How frequent such a shape (1:1, 2:1 ...) is in this translation.
    pub shape: f64,
    /// How near the vectors of both sides are, where there are vectors.
    pub meaning: f64,
}

impl Evidences {
    /// All of it.
    pub fn total(&self) -> f64 {
        self.named().into_iter().map(|kind| kind.1).sum()
    }

    /// The kinds with their names.
    pub fn named(&self) -> [(&'static str, f64); 6] {
        [
            ("words", self.words),
            ("length", self.length),
            ("marks", self.marks),
            ("borders", self.borders),
            ("meaning", self.meaning),
            ("shape", self.shape),
        ]
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        self.with(other, |x, y| x + y)
    }

    /// What `self` has more than `other`.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.with(other, |x, y| x - y)
    }

    /// Rounded to hundredths, so that it is the same on every machine.
    #[must_use]
    pub fn rounded(self) -> Self {
        self.with(self, |x, _| (x * 100.0).round() / 100.0 + 0.0)
    }

    fn with(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        Self {
            words: f(self.words, other.words),
            length: f(self.length, other.length),
            marks: f(self.marks, other.marks),
            borders: f(self.borders, other.borders),
            shape: f(self.shape, other.shape),
            meaning: f(self.meaning, other.meaning),
        }
    }
}

/// Other beads for the same segments, neighbours included.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rival {
    /// The beads that would stand there instead, as 0-based segments of both sides (in data, each as two
    /// numbers, the end excluded).
    #[serde(serialize_with = "as_numbers")]
    pub beads: Vec<(Range<usize>, Range<usize>)>,
    /// The evidence for them, less that for the beads that stand there now: below zero, the bead is the
    /// better one.
    pub difference: Evidences,
}

fn as_numbers<S: Serializer>(beads: &[(Range<usize>, Range<usize>)], out: S) -> Result<S::Ok, S::Error> {
    let numbers = |range: &Range<usize>| [range.start, range.end];
    out.collect_seq(beads.iter().map(|(a, b)| [numbers(a), numbers(b)]))
}

/// Two words that correspond.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WordPair {
    /// Of the first side.
    pub a: String,
    /// Of the second side.
    pub b: String,
}

/// A word whose partner stands in a neighbouring bead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Astray {
    /// The words; the first side's first.
    pub words: WordPair,
    /// Whether the word of this bead is the first side's.
    pub of_a: bool,
    /// The 0-based bead in which its partner stands.
    pub bead: usize,
}
