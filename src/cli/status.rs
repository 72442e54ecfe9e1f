//! `hexapla status`: each witness and pair, and what to do next.

use clap::Args;
use hexapla::model::Segmented;
use hexapla::session::{self, PairState};
use serde::Serialize;

use super::output::{self, Talk};
use super::{Exit, inputs};

/// Shows the witnesses and pairs of the project and the next step
#[derive(Debug, Args)]
pub(crate) struct Status {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Report {
    title: String,
    witnesses: Vec<WitnessLine>,
    pairs: Vec<PairState>,
    next: String,
}

#[derive(Debug, Serialize)]
struct WitnessLine {
    siglum: String,
    kind: &'static str,
    lang: String,
    parts: usize,
    blocks: usize,
    segments: usize,
    words: usize,
}

impl Status {
    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let mut warnings = Vec::new();
        let project = inputs::need_project()?.unpack(&mut warnings);
        let sigla: Vec<String> = project.manifest.witnesses.iter().map(|w| w.siglum().to_owned()).collect();
        let texts = session::load_witnesses(&project, &sigla)?.unpack(&mut warnings);
        let pairs = session::pair_states(&project, &texts)?;
        let witnesses: Vec<WitnessLine> = texts.iter().map(|text| witness_line(text)).collect();
        let next = session::next_step(&pairs);
        talk.warn(&warnings);
        let report =
            Report { title: project.manifest.work.title.clone().unwrap_or_default(), witnesses, pairs, next };
        if self.json {
            output::json(&report)?;
        } else {
            output::to(None, |out| report.write(out))?;
        }
        Ok(Exit::Success)
    }
}

fn witness_line(text: &Segmented) -> WitnessLine {
    let witness = &text.document.witness;
    WitnessLine {
        siglum: witness.siglum.clone(),
        kind: witness.kind.word(),
        lang: witness.lang.tag().to_owned(),
        parts: text.document.parts.len(),
        blocks: text.document.parts.iter().map(|p| p.blocks.len()).sum(),
        segments: text.len(),
        words: hexapla::collate::token::count_words(text),
    }
}

impl Report {
    fn write(&self, out: &mut dyn std::io::Write) -> std::io::Result<()> {
        if !self.title.is_empty() {
            writeln!(out, "{}\n", self.title)?;
        }
        writeln!(
            out,
            "{:<10} {:<14} {:<8} {:>5} {:>7} {:>9} {:>8}",
            "witness", "kind", "lang", "parts", "blocks", "segments", "words"
        )?;
        for w in &self.witnesses {
            writeln!(
                out,
                "{:<10} {:<14} {:<8} {:>5} {:>7} {:>9} {:>8}",
                w.siglum, w.kind, w.lang, w.parts, w.blocks, w.segments, w.words
            )?;
        }
        writeln!(
            out,
            "\n{:<16} {:<8} {:>6} {:>11} {:>9}",
            "pair", "state", "beads", "unreviewed", "doubtful"
        )?;
        for p in &self.pairs {
            let why = p.why.as_ref().map_or_else(String::new, |w| format!("  {w}"));
            writeln!(
                out,
                "{:<16} {:<8} {:>6} {:>11} {:>9}{why}",
                format!("{}-{}", p.a, p.b),
                p.state,
                p.beads,
                p.unreviewed,
                p.doubtful
            )?;
        }
        writeln!(out, "\nNext: {}", self.next)
    }
}
