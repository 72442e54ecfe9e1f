//! `hexapla find`: a concordance over all witnesses, with the aligned passages beside it.

use clap::Args;
use hexapla::project::Project;
use hexapla::session;
use hexapla::study::find::Hit;
use hexapla::{Error, ErrorKind};

use super::output::{self, Talk};
use super::{Exit, inputs};

/// Finds words in all witnesses and shows the aligned passages beside them, their renderings marked
///
/// The pattern is a regular expression; case does not matter unless it has a capital letter. Exit
/// code 1: nothing found.
#[derive(Debug, Args)]
pub(crate) struct Find {
    /// What to look for
    pattern: String,
    /// Only in these witnesses (separated by commas)
    #[arg(long = "in", value_name = "SIGLUM", value_delimiter = ',')]
    only: Vec<String>,
    /// The pattern is plain text, no regular expression
    #[arg(long, short = 'F')]
    fixed: bool,
    /// One hit a line as JSON
    #[arg(long)]
    json: bool,
}

impl Find {
    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let mut warnings = Vec::new();
        let project: Project = inputs::need_project()?.unpack(&mut warnings);
        let sigla: Vec<String> = project.manifest.witnesses.iter().map(|w| w.siglum().to_owned()).collect();
        for wanted in &self.only {
            project.witness(wanted)?;
        }
        let source = if self.fixed { regex::escape(&self.pattern) } else { self.pattern.clone() };
        let pattern = regex::RegexBuilder::new(&source)
            .case_insensitive(!self.pattern.chars().any(char::is_uppercase))
            .build()
            .map_err(|e| {
                Error::new(ErrorKind::Syntax, format!("the pattern is no regular expression: {e}"))
                    .hint("with -F it is taken literally")
            })?;
        let texts = session::load_witnesses(&project, &sigla)?.unpack(&mut warnings);
        let pairs = session::align_all(&project, &texts)?.unpack(&mut warnings);
        talk.warn(&warnings);
        let hits = hexapla::study::find::find(&texts, &pairs, &pattern, &self.only);
        output::paged(None, |out| {
            for hit in &hits {
                if self.json {
                    serde_json::to_writer(&mut *out, hit)?;
                    writeln!(out)?;
                } else {
                    write_hit(hit, talk, out)?;
                }
            }
            Ok(())
        })?;
        talk.next(&format!("{} sentences", hits.len()));
        Ok(if hits.is_empty() { Exit::Difference } else { Exit::Success })
    }
}

fn write_hit(hit: &Hit, talk: &Talk, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    use hexapla::view::rows::{Cell, Mark, TextSpan};
    let entry = |locus: &str, text: &str, matches: &[[usize; 2]]| {
        let mut spans = Vec::new();
        let mut push = |text: &str, mark| {
            if !text.is_empty() {
                spans.push(TextSpan { text: text.to_owned(), spaced: false, mark, ..TextSpan::default() });
            }
        };
        let mut at = 0;
        for &[start, end] in matches {
            push(&text[at..start], Mark::Equal);
            push(&text[start..end], Mark::Found);
            at = end;
        }
        push(&text[at..], Mark::Equal);
        (locus.to_owned(), Cell { spans, ..Cell::default() })
    };
    let mut entries = vec![entry(&hit.locus, &hit.text, &hit.matches)];
    for aligned in &hit.aligned {
        let text = if aligned.text.is_empty() { "–" } else { &aligned.text };
        entries.push(entry(&aligned.locus, text, &aligned.matches));
    }
    hexapla::view::terminal::passages(&entries, talk.theme(), out)?;
    writeln!(out)
}
