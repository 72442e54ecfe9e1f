//! `hexapla` alone: what it is, and what to try.

use super::output::{self, Talk};
use super::{Exit, inputs};

pub(crate) fn run(_talk: &Talk) -> anyhow::Result<Exit> {
    let here = match inputs::project() {
        Ok(Some(project)) => {
            let project = project.value;
            let sigla: Vec<&str> = project.manifest.sigla();
            let title = project.manifest.work.title.as_deref().unwrap_or("a project without a title");
            format!(
                "\nHere: {} ({}).\n  hexapla status                   what is done and what to do next\n",
                title,
                sigla.join(", ")
            )
        }
        Ok(None) => String::new(),
        Err(error) => format!("\nThe project here cannot be read: {error}\n"),
    };
    output::to(None, |out| {
        write!(
            out,
            "Hexapla {} aligns translations and compares editions, sentence by sentence.\n\
             {here}\n\
             Try:\n  \
             hexapla demo                     a real text with its witnesses, aligned and compared\n  \
             hexapla align a.txt b.txt        a text and its translation side by side\n  \
             hexapla diff old.txt new.txt     every variant between two editions, classified\n\n\
             All verbs: hexapla help\n",
            env!("CARGO_PKG_VERSION")
        )
    })?;
    Ok(Exit::Success)
}
