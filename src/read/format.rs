//! The formats that can be read, and the names of files that promise them.

use std::path::Path;

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// Plain text, hard-wrapped or one paragraph a line.
    #[default]
    Text,
    /// Markdown (CommonMark with footnotes and front matter).
    Markdown,
    /// HTML and XHTML pages.
    Html,
    /// EPUB 2 and 3.
    Epub,
    /// Word documents (`.docx`).
    Docx,
    /// OpenDocument texts (`.odt`, `.fodt`).
    Odt,
    /// TEI P4 and P5.
    Tei,
    /// Subtitles: SubRip (`.srt`) and WebVTT.
    Subtitles,
    /// Unified Standard Format Markers, of Bible translations.
    Usfm,
    /// OSIS, XML of Bibles.
    Osis,
    /// USFX, XML of Bibles.
    Usfx,
    /// Zefania XML, of Bibles.
    Zefania,
    /// Columns of comma-separated or tab-separated values.
    Table,
    /// JSON and JSON Lines with a text in each record.
    Json,
    /// Excel workbooks (`.xlsx`).
    Xlsx,
    /// Translation memories in TMX.
    Tmx,
    /// XLIFF 1 and 2.
    Xliff,
    /// Gettext catalogues.
    Po,
    /// FictionBook 2.
    Fb2,
    /// Akoma Ntoso, of laws and debates.
    AkomaNtoso,
    /// JATS, of journal articles.
    Jats,
    /// DocBook.
    DocBook,
    /// hOCR, of scanned pages.
    Hocr,
    /// ALTO, of scanned pages.
    Alto,
    /// PAGE XML, of scanned pages.
    Page,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 25] = [
        Self::Text,
        Self::Markdown,
        Self::Html,
        Self::Epub,
        Self::Docx,
        Self::Odt,
        Self::Tei,
        Self::Subtitles,
        Self::Usfm,
        Self::Osis,
        Self::Usfx,
        Self::Zefania,
        Self::Table,
        Self::Json,
        Self::Xlsx,
        Self::Tmx,
        Self::Xliff,
        Self::Po,
        Self::Fb2,
        Self::AkomaNtoso,
        Self::Jats,
        Self::DocBook,
        Self::Hocr,
        Self::Alto,
        Self::Page,
    ];

    /// The words of all formats, in the order of [`ALL`](Self::ALL).
    pub const WORDS: [&str; 25] = [
        "text",
        "markdown",
        "html",
        "epub",
        "docx",
        "odt",
        "tei",
        "subtitles",
        "usfm",
        "osis",
        "usfx",
        "zefania",
        "table",
        "json",
        "xlsx",
        "tmx",
        "xliff",
        "po",
        "fb2",
        "akoma-ntoso",
        "jats",
        "docbook",
        "hocr",
        "alto",
        "page",
    ];

    /// The format that a file's name promises; `None` where the name says nothing.
    pub fn from_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match extension.as_str() {
            "txt" | "text" | "asc" => Self::Text,
            "md" | "markdown" | "mdown" | "mkd" | "qmd" => Self::Markdown,
            "html" | "htm" | "xhtml" | "xht" | "shtml" => Self::Html,
            "epub" => Self::Epub,
            "docx" => Self::Docx,
            "odt" | "fodt" | "ott" => Self::Odt,
            "tei" => Self::Tei,
            "srt" | "vtt" => Self::Subtitles,
            "usfm" | "sfm" => Self::Usfm,
            "osis" => Self::Osis,
            "usfx" => Self::Usfx,
            "csv" | "tsv" | "tab" => Self::Table,
            "jsonl" | "ndjson" | "json" => Self::Json,
            "xlsx" => Self::Xlsx,
            "tmx" => Self::Tmx,
            "xlf" | "xliff" => Self::Xliff,
            "po" | "pot" => Self::Po,
            "fb2" => Self::Fb2,
            "akn" => Self::AkomaNtoso,
            "nxml" | "jats" => Self::Jats,
            "dbk" | "docbook" => Self::DocBook,
            "hocr" => Self::Hocr,
            "alto" => Self::Alto,
            _ => return None,
        })
    }

    /// The word used in manifests, on the command line and in [`Source`](crate::model::Source).
    pub fn word(self) -> &'static str {
        let at = Self::ALL.iter().position(|format| *format == self).unwrap_or_default();
        Self::WORDS[at]
    }

    /// The format of a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    /// Whether files of this format are packed: their bytes are not text.
    pub(crate) fn is_packed(self) -> bool {
        matches!(self, Self::Epub | Self::Docx | Self::Odt | Self::Xlsx)
    }
}
