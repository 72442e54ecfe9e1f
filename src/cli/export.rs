//! `hexapla export`: alignments in the formats of other tools.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use hexapla::formats::csv;
use hexapla::formats::registry::{self, Format, Options, Takes};
use hexapla::model::{Aligned, Alignment, Bead, Parallel, Status, Text};
use hexapla::project::Project;
use hexapla::session;
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
    #[arg(value_parser = shapes())]
    format: String,
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

/// A table for reading, or a format of the registry.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Shape {
    /// Side by side, for reading.
    Table,
    /// For other tools.
    Format(&'static Format),
}

/// The name of the table for reading.
const TABLE: &str = "table";

/// The names by which shapes of alignments are asked for.
pub(crate) fn shapes() -> PossibleValuesParser {
    let table = PossibleValue::new(TABLE).help("side by side, for reading");
    let formats =
        registry::all(Takes::Alignment).map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(std::iter::once(table).chain(formats))
}

impl Shape {
    /// The shape of a name that the command line let through.
    pub(crate) fn of_name(name: &str) -> Self {
        Format::of_name(name).map_or(Self::Table, Self::Format)
    }

    /// The shape that a file's ending asks for.
    pub(crate) fn of_path(path: &Path) -> hexapla::Result<Self> {
        match path.extension().and_then(OsStr::to_str) {
            Some("txt") => Ok(Self::Table),
            _ => Format::of_path(path, Takes::Alignment).map(Self::Format),
        }
    }

    /// The ending of the files that are named by the program.
    fn ending(self) -> &'static str {
        match self {
            Self::Table => "txt",
            // `A-B.jsonl` is the stored alignment.
            Self::Format(format) if format.name == "jsonl" => "beads.jsonl",
            Self::Format(format) => format.endings.first().copied().unwrap_or(format.name),
        }
    }

    /// Writes a pair.
    pub(crate) fn write(self, pair: &Aligned, table: Table, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Format(format) => format.write_alignment(pair, &table.options(), out),
            Self::Table => write_plain(&hexapla::view::of_alignment(pair), out),
        }
    }

    /// Writes rows over several witnesses to a file or to standard output.
    pub(crate) fn write_rows(
        self,
        texts: &[Text],
        rows: &Parallel,
        table: Table,
        path: Option<&Path>,
    ) -> anyhow::Result<()> {
        match self {
            Self::Table => {
                let table = hexapla::view::of_parallel(texts, rows, None);
                output::to(path, |out| write_plain(&table, out))
            }
            Self::Format(format) if format.takes(Takes::Rows) => {
                output::to(path, |out| format.write_rows(texts, rows, &table.options(), out))
            }
            Self::Format(_) => {
                let names: Vec<&str> = registry::all(Takes::Rows).map(|format| format.name).collect();
                Err(Error::new(ErrorKind::Usage, "this format holds two witnesses")
                    .hint(format!("any number of them: {}", names.join(", ")))
                    .into())
            }
        }
    }
}

impl Table {
    fn options(self) -> Options {
        let table = csv::Options { delimiter: self.delimiter.unwrap_or(b','), excel: self.excel };
        Options { table, ..Options::default() }
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
        let shape = Shape::of_name(&self.format);
        let folder = self.output.clone().unwrap_or_else(|| project.root.join("alignments"));
        for (siglum_a, siglum_b) in &pairs {
            let a = session::load_witness(&project, siglum_a)?.unpack(&mut warnings);
            let b = session::load_witness(&project, siglum_b)?.unpack(&mut warnings);
            let options = inputs::pair_options();
            let pair = session::align_pair(Some(&project), &a, &b, &options)?.unpack(&mut warnings);
            let pair = self.wanted(pair);
            if all {
                let file = folder.join(format!("{}.{}", pair.name(), shape.ending()));
                output::to(Some(&file), |out| shape.write(&pair, self.table, out))?;
                talk.say(&format!("{}: {} beads", shown(&file), pair.beads().len()));
            } else {
                output::to(self.output.as_deref(), |out| shape.write(&pair, self.table, out))?;
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
        let texts = session::load_witnesses(project, &self.witnesses)?.unpack(warnings);
        let rows = session::parallel(Some(project), &texts, &inputs::pair_options())?.unpack(warnings);
        talk.warn(&*warnings);
        Shape::of_name(&self.format).write_rows(&texts, &rows, self.table, self.output.as_deref())?;
        Ok(Exit::Success)
    }

    /// The pair without the beads that are left out.
    fn wanted(&self, pair: Aligned) -> Aligned {
        let least = self.min_confidence.unwrap_or(0.0);
        let keeps = |bead: &&Bead| {
            bead.confidence.value() >= least && (!self.confirmed_only || bead.status != Status::Auto)
        };
        let beads = pair.beads().iter().filter(keeps).cloned().collect();
        Aligned::new(pair.a.clone(), pair.b.clone(), Alignment { beads })
    }
}

/// A path as a person would type it.
pub(crate) fn shown(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path);
    let path = if path.as_os_str() == OsStr::new("") { Path::new(".") } else { path };
    path.display().to_string()
}
