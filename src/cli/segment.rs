//! `hexapla segment`: the sentences of a text.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use hexapla::exchange::segments;
use hexapla::model::Segmented;

use super::inputs::{Cutting, Inputs, Reading};
use super::output::{self, Talk};
use super::{Exit, inputs};

/// Cuts a text into sentences
///
/// Nothing is dropped: labels of speakers, notes and page furniture are printed too.
#[derive(Debug, Args)]
pub(crate) struct Segment {
    /// A siglum of the project, a file, or `-`
    witness: String,
    /// The language of a file (BCP 47; default: guessed)
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    /// How the sentences are printed
    #[arg(long, value_name = "FORMAT", default_value = "lines")]
    format: Format,
    /// Write to this file
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    cutting: Cutting,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One sentence a line, white space inside made one space
    Lines,
    /// JSON Lines with offsets, kind of block, speaker and locus
    Jsonl,
    /// A table with the same columns
    Csv,
}

impl Segment {
    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let mut warnings = Vec::new();
        let project = inputs::project()?.map(|p| p.unpack(&mut warnings));
        let sources = Inputs { project, reading: &self.reading, cutting: Some(&self.cutting), lines: false };
        let siglum = inputs::sigla(&self.witness, "").0;
        let text: Segmented =
            sources.load(&self.witness, &siglum, self.lang.as_deref())?.unpack(&mut warnings);
        talk.warn(&warnings);
        output::to(self.output.as_deref(), |out| match self.format {
            Format::Lines => segments::write_lines(&text, out),
            Format::Jsonl => segments::write_jsonl(&text, out),
            Format::Csv => segments::write_csv(&text, out),
        })?;
        Ok(Exit::Success)
    }
}
