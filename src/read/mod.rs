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

mod assemble;
mod breaks;
mod classify;
mod codepages;
mod dialects;
mod doubts;
mod draft;
mod emphasis;
mod encoding;
mod facts;
mod flow;
mod format;
mod front;
mod furniture;
mod hocr;
mod html;
mod layout;
mod lines;
mod markdown;
mod packed;
mod pages;
mod plain;
mod rows;
mod shape;
mod sniff;
mod source;
mod speech;
mod subtitles;
mod text;
mod usfm;
mod whole;
mod words;
mod xml;

use std::path::Path;

pub use lines::read_lines;
pub use whole::document;

use crate::model::{Lang, Part, Source, SourceEncoding, SourceEntry};
use crate::{Error, ErrorKind, Outcome, Result, Warning};
use draft::Drafted;
use encoding::Decoded;
pub use format::Format;

/// Files larger than this many bytes (1 GiB) are refused by default.
pub const LARGEST_FILE: u64 = 1 << 30;

/// Which of two texts that a file holds in one place is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Choice {
    /// The corrected, regularised, expanded one; tracked changes as accepted.
    #[default]
    Regular,
    /// What stood there first: `sic`, `orig`, `abbr`; tracked changes as never made.
    Original,
}

impl Choice {
    /// The words of both.
    pub const WORDS: [&str; 2] = ["regular", "original"];

    /// The choice of a word, if it is one (`accepted` is another word for `regular`).
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "regular" | "accepted" => Some(Self::Regular),
            "original" => Some(Self::Original),
            _ => None,
        }
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
    /// For HTML: a CSS selector for elements to leave out. For plain text and Markdown: a regular
    /// expression; lines in which it is found are page furniture.
    pub drop: Option<String>,
    /// For HTML: a CSS selector for elements that are notes.
    pub note: Option<String>,
    /// For tables, JSON, translation memories and catalogues: the column, field or language to read,
    /// by name or by number from 1.
    pub column: Option<String>,
    /// For TEI: whether corrections or originals are read (`choice`).
    pub choice: Choice,
    /// For TEI: the siglum of the witness whose readings are read (`app`).
    pub app: Option<String>,
    /// For DOCX: whether tracked changes are taken as accepted or as never made.
    pub changes: Choice,
    /// Whether notes are left out, as if they were page furniture.
    pub drop_notes: bool,
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
            column: None,
            choice: Choice::Regular,
            app: None,
            changes: Choice::Regular,
            drop_notes: false,
            lang: Lang::und(),
            name: None,
            date: None,
            max_bytes: LARGEST_FILE,
        }
    }
}

/// Whether a label names an encoding that can be read: those of the WHATWG standard and code pages of DOS.
pub fn is_encoding(label: &str) -> bool {
    encoding_rs::Encoding::for_label(label.trim().as_bytes()).is_some()
        || codepages::CodePage::of_label(label).is_some()
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
    if options.encoding.is_none() && bytes.starts_with(b"\x1F\x8B") {
        return read_gzip(bytes, path, options);
    }
    let packed = match options.format {
        Some(format) => Some(format).filter(|format| format.is_packed() && packed::is_zip(bytes)),
        None => sniff::packed(bytes, options.max_bytes)?,
    };
    let (drafted, format, encoding) = match packed {
        Some(format) => {
            let drafted = packed::read(bytes, format, options, &mut warnings)?;
            (drafted, format, SourceEncoding::default())
        }
        None => read_text(bytes, path, options, &mut warnings)?,
    };
    if drafted.drafts.is_empty() {
        return Err(Error::new(ErrorKind::Empty, "the file holds no text")
            .hint("check that the right file was saved, and the selectors if some are given"));
    }
    let source = source::describe(bytes, path, format.word(), encoding);
    let part = assemble::part(drafted, source, options);
    source::name_file(&mut warnings, path);
    Ok(Outcome { value: part, warnings })
}

/// Unpacks a gzip file and reads what is in it.
fn read_gzip(bytes: &[u8], path: Option<&Path>, options: &Options) -> Result<Outcome<Part>> {
    let mut warnings = Vec::new();
    let unpacked = packed::unpack(bytes, options.max_bytes, &mut warnings)?;
    let inner = path.map(|path| match path.extension() {
        Some(ending) if ending.eq_ignore_ascii_case("gz") => path.with_extension(""),
        _ => path.to_owned(),
    });
    if unpacked.starts_with(b"\x1F\x8B") {
        return Err(Error::new(ErrorKind::Unsupported, "gzip data is packed in gzip data")
            .hint("unpack it once: gunzip -k FILE"));
    }
    let mut part = read_part(&unpacked, inner.as_deref(), options)?.unpack(&mut warnings);
    let encoding = std::mem::take(&mut part.source.encoding);
    let mut entries = std::mem::take(&mut part.source.entries);
    if entries.is_empty() {
        let name = inner.as_deref().and_then(Path::file_name).unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        entries.push(SourceEntry { name, start: 0, bytes: unpacked.len() });
    }
    part.source = Source { entries, ..source::describe(bytes, path, &part.source.format, encoding) };
    source::name_file(&mut warnings, path);
    for warning in warnings.iter_mut().filter(|warning| warning.path == inner) {
        warning.path = path.map(Path::to_owned);
    }
    Ok(Outcome { value: part, warnings })
}

/// Reads a file whose bytes are text.
fn read_text(
    bytes: &[u8],
    path: Option<&Path>,
    options: &Options,
    warnings: &mut Vec<Warning>,
) -> Result<(Drafted, Format, SourceEncoding)> {
    let named = options.format.or_else(|| path.and_then(Format::from_path));
    // Pages, XML and catalogues declare their encoding; a plain text may well *talk* of one.
    let tagged = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<');
    let declares = tagged || matches!(named.unwrap_or(Format::Html), Format::Html | Format::Po);
    let declared = declares.then(|| encoding::declared_label(bytes)).flatten();
    let decoded = source::decode_text(bytes, options, declared.as_deref(), warnings)?;
    let format = match options.format {
        Some(format) if format.is_packed() && format != Format::Odt => {
            return Err(Error::new(ErrorKind::Syntax, format!("this is no {}", format.word()))
                .hint("leave --input out to have the format told by the content"));
        }
        Some(format) => format,
        None => sniff::format(&decoded.text, path)?,
    };
    let drafted = draft_text(&decoded, format, options, warnings)?;
    doubts::warn(&decoded.text, &drafted, format, warnings);
    Ok((drafted, format, decoded.encoding))
}

fn draft_text(
    decoded: &Decoded,
    format: Format,
    options: &Options,
    warnings: &mut Vec<Warning>,
) -> Result<Drafted> {
    use xml::{bible, books, scans, tei};
    Ok(match format {
        Format::Text => plain::drafts(decoded, options)?,
        Format::Markdown => markdown::drafts(decoded),
        Format::Html => html::drafts(decoded, options, warnings)?,
        Format::Hocr => hocr::drafts(decoded, options, warnings)?,
        Format::Tei => xml::read(decoded, tei::Tei::new(options), options, warnings)?,
        Format::Fb2 => xml::read(decoded, books::Fb2, options, warnings)?,
        Format::Jats => xml::read(decoded, books::Jats, options, warnings)?,
        Format::DocBook => xml::read(decoded, books::DocBook, options, warnings)?,
        Format::AkomaNtoso => xml::read(decoded, books::AkomaNtoso, options, warnings)?,
        Format::Osis => xml::read(decoded, bible::Osis, options, warnings)?,
        Format::Usfx => xml::read(decoded, bible::Usfx::default(), options, warnings)?,
        Format::Zefania => xml::read(decoded, bible::Zefania::default(), options, warnings)?,
        Format::Alto => xml::read(decoded, scans::Alto::default(), options, warnings)?,
        Format::Page => xml::read(decoded, scans::Page, options, warnings)?,
        Format::Tmx => xml::units::tmx(decoded, options, warnings)?,
        Format::Xliff => xml::units::xliff(decoded, options, warnings)?,
        Format::Odt => packed::read_flat_odt(decoded, options, warnings)?,
        Format::Subtitles => subtitles::read(decoded, warnings)?,
        Format::Usfm => usfm::read(decoded, warnings)?,
        Format::Table => rows::table::read(decoded, options, warnings)?,
        Format::Json => rows::json::read(decoded, options, warnings)?,
        Format::Po => rows::po::read(decoded, options, warnings)?,
        Format::Epub | Format::Docx | Format::Xlsx => Drafted::default(),
    })
}
