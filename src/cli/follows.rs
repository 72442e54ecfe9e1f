//! `hexapla follows`: which of two editions a translation follows.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use hexapla::formats::follows::{self as exchange, Translation};
use hexapla::model::{Text, WitnessKind};
use hexapla::project::Manifest;
use hexapla::session;
use hexapla::study::follows::{Followed, Verdict};
use hexapla::view::style::{Theme, visible};
use hexapla::{Error, ErrorKind};

use super::inputs::{Cutting, Inputs, Reading};
use super::output::{self, Talk};
use super::{Exit, inputs};

/// Says which of two editions a translation follows where they differ
///
/// For each substantive variant between the editions: the sentence of the translation, and which reading
/// it follows where a number, a name, or a sentence that is there or not decides it. All else is
/// undecided. Exit code 1: nothing was decided.
#[derive(Debug, Args)]
pub(crate) struct Follows {
    /// The translations: sigla or files (default: all of the project)
    translations: Vec<String>,
    /// The two editions
    #[arg(long, num_args = 2, value_names = ["A", "B"], required = true)]
    between: Vec<String>,
    /// Only what was decided
    #[arg(long)]
    decided: bool,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print a table, one place a row
    #[arg(long)]
    csv: bool,
    /// Write to this file
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The languages of files, editions first (BCP 47, separated by commas; default: guessed)
    #[arg(long, value_name = "LANG", value_delimiter = ',')]
    lang: Vec<String>,
    #[command(flatten)]
    cutting: Cutting,
    #[command(flatten)]
    reading: Reading,
}

impl Follows {
    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let mut warnings = Vec::new();
        let [a, b] = self.between.as_slice() else { return Ok(Exit::Difference) };
        let mut names: Vec<&str> = vec![a, b];
        names.extend(self.translations.iter().map(String::as_str));
        let project = inputs::project_for(&names)?.map(|p| p.unpack(&mut warnings));
        let known = |name: &str| project.iter().any(|p| p.manifest.find(name).is_some());
        let all: Vec<String> = project.iter().flat_map(|p| translations(&p.manifest)).collect();
        if self.translations.is_empty() && known(a) && known(b) {
            names.extend(all.iter().map(String::as_str));
        }
        if names.len() < 3 {
            return Err(Error::new(ErrorKind::Usage, "there is no translation")
                .hint("name its siglum or file: hexapla follows FILE --between A B")
                .into());
        }
        let sources = Inputs { project, reading: &self.reading, cutting: Some(&self.cutting), lines: false };
        let langs: Vec<Option<&str>> = self.lang.iter().map(|lang| Some(lang.as_str())).collect();
        let mut texts = sources.load_all(&names, &langs)?.unpack(&mut warnings);
        let translations = texts.split_off(2);
        let [a, b] = texts.as_slice() else { return Ok(Exit::Difference) };
        let stored = names.iter().all(|name| sources.is_siglum(name));
        let project = sources.project.as_ref().filter(|_| stored);
        let progress = talk.progress("comparing");
        let mut found = session::follows(project, (a, b), &translations)?.unpack(&mut warnings);
        progress.finish_and_clear();
        talk.warn(&warnings);
        let decided = found.iter().flatten().filter(|f| f.verdict != Verdict::Undecided).count();
        let counts: Vec<[usize; 3]> = found.iter().map(|places| counts(places)).collect();
        if self.decided {
            found.iter_mut().for_each(|places| places.retain(|f| f.verdict != Verdict::Undecided));
        }
        let results: Vec<Translation<'_>> =
            translations.iter().zip(&found).map(|(text, places)| Translation { text, places }).collect();
        output::paged(self.output.as_deref(), |out| {
            if self.json {
                exchange::write_json((a, b), &results, out)
            } else if self.csv {
                exchange::write_csv((a, b), &results, out)
            } else {
                results.iter().try_for_each(|result| write_text((a, b), result, talk.theme(), out))
            }
        })?;
        for (text, [first, second, open]) in translations.iter().zip(counts) {
            let all = first + second + open;
            talk.next(&format!(
                "{}: of {all} substantive variants it follows {} in {first}, {} in {second}; {open} undecided",
                text.siglum(), a.siglum(), b.siglum()
            ));
        }
        Ok(if decided > 0 { Exit::Success } else { Exit::Difference })
    }
}

/// The sigla of a project's translations.
fn translations(manifest: &Manifest) -> Vec<String> {
    let translations = manifest.witnesses.iter().filter(|w| w.witness.kind == WitnessKind::Translation);
    translations.map(|w| w.siglum().to_owned()).collect()
}

fn counts(places: &[Followed]) -> [usize; 3] {
    [Verdict::First, Verdict::Second, Verdict::Undecided]
        .map(|verdict| places.iter().filter(|f| f.verdict == verdict).count())
}

fn write_text(
    (a, b): (&Text, &Text),
    result: &Translation<'_>,
    theme: Theme,
    out: &mut dyn Write,
) -> io::Result<()> {
    let clean = |text: &str| text.chars().map(visible).collect::<String>();
    let reading = |text: &str| if text.is_empty() { "om.".to_owned() } else { shortened(&clean(text)) };
    for place in result.places {
        let siglum = match place.verdict {
            Verdict::First => a.siglum(),
            Verdict::Second => b.siglum(),
            Verdict::Undecided => "undecided",
        };
        let verdict = match place.verdict {
            Verdict::Undecided => theme.paint(theme.quiet(), "undecided"),
            _ => theme.paint(theme.strong(), &format!("follows {siglum}")),
        };
        let locus = theme.paint(theme.quiet(), &place.a.locus.to_string());
        writeln!(out, "{locus}  {}] {} {}", reading(&place.a.text), reading(&place.b.text), b.siglum())?;
        let opposite = if place.text.is_empty() {
            format!("{} –", result.text.siglum())
        } else {
            format!("{}  {}", place.locus, shortened(&clean(&place.text)))
        };
        writeln!(out, "    {opposite}")?;
        let why: Vec<&str> = place.evidence.iter().map(|e| e.explanation.as_str()).collect();
        let why = if why.is_empty() { String::new() } else { format!(": {}", why.join("; ")) };
        writeln!(out, "    {verdict}{why}\n")?;
    }
    Ok(())
}

/// A long passage by its first and last words.
fn shortened(text: &str) -> String {
    const LONG: usize = 40;
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= LONG {
        return text.to_owned();
    }
    format!("{} … {}", words[..12].join(" "), words[words.len() - 6..].join(" "))
}
