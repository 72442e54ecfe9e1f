//! What is known of a witness besides its text.

use serde::{Deserialize, Serialize};

use super::Lang;

/// What a witness is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WitnessKind {
    /// A printing, a revision, a critical text.
    #[default]
    Edition,
    /// A transcription of a printing or a manuscript.
    Transcription,
    /// Written by hand, or transcribed from what was: nothing in it was misread by a machine.
    Manuscript,
    /// A translation; [`Witness::of`] says of what.
    Translation,
    /// Made for tests and shown as such wherever it appears; no historical document.
    Constructed,
}

impl WitnessKind {
    /// The word used in manifests and shown to people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Edition => "edition",
            Self::Transcription => "transcription",
            Self::Manuscript => "manuscript",
            Self::Translation => "translation",
            Self::Constructed => "constructed",
        }
    }
}

/// The metadata of a witness.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Witness {
    /// The short name by which it is cited (`FI`, `PD`, `fr`).
    pub siglum: String,
    /// What it is.
    pub kind: WitnessKind,
    /// Its language.
    pub lang: Lang,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// Its publisher.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub publisher: Option<String>,
    /// Where it appeared.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<String>,
    /// When it appeared; partial dates (`1942-08`) are allowed, so it is a string.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub date: Option<String>,
    /// The siglum of the witness that it translates.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub of: Option<String>,
    /// A remark shown wherever the witness is introduced.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<String>,
}

impl Witness {
    /// A witness of which only siglum and language are known.
    pub fn new(siglum: impl Into<String>, lang: Lang) -> Self {
        Self { siglum: siglum.into(), lang, ..Self::default() }
    }
}
