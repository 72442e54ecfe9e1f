//! Rows of columns: one column is a text, each row a segment.

pub(crate) mod json;
pub(crate) mod po;
pub(crate) mod table;

use super::Options;
use crate::{Error, ErrorKind, Result, Warning};

/// So much of a column is kept to tell its language.
const SAMPLE: usize = 2000;

/// What is known of a column.
#[derive(Debug, Clone, Default)]
pub(crate) struct Column {
    /// Its name in the file.
    pub(crate) name: String,
    /// Its language, if the file says it.
    lang: Option<String>,
    /// Whether the format says that it holds texts in a language.
    told: bool,
    /// Cells with something in them.
    filled: usize,
    /// Cells with several words.
    worded: usize,
    /// The beginning of its text.
    sample: String,
}

impl Column {
    /// A column with nothing in it yet.
    pub(crate) fn named(name: impl Into<String>, lang: Option<String>) -> Self {
        Self { name: name.into(), lang, ..Self::default() }
    }

    /// A column of which the format says that it holds texts.
    pub(crate) fn of_texts(name: impl Into<String>, lang: Option<String>) -> Self {
        Self { told: true, ..Self::named(name, lang) }
    }

    /// Counts a cell.
    pub(crate) fn add(&mut self, cell: &str) {
        let cell = cell.trim();
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        let words = cell.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
        let unspaced = cell.chars().filter(|c| crate::model::Script::is_wide_context(*c)).count() > 2;
        self.worded +=
            usize::from(words > 1 || unspaced || cell.ends_with(['.', '!', '?', '。']) && words > 0);
        if self.sample.len() < SAMPLE {
            self.sample.push_str(super::shape::prefix(cell, 200));
            self.sample.push(' ');
        }
    }

    /// Whether it holds sentences rather than numbers, codes or names of files.
    fn is_text(&self) -> bool {
        self.filled > 0 && (self.told || self.worded * 3 >= self.filled)
    }
}

/// The column that is to be read: the one that the options name, else the only one with text.
///
/// # Errors
/// [`ErrorKind::Usage`] where the options name none that there is, or where several hold texts; the
/// message names them.
pub(crate) fn choose(columns: &[Column], options: &Options, warnings: &mut Vec<Warning>) -> Result<usize> {
    let list = || {
        let shown = columns.iter().enumerate().map(|(at, column)| match column.name.as_str() {
            "" => format!("{}", at + 1),
            name => name.to_owned(),
        });
        shown.collect::<Vec<_>>().join(", ")
    };
    if let Some(wanted) = &options.column {
        let matches = |column: &Column| {
            let same = |name: &str| name.eq_ignore_ascii_case(wanted);
            let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
            same(&column.name)
                || column
                    .lang
                    .as_deref()
                    .is_some_and(|lang| same(lang) || primary(lang) == wanted.to_lowercase())
        };
        let by_number =
            || wanted.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).filter(|n| *n < columns.len());
        return columns.iter().position(matches).or_else(by_number).ok_or_else(|| {
            Error::new(ErrorKind::Usage, format!("there is no column `{wanted}`"))
                .hint(format!("the columns are: {}", list()))
        });
    }
    let texts: Vec<usize> = (0..columns.len()).filter(|&at| columns[at].is_text()).collect();
    let by_lang: Vec<usize> = texts
        .iter()
        .copied()
        .filter(|&at| {
            let lang = columns[at].lang.as_deref().unwrap_or(&columns[at].name);
            options.lang.tag() != "und" && options.lang.same_language(&lang.into())
        })
        .collect();
    match (texts.as_slice(), by_lang.as_slice()) {
        ([], _) if columns.is_empty() => {
            Err(Error::new(ErrorKind::Empty, "there are no rows").hint("check that the right file was saved"))
        }
        ([], _) => {
            let fullest = (0..columns.len())
                .max_by_key(|&at| (columns[at].worded, columns[at].filled, columns.len() - at));
            Ok(fullest.unwrap_or_default())
        }
        ([only], _) => {
            if columns.len() > 1 {
                let name = if columns[*only].name.is_empty() {
                    (only + 1).to_string()
                } else {
                    columns[*only].name.clone()
                };
                warnings.push(
                    Warning::new("column-chosen", format!("the text was taken from the column `{name}`"))
                        .hint(format!("choose another with --column; the columns are: {}", list())),
                );
            }
            Ok(*only)
        }
        (_, [only]) => Ok(*only),
        (several, _) => {
            let shown: Vec<String> = several
                .iter()
                .map(|&at| match columns[at].name.as_str() {
                    "" => (at + 1).to_string(),
                    name => name.to_owned(),
                })
                .collect();
            let first = shown.first().cloned().unwrap_or_default();
            Err(Error::new(
                ErrorKind::Usage,
                format!("{} columns hold texts: {}", several.len(), shown.join(", ")),
            )
            .hint(format!("choose one with --column {first} (in hexapla.toml: column = \"{first}\")")))
        }
    }
}
