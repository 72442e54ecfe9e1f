//! `hexapla export`: alignments in the formats of other tools.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use hexapla::exchange::{csv, jsonl, ladder, parallel, vecalign};
use hexapla::model::{Alignment, Pair, Parallel, Segmented, Status};
use hexapla::project::Project;
use hexapla::workspace;
use hexapla::{Error, ErrorKind, Warning};

use super::output::{self, Talk};
use super::{Exit, inputs};

/// Writes alignments of the project for other tools
///
/// With two witnesses, that pair is written to standard output or to a file; with more, rows over all
/// of them (csv, tsv, jsonl); without, every pair is written into a folder (-o DIR, default:
/// alignments).
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The format
    format: Format,
    /// Two witnesses or more (default: every pair of the project)
    #[arg(num_args = 0.., value_name = "WITNESS")]
    witnesses: Vec<String>,
    /// Write to this file; without witnesses: to this folder
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Leave out beads below this confidence (0 to 1)
    #[arg(long, value_name = "X")]
    min_confidence: Option<f64>,
    /// Only beads that a person confirmed or edited
    #[arg(long)]
    confirmed_only: bool,
    #[command(flatten)]
    table: Table,
}

/// How tables are written.
#[derive(Debug, Clone, Copy, Args)]
#[command(next_help_heading = "Tables")]
pub(crate) struct Table {
    /// CSV for Microsoft Excel: byte order mark, CRLF, all fields quoted
    #[arg(long)]
    excel: bool,
    /// Between the fields of CSV (default: a comma)
    #[arg(long, value_name = "CHAR", value_parser = delimiter)]
    delimiter: Option<u8>,
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text {
        "\\t" | "tab" => Ok(b'\t'),
        _ => {
            match text.as_bytes() {
                &[byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && !b"\"\r\n".contains(&byte) => {
                    Ok(byte)
                }
                _ => Err("one ASCII character that is no letter, figure or quotation mark; `tab` for a tab"
                    .to_owned()),
            }
        }
    }
}

/// Formats of alignments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Side by side, for reading
    Table,
    /// Comma-separated values, RFC 4180
    Csv,
    /// Tab-separated values
    Tsv,
    /// JSON Lines, one bead a line, with offsets
    Jsonl,
    /// hunalign's ladder
    Ladder,
    /// `[0, 1]:[0]:0.87`
    Vecalign,
}

impl Format {
    /// The format that a file's ending asks for.
    pub(crate) fn of_ending(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "tsv" => Some(Self::Tsv),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "ladder" => Some(Self::Ladder),
            "vecalign" => Some(Self::Vecalign),
            _ => None,
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Table => "txt",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Jsonl => "beads.jsonl",
            Self::Ladder => "ladder",
            Self::Vecalign => "vecalign",
        }
    }

    /// Writes a pair.
    pub(crate) fn write(self, pair: Pair<'_>, table: &Table, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Csv | Self::Tsv => csv::write(pair, &table.options(self), out),
            Self::Jsonl => jsonl::write(pair, out),
            Self::Ladder => ladder::write(pair, out),
            Self::Vecalign => vecalign::write(pair, out),
            Self::Table => write_plain(&hexapla::view::of_alignment(pair), out),
        }
    }
}

impl Format {
    /// Writes rows over several witnesses to a file or to standard output.
    pub(crate) fn write_rows(
        self,
        texts: &[&Segmented],
        rows: &Parallel,
        table: &Table,
        path: Option<&Path>,
    ) -> anyhow::Result<()> {
        match self {
            Self::Csv | Self::Tsv => {
                output::to(path, |out| parallel::write_csv(texts, rows, &table.options(self), out))
            }
            Self::Jsonl => output::to(path, |out| parallel::write_jsonl(texts, rows, out)),
            Self::Table => {
                let table = hexapla::view::of_parallel(texts, rows, None);
                output::to(path, |out| write_plain(&table, out))
            }
            Self::Ladder | Self::Vecalign => {
                let message = "this format holds two witnesses";
                Err(Error::new(ErrorKind::Usage, message)
                    .hint("csv, tsv and jsonl hold any number of them")
                    .into())
            }
        }
    }
}

impl Table {
    fn options(&self, format: Format) -> csv::Options {
        let usual = if format == Format::Tsv { b'\t' } else { b',' };
        let delimiter = self.delimiter.filter(|_| format != Format::Tsv).unwrap_or(usual);
        csv::Options { delimiter, excel: self.excel }
    }
}

/// Writes rows for reading, as wide as a page.
fn write_plain(table: &hexapla::view::rows::Table, out: &mut dyn Write) -> io::Result<()> {
    let show = hexapla::view::terminal::Show { confidence: true, classes: false };
    let theme = hexapla::view::style::Theme { color: false, width: 100 };
    hexapla::view::terminal::side_by_side(table, &table.rows, show, theme, out)
}

impl Export {
    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let mut warnings = Vec::new();
        let project = inputs::need_project()?.unpack(&mut warnings);
        let pairs = match self.witnesses.as_slice() {
            [] => project.default_pairs(),
            [a, b] => vec![(a.clone(), b.clone())],
            [_, _, ..] => return self.rows(&project, &mut warnings, talk),
            [_] => {
                return Err(Error::new(ErrorKind::Usage, "an alignment has two witnesses: one was given")
                    .hint("name two sigla, or none for every pair")
                    .into());
            }
        };
        let all = self.witnesses.is_empty();
        let folder = self.output.clone().unwrap_or_else(|| project.root.join("alignments"));
        for (siglum_a, siglum_b) in &pairs {
            let a = workspace::load_witness(&project, siglum_a)?.unpack(&mut warnings);
            let b = workspace::load_witness(&project, siglum_b)?.unpack(&mut warnings);
            let options = inputs::pair_options();
            let alignment = workspace::align_pair(Some(&project), &a, &b, &options)?.unpack(&mut warnings);
            let wanted = self.wanted(alignment);
            let pair = Pair { a: &a, b: &b, alignment: &wanted };
            if all {
                let file = folder.join(format!("{}.{}", pair.name(), self.format.ending()));
                output::to(Some(&file), |out| self.format.write(pair, &self.table, out))?;
                talk.say(&format!("{}: {} beads", shown(&file), wanted.beads.len()));
            } else {
                output::to(self.output.as_deref(), |out| self.format.write(pair, &self.table, out))?;
            }
        }
        talk.warn(&warnings);
        Ok(Exit::Success)
    }

    /// Writes rows over three witnesses or more.
    fn rows(&self, project: &Project, warnings: &mut Vec<Warning>, talk: &Talk) -> anyhow::Result<Exit> {
        if self.min_confidence.is_some() || self.confirmed_only {
            return Err(Error::new(ErrorKind::Usage, "beads are left out for pairs only")
                .hint("rows over several witnesses have a confidence and a status for each of them")
                .into());
        }
        let texts = workspace::load_witnesses(project, &self.witnesses)?.unpack(warnings);
        let rows = workspace::parallel(Some(project), &texts, &inputs::pair_options())?.unpack(warnings);
        talk.warn(&*warnings);
        let texts: Vec<&Segmented> = texts.iter().collect();
        self.format.write_rows(&texts, &rows, &self.table, self.output.as_deref())?;
        Ok(Exit::Success)
    }

    fn wanted(&self, mut alignment: Alignment) -> Alignment {
        let least = self.min_confidence.unwrap_or(0.0);
        alignment.beads.retain(|bead| {
            bead.confidence.value() >= least && (!self.confirmed_only || bead.status != Status::Auto)
        });
        alignment
    }
}

/// A path as a person would type it.
pub(crate) fn shown(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path);
    let path = if path.as_os_str() == OsStr::new("") { Path::new(".") } else { path };
    path.display().to_string()
}
