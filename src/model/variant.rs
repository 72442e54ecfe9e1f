//! Variants: places where witnesses read differently, and what kind of difference it is.

use serde::{Deserialize, Serialize};

use super::{Confidence, Locus, Span};

/// What an editor calls a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VariantClass {
    /// Paragraphs divided or joined; no word differs.
    Layout,
    /// How it is set only: emphasis marks of plain text, kinds of spaces.
    Typography,
    /// What an editor put in, and the text has not: brackets around letters, marks of notes, `[sic]`.
    Editorial,
    /// Marks only.
    Punctuation,
    /// Capital against small letters.
    Capitalisation,
    /// Letter forms: diacritics, ligatures, long s, u/v, Unicode forms.
    Graphic,
    /// An abbreviation against its full form.
    Abbreviation,
    /// The same number in figures and in words.
    Numeral,
    /// One word or two, joined, apart or with a hyphen.
    WordDivision,
    /// Letters that a scanner or a typist mistook.
    ScanError,
    /// The same word spelled otherwise.
    Spelling,
    /// Another form of the same word.
    Inflection,
    /// Another number.
    Number,
    /// Another name, or another form of it.
    Name,
    /// Other words.
    Substitution,
    /// Words that the base does not have.
    Addition,
    /// Words that only the base has.
    Omission,
    /// The same words at another place.
    Transposition,
    /// None of these for certain.
    Unclassified,
}

/// Whether a difference touches what is said or only how it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// What is said.
    Substantive,
    /// How it is spelled, pointed and printed.
    Accidental,
}

impl Layer {
    /// The word used in data and shown to people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Substantive => "substantive",
            Self::Accidental => "accidental",
        }
    }
}

impl VariantClass {
    /// All classes, accidentals first, in the order in which classification tries them.
    pub const ALL: [Self; 19] = [
        Self::Layout,
        Self::Typography,
        Self::Editorial,
        Self::Punctuation,
        Self::Capitalisation,
        Self::Graphic,
        Self::Abbreviation,
        Self::Numeral,
        Self::WordDivision,
        Self::ScanError,
        Self::Spelling,
        Self::Inflection,
        Self::Number,
        Self::Name,
        Self::Substitution,
        Self::Addition,
        Self::Omission,
        Self::Transposition,
        Self::Unclassified,
    ];

    /// The word used in data, on the command line and shown to people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Layout => "layout",
            Self::Typography => "typography",
            Self::Editorial => "editorial",
            Self::Punctuation => "punctuation",
            Self::Capitalisation => "capitalisation",
            Self::Graphic => "graphic",
            Self::Abbreviation => "abbreviation",
            Self::Numeral => "numeral",
            Self::WordDivision => "word-division",
            Self::ScanError => "scan-error",
            Self::Spelling => "spelling",
            Self::Inflection => "inflection",
            Self::Number => "number",
            Self::Name => "name",
            Self::Substitution => "substitution",
            Self::Addition => "addition",
            Self::Omission => "omission",
            Self::Transposition => "transposition",
            Self::Unclassified => "unclassified",
        }
    }

    /// The class of a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.word() == word)
    }

    /// Whether the class is substantive or accidental. What is unclassified counts as substantive:
    /// an editor must look at it.
    pub fn layer(self) -> Layer {
        match self {
            Self::Layout
            | Self::Typography
            | Self::Editorial
            | Self::Punctuation
            | Self::Capitalisation
            | Self::Graphic
            | Self::Abbreviation
            | Self::Numeral
            | Self::WordDivision
            | Self::ScanError
            | Self::Spelling => Layer::Accidental,
            Self::Inflection
            | Self::Number
            | Self::Name
            | Self::Substitution
            | Self::Addition
            | Self::Omission
            | Self::Transposition
            | Self::Unclassified => Layer::Substantive,
        }
    }
}

/// What one witness has at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Where: the segment in which it begins, or for an empty reading the segment at or before it.
    pub locus: Locus,
    /// Index of the part, 0-based.
    pub part: usize,
    /// Bytes in the part's text; empty where the witness has nothing.
    pub span: Span,
    /// The words as they are read (line breaks undone); empty where the witness has nothing.
    pub text: String,
}

/// A difference between two witnesses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// What kind of difference it is.
    pub class: VariantClass,
    /// The rule that decided, a short stable id.
    pub rule: String,
    /// What the base has.
    pub a: Reading,
    /// What the other witness has.
    pub b: Reading,
    /// How far the class can be trusted.
    pub confidence: Confidence,
    /// For a scanning error: the siglum of the witness in which it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspect: Option<String>,
    /// The project's own rule that touched it, as it is written there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_rule: Option<String>,
}

impl Variant {
    /// A variant whose class is certain.
    pub fn new(class: VariantClass, rule: impl Into<String>, a: Reading, b: Reading) -> Self {
        let confidence = Confidence::new(1.0);
        Self { class, rule: rule.into(), a, b, confidence, suspect: None, project_rule: None }
    }
}
