//! `hexapla init`: a project for the texts of a folder.

use std::path::{Path, PathBuf};

use clap::Args;
use hexapla::project::{FILE_NAME, draft, init_manifest, scan_all, write_atomically};
use hexapla::read;
use hexapla::{Error, ErrorKind, Warning};

use super::Exit;
use super::export::shown;
use super::output::{self, Talk};

/// How much of a text is looked at to guess its language, in characters.
const SAMPLE: usize = 20_000;

/// Makes a project of the texts in a folder
///
/// Finds texts of all formats that are read in the folder and the folders in it, guesses siglum,
/// language and kind of each, and writes hexapla.toml, which says what to check. Chapters of one name,
/// and the files of a folder beside others, are the parts of one witness. Asks nothing and changes no
/// text.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The folder
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// Print the manifest instead of writing it
    #[arg(long)]
    dry_run: bool,
}

impl Init {
    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let manifest = self.dir.join(FILE_NAME);
        if manifest.exists() && !self.dry_run {
            return Err(Error::new(ErrorKind::Conflict, "there is a project already")
                .in_file(&manifest)
                .hint("`hexapla add FILE` adds a witness; `hexapla status` shows what there is")
                .into());
        }
        let mut warnings = Vec::new();
        let found = scan_all(&self.dir)?;
        warnings.extend(found.left_out.iter().map(|path| {
            let message = format!("left out: {} (a format that is not read)", shown(path));
            Warning::new("file-left-out", message).hint("`hexapla segment FILE` says how to convert it")
        }));
        let files: Vec<(PathBuf, String)> = found
            .texts
            .into_iter()
            .filter_map(|path| match sample(&self.dir.join(&path)) {
                Ok(text) => Some((path, text)),
                Err(error) => {
                    warnings.push(Warning::new("file-left-out", format!("left out: {error}")));
                    None
                }
            })
            .collect();
        talk.warn(&warnings);
        let draft = draft(&files);
        let text = init_manifest(&draft);
        if self.dry_run {
            output::to(None, |out| out.write_all(text.as_bytes()))?;
            return Ok(Exit::Success);
        }
        write_atomically(&manifest, |out| out.write_all(text.as_bytes()))?;
        output::to(None, |out| {
            writeln!(out, "{}: {} witnesses", shown(&manifest), draft.witnesses.len())?;
            for found in &draft.witnesses {
                let files: Vec<String> = found.entry.files.iter().map(|f| shown(&f.path)).collect();
                let sure = if found.lang_confidence < 0.9 { " (check the language)" } else { "" };
                writeln!(
                    out,
                    "  {:<10} {:<8} {:<13} {}{sure}",
                    found.entry.siglum(),
                    found.entry.lang().tag(),
                    found.entry.witness.kind.word(),
                    files.join(", ")
                )?;
            }
            Ok(())
        })?;
        talk.next("Look at hexapla.toml, then: hexapla status");
        Ok(Exit::Success)
    }
}

/// The beginning of a file's text.
pub(crate) fn sample(path: &Path) -> hexapla::Result<String> {
    let options = read::Options::default();
    // Of several columns the first tells the format as well as any; the manifest asks for one.
    let first = read::Options { column: Some("1".to_owned()), ..read::Options::default() };
    let part = read::read_file(path, &options).or_else(|error| match error.kind() {
        ErrorKind::Usage => read::read_file(path, &first),
        _ => Err(error),
    });
    let part = part?.value;
    Ok(part.text.chars().take(SAMPLE).collect())
}
