//! `hexapla eval`: alignments and variants against gold.

use std::path::{Path, PathBuf};

use clap::Args;
use hexapla::eval::calibration::{self, Calibration};
use hexapla::eval::{Score, beads, segments};
use hexapla::formats::vecalign;
use hexapla::session::{self, BeadTable, PairScores};
use hexapla::{Error, ErrorKind};

use super::Exit;
use super::inputs::{self, Cutting, Inputs, Reading};
use super::output::{self, Talk};

/// Scores alignments and variants against gold
///
/// Inside a project: every pair that has a gold file in alignments/gold (NAME.jsonl for beads,
/// NAME.variants.jsonl for variants). With --gold: two files of beads, `[0, 1]:[0]`. With --apparatus: a
/// collation against a table of places or a list of variants. Strict: exactly
/// the gold's bead; lax: it shares a segment with it on both sides. Precision counts all predicted
/// beads, recall the gold beads that have two sides.
#[derive(Debug, Args)]
pub(crate) struct Eval {
    /// A gold file of beads, one a line
    #[arg(long, value_name = "FILE", requires = "predicted")]
    gold: Option<PathBuf>,
    /// A gold file of sentences, one a line: the text is segmented and its boundaries are scored
    #[arg(long, value_name = "FILE", requires = "predicted", conflicts_with = "gold")]
    segments: Option<PathBuf>,
    /// A gold table of collation (JSON), or a gold list of variants (JSON Lines): the witnesses are
    /// collated and their places or variants are scored
    #[arg(long, value_name = "FILE", conflicts_with_all = ["gold", "segments"])]
    apparatus: Option<PathBuf>,
    /// The beads to score, in the same format; with --segments the text; with --apparatus the witnesses,
    /// files or sigla (default: the words of the table itself)
    #[arg(value_name = "PREDICTED")]
    pub(super) predicted: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
    /// With --segments or --apparatus: the language of the texts (BCP 47; default: guessed)
    #[arg(long, value_name = "LANG")]
    pub(super) lang: Option<String>,
    #[command(flatten)]
    pub(super) cutting: Cutting,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Exit with 1 if any strict F1 lies below this (0 to 1); with --apparatus the F1 of differing words,
    /// or the share of variants found with the right class
    #[arg(long, value_name = "X")]
    pub(super) min: Option<f64>,
}

impl Eval {
    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        if let Some(gold) = &self.apparatus {
            return self.apparatus(gold, talk);
        }
        match (&self.gold, &self.segments, self.predicted.as_slice()) {
            (Some(gold), _, [predicted]) => self.files(gold, predicted),
            (_, Some(gold), [text]) => self.segments(gold, text, talk),
            (None, None, [_, ..]) => {
                let error = Error::new(ErrorKind::Usage, "there is nothing to score the file against");
                Err(error
                    .hint("--gold FILE for beads, --segments FILE for sentences, --apparatus FILE for collations")
                    .into())
            }
            (None, None, []) => self.project(talk),
            _ => Err(Error::new(ErrorKind::Usage, "one file is scored against a gold").into()),
        }
    }

    fn files(&self, gold: &Path, predicted: &Path) -> anyhow::Result<Exit> {
        let gold = vecalign::read(&read_utf8(gold)?, gold)?;
        let predicted = vecalign::read_scored(&read_utf8(predicted)?, predicted)?;
        let beads: Vec<_> = predicted.iter().map(|(bead, _)| bead.clone()).collect();
        let scored: Option<Vec<_>> =
            predicted.into_iter().map(|(bead, score)| Some((bead, score?))).collect();
        // Other tools' scores are costs or similarities: only what lies between 0 and 1 is a confidence.
        let confident = scored.filter(|beads| beads.iter().all(|(_, score)| (0.0..=1.0).contains(score)));
        let calibration = confident.and_then(|beads| calibration::measure(&gold, &beads));
        let scores = BeadTable::new(beads::score(&gold, &beads), calibration);
        let enough = self.min.is_none_or(|min| scores.strict.f1 >= min);
        if self.json {
            output::json(&scores)?;
        } else {
            output::to(None, |out| {
                writeln!(out, "         precision  recall      F1")?;
                writeln!(out, "strict  {}", figures(scores.strict))?;
                writeln!(out, "lax     {}", figures(scores.lax))?;
                writeln!(out, "\ntype      gold  predicted   right")?;
                for (bead_type, n) in &scores.by_type {
                    writeln!(out, "{bead_type:<7} {:>6} {:>10} {:>7}", n.gold, n.predicted, n.right)?;
                }
                if let Some(calibration) = &scores.calibration {
                    write_calibration(calibration, out)?;
                }
                Ok(())
            })?;
        }
        Ok(if enough { Exit::Success } else { Exit::Difference })
    }

    fn segments(&self, gold: &Path, text: &Path, talk: &Talk) -> anyhow::Result<Exit> {
        let mut warnings = Vec::new();
        let argument = text.to_string_lossy();
        let project = inputs::project_for(&[&argument])?.map(|p| p.unpack(&mut warnings));
        let sources = Inputs { project, reading: &self.reading, cutting: Some(&self.cutting), lines: false };
        let text =
            sources.load(&argument, &inputs::siglum(&argument), self.lang.as_deref())?.unpack(&mut warnings);
        talk.warn(&warnings);
        let sentences = read_utf8(gold)?;
        let sentences: Vec<&str> = sentences.lines().filter(|line| !line.trim().is_empty()).collect();
        let mut scores = segments::score(&sentences, &text).map_err(|e| e.in_file(gold))?;
        let enough = self.min.is_none_or(|min| scores.boundaries.f1 >= min);
        scores.boundaries = scores.boundaries.rounded();
        if self.json {
            output::json(&scores)?;
        } else {
            output::to(None, |out| {
                writeln!(out, "            precision  recall      F1    gold   found   right")?;
                let segments::SegmentScores { boundaries, gold, found, right } = &scores;
                writeln!(out, "boundaries {} {gold:>7} {found:>7} {right:>7}", figures(*boundaries))
            })?;
        }
        Ok(if enough { Exit::Success } else { Exit::Difference })
    }

    fn project(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let mut warnings = Vec::new();
        let project = inputs::need_project()?.unpack(&mut warnings);
        let progress = talk.progress("scoring");
        let scores = session::score_project(&project)?;
        progress.finish_and_clear();
        talk.warn(&warnings);
        if scores.is_empty() {
            return Err(Error::new(ErrorKind::NotFound, "no gold in alignments/gold")
                .hint("a gold alignment is alignments/gold/A-B.jsonl, gold variants are A-B.variants.jsonl; `hexapla eval --gold FILE PREDICTED` scores files")
                .into());
        }
        let enough = self
            .min
            .is_none_or(|min| scores.iter().filter_map(|s| s.beads.as_ref()).all(|b| b.strict.f1 >= min));
        if self.json {
            output::json(&scores)?;
        } else {
            output::to(None, |out| write_table(&scores, out))?;
        }
        Ok(if enough { Exit::Success } else { Exit::Difference })
    }
}

pub(super) fn figures(score: Score) -> String {
    format!("{:>9.4}  {:>7.4} {:>7.4}", score.precision, score.recall, score.f1)
}

fn write_calibration(found: &Calibration, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    writeln!(out, "\nconfidence   beads    mean   right")?;
    for bin in &found.bins {
        let to = bin.from + 0.1;
        writeln!(
            out,
            "{:.1} – {to:.1} {:>9} {:>7.3} {:>7.3}",
            bin.from, bin.beads, bin.confidence, bin.right
        )?;
    }
    writeln!(
        out,
        "calibration error {:.3}; {} of {} beads wrong, {:.0} % of them among the tenth with the lowest confidence",
        found.error,
        found.wrong,
        found.beads,
        found.caught() * 100.0
    )
}

fn write_table(scores: &[PairScores], out: &mut dyn std::io::Write) -> std::io::Result<()> {
    writeln!(
        out,
        "pair      strict: P       R      F1     lax: P       R      F1    variants: gold  found  class right  invented"
    )?;
    for score in scores {
        let beads = score.beads.as_ref().map_or_else(
            || " ".repeat(52),
            |b| {
                format!(
                    "{:>9.4} {:>7.4} {:>7.4}  {:>8.4} {:>7.4} {:>7.4}",
                    b.strict.precision, b.strict.recall, b.strict.f1, b.lax.precision, b.lax.recall, b.lax.f1
                )
            },
        );
        let variants = score.variants.as_ref().map_or_else(String::new, |v| {
            format!("   {:>13} {:>6} {:>12} {:>9}", v.gold, v.found, v.class_right, v.invented.len())
        });
        writeln!(out, "{}", format!("{:<8} {beads}{variants}", score.pair).trim_end())?;
    }
    writeln!(out, "\npair      calibration error   wrong beads   of them in the least confident tenth")?;
    for score in scores {
        let Some(c) = score.beads.as_ref().and_then(|b| b.calibration.as_ref()) else { continue };
        let caught = format!("{:.0} %", c.caught() * 100.0);
        let caught = if c.wrong == 0 { "–" } else { &caught };
        writeln!(out, "{:<8} {:>18.3} {:>13} {caught:>37}", score.pair, c.error, c.wrong)?;
    }
    for score in scores {
        let Some(v) = score.variants.as_ref().filter(|v| !v.missed.is_empty() || !v.misclassed.is_empty())
        else {
            continue;
        };
        writeln!(out, "\n{}: gold variants missed: {:?}", score.pair, v.missed)?;
        for (id, gold, reported) in &v.misclassed {
            writeln!(
                out,
                "{}: gold variant {id} is {}, reported as {}",
                score.pair,
                gold.word(),
                reported.word()
            )?;
        }
    }
    Ok(())
}

pub(super) fn read_utf8(path: &Path) -> hexapla::Result<String> {
    let bytes = hexapla::read::load(path, &hexapla::read::Options::default())?;
    String::from_utf8(bytes).map_err(|_| Error::new(ErrorKind::Encoding, "not UTF-8").in_file(path))
}
