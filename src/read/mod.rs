//! Reading: from the bytes of a file to a text whose paragraphs are known and named.
//!
//! A file goes through the same stages whatever its format. [`read_bytes`] finds its encoding and
//! its format, lets the format cut it into paragraph-level stretches, and names each of them
//! (heading, speech, verse, front matter, page furniture ...) by one set of rules. [`document`]
//! joins the files of a witness and takes the decisions for which the whole witness is needed:
//! which hyphens at line ends are the printer's, who speaks, what every page repeats.
//! Cutting blocks into sentences is the business of [`segment`](crate::segment).
//!
//! ```
//! use hexapla::model::{BlockKind, Witness};
//! use hexapla::read::{self, Options};
//! let text = "QUESTION: Did Stalin have to make it?\n\nANSWER: As far as I can\njudge, no.\n";
//! let part = read::read_bytes(text.as_bytes(), None, &Options::default())?.value;
//! let document = read::document(Witness::new("FI", "en".into()), vec![part]).value;
//! let answer = &document.parts[0].blocks[1];
//! assert_eq!(answer.kind, BlockKind::Speech);
//! assert_eq!(document.parts[0].reading(answer.body()), "As far as I can judge, no.");
//! # Ok::<(), hexapla::Error>(())
//! ```

mod breaks;
mod classify;
mod draft;
mod encoding;
mod facts;
mod front;
mod furniture;
mod html;
mod layout;
mod lines;
mod markdown;
mod pages;
mod shape;
mod sniff;
mod source;
mod speech;
mod text;
mod whole;
mod words;

use std::path::Path;

pub use lines::read_lines;
pub use whole::document;

use crate::model::{Lang, Part, Span};
use crate::{Error, ErrorKind, Outcome, Result};
use draft::Drafted;

/// Files larger than this many bytes (1 GiB) are refused by default.
pub const LARGEST_FILE: u64 = 1 << 30;

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
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Text, Self::Markdown, Self::Html];

    /// The format that a file's name promises; `None` where the name says nothing.
    pub fn from_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "txt" | "text" | "asc" => Some(Self::Text),
            "md" | "markdown" | "mdown" | "mkd" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" | "xht" | "shtml" => Some(Self::Html),
            _ => None,
        }
    }

    /// The word used in manifests, on the command line and in [`Source`](crate::model::Source).
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }

    /// The format of a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }
}

/// How to read a file. The default finds everything out by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The encoding to use whatever the file looks like: a label of the WHATWG standard such as
    /// `utf-8` or `koi8-r`.
    pub encoding: Option<String>,
    /// The format to use whatever the file is called and looks like.
    pub format: Option<Format>,
    /// For HTML: a CSS selector for the elements that hold the text. What is outside of them is
    /// left out. Without it the whole page is read.
    pub content: Option<String>,
    /// For HTML: a CSS selector for elements to leave out.
    pub drop: Option<String>,
    /// For HTML: a CSS selector for elements that are notes.
    pub note: Option<String>,
    /// The language of the text, as a hint for detecting the encoding.
    pub lang: Lang,
    /// The part's name within its witness, copied into [`Part::name`].
    pub name: Option<String>,
    /// The part's date, copied into [`Part::date`].
    pub date: Option<String>,
    /// Larger files, in bytes, are refused ([`LARGEST_FILE`] by default).
    pub max_bytes: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            encoding: None,
            format: None,
            content: None,
            drop: None,
            note: None,
            lang: Lang::und(),
            name: None,
            date: None,
            max_bytes: LARGEST_FILE,
        }
    }
}

/// Reads a file. This and [`load`] are the only functions here that touch the disk (feature `fs`).
///
/// # Errors
/// Those of the file system ([`ErrorKind::NotFound`], [`ErrorKind::IsDirectory`], [`ErrorKind::Io`]),
/// [`ErrorKind::TooLarge`], and those of [`read_bytes`]; each names the file and gives a hint.
#[cfg(feature = "fs")]
pub fn read_file(path: &Path, options: &Options) -> Result<Outcome<Part>> {
    read_bytes(&load(path, options)?, Some(path), options)
}

/// Reads the bytes of a file after checking that it is one and not too large.
///
/// # Errors
/// Those of the file system and [`ErrorKind::TooLarge`], naming the file.
#[cfg(feature = "fs")]
pub fn load(path: &Path, options: &Options) -> Result<Vec<u8>> {
    let about = std::fs::metadata(path).map_err(|cause| Error::io(path, cause))?;
    if about.is_dir() {
        return Err(Error::io(path, std::io::ErrorKind::IsADirectory.into()));
    }
    if about.len() > options.max_bytes {
        return Err(too_large(about.len(), options.max_bytes).in_file(path));
    }
    std::fs::read(path).map_err(|cause| Error::io(path, cause))
}

fn too_large(bytes: u64, limit: u64) -> Error {
    let mib = |bytes: u64| bytes.div_ceil(1 << 20);
    Error::new(ErrorKind::TooLarge, format!("the file has {} MiB; the limit is {}", mib(bytes), mib(limit)))
        .hint("cut it into parts and list them in the manifest")
}

/// Reads a part from the bytes of a file. `path` is used for its name only: to tell the format and
/// to name the file in errors and warnings.
///
/// The blocks are named by what the file alone shows; [`document`] completes them.
///
/// # Errors
/// [`ErrorKind::Empty`] where there is no text, [`ErrorKind::Binary`] and [`ErrorKind::Unsupported`]
/// for what is no text, [`ErrorKind::Encoding`] for a forced encoding that does not fit,
/// [`ErrorKind::Usage`] for a malformed selector.
pub fn read_bytes(bytes: &[u8], path: Option<&Path>, options: &Options) -> Result<Outcome<Part>> {
    read_part(bytes, path, options).map_err(|error| match path {
        Some(path) => error.in_file(path),
        None => error,
    })
}

fn read_part(bytes: &[u8], path: Option<&Path>, options: &Options) -> Result<Outcome<Part>> {
    if bytes.len() as u64 > options.max_bytes {
        return Err(too_large(bytes.len() as u64, options.max_bytes));
    }
    let mut warnings = Vec::new();
    let named = options.format.or_else(|| path.and_then(Format::from_path));
    // Only pages declare their encoding; a plain text may well *talk* of one.
    let declared =
        (named.unwrap_or(Format::Html) == Format::Html).then(|| encoding::declared_label(bytes)).flatten();
    let decoded = source::decode_text(bytes, options, declared.as_deref(), &mut warnings)?;
    let format = match options.format {
        Some(format) => format,
        None => sniff::format(&decoded.text, path)?,
    };
    let drafted = match format {
        Format::Text => {
            let drafts = text::drafts(&decoded.text, Span::new(0, decoded.text.len()));
            Drafted { text: decoded.text, map: decoded.map, drafts }
        }
        Format::Markdown => markdown::drafts(&decoded),
        Format::Html => html::drafts(&decoded, options, &mut warnings)?,
    };
    if drafted.drafts.is_empty() {
        return Err(Error::new(ErrorKind::Empty, "the file holds no text")
            .hint("check that the right file was saved, and the selectors if some are given"));
    }
    let Drafted { text, map, drafts } = drafted;
    let source = source::describe(bytes, path, format.word(), decoded.encoding);
    let mut part =
        Part { name: options.name.clone(), date: options.date.clone(), source, text, map, ..Part::default() };
    classify::classify(&mut part, &drafts);
    source::name_file(&mut warnings, path);
    Ok(Outcome { value: part, warnings })
}
