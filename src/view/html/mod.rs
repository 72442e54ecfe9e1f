//! A report as a page that stands alone: no server, no network, nothing to install.
//!
//! The rows are HTML that is legible without scripts; script and style are embedded, and so is the
//! data as JSON ([`data::SCHEMA`]). A content security policy lets the page's own script run and
//! nothing else, so what a witness contains can only ever be text. The same report gives the same
//! bytes.

mod cut;
pub mod data;
mod escape;
mod facts;
mod page;
mod rows;
mod script;
mod terms;

use serde::Serialize;

use super::renderings::Renderings;
use super::rows::Table;
use crate::model::{Segmented, Source, Witness};

pub use cut::default_rows;

/// All that a report shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// The title of the work.
    pub title: String,
    /// Its author.
    pub author: Option<String>,
    /// The rows, units and moves.
    pub table: Table,
    /// What is known of each witness, in the order of the columns.
    pub witnesses: Vec<Known>,
    /// How far apart the compared witnesses are in the whole work.
    pub distances: Option<Distances>,
    /// How the words of translations render those of their originals.
    pub renderings: Vec<Renderings>,
    /// How it was made, for the foot of the page: names and values.
    pub made: Vec<(String, String)>,
}

/// Differences for 1,000 words of what two witnesses have in common: symmetric, in the order of
/// `columns`; `None` for two that have nothing in common.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Distances {
    /// The columns of the witnesses.
    #[serde(rename = "witnesses")]
    pub columns: Vec<usize>,
    /// All differences but those of layout.
    pub all: Vec<Vec<Option<f64>>>,
    /// Substantive ones alone.
    pub substantive: Vec<Vec<Option<f64>>>,
}

/// What is known of a witness.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Known {
    /// What it is.
    pub witness: Witness,
    /// The files from which it was read.
    pub sources: Vec<Source>,
}

impl Known {
    /// What a text says of itself.
    pub fn of(text: &Segmented) -> Self {
        let sources = text.document.parts.iter().map(|part| part.source.clone()).collect();
        Self { witness: text.document.witness.clone(), sources }
    }
}

/// A file of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, without a folder.
    pub name: String,
    /// What stands in it.
    pub html: String,
}

/// Writes a report: one page (`index.html`) or, for a work of more than `rows` rows ([`default_rows`]
/// if `None`), a page for each part and an index that leads to them.
///
/// # Errors
/// None that input can cause; those of the JSON writer.
pub fn write(report: &Report, rows: Option<usize>) -> serde_json::Result<Vec<File>> {
    let rows = rows.unwrap_or_else(|| default_rows(report.table.columns.len()));
    let parts = cut::parts(&report.table, rows);
    if let [_] = parts.as_slice() {
        let html = page::page(report, &report.table, &report.renderings, None)?;
        return Ok(vec![File { name: "index.html".to_owned(), html }]);
    }
    let count = parts.len();
    let mut files = vec![File { name: "index.html".to_owned(), html: page::index(report, &parts) }];
    for (index, part) in parts.into_iter().enumerate() {
        let table = cut::part(&report.table, part.clone());
        let renderings: Vec<Renderings> =
            report.renderings.iter().map(|renderings| renderings.of_part(&part)).collect();
        let html = page::page(report, &table, &renderings, Some((index + 1, count)))?;
        files.push(File { name: cut::file_name(index + 1), html });
    }
    Ok(files)
}
