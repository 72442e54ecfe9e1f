//! `hexapla add`: a further witness, or further parts of one.

use std::path::{Path, PathBuf};

use clap::Args;
use hexapla::model::{Lang, WitnessKind};
use hexapla::project::{
    FileEntry, WitnessEntry, add_files, add_witness, guess_witness, unique_siglum, write_atomically,
};
use hexapla::{Error, ErrorKind, Warning, read};

use super::output::{self, Talk};
use super::{Exit, init, inputs};

/// Adds a witness to the project, or a part to one
///
/// Siglum, language and kind are guessed if they are not given. If the siglum is known, the files
/// become further parts of that witness.
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// The files, in order
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The siglum (default: from the first file's name)
    #[arg(long)]
    siglum: Option<String>,
    /// The language (BCP 47; default: guessed)
    #[arg(long)]
    lang: Option<String>,
    /// What it is (default: a translation if --of is given, else an edition)
    #[arg(long, value_parser = ["edition", "transcription", "manuscript", "translation", "constructed"])]
    kind: Option<String>,
    /// The siglum of what it translates
    #[arg(long, value_name = "SIGLUM")]
    of: Option<String>,
    /// Its title
    #[arg(long)]
    title: Option<String>,
    /// When it appeared; partial dates such as 1942-08 are allowed
    #[arg(long)]
    date: Option<String>,
    /// The name of the part, for one file of a series
    #[arg(long)]
    part: Option<String>,
    /// The encoding of the files
    #[arg(long)]
    encoding: Option<String>,
}

impl Add {
    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let mut warnings: Vec<Warning> = Vec::new();
        let project = inputs::need_project()?.unpack(&mut warnings);
        let mut entries = Vec::new();
        for file in &self.files {
            let options = read::Options { encoding: self.encoding.clone(), ..read::Options::default() };
            let _ = read::read_file(file, &options)?.unpack(&mut warnings);
            let mut entry = FileEntry::new(relative(file, &project.root)?);
            entry.part.clone_from(&self.part);
            entries.push(entry);
        }
        let known = self.siglum.as_deref().filter(|s| project.manifest.find(s).is_some());
        let (text, siglum) = match known {
            Some(siglum) => {
                if let Some(date) = &self.date {
                    entries.iter_mut().for_each(|e| e.date = Some(date.clone()));
                }
                (add_files(project.manifest_text(), siglum, &entries)?, siglum.to_owned())
            }
            None => {
                let entry = self.witness(entries, &project.manifest.sigla())?;
                (add_witness(project.manifest_text(), &entry)?, entry.siglum().to_owned())
            }
        };
        write_atomically(project.manifest_path(), |out| out.write_all(text.as_bytes()))?;
        talk.warn(&warnings);
        output::to(None, |out| writeln!(out, "{siglum}: {} added", self.files.len()))?;
        talk.next("Next: hexapla status");
        Ok(Exit::Success)
    }

    fn witness(&self, files: Vec<FileEntry>, taken: &[&str]) -> hexapla::Result<WitnessEntry> {
        let first = &self.files[0];
        let guess = guess_witness(first, &init::sample(first)?);
        let siglum = self.siglum.clone().unwrap_or_else(|| unique_siglum(&guess.siglum, taken));
        let lang = match (&self.lang, guess.lang) {
            (Some(lang), _) => Lang::new(lang),
            (None, Some(lang)) => lang,
            (None, None) => {
                return Err(Error::new(ErrorKind::Usage, "the language could not be told")
                    .in_file(first)
                    .hint("give it with --lang, such as --lang en"));
            }
        };
        let mut entry = WitnessEntry::new(siglum, lang, files);
        entry.encoding.clone_from(&self.encoding);
        let witness = &mut entry.witness;
        witness.kind = match self.kind.as_deref() {
            Some("transcription") => WitnessKind::Transcription,
            Some("manuscript") => WitnessKind::Manuscript,
            Some("translation") => WitnessKind::Translation,
            Some("constructed") => WitnessKind::Constructed,
            Some(_) => WitnessKind::Edition,
            None if self.of.is_some() => WitnessKind::Translation,
            None => guess.kind,
        };
        witness.of.clone_from(&self.of);
        witness.title.clone_from(&self.title);
        witness.date.clone_from(&self.date);
        Ok(entry)
    }
}

/// The path of a file as the manifest names it: relative to the project's folder where it lies in it.
fn relative(file: &Path, root: &Path) -> hexapla::Result<PathBuf> {
    let here = |p: &Path| if p.as_os_str().is_empty() { PathBuf::from(".") } else { p.to_owned() };
    let absolute = |p: &Path| here(p).canonicalize().map_err(|e| Error::io(p, e));
    let (file_absolute, root) = (absolute(file)?, absolute(root)?);
    Ok(file_absolute.strip_prefix(&root).map_or_else(|_| file_absolute.clone(), Path::to_owned))
}
