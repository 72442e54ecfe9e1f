//! `hexapla status`: each witness and pair, and what to do next.

use clap::Args;
use hexapla::model::{Segmented, Status as BeadStatus};
use hexapla::project::{Freshness, StoredAlignment};
use hexapla::workspace;
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
    pairs: Vec<PairLine>,
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

#[derive(Debug, Serialize)]
struct PairLine {
    a: String,
    b: String,
    /// `fresh`, `stale` or `missing`.
    state: &'static str,
    /// Why it is stale.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    beads: usize,
    unreviewed: usize,
    doubtful: usize,
}

impl Status {
    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let mut warnings = Vec::new();
        let project = inputs::need_project()?.unpack(&mut warnings);
        let sigla: Vec<String> = project.manifest.witnesses.iter().map(|w| w.siglum().to_owned()).collect();
        let texts = workspace::load_witnesses(&project, &sigla)?.unpack(&mut warnings);
        let find = |s: &str| texts.iter().find(|t| t.siglum() == s);
        let mut pairs = Vec::new();
        for (a, b) in project.default_pairs() {
            let (Some(a), Some(b)) = (find(&a), find(&b)) else { continue };
            let state = workspace::freshness(&project, a, b, &inputs::pair_options())?;
            pairs.push(pair_line(a, b, state, project.alignments().load(a.siglum(), b.siglum())?));
        }
        let witnesses: Vec<WitnessLine> = texts.iter().map(witness_line).collect();
        let next = next_step(&pairs);
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
        words: hexapla::collate::token::tokens_of(text, 0..text.len()).iter().filter(|t| t.is_word()).count(),
    }
}

fn pair_line(a: &Segmented, b: &Segmented, state: Freshness, stored: Option<StoredAlignment>) -> PairLine {
    let beads = stored.as_ref().map_or(&[][..], |s| s.alignment.beads.as_slice());
    let (state, why) = match state {
        Freshness::Fresh => ("fresh", None),
        Freshness::Stale { why } => ("stale", Some(why)),
        Freshness::Missing => ("missing", None),
    };
    PairLine {
        a: a.siglum().to_owned(),
        b: b.siglum().to_owned(),
        state,
        why,
        beads: beads.len(),
        unreviewed: beads.iter().filter(|b| b.status == BeadStatus::Auto).count(),
        doubtful: beads.iter().filter(|b| b.confidence.word() == "doubtful").count(),
    }
}

fn next_step(pairs: &[PairLine]) -> String {
    if let Some(pair) = pairs.iter().find(|p| p.state != "fresh") {
        return format!("hexapla align {} {}", pair.a, pair.b);
    }
    match pairs.iter().max_by_key(|p| p.doubtful).filter(|p| p.doubtful > 0) {
        Some(pair) => format!("hexapla align {} {} --doubtful", pair.a, pair.b),
        None => "hexapla export csv".to_owned(),
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
