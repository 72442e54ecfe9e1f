//! `hexapla terms`: how a word is rendered across the work.

use std::io::{self, Write};

use clap::Args;
use hexapla::model::{Link, Text};
use hexapla::session;
use hexapla::study::terms::{Rendering, Term};
use hexapla::view::style::{Theme, visible};
use hexapla::{Error, ErrorKind};

use super::inputs::{Cutting, Inputs, Reading};
use super::output::{self, Talk};
use super::{Exit, inputs};

/// Shows how a word is rendered in the translations, with counts and places
///
/// The renderings are learned from the aligned sentences themselves, without any dictionary; inflected
/// forms count as one word. A word of a translation is looked up in the text it translates. Exit code 1:
/// no witness has the word.
#[derive(Debug, Args)]
pub(crate) struct Terms {
    /// A word or an expression
    word: String,
    /// Two witnesses: sigla or files (default: every translation of the project and its source)
    #[arg(num_args = 0..=2, value_name = "WITNESS")]
    witnesses: Vec<String>,
    /// Only in these translations (separated by commas)
    #[arg(long = "in", value_name = "SIGLUM", value_delimiter = ',', conflicts_with = "witnesses")]
    only: Vec<String>,
    /// Show every place
    #[arg(long)]
    all: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// The languages of the files, in their order: `en,fr` (BCP 47; default: guessed)
    #[arg(long, value_name = "LANGS", value_delimiter = ',')]
    lang: Vec<String>,
    /// The files have one sentence a line already
    #[arg(long)]
    lines: bool,
    #[command(flatten)]
    cutting: Cutting,
    #[command(flatten)]
    reading: Reading,
}

/// So many places of a rendering are shown.
const PLACES: usize = 4;
/// So many renderings are shown.
const RENDERINGS: usize = 12;

impl Terms {
    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let progress = talk.progress("aligning");
        let found = if self.witnesses.is_empty() { self.of_project(talk)? } else { self.of_two(talk)? };
        progress.finish_and_clear();
        let wanted = |term: &&Term| {
            let named = |siglum: &String| *siglum == term.siglum || *siglum == term.translation;
            self.only.is_empty() || self.only.iter().any(named)
        };
        let terms: Vec<&Term> = found.iter().filter(wanted).collect();
        if self.json {
            output::json(&terms)?;
        } else {
            output::paged(None, |out| terms.iter().try_for_each(|term| self.write(term, talk.theme(), out)))?;
        }
        if terms.is_empty() {
            talk.next(&format!("no aligned sentence has `{}`", self.word));
        }
        Ok(if terms.is_empty() { Exit::Difference } else { Exit::Success })
    }

    fn of_project(&self, talk: &Talk) -> anyhow::Result<Vec<Term>> {
        let mut warnings = Vec::new();
        let project = inputs::need_project()?.unpack(&mut warnings);
        for siglum in &self.only {
            project.witness(siglum)?;
        }
        let sigla: Vec<String> = project.manifest.witnesses.iter().map(|w| w.siglum().to_owned()).collect();
        let texts = session::load_witnesses(&project, &sigla)?.unpack(&mut warnings);
        let pairs = session::align_all(&project, &texts)?.unpack(&mut warnings);
        talk.warn(&warnings);
        Ok(session::terms(&texts, &pairs, &self.word))
    }

    fn of_two(&self, talk: &Talk) -> anyhow::Result<Vec<Term>> {
        let mut warnings = Vec::new();
        let arguments: Vec<&str> = self.witnesses.iter().map(String::as_str).collect();
        let [_, _] = arguments.as_slice() else {
            return Err(Error::new(ErrorKind::Usage, "renderings are found between two texts")
                .hint("hexapla terms WORD SOURCE TRANSLATION; in a project --in restricts to a translation")
                .into());
        };
        let project = inputs::project_for(&arguments)?.map(|p| p.unpack(&mut warnings));
        let sources =
            Inputs { project, reading: &self.reading, cutting: Some(&self.cutting), lines: self.lines };
        let langs: Vec<Option<&str>> = self.lang.iter().map(|lang| Some(lang.as_str())).collect();
        let texts: Vec<Text> = sources.load_all(&arguments, &langs)?.unpack(&mut warnings);
        let in_project = arguments.iter().all(|argument| sources.is_siglum(argument));
        let project = sources.project.as_ref().filter(|_| in_project);
        let pair = session::align_pair(project, &texts[0], &texts[1], &inputs::pair_options())?;
        let pair = pair.unpack(&mut warnings);
        talk.warn(&warnings);
        Ok(session::terms(&texts, &[Link::new(0, 1, pair.alignment)], &self.word))
    }

    fn write(&self, term: &Term, theme: Theme, out: &mut dyn Write) -> io::Result<()> {
        let head = format!("{} → {}", term.siglum, term.translation);
        let all: usize = term.forms.iter().map(|form| form.1).sum();
        writeln!(out, "{}  {} ({all})", theme.paint(theme.strong(), &head), forms(&term.forms))?;
        for rendering in term.renderings.iter().take(RENDERINGS) {
            let Rendering { count, share, places, .. } = rendering;
            let shown = theme.paint(theme.strong(), &forms(&rendering.forms));
            writeln!(out, "{count:>6} {:>4.0} %  {shown}", share * 100.0)?;
            self.places(places, theme, out)?;
        }
        let rest = &term.renderings[term.renderings.len().min(RENDERINGS)..];
        if !rest.is_empty() {
            let count: usize = rest.iter().map(|r| r.count).sum();
            writeln!(out, "{count:>6}         {} other renderings (--json has them all)", rest.len())?;
        }
        if !term.open.is_empty() {
            writeln!(out, "{:>6}         nothing found that stands for it", term.open.len())?;
            self.places(&term.open, theme, out)?;
        }
        writeln!(out)
    }

    fn places(&self, places: &[[String; 2]], theme: Theme, out: &mut dyn Write) -> io::Result<()> {
        let shown = if self.all { places.len() } else { PLACES };
        let more = if places.len() > shown { " …" } else { "" };
        let listed: Vec<String> = places.iter().take(shown).map(|[a, b]| format!("{a} | {b}")).collect();
        writeln!(out, "{:15}{}", "", theme.paint(theme.quiet(), &format!("{}{more}", listed.join("; "))))
    }
}

/// `war 39, wars 4`; a single form needs no number.
fn forms(forms: &[(String, usize)]) -> String {
    let clean = |text: &str| text.chars().map(visible).collect::<String>();
    match forms {
        [(one, _)] => clean(one),
        many => many.iter().map(|(form, n)| format!("{} {n}", clean(form))).collect::<Vec<_>>().join(", "),
    }
}
