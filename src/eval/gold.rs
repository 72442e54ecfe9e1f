//! The frame of gold files: JSON Lines, a header and then an entry a line.

use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{Error, ErrorKind, Place, Result};

/// What a kind of gold file looks like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    /// The `schema` of the header.
    pub(super) schema: &'static str,
    /// An entry, for the hint.
    pub(super) entry: &'static str,
}

/// The first line.
#[derive(Debug, Deserialize)]
pub(super) struct Header {
    schema: String,
    /// Siglum of the first witness.
    pub(super) a: String,
    /// Siglum of the second witness.
    pub(super) b: String,
}

/// Parses header and entries; blank lines are skipped.
pub(super) fn parse<T: DeserializeOwned>(text: &str, path: &Path, form: Form) -> Result<(Header, Vec<T>)> {
    let syntax = |line: usize, message: String| {
        let Form { schema, entry } = form;
        Error::new(ErrorKind::Syntax, message).in_file(path).at(Place { line: line + 1, column: None }).hint(
            format!("a header {{\"schema\": \"{schema}\", \"a\": \"FI\", \"b\": \"fr\"}}, then {entry}"),
        )
    };
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let empty = || Error::new(ErrorKind::Empty, "the gold file is empty").in_file(path);
    let (number, first) = lines.next().ok_or_else(empty)?;
    let header: Header =
        serde_json::from_str(first).map_err(|e| syntax(number, format!("not a header: {e}")))?;
    if header.schema != form.schema {
        return Err(syntax(number, format!("unknown schema `{}`", header.schema)));
    }
    let entries = lines
        .map(|(number, line)| {
            serde_json::from_str(line).map_err(|e| syntax(number, format!("not an entry: {e}")))
        })
        .collect::<Result<Vec<T>>>()?;
    Ok((header, entries))
}
