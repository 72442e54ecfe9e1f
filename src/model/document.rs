//! The text of a witness: parts (files) and blocks (paragraph-level units).

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{OffsetMap, Span, Witness};

/// A witness with its text, as reading made it: blocks known, not yet cut into sentences.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// What is known of the witness.
    pub witness: Witness,
    /// Its files in order: instalments, chapters, or just one.
    pub parts: Vec<Part>,
}

/// One file of a witness.
///
/// `text` is the file's text: decoded, and for formats with markup without that markup; what the
/// blocks leave out of it is white space only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// Its name within the witness (`I`, `chapter 3`).
    pub name: Option<String>,
    /// Its own date, where instalments have one.
    pub date: Option<String>,
    /// The file it was read from.
    pub source: Source,
    /// The text, UTF-8. All spans of blocks and segments are offsets into it.
    pub text: String,
    /// From offsets in `text` to bytes of the file.
    pub map: OffsetMap,
    /// The blocks in order, disjoint.
    pub blocks: Vec<Block>,
    /// The hyphens at line ends and the page furniture inside blocks, in order, each decided once for
    /// all who read the text.
    pub breaks: Vec<LineBreak>,
    /// Where pages, verses, sections, cues of the source begin, in the order of the text.
    pub milestones: Vec<Milestone>,
    /// The marks of notes that lead to their note, in the order of the text.
    pub notes: Vec<NoteTie>,
}

/// A place of the source: from here on the text stands on page 12, in verse 5.3, at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// The byte of the part's text from which it holds, up to the next one of its unit.
    pub at: usize,
    /// What is counted.
    pub unit: LocusUnit,
    /// Its number or name as the source has it: `12`, `xiv`, `Matt 5.3`, `00:01:12`.
    pub name: String,
}

/// What a [`Milestone`] counts, from the largest unit to the smallest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LocusUnit {
    /// A page of the print.
    Page,
    /// A numbered section, article or chapter.
    Section,
    /// A verse with book and chapter, or an act, scene and line.
    Verse,
    /// A numbered line.
    Line,
    /// When a cue of subtitles begins.
    Time,
}

/// A note and the mark in the text that leads to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteTie {
    /// The mark; empty where the note stands at a place without one.
    pub mark: Span,
    /// The byte of the part's text at which the note begins.
    pub note: usize,
}

/// Where a part came from and how its bytes were understood.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    /// The file; `None` for standard input or a string.
    pub path: Option<PathBuf>,
    /// Its length in bytes.
    pub bytes: usize,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// The name of the format it was read as (`text`, `markdown`, `html`, `lines`, `docx` ...).
    pub format: String,
    /// How its bytes became characters.
    pub encoding: SourceEncoding,
    /// For a compressed or zipped file: the files in it that were read. [`Part::map`] then counts
    /// bytes over all of them, unpacked, one behind the other. Empty for other files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<SourceEntry>,
}

impl Source {
    /// For a byte that [`Part::map`] gives: the file inside the file, and the byte in it, unpacked.
    /// `None` for files that are not packed.
    pub fn entry_of(&self, offset: usize) -> Option<(&SourceEntry, usize)> {
        let at = self.entries.partition_point(|entry| entry.start <= offset).checked_sub(1)?;
        let entry = self.entries.get(at)?;
        Some((entry, offset - entry.start))
    }
}

/// A file inside a zipped or compressed one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceEntry {
    /// Its name in the archive.
    pub name: String,
    /// Where its first byte stands in the count of [`Part::map`].
    pub start: usize,
    /// Its length in bytes, unpacked.
    pub bytes: usize,
}

/// How bytes became characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceEncoding {
    /// The encoding's name in the WHATWG standard, such as `UTF-8` or `windows-1252`.
    pub name: String,
    /// What decided for it.
    pub chosen_by: EncodingChosenBy,
    /// How many malformed sequences became U+FFFD.
    pub replacements: usize,
}

impl Default for SourceEncoding {
    fn default() -> Self {
        Self { name: "UTF-8".to_owned(), chosen_by: EncodingChosenBy::Valid, replacements: 0 }
    }
}

/// What decided for an encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EncodingChosenBy {
    /// The user.
    Forced,
    /// A byte order mark.
    Bom,
    /// The file's own declaration (HTML `meta`).
    Declared,
    /// The bytes are valid UTF-8.
    Valid,
    /// Statistics over the bytes.
    Detected,
}

/// A paragraph-level unit.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes in the part's text, label included, without surrounding white space.
    pub span: Span,
    /// The label that opens a speech (`QUESTION:`), mark included; it is part of `span` but of no segment.
    pub label: Option<Span>,
    /// Who speaks: the label's name without its mark (`QUESTION`). Later paragraphs of the same
    /// turn carry it too, without a `label`.
    pub speaker: Option<String>,
    /// The level of a heading, 1 to 6; 0 for everything else.
    pub level: u8,
    /// Which piece of front matter it is.
    pub role: Option<FrontRole>,
    /// How it is cut into segments, where its kind does not say it.
    #[serde(default, skip_serializing_if = "Cut::is_usual")]
    pub cut: Cut,
}

/// How a block is cut into segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cut {
    /// As blocks of its kind are: prose into sentences, verse into lines.
    #[default]
    Usual,
    /// At its line ends: a speech in verse.
    Lines,
    /// Not at all: a row of a table, a unit of a translation memory.
    Whole,
}

impl Cut {
    /// Whether the kind of the block decides.
    pub fn is_usual(&self) -> bool {
        *self == Self::Usual
    }
}

impl Block {
    /// The bytes after the label (all of them where there is none): what segments tile.
    pub fn body(&self) -> Span {
        match self.label {
            Some(label) => Span::new(label.end, self.span.end),
            None => self.span,
        }
    }
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// Running prose.
    #[default]
    Paragraph,
    /// A title inside the text.
    Heading,
    /// The first paragraph of somebody's turn, with its label.
    Speech,
    /// Lines that are units of their own.
    Verse,
    /// A stage direction that stands alone.
    Stage,
    /// A quotation set off from the text.
    Quotation,
    /// An item of a list.
    ListItem,
    /// A footnote, endnote or note of an editor's beside the text.
    Note,
    /// What stands before the text: title, author, where it first appeared, an editor's introduction.
    FrontMatter,
    /// Page furniture: navigation, running heads, page numbers, "Last updated on".
    Furniture,
}

impl BlockKind {
    /// All kinds.
    pub const ALL: [Self; 10] = [
        Self::Paragraph,
        Self::Heading,
        Self::Speech,
        Self::Verse,
        Self::Stage,
        Self::Quotation,
        Self::ListItem,
        Self::Note,
        Self::FrontMatter,
        Self::Furniture,
    ];

    /// The word used in data and shown to people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Heading => "heading",
            Self::Speech => "speech",
            Self::Verse => "verse",
            Self::Stage => "stage",
            Self::Quotation => "quotation",
            Self::ListItem => "list-item",
            Self::Note => "note",
            Self::FrontMatter => "front-matter",
            Self::Furniture => "furniture",
        }
    }

    /// Whether the block belongs to the work rather than to one printing's apparatus or page.
    pub fn is_text(self) -> bool {
        !matches!(self, Self::FrontMatter | Self::Furniture | Self::Note)
    }
}

/// Which piece of front matter a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FrontRole {
    /// The title of the work.
    Title,
    /// Its author.
    Author,
    /// Its date.
    Date,
    /// Where and when it was published, its source, who transcribed it.
    Publication,
    /// An editor's or translator's note before the text.
    EditorNote,
}

/// A place inside a block that is not read as it stands: a hyphen at the end of a line, a page that
/// ends, the mark of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineBreak {
    /// The hyphen, if there is one, and everything up to the next letter: white space, and at the end
    /// of a page its furniture.
    pub span: Span,
    /// What it means.
    pub kind: LineBreakKind,
}

impl LineBreak {
    /// The page number or running head that stands in the break; `text` is the part's. `None` where
    /// only a line ends.
    pub fn furniture(self, text: &str) -> Option<&str> {
        if self.kind == LineBreakKind::Mark {
            return None;
        }
        let mut inside = text.get(self.span.range())?;
        if self.kind != LineBreakKind::Page {
            let hyphen = inside.chars().next()?;
            inside = &inside[hyphen.len_utf8()..];
        }
        Some(inside.trim()).filter(|inside| !inside.is_empty())
    }
}

/// What the end of a line or page inside a block means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineBreakKind {
    /// The printer broke a word: `com-` / `pletely` is read `completely`.
    Broken,
    /// The word has a hyphen: `world-` / `wide` is read `world-wide`.
    Hyphenated,
    /// A page ends between two words; its furniture is not read.
    Page,
    /// What is printed and no word of the text: the mark of a note, signs of emphasis, a link back.
    Mark,
}
