//! `hexapla dictionaries`: what is known of words before a text is read.

use clap::Args;
use hexapla::align::packs;
use hexapla::model::Lang;
use hexapla::session;

use super::output::{self, Talk};
use super::{Exit, inputs};

/// Lists the dictionaries: built in, named in the project, installed on this machine
///
/// A line for each, in columns with tabs between them: `pack`, the language and the number of its words;
/// `project`, the languages and the file; `installed`, the name and the file. Packs are used unasked (see
/// --dictionaries); installed ones (dictd, StarDict, and the folders in HEXAPLA_DICTIONARIES) when they are
/// named: `hexapla align A B --dictionary NAME`, or under [[dictionary]] in hexapla.toml.
#[derive(Debug, Args)]
pub(crate) struct Dictionaries {}

impl Dictionaries {
    // All verbs are run alike.
    #[allow(clippy::unused_self)]
    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let mut warnings = Vec::new();
        let project = inputs::project()?.map(|project| project.unpack(&mut warnings));
        let installed = session::installed();
        output::paged(None, |out| {
            for lang in packs::languages() {
                let words = packs::size(&Lang::new(lang)).map_or(0, |size| size.1);
                writeln!(out, "pack\t{lang}\t{words}")?;
            }
            for entry in project.iter().flat_map(|project| &project.manifest.dictionaries) {
                writeln!(out, "project\t{} {}\t{}", entry.from, entry.to, entry.file.display())?;
            }
            for found in &installed {
                writeln!(out, "installed\t{}\t{}", found.name, found.file.display())?;
            }
            Ok(())
        })?;
        talk.warn(&warnings);
        Ok(Exit::Success)
    }
}
