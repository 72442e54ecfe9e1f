//! `hexapla collate`: any number of editions, all variants at once.

use std::path::Path;

use clap::Args;
use hexapla::formats::collation::collatex;
use hexapla::model::{Entry, Layer, Text};
use hexapla::project::Project;
use hexapla::session::{self, FileOptions};
use hexapla::view::rows::{Row, Table};
use hexapla::{Error, ErrorKind};

use super::Exit;
use super::inputs::{self, Cutting, Inputs, Reading};
use super::output::Talk;
use super::showing::{self, Shape, Showing, View};

/// Collates editions: every variant of any number of witnesses
///
/// Witnesses are sigla of the project (default: all its editions), files, or one JSON file of CollateX.
/// Exit code 1 says that they differ (in the classes asked for).
#[derive(Debug, Args)]
pub(crate) struct Collate {
    /// The witnesses
    #[arg(value_name = "WITNESS")]
    witnesses: Vec<String>,
    #[command(flatten)]
    showing: Showing,
    /// The witness whose readings are the lemmas (default: the base of the project, else the first one)
    #[arg(long, value_name = "WITNESS")]
    base: Option<String>,
    /// No base: the lemma is the reading with most witnesses
    #[arg(long, conflicts_with = "base")]
    no_base: bool,
    /// The language of the files (BCP 47; default: guessed)
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    #[command(flatten)]
    cutting: Cutting,
    #[command(flatten)]
    reading: Reading,
}

impl Collate {
    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let mut warnings = Vec::new();
        let arguments: Vec<&str> = self.witnesses.iter().map(String::as_str).collect();
        let project = inputs::project_for(&arguments)?.map(|p| p.unpack(&mut warnings));
        let filter = self.showing.filter(project.as_ref())?;
        let shape = self.showing.shape(View::Apparatus)?;
        let sources = Inputs { project, reading: &self.reading, cutting: Some(&self.cutting), lines: false };
        let texts = self.texts(&sources)?.unpack(&mut warnings);
        let project = sources.project.as_ref();
        let base = self.base(project, &texts)?;
        let progress = talk.progress(&format!("collating {} witnesses", texts.len()));
        let collated = session::collate(project, &texts, base)?.unpack(&mut warnings);
        progress.finish_and_clear();
        talk.warn(&warnings);
        let entries: Vec<&Entry> =
            collated.entries().iter().filter(|entry| filter.keeps_entry(entry)).collect();
        let rows = |_: &Table, row: &Row| row.classes.iter().any(|&class| filter.keeps(class));
        self.showing.show(shape, project, (&collated, &entries), &rows, talk)?;
        let substantive = entries.iter().filter(|entry| entry.layer() == Layer::Substantive).count();
        if shape == Shape::View(View::Apparatus) {
            talk.next(&format!(
                "{} entries among {} witnesses: {substantive} substantive, {} accidental.",
                entries.len(),
                texts.len(),
                entries.len() - substantive,
            ));
        }
        Ok(showing::exit(&entries))
    }

    /// The texts of the arguments; in a project without arguments, all its editions.
    fn texts(&self, sources: &Inputs<'_>) -> anyhow::Result<hexapla::Outcome<Vec<Text>>> {
        if let [only] = self.witnesses.as_slice()
            && showing::is_json(Path::new(only))
        {
            return self.of_collatex(Path::new(only));
        }
        let all: Vec<String> = match (&self.witnesses[..], &sources.project) {
            ([], Some(project)) => project.manifest.editions(),
            (given, _) => given.to_vec(),
        };
        if all.len() < 2 {
            return Err(Error::new(ErrorKind::Usage, "a collation needs two witnesses or more")
                .hint("name sigla of the project or files: hexapla collate a.txt b.txt c.txt")
                .into());
        }
        let arguments: Vec<&str> = all.iter().map(String::as_str).collect();
        let langs = vec![self.lang.as_deref(); arguments.len()];
        Ok(sources.load_all(&arguments, &langs)?)
    }

    fn of_collatex(&self, path: &Path) -> anyhow::Result<hexapla::Outcome<Vec<Text>>> {
        let bytes = hexapla::read::load(path, &hexapla::read::Options::default())?;
        let json = String::from_utf8(bytes)
            .map_err(|_| Error::new(ErrorKind::Encoding, "not UTF-8").in_file(path))?;
        let options = FileOptions {
            lang: self.lang.as_deref().map(hexapla::model::Lang::new),
            format: Some(hexapla::read::Format::Text),
            ..FileOptions::default()
        };
        let mut warnings = Vec::new();
        let mut texts = Vec::new();
        for input in collatex::read(&json, path)? {
            let text = session::load_bytes(input.text.as_bytes(), None, &input.siglum, &options)
                .map_err(|error| error.in_file(path))?;
            texts.push(text.unpack(&mut warnings));
        }
        if texts.len() < 2 {
            return Err(Error::new(ErrorKind::Usage, "a collation needs two witnesses or more")
                .in_file(path)
                .into());
        }
        Ok(hexapla::Outcome { value: texts, warnings })
    }

    fn base(&self, project: Option<&Project>, texts: &[Text]) -> anyhow::Result<Option<String>> {
        let known = |siglum: &str| texts.iter().any(|text| text.siglum() == siglum);
        if let Some(base) = &self.base {
            let siglum = if known(base) { base.clone() } else { inputs::siglum(base) };
            if !known(&siglum) {
                return Err(Error::new(
                    ErrorKind::Usage,
                    format!("the base `{base}` is none of the witnesses"),
                )
                .into());
            }
            return Ok(Some(siglum));
        }
        let of_project = project.and_then(|p| p.manifest.work.base.clone()).filter(|base| known(base));
        let first = texts.first().map(|text| text.siglum().to_owned());
        Ok(of_project.or(first).filter(|_| !self.no_base))
    }
}
