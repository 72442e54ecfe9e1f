//! What the formats hand to classification: paragraph-level stretches of text, not yet named.
//!
//! Each format knows other things of a stretch: a page its tags, a plain text how its lines fill
//! the width. A [`Draft`] holds both, so that one set of rules ([`classify`](super::classify))
//! can decide for all formats.

use super::encoding::Decoded;
use crate::model::{Cut, FrontRole, Milestone, OffsetMap, SourceEntry, Span};

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
    /// Prose, whatever its words look like: a signature, a paragraph of a format that tells.
    Prose,
    /// A stage direction that stands alone.
    Stage,
    /// A piece of front matter with its role.
    Front(Option<FrontRole>),
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
    /// Marked by its format as being about the text.
    pub(crate) info: bool,
    /// A rule (`<hr>`, `* * *`) stands before it.
    pub(crate) ruled: bool,
    /// Number of blank lines before it, where blank lines mean something.
    pub(crate) gap: usize,
    /// The name of who speaks, at the beginning of `span`.
    pub(crate) label: Option<Span>,
    /// How it is cut, where its shape does not say it.
    pub(crate) cut: Cut,
}

impl Draft {
    /// A draft whose format says what it is.
    pub(crate) fn shaped(span: Span, shape: Shape) -> Self {
        Self { span, shape, ..Self::default() }
    }
}

/// A mark in the text that leads to a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoteRef {
    /// The mark, empty where the format has none.
    pub(crate) mark: Span,
    /// The name of the place that it leads to.
    pub(crate) target: String,
    /// Whether the format says that there is a note.
    pub(crate) certain: bool,
}

/// A named place or stretch of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Anchor {
    /// Its name.
    pub(crate) name: String,
    /// The stretch; empty where only its beginning is known.
    pub(crate) span: Span,
}

/// A text whose paragraph-level stretches are known.
#[derive(Debug, Default)]
pub(crate) struct Drafted {
    /// The visible text.
    pub(crate) text: String,
    /// From offsets in `text` to bytes of the file.
    pub(crate) map: OffsetMap,
    /// The stretches in order, disjoint; between them stands white space only.
    pub(crate) drafts: Vec<Draft>,
    /// Stretches inside drafts that are printed and not read, in order.
    pub(crate) skips: Vec<Span>,
    /// Marks of notes.
    pub(crate) refs: Vec<NoteRef>,
    /// Places that marks may lead to.
    pub(crate) anchors: Vec<Anchor>,
    /// Places of the source, in order.
    pub(crate) milestones: Vec<Milestone>,
    /// The files inside the file.
    pub(crate) entries: Vec<SourceEntry>,
    /// Whether the format says what each stretch is, so that nothing is to be guessed.
    pub(crate) told: bool,
}

impl Drafted {
    /// Appends a text that was read from another file inside the file, whose first byte counts
    /// as `base`.
    pub(crate) fn append(&mut self, other: Self, base: usize) {
        if other.drafts.is_empty() && other.text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
            self.map.push(2, Span::new(base, base));
        }
        let by = self.text.len();
        self.text.push_str(&other.text);
        self.map.append(&other.map, base);
        let moved = |span: Span| span.shifted(by);
        self.drafts.extend(other.drafts.into_iter().map(|draft| Draft {
            span: moved(draft.span),
            label: draft.label.map(moved),
            ..draft
        }));
        self.skips.extend(other.skips.into_iter().map(moved));
        self.refs.extend(other.refs.into_iter().map(|r| NoteRef { mark: moved(r.mark), ..r }));
        self.anchors.extend(other.anchors.into_iter().map(|a| Anchor { span: moved(a.span), ..a }));
        self.milestones.extend(other.milestones.into_iter().map(|m| Milestone { at: m.at + by, ..m }));
    }
}

/// The text of a page under construction, with the way back to the file: places are given in the
/// decoded file and kept as bytes of the file itself.
#[derive(Debug)]
pub(crate) struct Writer<'s> {
    /// The text so far.
    pub(crate) text: String,
    map: OffsetMap,
    decoded: &'s Decoded,
}

impl<'s> Writer<'s> {
    /// An empty text made of `decoded`.
    pub(crate) fn new(decoded: &'s Decoded) -> Self {
        Self { text: String::new(), map: OffsetMap::new(), decoded }
    }

    /// The decoded file.
    pub(crate) fn source(&self) -> &'s str {
        &self.decoded.text
    }

    /// Length of the text so far.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// Writes a character made of what stands at `place`.
    pub(crate) fn push(&mut self, c: char, place: Span) {
        self.text.push(c);
        self.map.push(c.len_utf8(), self.in_file(place));
    }

    /// Writes a piece made of what stands at `place`, as it stands there if the lengths are equal.
    pub(crate) fn push_str(&mut self, piece: &str, place: Span) {
        if self.decoded.verbatim_from.is_some() || piece.len() != place.len() {
            self.text.push_str(piece);
            self.map.push(piece.len(), self.in_file(place));
            return;
        }
        for (at, c) in piece.char_indices() {
            let start = place.start + at;
            self.push(c, Span::new(start, start + c.len_utf8()));
        }
    }

    /// The text with its drafts.
    pub(crate) fn finish(self, drafts: Vec<Draft>) -> Drafted {
        Drafted { text: self.text, map: self.map, drafts, ..Drafted::default() }
    }

    fn in_file(&self, place: Span) -> Span {
        match self.decoded.verbatim_from {
            Some(start) => place.shifted(start),
            None => self.decoded.map.source_of(place),
        }
    }
}
