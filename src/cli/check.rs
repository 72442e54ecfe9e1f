//! `hexapla check`: dirty input explained.

use clap::Args;
use hexapla::model::Text;
use hexapla::session;
use hexapla::study::check::{self, Finding, Level};

use super::inputs::{Inputs, Reading};
use super::output::{self, Talk};
use super::{Exit, inputs};

/// Explains dirty input: encodings, scanning errors, page furniture, doubtful beads
///
/// Without arguments the whole project is checked. Exit code 1: there are problems (notes alone are
/// none).
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Sigla or files (default: every witness and pair of the project)
    witnesses: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reading: Reading,
}

impl Check {
    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let mut warnings = Vec::new();
        let whole = self.witnesses.is_empty();
        let project = if whole { Some(inputs::need_project()?) } else { inputs::project()? };
        let project = project.map(|p| p.unpack(&mut warnings));
        let sources = Inputs { project, reading: &self.reading, cutting: None, lines: false };
        let names: Vec<String> = match &sources.project {
            Some(project) if whole => {
                project.manifest.witnesses.iter().map(|w| w.siglum().to_owned()).collect()
            }
            _ => self.witnesses.clone(),
        };
        let mut texts: Vec<Text> = Vec::new();
        for name in &names {
            texts.push(sources.load(name, &inputs::siglum(name), None)?.unpack(&mut warnings));
        }
        let mut findings: Vec<Finding> = texts.iter().flat_map(|text| check::text(text)).collect();
        if let Some(project) = sources.project.as_ref().filter(|_| whole) {
            for (a, b) in project.default_pairs() {
                let find = |s: &str| texts.iter().find(|t| t.siglum() == s);
                let (Some(a), Some(b)) = (find(&a), find(&b)) else { continue };
                let pair = session::align_pair(Some(project), a, b, &inputs::pair_options())?;
                findings.extend(check::pair(&pair.unpack(&mut warnings)));
            }
        }
        talk.warn(&warnings);
        let problems = findings.iter().filter(|f| f.level == Level::Problem).count();
        if self.json {
            output::json(&findings)?;
        } else {
            output::to(None, |out| {
                for f in &findings {
                    let level = if f.level == Level::Problem { "PROBLEM " } else { "" };
                    let place = f.locus.as_ref().unwrap_or(&f.siglum);
                    writeln!(out, "{place:<12} {level}{}: {}", f.code, f.message)?;
                }
                let counted =
                    |n: usize, word: &str| if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") };
                writeln!(
                    out,
                    "{}, {}",
                    counted(problems, "problem"),
                    counted(findings.len() - problems, "note")
                )
            })?;
        }
        Ok(if problems > 0 { Exit::Difference } else { Exit::Success })
    }
}
