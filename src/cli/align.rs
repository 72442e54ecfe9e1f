//! `hexapla align`: which sentences of two texts correspond.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use hexapla::align::Method;
use hexapla::model::Pair;
use hexapla::workspace::{self, PairOptions};
use hexapla::{Error, ErrorKind, align, view};

use super::export::{Format, Table};
use super::inputs::{Cutting, Inputs, Reading};
use super::output::{self, Talk};
use super::{Exit, inputs};

/// Aligns two texts sentence by sentence
///
/// Two witnesses of one language are aligned as editions, of different languages as a translation.
/// In a project the alignment of two witnesses is kept in alignments/ and made anew when a text has
/// changed. Without a project, files do as well: `hexapla align a.txt b.txt`.
#[derive(Debug, Args)]
pub(crate) struct Align {
    /// The first witness: a siglum, a file, or `-`
    a: String,
    /// The second witness
    b: String,
    /// The language of the first file (BCP 47; default: guessed)
    #[arg(long, value_name = "LANG")]
    from: Option<String>,
    /// The language of the second file
    #[arg(long, value_name = "LANG")]
    to: Option<String>,
    /// The files have one sentence a line already; a blank line is a paragraph break
    #[arg(long)]
    lines: bool,
    /// What the two are to each other (default: told by their languages)
    #[arg(long = "as", value_name = "KIND")]
    method: Option<Relation>,
    /// What is printed (default: a table on a terminal, else CSV; with -o by the file's ending)
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Write to this file
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show only beads that are not sure, omissions and additions
    #[arg(long)]
    doubtful: bool,
    /// Align anew even if a stored alignment is up to date
    #[arg(long)]
    anew: bool,
    /// Do not keep the alignment in the project
    #[arg(long)]
    no_save: bool,
    #[command(flatten)]
    table: Table,
    #[command(flatten)]
    cutting: Cutting,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Relation {
    /// Forms of one text in one language
    Editions,
    /// A text and its translation
    Translation,
}

impl Align {
    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let mut warnings = Vec::new();
        let project = inputs::project_for(&[&self.a, &self.b])?.map(|p| p.unpack(&mut warnings));
        let sources =
            Inputs { project, reading: &self.reading, cutting: Some(&self.cutting), lines: self.lines };
        if self.a == "-" && self.b == "-" {
            return Err(Error::new(
                ErrorKind::Usage,
                "only one of the two texts can come from standard input",
            )
            .into());
        }
        let (siglum_a, siglum_b) = inputs::sigla(&self.a, &self.b);
        let (a, b) = rayon::join(
            || sources.load(&self.a, &siglum_a, self.from.as_deref()),
            || sources.load(&self.b, &siglum_b, self.to.as_deref()),
        );
        let (a, b) = (a?.unpack(&mut warnings), b?.unpack(&mut warnings));
        let method = match self.method {
            None => Method::Auto,
            Some(Relation::Editions) => Method::Editions,
            Some(Relation::Translation) => Method::Translation,
        };
        let options =
            PairOptions { align: align::Options { method, ..align::Options::default() }, anew: self.anew };
        let in_project = self.sigla_of_project(&sources);
        let progress = talk.progress(&format!("aligning {} and {}", a.siglum(), b.siglum()));
        let project = sources.project.as_ref().filter(|_| in_project);
        let alignment = workspace::align_pair(project, &a, &b, &options)?.unpack(&mut warnings);
        progress.finish_and_clear();
        let pair = Pair { a: &a, b: &b, alignment: &alignment };
        talk.warn(&warnings);
        if let Some(project) = project.filter(|_| !self.no_save) {
            workspace::store_alignment(project, pair, &options.align)?;
        }
        self.show(pair, talk)?;
        self.what_next(pair, in_project, talk);
        Ok(Exit::Success)
    }

    fn sigla_of_project(&self, sources: &Inputs<'_>) -> bool {
        sources.is_siglum(&self.a) && sources.is_siglum(&self.b)
    }

    fn show(&self, pair: Pair<'_>, talk: &Talk) -> anyhow::Result<()> {
        let by_ending = || Format::of_ending(self.output.as_deref()?.extension()?.to_str()?);
        let format = self.format.or_else(by_ending).unwrap_or_else(|| {
            if self.output.is_none() && std::io::stdout().is_terminal() || self.doubtful {
                Format::Table
            } else {
                Format::Csv
            }
        });
        output::to(self.output.as_deref(), |out| match format {
            Format::Table => {
                let table = view::rows::of_alignment(pair);
                let show = view::terminal::Show { confidence: true, classes: false };
                let wanted = |row: &&view::rows::Row| {
                    !self.doubtful
                        || row.confidence.value() < 0.9
                        || row.bead_type.a == 0
                        || row.bead_type.b == 0
                };
                view::terminal::side_by_side(
                    &table,
                    table.rows.iter().filter(wanted),
                    show,
                    talk.theme(),
                    out,
                )
            }
            other => other.write(pair, &self.table, out),
        })
    }

    fn what_next(&self, pair: Pair<'_>, in_project: bool, talk: &Talk) {
        let beads = pair.beads();
        let doubtful = beads.iter().filter(|b| b.confidence.word() == "doubtful").count();
        let (omitted, added) = (
            beads.iter().filter(|b| b.b.is_empty()).count(),
            beads.iter().filter(|b| b.a.is_empty()).count(),
        );
        let mut text = format!(
            "{} beads: {doubtful} doubtful, {omitted} only in {}, {added} only in {}.",
            beads.len(),
            pair.a.siglum(),
            pair.b.siglum()
        );
        if !self.doubtful && doubtful + omitted + added > 0 {
            text += &format!("\nLook at them: hexapla align {} {} --doubtful", self.a, self.b);
        }
        let export = if in_project {
            format!("hexapla export csv {} {}", self.a, self.b)
        } else {
            format!("hexapla align {} {}", self.a, self.b)
        };
        text += &format!("\nSave them:    {export} -o aligned.csv");
        talk.next(&text);
    }
}
