//! What the formats hand to classification: paragraph-level stretches of text, not yet named.
//!
//! Each format knows other things of a stretch: a page its tags, a plain text how its lines fill
//! the width. A [`Draft`] holds both, so that one set of rules ([`classify`](super::classify))
//! can decide for all formats.

use crate::model::{OffsetMap, Span};

/// What the format itself says about a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shape {
    /// Nothing: prose, a heading, front matter; the words decide.
    #[default]
    Open,
    /// A heading of the given level, 1 to 6.
    Heading(u8),
    /// Lines that are units of their own.
    Verse,
    /// Set off as a quotation.
    Quotation,
    /// An item of a list.
    ListItem,
    /// A footnote or endnote.
    Note,
    /// Navigation, licences, page numbers.
    Furniture,
}

/// A paragraph-level stretch of a part's text with what its format shows of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Draft {
    /// Its bytes in the part's text, without surrounding white space; never empty.
    pub(crate) span: Span,
    /// What the format says.
    pub(crate) shape: Shape,
    /// A short line that stands alone where paragraphs are longer.
    pub(crate) alone: bool,
    /// Set in bold from end to end.
    pub(crate) strong: bool,
    /// Centred on its page.
    pub(crate) centred: bool,
    /// Nothing but links.
    pub(crate) linked: bool,
    /// Marked by its format as belonging to the title of the page (`class="title"`, `"info"`).
    pub(crate) titled: bool,
    /// A rule (`<hr>`, `* * *`) stands before it.
    pub(crate) ruled: bool,
    /// Number of blank lines before it, where blank lines mean something.
    pub(crate) gap: usize,
}

impl Draft {
    /// A draft whose format says what it is.
    pub(crate) fn shaped(span: Span, shape: Shape) -> Self {
        Self { span, shape, ..Self::default() }
    }
}

/// A text whose paragraph-level stretches are known.
#[derive(Debug, Default)]
pub(crate) struct Drafted {
    /// The visible text.
    pub(crate) text: String,
    /// From offsets in `text` to offsets in the decoded file.
    pub(crate) map: OffsetMap,
    /// The stretches in order, disjoint; between them stands white space only.
    pub(crate) drafts: Vec<Draft>,
}
