//! `hexapla segment`: the sentences of a text.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use hexapla::formats::registry::{self, Format, Takes};
use hexapla::model::Segmented;
use hexapla::segment::Options;

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
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: Option<String>,
    /// Say for each place where a sentence might end whether it does, and why
    #[arg(long, conflicts_with = "format")]
    explain: bool,
    /// Write to this file
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    cutting: Cutting,
    #[command(flatten)]
    reading: Reading,
}

/// The formats that hold sentences.
fn formats() -> PossibleValuesParser {
    let values = registry::all(Takes::Segments);
    PossibleValuesParser::new(values.map(|format| PossibleValue::new(format.name).help(format.about)))
}

impl Segment {
    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let mut warnings = Vec::new();
        let project = inputs::project_for(&[&self.witness])?.map(|p| p.unpack(&mut warnings));
        let sources = Inputs { project, reading: &self.reading, cutting: Some(&self.cutting), lines: false };
        let siglum = inputs::siglum(&self.witness);
        let text = sources.load(&self.witness, &siglum, self.lang.as_deref())?.unpack(&mut warnings);
        talk.warn(&warnings);
        if self.explain {
            let options = sources.segment_options(&self.witness)?;
            return explain(&text, &options, self.output.as_deref());
        }
        let format = match (&self.format, &self.output) {
            (Some(name), _) => Format::of_name(name),
            (None, Some(path)) => Some(Format::of_path(path, Takes::Segments)?),
            (None, None) => Format::of_name("lines"),
        };
        if let Some(format) = format {
            output::paged(self.output.as_deref(), |out| {
                format.write_segments(&text, &registry::Options::default(), out)
            })?;
        }
        Ok(Exit::Success)
    }
}

/// Prints every decision of the segmenter with its place, its reason and what stands around it.
fn explain(text: &Segmented, options: &Options, output: Option<&Path>) -> anyhow::Result<Exit> {
    /// Characters shown on both sides of the place.
    const AROUND: usize = 24;
    output::paged(output, |out| {
        for explained in hexapla::segment::explain(&text.document, options) {
            let part = &text.document.parts[explained.part];
            let decision = explained.decision;
            let (before, after) = part.text.split_at(decision.at);
            let tail: Vec<char> = before.chars().rev().take(AROUND).collect();
            let plain = |s: String| s.split_whitespace().collect::<Vec<_>>().join(" ");
            let before = plain(tail.into_iter().rev().collect());
            let after = plain(after.trim_start().chars().take(AROUND).collect());
            let place = format!("{} {}.{}", text.siglum(), explained.part + 1, explained.block + 1);
            let sign = if decision.boundary { '‖' } else { '·' };
            let reason = decision.reason;
            writeln!(
                out,
                "{place} byte {}\t{before} {sign} {after}\t{}: {}",
                decision.at,
                reason.word(),
                reason.sentence()
            )?;
        }
        Ok(())
    })?;
    Ok(Exit::Success)
}
