//! `hexapla learn`: a lexicon from aligned texts, to be used for the next ones.

use std::path::PathBuf;

use clap::Args;
use hexapla::align::words::WordLexicon;
use hexapla::formats::dictionary;
use hexapla::model::{Aligned, Lang, Link, Text};
use hexapla::session;
use hexapla::{Error, ErrorKind};

use super::inputs::{Cutting, Inputs, Reading};
use super::output::{self, Talk};
use super::{Exit, inputs};

/// Learns which words render which, for aligning other texts
///
/// From two texts, or from all pairs of the project that are in the two languages named. Beads that a
/// person has confirmed or edited count fully, all others with their confidence. The lexicon is a table
/// that can be read and corrected: `hexapla align --dictionary FILE` uses it, and so does a project that
/// names it under [[dictionary]].
#[derive(Debug, Args)]
pub(crate) struct Learn {
    /// Two witnesses: sigla or files, the source first (default: pairs of the project)
    #[arg(num_args = 0..=2, value_name = "WITNESS")]
    witnesses: Vec<String>,
    /// The language of the words
    #[arg(long, value_name = "LANG")]
    from: Option<String>,
    /// The language of their renderings
    #[arg(long, value_name = "LANG")]
    to: Option<String>,
    /// Leave out what was linked fewer times
    #[arg(long, value_name = "N", default_value_t = 2)]
    min_count: u32,
    /// The files have one sentence a line already
    #[arg(long)]
    lines: bool,
    /// Write to this file
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    cutting: Cutting,
    #[command(flatten)]
    reading: Reading,
}

impl Learn {
    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let progress = talk.progress("aligning");
        let (texts, pairs) =
            if self.witnesses.is_empty() { self.of_project(talk)? } else { self.of_two(talk)? };
        progress.finish_and_clear();
        let lang = |text: usize| texts[text].document.witness.lang.clone();
        let Some((first, second)) = pairs.first().map(|link| (link.a, link.b)) else {
            return Err(self.nothing().into());
        };
        let learned: Vec<Aligned> = pairs.iter().map(|link| link.aligned(&texts)).collect();
        let lexicon = WordLexicon::learn(&learned);
        let (from, to) = (lang(first), lang(second));
        output::to(self.output.as_deref(), |out| {
            dictionary::write(&lexicon, [from.tag(), to.tag()], self.min_count, out)
        })?;
        let kept = lexicon.entries().iter().filter(|entry| entry.count >= self.min_count).count();
        let file = self.output.as_ref().map_or("FILE".to_owned(), |path| path.display().to_string());
        talk.next(&format!(
            "{kept} entries from {} pairs.\nUse them: hexapla align A B --dictionary {file}",
            pairs.len()
        ));
        Ok(Exit::Success)
    }

    fn nothing(&self) -> Error {
        let langs = [&self.from, &self.to].map(|lang| lang.as_deref().unwrap_or("another language"));
        Error::new(ErrorKind::Unknown, format!("no pair of the project is in {} and {}", langs[0], langs[1]))
            .hint("`hexapla status` lists the pairs; files do as well: hexapla learn A B")
    }

    /// The pairs of the project in the two languages, each with the words' side first.
    fn of_project(&self, talk: &Talk) -> anyhow::Result<(Vec<Text>, Vec<Link>)> {
        let mut warnings = Vec::new();
        let project = inputs::need_project()?.unpack(&mut warnings);
        let langs = [&self.from, &self.to].map(|lang| lang.as_deref().map(Lang::new));
        let sigla: Vec<String> = project.manifest.witnesses.iter().map(|w| w.siglum().to_owned()).collect();
        let texts = session::load_witnesses(&project, &sigla)?.unpack(&mut warnings);
        let pairs = session::align_all(&project, &texts)?.unpack(&mut warnings);
        talk.warn(&warnings);
        let lang = |text: usize| &texts[text].document.witness.lang;
        let is = |text: usize, side: usize| langs[side].as_ref().is_none_or(|l| l.same_language(lang(text)));
        let mut found: Vec<Link> = Vec::new();
        for link in pairs.into_iter().filter(|link| link.is_translation(&texts)) {
            if is(link.a, 0) && is(link.b, 1) {
                found.push(link);
            } else if is(link.b, 0) && is(link.a, 1) {
                found.push(Link::new(link.b, link.a, link.alignment.flipped()));
            }
        }
        // Without names of languages, those of the first pair would be a guess where there are more.
        if let Some((first, second)) = found.first().map(|link| (link.a, link.b))
            && let Some(other) = found.iter().find(|link| {
                !lang(link.a).same_language(lang(first)) || !lang(link.b).same_language(lang(second))
            })
        {
            let (one, two) = (lang(second), lang(other.b));
            return Err(Error::new(
                ErrorKind::Usage,
                format!("the project has several languages: {one}, {two}"),
            )
            .hint(format!("name two: hexapla learn --from {} --to {one}", lang(first)))
            .into());
        }
        Ok((texts, found))
    }

    fn of_two(&self, talk: &Talk) -> anyhow::Result<(Vec<Text>, Vec<Link>)> {
        let mut warnings = Vec::new();
        let arguments: Vec<&str> = self.witnesses.iter().map(String::as_str).collect();
        if arguments.len() != 2 {
            return Err(Error::new(ErrorKind::Usage, "a lexicon is learned from two texts")
                .hint("hexapla learn SOURCE TRANSLATION, or in a project: hexapla learn --from en --to fr")
                .into());
        }
        let project = inputs::project_for(&arguments)?.map(|p| p.unpack(&mut warnings));
        let sources =
            Inputs { project, reading: &self.reading, cutting: Some(&self.cutting), lines: self.lines };
        let langs = [self.from.as_deref(), self.to.as_deref()];
        let texts: Vec<Text> = sources.load_all(&arguments, &langs)?.unpack(&mut warnings);
        let in_project = arguments.iter().all(|argument| sources.is_siglum(argument));
        let project = sources.project.as_ref().filter(|_| in_project);
        let pair = session::align_pair(project, &texts[0], &texts[1], &inputs::pair_options())?;
        let pair = pair.unpack(&mut warnings);
        talk.warn(&warnings);
        Ok((texts, vec![Link::new(0, 1, pair.alignment)]))
    }
}
