//! `hexapla eval --apparatus`: collations against gold.

use std::path::Path;

use hexapla::eval::apparatus::{self, GoldTable, PairScores, TableScores};
use hexapla::eval::variants::{self, GoldVariants, VariantScores};
use hexapla::model::{Collated, Lang, Text};
use hexapla::project::Project;
use hexapla::session::{self, FileOptions};
use hexapla::{Error, ErrorKind, Outcome};

use super::Exit;
use super::eval::{Eval, figures, read_utf8};
use super::inputs::{self, Inputs};
use super::output::{self, Talk};

impl Eval {
    /// Scores a collation of the witnesses against a gold table or a gold list of variants.
    pub(super) fn apparatus(&self, gold: &Path, talk: &Talk) -> anyhow::Result<Exit> {
        let words = read_utf8(gold)?;
        // A list of variants has its schema in the first line.
        if words.lines().find(|line| !line.trim().is_empty()).is_some_and(|l| l.contains(variants::SCHEMA)) {
            return self.variants(&GoldVariants::parse(&words, gold)?, talk);
        }
        let table = GoldTable::parse(&words, gold)?;
        let mut warnings = Vec::new();
        let (project, texts) =
            if self.predicted.is_empty() { (None, self.of_table(&table)?) } else { self.witnesses(&[])? };
        let texts = texts.unpack(&mut warnings);
        let common = table.witnesses.iter().filter(|w| texts.iter().any(|text| text.siglum() == **w)).count();
        if common < 2 {
            return Err(Error::new(
                ErrorKind::Usage,
                "fewer than two of the texts are witnesses of the gold table",
            )
            .in_file(gold)
            .hint(format!(
                "its witnesses are {}; a file's siglum is its name without the ending",
                table.witnesses.join(", ")
            ))
            .into());
        }
        let scores =
            collated(project.as_ref(), &texts, None, talk, |collated| apparatus::score(&table, collated))?;
        talk.warn(&warnings);
        if self.json {
            output::json(&scores)?;
        } else {
            output::to(None, |out| write_table(&scores, table.witnesses.len(), out))?;
        }
        let enough = self.min.is_none_or(|min| scores.differing.score.f1 >= min);
        Ok(if enough { Exit::Success } else { Exit::Difference })
    }

    fn variants(&self, gold: &GoldVariants, talk: &Talk) -> anyhow::Result<Exit> {
        let mut warnings = Vec::new();
        let (project, texts) = self.witnesses(&[&gold.a, &gold.b])?;
        let texts = texts.unpack(&mut warnings);
        let find = |siglum: &str| {
            texts.iter().find(|text| text.siglum() == siglum).ok_or_else(|| {
                Error::new(
                    ErrorKind::Usage,
                    format!("the gold is about `{siglum}`, which is none of the texts"),
                )
                .hint("a file's siglum is its name without the ending")
            })
        };
        let (a, b) = (find(&gold.a)?, find(&gold.b)?);
        let base = Some(gold.a.clone());
        let pair = [a.clone(), b.clone()];
        let scores = collated(project.as_ref(), &pair, base, talk, |collated| {
            let index = |siglum: &str| (0..2).find(|&w| collated.siglum(w) == siglum).unwrap_or(0);
            let found = collated.variants(index(&gold.a), index(&gold.b));
            variants::score(gold, &found, a, b)
        })?;
        talk.warn(&warnings);
        if self.json {
            output::json(&scores)?;
        } else {
            output::to(None, |out| write_variants(&scores, out))?;
        }
        let right = scores.class_right as f64 / scores.gold.max(1) as f64;
        Ok(if self.min.is_none_or(|min| right >= min) { Exit::Success } else { Exit::Difference })
    }

    /// The texts of the arguments, or of some sigla of the project.
    fn witnesses(&self, sigla: &[&str]) -> anyhow::Result<(Option<Project>, Outcome<Vec<Text>>)> {
        let given: Vec<String> = self.predicted.iter().map(|p| p.to_string_lossy().into_owned()).collect();
        let arguments: Vec<&str> =
            if given.is_empty() { sigla.to_vec() } else { given.iter().map(String::as_str).collect() };
        let mut warnings = Vec::new();
        let project = if given.is_empty() {
            Some(inputs::need_project()?.unpack(&mut warnings))
        } else {
            inputs::project_for(&arguments)?.map(|p| p.unpack(&mut warnings))
        };
        let sources = Inputs { project, reading: &self.reading, cutting: Some(&self.cutting), lines: false };
        let langs = vec![self.lang.as_deref(); arguments.len()];
        let texts = sources.load_all(&arguments, &langs)?.unpack(&mut warnings);
        Ok((sources.project, Outcome { value: texts, warnings }))
    }

    /// The words of the table as texts.
    fn of_table(&self, table: &GoldTable) -> hexapla::Result<Outcome<Vec<Text>>> {
        let options = FileOptions {
            lang: self.lang.as_deref().map(Lang::new),
            format: Some(hexapla::read::Format::Text),
            ..FileOptions::default()
        };
        let mut warnings = Vec::new();
        let mut texts = Vec::new();
        for siglum in &table.witnesses {
            let words = table.text(siglum).filter(|words| !words.is_empty());
            if let Some(words) = words {
                texts.push(
                    session::load_bytes(words.as_bytes(), None, siglum, &options)?.unpack(&mut warnings),
                );
            }
        }
        Ok(Outcome { value: texts, warnings })
    }
}

/// Collates and hands the collation to `work`.
fn collated<T>(
    project: Option<&Project>,
    texts: &[Text],
    base: Option<String>,
    talk: &Talk,
    work: impl FnOnce(&Collated) -> T,
) -> anyhow::Result<T> {
    let mut warnings = Vec::new();
    let progress = talk.progress("collating");
    let found = session::collate(project, texts, base)?.unpack(&mut warnings);
    progress.finish_and_clear();
    talk.warn(&warnings);
    Ok(work(&found))
}

fn write_table(scores: &TableScores, of: usize, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    writeln!(
        out,
        "{} of {of} witnesses, {} words of the gold, {} of them not found in the texts\n",
        scores.witnesses, scores.words, scores.unmatched
    )?;
    writeln!(out, "pairs of words  precision  recall      F1      gold     found     right")?;
    for (name, pairs) in [("at one place", scores.all), ("that differ", scores.differing)] {
        let PairScores { gold, found, right, score } = pairs;
        writeln!(out, "{name:<14} {} {gold:>9} {found:>9} {right:>9}", figures(score))?;
    }
    Ok(())
}

fn write_variants(scores: &VariantScores, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    let VariantScores { gold, found, class_right, reported, .. } = scores;
    writeln!(
        out,
        "{gold} gold variants: {found} found, {class_right} with the right class; {reported} reported, {} of them invented\n",
        scores.invented.len()
    )?;
    writeln!(out, "{:<15} reported as", "gold class")?;
    for (class, row) in &scores.confusion {
        let cells: Vec<String> = row.iter().map(|(reported, n)| format!("{reported} {n}")).collect();
        writeln!(out, "{class:<15} {}", cells.join(", "))?;
    }
    if !scores.missed.is_empty() {
        writeln!(out, "\nmissed: {:?}", scores.missed)?;
    }
    for (id, gold, reported) in &scores.misclassed {
        writeln!(out, "gold variant {id} is {}, reported as {}", gold.word(), reported.word())?;
    }
    Ok(())
}
