//! One error type for the library, and the warnings that travel with a result.
//!
//! Both carry what a person needs to act on them: the file, the place in it, and a hint.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;

/// `Result` with the library's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// What sort of thing went wrong; stable, for programs that react to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file or folder does not exist.
    NotFound,
    /// A folder was given where a file is needed.
    IsDirectory,
    /// The operating system refused to read or write.
    Io,
    /// The bytes are not text in the encoding that was declared or forced.
    Encoding,
    /// The bytes are not text at all.
    Binary,
    /// There is no text to work on.
    Empty,
    /// The input exceeds a documented limit.
    TooLarge,
    /// A file in a structured format is malformed.
    Syntax,
    /// A siglum, pair or key is not known.
    Unknown,
    /// The format or the request is understood but not supported.
    Unsupported,
    /// Two things contradict each other (duplicate sigla, stale hashes ...).
    Conflict,
    /// The request itself makes no sense.
    Usage,
}

/// Where in a file: 1-based line and column (in characters).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Place {
    /// 1-based line.
    pub line: usize,
    /// 1-based column in characters; `None` when only the line is known.
    pub column: Option<usize>,
}

impl Place {
    /// The place of byte `offset` in `text` (an offset past the end is the end).
    pub fn of_offset(text: &str, offset: usize) -> Self {
        let head = text.get(..offset.min(text.len())).unwrap_or(text);
        let line_start = head.rfind('\n').map_or(0, |i| i + 1);
        Self { line: head.matches('\n').count() + 1, column: Some(head[line_start..].chars().count() + 1) }
    }
}

/// An error that names file and place and gives a hint. Built fluently:
///
/// ```
/// use hexapla::{Error, ErrorKind};
/// let e = Error::new(ErrorKind::Empty, "the file holds no text")
///     .in_file("texts/fr.txt")
///     .hint("check that the right file was saved");
/// assert_eq!(e.to_string(), "texts/fr.txt: the file holds no text");
/// ```
#[derive(Debug)]
pub struct Error(Box<Inner>);

/// Boxed, so that a `Result` stays one word wide on the path where all goes well.
#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    message: String,
    path: Option<PathBuf>,
    place: Option<Place>,
    excerpt: Option<String>,
    hint: Option<String>,
    cause: Option<std::io::Error>,
}

impl Error {
    /// An error of `kind` with a message that starts in lower case and has no final stop.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            path: None,
            place: None,
            excerpt: None,
            hint: None,
            cause: None,
        }))
    }

    /// The same error, said of a file inside the file.
    #[must_use]
    pub(crate) fn inside(mut self, part: &str) -> Self {
        self.0.message = format!("`{part}`: {}", self.0.message);
        self
    }

    /// The error of a failed file operation, with the kind and a hint that fit its cause.
    pub fn io(path: impl AsRef<Path>, cause: std::io::Error) -> Self {
        use std::io::ErrorKind as Io;
        let (kind, message, hint) = match cause.kind() {
            Io::NotFound => (
                ErrorKind::NotFound,
                "no such file".to_owned(),
                "check the spelling and the folder; paths in hexapla.toml are relative to it",
            ),
            Io::IsADirectory => (
                ErrorKind::IsDirectory,
                "this is a folder, not a file".to_owned(),
                "name a file in it, or run `hexapla init` in that folder",
            ),
            Io::PermissionDenied => {
                (ErrorKind::Io, "permission denied".to_owned(), "check who may read or write it")
            }
            _ => (ErrorKind::Io, cause.to_string(), ""),
        };
        let mut error = Self::new(kind, message).in_file(path);
        if !hint.is_empty() {
            error = error.hint(hint);
        }
        error.0.cause = Some(cause);
        error
    }

    /// Names the file.
    #[must_use]
    pub fn in_file(mut self, path: impl AsRef<Path>) -> Self {
        self.0.path = Some(path.as_ref().to_owned());
        self
    }

    /// Names the place in the file.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.0.place = Some(place);
        self
    }

    /// Adds lines that show the place, with a caret below it.
    #[must_use]
    pub fn excerpt(mut self, excerpt: impl Into<String>) -> Self {
        self.0.excerpt = Some(excerpt.into());
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// The sort of error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The message alone, without file and place.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The file concerned.
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// The place in the file.
    pub fn place(&self) -> Option<Place> {
        self.0.place
    }

    /// The lines concerned, with a caret.
    pub fn shown_excerpt(&self) -> Option<&str> {
        self.0.excerpt.as_deref()
    }

    /// What to do about it.
    pub fn shown_hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_location(f, self.path(), self.place())?;
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.cause.as_ref().map(|cause| cause as _)
    }
}

fn write_location(f: &mut fmt::Formatter<'_>, path: Option<&Path>, place: Option<Place>) -> fmt::Result {
    if let Some(path) = path {
        write!(f, "{}:", path.display())?;
    }
    if let Some(place) = place {
        write!(f, "{}:", place.line)?;
        if let Some(column) = place.column {
            write!(f, "{column}:")?;
        }
    }
    if path.is_some() || place.is_some() {
        f.write_str(" ")?;
    }
    Ok(())
}

/// Something a person should know although the work went on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// A short stable word for programs and filters, such as `encoding-detected`.
    pub code: &'static str,
    /// What was noticed, in one sentence without a final stop.
    pub message: String,
    /// The file concerned.
    pub path: Option<PathBuf>,
    /// The place in it.
    pub place: Option<Place>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Warning {
    /// A warning with a stable code.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), path: None, place: None, hint: None }
    }

    /// Names the file.
    #[must_use]
    pub fn in_file(mut self, path: impl AsRef<Path>) -> Self {
        self.path = Some(path.as_ref().to_owned());
        self
    }

    /// Names the place in the file.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_location(f, self.path.as_deref(), self.place)?;
        f.write_str(&self.message)
    }
}

/// A value with the warnings that arose while it was made.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct Outcome<T> {
    /// The result.
    pub value: T,
    /// What a person should know about it, in the order of the input.
    pub warnings: Vec<Warning>,
}

impl<T> Outcome<T> {
    /// A value without a warning.
    pub fn clean(value: T) -> Self {
        Self { value, warnings: Vec::new() }
    }

    /// Moves the warnings into `sink` and returns the value.
    pub fn unpack(self, sink: &mut Vec<Warning>) -> T {
        sink.extend(self.warnings);
        self.value
    }

    /// Applies `f` to the value and keeps the warnings.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Outcome<U> {
        Outcome { value: f(self.value), warnings: self.warnings }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_counts_lines_and_characters_from_one() {
        let text = "één\nzwei drei";
        assert_eq!(Place::of_offset(text, 0), Place { line: 1, column: Some(1) });
        let drei = text.find("drei").unwrap();
        assert_eq!(Place::of_offset(text, drei), Place { line: 2, column: Some(6) });
        assert_eq!(Place::of_offset(text, 999).line, 2);
    }

    #[test]
    fn missing_file_names_the_file_and_gives_a_hint() {
        let cause = std::fs::read("no-such-file.txt").unwrap_err();
        let error = Error::io("no-such-file.txt", cause);
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert_eq!(error.to_string(), "no-such-file.txt: no such file");
        assert!(error.shown_hint().is_some());
    }
}
